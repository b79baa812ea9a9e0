//! National public holidays against the dates kept of python-holidays (`xtask/generate/data/public_holidays.txt`): every country, every year
//! in which all its holidays are known.
//!
//! Every difference must be listed in `oracles/national_holidays_differences.txt` with the law or decree, and every listed difference must
//! exist.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)] // a panic fails the test

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use chrono::{Datelike, NaiveDate};

use cadans::calendar::holidays::{are_known, holidays};
use cadans::calendar::{Country, HOLIDAY_DATA_VERSION, is_public_holiday};

const SOURCE: &str = include_str!("../../xtask/generate/data/public_holidays.txt");
const DIFFERENCES: &str = include_str!("../oracles/national_holidays_differences.txt");

/// The holidays of a country according to the source.
struct Kept {
    /// The years in which all are known.
    known: RangeInclusive<i32>,
    days: BTreeSet<NaiveDate>,
}

fn source() -> BTreeMap<Country, Kept> {
    let mut all: BTreeMap<Country, Kept> = BTreeMap::new();
    let mut country = None;
    for line in SOURCE.lines().filter(|line| !line.starts_with(['#', '='])) {
        let (first, rest) = line.split_once(' ').unwrap();
        if let Ok(found) = Country::parse(first) {
            let (from, until) = rest.split_once('-').unwrap();
            let known = from.parse().unwrap()..=until.parse().unwrap();
            all.insert(found, Kept { known, days: BTreeSet::new() });
            country = Some(found);
            continue;
        }
        let (month, day) = first.split_once('-').unwrap();
        for years in rest.split(',') {
            let (from, until) = years.split_once('-').unwrap_or((years, years));
            for year in from.parse::<i32>().unwrap()..=until.parse().unwrap() {
                let day = NaiveDate::from_ymd_opt(2000 + year, month.parse().unwrap(), day.parse().unwrap()).unwrap();
                all.get_mut(&country.unwrap()).unwrap().days.insert(day);
            }
        }
    }
    all
}

/// A difference: the country, whether the engine is `open` or `closed`, and the day, by its name in the engine or by month and day.
type Difference = (String, &'static str, String);

fn differences() -> BTreeMap<Difference, Vec<NaiveDate>> {
    let mut found: BTreeMap<Difference, Vec<NaiveDate>> = BTreeMap::new();
    for (country, kept) in source() {
        for year in kept.known {
            let ours = holidays(country, None, year);
            let theirs = kept.days.iter().filter(|day| day.year() == year);
            for day in theirs.filter(|day| !ours.iter().any(|ours| ours.date == **day)) {
                let from_easter = (*day - easter(year)).num_days();
                let name = if country.code() == "NL" {
                    format!("Easter {from_easter}")
                } else {
                    day.format("%-m-%-d").to_string()
                };
                found.entry((country.to_string(), "open", name)).or_default().push(*day);
            }
            for day in ours.iter().filter(|day| !kept.days.contains(&day.date)) {
                let midsummer = country.code() == "SE" && day.date.month() == 6;
                let name = match day.name {
                    Some(name) => name.to_owned(),
                    None if midsummer => "Midsummer Eve".to_owned(),
                    None => day.date.format("%-m-%-d").to_string(),
                };
                found.entry((country.to_string(), "closed", name)).or_default().push(day.date);
            }
        }
    }
    found
}

/// Western Easter Sunday, by Gauss's rule for the years 1900 to 2099.
fn easter(year: i32) -> NaiveDate {
    let (a, b, c) = (year % 19, year % 4, year % 7);
    let d = (19 * a + 24) % 30;
    let e = (2 * b + 4 * c + 6 * d + 5) % 7;
    let late = (d == 29 && e == 6) || (d == 28 && e == 6 && a > 10);
    NaiveDate::from_ymd_opt(year, 3, 22).unwrap() + chrono::Duration::days(i64::from(d + e - if late { 7 } else { 0 }))
}

#[test]
fn the_holidays_of_every_country_are_those_of_the_source_except_where_a_law_says_otherwise() {
    let found = differences();
    let lines: Vec<&str> = DIFFERENCES.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).collect();
    assert!(lines.len() <= 30, "{} lines", lines.len());
    let mut listed = BTreeSet::new();
    for line in lines {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let [country, engine, days, law] = cells[..] else { panic!("four cells: {line}") };
        assert!(law.len() > 15, "the law or decree: {line}");
        let engine = if engine == "open" { "open" } else { "closed" };
        listed.extend(days.split(", ").map(|day| (country.to_owned(), engine, day.to_owned())));
    }
    let unlisted: Vec<_> = found.iter().filter(|(difference, _)| !listed.contains(*difference)).collect();
    assert!(unlisted.is_empty(), "not listed: {unlisted:#?}\nrun: python3 xtask/scripts/holidays_table.py");
    let stale: Vec<_> = listed.iter().filter(|difference| !found.contains_key(*difference)).collect();
    assert!(stale.is_empty(), "listed, but no difference: {stale:?}");
}

#[test]
fn the_table_says_for_which_years_the_source_knows_all_holidays() {
    assert!(SOURCE.starts_with(&format!("# {HOLIDAY_DATA_VERSION},")));
    let kept = source();
    assert_eq!(kept.keys().copied().collect::<Vec<_>>(), Country::all().collect::<Vec<_>>());
    for (country, kept) in kept {
        for year in 1999..=2077 {
            assert_eq!(are_known(country, year), kept.known.contains(&year), "{country} {year}");
        }
        assert!((2024..=2026).all(|year| kept.known.contains(&year)), "{country}");
    }
}

/// Whether a country is closed on some dates; each in the text with its expected answer: `+` for a holiday.
fn check(country: &str, dates: &str) {
    let country = Country::parse(country).unwrap();
    for word in dates.split(' ') {
        let (holiday, date) = (word.starts_with('+'), word.trim_start_matches(['+', '-']));
        assert_eq!(is_public_holiday(country, None, date.parse().unwrap()), holiday, "{country} {date}");
    }
}

#[test]
fn a_day_is_a_holiday_in_the_years_in_which_the_law_made_it_one() {
    // Act on National Holidays, article 3: between two holidays (2009, 2015, 2026, 2032), and substitutes of moving days.
    check(
        "JP",
        "+2009-09-22 +2015-09-22 -2016-09-21 +2026-09-22 +2032-09-21 +2027-03-22 +2024-02-12 +2024-09-23 +2005-03-21",
    );
    check(
        "JP",
        "+2000-07-20 -2003-07-20 +2003-07-21 +2018-12-24 +2018-12-23 -2019-12-23 +2020-02-24 +2021-07-23 -2021-10-11",
    );
    // Koninginnedag until 2013 (the day before when on a Sunday: 2006), Koningsdag since (2014 and 2025 on 26 April).
    check(
        "NL",
        "+2000-04-29 +2013-04-30 -2014-04-30 +2014-04-26 -2014-04-27 +2015-04-27 +2025-04-26 -2006-04-30 +2006-04-29",
    );
    // Independence Day of India, Republic Day; Yom Kippur; Eid al-Fitr in Turkey; Tet; Christmas Eve in Hungary since 2024.
    check("IN", "+2026-01-26 +2026-08-15 +2026-11-08 -2026-11-10");
    check("IL", "+2026-09-21 +2026-09-12 -2026-09-22");
    check("TR", "+2026-03-20 +2026-03-22 -2026-03-24");
    check("VN", "+2026-02-17 +2026-04-26 -2026-02-12");
    check("HU", "+2024-12-24 -2022-12-24 -2016-03-25 +2017-04-14");
    check("ZA", "+2023-12-15 +2024-05-29 +2022-06-16 +2021-08-09");
    check("DK", "+2023-05-05 -2024-04-26");
    check("SK", "+2024-11-17 -2025-11-17");
}
