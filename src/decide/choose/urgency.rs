//! What comes first: among the candidates of a lead, among the leads of a contact group and in the queue.
//!
//! In this order: what is owed to somebody (an answer to their question, a touch that was promised to them), the earliest due first, so that
//! what is late is simply the earliest; everything else that is late; the rest. Within the latter two the highest priority is first. So no
//! value, high or low, moves an answer. Three things come after the rest: what is late and held up for longer than half a working day, where
//! something else can be made sooner and in time; a rule that says `wait`, which stops what is cold and has only to be told when nothing else is left;
//! and what is not due yet.

use std::cmp::Ordering;

use crate::calendar::Instant;

/// What orders a candidate or a decision.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Urgency {
    /// Whether somebody is owed it.
    pub(crate) owed: bool,
    /// Whether it is too late for what was promised.
    pub(crate) late: bool,
    /// Whether it gives way to what can be made sooner and in time.
    pub(crate) gives_way: bool,
    /// Whether it is to do nothing for now.
    pub(crate) waits: bool,
    /// Whether it may begin now as far as the rule is concerned.
    pub(crate) ready: bool,
    /// When it is due, where that was promised.
    pub(crate) due: Option<Instant>,
    /// The priority.
    pub(crate) priority: f64,
}

/// The places of the order, the most urgent first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum UrgencyClass {
    /// An answer or a touch that was promised to somebody.
    Owed,
    /// Late for what the rule promises.
    Late,
    /// Anything else.
    Ready,
    /// Late and held up for long, while something else can be made sooner and in time.
    GivesWay,
    /// A rule says `wait`.
    Waits,
    /// The rule or the cadence sets a later start.
    NotReady,
}

impl Urgency {
    /// Of what is advised: nothing else is left that it could give way to or wait for.
    pub(crate) const fn of_advised(owed: bool, late: bool, due: Option<Instant>, priority: f64) -> Self {
        Self { owed, late, gives_way: false, waits: false, ready: true, due, priority }
    }

    /// Where it belongs, whatever its priority.
    pub(crate) fn class(&self) -> UrgencyClass {
        match self {
            Self { waits: true, .. } => UrgencyClass::Waits,
            Self { ready: false, .. } => UrgencyClass::NotReady,
            Self { owed: true, .. } => UrgencyClass::Owed,
            Self { gives_way: true, .. } => UrgencyClass::GivesWay,
            Self { late: true, .. } => UrgencyClass::Late,
            _ => UrgencyClass::Ready,
        }
    }

    /// The more urgent is less, as in a list that begins with it. Equal ones are told apart by their callers.
    pub(crate) fn compare(&self, other: &Self) -> Ordering {
        // What has no moment is due after all that has one.
        let due = |one: &Self| (one.class() == UrgencyClass::Owed).then_some((one.due.is_none(), one.due));
        let by_due = || due(self).cmp(&due(other));
        self.class().cmp(&other.class()).then_with(by_due).then_with(|| other.priority.total_cmp(&self.priority))
    }
}
