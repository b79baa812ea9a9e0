//! The values of a lead that conditions read, identified so that each is read once per page.

use std::sync::Arc;

use crate::book::catalogue::{Fact, Subject};
use crate::book::signal_view::is_interest;
use crate::book::value::Value;
use crate::book::vocabulary::{Channel, SignalKind};
use crate::calendar::Duration;
use crate::pack::fact_arguments::FactArguments;

/// A value that conditions read.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum ColumnSource {
    /// A team's own field, by name.
    Own(Arc<str>),
    /// A fact that pages have as a column.
    Record(Fact),
    /// The time since a moment that pages have as a column.
    Ago(Fact),
    /// The stage on record, which `enter` statements see, or the one after them.
    Stage {
        /// True after the `enter` statements.
        entered: bool,
    },
    /// How long the lead has been in that stage.
    StageFor {
        /// True after the `enter` statements.
        entered: bool,
    },
    /// A value computed from the signals.
    Log(LogFact),
    /// The moment of the evaluation.
    Now,
}

/// A value computed from the signals of one lead.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct LogFact {
    /// The computation.
    pub(crate) measure: LogMeasure,
    /// Only signals of this kind.
    pub(crate) kind: Option<SignalKind>,
    /// Only signals about this topic or content.
    pub(crate) topic: Option<Arc<str>>,
    /// Only touches on this channel.
    pub(crate) channel: Option<Channel>,
    /// Only signals of the last so many milliseconds.
    pub(crate) window: Option<i64>,
    /// Whether the fact is one of the account. Its value is that of the lead when the account has no other leads.
    pub(crate) account: bool,
}

/// A computation on the signals of one lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LogMeasure {
    /// The number of inbound signals.
    CountTheirs,
    /// The number of signals in both directions.
    Count,
    /// The moment of the last signal.
    Last,
    /// The moment of the first signal.
    First,
    /// The number of our touches.
    Touches,
    /// The number of our touches since their last reaction.
    Unanswered,
    /// The moment of our last touch.
    LastTouch,
    /// The outcome of our last touch.
    LastOutcome,
    /// Whether there is a reply.
    Replied,
    /// Whether no inbound signal awaits an answer.
    Answered,
}

/// The reason why a condition does not run on columns.
pub(crate) type NotColumnar = &'static str;

/// The source of a fact of a subject with these arguments; `Ok(None)` when the fact is unknown for every lead. `entered` tells whether the
/// stage is the one after the `enter` statements.
///
/// # Errors
/// The reason why columns do not have the fact.
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
        _ => return log_source_of(subject, fact, args, account),
    }))
}

/// The source of a fact that is computed from signals.
fn log_source_of(
    subject: Subject,
    fact: Fact,
    args: &[Value],
    account: bool,
) -> Result<Option<ColumnSource>, NotColumnar> {
    let (measure, kind) = match fact {
        Fact::Count(kind) if is_interest(kind) => (LogMeasure::CountTheirs, Some(kind)),
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
        ColumnSource::Log(LogFact {
            measure,
            kind: kind.or(given.kind),
            topic: given.topic,
            channel: given.channel,
            window: given.window.map(Duration::millis),
            account,
        })
    }))
}
