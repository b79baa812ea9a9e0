//! The header of a CSV file: found, checked, and shown in messages.
//!
//! In: the bytes of a file, and the separator where it is known. Out: the names of its columns, and a reader that stands behind them; or one
//! refusal that says what is in the place of the header: another type of file or encoding, a title, another separator.

use crate::book::import::csv_rows::{CsvRow, CsvRows};
use crate::book::import::file_type::other_file_type;
use crate::book::import::lead_collector::LeadCollector;
use crate::book::import::table::{ColumnNaming, ImportTable, plain_name};
use crate::book::ingest::json_tree::short;
use crate::book::vocabulary::nearest;
use crate::wording::{Arg, Sentence};

/// The names of the columns of a file.
#[derive(Debug)]
pub(super) struct TableHeader {
    pub(super) file: String,
    /// Its line in the file.
    pub(super) line: u64,
    /// The names in order, with single blanks between their words.
    pub(super) names: Vec<String>,
    pub(super) names_as_written: Vec<String>,
    naming: ColumnNaming,
    /// The names as they are compared.
    keys: Vec<String>,
}

/// A file of which the header was read, and the rows not yet.
pub(super) struct TableFile<'a> {
    pub(super) header: TableHeader,
    rows: CsvRows<'a>,
    separator: u8,
    /// The lines of the file from the header on, for what is looked for when the header does not fit.
    lines: Vec<String>,
}

/// What may stand between cells, for messages and where no separator is given.
const SEPARATORS: &[u8] = b",;\t|";
/// Lines below the header among which the right one is looked for.
const LINES_SEARCHED: usize = 20;

impl<'a> TableFile<'a> {
    /// Reads the header of a file. `separator` is what stands between cells; where absent it is what the header has most of. A line `sep=;`
    /// above the header, which Excel reads, says it too, and is passed over. `None`, and a refusal, when there is no header to read.
    pub(super) fn open(
        file: &str,
        bytes: &'a [u8],
        separator: Option<u8>,
        naming: ColumnNaming,
        collector: &mut LeadCollector,
    ) -> Option<Self> {
        if let Some(what) = other_file_type(bytes) {
            collector.refuse_file(file, what, None);
            return None;
        }
        let bytes = collector.intake.check_named_file(file, bytes)?;
        let (first, rest) = first_line(bytes, 0);
        let (start, said) = match separator_line(first) {
            Some(said) => (rest, Some(said)),
            None => (0, None),
        };
        let (line, _) = first_line(bytes, start);
        let separator = said.or(separator).unwrap_or_else(|| most_frequent_separator(line));
        let mut rows = CsvRows::new(bytes, start, separator);
        let (cells, line) = match rows.next_row() {
            Some(CsvRow::Cells { cells, line }) => (cells, line),
            Some(CsvRow::OpenQuote { line, last, .. }) => {
                let reason = Sentence::new("import-header-quote").with("last", last.to_string());
                collector.refuse_file(file, reason, Some(line));
                return None;
            }
            Some(CsvRow::Unclear { line, .. } | CsvRow::GivenUp { line }) => {
                collector.refuse_file(file, "import-header-unreadable", Some(line));
                return None;
            }
            None => {
                collector.refuse_file(file, "import-no-header", None);
                return None;
            }
        };
        let names_as_written: Result<Vec<String>, _> =
            cells.iter().map(|cell| String::from_utf8(cell.clone())).collect();
        let Ok(names_as_written) = names_as_written else {
            // The letters of Latin-1, of which Windows-1252 is the usual variant.
            let latin = |cell: &Vec<u8>| cell.iter().map(|byte| char::from(*byte)).collect::<String>();
            let shown = cells.iter().map(latin).collect::<Vec<_>>().join(&char::from(separator).to_string());
            let reason = Sentence::new("import-header-not-utf8").with("found", short(&shown));
            collector.refuse_file(file, reason, Some(line));
            return None;
        };
        let names: Vec<String> = names_as_written.iter().map(|name| single_blanks(name)).collect();
        let keys = names.iter().map(|name| key(name, naming)).collect();
        let header = TableHeader { file: file.to_owned(), line, names, names_as_written, naming, keys };
        let body = bytes.get(start..).unwrap_or_default();
        let text = String::from_utf8_lossy(body.get(..LOOK_AHEAD.min(body.len())).unwrap_or_default());
        let lines =
            text.lines().filter(|line| !line.trim().is_empty()).take(LINES_SEARCHED).map(str::to_owned).collect();
        Some(Self { header, rows, separator, lines })
    }

    pub(super) fn has(&self, column: &str) -> bool {
        !self.header.places(column).is_empty()
    }

    /// The names in the header that are not empty, as one text for messages.
    pub(super) fn found(&self) -> String {
        let names: Vec<&str> = self.header.names.iter().map(String::as_str).filter(|name| !name.is_empty()).collect();
        let shown = names.join(&char::from(self.separator).to_string());
        short(&shown).into_owned()
    }

    /// Refuses the table when its header does not have each of these columns, or (where names are as written) has one twice. True when it has
    /// them. One message where one cause explains all: a title above the header, another separator.
    pub(super) fn require<'c>(
        &self,
        columns: impl IntoIterator<Item = &'c str>,
        collector: &mut LeadCollector,
    ) -> bool {
        let columns: Vec<&str> = columns.into_iter().collect();
        let missing: Vec<&str> = columns.iter().copied().filter(|column| !self.has(column)).collect();
        let (file, line) = (self.header.file.as_str(), Some(self.header.line));
        if !missing.is_empty() {
            let cause = self.cause_of_missing(&columns, &missing);
            if cause.is_some()
                || missing.len() == columns.len() && missing.iter().all(|column| self.near(column).is_none())
            {
                let named = missing.iter().map(|column| Arg::from(format!("\"{}\"", short(column)))).collect();
                let reason = Sentence::new("import-header-without").with("found", self.found());
                let reason = reason.with("columns", Arg::List(named));
                let reason = reason.with("cause", cause.unwrap_or_else(|| Sentence::as_is("")));
                collector.refuse_file(file, reason, line);
                return false;
            }
        }
        let mut complete = missing.is_empty();
        for column in columns {
            let reason = if missing.contains(&column) {
                let reason = match self.near(column) {
                    Some(near) => Sentence::new("import-column-meant").with("meant", near),
                    None => Sentence::new("import-column-unknown").with("found", self.found()),
                };
                reason.with("column", short(column))
            } else if !self.header.is_of_system() && self.header.places(column).len() > 1 {
                Sentence::new("import-column-unclear").with("column", column)
            } else {
                continue;
            };
            complete = false;
            collector.refuse_file(file, reason, line);
        }
        complete
    }

    /// Reads the rows. `name` is the table's name in messages.
    pub(super) fn read(self, name: &str, collector: &mut LeadCollector) -> ImportTable {
        ImportTable::read(name, self.header, self.rows, collector)
    }

    /// Tells every cell of the rows, because the table as a whole is not used.
    pub(super) fn tell_all(mut self, reason: impl Into<Sentence>, collector: &mut LeadCollector) {
        let reason = reason.into();
        if !collector.told.is_wanted() {
            return;
        }
        while let Some(row) = self.rows.next_row() {
            let (CsvRow::Cells { cells, line } | CsvRow::Unclear { cells, line, .. }) = row else { continue };
            for (place, cell) in cells.iter().enumerate().filter(|(_, cell)| !cell.trim_ascii().is_empty()) {
                let column = self.header.names.get(place).map_or("", String::as_str);
                collector.told(&self.header.file, Some(line), column, &String::from_utf8_lossy(cell), &reason);
            }
        }
    }

    fn near(&self, column: &str) -> Option<&str> {
        nearest(column, self.header.names.iter().map(String::as_str))
    }

    /// Why the header does not have all columns, as the end of a sentence: another separator gives more of them, or a line further down has
    /// all.
    fn cause_of_missing(&self, columns: &[&str], missing: &[&str]) -> Option<Sentence> {
        let fitting = |line: &str, separator: u8| {
            let keys: Vec<String> = line
                .split(char::from(separator))
                .map(|name| key(&single_blanks(name.trim().trim_matches('"')), self.header.naming))
                .collect();
            columns.iter().filter(|column| self.header.keys_of(column).iter().any(|name| keys.contains(name))).count()
        };
        let shown = |separator: u8| {
            if separator == b'\t' { Arg::Key("import-a-tab") } else { format!("\"{}\"", char::from(separator)).into() }
        };
        let header = self.lines.first()?;
        let others = SEPARATORS.iter().copied().filter(|separator| *separator != self.separator);
        let other = others.map(|separator| (fitting(header, separator), separator)).max_by_key(|(fitting, _)| *fitting);
        if let Some((count, separator)) = other
            && count > columns.len() - missing.len()
        {
            let is_of_system = self.header.is_of_system();
            let key = if is_of_system { "import-cause-separator" } else { "import-cause-mapping-separator" };
            let (right, wrong) = (shown(separator), shown(self.separator));
            return Some(Sentence::new(key).with("right", right).with("wrong", wrong));
        }
        let all = std::iter::once(self.separator).chain(SEPARATORS.iter().copied());
        let has_all = |line: &&String| all.clone().any(|separator| fitting(line, separator) == columns.len());
        let below = self.lines.iter().skip(1).find(has_all)?;
        Some(Sentence::new("import-cause-below").with("below", short(below.trim())))
    }
}

/// Bytes that are looked at for a better header.
const LOOK_AHEAD: usize = 20_000;

impl TableHeader {
    /// The places of the columns with this name, the name itself before its other names, in the order of the file.
    pub(super) fn places(&self, column: &str) -> Vec<usize> {
        let mut places = Vec::new();
        for wanted in self.keys_of(column) {
            for (place, _) in self.keys.iter().enumerate().filter(|(_, key)| **key == wanted) {
                if !places.contains(&place) {
                    places.push(place);
                }
            }
        }
        places
    }

    /// True where columns have the names of a system, not those of a mapping.
    pub(super) fn is_of_system(&self) -> bool {
        matches!(self.naming, ColumnNaming::OfSystem(_))
    }

    /// The names that stand more than once, with their places.
    pub(super) fn doubled(&self) -> Vec<(String, Vec<usize>)> {
        let mut doubled: Vec<(String, Vec<usize>)> = Vec::new();
        for (place, key) in self.keys.iter().enumerate().filter(|(_, key)| !key.is_empty()) {
            let same: Vec<usize> = (0..self.keys.len()).filter(|other| self.keys.get(*other) == Some(key)).collect();
            if same.len() > 1 && same.first() == Some(&place) {
                doubled.push((self.names.get(place).cloned().unwrap_or_default(), same));
            }
        }
        doubled
    }

    /// A name and its other names, as they are compared.
    fn keys_of(&self, column: &str) -> Vec<String> {
        let mut keys = vec![key(&single_blanks(column), self.naming)];
        if let ColumnNaming::OfSystem(others) = self.naming {
            // HubSpot's own name of what Fivetran calls property_...
            keys.extend(column.strip_prefix("property_").map(plain_name));
            let others = others.iter().filter(|(name, _)| *name == column).flat_map(|(_, others)| others.iter());
            keys.extend(others.map(|name| plain_name(name)));
        }
        keys
    }
}

fn key(name: &str, naming: ColumnNaming) -> String {
    match naming {
        ColumnNaming::AsWritten => name.to_owned(),
        ColumnNaming::OfSystem(_) => plain_name(name),
    }
}

fn single_blanks(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The first line from `start` on, without its end, and the place behind it. Empty lines are passed over.
fn first_line(bytes: &[u8], start: usize) -> (&[u8], usize) {
    let is_end = |byte: &u8| matches!(byte, b'\r' | b'\n');
    let rest = bytes.get(start..).unwrap_or_default();
    let blank = rest.iter().take_while(|byte| is_end(byte)).count();
    let line = rest.get(blank..).unwrap_or_default();
    let length = line.iter().position(is_end).unwrap_or(line.len());
    (line.get(..length).unwrap_or_default(), start + blank + length)
}

/// The separator in a line `sep=;`, with or without quotes around it, and padded with separators or not; `None` for another line.
fn separator_line(line: &[u8]) -> Option<u8> {
    let line = line.trim_ascii_start();
    let line = line.strip_prefix(b"\"").unwrap_or(line);
    let (word, rest) = line.split_at_checked(4)?;
    let (separator, rest) = rest.split_first()?;
    let padding = |byte: &u8| SEPARATORS.contains(byte) || matches!(byte, b'"' | b' ');
    let allowed = separator.is_ascii() && !separator.is_ascii_alphanumeric() && *separator != b'"';
    (word.eq_ignore_ascii_case(b"sep=") && allowed && rest.iter().all(padding)).then_some(*separator)
}

/// The separator that a line has most of, outside quotes; a comma when it has none.
fn most_frequent_separator(line: &[u8]) -> u8 {
    let mut counts = [0_usize; SEPARATORS.len()];
    let mut quoted = false;
    for byte in line {
        quoted ^= *byte == b'"';
        for (separator, count) in SEPARATORS.iter().zip(&mut counts).filter(|_| !quoted) {
            *count += usize::from(separator == byte);
        }
    }
    let most = counts.iter().max().copied().unwrap_or_default();
    SEPARATORS.iter().zip(&counts).find(|(_, count)| **count == most).map_or(b',', |(separator, _)| *separator)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_names_the_separator_is_recognised() {
        for (line, separator) in [
            ("sep=;", Some(b';')),
            ("SEP=,", Some(b',')),
            ("\"sep=|\"", Some(b'|')),
            ("sep=\t", Some(b'\t')),
            ("sep=;;;", Some(b';')),
            ("\"sep=,\",,", Some(b',')),
            ("sep=", None),
            ("separator;name", None),
            ("sep=x", None),
            ("sep=;name", None),
        ] {
            assert_eq!(separator_line(line.as_bytes()), separator, "{line}");
        }
    }

    #[test]
    fn the_separator_of_a_header_is_what_it_has_most_of() {
        for (line, separator) in
            [("id,name", b','), ("id;name, first;last", b';'), ("id\tname", b'\t'), ("id", b','), ("\"a;b;c\",d", b',')]
        {
            assert_eq!(most_frequent_separator(line.as_bytes()), separator, "{line}");
        }
    }
}
