//! Examples that are proposed for the rules of the packs that ship.

use cadans::coverage::proposal::propose_example;
use cadans::examples::run_examples;
use cadans::language::{PackSource, Rulebook};
use cadans::pack::Overrides;
use cadans::wording::Language;

use super::source;

const PACKS: [&str; 5] = [
    "rules/inside-sales.rhai",
    "rules/answers.rhai",
    "rules/social-selling.rhai",
    "rules/account-based.rhai",
    "rules/sustainable-revenue.rhai",
];

/// Rules for which no lead can be given in an example: they are about several leads of one account, and an example has one.
const OF_SEVERAL_LEADS: [&str; 2] = [
    "Waits for our answer in another lead: that comes first",
    "Two requests from one company: bring them to one table",
];

#[test]
fn a_proposed_example_passes_unchanged_and_makes_its_rule_win() {
    let (mut taken, mut without) = (0, Vec::new());
    for file in PACKS {
        let shipped = source(file);
        let (rulebook, _) = Rulebook::new(&[shipped.clone()], &Overrides::default());
        let pack = &rulebook.packs()[0];
        for rule in &pack.rules {
            let Some(proposal) = propose_example(pack, &rule.name) else {
                without.push(rule.name.clone());
                continue;
            };
            assert!(proposal.example.contains(&format!(".by(\"{}\")", rule.name)), "{}", proposal.example);
            // Put into the pack as it is.
            let text = format!("{}\n{}", shipped.text, proposal.example);
            let (with, diagnostics) = Rulebook::new(&[PackSource { text, ..shipped.clone() }], &Overrides::default());
            let told: Vec<_> = diagnostics.iter().filter(|one| one.code != "missing-pack").collect();
            assert!(told.is_empty(), "{told:#?}");
            let results = run_examples(&with, Language::English);
            let result = results.last().unwrap();
            assert!(result.passed, "{result:#?}");
            assert_eq!(result.advice.as_ref().unwrap().rule.as_ref().unwrap().name, rule.name);
            taken += 1;
        }
    }
    assert_eq!(without, OF_SEVERAL_LEADS, "{taken} proposals");
    assert_eq!(taken, 92);
}
