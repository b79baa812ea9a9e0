//! The columns of a page of leads, from whatever source, and the [`ColumnView`]s of facts on them.

use std::sync::Arc;

use crate::book::catalogue::Fact;
use crate::book::columns::page::STAGE_BY_REP;
use crate::book::columns::{Cells, Column, PAGE, Page, SignalLog};
use crate::book::vocabulary::Stage;
use crate::book::word_table::WordTable;
use crate::calendar::Instant;
use crate::columnar::column_view::{ColumnCells, ColumnView, mask_and};
use crate::columnar::kernel::{self, Mask, NONE};
use crate::columnar::log_scan::{NEVER, ScanResult};
use crate::columnar::threshold::CellScale;

/// The columns of up to [`PAGE`] leads.
pub(crate) trait PageColumns {
    /// The number of leads.
    fn len(&self) -> usize;
    /// Sets the views of the team's own fields. `names` has names, sorted, with the index of the view of each.
    fn fields<'a>(&'a self, names: &[(Arc<str>, usize)], views: &mut [ColumnView<'a>]);
    /// Whether any lead has a field with a value of another type than the column.
    fn has_exceptions(&self) -> bool;
    /// The indices of the leads for which this field has a value of another type than the column.
    fn exceptions_of(&self, name: &str) -> &[u16];
    /// The column of a fact of the record; `None` when the page has none.
    fn record(&self, fact: Fact) -> Option<&Column>;
    /// The signals; `None` when the leads cannot have any.
    fn log(&self) -> Option<&SignalLog>;
    /// The leads whose stage a rep set.
    fn stage_by_rep(&self) -> Mask;
}

impl PageColumns for Page {
    fn len(&self) -> usize {
        self.len
    }

    fn fields<'a>(&'a self, names: &[(Arc<str>, usize)], views: &mut [ColumnView<'a>]) {
        // Both are sorted, so one pass finds all.
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

    fn has_exceptions(&self) -> bool {
        self.fields.values().any(|column| !column.exceptions.is_empty())
    }

    fn exceptions_of(&self, name: &str) -> &[u16] {
        self.fields.get(name).map_or(&[], |column| &column.exceptions)
    }

    fn record(&self, fact: Fact) -> Option<&Column> {
        self.records.get(&fact)
    }

    fn log(&self) -> Option<&SignalLog> {
        Some(&self.log)
    }

    fn stage_by_rep(&self) -> Mask {
        let mut mask = NONE;
        for (word, extras) in mask.iter_mut().zip(self.extras.chunks(64)) {
            let bits = extras.iter().enumerate().filter(|(_, extras)| **extras & STAGE_BY_REP != 0);
            *word = bits.fold(0, |word, (nth, _)| word | 1 << nth);
        }
        mask
    }
}

/// Whether a fact of the record is a whole number.
pub(crate) const fn is_count(fact: Fact) -> bool {
    matches!(fact, Fact::Employees | Fact::People)
}

/// The view of codes for words of the schema.
pub(crate) fn schema_words_view<'a>(codes: &'a [u8; PAGE], words: &'a [&'static str]) -> ColumnView<'a> {
    ColumnView { cells: ColumnCells::Listed(codes, words), known: None }
}

/// The view of a fact that was computed from signals. `outcomes` are the words of [`ScanResult::Words`].
pub(crate) fn scan_view<'a>(found: ScanResult<'a>, now: Instant, outcomes: &'a [&'static str]) -> ColumnView<'a> {
    let cells = match found {
        ScanResult::Counts(counts) => ColumnCells::Longs(counts, CellScale::Whole),
        ScanResult::Moments(moments) => {
            let known = Some(kernel::at_least(moments, NEVER + 1));
            return ColumnView { cells: ColumnCells::Wholes(moments, CellScale::Ago(now)), known };
        }
        ScanResult::Words(words) => ColumnCells::Listed(words, outcomes),
        ScanResult::Truths(truths) => ColumnCells::Truths(truths),
    };
    ColumnView { cells, known: None }
}

/// The time since a moment on record; unknown while that is in the future.
pub(crate) fn age_view<'a>(page: &'a dyn PageColumns, fact: Fact, now: Instant, all_rows: &Mask) -> ColumnView<'a> {
    let Some(column) = page.record(fact) else { return ColumnView::EMPTY };
    let view = ColumnView::of(column, CellScale::Ago(now));
    let ColumnCells::Wholes(cells, _) = view.cells else { return ColumnView::EMPTY };
    let past = kernel::below(cells, now.millis().saturating_add(1));
    ColumnView { known: Some(mask_and(&past, &view.known.unwrap_or(*all_rows))), ..view }
}

/// The stages on record: index in the list of stages plus 1; 0 is unknown.
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
