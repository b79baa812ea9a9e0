//! Dates, moments and durations as sentences of the wording tables: "Fri 20 Nov 13:30", "2 days", in the language of the reader.

use chrono::{Datelike, NaiveDate, Weekday};

use crate::calendar::{Duration, Instant, Zone};
use crate::wording::{Arg, Sentence};

/// A date without its year: "Fri 20 Nov".
pub fn day(date: NaiveDate) -> Sentence {
    dated("day", date)
}

/// A date with its year: "Fri 20 Nov 2026".
pub fn day_of_year(date: NaiveDate) -> Sentence {
    dated("day-of-year", date).with("year", i64::from(date.year()))
}

/// A sentence with the arguments weekday, day and month.
fn dated(key: &'static str, date: NaiveDate) -> Sentence {
    Sentence::new(key)
        .with("weekday", Arg::Key(weekday(date.weekday())))
        .with("day", date.day())
        .with("month", Arg::Key(month(date)))
}

/// A date and a time of day: "Fri 20 Nov 13:30".
pub fn day_and_clock(day: Sentence, clock: String) -> Sentence {
    Sentence::new("moment").with("day", day).with("clock", clock)
}

/// A moment in the local time of a zone, to the minute: "Fri 20 Nov 13:30".
pub(crate) fn moment(at: Instant, zone: Zone) -> Sentence {
    let local = zone.local(at);
    day_and_clock(day(local.date()), clock(local.hour(), local.minute()))
}

/// A time of day, which is written alike in all languages: "13:30".
pub(crate) fn clock(hour: u32, minute: u32) -> String {
    format!("{hour:02}:{minute:02}")
}

/// The key of the sentence for a weekday.
const fn weekday(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "weekday-mo",
        Weekday::Tue => "weekday-tu",
        Weekday::Wed => "weekday-we",
        Weekday::Thu => "weekday-th",
        Weekday::Fri => "weekday-fr",
        Weekday::Sat => "weekday-sa",
        Weekday::Sun => "weekday-su",
    }
}

/// The key of the sentence for the month of a date.
fn month(date: NaiveDate) -> &'static str {
    match date.month() {
        1 => "month-jan",
        2 => "month-feb",
        3 => "month-mar",
        4 => "month-apr",
        5 => "month-may",
        6 => "month-jun",
        7 => "month-jul",
        8 => "month-aug",
        9 => "month-sep",
        10 => "month-oct",
        11 => "month-nov",
        _ => "month-dec",
    }
}

impl Duration {
    /// The duration with at most two units: "12 minutes", "1 day 4 hours". Less than a second is "0 seconds".
    pub fn in_words(self) -> Sentence {
        const UNITS: [(i64, &str); 4] = [
            (86_400_000, "length-days"),
            (3_600_000, "length-hours"),
            (60_000, "length-minutes"),
            (1_000, "length-seconds"),
        ];
        let size = self.millis().saturating_abs();
        let part = |nth: usize| {
            let (unit, key) = UNITS.get(nth)?;
            let within = nth.checked_sub(1).and_then(|above| UNITS.get(above)).map_or(size, |(above, _)| size % above);
            let count = within / unit;
            (count > 0).then(|| Sentence::new(key).with("count", count))
        };
        let largest = (0..UNITS.len()).find_map(|nth| Some((part(nth)?, part(nth + 1))));
        let length = match largest {
            Some((first, Some(second))) => Sentence::new("length-two").with("first", first).with("second", second),
            Some((first, None)) => first,
            None => Sentence::new("length-seconds").with("count", 0_i64),
        };
        if self.millis() < 0 { Sentence::new("length-minus").with("length", length) } else { length }
    }
}

impl From<Duration> for Arg {
    fn from(length: Duration) -> Self {
        length.in_words().into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wording::Language::{Dutch, English};

    #[test]
    fn a_duration_is_written_with_at_most_two_units() {
        for (millis, english, dutch) in [
            (12 * 60_000, "12 minutes", "12 minuten"),
            (86_400_000 + 4 * 3_600_000 + 59_000, "1 day 4 hours", "1 dag 4 uur"),
            (3_600_000, "1 hour", "1 uur"),
            (2 * 86_400_000 + 60_000, "2 days", "2 dagen"),
            (999, "0 seconds", "0 seconden"),
            (-60_000, "minus 1 minute", "min 1 minuut"),
        ] {
            let length = Duration::from_millis(millis).in_words();
            assert_eq!(length.render(English), english);
            assert_eq!(length.render(Dutch), dutch);
        }
    }

    #[test]
    fn a_moment_has_its_weekday_and_month_in_the_language() {
        let at = Instant::parse("2026-03-20T12:30:00Z").unwrap();
        let amsterdam = Zone::parse("Europe/Amsterdam").unwrap();
        assert_eq!(moment(at, amsterdam).render(English), "Fri 20 Mar 13:30");
        assert_eq!(moment(at, amsterdam).render(Dutch), "vr 20 mrt 13:30");
        assert_eq!(day_of_year(amsterdam.local(at).date()).render(Dutch), "vr 20 mrt 2026");
    }
}
