//! When a touch can be made: the solver over open times, and the best hour of a person.

pub(crate) mod best_time;
pub(crate) mod solver;
