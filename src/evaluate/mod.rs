//! Evaluates the clauses of rules for one lead at one moment: operators, methods, facts, which rules hold, and which stage is entered.

mod chain;
pub mod clause;
pub(crate) mod condition_changes;
pub mod facts;
pub mod fault;
pub mod matching;
pub mod methods;
mod node;
pub mod operators;
pub mod stage;
