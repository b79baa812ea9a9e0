//! What can be asked of a text, a list or a number with a dot: `.len()`, `.starts_with("A")`, `.days`.
//!
//! Each gives exactly what Rhai gives, or an error where Rhai gives one. `.contains` is told in [`crate::evaluate::operators`],
//! because it is `in` written the other way round.

use crate::book::value::Value;
use crate::book::vocabulary::nearest;
use crate::calendar::Duration;
use crate::calendar::units::{UNITS, WORKING_UNITS};
use crate::evaluate::operators::{described, fits_text};
use crate::pack::expression::Method;
use crate::wording::Sentence;

/// `on.method(args)`.
///
/// # Errors
/// A sentence for the user: it cannot be asked of this, or not with that.
pub fn ask(method: Method, on: &Value, args: &[Value]) -> Result<Value, String> {
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
        (Method::Unit(unit), Whole(_) | Number(_), []) => length(on, unit).map_err(|why| why.english())?,
        (_, Value::Unknown, _) => {
            return Err(format!(
                "{} is asked of something that is not known for this lead; write what to use instead, as in (... ?? \"\")",
                method.written()
            ));
        }
        (_, Text(_), [other]) => {
            return Err(format!("{} takes a text, and got {}", method.written(), described(other)));
        }
        _ => return Err(format!("{} cannot be asked of {}", method.written(), described(on))),
    })
}

/// A text in one case; as it is when all its characters have that case already, which is how Rhai does it.
fn cased(text: &str, is: fn(char) -> bool, to: fn(&str) -> String) -> Result<Value, String> {
    if text.chars().all(is) {
        return Ok(Value::text(text));
    }
    let text = to(text);
    fits_text(text.len())?;
    Ok(Value::text(text))
}

/// `count.unit`: a length of time.
///
/// # Errors
/// What to tell: it is more than the time line holds, or not a unit.
pub fn length(count: &Value, unit: &str) -> Result<Value, Sentence> {
    let find = |units: &[(&str, &str, Duration)]| {
        units.iter().find(|(many, one, _)| *many == unit || *one == unit).map(|(.., length)| *length)
    };
    let times = |unit_length: Duration| match count {
        Value::Whole(count) => unit_length.times(*count),
        Value::Number(count) => {
            let millis = count * unit_length.millis() as f64;
            // Half a millisecond more or less is rounded; beyond 2^53 a number no longer counts milliseconds exactly.
            (millis.abs() < 9e15).then(|| Duration::from_millis(libm::round(millis) as i64))
        }
        _ => None,
    };
    let long = || Sentence::new("run-long").with("written", format!("{count}.{unit}"));
    match (find(UNITS), find(WORKING_UNITS)) {
        (Some(unit), _) => times(unit).map(Value::Length).ok_or_else(long),
        (_, Some(unit)) => times(unit).map(Value::WorkingLength).ok_or_else(long),
        _ => {
            let known = UNITS.iter().chain(WORKING_UNITS).flat_map(|(many, one, _)| [*many, *one]);
            let meant = nearest(unit, known).map(|meant| format!(".{meant}"));
            Err(Sentence::new("unknown-unit").with("name", unit).or_did_you_mean(meant))
        }
    }
}
