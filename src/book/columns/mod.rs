//! Columnar storage of leads: what rules read of many leads, so that one operation serves all leads of a page.
//!
//! A [`Page`] holds up to [`PAGE`] leads: a [`Column`] for each field that rules read, a [`SignalLog`] with the signals, grouped by lead
//! and in order of time, and [`PeopleColumns`] with what decisions read of people. Texts are numbers in the [`WordTable`] of the book.
//! Pages are filled one after another and changed one at a time, so that loading moves no large blocks and a new signal changes one page.
//!
//! Not in columns: what a rule cannot read (names, proofs). The record of each lead is packed beside its page and unpacked on request.
//!
//! Invariant: a column has a cell for each lead of its page, known or not, and gives back exactly the value of the record: narrow cells are
//! chosen only when every value fits without loss.

pub mod bits;
pub mod cell;
pub mod column;
pub mod log;
pub mod page;
mod page_builder;
pub mod people;
mod record;

pub use crate::book::list_ranges::range;
pub use crate::book::word_table::{WordId, WordTable};
pub use bits::BitSet;
pub use cell::CellValue;
pub use column::{Cells, Column};
pub use log::{LogEntry, SignalLog};
pub use page::{NOT_COUNTED, PAGE, Page};
pub use page_builder::PageBuilder;
pub use people::PeopleColumns;
pub(super) use record::{FACTS, entries};
