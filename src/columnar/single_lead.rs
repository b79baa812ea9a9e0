//! One lead of a page as a page of its own, with only the columns that a plan reads.

use std::sync::Arc;

use crate::book::catalogue::Fact;
use crate::book::columns::page::STAGE_BY_REP;
use crate::book::columns::{Column, Page, SignalLog};
use crate::book::word_table::WordTable;
use crate::columnar::ColumnPlan;
use crate::columnar::column_source::ColumnSource;
use crate::columnar::column_view::ColumnView;
use crate::columnar::kernel::{Mask, NONE};
use crate::columnar::page_columns::PageColumns;
use crate::columnar::page_evaluator::{PageAnswers, RecordSource};
use crate::columnar::scratch::Scratch;

/// The lead at index `nth` of a page.
struct SingleLead<'a> {
    page: &'a Page,
    nth: usize,
    records: Vec<(Fact, Column)>,
    log: SignalLog,
}

impl ColumnPlan {
    /// Evaluates the plan for the lead at an index of a page, and passes the answers to `read`. The lead has index 0 in them, and for `records`.
    /// Returns the result of `read`, and the working memory for reuse.
    pub(crate) fn evaluate_one<T>(
        &self,
        (page, nth): (&Page, usize),
        (words, scratch): (&WordTable, Scratch),
        records: &mut dyn RecordSource,
        read: impl FnOnce(PageAnswers<'_>) -> T,
    ) -> (T, Scratch) {
        let fact = |source: &ColumnSource| match source {
            ColumnSource::Record(fact) | ColumnSource::Ago(fact) => Some(*fact),
            ColumnSource::Stage { .. } => Some(Fact::Stage),
            ColumnSource::StageFor { .. } => Some(Fact::StageFor),
            ColumnSource::Own(_) | ColumnSource::Log(_) | ColumnSource::Now => None,
        };
        let facts = self.sources.iter().filter_map(fact);
        let facts = facts.filter_map(|fact| Some((fact, page.records.get(&fact)?.only(nth))));
        let one = SingleLead { page, nth, records: facts.collect(), log: page.log.only(nth) };
        let mut evaluator = self.with_scratch(words, scratch);
        let result = read(evaluator.evaluate(&one, records));
        (result, evaluator.into_scratch())
    }
}

impl PageColumns for SingleLead<'_> {
    fn len(&self) -> usize {
        1
    }

    fn fields<'a>(&'a self, names: &[(Arc<str>, usize)], views: &mut [ColumnView<'a>]) {
        self.page.fields(names, views);
        for (_, nth) in names {
            if let Some(view) = views.get_mut(*nth) {
                *view = view.single_row(self.nth);
            }
        }
    }

    fn has_exceptions(&self) -> bool {
        self.page.fields.values().any(|column| column.is_exception(self.nth))
    }

    fn exceptions_of(&self, name: &str) -> &[u16] {
        if self.page.fields.get(name).is_some_and(|column| column.is_exception(self.nth)) { &[0] } else { &[] }
    }

    fn record(&self, fact: Fact) -> Option<&Column> {
        self.records.iter().find(|(known, _)| *known == fact).map(|(_, column)| column)
    }

    fn log(&self) -> Option<&SignalLog> {
        Some(&self.log)
    }

    fn stage_by_rep(&self) -> Mask {
        let mut mask = NONE;
        if self.page.extras.get(self.nth).is_some_and(|extras| extras & STAGE_BY_REP != 0)
            && let Some(word) = mask.first_mut()
        {
            *word = 1;
        }
        mask
    }
}
