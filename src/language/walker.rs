//! Rhai's own tree walker: the oracle for our compiled rules, and what runs the rest.
//!
//! A [`InterpretedProgram`] is one clause of one pack with all it needs: its Rhai tree, the helper functions, constants and settings
//! of the pack, and its place in the file, so that a problem is told where its author sees it.

use std::rc::Rc;
use std::sync::Arc;

use rhai::{AST, Dynamic, EvalAltResult, Position, Scope};

use crate::book::catalogue::Subject;
use crate::diagnostics::{EvaluationError, EvaluationErrorCode, Span, ValueError};
use crate::language::current_facts::with_facts;
use crate::language::scan::scan;
use crate::language::values::{SubjectHandle, from_dynamic};
use crate::language::{dialect, example_lead, rhai_errors};
use crate::pack::example::{Expected, Given};
use crate::pack::interpreter::{Answer, FactSource, Interpreted};
use crate::pack::touch::{HOLD, Touch};
use crate::wording::Sentence;

/// An expression for Rhai's walker.
#[derive(Clone, Debug)]
pub struct InterpretedProgram {
    pub(super) tree: AST,
    pub(super) constants: Arc<PackConstants>,
    /// The text of the clause, to find where the word that a problem is about ends.
    pub(super) text: Arc<str>,
    /// Where the text stands in its file.
    pub(super) place: Span,
}

/// The settings and constants of a pack.
#[derive(Clone, Debug, Default)]
pub(super) struct PackConstants(pub Vec<(String, Dynamic)>);

impl PackConstants {
    /// Whether one has this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(known, _)| known == name)
    }
}

impl InterpretedProgram {
    /// The value of an expression that reads no lead, such as a constant.
    pub(super) fn constant(&self) -> Result<Dynamic, EvaluationError> {
        self.run(&mut self.scope())
    }

    /// The same for an expression in which nothing is worked out, so that no function is needed.
    pub(super) fn literal(&self) -> Result<Dynamic, EvaluationError> {
        let mut scope = self.scope();
        self.told(dialect::parse_with(|engine| engine.eval_ast_with_scope::<Dynamic>(&mut scope, &self.tree)))
    }

    fn scope(&self) -> Scope<'static> {
        let mut scope = Scope::new();
        for (name, value) in &self.constants.0 {
            scope.push_constant_dynamic(name.as_str(), value.clone());
        }
        scope
    }

    fn run(&self, scope: &mut Scope) -> Result<Dynamic, EvaluationError> {
        self.told(dialect::run_with(|engine| engine.eval_ast_with_scope::<Dynamic>(scope, &self.tree)))
    }

    fn told(&self, value: Result<Dynamic, Box<EvalAltResult>>) -> Result<Dynamic, EvaluationError> {
        value.map(Dynamic::flatten).map_err(|error| self.failure(&error))
    }

    fn answer(&self, value: Dynamic) -> Result<Answer, EvaluationError> {
        let is_list = value.is_array();
        match example_lead::touches(value.clone()) {
            Some(touches) if !(is_list && touches.is_empty()) => Ok(Answer::Touches(touches)),
            _ => from_dynamic(value).map(Answer::Value).map_err(|error| error.at(self.place)),
        }
    }

    fn failure(&self, error: &EvalAltResult) -> EvaluationError {
        rhai_errors::running(error).at(self.locate(error.position()))
    }

    /// A point of Rhai's as a stretch of the file: the token that stands there, else the whole clause.
    pub(super) fn locate(&self, point: Position) -> Span {
        locate(&self.text, self.place, point)
    }
}

impl Interpreted for InterpretedProgram {
    fn evaluate(&self, facts: Rc<dyn FactSource>) -> Result<Answer, EvaluationError> {
        let mut scope = self.scope();
        for subject in [Subject::Lead, Subject::Person, Subject::Account] {
            scope.push(subject.word(), SubjectHandle { subject });
        }
        scope.push("now", facts.now());
        let value = with_facts(facts, || self.run(&mut scope))?;
        self.answer(value)
    }

    fn example(&self) -> Result<Given, EvaluationError> {
        let value = self.run(&mut self.scope())?;
        example_lead::read(value).map_err(|error| error.at(self.place))
    }

    fn expected(&self) -> Result<Expected, EvaluationError> {
        let value = self.run(&mut self.scope())?;
        if value.read_lock::<rhai::ImmutableString>().is_some_and(|text| *text == HOLD) {
            return Ok(Expected::Hold);
        }
        value.try_cast::<Touch>().map(|touch| Expected::Touch(Box::new(touch))).ok_or_else(|| {
            let sentence = Sentence::new("not-a-touch-expected");
            ValueError::new(EvaluationErrorCode::WrongType, sentence).at(self.place)
        })
    }
}

/// The token at a point of a text that stands at `place` in its file; the last one for a point beyond the end, and the
/// whole text where there is no point or nothing stands there.
pub(super) fn locate(text: &str, place: Span, point: Position) -> Span {
    let (tokens, _) = scan(text);
    let (Some(line), column) = (point.line(), point.position().unwrap_or(1)) else { return place };
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
    found.map_or(place, |span| shift(span, place))
}

/// A stretch of a clause as a stretch of its file.
pub(super) fn shift(within: Span, place: Span) -> Span {
    let column = |line: u32, column: u32| if line == 1 { column + place.column - 1 } else { column };
    Span {
        line: within.line + place.line - 1,
        column: column(within.line, within.column),
        end_line: within.end_line + place.line - 1,
        end_column: column(within.end_line, within.end_column),
    }
}
