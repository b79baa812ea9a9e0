//! The team: a plan of what it can do, and what came of its work.
//!
//! Above deciding: a decision is about one contact group, and this is about all reps together.
//!
//! Invariant: no output orders people by their results. People stand in the order of the book.

pub mod interval;
pub mod plan;
pub mod reward;
