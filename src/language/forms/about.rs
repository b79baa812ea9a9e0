//! `pack "Inside sales, B2B basics" #{ version: "1.0.0", language: "en", author: "Sales team North" };`

use rhai::{Dynamic, Map};

use crate::language::dialect;
use crate::language::read::Reader;
use crate::language::scan::TokenKind;
use crate::language::statements::Statement;
use crate::rulebook::Diagnostic;

pub(super) fn pack(reader: &mut Reader<'_>, statement: &Statement) -> Option<()> {
    let span = reader.span(&statement.tokens);
    reader.parts(statement, &[], &[])?;
    let place = statement.head.start;
    if reader.kind(place) != Some(TokenKind::Text) || statement.head.is_empty() {
        reader.tell(Diagnostic::error("missing-name", span, "this pack has no name").help("write pack \"...\""));
        return None;
    }
    if reader.is_named() {
        reader.tell(
            Diagnostic::error("duplicate-pack", span, "a file holds one pack, and this is the second pack statement")
                .help("put it in a file of its own, or remove one"),
        );
        return None;
    }
    let name = reader.text(&(place..place + 1))?;
    reader.set_name(name, span);
    let map = place + 1..statement.head.end;
    if map.is_empty() {
        return Some(());
    }
    let map_span = reader.span(&map);
    let Some(entries) = reader.value(&map)?.try_cast::<Map>() else {
        reader.tell(
            Diagnostic::error("unexpected", map_span, "a pack goes on with #{ ... }")
                .help("write #{ version: \"1.0.0\" }"),
        );
        return None;
    };
    for (key, value) in entries {
        entry(reader, &key, value, map_span);
    }
    Some(())
}

fn entry(reader: &mut Reader<'_>, key: &str, value: Dynamic, span: crate::rulebook::Span) {
    if key == "hard" {
        match value.as_bool() {
            Ok(hard) => reader.pack.about.hard = hard,
            Err(_) => reader.tell(Diagnostic::error("bad-entry", span, "hard is true or false")),
        }
        return;
    }
    let Ok(text) = value.into_string() else {
        reader.tell(
            Diagnostic::error("bad-entry", span, format!("{key} is a text")).help("put it between double quotes"),
        );
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
        (_, Some(Err(sentence))) => reader.tell(Diagnostic::error("bad-moment", span, format!("{key}: {sentence}"))),
        (_, _) => {
            about.notes.insert(key.to_owned(), text);
        }
    }
}
