//! Room in which a plan is asked at one moment: what tests have worked out, masks, and the sweep over signals.
//!
//! It is kept from page to page, and by whoever asks the same again. It serves one moment, and one book as long as that has no new words:
//! what was found not to be one may be one since.

use crate::book::columns::PAGE;
use crate::book::value::Value;
use crate::book::vocabulary::{Outcome, Stage};
use crate::book::word_table::Words;
use crate::calendar::Instant;
use crate::columnar::Plan;
use crate::columnar::column_view::Memo;
use crate::columnar::kernel::{Mask, NONE};
use crate::columnar::log_scan::Sweep;
use crate::columnar::page_evaluator::in_force;
use crate::columnar::source::{Event, Source};
use crate::columnar::text_codes::{self, tables};

/// Room for asking one plan at one moment.
#[derive(Clone, Debug)]
pub(crate) struct Room {
    pub(crate) now: Instant,
    pub(crate) moment: Value,
    pub(crate) nobody: Value,
    pub(crate) sweep: Option<Sweep>,
    pub(crate) memos: Vec<Memo>,
    pub(crate) tables: Vec<text_codes::Table>,
    /// What tables tell, by test.
    pub(crate) met: Vec<Mask>,
    pub(crate) masks: Vec<Mask>,
    /// By pack: outside its dates.
    pub(crate) silent: Vec<bool>,
    pub(crate) stages: Stages,
    pub(crate) answers: Vec<(Mask, Mask)>,
    pub(crate) stage_words: Vec<&'static str>,
    pub(crate) outcome_words: Vec<&'static str>,
}

/// The stages of the leads of a page: place in the list of stages plus 1, 0 unknown.
#[derive(Clone, Debug)]
pub(crate) struct Stages {
    pub(crate) recorded: [u8; PAGE],
    pub(crate) entered: [u8; PAGE],
    pub(crate) moved: Mask,
}

impl Default for Stages {
    fn default() -> Self {
        Self { recorded: [0; PAGE], entered: [0; PAGE], moved: NONE }
    }
}

impl Room {
    /// Room for a plan, for a book with these words.
    pub(crate) fn new(plan: &Plan, words: &Words, now: Instant) -> Self {
        let events: Vec<Event> = plan
            .sources
            .iter()
            .filter_map(|source| if let Source::Event(event) = source { Some(event.clone()) } else { None })
            .collect();
        Self {
            now,
            moment: Value::Moment(now),
            nobody: Value::Whole(0),
            sweep: (!events.is_empty()).then(|| Sweep::new(&events, words, now)),
            memos: vec![Memo::default(); plan.tests.len()],
            tables: tables(&plan.tests, words),
            met: vec![NONE; plan.tests.len()],
            masks: vec![NONE; plan.steps.len()],
            silent: plan.rulebook.packs().iter().map(|pack| !in_force(&pack.about, now)).collect(),
            stages: Stages::default(),
            answers: vec![(NONE, NONE); plan.conditions.len()],
            stage_words: Stage::words().collect(),
            outcome_words: Outcome::words().collect(),
        }
    }
}
