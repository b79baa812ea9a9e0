//! What a rulebook yields for one lead at one moment: the output of evaluating its clauses.
//!
//! The stages after evaluation (choice of person, gates, placement, ranking) read these types and never an expression. A statement is
//! identified by its number in the [`StatementIndex`](crate::decide::context::statements::StatementIndex).
//!
//! Invariant: entries are in the order of the rulebook, and those of one statement in the order of the people.

use std::sync::Arc;

use crate::book::vocabulary::Stage;
use crate::calendar::Instant;
use crate::decide::advice::Fault;
use crate::decide::context::statements::{PolicyKind, ShapedTouch};

/// The outcomes of all statements for one lead.
#[derive(Clone, Debug, Default)]
pub(crate) struct RuleOutcomes {
    /// The stage after the `enter` statements.
    pub(crate) stage: Option<Stage>,
    /// The `enter` statement that set the stage: the index of its pack, and its index in the pack.
    pub(crate) entered: Option<(usize, usize)>,
    /// The proposals of the rules that hold.
    pub(crate) proposals: Vec<RuleProposal>,
    /// The cadences that run or have been started.
    pub(crate) cadences: Vec<CadenceOutcome>,
    /// The policies that hold.
    pub(crate) policies: Arc<PolicyOutcomes>,
    /// The statements that could not be evaluated.
    pub(crate) faults: Vec<Fault>,
    /// The operations that interpreted clauses took, and those for finding since when promises count.
    pub(crate) operations: u64,
    /// The first moment after now at which any of this can change without a new signal.
    pub(crate) changes_at: Option<Instant>,
}

/// The policies that hold for a lead, by kind.
#[derive(Clone, Debug, Default)]
pub(crate) struct PolicyOutcomes {
    /// `never` statements.
    pub(crate) nevers: Vec<PolicyHit>,
    /// `limit` statements.
    pub(crate) limits: Vec<PolicyHit>,
    /// `reachable` statements.
    pub(crate) hours: Vec<PolicyHit>,
    /// `pause` statements.
    pub(crate) pauses: Vec<PolicyHit>,
    /// Statements of `hard` packs of which it could not be told whether they hold.
    pub(crate) unsure: Vec<UnsurePolicy>,
}

impl PolicyOutcomes {
    /// These policies with a person in place of their own: by index among the people of the lead, `None` for the lead as a whole.
    pub(crate) fn of_person(mut self, person: Option<usize>) -> Self {
        let Self { nevers, limits, hours, pauses, unsure } = &mut self;
        let hits = [nevers, limits, hours, pauses].into_iter().flatten();
        hits.chain(unsure.iter_mut().map(|unsure| &mut unsure.hit)).for_each(|hit| hit.person = person);
        self
    }

    /// Takes one policy out.
    pub(crate) fn leave_out(&mut self, kind: PolicyKind, number: usize) {
        let hits = match kind {
            PolicyKind::Never => &mut self.nevers,
            PolicyKind::Limit => &mut self.limits,
            PolicyKind::Hours => &mut self.hours,
            PolicyKind::Pause => &mut self.pauses,
            PolicyKind::Enter => return,
        };
        hits.retain(|hit| hit.number != number);
    }
}

/// The touches that one rule proposes.
#[derive(Clone, Debug)]
pub(crate) struct RuleProposal {
    /// The number of the rule; `None` for a proposal that is made by an example.
    pub(crate) rule: Option<usize>,
    /// For a rule that reads `person`: the index of the person for whom it holds.
    pub(crate) person: Option<usize>,
    /// The proposed touches, in order.
    pub(crate) touches: Arc<[ShapedTouch]>,
    /// Since when the rule holds, where that is known: for touches of which one promises something, and for a lead about whose advice somebody
    /// said something.
    pub(crate) since: Option<Instant>,
    /// For a rule that may have been carried out lately: its reason.
    pub(crate) reason: Option<Reason>,
}

/// Since when a rule holds that may have been carried out: what was done before was for another reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Reason {
    /// The start of the unbroken stretch in which it holds; `None` where nothing is recorded of the lead.
    pub(crate) since: Option<Instant>,
}

impl RuleProposal {
    /// Whether one of the touches promises to be made within some time.
    pub(crate) fn promises(&self) -> bool {
        self.touches.iter().any(|one| one.touch.within.is_some())
    }
}

/// A cadence with its steps for this lead.
#[derive(Clone, Debug)]
pub(crate) struct CadenceOutcome {
    /// The number of the cadence.
    pub(crate) cadence: usize,
    /// Whether its `when` holds and its `until` does not. A started cadence that no longer runs is listed too: the cadence that replaces it
    /// starts no sooner than its next step.
    pub(crate) runs: bool,
    /// The touches, one per step.
    pub(crate) steps: Arc<[ShapedTouch]>,
    /// Since when the cadence runs, where that is known: for a first step that promises something, and for a lead about whose advice somebody said
    /// something.
    pub(crate) since: Option<Instant>,
}

/// A policy statement that holds.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PolicyHit {
    /// The number of the statement among those of its kind.
    pub(crate) number: usize,
    /// For a statement that reads `person`: the index of the person for whom it holds.
    pub(crate) person: Option<usize>,
}

/// A policy statement or `enter` of a `hard` pack that could not be evaluated. Law that cannot be told holds: it forbids its channels.
#[derive(Clone, Copy, Debug)]
pub(crate) struct UnsurePolicy {
    /// The kind of statement.
    pub(crate) kind: PolicyKind,
    /// The statement, and for whom it could not be evaluated.
    pub(crate) hit: PolicyHit,
}

impl PolicyHit {
    /// Whether the statement applies to the person with this index.
    pub(crate) fn applies_to(&self, person: usize) -> bool {
        self.person.is_none_or(|one| one == person)
    }
}
