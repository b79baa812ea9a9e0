//! The codes of the diagnostics. The comment on each is its page: `docs/diagnostics` and `cadans check --explain` show it.
//!
//! A code that only one lint reports is declared in that [lint](crate::check::lints). Invariant, tested: every code has a page.

mod layers;
mod names;
mod others;
mod shape;
mod values;

pub(crate) use layers::*;
pub(crate) use names::*;
pub(crate) use others::*;
pub(crate) use shape::*;
pub(crate) use values::*;

/// The stable name of a kind of finding, in kebab case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct DiagnosticCode(&'static str);

impl DiagnosticCode {
    /// A code with this name. Only for a constant whose doc comment is the code's page.
    pub(crate) const fn new(word: &'static str) -> Self {
        Self(word)
    }

    /// Its name.
    pub(crate) const fn word(self) -> &'static str {
        self.0
    }
}
