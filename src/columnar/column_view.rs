//! One thing of all leads of a page, and the tests on it.

use std::sync::Arc;

use crate::book::columns::{Cells, Column};
use crate::book::value::Value;
use crate::book::word_table::{Word, Words};
use crate::columnar::kernel::{self, Cell, Mask, NONE};
use crate::columnar::lowering::Ask;
use crate::columnar::threshold::{Cut, Scale, number_cut, whole_cut};
use crate::evaluate::operators::compare;
use crate::pack::expression::Comparison;

/// The cells of one thing.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Lane<'a> {
    /// Unknown of everybody.
    Empty,
    /// The same for everybody.
    One(&'a Value),
    /// Yes or no.
    Truths(&'a [u64]),
    /// Yes (2), no (1) or unknown (0).
    Flags(&'a [u8]),
    /// Whole numbers of 8 bits.
    Bytes(&'a [u8], Scale),
    /// Of 16 bits.
    Shorts(&'a [i16], Scale),
    /// Of 32 bits.
    Longs(&'a [i32], Scale),
    /// Of 64 bits.
    Wholes(&'a [i64], Scale),
    /// Decimals; unknown is not a number.
    Numbers(&'a [f64]),
    /// Texts, by their place in a list plus 1; 0 is unknown.
    Coded(&'a [u8], &'a [Word]),
    /// Texts, by their number; 0 is unknown.
    Words(&'a [Word]),
    /// Texts, by their place in this list plus 1; 0 is unknown, and a higher code another text.
    Named(&'a [u8], &'a [Arc<str>]),
    /// Words of the schema, by their place in its list plus 1; 0 is unknown.
    Listed(&'a [u8], &'a [&'static str]),
}

/// One thing of all leads of a page.
#[derive(Clone, Copy, Debug)]
pub(crate) struct View<'a> {
    /// The cells.
    pub(crate) lane: Lane<'a>,
    /// Of whom it is known; absent where the cells say so themselves, or it is known of all.
    pub(crate) known: Option<Mask>,
}

impl<'a> View<'a> {
    /// Unknown of everybody.
    pub(crate) const EMPTY: Self = Self { lane: Lane::Empty, known: None };

    /// A column, whose whole numbers mean this where they are no numbers.
    pub(crate) fn of(column: &'a Column, wholes: Scale) -> Self {
        let lane = match &column.cells {
            Cells::Empty => return Self::EMPTY,
            Cells::Truths(truths) => Lane::Truths(truths.words()),
            Cells::Bytes { cells, decimals } => Lane::Bytes(cells, scale(wholes, *decimals)),
            Cells::Shorts { cells, decimals } => Lane::Shorts(cells, scale(wholes, *decimals)),
            Cells::Longs { cells, decimals } => Lane::Longs(cells, scale(wholes, *decimals)),
            Cells::Wholes(cells) => Lane::Wholes(cells, wholes),
            Cells::Numbers(cells) => Lane::Numbers(cells),
            Cells::FewWords { cells, list } => Lane::Coded(cells, list),
            Cells::Words(cells) => Lane::Words(cells),
        };
        let told = matches!(lane, Lane::Coded(..) | Lane::Words(_));
        Self { lane, known: (!told && !column.known.all()).then(|| mask_of(column.known.words())) }
    }
}

impl View<'_> {
    /// The same of the lead at this place alone.
    pub(crate) fn only(self, nth: usize) -> Self {
        fn one<T>(cells: &[T], nth: usize) -> &[T] {
            cells.get(nth..=nth).unwrap_or_default()
        }
        let bit = |words: &[u64]| words.get(nth / 64).is_some_and(|word| word >> (nth % 64) & 1 == 1);
        let lane = match self.lane {
            Lane::Empty | Lane::One(_) => self.lane,
            Lane::Truths(words) => Lane::Truths(if bit(words) { &[1] } else { &[0] }),
            Lane::Flags(cells) => Lane::Flags(one(cells, nth)),
            Lane::Bytes(cells, scale) => Lane::Bytes(one(cells, nth), scale),
            Lane::Shorts(cells, scale) => Lane::Shorts(one(cells, nth), scale),
            Lane::Longs(cells, scale) => Lane::Longs(one(cells, nth), scale),
            Lane::Wholes(cells, scale) => Lane::Wholes(one(cells, nth), scale),
            Lane::Numbers(cells) => Lane::Numbers(one(cells, nth)),
            Lane::Coded(cells, list) => Lane::Coded(one(cells, nth), list),
            Lane::Words(cells) => Lane::Words(one(cells, nth)),
            Lane::Named(cells, list) => Lane::Named(one(cells, nth), list),
            Lane::Listed(cells, list) => Lane::Listed(one(cells, nth), list),
        };
        let known = self.known.map(|known| mask_of(&[u64::from(bit(&known))]));
        Self { lane, known }
    }
}

/// Whole numbers in a narrow column are numbers with decimals, unless the column is one of counts or moments.
const fn scale(wholes: Scale, decimals: u8) -> Scale {
    match wholes {
        Scale::Number(_) => Scale::Number(decimals),
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
pub(crate) struct Memo {
    /// By width and scale, in which columns differ from page to page.
    whole: Vec<(u8, Scale, Cut<i64>)>,
    number: Option<Cut<f64>>,
    word: Option<Option<Word>>,
    code: Option<Option<u8>>,
}

/// The leads for whom the test is true, among `everybody`.
pub(crate) fn ask(ask: &Ask, view: &View<'_>, everybody: &Mask, words: &Words, memo: &mut Memo) -> Mask {
    let mask = match ask {
        // Only an unknown equals an unknown, and it is neither smaller nor larger.
        Ask::Compare(Comparison::Equal, Value::Unknown) => return minus(everybody, &known(view, everybody)),
        Ask::Compare(_, Value::Unknown) => NONE,
        Ask::Compare(comparison, value) => compared(*comparison, value, view.lane, everybody, words, memo),
        Ask::IsTruth if matches!(view.lane, Lane::Truths(_) | Lane::One(Value::Truth(_))) => *everybody,
        Ask::IsTruth if matches!(view.lane, Lane::Flags(_)) => known(view, everybody),
        Ask::IsWhole if is_whole(view.lane) => *everybody,
        Ask::IsTruth | Ask::IsWhole => NONE,
    };
    let mask = both(&mask, everybody);
    view.known.as_ref().map_or(mask, |known| both(&mask, known))
}

/// Of whom it is known.
fn known(view: &View<'_>, everybody: &Mask) -> Mask {
    let told = match view.lane {
        Lane::Empty | Lane::One(Value::Unknown) => NONE,
        Lane::Numbers(cells) => both(&kernel::at_least(cells, f64::MIN), everybody),
        Lane::Coded(cells, _) | Lane::Listed(cells, _) | Lane::Named(cells, _) | Lane::Flags(cells) => {
            minus(everybody, &kernel::equal(cells, 0))
        }
        Lane::Words(cells) => minus(everybody, &kernel::equal(cells, Word::NONE)),
        _ => *everybody,
    };
    view.known.as_ref().map_or(told, |known| both(&told, known))
}

const fn is_whole(lane: Lane<'_>) -> bool {
    matches!(
        lane,
        Lane::Bytes(_, Scale::Whole)
            | Lane::Shorts(_, Scale::Whole)
            | Lane::Longs(_, Scale::Whole)
            | Lane::Wholes(_, Scale::Whole)
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
    lane: Lane<'_>,
    everybody: &Mask,
    words: &Words,
    memo: &mut Memo,
) -> Mask {
    let holds = |other: &Value| compare(comparison, other, value) == Ok(true);
    match lane {
        Lane::Empty => NONE,
        Lane::One(one) => {
            if holds(one) {
                *everybody
            } else {
                NONE
            }
        }
        Lane::Truths(truths) => {
            let truths = mask_of(truths);
            match (holds(&Value::Truth(true)), holds(&Value::Truth(false))) {
                (true, true) => *everybody,
                (true, false) => truths,
                (false, true) => minus(everybody, &truths),
                (false, false) => NONE,
            }
        }
        Lane::Flags(cells) => of_codes(cells, [false, true].into_iter().map(|truth| holds(&Value::Truth(truth)))),
        Lane::Bytes(cells, scale) => {
            let cut = memo.whole(8, scale, || whole_cut(0, 255, scale, comparison, value));
            cut_cells(cells, cut, everybody, |cell| u8::try_from(cell).ok(), |cell| holds(&scale.value(cell.into())))
        }
        Lane::Shorts(cells, scale) => {
            let cut = memo.whole(16, scale, || whole_cut(i16::MIN.into(), i16::MAX.into(), scale, comparison, value));
            cut_cells(cells, cut, everybody, |cell| i16::try_from(cell).ok(), |cell| holds(&scale.value(cell.into())))
        }
        Lane::Longs(cells, scale) => {
            let cut = memo.whole(32, scale, || whole_cut(i32::MIN.into(), i32::MAX.into(), scale, comparison, value));
            cut_cells(cells, cut, everybody, |cell| i32::try_from(cell).ok(), |cell| holds(&scale.value(cell.into())))
        }
        Lane::Wholes(cells, scale) => {
            let cut = memo.whole(64, scale, || whole_cut(i64::MIN, i64::MAX, scale, comparison, value));
            cut_cells(cells, cut, everybody, Some, |cell| holds(&scale.value(cell)))
        }
        Lane::Numbers(cells) => {
            // What is unknown is not a number, and no comparison holds for it.
            match *memo.number.get_or_insert_with(|| number_cut(comparison, value)) {
                Cut::None => NONE,
                Cut::All => kernel::at_least(cells, f64::MIN),
                Cut::AtLeast(from) => kernel::at_least(cells, from),
                Cut::Below(until) => kernel::below(cells, until),
                Cut::Equal(one) => kernel::equal(cells, one),
                Cut::Between(from, until) => both(&kernel::at_least(cells, from), &kernel::below(cells, until)),
                Cut::Judge => one_by_one(cells, |cell| !cell.is_nan() && holds(&Value::Number(cell))),
            }
        }
        Lane::Coded(cells, list) => match (comparison, value) {
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
        Lane::Words(cells) => match (comparison, value) {
            (Comparison::Equal, Value::Text(text)) => {
                let word = *memo.word.get_or_insert_with(|| words.find(text));
                word.map_or(NONE, |word| kernel::equal(cells, word))
            }
            (_, Value::Text(_)) => {
                one_by_one(cells, |word| words.text(word).is_some_and(|text| holds(&Value::Text(text.clone()))))
            }
            _ => NONE,
        },
        Lane::Named(cells, list) => match (comparison, value) {
            (Comparison::Equal, Value::Text(text)) => {
                let place = *memo.code.get_or_insert_with(|| code_of(list.iter().position(|each| each == text)));
                place.map_or(NONE, |code| kernel::equal(cells, code))
            }
            (_, Value::Text(_)) => of_codes(cells, list.iter().map(|text| holds(&Value::Text(text.clone())))),
            _ => NONE,
        },
        Lane::Listed(cells, list) => match (comparison, value) {
            (Comparison::Equal, Value::Text(text)) => {
                let code = *memo.code.get_or_insert_with(|| code_of(list.iter().position(|word| **word == **text)));
                code.map_or(NONE, |code| kernel::equal(cells, code))
            }
            (_, Value::Text(_)) => of_codes(cells, list.iter().map(|word| holds(&Value::text(word)))),
            _ => NONE,
        },
    }
}

fn cut_cells<T: Cell>(
    cells: &[T],
    cut: Cut<i64>,
    everybody: &Mask,
    cell: impl Fn(i64) -> Option<T>,
    judge: impl Fn(T) -> bool,
) -> Mask {
    match cut {
        Cut::None => NONE,
        Cut::All => *everybody,
        Cut::AtLeast(from) => cell(from).map_or(NONE, |from| kernel::at_least(cells, from)),
        Cut::Below(until) => cell(until).map_or(NONE, |until| kernel::below(cells, until)),
        Cut::Equal(one) => cell(one).map_or(NONE, |one| kernel::equal(cells, one)),
        Cut::Between(from, until) => match (cell(from), cell(until)) {
            (Some(from), Some(until)) => both(&kernel::at_least(cells, from), &kernel::below(cells, until)),
            _ => NONE,
        },
        Cut::Judge => one_by_one(cells, judge),
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

impl Memo {
    fn whole(&mut self, width: u8, scale: Scale, cut: impl FnOnce() -> Cut<i64>) -> Cut<i64> {
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
