//! The statement forms, a group to a file: what each takes, and what it becomes.

mod about;
mod declarations;
mod examples;
mod policies;
mod rules;

use std::collections::BTreeSet;

use crate::diagnostics::codes;
use crate::diagnostics::finding::Finding;
use crate::language::reader::PackReader;
use crate::language::scan::{STATEMENT_WORDS, TokenKind};
use crate::language::statements::Statement;

/// The first pass: what other statements may refer to.
pub(super) fn declare(reader: &mut PackReader<'_>, statement: &Statement) {
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
pub(super) fn read(reader: &mut PackReader<'_>, statement: &Statement) {
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

fn unknown(reader: &mut PackReader<'_>, statement: &Statement) -> Option<()> {
    let place = statement.tokens.start;
    let word = reader.word(place);
    let span = reader.span(&(place..place + 1));
    let finding = Finding::error(codes::UNKNOWN_STATEMENT, span).with("word", word);
    let finding = match word {
        "let" | "var" => finding.help("help-const-or-setting").replace(span, "const"),
        "if" => finding.help("help-rule-when"),
        _ => finding
            .near_name(span, word, STATEMENT_WORDS.iter().copied())
            .with("words", STATEMENT_WORDS.join(", "))
            .or_help("help-begins-with"),
    };
    let is_word = reader.kind(place) == Some(TokenKind::Word);
    reader.report(if is_word { finding } else { finding.message("unknown-statement-sign") });
    None
}

/// Tells which settings nothing reads.
pub(super) fn unused_settings(reader: &mut PackReader<'_>, statements: &[&Statement]) {
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
        reader.report(Finding::warning(codes::UNUSED_SETTING, span).with("name", &*name));
    }
}
