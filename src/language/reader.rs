//! Reading a pack: from the text of a file to its statements as data, with everything that is wrong with it.
//!
//! Reading never fails as a whole. A statement with an error is left out and told; the rest goes on. Settings, constants,
//! facts and helper functions are read first, so that they may stand anywhere in the file.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::rc::Rc;
use std::sync::Arc;

use rhai::{AST, Dynamic, Scope};

use crate::book::value::Value;
use crate::book::vocabulary::Channel;
use crate::diagnostics::finding::Finding;
use crate::diagnostics::{Diagnostic, Span, codes};
use crate::language::lower::{body_of, look_into};
use crate::language::names::{HelperFunction, PackNames};
use crate::language::scan::{STATEMENT_WORDS, ScanFault, ScanFaultKind, Token, TokenKind, scan};
use crate::language::source_map::SourceMap;
use crate::language::spelling::for_rhai;
use crate::language::statements::{self, ShapeFault, Statement, cut, text};
use crate::language::walker::{PackConstants, locate};
use crate::language::{dialect, forms, rhai_errors};
use crate::pack::Overrides;
use crate::pack::expression::Node;
use crate::pack::statements::{Channels, Pack};
use crate::{limits, order};

/// A pack and what is wrong with it.
#[derive(Clone, Debug)]
pub struct ParsedPack {
    /// What could be read.
    pub pack: Pack,
    /// What is wrong or worth knowing, in file order.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads the text of one pack. `overrides` gives settings another value than the pack does.
pub fn read(file: &str, source: &str, overrides: &Overrides) -> ParsedPack {
    read_but(file, source, overrides, |_| false)
}

/// Reads what a pack advises and leaves its examples out, since to know whether they can be run takes as long as all the rest.
pub fn read_without_examples(file: &str, source: &str, overrides: &Overrides) -> ParsedPack {
    read_but(file, source, overrides, |word| word == "example")
}

/// Reads the statements of a pack but those that begin with some words.
fn read_but(file: &str, source: &str, overrides: &Overrides, left_out: impl Fn(&str) -> bool) -> ParsedPack {
    let source = source.strip_prefix('\u{feff}').unwrap_or(source);
    let mut reader = PackReader::new(file, source, overrides);
    if source.len() > limits::PACK_BYTES {
        reader.report(
            Finding::error(codes::TOO_LARGE, Span::START).message("too-large-pack").with("limit", limits::PACK_BYTES),
        );
        return reader.finish();
    }
    let found = cut(source, &reader.tokens);
    let mut faults = std::mem::take(&mut reader.faults);
    order::by_key(&mut faults, |fault| fault.at);
    let told = found.len().min(limits::STATEMENTS);
    if let Some(statement) = found.get(limits::STATEMENTS) {
        let span = statements::span(&reader.tokens, &statement.tokens);
        reader.report(
            Finding::error(codes::TOO_MANY, span).message("too-many-statements").with("limit", limits::STATEMENTS),
        );
    }
    let sound: Vec<&Statement> =
        found.iter().take(told).filter(|statement| reader.is_sound(statement, &mut faults)).collect();
    for fault in &faults {
        reader.report_scan_fault(fault);
    }
    for statement in &sound {
        forms::declare(&mut reader, statement);
    }
    reader.close_declarations();
    for statement in &sound {
        if !left_out(reader.word(statement.tokens.start)) {
            forms::read(&mut reader, statement);
        }
    }
    reader.look_into_uncalled();
    forms::unused_settings(&mut reader, &sound);
    reader.finish()
}

/// The clauses of a statement, by their word.
pub(super) type ClauseParts = BTreeMap<&'static str, Range<usize>>;

/// What is known while a pack is read.
pub(super) struct PackReader<'a> {
    pub file: &'a str,
    pub source: &'a str,
    pub tokens: Vec<Token>,
    pub overrides: &'a Overrides,
    pub pack: Pack,
    pub names: PackNames,
    faults: Vec<ScanFault>,
    diagnostics: Vec<Diagnostic>,
    untold: usize,
    /// Settings and constants that could not be read.
    pub(super) broken: BTreeSet<String>,
    constants: Vec<(String, Dynamic)>,
    pub(super) shared: Arc<PackConstants>,
    pub(super) functions: AST,
    /// The values that are known where the `when` of this statement holds; `None` when that cannot be told.
    pub(super) known: Option<Vec<Node>>,
    /// The names that clauses may use.
    pub(super) scope: Scope<'static>,
    /// True once a pack statement gave the pack its name.
    named: bool,
    /// Where names were first given: by kind of statement, and name.
    marks: BTreeMap<(&'static str, String), Span>,
    /// The same without `lead`, `person`, `account` and `now`, for what is computed once.
    pub(super) fixed: Scope<'static>,
}

impl<'a> PackReader<'a> {
    pub(super) fn new(file: &'a str, source: &'a str, overrides: &'a Overrides) -> Self {
        let (tokens, faults) = if source.len() > limits::PACK_BYTES { (Vec::new(), Vec::new()) } else { scan(source) };
        let stem = file.rsplit(['/', '\\']).next().unwrap_or(file);
        let mut pack = Pack { file: file.to_owned(), source: Arc::from(source), ..Pack::default() };
        pack.about.name = stem.strip_suffix(".rhai").unwrap_or(stem).to_owned();
        Self {
            file,
            source,
            tokens,
            overrides,
            pack,
            names: PackNames::default(),
            faults,
            diagnostics: Vec::new(),
            untold: 0,
            broken: BTreeSet::new(),
            constants: Vec::new(),
            shared: Arc::default(),
            functions: AST::empty(),
            known: None,
            scope: dialect::names_in_force(),
            fixed: dialect::constants_only(),
            named: false,
            marks: BTreeMap::new(),
        }
    }

    fn finish(mut self) -> ParsedPack {
        if self.untold > 0 {
            let more =
                Finding::error(codes::TOO_MANY, Span::START).message("too-many-findings").with("count", self.untold);
            self.diagnostics.push(more.render(self.file));
        }
        order::by_key(&mut self.diagnostics, |diagnostic| (diagnostic.span, diagnostic.severity));
        ParsedPack { pack: self.pack, diagnostics: self.diagnostics }
    }

    /// Keeps a finding. What is wrong in a helper function is told once, however often it is called.
    pub fn report(&mut self, finding: Finding) {
        if self.diagnostics.len() >= limits::DIAGNOSTICS {
            self.untold += 1;
            return;
        }
        let diagnostic = finding.render(self.file);
        if !self.diagnostics.contains(&diagnostic) {
            self.diagnostics.push(diagnostic);
        }
    }

    /// Keeps where something of this kind has this name, for whoever takes the name again.
    pub fn mark(&mut self, what: &'static str, name: &str, span: Span) {
        self.marks.insert((what, name.to_owned()), span);
    }

    /// Where the first of this kind has this name.
    pub fn first(&self, what: &'static str, name: &str) -> Option<Span> {
        self.marks.get(&(what, name.to_owned())).copied()
    }

    /// True once a pack statement gave the pack its name.
    pub fn is_named(&self) -> bool {
        self.named
    }

    /// Gives the pack its name.
    pub fn set_name(&mut self, name: String, span: Span) {
        if name.trim().is_empty() {
            let finding = Finding::error(codes::MISSING_NAME, span).message("missing-name-empty").with("head", "pack");
            return self.report(finding);
        }
        self.mark("pack", "", span);
        self.pack.about.name = name;
        self.named = true;
    }

    // ---- tokens -------------------------------------------------------------------------------------------------

    /// The text of the token at this place; nothing beyond the end.
    pub fn word(&self, place: usize) -> &'a str {
        self.tokens.get(place).map_or("", |token| text(self.source, token))
    }

    /// The kind of the token at this place.
    pub fn kind(&self, place: usize) -> Option<TokenKind> {
        self.tokens.get(place).map(|token| token.kind)
    }

    /// Where these tokens stand.
    pub fn span(&self, range: &Range<usize>) -> Span {
        statements::span(&self.tokens, range)
    }

    // ---- shape --------------------------------------------------------------------------------------------------

    fn report_scan_fault(&mut self, fault: &ScanFault) {
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

    /// Tells what is wrong with the shape of a statement; false when it cannot be read. Of what the scan could not read in
    /// it, only the first is told: the rest mostly follows from it.
    fn is_sound(&mut self, statement: &Statement, faults: &mut Vec<ScanFault>) -> bool {
        let bytes = statements::bytes(&self.tokens, &statement.tokens);
        let torn = faults.partition_point(|fault| fault.at < bytes.start)
            ..faults.partition_point(|fault| fault.at < bytes.end);
        if let Some(fault) = faults.drain(torn).next() {
            self.report_scan_fault(&fault);
            return false;
        }
        let Some(fault) = statement.fault else { return true };
        let (code, at) = match fault {
            ShapeFault::NoSemicolon => {
                let end = self.span(&statement.tokens).end();
                let place = Span { end_column: end.column + 1, ..end };
                self.report(Finding::error(codes::MISSING_SEMICOLON, place).put_after(end, ";"));
                return true;
            }
            ShapeFault::Unclosed(at) => (codes::UNCLOSED_BRACKET, at),
            ShapeFault::Stray(at) => (codes::STRAY_BRACKET, at),
            ShapeFault::TooDeep(at) => (codes::TOO_DEEP, at),
        };
        let mut finding = Finding::error(code, self.span(&(at..at + 1))).with("sign", self.word(at));
        if code == codes::TOO_DEEP {
            finding = finding.message("too-deep-brackets").with("limit", limits::NESTING);
        }
        self.report(finding);
        false
    }

    /// The clauses of a statement: each of the `known` at most once, those `needed` present, none empty.
    pub fn parts(
        &mut self,
        statement: &Statement,
        known: &[&'static str],
        needed: &[&'static str],
    ) -> Option<ClauseParts> {
        let head = self.word(statement.tokens.start);
        let mut parts = ClauseParts::new();
        let mut sound = true;
        for clause in &statement.clauses {
            let word = self.word(clause.word);
            let span = self.span(&(clause.word..clause.word + 1));
            let Some(name) = known.iter().find(|name| **name == word) else {
                let finding = Finding::error(codes::MISPLACED_CLAUSE, span).with("head", head).with("word", word);
                self.report(if known.is_empty() {
                    finding
                } else {
                    finding.with("known", known.join(", ")).help("help-head-knows")
                });
                sound = false;
                continue;
            };
            if clause.tokens.is_empty() {
                self.report(Finding::error(codes::EMPTY_CLAUSE, span).with("word", word));
                sound = false;
            } else if let Some(first) = parts.insert(name, clause.tokens.clone()) {
                let before = first.start.saturating_sub(1);
                self.report(
                    Finding::error(codes::DUPLICATE_CLAUSE, span)
                        .with("word", word)
                        .related(self.span(&(before..before + 1)), "related-first"),
                );
                sound = false;
            }
        }
        for name in needed {
            if !statement.clauses.iter().any(|clause| self.word(clause.word) == *name) {
                let end = statement.tokens.end;
                let span = self.span(&(statement.tokens.start..end));
                let code = match *name {
                    "then" => codes::MISSING_THEN,
                    "when" => codes::MISSING_WHEN,
                    "steps" => codes::MISSING_STEPS,
                    "per" => codes::MISSING_PER,
                    "given" => codes::MISSING_GIVEN,
                    _ => codes::MISSING_EXPECT,
                };
                self.report(Finding::error(code, span).with("head", head));
                sound = false;
            }
        }
        sound.then_some(parts)
    }

    /// The name of a statement: one text, and nothing after it.
    pub fn name(&mut self, statement: &Statement) -> Option<String> {
        let place = statement.head.start;
        let head = self.word(statement.tokens.start);
        if statement.head.is_empty() || self.kind(place) != Some(TokenKind::Text) {
            let span = self.span(&(statement.tokens.start..statement.tokens.start + 1));
            self.report(Finding::error(codes::MISSING_NAME, span).with("head", head));
            return None;
        }
        self.nothing_more(statement, place + 1)?;
        let name = self.text(&(place..place + 1))?;
        if name.trim().is_empty() {
            let span = self.span(&(place..place + 1));
            self.report(Finding::error(codes::MISSING_NAME, span).message("missing-name-empty").with("head", head));
            return None;
        }
        Some(name)
    }

    /// Tells when the head of a statement goes on after `place`.
    pub fn nothing_more(&mut self, statement: &Statement, place: usize) -> Option<()> {
        if place >= statement.head.end {
            return Some(());
        }
        let head = self.word(statement.tokens.start);
        let word = self.word(place);
        let span = self.span(&(place..place + 1));
        let finding = Finding::error(codes::UNEXPECTED, span).with("head", head).near_name(
            span,
            word,
            crate::language::statements::CLAUSE_WORDS.iter().copied(),
        );
        // `fact budget number`
        let kind = head == "fact" && matches!(word, "truth" | "number" | "text");
        self.report(if kind {
            let meant = format!("as {word}");
            finding.with("meant", meant.as_str()).help("help-write").replace(span, meant)
        } else {
            finding
        });
        None
    }

    /// The channels that a policy speaks of, from one word.
    pub fn channels(&mut self, statement: &Statement) -> Option<Channels> {
        let place = statement.head.start;
        let word = if statement.head.is_empty() { "" } else { self.word(place) };
        if word == "any" {
            return Some(Channels::Any);
        }
        if let Some(channel) = Channel::from_word(word) {
            return Some(Channels::One(channel));
        }
        let head = self.word(statement.tokens.start);
        let at = if statement.head.is_empty() { statement.tokens.start } else { place };
        let span = self.span(&(at..at + 1));
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

    // ---- declarations -------------------------------------------------------------------------------------------

    /// True when a name is free; tells when it is not.
    pub fn is_free(&mut self, name: &str, span: Span) -> bool {
        let taken = dialect::SUBJECT_WORDS.contains(&name)
            || dialect::constant_words().any(|word| word == name)
            || name == "any"
            || STATEMENT_WORDS.contains(&name)
            || statements::CLAUSE_WORDS.contains(&name)
            || matches!(name, "and" | "or" | "not" | "is");
        let twice = self.names.settings.contains_key(name) || self.names.constants.contains_key(name);
        if taken {
            self.report(Finding::error(codes::TAKEN_NAME, span).with("name", name));
        } else if twice {
            let finding =
                Finding::error(codes::DUPLICATE_NAME, span).message("duplicate-name-declared").with("name", name);
            self.report(match self.first("name", name) {
                Some(first) => finding.related(first, "related-first"),
                None => finding,
            });
        }
        let many = self.constants.len() >= limits::NAMES;
        if many && !taken && !twice {
            self.report(Finding::error(codes::TOO_MANY, span).message("too-many-names").with("limit", limits::NAMES));
        }
        if !taken && !twice {
            self.mark("name", name, span);
        }
        !taken && !twice && !many
    }

    /// Makes a setting or constant known to what is read after it.
    pub fn declare(&mut self, name: &str, value: Dynamic) {
        self.scope.push_constant_dynamic(name.to_owned(), Dynamic::UNIT);
        self.fixed.push_constant_dynamic(name.to_owned(), Dynamic::UNIT);
        self.constants.push((name.to_owned(), value));
        self.shared = Arc::new(PackConstants(self.constants.clone()));
    }

    /// True when a setting or constant has this name.
    pub fn is_declared(&self, name: &str) -> bool {
        self.constants.iter().any(|(known, _)| known == name) || dialect::constant_words().any(|word| word == name)
    }

    /// Keeps the name of a setting or constant that could not be read, so that it is told once and not at every use.
    pub fn declare_broken(&mut self, name: &str) {
        self.broken.insert(name.to_owned());
        if self.constants.len() < limits::NAMES {
            self.declare(name, Dynamic::UNIT);
        }
    }

    /// Compiles a helper function.
    pub fn function(&mut self, range: &Range<usize>, name: Arc<str>, params: Vec<Arc<str>>) -> Option<HelperFunction> {
        let place = self.span(range);
        let bytes = statements::bytes(&self.tokens, range);
        let depth = statements::depth(self.source, &self.tokens, range);
        if bytes.len() > limits::CLAUSE_BYTES || depth > limits::FUNCTION_DEPTH {
            self.report(Finding::error(codes::TOO_DEEP, place).message("too-deep-function"));
            return None;
        }
        let text = self.source.get(bytes).unwrap_or_default();
        let scope = dialect::constants_only();
        match dialect::parse_with(|engine| engine.compile_with_scope(&scope, for_rhai(text))) {
            Ok(tree) => {
                self.functions = self.functions.merge(&tree);
                let places = Rc::new(SourceMap::new(&Arc::from(text), place));
                Some(HelperFunction { name, params, body: body_of(&tree), places, depth, is_called: Cell::new(false) })
            }
            Err(error) => {
                let span = locate(text, place, error.position());
                let mut finding = rhai_errors::parsing(error.err_type(), span, self.source);
                if let rhai::ParseErrorType::VariableUndefined(_) = error.err_type() {
                    finding = finding.why("why-helper-sees").help("help-helper-parameter");
                }
                self.report(finding);
                None
            }
        }
    }

    /// Tells what is wrong with the names in helper functions that nothing calls. They may be meant for rules or for examples, so
    /// that what either would say well is not told.
    fn look_into_uncalled(&mut self) {
        let mut names = std::mem::take(&mut self.names);
        let mut found: Vec<Finding> = Vec::new();
        for at in 0..names.helpers.len() {
            let mut look = |in_example| {
                names.in_example = in_example;
                let helper = names.helpers.get(at).filter(|helper| !helper.is_called.get() || in_example);
                helper.map(|helper| look_into(helper, &names)).unwrap_or_default()
            };
            let in_rules = look(false);
            if in_rules.is_empty() {
                continue;
            }
            let in_examples = look(true);
            found.extend(in_rules.into_iter().filter(|one| in_examples.iter().any(|other| other.span == one.span)));
        }
        self.names = names;
        found.into_iter().for_each(|finding| self.report(finding));
    }

    /// All declarations are known.
    fn close_declarations(&mut self) {
        order::by_key(&mut self.pack.facts, |fact| fact.span);
        order::by_key(&mut self.pack.settings, |setting| setting.span);
    }
}

/// A value of Rhai's as one of ours, where there is one.
pub(super) fn plain(value: &Dynamic) -> Option<Value> {
    crate::language::values::from_dynamic(value.clone()).ok()
}
