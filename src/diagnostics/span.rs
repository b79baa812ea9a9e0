//! A range of positions in a rule file.

use std::ops::Range;

use serde::Serialize;

/// A range of text in a pack. Lines and columns count from 1; columns count characters (code points). The end is exclusive: the
/// column after the last character.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Span {
    /// First line.
    pub line: u32,
    /// First column.
    pub column: u32,
    /// Last line.
    pub end_line: u32,
    /// The column after the last character, on the last line.
    pub end_column: u32,
}

impl Span {
    /// The first character of a file, for findings about the file as a whole.
    pub const START: Self = Self { line: 1, column: 1, end_line: 1, end_column: 2 };

    /// The smallest span that contains both.
    pub fn to(self, other: Self) -> Self {
        let start = (self.line, self.column).min((other.line, other.column));
        let end = (self.end_line, self.end_column).max((other.end_line, other.end_column));
        Self { line: start.0, column: start.1, end_line: end.0, end_column: end.1 }
    }

    /// The empty span right after this one.
    pub fn end(self) -> Self {
        Self { line: self.end_line, column: self.end_column, ..self }
    }

    /// The empty span at the start of this one.
    pub fn start(self) -> Self {
        Self { end_line: self.line, end_column: self.column, ..self }
    }

    /// Its byte range in the text of the file; `None` when it lies outside the text.
    pub fn bytes(self, text: &str) -> Option<Range<usize>> {
        let offset = |line: u32, column: u32| {
            let index = usize::try_from(line.checked_sub(1)?).ok()?;
            let start: usize = text.split_inclusive('\n').take(index).map(str::len).sum();
            let line = text.split('\n').nth(index)?;
            let before = usize::try_from(column.checked_sub(1)?).ok()?;
            let bytes = line.char_indices().map(|(byte, _)| byte).chain([line.len()]).nth(before)?;
            Some(start + bytes)
        };
        let (start, end) = (offset(self.line, self.column)?, offset(self.end_line, self.end_column)?);
        (start <= end).then_some(start..end)
    }
}
