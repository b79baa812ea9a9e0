//! Decides many leads at once: rules over columns, policies once per combination of the facts they read.

pub(crate) mod batch_decider;
pub(crate) mod policy_cache;
pub(crate) mod policy_inputs;
mod signal_log;
