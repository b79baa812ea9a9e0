//! Numbers by the text they have, when the texts stand elsewhere: four bytes an entry instead of a copy of the text.

use std::hash::Hasher;

use super::columns::words::Fnv;

/// Numbers from 0, found by their text. The texts are asked of the caller and must not change while they are here.
#[derive(Clone, Debug, Default)]
pub(super) struct Index {
    /// A number plus 1; 0 is free. Its length is a power of two, at least half of which is free.
    slots: Vec<u32>,
    len: usize,
}

impl Index {
    /// The number that has this text.
    pub(super) fn find<'a>(&self, text: &str, text_of: impl Fn(u32) -> &'a str) -> Option<u32> {
        for slot in self.walk(text) {
            match self.slots.get(slot)?.checked_sub(1) {
                None => return None,
                Some(number) if text_of(number) == text => return Some(number),
                Some(_) => {}
            }
        }
        None
    }

    /// Adds a number whose text is not there yet.
    pub(super) fn insert<'a>(&mut self, number: u32, text_of: impl Fn(u32) -> &'a str) {
        if (self.len + 1) * 2 > self.slots.len() {
            let room = (self.slots.len() * 2).max(16);
            let old = std::mem::replace(&mut self.slots, vec![0; room]);
            for number in old.into_iter().filter_map(|slot| slot.checked_sub(1)) {
                self.place(number, text_of(number));
            }
        }
        self.place(number, text_of(number));
        self.len += 1;
    }

    fn place(&mut self, number: u32, text: &str) {
        let free = self.walk(text).find(|slot| self.slots.get(*slot) == Some(&0));
        if let Some(slot) = free.and_then(|slot| self.slots.get_mut(slot)) {
            *slot = number + 1;
        }
    }

    /// The slots in which a text may stand, nearest first.
    fn walk(&self, text: &str) -> impl Iterator<Item = usize> + use<> {
        let mut hash = Fnv::default();
        hash.write(text.as_bytes());
        let (mask, hash) = (self.slots.len().wrapping_sub(1), hash.finish());
        // The high bits of the product are the ones that every byte has reached.
        let first = (hash ^ hash >> 32) as usize;
        (0..self.slots.len()).map(move |step| first.wrapping_add(step) & mask)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_found_by_their_text() {
        let texts: Vec<String> = (0..1_000).map(|nth| format!("lead-{}", nth * 7)).collect();
        let mut index = Index::default();
        assert_eq!(index.find("lead-0", |nth| &texts[nth as usize]), None);
        (0..1_000).for_each(|nth| index.insert(nth, |nth| &texts[nth as usize]));
        for (nth, text) in texts.iter().enumerate() {
            assert_eq!(index.find(text, |nth| &texts[nth as usize]), u32::try_from(nth).ok());
        }
        assert_eq!(index.find("lead-1", |nth| &texts[nth as usize]), None);
    }
}
