//! Files that the command writes. A file is written under another name beside its place and then renamed, so that an error, a full disk or
//! Ctrl-C leaves the file that was there as it was.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use atomic_write_file::AtomicWriteFile;

use super::failure::Failure;
use cadans::wording::Sentence;

/// Refuses an output file that is also one of the files that are read.
///
/// # Errors
/// When `out` is one of `inputs`, by whatever name or link.
pub fn refuse_input<'a>(out: &Path, inputs: impl IntoIterator<Item = &'a Path>) -> Result<(), Failure> {
    // A file that does not exist yet is no input; any other error shows when the file is written.
    let is_out = |input: &&Path| same_file::is_same_file(input, out).unwrap_or(false);
    match inputs.into_iter().find(is_out) {
        None => Ok(()),
        Some(_) => Err(Failure::misuse(Sentence::new("failure-out-is-input").with("file", out.display().to_string()))
            .why(Sentence::new("failure-out-is-input-why"))
            .help(Sentence::new("failure-out-is-input-help"))),
    }
}

/// Refuses two outputs that are one file: the second would take the place of the first.
///
/// # Errors
/// When they are, by whatever name or link.
pub fn refuse_one_for_two(one: &Path, other: &Path) -> Result<(), Failure> {
    // A file that does not exist yet is known by its folder and its name.
    let full = |path: &Path| -> Option<PathBuf> {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        Some(folder.canonicalize().ok()?.join(path.file_name()?))
    };
    let is_named_twice = || full(one).is_some_and(|one| full(other) == Some(one));
    if !same_file::is_same_file(one, other).unwrap_or_else(|_| is_named_twice()) {
        return Ok(());
    }
    Err(Failure::misuse(Sentence::new("failure-one-for-two").with("file", one.display().to_string()))
        .why(Sentence::new("failure-one-for-two-why"))
        .help(Sentence::new("failure-out-is-input-help")))
}

/// Writes a file as a whole, or leaves the old one in place.
///
/// # Errors
/// When it cannot be written.
pub fn write(path: &Path, text: &str) -> Result<(), Failure> {
    place(path)
        .and_then(|place| replace(&place, text))
        .map_err(|error| Failure::write(path.display().to_string(), &error))
}

/// The path of the file itself, links followed: renaming over a link would replace the link.
fn place(path: &Path) -> io::Result<PathBuf> {
    match path.canonicalize() {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(path.to_owned()),
        place => place,
    }
}

fn replace(path: &Path, text: &str) -> io::Result<()> {
    // A device or a pipe is written into, because renaming would put a file in its place.
    if fs::metadata(path).is_ok_and(|about| !about.is_file() && !about.is_dir()) {
        return fs::OpenOptions::new().write(true).open(path)?.write_all(text.as_bytes());
    }
    let mut file = AtomicWriteFile::open(path)?;
    file.write_all(text.as_bytes())?;
    file.commit()
}
