//! Working time, against answers counted by hand on a calendar.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)] // a panic fails the test

use cadans::calendar::{
    Country, Duration, Instant, Location, OpenTimesCache, Reachable, UnknownZone, WorkingTime, Zone,
};

const OFFICE: &str = "Mo-Fr 09:00-12:30,13:30-17:30; PH off"; // seven and a half hours a day

fn at(text: &str) -> Instant {
    Instant::parse(text).unwrap()
}

fn hours(count: i64) -> Duration {
    Duration::HOUR.times(count).unwrap()
}

/// Calls `ask` with the working time of some hours in a zone.
fn with<T>(text: &str, zone: &str, ask: impl FnOnce(WorkingTime) -> T) -> T {
    let (hours, cache) = (Reachable::parse(text).unwrap(), OpenTimesCache::new());
    let place = Location::at(Zone::parse(zone).unwrap(), None, None);
    ask(WorkingTime::new(&hours, &place, &cache).unwrap())
}

/// Calls `ask` with the working time of an office in Amsterdam.
fn dutch<T>(ask: impl FnOnce(WorkingTime) -> T) -> T {
    with(OFFICE, "Europe/Amsterdam", ask)
}

#[test]
fn weekends_and_public_holidays_are_not_working_days() {
    let working = |date: &str| dutch(|office| office.is_working_day(date.parse().unwrap()));
    assert!(working("2026-04-24")); // Friday
    assert!(!working("2026-04-25") && !working("2026-04-26"));
    assert!(!working("2026-04-27")); // Monday, King's Day
    assert!(working("2026-04-28"));
    assert!(!working("2025-05-05")); // Liberation Day in a fifth year
    assert!(working("2026-05-05"));
}

#[test]
fn adding_working_days_keeps_the_time_of_day() {
    let later = |from: &str, count| dutch(|office| office.add_working_days(at(from), count)).unwrap();
    assert_eq!(later("2026-04-24T16:00:00+02:00", 1), at("2026-04-28T16:00:00+02:00")); // over a weekend and King's Day
    assert_eq!(later("2026-04-28T16:00:00+02:00", -1), at("2026-04-24T16:00:00+02:00"));
    assert_eq!(later("2026-04-25T16:00:00+02:00", 0), at("2026-04-25T16:00:00+02:00"));
    assert_eq!(later("2026-03-27T16:00:00+01:00", 1), at("2026-03-30T16:00:00+02:00")); // the clocks go forward on Sunday
    assert_eq!(later("2026-12-24T09:00:00+01:00", 2), at("2026-12-29T09:00:00+01:00")); // 28 and 29 December
    assert_eq!(later("2026-11-20T09:00:00+01:00", 10), at("2026-12-04T09:00:00+01:00"));
    assert_eq!(with("off", "Europe/Amsterdam", |never| never.add_working_days(at("2026-11-20T09:00:00Z"), 1)), None);
}

#[test]
fn working_days_between_moments_count_dates_after_the_first() {
    let days = |from: &str, until: &str| dutch(|office| office.working_days(at(from), at(until)));
    assert_eq!(days("2026-04-24T16:00:00+02:00", "2026-04-28T09:00:00+02:00"), 1);
    assert_eq!(days("2026-04-28T09:00:00+02:00", "2026-04-24T16:00:00+02:00"), -1);
    assert_eq!(days("2026-11-20T00:00:00+01:00", "2026-11-20T23:00:00+01:00"), 0);
    assert_eq!(days("2026-11-16T12:00:00+01:00", "2026-11-30T12:00:00+01:00"), 10);
}

#[test]
fn the_closest_working_time_is_the_moment_itself_or_the_next_opening() {
    let closest = |from: &str| dutch(|office| office.closest_working_time(at(from))).unwrap();
    assert_eq!(closest("2026-11-20T10:00:00+01:00"), at("2026-11-20T10:00:00+01:00"));
    assert_eq!(closest("2026-11-20T12:30:00+01:00"), at("2026-11-20T13:30:00+01:00"));
    assert_eq!(closest("2026-11-20T17:30:00+01:00"), at("2026-11-23T09:00:00+01:00"));
    assert_eq!(closest("2026-12-24T18:00:00+01:00"), at("2026-12-28T09:00:00+01:00"));
    assert!(dutch(|office| office.has_working_time(at("2026-11-20T17:00:00+01:00"), at("2026-11-22T00:00:00+01:00"))));
    assert!(!dutch(|office| office.has_working_time(at("2026-11-20T17:30:00+01:00"), at("2026-11-23T09:00:00+01:00"))));
    assert_eq!(with("off", "Europe/Amsterdam", |never| never.closest_working_time(at("2026-11-20T09:00:00Z"))), None);
}

#[test]
fn working_time_leaves_out_closed_hours() {
    let sum = |from: &str, until: &str| dutch(|office| office.summed_working_hours(at(from), at(until)));
    assert_eq!(sum("2026-11-16T00:00:00+01:00", "2026-11-23T00:00:00+01:00"), Duration::MINUTE.times(5 * 450).unwrap());
    assert_eq!(sum("2026-11-20T12:00:00+01:00", "2026-11-20T14:00:00+01:00"), hours(1));
    assert_eq!(sum("2026-11-20T14:00:00+01:00", "2026-11-20T12:00:00+01:00"), Duration::ZERO);

    let after = |from: &str, length| dutch(|office| office.add_working_time(at(from), length)).unwrap();
    // 1.5 hours are left on Friday, 7.5 on each day of the week: 1.5 + 3 x 7.5 = 24.
    assert_eq!(after("2026-11-20T16:00:00+01:00", hours(24)), at("2026-11-25T17:30:00+01:00"));
    assert_eq!(after("2026-11-20T16:00:00+01:00", hours(8)), at("2026-11-23T16:30:00+01:00"));
    assert_eq!(after("2026-11-25T17:30:00+01:00", hours(-24)), at("2026-11-20T16:00:00+01:00"));
    assert_eq!(after("2026-11-21T03:00:00+01:00", hours(1)), at("2026-11-23T10:00:00+01:00"));
    assert_eq!(after("2026-11-21T03:00:00+01:00", Duration::ZERO), at("2026-11-21T03:00:00+01:00"));
    let year = hours(52 * 37);
    assert!(after("2026-01-05T09:00:00+01:00", year) > at("2026-12-28T00:00:00+01:00"));
    assert_eq!(
        with("off", "Europe/Amsterdam", |never| never.add_working_time(at("2026-11-20T09:00:00Z"), hours(1))),
        None
    );
}

#[test]
fn a_night_shift_during_a_change_of_clocks_is_an_hour_shorter_or_longer() {
    let night = "Mo-Su 22:00-06:00";
    let worked = |from: &str, until: &str| {
        with(night, "Europe/Amsterdam", |shift| shift.summed_working_hours(at(from), at(until)))
    };
    assert_eq!(worked("2026-03-28T20:00:00+01:00", "2026-03-29T20:00:00+02:00"), hours(7));
    assert_eq!(worked("2026-10-24T20:00:00+02:00", "2026-10-25T20:00:00+01:00"), hours(9));
    let end = |from: &str| with(night, "Europe/Amsterdam", |shift| shift.add_working_time(at(from), hours(8))).unwrap();
    assert_eq!(end("2026-03-28T22:00:00+01:00"), at("2026-03-29T23:00:00+02:00")); // one hour of the next shift
    assert_eq!(end("2026-10-24T22:00:00+02:00"), at("2026-10-25T05:00:00+01:00"));
}

#[test]
fn working_time_needs_a_zone_and_of_several_zones_all_must_be_open() {
    let (hours_text, cache) = (Reachable::parse(OFFICE).unwrap(), OpenTimesCache::new());
    assert_eq!(WorkingTime::new(&hours_text, &Location::UNKNOWN, &cache).err(), Some(UnknownZone));
    let usa = Location::in_country(Country::parse("US").unwrap(), None);
    let plain = Reachable::parse("Mo-Fr 09:00-17:30; PH off").unwrap();
    let american = WorkingTime::new(&plain, &usa, &cache).unwrap();
    // Columbus Day, Monday 12 October 2026, is a federal holiday. Nine in Honolulu is 19:00Z.
    assert_eq!(american.closest_working_time(at("2026-10-09T23:00:00Z")), Some(at("2026-10-13T19:00:00Z")));
    // Lunch is at another moment in each zone, so with lunch breaks no moment of a day is open in all zones of the country.
    let american = WorkingTime::new(&hours_text, &usa, &cache).unwrap();
    assert_eq!(american.closest_working_time(at("2026-10-09T23:00:00Z")), None);
}
