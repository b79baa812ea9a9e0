//! One value of those that a test allows, for a lead that is to meet it.

use crate::analysis::value_set::{KnownValues, ValueSet};
use crate::analysis::variable::Variable;
use crate::book::value::Value;
use crate::calendar::Duration;

pub(super) const HOUR: f64 = 3_600_000.0;
pub(super) const DAY: f64 = 24.0 * HOUR;

/// A value of a set that one would write: the lowest count, a word that is listed, a length of time in the middle. `None` where only unknown is
/// left.
pub(super) fn choose(variable: &Variable, set: &ValueSet) -> Option<Value> {
    match &set.known {
        KnownValues::Listed { values, all_but: false } => values.first().cloned(),
        KnownValues::Listed { values, all_but: true } => match variable.words() {
            Some(words) => words.into_iter().find(|word| !values.contains(word)),
            None => Some(Value::text(
                ["other", "another", "third"].into_iter().find(|word| !values.contains(&Value::text(word)))?,
            )),
        },
        KnownValues::Spans(_) => {
            let (low, high) = (set.lowest()?, set.highest()?);
            let number = match (low.at.is_finite(), high.at.is_finite()) {
                (true, true) if low.at <= -1e14 => high.at - if high.included { 0.0 } else { 1.0 },
                (true, true) if high.at < 1e14 && low.at != high.at && low.at.fract() != 0.0 => {
                    f64::midpoint(low.at, high.at)
                }
                (true, true) if high.at <= 1.0 && low.at < high.at => f64::midpoint(low.at, high.at),
                (true, _) => low.at + if low.included { 0.0 } else { 1.0 },
                (false, true) => high.at - if high.included { 0.0 } else { 1.0 },
                (false, false) => 1.0,
            };
            Some(Value::Number(number))
        }
    }
}

/// A length of time of a set, between its ends, that one would write, the usual one where it has no ends; `None` where it may be unknown.
pub(super) fn age(set: &ValueSet, usual: f64) -> Option<Duration> {
    if set.unknown {
        return None;
    }
    let (low, high) = (set.lowest()?.at.max(0.0), set.highest()?.at);
    let middle = if high.is_finite() {
        f64::midpoint(low, high)
    } else if low < HOUR {
        usual
    } else {
        low + (low / 4.0).max(DAY)
    };
    let rounded = |unit: f64| (middle / unit).round() * unit;
    let fits = |at: &f64| *at > low && *at < high;
    let units = [DAY, HOUR, 60_000.0, 1_000.0];
    let written = units.into_iter().filter(|unit| middle >= *unit).map(rounded).find(fits).unwrap_or(middle);
    Some(Duration::from_millis(written as i64))
}
