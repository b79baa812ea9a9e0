//! One day of one rep: their working hours, what is planned in them, and where there is still room.

use crate::book::rep::Rep;
use crate::calendar::{Duration, Instant, Window, Windows, Zone};
use crate::plan::{PlanEntry, PlannedDay};
use crate::simulate::audit::rep_hours::RepHours;

/// A day of a rep.
pub(super) struct RepDay {
    pub(super) id: String,
    pub(super) name: String,
    zone: Zone,
    /// When they work and nothing is planned.
    free: Windows,
    /// How much of the day can be planned.
    capacity: Duration,
    planned: Duration,
    entries: Vec<PlanEntry>,
}

impl RepDay {
    /// The day of a rep between two moments, of which a share, from 0 to 1, can be planned.
    pub(super) fn new(rep: &Rep, from: Instant, until: Instant, share: f64) -> Self {
        let free = RepHours::of(rep, from, until).present;
        let share = if share.is_finite() { share.clamp(0.0, 1.0) } else { 0.0 };
        // Far below the numbers that a float cannot hold; whole minutes, so that they can be added up by hand.
        let minutes = libm::floor((free.length().millis() / Duration::MINUTE.millis()) as f64 * share) as i64;
        Self {
            id: rep.id.clone(),
            name: rep.called().to_owned(),
            zone: rep.location().and_then(|place| place.clock()).unwrap_or(Zone::UTC),
            free,
            capacity: Duration::MINUTE.times(minutes).unwrap_or_default(),
            planned: Duration::ZERO,
            entries: Vec::new(),
        }
    }

    /// The first moment between two at which they have so much time at a stretch; `None` when they have not, or the day is planned full.
    pub(super) fn slot(&self, (from, until): (Instant, Instant), time: Duration) -> Option<Instant> {
        if self.planned + time > self.capacity {
            return None;
        }
        // It has to begin within the window, and may end after it.
        let stretches = self.free.iter().map(|free| (free.from.max(from), free.until));
        stretches
            .filter(|(start, end)| *start < until && *end - *start >= time && start < end)
            .map(|(start, _)| start)
            .next()
    }

    /// Plans something at its moment.
    pub(super) fn put(&mut self, entry: PlanEntry) {
        let entry = PlanEntry { local_at: self.zone.local(entry.at).to_string(), ..entry };
        let time = Duration::MINUTE.times(entry.minutes).unwrap_or_default();
        self.free = self.free.subtract(&[Window { from: entry.at, until: entry.at + time }].into_iter().collect());
        self.planned = self.planned + time;
        self.entries.push(entry);
    }

    /// The day as it is planned, by time; `day` is what the team calls it.
    pub(super) fn finish(mut self, day: &str) -> PlannedDay {
        self.entries.sort_by(|one, other| one.at.cmp(&other.at).then_with(|| one.lead.cmp(&other.lead)));
        PlannedDay {
            rep: self.id,
            rep_name: self.name,
            day: day.to_owned(),
            zone: self.zone.name().to_owned(),
            minutes: self.capacity.millis() / Duration::MINUTE.millis(),
            planned_minutes: self.planned.millis() / Duration::MINUTE.millis(),
            touches: self.entries,
        }
    }
}
