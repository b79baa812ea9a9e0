//! The methods of texts, lists and numbers: `.len()`, `.starts_with("A")`, `.days`.
//!
//! Each gives what Rhai gives, and an error where Rhai gives one. `.contains` is in [`crate::evaluate::operators`], because
//! `list.contains(item)` and `item in list` are one operation.

use crate::book::value::Value;
use crate::book::vocabulary::nearest;
use crate::calendar::Duration;
use crate::calendar::units::{LONGEST_LAPSE, UNITS, WORKING_DAY, WORKING_UNITS, unit_words};
use crate::diagnostics::{EvaluationErrorCode, ValueError};
use crate::evaluate::operators::check_text_size;
use crate::pack::expression::Method;
use crate::pack::touch::too_far;
use crate::wording::{Arg, Sentence};

/// `on.method(args)`.
///
/// # Errors
/// The value has no such method, or the method does not take these arguments.
pub fn call(method: Method, on: &Value, args: &[Value]) -> Result<Value, ValueError> {
    use Value::{List, Number, Text, Truth, Whole};
    let count = |count: usize| Whole(i64::try_from(count).unwrap_or(i64::MAX));
    Ok(match (method, on, args) {
        (Method::Length, Text(text), []) => count(text.chars().count()),
        (Method::Length, List(items), []) => count(items.len()),
        (Method::IsEmpty, Text(text), []) => Truth(text.is_empty()),
        (Method::IsEmpty, List(items), []) => Truth(items.is_empty()),
        (Method::StartsWith, Text(text), [Text(part)]) => Truth(text.starts_with(&**part)),
        (Method::EndsWith, Text(text), [Text(part)]) => Truth(text.ends_with(&**part)),
        (Method::Lower, Text(text), []) => cased(text, char::is_lowercase, str::to_lowercase)?,
        (Method::Upper, Text(text), []) => cased(text, char::is_uppercase, str::to_uppercase)?,
        (Method::Unit(unit), Whole(_) | Number(_), []) => length(on, unit)?,
        _ => return Err(wrong_call(method, on, args)),
    })
}

/// The error of a method that this value does not have, or not with these arguments.
fn wrong_call(method: Method, on: &Value, args: &[Value]) -> ValueError {
    let unknown = std::iter::once(on).chain(args).any(|value| *value == Value::Unknown);
    let code = if unknown { EvaluationErrorCode::UnknownValue } else { EvaluationErrorCode::WrongType };
    let sentence = match (on, args) {
        (Value::Unknown, _) => Sentence::new("run-asked-unknown"),
        (Value::Text(_), [other]) => {
            Sentence::new("run-takes").with("takes", Arg::Key("a-text")).with("came", other.described())
        }
        _ => Sentence::new("run-asked").with("kinds", on.described()),
    };
    ValueError::new(code, sentence.with("asked", method.written()))
}

/// A text in upper or lower case. As in Rhai, a text of which all characters have that case already is left as it is.
fn cased(text: &str, is: fn(char) -> bool, to: fn(&str) -> String) -> Result<Value, ValueError> {
    if text.chars().all(is) {
        return Ok(Value::text(text));
    }
    let text = to(text);
    check_text_size(text.len())?;
    Ok(Value::text(text))
}

/// `count.unit`: a length of time.
///
/// # Errors
/// The length lies beyond the time line, is more than five years of working time, or there is no such unit.
pub fn length(count: &Value, unit: &str) -> Result<Value, ValueError> {
    let find = |units: &[(&str, &str, Duration)]| {
        units.iter().find(|(many, one, _)| *many == unit || *one == unit).map(|(.., length)| *length)
    };
    let times = |unit_length: Duration| match count {
        Value::Whole(count) => unit_length.times(*count),
        Value::Number(count) => {
            let millis = count * unit_length.millis() as f64;
            // Rounded to the millisecond. Beyond 2^53 a number no longer counts milliseconds exactly.
            (millis.abs() < 9e15).then(|| Duration::from_millis(libm::round(millis) as i64))
        }
        _ => None,
    };
    let too_long = || {
        let sentence = Sentence::new("run-long").with("written", format!("{count}.{unit}"));
        ValueError::new(EvaluationErrorCode::Overflow, sentence)
    };
    if [WORKING_DAY.0, WORKING_DAY.1].contains(&unit) {
        return working_days(count);
    }
    match (find(UNITS), find(WORKING_UNITS)) {
        (Some(unit), _) => times(unit).map(Value::Length).ok_or_else(too_long),
        (_, Some(unit_length)) => match times(unit_length) {
            Some(length) if length > LONGEST_LAPSE || length < -LONGEST_LAPSE => {
                Err(too_far(format!("{count}.{unit}")))
            }
            length => length.map(Value::WorkingLength).ok_or_else(too_long),
        },
        _ => {
            let meant = nearest(unit, unit_words()).map(|meant| format!(".{meant}"));
            let sentence = Sentence::new("unknown-unit").with("name", unit).or_did_you_mean(meant);
            Err(ValueError::new(EvaluationErrorCode::UnknownName, sentence))
        }
    }
}

/// `count.working_days`.
///
/// # Errors
/// The count is not whole, or more than five years.
fn working_days(count: &Value) -> Result<Value, ValueError> {
    let days = match count {
        Value::Whole(days) => *days,
        Value::Number(days) if days.fract() == 0.0 && days.abs() < 1e9 => *days as i64,
        other => {
            let sentence = Sentence::new("run-working-days").with("count", other.in_rule());
            return Err(ValueError::new(EvaluationErrorCode::InvalidValue, sentence));
        }
    };
    let longest = LONGEST_LAPSE.millis() / Duration::DAY.millis();
    if days.unsigned_abs() > longest.unsigned_abs() {
        return Err(too_far(format!("{days}.{}", WORKING_DAY.0)));
    }
    Ok(Value::WorkingDays(days))
}
