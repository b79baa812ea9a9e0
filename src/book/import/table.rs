//! A CSV file with a header line, in memory.
//!
//! In: bytes and the separator. Out: rows of trimmed texts by column name, each with its line in the file. A row that does not fit the
//! header is refused; the rest is read.

use std::collections::BTreeMap;

use csv::{ByteRecord, ReaderBuilder};

use crate::book::import::cell_values::{Truth, truth};
use crate::book::ingest::IntakeBuilder;
use crate::book::ingest::json_tree::short;
use crate::book::ingest::record_splitter::LineCounter;
use crate::book::vocabulary::nearest;

/// A table in memory: a header and rows of texts.
#[derive(Debug, Default)]
pub(super) struct ImportTable {
    /// Its name in messages.
    pub(super) name: String,
    columns: BTreeMap<String, usize>,
    /// Columns that the header has more than once.
    pub(super) doubled: Vec<String>,
    rows: Vec<(Vec<String>, u64)>,
}

/// One row of a table.
#[derive(Clone, Copy, Debug)]
pub(super) struct TableRow<'t> {
    table: &'t ImportTable,
    cells: &'t [String],
    /// Its line in the file.
    pub(super) line: u64,
}

impl ImportTable {
    /// Reads a file. `None` when it cannot be text; rows that do not fit are refused.
    pub(super) fn read(name: &str, bytes: &[u8], separator: u8, intake: &mut IntakeBuilder) -> Option<Self> {
        let bytes = intake.check_file(bytes)?;
        let mut reader = ReaderBuilder::new().has_headers(false).flexible(true).delimiter(separator).from_reader(bytes);
        let mut table = Self { name: name.to_owned(), ..Self::default() };
        let mut record = ByteRecord::new();
        let mut lines = LineCounter::new(bytes);
        let mut header: Option<Vec<String>> = None;
        loop {
            match reader.read_byte_record(&mut record) {
                Ok(true) => {}
                Ok(false) => break,
                Err(why) => {
                    intake.refuse(name, format!("the table cannot be read further: {why}"), None);
                    break;
                }
            }
            // The line count of the csv crate is wrong after CR LF and after blank lines.
            let place = record.position().map_or(0, csv::Position::byte) as usize;
            let ends = bytes.get(place..).unwrap_or_default().iter().take_while(|byte| matches!(byte, b'\r' | b'\n'));
            let line = lines.of(place + ends.count());
            let cells: Result<Vec<String>, _> =
                record.iter().map(|cell| std::str::from_utf8(cell).map(ToOwned::to_owned)).collect();
            let Ok(cells) = cells else {
                intake.refuse(name, "this row holds bytes that are not UTF-8; save the file as UTF-8", Some(line));
                continue;
            };
            match &header {
                None => {
                    for (at, column) in cells.iter().enumerate() {
                        if table.columns.insert(column.trim().to_owned(), at).is_some() {
                            table.doubled.push(column.trim().to_owned());
                        }
                    }
                    header = Some(cells);
                }
                Some(header) if *header == cells => {
                    intake.refuse(name, "this row repeats the header", Some(line));
                }
                Some(header) if header.len() != cells.len() => {
                    let reason = format!("this row has {} cells, and the header has {}", cells.len(), header.len());
                    intake.refuse(name, reason, Some(line));
                }
                Some(_) => table.rows.push((cells, line)),
            }
        }
        Some(table)
    }

    pub(super) fn rows(&self) -> impl Iterator<Item = TableRow<'_>> {
        self.rows.iter().map(|(cells, line)| TableRow { table: self, cells, line: *line })
    }

    pub(super) fn has(&self, column: &str) -> bool {
        self.columns.contains_key(column)
    }

    /// Refuses the table for each of these columns that the header does not have, or has twice. True when it has each once.
    pub(super) fn require<'c>(&self, columns: impl IntoIterator<Item = &'c str>, intake: &mut IntakeBuilder) -> bool {
        let mut complete = true;
        for column in columns {
            let reason = if self.doubled.iter().any(|doubled| doubled == column) {
                format!("the header names the column \"{column}\" more than once, so it is not clear which is meant")
            } else if self.has(column) {
                continue;
            } else {
                let known = self.columns.keys().map(String::as_str);
                let hint = nearest(column, known).map_or(String::new(), |near| format!("; did you mean \"{near}\"?"));
                format!("there is no column \"{}\"{hint}", short(column))
            };
            complete = false;
            intake.refuse(self.name.clone(), reason, Some(1));
        }
        complete
    }
}

impl<'t> TableRow<'t> {
    /// The text in a column, without white space around it; the empty text when the table does not have the column.
    pub(super) fn get(&self, column: &str) -> &'t str {
        let at = self.table.columns.get(column);
        at.and_then(|at| self.cells.get(*at)).map_or("", |cell| cell.trim())
    }

    /// The first of these columns that is not empty; the empty text when all are.
    pub(super) fn first(&self, columns: &[&str]) -> &'t str {
        columns.iter().map(|column| self.get(column)).find(|text| !text.is_empty()).unwrap_or_default()
    }

    /// True when the text in the column is a known yes.
    pub(super) fn yes(&self, column: &str) -> bool {
        truth(self.get(column)) == Truth::Yes
    }
}
