//! The sentences of the diagnostics: one table a language, `en.ftl` and `nl.ftl`, and a reader for them.
//!
//! The tables are written in a small part of [Fluent](https://projectfluent.org): `key = text with { $name }` on one line, attributes
//! `.why` and `.help` on indented lines below it, `{ "..." }` for braces, `#` for comments. Terms, selectors and functions are
//! left out, and with them a library that would weigh more than all the sentences.
//!
//! Invariant, tested: both tables have the same keys, and the same arguments for each.

mod sentence;
#[cfg(test)]
mod tests;

pub(crate) use sentence::Arg;
pub use sentence::Sentence;

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// A language that diagnostics can be said in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// Dutch.
    Dutch,
}

impl Language {
    /// The language of a tag such as `nl`, `nl-BE` or `en-GB`; `None` for one that there is no table for.
    pub fn from_tag(tag: &str) -> Option<Self> {
        match tag.split(['-', '_']).next()?.to_ascii_lowercase().as_str() {
            "en" => Some(Self::English),
            "nl" => Some(Self::Dutch),
            _ => None,
        }
    }
}

type SentenceTable = BTreeMap<String, &'static str>;

static ENGLISH: LazyLock<SentenceTable> = LazyLock::new(|| table(include_str!("en.ftl")));
static DUTCH: LazyLock<SentenceTable> = LazyLock::new(|| table(include_str!("nl.ftl")));

/// The sentence of a key in a language; `None` when the tables do not have it. What lacks an argument shows its name.
pub(crate) fn say(language: Language, key: &str, args: &[(&'static str, Arg)]) -> Option<String> {
    let table = match language {
        Language::English => &ENGLISH,
        Language::Dutch => &DUTCH,
    };
    let pattern = table.get(key).or_else(|| ENGLISH.get(key))?;
    let mut said = String::with_capacity(pattern.len());
    for part in parts(pattern) {
        match part {
            PatternPart::Text(text) => said.push_str(text),
            PatternPart::Place(name) => match args.iter().find(|(known, _)| *known == name).map(|(_, arg)| arg) {
                Some(arg) => said.push_str(&arg.said(language, args)),
                None => said.push_str(&format!("{{ ${name} }}")),
            },
        }
    }
    Some(said)
}

enum PatternPart<'a> {
    Text(&'a str),
    Place(&'a str),
}

/// The text of a pattern, and the names of its places.
fn parts(mut pattern: &str) -> Vec<PatternPart<'_>> {
    let mut parts = Vec::new();
    while let Some((before, rest)) = pattern.split_once('{') {
        let Some((place, after)) = closing(rest) else { break };
        parts.push(PatternPart::Text(before));
        let place = place.trim();
        parts.push(match place.strip_prefix('$') {
            Some(name) => PatternPart::Place(name),
            None => PatternPart::Text(place.trim_matches('"')),
        });
        pattern = after;
    }
    parts.push(PatternPart::Text(pattern));
    parts
}

/// Up to the `}` that ends a place, and what follows; one between quotes ends nothing.
fn closing(rest: &str) -> Option<(&str, &str)> {
    let mut quoted = false;
    let end = rest.char_indices().find_map(|(byte, char)| {
        quoted ^= char == '"';
        (char == '}' && !quoted).then_some(byte)
    })?;
    Some((rest.get(..end)?, rest.get(end + 1..)?))
}

/// Reads a table. Attributes get the key `key.attribute`.
fn table(text: &'static str) -> SentenceTable {
    let mut table = SentenceTable::new();
    let mut key = "";
    for line in text.lines() {
        let Some((name, pattern)) = line.split_once(" = ") else { continue };
        if line.starts_with('#') {
            continue;
        }
        match name.trim_start().strip_prefix('.') {
            Some(attribute) if name.starts_with(' ') => {
                table.insert(format!("{key}.{attribute}"), pattern);
            }
            _ => {
                key = name;
                table.insert(name.to_owned(), pattern);
            }
        }
    }
    table
}
