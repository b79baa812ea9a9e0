//! `fact`, `setting`, `const` and `fn`: what other statements refer to.

use std::ops::Range;
use std::sync::Arc;

use crate::book::catalogue::FACTS;
use crate::book::value::{Type, Value};
use crate::book::vocabulary::SignalKind;
use crate::check::clause;
use crate::diagnostics::finding::Finding;
use crate::diagnostics::{Span, codes};
use crate::language::names::BUILT_IN;
use crate::language::reader::{PackReader, plain};
use crate::language::scan::TokenKind;
use crate::language::statements::Statement;
use crate::language::values::to_dynamic;
use crate::limits;
use crate::pack::statements::{OwnFact, Setting};
use crate::pack::touch::BUILDERS;

/// `fact budget as number because "Yearly budget in euros";`
pub(super) fn fact(reader: &mut PackReader<'_>, statement: &Statement) -> Option<()> {
    let (name, name_span) = declared_name(reader, statement)?;
    let read = fact_named(reader, statement, &name, name_span);
    // What reads a fact that could not be read is left out; that is told here, and not at every use.
    if read.is_none() && !clause::is_taken(&name) && !reader.names.facts.contains_key(name.as_str()) {
        reader.names.facts.insert(Arc::from(name.as_str()), Type::Any);
        reader.broken.insert(name);
    }
    read
}

fn fact_named(reader: &mut PackReader<'_>, statement: &Statement, name: &str, name_span: Span) -> Option<()> {
    let span = reader.span(&statement.tokens);
    reader.nothing_more(statement, statement.head.start + 1)?;
    let parts = reader.parts(statement)?;
    let range = parts.get("as")?.clone();
    let kind = match (reader.word(range.start), range.len()) {
        ("truth", 1) => Type::Truth,
        ("number", 1) => Type::Number,
        ("text", 1) => Type::Text,
        (word, _) => {
            let at = reader.span(&range);
            reader.report(Finding::error(codes::UNKNOWN_TYPE, at).with("word", word).near_name(
                at,
                word,
                ["truth", "number", "text"],
            ));
            return None;
        }
    };
    if clause::is_taken(name) {
        reader.report(Finding::error(codes::TAKEN_NAME, name_span).message("taken-name-fact").with("name", name));
        return None;
    }
    if reader.names.facts.contains_key(name) {
        let finding =
            Finding::error(codes::DUPLICATE_NAME, name_span).message("duplicate-name-fact").with("name", name);
        reader.report(match reader.first("fact", name) {
            Some(first) => finding.related(first, "related-first"),
            None => finding,
        });
        return None;
    }
    let because = reader.optional_text(&parts, "because");
    reader.mark("fact", name, name_span);
    let name: Arc<str> = Arc::from(name);
    reader.names.facts.insert(name.clone(), kind);
    reader.pack.facts.push(OwnFact { name, kind, because, span });
    Some(())
}

/// `setting hot_visits = 2 range 1..=10 because "Visits in a week that count as hot";`
pub(super) fn setting(reader: &mut PackReader<'_>, statement: &Statement) -> Option<()> {
    let (name, name_span) = declared_name(reader, statement)?;
    let read = setting_named(reader, statement, &name, name_span);
    if read.is_none() && !reader.is_declared(&name) {
        reader.declare_broken(&name);
    }
    read
}

fn setting_named(reader: &mut PackReader<'_>, statement: &Statement, name: &str, name_span: Span) -> Option<()> {
    let span = reader.span(&statement.tokens);
    let parts = reader.parts(statement)?;
    let written = assigned(reader, statement, name)?;
    if !reader.is_free(name, name_span) {
        return None;
    }
    let value_span = reader.span(&written);
    let value = match plain(&reader.value(&written)?) {
        Some(value) if !matches!(value, Value::Unknown | Value::Moment(_)) => value,
        _ => {
            reader.report(Finding::error(codes::BAD_SETTING, value_span).with("name", name));
            return None;
        }
    };
    let range = match parts.get("range") {
        Some(range) => Some(bounds(reader, &range.clone())?),
        None => None,
    };
    if let Some(finding) = outside(Finding::error(codes::OUTSIDE_RANGE, value_span), &value, range) {
        reader.report(finding.with("name", name));
        return None;
    }
    let because = reader.optional_text(&parts, "because");
    let value = turned(reader, name, value, range, span);
    reader.declare(name, to_dynamic(&value));
    let name: Arc<str> = Arc::from(name);
    reader.names.settings.insert(name.clone(), value.clone());
    reader.pack.settings.push(Setting { name, value, range, because, span });
    Some(())
}

/// The value in force: that of the overrides where it fits, else the one written.
fn turned(reader: &mut PackReader<'_>, name: &str, written: Value, range: Option<(i64, i64)>, span: Span) -> Value {
    let Some(value) = reader.overrides.of(&reader.pack.about.name, name).cloned() else { return written };
    let number = |kind| matches!(kind, Type::Whole | Type::Number);
    let finding = Finding::error(codes::BAD_OVERRIDE, span)
        .with("name", name)
        .with("value", value.in_rule())
        .with("written", written.in_rule());
    let wrong = if value.kind() != written.kind() && !(number(value.kind()) && number(written.kind())) {
        Some(finding.with("is", written.kind().with_article()).with("came", value.kind().with_article()))
    } else {
        outside(finding.message("outside-range"), &value, range)
            .map(|finding| finding.why("why-written-instead").help("help-allowed-value"))
    };
    match wrong {
        None => value,
        Some(finding) => {
            reader.report(finding);
            written
        }
    }
}

/// The finding with what is wrong, when the value lies outside the range.
fn outside(finding: Finding, value: &Value, range: Option<(i64, i64)>) -> Option<Finding> {
    let (low, high) = range?;
    let fits = match value {
        Value::Whole(count) => (low..=high).contains(count),
        Value::Number(number) => *number >= low as f64 && *number <= high as f64,
        _ => return Some(finding.message("outside-range-no-number")),
    };
    (!fits).then(|| finding.with("low", low).with("high", high).with("value", value.in_rule()))
}

/// `1..=10`, or `1..11` with the end left out.
fn bounds(reader: &mut PackReader<'_>, range: &Range<usize>) -> Option<(i64, i64)> {
    let written: String = range.clone().map(|place| reader.word(place)).collect();
    let number = |text: &str| text.replace('_', "").parse::<i64>().ok();
    let ends = match written.split_once("..=") {
        Some((low, high)) => number(low).zip(number(high)),
        None => written.split_once("..").and_then(|(low, high)| number(low).zip(number(high)?.checked_sub(1))),
    };
    match ends {
        Some((low, high)) if low <= high => Some((low, high)),
        _ => {
            let span = reader.span(range);
            reader.report(Finding::error(codes::BAD_RANGE, span));
            None
        }
    }
}

/// `const SOON = 4.hours;`
pub(super) fn constant(reader: &mut PackReader<'_>, statement: &Statement) -> Option<()> {
    let (name, name_span) = declared_name(reader, statement)?;
    let written = assigned(reader, statement, &name)?;
    if !reader.is_free(&name, name_span) {
        return None;
    }
    let Some(value) = reader.value(&written) else {
        reader.declare_broken(&name);
        return None;
    };
    reader.names.constants.insert(Arc::from(name.as_str()), plain(&value));
    reader.declare(&name, value);
    Some(())
}

/// `fn hot(lead) { lead.visits("pricing", 7.days) >= 2 }`
pub(super) fn function(reader: &mut PackReader<'_>, statement: &Statement) -> Option<()> {
    let (name, name_span) = declared_name(reader, statement)?;
    // A function of this name would be called instead of the fact, builder or operator.
    let taken = FACTS.iter().any(|entry| entry.name == name)
        || BUILDERS.iter().any(|(builder, _)| *builder == name)
        || SignalKind::from_word(&name).is_some()
        || BUILT_IN.contains(&name.as_str())
        || matches!(name.as_str(), "to_string" | "to_debug" | "len" | "call");
    if taken {
        reader.report(Finding::error(codes::TAKEN_NAME, name_span).with("name", name));
        return None;
    }
    let open = statement.head.start + 1;
    let close = (open..statement.head.end).find(|place| reader.kind(*place) == Some(TokenKind::Close(')')));
    let words = |range: Range<usize>| range.filter(|place| reader.kind(*place) == Some(TokenKind::Word));
    let params: Vec<Arc<str>> =
        close.map_or(Vec::new(), |close| words(open..close).map(|place| reader.word(place).into()).collect());
    if reader.names.helpers.iter().any(|helper| helper.is(&name, params.len())) {
        let finding = Finding::error(codes::DUPLICATE_NAME, name_span)
            .message("duplicate-name-function")
            .with("name", name.as_str());
        reader.report(match reader.first("fn", &name) {
            Some(first) => finding.related(first, "related-first"),
            None => finding,
        });
        return None;
    }
    if reader.names.helpers.len() >= limits::FUNCTIONS {
        reader.report(
            Finding::error(codes::TOO_MANY, name_span).message("too-many-functions").with("limit", limits::FUNCTIONS),
        );
        return None;
    }
    let helper = reader.function(&statement.tokens, name.as_str().into(), params)?;
    reader.mark("fn", &name, name_span);
    reader.names.helpers.push(helper);
    Some(())
}

/// The word after `fact`, `setting`, `const` or `fn`.
fn declared_name(reader: &mut PackReader<'_>, statement: &Statement) -> Option<(String, Span)> {
    let place = statement.head.start;
    let word = reader.word(place);
    let plain = word.chars().all(|char| char == '_' || char.is_ascii_alphanumeric());
    if !statement.head.is_empty() && reader.kind(place) == Some(TokenKind::Word) && plain {
        return Some((word.to_owned(), reader.span(&(place..place + 1))));
    }
    let head = reader.word(statement.tokens.start);
    let span = reader.span(&(statement.tokens.start..statement.tokens.start + 1));
    reader.report(Finding::error(codes::MISSING_NAME, span).with("head", head).help("help-bare-name"));
    None
}

/// What follows `name =`.
fn assigned(reader: &mut PackReader<'_>, statement: &Statement, name: &str) -> Option<Range<usize>> {
    let sign = statement.head.start + 1;
    let value = sign + 1..statement.head.end;
    if reader.word(sign) == "=" && !value.is_empty() {
        return Some(value);
    }
    let head = reader.word(statement.tokens.start);
    let span = reader.span(&(statement.head.start..sign));
    reader.report(Finding::error(codes::MISSING_VALUE, span).with("head", head).with("name", name));
    None
}
