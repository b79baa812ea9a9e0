//! The parts of the notation that choose days of the week and times of the day.

use crate::calendar::hours::cursor::HoursReader;
use crate::calendar::hours::slip::HoursProblem;
use crate::calendar::hours::{FURTHEST_FROM_HOLIDAY, Weekdays};

const WEEKDAYS: [&str; 7] = ["mo", "tu", "we", "th", "fr", "sa", "su"];
/// What stands for a time that depends on where the sun is.
pub(super) const SUN: [&str; 4] = ["dawn", "sunrise", "sunset", "dusk"];
const ALL: u8 = 0b1_1111;

impl HoursReader<'_> {
    pub(super) fn times(&mut self, times: &mut Vec<(u16, u16)>) {
        let mut end = self.at;
        while let Some(time) = self.span_of_time() {
            times.push(time);
            end = self.at;
            if !self.sign(b',') {
                self.furthest = self.furthest.max(end);
                break;
            }
            self.sign(b' ');
        }
        self.at = end;
    }

    fn span_of_time(&mut self) -> Option<(u16, u16)> {
        let from = self.time(23)?;
        let end = self.at;
        self.sign(b' ');
        if !self.sign(b'-') {
            self.at = end;
            return self.nothing();
        }
        self.sign(b' ');
        Some((from, self.time(48)?))
    }

    /// `9:00` or `09:00`, in minutes, up to some hour.
    fn time(&mut self, last_hour: u16) -> Option<u16> {
        let start = self.at;
        let mut hour = self.digit(b'0', b'9');
        if let (Some(tens), Some(ones)) = (hour, self.digit(b'0', b'9')) {
            hour = Some(tens * 10 + ones).filter(|hour| *hour <= last_hour);
        }
        let Some(minutes) = hour.and_then(|hour| Some(hour * 60 + self.minute()?)) else {
            self.at = start;
            return self.nothing();
        };
        if minutes > 48 * 60 {
            self.refuse(HoursProblem::NoTime, start, format!("48:{:02}", minutes % 60));
        }
        Some(minutes)
    }

    /// `:30`
    pub(super) fn minute(&mut self) -> Option<u16> {
        if !self.sign(b':') {
            return None;
        }
        Some(self.digit(b'0', b'5')? * 10 + self.digit(b'0', b'9')?)
    }

    pub(super) fn weekdays(&mut self, days: &mut Vec<Weekdays>) {
        let holidays_first = self.holidays(days);
        if !holidays_first && !self.days_of_week(days) {
            return;
        }
        let end = self.at;
        let more = self.sign(b',') || self.sign(b' ');
        if !(more && if holidays_first { self.days_of_week(days) } else { self.holidays(days) }) {
            self.at = end;
        }
    }

    fn holidays(&mut self, days: &mut Vec<Weekdays>) -> bool {
        let known = days.len();
        self.between_commas(|reader| {
            if !reader.word("PH") {
                return false;
            }
            let start = reader.at - 2;
            let after = reader.days_after().unwrap_or_default();
            if after.unsigned_abs() > u32::from(FURTHEST_FROM_HOLIDAY) {
                reader.refuse(HoursProblem::FarFromHoliday, start, String::new());
            }
            days.push(Weekdays::Holiday { after });
            true
        });
        days.len() > known
    }

    fn days_of_week(&mut self, days: &mut Vec<Weekdays>) -> bool {
        let known = days.len();
        self.between_commas(|reader| reader.day_of_week().map(|day| days.push(day)).is_some());
        days.len() > known
    }

    fn day_of_week(&mut self) -> Option<Weekdays> {
        let from = self.weekday()?;
        let end = self.at;
        if let Some((from_start, from_end)) = self.which_in_month() {
            let after = self.days_after().unwrap_or_default();
            return Some(Weekdays::Of { weekdays: 1 << from, from_start, from_end, after });
        }
        self.at = end;
        let mut until = from;
        if self.sign(b'-') {
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
    fn which_in_month(&mut self) -> Option<(u8, u8)> {
        let (mut from_start, mut from_end) = (0, 0);
        let mut more = self.sign(b'[');
        while more {
            if self.sign(b'-') {
                from_end |= 1 << (self.nth()? - 1);
            } else {
                let first = self.nth()?;
                let last = if self.sign(b'-') { self.nth()? } else { first };
                if last < first {
                    return self.nothing();
                }
                from_start |= (1 << last) - (1 << (first - 1));
            }
            more = self.sign(b',');
        }
        (from_start | from_end != 0 && self.sign(b']')).then_some((from_start, from_end))
    }

    pub(super) fn nth(&mut self) -> Option<u8> {
        match self.digit(b'1', b'5') {
            Some(nth) => u8::try_from(nth).ok(),
            None => self.nothing(),
        }
    }

    pub(super) fn weekday(&mut self) -> Option<u8> {
        // Sunrise and sunset are no Sundays.
        if self.stands(&SUN) { self.nothing() } else { self.name(&WEEKDAYS) }
    }

    /// ` +1 day`, ` -2 days`
    pub(super) fn days_after(&mut self) -> Option<i32> {
        let start = self.at;
        let days = self.signed_days();
        if days.is_none() {
            self.at = start;
        }
        days
    }

    fn signed_days(&mut self) -> Option<i32> {
        if !self.sign(b' ') {
            return None;
        }
        let back = self.plus_or_minus()?;
        let days = i32::from(self.number()?);
        if !self.word(" day") {
            return None;
        }
        self.sign(b's');
        Some(if back { -days } else { days })
    }

    /// Whether it is a minus.
    pub(super) fn plus_or_minus(&mut self) -> Option<bool> {
        if self.sign(b'-') { Some(true) } else { self.sign(b'+').then_some(false) }
    }
}
