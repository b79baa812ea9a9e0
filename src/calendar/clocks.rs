//! What the clocks of every zone do between 1970 and 2099: how far they run ahead of UTC, and when that changes.
//!
//! The table is `clocks.txt` beside this file, written by `cargo xtask generate calendar` from the IANA time zone database as the crate
//! `chrono-tz` has it, which a test holds it to. It is told in rules ("from 2007 on, the second Sunday of March at 2:00, to -4"), because
//! a list of all changes would be the largest thing in the module. A zone's rules are written out when it is first asked for.

use std::sync::{LazyLock, OnceLock};

use chrono::NaiveDateTime;

use crate::calendar::yearly::{YearlyDay, years};
use crate::order;

const TABLE: &str = include_str!("clocks.txt");
/// Rules without an end hold up to this year; after it clocks stay as they are.
const LAST_YEAR: i32 = 2099;
/// No local time is further from UTC than this, in milliseconds.
const WIDEST: i64 = 26 * 3_600_000;

/// The clocks of one zone: pieces of time with one offset each.
#[derive(Debug, Default)]
pub(super) struct ZoneClock {
    /// In order of time, without gaps; the first has no beginning.
    pieces: Vec<OffsetPeriod>,
}

/// A stretch of time in which the offset stays the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct OffsetPeriod {
    /// Its first moment, in milliseconds since 1970.
    pub(super) from: i64,
    /// The first moment after it.
    pub(super) until: i64,
    /// Seconds ahead of UTC.
    pub(super) offset: i32,
}

impl OffsetPeriod {
    fn shift(self) -> i64 {
        i64::from(self.offset) * 1_000
    }
}

impl ZoneClock {
    /// The piece that a moment lies in.
    pub(super) fn at(&self, millis: i64) -> OffsetPeriod {
        let place = self.pieces.partition_point(|piece| piece.until <= millis);
        self.pieces.get(place).copied().unwrap_or(OffsetPeriod { from: i64::MIN, until: i64::MAX, offset: 0 })
    }

    /// The first moment at which the clocks show a local time, or, when they jump over it, the first after the jump.
    pub(super) fn resolve(&self, local: i64) -> i64 {
        let first = self.pieces.partition_point(|piece| piece.until <= local.saturating_sub(WIDEST));
        let mut near = self.pieces.iter().skip(first);
        let shown = near.find(|piece| piece.until == i64::MAX || piece.until + piece.shift() > local);
        shown.map_or(local, |piece| piece.from.max(local - piece.shift()))
    }

    /// Reads the rules of a zone: the first offset, then again and again years, day, local time and the offset from then on.
    fn read(rules: &str) -> Option<Self> {
        let mut words = rules.split(' ');
        let mut offset = clock_time(words.next()?)?;
        let mut changes: Vec<(NaiveDateTime, i32)> = Vec::new();
        while let Some(word) = words.next() {
            let (on, time, to) =
                (YearlyDay::parse(words.next()?)?, clock_time(words.next()?)?, clock_time(words.next()?)?);
            let days = years(word, LAST_YEAR)?.filter_map(|year| on.day(year));
            let time = chrono::Duration::seconds(i64::from(time));
            changes.extend(days.filter_map(|day| Some((day.and_hms_opt(0, 0, 0)?.checked_add_signed(time)?, to))));
        }
        order::sort(&mut changes);
        changes.dedup();
        let mut pieces = Vec::with_capacity(changes.len() + 1);
        let mut from = i64::MIN;
        for (local, to) in changes {
            let until = local.and_utc().timestamp_millis() - i64::from(offset) * 1_000;
            pieces.push(OffsetPeriod { from, until, offset });
            (from, offset) = (until, to);
        }
        pieces.push(OffsetPeriod { from, until: i64::MAX, offset });
        Some(Self { pieces })
    }
}

/// `5:30`, `-4`, `0:19:32`: hours, minutes and seconds, in seconds.
fn clock_time(text: &str) -> Option<i32> {
    let (sign, text) = text.strip_prefix('-').map_or((1, text), |text| (-1, text));
    let mut parts = text.split(':').map(|part| part.parse::<i32>().ok());
    let (hours, minutes, seconds) =
        (parts.next()??, parts.next().unwrap_or(Some(0))?, parts.next().unwrap_or(Some(0))?);
    Some(sign * (hours * 3_600 + minutes * 60 + seconds))
}

struct ClockRow {
    name: &'static str,
    rules: &'static str,
    /// The place of the row that has the rules: its own, or that of the zone whose clocks it shares.
    owner: usize,
    clock: OnceLock<ZoneClock>,
}

static ROWS: LazyLock<Vec<ClockRow>> = LazyLock::new(|| {
    let lines = TABLE.lines().filter_map(|line| line.split_once(' ')).filter(|(name, _)| *name != "#");
    let numbered = lines.enumerate();
    let mut rows: Vec<ClockRow> =
        numbered.map(|(owner, (name, rules))| ClockRow { name, rules, owner, clock: OnceLock::new() }).collect();
    for place in 0..rows.len() {
        let shared = rows.get(place).and_then(|row| row.rules.strip_prefix('='));
        let owner = shared.and_then(|name| rows.binary_search_by(|row| row.name.cmp(name)).ok());
        if let (Some(owner), Some(row)) = (owner, rows.get_mut(place)) {
            row.owner = owner;
        }
    }
    rows
});

/// The names of all zones, sorted; the place of a name is the number of its zone.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    ROWS.iter().map(|row| row.name)
}

/// The name of a zone.
pub(super) fn name(number: u16) -> &'static str {
    ROWS.get(usize::from(number)).map_or("", |row| row.name)
}

/// The number of the zone with a name.
pub(super) fn number(name: &str) -> Option<u16> {
    ROWS.binary_search_by(|row| row.name.cmp(name)).ok().and_then(|place| u16::try_from(place).ok())
}

/// The clocks of a zone.
pub(super) fn clock(number: u16) -> &'static ZoneClock {
    static NONE: ZoneClock = ZoneClock { pieces: Vec::new() };
    let owner = ROWS.get(usize::from(number)).and_then(|row| ROWS.get(row.owner));
    owner.map_or(&NONE, |row| row.clock.get_or_init(|| ZoneClock::read(row.rules).unwrap_or_default()))
}
