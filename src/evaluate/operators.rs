//! What the operators of the rule language do with values: exactly what Rhai does, with sentences a manager can read.
//!
//! Kept from Rhai 1.27 (checked arithmetic, built-in operators on): whole numbers are exact and an overflow is an error;
//! dividing them leaves no decimals; numbers with decimals compare within a relative tolerance; values of different
//! types are never equal, smaller or larger, and always different; unknown equals only unknown. Lengths of time and
//! moments are our own types: they compare with their own kind, and add up as one would expect.
//!
//! `tests/semantics/` holds the cases, checked against Rhai itself.

use crate::book::value::Value;
use crate::limits;
use crate::pack::expression::{Arithmetic, Comparison};

/// `left <op> right`.
///
/// # Errors
/// A sentence for the user: lists have no smaller and larger.
pub fn compare(comparison: Comparison, left: &Value, right: &Value) -> Result<bool, String> {
    use Value::{Length, List, Moment, Number, Text, Truth, Unknown, Whole, WorkingLength};
    let order = match (left, right) {
        (Whole(left), Whole(right)) => left.cmp(right),
        (Number(left), Number(right)) => return Ok(compare_numbers(comparison, *left, *right)),
        (Whole(left), Number(right)) => return Ok(compare_numbers(comparison, *left as f64, *right)),
        (Number(left), Whole(right)) => return Ok(compare_numbers(comparison, *left, *right as f64)),
        (Truth(left), Truth(right)) => left.cmp(right),
        (Text(left), Text(right)) => left.cmp(right),
        (Length(left), Length(right)) | (WorkingLength(left), WorkingLength(right)) => left.cmp(right),
        (Moment(left), Moment(right)) => left.cmp(right),
        (List(left), List(right)) => return compare_lists(comparison, left, right),
        // Unknown equals unknown, but is neither smaller nor larger, "or equal" included.
        (Unknown, Unknown) => return Ok(comparison == Comparison::Equal),
        _ => return Ok(comparison == Comparison::NotEqual),
    };
    Ok(match comparison {
        Comparison::Equal => order.is_eq(),
        Comparison::NotEqual => order.is_ne(),
        Comparison::Less => order.is_lt(),
        Comparison::LessOrEqual => order.is_le(),
        Comparison::Greater => order.is_gt(),
        Comparison::GreaterOrEqual => order.is_ge(),
    })
}

/// Rhai's comparison of decimals: equal when they differ by no more than 2^-52 of the larger, or of 1 when one of them is 0.
fn compare_numbers(comparison: Comparison, left: f64, right: f64) -> bool {
    let scale = if left * right == 0.0 { 1.0 } else { left.abs().max(right.abs()) };
    if scale == 0.0 {
        // What is not a number (0.0 % 0.0) beside 0: to Rhai they are the same.
        return matches!(comparison, Comparison::Equal | Comparison::GreaterOrEqual | Comparison::LessOrEqual);
    }
    match comparison {
        Comparison::Equal => (left - right).abs() / scale <= f64::EPSILON,
        Comparison::NotEqual => (left - right).abs() / scale > f64::EPSILON,
        Comparison::Greater => (left - right) / scale > f64::EPSILON,
        Comparison::GreaterOrEqual => (left - right) / scale > -f64::EPSILON,
        Comparison::Less => (right - left) / scale > f64::EPSILON,
        Comparison::LessOrEqual => (right - left) / scale > -f64::EPSILON,
    }
}

fn compare_lists(comparison: Comparison, left: &[Value], right: &[Value]) -> Result<bool, String> {
    let wanted = match comparison {
        Comparison::Equal => true,
        Comparison::NotEqual => false,
        _ => return Err("one list is not smaller or larger than another; compare what is in them".to_owned()),
    };
    if left.len() != right.len() {
        return Ok(!wanted);
    }
    for (left, right) in left.iter().zip(right) {
        if !compare(Comparison::Equal, left, right)? {
            return Ok(!wanted);
        }
    }
    Ok(wanted)
}

/// `left <op> right`.
///
/// # Errors
/// A sentence for the user: an unknown value, types that do not go together, a result that is too large, division of a
/// count by 0.
pub fn arithmetic(operation: Arithmetic, left: &Value, right: &Value) -> Result<Value, String> {
    use Arithmetic::{Add, Divide, Multiply, Remainder, Subtract};
    use Value::{Length, List, Moment, Number, Text, Whole};
    let too_large = || format!("{left} {} {right} is too large to count", sign(operation));
    match (operation, left, right) {
        (_, Whole(left), Whole(right)) => whole(operation, *left, *right).ok_or_else(|| match (operation, right) {
            (Divide | Remainder, 0) => format!("{left} cannot be divided by 0"),
            _ => too_large(),
        }),
        (_, Number(left), Number(right)) => Ok(Number(decimal(operation, *left, *right))),
        (_, Whole(left), Number(right)) => Ok(Number(decimal(operation, *left as f64, *right))),
        (_, Number(left), Whole(right)) => Ok(Number(decimal(operation, *left, *right as f64))),
        // Rhai takes nothing away from an empty text, and gives the other one.
        (Subtract, Text(from), Text(_)) if from.is_empty() => Ok(right.clone()),
        (Subtract, Text(_), Text(part)) if part.is_empty() => Ok(left.clone()),
        (Subtract, Text(from), Text(part)) => Ok(Value::text(from.replace(&**part, ""))),
        (Add, Text(_), _) | (Add, _, Text(_)) => {
            let text = format!("{left}{right}");
            fits_text(text.len())?;
            Ok(Value::text(text))
        }
        (Add, List(left), List(right)) => {
            let mut size = ListSize::default();
            left.iter().chain(right.iter()).try_for_each(|item| size.add(item))?;
            Ok(List(left.iter().chain(right.iter()).cloned().collect()))
        }
        // Lengths and moments end at the ends of the time line, which no lead comes near.
        (Add, Length(left), Length(right)) => Ok(Length(*left + *right)),
        (Subtract, Length(left), Length(right)) => Ok(Length(*left - *right)),
        (Add, Moment(moment), Length(length)) => Ok(Moment(*moment + *length)),
        (Subtract, Moment(moment), Length(length)) => Ok(Moment(*moment - *length)),
        (Subtract, Moment(left), Moment(right)) => Ok(Length(*left - *right)),
        (Multiply, Length(length), Whole(count)) | (Multiply, Whole(count), Length(length)) => {
            length.times(*count).map(Length).ok_or_else(too_large)
        }
        _ => Err(misfit(operation, left, right)),
    }
}

fn whole(operation: Arithmetic, left: i64, right: i64) -> Option<Value> {
    let result = match operation {
        Arithmetic::Add => left.checked_add(right),
        Arithmetic::Subtract => left.checked_sub(right),
        Arithmetic::Multiply => left.checked_mul(right),
        Arithmetic::Divide => left.checked_div(right),
        Arithmetic::Remainder => left.checked_rem(right),
    };
    result.map(Value::Whole)
}

fn decimal(operation: Arithmetic, left: f64, right: f64) -> f64 {
    match operation {
        Arithmetic::Add => left + right,
        Arithmetic::Subtract => left - right,
        Arithmetic::Multiply => left * right,
        Arithmetic::Divide => left / right,
        Arithmetic::Remainder => left % right,
    }
}

const fn sign(operation: Arithmetic) -> &'static str {
    match operation {
        Arithmetic::Add => "+",
        Arithmetic::Subtract => "-",
        Arithmetic::Multiply => "*",
        Arithmetic::Divide => "/",
        Arithmetic::Remainder => "%",
    }
}

fn misfit(operation: Arithmetic, left: &Value, right: &Value) -> String {
    if matches!(left, Value::Unknown) || matches!(right, Value::Unknown) {
        return format!(
            "one side of \"{}\" is not known for this lead; write a value to use instead, as in (lead.value ?? 0.0)",
            sign(operation)
        );
    }
    format!("\"{}\" does not work on {} and {}", sign(operation), described(left), described(right))
}

/// `not value`.
///
/// # Errors
/// A sentence for the user: it is not true or false.
pub fn not(value: &Value) -> Result<bool, String> {
    truth(value, "\"not\"").map(|truth| !truth)
}

/// `-value`.
///
/// # Errors
/// A sentence for the user: it is no number or length of time, or the result is too large.
pub fn negate(value: &Value) -> Result<Value, String> {
    let too_large = || format!("-({value}) is too large to count");
    match value {
        Value::Whole(count) => count.checked_neg().map(Value::Whole).ok_or_else(too_large),
        Value::Number(number) => Ok(Value::Number(-number)),
        Value::Length(length) => Ok(Value::Length(-*length)),
        other => Err(format!("a minus sign needs a number or a length of time, and got {}", described(other))),
    }
}

/// The truth of an operand of `and`, `or`, `not` or `if`, which must be true or false.
///
/// # Errors
/// A sentence for the user that names `what` needs it.
pub fn truth(value: &Value, what: &str) -> Result<bool, String> {
    match value {
        Value::Truth(truth) => Ok(*truth),
        Value::Unknown => Err(format!(
            "{what} needs true or false, and this is not known for this lead; compare it, as in `... is true`"
        )),
        other => Err(format!("{what} needs true or false, and got {}", described(other))),
    }
}

/// `needle in haystack`, for a list or a text.
///
/// # Errors
/// A sentence for the user: the haystack is neither, or a text is searched for something that is no text.
pub fn contains(haystack: &Value, needle: &Value) -> Result<bool, String> {
    match (haystack, needle) {
        (Value::List(items), _) => contains_item(items.iter(), needle),
        (Value::Text(text), Value::Text(part)) => Ok(text.contains(&**part)),
        (Value::Text(_), other) => Err(format!("only a text can be in a text, and this is {}", described(other))),
        (Value::Unknown, _) => {
            Err("what to look in is not known for this lead; ask first whether it is known, or write \
                                    what to use instead, as in (... ?? \"\")"
                .to_owned())
        }
        (other, _) => Err(format!("\"in\" needs a list, a text or a range to look in, and got {}", described(other))),
    }
}

/// True when one of the items equals the needle.
///
/// # Errors
/// None of its own; see [`compare`].
pub fn contains_item<'a>(items: impl IntoIterator<Item = &'a Value>, needle: &Value) -> Result<bool, String> {
    for item in items {
        if compare(Comparison::Equal, item, needle)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// `needle in first..last`; `inclusive` when the last belongs to it.
///
/// # Errors
/// A sentence for the user: only a count can be in a range.
pub fn in_range(needle: &Value, first: i64, last: i64, inclusive: bool) -> Result<bool, String> {
    match needle {
        Value::Whole(count) => Ok(*count >= first && if inclusive { *count <= last } else { *count < last }),
        Value::Unknown => Err("whether it is in this range cannot be told, because it is not known for this lead; \
                               compare with >= and <, which are false for what is not known"
            .to_owned()),
        other => Err(format!("only a count can be in a range, and this is {}; use >= and <", described(other))),
    }
}

/// How large a list has become, as Rhai counts it: its items with those of the lists in it, and the bytes of their texts.
#[derive(Clone, Copy, Debug, Default)]
pub struct ListSize {
    items: usize,
    bytes: usize,
}

impl ListSize {
    /// One item more.
    ///
    /// # Errors
    /// A sentence for the user: the list is too large.
    pub fn add(&mut self, item: &Value) -> Result<(), String> {
        self.count(item);
        if self.items > limits::LIST {
            return Err(format!(
                "it makes a list longer than {} items, which is too large and was stopped",
                limits::LIST
            ));
        }
        fits_text(self.bytes)
    }

    fn count(&mut self, item: &Value) {
        self.items += 1;
        match item {
            Value::Text(text) => self.bytes += text.len(),
            Value::List(items) => items.iter().for_each(|item| self.count(item)),
            _ => {}
        }
    }
}

/// Whether a text may be so many bytes long.
///
/// # Errors
/// A sentence for the user: it may not.
pub fn fits_text(bytes: usize) -> Result<(), String> {
    if bytes > limits::TEXT {
        return Err(format!(
            "it makes a text longer than {} characters, which is too large and was stopped",
            limits::TEXT
        ));
    }
    Ok(())
}

/// A value with its type, for messages: `a count (3)`.
pub(crate) fn described(value: &Value) -> String {
    match value {
        Value::Unknown => "something that is not known".to_owned(),
        Value::Text(text) => {
            let shown: String = text.chars().take(40).collect();
            format!("a text (\"{shown}\")")
        }
        Value::List(_) => "a list".to_owned(),
        Value::Truth(truth) => format!("{truth}"),
        other => format!("a {} ({other})", other.kind().word()),
    }
}
