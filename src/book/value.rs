//! The values that facts have and rules compute with.
//!
//! They mirror the types of Rhai, so that a compiled rule and the same rule interpreted by Rhai give the same result: `Unknown` is Rhai's
//! `()`, `Whole` its INT, `Number` its FLOAT. Moments and lengths of time are types of their own.

use std::fmt;
use std::sync::Arc;

use strum::IntoStaticStr;

use crate::calendar::{Duration, Instant};
use crate::wording::{Amount, Arg, Language, Sentence};

/// The number of characters of a text that a message shows.
const DESCRIBED_CHARACTERS: usize = 40;

/// A value in a rule.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Not known. Every comparison with it (`< <= > >= ==`) is false.
    Unknown,
    /// Yes or no.
    Truth(bool),
    /// A count.
    Whole(i64),
    /// A number with decimals; always finite.
    Number(f64),
    /// A text.
    Text(Arc<str>),
    /// A length of time.
    Length(Duration),
    /// A length of working time: `8.working_hours`.
    WorkingLength(Duration),
    /// A number of working days: `3.working_days`.
    WorkingDays(i64),
    /// A point in time.
    Moment(Instant),
    /// Several values.
    List(Arc<[Value]>),
}

/// The static type of a [`Value`]. Each is spelled as in messages and in `fact x as ...`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum Type {
    /// Not known: any of the others.
    #[strum(serialize = "anything")]
    Any,
    /// Yes or no.
    Truth,
    /// A count.
    #[strum(serialize = "count")]
    Whole,
    /// A number with decimals.
    Number,
    /// A text.
    Text,
    /// A length of time.
    #[strum(serialize = "length of time")]
    Length,
    /// A length of working time.
    #[strum(serialize = "length of working time")]
    WorkingLength,
    /// A point in time.
    #[strum(serialize = "time")]
    Moment,
    /// Several values.
    List,
}

impl Type {
    /// The name with its article in the language of the message, for sentences: "a length of time".
    pub(crate) const fn with_article(self) -> Arg {
        Arg::Key(match self {
            Self::Any => "a-value",
            Self::Truth => "a-truth",
            Self::Whole => "a-count",
            Self::Number => "a-number",
            Self::Text => "a-text",
            Self::Length => "a-length",
            Self::WorkingLength => "a-working-length",
            Self::Moment => "a-moment",
            Self::List => "a-list",
        })
    }

    /// The name a manager reads in messages and writes in `fact x as ...`.
    pub fn word(self) -> &'static str {
        self.into()
    }
}

impl Value {
    /// The type of this value; [`Type::Any`] for an unknown.
    pub fn kind(&self) -> Type {
        match self {
            Self::Unknown => Type::Any,
            Self::Truth(_) => Type::Truth,
            Self::Whole(_) => Type::Whole,
            Self::Number(_) => Type::Number,
            Self::Text(_) => Type::Text,
            Self::Length(_) => Type::Length,
            Self::WorkingLength(_) | Self::WorkingDays(_) => Type::WorkingLength,
            Self::Moment(_) => Type::Moment,
            Self::List(_) => Type::List,
        }
    }

    /// The value in the notation of a rule: `"NL"`, `7.days`, `true`.
    pub fn in_rule(&self) -> String {
        match self {
            Self::Unknown => "()".to_owned(),
            Self::Text(text) => format!("\"{text}\""),
            Self::Length(length) => length_in_rule(*length, ""),
            Self::WorkingLength(length) => length_in_rule(*length, "working_"),
            Self::WorkingDays(days) => format!("{days}.working_days"),
            Self::Moment(moment) => format!("moment(\"{moment}\")"),
            Self::List(values) => {
                let values: Vec<String> = values.iter().map(Self::in_rule).collect();
                format!("[{}]", values.join(", "))
            }
            plain => plain.to_string(),
        }
    }

    /// The value with its type, for messages: `a count (3)`. Of a long text only the beginning is shown, and a list by its type alone.
    pub(crate) fn described(&self) -> Arg {
        let shown = match self {
            Self::Unknown | Self::List(_) => return self.kind().with_article(),
            Self::Truth(truth) => return Arg::Text(truth.to_string()),
            Self::Text(text) => format!("\"{}\"", text.chars().take(DESCRIBED_CHARACTERS).collect::<String>()),
            Self::Moment(moment) => moment.to_string(),
            other => other.in_rule(),
        };
        Sentence::new("run-kind").with("kind", self.kind().with_article()).with("value", shown).into()
    }

    /// The value of a setting as whoever changes it gives it: a length of time is a text such as `4.hours`.
    pub(crate) fn as_given(&self) -> serde_json::Value {
        match self {
            Self::Truth(truth) => (*truth).into(),
            Self::Whole(count) => (*count).into(),
            Self::Number(number) => (*number).into(),
            Self::Text(text) => (&**text).into(),
            Self::List(items) => items.iter().map(Self::as_given).collect(),
            other => other.in_rule().into(),
        }
    }

    /// As the reason of an advice shows it, in the language of its pack: a number is rounded and has its thousands told apart, a length
    /// of time is in words, a list has commas and an "and". Unknown is empty, and a moment is RFC 3339, for it has no zone of its own.
    pub fn in_words(&self, language: Language) -> String {
        match self {
            Self::Whole(count) => Amount::whole(*count).render(language),
            Self::Number(number) => Amount::new(*number).render(language),
            Self::Truth(true) => Sentence::new("value-true").render(language),
            Self::Truth(false) => Sentence::new("value-false").render(language),
            Self::Length(length) => length.in_words().render(language),
            Self::WorkingLength(length) => Sentence::new("length-working").with("length", *length).render(language),
            Self::WorkingDays(days) => Sentence::new("working-days").with("days", *days).render(language),
            Self::List(values) => {
                let values = values.iter().map(|value| value.in_words(language).into()).collect();
                Sentence::list("list-and", values).render(language)
            }
            Self::Unknown | Self::Text(_) | Self::Moment(_) => self.to_string(),
        }
    }

    /// A text value.
    pub fn text(text: impl AsRef<str>) -> Self {
        Self::Text(Arc::from(text.as_ref()))
    }
}

/// A length of time in the notation of a rule (`7.days`), in the largest unit that divides it; working time has no days. Lengths that are
/// not whole seconds are written with decimals.
fn length_in_rule(length: Duration, working: &str) -> String {
    let millis = length.millis();
    let units = [(86_400_000, "days"), (3_600_000, "hours"), (60_000, "minutes"), (1_000, "seconds")];
    let fits = |(size, unit): &(i64, &str)| millis % size == 0 && (working.is_empty() || *unit != "days");
    match units.into_iter().find(fits) {
        Some((size, unit)) => format!("{}.{working}{unit}", millis / size),
        None => format!("{}.{working}seconds", millis as f64 / 1_000.0),
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Unknown, Into::into)
    }
}
impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Truth(value)
    }
}
impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Self::Whole(value)
    }
}
impl From<f64> for Value {
    fn from(value: f64) -> Self {
        Self::Number(value)
    }
}
impl From<&str> for Value {
    fn from(value: &str) -> Self {
        Self::text(value)
    }
}
impl From<Duration> for Value {
    fn from(value: Duration) -> Self {
        Self::Length(value)
    }
}
impl From<Instant> for Value {
    fn from(value: Instant) -> Self {
        Self::Moment(value)
    }
}

/// Beyond these sizes Rhai writes a number in powers of ten. Rhai holds the bounds in single precision, so they are not exactly 10^13 and
/// 10^-13.
const LARGEST_PLAIN: f64 = 10_000_000_000_000_f32 as f64;
const SMALLEST_PLAIN: f64 = 0.000_000_000_000_1_f32 as f64;

/// As Rhai turns it into a text: unknown is empty, and a whole-valued number keeps its `.0`. What a reason shows is made by
/// [`Value::in_words`].
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown => Ok(()),
            Self::Truth(truth) => write!(f, "{truth}"),
            Self::Whole(count) => write!(f, "{count}"),
            Self::Number(number) => match number.abs() {
                0.0 => f.write_str("0.0"),
                size if !(SMALLEST_PLAIN..=LARGEST_PLAIN).contains(&size) => write!(f, "{number:e}"),
                size if size.fract() == 0.0 => write!(f, "{number}.0"),
                _ => write!(f, "{number}"),
            },
            Self::Text(text) => f.write_str(text),
            Self::Length(length) => write!(f, "{length}"),
            Self::WorkingLength(length) => write!(f, "{length} of working time"),
            Self::WorkingDays(days) => f.write_str(&Sentence::new("working-days").with("days", *days).english()),
            Self::Moment(moment) => write!(f, "{moment}"),
            Self::List(values) => {
                f.write_str("[")?;
                for (nth, value) in values.iter().enumerate() {
                    if nth > 0 {
                        f.write_str(", ")?;
                    }
                    match value {
                        Self::Unknown => f.write_str("()")?,
                        Self::Text(text) => write!(f, "{text:?}")?,
                        Self::Number(number) => write!(f, "{number:?}")?,
                        other => write!(f, "{other}")?,
                    }
                }
                f.write_str("]")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_written_in_the_notation_of_a_rule() {
        let hours = |hours: i64| Duration::from_millis(hours * 3_600_000);
        for (value, written) in [
            (Value::from(hours(48)), "2.days"),
            (Value::from(hours(-36)), "-36.hours"),
            (Value::WorkingLength(hours(48)), "48.working_hours"),
            (Value::from(Duration::from_millis(1_500)), "1.5.seconds"),
            (Value::List([Value::text("NL"), Value::from(true), Value::from(2.0)].into()), "[\"NL\", true, 2.0]"),
            (Value::Unknown, "()"),
        ] {
            assert_eq!(value.in_rule(), written);
        }
    }
}
