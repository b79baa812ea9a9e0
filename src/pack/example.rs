//! What the clauses of an example come to: the lead that it gives, and the advice that it expects.

use serde_json::Value as Json;

use crate::calendar::Instant;
use crate::pack::touch::Touch;

/// A lead in short form, as an example gives it.
#[derive(Clone, Debug, PartialEq)]
pub struct Given {
    /// The moment at which advice is asked.
    pub now: Instant,
    /// The lead in the lead format; `now` and `propose` are taken out, an `id` is there only when written.
    pub lead: Json,
    /// `propose: [phone.to("decider")]`: what a rule that always holds proposes.
    pub propose: Vec<Touch>,
}

/// What an example expects.
#[derive(Clone, Debug, PartialEq)]
pub enum Expected {
    /// This touch, or `wait`, `find(...)`, `hand_over(...)`.
    Touch(Box<Touch>),
    /// `hold`
    Hold,
}
