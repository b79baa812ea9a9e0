//! A stretch of the columns of a table, copied and checked: what the leads of one page have.
//!
//! What stands for the same word all over a table (its place in a list of the schema, its number in the book) is worked out once a word.
//!
//! Invariant: a value that can be read here has passed the door.

use crate::book::table::check::{ColumnContent, RowNames, bounds, heading, misspelt, short};
use crate::book::table::{ColumnValues, FittingTable, ListColumn, TableColumn, TableError, misfit};
use crate::book::vocabulary::{SignalKind, Stage};
use crate::book::word_table::{WordId, WordTable};

/// In a column of truths: not known.
const UNKNOWN: u8 = u8::MAX;

/// The columns of a part of a table, all of one length.
#[derive(Debug)]
pub(super) struct PieceColumns<'a> {
    part: &'static str,
    all: Vec<PieceColumn<'a>>,
}

/// A column, with the values of the stretch that was read last.
#[derive(Debug)]
pub(super) struct PieceColumn<'a> {
    series: &'a TableColumn,
    holds: Option<ColumnContent>,
    known: Vec<u8>,
    values: RowRange<'a>,
}

#[derive(Debug)]
enum RowRange<'a> {
    /// 0 is no, [`UNKNOWN`] is unknown, all else is yes; or sets, where the empty one is unknown too.
    Truths(Vec<u8>),
    /// Not a number is unknown.
    Numbers(Vec<f64>),
    /// The place of a word plus 1; 0 is unknown.
    Codes { cells: Vec<u32>, words: &'a [String], places: Vec<u8>, numbers: Vec<WordId> },
    /// Texts; the empty one is unknown.
    Names(Vec<String>),
}

impl<'a> PieceColumns<'a> {
    /// The columns of a part of the table, all of this length. Where names are given, only those are known.
    pub(super) fn new(
        part: &'static str,
        columns: &'a [TableColumn],
        len: usize,
        names: RowNames,
    ) -> FittingTable<Self> {
        let mut all: Vec<PieceColumn<'_>> = Vec::with_capacity(columns.len());
        for column in columns {
            let path = || format!("{part}.{}", column.name);
            if all.iter().any(|other| other.series.name == column.name) {
                return misfit(path(), "is given twice");
            }
            let holds = names.iter().find(|(name, _)| *name == column.name).map(|(_, holds)| *holds);
            if holds.is_none() && !names.is_empty() {
                let known: Vec<&str> = names.iter().map(|(name, _)| *name).collect();
                return misfit(path(), format!("is not a column here; known are {}", known.join(", ")));
            }
            heading(column, len, holds).map_err(|reason| TableError { path: path(), reason })?;
            all.push(PieceColumn::new(column, holds));
        }
        Ok(Self { part, all })
    }

    /// The column of this name.
    pub(super) fn find(&self, name: &str) -> Option<&PieceColumn<'a>> {
        self.all.iter().find(|column| column.series.name == name)
    }

    /// All of them, in the order of the table.
    pub(super) fn all(&self) -> &[PieceColumn<'a>] {
        &self.all
    }

    /// Reads the values of these rows.
    pub(super) fn read(&mut self, rows: std::ops::Range<usize>, words: &mut WordTable) -> FittingTable<()> {
        let Self { part, all } = self;
        for column in all {
            column.read(rows.start, rows.len(), words).map_err(|(row, reason)| TableError {
                path: format!("{part}.{}[{row}]", column.series.name),
                reason,
            })?;
        }
        Ok(())
    }

    /// What does not fit in a column at this row.
    pub(super) fn misfit<T>(&self, name: &str, row: usize, reason: impl Into<String>) -> FittingTable<T> {
        misfit(format!("{}.{name}[{row}]", self.part), reason)
    }
}

/// The values of a stretch of a list, as they come.
fn stretch<T: Clone + Default>(
    list: &dyn ListColumn<T>,
    from: usize,
    len: usize,
    into: &mut Vec<T>,
) -> Result<(), (usize, String)> {
    into.resize(len, T::default());
    list.copy(from, into).map_err(|(row, reason)| (row, reason.to_owned()))
}

impl<'a> PieceColumn<'a> {
    fn new(series: &'a TableColumn, holds: Option<ColumnContent>) -> Self {
        let values = match &series.values {
            ColumnValues::Truths(_) => RowRange::Truths(Vec::new()),
            ColumnValues::Numbers(_) => RowRange::Numbers(Vec::new()),
            ColumnValues::Texts { words, .. } => {
                let places = match holds {
                    Some(ColumnContent::Word(place)) => {
                        words.iter().map(|word| place(word).unwrap_or(u8::MAX)).collect()
                    }
                    _ => Vec::new(),
                };
                RowRange::Codes { cells: Vec::new(), words, places, numbers: vec![WordId::NONE; words.len()] }
            }
            ColumnValues::Names(_) => RowRange::Names(Vec::new()),
        };
        Self { series, holds, known: Vec::new(), values }
    }

    fn read(&mut self, from: usize, len: usize, book: &mut WordTable) -> Result<(), (usize, String)> {
        let Self { series, holds, known, values } = self;
        match &series.known {
            Some(marks) => stretch(&**marks, from, len, known)?,
            None => known.clear(),
        }
        // Without marks all are known.
        let is_known = |nth: usize| known.get(nth).is_none_or(|mark| *mark != 0);
        match (&series.values, values) {
            (ColumnValues::Truths(list), RowRange::Truths(cells)) => {
                stretch(&**list, from, len, cells)?;
                for (nth, cell) in cells.iter_mut().enumerate() {
                    match holds {
                        Some(ColumnContent::Set(len)) if u32::from(*cell) >> *len != 0 => {
                            return Err((from + nth, format!("has bits beyond the {len} words of its list")));
                        }
                        Some(ColumnContent::Set(_)) => *cell = if is_known(nth) { *cell } else { 0 },
                        _ => *cell = if is_known(nth) { u8::from(*cell != 0) } else { UNKNOWN },
                    }
                }
            }
            (ColumnValues::Numbers(list), RowRange::Numbers(cells)) => {
                stretch(&**list, from, len, cells)?;
                let (low, high, exact) = bounds(*holds);
                for (nth, cell) in cells.iter_mut().enumerate() {
                    if !is_known(nth) {
                        *cell = f64::NAN;
                    } else if !(low..=high).contains(cell) || exact && cell.fract() != 0.0 {
                        let whole = if exact { "a whole number" } else { "a number" };
                        let reason = format!("is {cell}; it must be {whole} from {low} to {high}, or not known");
                        return Err((from + nth, reason));
                    }
                }
            }
            (ColumnValues::Texts { codes, .. }, RowRange::Codes { cells, words, numbers, .. }) => {
                stretch(&**codes, from, len, cells)?;
                let numbered = !matches!(holds, Some(ColumnContent::Own));
                for (nth, cell) in cells.iter_mut().enumerate() {
                    if !is_known(nth) {
                        *cell = 0;
                        continue;
                    }
                    let (Some(word), Some(number)) = (words.get(*cell as usize), numbers.get_mut(*cell as usize))
                    else {
                        let reason = format!("is the code {cell}; there are {} words, counted from 0", words.len());
                        return Err((from + nth, reason));
                    };
                    if numbered && *number == WordId::NONE {
                        *number = book.number(word);
                    }
                    *cell += 1;
                }
            }
            (ColumnValues::Names(list), RowRange::Names(cells)) => {
                stretch(&**list, from, len, cells)?;
                for (nth, cell) in cells.iter_mut().enumerate() {
                    if !is_known(nth) {
                        cell.clear();
                    } else if let Some(reason) = misspelt(cell, *holds) {
                        return Err((from + nth, format!("is \"{}\", which {reason}", short(cell))));
                    }
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// Its name.
    pub(super) fn name(&self) -> &'a str {
        &self.series.name
    }

    /// Whether some of its values may not be known.
    pub(super) const fn has_gaps(&self) -> bool {
        self.series.known.is_some()
    }

    /// The text in this row of the stretch.
    pub(super) fn text(&self, nth: usize) -> Option<&str> {
        match &self.values {
            RowRange::Codes { cells, words, .. } => {
                words.get((*cells.get(nth)? as usize).checked_sub(1)?).map(String::as_str)
            }
            RowRange::Names(names) => names.get(nth).map(String::as_str).filter(|name| !name.is_empty()),
            _ => None,
        }
    }

    /// The number of the text in this row.
    pub(super) fn word(&self, nth: usize) -> WordId {
        match &self.values {
            RowRange::Codes { cells, numbers, .. } => {
                let code = cells.get(nth).and_then(|cell| (*cell as usize).checked_sub(1));
                code.and_then(|code| numbers.get(code)).copied().unwrap_or(WordId::NONE)
            }
            _ => WordId::NONE,
        }
    }

    /// The place of the word in this row in its list of the schema.
    pub(super) fn place(&self, nth: usize) -> Option<u8> {
        match &self.values {
            RowRange::Codes { cells, places, .. } => places.get((*cells.get(nth)? as usize).checked_sub(1)?).copied(),
            _ => None,
        }
    }

    /// The number in this row.
    pub(super) fn number(&self, nth: usize) -> Option<f64> {
        match &self.values {
            RowRange::Numbers(numbers) => numbers.get(nth).copied().filter(|number| !number.is_nan()),
            _ => None,
        }
    }

    /// The set of bits in this row.
    pub(super) fn set(&self, nth: usize) -> u8 {
        match &self.values {
            RowRange::Truths(bits) => bits.get(nth).copied().unwrap_or(0),
            _ => 0,
        }
    }

    /// Whether this row says yes.
    pub(super) fn says_yes(&self, nth: usize) -> bool {
        self.set(nth) == 1
    }

    /// The stretch as a column of a page of so many leads.
    pub(super) fn sealed(&self, len: usize) -> crate::book::columns::Column {
        use crate::book::columns::Column;
        match (&self.values, self.holds) {
            (RowRange::Truths(cells), _) => Column::of_truths(cells.iter().map(|cell| match *cell {
                UNKNOWN => None,
                cell => Some(cell != 0),
            })),
            (RowRange::Numbers(moments), Some(ColumnContent::Moment)) => Column::of_moments(moments),
            (RowRange::Numbers(numbers), _) => Column::of_numbers(numbers),
            (RowRange::Codes { .. }, _) => Column::of_words((0..len).map(|nth| self.word(nth)).collect()),
            (RowRange::Names(_), _) => Column::unknown(len),
        }
    }
}

/// The stage at this place of the schema's list.
pub(super) fn stage(place: u8) -> Option<Stage> {
    Stage::ALL.get(usize::from(place)).copied()
}

/// The kind of signal at this place of the schema's list.
pub(super) fn kind(place: u8) -> Option<SignalKind> {
    SignalKind::ALL.get(usize::from(place)).copied()
}
