//! The table of national public holidays, `holidays.txt`: its notation, and the dates that it gives.
//!
//! `xtask/scripts/holidays_table.py` writes the table from the dates kept in `xtask/generate/data`. A line is about a country: its code, after
//! `:` the years in which all its holidays are known where these are not [`KNOWN`], and rules. A rule is a day of the year in the notation of
//! [`yearly`](crate::calendar::yearly) or a day of a series (`b-1`, the day before one of series `b`). Rules after a range of years hold in
//! these years only, those before the first `;` in all.
//!
//! * `1-2@1` only when that is one of some weekdays, here Monday;
//! * `6-21%123` only in years that leave one of some rests when divided by four;
//! * `!5-4` is no holiday, whatever the other rules give.
//!
//! A line that begins with `=` is a series, the days of a lunar calendar or the like: its name, its first date, and the days from each date to
//! the next, as a letter ([`LETTERS`], counted from [`SHORTEST_INTERVAL`]) or as a number in parentheses.
//!
//! Invariant: rules without an end go on to the last year of [`YEARS`]; after the last known year they are a guess.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::sync::{LazyLock, OnceLock};

use chrono::{Datelike, Duration, NaiveDate};

use crate::calendar::iso_date::iso_date;
use crate::calendar::yearly::{YearlyDay, weekday, years};
use crate::order;

pub(super) const TABLE: &str = include_str!("holidays.txt");

/// The first and last year for which the table gives any holidays.
pub(super) const YEARS: (i32, i32) = (2000, 2076);

/// The first and last year in which all holidays of a country are known, unless its line says otherwise.
const KNOWN: (i32, i32) = (2000, 2040);

const LETTERS: &str = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const SHORTEST_INTERVAL: i64 = 340;

/// The national holidays of one country. The dates are computed from the rules on first use.
pub(super) struct NationalHolidays {
    /// The years in which all holidays are known.
    pub(super) known: RangeInclusive<i32>,
    rules: &'static str,
    days: OnceLock<Vec<NaiveDate>>,
}

impl NationalHolidays {
    /// The dates, sorted.
    pub(super) fn days(&self) -> &[NaiveDate] {
        self.days.get_or_init(|| expand(self.rules))
    }
}

/// The holidays of each country of the table, by its code.
pub(super) static NATIONAL_HOLIDAYS: LazyLock<BTreeMap<&'static str, NationalHolidays>> = LazyLock::new(|| {
    let rows = TABLE.lines().filter(|line| !line.starts_with(['#', '=']));
    order::collect_map(rows.map(|line| {
        let (head, rules) = line.split_once(' ').unwrap_or((line, ""));
        let (code, known) = head.split_once(':').unwrap_or((head, ""));
        let known = years(known, YEARS).unwrap_or(KNOWN.0..=KNOWN.1);
        (code, NationalHolidays { known, rules, days: OnceLock::new() })
    }))
});

/// The dates of each series, by its name.
static SERIES: LazyLock<BTreeMap<&'static str, Vec<NaiveDate>>> = LazyLock::new(|| {
    order::collect_map(TABLE.lines().filter_map(|line| {
        let mut words = line.strip_prefix('=')?.split(' ');
        let name = words.next()?;
        let mut date = iso_date(words.next()?)?;
        let mut dates = vec![date];
        let mut intervals = words.next().unwrap_or_default();
        while let Some((days, rest)) = next_interval(intervals) {
            date = date.checked_add_signed(Duration::days(days))?;
            dates.push(date);
            intervals = rest;
        }
        Some((name, dates))
    }))
});

/// The first interval of a series in days, and the text after it.
fn next_interval(text: &str) -> Option<(i64, &str)> {
    if let Some((number, rest)) = text.strip_prefix('(').and_then(|text| text.split_once(')')) {
        return Some((number.parse().ok()?, rest));
    }
    let letter = text.chars().next()?;
    let wait = i64::try_from(LETTERS.find(letter)?).ok()?;
    Some((wait + SHORTEST_INTERVAL, text.get(1..)?))
}

/// Expands the rules of a line into dates, sorted.
fn expand(rules: &str) -> Vec<NaiveDate> {
    let (mut days, mut taken_out) = (Vec::new(), Vec::new());
    for group in rules.split("; ").filter(|group| !group.is_empty()) {
        let (held, list) = match group.split_once(' ') {
            Some((first, list)) => match years(first, YEARS) {
                Some(years) if DayRule::parse(first).is_none() => (years, list),
                _ => (YEARS.0..=YEARS.1, group),
            },
            None => (YEARS.0..=YEARS.1, group),
        };
        for rule in list.split(' ') {
            let (rule, target) = match rule.strip_prefix('!') {
                Some(rule) => (rule, &mut taken_out),
                None => (rule, &mut days),
            };
            target.extend(DayRule::parse(rule).into_iter().flat_map(|rule| rule.days(&held)));
        }
    }
    days.retain(|day| !taken_out.contains(day));
    order::sort(&mut days);
    days.dedup();
    days
}

/// One rule of the table.
struct DayRule {
    on: Anchor,
    /// The weekdays on which the day is a holiday; bit 0 is Monday.
    weekdays: u8,
    /// The years in which it is one, by what they leave when divided by four; bit 0 is no rest.
    rests: u8,
}

/// What the day of a rule is counted from.
enum Anchor {
    Yearly(YearlyDay),
    /// A number of days after each day of a series.
    Series(&'static [NaiveDate], i64),
}

impl DayRule {
    /// Parses the notation; `None` for any other text.
    fn parse(text: &str) -> Option<Self> {
        let (text, weekdays) = text.split_once('@').unwrap_or((text, "1234567"));
        let (text, rests) = text.split_once('%').unwrap_or((text, "0123"));
        let weekdays = weekdays.chars().filter_map(weekday).map(|day| 1 << day.num_days_from_monday());
        let rests = rests.chars().filter_map(|digit| digit.to_digit(4)).map(|rest| 1 << rest);
        let on = match YearlyDay::parse(text) {
            Some(day) => Anchor::Yearly(day),
            None => {
                let after = text.find(|letter: char| !letter.is_ascii_alphabetic()).unwrap_or(text.len());
                let (name, days) = text.split_at_checked(after)?;
                let days = if days.is_empty() { 0 } else { days.parse().ok()? };
                Anchor::Series(SERIES.get(name)?, days)
            }
        };
        Some(Self {
            on,
            weekdays: weekdays.fold(0, |all, bit: u8| all | bit),
            rests: rests.fold(0, |all, bit: u8| all | bit),
        })
    }

    /// The dates in some years.
    fn days(&self, years: &RangeInclusive<i32>) -> Vec<NaiveDate> {
        let all: Vec<NaiveDate> = match &self.on {
            Anchor::Yearly(day) => years.clone().filter_map(|year| day.day(year)).collect(),
            Anchor::Series(dates, after) => {
                dates.iter().filter_map(|date| date.checked_add_signed(Duration::days(*after))).collect()
            }
        };
        all.into_iter().filter(|date| years.contains(&date.year()) && self.holds(*date)).collect()
    }

    fn holds(&self, date: NaiveDate) -> bool {
        let rest = date.year().rem_euclid(4);
        self.weekdays >> date.weekday().num_days_from_monday() & 1 == 1 && self.rests >> rest & 1 == 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dates(rules: &str, years: RangeInclusive<i32>) -> Vec<String> {
        expand(rules).iter().filter(|day| years.contains(&day.year())).map(NaiveDate::to_string).collect()
    }

    #[test]
    fn a_line_gives_the_days_of_its_rules() {
        assert_eq!(dates("12-25 e1", 2026..=2026), ["2026-04-06", "2026-12-25"]);
        // On Sunday 2 January 2022; Monday 2 January 2023.
        assert_eq!(dates("1-2@1", 2021..=2024), ["2023-01-02"]);
        assert_eq!(dates("6-21%123", 2023..=2026), ["2023-06-21", "2025-06-21", "2026-06-21"]);
        assert_eq!(
            dates("1-1; -2001 5-1; 2075- 6-1; 2003 7-1 !1-1; 2005-2006 8-1", 1999..=2080).len(),
            77 - 1 + 2 + 2 + 1 + 2
        );
        assert_eq!(dates("", 2000..=2076).len(), 0);
    }

    #[test]
    fn a_series_is_counted_from_day_to_day() {
        assert_eq!(next_interval("E(1)").unwrap(), (354, "(1)"));
        assert_eq!(next_interval("(1)E").unwrap(), (1, "E"));
        assert_eq!(next_interval(""), None);
    }

    #[test]
    fn every_word_of_the_table_is_a_rule() {
        for line in TABLE.lines().filter(|line| !line.starts_with(['#', '='])) {
            for group in
                line.split_once(' ').map_or("", |(_, rules)| rules).split("; ").filter(|group| !group.is_empty())
            {
                for (nth, word) in group.split(' ').enumerate() {
                    let rule = DayRule::parse(word.strip_prefix('!').unwrap_or(word));
                    assert!(rule.is_some() || (nth == 0 && years(word, YEARS).is_some()), "{word} in {line}");
                }
            }
        }
    }
}
