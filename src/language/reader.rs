//! The pack reader: from the text of a file to its statements as data, and the diagnostics about it.
//!
//! Reading never fails as a whole. A statement with an error is reported and left out; the others are read. What a statement that is left out
//! may have forbidden is recorded, for packs that are law. Settings, constants, facts and helper functions are read in a first pass, so that
//! they can be used before they are declared.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::rc::Rc;
use std::sync::Arc;

use rhai::{AST, Dynamic, Scope};

use crate::book::value::Value;
use crate::check::FOR_AUTHORS;
use crate::check::lints::missing_reason;
use crate::check::lints::thousands_dot::{self, WrittenNumber};
use crate::diagnostics::finding::Finding;
use crate::diagnostics::{Diagnostic, Severity, Span, codes};
use crate::language::interpreter::{PackConstants, locate};
use crate::language::line_ends::with_line_feeds;
use crate::language::lower::{check_helper, function_body};
use crate::language::names::{HelperFunction, PackNames, words};
use crate::language::operation_meter::step_cost;
use crate::language::scan::{ScanFault, Token, TokenKind, scan};
use crate::language::source_map::SourceMap;
use crate::language::spelling::for_rhai;
use crate::language::statements::{self, Statement, split, token_text};
use crate::language::values::from_dynamic;
use crate::language::{dialect, forms, rhai_errors};
use crate::pack::Overrides;
use crate::pack::expression::Node;
use crate::pack::statement_forms::{StatementKind, is_reserved};
use crate::pack::statements::Pack;
use crate::{limits, order};

/// A pack and its diagnostics.
#[derive(Clone, Debug)]
pub struct ParsedPack {
    /// The statements that could be read.
    pub pack: Pack,
    /// The findings, in file order.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads one pack from its text, with its examples in a build [`FOR_AUTHORS`]. `file` is the file's name, for messages; `overrides` replace the values of settings.
pub fn read(file: &str, source: &str, overrides: &Overrides) -> ParsedPack {
    read_except(file, source, overrides, |kind| !FOR_AUTHORS && kind == StatementKind::Example)
}

/// Reads a pack without its examples: checking that they can be run takes as long as reading all other statements.
pub fn read_without_examples(file: &str, source: &str, overrides: &Overrides) -> ParsedPack {
    read_except(file, source, overrides, |kind| kind == StatementKind::Example)
}

/// Reads a pack without the statements of the kinds for which `skip` is true. Only for kinds that no other statement refers to.
fn read_except(file: &str, source: &str, overrides: &Overrides, skip: impl Fn(StatementKind) -> bool) -> ParsedPack {
    let source = with_line_feeds(source.strip_prefix('\u{feff}').unwrap_or(source));
    let source = &*source;
    let mut reader = PackReader::new(file, source, overrides);
    if source.len() > limits::PACK_BYTES {
        reader.report(
            Finding::error(codes::TOO_LARGE, Span::START).message("too-large-pack").with("limit", limits::PACK_BYTES),
        );
        reader.header_is_unread();
        reader.record_unread_rest(Span::START);
        return reader.finish();
    }
    // In UTF-16 every other byte of plain letters is zero, in UTF-32 three of four. One zero byte in a text is a fault of its statement.
    if source.matches('\0').count() > source.chars().count() / 4 {
        // UTF-16, UTF-32, or no text at all: the file may be law, and nothing of it can be read.
        reader.report(Finding::error(codes::UNREADABLE_CHARACTERS, Span::START).message("unreadable-file"));
        reader.header_is_unread();
        reader.record_unread_rest(Span::START);
        return reader.finish();
    }
    reader.report_unreadable_characters();
    let statements = split(source, &reader.tokens);
    let mut faults = std::mem::take(&mut reader.faults);
    order::sort_by_key(&mut faults, |fault| fault.at);
    if let Some(statement) = statements.get(limits::STATEMENTS) {
        let span = reader.span_of(&statement.tokens);
        reader.report(
            Finding::error(codes::TOO_MANY, span).message("too-many-statements").with("limit", limits::STATEMENTS),
        );
        reader.record_unread_rest(span);
    }
    let read = statements.iter().take(limits::STATEMENTS);
    let readable: Vec<&Statement> = read.filter(|statement| reader.check_shape(statement, &mut faults)).collect();
    for fault in &faults {
        reader.report_scan_fault(fault);
        reader.record_unread_rest(fault.span);
    }
    for statement in &readable {
        forms::declare(&mut reader, statement);
    }
    reader.sort_declarations();
    let wanted = readable.iter().copied().filter(|statement| !statement.form.is_some_and(|form| skip(form.kind)));
    for statement in wanted {
        forms::read(&mut reader, statement);
    }
    if FOR_AUTHORS {
        reader.check_uncalled_helpers();
        forms::report_unused_settings(&mut reader, &readable);
        let without_reason = missing_reason::findings(&reader.rules_without_reason);
        without_reason.into_iter().for_each(|finding| reader.report(finding));
    }
    reader.finish()
}

/// The state while one pack is read.
pub(super) struct PackReader<'a> {
    pub file: &'a str,
    pub source: &'a str,
    pub tokens: Vec<Token>,
    pub overrides: &'a Overrides,
    pub pack: Pack,
    /// The names declared so far.
    pub names: PackNames,
    faults: Vec<ScanFault>,
    diagnostics: Vec<Diagnostic>,
    /// How many errors were reported, also those that were dropped.
    errors: usize,
    /// How many findings were dropped because of [`limits::DIAGNOSTICS`].
    dropped_findings: usize,
    /// Declared names whose declaration could not be read.
    pub(super) broken_names: BTreeSet<String>,
    /// Settings and constants with their values.
    pub(super) pack_constants: PackConstants,
    /// The compiled helper functions.
    pub(super) functions: AST,
    /// The values that are known when the `when` of the current statement holds; `None` when its `when` is interpreted or broken.
    pub(super) known_values: Option<Vec<Node>>,
    /// The names that clauses may use, for Rhai's parser.
    pub(super) clause_scope: Scope<'static>,
    /// The numbers with a dot of thousands in the declarations of settings and constants, by name.
    pub(super) declared_thousands: BTreeMap<String, Vec<WrittenNumber>>,
    /// The names of the rules without `because`.
    pub(super) rules_without_reason: Vec<Span>,
    /// Whether a `pack` statement has named the pack.
    named: bool,
    /// Where names were declared first, by kind of name and name.
    name_spans: BTreeMap<(&'static str, String), Span>,
    /// [`Self::clause_scope`] without `lead`, `person`, `account` and `now`, for values that are computed once.
    pub(super) constant_scope: Scope<'static>,
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
            errors: 0,
            dropped_findings: 0,
            broken_names: BTreeSet::new(),
            pack_constants: PackConstants::default(),
            functions: AST::empty(),
            known_values: None,
            clause_scope: dialect::clause_scope(),
            constant_scope: dialect::constant_scope(),
            declared_thousands: BTreeMap::new(),
            rules_without_reason: Vec::new(),
            named: false,
            name_spans: BTreeMap::new(),
        }
    }

    fn finish(mut self) -> ParsedPack {
        if self.dropped_findings > 0 {
            let more = Finding::error(codes::TOO_MANY, Span::START)
                .message("too-many-findings")
                .with("count", self.dropped_findings);
            self.diagnostics.push(more.render(self.file));
        }
        order::sort_by_key(&mut self.diagnostics, |diagnostic| (diagnostic.span, diagnostic.severity));
        self.pack.count_operations();
        ParsedPack { pack: self.pack, diagnostics: self.diagnostics }
    }

    /// Records a finding. Equal findings are recorded once, such as those in a helper function that is called several times.
    pub fn report(&mut self, finding: Finding) {
        if !FOR_AUTHORS && finding.severity != Severity::Error {
            return;
        }
        self.errors += usize::from(finding.severity == Severity::Error);
        if self.diagnostics.len() >= limits::DIAGNOSTICS {
            self.dropped_findings += 1;
            return;
        }
        let diagnostic = finding.render(self.file);
        if !self.diagnostics.contains(&diagnostic) {
            self.diagnostics.push(diagnostic);
        }
    }

    /// Reports the first character that stands for bytes that could not be read, with the number of them.
    fn report_unreadable_characters(&mut self) {
        const UNREADABLE: char = '\u{FFFD}';
        let Some((before, _)) = self.source.split_once(UNREADABLE) else { return };
        let count = self.source.matches(UNREADABLE).count();
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        let place = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let start =
            Span { line: place(line), column: place(column), end_line: place(line), end_column: place(column + 1) };
        self.report(Finding::warning(codes::UNREADABLE_CHARACTERS, start).with("count", count));
    }

    /// How many errors were reported so far.
    pub fn errors(&self) -> usize {
        self.errors
    }

    /// Records that the `pack` statement has an error. It may have said that the pack is law, so the pack counts as hard.
    pub fn header_is_unread(&mut self) {
        self.pack.about.hard = true;
    }

    /// Records where a name of this kind is declared, for findings about a second declaration.
    pub fn record_name(&mut self, what: &'static str, name: &str, span: Span) {
        self.name_spans.insert((what, name.to_owned()), span);
    }

    /// Where this name of this kind was declared first; `None` when it was not.
    pub fn first_span(&self, what: &'static str, name: &str) -> Option<Span> {
        self.name_spans.get(&(what, name.to_owned())).copied()
    }

    /// Whether a `pack` statement has named the pack.
    pub fn is_named(&self) -> bool {
        self.named
    }

    /// Names the pack; an empty name is reported.
    pub fn set_name(&mut self, name: String, span: Span) {
        if name.trim().is_empty() {
            let finding = Finding::error(codes::MISSING_NAME, span).message("missing-name-empty").with("head", "pack");
            return self.report(finding);
        }
        self.record_name("pack", "", span);
        self.pack.about.name = name;
        self.named = true;
    }

    // ---- tokens -------------------------------------------------------------------------------------------------

    /// The text of the token at this index; empty beyond the last token.
    pub fn text_at(&self, index: usize) -> &'a str {
        self.tokens.get(index).map_or("", |token| token_text(self.source, token))
    }

    /// The kind of the token at this index; `None` beyond the last token.
    pub fn kind_at(&self, index: usize) -> Option<TokenKind> {
        self.tokens.get(index).map(|token| token.kind)
    }

    /// The span of these tokens.
    pub fn span_of(&self, range: &Range<usize>) -> Span {
        statements::span(&self.tokens, range)
    }

    // ---- declarations -------------------------------------------------------------------------------------------

    /// Whether a setting or constant may be declared with this name; reports when it may not, and records the name otherwise.
    pub fn claim_name(&mut self, name: &str, span: Span) -> bool {
        let taken = is_taken(name);
        let declared = self.names.settings.contains_key(name) || self.names.constants.contains_key(name);
        if taken {
            self.report(Finding::error(codes::TAKEN_NAME, span).with("name", name));
        } else if declared {
            let finding =
                Finding::error(codes::DUPLICATE_NAME, span).message("duplicate-name-declared").with("name", name);
            self.report(match self.first_span("name", name) {
                Some(first) => finding.related(first, "related-first"),
                None => finding,
            });
        }
        let too_many = self.pack_constants.len() >= limits::NAMES;
        if too_many && !taken && !declared {
            self.report(Finding::error(codes::TOO_MANY, span).message("too-many-names").with("limit", limits::NAMES));
        }
        if !taken && !declared {
            self.record_name("name", name, span);
        }
        !taken && !declared && !too_many
    }

    /// Makes a setting or constant available to the clauses that are read after it.
    pub fn declare_constant(&mut self, name: &str, value: Dynamic) {
        self.clause_scope.push_constant_dynamic(name.to_owned(), Dynamic::UNIT);
        self.constant_scope.push_constant_dynamic(name.to_owned(), Dynamic::UNIT);
        self.pack_constants.add(name, value);
    }

    /// Records the numbers with a dot of thousands in the value of a setting or constant: of a number, or a list of numbers.
    pub fn record_thousands(&mut self, name: &str, value: &Range<usize>) {
        let is_plain = |index: usize| match self.kind_at(index) {
            Some(TokenKind::Sign) => matches!(self.text_at(index), "-" | "+"),
            kind => {
                matches!(kind, Some(TokenKind::Number | TokenKind::Comma | TokenKind::Open(_) | TokenKind::Close(_)))
            }
        };
        if !value.clone().all(is_plain) {
            return;
        }
        let is_thousands = |index: &usize| thousands_dot::is_thousands(self.text_at(*index));
        let number = |index: usize| (self.span_of(&(index..index + 1)), self.text_at(index).to_owned());
        let numbers: Vec<WrittenNumber> = value.clone().filter(is_thousands).map(number).collect();
        if !numbers.is_empty() {
            self.declared_thousands.insert(name.to_owned(), numbers);
        }
    }

    /// Whether the columns of a table may have this name: nothing else that clauses can read has it.
    pub fn is_free_for_column(&self, name: &str) -> bool {
        let is_word = name.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_');
        is_word && name.starts_with(|first: char| !first.is_ascii_digit()) && !is_taken(name) && !self.is_declared(name)
    }

    /// Does `work` while clauses may use the columns of a table, of which the values come later.
    pub fn with_columns<T>(&mut self, columns: &[Arc<str>], work: impl FnOnce(&mut Self) -> T) -> T {
        let (scope, constants) = (self.constant_scope.len(), self.pack_constants.len());
        for column in columns {
            self.constant_scope.push_constant_dynamic(column.to_string(), Dynamic::UNIT);
            self.pack_constants.add(column, Dynamic::UNIT);
        }
        let result = work(self);
        self.constant_scope.rewind(scope);
        self.pack_constants.truncate(constants);
        result
    }

    /// Whether a setting or constant has this name, or the language itself defines it.
    pub fn is_declared(&self, name: &str) -> bool {
        self.pack_constants.has(name) || dialect::constant_words().any(|word| word == name)
    }

    /// Declares a setting or constant that could not be read, so that its uses are not reported too.
    pub fn declare_broken(&mut self, name: &str) {
        self.broken_names.insert(name.to_owned());
        if self.pack_constants.len() < limits::NAMES {
            self.declare_constant(name, Dynamic::UNIT);
        }
    }

    /// Compiles the helper function of these tokens; reports and returns `None` when it cannot be parsed or is too large.
    pub fn compile_helper(
        &mut self,
        range: &Range<usize>,
        name: Arc<str>,
        params: Vec<Arc<str>>,
    ) -> Option<HelperFunction> {
        let function_span = self.span_of(range);
        let bytes = statements::byte_range(&self.tokens, range);
        let depth = statements::depth_bound(self.source, &self.tokens, range);
        if bytes.len() > limits::CLAUSE_BYTES || depth > limits::FUNCTION_DEPTH {
            self.report(Finding::error(codes::TOO_DEEP, function_span).message("too-deep-function"));
            return None;
        }
        let text = self.source.get(bytes).unwrap_or_default();
        let scope = dialect::constant_scope();
        match dialect::parse_with(|engine| engine.compile_with_scope(&scope, for_rhai(text))) {
            Ok(tree) => {
                self.functions = self.functions.merge(&tree);
                let source_map = Rc::new(SourceMap::new(&Arc::from(text), function_span));
                Some(HelperFunction {
                    name,
                    params,
                    body: function_body(&tree),
                    source_map,
                    depth,
                    is_called: Cell::new(false),
                    step_cost: step_cost(text),
                    words: words(text),
                })
            }
            Err(error) => {
                let span = locate(text, function_span, error.position());
                let mut finding = rhai_errors::parsing(error.err_type(), span, self.source);
                if let rhai::ParseErrorType::VariableUndefined(_) = error.err_type() {
                    finding = finding.why("why-helper-sees").help("help-helper-parameter");
                }
                self.report(finding);
                None
            }
        }
    }

    /// Reports the unknown names in helper functions that no clause calls. Such a function may be meant for rules or for examples, so only
    /// findings that occur in both are reported.
    fn check_uncalled_helpers(&mut self) {
        let mut names = std::mem::take(&mut self.names);
        let mut found: Vec<Finding> = Vec::new();
        for index in 0..names.helpers.len() {
            let mut check = |in_example| {
                names.in_example = in_example;
                let helper = names.helpers.get(index).filter(|helper| !helper.is_called.get() || in_example);
                helper.map(|helper| check_helper(helper, &names)).unwrap_or_default()
            };
            let in_rules = check(false);
            if in_rules.is_empty() {
                continue;
            }
            let in_examples = check(true);
            found.extend(in_rules.into_iter().filter(|one| in_examples.iter().any(|other| other.span == one.span)));
        }
        self.names = names;
        found.into_iter().for_each(|finding| self.report(finding));
    }

    /// Puts the declarations in file order.
    fn sort_declarations(&mut self) {
        order::sort_by_key(&mut self.pack.facts, |fact| fact.span);
        order::sort_by_key(&mut self.pack.settings, |setting| setting.span);
    }
}

/// Whether the language itself uses this word.
fn is_taken(name: &str) -> bool {
    dialect::SUBJECT_WORDS.contains(&name)
        || dialect::constant_words().any(|word| word == name)
        || name == "any"
        || is_reserved(name)
        || matches!(name, "and" | "or" | "not" | "is")
}

/// A value of Rhai's as one of ours; `None` when ours cannot hold it, such as a map.
pub(super) fn to_value(value: &Dynamic) -> Option<Value> {
    from_dynamic(value.clone()).ok()
}
