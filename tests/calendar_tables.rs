//! The tables of the calendar against the crates that they are generated from: every zone and every country, all years.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)] // a panic fails the test

use std::str::FromStr;

use chrono::{Datelike, NaiveDate, NaiveDateTime, Offset, TimeZone};
use chrono_tz::{IANA_TZDB_VERSION, TZ_VARIANTS, Tz};

use cadans::calendar::instant::{EARLIEST, LATEST};
use cadans::calendar::zone::TZDB_VERSION;
use cadans::calendar::{Country, Duration, Holiday, Instant, Zone, holidays, is_public_holiday};

const RENEW: &str = "run: cargo xtask generate calendar";

/// The offset according to `chrono-tz`, in seconds.
fn theirs(zone: Tz, at: Instant) -> i32 {
    zone.offset_from_utc_datetime(&at.utc().naive_utc()).fix().local_minus_utc()
}

/// The first moment with this local time according to `chrono-tz`; `None` in a gap.
fn earliest(zone: Tz, local: NaiveDateTime) -> Option<Instant> {
    zone.from_local_datetime(&local).earliest().map(|time| Instant::from_millis(time.timestamp_millis()))
}

#[test]
fn zones_and_version_are_those_of_the_time_zone_database() {
    assert_eq!(TZDB_VERSION, IANA_TZDB_VERSION, "{RENEW}");
    let mut theirs: Vec<&str> = TZ_VARIANTS.iter().map(|zone| zone.name()).collect();
    theirs.sort_unstable();
    assert_eq!(Zone::all().map(Zone::name).collect::<Vec<_>>(), theirs, "{RENEW}");
}

#[test]
fn offsets_of_every_zone_are_those_of_the_time_zone_database() {
    for zone in Zone::all() {
        let tz: Tz = zone.name().parse().unwrap();
        let mut at = EARLIEST;
        while at < LATEST {
            // The offset of the crate must be constant in this period too: it is compared at both ends and every sixteen days.
            let (offset, until) = zone.offset_until(at, LATEST);
            let last = until - Duration::SECOND;
            let mut moment = at;
            while moment < last {
                assert_eq!(
                    (zone.offset_seconds(moment), theirs(tz, moment)),
                    (offset, offset),
                    "{zone} {moment}: {RENEW}"
                );
                moment = moment + Duration::DAY.times(16).unwrap();
            }
            assert_eq!((zone.offset_seconds(last), theirs(tz, last)), (offset, offset), "{zone} {last}: {RENEW}");
            at = until;
        }
    }
}

#[test]
fn local_times_around_every_change_resolve_to_the_same_moments() {
    for zone in Zone::all() {
        let tz: Tz = zone.name().parse().unwrap();
        let (_, mut at) = zone.offset_until(EARLIEST, LATEST);
        while at < LATEST {
            for minutes in [-1_500, -90, -61, -60, -59, -30, -1, 0, 1, 29, 30, 59, 60, 61, 90, 1_500] {
                let near = at + Duration::MINUTE.times(minutes).unwrap();
                for local in [
                    zone.local(near).naive(),
                    zone.local(at - Duration::SECOND).naive() + chrono::Duration::minutes(minutes),
                ] {
                    if let Some(first) = earliest(tz, local) {
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

#[test]
fn holidays_of_every_country_include_those_of_the_opening_hours_crate() {
    let (first, last) = holidays::YEARS;
    for country in Country::all() {
        let theirs = opening_hours::localization::Country::from_str(country.code()).ok();
        let theirs = theirs.map(|theirs| theirs.holidays().get_public().clone()).unwrap_or_default();
        assert_eq!(holidays::has_calendar(country), theirs.iter().next().is_some(), "{country}: {RENEW}");
        assert!(!theirs.iter().any(|day| day.year() > last), "{country}: {RENEW}");
        for year in first - 1..=last + 1 {
            let ours = holidays::holidays(country, None, year);
            let in_year = theirs.iter().filter(|day| day.year() == year && year >= first);
            let missing: Vec<NaiveDate> = in_year.filter(|day| !ours.iter().any(|ours| ours.date == *day)).collect();
            // A holiday with a name comes from a rule of `holiday_rules.rs`; all others must be in the crate.
            let more: Vec<&Holiday> =
                ours.iter().filter(|day| day.name.is_none() && !theirs.contains(day.date)).collect();
            assert!(missing.is_empty() && more.is_empty(), "{country} {year}: {missing:?} {more:?}: {RENEW}");
            assert!(ours.iter().all(|day| is_public_holiday(country, None, day.date)), "{country} {year}");
        }
    }
}
