//! The values of one source for all leads of a page, and the evaluation of tests on them.

use std::sync::Arc;

use crate::book::columns::{Cells, Column};
use crate::book::value::Value;
use crate::book::word_table::{WordId, WordTable};
use crate::columnar::kernel::{self, KernelCell, Mask, NONE};
use crate::columnar::lowering::ColumnTest;
use crate::columnar::threshold::{CellScale, Threshold, number_threshold, whole_threshold};
use crate::evaluate::operators::compare;
use crate::pack::expression::Comparison;

/// The cells of one source, one per lead of the page, in the representation that the page has.
#[derive(Clone, Copy, Debug)]
pub(crate) enum ColumnCells<'a> {
    /// Unknown for every lead.
    Empty,
    /// One value, which every lead has.
    One(&'a Value),
    /// True or false, one bit per lead.
    Truths(&'a [u64]),
    /// True (2), false (1) or unknown (0).
    Flags(&'a [u8]),
    /// Whole numbers of 8 bits.
    Bytes(&'a [u8], CellScale),
    /// Whole numbers of 16 bits.
    Shorts(&'a [i16], CellScale),
    /// Whole numbers of 32 bits.
    Longs(&'a [i32], CellScale),
    /// Whole numbers of 64 bits.
    Wholes(&'a [i64], CellScale),
    /// Floating-point numbers; NaN is unknown.
    Numbers(&'a [f64]),
    /// Texts, by the index in a list of words plus 1; 0 is unknown.
    Coded(&'a [u8], &'a [WordId]),
    /// Texts, by their number in the word table; 0 is unknown.
    Words(&'a [WordId]),
    /// Texts, by the index in a list plus 1; 0 is unknown, and a code beyond the list is any other text.
    Named(&'a [u8], &'a [Arc<str>]),
    /// Words of the schema, by the index in their list plus 1; 0 is unknown.
    Listed(&'a [u8], &'a [&'static str]),
}

/// The values of one source for all leads of a page.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ColumnView<'a> {
    /// The cells.
    pub(crate) cells: ColumnCells<'a>,
    /// The leads for which the value is known. `None` when it is known for all of them, or when the cells have a code for unknown.
    pub(crate) known: Option<Mask>,
}

impl<'a> ColumnView<'a> {
    /// A view that is unknown for every lead.
    pub(crate) const EMPTY: Self = Self { cells: ColumnCells::Empty, known: None };

    /// The view of a column. `wholes` is the meaning of its whole numbers; that of decimals takes the scale of the column.
    pub(crate) fn of(column: &'a Column, wholes: CellScale) -> Self {
        let cells = match &column.cells {
            Cells::Empty => return Self::EMPTY,
            Cells::Truths(truths) => ColumnCells::Truths(truths.words()),
            Cells::Bytes { cells, decimals } => ColumnCells::Bytes(cells, scale(wholes, *decimals)),
            Cells::Shorts { cells, decimals } => ColumnCells::Shorts(cells, scale(wholes, *decimals)),
            Cells::Longs { cells, decimals } => ColumnCells::Longs(cells, scale(wholes, *decimals)),
            Cells::Wholes(cells) => ColumnCells::Wholes(cells, wholes),
            Cells::Numbers(cells) => ColumnCells::Numbers(cells),
            Cells::FewWords { cells, list } => ColumnCells::Coded(cells, list),
            Cells::Words(cells) => ColumnCells::Words(cells),
        };
        let has_unknown_code = matches!(cells, ColumnCells::Coded(..) | ColumnCells::Words(_));
        Self { cells, known: (!has_unknown_code && !column.known.all()).then(|| mask_of(column.known.words())) }
    }
}

impl ColumnView<'_> {
    /// A view of only the lead at an index.
    pub(crate) fn single_row(self, nth: usize) -> Self {
        fn one<T>(cells: &[T], nth: usize) -> &[T] {
            cells.get(nth..=nth).unwrap_or_default()
        }
        let bit = |words: &[u64]| words.get(nth / 64).is_some_and(|word| word >> (nth % 64) & 1 == 1);
        let cells = match self.cells {
            ColumnCells::Empty | ColumnCells::One(_) => self.cells,
            ColumnCells::Truths(words) => ColumnCells::Truths(if bit(words) { &[1] } else { &[0] }),
            ColumnCells::Flags(cells) => ColumnCells::Flags(one(cells, nth)),
            ColumnCells::Bytes(cells, scale) => ColumnCells::Bytes(one(cells, nth), scale),
            ColumnCells::Shorts(cells, scale) => ColumnCells::Shorts(one(cells, nth), scale),
            ColumnCells::Longs(cells, scale) => ColumnCells::Longs(one(cells, nth), scale),
            ColumnCells::Wholes(cells, scale) => ColumnCells::Wholes(one(cells, nth), scale),
            ColumnCells::Numbers(cells) => ColumnCells::Numbers(one(cells, nth)),
            ColumnCells::Coded(cells, list) => ColumnCells::Coded(one(cells, nth), list),
            ColumnCells::Words(cells) => ColumnCells::Words(one(cells, nth)),
            ColumnCells::Named(cells, list) => ColumnCells::Named(one(cells, nth), list),
            ColumnCells::Listed(cells, list) => ColumnCells::Listed(one(cells, nth), list),
        };
        let known = self.known.map(|known| mask_of(&[u64::from(bit(&known))]));
        Self { cells, known }
    }
}

/// The scale of a narrow column: that of its decimals, unless it has counts or moments.
const fn scale(wholes: CellScale, decimals: u8) -> CellScale {
    match wholes {
        CellScale::Number(_) => CellScale::Number(decimals),
        other => other,
    }
}

/// Words of bits as a mask; missing words are 0.
pub(crate) fn mask_of(words: &[u64]) -> Mask {
    let mut mask = NONE;
    for (into, from) in mask.iter_mut().zip(words) {
        *into = *from;
    }
    mask
}

/// What the evaluation of a test keeps for the next page.
#[derive(Clone, Debug, Default)]
pub(crate) struct ComparisonCache {
    /// Thresholds for whole numbers, by width in bits and scale, which can differ from page to page.
    whole: Vec<(u8, CellScale, Threshold<i64>)>,
    /// The threshold for floating-point numbers.
    number: Option<Threshold<f64>>,
    /// The number of the constant in the word table of the book; `Some(None)` when it has none.
    word: Option<Option<WordId>>,
    /// The code of the constant in a fixed list; `Some(None)` when it has none.
    code: Option<Option<u8>>,
}

/// The leads among `all_rows` for which a test is true.
pub(crate) fn evaluate_test(
    test: &ColumnTest,
    view: &ColumnView<'_>,
    all_rows: &Mask,
    words: &WordTable,
    cache: &mut ComparisonCache,
) -> Mask {
    let mask = match test {
        // An unknown value equals only an unknown value, and is neither smaller nor larger than anything.
        ColumnTest::Compare(Comparison::Equal, Value::Unknown) => {
            return mask_and_not(all_rows, &known(view, all_rows));
        }
        ColumnTest::Compare(_, Value::Unknown) => NONE,
        ColumnTest::Compare(comparison, value) => compared(*comparison, value, view.cells, all_rows, words, cache),
        ColumnTest::IsTruth if matches!(view.cells, ColumnCells::Truths(_) | ColumnCells::One(Value::Truth(_))) => {
            *all_rows
        }
        ColumnTest::IsTruth if matches!(view.cells, ColumnCells::Flags(_)) => known(view, all_rows),
        ColumnTest::IsWhole if is_whole(view.cells) => *all_rows,
        ColumnTest::IsTruth | ColumnTest::IsWhole => NONE,
    };
    let mask = mask_and(&mask, all_rows);
    view.known.as_ref().map_or(mask, |known| mask_and(&mask, known))
}

/// The leads for which the value is known.
fn known(view: &ColumnView<'_>, all_rows: &Mask) -> Mask {
    let known = match view.cells {
        ColumnCells::Empty | ColumnCells::One(Value::Unknown) => NONE,
        ColumnCells::Numbers(cells) => mask_and(&kernel::at_least(cells, f64::MIN), all_rows),
        ColumnCells::Coded(cells, _)
        | ColumnCells::Listed(cells, _)
        | ColumnCells::Named(cells, _)
        | ColumnCells::Flags(cells) => mask_and_not(all_rows, &kernel::equal(cells, 0)),
        ColumnCells::Words(cells) => mask_and_not(all_rows, &kernel::equal(cells, WordId::NONE)),
        _ => *all_rows,
    };
    view.known.as_ref().map_or(known, |column_known| mask_and(&known, column_known))
}

/// Whether cells are whole numbers as Rhai's integers.
const fn is_whole(cells: ColumnCells<'_>) -> bool {
    matches!(
        cells,
        ColumnCells::Bytes(_, CellScale::Whole)
            | ColumnCells::Shorts(_, CellScale::Whole)
            | ColumnCells::Longs(_, CellScale::Whole)
            | ColumnCells::Wholes(_, CellScale::Whole)
    )
}

/// The intersection of two masks.
pub(crate) fn mask_and(one: &Mask, other: &Mask) -> Mask {
    let mut mask = *one;
    mask.iter_mut().zip(other).for_each(|(word, other)| *word &= other);
    mask
}

/// The leads in either mask.
pub(crate) fn mask_or(one: &Mask, other: &Mask) -> Mask {
    let mut mask = *one;
    mask.iter_mut().zip(other).for_each(|(word, other)| *word |= other);
    mask
}

/// The first mask without the second.
pub(crate) fn mask_and_not(one: &Mask, other: &Mask) -> Mask {
    let mut mask = *one;
    mask.iter_mut().zip(other).for_each(|(word, other)| *word &= !other);
    mask
}

/// The leads whose value compares so with a known constant. The bits of leads with an unknown value are arbitrary.
fn compared(
    comparison: Comparison,
    value: &Value,
    cells: ColumnCells<'_>,
    all_rows: &Mask,
    words: &WordTable,
    cache: &mut ComparisonCache,
) -> Mask {
    let holds = |other: &Value| compare(comparison, other, value) == Ok(true);
    match cells {
        ColumnCells::Empty => NONE,
        ColumnCells::One(one) => {
            if holds(one) {
                *all_rows
            } else {
                NONE
            }
        }
        ColumnCells::Truths(truths) => {
            let truths = mask_of(truths);
            match (holds(&Value::Truth(true)), holds(&Value::Truth(false))) {
                (true, true) => *all_rows,
                (true, false) => truths,
                (false, true) => mask_and_not(all_rows, &truths),
                (false, false) => NONE,
            }
        }
        ColumnCells::Flags(cells) => {
            rows_with_codes(cells, [false, true].into_iter().map(|truth| holds(&Value::Truth(truth))))
        }
        ColumnCells::Bytes(cells, scale) => {
            let threshold = cache.whole(8, scale, || whole_threshold(0, 255, scale, comparison, value));
            rows_within(
                cells,
                threshold,
                all_rows,
                |cell| u8::try_from(cell).ok(),
                |cell| holds(&scale.value(cell.into())),
            )
        }
        ColumnCells::Shorts(cells, scale) => {
            let threshold =
                cache.whole(16, scale, || whole_threshold(i16::MIN.into(), i16::MAX.into(), scale, comparison, value));
            rows_within(
                cells,
                threshold,
                all_rows,
                |cell| i16::try_from(cell).ok(),
                |cell| holds(&scale.value(cell.into())),
            )
        }
        ColumnCells::Longs(cells, scale) => {
            let threshold =
                cache.whole(32, scale, || whole_threshold(i32::MIN.into(), i32::MAX.into(), scale, comparison, value));
            rows_within(
                cells,
                threshold,
                all_rows,
                |cell| i32::try_from(cell).ok(),
                |cell| holds(&scale.value(cell.into())),
            )
        }
        ColumnCells::Wholes(cells, scale) => {
            let threshold = cache.whole(64, scale, || whole_threshold(i64::MIN, i64::MAX, scale, comparison, value));
            rows_within(cells, threshold, all_rows, Some, |cell| holds(&scale.value(cell)))
        }
        ColumnCells::Numbers(cells) => {
            // Unknown is NaN, for which no comparison holds.
            match *cache.number.get_or_insert_with(|| number_threshold(comparison, value)) {
                Threshold::None => NONE,
                Threshold::All => kernel::at_least(cells, f64::MIN),
                Threshold::AtLeast(from) => kernel::at_least(cells, from),
                Threshold::Below(until) => kernel::below(cells, until),
                Threshold::Equal(one) => kernel::equal(cells, one),
                Threshold::Between(from, until) => {
                    mask_and(&kernel::at_least(cells, from), &kernel::below(cells, until))
                }
                Threshold::PerCell => rows_where(cells, |cell| !cell.is_nan() && holds(&Value::Number(cell))),
            }
        }
        ColumnCells::Coded(cells, list) => match (comparison, value) {
            (Comparison::Equal, Value::Text(text)) => {
                let word = *cache.word.get_or_insert_with(|| words.find(text));
                let index = word.and_then(|word| list.iter().position(|each| *each == word));
                code_at(index).map_or(NONE, |code| kernel::equal(cells, code))
            }
            (_, Value::Text(_)) => rows_with_codes(
                cells,
                list.iter().map(|word| words.text(*word).is_some_and(|text| holds(&Value::Text(text.clone())))),
            ),
            _ => NONE,
        },
        ColumnCells::Words(cells) => match (comparison, value) {
            (Comparison::Equal, Value::Text(text)) => {
                let word = *cache.word.get_or_insert_with(|| words.find(text));
                word.map_or(NONE, |word| kernel::equal(cells, word))
            }
            (_, Value::Text(_)) => {
                rows_where(cells, |word| words.text(word).is_some_and(|text| holds(&Value::Text(text.clone()))))
            }
            _ => NONE,
        },
        ColumnCells::Named(cells, list) => match (comparison, value) {
            (Comparison::Equal, Value::Text(text)) => {
                let index = *cache.code.get_or_insert_with(|| code_at(list.iter().position(|each| each == text)));
                index.map_or(NONE, |code| kernel::equal(cells, code))
            }
            (_, Value::Text(_)) => rows_with_codes(cells, list.iter().map(|text| holds(&Value::Text(text.clone())))),
            _ => NONE,
        },
        ColumnCells::Listed(cells, list) => match (comparison, value) {
            (Comparison::Equal, Value::Text(text)) => {
                let code = *cache.code.get_or_insert_with(|| code_at(list.iter().position(|word| **word == **text)));
                code.map_or(NONE, |code| kernel::equal(cells, code))
            }
            (_, Value::Text(_)) => rows_with_codes(cells, list.iter().map(|word| holds(&Value::text(word)))),
            _ => NONE,
        },
    }
}

/// The leads whose cell is within a threshold. `cell` converts a limit to the type of the cells; `holds` is the test of one cell, for
/// [`Threshold::PerCell`].
fn rows_within<T: KernelCell>(
    cells: &[T],
    threshold: Threshold<i64>,
    all_rows: &Mask,
    cell: impl Fn(i64) -> Option<T>,
    holds: impl Fn(T) -> bool,
) -> Mask {
    match threshold {
        Threshold::None => NONE,
        Threshold::All => *all_rows,
        Threshold::AtLeast(from) => cell(from).map_or(NONE, |from| kernel::at_least(cells, from)),
        Threshold::Below(until) => cell(until).map_or(NONE, |until| kernel::below(cells, until)),
        Threshold::Equal(one) => cell(one).map_or(NONE, |one| kernel::equal(cells, one)),
        Threshold::Between(from, until) => match (cell(from), cell(until)) {
            (Some(from), Some(until)) => mask_and(&kernel::at_least(cells, from), &kernel::below(cells, until)),
            _ => NONE,
        },
        Threshold::PerCell => rows_where(cells, holds),
    }
}

/// The code of the text at an index of a list.
fn code_at(index: Option<usize>) -> Option<u8> {
    u8::try_from(index? + 1).ok()
}

/// The leads whose code is one of those that hold; `holds` has an item for each code from 1 on.
fn rows_with_codes(cells: &[u8], holds: impl Iterator<Item = bool>) -> Mask {
    let mut mask = NONE;
    for (index, _) in holds.enumerate().filter(|(_, holds)| *holds) {
        if let Ok(code) = u8::try_from(index + 1) {
            let equal = kernel::equal(cells, code);
            mask.iter_mut().zip(&equal).for_each(|(word, equal)| *word |= equal);
        }
    }
    mask
}

/// The leads whose cell meets a test, cell by cell.
fn rows_where<T: Copy>(cells: &[T], holds: impl Fn(T) -> bool) -> Mask {
    let mut mask = NONE;
    for (word, cells) in mask.iter_mut().zip(cells.chunks(64)) {
        *word = cells.iter().enumerate().fold(0, |word, (nth, cell)| word | u64::from(holds(*cell)) << nth);
    }
    mask
}

impl ComparisonCache {
    /// The threshold for this width and scale, computed on first use.
    fn whole(&mut self, width: u8, scale: CellScale, threshold: impl FnOnce() -> Threshold<i64>) -> Threshold<i64> {
        let known =
            self.whole.iter().find(|(known_width, known_scale, _)| (*known_width, *known_scale) == (width, scale));
        if let Some((_, _, threshold)) = known {
            return *threshold;
        }
        let threshold = threshold();
        self.whole.push((width, scale, threshold));
        threshold
    }
}
