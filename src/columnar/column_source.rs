//! The values that the columns of a page can supply to conditions, and which of them a fact of a rule is.
//!
//! While a condition is lowered to columns, [`source_of`] maps each fact call in it (subject, fact and arguments) to a [`ColumnSource`].
//! Equal sources are the same value: the plan keeps each source once, and it is read once per page for all conditions. A fact without a
//! source keeps its whole condition off the columns; such a condition is evaluated lead by lead, on records.

use std::sync::Arc;

use crate::book::catalogue::{Fact, Subject};
use crate::book::signal_view::is_interest;
use crate::book::value::Value;
use crate::book::vocabulary::{Channel, SignalKind};
use crate::calendar::Duration;
use crate::pack::fact_arguments::FactArguments;

/// A value, one per lead, that conditions read from the columns of a page.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum ColumnSource {
    /// A field that the team declared itself (`fact budget as number`), by name.
    Own(Arc<str>),
    /// A fact that pages store as a column; the cell is the value.
    Record(Fact),
    /// A length of time: how long before now the moment is that pages store in the column of this fact. Unknown for a moment after now.
    Ago(Fact),
    /// The stage: as recorded, which is what `enter` statements read, or as the `enter` statements leave it, which is what all others read.
    Stage {
        /// True for the stage after the `enter` statements, false for the recorded one.
        entered: bool,
    },
    /// How long the lead has been in that stage; unknown when an `enter` statement has just changed the stage.
    StageFor {
        /// True for the stage after the `enter` statements, false for the recorded one.
        entered: bool,
    },
    /// A value computed from the signals of the lead.
    Log(LogFact),
    /// The moment of the evaluation.
    Now,
}

/// A value computed from those signals of one lead that have happened by now.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct LogFact {
    /// The computation.
    pub(crate) measure: LogMeasure,
    /// Only signals of this kind. Always present for the counts and moments of signals, never for the measures of touches and replies.
    pub(crate) kind: Option<SignalKind>,
    /// Only signals with this text as their topic or content; `None` for any.
    pub(crate) topic: Option<Arc<str>>,
    /// Only touches on this channel; `None` for any. Reactions count on every channel.
    pub(crate) channel: Option<Channel>,
    /// Only signals less than so many milliseconds before now; `None` for any age.
    pub(crate) window: Option<i64>,
    /// True for a fact that depends on the other leads of the contact group. Columns hold it only for a lead that is alone in its group; the others
    /// are evaluated on records.
    pub(crate) account: bool,
}

/// A computation on the signals of one lead. A touch is an outbound contact moment of the team.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LogMeasure {
    /// The number of inbound signals.
    CountTheirs,
    /// The number of signals, inbound and outbound.
    Count,
    /// The moment of the newest signal, inbound or outbound; a condition reads it as the time since.
    Last,
    /// The moment of the oldest signal, inbound or outbound; a condition reads it as the time since.
    First,
    /// The number of our touches.
    Touches,
    /// The number of our touches since the last reaction of theirs.
    Unanswered,
    /// The moment of our newest touch; a condition reads it as the time since.
    LastTouch,
    /// The outcome of our newest touch; unknown when it has none.
    LastOutcome,
    /// Whether there is a reply.
    Replied,
    /// Whether no inbound signal awaits an answer.
    Answered,
    /// Whether somebody may wait for an answer: false only where the signals of the lead alone show that nobody does. Columns hold it for leads
    /// where it is false, which is what the fact is then; the others are evaluated on records.
    Waiting,
}

/// Why a condition cannot be evaluated on columns, as a clause about the condition ("it reads ..."); for tests and callers of the library, not shown to users.
pub(crate) type NotColumnar = &'static str;

/// The source of a fact of a subject with these arguments, which are constants. `Ok(None)` when an argument is unknown: then the fact is
/// unknown for every lead. `entered` is true for conditions that are evaluated after the `enter` statements.
///
/// # Errors
/// The reason why no column supplies the fact: it is about a person, needs the record of the lead, or has arguments that it does not take.
/// The condition is then evaluated on records, which also reports wrong arguments.
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

/// The source of a fact that is computed from signals, as [`source_of`] returns it.
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
        Fact::Waiting if !account => (LogMeasure::Waiting, None),
        _ => return Err("it reads a fact that is not stored in columns"),
    };
    let Ok(arguments) = FactArguments::read(subject, fact, args) else {
        return Err("it calls a fact with arguments that the fact does not take");
    };
    if arguments.as_ref().is_some_and(|arguments| arguments.meaning.is_some() || arguments.direction.is_some()) {
        return Err("it counts signals of one direction");
    }
    Ok(arguments.map(|arguments| {
        ColumnSource::Log(LogFact {
            measure,
            kind: kind.or(arguments.kind),
            topic: arguments.topic,
            channel: arguments.channel,
            window: arguments.window.map(Duration::millis),
            // A person may have asked in another lead of the contact group.
            account: account || measure == LogMeasure::Waiting,
        })
    }))
}
