//! A single value of a column, and the choice of the narrowest storage for a list of values.
//!
//! In: values (`Option<CellValue>`, `None` is unknown). Out: [`Cells`] that give back every known value exactly, to the bit.

use crate::book::columns::bits::BitSet;
use crate::book::columns::column::Cells;
use crate::book::word_table::WordId;
use crate::order;

/// A known value in a column.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum CellValue {
    /// Yes or no.
    Truth(bool),
    /// A number.
    Number(f64),
    /// A moment, in milliseconds since 1970.
    Moment(i64),
    /// A text, by its number in the book.
    Text(WordId),
}

/// Up to this size every whole number has an exact `f64`.
const EXACT: u64 = 1 << 53;

impl CellValue {
    /// A count as a number; `None` when it is too large for an exact `f64`.
    pub fn count(count: i64) -> Option<Self> {
        (count.unsigned_abs() <= EXACT).then_some(Self::Number(count as f64))
    }

    /// The number of its type, below [`KINDS`].
    const fn kind(self) -> usize {
        match self {
            Self::Truth(_) => 0,
            Self::Number(_) => 1,
            Self::Moment(_) => 2,
            Self::Text(_) => 3,
        }
    }
}

/// The number of types that a [`CellValue`] can have.
const KINDS: usize = 4;

/// The narrowest cells that hold these values without loss. All known values must have one type; an unknown value becomes 0.
pub(super) fn narrow(values: &[Option<CellValue>]) -> Cells {
    match values.iter().flatten().next() {
        None => Cells::Empty,
        Some(CellValue::Truth(_)) => {
            Cells::Truths(values.iter().map(|value| matches!(value, Some(CellValue::Truth(true)))).collect::<BitSet>())
        }
        Some(CellValue::Number(_)) => {
            let numbers =
                values.iter().map(|value| if let Some(CellValue::Number(number)) = value { *number } else { 0.0 });
            narrow_numbers(&numbers.collect::<Vec<f64>>())
        }
        Some(CellValue::Moment(_)) => {
            let moment =
                |value: &Option<CellValue>| if let Some(CellValue::Moment(millis)) = value { *millis } else { 0 };
            Cells::Wholes(values.iter().map(moment).collect())
        }
        Some(CellValue::Text(_)) => {
            let word =
                |value: &Option<CellValue>| if let Some(CellValue::Text(word)) = value { *word } else { WordId::NONE };
            narrow_words(values.iter().map(word).collect())
        }
    }
}

/// The powers of ten for 0 to 6 decimals. A number with more decimals is stored as `f64`.
const DECIMALS: [f64; 7] = [1.0, 10.0, 100.0, 1_000.0, 10_000.0, 100_000.0, 1_000_000.0];

/// The whole number that gives exactly this number (the same bits) when divided by `10^decimals`; `None` when there is none, as for -0.
pub(super) fn scaled(number: f64, decimals: u8) -> Option<i32> {
    let power = DECIMALS.get(usize::from(decimals))?;
    let cell = (number * power).round_ties_even() as i32; // the cast saturates, and the test below then fails
    ((f64::from(cell) / power).to_bits() == number.to_bits()).then_some(cell)
}

/// The number that a cell stands for: `cell / 10^decimals`.
pub(super) fn unscaled(cell: i32, decimals: u8) -> f64 {
    f64::from(cell) / DECIMALS.get(usize::from(decimals)).copied().unwrap_or(1.0)
}

/// The narrowest cells that hold these numbers exactly: whole numbers with a common count of decimals, else `f64`.
pub(super) fn narrow_numbers(numbers: &[f64]) -> Cells {
    // A number that is exact with some decimals is exact with more, as long as its cell fits, so the count of decimals only grows.
    let mut decimals = 0_u8;
    let mut cells: Vec<i32> = Vec::with_capacity(numbers.len());
    while let Some(number) = numbers.get(cells.len()) {
        if let Some(cell) = scaled(*number, decimals) {
            cells.push(cell);
            continue;
        }
        decimals += 1;
        if usize::from(decimals) == DECIMALS.len() {
            return Cells::Numbers(numbers.to_vec());
        }
        cells.clear();
    }
    let (low, high) = cells.iter().fold((0, 0), |(low, high), cell| (low.min(*cell), high.max(*cell)));
    // The bounds make the casts exact.
    if low >= 0 && high <= i32::from(u8::MAX) {
        return Cells::Bytes { cells: cells.iter().map(|cell| *cell as u8).collect(), decimals };
    }
    if low >= i32::from(i16::MIN) && high <= i32::from(i16::MAX) {
        return Cells::Shorts { cells: cells.iter().map(|cell| *cell as i16).collect(), decimals };
    }
    Cells::Longs { cells, decimals }
}

/// The narrowest cells for these texts: one byte each while there are at most 255 distinct ones.
pub(super) fn narrow_words(words: Vec<WordId>) -> Cells {
    let mut list: Vec<WordId> = Vec::new();
    let mut cells: Vec<u8> = Vec::with_capacity(words.len());
    let mut last = (WordId::NONE, 0_u8);
    for word in &words {
        if *word != last.0 {
            match code(&mut list, *word) {
                Some(code) => last = (*word, code),
                None => return Cells::Words(words),
            }
        }
        cells.push(last.1);
    }
    list.shrink_to_fit();
    Cells::FewWords { cells, list }
}

/// The code of a word in the list of a column (its place plus 1), which is appended when it is not there; `None` when the list is full.
pub(super) fn code(list: &mut Vec<WordId>, word: WordId) -> Option<u8> {
    if word == WordId::NONE {
        return Some(0);
    }
    let place = list.iter().position(|known| *known == word).unwrap_or(list.len());
    let code = u8::try_from(place + 1).ok()?;
    if place == list.len() {
        list.push(word);
    }
    Some(code)
}

/// Splits values by type. Returns the values of the most frequent type (the others become unknown) and the places of the others, ascending.
pub(super) fn of_one_type(values: &[Option<CellValue>]) -> (Vec<Option<CellValue>>, Vec<u16>) {
    let mut counts = order::collect_map((0..KINDS).map(|kind| (kind, 0_usize)));
    values.iter().flatten().for_each(|cell| *counts.entry(cell.kind()).or_default() += 1);
    // Of equally frequent types the first.
    let kind = counts.into_iter().rev().max_by_key(|(_, count)| *count).map_or(0, |(kind, _)| kind);
    let mut exceptions = Vec::new();
    let fits = |(nth, value): (usize, &Option<CellValue>)| {
        let cell = (*value)?;
        if cell.kind() != kind {
            exceptions.extend(u16::try_from(nth));
            return None;
        }
        Some(cell)
    };
    let values = values.iter().enumerate().map(fits).collect();
    (values, exceptions)
}
