//! Rules as files: rule files, folders with them, `rulebook.toml` and files of settings, read from disk. For programs with a disk (feature `files`):
//! the command and the Python package.
//!
//! In: paths and values for settings. Out: [`RuleFiles`], from which a rulebook is made, or an [`Unreadable`] that says what, why and what to do.
//!
//! Left out: writing, standard input, and the files of leads, which the command reads piece by piece.

mod manifest;
mod rules;
mod unreadable;

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

pub use self::manifest::{
    ManifestTexts, assemble, folder_of, only_manifest, read_manifest, tables, text_within, unusable,
};
pub use self::rules::{FoundFiles, find, is_passed_over, needs, read};
pub use self::unreadable::{Unreadable, reason_and_help};
use crate::diagnostics::Diagnostic;
use crate::language::line_ends::with_line_feeds;
use crate::language::{PackSource, Rulebook};
use crate::limits;
use crate::manifest::{Assembled, read_settings};
use crate::pack::Overrides;
use crate::wording::{Sentence, plain};

/// Rules that are ready to be merged: files, or the files of a `rulebook.toml` in their layers; and the values given to settings.
#[derive(Clone, Debug, Default)]
pub struct RuleFiles {
    /// The rule files, in order.
    pub sources: Vec<PackSource>,
    /// The layers, where the rules are those of a manifest.
    pub assembled: Option<Assembled>,
    /// The values for settings.
    pub overrides: Overrides,
    /// The folders that were passed over, because their rules are wrong on purpose.
    pub passed_over: Vec<PathBuf>,
}

impl RuleFiles {
    /// Reads rule files, folders of which every `*.rhai` file is read, and the packs that these need; or one `rulebook.toml`, which names its files
    /// itself.
    ///
    /// # Errors
    /// When a file cannot be read, says what cannot be, or there is no rule file at all.
    pub fn load(paths: &[PathBuf], overrides: Overrides) -> Result<Self, Box<Unreadable>> {
        if let Some(path) = only_manifest(paths)? {
            let assembled = assemble(path)?;
            let sources = assembled.sources.clone();
            return Ok(Self { sources, assembled: Some(assembled), overrides, passed_over: Vec::new() });
        }
        let FoundFiles { files, passed_over } = find(paths)?.or_none(paths)?;
        Ok(Self { sources: read(&files)?, assembled: None, overrides, passed_over })
    }

    /// The rulebook, and what is wrong with its files.
    pub fn rulebook(&self) -> (Rulebook, Vec<Diagnostic>) {
        let layers = self.assembled.as_ref().map(|assembled| &assembled.layers);
        Rulebook::merged(&self.sources, layers, &self.overrides)
    }

    /// The packs without layers, each as its author wrote it: for running their examples. What is wrong with them, and which files their layers do
    /// not take.
    pub fn packs_alone(&self) -> (Rulebook, Vec<Diagnostic>) {
        let (rulebook, mut found) = Rulebook::new(&self.sources, &self.overrides);
        if self.assembled.is_some() {
            found.extend(self.rulebook().1.into_iter().filter(Diagnostic::is_of_file_left_out));
        }
        (rulebook, found)
    }
}

/// The values in files of settings, in order: what a later file says goes before an earlier one.
///
/// # Errors
/// When a file cannot be read or is none of settings.
pub fn settings(files: &[PathBuf]) -> Result<Overrides, Box<Unreadable>> {
    let mut all = Overrides::default();
    for path in files {
        let name = path.display().to_string();
        let read = read_settings(&text_of(path)?).map_err(|why| {
            let what = Sentence::new("failure-settings").with("file", &*plain(&name));
            Unreadable::contents(what).why(*why).help(Sentence::new("settings-file-help"))
        })?;
        all = all.then(&read);
    }
    Ok(all)
}

/// The text of a file of rules or settings, in which no line ends with CR alone; see [`text`].
///
/// # Errors
/// When it cannot be read.
pub fn text_of(path: &Path) -> Result<String, Box<Unreadable>> {
    let text = text(path, limits::PACK_BYTES).map_err(|error| Unreadable::read(path.display().to_string(), &error))?;
    Ok(with_line_feeds(&text).into_owned())
}

/// The text of a file, of which at most `most` bytes and a few are read: enough for whoever reads it to see that it is too large. Bytes that
/// are not UTF-8 become U+FFFD, which the reader of packs reports.
///
/// # Errors
/// When it cannot be read.
pub fn text(path: &Path, most: usize) -> io::Result<String> {
    let limit = u64::try_from(most).unwrap_or(u64::MAX);
    let mut bytes = Vec::new();
    File::open(path)?.take(limit.saturating_add(4)).read_to_end(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// A path as messages and rulebooks have it: with `/` on every system.
pub fn called(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

#[cfg(test)]
mod tests;
