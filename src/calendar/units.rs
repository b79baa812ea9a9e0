//! The units of time in which rules write durations, and their lengths.

use crate::calendar::Duration;

/// The units of elapsed time: plural, singular, length.
pub const UNITS: &[(&str, &str, Duration)] = &[
    ("seconds", "second", Duration::SECOND),
    ("minutes", "minute", Duration::MINUTE),
    ("hours", "hour", Duration::HOUR),
    ("days", "day", Duration::DAY),
    ("weeks", "week", Duration::WEEK),
];

/// The units of working time: plural, singular, length. A working day is none of them ([`WORKING_DAY`]), because its length depends on the hours.
pub const WORKING_UNITS: &[(&str, &str, Duration)] =
    &[("working_minutes", "working_minute", Duration::MINUTE), ("working_hours", "working_hour", Duration::HOUR)];

/// The unit of working days, which are counted and have no length: plural, singular.
pub const WORKING_DAY: (&str, &str) = ("working_days", "working_day");

/// Every unit in which a rule writes a length of time, plural and singular.
pub fn unit_words() -> impl Iterator<Item = &'static str> {
    let lengths = UNITS.iter().chain(WORKING_UNITS).flat_map(|(many, one, _)| [*many, *one]);
    lengths.chain([WORKING_DAY.0, WORKING_DAY.1])
}

/// The longest length of working time, and the longest time that a rule plans ahead: five years, leap days included.
pub const LONGEST_LAPSE: Duration = Duration::from_millis(1_827 * 86_400_000);

/// The one of [`unit_words`] that equals `word`; `None` when `word` is not a unit.
pub fn unit(word: &str) -> Option<&'static str> {
    unit_words().find(|unit| *unit == word)
}
