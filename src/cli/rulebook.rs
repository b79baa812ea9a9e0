//! `cadans rulebook`: what of a rulebook.toml is in force, from which layer and file, and what was switched off by whom and why.

use std::path::PathBuf;

use clap::Args;

use super::failure::{Exit, Failure};
use super::packs;
use super::screen::{BOLD, DIM, ERROR, GOOD, ReportFormat, Screen, paragraph, plain};
use super::setting_args::SettingArgs;
use super::settings;
use cadans::files::{self, RuleFiles};
use cadans::manifest::{FileInForce, FileState, LayerInForce, RulebookReport, StatementInForce};
use cadans::pack::layers::LayerChange;
use cadans::wording::{Amount, Language, Sentence};

const EXAMPLES: &str = "\
Examples:
  cadans rulebook rulebook.toml
  cadans rulebook rulebook.toml --format json

A rulebook.toml lists layers in order (law, company, team, rep), the files that
were accepted into each with the hash of their text, and settings:

  [[layer]]
  kind = \"law\"

  [[layer.file]]
  path = \"law/nl.rhai\"
  sha256 = \"...\"

  [[layer]]
  kind = \"rep\"
  rep = \"kim\"

  [[layer.file]]
  path = \"reps/kim.rhai\"
  sha256 = \"...\"

The hash of a file that is not accepted is printed, to be written there by whoever
has read the file. Every command that reads rule files takes a rulebook.toml in
place of them. docs/rulebooks.md tells the rest. A file that is not the one that
was accepted ends in exit code 1.";

/// What of a rulebook.toml is in force, from which layer and file; what was switched off, by whom and why
#[derive(Args, Debug)]
#[command(after_long_help = EXAMPLES)]
pub struct RulebookArgs {
    /// The rulebook.toml
    #[arg(value_name = "FILE")]
    manifest: PathBuf,
    #[command(flatten)]
    settings: SettingArgs,
    /// How to print it
    #[arg(long, value_enum, default_value_t = ReportFormat::Text)]
    format: ReportFormat,
}

/// Puts the rulebook together and prints what is in force.
///
/// # Errors
/// A manifest or files that cannot be read, settings that do not exist or cannot have the value given.
pub fn run(args: &RulebookArgs, screen: &mut Screen) -> Result<Exit, Failure> {
    let paths = std::slice::from_ref(&args.manifest);
    if files::only_manifest(paths)?.is_none() {
        let what = Sentence::new("failure-no-manifest").with("file", &*plain(&args.manifest.to_string_lossy()));
        return Err(Failure::misuse(what).help(Sentence::new("failure-no-manifest-help")));
    }
    let loaded: RuleFiles = packs::load(paths, &args.settings, screen)?;
    let (rulebook, exit) = packs::tell_errors(loaded.rulebook(), screen)?;
    let Some(assembled) = &loaded.assembled else { return Ok(exit) };
    let report = RulebookReport::new(assembled, &rulebook);
    match args.format {
        ReportFormat::Json => screen.print_json(&report)?,
        ReportFormat::Text => screen.print(&text(&report, screen.language, screen.width))?,
    }
    Ok(exit)
}

/// The report as text of `width` columns.
fn text(report: &RulebookReport, language: Language, width: usize) -> String {
    let mut text = String::new();
    for layer in &report.layers {
        text.push_str(&layer_heading(layer, language));
        for file in &layer.files {
            text.push_str(&file_text(file, language, width));
        }
        text.push('\n');
    }
    if !report.changes.is_empty() {
        text.push_str(&format!("{BOLD}{}{BOLD:#}\n", Sentence::new("rulebook-changes").render(language)));
        for change in &report.changes {
            text.push_str(&change_text(change, language, width));
        }
        text.push('\n');
    }
    if !report.settings.is_empty() {
        text.push_str(&settings::text(&report.settings, language, width));
    }
    text
}

fn layer_heading(layer: &LayerInForce, language: Language) -> String {
    let heading = Sentence::new("rulebook-layer").with("kind", layer.kind).with("name", &*plain(&layer.name));
    let heading = match &layer.rep {
        Some(rep) => Sentence::new("rulebook-of-rep").with("layer", heading).with("rep", &*plain(rep)),
        None => heading,
    };
    format!("{BOLD}{}{BOLD:#}\n", heading.render(language))
}

fn file_text(file: &FileInForce, language: Language, width: usize) -> String {
    let (style, key) = match file.state {
        FileState::Accepted if file.hard => (GOOD, "rulebook-file-law"),
        FileState::Accepted => (GOOD, "rulebook-file-accepted"),
        FileState::Changed => (ERROR, "rulebook-file-changed"),
        FileState::NotAccepted => (ERROR, "rulebook-file-new"),
        FileState::Missing => (ERROR, "rulebook-file-missing"),
    };
    let state = Sentence::new(key).with("hash", file.sha256.as_deref().unwrap_or_default()).render(language);
    let pack = [file.pack.as_deref(), file.version.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let mut text = format!("  {}  {}  {style}{state}{style:#}\n", plain(&file.path), plain(&pack));
    for statement in &file.statements {
        text.push_str(&statement_text(statement, language, width));
    }
    for name in &file.not_accepted {
        let line = Sentence::new("rulebook-rule-not-accepted").with("name", &*plain(name)).render(language);
        text.push_str(&paragraph("    ", &format!("{DIM}{line}{DIM:#}"), width));
    }
    text
}

fn statement_text(statement: &StatementInForce, language: Language, width: usize) -> String {
    // A policy without a name is called by its first words.
    let name = plain(&statement.name);
    let kind = format!("{} ", statement.kind);
    let mut line = name.strip_prefix(kind.as_str()).unwrap_or(&name).to_owned();
    let mut add = |sentence: Sentence| line.push_str(&format!(" {DIM}({}){DIM:#}", sentence.render(language)));
    if let Some(lever) = statement.lever {
        add(Sentence::new("rulebook-lever").with("lever", Amount::new(lever)));
    }
    if !statement.not_for.is_empty() {
        add(Sentence::new("rulebook-not-for").with("reps", plain(&statement.not_for.join(", ")).into_owned()));
    }
    let first = format!("    {DIM}{:>4}  {:<10}{DIM:#}", statement.span.line, statement.kind);
    paragraph(&first, &line, width)
}

/// What a pack changed of another, in a paragraph.
pub fn change_text(change: &LayerChange, language: Language, width: usize) -> String {
    let by = Sentence::new("rulebook-place").with("file", &*plain(&change.by.file)).with("line", change.by.span.line);
    let by = match &change.layer {
        Some(layer) => Sentence::new("rulebook-by-layer").with("place", by).with("layer", &*plain(layer)),
        None => by,
    };
    let whom = match &change.rep {
        Some(rep) => Sentence::new("rulebook-for-rep").with("rep", &*plain(rep)),
        None => Sentence::new("rulebook-for-all"),
    };
    let sentence = match change.lever {
        Some(lever) => Sentence::new("rulebook-lever-given").with("lever", Amount::new(lever)),
        None => Sentence::new("rulebook-switched-off"),
    };
    let sentence = sentence
        .with("kind", change.kind)
        .with("name", &*plain(&change.statement.name))
        .with("pack", &*plain(&change.statement.pack))
        .with("by", by)
        .with("whom", whom)
        .with("because", &*plain(&change.because));
    paragraph("  ", &sentence.render(language), width)
}
