//! Where the parts of a clause begin and end.
//!
//! Rhai tells for each node one point. The tokens of our own scan tell the rest: the end of a word, of a text, of a call with
//! its brackets. Parts are kept as first and last token, so that they can be widened by the brackets around them.

use std::sync::Arc;

use rhai::Position;

use crate::diagnostics::Span;
use crate::language::scan::{Token, TokenKind, scan};
use crate::language::statements::text;
use crate::language::walker::shift;

/// The tokens of a clause, and where it stands in its file.
#[derive(Clone, Debug)]
pub(super) struct SourceMap {
    clause: Arc<str>,
    tokens: Vec<Token>,
    partners: Vec<usize>,
    place: Span,
}

impl SourceMap {
    pub fn new(clause: &Arc<str>, place: Span) -> Self {
        let (tokens, _) = scan(clause);
        let partners = partners(&tokens);
        Self { clause: clause.clone(), tokens, partners, place }
    }

    /// What kind of token stands here.
    pub fn kind(&self, place: usize) -> Option<TokenKind> {
        self.tokens.get(place).map(|token| token.kind)
    }

    /// The token that starts at this point of Rhai's.
    pub fn token_at(&self, point: Position) -> Option<usize> {
        let wanted = (u32::try_from(point.line()?).ok()?, u32::try_from(point.position()?).ok()?);
        self.tokens.binary_search_by_key(&wanted, |token| (token.span.line, token.span.column)).ok()
    }

    /// The last token of what starts at this point: a word with its call, a bracket with all in it.
    pub fn last_at(&self, point: Position) -> Option<usize> {
        self.token_at(point).map(|place| self.close_of(place))
    }

    /// The first and last token of what starts at this point; those of the whole clause when nothing does.
    pub fn reach(&self, point: Position) -> (usize, usize) {
        match self.token_at(point) {
            Some(first) => (first, self.close_of(first)),
            None => (0, self.tokens.iter().rposition(|token| token.inside == 0).unwrap_or_default()),
        }
    }

    fn close_of(&self, place: usize) -> usize {
        let opens = match self.kind(place) {
            Some(TokenKind::Open(_)) => place,
            Some(TokenKind::Word) if self.kind(place + 1) == Some(TokenKind::Open('(')) => place + 1,
            // `-1`, which Rhai takes for one value, from its sign on.
            Some(TokenKind::Sign) if self.is_minus(place) && self.kind(place + 1) == Some(TokenKind::Number) => {
                return place + 1;
            }
            _ => return place,
        };
        self.partners.get(opens).copied().unwrap_or(place)
    }

    fn is_minus(&self, place: usize) -> bool {
        self.tokens.get(place).is_some_and(|token| text(&self.clause, token) == "-")
    }

    /// These tokens as a stretch of the file.
    pub fn span(&self, first: usize, last: usize) -> Span {
        let (Some(from), Some(to)) = (self.tokens.get(first), self.tokens.get(last)) else { return self.place };
        let within = Span { end_line: to.span.end_line, end_column: to.span.end_column, ..from.span };
        shift(within, self.place)
    }

    /// The token at this point as a stretch of the file.
    pub fn span_at(&self, point: Position) -> Span {
        self.token_at(point).map_or(self.place, |place| self.span(place, place))
    }

    /// These tokens with the brackets around them: `(a + b)` in `(a + b) * c`.
    pub fn widen(&self, mut first: usize, mut last: usize) -> (usize, usize) {
        while let Some(open) = first.checked_sub(1) {
            let around = self.kind(open) == Some(TokenKind::Open('(')) && self.partners.get(open) == Some(&(last + 1));
            if !around || self.is_call(open) {
                break;
            }
            (first, last) = (open, last + 1);
        }
        (first, last)
    }

    /// True for the bracket of a call, which does not belong to what stands in it.
    fn is_call(&self, open: usize) -> bool {
        let Some(before) = open.checked_sub(1).and_then(|place| self.tokens.get(place)) else { return false };
        let word = text(&self.clause, before);
        before.kind == TokenKind::Word
            && !matches!(word, "and" | "or" | "not" | "is" | "in" | "if" | "else" | "switch" | "return")
    }
}

/// For each opening bracket the place of its end.
fn partners(tokens: &[Token]) -> Vec<usize> {
    let mut partners: Vec<usize> = (0..tokens.len()).collect();
    let mut open = Vec::new();
    for (place, token) in tokens.iter().enumerate() {
        match token.kind {
            TokenKind::Open(_) => open.push(place),
            TokenKind::Close(_) => {
                if let Some(partner) = open.pop().and_then(|opened: usize| partners.get_mut(opened)) {
                    *partner = place;
                }
            }
            _ => {}
        }
    }
    partners
}
