//! What the rules say about one lead at one moment, as numbers: the seam between evaluating clauses and judging touches.
//!
//! Everything after this file (person, gates, time, choice) sees only these types, never an expression.
//!
//! Invariant: entries stand in the order of the rulebook, and within one statement in the order of the people.

use std::rc::Rc;

use crate::book::vocabulary::Stage;
use crate::calendar::Instant;
use crate::decide::advice::Fault;
use crate::decide::context::statements::Shaped;

/// What a whole rulebook says about one lead.
#[derive(Clone, Debug, Default)]
pub(crate) struct Reading {
    /// The stage after the `enter` statements.
    pub(crate) stage: Option<Stage>,
    /// The `enter` statement that moved the lead there: its pack, and its place in it.
    pub(crate) entered: Option<(usize, usize)>,
    /// Rules that hold, with what they propose.
    pub(crate) proposals: Vec<Proposal>,
    /// Cadences that may run.
    pub(crate) cadences: Vec<Running>,
    /// The policies that hold.
    pub(crate) policies: Rc<Policies>,
    /// Rules that could not be evaluated.
    pub(crate) faults: Vec<Fault>,
    /// The first moment after now at which any of this can change without a new signal.
    pub(crate) changes_at: Option<Instant>,
}

/// The policies that hold for a lead.
#[derive(Clone, Debug, Default)]
pub(crate) struct Policies {
    /// `never` statements.
    pub(crate) nevers: Vec<Says>,
    /// `limit` statements.
    pub(crate) limits: Vec<Says>,
    /// `reachable` statements.
    pub(crate) hours: Vec<Says>,
    /// `pause` statements.
    pub(crate) pauses: Vec<Says>,
}

/// What one rule that holds proposes.
#[derive(Clone, Debug)]
pub(crate) struct Proposal {
    /// The rule, by number; `None` for what an example proposes.
    pub(crate) rule: Option<usize>,
    /// For a rule that reads `person`: the place of the person for whom it holds.
    pub(crate) person: Option<usize>,
    /// The touches it proposes.
    pub(crate) touches: Rc<[Shaped]>,
}

/// A cadence, with its steps as they are for this lead.
#[derive(Clone, Debug)]
pub(crate) struct Running {
    /// The cadence, by number.
    pub(crate) cadence: usize,
    /// Whether its `when` holds and its `until` does not. One that does not run is kept: a switch looks at where it was.
    pub(crate) runs: bool,
    /// The touches, in order.
    pub(crate) steps: Rc<[Shaped]>,
}

/// A policy statement that holds.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Says {
    /// The statement, by its number among those of its sort.
    pub(crate) nth: usize,
    /// For a statement that reads `person`: the place of the person for whom it holds.
    pub(crate) person: Option<usize>,
    /// False for law that could not be evaluated and counts as holding.
    pub(crate) told: bool,
}

impl Says {
    /// Whether it speaks of this person.
    pub(crate) fn concerns(&self, person: usize) -> bool {
        self.person.is_none_or(|one| one == person)
    }
}
