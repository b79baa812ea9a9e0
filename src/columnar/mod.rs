//! Which conditions hold for many leads at once.
//!
//! A [`ColumnPlan`] is made from a rulebook once: every condition as steps on masks of one bit a lead ([`lowering`]), what is read ([`source`])
//! and what is asked of it, each thing once whoever reads it. [`ColumnPlan::at`] binds it to a moment and the words of a book, and
//! [`PageEvaluator::page`] answers a page of leads: a [`sweep`] over their signals, tests as kernels on columns ([`view`], [`kernel`]), steps,
//! and lead by lead whatever columns cannot tell ([`by_row`]).
//!
//! Left out: what a rule proposes (`then`), sentences, and when an answer can change.
//!
//! Invariant: for every condition and lead the answer is that of [`crate::evaluate::clause`]: held, not held, or a fault.

mod column_view;
mod kernel;
mod log_scan;
mod lowering;
mod masks;
mod matches;
mod page_evaluator;
mod record_conditions;
mod row_probe;
mod rows;
mod scratch;
mod single_lead;
mod source;
mod table;
mod text_codes;
mod threshold;

pub(crate) use matches::PageRecords;
pub use matches::{Matches, matches, matches_of};
pub use page_evaluator::{PageAnswers, PageEvaluator, RecordSource};
pub use rows::{FieldStorage, OTHER, RowField, RowMatcher};
pub(crate) use scratch::Scratch;

use std::sync::Arc;

use crate::book::word_table::WordTable;
use crate::calendar::Instant;
use crate::columnar::lowering::{ConditionLowering, ConditionMasks, SourceTest};
use crate::columnar::masks::{MaskId, MaskStep};
use crate::columnar::source::{ColumnSource, NotColumnar};
use crate::language::Rulebook;
use crate::order;
use crate::pack::expression::Clause;

/// Which kind of statement a condition belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum StatementKind {
    /// `enter`: holds for the leads that it may move and whose condition holds.
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
    /// Which kind.
    pub kind: StatementKind,
    /// The place of its pack in the rulebook.
    pub pack: usize,
    /// Its place among the statements of its kind in the pack.
    pub place: usize,
    /// Why it is asked lead by lead; `None` when it runs on columns.
    pub by_row: Option<&'static str>,
}

/// A condition with how it is answered.
#[derive(Clone, Debug)]
struct PlannedCondition {
    condition: PlanCondition,
    how: Result<ConditionMasks, NotColumnar>,
    /// Which sources it reads, directly or not.
    reads: Vec<usize>,
}

/// All conditions of a rulebook, ready to be asked of many leads.
#[derive(Clone, Debug)]
pub struct ColumnPlan {
    rulebook: Rulebook,
    conditions: Vec<PlannedCondition>,
    sources: Vec<ColumnSource>,
    /// The team's own fields among the sources, by name: in the order of names.
    own: Vec<(Arc<str>, usize)>,
    tests: Vec<SourceTest>,
    steps: Vec<MaskStep>,
    /// How many of the steps the `enter` statements need; they come first.
    entering: usize,
}

/// Adds the condition of a statement, lowered where that can be done. What mentions `person` holds only where anybody is known, also
/// when the answer does not depend on who it is; so does a rule whose `then` does (`somebody`).
fn planned(
    lowering: &mut ConditionLowering,
    (kind, pack, place): (StatementKind, usize, usize),
    (when, unless): (Option<&Clause>, Option<&Clause>),
    somebody: bool,
) -> PlannedCondition {
    let mentions = |clause: Option<&Clause>| clause.is_some_and(|clause| clause.reads_person);
    let somebody = match kind {
        StatementKind::Enter => false,
        // A cadence asks everybody for its `when`, and then everybody for its `until`.
        StatementKind::Cadence => mentions(when),
        _ => somebody || mentions(when) || mentions(unless),
    };
    let how = lowering.statement(when, unless, kind == StatementKind::Cadence && mentions(unless));
    let how = if somebody { how.map(|answer| lowering.of_somebody(answer)) } else { how };
    let condition = PlanCondition { kind, pack, place, by_row: how.err() };
    PlannedCondition { condition, how, reads: Vec::new() }
}

impl ColumnPlan {
    /// The conditions of these kinds of statement, in the order of kinds and rulebook. `enter` statements always belong to it, and come
    /// first, because what they do is seen by all others.
    pub fn new(rulebook: &Rulebook, kinds: &[StatementKind]) -> Self {
        Self::of_those(rulebook, kinds, &|_| true)
    }

    /// The same, with only the conditions that are `wanted`, and `enter` statements.
    pub(crate) fn of_those(
        rulebook: &Rulebook,
        kinds: &[StatementKind],
        wanted: &dyn Fn(PlanCondition) -> bool,
    ) -> Self {
        let mut lowering = ConditionLowering::new();
        let mut conditions = Vec::new();
        for (nth, pack) in rulebook.packs().iter().enumerate() {
            for (place, enter) in pack.enters.iter().enumerate() {
                conditions.push(planned(
                    &mut lowering,
                    (StatementKind::Enter, nth, place),
                    (Some(&enter.when), None),
                    false,
                ));
            }
        }
        // Without `enter` statements the stage on record is the stage.
        lowering.entered = !conditions.is_empty();
        let entering = lowering.gates.steps().len();
        for (nth, pack) in rulebook.packs().iter().enumerate() {
            let mut add = |kind, place, when, unless, somebody| {
                if kinds.contains(&kind) {
                    conditions.push(planned(&mut lowering, (kind, nth, place), (when, unless), somebody));
                }
            };
            for (place, rule) in pack.rules.iter().enumerate() {
                // What it proposes is asked for each person.
                add(StatementKind::Rule, place, Some(&rule.when), rule.unless.as_ref(), rule.then.reads_person);
            }
            for (place, never) in pack.nevers.iter().enumerate() {
                add(StatementKind::Never, place, never.when.as_ref(), never.unless.as_ref(), false);
            }
            for (place, limit) in pack.limits.iter().enumerate() {
                add(StatementKind::Limit, place, limit.when.as_ref(), None, false);
            }
            for (place, hours) in pack.hours.iter().enumerate() {
                add(StatementKind::Hours, place, hours.when.as_ref(), None, false);
            }
            for (place, pause) in pack.pauses.iter().enumerate() {
                add(StatementKind::Pause, place, Some(&pause.when), None, false);
            }
            for (place, cadence) in pack.cadences.iter().enumerate() {
                add(StatementKind::Cadence, place, Some(&cadence.when), cadence.until.as_ref(), false);
            }
        }
        conditions.retain(|planned| planned.condition.kind == StatementKind::Enter || wanted(planned.condition));
        order::sort_by_key(&mut conditions, |planned| planned.condition.kind);
        Self::assembled(rulebook.clone(), lowering, conditions, entering)
    }

    /// Leaves out the steps that no condition needs, and notes what each reads.
    fn assembled(
        rulebook: Rulebook,
        lowering: ConditionLowering,
        mut conditions: Vec<PlannedCondition>,
        entering: usize,
    ) -> Self {
        let outcomes =
            |planned: &PlannedCondition| planned.how.map(|answer| [answer.holds, answer.fails]).unwrap_or_default();
        let needed = lowering.gates.needed(conditions.iter().flat_map(outcomes));
        let all = lowering.gates.steps();
        let mut places = vec![MaskId::NEVER; all.len()];
        let mut steps: Vec<MaskStep> = Vec::new();
        let mut reads: Vec<Vec<usize>> = Vec::new();
        let mut kept_entering = 0;
        for (nth, step) in all.iter().enumerate() {
            if !needed.get(nth).copied().unwrap_or(false) && nth > 1 {
                continue;
            }
            let moved = |gate: MaskId| places.get(gate.place()).copied().unwrap_or(MaskId::NEVER);
            let read = |gate: MaskId| reads.get(moved(gate).place()).cloned().unwrap_or_default();
            let (step, mut read) = match *step {
                MaskStep::Fixed(truth) => (MaskStep::Fixed(truth), Vec::new()),
                MaskStep::Test(test) => {
                    let source = lowering.tests.get(masks::index(test)).map(|test| test.source);
                    (MaskStep::Test(test), source.into_iter().collect())
                }
                MaskStep::Both(one, other) => {
                    (MaskStep::Both(moved(one), moved(other)), [read(one), read(other)].concat())
                }
                MaskStep::Either(one, other) => {
                    (MaskStep::Either(moved(one), moved(other)), [read(one), read(other)].concat())
                }
                MaskStep::Without(one, other) => {
                    (MaskStep::Without(moved(one), moved(other)), [read(one), read(other)].concat())
                }
            };
            order::sort(&mut read);
            read.dedup();
            if let Some(place) = places.get_mut(nth) {
                *place = MaskId(u32::try_from(steps.len()).unwrap_or(0));
            }
            steps.push(step);
            reads.push(read);
            if nth < entering {
                kept_entering = steps.len();
            }
        }
        for planned in &mut conditions {
            if let Ok(answer) = &mut planned.how {
                let moved = |gate: MaskId| places.get(gate.place()).copied().unwrap_or(MaskId::NEVER);
                *answer = ConditionMasks { holds: moved(answer.holds), fails: moved(answer.fails) };
                for gate in [answer.holds, answer.fails] {
                    planned.reads.extend(reads.get(gate.place()).into_iter().flatten());
                }
                order::sort(&mut planned.reads);
                planned.reads.dedup();
            }
        }
        let ConditionLowering { sources, tests, .. } = lowering;
        let own = sources.iter().enumerate().filter_map(|(nth, source)| match source {
            ColumnSource::Own(name) => Some((name.clone(), nth)),
            _ => None,
        });
        let mut own: Vec<(Arc<str>, usize)> = own.collect();
        order::sort(&mut own);
        Self { rulebook, conditions, sources, own, tests, steps, entering: kept_entering }
    }

    /// Room for asking it again and again, for a book with these words.
    pub(crate) fn room(&self, words: &WordTable, now: Instant) -> Scratch {
        Scratch::new(self, words, now)
    }

    /// The conditions, in the order in which they are answered.
    pub fn conditions(&self) -> impl ExactSizeIterator<Item = PlanCondition> {
        self.conditions.iter().map(|planned| planned.condition)
    }
}
