//! Rhai as the rule language: from the text of a pack to clauses that can be asked.
//!
//! [`scan`] finds the words, [`statements`] cuts them into statements and clauses, [`mod@read`] goes through the statement
//! forms. Each clause is parsed by Rhai ([`dialect`]), lowered to our own tree ([`lower`]) and kept as a [`walker::Program`] too.
//!
//! Invariant: only `lower` names `rhai::Expr`, and nothing outside this module names Rhai at all.

mod clauses;
mod current_facts;
pub mod dialect;
pub mod example_lead;
mod forms;
mod functions;
mod lower;
mod names;
pub mod reader;
mod rhai_errors;
pub mod rulebook;
pub mod scan;
mod shape;
mod source_map;
mod spelling;
pub mod statements;
mod typo_hints;
mod unknown_names;
mod values;
pub mod walker;

pub use reader::{ParsedPack, read, read_without_examples};
pub use rulebook::{PackSource, Rulebook};
