//! A memo of open time, so that many leads with the same hours in the same place cost what one costs.
//!
//! An [`OpenTimesCache`] is made for one run of decisions and thrown away after it. It keeps, for hours and a place, the open
//! windows of stretches of 32 days, and for hours and a country the open times of each day, which the zones of the country share. It only
//! remembers: every answer is the one that [`Reachable::windows`] gives (a test holds the two together).

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::{Arc, Mutex};

use crate::calendar::country::Country;
use crate::calendar::holidays::{Region, YEARS};
use crate::calendar::hours::days::{Days, OpenTimes};
use crate::calendar::instant::{Instant, LATEST};
use crate::calendar::place::{Location, ZoneSet};
use crate::calendar::reachable::{Reachable, UnknownZone, everywhere, in_zone, limited};
use crate::calendar::windows::{Window, Windows, clip};
use crate::lock::lock;

/// How long a stretch is that is worked out at once, in milliseconds. A look of 14 days meets at most two.
const STRETCH: i64 = 32 * 86_400_000;

/// Hours, by their text: equal texts are equal hours.
type HoursText = Arc<str>;
type OpenStretches = BTreeMap<i64, Arc<[Window]>>;

/// Open time, worked out once and then remembered.
#[derive(Debug, Default)]
pub struct OpenTimesCache {
    stretches: Mutex<BTreeMap<(ZoneAndHolidays, HoursText), OpenStretches>>,
    days: Mutex<BTreeMap<(HolidayCalendar, HoursText), CachedDays>>,
}

/// What matters of a place for when it is open.
type ZoneAndHolidays = (ZoneSet, HolidayCalendar);
/// Whose public holidays are kept; nothing for hours that do not ask.
type HolidayCalendar = (Option<Country>, Option<Region>);

#[derive(Debug)]
struct CachedDays {
    hours: Days,
    open: BTreeMap<i32, OpenTimes>,
}

impl OpenTimesCache {
    /// An almanac that remembers nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// The open time between two moments; see [`Reachable::windows`], whose answer it is.
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
        let (from, until) = limited(from, until);
        if hours.is_always() {
            return Ok(Windows::all(from, until));
        }
        let mut open = Windows::none();
        self.over(hours, place, from, until, |stretch| {
            clip(stretch, from, until).for_each(|window| open.push(window));
            None::<()>
        })?;
        Ok(open)
    }

    /// The first open moment from `from` on and before `until`.
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
        let (from, until) = limited(from, until);
        if hours.is_always() {
            return Ok((from < until).then_some(from));
        }
        self.over(hours, place, from, until, |stretch| clip(stretch, from, until).next().map(|window| window.from))
    }

    /// Whether a moment is open.
    ///
    /// # Errors
    /// When the zone is unknown and the hours are not `24/7`.
    pub fn is_open(&self, hours: &Reachable, place: &Location, at: Instant) -> Result<bool, UnknownZone> {
        let next = Instant::from_millis(at.millis().saturating_add(1));
        self.first_open(hours, place, at, next).map(|first| first == Some(at))
    }

    /// Shows the stretches between two moments, in order of time, until one gives an answer.
    fn over<T>(
        &self,
        hours: &Reachable,
        place: &Location,
        from: Instant,
        until: Instant,
        mut look: impl FnMut(&[Window]) -> Option<T>,
    ) -> Result<Option<T>, UnknownZone> {
        if place.zones.zones().is_empty() {
            return Err(UnknownZone);
        }
        if from >= until {
            return Ok(None);
        }
        let country = place.country.filter(|_| hours.reads_holidays());
        let calendar = (country, place.region.filter(|_| country.is_some()));
        let mut known = lock(&self.stretches);
        let stretches = known.entry(((place.zones, calendar), hours.shared_text())).or_default();
        for number in from.millis().div_euclid(STRETCH)..=(until.millis() - 1).div_euclid(STRETCH) {
            let stretch = match stretches.entry(number) {
                Entry::Occupied(known) => known.into_mut(),
                Entry::Vacant(new) => {
                    let first = Instant::from_millis(number * STRETCH);
                    let end = Instant::from_millis((number + 1) * STRETCH).min(LATEST);
                    new.insert(self.work_out(hours, &place.zones, calendar, first, end)?)
                }
            };
            if let Some(answer) = look(stretch) {
                return Ok(Some(answer));
            }
        }
        Ok(None)
    }

    fn work_out(
        &self,
        hours: &Reachable,
        zones: &ZoneSet,
        calendar: HolidayCalendar,
        from: Instant,
        until: Instant,
    ) -> Result<Arc<[Window]>, UnknownZone> {
        let mut known = lock(&self.days);
        let days = known.entry((calendar, hours.shared_text())).or_insert_with(|| CachedDays {
            hours: hours.days(calendar.0, calendar.1, YEARS.0, YEARS.1),
            open: BTreeMap::new(),
        });
        let CachedDays { hours, open } = days;
        let mut open_on = |day| Arc::clone(open.entry(day).or_insert_with(|| hours.open_on(day)));
        let windows = everywhere(zones, |zone| in_zone(zone, from, until, &mut open_on))?;
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
    fn one_almanac_answers_as_the_hours_themselves_do() {
        let almanac = OpenTimesCache::new();
        let texts = ["Mo-Fr 09:00-12:30,13:30-17:30; PH off", "Mo-Su 20:00-04:00", "24/7", "off", "PH 10:00-12:00"];
        let hours: Vec<Reachable> = texts.iter().map(|text| Reachable::parse(text).unwrap()).collect();
        let asked = (0..hours.len(), 0..places().len(), 0..LATEST.millis(), 0..60 * 24 * 100_i64);
        let mut runner = proptest::test_runner::TestRunner::deterministic();
        let test = runner.run(&asked, |(hours_at, place_at, from, minutes)| {
            let (hours, place) = (&hours[hours_at], places()[place_at]);
            let from = Instant::from_millis(from);
            let until = from + Duration::MINUTE.times(minutes).unwrap();
            let direct = hours.windows(&place, from, until);
            prop_assert_eq!(almanac.windows(hours, &place, from, until), direct.clone());
            let first = direct.clone().map(|open| open.first_at_or_after(from));
            prop_assert_eq!(almanac.first_open(hours, &place, from, until), first);
            prop_assert_eq!(
                almanac.is_open(hours, &place, from),
                hours.windows(&place, from, from + Duration::SECOND).map(|open| open.contains(from))
            );
            Ok(())
        });
        test.unwrap();
    }
}
