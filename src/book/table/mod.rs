//! Loads leads from arrays. A program that has its leads as columns needs no lead file, and loading is several times faster than from one.
//!
//! In: a [`LeadTable`]. Out: a [`Book`], or the first [`TableError`]. Sizes, types, ranges and spellings are checked ([`check`]), and one
//! invalid value refuses the whole table, because a program that writes columns can correct them. The rows of [`PAGE`] leads are read at a
//! time ([`column_reader`]) and become one page of the book ([`page_reader`]), so that the arrays are never copied as a whole.
//!
//! A table has only the fields that [`LeadTable`] lists. Everything else of the lead format (among others quotes, planned touches,
//! consents, hours and absences of people, feedback, properties of accounts beyond their id, reps and content) needs a lead file.
//!
//! Invariant: the book of a table equals the book of a lead file with the same leads.

mod check;
mod column_reader;
mod page_reader;

use std::fmt;
use std::rc::Rc;

use crate::book::Team;
use crate::book::columns::PAGE;
use crate::book::store::{Book, BookBuilder, NotAdded};
use crate::book::table::check::{LEAD, PERSON, SIGNAL};
use crate::book::table::column_reader::SliceColumns;
use crate::book::table::page_reader::PageReader;
use crate::limits;
use crate::wording::{Language, Sentence};

/// The reason why a table is refused: what is wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableError {
    /// Part, column and row: `fields.score[17]`. The parts are `lead`, `fields`, `people` and `signals`; an error in a whole column has no
    /// row, and one in the number of leads has the path `size`.
    pub path: String,
    /// What is wrong, as the rest of a sentence that begins with the path.
    pub reason: Sentence,
}

impl TableError {
    /// The error in a language.
    pub fn render(&self, language: Language) -> String {
        format!("{} {}", self.path, self.reason.render(language))
    }
}

/// [`TableError::render`] in English.
impl fmt::Display for TableError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(Language::English))
    }
}

/// A list of values of which slices can be copied: a [`Vec`], or an array in the memory of another program, such as one of JavaScript.
pub trait ListColumn<T>: fmt::Debug {
    /// The number of values.
    fn count(&self) -> usize;

    /// Copies `into.len()` values, beginning with the one at index `from`, into `into`.
    ///
    /// # Errors
    /// The index in the list of a value that cannot be copied, and the key of the sentence that says what is wrong with it. The content of
    /// `into` is then unspecified.
    fn copy(&self, from: usize, into: &mut [T]) -> Result<(), (usize, &'static str)>;
}

impl<T: Clone + fmt::Debug> ListColumn<T> for Vec<T> {
    fn count(&self) -> usize {
        self.len()
    }

    fn copy(&self, from: usize, into: &mut [T]) -> Result<(), (usize, &'static str)> {
        match self.get(from..).and_then(|rest| rest.get(..into.len())) {
            Some(values) => {
                into.clone_from_slice(values);
                Ok(())
            }
            None => Err((self.len(), "record-missing")),
        }
    }
}

/// The values of a column, one for each row.
#[derive(Clone, Debug)]
pub enum ColumnValues {
    /// Bytes: true (not 0) or false (0); or a set of words, with bit n for the word at index n of its vocabulary.
    Truths(Rc<dyn ListColumn<u8>>),
    /// Numbers; moments as whole milliseconds since 1970 (UTC).
    Numbers(Rc<dyn ListColumn<f64>>),
    /// Texts, each as its index in a list of texts: the encoding for texts that recur.
    Texts {
        /// The index of the text of each row, from 0.
        codes: Rc<dyn ListColumn<u32>>,
        /// The texts.
        words: Vec<String>,
    },
    /// Texts written out for each row: only for ids and names, which seldom recur.
    Names(Rc<dyn ListColumn<String>>),
}

/// One column.
#[derive(Clone, Debug)]
pub struct TableColumn {
    /// Its name: that of a field of the lead format, or of one of the team's own fields.
    pub name: String,
    /// Its values.
    pub values: ColumnValues,
    /// For each value, whether it is known (not 0); a value that is not known is ignored. `None` when all are known.
    pub known: Option<Rc<dyn ListColumn<u8>>>,
}

/// People or signals, of which a lead has any number: those of the lead at index n are the rows `starts[n]..starts[n + 1]`.
#[derive(Clone, Debug, Default)]
pub struct ChildTable {
    /// The index of the first row of each lead, and at the end the number of all rows: [`LeadTable::size`] + 1 values, the first of which
    /// is 0. May be empty when `columns` is.
    pub starts: Vec<u32>,
    /// The columns, all with as many values as there are rows.
    pub columns: Vec<TableColumn>,
}

/// Leads as columns.
#[derive(Clone, Debug, Default)]
pub struct LeadTable {
    /// The number of leads, and of the values of each column in `leads` and `fields`; at most [`limits::LEADS`].
    pub size: usize,
    /// Fields of the lead by their names in the lead format: `id`, `account`, `name`, `stage`, `stage_since`, `created_at`, `source`,
    /// `topic`, `country`, `zone`, `language`, `owner`, `value`, `churn`, `stage_by` and `spam`. `account` is the id of the account. Without an `id` column the
    /// ids are 1, 2, 3 ...; without an `account` column each lead is an account of its own.
    pub leads: Vec<TableColumn>,
    /// The team's own fields.
    pub fields: Vec<TableColumn>,
    /// The people: `id`, `human`, `roles` and `channels` (sets: bit n for the word at index n of the vocabulary), `do_not_call`,
    /// `do_not_email`, `objected`, `influence`, `left_at`, `internal`. A person without an id gets the number among the people of the lead, from 1.
    pub people: ChildTable,
    /// The signals, in any order: `at` and `kind`, and optionally `topic`, `content`, `rep`, `channel`, `direction`, `outcome`, `weight`,
    /// `acknowledges`, `pack`, `rule`, `by`, and `person` (a number: the index among the people of the lead, from 0).
    pub signals: ChildTable,
}

/// The names of the columns that a part of a table can have.
#[cfg(test)]
pub(in crate::book) fn column_names(part: &str) -> Vec<&'static str> {
    let columns = match part {
        "lead" => LEAD,
        "people" => PERSON,
        _ => SIGNAL,
    };
    columns.iter().map(|(name, _)| *name).collect()
}

/// What was read, or the first error found.
type TableResult<T> = Result<T, TableError>;

/// An error with this path and reason.
fn misfit<T>(path: impl Into<String>, reason: impl Into<Sentence>) -> TableResult<T> {
    Err(TableError { path: path.into(), reason: reason.into() })
}

impl Book {
    /// A book of the leads in a table, without reps and content.
    ///
    /// # Errors
    /// The first value, column or size of the table that is invalid; also a column that is unknown, given twice or missing, a missing id,
    /// and an id that an earlier lead has.
    pub fn from_table(table: &LeadTable) -> TableResult<Self> {
        if table.size > limits::LEADS {
            let reason = Sentence::new("table-too-many-leads").with("count", table.size).with("most", limits::LEADS);
            return misfit("size", reason);
        }
        let leads = SliceColumns::new("lead", &table.leads, table.size, LEAD)?;
        let fields = SliceColumns::new("fields", &table.fields, table.size, &[])?;
        if table.fields.len() > limits::ENTRIES {
            let reason = Sentence::new("record-too-many-entries").with("count", table.fields.len());
            return misfit("fields", reason.with("most", limits::ENTRIES));
        }
        let people_rows = check::row_count("people", &table.people, table.size, limits::PEOPLE_PER_LEAD)?;
        let people = SliceColumns::new("people", &table.people.columns, people_rows, PERSON)?;
        let signal_rows = check::row_count("signals", &table.signals, table.size, limits::SIGNALS_PER_LEAD)?;
        let signals = SliceColumns::new("signals", &table.signals.columns, signal_rows, SIGNAL)?;
        for required in ["at", "kind"] {
            if signal_rows > 0 && signals.find(required).is_none() {
                return misfit(format!("signals.{required}"), "record-missing");
            }
        }
        let mut reader =
            PageReader { leads, fields, people, signals, starts: [&table.people.starts, &table.signals.starts] };
        let mut builder = BookBuilder::with_capacity(table.size);
        for first in (0..table.size).step_by(PAGE) {
            let page = reader.page(first..table.size.min(first + PAGE), builder.words())?;
            match builder.add_page(page) {
                Ok(()) => {}
                Err((nth, id, NotAdded::SameId)) => {
                    let reason = Sentence::new("table-lead-twice").with("id", id);
                    return misfit(format!("lead.id[{}]", first + nth), reason);
                }
                Err((nth, id, why)) => {
                    let reason = Sentence::new("table-not-added").with("id", id).with("why", why.refusal().1);
                    return misfit(format!("lead.id[{}]", first + nth), reason);
                }
            }
        }
        Ok(builder.finish(Team::default()))
    }
}
