//! A plan at one moment, asked page by page.
//!
//! A page goes through: a sweep over its log, the steps of the `enter` statements, the stages entered, the other steps, and last the leads
//! that columns cannot tell, one by one. Room for work is kept from page to page, and so is what tests have worked out.

use crate::book::AccountRecords;
use crate::book::catalogue::Fact;
use crate::book::columns::{Cells, Page, SignalLog};
use crate::book::vocabulary::Stage;
use crate::book::word_table::WordTable;
use crate::calendar::Instant;
use crate::columnar::column_view::{self, ColumnCells, ColumnView, both, minus};
use crate::columnar::kernel::{self, Mask, NONE, WORDS};
use crate::columnar::log_scan::LogScan;
use crate::columnar::lowering::SourceTest;
use crate::columnar::masks::{MaskId, MaskStep, index};
use crate::columnar::record_conditions::LeadRow;
use crate::columnar::scratch::Scratch;
use crate::columnar::source::ColumnSource;
use crate::columnar::table::{PageColumns, ago, is_count, listed, recorded_stages, seen};
use crate::columnar::threshold::CellScale;
use crate::columnar::{ColumnPlan, PlanCondition, PlannedCondition, StatementKind};
use crate::pack::statements::About;

impl ColumnPlan {
    /// The plan at one moment, for a book with these words.
    pub fn at<'a>(&'a self, words: &'a WordTable, now: Instant) -> PageEvaluator<'a> {
        self.asking(words, Scratch::new(self, words, now))
    }

    /// The same, in room that was made for this plan and these words.
    pub(crate) const fn asking<'a>(&'a self, words: &'a WordTable, room: Scratch) -> PageEvaluator<'a> {
        PageEvaluator { plan: self, words, room }
    }
}

/// A plan at one moment, with its room for work.
#[derive(Clone, Debug)]
pub struct PageEvaluator<'a> {
    plan: &'a ColumnPlan,
    words: &'a WordTable,
    room: Scratch,
}

/// The answers for one page, in the order of [`ColumnPlan::conditions`].
#[derive(Clone, Copy, Debug)]
pub struct PageAnswers<'a> {
    answers: &'a [(Mask, Mask)],
}

impl<'a> PageAnswers<'a> {
    /// For each condition the leads for which it holds and those for which it has no answer; one bit a lead.
    pub fn iter(self) -> impl ExactSizeIterator<Item = (&'a [u64; WORDS], &'a [u64; WORDS])> {
        self.answers.iter().map(|(held, faults)| (held, faults))
    }

    /// Whether a condition holds for the lead at this place of the page; `None` when it has no answer.
    pub fn of(self, condition: usize, lead: usize) -> Option<bool> {
        let (held, faults) = self.answers.get(condition)?;
        let bit = |mask: &Mask| mask.get(lead / 64).is_some_and(|word| word >> (lead % 64) & 1 == 1);
        (!bit(faults)).then(|| bit(held))
    }
}

/// Leads whose record must be asked.
pub trait RecordSource {
    /// The leads among which the lead at this place of the page stands, and its place among them.
    fn dossier(&mut self, lead: usize) -> Option<(AccountRecords, usize)>;
    /// True when its account has other leads.
    fn shares_account(&mut self, lead: usize) -> bool;
}

impl PageEvaluator<'_> {
    /// The room, to be used again.
    pub(crate) fn into_room(self) -> Scratch {
        self.room
    }

    /// The answers for the leads of a page.
    pub fn page(&mut self, page: &Page, records: &mut dyn RecordSource) -> PageAnswers<'_> {
        self.table(page, records)
    }

    /// The answers for the leads of a table.
    pub(crate) fn table(&mut self, page: &dyn PageColumns, records: &mut dyn RecordSource) -> PageAnswers<'_> {
        let everybody = first(page.len());
        if let Some(sweep) = &mut self.room.sweep {
            match page.log() {
                Some(log) => sweep.walk(log),
                None => sweep.walk(&SignalLog::default()),
            }
        }
        let odd = self.odd(page, &everybody, records);
        let enters = self.plan.conditions.first().is_some_and(|first| first.condition.kind == StatementKind::Enter);
        let entering = if enters { self.plan.entering } else { 0 };
        if enters || self.plan.sources.iter().any(|source| matches!(source, ColumnSource::Stage { .. })) {
            self.room.stages.recorded = recorded_stages(page, self.words);
            self.room.stages.entered = self.room.stages.recorded;
        }
        let mut rows = RecordRows { now: self.room.now, records, row: None };
        if enters {
            self.run(page, &everybody, 0..entering);
            self.enter(&everybody, &odd, &mut rows);
        }
        self.run(page, &everybody, entering..self.plan.steps.len());
        for (planned, answer) in self.plan.conditions.iter().zip(&mut self.room.answers) {
            if planned.condition.kind == StatementKind::Enter {
                continue;
            }
            let quiet = self.room.silent.get(planned.condition.pack).copied().unwrap_or(false);
            if quiet {
                *answer = (NONE, NONE);
                continue;
            }
            *answer = told(planned, &self.room.masks);
        }
        self.ask_rows(&everybody, &odd, &mut rows);
        PageAnswers { answers: &self.room.answers }
    }

    /// Whether a test was true of the first lead of the table asked last.
    pub(crate) fn holds_for_first(&self, test: &SourceTest) -> bool {
        let nth = self.plan.tests.iter().position(|each| each == test).and_then(|nth| u32::try_from(nth).ok());
        let step = nth.and_then(|nth| self.plan.steps.iter().position(|step| *step == MaskStep::Test(nth)));
        let mask = step.and_then(|step| self.room.masks.get(step));
        mask.and_then(|mask| mask.first()).is_some_and(|word| word & 1 == 1)
    }

    /// For each source the leads of whom columns cannot tell it.
    fn odd(&self, page: &dyn PageColumns, everybody: &Mask, records: &mut dyn RecordSource) -> Vec<Option<Mask>> {
        let places = |places: &[u16]| {
            let mut mask = NONE;
            for place in places {
                let place = usize::from(*place);
                if let Some(word) = mask.get_mut(place / 64) {
                    *word |= 1 << (place % 64);
                }
            }
            mask
        };
        let mut sharing: Option<Mask> = None;
        let any_odd = page.has_odd_fields();
        let odd = |source: &ColumnSource| match source {
            ColumnSource::Own(_) if !any_odd => None,
            ColumnSource::Own(name) => Some(page.odd_fields(name)).filter(|odd| !odd.is_empty()).map(places),
            ColumnSource::Record(fact) => {
                let column = page.record(*fact)?;
                // Counts too large for whole cells are rare enough to be asked one by one.
                let vast = is_count(*fact) && matches!(column.cells, Cells::Numbers(_));
                if vast { Some(*everybody) } else { (!column.odd.is_empty()).then(|| places(&column.odd)) }
            }
            ColumnSource::Event(event) if event.account => {
                let sharing = sharing.get_or_insert_with(|| {
                    let mut mask = NONE;
                    for (place, word) in mask.iter_mut().enumerate() {
                        for bit in 0..64 {
                            let lead = place * 64 + bit;
                            if lead < page.len() && records.shares_account(lead) {
                                *word |= 1 << bit;
                            }
                        }
                    }
                    mask
                });
                (*sharing != NONE).then_some(*sharing)
            }
            _ => None,
        };
        self.plan.sources.iter().map(odd).collect()
    }

    fn run(&mut self, page: &dyn PageColumns, everybody: &Mask, which: std::ops::Range<usize>) {
        if which.is_empty() {
            return;
        }
        let mut found = self.room.sweep.iter().flat_map(LogScan::found);
        let plan = self.plan;
        let mut views: Vec<ColumnView<'_>> = plan
            .sources
            .iter()
            .map(|source| match source {
                ColumnSource::Event(_) => {
                    found.next().map_or(ColumnView::EMPTY, |found| seen(found, self.room.now, &self.room.outcome_words))
                }
                ColumnSource::Own(_) => ColumnView::EMPTY,
                ColumnSource::Record(fact) => match page.record(*fact) {
                    Some(column) if is_count(*fact) => ColumnView::of(column, CellScale::Whole),
                    Some(column) => ColumnView::of(column, CellScale::Number(0)),
                    None if *fact == Fact::People => {
                        ColumnView { lane: ColumnCells::One(&self.room.nobody), known: None }
                    }
                    None => ColumnView::EMPTY,
                },
                ColumnSource::Ago(fact) => ago(page, *fact, self.room.now, everybody),
                ColumnSource::Stage { entered: true } => listed(&self.room.stages.entered, &self.room.stage_words),
                ColumnSource::Stage { entered: false } => listed(&self.room.stages.recorded, &self.room.stage_words),
                ColumnSource::StageFor { entered } => {
                    let view = ago(page, Fact::StageFor, self.room.now, everybody);
                    let known = view.known.unwrap_or(*everybody);
                    let moved = if *entered { self.room.stages.moved } else { NONE };
                    ColumnView { known: Some(minus(&known, &moved)), ..view }
                }
                ColumnSource::Now => ColumnView { lane: ColumnCells::One(&self.room.moment), known: None },
            })
            .collect();
        page.fields(&plan.own, &mut views);
        for table in &self.room.tables {
            table.meet(&views, &mut self.room.met);
        }
        for place in which {
            let mask = |gate: MaskId| self.room.masks.get(gate.place()).copied().unwrap_or(NONE);
            let made = match plan.steps.get(place) {
                Some(MaskStep::Fixed(true)) => *everybody,
                Some(MaskStep::Fixed(false)) | None => NONE,
                Some(MaskStep::Both(one, other)) => both(&mask(*one), &mask(*other)),
                Some(MaskStep::Without(one, other)) => minus(&mask(*one), &mask(*other)),
                Some(MaskStep::Either(one, other)) => {
                    let mut either = mask(*one);
                    either.iter_mut().zip(&mask(*other)).for_each(|(word, other)| *word |= other);
                    either
                }
                Some(MaskStep::Test(test)) => {
                    let nth = index(*test);
                    match (plan.tests.get(nth), self.room.memos.get_mut(nth)) {
                        (Some(test), Some(memo)) => {
                            let view = views.get(test.source).unwrap_or(&ColumnView::EMPTY);
                            if self.room.tables.iter().any(|table| table.tells(test, view.lane)) {
                                self.room.met.get(nth).copied().unwrap_or(NONE)
                            } else {
                                column_view::ask(&test.ask, view, everybody, self.words, memo)
                            }
                        }
                        _ => NONE,
                    }
                }
            };
            if let Some(mask) = self.room.masks.get_mut(place) {
                *mask = made;
            }
        }
    }

    /// Moves leads to the stages that `enter` statements say.
    fn enter(&mut self, everybody: &Mask, odd: &[Option<Mask>], rows: &mut RecordRows<'_>) {
        let Self { plan, room: Scratch { masks, silent, stages, answers, .. }, .. } = self;
        for (planned, answer) in plan.conditions.iter().zip(answers) {
            let PlanCondition { kind: StatementKind::Enter, pack, place, .. } = planned.condition else { continue };
            let enter = plan.rulebook.packs().get(pack).and_then(|pack| pack.enters.get(place));
            let Some(enter) = enter.filter(|_| !silent.get(pack).copied().unwrap_or(false)) else {
                *answer = (NONE, NONE);
                continue;
            };
            let stage = enter.stage as u8 + 1;
            // An unknown stage is before all others.
            let forward = both(&kernel::below(&stages.recorded, stage), everybody);
            let may = if enter.may_go_back { *everybody } else { forward };
            *answer = told(planned, masks);
            let by_row = asked_by_row(planned, odd, everybody);
            rows.each(&both(&may, &by_row), |lead, row| row.recorded(planned.condition, lead, answer, &plan.rulebook));
            *answer = (both(&answer.0, &may), both(&answer.1, &may));
            each(&answer.0, |lead| {
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

    fn ask_rows(&mut self, everybody: &Mask, odd: &[Option<Mask>], rows: &mut RecordRows<'_>) {
        // Mostly columns have told all.
        if odd.iter().all(Option::is_none) && self.plan.conditions.iter().all(|planned| planned.how.is_ok()) {
            return;
        }
        let conditions = self.plan.conditions.iter().zip(&mut self.room.answers);
        let mut waiting: Vec<(PlanCondition, Mask, &mut (Mask, Mask))> = conditions
            .filter(|(planned, _)| planned.condition.kind != StatementKind::Enter)
            .filter(|(planned, _)| !self.room.silent.get(planned.condition.pack).copied().unwrap_or(false))
            .map(|(planned, answer)| (planned.condition, asked_by_row(planned, odd, everybody), answer))
            .filter(|(_, leads, _)| *leads != NONE)
            .collect();
        let mut any = NONE;
        for (_, leads, _) in &waiting {
            any.iter_mut().zip(leads).for_each(|(word, leads)| *word |= leads);
        }
        let stages = &self.room.stages;
        rows.each(&any, |lead, row| {
            let is = |mask: &Mask| mask.get(lead / 64).is_some_and(|word| word >> (lead % 64) & 1 == 1);
            let moved = is(&stages.moved).then(|| stages.entered.get(lead).copied()).flatten();
            let stage = moved.and_then(|code| Stage::ALL.get(usize::from(code).checked_sub(1)?).copied());
            row.move_to(stage);
            for (condition, leads, answer) in waiting.iter_mut().filter(|(_, leads, _)| is(leads)) {
                let _ = leads;
                row.entered(*condition, lead, answer, &self.plan.rulebook);
            }
        });
    }
}

/// Which leads a condition must be asked of one by one.
fn asked_by_row(planned: &PlannedCondition, odd: &[Option<Mask>], everybody: &Mask) -> Mask {
    if planned.how.is_err() {
        return *everybody;
    }
    let mut mask = NONE;
    for odd in planned.reads.iter().filter_map(|source| odd.get(*source)?.as_ref()) {
        mask.iter_mut().zip(odd).for_each(|(word, odd)| *word |= odd);
    }
    mask
}

/// What the masks say of a condition that runs on columns.
fn told(planned: &PlannedCondition, masks: &[Mask]) -> (Mask, Mask) {
    let mask = |gate: MaskId| masks.get(gate.place()).copied().unwrap_or(NONE);
    planned.how.map_or((NONE, NONE), |answer| (mask(answer.holds), mask(answer.fails)))
}

/// Calls `each` for every lead in the mask.
fn each(mask: &Mask, mut each: impl FnMut(usize)) {
    for (place, word) in mask.iter().enumerate() {
        let mut word = *word;
        while word != 0 {
            each(place * 64 + word.trailing_zeros() as usize);
            word &= word - 1;
        }
    }
}

/// The first so many leads.
fn first(len: usize) -> Mask {
    let mut mask = NONE;
    for (place, word) in mask.iter_mut().enumerate() {
        let bits = len.saturating_sub(place * 64).min(64);
        *word = if bits == 64 { u64::MAX } else { (1 << bits) - 1 };
    }
    mask
}

/// Leads asked one by one.
struct RecordRows<'a> {
    now: Instant,
    records: &'a mut dyn RecordSource,
    row: Option<(usize, LeadRow)>,
}

impl RecordRows<'_> {
    fn each(&mut self, leads: &Mask, mut ask: impl FnMut(usize, &mut LeadRow)) {
        each(leads, |lead| {
            if self.row.as_ref().is_none_or(|(known, _)| *known != lead) {
                self.row =
                    self.records.dossier(lead).map(|(dossier, place)| (lead, LeadRow::new(&dossier, place, self.now)));
            }
            if let Some((_, row)) = &mut self.row {
                ask(lead, row);
            }
        });
    }
}

/// True when a pack's dates include `now`.
pub(crate) fn in_force(about: &About, now: Instant) -> bool {
    about.valid_from.is_none_or(|from| from <= now) && about.valid_to.is_none_or(|to| now < to)
}
