//! The operators of the rule language on values. They give what Rhai gives, and their errors are sentences for the author of the rule.
//!
//! As in Rhai 1.27 (checked arithmetic, built-in operators on): whole numbers are exact and an overflow is an error; dividing them
//! leaves no decimals; numbers with decimals compare within a relative tolerance; values of different types are never equal, smaller
//! or larger, and always different; unknown equals only unknown. Lengths of time and moments are types of this crate: they compare
//! with their own type; lengths are added, subtracted and multiplied by a count, and a length is added to or subtracted from a moment.
//!
//! `tests/semantics/` holds the cases, checked against Rhai itself.

use crate::book::value::Value;
use crate::diagnostics::{EvaluationErrorCode, ValueError};
use crate::limits;
use crate::pack::expression::{Arithmetic, Comparison};
use crate::wording::{Arg, Sentence};

/// What needs a value that is true or false; named in the error when it gets another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum TruthNeededBy {
    Condition,
    And,
    Or,
    Not,
    If,
}

/// `left <op> right`.
///
/// # Errors
/// Two lists are compared by `<`, `<=`, `>` or `>=`.
pub fn compare(comparison: Comparison, left: &Value, right: &Value) -> Result<bool, ValueError> {
    use Value::{Length, List, Moment, Number, Text, Truth, Unknown, Whole, WorkingDays, WorkingLength};
    let order = match (left, right) {
        (Whole(left), Whole(right)) => left.cmp(right),
        (Number(left), Number(right)) => return Ok(compare_numbers(comparison, *left, *right)),
        (Whole(left), Number(right)) => return Ok(compare_numbers(comparison, *left as f64, *right)),
        (Number(left), Whole(right)) => return Ok(compare_numbers(comparison, *left, *right as f64)),
        (Truth(left), Truth(right)) => left.cmp(right),
        (Text(left), Text(right)) => left.cmp(right),
        (Length(left), Length(right)) | (WorkingLength(left), WorkingLength(right)) => left.cmp(right),
        (WorkingDays(left), WorkingDays(right)) => left.cmp(right),
        (Moment(left), Moment(right)) => left.cmp(right),
        (List(left), List(right)) => return compare_lists(comparison, left, right),
        // `() == ()` is true; `<=` and `>=` are false, as `<` and `>` are.
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

/// Rhai's comparison of numbers with decimals: equal when they differ by at most 2^-52 of the larger, or of 1 when one of them is 0.
fn compare_numbers(comparison: Comparison, left: f64, right: f64) -> bool {
    let scale = if left * right == 0.0 { 1.0 } else { left.abs().max(right.abs()) };
    if scale == 0.0 {
        // NaN (0.0 % 0.0) and 0 are equal in Rhai.
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

fn compare_lists(comparison: Comparison, left: &[Value], right: &[Value]) -> Result<bool, ValueError> {
    let wanted = match comparison {
        Comparison::Equal => true,
        Comparison::NotEqual => false,
        _ => return Err(ValueError::new(EvaluationErrorCode::WrongType, Sentence::new("run-list-order"))),
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
/// An unknown operand, types that the operator does not take, an overflow, a result larger than the [`limits`], a count divided by 0.
pub fn arithmetic(operation: Arithmetic, left: &Value, right: &Value) -> Result<Value, ValueError> {
    use Arithmetic::{Add, Divide, Multiply, Remainder, Subtract};
    use Value::{Length, List, Moment, Number, Text, Unknown, Whole};
    let error = |code, key| {
        let written = format!("{} {} {}", left.in_rule(), sign(operation), right.in_rule());
        ValueError::new(code, Sentence::new(key).with("written", written))
    };
    match (operation, left, right) {
        (_, Whole(left), Whole(right)) => whole(operation, *left, *right).ok_or_else(|| match (operation, right) {
            (Divide | Remainder, 0) => error(EvaluationErrorCode::DivisionByZero, "run-by-zero"),
            _ => error(EvaluationErrorCode::Overflow, "run-too-large"),
        }),
        (_, Number(left), Number(right)) => Ok(Number(decimal(operation, *left, *right))),
        (_, Whole(left), Number(right)) => Ok(Number(decimal(operation, *left as f64, *right))),
        (_, Number(left), Whole(right)) => Ok(Number(decimal(operation, *left, *right as f64))),
        // As in Rhai: an empty text minus another gives the other one.
        (Subtract, Text(from), Text(_)) if from.is_empty() => Ok(right.clone()),
        (Subtract, Text(_), Text(part)) if part.is_empty() => Ok(left.clone()),
        (Subtract, Text(from), Text(part)) => Ok(Value::text(from.replace(&**part, ""))),
        (Add, Text(_), _) | (Add, _, Text(_)) => {
            let text = format!("{left}{right}");
            check_text_size(text.len())?;
            Ok(Value::text(text))
        }
        (Add, List(left), List(right)) => {
            let mut size = ListSize::default();
            left.iter().chain(right.iter()).try_for_each(|item| size.add(item))?;
            Ok(List(left.iter().chain(right.iter()).cloned().collect()))
        }
        // These saturate at the ends of the time line, which the moments of a lead do not come near.
        (Add, Length(left), Length(right)) => Ok(Length(*left + *right)),
        (Subtract, Length(left), Length(right)) => Ok(Length(*left - *right)),
        (Add, Moment(moment), Length(length)) => Ok(Moment(*moment + *length)),
        (Subtract, Moment(moment), Length(length)) => Ok(Moment(*moment - *length)),
        (Subtract, Moment(left), Moment(right)) => Ok(Length(*left - *right)),
        // How long it is from or until a moment that is not known, is not known.
        (Subtract, Unknown, Moment(_)) | (Subtract, Moment(_), Unknown) => Ok(Unknown),
        (Multiply, Length(length), Whole(count)) | (Multiply, Whole(count), Length(length)) => {
            length.times(*count).map(Length).ok_or_else(|| error(EvaluationErrorCode::Overflow, "run-long"))
        }
        _ => Err(wrong_operands(operation, left, right)),
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

fn wrong_operands(operation: Arithmetic, left: &Value, right: &Value) -> ValueError {
    if *left == Value::Unknown || *right == Value::Unknown {
        let sentence = Sentence::new("run-sign-unknown").with("sign", sign(operation));
        return ValueError::new(EvaluationErrorCode::UnknownValue, sentence);
    }
    let sentence = Sentence::new("run-sign").with("sign", sign(operation));
    let sentence = sentence.with("left", left.described()).with("right", right.described());
    ValueError::new(EvaluationErrorCode::WrongType, sentence)
}

/// `not value`.
///
/// # Errors
/// The value is not true or false.
pub fn not(value: &Value) -> Result<bool, ValueError> {
    truth(value, TruthNeededBy::Not).map(|truth| !truth)
}

/// `-value`.
///
/// # Errors
/// The value is no number or length of time, or the result is too large.
pub fn negate(value: &Value) -> Result<Value, ValueError> {
    match value {
        Value::Whole(count) => count.checked_neg().map(Value::Whole).ok_or_else(|| {
            let sentence = Sentence::new("run-too-large").with("written", format!("-({count})"));
            ValueError::new(EvaluationErrorCode::Overflow, sentence)
        }),
        Value::Number(number) => Ok(Value::Number(-number)),
        Value::Length(length) => Ok(Value::Length(-*length)),
        other => Err(wrong_type("run-minus", other)),
    }
}

/// The truth of an operand that must be true or false.
///
/// # Errors
/// The value is not true or false; the sentence names what needs it.
pub fn truth(value: &Value, needed_by: TruthNeededBy) -> Result<bool, ValueError> {
    match value {
        Value::Truth(truth) => Ok(*truth),
        Value::Unknown => Err(not_truth(Arg::Key("a-value"), needed_by, EvaluationErrorCode::UnknownValue)),
        other => Err(not_truth(other.described(), needed_by, EvaluationErrorCode::WrongType)),
    }
}

/// The error of something else than true or false where one of the two is needed.
pub(crate) fn not_truth(came: Arg, needed_by: TruthNeededBy, code: EvaluationErrorCode) -> ValueError {
    let what = match needed_by {
        TruthNeededBy::Condition => Arg::Key("a-condition"),
        TruthNeededBy::And => Arg::from("\"and\""),
        TruthNeededBy::Or => Arg::from("\"or\""),
        TruthNeededBy::Not => Arg::from("\"not\""),
        TruthNeededBy::If => Arg::from("\"if\""),
    };
    let sentence = match code {
        EvaluationErrorCode::UnknownValue => Sentence::new("run-truth-unknown"),
        _ => Sentence::new("run-truth").with("came", came),
    };
    ValueError::new(code, sentence.with("what", what))
}

/// `needle in haystack`, for a list or a text.
///
/// # Errors
/// The haystack is neither a list nor a text, or a text is searched for something that is no text.
pub fn contains(haystack: &Value, needle: &Value) -> Result<bool, ValueError> {
    match (haystack, needle) {
        (Value::List(items), _) => contains_item(items.iter(), needle),
        (Value::Text(text), Value::Text(part)) => Ok(text.contains(&**part)),
        (Value::Text(_), other) => Err(wrong_type("run-in-text", other)),
        (Value::Unknown, _) => Err(ValueError::new(EvaluationErrorCode::UnknownValue, Sentence::new("run-in-unknown"))),
        (other, _) => Err(wrong_type("run-in", other)),
    }
}

/// The error of a value that this sentence says the operation does not take.
fn wrong_type(key: &'static str, came: &Value) -> ValueError {
    let code = match came {
        Value::Unknown => EvaluationErrorCode::UnknownValue,
        _ => EvaluationErrorCode::WrongType,
    };
    ValueError::new(code, Sentence::new(key).with("came", came.described()))
}

/// True when one of the items equals the needle.
///
/// # Errors
/// None of its own; see [`compare`].
pub fn contains_item<'a>(items: impl IntoIterator<Item = &'a Value>, needle: &Value) -> Result<bool, ValueError> {
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
/// The needle is no count.
pub fn in_range(needle: &Value, first: i64, last: i64, inclusive: bool) -> Result<bool, ValueError> {
    match needle {
        Value::Whole(count) => Ok(*count >= first && if inclusive { *count <= last } else { *count < last }),
        Value::Unknown => {
            Err(ValueError::new(EvaluationErrorCode::UnknownValue, Sentence::new("run-in-range-unknown")))
        }
        other => Err(wrong_type("run-in-range", other)),
    }
}

/// The size of a list as Rhai counts it: its items with those of the lists in it, and the bytes of their texts.
#[derive(Clone, Copy, Debug, Default)]
pub struct ListSize {
    items: usize,
    bytes: usize,
}

impl ListSize {
    /// Adds one item.
    ///
    /// # Errors
    /// The list is larger than [`limits::LIST`] items or [`limits::TEXT`] bytes.
    pub fn add(&mut self, item: &Value) -> Result<(), ValueError> {
        self.count(item);
        if self.items > limits::LIST {
            return Err(over_limit("run-list", limits::LIST));
        }
        check_text_size(self.bytes)
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

/// Whether a text may have this many bytes.
///
/// # Errors
/// It is longer than [`limits::TEXT`].
pub fn check_text_size(bytes: usize) -> Result<(), ValueError> {
    if bytes > limits::TEXT { Err(over_limit("run-text", limits::TEXT)) } else { Ok(()) }
}

/// The error of a statement that takes more operations than it may.
pub(crate) fn over_operations() -> ValueError {
    over_limit("run-steps", usize::try_from(limits::OPERATIONS).unwrap_or(usize::MAX))
}

fn over_limit(key: &'static str, limit: usize) -> ValueError {
    ValueError::new(EvaluationErrorCode::Limit, Sentence::new(key).with("limit", limit))
}
