//! What the examples of packs try: which statements, and which sides of `and` and `or` in their conditions, they decide both ways.
//!
//! Each pack is tried by its own examples alone, and only by those that pass: an advice that is not the expected one shows nothing. A pack without
//! examples counts like any other, with nothing tried.
//!
//! What counts (see [`Totals`]):
//! * a rule, `enter` statement or cadence is covered when it holds in one example and does not in another (or for one person and not for another);
//! * a policy (`never`, `limit`, `reachable`, `pause`) when an advice would be another one without it, and a touch on one of its channels is
//!   advised that it leaves alone. One that reads what the engine checks by itself, as `never phone when person.do_not_call`, changes no advice: it
//!   counts as holding where that check stopped a touch that it forbids too;
//! * a step of a cadence when it is advised;
//! * a side of `and` or `or` in a `when`, `unless` or `until` when it came to true and to false where the sides before it left that open. The whole
//!   of a clause counts as a side where its statement does not say it already: the `when` and `unless` of a rule that has both, of a cadence with
//!   an `until`, and of a policy. A side in a helper function counts once, however many clauses call it.
//!
//! Of a clause that runs interpreted only the whole is known; its sides are not counted, and its statement says so (`interpreted`).

mod conditions;
mod lcov;
mod never_holds;
pub mod proposal;
mod statements;
mod tally;

pub use lcov::lcov;
pub use tally::{Tally, Totals};

use serde::{Serialize, Serializer};

use crate::diagnostics::Span;
use crate::language::Rulebook;
use crate::pack::statement_forms::{STATEMENT_FORMS, StatementKind};

/// What the examples of some packs try.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Coverage {
    /// The packs, in the order of the rulebook.
    pub packs: Vec<PackCoverage>,
    /// The counts of all packs together.
    pub totals: Totals,
}

/// What the examples of one pack try of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PackCoverage {
    /// Name of the pack.
    pub pack: String,
    /// Its file.
    pub file: String,
    /// How many examples passed: these count.
    pub passed: usize,
    /// How many failed: these do not.
    pub failed: usize,
    /// Its statements that can be tried, in file order.
    pub statements: Vec<StatementCoverage>,
    /// The sides of `and` and `or` in its helper functions, in file order.
    pub helpers: Vec<ConditionCoverage>,
    /// The counts.
    pub totals: Totals,
}

/// What examples try of one statement.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct StatementCoverage {
    /// What it is: a rule, `enter`, cadence or policy.
    #[serde(serialize_with = "statement_word")]
    pub kind: StatementKind,
    /// Its index among the statements of its kind in the pack.
    #[serde(skip)]
    pub index: usize,
    /// Its name; of a statement without one its first words, as advice names it: `limit phone 2 per 7.days`.
    pub name: String,
    /// Where it stands.
    pub span: Span,
    /// Which ways it was decided. A policy counts as holding where it changed an advice.
    pub decided: Decided,
    /// Whether the advice of an example is by it; for a rule or cadence.
    pub won: bool,
    /// Whether it could not be evaluated for the lead of an example.
    pub failed: bool,
    /// Whether its condition is false for every lead, so that no example can make it hold. Found where the condition reads nothing of the lead.
    pub never_holds: bool,
    /// Whether one of its conditions runs interpreted, so that its sides are not known.
    pub interpreted: bool,
    /// The sides of its conditions, in file order.
    pub conditions: Vec<ConditionCoverage>,
    /// For a cadence: its steps. Empty where they are not written as a list in the rule.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<StepCoverage>,
}

/// Which ways something was decided by the examples that passed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Decided {
    /// It held in an example.
    pub yes: bool,
    /// It did not hold in an example.
    pub no: bool,
}

impl Decided {
    /// Whether it was decided both ways.
    pub const fn both_ways(self) -> bool {
        self.yes && self.no
    }

    fn add(&mut self, holds: bool) {
        if holds {
            self.yes = true;
        } else {
            self.no = true;
        }
    }
}

/// What examples try of one side of `and` or `or`, or of a whole clause.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ConditionCoverage {
    /// The word of the clause that it stands in: `when`, `unless`, `until`.
    pub clause: &'static str,
    /// As its author wrote it, on one line.
    pub text: String,
    /// Where it stands.
    pub span: Span,
    /// Which ways it was decided.
    pub decided: Decided,
}

/// What examples try of one step of a cadence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct StepCoverage {
    /// Its number, from 1.
    pub number: u32,
    /// Where it stands.
    pub span: Span,
    /// Whether it is the advice of an example.
    pub advised: bool,
}

impl StatementCoverage {
    /// Whether everything of it is covered.
    pub fn is_covered(&self) -> bool {
        self.decided.both_ways()
            && self.conditions.iter().all(|side| side.decided.both_ways())
            && self.steps.iter().all(|step| step.advised)
    }
}

/// What the examples of the packs of a rulebook try of them.
pub fn coverage(rulebook: &Rulebook) -> Coverage {
    let packs: Vec<PackCoverage> = rulebook.packs().iter().map(statements::cover).collect();
    let totals = packs.iter().map(|pack| pack.totals).sum();
    Coverage { packs, totals }
}

/// Writes the word that begins a statement.
fn statement_word<S: Serializer>(kind: &StatementKind, serializer: S) -> Result<S::Ok, S::Error> {
    let form = STATEMENT_FORMS.iter().find(|form| form.kind == *kind);
    serializer.serialize_str(form.map_or("", |form| form.word))
}
