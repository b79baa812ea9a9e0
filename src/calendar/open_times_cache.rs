//! A cache of open times, so that many leads with the same hours in the same place cost as much as one.
//!
//! An [`OpenTimesCache`] is made for one run of decisions and thrown away after it. It keeps, for hours and a place, the open
//! windows of periods of 32 days, and for hours and a country the open times of each day, which the zones of the country share. Its answers
//! are those of [`Reachable::windows`], except for holidays that a team adds; a test compares the two. All methods take `&self`, and threads may share a cache.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::{Arc, Mutex};

use chrono::NaiveDate;

use crate::calendar::country::Country;
use crate::calendar::holidays::{Region, YEARS};
use crate::calendar::hours::days::{HoursWithHolidays, OpenTimes};
use crate::calendar::instant::{Duration, EARLIEST, Instant, LATEST};
use crate::calendar::location::{Location, ZoneSet};
use crate::calendar::reachable::{Reachable, UnknownZone, clamp_query, open_in_all_zones, open_in_zone};
use crate::calendar::team_holidays::TeamHolidays;
use crate::calendar::windows::{Window, Windows, clip};
use crate::lock::lock;

/// The length of the periods that are computed at once, in milliseconds. A query of 14 days touches at most two.
const PERIOD: i64 = 32 * 86_400_000;

/// Hours are identified by their text.
type HoursText = Arc<str>;
/// Each computed period; period `n` starts `n * PERIOD` milliseconds after 1970.
type OpenPeriods = BTreeMap<i64, OpenPeriod>;

/// One period.
#[derive(Debug)]
struct OpenPeriod {
    /// Its open windows, in order of time.
    windows: Arc<[Window]>,
    /// The length of all of them together.
    length: Duration,
}

impl OpenPeriod {
    fn new(windows: Arc<[Window]>) -> Self {
        let length = windows.iter().fold(Duration::ZERO, |sum, window| sum + window.length());
        Self { windows, length }
    }
}

/// Called with a period and its start and end; the visit of periods ends when it returns `Some`.
type VisitPeriod<'v, T> = &'v mut dyn FnMut(&OpenPeriod, (Instant, Instant)) -> Option<T>;

/// A cache of open windows; see the [module](self).
#[derive(Debug, Default)]
pub struct OpenTimesCache {
    /// The days that a team adds to the public holidays.
    added: TeamHolidays,
    periods: Mutex<BTreeMap<(ZoneAndHolidays, HoursText), OpenPeriods>>,
    days: Mutex<BTreeMap<(HolidayCalendar, HoursText), CachedDays>>,
}

/// The parts of a [`Location`] on which open times depend.
type ZoneAndHolidays = (ZoneSet, HolidayCalendar);
/// The country and region whose public holidays apply; `None` for hours that do not mention holidays.
type HolidayCalendar = (Option<Country>, Option<Region>);

/// The days of some hours under one holiday calendar.
#[derive(Debug)]
struct CachedDays {
    hours: HoursWithHolidays,
    /// The open times computed so far, by days since 1970-01-01.
    open: BTreeMap<i32, OpenTimes>,
}

impl OpenTimesCache {
    /// An empty cache.
    pub fn new() -> Self {
        Self::default()
    }

    /// An empty cache for hours in which these days are public holidays too.
    pub fn with_holidays(added: TeamHolidays) -> Self {
        Self { added, ..Self::default() }
    }

    /// The days that a team adds to the public holidays.
    pub fn added_holidays(&self) -> &TeamHolidays {
        &self.added
    }

    /// The open windows between two moments, as [`Reachable::windows`] gives them.
    ///
    /// # Errors
    /// When the zone is unknown and the hours are not `24/7`.
    pub fn windows(
        &self,
        hours: &Reachable,
        place: &Location,
        from: Instant,
        until: Instant,
    ) -> Result<Windows, UnknownZone> {
        let (from, until) = clamp_query(from, until);
        if hours.is_always() {
            return Ok(Windows::all(from, until));
        }
        let mut open = Windows::none();
        self.visit_periods(hours, place, (from, until), true, &mut |period, _| {
            clip(&period.windows, from, until).for_each(|window| open.push(window));
            None::<()>
        })?;
        Ok(open)
    }

    /// The first open moment at or after `from` and before `until`.
    ///
    /// # Errors
    /// When the zone is unknown and the hours are not `24/7`.
    pub fn first_open(
        &self,
        hours: &Reachable,
        place: &Location,
        from: Instant,
        until: Instant,
    ) -> Result<Option<Instant>, UnknownZone> {
        let (from, until) = clamp_query(from, until);
        if hours.is_always() {
            return Ok((from < until).then_some(from));
        }
        self.visit_periods(hours, place, (from, until), true, &mut |period, _| {
            clip(&period.windows, from, until).next().map(|window| window.from)
        })
    }

    /// Whether a moment is open.
    ///
    /// # Errors
    /// When the zone is unknown and the hours are not `24/7`.
    pub fn is_open(&self, hours: &Reachable, place: &Location, at: Instant) -> Result<bool, UnknownZone> {
        let next = Instant::from_millis(at.millis().saturating_add(1));
        self.first_open(hours, place, at, next).map(|first| first == Some(at))
    }

    /// The first moment by which `length` of open time has passed since `at`; for a negative length the last moment from which on `-length` of
    /// open time passes until `at`. `at` itself for zero, `None` when it is further away than `furthest` or outside [`EARLIEST`] to [`LATEST`].
    ///
    /// A period that is passed as a whole costs one addition, whatever the hours are.
    ///
    /// # Errors
    /// When the zone is unknown and the hours are not `24/7`.
    pub fn add_open_time(
        &self,
        hours: &Reachable,
        place: &Location,
        at: Instant,
        length: Duration,
        furthest: Duration,
    ) -> Result<Option<Instant>, UnknownZone> {
        let forward = length > Duration::ZERO;
        let (low, high) = if forward { (at, at + furthest) } else { (at - furthest, at) };
        let (low, high) = (low.max(EARLIEST), high.min(LATEST));
        if hours.is_always() || length == Duration::ZERO {
            let reached = at + length;
            return Ok((length == Duration::ZERO || (low..=high).contains(&reached)).then_some(reached));
        }
        let mut left = if forward { length } else { -length };
        let mut pass = |period: &OpenPeriod, (first, end): (Instant, Instant)| {
            let whole = low <= first && end <= high;
            if whole && period.length < left {
                left = left - period.length;
                return None;
            }
            let mut windows = clip(&period.windows, low, high);
            while let Some(window) = if forward { windows.next() } else { windows.next_back() } {
                if window.length() >= left {
                    return Some(if forward { window.from + left } else { window.until - left });
                }
                left = left - window.length();
            }
            None
        };
        self.visit_periods(hours, place, (low, high), forward, &mut pass)
    }

    /// Passes the periods between two moments with their start and end to `visit`, in order of time or the other way round, until it returns
    /// `Some`. A period can start before `from` and end after `until`.
    fn visit_periods<T>(
        &self,
        hours: &Reachable,
        place: &Location,
        (from, until): (Instant, Instant),
        forward: bool,
        visit: VisitPeriod<'_, T>,
    ) -> Result<Option<T>, UnknownZone> {
        if place.zones.zones().is_empty() {
            return Err(UnknownZone);
        }
        if from >= until {
            return Ok(None);
        }
        let country = place.country.filter(|_| hours.reads_holidays());
        let calendar = (country, place.region.filter(|_| country.is_some()));
        let mut known = lock(&self.periods);
        let periods = known.entry(((place.zones, calendar), hours.shared_text())).or_default();
        let mut numbers = from.millis().div_euclid(PERIOD)..=(until.millis() - 1).div_euclid(PERIOD);
        while let Some(number) = if forward { numbers.next() } else { numbers.next_back() } {
            let first = Instant::from_millis(number * PERIOD);
            let end = Instant::from_millis((number + 1) * PERIOD).min(LATEST);
            let period = match periods.entry(number) {
                Entry::Occupied(known) => known.into_mut(),
                Entry::Vacant(new) => {
                    new.insert(OpenPeriod::new(self.compute_period(hours, &place.zones, calendar, first, end)?))
                }
            };
            if let Some(answer) = visit(period, (first, end)) {
                return Ok(Some(answer));
            }
        }
        Ok(None)
    }

    /// The days that a team adds in a country, as days since 1970-01-01.
    fn added_days(&self, country: Option<Country>) -> impl Iterator<Item = i32> {
        country.into_iter().flat_map(|country| self.added.of(country)).map(NaiveDate::to_epoch_days)
    }

    /// Computes the open windows of one period, from the cached open times of its days.
    fn compute_period(
        &self,
        hours: &Reachable,
        zones: &ZoneSet,
        calendar: HolidayCalendar,
        from: Instant,
        until: Instant,
    ) -> Result<Arc<[Window]>, UnknownZone> {
        let mut known = lock(&self.days);
        let days = known.entry((calendar, hours.shared_text())).or_insert_with(|| CachedDays {
            hours: hours.with_holidays(calendar.0, calendar.1, YEARS.0, YEARS.1).and(self.added_days(calendar.0)),
            open: BTreeMap::new(),
        });
        let CachedDays { hours, open } = days;
        let mut open_on = |day| Arc::clone(open.entry(day).or_insert_with(|| hours.open_on(day)));
        let windows = open_in_all_zones(zones, |zone| open_in_zone(zone, from, until, &mut open_on))?;
        Ok(windows.as_slice().into())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::calendar::{Country, Duration, Zone};

    fn places() -> Vec<Location> {
        let zone = |name| Location::at(Zone::parse(name).unwrap(), None, None);
        let country = |code| Location::in_country(Country::parse(code).unwrap(), None);
        vec![
            zone("Europe/Amsterdam"),
            zone("America/New_York"),
            zone("Australia/Lord_Howe"),
            zone("Pacific/Apia"),
            country("US"),
            country("DE"),
            Location { region: Region::parse("BY").ok(), ..country("DE") },
            Location::UNKNOWN,
        ]
    }

    #[test]
    fn a_cache_gives_the_same_answers_as_the_hours_without_it() {
        let cache = OpenTimesCache::new();
        let texts = ["Mo-Fr 09:00-12:30,13:30-17:30; PH off", "Mo-Su 20:00-04:00", "24/7", "off", "PH 10:00-12:00"];
        let hours: Vec<Reachable> = texts.iter().map(|text| Reachable::parse(text).unwrap()).collect();
        let queries = (0..hours.len(), 0..places().len(), 0..LATEST.millis(), 0..60 * 24 * 100_i64);
        let mut runner = proptest::test_runner::TestRunner::deterministic();
        let test = runner.run(&queries, |(hours_at, place_at, from, minutes)| {
            let (hours, place) = (&hours[hours_at], places()[place_at]);
            let from = Instant::from_millis(from);
            let until = from + Duration::MINUTE.times(minutes).unwrap();
            let direct = hours.windows(&place, from, until);
            prop_assert_eq!(cache.windows(hours, &place, from, until), direct.clone());
            let first = direct.clone().map(|open| open.first_at_or_after(from));
            prop_assert_eq!(cache.first_open(hours, &place, from, until), first);
            prop_assert_eq!(
                cache.is_open(hours, &place, from),
                hours.windows(&place, from, from + Duration::SECOND).map(|open| open.contains(from))
            );
            Ok(())
        });
        test.unwrap();
    }
}
