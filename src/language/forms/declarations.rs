//! The readers of `fact`, `const` and `fn`, which other statements refer to.

use std::ops::Range;
use std::sync::Arc;

use crate::book::catalogue::FACTS;
use crate::book::value::{Type, Value};
use crate::book::vocabulary::SignalKind;
use crate::check::clause;
use crate::diagnostics::finding::Finding;
use crate::diagnostics::{Span, codes};
use crate::language::names::BUILT_IN;
use crate::language::reader::{PackReader, to_value};
use crate::language::scan::TokenKind;
use crate::language::statements::Statement;
use crate::language::values::to_dynamic;
use crate::limits;
use crate::pack::statements::OwnFact;
use crate::pack::touch::BUILDERS;

/// `fact budget as number because "Yearly budget in euros";`
pub(super) fn fact(reader: &mut PackReader<'_>, statement: &Statement) -> Option<()> {
    let (name, name_span) = declared_name(reader, statement)?;
    let read = fact_named(reader, statement, &name, name_span);
    // A clause that reads this fact is left out without a finding of its own.
    if read.is_none() && !clause::is_catalogue_fact(&name) && !reader.names.facts.contains_key(name.as_str()) {
        reader.names.facts.insert(Arc::from(name.as_str()), Type::Any);
        reader.broken_names.insert(name);
    }
    read
}

/// The rest of `fact`, after its name.
fn fact_named(reader: &mut PackReader<'_>, statement: &Statement, name: &str, name_span: Span) -> Option<()> {
    let span = reader.span_of(&statement.tokens);
    reader.expect_head_end(statement, statement.head.start + 1)?;
    let parts = reader.parts(statement)?;
    let range = parts.get("as")?.clone();
    let kind = match (reader.text_at(range.start), range.len()) {
        ("truth", 1) => Type::Truth,
        ("number", 1) => Type::Number,
        ("text", 1) => Type::Text,
        ("time", 1) => Type::Moment,
        (word, _) => {
            let at = reader.span_of(&range);
            reader.report(Finding::error(codes::UNKNOWN_TYPE, at).with("word", word).near_name(
                at,
                word,
                ["truth", "number", "text", "time"],
            ));
            return None;
        }
    };
    if clause::is_catalogue_fact(name) {
        reader.report(Finding::error(codes::TAKEN_NAME, name_span).message("taken-name-fact").with("name", name));
        return None;
    }
    if reader.names.facts.contains_key(name) {
        let finding =
            Finding::error(codes::DUPLICATE_NAME, name_span).message("duplicate-name-fact").with("name", name);
        reader.report(match reader.first_span("fact", name) {
            Some(first) => finding.related(first, "related-first"),
            None => finding,
        });
        return None;
    }
    let because = reader.optional_text(&parts, "because");
    reader.record_name("fact", name, name_span);
    let name: Arc<str> = Arc::from(name);
    reader.names.facts.insert(name.clone(), kind);
    // The bare name of a time stands for itself, where a fact takes the name of one: `lead.days_to(renewal)`.
    if kind == Type::Moment && !reader.is_declared(&name) && reader.pack_constants.len() < limits::NAMES {
        let value = Value::Text(name.clone());
        reader.declare_constant(&name, to_dynamic(&value));
        reader.names.constants.insert(name.clone(), Some(value));
    }
    reader.pack.facts.push(OwnFact { name, kind, because, span });
    Some(())
}

/// `const SOON = 4.hours;`
pub(super) fn constant(reader: &mut PackReader<'_>, statement: &Statement) -> Option<()> {
    let (name, name_span) = declared_name(reader, statement)?;
    let written = assigned_tokens(reader, statement, &name)?;
    if !reader.claim_name(&name, name_span) {
        return None;
    }
    let Some(value) = reader.constant_value(&written) else {
        reader.declare_broken(&name);
        return None;
    };
    reader.record_thousands(&name, &written);
    reader.names.constants.insert(Arc::from(name.as_str()), to_value(&value));
    reader.declare_constant(&name, value);
    Some(())
}

/// `fn hot(lead) { lead.visits("pricing", 7.days) >= 2 }`
pub(super) fn function(reader: &mut PackReader<'_>, statement: &Statement) -> Option<()> {
    let (name, name_span) = declared_name(reader, statement)?;
    // A helper function with this name would replace the fact, builder method or function of the language.
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
    let close = (open..statement.head.end).find(|index| reader.kind_at(*index) == Some(TokenKind::Close(')')));
    let words = |range: Range<usize>| range.filter(|index| reader.kind_at(*index) == Some(TokenKind::Word));
    let params: Vec<Arc<str>> =
        close.map_or(Vec::new(), |close| words(open..close).map(|index| reader.text_at(index).into()).collect());
    if reader.names.helpers.iter().any(|helper| helper.is(&name, params.len())) {
        let finding = Finding::error(codes::DUPLICATE_NAME, name_span)
            .message("duplicate-name-function")
            .with("name", name.as_str());
        reader.report(match reader.first_span("fn", &name) {
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
    let helper = reader.compile_helper(&statement.tokens, name.as_str().into(), params)?;
    reader.record_name("fn", &name, name_span);
    reader.names.helpers.push(helper);
    Some(())
}

/// The declared name, the word after `fact`, `setting`, `const` or `fn`, with its span.
pub(super) fn declared_name(reader: &mut PackReader<'_>, statement: &Statement) -> Option<(String, Span)> {
    let index = statement.head.start;
    let word = reader.text_at(index);
    let is_ascii = word.chars().all(|char| char == '_' || char.is_ascii_alphanumeric());
    if !statement.head.is_empty() && reader.kind_at(index) == Some(TokenKind::Word) && is_ascii {
        return Some((word.to_owned(), reader.span_of(&(index..index + 1))));
    }
    let head = reader.text_at(statement.tokens.start);
    let span = reader.span_of(&(statement.tokens.start..statement.tokens.start + 1));
    reader.report(Finding::error(codes::MISSING_NAME, span).with("head", head).help("help-bare-name"));
    None
}

/// The tokens after `name =`.
pub(super) fn assigned_tokens(reader: &mut PackReader<'_>, statement: &Statement, name: &str) -> Option<Range<usize>> {
    let sign = statement.head.start + 1;
    let value = sign + 1..statement.head.end;
    if reader.text_at(sign) == "=" && !value.is_empty() {
        return Some(value);
    }
    let head = reader.text_at(statement.tokens.start);
    let span = reader.span_of(&(statement.head.start..sign));
    reader.report(Finding::error(codes::MISSING_VALUE, span).with("head", head).with("name", name));
    None
}
