//! From leads and rules to advice: facts, match, propose, permit, choose, place in time, explain.

pub mod advice;
