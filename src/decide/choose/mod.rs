//! From proposals to one decision per lead: the person to contact, the priority, and the ranking of the candidates.

mod answer;
pub(crate) mod decision;
pub(crate) mod one_answer;
pub(crate) mod person;
pub(crate) mod rank;
pub(crate) mod selector;
pub(crate) mod standing_wait;
pub(crate) mod urgency;
