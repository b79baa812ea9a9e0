//! The readers of the statement forms, one file per group: from a statement's tokens to its data in the [`Pack`](crate::pack::Pack).
//!
//! Every reader reports what is wrong with its statement, and returns `None` when the statement is left out. What a statement that is left out
//! may have forbidden is recorded in the pack ([`unread`](crate::language::unread)).

mod about;
mod declarations;
mod example_rows;
mod examples;
mod holidays;
mod layering;
mod policies;
mod rules;
mod settings;
mod team;

use std::collections::BTreeSet;

#[cfg(feature = "editing")]
pub(crate) use about::ENTRIES as HEADER_ENTRIES;

use crate::check::FOR_AUTHORS;
use crate::diagnostics::codes;
use crate::diagnostics::finding::Finding;
use crate::language::reader::PackReader;
use crate::language::scan::TokenKind;
use crate::language::statements::Statement;
use crate::pack::statement_forms::{StatementKind, statement_words};
use crate::pack::statements::TYPICAL_VALUE;

/// The first pass: the statements that others refer to.
pub(super) fn declare(reader: &mut PackReader<'_>, statement: &Statement) {
    let read = match statement.form.map(|form| form.kind) {
        Some(StatementKind::Pack) => {
            let errors = reader.errors();
            let read = about::pack(reader, statement);
            if reader.errors() > errors {
                reader.header_is_unread();
            }
            read
        }
        Some(StatementKind::Fact) => declarations::fact(reader, statement),
        Some(StatementKind::Setting) => settings::setting(reader, statement),
        Some(StatementKind::Constant) => declarations::constant(reader, statement),
        Some(StatementKind::Function) => declarations::function(reader, statement),
        _ => Some(()),
    };
    if read.is_none() {
        reader.record_unread(statement);
    }
}

/// The second pass: all other statements. Returns whether the statement was read.
pub(super) fn read(reader: &mut PackReader<'_>, statement: &Statement) -> bool {
    let Some(form) = statement.form else {
        unknown(reader, statement);
        if reader.is_header_misspelled(statement) {
            reader.header_is_unread();
        }
        reader.record_unread(statement);
        return false;
    };
    let read = match form.kind {
        StatementKind::Pack
        | StatementKind::Fact
        | StatementKind::Setting
        | StatementKind::Constant
        | StatementKind::Function => Some(()),
        StatementKind::Enter => rules::enter(reader, statement),
        StatementKind::Rule => rules::rule(reader, statement),
        StatementKind::Cadence => rules::cadence(reader, statement),
        StatementKind::Never => policies::never(reader, statement),
        StatementKind::Limit => policies::limit(reader, statement),
        StatementKind::Reachable => policies::reachable(reader, statement),
        StatementKind::Holidays => holidays::holidays(reader, statement),
        StatementKind::Pause => policies::pause(reader, statement),
        StatementKind::Example if FOR_AUTHORS => examples::example(reader, statement),
        StatementKind::Example => Some(()),
        StatementKind::Goal => team::goal(reader, statement),
        StatementKind::Effort => team::effort(reader, statement),
        StatementKind::Budget => team::budget(reader, statement),
        StatementKind::Needs => layering::needs(reader, statement),
        StatementKind::Without => layering::without(reader, statement),
        StatementKind::Adjust => layering::adjust(reader, statement),
    };
    if read.is_none() || reader.is_garbled(statement) {
        reader.record_unread(statement);
    }
    read.is_some()
}

/// Reports a statement that begins with none of the statement words.
fn unknown(reader: &mut PackReader<'_>, statement: &Statement) {
    let first = statement.tokens.start;
    let word = reader.text_at(first);
    let span = reader.span_of(&(first..first + 1));
    let finding = Finding::error(codes::UNKNOWN_STATEMENT, span).with("word", word);
    let finding = match word {
        "let" | "var" => finding.help("help-const-or-setting").replace(span, "const"),
        "if" => finding.help("help-rule-when"),
        _ => finding
            .near_name(span, word, statement_words())
            .with("words", statement_words().collect::<Vec<_>>().join(", "))
            .or_help("help-begins-with"),
    };
    let is_word = reader.kind_at(first) == Some(TokenKind::Word);
    reader.report(if is_word { finding } else { finding.message("unknown-statement-sign") });
}

/// Warns about settings that nothing reads: no other statement, nor the decision itself.
pub(super) fn report_unused_settings(reader: &mut PackReader<'_>, statements: &[&Statement]) {
    let mut read: BTreeSet<&str> = BTreeSet::new();
    for statement in statements {
        let is_declaration = reader.text_at(statement.tokens.start) == "setting";
        let first = if is_declaration { statement.head.start + 1 } else { statement.tokens.start };
        let words = (first..statement.tokens.end).filter(|index| reader.kind_at(*index) == Some(TokenKind::Word));
        read.extend(words.map(|index| reader.text_at(index)));
    }
    let settings = reader.pack.settings.iter().map(|setting| (setting.name.clone(), setting.span));
    let unused: Vec<_> = settings.filter(|(name, _)| !read.contains(&**name) && **name != *TYPICAL_VALUE).collect();
    for (name, span) in unused {
        reader.report(Finding::warning(codes::UNUSED_SETTING, span).with("name", &*name));
    }
}
