//! Where the lines of an expression end.
//!
//! What fits on the line stays on it. What does not is divided at its outermost part: at `and` and `or`, at the items of a list, map or block,
//! before a dot, or between arguments. Each node is visited once; whether it fits is known from sums, so the time is linear.

use crate::format::pieces::columns;
use crate::format::printer::Printer;
use crate::format::tree::{Bracket, BracketKind, Node, Shape, Signs};
use crate::language::scan::TokenKind;

/// The columns by which what is within something stands to the right of it.
pub(super) const INDENT: usize = 4;
/// An item of a list that is at most this wide, and no expression, shares its line with others.
const SHORT_ITEM: usize = 24;

/// Where the lines of a node begin.
#[derive(Clone, Copy)]
pub(super) struct Place {
    /// The column of what closes it; its items stand [`INDENT`] to the right.
    pub indent: usize,
    /// The column of its next lines where it is not divided into items.
    pub hang: usize,
    /// The columns that must be left after it on its last line.
    pub tail: usize,
}

impl Place {
    const fn with_tail(self, tail: usize) -> Self {
        Self { tail, ..self }
    }

    /// Within a bracket whose items stand on lines of their own.
    const fn of_item(indent: usize) -> Self {
        Self { indent, hang: indent + INDENT, tail: 1 }
    }
}

impl Printer<'_, '_> {
    /// Writes a node, divided where it does not fit.
    pub fn node(&mut self, node: &Node, place: Place) {
        if self.fits(&node.range, place.tail) {
            return self.flat(&node.range);
        }
        let outer = std::mem::replace(&mut self.hang, place.hang);
        match &node.shape {
            Shape::Piece => self.flat(&node.range),
            Shape::Row(parts) => self.row(parts, place),
            Shape::Signs(signs) if signs.logical => self.logical(signs, place),
            Shape::Signs(signs) => self.signs(signs, place),
            Shape::Bracket(bracket) => self.bracket(bracket, node.range.start, place),
            Shape::Chain(head, links) => self.chain(head, links, place),
        }
        self.hang = outer;
    }

    fn row(&mut self, parts: &[Node], place: Place) {
        for (nth, part) in parts.iter().enumerate() {
            // What follows begins on the same line: at least its first piece.
            let next = parts.get(nth + 1).map(|next| 1 + self.width(&(next.range.start..next.range.start + 1)));
            self.node(part, place.with_tail(next.unwrap_or(place.tail)));
        }
    }

    /// Operands of `and` or `or`, each on a line of its own behind its word.
    fn logical(&mut self, signs: &Signs, place: Place) {
        self.operands(signs, place, |printer, _| printer.new_line(place.hang));
    }

    /// Operands of `and` or `or` in the condition of a clause: the words end below the word of the clause, at this column.
    pub fn condition(&mut self, signs: &Signs, ends_at: usize, place: Place) {
        let outer = std::mem::replace(&mut self.hang, place.hang);
        self.operands(signs, place, |printer, sign| {
            let text = |index| printer.piece_at(index).map_or("", |piece| piece.text);
            let width: usize = sign.clone().map(|index| columns(text(index))).sum();
            printer.new_line(ends_at.saturating_sub(width));
        });
        self.hang = outer;
    }

    fn operands(&mut self, signs: &Signs, place: Place, before: impl Fn(&mut Self, &std::ops::Range<usize>)) {
        let last = signs.operands.len().saturating_sub(1);
        for (nth, operand) in signs.operands.iter().enumerate() {
            let tail = if nth == last { place.tail } else { 0 };
            self.node(operand, place.with_tail(tail));
            if let Some(sign) = signs.signs.get(nth) {
                before(self, sign);
                self.flat(sign);
            }
        }
    }

    /// Operands of any other sign: the line ends before a sign where its operand does not fit, but not before a list or map, which is divided
    /// itself.
    fn signs(&mut self, signs: &Signs, place: Place) {
        let last = signs.operands.len().saturating_sub(1);
        for (nth, operand) in signs.operands.iter().enumerate() {
            let tail = if nth == last { place.tail } else { 0 };
            if let Some(sign) = nth.checked_sub(1).and_then(|before| signs.signs.get(before)) {
                let both = sign.start..operand.range.end;
                if !signs.tight && self.exceeds(&both, tail) && !opens_lines(operand) && self.column > place.hang {
                    self.new_line(place.hang);
                }
                self.flat(sign);
            }
            self.node(operand, place.with_tail(tail));
        }
        if signs.signs.len() > last
            && let Some(sign) = signs.signs.last()
        {
            self.flat(sign);
        }
    }

    /// A chain of dots: the line ends before a call that does not fit.
    fn chain(&mut self, head: &Node, links: &[Node], place: Place) {
        let first = self.piece_at(head.range.start).map(|piece| piece.kind);
        let may_end = first != Some(TokenKind::Number);
        // `lead.visits(...)`: the first call belongs to the word that it is asked of.
        let mut has_call = head.range.len() > 1;
        let last = links.len().saturating_sub(1);
        self.node(head, place.with_tail(0));
        for (nth, link) in links.iter().enumerate() {
            let tail = if nth == last { place.tail } else { 0 };
            let is_call = link.range.len() > 2;
            if may_end && is_call && has_call && !self.fits(&link.range, tail) && self.column > place.hang {
                self.new_line(place.hang);
            }
            has_call |= is_call;
            if self.fits(&link.range, tail) {
                self.flat(&link.range);
            } else if let Shape::Row(parts) = &link.shape {
                self.row(parts, place.with_tail(tail));
            } else {
                self.flat(&link.range);
            }
        }
    }

    fn bracket(&mut self, bracket: &Bracket, start: usize, place: Place) {
        let hugged = if bracket.kind == BracketKind::Map { self.hugged(bracket, start) } else { None };
        match (bracket.kind, hugged) {
            (BracketKind::Arguments | BracketKind::Group, _) if self.may_stay_closed(bracket) => {
                self.closed(bracket, place);
            }
            (_, Some((inner, list))) => self.hug(bracket, (inner, list), start, place),
            _ => self.lines(bracket, start, place),
        }
    }

    /// Whether no comment in the bracket needs a line of its own at its start or end.
    fn may_stay_closed(&self, bracket: &Bracket) -> bool {
        let first = bracket.items.first().map_or(bracket.close, |item| item.node.range.start);
        let breaks = |index: usize| self.piece_at(index).is_some_and(|piece| piece.breaks_before());
        !breaks(first) && !breaks(bracket.close)
    }

    /// `(a, b)`: directly behind the bracket, and the line ends where the next item does not fit.
    fn closed(&mut self, bracket: &Bracket, place: Place) {
        self.piece(bracket.open);
        let place = if bracket.kind == BracketKind::Group {
            Place { indent: self.column, hang: self.column, ..place }
        } else {
            Place { hang: place.hang + INDENT, ..place }
        };
        let outer = std::mem::replace(&mut self.hang, place.hang);
        let last = bracket.items.len().saturating_sub(1);
        for (nth, item) in bracket.items.iter().enumerate() {
            let tail = if nth == last { place.tail + 1 } else { 1 };
            if nth > 0 && !self.fits(&item.node.range, tail) && !opens_lines(&item.node) {
                self.new_line(place.hang);
            }
            self.node(&item.node, place.with_tail(tail));
            if let Some(separator) = item.separator {
                self.piece(separator);
            }
        }
        self.piece(bracket.close);
        self.hang = outer;
    }

    /// The list that is the last value of a map, where only that one needs to be divided: `#{ people: [ann], signals: [` and its items on lines of
    /// their own. `None` where the others do not fit before it, or the list is one of short values.
    fn hugged<'n>(&self, bracket: &'n Bracket, start: usize) -> Option<(&'n Node, &'n Bracket)> {
        let last = bracket.items.last()?;
        let Shape::Row(parts) = &last.node.shape else { return None };
        let inner = parts.last()?;
        let Shape::Bracket(within) = &inner.shape else { return None };
        let is_list = within.kind == BracketKind::List && !self.shares_lines(within);
        let before = start..within.open + 1;
        let closes = self.piece_at(bracket.close).is_some_and(|piece| !piece.breaks_before());
        let comma = last.separator.and_then(|comma| self.piece_at(comma)).is_none_or(|comma| comma.after.is_empty());
        (is_list && closes && comma && self.fits(&before, 0)).then_some((inner, within))
    }

    fn hug(&mut self, bracket: &Bracket, (inner, list): (&Node, &Bracket), start: usize, place: Place) {
        self.flat(&(start..inner.range.start));
        self.lines(list, inner.range.start, place);
        self.flat(&(inner.range.end..bracket.close + 1));
    }

    /// Items on lines of their own, `]` or `}` on the last line.
    fn lines(&mut self, bracket: &Bracket, start: usize, place: Place) {
        self.flat(&(start..bracket.open + 1));
        let within = place.indent + INDENT;
        let shares_lines = bracket.kind == BracketKind::List && self.shares_lines(bracket);
        let outer = std::mem::replace(&mut self.hang, within);
        for (nth, item) in bracket.items.iter().enumerate() {
            if nth == 0 || !shares_lines || !self.fits(&item.node.range, 1) {
                self.new_line(within);
            }
            if bracket.kind == BracketKind::Block && nth > 0 {
                self.empty_lines_of(item.node.range.start, within);
            }
            self.node(&item.node, Place::of_item(within));
            self.hang = within;
            let comma = bracket.kind.ends_with_comma();
            match item.separator {
                Some(separator) => {
                    if comma && self.piece_at(separator).is_some_and(|piece| piece.dropped) {
                        self.separator(",");
                    }
                    self.piece(separator);
                }
                None if comma && nth + 1 == bracket.items.len() => self.separator(","),
                None => {}
            }
        }
        if let Some(close) = self.piece_at(bracket.close) {
            if !close.before.is_empty() {
                self.new_line(within);
                self.remarks_before(&close.before);
            }
            self.new_line(place.indent);
            self.piece_without_remarks_before(bracket.close);
        }
        self.hang = outer;
    }

    /// Leaves the line empty that stands before this piece.
    fn empty_lines_of(&mut self, index: usize, column: usize) {
        let Some(piece) = self.piece_at(index) else { return };
        let has_blank = piece.before.first().map_or(piece.blank_before, |first| first.blank_before);
        if has_blank {
            self.empty_line();
            self.column = column;
        }
    }

    /// Whether the items of a list may share lines.
    fn shares_lines(&self, list: &Bracket) -> bool {
        list.items.iter().all(|item| self.is_short(&item.node))
    }

    /// Whether an item may share its line: a short value without a comment.
    fn is_short(&self, node: &Node) -> bool {
        let plain = match &node.shape {
            Shape::Piece => true,
            Shape::Chain(_, links) => links.iter().all(|link| link.range.len() == 2),
            _ => false,
        };
        let silent =
            |index: usize| self.piece_at(index).is_some_and(|piece| piece.before.is_empty() && piece.after.is_empty());
        plain && self.width(&node.range) <= SHORT_ITEM && node.range.clone().all(silent)
    }
}

/// Whether a node begins with a bracket whose items can stand on lines of their own, so that it needs no line of its own.
fn opens_lines(node: &Node) -> bool {
    matches!(&node.shape, Shape::Bracket(bracket)
        if matches!(bracket.kind, BracketKind::List | BracketKind::Map | BracketKind::Block) && !bracket.items.is_empty())
}
