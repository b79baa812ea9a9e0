//! The working memory for evaluating a plan at one moment: masks, thresholds of tests, and the pass over signals.
//!
//! It is reused from page to page and from call to call. It is valid for one moment, and for one book until that gets new words, because it
//! remembers which texts are not among the words of the book.

use crate::book::columns::PAGE;
use crate::book::value::Value;
use crate::book::vocabulary::{Outcome, Stage};
use crate::book::word_table::WordTable;
use crate::calendar::Instant;
use crate::columnar::ColumnPlan;
use crate::columnar::column_source::{ColumnSource, LogFact};
use crate::columnar::column_view::ComparisonCache;
use crate::columnar::kernel::{Mask, NONE};
use crate::columnar::log_scan::LogScan;
use crate::columnar::text_codes::{TextCodeTable, text_code_tables};

/// The working memory for one plan at one moment.
#[derive(Clone, Debug)]
pub(crate) struct Scratch {
    pub(crate) now: Instant,
    /// `now` as a value.
    pub(crate) now_value: Value,
    /// The number of people of a lead without any.
    pub(crate) zero: Value,
    /// `None` when no condition reads signals.
    pub(crate) log_scan: Option<LogScan>,
    /// By test.
    pub(crate) comparison_caches: Vec<ComparisonCache>,
    pub(crate) text_tables: Vec<TextCodeTable>,
    /// By test: the mask that a table of `text_tables` computed.
    pub(crate) text_masks: Vec<Mask>,
    /// By step.
    pub(crate) masks: Vec<Mask>,
    /// By pack: whether `now` is outside its dates.
    pub(crate) out_of_force: Vec<bool>,
    pub(crate) stages: StageColumn,
    /// By condition: the leads for which it holds, and those for which it has no answer.
    pub(crate) answers: Vec<(Mask, Mask)>,
    pub(crate) stage_words: Vec<&'static str>,
    pub(crate) outcome_words: Vec<&'static str>,
}

/// The stages of the leads of a page: index in the list of stages plus 1; 0 is unknown.
#[derive(Clone, Debug)]
pub(crate) struct StageColumn {
    /// On record.
    pub(crate) recorded: [u8; PAGE],
    /// After the `enter` statements.
    pub(crate) entered: [u8; PAGE],
    /// The leads for which the two differ.
    pub(crate) moved: Mask,
}

impl Default for StageColumn {
    fn default() -> Self {
        Self { recorded: [0; PAGE], entered: [0; PAGE], moved: NONE }
    }
}

impl Scratch {
    /// Working memory for a plan at a moment, for a book with these words.
    pub(crate) fn new(plan: &ColumnPlan, words: &WordTable, now: Instant) -> Self {
        let log_facts: Vec<LogFact> = plan
            .sources
            .iter()
            .filter_map(|source| if let ColumnSource::Log(fact) = source { Some(fact.clone()) } else { None })
            .collect();
        Self {
            now,
            now_value: Value::Moment(now),
            zero: Value::Whole(0),
            log_scan: (!log_facts.is_empty()).then(|| LogScan::new(&log_facts, words, now)),
            comparison_caches: vec![ComparisonCache::default(); plan.tests.len()],
            text_tables: text_code_tables(&plan.tests, words),
            text_masks: vec![NONE; plan.tests.len()],
            masks: vec![NONE; plan.steps.len()],
            out_of_force: plan.rulebook.packs().iter().map(|pack| !pack.about.in_force(now)).collect(),
            stages: StageColumn::default(),
            answers: vec![(NONE, NONE); plan.conditions.len()],
            stage_words: Stage::words().collect(),
            outcome_words: Outcome::words().collect(),
        }
    }
}
