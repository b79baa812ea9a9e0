//! One lead of a page as a table of its own: only what a plan reads of it.

use std::sync::Arc;

use super::Plan;
use super::asking::{Answers, Records};
use super::cut::Scale;
use super::room::Room;
use super::source::Source;
use super::table::Table;
use super::view::View;
use crate::book::catalogue::Fact;
use crate::book::columns::{Column, Log, Page, Words};

/// One lead.
struct One {
    /// In the order of the plan's own fields; nothing for one that the page does not have.
    fields: Vec<Option<(Arc<str>, Column)>>,
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
        let field = |(name, _): &(Arc<str>, usize)| Some((name.clone(), page.fields.get(name)?.only(nth)));
        let fact = |source: &Source| match source {
            Source::Record(fact) | Source::Ago(fact) => Some(*fact),
            Source::Stage { .. } => Some(Fact::Stage),
            Source::StageFor { .. } => Some(Fact::StageFor),
            Source::Own(_) | Source::Event(_) | Source::Now => None,
        };
        let facts = self.sources.iter().filter_map(fact);
        let one = One {
            fields: self.own.iter().map(field).collect(),
            records: facts.filter_map(|fact| Some((fact, page.records.get(&fact)?.only(nth)))).collect(),
            log: page.log.only(nth),
        };
        let mut asking = self.asking(words, room);
        let told = tell(asking.table(&one, records));
        (told, asking.into_room())
    }
}

impl Table for One {
    fn len(&self) -> usize {
        1
    }

    fn fields<'a>(&'a self, names: &[(Arc<str>, usize)], views: &mut [View<'a>]) {
        for (field, (_, nth)) in self.fields.iter().zip(names) {
            if let (Some((_, column)), Some(view)) = (field, views.get_mut(*nth)) {
                *view = View::of(column, Scale::Number(0));
            }
        }
    }

    fn has_odd_fields(&self) -> bool {
        self.fields.iter().flatten().any(|(_, column)| !column.odd.is_empty())
    }

    fn odd_fields(&self, name: &str) -> &[u16] {
        let field = self.fields.iter().flatten().find(|(known, _)| **known == *name);
        field.map_or(&[], |(_, column)| &column.odd)
    }

    fn record(&self, fact: Fact) -> Option<&Column> {
        self.records.iter().find(|(known, _)| *known == fact).map(|(_, column)| column)
    }

    fn log(&self) -> Option<&Log> {
        Some(&self.log)
    }
}
