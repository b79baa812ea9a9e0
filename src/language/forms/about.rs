//! The reader of `pack`: `pack "Inside sales, B2B basics" #{ version: "1.0.0", language: "en", author: "Sales team North" };`

use std::ops::Range;

use rhai::{Dynamic, Map};

use crate::calendar::Country;
use crate::diagnostics::finding::Finding;
use crate::diagnostics::{Span, codes};
use crate::language::dialect;
use crate::language::reader::PackReader;
use crate::language::scan::TokenKind;
use crate::language::statements::Statement;
use crate::pack::statements::PolicyCountries;
use crate::wording::Arg;

/// What a pack can say about itself, besides its name.
pub(crate) const ENTRIES: [&str; 11] =
    ["id", "version", "language", "author", "source", "valid_from", "valid_to", "hard", "countries", "needs", "notes"];
/// What `countries` says instead of a list: those that no pack in force lists.
const ELSEWHERE: &str = "elsewhere";
/// What people write instead, with the entry that it stands for.
const OTHER_WORDS: [(&str, &str); 12] = [
    ("valid_until", "valid_to"),
    ("valid_till", "valid_to"),
    ("until", "valid_to"),
    ("expires", "valid_to"),
    ("ends", "valid_to"),
    ("valid_since", "valid_from"),
    ("since", "valid_from"),
    ("starts", "valid_from"),
    ("requires", "needs"),
    ("uses", "needs"),
    ("law", "hard"),
    ("strict", "hard"),
];

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
    reader.pack.header = span;
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
        let key_span = entry_key(reader, &map, &key).map(|index| reader.span_of(&(index..index + 1)));
        let value_span = entry_value_span(reader, &map, &key).unwrap_or(map_span);
        set_entry(reader, &key, value, (key_span.unwrap_or(map_span), value_span));
    }
    if let (Some(from), Some(to)) = (reader.pack.about.valid_from, reader.pack.about.valid_to)
        && from >= to
    {
        let at = entry_value_span(reader, &map, "valid_to").unwrap_or(map_span);
        reader.report(Finding::error(codes::BAD_MOMENT, at).message("bad-moment-order"));
        // One of them is wrong. Law that may be in force is.
        if reader.pack.about.hard {
            (reader.pack.about.valid_from, reader.pack.about.valid_to) = (None, None);
        }
    }
    Some(())
}

/// The token of this key in the map, not in a map or list within it; `None` when the map does not have the key.
fn entry_key(reader: &PackReader<'_>, map: &Range<usize>, key: &str) -> Option<usize> {
    let mut depth = 0_usize;
    map.clone().find(|index| {
        match reader.kind_at(*index) {
            Some(TokenKind::Open(_)) => depth += 1,
            Some(TokenKind::Close(_)) => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 1 && reader.text_at(*index).trim_matches('"') == key && reader.text_at(index + 1) == ":"
    })
}

/// The span of this key's value in the map; `None` when the map does not have the key.
fn entry_value_span(reader: &PackReader<'_>, map: &Range<usize>, key: &str) -> Option<Span> {
    let first = entry_key(reader, map, key)? + 2;
    let mut depth = 0_usize;
    let end = (first..map.end).find(|index| match reader.kind_at(*index) {
        Some(TokenKind::Open(_)) => {
            depth += 1;
            false
        }
        Some(TokenKind::Close(_)) if depth > 0 => {
            depth -= 1;
            false
        }
        Some(TokenKind::Comma | TokenKind::Close(_)) => depth == 0,
        _ => false,
    })?;
    Some(reader.span_of(&(first..end)))
}

/// Sets one entry of the map; an unknown one and one of the wrong type are reported. `spans` are those of the key and of the value.
fn set_entry(reader: &mut PackReader<'_>, key: &str, value: Dynamic, (key_span, span): (Span, Span)) {
    match key {
        "hard" => match value.as_bool() {
            Ok(hard) => reader.pack.about.hard = hard,
            Err(_) => reader.report(Finding::error(codes::BAD_ENTRY, span).message("bad-entry-hard")),
        },
        "countries" => set_countries(reader, value, span),
        "needs" => set_needs(reader, value, span),
        "notes" => set_notes(reader, value, span),
        _ if ENTRIES.contains(&key) => set_text(reader, key, value, span),
        _ => {
            let finding = Finding::error(codes::UNKNOWN_ENTRY, key_span).with("key", key);
            let finding = match OTHER_WORDS.iter().find(|(other, _)| other.eq_ignore_ascii_case(key)) {
                Some((_, meant)) => finding.did_you_mean(*meant).replace(key_span, *meant),
                None => finding.near_name(key_span, key, ENTRIES.into_iter().filter(|known| *known != "notes")),
            };
            reader.report(finding.with("known", ENTRIES.join(", ")).or_help("help-entry-or-note"));
        }
    }
}

/// Sets for which countries the policies hold: a list of codes, or the word for all others. A list with an error says nothing, so that the
/// policies hold for everybody.
fn set_countries(reader: &mut PackReader<'_>, value: Dynamic, span: Span) {
    if value.clone().into_string().is_ok_and(|word| word == ELSEWHERE) {
        reader.pack.about.countries = Some(PolicyCountries::Elsewhere);
        return;
    }
    let items = value.into_array().unwrap_or_default();
    // What is no text is no code either.
    let written: Vec<String> = items.into_iter().map(|item| item.into_string().unwrap_or_default()).collect();
    let countries: Option<Vec<Country>> = written.iter().map(|code| Country::parse(code).ok()).collect();
    match countries {
        Some(countries) if !countries.is_empty() => {
            reader.pack.about.countries = Some(PolicyCountries::Listed(countries));
        }
        _ => {
            let unknown = written.iter().find(|code| Country::parse(code).is_err());
            let finding = Finding::error(codes::BAD_ENTRY, span).message("bad-entry-countries");
            reader.report(match unknown {
                Some(code) => finding.message("bad-entry-country").with("code", code.as_str()),
                None => finding,
            });
        }
    }
}

/// Sets the packs that it is used with: a list of names of files, without a folder.
fn set_needs(reader: &mut PackReader<'_>, value: Dynamic, span: Span) {
    let items = value.into_array().unwrap_or_default();
    let is_name = |file: &String| file.ends_with(".rhai") && !file.contains(['/', '\\', ':']);
    let files: Option<Vec<String>> = items.into_iter().map(|item| item.into_string().ok().filter(is_name)).collect();
    match files {
        Some(files) if !files.is_empty() => reader.pack.about.needs = files,
        _ => reader.report(Finding::error(codes::BAD_ENTRY, span).message("bad-entry-needs")),
    }
}

/// Sets the notes for the reader: a map of texts.
fn set_notes(reader: &mut PackReader<'_>, value: Dynamic, span: Span) {
    let notes: Option<Vec<(String, String)>> = value.try_cast::<Map>().and_then(|entries| {
        let entries = entries.into_iter();
        entries.map(|(key, note)| Some((key.to_string(), note.into_string().ok()?))).collect()
    });
    match notes {
        Some(notes) => reader.pack.about.notes.extend(notes),
        None => reader.report(Finding::error(codes::BAD_ENTRY, span).message("bad-entry-notes")),
    }
}

/// Sets an entry that is a text, and for `valid_from` and `valid_to` a moment.
fn set_text(reader: &mut PackReader<'_>, key: &str, value: Dynamic, span: Span) {
    let Ok(text) = value.into_string() else {
        reader.report(Finding::error(codes::BAD_ENTRY, span).with("key", key));
        return;
    };
    let about = &mut reader.pack.about;
    match key {
        "id" => about.id = Some(text),
        "version" => about.version = Some(text),
        "language" => about.language = Some(text),
        "author" => about.author = Some(text),
        "source" => about.source = Some(text),
        _ => match (dialect::moment(&text), key) {
            (Ok(moment), "valid_from") => about.valid_from = Some(moment),
            (Ok(moment), _) => about.valid_to = Some(moment),
            (Err(why), _) => reader.report(
                Finding::error(codes::BAD_MOMENT, span)
                    .message("bad-moment-entry")
                    .with("key", key)
                    .with("sentence", Arg::Key(why.key))
                    .with("written", why.written),
            ),
        },
    }
}
