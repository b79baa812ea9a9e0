//! The reader of the `rows` of an example: a table whose first row names the columns.
//!
//! `rows [["case", "stage", "advice"], ["new", "orientation", wait], ["warm", "interest", phone]]`: `given` and `expect` may use each column as a name,
//! which stands for the cell of the row. The column `"case"` names the rows instead.

use std::ops::Range;
use std::sync::Arc;

use rhai::{Array, Dynamic, ImmutableString};

use crate::book::value::Value;
use crate::diagnostics::finding::Finding;
use crate::diagnostics::{Span, codes};
use crate::language::interpreter::PackConstant;
use crate::language::reader::{PackReader, to_value};
use crate::language::scan::TokenKind;
use crate::language::shape::ClauseParts;
use crate::language::statements::byte_range;
use crate::limits;
use crate::pack::statement_forms::ClausePurpose;

/// The column whose cells are the names of the rows.
const CASE: &str = "case";

/// The rows of an example.
pub(super) struct RowTable {
    /// The columns that clauses may use, in order.
    pub columns: Vec<Arc<str>>,
    /// The rows, in order.
    pub rows: Vec<Row>,
}

/// One row.
pub(super) struct Row {
    /// Its name: the cell of the column [`CASE`], else its values.
    pub name: String,
    /// The cell of each column.
    pub values: Vec<PackConstant>,
    /// The cell of each column as its author wrote it; empty where the table is not written out in the statement.
    pub written: Vec<String>,
    /// Where it stands; the whole clause where the table is not written out.
    pub span: Span,
}

/// Reads the `rows` of an example; `None` when they have an error, which is reported.
pub(super) fn rows(reader: &mut PackReader<'_>, parts: &ClauseParts) -> Option<RowTable> {
    let range = parts.get("rows")?.clone();
    let span = reader.span_of(&range);
    let errors = reader.errors();
    let program = reader.example_program(&range, ClausePurpose::Rows)?;
    let value = match program.constant() {
        Ok(value) => value,
        Err(problem) => {
            let finding = Finding::error(codes::BAD_ROWS, problem.span).message("bad-rows-run");
            reader.report(finding.with("sentence", problem.sentence));
            return None;
        }
    };
    let lists: Option<Vec<Array>> =
        value.try_cast::<Array>().and_then(|rows| rows.into_iter().map(|row| row.try_cast::<Array>()).collect());
    let Some(lists) = lists.filter(|lists| !lists.is_empty()) else {
        reader.report(Finding::error(codes::BAD_ROWS, span));
        return None;
    };
    let places = RowPlaces::find(reader, &range, &lists);
    let mut lists = lists.into_iter();
    let header = header(reader, lists.next()?, places.span(0).unwrap_or(span))?;
    if lists.len() == 0 {
        reader.report(Finding::error(codes::BAD_ROWS, span).message("bad-rows-none"));
    }
    let earlier: usize = reader.pack.examples.iter().map(|example| example.cases.len()).sum();
    if earlier + lists.len() > limits::EXAMPLE_CASES {
        reader.report(
            Finding::error(codes::TOO_MANY, span).message("too-many-cases").with("limit", limits::EXAMPLE_CASES),
        );
        return None;
    }
    let case = header.iter().position(|name| &**name == CASE);
    let mut rows: Vec<Row> = Vec::new();
    for (number, cells) in (1..).zip(lists) {
        let at = places.span(number).unwrap_or(span);
        if cells.len() != header.len() {
            let finding = Finding::error(codes::BAD_ROWS, at).message("bad-rows-cells").with("row", number);
            reader.report(finding.with("cells", cells.len()).with("columns", header.len()));
            continue;
        }
        let given = case.and_then(|case| cells.get(case)).map(|cell| cell.clone().into_string());
        let name = match given {
            None => values_in_words(&header, &cells),
            Some(Ok(name)) if !name.trim().is_empty() => name,
            Some(_) => {
                reader.report(Finding::error(codes::BAD_ROWS, at).message("bad-rows-case").with("row", number));
                continue;
            }
        };
        if case.is_some() && rows.iter().any(|row| row.name == name) {
            let finding = Finding::error(codes::BAD_ROWS, at).message("bad-rows-same-case");
            reader.report(finding.with("name", name.as_str()));
            continue;
        }
        let mut values: Vec<PackConstant> = header.iter().cloned().zip(cells.into_iter().map(Arc::new)).collect();
        let mut written = places.written(reader, number);
        if let Some(case) = case {
            values.remove(case);
            if case < written.len() {
                written.remove(case);
            }
        }
        rows.push(Row { name, values, written, span: at });
    }
    let columns = header.into_iter().filter(|name| &**name != CASE).collect();
    (reader.errors() == errors).then_some(RowTable { columns, rows })
}

/// The names of the columns; `None` when one cannot be a name, which is reported.
fn header(reader: &mut PackReader<'_>, cells: Array, span: Span) -> Option<Vec<Arc<str>>> {
    let mut names: Vec<Arc<str>> = Vec::with_capacity(cells.len());
    for cell in cells {
        let Some(name) = cell.read_lock::<ImmutableString>().map(|name| Arc::<str>::from(name.as_str())) else {
            reader.report(Finding::error(codes::BAD_ROWS, span).message("bad-rows-header"));
            return None;
        };
        let key = if names.contains(&name) {
            Some("bad-rows-twice")
        } else if &*name != CASE && !reader.is_free_for_column(&name) {
            Some("bad-rows-taken")
        } else {
            None
        };
        if let Some(key) = key {
            reader.report(Finding::error(codes::BAD_ROWS, span).message(key).with("name", &*name));
            return None;
        }
        names.push(name);
    }
    Some(names)
}

/// The values of a row that one can say in a word, each with its column: `stage "interest", looks 2`.
fn values_in_words(header: &[Arc<str>], cells: &[Dynamic]) -> String {
    let shown = header.iter().zip(cells).filter_map(|(name, cell)| {
        let value = to_value(cell).filter(|value| !matches!(value, Value::List(_) | Value::Unknown))?;
        Some(format!("{name} {}", value.in_rule()))
    });
    shown.collect::<Vec<_>>().join(", ")
}

/// Where the rows of a table and their cells stand, for a table that is written out in its clause.
struct RowPlaces {
    /// For each row its tokens, and those of each of its cells. Empty for a table that is not written out.
    rows: Vec<(Range<usize>, Vec<Range<usize>>)>,
    spans: Vec<Span>,
}

impl RowPlaces {
    fn find(reader: &PackReader<'_>, range: &Range<usize>, lists: &[Array]) -> Self {
        let rows: Option<Vec<_>> = items(reader, range)
            .and_then(|rows| rows.into_iter().map(|row| items(reader, &row).map(|cells| (row, cells))).collect());
        let is_as_written = |rows: &Vec<(Range<usize>, Vec<Range<usize>>)>| {
            rows.len() == lists.len() && rows.iter().zip(lists).all(|((_, cells), list)| cells.len() == list.len())
        };
        let rows = rows.filter(is_as_written).unwrap_or_default();
        let spans = rows.iter().map(|(row, _)| reader.span_of(row)).collect();
        Self { rows, spans }
    }

    /// Where the row with this index stands; the first is that of the column names.
    fn span(&self, row: usize) -> Option<Span> {
        self.spans.get(row).copied()
    }

    /// The cells of the row with this index as they are written.
    fn written(&self, reader: &PackReader<'_>, row: usize) -> Vec<String> {
        let cells = self.rows.get(row).map_or(&[][..], |(_, cells)| cells);
        let text = |cell: &Range<usize>| reader.source.get(byte_range(&reader.tokens, cell)).unwrap_or_default();
        cells.iter().map(|cell| text(cell).to_owned()).collect()
    }
}

/// The items of a list that is written out: the tokens of each. `None` for any other expression.
fn items(reader: &PackReader<'_>, range: &Range<usize>) -> Option<Vec<Range<usize>>> {
    let last = range.end.checked_sub(1)?;
    if reader.kind_at(range.start) != Some(TokenKind::Open('[')) || reader.kind_at(last) != Some(TokenKind::Close(']'))
    {
        return None;
    }
    let (mut items, mut depth, mut start) = (Vec::new(), 0_usize, range.start + 1);
    for index in range.start + 1..last {
        match reader.kind_at(index) {
            // Tokens within a template are not those of the list.
            _ if reader.tokens.get(index).is_some_and(|token| token.inside > 0) => {}
            Some(TokenKind::Open(_)) => depth += 1,
            // The list ends before its clause does: `[a].map[b]`.
            Some(TokenKind::Close(_)) => depth = depth.checked_sub(1)?,
            Some(TokenKind::Comma) if depth == 0 => {
                items.push(start..index);
                start = index + 1;
            }
            _ => {}
        }
    }
    if start < last {
        items.push(start..last);
    }
    Some(items)
}
