//! The expressions of a pack: parsed by Rhai, lowered to our tree, checked; or computed once, while reading.

use std::ops::Range;
use std::rc::Rc;
use std::sync::Arc;

use rhai::{AST, Dynamic, ParseErrorType};

use super::lower::lower;
use super::read::{Parts, Reader};
use super::scan::TokenKind;
use super::spelling::for_rhai;
use super::walker::{Program, locate};
use super::{dialect, limits, statements, trouble, unknown};
use crate::book::catalogue::{self, Subject};
use crate::book::schema::{Outcome, Role, SignalKind, Stage, nearest};
use crate::book::value::Type;
use crate::rulebook::check::{self, Purpose};
use crate::rulebook::touch::BY;
use crate::rulebook::tree::{Body, Clause};
use crate::rulebook::{Diagnostic, Severity};

impl Reader<'_> {
    /// A value that is computed once, while reading; it may use settings and constants, not leads.
    pub fn value(&mut self, range: &Range<usize>) -> Option<Dynamic> {
        let program = self.program(range, true, false)?;
        match program.constant() {
            Ok(value) => Some(value),
            Err(problem) => {
                self.tell(
                    Diagnostic::error("no-value", problem.span, problem.message)
                        .help("this is computed once, when the pack is read"),
                );
                None
            }
        }
    }

    /// A text written as it is.
    pub fn text(&mut self, range: &Range<usize>) -> Option<String> {
        let value = self.value(range)?;
        match value.into_string() {
            Ok(text) => Some(text),
            Err(_) => {
                let span = self.span(range);
                self.tell(
                    Diagnostic::error("not-a-text", span, "a text is needed here").help("put it between double quotes"),
                );
                None
            }
        }
    }

    /// A text that may be left out, such as the `because` of a setting.
    pub fn optional_text(&mut self, parts: &Parts, word: &str) -> Option<String> {
        let range = parts.get(word)?.clone();
        self.text(&range)
    }

    /// A clause that may be left out; `Err` when it is there and wrong.
    pub fn optional_clause(&mut self, parts: &Parts, word: &str, purpose: Purpose) -> Result<Option<Clause>, ()> {
        match parts.get(word) {
            None => Ok(None),
            Some(range) => self.clause(&range.clone(), purpose).map(Some).ok_or(()),
        }
    }

    /// A clause that must be there.
    pub fn needed_clause(&mut self, parts: &Parts, word: &str, purpose: Purpose) -> Option<Clause> {
        let range = parts.get(word)?.clone();
        self.clause(&range, purpose)
    }

    /// One expression: parsed by Rhai, lowered to our tree, checked.
    pub fn clause(&mut self, range: &Range<usize>, purpose: Purpose) -> Option<Clause> {
        let in_example = matches!(purpose, Purpose::Given | Purpose::Expected);
        let touches = matches!(purpose, Purpose::Touches | Purpose::Expected);
        let (clause, mut findings) = self.unchecked(range, in_example, touches)?;
        if purpose != Purpose::Expected
            && let Some(place) = self.says_by(range)
        {
            findings.push(unknown::by(self.span(&(place..place + 1))));
        }
        match &clause.body {
            Body::Compiled(node) if findings.is_empty() => {
                let facts = &self.names.facts;
                let own = |name: &str| facts.get(name).copied().unwrap_or(Type::Any);
                findings = check::check(node, purpose, &own);
            }
            Body::Interpreted { why } if findings.is_empty() && !in_example => findings.push(
                Diagnostic::note("interpreted", clause.span, format!("this runs interpreted: {why}"))
                    .why("it means the same, but takes longer and is explained in less detail")
                    .help("nothing needs to be done"),
            ),
            _ => {}
        }
        let broken = findings.iter().any(|finding| finding.severity == Severity::Error);
        for finding in findings {
            self.tell(finding);
        }
        (!broken).then_some(clause)
    }

    /// One expression, parsed and lowered, with what lowering found.
    fn unchecked(
        &mut self,
        range: &Range<usize>,
        in_example: bool,
        touches: bool,
    ) -> Option<(Clause, Vec<Diagnostic>)> {
        let mut program = self.program(range, in_example, touches)?;
        let place = self.span(range);
        self.names.in_example = in_example;
        let lowered = lower(&program.tree, &program.text, place, &self.names);
        if self.functions.has_functions() {
            let statements = program.tree.statements().to_vec();
            program.tree = AST::new(statements, self.functions.shared_lib().clone());
        }
        let clause = Clause {
            source: program.text.clone(),
            span: place,
            body: lowered.body,
            program: Rc::new(program),
            reads_person: self.reads(range, "person", None),
        };
        Some((clause, lowered.findings))
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

    /// Parses an expression, and tells what is wrong with it. What is `fixed` reads no lead; `touches` may begin with a channel.
    fn program(&mut self, range: &Range<usize>, fixed: bool, touches: bool) -> Option<Program> {
        let place = self.span(range);
        let bytes = statements::bytes(&self.tokens, range);
        if bytes.len() > limits::CLAUSE_BYTES {
            let message = format!("this is longer than {} bytes", limits::CLAUSE_BYTES);
            self.tell(Diagnostic::error("too-large", place, message).help("split it"));
            return None;
        }
        if statements::depth(self.source, &self.tokens, range) > limits::DEPTH {
            self.tell(
                Diagnostic::error("too-deep", place, "this expression is nested too deeply")
                    .help("split it: give a part of it a name with const, or make two rules"),
            );
            return None;
        }
        let text = self.source.get(bytes).unwrap_or_default();
        let scope = if fixed { &self.fixed } else { &self.scope };
        match dialect::with_engine(|engine| engine.compile_expression_with_scope(scope, for_rhai(text))) {
            // What reads a broken setting or constant is left out; that is told where the setting stands.
            Ok(_) if range.clone().any(|place| self.broken.contains(self.word(place))) => None,
            Ok(tree) => Some(Program { tree, constants: self.shared.clone(), text: Arc::from(text), place }),
            Err(error) => {
                let span = locate(text, place, error.position());
                let told = trouble::parsing(error.err_type());
                let mut diagnostic = Diagnostic::error(told.code, span, told.message).help(told.help);
                let at = range.clone().find(|place| self.span(&(*place..*place + 1)) == span);
                match (error.err_type(), at) {
                    (ParseErrorType::VariableUndefined(name), Some(at)) if touches && self.begins_touch(range, at) => {
                        diagnostic = unknown::action(span, name);
                    }
                    (ParseErrorType::VariableUndefined(name), _) => diagnostic.help = self.meant(name, fixed),
                    (_, Some(at)) if self.word(at) == "=" => {
                        diagnostic = Diagnostic::error("syntax", span, "= does not compare in a rule");
                        diagnostic.help = self.meant_is(range, at);
                    }
                    _ => {}
                }
                self.tell(diagnostic);
                None
            }
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
    fn meant_is(&self, range: &Range<usize>, place: usize) -> String {
        let part = |place: &usize| {
            matches!(self.kind(*place), Some(TokenKind::Word | TokenKind::Dot))
                && !matches!(self.word(*place), "and" | "or" | "not" | "if")
        };
        let left: Vec<usize> = (range.start..place).rev().take_while(part).collect();
        let left: String = left.iter().rev().map(|place| self.word(*place)).collect();
        let value = matches!(self.kind(place + 1), Some(TokenKind::Text | TokenKind::Number | TokenKind::Word));
        if left.is_empty() || !value || place + 1 >= range.end {
            return "write is instead of =".to_owned();
        }
        format!("write is instead of =: {left} is {}", self.word(place + 1))
    }

    /// What an unknown name may stand for.
    fn meant(&self, name: &str, fixed: bool) -> String {
        if fixed && dialect::SUBJECT_WORDS.contains(&name) {
            return format!("{name} is not known here: this is computed once, when the pack is read");
        }
        if self.names.facts.contains_key(name) || catalogue::find(Subject::Lead, name).is_some() {
            return format!("write lead.{name}");
        }
        let word = Stage::from_word(name).is_some()
            || Role::from_word(name).is_some()
            || Outcome::from_word(name).is_some()
            || SignalKind::from_word(name).is_some();
        if word {
            return format!("write \"{name}\", between quotes");
        }
        let mut known: Vec<&str> = dialect::constant_words().chain(dialect::SUBJECT_WORDS.iter().copied()).collect();
        known.extend(self.names.settings.keys().chain(self.names.constants.keys()).map(|known| &**known));
        match nearest(name, known) {
            Some(meant) => format!("did you mean {meant}?"),
            None => format!("put it between quotes when it is a text, or declare it: setting {name} = 2;"),
        }
    }
}
