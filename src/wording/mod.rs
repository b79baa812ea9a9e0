//! The message catalogue of the diagnostics: one table per language, `en.ftl` and `nl.ftl`, and the code that renders a message.
//!
//! The tables use a subset of [Fluent](https://projectfluent.org): `key = text with { $name }` on one line, attributes `.why` and
//! `.help` on indented lines below it, `{ "..." }` for literal braces, `#` for comments. Terms, selectors and functions are not
//! supported: a full Fluent library would be larger than all the messages together.
//!
//! Invariant, tested: both tables have the same keys, and the same placeholders for each key.

mod sentence;
#[cfg(test)]
mod tests;

pub(crate) use sentence::Arg;
pub use sentence::Sentence;

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// A language that diagnostics can be rendered in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// Dutch.
    Dutch,
}

impl Language {
    /// The language of a tag such as `nl`, `nl-BE` or `en-GB`; `None` for a language without a table.
    pub fn from_tag(tag: &str) -> Option<Self> {
        match tag.split(['-', '_']).next()?.to_ascii_lowercase().as_str() {
            "en" => Some(Self::English),
            "nl" => Some(Self::Dutch),
            _ => None,
        }
    }
}

/// The patterns of one language, by key.
type SentenceTable = BTreeMap<String, &'static str>;

static ENGLISH: LazyLock<SentenceTable> = LazyLock::new(|| table(include_str!("en.ftl")));
static DUTCH: LazyLock<SentenceTable> = LazyLock::new(|| table(include_str!("nl.ftl")));

/// Renders the message of `key` in `language`; `None` when no table has the key. A key that only the English table has is rendered in
/// English, and a placeholder without an argument is shown as `{ $name }`.
pub(crate) fn render(language: Language, key: &str, args: &[(&'static str, Arg)]) -> Option<String> {
    let table = match language {
        Language::English => &ENGLISH,
        Language::Dutch => &DUTCH,
    };
    let pattern = table.get(key).or_else(|| ENGLISH.get(key))?;
    let mut rendered = String::with_capacity(pattern.len());
    for part in parts(pattern) {
        match part {
            PatternPart::Text(text) => rendered.push_str(text),
            PatternPart::Placeholder(name) => match args.iter().find(|(known, _)| *known == name).map(|(_, arg)| arg) {
                Some(arg) => rendered.push_str(&arg.render(language, args)),
                None => rendered.push_str(&format!("{{ ${name} }}")),
            },
        }
    }
    Some(rendered)
}

/// A part of a message's pattern.
enum PatternPart<'a> {
    /// Text to show as it is.
    Text(&'a str),
    /// The name of the argument to show here.
    Placeholder(&'a str),
}

/// A pattern as literal text and placeholders, in order. A `{` that is never closed is kept as text.
fn parts(mut pattern: &str) -> Vec<PatternPart<'_>> {
    let mut parts = Vec::new();
    while let Some((before, rest)) = pattern.split_once('{') {
        let Some((inside, after)) = split_at_closing_brace(rest) else { break };
        parts.push(PatternPart::Text(before));
        let inside = inside.trim();
        parts.push(match inside.strip_prefix('$') {
            Some(name) => PatternPart::Placeholder(name),
            None => PatternPart::Text(inside.trim_matches('"')),
        });
        pattern = after;
    }
    parts.push(PatternPart::Text(pattern));
    parts
}

/// Splits `rest`, the text after a `{`, at its closing `}`: what stands before it and what follows. A `}` between quotes does not
/// close. `None` when nothing closes it.
fn split_at_closing_brace(rest: &str) -> Option<(&str, &str)> {
    let mut quoted = false;
    let end = rest.char_indices().find_map(|(byte, char)| {
        quoted ^= char == '"';
        (char == '}' && !quoted).then_some(byte)
    })?;
    Some((rest.get(..end)?, rest.get(end + 1..)?))
}

/// Parses a table: pattern by key. An attribute gets the key `key.attribute`.
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
