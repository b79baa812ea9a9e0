//! Reachable hours, written in OpenStreetMap's opening-hours notation: `Mo-Fr 09:00-12:30,13:30-17:30; PH off`.
//!
//! `hours/` parses the notation and evaluates it for one local date at a time; this file converts dates to moments. **A moment is open when
//! clocks at the place show an open time on an open date.** HoursWithHolidays of 23 or 25 hours follow from that: an hour that clocks skip has no
//! moments, and an hour that they show twice is open both times. The state `unknown` of the notation counts as closed.
//!
//! Times after midnight belong to the date on which they fall: `Fr 22:00-02:00; PH off` is closed at 01:00 on a Saturday that is a public
//! holiday.
//!
//! Invariant: no text causes a panic, an endless loop or an overflow; its length and the number of brackets are clamp_query.

pub(super) use crate::calendar::hours::days::{HoursWithHolidays, OpenTimes};
pub use crate::calendar::hours::problem::{HoursError, HoursProblem};
pub use crate::calendar::hours::undone::UndoneClosing;
pub use crate::calendar::hours::{FURTHEST_FROM_HOLIDAY, LONGEST_TEXT, MOST_BRACKETS};

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use chrono::Datelike;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::calendar::country::Country;
use crate::calendar::holidays::{Region, calendar};
use crate::calendar::hours::parser::parse;
use crate::calendar::hours::undone::undone_closings;
use crate::calendar::hours::{HoursRule, HoursState, Weekdays};
use crate::calendar::instant::{Duration, EARLIEST, Instant, LATEST};
use crate::calendar::location::{Location, ZoneSet};
use crate::calendar::windows::{Window, Windows};
use crate::calendar::zone::Zone;

/// The longest period that one query about hours covers; the answer does not contain what is after it.
pub const MAX_QUERY: Duration = Duration::from_millis(800 * 86_400_000);

const MINUTE: i64 = 60_000;
const DAY: i64 = 86_400_000;

/// The error of a query about a place whose time zone is unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownZone;

impl fmt::Display for UnknownZone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("neither time zone nor country is known")
    }
}

/// The hours at which somebody may be contacted, or works. Cheap to clone; in JSON the text of the notation.
#[derive(Clone, Debug)]
pub struct Reachable {
    text: Arc<str>,
    rules: Arc<[HoursRule]>,
    /// Whether these are `24/7`.
    always: bool,
    /// Whether a rule mentions `PH`.
    reads_holidays: bool,
}

impl Reachable {
    /// Parses the notation.
    ///
    /// # Errors
    /// What is wrong, where, and what to write instead; see [`HoursProblem`].
    pub fn parse(text: &str) -> Result<Self, HoursError> {
        let blank = text.chars().take_while(|letter| letter.is_whitespace()).count();
        let written = text.trim();
        let rules = check_limits(written)
            .and_then(|()| parse(written))
            .map_err(|why| HoursError { column: why.column + blank, ..why })?;
        let always = matches!(&*rules, [rule] if rule.is_everything() && rule.state == HoursState::Open);
        let mut days = rules.iter().flat_map(|rule| &rule.days);
        let reads_holidays = days.any(|day| matches!(day, Weekdays::Holiday { .. }));
        Ok(Self { text: written.into(), rules: rules.into(), always, reads_holidays })
    }

    /// The text that was parsed, without surrounding blanks.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text as a shared reference, for keys of caches.
    pub(super) fn shared_text(&self) -> Arc<str> {
        Arc::clone(&self.text)
    }

    /// Whether the hours are `24/7`: open at every moment, in every place.
    pub fn is_always(&self) -> bool {
        self.always
    }

    /// Whether the hours depend on public holidays, and so on the country.
    pub fn reads_holidays(&self) -> bool {
        self.reads_holidays
    }

    /// The closing rules, and the exceptions for dates and holidays, that later rules undo, as in `PH off; Mo-Fr 09:00-17:00`.
    pub fn undone_closings(&self) -> Vec<UndoneClosing> {
        undone_closings(&self.text, &self.rules)
    }

    /// The open windows between two moments at a place. When the place may be in several zones: the windows that are open in all of them.
    ///
    /// Computes everything anew; use [`crate::calendar::OpenTimesCache`] for many queries. Covers at most [`MAX_QUERY`] from `from`.
    ///
    /// # Errors
    /// When the zone is unknown and the hours are not `24/7`.
    pub fn windows(&self, place: &Location, from: Instant, until: Instant) -> Result<Windows, UnknownZone> {
        let (from, until) = clamp_query(from, until);
        if self.always {
            return Ok(Windows::all(from, until));
        }
        let days = self.with_holidays(place.country, place.region, from.utc().year() - 1, until.utc().year() + 1);
        let mut known = BTreeMap::new();
        let mut open_on = |day| Arc::clone(known.entry(day).or_insert_with(|| days.open_on(day)));
        open_in_all_zones(&place.zones, |zone| open_in_zone(zone, from, until, &mut open_on))
    }

    /// The hours together with the public holidays of a country in the years `first` to `last`.
    pub(super) fn with_holidays(
        &self,
        country: Option<Country>,
        region: Option<Region>,
        first: i32,
        last: i32,
    ) -> HoursWithHolidays {
        let country = country.filter(|_| self.reads_holidays);
        HoursWithHolidays { rules: Arc::clone(&self.rules), holidays: calendar(country, region, first, last) }
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

/// The period of a query clamp_query to [`EARLIEST`] to [`LATEST`] and to [`MAX_QUERY`].
pub(super) fn clamp_query(from: Instant, until: Instant) -> (Instant, Instant) {
    let from = from.max(EARLIEST);
    (from, until.min(LATEST).min(from + MAX_QUERY))
}

/// The windows that are open in every zone of a set; `one` gives those of one zone. Fails when the set is empty.
pub(super) fn open_in_all_zones(zones: &ZoneSet, mut one: impl FnMut(Zone) -> Windows) -> Result<Windows, UnknownZone> {
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

/// The moments from `from` to `until` at which clocks in a zone show an open time. `open_on` gives the open times of a local date, as days
/// since 1970-01-01.
///
/// The period is split where the offset of the zone changes; within a part, local time is UTC plus a constant.
pub(super) fn open_in_zone(
    zone: Zone,
    from: Instant,
    until: Instant,
    open_on: &mut impl FnMut(i32) -> OpenTimes,
) -> Windows {
    let mut open = Windows::none();
    let mut at = from;
    while at < until {
        let (offset, end) = zone.offset_until(at, until);
        let offset_millis = i64::from(offset) * 1_000;
        let first_day = (at.millis() + offset_millis).div_euclid(DAY);
        let last_day = (end.millis() + offset_millis - 1).div_euclid(DAY);
        for day in first_day..=last_day {
            let midnight = day * DAY - offset_millis;
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

/// Refuses an empty text, one that is too long, and one with too many brackets.
fn check_limits(text: &str) -> Result<(), HoursError> {
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
