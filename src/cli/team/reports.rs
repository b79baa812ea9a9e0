//! `cadans team goals`, `figures`, `cards`, `groups`, `story` and `reward`: what came of the work of a team.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::TeamFormat;
use crate::cli::data_files;
use crate::cli::failure::{Exit, Failure};
use crate::cli::leads::{self, LeadArgs};
use crate::cli::moment::Now;
use crate::cli::packs::{self, RuleArgs};
use crate::cli::screen::{Screen, WARN, plain};
use crate::cli::usage::number;
use cadans::book::Book;
use cadans::team::document::{
    cards_document, figures_document, goals_document, groups_document, reward_document, story_document,
};
use cadans::team::figures::{FigureSettings, MOST_DAYS};
use cadans::team::recognition;
use cadans::team::records::{TeamFile, TeamIntake};
use cadans::team::reward::PoolTerms;
use cadans::team::yields::SegmentBy;
use cadans::team::{TeamView, Viewer};
use cadans::wording::Sentence;

/// What every report needs.
#[derive(Args, Debug)]
pub struct ReportArgs {
    #[command(flatten)]
    rules: RuleArgs,
    #[command(flatten)]
    leads: LeadArgs,
    /// The team file: stage moves, orders, contracts, promises, proposals ... (docs/team.md)
    #[arg(long, value_name = "FILE")]
    team: Option<PathBuf>,
    /// The moment of the report, with its zone: 2026-11-20T09:00:00+01:00
    #[arg(long, value_name = "TIME")]
    now: Now,
    /// For whom: manager, marketing, or a rep by id or name. A rep sees their own first; a manager sees a person only where that person shares it
    #[arg(long = "as", value_name = "WHO", default_value = "manager")]
    viewer: String,
    /// How to print the answer
    #[arg(long, value_enum, default_value_t = TeamFormat::Table)]
    format: TeamFormat,
}

/// How far the goals of the packs are, and what was proposed
#[derive(Args, Debug)]
pub struct GoalsArgs {
    #[command(flatten)]
    report: ReportArgs,
}

/// Contacts, visitors, conversion, time to answer, pull ratio, and what channels and content brought
#[derive(Args, Debug)]
pub struct FiguresArgs {
    #[command(flatten)]
    report: ReportArgs,
    /// How many days back
    #[arg(long, value_name = "N", default_value_t = 90, value_parser = number::<u32>(1, MOST_DAYS))]
    days: u32,
    /// By what leads are put together to compare channels
    #[arg(long, value_enum, default_value_t = Segments::Industry)]
    by: Segments,
}

/// By what leads are put together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Segments {
    /// The line of business of the account
    Industry,
    /// The country of the lead
    Country,
    /// Where the lead came from
    Source,
    /// The stage on record
    Stage,
    /// What the lead is about
    Topic,
}

impl From<Segments> for SegmentBy {
    fn from(by: Segments) -> Self {
        match by {
            Segments::Industry => Self::Industry,
            Segments::Country => Self::Country,
            Segments::Source => Self::Source,
            Segments::Stage => Self::Stage,
            Segments::Topic => Self::Topic,
        }
    }
}

/// What deserves a thought: each card ends in a question or an offer of help, none is a grade
#[derive(Args, Debug)]
pub struct CardsArgs {
    #[command(flatten)]
    report: ReportArgs,
}

/// Buying groups: who is known in each role, a score, and what is missing before a proposal
#[derive(Args, Debug)]
pub struct GroupsArgs {
    #[command(flatten)]
    report: ReportArgs,
}

/// How a lead became a customer: what they did, what was advised, followed, adapted or declined, and by whom
#[derive(Args, Debug)]
pub struct StoryArgs {
    /// Id of the lead
    #[arg(value_name = "LEAD")]
    lead: String,
    #[command(flatten)]
    report: ReportArgs,
}

/// A pool from what the team reached, split by working time to the cent
#[derive(Args, Debug)]
pub struct RewardArgs {
    #[command(flatten)]
    report: ReportArgs,
    /// The first day whose orders count: 2026-10-01
    #[arg(long, value_name = "DAY")]
    since: String,
    /// What the team has to reach before there is a pool
    #[arg(long, value_name = "AMOUNT", default_value_t = 0.0)]
    threshold: f64,
    /// How much of what is above it makes the pool, in percent
    #[arg(long, value_name = "PERCENT")]
    part: f64,
}

/// Makes a report and prints it.
///
/// # Errors
/// Files that cannot be read, and what they say that cannot be.
fn with_view(
    args: &ReportArgs,
    screen: &mut Screen,
    print: impl FnOnce(&TeamView<'_>, &mut Screen) -> Result<(), Failure>,
) -> Result<Exit, Failure> {
    let (rulebook, exit) = packs::rulebook(&args.rules, screen)?;
    packs::tell_ended(&rulebook, args.now.at, screen);
    let intake = leads::read(&args.leads, screen)?;
    let file = team_file(args.team.as_deref(), &intake.book, screen)?;
    let viewer = viewer(&args.viewer, &intake.book)?;
    print(&TeamView::new(&rulebook, &intake.book, &file, args.now.at, viewer), screen)?;
    Ok(exit.and(leads::exit(args.leads.strict, &intake)))
}

/// Reads a team file, and tells on the error stream what of it was left out. Without a path it is empty.
///
/// # Errors
/// When it cannot be read, or is no team file.
pub(super) fn team_file(path: Option<&Path>, book: &Book, screen: &mut Screen) -> Result<TeamFile, Failure> {
    let Some(path) = path else { return Ok(TeamFile::default()) };
    let (name, bytes) = data_files::bytes(path, screen.language)?;
    let TeamIntake { file, refused } = TeamIntake::read(&bytes, book)
        .map_err(|why| Failure::contents(Sentence::new("failure-team-file").with("file", name.as_str())).why(why))?;
    if !refused.is_empty() {
        let heading = Sentence::new("team-file-refused").with("number", refused.len()).with("file", &*plain(&name));
        let heading = screen.text(&heading);
        screen.print_aside(&format!("{WARN}{heading}{WARN:#}\n"));
        for one in &refused {
            screen.print_aside(&format!("  {}\n", plain(&one.told(screen.language))));
        }
    }
    Ok(file)
}

/// For whom the report is.
///
/// # Errors
/// When there is no such rep.
fn viewer(word: &str, book: &Book) -> Result<Viewer, Failure> {
    Ok(match word {
        "manager" => Viewer::Manager,
        "marketing" => Viewer::Marketing,
        name => {
            let place = leads::rep(book, name)?;
            Viewer::Rep(book.reps().get(place).map(|rep| rep.id.clone()).unwrap_or_default())
        }
    })
}

/// Prints goals and proposals.
///
/// # Errors
/// As [`with_view`].
pub fn goals(args: &GoalsArgs, screen: &mut Screen) -> Result<Exit, Failure> {
    with_view(&args.report, screen, |view, screen| {
        let told = view.goals_and_proposals(screen.language);
        let document = goals_document(&told.goals, &told.proposals, screen.language);
        super::print(&told, &document, args.report.format, screen)
    })
}

/// Prints figures.
///
/// # Errors
/// As [`with_view`].
pub fn figures(args: &FiguresArgs, screen: &mut Screen) -> Result<Exit, Failure> {
    with_view(&args.report, screen, |view, screen| {
        let settings = FigureSettings { days: args.days, segments: args.by.into() };
        let figures = view.figures(settings, screen.language);
        super::print(&figures, &figures_document(&figures, screen.language), args.report.format, screen)
    })
}

/// Prints cards and recognition.
///
/// # Errors
/// As [`with_view`].
pub fn cards(args: &CardsArgs, screen: &mut Screen) -> Result<Exit, Failure> {
    with_view(&args.report, screen, |view, screen| {
        let told = view.cards_and_recognition(recognition::USUAL_DAYS, screen.language);
        let document = cards_document(&told.cards, &told.recognition, screen.language);
        super::print(&told, &document, args.report.format, screen)
    })
}

/// Prints buying groups.
///
/// # Errors
/// As [`with_view`].
pub fn groups(args: &GroupsArgs, screen: &mut Screen) -> Result<Exit, Failure> {
    with_view(&args.report, screen, |view, screen| {
        let groups = view.groups(screen.language);
        super::print(&groups, &groups_document(&groups, screen.language), args.report.format, screen)
    })
}

/// Prints the story of a won deal.
///
/// # Errors
/// As [`with_view`], and when there is no such lead or it has not ordered.
pub fn story(args: &StoryArgs, screen: &mut Screen) -> Result<Exit, Failure> {
    with_view(&args.report, screen, |view, screen| {
        let lead = leads::index(view.book, &args.lead)?;
        let story = view.story(lead, screen.language).ok_or_else(|| {
            let what = Sentence::new("failure-no-story").with("lead", &*plain(&args.lead));
            Failure::misuse(what).help(Sentence::new("failure-no-story-help"))
        })?;
        super::print(&story, &story_document(&story, screen.language), args.report.format, screen)
    })
}

/// Prints a reward.
///
/// # Errors
/// As [`with_view`], and when the first day is none.
pub fn reward(args: &RewardArgs, screen: &mut Screen) -> Result<Exit, Failure> {
    with_view(&args.report, screen, |view, screen| {
        let since = view.first_moment(&args.since).ok_or_else(|| {
            let what = Sentence::new("failure-no-day").with("written", &*plain(&args.since));
            Failure::misuse(what).help(Sentence::new("failure-no-day-help"))
        })?;
        let terms = PoolTerms { since, threshold: args.threshold, part: args.part / 100.0 };
        let reward = view.reward(terms);
        let document = reward_document(&reward, |rep| view.called(rep), screen.language);
        super::print(&reward, &document, args.report.format, screen)
    })
}
