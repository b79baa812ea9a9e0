//! A second opinion on advice: counts violations with arithmetic of its own.
//!
//! Nothing here calls the engine. It reads the advice as the JSON that users get, the past from the raw log, and the terms
//! (hours, holidays, caps) as written down again in this file by hand, so that a fault in the engine cannot hide itself.

use chrono::{DateTime, Datelike, Duration, FixedOffset, NaiveDate, NaiveTime, Utc, Weekday};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::Value;

/// A contact moment in the past, from the raw log.
#[derive(Clone, Debug)]
pub struct Contact {
    pub at: DateTime<Utc>,
    pub channel: &'static str,
}

/// On which weekdays and between which times a channel may be used.
pub struct OpenHours {
    pub channel: &'static str,
    pub days: &'static [Weekday],
    pub between: &'static [(&'static str, &'static str)],
}

/// No stretch of `per` holds more than `most` touches on the channel; `None` counts all channels.
pub struct Cap {
    pub channel: Option<&'static str>,
    pub most: usize,
    pub per: Duration,
}

/// What may be done when, in one zone.
pub struct Terms {
    pub zone: TimeZone,
    pub hours: Vec<OpenHours>,
    pub holiday: fn(NaiveDate) -> bool,
    pub caps: Vec<Cap>,
}

/// Everything that is wrong with one advice, in words; empty when nothing is.
pub fn violations(advice: &Value, past: &[Contact], terms: &Terms) -> Vec<String> {
    let Some(channel) = advice["touch"]["channel"].as_str() else { return Vec::new() };
    let window = &advice["touch"]["window"];
    let (Some(now), Some(from), Some(until)) = (time(&advice["now"]), time(&window["from"]), time(&window["until"]))
    else {
        return vec![format!("a touch without a window: {advice}")];
    };
    let mut wrong = Vec::new();
    if from < now || until <= from {
        wrong.push(format!("window {from} to {until} lies before {now} or is empty"));
    }
    for hours in terms.hours.iter().filter(|hours| hours.channel == channel) {
        let (start, end) = (local(from, &terms.zone), local(until - Duration::milliseconds(1), &terms.zone));
        let clock = |text: &str| NaiveTime::parse_from_str(text, "%H:%M").expect("a time of day");
        let inside = hours.between.iter().any(|(open, close)| {
            let (open, close) = (clock(open), clock(close));
            start.time() >= open && start.time() < close && end.time() >= open && end.time() < close
        });
        if start.date_naive() != end.date_naive() || !inside || !hours.days.contains(&start.weekday()) {
            wrong.push(format!("{channel} {start} to {end} is outside hours"));
        }
        if (terms.holiday)(start.date_naive()) {
            wrong.push(format!("{channel} on {start}, a public holiday"));
        }
    }
    for cap in &terms.caps {
        if cap.channel.is_some_and(|only| only != channel) {
            continue;
        }
        let counted = past
            .iter()
            .filter(|touch| touch.at <= now && touch.at > from - cap.per)
            .filter(|touch| cap.channel.is_none_or(|only| only == touch.channel))
            .count();
        if counted + 1 > cap.most {
            wrong.push(format!("{channel} at {from} is touch {} of at most {} in {}", counted + 1, cap.most, cap.per));
        }
    }
    wrong
}

fn time(value: &Value) -> Option<DateTime<Utc>> {
    DateTime::parse_from_rfc3339(value.as_str()?).ok().map(|time| time.with_timezone(&Utc))
}

fn local(at: DateTime<Utc>, zone: &TimeZone) -> DateTime<FixedOffset> {
    let offset = zone.to_offset(Timestamp::from_millisecond(at.timestamp_millis()).expect("a moment")).seconds();
    at.with_timezone(&FixedOffset::east_opt(offset).expect("an offset"))
}

/// Dutch public holidays as they were until 2013, with Queen's Day; Easter by the anonymous Gregorian computus.
pub fn dutch_holiday_2012(date: NaiveDate) -> bool {
    let easter = easter_sunday(date.year());
    let after_easter = (date - easter).num_days();
    matches!((date.month(), date.day()), (1, 1) | (12, 25) | (12, 26))
        || [0, 1, 39, 49, 50].contains(&after_easter)
        || queens_day(date.year()) == date
}

fn queens_day(year: i32) -> NaiveDate {
    let thirtieth = NaiveDate::from_ymd_opt(year, 4, 30).expect("a date");
    if thirtieth.weekday() == Weekday::Sun { thirtieth.pred_opt().expect("a date") } else { thirtieth }
}

fn easter_sunday(year: i32) -> NaiveDate {
    let (a, b, c) = (year % 19, year / 100, year % 100);
    let (d, e, f) = (b / 4, b % 4, (b + 8) / 25);
    let g = (b - f + 1) / 3;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let (month, day) = ((h + l - 7 * m + 114) / 31, (h + l - 7 * m + 114) % 31 + 1);
    NaiveDate::from_ymd_opt(year, month as u32, day as u32).expect("a date")
}
