//! The team: its plan, goals, figures, cards, stories and reward, and who sees what. Expected numbers and sentences are worked out by hand.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that panics has failed")]

mod cards;
mod figures;
mod goals;
mod interval;
mod levers;
mod no_ranking;
mod plan;
mod proposals;
mod readme;
mod records;
mod reward;
mod setting;
mod simulated;
mod wins;
