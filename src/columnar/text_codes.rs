//! Comparisons of one field with many texts, all in one pass over its codes.
//!
//! A few comparisons are faster as separate kernels. From [`MIN_COMPARISONS`] on, each cell is looked up in a table of the test that its code
//! meets. A code stands for one text, so it meets at most one test for equality.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::book::value::Value;
use crate::book::word_table::{WordId, WordTable};
use crate::columnar::column_view::{ColumnCells, ColumnView};
use crate::columnar::kernel::{Mask, NONE};
use crate::columnar::lowering::{ColumnTest, SourceTest};
use crate::order;
use crate::pack::expression::Comparison;

/// The minimum number of comparisons of a field for a table.
const MIN_COMPARISONS: usize = 24;

/// The tests of one field for equality with texts.
#[derive(Clone, Debug)]
pub(crate) struct TextCodeTable {
    source: usize,
    /// The index of each test, by its text.
    by_text: BTreeMap<Arc<str>, usize>,
    /// The index of each test, by the number of its text in the word table of the book; without texts that are not in it.
    by_word: BTreeMap<WordId, usize>,
}

/// The tables of all fields that are compared with at least [`MIN_COMPARISONS`] texts.
pub(crate) fn text_code_tables(tests: &[SourceTest], words: &WordTable) -> Vec<TextCodeTable> {
    let mut fields: BTreeMap<usize, BTreeMap<Arc<str>, usize>> = BTreeMap::new();
    for (nth, test) in tests.iter().enumerate() {
        if let ColumnTest::Compare(Comparison::Equal, Value::Text(text)) = &test.test {
            fields.entry(test.source).or_default().insert(text.clone(), nth);
        }
    }
    fields.retain(|_, texts| texts.len() >= MIN_COMPARISONS);
    let table = |(source, by_text): (usize, BTreeMap<Arc<str>, usize>)| {
        let by_word = order::collect_map(by_text.iter().filter_map(|(text, nth)| Some((words.find(text)?, *nth))));
        TextCodeTable { source, by_text, by_word }
    };
    fields.into_iter().map(table).collect()
}

impl TextCodeTable {
    /// Whether the table evaluates this test on a column of this representation.
    pub(crate) fn covers(&self, test: &SourceTest, cells: ColumnCells<'_>) -> bool {
        test.source == self.source
            && matches!(cells, ColumnCells::Coded(..) | ColumnCells::Named(..))
            && matches!(test.test, ColumnTest::Compare(Comparison::Equal, Value::Text(_)))
    }

    /// Computes the masks of all tests of the table, into `masks` by test. Does nothing when the column has another representation.
    pub(crate) fn evaluate(&self, views: &[ColumnView<'_>], masks: &mut [Mask]) {
        let (cells, tests) = match views.get(self.source).map(|view| view.cells) {
            Some(ColumnCells::Coded(cells, list)) => {
                (cells, self.tests_by_code(list.iter().map(|word| self.by_word.get(word))))
            }
            Some(ColumnCells::Named(cells, list)) => {
                (cells, self.tests_by_code(list.iter().map(|text| self.by_text.get(text))))
            }
            _ => return,
        };
        for nth in self.by_text.values() {
            if let Some(mask) = masks.get_mut(*nth) {
                *mask = NONE;
            }
        }
        for (lead, cell) in cells.iter().enumerate() {
            let test = tests.get(usize::from(*cell)).copied().flatten();
            if let Some(word) = test.and_then(|test| masks.get_mut(test)?.get_mut(lead / 64)) {
                *word |= 1 << (lead % 64);
            }
        }
    }

    /// For each code the test that it meets, from code 0 on, which is unknown.
    fn tests_by_code<'a>(&self, tests: impl Iterator<Item = Option<&'a usize>>) -> Vec<Option<usize>> {
        std::iter::once(None).chain(tests.map(Option::<&usize>::copied)).collect()
    }
}
