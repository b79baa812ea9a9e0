//! The values of the clauses of an example: the lead of its `given`, and the advice that its `expect` names.

use serde_json::Value as Json;

use crate::calendar::Instant;
use crate::pack::touch::Touch;

/// A lead in short form, as an example gives it.
#[derive(Clone, Debug, PartialEq)]
pub struct Given {
    /// The moment at which advice is asked.
    pub now: Instant,
    /// The lead in the lead format, without `now` and `propose`. It has an `id` only when the example writes one.
    pub lead: Json,
    /// `propose: [phone.to("decider")]`: the touches of a rule that always holds.
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
