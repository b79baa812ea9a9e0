//! The team: what came of its work, as data and in words. What it plans is in [`crate::plan`].
//!
//! Above deciding: a decision is about one contact group, and this is about all leads and reps together. In: rules, leads, a team file
//! ([`records`]), a moment and who looks ([`TeamView`]). Out: reports, each as data and as a [`document`].
//!
//! Invariants: no output orders people by their results; people stand in the order of the book. Whose figures are told is decided in [`viewer`] alone. A
//! share of fewer than ten cases is not told.

pub mod cards;
pub mod document;
mod effect;
pub mod figures;
pub mod goals;
pub mod groups;
mod history;
pub mod interval;
mod planned;
pub mod proposals;
pub mod recognition;
pub mod records;
pub mod reward;
pub mod story;
pub mod viewer;
pub mod yields;

pub use effect::EFFECT_WINDOW;
pub use viewer::{TeamView, Viewer};
