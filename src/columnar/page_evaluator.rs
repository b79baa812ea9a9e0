//! Evaluation of a plan at one moment, page by page.
//!
//! A page is evaluated in this order: the scan of its log, the steps of the `enter` statements, the stages that these enter, the other steps,
//! and last, lead by lead on records, what columns do not cover. The working memory is reused from page to page, with the thresholds that
//! tests have computed.

use std::sync::Arc;

use crate::book::GroupRecords;
use crate::book::catalogue::Fact;
use crate::book::columns::{Cells, Page, SignalLog};
use crate::book::vocabulary::Stage;
use crate::book::word_table::WordTable;
use crate::calendar::Instant;
use crate::columnar::column_source::{ColumnSource, LogMeasure};
use crate::columnar::column_view::{self, ColumnCells, ColumnView, mask_and, mask_and_not, mask_or};
use crate::columnar::kernel::{self, Mask, NONE, WORDS};
use crate::columnar::log_scan::LogScan;
use crate::columnar::lowering::SourceTest;
use crate::columnar::masks::{MaskId, MaskStep, to_index};
use crate::columnar::page_columns::{PageColumns, age_view, is_count, recorded_stages, scan_view, schema_words_view};
use crate::columnar::record_conditions::LeadRow;
use crate::columnar::scratch::Scratch;
use crate::columnar::threshold::CellScale;
use crate::columnar::{ColumnPlan, ConditionKind, PlanCondition, PlannedCondition};
use crate::evaluate::facts::working_time::WorkingCalendar;

impl ColumnPlan {
    /// An evaluator of this plan at one moment, for a book with these words.
    pub fn at<'a>(&'a self, words: &'a WordTable, now: Instant) -> PageEvaluator<'a> {
        self.with_scratch(words, Scratch::new(self, words, now))
    }

    /// An evaluator with working memory that was made for this plan and these words.
    pub(crate) const fn with_scratch<'a>(&'a self, words: &'a WordTable, scratch: Scratch) -> PageEvaluator<'a> {
        PageEvaluator { plan: self, words, scratch }
    }
}

/// An evaluator of a plan at one moment, with its working memory.
#[derive(Clone, Debug)]
pub struct PageEvaluator<'a> {
    plan: &'a ColumnPlan,
    words: &'a WordTable,
    scratch: Scratch,
}

/// The answers for one page, in the order of [`ColumnPlan::conditions`].
#[derive(Clone, Copy, Debug)]
pub struct PageAnswers<'a> {
    answers: &'a [(Mask, Mask)],
}

impl<'a> PageAnswers<'a> {
    /// For each condition the leads for which it holds, and those for which it has no answer; one bit per lead.
    pub fn iter(self) -> impl ExactSizeIterator<Item = (&'a [u64; WORDS], &'a [u64; WORDS])> {
        self.answers.iter().map(|(held, faults)| (held, faults))
    }

    /// Whether a condition holds for the lead at an index of the page; `None` when it has no answer.
    pub fn of(self, condition: usize, lead: usize) -> Option<bool> {
        let (held, faults) = self.answers.get(condition)?;
        let bit = |mask: &Mask| mask.get(lead / 64).is_some_and(|word| word >> (lead % 64) & 1 == 1);
        (!bit(faults)).then(|| bit(held))
    }
}

/// Access to the records of the leads of a page, for what columns do not cover.
pub trait RecordSource {
    /// The records of the contact group of the lead at an index of the page, and the index of the lead among them; `None` when there is no such lead.
    fn records(&mut self, lead: usize) -> Option<(GroupRecords, usize)>;
    /// Whether the contact group of the lead at an index of the page has other leads.
    fn shares_account(&mut self, lead: usize) -> bool;
    /// Whether somebody in the contact group of the lead at an index of the page leaves or is away at some time.
    fn people_come_and_go(&mut self, lead: usize) -> bool;
    /// Whether that may be so for any lead.
    fn any_come_and_go(&mut self) -> bool;
}

impl PageEvaluator<'_> {
    /// The working memory, for reuse.
    pub(crate) fn into_scratch(self) -> Scratch {
        self.scratch
    }

    /// The answers for the leads of a page.
    pub fn page(&mut self, page: &Page, records: &mut dyn RecordSource) -> PageAnswers<'_> {
        self.evaluate(page, records)
    }

    /// The answers for the leads of any [`PageColumns`].
    pub(crate) fn evaluate(&mut self, page: &dyn PageColumns, records: &mut dyn RecordSource) -> PageAnswers<'_> {
        let all_rows = first_rows(page.len());
        if let Some(log_scan) = &mut self.scratch.log_scan {
            match page.log() {
                Some(log) => log_scan.scan(log),
                None => log_scan.scan(&SignalLog::default()),
            }
        }
        let exceptions = self.exceptions(page, &all_rows, records);
        let enters = self.plan.conditions.first().is_some_and(|first| first.condition.kind == ConditionKind::Enter);
        let enter_steps = if enters { self.plan.enter_steps } else { 0 };
        if enters || self.plan.sources.iter().any(|source| matches!(source, ColumnSource::Stage { .. })) {
            self.scratch.stages.recorded = recorded_stages(page, self.words);
            self.scratch.stages.entered = self.scratch.stages.recorded;
        }
        let mut rows = RecordRows { now: self.scratch.now, calendar: &self.plan.calendar, records, row: None };
        if enters {
            self.run_steps(page, &all_rows, 0..enter_steps);
            self.apply_enters((&all_rows, &page.stage_by_rep()), &exceptions, &mut rows);
        }
        self.run_steps(page, &all_rows, enter_steps..self.plan.steps.len());
        for (planned, answer) in self.plan.conditions.iter().zip(&mut self.scratch.answers) {
            if planned.condition.kind == ConditionKind::Enter {
                continue;
            }
            let out_of_force = self.scratch.out_of_force.get(planned.condition.pack).copied().unwrap_or(false);
            if out_of_force {
                *answer = (NONE, NONE);
                continue;
            }
            *answer = columnar_answer(planned, &self.scratch.masks);
        }
        self.evaluate_by_record(&all_rows, &exceptions, &mut rows);
        PageAnswers { answers: &self.scratch.answers }
    }

    /// Whether a test was true for the first lead of the last page.
    pub(crate) fn holds_for_first(&self, test: &SourceTest) -> bool {
        let nth = self.plan.tests.iter().position(|each| each == test).and_then(|nth| u32::try_from(nth).ok());
        let step = nth.and_then(|nth| self.plan.steps.iter().position(|step| *step == MaskStep::Test(nth)));
        let mask = step.and_then(|step| self.scratch.masks.get(step));
        mask.and_then(|mask| mask.first()).is_some_and(|word| word & 1 == 1)
    }

    /// For each source the leads whose value columns do not have; `None` when there are none.
    fn exceptions(&self, page: &dyn PageColumns, all_rows: &Mask, records: &mut dyn RecordSource) -> Vec<Option<Mask>> {
        let rows_mask = |rows: &[u16]| {
            let mut mask = NONE;
            for row in rows {
                let index = usize::from(*row);
                if let Some(word) = mask.get_mut(index / 64) {
                    *word |= 1 << (index % 64);
                }
            }
            mask
        };
        let leads_where = |holds: &mut dyn FnMut(usize) -> bool| {
            let mut mask = NONE;
            for (index, word) in mask.iter_mut().enumerate() {
                for bit in 0..64 {
                    let lead = index * 64 + bit;
                    if lead < page.len() && holds(lead) {
                        *word |= 1 << bit;
                    }
                }
            }
            mask
        };
        // The leads in whose contact group not everybody is there all the time: what counts of their logs depends on the people.
        let coming_and_going =
            records.any_come_and_go().then(|| leads_where(&mut |lead| records.people_come_and_go(lead)));
        // The leads whose contact group has other leads.
        let mut sharing: Option<Mask> = None;
        let any_odd = page.has_exceptions();
        let may_wait = self.scratch.log_scan.as_ref().and_then(LogScan::may_wait);
        let exceptions = |source: &ColumnSource| match source {
            ColumnSource::Own(_) if !any_odd => None,
            ColumnSource::Own(name) => {
                Some(page.exceptions_of(name)).filter(|exceptions| !exceptions.is_empty()).map(rows_mask)
            }
            ColumnSource::Record(fact) => {
                let column = page.record(*fact)?;
                // A column of counts that do not fit whole cells is rare; all its leads are evaluated on records.
                let too_large = is_count(*fact) && matches!(column.cells, Cells::Numbers(_));
                if too_large {
                    Some(*all_rows)
                } else {
                    (!column.exceptions.is_empty()).then(|| rows_mask(&column.exceptions))
                }
            }
            ColumnSource::Log(fact) if fact.account => {
                let sharing = sharing.get_or_insert_with(|| leads_where(&mut |lead| records.shares_account(lead)));
                let may_wait = may_wait.filter(|_| fact.measure == LogMeasure::Waiting);
                let rows = may_wait.map_or(*sharing, |may_wait| mask_or(sharing, may_wait));
                (rows != NONE).then_some(rows)
            }
            _ => None,
        };
        let exceptions: Vec<Option<Mask>> = self.plan.sources.iter().map(exceptions).collect();
        let Some(coming_and_going) = coming_and_going else { return exceptions };
        let depends_on_people =
            |source: &ColumnSource| matches!(source, ColumnSource::Log(_) | ColumnSource::Record(Fact::People));
        let with_people = exceptions.into_iter().zip(&self.plan.sources).map(|(mask, source)| {
            if depends_on_people(source) { Some(mask_or(&mask.unwrap_or(NONE), &coming_and_going)) } else { mask }
        });
        with_people.collect()
    }

    /// Computes the masks of a range of steps.
    fn run_steps(&mut self, page: &dyn PageColumns, all_rows: &Mask, which: std::ops::Range<usize>) {
        if which.is_empty() {
            return;
        }
        let mut results = self.scratch.log_scan.iter().flat_map(LogScan::results);
        let plan = self.plan;
        let mut views: Vec<ColumnView<'_>> = plan
            .sources
            .iter()
            .map(|source| match source {
                ColumnSource::Log(_) => results.next().map_or(ColumnView::EMPTY, |result| {
                    scan_view(result, self.scratch.now, &self.scratch.outcome_words)
                }),
                ColumnSource::Own(_) => ColumnView::EMPTY,
                ColumnSource::Record(fact) => match page.record(*fact) {
                    Some(column) if is_count(*fact) => ColumnView::of(column, CellScale::Whole),
                    Some(column) => ColumnView::of(column, CellScale::Number(0)),
                    None if *fact == Fact::People => {
                        ColumnView { cells: ColumnCells::One(&self.scratch.zero), known: None }
                    }
                    None => ColumnView::EMPTY,
                },
                ColumnSource::Ago(fact) => age_view(page, *fact, self.scratch.now, all_rows),
                ColumnSource::Stage { entered: true } => {
                    schema_words_view(&self.scratch.stages.entered, &self.scratch.stage_words)
                }
                ColumnSource::Stage { entered: false } => {
                    schema_words_view(&self.scratch.stages.recorded, &self.scratch.stage_words)
                }
                ColumnSource::StageFor { entered } => {
                    let view = age_view(page, Fact::StageFor, self.scratch.now, all_rows);
                    let known = view.known.unwrap_or(*all_rows);
                    let moved = if *entered { self.scratch.stages.moved } else { NONE };
                    ColumnView { known: Some(mask_and_not(&known, &moved)), ..view }
                }
                ColumnSource::Now => ColumnView { cells: ColumnCells::One(&self.scratch.now_value), known: None },
            })
            .collect();
        page.fields(&plan.own_fields, &mut views);
        for table in &self.scratch.text_tables {
            table.evaluate(&views, &mut self.scratch.text_masks);
        }
        for step in which {
            let mask = |mask_id: MaskId| self.scratch.masks.get(mask_id.index()).copied().unwrap_or(NONE);
            let made = match plan.steps.get(step) {
                Some(MaskStep::Fixed(true)) => *all_rows,
                Some(MaskStep::Fixed(false)) | None => NONE,
                Some(MaskStep::And(one, other)) => mask_and(&mask(*one), &mask(*other)),
                Some(MaskStep::AndNot(one, other)) => mask_and_not(&mask(*one), &mask(*other)),
                Some(MaskStep::Or(one, other)) => {
                    let mut either = mask(*one);
                    either.iter_mut().zip(&mask(*other)).for_each(|(word, other)| *word |= other);
                    either
                }
                Some(MaskStep::Test(test)) => {
                    let nth = to_index(*test);
                    match (plan.tests.get(nth), self.scratch.comparison_caches.get_mut(nth)) {
                        (Some(test), Some(cache)) => {
                            let view = views.get(test.source).unwrap_or(&ColumnView::EMPTY);
                            if self.scratch.text_tables.iter().any(|table| table.covers(test, view.cells)) {
                                self.scratch.text_masks.get(nth).copied().unwrap_or(NONE)
                            } else {
                                column_view::evaluate_test(&test.test, view, all_rows, self.words, cache)
                            }
                        }
                        _ => NONE,
                    }
                }
            };
            if let Some(mask) = self.scratch.masks.get_mut(step) {
                *mask = made;
            }
        }
    }

    /// Evaluates the `enter` statements in order and sets the stages that they enter. For leads whose stage a rep set (`by_hand`) they are
    /// evaluated on records.
    fn apply_enters(
        &mut self,
        (all_rows, by_hand): (&Mask, &Mask),
        exceptions: &[Option<Mask>],
        rows: &mut RecordRows<'_>,
    ) {
        let Self { plan, scratch: Scratch { masks, out_of_force, stages, answers, .. }, .. } = self;
        for (planned, answer) in plan.conditions.iter().zip(answers) {
            let PlanCondition { kind: ConditionKind::Enter, pack, index, .. } = planned.condition else { continue };
            let enter = plan.rulebook.packs().get(pack).and_then(|pack| pack.enters.get(index));
            let Some(enter) = enter.filter(|_| !out_of_force.get(pack).copied().unwrap_or(false)) else {
                *answer = (NONE, NONE);
                continue;
            };
            let stage = enter.stage as u8 + 1;
            // An unknown stage (code 0) is before all others.
            let forward = mask_and(&kernel::below(&stages.recorded, stage), all_rows);
            let movable = if enter.may_go_back { *all_rows } else { forward };
            *answer = columnar_answer(planned, masks);
            let mut by_row = rows_by_record(planned, exceptions, all_rows);
            by_row.iter_mut().zip(by_hand).for_each(|(word, by_hand)| *word |= by_hand);
            rows.for_each(&mask_and(&movable, &by_row), |lead, row| {
                row.evaluate_recorded(planned.condition, lead, answer, &plan.rulebook)
            });
            *answer = (mask_and(&answer.0, &movable), mask_and(&answer.1, &movable));
            for_each_row(&answer.0, |lead| {
                if let Some(code) = stages.entered.get_mut(lead) {
                    *code = stage;
                }
            });
        }
        let mut moved = NONE;
        for (word, (before, after)) in moved.iter_mut().zip(stages.recorded.chunks(64).zip(stages.entered.chunks(64))) {
            *word = before
                .iter()
                .zip(after)
                .enumerate()
                .fold(0, |word, (nth, (before, after))| word | u64::from(before != after) << nth);
        }
        stages.moved = moved;
    }

    /// Evaluates on records what columns do not cover.
    fn evaluate_by_record(&mut self, all_rows: &Mask, exceptions: &[Option<Mask>], rows: &mut RecordRows<'_>) {
        // In most pages columns cover everything.
        if exceptions.iter().all(Option::is_none) && self.plan.conditions.iter().all(|planned| planned.lowered.is_ok())
        {
            return;
        }
        let conditions = self.plan.conditions.iter().zip(&mut self.scratch.answers);
        let mut pending: Vec<(PlanCondition, Mask, &mut (Mask, Mask))> = conditions
            .filter(|(planned, _)| planned.condition.kind != ConditionKind::Enter)
            .filter(|(planned, _)| !self.scratch.out_of_force.get(planned.condition.pack).copied().unwrap_or(false))
            .map(|(planned, answer)| (planned.condition, rows_by_record(planned, exceptions, all_rows), answer))
            .filter(|(_, leads, _)| *leads != NONE)
            .collect();
        let mut any = NONE;
        for (_, leads, _) in &pending {
            any.iter_mut().zip(leads).for_each(|(word, leads)| *word |= leads);
        }
        let stages = &self.scratch.stages;
        rows.for_each(&any, |lead, row| {
            let contains = |mask: &Mask| mask.get(lead / 64).is_some_and(|word| word >> (lead % 64) & 1 == 1);
            let moved = contains(&stages.moved).then(|| stages.entered.get(lead).copied()).flatten();
            let stage = moved.and_then(|code| Stage::ALL.get(usize::from(code).checked_sub(1)?).copied());
            row.move_to(stage);
            for (condition, leads, answer) in pending.iter_mut().filter(|(_, leads, _)| contains(leads)) {
                let _ = leads;
                row.evaluate_entered(*condition, lead, answer, &self.plan.rulebook);
            }
        });
    }
}

/// The leads for which a condition is evaluated on records.
fn rows_by_record(planned: &PlannedCondition, exceptions: &[Option<Mask>], all_rows: &Mask) -> Mask {
    if planned.lowered.is_err() {
        return *all_rows;
    }
    let mut mask = NONE;
    for rows in planned.reads.iter().filter_map(|source| exceptions.get(*source)?.as_ref()) {
        mask.iter_mut().zip(rows).for_each(|(word, rows)| *word |= rows);
    }
    mask
}

/// The answer of a condition that runs on columns; empty for any other.
fn columnar_answer(planned: &PlannedCondition, masks: &[Mask]) -> (Mask, Mask) {
    let mask = |mask_id: MaskId| masks.get(mask_id.index()).copied().unwrap_or(NONE);
    planned.lowered.map_or((NONE, NONE), |answer| (mask(answer.holds), mask(answer.fails)))
}

/// Calls `visit` with the index of every lead in a mask.
fn for_each_row(mask: &Mask, mut visit: impl FnMut(usize)) {
    for (index, word) in mask.iter().enumerate() {
        let mut word = *word;
        while word != 0 {
            visit(index * 64 + word.trailing_zeros() as usize);
            word &= word - 1;
        }
    }
}

/// The mask of the first `len` leads.
fn first_rows(len: usize) -> Mask {
    let mut mask = NONE;
    for (index, word) in mask.iter_mut().enumerate() {
        let bits = len.saturating_sub(index * 64).min(64);
        *word = if bits == 64 { u64::MAX } else { (1 << bits) - 1 };
    }
    mask
}

/// Evaluation on records, with the last lead kept, because several `enter` statements can visit the same lead.
struct RecordRows<'a> {
    now: Instant,
    calendar: &'a Arc<WorkingCalendar>,
    records: &'a mut dyn RecordSource,
    row: Option<(usize, LeadRow)>,
}

impl RecordRows<'_> {
    /// Calls `visit` with index and records of every lead in a mask.
    fn for_each(&mut self, leads: &Mask, mut visit: impl FnMut(usize, &mut LeadRow)) {
        for_each_row(leads, |lead| {
            if self.row.as_ref().is_none_or(|(known, _)| *known != lead) {
                let row = |(records, index)| (lead, LeadRow::new(&records, index, self.now, self.calendar));
                self.row = self.records.records(lead).map(row);
            }
            if let Some((_, row)) = &mut self.row {
                visit(lead, row);
            }
        });
    }
}
