//! Evaluation of conditions for one lead on its record, for what columns do not cover.

use std::sync::Arc;

use crate::book::GroupRecords;
use crate::book::vocabulary::Stage;
use crate::calendar::Instant;
use crate::columnar::kernel::Mask;
use crate::columnar::{ConditionKind, PlanCondition};
use crate::diagnostics::EvaluationError;
use crate::evaluate::clause::stands;
use crate::evaluate::facts::FactContext;
use crate::evaluate::facts::working_time::WorkingCalendar;
use crate::evaluate::matching::{contexts, rule_contexts, runs};
use crate::evaluate::stage::StageFacts;
use crate::language::Rulebook;
use crate::pack::expression::Clause;

/// One lead, with the facts already computed for it.
pub(crate) struct LeadRow {
    /// With the stage on record.
    recorded: FactContext,
    /// With the stage after the `enter` statements.
    entered: FactContext,
}

impl LeadRow {
    /// The lead at an index of some records.
    pub(crate) fn new(records: &GroupRecords, index: usize, now: Instant, calendar: &Arc<WorkingCalendar>) -> Self {
        let recorded = FactContext::new(records, index, now).with_calendar(calendar).quietly();
        Self { entered: recorded.clone(), recorded }
    }

    /// Sets the stage that an `enter` statement moved the lead to; `None` for the stage on record.
    pub(crate) fn move_to(&mut self, stage: Option<Stage>) {
        self.entered = stage.map_or_else(|| self.recorded.clone(), |stage| self.recorded.with_stage(stage, None));
    }

    /// Evaluates a condition that sees the stage on record, and sets the bits of the lead in `into` (held, faults).
    pub(crate) fn evaluate_recorded(
        &self,
        condition: PlanCondition,
        lead: usize,
        into: &mut (Mask, Mask),
        rulebook: &Rulebook,
    ) {
        set_answer(evaluate(condition, &self.recorded, rulebook), lead, into);
    }

    /// Evaluates a condition that sees the stage after the `enter` statements, and sets the bits of the lead in `into` (held, faults).
    pub(crate) fn evaluate_entered(
        &self,
        condition: PlanCondition,
        lead: usize,
        into: &mut (Mask, Mask),
        rulebook: &Rulebook,
    ) {
        set_answer(evaluate(condition, &self.entered, rulebook), lead, into);
    }
}

/// Whether a condition holds for any person, and whether it has no answer for any person.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct RecordAnswer {
    pub(crate) held: bool,
    pub(crate) fault: bool,
}

/// Sets the bits of a lead.
fn set_answer(answer: RecordAnswer, lead: usize, (held, faults): &mut (Mask, Mask)) {
    let bit = 1_u64 << (lead % 64);
    for (mask, is) in [(held, answer.held), (faults, answer.fault)] {
        if let Some(word) = mask.get_mut(lead / 64) {
            *word = if is { *word | bit } else { *word & !bit };
        }
    }
}

/// The answer of a condition for one lead; the default when the rulebook has no such statement.
pub(crate) fn evaluate(condition: PlanCondition, cx: &FactContext, rulebook: &Rulebook) -> RecordAnswer {
    let Some(pack) = rulebook.packs().get(condition.pack) else { return RecordAnswer::default() };
    let cx = &cx.for_statement();
    let index = condition.index;
    match condition.kind {
        ConditionKind::Enter => pack.enters.get(index).map(|enter| combine([StageFacts::of(cx).move_by(enter)])),
        ConditionKind::Rule => pack.rules.get(index).map(|rule| {
            combine(rule_contexts(rule, cx).map(|(_, cx)| stands(Some(&rule.when), rule.unless.as_ref(), &cx)))
        }),
        ConditionKind::Never => {
            pack.nevers.get(index).map(|never| evaluate_policy(never.when.as_ref(), never.unless.as_ref(), cx))
        }
        ConditionKind::Limit => pack.limits.get(index).map(|limit| evaluate_policy(limit.when.as_ref(), None, cx)),
        ConditionKind::Hours => pack.hours.get(index).map(|hours| evaluate_policy(hours.when.as_ref(), None, cx)),
        ConditionKind::Pause => pack.pauses.get(index).map(|pause| evaluate_policy(Some(&pause.when), None, cx)),
        ConditionKind::Cadence => pack.cadences.get(index).map(|cadence| combine([runs(cadence, cx)])),
    }
    .unwrap_or_default()
}

/// The answer for all persons together.
fn combine(answers: impl IntoIterator<Item = Result<bool, EvaluationError>>) -> RecordAnswer {
    let mut combined = RecordAnswer::default();
    for answer in answers {
        match answer {
            Ok(held) => combined.held |= held,
            Err(_) => combined.fault = true,
        }
    }
    combined
}

/// Evaluates `when` and `unless` of a policy, for each person when one of them reads the person.
fn evaluate_policy(when: Option<&Clause>, unless: Option<&Clause>, cx: &FactContext) -> RecordAnswer {
    let reads = [when, unless].into_iter().flatten().any(|clause| clause.reads_person);
    combine(contexts(reads, cx).map(|(_, cx)| stands(when, unless, &cx)))
}
