//! The scanner: from the text of a pack to tokens. It never fails.
//!
//! Rhai parses the expressions. The scanner finds where they begin and end, so that one broken statement does not affect the others, and
//! gives every node of the tree an end position (Rhai reports only start positions). It follows Rhai's lexical rules: nested comments,
//! texts with escapes, templates with `${...}` inside, raw texts, characters, numbers. Invariant: its time is linear in the length of the
//! text.
//!
//! An unclosed text ends at the end of its line, an unclosed template at the next line that starts with a statement word. Both are
//! returned as a [`ScanFault`], and scanning goes on.

use crate::diagnostics::Span;
use crate::pack::statement_forms::StatementForm;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// A name or keyword.
    Word,
    /// A number.
    Number,
    /// `"..."`
    Text,
    /// `` `...` ``; the tokens of its `${...}` parts follow it and lie inside it.
    Template,
    /// `#"..."#`
    RawText,
    /// `'a'`
    Char,
    /// `(`, `[` or `{`
    Open(char),
    /// `)`, `]` or `}`
    Close(char),
    /// `;`
    Semicolon,
    /// `,`
    Comma,
    /// `.` or `?.`
    Dot,
    /// Any other operator or sign, such as `>=`.
    Sign,
}

/// One token.
#[derive(Clone, Copy, Debug)]
pub struct Token {
    /// What kind of token it is.
    pub kind: TokenKind,
    /// Offset of its first byte in the text.
    pub start: usize,
    /// Offset of the byte after its last.
    pub end: usize,
    /// Its lines and columns.
    pub span: Span,
    /// How many `${...}` parts of templates it is nested in.
    pub inside: usize,
}

/// A part of the text that could not be scanned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ScanFault {
    /// What is wrong.
    pub kind: ScanFaultKind,
    /// Where it is reported.
    pub span: Span,
    /// Offset of the first byte of what is wrong, which decides the statement it belongs to.
    pub at: usize,
}

/// Why a part of the text could not be scanned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScanFaultKind {
    /// A `"` without its end on the same line.
    UnclosedText,
    /// A `` ` `` or `#"` without its end.
    UnclosedTemplate,
    /// A `/*` without its `*/`.
    UnclosedComment,
    /// `'text'`: a text needs double quotes.
    SingleQuotes,
    /// `“text”`, as a word processor writes it.
    CurlyQuotes,
}

/// The tokens of `source` and its faults, both in text order.
pub fn scan(source: &str) -> (Vec<Token>, Vec<ScanFault>) {
    let mut scanner = Scanner {
        source,
        at: if source.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 },
        line: 1,
        column: 1,
        tokens: Vec::new(),
        faults: Vec::new(),
        open: Vec::new(),
        has_unclosed_comment: false,
    };
    while scanner.step() {}
    scanner.end_templates();
    (scanner.tokens, scanner.faults)
}

/// Whether `rest` begins with a statement: a statement word, a blank, and a name or text. `rest` must begin at the start of a line.
fn begins_statement(rest: &str) -> bool {
    let length = rest.bytes().take_while(u8::is_ascii_lowercase).count();
    let Some((word, after)) = rest.split_at_checked(length) else { return false };
    StatementForm::of(word).is_some()
        && after.starts_with([' ', '\t'])
        && after
            .trim_start_matches([' ', '\t'])
            .starts_with(|next: char| next == '"' || next == '_' || next.is_ascii_alphabetic())
}

/// The number of `#` before the raw text that `rest` begins with; `None` when it does not begin with one. At most 16, which bounds the
/// time.
fn count_hashes(rest: &str) -> Option<usize> {
    let count = rest.bytes().take(16).take_while(|byte| *byte == b'#').count();
    (count > 0 && rest.as_bytes().get(count) == Some(&b'"')).then_some(count)
}

/// A position of the scanner.
#[derive(Clone, Copy)]
struct ScanMark {
    at: usize,
    line: u32,
    column: u32,
}

/// A template that is being scanned.
struct OpenTemplate {
    /// Index of its token.
    token: usize,
    /// Where it starts.
    mark: ScanMark,
    /// How many `{` are open in the `${...}` part that is being scanned; `None` in the text of the template.
    braces: Option<u32>,
}

struct Scanner<'a> {
    source: &'a str,
    at: usize,
    line: u32,
    column: u32,
    tokens: Vec<Token>,
    faults: Vec<ScanFault>,
    open: Vec<OpenTemplate>,
    /// Whether an unclosed comment was found. From then on a comment ends at the next statement at the latest, so that a file of `/*` is
    /// scanned in linear time too.
    has_unclosed_comment: bool,
}

impl<'a> Scanner<'a> {
    fn rest(&self) -> &'a str {
        self.source.get(self.at..).unwrap_or_default()
    }

    fn mark(&self) -> ScanMark {
        ScanMark { at: self.at, line: self.line, column: self.column }
    }

    /// Consumes one character.
    fn next(&mut self) -> Option<char> {
        let char = self.rest().chars().next()?;
        self.at += char.len_utf8();
        if char == '\n' {
            self.line += 1;
            self.column = 1;
        } else {
            self.column += 1;
        }
        Some(char)
    }

    fn skip(&mut self, count: usize) {
        for _ in 0..count {
            self.next();
        }
    }

    fn skip_while(&mut self, wanted: impl Fn(char) -> bool) {
        while self.rest().starts_with(&wanted) {
            self.next();
        }
    }

    fn span(&self, from: ScanMark) -> Span {
        Span { line: from.line, column: from.column, end_line: self.line, end_column: self.column }
    }

    fn push(&mut self, kind: TokenKind, from: ScanMark) {
        let token = Token { kind, start: from.at, end: self.at, span: self.span(from), inside: self.open.len() };
        self.tokens.push(token);
    }

    fn fault(&mut self, kind: ScanFaultKind, from: ScanMark) {
        let fault = ScanFault { kind, span: self.span(from), at: from.at };
        self.faults.push(fault);
    }

    /// Whether a statement begins here, at the start of a line.
    fn at_statement(&self) -> bool {
        self.column == 1 && begins_statement(self.rest())
    }

    /// Scans one token, comment or blank; false at the end of the text.
    fn step(&mut self) -> bool {
        let Some(first) = self.rest().chars().next() else { return false };
        if !self.open.is_empty() && self.at_statement() {
            self.end_templates();
        }
        if self.open.last().is_some_and(|template| template.braces.is_none()) {
            self.template_text();
            return true;
        }
        let from = self.mark();
        let rest = self.rest();
        match first {
            _ if first.is_whitespace() => {
                self.next();
            }
            _ if rest.starts_with("//") => self.skip_while(|char| char != '\n'),
            _ if rest.starts_with("/*") => self.comment(),
            '_' => self.word(from),
            _ if first.is_alphabetic() => self.word(from),
            '0'..='9' => self.number(from),
            '"' => self.text(from),
            '`' => {
                self.next();
                self.push(TokenKind::Template, from);
                self.open.push(OpenTemplate { token: self.tokens.len() - 1, mark: from, braces: None });
            }
            '\'' => self.char(from),
            '#' if count_hashes(rest).is_some() => self.raw_text(from),
            '(' | '[' | '{' => {
                self.next();
                if let (Some(OpenTemplate { braces: Some(braces), .. }), '{') = (self.open.last_mut(), first) {
                    *braces += 1;
                }
                self.push(TokenKind::Open(first), from);
            }
            '}' if self.open.last().is_some_and(|template| template.braces == Some(0)) => {
                self.next();
                if let Some(template) = self.open.last_mut() {
                    template.braces = None;
                }
            }
            ')' | ']' | '}' => {
                self.next();
                if let (Some(OpenTemplate { braces: Some(braces), .. }), '}') = (self.open.last_mut(), first) {
                    *braces -= 1;
                }
                self.push(TokenKind::Close(first), from);
            }
            ';' => {
                self.next();
                self.push(TokenKind::Semicolon, from);
            }
            ',' => {
                self.next();
                self.push(TokenKind::Comma, from);
            }
            '\u{2018}'..='\u{201f}' | '«' | '»' => {
                self.next();
                self.push(TokenKind::Sign, from);
                self.fault(ScanFaultKind::CurlyQuotes, from);
            }
            _ => self.sign(from),
        }
        true
    }

    fn word(&mut self, from: ScanMark) {
        self.skip_while(|char| char == '_' || char.is_alphanumeric());
        self.push(TokenKind::Word, from);
    }

    fn number(&mut self, from: ScanMark) {
        let digits = |char: char| char == '_' || char.is_ascii_alphanumeric();
        // `7.days` is a number, a dot and a word: a dot belongs to a number only when a digit follows.
        let decimal = |rest: &str| {
            rest.strip_prefix('.').is_some_and(|rest| rest.starts_with(|char: char| char.is_ascii_digit()))
        };
        let hex = self.rest().starts_with("0x") || self.rest().starts_with("0b") || self.rest().starts_with("0o");
        let whole = |char: char| char == '_' || char.is_ascii_digit();
        self.skip_while(if hex { digits } else { whole });
        if !hex {
            if decimal(self.rest()) {
                self.next();
                self.skip_while(whole);
            }
            let mut ahead = self.rest().chars();
            if matches!(ahead.next(), Some('e' | 'E')) {
                let sign = ahead.next();
                let signed = matches!(sign, Some('+' | '-'));
                if if signed { ahead.next() } else { sign }.is_some_and(|char| char.is_ascii_digit()) {
                    self.skip(if signed { 2 } else { 1 });
                    self.skip_while(whole);
                }
            }
        }
        self.push(TokenKind::Number, from);
    }

    fn text(&mut self, from: ScanMark) {
        self.next();
        loop {
            match self.rest().chars().next() {
                Some('"') => {
                    self.next();
                    // Two quotes are one quote within the text.
                    if !self.rest().starts_with('"') {
                        break;
                    }
                    self.next();
                }
                // An escape includes the next character, also a line end: in Rhai the text continues on the next line.
                Some('\\') => {
                    self.next();
                    if self.rest().starts_with("\r\n") {
                        self.next();
                    }
                    self.next();
                }
                None | Some('\n') => {
                    self.fault(ScanFaultKind::UnclosedText, from);
                    break;
                }
                Some(_) => {
                    self.next();
                }
            }
        }
        self.push(TokenKind::Text, from);
    }

    fn raw_text(&mut self, from: ScanMark) {
        let hashes = count_hashes(self.rest()).unwrap_or_default();
        self.skip(hashes + 1);
        let mut matched: Option<usize> = None;
        loop {
            if matched == Some(hashes) {
                break;
            }
            if self.at_statement() {
                self.fault(ScanFaultKind::UnclosedTemplate, from);
                break;
            }
            match self.next() {
                None => {
                    self.fault(ScanFaultKind::UnclosedTemplate, from);
                    break;
                }
                Some('"') => matched = Some(0),
                Some('#') => matched = matched.map(|count| count + 1),
                Some(_) => matched = None,
            }
        }
        self.push(TokenKind::RawText, from);
    }

    fn char(&mut self, from: ScanMark) {
        self.next();
        let escaped = self.rest().starts_with('\\');
        // A character is at most `\U` and eight digits; looking further would cost time at every quote.
        let near = self.rest().chars().take_while(|char| *char != '\n').take(12);
        let skip = if escaped { 2 } else { 1 };
        let closed = near.enumerate().skip(skip).find(|(_, char)| *char == '\'').map(|(nth, _)| nth);
        match closed {
            Some(1) => {
                self.skip(2);
                self.push(TokenKind::Char, from);
            }
            Some(nth) if escaped => {
                self.skip(nth + 1);
                self.push(TokenKind::Char, from);
            }
            _ => {
                self.push(TokenKind::Sign, from);
                self.fault(ScanFaultKind::SingleQuotes, from);
            }
        }
    }

    /// Scans the text of a template up to its end or the next `${`.
    fn template_text(&mut self) {
        loop {
            let rest = self.rest();
            if self.at_statement() {
                self.end_templates();
                return;
            }
            if rest.starts_with("${") {
                self.skip(2);
                if let Some(template) = self.open.last_mut() {
                    template.braces = Some(0);
                }
                return;
            }
            if rest.starts_with("``") {
                self.skip(2);
                continue;
            }
            match self.next() {
                None => return,
                Some('`') => {
                    if let Some(template) = self.open.pop() {
                        self.close(&template);
                    }
                    return;
                }
                // `\${` is no interpolation; any other backslash is literal.
                Some('\\') if self.rest().starts_with("${") => self.skip(2),
                Some(_) => {}
            }
        }
    }

    fn close(&mut self, template: &OpenTemplate) {
        let (end, span) = (self.at, self.span(template.mark));
        if let Some(token) = self.tokens.get_mut(template.token) {
            token.end = end;
            token.span = span;
        }
    }

    /// Ends the open templates here and reports each as unclosed.
    fn end_templates(&mut self) {
        while let Some(template) = self.open.pop() {
            self.close(&template);
            let ScanMark { line, column, .. } = template.mark;
            let span = Span { line, column, end_line: line, end_column: column + 1 };
            self.faults.push(ScanFault { kind: ScanFaultKind::UnclosedTemplate, span, at: template.mark.at });
        }
    }

    fn comment(&mut self) {
        let from = self.mark();
        self.skip(2);
        let start = self.span(from);
        let mut depth = 1;
        let mut recover: Option<ScanMark> = None;
        while depth > 0 {
            if self.at_statement() {
                if self.has_unclosed_comment {
                    self.faults.push(ScanFault { kind: ScanFaultKind::UnclosedComment, span: start, at: from.at });
                    return;
                }
                recover.get_or_insert_with(|| self.mark());
            }
            if self.rest().starts_with("*/") {
                self.skip(2);
                depth -= 1;
            } else if self.rest().starts_with("/*") {
                self.skip(2);
                depth += 1;
            } else if self.next().is_none() {
                self.faults.push(ScanFault { kind: ScanFaultKind::UnclosedComment, span: start, at: from.at });
                self.has_unclosed_comment = true;
                if let Some(mark) = recover {
                    (self.at, self.line, self.column) = (mark.at, mark.line, mark.column);
                }
                return;
            }
        }
    }

    fn sign(&mut self, from: ScanMark) {
        const OPERATORS: &[&str] = &[
            "..=", "...", "===", "!==", "**=", "<<=", ">>=", "..", "==", "!=", "<=", ">=", "&&", "||", "??", "=>",
            "::", "**", "+=", "-=", "*=", "/=", "%=", "<<", ">>",
        ];
        let rest = self.rest();
        if rest.starts_with("?.") && !rest.starts_with("?..") {
            self.skip(2);
            return self.push(TokenKind::Dot, from);
        }
        match OPERATORS.iter().find(|sign| rest.starts_with(**sign)) {
            Some(sign) => {
                self.skip(sign.len());
                self.push(TokenKind::Sign, from);
            }
            None => {
                let dot = rest.starts_with('.');
                self.next();
                self.push(if dot { TokenKind::Dot } else { TokenKind::Sign }, from);
            }
        }
    }
}

#[cfg(test)]
mod tests;
