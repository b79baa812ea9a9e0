//! A rule file as data: its statements, the expression tree of each clause, and touches.

pub mod example;
pub mod expression;
pub(crate) mod fact_arguments;
pub mod fact_table;
#[cfg(feature = "editing")]
mod form_descriptions;
pub mod interpreter;
pub mod layers;
pub mod operations;
pub mod overrides;
pub mod policies;
pub(crate) mod policy_titles;
pub mod rule_ref;
pub mod statement_forms;
pub mod statements;
pub mod team;
pub mod touch;

pub use overrides::Overrides;
pub use statements::Pack;
