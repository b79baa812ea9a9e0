//! The reader of `example`: `example "..." given #{ ... } expect phone.to("decider");`

use std::ops::Range;

use crate::check::lints::thousands_dot;
use crate::diagnostics::codes;
use crate::diagnostics::finding::Finding;
use crate::language::forms::rules::{record_statement_name, report_duplicate_name};
use crate::language::reader::PackReader;
use crate::language::scan::TokenKind;
use crate::language::statements::Statement;
use crate::pack::statements::Example;

/// Reads `example`, and evaluates its `given` and `expect`.
pub(super) fn example(reader: &mut PackReader<'_>, statement: &Statement) -> Option<()> {
    let span = reader.span_of(&statement.tokens);
    let name = reader.quoted_name(statement);
    let parts = reader.parts(statement)?;
    let range = parts.get("given")?.clone();
    let is_map = reader.text_at(range.start) == "#" && reader.kind_at(range.start + 1) == Some(TokenKind::Open('{'));
    report_thousands(reader, &range);
    let given = if is_map {
        reader.required_clause(&parts, "given")
    } else {
        let at = reader.span_of(&(range.start..range.start + 1));
        reader.report(Finding::error(codes::BAD_GIVEN, at));
        None
    };
    let expect = reader.required_clause(&parts, "expect");
    let name = name?;
    if reader.pack.examples.iter().any(|example| example.name == name) {
        report_duplicate_name(reader, statement, "example", &name);
        return None;
    }
    record_statement_name(reader, statement, "example", &name);
    let (given, expect) = (given?, expect?);
    // Evaluated here, so that an error is found when the pack is read and not when its examples are run.
    if let Err(problem) = given.program.example() {
        reader.report(
            Finding::error(codes::BAD_GIVEN, problem.span).message("bad-given-run").with("sentence", problem.sentence),
        );
        return None;
    }
    if let Err(problem) = expect.program.expected() {
        reader.report(Finding::error(codes::BAD_EXPECT, problem.span).with("sentence", problem.sentence));
        return None;
    }
    reader.pack.examples.push(Example { name, given, expect, span });
    Some(())
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
