//! The values that one fact may have: which known ones, and whether it may be unknown.
//!
//! Words and truths are listed, or all but those listed. Counts, numbers and lengths of time (in milliseconds) are spans on a line. Unknown is a
//! value of its own, beside both.
//!
//! Invariant: the spans of a set are in order and do not overlap, and none is empty.

use crate::book::value::Value;
use crate::pack::expression::Comparison;

/// The values that one fact may have.
#[derive(Clone, Debug, PartialEq)]
pub struct ValueSet {
    /// Whether it may be unknown.
    pub unknown: bool,
    /// Which known values it may have.
    pub known: KnownValues,
}

/// Known values.
#[derive(Clone, Debug, PartialEq)]
pub enum KnownValues {
    /// Words or truths.
    Listed {
        /// The values.
        values: Vec<Value>,
        /// True when all others are meant.
        all_but: bool,
    },
    /// Counts, numbers, or lengths of time in milliseconds.
    Spans(Vec<Span>),
}

/// The numbers between two ends.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Span {
    /// The lower end.
    pub low: End,
    /// The upper end.
    pub high: End,
}

/// One end of a span.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct End {
    /// The number; infinite where there is no end.
    pub at: f64,
    /// Whether it belongs to the span.
    pub included: bool,
}

/// Numbers that differ by less than this part of the larger are too close to say which is larger: rules compare numbers with a tolerance of 2^-52.
const CLOSE: f64 = 1e-14;

impl Span {
    /// Every number.
    pub const ALL: Self =
        Self { low: End { at: f64::NEG_INFINITY, included: false }, high: End { at: f64::INFINITY, included: false } };

    /// The numbers from `at` on.
    pub const fn from(at: f64) -> Self {
        Self { low: End { at, included: true }, ..Self::ALL }
    }

    /// The numbers from `low` up to `high`, both included.
    pub const fn between(low: f64, high: f64) -> Self {
        Self { low: End { at: low, included: true }, high: End { at: high, included: true } }
    }

    /// Whether no number lies in it. Ends that are too close to tell apart leave it as it is.
    fn is_empty(self) -> bool {
        let (low, high) = (self.low, self.high);
        if low.at == high.at {
            return !(low.included && high.included);
        }
        let close = (low.at - high.at).abs() <= CLOSE * low.at.abs().max(high.at.abs());
        low.at > high.at && !close
    }

    /// This span of whole numbers: with ends that are whole numbers and belong to it.
    fn of_wholes(self) -> Self {
        let up = |end: End| if end.included { end.at.ceil() } else { end.at.floor() + 1.0 };
        let down = |end: End| if end.included { end.at.floor() } else { end.at.ceil() - 1.0 };
        let whole = |end: End, at: f64| if end.at.is_finite() { End { at, included: true } } else { end };
        Self { low: whole(self.low, up(self.low)), high: whole(self.high, down(self.high)) }
    }

    fn intersect(self, other: Self) -> Self {
        let higher = |one: End, two: End| match one.at.total_cmp(&two.at) {
            std::cmp::Ordering::Equal => End { included: one.included && two.included, ..one },
            std::cmp::Ordering::Greater => one,
            std::cmp::Ordering::Less => two,
        };
        let lower = |one: End, two: End| match one.at.total_cmp(&two.at) {
            std::cmp::Ordering::Equal => End { included: one.included && two.included, ..one },
            std::cmp::Ordering::Less => one,
            std::cmp::Ordering::Greater => two,
        };
        Self { low: higher(self.low, other.low), high: lower(self.high, other.high) }
    }

    /// The numbers below and above it.
    fn outside(self) -> [Self; 2] {
        let turned = |end: End| End { at: end.at, included: !end.included && end.at.is_finite() };
        [Self { high: turned(self.low), ..Self::ALL }, Self { low: turned(self.high), ..Self::ALL }]
    }
}

impl KnownValues {
    /// No value.
    pub const fn none_listed() -> Self {
        Self::Listed { values: Vec::new(), all_but: false }
    }

    /// Those that are one of these words or truths.
    pub const fn listed(values: Vec<Value>) -> Self {
        Self::Listed { values, all_but: false }
    }

    /// Whether there is none. `all` are all values that there are, where that list is closed.
    fn is_empty(&self, all: Option<&[Value]>) -> bool {
        match self {
            Self::Listed { values, all_but: false } => values.is_empty(),
            Self::Listed { values, all_but: true } => {
                all.is_some_and(|all| all.iter().all(|value| values.contains(value)))
            }
            Self::Spans(spans) => spans.is_empty(),
        }
    }

    fn intersect(&self, other: &Self) -> Self {
        match (self, other) {
            (Self::Listed { values, all_but: false }, Self::Listed { .. }) => {
                Self::listed(values.iter().filter(|value| other.has(value)).cloned().collect())
            }
            (Self::Listed { .. }, Self::Listed { all_but: false, .. }) => other.intersect(self),
            (Self::Listed { values, .. }, Self::Listed { values: more, .. }) => {
                let mut values = values.clone();
                values.extend(more.iter().filter(|value| !self.lists(value)).cloned());
                Self::Listed { values, all_but: true }
            }
            (Self::Spans(one), Self::Spans(two)) => {
                let pairs = one.iter().flat_map(|one| two.iter().map(move |two| one.intersect(*two)));
                Self::Spans(pairs.filter(|span| !span.is_empty()).collect())
            }
            // One fact has one type, so this never comes up; nothing is in both.
            _ => Self::none_listed(),
        }
    }

    /// Whether this value is among them.
    pub fn has(&self, value: &Value) -> bool {
        match self {
            Self::Listed { all_but, .. } => self.lists(value) != *all_but,
            Self::Spans(_) => false,
        }
    }

    fn lists(&self, value: &Value) -> bool {
        matches!(self, Self::Listed { values, .. } if values.contains(value))
    }

    /// The known values that are not among them.
    fn outside(&self) -> Self {
        match self {
            Self::Listed { values, all_but } => Self::Listed { values: values.clone(), all_but: !all_but },
            Self::Spans(spans) => {
                let all = Self::Spans(vec![Span::ALL]);
                spans.iter().fold(all, |rest, span| {
                    let outside = span.outside().into_iter().filter(|span| !span.is_empty());
                    rest.intersect(&Self::Spans(outside.collect()))
                })
            }
        }
    }
}

impl ValueSet {
    /// Whether it holds no value at all; `all` are all known values that there are, where that list is closed.
    pub(super) fn is_empty(&self, all: Option<&[Value]>) -> bool {
        !self.unknown && self.known.is_empty(all)
    }

    /// The values in both.
    pub(super) fn intersect(&self, other: &Self) -> Self {
        Self { unknown: self.unknown && other.unknown, known: self.known.intersect(&other.known) }
    }

    /// The values in one of both.
    pub(super) fn union(&self, other: &Self) -> Self {
        self.outside().intersect(&other.outside()).outside()
    }

    /// The values that are not in it.
    pub(super) fn outside(&self) -> Self {
        Self { unknown: !self.unknown, known: self.known.outside() }
    }

    /// This set of a variable whose numbers are whole: counts, and milliseconds.
    pub(super) fn of_wholes(self) -> Self {
        match self.known {
            KnownValues::Spans(spans) => {
                let wholes = spans.into_iter().map(Span::of_wholes).filter(|span| !span.is_empty());
                Self { known: KnownValues::Spans(wholes.collect()), ..self }
            }
            KnownValues::Listed { .. } => self,
        }
    }

    /// The lowest known number in it with whether it belongs to it; `None` where it has no known number.
    pub(super) fn lowest(&self) -> Option<End> {
        match &self.known {
            KnownValues::Spans(spans) => spans.iter().map(|span| span.low).min_by(|one, two| one.at.total_cmp(&two.at)),
            KnownValues::Listed { .. } => None,
        }
    }

    /// The highest known number in it with whether it belongs to it; `None` where it has no known number.
    pub(super) fn highest(&self) -> Option<End> {
        match &self.known {
            KnownValues::Spans(spans) => {
                spans.iter().map(|span| span.high).max_by(|one, two| one.at.total_cmp(&two.at))
            }
            KnownValues::Listed { .. } => None,
        }
    }

    /// Whether it holds this value, unknown being one.
    pub(super) fn has(&self, value: &Value) -> bool {
        if *value == Value::Unknown { self.unknown } else { self.known.has(value) }
    }

    /// The only known value of a listed set that cannot be unknown; `None` for any other set.
    pub(super) fn only(&self) -> Option<&Value> {
        match &self.known {
            KnownValues::Listed { values, all_but: false } if !self.unknown => match values.as_slice() {
                [one] => Some(one),
                _ => None,
            },
            _ => None,
        }
    }
}

/// The numbers that compare so with this one; of whole numbers where `wholes`.
pub(super) fn numbers(comparison: Comparison, with: f64, wholes: bool) -> KnownValues {
    let (below, above) = (
        |included| Span { high: End { at: with, included }, ..Span::ALL },
        |included| Span { low: End { at: with, included }, ..Span::ALL },
    );
    let spans = match comparison {
        Comparison::Equal => vec![Span::between(with, with)],
        Comparison::NotEqual => vec![below(false), above(false)],
        Comparison::Less => vec![below(false)],
        Comparison::LessOrEqual => vec![below(true)],
        Comparison::Greater => vec![above(false)],
        Comparison::GreaterOrEqual => vec![above(true)],
    };
    let spans = spans.into_iter().map(|span| if wholes { span.of_wholes() } else { span });
    KnownValues::Spans(spans.filter(|span| !span.is_empty()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(comparison: Comparison, with: f64, wholes: bool) -> ValueSet {
        ValueSet { unknown: false, known: numbers(comparison, with, wholes) }
    }

    #[test]
    fn no_count_lies_between_two_and_three() {
        use Comparison::{Greater, Less};
        assert!(set(Greater, 2.0, true).intersect(&set(Less, 3.0, true)).is_empty(None));
        assert!(!set(Greater, 2.0, false).intersect(&set(Less, 3.0, false)).is_empty(None));
    }

    #[test]
    fn what_is_outside_of_a_comparison_is_its_opposite() {
        use Comparison::{Equal, Greater, GreaterOrEqual, Less, LessOrEqual, NotEqual};
        for comparison in [Equal, NotEqual, Less, LessOrEqual, Greater, GreaterOrEqual] {
            let outside = set(comparison, 5.0, false).outside();
            assert_eq!(outside, ValueSet { unknown: true, known: numbers(comparison.opposite(), 5.0, false) });
        }
    }

    #[test]
    fn numbers_that_rules_cannot_tell_apart_leave_a_span() {
        use Comparison::{GreaterOrEqual, LessOrEqual};
        let next = 5.0_f64.next_up();
        assert!(!set(GreaterOrEqual, next, false).intersect(&set(LessOrEqual, 5.0, false)).is_empty(None));
        assert!(set(GreaterOrEqual, 5.1, false).intersect(&set(LessOrEqual, 5.0, false)).is_empty(None));
    }

    #[test]
    fn a_closed_list_ends_where_all_its_words_are_left_out() {
        let words = [Value::text("a"), Value::text("b")];
        let all_but = |values: &[Value]| ValueSet {
            unknown: false,
            known: KnownValues::Listed { values: values.to_vec(), all_but: true },
        };
        let neither = all_but(&words[..1]).intersect(&all_but(&words[1..]));
        assert!(neither.is_empty(Some(&words)));
        assert!(!neither.is_empty(None));
    }
}
