//! The best hour: the hour of the day, in the person's time zone, at which they answer touches on a channel most.
//!
//! In: the touches on the channel with whether they were answered. The share answered per hour is smoothed towards the person's average, so
//! that a single answer does not decide. An answer that came within an hour of the touch says nothing about the hour: often the touch was made
//! because something of theirs had just come in. Such a touch is left out. With fewer than [`MIN_ANSWERS`] answers left there is no best hour and
//! the rule's own moment is taken.

use crate::calendar::{Duration, Instant, Window, Windows, Zone};
use crate::decide::context::propensity::{AnswerCounts, TouchAttempt};

/// The number of answers below which no best hour is computed.
pub(crate) const MIN_ANSWERS: usize = 5;
/// The length of a day on a clock, in minutes.
const MINUTES_OF_DAY: u32 = 24 * 60;

/// The hour of the day at which a person answers most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct BestHour {
    zone: Zone,
    hour: u32,
}

impl BestHour {
    /// The hour with the highest smoothed share of answers, the earliest of equal ones, from the touches on a channel; `None` with fewer than
    /// [`MIN_ANSWERS`] answers.
    pub(crate) fn from_attempts(attempts: &[TouchAttempt], zone: Zone) -> Option<Self> {
        let evidence: Vec<&TouchAttempt> = attempts.iter().filter(|touch| !touch.answered_at_once).collect();
        let answered = evidence.iter().filter(|touch| touch.answered).count();
        if answered < MIN_ANSWERS {
            return None;
        }
        let mut hours = [AnswerCounts::default(); 24];
        for touch in &evidence {
            if let Some(hour) = hours.get_mut(zone.local(touch.at).hour() as usize) {
                hour.touches += 1;
                hour.answered += u32::from(touch.answered);
            }
        }
        let average = answered as f64 / evidence.len() as f64;
        let mut best = (0, f64::NEG_INFINITY);
        for (hour, counts) in (0..24).zip(hours) {
            let rate = counts.smoothed(average);
            if rate > best.1 {
                best = (hour, rate);
            }
        }
        Some(Self { zone, hour: best.0 })
    }

    /// The first open window within the best hour; where that hour is never open, the first of those that come nearest to it on the clock. `None`
    /// when nothing is open.
    pub(crate) fn first_window(&self, open: &Windows) -> Option<Window> {
        let mut nearest: Option<(u32, Window)> = None;
        for piece in self.hourly_pieces(open) {
            let distance = self.distance(piece);
            if nearest.is_none_or(|(least, _)| distance < least) {
                nearest = Some((distance, piece));
            }
        }
        nearest.map(|(_, piece)| piece)
    }

    /// The hour of the day.
    pub(crate) const fn hour(&self) -> u32 {
        self.hour
    }

    /// Whether a moment lies in the best hour.
    pub(crate) fn contains(&self, at: Instant) -> bool {
        self.zone.local(at).hour() == self.hour
    }

    /// The minutes on the clock between a window within one hour and the best hour; 0 in the best hour.
    fn distance(&self, piece: Window) -> u32 {
        if self.contains(piece.from) {
            return 0;
        }
        let minute = |at: Instant| {
            let local = self.zone.local(at);
            local.hour() * 60 + local.minute()
        };
        let start = self.hour * 60;
        let after = (minute(piece.from) + MINUTES_OF_DAY - start - 60) % MINUTES_OF_DAY;
        let before = (start + MINUTES_OF_DAY - minute(piece.until)) % MINUTES_OF_DAY;
        // One minute apart even where they touch, because it is not the best hour.
        1 + after.min(before)
    }

    /// The first full hour after a moment, in the person's time zone.
    pub(crate) fn next_hour(&self, at: Instant) -> Instant {
        let hour = Duration::HOUR.millis();
        let local = at.millis() + i64::from(self.zone.offset_seconds(at)) * 1_000;
        // A change of the UTC offset within the hour ends the hour.
        let full = at + Duration::from_millis(hour - local.rem_euclid(hour));
        self.zone.offset_until(at, full).1
    }

    /// The open windows cut at full hours.
    fn hourly_pieces<'a>(&'a self, open: &'a Windows) -> impl Iterator<Item = Window> + 'a {
        open.iter().flat_map(move |window| {
            let mut from = window.from;
            std::iter::from_fn(move || {
                let until = self.next_hour(from).min(window.until);
                let piece = (from < until).then_some(Window { from, until });
                from = until;
                piece
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Instant {
        Instant::parse(text).unwrap()
    }

    fn zone() -> Zone {
        Zone::parse("Europe/Amsterdam").unwrap()
    }

    fn attempt(hour: i64, answered: bool) -> TouchAttempt {
        let at = at("2026-11-02T00:00:00+01:00") + Duration::HOUR.times(hour).unwrap();
        TouchAttempt { at, answered, answered_at_once: false }
    }

    #[test]
    fn the_first_window_in_the_hour_with_most_answers_is_taken() {
        let log: Vec<TouchAttempt> = (0..5)
            .flat_map(|day| {
                [attempt(day * 24 + 16, true), attempt(day * 24 + 9, day == 0), attempt(day * 24 + 11, false)]
            })
            .collect();
        let best = BestHour::from_attempts(&log, zone()).unwrap();
        let open: Windows = [
            Window { from: at("2026-11-20T13:10:00+01:00"), until: at("2026-11-20T15:30:00+01:00") },
            Window { from: at("2026-11-23T09:00:00+01:00"), until: at("2026-11-23T17:30:00+01:00") },
        ]
        .into_iter()
        .collect();
        let hour = Window { from: at("2026-11-23T16:00:00+01:00"), until: at("2026-11-23T17:00:00+01:00") };
        assert_eq!(best.first_window(&open), Some(hour));
        // When that hour is not open, the hour next to it counts: the last half hour before 15:30.
        let today = open.clip(at("2026-11-20T00:00:00Z"), at("2026-11-21T00:00:00Z"));
        let edge = Window { from: at("2026-11-20T15:00:00+01:00"), until: at("2026-11-20T15:30:00+01:00") };
        assert_eq!(best.first_window(&today), Some(edge));
        // 17:00 is as near to it as 15:00, and 23:00 nearer than 8:00 of the same day.
        let evening: Windows = [
            Window { from: at("2026-11-20T08:00:00+01:00"), until: at("2026-11-20T09:00:00+01:00") },
            Window { from: at("2026-11-20T23:00:00+01:00"), until: at("2026-11-21T00:00:00+01:00") },
        ]
        .into_iter()
        .collect();
        assert_eq!(best.first_window(&evening).unwrap().from, at("2026-11-20T23:00:00+01:00"));
    }

    #[test]
    fn an_answer_within_the_hour_says_nothing_about_the_hour() {
        let soon = |hour: i64| TouchAttempt { answered_at_once: true, ..attempt(hour, true) };
        let mut log: Vec<TouchAttempt> = (0..9).map(|day| soon(day * 24 + 9)).collect();
        assert_eq!(BestHour::from_attempts(&log, zone()), None);
        log.extend((0..5).map(|day| attempt(day * 24 + 15, true)));
        assert_eq!(BestHour::from_attempts(&log, zone()).unwrap().hour(), 15);
    }

    #[test]
    fn fewer_than_five_answers_give_no_best_hour() {
        let log: Vec<TouchAttempt> = (0..4).map(|day| attempt(day * 24, true)).collect();
        assert_eq!(BestHour::from_attempts(&log, zone()), None);
    }

    #[test]
    fn an_hour_ends_where_the_utc_offset_changes() {
        let log: Vec<TouchAttempt> = (0..5).map(|day| attempt(day * 24, true)).collect();
        let best = BestHour::from_attempts(&log, zone()).unwrap();
        assert_eq!(best.next_hour(at("2026-03-29T01:30:00+01:00")), at("2026-03-29T03:00:00+02:00"));
        assert_eq!(best.next_hour(at("2026-10-25T02:30:00+02:00")), at("2026-10-25T02:00:00+01:00"));
    }
}
