//! What the README shows works as it stands there.

#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

use cadans::book::ingest::{LeadFormat, read_book};
use cadans::calendar::Instant;
use cadans::decide::advice::Verdict;
use cadans::decide::decide;
use cadans::examples::run_examples;
use cadans::language::{PackSource, Rulebook};
use cadans::pack::Overrides;
use cadans::wording::Language;

const README: &str = include_str!("../../README.md");

/// The first fenced block of this language.
fn block(language: &str) -> &'static str {
    let start = README.find(&format!("```{language}\n")).map(|at| at + language.len() + 4).unwrap();
    let end = README[start..].find("```").unwrap();
    &README[start..start + end]
}

#[test]
fn the_rule_file_reads_passes_its_example_and_phones_a_lead_of_the_sample_file() {
    let source = PackSource { file: "monday.rhai".into(), text: block("rhai").into() };
    let (rulebook, findings) = Rulebook::new(&[source], &Overrides::default());
    assert!(findings.is_empty(), "{findings:#?}");
    let examples = run_examples(&rulebook, Language::English);
    assert_eq!(examples.len(), 1);
    assert!(examples.iter().all(|example| example.passed), "{examples:#?}");

    let intake = read_book(&LeadFormat::Json, block("json").as_bytes());
    assert!(intake.refused.is_empty(), "{:#?}", intake.refused);
    let advice =
        decide(&rulebook, &intake.book, Instant::parse("2026-11-20T10:00:00+01:00").unwrap(), Language::English);
    // One visit to the price page is not hot yet: nothing to do.
    assert_eq!(advice.iter().map(|advice| advice.verdict).collect::<Vec<_>>(), [Verdict::Wait]);
}

/// Whoever measures again and changes one page has to change the other.
#[test]
fn figures_of_speed_are_those_of_the_bench() {
    let results = include_str!("../../benches/RESULTS.md");
    let (_, section) = README.split_once("\n## How fast\n").unwrap();
    let section = section.split("\n## ").next().unwrap();
    let quoted: Vec<&str> = section.lines().filter(|line| line.starts_with("| ")).skip(1).collect();
    assert!(quoted.len() > 5, "{section}");
    for line in quoted {
        for figure in
            line.split('|').skip(2).map(str::trim).filter(|cell| cell.starts_with(|first: char| first.is_ascii_digit()))
        {
            let figure = figure.split(' ').next().unwrap();
            let told =
                |line: &str| line.split('|').any(|cell| cell.trim().split([':', ' ']).any(|word| word == figure));
            assert!(results.lines().any(told), "benches/RESULTS.md nowhere says {figure}: {line}");
        }
    }
}
