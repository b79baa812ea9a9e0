//! An index from texts to numbers that does not hold the texts.
//!
//! The ids of leads and accounts stand in packed records already. A hash map would hold them a second time; this table holds the numbers
//! only (four bytes and one byte of hash each) and asks the caller for the text of a number when it compares.

use std::hash::BuildHasher;

use hashbrown::HashTable;
use hashbrown::hash_table::Entry;
use rustc_hash::FxBuildHasher;

/// Numbers found by their text. `text_of` gives the text of a number in the table; it must give the same text on every call.
#[derive(Clone, Debug, Default)]
pub(super) struct IdIndex {
    numbers: HashTable<u32>,
}

impl IdIndex {
    /// An empty index with space for `count` numbers.
    pub(super) fn with_capacity(count: usize) -> Self {
        Self { numbers: HashTable::with_capacity(count) }
    }

    /// The number that has this text; `None` when no number has it.
    pub(super) fn find<'a>(&self, text: &str, text_of: impl Fn(u32) -> &'a str) -> Option<u32> {
        self.numbers.find(hash(text), |number| text_of(*number) == text).copied()
    }

    /// The number that has this text already. Where no number has it, `number` is inserted for it and `None` returned.
    pub(super) fn find_or_insert<'a>(
        &mut self,
        text: &str,
        number: u32,
        text_of: impl Fn(u32) -> &'a str,
    ) -> Option<u32> {
        let same_text = |number: &u32| text_of(*number) == text;
        match self.numbers.entry(hash(text), same_text, |number| hash(text_of(*number))) {
            Entry::Occupied(known) => Some(*known.get()),
            Entry::Vacant(free) => {
                free.insert(number);
                None
            }
        }
    }

    /// Removes a number that was inserted for this text. Needed before the text of a number changes.
    pub(super) fn remove(&mut self, text: &str, number: u32) {
        if let Ok(known) = self.numbers.find_entry(hash(text), |known| *known == number) {
            known.remove();
        }
    }
}

fn hash(text: &str) -> u64 {
    FxBuildHasher.hash_one(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_found_by_their_text() {
        let texts: Vec<String> = (0..1_000).map(|nth| format!("lead-{}", nth * 7)).collect();
        let mut index = IdIndex::default();
        assert_eq!(index.find("lead-0", |nth| &texts[nth as usize]), None);
        let text_of = |nth: u32| texts[nth as usize].as_str();
        (0..1_000).for_each(|nth| assert_eq!(index.find_or_insert(text_of(nth), nth, text_of), None));
        assert_eq!(index.find_or_insert("lead-7", 5_000, text_of), Some(1));
        for (nth, text) in texts.iter().enumerate() {
            assert_eq!(index.find(text, |nth| &texts[nth as usize]), u32::try_from(nth).ok());
        }
        assert_eq!(index.find("lead-1", |nth| &texts[nth as usize]), None);
        index.remove("lead-7", 1);
        assert_eq!((index.find("lead-7", text_of), index.find("lead-14", text_of)), (None, Some(2)));
    }
}
