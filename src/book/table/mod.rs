//! Leads from columns: for a program that has its leads in arrays already, which is faster than writing them as a lead file first.
//!
//! The door stands here too ([`check`]): sizes, types, ranges and spellings are checked, and anything that does not fit refuses the whole
//! table with the place and the reason, because a program that writes columns can mend them. A table is read a page of leads at a time
//! ([`piece`]) and each piece becomes a page of the book ([`fill`]), so that the arrays are never in memory twice as a whole.
//!
//! Left out: what only a lead file can say (quotes, planned touches, consents, own hours).
//!
//! Invariant: a book from a table is the book that the same leads as a file would make.

mod check;
mod fill;
mod piece;

use std::fmt;
use std::rc::Rc;

use crate::book::columns::PAGE;
use crate::book::store::{Book, BookBuilder};
use crate::book::table::check::{LEAD, PERSON, SIGNAL};
use crate::book::table::fill::TableReader;
use crate::book::table::piece::PieceColumns;
use crate::limits;

/// Why a table is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableError {
    /// Where: `fields.score[17]`.
    pub path: String,
    /// What is wrong, as the rest of a sentence.
    pub reason: String,
}

impl fmt::Display for TableError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.path, self.reason)
    }
}

/// A list of values that stands somewhere: in memory, or with a program that hands over a stretch of it at a time.
pub trait ListColumn<T>: fmt::Debug {
    /// How many values.
    fn count(&self) -> usize;

    /// Copies as many values as there is room for, from this place on.
    ///
    /// # Errors
    /// The place of a value that is none, and what is wrong with it, as the rest of a sentence.
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
    /// Yes (not 0) or no, or a set of words, a bit each.
    Truths(Rc<dyn ListColumn<u8>>),
    /// Numbers; moments in milliseconds since 1970.
    Numbers(Rc<dyn ListColumn<f64>>),
    /// Texts, each by its place in a list of words.
    Texts {
        /// The places.
        codes: Rc<dyn ListColumn<u32>>,
        /// The words.
        words: Vec<String>,
    },
    /// Texts as they are: ids and names, which seldom come twice.
    Names(Rc<dyn ListColumn<String>>),
}

/// One column.
#[derive(Clone, Debug)]
pub struct TableColumn {
    /// Its name.
    pub name: String,
    /// Its values.
    pub values: ColumnValues,
    /// Which of them are known (not 0); all of them where absent.
    pub known: Option<Rc<dyn ListColumn<u8>>>,
}

/// Parts of which a lead has any number: those of the nth lead stand at `starts[n]..starts[n + 1]`.
#[derive(Clone, Debug, Default)]
pub struct ChildTable {
    /// Where each lead's parts begin, and at last where the last one's end.
    pub starts: Vec<u32>,
    /// Their columns.
    pub columns: Vec<TableColumn>,
}

/// Leads as columns.
#[derive(Clone, Debug, Default)]
pub struct LeadTable {
    /// How many leads.
    pub size: usize,
    /// Fields of the lead by their names in the lead format; `id` and `account` are texts, and left out they are counted from 1.
    pub leads: Vec<TableColumn>,
    /// The team's own fields.
    pub fields: Vec<TableColumn>,
    /// The people: `id`, `roles` and `channels` (a set: the bit of a word is its place in the list of the format), `do_not_call`,
    /// `do_not_email`, `objected`, `influence`.
    pub people: ChildTable,
    /// What happened: `at` and `kind`, and if wanted `topic`, `content`, `rep`, `channel`, `direction`, `outcome`, `weight`, and `person`
    /// (a number: the place among the people of the lead).
    pub signals: ChildTable,
}

type FittingTable<T> = Result<T, TableError>;

fn misfit<T>(path: impl Into<String>, reason: impl Into<String>) -> FittingTable<T> {
    Err(TableError { path: path.into(), reason: reason.into() })
}

impl Book {
    /// A book of the leads in a table.
    ///
    /// # Errors
    /// The first thing that does not fit.
    pub fn from_table(table: &LeadTable) -> FittingTable<Self> {
        if table.size > limits::LEADS {
            return misfit("size", format!("is {}; at most {} leads are taken", table.size, limits::LEADS));
        }
        let leads = PieceColumns::new("lead", &table.leads, table.size, LEAD)?;
        let fields = PieceColumns::new("fields", &table.fields, table.size, &[])?;
        if table.fields.len() > limits::ENTRIES {
            return misfit(
                "fields",
                format!("has {} entries; at most {} are taken", table.fields.len(), limits::ENTRIES),
            );
        }
        let people = check::parts("people", &table.people, table.size, limits::PEOPLE_PER_LEAD)?;
        let people = PieceColumns::new("people", &table.people.columns, people, PERSON)?;
        let happened = check::parts("signals", &table.signals, table.size, limits::SIGNALS_PER_LEAD)?;
        let signals = PieceColumns::new("signals", &table.signals.columns, happened, SIGNAL)?;
        for needed in ["at", "kind"] {
            if happened > 0 && signals.find(needed).is_none() {
                return misfit(format!("signals.{needed}"), "is missing");
            }
        }
        let mut pieces =
            TableReader { leads, fields, people, signals, starts: [&table.people.starts, &table.signals.starts] };
        let mut filling = BookBuilder::expecting(table.size);
        for first in (0..table.size).step_by(PAGE) {
            let page = pieces.page(first..table.size.min(first + PAGE), filling.words())?;
            if let Err((nth, id)) = filling.add_page(page) {
                return misfit(format!("lead.id[{}]", first + nth), format!("is \"{id}\" as an earlier lead's"));
            }
        }
        Ok(filling.finish(Vec::new(), Vec::new()))
    }
}
