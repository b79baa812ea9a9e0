//! Evaluates the statements of the rulebook for one lead. Nothing else in `decide` evaluates a condition or a `then`.
//!
//! In: the packs and the facts of the lead. Out: [`RuleOutcomes`]. A statement that cannot be evaluated becomes a fault and does not stop the
//! others. A `never`, `limit`, `reachable` or `pause` of a pack marked `hard` that cannot be evaluated forbids its channels for this lead, and an
//! `enter` all channels, so that an error in a rulebook never lifts a legal restriction.
//!
//! Left out: the `because` of a statement, which is evaluated when an advice is rendered.

use std::sync::Arc;

use crate::columnar::ConditionKind;
use crate::decide::advice::{Fault, RuleRef};
use crate::decide::context::hand_over::handed_over;
use crate::decide::context::held_since::{Condition, LeadPast};
use crate::decide::context::rule_memory::RecentTouches;
use crate::decide::context::rule_outcomes::{
    CadenceOutcome, PolicyHit, PolicyOutcomes, Reason, RuleOutcomes, RuleProposal, UnsurePolicy,
};
use crate::decide::context::statement_set::StatementSet;
use crate::decide::context::statements::{
    PolicyKind, PolicyStatement, ProposingStatement, ShapedTouch, StatementIndex, StatementOffsets,
};
use crate::diagnostics::{EvaluationError, EvaluationErrorCode};
use crate::evaluate::clause::stands;
use crate::evaluate::facts::FactContext;
use crate::evaluate::matching::{contexts, in_force, rule_contexts, runs, touches_by_layers};
use crate::evaluate::stage::{EnteredStage, enter};
use crate::pack::expression::Clause;
use crate::pack::statements::{Cadence, GivenLever, Pack, Rule};

/// Which statements are evaluated.
#[derive(Clone, Copy)]
pub(crate) enum StatementFilter<'a> {
    /// All statements.
    All,
    /// The statements of a set.
    Only(&'a StatementSet),
    /// The statements that are not in a set.
    Without(&'a StatementSet),
}

impl StatementFilter<'_> {
    /// The statements of one kind in a pack that pass, with their numbers. `first` is the number of the first statement.
    fn select<T>(self, kind: ConditionKind, first: usize, statements: &[T]) -> impl Iterator<Item = (usize, &T)> {
        (first..).zip(statements).filter(move |(number, _)| match self {
            Self::All => true,
            Self::Only(set) => set.contains(kind, *number),
            Self::Without(set) => !set.contains(kind, *number),
        })
    }
}

/// Evaluates the statements that pass the filter. `recorded` holds the facts of the lead in its recorded stage; the second result holds them
/// in the stage that the `enter` statements set.
pub(crate) fn evaluate_rules(
    packs: &[Pack],
    statements: &StatementIndex,
    recorded: &FactContext,
    filter: StatementFilter<'_>,
) -> (RuleOutcomes, FactContext) {
    let EnteredStage { stage, by, cx, faults, unsure } = enter(packs, recorded);
    let mut outcomes = RuleOutcomes { stage, entered: by, faults, ..RuleOutcomes::default() };
    let in_force: Vec<bool> = packs.iter().map(|pack| in_force(&pack.about, &cx)).collect();
    let packs_in_force = || {
        let with_offsets = packs.iter().zip(&statements.offsets).zip(&in_force);
        with_offsets.filter(|(_, in_force)| **in_force).map(|(pack, _)| pack)
    };
    for (pack, first) in packs_in_force() {
        let mut evaluation = PackEvaluation { pack, statements, cx: &cx, faults: &mut outcomes.faults };
        for (number, rule) in filter.select(ConditionKind::Rule, first.rules, &pack.rules) {
            evaluation.evaluate_rule(number, rule, &mut outcomes.proposals);
        }
    }
    let mut policies = PolicyOutcomes::default();
    policies.unsure.extend(unsure.into_iter().filter_map(|(pack, index)| {
        let number = statements.offsets.get(pack)?.enters + index;
        Some(UnsurePolicy { kind: PolicyKind::Enter, hit: PolicyHit { number, person: None } })
    }));
    for (pack, first) in packs_in_force() {
        let mut evaluation = PackEvaluation { pack, statements, cx: &cx, faults: &mut outcomes.faults };
        for (number, cadence) in filter.select(ConditionKind::Cadence, first.cadences, &pack.cadences) {
            outcomes.cadences.extend(evaluation.evaluate_cadence(number, cadence));
        }
        evaluation.evaluate_policies(*first, filter, &mut policies);
    }
    outcomes.policies = Arc::new(policies);
    outcomes.operations = recorded.operations_taken();
    outcomes.changes_at = recorded.next_change().into_iter().chain(cx.next_change()).min();
    (outcomes, cx)
}

/// Finds since when the rules hold and the cadences run whose touches promise something, and the rules that may have been carried out lately; for a
/// lead about whose advice somebody said something, of all. `recorded` is as for [`evaluate_rules`].
pub(crate) fn date_reasons(
    packs: &[Pack],
    statements: &StatementIndex,
    recorded: &FactContext,
    outcomes: &mut RuleOutcomes,
) {
    let past = LeadPast::new(packs, recorded);
    let of_all = recorded
        .lead()
        .is_some_and(|lead| !lead.feedback.is_empty() || handed_over(statements, lead, recorded.now()).is_some());
    let remembered = RecentTouches::of(recorded, &outcomes.proposals);
    for proposal in &mut outcomes.proposals {
        let is_dated = of_all || proposal.promises();
        let repeats = remembered.may_have_carried_out(proposal, statements);
        if !is_dated && !repeats {
            continue;
        }
        let rule = proposal.rule.and_then(|rule| statements.rule(packs, rule));
        let held = rule.map(|rule| past.held_since(Condition::Rule(rule), proposal.person)).unwrap_or_default();
        proposal.since = held.start.filter(|_| is_dated);
        proposal.reason = repeats.then_some(Reason { since: held.start });
        outcomes.changes_at = outcomes.changes_at.into_iter().chain(held.next_look).min();
    }
    let promises = |steps: &[ShapedTouch]| steps.first().is_some_and(|first| first.touch.within.is_some());
    let dated = |outcome: &CadenceOutcome| outcome.runs && (of_all || promises(&outcome.steps));
    for outcome in outcomes.cadences.iter_mut().filter(|outcome| dated(outcome)) {
        let cadence = statements.cadence(packs, outcome.cadence);
        let held = cadence.map(|cadence| past.held_since(Condition::Cadence(cadence), None)).unwrap_or_default();
        outcome.since = held.start;
        outcomes.changes_at = outcomes.changes_at.into_iter().chain(held.next_look).min();
    }
    outcomes.operations = outcomes.operations.saturating_add(past.operations());
}

/// The policies that pass the filter and hold for a lead; `None` when one of them could not be evaluated.
pub(crate) fn evaluate_policies(
    packs: &[Pack],
    statements: &StatementIndex,
    cx: &FactContext,
    filter: StatementFilter<'_>,
) -> Option<PolicyOutcomes> {
    let (mut policies, mut faults) = (PolicyOutcomes::default(), Vec::new());
    for (pack, first) in packs.iter().zip(&statements.offsets).filter(|(pack, _)| in_force(&pack.about, cx)) {
        PackEvaluation { pack, statements, cx, faults: &mut faults }.evaluate_policies(*first, filter, &mut policies);
    }
    faults.is_empty().then_some(policies)
}

/// The evaluation of one pack for one lead.
struct PackEvaluation<'a, 'b> {
    pack: &'a Pack,
    statements: &'a StatementIndex,
    cx: &'b FactContext,
    faults: &'b mut Vec<Fault>,
}

impl PackEvaluation<'_, '_> {
    fn evaluate_policies(&mut self, first: StatementOffsets, filter: StatementFilter<'_>, all: &mut PolicyOutcomes) {
        let Self { pack, statements, .. } = *self;
        for (number, never) in filter.select(ConditionKind::Never, first.nevers, &pack.nevers) {
            let conditions = [never.when.as_ref(), never.unless.as_ref()];
            let hits = (&mut all.nevers, &mut all.unsure);
            self.evaluate_policy((PolicyKind::Never, number), statements.nevers.get(number), conditions, hits);
        }
        for (number, limit) in filter.select(ConditionKind::Limit, first.limits, &pack.limits) {
            let (conditions, hits) = ([limit.when.as_ref(), None], (&mut all.limits, &mut all.unsure));
            self.evaluate_policy((PolicyKind::Limit, number), statements.limits.get(number), conditions, hits);
        }
        for (number, hours) in filter.select(ConditionKind::Hours, first.hours, &pack.hours) {
            let (conditions, hits) = ([hours.when.as_ref(), None], (&mut all.hours, &mut all.unsure));
            self.evaluate_policy((PolicyKind::Hours, number), statements.hours.get(number), conditions, hits);
        }
        for (number, pause) in filter.select(ConditionKind::Pause, first.pauses, &pack.pauses) {
            let (conditions, hits) = ([Some(&pause.when), None], (&mut all.pauses, &mut all.unsure));
            self.evaluate_policy((PolicyKind::Pause, number), statements.pauses.get(number), conditions, hits);
        }
    }

    fn evaluate_rule(&mut self, number: usize, rule: &Rule, proposals: &mut Vec<RuleProposal>) {
        let Some(proposer) = self.statements.rules.get(number) else { return };
        let (conditions, then) = (self.cx.for_statement(), self.cx.for_statement());
        for (person, cx) in rule_contexts(rule, &conditions) {
            let touches = stands(Some(&rule.when), rule.unless.as_ref(), &cx).and_then(|holds| {
                if holds {
                    self.touches(proposer, (&rule.then, &rule.levers), &then.for_person(person)).map(Some)
                } else {
                    Ok(None)
                }
            });
            match touches {
                Ok(None) => {}
                Ok(Some(touches)) => {
                    proposals.push(RuleProposal { rule: Some(number), person, touches, since: None, reason: None });
                }
                Err(problem) => self.add_fault(&proposer.by, problem),
            }
        }
    }

    fn evaluate_policy<T>(
        &mut self,
        (kind, number): (PolicyKind, usize),
        policy: Option<&PolicyStatement<T>>,
        [when, unless]: [Option<&Clause>; 2],
        (hits, unsure): (&mut Vec<PolicyHit>, &mut Vec<UnsurePolicy>),
    ) {
        let Some(policy) = policy else { return };
        let reads_person = [when, unless].into_iter().flatten().any(|clause| clause.reads_person);
        for (person, cx) in contexts(reads_person, &self.cx.for_statement()) {
            let hit = PolicyHit { number, person };
            match stands(when, unless, &cx) {
                Ok(true) => hits.push(hit),
                Ok(false) => {}
                Err(problem) => {
                    self.add_fault(&policy.by, problem);
                    if policy.hard {
                        unsure.push(UnsurePolicy { kind, hit });
                    }
                }
            }
        }
    }

    /// The outcome of a cadence that runs or has been started; `None` for any other, and for one that cannot be evaluated.
    fn evaluate_cadence(&mut self, number: usize, cadence: &Cadence) -> Option<CadenceOutcome> {
        let proposer = self.statements.cadences.get(number)?;
        let runs = match runs(cadence, self.cx) {
            Ok(runs) => runs,
            Err(problem) => {
                self.add_fault(&proposer.by, problem);
                return None;
            }
        };
        let is_this = |name: Option<&String>| name.is_some_and(|name| *name == cadence.name);
        let started = self.cx.lead()?.signals.iter().any(|signal| is_this(signal.cadence.as_ref()));
        if !runs && !started {
            return None;
        }
        match self.touches(proposer, (&cadence.steps, &cadence.levers), self.cx) {
            Ok(steps) => Some(CadenceOutcome { cadence: number, runs, steps, since: None }),
            Err(problem) => {
                self.add_fault(&proposer.by, problem);
                None
            }
        }
    }

    fn touches(
        &self,
        proposer: &ProposingStatement,
        (clause, levers): (&Clause, &[GivenLever]),
        cx: &FactContext,
    ) -> Result<Arc<[ShapedTouch]>, EvaluationError> {
        match &proposer.touches {
            Some(touches) => Ok(touches.clone()),
            None => touches_by_layers(clause, levers, cx).map(|touches| self.statements.shape_touches(touches)),
        }
    }

    fn add_fault(&mut self, by: &RuleRef, problem: EvaluationError) {
        let fault = Fault::new(by.clone(), problem);
        // A statement that reads `person` fails alike for every person: one fault is enough. One that met its limit meets it again at the next.
        let again = |last: &Fault| {
            *last == fault
                || (last.rule == fault.rule && last.code == fault.code && fault.code == EvaluationErrorCode::Limit)
        };
        if !self.faults.last().is_some_and(again) {
            self.faults.push(fault);
        }
    }
}
