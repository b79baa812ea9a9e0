//! The parser for days of the week and times of the day.

use crate::calendar::hours::cursor::HoursReader;
use crate::calendar::hours::problem::HoursProblem;
use crate::calendar::hours::{FURTHEST_FROM_HOLIDAY, Weekdays};

const WEEKDAYS: [&str; 7] = ["mo", "tu", "we", "th", "fr", "sa", "su"];
/// Words for times that depend on the position of the sun; they are refused.
pub(super) const SUN: [&str; 4] = ["dawn", "sunrise", "sunset", "dusk"];
/// All five occurrences of a weekday in a month.
const ALL: u8 = 0b1_1111;

impl HoursReader<'_> {
    /// `09:00-12:00,13:00-17:00`
    pub(super) fn times(&mut self, times: &mut Vec<(u16, u16)>) {
        let mut end = self.at;
        while let Some(time) = self.time_range() {
            times.push(time);
            end = self.at;
            if !self.eat(b',') {
                self.furthest = self.furthest.max(end);
                break;
            }
            self.eat(b' ');
        }
        self.at = end;
    }

    /// `09:00-12:00`, in minutes from midnight; the end can be on the next day.
    fn time_range(&mut self) -> Option<(u16, u16)> {
        let from = self.time(23)?;
        let end = self.at;
        self.eat(b' ');
        if !self.eat(b'-') {
            self.at = end;
            return self.fail();
        }
        self.eat(b' ');
        Some((from, self.time(48)?))
    }

    /// `9:00` or `09:00`, in minutes, with an hour of at most `last_hour`.
    fn time(&mut self, last_hour: u16) -> Option<u16> {
        let start = self.at;
        let mut hour = self.digit(b'0', b'9');
        if let (Some(tens), Some(ones)) = (hour, self.digit(b'0', b'9')) {
            hour = Some(tens * 10 + ones).filter(|hour| *hour <= last_hour);
        }
        let Some(minutes) = hour.and_then(|hour| Some(hour * 60 + self.minute()?)) else {
            self.at = start;
            return self.fail();
        };
        if minutes > 48 * 60 {
            self.report(HoursProblem::NoTime, start, format!("48:{:02}", minutes % 60));
        }
        Some(minutes)
    }

    /// `:30`
    pub(super) fn minute(&mut self) -> Option<u16> {
        if !self.eat(b':') {
            return None;
        }
        Some(self.digit(b'0', b'5')? * 10 + self.digit(b'0', b'9')?)
    }

    /// Weekdays and public holidays, in either order: `PH,Mo-Fr`.
    pub(super) fn weekdays(&mut self, days: &mut Vec<Weekdays>) {
        let holidays_first = self.holidays(days);
        if !holidays_first && !self.days_of_week(days) {
            return;
        }
        let end = self.at;
        let more = self.eat(b',') || self.eat(b' ');
        if !(more && if holidays_first { self.days_of_week(days) } else { self.holidays(days) }) {
            self.at = end;
        }
    }

    /// `PH`, `PH +1 day`; whether there was any.
    fn holidays(&mut self, days: &mut Vec<Weekdays>) -> bool {
        let known = days.len();
        self.comma_separated(|reader| {
            if !reader.eat_word("PH") {
                return false;
            }
            let start = reader.at - 2;
            let after = reader.day_offset().unwrap_or_default();
            if after.unsigned_abs() > u32::from(FURTHEST_FROM_HOLIDAY) {
                reader.report(HoursProblem::FarFromHoliday, start, String::new());
            }
            days.push(Weekdays::Holiday { after });
            true
        });
        days.len() > known
    }

    /// `Mo,We-Fr`; whether there was any.
    fn days_of_week(&mut self, days: &mut Vec<Weekdays>) -> bool {
        let known = days.len();
        self.comma_separated(|reader| reader.day_of_week().map(|day| days.push(day)).is_some());
        days.len() > known
    }

    /// `Mo`, `Mo-Fr` or `Mo[1] +1 day`
    fn day_of_week(&mut self) -> Option<Weekdays> {
        let from = self.weekday()?;
        let end = self.at;
        if let Some((from_start, from_end)) = self.nth_in_month() {
            let after = self.day_offset().unwrap_or_default();
            return Some(Weekdays::Of { weekdays: 1 << from, from_start, from_end, after });
        }
        self.at = end;
        let mut until = from;
        if self.eat(b'-') {
            until = self.weekday().unwrap_or_else(|| {
                self.at = end;
                from
            });
        }
        let mut weekdays = 0;
        let mut day = from;
        while day != until {
            weekdays |= 1 << day;
            day = (day + 1) % 7;
        }
        Some(Weekdays::Of { weekdays: weekdays | 1 << until, from_start: ALL, from_end: ALL, after: 0 })
    }

    /// `[1,3-4,-1]`, as bits from the start and from the end of a month.
    fn nth_in_month(&mut self) -> Option<(u8, u8)> {
        let (mut from_start, mut from_end) = (0, 0);
        let mut more = self.eat(b'[');
        while more {
            if self.eat(b'-') {
                from_end |= 1 << (self.nth()? - 1);
            } else {
                let first = self.nth()?;
                let last = if self.eat(b'-') { self.nth()? } else { first };
                if last < first {
                    return self.fail();
                }
                from_start |= (1 << last) - (1 << (first - 1));
            }
            more = self.eat(b',');
        }
        (from_start | from_end != 0 && self.eat(b']')).then_some((from_start, from_end))
    }

    /// 1 to 5.
    pub(super) fn nth(&mut self) -> Option<u8> {
        match self.digit(b'1', b'5') {
            Some(nth) => u8::try_from(nth).ok(),
            None => self.fail(),
        }
    }

    /// 0 for `Mo` to 6 for `Su`.
    pub(super) fn weekday(&mut self) -> Option<u8> {
        // `su` of `sunrise` and `sunset` is not Sunday.
        if self.starts_with_any(&SUN) { self.fail() } else { self.eat_name(&WEEKDAYS) }
    }

    /// ` +1 day`, ` -2 days`
    pub(super) fn day_offset(&mut self) -> Option<i32> {
        let start = self.at;
        let days = self.signed_days();
        if days.is_none() {
            self.at = start;
        }
        days
    }

    fn signed_days(&mut self) -> Option<i32> {
        if !self.eat(b' ') {
            return None;
        }
        let back = self.plus_or_minus()?;
        let days = i32::from(self.number()?);
        if !self.eat_word(" day") {
            return None;
        }
        self.eat(b's');
        Some(if back { -days } else { days })
    }

    /// Reads `+` or `-`; true for `-`.
    pub(super) fn plus_or_minus(&mut self) -> Option<bool> {
        if self.eat(b'-') { Some(true) } else { self.eat(b'+').then_some(false) }
    }
}
