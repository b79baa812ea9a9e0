//! `cadans log`: who changed which rule, and when.

use std::path::PathBuf;

use clap::Args;
use serde_json::{Value, json};

use super::failure::{Exit, Failure};
use super::history::{self, Histories};
use super::screen::{BOLD, DIM, ReportFormat, Screen, paragraph, plain};
use cadans::compare::{HistoryEntry, StatementHistory};
use cadans::wording::{Language, Sentence};

const EXAMPLES: &str = "\
Examples:
  cadans log rules/
  cadans log rules/inside-sales.rhai --statement \"Price page again\"
  cadans log rules/ --limit 1 --format json

Reads the git repository in which the files are, and no network. Each statement
is followed through changes of its name and its file, and each key of
*.settings.toml and rulebook.toml by its name. What is not committed yet stands
first. Files that did not read in some commit are told, and the rest goes on.";

/// Who changed which rule, and when, in words
#[derive(Args, Debug)]
#[command(after_long_help = EXAMPLES)]
pub struct LogArgs {
    /// Rule files, settings files, and folders of them; the folder that you are in where none is given
    #[arg(value_name = "DIR|FILE")]
    paths: Vec<PathBuf>,
    /// Only statements whose title has these words: Price page, hot_visits
    #[arg(long, value_name = "WORDS")]
    statement: Option<String>,
    /// Of each statement only the last N changes
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    /// How to print the history
    #[arg(long, value_enum, default_value_t = ReportFormat::Text)]
    format: ReportFormat,
}

/// Reads the history and prints it.
///
/// # Errors
/// Without git, outside a repository, or when a file cannot be read.
pub fn run(args: &LogArgs, screen: &mut Screen) -> Result<Exit, Failure> {
    let here = [PathBuf::from(".")];
    let paths = if args.paths.is_empty() { here.as_slice() } else { args.paths.as_slice() };
    let histories = history::read(paths, screen)?;
    let wanted = |one: &&StatementHistory| {
        let named =
            args.statement.as_ref().is_none_or(|words| one.title.to_lowercase().contains(&words.to_lowercase()));
        named && !one.entries.is_empty()
    };
    let mut shown: Vec<&StatementHistory> = histories.statements.iter().filter(wanted).collect();
    // Those of one file together: first what is there, then what is gone.
    shown.sort_by(|one, other| (&one.file, one.is_gone).cmp(&(&other.file, other.is_gone)));
    history::tell_gaps(&histories, screen);
    match args.format {
        ReportFormat::Json => screen.print_json(&as_data(&histories, &shown, args.limit, screen.language))?,
        ReportFormat::Text => {
            let mut text = as_text(&shown, args.limit, screen);
            if shown.is_empty() {
                text.push_str(&format!("{}\n", screen.text(&Sentence::new("log-none"))));
            }
            screen.print(&text)?;
        }
    }
    Ok(Exit::Fine)
}

fn entries(one: &StatementHistory, limit: Option<usize>) -> &[HistoryEntry] {
    one.entries.get(..limit.unwrap_or(usize::MAX)).unwrap_or(&one.entries)
}

fn as_text(shown: &[&StatementHistory], limit: Option<usize>, screen: &Screen) -> String {
    let (language, width) = (screen.language, screen.width);
    let mut text = String::new();
    let mut file = "";
    for one in shown {
        if one.file != file {
            let blank = if file.is_empty() { "" } else { "\n" };
            text.push_str(&format!("{blank}{BOLD}{}{BOLD:#}\n", plain(&one.file)));
            file = &one.file;
        }
        let title = plain(&one.title);
        let title = match one.is_gone {
            true => Sentence::new("log-gone").with("title", &*title).render(language),
            false => title.into_owned(),
        };
        text.push_str(&paragraph("  ", &title, width));
        for entry in entries(one, limit) {
            let who = history::who(entry, language);
            text.push_str(&paragraph(&format!("    {DIM}{who}{DIM:#}  "), &plain(&entry.what.words(language)), width));
        }
    }
    text
}

fn as_data(histories: &Histories, shown: &[&StatementHistory], limit: Option<usize>, language: Language) -> Value {
    let statements: Vec<Value> = shown
        .iter()
        .map(|one| {
            let changes: Vec<Value> = entries(one, limit).iter().map(|entry| entry_as_data(entry, language)).collect();
            json!({ "title": one.title, "file": one.file, "gone": one.is_gone, "changes": changes })
        })
        .collect();
    let unread = histories.unread.iter();
    let unread: Vec<Value> = unread
        .map(|one| json!({ "commit": one.commit.id, "date": one.commit.date, "file": one.file, "errors": one.errors }))
        .collect();
    json!({ "cutOff": histories.is_cut_off, "statements": statements, "unread": unread })
}

/// A change with who made it, and when.
pub fn entry_as_data(entry: &HistoryEntry, language: Language) -> Value {
    let commit = &entry.commit;
    if commit.id.is_empty() {
        return json!({ "kind": entry.what.word(), "words": entry.what.words(language) });
    }
    json!({
        "commit": commit.id,
        "author": commit.author,
        "date": commit.date,
        "subject": commit.subject,
        "kind": entry.what.word(),
        "words": entry.what.words(language),
    })
}
