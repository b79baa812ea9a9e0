//! Interned texts: each distinct text of a book is stored once and referred to by number.
//!
//! Invariant: a text keeps its number as long as the table lives, and the numbers depend on the order of insertion only: the hash map has
//! no random seed, so two runs over the same input give the same table.

use std::sync::Arc;

use rustc_hash::FxHashMap;

/// The number of a text in the [`WordTable`] of a book. 0 stands for no text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WordId(pub u32);

impl WordId {
    /// No text.
    pub const NONE: Self = Self(0);
}

/// The distinct texts of a book, numbered from 1 in order of insertion.
#[derive(Clone, Debug, Default)]
pub struct WordTable {
    texts: Vec<Arc<str>>,
    numbers: FxHashMap<Arc<str>, WordId>,
}

impl WordTable {
    /// The number of a text, which is inserted when it is not in the table yet.
    pub fn number(&mut self, text: &str) -> WordId {
        if let Some(known) = self.numbers.get(text) {
            return *known;
        }
        let text: Arc<str> = text.into();
        self.texts.push(text.clone());
        let word = u32::try_from(self.texts.len()).map_or(WordId::NONE, WordId);
        self.numbers.insert(text, word);
        word
    }

    /// The number of a text; `None` when it is not in the table.
    pub fn find(&self, text: &str) -> Option<WordId> {
        self.numbers.get(text).copied()
    }

    /// The text with this number; `None` for 0 and for a number that was never given out.
    pub fn text(&self, word: WordId) -> Option<&Arc<str>> {
        self.texts.get(usize::try_from(word.0).ok()?.checked_sub(1)?)
    }

    /// The number of texts.
    pub fn len(&self) -> usize {
        self.texts.len()
    }

    /// True when there are no texts.
    pub fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_keeps_its_number() {
        let mut words = WordTable::default();
        let (pricing, demo) = (words.number("pricing"), words.number("demo"));
        assert_eq!((pricing, demo, words.number("pricing")), (WordId(1), WordId(2), pricing));
        assert_eq!((words.find("demo"), words.find("docs"), words.len()), (Some(demo), None, 2));
        assert_eq!(words.text(pricing).map(|text| &**text), Some("pricing"));
        assert_eq!((words.text(WordId::NONE), words.text(WordId(3))), (None, None));
    }
}
