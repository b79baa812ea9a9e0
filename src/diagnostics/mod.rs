//! Diagnostics of rule files as plain data: spans, codes and findings; and the errors of evaluating rules.

pub(crate) mod codes;
pub mod diagnostic;
mod evaluation_error;
pub(crate) mod finding;
pub mod span;

pub use diagnostic::{Diagnostic, Edit, Fix, Related, Severity};
pub use evaluation_error::{EvaluationError, EvaluationErrorCode, ValueError};
pub use span::Span;
