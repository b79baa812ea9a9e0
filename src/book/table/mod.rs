//! Leads from arrays: a program that has its leads as columns loads them without writing a lead file first, which is several times faster.
//!
//! In: a [`LeadTable`]. Out: a [`Book`], or the first [`TableError`]. Sizes, types, ranges and spellings are checked ([`check`]), and a
//! value that does not fit refuses the whole table, because a program that writes columns can correct them. A table is read a page of leads
//! at a time ([`column_reader`]), and each slice becomes a page of the book ([`page_reader`]), so that the arrays are never copied as a
//! whole.
//!
//! A table has no quotes, planned touches, consents and own hours; a lead file has.
//!
//! Invariant: the book of a table equals the book of a lead file with the same leads.

mod check;
mod column_reader;
mod page_reader;

use std::fmt;
use std::rc::Rc;

use crate::book::columns::PAGE;
use crate::book::store::{Book, BookBuilder};
use crate::book::table::check::{LEAD, PERSON, SIGNAL};
use crate::book::table::column_reader::SliceColumns;
use crate::book::table::page_reader::PageReader;
use crate::limits;

/// The reason why a table is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableError {
    /// The place: `fields.score[17]`.
    pub path: String,
    /// What is wrong, as the rest of a sentence that begins with the path.
    pub reason: String,
}

impl fmt::Display for TableError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.path, self.reason)
    }
}

/// A list of values in memory, or of another program that hands over one slice at a time.
pub trait ListColumn<T>: fmt::Debug {
    /// The number of values.
    fn count(&self) -> usize;

    /// Copies the values from place `from` on into `into`, as many as it has places.
    ///
    /// # Errors
    /// The place of a value that cannot be copied, and what is wrong with it, as the rest of a sentence.
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
            None => Err((self.len(), "is missing")),
        }
    }
}

/// The values of a column.
#[derive(Clone, Debug)]
pub enum ColumnValues {
    /// Yes (not 0) or no (0); or sets of words, a bit for each word.
    Truths(Rc<dyn ListColumn<u8>>),
    /// Numbers; moments in milliseconds since 1970.
    Numbers(Rc<dyn ListColumn<f64>>),
    /// Texts, each as its place in a list of distinct texts.
    Texts {
        /// The places.
        codes: Rc<dyn ListColumn<u32>>,
        /// The distinct texts.
        words: Vec<String>,
    },
    /// Texts written out: for ids and names, which seldom recur.
    Names(Rc<dyn ListColumn<String>>),
}

/// One column.
#[derive(Clone, Debug)]
pub struct TableColumn {
    /// Its name.
    pub name: String,
    /// Its values.
    pub values: ColumnValues,
    /// Which of them are known (not 0); `None` when all are.
    pub known: Option<Rc<dyn ListColumn<u8>>>,
}

/// People or signals, of which a lead has any number: those of lead n are the rows `starts[n]..starts[n + 1]`.
#[derive(Clone, Debug, Default)]
pub struct ChildTable {
    /// The first row of each lead, and at the end the number of all rows.
    pub starts: Vec<u32>,
    /// The columns.
    pub columns: Vec<TableColumn>,
}

/// Leads as columns.
#[derive(Clone, Debug, Default)]
pub struct LeadTable {
    /// The number of leads.
    pub size: usize,
    /// Fields of the lead by their names in the lead format. `id` and `account` are texts; without an `id` column the ids are 1, 2, 3 ...,
    /// without an `account` column each lead is an account of its own.
    pub leads: Vec<TableColumn>,
    /// The team's own fields.
    pub fields: Vec<TableColumn>,
    /// The people: `id`, `roles` and `channels` (sets: the bit of a word is its place in the vocabulary), `do_not_call`, `do_not_email`,
    /// `objected`, `influence`.
    pub people: ChildTable,
    /// The signals: `at` and `kind`, and optionally `topic`, `content`, `rep`, `channel`, `direction`, `outcome`, `weight`, and `person` (a
    /// number: the place among the people of the lead).
    pub signals: ChildTable,
}

/// What was read, or the first thing that does not fit.
type TableResult<T> = Result<T, TableError>;

fn misfit<T>(path: impl Into<String>, reason: impl Into<String>) -> TableResult<T> {
    Err(TableError { path: path.into(), reason: reason.into() })
}

impl Book {
    /// A book of the leads in a table.
    ///
    /// # Errors
    /// The first thing that does not fit.
    pub fn from_table(table: &LeadTable) -> TableResult<Self> {
        if table.size > limits::LEADS {
            return misfit("size", format!("is {}; at most {} leads are taken", table.size, limits::LEADS));
        }
        let leads = SliceColumns::new("lead", &table.leads, table.size, LEAD)?;
        let fields = SliceColumns::new("fields", &table.fields, table.size, &[])?;
        if table.fields.len() > limits::ENTRIES {
            return misfit(
                "fields",
                format!("has {} entries; at most {} are taken", table.fields.len(), limits::ENTRIES),
            );
        }
        let people_rows = check::rows("people", &table.people, table.size, limits::PEOPLE_PER_LEAD)?;
        let people = SliceColumns::new("people", &table.people.columns, people_rows, PERSON)?;
        let signal_rows = check::rows("signals", &table.signals, table.size, limits::SIGNALS_PER_LEAD)?;
        let signals = SliceColumns::new("signals", &table.signals.columns, signal_rows, SIGNAL)?;
        for required in ["at", "kind"] {
            if signal_rows > 0 && signals.find(required).is_none() {
                return misfit(format!("signals.{required}"), "is missing");
            }
        }
        let mut reader =
            PageReader { leads, fields, people, signals, starts: [&table.people.starts, &table.signals.starts] };
        let mut builder = BookBuilder::with_capacity(table.size);
        for first in (0..table.size).step_by(PAGE) {
            let page = reader.page(first..table.size.min(first + PAGE), builder.words())?;
            if let Err((nth, id)) = builder.add_page(page) {
                return misfit(format!("lead.id[{}]", first + nth), format!("is \"{id}\" as an earlier lead's"));
            }
        }
        Ok(builder.finish(Vec::new(), Vec::new()))
    }
}
