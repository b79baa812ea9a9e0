//! When: one solver for all that says when a touch may be made.
//!
//! Everything that restricts the moment (reachable hours, the person's own hours, the rep's working hours, caps, pauses) is a set of
//! open moments with its cause. The solver intersects them and takes the first moment left in the rule's window, or for `.at_best`
//! the first in the best hour. `within` is a promise: when nothing inside it is open, the first open moment after it is taken and called
//! late. `before` is a hard end.
//!
//! Invariant: every moment of a slot is open in every constraint, and the slot lies before the hard end.

use crate::calendar::{Duration, Instant, Window, Windows, Zone};
use crate::decide::context::placement::TimeSlot;
use crate::decide::context::review::ReviewTracker;
use crate::decide::schedule::best_time::BestHour;

/// How far ahead a touch is placed that has no promise and no end of its own.
pub(crate) const LOOK_AHEAD: Duration = Duration::from_millis(14 * 86_400_000);
/// How far ahead is looked for the moment at which a block lifts.
pub(crate) const LOOK_FOR_LIFT: Duration = Duration::from_millis(60 * 86_400_000);
/// A slot longer than this ends with the day: an advice is for a day.
const LONGEST_SLOT: Duration = Duration::DAY;
/// The shortest time there is.
pub(crate) const MILLISECOND: Duration = Duration::from_millis(1);
/// How far ahead the best hour is looked for when there is no promise.
const LOOK_FOR_BEST: Duration = Duration::from_millis(7 * 86_400_000);

/// What is asked of the solver.
#[derive(Clone, Debug)]
pub(crate) struct ScheduleRequest {
    /// Not sooner than this.
    pub(crate) start: Instant,
    /// The end of the promise.
    pub(crate) promise: Option<Instant>,
    /// The hard end.
    pub(crate) end: Option<Instant>,
    /// By how much start and promise run ahead of now, where they move along with it.
    pub(crate) moving: Vec<Duration>,
    /// By which clock days are counted.
    pub(crate) clock: Option<Zone>,
}

impl ScheduleRequest {
    /// Until where the open time has to be known to place a touch before the horizon.
    pub(crate) fn sight(&self) -> Instant {
        self.horizon() + LOOK_FOR_BEST + LONGEST_SLOT + LONGEST_SLOT
    }

    /// Until where a touch may begin.
    pub(crate) fn horizon(&self) -> Instant {
        let usual = self.start + LOOK_AHEAD;
        let promised = self.promise.map_or(usual, |promise| promise.max(usual));
        self.end.map_or(promised, |end| end.min(promised))
    }
}

/// The slot, if there is one. `open` are the moments that every constraint allows, up to [`ScheduleRequest::sight`].
pub(crate) fn place(ask: &ScheduleRequest, open: &Windows, best: Option<&BestHour>) -> Option<TimeSlot> {
    // A slot begins before the horizon and may end after it: the horizon moves along with now, and an end should not.
    let window = ask.end.map_or_else(|| open.clip(ask.start, ask.sight()), |end| open.clip(ask.start, end));
    let promised = ask.promise.map_or_else(|| window.clone(), |promise| window.clip(ask.start, promise));
    let late = promised.is_empty();
    let fitting = if late { &window } else { &promised };
    let first = fitting.iter().next().filter(|first| first.from < ask.horizon())?;
    let chosen = match best {
        Some(best) if ask.promise.is_some() && !late => best.first(fitting).unwrap_or(first),
        Some(best) => best.first(&fitting.clip(first.from, best_until(ask, first.from))).unwrap_or(first),
        None => first,
    };
    Some(TimeSlot { from: chosen.from, until: end_of(chosen, ask.clock), late })
}

/// Tells when the answer of [`place`] can change.
pub(crate) fn review(ask: &ScheduleRequest, open: &Windows, best: Option<&BestHour>, review: &mut ReviewTracker) {
    let edges = open.iter().flat_map(|window| [window.from, window.until]);
    for edge in edges.chain(ask.end) {
        for ahead in ask.moving.iter().copied().chain([Duration::ZERO]) {
            review.at(edge - ahead);
            // From here on what is left is short enough to be a slot of its own.
            review.at(edge - ahead - LONGEST_SLOT);
        }
    }
    // A promise that ends where time opens holds none of it; a millisecond later it does.
    for opening in open {
        ask.moving.iter().for_each(|ahead| review.at(opening.from - *ahead + MILLISECOND));
    }
    if let Some(best) = best {
        // Which hours can be had changes by the hour, at both ends of what is looked at.
        for ahead in ask.moving.iter().copied().chain([Duration::ZERO]) {
            review.at(best.next_hour(ask.start + ahead) - ahead);
        }
        review.at(best.next_hour(ask.start));
        review.at(end_of_day(ask.start, ask.clock));
        if let Some(promise) = ask.promise {
            review.at(promise);
            ask.moving.iter().for_each(|ahead| review.at(best.next_hour(promise) - *ahead));
        }
    }
}

/// Until where the best hour is looked for: whole days, so that the answer does not change by the minute.
fn best_until(ask: &ScheduleRequest, first: Instant) -> Instant {
    end_of_day(first + LOOK_FOR_BEST, ask.clock)
}

fn end_of(window: Window, clock: Option<Zone>) -> Instant {
    if window.length() > LONGEST_SLOT { end_of_day(window.from, clock).min(window.until) } else { window.until }
}

/// The midnight that ends the day of a moment.
fn end_of_day(at: Instant, clock: Option<Zone>) -> Instant {
    let zone = clock.unwrap_or(Zone::UTC);
    match zone.local(at).date().succ_opt() {
        Some(next) => zone.start_of_day(next),
        None => at + Duration::DAY,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Instant {
        Instant::parse(text).unwrap()
    }

    fn open(windows: &[(&str, &str)]) -> Windows {
        windows.iter().map(|(from, until)| Window { from: at(from), until: at(until) }).collect()
    }

    fn ask(start: &str) -> ScheduleRequest {
        ScheduleRequest {
            start: at(start),
            promise: None,
            end: None,
            moving: vec![],
            clock: Zone::parse("Europe/Amsterdam").ok(),
        }
    }

    #[test]
    fn a_promise_that_cannot_be_kept_is_late_and_a_hard_end_is_hard() {
        let open =
            open(&[("2026-11-20T12:30:00Z", "2026-11-20T16:30:00Z"), ("2026-11-23T08:00:00Z", "2026-11-23T11:30:00Z")]);
        let friday = ScheduleRequest { promise: Some(at("2026-11-20T14:12:00Z")), ..ask("2026-11-20T10:12:00Z") };
        let kept = TimeSlot { from: at("2026-11-20T12:30:00Z"), until: at("2026-11-20T14:12:00Z"), late: false };
        assert_eq!(place(&friday, &open, None), Some(kept));
        let soon = ScheduleRequest { promise: Some(at("2026-11-20T10:17:00Z")), ..friday.clone() };
        let late = TimeSlot { from: at("2026-11-20T12:30:00Z"), until: at("2026-11-20T16:30:00Z"), late: true };
        assert_eq!(place(&soon, &open, None), Some(late));
        assert_eq!(place(&ScheduleRequest { end: Some(at("2026-11-20T12:30:00Z")), ..friday }, &open, None), None);
    }

    #[test]
    fn without_a_promise_two_weeks_are_looked_at() {
        let far = open(&[("2026-12-04T10:12:00Z", "2026-12-04T12:00:00Z")]);
        assert_eq!(place(&ask("2026-11-20T10:12:00Z"), &far, None), None);
        assert!(place(&ask("2026-11-20T10:12:01Z"), &far, None).is_some());
    }

    #[test]
    fn a_slot_that_knows_no_end_ends_with_the_day() {
        let always = open(&[("2026-11-01T00:00:00Z", "2027-01-01T00:00:00Z")]);
        let slot = place(&ask("2026-11-20T10:12:00Z"), &always, None).unwrap();
        assert_eq!(slot.until, at("2026-11-20T23:00:00Z"), "midnight in Amsterdam");
        // A window over midnight stays whole.
        let night = open(&[("2026-11-20T21:00:00Z", "2026-11-21T01:00:00Z")]);
        let slot = place(&ask("2026-11-20T22:30:00Z"), &night, None).unwrap();
        assert_eq!(slot.until, at("2026-11-21T01:00:00Z"));
    }
}
