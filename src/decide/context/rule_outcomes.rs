//! What the rules say about one lead at one moment, as numbers: the seam between evaluating clauses and judging touches.
//!
//! Everything after this file (person, gates, time, choice) sees only these types, never an expression.
//!
//! Invariant: entries stand in the order of the rulebook, and within one statement in the order of the people.

use std::sync::Arc;

use crate::book::vocabulary::Stage;
use crate::calendar::Instant;
use crate::decide::advice::Fault;
use crate::decide::context::statements::ShapedTouch;

/// What a whole rulebook says about one lead.
#[derive(Clone, Debug, Default)]
pub(crate) struct RuleOutcomes {
    /// The stage after the `enter` statements.
    pub(crate) stage: Option<Stage>,
    /// The `enter` statement that moved the lead there: its pack, and its place in it.
    pub(crate) entered: Option<(usize, usize)>,
    /// Rules that hold, with what they propose.
    pub(crate) proposals: Vec<RuleProposal>,
    /// Cadences that may run.
    pub(crate) cadences: Vec<CadenceOutcome>,
    /// The policies that hold.
    pub(crate) policies: Arc<PolicyOutcomes>,
    /// Rules that could not be evaluated.
    pub(crate) faults: Vec<Fault>,
    /// The first moment after now at which any of this can change without a new signal.
    pub(crate) changes_at: Option<Instant>,
}

/// The policies that hold for a lead.
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
}

/// What one rule that holds proposes.
#[derive(Clone, Debug)]
pub(crate) struct RuleProposal {
    /// The rule, by number; `None` for what an example proposes.
    pub(crate) rule: Option<usize>,
    /// For a rule that reads `person`: the place of the person for whom it holds.
    pub(crate) person: Option<usize>,
    /// The touches it proposes.
    pub(crate) touches: Arc<[ShapedTouch]>,
}

/// A cadence, with its steps as they are for this lead.
#[derive(Clone, Debug)]
pub(crate) struct CadenceOutcome {
    /// The cadence, by number.
    pub(crate) cadence: usize,
    /// Whether its `when` holds and its `until` does not. One that does not run is kept: a switch looks at where it was.
    pub(crate) runs: bool,
    /// The touches, in order.
    pub(crate) steps: Arc<[ShapedTouch]>,
}

/// A policy statement that holds.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PolicyHit {
    /// The statement, by its number among those of its sort.
    pub(crate) nth: usize,
    /// For a statement that reads `person`: the place of the person for whom it holds.
    pub(crate) person: Option<usize>,
    /// False for law that could not be evaluated and counts as holding.
    pub(crate) told: bool,
}

impl PolicyHit {
    /// Whether it speaks of this person.
    pub(crate) fn concerns(&self, person: usize) -> bool {
        self.person.is_none_or(|one| one == person)
    }
}
