//! `cadans fmt`: the canonical layout keeps what a pack says and every comment, and stays as it is.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod layout;
mod texts;

use cadans::format::{NotFormatted, format};
use cadans::language::comments::comments;
use cadans::language::read;
use cadans::language::scan::{TokenKind, scan};
use cadans::pack::Overrides;

/// The tokens of a text, without commas before a closing bracket and without `;` that end nothing.
fn words(text: &str) -> Vec<String> {
    let (tokens, _) = scan(text);
    let mut words: Vec<String> = Vec::new();
    for token in tokens.iter().filter(|token| token.inside == 0) {
        if matches!(token.kind, TokenKind::Close(_)) && words.last().is_some_and(|last| last == ",") {
            words.pop();
        }
        let word = &text[token.start..token.end];
        // A `;` ends nothing at the start of a file and behind another; one behind the body of a function is told apart by the reader.
        if word != ";" || words.last().is_some_and(|last| last != ";") {
            words.push(word.to_owned());
        }
    }
    words
}

/// The comments of a text, without blanks at the ends of their lines.
fn remarks(text: &str) -> Vec<Vec<String>> {
    let (tokens, _) = scan(text);
    let lines = |comment: &str| comment.lines().map(|line| line.trim_end().to_owned()).collect();
    comments(text, &tokens).into_iter().map(|comment| lines(&text[comment.bytes])).collect()
}

/// What is read from a text: the clauses as they are written without blanks and comments, and the codes of the findings.
fn reading(text: &str) -> (Vec<Vec<String>>, Vec<&'static str>) {
    let mut parsed = read("test.rhai", text, &Overrides::default());
    let clauses = parsed.pack.clauses_mut().map(|clause| words(&clause.source)).collect();
    (clauses, parsed.diagnostics.iter().map(|one| one.code).collect())
}

/// Formats a text and holds the result to what a layout must keep; `None` for a text with a syntax error.
fn held(name: &str, text: &str) -> Option<String> {
    let formatted = match format(name, text) {
        Ok(formatted) => formatted,
        Err(NotFormatted::Syntax(found)) => {
            assert!(!found.is_empty(), "{name}: refused without a reason");
            return None;
        }
        Err(NotFormatted::WouldChange) => panic!("{name}: the layout changes what it says:\n{text}"),
    };
    let after = formatted.text;
    assert_eq!(formatted.changed, after != text, "{name}");
    let without_mark = text.strip_prefix('\u{feff}').unwrap_or(text);
    assert_eq!(words(without_mark), words(&after), "{name}:\n{after}");
    assert_eq!(remarks(without_mark), remarks(&after), "{name}:\n{text}\n---\n{after}");
    assert_eq!(reading(text), reading(&after), "{name}:\n{after}");
    let again = format(name, &after).unwrap_or_else(|why| panic!("{name}: {why:?}\n{after}")).text;
    let differing = again.lines().zip(after.lines()).find(|(again, after)| again != after);
    assert!(again == after, "{name}: the layout does not stay as it is: {differing:?}\n{after}\n---\n{again}");
    assert!(after.is_empty() || after.ends_with('\n'), "{name}");
    Some(after)
}
