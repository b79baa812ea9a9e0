//! The input of the later stages: the statements of the rulebook with their outcomes for a lead, the people and events of a contact group, the
//! reps, and the caches. Nothing here chooses or places a touch.

pub(crate) mod blocked;
pub(crate) mod caches;
pub(crate) mod condition_plan;
pub(crate) mod content_memory;
pub(crate) mod counted_contact;
pub(crate) mod decision_context;
pub(crate) mod evaluate_rules;
pub(crate) mod group_events;
pub(crate) mod hand_over;
pub(crate) mod held_since;
pub(crate) mod lead_profile;
pub(crate) mod placement;
pub(crate) mod planned_touches;
pub(crate) mod propensity;
pub(crate) mod review;
pub(crate) mod rule_memory;
pub(crate) mod rule_outcomes;
pub(crate) mod run_totals;
pub(crate) mod sellers;
pub(crate) mod statement_set;
pub(crate) mod statements;
