//! `cadans check`: what is wrong with rule files, with the line underlined.

use std::cell::OnceCell;
use std::fs;
use std::path::PathBuf;

use clap::Args;

use super::failure::{Exit, Failure};
use super::leads::{self, LeadArgs};
use super::moment::Now;
use super::pages::PAGES;
use super::screen::{ReportFormat, Screen, plain};
use super::setting_args::SettingArgs;
use super::{findings, packs};
use cadans::analysis::{self, analyse};
use cadans::book::vocabulary::nearest;
use cadans::calendar::instant::EARLIEST;
use cadans::decide::Decider;
use cadans::diagnostics::{Diagnostic, Severity};
use cadans::language::line_ends::with_line_feeds;
use cadans::language::{LeadFileText, PackSource};
use cadans::wording::Sentence;

const EXAMPLES: &str = "\
Examples:
  cadans check my-team.rhai
  cadans check rules/inside-sales.rhai rules/contact-policy --verbose
  cadans check rules/broken --format json
  cadans check my-team.rhai --lang nl
  cadans check rules/inside-sales.rhai rules/contact-policy --analyse
  cadans check my-team.rhai --leads leads.json
  cadans check --explain after-in-rule

Errors end in exit code 1; warnings and notes do not. A statement with an error
in it is left out; the rest of its file works. In a hard pack (law) it holds
every contact that it may forbid, until it is mended.";

/// What is wrong with rule files: which line, why, and what to do
#[derive(Args, Debug)]
#[command(after_long_help = EXAMPLES)]
pub struct CheckArgs {
    /// Rule files, and folders of which every *.rhai file is read; or one rulebook.toml
    #[arg(value_name = "DIR|FILE", required_unless_present = "explain")]
    rules: Vec<PathBuf>,
    #[command(flatten)]
    settings: SettingArgs,
    /// Print the page of a code instead: what it means, with an example, and what to do
    #[arg(long, value_name = "CODE", conflicts_with = "rules")]
    explain: Option<String>,
    /// Also notes, such as which conditions run interpreted, and why
    #[arg(long, short)]
    verbose: bool,
    /// Also what could not be told about rules that never hold, never win, or contradict each other, and why
    #[arg(long)]
    analyse: bool,
    /// How to print the findings
    #[arg(long, value_enum, default_value_t = ReportFormat::Text)]
    format: ReportFormat,
    /// Also find what rules name and these leads do not have (content, people, skills, facts of your own), and hours of theirs that do not
    /// do what they seem to
    #[arg(long, value_name = "FILE")]
    leads: Option<PathBuf>,
    /// For leads in CSV: the mapping file that says which column is which field
    #[arg(long, value_name = "FILE", requires = "leads")]
    mapping: Option<PathBuf>,
    /// Also find which packs have ended by this moment, with its zone: 2026-11-20T09:00:00+01:00
    #[arg(long, value_name = "TIME")]
    now: Option<Now>,
}

/// Checks and prints.
///
/// # Errors
/// Files that cannot be read.
pub fn run(args: &CheckArgs, screen: &mut Screen) -> Result<Exit, Failure> {
    if let Some(code) = &args.explain {
        return explain(code, screen);
    }
    let loaded = packs::load(&args.rules, &args.settings, screen)?;
    let (rulebook, mut found) = loaded.rulebook();
    packs::refuse_settings(&found, screen)?;
    let sources = loaded.sources;
    let analysis = analyse(rulebook.packs()).beside(&found);
    found.extend(analysis.certain);
    if args.analyse {
        found.extend(analysis.open);
    }
    let mut shown = sources.clone();
    if let Some(path) = &args.leads {
        let leads = LeadArgs { leads: path.clone(), mapping: args.mapping.clone(), strict: false };
        let book = leads::read(&leads, screen)?.book;
        // Read again only for findings that have their place in it. Standard input cannot be, so its findings have no place.
        let text = OnceCell::new();
        let text_of = || {
            text.get_or_init(|| with_line_feeds(&fs::read_to_string(path).unwrap_or_default()).into_owned()).as_str()
        };
        let name = path.display().to_string();
        let file = LeadFileText { name: &name, text: &text_of };
        found.extend(rulebook.check_against_file(&book, file, args.now.as_ref().map(|now| now.at)));
        if found.iter().any(|one| one.file == name) {
            shown.push(PackSource { file: name.clone(), text: text_of().to_owned() });
        }
        // Which statements take too long is only known by deciding; any moment will do, and the newest signal gives one.
        let decider = Decider::new(&rulebook, &book, book.last_signal_at().unwrap_or(EARLIEST));
        decider.all();
        found.extend(decider.over_limit());
    }
    found.extend(args.now.iter().flat_map(|now| rulebook.check_at(now.at)));
    let language = screen.language;
    let (found, hidden): (Vec<Diagnostic>, Vec<Diagnostic>) =
        found.iter().map(|one| one.in_language(language)).partition(|one| {
            args.verbose || one.severity != Severity::Note || args.analyse && analysis::CODES.contains(&one.code)
        });
    match args.format {
        ReportFormat::Json => screen.print_json(&found)?,
        ReportFormat::Text => {
            let mut text = findings::show(&found, &shown, screen.width, language)?;
            text.push_str(&findings::summary(sources.len(), &found, hidden.len(), language));
            screen.print(&text)?;
        }
    }
    Ok(if found.iter().any(|one| one.severity == Severity::Error) { Exit::Findings } else { Exit::Fine })
}

/// Prints the page of a code.
fn explain(code: &str, screen: &mut Screen) -> Result<Exit, Failure> {
    match PAGES.iter().find(|(known, _)| *known == code) {
        Some((_, page)) => {
            screen.print(page)?;
            Ok(Exit::Fine)
        }
        None => {
            let help = match nearest(code, PAGES.iter().map(|(known, _)| *known)) {
                Some(meant) => Sentence::new("did-you-mean").with("meant", meant),
                None => Sentence::new("failure-no-code-help"),
            };
            let what = Sentence::new("failure-no-code").with("code", &*plain(code));
            Err(Failure::misuse(what).help(help))
        }
    }
}
