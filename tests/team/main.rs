//! The team: its plan, how sure its figures are, and its reward. Expected numbers are worked out by hand.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that panics has failed")]

mod figures;
mod plan;
mod reward;
mod simulated;
