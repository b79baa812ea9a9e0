//! The conversion of a comparison of values with a constant into a comparison of cells with a threshold.
//!
//! Cells are whole numbers (scaled decimals, counts, milliseconds) or floating-point numbers, and the value of a cell is monotonic in the
//! cell. Rhai compares floating-point numbers with a tolerance; for one constant the cells that compare so still form an interval. Its limits
//! are found by binary search with the comparison of the rule language itself, so kernels need no tolerance and give exactly its answers.
//!
//! The exception is a constant within the tolerance of 0, for which the cells do not form an interval. Each cell is then compared by itself.

use crate::book::value::Value;
use crate::calendar::Instant;
use crate::evaluate::operators::compare;
use crate::pack::expression::Comparison;

/// The meaning of a cell that is a whole number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CellScale {
    /// A number with so many decimals: the cell divided by a power of ten.
    Number(u8),
    /// A count.
    Whole,
    /// A moment in milliseconds since 1970; the value is the duration from it to this moment.
    Ago(Instant),
}

impl CellScale {
    /// The value of a cell.
    pub(crate) fn value(self, cell: i64) -> Value {
        match self {
            Self::Number(decimals) => Value::Number(cell as f64 / power_of_ten(decimals)),
            Self::Whole => Value::Whole(cell),
            Self::Ago(now) => Value::Length(now - Instant::from_millis(cell)),
        }
    }
}

/// A power of ten; exact up to 22.
fn power_of_ten(decimals: u8) -> f64 {
    (0..decimals).fold(1.0, |power, _| power * 10.0)
}

/// The cells for which a comparison holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Threshold<T> {
    /// No cell.
    None,
    /// Every cell.
    All,
    /// Cells greater than or equal to this.
    AtLeast(T),
    /// Cells less than this.
    Below(T),
    /// Cells equal to this.
    Equal(T),
    /// Cells from the first up to, but not including, the second.
    Between(T, T),
    /// Not an interval: each cell must be compared by itself.
    PerCell,
}

/// The whole cells from `least` to `most` whose value compares so with a constant.
pub(crate) fn whole_threshold(
    least: i64,
    most: i64,
    scale: CellScale,
    comparison: Comparison,
    value: &Value,
) -> Threshold<i64> {
    // A later moment is a shorter time ago.
    let meaning = |cell: i64| scale.value(cell);
    let falling = matches!(scale, CellScale::Ago(_));
    find_threshold(least, most, &meaning, falling, comparison, value, |cell| cell.checked_add(1))
}

/// The floating-point numbers that compare so with a constant; NaN, which is unknown, never does.
pub(crate) fn number_threshold(comparison: Comparison, value: &Value) -> Threshold<f64> {
    let meaning = |rank: i64| Value::Number(number_at(rank));
    let (least, most) = (rank_of(f64::MIN), rank_of(f64::MAX));
    match find_threshold(least, most, &meaning, false, comparison, value, |rank| rank.checked_add(1)) {
        Threshold::None => Threshold::None,
        Threshold::All => Threshold::All,
        Threshold::AtLeast(rank) => Threshold::AtLeast(number_at(rank)),
        Threshold::Below(rank) => Threshold::Below(number_at(rank)),
        Threshold::Equal(rank) => Threshold::Equal(number_at(rank)),
        Threshold::Between(from, until) => Threshold::Between(number_at(from), number_at(until)),
        Threshold::PerCell => Threshold::PerCell,
    }
}

/// The rank of a finite number in the order of all finite numbers. Both zeros have rank 0.
const fn rank_of(number: f64) -> i64 {
    let bits = number.to_bits().cast_signed();
    if bits < 0 { i64::MIN.wrapping_sub(bits) } else { bits }
}

/// The number with a rank.
const fn number_at(rank: i64) -> f64 {
    f64::from_bits(if rank < 0 { i64::MIN.wrapping_sub(rank) } else { rank }.cast_unsigned())
}

/// Finds the threshold among cells from `least` to `most`. `meaning` is the value of a cell, which decreases with the cell when `falling`;
/// `after` is the next cell.
fn find_threshold(
    least: i64,
    most: i64,
    meaning: &dyn Fn(i64) -> Value,
    falling: bool,
    comparison: Comparison,
    value: &Value,
    after: impl Fn(i64) -> Option<i64>,
) -> Threshold<i64> {
    if !comparable(&meaning(least), value) {
        return Threshold::None;
    }
    if let Value::Number(number) = value
        && *number != 0.0
        && number.abs() <= 4.0 * f64::EPSILON
    {
        return Threshold::PerCell;
    }
    let holds = |comparison: Comparison, cell: i64| compare(comparison, &meaning(cell), value) == Ok(true);
    // Whether the comparison holds from some cell on upwards.
    let rises =
        |comparison: Comparison| matches!(comparison, Comparison::Greater | Comparison::GreaterOrEqual) != falling;
    let first = |holds: &dyn Fn(i64) -> bool| first_where(least, most, holds);
    match comparison {
        Comparison::Equal | Comparison::NotEqual => {
            let (low, high) = if falling {
                (Comparison::LessOrEqual, Comparison::Less)
            } else {
                (Comparison::GreaterOrEqual, Comparison::Greater)
            };
            let reached = first(&|cell| holds(low, cell) || holds(Comparison::Equal, cell));
            let passed = first(&|cell| holds(high, cell));
            match (reached, passed) {
                (None, _) => Threshold::None,
                (Some(from), None) if from == least => Threshold::All,
                (Some(from), None) => Threshold::AtLeast(from),
                (Some(from), Some(until)) if from >= until => Threshold::None,
                (Some(from), Some(until)) if after(from) == Some(until) => Threshold::Equal(from),
                (Some(from), Some(until)) => Threshold::Between(from, until),
            }
        }
        comparison if rises(comparison) => match first(&|cell| holds(comparison, cell)) {
            None => Threshold::None,
            Some(from) if from == least => Threshold::All,
            Some(from) => Threshold::AtLeast(from),
        },
        comparison => match first(&|cell| !holds(comparison, cell)) {
            None => Threshold::All,
            Some(until) if until == least => Threshold::None,
            Some(until) => Threshold::Below(until),
        },
    }
}

/// Whether two values are of types that have an order. Values of other pairs of types are never equal, smaller or larger here.
fn comparable(one: &Value, other: &Value) -> bool {
    matches!(
        (one, other),
        (Value::Length(_), Value::Length(_))
            | (Value::Moment(_), Value::Moment(_))
            | (Value::Whole(_) | Value::Number(_), Value::Whole(_) | Value::Number(_))
    )
}

/// Binary search: the first number from `least` to `most` for which `holds` is true, when it changes from false to true once; `None` when it
/// is never true.
fn first_where(least: i64, most: i64, holds: &dyn Fn(i64) -> bool) -> Option<i64> {
    if !holds(most) {
        return None;
    }
    let (mut low, mut high) = (least, most);
    while low < high {
        // The middle, without overflow.
        let middle = (low & high) + ((low ^ high) >> 1);
        if holds(middle) {
            high = middle;
        } else {
            low = middle.saturating_add(1);
        }
    }
    Some(high)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::Duration;

    fn holds<T: PartialOrd + Copy>(threshold: Threshold<T>, cell: T) -> Option<bool> {
        Some(match threshold {
            Threshold::None => false,
            Threshold::All => true,
            Threshold::AtLeast(from) => cell >= from,
            Threshold::Below(until) => cell < until,
            Threshold::Equal(one) => cell == one,
            Threshold::Between(from, until) => cell >= from && cell < until,
            Threshold::PerCell => return None,
        })
    }

    const ALL: [Comparison; 5] =
        [Comparison::Equal, Comparison::Less, Comparison::LessOrEqual, Comparison::Greater, Comparison::GreaterOrEqual];

    #[test]
    fn a_threshold_agrees_with_the_rule_language_for_every_cell() {
        let values = [0.3, 0.0, -0.0, 12.34, 100.0, 99.995, -5.0, 1e300, -1e300, 0.1 + 0.2, f64::MIN_POSITIVE, 1e-15];
        let wholes = [0, 1, -1, 12, 127, 255, 256, i64::MAX, i64::MIN];
        let values = values.into_iter().map(Value::Number).chain(wholes.into_iter().map(Value::Whole));
        let values = values.chain([Value::text("12"), Value::Unknown, Value::Truth(true)]);
        for value in values {
            for comparison in ALL {
                for scale in [CellScale::Number(0), CellScale::Number(1), CellScale::Number(2), CellScale::Whole] {
                    let threshold = whole_threshold(-300, 1300, scale, comparison, &value);
                    for cell in -300..=1300 {
                        let expected = compare(comparison, &scale.value(cell), &value).unwrap();
                        if let Some(held) = holds(threshold, cell) {
                            assert_eq!(held, expected, "{:?} {comparison:?} {value:?}", scale.value(cell));
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn a_threshold_of_floating_point_numbers_is_exact_to_the_last_bit() {
        for value in [0.3, 0.0, 100.0, -2.5, 1e16, 1e300, f64::MAX, 1e-15] {
            let near =
                [value, value.next_up(), value.next_down(), value.next_up().next_up(), -value, 0.0, -0.0, 1e-300];
            let near = near.into_iter().chain([f64::EPSILON, -f64::EPSILON, 2.0 * f64::EPSILON, f64::MAX, f64::MIN]);
            let near: Vec<f64> = near.filter(|number| number.is_finite()).collect();
            for comparison in ALL {
                let threshold = number_threshold(comparison, &Value::Number(value));
                for cell in &near {
                    let expected = compare(comparison, &Value::Number(*cell), &Value::Number(value)).unwrap();
                    assert_eq!(
                        holds(threshold, *cell),
                        Some(expected),
                        "{cell:e} {comparison:?} {value:e}: {threshold:?}"
                    );
                }
            }
        }
        assert_eq!(number_threshold(Comparison::Less, &Value::Number(1e-20)), Threshold::PerCell);
    }

    #[test]
    fn a_longer_time_ago_is_an_earlier_moment() {
        let now = Instant::from_millis(1_000_000);
        let threshold = |comparison| {
            let minute = Value::Length(Duration::from_millis(60_000));
            whole_threshold(0, 1_000_000, CellScale::Ago(now), comparison, &minute)
        };
        assert_eq!(threshold(Comparison::Less), Threshold::AtLeast(940_001));
        assert_eq!(threshold(Comparison::LessOrEqual), Threshold::AtLeast(940_000));
        assert_eq!(threshold(Comparison::Greater), Threshold::Below(940_000));
        assert_eq!(threshold(Comparison::Equal), Threshold::Equal(940_000));
    }
}
