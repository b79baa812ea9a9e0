//! Checks the syntax of a statement outside its expressions: brackets, the final `;`, clauses, and the name or channel in the head.
//!
//! The checks here report each error as a finding of the pack and return `false` or `None`; the statement is then left out. Positions are
//! indexes into the tokens of the pack.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::book::vocabulary::Channel;
use crate::diagnostics::codes::DiagnosticCode;
use crate::diagnostics::finding::Finding;
use crate::diagnostics::{Span, codes};
use crate::language::reader::PackReader;
use crate::language::scan::{ScanFault, ScanFaultKind, TokenKind, scan};
use crate::language::statements::{self, ShapeFault, Statement};
use crate::limits;
use crate::pack::policies::Channels;
use crate::pack::statement_forms::{ClauseContent, ClausePurpose, StatementForm, StatementKind, clause_words};

/// The clauses of one statement, by clause word: each is one of the form, occurs once and has at least one token.
pub(super) struct ClauseParts {
    form: &'static StatementForm,
    ranges: BTreeMap<&'static str, Range<usize>>,
}

impl ClauseParts {
    /// The tokens of the clause with this word, the word not included; `None` when the statement does not have the clause.
    pub fn get(&self, word: &str) -> Option<&Range<usize>> {
        self.ranges.get(word)
    }

    /// What the expression of the clause with this word is for; `None` when the form has no such clause, or one without expression.
    pub fn purpose(&self, word: &str) -> Option<ClausePurpose> {
        match self.form.clause(word)?.content {
            ClauseContent::Expression(purpose) => Some(purpose),
            _ => None,
        }
    }
}

impl PackReader<'_> {
    /// Reports a part of the pack that the scanner could not read.
    pub fn report_scan_fault(&mut self, fault: &ScanFault) {
        let finding = match fault.kind {
            ScanFaultKind::UnclosedText => {
                Finding::error(codes::UNCLOSED_TEXT, fault.span).message("unclosed-text-line")
            }
            ScanFaultKind::UnclosedTemplate => Finding::error(codes::UNCLOSED_TEXT, fault.span),
            ScanFaultKind::UnclosedComment => Finding::error(codes::UNCLOSED_COMMENT, fault.span),
            ScanFaultKind::SingleQuotes => Finding::error(codes::SINGLE_QUOTES, fault.span),
            ScanFaultKind::CurlyQuotes => Finding::error(codes::CURLY_QUOTES, fault.span),
        };
        self.report(finding);
    }

    /// Reports scan faults, unpaired or too deeply nested brackets and a missing `;`. Returns true when the statement can be read, as
    /// without its `;`. `faults` are those of the pack in text order; the statement's are removed, and only the first is reported, because
    /// the others are mostly its consequences.
    pub fn check_shape(&mut self, statement: &Statement, faults: &mut Vec<ScanFault>) -> bool {
        let bytes = statements::byte_range(&self.tokens, &statement.tokens);
        let own_faults = faults.partition_point(|fault| fault.at < bytes.start)
            ..faults.partition_point(|fault| fault.at < bytes.end);
        if let Some(fault) = faults.drain(own_faults).next() {
            self.report_scan_fault(&fault);
            self.statement_has_no_shape(statement);
            match fault.kind {
                ScanFaultKind::UnclosedText | ScanFaultKind::UnclosedTemplate | ScanFaultKind::UnclosedComment => {
                    self.record_unread_rest(fault.span);
                }
                ScanFaultKind::SingleQuotes | ScanFaultKind::CurlyQuotes => {}
            }
            return false;
        }
        let Some(fault) = statement.fault else { return true };
        let (code, bracket) = match fault {
            ShapeFault::NoSemicolon => {
                let end = self.span_of(&statement.tokens).end();
                let after = Span { end_column: end.column + 1, ..end };
                self.report(Finding::error(codes::MISSING_SEMICOLON, after).put_after(end, ";"));
                // Where it was to end is not known.
                self.record_unread(statement);
                return true;
            }
            ShapeFault::Unclosed(bracket) => (codes::UNCLOSED_BRACKET, bracket),
            ShapeFault::Stray(bracket) => (codes::STRAY_BRACKET, bracket),
            ShapeFault::TooDeep(bracket) => (codes::TOO_DEEP, bracket),
        };
        let mut finding =
            Finding::error(code, self.span_of(&(bracket..bracket + 1))).with("sign", self.text_at(bracket));
        if code == codes::TOO_DEEP {
            finding = finding.message("too-deep-brackets").with("limit", limits::NESTING);
        }
        self.report(finding);
        self.statement_has_no_shape(statement);
        false
    }

    /// Records what a statement whose shape is broken may have said.
    fn statement_has_no_shape(&mut self, statement: &Statement) {
        let kind = statement.form.map(|form| form.kind);
        if kind == Some(StatementKind::Pack) || self.is_header_misspelled(statement) {
            self.header_is_unread();
        }
        self.record_unread(statement);
    }

    /// The clauses of a statement. Reports all errors, and returns `None`, when one is not of the statement's form, is empty or occurs
    /// twice, or when a required one is missing. `None` without a report for a statement of no form.
    pub fn parts(&mut self, statement: &Statement) -> Option<ClauseParts> {
        let form = statement.form?;
        let mut ranges = BTreeMap::new();
        let mut valid = true;
        for clause in &statement.clauses {
            let word = self.text_at(clause.word);
            let span = self.span_of(&(clause.word..clause.word + 1));
            let Some(known) = form.clause(word) else {
                let finding = Finding::error(codes::MISPLACED_CLAUSE, span).with("head", form.word).with("word", word);
                let words: Vec<&str> = form.clauses.iter().map(|clause| clause.word).collect();
                self.report(if words.is_empty() {
                    finding
                } else {
                    finding.with("known", words.join(", ")).help("help-head-knows")
                });
                valid = false;
                continue;
            };
            if clause.tokens.is_empty() {
                self.report(Finding::error(codes::EMPTY_CLAUSE, span).with("word", word));
                valid = false;
            } else if let Some(first) = ranges.insert(known.word, clause.tokens.clone()) {
                // The clause word stands directly before the tokens of its clause.
                let first_word = first.start.saturating_sub(1);
                self.report(
                    Finding::error(codes::DUPLICATE_CLAUSE, span)
                        .with("word", word)
                        .related(self.span_of(&(first_word..first_word + 1)), "related-first"),
                );
                valid = false;
            }
        }
        for required in form.clauses.iter().filter(|clause| clause.required) {
            if !statement.clauses.iter().any(|clause| self.text_at(clause.word) == required.word) {
                let finding = Finding::error(missing_clause(required.word), self.span_of(&statement.tokens));
                let finding = finding.with("head", form.word).with("name", self.text_at(statement.head.start));
                self.report(finding.with("word", required.word).with("example", example_of(form, required.word)));
                valid = false;
            }
        }
        valid.then_some(ClauseParts { form, ranges })
    }

    /// The quoted name of a statement; reports and returns `None` when its head is not exactly one text, or the text is blank.
    pub fn quoted_name(&mut self, statement: &Statement) -> Option<String> {
        let (name, next) = self.first_name(statement)?;
        self.expect_head_end(statement, next)?;
        Some(name)
    }

    /// The name with which the head of a statement begins, and the index of the token after it; reports and returns `None` when there is none,
    /// or it is blank.
    pub fn first_name(&mut self, statement: &Statement) -> Option<(String, usize)> {
        let index = statement.head.start;
        let head = self.text_at(statement.tokens.start);
        if statement.head.is_empty() || self.kind_at(index) != Some(TokenKind::Text) {
            let span = self.span_of(&(statement.tokens.start..statement.tokens.start + 1));
            self.report(Finding::error(codes::MISSING_NAME, span).with("head", head));
            return None;
        }
        let name = self.text_value(&(index..index + 1))?;
        if name.trim().is_empty() {
            let span = self.span_of(&(index..index + 1));
            self.report(Finding::error(codes::MISSING_NAME, span).message("missing-name-empty").with("head", head));
            return None;
        }
        Some((name, index + 1))
    }

    /// Reports, and returns `None`, when the head of a statement has a token at `index` or later.
    pub fn expect_head_end(&mut self, statement: &Statement, index: usize) -> Option<()> {
        if index >= statement.head.end {
            return Some(());
        }
        let head = self.text_at(statement.tokens.start);
        let word = self.text_at(index);
        let span = self.span_of(&(index..index + 1));
        let finding = Finding::error(codes::UNEXPECTED, span).with("head", head).near_name(
            span,
            word,
            clause_words().iter().copied(),
        );
        // `fact budget number`: the word `as` is missing.
        let is_type = head == "fact" && matches!(word, "truth" | "number" | "text");
        self.report(if is_type {
            let meant = format!("as {word}");
            finding.with("meant", meant.as_str()).help("help-write").replace(span, meant)
        } else {
            finding
        });
        None
    }

    /// The name of a policy, where the first token of its head is one, and the index of the token after it: a text is a name when what follows
    /// is of this kind. Reports, and returns `None`, when the name is empty or another policy of the pack has it.
    pub fn policy_name(&mut self, statement: &Statement, next: TokenKind) -> Option<(Option<String>, usize)> {
        let index = statement.head.start;
        let named = self.kind_at(index) == Some(TokenKind::Text) && self.kind_at(index + 1) == Some(next);
        if !named || index + 1 >= statement.head.end {
            return Some((None, index));
        }
        let name = self.text_value(&(index..index + 1))?;
        let span = self.span_of(&(index..index + 1));
        if name.trim().is_empty() {
            let head = self.text_at(statement.tokens.start);
            self.report(Finding::error(codes::MISSING_NAME, span).message("missing-name-empty").with("head", head));
            return None;
        }
        if let Some(first) = self.first_span("policy", &name) {
            let finding =
                Finding::error(codes::DUPLICATE_NAME, span).with("what", "policy").with("name", name.as_str());
            self.report(finding.related(first, "related-first"));
            return None;
        }
        self.record_name("policy", &name, span);
        Some((Some(name), index + 1))
    }

    /// The channels of a `never`, `limit`, `reachable` or `pause` statement: the token of its head at this index, a channel or `any`. Reports,
    /// and returns `None`, when it is neither.
    pub fn channels(&mut self, statement: &Statement, index: usize) -> Option<Channels> {
        let word = if statement.head.is_empty() { "" } else { self.text_at(index) };
        if word == "any" {
            return Some(Channels::Any);
        }
        if let Some(channel) = Channel::from_word(word) {
            return Some(Channels::One(channel));
        }
        let head = self.text_at(statement.tokens.start);
        let at = if statement.head.is_empty() { statement.tokens.start } else { index };
        let span = self.span_of(&(at..at + 1));
        let known: Vec<&str> = Channel::words().chain(["any"]).collect();
        let bare = word.trim_matches('"');
        let finding = Finding::error(codes::UNKNOWN_CHANNEL, span).with("head", head).with("name", word);
        let finding = if word.is_empty() { finding.message("unknown-channel-none") } else { finding };
        self.report(if known.contains(&bare) {
            finding.with("meant", bare).help("help-without-quotes").replace(span, bare)
        } else {
            finding.near_name(span, bare, known.iter().copied()).with("words", known.join(", ")).or_help("help-one-of")
        });
        None
    }
}

/// The clause with this word as the example of the form has it: `per 7.days`.
fn example_of(form: &StatementForm, word: &str) -> String {
    let (tokens, _) = scan(form.example);
    let statements = statements::split(form.example, &tokens);
    let clauses = statements.iter().flat_map(|statement| &statement.clauses);
    let mut texts = clauses
        .filter_map(|clause| form.example.get(statements::byte_range(&tokens, &(clause.word..clause.tokens.end))));
    texts.find(|text| text.split_whitespace().next() == Some(word)).unwrap_or(word).to_owned()
}

/// The code of the finding that the required clause with this word is missing.
fn missing_clause(word: &str) -> DiagnosticCode {
    match word {
        "then" => codes::MISSING_THEN,
        "when" => codes::MISSING_WHEN,
        "steps" => codes::MISSING_STEPS,
        "per" => codes::MISSING_PER,
        "given" => codes::MISSING_GIVEN,
        "as" => codes::MISSING_TYPE,
        "because" => codes::MISSING_BECAUSE,
        "expect" => codes::MISSING_EXPECT,
        _ => codes::MISSING_CLAUSE,
    }
}
