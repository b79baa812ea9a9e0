//! Evaluates clauses for one lead at one moment: operators, methods, facts, and which rules hold.

pub mod clause;
pub mod facts;
pub mod fault;
pub mod matching;
pub mod methods;
pub mod operators;
pub mod stage;
