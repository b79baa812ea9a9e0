//! `cadans team`: what the team can do and what came of its work, as a table, as data or as Markdown.

mod plan;
mod reports;
mod screen_text;

use clap::{Args, Subcommand, ValueEnum};
use serde::Serialize;

use super::failure::{Exit, Failure};
use super::screen::Screen;
use cadans::team::document::Document;

const EXAMPLES: &str = "\
Examples:
  What can be done this week, and what does not fit:
    cadans team plan --rules rules/inside-sales.rhai rules/contact-policy \\
        --leads www/sample/leads.json --now 2026-11-20T10:00:00+01:00

  What deserves a thought, for the manager and for Kim:
    cadans team cards --rules my-team.rhai --leads leads.json \\
        --team team.json --now 2026-11-20T10:00:00+01:00
    cadans team cards --rules my-team.rhai --leads leads.json \\
        --team team.json --now 2026-11-20T10:00:00+01:00 --as kim

  How far our goals are, as Markdown:
    cadans team goals --rules my-team.rhai --leads leads.json \\
        --team team.json --now 2026-11-20T10:00:00+01:00 --format markdown

docs/team.md tells what is measured, what is never measured, and why. No output
orders people by their results: reps stand in the order of the lead file.";

/// The team: what it can do, and what came of its work
#[derive(Args, Debug)]
#[command(after_long_help = EXAMPLES, disable_help_subcommand = true)]
pub struct TeamArgs {
    #[command(subcommand)]
    report: Report,
}

/// What is asked for.
#[derive(Subcommand, Debug)]
enum Report {
    Plan(plan::PlanArgs),
    Goals(reports::GoalsArgs),
    Figures(reports::FiguresArgs),
    Cards(reports::CardsArgs),
    Groups(reports::GroupsArgs),
    Story(reports::StoryArgs),
    Reward(reports::RewardArgs),
}

/// How the answer is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum TeamFormat {
    /// For people
    Table,
    /// All numbers
    Json,
    /// For a mail or a wiki
    Markdown,
}

/// Prints a report of the team.
///
/// # Errors
/// Files that cannot be read, and what they say that cannot be.
pub fn run(args: &TeamArgs, screen: &mut Screen) -> Result<Exit, Failure> {
    match &args.report {
        Report::Plan(args) => plan::run(args, screen),
        Report::Goals(args) => reports::goals(args, screen),
        Report::Figures(args) => reports::figures(args, screen),
        Report::Cards(args) => reports::cards(args, screen),
        Report::Groups(args) => reports::groups(args, screen),
        Report::Story(args) => reports::story(args, screen),
        Report::Reward(args) => reports::reward(args, screen),
    }
}

/// Prints a report as it was asked for.
///
/// # Errors
/// When it cannot be printed.
fn print(report: &impl Serialize, document: &Document, format: TeamFormat, screen: &mut Screen) -> Result<(), Failure> {
    match format {
        TeamFormat::Table => screen.print(&screen_text::text(document, screen.width))?,
        TeamFormat::Json => screen.print_json(report)?,
        TeamFormat::Markdown => screen.print(&document.markdown())?,
    }
    Ok(())
}
