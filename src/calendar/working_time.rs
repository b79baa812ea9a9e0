//! Calculations in working time: working days, business hours, "24 working hours from now".
//!
//! Working time is the time at which some hours are open at a place, with public holidays, lunch breaks and changes of the clocks taken
//! into account. A working day is a date with any working time. Dates are those of the place's main zone (see [`Location::clock`]).
//!
//! No calculation looks further than [`MAX_QUERY`]; adding a length of working time, which passes whole months at once, [`LONGEST_LAPSE`].
//! When there is no result within it, as for hours that never open, the result is `None`.

use chrono::{Days, NaiveDate};

use crate::calendar::instant::{Duration, Instant};
use crate::calendar::location::Location;
use crate::calendar::open_times_cache::OpenTimesCache;
use crate::calendar::reachable::{MAX_QUERY, Reachable, UnknownZone};
use crate::calendar::units::LONGEST_LAPSE;
use crate::calendar::windows::Windows;
use crate::calendar::zone::Zone;

/// The working hours of a place, with a cache of open times.
#[derive(Clone, Copy, Debug)]
pub struct WorkingTime<'a> {
    hours: &'a Reachable,
    place: &'a Location,
    cache: &'a OpenTimesCache,
    clock: Zone,
}

impl<'a> WorkingTime<'a> {
    /// Working time according to `hours` at `place`.
    ///
    /// # Errors
    /// When the zone of the place is unknown: then there are no dates to count.
    pub fn new(hours: &'a Reachable, place: &'a Location, cache: &'a OpenTimesCache) -> Result<Self, UnknownZone> {
        let clock = place.clock().ok_or(UnknownZone)?;
        Ok(Self { hours, place, cache, clock })
    }

    /// Whether there is working time on a date.
    pub fn is_working_day(&self, date: NaiveDate) -> bool {
        let Some(next) = date.succ_opt() else { return false };
        self.has_working_time(self.clock.start_of_day(date), self.clock.start_of_day(next))
    }

    /// Whether there is working time between two moments.
    pub fn has_working_time(&self, from: Instant, until: Instant) -> bool {
        self.first(from, until).is_some()
    }

    /// The moment itself when it is working time, else the next one that is.
    pub fn closest_working_time(&self, at: Instant) -> Option<Instant> {
        self.first(at, at + MAX_QUERY)
    }

    /// The amount of working time between two moments; zero when `until` is not after `from`.
    pub fn summed_working_hours(&self, from: Instant, until: Instant) -> Duration {
        self.windows(from, until).length()
    }

    /// The number of working days from `from` to `until`: those among the dates after the date of `from`, up to and including the date of
    /// `until`. Friday to Monday is 1. Negative when the date of `until` is earlier.
    pub fn working_days(&self, from: Instant, until: Instant) -> i64 {
        let (first, last) = (self.clock.local(from).date(), self.clock.local(until).date());
        let between = |low: NaiveDate, high: NaiveDate| {
            let longest = usize::try_from(MAX_QUERY.millis() / Duration::DAY.millis()).unwrap_or_default();
            let dates = low.iter_days().skip(1).take_while(|date| *date <= high).take(longest);
            i64::try_from(dates.filter(|date| self.is_working_day(*date)).count()).unwrap_or(i64::MAX)
        };
        if first <= last { between(first, last) } else { -between(last, first) }
    }

    /// The time of day of `at`, `count` working days later, or earlier when `count` is negative; `at` itself for 0. Friday 16:00 plus 1 working
    /// day is Monday 16:00, even when that is after closing time.
    pub fn add_working_days(&self, at: Instant, count: i64) -> Option<Instant> {
        if count == 0 {
            return Some(at);
        }
        let local = self.clock.local(at).naive();
        let one = Days::new(1);
        let mut date = local.date();
        let mut left = count.unsigned_abs();
        for _ in 0..MAX_QUERY.millis() / Duration::DAY.millis() {
            date = if count > 0 { date.checked_add_days(one)? } else { date.checked_sub_days(one)? };
            if self.is_working_day(date) {
                left -= 1;
                if left == 0 {
                    return Some(self.clock.resolve(date.and_time(local.time())));
                }
            }
        }
        None
    }

    /// The first moment by which `length` of working time has passed since `at`: eight hours from Friday 16:00, when work ends at 17:30, is on
    /// Monday. `at` itself for zero; a moment before `at` for a negative length.
    pub fn add_working_time(&self, at: Instant, length: Duration) -> Option<Instant> {
        self.cache.add_open_time(self.hours, self.place, at, length, LONGEST_LAPSE).unwrap_or_default()
    }

    // `new` refuses an unknown zone, so the default below is never used for one.
    fn windows(&self, from: Instant, until: Instant) -> Windows {
        self.cache.windows(self.hours, self.place, from, until).unwrap_or_default()
    }

    fn first(&self, from: Instant, until: Instant) -> Option<Instant> {
        self.cache.first_open(self.hours, self.place, from, until).unwrap_or_default()
    }
}
