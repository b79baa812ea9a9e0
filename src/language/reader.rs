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
use crate::diagnostics::finding::Finding;
use crate::diagnostics::{Diagnostic, Span, codes};
use crate::language::lower::{body_of, look_into};
use crate::language::names::{HelperFunction, PackNames};
use crate::language::scan::{ScanFault, Token, TokenKind, scan};
use crate::language::source_map::SourceMap;
use crate::language::spelling::for_rhai;
use crate::language::statements::{self, Statement, cut, text};
use crate::language::walker::{PackConstants, locate};
use crate::language::{dialect, forms, rhai_errors};
use crate::pack::Overrides;
use crate::pack::expression::Node;
use crate::pack::statement_forms::{StatementForm, clause_words};
use crate::pack::statements::Pack;
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
    order::sort_by_key(&mut faults, |fault| fault.at);
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
        order::sort_by_key(&mut self.diagnostics, |diagnostic| (diagnostic.span, diagnostic.severity));
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

    // ---- declarations -------------------------------------------------------------------------------------------

    /// True when a name is free; tells when it is not.
    pub fn is_free(&mut self, name: &str, span: Span) -> bool {
        let taken = dialect::SUBJECT_WORDS.contains(&name)
            || dialect::constant_words().any(|word| word == name)
            || name == "any"
            || StatementForm::of(name).is_some()
            || clause_words().contains(&name)
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
        order::sort_by_key(&mut self.pack.facts, |fact| fact.span);
        order::sort_by_key(&mut self.pack.settings, |setting| setting.span);
    }
}

/// A value of Rhai's as one of ours, where there is one.
pub(super) fn plain(value: &Dynamic) -> Option<Value> {
    crate::language::values::from_dynamic(value.clone()).ok()
}
