//! What a condition reads of a lead, so that each thing is fetched once.

use std::sync::Arc;

use crate::book::catalogue::{Fact, Subject};
use crate::book::columns::log::DIRECTION;
use crate::book::value::Value;
use crate::book::vocabulary::{Channel, Direction, SignalKind};
use crate::calendar::Duration;
use crate::evaluate::facts::arguments::FactArguments;

/// One thing that conditions read.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum ColumnSource {
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
    Event(LogFact),
    /// The moment at which the rules are asked.
    Now,
}

/// Something that is worked out from the log of one lead.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct LogFact {
    /// What.
    pub(crate) what: LogMeasure,
    /// Which kind of signal.
    pub(crate) kind: Option<SignalKind>,
    /// About what.
    pub(crate) topic: Option<Arc<str>>,
    /// On which channel.
    pub(crate) channel: Option<Channel>,
    /// How far back, in milliseconds.
    pub(crate) window: Option<i64>,
    /// True when it is asked of the account: the same as the lead's where the account has no other leads.
    pub(crate) account: bool,
}

/// What is worked out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LogMeasure {
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
pub(crate) type NotColumnar = &'static str;

/// Where a fact is found; `Err` when it is not kept in columns; `Ok(None)` when it is unknown whatever the lead.
pub(crate) fn source_of(
    subject: Subject,
    fact: Fact,
    args: &[Value],
    entered: bool,
) -> Result<Option<ColumnSource>, NotColumnar> {
    if subject == Subject::Person {
        return Err("it reads `person`, who is asked for one by one");
    }
    let account = subject == Subject::Account;
    Ok(Some(match fact {
        Fact::Stage if !account => ColumnSource::Stage { entered },
        Fact::StageFor if !account => ColumnSource::StageFor { entered },
        Fact::Age if !account => ColumnSource::Ago(fact),
        Fact::CustomerFor => ColumnSource::Ago(fact),
        Fact::Region | Fact::Industry | Fact::Employees | Fact::LegalForm => ColumnSource::Record(fact),
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
            ColumnSource::Record(fact)
        }
        Fact::People if !account && args.is_empty() => ColumnSource::Record(fact),
        _ => return event_of(subject, fact, args, account),
    }))
}

fn event_of(subject: Subject, fact: Fact, args: &[Value], account: bool) -> Result<Option<ColumnSource>, NotColumnar> {
    let (what, kind) = match fact {
        Fact::Count(kind) if crate::evaluate::facts::signals::is_interest(kind) => {
            (LogMeasure::CountTheirs, Some(kind))
        }
        Fact::Count(kind) => (LogMeasure::Count, Some(kind)),
        Fact::Signals => (LogMeasure::Count, None),
        Fact::Since => (LogMeasure::Last, None),
        Fact::First => (LogMeasure::First, None),
        Fact::Touches => (LogMeasure::Touches, None),
        Fact::Unanswered => (LogMeasure::Unanswered, None),
        Fact::LastTouch => (LogMeasure::LastTouch, None),
        Fact::LastOutcome => (LogMeasure::LastOutcome, None),
        Fact::Replied => (LogMeasure::Replied, None),
        Fact::Answered if !account => (LogMeasure::Answered, None),
        _ => return Err("it reads a fact that is kept with the record"),
    };
    let Ok(given) = FactArguments::read(subject, fact, args) else {
        return Err("it asks a fact about something that it does not know");
    };
    Ok(given.map(|given| {
        ColumnSource::Event(LogFact {
            what,
            kind: kind.or(given.kind),
            topic: given.topic.map(Arc::from),
            channel: given.channel,
            window: given.window.map(Duration::millis),
            account,
        })
    }))
}

/// How `way` of a log says outbound.
pub(crate) const OUTBOUND: u8 = (Direction::Outbound as u8 + 1) << DIRECTION;
