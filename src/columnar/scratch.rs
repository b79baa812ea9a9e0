//! Room in which a plan is asked at one moment: what tests have worked out, masks, and the sweep over signals.
//!
//! It is kept from page to page, and by whoever asks the same again. It serves one moment, and one book as long as that has no new words:
//! what was found not to be one may be one since.

use crate::book::columns::PAGE;
use crate::book::value::Value;
use crate::book::vocabulary::{Outcome, Stage};
use crate::book::word_table::WordTable;
use crate::calendar::Instant;
use crate::columnar::ColumnPlan;
use crate::columnar::column_view::ComparisonCache;
use crate::columnar::kernel::{Mask, NONE};
use crate::columnar::log_scan::LogScan;
use crate::columnar::page_evaluator::in_force;
use crate::columnar::source::{ColumnSource, LogFact};
use crate::columnar::text_codes::{self, tables};

/// Room for asking one plan at one moment.
#[derive(Clone, Debug)]
pub(crate) struct Scratch {
    pub(crate) now: Instant,
    pub(crate) moment: Value,
    pub(crate) nobody: Value,
    pub(crate) sweep: Option<LogScan>,
    pub(crate) memos: Vec<ComparisonCache>,
    pub(crate) tables: Vec<text_codes::TextCodeTable>,
    /// What tables tell, by test.
    pub(crate) met: Vec<Mask>,
    pub(crate) masks: Vec<Mask>,
    /// By pack: outside its dates.
    pub(crate) silent: Vec<bool>,
    pub(crate) stages: StageColumn,
    pub(crate) answers: Vec<(Mask, Mask)>,
    pub(crate) stage_words: Vec<&'static str>,
    pub(crate) outcome_words: Vec<&'static str>,
}

/// The stages of the leads of a page: place in the list of stages plus 1, 0 unknown.
#[derive(Clone, Debug)]
pub(crate) struct StageColumn {
    pub(crate) recorded: [u8; PAGE],
    pub(crate) entered: [u8; PAGE],
    pub(crate) moved: Mask,
}

impl Default for StageColumn {
    fn default() -> Self {
        Self { recorded: [0; PAGE], entered: [0; PAGE], moved: NONE }
    }
}

impl Scratch {
    /// Room for a plan, for a book with these words.
    pub(crate) fn new(plan: &ColumnPlan, words: &WordTable, now: Instant) -> Self {
        let events: Vec<LogFact> = plan
            .sources
            .iter()
            .filter_map(|source| if let ColumnSource::Event(event) = source { Some(event.clone()) } else { None })
            .collect();
        Self {
            now,
            moment: Value::Moment(now),
            nobody: Value::Whole(0),
            sweep: (!events.is_empty()).then(|| LogScan::new(&events, words, now)),
            memos: vec![ComparisonCache::default(); plan.tests.len()],
            tables: tables(&plan.tests, words),
            met: vec![NONE; plan.tests.len()],
            masks: vec![NONE; plan.steps.len()],
            silent: plan.rulebook.packs().iter().map(|pack| !in_force(&pack.about, now)).collect(),
            stages: StageColumn::default(),
            answers: vec![(NONE, NONE); plan.conditions.len()],
            stage_words: Stage::words().collect(),
            outcome_words: Outcome::words().collect(),
        }
    }
}
