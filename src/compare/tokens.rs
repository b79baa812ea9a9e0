//! The tokens of one clause, with those inside a template beneath it.

use std::ops::Range;

use crate::language::scan::{Token, TokenKind};
use crate::language::statements::token_text;
use crate::limits;

/// A token, or a template with what is inside.
#[derive(Clone, Debug)]
pub(crate) struct Piece {
    /// What it is.
    pub(crate) kind: PieceKind,
    /// As its author wrote it.
    pub(crate) text: String,
}

/// What a piece is.
#[derive(Clone, Debug)]
pub(crate) enum PieceKind {
    /// A token other than a template.
    Token(TokenKind),
    /// `` `Asked ${n} times` ``: the texts around its parts, one more than there are parts, and the pieces of each part.
    Template {
        /// `Asked `, ` times`.
        texts: Vec<String>,
        /// `n`.
        parts: Vec<Vec<Piece>>,
    },
}

impl Piece {
    /// Its text in one spelling.
    pub(crate) fn canonical(&self) -> String {
        match &self.kind {
            PieceKind::Token(TokenKind::Number) => self.text.replace('_', ""),
            PieceKind::Token(_) => match self.text.as_str() {
                "&&" => "and".to_owned(),
                "||" => "or".to_owned(),
                "==" => "is".to_owned(),
                "!" => "not".to_owned(),
                other => other.to_owned(),
            },
            PieceKind::Template { texts, parts } => {
                let mut text = String::from("`");
                for (nth, literal) in texts.iter().enumerate() {
                    text.push_str(literal);
                    if let Some(part) = parts.get(nth) {
                        let part: Vec<String> = part.iter().map(Self::canonical).collect();
                        text.push_str(&format!("${{{}}}", part.join(" ")));
                    }
                }
                text.push('`');
                text
            }
        }
    }
}

/// The pieces of these tokens of `source`.
pub(crate) fn pieces(source: &str, tokens: &[Token], range: Range<usize>) -> Vec<Piece> {
    let tokens = tokens.get(range).unwrap_or_default();
    let level = tokens.first().map_or(0, |token| token.inside);
    let mut pieces = Vec::new();
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        at += 1;
        let kind = if token.kind == TokenKind::Template {
            let inside = tokens.iter().skip(at).take_while(|inner| inner.inside > level).count();
            let inner = tokens.get(at..at + inside).unwrap_or_default();
            at += inside;
            // Of one that is nested too deeply to be read, the text is compared.
            if level < limits::NESTING { template(source, token, inner) } else { PieceKind::Token(token.kind) }
        } else {
            PieceKind::Token(token.kind)
        };
        pieces.push(Piece { kind, text: token_text(source, token).to_owned() });
    }
    pieces
}

/// The pieces of a text of its own.
#[cfg(test)]
pub(crate) fn pieces_of(text: &str) -> Vec<Piece> {
    let (tokens, _) = crate::language::scan::scan(text);
    pieces(text, &tokens, 0..tokens.len())
}

/// A template with these tokens inside. Between two tokens of one part are blanks and comments; where a `}` stands between them a part ends.
fn template(source: &str, token: &Token, inner: &[Token]) -> PieceKind {
    let direct = token.inside + 1;
    let text = |from: usize, to: usize| source.get(from..to).unwrap_or_default();
    let mut texts = Vec::new();
    let mut parts = Vec::new();
    let mut literal_from = token.start + 1;
    let mut at = 0;
    while let Some(first) = inner.get(at) {
        let mut end = first.end;
        let mut next = at + 1;
        while let Some(one) = inner.get(next) {
            if one.inside == direct && one.start >= end && text(end, one.start).contains('}') {
                break;
            }
            end = end.max(one.end);
            next += 1;
        }
        let literal = text(literal_from, first.start);
        let opened = literal.rfind("${").unwrap_or(literal.len());
        texts.push(literal.get(..opened).unwrap_or_default().to_owned());
        parts.push(pieces(source, inner, at..next));
        let close = text(end, token.end).find('}').map_or(token.end, |place| end + place + 1);
        literal_from = close;
        at = next;
    }
    texts.push(text(literal_from, token.end.saturating_sub(1).max(literal_from)).to_owned());
    PieceKind::Template { texts, parts }
}
