//! The codes of the diagnostics. The comment on each is its page: `docs/diagnostics` and `cadans check --explain` show it.
//!
//! A code that a lint of its own tells stands in that [lint](crate::check::lints). Invariant, tested: every code has a page.

mod names;
mod others;
mod shape;
mod values;

pub(crate) use names::*;
pub(crate) use others::*;
pub(crate) use shape::*;
pub(crate) use values::*;

/// The stable name of a kind of finding, in kebab case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct DiagnosticCode(&'static str);

impl DiagnosticCode {
    /// A code. Made once, in a constant whose comment is its page.
    pub(crate) const fn new(word: &'static str) -> Self {
        Self(word)
    }

    /// The name.
    pub(crate) const fn word(self) -> &'static str {
        self.0
    }
}
