//! The packs that ship are sound, so nothing may be said about them.

use std::time::Instant as Clock;

use cadans::analysis::analyse;
use cadans::language::{PackSource, Rulebook};
use cadans::pack::Overrides;

use super::{analysed, source};

const ANSWERS: &str = "rules/answers.rhai";
const DUTCH_ANSWERS: &str = "rules/answers.nl.rhai";
const ENGLISH: [&str; 4] = [
    "rules/inside-sales.rhai",
    "rules/social-selling.rhai",
    "rules/account-based.rhai",
    "rules/sustainable-revenue.rhai",
];
const DUTCH: &str = "rules/inside-sales.nl.rhai";
const POLICIES: [&str; 7] = ["be", "de", "elsewhere", "fr", "nl", "uk", "us"];

fn policies() -> Vec<PackSource> {
    POLICIES.iter().map(|name| source(format!("rules/contact-policy/{name}.rhai"))).collect()
}

/// What is said of packs together, as `file:line: message`.
fn said(sources: &[PackSource]) -> Vec<String> {
    let found = analysed(sources).certain;
    found.iter().map(|one| format!("{}:{}: {} [{}]", one.file, one.span.line, one.message, one.code)).collect()
}

#[test]
fn nothing_is_said_of_a_shipped_pack_alone() {
    let all = ENGLISH.into_iter().chain([DUTCH, ANSWERS, DUTCH_ANSWERS]).map(source).chain(policies());
    let said: Vec<String> = all.flat_map(|pack| said(&[pack])).collect();
    assert!(said.is_empty(), "{}", said.join("\n"));
}

/// Every choice of ways of working with the answers that they need, with and without the law of all countries.
#[test]
fn nothing_is_said_of_shipped_packs_that_are_used_together() {
    let chosen = |ways: usize| ENGLISH.iter().enumerate().filter(move |(nth, _)| ways & (1 << nth) != 0);
    let english = (1..1 << ENGLISH.len()).map(|ways| chosen(ways).map(|(_, file)| *file).chain([ANSWERS]).collect());
    let choices: Vec<Vec<&str>> = english.chain([vec![DUTCH, DUTCH_ANSWERS]]).collect();
    for files in &choices {
        let mut together: Vec<PackSource> = files.iter().copied().map(source).collect();
        assert!(said(&together).is_empty(), "{files:?}: {}", said(&together).join("\n"));
        together.extend(policies());
        assert!(said(&together).is_empty(), "{files:?} with the law: {}", said(&together).join("\n"));
    }
    assert_eq!(choices.len(), 16);
}

#[test]
fn nothing_is_said_of_all_shipped_packs_together() {
    let all: Vec<PackSource> =
        ENGLISH.into_iter().chain([DUTCH, ANSWERS, DUTCH_ANSWERS]).map(source).chain(policies()).collect();
    let start = Clock::now();
    let (rulebook, _) = Rulebook::new(&all, &Overrides::default());
    let read = start.elapsed();
    let found = analyse(rulebook.packs());
    let analysed = start.elapsed() - read;
    println!("{} packs: read and checked in {read:.1?}, analysed in {analysed:.1?}", all.len());
    assert!(found.certain.is_empty(), "{:#?}", found.certain);
}
