//! Days that recur every year, in the short notation of `holidays.txt` and `clocks.txt`: `12-25`, `1<5`, `7>3-8`, `e+1`.
//!
//! The generator of the calendar tables writes this notation. Weekdays are digits, 1 for Monday to 7 for Sunday.
//!
//! Invariant: for a year outside the range of chrono every function returns `None`.

use chrono::{Datelike, Duration, NaiveDate, Weekday};

/// A rule that gives one day in a year, or none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum YearlyDay {
    /// `12-25`: month and day.
    Date(u32, u32),
    /// `e+1`: a number of days after western Easter Sunday.
    Easter(i64),
    /// `o-2`: a number of days after eastern (Orthodox) Easter Sunday.
    EasternEaster(i64),
    /// `7>3-8`: the first of a weekday on or after a month and day.
    From(Weekday, u32, u32),
    /// `1<5`: the last of a weekday in a month.
    Last(Weekday, u32),
    /// The last of a weekday before a month and day. Only rules in the code use it; it has no notation.
    Before(Weekday, u32, u32),
}

impl YearlyDay {
    /// Parses the notation; `None` for any other text.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let number = |text: &str| text.parse::<u32>().ok();
        let date = |text: &str| {
            let (month, day) = text.split_once('-')?;
            Some((number(month).filter(|month| *month <= 12)?, number(day)?)) // `2011-2076` is a range of years
        };
        if let Some(days) = text.strip_prefix('e') {
            return days.parse().ok().map(Self::Easter);
        }
        if let Some(days) = text.strip_prefix('o') {
            return days.parse().ok().map(Self::EasternEaster);
        }
        if let Some((day, from)) = text.split_once('>') {
            let (month, first) = date(from)?;
            return Some(Self::From(weekday(day.chars().next()?)?, month, first));
        }
        if let Some((day, month)) = text.split_once('<') {
            return Some(Self::Last(weekday(day.chars().next()?)?, number(month)?));
        }
        date(text).map(|(month, day)| Self::Date(month, day))
    }

    /// The day in a year; `None` when the year does not have it.
    pub(super) fn day(self, year: i32) -> Option<NaiveDate> {
        match self {
            Self::Date(month, day) => NaiveDate::from_ymd_opt(year, month, day),
            Self::Easter(after) => easter(year)?.checked_add_signed(Duration::days(after)),
            Self::EasternEaster(after) => eastern_easter(year)?.checked_add_signed(Duration::days(after)),
            Self::From(weekday, month, day) => NaiveDate::from_ymd_opt(year, month, day).and_then(|first| {
                let wait = (7 + i64::from(weekday.num_days_from_monday())
                    - i64::from(first.weekday().num_days_from_monday()))
                    % 7;
                first.checked_add_signed(Duration::days(wait))
            }),
            Self::Last(weekday, month) => NaiveDate::from_weekday_of_month_opt(year, month, weekday, 5)
                .or_else(|| NaiveDate::from_weekday_of_month_opt(year, month, weekday, 4)),
            Self::Before(weekday, month, day) => {
                let limit = NaiveDate::from_ymd_opt(year, month, day)?.pred_opt()?;
                limit.iter_days().rev().take(7).find(|date| date.weekday() == weekday)
            }
        }
    }
}

/// Parses `2007`, `1996-2006`, `2007-` (until the last year) or `-2006` (from the first year) into a range of years; `None` for any other text.
pub(super) fn years(text: &str, (first, last): (i32, i32)) -> Option<std::ops::RangeInclusive<i32>> {
    let (from, until) = text.split_once('-').unwrap_or((text, text));
    if from.is_empty() && until.is_empty() {
        return None;
    }
    let from = if from.is_empty() { first } else { from.parse().ok()? };
    let until = if until.is_empty() { last } else { until.parse().ok()? };
    Some(from..=until)
}

/// The weekday of a digit from 1 to 7.
pub(super) fn weekday(digit: char) -> Option<Weekday> {
    Weekday::try_from(u8::try_from(digit.to_digit(10)?.checked_sub(1)?).ok()?).ok()
}

/// Western Easter Sunday, by the anonymous Gregorian computus (Meeus, *Astronomical Algorithms*, ch. 8).
pub(super) fn easter(year: i32) -> Option<NaiveDate> {
    let (golden, century, of_century) = (year % 19, year / 100, year % 100);
    let correction = (century - (century + 8) / 25 + 1) / 3;
    let epact = (19 * golden + century - century / 4 - correction + 15) % 30;
    let weekday = (32 + 2 * (century % 4) + 2 * (of_century / 4) - epact - of_century % 4) % 7;
    let late = (golden + 11 * epact + 22 * weekday) / 451;
    let days = epact + weekday - 7 * late + 114;
    NaiveDate::from_ymd_opt(year, u32::try_from(days / 31).ok()?, u32::try_from(days % 31 + 1).ok()?)
}

/// Eastern (Orthodox) Easter Sunday: the Julian computus (Meeus, as above), converted to the Gregorian calendar.
fn eastern_easter(year: i32) -> Option<NaiveDate> {
    let epact = (19 * (year % 19) + 15) % 30;
    let weekday = (2 * (year % 4) + 4 * (year % 7) - epact + 34) % 7;
    let days = epact + weekday + 114;
    let julian = NaiveDate::from_ymd_opt(year, u32::try_from(days / 31).ok()?, u32::try_from(days % 31 + 1).ok()?)?;
    julian.checked_add_signed(Duration::days(i64::from(year / 100 - year / 400 - 2)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn easter_is_on_the_published_dates() {
        // From `dateutil.easter` in Python.
        for date in ["1981-04-19", "2000-04-23", "2008-03-23", "2026-04-05", "2027-03-28", "2038-04-25", "2076-04-19"] {
            let date: NaiveDate = date.parse().unwrap();
            assert_eq!(easter(date.year()), Some(date));
        }
        for date in ["1981-04-26", "2000-04-30", "2008-04-27", "2026-04-12", "2027-05-02", "2038-04-25", "2076-04-26"] {
            let date: NaiveDate = date.parse().unwrap();
            assert_eq!(eastern_easter(date.year()), Some(date));
        }
    }

    #[test]
    fn the_notation_gives_the_day_of_a_year() {
        let day = |text, year| YearlyDay::parse(text).unwrap().day(year).map(|date| date.to_string());
        assert_eq!(day("12-25", 2026).as_deref(), Some("2026-12-25"));
        assert_eq!(day("2-29", 2026), None);
        assert_eq!(day("e+1", 2026).as_deref(), Some("2026-04-06"));
        assert_eq!(day("o-2", 2026).as_deref(), Some("2026-04-10"));
        assert_eq!(day("7>3-8", 2026).as_deref(), Some("2026-03-08")); // a Sunday itself
        assert_eq!(day("7>3-8", 2027).as_deref(), Some("2027-03-14"));
        assert_eq!(day("1<5", 2026).as_deref(), Some("2026-05-25"));
        assert_eq!(years("1996-2006", (1970, 2100)), Some(1996..=2006));
        assert_eq!((years("2007", (1970, 2100)), years("2007-", (1970, 2100))), (Some(2007..=2007), Some(2007..=2100)));
        assert_eq!((years("-2006", (1970, 2100)), years("", (1970, 2100))), (Some(1970..=2006), None));
        for wrong in ["", "12", "x>3-8", "0>3-8", "8>3-8", "e", "1<x", "2011-2076"] {
            assert_eq!(YearlyDay::parse(wrong), None, "{wrong}");
        }
    }
}
