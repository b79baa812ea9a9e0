//! Cutting a pack into statements, and a statement into its clauses.
//!
//! A statement ends at a `;` outside brackets; a helper function at the end of its braces. Where that is missing, the
//! next line that starts, in its first column, with a statement word begins a new statement all the same, so that a
//! slip costs one statement and not the rest of the file. A clause word counts outside brackets only, and not after a dot.

use std::ops::Range;

use crate::diagnostics::Span;
use crate::language::scan::{Token, TokenKind};
use crate::limits;
use crate::pack::statement_forms::{StatementForm, StatementKind, clause_words};

/// One statement, as places in the list of tokens.
#[derive(Clone, Debug)]
pub struct Statement {
    /// The form that its first word names; `None` when no statement begins with that word.
    pub form: Option<&'static StatementForm>,
    /// Its tokens, the `;` not included; never empty.
    pub tokens: Range<usize>,
    /// The tokens after the head word, before the first clause.
    pub head: Range<usize>,
    /// Its clauses, in the order written.
    pub clauses: Vec<ClausePart>,
    /// What is wrong with its shape. A statement with a fault other than a missing `;` cannot be read.
    pub fault: Option<ShapeFault>,
}

/// One clause, as places in the list of tokens.
#[derive(Clone, Debug)]
pub struct ClausePart {
    /// The clause word.
    pub word: usize,
    /// Its tokens, the word not included; may be empty.
    pub tokens: Range<usize>,
}

/// What is wrong with the shape of a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShapeFault {
    /// No `;` at its end; it can be read.
    NoSemicolon,
    /// A bracket that is never closed: this one.
    Unclosed(usize),
    /// A closing bracket that nothing opened, or that fits another one.
    Stray(usize),
    /// Brackets within brackets beyond [`limits::NESTING`], from this one on.
    TooDeep(usize),
}

/// The statements of a pack.
pub fn cut(source: &str, tokens: &[Token]) -> Vec<Statement> {
    let mut statements = Vec::new();
    let mut open: Vec<(usize, char)> = Vec::new();
    let mut start = 0;
    let mut fault = None;
    for (place, token) in tokens.iter().enumerate() {
        if place > start && begins_statement(source, tokens, place) {
            let fault = fault.take().or(Some(match open.first() {
                Some((bracket, _)) => ShapeFault::Unclosed(*bracket),
                None => ShapeFault::NoSemicolon,
            }));
            open.clear();
            statements.push(statement(source, tokens, start..place, fault));
            start = place;
        }
        match token.kind {
            TokenKind::Open(bracket) => {
                open.push((place, bracket));
                if open.len() + token.inside > limits::NESTING {
                    fault.get_or_insert(ShapeFault::TooDeep(place));
                }
            }
            TokenKind::Close(bracket) => {
                match open.last() {
                    Some((_, with)) if closes(*with) == bracket => {
                        open.pop();
                    }
                    _ => {
                        fault.get_or_insert(ShapeFault::Stray(place));
                    }
                }
                if open.is_empty() && bracket == '}' && is_function(source, tokens, start) {
                    statements.push(statement(source, tokens, start..place + 1, fault.take()));
                    start = place + 1;
                }
            }
            // Within `(` and `[` no `;` can stand, so that the bracket was forgotten.
            TokenKind::Semicolon if token.inside == 0 && open.last().is_none_or(|(_, bracket)| *bracket != '{') => {
                if place > start {
                    let fault = fault.take().or(open.first().map(|(bracket, _)| ShapeFault::Unclosed(*bracket)));
                    statements.push(statement(source, tokens, start..place, fault));
                }
                fault = None;
                open.clear();
                start = place + 1;
            }
            _ => {}
        }
    }
    if start < tokens.len() {
        let fault = fault.or(Some(match open.first() {
            Some((bracket, _)) => ShapeFault::Unclosed(*bracket),
            None => ShapeFault::NoSemicolon,
        }));
        statements.push(statement(source, tokens, start..tokens.len(), fault));
    }
    statements
}

fn closes(open: char) -> char {
    match open {
        '(' => ')',
        '[' => ']',
        _ => '}',
    }
}

/// The text of a token.
pub fn text<'a>(source: &'a str, token: &Token) -> &'a str {
    source.get(token.start..token.end).unwrap_or_default()
}

fn begins_statement(source: &str, tokens: &[Token], place: usize) -> bool {
    let (Some(token), Some(next)) = (tokens.get(place), tokens.get(place + 1)) else { return false };
    token.span.column == 1
        && token.kind == TokenKind::Word
        && matches!(next.kind, TokenKind::Word | TokenKind::Text | TokenKind::Template)
        && next.span.line == token.span.line
        && StatementForm::of(text(source, token)).is_some()
}

fn is_function(source: &str, tokens: &[Token], start: usize) -> bool {
    tokens
        .get(start)
        .and_then(|token| StatementForm::of(text(source, token)))
        .is_some_and(|form| form.kind == StatementKind::Function)
}

fn statement(source: &str, tokens: &[Token], range: Range<usize>, fault: Option<ShapeFault>) -> Statement {
    let form = tokens.get(range.start).and_then(|token| StatementForm::of(text(source, token)));
    let mut clauses: Vec<ClausePart> = Vec::new();
    let mut head = range.start + 1..range.end;
    if form.is_none_or(StatementForm::is_split_into_clauses) {
        let mut depth = 0usize;
        let mut after_dot = false;
        for place in range.start + 1..range.end {
            let Some(token) = tokens.get(place) else { break };
            if token.inside > 0 {
                continue;
            }
            match token.kind {
                TokenKind::Open(_) => depth += 1,
                TokenKind::Close(_) => depth = depth.saturating_sub(1),
                TokenKind::Word if depth == 0 && !after_dot && clause_words().contains(&text(source, token)) => {
                    match clauses.last_mut() {
                        Some(last) => last.tokens.end = place,
                        None => head.end = place,
                    }
                    clauses.push(ClausePart { word: place, tokens: place + 1..range.end });
                }
                _ => {}
            }
            after_dot = token.kind == TokenKind::Dot;
        }
    }
    Statement { form, tokens: range, head, clauses, fault }
}

/// The bytes from the first to the last of these tokens.
pub fn bytes(tokens: &[Token], range: &Range<usize>) -> Range<usize> {
    let within = tokens.get(range.clone()).unwrap_or_default();
    let start = within.first().map_or(0, |token| token.start);
    // A template ends after the tokens that lie inside it.
    let end = within.iter().map(|token| token.end).max().unwrap_or(start);
    start..end
}

/// The stretch of text that these tokens take; the end of the token before them where there are none.
pub fn span(tokens: &[Token], range: &Range<usize>) -> Span {
    let within = tokens.get(range.clone()).unwrap_or_default();
    match within.iter().map(|token| token.span).reduce(Span::to) {
        Some(span) => span,
        None => {
            let before = range.start.checked_sub(1).and_then(|place| tokens.get(place)).map(|token| token.span);
            let before = before.unwrap_or(Span { line: 1, column: 1, end_line: 1, end_column: 1 });
            Span { line: before.end_line, column: before.end_column, ..before }
        }
    }
}

/// A bound on the depth of the tree that Rhai will make of these tokens: each bracket, sign and dot may add one, and what
/// stands side by side (between commas, `;`, `and`, `or`) does not add up.
pub fn depth(source: &str, tokens: &[Token], range: &Range<usize>) -> usize {
    #[derive(Default)]
    struct DepthLevel {
        signs: usize,
        within: usize,
        deepest: usize,
    }
    impl DepthLevel {
        fn separate(&mut self) {
            self.deepest = self.deepest.max(self.signs + self.within);
            self.signs = 0;
            self.within = 0;
        }
    }
    let mut levels = vec![DepthLevel::default()];
    let mut inside = 0;
    for token in tokens.get(range.clone()).unwrap_or_default() {
        let nested = levels.len() > 1;
        inside = inside.max(token.inside);
        let Some(level) = levels.last_mut() else { break };
        match token.kind {
            TokenKind::Open(_) => levels.push(DepthLevel::default()),
            TokenKind::Close(_) if nested => {
                level.separate();
                let deep = level.deepest + 1;
                levels.pop();
                if let Some(outer) = levels.last_mut() {
                    outer.within = outer.within.max(deep);
                }
            }
            TokenKind::Semicolon | TokenKind::Comma => level.separate(),
            TokenKind::Dot => level.signs += 1,
            TokenKind::Sign if matches!(text(source, token), "&&" | "||" | "=>") => level.separate(),
            TokenKind::Sign => level.signs += 1,
            TokenKind::Word => match text(source, token) {
                "and" | "or" => level.separate(),
                "not" | "is" | "in" | "if" | "else" | "switch" | "while" | "return" | "throw" => level.signs += 1,
                _ => {}
            },
            _ => {}
        }
    }
    let within = levels.iter_mut().rev().fold(0, |within, level| {
        level.within = level.within.max(within);
        level.separate();
        level.deepest + 1
    });
    within + inside
}
