//! When conditions can change by the passing of time alone, computed for many leads from their logs.
//!
//! A statement notes the changes of all facts that it mentions, whatever their values are (see [`crate::evaluate::clause`]), so when it can
//! change depends on the log alone: signals leave windows, lengths of time pass thresholds. A [`ChangeSchedule`] lists the causes of such
//! changes in some conditions. For any lead it gives the moments that evaluating the conditions for that lead would note.
//!
//! Left out: everything that changes for other reasons (scores, recorded moments, quotes, people). Conditions that mention such facts are
//! not added, and are evaluated lead by lead.

use std::sync::Arc;

use crate::book::catalogue::{Fact, Subject};
use crate::book::columns::SignalLog;
use crate::book::machine_signals::is_by_machine_in;
use crate::book::signal_view::{NO_SHOW_MATTERS_FOR, is_interest};
use crate::book::value::Value;
use crate::book::vocabulary::{Channel, Outcome, SignalKind};
use crate::book::word_table::{WordId, WordTable};
use crate::calendar::{Duration, Instant};
use crate::evaluate::facts::change::linear_crossing;
use crate::pack::expression::{Body, Clause, Comparison, Node, NodeKind};
use crate::pack::fact_arguments::FactArguments;

/// The causes of changes in some conditions.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct ChangeSchedule(Vec<ScheduledChange>);

/// One cause.
#[derive(Clone, Debug, PartialEq)]
struct ScheduledChange {
    filter: SignalFilter,
    kind: ChangeKind,
}

/// The signals on which a change depends.
#[derive(Clone, Debug, Default, PartialEq)]
struct SignalFilter {
    kind: Option<SignalKind>,
    topic: Option<Arc<str>>,
    channel: Option<Channel>,
    /// Only what the customer started.
    inbound: bool,
    /// Only contact moments of ours.
    touches: bool,
    /// Only replies.
    replies: bool,
    /// Only what ended so.
    outcome: Option<Outcome>,
}

/// How these signals make a condition change.
#[derive(Clone, Debug, PartialEq)]
enum ChangeKind {
    /// The oldest of them in the window (else the newest) leaves it.
    Leaves { oldest: bool, window: Duration },
    /// The time since the newest of them (else the oldest) passes a length. `mirrored` when the length stands at the left.
    Passes { newest: bool, comparison: Comparison, than: Value, mirrored: bool },
}

impl ChangeSchedule {
    /// Adds a condition. False when it mentions something whose changes are not found in the log; then part of it may have been added.
    pub(crate) fn add(&mut self, clause: &Clause) -> bool {
        match &clause.body {
            Body::Compiled(node) if !clause.reads_person => self.node(node),
            _ => false,
        }
    }

    /// The number of causes.
    pub(crate) const fn len(&self) -> usize {
        self.0.len()
    }

    /// Removes the causes that were added last, until there are this many.
    pub(crate) fn truncate(&mut self, len: usize) {
        self.0.truncate(len);
    }

    fn node(&mut self, node: &Node) -> bool {
        match &node.kind {
            NodeKind::Literal(_) | NodeKind::Setting { .. } | NodeKind::Own { .. } => true,
            NodeKind::And(nodes) | NodeKind::Or(nodes) | NodeKind::Coalesce(nodes) | NodeKind::List(nodes) => {
                nodes.iter().all(|node| self.node(node))
            }
            NodeKind::Not(inner) | NodeKind::Negate(inner) | NodeKind::InRange(inner, ..) => self.node(inner),
            NodeKind::Compare(comparison, left, right) => match (left.constant().cloned(), right.constant().cloned()) {
                (None, Some(than)) if measured_from(left).is_some() => self.passes(left, *comparison, than, false),
                (Some(than), None) if measured_from(right).is_some() => self.passes(right, *comparison, than, true),
                _ => self.node(left) && self.node(right),
            },
            NodeKind::In(needle, items) => items.iter().all(|item| self.node(item)) && self.node(needle),
            NodeKind::Contains(needle, haystack) => self.node(haystack) && self.node(needle),
            NodeKind::If(condition, yes, no) => {
                self.node(condition) && self.node(yes) && no.as_ref().is_none_or(|no| self.node(no))
            }
            NodeKind::Fact { subject, fact, args, .. } => {
                let args: Option<Vec<Value>> = args.iter().map(|arg| arg.constant().cloned()).collect();
                *subject != Subject::Person && args.is_some_and(|args| self.fact(*subject, *fact, &args))
            }
            _ => false,
        }
    }

    fn fact(&mut self, subject: Subject, fact: Fact, args: &[Value]) -> bool {
        let Ok(Some(args)) = FactArguments::read(subject, fact, args) else { return false };
        if args.meaning.is_some() || args.direction.is_some() {
            return false;
        }
        let topic = args.topic.clone();
        let filter = match fact {
            Fact::Id
            | Fact::Name
            | Fact::Source
            | Fact::Topic
            | Fact::Country
            | Fact::Region
            | Fact::Zone
            | Fact::Language
            | Fact::Owner
            | Fact::Worth
            | Fact::Churn
            | Fact::Stage
            | Fact::Open
            | Fact::LegalForm
            | Fact::Industry
            | Fact::Employees
            | Fact::Leads
            | Fact::People
            | Fact::Knows
            | Fact::RolesMissing
            | Fact::Unanswered
            | Fact::Answered => return true,
            Fact::LastOutcome => {
                let touches = SignalFilter { channel: args.channel, touches: true, ..SignalFilter::default() };
                let no_shows = SignalFilter { outcome: Some(Outcome::NoShow), ..touches.clone() };
                let windows = [(no_shows, Some(NO_SHOW_MATTERS_FOR)), (touches, args.window)];
                for (filter, window) in windows {
                    if let Some(window) = window {
                        self.push(ScheduledChange { kind: ChangeKind::Leaves { oldest: false, window }, filter });
                    }
                }
                return true;
            }
            Fact::Count(kind) => {
                SignalFilter { kind: Some(kind), topic, inbound: is_interest(kind), ..SignalFilter::default() }
            }
            Fact::Signals => SignalFilter { kind: args.kind, topic, ..SignalFilter::default() },
            Fact::Touches => SignalFilter { channel: args.channel, touches: true, ..SignalFilter::default() },
            Fact::Replied => SignalFilter { replies: true, ..SignalFilter::default() },
            _ => return false,
        };
        if let Some(window) = args.window {
            self.push(ScheduledChange { kind: ChangeKind::Leaves { oldest: !filter.replies, window }, filter });
        }
        true
    }

    fn passes(&mut self, node: &Node, comparison: Comparison, than: Value, mirrored: bool) -> bool {
        let Some((filter, newest)) = measured_from(node) else { return false };
        if matches!(than, Value::WorkingLength(_) | Value::WorkingDays(_)) {
            return false;
        }
        if matches!(than, Value::Length(_)) {
            self.push(ScheduledChange { filter, kind: ChangeKind::Passes { newest, comparison, than, mirrored } });
        }
        true
    }

    fn push(&mut self, change: ScheduledChange) {
        if !self.0.contains(&change) {
            self.0.push(change);
        }
    }

    /// The causes with their topics as words of a book. One about a topic that no signal of the book has never comes, and is left out.
    pub(crate) fn in_words_of(&self, words: &WordTable) -> Vec<LogChanges> {
        let in_words = |change: &ScheduledChange| {
            let topic = match &change.filter.topic {
                Some(topic) => Some(words.find(topic)?),
                None => None,
            };
            Some(LogChanges { change: change.clone(), topic })
        };
        self.0.iter().filter_map(in_words).collect()
    }
}

/// A cause of changes in the log of a book.
#[derive(Clone, Debug)]
pub(crate) struct LogChanges {
    change: ScheduledChange,
    topic: Option<WordId>,
}

impl LogChanges {
    /// When it comes after `now`, for the signals at these places of a log, all of which have happened by `now`.
    pub(crate) fn next(&self, log: &SignalLog, range: std::ops::Range<usize>, now: Instant) -> Option<Instant> {
        let at = |nth: usize| log.at.get(nth).map(|at| Instant::from_millis(*at));
        let past = range.clone();
        let mut wanted =
            range.filter(|nth| self.is_wanted(log, *nth)).filter(|nth| !is_by_machine_in(log, &past, *nth));
        match &self.change.kind {
            ChangeKind::Leaves { oldest, window } => {
                let mut inside = wanted.filter_map(at).filter(|at| now - *at < *window);
                let leaving = if *oldest { inside.next() } else { inside.next_back() };
                leaving.map(|at| at + *window)
            }
            ChangeKind::Passes { newest, comparison, than, mirrored } => {
                let found = if *newest { wanted.next_back() } else { wanted.next() };
                let ago = Value::Length(now - at(found?)?);
                let crossing = if *mirrored {
                    linear_crossing(*comparison, (than, 0), (&ago, 1))
                } else {
                    linear_crossing(*comparison, (&ago, 1), (than, 0))
                };
                crossing.map(|length| now + length)
            }
        }
    }

    fn is_wanted(&self, log: &SignalLog, nth: usize) -> bool {
        let filter = &self.change.filter;
        log.view(nth).is_some_and(|signal| {
            filter.kind.is_none_or(|kind| signal.kind == kind)
                && (!filter.inbound || signal.inbound)
                && (!filter.touches || signal.is_touch())
                && filter.channel.is_none_or(|channel| signal.channel == Some(channel))
                && (!filter.replies || signal.is_reply())
                && filter.outcome.is_none_or(|outcome| signal.outcome == Some(outcome))
        }) && self.topic.is_none_or(|topic| log.topic.get(nth) == Some(&topic) || log.content.get(nth) == Some(&topic))
    }
}

/// For a fact that is the time since a signal: of which signals, and whether of the newest of them.
fn measured_from(node: &Node) -> Option<(SignalFilter, bool)> {
    let NodeKind::Fact { subject: subject @ (Subject::Lead | Subject::Account), fact, args, .. } = &node.kind else {
        return None;
    };
    let args: Vec<Value> = args.iter().map(|arg| arg.constant().cloned()).collect::<Option<_>>()?;
    let args = FactArguments::read(*subject, *fact, &args).ok()??;
    if args.meaning.is_some() || args.direction.is_some() {
        return None;
    }
    let of_kind = || SignalFilter { kind: args.kind, topic: args.topic.clone(), ..SignalFilter::default() };
    match fact {
        Fact::Since => Some((of_kind(), true)),
        Fact::First => Some((of_kind(), false)),
        Fact::LastTouch => {
            Some((SignalFilter { channel: args.channel, touches: true, ..SignalFilter::default() }, true))
        }
        _ => None,
    }
}
