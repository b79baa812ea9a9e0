//! Numbers by the text they have, when the texts stand elsewhere: four bytes an entry instead of a copy of the text.

use std::hash::Hasher;

use crate::book::word_table::FixedHasher;

/// Numbers from 0, found by their text. The texts are asked of the caller and must not change while they are here.
#[derive(Clone, Debug, Default)]
pub(super) struct IdIndex {
    /// A number plus 1; 0 is free. Its length is a power of two, at least half of which is free.
    slots: Vec<u32>,
    len: usize,
}

impl IdIndex {
    /// Room for so many.
    pub(super) fn expecting(many: usize) -> Self {
        Self { slots: vec![0; (many * 2).next_power_of_two().max(16)], len: 0 }
    }

    /// The number that has this text.
    pub(super) fn find<'a>(&self, text: &str, text_of: impl Fn(u32) -> &'a str) -> Option<u32> {
        self.look(text, text_of).ok()
    }

    /// The number that has this text; where there is none, this one has it from now on.
    pub(super) fn find_or_insert<'a>(
        &mut self,
        text: &str,
        number: u32,
        text_of: impl Fn(u32) -> &'a str,
    ) -> Option<u32> {
        if (self.len + 1) * 2 > self.slots.len() {
            let room = (self.slots.len() * 2).max(16);
            for number in std::mem::replace(&mut self.slots, vec![0; room]) {
                if let Some(number) = number.checked_sub(1) {
                    // All are different, so the first free slot will do.
                    let free = walk(&self.slots, text_of(number)).find(|slot| self.slots.get(*slot) == Some(&0));
                    self.put(free, number);
                }
            }
        }
        match self.look(text, text_of) {
            Ok(known) => Some(known),
            Err(free) => {
                self.put(free, number);
                self.len += 1;
                None
            }
        }
    }

    /// The number that has this text, or the free slot where it would stand.
    fn look<'a>(&self, text: &str, text_of: impl Fn(u32) -> &'a str) -> Result<u32, Option<usize>> {
        for slot in walk(&self.slots, text) {
            match self.slots.get(slot).map(|number| number.checked_sub(1)) {
                Some(Some(number)) if text_of(number) == text => return Ok(number),
                Some(Some(_)) => {}
                _ => return Err(Some(slot)),
            }
        }
        Err(None)
    }

    fn put(&mut self, slot: Option<usize>, number: u32) {
        if let Some(slot) = slot.and_then(|slot| self.slots.get_mut(slot)) {
            *slot = number + 1;
        }
    }
}

/// The slots in which a text may stand, nearest first.
fn walk(slots: &[u32], text: &str) -> impl Iterator<Item = usize> + use<> {
    let mut hash = FixedHasher::default();
    hash.write(text.as_bytes());
    let (mask, first, len) = (slots.len().wrapping_sub(1), hash.finish() as usize, slots.len());
    (0..len).map(move |step| first.wrapping_add(step) & mask)
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
    }
}
