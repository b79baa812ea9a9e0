//! What the readers of JSON and TOML (serde_json, toml) report, as sentences of the tables.
//!
//! They report in English. The kinds that people meet are recognised by their words and told in the language asked for; of any other the
//! words are quoted, and Dutch says whose they are. A test holds the recognised words to what the readers really say.

use crate::wording::{Arg, Sentence};

/// Words with which the report of a fault of notation begins, and the key of its sentence.
const NOTATION: &[(&str, &str)] = &[
    ("EOF while parsing", "reader-ends-early"),
    ("trailing characters", "reader-after-end"),
    ("trailing comma", "reader-extra-comma"),
    ("extra comma", "reader-extra-comma"),
    ("missing comma", "reader-missing-comma"),
    ("expected value", "reader-no-value"),
    ("expected ident", "reader-no-value"),
    ("missing value", "reader-no-value"),
    ("key must be a string", "reader-name-unquoted"),
    ("key with no value", "reader-name-alone"),
    ("invalid unquoted key", "reader-name-signs"),
    ("string values must be quoted", "reader-text-unquoted"),
    ("unclosed", "reader-unclosed"),
    ("invalid escape", "reader-escape"),
    ("the value of a setting is", "reader-setting"),
];

/// Types as serde names them where something else was expected, and the keys of their names.
const TYPES: &[(&str, &str)] = &[
    ("a string", "a-text"),
    ("a boolean", "true-or-false"),
    ("a sequence", "a-list"),
    ("a map", "reader-a-table"),
    ("struct ", "reader-a-table"),
    ("u32", "a-number"),
    ("u64", "a-number"),
    ("usize", "a-number"),
    ("i64", "a-number"),
    ("f64", "a-number"),
];

/// The sentence of what a reader reports; one of serde_json with the place that it gives.
pub fn reader_error(message: &str) -> Sentence {
    // `missing field `name` at line 3 column 1`
    if let Some((said, place)) = message.rsplit_once(" at line ")
        && let Some((line, column)) = place.split_once(" column ")
    {
        let sentence = Sentence::new("reader-at").with("line", line).with("column", column);
        return sentence.with("why", without_place(said));
    }
    without_place(message)
}

fn without_place(message: &str) -> Sentence {
    let words = message.split_whitespace().collect::<Vec<_>>().join(" ");
    // Names stand between backticks: the one at fault, then those that are known.
    let mut names = words.split('`').skip(1).step_by(2);
    let mut named = |key| {
        let sentence = Sentence::new(key).with("name", names.next().unwrap_or_default());
        sentence.with("known", names.by_ref().collect::<Vec<_>>().join(", "))
    };
    if words.starts_with("unknown field") {
        return named("reader-unknown-field");
    }
    if words.starts_with("unknown variant") {
        return named("reader-unknown-word");
    }
    if words.starts_with("missing field") {
        return named("reader-missing-field");
    }
    if words.starts_with("duplicate field") {
        return named("reader-twice");
    }
    if words.starts_with("duplicate key") {
        return Sentence::new("reader-name-twice");
    }
    if let Some((found, expected)) =
        words.strip_prefix("invalid type: ").and_then(|said| said.split_once(", expected "))
    {
        return Sentence::new("reader-type").with("found", found_type(found)).with("needed", needed_type(expected));
    }
    match NOTATION.iter().find(|(begins, _)| words.starts_with(begins)) {
        Some((_, key)) => Sentence::new(key),
        None => Sentence::new("reader-words").with("words", words),
    }
}

/// What serde found: `string "x"`, `integer `3``, `map`.
fn found_type(found: &str) -> Arg {
    let value = || found.split_once(' ').map_or(found, |(_, value)| value).trim_matches('`').to_owned();
    match found.split(' ').next().unwrap_or_default() {
        "string" => Sentence::new("reader-the-text").with("text", value()).into(),
        "integer" => Sentence::new("record-the-number").with("number", value()).into(),
        "floating" => Sentence::new("record-the-number").with("number", value().trim_start_matches("point `")).into(),
        "boolean" => Arg::from(value()),
        "sequence" => Arg::Key("a-list"),
        "map" => Arg::Key("reader-a-table"),
        _ => found.into(),
    }
}

fn needed_type(expected: &str) -> Arg {
    TYPES
        .iter()
        .find(|(begins, _)| expected.starts_with(begins))
        .map_or_else(|| expected.into(), |(_, key)| Arg::Key(key))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Deserialize;

    use super::*;
    use crate::wording::Language;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only read")]
    struct Part {
        name: String,
        #[serde(default)]
        count: u32,
        #[serde(default)]
        list: Vec<String>,
        #[serde(default)]
        within: BTreeMap<String, bool>,
        kind: Option<Kind>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(rename_all = "lowercase")]
    enum Kind {
        Law,
        Team,
    }

    fn toml(text: &str) -> [String; 2] {
        let error = toml::from_str::<Part>(text).unwrap_err();
        Language::ALL.map(|language| reader_error(error.message()).render(language))
    }

    fn json(text: &str) -> [String; 2] {
        let error = serde_json::from_str::<Part>(text).unwrap_err();
        Language::ALL.map(|language| reader_error(&error.to_string()).render(language))
    }

    #[test]
    fn the_reports_of_the_toml_reader_are_told_in_both_languages() {
        for (text, english, dutch) in [
            (
                "nam = 1",
                "unknown field `nam`; known here: name, count, list, within, kind",
                "onbekend veld `nam`; hier bekend: name, count, list, within, kind",
            ),
            ("count = 1", "the field `name` is missing", "het veld `name` ontbreekt"),
            ("name = 1", "here stands the number 1; a text is needed", "hier staat het getal 1; nodig is een tekst"),
            (
                "name = \"a\"\ncount = \"b\"",
                "here stands the text \"b\"; a number is needed",
                "hier staat de tekst \"b\"; nodig is een getal",
            ),
            ("name = [1]", "here stands a list; a text is needed", "hier staat een lijst; nodig is een tekst"),
            (
                "name = \"a\"\nlist = 1.5",
                "here stands the number 1.5; a list is needed",
                "hier staat het getal 1.5; nodig is een lijst",
            ),
            (
                "name = \"a\"\nwithin = true",
                "here stands true; a table with names is needed",
                "hier staat true; nodig is een tabel met namen",
            ),
            (
                "name = \"a\"\nkind = \"low\"",
                "unknown word `low`; known here: law, team",
                "onbekend woord `low`; hier bekend: law, team",
            ),
            ("name = \"a\"\nname = \"b\"", "this name is given twice", "deze naam staat er tweemaal"),
            (
                "name = a",
                "a text must stand between quotes: \"like this\"",
                "een tekst moet tussen aanhalingstekens staan: \"zo\"",
            ),
            (
                "name",
                "this name has no value; write name = value",
                "deze naam heeft geen waarde; schrijf naam = waarde",
            ),
            ("name = [\"a\"", "a bracket is not closed", "een haakje is niet gesloten"),
        ] {
            assert_eq!(toml(text), [english, dutch], "{text}");
        }
    }

    #[test]
    fn the_reports_of_the_json_reader_are_told_with_their_place() {
        for (text, english, dutch) in [
            (
                "{\n\"nam\": 1}",
                "line 2, column 5: unknown field `nam`; known here: name, count, list, within, kind",
                "regel 2, kolom 5: onbekend veld `nam`; hier bekend: name, count, list, within, kind",
            ),
            (
                "{",
                "line 1, column 1: the text ends too early: a bracket or a quote is not closed",
                "regel 1, kolom 1: de tekst eindigt te vroeg: een haakje of aanhalingsteken is niet gesloten",
            ),
            ("{}x", "line 1, column 2: the field `name` is missing", "regel 1, kolom 2: het veld `name` ontbreekt"),
            (
                "{\"name\": x}",
                "line 1, column 10: a value is missing, or is not written as one",
                "regel 1, kolom 10: een waarde ontbreekt, of is niet als waarde geschreven",
            ),
            (
                "{\"name\": \"a\", }",
                "line 1, column 15: there is a comma too many",
                "regel 1, kolom 15: er staat een komma te veel",
            ),
        ] {
            assert_eq!(json(text), [english, dutch], "{text}");
        }
    }

    #[test]
    fn words_that_are_not_recognised_are_quoted() {
        let sentence = reader_error("recursion limit exceeded");
        assert_eq!(sentence.english(), "recursion limit exceeded");
        assert_eq!(
            sentence.render(Language::Dutch),
            "de lezer van het bestand meldt in het Engels: \"recursion limit exceeded\""
        );
    }
}
