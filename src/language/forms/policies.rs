//! The readers of the policies: `never`, `limit`, `reachable` and `pause`.

use std::ops::Range;
use std::sync::Arc;

use crate::book::value::Value;
use crate::calendar::{Duration, Reachable};
use crate::check::FOR_AUTHORS;
use crate::check::lints::undone_closing;
use crate::diagnostics::finding::Finding;
use crate::diagnostics::{Span, codes};
use crate::language::reader::{PackReader, to_value};
use crate::language::scan::TokenKind;
use crate::language::statements::Statement;
use crate::pack::policies::{Hours, Limit, Never, Pause, Scope};

/// `never phone when ... unless ... because ...;`
pub(super) fn never(reader: &mut PackReader<'_>, statement: &Statement) -> Option<()> {
    let span = reader.span_of(&statement.tokens);
    let (name, first) = reader.policy_name(statement, TokenKind::Word)?;
    let channels = reader.channels(statement, first)?;
    reader.expect_head_end(statement, first + 1)?;
    let parts = reader.parts(statement)?;
    let when = reader.optional_clause(&parts, "when");
    let unless = reader.optional_clause(&parts, "unless");
    let because = reader.optional_clause(&parts, "because");
    let never = Never { name, channels, when: when.ok()?, unless: unless.ok()?, because: because.ok()?, span };
    reader.pack.nevers.push(never);
    Some(())
}

/// `limit phone 2 per 7.days across "account" when ... because ...;`
pub(super) fn limit(reader: &mut PackReader<'_>, statement: &Statement) -> Option<()> {
    let span = reader.span_of(&statement.tokens);
    let (name, first) = reader.policy_name(statement, TokenKind::Word)?;
    let channels = reader.channels(statement, first)?;
    let parts = reader.parts(statement)?;
    let number = first + 1..statement.head.end;
    let most = whole_number(reader, first, &number, ("limit", "limit phone 2 per 7.days"));
    let per = parts.get("per").cloned().and_then(|range| length(reader, &range, "per 7.days"));
    let across = match parts.get("across").cloned() {
        None => Some(Scope::Person),
        Some(range) => scope(reader, &range, LIMIT_SCOPES, "unknown-scope"),
    };
    let when = reader.optional_clause(&parts, "when");
    let because = reader.optional_clause(&parts, "because");
    let limit = Limit {
        name,
        channels,
        most: most?,
        per: per?,
        across: across?,
        when: when.ok()?,
        because: because.ok()?,
        span,
    };
    reader.pack.limits.push(limit);
    Some(())
}

/// `reachable phone "Mo-Fr 09:00-17:30; PH off" when ... because ...;`
pub(super) fn reachable(reader: &mut PackReader<'_>, statement: &Statement) -> Option<()> {
    let span = reader.span_of(&statement.tokens);
    let (name, first) = reader.policy_name(statement, TokenKind::Word)?;
    let channels = reader.channels(statement, first)?;
    let parts = reader.parts(statement);
    let index = first + 1;
    if index >= statement.head.end || reader.kind_at(index) != Some(TokenKind::Text) {
        let at = reader.span_of(&(first..first + 1));
        reader.report(Finding::error(codes::MISSING_HOURS, at));
        return None;
    }
    reader.expect_head_end(statement, index + 1)?;
    let written = reader.text_value(&(index..index + 1))?;
    let is_valid = match Reachable::parse(&written) {
        Ok(hours) => {
            let blank = written.chars().take_while(|letter| letter.is_whitespace()).count();
            let place = |column, length| span_within(reader, index, blank + column, Some(length));
            if FOR_AUTHORS {
                let whole = Some(reader.span_of(&(index..index + 1)));
                let undone = undone_closing::lint(&hours, &undone_closing::OF_PACK, place, whole);
                undone.into_iter().for_each(|finding| reader.report(finding));
            }
            true
        }
        Err(error) => {
            let at = span_within(reader, index, error.column, error.length());
            let mut finding = Finding::error(codes::OPENING_HOURS, at).message(error.key());
            for (name, word) in error.args() {
                finding = finding.with(name, word);
            }
            reader.report(match error.hint() {
                Some(hint) => finding.help(hint),
                None => finding,
            });
            false
        }
    };
    let parts = parts?;
    let when = reader.optional_clause(&parts, "when");
    let because = reader.optional_clause(&parts, "because");
    let hours = Hours { name, channels, hours: Arc::from(written), when: when.ok()?, because: because.ok()?, span };
    is_valid.then(|| reader.pack.hours.push(hours))
}

/// The span of a part of a text token: from a column on, counted from 1 after the quote, of a length or until the end of the text. The whole
/// token when it has escapes or several lines, since the position would not be exact.
fn span_within(reader: &PackReader<'_>, index: usize, column: usize, length: Option<usize>) -> Span {
    let mut at = reader.span_of(&(index..index + 1));
    if at.line == at.end_line && !reader.text_at(index).contains('\\') {
        let column = at.column + u32::try_from(column).unwrap_or(1);
        at.end_column = at.end_column.saturating_sub(1);
        at.column = column.min(at.end_column.saturating_sub(1));
        if let Some(length) = length.and_then(|length| u32::try_from(length).ok()) {
            at.end_column = at.end_column.min(at.column + length);
        }
    }
    at
}

/// `pause phone 2.days when ... because ...;`
pub(super) fn pause(reader: &mut PackReader<'_>, statement: &Statement) -> Option<()> {
    let span = reader.span_of(&statement.tokens);
    let (name, first) = reader.policy_name(statement, TokenKind::Word)?;
    let channels = reader.channels(statement, first)?;
    let parts = reader.parts(statement);
    let written = first + 1..statement.head.end;
    let length = if written.is_empty() {
        let at = reader.span_of(&(first..first + 1));
        reader.report(Finding::error(codes::MISSING_LENGTH, at));
        None
    } else {
        length(reader, &written, "pause phone 2.days")
    };
    let parts = parts?;
    let when = reader.required_clause(&parts, "when");
    let because = reader.optional_clause(&parts, "because");
    reader.pack.pauses.push(Pause { name, channels, length: length?, when: when?, because: because.ok()?, span });
    Some(())
}

/// The count of a limit or budget, from 0 on; it may be a setting. Reports and returns `None` for anything else. `channel` is the token before
/// it; the word of the statement and an example are shown in the advice.
pub(super) fn whole_number(
    reader: &mut PackReader<'_>,
    channel: usize,
    range: &Range<usize>,
    (head, example): (&str, &str),
) -> Option<u32> {
    if range.is_empty() {
        let at = reader.span_of(&(channel..channel + 1));
        reader.report(Finding::error(codes::MISSING_NUMBER, at).with("example", example));
        return None;
    }
    let value = reader.constant_value(range)?;
    let count = value.as_int().ok().and_then(|count| u32::try_from(count).ok());
    if count.is_none() {
        let at = reader.span_of(range);
        let finding = Finding::error(codes::MISSING_NUMBER, at).message("missing-number-other");
        reader.report(finding.with("head", head).with("example", example));
    }
    count
}

/// A positive length of time by the clock; reports and returns `None` for anything else. `example` is shown in the advice.
pub(super) fn length(reader: &mut PackReader<'_>, range: &Range<usize>, example: &str) -> Option<Duration> {
    let value = reader.constant_value(range)?;
    let at = reader.span_of(range);
    match to_value(&value) {
        Some(Value::Length(length)) if length.millis() > 0 => Some(length),
        Some(Value::WorkingLength(_) | Value::WorkingDays(_)) => {
            reader.report(
                Finding::error(codes::NOT_A_LENGTH, at).message("not-a-length-working").with("example", example),
            );
            None
        }
        _ => {
            let finding = Finding::error(codes::NOT_A_LENGTH, at).with("example", example);
            let bare = range.len() == 1 && reader.kind_at(range.start) == Some(TokenKind::Number);
            reader.report(if bare { finding.put_after(at, ".days") } else { finding });
            None
        }
    }
}

/// The scope of a limit, a cadence or a budget; reports and returns `None` for any other word than those of `known`. `message` is the key of what
/// is wrong then.
pub(super) fn scope<S: Copy>(
    reader: &mut PackReader<'_>,
    range: &Range<usize>,
    known: &[(&'static str, S)],
    message: &'static str,
) -> Option<S> {
    if range.len() == 1 && reader.kind_at(range.start) == Some(TokenKind::Word) {
        let (at, word) = (reader.span_of(range), reader.text_at(range.start));
        reader.report(Finding::error(codes::NOT_A_TEXT, at).replace(at, format!("\"{word}\"")));
        return None;
    }
    let word = reader.text_value(range)?;
    let scope = known.iter().find(|(name, _)| *name == word).map(|(_, scope)| *scope);
    if scope.is_none() {
        let at = reader.span_of(range);
        let quoted = |meant: &str| format!("\"{meant}\"");
        let names: Vec<&str> = known.iter().map(|(name, _)| *name).collect();
        let finding = Finding::error(codes::UNKNOWN_SCOPE, at).message(message).with("word", word.as_str());
        reader.report(finding.near(at, &word, names, quoted, quoted));
    }
    scope
}

/// The words for whose touches a limit counts together.
const LIMIT_SCOPES: &[(&str, Scope)] = &[("person", Scope::Person), ("lead", Scope::Lead), ("account", Scope::Account)];
