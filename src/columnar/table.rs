//! Up to a page of leads as columns, wherever they stand, and what is read from them as [`View`]s.

use std::sync::Arc;

use crate::book::catalogue::Fact;
use crate::book::columns::{Cells, Column, Log, PAGE, Page};
use crate::book::vocabulary::Stage;
use crate::book::word_table::Words;
use crate::calendar::Instant;
use crate::columnar::column_view::{Lane, View, both};
use crate::columnar::kernel::{self, Mask};
use crate::columnar::log_scan::{Found, NEVER};
use crate::columnar::threshold::Scale;

/// Up to [`PAGE`] leads as columns.
pub(crate) trait Table {
    /// How many leads.
    fn len(&self) -> usize;
    /// The team's own fields with these names, which are in order, each to the view with its number.
    fn fields<'a>(&'a self, names: &[(Arc<str>, usize)], views: &mut [View<'a>]);
    /// Whether any field of any lead has another type than its column.
    fn has_odd_fields(&self) -> bool;
    /// The places of leads whose field has another type than the column.
    fn odd_fields(&self, name: &str) -> &[u16];
    /// A fact of the record.
    fn record(&self, fact: Fact) -> Option<&Column>;
    /// What happened.
    fn log(&self) -> Option<&Log>;
}

impl Table for Page {
    fn len(&self) -> usize {
        self.len
    }

    fn fields<'a>(&'a self, names: &[(Arc<str>, usize)], views: &mut [View<'a>]) {
        // Both are in order, so one walk finds all.
        let mut names = names.iter().peekable();
        for (field, column) in &self.fields {
            while names.next_if(|(name, _)| name < field).is_some() {}
            if let Some((_, nth)) = names.next_if(|(name, _)| name == field)
                && let Some(view) = views.get_mut(*nth)
            {
                *view = View::of(column, Scale::Number(0));
            }
        }
    }

    fn has_odd_fields(&self) -> bool {
        self.fields.values().any(|column| !column.odd.is_empty())
    }

    fn odd_fields(&self, name: &str) -> &[u16] {
        self.fields.get(name).map_or(&[], |column| &column.odd)
    }

    fn record(&self, fact: Fact) -> Option<&Column> {
        self.records.get(&fact)
    }

    fn log(&self) -> Option<&Log> {
        Some(&self.log)
    }
}

/// Facts of the record that are counts, and not numbers with decimals.
pub(crate) const fn is_count(fact: Fact) -> bool {
    matches!(fact, Fact::Employees | Fact::People)
}

pub(crate) fn listed<'a>(codes: &'a [u8; PAGE], words: &'a [&'static str]) -> View<'a> {
    View { lane: Lane::Listed(codes, words), known: None }
}

pub(crate) fn seen<'a>(found: Found<'a>, now: Instant, outcomes: &'a [&'static str]) -> View<'a> {
    let lane = match found {
        Found::Counts(counts) => Lane::Longs(counts, Scale::Whole),
        Found::Moments(moments) => {
            let known = Some(kernel::at_least(moments, NEVER + 1));
            return View { lane: Lane::Wholes(moments, Scale::Ago(now)), known };
        }
        Found::Words(words) => Lane::Listed(words, outcomes),
        Found::Truths(truths) => Lane::Truths(truths),
    };
    View { lane, known: None }
}

/// How long ago a recorded moment was; unknown until it comes.
pub(crate) fn ago<'a>(page: &'a dyn Table, fact: Fact, now: Instant, everybody: &Mask) -> View<'a> {
    let Some(column) = page.record(fact) else { return View::EMPTY };
    let view = View::of(column, Scale::Ago(now));
    let Lane::Wholes(cells, _) = view.lane else { return View::EMPTY };
    let past = kernel::below(cells, now.millis().saturating_add(1));
    View { known: Some(both(&past, &view.known.unwrap_or(*everybody))), ..view }
}

/// The stages on record.
pub(crate) fn recorded_stages(page: &dyn Table, words: &Words) -> [u8; PAGE] {
    let mut stages = [0; PAGE];
    let Some(column) = page.record(Fact::Stage) else { return stages };
    let number = |word| {
        let stage = words.text(word).and_then(|text| Stage::from_word(text));
        stage.map_or(0, |stage| stage as u8 + 1)
    };
    match &column.cells {
        Cells::FewWords { cells, list } => {
            let mut codes = [0; 256];
            for (code, word) in codes.iter_mut().skip(1).zip(list) {
                *code = number(*word);
            }
            for (stage, cell) in stages.iter_mut().zip(cells) {
                *stage = codes.get(usize::from(*cell)).copied().unwrap_or(0);
            }
        }
        Cells::Words(cells) => {
            for (stage, word) in stages.iter_mut().zip(cells) {
                *stage = number(*word);
            }
        }
        _ => {}
    }
    stages
}
