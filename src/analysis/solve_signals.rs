//! The signals that a lead must have to meet the tests of a conjunction: those of a moment, those that are counted, and answers.

use std::sync::Arc;

use crate::analysis::alternatives::Conjunction;
use crate::analysis::chosen_value::{DAY, HOUR, choose};
use crate::analysis::sketch::{LeadSketch, SignalSketch, usual_channel};
use crate::analysis::value_set::ValueSet;
use crate::analysis::variable::Variable;
use crate::book::catalogue::{COMPLAINT_TOPICS, Fact, SignalMeaning, Subject};
use crate::book::value::Value;
use crate::book::vocabulary::{Channel, Direction, Outcome, SignalKind};
use crate::calendar::Duration;
use crate::pack::fact_arguments::FactArguments;

/// Signals that were at some moment: the last of a kind, the last touch, a question that waits.
pub(super) fn moments(
    lead: &mut LeadSketch,
    variable: &Variable,
    (subject, fact, arguments): (Subject, Fact, &FactArguments),
    (set, age): (&ValueSet, Option<Duration>),
) {
    let is = |truth: bool| set.only() == Some(&Value::Truth(truth));
    match fact {
        Fact::Since | Fact::First => {
            let Some(age) = age else { return };
            let (kind, topic, direction) = kind_of(fact, arguments);
            if fact == Fact::Since && lead.signals.iter().any(|signal| is_counted(signal, (fact, arguments), age)) {
                return;
            }
            let mut signal = signal(kind, age, topic);
            if let Some(direction) = direction {
                signal.direction = direction;
            }
            if arguments.meaning == Some(SignalMeaning::MissedCall) {
                signal.outcome = Some(Outcome::NoAnswer);
            }
            if arguments.meaning == Some(SignalMeaning::Conversation) {
                (signal.direction, signal.outcome) = (Direction::Outbound, Some(Outcome::Answered));
            }
            lead.signals.push(signal);
        }
        Fact::LastTouch | Fact::LastHeard | Fact::LastTouchTo => {
            let Some(age) = age else { return };
            lead.signals.push(touch(arguments.channel.unwrap_or(Channel::Email), age, None));
        }
        Fact::LastOutcome if !set.unknown => {
            let Some(Value::Text(word)) = choose(variable, set) else { return };
            let window = arguments.window.map_or(10.0 * DAY, |window| window.millis() as f64);
            let age = Duration::from_millis((window / 2.0).min(3.0 * DAY) as i64);
            lead.signals.push(touch(arguments.channel.unwrap_or(Channel::Phone), age, Outcome::from_word(&word)));
        }
        Fact::Waiting if is(true) => {
            let question = Variable::fact(Subject::Person, Fact::Question, &[]);
            // A question of somebody who is named is added with what it is.
            if subject == Subject::Lead && question.is_some() && !lead.signals.iter().any(waits) {
                let mut asked = signal(SignalKind::Form, Duration::from_millis(1_800_000), Some("contact".into()));
                asked.person = None;
                lead.signals.push(asked);
            }
        }
        Fact::Question if !set.unknown => {
            let Some(Value::Text(word)) = choose(variable, set) else { return };
            let kind = SignalKind::from_word(&word).unwrap_or(SignalKind::Form);
            let topic = if kind == SignalKind::Form { Some("contact".into()) } else { None };
            let mut asked = signal(kind, Duration::from_millis(120_000), topic);
            if kind == SignalKind::Call {
                asked.outcome = Some(Outcome::NoAnswer);
            }
            lead.signals.retain(|signal| !waits(signal) || signal.person.is_some());
            lead.signals.push(asked);
        }
        Fact::WaitingFor => {
            let (Some(age), Some(asked)) = (age, lead.signals.iter_mut().find(|signal| waits(signal))) else { return };
            asked.age = age;
        }
        Fact::Replied if is(true) => {
            let window = arguments.window.map_or(10.0 * DAY, |window| window.millis() as f64);
            let age = (window / 2.0).min(8.0 * DAY);
            lead.signals.push(signal(SignalKind::Reply, Duration::from_millis(age as i64), Some("planning".into())));
            // It was answered, so that nothing waits.
            lead.signals.push(touch(Channel::Email, Duration::from_millis((age - 2.0 * HOUR).max(0.0) as i64), None));
        }
        Fact::Unanswered => {
            let wanted = set.lowest().map_or(0, |low| low.at as i64);
            let channel = arguments.channel.unwrap_or(Channel::Email);
            let outcome = (channel == Channel::Phone).then_some(Outcome::NoAnswer);
            for nth in 1..=wanted.min(12) {
                let age = Duration::from_millis(nth * 4 * Duration::DAY.millis());
                lead.signals.push(touch(channel, age, outcome));
            }
        }
        Fact::Bought if is(true) => lead.signals.push(signal(SignalKind::Order, days(3), None)),
        _ => {}
    }
}

pub(super) fn days(count: i64) -> Duration {
    Duration::DAY.times(count).unwrap_or(Duration::DAY)
}

/// Something of theirs.
fn signal(kind: SignalKind, age: Duration, topic: Option<Arc<str>>) -> SignalSketch {
    let direction = Direction::Inbound;
    SignalSketch { kind, age, topic, person: Some(0), direction, channel: usual_channel(kind), outcome: None }
}

/// A touch of ours.
pub(crate) fn touch(channel: Channel, age: Duration, outcome: Option<Outcome>) -> SignalSketch {
    let kind = match channel {
        Channel::Phone => SignalKind::Call,
        Channel::Email => SignalKind::Email,
        Channel::Social => SignalKind::Message,
        Channel::Chat => SignalKind::Chat,
        Channel::Video | Channel::Visit => SignalKind::Meeting,
        Channel::Content => SignalKind::Note,
    };
    let (direction, topic) = (Direction::Outbound, None);
    SignalSketch { kind, age, topic, person: Some(0), direction, channel: Some(channel), outcome }
}

/// Whether a signal waits for an answer.
fn waits(signal: &SignalSketch) -> bool {
    use SignalKind::{Call, Chat, Email, Form, Message, Reply};
    signal.direction == Direction::Inbound
        && (matches!(signal.kind, Form | Reply | Chat | Message | Email)
            || signal.kind == Call && signal.outcome == Some(Outcome::NoAnswer))
}

/// The kind, topic and direction of the signals that a fact is about.
fn kind_of(fact: Fact, arguments: &FactArguments) -> (SignalKind, Option<Arc<str>>, Option<Direction>) {
    let topic = arguments.topic.clone();
    match (fact, arguments.kind, arguments.meaning) {
        (Fact::Count(kind), ..) | (_, Some(kind), _) => {
            let usual = match kind {
                SignalKind::PageVisit if topic.is_none() => Some("product".into()),
                SignalKind::Form if topic.is_none() => Some("contact".into()),
                _ => topic,
            };
            (kind, usual, arguments.direction)
        }
        (_, _, Some(SignalMeaning::Complaint)) => {
            (SignalKind::Note, COMPLAINT_TOPICS.first().map(|topic| (*topic).into()), None)
        }
        _ => (SignalKind::Call, topic, arguments.direction),
    }
}

/// Whether a fact counts a signal that is younger than this.
fn is_counted(signal: &SignalSketch, (fact, arguments): (Fact, &FactArguments), within: Duration) -> bool {
    if signal.age >= within && fact != Fact::Since {
        return false;
    }
    if fact == Fact::Touches {
        let ours = signal.direction == Direction::Outbound && signal.channel.is_some();
        return ours && arguments.channel.is_none_or(|channel| signal.channel == Some(channel));
    }
    let (kind, ..) = kind_of(fact, arguments);
    signal.kind == kind
        && (arguments.topic.is_none() || signal.topic == arguments.topic)
        && arguments.direction.is_none_or(|direction| signal.direction == direction)
}

/// As many signals as are counted at least.
pub(super) fn counts(
    lead: &mut LeadSketch,
    tests: &Conjunction,
    (subject, fact, arguments): (Subject, Fact, &FactArguments),
    set: &ValueSet,
) {
    let Some(lowest) = set.lowest() else { return };
    let window = arguments.window.map_or(30.0 * DAY, |window| window.millis() as f64);
    match fact {
        Fact::Score => {
            let half_life = arguments.half_life.map_or(14.0 * DAY, |half_life| half_life.millis() as f64);
            let mut score: f64 = lead
                .signals
                .iter()
                .filter(|signal| signal.direction == Direction::Inbound && signal.kind != SignalKind::Note)
                .map(|signal| libm::exp2(-(signal.age.millis() as f64) / half_life))
                .sum();
            let mut nth = 0;
            while lowest.at > 0.0 && score < lowest.at + 0.01 && nth < 40 {
                nth += 1;
                // One a few hours after the other, from yesterday on.
                let age = DAY + f64::from(nth - 1) * 5.0 * HOUR;
                score += libm::exp2(-age / half_life);
                lead.signals.push(signal(
                    SignalKind::PageVisit,
                    Duration::from_millis(age as i64),
                    Some("product".into()),
                ));
            }
        }
        Fact::Count(_) | Fact::Signals | Fact::MissedCalls | Fact::Touches => {
            let wanted = (lowest.at.max(0.0) as usize).min(40);
            let within = Duration::from_millis(window as i64);
            let there = lead.signals.iter().filter(|signal| is_counted(signal, (fact, arguments), within)).count();
            let missing = wanted.saturating_sub(there);
            let from = oldest_kept_free(tests, (subject, fact, arguments), lowest.at).min(window);
            let room = window - from;
            for nth in 1..=missing {
                let place = nth as f64;
                let step = if room > (missing as f64 + 1.0) * DAY { DAY } else { room / (missing as f64 + 1.0) };
                let age = from + place * step;
                let age = Duration::from_millis(((age / 60_000.0).floor() * 60_000.0) as i64);
                let made = if fact == Fact::Touches {
                    touch(arguments.channel.unwrap_or(Channel::Email), age, None)
                } else {
                    let (kind, topic, direction) = kind_of(fact, arguments);
                    let missed = fact == Fact::MissedCalls || arguments.meaning == Some(SignalMeaning::MissedCall);
                    let outcome = if missed { Some(Outcome::NoAnswer) } else { None };
                    let made = signal(kind, age, topic);
                    SignalSketch { direction: direction.unwrap_or(made.direction), outcome, ..made }
                };
                lead.signals.push(made);
            }
        }
        Fact::Tried if subject == Subject::Person && lowest.at >= 1.0 => {
            let asked = lead.signals.iter().filter(|signal| waits(signal)).map(|signal| signal.age.millis()).max();
            let Some(asked) = asked else { return };
            for nth in 1..=(lowest.at as i64).min(6) {
                let age = Duration::from_millis(asked * nth / 8);
                lead.signals.push(touch(Channel::Phone, age, Some(Outcome::NoAnswer)));
            }
        }
        _ => {}
    }
}

/// How far back there may be fewer signals of this sort than so many, in milliseconds.
fn oldest_kept_free(
    tests: &Conjunction,
    (subject, fact, arguments): (Subject, Fact, &FactArguments),
    number: f64,
) -> f64 {
    let kept_free = tests.tests().filter_map(|(variable, set)| {
        let (about, other, others) = variable.as_fact()?;
        let touches = fact == Fact::Touches;
        if about != subject || others.topic.is_some() && others.topic != arguments.topic {
            return None;
        }
        match other {
            Fact::Touches if touches && others.channel.is_none_or(|channel| arguments.channel == Some(channel)) => {
                set.highest().filter(|high| high.at < number).and(others.window).map(|window| window.millis() as f64)
            }
            Fact::LastTouch if touches => set.lowest().map(|low| low.at),
            Fact::Since if !touches && others.kind == Some(kind_of(fact, arguments).0) => {
                set.lowest().map(|low| low.at)
            }
            _ if other == fact && !touches && others.kind == arguments.kind => {
                set.highest().filter(|high| high.at < number).and(others.window).map(|window| window.millis() as f64)
            }
            _ => None,
        }
    });
    kept_free.filter(|free| free.is_finite()).fold(0.0, f64::max)
}

/// An answer to what waits, where the tests ask that nobody does.
pub(super) fn answer_what_waits(lead: &mut LeadSketch, tests: &Conjunction) {
    let is = |subject, fact, truth: bool| {
        let variable = Variable::fact(subject, fact, &[]);
        variable.and_then(|variable| tests.test(&variable)?.only().cloned()) == Some(Value::Truth(truth))
    };
    let answered = [Subject::Lead, Subject::Person]
        .into_iter()
        .any(|subject| is(subject, Fact::Waiting, false) || is(subject, Fact::Answered, true));
    let last = lead.signals.iter().filter(|signal| waits(signal)).map(|signal| signal.age.millis()).min();
    if let Some(last) = last.filter(|_| answered && !is(Subject::Lead, Fact::Waiting, true)) {
        let later = Duration::from_millis((last * 5 / 6 / 60_000) * 60_000);
        lead.signals.push(touch(Channel::Email, later, None));
    }
}
