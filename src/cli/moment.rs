//! Moments as text: `today 14:00-17:00 CET`, `Mon 23 Nov 09:00`.
//!
//! A window is in the person's own local time, which the advice carries. Other moments (when a block lifts, when to look again) are in
//! the offset in which the user wrote `--now`.

use std::str::FromStr;

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, NaiveTime, Timelike};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::usage::ArgumentError;
use cadans::calendar::in_words::{self, day_and_clock, day_of_year};
use cadans::calendar::{Duration, Instant, Zone};
use cadans::decide::advice::AdviceWindow;
use cadans::wording::Sentence;

/// The moment asked for, and the offset in which it was written.
#[derive(Clone, Copy, Debug)]
pub struct Now {
    /// The moment.
    pub at: Instant,
    offset: FixedOffset,
}

impl FromStr for Now {
    type Err = ArgumentError;

    fn from_str(text: &str) -> Result<Self, ArgumentError> {
        let at = Instant::parse(text).map_err(ArgumentError::new)?;
        let written = DateTime::parse_from_rfc3339(text.trim());
        let written = written.map_err(|error| ArgumentError::new(Sentence::as_is(error.to_string())))?;
        Ok(Self { at, offset: *written.offset() })
    }
}

impl Now {
    /// `at` in the offset of `--now`: `Mon 23 Nov 09:00`.
    pub fn moment(&self, at: Instant) -> Sentence {
        let (time, today) = (self.here(at), self.here(self.at).date_naive());
        day_and_clock(day(time.date_naive(), today), clock(&time))
    }

    /// The moment asked for itself, in full: `Fri 20 Nov 2026 10:00 (+01:00)`.
    pub fn in_full(&self) -> Sentence {
        let time = self.here(self.at);
        let clock = format!("{} ({})", clock(&time), time.format("%:z"));
        day_and_clock(day_of_year(time.date_naive()), clock)
    }

    /// The offset of `--now`: `+01:00`.
    pub fn offset(&self) -> String {
        self.here(self.at).format("%:z").to_string()
    }

    /// True when a window that starts then starts on the day that it is now in this zone.
    pub fn is_today(&self, from: Instant, zone: Zone) -> bool {
        let from = zone.local(from);
        let offset = Duration::from_millis(i64::from(from.offset_seconds()) * 1_000);
        from.date() == (self.at + offset).utc().date_naive()
    }

    /// A window in the person's own time: `today 14:00-17:00 CET`, `now, until 17:00 CET`. One of several days has its end apart, so
    /// that a table can put it on a line of its own: `Mon 23 Nov 09:00`, `to Tue 24 Nov 12:30 CET`. Where the clocks change between its ends each
    /// has its zone, because the end may look earlier than the start: `today 02:30 CEST`, `to 02:00 CET`.
    pub fn window(&self, window: &AdviceWindow) -> (Sentence, Option<Sentence>) {
        let (Some(from), Some(until)) = (local(&window.local_from), local(&window.local_until)) else {
            let end = Sentence::new("window-end").with("end", window.local_until.as_str());
            return (Sentence::as_is(window.local_from.as_str()), Some(end));
        };
        let today = self.at.utc().with_timezone(from.offset()).date_naive();
        let (zone, end_zone) = (abbreviation(&window.zone, window.from), abbreviation(&window.zone, window.until));
        // Midnight is the end of a day here, not the start of the next.
        let last_day = match until.time() {
            NaiveTime::MIN => until.date_naive().pred_opt().unwrap_or_default(),
            _ => until.date_naive(),
        };
        let end = if until.time() == NaiveTime::MIN { "24:00".to_owned() } else { clock(&until) };
        let same_day = from.date_naive() == last_day;
        let end = format!("{end} {end_zone}");
        if window.from <= self.at {
            let end = if same_day { Sentence::as_is(end) } else { day_and_clock(day(last_day, today), end) };
            return (Sentence::new("window-now").with("end", end), None);
        }
        let start_clock = if zone == end_zone { clock(&from) } else { format!("{} {zone}", clock(&from)) };
        let start = day_and_clock(day(from.date_naive(), today), start_clock);
        if same_day && zone != end_zone {
            return (start, Some(Sentence::new("window-end").with("end", end)));
        }
        if same_day {
            return (Sentence::new("window-same-day").with("start", start).with("end", end), None);
        }
        (start, Some(Sentence::new("window-end").with("end", day_and_clock(day(last_day, today), end))))
    }

    fn here(&self, at: Instant) -> DateTime<FixedOffset> {
        at.utc().with_timezone(&self.offset)
    }
}

fn local(text: &str) -> Option<DateTime<FixedOffset>> {
    DateTime::parse_from_rfc3339(text).ok()
}

fn clock(time: &DateTime<FixedOffset>) -> String {
    match time.second() {
        0 => time.format("%H:%M").to_string(),
        _ => time.format("%H:%M:%S").to_string(),
    }
}

/// `today`, `tomorrow`, `Mon 23 Nov`, and the year where it is another.
fn day(date: NaiveDate, today: NaiveDate) -> Sentence {
    match date.signed_duration_since(today).num_days() {
        0 => Sentence::new("today"),
        1 => Sentence::new("tomorrow"),
        _ if date.year() == today.year() => in_words::day(date),
        _ => day_of_year(date),
    }
}

/// What people of the zone call their time: `CET`, `PST`; `UTC+03` where the zone has no such name.
fn abbreviation(zone: &str, at: Instant) -> String {
    let (Ok(zone), Ok(at)) = (TimeZone::get(zone), Timestamp::from_millisecond(at.millis())) else {
        return zone.to_owned();
    };
    let name = zone.to_offset_info(at).abbreviation().to_owned();
    if name.starts_with(['+', '-']) { format!("UTC{name}") } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;
    use cadans::wording::Language;

    fn window(now: &str, from: &str, until: &str, zone: &str) -> Result<String, String> {
        in_language(now, (from, until), zone, Language::English)
    }

    fn in_language(now: &str, (from, until): (&str, &str), zone: &str, language: Language) -> Result<String, String> {
        let now: Now = now.parse().map_err(|why: ArgumentError| why.to_string())?;
        let window = AdviceWindow {
            from: Instant::parse(from).map_err(|why| why.english())?,
            until: Instant::parse(until).map_err(|why| why.english())?,
            local_from: from.to_owned(),
            local_until: until.to_owned(),
            zone: zone.to_owned(),
            late: false,
            why: String::new(),
        };
        let (start, end) = now.window(&window);
        let parts = [Some(start), end].into_iter().flatten().map(|part| part.render(language));
        Ok(parts.collect::<Vec<_>>().join(" "))
    }

    #[test]
    fn a_window_is_in_the_persons_own_time() {
        let amsterdam = |from, until| window("2026-11-20T10:00:00+01:00", from, until, "Europe/Amsterdam");
        assert_eq!(
            amsterdam("2026-11-20T13:30:00+01:00", "2026-11-20T17:30:00+01:00").as_deref(),
            Ok("today 13:30–17:30 CET")
        );
        assert_eq!(
            amsterdam("2026-11-20T10:00:00+01:00", "2026-11-20T12:30:00+01:00").as_deref(),
            Ok("now, until 12:30 CET")
        );
        assert_eq!(
            amsterdam("2026-11-20T10:00:00+01:00", "2026-11-21T00:00:00+01:00").as_deref(),
            Ok("now, until 24:00 CET")
        );
        assert_eq!(
            amsterdam("2026-11-23T09:00:00+01:00", "2026-11-24T12:30:00+01:00").as_deref(),
            Ok("Mon 23 Nov 09:00 to Tue 24 Nov 12:30 CET")
        );
        assert_eq!(
            amsterdam("2027-01-04T09:00:00+01:00", "2027-01-04T12:30:00+01:00").as_deref(),
            Ok("Mon 4 Jan 2027 09:00–12:30 CET")
        );
        // It is still the 19th in Los Angeles when it is the 20th in Amsterdam.
        assert_eq!(
            window(
                "2026-11-20T08:00:00+01:00",
                "2026-11-20T09:00:00-08:00",
                "2026-11-20T12:00:00-08:00",
                "America/Los_Angeles"
            )
            .as_deref(),
            Ok("tomorrow 09:00–12:00 PST")
        );
        assert_eq!(
            window(
                "2026-11-20T08:00:00+01:00",
                "2026-11-20T12:00:00+03:00",
                "2026-11-20T14:00:00+03:00",
                "Europe/Istanbul"
            )
            .as_deref(),
            Ok("today 12:00–14:00 UTC+03")
        );
    }

    #[test]
    fn a_window_over_a_change_of_the_clocks_names_both_zones() {
        let amsterdam = |from, until| window("2026-10-24T10:00:00+02:00", from, until, "Europe/Amsterdam");
        assert_eq!(
            amsterdam("2026-10-25T02:30:00+02:00", "2026-10-25T02:00:00+01:00").as_deref(),
            Ok("tomorrow 02:30 CEST to 02:00 CET")
        );
        assert_eq!(
            amsterdam("2026-10-24T12:00:00+02:00", "2026-10-25T02:30:00+01:00").as_deref(),
            Ok("today 12:00 CEST to tomorrow 02:30 CET")
        );
        let spring = window(
            "2026-03-28T20:00:00+01:00",
            "2026-03-29T01:30:00+01:00",
            "2026-03-29T04:00:00+02:00",
            "Europe/Amsterdam",
        );
        assert_eq!(spring.as_deref(), Ok("tomorrow 01:30 CET to 04:00 CEST"));
    }

    #[test]
    fn a_window_in_dutch_has_dutch_days() {
        let dutch =
            |from, until| in_language("2026-11-20T10:00:00+01:00", (from, until), "Europe/Amsterdam", Language::Dutch);
        let monday = dutch("2026-11-23T09:00:00+01:00", "2026-11-24T12:30:00+01:00");
        assert_eq!(monday.as_deref(), Ok("ma 23 nov 09:00 tot di 24 nov 12:30 CET"));
        let now = dutch("2026-11-20T10:00:00+01:00", "2026-11-20T12:30:00+01:00");
        assert_eq!(now.as_deref(), Ok("nu, tot 12:30 CET"));
        let today = dutch("2026-11-20T13:30:00+01:00", "2026-11-20T17:30:00+01:00");
        assert_eq!(today.as_deref(), Ok("vandaag 13:30–17:30 CET"));
    }

    #[test]
    fn now_needs_a_zone() {
        assert!("2026-11-20T10:00:00".parse::<Now>().is_err_and(|why| why.to_string().contains("no time zone")));
        let told = "2026-11-20T10:00:00+01:00".parse::<Now>().map(|now| now.in_full().english());
        assert_eq!(told.as_deref().ok(), Some("Fri 20 Nov 2026 10:00 (+01:00)"));
    }
}
