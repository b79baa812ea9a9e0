//! From leads and rules to advice: facts, match, propose, permit, choose, place in time, explain.

pub mod advice;
pub mod evaluate;
pub mod facts;
pub mod matching;
pub mod nearly;
pub mod operators;
pub mod stage;
mod wording;
