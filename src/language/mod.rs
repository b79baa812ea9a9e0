//! The rule language: from the text of a pack to its statements, with clauses that can be evaluated.
//!
//! [`scan`] makes tokens, [`statements`] splits them into statements and clauses, [`reader`] reads each statement by its form. Each clause is
//! parsed by Rhai ([`dialect`]), lowered to our own tree (`lower`), and kept as a program for Rhai's interpreter ([`interpreter`]) too.
//!
//! Invariant: only `lower` uses `rhai::Expr`, and nothing outside this module uses Rhai.

/// The version of the rule language, apart from that of the crate. It becomes higher when packs can say what an earlier version does not read.
#[cfg(feature = "editing")]
pub const LANGUAGE_VERSION: u32 = 1;

mod clauses;
#[cfg(feature = "editing")]
pub mod comments;
mod current_facts;
pub mod dialect;
pub mod example_lead;
mod expectations;
mod forms;
mod functions;
pub mod interpreter;
mod layering;
pub mod line_ends;
mod lower;
mod merge;
mod names;
mod native;
mod operation_meter;
pub mod reader;
mod rhai_errors;
pub mod rulebook;
pub mod scan;
mod settings;
mod shape;
mod source_map;
mod spelling;
pub mod statements;
mod typo_hints;
mod unknown_names;
mod unread;
mod values;

#[cfg(feature = "editing")]
pub(crate) use example_lead::USUAL_NOW;
#[cfg(feature = "editing")]
pub(crate) use expectations::FUNCTIONS as EXPECTATIONS;
#[cfg(feature = "editing")]
pub(crate) use forms::HEADER_ENTRIES;
#[cfg(feature = "editing")]
pub(crate) use names::{BUILT_IN, METHODS};
pub use reader::{ParsedPack, read, read_without_examples};
pub use rulebook::{LeadFileText, PackSource, Rulebook};
pub use settings::SettingInForce;
