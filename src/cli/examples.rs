//! `cadans test`: do the packs still do what their examples say?

use std::path::PathBuf;

use clap::Args;

use super::failure::{Exit, Failure};
use super::packs;
use super::screen::{BOLD, DIM, ERROR, GOOD, ReportFormat, Screen, amount, count, paragraph, plain};
use cadans::examples::{ExampleResult, run_examples};
use cadans::pack::Overrides;
use cadans::wording::{Language, Sentence};

const EXAMPLES: &str = "\
Examples:
  cadans test my-team.rhai
  cadans test rules/inside-sales.rhai rules/contact-policy
  cadans test rules/inside-sales.rhai --format json

Each example is a lead in short form with the advice that its writer expects;
it is decided by its own pack alone. A failed example ends in exit code 1.";

/// Runs the examples in rule files: what was expected and what came
#[derive(Args, Debug)]
#[command(after_long_help = EXAMPLES)]
pub struct TestArgs {
    /// Rule files, and folders of which every *.rhai file is read
    #[arg(value_name = "DIR|FILE", required = true)]
    rules: Vec<PathBuf>,
    /// How to print the results
    #[arg(long, value_enum, default_value_t = ReportFormat::Text)]
    format: ReportFormat,
}

/// Runs the examples and prints how they went.
///
/// # Errors
/// Files that cannot be read.
pub fn run(args: &TestArgs, screen: &mut Screen) -> Result<Exit, Failure> {
    let sources = packs::read(&args.rules, screen)?;
    let (rulebook, packs_exit) = packs::build(&sources, &Overrides::default(), screen)?;
    let number: usize = rulebook.packs().iter().map(|pack| pack.examples.len()).sum();
    let bar = screen.waiting(&Sentence::new("busy-examples").with("examples", count("examples", number)));
    let results = run_examples(&rulebook, screen.language);
    bar.finish_and_clear();
    match args.format {
        ReportFormat::Json => screen.print_json(&results)?,
        ReportFormat::Text => screen.print(&text(&results, screen.language, screen.width))?,
    }
    let failed = results.iter().any(|result| !result.passed);
    Ok(packs_exit.and(if failed { Exit::Findings } else { Exit::Fine }))
}

/// The results as text of `width` columns.
fn text(results: &[ExampleResult], language: Language, width: usize) -> String {
    let mut text = String::new();
    let mut file = "";
    for result in results {
        if result.file != file {
            let blank = if file.is_empty() { "" } else { "\n" };
            text.push_str(&format!("{blank}{BOLD}{}{BOLD:#}\n", plain(&result.file)));
            file = &result.file;
        }
        text.push_str(&result_text(result, language, width));
    }
    let failed = results.iter().filter(|result| !result.passed).count();
    let passed = results.len() - failed;
    let style = if failed > 0 { ERROR } else { GOOD };
    let blank = if results.is_empty() { "" } else { "\n" };
    let summary = Sentence::new("test-summary").with("passed", amount(passed)).with("failed", amount(failed));
    text.push_str(&format!("{blank}{style}{}{style:#}.\n", summary.render(language)));
    if results.is_empty() {
        let none = Sentence::new("test-none").render(language);
        text.push_str(&format!("{DIM}{none}.{DIM:#}\n"));
    }
    text
}

fn result_text(result: &ExampleResult, language: Language, width: usize) -> String {
    let (style, key) = if result.passed { (GOOD, "test-passed") } else { (ERROR, "test-failed") };
    let mark = Sentence::new(key).render(language);
    let mut text = paragraph(&format!("  {style}{mark}{style:#}  "), &plain(&result.name), width);
    if result.passed {
        return text;
    }
    let mut line = |key: &'static str, value: &str| {
        let label = Sentence::new(key).render(language);
        text.push_str(&paragraph(&format!("          {DIM}{label:<10}{DIM:#}"), &plain(value), width));
    };
    line("test-line", &result.span.line.to_string());
    line("test-expected", &result.expected);
    line("test-came", &result.came);
    for differs in &result.differs {
        line("test-differs", differs);
    }
    text
}
