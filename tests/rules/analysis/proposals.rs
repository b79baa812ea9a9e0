//! Examples that are proposed for the rules of the packs that ship.

use cadans::coverage::proposal::{propose_example, rules_without_example};
use cadans::diagnostics::{Diagnostic, Severity};
use cadans::examples::{ExampleResult, ExampleSelection, run_examples, run_selected};
use cadans::language::{PackSource, Rulebook};
use cadans::pack::{Overrides, Pack};
use cadans::wording::Language;

use super::source;

const PACKS: [&str; 5] = [
    "rules/inside-sales.rhai",
    "rules/answers.rhai",
    "rules/social-selling.rhai",
    "rules/account-based.rhai",
    "rules/sustainable-revenue.rhai",
];

/// Every third rule of the packs: its examples are taken out of the file, what is proposed is put below the rule unchanged, and must pass with the rule
/// as the winner. At least nine in ten are.
#[test]
fn of_thirty_rules_whose_examples_are_removed_27_get_one_back() {
    let (mut tried, mut won) = (0, 0);
    let mut place = 0;
    for file in PACKS.map(source) {
        let (rulebook, _) = read(&file);
        let results = run_examples(&rulebook, Language::English);
        for rule in &rulebook.packs()[0].rules {
            if place % 3 == 0 && tried < 30 {
                tried += 1;
                won += usize::from(gets_one_back(&file, &rulebook.packs()[0], &results, &rule.name));
            }
            place += 1;
        }
    }
    assert_eq!(tried, 30);
    assert!(won >= 27, "{won} of 30");
}

fn gets_one_back(file: &PackSource, pack: &Pack, results: &[ExampleResult], rule: &str) -> bool {
    let shows = |name: &str| results.iter().any(|result| result.name == name && is_by(result, rule));
    let mut text = file.text.clone();
    for example in pack.examples.iter().rev().filter(|example| shows(&example.name)) {
        text.replace_range(example.span.bytes(&file.text).unwrap(), "");
    }
    let source = PackSource { text: text.clone(), ..file.clone() };
    let (without, _) = read(&source);
    let without = &without.packs()[0];
    assert!(without.examples.len() < pack.examples.len(), "{rule} has no example");
    assert!(rules_without_example(without, &source).iter().any(|one| one.name == rule), "{rule} still has an example");
    let Some(proposal) = propose_example(without, rule) else { return false };
    let of_rule = without.rules.iter().find(|one| one.name == rule).unwrap().span.bytes(&text).unwrap();
    let below = of_rule.end + text[of_rule.end..].find(';').unwrap() + 1;
    text.insert_str(below, &format!("\n\n{}", proposal.example));
    let (with, diagnostics) = read(&PackSource { text, ..file.clone() });
    let told: Vec<_> = diagnostics.iter().filter(|one| one.severity == Severity::Error).collect();
    assert!(told.is_empty(), "{told:#?}");
    let name = proposal.example.lines().next().unwrap();
    let selected = with.packs()[0].examples.iter().find(|one| name.contains(&format!("\"{}\"", one.name))).unwrap();
    let selection = ExampleSelection { name: Some(selected.name.clone()), row: None };
    run_selected(&with, &selection, Language::English).iter().all(|result| result.passed && is_by(result, rule))
}

fn read(source: &PackSource) -> (Rulebook, Vec<Diagnostic>) {
    Rulebook::new(std::slice::from_ref(source), &Overrides::default())
}

/// Whether the advice of an example is by this rule.
fn is_by(result: &ExampleResult, rule: &str) -> bool {
    result.advice.as_ref().and_then(|advice| advice.rule.as_ref()).is_some_and(|by| by.name == rule)
}
