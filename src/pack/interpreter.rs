//! The seam to the script interpreter: what it must answer about a clause, and what it may ask about a lead.
//!
//! The expression tree is data; a clause that the tree cannot express is run by the interpreter of the language layer, which lies above
//! this one. Invariant: both give the same answer wherever both can run (tests/meaning).

use std::fmt;
use std::rc::Rc;

use crate::book::catalogue::{Fact, Subject};
use crate::book::value::Value;
use crate::calendar::Instant;
use crate::diagnostics::{EvaluationError, ValueError};
use crate::pack::example::{Expected, Given};
use crate::pack::touch::Touch;

/// What a clause comes to.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// A value: true or false for a condition, a text for a `because`.
    Value(Value),
    /// What a `then` or `steps` clause proposes.
    Touches(Vec<Touch>),
}

/// What a clause may ask about the lead (and person) that it runs for.
pub trait FactSource {
    /// The moment that the question is asked for.
    fn now(&self) -> Instant;

    /// The value of a fact of the catalogue.
    ///
    /// # Errors
    /// An argument that the fact does not take, or a word that is not in the vocabulary.
    fn fact(&self, subject: Subject, fact: Fact, args: &[Value]) -> Result<Value, ValueError>;

    /// The value of a fact that the team declared; unknown where the lead has none by that name.
    fn own(&self, name: &str) -> Value;
}

/// A clause as the interpreter runs it. Implemented once, by the language layer.
pub trait Interpreted: fmt::Debug + Send + Sync {
    /// What the clause gives for a lead (and person) at a moment.
    ///
    /// # Errors
    /// What went wrong, and where.
    fn evaluate(&self, facts: Rc<dyn FactSource>) -> Result<Answer, EvaluationError>;

    /// The `given` of an example: a lead in the lead format.
    ///
    /// # Errors
    /// What went wrong, and where.
    fn example(&self) -> Result<Given, EvaluationError>;

    /// The `expect` of an example.
    ///
    /// # Errors
    /// What went wrong, and where.
    fn expected(&self) -> Result<Expected, EvaluationError>;
}
