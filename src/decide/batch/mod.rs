//! Decides many leads at once: rules over columns, policies cached for leads that are alike.

pub(crate) mod batch_decider;
pub(crate) mod policy_cache;
