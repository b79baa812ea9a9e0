//! Places in a text: byte offsets, offsets of a JavaScript string, and lines with columns.
//!
//! Every service takes a [`Position`] and gives [`TextRange`]s. Lines and columns are those of the Language Server Protocol: both count from 0,
//! a line ends with `\n`, `\r\n` or `\r`, and a column counts UTF-16 code units. A byte-order mark is a character of its line. A position beyond
//! its line or the text is the end of it; one inside a character is the start of that character. So every position is a place.
//!
//! Spans of diagnostics differ: they count from 1, characters instead of code units, only `\n` as a line end, and no byte-order mark.

use std::ops::Range;

use serde::Serialize;

use crate::diagnostics::Span;

/// Where in a text something is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Position {
    /// An offset in bytes of UTF-8.
    Byte(usize),
    /// An offset in UTF-16 code units: an index of a JavaScript string.
    Utf16(usize),
    /// A line and a column in UTF-16 code units, both from 0.
    LineColumn(u32, u32),
}

/// One place in a text, in every way of counting.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Place {
    /// The offset in bytes of UTF-8.
    pub byte: usize,
    /// The offset in UTF-16 code units.
    pub offset: usize,
    /// The line, from 0.
    pub line: u32,
    /// The column in UTF-16 code units, from 0.
    pub character: u32,
}

/// A range of a text; its end is not included.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct TextRange {
    /// Its first place.
    pub start: Place,
    /// The place after its last character.
    pub end: Place,
}

/// One replacement in a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TextEdit {
    /// What is replaced; empty for an insertion.
    pub range: TextRange,
    /// The new text.
    pub text: String,
}

/// Bytes between two places whose UTF-16 offset is kept, which bounds the time of finding a place.
const STRIDE: usize = 64;

/// A text with what finds its places: made in linear time, asked in the time of a binary search.
#[derive(Clone, Debug)]
pub struct TextIndex<'a> {
    text: &'a str,
    /// The first place of each line, as (byte, UTF-16 offset).
    lines: Vec<(usize, usize)>,
    /// Places about [`STRIDE`] bytes apart, as (byte, UTF-16 offset); the first is the start of the text.
    marks: Vec<(usize, usize)>,
}

impl<'a> TextIndex<'a> {
    /// The index of a text.
    pub fn new(text: &'a str) -> Self {
        let (mut lines, mut marks) = (vec![(0, 0)], vec![(0, 0)]);
        let (mut offset, mut marked) = (0, 0);
        let mut chars = text.char_indices().peekable();
        while let Some((byte, char)) = chars.next() {
            if byte - marked >= STRIDE {
                marks.push((byte, offset));
                marked = byte;
            }
            offset += char.len_utf16();
            let ends_line = char == '\n' || (char == '\r' && chars.peek().is_none_or(|(_, next)| *next != '\n'));
            if ends_line {
                lines.push((byte + char.len_utf8(), offset));
            }
        }
        Self { text, lines, marks }
    }

    /// The byte offset of a position; at most the length of the text, and never inside a character.
    pub fn byte(&self, position: Position) -> usize {
        match position {
            Position::Byte(byte) => floor_char(self.text, byte),
            Position::Utf16(offset) => {
                let (byte, at) = last_before(&self.marks, |mark| mark.1 <= offset);
                self.walk(byte, offset.saturating_sub(at), char::len_utf16)
            }
            Position::LineColumn(line, column) => {
                let Some((byte, offset)) = self.line(line) else { return self.text.len() };
                let column = usize::try_from(column).unwrap_or(usize::MAX);
                let found = self.byte(Position::Utf16(offset.saturating_add(column)));
                found.min(self.line_end(line)).max(byte)
            }
        }
    }

    /// The byte offset of a line and a column that counts bytes of UTF-8, both from 0.
    pub fn byte_of_utf8_column(&self, line: u32, column: u32) -> usize {
        let Some((byte, _)) = self.line(line) else { return self.text.len() };
        let column = usize::try_from(column).unwrap_or(usize::MAX);
        floor_char(self.text, byte.saturating_add(column).min(self.line_end(line))).max(byte)
    }

    /// The place of a byte offset.
    pub fn place(&self, byte: usize) -> Place {
        let byte = floor_char(self.text, byte);
        let (from, offset) = last_before(&self.marks, |mark| mark.0 <= byte);
        let between = self.text.get(from..byte).unwrap_or_default();
        let offset = offset + between.chars().map(char::len_utf16).sum::<usize>();
        let line = self.lines.partition_point(|start| start.0 <= byte).saturating_sub(1);
        let start = self.lines.get(line).map_or(0, |start| start.1);
        Place { byte, offset, line: number(line), character: number(offset.saturating_sub(start)) }
    }

    /// The column of a place in bytes of UTF-8.
    pub fn utf8_column(&self, place: Place) -> u32 {
        number(place.byte.saturating_sub(self.line(place.line).map_or(0, |start| start.0)))
    }

    /// The range between two byte offsets.
    pub fn range(&self, bytes: &Range<usize>) -> TextRange {
        TextRange { start: self.place(bytes.start), end: self.place(bytes.end.max(bytes.start)) }
    }

    /// The range of a span of a diagnostic. One that ends after the last character of a line, where something is missing, is its start; for one that
    /// is not in the text it is the start of the text.
    pub fn span(&self, span: Span) -> TextRange {
        let bom = self.text.len() - without_mark(self.text).len();
        let start = Span { end_line: span.line, end_column: span.column, ..span };
        let bytes = [span, start].into_iter().find_map(|span| span.bytes(without_mark(self.text))).unwrap_or(0..0);
        self.range(&(bytes.start + bom..bytes.end + bom))
    }

    /// The first place of a line.
    fn line(&self, line: u32) -> Option<(usize, usize)> {
        self.lines.get(usize::try_from(line).ok()?).copied()
    }

    /// The byte after the last character of a line, its line end not included.
    fn line_end(&self, line: u32) -> usize {
        let Some((next, _)) = line.checked_add(1).and_then(|next| self.line(next)) else { return self.text.len() };
        let before = self.text.get(..next).unwrap_or_default();
        before.strip_suffix("\r\n").or_else(|| before.strip_suffix(['\n', '\r'])).unwrap_or(before).len()
    }

    /// The byte offset so many units of characters after `byte`, which must be at a character.
    fn walk(&self, byte: usize, units: usize, unit: fn(char) -> usize) -> usize {
        let mut left = units;
        let rest = self.text.get(byte..).unwrap_or_default();
        for (at, char) in rest.char_indices() {
            let length = unit(char);
            if left < length {
                return byte + at;
            }
            left -= length;
        }
        self.text.len()
    }
}

/// The last of some places, in order, for which `is_before` holds; the start of the text when there is none.
fn last_before(places: &[(usize, usize)], is_before: impl Fn(&(usize, usize)) -> bool) -> (usize, usize) {
    let after = places.partition_point(is_before);
    after.checked_sub(1).and_then(|last| places.get(last)).copied().unwrap_or_default()
}

/// The last start of a character that is not after `byte`.
pub(super) fn floor_char(text: &str, byte: usize) -> usize {
    let mut byte = byte.min(text.len());
    while !text.is_char_boundary(byte) {
        byte -= 1;
    }
    byte
}

/// The text after its byte-order mark, if it has one.
pub(super) fn without_mark(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_utf16_units_and_lines_end_three_ways() {
        let text = "\u{feff}a\r\n😀b\rcé\nd";
        let index = TextIndex::new(text);
        for (line, column, rest) in [
            (0, 0, "\u{feff}a\r\n😀b\rcé\nd"),
            (0, 1, "a\r\n😀b\rcé\nd"),
            (0, 9, "\r\n😀b\rcé\nd"),
            (1, 0, "😀b\rcé\nd"),
            (1, 1, "😀b\rcé\nd"), // in the middle of the emoji
            (1, 2, "b\rcé\nd"),
            (1, 4, "\rcé\nd"),
            (2, 1, "é\nd"),
            (2, 7, "\nd"),
            (3, 0, "d"),
            (3, 5, ""),
            (9, 0, ""),
        ] {
            let byte = index.byte(Position::LineColumn(line, column));
            assert_eq!(&text[byte..], rest, "{line}:{column}");
        }
        let place = index.place(text.find('b').unwrap());
        assert_eq!((place.line, place.character, place.offset), (1, 2, 6));
        assert_eq!(index.utf8_column(place), 4);
        assert_eq!(index.byte_of_utf8_column(1, 4), place.byte);
        assert_eq!(index.byte_of_utf8_column(1, 3), text.find('😀').unwrap());
    }

    #[test]
    fn every_place_is_found_again_in_each_way_of_counting() {
        let text = "é😀x\r\n".repeat(700);
        let index = TextIndex::new(&text);
        for (byte, _) in text.char_indices().step_by(7) {
            let place = index.place(byte);
            assert_eq!(place.byte, byte);
            assert_eq!(place.offset, text[..byte].encode_utf16().count());
            assert_eq!(index.byte(Position::Utf16(place.offset)), byte);
            let column = Position::LineColumn(place.line, place.character);
            // Between \r and \n there is a place, which no line and column name.
            let expected = if text[..byte].ends_with('\r') { byte - 1 } else { byte };
            assert_eq!(index.byte(column), expected);
        }
    }

    #[test]
    fn spans_of_diagnostics_do_not_count_the_byte_order_mark() {
        let text = "\u{feff}rule x";
        let span = Span { line: 1, column: 6, end_line: 1, end_column: 7 };
        let range = TextIndex::new(text).span(span);
        assert_eq!(&text[range.start.byte..range.end.byte], "x");
    }
}
