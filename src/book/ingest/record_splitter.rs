//! Splits JSON text into the elements of a list or the members of an object, before anything is parsed.
//!
//! Only brackets, quotes and commas are looked at, so that `NaN`, an invalid escape or bytes that are not UTF-8 in one record do not affect
//! the others.

#[cfg(feature = "import")]
use crate::book::ingest::line_ends::line_ends_between;

/// An element of a list or a member of an object, as bytes of a file.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::book) struct FilePiece<'a> {
    /// Its bytes, without the white space around it.
    pub(in crate::book) bytes: &'a [u8],
    /// The place of its first byte in the file.
    pub(in crate::book) start: usize,
    /// The largest depth of nested brackets in it.
    pub(in crate::book) depth: usize,
    /// False when the file ends within it.
    pub(in crate::book) whole: bool,
}

/// A list or an object, split.
#[derive(Debug, Default)]
pub(in crate::book) struct SplitParts<'a> {
    /// The elements of a list, or the members of an object as `"name": value`.
    pub(in crate::book) pieces: Vec<FilePiece<'a>>,
    /// The place in the file of the first byte after the closing bracket that is not white space.
    pub(in crate::book) after: Option<usize>,
    /// False when the closing bracket is missing.
    pub(in crate::book) closed: bool,
}

fn blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n')
}

/// Splits a list or an object at its commas. `bytes` starts with the opening bracket; `start` is the place of that in the file.
pub(in crate::book) fn parts(bytes: &[u8], start: usize) -> SplitParts<'_> {
    let mut found = SplitParts::default();
    let mut begin = 1;
    let (mut depth, mut deepest) = (0_usize, 0_usize);
    let mut quoted = false;
    let mut escaped = false;
    let mut add = |from: usize, to: usize, deepest: usize, whole: bool, last: bool| {
        let slice = bytes.get(from..to).unwrap_or_default();
        let ahead = slice.iter().take_while(|byte| blank(**byte)).count();
        let trimmed = slice.trim_ascii();
        // An empty last part comes from `[]` or from a comma before the closing bracket.
        if !(last && trimmed.is_empty()) {
            found.pieces.push(FilePiece { bytes: trimmed, start: start + from + ahead, depth: deepest, whole });
        }
    };
    for (at, byte) in bytes.iter().copied().enumerate().skip(1) {
        if quoted {
            match byte {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'"' => quoted = false,
                _ => {}
            }
            continue;
        }
        match byte {
            b'"' => quoted = true,
            b'[' | b'{' => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            b']' | b'}' if depth > 0 => depth -= 1,
            b']' | b'}' => {
                add(begin, at, deepest, true, true);
                found.closed = true;
                let rest = bytes.get(at + 1..).unwrap_or_default();
                found.after = rest.iter().position(|byte| !blank(*byte)).map(|ahead| start + at + 1 + ahead);
                return found;
            }
            b',' if depth == 0 => {
                add(begin, at, deepest, true, false);
                begin = at + 1;
                deepest = 0;
            }
            _ => {}
        }
    }
    add(begin, bytes.len(), deepest, false, true);
    found
}

/// The end of an element or member.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::book) struct PartEnd {
    /// The place of the comma or bracket after it.
    pub(in crate::book) at: usize,
    /// The largest depth of nested brackets in it.
    pub(in crate::book) depth: usize,
}

/// The end of the element or member at the beginning of `bytes`; `None` when they do not contain it.
pub(in crate::book) fn end(bytes: &[u8]) -> Option<PartEnd> {
    let (mut depth, mut deepest) = (0_usize, 0_usize);
    let (mut quoted, mut escaped) = (false, false);
    for (at, byte) in bytes.iter().copied().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            _ if quoted => {}
            b'[' | b'{' => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            b']' | b'}' if depth > 0 => depth -= 1,
            b']' | b'}' | b',' if depth == 0 => return Some(PartEnd { at, depth: deepest }),
            _ => {}
        }
    }
    None
}

/// The number of line ends in these bytes, in which each is LF or CR LF.
pub(in crate::book) fn line_ends(bytes: &[u8]) -> u64 {
    bytes.iter().filter(|byte| **byte == b'\n').count() as u64
}

/// Splits the member `"name": value` into the name (as written, without quotes) and the value; `None` when it has another form.
pub(in crate::book) fn name_and_value<'a>(piece: FilePiece<'a>) -> Option<(&'a [u8], FilePiece<'a>)> {
    let inner = piece.bytes.strip_prefix(b"\"")?;
    let mut escaped = false;
    let end = inner.iter().position(|byte| match byte {
        _ if escaped => {
            escaped = false;
            false
        }
        b'\\' => {
            escaped = true;
            false
        }
        byte => *byte == b'"',
    })?;
    let name = inner.get(..end)?;
    let rest = inner.get(end + 1..)?;
    let colon = rest.iter().position(|byte| !blank(*byte)).filter(|at| rest.get(*at) == Some(&b':'))?;
    let value = rest.get(colon + 1..)?;
    let ahead = value.iter().take_while(|byte| blank(**byte)).count();
    let start = piece.start + 1 + end + 1 + colon + 1 + ahead;
    Some((name, FilePiece { bytes: value.trim_ascii(), start, ..piece }))
}

/// Gives the lines of places in a file. Places must ascend, so that each byte is read once.
#[cfg(feature = "import")]
pub(in crate::book) struct LineCounter<'a> {
    bytes: &'a [u8],
    at: usize,
    line: u64,
}

#[cfg(feature = "import")]
impl<'a> LineCounter<'a> {
    pub(in crate::book) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0, line: 1 }
    }

    /// The line, from 1, of the byte at `place`.
    pub(in crate::book) fn of(&mut self, place: usize) -> u64 {
        self.line += line_ends_between(self.bytes, self.at, place);
        self.at = self.at.max(place);
        self.line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(input: &str) -> Vec<String> {
        let cut = parts(input.as_bytes(), 0);
        cut.pieces.iter().map(|piece| String::from_utf8_lossy(piece.bytes).into_owned()).collect()
    }

    #[test]
    fn commas_and_brackets_inside_texts_and_parts_do_not_split() {
        assert_eq!(texts(r#"[{"a":[1,2]}, {"b":"],{\""} ,3]"#), [r#"{"a":[1,2]}"#, r#"{"b":"],{\""}"#, "3"]);
        assert_eq!(texts("[]"), Vec::<String>::new());
        assert_eq!(texts("[1,]"), ["1"]);
        assert_eq!(texts("[1,,2]"), ["1", "", "2"]);
    }

    #[test]
    fn parts_before_an_early_end_are_whole() {
        let cut = parts(br#"[{"id":"a"},{"id":"b","#, 0);
        assert!(!cut.closed);
        assert_eq!(cut.pieces.iter().map(|piece| piece.whole).collect::<Vec<_>>(), [true, false]);
    }

    #[test]
    fn a_name_may_contain_quotes_and_colons() {
        let piece = parts(br#"{ "a\":b" : [1] }"#, 0).pieces[0];
        let (name, value) = name_and_value(piece).unwrap();
        assert_eq!((name, value.bytes, value.start), (br#"a\":b"#.as_slice(), b"[1]".as_slice(), 12));
    }
}
