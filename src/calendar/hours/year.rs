//! The parts of the notation that choose days of the year: years, weeks, months and dates.

use crate::calendar::hours::cursor::HoursReader;
use crate::calendar::hours::slip::HoursProblem;
use crate::calendar::hours::{Date, Dates, DayShift, NumberSteps, WeekdayDirection, YearDay};

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const LAST_YEAR: u16 = 9999;

impl HoursReader<'_> {
    pub(super) fn years(&mut self, years: &mut Vec<NumberSteps>) {
        self.between_commas(|reader| {
            let Some(from) = reader.year() else { return false };
            let start = reader.at - 4;
            let until = if reader.sign(b'+') { Some((LAST_YEAR, 1)) } else { reader.steps(LAST_YEAR, Self::year) };
            let (until, step) = until.unwrap_or((from, 1));
            if until < from {
                reader.refuse(HoursProblem::Years, start, format!("{until}-{from}"));
            }
            years.push(NumberSteps { from, until, step });
            true
        });
    }

    pub(super) fn weeks(&mut self, weeks: &mut Vec<NumberSteps>) {
        let (known, before) = (weeks.len(), self.at);
        self.pause();
        let start = self.at;
        if self.word("week") {
            self.sign(b' ');
            self.between_commas(|reader| {
                let Some(from) = reader.week() else { return false };
                let (until, step) = reader.steps(255, Self::week).unwrap_or((from, 1));
                if until < from {
                    reader.refuse(HoursProblem::Weeks, start, format!("{from}-53,1-{until}"));
                }
                weeks.push(NumberSteps { from, until, step });
                true
            });
        }
        if weeks.len() == known {
            self.at = before;
        }
    }

    /// `-2030/2`: the end, and the step where there is one.
    fn steps(&mut self, widest: u16, one: fn(&mut Self) -> Option<u16>) -> Option<(u16, u16)> {
        let start = self.at;
        let Some(until) = self.sign(b'-').then(|| one(self)).flatten() else {
            self.at = start;
            return None;
        };
        let end = self.at;
        let step = if self.sign(b'/') { self.number().filter(|step| *step <= widest) } else { None };
        if step.is_none() {
            self.at = end;
        }
        Some((until, step.unwrap_or(1)))
    }

    /// 1900 to 9999.
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
        self.nothing()
    }

    fn week(&mut self) -> Option<u16> {
        self.two_digits(53)
    }

    pub(super) fn dates(&mut self, dates: &mut Vec<Dates>) {
        self.between_commas(|reader| reader.span_of_dates().map(|date| dates.push(date)).is_some());
    }

    fn span_of_dates(&mut self) -> Option<Dates> {
        let start = self.at;
        let Some(date) = self.date() else {
            self.at = start;
            return self.months();
        };
        let from = (date, self.moved());
        let end = self.at;
        self.sign(b' ');
        if self.sign(b'-') {
            self.sign(b' ');
            if let Some(until) = self.last_date(date) {
                return Some(Dates::Span(from, (until, self.moved())));
            }
        }
        self.at = end;
        if self.sign(b'+') {
            let last = Date { year: date.year.and(Some(LAST_YEAR)), on: YearDay::Day(12, 31) };
            return Some(Dates::Span(from, (last, DayShift::default())));
        }
        Some(Dates::Span(from, from))
    }

    fn months(&mut self) -> Option<Dates> {
        let year = self.year();
        let start = self.at;
        let from = self.month()?;
        // The crate ends `2026Jan-Mar` on 1 March; with a blank year and months are read apart.
        if year.is_some() {
            self.refuse(HoursProblem::GluedYear, start, String::new());
        }
        let end = self.at;
        let until = if self.sign(b'-') { self.month() } else { None };
        if until.is_none() {
            self.at = end;
        }
        Some(Dates::Months(from, until.unwrap_or(from)))
    }

    fn date(&mut self) -> Option<Date> {
        let year = self.year();
        let blank = self.sign(b' ');
        if self.name(&["easter"]).is_some() {
            return Some(Date { year, on: YearDay::Easter });
        }
        if blank && year.is_none() {
            return None;
        }
        let month = self.month()?;
        let end = self.at;
        let blank = self.sign(b' ');
        if let Some(day) = self.day() {
            return Some(Date { year, on: YearDay::Day(month, day) });
        }
        if !blank {
            return None;
        }
        self.at = end + 1;
        let weekday = self.weekday()?;
        if !self.sign(b'[') {
            return None;
        }
        let back = self.sign(b'-');
        let nth = i8::try_from(self.nth()?).ok()?;
        if !self.sign(b']') {
            return self.nothing();
        }
        // In a list of weekdays it is no date: `Jan Mo[1],Tu` is the Mondays and Tuesdays of January.
        let end = self.at;
        let in_weekdays = self.sign(b',') && self.span_of_dates().is_none();
        self.at = end;
        (!in_weekdays).then_some(Date { year, on: YearDay::Nth(month, weekday, if back { -nth } else { nth }) })
    }

    /// The end of a span: a date, or a day in the month of its beginning or the next.
    fn last_date(&mut self, from: Date) -> Option<Date> {
        let start = self.at;
        if let Some(date) = self.date() {
            return Some(date);
        }
        self.at = start;
        let day = self.day()?;
        let (mut year, mut month) = (from.year, 0);
        match from.on {
            YearDay::Easter => self.refuse(HoursProblem::DayAfterEaster, start, String::new()),
            YearDay::Nth(same, ..) => month = same,
            YearDay::Day(same, first) if first <= day => month = same,
            YearDay::Day(12, _) => (year, month) = (year.map(|year| year + 1), 1),
            YearDay::Day(before, _) => month = before + 1,
        }
        Some(Date { year, on: YearDay::Day(month, day) })
    }

    /// `+Mo`, `-Su`, ` +3 days`, or a weekday and days.
    fn moved(&mut self) -> DayShift {
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
        DayShift { days: self.days_after().unwrap_or_default(), to }
    }

    fn month(&mut self) -> Option<u8> {
        self.name(&MONTHS).map(|before| before + 1)
    }

    /// The day of a month; the hour of a time is none.
    fn day(&mut self) -> Option<u8> {
        let start = self.at;
        let day = self.two_digits(31)?;
        let end = self.at;
        let is_hour = self.minute().is_some() && self.minute().is_none();
        self.at = if is_hour { start } else { end };
        if is_hour { self.nothing() } else { u8::try_from(day).ok() }
    }
}
