//! A set of bits, one bit for each lead of a page.

/// A list of bits, 64 in a word: bit `n % 64` of word `n / 64` is bit n. Bits after the last are 0.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BitSet {
    words: Vec<u64>,
    len: usize,
    /// How many are 1, so that [`any`](Self::any) and [`all`](Self::all) need not read the words.
    ones: usize,
}

impl BitSet {
    /// The number of bits.
    pub const fn len(&self) -> usize {
        self.len
    }

    /// True when there are no bits.
    pub const fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The words, for operations on 64 leads at a time.
    pub fn words(&self) -> &[u64] {
        &self.words
    }

    /// Bit `nth`; false beyond the end.
    pub fn get(&self, nth: usize) -> bool {
        self.words.get(nth / 64).is_some_and(|word| word >> (nth % 64) & 1 == 1)
    }

    /// Adds a bit at the end.
    pub fn push(&mut self, bit: bool) {
        if self.len.is_multiple_of(64) {
            self.words.push(0);
        }
        if let Some(word) = self.words.last_mut() {
            *word |= u64::from(bit) << (self.len % 64);
        }
        self.len += 1;
        self.ones += usize::from(bit);
    }

    /// Sets bit `nth`; does nothing beyond the end.
    pub fn set(&mut self, nth: usize, bit: bool) {
        if nth >= self.len {
            return;
        }
        if let Some(word) = self.words.get_mut(nth / 64) {
            let before = *word >> (nth % 64) & 1;
            *word = *word & !(1 << (nth % 64)) | u64::from(bit) << (nth % 64);
            self.ones = self.ones + usize::from(bit) - usize::from(before == 1);
        }
    }

    /// True when some bit is 1.
    pub const fn any(&self) -> bool {
        self.ones > 0
    }

    /// True when all bits are 1.
    pub const fn all(&self) -> bool {
        self.ones == self.len
    }
}

impl FromIterator<bool> for BitSet {
    fn from_iter<T: IntoIterator<Item = bool>>(bits: T) -> Self {
        let bits = bits.into_iter();
        let mut words = Vec::with_capacity(bits.size_hint().0.div_ceil(64));
        let (mut word, mut len, mut ones) = (0_u64, 0_usize, 0);
        for bit in bits {
            word |= u64::from(bit) << (len % 64);
            len += 1;
            ones += usize::from(bit);
            if len.is_multiple_of(64) {
                words.push(std::mem::take(&mut word));
            }
        }
        if !len.is_multiple_of(64) {
            words.push(word);
        }
        Self { words, len, ones }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_are_read_back_as_they_were_set() {
        let mut bits: BitSet = (0..130).map(|nth| nth % 3 == 0).collect();
        assert_eq!(
            (bits.len(), bits.words().len(), bits.get(129), bits.get(128), bits.get(400)),
            (130, 3, true, false, false)
        );
        bits.set(128, true);
        bits.set(129, false);
        bits.set(500, true);
        assert_eq!((bits.get(127), bits.get(128), bits.get(129), bits.len()), (false, true, false, 130));
        assert!(!bits.all());
        (0..130).for_each(|nth| bits.set(nth, true));
        assert!(bits.all(), "the bits after the last do not count");
    }
}
