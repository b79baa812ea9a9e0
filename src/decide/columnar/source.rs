//! What a condition reads of a lead, so that each thing is fetched once.

use std::sync::Arc;

use crate::book::catalogue::{Entry, FACTS, Fact, Param, Subject};
use crate::book::schema::{Channel, Direction, SignalKind};
use crate::book::value::Value;

/// One thing that conditions read.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Source {
    /// A field of the team's own.
    Own(Arc<str>),
    /// A field of the record: its fact, as pages have it.
    Record(Fact),
    /// How long ago a recorded moment was.
    Ago(Fact),
    /// The stage on record (`enter` statements see it), or the one entered.
    Stage {
        /// True after the `enter` statements.
        entered: bool,
    },
    /// How long the lead has been in its stage.
    StageFor {
        /// True after the `enter` statements.
        entered: bool,
    },
    /// Something of the log.
    Event(Event),
    /// The moment at which the rules are asked.
    Now,
}

/// Something that is worked out from the log of one lead.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Event {
    /// What.
    pub(super) what: What,
    /// Which kind of signal.
    pub(super) kind: Option<SignalKind>,
    /// About what.
    pub(super) topic: Option<Arc<str>>,
    /// On which channel.
    pub(super) channel: Option<Channel>,
    /// How far back, in milliseconds.
    pub(super) window: Option<i64>,
    /// The half-life of a score, in milliseconds.
    pub(super) half_life: Option<i64>,
    /// True when it is asked of the account: the same as the lead's where the account has no other leads.
    pub(super) account: bool,
}

/// What is worked out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    /// How many signals of theirs.
    CountTheirs,
    /// How many signals, either way.
    Count,
    /// When the last was.
    Last,
    /// When the first was.
    First,
    /// How many touches of ours.
    Touches,
    /// How many touches since they last reacted.
    Unanswered,
    /// When our last touch was.
    LastTouch,
    /// How our last touch ended.
    LastOutcome,
    /// Whether they replied.
    Replied,
    /// Whether nothing of theirs waits for an answer.
    Answered,
}

/// Why something cannot be read from columns.
pub(super) type Why = &'static str;

/// Where a fact is found; `Err` when it is not kept in columns; `Ok(None)` when it is unknown whatever the lead.
pub(super) fn source_of(subject: Subject, fact: Fact, args: &[Value], entered: bool) -> Result<Option<Source>, Why> {
    if subject == Subject::Person {
        return Err("it reads `person`, who is asked for one by one");
    }
    let account = subject == Subject::Account;
    Ok(Some(match fact {
        Fact::Stage if !account => Source::Stage { entered },
        Fact::StageFor if !account => Source::StageFor { entered },
        Fact::Age if !account => Source::Ago(fact),
        Fact::CustomerFor => Source::Ago(fact),
        Fact::Region | Fact::Industry | Fact::Employees | Fact::LegalForm => Source::Record(fact),
        Fact::Source
        | Fact::Topic
        | Fact::Country
        | Fact::Zone
        | Fact::Language
        | Fact::Owner
        | Fact::Worth
        | Fact::Churn
            if !account =>
        {
            Source::Record(fact)
        }
        Fact::People if !account && args.is_empty() => Source::Record(fact),
        _ => return event_of(subject, fact, args, account),
    }))
}

fn event_of(subject: Subject, fact: Fact, args: &[Value], account: bool) -> Result<Option<Source>, Why> {
    let (what, kind) = match fact {
        Fact::Count(kind) if crate::decide::facts::signals::is_interest(kind) => (What::CountTheirs, Some(kind)),
        Fact::Count(kind) => (What::Count, Some(kind)),
        Fact::Signals => (What::Count, None),
        Fact::Since => (What::Last, None),
        Fact::First => (What::First, None),
        Fact::Touches => (What::Touches, None),
        Fact::Unanswered => (What::Unanswered, None),
        Fact::LastTouch => (What::LastTouch, None),
        Fact::LastOutcome => (What::LastOutcome, None),
        Fact::Replied => (What::Replied, None),
        Fact::Answered if !account => (What::Answered, None),
        _ => return Err("it reads a fact that is kept with the record"),
    };
    let mut event = Event { what, kind, topic: None, channel: None, window: None, half_life: None, account };
    match fill(&mut event, subject, fact, args) {
        Some(true) => Ok(Some(Source::Event(event))),
        Some(false) => Ok(None),
        None => Err("it asks a fact about something that it does not know"),
    }
}

/// Puts the arguments in their places; false when one of them is unknown, `None` when they do not fit.
fn fill(event: &mut Event, subject: Subject, fact: Fact, args: &[Value]) -> Option<bool> {
    let entry: &Entry = FACTS.iter().find(|entry| entry.fact == fact && entry.subjects.contains(&subject))?;
    let (required, optional) = entry.params.map_or((&[][..], &[][..]), |params| (params.required, params.optional));
    let mut given = args.iter().peekable();
    let mut known = true;
    for (place, param) in required.iter().chain(optional).enumerate() {
        match given.peek() {
            Some(Value::Unknown) => {
                known = false;
                given.next();
            }
            Some(value) if value.kind() == param.kind() => {
                match (param, value) {
                    (Param::Topic, Value::Text(text)) => event.topic = Some(text.clone()),
                    (Param::Kind, Value::Text(text)) => event.kind = Some(SignalKind::from_word(text)?),
                    (Param::Channel, Value::Text(text)) => event.channel = Some(Channel::from_word(text)?),
                    (Param::Window, Value::Length(length)) => event.window = Some(length.millis()),
                    _ => return None,
                }
                given.next();
            }
            _ if place >= required.len() => {}
            _ => return None,
        }
    }
    given.next().is_none().then_some(known)
}

/// The number of a word of the schema in a log: its place in the list plus 1.
pub(super) fn number_of<T: PartialEq>(list: &[T], word: &T) -> u8 {
    let place = list.iter().position(|each| each == word).and_then(|place| u8::try_from(place + 1).ok());
    place.unwrap_or(0)
}

/// How `way` of a log says outbound.
pub(super) fn outbound() -> u8 {
    number_of(Direction::ALL, &Direction::Outbound) << 4
}
