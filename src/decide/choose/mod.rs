//! From proposals to one decision per lead: whom to contact, the priority, and the ranking.

pub(crate) mod decision;
pub(crate) mod person;
pub(crate) mod rank;
pub(crate) mod selector;
