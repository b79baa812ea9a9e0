//! What deciding needs to know of a rulebook, an account and a moment, as numbers.

pub(crate) mod account_events;
pub(crate) mod ask_rules;
pub(crate) mod decision_context;
pub(crate) mod lead_profile;
pub(crate) mod placement;
pub(crate) mod propensity;
pub(crate) mod review;
pub(crate) mod rule_outcomes;
pub(crate) mod sellers;
pub(crate) mod statement_set;
pub(crate) mod statements;
pub(crate) mod stop;
