//! Propensity (P): the probability that a person answers a touch on a channel.
//!
//! Computed from the person's own answers on the channel, smoothed towards a prior for the channel so that one answered touch does not give
//! 100 %: `E0 / (E0 + n + 1) × p0 + n / (E0 + n + 1) × p` (Pega's smoothed propensity: E0 the weight of the prior, p0 the prior,
//! n the number of touches, p the share of them answered).
//!
//! The priors rank the channels where nothing is known about a person. They are chosen by hand, in the order that sales people report, and
//! are replaced by the person's own answers or by `.chance(...)` in a rule.

use crate::book::vocabulary::Channel;
use crate::calendar::{Duration, Instant};
use crate::decide::context::group_events::GroupEvent;

/// E0: the weight of the prior, in touches.
pub(crate) const PRIOR_WEIGHT: f64 = 10.0;
/// An inbound signal on the channel within this time after a touch, and before the next, answers it.
pub(crate) const ANSWER_TIME: Duration = match Duration::DAY.times(14) {
    Some(time) => time,
    None => Duration::DAY,
};
/// An inbound signal within this time after a touch says nothing about the hour of the touch: most of them are why the touch was made. Of the loan
/// journeys of BPI Challenge 2012 (doi 10.4121/uuid:3926db30-f712-4394-aebc-75976070e91f) 63 % of the papers that follow the session of an agent
/// within 72 hours come in the first hour, mostly within seconds.
pub(crate) const AT_ONCE: Duration = Duration::HOUR;
/// P of an action without a channel (`wait`, `find`, `hand_over`): in the middle of the priors, so that weight, value and lever
/// determine the rank.
pub(crate) const NO_CHANNEL_PROPENSITY: f64 = 0.25;

/// p0: the assumed share of answered touches on a channel.
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

/// The minutes of a rep that a touch on a channel takes, with what comes before and after it; a visit with its journey. Our own choice, rounded:
/// a team that knows better says `.lever`.
pub(crate) const fn minutes_of_rep(channel: Channel) -> f64 {
    match channel {
        Channel::Phone | Channel::Email | Channel::Social | Channel::Chat | Channel::Content => USUAL_MINUTES,
        Channel::Video => 30.0,
        Channel::Visit => 120.0,
    }
}

/// The minutes of a rep that most touches take.
pub(crate) const USUAL_MINUTES: f64 = 10.0;

/// L where a rule gives none: what a touch brings is weighed against the time that it takes, the value per minute (the ratio by which a knapsack is
/// filled, Dantzig 1957). 1 for a call.
pub(crate) const fn usual_lever(channel: Channel) -> f64 {
    USUAL_MINUTES / minutes_of_rep(channel)
}

/// The number of touches on a channel, and of those that were answered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct AnswerCounts {
    /// Touches made.
    pub(crate) touches: u32,
    /// Touches answered.
    pub(crate) answered: u32,
}

impl AnswerCounts {
    /// The share answered, smoothed towards `prior`.
    pub(crate) fn smoothed(self, prior: f64) -> f64 {
        let n = f64::from(self.touches);
        let share = if self.touches == 0 { 0.0 } else { f64::from(self.answered) / n };
        let weight = PRIOR_WEIGHT + n + 1.0;
        PRIOR_WEIGHT / weight * prior + n / weight * share
    }
}

/// A touch on one channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TouchAttempt {
    /// When.
    pub(crate) at: Instant,
    /// Whether it was answered.
    pub(crate) answered: bool,
    /// Whether the first answer came within [`AT_ONCE`], as a signal of theirs. What the outcome of the touch says is no such answer.
    pub(crate) answered_at_once: bool,
}

/// The touches on a channel among events in order of time. A touch is answered when its outcome says so, or when an inbound signal on the
/// channel follows within [`ANSWER_TIME`] and before the next touch; an automatic reply and a bounce are no answers.
pub(crate) fn touch_attempts<'e>(events: impl Iterator<Item = &'e GroupEvent>, channel: Channel) -> Vec<TouchAttempt> {
    let mut attempts: Vec<TouchAttempt> = Vec::new();
    for event in events.filter(|event| event.signal.channel == Some(channel)) {
        if event.signal.is_touch() {
            let answered = event.signal.is_answered();
            attempts.push(TouchAttempt { at: event.at, answered, answered_at_once: false });
        } else if let Some(last) = attempts.last_mut().filter(|last| event.at - last.at <= ANSWER_TIME)
            && event.signal.is_of_person()
        {
            last.answered_at_once |= !last.answered && event.at - last.at <= AT_ONCE;
            last.answered = true;
        }
    }
    attempts
}

impl AnswerCounts {
    /// The touches on a channel among events in order of time.
    pub(crate) fn count<'e>(events: impl Iterator<Item = &'e GroupEvent>, channel: Channel) -> Self {
        let attempts = touch_attempts(events, channel);
        let number = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        Self {
            touches: number(attempts.len()),
            answered: number(attempts.iter().filter(|touch| touch.answered).count()),
        }
    }

    /// P for the channel.
    pub(crate) fn propensity(self, channel: Channel) -> f64 {
        self.smoothed(prior(channel))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::Signal;
    use crate::book::vocabulary::{Direction, Outcome, SignalKind};

    fn signal(hour: i64, direction: Direction, outcome: Option<Outcome>) -> Signal {
        Signal {
            channel: Some(Channel::Email),
            direction: Some(direction),
            outcome,
            ..Signal::new(Instant::from_millis(hour * 3_600_000), SignalKind::Email)
        }
    }

    #[test]
    fn smoothing_gives_the_published_example() {
        // The example published with the formula, computed by hand with E0 = 10: p0 .30, 9 touches, 6 answered.
        let smoothed = AnswerCounts { touches: 9, answered: 6 }.smoothed(0.30);
        assert!((smoothed - (10.0 / 20.0 * 0.30 + 9.0 / 20.0 * (6.0 / 9.0))).abs() < 1e-12);
        assert!((smoothed - 0.45).abs() < 1e-12);
        // A single answered mail does not raise the propensity far above the prior.
        assert!(AnswerCounts { touches: 1, answered: 1 }.smoothed(0.12) < 0.2);
    }

    #[test]
    fn an_answer_counts_for_the_touch_before_it_within_two_weeks() {
        let day = 24;
        let log = [
            signal(0, Direction::Outbound, None),
            signal(10, Direction::Inbound, None),
            signal(day, Direction::Outbound, None),
            signal(2 * day, Direction::Outbound, Some(Outcome::Replied)),
            signal(3 * day, Direction::Outbound, None),
            signal(18 * day, Direction::Inbound, None),
        ];
        let events = log.map(|signal| GroupEvent::of(&signal, (0, 0), None, 0));
        let answered: Vec<bool> =
            touch_attempts(events.iter(), Channel::Email).iter().map(|touch| touch.answered).collect();
        assert_eq!(answered, [true, false, true, false], "the last answer came after 15 days");
    }

    #[test]
    fn an_automatic_reply_and_a_bounce_answer_nothing_and_hide_no_answer() {
        for kind in [SignalKind::AutoReply, SignalKind::Bounce] {
            let by_machine = |hour| Signal { kind, ..signal(hour, Direction::Inbound, None) };
            let log = [
                signal(0, Direction::Outbound, None),
                by_machine(1),
                signal(24, Direction::Outbound, None),
                signal(25, Direction::Inbound, None),
                by_machine(26),
            ];
            let events = log.map(|signal| GroupEvent::of(&signal, (0, 0), None, 0));
            let answered: Vec<bool> =
                touch_attempts(events.iter(), Channel::Email).iter().map(|touch| touch.answered).collect();
            assert_eq!(answered, [false, true], "{kind:?}");
        }
    }
}
