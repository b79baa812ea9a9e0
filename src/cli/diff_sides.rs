//! The two sides of `cadans diff`: files and folders, a `rulebook.toml` with its layers, on disk or at a revision in git.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::diff::DiffArgs;
use super::failure::Failure;
use super::git::{Contents, Repository};
use super::screen::{Screen, paragraph, plain};
use super::{history, packs};
use cadans::compare::Version;
use cadans::diagnostics::Diagnostic;
use cadans::files::{self, called};
use cadans::language::{PackSource, Rulebook};
use cadans::manifest::{Manifest, Refused};
use cadans::pack::Overrides;
use cadans::pack::layers::Layers;
use cadans::wording::Sentence;

/// Both sides, and what they are called.
pub struct Sides {
    /// Before and after.
    pub sides: [Side; 2],
    /// What they are called.
    pub names: [String; 2],
}

/// One side.
#[derive(Debug, Default)]
pub struct Side {
    /// The rule files, and the settings files and `rulebook.toml` among what was named.
    pub files: Vec<PackSource>,
    /// The layers, where a `rulebook.toml` was named.
    layers: Option<Layers>,
}

impl Side {
    /// What is compared.
    pub fn version(&self) -> Version<'_> {
        Version { files: &self.files, layers: self.layers.as_ref() }
    }

    /// What is in force on this side.
    pub fn rulebook(&self) -> Rulebook {
        let packs: Vec<PackSource> = self.files.iter().filter(|file| !is_toml(&file.file)).cloned().collect();
        Rulebook::merged_for_advice(&packs, self.layers.as_ref(), &Overrides::default()).0
    }

    /// What is wrong with its rule files and layers.
    pub fn findings(&self) -> Vec<Diagnostic> {
        let packs: Vec<PackSource> = self.files.iter().filter(|file| !is_toml(&file.file)).cloned().collect();
        Rulebook::merged(&packs, self.layers.as_ref(), &Overrides::default()).1
    }

    fn add(&mut self, file: PackSource) {
        if self.files.iter().all(|own| own.file != file.file) {
            self.files.push(file);
        }
    }
}

/// Reads both sides.
///
/// # Errors
/// Files or revisions that cannot be read, or paths that are not two.
pub fn read(args: &DiffArgs, screen: &mut Screen) -> Result<Sides, Failure> {
    let with = if args.with.is_empty() { Vec::new() } else { packs::read(&args.with, screen)? };
    let Sides { mut sides, names } = match (&args.from, args.paths.as_slice()) {
        (Some(from), paths) => {
            let name = |revision: &str| {
                let paths = paths.iter().map(|path| path.display().to_string());
                format!("{revision}:{}", paths.collect::<Vec<_>>().join(" "))
            };
            let before = at_revision(from, paths)?;
            let after = match &args.to {
                Some(to) => at_revision(to, paths)?,
                None => on_disk(paths, screen)?,
            };
            let last = args.to.as_deref().map_or_else(|| name("").split_off(1), name);
            Sides { sides: [before, after], names: [name(from), last] }
        }
        (None, [before, after]) => {
            let [old, new] = [before, after].map(std::slice::from_ref);
            let mut sides = [on_disk(old, screen)?, on_disk(new, screen)?];
            let [one, other] = &mut sides;
            lend_needed(one, other, (before, after), screen);
            lend_needed(other, one, (after, before), screen);
            Sides { sides, names: [before, after].map(|path| path.display().to_string()) }
        }
        (None, _) => {
            return Err(Failure::misuse(Sentence::new("failure-two-sides"))
                .why(Sentence::new("failure-two-sides-why").with("count", args.paths.len()))
                .help(Sentence::new("failure-two-sides-help")));
        }
    };
    for side in &mut sides {
        for pack in &with {
            if side.files.iter().all(|own| own.text != pack.text) {
                side.add(pack.clone());
            }
        }
    }
    Ok(Sides { sides, names })
}

/// Gives a side that is one file the packs that it needs, that are not beside it, and that the other side has; this is told. So whoever changes one
/// file of a folder elsewhere compares that file. In a folder a pack that is not there is gone.
fn lend_needed(side: &mut Side, from: &Side, (own, other): (&Path, &Path), screen: &mut Screen) {
    if !own.is_file() || side.layers.is_some() {
        return;
    }
    let mut next = 0;
    while let Some(pack) = side.files.get(next).cloned() {
        next += 1;
        for needed in Some(&pack).filter(|pack| !is_toml(&pack.file)).map(files::needs).unwrap_or_default() {
            let is_there = side.files.iter().any(|file| base_name(&file.file) == needed);
            let Some(lent) = from.files.iter().find(|file| base_name(&file.file) == needed && !is_there) else {
                continue;
            };
            let told = Sentence::new("diff-lent").with("file", &*plain(&own.to_string_lossy()));
            let told = told.with("needed", needed).with("other", &*plain(&other.to_string_lossy()));
            let told = screen.text(&told);
            screen.print_aside(&paragraph("", &told, screen.width));
            side.add(lent.clone());
        }
    }
}

fn base_name(file: &str) -> &str {
    file.rsplit('/').next().unwrap_or(file)
}

/// Whether a file is a settings file or `rulebook.toml`, which is compared by key.
fn is_toml(file: &str) -> bool {
    file.ends_with(".toml")
}

/// The one `rulebook.toml` that was named, by its own name or any other that is none of a settings file.
///
/// # Errors
/// When it is named together with other files.
fn manifest(paths: &[PathBuf]) -> Result<Option<&Path>, Failure> {
    let is_settings = |path: &PathBuf| path.to_string_lossy().ends_with(".settings.toml");
    if paths.iter().any(is_settings) { Ok(None) } else { Ok(files::only_manifest(paths)?) }
}

/// The rule files at these places, those that they need, and the settings files and `rulebook.toml` among them.
///
/// # Errors
/// When a file cannot be read, or when there is none at all.
fn on_disk(paths: &[PathBuf], screen: &mut Screen) -> Result<Side, Failure> {
    if let Some(path) = manifest(paths)? {
        let assembled = files::assemble(path)?;
        let mut side = Side { files: assembled.sources, layers: Some(assembled.layers) };
        for place in files::tables(path)? {
            side.add(text_of(&place)?);
        }
        return Ok(side);
    }
    let (tables, rules): (Vec<PathBuf>, Vec<PathBuf>) =
        paths.iter().cloned().partition(|path| path.is_file() && is_toml(&path.to_string_lossy()));
    let mut places: Vec<PathBuf> = tables;
    for folder in paths.iter().filter(|path| path.is_dir()) {
        history::gather_tables(folder, &mut places)?;
    }
    let files = if rules.is_empty() { Vec::new() } else { packs::read(&rules, screen)? };
    let mut side = Side { files, ..Side::default() };
    for place in places {
        side.add(text_of(&place)?);
    }
    Ok(side)
}

/// A file by the name that messages give it.
///
/// # Errors
/// When it cannot be read.
fn text_of(place: &Path) -> Result<PackSource, Failure> {
    Ok(PackSource { file: called(place), text: files::text_of(place)? })
}

/// The rule files at these places as they were at a revision, and after them those that they need.
///
/// # Errors
/// When there is no git, no such revision, or none of the files were there.
fn at_revision(revision: &str, paths: &[PathBuf]) -> Result<Side, Failure> {
    let mut side = Side::default();
    if let Some(path) = manifest(paths)? {
        let mut listing = Listing::of(revision, path)?;
        let Some(text) = listing.text(&called(path))? else { return Err(nothing_there(revision, paths)) };
        let folder = path.parent().map(Path::to_owned).unwrap_or_default();
        let in_folder = |file: &str| called(&folder.join(file));
        let refused = |why: Refused| files::unusable(&called(path), *why);
        let manifest = Manifest::parse(&text).map_err(refused)?;
        let mut texts = BTreeMap::new();
        for file in manifest.files().chain(manifest.settings_files()) {
            if let Some(text) = listing.text(&in_folder(file))? {
                texts.insert(file.to_owned(), text);
            }
        }
        let assembled = manifest.assemble(&texts, &in_folder).map_err(refused)?;
        side = Side { files: assembled.sources, layers: Some(assembled.layers) };
        side.add(PackSource { file: called(path), text });
        for file in manifest.settings_files() {
            let text = texts.get(file).cloned().unwrap_or_default();
            side.add(PackSource { file: in_folder(file), text });
        }
        return Ok(side);
    }
    for path in paths {
        let mut listing = Listing::of(revision, path)?;
        let only = called(path);
        let is_wanted = |(shown, name, _): &&(String, String, String)| match path.is_dir() {
            true => history::is_of_rules(name) && !files::is_passed_over(name),
            false => *shown == only,
        };
        let wanted: Vec<String> = listing.files.iter().filter(is_wanted).map(|(shown, ..)| shown.clone()).collect();
        for file in wanted {
            let text = listing.text(&file)?.unwrap_or_default();
            side.add(PackSource { file, text });
        }
        // What they need lies beside them.
        let mut next = 0;
        while let Some(pack) = side.files.get(next).cloned() {
            next += 1;
            for needed in Some(&pack).filter(|pack| !is_toml(&pack.file)).map(files::needs).unwrap_or_default() {
                let file = called(&Path::new(&pack.file).parent().unwrap_or(Path::new("")).join(&needed));
                if let Some(text) = listing.text(&file)? {
                    side.add(PackSource { file, text });
                }
            }
        }
    }
    if side.files.is_empty() { Err(nothing_there(revision, paths)) } else { Ok(side) }
}

fn nothing_there(revision: &str, paths: &[PathBuf]) -> Failure {
    let places: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
    Failure::misuse(Sentence::new("failure-no-rules").with("places", places.join(", ")))
        .why(Sentence::new("failure-no-rules-then").with("revision", revision))
        .help(Sentence::new("failure-no-rules-help"))
}

/// The files of a commit at and below the folder of a path.
struct Listing {
    /// Of each file the name to show, that from the folder on, and that of its contents.
    files: Vec<(String, String, String)>,
    contents: Contents,
}

impl Listing {
    fn of(revision: &str, path: &Path) -> Result<Self, Failure> {
        let folder = history::folder_of(path);
        let in_folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        let repository = Repository::of(in_folder)?;
        let commit = repository.commit(revision)?;
        let files = repository.files(&commit, in_folder)?.into_iter();
        let files = files.map(|(name, content)| (called(&folder.join(&name)), name, content)).collect();
        Ok(Self { files, contents: repository.contents()? })
    }

    /// The text of a file by the name to show; `None` where there was none.
    fn text(&mut self, shown: &str) -> Result<Option<String>, Failure> {
        let Some((_, _, content)) = self.files.iter().find(|(own, ..)| own == shown) else { return Ok(None) };
        self.contents.text(content).map(Some)
    }
}
