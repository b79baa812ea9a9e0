//! Texts as numbers: each distinct text of a book once.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::Arc;

/// The number of a text in the [`WordTable`] of a book. 0 is no text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WordId(pub u32);

impl WordId {
    /// No text.
    pub const NONE: Self = Self(0);
}

/// The distinct texts of a book, numbered from 1 in the order in which they came.
#[derive(Clone, Debug, Default)]
pub struct WordTable {
    texts: Vec<Arc<str>>,
    numbers: HashMap<Arc<str>, WordId, BuildHasherDefault<FixedHasher>>,
}

impl WordTable {
    /// The number of a text, new or known.
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

    /// The number of a text that is known.
    pub fn find(&self, text: &str) -> Option<WordId> {
        self.numbers.get(text).copied()
    }

    /// The text with this number.
    pub fn text(&self, word: WordId) -> Option<&Arc<str>> {
        self.texts.get(usize::try_from(word.0).ok()?.checked_sub(1)?)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.texts.len()
    }

    /// True when there are none.
    pub fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }
}

/// A hash without a seed, so that nothing here differs from run to run: eight bytes at a time are multiplied, and the upper half of the product is
/// folded into the lower. Each step tells all numbers apart, so that numbers and texts of up to seven letters never share a hash.
#[derive(Clone, Copy, Debug)]
pub struct FixedHasher(u64);

impl Default for FixedHasher {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl FixedHasher {
    fn mix(&mut self, number: u64) {
        // 2^64 by the golden ratio, as Knuth multiplies (The Art of Computer Programming, 6.4).
        let product = (self.0 ^ number).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.0 = product ^ product >> 32;
    }
}

impl Hasher for FixedHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        let (eights, rest) = bytes.as_chunks::<8>();
        for eight in eights {
            self.mix(u64::from_le_bytes(*eight));
        }
        if !rest.is_empty() {
            self.mix(rest.iter().fold(rest.len() as u64, |number, byte| number << 8 | u64::from(*byte)));
        }
    }

    fn write_u8(&mut self, number: u8) {
        self.mix(number.into());
    }

    fn write_u16(&mut self, number: u16) {
        self.mix(number.into());
    }

    fn write_u32(&mut self, number: u32) {
        self.mix(number.into());
    }

    fn write_u64(&mut self, number: u64) {
        self.mix(number);
    }

    fn write_usize(&mut self, number: usize) {
        self.mix(number as u64);
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
