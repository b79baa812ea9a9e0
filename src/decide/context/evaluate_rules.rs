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
use crate::decide::context::condition_plan::{PlannedChanges, QuietContexts};
use crate::decide::context::decision_context::DecisionContext;
use crate::decide::context::hand_over::handed_over;
use crate::decide::context::held_since::{Condition, LeadPast};
use crate::decide::context::rule_memory::RecentTouches;
use crate::decide::context::rule_outcomes::{
    CadenceOutcome, PolicyHit, PolicyOutcomes, Reason, RuleOutcomes, RuleProposal, UnsurePolicy,
};
use crate::decide::context::statement_set::StatementFilter;
use crate::decide::context::statements::{
    PolicyKind, PolicyStatement, ProposingStatement, ShapedTouch, StatementIndex, StatementOffsets,
};
use crate::diagnostics::{EvaluationError, EvaluationErrorCode};
use crate::evaluate::clause::{fails_within, stands};
use crate::evaluate::facts::FactContext;
use crate::evaluate::matching::{contexts, in_force, per_person, rule_contexts, runs, runs_for, touches_by_layers};
use crate::evaluate::stage::{EnteredStage, enter};
use crate::pack::expression::Clause;
use crate::pack::statements::{Cadence, GivenLever, Pack, Rule};

/// Evaluates the statements that pass the filter; `changes` are those of their conditions ([`ConditionPlan::changes`](crate::decide::context::condition_plan::ConditionPlan::changes)). `recorded` holds the facts of the lead in its recorded stage; the second result
/// holds them in the stage that the `enter` statements set.
pub(crate) fn evaluate_rules(
    context: &DecisionContext<'_>,
    recorded: &FactContext,
    (filter, changes): (StatementFilter<'_>, &PlannedChanges),
) -> (RuleOutcomes, FactContext) {
    let (packs, statements) = (context.packs, &*context.statements);
    let EnteredStage { stage, by, cx, faults, unsure } = enter(packs, recorded);
    let mut outcomes = RuleOutcomes { stage, entered: by, faults, ..RuleOutcomes::default() };
    let in_force: Vec<bool> = packs.iter().map(|pack| in_force(&pack.about, &cx)).collect();
    let packs_in_force = || {
        let with_offsets = packs.iter().zip(&statements.offsets).zip(&in_force);
        with_offsets.filter(|(_, in_force)| **in_force).map(|(pack, _)| pack)
    };
    let quiet = QuietContexts::new(&cx);
    if quiet.is_some() {
        changes.note(&cx, in_force.iter().enumerate().filter(|(_, in_force)| **in_force).map(|(pack, _)| pack));
    }
    let quiet = quiet.as_ref();
    for (pack, first) in packs_in_force() {
        let faults = &mut outcomes.faults;
        let mut evaluation = PackEvaluation { pack, context, cx: &cx, quiet, only: None, faults };
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
        let faults = &mut outcomes.faults;
        let mut evaluation = PackEvaluation { pack, context, cx: &cx, quiet, only: None, faults };
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

/// The policies that pass the filter and hold: of those that read `person` for the person with this index, or for `None` of the others for the lead.
/// `None` when one of them could not be evaluated. When that can change is not noted.
pub(crate) fn evaluate_policies(
    context: &DecisionContext<'_>,
    cx: &FactContext,
    filter: StatementFilter<'_>,
    person: Option<usize>,
) -> Option<PolicyOutcomes> {
    let cx = &cx.quietly();
    let (mut policies, mut faults, quiet) = (PolicyOutcomes::default(), Vec::new(), QuietContexts::new(cx));
    let (quiet, only) = (quiet.as_ref(), Some(person));
    let with_offsets = context.packs.iter().zip(&context.statements.offsets);
    for (pack, first) in with_offsets.filter(|(pack, _)| in_force(&pack.about, cx)) {
        let mut evaluation = PackEvaluation { pack, context, cx, quiet, only, faults: &mut faults };
        evaluation.evaluate_policies(*first, filter, &mut policies);
    }
    faults.is_empty().then_some(policies)
}

/// The evaluation of one pack for one lead.
struct PackEvaluation<'a, 'b> {
    pack: &'a Pack,
    context: &'a DecisionContext<'a>,
    cx: &'b FactContext,
    /// The contexts of conditions that are evaluated quietly; `None` when each is evaluated by itself.
    quiet: Option<&'b QuietContexts>,
    /// For whom policies are evaluated: a person by index, or the lead; `None` for all.
    only: Option<Option<usize>>,
    faults: &'b mut Vec<Fault>,
}

impl PackEvaluation<'_, '_> {
    fn evaluate_policies(&mut self, first: StatementOffsets, filter: StatementFilter<'_>, all: &mut PolicyOutcomes) {
        let (pack, statements) = (self.pack, &*self.context.statements);
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

    /// The contexts of the conditions of a statement that are evaluated quietly; `None` for those that are evaluated by themselves.
    fn quiet(&self, kind: ConditionKind, number: usize) -> Option<&'_ QuietContexts> {
        self.quiet.filter(|_| self.context.conditions.is_quiet(kind, number))
    }

    fn evaluate_rule(&mut self, number: usize, rule: &Rule, proposals: &mut Vec<RuleProposal>) {
        let Some(proposer) = self.context.statements.rules.get(number) else { return };
        let mut then: Option<FactContext> = None;
        let mut problems = Vec::new();
        let mut evaluate = |person: Option<usize>, cx: &FactContext| {
            let touches = stands(Some(&rule.when), rule.unless.as_ref(), cx).and_then(|holds| {
                let then = || then.get_or_insert_with(|| self.cx.for_statement()).for_person(person);
                if holds { self.touches(proposer, (&rule.then, &rule.levers), then).map(Some) } else { Ok(None) }
            });
            match touches {
                Ok(None) => {}
                Ok(Some(touches)) => {
                    proposals.push(RuleProposal { rule: Some(number), person, touches, since: None, reason: None });
                }
                Err(problem) => problems.push(problem),
            }
        };
        match self.quiet(ConditionKind::Rule, number) {
            Some(quiet) => {
                let before_person = self.context.conditions.before_person(number);
                if before_person == 0 || !fails_within(&rule.when, before_person, quiet.of_lead()) {
                    quiet.each(per_person(rule)).for_each(|(person, cx)| evaluate(person, cx));
                }
            }
            None => rule_contexts(rule, &self.cx.for_statement()).for_each(|(person, cx)| evaluate(person, &cx)),
        }
        problems.into_iter().for_each(|problem| self.add_fault(&proposer.by, problem));
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
        let only = self.only;
        if only.is_some_and(|only| only.is_some() != reads_person) {
            return;
        }
        let mut problems = Vec::new();
        let mut evaluate = |person: Option<usize>, cx: &FactContext| {
            if only.is_some_and(|only| only != person) {
                return;
            }
            let hit = PolicyHit { number, person };
            match stands(when, unless, cx) {
                Ok(true) => hits.push(hit),
                Ok(false) => {}
                Err(problem) => {
                    problems.push(problem);
                    if policy.hard {
                        unsure.push(UnsurePolicy { kind, hit });
                    }
                }
            }
        };
        match self.quiet(kind.condition(), number) {
            Some(quiet) => quiet.each(reads_person).for_each(|(person, cx)| evaluate(person, cx)),
            None => {
                contexts(reads_person, &self.cx.for_statement()).for_each(|(person, cx)| evaluate(person, &cx));
            }
        }
        problems.into_iter().for_each(|problem| self.add_fault(&policy.by, problem));
    }

    /// The outcome of a cadence that runs or has been started; `None` for any other, and for one that cannot be evaluated.
    fn evaluate_cadence(&mut self, number: usize, cadence: &Cadence) -> Option<CadenceOutcome> {
        let proposer = self.context.statements.cadences.get(number)?;
        let runs = match self.runs(number, cadence) {
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
        match self.touches(proposer, (&cadence.steps, &cadence.levers), || self.cx.clone()) {
            Ok(steps) => Some(CadenceOutcome { cadence: number, runs, steps, since: None }),
            Err(problem) => {
                self.add_fault(&proposer.by, problem);
                None
            }
        }
    }

    fn runs(&self, number: usize, cadence: &Cadence) -> Result<bool, EvaluationError> {
        match self.quiet(ConditionKind::Cadence, number) {
            Some(quiet) => runs_for(cadence, |per_person| quiet.each(per_person).map(|(_, cx)| cx)),
            None => runs(cadence, self.cx),
        }
    }

    /// The touches of a statement that holds; `cx` gives the context for those that depend on the lead.
    fn touches(
        &self,
        proposer: &ProposingStatement,
        (clause, levers): (&Clause, &[GivenLever]),
        cx: impl FnOnce() -> FactContext,
    ) -> Result<Arc<[ShapedTouch]>, EvaluationError> {
        match &proposer.touches {
            Some(touches) => Ok(touches.clone()),
            None => {
                let touches = touches_by_layers(clause, levers, &cx())?;
                Ok(self.context.statements.shape_touches(touches))
            }
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
