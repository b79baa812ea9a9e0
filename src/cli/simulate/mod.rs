//! `cadans simulate`: lives with the advice for some days, and counts what should not happen.

mod arguments;
mod chart;
mod rows;
mod text;

use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use clap::{Args, ValueEnum};
use indicatif::ProgressBar;

use self::arguments::{Seeds, Step, TouchMinutes};
pub use self::text::Told;
use super::failure::{Exit, Failure};
use super::leads::{self, LeadArgs};
use super::moment::Now;
use super::packs::{self, RuleArgs};
use super::screen::Screen;
use super::setting_args::SettingArgs;
use super::usage::number;
use super::{data_files, output_file};
use cadans::book::Book;
use cadans::book::ingest::write::write_json;
use cadans::calendar::{Duration, Instant};
use cadans::language::Rulebook;
use cadans::limits;
use cadans::simulate::audit::incidents::Case;
use cadans::simulate::settings::{MOST_DAYS, MOST_REPS};
use cadans::simulate::{Report, ResponseModel, Settings, Simulated, simulate};
use cadans::wording::{Language, Sentence};

const EXAMPLES: &str = "\
Examples:
  A fortnight with these rules:
    cadans simulate --rules rules/inside-sales.rhai rules/contact-policy \\
        --leads www/sample/leads.json --now 2026-11-20T10:00:00+01:00

  Two sets of rules, with the same customers five times, as Markdown:
    cadans simulate --rules rules/inside-sales.rhai rules/contact-policy \\
        --against rules/account-based.rhai rules/contact-policy \\
        --leads www/sample/leads.json --now 2026-11-20T10:00:00+01:00 \\
        --seed 1,2,3,4,5 --format markdown

  See a case for yourself:
    cadans simulate --rules my-team.rhai --leads leads.json \\
        --now 2026-11-20T10:00:00+01:00 --keep after.json

  Assumptions of your own:
    cadans simulate --print-model > model.json
    cadans simulate --rules my-team.rhai --leads leads.json \\
        --now 2026-11-20T10:00:00+01:00 --model model.json

A simulation compares sets of rules under assumptions, and forecasts nothing. A
clock runs from --now; at each step every rep who works and is free does what
stands first in their queue, or is planned for them; customers come and answer by the response model.
The same seed gives the same customers, whatever the rules. Each incident has
its first five cases, each with the command that shows the advice: it reads the
file that --keep writes, and asks for one second before the moment, because the
file also has what was done at it. docs/simulating.md tells the model, the
random numbers and every count.";

/// A fortnight lived with the advice: how long customers wait, and what should not have happened
#[derive(Args, Debug)]
#[command(after_long_help = EXAMPLES)]
#[command(override_usage = "cadans simulate --rules <DIR|FILE>... --leads <FILE> --now <TIME> [OPTIONS]
       cadans simulate --print-model")]
pub struct SimulateArgs {
    #[command(flatten)]
    rules: Option<RuleArgs>,
    #[command(flatten)]
    leads: Option<LeadArgs>,
    /// The moment to begin at, with its zone: 2026-11-20T09:00:00+01:00
    #[arg(long, value_name = "TIME", required = true)]
    now: Option<Now>,
    /// Other rules to set beside them, with the same customers
    #[arg(long, value_name = "DIR|FILE", num_args = 1..)]
    against: Vec<PathBuf>,
    /// How many days
    #[arg(long, value_name = "N", default_value_t = 14, value_parser = number::<u32>(1, MOST_DAYS))]
    days: u32,
    /// From one look at the queue to the next: 10.minutes, 1.hour
    #[arg(long, value_name = "TIME", default_value = "10.minutes")]
    step: Step,
    /// The seeds of the random numbers: one run each
    #[arg(long, value_name = "N,...", default_value = "1")]
    seed: Seeds,
    /// How many reps work: those of the book are repeated, or left out, and the leads dealt out among them
    #[arg(long, value_name = "N", value_parser = number::<u64>(1, MOST_REPS as u64))]
    reps: Option<u64>,
    /// How long a touch takes a rep, by channel, in minutes: phone=10,email=5. Where not given, what the packs say (effort), else ten
    #[arg(long, value_name = "CHANNEL=N,...")]
    minutes: Option<TouchMinutes>,
    /// Whether reps follow the plan of the day, as cadans team plan makes it, or their own queue
    #[arg(long, value_enum, default_value_t = FollowPlan::Stated)]
    plan: FollowPlan,
    /// The response model: what customers do and how they answer; the built-in one where not given
    #[arg(long, value_name = "FILE")]
    model: Option<PathBuf>,
    /// Prints the built-in response model, to be changed and given back with --model
    #[arg(long, exclusive = true)]
    print_model: bool,
    /// Whether customers answer
    #[arg(long, value_enum, default_value_t = Answers::Model)]
    answers: Answers,
    /// Writes the book as it is at the end, with everything that happened, to a lead file; of the first seed, and of --against
    /// to the same name with -against
    #[arg(long, value_name = "FILE")]
    keep: Option<PathBuf>,
    /// How to print the answer
    #[arg(long, value_enum, default_value_t = SimulateFormat::Table)]
    format: SimulateFormat,
}

/// Whether customers answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Answers {
    /// As the response model says
    Model,
    /// Never; what they start by themselves stays
    Never,
    /// Always
    Always,
}

/// Whether reps follow the plan of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum FollowPlan {
    /// When a pack says what a touch takes or how many there can be
    Stated,
    /// The plan, whatever the packs say
    Always,
    /// Their own queue
    Never,
}

impl FollowPlan {
    fn setting(self) -> Option<bool> {
        match self {
            Self::Stated => None,
            Self::Always => Some(true),
            Self::Never => Some(false),
        }
    }
}

/// How the answer is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum SimulateFormat {
    /// For people
    Table,
    /// All numbers, each run by itself
    Json,
    /// For a report
    Markdown,
    /// The touches of each day, as a picture
    Svg,
}

/// The runs of one set of rules, one a seed.
pub struct Side {
    /// The rule files, as they were given.
    rules: Vec<PathBuf>,
    /// The settings of the packs, as they were given.
    settings: SettingArgs,
    /// The lead file with which a case is shown.
    kept: String,
    /// Each run.
    reports: Vec<Report>,
}

impl Side {
    /// The command that shows the advice of a case.
    fn command(&self, case: &Case) -> String {
        let mut words = vec!["cadans".to_owned(), "explain".to_owned(), quoted(&case.lead), "--rules".to_owned()];
        words.extend(self.rules.iter().map(|path| quoted(&path.to_string_lossy())));
        let files = self.settings.files.iter();
        words.extend(files.flat_map(|file| ["--settings".to_owned(), quoted(&file.to_string_lossy())]));
        words.extend(self.settings.set.iter().flat_map(|setting| ["--set".to_owned(), quoted(setting)]));
        words.extend(["--leads".to_owned(), quoted(&self.kept), "--now".to_owned()]);
        words.push((case.at - Duration::SECOND).to_string());
        words.join(" ")
    }

    /// The rule files, in one line.
    fn name(&self) -> String {
        self.rules.iter().map(|path| path.to_string_lossy()).collect::<Vec<_>>().join(" ")
    }
}

/// A word of a command, in quotes where a shell would take it apart.
fn quoted(word: &str) -> String {
    let plain = |letter: char| letter.is_alphanumeric() || "-_./=:+,@".contains(letter);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', "'\\''"))
    }
}

/// Simulates and prints.
///
/// # Errors
/// Files that cannot be read or written, settings that do not exist, or a response model that is none.
pub fn run(args: &SimulateArgs, screen: &mut Screen) -> Result<Exit, Failure> {
    let (Some(rules), Some(lead_args), Some(now)) = (&args.rules, &args.leads, args.now) else {
        screen.print(ResponseModel::standard_text())?;
        return Ok(Exit::Fine);
    };
    let kept = [args.keep.clone(), args.keep.as_deref().map(beside)];
    for out in kept.iter().flatten() {
        let read = rules
            .rules
            .iter()
            .chain(&rules.settings_files)
            .chain(&args.against)
            .chain(args.model.as_ref())
            .chain([&lead_args.leads]);
        output_file::refuse_input(out, read.chain(&lead_args.mapping).map(PathBuf::as_path))?;
    }
    let model = model(args, screen)?;
    let (rulebook, mut exit) = packs::rulebook(rules, screen)?;
    let mut rulebooks = vec![(rules.rules.clone(), rulebook)];
    if !args.against.is_empty() {
        let other = RuleArgs { rules: args.against.clone(), set: Vec::new(), settings_files: Vec::new() };
        let (rulebook, other_exit) = packs::rulebook(&other, screen)?;
        exit = exit.and(other_exit);
        rulebooks.push((other.rules, rulebook));
    }
    rulebooks.iter().for_each(|(_, rulebook)| packs::tell_ended(rulebook, now.at, screen));
    let intake = leads::read(lead_args, screen)?;
    let all = settings(args, now.at);
    let steps: u64 = all.iter().map(Settings::steps).sum();
    let runs = u64::try_from(rulebooks.len()).unwrap_or(1);
    let bar = screen.progress(usize::try_from(steps * runs).unwrap_or(usize::MAX), &Sentence::new("busy-simulating"));
    let mut sides: Vec<Side> = Vec::new();
    for ((paths, rulebook), keep) in rulebooks.iter().zip(&kept) {
        let first = sides.is_empty();
        let simulated = simulate_all(rulebook, &intake.book, &model, &all, &bar);
        if let Some((path, book)) = keep.as_deref().zip(simulated.first().and_then(|(_, book)| book.as_ref())) {
            let text = write_json(book).map_err(|error| {
                Failure::contents(Sentence::new("failure-lead-file"))
                    .why(Sentence::new("failure-system").with("words", error.to_string()))
            })?;
            output_file::write(path, &text)?;
        }
        let reports = simulated.into_iter().map(|(report, _)| report).collect();
        let kept = keep.as_ref().map_or_else(|| "KEPT.json".to_owned(), |path| path.display().to_string());
        let settings = if first { rules.settings() } else { SettingArgs::default() };
        sides.push(Side { rules: paths.clone(), settings, kept, reports });
    }
    bar.finish_and_clear();
    let told = text::Told { sides: &sides, now: &now, kept: args.keep.is_some(), language: screen.language };
    match args.format {
        SimulateFormat::Table => screen.print(&told.table(screen.width))?,
        SimulateFormat::Json => screen.print_json(&told.json()?)?,
        SimulateFormat::Markdown => screen.print(&told.markdown())?,
        SimulateFormat::Svg => screen.print(&chart::touches_a_day(&sides, screen.language)?)?,
    }
    Ok(exit.and(leads::exit(lead_args.strict, &intake)))
}

/// A fortnight with each of two sets of rules, by the built-in response model and with the same customers. Each comes with its name.
pub fn fortnights(sides: [(String, Rulebook); 2], book: &Book, start: Instant, screen: &Screen) -> Vec<Side> {
    let Ok(model) = ResponseModel::standard() else { return Vec::new() };
    let all = [Settings::new(start)];
    let steps: u64 = all.iter().map(Settings::steps).sum();
    let bar = screen.progress(usize::try_from(steps * 2).unwrap_or(usize::MAX), &Sentence::new("busy-simulating"));
    let side = |(name, rulebook): (String, Rulebook)| {
        let simulated = simulate_all(&rulebook, book, &model, &all, &bar);
        let reports = simulated.into_iter().map(|(report, _)| report).collect();
        Side {
            rules: vec![PathBuf::from(name)],
            settings: SettingArgs::default(),
            kept: "KEPT.json".to_owned(),
            reports,
        }
    };
    let sides = sides.map(side).into();
    bar.finish_and_clear();
    sides
}

/// What is told of two fortnights.
pub fn told<'a>(sides: &'a [Side], now: &'a Now, language: Language) -> Told<'a> {
    Told { sides, now, kept: false, language }
}

/// The report of each run, and the book at the end of the first. Runs depend on their settings alone, so they are divided among the processors.
fn simulate_all(
    rulebook: &Rulebook,
    book: &Book,
    model: &ResponseModel,
    all: &[Settings],
    bar: &ProgressBar,
) -> Vec<(Report, Option<Book>)> {
    let next = AtomicUsize::new(0);
    let done = Mutex::new(Vec::new());
    let work = || {
        loop {
            let nth = next.fetch_add(1, Ordering::Relaxed);
            let Some(settings) = all.get(nth) else { break };
            let simulated = simulate(rulebook, book, model, settings, |_, _| {
                bar.inc(1);
                true
            });
            // Nothing cancels it.
            if let (Ok(Simulated { report, book }), Ok(mut done)) = (simulated, done.lock()) {
                done.push((nth, report, Some(book).filter(|_| nth == 0)));
            }
        }
    };
    let threads = thread::available_parallelism().map_or(1, usize::from).min(all.len());
    thread::scope(|scope| (0..threads).for_each(|_| drop(scope.spawn(work))));
    let mut done = done.into_inner().unwrap_or_default();
    done.sort_by_key(|(nth, ..)| *nth);
    done.into_iter().map(|(_, report, book)| (report, book)).collect()
}

/// The settings of each run.
fn settings(args: &SimulateArgs, start: Instant) -> Vec<Settings> {
    let one = |seed: &u64| Settings {
        days: args.days,
        step: args.step.0,
        seed: *seed,
        reps: args.reps.and_then(|reps| usize::try_from(reps).ok()),
        minutes: args.minutes.clone().unwrap_or_default().0,
        plan: args.plan.setting(),
        ..Settings::new(start)
    };
    args.seed.0.iter().map(one).collect()
}

/// The response model that was asked for.
///
/// # Errors
/// When its file cannot be read, or is none.
fn model(args: &SimulateArgs, screen: &Screen) -> Result<ResponseModel, Failure> {
    let (name, text) = match &args.model {
        Some(path) => {
            let (name, bytes) = data_files::bytes(path, screen.language)?;
            if bytes.len() > limits::PACK_BYTES {
                return Err(not_a_model(&name, "", "model-too-large".into()));
            }
            (name, String::from_utf8_lossy(&bytes).into_owned())
        }
        None => (String::new(), ResponseModel::standard_text().to_owned()),
    };
    let model = ResponseModel::parse(&text).map_err(|error| not_a_model(&name, &error.path, error.reason))?;
    Ok(match args.answers {
        Answers::Model => model,
        Answers::Never => model.without_answers(),
        Answers::Always => model.with_certain_answers(),
    })
}

fn not_a_model(file: &str, path: &str, why: Sentence) -> Failure {
    let why = if path.is_empty() { why } else { Sentence::new("failure-model-at").with("path", path).with("why", why) };
    Failure::contents(Sentence::new("failure-model").with("file", file))
        .why(why)
        .help(Sentence::new("failure-model-help"))
}

/// `after.json` as `after-against.json`.
fn beside(path: &Path) -> PathBuf {
    let mut name = path.file_stem().unwrap_or_default().to_os_string();
    name.push("-against");
    if let Some(ending) = path.extension() {
        name.push(".");
        name.push(ending);
    }
    path.with_file_name(name)
}
