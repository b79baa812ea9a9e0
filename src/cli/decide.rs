//! `cadans decide`: the day's queue.

use std::collections::BTreeSet;

use clap::{Args, ValueEnum};

use super::failure::{Exit, Failure};
use super::leads::{self, LeadArgs};
use super::moment::Now;
use super::packs::{self, RuleArgs};
use super::screen::{DIM, Screen, paragraph};
use super::{flat, queue_table, words};
use cadans::book::Book;
use cadans::decide::advice::{Advice, Verdict};
use cadans::decide::{decide_each, in_order};

const EXAMPLES: &str = "\
Examples:
  The queue of this morning:
    cadans decide --rules rules/inside-sales.rhai rules/contact-policy \\
        --leads www/sample/leads.json --now 2026-11-20T10:00:00+01:00

  The ten first of today, with other figures than the pack has:
    cadans decide --rules my-team.rhai --leads leads.json \\
        --now 2026-11-20T10:00:00+01:00 --today --limit 10 --set hot_visits=3

  For a spreadsheet, or for another program:
    cadans decide --rules my-team.rhai --leads leads.json \\
        --now 2026-11-20T10:00:00+01:00 --format csv > queue.csv
    crm-export | cadans decide --rules my-team.rhai --leads - \\
        --now 2026-11-20T10:00:00+01:00 --format ndjson

The table has what should be done, by the start of its window, then by
priority; --all adds the leads that wait or are on hold. json, ndjson and csv
always have every lead, those to contact first. Times in the table are the
person's own. Refused records are told on the error stream, with id, field and
reason.";

/// The day's queue: for each lead the channel, the person, the window and the reason
#[derive(Args, Debug)]
#[command(after_long_help = EXAMPLES)]
pub struct DecideArgs {
    #[command(flatten)]
    rules: RuleArgs,
    #[command(flatten)]
    leads: LeadArgs,
    /// The moment to decide for, with its zone: 2026-11-20T09:00:00+01:00. Required, for Cadans reads no clock: the same
    /// question always has the same answer
    #[arg(long, value_name = "TIME")]
    now: Now,
    /// How to print the answer
    #[arg(long, value_enum, default_value_t = DecideFormat::Table)]
    format: DecideFormat,
    /// Only touches whose window opens today, in the person's own time
    #[arg(long)]
    today: bool,
    /// Only the first N
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    /// Only the lead with this id; may be given more than once
    #[arg(long, value_name = "ID")]
    lead: Vec<String>,
    /// In the table, also the leads that wait or are on hold
    #[arg(long)]
    all: bool,
}

/// How the answer is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DecideFormat {
    /// For people
    Table,
    /// One list of advices
    Json,
    /// One advice a line
    Ndjson,
    /// One row a lead
    Csv,
}

/// Decides and prints.
///
/// # Errors
/// Files that cannot be read, leads or settings that do not exist.
pub fn run(args: &DecideArgs, screen: &mut Screen) -> Result<Exit, Failure> {
    let (rulebook, packs_exit) = packs::rulebook(&args.rules, screen)?;
    let intake = leads::read(&args.leads, screen)?;
    let wanted = wanted(&args.lead, &intake.book)?;
    let bar = screen.progress(intake.book.len(), "Deciding");
    let mut advices: Vec<Advice> = Vec::with_capacity(intake.book.len());
    decide_each(&rulebook, &intake.book, args.now.at, |advice| {
        advices.push(advice);
        bar.inc(1);
    });
    bar.finish_and_clear();

    let asked = |advice: &&Advice| wanted.is_empty() || wanted.contains(advice.lead.as_str());
    let today = |advice: &&Advice| {
        !args.today
            || (to_do(advice)
                && advice
                    .touch
                    .as_ref()
                    .and_then(|touch| touch.window.as_ref())
                    .is_none_or(|window| args.now.is_today(window)))
    };
    // The day's queue first, then the leads for which there is nothing to do, in the order of the file.
    let places = in_order(&advices).into_iter();
    let chosen: Vec<&Advice> = places.filter_map(|place| advices.get(place)).filter(asked).filter(today).collect();
    let most = args.limit.unwrap_or(usize::MAX);
    let first = || chosen.iter().copied().take(most);
    match args.format {
        DecideFormat::Table => {
            let shown: Vec<&Advice> =
                chosen.iter().copied().filter(|advice| args.all || !wanted.is_empty() || to_do(advice)).collect();
            let mut text = String::new();
            if !shown.is_empty() {
                text.push_str(&queue_table::table(shown.iter().copied().take(most), &args.now, screen.width));
            }
            let first = if shown.len() > most {
                format!(" (the first {most} of {} shown)", shown.len())
            } else {
                String::new()
            };
            let counts = format!("{}{}{first}.", words::tally(chosen.iter().copied()), leads::refused_count(&intake));
            text.push_str(&paragraph("", &counts, screen.width));
            if chosen.iter().any(|advice| !to_do(advice)) && !args.all && wanted.is_empty() {
                text.push_str(&format!("{DIM}--all shows the leads that wait or are on hold too.{DIM:#}\n"));
            }
            screen.say(&text)?;
        }
        DecideFormat::Json => screen.say_json(&first().collect::<Vec<_>>())?,
        DecideFormat::Ndjson => screen.say_lines(first())?,
        DecideFormat::Csv => screen.say(&flat::csv(first())?)?,
    }
    Ok(packs_exit.and(leads::exit(args.leads.strict, &intake)))
}

/// True for what belongs in a day's work.
fn to_do(advice: &Advice) -> bool {
    matches!(advice.verdict, Verdict::Touch | Verdict::Find | Verdict::HandOver)
}

/// The ids asked for, each of which must exist.
fn wanted<'a>(ids: &'a [String], book: &Book) -> Result<BTreeSet<&'a str>, Failure> {
    ids.iter().map(|id| leads::index(book, id).map(|_| id.as_str())).collect()
}
