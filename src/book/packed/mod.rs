//! Leads packed into bytes: what is kept of a lead beside its columns, small, and unpacked when somebody asks for the whole record.
//!
//! [`bytes`] writes and reads the parts, [`record`] a lead. Texts that come again and again (countries, job titles, hours) are numbers in the
//! [`Words`](crate::book::word_table::Words) of the book; names and ids stand as they are.
//!
//! Left out: signals and the team's own fields, which the page holds. Of a signal only what the page has no room for is here.
//!
//! Invariant: what was packed comes out the same, to the last bit of every number.

pub mod bytes;
pub mod record;

pub use record::{SignalRest, pack, unpack, unpack_nameless};

use crate::book::list_ranges::{place, range, shift};

/// The packed records of a page, one after another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackedRecords {
    bytes: Vec<u8>,
    starts: Vec<u32>,
}

impl Default for PackedRecords {
    fn default() -> Self {
        Self { bytes: Vec::new(), starts: vec![0] }
    }
}

impl PackedRecords {
    /// The record at this place; nothing beyond the end.
    pub fn get(&self, nth: usize) -> &[u8] {
        self.bytes.get(range(&self.starts, nth)).unwrap_or_default()
    }

    /// Adds a record, written by `write`.
    pub fn push(&mut self, write: impl FnOnce(&mut Vec<u8>)) {
        write(&mut self.bytes);
        self.starts.push(place(self.bytes.len()));
    }

    /// Puts another record in this place. Does nothing beyond the end.
    pub fn replace(&mut self, nth: usize, record: &[u8]) {
        if nth + 1 < self.starts.len() {
            let range = range(&self.starts, nth);
            self.bytes.splice(range.clone(), record.iter().copied());
            shift(&mut self.starts, nth, record.len(), range.len());
        }
    }

    /// Gives back room that is not used.
    pub fn shrink(&mut self) {
        self.bytes.shrink_to_fit();
        self.starts.shrink_to_fit();
    }
}
