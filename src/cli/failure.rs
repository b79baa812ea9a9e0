//! How a run of the command ends: its exit code, and what is said when it could not do its work.
//!
//! A failure says what, why and what to do, like every message of ours. Findings (a broken rule, a failed example, a
//! refused lead) are results and no failures: they are printed where they belong and end in [`Exit::Findings`].

use std::path::Path;
use std::process::ExitCode;
use std::{fmt, io};

use super::screen::{ERROR, HINT};

/// The exit codes, as the help documents them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// 0: everything is fine.
    Fine = 0,
    /// 1: there is something to look at: errors in packs, failed examples, with `--strict` also refused leads.
    Findings = 1,
    /// 2: the command was not used as it should be.
    Misuse = 2,
    /// 3: a file could not be read or written.
    File = 3,
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
    /// Something to tell the user.
    Told {
        /// What went wrong.
        what: String,
        /// Why; may be empty.
        why: String,
        /// What to do; may be empty.
        help: String,
        /// How the run ends.
        exit: Exit,
    },
    /// Whoever read our output has closed it (`cadans decide ... | head`): nothing to tell, nobody to tell it to.
    Closed,
}

impl Failure {
    /// The command was not used as it should be.
    pub fn misuse(what: impl Into<String>, why: impl Into<String>, help: impl Into<String>) -> Self {
        Self::Told { what: what.into(), why: why.into(), help: help.into(), exit: Exit::Misuse }
    }

    /// The contents of a file are not what they should be as a whole.
    pub fn contents(what: impl Into<String>, why: impl Into<String>, help: impl Into<String>) -> Self {
        Self::Told { what: what.into(), why: why.into(), help: help.into(), exit: Exit::File }
    }

    /// A file could not be opened, read or written.
    pub fn file(verb: &str, path: &Path, error: &io::Error) -> Self {
        let (why, help) = match error.kind() {
            io::ErrorKind::NotFound => {
                ("there is no such file or folder", "check the spelling and the folder you are in")
            }
            io::ErrorKind::PermissionDenied => {
                ("you are not allowed to", "ask for access, or copy the file to a folder of yours")
            }
            io::ErrorKind::InvalidData => ("it is not text in UTF-8", "save it as UTF-8 and try again"),
            io::ErrorKind::IsADirectory => ("it is a folder", "name a file in it"),
            _ => ("", "check that it is a file that can be opened"),
        };
        let why = if why.is_empty() { error.to_string() } else { why.to_owned() };
        Self::contents(format!("cannot {verb} {}", path.display()), why, help)
    }

    /// What to print, in the way the argument parser prints its own errors; `None` when there is nothing to say.
    pub fn message(&self) -> Option<String> {
        match self {
            Self::Closed => None,
            Self::Told { what, why, help, .. } => {
                let mut text = format!("{ERROR}error:{ERROR:#} {what}");
                if !why.is_empty() {
                    text.push_str(&format!(": {why}"));
                }
                text.push('\n');
                if !help.is_empty() {
                    text.push_str(&format!("\n  {HINT}to do:{HINT:#} {help}\n"));
                }
                Some(text)
            }
        }
    }

    /// How the run ends.
    pub fn exit(&self) -> Exit {
        match self {
            Self::Told { exit, .. } => *exit,
            Self::Closed => Exit::Fine,
        }
    }
}

impl From<io::Error> for Failure {
    /// An error while printing.
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            return Self::Closed;
        }
        Self::contents("cannot print the answer", error.to_string(), "check where the output goes: is the disk full?")
    }
}

impl From<fmt::Error> for Failure {
    fn from(_: fmt::Error) -> Self {
        Self::from(io::Error::other("a text could not be put together"))
    }
}
