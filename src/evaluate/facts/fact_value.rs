//! The value of a fact with how it changes as time goes on.

use crate::book::value::Value;
use crate::calendar::Instant;
use crate::evaluate::facts::change::Motion;

/// A value, how it moves as time goes on, and when it changes at the latest.
#[derive(Clone, Debug)]
pub(crate) struct FactValue {
    pub(crate) value: Value,
    pub(crate) motion: Motion,
    /// The first moment after `now` at which the value jumps with no new signal.
    pub(crate) until: Option<Instant>,
}

impl FactValue {
    /// A value that only a new signal or a changed record can change.
    pub(super) fn still(value: impl Into<Value>) -> Self {
        Self { value: value.into(), motion: Motion::Still, until: None }
    }

    /// A value that jumps at this moment, if there is one.
    pub(crate) fn until(value: impl Into<Value>, until: Option<Instant>) -> Self {
        Self { value: value.into(), motion: Motion::Still, until }
    }

    /// How long ago something was: grows with time. Unknown when it never was.
    pub(super) fn ago(at: Option<Instant>, now: Instant, until: Option<Instant>) -> Self {
        match at {
            Some(at) => Self { value: Value::Length(now - at), motion: Motion::Linear(1), until },
            None => Self::until(Value::Unknown, until),
        }
    }

    /// A text, or unknown.
    pub(super) fn text(text: Option<&str>) -> Self {
        Self::still(text.map_or(Value::Unknown, Value::text))
    }
}
