//! An error that occurs while a clause is evaluated for one lead.

use serde::Serialize;

use crate::diagnostics::Span;
use crate::wording::Sentence;

/// The kind of an [`EvaluationError`]: a closed set that callers can branch on. Serialised in kebab case: `unknown-value`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum EvaluationErrorCode {
    /// A value is not known for this lead, and the operation needs one: `lead.value + 1.0` for a lead without a value.
    UnknownValue,
    /// A value has a type that the operation does not take: `1 + 2.days`, a touch where true or false is needed.
    WrongType,
    /// A fact or a method of a touch got too few or too many arguments, or one that it does not take: `phone.chance(2)`.
    WrongArguments,
    /// A text is not one of the words of its closed list: `lead.since("fax")`.
    UnknownWord,
    /// There is no fact, property, method or function of this name.
    UnknownName,
    /// A text or number of the right type that cannot be read or used: `moment("soon")`, the tenth item of a list of three.
    InvalidValue,
    /// The result is larger than its type holds, or lies beyond the time line.
    Overflow,
    /// A count is divided by 0.
    DivisionByZero,
    /// A limit on steps, calls, variables or sizes was reached; see [`limits`](crate::limits).
    Limit,
    /// A helper function threw an error of its own.
    Thrown,
    /// Any other error of the script interpreter, told in its own words.
    Interpreter,
}

/// Why an operation on values has no result. Becomes an [`EvaluationError`] where the place in the rule file is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValueError {
    /// The kind of error.
    pub code: EvaluationErrorCode,
    /// What went wrong, in words of the language asked for.
    pub sentence: Sentence,
}

/// Why a clause has no answer for one lead, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EvaluationError {
    /// The kind of error.
    pub code: EvaluationErrorCode,
    /// What went wrong, in words of the language asked for.
    pub sentence: Sentence,
    /// Where in the rule file.
    pub span: Span,
}

impl ValueError {
    /// An error of this kind.
    pub fn new(code: EvaluationErrorCode, sentence: Sentence) -> Self {
        Self { code, sentence }
    }

    /// This error at a place of the rule file.
    pub fn at(self, span: Span) -> EvaluationError {
        EvaluationError { code: self.code, sentence: self.sentence, span }
    }
}
