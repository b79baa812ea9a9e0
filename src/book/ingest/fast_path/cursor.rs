//! A cursor over JSON text that reads tokens and values of the subset that the fast path accepts.
//!
//! In: bytes of JSON. Out: the values, or a [`FastStop`]. The subset is JSON without escapes in texts; numbers are read exactly as
//! serde_json reads them (tested).

/// The reason why the fast path stops.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::book::ingest) enum FastStop {
    /// The bytes end within the record; with more of them it may be accepted.
    NeedMoreBytes,
    /// The record has something that the fast path does not accept: the checking reader must read it.
    NotAccepted,
}

/// A value, or the reason why the fast path stops.
pub(in crate::book::ingest) type FastRead<T> = Result<T, FastStop>;

/// Bytes and the place of the next one.
#[derive(Clone, Debug)]
pub(super) struct Cursor<'a> {
    bytes: &'a [u8],
    /// The place of the next byte.
    pub(super) at: usize,
    /// The number of line ends before it. Line ends occur between values only: within a text they are not accepted.
    pub(super) lines: u64,
}

impl<'a> Cursor<'a> {
    pub(super) const fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0, lines: 0 }
    }

    /// The next byte, without moving.
    #[inline]
    pub(super) fn peek(&self) -> FastRead<u8> {
        self.bytes.get(self.at).copied().ok_or(FastStop::NeedMoreBytes)
    }

    /// Moves over white space. Returns the next byte, without moving over it.
    #[inline]
    pub(super) fn skip_blanks(&mut self) -> FastRead<u8> {
        loop {
            let byte = self.peek()?;
            match byte {
                b'\n' => self.lines += 1,
                b' ' | b'\t' | b'\r' => {}
                _ => return Ok(byte),
            }
            self.at += 1;
        }
    }

    /// Moves over the next byte, which must be this one.
    #[inline]
    pub(super) fn expect(&mut self, byte: u8) -> FastRead<()> {
        if self.peek()? != byte {
            return Err(FastStop::NotAccepted);
        }
        self.at += 1;
        Ok(())
    }

    /// Moves over the next bytes, which must be these.
    fn word(&mut self, word: &[u8]) -> FastRead<()> {
        let end = self.at + word.len();
        match self.bytes.get(self.at..end) {
            Some(bytes) if bytes == word => {
                self.at = end;
                Ok(())
            }
            Some(_) => Err(FastStop::NotAccepted),
            None => Err(FastStop::NeedMoreBytes),
        }
    }

    /// True when the next value is `null`; moves over it.
    #[inline]
    pub(super) fn null(&mut self) -> FastRead<bool> {
        if self.peek()? != b'n' {
            return Ok(false);
        }
        self.word(b"null").map(|()| true)
    }

    /// Reads `true` or `false`.
    pub(super) fn truth(&mut self) -> FastRead<bool> {
        if self.peek()? == b't' { self.word(b"true").map(|()| true) } else { self.word(b"false").map(|()| false) }
    }

    /// Reads a text without escapes and control characters: its bytes without the quotes. They need not be UTF-8.
    #[inline]
    pub(super) fn quoted(&mut self) -> FastRead<&'a [u8]> {
        self.expect(b'"')?;
        let start = self.at;
        let rest = self.bytes.get(start..).unwrap_or_default();
        let ends = |byte: &u8| matches!(byte, 0..0x20 | b'"' | b'\\');
        let len = rest.iter().position(ends).ok_or(FastStop::NeedMoreBytes)?;
        if rest.get(len) != Some(&b'"') {
            return Err(FastStop::NotAccepted);
        }
        self.at = start + len + 1;
        rest.get(..len).ok_or(FastStop::NotAccepted)
    }

    /// Reads an object; `each` reads the value of a name.
    pub(super) fn object(&mut self, mut each: impl FnMut(&mut Self, &'a [u8]) -> FastRead<()>) -> FastRead<()> {
        self.expect(b'{')?;
        if self.skip_blanks()? == b'}' {
            self.at += 1;
            return Ok(());
        }
        loop {
            let name = self.quoted()?;
            if self.skip_blanks()? != b':' {
                return Err(FastStop::NotAccepted);
            }
            self.at += 1;
            self.skip_blanks()?;
            each(self, name)?;
            match self.skip_blanks()? {
                b',' => self.at += 1,
                b'}' => {
                    self.at += 1;
                    return Ok(());
                }
                _ => return Err(FastStop::NotAccepted),
            }
            self.skip_blanks()?;
        }
    }

    /// Reads a list; `each` reads a value.
    pub(super) fn list(&mut self, mut each: impl FnMut(&mut Self) -> FastRead<()>) -> FastRead<()> {
        self.expect(b'[')?;
        if self.skip_blanks()? == b']' {
            self.at += 1;
            return Ok(());
        }
        loop {
            each(self)?;
            match self.skip_blanks()? {
                b',' => self.at += 1,
                b']' => {
                    self.at += 1;
                    return Ok(());
                }
                _ => return Err(FastStop::NotAccepted),
            }
            self.skip_blanks()?;
        }
    }

    /// Reads a number: how it was written, and the `f64` nearest to it.
    pub(super) fn number(&mut self) -> FastRead<(NumberStyle, f64)> {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let negative = rest.first() == Some(&b'-');
        let digits = rest.get(usize::from(negative)..).unwrap_or_default();
        let (mut mantissa, mut count, mut point, mut len) = (0_u64, 0_usize, None, 0_usize);
        loop {
            match digits.get(len).ok_or(FastStop::NeedMoreBytes)? {
                digit @ b'0'..=b'9' => {
                    mantissa = mantissa.wrapping_mul(10).wrapping_add(u64::from(digit - b'0'));
                    count += 1;
                }
                b'.' if point.is_none() && count > 0 => point = Some(count),
                b'e' | b'E' => return self.number_with_serde(),
                _ => break,
            }
            len += 1;
        }
        let whole_digits = point.unwrap_or(count);
        let decimals = count - whole_digits;
        let leading_zero = whole_digits > 1 && digits.first() == Some(&b'0');
        if whole_digits == 0 || point.is_some() && decimals == 0 || leading_zero {
            return Err(FastStop::NotAccepted);
        }
        if count > 15 {
            // With more digits the division below is not exact.
            return self.number_with_serde();
        }
        self.at += len + usize::from(negative);
        // Both operands are exact (below 10^15), so the rounded quotient is the nearest number.
        let size = mantissa as f64 / POWERS.get(decimals).copied().unwrap_or(1.0);
        let whole = point.is_none().then(|| i64::try_from(mantissa).unwrap_or_default());
        let written = NumberStyle {
            whole: whole.filter(|whole| !(negative && *whole == 0)).map(|whole| if negative { -whole } else { whole }),
        };
        Ok((written, if negative { -size } else { size }))
    }

    /// Reads a number with an exponent or more than 15 digits, with serde_json.
    fn number_with_serde(&mut self) -> FastRead<(NumberStyle, f64)> {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let len = rest
            .iter()
            .position(|byte| !matches!(byte, b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E'))
            .ok_or(FastStop::NeedMoreBytes)?;
        let text = rest.get(..len).and_then(|text| std::str::from_utf8(text).ok()).ok_or(FastStop::NotAccepted)?;
        let number: f64 = serde_json::from_str(text).map_err(|_| FastStop::NotAccepted)?;
        self.at += len;
        Ok((NumberStyle { whole: None }, number))
    }
}

/// How a number was written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct NumberStyle {
    /// Its value, when it has neither point nor exponent and at most 15 digits; `None` for -0.
    pub(super) whole: Option<i64>,
}

/// The powers of ten that are exact as `f64` and can be the divisor of a number of at most 15 digits.
const POWERS: [f64; 16] = [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str) -> FastRead<f64> {
        Cursor::new(text.as_bytes()).number().map(|(_, number)| number)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn numbers_are_read_as_serde_reads_them(text in "-?[0-9]{1,20}(\\.[0-9]{1,20})?([eE][+-]?[0-9]{1,3})?") {
            let text = format!("{text},");
            let expected = serde_json::from_str::<f64>(text.trim_end_matches(','));
            match (read(&text), expected) {
                (Ok(number), Ok(expected)) => prop_assert_eq!(number.to_bits(), expected.to_bits()),
                (read, expected) => prop_assert!(read == Err(FastStop::NotAccepted) && expected.is_err(), "{read:?} {expected:?}"),
            }
        }

        #[test]
        fn decimals_are_read_to_the_bit(cents: i32, decimals in 0..8_usize) {
            let text = format!("{:.decimals$} ", f64::from(cents) / 1_000.0);
            let expected: f64 = serde_json::from_str(text.trim()).unwrap();
            prop_assert_eq!(read(&text).map(f64::to_bits), Ok(expected.to_bits()));
        }
    }

    #[test]
    fn an_invalid_number_is_not_accepted_and_an_unfinished_one_needs_more_bytes() {
        for invalid in ["-,", "01,", "1.,", ".5,", "+1,", "1e999,", "--1,"] {
            assert_eq!(read(invalid), Err(FastStop::NotAccepted), "{invalid}");
        }
        assert_eq!(
            (read("12"), read("12.5"), read("")),
            (Err(FastStop::NeedMoreBytes), Err(FastStop::NeedMoreBytes), Err(FastStop::NeedMoreBytes))
        );
    }

    #[test]
    fn texts_with_escapes_are_not_accepted() {
        let quoted = |text: &str| Cursor::new(text.as_bytes()).quoted().map(|bytes| bytes.to_vec());
        assert_eq!(quoted("\"é a\","), Ok("é a".as_bytes().to_vec()));
        assert_eq!(
            (quoted(r#""a\"b""#), quoted("\"a\nb\""), quoted("\"ab")),
            (Err(FastStop::NotAccepted), Err(FastStop::NotAccepted), Err(FastStop::NeedMoreBytes))
        );
    }
}
