//! Conditions asked of one lead by the evaluator, for what columns cannot tell.

use crate::book::AccountRecords;
use crate::book::vocabulary::Stage;
use crate::calendar::Instant;
use crate::columnar::kernel::Mask;
use crate::columnar::{PlanCondition, StatementKind};
use crate::diagnostics::EvaluationError;
use crate::evaluate::clause::stands;
use crate::evaluate::facts::FactContext;
use crate::evaluate::matching::{contexts, runs};
use crate::language::Rulebook;
use crate::pack::expression::Clause;

/// One lead, with what was already worked out of it.
pub(crate) struct LeadRow {
    recorded: FactContext,
    entered: FactContext,
}

impl LeadRow {
    /// The lead at this place of the dossier.
    pub(crate) fn new(dossier: &AccountRecords, place: usize, now: Instant) -> Self {
        let recorded = FactContext::new(dossier, place, now).quietly();
        Self { entered: recorded.clone(), recorded }
    }

    /// The stage that an `enter` statement moved it to.
    pub(crate) fn move_to(&mut self, stage: Option<Stage>) {
        self.entered = stage.map_or_else(|| self.recorded.clone(), |stage| self.recorded.with_stage(stage, None));
    }

    /// Notes the answer of a condition that sees the stage on record.
    pub(crate) fn recorded(&self, condition: PlanCondition, lead: usize, into: &mut (Mask, Mask), rulebook: &Rulebook) {
        note(ask(condition, &self.recorded, rulebook), lead, into);
    }

    /// Notes the answer of a condition that sees the stage entered.
    pub(crate) fn entered(&self, condition: PlanCondition, lead: usize, into: &mut (Mask, Mask), rulebook: &Rulebook) {
        note(ask(condition, &self.entered, rulebook), lead, into);
    }
}

/// Whether it holds for somebody, and whether it has no answer for somebody.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct RecordAnswer {
    pub(crate) held: bool,
    pub(crate) fault: bool,
}

fn note(said: RecordAnswer, lead: usize, (held, faults): &mut (Mask, Mask)) {
    let bit = 1_u64 << (lead % 64);
    for (mask, is) in [(held, said.held), (faults, said.fault)] {
        if let Some(word) = mask.get_mut(lead / 64) {
            *word = if is { *word | bit } else { *word & !bit };
        }
    }
}

/// What a condition says of one lead.
pub(crate) fn ask(condition: PlanCondition, cx: &FactContext, rulebook: &Rulebook) -> RecordAnswer {
    let Some(pack) = rulebook.packs().get(condition.pack) else { return RecordAnswer::default() };
    let place = condition.place;
    match condition.kind {
        StatementKind::Enter => pack.enters.get(place).map(|enter| said([stands(Some(&enter.when), None, cx)])),
        StatementKind::Rule => pack.rules.get(place).map(|rule| {
            let person = rule.then.reads_person;
            asked(Some(&rule.when), rule.unless.as_ref(), person, cx)
        }),
        StatementKind::Never => {
            pack.nevers.get(place).map(|never| asked(never.when.as_ref(), never.unless.as_ref(), false, cx))
        }
        StatementKind::Limit => pack.limits.get(place).map(|limit| asked(limit.when.as_ref(), None, false, cx)),
        StatementKind::Hours => pack.hours.get(place).map(|hours| asked(hours.when.as_ref(), None, false, cx)),
        StatementKind::Pause => pack.pauses.get(place).map(|pause| asked(Some(&pause.when), None, false, cx)),
        StatementKind::Cadence => pack.cadences.get(place).map(|cadence| said([runs(cadence, cx)])),
    }
    .unwrap_or_default()
}

fn said(answers: impl IntoIterator<Item = Result<bool, EvaluationError>>) -> RecordAnswer {
    let mut said = RecordAnswer::default();
    for answer in answers {
        match answer {
            Ok(held) => said.held |= held,
            Err(_) => said.fault = true,
        }
    }
    said
}

fn asked(when: Option<&Clause>, unless: Option<&Clause>, person: bool, cx: &FactContext) -> RecordAnswer {
    let reads = person || [when, unless].into_iter().flatten().any(|clause| clause.reads_person);
    said(contexts(reads, cx).map(|(_, cx)| stands(when, unless, &cx)))
}
