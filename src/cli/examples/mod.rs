//! `cadans test`: do the packs still do what their examples say, and what do the examples try of them?

mod coverage_text;
mod github;
mod junit;
mod sarif;
mod text;
mod watch;

pub(in crate::cli) use text::show as results_text;

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use serde::Serialize;

use super::failure::{Exit, Failure};
use super::screen::{Screen, count};
use super::setting_args::SettingArgs;
use super::usage::number;
use super::{output_file, packs, proposals};
use cadans::book::vocabulary::nearest;
use cadans::coverage::{Coverage, coverage, lcov};
use cadans::diagnostics::{Diagnostic, Severity};
use cadans::examples::{ExampleResult, ExampleSelection, run_selected};
use cadans::language::Rulebook;
use cadans::pack::example::Example;
use cadans::wording::{Language, Sentence};

const EXAMPLES: &str = "\
Examples:
  cadans test my-team.rhai
  cadans test rules/inside-sales.rhai rules/contact-policy
  cadans test my-team.rhai --example \"Looks at prices\" --row 3
  cadans test my-team.rhai --watch
  cadans test rules --coverage --min 80 --lcov coverage.info
  cadans test rules --format junit > examples.xml
  cadans test my-team.rhai --propose

Each example is a lead in short form with the advice that its writer expects,
or a table with a case in each row; it is decided by its own pack alone.

--coverage shows what the examples that pass do not try: statements that never
held or always did, sides of \"and\" and \"or\" that came out one way only, and
policies without which no advice would be another one. Statements and sides
count alike. A condition that runs interpreted counts as a whole; its sides are
not known. A rule that can hold for no lead is told apart.

Exit codes:
  0  fine
  1  a failed example, or errors in rule files
  2  the command was not used as it should be: also, no such example or row
  3  a file could not be read or written
  5  all examples pass, and cover less than --min; also where there is nothing
     to cover";

/// Runs the examples in rule files: what was expected and what came
#[derive(Args, Debug)]
#[command(after_long_help = EXAMPLES)]
pub struct TestArgs {
    /// Rule files, and folders of which every *.rhai file is read; or one rulebook.toml
    #[arg(value_name = "DIR|FILE", required = true)]
    rules: Vec<PathBuf>,
    #[command(flatten)]
    settings: SettingArgs,
    /// Run only the example with this name
    #[arg(long, value_name = "NAME")]
    example: Option<String>,
    /// Run only this row of its table; the first case is 1
    #[arg(long, value_name = "NUMBER", requires = "example", value_parser = number::<u32>(1, u32::MAX))]
    row: Option<u32>,
    /// Also show what the examples do not try
    #[arg(long, conflicts_with_all = ["example", "row"])]
    coverage: bool,
    /// How much of a hundred the examples must cover at least
    #[arg(long, value_name = "PERCENT", requires = "coverage", value_parser = number::<u32>(0, 100))]
    min: Option<u32>,
    /// Write what is covered to a file for lcov
    #[arg(long, value_name = "FILE", requires = "coverage")]
    lcov: Option<PathBuf>,
    /// Run again whenever a rule file changes, until stopped with Ctrl-C
    #[arg(long)]
    watch: bool,
    /// Print an example for each rule that none makes win, to be put into its file
    #[arg(long, conflicts_with_all = ["example", "row", "coverage", "watch"])]
    propose: bool,
    /// How to print the results
    #[arg(long, value_enum, default_value_t = TestFormat::Text)]
    format: TestFormat,
}

/// How the results are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum TestFormat {
    /// For people
    Text,
    /// As data: a list of results; with --coverage an object with "examples" and "coverage"
    Json,
    /// JUnit's XML, for CI services
    Junit,
    /// Annotations of GitHub's workflows
    Github,
    /// SARIF 2.1.0, for code scanning
    Sarif,
}

/// Runs the examples and prints how they went.
///
/// # Errors
/// Files that cannot be read or written; an example or row that is not there.
pub fn run(args: &TestArgs, screen: &mut Screen) -> Result<Exit, Failure> {
    if let Some(out) = &args.lcov {
        let files = cadans::files::find(&args.rules)?.files;
        output_file::refuse_input(out, files.iter().map(PathBuf::as_path))?;
    }
    if args.watch { watch::run_again_on_change(args, screen) } else { run_once(args, screen) }
}

/// One run.
fn run_once(args: &TestArgs, screen: &mut Screen) -> Result<Exit, Failure> {
    let loaded = packs::load(&args.rules, &args.settings, screen)?;
    let (rulebook, found) = loaded.packs_alone();
    let errors: Vec<Diagnostic> = found.iter().filter(|one| one.severity == Severity::Error).cloned().collect();
    let (rulebook, packs_exit) = packs::tell_errors((rulebook, found), screen)?;
    if args.propose {
        return proposals::run((&loaded.sources, &rulebook), args.format == TestFormat::Json, packs_exit, screen);
    }
    let selection = selection(args, &rulebook)?;
    let number: usize = rulebook.packs().iter().flat_map(|pack| &pack.examples).map(|one| one.cases.len()).sum();
    let bar = screen.waiting(&Sentence::new("busy-examples").with("examples", count("examples", number)));
    let results = run_selected(&rulebook, &selection, screen.language);
    let covered = args.coverage.then(|| coverage(&rulebook));
    bar.finish_and_clear();
    print(args, (&results, &errors), covered.as_ref(), screen)?;
    if let (Some(file), Some(covered)) = (&args.lcov, &covered) {
        output_file::write(file, &lcov(covered))?;
    }
    // Examples that fail go before what is not covered.
    let failed = results.iter().any(|result| !result.passed);
    let missed = covered.as_ref().zip(args.min).is_some_and(|(covered, min)| !covered.totals.all.reaches(min));
    Ok(match packs_exit {
        Exit::Fine if failed => Exit::Findings,
        Exit::Fine if missed => Exit::Uncovered,
        other => other,
    })
}

/// Which examples are to run.
///
/// # Errors
/// When there is no such example or row.
fn selection(args: &TestArgs, rulebook: &Rulebook) -> Result<ExampleSelection, Failure> {
    let Some(name) = &args.example else { return Ok(ExampleSelection::default()) };
    let examples = || rulebook.packs().iter().flat_map(|pack| &pack.examples);
    let called: Vec<&Example> = examples().filter(|example| example.name == *name).collect();
    if called.is_empty() {
        let what = Sentence::new("failure-no-example").with("name", name.as_str());
        let meant = nearest(name, examples().map(|example| example.name.as_str()));
        return Err(Failure::misuse(what).help(match meant {
            Some(meant) => Sentence::new("did-you-mean").with("meant", format!("\"{meant}\"")),
            None => Sentence::new("failure-no-example-help"),
        }));
    }
    let row = args.row.and_then(|row| usize::try_from(row).ok());
    let rows = || called.iter().flat_map(|example| &example.cases).filter_map(|case| case.row.as_ref());
    if let Some(row) = row.filter(|row| rows().all(|one| one.number != *row)) {
        let what = Sentence::new("failure-no-row").with("name", name.as_str()).with("row", row);
        let help = match rows().map(|one| one.number).max() {
            Some(last) => Sentence::new("failure-no-row-help").with("last", last),
            None => Sentence::new("failure-no-rows-help"),
        };
        return Err(Failure::misuse(what).help(help));
    }
    Ok(ExampleSelection { name: Some(name.clone()), row })
}

/// Prints the results in the form that is asked for; in those that services read also the errors in rule files, which the error stream tells too.
fn print(
    args: &TestArgs,
    (results, errors): (&[ExampleResult], &[Diagnostic]),
    covered: Option<&Coverage>,
    screen: &mut Screen,
) -> Result<(), Failure> {
    #[derive(Serialize)]
    struct WithCoverage<'a> {
        examples: &'a [ExampleResult],
        coverage: &'a Coverage,
    }
    let (language, width) = (screen.language, screen.width);
    let errors: Vec<Diagnostic> = errors.iter().map(|one| one.in_language(language)).collect();
    let coverage_text = covered.map(|covered| coverage_text::show(covered, args.min, language, width));
    match args.format {
        TestFormat::Json => match covered {
            Some(coverage) => screen.print_json(&WithCoverage { examples: results, coverage })?,
            None => screen.print_json(&results)?,
        },
        TestFormat::Sarif => screen.print_json(&sarif::log((results, &errors), covered, language))?,
        TestFormat::Text => {
            let shown = text::show(results, language, width);
            screen.print(&format!("{shown}{}", coverage_text.unwrap_or_default()))?;
        }
        TestFormat::Github => screen.print(&github::annotations((results, &errors), covered, language))?,
        TestFormat::Junit => {
            screen.print(&junit::report((results, &errors), language))?;
            // The format has no place for it.
            coverage_text.iter().for_each(|text| screen.print_aside(text));
        }
    }
    Ok(())
}

/// The name of a result: that of the example, and of the row.
fn title(result: &ExampleResult, language: Language) -> String {
    match &result.row {
        None => result.name.clone(),
        Some(row) => {
            let key = if row.name.is_empty() { "test-row" } else { "test-row-named" };
            let sentence = Sentence::new(key).with("example", result.name.as_str());
            sentence.with("row", row.number).with("name", row.name.as_str()).render(language)
        }
    }
}

/// What a failed example says, in several lines of plain text.
fn failure_lines(result: &ExampleResult, language: Language) -> Vec<String> {
    let labelled = |key: &'static str, value: &str| format!("{}: {value}", Sentence::new(key).render(language));
    let mut lines = result.differs.clone();
    lines.push(labelled("test-expected", &result.expected));
    lines.extend(labelled("test-came", &result.came).lines().map(str::to_owned));
    for rule in &result.conditions {
        lines.push(text::heading_of_conditions(rule, language));
        lines.extend(rule.conditions.iter().map(|condition| {
            let mark = Sentence::new(if condition.holds { "test-holds" } else { "test-holds-not" }).render(language);
            format!("  {mark}: {}: {}", condition.text, condition.saw)
        }));
    }
    lines
}

/// A path as the formats for machines have it.
fn uri(path: &str) -> String {
    let unreserved = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~' | b'/');
    let path = path.strip_prefix("./").unwrap_or(path);
    let mut uri = String::new();
    if Path::new(path).is_absolute() {
        uri.push_str("file://");
    }
    for byte in path.bytes() {
        if unreserved(byte) {
            uri.push(char::from(byte));
        } else {
            uri.push_str(&format!("%{byte:02X}"));
        }
    }
    uri
}
