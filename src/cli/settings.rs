//! `cadans settings`: the settings of rule files, with value, range, unit and meaning.

use std::path::PathBuf;

use clap::Args;
use serde_json::Value as Json;

use super::failure::{Exit, Failure};
use super::packs;
use super::screen::{BOLD, DIM, ReportFormat, Screen, paragraph, plain};
use super::setting_args::SettingArgs;
use cadans::language::SettingInForce;
use cadans::wording::{Language, Sentence};

const EXAMPLES: &str = "\
Examples:
  cadans settings rules/inside-sales.rhai
  cadans settings rulebook.toml --format json
  cadans settings rules/inside-sales.rhai --settings our.settings.toml

A settings file is TOML, a name and a value a line; a length of time is a text:

  hot_visits = 3
  quote_rest = \"7.days\"
  \"Inside sales, B2B basics/patience\" = 3

Every command that reads rule files takes --settings and --set. A value outside
the range, of another type or unit, or for a setting that no pack has is an
error (exit code 2), with the range or the nearest name.";

/// The settings of rule files: name, value, range, unit and meaning
#[derive(Args, Debug)]
#[command(after_long_help = EXAMPLES)]
pub struct SettingsArgs {
    /// Rule files, and folders of which every *.rhai file is read; or one rulebook.toml
    #[arg(value_name = "DIR|FILE", required = true)]
    rules: Vec<PathBuf>,
    #[command(flatten)]
    settings: SettingArgs,
    /// How to print them
    #[arg(long, value_enum, default_value_t = ReportFormat::Text)]
    format: ReportFormat,
}

/// Lists and prints.
///
/// # Errors
/// Files that cannot be read, settings that do not exist or cannot have the value given.
pub fn run(args: &SettingsArgs, screen: &mut Screen) -> Result<Exit, Failure> {
    let loaded = packs::load(&args.rules, &args.settings, screen)?;
    let (rulebook, exit) = packs::tell_errors(loaded.rulebook(), screen)?;
    let settings = rulebook.settings();
    match args.format {
        ReportFormat::Json => screen.print_json(&settings)?,
        ReportFormat::Text => screen.print(&text(&settings, screen.language, screen.width))?,
    }
    Ok(exit)
}

/// The settings as text of `width` columns, by pack.
pub fn text(settings: &[SettingInForce], language: Language, width: usize) -> String {
    if settings.is_empty() {
        return format!("{}\n", Sentence::new("settings-none").render(language));
    }
    let mut text = String::new();
    let of = |setting: &SettingInForce| (setting.file.clone(), setting.rep.clone());
    for group in settings.chunk_by(|one, next| of(one) == of(next)) {
        let Some(first) = group.first() else { continue };
        let heading =
            Sentence::new("settings-pack").with("pack", &*plain(&first.pack)).with("file", &*plain(&first.file));
        let heading = match &first.rep {
            Some(rep) => Sentence::new("settings-of-rep").with("pack", heading).with("rep", &*plain(rep)),
            None => heading,
        };
        let blank = if text.is_empty() { "" } else { "\n" };
        text.push_str(&format!("{blank}{BOLD}{}{BOLD:#}\n", heading.render(language)));
        // For a rep only what differs from what all others have.
        let usual = |one: &SettingInForce| {
            settings.iter().any(|other| {
                other.rep.is_none() && (&other.file, &other.name, &other.value) == (&one.file, &one.name, &one.value)
            })
        };
        for setting in group.iter().filter(|one| one.rep.is_none() || !usual(one)) {
            text.push_str(&setting_text(setting, language, width));
        }
    }
    text
}

/// `  hot_visits = 2  count, 1 to 10`, and below it what it is for.
fn setting_text(setting: &SettingInForce, language: Language, width: usize) -> String {
    let value = if setting.value == setting.written {
        shown(&setting.value)
    } else {
        let changed = Sentence::new("settings-changed").with("value", shown(&setting.value));
        changed.with("written", shown(&setting.written)).render(language)
    };
    let unit = Sentence::new(unit_key(setting.unit));
    let unit = match &setting.range {
        Some(range) => Sentence::new("settings-range")
            .with("unit", unit)
            .with("from", shown(&range.from))
            .with("to", shown(&range.to)),
        None => unit,
    };
    let name = plain(&setting.name);
    let mut text = paragraph("  ", &format!("{name} = {value}  {DIM}{}{DIM:#}", unit.render(language)), width);
    if let Some(because) = &setting.because {
        text.push_str(&paragraph("      ", &plain(because), width));
    }
    text
}

/// A value as it is given.
fn shown(value: &Json) -> String {
    match value {
        Json::String(text) => plain(text).into_owned(),
        other => other.to_string(),
    }
}

/// The sentence of what a setting is.
fn unit_key(unit: &str) -> &'static str {
    match unit {
        "count" => "unit-count",
        "amount" => "unit-amount",
        "percent" => "unit-percent",
        "number" => "unit-number",
        "time" => "unit-time",
        "working time" => "unit-working-time",
        "truth" => "unit-truth",
        "list" => "unit-list",
        _ => "unit-text",
    }
}
