//! What stands behind a priority, and what a change of it does, is shown before anything is saved; and a pack that waits for a sign beats calling everyone.

use std::fs;
use std::path::Path;

use cadans_testing::scenario::{NOW, at, book};
use serde_json::{Value, json};

use crate::setting::{Setting, lead, theirs};
use cadans::book::ingest::{LeadFormat, read_book};
use cadans::book::vocabulary::{Channel, Stage};
use cadans::calendar::Duration;
use cadans::compare::{Version, WhyChanged, compare, compare_advice};
use cadans::decide::decide;
use cadans::language::{PackSource, Rulebook};
use cadans::pack::Overrides;
use cadans::simulate::{ResponseModel, Settings, simulate};
use cadans::wording::Language;

fn file(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

fn rulebook_of(packs: &[PackSource]) -> Rulebook {
    Rulebook::new(packs, &Overrides::default()).0
}

#[test]
fn each_priority_is_the_product_of_the_factors_that_are_shown_and_each_factor_says_where_it_is_from() {
    let packs = ["rules/inside-sales.rhai", "rules/answers.rhai"]
        .map(|path| PackSource { file: path.to_owned(), text: file(path) });
    let sample = read_book(&LeadFormat::Json, file("www/sample/leads.json").as_bytes()).book;
    let advices = decide(&rulebook_of(&packs), &sample, at(NOW), Language::English);
    let priorities: Vec<_> = advices.iter().filter_map(|advice| advice.priority.as_ref()).collect();
    assert!(priorities.len() > 100, "{}", priorities.len());
    for priority in priorities {
        let factors = [&priority.propensity, &priority.context, &priority.value, &priority.lever];
        let product: f64 = factors.iter().map(|factor| factor.value).product();
        assert!((product - priority.total).abs() <= 1e-9 * priority.total.abs().max(1.0), "{priority:?}");
        assert!(factors.iter().all(|factor| !factor.because.is_empty()), "{priority:?}");
    }
}

/// Leads L1 to L4, of which L3 and L4 looked at prices.
fn visitors() -> Vec<Value> {
    let visit = |nth: usize| theirs(&format!("2026-11-17T1{nth}:00:00+01:00"), "visit", json!({ "topic": "pricing" }));
    let one = |nth: usize| {
        let signals = if nth < 3 { vec![] } else { vec![visit(nth)] };
        lead(&format!("L{nth}"), json!({ "owner": null, "signals": signals }))
    };
    (1..=4).map(one).collect()
}

#[test]
fn before_a_lever_is_saved_it_is_told_which_leads_get_other_advice_and_what_that_costs() {
    // Mail is worth 100 everywhere. A call is worth 40 after a look at prices: with a lever of 3 it is worth 120.
    let rules = |lever: u32| {
        format!(
            "pack \"Team\" #{{}};\nrule \"Mail\" when lead.open then email.chance(0.5).weight(1).value(100);\n\
             rule \"Call\" when lead.visits(\"pricing\", 7.days) >= 1 then phone.chance(0.5).weight(1).value(40).lever({lever});"
        )
    };
    let source = |lever| vec![PackSource { file: "team.rhai".to_owned(), text: rules(lever) }];
    let (before, after) = (source(1), source(3));
    let book = book(json!({ "leads": visitors() }));
    let changes = compare(&before, &after);
    let told = compare_advice(Version::of(&before), Version::of(&after), &changes, &book, at(NOW), Language::English);
    assert_eq!((told.leads, told.other), (4, 2), "only who looked at prices is called now");
    assert_eq!((told.causes[0].why, told.causes[0].leads), (WhyChanged::RuleChanged, 2));
    assert!(told.causes[0].words.contains("Call"), "{}", told.causes[0].words);
    // What a call costs is what mail would have brought: 0.5 × 100 against 0.5 × 120.
    let advices = decide(&rulebook_of(&after), &book, at(NOW), Language::English);
    let called = &advices[2];
    assert_eq!(called.touch.as_ref().unwrap().channel, Some(Channel::Phone));
    assert!((called.priority.as_ref().unwrap().total - 60.0).abs() < 1e-9);
    let next = called.runners_up.iter().find(|other| other.channel == Some(Channel::Email)).unwrap();
    assert!((next.priority.total - 50.0).abs() < 1e-9, "{next:?}");
}

#[test]
fn who_waits_for_a_sign_brings_more_leads_further_for_each_touch_than_who_calls_everyone() {
    let further = |pack: &str| {
        let leads: Vec<Value> =
            (0..16).map(|nth| lead(&format!("L{nth:02}"), json!({ "stage": "orientation" }))).collect();
        let moves =
            r#"enter "interest" when lead.visits(30.days) >= 1; enter "consideration" when lead.replied(30.days);"#;
        let setting = Setting::new(&format!("{moves} {pack}"), &leads, json!({}));
        let settings = Settings { days: 10, step: Duration::HOUR, ..Settings::new(at(NOW)) };
        let model = ResponseModel::standard().unwrap();
        let report = simulate(&setting.rulebook, &setting.book, &model, &settings, |_, _| true).unwrap().report;
        let moved: usize =
            report.stages_at_end.iter().filter(|(stage, _)| **stage > Stage::Orientation).map(|(_, count)| count).sum();
        (moved, report.touches)
    };
    let answers = r#"rule "Answer" when person.waiting then answer.within(4.hours) because "They wait";"#;
    let (nurtured, few) = further(&format!(
        "{answers} rule \"Sign\" when lead.visits(7.days) >= 1 then phone.again(5.days) because \"They looked\";"
    ));
    let (called, many) =
        further(&format!("{answers} rule \"Everyone\" when lead.open then phone.again(1.day) because \"Every day\";"));
    assert!(nurtured > 0 && few > 0, "{nurtured} {few}");
    // Moves for each touch: multiplied out, so that nothing is divided.
    assert!(nurtured * many > called * few, "{nurtured} of {few}, {called} of {many}");
}
