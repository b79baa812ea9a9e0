//! `cadans test --watch`: runs again when a rule file changes.
//!
//! Files are looked at twice a second: their names, sizes and times of change. That needs no service of the operating system, and also sees files on
//! network drives, and those that an editor replaces instead of writing.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};
use std::{fs, thread};

use super::{TestArgs, run_once};
use crate::cli::failure::{Exit, Failure};
use crate::cli::screen::{BOLD, DIM, Screen, plain};
use cadans::files;
use cadans::wording::Sentence;

const BETWEEN_LOOKS: Duration = Duration::from_millis(500);

/// What is looked at of files to see whether they changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct FileStates(BTreeMap<PathBuf, Option<(SystemTime, u64)>>);

impl FileStates {
    /// The states of files. One that cannot be looked at, as while an editor replaces it, has none.
    fn look(files: Vec<PathBuf>) -> Self {
        let state = |file: &Path| {
            let about = fs::metadata(file).ok()?;
            Some((about.modified().ok()?, about.len()))
        };
        Self(files.into_iter().map(|file| (file.clone(), state(&file))).collect())
    }

    /// The first file that is there in one of the two only, or differs.
    fn changed<'s>(&'s self, since: &'s Self) -> Option<&'s Path> {
        let differs = |(file, state): &(&PathBuf, _)| since.0.get(*file) != Some(*state);
        let gone = since.0.keys().find(|file| !self.0.contains_key(*file));
        self.0.iter().find(differs).map(|(file, _)| file).or(gone).map(PathBuf::as_path)
    }
}

/// Runs the examples, and again after every change, until the output is closed or the process is stopped.
///
/// # Errors
/// When the output cannot be printed. What is wrong with a file is printed, and may be mended.
pub(super) fn run_again_on_change(args: &TestArgs, screen: &mut Screen) -> Result<Exit, Failure> {
    loop {
        let seen = FileStates::look(files::find(&args.rules).unwrap_or_default().files);
        match run_once(args, screen) {
            Ok(_) => {}
            Err(Failure::Closed) => return Err(Failure::Closed),
            Err(failure) => screen.print_aside(&failure.message(screen.language).unwrap_or_default()),
        }
        let waits = screen.text(&Sentence::new("watch-waits"));
        screen.print(&format!("{DIM}{waits}{DIM:#}\n"))?;
        let changed = loop {
            thread::sleep(BETWEEN_LOOKS);
            let now = FileStates::look(files::find(&args.rules).unwrap_or_default().files);
            if let Some(file) = now.changed(&seen) {
                break file.display().to_string();
            }
        };
        let again = screen.text(&Sentence::new("watch-changed").with("file", &*plain(&changed)));
        screen.print(&format!("\n{BOLD}{again}{BOLD:#}\n"))?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn states(files: &[(&str, u64)]) -> FileStates {
        let at = |seconds: u64| Some((SystemTime::UNIX_EPOCH + Duration::from_secs(seconds), 10));
        FileStates(files.iter().map(|(file, seconds)| (PathBuf::from(file), at(*seconds))).collect())
    }

    #[test]
    fn a_file_that_is_new_gone_or_written_again_is_a_change() {
        let before = states(&[("a", 1), ("b", 1)]);
        let changed = |files| states(files).changed(&before).map(|file| file.display().to_string());
        assert_eq!(changed(&[("a", 1), ("b", 1)]), None);
        assert_eq!(changed(&[("a", 1), ("b", 2)]).as_deref(), Some("b"));
        assert_eq!(changed(&[("a", 1), ("b", 1), ("c", 1)]).as_deref(), Some("c"));
        assert_eq!(changed(&[("b", 1)]).as_deref(), Some("a"));
    }
}
