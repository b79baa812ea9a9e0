//! How a run of the command ends: its exit code, and the message when it could not do its work.
//!
//! A failure reports what, why and what to do, like every message of ours. Findings (a broken rule, a failed example, a
//! refused lead) are results and no failures: they are printed where they belong and end in [`Exit::Findings`].

use std::process::ExitCode;
use std::{fmt, io};

use super::screen::{ERROR, HINT};
use cadans::files::{Unreadable, reason_and_help};
use cadans::handover::Refusal;
use cadans::wording::{Arg, Language, Sentence};

/// The exit codes, as the help documents them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// 0: everything is fine.
    Fine = 0,
    /// 1: there is something to look at: errors in packs, files that were not accepted, failed examples, a run over its `--budget`, with
    /// `--strict` also refused leads; for `receive` a conflict, or something that the packs need and is missing; for `lsp` a session that was not shut
    /// down.
    Findings = 1,
    /// 2: the command was not used as it should be.
    Misuse = 2,
    /// 3: a file could not be read or written.
    File = 3,
    /// 4: what was compared differs.
    Differs = 4,
    /// 5: examples cover less than they should.
    Uncovered = 5,
    /// 6: what was received is there already: the file is the one that was accepted.
    Same = 6,
}

impl Exit {
    /// The worse of the two.
    pub fn and(self, other: Self) -> Self {
        self.max(other)
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// Why the command could not do its work.
#[derive(Debug)]
pub enum Failure {
    /// Something that the user should know.
    Reported {
        /// What went wrong.
        what: Sentence,
        /// Why.
        why: Option<Sentence>,
        /// What to do.
        help: Option<Sentence>,
        /// How the run ends.
        exit: Exit,
    },
    /// Whoever read our output has closed it (`cadans decide ... | head`): there is nothing to report, and nobody to report it to.
    Closed,
}

impl Failure {
    /// The command was not used as it should be.
    pub fn misuse(what: Sentence) -> Self {
        Self::Reported { what, why: None, help: None, exit: Exit::Misuse }
    }

    /// The contents of a file are not what they should be as a whole.
    pub fn contents(what: Sentence) -> Self {
        Self::Reported { what, why: None, help: None, exit: Exit::File }
    }

    /// The work was stopped before there was an answer.
    pub fn stopped(what: Sentence) -> Self {
        Self::Reported { what, why: None, help: None, exit: Exit::Findings }
    }

    /// A file that was handed over is refused, is not written, or is not accepted. `what` is about the file or the attempt.
    pub fn handover(what: Sentence, refusal: Refusal) -> Self {
        Self::contents(what).why(refusal.what).help(refusal.help)
    }

    /// With why it went wrong.
    pub fn why(mut self, because: Sentence) -> Self {
        if let Self::Reported { why, .. } = &mut self {
            *why = Some(because);
        }
        self
    }

    /// With what to do about it.
    pub fn help(mut self, advice: Sentence) -> Self {
        if let Self::Reported { help, .. } = &mut self {
            *help = Some(advice);
        }
        self
    }

    /// A file could not be opened or read.
    pub fn read(file: impl Into<Arg>, error: &io::Error) -> Self {
        Self::file(Sentence::new("failure-read").with("file", file), error)
    }

    /// A file could not be written.
    pub fn write(file: impl Into<Arg>, error: &io::Error) -> Self {
        Self::file(Sentence::new("failure-write").with("file", file), error)
    }

    fn file(what: Sentence, error: &io::Error) -> Self {
        let (why, help) = reason_and_help(error);
        Self::contents(what).why(why).help(help)
    }

    /// What to print, in the way the argument parser prints its own errors; `None` when there is nothing to report.
    pub fn message(&self, language: Language) -> Option<String> {
        let Self::Reported { what, why, help, .. } = self else { return None };
        let because =
            |why: &Sentence| Sentence::new("failure-because").with("what", what.clone()).with("why", why.clone());
        let what = why.as_ref().map_or_else(|| what.clone(), because).render(language);
        let error = Sentence::new("failure-error").render(language);
        let mut text = format!("{ERROR}{error}{ERROR:#} {what}\n");
        if let Some(help) = help {
            let to_do = Sentence::new("failure-to-do").render(language);
            text.push_str(&format!("\n  {HINT}{to_do}{HINT:#} {}\n", help.render(language)));
        }
        Some(text)
    }

    /// How the run ends.
    pub fn exit(&self) -> Exit {
        match self {
            Self::Reported { exit, .. } => *exit,
            Self::Closed => Exit::Fine,
        }
    }
}

impl From<Box<Unreadable>> for Failure {
    fn from(unreadable: Box<Unreadable>) -> Self {
        let Unreadable { what, why, help, is_misuse } = *unreadable;
        let exit = if is_misuse { Exit::Misuse } else { Exit::File };
        Self::Reported { what, why, help, exit }
    }
}

impl From<io::Error> for Failure {
    /// An error while printing.
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            return Self::Closed;
        }
        Self::file(Sentence::new("failure-print"), &error).help(Sentence::new("failure-print-help"))
    }
}

impl From<fmt::Error> for Failure {
    fn from(_: fmt::Error) -> Self {
        Self::contents(Sentence::new("failure-print")).why(Sentence::new("failure-text"))
    }
}
