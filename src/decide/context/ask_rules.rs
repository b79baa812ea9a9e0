//! Asks every statement of the rulebook about one lead: the only place of this pipeline that evaluates clauses.
//!
//! A statement that cannot be evaluated becomes a fault and never stops the others. A `never`, `limit`, `reachable` or `pause` of a
//! pack marked `hard` that cannot be evaluated counts as holding: law is not lifted by a slip.
//!
//! Left out: the sentences of the statements, which are made when an advice is put into words.

use std::sync::Arc;

use crate::columnar::StatementKind;
use crate::decide::advice::{Fault, RuleRef};
use crate::decide::context::rule_outcomes::{CadenceOutcome, PolicyHit, PolicyOutcomes, RuleOutcomes, RuleProposal};
use crate::decide::context::statement_set::StatementSet;
use crate::decide::context::statements::{
    PolicyStatement, ProposingStatement, ShapedTouch, StatementIndex, StatementOffsets,
};
use crate::diagnostics::EvaluationError;
use crate::evaluate::clause::stands;
use crate::evaluate::facts::FactContext;
use crate::evaluate::matching::{contexts, in_force, per_person, runs, touches_of};
use crate::evaluate::stage::{EnteredStage, enter};
use crate::pack::expression::Clause;
use crate::pack::statements::{Cadence, Pack, Rule};

/// Which statements are asked.
#[derive(Clone, Copy)]
pub(crate) enum StatementFilter<'a> {
    /// All.
    All,
    /// Those that are listed.
    Only(&'a StatementSet),
    /// All others.
    Without(&'a StatementSet),
}

impl StatementFilter<'_> {
    /// Those among the statements of a kind in a pack, with their numbers.
    fn of<T>(self, kind: StatementKind, first: usize, statements: &[T]) -> impl Iterator<Item = (usize, &T)> {
        (first..).zip(statements).filter(move |(number, _)| match self {
            Self::All => true,
            Self::Only(listed) => listed.has(kind, *number),
            Self::Without(listed) => !listed.has(kind, *number),
        })
    }
}

/// What the packs say about a lead, and the context in which they said it. `recorded` is that of the lead as on record.
pub(crate) fn read(
    packs: &[Pack],
    statements: &StatementIndex,
    recorded: &FactContext,
    which: StatementFilter<'_>,
) -> (RuleOutcomes, FactContext) {
    let EnteredStage { stage, by, cx, faults } = enter(packs, recorded);
    let mut reading = RuleOutcomes { stage, entered: by, faults, ..RuleOutcomes::default() };
    let in_force: Vec<bool> = packs.iter().map(|pack| in_force(&pack.about, &cx)).collect();
    let silent = |nth: usize| !in_force.get(nth).copied().unwrap_or_default();
    for (nth, (pack, first)) in packs.iter().zip(&statements.first).enumerate() {
        if !silent(nth) {
            let mut asking = PackEvaluation { pack, statements, cx: &cx, faults: &mut reading.faults };
            for (number, rule) in which.of(StatementKind::Rule, first.rules, &pack.rules) {
                asking.rule(number, rule, &mut reading.proposals);
            }
        }
    }
    let mut policies = PolicyOutcomes::default();
    for (nth, (pack, first)) in packs.iter().zip(&statements.first).enumerate() {
        if !silent(nth) {
            let mut asking = PackEvaluation { pack, statements, cx: &cx, faults: &mut reading.faults };
            for (number, cadence) in which.of(StatementKind::Cadence, first.cadences, &pack.cadences) {
                reading.cadences.extend(asking.cadence(number, cadence));
            }
            asking.policies(*first, which, &mut policies);
        }
    }
    reading.policies = Arc::new(policies);
    reading.changes_at = recorded.next_change().into_iter().chain(cx.next_change()).min();
    (reading, cx)
}

/// The policies that hold for a lead; `None` when one of them could not be evaluated.
pub(crate) fn policies(
    packs: &[Pack],
    statements: &StatementIndex,
    cx: &FactContext,
    which: StatementFilter<'_>,
) -> Option<PolicyOutcomes> {
    let (mut policies, mut faults) = (PolicyOutcomes::default(), Vec::new());
    for (pack, first) in packs.iter().zip(&statements.first).filter(|(pack, _)| in_force(&pack.about, cx)) {
        PackEvaluation { pack, statements, cx, faults: &mut faults }.policies(*first, which, &mut policies);
    }
    faults.is_empty().then_some(policies)
}

/// A pack's statements, asked about one lead.
struct PackEvaluation<'a, 'b> {
    pack: &'a Pack,
    statements: &'a StatementIndex,
    cx: &'b FactContext,
    faults: &'b mut Vec<Fault>,
}

impl PackEvaluation<'_, '_> {
    fn policies(&mut self, first: StatementOffsets, which: StatementFilter<'_>, all: &mut PolicyOutcomes) {
        let Self { pack, statements, .. } = *self;
        for (number, never) in which.of(StatementKind::Never, first.nevers, &pack.nevers) {
            let conditions = [never.when.as_ref(), never.unless.as_ref()];
            self.policy(number, statements.nevers.get(number), conditions, &mut all.nevers);
        }
        for (number, limit) in which.of(StatementKind::Limit, first.limits, &pack.limits) {
            self.policy(number, statements.limits.get(number), [limit.when.as_ref(), None], &mut all.limits);
        }
        for (number, hours) in which.of(StatementKind::Hours, first.hours, &pack.hours) {
            self.policy(number, statements.hours.get(number), [hours.when.as_ref(), None], &mut all.hours);
        }
        for (number, pause) in which.of(StatementKind::Pause, first.pauses, &pack.pauses) {
            self.policy(number, statements.pauses.get(number), [Some(&pause.when), None], &mut all.pauses);
        }
    }

    fn rule(&mut self, number: usize, rule: &Rule, proposals: &mut Vec<RuleProposal>) {
        let Some(proposer) = self.statements.rules.get(number) else { return };
        for (person, cx) in contexts(per_person(rule), self.cx) {
            let touches = stands(Some(&rule.when), rule.unless.as_ref(), &cx)
                .and_then(|stands| if stands { self.touches(proposer, &rule.then, &cx).map(Some) } else { Ok(None) });
            match touches {
                Ok(None) => {}
                Ok(Some(touches)) => proposals.push(RuleProposal { rule: Some(number), person, touches }),
                Err(problem) => self.fault(&proposer.by, problem),
            }
        }
    }

    fn policy<T>(
        &mut self,
        number: usize,
        policy: Option<&PolicyStatement<T>>,
        [when, unless]: [Option<&Clause>; 2],
        says: &mut Vec<PolicyHit>,
    ) {
        let Some(policy) = policy else { return };
        let reads_person = [when, unless].into_iter().flatten().any(|clause| clause.reads_person);
        for (person, cx) in contexts(reads_person, self.cx) {
            let (holding, told) = match stands(when, unless, &cx) {
                Ok(holding) => (holding, true),
                Err(problem) => {
                    self.fault(&policy.by, problem);
                    (policy.hard, false)
                }
            };
            if holding {
                says.push(PolicyHit { nth: number, person, told });
            }
        }
    }

    fn cadence(&mut self, number: usize, cadence: &Cadence) -> Option<CadenceOutcome> {
        let proposer = self.statements.cadences.get(number)?;
        let runs = match runs(cadence, self.cx) {
            Ok(runs) => runs,
            Err(problem) => {
                self.fault(&proposer.by, problem);
                return None;
            }
        };
        let named = |name: Option<&String>| name.is_some_and(|name| *name == cadence.name);
        let begun = self.cx.lead()?.signals.iter().any(|signal| named(signal.cadence.as_ref()));
        if !runs && !begun {
            return None;
        }
        match self.touches(proposer, &cadence.steps, self.cx) {
            Ok(steps) => Some(CadenceOutcome { cadence: number, runs, steps }),
            Err(problem) => {
                self.fault(&proposer.by, problem);
                None
            }
        }
    }

    fn touches(
        &self,
        proposer: &ProposingStatement,
        clause: &Clause,
        cx: &FactContext,
    ) -> Result<Arc<[ShapedTouch]>, EvaluationError> {
        match &proposer.touches {
            Some(touches) => Ok(touches.clone()),
            None => touches_of(clause, cx).map(|touches| self.statements.shaped(touches)),
        }
    }

    fn fault(&mut self, by: &RuleRef, problem: EvaluationError) {
        let fault = Fault::new(by.clone(), problem);
        // The same fault for every person is told once.
        if self.faults.last() != Some(&fault) {
            self.faults.push(fault);
        }
    }
}
