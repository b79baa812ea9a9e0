//! The parser for days of the year: years, weeks, months and dates.

use crate::calendar::hours::cursor::HoursReader;
use crate::calendar::hours::problem::HoursProblem;
use crate::calendar::hours::{Date, Dates, DayShift, NumberSteps, WeekdayDirection, YearDay};

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const LAST_YEAR: u16 = 9999;

impl HoursReader<'_> {
    /// `2026,2028-2030/2,2032+`
    pub(super) fn years(&mut self, years: &mut Vec<NumberSteps>) {
        self.comma_separated(|reader| {
            let Some(from) = reader.year() else { return false };
            let start = reader.at - 4;
            let until = if reader.eat(b'+') { Some((LAST_YEAR, 1)) } else { reader.steps(LAST_YEAR, Self::year) };
            let (until, step) = until.unwrap_or((from, 1));
            if until < from {
                reader.report(HoursProblem::Years, start, format!("{until}-{from}"));
            }
            years.push(NumberSteps { from, until, step });
            true
        });
    }

    /// `week 1-10/2,20`
    pub(super) fn weeks(&mut self, weeks: &mut Vec<NumberSteps>) {
        let (known, before) = (weeks.len(), self.at);
        self.separator();
        let start = self.at;
        if self.eat_word("week") {
            self.eat(b' ');
            self.comma_separated(|reader| {
                let Some(from) = reader.week() else { return false };
                let (until, step) = reader.steps(255, Self::week).unwrap_or((from, 1));
                if until < from {
                    reader.report(HoursProblem::Weeks, start, format!("{from}-53,1-{until}"));
                }
                weeks.push(NumberSteps { from, until, step });
                true
            });
        }
        if weeks.len() == known {
            self.at = before;
        }
    }

    /// `-2030/2`: the end and the step, which is 1 when it is missing. `one` reads the end; a step is at most `widest`.
    fn steps(&mut self, widest: u16, one: fn(&mut Self) -> Option<u16>) -> Option<(u16, u16)> {
        let start = self.at;
        let Some(until) = self.eat(b'-').then(|| one(self)).flatten() else {
            self.at = start;
            return None;
        };
        let end = self.at;
        let step = if self.eat(b'/') { self.number().filter(|step| *step <= widest) } else { None };
        if step.is_none() {
            self.at = end;
        }
        Some((until, step.unwrap_or(1)))
    }

    /// 1900 to 9999, of four digits.
    fn year(&mut self) -> Option<u16> {
        let start = self.at;
        let mut year = 0;
        for _ in 0..4 {
            year = year * 10 + self.digit(b'0', b'9').unwrap_or_default();
        }
        if self.at == start + 4 && year >= 1900 {
            return Some(year);
        }
        self.at = start;
        self.fail()
    }

    /// 1 to 53.
    fn week(&mut self) -> Option<u16> {
        self.two_digits(53)
    }

    /// Dates and months: `Dec 24-Jan 2,Jul-Aug`.
    pub(super) fn dates(&mut self, dates: &mut Vec<Dates>) {
        self.comma_separated(|reader| reader.date_range().map(|date| dates.push(date)).is_some());
    }

    /// One date, a span of dates, `Dec 24+` (to the end of the year), or months.
    fn date_range(&mut self) -> Option<Dates> {
        let start = self.at;
        let Some(date) = self.date() else {
            self.at = start;
            return self.months();
        };
        let from = (date, self.day_shift());
        let end = self.at;
        self.eat(b' ');
        if self.eat(b'-') {
            self.eat(b' ');
            if let Some(until) = self.end_date(date) {
                return Some(Dates::Span(from, (until, self.day_shift())));
            }
        }
        self.at = end;
        if self.eat(b'+') {
            let last = Date { year: date.year.and(Some(LAST_YEAR)), on: YearDay::Day(12, 31) };
            return Some(Dates::Span(from, (last, DayShift::default())));
        }
        Some(Dates::Span(from, from))
    }

    /// `Jul` or `Jul-Aug`
    fn months(&mut self) -> Option<Dates> {
        let year = self.year();
        let start = self.at;
        let from = self.month()?;
        // The crate `opening-hours` ends `2026Jan-Mar` on 1 March. With a blank in between, year and months are parsed separately.
        if year.is_some() {
            self.report(HoursProblem::GluedYear, start, String::new());
        }
        let end = self.at;
        let until = if self.eat(b'-') { self.month() } else { None };
        if until.is_none() {
            self.at = end;
        }
        Some(Dates::Months(from, until.unwrap_or(from)))
    }

    /// `2026 Dec 24`, `Dec 24`, `easter` or `Jan Mo[1]`
    fn date(&mut self) -> Option<Date> {
        let year = self.year();
        let blank = self.eat(b' ');
        if self.eat_name(&["easter"]).is_some() {
            return Some(Date { year, on: YearDay::Easter });
        }
        if blank && year.is_none() {
            return None;
        }
        let month = self.month()?;
        let end = self.at;
        let blank = self.eat(b' ');
        if let Some(day) = self.day() {
            return Some(Date { year, on: YearDay::Day(month, day) });
        }
        if !blank {
            return None;
        }
        self.at = end + 1;
        let weekday = self.weekday()?;
        if !self.eat(b'[') {
            return None;
        }
        let back = self.eat(b'-');
        let nth = i8::try_from(self.nth()?).ok()?;
        if !self.eat(b']') {
            return self.fail();
        }
        // In a list of weekdays it is not a date: `Jan Mo[1],Tu` is the first Monday and all Tuesdays of January.
        let end = self.at;
        let in_weekdays = self.eat(b',') && self.date_range().is_none();
        self.at = end;
        (!in_weekdays).then_some(Date { year, on: YearDay::Nth(month, weekday, if back { -nth } else { nth }) })
    }

    /// The end of a span: a date, or only a day, which is in the month of the start or the next month.
    fn end_date(&mut self, from: Date) -> Option<Date> {
        let start = self.at;
        if let Some(date) = self.date() {
            return Some(date);
        }
        self.at = start;
        let day = self.day()?;
        let (mut year, mut month) = (from.year, 0);
        match from.on {
            YearDay::Easter => self.report(HoursProblem::DayAfterEaster, start, String::new()),
            YearDay::Nth(same, ..) => month = same,
            YearDay::Day(same, first) if first <= day => month = same,
            YearDay::Day(12, _) => (year, month) = (year.map(|year| year + 1), 1),
            YearDay::Day(before, _) => month = before + 1,
        }
        Some(Date { year, on: YearDay::Day(month, day) })
    }

    /// `+Mo`, `-Su`, ` +3 days`, or a weekday and days.
    fn day_shift(&mut self) -> DayShift {
        let start = self.at;
        let back = self.plus_or_minus();
        let to = match (back, back.and_then(|_| self.weekday())) {
            (Some(true), Some(day)) => Some(WeekdayDirection::Last(day)),
            (Some(false), Some(day)) => Some(WeekdayDirection::Next(day)),
            _ => None,
        };
        if to.is_none() {
            self.at = start;
        }
        DayShift { days: self.day_offset().unwrap_or_default(), to }
    }

    /// 1 for `Jan` to 12 for `Dec`.
    fn month(&mut self) -> Option<u8> {
        self.eat_name(&MONTHS).map(|before| before + 1)
    }

    /// The day of a month, 1 to 31; not the hour of a time such as `10:00`.
    fn day(&mut self) -> Option<u8> {
        let start = self.at;
        let day = self.two_digits(31)?;
        let end = self.at;
        let is_hour = self.minute().is_some() && self.minute().is_none();
        self.at = if is_hour { start } else { end };
        if is_hour { self.fail() } else { u8::try_from(day).ok() }
    }
}
