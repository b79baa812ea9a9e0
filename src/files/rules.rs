//! Rule files, folders with their `*.rhai` files, all the way down in path order, and the packs that these need.
//!
//! A folder called `broken` within a folder is passed over: its rules are wrong on purpose.

use std::fs;
use std::path::{Path, PathBuf};

use crate::files::{Unreadable, called, text_of};
use crate::language::{PackSource, Rulebook};
use crate::limits;
use crate::pack::Overrides;
use crate::wording::Sentence;

/// Folders are not followed deeper than this.
const DEEPEST: usize = 32;

/// A folder of this name holds rules that are wrong on purpose.
const BROKEN: &str = "broken";

/// What was found at some paths.
#[derive(Clone, Debug, Default)]
pub struct FoundFiles {
    /// The rule files, each once.
    pub files: Vec<PathBuf>,
    /// The folders that were passed over.
    pub passed_over: Vec<PathBuf>,
}

impl FoundFiles {
    /// Refuses paths at which there was no rule file.
    ///
    /// # Errors
    /// When there was none.
    pub fn or_none(self, paths: &[PathBuf]) -> Result<Self, Box<Unreadable>> {
        if !self.files.is_empty() {
            return Ok(self);
        }
        let places: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
        Err(Unreadable::misuse(Sentence::new("failure-no-rules").with("places", places.join(", ")))
            .why(Sentence::new("failure-no-rules-why"))
            .help(Sentence::new("failure-no-rules-help")))
    }
}

/// The rule files that these paths name, and those in the folders among them, without the packs that they need. There may be none.
///
/// # Errors
/// When a path cannot be read.
pub fn find(paths: &[PathBuf]) -> Result<FoundFiles, Box<Unreadable>> {
    let mut found = FoundFiles::default();
    for path in paths {
        gather(path, 0, &mut found)?;
    }
    let mut once: Vec<PathBuf> = Vec::new();
    for file in found.files {
        if !once.contains(&file) {
            once.push(file);
        }
    }
    Ok(FoundFiles { files: once, ..found })
}

/// The packs in these files, and after them those that they need.
///
/// # Errors
/// When a file cannot be read.
pub fn read(files: &[PathBuf]) -> Result<Vec<PackSource>, Box<Unreadable>> {
    let source = |file: &PathBuf| Ok(PackSource { file: called(file), text: text_of(file)? });
    let mut packs = files.iter().map(source).collect::<Result<Vec<PackSource>, Box<Unreadable>>>()?;
    read_needed(&mut packs)?;
    Ok(packs)
}

/// Adds the packs that these need, and that those need in turn, where their files lie beside them. That one is missing is left to the checker.
///
/// # Errors
/// When such a file cannot be read.
fn read_needed(packs: &mut Vec<PackSource>) -> Result<(), Box<Unreadable>> {
    let mut next = 0;
    while let Some(pack) = packs.get(next).filter(|_| packs.len() < limits::PACKS) {
        let folder = Path::new(&pack.file).parent().map(Path::to_owned).unwrap_or_default();
        for file in needs(pack).into_iter().map(|needed| folder.join(needed)).filter(|file| file.is_file()) {
            let place = fs::canonicalize(&file).ok();
            if packs.iter().any(|pack| fs::canonicalize(&pack.file).ok() == place) {
                continue;
            }
            packs.push(PackSource { file: called(&file), text: text_of(&file)? });
        }
        next += 1;
    }
    Ok(())
}

/// The files that a pack needs, by their names beside its own.
pub fn needs(pack: &PackSource) -> Vec<String> {
    let (rulebook, _) = Rulebook::new(std::slice::from_ref(pack), &Overrides::default());
    rulebook.packs().iter().flat_map(|pack| pack.about.needs.clone()).collect()
}

/// Whether a file below a folder, by its name from there, is passed over when the folder is read.
pub fn is_passed_over(name: &str) -> bool {
    name.split('/').any(|part| part == BROKEN)
}

fn gather(path: &Path, depth: usize, found: &mut FoundFiles) -> Result<(), Box<Unreadable>> {
    let trouble = |error: std::io::Error| Unreadable::read(path.display().to_string(), &error);
    let about = fs::metadata(path).map_err(trouble)?;
    if !about.is_dir() {
        // A pipe or a device may never end.
        if !about.is_file() {
            return Err(Unreadable::misuse(Sentence::new("failure-read").with("file", path.display().to_string()))
                .why(Sentence::new("failure-no-file"))
                .help(Sentence::new("failure-no-file-help")));
        }
        found.files.push(path.to_owned());
        return Ok(());
    }
    if depth == DEEPEST {
        return Ok(());
    }
    // Links to folders are not followed, so that a link to a folder above it ends.
    let mut entries: Vec<(PathBuf, bool)> = Vec::new();
    for entry in fs::read_dir(path).map_err(trouble)? {
        let entry = entry.map_err(trouble)?;
        let folder = entry.file_type().map_err(trouble)?.is_dir();
        entries.push((entry.path(), folder));
    }
    entries.sort();
    for (entry, folder) in entries {
        if folder && entry.file_name().is_some_and(|name| name == BROKEN) {
            found.passed_over.push(entry);
        } else if folder || (entry.extension().is_some_and(|ending| ending == "rhai") && entry.is_file()) {
            gather(&entry, depth + 1, found)?;
        }
    }
    Ok(())
}
