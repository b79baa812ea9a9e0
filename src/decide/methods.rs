//! What can be asked of a text, a list or a number with a dot: `.len()`, `.starts_with("A")`, `.days`.
//!
//! Each gives exactly what Rhai gives, or an error where Rhai gives one. `.contains` is told in [`super::operators`],
//! because it is `in` written the other way round.

use super::operators::{described, fits_text};
use crate::book::value::Value;
use crate::language::dialect;
use crate::rulebook::tree::Method;

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
        (Method::Unit(unit), Whole(_) | Number(_), []) => dialect::length(on, unit).map_err(|why| why.english())?,
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
