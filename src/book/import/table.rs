//! A CSV file with a header line, in memory.
//!
//! In: the bytes of a file ([`TableFile`]: its header, which the importer checks first) and, from that, rows of trimmed texts by column name,
//! each with its line in the file ([`ImportTable`]). A row that does not fit the header is refused; the rest is read. A header that cannot be
//! read ends the reading of the file with one message, because all others would follow from it.
//!
//! **Invariant:** every cell is used, or told: a table knows which of its cells were read ([`ImportTable::account`]).

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use crate::book::import::cell_values::{self, Truth, is_null, is_null_name};
use crate::book::import::country_code;
use crate::book::import::country_names::is_name_of_several;
use crate::book::import::csv_rows::{CsvRow, CsvRows};
use crate::book::import::lead_collector::{LeadCollector, full_name, more_unread};
use crate::book::import::opt_out_names::{OptOutName, RefusedByName, opt_out_field};
use crate::book::import::table_header::TableHeader;
use crate::book::import::times::{utc, utc_to_compare};
use crate::book::import::told::TextUse;
use crate::book::ingest::json_tree::short;
use crate::book::refusal::Problem;
use crate::calendar::Instant;
use crate::wording::{Arg, Sentence};

/// How an importer names columns.
#[derive(Clone, Copy, Debug)]
pub(super) enum ColumnNaming {
    /// As the header writes them, but for white space; every text of a cell means itself. For tables with a mapping.
    AsWritten,
    /// By the names of a system: in any capitals, with or without `_` and white space, and by these other names (the importer's name, then
    /// the others). Cells with `NULL` and the like are empty.
    OfSystem(&'static [(&'static str, &'static [&'static str])]),
}

/// A table in memory: a header and rows of texts.
#[derive(Debug)]
pub(super) struct ImportTable {
    /// Its name in messages.
    pub(super) name: String,
    /// The file that it was read from.
    pub(super) file: Rc<str>,
    header: TableHeader,
    rows: Vec<(Vec<String>, u64)>,
    /// For each asked name of a column, the places of the columns that have it.
    places: RefCell<BTreeMap<String, Rc<[usize]>>>,
    /// For each column, whether an importer reads it.
    is_read: Vec<Cell<bool>>,
    /// For each row, whether it is told as a whole, so that none of its cells need be.
    is_told: Vec<Cell<bool>>,
    /// For each cell of each row, how it was used. Only where everything is told, else empty.
    uses: RefCell<Vec<Option<TextUse>>>,
}

/// One row of a table.
#[derive(Clone, Copy, Debug)]
pub(super) struct TableRow<'t> {
    pub(super) table: &'t ImportTable,
    nth: usize,
    cells: &'t [String],
    /// Its line in the file.
    pub(super) line: u64,
}

impl ImportTable {
    /// Reads the rows below a header. Rows that do not fit it are refused.
    pub(super) fn read(name: &str, header: TableHeader, mut csv: CsvRows<'_>, collector: &mut LeadCollector) -> Self {
        let file: Rc<str> = Rc::from(header.file.as_str());
        let mut rows = Vec::new();
        let width = header.names.len();
        while let Some(row) = csv.next_row() {
            let (cells, line, fault) = match row {
                CsvRow::Cells { cells, line } if cells.len() == width => (cells, line, None),
                CsvRow::Cells { cells, line } => {
                    let fault = Sentence::new("import-row-width").with("cells", cells.len()).with("header", width);
                    (cells, line, Some(fault))
                }
                CsvRow::OpenQuote { line, last, closed } => {
                    let key = match closed {
                        true => "import-quote-closed-late",
                        false if line == last => "import-quote-open-at-end",
                        false => "import-quote-not-closed",
                    };
                    let reason = Sentence::new(key).with("line", line.to_string()).with("last", last.to_string());
                    collector.refuse_text((&file, name.to_owned(), ""), Some(line), "", reason);
                    continue;
                }
                CsvRow::Unclear { cells, line, last } => {
                    let fault = Sentence::new("import-quote-unclear").with("line", line.to_string());
                    let fault = fault.with("last", last.to_string());
                    (cells, line, Some(fault))
                }
                CsvRow::GivenUp { line } => {
                    let reason = Sentence::new("import-too-many-quotes");
                    collector.refuse_text((&file, name.to_owned(), ""), Some(line), "", reason);
                    break;
                }
            };
            let repeats = || cells.iter().map(Vec::as_slice).eq(header.names_as_written.iter().map(String::as_bytes));
            let fault = fault
                .or_else(|| {
                    let is_text = cells.iter().all(|cell| std::str::from_utf8(cell).is_ok());
                    (!is_text).then(|| Sentence::new("import-row-not-utf8"))
                })
                .or_else(|| repeats().then(|| Sentence::new("import-row-repeats-header")));
            let Some(fault) = fault else {
                let texts = cells.into_iter().map(|cell| String::from_utf8(cell).unwrap_or_default()).collect();
                rows.push((texts, line));
                continue;
            };
            for (nth, cell) in cells.iter().enumerate() {
                let column = header.names.get(nth).map_or("", String::as_str);
                collector.told(&file, Some(line), column, &String::from_utf8_lossy(cell), &fault);
            }
            collector.intake.refuse(name, fault, Some(line));
        }
        let cells = if collector.told.is_wanted() { rows.len() * width } else { 0 };
        Self {
            name: name.to_owned(),
            file,
            is_read: vec![Cell::new(false); width],
            is_told: vec![Cell::new(false); rows.len()],
            uses: RefCell::new(vec![None; cells]),
            places: RefCell::default(),
            header,
            rows,
        }
    }

    pub(super) fn rows(&self) -> impl Iterator<Item = TableRow<'_>> {
        let rows = self.rows.iter().enumerate();
        rows.map(|(nth, (cells, line))| TableRow { table: self, nth, cells, line: *line })
    }

    /// The columns of which the name, without capitals and signs, begins with this, save those with one of these names.
    pub(super) fn columns_that_begin(&self, beginning: &str, save: &[&str]) -> Vec<String> {
        let saved: Vec<usize> = save.iter().flat_map(|column| self.places(column).to_vec()).collect();
        let names = self.header.names.iter().enumerate();
        let found = names.filter(|(place, name)| !saved.contains(place) && plain_name(name).starts_with(beginning));
        found.map(|(_, name)| name.clone()).collect()
    }

    /// The columns whose name refuses contact, with what it refuses.
    pub(super) fn opt_out_columns(&self) -> Vec<(String, OptOutName)> {
        let names = self.header.names.iter();
        names.filter_map(|name| Some((name.clone(), opt_out_field(name)?))).collect()
    }

    /// The names of the columns, as the header writes them.
    pub(super) fn names(&self) -> impl Iterator<Item = &String> {
        self.header.names.iter()
    }

    /// The places of the columns with this name.
    fn places(&self, column: &str) -> Rc<[usize]> {
        if let Some(places) = self.places.borrow().get(column) {
            return Rc::clone(places);
        }
        let places: Rc<[usize]> = self.header.places(column).into();
        self.places.borrow_mut().insert(column.to_owned(), Rc::clone(&places));
        places
    }

    /// The name of a column as the header writes it.
    fn written_name<'n>(&'n self, column: &'n str) -> &'n str {
        let written = self.places(column).first().and_then(|place| self.header.names.get(*place));
        written.map_or(column, String::as_str)
    }

    /// Where a cell of this column stands, for messages.
    pub(super) fn place(&self, column: &str) -> String {
        let column = self.written_name(column);
        match self.name.as_str() {
            "" => column.to_owned(),
            // The name of a file rather than of a table.
            name if name.contains('.') => format!("{name}, {column}"),
            name => format!("{name}.{column}"),
        }
    }

    /// Tells what of this table was not used, when everybody who reads it has done so: columns that nobody reads, with the number of their
    /// cells that say something; columns that the header has twice with texts that differ; and, for who wants the whole list, each cell that
    /// was not read. What was read is looked up in the leads later.
    pub(super) fn account(&self, collector: &mut LeadCollector) {
        self.tell_doubled_columns(collector);
        let mut unread: Vec<Arg> = Vec::new();
        for (place, name) in self.header.names.iter().enumerate() {
            if self.is_read.get(place).is_some_and(Cell::get) {
                continue;
            }
            let rows = self.rows().filter(|row| !self.is_told.get(row.nth).is_some_and(Cell::get));
            let count = rows.filter(|row| row.cells.get(place).is_some_and(|cell| !self.is_blank(cell))).count();
            // What a pipeline notes about its own work is nothing that the other system knows.
            if count > 0 && !plain_name(name).starts_with("fivetran") {
                let nameless = || Sentence::new("import-nameless-column").with("place", place + 1).into();
                let name = if name.is_empty() { nameless() } else { Arg::from(name.as_str()) };
                unread.push(Sentence::new("import-unread-column").with("column", name).with("count", count).into());
            }
        }
        if !unread.is_empty() {
            let more = unread.len().saturating_sub(NAMED_UNREAD);
            unread.truncate(NAMED_UNREAD);
            let name = if self.name.is_empty() { Arg::Key("import-the-table") } else { self.name.as_str().into() };
            let note = Sentence::new("import-unread-columns").with("table", name).with("rest", more_unread(more));
            collector.intake.note(note.with("columns", Arg::List(unread)));
        }
        if !collector.told.is_wanted() {
            return;
        }
        let columns: Vec<Rc<str>> = self.header.names.iter().map(|name| Rc::from(name.as_str())).collect();
        for row in self.rows().filter(|row| !self.is_told.get(row.nth).is_some_and(Cell::get)) {
            for (place, (cell, column)) in row.cells.iter().zip(&columns).enumerate() {
                if self.is_blank(cell) {
                    continue;
                }
                match self.use_of(row.nth, place) {
                    Some(text_use) => collector.told.seen(&self.file, Some(row.line), column, cell, text_use),
                    None if self.is_read.get(place).is_some_and(Cell::get) => {
                        collector.told(&self.file, Some(row.line), column, cell, &"import-not-needed".into());
                    }
                    None => collector.told(&self.file, Some(row.line), column, cell, &"import-column-not-read".into()),
                }
            }
        }
    }

    fn tell_doubled_columns(&self, collector: &mut LeadCollector) {
        let names = self.header.doubled();
        for (name, places) in names {
            if !places.iter().any(|place| self.is_read.get(*place).is_some_and(Cell::get)) {
                continue;
            }
            let place = self.place(&name);
            let key = if places.len() == 2 { "import-column-doubled" } else { "import-column-repeated" };
            let reason = Sentence::new(key).with("column", name.as_str()).with("times", places.len());
            collector.intake.refuse(place.clone(), reason, Some(self.header.line));
            for row in self.rows() {
                let cells = || places.iter().filter_map(|place| row.cells.get(*place)).map(|cell| cell.trim());
                let first = cells().find(|cell| !self.is_blank(cell)).unwrap_or_default();
                for other in cells().filter(|cell| !self.is_blank(cell) && *cell != first) {
                    let reason =
                        Sentence::new("import-two-texts").with("first", short(first)).with("other", short(other));
                    collector.refuse_text((&self.file, place.clone(), &name), Some(row.line), other, reason);
                }
            }
        }
    }

    /// True for a cell that says nothing.
    fn is_blank(&self, cell: &str) -> bool {
        cell.trim().is_empty() || (self.header.is_of_system() && is_null(cell))
    }

    fn use_of(&self, row: usize, place: usize) -> Option<TextUse> {
        self.uses.borrow().get(row * self.header.names.len() + place).copied().flatten()
    }

    fn set_use(&self, row: usize, place: usize, text_use: TextUse) {
        if let Some(known) = self.uses.borrow_mut().get_mut(row * self.header.names.len() + place)
            && *known != Some(TextUse::Value)
        {
            *known = Some(text_use);
        }
    }
}

/// Columns or fields named in a note about those that are not read.
pub(super) const NAMED_UNREAD: usize = 20;

/// The reason of a value in a column, with the column's name before it.
pub(super) fn at_column(column: &str, why: Sentence) -> Sentence {
    Sentence::new("import-at-column").with("column", column).with("why", why)
}

/// A name without capitals, white space and signs: `lastname` for `LAST_NAME`, `LastName` and `Last name`.
pub(super) fn plain_name(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

impl<'t> TableRow<'t> {
    /// The texts in the columns of this name, the empty ones too, as they stand.
    fn written(&self, column: &str) -> impl Iterator<Item = &'t str> {
        let (row, places) = (*self, self.table.places(column));
        (0..places.len()).filter_map(move |nth| {
            let place = *places.get(nth)?;
            if let Some(is_read) = row.table.is_read.get(place) {
                is_read.set(true);
            }
            row.table.set_use(row.nth, place, TextUse::Text);
            row.cells.get(place).map(|cell| cell.trim())
        })
    }

    /// The text in a column, without white space around it; the empty text when the table does not have the column, or the cell says nothing.
    /// Of a column that stands twice, the first that is not empty.
    pub(super) fn get(&self, column: &str) -> &'t str {
        // All are asked for, so that all count as read.
        self.written(column)
            .fold("", |first, text| if first.is_empty() && !self.table.is_blank(text) { text } else { first })
    }

    /// The first of these columns that is not empty; the empty text when all are.
    pub(super) fn first(&self, columns: &[&str]) -> &'t str {
        columns.iter().map(|column| self.get(column)).find(|text| !text.is_empty()).unwrap_or_default()
    }

    /// First and last name in one text; `None` when neither is known.
    pub(super) fn full_name(&self, first: &str, last: &str) -> Option<String> {
        let raw = |column: &str| self.written(column).find(|text| !text.is_empty()).unwrap_or_default();
        let (first, last) = (raw(first), raw(last));
        let part = |part: &'t str, other: &str| if is_null_name(part, other) { "" } else { part };
        full_name(part(first, last), part(last, first))
    }

    /// Notes that the text in these columns was understood as a value that the leads write in their own way.
    pub(super) fn understood(&self, columns: &[&str]) {
        for column in columns {
            for place in self.table.places(column).iter() {
                self.table.set_use(self.nth, *place, TextUse::Value);
            }
        }
    }

    /// True when the column says yes. A text that is neither a known yes nor a known no is told, and taken for no.
    pub(super) fn yes(&self, column: &str, collector: &mut LeadCollector) -> bool {
        self.truth(column, false, collector)
    }

    /// True when any of these columns says yes, also where one stands twice. A text that is neither a known yes nor a known no is told, and
    /// taken for yes: an opt-out must not be lost by its spelling.
    pub(super) fn opted_out(&self, columns: &[&str], collector: &mut LeadCollector) -> bool {
        // All are read, so that all that is not understood is told.
        columns.iter().filter(|column| self.truth(column, true, collector)).count() > 0
    }

    /// What the row refuses in these columns, as [`opted_out`](Self::opted_out) reads them.
    pub(super) fn refused(&self, columns: &[(String, OptOutName)], collector: &mut LeadCollector) -> RefusedByName {
        let mut refused = RefusedByName::default();
        for (_, what) in columns.iter().filter(|(column, _)| self.truth(column, true, collector)) {
            refused.add(*what);
        }
        refused
    }

    fn truth(&self, column: &str, unknown_is: bool, collector: &mut LeadCollector) -> bool {
        let (mut says_yes, mut unknown) = (false, None);
        for text in self.written(column) {
            match cell_values::truth(text) {
                Truth::Yes => says_yes = true,
                Truth::No => {}
                Truth::Unknown => unknown = Some(text),
            }
        }
        match unknown {
            Some(text) => {
                let reason = if unknown_is { "import-cell-taken-for-yes" } else { "import-cell-taken-for-no" };
                self.refuse_cell(column, text, reason, collector);
                says_yes || unknown_is
            }
            None => {
                self.understood(&[column]);
                says_yes
            }
        }
    }

    /// The moment in a column; `None` when the cell is empty.
    ///
    /// # Errors
    /// It is no time.
    pub(super) fn time(&self, column: &str) -> Result<Option<Instant>, Sentence> {
        let text = self.get(column);
        if text.is_empty() {
            return Ok(None);
        }
        let at = utc(text)?;
        self.understood(&[column]);
        Ok(Some(at))
    }

    /// The time in a column by which versions of a row are compared; `None` when it is none.
    pub(super) fn version_time(&self, column: &str) -> Option<(Instant, u32)> {
        let time = utc_to_compare(self.get(column))?;
        self.understood(&[column]);
        Some(time)
    }

    /// The whole number in a column; what is none is told, and taken for not known.
    pub(super) fn whole_number(&self, column: &str, collector: &mut LeadCollector) -> Option<i64> {
        let text = self.get(column);
        let number = cell_values::whole_number(text, false);
        if number.is_some() {
            self.understood(&[column]);
        } else if !text.is_empty() {
            self.refuse_cell(column, text, "import-cell-no-whole-number", collector);
        }
        number
    }

    /// The code of the country in the first of these columns that names one; what is none is told, and taken for not known.
    pub(super) fn country(&self, columns: &[&str], collector: &mut LeadCollector) -> Option<String> {
        let mut found = None;
        for column in columns {
            let text = self.get(column);
            if text.is_empty() {
                continue;
            }
            match country_code(text) {
                Some(code) => {
                    self.understood(&[*column]);
                    found.get_or_insert(code);
                }
                None if is_name_of_several(text) => {
                    self.refuse_cell(column, text, "import-cell-several-countries", collector);
                }
                None => self.refuse_cell(column, text, "import-cell-no-country", collector),
            }
        }
        found
    }

    /// Refuses the text of a cell: prints and tells the reason of this key, which gets the text and whose it is.
    pub(super) fn refuse_cell(&self, column: &str, text: &str, reason: &'static str, collector: &mut LeadCollector) {
        let is_of_system = self.table.header.is_of_system();
        let id = if is_of_system { self.first(&["id", "engagement_id", "deal_id"]) } else { "" };
        let whose = if id.is_empty() { String::new() } else { format!(" ({id})") };
        let reason = Sentence::new(reason).with("written", short(text)).with("whose", whose);
        let (place, column) = (self.table.place(column), self.table.written_name(column));
        collector.refuse_text((&self.table.file, place, column), Some(self.line), text, reason);
    }

    /// Refuses the row: prints the reason, and tells every cell.
    pub(super) fn refuse(&self, reason: impl Into<Sentence>, collector: &mut LeadCollector) {
        let reason = reason.into();
        collector.intake.refuse(self.table.name.clone(), reason.clone(), Some(self.line));
        self.tell(reason, collector);
    }

    /// Refuses the lead of the row, with the path and reason of each problem, and tells every cell.
    pub(super) fn set_aside(&self, id: &str, problems: Vec<Problem>, collector: &mut LeadCollector) {
        let reasons = problems.iter().map(|(_, reason)| reason.clone());
        let both = |one: Sentence, other: Sentence| Sentence::new("import-both").with("one", one).with("other", other);
        self.tell(reasons.reduce(both).unwrap_or_else(|| "import-row-refused".into()), collector);
        collector.intake.set_aside((!id.is_empty()).then_some(id), problems, Some(self.line));
    }

    /// Leaves the row out: counts it under the reason, and tells every cell.
    pub(super) fn leave_out(&self, reason: impl Into<Sentence>, collector: &mut LeadCollector) {
        let reason = reason.into();
        collector.leave_out(reason.clone());
        self.tell(reason, collector);
    }

    /// Tells every cell of the row that says something.
    pub(super) fn tell(&self, reason: impl Into<Sentence>, collector: &mut LeadCollector) {
        let reason = reason.into();
        if let Some(is_told) = self.table.is_told.get(self.nth) {
            is_told.set(true);
        }
        for (cell, column) in self.cells.iter().zip(&self.table.header.names) {
            if !self.table.is_blank(cell) {
                collector.told(&self.table.file, Some(self.line), column, cell, &reason);
            }
        }
    }
}
