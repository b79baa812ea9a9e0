//! Choices read from bytes: one byte, one choice. A fuzzer that changes a byte changes one choice and leaves the others.

/// The bytes not yet read.
pub struct Bytes<'a> {
    bytes: std::slice::Iter<'a, u8>,
}

impl<'a> Bytes<'a> {
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { bytes: bytes.iter() }
    }

    /// A number below `ways`; 0, the simplest way everywhere, when no bytes are left.
    pub fn choose(&mut self, ways: usize) -> usize {
        self.bytes.next().map_or(0, |byte| usize::from(*byte) % ways.max(1))
    }

    /// True once in `times`; never when no bytes are left.
    pub fn once_in(&mut self, times: usize) -> bool {
        self.choose(times) == times - 1
    }

    /// One of these.
    pub fn one<T: Clone>(&mut self, of: &[T]) -> T {
        of[self.choose(of.len())].clone()
    }

    /// True when all were read.
    pub fn is_empty(&self) -> bool {
        self.bytes.as_slice().is_empty()
    }
}

/// As many bytes as asked for, from a seed: SplitMix64 (Steele, Lea and Flood, 2014), the same everywhere.
pub fn from_seed(mut seed: u64, count: usize) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(count + 8);
    while bytes.len() < count {
        seed = seed.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = seed;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        bytes.extend((mixed ^ (mixed >> 31)).to_le_bytes());
    }
    bytes.truncate(count);
    bytes
}
