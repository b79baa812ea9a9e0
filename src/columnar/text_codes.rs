//! Many texts with which one field is compared, all in one walk over its codes.
//!
//! A few comparisons are quicker one by one, as kernels; from [`MANY`] on each cell is looked up in a table that says which of them it
//! meets. A code stands for one text, so it is at most one.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::book::value::Value;
use crate::book::word_table::{WordId, WordTable};
use crate::columnar::column_view::{ColumnCells, ColumnView};
use crate::columnar::kernel::{Mask, NONE};
use crate::columnar::lowering::{ColumnTest, SourceTest};
use crate::order;
use crate::pack::expression::Comparison;

/// From so many comparisons of one field on.
const MANY: usize = 24;

/// The comparisons of one field with texts.
#[derive(Clone, Debug)]
pub(crate) struct TextCodeTable {
    source: usize,
    /// The numbers of the tests, by text; and by its number in the book, where it has one.
    by_text: BTreeMap<Arc<str>, usize>,
    by_word: BTreeMap<WordId, usize>,
}

/// A table for every field that is compared with many texts.
pub(crate) fn tables(tests: &[SourceTest], words: &WordTable) -> Vec<TextCodeTable> {
    let mut fields: BTreeMap<usize, BTreeMap<Arc<str>, usize>> = BTreeMap::new();
    for (nth, test) in tests.iter().enumerate() {
        if let ColumnTest::Compare(Comparison::Equal, Value::Text(text)) = &test.ask {
            fields.entry(test.source).or_default().insert(text.clone(), nth);
        }
    }
    fields.retain(|_, texts| texts.len() >= MANY);
    let table = |(source, by_text): (usize, BTreeMap<Arc<str>, usize>)| {
        let by_word = order::collect_map(by_text.iter().filter_map(|(text, nth)| Some((words.find(text)?, *nth))));
        TextCodeTable { source, by_text, by_word }
    };
    fields.into_iter().map(table).collect()
}

impl TextCodeTable {
    /// Whether it tells this test on a column like this.
    pub(crate) fn tells(&self, test: &SourceTest, lane: ColumnCells<'_>) -> bool {
        test.source == self.source
            && matches!(lane, ColumnCells::Coded(..) | ColumnCells::Named(..))
            && matches!(test.ask, ColumnTest::Compare(Comparison::Equal, Value::Text(_)))
    }

    /// The leads that meet each test, by its number; tests that nobody meets are left out.
    pub(crate) fn meet(&self, views: &[ColumnView<'_>], met: &mut [Mask]) {
        let (cells, tests) = match views.get(self.source).map(|view| view.lane) {
            Some(ColumnCells::Coded(cells, list)) => {
                (cells, self.coded(list.iter().map(|word| self.by_word.get(word))))
            }
            Some(ColumnCells::Named(cells, list)) => {
                (cells, self.coded(list.iter().map(|text| self.by_text.get(text))))
            }
            _ => return,
        };
        for nth in self.by_text.values() {
            if let Some(mask) = met.get_mut(*nth) {
                *mask = NONE;
            }
        }
        for (lead, cell) in cells.iter().enumerate() {
            let test = tests.get(usize::from(*cell)).copied().flatten();
            if let Some(word) = test.and_then(|test| met.get_mut(test)?.get_mut(lead / 64)) {
                *word |= 1 << (lead % 64);
            }
        }
    }

    /// For each code the test that it meets; code 0 is unknown.
    fn coded<'a>(&self, tests: impl Iterator<Item = Option<&'a usize>>) -> Vec<Option<usize>> {
        std::iter::once(None).chain(tests.map(Option::<&usize>::copied)).collect()
    }
}
