//! What the tables of the calendar say, and in what two states of them differ.
//!
//! `cargo xtask renew` keeps what they said before and compares it with what they say afterwards. The rows of a table may change while it
//! says the same, and one row may say something about a hundred years; so moments and days are compared, not rows.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use cadans::calendar::instant::{EARLIEST, LATEST};
use cadans::calendar::{Country, Instant, Zone, holidays, zones_of};
use chrono::NaiveDate;

/// How many days of a country are named; of the others only how many there are.
const DAYS_NAMED: usize = 12;

/// What the tables say.
#[derive(Debug, Default, PartialEq)]
pub struct Content {
    /// For each zone the moments from which an offset holds, in order. The first is the first moment of all.
    clocks: BTreeMap<String, Vec<Period>>,
    /// The zones of each country, by its code.
    zones: BTreeMap<String, BTreeSet<String>>,
    /// The public holidays of each country, by its code.
    holidays: BTreeMap<String, BTreeSet<NaiveDate>>,
}

/// From when (milliseconds since 1970) local time runs how far ahead of UTC (seconds).
type Period = (i64, i32);

impl Content {
    /// What the tables say that this program was compiled with.
    pub fn compiled() -> Self {
        let mut content = Self::default();
        for zone in Zone::all() {
            let mut periods = Vec::new();
            let mut at = EARLIEST;
            while at < LATEST {
                let (offset, until) = zone.offset_until(at, LATEST);
                periods.push((at.millis(), offset));
                at = until;
            }
            content.clocks.insert(zone.name().to_owned(), periods);
        }
        // A country without zones, or without holidays, has no line in the text and so no entry.
        for country in Country::all() {
            let zones: BTreeSet<String> = zones_of(country).iter().map(ToString::to_string).collect();
            if !zones.is_empty() {
                content.zones.insert(country.code().to_owned(), zones);
            }
            let years = holidays::YEARS.0..=holidays::YEARS.1;
            let days = years.flat_map(|year| holidays::holidays(country, None, year)).map(|day| day.date);
            let days: BTreeSet<NaiveDate> = days.collect();
            if !days.is_empty() {
                content.holidays.insert(country.code().to_owned(), days);
            }
        }
        content
    }

    /// As text, a fact a line.
    pub fn written(&self) -> String {
        let mut text = String::new();
        for (zone, periods) in &self.clocks {
            for (at, offset) in periods {
                writeln!(text, "clock {zone} {at} {offset}").unwrap();
            }
        }
        for (country, zones) in &self.zones {
            zones.iter().for_each(|zone| writeln!(text, "zone {country} {zone}").unwrap());
        }
        for (country, days) in &self.holidays {
            days.iter().for_each(|day| writeln!(text, "holiday {country} {day}").unwrap());
        }
        text
    }

    /// Reads the text of [`written`](Self::written).
    ///
    /// # Errors
    /// Names the line that is no such text.
    pub fn read(text: &str) -> Result<Self, String> {
        let mut content = Self::default();
        for line in text.lines() {
            let words: Vec<&str> = line.split(' ').collect();
            let known = match words.as_slice() {
                ["clock", zone, at, offset] => at.parse().ok().zip(offset.parse().ok()).map(|period| {
                    content.clocks.entry((*zone).to_owned()).or_default().push(period);
                }),
                ["zone", country, zone] => {
                    content.zones.entry((*country).to_owned()).or_default().insert((*zone).to_owned());
                    Some(())
                }
                ["holiday", country, day] => day.parse().ok().map(|day| {
                    content.holidays.entry((*country).to_owned()).or_default().insert(day);
                }),
                _ => None,
            };
            known.ok_or_else(|| format!("\"{line}\" is no line of what the tables say."))?;
        }
        Ok(content)
    }

    /// In what the tables differ from what they said before, for whoever renews them: zones, then countries, then days.
    pub fn changes_since(&self, before: &Self) -> String {
        let mut text = String::new();
        for (zone, added, removed) in keys(&self.clocks, &before.clocks) {
            if added || removed {
                writeln!(text, "zone {zone}: {}", if added { "new" } else { "gone" }).unwrap();
            } else if let Some(difference) = clock_difference(&before.clocks[zone], &self.clocks[zone]) {
                writeln!(text, "zone {zone}: {difference}").unwrap();
            }
        }
        let none = BTreeSet::new();
        for (country, ..) in keys(&self.zones, &before.zones) {
            let of = |content: &Self| content.zones.get(country).cloned().unwrap_or_default();
            write_difference(&mut text, &format!("country {country}, its zones"), &of(before), &of(self));
        }
        for (country, ..) in keys(&self.holidays, &before.holidays) {
            let of = |days: &'_ BTreeMap<String, BTreeSet<NaiveDate>>| days.get(country).unwrap_or(&none).clone();
            let (old, new) = (of(&before.holidays), of(&self.holidays));
            write_difference(&mut text, &format!("country {country}, its holidays"), &old, &new);
        }
        if text.is_empty() { "The tables say what they said.\n".to_owned() } else { text }
    }
}

/// The keys of both maps, each with whether it is only in the first (added) or only in the second (removed).
fn keys<'a, T>(now: &'a BTreeMap<String, T>, before: &'a BTreeMap<String, T>) -> Vec<(&'a str, bool, bool)> {
    let all: BTreeSet<&String> = now.keys().chain(before.keys()).collect();
    all.into_iter().map(|key| (key.as_str(), !before.contains_key(key), !now.contains_key(key))).collect()
}

/// Where two clocks differ, in words; `None` when they never do.
fn clock_difference(before: &[Period], now: &[Period]) -> Option<String> {
    let offset = |periods: &[Period], at: i64| {
        let next = periods.partition_point(|(from, _)| *from <= at);
        next.checked_sub(1).map_or(0, |nth| periods[nth].1)
    };
    let turns: BTreeSet<i64> = before.iter().chain(now).map(|(from, _)| *from).collect();
    let apart: Vec<i64> = turns.iter().copied().filter(|at| offset(before, *at) != offset(now, *at)).collect();
    let first = *apart.first()?;
    let until = turns.iter().copied().find(|at| *at > first && !apart.contains(at));
    let (old, new) = (offset(before, first), offset(now, first));
    let until = until.map_or("for ever".to_owned(), |at| format!("until {}", Instant::from_millis(at)));
    // A stretch begins where they differ and did not before.
    let mut stretches = 0;
    let mut were_apart = false;
    for at in &turns {
        let are_apart = apart.contains(at);
        stretches += usize::from(are_apart && !were_apart);
        were_apart = are_apart;
    }
    let again = match stretches {
        1 => String::new(),
        2 => ", and once more later".to_owned(),
        many => format!(", and {} times more later", many - 1),
    };
    Some(format!(
        "{} instead of {} from {} {until}{again}",
        shown_offset(new),
        shown_offset(old),
        Instant::from_millis(first)
    ))
}

/// `-07:00`, with seconds where there are any.
fn shown_offset(seconds: i32) -> String {
    let (sign, size) = (if seconds < 0 { '-' } else { '+' }, seconds.unsigned_abs());
    let tail = if size % 60 == 0 { String::new() } else { format!(":{:02}", size % 60) };
    format!("{sign}{:02}:{:02}{tail}", size / 3_600, size / 60 % 60)
}

/// Writes what is only in one of two sets, as `+` and `-`.
fn write_difference<T: Ord + ToString>(text: &mut String, what: &str, before: &BTreeSet<T>, now: &BTreeSet<T>) {
    let added = now.difference(before).map(|each| format!("+{}", each.to_string()));
    let removed = before.difference(now).map(|each| format!("-{}", each.to_string()));
    let mut all: Vec<String> = added.chain(removed).collect();
    all.sort_by(|one, other| one[1..].cmp(&other[1..]));
    if all.is_empty() {
        return;
    }
    let more = all.len().saturating_sub(DAYS_NAMED);
    all.truncate(DAYS_NAMED);
    let more = if more == 0 { String::new() } else { format!(" and {more} more") };
    writeln!(text, "{what}: {}{more}", all.join(" ")).unwrap();
}
