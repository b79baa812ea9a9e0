//! What a layout must not change: the tokens, the comments, and what is read from them.
//!
//! Tokens and their order decide what a text means. That the reader of packs agrees is asked of it too, because it is what decides: the trees of
//! all clauses and the values of all settings, places aside, and the findings.

use crate::diagnostics::{Diagnostic, Span};
use crate::language::comments::comments;
use crate::language::scan::{Token, TokenKind, scan};
use crate::language::statements::{Statement, split, token_text};
use crate::language::{ParsedPack, read};
use crate::pack::Overrides;
use crate::pack::expression::{Body, Clause, Node};
use crate::pack::statements::Setting;

/// Whether both texts say the same, and have the same comments. `before` is what was read from `source`, a file of this name.
pub(super) fn same_meaning(file: &str, source: &str, before: ParsedPack, formatted: &str) -> bool {
    same_tokens(source, formatted) && same_reading(before, read(file, formatted, &Overrides::default()))
}

/// Whether both texts have the same tokens and comments. A comma before a closing bracket and a `;` that ends nothing do not count.
fn same_tokens(one: &str, other: &str) -> bool {
    let (one_tokens, one_faults) = scan(one);
    let (other_tokens, other_faults) = scan(other);
    let (ones, others) = (split(one, &one_tokens), split(other, &other_tokens));
    one_faults.is_empty()
        && other_faults.is_empty()
        && ones.len() == others.len()
        && ones.iter().zip(&others).all(|(left, right)| {
            words(one, &one_tokens, left).eq(words(other, &other_tokens, right)) && left.fault == right.fault
        })
        && remarks(one, &one_tokens) == remarks(other, &other_tokens)
}

/// The kinds and texts of the tokens of a statement.
fn words<'a>(
    source: &'a str,
    tokens: &'a [Token],
    statement: &Statement,
) -> impl Iterator<Item = (TokenKind, &'a str)> {
    let range = statement.tokens.clone();
    let within = tokens.get(range).unwrap_or_default();
    let is_needless = |nth: usize| {
        let next = within.get(nth + 1).map(|token| token.kind);
        within.get(nth).is_some_and(|token| token.kind == TokenKind::Comma) && matches!(next, Some(TokenKind::Close(_)))
    };
    within
        .iter()
        .enumerate()
        .filter(move |(nth, _)| !is_needless(*nth))
        .map(|(_, token)| (token.kind, token_text(source, token)))
}

/// The texts of the comments, without the blanks at the ends of their lines.
fn remarks(source: &str, tokens: &[Token]) -> Vec<Vec<String>> {
    let text = |bytes| source.get(bytes).unwrap_or_default();
    let lines = |comment: &str| comment.lines().map(|line| line.trim_end().to_owned()).collect();
    comments(source, tokens).into_iter().map(|comment| lines(text(comment.bytes))).collect()
}

/// Whether two readings have the same trees, values and findings.
fn same_reading(mut one: ParsedPack, mut other: ParsedPack) -> bool {
    let settings = |parsed: &ParsedPack| {
        let settings = parsed.pack.settings.iter();
        settings.map(|one| format!("{:?}", Setting { span: Span::START, ..one.clone() })).collect::<Vec<_>>()
    };
    one.pack.about == other.pack.about
        && settings(&one) == settings(&other)
        && codes(&one.diagnostics).eq(codes(&other.diagnostics))
        && clauses(&mut one) == clauses(&mut other)
}

fn codes(found: &[Diagnostic]) -> impl Iterator<Item = &'static str> {
    found.iter().map(|one| one.code)
}

/// The trees of all clauses without their places, and the cases of examples.
fn clauses(parsed: &mut ParsedPack) -> Vec<String> {
    let mut trees: Vec<String> = parsed.pack.clauses_mut().map(tree).collect();
    // What examples say was computed when they were read. How an expectation is written is told by its tokens.
    for example in &parsed.pack.examples {
        for case in &example.cases {
            let expected: Vec<_> = case.expected.iter().map(|one| (one.negated, &one.what)).collect();
            trees.push(format!("{} {:?} {:?} {expected:?}", example.name, case.row, case.given));
        }
    }
    trees
}

fn tree(clause: &mut Clause) -> String {
    match &mut clause.body {
        Body::Compiled(node) => {
            forget_places(node);
            format!("{node:?}")
        }
        Body::Interpreted { why } => why.english(),
    }
}

fn forget_places(node: &mut Node) {
    node.span = Span::START;
    for part in node.kind.parts_mut() {
        forget_places(part);
    }
}
