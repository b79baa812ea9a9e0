//! Writes pieces on lines: blanks, line ends and comments.
//!
//! A line comment is kept back until its line ends, so that a `,` or `;` can still be written before it. Whatever else is written first ends
//! the line.
//!
//! Invariant: nothing follows a line comment on its line, and no line has blanks at its end.

use crate::format::WIDTH;
use crate::format::pieces::{Piece, Remark, columns};
use std::ops::Range;

pub(super) struct Printer<'p, 'a> {
    pub pieces: &'p [Piece<'a>],
    /// Of each piece the sum of the columns of all before it, each with its blank.
    columns_before: Vec<usize>,
    /// Of each piece the number of those before it with a comment before it, or behind it, that breaks the line; and of those that cannot be
    /// on one line with others.
    breaks_before: Vec<usize>,
    breaks_after: Vec<usize>,
    breaks_line: Vec<usize>,
    out: String,
    line_end: &'static str,
    /// The column at which the next sign is written, from 0.
    pub column: usize,
    pub at_line_start: bool,
    /// Whether a blank comes before the next sign on this line.
    blank: bool,
    /// A line comment for the end of this line.
    kept_back: Option<&'a str>,
    /// Where the next line begins when the line of a comment that was written has to end.
    ends_line_at: Option<usize>,
    /// The column of a line that has to begin because of a comment.
    pub hang: usize,
}

impl<'p, 'a> Printer<'p, 'a> {
    pub fn new(pieces: &'p [Piece<'a>], line_end: &'static str) -> Self {
        let sums = |of: &dyn Fn(&Piece<'a>) -> usize| {
            let mut sum = 0;
            let mut sums = vec![0];
            for piece in pieces {
                sum += of(piece);
                sums.push(sum);
            }
            sums
        };
        let remark_columns = |remarks: &[Remark<'a>]| -> usize {
            remarks.iter().filter(|remark| !remark.is_line).map(|remark| 1 + columns(remark.text)).sum()
        };
        let own_columns = |piece: &Piece<'a>| {
            let text = if piece.dropped { 0 } else { usize::from(piece.gap) + first_line(piece.text) };
            text + remark_columns(&piece.before) + remark_columns(&piece.after)
        };
        Self {
            pieces,
            columns_before: sums(&own_columns),
            breaks_before: sums(&|piece| usize::from(piece.breaks_before())),
            breaks_after: sums(&|piece| usize::from(piece.breaks_after())),
            breaks_line: sums(&|piece| usize::from(piece.breaks_line || piece.text.contains('\n'))),
            out: String::new(),
            line_end,
            column: 0,
            at_line_start: true,
            blank: false,
            kept_back: None,
            ends_line_at: None,
            hang: 0,
        }
    }

    /// The text, which ends with a line end unless it is empty.
    pub fn finish(mut self) -> String {
        if !self.at_line_start || self.kept_back.is_some() {
            self.new_line(0);
        }
        self.out
    }

    pub fn piece_at(&self, index: usize) -> Option<&'p Piece<'a>> {
        self.pieces.get(index)
    }

    /// The columns of these pieces on one line, the blank before the first left out.
    pub fn width(&self, range: &Range<usize>) -> usize {
        let gap = self.gap_before(range.start);
        self.between(&self.columns_before, range.start, range.end).saturating_sub(gap)
    }

    /// 1 when a blank stands before this piece, else 0.
    fn gap_before(&self, index: usize) -> usize {
        self.pieces.get(index).map_or(0, |piece| usize::from(piece.gap && !piece.dropped))
    }

    fn between(&self, sums: &[usize], start: usize, end: usize) -> usize {
        let at = |index: usize| sums.get(index).copied().unwrap_or_default();
        at(end).saturating_sub(at(start))
    }

    /// Whether these pieces cannot be on one line, because of a comment between them or what they hold.
    pub fn is_broken(&self, range: &Range<usize>) -> bool {
        if range.len() <= 1 {
            return false;
        }
        self.between(&self.breaks_before, range.start + 1, range.end) > 0
            || self.between(&self.breaks_after, range.start, range.end - 1) > 0
            || self.between(&self.breaks_line, range.start, range.end) > 0
    }

    /// Whether these pieces fit on the rest of the line, with `tail` columns after them.
    pub fn fits(&self, range: &Range<usize>, tail: usize) -> bool {
        !self.is_broken(range) && !self.exceeds(range, tail)
    }

    /// Whether these pieces are wider than the rest of the line, with `tail` columns after them.
    pub fn exceeds(&self, range: &Range<usize>, tail: usize) -> bool {
        let gap = if self.at_line_start { 0 } else { self.gap_before(range.start) };
        self.column + gap + self.width(range) + tail > WIDTH
    }

    /// Writes pieces without a line end of the layout between them.
    pub fn flat(&mut self, range: &Range<usize>) {
        for index in range.clone() {
            self.piece(index);
        }
    }

    /// Writes a piece with its comments; of one that is left out only these.
    pub fn piece(&mut self, index: usize) {
        if let Some(piece) = self.pieces.get(index) {
            self.remarks_before(&piece.before);
            self.piece_without_remarks_before(index);
        }
    }

    /// Writes a piece whose comments before it were written.
    pub fn piece_without_remarks_before(&mut self, index: usize) {
        let Some(piece) = self.pieces.get(index) else { return };
        if !piece.dropped {
            self.blank |= piece.gap;
            if matches!(piece.text, "," | ";") {
                self.separator(piece.text);
            } else {
                self.write(piece.text);
            }
        }
        self.remarks_after(&piece.after);
    }

    /// Writes a `,` or `;` directly behind what it ends.
    pub fn separator(&mut self, sign: &str) {
        if let Some(column) = self.ends_line_at {
            self.new_line(column);
        }
        self.blank = false;
        self.begin_line();
        self.out.push_str(sign);
        self.column += 1;
    }

    /// Writes comments that stand before something.
    pub fn remarks_before(&mut self, remarks: &[Remark<'a>]) {
        for remark in remarks {
            if remark.own_line && !self.at_line_start {
                self.new_line(self.hang);
            }
            // What follows a comment on a line of its own begins where that began.
            let next = if self.at_line_start { self.column } else { self.hang };
            self.blank = true;
            self.write(remark.text);
            if remark.is_line || remark.ends_line {
                self.ends_line_at = Some(next);
            }
            self.blank = true;
        }
    }

    /// Writes comments that stand behind something.
    pub fn remarks_after(&mut self, remarks: &[Remark<'a>]) {
        for remark in remarks {
            if remark.is_line && self.kept_back.is_none() && self.ends_line_at.is_none() {
                self.kept_back = Some(remark.text);
                continue;
            }
            self.blank = true;
            self.write(remark.text);
            if remark.is_line || remark.text.contains('\n') {
                self.ends_line_at = Some(self.hang);
            }
            self.blank = true;
        }
    }

    /// Writes signs, after the blank or line end that has to come before them.
    fn write(&mut self, text: &'a str) {
        if text.is_empty() {
            return;
        }
        if self.kept_back.is_some() || self.ends_line_at.is_some() {
            self.new_line(self.ends_line_at.unwrap_or(self.hang));
        }
        self.begin_line();
        if std::mem::take(&mut self.blank) {
            self.out.push(' ');
            self.column += 1;
        }
        match text.rsplit_once('\n') {
            None => self.column += columns(text),
            Some((_, last)) => self.column = columns(last),
        }
        self.out.push_str(text);
    }

    /// Writes the blanks at the start of a line that is about to be written on.
    fn begin_line(&mut self) {
        if std::mem::take(&mut self.at_line_start) {
            self.out.extend(std::iter::repeat_n(' ', self.column));
            self.blank = false;
        }
    }

    /// Ends the line; the next one begins at this column.
    pub fn new_line(&mut self, column: usize) {
        if let Some(comment) = self.kept_back.take() {
            self.begin_line();
            self.out.push(' ');
            self.out.push_str(comment);
        }
        if !self.at_line_start {
            self.out.push_str(self.line_end);
        }
        self.ends_line_at = None;
        self.at_line_start = true;
        self.blank = false;
        self.column = column;
    }

    /// Leaves one line empty, unless nothing was written yet. Only at the start of a line.
    pub fn empty_line(&mut self) {
        if !self.out.is_empty() {
            self.out.push_str(self.line_end);
        }
    }

    /// Ends the line of a comment that was just written.
    pub fn end_comment_line(&mut self, column: usize) {
        if self.ends_line_at.is_some() || self.kept_back.is_some() {
            self.new_line(column);
        }
    }
}

/// The columns of the first line of a text.
fn first_line(text: &str) -> usize {
    columns(text.split_once('\n').map_or(text, |(first, _)| first))
}
