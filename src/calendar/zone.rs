//! Time zones: from a moment to somebody's local time and back.
//!
//! A [`Zone`] is a zone of the IANA time zone database, from the table in `clocks.rs`, so the answer is the same on every machine and in
//! WebAssembly. The zone settings of the operating system are never read.
//!
//! Local time is not unique on the nights on which clocks change. Everywhere the same rule applies: a local time that clocks skip is the
//! first moment after the gap, and a local time that they show twice is the first of the two. See [`Zone::resolve`].

use std::fmt;

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, Timelike, Weekday};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::calendar::instant::{Duration, Instant};
use crate::calendar::windows::Window;
use crate::calendar::{clocks, rfc3339};
use crate::wording::Sentence;

/// Longer texts are not compared with zone names by edit distance, and are cut to this length in messages; in characters.
const LONGEST_NAME: usize = 64;

/// An IANA time zone such as `Europe/Amsterdam`. In JSON its name.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Zone(u16); // its index in the table, which is sorted by name

impl Zone {
    /// Coordinated universal time.
    pub const UTC: Self = Self(592);

    /// Reads an IANA name.
    ///
    /// # Errors
    /// That it is not a zone, and the zone with the nearest name if one is near.
    pub fn parse(name: &str) -> Result<Self, Sentence> {
        let name = name.trim();
        clocks::number(name).map(Self).ok_or_else(|| {
            let shown: String = name.chars().take(LONGEST_NAME).collect();
            match nearest(name) {
                Some(near) => Sentence::new("zone-meant").with("written", shown).with("meant", near),
                None => Sentence::new("zone-unknown").with("written", shown),
            }
        })
    }

    /// Every zone of the database, in order of name, old names included.
    pub fn all() -> impl Iterator<Item = Self> {
        (0_u16..).zip(clocks::names()).map(|(number, _)| Self(number))
    }

    /// The IANA name.
    pub fn name(self) -> &'static str {
        clocks::name(self.0)
    }

    /// Local time minus UTC at `at`, in seconds; negative west of Greenwich.
    pub fn offset_seconds(self, at: Instant) -> i32 {
        clocks::clock(self.0).period_at(at.millis()).offset
    }

    /// The local time at `at`.
    pub fn local(self, at: Instant) -> LocalTime {
        let offset_seconds = self.offset_seconds(at);
        let shifted = at + Duration::from_millis(i64::from(offset_seconds) * 1_000);
        LocalTime { naive: shifted.utc().naive_utc(), offset_seconds }
    }

    /// The moment at which the clocks of this zone show `local`.
    ///
    /// In a gap (the clocks are put forward over `local`): the first moment after the gap. Ambiguous (the clocks are put
    /// back and show `local` twice): the first of the two.
    pub fn resolve(self, local: NaiveDateTime) -> Instant {
        Instant::from_millis(clocks::clock(self.0).resolve(local.and_utc().timestamp_millis()))
    }

    /// Whether local time runs ahead of UTC by so many seconds at some time of the tables.
    pub(super) fn has_offset(self, seconds: i32) -> bool {
        clocks::clock(self.0).offsets().any(|offset| offset == seconds)
    }

    /// The first moment of a local day. For a date that the zone skipped (Apia, 30 December 2011): of the next day.
    pub fn start_of_day(self, date: NaiveDate) -> Instant {
        self.resolve(date.and_time(NaiveTime::MIN))
    }

    /// The local day of a moment, from midnight to midnight; 24 hours where the calendar ends.
    pub fn day(self, at: Instant) -> Window {
        let date = self.local(at).date();
        let from = self.start_of_day(date);
        Window { from, until: date.succ_opt().map_or(from + Duration::DAY, |next| self.start_of_day(next)) }
    }

    /// The offset at `from` in seconds, and the first moment after `from` at which another offset applies, or `limit` if that is earlier.
    pub fn offset_until(self, from: Instant, limit: Instant) -> (i32, Instant) {
        let period = clocks::clock(self.0).period_at(from.millis());
        (period.offset, limit.min(Instant::from_millis(period.until)))
    }
}

/// The zone whose name, or the part of it after the last `/`, has the smallest edit distance to `written`; `None` when even that distance
/// is more than a third of the length.
fn nearest(written: &str) -> Option<&'static str> {
    if written.is_empty() || written.len() > LONGEST_NAME {
        return None;
    }
    let typed = written.to_lowercase().replace(' ', "_");
    let distance = |name: &str| {
        let name = name.to_lowercase();
        let city = name.rsplit('/').next().unwrap_or(&name);
        strsim::damerau_levenshtein(&typed, &name).min(strsim::damerau_levenshtein(&typed, city))
    };
    let near = clocks::names().map(|name| (distance(name), name)).min()?;
    (near.0 * 3 <= typed.chars().count()).then_some(near.1)
}

impl fmt::Debug for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Serialize for Zone {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl<'de> Deserialize<'de> for Zone {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        Self::parse(&name).map_err(|why| de::Error::custom(why.english()))
    }
}

#[cfg(feature = "command")]
impl schemars::JsonSchema for Zone {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Zone".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "description": "IANA time zone name: Europe/Amsterdam" })
    }
}

/// The date and time that clocks in a zone show at some moment. Displayed as RFC 3339: `2026-11-23T09:00:00+01:00`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LocalTime {
    naive: NaiveDateTime,
    offset_seconds: i32,
}

impl LocalTime {
    /// Date and time of day, without the offset.
    pub fn naive(self) -> NaiveDateTime {
        self.naive
    }

    /// The date on the calendar.
    pub fn date(self) -> NaiveDate {
        self.naive.date()
    }

    /// The day of the week.
    pub fn weekday(self) -> Weekday {
        self.naive.weekday()
    }

    /// The hour, 0 to 23.
    pub fn hour(self) -> u32 {
        self.naive.hour()
    }

    /// The minute, 0 to 59.
    pub fn minute(self) -> u32 {
        self.naive.minute()
    }

    /// Local time minus UTC, in seconds.
    pub fn offset_seconds(self) -> i32 {
        self.offset_seconds
    }
}

impl fmt::Display for LocalTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        rfc3339::write(f, self.naive)?;
        // One zone had seconds in its offset until 1972 (Liberia).
        rfc3339::write_offset(f, self.offset_seconds)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zone(name: &str) -> Zone {
        Zone::parse(name).unwrap()
    }

    fn resolved(name: &str, local: &str) -> String {
        zone(name).resolve(local.parse().unwrap()).to_string()
    }

    #[test]
    fn local_time_is_displayed_as_rfc_3339() {
        let at = Instant::parse("2026-11-23T08:00:00Z").unwrap();
        let amsterdam = zone("Europe/Amsterdam").local(at);
        assert_eq!(amsterdam.to_string(), "2026-11-23T09:00:00+01:00");
        assert_eq!((amsterdam.hour(), amsterdam.weekday()), (9, Weekday::Mon));
        assert_eq!(zone("Asia/Kathmandu").local(at).to_string(), "2026-11-23T13:45:00+05:45");
        assert_eq!(zone("America/St_Johns").local(at).to_string(), "2026-11-23T04:30:00-03:30");
    }

    #[test]
    fn a_local_time_that_clocks_skip_resolves_to_the_first_moment_after_the_gap() {
        assert_eq!(resolved("Europe/Amsterdam", "2026-03-29T02:00:00"), "2026-03-29T01:00:00Z");
        assert_eq!(resolved("Europe/Amsterdam", "2026-03-29T02:59:59"), "2026-03-29T01:00:00Z");
        assert_eq!(resolved("Europe/Amsterdam", "2026-03-29T03:00:00"), "2026-03-29T01:00:00Z");
        // Half an hour: 02:00 becomes 02:30 at 15:30Z the day before.
        assert_eq!(resolved("Australia/Lord_Howe", "2026-10-04T02:15:00"), "2026-10-03T15:30:00Z");
        // A whole day: 30 December 2011 was skipped.
        assert_eq!(resolved("Pacific/Apia", "2011-12-30T12:00:00"), "2011-12-30T10:00:00Z");
    }

    #[test]
    fn a_local_time_that_clocks_show_twice_resolves_to_the_first_of_the_two() {
        assert_eq!(resolved("Europe/Amsterdam", "2026-10-25T02:30:00"), "2026-10-25T00:30:00Z");
        assert_eq!(resolved("America/New_York", "2026-11-01T01:00:00"), "2026-11-01T05:00:00Z");
        assert_eq!(resolved("Australia/Lord_Howe", "2026-04-05T01:45:00"), "2026-04-04T14:45:00Z");
    }

    #[test]
    fn a_day_starts_at_the_first_moment_that_has_its_date() {
        let day = |name, date: &str| zone(name).start_of_day(date.parse().unwrap()).to_string();
        // Beirut puts its clocks forward at midnight, so the day starts at 01:00.
        assert_eq!(day("Asia/Beirut", "2026-03-29"), "2026-03-28T22:00:00Z");
        assert_eq!(day("Pacific/Apia", "2011-12-30"), day("Pacific/Apia", "2011-12-31"));
        assert_eq!(day("Europe/Amsterdam", "2026-10-25"), "2026-10-24T22:00:00Z");
    }

    #[test]
    fn an_unknown_name_is_refused_with_the_nearest_name() {
        assert!(Zone::parse("Europe/Amsterdm").is_err_and(|why| why.english().contains("Europe/Amsterdam")));
        assert!(Zone::parse("europe/paris").is_err_and(|why| why.english().contains("Europe/Paris")));
        assert!(Zone::parse("New York").is_err_and(|why| why.english().contains("America/New_York")));
        assert!(Zone::parse("").is_err_and(|why| why.english().contains("IANA")));
        assert!(Zone::parse(&"x".repeat(100_000)).is_err_and(|why| why.english().len() < 200));
    }

    #[test]
    fn zones_sort_by_name_and_utc_is_among_them() {
        assert_eq!(Zone::UTC, zone("UTC"));
        assert!(Zone::all().collect::<Vec<_>>().is_sorted_by_key(|zone| zone.name()));
        assert!(Zone::all().collect::<Vec<_>>().is_sorted());
    }
}
