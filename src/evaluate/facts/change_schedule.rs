//! When conditions can change by the passing of time alone, told of many leads from their logs.
//!
//! A statement notes the changes of all facts that it mentions, whatever their values are (see [`crate::evaluate::clause`]), so when it can
//! change depends on the log alone: signals leave windows, lengths of time pass thresholds. [`ChangeSchedule`] is the list of such moments of some
//! conditions; asking it gives what asking the conditions themselves notes.
//!
//! Left out: everything that is followed in another way (scores, moments on record, quotes, people). Conditions that mention such are not
//! taken in, and are asked lead by lead.

use std::sync::Arc;

use crate::book::catalogue::{Fact, Subject};
use crate::book::columns::SignalLog;
use crate::book::signal_view::is_interest;
use crate::book::value::Value;
use crate::book::vocabulary::{Channel, SignalKind};
use crate::book::word_table::{WordId, WordTable};
use crate::calendar::{Duration, Instant};
use crate::evaluate::facts::change::linear_crossing;
use crate::pack::expression::{Body, Clause, Comparison, Node, NodeKind};
use crate::pack::fact_arguments::FactArguments;

/// Moments at which some conditions can change.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct ChangeSchedule(Vec<ScheduledChange>);

#[derive(Clone, Debug, PartialEq)]
struct ScheduledChange {
    which: SignalFilter,
    how: ChangeKind,
}

/// Which signals.
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
}

#[derive(Clone, Debug, PartialEq)]
enum ChangeKind {
    /// The oldest (else the newest) in the window leaves it.
    Leaves { oldest: bool, window: Duration },
    /// The time since the newest (else the oldest) passes a length.
    Passes { newest: bool, comparison: Comparison, than: Value, mirrored: bool },
}

impl ChangeSchedule {
    /// Takes in a condition. False when it mentions something that is followed in another way.
    pub(crate) fn add(&mut self, clause: &Clause) -> bool {
        match &clause.body {
            Body::Compiled(node) if !clause.reads_person => self.node(node),
            _ => false,
        }
    }

    fn node(&mut self, node: &Node) -> bool {
        match &node.kind {
            NodeKind::Literal(_) | NodeKind::Setting { .. } | NodeKind::Own { .. } => true,
            NodeKind::And(nodes) | NodeKind::Or(nodes) | NodeKind::Coalesce(nodes) | NodeKind::List(nodes) => {
                nodes.iter().all(|node| self.node(node))
            }
            NodeKind::Not(inner) | NodeKind::Negate(inner) | NodeKind::InRange(inner, ..) => self.node(inner),
            NodeKind::Compare(comparison, left, right) => match (left.constant().cloned(), right.constant().cloned()) {
                (None, Some(than)) if since(left).is_some() => self.passes(left, *comparison, than, false),
                (Some(than), None) if since(right).is_some() => self.passes(right, *comparison, than, true),
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
        let topic = args.topic.clone();
        let which = match fact {
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
            | Fact::LastOutcome
            | Fact::Answered => return true,
            Fact::Count(kind) => {
                SignalFilter { kind: Some(kind), topic, inbound: is_interest(kind), ..SignalFilter::default() }
            }
            Fact::Signals => SignalFilter { kind: args.kind, topic, ..SignalFilter::default() },
            Fact::Touches => SignalFilter { channel: args.channel, touches: true, ..SignalFilter::default() },
            Fact::Replied => SignalFilter { replies: true, ..SignalFilter::default() },
            _ => return false,
        };
        if let Some(window) = args.window {
            self.push(ScheduledChange { how: ChangeKind::Leaves { oldest: !which.replies, window }, which });
        }
        true
    }

    fn passes(&mut self, node: &Node, comparison: Comparison, than: Value, mirrored: bool) -> bool {
        let Some((which, newest)) = since(node) else { return false };
        if matches!(than, Value::Length(_)) {
            self.push(ScheduledChange { which, how: ChangeKind::Passes { newest, comparison, than, mirrored } });
        }
        true
    }

    fn push(&mut self, turn: ScheduledChange) {
        if !self.0.contains(&turn) {
            self.0.push(turn);
        }
    }

    /// The same, for the log of a book with these words. What is about a topic that nobody named never changes.
    pub(crate) fn over(&self, words: &WordTable) -> Vec<LogChanges> {
        let over = |turn: &ScheduledChange| {
            let which = &turn.which;
            let topic = match &which.topic {
                Some(topic) => Some(words.find(topic)?),
                None => None,
            };
            Some(LogChanges { turn: turn.clone(), topic })
        };
        self.0.iter().filter_map(over).collect()
    }
}

/// A turn over the log of a book.
#[derive(Clone, Debug)]
pub(crate) struct LogChanges {
    turn: ScheduledChange,
    topic: Option<WordId>,
}

impl LogChanges {
    /// When it comes for signals at these places of a log, none of which lies after `now`.
    pub(crate) fn next(&self, log: &SignalLog, range: std::ops::Range<usize>, now: Instant) -> Option<Instant> {
        let at = |nth: usize| log.at.get(nth).map(|at| Instant::from_millis(*at));
        let mut wanted = range.filter(|nth| self.is_wanted(log, *nth));
        match &self.turn.how {
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
        let filter = &self.turn.which;
        log.view(nth).is_some_and(|signal| {
            filter.kind.is_none_or(|kind| signal.kind == kind)
                && (!filter.inbound || signal.inbound)
                && (!filter.touches || signal.is_touch())
                && filter.channel.is_none_or(|channel| signal.channel == Some(channel))
                && (!filter.replies || signal.is_reply())
        }) && self.topic.is_none_or(|topic| log.topic.get(nth) == Some(&topic) || log.content.get(nth) == Some(&topic))
    }
}

/// Which signals a length of time counts from, and whether from the newest of them.
fn since(node: &Node) -> Option<(SignalFilter, bool)> {
    let NodeKind::Fact { subject: subject @ (Subject::Lead | Subject::Account), fact, args, .. } = &node.kind else {
        return None;
    };
    let args: Vec<Value> = args.iter().map(|arg| arg.constant().cloned()).collect::<Option<_>>()?;
    let args = FactArguments::read(*subject, *fact, &args).ok()??;
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
