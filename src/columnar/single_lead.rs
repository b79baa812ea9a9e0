//! One lead of a page as a table of its own: only what a plan reads of it.

use std::sync::Arc;

use crate::book::catalogue::Fact;
use crate::book::columns::{Column, Log, Page};
use crate::book::word_table::Words;
use crate::columnar::Plan;
use crate::columnar::column_view::View;
use crate::columnar::page_evaluator::{Answers, Records};
use crate::columnar::scratch::Room;
use crate::columnar::source::Source;
use crate::columnar::table::Table;

/// The lead at this place of a page.
struct One<'a> {
    page: &'a Page,
    nth: usize,
    records: Vec<(Fact, Column)>,
    log: Log,
}

impl Plan {
    /// Asks about the lead at this place of a page, and shows the answers to `tell`; it stands at place 0 in them, and for `records`.
    pub(crate) fn ask_one<T>(
        &self,
        (page, nth): (&Page, usize),
        (words, room): (&Words, Room),
        records: &mut dyn Records,
        tell: impl FnOnce(Answers<'_>) -> T,
    ) -> (T, Room) {
        let fact = |source: &Source| match source {
            Source::Record(fact) | Source::Ago(fact) => Some(*fact),
            Source::Stage { .. } => Some(Fact::Stage),
            Source::StageFor { .. } => Some(Fact::StageFor),
            Source::Own(_) | Source::Event(_) | Source::Now => None,
        };
        let facts = self.sources.iter().filter_map(fact);
        let facts = facts.filter_map(|fact| Some((fact, page.records.get(&fact)?.only(nth))));
        let one = One { page, nth, records: facts.collect(), log: page.log.only(nth) };
        let mut asking = self.asking(words, room);
        let told = tell(asking.table(&one, records));
        (told, asking.into_room())
    }
}

impl Table for One<'_> {
    fn len(&self) -> usize {
        1
    }

    fn fields<'a>(&'a self, names: &[(Arc<str>, usize)], views: &mut [View<'a>]) {
        self.page.fields(names, views);
        for (_, nth) in names {
            if let Some(view) = views.get_mut(*nth) {
                *view = view.only(self.nth);
            }
        }
    }

    fn has_odd_fields(&self) -> bool {
        self.page.fields.values().any(|column| column.is_odd(self.nth))
    }

    fn odd_fields(&self, name: &str) -> &[u16] {
        if self.page.fields.get(name).is_some_and(|column| column.is_odd(self.nth)) { &[0] } else { &[] }
    }

    fn record(&self, fact: Fact) -> Option<&Column> {
        self.records.iter().find(|(known, _)| *known == fact).map(|(_, column)| column)
    }

    fn log(&self) -> Option<&Log> {
        Some(&self.log)
    }
}
