//! `rulebook.toml`: the manifest and the files that it names, which lie in its folder or below.
//!
//! Invariant: no file outside the folder of the manifest is read, whatever its paths and links say.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::files::{Unreadable, called, text, text_of};
use crate::limits;
use crate::manifest::{Assembled, Manifest};
use crate::wording::{Sentence, plain};

/// The manifest among some paths; `None` where these are rule files.
///
/// # Errors
/// When it is given together with other files.
pub fn only_manifest(paths: &[PathBuf]) -> Result<Option<&Path>, Box<Unreadable>> {
    let is_manifest = |path: &&PathBuf| path.extension().is_some_and(|ending| ending == "toml");
    match (paths.iter().find(is_manifest), paths) {
        (None, _) => Ok(None),
        (Some(path), [_]) => Ok(Some(path)),
        (Some(path), _) => {
            let what = Sentence::new("failure-manifest-alone").with("file", &*plain(&path.to_string_lossy()));
            Err(Unreadable::misuse(what).help(Sentence::new("failure-manifest-alone-help")))
        }
    }
}

/// A manifest with the texts of the files that it names.
#[derive(Clone, Debug, Default)]
pub struct ManifestTexts {
    /// What it is called in messages.
    pub name: String,
    /// Its text.
    pub text: String,
    /// What the text says.
    pub manifest: Manifest,
    /// The texts of its files by their paths there, without those that are missing.
    pub files: BTreeMap<String, String>,
}

/// Reads a manifest and its files. `None` where there is no file at this path.
///
/// # Errors
/// When the manifest cannot be read or says what cannot be, or a file of it cannot be read or lies outside its folder.
pub fn read_manifest(path: &Path) -> Result<Option<ManifestTexts>, Box<Unreadable>> {
    let name = called(path);
    let text = match text(path, limits::PACK_BYTES) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(Unreadable::read(name, &error)),
    };
    let manifest = Manifest::parse(&text).map_err(|why| unusable(&name, *why))?;
    let folder = folder_of(path);
    let mut texts = BTreeMap::new();
    for file in manifest.files().chain(manifest.settings_files()) {
        if let Some(text) = text_within(&folder, file)? {
            texts.insert(file.to_owned(), text);
        }
    }
    Ok(Some(ManifestTexts { name, text, manifest, files: texts }))
}

/// The layers of a manifest with the texts of their files. In messages a file is called by the folder of the manifest and its path there.
///
/// # Errors
/// As [`read_manifest`]; also when there is no file at this path.
pub fn assemble(path: &Path) -> Result<Assembled, Box<Unreadable>> {
    let missing = || Unreadable::read(path.to_string_lossy().into_owned(), &io::ErrorKind::NotFound.into());
    let ManifestTexts { name, manifest, files, .. } = read_manifest(path)?.ok_or_else(missing)?;
    if manifest.layers.is_empty() {
        return Err(unusable(&name, Sentence::new("manifest-no-layers")));
    }
    let folder = folder_of(path);
    let named = |file: &str| called(&folder.join(file));
    manifest.assemble(&files, &named).map_err(|why| unusable(&name, *why))
}

/// The folder of a manifest; empty for that in which the program runs.
pub fn folder_of(path: &Path) -> PathBuf {
    path.parent().map(Path::to_owned).unwrap_or_default()
}

/// The manifest and the files of settings that it names.
///
/// # Errors
/// When the manifest cannot be read or says what cannot be.
pub fn tables(path: &Path) -> Result<Vec<PathBuf>, Box<Unreadable>> {
    let name = called(path);
    let text = text_of(path)?;
    let manifest = Manifest::parse(&text).map_err(|why| unusable(&name, *why))?;
    let folder = folder_of(path);
    Ok(std::iter::once(path.to_owned()).chain(manifest.settings_files().map(|file| folder.join(file))).collect())
}

/// That a manifest cannot be used, and why.
pub fn unusable(name: &str, why: Sentence) -> Box<Unreadable> {
    let what = Sentence::new("failure-manifest").with("file", &*plain(name));
    Unreadable::contents(what).why(why).help(Sentence::new("manifest-help"))
}

/// The text of a file of a folder or below; `None` where there is none.
///
/// # Errors
/// When it cannot be read, or links lead out of the folder.
pub fn text_within(folder: &Path, file: &str) -> Result<Option<String>, Box<Unreadable>> {
    let path = folder.join(file);
    let name = called(&path);
    let trouble = |error: &io::Error| Unreadable::read(name.as_str(), error);
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
        return Err(Unreadable::contents(what).help(Sentence::new("failure-outside-help")));
    }
    text(&place, limits::PACK_BYTES).map(Some).map_err(|error| trouble(&error))
}
