//! Splits the tokens of a pack into statements, and a statement into its clauses.
//!
//! A statement ends at a `;` outside brackets; a helper function at its closing brace. When that is missing, the next line that starts
//! with a statement word in its first column begins a new statement, so that an error affects one statement and not the rest of the file.
//! A clause word begins a clause only outside brackets, and not after a dot.

use std::ops::Range;

use crate::diagnostics::Span;
use crate::language::scan::{Token, TokenKind};
use crate::limits;
use crate::pack::statement_forms::{StatementForm, StatementKind, clause_words};

/// One statement, as indexes into the list of tokens.
#[derive(Clone, Debug)]
pub struct Statement {
    /// The form that its first word names; `None` when no statement begins with that word.
    pub form: Option<&'static StatementForm>,
    /// Its tokens, the `;` not included; never empty.
    pub tokens: Range<usize>,
    /// The tokens after the head word, before the first clause.
    pub head: Range<usize>,
    /// Its clauses, in the order in which they are written.
    pub clauses: Vec<ClausePart>,
    /// What is wrong with its shape. A statement with a fault other than [`ShapeFault::NoSemicolon`] cannot be read.
    pub fault: Option<ShapeFault>,
}

/// One clause, as indexes into the list of tokens.
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
    /// No `;` at its end; the statement can be read.
    NoSemicolon,
    /// This bracket is never closed.
    Unclosed(usize),
    /// This closing bracket has no opening bracket, or one of another kind.
    Stray(usize),
    /// From this bracket on, brackets are nested deeper than [`limits::NESTING`].
    TooDeep(usize),
}

/// Splits a pack into its statements, in text order. Every token other than `;` between statements belongs to one.
pub fn split(source: &str, tokens: &[Token]) -> Vec<Statement> {
    let mut statements = Vec::new();
    let mut open: Vec<(usize, char)> = Vec::new();
    let mut start = 0;
    let mut fault = None;
    for (index, token) in tokens.iter().enumerate() {
        if index > start && begins_statement(source, tokens, index) {
            let fault = fault.take().or(Some(match open.first() {
                Some((bracket, _)) => ShapeFault::Unclosed(*bracket),
                None => ShapeFault::NoSemicolon,
            }));
            open.clear();
            statements.push(statement(source, tokens, start..index, fault));
            start = index;
        }
        match token.kind {
            TokenKind::Open(bracket) => {
                open.push((index, bracket));
                if open.len() + token.inside > limits::NESTING {
                    fault.get_or_insert(ShapeFault::TooDeep(index));
                }
            }
            TokenKind::Close(bracket) => {
                match open.last() {
                    Some((_, opened)) if closing_bracket(*opened) == bracket => {
                        open.pop();
                    }
                    _ => {
                        fault.get_or_insert(ShapeFault::Stray(index));
                    }
                }
                if open.is_empty() && bracket == '}' && is_function(source, tokens, start) {
                    statements.push(statement(source, tokens, start..index + 1, fault.take()));
                    start = index + 1;
                }
            }
            // No `;` can occur within `(` and `[`, so the closing bracket was forgotten.
            TokenKind::Semicolon if token.inside == 0 && open.last().is_none_or(|(_, bracket)| *bracket != '{') => {
                if index > start {
                    let fault = fault.take().or(open.first().map(|(bracket, _)| ShapeFault::Unclosed(*bracket)));
                    statements.push(statement(source, tokens, start..index, fault));
                }
                fault = None;
                open.clear();
                start = index + 1;
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

/// The bracket that closes `open`.
fn closing_bracket(open: char) -> char {
    match open {
        '(' => ')',
        '[' => ']',
        _ => '}',
    }
}

/// The text of a token; empty when the token is not one of `source`.
pub fn token_text<'a>(source: &'a str, token: &Token) -> &'a str {
    source.get(token.start..token.end).unwrap_or_default()
}

/// Whether the token at this index begins a statement even though the one before it has no `;`.
fn begins_statement(source: &str, tokens: &[Token], index: usize) -> bool {
    let (Some(token), Some(next)) = (tokens.get(index), tokens.get(index + 1)) else { return false };
    token.span.column == 1
        && token.kind == TokenKind::Word
        && matches!(next.kind, TokenKind::Word | TokenKind::Text | TokenKind::Template)
        && next.span.line == token.span.line
        && StatementForm::of(token_text(source, token)).is_some()
}

/// Whether the statement that starts at this token is a helper function.
fn is_function(source: &str, tokens: &[Token], start: usize) -> bool {
    tokens
        .get(start)
        .and_then(|token| StatementForm::of(token_text(source, token)))
        .is_some_and(|form| form.kind == StatementKind::Function)
}

/// The statement of these tokens, split into head and clauses.
fn statement(source: &str, tokens: &[Token], range: Range<usize>, fault: Option<ShapeFault>) -> Statement {
    let form = tokens.get(range.start).and_then(|token| StatementForm::of(token_text(source, token)));
    let mut clauses: Vec<ClausePart> = Vec::new();
    let mut head = range.start + 1..range.end;
    if form.is_none_or(StatementForm::is_split_into_clauses) {
        let mut depth = 0usize;
        let mut after_dot = false;
        for index in range.start + 1..range.end {
            let Some(token) = tokens.get(index) else { break };
            if token.inside > 0 {
                continue;
            }
            match token.kind {
                TokenKind::Open(_) => depth += 1,
                TokenKind::Close(_) => depth = depth.saturating_sub(1),
                TokenKind::Word if depth == 0 && !after_dot && begins_clause(form, token_text(source, token)) => {
                    match clauses.last_mut() {
                        Some(last) => last.tokens.end = index,
                        None => head.end = index,
                    }
                    clauses.push(ClausePart { word: index, tokens: index + 1..range.end });
                }
                _ => {}
            }
            after_dot = token.kind == TokenKind::Dot;
        }
    }
    Statement { form, tokens: range, head, clauses, fault }
}

/// Whether this word begins a clause in a statement of this form; in a statement of no form, any clause word does.
fn begins_clause(form: Option<&StatementForm>, word: &str) -> bool {
    form.map_or_else(|| clause_words().contains(&word), |form| form.is_clause_word(word))
}

/// The byte range from the first to the last of these tokens; `0..0` when there are none.
pub fn byte_range(tokens: &[Token], range: &Range<usize>) -> Range<usize> {
    let within = tokens.get(range.clone()).unwrap_or_default();
    let start = within.first().map_or(0, |token| token.start);
    // A template ends after the tokens nested in it.
    let end = within.iter().map(|token| token.end).max().unwrap_or(start);
    start..end
}

/// The span of these tokens; the empty span after the token before them when there are none.
pub fn span(tokens: &[Token], range: &Range<usize>) -> Span {
    let within = tokens.get(range.clone()).unwrap_or_default();
    match within.iter().map(|token| token.span).reduce(Span::to) {
        Some(span) => span,
        None => {
            let before = range.start.checked_sub(1).and_then(|index| tokens.get(index)).map(|token| token.span);
            let before = before.unwrap_or(Span { line: 1, column: 1, end_line: 1, end_column: 1 });
            Span { line: before.end_line, column: before.end_column, ..before }
        }
    }
}

/// An upper bound on the depth of the tree that Rhai builds from these tokens. Each bracket, operator and dot may add a level; parts that
/// stand side by side (between commas, `;`, `and`, `or`) do not add up.
pub fn depth_bound(source: &str, tokens: &[Token], range: &Range<usize>) -> usize {
    #[derive(Default)]
    struct DepthLevel {
        operators: usize,
        within: usize,
        deepest: usize,
    }
    impl DepthLevel {
        fn separate(&mut self) {
            self.deepest = self.deepest.max(self.operators + self.within);
            self.operators = 0;
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
            TokenKind::Dot => level.operators += 1,
            TokenKind::Sign if matches!(token_text(source, token), "&&" | "||" | "=>") => level.separate(),
            TokenKind::Sign => level.operators += 1,
            TokenKind::Word => match token_text(source, token) {
                "and" | "or" => level.separate(),
                "not" | "is" | "in" | "if" | "else" | "switch" | "while" | "return" | "throw" => level.operators += 1,
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
