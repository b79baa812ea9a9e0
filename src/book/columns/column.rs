//! A column: one property of all leads of a page, in the narrowest cells that hold its values exactly.

use crate::book::columns::bits::BitSet;
use crate::book::columns::cell::{
    CellValue, code, narrow, narrow_numbers, narrow_words, of_one_type, scaled, unscaled,
};
use crate::book::word_table::WordId;

/// The cells of a column, in the narrowest form that holds its values.
#[derive(Clone, Debug, PartialEq)]
pub enum Cells {
    /// The value is unknown for every lead.
    Empty,
    /// Yes or no.
    Truths(BitSet),
    /// Numbers in 8 bits: the value is the `f64` nearest to `cell / 10^decimals`.
    Bytes {
        /// The cells.
        cells: Vec<u8>,
        /// The number of decimals of all values.
        decimals: u8,
    },
    /// Numbers in 16 bits: the value is the `f64` nearest to `cell / 10^decimals`.
    Shorts {
        /// The cells.
        cells: Vec<i16>,
        /// The number of decimals of all values.
        decimals: u8,
    },
    /// Numbers in 32 bits: the value is the `f64` nearest to `cell / 10^decimals`.
    Longs {
        /// The cells.
        cells: Vec<i32>,
        /// The number of decimals of all values.
        decimals: u8,
    },
    /// Any finite numbers.
    Numbers(Vec<f64>),
    /// Moments in milliseconds since 1970.
    Wholes(Vec<i64>),
    /// Texts in 8 bits, by their place in a list of at most 255 texts of this column.
    FewWords {
        /// The cells: the place in `list` plus 1; 0 is unknown.
        cells: Vec<u8>,
        /// The distinct texts.
        list: Vec<WordId>,
    },
    /// Texts, by their number in the book.
    Words(Vec<WordId>),
}

/// Cells, and which of them are known. An unknown cell is 0, so that equal values give equal columns.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// The values.
    pub cells: Cells,
    /// Which of them are known.
    pub known: BitSet,
    /// Places, ascending, whose value has another type than the column, or is a count too large for an exact `f64`. They count as unknown
    /// here, and the value must be read from the record. Only the team's own fields and the number of employees can have any.
    pub exceptions: Vec<u16>,
}

impl Column {
    /// A column of these values. When they differ in type, those of the less frequent types are exceptions.
    pub fn of(values: &[Option<CellValue>]) -> Self {
        let kind = |cell: &CellValue| std::mem::discriminant(cell);
        let mut kinds = values.iter().flatten().map(kind);
        let first = kinds.next();
        if kinds.all(|kind| Some(kind) == first) {
            return Self::of_one_kind(values, Vec::new());
        }
        let (values, exceptions) = of_one_type(values);
        Self::of_one_kind(&values, exceptions)
    }

    fn of_one_kind(values: &[Option<CellValue>], exceptions: Vec<u16>) -> Self {
        Self { cells: narrow(values), known: values.iter().map(Option::is_some).collect(), exceptions }
    }

    /// A column of numbers; NaN is unknown.
    pub(in crate::book) fn of_numbers(numbers: &[f64]) -> Self {
        let known: BitSet = numbers.iter().map(|number| !number.is_nan()).collect();
        if known.all() {
            return Self::with_known(known, || narrow_numbers(numbers));
        }
        let cells: Vec<f64> = numbers.iter().map(|number| if number.is_nan() { 0.0 } else { *number }).collect();
        Self::with_known(known, || narrow_numbers(&cells))
    }

    /// A column of moments in milliseconds since 1970, whole numbers; NaN is unknown.
    pub(in crate::book) fn of_moments(moments: &[f64]) -> Self {
        let known = moments.iter().map(|moment| !moment.is_nan()).collect();
        // The cast makes NaN 0 and is exact for the rest.
        Self::with_known(known, || Cells::Wholes(moments.iter().map(|moment| *moment as i64).collect()))
    }

    /// A column of texts.
    pub(in crate::book) fn of_words(words: Vec<WordId>) -> Self {
        let known = words.iter().map(|word| *word != WordId::NONE).collect();
        Self::with_known(known, || narrow_words(words))
    }

    /// A column of yes and no.
    pub(in crate::book) fn of_truths(truths: impl Iterator<Item = Option<bool>> + Clone) -> Self {
        let known = truths.clone().map(|truth| truth.is_some()).collect();
        Self::with_known(known, || Cells::Truths(truths.map(|truth| truth == Some(true)).collect()))
    }

    fn with_known(known: BitSet, cells: impl FnOnce() -> Cells) -> Self {
        Self { cells: if known.any() { cells() } else { Cells::Empty }, known, exceptions: Vec::new() }
    }

    /// A column of `len` unknown values.
    pub fn unknown(len: usize) -> Self {
        Self { cells: Cells::Empty, known: std::iter::repeat_n(false, len).collect(), exceptions: Vec::new() }
    }

    /// The number of leads.
    pub const fn len(&self) -> usize {
        self.known.len()
    }

    /// True when there are no leads.
    pub const fn is_empty(&self) -> bool {
        self.known.is_empty()
    }

    /// True when the value at this place has another type than the column.
    pub fn is_exception(&self, nth: usize) -> bool {
        u16::try_from(nth).is_ok_and(|nth| self.exceptions.binary_search(&nth).is_ok())
    }

    /// The value at this place; `None` when it is unknown, an exception, or beyond the end.
    pub fn value(&self, nth: usize) -> Option<CellValue> {
        if !self.known.get(nth) {
            return None;
        }
        match &self.cells {
            Cells::Empty => None,
            Cells::Truths(bits) => Some(CellValue::Truth(bits.get(nth))),
            Cells::Bytes { cells, decimals } => {
                cells.get(nth).map(|cell| CellValue::Number(unscaled(i32::from(*cell), *decimals)))
            }
            Cells::Shorts { cells, decimals } => {
                cells.get(nth).map(|cell| CellValue::Number(unscaled(i32::from(*cell), *decimals)))
            }
            Cells::Longs { cells, decimals } => {
                cells.get(nth).map(|cell| CellValue::Number(unscaled(*cell, *decimals)))
            }
            Cells::Numbers(cells) => cells.get(nth).copied().map(CellValue::Number),
            Cells::Wholes(cells) => cells.get(nth).copied().map(CellValue::Moment),
            Cells::FewWords { cells, list } => {
                let place = usize::from(*cells.get(nth)?).checked_sub(1)?;
                list.get(place).copied().map(CellValue::Text)
            }
            Cells::Words(cells) => cells.get(nth).copied().map(CellValue::Text),
        }
    }

    /// A column of one lead: the one at this place.
    pub fn only(&self, nth: usize) -> Self {
        let known = self.known.get(nth);
        let exceptions = if self.is_exception(nth) { vec![0] } else { Vec::new() };
        let cells = match &self.cells {
            _ if !known => Cells::Empty,
            Cells::Empty => Cells::Empty,
            Cells::Truths(bits) => Cells::Truths(std::iter::once(bits.get(nth)).collect()),
            Cells::Bytes { cells, decimals } => Cells::Bytes { cells: one(cells, nth), decimals: *decimals },
            Cells::Shorts { cells, decimals } => Cells::Shorts { cells: one(cells, nth), decimals: *decimals },
            Cells::Longs { cells, decimals } => Cells::Longs { cells: one(cells, nth), decimals: *decimals },
            Cells::Numbers(cells) => Cells::Numbers(one(cells, nth)),
            Cells::Wholes(cells) => Cells::Wholes(one(cells, nth)),
            Cells::FewWords { cells, list } => {
                let place = cells.get(nth).and_then(|code| usize::from(*code).checked_sub(1));
                Cells::Words(place.map_or_else(Vec::new, |place| one(list, place)))
            }
            Cells::Words(cells) => Cells::Words(one(cells, nth)),
        };
        Self { cells, known: std::iter::once(known).collect(), exceptions }
    }

    /// Appends an unknown value.
    pub fn push_unknown(&mut self) {
        self.known.push(false);
        match &mut self.cells {
            Cells::Empty => {}
            Cells::Truths(bits) => bits.push(false),
            Cells::Bytes { cells, .. } | Cells::FewWords { cells, .. } => cells.push(0),
            Cells::Shorts { cells, .. } => cells.push(0),
            Cells::Longs { cells, .. } => cells.push(0),
            Cells::Numbers(cells) => cells.push(0.0),
            Cells::Wholes(cells) => cells.push(0),
            Cells::Words(cells) => cells.push(WordId::NONE),
        }
    }

    /// Sets the value at this place. The column is rebuilt with wider cells when the value does not fit; a value of another type than the
    /// rest becomes exceptions. Does nothing beyond the end.
    pub fn set(&mut self, nth: usize, value: Option<CellValue>) {
        if nth >= self.len() {
            return;
        }
        if let Some(at) = u16::try_from(nth).ok().and_then(|nth| self.exceptions.binary_search(&nth).ok()) {
            self.exceptions.remove(at);
        }
        match value {
            None => self.known.set(nth, false),
            Some(cell) if self.put(nth, cell) => return self.known.set(nth, true),
            Some(_) => {
                let mut values: Vec<Option<CellValue>> = (0..self.len()).map(|nth| self.value(nth)).collect();
                let empty = values.iter().all(Option::is_none) && self.exceptions.is_empty();
                let same = |cell: &CellValue| {
                    value.is_some_and(|new| std::mem::discriminant(&new) == std::mem::discriminant(cell))
                };
                if empty || values.iter().flatten().next().is_some_and(same) {
                    if let Some(place) = values.get_mut(nth) {
                        *place = value;
                    }
                    *self = Self::of_one_kind(&values, std::mem::take(&mut self.exceptions));
                    return;
                }
                self.known.set(nth, false);
                let at = self.exceptions.partition_point(|place| usize::from(*place) < nth);
                self.exceptions.extend(u16::try_from(nth));
                if let Some(tail) = self.exceptions.get_mut(at..) {
                    tail.rotate_right(1);
                }
            }
        }
        self.clear(nth);
    }

    /// Stores a value in its cell without changing the width; false when it does not fit.
    fn put(&mut self, nth: usize, cell: CellValue) -> bool {
        fn at<T>(cells: &mut [T], nth: usize, value: Option<T>) -> bool {
            match (cells.get_mut(nth), value) {
                (Some(place), Some(value)) => {
                    *place = value;
                    true
                }
                _ => false,
            }
        }
        match (&mut self.cells, cell) {
            (Cells::Truths(bits), CellValue::Truth(truth)) => {
                bits.set(nth, truth);
                true
            }
            (Cells::Bytes { cells, decimals }, CellValue::Number(number)) => {
                at(cells, nth, scaled(number, *decimals).and_then(|cell| u8::try_from(cell).ok()))
            }
            (Cells::Shorts { cells, decimals }, CellValue::Number(number)) => {
                at(cells, nth, scaled(number, *decimals).and_then(|cell| i16::try_from(cell).ok()))
            }
            (Cells::Longs { cells, decimals }, CellValue::Number(number)) => at(cells, nth, scaled(number, *decimals)),
            (Cells::Numbers(cells), CellValue::Number(number)) => at(cells, nth, Some(number)),
            (Cells::Wholes(cells), CellValue::Moment(millis)) => at(cells, nth, Some(millis)),
            (Cells::FewWords { cells, list }, CellValue::Text(word)) => at(cells, nth, code(list, word)),
            (Cells::Words(cells), CellValue::Text(word)) => at(cells, nth, Some(word)),
            _ => false,
        }
    }

    /// Sets the cell of an unknown value to 0.
    fn clear(&mut self, nth: usize) {
        match &mut self.cells {
            Cells::Empty => {}
            Cells::Truths(bits) => bits.set(nth, false),
            Cells::Bytes { cells, .. } | Cells::FewWords { cells, .. } => zero(cells, nth),
            Cells::Shorts { cells, .. } => zero(cells, nth),
            Cells::Longs { cells, .. } => zero(cells, nth),
            Cells::Numbers(cells) => zero(cells, nth),
            Cells::Wholes(cells) => zero(cells, nth),
            Cells::Words(cells) => zero(cells, nth),
        }
    }
}

fn one<T: Copy>(cells: &[T], nth: usize) -> Vec<T> {
    cells.get(nth).copied().into_iter().collect()
}

fn zero<T: Default>(cells: &mut [T], nth: usize) {
    if let Some(cell) = cells.get_mut(nth) {
        *cell = T::default();
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn cell() -> impl Strategy<Value = Option<CellValue>> {
        let number = prop_oneof![
            Just(0.0),
            Just(-0.0),
            (0..300_u32).prop_map(f64::from),
            (-40_000..40_000).prop_map(f64::from),
            (0..100_000).prop_map(|cents| f64::from(cents) / 100.0),
            (-9..9).prop_map(|tenths| f64::from(tenths) / 10.0 + 0.000_000_05),
            any::<i32>().prop_map(f64::from),
            any::<f64>().prop_filter("finite", |number| number.is_finite()),
        ];
        let known = prop_oneof![
            8 => number.prop_map(CellValue::Number),
            1 => any::<bool>().prop_map(CellValue::Truth),
            1 => any::<i64>().prop_map(CellValue::Moment),
            1 => (1..400_u32).prop_map(|word| CellValue::Text(WordId(word))),
        ];
        proptest::option::weighted(0.9, known)
    }

    fn same(one: Option<CellValue>, other: Option<CellValue>) -> bool {
        match (one, other) {
            (Some(CellValue::Number(one)), Some(CellValue::Number(other))) => one.to_bits() == other.to_bits(),
            (one, other) => one == other,
        }
    }

    /// Every place holds its value, or is an exception.
    fn holds(column: &Column, values: &[Option<CellValue>]) -> Result<(), TestCaseError> {
        prop_assert_eq!(column.len(), values.len());
        for (nth, value) in values.iter().enumerate() {
            let stored = column.value(nth);
            prop_assert!(
                same(stored, *value) || column.is_exception(nth) && stored.is_none() && value.is_some(),
                "{nth} {value:?} {stored:?}"
            );
        }
        Ok(())
    }

    fn only(kind: usize) -> impl Strategy<Value = Option<CellValue>> {
        cell().prop_map(move |cell| {
            cell.filter(|cell| match cell {
                CellValue::Number(_) => kind == 0,
                CellValue::Text(_) => kind == 1,
                CellValue::Truth(_) => kind == 2,
                CellValue::Moment(_) => kind == 3,
            })
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(300))]

        #[test]
        fn a_column_returns_the_values_stored_also_after_changes(
            mut values in proptest::collection::vec(cell(), 0..60),
            changes in proptest::collection::vec((0..60_usize, cell()), 0..40),
        ) {
            let mut column = Column::of(&values);
            holds(&column, &values)?;
            for (place, value) in changes {
                if place == values.len() {
                    column.push_unknown();
                    values.push(None);
                }
                column.set(place, value);
                if let Some(stored) = values.get_mut(place) {
                    *stored = value;
                }
                holds(&column, &values)?;
            }
        }

        #[test]
        fn values_of_one_type_are_never_exceptions(
            (mut values, changes) in (0..4_usize).prop_flat_map(|kind| (
                proptest::collection::vec(only(kind), 1..60),
                proptest::collection::vec((0..60_usize, only(kind)), 0..40),
            )),
        ) {
            let mut column = Column::of(&values);
            for (place, value) in changes {
                column.set(place, value);
                if let Some(stored) = values.get_mut(place) {
                    *stored = value;
                }
            }
            prop_assert!(column.exceptions.is_empty());
            holds(&column, &values)?;
        }
    }

    #[test]
    fn cells_have_the_narrowest_width_that_holds_the_values() {
        let of = |numbers: &[f64]| {
            Column::of(&numbers.iter().map(|number| Some(CellValue::Number(*number))).collect::<Vec<_>>()).cells
        };
        assert_eq!(of(&[0.0, 255.0]), Cells::Bytes { cells: vec![0, 255], decimals: 0 });
        assert_eq!(of(&[0.0, 25.5, 3.0]), Cells::Bytes { cells: vec![0, 255, 30], decimals: 1 });
        assert_eq!(of(&[-1.0, 32_767.0]), Cells::Shorts { cells: vec![-1, 32_767], decimals: 0 });
        assert_eq!(of(&[0.05, 4_000.0]), Cells::Longs { cells: vec![5, 400_000], decimals: 2 });
        assert_eq!(of(&[1e10, 1.0]), Cells::Numbers(vec![1e10, 1.0]));
        assert_eq!(of(&[1.0 / 3.0]), Cells::Numbers(vec![1.0 / 3.0]));
    }

    #[test]
    fn more_than_255_texts_need_wider_cells() {
        let texts =
            |count: u32| Column::of(&(1..=count).map(|word| Some(CellValue::Text(WordId(word)))).collect::<Vec<_>>());
        assert!(matches!(texts(255).cells, Cells::FewWords { .. }));
        assert!(matches!(texts(256).cells, Cells::Words(_)));
        let mut column = texts(255);
        column.set(0, Some(CellValue::Text(WordId(900))));
        column.set(1, Some(CellValue::Text(WordId(901))));
        assert_eq!(
            (column.value(1), column.value(254)),
            (Some(CellValue::Text(WordId(901))), Some(CellValue::Text(WordId(255))))
        );
    }
}
