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
use crate::language::scan::TokenKind;
use crate::language::statements::Statement;
use crate::pack::statement_forms::{StatementKind, statement_words};

/// The first pass: the statements that others refer to.
pub(super) fn declare(reader: &mut PackReader<'_>, statement: &Statement) {
    match statement.form.map(|form| form.kind) {
        Some(StatementKind::Pack) => about::pack(reader, statement),
        Some(StatementKind::Fact) => declarations::fact(reader, statement),
        Some(StatementKind::Setting) => declarations::setting(reader, statement),
        Some(StatementKind::Constant) => declarations::constant(reader, statement),
        Some(StatementKind::Function) => declarations::function(reader, statement),
        _ => None,
    };
}

/// The second pass: all other statements.
pub(super) fn read(reader: &mut PackReader<'_>, statement: &Statement) {
    let Some(form) = statement.form else { return unknown(reader, statement) };
    match form.kind {
        StatementKind::Pack
        | StatementKind::Fact
        | StatementKind::Setting
        | StatementKind::Constant
        | StatementKind::Function => None,
        StatementKind::Enter => rules::enter(reader, statement),
        StatementKind::Rule => rules::rule(reader, statement),
        StatementKind::Cadence => rules::cadence(reader, statement),
        StatementKind::Never => policies::never(reader, statement),
        StatementKind::Limit => policies::limit(reader, statement),
        StatementKind::Reachable => policies::reachable(reader, statement),
        StatementKind::Pause => policies::pause(reader, statement),
        StatementKind::Example => examples::example(reader, statement),
    };
}

/// Reports a statement that begins with none of the statement words.
fn unknown(reader: &mut PackReader<'_>, statement: &Statement) {
    let place = statement.tokens.start;
    let word = reader.word(place);
    let span = reader.span(&(place..place + 1));
    let finding = Finding::error(codes::UNKNOWN_STATEMENT, span).with("word", word);
    let finding = match word {
        "let" | "var" => finding.help("help-const-or-setting").replace(span, "const"),
        "if" => finding.help("help-rule-when"),
        _ => finding
            .near_name(span, word, statement_words())
            .with("words", statement_words().collect::<Vec<_>>().join(", "))
            .or_help("help-begins-with"),
    };
    let is_word = reader.kind(place) == Some(TokenKind::Word);
    reader.report(if is_word { finding } else { finding.message("unknown-statement-sign") });
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
