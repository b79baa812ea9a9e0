//! The binary encoding of the values in a packed record: bytes, unsigned and signed integers, floating-point numbers and texts.
//!
//! Counts are variable-length integers of seven bits a byte (LEB128), signed ones zigzag-encoded; texts have their length before them;
//! numbers are eight bytes, little-endian. There are no tags or checksums: the reader must call the methods that correspond to those of the
//! writer, in the same order, on bytes that it wrote.
//!
//! Reading returns no errors and never panics: beyond the end it gives zeros and empty texts.

/// Appends encoded values to a list of bytes.
#[derive(Debug)]
pub struct ByteWriter<'a>(pub &'a mut Vec<u8>);

impl ByteWriter<'_> {
    /// Appends a byte.
    #[inline]
    pub fn byte(&mut self, byte: u8) {
        self.0.push(byte);
    }

    /// Appends an unsigned integer: one byte below 128, at most ten.
    #[inline]
    pub fn count(&mut self, count: u64) {
        let mut rest = count;
        while rest >= 0x80 {
            self.0.push((rest & 0x7F) as u8 | 0x80);
            rest >>= 7;
        }
        self.0.push(rest as u8);
    }

    /// Appends a signed integer, of which those near 0 are the shortest.
    pub fn whole(&mut self, whole: i64) {
        self.count((whole << 1 ^ whole >> 63) as u64);
    }

    /// Appends a floating-point number: its eight bytes, so that every bit is kept.
    pub fn number(&mut self, number: f64) {
        self.0.extend(number.to_le_bytes());
    }

    /// Appends a text: its length in bytes, and its UTF-8 bytes.
    pub fn text(&mut self, text: &str) {
        self.count(text.len() as u64);
        self.0.extend(text.as_bytes());
    }
}

/// Reads values from the front of a slice, which becomes the rest that is not read.
#[derive(Clone, Copy, Debug)]
pub struct ByteReader<'a>(pub &'a [u8]);

impl<'a> ByteReader<'a> {
    /// Reads a byte; 0 at the end.
    #[inline]
    pub fn byte(&mut self) -> u8 {
        let Some((first, rest)) = self.0.split_first() else { return 0 };
        self.0 = rest;
        *first
    }

    /// Reads an unsigned integer; 0 at the end.
    #[inline]
    pub fn count(&mut self) -> u64 {
        let (mut count, mut shift) = (0_u64, 0_u32);
        loop {
            let byte = self.byte();
            count |= u64::from(byte & 0x7F).checked_shl(shift).unwrap_or(0);
            shift += 7;
            if byte & 0x80 == 0 {
                return count;
            }
        }
    }

    /// Reads an unsigned integer that is a length in memory: of a list or a text that follows. 0 when it does not fit a `usize`.
    #[inline]
    pub fn entries(&mut self) -> usize {
        usize::try_from(self.count()).unwrap_or(0)
    }

    /// Reads a signed integer; 0 at the end.
    pub fn whole(&mut self) -> i64 {
        let count = self.count();
        (count >> 1) as i64 ^ -((count & 1) as i64)
    }

    /// Reads a floating-point number; 0 when fewer than eight bytes are left.
    pub fn number(&mut self) -> f64 {
        let Some((bytes, rest)) = self.0.split_first_chunk::<8>() else { return 0.0 };
        self.0 = rest;
        f64::from_le_bytes(*bytes)
    }

    /// Skips a text, or all that is left when it is longer than that.
    pub fn skip_text(&mut self) {
        let len = self.entries();
        self.0 = self.0.get(len..).unwrap_or_default();
    }

    /// Reads a text. Empty, with nothing left, when it is longer than the bytes that are left; empty when it is not UTF-8.
    pub fn text(&mut self) -> &'a str {
        let len = self.entries();
        let (text, rest) = self.0.split_at_checked(len).unwrap_or_default();
        self.0 = rest;
        std::str::from_utf8(text).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(300))]

        #[test]
        fn parts_are_read_as_they_were_written(count: u64, whole: i64, number: f64, text in ".{0,200}", byte: u8) {
            let mut bytes = Vec::new();
            let mut writer = ByteWriter(&mut bytes);
            writer.count(count);
            writer.whole(whole);
            writer.text(&text);
            writer.number(number);
            writer.byte(byte);
            let mut reader = ByteReader(&bytes);
            prop_assert_eq!((reader.count(), reader.whole(), reader.text()), (count, whole, text.as_str()));
            prop_assert_eq!((reader.number().to_bits(), reader.byte()), (number.to_bits(), byte));
            prop_assert_eq!((reader.0.len(), reader.count(), reader.text()), (0, 0, ""));
        }
    }
}
