//! The reader of `pack`: `pack "Inside sales, B2B basics" #{ version: "1.0.0", language: "en", author: "Sales team North" };`

use std::ops::Range;

use rhai::{Dynamic, Map};

use crate::diagnostics::finding::Finding;
use crate::diagnostics::{Span, codes};
use crate::language::dialect;
use crate::language::reader::PackReader;
use crate::language::scan::TokenKind;
use crate::language::statements::Statement;
use crate::wording::Arg;

/// Reads `pack`, which may occur once.
pub(super) fn pack(reader: &mut PackReader<'_>, statement: &Statement) -> Option<()> {
    let span = reader.span_of(&statement.tokens);
    reader.parts(statement)?;
    let index = statement.head.start;
    if reader.kind_at(index) != Some(TokenKind::Text) || statement.head.is_empty() {
        reader.report(Finding::error(codes::MISSING_NAME, span).with("head", "pack"));
        return None;
    }
    if reader.is_named() {
        let finding = Finding::error(codes::DUPLICATE_PACK, span);
        reader.report(match reader.first_span("pack", "") {
            Some(first) => finding.related(first, "related-first"),
            None => finding,
        });
        return None;
    }
    let name = reader.text_value(&(index..index + 1))?;
    reader.set_name(name, span);
    let map = index + 1..statement.head.end;
    if map.is_empty() {
        return Some(());
    }
    let map_span = reader.span_of(&map);
    let Some(entries) = reader.constant_value(&map)?.try_cast::<Map>() else {
        reader.report(Finding::error(codes::UNEXPECTED, map_span).message("unexpected-after-pack"));
        return None;
    };
    for (key, value) in entries {
        let span = entry_value_span(reader, &map, &key).unwrap_or(map_span);
        set_entry(reader, &key, value, span);
    }
    if let (Some(from), Some(to)) = (reader.pack.about.valid_from, reader.pack.about.valid_to)
        && from >= to
    {
        let at = entry_value_span(reader, &map, "valid_to").unwrap_or(map_span);
        reader.report(Finding::error(codes::BAD_MOMENT, at).message("bad-moment-order"));
    }
    Some(())
}

/// The span of this key's value in the map; `None` when the map does not have the key.
fn entry_value_span(reader: &PackReader<'_>, map: &Range<usize>, key: &str) -> Option<Span> {
    let index = map
        .clone()
        .find(|index| reader.text_at(*index).trim_matches('"') == key && reader.text_at(index + 1) == ":")?;
    let ends = |index: &usize| matches!(reader.kind_at(*index), Some(TokenKind::Comma | TokenKind::Close('}')));
    let end = (index + 2..map.end).find(ends)?;
    Some(reader.span_of(&(index + 2..end)))
}

/// Sets one entry of the map; an entry of the wrong type is reported.
fn set_entry(reader: &mut PackReader<'_>, key: &str, value: Dynamic, span: Span) {
    if key == "hard" {
        match value.as_bool() {
            Ok(hard) => reader.pack.about.hard = hard,
            Err(_) => reader.report(Finding::error(codes::BAD_ENTRY, span).message("bad-entry-hard")),
        }
        return;
    }
    let Ok(text) = value.into_string() else {
        reader.report(Finding::error(codes::BAD_ENTRY, span).with("key", key));
        return;
    };
    let moment = matches!(key, "valid_from" | "valid_to").then(|| dialect::moment(&text));
    let about = &mut reader.pack.about;
    match (key, moment) {
        ("version", _) => about.version = Some(text),
        ("language", _) => about.language = Some(text),
        ("author", _) => about.author = Some(text),
        ("source", _) => about.source = Some(text),
        ("valid_from", Some(Ok(moment))) => about.valid_from = Some(moment),
        ("valid_to", Some(Ok(moment))) => about.valid_to = Some(moment),
        (_, Some(Err(why))) => reader.report(
            Finding::error(codes::BAD_MOMENT, span)
                .message("bad-moment-entry")
                .with("key", key)
                .with("sentence", Arg::Key(why.key))
                .with("written", why.written),
        ),
        (_, _) => {
            about.notes.insert(key.to_owned(), text);
        }
    }
}
