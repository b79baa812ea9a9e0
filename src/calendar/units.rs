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

/// The units of working time: plural, singular, length. There is no working day among them, because its length depends on the hours.
pub const WORKING_UNITS: &[(&str, &str, Duration)] =
    &[("working_minutes", "working_minute", Duration::MINUTE), ("working_hours", "working_hour", Duration::HOUR)];

/// The longest length of working time, and the longest time that a rule plans ahead: five years, leap days included.
pub const LONGEST_LAPSE: Duration = Duration::from_millis(1_827 * 86_400_000);

/// The entry of [`UNITS`] or [`WORKING_UNITS`] that equals `word` (plural or singular); `None` when `word` is not a unit.
pub fn unit(word: &str) -> Option<&'static str> {
    UNITS.iter().chain(WORKING_UNITS).flat_map(|(many, one, _)| [*many, *one]).find(|unit| *unit == word)
}
