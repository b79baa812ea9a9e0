//! Rhai as the rule language: from the text of a pack to clauses that can be asked.
//!
//! [`scan`] finds the words, [`statements`] cuts them into statements and clauses, [`mod@read`] goes through the statement
//! forms. Each clause is parsed by Rhai ([`dialect`]), lowered to our own tree ([`lower`]) and kept as a [`walker::Program`] too.
//!
//! Invariant: only `lower` names `rhai::Expr`, and nothing outside this module names Rhai at all.

mod clauses;
mod convert;
pub mod dialect;
mod forms;
mod functions;
pub mod given;
pub mod limits;
mod lower;
mod names;
mod places;
pub mod read;
pub mod scan;
#[cfg(test)]
mod scan_tests;
mod slips;
mod spelling;
pub mod statements;
mod trouble;
mod unknown;
pub mod walker;

pub use read::{Reading, read, read_without_examples};
