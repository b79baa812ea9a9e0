//! Leads as data: the words of the field, the leads themselves, and the door through which they come in.

mod accounts;
pub mod catalogue;
pub mod columns;
pub mod dossier;
#[cfg(feature = "import")]
pub mod import;
mod index;
pub mod ingest;
pub mod lead;
pub mod packed;
pub mod resident;
#[cfg(feature = "command")]
pub mod sample;
pub mod schema;
pub mod sketch;
pub mod table;
pub mod value;
pub mod write;

pub use dossier::Dossier;
pub use lead::{Account, Consent, FieldValue, Lead, Person, PlannedTouch, Quote, Signal};
pub use resident::Book;
pub use table::Table;
