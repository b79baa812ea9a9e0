//! Packs from the command line: their files, and what is printed of those that cannot be used.

use std::path::PathBuf;

use clap::Args;

use super::failure::{Exit, Failure};
use super::screen::{DIM, ERROR, Screen, count, paragraph, plain};
use super::setting_args::SettingArgs;
use cadans::calendar::Instant;
use cadans::diagnostics::{Diagnostic, Severity};
use cadans::files::{self, RuleFiles};
use cadans::language::{PackSource, Rulebook};
use cadans::wording::Sentence;

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

/// Reads the rules and settings of the command line.
///
/// # Errors
/// When a file cannot be read, or says what cannot be.
pub fn load(paths: &[PathBuf], settings: &SettingArgs, screen: &mut Screen) -> Result<RuleFiles, Failure> {
    let loaded = RuleFiles::load(paths, settings.overrides()?)?;
    tell_passed_over(&loaded.passed_over, screen);
    Ok(loaded)
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
    let law_waits = rulebook.packs().iter().any(|pack| pack.about.hard && !pack.unread.is_empty());
    print_errors(&errors, law_waits, screen);
    Ok((rulebook, Exit::Findings))
}

/// Prints on the error stream which files of a rulebook its layers do not take, and says by the exit whether there are any.
pub fn tell_left_out(found: &[Diagnostic], screen: &mut Screen) -> Exit {
    let left_out: Vec<&Diagnostic> = found.iter().filter(|one| one.is_of_file_left_out()).collect();
    if left_out.is_empty() {
        return Exit::Fine;
    }
    print_errors(&left_out, false, screen);
    Exit::Findings
}

/// Prints errors on the error stream, in one line each, and whether law holds what it may forbid.
fn print_errors(errors: &[&Diagnostic], law_waits: bool, screen: &mut Screen) {
    let number = screen.text(&Sentence::new("packs-errors").with("errors", count("errors", errors.len())));
    let left_out = screen.text(&Sentence::new("packs-left-out"));
    screen.print_aside(&format!("{ERROR}{number}{ERROR:#}; {left_out}\n"));
    for one in errors {
        let one = one.in_language(screen.language);
        let place = format!(" {DIM}{}:{}:{}{DIM:#}  ", plain(&one.file), one.span.line, one.span.column);
        screen.print_aside(&paragraph(&place, &plain(&one.message), screen.width));
    }
    if law_waits {
        let law_waits = screen.text(&Sentence::new("packs-law-waits"));
        screen.print_aside(&format!("{ERROR}{law_waits}{ERROR:#}\n"));
    }
    let see_check = screen.text(&Sentence::new("packs-see-check"));
    screen.print_aside(&format!("{see_check}\n\n"));
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
    Ok(files::read(&rule_files(paths, screen)?)?)
}

/// The rule files among these files and in these folders, each once.
///
/// # Errors
/// When a file or folder cannot be read, or when there is no rule file at all.
pub fn rule_files(paths: &[PathBuf], screen: &mut Screen) -> Result<Vec<PathBuf>, Failure> {
    let found = files::find(paths)?;
    tell_passed_over(&found.passed_over, screen);
    Ok(found.or_none(paths)?.files)
}

/// Prints on the error stream which folders were passed over.
fn tell_passed_over(folders: &[PathBuf], screen: &mut Screen) {
    if folders.is_empty() {
        return;
    }
    let places: Vec<String> = folders.iter().map(|path| files::called(path)).collect();
    let places = plain(&places.join(", ")).into_owned();
    let passed = screen.text(&Sentence::new("packs-passed-over").with("folder", places));
    screen.print_aside(&format!("{passed}\n"));
}
