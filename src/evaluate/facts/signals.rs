//! Facts from the signal log: counts, how long ago, decayed score, replies and what waits for an answer.

use crate::book::Signal;
use crate::book::catalogue::{COMPLAINT_TOPICS, Fact, SignalMeaning, Subject};
use crate::book::departures::counts_without;
use crate::book::signal_view::is_interest;
use crate::book::value::Value;
use crate::book::vocabulary::{Direction, SignalKind};
use crate::calendar::{Duration, Instant};
use crate::evaluate::facts::change::Motion;
use crate::evaluate::facts::{FactContext, FactValue};
use crate::pack::fact_arguments::FactArguments;

impl FactContext {
    pub(crate) fn signal_fact(&self, subject: Subject, fact: Fact, args: &FactArguments) -> FactValue {
        if args.meaning == Some(SignalMeaning::Conversation) {
            return self.conversation_fact(subject, fact, args);
        }
        let coming = earliest(self.next_signal(subject), self.next_departure());
        let log = self.log(subject);
        let kind = if let Fact::Count(kind) = fact { Some(kind) } else { args.kind };
        let meaning = if fact == Fact::MissedCalls { Some(SignalMeaning::MissedCall) } else { args.meaning };
        let counts = |signal: &Signal| self.counts_for(subject, signal);
        let wanted = |signal: &&Signal| {
            meaning.map_or(Some(signal.kind) == kind, |meaning| has_meaning(signal, meaning))
                && counts(signal)
                && about(signal, args.topic.as_deref())
                && args.direction.is_none_or(|direction| (direction == Direction::Inbound) == signal.is_inbound())
        };
        match fact {
            Fact::Count(kind) if is_interest(kind) => {
                let theirs = log.within(args.window).filter(|signal| wanted(signal) && signal.is_inbound());
                count(theirs, args.window, coming)
            }
            Fact::Count(_) | Fact::Signals | Fact::MissedCalls => {
                count(log.within(args.window).filter(wanted), args.window, coming)
            }
            Fact::Since => FactValue::ago(log.all().rev().find(wanted).map(|signal| signal.at), self.now(), coming),
            Fact::First => FactValue::ago(log.all().find(wanted).map(|signal| signal.at), self.now(), coming),
            Fact::Score => {
                let half_life = args.half_life.unwrap_or(Duration::DAY);
                let motion = Motion::Decays { subject, half_life };
                FactValue { value: Value::Number(self.score_at(subject, half_life, self.now())), motion, until: coming }
            }
            Fact::Replied => {
                let last = log.within(args.window).rev().find(|signal| signal.view().is_reply() && counts(signal));
                let leaves = last.and_then(|signal| args.window.map(|window| signal.at + window));
                FactValue::until(last.is_some(), earliest(leaves, coming))
            }
            Fact::Answered => {
                let theirs = |signal: &Signal| {
                    subject == Subject::Lead || signal.person.as_deref().is_some_and(|id| self.is_of_person(id))
                };
                // Our answer may be to anybody in the lead, so the lead's own log is read for a person too.
                let since_touch = self.log(Subject::Lead).all().rev().take_while(|signal| !signal.view().answers());
                let waits = since_touch.into_iter().any(|signal| signal.view().awaits_answer() && theirs(signal));
                FactValue::until(!waits, self.next_signal(Subject::Lead))
            }
            _ => {
                let is_contact =
                    |signal: &&Signal| signal.is_touch() || signal.view().starts_contact() && counts(signal);
                let moments = || log.within(args.window).filter(is_contact);
                let all = moments().count();
                let theirs = moments().filter(|signal| !signal.is_touch()).count();
                let leaves = moments().next().and_then(|oldest| args.window.map(|window| oldest.at + window));
                let share = (all > 0).then(|| theirs as f64 / all as f64);
                FactValue::until(share, earliest(leaves, coming))
            }
        }
    }

    /// Whether a signal counts as something that the subject did. What somebody showed of interest who is gone does not count for lead and account.
    fn counts_for(&self, subject: Subject, signal: &Signal) -> bool {
        subject == Subject::Person
            || counts_without(signal.view())
            || !signal.person.as_deref().is_some_and(|id| self.names_somebody_gone(subject, id))
    }

    /// Inbound signals by weight, each halved every half-life: `sum of w * 2^(-age / half-life)`, so that 25 with a
    /// half-life of 14 days is 12.5 after 14 days (the usual half-life decay).
    ///
    /// A signal weighs what it says, else 1; a bounce, an automatic reply, an unsubscribe and a note weigh nothing unless they say so.
    /// The log is that of `now`; `at` may be later, to see how the score fades.
    pub(crate) fn score_at(&self, subject: Subject, half_life: Duration, at: Instant) -> f64 {
        let half_life = half_life.millis() as f64;
        let signals = self.log(subject).all().filter(|signal| signal.is_inbound() && self.counts_for(subject, signal));
        signals.map(|signal| weight(signal) * libm::exp2(-((at - signal.at).millis() as f64) / half_life)).sum()
    }
}

/// Whether a signal means this by itself. What is a conversation depends on other signals too.
fn has_meaning(signal: &Signal, meaning: SignalMeaning) -> bool {
    match meaning {
        SignalMeaning::MissedCall => signal.kind == SignalKind::Call && signal.view().awaits_answer(),
        SignalMeaning::Complaint => {
            let about_it = signal.topic.as_deref().is_some_and(|topic| COMPLAINT_TOPICS.contains(&topic));
            about_it && (signal.is_inbound() || signal.kind == SignalKind::Note)
        }
        SignalMeaning::Conversation => false,
    }
}

pub(super) fn count<'a>(
    signals: impl Iterator<Item = &'a Signal>,
    window: Option<Duration>,
    coming: Option<Instant>,
) -> FactValue {
    let mut number = 0;
    let mut oldest = None;
    for signal in signals {
        oldest.get_or_insert(signal.at);
        number += 1;
    }
    let leaves = oldest.zip(window).map(|(at, window)| at + window);
    FactValue::until(Value::Whole(number), earliest(leaves, coming))
}

/// The earlier of two moments, where there are any.
pub(crate) fn earliest(one: Option<Instant>, other: Option<Instant>) -> Option<Instant> {
    one.into_iter().chain(other).min()
}

/// True when the signal is about this topic: it says so, or it is this content. Every signal is, where none is asked for.
pub(super) fn about(signal: &Signal, topic: Option<&str>) -> bool {
    topic.is_none_or(|topic| signal.topic.as_deref() == Some(topic) || signal.content.as_deref() == Some(topic))
}

fn weight(signal: &Signal) -> f64 {
    let silent =
        matches!(signal.kind, SignalKind::Bounce | SignalKind::AutoReply | SignalKind::Unsubscribe | SignalKind::Note);
    signal.weight.unwrap_or(if silent { 0.0 } else { 1.0 })
}
