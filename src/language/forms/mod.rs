//! The statement forms, a group to a file: what each takes, and what it becomes.

mod about;
mod declarations;
mod examples;
mod policies;
mod rules;

use std::collections::BTreeSet;

use super::read::Reader;
use super::scan::{STATEMENT_WORDS, TokenKind};
use super::statements::Statement;
use crate::book::schema::nearest;
use crate::rulebook::Diagnostic;

/// The first pass: what other statements may refer to.
pub(super) fn declare(reader: &mut Reader<'_>, statement: &Statement) {
    match reader.word(statement.tokens.start) {
        "pack" => about::pack(reader, statement),
        "fact" => declarations::fact(reader, statement),
        "setting" => declarations::setting(reader, statement),
        "const" => declarations::constant(reader, statement),
        "fn" => declarations::function(reader, statement),
        _ => None,
    };
}

/// The second pass: all the rest.
pub(super) fn read(reader: &mut Reader<'_>, statement: &Statement) {
    match reader.word(statement.tokens.start) {
        "pack" | "fact" | "setting" | "const" | "fn" => None,
        "enter" => rules::enter(reader, statement),
        "rule" => rules::rule(reader, statement),
        "cadence" => rules::cadence(reader, statement),
        "never" => policies::never(reader, statement),
        "limit" => policies::limit(reader, statement),
        "reachable" => policies::reachable(reader, statement),
        "pause" => policies::pause(reader, statement),
        "example" => examples::example(reader, statement),
        _ => unknown(reader, statement),
    };
}

fn unknown(reader: &mut Reader<'_>, statement: &Statement) -> Option<()> {
    let place = statement.tokens.start;
    let word = reader.word(place);
    let span = reader.span(&(place..place + 1));
    let help = match word {
        "let" | "var" => "write const, or setting for what a manager may change".to_owned(),
        "if" => "write rule \"...\" when ... then ...".to_owned(),
        _ => match nearest(word, STATEMENT_WORDS.iter().copied()) {
            Some(meant) => format!("did you mean {meant}?"),
            None => format!("a statement begins with {}", STATEMENT_WORDS.join(", ")),
        },
    };
    let message = if reader.kind(place) == Some(TokenKind::Word) {
        format!("no statement begins with {word}")
    } else {
        "a statement begins with a word".to_owned()
    };
    reader.tell(Diagnostic::error("unknown-statement", span, message).help(help));
    None
}

/// Tells which settings nothing reads.
pub(super) fn unused_settings(reader: &mut Reader<'_>, statements: &[&Statement]) {
    let mut read: BTreeSet<&str> = BTreeSet::new();
    for statement in statements {
        let own = reader.word(statement.tokens.start) == "setting";
        let skip = if own { statement.head.start + 1 } else { statement.tokens.start };
        let words = (skip..statement.tokens.end).filter(|place| reader.kind(*place) == Some(TokenKind::Word));
        read.extend(words.map(|place| reader.word(place)));
    }
    let settings = reader.pack.settings.iter().map(|setting| (setting.name.clone(), setting.span));
    let unused: Vec<_> = settings.filter(|(name, _)| !read.contains(&**name)).collect();
    for (name, span) in unused {
        reader.tell(
            Diagnostic::warning("unused-setting", span, format!("nothing reads the setting {name}"))
                .why("whoever turns it will see nothing change")
                .help("use it in a rule, or remove it"),
        );
    }
}
