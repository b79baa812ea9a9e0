//! The message catalogue: every sentence of diagnostics and advice, and of the command, in every language, and the code that renders one.
//!
//! The tables use a subset of [Fluent](https://projectfluent.org): `key = text with { $name }` on one line, attributes `.why` and
//! `.help` on indented lines below it, `{ "..." }` for literal braces, `#` for comments. A plural is on one line as well:
//! `{ $count -> [one] visit *[other] visits }`, where `one` is for exactly 1 and neither form has placeholders. Terms, other selectors and
//! functions are not supported: a full Fluent library would be larger than all the messages together.
//!
//! A language has seven files: `en.ftl` for diagnostics, `advice.en.ftl` for advice and explanations, `records.en.ftl` for leads that are refused,
//! `import.en.ftl` for what importers report, `editing.en.ftl` for what authors of rules are told by the editing functions, `files.en.ftl` for files
//! that are read, `command.en.ftl` for what only the command prints; the same for `nl`.
//!
//! Invariant, tested: all languages have the same keys, and the same placeholders for each key.

mod number;
#[cfg(any(feature = "files", feature = "editing"))]
mod plain;
#[cfg(feature = "editing")]
mod reader_error;
mod sentence;
#[cfg(test)]
mod tests;

pub use number::Amount;
#[cfg(any(feature = "files", feature = "editing"))]
pub use plain::plain;
#[cfg(feature = "editing")]
pub use reader_error::reader_error;
pub use sentence::{Arg, Sentence};

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// A language that messages can be rendered in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// Dutch.
    Dutch,
}

impl Language {
    /// Every language.
    pub const ALL: [Self; 2] = [Self::English, Self::Dutch];

    /// The language of a tag such as `nl`, `nl-BE` or `en-GB`; `None` for a language without a table.
    pub fn from_tag(tag: &str) -> Option<Self> {
        match tag.split(['-', '_']).next()?.to_ascii_lowercase().as_str() {
            "en" => Some(Self::English),
            "nl" => Some(Self::Dutch),
            _ => None,
        }
    }

    fn table(self) -> &'static SentenceTable {
        match self {
            Self::English => &ENGLISH,
            Self::Dutch => &DUTCH,
        }
    }
}

/// The patterns of one language, by key and attribute (`""` for the message itself). A pattern is cut into its parts when it is rendered,
/// because most are never shown.
type SentenceTable = BTreeMap<(&'static str, &'static str), &'static str>;

static ENGLISH: LazyLock<SentenceTable> = LazyLock::new(|| table(EN));
static DUTCH: LazyLock<SentenceTable> = LazyLock::new(|| table(NL));

/// A file of sentences that only builds with this feature have; empty in any other.
macro_rules! with {
    ($feature:literal, $file:literal) => {
        if cfg!(feature = $feature) { include_str!($file) } else { "" }
    };
}

/// The files of each language.
const EN: &[&str] = &[
    include_str!("en.ftl"),
    include_str!("records.en.ftl"),
    include_str!("advice.en.ftl"),
    with!("import", "import.en.ftl"),
    with!("editing", "editing.en.ftl"),
    with!("files", "files.en.ftl"),
    with!("command", "command.en.ftl"),
];
const NL: &[&str] = &[
    include_str!("nl.ftl"),
    include_str!("records.nl.ftl"),
    include_str!("advice.nl.ftl"),
    with!("import", "import.nl.ftl"),
    with!("editing", "editing.nl.ftl"),
    with!("files", "files.nl.ftl"),
    with!("command", "command.nl.ftl"),
];

/// Renders the message of `key` in `language`; `None` when no table has the key. A key that only the English table has is rendered in
/// English, and a placeholder without an argument is shown as `{ $name }`.
pub(crate) fn render(language: Language, key: &str, args: &[(&'static str, Arg)]) -> Option<String> {
    let key = key.split_once('.').unwrap_or((key, ""));
    let pattern = language.table().get(&key).or_else(|| ENGLISH.get(&key))?;
    let arg = |name: &str| args.iter().find(|(known, _)| *known == name).map(|(_, arg)| arg);
    let mut rendered = String::new();
    for part in parts(pattern) {
        match part {
            PatternPart::Text(text) => rendered.push_str(text),
            PatternPart::Placeholder(name) => match arg(name) {
                Some(arg) => rendered.push_str(&arg.render(language, args)),
                None => rendered.push_str(&format!("{{ ${name} }}")),
            },
            PatternPart::Plural { count, one, other } => {
                let single = matches!(arg(count), Some(Arg::Number(1)));
                rendered.push_str(if single { one } else { other });
            }
        }
    }
    Some(rendered)
}

/// A part of a message's pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum PatternPart {
    /// Text to show as it is.
    Text(&'static str),
    /// The name of the argument to show here.
    Placeholder(&'static str),
    /// One of two texts, by the count that is the argument of this name.
    Plural { count: &'static str, one: &'static str, other: &'static str },
}

/// The parts of a pattern, literal text and placeholders and plurals, in order. A `{` that is never closed is kept as text.
fn parts(pattern: &'static str) -> impl Iterator<Item = PatternPart> {
    let (mut rest, mut braces) = (pattern, None);
    std::iter::from_fn(move || {
        if let Some(part) = braces.take() {
            return Some(part);
        }
        let closed = rest.split_once('{').and_then(|(before, after)| Some((before, split_at_closing_brace(after)?)));
        let Some((before, (inside, after))) = closed else {
            return Some(PatternPart::Text(std::mem::take(&mut rest))).filter(|part| *part != PatternPart::Text(""));
        };
        let inside = inside.trim();
        braces = Some(match inside.strip_prefix('$') {
            Some(name) => plural(name).unwrap_or(PatternPart::Placeholder(name)),
            None => PatternPart::Text(inside.trim_matches('"')),
        });
        rest = after;
        Some(PatternPart::Text(before))
    })
}

/// Reads `count -> [one] visit *[other] visits`.
fn plural(inside: &'static str) -> Option<PatternPart> {
    let (count, forms) = inside.split_once("->")?;
    let (one, other) = forms.trim().strip_prefix("[one]")?.split_once("*[other]")?;
    Some(PatternPart::Plural { count: count.trim(), one: one.trim(), other: other.trim() })
}

/// Splits `rest`, the text after a `{`, at its closing `}`: what stands before it and what follows. A `}` between quotes does not
/// close. `None` when nothing closes it.
fn split_at_closing_brace(rest: &'static str) -> Option<(&'static str, &'static str)> {
    let mut quoted = false;
    let end = rest.char_indices().find_map(|(byte, char)| {
        quoted ^= char == '"';
        (char == '}' && !quoted).then_some(byte)
    })?;
    Some((rest.get(..end)?, rest.get(end + 1..)?))
}

/// Reads the files of a table.
fn table(files: &[&'static str]) -> SentenceTable {
    let mut table = SentenceTable::new();
    let mut key = "";
    for line in files.iter().flat_map(|text| text.lines()).filter(|line| !line.starts_with('#')) {
        let Some((name, pattern)) = line.split_once(" = ") else { continue };
        match name.trim_start().strip_prefix('.') {
            Some(attribute) if name.starts_with(' ') => table.insert((key, attribute), pattern),
            _ => {
                key = name;
                table.insert((key, ""), pattern)
            }
        };
    }
    table
}
