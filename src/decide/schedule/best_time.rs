//! The best hour: the hour of the day, on the person's own clock, at which they answer most.
//!
//! Per hour the answers to our touches on the channel are counted and smoothed towards the person's own average, so that one answer at
//! seven in the evening does not rule. Only tried hours are known; with fewer than [`ENOUGH`] answers nothing is claimed and the earliest
//! moment is taken.

use crate::calendar::{Duration, Instant, Window, Windows, Zone};
use crate::decide::context::propensity::{AnswerCounts, TouchAttempt};

/// Answers needed before an hour is called best.
pub(crate) const ENOUGH: usize = 5;

/// How well each hour of the day does.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct BestHour {
    zone: Zone,
    rates: [f64; 24],
}

impl BestHour {
    /// From what was tried on a channel; `None` when that is too little to say.
    pub(crate) fn of(tried: &[TouchAttempt], zone: Zone) -> Option<Self> {
        let answered = tried.iter().filter(|touch| touch.answered).count();
        if answered < ENOUGH {
            return None;
        }
        let mut hours = [AnswerCounts::default(); 24];
        for touch in tried {
            if let Some(hour) = hours.get_mut(hour_of(zone, touch.at)) {
                hour.touches += 1;
                hour.answered += u32::from(touch.answered);
            }
        }
        let average = answered as f64 / tried.len() as f64;
        Some(Self { zone, rates: hours.map(|hour| hour.smoothed(average)) })
    }

    /// The first piece of the open time that lies in the best hour that can be had.
    pub(crate) fn first(&self, open: &Windows) -> Option<Window> {
        let mut best: Option<(f64, Window)> = None;
        for piece in self.pieces(open) {
            let rate = self.rates.get(hour_of(self.zone, piece.from)).copied().unwrap_or_default();
            if best.is_none_or(|(highest, _)| rate > highest) {
                best = Some((rate, piece));
            }
        }
        best.map(|(_, piece)| piece)
    }

    /// The hour of the day, on the person's clock.
    pub(crate) fn hour(&self, at: Instant) -> usize {
        hour_of(self.zone, at)
    }

    /// The first full hour on the person's clock after a moment.
    pub(crate) fn next_hour(&self, at: Instant) -> Instant {
        let hour = Duration::HOUR.millis();
        let local = at.millis() + i64::from(self.zone.offset_seconds(at)) * 1_000;
        // The clocks may change within the hour: then the hour changes with them.
        let full = at + Duration::from_millis(hour - local.rem_euclid(hour));
        self.zone.steady(at, full).1
    }

    fn pieces<'a>(&'a self, open: &'a Windows) -> impl Iterator<Item = Window> + 'a {
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

    fn tried(hour: i64, answered: bool) -> TouchAttempt {
        TouchAttempt { at: at("2026-11-02T00:00:00+01:00") + Duration::HOUR.times(hour).unwrap(), answered }
    }

    #[test]
    fn the_hour_that_is_answered_most_is_taken_at_its_first_chance() {
        let log: Vec<TouchAttempt> = (0..5)
            .flat_map(|day| [tried(day * 24 + 16, true), tried(day * 24 + 9, day == 0), tried(day * 24 + 11, false)])
            .collect();
        let best = BestHour::of(&log, zone()).unwrap();
        let open: Windows = [
            Window { from: at("2026-11-20T13:10:00+01:00"), until: at("2026-11-20T15:30:00+01:00") },
            Window { from: at("2026-11-23T09:00:00+01:00"), until: at("2026-11-23T17:30:00+01:00") },
        ]
        .into_iter()
        .collect();
        let hour = Window { from: at("2026-11-23T16:00:00+01:00"), until: at("2026-11-23T17:00:00+01:00") };
        assert_eq!(best.first(&open), Some(hour));
        // When that hour cannot be had, the next best: untried hours do better than one that failed.
        let today = open.clip(at("2026-11-20T00:00:00Z"), at("2026-11-21T00:00:00Z"));
        assert_eq!(best.first(&today).unwrap().from, at("2026-11-20T13:10:00+01:00"));
    }

    #[test]
    fn few_answers_say_nothing() {
        let log: Vec<TouchAttempt> = (0..4).map(|day| tried(day * 24, true)).collect();
        assert_eq!(BestHour::of(&log, zone()), None);
    }

    #[test]
    fn an_hour_ends_where_the_clocks_change() {
        let log: Vec<TouchAttempt> = (0..5).map(|day| tried(day * 24, true)).collect();
        let best = BestHour::of(&log, zone()).unwrap();
        assert_eq!(best.next_hour(at("2026-03-29T01:30:00+01:00")), at("2026-03-29T03:00:00+02:00"));
        assert_eq!(best.next_hour(at("2026-10-25T02:30:00+02:00")), at("2026-10-25T02:00:00+01:00"));
    }
}
