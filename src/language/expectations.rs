//! What the `expect` of an example may say besides a touch, `wait` and `hold`: `by("...")`, `blocked_by("...")`, `reason("...")`, `since(...)` and
//! `due(...)`, each a function, and `not` before any of them.

use std::sync::Arc;

use rhai::{Array, Dynamic, Engine, EvalAltResult, ImmutableString};

use crate::calendar::{Duration, Instant, rfc3339};
use crate::diagnostics::{EvaluationErrorCode, ValueError};
use crate::language::dialect::fail;
use crate::language::values::TimeAgo;
use crate::pack::example::{Expected, ExpectedMoment};
use crate::pack::touch::{HOLD, Touch, invalid_moment};
use crate::wording::Sentence;

/// The functions that only an `expect` has.
pub(crate) const FUNCTIONS: &[&str] = &["by", "blocked_by", "reason", "since", "due"];

/// One expectation as a value of Rhai.
#[derive(Clone, Debug)]
pub(super) struct ExpectedValue {
    /// Whether it must not be so.
    pub negated: bool,
    /// What must be so.
    pub what: Expected,
}

impl From<Expected> for ExpectedValue {
    fn from(what: Expected) -> Self {
        Self { negated: false, what }
    }
}

/// Registers the functions, and `not` of what they give.
pub(super) fn register(engine: &mut Engine) {
    let text = |expected: fn(Arc<str>) -> Expected| {
        move |text: ImmutableString| ExpectedValue::from(expected(text.as_str().into()))
    };
    engine
        .register_fn("by", text(Expected::By))
        .register_fn("blocked_by", text(Expected::BlockedBy))
        .register_fn("reason", text(Expected::Reason));
    engine
        .register_fn("since", |at: Dynamic| moment("since", at).map(Expected::Since).map(ExpectedValue::from))
        .register_fn("due", |at: Dynamic| moment("due", at).map(Expected::Due).map(ExpectedValue::from))
        .register_fn("!", |value: ExpectedValue| ExpectedValue { negated: !value.negated, ..value });
}

/// The moment that a function takes: `2.hours.ago`, a full time, or for `due` a length of time from now.
fn moment(name: &'static str, at: Dynamic) -> Result<ExpectedMoment, Box<EvalAltResult>> {
    if let Some(text) = at.read_lock::<ImmutableString>() {
        return rfc3339::parse(&text).map(ExpectedMoment::At).map_err(invalid_moment).or_else(fail);
    }
    if let Some(TimeAgo(length)) = at.clone().try_cast::<TimeAgo>() {
        return Ok(ExpectedMoment::FromNow(-length));
    }
    if let Some(moment) = at.clone().try_cast::<Instant>() {
        return Ok(ExpectedMoment::At(moment));
    }
    match at.try_cast::<Duration>() {
        Some(length) if name == "due" => Ok(ExpectedMoment::FromNow(length)),
        _ => {
            let sentence = Sentence::new("run-expected-moment").with("name", name);
            fail(ValueError::new(EvaluationErrorCode::WrongArguments, sentence))
        }
    }
}

/// A value as what an example expects. Several in a list must all be so.
///
/// # Errors
/// It is nothing that an advice can be.
pub(super) fn read(value: Dynamic) -> Result<Vec<ExpectedValue>, ValueError> {
    if value.read_lock::<ImmutableString>().is_some_and(|text| *text == HOLD) {
        return Ok(vec![Expected::Hold.into()]);
    }
    let value = match value.try_cast_result::<Touch>() {
        Ok(touch) => return Ok(vec![Expected::Touch(Box::new(touch)).into()]),
        Err(value) => value,
    };
    let value = match value.try_cast_result::<ExpectedValue>() {
        Ok(expected) => return Ok(vec![expected]),
        Err(value) => value,
    };
    let nothing = || ValueError::new(EvaluationErrorCode::WrongType, Sentence::new("not-a-touch-expected"));
    let list = value.try_cast::<Array>().filter(|list| !list.is_empty()).ok_or_else(nothing)?;
    let mut all = Vec::with_capacity(list.len());
    for each in list {
        // A list in a list says nothing more.
        if each.is_array() {
            return Err(nothing());
        }
        all.extend(read(each)?);
    }
    Ok(all)
}
