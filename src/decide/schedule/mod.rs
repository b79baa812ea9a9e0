//! Placing a touch in time: the solver over open windows, and the hour at which a person answers most.

pub(crate) mod best_time;
pub(crate) mod solver;
