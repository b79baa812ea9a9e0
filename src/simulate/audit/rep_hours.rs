//! When reps work: their hours with and without their absences, from their records and the calendar alone.

use crate::book::rep::{DEFAULT_HOURS, Rep};
use crate::calendar::{Duration, Instant, Reachable, Windows, Zone};

/// When a rep works in some stretch of time.
#[derive(Clone, Debug)]
pub struct RepHours {
    zone: Zone,
    /// Their regular hours.
    pub regular: Windows,
    /// Their regular hours without their absences.
    pub present: Windows,
}

impl RepHours {
    /// The hours of a rep from `from` to `until`. A rep whose zone or hours cannot be read never works.
    pub fn of(rep: &Rep, from: Instant, until: Instant) -> Self {
        let place = rep.location();
        let hours = Reachable::parse(rep.hours.as_deref().unwrap_or(DEFAULT_HOURS)).ok();
        let windows = hours.zip(place).and_then(|(hours, place)| hours.windows(&place, from, until).ok());
        let regular = windows.unwrap_or_default();
        let away: Windows = rep.absences.iter().flat_map(|absence| Windows::all(absence.from, absence.until)).collect();
        Self {
            zone: place.and_then(|place| place.clock()).unwrap_or(Zone::UTC),
            present: regular.subtract(&away),
            regular,
        }
    }

    /// Whether they do not work at all on the local day of a moment.
    pub fn day_off(&self, at: Instant) -> bool {
        let day = self.zone.day(at);
        self.present.clip(day.from, day.until).is_empty()
    }

    /// The local day of a moment, as days since 1970.
    pub fn day(&self, at: Instant) -> i64 {
        self.zone.day(at).from.millis() / Duration::DAY.millis()
    }

    /// The time between two moments that lies in their regular hours.
    pub fn working_time(&self, from: Instant, until: Instant) -> Duration {
        self.regular.clip(from, until).length()
    }
}
