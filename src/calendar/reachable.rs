//! Reachable hours, written in OpenStreetMap's opening-hours notation: `Mo-Fr 09:00-12:30,13:30-17:30; PH off`.
//!
//! The notation is read and judged a day at a time in [`crate::calendar::hours`]; this file turns days into moments. The rule for moments is
//! one: **a moment is open when the wall clock of the place shows an open time on an open date.** So a day of 23 or 25 hours needs no
//! case of its own: an hour that the clocks skip has no moments, and an hour that they show twice is open both times. Time counts as
//! closed when the notation says `unknown`.
//!
//! A day's part after midnight follows the day it falls on where the two disagree: `Fr 22:00-02:00; PH off` is closed at
//! one in the night of a Saturday that is a public holiday.
//!
//! Invariant: no text makes this panic, hang or overflow; its length and the number of brackets are limited.

pub(super) use crate::calendar::hours::days::{Days, OpenTimes};
pub use crate::calendar::hours::slip::{HoursError, HoursProblem};
pub use crate::calendar::hours::{FURTHEST_FROM_HOLIDAY, LONGEST_TEXT, MOST_BRACKETS};

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use chrono::Datelike;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::calendar::country::Country;
use crate::calendar::holidays::{Region, calendar};
use crate::calendar::hours::read::read;
use crate::calendar::hours::{HoursRule, HoursState, Weekdays};
use crate::calendar::instant::{Duration, EARLIEST, Instant, LATEST};
use crate::calendar::place::{Location, ZoneSet};
use crate::calendar::windows::{Window, Windows};
use crate::calendar::zone::Zone;

/// The longest stretch of time that one question about hours looks at; what lies after it is left out of the answer.
pub const LONGEST_LOOK: Duration = Duration::from_millis(800 * 86_400_000);

const MINUTE: i64 = 60_000;
const DAY: i64 = 86_400_000;

/// Nothing is known about the zone of a place, so nobody can say when it is open there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownZone;

impl fmt::Display for UnknownZone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("neither time zone nor country is known")
    }
}

/// The hours at which somebody may be contacted, or works. Cheap to clone; in JSON its text.
#[derive(Clone, Debug)]
pub struct Reachable {
    text: Arc<str>,
    rules: Arc<[HoursRule]>,
    always: bool,
    reads_holidays: bool,
}

impl Reachable {
    /// Reads the notation.
    ///
    /// # Errors
    /// What is wrong, where, and what to write instead; see [`HoursProblem`].
    pub fn parse(text: &str) -> Result<Self, HoursError> {
        let blank = text.chars().take_while(|letter| letter.is_whitespace()).count();
        let written = text.trim();
        let rules = refuse_hostile(written)
            .and_then(|()| read(written))
            .map_err(|why| HoursError { column: why.column + blank, ..why })?;
        let always = matches!(&*rules, [rule] if rule.is_everything() && rule.state == HoursState::Open);
        let mut days = rules.iter().flat_map(|rule| &rule.days);
        let reads_holidays = days.any(|day| matches!(day, Weekdays::Holiday { .. }));
        Ok(Self { text: written.into(), rules: rules.into(), always, reads_holidays })
    }

    /// The text it was read from, without blanks around it.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The same text, shared.
    pub(super) fn shared_text(&self) -> Arc<str> {
        Arc::clone(&self.text)
    }

    /// Whether it is `24/7`: open at every moment, wherever the place is.
    pub fn is_always(&self) -> bool {
        self.always
    }

    /// Whether it depends on public holidays, so that the country matters.
    pub fn reads_holidays(&self) -> bool {
        self.reads_holidays
    }

    /// The open time between two moments at a place: in its zone, or at once in all zones that it may have.
    ///
    /// Works everything out anew; for many questions ask [`crate::calendar::almanac::Almanac`]. Looks at most [`LONGEST_LOOK`] far.
    ///
    /// # Errors
    /// When the zone is unknown and the hours are not `24/7`.
    pub fn windows(&self, place: &Location, from: Instant, until: Instant) -> Result<Windows, UnknownZone> {
        let (from, until) = limited(from, until);
        if self.always {
            return Ok(Windows::all(from, until));
        }
        let days = self.days(place.country, place.region, from.utc().year() - 1, until.utc().year() + 1);
        let mut known = BTreeMap::new();
        let mut open_on = |day| Arc::clone(known.entry(day).or_insert_with(|| days.open_on(day)));
        everywhere(&place.zones, |zone| in_zone(zone, from, until, &mut open_on))
    }

    /// The hours with the holidays of a country in some years, ready to judge days.
    pub(super) fn days(&self, country: Option<Country>, region: Option<Region>, first: i32, last: i32) -> Days {
        let country = country.filter(|_| self.reads_holidays);
        Days { rules: Arc::clone(&self.rules), holidays: calendar(country, region, first, last) }
    }
}

impl PartialEq for Reachable {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for Reachable {}

impl fmt::Display for Reachable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl Serialize for Reachable {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

impl<'de> Deserialize<'de> for Reachable {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).map_err(de::Error::custom)
    }
}

/// The part of a question that is looked at.
pub(super) fn limited(from: Instant, until: Instant) -> (Instant, Instant) {
    let from = from.max(EARLIEST);
    (from, until.min(LATEST).min(from + LONGEST_LOOK))
}

/// What is open in every zone of a set.
pub(super) fn everywhere(zones: &ZoneSet, mut one: impl FnMut(Zone) -> Windows) -> Result<Windows, UnknownZone> {
    let mut zones = zones.zones().iter();
    let mut open = one(*zones.next().ok_or(UnknownZone)?);
    for zone in zones {
        if open.is_empty() {
            break;
        }
        open = open.intersect(&one(*zone));
    }
    Ok(open)
}

/// The moments from `from` to `until` at which the wall clock of a zone shows an open time.
///
/// Time is cut where the zone's offset changes; within a piece local time is a plain shift.
pub(super) fn in_zone(
    zone: Zone,
    from: Instant,
    until: Instant,
    open_on: &mut impl FnMut(i32) -> OpenTimes,
) -> Windows {
    let mut open = Windows::none();
    let mut at = from;
    while at < until {
        let (offset, end) = zone.steady(at, until);
        let shift = i64::from(offset) * 1_000;
        let first_day = (at.millis() + shift).div_euclid(DAY);
        let last_day = (end.millis() + shift - 1).div_euclid(DAY);
        for day in first_day..=last_day {
            let midnight = day * DAY - shift;
            for (opens, closes) in open_on(i32::try_from(day).unwrap_or_default()).iter() {
                open.push(Window {
                    from: at.max(Instant::from_millis(midnight + i64::from(*opens) * MINUTE)),
                    until: end.min(Instant::from_millis(midnight + i64::from(*closes) * MINUTE)),
                });
            }
        }
        at = end;
    }
    open
}

fn refuse_hostile(text: &str) -> Result<(), HoursError> {
    if text.is_empty() {
        return Err(HoursError { hint: Some("help-hours"), ..HoursError::new(HoursProblem::Empty, 1) });
    }
    if text.chars().nth(LONGEST_TEXT).is_some() {
        return Err(HoursError::new(HoursProblem::TooLong, LONGEST_TEXT + 1));
    }
    match text.chars().enumerate().filter(|(_, letter)| *letter == '[').nth(MOST_BRACKETS) {
        Some((before, _)) => Err(HoursError::new(HoursProblem::Brackets, before + 1)),
        None => Ok(()),
    }
}
