//! Local times against JavaScript's Intl: every zone of the database at 1,000 random moments.
//!
//! `oracles/local_times.mjs` makes the answers. Differences between versions of the time zone database are listed in `DIFFERENCES` with their
//! reason, and every listed difference must exist.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)] // a panic fails the test

use std::collections::{BTreeMap, BTreeSet};

use cadans::calendar::{Instant, Zone};

const ORACLE: &str = include_str!("oracles/local_times.txt");

/// Zones in which some of the moments differ.
const DIFFERENCES: &[Difference] = &[
    Difference { zone: "America/Ensenada", moments: 19, until: 1975, reason: BAJA_CALIFORNIA },
    Difference { zone: "America/Santa_Isabel", moments: 19, until: 1975, reason: BAJA_CALIFORNIA },
    Difference { zone: "America/Tijuana", moments: 19, until: 1975, reason: BAJA_CALIFORNIA },
    Difference { zone: "Mexico/BajaNorte", moments: 19, until: 1975, reason: BAJA_CALIFORNIA },
];

/// From the news of tzdb 2025c, which Node has and chrono-tz (2025b) has not.
const BAJA_CALIFORNIA: &str = "2025c found that Baja California kept the summer time of California from 1961 to 1975";

#[derive(Debug, PartialEq)]
struct Difference {
    zone: &'static str,
    /// The number of differences among the 1,000 moments.
    moments: usize,
    /// The year of the last of them.
    until: i32,
    reason: &'static str,
}

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
fn offsets_are_those_of_javascript_except_for_listed_differences() {
    let (moments, zones) = oracle();
    assert_eq!(moments.len(), 1_000);
    assert!(zones.len() > 590);
    let mut found = Vec::new();
    for (name, theirs) in &zones {
        assert_eq!(theirs.len(), moments.len(), "{name}");
        let zone = Zone::parse(name).unwrap();
        let pairs = moments.iter().zip(theirs);
        let apart: Vec<&Instant> = pairs
            .filter(|(moment, theirs)| zone.offset_seconds(**moment) != **theirs)
            .map(|(moment, _)| moment)
            .collect();
        if let Some(last) = apart.last() {
            found.push((*name, apart.len(), chrono::Datelike::year(&last.utc())));
        }
    }
    let listed: Vec<_> = DIFFERENCES.iter().map(|known| (known.zone, known.moments, known.until)).collect();
    assert_eq!(found, listed);
    assert!(DIFFERENCES.iter().all(|known| !known.reason.is_empty()));
}

#[test]
fn the_zones_are_those_of_javascript() {
    let (_, zones) = oracle();
    let ours: BTreeSet<&str> = Zone::all().map(Zone::name).collect();
    let theirs: BTreeSet<&str> = zones.keys().copied().collect();
    assert_eq!(ours, theirs);
}
