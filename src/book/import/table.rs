//! A CSV file with a header line.

use std::collections::BTreeMap;

use csv::{ByteRecord, ReaderBuilder};

use crate::book::ingest::IntakeBuilder;
use crate::book::ingest::json_tree::short;
use crate::book::ingest::record_splitter::LineSplitter;
use crate::book::vocabulary::nearest;

/// A table in memory: a header and rows of texts.
#[derive(Debug, Default)]
pub(super) struct ImportTable {
    /// What it is called in messages.
    pub(super) name: String,
    columns: BTreeMap<String, usize>,
    /// Columns that the header names more than once.
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
    /// Reads a file. Rows that are no rows of this table are told; the rest goes on.
    pub(super) fn read(name: &str, bytes: &[u8], separator: u8, desk: &mut IntakeBuilder) -> Option<Self> {
        let bytes = desk.open(bytes)?;
        let mut reader = ReaderBuilder::new().has_headers(false).flexible(true).delimiter(separator).from_reader(bytes);
        let mut table = Self { name: name.to_owned(), ..Self::default() };
        let mut record = ByteRecord::new();
        let mut lines = LineSplitter::new(bytes);
        let mut header: Option<Vec<String>> = None;
        loop {
            match reader.read_byte_record(&mut record) {
                Ok(true) => {}
                Ok(false) => break,
                Err(why) => {
                    desk.refuse(name, format!("the table cannot be read further: {why}"), None);
                    break;
                }
            }
            // The reader's own count lags behind when lines end in CR LF, and stops at blank lines.
            let place = record.position().map_or(0, csv::Position::byte) as usize;
            let ends = bytes.get(place..).unwrap_or_default().iter().take_while(|byte| matches!(byte, b'\r' | b'\n'));
            let line = lines.of(place + ends.count());
            let cells: Result<Vec<String>, _> =
                record.iter().map(|cell| std::str::from_utf8(cell).map(ToOwned::to_owned)).collect();
            let Ok(cells) = cells else {
                desk.refuse(name, "this row holds bytes that are not UTF-8; save the file as UTF-8", Some(line));
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
                    desk.refuse(name, "this row repeats the header", Some(line));
                }
                Some(header) if header.len() != cells.len() => {
                    let reason = format!("this row has {} cells, and the header has {}", cells.len(), header.len());
                    desk.refuse(name, reason, Some(line));
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

    /// Tells the first columns of a list that are not there or are there twice. True when all are there once.
    pub(super) fn require<'c>(&self, columns: impl IntoIterator<Item = &'c str>, desk: &mut IntakeBuilder) -> bool {
        let mut fine = true;
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
            fine = false;
            desk.refuse(self.name.clone(), reason, Some(1));
        }
        fine
    }
}

impl<'t> TableRow<'t> {
    /// The text in a column, without white space around it; "" when there is no such column.
    pub(super) fn get(&self, column: &str) -> &'t str {
        let at = self.table.columns.get(column);
        at.and_then(|at| self.cells.get(*at)).map_or("", |cell| cell.trim())
    }

    /// The first of these columns that says something.
    pub(super) fn first(&self, columns: &[&str]) -> &'t str {
        columns.iter().map(|column| self.get(column)).find(|text| !text.is_empty()).unwrap_or_default()
    }

    /// True when the column says yes.
    pub(super) fn yes(&self, column: &str) -> bool {
        ["true", "yes", "1"].iter().any(|yes| self.get(column).eq_ignore_ascii_case(yes))
    }
}
