//! The team: what it plans and what came of its work, as data and in words.
//!
//! Above deciding: a decision is about one contact group, and this is about all reps together.
//!
//! Invariant: no output orders people by their results. People stand in the order of the book.

pub mod document;
pub mod interval;
pub mod reward;
