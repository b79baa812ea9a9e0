//! `cadans diff`: what changes when these rules take the place of those: by rule and clause, and in the advice for each lead.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use serde_json::json;

use super::diff_sides::{Side, Sides};
use super::diff_text::Told;
use super::failure::{Exit, Failure};
use super::leads::{self, LeadArgs};
use super::moment::Now;
use super::screen::Screen;
use super::{diff_sides, packs, simulate};
use cadans::compare::{compare, compare_advice};
use cadans::wording::Sentence;

const EXAMPLES: &str = "\
Examples:
  What differs between two versions of a file:
    cadans diff old/inside-sales.rhai new/inside-sales.rhai

  Which leads get other advice, and which change makes it so:
    cadans diff old/ new/ --with rules/contact-policy \\
        --leads www/sample/leads.json --now 2026-11-20T10:00:00+01:00

  The working tree against a revision in git, for a pull request:
    cadans diff --from main rules/ --format markdown > diff.md

  Two rulebooks with their layers, accepted files and settings:
    cadans diff old/rulebook.toml new/rulebook.toml

  Also a fortnight lived with both, under assumptions:
    cadans diff old/ new/ --leads leads.json --now 2026-11-20T10:00:00+01:00 \\
        --simulate

Compared is by statement and clause. Layout, comments, spelling (is or ==) and
order that decides nothing are left out; statements that are written in another
way and mean the same are told apart. A rule by another name is known by its id,
by `formerly`, and by an equal body.

Packs that one side needs and has beside it serve the other side too where they
are not beside that. A folder is its rule files; give rulebook.toml itself to
compare what is in force by its layers and settings.

A lead with other advice is laid to one cause: the change without which it has
its old advice. It is in one group: by what is to be done, else by person, rep,
due moment, window or content. Leads with the same advice and another priority,
place in the queue or moment to look again are counted apart.

Exit codes: 0 when both say the same, 4 when they differ (--exit-zero ends in 0
all the same), else as cadans --help has them.";

/// What changes when these rules take the place of those: by rule and clause, and which leads get other advice
#[derive(Args, Debug)]
#[command(after_long_help = EXAMPLES)]
#[command(override_usage = "cadans diff <BEFORE> <AFTER> [OPTIONS]
       cadans diff --from <REV> [--to <REV>] <DIR|FILE>... [OPTIONS]")]
pub struct DiffArgs {
    /// A rule file or folder before, and one after; with --from, what to compare
    #[arg(value_name = "DIR|FILE", required = true)]
    pub paths: Vec<PathBuf>,
    /// Compares with the files as they were at this revision in git: main, HEAD~1, v1.2
    #[arg(long, value_name = "REV")]
    pub from: Option<String>,
    /// With --from: the files as they were at this revision, in place of those on disk
    #[arg(long, value_name = "REV", requires = "from")]
    pub to: Option<String>,
    /// Rules that are in force on both sides, such as the contact policy
    #[arg(long, value_name = "DIR|FILE", num_args = 1..)]
    pub with: Vec<PathBuf>,
    /// Also tells which of these leads get other advice: JSON, NDJSON, or with --mapping CSV; - reads standard input
    #[arg(long, value_name = "FILE", requires = "now")]
    leads: Option<PathBuf>,
    /// For leads in CSV: the mapping file that says which column is which field
    #[arg(long, value_name = "FILE", requires = "leads")]
    mapping: Option<PathBuf>,
    /// The moment to decide for, with its zone: 2026-11-20T09:00:00+01:00
    #[arg(long, value_name = "TIME", requires = "leads")]
    now: Option<Now>,
    /// Also lives with both for a fortnight, under the assumptions of cadans simulate
    #[arg(long, requires = "leads")]
    simulate: bool,
    /// How to print the answer
    #[arg(long, value_enum, default_value_t = DiffFormat::Text)]
    format: DiffFormat,
    /// End in exit code 0 also when they differ
    #[arg(long)]
    exit_zero: bool,
}

/// How the answer is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum DiffFormat {
    /// For people
    Text,
    /// For a pull request
    Markdown,
    /// As data
    Json,
}

/// Compares and prints.
///
/// # Errors
/// Files or revisions that cannot be read, or paths that are not two.
pub fn run(args: &DiffArgs, screen: &mut Screen) -> Result<Exit, Failure> {
    let Sides { sides: [before, after], names } = diff_sides::read(args, screen)?;
    let left_out = [&before, &after].map(|side| packs::tell_left_out(&side.findings(), screen));
    let changes = compare(&before.files, &after.files);
    let mut exit = match left_out {
        _ if args.exit_zero => Exit::Fine,
        [before, after] if changes.is_same() => before.and(after),
        _ => Exit::Differs,
    };
    let mut told = Told { changes: changes.in_language(screen.language), advice: None, now: args.now, simulated: None };
    let mut fortnights = Vec::new();
    if let (Some(leads), Some(now)) = (&args.leads, args.now) {
        let leads = LeadArgs { leads: leads.clone(), mapping: args.mapping.clone(), strict: false };
        let intake = leads::read(&leads, screen)?;
        let bar = screen.waiting(&Sentence::new("busy-deciding"));
        told.advice =
            Some(compare_advice(before.version(), after.version(), &changes, &intake.book, now.at, screen.language));
        bar.finish_and_clear();
        if args.simulate {
            let [old, new] = [&before, &after].map(Side::rulebook);
            let [old_name, new_name] = names;
            fortnights = simulate::fortnights([(old_name, old), (new_name, new)], &intake.book, now.at, screen);
        }
        if told.advice.as_ref().is_some_and(|advice| advice.other > 0) && !args.exit_zero {
            exit = Exit::Differs;
        }
    }
    if let Some(now) = args.now.as_ref().filter(|_| !fortnights.is_empty()) {
        told.simulated = Some(simulate::told(&fortnights, now, screen.language));
    }
    match args.format {
        DiffFormat::Text => screen.print(&told.text(screen.language, screen.width))?,
        DiffFormat::Markdown => screen.print(&told.markdown(screen.language))?,
        DiffFormat::Json => {
            let mut data = json!({ "changes": told.changes, "advice": told.advice });
            if let (Some(simulated), Some(data)) = (&told.simulated, data.as_object_mut()) {
                data.insert("simulation".to_owned(), simulated.json()?);
            }
            screen.print_json(&data)?;
        }
    }
    Ok(exit)
}
