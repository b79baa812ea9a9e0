//! The evaluation of hours for one local date: at which minutes of it they are open.
//!
//! Dates are numbers of days since 1970-01-01, so that shifting a date is an addition. Times of a rule after midnight fall on the next date,
//! on which other rules may apply.
//!
//! Invariant: every date that chrono supports has an answer; any other is closed.

use std::sync::Arc;

use chrono::{Datelike, NaiveDate};

use crate::calendar::hours::{
    Date, Dates, DayShift, HoursRule, HoursState, NumberSteps, RuleJoin, WeekdayDirection, Weekdays, YearDay,
};
use crate::calendar::yearly;
use crate::order;

const DAY: u16 = 24 * 60;

/// The open times of one local date, in minutes from midnight of local time: sorted, disjoint, the end not included.
pub(in crate::calendar) type OpenTimes = Arc<[(u16, u16)]>;

/// The rules of some hours together with the public holidays that apply.
#[derive(Clone, Debug)]
pub(in crate::calendar) struct HoursWithHolidays {
    pub rules: Arc<[HoursRule]>,
    /// The public holidays as days since 1970-01-01, sorted.
    pub holidays: Vec<i32>,
}

/// A part of a date, in minutes from midnight, with its state.
#[derive(Clone, Copy, Debug)]
struct MinuteRange {
    from: u16,
    until: u16,
    state: HoursState,
}

impl HoursWithHolidays {
    /// These hours with some more holidays, given as days since 1970-01-01 in any order.
    pub fn and(mut self, more: impl Iterator<Item = i32>) -> Self {
        self.holidays.extend(more);
        order::sort(&mut self.holidays);
        self.holidays.dedup();
        self
    }

    /// The open times of a date.
    pub(in crate::calendar) fn open_on(&self, day: i32) -> OpenTimes {
        let mut open: Vec<(u16, u16)> = Vec::new();
        for range in self.ranges_on(day).iter().filter(|range| range.state == HoursState::Open) {
            match open.last_mut() {
                Some((_, until)) if *until == range.from => *until = range.until,
                _ => open.push((range.from, range.until)),
            }
        }
        open.into()
    }

    /// The states that all rules together give to a date: sorted, disjoint.
    fn ranges_on(&self, day: i32) -> Vec<MinuteRange> {
        let mut ranges: Vec<MinuteRange> = Vec::new();
        let mut held = false; // whether an earlier rule applies on this date
        for rule in self.rules.iter() {
            let mut own = Vec::new();
            let holds = self.holds(rule, day);
            if holds {
                add_rule_times(&mut own, rule, 0);
            }
            if self.holds(rule, day.saturating_sub(1)) {
                add_rule_times(&mut own, rule, DAY);
            }
            let nothing_open = ranges.iter().all(|range| range.state == HoursState::Closed);
            match (rule.join, rule.state) {
                (RuleJoin::Instead, HoursState::Open | HoursState::Unknown) => {
                    if holds || nothing_open {
                        ranges = own;
                    }
                    held |= holds;
                }
                (RuleJoin::Instead | RuleJoin::Also, _) => {
                    own.into_iter().for_each(|range| overlay(&mut ranges, range));
                    held |= holds;
                }
                (RuleJoin::Otherwise, _) => {
                    if !held || nothing_open {
                        (ranges, held) = (own, holds);
                    }
                }
            }
        }
        ranges
    }

    /// Whether a rule applies on a date.
    fn holds(&self, rule: &HoursRule, day: i32) -> bool {
        let Some(date) = NaiveDate::from_epoch_days(day) else { return false };
        let year = u16::try_from(date.year()).unwrap_or_default();
        (rule.years.is_empty() || rule.years.iter().any(|years| years.holds(year)))
            && (rule.dates.is_empty() || rule.dates.iter().any(|dates| dates.holds(day, date)))
            && (rule.weeks.is_empty() || rule.weeks.iter().any(|weeks| weeks.holds(week(date))))
            && (rule.days.is_empty() || rule.days.iter().any(|days| self.is_one_of(days, day)))
    }

    fn is_one_of(&self, days: &Weekdays, day: i32) -> bool {
        match *days {
            Weekdays::Holiday { after } => self.holidays.binary_search(&day.saturating_sub(after)).is_ok(),
            Weekdays::Of { weekdays, from_start, from_end, after } => {
                let day = day.saturating_sub(after);
                let Some(date) = NaiveDate::from_epoch_days(day) else { return false };
                let (before, later) =
                    (date.day() - 1, days_in_month(date.year(), date.month()).unwrap_or_default() - date.day());
                weekdays >> weekday(day) & 1 == 1 && (from_start >> (before / 7) | from_end >> (later / 7)) & 1 == 1
            }
        }
    }
}

/// Adds the times of a rule that fall in the 24 hours from `first_minute` on, as minutes from there: 0 for its own date, [`DAY`] for the next.
fn add_rule_times(day: &mut Vec<MinuteRange>, rule: &HoursRule, first_minute: u16) {
    let whole = [(0, DAY)];
    let times = if rule.times.is_empty() { &whole } else { &*rule.times };
    for (from, until) in times {
        let until = if from < until { *until } else { until + DAY };
        let (from, until) = ((*from).max(first_minute), until.min(first_minute + DAY));
        if from < until {
            overlay(day, MinuteRange { from: from - first_minute, until: until - first_minute, state: rule.state });
        }
    }
}

/// Adds a range; where it overlaps earlier ranges, it replaces them.
fn overlay(day: &mut Vec<MinuteRange>, new: MinuteRange) {
    let mut after = Vec::with_capacity(day.len() + 2);
    after.extend(
        day.iter().filter(|old| old.from < new.from).map(|old| MinuteRange { until: old.until.min(new.from), ..*old }),
    );
    after.push(new);
    after.extend(
        day.iter().filter(|old| old.until > new.until).map(|old| MinuteRange { from: old.from.max(new.until), ..*old }),
    );
    *day = after;
}

impl NumberSteps {
    fn holds(self, number: u16) -> bool {
        // A step larger than the range counts as 1, as in the crate `opening-hours`.
        let step = if self.until - self.from < self.step { 1 } else { self.step };
        (self.from..=self.until).contains(&number) && (number - self.from).is_multiple_of(step)
    }
}

impl Dates {
    fn holds(&self, day: i32, date: NaiveDate) -> bool {
        let (from, until) = match self {
            Self::Months(from, until) => {
                let month = date.month();
                let (after, before) = (u32::from(*from) <= month, month <= u32::from(*until));
                return if from <= until { after && before } else { after || before };
            }
            Self::Span(from, until) => (from, until),
        };
        if let Some(year) = from.0.year.or(until.0.year).map(i32::from) {
            for (first, last) in [(year, year), (year - 1, year), (year, year + 1)] {
                let ends = (from.0.in_year(first, true), until.0.in_year(last, false));
                let (Some(first), Some(last)) = ends else { continue };
                let (first, last) = (from.1.of(first), until.1.of(last));
                if first <= last {
                    return (first..=last).contains(&day);
                }
            }
            return false;
        }
        let year = date.year();
        if let (YearDay::Day(2, 29), YearDay::Day(2, 29)) = (from.0.on, until.0.on) {
            // A span from leap day to leap day exists in leap years only; in other spans a day that a year lacks becomes its neighbour.
            let mut leap_days = (year - 4..=year + 4).filter(|year| days_in_month(*year, 2) == Some(29));
            let leap_day = leap_days.find_map(|year| {
                let leap_day = first_of(year, 2)? + 28;
                (until.1.of(leap_day) >= day).then_some(leap_day)
            });
            return leap_day.is_some_and(|leap_day| from.1.of(leap_day) <= day);
        }
        let ends: Vec<i32> =
            (year - 1..=year + 1).filter_map(|year| until.0.in_year(year, false)).map(|end| until.1.of(end)).collect();
        let mut begun = false;
        for start in (year - 1..=year + 1).filter_map(|year| from.0.in_year(year, true)) {
            begun = true;
            let start = from.1.of(start);
            if ends.iter().find(|end| **end >= start).is_none_or(|end| *end >= day) {
                return start <= day;
            }
        }
        !begun && ends.first().is_some_and(|end| *end >= day)
    }
}

impl Date {
    /// The date in its own year, or in `year` when it has none, as days since 1970-01-01. A day that the month lacks becomes the first day of
    /// the next month when `after`, else the last day of the month. `None` for an occurrence of a weekday that the month lacks.
    fn in_year(&self, year: i32, after: bool) -> Option<i32> {
        let year = self.year.map_or(year, i32::from);
        match self.on {
            YearDay::Easter => yearly::easter(year).map(|date| date.to_epoch_days()),
            YearDay::Day(month, day) => {
                let days_in_month = i32::try_from(days_in_month(year, month.into())?).ok()?;
                let last = if after { days_in_month } else { days_in_month - 1 };
                Some(first_of(year, month.into())? + (i32::from(day) - 1).min(last))
            }
            YearDay::Nth(month, day, nth) => {
                let (first, days_in_month) =
                    (first_of(year, month.into())?, i32::try_from(days_in_month(year, month.into())?).ok()?);
                let from_start = (i32::from(day) - i32::from(weekday(first))).rem_euclid(7);
                let known = (days_in_month - 1 - from_start) / 7 + 1;
                let nth = i32::from(nth);
                let before = if nth < 0 { known + nth } else { nth - 1 };
                (0..known).contains(&before).then_some(first + from_start + 7 * before)
            }
        }
    }
}

impl DayShift {
    /// A date after the shift.
    fn of(self, day: i32) -> i32 {
        let day = day + self.days;
        let ahead = |to: u8| (i32::from(to) - i32::from(weekday(day))).rem_euclid(7);
        match self.to {
            None => day,
            Some(WeekdayDirection::Next(to)) => day + ahead(to),
            Some(WeekdayDirection::Last(to)) => day - (7 - ahead(to)) % 7,
        }
    }
}

/// The weekday of a date; 0 is Monday.
fn weekday(day: i32) -> u8 {
    u8::try_from((i64::from(day) + 3).rem_euclid(7)).unwrap_or_default() // 1970-01-01 was a Thursday
}

/// The number of the week according to ISO 8601.
fn week(date: NaiveDate) -> u16 {
    u16::try_from(date.iso_week().week()).unwrap_or_default()
}

/// The first day of a month, as days since 1970-01-01.
fn first_of(year: i32, month: u32) -> Option<i32> {
    Some(NaiveDate::from_ymd_opt(year, month, 1)?.to_epoch_days())
}

/// The number of days of a month.
fn days_in_month(year: i32, month: u32) -> Option<u32> {
    let next = if month == 12 { first_of(year + 1, 1) } else { first_of(year, month + 1) };
    u32::try_from(next? - first_of(year, month)?).ok()
}
