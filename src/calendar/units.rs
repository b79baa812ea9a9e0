//! The units of time that rules are written in, with their lengths.

use crate::calendar::Duration;

/// The units of time, with their length. Each can be written in the singular too.
pub const UNITS: &[(&str, &str, Duration)] = &[
    ("seconds", "second", Duration::SECOND),
    ("minutes", "minute", Duration::MINUTE),
    ("hours", "hour", Duration::HOUR),
    ("days", "day", Duration::DAY),
    ("weeks", "week", Duration::WEEK),
];

/// The units of working time. A working day is left out: its length differs from team to team.
pub const WORKING_UNITS: &[(&str, &str, Duration)] =
    &[("working_minutes", "working_minute", Duration::MINUTE), ("working_hours", "working_hour", Duration::HOUR)];

/// `days`, `hour`, `working_hours` ..., as it stands in the list.
pub fn unit(word: &str) -> Option<&'static str> {
    UNITS.iter().chain(WORKING_UNITS).flat_map(|(many, one, _)| [*many, *one]).find(|unit| *unit == word)
}
