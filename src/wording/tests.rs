#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use std::collections::BTreeSet;
use std::path::Path;

use crate::wording::{Arg, DUTCH, EN, ENGLISH, Language, NL, PatternPart, parts, render};

fn placeholders(pattern: &'static str) -> BTreeSet<&'static str> {
    let name = |part: PatternPart| match part {
        PatternPart::Placeholder(name) | PatternPart::Plural { count: name, .. } => Some(name),
        PatternPart::Text(_) => None,
    };
    parts(pattern).filter_map(name).collect()
}

#[test]
fn both_languages_have_the_same_keys_and_placeholders() {
    let keys = |table: &crate::wording::SentenceTable| table.keys().copied().collect::<BTreeSet<_>>();
    assert_eq!(keys(&ENGLISH), keys(&DUTCH));
    let differ: Vec<_> = ENGLISH
        .iter()
        .filter(|(key, pattern)| placeholders(pattern) != placeholders(DUTCH.get(*key).copied().unwrap_or_default()))
        .map(|(key, _)| key)
        .collect();
    assert_eq!(differ, Vec::<&(&str, &str)>::new());
}

#[test]
fn every_line_of_a_table_is_read_and_no_key_occurs_twice() {
    for (table, files) in [(&*ENGLISH, EN), (&*DUTCH, NL)] {
        let lines = files.iter().flat_map(|text| text.lines());
        let lines: Vec<&str> = lines.filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
        assert_eq!(table.len(), lines.len());
        for line in lines {
            let pattern = line.split_once(" = ").unwrap().1;
            assert!(pattern.trim() == pattern && !pattern.ends_with('.') || pattern.ends_with("..."), "{line}");
        }
    }
}

/// The text of all source files, tests left out.
fn sources() -> String {
    fn gather(folder: &Path, text: &mut String) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                gather(&path, text);
            } else if path.extension().is_some_and(|ending| ending == "rs") && !path.ends_with("tests.rs") {
                text.push_str(&std::fs::read_to_string(path).unwrap());
            }
        }
    }
    let mut text = String::new();
    gather(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut text);
    text
}

#[test]
fn every_message_is_used() {
    let sources = sources();
    // Between two double quotes, also those that stand between two texts: which is which need not be known.
    let quoted: std::collections::HashSet<&str> = sources.split('"').collect();
    // What a word of the rule language means is found by the word; the tests of the editor hold that each has its sentence.
    let messages = ENGLISH.keys().filter(|(key, attribute)| attribute.is_empty() && !key.starts_with("doc-"));
    let messages = messages.map(|(key, _)| *key);
    let unused: Vec<&str> = messages.filter(|key| !quoted.contains(key)).collect();
    assert_eq!(unused, Vec::<&str>::new());
}

#[test]
fn every_message_named_in_the_sources_exists() {
    let sources = sources();
    for call in [
        "message(\"",
        "help(\"",
        "why(\"",
        "Arg::Key(\"",
        "Sentence::new(\"",
        "related-",
        "help-",
        "takes-",
        "record-",
        "table-",
        "import-",
        "reader-",
    ] {
        for (at, _) in sources.match_indices(call) {
            let before = sources[..at].chars().last();
            let from = if call.ends_with('"') { at + call.len() } else { at };
            if !call.ends_with('"') && before != Some('"') {
                continue;
            }
            let key = sources[from..].split('"').next().unwrap();
            assert!(ENGLISH.contains_key(&(key, "")), "no message {key}");
        }
    }
}

/// The words of a pattern: its text without placeholders, literals and what stands between quotes or backticks, which is code or an example.
fn words(pattern: &'static str) -> Vec<String> {
    let text = parts(pattern).map(|part| match part {
        PatternPart::Text(text) => text.to_owned(),
        PatternPart::Plural { one, other, .. } => format!(" {one} {other} "),
        PatternPart::Placeholder(_) => " ".to_owned(),
    });
    let text = text.collect::<String>();
    let outside = text.split(['"', '`']).step_by(2).collect::<String>();
    let words = outside.split(|letter: char| !letter.is_alphanumeric() && !matches!(letter, '_' | '-'));
    words.filter(|word| word.chars().any(char::is_alphabetic)).map(str::to_lowercase).collect()
}

/// Words that are in nearly every sentence of refusals and reports in English, and in none in Dutch.
const ENGLISH_WORDS: &[&str] = &[
    "the", "and", "with", "not", "this", "that", "are", "was", "were", "be", "has", "have", "there", "no", "must",
    "which", "given", "only", "than", "other", "least", "most", "file", "row", "column", "cell", "missing", "save",
];

/// The files of sentences about what people bring: leads, exports, manifests. What rules say has words of the rule language in it.
const OF_INPUT: &[&str] =
    &["record-", "table-", "import-", "reader-", "manifest-", "model-", "zone-", "country-", "region-", "moment-"];

#[test]
fn no_dutch_sentence_about_an_input_is_english() {
    // Words that both languages have.
    let same = ["lead", "deal", "contact", "batch", "in"];
    let of_input = ENGLISH.iter().filter(|((key, _), _)| OF_INPUT.iter().any(|prefix| key.starts_with(prefix)));
    let (mut seen, mut english_left) = (0, Vec::new());
    for ((key, attribute), english) in of_input {
        let dutch = words(DUTCH[&(*key, *attribute)]);
        let foreign = dutch.iter().any(|word| ENGLISH_WORDS.contains(&word.as_str()));
        let own = dutch.iter().any(|word| !same.contains(&word.as_str()));
        if foreign || own && dutch == words(english) {
            english_left.push(format!("{key} = {}", DUTCH[&(*key, *attribute)]));
        }
        seen += 1;
    }
    assert_eq!(english_left, Vec::<String>::new());
    assert!(seen > 100, "{seen}");
}

#[test]
fn placeholders_and_literal_braces_are_rendered() {
    let args = [("word", Arg::Text("intrest".to_owned())), ("noun", Arg::Key("noun-stage"))];
    assert_eq!(render(Language::English, "unknown-word", &args).unwrap(), "\"intrest\" is not a stage");
    assert_eq!(render(Language::Dutch, "unknown-word", &args).unwrap(), "\"intrest\" is geen fase");
    assert_eq!(
        render(Language::English, "missing-given.help", &[]).unwrap(),
        "describe the lead: given #{ stage: \"interest\" }"
    );
    assert_eq!(render(Language::English, "no-such-key", &[]), None);
    assert_eq!(render(Language::English, "unknown-name", &[]).unwrap(), "there is no { $name } here");
}

#[test]
fn a_plural_follows_its_count() {
    let length = |count: i64| render(Language::English, "length-days", &[("count", count.into())]).unwrap();
    assert_eq!(length(1), "1 day");
    assert_eq!(length(2), "2 days");
    assert_eq!(length(0), "0 days");
}

#[test]
fn a_language_is_found_by_its_tag() {
    assert_eq!(Language::from_tag("nl-BE"), Some(Language::Dutch));
    assert_eq!(Language::from_tag("EN_gb"), Some(Language::English));
    assert_eq!(Language::from_tag("fr"), None);
}
