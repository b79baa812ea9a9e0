//! The words of a pack: a scan of its text that never fails.
//!
//! Rhai parses the expressions; this scan finds where they begin and end, so that one broken statement does not take
//! the others along, and gives every node of the tree an end (Rhai tells only where things start). It reads what Rhai
//! reads: comments (nested too), texts with escapes, templates with `${...}` inside, raw texts, characters, numbers.
//! It looks at each character a fixed number of times, whatever the text is.
//!
//! A text or template that is not closed ends at the end of its line, or at the next line that starts with a statement
//! word; that is told as a [`ScanFault`] and the scan goes on.

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
    /// Any other sign, such as `>=`.
    Sign,
}

/// One token.
#[derive(Clone, Copy, Debug)]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// Its first byte in the text.
    pub start: usize,
    /// The byte after its last.
    pub end: usize,
    /// Where it stands.
    pub span: Span,
    /// In how many `${...}` parts of templates it lies.
    pub inside: usize,
}

/// Something the scan could not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ScanFault {
    /// What.
    pub kind: ScanFaultKind,
    /// Where.
    pub span: Span,
    /// The first byte of what it is about, to find the statement it belongs to.
    pub at: usize,
}

/// What the scan could not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScanFaultKind {
    /// A `"` without its end on the same line.
    UnclosedText,
    /// A `` ` `` or `#"` without its end.
    UnclosedTemplate,
    /// A `/*` without its `*/`.
    UnclosedComment,
    /// `'text'`: texts stand in double quotes.
    SingleQuotes,
    /// `“text”`, as a word processor writes it.
    CurlyQuotes,
}

/// The tokens of `source`, in order, and what could not be read.
pub fn scan(source: &str) -> (Vec<Token>, Vec<ScanFault>) {
    let mut scanner = Scanner {
        source,
        at: if source.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 },
        line: 1,
        column: 1,
        tokens: Vec::new(),
        faults: Vec::new(),
        open: Vec::new(),
        comment_without_end: false,
    };
    while scanner.step() {}
    scanner.end_templates();
    (scanner.tokens, scanner.faults)
}

/// True where a line that starts a statement begins: a statement word, a blank, and more.
fn starts_statement(rest: &str) -> bool {
    let length = rest.bytes().take_while(u8::is_ascii_lowercase).count();
    let Some((word, after)) = rest.split_at_checked(length) else { return false };
    StatementForm::of(word).is_some()
        && after.starts_with([' ', '\t'])
        && after
            .trim_start_matches([' ', '\t'])
            .starts_with(|next: char| next == '"' || next == '_' || next.is_ascii_alphabetic())
}

/// How many `#` begin the raw text that stands here, if one does. Nobody writes more than a few.
fn hashes(rest: &str) -> Option<usize> {
    let count = rest.bytes().take(16).take_while(|byte| *byte == b'#').count();
    (count > 0 && rest.as_bytes().get(count) == Some(&b'"')).then_some(count)
}

/// Where the scanner is.
#[derive(Clone, Copy)]
struct ScanMark {
    at: usize,
    line: u32,
    column: u32,
}

/// A template that is being read: the place of its token, and, within a `${...}`, how many `{` are open there.
struct OpenTemplate {
    token: usize,
    mark: ScanMark,
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
    /// True once a comment was found to have no end: from then on a comment ends at the next statement at the latest,
    /// so that a file of `/*` takes no more time than any other.
    comment_without_end: bool,
}

impl<'a> Scanner<'a> {
    fn rest(&self) -> &'a str {
        self.source.get(self.at..).unwrap_or_default()
    }

    fn mark(&self) -> ScanMark {
        ScanMark { at: self.at, line: self.line, column: self.column }
    }

    /// Takes one character.
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

    fn take(&mut self, count: usize) {
        for _ in 0..count {
            self.next();
        }
    }

    fn take_while(&mut self, wanted: impl Fn(char) -> bool) {
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

    /// True at the start of a line on which a statement begins.
    fn at_statement(&self) -> bool {
        self.column == 1 && starts_statement(self.rest())
    }

    /// Reads one token, comment or blank; false at the end.
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
            _ if rest.starts_with("//") => self.take_while(|char| char != '\n'),
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
            '#' if hashes(rest).is_some() => self.raw_text(from),
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
        self.take_while(|char| char == '_' || char.is_alphanumeric());
        self.push(TokenKind::Word, from);
    }

    fn number(&mut self, from: ScanMark) {
        let digits = |char: char| char == '_' || char.is_ascii_alphanumeric();
        // `7.days` is a number and a word: a dot belongs to the number only when a digit follows.
        let decimal = |rest: &str| {
            rest.strip_prefix('.').is_some_and(|rest| rest.starts_with(|char: char| char.is_ascii_digit()))
        };
        let hex = self.rest().starts_with("0x") || self.rest().starts_with("0b") || self.rest().starts_with("0o");
        let whole = |char: char| char == '_' || char.is_ascii_digit();
        self.take_while(if hex { digits } else { whole });
        if !hex {
            if decimal(self.rest()) {
                self.next();
                self.take_while(whole);
            }
            let mut ahead = self.rest().chars();
            if matches!(ahead.next(), Some('e' | 'E')) {
                let sign = ahead.next();
                let signed = matches!(sign, Some('+' | '-'));
                if if signed { ahead.next() } else { sign }.is_some_and(|char| char.is_ascii_digit()) {
                    self.take(if signed { 2 } else { 1 });
                    self.take_while(whole);
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
                // An escape takes the next character along, a line end included: Rhai goes on on the next line.
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
        let hashes = hashes(self.rest()).unwrap_or_default();
        self.take(hashes + 1);
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
        // A character is at most `\U` and eight digits; a longer look would cost time on every quote.
        let near = self.rest().chars().take_while(|char| *char != '\n').take(12);
        let skip = if escaped { 2 } else { 1 };
        let closed = near.enumerate().skip(skip).find(|(_, char)| *char == '\'').map(|(nth, _)| nth);
        match closed {
            Some(1) => {
                self.take(2);
                self.push(TokenKind::Char, from);
            }
            Some(nth) if escaped => {
                self.take(nth + 1);
                self.push(TokenKind::Char, from);
            }
            _ => {
                self.push(TokenKind::Sign, from);
                self.fault(ScanFaultKind::SingleQuotes, from);
            }
        }
    }

    /// The text part of a template, up to its end or the next `${`.
    fn template_text(&mut self) {
        loop {
            let rest = self.rest();
            if self.at_statement() {
                self.end_templates();
                return;
            }
            if rest.starts_with("${") {
                self.take(2);
                if let Some(template) = self.open.last_mut() {
                    template.braces = Some(0);
                }
                return;
            }
            if rest.starts_with("``") {
                self.take(2);
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
                // `\${` is no interpolation; any other backslash stands for itself.
                Some('\\') if self.rest().starts_with("${") => self.take(2),
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

    /// Gives up on the templates that are open here.
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
        self.take(2);
        let start = self.span(from);
        let mut depth = 1;
        let mut recover: Option<ScanMark> = None;
        while depth > 0 {
            if self.at_statement() {
                if self.comment_without_end {
                    self.faults.push(ScanFault { kind: ScanFaultKind::UnclosedComment, span: start, at: from.at });
                    return;
                }
                recover.get_or_insert_with(|| self.mark());
            }
            if self.rest().starts_with("*/") {
                self.take(2);
                depth -= 1;
            } else if self.rest().starts_with("/*") {
                self.take(2);
                depth += 1;
            } else if self.next().is_none() {
                self.faults.push(ScanFault { kind: ScanFaultKind::UnclosedComment, span: start, at: from.at });
                self.comment_without_end = true;
                if let Some(mark) = recover {
                    (self.at, self.line, self.column) = (mark.at, mark.line, mark.column);
                }
                return;
            }
        }
    }

    fn sign(&mut self, from: ScanMark) {
        const LONG: &[&str] = &[
            "..=", "...", "===", "!==", "**=", "<<=", ">>=", "..", "==", "!=", "<=", ">=", "&&", "||", "??", "=>",
            "::", "**", "+=", "-=", "*=", "/=", "%=", "<<", ">>",
        ];
        let rest = self.rest();
        if rest.starts_with("?.") && !rest.starts_with("?..") {
            self.take(2);
            return self.push(TokenKind::Dot, from);
        }
        match LONG.iter().find(|sign| rest.starts_with(**sign)) {
            Some(sign) => {
                self.take(sign.len());
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
