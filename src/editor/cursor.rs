//! Where the cursor is in a pack: what is being written there, and what was read up to it.

use std::ops::Range;

use crate::editor::document::Document;
use crate::editor::roles::Walker;
use crate::editor::symbols::Opened;
use crate::language::scan::TokenKind;
use crate::language::statements::Statement;
use crate::limits;
use crate::pack::statement_forms::StatementKind;

/// What is being written at the cursor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Written {
    /// A word, or nothing yet.
    Word,
    /// A text between quotes.
    Text {
        /// Whether it has its closing quote.
        is_closed: bool,
    },
}

/// The cursor.
pub(super) struct Cursor<'d, 'a> {
    pub written: Written,
    /// What is written before the cursor of the word or text.
    pub prefix: &'a str,
    /// The bytes that a completion replaces.
    pub replaced: Range<usize>,
    /// The statement that is being written; `None` where a statement begins.
    pub statement: Option<&'d Statement>,
    /// What was read up to what is being written; `None` where a statement begins.
    pub walker: Option<Walker<'d, 'a>>,
    /// The first token that was not read.
    pub next: usize,
}

impl<'d, 'a> Cursor<'d, 'a> {
    /// The cursor at a byte of a pack; `None` in a comment, in the literal part of a template and in a number, where nothing is completed.
    pub fn at(opened: &'d Opened<'a>, byte: usize) -> Option<Self> {
        let document = &opened.document;
        let is_too_large = document.text.len() > limits::PACK_BYTES;
        if is_too_large || document.is_in_comment(byte) || document.is_in_literal(byte) {
            return None;
        }
        let around = document.tokens.partition_point(|token| token.start < byte).checked_sub(1);
        let token = around.and_then(|index| Some((index, document.tokens.get(index)?)));
        let (written, start, replaced) = match token {
            Some((index, token)) if is_inside_text(document, index, byte) => {
                let is_closed = is_closed(document, index);
                let end = if is_closed && byte < token.end { text_end(document, byte, token.end - 1) } else { byte };
                (Written::Text { is_closed }, token.start, token.start + 1..end.max(byte))
            }
            Some((_, token)) if matches!(token.kind, TokenKind::RawText | TokenKind::Char) && byte < token.end => {
                return None;
            }
            _ => {
                let word = word_around(document.text, byte);
                (Written::Word, word.start, word)
            }
        };
        let prefix = document.text.get(replaced.start..byte).unwrap_or_default();
        if written == Written::Word && prefix.starts_with(|char: char| char.is_ascii_digit()) {
            return None;
        }
        let next = document.tokens.partition_point(|token| token.start < start);
        let mut cursor = Self { written, prefix, replaced, statement: None, walker: None, next };
        let last = next.checked_sub(1).and_then(|last| document.statement_of(last));
        if let Some((index, statement)) = last.filter(|(_, statement)| !is_complete(document, statement, next)) {
            let mut walker = Walker::new(document, &opened.names, index, statement);
            for token in statement.tokens.start..next {
                walker.read(token);
            }
            walker.leave_templates(templates_around(document, statement, byte));
            cursor.statement = Some(statement);
            cursor.walker = Some(walker);
        }
        Some(cursor)
    }

    /// Whether what is being written is the first on its line, in the first column.
    pub fn begins_line(&self, text: &str) -> bool {
        let before = text.get(..self.replaced.start).unwrap_or_default();
        before.is_empty() || before.ends_with(['\n', '\u{feff}'])
    }
}

/// Whether a statement needs nothing after the tokens before `next`: a helper function whose body is closed.
fn is_complete(document: &Document<'_>, statement: &Statement, next: usize) -> bool {
    let ends = next >= statement.tokens.end && document.kind(statement.tokens.end - 1) == Some(TokenKind::Close('}'));
    ends && statement.fault.is_none() && statement.form.is_some_and(|form| form.kind == StatementKind::Function)
}

/// Whether a byte is between the quotes of this text.
fn is_inside_text(document: &Document<'_>, index: usize, byte: usize) -> bool {
    let Some(token) = document.tokens.get(index).filter(|token| token.kind == TokenKind::Text) else { return false };
    token.start < byte && (byte < token.end || (byte == token.end && !is_closed(document, index)))
}

/// Whether a text has its closing quote.
fn is_closed(document: &Document<'_>, index: usize) -> bool {
    let written = document.token_text(index);
    let escapes = written.bytes().rev().skip(1).take_while(|byte| *byte == b'\\').count();
    written.len() > 1 && written.ends_with('"') && escapes % 2 == 0
}

/// Where the text ends that a completion replaces: at its closing quote, unless what stands before that looks like code, because the quote is then
/// that of another text.
fn text_end(document: &Document<'_>, byte: usize, end: usize) -> usize {
    let rest = document.text.get(byte..end).unwrap_or_default();
    if rest.contains(['(', ')', ';', ',', '[', ']', '{', '}']) {
        byte + rest.find(|char: char| !is_word(char)).unwrap_or(rest.len())
    } else {
        end
    }
}

fn is_word(char: char) -> bool {
    char == '_' || char.is_alphanumeric()
}

/// The bytes of the word that a byte is in or at the end of; empty when there is none.
fn word_around(text: &str, byte: usize) -> Range<usize> {
    let (before, after) = text.split_at_checked(byte).unwrap_or((text, ""));
    let start = before.char_indices().rev().take_while(|(_, char)| is_word(*char)).last().map_or(byte, |(at, _)| at);
    start..byte + after.find(|char: char| !is_word(char)).unwrap_or(after.len())
}

/// In how many expressions of templates of this statement a byte is.
fn templates_around(document: &Document<'_>, statement: &Statement, byte: usize) -> usize {
    let tokens = document.tokens.get(statement.tokens.clone()).unwrap_or_default();
    let holds = tokens.iter().filter(|token| {
        let is_closed =
            document.text.get(token.start..token.end).is_some_and(|text| text.len() > 1 && text.ends_with('`'));
        token.kind == TokenKind::Template
            && token.start < byte
            && (byte < token.end || (byte == token.end && !is_closed))
    });
    holds.count()
}
