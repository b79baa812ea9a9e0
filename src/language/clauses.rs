//! The expressions of a pack: parsed by Rhai, lowered to our tree, checked; or computed once, while reading.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use rhai::{AST, Dynamic, ParseErrorType};

use crate::book::catalogue::{self, Subject};
use crate::book::vocabulary::{Outcome, Role, SignalKind, Stage};
use crate::calendar::units;
use crate::check::clause::{ClauseSource, check};
use crate::check::lints::known_where;
use crate::check::types::DeclaredFact;
use crate::diagnostics::finding::Finding;
use crate::diagnostics::{Severity, Span, codes};
use crate::evaluate::clause;
use crate::language::lower::lower;
use crate::language::reader::PackReader;
use crate::language::scan::TokenKind;
use crate::language::shape::ClauseParts;
use crate::language::spelling::for_rhai;
use crate::language::values::to_dynamic;
use crate::language::walker::{InterpretedProgram, locate};
use crate::language::{dialect, rhai_errors, statements, unknown_names};
use crate::limits;
use crate::pack::expression::{Body, Clause, Node};
use crate::pack::statement_forms::ClausePurpose;
use crate::pack::touch::BY;

impl PackReader<'_> {
    /// A value that is computed once, while reading; it may use settings and constants, not leads.
    pub fn value(&mut self, range: &Range<usize>) -> Option<Dynamic> {
        let (mut program, mut strange) = self.program(range, true, false)?;
        self.names.in_example = false;
        let lowered = lower(&program.tree, &program.text, program.place, &self.names);
        strange.extend(lowered.findings);
        if !strange.is_empty() {
            strange.into_iter().for_each(|finding| self.report(finding));
            return None;
        }
        let value = if self.is_written_out(range) {
            program.literal()
        } else {
            // Rhai's functions are registered when it is first asked to run something, and most packs have nothing that it must.
            let ours = match &lowered.body {
                Body::Compiled(node) => clause::constant(node).ok(),
                Body::Interpreted { .. } => None,
            };
            ours.map_or_else(
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

    /// Whether nothing of these tokens has to be worked out: texts, numbers and constants, in lists and maps or by themselves.
    fn is_written_out(&self, range: &Range<usize>) -> bool {
        range.clone().all(|place| match self.kind(place) {
            Some(
                TokenKind::Text
                | TokenKind::Number
                | TokenKind::Comma
                | TokenKind::Open('{' | '[')
                | TokenKind::Close(_),
            ) => true,
            Some(TokenKind::Word) => {
                let word = self.word(place);
                matches!(word, "true" | "false") || self.word(place + 1) == ":" || self.shared.has(word)
            }
            Some(TokenKind::Sign) => matches!(self.word(place), "#" | ":"),
            _ => false,
        })
    }

    /// A text written as it is.
    pub fn text(&mut self, range: &Range<usize>) -> Option<String> {
        let value = self.value(range)?;
        match value.into_string() {
            Ok(text) => Some(text),
            Err(_) => {
                let span = self.span(range);
                self.report(Finding::error(codes::NOT_A_TEXT, span));
                None
            }
        }
    }

    /// A text that may be left out, such as the `because` of a setting.
    pub fn optional_text(&mut self, parts: &ClauseParts, word: &str) -> Option<String> {
        let range = parts.get(word)?.clone();
        self.text(&range)
    }

    /// A clause that may be left out; `Err` when it is there and wrong.
    pub fn optional_clause(&mut self, parts: &ClauseParts, word: &str) -> Result<Option<Clause>, ()> {
        match parts.get(word) {
            None => {
                self.begin_with(word);
                Ok(None)
            }
            Some(_) => self.required_clause(parts, word).map(Some).ok_or(()),
        }
    }

    /// A clause that must be there.
    pub fn required_clause(&mut self, parts: &ClauseParts, word: &str) -> Option<Clause> {
        let (range, purpose) = (parts.get(word)?, parts.purpose(word)?);
        self.clause_of(word, range, purpose)
    }

    /// A clause, after which it is known what its statement makes sure of: `when` is read before the others, which matter only where
    /// it holds.
    fn clause_of(&mut self, word: &str, range: &Range<usize>, purpose: ClausePurpose) -> Option<Clause> {
        self.begin_with(word);
        let clause = self.clause(range, purpose);
        if word == "when" {
            self.known = match clause.as_ref().map(|clause| &clause.body) {
                Some(Body::Compiled(node)) => Some(known_where(node)),
                _ => None,
            };
        }
        clause
    }

    /// Nothing is known yet where a statement begins.
    fn begin_with(&mut self, word: &str) {
        if word == "when" {
            self.known = Some(Vec::new());
        }
    }

    /// One expression: parsed by Rhai, lowered to our tree, checked.
    pub fn clause(&mut self, range: &Range<usize>, purpose: ClausePurpose) -> Option<Clause> {
        let in_example = matches!(purpose, ClausePurpose::Given | ClausePurpose::Expected);
        let touches = matches!(purpose, ClausePurpose::Touches | ClausePurpose::Steps | ClausePurpose::Expected);
        let (clause, mut findings, tree) = self.unchecked(range, in_example, touches)?;
        if purpose != ClausePurpose::Expected
            && let Some(place) = self.says_by(range)
        {
            findings.push(unknown_names::by(self.span(&(place..place + 1))));
        }
        let own = |name: &str| {
            let kind = *self.names.facts.get(name)?;
            Some(DeclaredFact { kind, span: self.first("fact", name).unwrap_or_default() })
        };
        findings.extend(check(
            &tree,
            ClauseSource { purpose, source: self.source, own: &own, known: self.known.as_deref() },
        ));
        if let Body::Interpreted { why } = &clause.body
            && findings.is_empty()
            && !in_example
        {
            findings.push(Finding::note(codes::INTERPRETED, clause.span).with("why", why.clone()));
        }
        let broken = findings.iter().any(|finding| finding.severity == Severity::Error);
        for finding in findings {
            self.report(finding);
        }
        (!broken).then_some(clause)
    }

    /// One expression, parsed and lowered, with what was found so far and as much of its tree as there is.
    fn unchecked(
        &mut self,
        range: &Range<usize>,
        in_example: bool,
        touches: bool,
    ) -> Option<(Clause, Vec<Finding>, Node)> {
        let (mut program, mut findings) = self.program(range, in_example, touches)?;
        let place = self.span(range);
        self.names.in_example = in_example;
        let lowered = lower(&program.tree, &program.text, place, &self.names);
        findings.extend(lowered.findings);
        self.add_functions(&mut program);
        let clause = Clause {
            source: program.text.clone(),
            span: place,
            body: lowered.body,
            program: Arc::new(program),
            reads_person: self.reads(range, "person", None),
        };
        Some((clause, findings, lowered.tree))
    }

    /// Makes the helper functions known to what runs on the walker.
    fn add_functions(&self, program: &mut InterpretedProgram) {
        if self.functions.has_functions() {
            let statements = program.tree.statements().to_vec();
            program.tree = AST::new(statements, self.functions.shared_lib().clone());
        }
    }

    /// Tells where `person` is read in clauses that are about nobody.
    pub fn no_person<'r>(&mut self, clauses: impl IntoIterator<Item = &'r Range<usize>>) {
        for range in clauses {
            let read = range.clone().find(|place| self.reads(&(*place..*place + 1), "person", None));
            if let Some(place) = read {
                let span = self.span(&(place..place + 1));
                self.report(Finding::warning(codes::NO_PERSON, span));
            }
        }
    }

    /// True when these tokens read a variable, or one field of it.
    pub fn reads(&self, range: &Range<usize>, variable: &str, field: Option<&str>) -> bool {
        range.clone().any(|place| {
            let bare = place.checked_sub(1).and_then(|before| self.kind(before)) != Some(TokenKind::Dot);
            let fits =
                field.is_none_or(|field| self.kind(place + 1) == Some(TokenKind::Dot) && self.word(place + 2) == field);
            bare && self.kind(place) == Some(TokenKind::Word) && self.word(place) == variable && fits
        })
    }

    /// Parses an expression, and tells what is wrong with it; names that nobody knows are handed back, so that the rest can be
    /// looked at too. What is `fixed` reads no lead; `touches` may begin with a channel.
    fn program(
        &mut self,
        range: &Range<usize>,
        fixed: bool,
        touches: bool,
    ) -> Option<(InterpretedProgram, Vec<Finding>)> {
        let place = self.span(range);
        let bytes = statements::bytes(&self.tokens, range);
        if bytes.len() > limits::CLAUSE_BYTES {
            self.report(
                Finding::error(codes::TOO_LARGE, place).message("too-large-clause").with("limit", limits::CLAUSE_BYTES),
            );
            return None;
        }
        if statements::depth(self.source, &self.tokens, range) > limits::DEPTH {
            self.report(Finding::error(codes::TOO_DEEP, place));
            return None;
        }
        let text = self.source.get(bytes).unwrap_or_default();
        let mut scope = Cow::Borrowed(if fixed { &self.fixed } else { &self.scope });
        let mut strange: Vec<Finding> = Vec::new();
        // Rhai stops at the first name that it does not know: it is told, made known, and Rhai asked again.
        let parsed = loop {
            let parsed = dialect::parse_with(|engine| engine.compile_expression_with_scope(&scope, for_rhai(text)));
            let Err(error) = &parsed else { break parsed };
            let ParseErrorType::VariableUndefined(name) = error.err_type() else { break parsed };
            if strange.len() >= limits::STRANGE_NAMES {
                break parsed;
            }
            let first = locate(text, place, error.position());
            strange.extend(self.strange(range, name, first, fixed, touches));
            scope.to_mut().push_constant_dynamic(name.clone(), Dynamic::UNIT);
        };
        match parsed {
            // What reads a broken setting or constant is left out; that is told where the setting stands.
            Ok(_) if range.clone().any(|place| self.broken.contains(self.word(place))) => {
                strange.into_iter().for_each(|finding| self.report(finding));
                None
            }
            Ok(tree) => Some((
                InterpretedProgram { tree, constants: self.shared.clone(), text: Arc::from(text), place },
                strange,
            )),
            Err(error) => {
                let span = locate(text, place, error.position());
                let at = range.clone().find(|place| self.span(&(*place..*place + 1)) == span);
                // `because They asked`: what follows a word that nobody knows goes with it.
                let follows = at.and_then(|at| at.checked_sub(1)).map(|before| self.span(&(before..before + 1)));
                if !strange.iter().any(|finding| Some(finding.span) == follows) {
                    strange.push(match at {
                        Some(at) if self.word(at) == "=" => {
                            self.meant_is(Finding::error(codes::SYNTAX, span).message("syntax-equal"), range, at)
                        }
                        at => at
                            .and_then(|at| self.slip(range, at, touches))
                            .unwrap_or_else(|| rhai_errors::parsing(error.err_type(), span, self.source)),
                    });
                }
                strange.into_iter().for_each(|finding| self.report(finding));
                None
            }
        }
    }

    /// A name that nobody knows, at each of its places; `first` is where Rhai met it.
    fn strange(&self, range: &Range<usize>, name: &str, first: Span, fixed: bool, touches: bool) -> Vec<Finding> {
        let is_name = |place: &usize| {
            let after_dot = place.checked_sub(1).and_then(|before| self.kind(before)) == Some(TokenKind::Dot);
            self.word(*place) == name
                && self.kind(*place) == Some(TokenKind::Word)
                && !after_dot
                && self.word(place + 1) != ":"
        };
        let mut places: Vec<usize> = range.clone().filter(is_name).collect();
        if places.is_empty() {
            places.extend(range.clone().find(|place| self.span(&(*place..*place + 1)) == first));
        }
        let told = |place: usize| {
            let span = self.span(&(place..place + 1));
            if touches && self.begins_touch(range, place) {
                unknown_names::action(span, name)
            } else {
                self.meant(Finding::error(codes::UNKNOWN_NAME, span).with("name", name), span, name, fixed)
            }
        };
        match places.as_slice() {
            [] => vec![self.meant(Finding::error(codes::UNKNOWN_NAME, first).with("name", name), first, name, fixed)],
            places => places.iter().map(|place| told(*place)).collect(),
        }
    }

    /// Where `.by(` stands, which only an example may say.
    fn says_by(&self, range: &Range<usize>) -> Option<usize> {
        range.clone().skip(1).find(|place| {
            self.word(*place) == BY
                && self.kind(place - 1) == Some(TokenKind::Dot)
                && self.kind(place + 1) == Some(TokenKind::Open('('))
        })
    }

    /// True where a touch begins: at the start, in a list, or as one of the ways of an `if`.
    fn begins_touch(&self, range: &Range<usize>, place: usize) -> bool {
        place == range.start
            || place
                .checked_sub(1)
                .is_some_and(|before| matches!(self.kind(before), Some(TokenKind::Comma | TokenKind::Open('[' | '{'))))
    }

    /// `lead.stage = "interest"`: the same with `is`.
    fn meant_is(&self, finding: Finding, range: &Range<usize>, place: usize) -> Finding {
        let sign = self.span(&(place..place + 1));
        let map = self.opened(range, place).is_some_and(|open| self.word(open) == "{" && self.word(open - 1) == "#");
        if map {
            return finding.message("syntax-equal-map").replace(sign, ":");
        }
        let finding = finding.replace(sign, "is");
        let part = |place: &usize| {
            matches!(self.kind(*place), Some(TokenKind::Word | TokenKind::Dot))
                && !matches!(self.word(*place), "and" | "or" | "not" | "if")
        };
        let left: Vec<usize> = (range.start..place).rev().take_while(part).collect();
        let left: String = left.iter().rev().map(|place| self.word(*place)).collect();
        let value = matches!(self.kind(place + 1), Some(TokenKind::Text | TokenKind::Number | TokenKind::Word));
        if left.is_empty() || !value || place + 1 >= range.end {
            return finding.help("help-is-instead");
        }
        finding.with("meant", format!("{left} is {}", self.word(place + 1))).help("help-is-instead-as")
    }

    /// What an unknown name may stand for.
    fn meant(&self, finding: Finding, span: Span, name: &str, fixed: bool) -> Finding {
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
        if fixed && dialect::SUBJECT_WORDS.contains(&name) {
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
