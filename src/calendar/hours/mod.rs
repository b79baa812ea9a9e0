//! The notation of hours: what OpenStreetMap's `opening_hours` can say, as far as we take it.
//!
//! A text is a list of [`HoursRule`]s. Each says on which days it holds, at which times, and whether it opens or closes; how it goes
//! with the rules before it, its [`RuleJoin`] tells. [`read`](read::read) makes rules of a text, [`days`] judges days by them, and
//! [`slip`] tells what is wrong with a text that cannot be read.
//!
//! The crate `opening-hours` is the measure: a text that it refuses is refused here, and what is read here is open at the same
//! minutes there (`tests/calendar_notation.rs` asks both). Refused here although it reads them: sunrise and sunset, open ends,
//! points in time, comments and school holidays, which nobody here can know; a public holiday moved by more than
//! [`FURTHEST_FROM_HOLIDAY`] days; a month that touches its year (`2026Jan`), which it ends on the wrong day; `Mo[5-1]`, which it takes
//! for every Monday; and a rule that says nothing at all (`Mo;   ;`, `:`), which it takes for always open.

mod cursor;
pub(super) mod days;
pub(super) mod read;
pub(super) mod slip;
mod week;
mod year;

/// The longest text that is read as hours, in characters.
pub const LONGEST_TEXT: usize = 500;
/// The most square brackets (`Mo[1]`, the first Monday) in one text.
pub const MOST_BRACKETS: usize = 6;
/// The furthest that a holiday may be moved: `PH +31 days`.
pub const FURTHEST_FROM_HOLIDAY: u16 = 31;

/// One rule of some hours. A list that is empty leaves nothing out.
#[derive(Debug)]
pub(super) struct HoursRule {
    pub join: RuleJoin,
    pub state: HoursState,
    pub years: Vec<NumberSteps>,
    pub dates: Vec<Dates>,
    pub weeks: Vec<NumberSteps>,
    pub days: Vec<Weekdays>,
    /// Beginnings and ends as written, in minutes from midnight; an end that is not after its beginning is on the next day.
    pub times: Vec<(u16, u16)>,
}

impl HoursRule {
    /// Whether it holds on all days, all day.
    pub fn is_everything(&self) -> bool {
        let days = self.years.is_empty() && self.dates.is_empty() && self.weeks.is_empty() && self.days.is_empty();
        days && matches!(*self.times, [] | [(0, 1440)])
    }
}

/// How a rule goes with those before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RuleJoin {
    /// `;`: on its days it stands instead of them, unless it closes.
    Instead,
    /// `, `: it is added to them.
    Also,
    /// ` || `: it counts when they say nothing.
    Otherwise,
}

/// What a rule says of its times.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum HoursState {
    Open,
    Closed,
    Unknown,
}

/// Years or weeks of the year: `2026-2030/2`.
#[derive(Clone, Copy, Debug)]
pub(super) struct NumberSteps {
    pub from: u16,
    pub until: u16,
    pub step: u16,
}

/// Days of the year.
#[derive(Clone, Copy, Debug)]
pub(super) enum Dates {
    /// `Nov-Feb`: from 1, both ends included.
    Months(u8, u8),
    /// `Dec 24-Jan 2`, each end moved.
    Span((Date, DayShift), (Date, DayShift)),
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Date {
    /// Every year when absent.
    pub year: Option<u16>,
    pub on: YearDay,
}

/// A day within a year.
#[derive(Clone, Copy, Debug)]
pub(super) enum YearDay {
    Easter,
    /// Month and day, from 1.
    Day(u8, u8),
    /// Month, weekday from 0 for Monday, and which of them: 1 the first, -1 the last.
    Nth(u8, u8, i8),
}

/// By how much a date is moved: ` +3 days`, then `+Mo`.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct DayShift {
    pub days: i32,
    pub to: Option<WeekdayDirection>,
}

/// To the weekday on or after, or on or before.
#[derive(Clone, Copy, Debug)]
pub(super) enum WeekdayDirection {
    Next(u8),
    Last(u8),
}

/// Days of the week.
#[derive(Clone, Copy, Debug)]
pub(super) enum Weekdays {
    /// Weekdays as bits (bit 0 is Monday), and which of them in the month as bits, from its start and from its end.
    Of { weekdays: u8, from_start: u8, from_end: u8, after: i32 },
    /// So many days after a public holiday.
    Holiday { after: i32 },
}
