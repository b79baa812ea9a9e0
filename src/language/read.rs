//! Reading a pack: from the text of a file to its statements as data, with everything that is wrong with it.
//!
//! Reading never fails as a whole. A statement with an error is left out and told; the rest goes on. Settings, constants,
//! facts and helper functions are read first, so that they may stand anywhere in the file.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::rc::Rc;
use std::sync::Arc;

use rhai::{AST, Dynamic, Scope};

use super::lower::body_of;
use super::names::{Helper, Names};
use super::places::Places;
use super::scan::{Fault, FaultKind, STATEMENT_WORDS, Token, TokenKind, scan};
use super::spelling::for_rhai;
use super::statements::{self, ShapeFault, Statement, cut, text};
use super::walker::{Constants, locate};
use super::{dialect, forms, limits, trouble};
use crate::book::schema::{Channel, nearest};
use crate::book::value::Value;
use crate::rulebook::pack::{Channels, Pack};
use crate::rulebook::{Diagnostic, Overrides, Span};

/// A pack and what is wrong with it.
#[derive(Clone, Debug)]
pub struct Reading {
    /// What could be read.
    pub pack: Pack,
    /// What is wrong or worth knowing, in file order.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads the text of one pack. `overrides` gives settings another value than the pack does.
pub fn read(file: &str, source: &str, overrides: &Overrides) -> Reading {
    let source = source.strip_prefix('\u{feff}').unwrap_or(source);
    let mut reader = Reader::new(file, source, overrides);
    if source.len() > limits::PACK_BYTES {
        let message = format!("this pack is larger than {} bytes", limits::PACK_BYTES);
        reader.tell(Diagnostic::error("too-large", Span::START, message).help("split it into several packs"));
        return reader.finish();
    }
    let found = cut(source, &reader.tokens);
    let mut faults = std::mem::take(&mut reader.faults);
    faults.sort_by_key(|fault| fault.at);
    let told = found.len().min(limits::STATEMENTS);
    if let Some(statement) = found.get(limits::STATEMENTS) {
        let span = statements::span(&reader.tokens, &statement.tokens);
        let message = format!("a pack holds at most {} statements; the rest is left out", limits::STATEMENTS);
        reader.tell(Diagnostic::error("too-many", span, message).help("split it into several packs"));
    }
    let sound: Vec<&Statement> =
        found.iter().take(told).filter(|statement| reader.is_sound(statement, &mut faults)).collect();
    for fault in &faults {
        reader.tell_fault(fault);
    }
    for statement in &sound {
        forms::declare(&mut reader, statement);
    }
    reader.close_declarations();
    for statement in &sound {
        forms::read(&mut reader, statement);
    }
    forms::unused_settings(&mut reader, &sound);
    reader.finish()
}

/// The clauses of a statement, by their word.
pub(super) type Parts = BTreeMap<&'static str, Range<usize>>;

/// What is known while a pack is read.
pub(super) struct Reader<'a> {
    pub file: &'a str,
    pub source: &'a str,
    pub tokens: Vec<Token>,
    pub overrides: &'a Overrides,
    pub pack: Pack,
    pub names: Names,
    faults: Vec<Fault>,
    diagnostics: Vec<Diagnostic>,
    untold: usize,
    /// Settings and constants that could not be read.
    pub(super) broken: BTreeSet<String>,
    constants: Vec<(String, Dynamic)>,
    pub(super) shared: Rc<Constants>,
    pub(super) functions: AST,
    /// The names that clauses may use.
    pub(super) scope: Scope<'static>,
    /// True once a pack statement gave the pack its name.
    named: bool,
    /// The same without `lead`, `person`, `account` and `now`, for what is computed once.
    pub(super) fixed: Scope<'static>,
}

impl<'a> Reader<'a> {
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
            names: Names::default(),
            faults,
            diagnostics: Vec::new(),
            untold: 0,
            broken: BTreeSet::new(),
            constants: Vec::new(),
            shared: Rc::default(),
            functions: AST::empty(),
            scope: dialect::names_in_force(),
            fixed: dialect::constants_only(),
            named: false,
        }
    }

    fn finish(mut self) -> Reading {
        if self.untold > 0 {
            let message = format!("and {} more", self.untold);
            let more = Diagnostic::error("too-many", Span::START, message).help("mend these first");
            self.diagnostics.push(Diagnostic { file: self.file.to_owned(), ..more });
        }
        self.diagnostics.sort_by_key(|diagnostic| (diagnostic.span, diagnostic.severity));
        Reading { pack: self.pack, diagnostics: self.diagnostics }
    }

    /// Keeps a diagnostic. What is wrong in a helper function is told once, however often it is called.
    pub fn tell(&mut self, diagnostic: Diagnostic) {
        let diagnostic = Diagnostic { file: self.file.to_owned(), ..diagnostic };
        if self.diagnostics.contains(&diagnostic) {
            return;
        }
        if self.diagnostics.len() >= limits::DIAGNOSTICS {
            self.untold += 1;
        } else {
            self.diagnostics.push(diagnostic);
        }
    }

    /// True once a pack statement gave the pack its name.
    pub fn is_named(&self) -> bool {
        self.named
    }

    /// Gives the pack its name.
    pub fn set_name(&mut self, name: String, span: Span) {
        if name.trim().is_empty() {
            return self.tell(Diagnostic::error("missing-name", span, "the name of this pack is empty"));
        }
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

    fn tell_fault(&mut self, fault: &Fault) {
        let (code, message, help) = match fault.kind {
            FaultKind::UnclosedText => ("unclosed-text", "this text has no end on its line", "close it with \""),
            FaultKind::UnclosedTemplate => {
                ("unclosed-text", "this text has no end", "close it with the sign that it begins with")
            }
            FaultKind::UnclosedComment => ("unclosed-comment", "this comment has no end", "close it with */"),
            FaultKind::SingleQuotes => {
                ("single-quotes", "a text stands between double quotes", "write \"...\" instead of '...'")
            }
            FaultKind::CurlyQuotes => {
                ("curly-quotes", "this is a quote from a word processor", "write the straight quote \"")
            }
        };
        self.tell(Diagnostic::error(code, fault.span, message).help(help));
    }

    /// Tells what is wrong with the shape of a statement; false when it cannot be read. Of what the scan could not read in
    /// it, only the first is told: the rest mostly follows from it.
    fn is_sound(&mut self, statement: &Statement, faults: &mut Vec<Fault>) -> bool {
        let bytes = statements::bytes(&self.tokens, &statement.tokens);
        let torn = faults.partition_point(|fault| fault.at < bytes.start)
            ..faults.partition_point(|fault| fault.at < bytes.end);
        if let Some(fault) = faults.drain(torn).next() {
            self.tell_fault(&fault);
            return false;
        }
        let Some(fault) = statement.fault else { return true };
        let sign = |place: usize| self.word(place);
        let (code, at, message, why, help) = match fault {
            ShapeFault::NoSemicolon => (
                "missing-semicolon",
                None,
                "this statement has no end".to_owned(),
                "without a ; the next statement would be taken for a part of it",
                "put a ; here",
            ),
            ShapeFault::Unclosed(at) => (
                "unclosed-bracket",
                Some(at),
                format!("this {} is never closed", sign(at)),
                "",
                "close it, or take it out",
            ),
            ShapeFault::Stray(at) => (
                "stray-bracket",
                Some(at),
                format!("this {} closes nothing", sign(at)),
                "",
                "take it out, or open it before",
            ),
            ShapeFault::TooDeep(at) => (
                "too-deep",
                Some(at),
                format!("more than {} brackets within brackets", limits::NESTING),
                "",
                "split the expression",
            ),
        };
        let span = match at {
            Some(at) => self.span(&(at..at + 1)),
            None => {
                let end = self.span(&(statement.tokens.end..statement.tokens.end));
                Span { end_column: end.column + 1, ..end }
            }
        };
        self.tell(Diagnostic::error(code, span, message).why(why).help(help));
        fault == ShapeFault::NoSemicolon
    }

    /// The clauses of a statement: each of the `known` at most once, those `needed` present, none empty.
    pub fn parts(&mut self, statement: &Statement, known: &[&'static str], needed: &[&'static str]) -> Option<Parts> {
        let head = self.word(statement.tokens.start);
        let mut parts = Parts::new();
        let mut sound = true;
        for clause in &statement.clauses {
            let word = self.word(clause.word);
            let span = self.span(&(clause.word..clause.word + 1));
            let Some(name) = known.iter().find(|name| **name == word) else {
                let help = if known.is_empty() { String::new() } else { format!("{head} knows {}", known.join(", ")) };
                self.tell(Diagnostic::error("misplaced-clause", span, format!("{head} has no {word}")).help(help));
                sound = false;
                continue;
            };
            if clause.tokens.is_empty() {
                self.tell(
                    Diagnostic::error("empty-clause", span, format!("nothing follows {word}"))
                        .help(format!("say what, or take {word} out")),
                );
                sound = false;
            } else if parts.insert(name, clause.tokens.clone()).is_some() {
                self.tell(
                    Diagnostic::error("duplicate-clause", span, format!("{word} stands here for the second time"))
                        .why("only one of them could be meant")
                        .help("join conditions with and; or make two statements"),
                );
                sound = false;
            }
        }
        for name in needed {
            if !statement.clauses.iter().any(|clause| self.word(clause.word) == *name) {
                let end = statement.tokens.end;
                let span = self.span(&(statement.tokens.start..end));
                let help = match *name {
                    "then" => "say what to do: then phone.to(\"decider\")",
                    "when" => "say when it holds: when lead.visits(7.days) >= 2",
                    "steps" => "list the touches: steps [email, phone.after(2.days)]",
                    "per" => "say in which time: per 7.days",
                    "given" => "describe the lead: given #{ stage: \"interest\" }",
                    "expect" => "say what should come out: expect phone.to(\"decider\")",
                    _ => "add it",
                };
                let code = match *name {
                    "then" => "missing-then",
                    "when" => "missing-when",
                    "steps" => "missing-steps",
                    "per" => "missing-per",
                    "given" => "missing-given",
                    "expect" => "missing-expect",
                    _ => "missing-clause",
                };
                self.tell(Diagnostic::error(code, span, format!("this {head} has no {name}")).help(help));
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
            self.tell(
                Diagnostic::error("missing-name", span, format!("this {head} has no name"))
                    .why("its name is how people and tests speak of it")
                    .help(format!("write {head} \"...\"")),
            );
            return None;
        }
        self.nothing_more(statement, place + 1)?;
        let name = self.text(&(place..place + 1))?;
        if name.trim().is_empty() {
            let span = self.span(&(place..place + 1));
            self.tell(Diagnostic::error("missing-name", span, format!("the name of this {head} is empty")));
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
        let meant = nearest(word, super::statements::CLAUSE_WORDS.iter().copied());
        let help = match meant {
            Some(meant) => format!("did you mean {meant}?"),
            None => "take it out, or put a word such as when or because before it".to_owned(),
        };
        let span = self.span(&(place..place + 1));
        self.tell(Diagnostic::error("unexpected", span, format!("{head} does not go on with this")).help(help));
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
        let help = match nearest(word.trim_matches('"'), known.iter().copied()) {
            Some(meant) if meant == word.trim_matches('"') => format!("write {meant} without quotes"),
            Some(meant) => format!("did you mean {meant}?"),
            None => format!("write one of {}", known.join(", ")),
        };
        let message = if word.is_empty() || statement.head.is_empty() {
            format!("{head} names no channel")
        } else {
            format!("{word} is not a channel")
        };
        self.tell(Diagnostic::error("unknown-channel", span, message).help(help));
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
            self.tell(
                Diagnostic::error("taken-name", span, format!("{name} is a word of the language"))
                    .help("take another name"),
            );
        } else if twice {
            self.tell(
                Diagnostic::error("duplicate-name", span, format!("{name} is declared twice"))
                    .help("take another name, or remove one"),
            );
        }
        let many = self.constants.len() >= limits::NAMES;
        if many && !taken && !twice {
            let message = format!("a pack holds at most {} settings and constants", limits::NAMES);
            self.tell(Diagnostic::error("too-many", span, message).help("split the pack"));
        }
        !taken && !twice && !many
    }

    /// Makes a setting or constant known to what is read after it.
    pub fn declare(&mut self, name: &str, value: Dynamic) {
        self.scope.push_constant_dynamic(name.to_owned(), Dynamic::UNIT);
        self.fixed.push_constant_dynamic(name.to_owned(), Dynamic::UNIT);
        self.constants.push((name.to_owned(), value));
        self.shared = Rc::new(Constants(self.constants.clone()));
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
    pub fn function(&mut self, range: &Range<usize>, name: Arc<str>, params: Vec<Arc<str>>) -> Option<Helper> {
        let place = self.span(range);
        let bytes = statements::bytes(&self.tokens, range);
        let depth = statements::depth(self.source, &self.tokens, range);
        if bytes.len() > limits::CLAUSE_BYTES || depth > limits::FUNCTION_DEPTH {
            self.tell(
                Diagnostic::error("too-deep", place, "this function is too long, or nested too deeply")
                    .help("split it"),
            );
            return None;
        }
        let text = self.source.get(bytes).unwrap_or_default();
        let scope = dialect::constants_only();
        match dialect::with_engine(|engine| engine.compile_with_scope(&scope, for_rhai(text))) {
            Ok(tree) => {
                self.functions = self.functions.merge(&tree);
                let places = Rc::new(Places::new(&Arc::from(text), place));
                Some(Helper { name, params, body: body_of(&tree), places, depth })
            }
            Err(error) => {
                let span = locate(text, place, error.position());
                let told = trouble::parsing(error.err_type());
                let mut diagnostic = Diagnostic::error(told.code, span, told.message).help(told.help);
                if let rhai::ParseErrorType::VariableUndefined(name) = error.err_type() {
                    diagnostic = diagnostic.why("a helper function sees only what is handed to it").help(format!(
                        "make {name} one of its parameters, and hand it over where you call the function"
                    ));
                }
                self.tell(diagnostic);
                None
            }
        }
    }

    /// All declarations are known.
    fn close_declarations(&mut self) {
        self.pack.facts.sort_by_key(|fact| fact.span);
        self.pack.settings.sort_by_key(|setting| setting.span);
    }
}

/// A value of Rhai's as one of ours, where there is one.
pub(super) fn plain(value: &Dynamic) -> Option<Value> {
    super::convert::from_dynamic(value.clone()).ok()
}
