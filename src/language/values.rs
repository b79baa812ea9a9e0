//! Conversion between Rhai's values and ours.

use std::fmt;
use std::sync::Arc;

use rhai::{Dynamic, ImmutableString};

use crate::book::catalogue::Subject;
use crate::book::value::Value;
use crate::calendar::{Duration, Instant};
use crate::diagnostics::{EvaluationErrorCode, ValueError};
use crate::pack::touch::Touch;
use crate::wording::{Arg, Sentence};

/// `lead`, `person` or `account` in Rhai: reads the [current facts](super::current_facts).
#[derive(Clone, Copy)]
pub(super) struct SubjectHandle {
    /// Which of the three.
    pub subject: Subject,
}

/// A length of working time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct WorkingLength(pub Duration);

impl fmt::Display for WorkingLength {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Value::WorkingLength(self.0).fmt(f)
    }
}

/// A number of working days in Rhai.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct WorkingDays(pub i64);

impl fmt::Display for WorkingDays {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Value::WorkingDays(self.0).fmt(f)
    }
}

/// `1.day.ago`: a moment relative to `now`. Only for the `given` of an example.
#[derive(Clone, Copy, Debug)]
pub(super) struct TimeAgo(pub Duration);

/// One of our values as a Rhai value.
pub(super) fn to_dynamic(value: &Value) -> Dynamic {
    match value {
        Value::Unknown => Dynamic::UNIT,
        Value::Truth(truth) => Dynamic::from_bool(*truth),
        Value::Whole(count) => Dynamic::from_int(*count),
        Value::Number(number) => Dynamic::from_float(*number),
        Value::Text(text) => ImmutableString::from(&**text).into(),
        Value::Length(length) => Dynamic::from(*length),
        Value::WorkingLength(length) => Dynamic::from(WorkingLength(*length)),
        Value::WorkingDays(days) => Dynamic::from(WorkingDays(*days)),
        Value::Moment(moment) => Dynamic::from(*moment),
        Value::List(values) => Dynamic::from_array(values.iter().map(to_dynamic).collect()),
    }
}

/// A Rhai value as one of ours.
///
/// # Errors
/// The value is something that no fact, limit or touch can hold, such as a map.
pub(super) fn from_dynamic(value: Dynamic) -> Result<Value, ValueError> {
    if value.is_unit() {
        return Ok(Value::Unknown);
    }
    if let Ok(truth) = value.as_bool() {
        return Ok(Value::Truth(truth));
    }
    if let Ok(count) = value.as_int() {
        return Ok(Value::Whole(count));
    }
    if let Ok(number) = value.as_float() {
        return Ok(Value::Number(number));
    }
    if let Some(text) = value.read_lock::<ImmutableString>() {
        return Ok(Value::Text(Arc::from(text.as_str())));
    }
    if let Some(length) = value.clone().try_cast::<Duration>() {
        return Ok(Value::Length(length));
    }
    if let Some(WorkingLength(length)) = value.clone().try_cast::<WorkingLength>() {
        return Ok(Value::WorkingLength(length));
    }
    if let Some(WorkingDays(days)) = value.clone().try_cast::<WorkingDays>() {
        return Ok(Value::WorkingDays(days));
    }
    if let Some(moment) = value.clone().try_cast::<Instant>() {
        return Ok(Value::Moment(moment));
    }
    if let Some(array) = value.read_lock::<rhai::Array>() {
        let values: Result<Vec<Value>, ValueError> = array.iter().cloned().map(from_dynamic).collect();
        return Ok(Value::List(values?.into()));
    }
    let sentence = Sentence::new("run-no-value").with("kind", Arg::Key(kind_of(&value)));
    Err(ValueError::new(EvaluationErrorCode::WrongType, sentence))
}

/// The key of the message that names the value's type.
fn kind_of(value: &Dynamic) -> &'static str {
    if value.is_map() {
        "a-map"
    } else if value.is::<Touch>() {
        "a-touch"
    } else if value.is::<SubjectHandle>() {
        "a-subject"
    } else if value.is::<TimeAgo>() {
        "a-time-ago"
    } else if value.is_char() {
        "a-character"
    } else {
        "a-thing"
    }
}
