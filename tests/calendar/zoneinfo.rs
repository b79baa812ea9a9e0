//! Local times against Python's zoneinfo, on the package tzdata of PyPI: every zone of the database at 1,000 random moments.
//!
//! `xtask/scripts/tzdata.py` writes the answers, from the same release of the database as the clocks. Neither the reader of the database
//! nor the files that it reads are those of which the clocks are written.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)] // a panic fails the test

use std::collections::{BTreeMap, BTreeSet};

use cadans::calendar::{Instant, TZ_DATA_VERSION, Zone};

const ORACLE: &str = include_str!("../oracles/local_times.txt");

/// The moments, and for each zone local time minus UTC at each of them, in seconds.
fn oracle() -> (Vec<Instant>, BTreeMap<&'static str, Vec<i32>>) {
    let mut lines = ORACLE.lines().filter(|line| !line.starts_with('#'));
    let mut seconds = 0;
    let moments = lines.next().unwrap().split(' ').map(|step| {
        seconds += i64::from_str_radix(step, 36).unwrap();
        Instant::from_millis(seconds * 1_000)
    });
    let moments: Vec<Instant> = moments.collect();
    let mut zones = BTreeMap::new();
    for line in lines {
        let [names, offsets, runs] = line.split('|').collect::<Vec<_>>()[..] else { panic!("three cells: {line}") };
        let offsets: Vec<i32> = offsets.split(',').map(|offset| offset.parse().unwrap()).collect();
        let mut each = Vec::new();
        let mut letters = runs.chars().peekable();
        while let Some(letter) = letters.next() {
            let mut count = 0;
            while let Some(digit) = letters.next_if(char::is_ascii_digit) {
                count = count * 10 + digit.to_digit(10).unwrap() as usize;
            }
            each.extend(std::iter::repeat_n(offsets[letter as usize - 'a' as usize], count));
        }
        zones.extend(names.split(' ').map(|name| (name, each.clone())));
    }
    (moments, zones)
}

#[test]
fn the_answers_are_of_the_release_of_the_clocks() {
    assert!(ORACLE.starts_with(&format!("# tzdb {TZ_DATA_VERSION};")), "run: cargo xtask renew");
}

#[test]
fn offsets_are_those_of_python() {
    let (moments, zones) = oracle();
    assert_eq!(moments.len(), 1_000);
    assert!(zones.len() > 590);
    for (name, theirs) in &zones {
        assert_eq!(theirs.len(), moments.len(), "{name}");
        let zone = Zone::parse(name).unwrap();
        for (moment, theirs) in moments.iter().zip(theirs) {
            assert_eq!(zone.offset_seconds(*moment), *theirs, "{name} {moment}");
        }
    }
}

#[test]
fn the_zones_are_those_of_python() {
    let (_, zones) = oracle();
    let ours: BTreeSet<&str> = Zone::all().map(Zone::name).collect();
    let theirs: BTreeSet<&str> = zones.keys().copied().collect();
    assert_eq!(ours, theirs);
}

/// What the release notes of 2026b to 2026f say (tz-announce@iana.org): British Columbia, Alberta, part of the Northwest Territories and
/// Manitoba keep the summer time of 2026, Cuba does so for a year, and Morocco went back to UTC on 20 September 2026.
#[test]
fn clocks_are_those_of_the_releases_of_2026() {
    for (name, at, hours) in [
        ("America/Vancouver", "2026-12-02T00:30:00Z", -7),
        ("America/Vancouver", "2027-07-01T00:00:00Z", -7),
        ("America/Edmonton", "2026-12-02T00:30:00Z", -6),
        ("America/Inuvik", "2026-12-02T00:30:00Z", -6),
        ("America/Winnipeg", "2026-12-02T00:30:00Z", -5),
        ("America/Toronto", "2026-12-02T00:30:00Z", -5),
        ("America/Havana", "2026-12-02T00:30:00Z", -4),
        ("America/Havana", "2027-12-02T00:30:00Z", -5),
        ("Africa/Casablanca", "2026-09-20T00:59:59Z", 1),
        ("Africa/Casablanca", "2026-09-20T01:00:00Z", 0),
        ("Africa/Casablanca", "2087-05-12T12:00:00Z", 0),
    ] {
        let offset = Zone::parse(name).unwrap().offset_seconds(Instant::parse(at).unwrap());
        assert_eq!(offset, hours * 3_600, "{name} {at}");
    }
}
