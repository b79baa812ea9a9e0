//! Lengths of working time as conditions compare them with how long ago something was: `lead.since("reply") < 3.working_days`.
//!
//! Working time is that of the owner of the lead: their regular hours where they work, without absences, with the public holidays there.
//! Without a known owner it is the usual hours at the place of the lead. A working day is a day with working time; three of them later is the
//! same time of day. Where the zone is not known, time counts by the clock.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use crate::book::rep::{DEFAULT_HOURS, Rep};
use crate::book::value::Value;
use crate::calendar::{Duration, Instant, OpenTimesCache, Reachable, TeamHolidays, WorkingTime};
use crate::evaluate::facts::FactContext;
use crate::lock::lock;

/// Opening hours parsed so far, and when they are open, with the public holidays that a rulebook adds. Conditions, gates and placement share it.
#[derive(Debug, Default)]
pub struct WorkingCalendar {
    /// Open windows per opening hours and location.
    pub(crate) open_times: OpenTimesCache,
    hours: Mutex<BTreeMap<String, Option<Arc<Reachable>>>>,
}

impl WorkingCalendar {
    /// A calendar with these days added to the public holidays.
    pub(crate) fn with_holidays(added: TeamHolidays) -> Self {
        Self { open_times: OpenTimesCache::with_holidays(added), ..Self::default() }
    }

    /// Opening hours by their text; `None` when the text cannot be parsed.
    pub(crate) fn hours(&self, text: &str) -> Option<Arc<Reachable>> {
        if let Some(known) = lock(&self.hours).get(text) {
            return known.clone();
        }
        let hours = Reachable::parse(text).ok().map(Arc::new);
        lock(&self.hours).insert(text.to_owned(), hours.clone());
        hours
    }
}

impl FactContext {
    /// The clock time from a moment until a length of working time has passed since.
    pub(crate) fn clock_length_from(&self, from: Instant, working: &Value) -> Duration {
        self.worked_until(from, working).map_or_else(|| by_clock(working), |until| until - from)
    }

    /// This context with the working hours and holidays of a rulebook.
    pub(crate) fn with_calendar(&self, calendar: &Arc<WorkingCalendar>) -> Self {
        Self { calendar: Some(calendar.clone()), ..self.clone() }
    }

    fn worked_until(&self, from: Instant, working: &Value) -> Option<Instant> {
        let lead = self.lead()?;
        let owner = lead.owner.as_deref().and_then(|id| self.book().rep(id));
        let place = owner.and_then(Rep::location).or_else(|| Some(lead.location_of(lead.people.first()?)))?;
        let calendar = self.calendar.clone().unwrap_or_default();
        let hours = calendar.hours(owner.and_then(|rep| rep.hours.as_deref()).unwrap_or(DEFAULT_HOURS))?;
        let time = WorkingTime::new(&hours, &place, &calendar.open_times).ok()?;
        match working {
            Value::WorkingLength(length) => time.add_working_time(from, *length),
            Value::WorkingDays(days) => time.add_working_days(from, *days),
            _ => None,
        }
    }
}

/// A length of working time as if all time were worked; nothing for another value.
pub(crate) fn by_clock(working: &Value) -> Duration {
    match working {
        Value::WorkingLength(length) => *length,
        Value::WorkingDays(days) => Duration::DAY.times(*days).unwrap_or_default(),
        _ => Duration::ZERO,
    }
}
