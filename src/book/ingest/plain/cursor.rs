//! A place in JSON text that goes forward over what is plainly right and stops at anything else.

/// Why reading stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::book::ingest) enum FastStop {
    /// The bytes end here; with more of them it may be read.
    More,
    /// Something that is not plainly right: the careful door must look at it.
    Odd,
}

/// What was read, or why it was not.
pub(in crate::book::ingest) type FastRead<T> = Result<T, FastStop>;

/// The place.
#[derive(Clone, Debug)]
pub(super) struct Cursor<'a> {
    bytes: &'a [u8],
    pub(super) at: usize,
    /// Line ends passed so far. They stand between values only: within a text they are odd.
    pub(super) lines: u64,
}

impl<'a> Cursor<'a> {
    pub(super) const fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0, lines: 0 }
    }

    /// The next byte, which is not passed.
    #[inline]
    pub(super) fn peek(&self) -> FastRead<u8> {
        self.bytes.get(self.at).copied().ok_or(FastStop::More)
    }

    /// Passes white space; the next byte after it.
    #[inline]
    pub(super) fn blanks(&mut self) -> FastRead<u8> {
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

    /// Passes this byte, which must be the next.
    #[inline]
    pub(super) fn expect(&mut self, byte: u8) -> FastRead<()> {
        if self.peek()? != byte {
            return Err(FastStop::Odd);
        }
        self.at += 1;
        Ok(())
    }

    /// Passes this word, which must be the next.
    fn word(&mut self, word: &[u8]) -> FastRead<()> {
        let end = self.at + word.len();
        match self.bytes.get(self.at..end) {
            Some(bytes) if bytes == word => {
                self.at = end;
                Ok(())
            }
            Some(_) => Err(FastStop::Odd),
            None => Err(FastStop::More),
        }
    }

    /// True when the next value is `null`, which is passed.
    #[inline]
    pub(super) fn null(&mut self) -> FastRead<bool> {
        if self.peek()? != b'n' {
            return Ok(false);
        }
        self.word(b"null").map(|()| true)
    }

    /// `true` or `false`.
    pub(super) fn truth(&mut self) -> FastRead<bool> {
        if self.peek()? == b't' { self.word(b"true").map(|()| true) } else { self.word(b"false").map(|()| false) }
    }

    /// The bytes between two quotes, without escapes and control characters.
    #[inline]
    pub(super) fn quoted(&mut self) -> FastRead<&'a [u8]> {
        self.expect(b'"')?;
        let start = self.at;
        let rest = self.bytes.get(start..).unwrap_or_default();
        let ends = |byte: &u8| matches!(byte, 0..0x20 | b'"' | b'\\');
        let len = rest.iter().position(ends).ok_or(FastStop::More)?;
        if rest.get(len) != Some(&b'"') {
            return Err(FastStop::Odd);
        }
        self.at = start + len + 1;
        rest.get(..len).ok_or(FastStop::Odd)
    }

    /// Passes an object, `each` reading the value of each name.
    pub(super) fn object(&mut self, mut each: impl FnMut(&mut Self, &'a [u8]) -> FastRead<()>) -> FastRead<()> {
        self.expect(b'{')?;
        if self.blanks()? == b'}' {
            self.at += 1;
            return Ok(());
        }
        loop {
            let name = self.quoted()?;
            if self.blanks()? != b':' {
                return Err(FastStop::Odd);
            }
            self.at += 1;
            self.blanks()?;
            each(self, name)?;
            match self.blanks()? {
                b',' => self.at += 1,
                b'}' => {
                    self.at += 1;
                    return Ok(());
                }
                _ => return Err(FastStop::Odd),
            }
            self.blanks()?;
        }
    }

    /// Passes a list, `each` reading each of its values.
    pub(super) fn list(&mut self, mut each: impl FnMut(&mut Self) -> FastRead<()>) -> FastRead<()> {
        self.expect(b'[')?;
        if self.blanks()? == b']' {
            self.at += 1;
            return Ok(());
        }
        loop {
            each(self)?;
            match self.blanks()? {
                b',' => self.at += 1,
                b']' => {
                    self.at += 1;
                    return Ok(());
                }
                _ => return Err(FastStop::Odd),
            }
            self.blanks()?;
        }
    }

    /// A number as it is written, with the number it stands for: the nearest there is.
    pub(super) fn number(&mut self) -> FastRead<(NumberStyle, f64)> {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let negative = rest.first() == Some(&b'-');
        let digits = rest.get(usize::from(negative)..).unwrap_or_default();
        let (mut mantissa, mut count, mut point, mut len) = (0_u64, 0_usize, None, 0_usize);
        loop {
            match digits.get(len).ok_or(FastStop::More)? {
                digit @ b'0'..=b'9' => {
                    mantissa = mantissa.wrapping_mul(10).wrapping_add(u64::from(digit - b'0'));
                    count += 1;
                }
                b'.' if point.is_none() && count > 0 => point = Some(count),
                b'e' | b'E' => return self.number_in_full(),
                _ => break,
            }
            len += 1;
        }
        let whole_digits = point.unwrap_or(count);
        let decimals = count - whole_digits;
        let leading_zero = whole_digits > 1 && digits.first() == Some(&b'0');
        if whole_digits == 0 || point.is_some() && decimals == 0 || leading_zero {
            return Err(FastStop::Odd);
        }
        if count > 15 {
            // Beyond what the division below does exactly.
            return self.number_in_full();
        }
        self.at += len + usize::from(negative);
        // Both are exact, so the quotient is the number nearest to the text.
        let size = mantissa as f64 / POWERS.get(decimals).copied().unwrap_or(1.0);
        let whole = point.is_none().then(|| i64::try_from(mantissa).unwrap_or_default());
        let written = NumberStyle {
            whole: whole.filter(|whole| !(negative && *whole == 0)).map(|whole| if negative { -whole } else { whole }),
        };
        Ok((written, if negative { -size } else { size }))
    }

    fn number_in_full(&mut self) -> FastRead<(NumberStyle, f64)> {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let len = rest
            .iter()
            .position(|byte| !matches!(byte, b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E'))
            .ok_or(FastStop::More)?;
        let text = rest.get(..len).and_then(|text| std::str::from_utf8(text).ok()).ok_or(FastStop::Odd)?;
        let number: f64 = serde_json::from_str(text).map_err(|_| FastStop::Odd)?;
        self.at += len;
        Ok((NumberStyle { whole: None }, number))
    }
}

/// How a number was written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct NumberStyle {
    /// Its value, when it has neither point nor exponent and at most 15 digits.
    pub(super) whole: Option<i64>,
}

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
                (read, expected) => prop_assert!(read == Err(FastStop::Odd) && expected.is_err(), "{read:?} {expected:?}"),
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
    fn what_is_no_number_is_odd_and_what_may_go_on_waits_for_more() {
        for odd in ["-,", "01,", "1.,", ".5,", "+1,", "1e999,", "--1,"] {
            assert_eq!(read(odd), Err(FastStop::Odd), "{odd}");
        }
        assert_eq!(
            (read("12"), read("12.5"), read("")),
            (Err(FastStop::More), Err(FastStop::More), Err(FastStop::More))
        );
    }

    #[test]
    fn texts_with_escapes_are_odd() {
        let quoted = |text: &str| Cursor::new(text.as_bytes()).quoted().map(|bytes| bytes.to_vec());
        assert_eq!(quoted("\"é a\","), Ok("é a".as_bytes().to_vec()));
        assert_eq!(
            (quoted(r#""a\"b""#), quoted("\"a\nb\""), quoted("\"ab")),
            (Err(FastStop::Odd), Err(FastStop::Odd), Err(FastStop::More))
        );
    }
}
