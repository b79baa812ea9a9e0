//! The interface to the script interpreter: what it computes for a clause, and what it may read of a lead.
//!
//! A clause that has no expression tree is run by the interpreter of the language layer, which is above this one. Invariant: wherever
//! both can run, the tree and the interpreter give the same answer or the same error (tests/rules/meaning).

use std::fmt;
use std::rc::Rc;

use crate::book::catalogue::{Fact, Subject};
use crate::book::value::Value;
use crate::calendar::{Duration, Instant};
use crate::diagnostics::{EvaluationError, ValueError};
use crate::pack::touch::Touch;
use crate::wording::Language;

/// What a clause comes to.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// A value: true or false for a condition, a text for a `because`.
    Value(Value),
    /// What a `then` or `steps` clause proposes.
    Touches(Vec<Touch>),
}

/// What a clause may read of the lead (and person) that it runs for.
pub trait FactSource {
    /// The moment for which the clause is evaluated. It is not followed what the clause does with it.
    fn now(&self) -> Instant;

    /// The value of a fact of the catalogue.
    ///
    /// # Errors
    /// An argument that the fact does not take, or a word that is not in the vocabulary.
    fn fact(&self, subject: Subject, fact: Fact, args: &[Value]) -> Result<Value, ValueError>;

    /// The value of a fact that a pack declares; unknown where the lead has none of that name.
    fn own(&self, name: &str) -> Value;

    /// The value of a fact that a pack declares as a time; unknown where the lead has none of that name.
    ///
    /// # Errors
    /// The lead has something there that is no moment.
    fn own_time(&self, name: &str) -> Result<Value, ValueError>;

    /// The language in which values become text: that of the pack while a `because` is evaluated, else none, and values become text as
    /// Rhai writes them.
    fn sentence_language(&self) -> Option<Language>;

    /// How many signals this fact of a subject is computed from; 0 for a fact that reads none.
    fn signals(&self, subject: Subject, fact: Fact) -> usize;

    /// The clock time from so long ago until a length of working time has passed since.
    fn clock_length(&self, ago: Duration, working: &Value) -> Duration;

    /// How many operations the clause may still take.
    fn operations_left(&self) -> u64;

    /// Subtracts operations that the clause took.
    fn spend(&self, operations: u64);
}

/// A clause as the interpreter runs it. Implemented by the language layer, and by [`Always`].
pub trait Interpreted: fmt::Debug + Send + Sync {
    /// What the clause comes to for a lead (and person) at a moment.
    ///
    /// # Errors
    /// The kinds of [`EvaluationErrorCode`](crate::diagnostics::EvaluationErrorCode), with the place in the rule file.
    fn evaluate(&self, facts: Rc<dyn FactSource>) -> Result<Answer, EvaluationError>;
}

/// The program of a condition that always holds.
#[derive(Debug)]
pub(crate) struct Always;

impl Interpreted for Always {
    fn evaluate(&self, _facts: Rc<dyn FactSource>) -> Result<Answer, EvaluationError> {
        Ok(Answer::Value(Value::Truth(true)))
    }
}
