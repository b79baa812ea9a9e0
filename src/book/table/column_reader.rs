//! Reads a slice of the columns of a table (the rows of one page) and checks each value.
//!
//! The place of a word in its vocabulary and its number in the book are looked up once for each distinct text of a column, not for each
//! row.
//!
//! Invariant: every value of a slice that was read has been checked.

use std::ops::Range;

use crate::book::columns::Column;
use crate::book::table::check::{ColumnContent, ColumnNames, bounds, check_header, invalid_text, short};
use crate::book::table::{ColumnValues, ListColumn, TableColumn, TableError, TableResult, misfit};
use crate::book::vocabulary::{SignalKind, Stage};
use crate::book::word_table::{WordId, WordTable};
use crate::wording::Sentence;

/// The value of an unknown cell in a column of truths.
const UNKNOWN: u8 = u8::MAX;

/// The columns of one part of a table (leads, own fields, people or signals), all with the same number of rows.
#[derive(Debug)]
pub(super) struct SliceColumns<'a> {
    part: &'static str,
    all: Vec<SliceColumn<'a>>,
}

/// A column, with the values of the slice that was read last.
#[derive(Debug)]
pub(super) struct SliceColumn<'a> {
    source: &'a TableColumn,
    /// What it must hold; `None` for one of the team's own fields.
    content: Option<ColumnContent>,
    known: Vec<u8>,
    values: SliceValues<'a>,
}

/// The values of a slice, one for each row.
#[derive(Debug)]
enum SliceValues<'a> {
    /// 0 is no, 1 is yes, [`UNKNOWN`] is unknown; in a column of sets the bits, and the empty set for unknown.
    Truths(Vec<u8>),
    /// NaN is unknown.
    Numbers(Vec<f64>),
    /// In `cells` the place of a text in `words` plus 1; 0 is unknown. `places` (of the vocabulary) and `numbers` (of the book) are those
    /// of the texts in `words`.
    Codes { cells: Vec<u32>, words: &'a [String], places: Vec<u8>, numbers: Vec<WordId> },
    /// Texts; the empty text is unknown.
    Names(Vec<String>),
}

impl<'a> SliceColumns<'a> {
    /// The columns of a part of the table, which must have `len` rows. Where `names` is not empty, no other names are valid.
    ///
    /// # Errors
    /// The first column that does not fit.
    pub(super) fn new(
        part: &'static str,
        columns: &'a [TableColumn],
        len: usize,
        names: ColumnNames,
    ) -> TableResult<Self> {
        let mut all: Vec<SliceColumn<'_>> = Vec::with_capacity(columns.len());
        for column in columns {
            let path = || format!("{part}.{}", column.name);
            if all.iter().any(|other| other.source.name == column.name) {
                return misfit(path(), "record-twice");
            }
            let content = names.iter().find(|(name, _)| *name == column.name).map(|(_, content)| *content);
            if content.is_none() && !names.is_empty() {
                let known: Vec<&str> = names.iter().map(|(name, _)| *name).collect();
                return misfit(path(), Sentence::new("table-unknown-column").with("known", known.join(", ")));
            }
            check_header(column, len, content).map_err(|reason| TableError { path: path(), reason })?;
            all.push(SliceColumn::new(column, content));
        }
        Ok(Self { part, all })
    }

    /// The column with this name; `None` when the table does not have it.
    pub(super) fn find(&self, name: &str) -> Option<&SliceColumn<'a>> {
        self.all.iter().find(|column| column.source.name == name)
    }

    /// All columns, in the order of the table.
    pub(super) fn all(&self) -> &[SliceColumn<'a>] {
        &self.all
    }

    /// Reads and checks the values of these rows of every column.
    ///
    /// # Errors
    /// The first value that does not fit.
    pub(super) fn read(&mut self, rows: Range<usize>, words: &mut WordTable) -> TableResult<()> {
        let Self { part, all } = self;
        for column in all {
            column.read(rows.start, rows.len(), words).map_err(|(row, reason)| TableError {
                path: format!("{part}.{}[{row}]", column.source.name),
                reason,
            })?;
        }
        Ok(())
    }

    /// The error for a value in a row of the table.
    pub(super) fn misfit<T>(&self, name: &str, row: usize, reason: impl Into<Sentence>) -> TableResult<T> {
        misfit(format!("{}.{name}[{row}]", self.part), reason)
    }
}

/// Copies `len` values of a list into `into`, which is resized.
fn copy_slice<T: Clone + Default>(
    list: &dyn ListColumn<T>,
    from: usize,
    len: usize,
    into: &mut Vec<T>,
) -> Result<(), (usize, Sentence)> {
    into.resize(len, T::default());
    list.copy(from, into).map_err(|(row, reason)| (row, reason.into()))
}

impl<'a> SliceColumn<'a> {
    fn new(source: &'a TableColumn, content: Option<ColumnContent>) -> Self {
        let values = match &source.values {
            ColumnValues::Truths(_) => SliceValues::Truths(Vec::new()),
            ColumnValues::Numbers(_) => SliceValues::Numbers(Vec::new()),
            ColumnValues::Texts { words, .. } => {
                let places = match content {
                    Some(ColumnContent::Word(place)) => {
                        words.iter().map(|word| place(word).unwrap_or(u8::MAX)).collect()
                    }
                    _ => Vec::new(),
                };
                SliceValues::Codes { cells: Vec::new(), words, places, numbers: vec![WordId::NONE; words.len()] }
            }
            ColumnValues::Names(_) => SliceValues::Names(Vec::new()),
        };
        Self { source, content, known: Vec::new(), values }
    }

    fn read(&mut self, from: usize, len: usize, book: &mut WordTable) -> Result<(), (usize, Sentence)> {
        let Self { source, content, known, values } = self;
        match &source.known {
            Some(marks) => copy_slice(&**marks, from, len, known)?,
            None => known.clear(),
        }
        // Without marks all values are known.
        let is_known = |nth: usize| known.get(nth).is_none_or(|mark| *mark != 0);
        match (&source.values, values) {
            (ColumnValues::Truths(list), SliceValues::Truths(cells)) => {
                copy_slice(&**list, from, len, cells)?;
                for (nth, cell) in cells.iter_mut().enumerate() {
                    match content {
                        Some(ColumnContent::Set(len)) if u32::from(*cell) >> *len != 0 => {
                            return Err((from + nth, Sentence::new("table-bits").with("count", *len)));
                        }
                        Some(ColumnContent::Set(_)) => *cell = if is_known(nth) { *cell } else { 0 },
                        _ => *cell = if is_known(nth) { u8::from(*cell != 0) } else { UNKNOWN },
                    }
                }
            }
            (ColumnValues::Numbers(list), SliceValues::Numbers(cells)) => {
                copy_slice(&**list, from, len, cells)?;
                let (low, high, exact) = bounds(*content);
                for (nth, cell) in cells.iter_mut().enumerate() {
                    if !is_known(nth) {
                        *cell = f64::NAN;
                    } else if !(low..=high).contains(cell) || exact && cell.fract() != 0.0 {
                        let reason = Sentence::new(if exact { "table-whole-number" } else { "table-number" });
                        let reason = reason.with("found", cell.to_string()).with("low", low.to_string());
                        return Err((from + nth, reason.with("high", high.to_string())));
                    }
                }
            }
            (ColumnValues::Texts { codes, .. }, SliceValues::Codes { cells, words, numbers, .. }) => {
                copy_slice(&**codes, from, len, cells)?;
                let interned = !matches!(content, Some(ColumnContent::IdOrName));
                for (nth, cell) in cells.iter_mut().enumerate() {
                    if !is_known(nth) {
                        *cell = 0;
                        continue;
                    }
                    let (Some(word), Some(number)) = (words.get(*cell as usize), numbers.get_mut(*cell as usize))
                    else {
                        let reason = Sentence::new("table-code").with("code", *cell).with("count", words.len());
                        return Err((from + nth, reason));
                    };
                    if interned && *number == WordId::NONE {
                        *number = book.number(word);
                    }
                    *cell += 1;
                }
            }
            (ColumnValues::Names(list), SliceValues::Names(cells)) => {
                copy_slice(&**list, from, len, cells)?;
                for (nth, cell) in cells.iter_mut().enumerate() {
                    if !is_known(nth) {
                        cell.clear();
                    } else if let Some(reason) = invalid_text(cell, *content) {
                        let reason = Sentence::new("table-text").with("text", short(cell)).with("why", reason);
                        return Err((from + nth, reason));
                    }
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// The name of the column.
    pub(super) fn name(&self) -> &'a str {
        &self.source.name
    }

    /// True when some of its values may be unknown.
    pub(super) const fn has_gaps(&self) -> bool {
        self.source.known.is_some()
    }

    /// The text in this row of the slice; `None` when it is unknown.
    pub(super) fn text(&self, nth: usize) -> Option<&str> {
        match &self.values {
            SliceValues::Codes { cells, words, .. } => {
                words.get((*cells.get(nth)? as usize).checked_sub(1)?).map(String::as_str)
            }
            SliceValues::Names(names) => names.get(nth).map(String::as_str).filter(|name| !name.is_empty()),
            _ => None,
        }
    }

    /// The number in the book of the text in this row; [`WordId::NONE`] when it is unknown.
    pub(super) fn word(&self, nth: usize) -> WordId {
        match &self.values {
            SliceValues::Codes { cells, numbers, .. } => {
                let code = cells.get(nth).and_then(|cell| (*cell as usize).checked_sub(1));
                code.and_then(|code| numbers.get(code)).copied().unwrap_or(WordId::NONE)
            }
            _ => WordId::NONE,
        }
    }

    /// The place in its vocabulary of the word in this row; `None` when it is unknown.
    pub(super) fn place(&self, nth: usize) -> Option<u8> {
        match &self.values {
            SliceValues::Codes { cells, places, .. } => {
                places.get((*cells.get(nth)? as usize).checked_sub(1)?).copied()
            }
            _ => None,
        }
    }

    /// The number in this row; `None` when it is unknown.
    pub(super) fn number(&self, nth: usize) -> Option<f64> {
        match &self.values {
            SliceValues::Numbers(numbers) => numbers.get(nth).copied().filter(|number| !number.is_nan()),
            _ => None,
        }
    }

    /// The set of words in this row, as bits; 0 when it is unknown.
    pub(super) fn set(&self, nth: usize) -> u8 {
        match &self.values {
            SliceValues::Truths(bits) => bits.get(nth).copied().unwrap_or(0),
            _ => 0,
        }
    }

    /// True when the value in this row is yes.
    pub(super) fn is_yes(&self, nth: usize) -> bool {
        self.set(nth) == 1
    }

    /// The slice as a column of a page of `len` leads.
    pub(super) fn page_column(&self, len: usize) -> Column {
        match (&self.values, self.content) {
            (SliceValues::Truths(cells), _) => Column::of_truths(cells.iter().map(|cell| match *cell {
                UNKNOWN => None,
                cell => Some(cell != 0),
            })),
            (SliceValues::Numbers(moments), Some(ColumnContent::Moment)) => Column::of_moments(moments),
            (SliceValues::Numbers(numbers), _) => Column::of_numbers(numbers),
            (SliceValues::Codes { .. }, _) => Column::of_words((0..len).map(|nth| self.word(nth)).collect()),
            (SliceValues::Names(_), _) => Column::unknown(len),
        }
    }
}

/// The stage at this place of the vocabulary.
pub(super) fn stage(place: u8) -> Option<Stage> {
    Stage::ALL.get(usize::from(place)).copied()
}

/// The kind of signal at this place of the vocabulary.
pub(super) fn kind(place: u8) -> Option<SignalKind> {
    SignalKind::ALL.get(usize::from(place)).copied()
}
