//! The command line: subcommands, arguments, output and exit codes.
//!
//! It reads files, hands them to the library and prints what comes back. Text about a lead or a rule comes from the library; the
//! command's own text is in the tables of [`cadans::wording`] too, and `--lang` chooses the language of all of it. Help and errors of
//! the argument parser are in English. It reads no clock; `--now` is the user's to give.

mod blame;
mod check;
mod data_files;
mod decide;
mod diff;
mod diff_sides;
mod diff_text;
mod examples;
mod explain;
mod failure;
mod findings;
mod flat;
mod fmt;
mod git;
mod history;
mod import;
mod leads;
mod line_diff;
mod log;
mod lsp;
mod manifest_files;
mod moment;
mod output_file;
mod pack;
mod packs;
mod pages;
mod proposals;
mod queue_table;
mod receive;
mod receive_text;
mod rulebook;
#[cfg(test)]
mod sample;
mod screen;
mod setting_args;
mod settings;
mod simulate;
mod team;
mod usage;
mod why;
mod words;

use std::process::ExitCode;

use cadans::wording::Language;
use clap::{CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};
use screen::Screen;

const ABOUT: &str = "The next best contact for every lead: which channel, when, which person, with what, and why.";

const EXAMPLES: &str = "\
Examples:
  Whom to contact today, and why:
    cadans decide --rules rules/inside-sales.rhai rules/contact-policy \\
        --leads www/sample/leads.json --now 2026-11-20T10:00:00+01:00

  Why this advice for one lead, why not another, and until when it holds:
    cadans explain L-042 --rules rules/inside-sales.rhai rules/contact-policy \\
        --leads www/sample/leads.json --now 2026-11-20T10:00:00+01:00

  Are our rule files all right, and do they still do what we meant?
    cadans check rules/inside-sales.rhai
    cadans test rules/inside-sales.rhai

  Give them all the same layout:
    cadans fmt rules/

  What changes with these rules in place of those, and who changed what?
    cadans diff old/ new/ --leads leads.json --now 2026-11-20T10:00:00+01:00
    cadans log rules/

  Hand rules over in one file, and see what a file of others would change:
    cadans pack rules/inside-sales.rhai --out inside-sales.cadans
    cadans receive team.cadans --into rulebook.toml

  Make a lead file from what the CRM exports:
    cadans import hubspot contact.csv deal.csv --out leads.json

  What becomes of customers in a fortnight with these rules, under assumptions?
    cadans simulate --rules rules/inside-sales.rhai rules/contact-policy \\
        --leads www/sample/leads.json --now 2026-11-20T10:00:00+01:00

  What can the team do this week, and what does not fit?
    cadans team plan --rules rules/inside-sales.rhai rules/contact-policy \\
        --leads www/sample/leads.json --now 2026-11-20T10:00:00+01:00

  Completion, hover, diagnostics and rename for rule files in an editor:
    cadans lsp

Exit codes:
  0  fine
  1  something to look at: errors in rule files, files that were not
     accepted, failed examples, with --strict also refused leads;
     cadans fmt --check: a file would change; cadans receive: a conflict,
     or something that the packs need and is missing
  2  the command was not used as it should be
  3  a file could not be read or written
  4  cadans diff: the two say something else
  5  cadans test: the examples cover less than --min
  6  cadans receive: the file is accepted already, in this very text

Colours appear on a terminal only, and not at all when NO_COLOR is set; COLUMNS
sets the width.";

/// Everything that can be asked.
#[derive(Parser, Debug)]
#[command(name = "cadans", version = cadans::version(), about = ABOUT, after_long_help = EXAMPLES, max_term_width = 100)]
#[command(after_help = "cadans --help shows examples and exit codes.", propagate_version = false)]
struct Cli {
    /// The language of the output: of advice, reasons, findings and messages. Help is in English
    #[arg(long, value_enum, global = true, default_value_t = Lang::En)]
    lang: Lang,
    #[command(subcommand)]
    command: Command,
}

/// A language of the output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Lang {
    /// English
    En,
    /// Nederlands
    Nl,
}

impl From<Lang> for Language {
    fn from(lang: Lang) -> Self {
        match lang {
            Lang::En => Self::English,
            Lang::Nl => Self::Dutch,
        }
    }
}

/// One subcommand each.
#[derive(Subcommand, Debug)]
enum Command {
    Decide(decide::DecideArgs),
    Explain(explain::ExplainArgs),
    Check(check::CheckArgs),
    Test(examples::TestArgs),
    Fmt(fmt::FmtArgs),
    Import(import::ImportArgs),
    Simulate(Box<simulate::SimulateArgs>),
    Team(Box<team::TeamArgs>),
    Diff(Box<diff::DiffArgs>),
    Log(log::LogArgs),
    Blame(blame::BlameArgs),
    Lsp(lsp::LspArgs),
    Settings(settings::SettingsArgs),
    Rulebook(rulebook::RulebookArgs),
    Pack(Box<pack::PackArgs>),
    Receive(Box<receive::ReceiveArgs>),
}

/// Runs the command that this process was started with.
pub fn run() -> ExitCode {
    let cli = match Cli::command().try_get_matches().and_then(|matches| Cli::from_arg_matches(&matches)) {
        Ok(cli) => cli,
        Err(parsed) => return usage::print(&parsed, std::env::args_os()).into(),
    };
    let mut screen = Screen::open(cli.lang.into());
    let ended = match &cli.command {
        Command::Decide(args) => decide::run(args, &mut screen),
        Command::Explain(args) => explain::run(args, &mut screen),
        Command::Check(args) => check::run(args, &mut screen),
        Command::Test(args) => examples::run(args, &mut screen),
        Command::Fmt(args) => fmt::run(args, &mut screen),
        Command::Import(args) => import::run(args, &mut screen),
        Command::Simulate(args) => simulate::run(args, &mut screen),
        Command::Team(args) => team::run(args, &mut screen),
        Command::Diff(args) => diff::run(args, &mut screen),
        Command::Log(args) => log::run(args, &mut screen),
        Command::Blame(args) => blame::run(args, &mut screen),
        Command::Lsp(args) => lsp::run(args, &mut screen),
        Command::Settings(args) => settings::run(args, &mut screen),
        Command::Rulebook(args) => rulebook::run(args, &mut screen),
        Command::Pack(args) => pack::run(args, &mut screen),
        Command::Receive(args) => receive::run(args, &mut screen),
    };
    let exit = ended.unwrap_or_else(|failure| {
        if let Some(message) = failure.message(screen.language) {
            screen.print_aside(&message);
        }
        failure.exit()
    });
    exit.and(screen.aside_exit()).into()
}
