//! Public holidays against Python's `holidays` package, 2024 to 2028, for six countries and their regions.
//!
//! Every difference must be listed in `oracles/public_holidays_differences.txt` with its reason, and every listed difference must exist.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)] // a panic fails the test

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use cadans::calendar::{Country, Region, holidays};

const ORACLE: &str = include_str!("../oracles/public_holidays.txt");
const DIFFERENCES: &str = include_str!("../oracles/public_holidays_differences.txt");

type Days = BTreeMap<NaiveDate, String>;

fn lines(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines().filter(|line| !line.starts_with('#') && !line.is_empty())
}

/// The oracle's days by country and region; the region is empty for the whole country.
fn oracle() -> BTreeMap<(&'static str, &'static str), Days> {
    let mut all: BTreeMap<(&str, &str), Days> = BTreeMap::new();
    let (mut part, mut more) = (("", ""), true);
    for line in lines(ORACLE) {
        match line.split(';').collect::<Vec<_>>()[..] {
            [country, region, sign] => {
                (part, more) = ((country, region), sign == "+");
                let whole = all.get(&(country, "")).cloned().unwrap_or_default();
                all.entry(part).or_insert(whole);
            }
            _ => {
                let (date, name) = line.split_once(' ').unwrap();
                let (date, days) = (date.parse().unwrap(), all.get_mut(&part).unwrap());
                if more {
                    days.insert(date, name.to_owned());
                } else {
                    days.remove(&date);
                }
            }
        }
    }
    all
}

/// A difference: country, region, `open` or `closed` as the engine has it, the day's name.
type Difference = (String, String, String, String);

fn differences() -> BTreeMap<Difference, Vec<NaiveDate>> {
    let mut found: BTreeMap<Difference, Vec<NaiveDate>> = BTreeMap::new();
    for ((country, region), theirs) in oracle() {
        let (code, part) = (Country::parse(country).unwrap(), Region::parse(region).ok());
        let days = (2024..=2028).flat_map(|year| holidays::holidays(code, part, year));
        let ours: Days =
            days.map(|day| (day.date, day.name.map_or_else(|| day.date.to_string(), str::to_owned))).collect();
        let mut note = |engine: &str, name: &str, date: &NaiveDate| {
            let key = (country.to_owned(), region.to_owned(), engine.to_owned(), name.to_owned());
            found.entry(key).or_default().push(*date);
        };
        theirs.iter().filter(|(date, _)| !ours.contains_key(date)).for_each(|(date, name)| note("open", name, date));
        ours.iter().filter(|(date, _)| !theirs.contains_key(date)).for_each(|(date, name)| note("closed", name, date));
    }
    found
}

#[test]
fn every_difference_from_the_oracle_is_listed_with_a_reason() {
    let found = differences();
    let mut unexplained: BTreeSet<&Difference> = found.keys().collect();
    let mut stale = Vec::new();
    for line in lines(DIFFERENCES) {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let [country, regions, engine, name, reason] = cells[..] else { panic!("five cells: {line}") };
        assert!(reason.len() > 15, "a reason: {line}");
        let each = regions.split(' ').flat_map(|region| name.split(", ").map(move |name| (region, name)));
        for (region, name) in each {
            let key = (country.to_owned(), region.to_owned(), engine.to_owned(), name.to_owned());
            if !found.contains_key(&key) {
                stale.push(key.clone());
            }
            unexplained.retain(|difference| **difference != key);
        }
    }
    let unexplained: Vec<String> = unexplained.iter().map(|key| format!("{key:?} {:?}\n", found[*key])).collect();
    assert!(unexplained.is_empty(), "not listed:\n{}", unexplained.concat());
    assert!(stale.is_empty(), "listed, but no difference any more: {stale:?}");
}

#[test]
fn the_oracle_has_all_countries_regions_and_days() {
    let oracle = oracle();
    assert_eq!(oracle.len(), 6 + 16 + 7 + 4 + 51); // countries, Länder, parts of France, nations, states with Washington DC
    assert_eq!(oracle[&("NL", "")].len(), 51);
    assert_eq!(oracle[&("DE", "BY")].len(), 5 * 12);
}
