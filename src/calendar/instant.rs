//! Moments and durations, as whole milliseconds.
//!
//! An [`Instant`] is a moment on the UTC time line, a [`Duration`] an amount of time. Neither has a time zone: local times are in
//! [`crate::calendar::zone`]. Nothing here reads a clock; `now` always comes from the caller.

use std::fmt;
use std::ops::{Add, Neg, Sub};

use chrono::{DateTime, TimeZone, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::calendar::rfc3339::{self, InvalidMoment};
use crate::wording::Sentence;

/// A point in time: milliseconds since 1970-01-01T00:00:00Z. In JSON an RFC 3339 text with a zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(i64);

/// The first moment that data may contain, 1970-01-01T00:00:00Z. Earlier moments, and moments after [`LATEST`], are treated as typing
/// errors ("year 9999").
pub const EARLIEST: Instant = Instant(0);
/// The last moment that data may contain, 2100-01-01T00:00:00Z.
pub const LATEST: Instant = Instant(4_102_444_800_000);

impl Instant {
    /// The moment `millis` milliseconds after 1970-01-01T00:00:00Z.
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }

    /// Milliseconds since 1970-01-01T00:00:00Z.
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// Parses an RFC 3339 time with an offset: `2026-11-20T10:00:00+01:00`.
    ///
    /// # Errors
    /// That it is not a time, has no zone, or is outside 1970 to 2100.
    pub fn parse(text: &str) -> Result<Self, Sentence> {
        rfc3339::parse(text).map_err(InvalidMoment::sentence)
    }

    /// The moment as chrono's UTC time, limited to the years 1 to 9999.
    pub fn utc(self) -> DateTime<Utc> {
        let millis = self.0.clamp(-62_135_596_800_000, 253_402_300_799_000); // years 1 to 9999
        Utc.timestamp_millis_opt(millis).single().unwrap_or_default()
    }
}

impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        rfc3339::write(f, self.utc().naive_utc())?;
        f.write_str("Z")
    }
}

impl Serialize for Instant {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// The name by which a deserializer is asked for a moment, so that it can check the text itself where serde's errors, which are texts in one
/// language, are not enough.
pub(crate) const MOMENT: &str = "Moment";

/// The text of a moment, asked for by [`MOMENT`].
pub(super) fn moment_text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    #[derive(Deserialize)]
    #[serde(rename = "Moment")]
    struct Text(String);
    Text::deserialize(deserializer).map(|text| text.0)
}

impl<'de> Deserialize<'de> for Instant {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = moment_text(deserializer)?;
        Self::parse(&text).map_err(|why| de::Error::custom(why.english()))
    }
}

#[cfg(feature = "command")]
impl schemars::JsonSchema for Instant {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Instant".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string", "format": "date-time",
            "description": "RFC 3339 with a zone, between 1970 and 2100: 2026-11-20T10:00:00+01:00"
        })
    }
}

/// An amount of time in milliseconds; may be negative. Written in rules as `5.minutes`, `4.hours`, `7.days`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Duration(i64);

impl Duration {
    /// No time at all.
    pub const ZERO: Self = Self(0);
    /// One second.
    pub const SECOND: Self = Self(1_000);
    /// One minute.
    pub const MINUTE: Self = Self(60_000);
    /// One hour.
    pub const HOUR: Self = Self(3_600_000);
    /// Twenty-four hours. A calendar day can have 23 or 25 hours; see [`Zone::start_of_day`](crate::calendar::Zone::start_of_day).
    pub const DAY: Self = Self(86_400_000);
    /// Seven times twenty-four hours.
    pub const WEEK: Self = Self(604_800_000);

    /// `millis` milliseconds.
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }

    /// The duration in milliseconds.
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// `count` times this duration; `None` when that overflows 64 bits of milliseconds.
    pub const fn times(self, count: i64) -> Option<Self> {
        match self.0.checked_mul(count) {
            Some(millis) => Some(Self(millis)),
            None => None,
        }
    }
}

/// In English words with at most two units: `12 minutes`, `1 day 4 hours`. Less than a second is `0 seconds`.
impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.in_words().english())
    }
}

impl Add<Duration> for Instant {
    type Output = Self;
    fn add(self, length: Duration) -> Self {
        Self(self.0.saturating_add(length.0))
    }
}

impl Sub<Duration> for Instant {
    type Output = Self;
    fn sub(self, length: Duration) -> Self {
        Self(self.0.saturating_sub(length.0))
    }
}

impl Sub for Instant {
    type Output = Duration;
    fn sub(self, earlier: Self) -> Duration {
        Duration(self.0.saturating_sub(earlier.0))
    }
}

impl Add for Duration {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Sub for Duration {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl Neg for Duration {
    type Output = Self;
    fn neg(self) -> Self {
        Self(self.0.saturating_neg())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_needs_a_zone_and_a_sensible_year() {
        assert_eq!(Instant::parse("2026-11-20T10:00:00+01:00").map(Instant::millis), Ok(1_795_165_200_000));
        assert!(Instant::parse("2026-11-20T10:00:00").is_err_and(|why| why.english().contains("no time zone")));
        assert!(Instant::parse("9999-01-01T00:00:00Z").is_err_and(|why| why.english().contains("check the year")));
        assert!(Instant::parse("tomorrow").is_err_and(|why| why.english().contains("is not a time")));
    }
}
