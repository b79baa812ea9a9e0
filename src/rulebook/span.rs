//! Where something stands in a rule file.

use serde::Serialize;

/// A stretch of text in a pack. Lines and columns count from 1; columns count characters (code points), the end is the
/// first column after the stretch.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Span {
    /// First line.
    pub line: u32,
    /// First column.
    pub column: u32,
    /// Last line.
    pub end_line: u32,
    /// First column after the stretch, on the last line.
    pub end_column: u32,
}

impl Span {
    /// The first character of a file, for what is about the file as a whole.
    pub const START: Self = Self { line: 1, column: 1, end_line: 1, end_column: 2 };

    /// The smallest stretch that holds both.
    pub fn to(self, other: Self) -> Self {
        let start = (self.line, self.column).min((other.line, other.column));
        let end = (self.end_line, self.end_column).max((other.end_line, other.end_column));
        Self { line: start.0, column: start.1, end_line: end.0, end_column: end.1 }
    }
}
