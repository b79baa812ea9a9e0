//! The statements of a pack as a list of symbols, for the outline of an editor.

use serde::Serialize;

use crate::editor::document::Document;
use crate::editor::literal::text_value;
use crate::editor::text::{TextIndex, TextRange};
use crate::language::scan::TokenKind;
use crate::language::statements::{Statement, byte_range};
use crate::pack::statement_forms::ClauseForm;

/// One statement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Symbol {
    /// The word that begins the statement: `rule`.
    pub statement: &'static str,
    /// Its name, or where it has none the words of its head: `phone 2`.
    pub name: String,
    /// Its `because`, where that is a plain text; else empty.
    pub because: String,
    /// The whole statement.
    pub range: TextRange,
    /// Its name or head.
    pub selection: TextRange,
}

/// Characters of a name that are shown.
const NAME_CHARACTERS: usize = 120;

/// The statements of a pack, in file order. What begins with no statement word is left out.
pub fn outline(text: &str) -> Vec<Symbol> {
    let (document, index) = (Document::new("", text), TextIndex::new(text));
    let symbol = |statement: &Statement| {
        let form = statement.form?;
        let first = statement.tokens.start..statement.tokens.start + 1;
        let names = match document.kind(statement.head.start).filter(|_| !statement.head.is_empty()) {
            None => first.clone(),
            // A declared name or a name between quotes; what follows it is not part of it.
            Some(TokenKind::Text) => statement.head.start..statement.head.start + 1,
            Some(_) if form.declares() => statement.head.start..statement.head.start + 1,
            Some(_) => statement.head.clone(),
        };
        let bytes = byte_range(&document.tokens, &names);
        let name = match document.kind(names.start) {
            _ if names == first => form.word.to_owned(),
            Some(TokenKind::Text) => text_value(document.token_text(names.start)),
            _ => text.get(bytes.clone()).unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" "),
        };
        Some(Symbol {
            statement: form.word,
            name: name.chars().take(NAME_CHARACTERS).collect(),
            because: because(&document, statement).unwrap_or_default(),
            range: index.range(&document.statement_bytes(statement)),
            selection: index.range(&bytes),
        })
    };
    document.statements.iter().filter_map(symbol).collect()
}

/// The `because` of a statement as its author wrote it: the value of a plain text, and a template without its quotes.
pub(super) fn because(document: &Document<'_>, statement: &Statement) -> Option<String> {
    let clause = document.clause(statement, ClauseForm::is_reason)?;
    let bytes = byte_range(&document.tokens, &clause.tokens);
    let written = document.text.get(bytes)?;
    match document.kind(clause.tokens.start)? {
        TokenKind::Text if clause.tokens.len() == 1 => Some(text_value(written)),
        TokenKind::Template => Some(written.trim_matches('`').to_owned()),
        _ => Some(written.split_whitespace().collect::<Vec<_>>().join(" ")),
    }
}
