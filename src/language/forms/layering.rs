//! The readers of the statements about other packs: `needs`, `without` and `adjust`. What they mean among the packs of a rulebook is found where
//! these are put together (`language/layering.rs`).

use semver::VersionReq;

use crate::book::value::Value;
use crate::diagnostics::codes;
use crate::diagnostics::finding::Finding;
use crate::language::reader::{PackReader, to_value};
use crate::language::scan::TokenKind;
use crate::language::shape::ClauseParts;
use crate::language::statements::Statement;
use crate::pack::statement_forms::HeadPart;
use crate::pack::statements::{Adjustment, Need, StatementName, Without, amount};

/// `needs "Answers" "^1.2" because "...";`
pub(super) fn needs(reader: &mut PackReader<'_>, statement: &Statement) -> Option<()> {
    let span = reader.span_of(&statement.tokens);
    let (pack, next) = reader.first_name(statement)?;
    let parts = reader.parts(statement);
    let versions = if reader.kind_at(next) == Some(TokenKind::Text) && next < statement.head.end {
        reader.expect_head_end(statement, next + 1)?;
        let written = reader.text_value(&(next..next + 1))?;
        if VersionReq::parse(&written).is_err() {
            let at = reader.span_of(&(next..next + 1));
            reader.report(Finding::error(codes::BAD_VERSIONS, at).with("written", written));
            return None;
        }
        Some(written)
    } else {
        reader.expect_head_end(statement, next)?;
        None
    };
    let because = reader.optional_text(&parts?, "because");
    reader.pack.needs.push(Need { pack, versions, because, span });
    Some(())
}

/// `without "Price page again" of "Inside sales" because "...";`
pub(super) fn without(reader: &mut PackReader<'_>, statement: &Statement) -> Option<()> {
    let span = reader.span_of(&statement.tokens);
    let (name, next) = reader.first_name(statement)?;
    reader.expect_head_end(statement, next)?;
    let (target, because) = of_and_because(reader, statement, name)?;
    reader.pack.withouts.push(Without { target, because, span });
    Some(())
}

/// `adjust "Price page again" lever 1.5 of "Inside sales" because "...";`
pub(super) fn adjust(reader: &mut PackReader<'_>, statement: &Statement) -> Option<()> {
    let span = reader.span_of(&statement.tokens);
    let (name, next) = reader.first_name(statement)?;
    let written = next + 1..statement.head.end;
    if Some(reader.text_at(next)) != HeadPart::Lever.word() || written.is_empty() {
        let at = reader.span_of(&(statement.head.start..next));
        reader.report(Finding::error(codes::MISSING_LEVER, at));
        return None;
    }
    let lever = match to_value(&reader.constant_value(&written)?) {
        Some(value @ (Value::Whole(_) | Value::Number(_))) => amount(&value),
        _ => None,
    };
    let Some(lever) = lever else {
        let at = reader.span_of(&written);
        reader.report(Finding::error(codes::MISSING_LEVER, at).message("missing-lever-other"));
        return None;
    };
    let (target, because) = of_and_because(reader, statement, name)?;
    reader.pack.adjustments.push(Adjustment { target, lever, because, span });
    Some(())
}

/// Which statement is meant, and why: the clauses `of` and `because`. A reason without words is reported.
fn of_and_because(reader: &mut PackReader<'_>, statement: &Statement, name: String) -> Option<(StatementName, String)> {
    let parts: ClauseParts = reader.parts(statement)?;
    let pack = match parts.get("of").cloned() {
        Some(range) => Some(reader.text_value(&range)?),
        None => None,
    };
    let range = parts.get("because")?.clone();
    let because = reader.text_value(&range)?;
    if because.trim().is_empty() {
        let (at, head) = (reader.span_of(&range), reader.text_at(statement.tokens.start));
        reader.report(Finding::error(codes::MISSING_BECAUSE, at).with("head", head));
        return None;
    }
    let span = reader.span_of(&(statement.head.start..statement.head.start + 1));
    Some((StatementName { name, pack, span }, because))
}
