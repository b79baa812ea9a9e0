//! One thing of all leads of a page, and the tests on it.

use std::sync::Arc;

use crate::book::columns::{Cells, Column};
use crate::book::value::Value;
use crate::book::word_table::{WordId, WordTable};
use crate::columnar::kernel::{self, KernelCell, Mask, NONE};
use crate::columnar::lowering::ColumnTest;
use crate::columnar::threshold::{CellScale, Threshold, number_cut, whole_cut};
use crate::evaluate::operators::compare;
use crate::pack::expression::Comparison;

/// The cells of one thing.
#[derive(Clone, Copy, Debug)]
pub(crate) enum ColumnCells<'a> {
    /// Unknown of everybody.
    Empty,
    /// The same for everybody.
    One(&'a Value),
    /// Yes or no.
    Truths(&'a [u64]),
    /// Yes (2), no (1) or unknown (0).
    Flags(&'a [u8]),
    /// Whole numbers of 8 bits.
    Bytes(&'a [u8], CellScale),
    /// Of 16 bits.
    Shorts(&'a [i16], CellScale),
    /// Of 32 bits.
    Longs(&'a [i32], CellScale),
    /// Of 64 bits.
    Wholes(&'a [i64], CellScale),
    /// Decimals; unknown is not a number.
    Numbers(&'a [f64]),
    /// Texts, by their place in a list plus 1; 0 is unknown.
    Coded(&'a [u8], &'a [WordId]),
    /// Texts, by their number; 0 is unknown.
    Words(&'a [WordId]),
    /// Texts, by their place in this list plus 1; 0 is unknown, and a higher code another text.
    Named(&'a [u8], &'a [Arc<str>]),
    /// Words of the schema, by their place in its list plus 1; 0 is unknown.
    Listed(&'a [u8], &'a [&'static str]),
}

/// One thing of all leads of a page.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ColumnView<'a> {
    /// The cells.
    pub(crate) lane: ColumnCells<'a>,
    /// Of whom it is known; absent where the cells say so themselves, or it is known of all.
    pub(crate) known: Option<Mask>,
}

impl<'a> ColumnView<'a> {
    /// Unknown of everybody.
    pub(crate) const EMPTY: Self = Self { lane: ColumnCells::Empty, known: None };

    /// A column, whose whole numbers mean this where they are no numbers.
    pub(crate) fn of(column: &'a Column, wholes: CellScale) -> Self {
        let lane = match &column.cells {
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
        let told = matches!(lane, ColumnCells::Coded(..) | ColumnCells::Words(_));
        Self { lane, known: (!told && !column.known.all()).then(|| mask_of(column.known.words())) }
    }
}

impl ColumnView<'_> {
    /// The same of the lead at this place alone.
    pub(crate) fn only(self, nth: usize) -> Self {
        fn one<T>(cells: &[T], nth: usize) -> &[T] {
            cells.get(nth..=nth).unwrap_or_default()
        }
        let bit = |words: &[u64]| words.get(nth / 64).is_some_and(|word| word >> (nth % 64) & 1 == 1);
        let lane = match self.lane {
            ColumnCells::Empty | ColumnCells::One(_) => self.lane,
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
        Self { lane, known }
    }
}

/// Whole numbers in a narrow column are numbers with decimals, unless the column is one of counts or moments.
const fn scale(wholes: CellScale, decimals: u8) -> CellScale {
    match wholes {
        CellScale::Number(_) => CellScale::Number(decimals),
        other => other,
    }
}

/// Bits as a mask.
pub(crate) fn mask_of(words: &[u64]) -> Mask {
    let mut mask = NONE;
    for (into, from) in mask.iter_mut().zip(words) {
        *into = *from;
    }
    mask
}

/// What a test has worked out, for the next page.
#[derive(Clone, Debug, Default)]
pub(crate) struct ComparisonCache {
    /// By width and scale, in which columns differ from page to page.
    whole: Vec<(u8, CellScale, Threshold<i64>)>,
    number: Option<Threshold<f64>>,
    word: Option<Option<WordId>>,
    code: Option<Option<u8>>,
}

/// The leads for whom the test is true, among `everybody`.
pub(crate) fn ask(
    ask: &ColumnTest,
    view: &ColumnView<'_>,
    everybody: &Mask,
    words: &WordTable,
    memo: &mut ComparisonCache,
) -> Mask {
    let mask = match ask {
        // Only an unknown equals an unknown, and it is neither smaller nor larger.
        ColumnTest::Compare(Comparison::Equal, Value::Unknown) => return minus(everybody, &known(view, everybody)),
        ColumnTest::Compare(_, Value::Unknown) => NONE,
        ColumnTest::Compare(comparison, value) => compared(*comparison, value, view.lane, everybody, words, memo),
        ColumnTest::IsTruth if matches!(view.lane, ColumnCells::Truths(_) | ColumnCells::One(Value::Truth(_))) => {
            *everybody
        }
        ColumnTest::IsTruth if matches!(view.lane, ColumnCells::Flags(_)) => known(view, everybody),
        ColumnTest::IsWhole if is_whole(view.lane) => *everybody,
        ColumnTest::IsTruth | ColumnTest::IsWhole => NONE,
    };
    let mask = both(&mask, everybody);
    view.known.as_ref().map_or(mask, |known| both(&mask, known))
}

/// Of whom it is known.
fn known(view: &ColumnView<'_>, everybody: &Mask) -> Mask {
    let told = match view.lane {
        ColumnCells::Empty | ColumnCells::One(Value::Unknown) => NONE,
        ColumnCells::Numbers(cells) => both(&kernel::at_least(cells, f64::MIN), everybody),
        ColumnCells::Coded(cells, _)
        | ColumnCells::Listed(cells, _)
        | ColumnCells::Named(cells, _)
        | ColumnCells::Flags(cells) => minus(everybody, &kernel::equal(cells, 0)),
        ColumnCells::Words(cells) => minus(everybody, &kernel::equal(cells, WordId::NONE)),
        _ => *everybody,
    };
    view.known.as_ref().map_or(told, |known| both(&told, known))
}

const fn is_whole(lane: ColumnCells<'_>) -> bool {
    matches!(
        lane,
        ColumnCells::Bytes(_, CellScale::Whole)
            | ColumnCells::Shorts(_, CellScale::Whole)
            | ColumnCells::Longs(_, CellScale::Whole)
            | ColumnCells::Wholes(_, CellScale::Whole)
    )
}

/// The leads that are in both.
pub(crate) fn both(one: &Mask, other: &Mask) -> Mask {
    let mut mask = *one;
    mask.iter_mut().zip(other).for_each(|(word, other)| *word &= other);
    mask
}

/// The leads of the first that are not in the second.
pub(crate) fn minus(one: &Mask, other: &Mask) -> Mask {
    let mut mask = *one;
    mask.iter_mut().zip(other).for_each(|(word, other)| *word &= !other);
    mask
}

/// The leads whose cell compares so with a known value; what an unknown cell gives means nothing.
fn compared(
    comparison: Comparison,
    value: &Value,
    lane: ColumnCells<'_>,
    everybody: &Mask,
    words: &WordTable,
    memo: &mut ComparisonCache,
) -> Mask {
    let holds = |other: &Value| compare(comparison, other, value) == Ok(true);
    match lane {
        ColumnCells::Empty => NONE,
        ColumnCells::One(one) => {
            if holds(one) {
                *everybody
            } else {
                NONE
            }
        }
        ColumnCells::Truths(truths) => {
            let truths = mask_of(truths);
            match (holds(&Value::Truth(true)), holds(&Value::Truth(false))) {
                (true, true) => *everybody,
                (true, false) => truths,
                (false, true) => minus(everybody, &truths),
                (false, false) => NONE,
            }
        }
        ColumnCells::Flags(cells) => {
            of_codes(cells, [false, true].into_iter().map(|truth| holds(&Value::Truth(truth))))
        }
        ColumnCells::Bytes(cells, scale) => {
            let cut = memo.whole(8, scale, || whole_cut(0, 255, scale, comparison, value));
            cut_cells(cells, cut, everybody, |cell| u8::try_from(cell).ok(), |cell| holds(&scale.value(cell.into())))
        }
        ColumnCells::Shorts(cells, scale) => {
            let cut = memo.whole(16, scale, || whole_cut(i16::MIN.into(), i16::MAX.into(), scale, comparison, value));
            cut_cells(cells, cut, everybody, |cell| i16::try_from(cell).ok(), |cell| holds(&scale.value(cell.into())))
        }
        ColumnCells::Longs(cells, scale) => {
            let cut = memo.whole(32, scale, || whole_cut(i32::MIN.into(), i32::MAX.into(), scale, comparison, value));
            cut_cells(cells, cut, everybody, |cell| i32::try_from(cell).ok(), |cell| holds(&scale.value(cell.into())))
        }
        ColumnCells::Wholes(cells, scale) => {
            let cut = memo.whole(64, scale, || whole_cut(i64::MIN, i64::MAX, scale, comparison, value));
            cut_cells(cells, cut, everybody, Some, |cell| holds(&scale.value(cell)))
        }
        ColumnCells::Numbers(cells) => {
            // What is unknown is not a number, and no comparison holds for it.
            match *memo.number.get_or_insert_with(|| number_cut(comparison, value)) {
                Threshold::None => NONE,
                Threshold::All => kernel::at_least(cells, f64::MIN),
                Threshold::AtLeast(from) => kernel::at_least(cells, from),
                Threshold::Below(until) => kernel::below(cells, until),
                Threshold::Equal(one) => kernel::equal(cells, one),
                Threshold::Between(from, until) => both(&kernel::at_least(cells, from), &kernel::below(cells, until)),
                Threshold::Judge => one_by_one(cells, |cell| !cell.is_nan() && holds(&Value::Number(cell))),
            }
        }
        ColumnCells::Coded(cells, list) => match (comparison, value) {
            (Comparison::Equal, Value::Text(text)) => {
                let word = *memo.word.get_or_insert_with(|| words.find(text));
                let place = word.and_then(|word| list.iter().position(|each| *each == word));
                code_of(place).map_or(NONE, |code| kernel::equal(cells, code))
            }
            (_, Value::Text(_)) => of_codes(
                cells,
                list.iter().map(|word| words.text(*word).is_some_and(|text| holds(&Value::Text(text.clone())))),
            ),
            _ => NONE,
        },
        ColumnCells::Words(cells) => match (comparison, value) {
            (Comparison::Equal, Value::Text(text)) => {
                let word = *memo.word.get_or_insert_with(|| words.find(text));
                word.map_or(NONE, |word| kernel::equal(cells, word))
            }
            (_, Value::Text(_)) => {
                one_by_one(cells, |word| words.text(word).is_some_and(|text| holds(&Value::Text(text.clone()))))
            }
            _ => NONE,
        },
        ColumnCells::Named(cells, list) => match (comparison, value) {
            (Comparison::Equal, Value::Text(text)) => {
                let place = *memo.code.get_or_insert_with(|| code_of(list.iter().position(|each| each == text)));
                place.map_or(NONE, |code| kernel::equal(cells, code))
            }
            (_, Value::Text(_)) => of_codes(cells, list.iter().map(|text| holds(&Value::Text(text.clone())))),
            _ => NONE,
        },
        ColumnCells::Listed(cells, list) => match (comparison, value) {
            (Comparison::Equal, Value::Text(text)) => {
                let code = *memo.code.get_or_insert_with(|| code_of(list.iter().position(|word| **word == **text)));
                code.map_or(NONE, |code| kernel::equal(cells, code))
            }
            (_, Value::Text(_)) => of_codes(cells, list.iter().map(|word| holds(&Value::text(word)))),
            _ => NONE,
        },
    }
}

fn cut_cells<T: KernelCell>(
    cells: &[T],
    cut: Threshold<i64>,
    everybody: &Mask,
    cell: impl Fn(i64) -> Option<T>,
    judge: impl Fn(T) -> bool,
) -> Mask {
    match cut {
        Threshold::None => NONE,
        Threshold::All => *everybody,
        Threshold::AtLeast(from) => cell(from).map_or(NONE, |from| kernel::at_least(cells, from)),
        Threshold::Below(until) => cell(until).map_or(NONE, |until| kernel::below(cells, until)),
        Threshold::Equal(one) => cell(one).map_or(NONE, |one| kernel::equal(cells, one)),
        Threshold::Between(from, until) => match (cell(from), cell(until)) {
            (Some(from), Some(until)) => both(&kernel::at_least(cells, from), &kernel::below(cells, until)),
            _ => NONE,
        },
        Threshold::Judge => one_by_one(cells, judge),
    }
}

/// The code of a text at this place of a list.
fn code_of(place: Option<usize>) -> Option<u8> {
    u8::try_from(place? + 1).ok()
}

/// The leads whose code holds, told code by code.
fn of_codes(cells: &[u8], holds: impl Iterator<Item = bool>) -> Mask {
    let mut mask = NONE;
    for (place, _) in holds.enumerate().filter(|(_, holds)| *holds) {
        if let Ok(code) = u8::try_from(place + 1) {
            let equal = kernel::equal(cells, code);
            mask.iter_mut().zip(&equal).for_each(|(word, equal)| *word |= equal);
        }
    }
    mask
}

fn one_by_one<T: Copy>(cells: &[T], holds: impl Fn(T) -> bool) -> Mask {
    let mut mask = NONE;
    for (word, cells) in mask.iter_mut().zip(cells.chunks(64)) {
        *word = cells.iter().enumerate().fold(0, |word, (nth, cell)| word | u64::from(holds(*cell)) << nth);
    }
    mask
}

impl ComparisonCache {
    fn whole(&mut self, width: u8, scale: CellScale, cut: impl FnOnce() -> Threshold<i64>) -> Threshold<i64> {
        let known =
            self.whole.iter().find(|(known_width, known_scale, _)| (*known_width, *known_scale) == (width, scale));
        if let Some((_, _, cut)) = known {
            return *cut;
        }
        let cut = cut();
        self.whole.push((width, scale, cut));
        cut
    }
}
