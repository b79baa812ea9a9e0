//! Leads as columns: what rules read of many leads, kept so that one operation serves many of them.
//!
//! A [`Page`] holds up to [`PAGE`] leads: a [`Column`] per field that rules may read, one [`SignalLog`] with their signals, grouped by
//! lead and in order of time, and what deciding reads of their [`PeopleColumns`]. Texts are numbers in the [`WordTable`] of the book. Pages are filled one after another and changed one by one,
//! so that loading needs no large moves and a new signal touches one page.
//!
//! Left out: what a rule cannot read (names, proofs); the record of a lead is kept beside its page and unpacked when asked for.
//!
//! Invariant: a column has a cell for each lead of its page, unknown or not, and holds exactly the values that the record has: narrow cells
//! are chosen only when every value fits without loss.

pub mod bits;
pub mod cell;
pub mod column;
mod draft;
pub mod log;
pub mod page;
pub mod people;
mod record;

pub use crate::book::list_ranges::range;
pub use crate::book::word_table::{WordId, WordTable};
pub use bits::BitSet;
pub use cell::CellValue;
pub use column::{Cells, Column};
pub use draft::PageBuilder;
pub use log::{LogEntry, SignalLog};
pub use page::{PAGE, Page};
pub use people::PeopleColumns;
pub(super) use record::FACTS;
