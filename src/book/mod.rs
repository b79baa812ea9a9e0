//! Leads as data: the words of the field, the leads themselves, and the door through which they come in.

pub mod catalogue;
pub mod columns;
pub mod dossier;
pub mod import;
pub mod ingest;
pub mod lead;
#[cfg(feature = "command")]
pub mod sample;
pub mod schema;
pub mod sketch;
pub mod value;
pub mod write;

pub use dossier::Dossier;
/// The leads in memory.
pub use dossier::Dossier as Book;
pub use lead::{Account, Consent, FieldValue, Lead, Person, PlannedTouch, Quote, Signal};
