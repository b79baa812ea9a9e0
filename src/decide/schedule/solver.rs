//! The solver: finds the slot of a touch in the windows that all constraints leave open.
//!
//! In: the limits that the rule sets ([`ScheduleRequest`]) and the open windows. Out: the first slot between start and end, or for `.at_best`
//! the first in the best hour; `None` when nothing is open. A promise sets an end: when nothing before it is open, the first open moment
//! after it is taken and the slot is late. `before` sets a hard end.
//!
//! Invariant: a slot lies in the open windows and before the hard end.

use crate::calendar::instant::LATEST;
use crate::calendar::{Duration, Instant, Window, Windows, Zone};
use crate::decide::context::placement::TimeSlot;
use crate::decide::context::review::ReviewTracker;
use crate::decide::schedule::best_time::BestHour;

/// How far ahead a touch is placed when the rule sets no end.
pub(crate) const LOOK_AHEAD: Duration = Duration::from_millis(14 * 86_400_000);
/// How far ahead the end of a block is searched for.
pub(crate) const LIFT_LOOK_AHEAD: Duration = Duration::from_millis(60 * 86_400_000);
/// A longer slot ends at midnight, because an advice is for one day.
const LONGEST_SLOT: Duration = Duration::DAY;
/// The resolution of time.
pub(crate) const MILLISECOND: Duration = Duration::from_millis(1);
/// How far ahead the best hour is searched for when there is no promised end.
const BEST_HOUR_LOOK_AHEAD: Duration = Duration::from_millis(7 * 86_400_000);

/// The limits that a rule sets for the moment of a touch.
#[derive(Clone, Debug)]
pub(crate) struct ScheduleRequest {
    /// The earliest start.
    pub(crate) start: Instant,
    /// From when on a slot is late for what was promised.
    pub(crate) promised_end: Option<Instant>,
    /// The end that no slot may pass (`before`).
    pub(crate) hard_end: Option<Instant>,
    /// The distance of the start from now, where it is counted from now by the clock and so moves with it.
    pub(crate) start_after: Option<Duration>,
    /// The time zone in which days end; `None` for UTC.
    pub(crate) zone: Option<Zone>,
}

impl ScheduleRequest {
    /// The distances from now of what moves with it: of now itself, and of the start.
    pub(crate) fn distances(&self) -> impl Iterator<Item = Duration> + use<> {
        [Some(Duration::ZERO), self.start_after].into_iter().flatten()
    }

    /// Until when the open windows must be known; never after [`LATEST`], so that nothing is placed after it.
    pub(crate) fn search_end(&self) -> Instant {
        (self.latest_start() + BEST_HOUR_LOOK_AHEAD + LONGEST_SLOT + LONGEST_SLOT).min(LATEST)
    }

    /// The moment before which a slot must begin.
    pub(crate) fn latest_start(&self) -> Instant {
        let default = self.start + LOOK_AHEAD;
        let latest = self.promised_end.map_or(default, |end| end.max(default));
        self.hard_end.map_or(latest, |end| end.min(latest))
    }
}

/// The slot of a touch; `None` when nothing is open. `open` are the windows that every constraint leaves open, up to
/// [`ScheduleRequest::search_end`]. `best` is given for a touch that asks for the best hour.
pub(crate) fn find_slot(request: &ScheduleRequest, open: &Windows, best: Option<&BestHour>) -> Option<TimeSlot> {
    // A slot begins before the latest start but may end after it: the latest start moves with now, and the end of a slot must not.
    let allowed = request.hard_end.map_or_else(
        || open.clip(request.start, request.search_end()),
        |end| open.clip(request.start, end.min(LATEST)),
    );
    let promised = request.promised_end.map_or_else(|| allowed.clone(), |end| allowed.clip(request.start, end));
    let late = promised.is_empty();
    let candidates = if late { &allowed } else { &promised };
    let first = candidates.iter().next().filter(|first| first.from < request.latest_start())?;
    let chosen = match best {
        Some(best) if request.promised_end.is_some() && !late => best.first_window(candidates).unwrap_or(first),
        Some(best) => {
            best.first_window(&candidates.clip(first.from, best_hour_search_end(request, first.from))).unwrap_or(first)
        }
        None => first,
    };
    Some(TimeSlot { from: chosen.from, until: slot_end(chosen, request.zone), late })
}

/// Adds the moments at which the result of [`find_slot`] can change.
pub(crate) fn add_review_moments(
    request: &ScheduleRequest,
    open: &Windows,
    best: Option<&BestHour>,
    review: &mut ReviewTracker,
) {
    for edge in open.edges().chain(request.hard_end).chain(request.promised_end) {
        for distance in request.distances() {
            review.add(edge - distance);
            // From this moment on the rest of the window is short enough to be a slot that does not end at midnight.
            review.add(edge - distance - LONGEST_SLOT);
        }
    }
    if let Some(best) = best {
        // The hours that are searched change at full hours, at the start and at the end of the search.
        for distance in request.distances() {
            review.add(best.next_hour(request.start) - distance);
            review.add(end_of_day(request.start, request.zone) - distance);
        }
    }
}

/// Until when the best hour is searched for. Whole days, so that the result does not change every minute.
fn best_hour_search_end(request: &ScheduleRequest, first: Instant) -> Instant {
    end_of_day(first + BEST_HOUR_LOOK_AHEAD, request.zone)
}

fn slot_end(window: Window, zone: Option<Zone>) -> Instant {
    if window.length() > LONGEST_SLOT { end_of_day(window.from, zone).min(window.until) } else { window.until }
}

/// The midnight that ends the day of a moment.
fn end_of_day(at: Instant, zone: Option<Zone>) -> Instant {
    zone.unwrap_or(Zone::UTC).day(at).until
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

    fn request(start: &str) -> ScheduleRequest {
        ScheduleRequest {
            start: at(start),
            promised_end: None,
            hard_end: None,
            start_after: None,
            zone: Zone::parse("Europe/Amsterdam").ok(),
        }
    }

    #[test]
    fn a_slot_after_the_promised_end_is_late_and_no_slot_passes_the_hard_end() {
        let open =
            open(&[("2026-11-20T12:30:00Z", "2026-11-20T16:30:00Z"), ("2026-11-23T08:00:00Z", "2026-11-23T11:30:00Z")]);
        let friday =
            ScheduleRequest { promised_end: Some(at("2026-11-20T14:12:00Z")), ..request("2026-11-20T10:12:00Z") };
        let in_time = TimeSlot { from: at("2026-11-20T12:30:00Z"), until: at("2026-11-20T14:12:00Z"), late: false };
        assert_eq!(find_slot(&friday, &open, None), Some(in_time));
        let soon = ScheduleRequest { promised_end: Some(at("2026-11-20T10:17:00Z")), ..friday.clone() };
        let late = TimeSlot { from: at("2026-11-20T12:30:00Z"), until: at("2026-11-20T16:30:00Z"), late: true };
        assert_eq!(find_slot(&soon, &open, None), Some(late));
        assert_eq!(
            find_slot(&ScheduleRequest { hard_end: Some(at("2026-11-20T12:30:00Z")), ..friday }, &open, None),
            None
        );
    }

    #[test]
    fn without_a_promised_end_a_slot_begins_within_two_weeks() {
        let far = open(&[("2026-12-04T10:12:00Z", "2026-12-04T12:00:00Z")]);
        assert_eq!(find_slot(&request("2026-11-20T10:12:00Z"), &far, None), None);
        assert!(find_slot(&request("2026-11-20T10:12:01Z"), &far, None).is_some());
    }

    #[test]
    fn a_slot_longer_than_a_day_ends_at_midnight() {
        let always = open(&[("2026-11-01T00:00:00Z", "2027-01-01T00:00:00Z")]);
        let slot = find_slot(&request("2026-11-20T10:12:00Z"), &always, None).unwrap();
        assert_eq!(slot.until, at("2026-11-20T23:00:00Z"), "midnight in Amsterdam");
        // A short window over midnight is not cut.
        let night = open(&[("2026-11-20T21:00:00Z", "2026-11-21T01:00:00Z")]);
        let slot = find_slot(&request("2026-11-20T22:30:00Z"), &night, None).unwrap();
        assert_eq!(slot.until, at("2026-11-21T01:00:00Z"));
    }
}
