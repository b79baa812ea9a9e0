//! The supported part of OpenStreetMap's `opening_hours` notation.
//!
//! A text is a list of [`HoursRule`]s. Each says on which days and at which times it applies, whether it opens or closes, and by its
//! [`RuleJoin`] how it combines with the rules before it. [`parser`] parses a text into rules, [`days`] evaluates rules for a date, [`undone`]
//! finds closing rules without effect, and [`problem`] describes what is wrong with a text that cannot be parsed.
//!
//! The reference is the crate `opening-hours`: a text that it refuses is refused here, and a text accepted here is open at the same minutes
//! there (`tests/calendar/notation/` compares the two). Refused here although the crate accepts them: sunrise and sunset, open ends, points
//! in time, comments and school holidays, for which the data is missing; a public holiday moved by more than [`FURTHEST_FROM_HOLIDAY`] days;
//! a month directly after its year (`2026Jan`), which the crate ends on the wrong day; `Mo[5-1]`, which it reads as every Monday; and a rule
//! without any content (`Mo;   ;`, `:`), which it reads as always open.

mod cursor;
pub(super) mod days;
pub(super) mod parser;
pub(super) mod problem;
pub(super) mod undone;
mod week;
mod year;

use std::ops::Range;

/// The maximum length of a text of hours, in characters.
pub const LONGEST_TEXT: usize = 500;
/// The maximum number of square brackets (`Mo[1]`, the first Monday) in one text.
pub const MOST_BRACKETS: usize = 6;
/// The maximum number of days by which a holiday may be moved: `PH +31 days`.
pub const FURTHEST_FROM_HOLIDAY: u16 = 31;

/// One rule of the notation. It applies on days that match every list; an empty list matches all days, and no times mean the whole day.
#[derive(Clone, Debug)]
pub(super) struct HoursRule {
    /// Where it stands in the text, in bytes, without the sign that joins it to the rule before it.
    pub written: Range<usize>,
    pub join: RuleJoin,
    pub state: HoursState,
    pub years: Vec<NumberSteps>,
    pub dates: Vec<Dates>,
    pub weeks: Vec<NumberSteps>,
    pub days: Vec<Weekdays>,
    /// Starts and ends as written, in minutes from midnight; an end that is not after its start is on the next day.
    pub times: Vec<(u16, u16)>,
}

impl HoursRule {
    /// Whether the rule applies on all days, all day.
    pub fn is_everything(&self) -> bool {
        let days = self.years.is_empty() && self.dates.is_empty() && self.weeks.is_empty() && self.days.is_empty();
        days && matches!(*self.times, [] | [(0, 1440)])
    }
}

/// How a rule combines with the rules before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RuleJoin {
    /// `;`: replaces them on its days; a closing rule is laid over them instead.
    Instead,
    /// `, `: is laid over them.
    Also,
    /// ` || `: applies where they do not apply or open nothing.
    Otherwise,
}

/// The state that a rule gives to its times.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum HoursState {
    Open,
    Closed,
    Unknown,
}

/// A range of years or of weeks of the year, with a step: `2026-2030/2`. Both ends are included.
#[derive(Clone, Copy, Debug)]
pub(super) struct NumberSteps {
    pub from: u16,
    pub until: u16,
    pub step: u16,
}

/// Days of the year.
#[derive(Clone, Copy, Debug)]
pub(super) enum Dates {
    /// `Nov-Feb`: months counted from 1, both ends included.
    Months(u8, u8),
    /// `Dec 24-Jan 2`: both ends included, each with its shift.
    Span((Date, DayShift), (Date, DayShift)),
}

/// A date of one year, or of every year.
#[derive(Clone, Copy, Debug)]
pub(super) struct Date {
    /// `None`: every year.
    pub year: Option<u16>,
    pub on: YearDay,
}

/// A day within a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum YearDay {
    Easter,
    /// Month and day, both counted from 1.
    Day(u8, u8),
    /// Month, weekday (0 is Monday), and which one in the month: 1 is the first, -1 the last.
    Nth(u8, u8, i8),
}

/// A shift of a date: first by days (` +3 days`), then to a weekday (`+Mo`).
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct DayShift {
    pub days: i32,
    pub to: Option<WeekdayDirection>,
}

/// A shift to a weekday (0 is Monday).
#[derive(Clone, Copy, Debug)]
pub(super) enum WeekdayDirection {
    /// On or after the date.
    Next(u8),
    /// On or before the date.
    Last(u8),
}

/// Days of the week.
#[derive(Clone, Copy, Debug)]
pub(super) enum Weekdays {
    /// Weekdays as bits (bit 0 is Monday), which of them in the month as bits, counted from its start or from its end, and a shift in days.
    Of { weekdays: u8, from_start: u8, from_end: u8, after: i32 },
    /// The day `after` days after a public holiday.
    Holiday { after: i32 },
}
