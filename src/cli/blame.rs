//! `cadans blame`: of each statement of a file the last change.

use std::path::PathBuf;

use clap::Args;
use serde_json::{Value, json};

use super::failure::{Exit, Failure};
use super::history;
use super::log::entry_as_data;
use super::screen::{DIM, ReportFormat, Screen, paragraph, plain};
use cadans::compare::{BlameLine, blame};
use cadans::wording::Sentence;

const EXAMPLES: &str = "\
Examples:
  cadans blame rules/inside-sales.rhai
  cadans blame team.settings.toml --format json

Each statement of the file, or each key of a TOML file, with the commit that
changed it last, its author and day, and what changed, in words. Comments,
layout and order that decides nothing are no changes.";

/// Of each statement of a file: who changed it last, when, and what
#[derive(Args, Debug)]
#[command(after_long_help = EXAMPLES)]
pub struct BlameArgs {
    /// A rule file, a settings file or rulebook.toml
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// How to print it
    #[arg(long, value_enum, default_value_t = ReportFormat::Text)]
    format: ReportFormat,
}

/// Reads the history of the file and prints it beside its statements.
///
/// # Errors
/// Without git, outside a repository, or when the file cannot be read.
pub fn run(args: &BlameArgs, screen: &mut Screen) -> Result<Exit, Failure> {
    let shown = args.file.display().to_string();
    if !args.file.is_file() || !history::is_of_rules(&shown.replace('\\', "/")) {
        return Err(Failure::misuse(Sentence::new("failure-blame").with("file", shown))
            .why(Sentence::new("failure-blame-why"))
            .help(Sentence::new("failure-blame-help")));
    }
    let histories = history::read(std::slice::from_ref(&args.file), screen)?;
    history::tell_gaps(&histories, screen);
    let lines = histories.files.first().map(|file| blame(file, &histories.statements)).unwrap_or_default();
    match args.format {
        ReportFormat::Json => {
            let lines: Vec<Value> = lines.iter().map(|line| as_data(line, screen)).collect();
            screen.print_json(&json!({ "file": shown, "cutOff": histories.is_cut_off, "statements": lines }))?;
        }
        ReportFormat::Text => {
            let text: String = lines.iter().map(|line| as_text(line, screen)).collect();
            screen.print(&text)?;
        }
    }
    Ok(Exit::Fine)
}

fn as_data(line: &BlameLine, screen: &Screen) -> Value {
    let last = line.last.as_ref().map(|entry| entry_as_data(entry, screen.language));
    json!({ "line": line.lines.0, "endLine": line.lines.1, "title": line.title, "last": last })
}

fn as_text(line: &BlameLine, screen: &Screen) -> String {
    let mut text = paragraph(&format!("{DIM}{:>5}{DIM:#}  ", line.lines.0), &plain(&line.title), screen.width);
    let (who, words) = match &line.last {
        Some(entry) => (history::who(entry, screen.language), entry.what.words(screen.language)),
        None => (String::new(), screen.text(&Sentence::new("log-not-known"))),
    };
    let first = if who.is_empty() { "       ".to_owned() } else { format!("       {DIM}{who}{DIM:#}  ") };
    text.push_str(&paragraph(&first, &plain(&words), screen.width));
    text
}
