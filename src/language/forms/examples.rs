//! The reader of `example`: `example "..." given #{ ... } expect phone.to("decider") and not by("...") rows [...];`
//!
//! `expect` says one thing or several, joined by `and`, each perhaps after `not`. They are evaluated one by one, because Rhai's own `and` knows only true
//! and false.

use std::ops::Range;
use std::sync::Arc;

use crate::check::lints::thousands_dot;
use crate::diagnostics::codes::DiagnosticCode;
use crate::diagnostics::finding::Finding;
use crate::diagnostics::{EvaluationError, EvaluationErrorCode, Span, codes};
use crate::language::forms::example_rows::{Row, RowTable, rows};
use crate::language::forms::rules::{record_statement_name, report_duplicate_name};
use crate::language::interpreter::InterpretedProgram;
use crate::language::reader::PackReader;
use crate::language::scan::TokenKind;
use crate::language::shape::ClauseParts;
use crate::language::statements::{Statement, byte_range};
use crate::pack::example::{Example, ExampleCase, ExampleRow, Expectation, Given};
use crate::pack::statement_forms::ClausePurpose;
use crate::wording::Sentence;

/// One of the things that an `expect` says.
struct ExpectPart {
    negated: bool,
    tokens: Range<usize>,
    program: Arc<InterpretedProgram>,
}

/// The clauses of an example, before they are evaluated for its rows.
struct ExampleClauses {
    given: Arc<InterpretedProgram>,
    expect: Vec<ExpectPart>,
    /// The tokens of `expect`.
    expect_tokens: Range<usize>,
}

/// Reads `example`, and evaluates it for each of its rows: an error is found when the pack is read and not when its examples are run.
pub(super) fn example(reader: &mut PackReader<'_>, statement: &Statement) -> Option<()> {
    let span = reader.span_of(&statement.tokens);
    let name = reader.quoted_name(statement);
    let parts = reader.parts(statement)?;
    let table = match parts.get("rows") {
        Some(_) => Some(rows(reader, &parts)?),
        None => None,
    };
    let columns = table.as_ref().map_or(&[][..], |table| &table.columns);
    let clauses = reader.with_columns(columns, |reader| clauses(reader, &parts));
    let name = name?;
    if reader.pack.examples.iter().any(|example| example.name == name) {
        report_duplicate_name(reader, statement, "example", &name);
        return None;
    }
    record_statement_name(reader, statement, "example", &name);
    let clauses = clauses?;
    let cases = match &table {
        None => vec![case(reader, &clauses, None, span)?],
        Some(table) => {
            check_columns_are_used(reader, &parts, table)?;
            let cases =
                (1..).zip(&table.rows).map(|(number, row)| case(reader, &clauses, Some((number, row)), row.span));
            // Every row is tried, so that all their errors are found.
            let cases: Vec<Option<ExampleCase>> = cases.collect();
            cases.into_iter().collect::<Option<Vec<ExampleCase>>>()?
        }
    };
    reader.pack.examples.push(Example { name, cases, span });
    Some(())
}

/// Reads `given` and `expect`.
fn clauses(reader: &mut PackReader<'_>, parts: &ClauseParts) -> Option<ExampleClauses> {
    let range = parts.get("given")?.clone();
    let is_map = reader.text_at(range.start) == "#" && reader.kind_at(range.start + 1) == Some(TokenKind::Open('{'));
    report_thousands(reader, &range);
    let given = if is_map {
        reader.example_program(&range, ClausePurpose::Given)
    } else {
        let at = reader.span_of(&(range.start..range.start + 1));
        reader.report(Finding::error(codes::BAD_GIVEN, at));
        None
    };
    let expect_tokens = parts.get("expect")?.clone();
    let mut expect = Some(Vec::new());
    for (negated, tokens) in split_at_and(reader, &expect_tokens) {
        let program = reader.example_program(&tokens, ClausePurpose::Expected);
        expect = expect.zip(program).map(|(mut all, program)| {
            all.push(ExpectPart { negated, tokens, program });
            all
        });
    }
    Some(ExampleClauses { given: given?, expect: expect?, expect_tokens })
}

/// The parts of an `expect` that `and` joins outside brackets, each with whether `not` stands before it. What begins with `if` or `switch` is one
/// part, and so is what is not complete.
fn split_at_and(reader: &PackReader<'_>, range: &Range<usize>) -> Vec<(bool, Range<usize>)> {
    let whole = vec![(false, range.clone())];
    if matches!(reader.text_at(range.start), "if" | "switch") {
        return whole;
    }
    let (mut parts, mut depth, mut start) = (Vec::new(), 0_usize, range.start);
    for index in range.clone() {
        match reader.kind_at(index) {
            _ if reader.tokens.get(index).is_some_and(|token| token.inside > 0) => {}
            Some(TokenKind::Open(_)) => depth += 1,
            Some(TokenKind::Close(_)) => depth = depth.saturating_sub(1),
            Some(TokenKind::Word | TokenKind::Sign) if depth == 0 && matches!(reader.text_at(index), "and" | "&&") => {
                parts.push(start..index);
                start = index + 1;
            }
            _ => {}
        }
    }
    parts.push(start..range.end);
    let mut read = Vec::with_capacity(parts.len());
    for mut part in parts {
        let mut negated = false;
        while !part.is_empty() && matches!(reader.text_at(part.start), "not" | "!") {
            negated = !negated;
            part.start += 1;
        }
        if part.is_empty() {
            return whole;
        }
        read.push((negated, part));
    }
    read
}

/// Reports a column that neither `given` nor `expect` uses: the table would say more than is tried.
fn check_columns_are_used(reader: &mut PackReader<'_>, parts: &ClauseParts, table: &RowTable) -> Option<()> {
    let uses = |column: &str| {
        let clauses = [parts.get("given"), parts.get("expect")];
        clauses.into_iter().flatten().any(|range| reader.reads_variable(range, column, None))
    };
    let Some(unused) = table.columns.iter().find(|column| !uses(column)) else { return Some(()) };
    let span = reader.span_of(parts.get("rows")?);
    reader.report(Finding::error(codes::BAD_ROWS, span).message("bad-rows-unused").with("name", &**unused));
    None
}

/// The case of one row, or of an example without rows; `None` when a clause has no value for it, which is reported.
fn case(
    reader: &mut PackReader<'_>,
    clauses: &ExampleClauses,
    row: Option<(usize, &Row)>,
    span: Span,
) -> Option<ExampleCase> {
    let of_row = |program: &Arc<InterpretedProgram>| match row {
        Some((_, row)) => Arc::new(program.with_values(&row.values)),
        None => program.clone(),
    };
    let given: Option<Given> = match of_row(&clauses.given).given() {
        Ok(given) => Some(given),
        Err(problem) => {
            report_value(reader, codes::BAD_GIVEN, ["bad-given-run", "bad-given-row"], problem, row);
            None
        }
    };
    let mut expected = Vec::new();
    for part in &clauses.expect {
        match of_row(&part.program).expected() {
            Ok(values) => expected.extend(values.into_iter().map(|value| (part, value))),
            Err(problem) => {
                report_value(reader, codes::BAD_EXPECT, ["bad-expect", "bad-expect-row"], problem, row);
                return None;
            }
        }
    }
    if expected.iter().filter(|(part, value)| part.negated == value.negated && value.what.is_action()).count() > 1 {
        let (code, sentence) = (EvaluationErrorCode::WrongType, Sentence::new("expect-one-action"));
        let span = reader.span_of(&clauses.expect_tokens);
        let problem = EvaluationError { code, sentence, span };
        report_value(reader, codes::BAD_EXPECT, ["bad-expect", "bad-expect-row"], problem, row);
        return None;
    }
    let expected = expected.into_iter().map(|(part, value)| Expectation {
        negated: part.negated != value.negated,
        what: value.what,
        written: written(reader, &part.tokens, row).into(),
    });
    let expected = expected.collect();
    let row_of_case = row.map(|(number, row)| ExampleRow { number, name: row.name.clone() });
    let written = written(reader, &clauses.expect_tokens, row);
    Some(ExampleCase { row: row_of_case, given: given?, expected, written, span })
}

/// Reports that a clause has no value. `keys` are the messages for an example without rows and for a row, which the finding is about then.
fn report_value(
    reader: &mut PackReader<'_>,
    code: DiagnosticCode,
    [alone, in_row]: [&'static str; 2],
    problem: EvaluationError,
    row: Option<(usize, &Row)>,
) {
    let finding = match row {
        None => Finding::error(code, problem.span).message(alone),
        Some((number, row)) => Finding::error(code, row.span).message(in_row).with("row", number),
    };
    reader.report(finding.with("sentence", problem.sentence));
}

/// The text of an expectation on one line without its comments, with the cells of a row in the place of their columns.
fn written(reader: &PackReader<'_>, tokens: &Range<usize>, row: Option<(usize, &Row)>) -> String {
    let mut text = String::new();
    let mut end = byte_range(&reader.tokens, tokens).start;
    let mut before = None;
    for index in tokens.clone() {
        // What stands within a template is part of its text.
        let Some(token) = reader.tokens.get(index).filter(|token| token.start >= end) else { continue };
        let closes = matches!(token.kind, TokenKind::Dot | TokenKind::Comma | TokenKind::Close(_));
        let opened = matches!(before, None | Some(TokenKind::Dot | TokenKind::Open(_)));
        if token.start > end && !closes && !opened {
            text.push(' ');
        }
        let cell = row.and_then(|(_, row)| {
            let column = row.values.iter().position(|(name, _)| **name == *reader.text_at(index))?;
            row.written.get(column).filter(|_| reader.reads_variable(&(index..index + 1), reader.text_at(index), None))
        });
        text.push_str(cell.map_or_else(|| reader.text_at(index), String::as_str));
        end = token.end;
        before = Some(token.kind);
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The fields of a lead, and of what belongs to it, that hold an amount of money or a count.
const AMOUNTS: [&str; 3] = ["value", "amount", "employees"];

/// Reports numbers with a dot of thousands in these fields.
fn report_thousands(reader: &mut PackReader<'_>, given: &Range<usize>) {
    for index in given.clone() {
        let is_amount = AMOUNTS.contains(&reader.text_at(index).trim_matches('"')) && reader.text_at(index + 1) == ":";
        let number = reader.text_at(index + 2);
        if is_amount && given.contains(&(index + 2)) && thousands_dot::is_thousands(number) {
            let at = reader.span_of(&(index + 2..index + 3));
            reader.report(thousands_dot::finding(at, number, true));
        }
    }
}
