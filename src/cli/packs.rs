//! Packs from the command line: files, and folders with their `*.rhai` files, all the way down in path order, and the packs that these need.
//!
//! A folder called `broken` within a folder is passed over, with a message: its rules are wrong on purpose.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;

use super::failure::{Exit, Failure};
use super::screen::{DIM, ERROR, Screen, count, paragraph, plain};
use super::setting_args::SettingArgs;
use super::{files, manifest_files};
use cadans::calendar::Instant;
use cadans::diagnostics::{Diagnostic, Severity};
use cadans::language::{PackSource, Rulebook};
use cadans::limits;
use cadans::manifest::Assembled;
use cadans::pack::Overrides;
use cadans::wording::Sentence;

/// Folders are not followed deeper than this.
const DEEPEST: usize = 32;

/// A folder of this name holds rules that are wrong on purpose.
const BROKEN: &str = "broken";

/// Which rules, and values for their settings. The arguments of [`SettingArgs`] stand here themselves, because clap sees no optional group in one that
/// holds another.
#[derive(Args, Debug)]
pub struct RuleArgs {
    /// Rule files, and folders of which every *.rhai file is read; or one rulebook.toml, which names its files itself
    #[arg(long, value_name = "DIR|FILE", num_args = 1.., required = true)]
    pub rules: Vec<PathBuf>,
    /// Gives a setting of the packs another value, such as hot_visits=3
    #[arg(long = "set", value_name = "NAME=VALUE")]
    pub set: Vec<String>,
    /// Gives settings the values in a file, a name and a value a line (TOML): hot_visits = 3. What --set says goes before it
    #[arg(long = "settings", value_name = "FILE")]
    pub settings_files: Vec<PathBuf>,
}

impl RuleArgs {
    /// The values for settings.
    pub fn settings(&self) -> SettingArgs {
        SettingArgs { set: self.set.clone(), files: self.settings_files.clone() }
    }
}

/// Rules that are ready to be merged: files, or the files of a rulebook.toml in their layers; and the values given to settings.
pub struct Loaded {
    /// The rule files, in order.
    pub sources: Vec<PackSource>,
    /// The layers, where the rules are those of a manifest.
    pub assembled: Option<Assembled>,
    overrides: Overrides,
}

impl Loaded {
    /// The rulebook, and what is wrong with its files.
    pub fn rulebook(&self) -> (Rulebook, Vec<Diagnostic>) {
        let layers = self.assembled.as_ref().map(|assembled| &assembled.layers);
        Rulebook::merged(&self.sources, layers, &self.overrides)
    }

    /// The packs without layers, each as its author wrote it: for running their examples.
    pub fn packs_alone(&self) -> (Rulebook, Vec<Diagnostic>) {
        Rulebook::new(&self.sources, &self.overrides)
    }
}

/// Reads the rules and settings of the command line.
///
/// # Errors
/// When a file cannot be read, or says what cannot be.
pub fn load(paths: &[PathBuf], settings: &SettingArgs, screen: &mut Screen) -> Result<Loaded, Failure> {
    let overrides = settings.overrides()?;
    if let Some(path) = manifest_files::only_manifest(paths)? {
        let assembled = manifest_files::assemble(path)?;
        return Ok(Loaded { sources: assembled.sources.clone(), assembled: Some(assembled), overrides });
    }
    Ok(Loaded { sources: read(paths, screen)?, assembled: None, overrides })
}

/// The rulebook of these files. Errors in packs are printed on the error stream, in one line each: the rules they stand in are left out,
/// the others work. That law which cannot be read holds what it may forbid is said too.
///
/// # Errors
/// When a file cannot be read, or a setting does not exist or cannot have the value given.
pub fn rulebook(args: &RuleArgs, screen: &mut Screen) -> Result<(Rulebook, Exit), Failure> {
    tell_errors(load(&args.rules, &args.settings(), screen)?.rulebook(), screen)
}

/// Refuses values that a setting cannot have, and those of settings that no pack has.
///
/// # Errors
/// The first of them.
pub fn refuse_settings(found: &[Diagnostic], screen: &Screen) -> Result<(), Failure> {
    let Some(one) = found.iter().find(|one| matches!(one.code, "unknown-setting" | "bad-override" | "law-setting"))
    else {
        return Ok(());
    };
    let one = one.in_language(screen.language);
    let failure = Failure::misuse(Sentence::new("failure-setting").with("what", one.message));
    Err(if one.help.is_empty() { failure } else { failure.help(Sentence::as_is(one.help)) })
}

/// Prints the errors in packs on the error stream, as [`rulebook`] does.
///
/// # Errors
/// When a setting does not exist or cannot have the value given.
pub fn tell_errors(
    (rulebook, found): (Rulebook, Vec<Diagnostic>),
    screen: &mut Screen,
) -> Result<(Rulebook, Exit), Failure> {
    refuse_settings(&found, screen)?;
    let errors: Vec<&Diagnostic> = found.iter().filter(|one| one.severity == Severity::Error).collect();
    if errors.is_empty() {
        return Ok((rulebook, Exit::Fine));
    }
    let number = screen.text(&Sentence::new("packs-errors").with("errors", count("errors", errors.len())));
    let left_out = screen.text(&Sentence::new("packs-left-out"));
    screen.print_aside(&format!("{ERROR}{number}{ERROR:#}; {left_out}\n"));
    for one in errors {
        let one = one.in_language(screen.language);
        let place = format!(" {DIM}{}:{}:{}{DIM:#}  ", plain(&one.file), one.span.line, one.span.column);
        screen.print_aside(&paragraph(&place, &plain(&one.message), screen.width));
    }
    if rulebook.packs().iter().any(|pack| pack.about.hard && !pack.unread.is_empty()) {
        let law_waits = screen.text(&Sentence::new("packs-law-waits"));
        screen.print_aside(&format!("{ERROR}{law_waits}{ERROR:#}\n"));
    }
    let see_check = screen.text(&Sentence::new("packs-see-check"));
    screen.print_aside(&format!("{see_check}\n\n"));
    Ok((rulebook, Exit::Findings))
}

/// Prints on the error stream, in one line each, which packs have ended by this moment.
pub fn tell_ended(rulebook: &Rulebook, now: Instant, screen: &mut Screen) {
    for one in rulebook.check_at(now) {
        let one = one.in_language(screen.language);
        let place = format!(" {DIM}{}:{}:{}{DIM:#}  ", plain(&one.file), one.span.line, one.span.column);
        let text = format!("{}: {}", one.message, one.why);
        screen.print_aside(&paragraph(&place, &plain(&text), screen.width));
    }
}

/// The packs in these files and folders, and after them those that they need. A file named twice is read once.
///
/// # Errors
/// When a file or folder cannot be read, or when there is no rule file at all.
pub fn read(paths: &[PathBuf], screen: &mut Screen) -> Result<Vec<PackSource>, Failure> {
    let mut packs: Vec<PackSource> = Vec::new();
    for file in rule_files(paths, screen)? {
        let text = files::text(&file, limits::PACK_BYTES)
            .map_err(|error| Failure::read(file.display().to_string(), &error))?;
        packs.push(PackSource { file: file.to_string_lossy().replace('\\', "/"), text });
    }
    read_needed(&mut packs)?;
    Ok(packs)
}

/// The rule files among these files and in these folders, each once.
///
/// # Errors
/// When a file or folder cannot be read, or when there is no rule file at all.
pub fn rule_files(paths: &[PathBuf], screen: &mut Screen) -> Result<Vec<PathBuf>, Failure> {
    let mut found: Vec<PathBuf> = Vec::new();
    let mut passed: Vec<PathBuf> = Vec::new();
    for path in paths {
        gather(path, 0, &mut found, &mut passed)?;
    }
    if !passed.is_empty() {
        let places: Vec<String> = passed.iter().map(|path| path.to_string_lossy().replace('\\', "/")).collect();
        let places = plain(&places.join(", ")).into_owned();
        let passed = screen.text(&Sentence::new("packs-passed-over").with("folder", places));
        screen.print_aside(&format!("{passed}\n"));
    }
    if found.is_empty() {
        let places: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
        return Err(Failure::misuse(Sentence::new("failure-no-rules").with("places", places.join(", ")))
            .why(Sentence::new("failure-no-rules-why"))
            .help(Sentence::new("failure-no-rules-help")));
    }
    let mut once: Vec<PathBuf> = Vec::new();
    for file in found {
        if !once.contains(&file) {
            once.push(file);
        }
    }
    Ok(once)
}

/// The rule files that these paths name, and those in the folders among them, without the packs that they need.
///
/// # Errors
/// When a path cannot be read.
pub fn files(paths: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    let (mut found, mut passed) = (Vec::new(), Vec::new());
    for path in paths {
        gather(path, 0, &mut found, &mut passed)?;
    }
    Ok(found)
}

/// Adds the packs that these need, and that those need in turn, where their files lie beside them. That one is missing is left to the checker.
///
/// # Errors
/// When such a file cannot be read.
fn read_needed(packs: &mut Vec<PackSource>) -> Result<(), Failure> {
    let mut next = 0;
    while let Some(pack) = packs.get(next).filter(|_| packs.len() < limits::PACKS) {
        let folder = Path::new(&pack.file).parent().map(Path::to_owned).unwrap_or_default();
        for file in needs(pack).into_iter().map(|needed| folder.join(needed)).filter(|file| file.is_file()) {
            let place = fs::canonicalize(&file).ok();
            if packs.iter().any(|pack| fs::canonicalize(&pack.file).ok() == place) {
                continue;
            }
            let text = files::text(&file, limits::PACK_BYTES)
                .map_err(|error| Failure::read(file.display().to_string(), &error))?;
            packs.push(PackSource { file: file.to_string_lossy().replace('\\', "/"), text });
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

fn gather(path: &Path, depth: usize, files: &mut Vec<PathBuf>, passed: &mut Vec<PathBuf>) -> Result<(), Failure> {
    let trouble = |error: std::io::Error| Failure::read(path.display().to_string(), &error);
    let about = fs::metadata(path).map_err(trouble)?;
    if !about.is_dir() {
        // A pipe or a device may never end.
        if !about.is_file() {
            return Err(Failure::misuse(Sentence::new("failure-read").with("file", path.display().to_string()))
                .why(Sentence::new("failure-no-file"))
                .help(Sentence::new("failure-no-file-help")));
        }
        files.push(path.to_owned());
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
            passed.push(entry);
        } else if folder || (entry.extension().is_some_and(|ending| ending == "rhai") && entry.is_file()) {
            gather(&entry, depth + 1, files, passed)?;
        }
    }
    Ok(())
}
