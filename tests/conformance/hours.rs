//! Hours in many places as a part of our own suite: what is expected is worked out quarter by quarter of an hour with the crates `opening-hours` and jiff, and never by
//! our calendar. `CADANS_WRITE=1 cargo test --test conformance` writes tests/conformance/cadans/hours.json.

use std::fs;

use chrono::{NaiveDate, NaiveDateTime};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use opening_hours::OpeningHours;
use serde_json::{Value as Json, json};

use crate::folder;

/// Zones on both halves of the Earth, with clocks that change at other hours and by other amounts, or never.
const ZONES: [&str; 13] = [
    "Europe/Amsterdam",
    "Europe/London",
    "America/New_York",
    "America/Los_Angeles",
    "America/St_Johns",
    "America/Sao_Paulo",
    "Australia/Sydney",
    "Australia/Lord_Howe",
    "Pacific/Chatham",
    "Pacific/Kiritimati",
    "Asia/Kolkata",
    "Asia/Kathmandu",
    "Africa/Casablanca",
];
const HOURS: [&str; 7] = [
    "Mo-Fr 09:00-17:00",
    "Mo-Fr 09:00-12:30,13:30-17:30",
    "Mo-Fr 18:00-02:00",
    "Sa 22:00-06:00",
    "Su 01:30-02:30",
    "Su 02:00-03:30,23:00-24:00",
    "Mo-Su 00:00-00:30",
];

/// The weekends on which clocks change in these zones (besides Casablanca's, which follow Ramadan), and an ordinary one, at Saturday noon in UTC.
const WEEKENDS: [&str; 7] = [
    "2026-03-07T12:00:00Z",
    "2026-03-28T12:00:00Z",
    "2026-04-04T12:00:00Z",
    "2026-09-26T12:00:00Z",
    "2026-10-03T12:00:00Z",
    "2026-10-24T12:00:00Z",
    "2026-10-31T12:00:00Z",
];

/// Whether it is open at this moment by the clocks of a zone.
fn is_open(hours: &OpeningHours, zone: &TimeZone, at: Timestamp) -> bool {
    let local = zone.to_datetime(at);
    let date = NaiveDate::from_ymd_opt(local.year().into(), local.month() as u32, local.day() as u32).unwrap();
    let local: NaiveDateTime = date.and_hms_opt(local.hour() as u32, local.minute() as u32, 0).unwrap();
    hours.is_open(local)
}

/// The first quarter of an hour from `now` on at which it is open, on the clocks of the zone; `None` when there is none in 13 days.
fn first_open(hours: &OpeningHours, zone: &TimeZone, now: Timestamp) -> Option<String> {
    // All hours and changes of clocks are at whole quarters; so are the moments that are asked about.
    let quarters = (0..13 * 24 * 4).map(|quarter| now + (15 * quarter).minutes());
    let first = quarters.into_iter().find(|at| is_open(hours, zone, *at))?;
    Some(first.to_zoned_datetime(zone.clone()).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string())
}

fn cases() -> Vec<Json> {
    let mut cases = Vec::new();
    for (nth, zone) in ZONES.iter().enumerate() {
        let clock = TimeZone::get(zone).unwrap();
        for (mth, weekend) in WEEKENDS.iter().enumerate() {
            // Each zone meets each weekend, with two of the hours, and moments that differ from zone to zone.
            for which in [nth + mth, nth + 3 * mth + 1] {
                let hours = HOURS[which % HOURS.len()];
                let later = (which * 5 % 9) as i64 * 195;
                let now = weekend.parse::<Timestamp>().unwrap() + later.minutes();
                let Some(from) = first_open(&hours.parse().unwrap(), &clock, now) else { continue };
                cases.push(json!({
                    "name": format!("{hours} in {zone} at {now}"),
                    "rules": [{ "file": "0.rhai", "text": format!("reachable phone \"{hours}\";\nrule \"Call\" when lead.open then phone;") }],
                    "lead": { "id": "L-1", "zone": zone, "people": [{ "id": "anna", "channels": ["phone"] }] },
                    "now": now.to_string(),
                    "expected": { "verdict": "touch", "channel": "phone", "person": "anna", "from": from },
                }));
            }
        }
    }
    let mut seen = std::collections::BTreeSet::new();
    cases.retain(|case| seen.insert(case["name"].to_string()));
    cases
}

#[test]
fn the_hours_of_the_suite_are_those_of_the_crates() {
    let cases = cases().iter().map(Json::to_string).collect::<Vec<_>>().join(",\n");
    let written = format!(
        "{{\n\"licence\": \"CC0-1.0\",\n\"expectations\": \"worked out with the crates opening-hours 2.1.4 and jiff, quarter by quarter of an hour\",\n\"cases\": [\n{cases}\n]\n}}\n"
    );
    let path = folder().join("cadans/hours.json");
    if std::env::var_os("CADANS_WRITE").is_some() {
        fs::write(&path, &written).unwrap();
    }
    let kept = fs::read_to_string(&path).unwrap_or_default();
    assert!(kept == written, "CADANS_WRITE=1 cargo test --test conformance writes tests/conformance/cadans/hours.json");
}
