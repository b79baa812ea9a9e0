//! A pack as the services see it: its text, tokens, statements and comments. It is made of any text, in linear time.

use std::ops::Range;

use crate::editor::text::floor_char;
use crate::language::scan::{Token, TokenKind, scan};
use crate::language::statements::{ClausePart, Statement, byte_range, split, token_text};
use crate::limits;
use crate::pack::statement_forms::ClauseForm;

/// One pack.
#[derive(Debug)]
pub(super) struct Document<'a> {
    /// The name of its file.
    pub file: &'a str,
    /// Its text. Of a text that is too large for a pack there are no tokens.
    pub text: &'a str,
    pub tokens: Vec<Token>,
    pub statements: Vec<Statement>,
    /// The byte ranges of its comments, in order, without the line end.
    pub comments: Vec<Range<usize>>,
    /// The byte ranges of the literal parts of its templates, in order, their quotes included and the `${` and `}` around expressions not.
    pub literals: Vec<Range<usize>>,
}

impl<'a> Document<'a> {
    pub fn new(file: &'a str, text: &'a str) -> Self {
        let tokens = if text.len() > limits::PACK_BYTES { Vec::new() } else { scan(text).0 };
        let mut statements = split(text, &tokens);
        statements.truncate(limits::STATEMENTS);
        let (comments, literals) =
            if text.len() > limits::PACK_BYTES { (Vec::new(), Vec::new()) } else { unscanned(text, &tokens) };
        Self { file, text, tokens, statements, comments, literals }
    }

    pub fn token_text(&self, index: usize) -> &'a str {
        self.tokens.get(index).map_or("", |token| token_text(self.text, token))
    }

    pub fn kind(&self, index: usize) -> Option<TokenKind> {
        self.tokens.get(index).map(|token| token.kind)
    }

    /// The bytes of a token; `0..0` for none.
    pub fn bytes(&self, index: usize) -> Range<usize> {
        self.tokens.get(index).map_or(0..0, |token| token.start..token.end)
    }

    /// The bytes of a statement, its `;` included.
    pub fn statement_bytes(&self, statement: &Statement) -> Range<usize> {
        let bytes = byte_range(&self.tokens, &statement.tokens);
        let semicolon = self.tokens.get(statement.tokens.end).filter(|token| token.kind == TokenKind::Semicolon);
        bytes.start..semicolon.map_or(bytes.end, |token| token.end)
    }

    /// The first clause of a statement whose form says so.
    pub fn clause<'s>(&self, statement: &'s Statement, wanted: impl Fn(&ClauseForm) -> bool) -> Option<&'s ClausePart> {
        let form = statement.form?;
        statement.clauses.iter().find(|clause| form.clause(self.token_text(clause.word)).is_some_and(&wanted))
    }

    /// The statement that holds this token.
    pub fn statement_of(&self, token: usize) -> Option<(usize, &Statement)> {
        let after = self.statements.partition_point(|statement| statement.tokens.start <= token);
        let index = after.checked_sub(1)?;
        let statement = self.statements.get(index)?;
        statement.tokens.contains(&token).then_some((index, statement))
    }

    /// The token at this offset: the innermost that holds it, else a word or text that ends at it.
    pub fn token_at(&self, byte: usize) -> Option<usize> {
        let byte = floor_char(self.text, byte);
        let after = self.tokens.partition_point(|token| token.start <= byte);
        let touches = |index: &usize| {
            let Some(token) = self.tokens.get(*index) else { return false };
            let ends_here = byte == token.end && matches!(token.kind, TokenKind::Word | TokenKind::Text);
            (token.start..token.end).contains(&byte) || ends_here
        };
        // Beyond the last tokens only an enclosing template can hold it, and templates are nested a few deep.
        let last = after.checked_sub(1)?;
        let before = last.checked_sub(1);
        if touches(&last) && (self.bytes(last).start != byte || self.is_named(last)) {
            return Some(last);
        }
        let near = before.filter(|index| touches(index) && self.is_named(*index));
        near.or_else(|| Some(last).filter(touches)).or_else(|| (0..last).rev().find(touches))
    }

    fn is_named(&self, index: usize) -> bool {
        matches!(self.kind(index), Some(TokenKind::Word | TokenKind::Text))
    }

    /// Whether the offset is inside a comment: after its first character, or at the end of a comment that its line ends.
    pub fn is_in_comment(&self, byte: usize) -> bool {
        let after = self.comments.partition_point(|comment| comment.start < byte);
        let Some(comment) = after.checked_sub(1).and_then(|last| self.comments.get(last)) else { return false };
        let text = self.text.get(comment.clone()).unwrap_or_default();
        let closed = text.starts_with("/*") && text.len() >= 4 && text.ends_with("*/");
        byte < comment.end || (byte == comment.end && !closed)
    }

    /// Whether the offset is inside the literal part of a template.
    pub fn is_in_literal(&self, byte: usize) -> bool {
        let after = self.literals.partition_point(|literal| literal.start < byte);
        let Some(literal) = after.checked_sub(1).and_then(|last| self.literals.get(last)) else { return false };
        let text = self.text.get(literal.clone()).unwrap_or_default();
        byte < literal.end || (byte == literal.end && !(text.len() > 1 && text.ends_with('`')) && !self.at_hole(byte))
    }

    /// Whether an expression of a template begins at this offset.
    fn at_hole(&self, byte: usize) -> bool {
        self.text.get(..byte).is_some_and(|before| before.ends_with("${"))
    }
}

/// The comments and the literal parts of templates: what the tokens leave out, besides blanks.
fn unscanned(text: &str, tokens: &[Token]) -> (Vec<Range<usize>>, Vec<Range<usize>>) {
    /// A template around the place.
    struct Around {
        end: usize,
        /// Where the literal part that is being passed began; `None` in an expression of the template.
        literal: Option<usize>,
    }
    let (mut comments, mut literals) = (Vec::new(), Vec::new());
    let mut around: Vec<Around> = Vec::new();
    let (mut at, mut next) = (0, 0);
    loop {
        while let Some(ended) = around.pop_if(|template| at >= template.end) {
            literals.extend(ended.literal.map(|from| from..ended.end));
        }
        let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) else { break };
        while tokens.get(next).is_some_and(|token| token.start < at) {
            next += 1;
        }
        if let Some(template) = around.last_mut()
            && let Some(from) = template.literal
        {
            at = literal_end(text, at, template.end);
            if at < template.end {
                literals.push(from..at);
                template.literal = None;
                at += 2;
            }
        } else if let Some(token) = tokens.get(next).filter(|token| token.start == at) {
            next += 1;
            if token.kind == TokenKind::Template {
                around.push(Around { end: token.end, literal: Some(at) });
                at += 1;
            } else {
                at = token.end.max(at + 1);
            }
        } else if rest.starts_with("//") || rest.starts_with("/*") {
            // A comment that is never closed ends where the scanner went on.
            let limit = tokens.get(next).map_or(text.len(), |token| token.start);
            let end = at + comment_length(text.get(at..limit).unwrap_or(rest)).max(2);
            comments.push(at..end);
            at = end;
        } else if let Some(template) = around.last_mut().filter(|_| rest.starts_with('}')) {
            at += 1;
            template.literal = Some(at);
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
    }
    (comments, literals)
}

/// Where the literal part of a template ends: at the next `${`, or at the end of the template.
fn literal_end(text: &str, from: usize, end: usize) -> usize {
    let mut at = from;
    while at < end {
        let rest = text.get(at..end).unwrap_or_default();
        if rest.starts_with("${") {
            return at;
        }
        at += if rest.starts_with("\\${") { 3 } else { rest.chars().next().map_or(1, char::len_utf8) };
    }
    end
}

/// The length of the comment that `rest` begins with, its line end not included.
fn comment_length(rest: &str) -> usize {
    if rest.starts_with("//") {
        let line = rest.split('\n').next().unwrap_or(rest);
        return line.strip_suffix('\r').unwrap_or(line).len();
    }
    let (mut depth, mut at) = (0_usize, 0);
    while let Some(here) = rest.get(at..).filter(|here| !here.is_empty()) {
        if here.starts_with("/*") {
            depth += 1;
            at += 2;
        } else if here.starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += here.chars().next().map_or(1, char::len_utf8);
        }
    }
    rest.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> (Vec<&str>, Vec<&str>) {
        let document = Document::new("a.rhai", text);
        let texts = |ranges: &[Range<usize>]| ranges.iter().map(|range| &text[range.clone()]).collect();
        (texts(&document.comments), texts(&document.literals))
    }

    #[test]
    fn comments_and_literal_parts_are_what_tokens_leave_out() {
        let text = "// one\r\nrule \"a // no\" /* t /* w */ o */ when `b ${lead.name /* in */} c`; // end";
        assert_eq!(parts(text), (vec!["// one", "/* t /* w */ o */", "/* in */", "// end"], vec!["`b ", " c`"]));
        assert_eq!(parts("a `\\${no} ``q`` ${`in ${b}`}` c"), (vec![], vec!["`\\${no} ``q`` ", "`in ", "`", "`"]));
        assert_eq!(parts("``").1, ["``"]);
        assert_eq!(parts("`"), (vec![], vec!["`"]));
        assert_eq!(parts("/* never closed").0, ["/* never closed"]);
        assert_eq!(parts("`${lead.name").1, ["`"]);
    }

    #[test]
    fn a_comment_is_entered_after_its_first_character() {
        let document = Document::new("a.rhai", "a // b\n/* c */ d");
        let inside: Vec<usize> = (0..=16).filter(|byte| document.is_in_comment(*byte)).collect();
        assert_eq!(inside, [3, 4, 5, 6, 8, 9, 10, 11, 12, 13]);
    }
}
