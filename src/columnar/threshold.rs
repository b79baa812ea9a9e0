//! A comparison of what cells mean as a comparison of cells.
//!
//! Cells are whole numbers (with decimals shifted, counts, milliseconds) or decimals, and what they mean grows with them. Rhai compares
//! decimals within a tolerance; for one value that is still a threshold, which is found by halving with the rule language's own
//! comparison as the judge. So a kernel needs no tolerance and errs nowhere.
//!
//! Left out: a value so near 0 that the tolerance swallows it and the cell 0 with it. There the answer is no threshold, and every cell
//! is judged by itself.

use crate::book::value::Value;
use crate::calendar::Instant;
use crate::evaluate::operators::compare;
use crate::pack::expression::Comparison;

/// What a cell of whole numbers means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CellScale {
    /// A number with so many decimals, shifted.
    Number(u8),
    /// A count.
    Whole,
    /// A moment; what is meant is how long ago it was, at this one.
    Ago(Instant),
}

impl CellScale {
    /// The value of a cell.
    pub(crate) fn value(self, cell: i64) -> Value {
        match self {
            Self::Number(decimals) => Value::Number(cell as f64 / tens(decimals)),
            Self::Whole => Value::Whole(cell),
            Self::Ago(now) => Value::Length(now - Instant::from_millis(cell)),
        }
    }
}

/// A power of ten; exact up to 22.
fn tens(decimals: u8) -> f64 {
    (0..decimals).fold(1.0, |power, _| power * 10.0)
}

/// Which cells hold.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Threshold<T> {
    /// None.
    None,
    /// All.
    All,
    /// Those that are this or more.
    AtLeast(T),
    /// Those that are less than this.
    Below(T),
    /// This one.
    Equal(T),
    /// From the first up to, and without, the second.
    Between(T, T),
    /// It must be asked cell by cell.
    Judge,
}

/// Which whole cells from `least` to `most` hold.
pub(crate) fn whole_cut(
    least: i64,
    most: i64,
    scale: CellScale,
    comparison: Comparison,
    value: &Value,
) -> Threshold<i64> {
    // How long ago something was shrinks as its moment grows.
    let meaning = |cell: i64| scale.value(cell);
    let falling = matches!(scale, CellScale::Ago(_));
    cut(least, most, &meaning, falling, comparison, value, |cell| cell.checked_add(1))
}

/// Which decimals hold, unknown ones (not a number) never.
pub(crate) fn number_cut(comparison: Comparison, value: &Value) -> Threshold<f64> {
    let meaning = |place: i64| Value::Number(from_place(place));
    let (least, most) = (place_of(f64::MIN), place_of(f64::MAX));
    match cut(least, most, &meaning, false, comparison, value, |place| place.checked_add(1)) {
        Threshold::None => Threshold::None,
        Threshold::All => Threshold::All,
        Threshold::AtLeast(place) => Threshold::AtLeast(from_place(place)),
        Threshold::Below(place) => Threshold::Below(from_place(place)),
        Threshold::Equal(place) => Threshold::Equal(from_place(place)),
        Threshold::Between(from, until) => Threshold::Between(from_place(from), from_place(until)),
        Threshold::Judge => Threshold::Judge,
    }
}

/// The place of a finite number among all of them, in order. Both zeros have one place.
const fn place_of(number: f64) -> i64 {
    let bits = number.to_bits().cast_signed();
    if bits < 0 { i64::MIN.wrapping_sub(bits) } else { bits }
}

/// The number at this place.
const fn from_place(place: i64) -> f64 {
    f64::from_bits(if place < 0 { i64::MIN.wrapping_sub(place) } else { place }.cast_unsigned())
}

fn cut(
    least: i64,
    most: i64,
    meaning: &dyn Fn(i64) -> Value,
    falling: bool,
    comparison: Comparison,
    value: &Value,
    after: impl Fn(i64) -> Option<i64>,
) -> Threshold<i64> {
    if !same_kind(&meaning(least), value) {
        return Threshold::None;
    }
    if let Value::Number(number) = value
        && *number != 0.0
        && number.abs() <= 4.0 * f64::EPSILON
    {
        return Threshold::Judge;
    }
    let asked = |comparison: Comparison, cell: i64| compare(comparison, &meaning(cell), value) == Ok(true);
    // Seen from the cell: how long ago is more when the moment is less.
    let rises =
        |comparison: Comparison| matches!(comparison, Comparison::Greater | Comparison::GreaterOrEqual) != falling;
    let first = |holds: &dyn Fn(i64) -> bool| first_of(least, most, holds);
    match comparison {
        Comparison::Equal | Comparison::NotEqual => {
            let (low, high) = if falling {
                (Comparison::LessOrEqual, Comparison::Less)
            } else {
                (Comparison::GreaterOrEqual, Comparison::Greater)
            };
            let reached = first(&|cell| asked(low, cell) || asked(Comparison::Equal, cell));
            let passed = first(&|cell| asked(high, cell));
            match (reached, passed) {
                (None, _) => Threshold::None,
                (Some(from), None) if from == least => Threshold::All,
                (Some(from), None) => Threshold::AtLeast(from),
                (Some(from), Some(until)) if from >= until => Threshold::None,
                (Some(from), Some(until)) if after(from) == Some(until) => Threshold::Equal(from),
                (Some(from), Some(until)) => Threshold::Between(from, until),
            }
        }
        comparison if rises(comparison) => match first(&|cell| asked(comparison, cell)) {
            None => Threshold::None,
            Some(from) if from == least => Threshold::All,
            Some(from) => Threshold::AtLeast(from),
        },
        comparison => match first(&|cell| !asked(comparison, cell)) {
            None => Threshold::All,
            Some(until) if until == least => Threshold::None,
            Some(until) => Threshold::Below(until),
        },
    }
}

/// True when two values compare by size; all others are never equal, smaller or larger.
fn same_kind(one: &Value, other: &Value) -> bool {
    matches!(
        (one, other),
        (Value::Length(_), Value::Length(_))
            | (Value::Moment(_), Value::Moment(_))
            | (Value::Whole(_) | Value::Number(_), Value::Whole(_) | Value::Number(_))
    )
}

/// The first place from `least` to `most` at which `holds` is true, when it turns from false to true once.
fn first_of(least: i64, most: i64, holds: &dyn Fn(i64) -> bool) -> Option<i64> {
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

    fn holds<T: PartialOrd + Copy>(cut: Threshold<T>, cell: T) -> Option<bool> {
        Some(match cut {
            Threshold::None => false,
            Threshold::All => true,
            Threshold::AtLeast(from) => cell >= from,
            Threshold::Below(until) => cell < until,
            Threshold::Equal(one) => cell == one,
            Threshold::Between(from, until) => cell >= from && cell < until,
            Threshold::Judge => return None,
        })
    }

    const ALL: [Comparison; 5] =
        [Comparison::Equal, Comparison::Less, Comparison::LessOrEqual, Comparison::Greater, Comparison::GreaterOrEqual];

    #[test]
    fn a_cut_says_what_the_rule_language_says_of_every_cell() {
        let values = [0.3, 0.0, -0.0, 12.34, 100.0, 99.995, -5.0, 1e300, -1e300, 0.1 + 0.2, f64::MIN_POSITIVE, 1e-15];
        let wholes = [0, 1, -1, 12, 127, 255, 256, i64::MAX, i64::MIN];
        let values = values.into_iter().map(Value::Number).chain(wholes.into_iter().map(Value::Whole));
        let values = values.chain([Value::text("12"), Value::Unknown, Value::Truth(true)]);
        for value in values {
            for comparison in ALL {
                for scale in [CellScale::Number(0), CellScale::Number(1), CellScale::Number(2), CellScale::Whole] {
                    let cut = whole_cut(-300, 1300, scale, comparison, &value);
                    for cell in -300..=1300 {
                        let expected = compare(comparison, &scale.value(cell), &value).unwrap();
                        if let Some(held) = holds(cut, cell) {
                            assert_eq!(held, expected, "{:?} {comparison:?} {value:?}", scale.value(cell));
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn a_threshold_of_decimals_is_found_to_the_last_bit() {
        for value in [0.3, 0.0, 100.0, -2.5, 1e16, 1e300, f64::MAX, 1e-15] {
            let near =
                [value, value.next_up(), value.next_down(), value.next_up().next_up(), -value, 0.0, -0.0, 1e-300];
            let near = near.into_iter().chain([f64::EPSILON, -f64::EPSILON, 2.0 * f64::EPSILON, f64::MAX, f64::MIN]);
            let near: Vec<f64> = near.filter(|number| number.is_finite()).collect();
            for comparison in ALL {
                let cut = number_cut(comparison, &Value::Number(value));
                for cell in &near {
                    let expected = compare(comparison, &Value::Number(*cell), &Value::Number(value)).unwrap();
                    assert_eq!(holds(cut, *cell), Some(expected), "{cell:e} {comparison:?} {value:e}: {cut:?}");
                }
            }
        }
        assert_eq!(number_cut(Comparison::Less, &Value::Number(1e-20)), Threshold::Judge);
    }

    #[test]
    fn longer_ago_is_an_earlier_moment() {
        let now = Instant::from_millis(1_000_000);
        let cut = |comparison| {
            let minute = Value::Length(Duration::from_millis(60_000));
            whole_cut(0, 1_000_000, CellScale::Ago(now), comparison, &minute)
        };
        assert_eq!(cut(Comparison::Less), Threshold::AtLeast(940_001));
        assert_eq!(cut(Comparison::LessOrEqual), Threshold::AtLeast(940_000));
        assert_eq!(cut(Comparison::Greater), Threshold::Below(940_000));
        assert_eq!(cut(Comparison::Equal), Threshold::Equal(940_000));
    }
}
