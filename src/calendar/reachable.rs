//! Reachable hours, written in OpenStreetMap's opening-hours notation: `Mo-Fr 09:00-12:30,13:30-17:30; PH off`.
//!
//! The notation is read and judged a day at a time by the `opening-hours` crate; this file says what we take of it and
//! turns days into moments. The rule for moments is one: **a moment is open when the wall clock of the place shows an open
//! time on an open date.** So a day of 23 or 25 hours needs no case of its own: an hour that the clocks skip has no
//! moments, and an hour that they show twice is open both times. Time counts as closed when the notation says `unknown`.
//!
//! Refused, each with its reason: sunrise and sunset (we have no coordinates), school holidays, open ends, comments, points
//! in time. A day's part after midnight follows the day it falls on where the two disagree: `Fr 22:00-02:00; PH off` is closed at
//! one in the night of a Saturday that is a public holiday.
//!
//! Invariant: no text makes this panic, hang or overflow; its length and the number of brackets are limited, since the grammar of the
//! crate takes three times as long for each bracket more.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use chrono::{Datelike, NaiveDate};
use opening_hours::{Context, OpeningHours, RuleKind};
use opening_hours_syntax::rules::day::{HolidayKind, MonthdayRange, WeekDayRange};
use opening_hours_syntax::rules::time::Time;
use opening_hours_syntax::rules::{OpeningHoursExpression, RuleSequence};
use opening_hours_syntax::{Error, error};
use pest::error::InputLocation;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::country::Country;
use super::holidays::{Region, calendar};
use super::instant::{Duration, EARLIEST, Instant, LATEST};
use super::place::{Place, ZoneSet};
use super::windows::{Window, Windows};
use super::zone::Zone;

/// The longest text that is read as hours, in characters.
pub const LONGEST_TEXT: usize = 500;
/// The most square brackets (`Mo[1]`, the first Monday) in one text.
pub const MOST_BRACKETS: usize = 6;
/// The furthest that a holiday may be moved: `PH +31 days`.
pub const FURTHEST_FROM_HOLIDAY: u16 = 31;
/// The longest stretch of time that one question about hours looks at; what lies after it is left out of the answer.
pub const LONGEST_LOOK: Duration = Duration::from_millis(800 * 86_400_000);

const MINUTE: i64 = 60_000;
const DAY: i64 = 86_400_000;
const EXAMPLE: &str = "write it as Mo-Fr 09:00-12:30,13:30-17:30; PH off";

/// Hours that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HoursError {
    /// What is wrong.
    pub message: String,
    /// What to write instead.
    pub help: String,
    /// Where in the text, in characters, counted from 1.
    pub column: usize,
}

impl fmt::Display for HoursError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} (column {}); {}", self.message, self.column, self.help)
    }
}

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
    hours: OpeningHours,
    always: bool,
    reads_holidays: bool,
}

impl Reachable {
    /// Reads the notation.
    ///
    /// # Errors
    /// What is wrong, where, and what to write instead; see the list of refusals at the head of this file.
    pub fn parse(text: &str) -> Result<Self, HoursError> {
        let blank = text.chars().take_while(|letter| letter.is_whitespace()).count();
        let read = text.trim();
        refuse_hostile(read)
            .and_then(|()| OpeningHours::from_str(read).map_err(|why| explain(read, &why)))
            .and_then(|hours| {
                let tree = hours.get_expression();
                refuse_unknowable(read, &tree)?;
                let always = matches!(&*tree.rules, [rule] if rule.is_constant() && rule.kind == RuleKind::Open);
                let reads_holidays = weekdays(&tree).any(|day| matches!(day, WeekDayRange::Holiday { .. }));
                Ok(Self { text: read.into(), hours, always, reads_holidays })
            })
            .map_err(|why| HoursError { column: why.column + blank, ..why })
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
    /// Works everything out anew; for many questions ask [`super::almanac::Almanac`]. Looks at most [`LONGEST_LOOK`] far.
    ///
    /// # Errors
    /// When the zone is unknown and the hours are not `24/7`.
    pub fn windows(&self, place: &Place, from: Instant, until: Instant) -> Result<Windows, UnknownZone> {
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
        let context = Context::default().with_holidays(calendar(country, region, first, last));
        Days(self.hours.clone().with_context(context))
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

/// The open times of one local day, as minutes from midnight on the wall clock: sorted, disjoint, the end not included.
pub(super) type OpenTimes = Arc<[(u16, u16)]>;

/// Hours that know their holidays.
#[derive(Clone, Debug)]
pub(super) struct Days(OpeningHours);

impl Days {
    /// The open times of a day, given as the number of days since 1970-01-01.
    pub(super) fn open_on(&self, day: i32) -> OpenTimes {
        let Some(date) = NaiveDate::from_epoch_days(day) else { return Arc::default() };
        let times = self.0.schedule_at(date).into_iter();
        let open = times.filter(|time| time.kind == RuleKind::Open);
        open.map(|time| (time.range.start.mins_from_midnight(), time.range.end.mins_from_midnight())).collect()
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
        return Err(error_at(1, "there are no hours here", EXAMPLE));
    }
    if text.chars().nth(LONGEST_TEXT).is_some() {
        let message = format!("these hours are longer than {LONGEST_TEXT} characters");
        return Err(error_at(LONGEST_TEXT + 1, &message, "keep the hours of a normal week and PH off"));
    }
    let bracket = text.chars().enumerate().filter(|(_, letter)| *letter == '[').nth(MOST_BRACKETS);
    match bracket {
        Some((before, _)) => {
            let message = format!("these hours have more than {MOST_BRACKETS} square brackets");
            Err(error_at(before + 1, &message, "name whole weekdays, or split the rule in two"))
        }
        None => Ok(()),
    }
}

/// Refuses what the notation can say but nobody here can know.
fn refuse_unknowable(text: &str, tree: &OpeningHoursExpression) -> Result<(), HoursError> {
    let refuse = |marks: &[&str], message: &str, help: &str| Err(error_at(column_of(text, marks), message, help));
    for rule in &tree.rules {
        for span in &rule.time_selector.spans {
            let sun = matches!(span.range.start, Time::Variable(_)) || matches!(span.range.end, Time::Variable(_));
            if sun {
                let marks = ["sunrise", "sunset", "dawn", "dusk"];
                return refuse(
                    &marks,
                    "the sun rises at no known time here: a lead has no coordinates",
                    "write clock times",
                );
            }
            if span.open_end {
                return refuse(&["+"], "this says when it opens and not when it closes", "write an end: 09:00-17:30");
            }
            if span.repeats.is_some() {
                return refuse(&["/"], "this names points in time, not hours", "write a start and an end: 09:00-17:30");
            }
        }
        if !rule.comment.is_empty() {
            return refuse(&["\""], "a comment can make hours uncertain, so it is not read", "leave the comment out");
        }
        refuse_days(text, rule)?;
    }
    Ok(())
}

fn refuse_days(text: &str, rule: &RuleSequence) -> Result<(), HoursError> {
    for day in &rule.day_selector.weekday {
        match day {
            WeekDayRange::Holiday { kind: HolidayKind::School, .. } => {
                let message = "school holidays differ by school and are not known here";
                return Err(error_at(
                    column_of(text, &["sh"]),
                    message,
                    "leave SH out; PH, public holidays, are known",
                ));
            }
            WeekDayRange::Holiday { offset, .. } if offset.unsigned_abs() > FURTHEST_FROM_HOLIDAY => {
                let message = format!("this is more than {FURTHEST_FROM_HOLIDAY} days from a public holiday");
                return Err(error_at(column_of(text, &["ph +", "ph -"]), &message, "write the dates"));
            }
            _ => {}
        }
    }
    // The crate ends `2026Jan-Mar` on 1 March; with a blank it reads year and months apart, and is right.
    let glued = rule.day_selector.monthday.iter().any(|day| matches!(day, MonthdayRange::Month { year: Some(_), .. }));
    if glued {
        let letters: Vec<char> = text.chars().collect();
        let place =
            letters.windows(2).position(|pair| matches!(pair, [a, b] if a.is_ascii_digit() && b.is_alphabetic()));
        let help = "put a blank between year and month: 2026 Jan-Mar";
        return Err(error_at(place.unwrap_or_default() + 2, "the year touches the month", help));
    }
    Ok(())
}

fn weekdays(tree: &OpeningHoursExpression) -> impl Iterator<Item = &WeekDayRange> {
    tree.rules.iter().flat_map(|rule| &rule.day_selector.weekday)
}

fn error_at(column: usize, message: &str, help: &str) -> HoursError {
    HoursError { message: message.to_owned(), help: help.to_owned(), column }
}

/// The column at which the first of some lower-case marks stands.
fn column_of(text: &str, marks: &[&str]) -> usize {
    let lower = text.to_ascii_lowercase(); // keeps every byte where it is
    let place = marks.iter().filter_map(|mark| lower.find(mark)).min().unwrap_or_default();
    column(text, place)
}

/// The column of a byte of the text.
fn column(text: &str, place: usize) -> usize {
    text.char_indices().take_while(|(start, _)| *start < place).count() + 1
}

/// Puts an error of the notation in words for somebody who does not know the notation.
fn explain(text: &str, why: &Error) -> HoursError {
    match why {
        error::Error::Syntax(why) => {
            let place = match why.location {
                InputLocation::Pos(place) | InputLocation::Span((place, _)) => place,
            };
            let rest: String = text.get(place..).unwrap_or_default().chars().take(12).collect();
            let message = match rest.as_str() {
                "" => "these hours stop too early".to_owned(),
                rest => format!("\"{rest}\" cannot be read as hours"),
            };
            error_at(column(text, place), &message, hint(text))
        }
        error::Error::InvalidExtendedTime { hour, minutes } => {
            let written = format!("{hour:02}:{minutes:02}");
            let message = format!("{written} is not a time");
            error_at(column_of(text, &[&written]), &message, "hours go to 24:00, after midnight to 48:00")
        }
        error::Error::InvertedYearRange { start, end, .. } => error_at(
            column_of(text, &[&start.to_string()]),
            "the years run backwards",
            &format!("write {}-{}", **end, **start),
        ),
        error::Error::InvertedWeekRange { start, end, .. } => {
            let help = format!("write week {}-53,1-{}", **start, **end);
            error_at(column_of(text, &["week"]), "the weeks run over the end of the year", &help)
        }
        other => error_at(1, &other.to_string(), EXAMPLE),
    }
}

/// What people who write hours for the first time most often get wrong.
fn hint(text: &str) -> &'static str {
    let lower = text.to_lowercase();
    let letters: Vec<char> = lower.chars().collect();
    let digit = |at: usize| letters.get(at).is_some_and(char::is_ascii_digit);
    let bare_hours = (0..letters.len())
        .any(|at| letters.get(at) == Some(&'-') && at > 0 && digit(at - 1) && digit(at + 1) && !lower.contains(':'));
    if lower.contains(['–', '—']) {
        "use the plain hyphen between two times: 09:00-17:30"
    } else if bare_hours {
        "write the minutes too: 09:00-17:30"
    } else if (0..letters.len()).any(|at| digit(at) && matches!(letters.get(at + 1..at + 3), Some(['a' | 'p', 'm']))) {
        "write times by the 24-hour clock: 13:30, not 1:30pm"
    } else if ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].iter().any(|day| lower.contains(day)) {
        "days have two letters: Mo Tu We Th Fr Sa Su"
    } else {
        EXAMPLE
    }
}
