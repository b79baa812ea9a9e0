//! What the rules say about one lead at one moment, as plain data: the seam between evaluating clauses and judging touches.
//!
//! Everything after this file (person, gates, time, choice) sees only these types, never an expression.
//!
//! Invariant: entries stand in the order of the rulebook, and within one statement in the order of the people.

use super::advice::{Fault, RuleRef, StageNow};
use crate::calendar::Instant;
use crate::rulebook::pack::{Cadence, Hours, Limit, Never, Pause};
use crate::rulebook::touch::Touch;

/// What a whole rulebook says about one lead.
#[derive(Clone, Debug, Default)]
pub(crate) struct Reading<'a> {
    /// The stage after the `enter` statements.
    pub(crate) stage: Option<StageNow>,
    /// Rules that hold, with what they propose.
    pub(crate) proposals: Vec<Proposal<'a>>,
    /// Cadences that may run.
    pub(crate) cadences: Vec<Running<'a>>,
    /// `never` statements that hold.
    pub(crate) nevers: Vec<Says<'a, Never>>,
    /// `limit` statements that hold.
    pub(crate) limits: Vec<Says<'a, Limit>>,
    /// `reachable` statements that hold.
    pub(crate) hours: Vec<Says<'a, Hours>>,
    /// `pause` statements that hold.
    pub(crate) pauses: Vec<Says<'a, Pause>>,
    /// What each member of the buying group allows, in file order.
    pub(crate) people: Vec<Allows>,
    /// True while a form, reply, chat or missed call of theirs waits for our answer.
    pub(crate) waits_for_answer: bool,
    /// Rules that could not be evaluated.
    pub(crate) faults: Vec<Fault>,
    /// The first moment after now at which any of this can change without a new signal.
    pub(crate) changes_at: Option<Instant>,
}

/// What a person allows, from every record of theirs in the account.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Allows {
    /// Objected to direct marketing.
    pub(crate) objected: bool,
    /// Asked not to be called.
    pub(crate) do_not_call: bool,
    /// Asked not to be mailed, or unsubscribed.
    pub(crate) do_not_email: bool,
}

/// The place of a statement in the rulebook: pack, line, column.
pub(crate) type Order = (usize, u32, u32);

/// What one rule that holds proposes.
#[derive(Clone, Debug)]
pub(crate) struct Proposal<'a> {
    /// The rule.
    pub(crate) rule: &'a RuleRef,
    /// Its place among everything that proposes: pack, line, column.
    pub(crate) order: Order,
    /// For a rule that reads `person`: the place of the person for whom it holds.
    pub(crate) person: Option<usize>,
    /// The touches it proposes.
    pub(crate) touches: Vec<Touch>,
    /// Why, in the words of its author.
    pub(crate) reason: Option<String>,
    /// True when its condition reads the stage, so that its author had closed leads in mind.
    pub(crate) reads_stage: bool,
}

/// A cadence, with its steps as they are for this lead.
#[derive(Clone, Debug)]
pub(crate) struct Running<'a> {
    /// The cadence as written.
    pub(crate) cadence: &'a Cadence,
    /// Where it stands.
    pub(crate) rule: &'a RuleRef,
    /// Its place among everything that proposes: pack, line, column.
    pub(crate) order: Order,
    /// Whether its `when` holds and its `until` does not. One that does not run is kept: a switch looks at where it was.
    pub(crate) runs: bool,
    /// The touches, in order.
    pub(crate) steps: Vec<Touch>,
    /// Why, in the words of its author.
    pub(crate) reason: Option<String>,
    /// True when its condition reads the stage.
    pub(crate) reads_stage: bool,
}

/// A policy statement that holds.
#[derive(Clone, Debug)]
pub(crate) struct Says<'a, T> {
    /// The statement.
    pub(crate) what: &'a T,
    /// Where it stands.
    pub(crate) by: &'a RuleRef,
    /// Law and consent: nobody can lift it.
    pub(crate) hard: bool,
    /// For a statement that reads `person`: the place of the person for whom it holds.
    pub(crate) person: Option<usize>,
    /// Why, in the words of its author.
    pub(crate) reason: Option<String>,
}

impl<T> Says<'_, T> {
    /// Whether it speaks of this person.
    pub(crate) fn concerns(&self, person: usize) -> bool {
        self.person.is_none_or(|one| one == person)
    }
}
