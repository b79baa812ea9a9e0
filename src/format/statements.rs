//! Where the lines of a statement end, and the empty lines between statements.
//!
//! A statement that fits on one line stands on one, except those that propose touches or are an example, which always have their clauses on lines of
//! their own. Otherwise a condition, touches and a reason each begin a line; the short clauses before them stay behind the head.

use std::ops::Range;

use crate::format::layout::{INDENT, Place};
use crate::format::pieces::Piece;
use crate::format::printer::Printer;
use crate::format::tree::{Node, Shape, TreeBuilder};
use crate::language::scan::TokenKind;
use crate::language::statements::Statement;
use crate::pack::statement_forms::{ClauseContent, ClauseForm, ClausePurpose, HeadPart, StatementForm};

/// A statement as nodes.
#[derive(Debug)]
pub(super) struct StatementNodes {
    /// Its pieces, without the `;`.
    range: Range<usize>,
    /// The piece of its `;`; a helper function has none.
    semicolon: Option<usize>,
    /// Its clauses stand on lines of their own, whatever their width.
    always_in_lines: bool,
    head: Vec<Node>,
    clauses: Vec<ClauseNodes>,
}

#[derive(Debug)]
struct ClauseNodes {
    /// The piece of its word.
    word: usize,
    content: Node,
    /// Whether it begins a line where the statement does not fit on one.
    begins_line: bool,
}

/// The statements as nodes; pieces get their blanks.
pub(super) fn statement_nodes(pieces: &mut [Piece<'_>], statements: &[Statement]) -> Vec<StatementNodes> {
    let tokens: Vec<usize> = pieces.iter().map(|piece| piece.token).collect();
    let mut builder = TreeBuilder::new(pieces);
    statements.iter().map(|statement| nodes_of(&mut builder, &tokens, statement)).collect()
}

fn nodes_of(builder: &mut TreeBuilder<'_, '_>, tokens: &[usize], statement: &Statement) -> StatementNodes {
    let index = |token: usize| tokens.partition_point(|known| *known < token);
    let pieces_of = |range: &Range<usize>| index(range.start)..index(range.end);
    let range = pieces_of(&statement.tokens);
    let parts: &[HeadPart] = statement.form.map_or(&[], |form| form.head);
    let head = head_nodes(builder, pieces_of(&statement.head), parts);
    let clauses = statement.clauses.iter().map(|clause| {
        let word = index(clause.word);
        let text = builder.pieces.get(word).map_or("", |piece| piece.text);
        let known = statement.form.and_then(|form| form.clause(text));
        ClauseNodes {
            word,
            content: builder.whole(pieces_of(&clause.tokens)),
            begins_line: known.is_none_or(begins_line),
        }
    });
    let clauses = clauses.collect();
    let semicolon = range.end;
    let has_semicolon = builder.pieces.get(semicolon).is_some_and(|piece| piece.kind == TokenKind::Semicolon);
    StatementNodes {
        range,
        semicolon: has_semicolon.then_some(semicolon),
        always_in_lines: statement.form.is_some_and(is_always_in_lines),
        head,
        clauses,
    }
}

/// The parts of a head. A text is one by itself, so that it is not taken for a list with an index, and so is a channel, which is not called; what
/// follows is an expression.
fn head_nodes(builder: &mut TreeBuilder<'_, '_>, range: Range<usize>, parts: &[HeadPart]) -> Vec<Node> {
    let mut nodes: Vec<Node> = Vec::new();
    let mut channel = parts.contains(&HeadPart::Channel);
    let mut at = range.start;
    while at < range.end {
        let by_itself = match builder.pieces.get(at).map(|piece| piece.kind) {
            Some(TokenKind::Text) => true,
            Some(TokenKind::Word) => std::mem::take(&mut channel),
            _ => false,
        };
        let node = builder.one(at..if by_itself { at + 1 } else { range.end });
        at = node.range.end;
        nodes.push(node);
    }
    nodes
}

/// Whether a clause begins a line: what is evaluated for leads, and every reason.
fn begins_line(clause: &ClauseForm) -> bool {
    matches!(clause.content, ClauseContent::Expression(_)) || clause.is_reason()
}

/// Whether the statement is too much for one line however short it is: one that proposes touches, and an example.
fn is_always_in_lines(form: &StatementForm) -> bool {
    form.clauses.iter().any(|clause| {
        matches!(
            clause.content,
            ClauseContent::Expression(ClausePurpose::Touches | ClausePurpose::Steps | ClausePurpose::Given)
        )
    })
}

impl Printer<'_, '_> {
    /// Writes all statements, and the comments after the last.
    pub fn statements(&mut self, statements: &[StatementNodes]) {
        let mut previous: Option<&StatementNodes> = None;
        for statement in statements {
            let apart = previous.is_some_and(|previous| previous.always_in_lines || statement.always_in_lines);
            self.lead_in(statement.range.start, apart);
            self.statement(statement);
            previous = Some(statement);
        }
        if let Some(end) = self.pieces.len().checked_sub(1) {
            self.new_line(0);
            self.lead_in(end, false);
        }
    }

    /// Ends the line and writes the comments before a statement, with the empty lines among them. `apart` leaves one empty in any case.
    fn lead_in(&mut self, index: usize, apart: bool) {
        let Some(piece) = self.piece_at(index) else { return };
        self.hang = 0;
        self.new_line(0);
        let has_blank = piece.blank_before || piece.before.iter().any(|remark| remark.blank_before);
        if apart && !has_blank {
            self.empty_line();
        }
        for (nth, remark) in piece.before.iter().enumerate() {
            if nth > 0 && remark.own_line {
                self.new_line(0);
            }
            if remark.blank_before && self.at_line_start {
                self.empty_line();
            }
            self.remarks_before(std::slice::from_ref(remark));
            self.end_comment_line(0);
        }
        // The end of the file takes no empty line before it.
        if piece.blank_before && self.at_line_start && !piece.text.is_empty() {
            self.empty_line();
        }
    }

    fn statement(&mut self, statement: &StatementNodes) {
        let tail = usize::from(statement.semicolon.is_some());
        self.hang = INDENT;
        if !statement.always_in_lines && self.fits(&statement.range, tail) {
            self.piece_without_remarks_before(statement.range.start);
            self.flat(&(statement.range.start + 1..statement.range.end));
        } else {
            self.in_lines(statement, tail);
        }
        if let Some(semicolon) = statement.semicolon {
            self.piece(semicolon);
        }
    }

    fn in_lines(&mut self, statement: &StatementNodes, tail: usize) {
        self.piece_without_remarks_before(statement.range.start);
        let last_head = statement.head.len().saturating_sub(1);
        for (nth, part) in statement.head.iter().enumerate() {
            let tail = if nth == last_head && statement.clauses.is_empty() { tail } else { 0 };
            self.node(part, Place { indent: 0, hang: INDENT, tail });
        }
        let mut lines_began = false;
        let last = statement.clauses.len().saturating_sub(1);
        for (nth, clause) in statement.clauses.iter().enumerate() {
            let tail = if nth == last { tail } else { 0 };
            lines_began |= clause.begins_line;
            if lines_began || !self.fits(&(clause.word..clause.content.range.end), tail) {
                self.new_line(INDENT);
            }
            self.clause(clause, tail);
        }
    }

    fn clause(&mut self, clause: &ClauseNodes, tail: usize) {
        self.piece(clause.word);
        let ends_at = self.column;
        let place = Place { indent: INDENT, hang: ends_at + 1, tail };
        self.hang = place.hang;
        match &clause.content.shape {
            Shape::Signs(signs) if signs.logical && !self.fits(&clause.content.range, tail) => {
                // What is divided within an operand stands to the right of the operands.
                self.condition(signs, ends_at, Place { indent: place.hang, hang: place.hang + INDENT, tail });
            }
            _ => self.node(&clause.content, place),
        }
        self.hang = INDENT;
    }
}
