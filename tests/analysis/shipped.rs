//! The packs that ship are sound, so nothing may be said about them.

use cadans::language::PackSource;

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

#[test]
fn nothing_is_said_of_a_shipped_pack_with_those_that_it_is_used_with() {
    let languages = ENGLISH.into_iter().map(|file| (file, ANSWERS)).chain([(DUTCH, DUTCH_ANSWERS)]);
    for (file, answers) in languages {
        let together: Vec<PackSource> = [source(file), source(answers)].into_iter().chain(policies()).collect();
        let said = said(&together);
        assert!(said.is_empty(), "{file}: {}", said.join("\n"));
    }
}

#[test]
fn nothing_is_said_of_all_shipped_packs_together() {
    let all = ENGLISH.into_iter().chain([DUTCH, ANSWERS, DUTCH_ANSWERS]).map(source).chain(policies());
    let said = said(&all.collect::<Vec<_>>());
    assert!(said.is_empty(), "{}", said.join("\n"));
}
