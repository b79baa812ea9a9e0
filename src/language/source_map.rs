//! Translates Rhai's positions to spans of the source file.
//!
//! Rhai reports one position per node of the syntax tree: where it starts, as line and column (from 1) in the text of the clause. The
//! tokens of our own scanner tell where it ends: a word, a text, a call with its brackets. The text of a node is represented by the indexes
//! of its first and last token, so that it can be widened to the parentheses around it.
//!
//! Nothing here fails: a position where no token starts gives `None`, or the tokens or span of the whole clause.

use std::sync::Arc;

use rhai::Position;

use crate::diagnostics::Span;
use crate::language::interpreter::shift;
use crate::language::scan::{Token, TokenKind, scan};
use crate::language::statements::token_text;

/// The tokens of a clause, or of a helper function, and where it is in its file.
#[derive(Clone, Debug)]
pub(super) struct SourceMap {
    clause: Arc<str>,
    tokens: Vec<Token>,
    /// What [`closing_brackets`] returns for the tokens.
    closing_brackets: Vec<usize>,
    /// In the file.
    clause_span: Span,
}

impl SourceMap {
    /// The map of a clause with this text, which is at `clause_span` in its file. Rhai has parsed the text, so scan faults cannot occur.
    pub fn new(clause: &Arc<str>, clause_span: Span) -> Self {
        let (tokens, _) = scan(clause);
        let closing_brackets = closing_brackets(&tokens);
        Self { clause: clause.clone(), tokens, closing_brackets, clause_span }
    }

    /// The kind of the token at this index; `None` beyond the last.
    pub fn kind(&self, index: usize) -> Option<TokenKind> {
        self.tokens.get(index).map(|token| token.kind)
    }

    /// The index of the token that starts at this position of Rhai's; `None` when none does, or for a node without position.
    pub fn token_at(&self, position: Position) -> Option<usize> {
        let wanted = (u32::try_from(position.line()?).ok()?, u32::try_from(position.position()?).ok()?);
        self.tokens.binary_search_by_key(&wanted, |token| (token.span.line, token.span.column)).ok()
    }

    /// The index of the last token of what starts at this position: of a call its closing parenthesis, of a bracket the closing one, of a
    /// negative number the number, of anything else its only token. `None` when no token starts there.
    pub fn last_at(&self, position: Position) -> Option<usize> {
        self.token_at(position).map(|index| self.last_of(index))
    }

    /// The indexes of the first and last token of what starts at this position; those of the whole clause when no token starts there.
    pub fn token_range(&self, position: Position) -> (usize, usize) {
        match self.token_at(position) {
            Some(first) => (first, self.last_of(first)),
            // The tokens inside a template follow it, and end before it does.
            None => (0, self.tokens.iter().rposition(|token| token.inside == 0).unwrap_or_default()),
        }
    }

    /// The index of the last token of what starts with this token, as in [`last_at`](Self::last_at).
    fn last_of(&self, index: usize) -> usize {
        let open = match self.kind(index) {
            Some(TokenKind::Open(_)) => index,
            Some(TokenKind::Word) if self.kind(index + 1) == Some(TokenKind::Open('(')) => index + 1,
            // `-1` is one value for Rhai, which starts at the sign.
            Some(TokenKind::Sign) if self.is_minus(index) && self.kind(index + 1) == Some(TokenKind::Number) => {
                return index + 1;
            }
            _ => return index,
        };
        self.closing_brackets.get(open).copied().unwrap_or(index)
    }

    fn is_minus(&self, index: usize) -> bool {
        self.tokens.get(index).is_some_and(|token| token_text(&self.clause, token) == "-")
    }

    /// The span in the file from the start of token `first` to the end of token `last`; that of the whole clause when one does not exist.
    pub fn span(&self, first: usize, last: usize) -> Span {
        let (Some(from), Some(to)) = (self.tokens.get(first), self.tokens.get(last)) else { return self.clause_span };
        let within = Span { end_line: to.span.end_line, end_column: to.span.end_column, ..from.span };
        shift(within, self.clause_span)
    }

    /// The span in the file of the token at this position; that of the whole clause when no token starts there.
    pub fn span_at(&self, position: Position) -> Span {
        self.token_at(position).map_or(self.clause_span, |index| self.span(index, index))
    }

    /// The first and last token including all pairs of parentheses directly around them, except those of a call: those of `(a + b)` for the
    /// tokens of `a + b` in `(a + b) * c`.
    pub fn widen(&self, mut first: usize, mut last: usize) -> (usize, usize) {
        while let Some(open) = first.checked_sub(1) {
            let around =
                self.kind(open) == Some(TokenKind::Open('(')) && self.closing_brackets.get(open) == Some(&(last + 1));
            if !around || self.is_call(open) {
                break;
            }
            (first, last) = (open, last + 1);
        }
        (first, last)
    }

    /// Whether the opening parenthesis at this index is that of a call `f(...)`: it follows a name and not a keyword.
    fn is_call(&self, open: usize) -> bool {
        let Some(before) = open.checked_sub(1).and_then(|index| self.tokens.get(index)) else { return false };
        let word = token_text(&self.clause, before);
        before.kind == TokenKind::Word
            && !matches!(word, "and" | "or" | "not" | "is" | "in" | "if" | "else" | "switch" | "return")
    }
}

/// For each opening bracket the index of its closing bracket; for each other token, and for an unclosed bracket, its own index.
fn closing_brackets(tokens: &[Token]) -> Vec<usize> {
    let mut closing_brackets: Vec<usize> = (0..tokens.len()).collect();
    let mut open = Vec::new();
    for (index, token) in tokens.iter().enumerate() {
        match token.kind {
            TokenKind::Open(_) => open.push(index),
            TokenKind::Close(_) => {
                if let Some(closing) = open.pop().and_then(|opened: usize| closing_brackets.get_mut(opened)) {
                    *closing = index;
                }
            }
            _ => {}
        }
    }
    closing_brackets
}
