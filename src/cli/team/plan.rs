//! `cadans team plan`: what is advised, laid over the working hours of the reps.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::str::FromStr;

use clap::Args;

use super::{TeamFormat, reports};
use crate::cli::failure::{Exit, Failure};
use crate::cli::leads::{self, LeadArgs};
use crate::cli::moment::Now;
use crate::cli::packs::{self, RuleArgs};
use crate::cli::screen::Screen;
use crate::cli::usage::{ArgumentError, number};
use cadans::plan::{MOST_DAYS, PlanSettings};
use cadans::team::{TeamView, Viewer};
use cadans::wording::Sentence;

const EXAMPLES: &str = "\
Examples:
  The coming week:
    cadans team plan --rules my-team.rhai --leads leads.json \\
        --now 2026-11-20T10:00:00+01:00

  Only today, with half of the day planned, and a third for Kim:
    cadans team plan --rules my-team.rhai --leads leads.json \\
        --now 2026-11-20T10:00:00+01:00 --days 1 --share 50 --share-of kim=33

How long a touch takes, and how many there can be, stand in a pack:

  effort visit 2.hours because \"With the journey there and back\";
  budget visit 4 per 7.days across \"team\";

What was promised stands at its time. What does not fit in the day of a rep goes
to a colleague with room who speaks the language, else to the next day. Where a
budget is used up, what is advised without that channel is planned. What fits
nowhere is told.";

/// What the team can do in some days, within its hours and budgets, and what does not fit
#[derive(Args, Debug)]
#[command(after_long_help = EXAMPLES)]
pub struct PlanArgs {
    #[command(flatten)]
    rules: RuleArgs,
    #[command(flatten)]
    leads: LeadArgs,
    /// The team file, of which the share of the day counts that each member wants planned (docs/team.md)
    #[arg(long, value_name = "FILE")]
    team: Option<PathBuf>,
    /// The moment from which to plan, with its zone: 2026-11-20T09:00:00+01:00
    #[arg(long, value_name = "TIME")]
    now: Now,
    /// How many days, with that of --now
    #[arg(long, value_name = "N", default_value_t = 7, value_parser = number::<u32>(1, MOST_DAYS))]
    days: u32,
    /// How many in a hundred minutes of a working day are planned; the rest is for what comes in
    #[arg(long, value_name = "N", default_value_t = 60, value_parser = number::<u8>(0, 100))]
    share: u8,
    /// That share for one rep, by id or name: kim=40; may be given more than once. It counts before that of the team file
    #[arg(long, value_name = "REP=N")]
    share_of: Vec<ShareOf>,
    /// How to print the answer
    #[arg(long, value_enum, default_value_t = TeamFormat::Table)]
    format: TeamFormat,
}

/// The share of one rep.
#[derive(Clone, Debug)]
struct ShareOf {
    rep: String,
    percent: u8,
}

impl FromStr for ShareOf {
    type Err = ArgumentError;

    fn from_str(text: &str) -> Result<Self, ArgumentError> {
        let (rep, percent) =
            text.rsplit_once('=').ok_or_else(|| ArgumentError::new(Sentence::new("usage-share-of")))?;
        let percent = number(0, 100)(percent.trim())?;
        Ok(Self { rep: rep.trim().to_owned(), percent })
    }
}

/// Plans and prints.
///
/// # Errors
/// Files that cannot be read, reps or settings that do not exist.
pub fn run(args: &PlanArgs, screen: &mut Screen) -> Result<Exit, Failure> {
    let (rulebook, exit) = packs::rulebook(&args.rules, screen)?;
    packs::tell_ended(&rulebook, args.now.at, screen);
    let intake = leads::read(&args.leads, screen)?;
    let file = reports::team_file(args.team.as_deref(), &intake.book, screen)?;
    let mut shares = BTreeMap::new();
    for ShareOf { rep, percent } in &args.share_of {
        let place = leads::rep(&intake.book, rep)?;
        if let Some(rep) = intake.book.reps().get(place) {
            shares.insert(rep.id.clone(), f64::from(*percent) / 100.0);
        }
    }
    let settings = PlanSettings { days: args.days, share: f64::from(args.share) / 100.0, shares };
    let bar = screen.waiting(&Sentence::new("busy-planning"));
    let view = TeamView::new(&rulebook, &intake.book, &file, args.now.at, Viewer::Manager);
    let plan = view.plan(&settings, screen.language);
    bar.finish_and_clear();
    super::print(&plan, &plan.document(screen.language), args.format, screen)?;
    Ok(exit.and(leads::exit(args.leads.strict, &intake)))
}
