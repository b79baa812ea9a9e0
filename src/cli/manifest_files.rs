//! Files that are written into the folder of a `rulebook.toml` or below it.

use std::fs;
use std::io;
use std::path::Path;

use super::failure::Failure;
use super::output_file;
use cadans::files::{folder_of, text_within};
use cadans::wording::Sentence;

/// Writes a file of a folder or below, with the folders that it needs. One that is there stays, if it has this text.
///
/// # Errors
/// When it cannot be written, links lead out of the folder, or another file is there.
pub fn write_within(manifest: &Path, file: &str, text: &str) -> Result<(), Failure> {
    let folder = folder_of(manifest);
    let path = folder.join(file);
    let trouble = |error: &io::Error| Failure::write(path.display().to_string(), error);
    let top = if folder.as_os_str().is_empty() { Path::new(".") } else { &folder };
    let top = fs::canonicalize(top).map_err(|error| trouble(&error))?;
    let parent = path.parent().unwrap_or(&path);
    // Folders are made in the deepest one that is there, so that is where links may lead out.
    let deepest = parent.ancestors().find(|folder| folder.exists() && !folder.as_os_str().is_empty());
    let place = fs::canonicalize(deepest.unwrap_or(Path::new("."))).map_err(|error| trouble(&error))?;
    if !place.starts_with(&top) {
        let what = Sentence::new("failure-outside").with("file", path.display().to_string());
        return Err(Failure::contents(what).help(Sentence::new("failure-outside-help")));
    }
    fs::create_dir_all(parent).map_err(|error| trouble(&error))?;
    match text_within(&folder, file)? {
        Some(there) if there == text => Ok(()),
        Some(_) => Err(Failure::contents(Sentence::new("failure-taken").with("file", path.display().to_string()))
            .help(Sentence::new("failure-taken-help"))),
        None => output_file::write(&path, text),
    }
}
