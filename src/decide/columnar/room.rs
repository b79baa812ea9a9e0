//! Room in which a plan is asked at one moment: what tests have worked out, masks, and the sweep over signals.
//!
//! It is kept from page to page, and by whoever asks the same again. It serves one moment, and one book as long as that has no new words:
//! what was found not to be one may be one since.

use super::Plan;
use super::asking::in_force;
use super::codes::{self, tables};
use super::kernel::{Mask, NONE};
use super::source::{Event, Source};
use super::sweep::Sweep;
use super::view::Memo;
use crate::book::columns::{PAGE, Words};
use crate::book::schema::{Outcome, Stage};
use crate::book::value::Value;
use crate::calendar::Instant;

/// Room for asking one plan at one moment.
#[derive(Clone, Debug)]
pub(crate) struct Room {
    pub(super) now: Instant,
    pub(super) moment: Value,
    pub(super) nobody: Value,
    pub(super) sweep: Option<Sweep>,
    pub(super) memos: Vec<Memo>,
    pub(super) tables: Vec<codes::Table>,
    /// What tables tell, by test.
    pub(super) met: Vec<Mask>,
    pub(super) masks: Vec<Mask>,
    /// By pack: outside its dates.
    pub(super) silent: Vec<bool>,
    pub(super) stages: Stages,
    pub(super) answers: Vec<(Mask, Mask)>,
    pub(super) stage_words: Vec<&'static str>,
    pub(super) outcome_words: Vec<&'static str>,
}

/// The stages of the leads of a page: place in the list of stages plus 1, 0 unknown.
#[derive(Clone, Debug)]
pub(super) struct Stages {
    pub(super) recorded: [u8; PAGE],
    pub(super) entered: [u8; PAGE],
    pub(super) moved: Mask,
}

impl Default for Stages {
    fn default() -> Self {
        Self { recorded: [0; PAGE], entered: [0; PAGE], moved: NONE }
    }
}

impl Room {
    /// Room for a plan, for a book with these words.
    pub(super) fn new(plan: &Plan, words: &Words, now: Instant) -> Self {
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
