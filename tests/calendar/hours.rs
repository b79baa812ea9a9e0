//! Opening hours in real places, against answers worked out by hand and against a check of local time every five minutes.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)] // a panic fails the test

use cadans::calendar::{
    Country, Duration, Instant, Location, Reachable, RecordedLocation, Region, UnknownZone, Windows, Zone,
    is_public_holiday,
};

fn at(text: &str) -> Instant {
    Instant::parse(text).unwrap()
}

fn in_zone(name: &str) -> Location {
    Location::at(Zone::parse(name).unwrap(), None, None)
}

fn in_country(code: &str) -> Location {
    Location::in_country(Country::parse(code).unwrap(), None)
}

/// The open windows as texts of local time.
fn open(hours: &str, place: &Location, from: &str, until: &str) -> Vec<String> {
    let windows = Reachable::parse(hours).unwrap().windows(place, at(from), at(until)).unwrap();
    let clock = place.clock().unwrap();
    windows.iter().map(|window| format!("{} {}", clock.local(window.from), clock.local(window.until))).collect()
}

#[test]
fn lunch_breaks_weekends_and_public_holidays_are_closed() {
    // Monday 27 April 2026 is King's Day.
    let windows = open(
        "Mo-Fr 09:00-12:30,13:30-17:30; PH off",
        &in_zone("Europe/Amsterdam"),
        "2026-04-25T00:00:00+02:00",
        "2026-04-28T15:00:00+02:00",
    );
    assert_eq!(
        windows,
        ["2026-04-28T09:00:00+02:00 2026-04-28T12:30:00+02:00", "2026-04-28T13:30:00+02:00 2026-04-28T15:00:00+02:00"]
    );
}

#[test]
fn a_night_on_which_clocks_go_forward_is_an_hour_shorter() {
    let amsterdam = in_zone("Europe/Amsterdam");
    let night = |hours| open(hours, &amsterdam, "2026-03-28T12:00:00+01:00", "2026-03-29T12:00:00+02:00");
    assert_eq!(night("Sa 22:00-06:00"), ["2026-03-28T22:00:00+01:00 2026-03-29T06:00:00+02:00"]);
    let all = Reachable::parse("Sa 22:00-06:00").unwrap();
    let windows = all.windows(&amsterdam, at("2026-03-28T12:00:00+01:00"), at("2026-03-29T12:00:00+02:00")).unwrap();
    assert_eq!(windows.length(), Duration::HOUR.times(7).unwrap());
    // 02:00 to 03:00 does not exist; a window that starts in it starts at 03:00.
    assert!(night("02:00-03:00").is_empty());
    assert_eq!(night("02:30-04:00"), ["2026-03-29T03:00:00+02:00 2026-03-29T04:00:00+02:00"]);
}

#[test]
fn an_hour_that_clocks_show_twice_is_open_both_times() {
    let amsterdam = in_zone("Europe/Amsterdam");
    let night = |hours| open(hours, &amsterdam, "2026-10-24T12:00:00+02:00", "2026-10-25T12:00:00+01:00");
    assert_eq!(night("Sa 22:00-06:00"), ["2026-10-24T22:00:00+02:00 2026-10-25T06:00:00+01:00"]);
    assert_eq!(night("Su 01:00-02:00"), ["2026-10-25T01:00:00+02:00 2026-10-25T02:00:00+02:00"]);
    assert_eq!(night("Su 03:00-04:00"), ["2026-10-25T03:00:00+01:00 2026-10-25T04:00:00+01:00"]);
    // Clocks show 02:15 to 02:45 twice, and both times are open.
    assert_eq!(
        night("Su 02:15-02:45"),
        ["2026-10-25T02:15:00+02:00 2026-10-25T02:45:00+02:00", "2026-10-25T02:15:00+01:00 2026-10-25T02:45:00+01:00"]
    );
    let day = Reachable::parse("Su 00:00-24:00").unwrap();
    let windows = day.windows(&amsterdam, at("2026-10-24T00:00:00+02:00"), at("2026-10-27T00:00:00+01:00")).unwrap();
    assert_eq!(windows.length(), Duration::HOUR.times(25).unwrap());
}

#[test]
fn changes_of_clocks_are_those_of_the_zone() {
    let new_york = in_zone("America/New_York");
    assert_eq!(
        open("Sa-Su 23:00-03:00", &new_york, "2026-03-07T12:00:00-05:00", "2026-03-08T12:00:00-04:00"),
        ["2026-03-07T23:00:00-05:00 2026-03-08T03:00:00-04:00"] // three hours long
    );
    assert_eq!(
        open("Su 00:00-02:00", &new_york, "2026-10-31T12:00:00-04:00", "2026-11-01T12:00:00-05:00"),
        ["2026-11-01T00:00:00-04:00 2026-11-01T02:00:00-05:00"] // three hours long
    );
    // Lord Howe moves by half an hour: 02:00 becomes 01:30, and 02:00 becomes 02:30.
    let lord_howe = in_zone("Australia/Lord_Howe");
    assert_eq!(
        open("Su 01:45-02:15", &lord_howe, "2026-04-04T12:00:00+11:00", "2026-04-05T12:00:00+10:30"),
        ["2026-04-05T01:45:00+11:00 2026-04-05T01:30:00+10:30", "2026-04-05T01:45:00+10:30 2026-04-05T02:15:00+10:30"]
    );
    assert_eq!(
        open("Su 02:15-02:45", &lord_howe, "2026-10-03T12:00:00+10:30", "2026-10-04T12:00:00+11:00"),
        ["2026-10-04T02:30:00+11:00 2026-10-04T02:45:00+11:00"]
    );
    // Apia skipped Friday 30 December 2011.
    assert_eq!(
        open("Th-Sa 09:00-17:00", &in_zone("Pacific/Apia"), "2011-12-29T00:00:00-10:00", "2012-01-01T00:00:00+14:00"),
        ["2011-12-29T09:00:00-10:00 2011-12-29T17:00:00-10:00", "2011-12-31T09:00:00+14:00 2011-12-31T17:00:00+14:00"]
    );
    assert_eq!(
        open("Mo 09:00-10:00", &in_zone("Asia/Kathmandu"), "2026-11-23T00:00:00Z", "2026-11-24T00:00:00Z"),
        ["2026-11-23T09:00:00+05:45 2026-11-23T10:00:00+05:45"]
    );
}

#[test]
fn an_unknown_zone_is_an_error_and_of_several_zones_all_must_be_open() {
    let week = (at("2026-11-23T00:00:00Z"), at("2026-11-24T00:00:00Z"));
    let hours = Reachable::parse("Mo-Fr 09:00-17:00").unwrap();
    assert_eq!(hours.windows(&Location::UNKNOWN, week.0, week.1), Err(UnknownZone));
    let always = Reachable::parse("24/7").unwrap();
    assert_eq!(always.windows(&Location::UNKNOWN, week.0, week.1), Ok(Windows::all(week.0, week.1)));
    // Nine in Honolulu (-10) is 19:00Z, five in New York (-5) is 22:00Z.
    let american = hours.windows(&in_country("US"), week.0, week.1).unwrap();
    assert_eq!(american, Windows::all(at("2026-11-23T19:00:00Z"), at("2026-11-23T22:00:00Z")));
    // From Kaliningrad to Kamchatka there is no hour within 9 to 5 in all zones.
    assert!(hours.windows(&in_country("RU"), week.0, week.1).unwrap().is_empty());
}

#[test]
fn the_state_unknown_is_closed_and_windows_over_midnight_end_on_the_next_day() {
    let amsterdam = in_zone("Europe/Amsterdam");
    let monday = |hours| open(hours, &amsterdam, "2026-11-23T00:00:00+01:00", "2026-11-24T00:00:00+01:00");
    assert!(monday("Mo 09:00-17:00 unknown").is_empty());
    assert!(monday("off").is_empty());
    assert_eq!(monday("Su 22:00-02:00"), ["2026-11-23T00:00:00+01:00 2026-11-23T02:00:00+01:00"]);
    assert_eq!(monday("Su 22:00-26:00"), monday("Su 22:00-02:00"));
    assert_eq!(monday("24/7"), ["2026-11-23T00:00:00+01:00 2026-11-24T00:00:00+01:00"]);
}

#[test]
fn public_holidays_are_those_of_the_country_and_region() {
    let hours = Reachable::parse("Mo-Fr 09:00-17:00; PH off").unwrap();
    let epiphany = (at("2026-01-06T00:00:00+01:00"), at("2026-01-07T00:00:00+01:00"));
    let germany = |region| Location::in_country(Country::parse("DE").unwrap(), Region::parse(region).ok());
    // Germany has two zones with the same clock (Büsingen), so both count.
    assert!(hours.windows(&germany("BY"), epiphany.0, epiphany.1).unwrap().is_empty());
    assert_eq!(hours.windows(&germany("HH"), epiphany.0, epiphany.1).unwrap().iter().count(), 1);
    let by_zone = Location::of(
        RecordedLocation::default(),
        RecordedLocation { zone: Zone::parse("Europe/Vienna").ok(), ..RecordedLocation::default() },
    );
    assert!(hours.windows(&by_zone, epiphany.0, epiphany.1).unwrap().is_empty());
}

#[test]
fn a_rule_can_close_a_day_that_is_not_a_public_holiday() {
    let thanksgiving = ["2026-11-26T00:00:00-05:00", "2026-11-28T00:00:00-05:00"];
    let days = |hours| open(hours, &in_zone("America/New_York"), thanksgiving[0], thanksgiving[1]);
    assert_eq!(days("Mo-Fr 09:00-17:00; PH off"), ["2026-11-27T09:00:00-05:00 2026-11-27T17:00:00-05:00"]);
    assert!(days("Mo-Fr 09:00-17:00; PH off; Nov Th[4] +1 day off").is_empty());
}

#[test]
fn a_moment_is_open_when_local_time_is_within_the_hours() {
    let hours = Reachable::parse("Mo-Fr 08:45-12:15,13:00-18:10; Sa 23:20-01:40; PH off").unwrap();
    let weekday = |date: chrono::NaiveDate| chrono::Datelike::weekday(&date).num_days_from_monday();
    let changes = [
        ("Europe/Amsterdam", "2026-03-27T00:00:00Z"),
        ("Europe/Amsterdam", "2026-10-23T00:00:00Z"),
        ("America/New_York", "2026-10-30T00:00:00Z"),
        ("Australia/Lord_Howe", "2026-10-02T00:00:00Z"),
        ("Pacific/Apia", "2011-12-28T00:00:00Z"),
        ("Asia/Kathmandu", "2026-12-23T00:00:00Z"),
        ("Africa/Casablanca", "2026-02-13T00:00:00Z"),
        ("America/Havana", "2026-10-30T00:00:00Z"),
    ];
    for (name, from) in changes {
        let place = in_zone(name);
        let zone = place.clock().unwrap();
        let (from, until) = (at(from), at(from) + Duration::DAY.times(6).unwrap());
        let windows = hours.windows(&place, from, until).unwrap();
        let mut moment = from;
        while moment < until {
            let local = zone.local(moment);
            let minute = local.hour() * 60 + local.minute();
            let (today, yesterday) = (local.date(), local.date().pred_opt().unwrap());
            let holiday = place.country.is_some_and(|country| is_public_holiday(country, None, today));
            let by_day = weekday(today) < 5 && ((525..735).contains(&minute) || (780..1090).contains(&minute));
            let by_night = (weekday(today) == 5 && minute >= 1400) || (weekday(yesterday) == 5 && minute < 100);
            assert_eq!(windows.contains(moment), (by_day || by_night) && !holiday, "{name} {local}");
            moment = moment + Duration::MINUTE.times(5).unwrap();
        }
    }
}
