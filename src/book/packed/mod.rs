//! Packed records: what a lead has beside its columns, as bytes, unpacked when the whole record is needed.
//!
//! [`bytes`] encodes single parts, [`record`] a lead, which [`mod@unpack`] reads. Texts that recur (countries, job titles, hours) are numbers in the
//! [`WordTable`](crate::book::word_table::WordTable) of the book; names and ids are written out.
//!
//! Not packed: signals and the team's own fields, which the page holds. Of a signal only what the log of the page cannot hold is packed.
//!
//! Invariant: unpacking gives back what was packed, to the bit.

pub mod bytes;
pub mod record;
pub mod unpack;

pub use record::{SignalRest, pack};
pub use unpack::{unpack, unpack_nameless};

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
    /// The bytes of the record at this place; empty beyond the end.
    pub fn get(&self, nth: usize) -> &[u8] {
        self.bytes.get(range(&self.starts, nth)).unwrap_or_default()
    }

    /// Appends a record, which `write` appends to the bytes.
    pub fn push(&mut self, write: impl FnOnce(&mut Vec<u8>)) {
        write(&mut self.bytes);
        self.starts.push(place(self.bytes.len()));
    }

    /// Replaces the record at this place. Does nothing beyond the end.
    pub fn replace(&mut self, nth: usize, record: &[u8]) {
        if nth + 1 < self.starts.len() {
            let range = range(&self.starts, nth);
            self.bytes.splice(range.clone(), record.iter().copied());
            shift(&mut self.starts, nth, record.len(), range.len());
        }
    }

    /// Frees unused capacity.
    pub fn shrink(&mut self) {
        self.bytes.shrink_to_fit();
        self.starts.shrink_to_fit();
    }
}
