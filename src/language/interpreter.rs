//! Evaluation by Rhai's own interpreter, which walks its syntax tree: for clauses that our tree cannot express, and as the reference for
//! those that it can.
//!
//! An [`InterpretedProgram`] is one clause of one pack with everything it needs: its Rhai tree with the helper functions, the constants and
//! settings of the pack, and its span in the file, so that errors have a position in the file.

use std::rc::Rc;
use std::sync::Arc;

use rhai::{AST, Dynamic, EvalAltResult, Position, Scope};

use crate::book::catalogue::Subject;
use crate::diagnostics::{EvaluationError, Span};
use crate::evaluate::operators::over_operations;
use crate::language::current_facts::with_facts;
use crate::language::expectations::ExpectedValue;
use crate::language::names::words;
use crate::language::operation_meter::{metered, step_cost, value_cost};
use crate::language::scan::scan;
use crate::language::values::{SubjectHandle, from_dynamic};
use crate::language::{dialect, example_lead, expectations, rhai_errors};
use crate::limits;
use crate::pack::example::Given;
use crate::pack::interpreter::{Answer, FactSource, Interpreted};
use crate::wording::Language;

/// An expression for Rhai's interpreter.
#[derive(Clone, Debug)]
pub struct InterpretedProgram {
    pub(super) tree: AST,
    /// The settings and constants that its text names.
    constants: Vec<PackConstant>,
    /// How many operations it costs to make them available.
    constants_cost: u64,
    /// How many operations a step costs.
    pub(super) step_cost: u64,
    /// The text of the clause, to find the end of the token that an error is about.
    pub(super) text: Arc<str>,
    /// The span of the clause in its file.
    pub(super) span: Span,
    /// The facts that its pack declares as times.
    times: Arc<[Arc<str>]>,
    /// Whether its text names `now`.
    reads_now: bool,
}

/// A setting or constant: its name and value. Programs that use it share it.
pub(super) type PackConstant = (Arc<str>, Arc<Dynamic>);

/// The settings and constants of a pack.
#[derive(Clone, Debug, Default)]
pub(super) struct PackConstants(Vec<PackConstant>);

impl PackConstants {
    /// How many there are.
    pub(super) const fn len(&self) -> usize {
        self.0.len()
    }

    /// Adds one.
    pub(super) fn add(&mut self, name: &str, value: Dynamic) {
        self.0.push((Arc::from(name), Arc::new(value)));
    }

    /// Takes out what was added after the first `len`.
    pub(super) fn truncate(&mut self, len: usize) {
        self.0.truncate(len);
    }

    /// Whether a setting or constant has this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(known, _)| &**known == name)
    }

    /// Those that a text names.
    pub(super) fn of(&self, text: &str) -> Vec<PackConstant> {
        if self.0.is_empty() {
            return Vec::new();
        }
        let words = words(text);
        self.0.iter().filter(|(name, _)| words.contains(&**name)).cloned().collect()
    }
}

impl InterpretedProgram {
    /// The program of a clause: its tree, the constants that it names, the facts that are times in its pack, its text and the span of that text
    /// in the file.
    pub(super) fn new(
        tree: AST,
        constants: Vec<PackConstant>,
        times: Arc<[Arc<str>]>,
        text: Arc<str>,
        span: Span,
    ) -> Self {
        let constants_cost = constants.iter().map(|(_, value)| 1 + value_cost(value)).sum();
        let reads_now = words(&text).contains("now");
        Self { tree, constants, constants_cost, step_cost: step_cost(&text), text, span, times, reads_now }
    }

    /// The value of an expression that reads no lead.
    ///
    /// # Errors
    /// Why it has no value.
    pub(super) fn constant(&self) -> Result<Dynamic, EvaluationError> {
        self.run_alone()
    }

    /// The value of a literal, which needs no function and so no running engine.
    ///
    /// # Errors
    /// Why it has no value.
    pub(super) fn literal(&self) -> Result<Dynamic, EvaluationError> {
        let mut scope = self.scope();
        self.convert_error(dialect::parse_with(|engine| engine.eval_ast_with_scope::<Dynamic>(&mut scope, &self.tree)))
    }

    /// This program with other values for some of its constants.
    pub(super) fn with_values(&self, values: &[PackConstant]) -> Self {
        let mut program = self.clone();
        for (name, value) in &mut program.constants {
            if let Some((_, other)) = values.iter().find(|(known, _)| known == name) {
                *value = other.clone();
            }
        }
        program
    }

    /// The `given` of an example: a lead in the lead format.
    ///
    /// # Errors
    /// It fails, or does not describe a lead.
    pub(super) fn given(&self) -> Result<Given, EvaluationError> {
        let value = self.run_alone()?;
        example_lead::read(value).map_err(|error| error.at(self.span))
    }

    /// A part of the `expect` of an example.
    ///
    /// # Errors
    /// It fails, or comes to something that no advice can be.
    pub(super) fn expected(&self) -> Result<Vec<ExpectedValue>, EvaluationError> {
        let value = self.run_alone()?;
        expectations::read(value).map_err(|error| error.at(self.span))
    }

    /// The settings and constants of the pack, for Rhai.
    fn scope(&self) -> Scope<'static> {
        let mut scope = Scope::new();
        for (name, value) in &self.constants {
            scope.push_constant_dynamic(&**name, (**value).clone());
        }
        scope
    }

    /// Runs a `because`, in which values become text as a language writes them.
    fn run_for_sentence(&self, scope: &mut Scope, language: Language) -> Result<Dynamic, EvaluationError> {
        self.convert_error(dialect::run_sentence_with(language, |engine| {
            engine.eval_ast_with_scope::<Dynamic>(scope, &self.tree)
        }))
    }

    fn run(&self, scope: &mut Scope) -> Result<Dynamic, EvaluationError> {
        self.convert_error(dialect::run_with(|engine| engine.eval_ast_with_scope::<Dynamic>(scope, &self.tree)))
    }

    /// Runs it within `limit` operations: `work` gets the settings and constants. Returns the result and how many operations it took.
    fn metered<T>(
        &self,
        limit: u64,
        work: impl FnOnce(&mut Scope) -> Result<T, EvaluationError>,
    ) -> (Result<T, EvaluationError>, u64) {
        if self.constants_cost > limit {
            return (Err(over_operations().at(self.span)), self.constants_cost);
        }
        let (result, spent) = metered(limit - self.constants_cost, self.step_cost, || work(&mut self.scope()));
        (result, spent.saturating_add(self.constants_cost))
    }

    /// Runs it without a lead.
    fn run_alone(&self) -> Result<Dynamic, EvaluationError> {
        self.metered(limits::OPERATIONS, |scope| self.run(scope)).0
    }

    /// Gives an error of Rhai's its code, message and span.
    fn convert_error(&self, value: Result<Dynamic, Box<EvalAltResult>>) -> Result<Dynamic, EvaluationError> {
        value.map(Dynamic::flatten).map_err(|error| self.failure(&error))
    }

    /// The result of a clause from its Rhai value.
    fn answer(&self, value: Dynamic) -> Result<Answer, EvaluationError> {
        let is_list = value.is_array();
        match example_lead::touches(value.clone()) {
            Some(touches) if !(is_list && touches.is_empty()) => Ok(Answer::Touches(touches)),
            _ => from_dynamic(value).map(Answer::Value).map_err(|error| error.at(self.span)),
        }
    }

    fn failure(&self, error: &EvalAltResult) -> EvaluationError {
        rhai_errors::running(error).at(self.locate(error.position()))
    }

    /// The span in the file of the token at a position of Rhai's; that of the whole clause when there is none.
    pub(super) fn locate(&self, position: Position) -> Span {
        locate(&self.text, self.span, position)
    }
}

impl Interpreted for InterpretedProgram {
    fn evaluate(&self, facts: Rc<dyn FactSource>) -> Result<Answer, EvaluationError> {
        let (value, spent) = self.metered(facts.operations_left(), |scope| {
            for subject in [Subject::Lead, Subject::Person, Subject::Account] {
                scope.push(subject.word(), SubjectHandle { subject });
            }
            if self.reads_now {
                scope.push("now", facts.now());
            }
            with_facts(facts.clone(), self.times.clone(), || match facts.sentence_language() {
                Some(language) => self.run_for_sentence(scope, language),
                None => self.run(scope),
            })
        });
        facts.spend(spent);
        self.answer(value?)
    }
}

/// The span in the file of the token at a position in `text`, of which `text_span` is the span in the file. The last token for a position
/// beyond the end; the whole text when there is no position, or no token there.
pub(super) fn locate(text: &str, text_span: Span, position: Position) -> Span {
    let (tokens, _) = scan(text);
    let (Some(line), column) = (position.line(), position.position().unwrap_or(1)) else { return text_span };
    let start = |span: Span| (span.line as usize, span.column as usize);
    let end = |span: Span| (span.end_line as usize, span.end_column as usize);
    let found = match tokens.iter().map(|token| token.span).max_by_key(|span| end(*span)) {
        Some(last) if end(last) <= (line, column) => Some(last),
        _ => tokens
            .iter()
            .rev()
            .map(|token| token.span)
            .find(|span| start(*span) <= (line, column) && (line, column) < end(*span)),
    };
    found.map_or(text_span, |span| shift(span, text_span))
}

/// The span in the file of a span `within` a text, of which `text_span` is the span in the file.
pub(super) fn shift(within: Span, text_span: Span) -> Span {
    let column = |line: u32, column: u32| if line == 1 { column + text_span.column - 1 } else { column };
    Span {
        line: within.line + text_span.line - 1,
        column: column(within.line, within.column),
        end_line: within.end_line + text_span.line - 1,
        end_column: column(within.end_line, within.end_column),
    }
}
