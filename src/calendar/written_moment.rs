//! A moment as it is written, for moments that were agreed on in somebody's local time.
//!
//! Countries change their clocks by law, and a moment that was written before such a change has the offset of the day on which it was
//! written. What was agreed on is the time on the clock there, so that time counts, and not the offset.

use std::fmt;

use chrono::NaiveDateTime;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::calendar::instant::{Duration, EARLIEST, Instant, LATEST, moment_text};
use crate::calendar::rfc3339;
use crate::calendar::zone::Zone;
use crate::wording::Sentence;

/// A moment with the offset in which it is written. In JSON an RFC 3339 text: `2026-12-02T16:30:00-07:00`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WrittenMoment {
    /// The moment, by its written offset.
    at: Instant,
    /// The written offset, local time minus UTC in seconds; `None` for `Z`.
    offset: Option<i32>,
}

impl WrittenMoment {
    /// Parses an RFC 3339 time with an offset.
    ///
    /// # Errors
    /// As [`Instant::parse`].
    pub fn parse(text: &str) -> Result<Self, Sentence> {
        Ok(Self { at: Instant::parse(text)?, offset: rfc3339::written_offset(text.trim().as_bytes()) })
    }

    /// Parses a text without surrounding blanks; `None` when it is no moment that data may contain.
    pub(crate) fn read(text: &[u8]) -> Option<Self> {
        Some(Self { at: rfc3339::moment(text)?, offset: rfc3339::written_offset(text) })
    }

    /// A moment as it is written in a zone: its local time there and the offset; in UTC without a zone, and where the offset is no whole
    /// number of minutes, which RFC 3339 cannot write (Liberia until 1972).
    pub fn of(at: Instant, zone: Option<Zone>) -> Self {
        let offset = zone.map(|zone| zone.offset_seconds(at)).filter(|offset| offset % 60 == 0);
        Self { at, offset }
    }

    /// The moment that is meant.
    ///
    /// Without a zone, and where it is written in UTC (`Z`): the moment as it is written. With a zone: where the zone has the written
    /// offset at that moment, again the moment as it is written. Otherwise the clocks of the zone were changed since it was written, and
    /// the moment is worked out again: the one at which clocks there show the written local time ([`Zone::resolve`]). An offset that the
    /// zone has at no time of the tables cannot be one of its local times; then the moment as it is written counts.
    pub fn moment(self, zone: Option<Zone>) -> Instant {
        let (Some(zone), Some(offset)) = (zone, self.offset) else { return self.at };
        if zone.offset_seconds(self.at) == offset || !zone.has_offset(offset) {
            return self.at;
        }
        let meant = zone.resolve(local(self.at, offset));
        // Beyond what data may contain it could not be written and read again.
        if (EARLIEST..=LATEST).contains(&meant) { meant } else { self.at }
    }
}

/// What clocks show at a moment where local time runs ahead of UTC by so many seconds.
fn local(at: Instant, offset: i32) -> NaiveDateTime {
    (at + Duration::from_millis(i64::from(offset) * 1_000)).utc().naive_utc()
}

impl fmt::Display for WrittenMoment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.offset {
            Some(offset) => {
                rfc3339::write(f, local(self.at, offset))?;
                rfc3339::write_offset(f, offset)
            }
            None => self.at.fmt(f),
        }
    }
}

impl Serialize for WrittenMoment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for WrittenMoment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = moment_text(deserializer)?;
        Self::parse(&text).map_err(|why| de::Error::custom(why.english()))
    }
}

#[cfg(feature = "command")]
impl schemars::JsonSchema for WrittenMoment {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        Instant::schema_name()
    }
    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        Instant::json_schema(generator)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meant(text: &str, zone: &str) -> String {
        let zone = Zone::parse(zone).unwrap();
        let moment = WrittenMoment::parse(text).unwrap().moment(Some(zone));
        assert_eq!(WrittenMoment::read(text.as_bytes()).unwrap().moment(Some(zone)), moment, "{text}");
        // What is written back means the same.
        let written = WrittenMoment::of(moment, Some(zone));
        assert_eq!(WrittenMoment::parse(&written.to_string()).unwrap().moment(Some(zone)), moment, "{written}");
        written.to_string()
    }

    #[test]
    fn the_local_time_counts_where_the_clocks_of_the_zone_changed_since() {
        // Winter time in British Columbia, as all knew it until 2026; it stays at -07:00 now.
        assert_eq!(meant("2026-12-02T16:30:00-08:00", "America/Vancouver"), "2026-12-02T16:30:00-07:00");
        // The other way: permanent summer time was planned, and winter time came back.
        assert_eq!(meant("2026-12-02T16:30:00-04:00", "America/Toronto"), "2026-12-02T16:30:00-05:00");
        assert_eq!(meant("2026-12-02T16:30:00+01:00", "Africa/Casablanca"), "2026-12-02T16:30:00+00:00");
        assert_eq!(meant("2026-07-01T09:00:00+01:00", "Europe/Amsterdam"), "2026-07-01T09:00:00+02:00");
    }

    #[test]
    fn a_moment_with_the_offset_of_the_zone_stays() {
        assert_eq!(meant("2026-12-02T16:30:00-07:00", "America/Vancouver"), "2026-12-02T16:30:00-07:00");
        // Clocks show half past two twice; the offset says which.
        assert_eq!(meant("2026-10-25T02:30:00+01:00", "Europe/Amsterdam"), "2026-10-25T02:30:00+01:00");
        assert_eq!(meant("2026-10-25T02:30:00+02:00", "Europe/Amsterdam"), "2026-10-25T02:30:00+02:00");
    }

    #[test]
    fn utc_and_an_offset_that_the_zone_never_has_are_no_local_times_of_it() {
        assert_eq!(meant("2026-12-02T23:30:00Z", "America/Vancouver"), "2026-12-02T16:30:00-07:00");
        assert_eq!(meant("2026-12-02T23:30:00-00:00", "America/Vancouver"), "2026-12-02T16:30:00-07:00");
        assert_eq!(meant("2026-07-01T09:00:00+00:00", "Europe/Amsterdam"), "2026-07-01T11:00:00+02:00");
        assert_eq!(meant("2026-07-01T09:00:00+05:30", "Europe/Amsterdam"), "2026-07-01T05:30:00+02:00");
    }

    #[test]
    fn a_local_time_that_clocks_skip_is_the_first_moment_after_the_gap() {
        assert_eq!(meant("2026-03-29T02:30:00+01:00", "Europe/Amsterdam"), "2026-03-29T03:00:00+02:00");
        assert_eq!(meant("2026-03-29T02:30:00+02:00", "Europe/Amsterdam"), "2026-03-29T03:00:00+02:00");
    }

    #[test]
    fn what_cannot_be_written_with_an_offset_is_written_in_utc() {
        let monrovia = Zone::parse("Africa/Monrovia").ok();
        let at = Instant::parse("1971-05-01T10:00:00Z").unwrap();
        assert_eq!(WrittenMoment::of(at, monrovia).to_string(), "1971-05-01T10:00:00Z");
        assert_eq!(WrittenMoment::of(at, None).to_string(), "1971-05-01T10:00:00Z");
    }

    #[test]
    fn a_moment_never_leaves_the_time_line() {
        // Half past one on the clocks of Amsterdam is after the last moment that data may contain.
        assert_eq!(meant("2100-01-01T01:30:00+02:00", "Europe/Amsterdam"), "2100-01-01T00:30:00+01:00");
        assert_eq!(meant("2099-12-31T16:00:00-08:00", "America/Vancouver"), "2099-12-31T16:00:00-07:00");
        assert!(WrittenMoment::parse("2100-01-01T00:30:00-01:00").is_err());
    }
}
