//! Evaluation of conditions for many leads at once, on columns.
//!
//! A [`ColumnPlan`] is compiled from a rulebook once. It has the sources that conditions read (`column_source.rs`), the tests on them, and a
//! program of steps on masks of one bit per lead (`lowering.rs`, `masks.rs`); a source, test or step that several conditions need exists
//! once. [`ColumnPlan::at`] binds the plan to a moment and the words of a book, and [`PageEvaluator::page`] evaluates a page of leads: a scan
//! of their signals (`log_scan.rs`), the tests as kernels on columns (`column_view.rs`, `kernel/`), the steps, and the evaluator of
//! [`crate::evaluate`] for those leads and conditions that columns do not cover (`record_conditions.rs`).
//!
//! Not evaluated here: what a rule proposes (`then`), sentences, and when an answer can change.
//!
//! Invariant: for every condition and lead the answer is that of [`crate::evaluate::clause`]: held, not held, or a fault.

mod column_source;
mod column_view;
mod kernel;
mod log_scan;
mod lowering;
mod masks;
mod matches;
mod open_questions;
mod page_columns;
mod page_evaluator;
mod record_conditions;
mod row_matcher;
mod row_probe;
mod scratch;
mod single_lead;
mod text_codes;
mod threshold;

pub(crate) use matches::PageRecords;
pub use matches::{Matches, matches, matches_of};
pub use page_evaluator::{PageAnswers, PageEvaluator, RecordSource};
pub use row_matcher::{FieldStorage, OTHER, RowField, RowMatcher};
pub(crate) use scratch::Scratch;

use std::sync::Arc;

use crate::book::word_table::WordTable;
use crate::calendar::Instant;
use crate::columnar::column_source::{ColumnSource, NotColumnar};
use crate::columnar::lowering::{ConditionLowering, ConditionMasks, SourceTest};
use crate::columnar::masks::{MaskId, MaskStep};
use crate::evaluate::facts::working_time::WorkingCalendar;
use crate::language::Rulebook;
use crate::pack::expression::Clause;
use crate::pack::policies::team_holidays;
use crate::{limits, order};

/// Which kind of statement a condition belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ConditionKind {
    /// `enter`: holds for leads that the statement may move and whose condition holds.
    Enter,
    /// `rule`, by `when` and `unless`.
    Rule,
    /// `never`.
    Never,
    /// `limit`.
    Limit,
    /// `reachable`.
    Hours,
    /// `pause`.
    Pause,
    /// `cadence`: `when` holds and `until` does not.
    Cadence,
}

/// One statement of the rulebook that has a condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlanCondition {
    /// The kind of statement.
    pub kind: ConditionKind,
    /// The index of its pack in the rulebook.
    pub pack: usize,
    /// Its index among the statements of its kind in the pack.
    pub index: usize,
    /// Why it is evaluated lead by lead, on records; `None` when it runs on columns.
    pub by_row: Option<&'static str>,
}

/// A condition and its lowered form.
#[derive(Clone, Debug)]
struct PlannedCondition {
    condition: PlanCondition,
    /// The masks of its answer, or the reason why it does not run on columns.
    lowered: Result<ConditionMasks, NotColumnar>,
    /// The indices of the sources that it reads, sorted; empty when it does not run on columns.
    reads: Vec<usize>,
}

/// The conditions of a rulebook, compiled for evaluation on columns.
#[derive(Clone, Debug)]
pub struct ColumnPlan {
    rulebook: Rulebook,
    /// The working hours and holidays of the rulebook.
    calendar: Arc<WorkingCalendar>,
    conditions: Vec<PlannedCondition>,
    sources: Vec<ColumnSource>,
    /// The team's own fields among the sources: name and index of the source, sorted by name.
    own_fields: Vec<(Arc<str>, usize)>,
    tests: Vec<SourceTest>,
    steps: Vec<MaskStep>,
    /// The number of steps that the `enter` statements need; these come first.
    enter_steps: usize,
}

/// The most people of a lead.
const MOST_PEOPLE: u64 = limits::PEOPLE_PER_LEAD as u64;

/// Lowers the condition of a statement if that is possible. A condition that mentions `person` holds only for leads with people, even when
/// the answer does not depend on the person; the same goes for a rule whose `then` mentions `person` (`needs_people`).
fn plan_condition(
    lowering: &mut ConditionLowering,
    (kind, pack, index): (ConditionKind, usize, usize),
    (when, unless): (Option<&Clause>, Option<&Clause>),
    needs_people: bool,
) -> PlannedCondition {
    let mentions = |clause: Option<&Clause>| clause.is_some_and(|clause| clause.reads_person);
    let needs_people = match kind {
        ConditionKind::Enter => false,
        // A cadence evaluates `when` for each person, and then `until` for each person.
        ConditionKind::Cadence => mentions(when),
        _ => needs_people || mentions(when) || mentions(unless),
    };
    let personal = needs_people || mentions(when) || mentions(unless);
    let operations: u64 = [when, unless].into_iter().flatten().map(|clause| clause.operations).sum();
    let lowered = if personal && operations.saturating_mul(MOST_PEOPLE) > limits::OPERATIONS {
        // It may meet its limit for a lead with many people, which is counted person by person.
        Err("it takes many operations for each person")
    } else {
        lowering.statement(when, unless, kind == ConditionKind::Cadence && mentions(unless))
    };
    let lowered = if needs_people { lowered.map(|answer| lowering.require_people(answer)) } else { lowered };
    let condition = PlanCondition { kind, pack, index, by_row: lowered.err() };
    PlannedCondition { condition, lowered, reads: Vec::new() }
}

impl ColumnPlan {
    /// Compiles the conditions of these kinds of statement, in the order of kinds and rulebook. `enter` statements are always included and
    /// come first, because all other conditions see the stages that they enter.
    pub fn new(rulebook: &Rulebook, kinds: &[ConditionKind]) -> Self {
        Self::with_conditions(rulebook, kinds, &|_| true)
    }

    /// Compiles the conditions of these kinds for which `wanted` is true, and all `enter` statements.
    pub(crate) fn with_conditions(
        rulebook: &Rulebook,
        kinds: &[ConditionKind],
        wanted: &dyn Fn(PlanCondition) -> bool,
    ) -> Self {
        let mut lowering = ConditionLowering::new();
        let mut conditions = Vec::new();
        for (nth, pack) in rulebook.packs().iter().enumerate() {
            for (index, enter) in pack.enters.iter().enumerate() {
                conditions.push(plan_condition(
                    &mut lowering,
                    (ConditionKind::Enter, nth, index),
                    (Some(&enter.when), None),
                    false,
                ));
            }
        }
        // Without `enter` statements conditions see the stage on record.
        lowering.stage_entered = !conditions.is_empty();
        let enter_steps = lowering.masks.steps().len();
        for (nth, pack) in rulebook.packs().iter().enumerate() {
            let mut add = |kind, index, when, unless, needs_people| {
                if kinds.contains(&kind) {
                    conditions.push(plan_condition(&mut lowering, (kind, nth, index), (when, unless), needs_people));
                }
            };
            for (index, rule) in pack.rules.iter().enumerate() {
                // `then` is evaluated for each person.
                add(ConditionKind::Rule, index, Some(&rule.when), rule.unless.as_ref(), rule.then.reads_person);
            }
            for (index, never) in pack.nevers.iter().enumerate() {
                add(ConditionKind::Never, index, never.when.as_ref(), never.unless.as_ref(), false);
            }
            for (index, limit) in pack.limits.iter().enumerate() {
                add(ConditionKind::Limit, index, limit.when.as_ref(), None, false);
            }
            for (index, hours) in pack.hours.iter().enumerate() {
                add(ConditionKind::Hours, index, hours.when.as_ref(), None, false);
            }
            for (index, pause) in pack.pauses.iter().enumerate() {
                add(ConditionKind::Pause, index, Some(&pause.when), None, false);
            }
            for (index, cadence) in pack.cadences.iter().enumerate() {
                add(ConditionKind::Cadence, index, Some(&cadence.when), cadence.until.as_ref(), false);
            }
        }
        conditions.retain(|planned| planned.condition.kind == ConditionKind::Enter || wanted(planned.condition));
        order::sort_by_key(&mut conditions, |planned| planned.condition.kind);
        Self::assemble(rulebook.clone(), lowering, conditions, enter_steps)
    }

    /// Removes the steps that no condition needs, renumbers the rest, and determines which sources each condition reads.
    fn assemble(
        rulebook: Rulebook,
        lowering: ConditionLowering,
        mut conditions: Vec<PlannedCondition>,
        enter_steps: usize,
    ) -> Self {
        let outcomes =
            |planned: &PlannedCondition| planned.lowered.map(|answer| [answer.holds, answer.fails]).unwrap_or_default();
        let needed = lowering.masks.needed(conditions.iter().flat_map(outcomes));
        let all = lowering.masks.steps();
        let mut new_ids = vec![MaskId::NEVER; all.len()];
        let mut steps: Vec<MaskStep> = Vec::new();
        let mut reads: Vec<Vec<usize>> = Vec::new();
        let mut remaining_enter_steps = 0;
        for (nth, step) in all.iter().enumerate() {
            if !needed.get(nth).copied().unwrap_or(false) && nth > 1 {
                continue;
            }
            let renumbered = |mask: MaskId| new_ids.get(mask.index()).copied().unwrap_or(MaskId::NEVER);
            let read = |mask: MaskId| reads.get(renumbered(mask).index()).cloned().unwrap_or_default();
            let (step, mut read) = match *step {
                MaskStep::Fixed(truth) => (MaskStep::Fixed(truth), Vec::new()),
                MaskStep::Test(test) => {
                    let source = lowering.tests.get(masks::to_index(test)).map(|test| test.source);
                    (MaskStep::Test(test), source.into_iter().collect())
                }
                MaskStep::And(one, other) => {
                    (MaskStep::And(renumbered(one), renumbered(other)), [read(one), read(other)].concat())
                }
                MaskStep::Or(one, other) => {
                    (MaskStep::Or(renumbered(one), renumbered(other)), [read(one), read(other)].concat())
                }
                MaskStep::AndNot(one, other) => {
                    (MaskStep::AndNot(renumbered(one), renumbered(other)), [read(one), read(other)].concat())
                }
            };
            order::sort(&mut read);
            read.dedup();
            if let Some(index) = new_ids.get_mut(nth) {
                *index = MaskId(u32::try_from(steps.len()).unwrap_or(0));
            }
            steps.push(step);
            reads.push(read);
            if nth < enter_steps {
                remaining_enter_steps = steps.len();
            }
        }
        for planned in &mut conditions {
            if let Ok(answer) = &mut planned.lowered {
                let renumbered = |mask: MaskId| new_ids.get(mask.index()).copied().unwrap_or(MaskId::NEVER);
                *answer = ConditionMasks { holds: renumbered(answer.holds), fails: renumbered(answer.fails) };
                for mask in [answer.holds, answer.fails] {
                    planned.reads.extend(reads.get(mask.index()).into_iter().flatten());
                }
                order::sort(&mut planned.reads);
                planned.reads.dedup();
            }
        }
        let ConditionLowering { sources, tests, .. } = lowering;
        let own_fields = sources.iter().enumerate().filter_map(|(nth, source)| match source {
            ColumnSource::Own(name) => Some((name.clone(), nth)),
            _ => None,
        });
        let mut own_fields: Vec<(Arc<str>, usize)> = own_fields.collect();
        order::sort(&mut own_fields);
        let calendar = Arc::new(WorkingCalendar::with_holidays(team_holidays(rulebook.packs())));
        Self { rulebook, calendar, conditions, sources, own_fields, tests, steps, enter_steps: remaining_enter_steps }
    }

    /// Working memory for evaluating this plan at one moment, for a book with these words.
    pub(crate) fn scratch(&self, words: &WordTable, now: Instant) -> Scratch {
        Scratch::new(self, words, now)
    }

    /// The conditions, in the order of [`PageAnswers`].
    pub fn conditions(&self) -> impl ExactSizeIterator<Item = PlanCondition> {
        self.conditions.iter().map(|planned| planned.condition)
    }
}
