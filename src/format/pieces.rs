//! The tokens of a pack with the comments that belong to each: what the layout puts on lines.
//!
//! A comment behind something on the same line belongs to it; every other comment belongs to what follows. The tokens within a template are
//! part of it. A `;` that ends no statement is left out.
//!
//! Invariant: every comment belongs to exactly one piece, and in the order of the pieces (before, after) the comments have their order.

use std::ops::Range;

use crate::language::comments::{Comment, between};
use crate::language::scan::{Token, TokenKind};
use crate::language::statements::{Statement, token_text};

/// A token with its comments.
#[derive(Debug)]
pub(super) struct Piece<'a> {
    /// Its text as it is written; empty for the end of the file.
    pub text: &'a str,
    pub kind: TokenKind,
    /// Its index among the tokens; the number of tokens for the end of the file.
    pub token: usize,
    /// The comments before it, which do not belong to the piece before.
    pub before: Vec<Remark<'a>>,
    /// The comments behind it.
    pub after: Vec<Remark<'a>>,
    /// Whether an empty line stands directly before it.
    pub blank_before: bool,
    /// Whether a blank stands before it where both stand on one line.
    pub gap: bool,
    /// Whether it is left out, as a comma before a closing bracket. Its comments are not.
    pub dropped: bool,
    /// Whether what it stands in cannot be on one line, whatever its width.
    pub breaks_line: bool,
}

/// A comment in its place.
#[derive(Clone, Debug)]
pub(super) struct Remark<'a> {
    /// Its text; of a line comment without blanks at its end.
    pub text: &'a str,
    pub is_line: bool,
    /// Whether it begins a line.
    pub own_line: bool,
    /// Whether it ends a line.
    pub ends_line: bool,
    /// Whether an empty line stands directly before it.
    pub blank_before: bool,
}

impl Remark<'_> {
    /// Whether what it stands in the middle of cannot be on one line.
    fn breaks_line(&self) -> bool {
        self.own_line || self.is_line || self.ends_line || self.text.contains('\n')
    }
}

impl Piece<'_> {
    /// Whether a comment before it needs a line of its own, or ends one.
    pub fn breaks_before(&self) -> bool {
        self.before.iter().any(Remark::breaks_line)
    }

    /// Whether the line ends behind it.
    pub fn breaks_after(&self) -> bool {
        self.after.iter().any(|remark| remark.is_line || remark.text.contains('\n'))
    }
}

/// The pieces of a pack in text order, the last of which is the end of the file.
pub(super) fn pieces<'a>(source: &'a str, tokens: &[Token], statements: &[Statement]) -> Vec<Piece<'a>> {
    let end = Token {
        kind: TokenKind::Sign,
        start: source.len(),
        end: source.len(),
        span: crate::diagnostics::Span::START,
        inside: 0,
    };
    let outer = tokens.iter().copied().enumerate().filter(|(_, token)| token.inside == 0);
    let mut pieces: Vec<Piece<'a>> = Vec::new();
    let mut from = 0;
    for (index, token) in outer.chain([(tokens.len(), end)]) {
        let kind = token.kind;
        let text = token_text(source, &token);
        let (remarks, newlines) = remarks(source, from..token.start);
        from = token.end;
        let mut piece = Piece {
            text,
            kind,
            token: index,
            before: Vec::new(),
            after: Vec::new(),
            blank_before: newlines > 1,
            gap: true,
            dropped: false,
            breaks_line: false,
        };
        attach(remarks, pieces.last_mut(), &mut piece);
        pieces.push(piece);
    }
    leave_out_empty_statements(&mut pieces, statements);
    move_behind_separators(&mut pieces);
    pieces
}

/// The comments of a stretch without tokens, and the line ends after the last of them.
fn remarks(source: &str, stretch: Range<usize>) -> (Vec<Remark<'_>>, usize) {
    let mut found: Vec<Comment> = Vec::new();
    between(source, stretch.clone(), &mut found);
    let is_first = stretch.start == 0;
    let mut remarks: Vec<Remark<'_>> = Vec::new();
    let mut from = stretch.start;
    let newlines = |range: Range<usize>| source.get(range).unwrap_or_default().matches('\n').count();
    for comment in found {
        let before = newlines(from..comment.bytes.start);
        if let Some(last) = remarks.last_mut() {
            last.ends_line = before > 0;
        }
        let text = source.get(comment.bytes.clone()).unwrap_or_default();
        remarks.push(Remark {
            text: if comment.is_line { text.trim_end() } else { text },
            is_line: comment.is_line,
            own_line: before > 0 || is_first && remarks.is_empty(),
            ends_line: true,
            blank_before: before > 1,
        });
        from = comment.bytes.end;
    }
    let after = newlines(from..stretch.end);
    if let Some(last) = remarks.last_mut() {
        last.ends_line = after > 0 || stretch.end == source.len();
    }
    (remarks, after)
}

/// Gives the comments between two pieces to them.
fn attach<'a>(remarks: Vec<Remark<'a>>, previous: Option<&mut Piece<'a>>, next: &mut Piece<'a>) {
    let Some(previous) = previous else {
        next.before = remarks;
        return;
    };
    for remark in remarks {
        let opens = matches!(previous.kind, TokenKind::Open(_) | TokenKind::Comma | TokenKind::Semicolon);
        let separator = matches!(next.kind, TokenKind::Comma | TokenKind::Semicolon);
        // `[/* the first */ a, b]`: a comment before something on its line.
        let about_next = opens && !separator && !remark.is_line && !remark.ends_line;
        if next.before.is_empty() && !remark.own_line && !about_next {
            previous.after.push(remark);
        } else {
            next.before.push(remark);
        }
    }
}

/// Takes out each `;` that ends no statement; its comments go to the pieces beside it.
fn leave_out_empty_statements(pieces: &mut Vec<Piece<'_>>, statements: &[Statement]) {
    let mut kept: Vec<Piece<'_>> = Vec::with_capacity(pieces.len());
    let mut left: Vec<Remark<'_>> = Vec::new();
    for mut piece in pieces.drain(..) {
        let nth = statements.partition_point(|statement| statement.tokens.end < piece.token);
        let belongs = statements
            .get(nth)
            .is_some_and(|statement| statement.tokens.contains(&piece.token) || statement.tokens.end == piece.token);
        if piece.kind == TokenKind::Semicolon && !belongs {
            match kept.last_mut().filter(|_| piece.before.is_empty() && left.is_empty()) {
                Some(previous) => previous.after.append(&mut piece.after),
                None => left.extend(piece.before.drain(..).chain(piece.after.drain(..)).map(on_own_line)),
            }
            continue;
        }
        piece.before.splice(0..0, left.drain(..));
        kept.push(piece);
    }
    *pieces = kept;
}

/// Moves the comments before a `,` or `;` behind it, because these stand directly behind what they end.
fn move_behind_separators(pieces: &mut [Piece<'_>]) {
    let mut moved: Vec<Remark<'_>> = Vec::new();
    for piece in pieces {
        piece.before.splice(0..0, moved.drain(..));
        if matches!(piece.kind, TokenKind::Comma | TokenKind::Semicolon) && !piece.before.is_empty() {
            moved.extend(piece.before.drain(..).chain(piece.after.drain(..)).map(on_own_line));
        }
    }
}

fn on_own_line(remark: Remark<'_>) -> Remark<'_> {
    Remark { own_line: true, ends_line: true, ..remark }
}

/// The columns that a text takes: none for accents that are added to a letter, two for the wide signs of East Asia and pictures.
pub(super) fn columns(text: &str) -> usize {
    let of = |char: char| match u32::from(char) {
        0x300..=0x36F | 0x200B..=0x200F | 0xFE00..=0xFE0F => 0,
        0x1100..=0x115F
        | 0x2E80..=0xA4CF
        | 0xAC00..=0xD7A3
        | 0xF900..=0xFAFF
        | 0xFE30..=0xFE6F
        | 0xFF00..=0xFF60
        | 0xFFE0..=0xFFE6
        | 0x1F300..=0x1FAFF
        | 0x20000..=0x3FFFD => 2,
        _ => 1,
    };
    text.chars().map(of).sum()
}
