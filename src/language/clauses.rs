//! Reads the expressions of a pack: parsed by Rhai, lowered to our tree and checked; or evaluated once, while the pack is read.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use rhai::{AST, Dynamic, ParseErrorType};

use crate::book::catalogue::{self, Subject};
use crate::book::vocabulary::{Outcome, Role, SignalKind, Stage};
use crate::calendar::units;
use crate::check::FOR_AUTHORS;
use crate::check::clause::{ClauseSource, check};
use crate::check::lints::known_where;
use crate::check::types::DeclaredFact;
use crate::diagnostics::finding::Finding;
use crate::diagnostics::{Severity, Span, codes};
use crate::evaluate::clause;
use crate::language::interpreter::{InterpretedProgram, locate};
use crate::language::lower::lower;
use crate::language::reader::PackReader;
use crate::language::scan::TokenKind;
use crate::language::shape::ClauseParts;
use crate::language::spelling::for_rhai;
use crate::language::values::to_dynamic;
use crate::language::{dialect, rhai_errors, statements, unknown_names};
use crate::limits;
use crate::pack::expression::{Body, Clause, Node};
use crate::pack::operations::most_operations;
use crate::pack::statement_forms::ClausePurpose;
use crate::pack::touch::BY;

impl PackReader<'_> {
    /// The value of an expression that is evaluated once, while the pack is read. It may use settings and constants, not leads. Reports and
    /// returns `None` when it has no value.
    pub fn constant_value(&mut self, range: &Range<usize>) -> Option<Dynamic> {
        let (mut program, mut findings) = self.parse(range, true, false)?;
        self.names.in_example = false;
        let lowered = lower(&program.tree, &program.text, program.span, &self.names);
        findings.extend(lowered.findings);
        let has_error = findings.iter().any(|finding| finding.severity == Severity::Error);
        findings.into_iter().for_each(|finding| self.report(finding));
        if has_error {
            return None;
        }
        let value = if self.is_literal(range) {
            program.literal()
        } else {
            // Our own evaluator first: an engine that runs registers all functions, and most packs do not need one.
            let constant = match &lowered.body {
                Body::Compiled(node) => clause::constant(node).ok(),
                Body::Interpreted { .. } => None,
            };
            constant.map_or_else(
                || {
                    self.add_functions(&mut program);
                    program.constant()
                },
                |value| Ok(to_dynamic(&value)),
            )
        };
        match value {
            Ok(value) => Some(value),
            Err(problem) => {
                self.report(Finding::error(codes::NO_VALUE, problem.span).with("sentence", problem.sentence));
                None
            }
        }
    }

    /// Whether these tokens are a literal: texts, numbers and constants, also in lists and maps.
    fn is_literal(&self, range: &Range<usize>) -> bool {
        range.clone().all(|index| match self.kind_at(index) {
            Some(
                TokenKind::Text
                | TokenKind::Number
                | TokenKind::Comma
                | TokenKind::Open('{' | '[')
                | TokenKind::Close(_),
            ) => true,
            Some(TokenKind::Word) => {
                let word = self.text_at(index);
                matches!(word, "true" | "false") || self.text_at(index + 1) == ":" || self.pack_constants.has(word)
            }
            Some(TokenKind::Sign) => matches!(self.text_at(index), "#" | ":"),
            _ => false,
        })
    }

    /// The value of a text that is evaluated once; reports and returns `None` when it is no text.
    pub fn text_value(&mut self, range: &Range<usize>) -> Option<String> {
        let value = self.constant_value(range)?;
        match value.into_string() {
            Ok(text) => Some(text),
            Err(_) => {
                let span = self.span_of(range);
                self.report(Finding::error(codes::NOT_A_TEXT, span));
                None
            }
        }
    }

    /// The text of an optional clause, such as the `because` of a setting.
    pub fn optional_text(&mut self, parts: &ClauseParts, word: &str) -> Option<String> {
        let range = parts.get(word)?.clone();
        self.text_value(&range)
    }

    /// An optional clause.
    ///
    /// # Errors
    /// When the clause is there and has an error, which is reported.
    pub fn optional_clause(&mut self, parts: &ClauseParts, word: &str) -> Result<Option<Clause>, ()> {
        match parts.get(word) {
            None => {
                self.begin_clause(word);
                Ok(None)
            }
            Some(_) => self.required_clause(parts, word).map(Some).ok_or(()),
        }
    }

    /// A required clause; `None` when it has an error, which is reported.
    pub fn required_clause(&mut self, parts: &ClauseParts, word: &str) -> Option<Clause> {
        let (range, purpose) = (parts.get(word)?, parts.purpose(word)?);
        self.clause_of(word, range, purpose)
    }

    /// Reads a clause, and records which values are known when a `when` holds: the other clauses are evaluated only then, and are read after
    /// it.
    fn clause_of(&mut self, word: &str, range: &Range<usize>, purpose: ClausePurpose) -> Option<Clause> {
        self.begin_clause(word);
        let clause = self.clause(range, purpose);
        if FOR_AUTHORS && word == "when" {
            self.known_values = match clause.as_ref().map(|clause| &clause.body) {
                Some(Body::Compiled(node)) => Some(known_where(node)),
                _ => None,
            };
        }
        clause
    }

    /// Forgets the known values of the previous statement, whether this one has a `when` or not.
    fn begin_clause(&mut self, word: &str) {
        if word == "when" {
            self.known_values = Some(Vec::new());
        }
    }

    /// Reads one expression for this purpose: parsed by Rhai, lowered to our tree, checked. `None` when it has an error, which is reported.
    pub fn clause(&mut self, range: &Range<usize>, purpose: ClausePurpose) -> Option<Clause> {
        self.clause_with_program(range, purpose).map(|(clause, _)| clause)
    }

    /// The program of one expression of an example, read as a [`clause`](Self::clause) is.
    pub fn example_program(&mut self, range: &Range<usize>, purpose: ClausePurpose) -> Option<Arc<InterpretedProgram>> {
        self.clause_with_program(range, purpose).map(|(_, program)| program)
    }

    fn clause_with_program(
        &mut self,
        range: &Range<usize>,
        purpose: ClausePurpose,
    ) -> Option<(Clause, Arc<InterpretedProgram>)> {
        let in_example = matches!(purpose, ClausePurpose::Given | ClausePurpose::Expected | ClausePurpose::Rows);
        let touches = matches!(purpose, ClausePurpose::Touches | ClausePurpose::Steps | ClausePurpose::Expected);
        let (clause, program, mut findings, tree) = self.parse_and_lower(range, in_example, touches)?;
        if !matches!(purpose, ClausePurpose::Expected | ClausePurpose::Rows)
            && let Some(index) = self.find_by(range)
        {
            findings.push(unknown_names::by(self.span_of(&(index..index + 1))));
        }
        let own = |name: &str| {
            let kind = *self.names.facts.get(name)?;
            Some(DeclaredFact { kind, span: self.first_span("fact", name).unwrap_or_default() })
        };
        findings.extend(check(
            &tree,
            ClauseSource {
                purpose,
                source: self.source,
                own: &own,
                declared_thousands: &self.declared_thousands,
                known_values: self.known_values.as_deref(),
            },
        ));
        if FOR_AUTHORS
            && let Body::Interpreted { why } = &clause.body
            && findings.is_empty()
            && !in_example
        {
            findings.push(Finding::note(codes::INTERPRETED, clause.span).with("why", why.clone()));
        }
        let has_error = findings.iter().any(|finding| finding.severity == Severity::Error);
        for finding in findings {
            self.report(finding);
        }
        (!has_error).then_some((clause, program))
    }

    /// Parses and lowers one expression: the clause, its program, the findings so far, and the tree for the checker.
    fn parse_and_lower(
        &mut self,
        range: &Range<usize>,
        in_example: bool,
        touches: bool,
    ) -> Option<(Clause, Arc<InterpretedProgram>, Vec<Finding>, Node)> {
        let (mut program, mut findings) = self.parse(range, in_example, touches)?;
        let span = self.span_of(range);
        self.names.in_example = in_example;
        let lowered = lower(&program.tree, &program.text, span, &self.names);
        findings.extend(lowered.findings);
        self.add_functions(&mut program);
        let operations = match &lowered.body {
            Body::Compiled(node) => most_operations(node),
            Body::Interpreted { .. } => 0,
        };
        let program = Arc::new(program);
        let clause = Clause {
            source: program.text.clone(),
            span,
            body: lowered.body,
            operations,
            program: program.clone(),
            owners: None,
            reads_person: self.reads_variable(range, "person", None),
        };
        Some((clause, program, findings, lowered.tree))
    }

    /// Makes the helper functions available to an interpreted program.
    fn add_functions(&self, program: &mut InterpretedProgram) {
        if self.functions.has_functions() {
            let statements = program.tree.statements().to_vec();
            program.tree = AST::new(statements, self.functions.shared_lib().clone());
            program.step_cost = program.step_cost.max(self.names.step_cost_of_helpers(&program.text));
        }
    }

    /// Warns about `person` in clauses that are not evaluated for a person.
    pub fn warn_about_person<'r>(&mut self, clauses: impl IntoIterator<Item = &'r Range<usize>>) {
        for range in clauses.into_iter().filter(|_| FOR_AUTHORS) {
            let read = range.clone().find(|index| self.reads_variable(&(*index..*index + 1), "person", None));
            if let Some(index) = read {
                let span = self.span_of(&(index..index + 1));
                self.report(Finding::warning(codes::NO_PERSON, span));
            }
        }
    }

    /// Whether these tokens read this variable, or, with a `field`, this field of it.
    pub fn reads_variable(&self, range: &Range<usize>, variable: &str, field: Option<&str>) -> bool {
        range.clone().any(|index| {
            let bare = index.checked_sub(1).and_then(|before| self.kind_at(before)) != Some(TokenKind::Dot);
            let fits = field.is_none_or(|field| {
                self.kind_at(index + 1) == Some(TokenKind::Dot) && self.text_at(index + 2) == field
            });
            bare && self.kind_at(index) == Some(TokenKind::Word) && self.text_at(index) == variable && fits
        })
    }

    /// Parses an expression. Unknown names are returned as findings, so that the rest of the expression can be checked too; any other error
    /// is reported, and gives `None`. `is_constant` is true for an expression that cannot read a lead, `touches` for one that proposes
    /// touches.
    fn parse(
        &mut self,
        range: &Range<usize>,
        is_constant: bool,
        touches: bool,
    ) -> Option<(InterpretedProgram, Vec<Finding>)> {
        let clause_span = self.span_of(range);
        let bytes = statements::byte_range(&self.tokens, range);
        if bytes.len() > limits::CLAUSE_BYTES {
            self.report(
                Finding::error(codes::TOO_LARGE, clause_span)
                    .message("too-large-clause")
                    .with("limit", limits::CLAUSE_BYTES),
            );
            return None;
        }
        if statements::depth_bound(self.source, &self.tokens, range) > limits::DEPTH {
            self.report(Finding::error(codes::TOO_DEEP, clause_span));
            return None;
        }
        let text = self.source.get(bytes).unwrap_or_default();
        let mut scope = Cow::Borrowed(if is_constant { &self.constant_scope } else { &self.clause_scope });
        let mut findings: Vec<Finding> = Vec::new();
        // Rhai's parser stops at the first unknown name: it is recorded and declared, and the text is parsed again.
        let parsed = loop {
            let parsed = dialect::parse_with(|engine| engine.compile_expression_with_scope(&scope, for_rhai(text)));
            let Err(error) = &parsed else { break parsed };
            let ParseErrorType::VariableUndefined(name) = error.err_type() else { break parsed };
            if findings.len() >= limits::UNKNOWN_NAMES {
                break parsed;
            }
            let first = locate(text, clause_span, error.position());
            findings.extend(self.unknown_name(range, name, first, is_constant, touches));
            scope.to_mut().push_constant_dynamic(name.clone(), Dynamic::UNIT);
        };
        match parsed {
            // An expression that reads a name with a broken declaration is left out; the declaration has a finding already.
            Ok(_) if range.clone().any(|index| self.broken_names.contains(self.text_at(index))) => {
                findings.into_iter().for_each(|finding| self.report(finding));
                None
            }
            Ok(tree) => {
                let constants = self.pack_constants.of(text);
                let times = self.names.times();
                Some((InterpretedProgram::new(tree, constants, times, Arc::from(text), clause_span), findings))
            }
            Err(error) => {
                let span = locate(text, clause_span, error.position());
                let at = range.clone().find(|index| self.span_of(&(*index..*index + 1)) == span);
                // `because They asked`: an error right after an unknown name is its consequence.
                let follows = at.and_then(|at| at.checked_sub(1)).map(|before| self.span_of(&(before..before + 1)));
                if !findings.iter().any(|finding| Some(finding.span) == follows) {
                    findings.push(match at {
                        Some(at) if self.text_at(at) == "=" => {
                            self.assignment_hint(Finding::error(codes::SYNTAX, span).message("syntax-equal"), range, at)
                        }
                        at => at
                            .and_then(|at| self.typo_hint(range, at, touches))
                            .unwrap_or_else(|| rhai_errors::parsing(error.err_type(), span, self.source)),
                    });
                }
                findings.into_iter().for_each(|finding| self.report(finding));
                None
            }
        }
    }

    /// The findings about an unknown name, one for each occurrence; `first` is the span at which the parser stopped.
    fn unknown_name(
        &self,
        range: &Range<usize>,
        name: &str,
        first: Span,
        is_constant: bool,
        touches: bool,
    ) -> Vec<Finding> {
        let is_name = |index: &usize| {
            let after_dot = index.checked_sub(1).and_then(|before| self.kind_at(before)) == Some(TokenKind::Dot);
            self.text_at(*index) == name
                && self.kind_at(*index) == Some(TokenKind::Word)
                && !after_dot
                && self.text_at(index + 1) != ":"
        };
        let mut indexes: Vec<usize> = range.clone().filter(is_name).collect();
        if indexes.is_empty() {
            indexes.extend(range.clone().find(|index| self.span_of(&(*index..*index + 1)) == first));
        }
        let finding = |index: usize| {
            let span = self.span_of(&(index..index + 1));
            if touches && self.begins_touch(range, index) {
                unknown_names::action(span, name)
            } else {
                self.suggestion(Finding::error(codes::UNKNOWN_NAME, span).with("name", name), span, name, is_constant)
            }
        };
        match indexes.as_slice() {
            [] => vec![self.suggestion(
                Finding::error(codes::UNKNOWN_NAME, first).with("name", name),
                first,
                name,
                is_constant,
            )],
            indexes => indexes.iter().map(|index| finding(*index)).collect(),
        }
    }

    /// The index of `by` in `.by(`, which only an example may use.
    fn find_by(&self, range: &Range<usize>) -> Option<usize> {
        range.clone().skip(1).find(|index| {
            self.text_at(*index) == BY
                && self.kind_at(index - 1) == Some(TokenKind::Dot)
                && self.kind_at(index + 1) == Some(TokenKind::Open('('))
        })
    }

    /// Whether a touch may begin at this token: at the start of the clause, in a list, or in a branch of an `if`.
    fn begins_touch(&self, range: &Range<usize>, index: usize) -> bool {
        index == range.start
            || index.checked_sub(1).is_some_and(|before| {
                matches!(self.kind_at(before), Some(TokenKind::Comma | TokenKind::Open('[' | '{')))
            })
    }

    /// Adds to the finding about `=` at this token what to write instead: `is`, or `:` in a map.
    fn assignment_hint(&self, finding: Finding, range: &Range<usize>, index: usize) -> Finding {
        let sign = self.span_of(&(index..index + 1));
        let map = self
            .enclosing_bracket(range, index)
            .is_some_and(|open| self.text_at(open) == "{" && self.text_at(open - 1) == "#");
        if map {
            return finding.message("syntax-equal-map").replace(sign, ":");
        }
        let finding = finding.replace(sign, "is");
        let part = |index: &usize| {
            matches!(self.kind_at(*index), Some(TokenKind::Word | TokenKind::Dot))
                && !matches!(self.text_at(*index), "and" | "or" | "not" | "if")
        };
        let left: Vec<usize> = (range.start..index).rev().take_while(part).collect();
        let left: String = left.iter().rev().map(|index| self.text_at(*index)).collect();
        let value = matches!(self.kind_at(index + 1), Some(TokenKind::Text | TokenKind::Number | TokenKind::Word));
        if left.is_empty() || !value || index + 1 >= range.end {
            return finding.help("help-is-instead");
        }
        finding.with("meant", format!("{left} is {}", self.text_at(index + 1))).help("help-is-instead-as")
    }

    /// Adds to the finding about an unknown name what may be meant.
    fn suggestion(&self, finding: Finding, span: Span, name: &str, is_constant: bool) -> Finding {
        let value = match name.to_lowercase().as_str() {
            "yes" | "true" => Some("true".to_owned()),
            "no" | "false" => Some("false".to_owned()),
            "none" | "unknown" | "empty" | "null" => Some("()".to_owned()),
            unit if units::unit(unit).is_some() => Some(format!("1.{unit}")),
            _ => None,
        };
        if let Some(value) = value {
            return finding.with("meant", value.as_str()).help("help-write").replace(span, value);
        }
        if is_constant && dialect::SUBJECT_WORDS.contains(&name) {
            return finding.help("help-computed-once");
        }
        if self.names.facts.contains_key(name)
            || catalogue::find(Subject::Lead, name).is_some_and(|entry| entry.params.is_none())
        {
            return finding.help("help-write-lead").replace(span, format!("lead.{name}"));
        }
        if catalogue::find(Subject::Lead, name).is_some() {
            return finding.help("help-write-lead");
        }
        let word = Stage::from_word(name).is_some()
            || Role::from_word(name).is_some()
            || Outcome::from_word(name).is_some()
            || SignalKind::from_word(name).is_some();
        if word {
            return finding.help("help-write-quoted").replace(span, format!("\"{name}\""));
        }
        let mut known: Vec<&str> = dialect::constant_words().chain(dialect::SUBJECT_WORDS.iter().copied()).collect();
        known.extend(self.names.settings.keys().chain(self.names.constants.keys()).map(|known| &**known));
        finding.near_name(span, name, known).or_help("help-quote-or-declare")
    }
}
