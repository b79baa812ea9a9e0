//! The rows of a CSV file, with quotes that are not closed found out.
//!
//! In: bytes and the separator. Out: rows of cells as bytes, each with its line. A quote that somebody forgot to close makes one row of all
//! lines up to the next quote. Such a stretch is recognised (see [`is_stretch`]), reported with its first and last line, and read line by
//! line instead.
//!
//! A line within a row is a row of its own for certain where it has as many cells as the header and its first cell is written as that of the row
//! (`L-7`, `L-8`).
//!
//! **Invariant:** a row made of several is never returned. A cell that is meant to have several lines is: it is closed properly, and the lines
//! of its row alone do not fit the header.

use csv::{ByteRecord, ReaderBuilder};

use crate::book::ingest::line_ends::line_ends_between;
use crate::book::ingest::record_splitter::LineCounter;

/// A row, or what stands in the place of one.
#[derive(Debug, PartialEq)]
pub(super) enum CsvRow {
    Cells {
        cells: Vec<Vec<u8>>,
        line: u64,
    },
    /// A quote opens on `line` and goes on to `last`: the rows that follow are those lines, read one by one.
    OpenQuote {
        line: u64,
        last: u64,
        closed: bool,
    },
    /// Lines that may be one row or several, and are neither: each alone has as many cells as the header, which has so few that this may be
    /// a coincidence.
    Unclear {
        cells: Vec<Vec<u8>>,
        line: u64,
        last: u64,
    },
    /// The reader gives up here: the quotes of this file would make it read the same bytes over and over.
    GivenUp {
        line: u64,
    },
}

/// Headers with fewer columns than this are fitted by chance: a line of a text with one comma is a row of two cells.
const COLUMNS_FOR_CERTAINTY: usize = 4;

/// Reads the rows of a file from the first to the last.
pub(super) struct CsvRows<'a> {
    bytes: &'a [u8],
    separator: u8,
    reader: csv::Reader<&'a [u8]>,
    /// The place in `bytes` at which `reader` begins.
    start: usize,
    lines: LineCounter<'a>,
    /// The number of cells of the header; `None` while it is not read.
    width: Option<usize>,
    /// A line to return alone, after the report of the quote that opens in it.
    alone: Option<(&'a [u8], u64)>,
    /// Bytes that were read again because of quotes that are not closed.
    read_again: usize,
}

impl<'a> CsvRows<'a> {
    /// The rows of a file from the byte at `start` on.
    pub(super) fn new(bytes: &'a [u8], start: usize, separator: u8) -> Self {
        Self {
            bytes,
            separator,
            reader: reader(bytes.get(start..).unwrap_or_default(), separator, true),
            start,
            lines: LineCounter::new(bytes),
            width: None,
            alone: None,
            read_again: 0,
        }
    }

    /// The next row; `None` at the end of the file. The first is the header.
    pub(super) fn next_row(&mut self) -> Option<CsvRow> {
        if let Some((alone, line)) = self.alone.take() {
            return Some(CsvRow::Cells { cells: cells_alone(alone, self.separator, self.width), line });
        }
        let mut record = ByteRecord::new();
        // A reader of bytes in memory with flexible rows has no errors.
        if !self.reader.read_byte_record(&mut record).unwrap_or(false) {
            return None;
        }
        // The line count of the csv crate is wrong after CR LF and after blank lines.
        let first = self.start + record.position().map_or(0, csv::Position::byte) as usize;
        let blank = self.bytes.get(first..).unwrap_or_default().iter().take_while(|byte| is_line_end(**byte)).count();
        let first = first + blank;
        let end = self.start + self.reader.position().byte() as usize;
        let raw = trim_line_ends(self.bytes.get(first..end).unwrap_or_default());
        let line = self.lines.of(first);
        let cells = || record.iter().map(<[u8]>::to_vec).collect();
        let has_line_ends = raw.iter().any(|byte| is_line_end(*byte));
        if !has_line_ends && self.width.is_some() && !quotes_are_closed(raw, self.separator) {
            // The last line of the file.
            self.alone = Some((raw, line));
            return Some(CsvRow::OpenQuote { line, last: line, closed: false });
        }
        let swallows = self.width.is_some_and(|width| has_line_ends && swallows_a_row(raw, self.separator, width));
        if has_line_ends && (swallows || is_stretch(raw, self.separator, record.len(), self.width)) {
            let last = line + line_ends_between(self.bytes, first, first + raw.len());
            let closed = quotes_are_closed(raw, self.separator);
            if closed && !swallows && self.width == Some(record.len()) && record.len() < COLUMNS_FOR_CERTAINTY {
                return Some(CsvRow::Unclear { cells: cells(), line, last });
            }
            self.read_again += raw.len();
            if self.read_again > self.bytes.len().saturating_mul(4) + (1 << 20) {
                self.start = self.bytes.len();
                self.reader = reader(&[], self.separator, true);
                return Some(CsvRow::GivenUp { line });
            }
            let alone = raw.split(|byte| is_line_end(*byte)).next().unwrap_or_default();
            self.alone = Some((alone, line));
            self.start = first + alone.len();
            self.reader = reader(self.bytes.get(self.start..).unwrap_or_default(), self.separator, true);
            return Some(CsvRow::OpenQuote { line, last, closed });
        }
        self.width.get_or_insert(record.len());
        Some(CsvRow::Cells { cells: cells(), line })
    }
}

fn reader(bytes: &[u8], separator: u8, quoting: bool) -> csv::Reader<&[u8]> {
    ReaderBuilder::new().has_headers(false).flexible(true).delimiter(separator).quoting(quoting).from_reader(bytes)
}

fn is_line_end(byte: u8) -> bool {
    matches!(byte, b'\r' | b'\n')
}

fn trim_line_ends(mut bytes: &[u8]) -> &[u8] {
    while let [rest @ .., last] = bytes
        && is_line_end(*last)
    {
        bytes = rest;
    }
    bytes
}

/// True when a row of several lines is several rows, run together by a quote that is not closed: it has not as many cells as the header, a
/// quote in it is not closed properly, or each of its lines alone has as many cells as the header.
fn is_stretch(raw: &[u8], separator: u8, cells: usize, width: Option<usize>) -> bool {
    if !quotes_are_closed(raw, separator) || width.is_some_and(|width| width != cells) {
        return true;
    }
    let mut lines = raw.split(|byte| is_line_end(*byte)).filter(|line| !line.trim_ascii().is_empty());
    match width {
        Some(width) => lines.all(|line| fits_alone(line, separator, width)),
        // The header itself: its lines alone are rows of one width.
        None => {
            let width = lines.next().map_or(0, |line| count_of(line, separator));
            width > 1 && lines.all(|line| fits_alone(line, separator, width))
        }
    }
}

/// True when a line behind the first of a row is a row by itself: it has as many cells as the header, and its first cell has digits and is written
/// as the first cell of the row. Where that cell is the one of several lines, nothing is certain.
fn swallows_a_row(raw: &[u8], separator: u8, width: usize) -> bool {
    let mut lines = raw.split(|byte| is_line_end(*byte)).filter(|line| !line.trim_ascii().is_empty());
    let Some(first) = lines.next() else { return false };
    let cell = |line: &[u8]| line.split(|byte| *byte == separator).next().map(shape_of).unwrap_or_default();
    let shape = cell(first);
    let opens_later = first.contains(&separator);
    width > 1
        && opens_later
        && shape.contains(&b'9')
        && lines.any(|line| cell(line) == shape && fits_alone(line, separator, width))
}

/// A cell with `9` for each run of digits and `a` for each run of letters, without quotes around it: `a-9` for `L-1042`.
fn shape_of(cell: &[u8]) -> Vec<u8> {
    let mut shape = Vec::new();
    for byte in cell.trim_ascii().iter().filter(|byte| **byte != b'"') {
        let kind = match byte {
            b'0'..=b'9' => b'9',
            byte if byte.is_ascii_alphabetic() || !byte.is_ascii() => b'a',
            other => *other,
        };
        if shape.last() != Some(&kind) {
            shape.push(kind);
        }
    }
    shape
}

fn count_of(line: &[u8], separator: u8) -> usize {
    line.iter().filter(|byte| **byte == separator).count() + 1
}

fn fits_alone(line: &[u8], separator: u8, width: usize) -> bool {
    count_of(line, separator) == width || cells_alone(line, separator, Some(width)).len() == width
}

/// False when a quote opens a cell of several lines and is closed by no quote that ends the cell (RFC 4180: a separator, the end of the line
/// or of the file follows it), or when it is not closed at all. Within a line quotes may stand anywhere: `5" pipe`.
fn quotes_are_closed(raw: &[u8], separator: u8) -> bool {
    #[derive(PartialEq)]
    enum At {
        Start,
        Plain,
        Quoted,
        /// After a quote within a quoted cell: another one is a quote in the text, anything else comes after the cell.
        Quote,
    }
    let (mut at, mut several_lines) = (At::Start, false);
    for byte in raw {
        at = match (at, *byte) {
            (At::Start, b'"') => {
                several_lines = false;
                At::Quoted
            }
            (At::Quoted, b'"') => At::Quote,
            (At::Quote, b'"') => At::Quoted,
            (At::Quoted, byte) => {
                several_lines |= is_line_end(byte);
                At::Quoted
            }
            (_, byte) if byte == separator || is_line_end(byte) => At::Start,
            (At::Quote, _) if several_lines => return false,
            _ => At::Plain,
        };
    }
    at != At::Quoted
}

/// The cells of one line: with its quotes where it then has the right number of cells and all are closed, else with its quotes as letters.
fn cells_alone(line: &[u8], separator: u8, width: Option<usize>) -> Vec<Vec<u8>> {
    let read = |quoting: bool| -> Vec<Vec<u8>> {
        let mut record = ByteRecord::new();
        let _ = reader(line, separator, quoting).read_byte_record(&mut record);
        record.iter().map(<[u8]>::to_vec).collect()
    };
    let quoted = read(true);
    if quotes_are_closed(line, separator) && width.is_none_or(|width| quoted.len() == width) {
        return quoted;
    }
    read(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each row as its line and cells joined by `|`, each report as its lines.
    fn rows(text: &str) -> Vec<String> {
        let mut rows = CsvRows::new(text.as_bytes(), 0, b',');
        let join =
            |cells: &[Vec<u8>]| cells.iter().map(|cell| String::from_utf8_lossy(cell)).collect::<Vec<_>>().join("|");
        std::iter::from_fn(|| rows.next_row())
            .map(|row| match row {
                CsvRow::Cells { cells, line } => format!("{line} {}", join(&cells)),
                CsvRow::OpenQuote { line, last, closed } => {
                    format!("{line}-{last} {}", if closed { "closed" } else { "open" })
                }
                CsvRow::Unclear { line, last, .. } => format!("{line}-{last} unclear"),
                CsvRow::GivenUp { line } => format!("{line} given up"),
            })
            .collect()
    }

    #[test]
    fn lines_behind_an_open_quote_are_read_one_by_one() {
        let closed_later = "id,a,b,c\n1,\"Big\" Pipes,x,y\n2,\"Gamma,x,y\n3,Delta\",x,y\r\n4,5\" Ltd,x,y\n";
        assert_eq!(
            rows(closed_later),
            ["1 id|a|b|c", "2 1|Big Pipes|x|y", "3-4 closed", "3 2|\"Gamma|x|y", "4 3|Delta\"|x|y", "5 4|5\" Ltd|x|y"]
        );
        let never_closed = "id,a,b,c\n1,\"Big,x,y\n2,b,x,y\n3,c,x,y\n";
        assert_eq!(rows(never_closed), ["1 id|a|b|c", "2-4 open", "2 1|\"Big|x|y", "3 2|b|x|y", "4 3|c|x|y"]);
        let in_the_last_column = "id,a,b,c\n1,a,x,\"y\n2,b,x,y\"\n3,c,x,y\n";
        assert_eq!(rows(in_the_last_column).len(), 5);
        let before_a_quoted_cell = "id,a,b,c\n1,\"Gamma,x,y\n2,\"Delta, Inc\",x,y\n";
        assert_eq!(rows(before_a_quoted_cell), ["1 id|a|b|c", "2-3 open", "2 1|\"Gamma|x|y", "3 2|Delta, Inc|x|y"]);
    }

    #[test]
    fn a_row_that_a_quote_swallows_is_read_where_its_first_cell_tells_that_it_is_one() {
        // The first row is short, so that the swallowed rows make one of the header's length.
        assert_eq!(
            rows("id,name,note\nL-7,\"x\nL-8,y,n\nL-9,z\",w\n"),
            ["1 id|name|note", "2-4 closed", "2 L-7|\"x", "3 L-8|y|n", "4 L-9|z\"|w"]
        );
        assert_eq!(rows("id,name\nL-7,\"x\nL-8,y\"\n"), ["1 id|name", "2-3 closed", "2 L-7|\"x", "3 L-8|y\""]);
        assert_eq!(rows("id,name\nL-7,y\nL-8,\"x\n"), ["1 id|name", "2 L-7|y", "3-3 open", "3 L-8|\"x"]);
        // Lines of a text, and a first cell of several lines.
        for text in ["L-7,\"called\nand heard: no, not now\nbye\",w\n", "\"L-7\nL-8\",b,c\n"] {
            assert_eq!(rows(&format!("id,name,note\n{text}")).len(), 2, "{text}");
        }
    }

    #[test]
    fn a_text_of_several_lines_is_one_cell() {
        let text = "id,a,b,c\n1,\"first line\nsecond, with a \"\"quote\"\"\n\nfourth\",x,y\n2,b,x,y\n";
        assert_eq!(rows(text), ["1 id|a|b|c", "2 1|first line\nsecond, with a \"quote\"\n\nfourth|x|y", "6 2|b|x|y"]);
        assert_eq!(rows("\"id\nof lead\",a,b,c\n1,2,3,4\n").len(), 2);
        // With two columns a line with one comma may be a row or a line of a text.
        assert_eq!(
            rows("id,note\n1,\"called, no answer\nback, later\"\n2,x\n")[1],
            "2 1|called, no answer\nback, later"
        );
        assert_eq!(rows("id,note\n1,\"called\nback, later\"\n2,x\n"), ["1 id|note", "2-3 unclear", "4 2|x"]);
    }

    #[test]
    fn a_file_of_open_quotes_ends() {
        let text = format!("id,a\n{}", "z\",\"\n".repeat(30_000));
        let rows = rows(&text);
        assert!(rows.last().is_some_and(|last| last.ends_with("given up")), "{:?}", rows.last());
    }
}
