//! P: how likely a person answers on a channel.
//!
//! From the person's own answers there, smoothed towards what is usual on the channel, so that one lucky mail does not
//! give 100 %: `E0 / (E0 + n + 1) × p0 + n / (E0 + n + 1) × p` (Pega's smoothed propensity: E0 the trust in the prior, p0 the prior,
//! n the number of touches, p the share of them answered).
//!
//! The priors say how the channels compare where nothing is known. They are ours, in the order that sales people report;
//! they are starting points that a person's own answers, or `.chance(...)` in a rule, replace.

use crate::book::vocabulary::{Channel, Outcome};
use crate::calendar::{Duration, Instant};
use crate::decide::context::account_events::AccountEvent;

/// E0: how many touches the prior is worth.
pub(crate) const TRUST_IN_PRIOR: f64 = 10.0;
/// An inbound signal on the channel within this time after a touch, and before the next, answers it.
pub(crate) const ANSWER_TIME: Duration = match Duration::DAY.times(14) {
    Some(time) => time,
    None => Duration::DAY,
};
/// P of an action that nobody has to answer (`wait`, `find`, `hand_over`): in the middle of the channels, so that weight, value
/// and lever decide.
pub(crate) const WITHOUT_CHANNEL: f64 = 0.25;

/// p0: the share of touches that is usually answered on a channel.
pub(crate) const fn prior(channel: Channel) -> f64 {
    match channel {
        Channel::Visit => 0.40,
        Channel::Video => 0.35,
        Channel::Chat => 0.30,
        Channel::Phone => 0.25,
        Channel::Social => 0.15,
        Channel::Email => 0.12,
        Channel::Content => 0.08,
    }
}

/// Touches on a channel, and how many were answered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct AnswerCounts {
    /// Touches made.
    pub(crate) touches: u32,
    /// Touches answered.
    pub(crate) answered: u32,
}

impl AnswerCounts {
    /// The smoothed share answered, with `prior` for what is not known yet.
    pub(crate) fn smoothed(self, prior: f64) -> f64 {
        let n = f64::from(self.touches);
        let share = if self.touches == 0 { 0.0 } else { f64::from(self.answered) / n };
        let weight = TRUST_IN_PRIOR + n + 1.0;
        TRUST_IN_PRIOR / weight * prior + n / weight * share
    }
}

/// A touch on one channel, and whether it was answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TouchAttempt {
    /// When.
    pub(crate) at: Instant,
    /// Whether there was an answer.
    pub(crate) answered: bool,
}

/// Every touch of ours on a channel among some events, in order of time, with whether it was answered: by its outcome, or by an
/// inbound signal on the channel within [`ANSWER_TIME`] and before the next touch.
pub(crate) fn tried<'e>(events: impl Iterator<Item = &'e AccountEvent>, channel: Channel) -> Vec<TouchAttempt> {
    let mut tried: Vec<TouchAttempt> = Vec::new();
    for event in events.filter(|event| event.channel == Some(channel)) {
        if event.touch {
            tried.push(TouchAttempt { at: event.at, answered: event.outcome.is_some_and(Outcome::is_answer) });
        } else if let Some(last) = tried.last_mut().filter(|last| event.at - last.at <= ANSWER_TIME) {
            last.answered = true;
        }
    }
    tried
}

impl AnswerCounts {
    /// Those among some events, in order of time, on a channel.
    pub(crate) fn among<'e>(events: impl Iterator<Item = &'e AccountEvent>, channel: Channel) -> Self {
        let tried = tried(events, channel);
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        Self { touches: count(tried.len()), answered: count(tried.iter().filter(|touch| touch.answered).count()) }
    }

    /// P for the channel.
    pub(crate) fn propensity(self, channel: Channel) -> f64 {
        self.smoothed(prior(channel))
    }

    /// The evidence for it, in words.
    pub(crate) fn words(self, channel: Channel) -> String {
        match self.touches {
            0 => format!("no {channel} touches to this person yet; what is usual on {channel}"),
            touches => format!("{} of {touches} {channel} touches answered, smoothed", self.answered),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::Signal;
    use crate::book::vocabulary::{Direction, SignalKind};

    fn signal(hour: i64, direction: Direction, outcome: Option<Outcome>) -> Signal {
        Signal {
            channel: Some(Channel::Email),
            direction: Some(direction),
            outcome,
            ..Signal::new(Instant::from_millis(hour * 3_600_000), SignalKind::Email)
        }
    }

    #[test]
    fn the_smoothing_is_the_published_one() {
        // The example that the formula was published with, worked out by hand with E0 = 10: p0 .30, 9 touches, 6 answered.
        let smoothed = AnswerCounts { touches: 9, answered: 6 }.smoothed(0.30);
        assert!((smoothed - (10.0 / 20.0 * 0.30 + 9.0 / 20.0 * (6.0 / 9.0))).abs() < 1e-12);
        assert!((smoothed - 0.45).abs() < 1e-12);
        // One lucky mail is no certainty.
        assert!(AnswerCounts { touches: 1, answered: 1 }.smoothed(0.12) < 0.2);
    }

    #[test]
    fn an_answer_belongs_to_the_touch_before_it() {
        let day = 24;
        let log = [
            signal(0, Direction::Outbound, None),
            signal(10, Direction::Inbound, None),
            signal(day, Direction::Outbound, None),
            signal(2 * day, Direction::Outbound, Some(Outcome::Replied)),
            signal(3 * day, Direction::Outbound, None),
            signal(18 * day, Direction::Inbound, None),
        ];
        let events = log.map(|signal| AccountEvent::of(&signal, 0, None));
        let answered: Vec<bool> = tried(events.iter(), Channel::Email).iter().map(|touch| touch.answered).collect();
        assert_eq!(answered, [true, false, true, false], "the last answer came after 15 days");
    }
}
