//! `cadans decide`: the day's queue.

use std::collections::{BTreeMap, BTreeSet};

use clap::{Args, ValueEnum};

use super::failure::{Exit, Failure};
use super::leads::{self, LeadArgs};
use super::moment::Now;
use super::packs::{self, RuleArgs};
use super::screen::{DIM, Screen, WARN, amount, count, paragraph, plain};
use super::{findings, flat, queue_table, words};
use cadans::book::Book;
use cadans::calendar::Duration;
use cadans::decide::advice::{Advice, HOLIDAYS_UNKNOWN, PLANNED_REP_AWAY};
use cadans::decide::{Budget, Decider, Decision, OverBudget, decisions_in_order, is_for_nobody, is_for_rep};
use cadans::diagnostics::Diagnostic;
use cadans::language::{PackSource, Rulebook};
use cadans::wording::{Amount, Sentence};

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
person's own. Refused records are printed on the error stream, with id, field
and reason. In csv, a text that a spreadsheet would run as a formula (it begins
with = + - or @) has an apostrophe in front. Each advice names the releases of
the time zones and holidays by which it was worked out (dataVersions; in csv
the last two columns).

  In Dutch, with a Dutch pack:
    cadans decide --rules rules/inside-sales.nl.rhai rules/contact-policy \\
        --leads www/sample/leads.json --now 2026-11-20T10:00:00+01:00 --lang nl";

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
    /// Only what this rep does, by id or name, and with --all the leads of theirs that wait or are on hold
    #[arg(long, value_name = "NAME")]
    rep: Option<String>,
    /// In the table, also the leads that wait or are on hold
    #[arg(long)]
    all: bool,
    /// The most operations that deciding may take in all; a run that needs more gives no answer. A step of an interpreted
    /// rule is one operation
    #[arg(long, value_name = "N")]
    budget: Option<u64>,
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

/// Decides and prints. All leads are decided as numbers; only what is printed is put into words.
///
/// # Errors
/// Files that cannot be read, leads or settings that do not exist.
pub fn run(args: &DecideArgs, screen: &mut Screen) -> Result<Exit, Failure> {
    let (rulebook, packs_exit) = packs::rulebook(&args.rules, screen)?;
    packs::tell_ended(&rulebook, args.now.at, screen);
    let intake = leads::read(&args.leads, screen)?;
    let wanted = wanted(&args.lead, &intake.book)?;
    let rep = args.rep.as_deref().map(|name| leads::rep(&intake.book, name)).transpose()?;
    let budget = args.budget.map_or_else(Budget::default, Budget::of);
    let decider = Decider::new(&rulebook, &intake.book, args.now.at).in_language(screen.language).within(budget);
    let decider = decider.on_threads(std::thread::available_parallelism().unwrap_or(std::num::NonZero::<usize>::MIN));
    let bar = screen.waiting(&Sentence::new("busy-deciding"));
    let decided = if wanted.is_empty() {
        decider.all_within().map(|all| all.into_iter().enumerate().collect())
    } else {
        decider.decisions_within(wanted.iter().copied())
    };
    bar.finish_and_clear();
    let decided: Vec<(usize, Decision)> = decided.map_err(over_budget)?;
    print_over_limit(&decider, &rulebook, screen)?;

    // A touch without a window can be made at once.
    let is_today = |lead: usize, decision: &Decision| {
        decision.verdict.is_to_do()
            && decision.from.is_none_or(|from| {
                from - args.now.at < LONGEST_DAY
                    && decider.zone_of(lead, decision).is_some_and(|zone| args.now.is_today(from, zone))
            })
    };
    // What somebody has to take over and the day's queue first, then the leads for which there is nothing to do, in the order of the file.
    let chosen: Vec<(usize, Decision)> = decisions_in_order(&decided, &intake.book, args.now.at)
        .into_iter()
        .filter_map(|place| decided.get(place).copied())
        .filter(|(lead, decision)| rep.is_none_or(|rep| is_for_rep(&intake.book, (*lead, decision), rep)))
        .filter(|(lead, decision)| !args.today || is_today(*lead, decision) || decision.is_to_be_taken_over())
        .collect();
    let everything = args.format != DecideFormat::Table || args.all || !wanted.is_empty();
    let listed: Vec<usize> = chosen
        .iter()
        .filter(|(_, decision)| everything || decision.verdict.is_to_do() || decision.is_to_be_taken_over())
        .map(|(lead, _)| *lead)
        .collect();
    let shown = listed.get(..args.limit.unwrap_or(usize::MAX)).unwrap_or(&listed);
    let advices = advices(&decider, shown, screen);
    match args.format {
        DecideFormat::Table => {
            let mut text = for_nobody(&intake.book, &chosen, screen);
            if !listed.is_empty() {
                text.push_str(&queue_table::table(&advices, &args.now, screen.language, screen.width));
            }
            let first = if listed.len() > shown.len() {
                let first =
                    Sentence::new("queue-first").with("most", amount(shown.len())).with("all", amount(listed.len()));
                format!(" ({})", screen.text(&first))
            } else {
                String::new()
            };
            let tally = screen.text(&words::tally(chosen.iter().map(|(_, decision)| decision.verdict)));
            let counts = format!("{tally}{}{first}.", leads::refused_count(&intake, screen.language));
            text.push_str(&paragraph("", &counts, screen.width));
            if chosen.len() > listed.len() {
                let all = screen.text(&Sentence::new("queue-all"));
                text.push_str(&format!("{DIM}{all}.{DIM:#}\n"));
            }
            screen.print(&text)?;
        }
        DecideFormat::Json => screen.print_json(&advices)?,
        DecideFormat::Ndjson => screen.print_lines(&advices)?,
        DecideFormat::Csv => screen.print(&flat::csv(&advices)?)?,
    }
    if matches!(args.format, DecideFormat::Table | DecideFormat::Csv) {
        tell_unknown_holidays(&advices, screen);
        tell_appointments(&advices, screen);
    }
    Ok(packs_exit.and(leads::exit(args.leads.strict, &intake)))
}

/// The failure of a run that needs more operations than it may take.
pub(super) fn over_budget(over: OverBudget) -> Failure {
    let limit = Amount::whole(i64::try_from(over.limit).unwrap_or(i64::MAX));
    Failure::stopped(Sentence::new("over-budget").with("limit", limit)).help(Sentence::new("over-budget-help"))
}

/// Prints on the error stream which statements took more operations than they may, and for how many leads.
fn print_over_limit(decider: &Decider<'_>, rulebook: &Rulebook, screen: &mut Screen) -> Result<(), Failure> {
    let found: Vec<Diagnostic> = decider.over_limit().iter().map(|one| one.in_language(screen.language)).collect();
    if !found.is_empty() {
        let packs = rulebook.packs().iter();
        let sources: Vec<PackSource> =
            packs.map(|pack| PackSource { file: pack.file.clone(), text: pack.source.to_string() }).collect();
        let text = findings::show(&found, &sources, screen.width, screen.language)?;
        screen.print_aside(&text);
    }
    Ok(())
}

/// Prints on the error stream where public holidays are not known, with the number of leads: neither table nor CSV has the notes of an advice.
fn tell_unknown_holidays(advices: &[Advice], screen: &mut Screen) {
    let mut leads: BTreeMap<&str, usize> = BTreeMap::new();
    for note in advices.iter().flat_map(|advice| &advice.notes).filter(|note| note.code == HOLIDAYS_UNKNOWN) {
        *leads.entry(&note.text).or_default() += 1;
    }
    for (note, leads) in leads {
        let leads = screen.text(&count("leads", leads));
        let line = paragraph("", &format!("{} ({leads}).", plain(note)), screen.width);
        screen.print_aside(&line);
    }
}

/// Prints on the error stream which appointments have a rep who does not work on that day: it is to be told now, and the table has no notes.
fn tell_appointments(advices: &[Advice], screen: &mut Screen) {
    for advice in advices {
        for note in advice.notes.iter().filter(|note| note.code == PLANNED_REP_AWAY) {
            let line = format!("{}: {}.", words::lead_name(advice), plain(&note.text));
            screen.print_aside(&paragraph("", &line, screen.width));
        }
    }
}

/// The heading for leads without an owner among the reps: how many there are, and the first ones; empty where there are none.
fn for_nobody(book: &Book, chosen: &[(usize, Decision)], screen: &Screen) -> String {
    let nobodys: Vec<usize> = chosen.iter().map(|(lead, _)| *lead).filter(|lead| is_for_nobody(book, *lead)).collect();
    if nobodys.is_empty() {
        return String::new();
    }
    let first = nobodys.iter().take(MOST_NAMED).filter_map(|lead| book.id(*lead)).map(words::short_id);
    let mut named = first.collect::<Vec<_>>().join(", ");
    if nobodys.len() > MOST_NAMED {
        named.push_str(", ...");
    }
    let heading = Sentence::new("queue-for-nobody").with("count", amount(nobodys.len())).with("leads", named);
    paragraph("", &format!("{WARN}{}{WARN:#}", screen.text(&heading)), screen.width)
}

/// The most leads that the heading for nobody names.
const MOST_NAMED: usize = 5;

/// No local day is longer: a window that begins later than this after now does not begin today anywhere.
const LONGEST_DAY: Duration = Duration::from_millis(27 * 3_600_000);

/// Puts the decisions for these leads into words, in this order.
fn advices(decider: &Decider<'_>, leads: &[usize], screen: &Screen) -> Vec<Advice> {
    let bar = screen.progress(leads.len(), &Sentence::new("busy-advice"));
    let mut advices = Vec::with_capacity(leads.len());
    decider.advices(leads, |advice| {
        advices.push(advice);
        bar.inc(1);
    });
    bar.finish_and_clear();
    advices
}

/// The places of the leads asked for, each of which must exist, in the order of the file.
///
/// # Errors
/// When there is no lead with such an id.
fn wanted(ids: &[String], book: &Book) -> Result<BTreeSet<usize>, Failure> {
    ids.iter().map(|id| leads::index(book, id)).collect()
}
