//! What a touch leads to: how a call or meeting ends at once, and the reply to a message later.
//!
//! The chance is that of the model; the random number belongs to the lead, the person, the channel and how often that person was touched on it
//! in this run. So the third mail to somebody is answered or not whatever was done to others in between.

use std::collections::BTreeMap;

use crate::book::vocabulary::{Channel, Direction, Outcome, SignalKind};
use crate::book::{Lead, Signal};
use crate::calendar::{Duration, Instant, Zone};
use crate::simulate::arrivals::{HALF_A_MINUTE, busyness, zone_of};
use crate::simulate::random::KeyedRandom;
use crate::simulate::response_model::{AnswerModel, ResponseModel};

/// The longest time from a message to its reply.
const LONGEST_HOURS: u32 = 14 * 24;

/// The customers of a run.
pub(crate) struct Customers<'m> {
    model: &'m ResponseModel,
    random: KeyedRandom,
    /// How often each person was touched on each channel: by lead, person, channel.
    touches: BTreeMap<(usize, String, Channel), u64>,
}

/// What comes of a touch.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Reaction {
    /// How it ends at once; `None` for what is sent.
    pub(crate) outcome: Option<Outcome>,
    /// What they do later.
    pub(crate) later: Option<Signal>,
}

impl<'m> Customers<'m> {
    pub(crate) const fn new(model: &'m ResponseModel, random: KeyedRandom) -> Self {
        Self { model, random, touches: BTreeMap::new() }
    }

    /// What comes of a touch to a person of the lead with this index. `waiting`: whether they wait for us.
    pub(crate) fn react(
        &mut self,
        (index, lead): (usize, &Lead),
        person: &str,
        channel: Channel,
        at: Instant,
        waiting: bool,
    ) -> Reaction {
        let count = self.touches.entry((index, person.to_owned(), channel)).or_default();
        *count += 1;
        let touch = self.random.text("answer").text(&lead.id).text(person).text(channel.word()).number(*count);
        let silent = AnswerModel::default();
        let answers = self.model.answers.get(&channel).unwrap_or(&silent);
        let zone = zone_of(lead, Some(person));
        let answered = touch.unit() < answers.chance_at(zone.local(at).hour(), lead.stage, waiting);
        match channel {
            Channel::Phone | Channel::Chat | Channel::Video | Channel::Visit => {
                let outcome = if answered { answered_by(channel) } else { unanswered(answers, channel, touch) };
                Reaction { outcome: Some(outcome), later: None }
            }
            Channel::Email | Channel::Social | Channel::Content => {
                let comes_back = touch.number(1).unit() < answers.bounces;
                let later = if comes_back {
                    Some(their(SignalKind::Bounce, at + HALF_A_MINUTE, person, channel))
                } else {
                    let kind = if channel == Channel::Content { SignalKind::Click } else { SignalKind::Reply };
                    answered.then(|| their(kind, self.reply_time(answers, zone, at, touch), person, channel))
                };
                Reaction { outcome: None, later }
            }
        }
    }

    /// When a message is replied to: after a delay around the mean, and then in an hour in which they are busy, the busier the likelier.
    fn reply_time(&self, answers: &AnswerModel, zone: Zone, sent: Instant, touch: KeyedRandom) -> Instant {
        let minutes = (touch.number(2).delay(answers.delay) * 60.0).clamp(1.0, f64::from(LONGEST_HOURS) * 60.0) as i64;
        let busiest = self.model.hours.iter().copied().fold(0.0, f64::max);
        let mut at = sent + Duration::from_millis(minutes * Duration::MINUTE.millis()) + HALF_A_MINUTE;
        for hour in 0..LONGEST_HOURS {
            if touch.number(3).number(hour.into()).unit() * busiest < busyness(self.model, zone, at) {
                break;
            }
            at = at + Duration::HOUR;
        }
        at
    }
}

/// How an answered call or meeting ends.
const fn answered_by(channel: Channel) -> Outcome {
    match channel {
        Channel::Video | Channel::Visit => Outcome::Held,
        _ => Outcome::Answered,
    }
}

fn unanswered(answers: &AnswerModel, channel: Channel, touch: KeyedRandom) -> Outcome {
    let chosen = touch.number(1).weighted(answers.unanswered.values().copied());
    let usual = match channel {
        Channel::Video | Channel::Visit => Outcome::NoShow,
        _ => Outcome::NoAnswer,
    };
    chosen.and_then(|nth| answers.unanswered.keys().nth(nth).copied()).unwrap_or(usual)
}

fn their(kind: SignalKind, at: Instant, person: &str, channel: Channel) -> Signal {
    Signal {
        person: Some(person.to_owned()),
        channel: Some(channel),
        direction: Some(Direction::Inbound),
        ..Signal::new(at, kind)
    }
}

/// The signal of a touch on a channel: a call, a mail, a message, a meeting.
pub(crate) const fn touch_kind(channel: Channel) -> SignalKind {
    match channel {
        Channel::Phone => SignalKind::Call,
        Channel::Email => SignalKind::Email,
        Channel::Social | Channel::Content => SignalKind::Message,
        Channel::Chat => SignalKind::Chat,
        Channel::Video | Channel::Visit => SignalKind::Meeting,
    }
}
