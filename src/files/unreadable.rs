//! Why rules could not be read from files.

use std::io;

use crate::wording::{Arg, Language, Sentence};

/// Why files could not be read: what, why and what to do, as data, so that each face shows it in its own way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// What went wrong.
    pub what: Sentence,
    /// Why; absent where the first sentence says it all.
    pub why: Option<Sentence>,
    /// What to do.
    pub help: Option<Sentence>,
    /// True when the caller named what cannot be named, false when a file is to blame.
    pub is_misuse: bool,
}

impl Unreadable {
    /// The contents of a file are not what they should be as a whole.
    pub fn contents(what: Sentence) -> Box<Self> {
        Box::new(Self { what, why: None, help: None, is_misuse: false })
    }

    /// The caller named what cannot be named.
    pub fn misuse(what: Sentence) -> Box<Self> {
        Box::new(Self { what, why: None, help: None, is_misuse: true })
    }

    /// A file could not be opened or read.
    pub fn read(file: impl Into<Arg>, error: &io::Error) -> Box<Self> {
        let (why, help) = reason_and_help(error);
        Self::contents(Sentence::new("failure-read").with("file", file)).why(why).help(help)
    }

    /// With why it went wrong.
    #[must_use]
    pub fn why(mut self: Box<Self>, because: Sentence) -> Box<Self> {
        self.why = Some(because);
        self
    }

    /// With what to do about it.
    #[must_use]
    pub fn help(mut self: Box<Self>, advice: Sentence) -> Box<Self> {
        self.help = Some(advice);
        self
    }

    /// Stable name of the kind of trouble, in kebab case: `read`, `no-rules`, `manifest` ...
    pub fn code(&self) -> &'static str {
        let key = self.what.key();
        key.strip_prefix("failure-").unwrap_or(key)
    }

    /// What went wrong and why, in one sentence.
    pub fn message(&self, language: Language) -> String {
        let what = self.what.render(language);
        self.why.as_ref().map_or(what.clone(), |why| format!("{what}: {}", why.render(language)))
    }
}

/// Why a file could not be opened, read or written, and what to do about it.
pub fn reason_and_help(error: &io::Error) -> (Sentence, Sentence) {
    let (why, help) = match error.kind() {
        io::ErrorKind::NotFound => (Sentence::new("failure-not-found"), "failure-not-found-help"),
        io::ErrorKind::PermissionDenied => (Sentence::new("failure-not-allowed"), "failure-not-allowed-help"),
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            (Sentence::new("failure-full"), "failure-full-help")
        }
        io::ErrorKind::IsADirectory => (Sentence::new("failure-is-folder"), "failure-is-folder-help"),
        _ => (Sentence::new("failure-system").with("words", error.to_string()), "failure-file-help"),
    };
    (why, Sentence::new(help))
}
