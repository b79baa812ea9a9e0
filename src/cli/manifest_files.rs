//! `rulebook.toml` from the command line: the manifest and the files that it names, which lie in its folder or below.
//!
//! Invariant: no file outside the folder of the manifest is read, whatever its paths and links say.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::failure::Failure;
use super::screen::plain;
use super::{files, output_file};
use cadans::limits;
use cadans::manifest::{Assembled, Manifest};
use cadans::wording::Sentence;

/// The manifest among the paths of the command line; `None` where these are rule files.
///
/// # Errors
/// When it is given together with other files.
pub fn only_manifest(paths: &[PathBuf]) -> Result<Option<&Path>, Failure> {
    let is_manifest = |path: &&PathBuf| path.extension().is_some_and(|ending| ending == "toml");
    match (paths.iter().find(is_manifest), paths) {
        (None, _) => Ok(None),
        (Some(path), [_]) => Ok(Some(path)),
        (Some(path), _) => {
            let what = Sentence::new("failure-manifest-alone").with("file", &*plain(&path.to_string_lossy()));
            Err(Failure::misuse(what).help(Sentence::new("failure-manifest-alone-help")))
        }
    }
}

/// A manifest with the texts of the files that it names.
pub struct ManifestTexts {
    /// What it is called in messages.
    pub name: String,
    /// Its text.
    pub text: String,
    /// The texts of its files by their paths there, without those that are missing.
    pub files: BTreeMap<String, String>,
}

/// Reads a manifest and its files. `None` where there is no file at this path.
///
/// # Errors
/// When the manifest cannot be read or says what cannot be, or a file of it cannot be read or lies outside its folder.
pub fn read(path: &Path) -> Result<Option<ManifestTexts>, Failure> {
    let name = path.to_string_lossy().replace('\\', "/");
    let text = match files::text(path, limits::PACK_BYTES) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(Failure::read(name, &error)),
    };
    let manifest = Manifest::parse(&text).map_err(|why| refused(&name, *why))?;
    let folder = folder_of(path);
    let mut texts = BTreeMap::new();
    for file in manifest.files().chain(manifest.settings_files()) {
        if let Some(text) = text_within(&folder, file)? {
            texts.insert(file.to_owned(), text);
        }
    }
    Ok(Some(ManifestTexts { name, text, files: texts }))
}

/// The layers of a manifest with the texts of their files. In messages a file is called by the folder of the manifest and its path there.
///
/// # Errors
/// As [`read`]; also when there is no file at this path.
pub fn assemble(path: &Path) -> Result<Assembled, Failure> {
    let missing = || Failure::read(path.to_string_lossy().into_owned(), &io::ErrorKind::NotFound.into());
    let ManifestTexts { name, text, files } = read(path)?.ok_or_else(missing)?;
    let folder = folder_of(path);
    let called = |file: &str| folder.join(file).to_string_lossy().replace('\\', "/");
    let assembled = Manifest::parse(&text).and_then(|manifest| manifest.assemble(&files, &called));
    assembled.map_err(|why| refused(&name, *why))
}

/// The folder of a manifest; empty for that in which the command runs.
fn folder_of(path: &Path) -> PathBuf {
    path.parent().map(Path::to_owned).unwrap_or_default()
}

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

/// The manifest and the files of settings that it names.
///
/// # Errors
/// When the manifest cannot be read or says what cannot be.
pub fn tables(path: &Path) -> Result<Vec<PathBuf>, Failure> {
    let name = path.to_string_lossy().replace('\\', "/");
    let text = files::text(path, limits::PACK_BYTES).map_err(|error| Failure::read(name.as_str(), &error))?;
    let manifest = Manifest::parse(&text).map_err(|why| refused(&name, *why))?;
    let folder = folder_of(path);
    Ok(std::iter::once(path.to_owned()).chain(manifest.settings_files().map(|file| folder.join(file))).collect())
}

/// That a manifest cannot be used, and why.
pub fn refused(name: &str, why: Sentence) -> Failure {
    let what = Sentence::new("failure-manifest").with("file", &*plain(name));
    Failure::contents(what).why(why).help(Sentence::new("manifest-help"))
}

/// The text of a file of a folder or below; `None` where there is none.
///
/// # Errors
/// When it cannot be read, or links lead out of the folder.
fn text_within(folder: &Path, file: &str) -> Result<Option<String>, Failure> {
    let path = folder.join(file);
    let name = path.to_string_lossy().replace('\\', "/");
    let trouble = |error: &io::Error| Failure::read(name.as_str(), error);
    let top = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let top = fs::canonicalize(top).map_err(|error| trouble(&error))?;
    let place = match fs::canonicalize(&path) {
        Ok(place) => place,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(trouble(&error)),
    };
    // A pipe or a device may never end.
    if !place.starts_with(&top) || !fs::metadata(&place).map_err(|error| trouble(&error))?.is_file() {
        let what = Sentence::new("failure-outside").with("file", &*plain(&name));
        return Err(Failure::contents(what).help(Sentence::new("failure-outside-help")));
    }
    files::text(&place, limits::PACK_BYTES).map(Some).map_err(|error| trouble(&error))
}
