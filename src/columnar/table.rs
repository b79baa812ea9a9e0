//! Up to a page of leads as columns, wherever they stand, and what is read from them as [`ColumnView`]s.

use std::sync::Arc;

use crate::book::catalogue::Fact;
use crate::book::columns::{Cells, Column, PAGE, Page, SignalLog};
use crate::book::vocabulary::Stage;
use crate::book::word_table::WordTable;
use crate::calendar::Instant;
use crate::columnar::column_view::{ColumnCells, ColumnView, both};
use crate::columnar::kernel::{self, Mask};
use crate::columnar::log_scan::{NEVER, ScanResult};
use crate::columnar::threshold::CellScale;

/// Up to [`PAGE`] leads as columns.
pub(crate) trait PageColumns {
    /// How many leads.
    fn len(&self) -> usize;
    /// The team's own fields with these names, which are in order, each to the view with its number.
    fn fields<'a>(&'a self, names: &[(Arc<str>, usize)], views: &mut [ColumnView<'a>]);
    /// Whether any field of any lead has another type than its column.
    fn has_odd_fields(&self) -> bool;
    /// The places of leads whose field has another type than the column.
    fn odd_fields(&self, name: &str) -> &[u16];
    /// A fact of the record.
    fn record(&self, fact: Fact) -> Option<&Column>;
    /// What happened.
    fn log(&self) -> Option<&SignalLog>;
}

impl PageColumns for Page {
    fn len(&self) -> usize {
        self.len
    }

    fn fields<'a>(&'a self, names: &[(Arc<str>, usize)], views: &mut [ColumnView<'a>]) {
        // Both are in order, so one walk finds all.
        let mut names = names.iter().peekable();
        for (field, column) in &self.fields {
            while names.next_if(|(name, _)| name < field).is_some() {}
            if let Some((_, nth)) = names.next_if(|(name, _)| name == field)
                && let Some(view) = views.get_mut(*nth)
            {
                *view = ColumnView::of(column, CellScale::Number(0));
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

    fn log(&self) -> Option<&SignalLog> {
        Some(&self.log)
    }
}

/// Facts of the record that are counts, and not numbers with decimals.
pub(crate) const fn is_count(fact: Fact) -> bool {
    matches!(fact, Fact::Employees | Fact::People)
}

pub(crate) fn listed<'a>(codes: &'a [u8; PAGE], words: &'a [&'static str]) -> ColumnView<'a> {
    ColumnView { lane: ColumnCells::Listed(codes, words), known: None }
}

pub(crate) fn seen<'a>(found: ScanResult<'a>, now: Instant, outcomes: &'a [&'static str]) -> ColumnView<'a> {
    let lane = match found {
        ScanResult::Counts(counts) => ColumnCells::Longs(counts, CellScale::Whole),
        ScanResult::Moments(moments) => {
            let known = Some(kernel::at_least(moments, NEVER + 1));
            return ColumnView { lane: ColumnCells::Wholes(moments, CellScale::Ago(now)), known };
        }
        ScanResult::Words(words) => ColumnCells::Listed(words, outcomes),
        ScanResult::Truths(truths) => ColumnCells::Truths(truths),
    };
    ColumnView { lane, known: None }
}

/// How long ago a recorded moment was; unknown until it comes.
pub(crate) fn ago<'a>(page: &'a dyn PageColumns, fact: Fact, now: Instant, everybody: &Mask) -> ColumnView<'a> {
    let Some(column) = page.record(fact) else { return ColumnView::EMPTY };
    let view = ColumnView::of(column, CellScale::Ago(now));
    let ColumnCells::Wholes(cells, _) = view.lane else { return ColumnView::EMPTY };
    let past = kernel::below(cells, now.millis().saturating_add(1));
    ColumnView { known: Some(both(&past, &view.known.unwrap_or(*everybody))), ..view }
}

/// The stages on record.
pub(crate) fn recorded_stages(page: &dyn PageColumns, words: &WordTable) -> [u8; PAGE] {
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
