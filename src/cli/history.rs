//! What `cadans log` and `cadans blame` share: the histories of the statements of some files in a git repository.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use super::failure::Failure;
use super::git::{ChangedFile, Contents, LoggedCommit, Repository};
use super::screen::{Screen, plain};
use cadans::compare::{Commit, History, HistoryEntry, Revision, StatementHistory, UnreadRevision};
use cadans::files;
use cadans::language::PackSource;
use cadans::wording::{Language, Sentence};

/// The files whose history is told, as git names them.
const KINDS: &[&str] = &[":(top,glob)**/*.rhai", ":(top,glob)**/*.settings.toml", ":(top,glob)**/rulebook.toml"];

/// The histories of some files.
pub struct Histories {
    /// Of each statement and key, those of the files as they are now first.
    pub statements: Vec<StatementHistory>,
    /// The files that do not read in some commit.
    pub unread: Vec<UnreadRevision>,
    /// Whether the history before the earliest commit is missing.
    pub is_cut_off: bool,
    /// The files as they are now, by their names from the top of the repository.
    pub files: Vec<PackSource>,
}

/// The histories of the files at these places.
///
/// # Errors
/// Without git, outside a repository, or when a file cannot be read.
pub fn read(paths: &[PathBuf], screen: &Screen) -> Result<Histories, Failure> {
    let first = paths.first().map_or(Path::new("."), PathBuf::as_path);
    let repository = Repository::of(folder_of(first))?;
    let mut wanted_paths = Vec::new();
    for path in paths {
        wanted_paths.push(name_in(&repository, path)?);
    }
    let wanted = |file: &str| {
        wanted_paths.iter().any(|path| {
            let rest = if path.is_empty() { Some(file) } else { file.strip_prefix(path.as_str()) };
            rest.is_some_and(|rest| {
                let inside = path.is_empty() || rest.is_empty() || rest.starts_with('/');
                inside && !files::is_passed_over(rest)
            })
        })
    };
    let bar = screen.waiting(&Sentence::new("busy-history"));
    let logged = repository.log(KINDS)?;
    let mut contents = repository.contents()?;
    let (files, uncommitted) = working_files(&repository, &wanted, &mut contents)?;
    let mut history = History::new(&wanted);
    history.start_from(&files);
    history.add(&uncommitted);
    for commit in &logged {
        history.add(&revision(commit, &repository, &mut contents)?);
    }
    bar.finish_and_clear();
    let (statements, unread) = history.finish();
    Ok(Histories { statements, unread, is_cut_off: !repository.cut_off.is_empty(), files })
}

/// A commit with the texts of the files that it changed.
fn revision(logged: &LoggedCommit, repository: &Repository, contents: &mut Contents) -> Result<Revision, Failure> {
    // A merge that is the same as one of its parents has changed nothing.
    let parents = if logged.files.len() < logged.parents { Vec::new() } else { logged.files.clone() };
    let mut texts = Vec::new();
    for files in &parents {
        let mut sides = (Vec::new(), Vec::new());
        for ChangedFile { path, before, after } in files {
            for (name, side) in [(before, &mut sides.0), (after, &mut sides.1)] {
                if let Some(name) = name {
                    side.push(PackSource { file: path.clone(), text: contents.text(name)? });
                }
            }
        }
        texts.push(sides);
    }
    let is_cut_off = repository.cut_off.contains(&logged.commit.id);
    Ok(Revision { commit: logged.commit.clone(), parents: texts, is_cut_off })
}

/// The files as they are now, and what is not committed of them.
fn working_files(
    repository: &Repository,
    wanted: &dyn Fn(&str) -> bool,
    contents: &mut Contents,
) -> Result<(Vec<PackSource>, Revision), Failure> {
    let mut places = Vec::new();
    gather(&repository.top, "", &mut places)?;
    let mut sources = Vec::new();
    for (name, place) in places.into_iter().filter(|(name, _)| wanted(name)) {
        sources.push(PackSource { file: name, text: files::text_of(&place)? });
    }
    let head = match repository.commit("HEAD") {
        Ok(head) => repository.files(&head, &repository.top)?,
        Err(_) => Vec::new(),
    };
    let committed: BTreeMap<String, String> =
        head.into_iter().filter(|(name, _)| is_of_rules(name) && wanted(name)).collect();
    let (mut before, mut after) = (Vec::new(), Vec::new());
    for file in &sources {
        let was = committed.get(&file.file).map(|name| contents.text(name)).transpose()?;
        if was.as_ref() != Some(&file.text) {
            before.extend(was.map(|text| PackSource { file: file.file.clone(), text }));
            after.push(file.clone());
        }
    }
    let there: BTreeSet<&str> = sources.iter().map(|file| file.file.as_str()).collect();
    for (file, name) in committed.iter().filter(|(file, _)| !there.contains(file.as_str())) {
        before.push(PackSource { file: file.clone(), text: contents.text(name)? });
    }
    let revision = Revision { commit: Commit::default(), parents: vec![(before, after)], is_cut_off: false };
    Ok((sources, revision))
}

/// The rule files and settings below a folder, with their names from the top. Links are not followed.
fn gather(folder: &Path, name: &str, found: &mut Vec<(String, PathBuf)>) -> Result<(), Failure> {
    let trouble = |error: std::io::Error| Failure::read(folder.display().to_string(), &error);
    let mut entries: Vec<(String, PathBuf, bool)> = Vec::new();
    for entry in fs::read_dir(folder).map_err(trouble)? {
        let entry = entry.map_err(trouble)?;
        let kind = entry.file_type().map_err(trouble)?;
        let own = entry.file_name().to_string_lossy().into_owned();
        // Another repository within this one, and what no rule file is ever kept in.
        let passed = own == ".git" || own == "node_modules" || own == "target" || kind.is_symlink();
        if !passed {
            let full = if name.is_empty() { own } else { format!("{name}/{own}") };
            entries.push((full, entry.path(), kind.is_dir()));
        }
    }
    entries.sort();
    for (name, place, is_folder) in entries {
        if is_folder && !place.join(".git").exists() {
            gather(&place, &name, found)?;
        } else if !is_folder && is_of_rules(&name) {
            found.push((name, place));
        }
    }
    Ok(())
}

/// The settings files and `rulebook.toml` in a folder, all the way down, in the order of their names.
///
/// # Errors
/// When a folder cannot be read.
pub fn gather_tables(folder: &Path, places: &mut Vec<PathBuf>) -> Result<(), Failure> {
    let mut found = Vec::new();
    gather(folder, "", &mut found)?;
    let tables = found.into_iter().filter(|(name, _)| name.ends_with(".toml") && !files::is_passed_over(name));
    places.extend(tables.map(|(_, place)| place));
    Ok(())
}

/// Whether a file is one whose history is told.
pub fn is_of_rules(name: &str) -> bool {
    let base = name.rsplit('/').next().unwrap_or(name);
    base.ends_with(".rhai") || base.ends_with(".settings.toml") || base == "rulebook.toml"
}

/// The folder in which a path is.
pub fn folder_of(path: &Path) -> &Path {
    if path.is_dir() { path } else { path.parent().unwrap_or_else(|| Path::new(".")) }
}

/// The name of a path from the top of the repository; empty for the top itself. A file that is gone may be named too.
///
/// # Errors
/// When it is outside the repository, or its folder is not there.
pub fn name_in(repository: &Repository, path: &Path) -> Result<String, Failure> {
    let trouble = |error: std::io::Error| Failure::read(path.display().to_string(), &error);
    let absolute = match fs::canonicalize(path) {
        Ok(absolute) => absolute,
        Err(_) => {
            let folder = folder_of(path);
            let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
            fs::canonicalize(folder).map_err(trouble)?.join(path.file_name().unwrap_or_default())
        }
    };
    let top = fs::canonicalize(&repository.top).map_err(trouble)?;
    match absolute.strip_prefix(&top) {
        Ok(name) => Ok(name.to_string_lossy().replace('\\', "/")),
        Err(_) => {
            Err(Failure::misuse(Sentence::new("failure-other-repository").with("path", path.display().to_string()))
                .why(Sentence::new("failure-other-repository-why").with("top", top.display().to_string()))
                .help(Sentence::new("failure-other-repository-help")))
        }
    }
}

/// `2026-11-02  Kim Bakker  9a8b7c6d`; what is not committed has no author.
pub fn who(entry: &HistoryEntry, language: Language) -> String {
    let commit = &entry.commit;
    if commit.id.is_empty() {
        return Sentence::new("log-uncommitted").render(language);
    }
    let day = commit.date.get(..10).unwrap_or(&commit.date);
    format!("{}  {}  {}", plain(day), plain(&commit.author), short_id(commit))
}

/// The first letters of the name of a commit, enough to find it.
pub fn short_id(commit: &Commit) -> &str {
    commit.id.get(..10).unwrap_or(&commit.id)
}

/// Prints on the error stream which files did not read in which commits, and that the history is cut off.
pub fn tell_gaps(histories: &Histories, screen: &mut Screen) {
    if histories.is_cut_off {
        let text = screen.text(&Sentence::new("log-cut-off"));
        screen.print_aside(&format!("{text}\n"));
    }
    for one in &histories.unread {
        let commit = match one.commit.id.as_str() {
            "" => screen.text(&Sentence::new("log-uncommitted")),
            _ => short_id(&one.commit).to_owned(),
        };
        let errors = screen.text(&super::screen::count("errors", one.errors));
        let sentence = Sentence::new("log-unread").with("file", &*plain(&one.file)).with("commit", commit);
        let text = screen.text(&sentence.with("errors", errors));
        screen.print_aside(&format!("{text}\n"));
    }
}
