//! The lead data: vocabularies, records, columns in memory, and the readers that build them.
//!
//! In: bytes of a lead file ([`ingest`]), files of other systems ([`import`]) or arrays of a program ([`table`]). Out: a [`Book`] of
//! checked leads. What does not fit is refused with its place and the reason; nothing here fails as a whole.

pub mod absence;
mod accounts;
pub mod catalogue;
pub mod columns;
pub mod consent;
mod contact_groups;
pub mod content;
pub(crate) mod conversations;
pub(crate) mod departures;
pub mod failed_channels;
pub mod group_records;
pub(crate) mod humans;
#[cfg(feature = "import")]
pub mod import;
mod index;
pub mod ingest;
pub(crate) mod last_heard;
pub mod lead;
pub mod lead_ref;
pub(crate) mod list_ranges;
pub(crate) mod log_index;
pub(crate) mod machine_signals;
pub mod not_counted;
pub mod packed;
pub mod past_contacts;
pub mod questions;
mod refusal;
pub mod rep;
pub mod signal_view;
pub mod store;
pub mod table;
mod team;
pub mod value;
pub mod vocabulary;
pub mod word_table;

pub use absence::Absence;
pub use contact_groups::GroupTooLarge;
pub use group_records::GroupRecords;
pub use lead::{Account, Consent, Feedback, FieldValue, Lead, Person, PlannedTouch, Quote, Signal};
pub use not_counted::NotCounted;
pub use questions::Question;
pub use refusal::{Refusal, RefusalText};
pub use signal_view::SignalView;
pub use store::Book;
pub use table::LeadTable;
pub use team::Team;
