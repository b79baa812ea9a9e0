//! The best hour: the hour of the day, in the person's time zone, at which they answer touches on a channel most.
//!
//! In: the touches on the channel with whether they were answered. The share answered per hour is smoothed towards the person's average, so
//! that a single answer does not decide. With fewer than [`MIN_ANSWERS`] answers there is no best hour and the earliest moment is taken.

use crate::calendar::{Duration, Instant, Window, Windows, Zone};
use crate::decide::context::propensity::{AnswerCounts, TouchAttempt};

/// The number of answers below which no best hour is computed.
pub(crate) const MIN_ANSWERS: usize = 5;

/// The smoothed share of answered touches for each hour of the day.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct BestHour {
    zone: Zone,
    rates: [f64; 24],
}

impl BestHour {
    /// The rates from the touches on a channel; `None` with fewer than [`MIN_ANSWERS`] answers.
    pub(crate) fn from_attempts(attempts: &[TouchAttempt], zone: Zone) -> Option<Self> {
        let answered = attempts.iter().filter(|touch| touch.answered).count();
        if answered < MIN_ANSWERS {
            return None;
        }
        let mut hours = [AnswerCounts::default(); 24];
        for touch in attempts {
            if let Some(hour) = hours.get_mut(hour_of(zone, touch.at)) {
                hour.touches += 1;
                hour.answered += u32::from(touch.answered);
            }
        }
        let average = answered as f64 / attempts.len() as f64;
        Some(Self { zone, rates: hours.map(|hour| hour.smoothed(average)) })
    }

    /// The first open window within the hour that has the highest rate of all hours that are open; `None` when nothing is open.
    pub(crate) fn first_window(&self, open: &Windows) -> Option<Window> {
        let mut best: Option<(f64, Window)> = None;
        for piece in self.hourly_pieces(open) {
            let rate = self.rates.get(hour_of(self.zone, piece.from)).copied().unwrap_or_default();
            if best.is_none_or(|(highest, _)| rate > highest) {
                best = Some((rate, piece));
            }
        }
        best.map(|(_, piece)| piece)
    }

    /// The hour of the day of a moment, in the person's time zone.
    pub(crate) fn hour(&self, at: Instant) -> usize {
        hour_of(self.zone, at)
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

fn hour_of(zone: Zone, at: Instant) -> usize {
    usize::try_from(zone.local(at).hour()).unwrap_or_default()
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
        TouchAttempt { at: at("2026-11-02T00:00:00+01:00") + Duration::HOUR.times(hour).unwrap(), answered }
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
        // When that hour is not open, the next best one counts: an untried hour has a higher rate than one without answers.
        let today = open.clip(at("2026-11-20T00:00:00Z"), at("2026-11-21T00:00:00Z"));
        assert_eq!(best.first_window(&today).unwrap().from, at("2026-11-20T13:10:00+01:00"));
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
