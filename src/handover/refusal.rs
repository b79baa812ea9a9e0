//! Why a file is refused, or not written.

use crate::wording::{Arg, Language, Sentence};

/// Why a file that is handed over is refused, is not written, or is not accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The reason as one stable word: `truncated`, `damaged`, `newer-language` ...
    pub code: &'static str,
    /// What is wrong, and why.
    pub what: Sentence,
    /// What to do.
    pub help: Sentence,
}

impl Refusal {
    /// The refusal with this code, whose sentence has the key `what` and whose help has the key `help`.
    pub(crate) fn new(code: &'static str, what: &'static str, help: &'static str) -> Box<Self> {
        Box::new(Self { code, what: Sentence::new(what), help: Sentence::new(help) })
    }

    /// With an argument of its sentence.
    #[must_use]
    pub(crate) fn with(mut self: Box<Self>, name: &'static str, value: impl Into<Arg>) -> Box<Self> {
        self.what = self.what.with(name, value);
        self
    }

    /// With the name that is likely meant, in its help.
    #[must_use]
    pub(crate) fn meaning(mut self: Box<Self>, name: &str) -> Box<Self> {
        self.help = self.help.with("meant", name);
        self
    }

    /// What is wrong and what to do, in one sentence.
    pub fn render(&self, language: Language) -> String {
        format!("{}; {}", self.what.render(language), self.help.render(language))
    }
}

/// The file is not the one that was written.
pub(super) fn damaged() -> Box<Refusal> {
    Refusal::new("damaged", "handover-damaged", "handover-send-again")
}
