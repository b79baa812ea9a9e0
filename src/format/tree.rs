//! The structure of an expression as far as its layout needs it: operands, brackets with their items, chains of dots.
//!
//! It is made from the tokens, not from Rhai's tree, so that nothing that is written is lost. Whatever it does not know stands in a row. It
//! also decides before which pieces a blank stands.
//!
//! Invariant: the parts of a node follow one another without a gap, so that going through the tree gives every piece once and in order.

use std::ops::Range;

use crate::format::pieces::Piece;
use crate::language::scan::TokenKind;

/// A part of an expression.
#[derive(Debug)]
pub(super) struct Node {
    /// Its pieces.
    pub range: Range<usize>,
    pub shape: Shape,
}

/// What a node is made of.
#[derive(Debug)]
pub(super) enum Shape {
    /// One piece.
    Piece,
    /// Parts one after the other.
    Row(Vec<Node>),
    /// Operands with signs of one precedence between them.
    Signs(Signs),
    /// `(a, b)`, `[a]`, `#{ a: 1 }`, `{ a; b }`.
    Bracket(Bracket),
    /// `phone.to("decider").within(4.hours)`: what stands before the first dot, and each dot with what belongs to it.
    Chain(Box<Node>, Vec<Node>),
}

/// Operands with signs between them.
#[derive(Debug)]
pub(super) struct Signs {
    /// One more than signs, or as many where the last operand is missing.
    pub operands: Vec<Node>,
    /// The pieces of each sign: `and`, `is not`.
    pub signs: Vec<Range<usize>>,
    /// `and` and `or`.
    pub logical: bool,
    /// Whether they stand without blanks: `1..=10`.
    pub tight: bool,
}

/// A bracket with its items.
#[derive(Debug)]
pub(super) struct Bracket {
    pub kind: BracketKind,
    /// The piece that opens it; the `#` of a map stands before it.
    pub open: usize,
    /// The piece that closes it.
    pub close: usize,
    pub items: Vec<Item>,
}

/// An item of a bracket, with the `,` or `;` behind it.
#[derive(Debug)]
pub(super) struct Item {
    pub node: Node,
    pub separator: Option<usize>,
}

/// What a bracket is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BracketKind {
    /// `f(a, b)`, and `a[0]`
    Arguments,
    /// `(a or b)`
    Group,
    /// `[a, b]`
    List,
    /// `#{ a: 1 }`
    Map,
    /// `{ a; b }`
    Block,
    /// `switch x { 1 => a, _ => b }`
    Arms,
}

impl BracketKind {
    /// Whether a blank stands within its brackets.
    const fn is_spaced(self) -> bool {
        matches!(self, Self::Map | Self::Block | Self::Arms)
    }

    /// Whether its items each have a comma behind them when they stand on lines of their own.
    pub const fn ends_with_comma(self) -> bool {
        matches!(self, Self::List | Self::Map | Self::Arms)
    }
}

/// Words that stand before what they are about, like a sign.
const PREFIX_WORDS: &[&str] = &["not", "let", "const", "return", "throw", "break", "continue", "private"];
/// Words that begin something with a block.
const CONTROL_WORDS: &[&str] = &["if", "switch", "while", "for", "loop", "do", "try", "else"];
/// The precedence of what is separated least: assignments.
const LOWEST: u8 = 1;

/// Makes nodes of the pieces of one pack.
pub(super) struct TreeBuilder<'p, 'a> {
    pub pieces: &'p mut [Piece<'a>],
    /// Of each opening bracket the closing one, by index of piece.
    partners: Vec<usize>,
    at: usize,
}

impl<'p, 'a> TreeBuilder<'p, 'a> {
    pub fn new(pieces: &'p mut [Piece<'a>]) -> Self {
        let mut partners = vec![pieces.len(); pieces.len()];
        let mut open: Vec<usize> = Vec::new();
        for (index, piece) in pieces.iter().enumerate() {
            match piece.kind {
                TokenKind::Open(_) => open.push(index),
                TokenKind::Close(_) => {
                    if let Some(partner) = open.pop().and_then(|opened| partners.get_mut(opened)) {
                        *partner = index;
                    }
                }
                _ => {}
            }
        }
        Self { pieces, partners, at: 0 }
    }

    fn kind(&self, index: usize) -> Option<TokenKind> {
        self.pieces.get(index).map(|piece| piece.kind)
    }

    fn text(&self, index: usize) -> &'a str {
        self.pieces.get(index).map_or("", |piece| piece.text)
    }

    fn is_word(&self, index: usize, words: &[&str]) -> bool {
        self.kind(index) == Some(TokenKind::Word) && words.contains(&self.text(index))
    }

    fn is_sign(&self, index: usize, sign: &str) -> bool {
        self.kind(index) == Some(TokenKind::Sign) && self.text(index) == sign
    }

    /// No blank stands before this piece.
    fn close_up(&mut self, index: usize) {
        if let Some(piece) = self.pieces.get_mut(index) {
            piece.gap = false;
        }
    }

    /// The next piece as a node.
    pub fn piece(&mut self) -> Node {
        self.at += 1;
        Node { range: self.at - 1..self.at, shape: Shape::Piece }
    }

    /// Everything from `start` to `end` as one node.
    pub fn whole(&mut self, range: Range<usize>) -> Node {
        self.at = range.start;
        self.rest(range.end)
    }

    /// One expression from `start` on, at most to `end`, where it may stand beside others.
    pub fn one(&mut self, range: Range<usize>) -> Node {
        self.at = range.start;
        self.expression(range.end, LOWEST)
    }

    /// Everything up to `end`.
    fn rest(&mut self, end: usize) -> Node {
        let start = self.at;
        let mut parts = Vec::new();
        while self.at < end {
            parts.push(self.expression(end, LOWEST));
        }
        row(start..self.at, parts)
    }

    /// Operands with signs of this precedence or a closer one between them.
    fn expression(&mut self, end: usize, least: u8) -> Node {
        let start = self.at;
        let mut left = self.operand(end);
        while let Some((precedence, _)) = self.sign_here(end).filter(|(precedence, _)| *precedence >= least) {
            let (mut operands, mut signs) = (vec![left], Vec::new());
            let (logical, tight) = (matches!(precedence, 2 | 3), precedence == 8);
            while let Some((_, length)) = self.sign_here(end).filter(|(same, _)| *same == precedence) {
                signs.push(self.at..self.at + length);
                if tight {
                    self.close_up(self.at);
                    self.close_up(self.at + 1);
                }
                if self.is_sign(self.at, "!") {
                    self.close_up(self.at + 1);
                }
                self.at += length;
                if self.at < end {
                    operands.push(self.expression(end, precedence + 1));
                }
            }
            left = Node { range: start..self.at, shape: Shape::Signs(Signs { operands, signs, logical, tight }) };
        }
        left
    }

    /// The precedence of the sign between operands that stands here, and of how many pieces it is; `None` when there is none.
    fn sign_here(&self, end: usize) -> Option<(u8, usize)> {
        if self.at >= end {
            return None;
        }
        let next = |word| usize::from(self.at + 1 < end && self.is_word(self.at + 1, &[word]));
        match (self.kind(self.at)?, self.text(self.at)) {
            (TokenKind::Word, "or") => Some((2, 1)),
            (TokenKind::Word, "and") => Some((3, 1)),
            (TokenKind::Word, "is") => Some((4, 1 + next("not"))),
            (TokenKind::Word, "in") => Some((5, 1)),
            (TokenKind::Word, "not") if next("in") == 1 => Some((5, 2)),
            (TokenKind::Sign, sign) => {
                let precedence = match sign {
                    "=" | "=>" | "+=" | "-=" | "*=" | "/=" | "%=" | "<<=" | ">>=" | "|=" | "&=" | "^=" => LOWEST,
                    "||" | "|" | "^" => 2,
                    "&&" | "&" => 3,
                    "==" | "!=" | "===" | "!==" => 4,
                    "!" if next("in") == 1 => return Some((5, 2)),
                    "<" | "<=" | ">" | ">=" => 6,
                    "??" => 7,
                    ".." | "..=" => 8,
                    "+" | "-" => 9,
                    "*" | "/" | "%" => 10,
                    "<<" | ">>" => 11,
                    _ => return None,
                };
                Some((precedence, 1))
            }
            _ => None,
        }
    }

    /// An operand: signs before it, what they are about, and what follows it directly.
    fn operand(&mut self, end: usize) -> Node {
        let start = self.at;
        let mut parts = Vec::new();
        while self.at < end {
            let sign = matches!(self.text(self.at), "-" | "+" | "!") && self.kind(self.at) == Some(TokenKind::Sign);
            if !sign && !self.is_word(self.at, PREFIX_WORDS) {
                break;
            }
            let is_last = self.at + 1 >= end;
            // `--` is no sign of Rhai's, so two of them keep their blank.
            let doubled = matches!(self.text(self.at + 1), "-" | "+");
            if sign && !is_last && !doubled {
                self.close_up(self.at + 1);
            }
            parts.push(self.piece());
        }
        if self.at < end {
            parts.push(self.with_links(end));
        }
        row(start..self.at, parts)
    }

    /// A value with the dots, calls and indexes that follow it.
    fn with_links(&mut self, end: usize) -> Node {
        let start = self.at;
        let mut head = self.value(end);
        let takes_arguments = match self.kind(start) {
            Some(TokenKind::Word) => !self.is_word(start, CONTROL_WORDS),
            Some(TokenKind::Text | TokenKind::Template) => self.kind(self.at) == Some(TokenKind::Open('[')),
            Some(kind) => matches!(head.shape, Shape::Bracket(_)) && kind != TokenKind::Open('{'),
            None => false,
        };
        if takes_arguments {
            head = self.with_arguments(head, end);
        }
        let mut links = Vec::new();
        while self.at < end {
            let colons = self.is_sign(self.at, "::");
            if !colons && self.kind(self.at) != Some(TokenKind::Dot) {
                break;
            }
            let first = self.at;
            self.close_up(self.at);
            let dot = self.piece();
            let mut link = Node { range: first..self.at, shape: Shape::Row(vec![dot]) };
            if self.at < end {
                self.close_up(self.at);
                let name = self.piece();
                let named = self.with_arguments(name, end);
                link.range.end = self.at;
                if let Shape::Row(parts) = &mut link.shape {
                    parts.push(named);
                }
            }
            links.push(link);
        }
        if links.is_empty() {
            return head;
        }
        Node { range: start..self.at, shape: Shape::Chain(Box::new(head), links) }
    }

    /// A value with the arguments and indexes directly behind it.
    fn with_arguments(&mut self, value: Node, end: usize) -> Node {
        let start = value.range.start;
        let mut parts = vec![value];
        while self.at < end {
            let careful = self.is_sign(self.at, "?") && self.kind(self.at + 1) == Some(TokenKind::Open('['))
                || self.is_sign(self.at, "!") && self.kind(self.at + 1) == Some(TokenKind::Open('('));
            if careful {
                self.close_up(self.at);
                parts.push(self.piece());
            }
            if !matches!(self.kind(self.at), Some(TokenKind::Open('(' | '['))) {
                break;
            }
            self.close_up(self.at);
            parts.push(self.bracket(BracketKind::Arguments));
        }
        row(start..self.at, parts)
    }

    /// A value by itself.
    fn value(&mut self, end: usize) -> Node {
        match self.kind(self.at) {
            Some(TokenKind::Open('(')) => self.bracket(BracketKind::Group),
            Some(TokenKind::Open('[')) => self.bracket(BracketKind::List),
            Some(TokenKind::Open(_)) => self.bracket(BracketKind::Block),
            Some(TokenKind::Sign) if self.is_sign(self.at, "#") => {
                if self.at + 1 < end && self.kind(self.at + 1) == Some(TokenKind::Open('{')) {
                    self.close_up(self.at + 1);
                    let start = self.at;
                    self.at += 1;
                    let bracket = self.bracket(BracketKind::Map);
                    return Node { range: start..bracket.range.end, shape: bracket.shape };
                }
                self.piece()
            }
            Some(TokenKind::Word) if self.is_word(self.at, CONTROL_WORDS) => self.control(end),
            _ => self.piece(),
        }
    }

    /// `if a { b } else { c }`, `switch a { ... }`, loops and `try`.
    fn control(&mut self, end: usize) -> Node {
        let start = self.at;
        let mut parts = Vec::new();
        let begins_do = self.is_word(self.at, &["do"]);
        loop {
            let kind = if self.is_word(self.at, &["switch"]) { BracketKind::Arms } else { BracketKind::Block };
            let catches = self.is_word(self.at, &["catch"]);
            parts.push(self.piece());
            if self.at < end && self.is_word(self.at, &["if"]) {
                continue;
            }
            if catches && self.kind(self.at) == Some(TokenKind::Open('(')) {
                parts.push(self.bracket(BracketKind::Group));
            } else if self.at < end && self.kind(self.at) != Some(TokenKind::Open('{')) {
                parts.push(self.expression(end, LOWEST));
            }
            if self.at < end && self.kind(self.at) == Some(TokenKind::Open('{')) {
                parts.push(self.bracket(kind));
            }
            let goes_on = self.is_word(self.at, &["else", "catch"])
                || begins_do && parts.len() == 2 && self.is_word(self.at, &["while", "until"]);
            if self.at >= end || !goes_on {
                break;
            }
        }
        row(start..self.at, parts)
    }

    /// The bracket that opens here, with its items.
    fn bracket(&mut self, kind: BracketKind) -> Node {
        let open = self.at;
        let close = self.partners.get(open).copied().unwrap_or(open);
        let mut items: Vec<Item> = Vec::new();
        self.at = open + 1;
        while self.at < close {
            let end = self.next_separator(close);
            let node = self.item(kind, end);
            let separator = (self.at == end && end < close).then_some(end);
            if separator.is_some() {
                self.close_up(end);
                self.at += 1;
            }
            items.push(Item { node, separator });
        }
        self.at = close + 1;
        if items.is_empty() || !kind.is_spaced() {
            self.close_up(open + 1);
            self.close_up(close);
        }
        if kind != BracketKind::Block
            && let Some(comma) = items.last().and_then(|item| item.separator)
            && let Some(piece) = self.pieces.get_mut(comma).filter(|piece| piece.kind == TokenKind::Comma)
        {
            piece.dropped = true;
        }
        if kind == BracketKind::Block
            && items.len() > 1
            && let Some(piece) = self.pieces.get_mut(open)
        {
            piece.breaks_line = true;
        }
        Node { range: open..self.at, shape: Shape::Bracket(Bracket { kind, open, close, items }) }
    }

    /// The `,` or `;` from here to `close` that is not within another bracket, or `close`.
    fn next_separator(&self, close: usize) -> usize {
        let mut index = self.at;
        while index < close {
            match self.kind(index) {
                Some(TokenKind::Comma | TokenKind::Semicolon) => return index,
                Some(TokenKind::Open(_)) => index = self.partners.get(index).copied().unwrap_or(close) + 1,
                _ => index += 1,
            }
        }
        close
    }

    /// One item of a bracket, at most up to `end`.
    fn item(&mut self, kind: BracketKind, end: usize) -> Node {
        let start = self.at;
        if kind == BracketKind::Map && self.at + 1 < end && self.is_sign(self.at + 1, ":") {
            self.close_up(self.at + 1);
            let (key, colon) = (self.piece(), self.piece());
            let value = self.rest(end);
            return row(start..self.at, vec![key, colon, value]);
        }
        let mut parts = Vec::new();
        while self.at < end {
            parts.push(self.expression(end, LOWEST));
            // In a block what ends with a block needs no `;`.
            let ends_block = self.kind(self.at - 1) == Some(TokenKind::Close('}'));
            if ends_block && matches!(kind, BracketKind::Block | BracketKind::Arms) {
                break;
            }
        }
        row(start..self.at, parts)
    }
}

/// Parts in a row; one part is itself.
fn row(range: Range<usize>, mut parts: Vec<Node>) -> Node {
    match parts.pop() {
        Some(only) if parts.is_empty() => only,
        Some(last) => {
            parts.push(last);
            Node { range, shape: Shape::Row(parts) }
        }
        None => Node { range, shape: Shape::Row(parts) },
    }
}
