//! Conditions of all shapes: what the classifier proves about one is so for every lead that is tried.

use std::sync::LazyLock;

use cadans::analysis::{Proof, can_hold};
use cadans::book::ingest::{LeadFormat, read_book};
use cadans::book::{GroupRecords, Lead};
use cadans::calendar::Instant;
use cadans::evaluate::facts::FactContext;
use cadans::evaluate::matching::held_in;
use cadans::language::{PackSource, Rulebook};
use cadans::pack::Overrides;
use proptest::prelude::*;

use super::analysed;

/// Tests that have much to do with each other, so that most conditions of them are decided by laws between facts.
const RELATED: [&str; 26] = [
    "lead.visits(7.days) >= 2",
    "lead.visits(\"pricing\", 30.days) < 2",
    "lead.visits() is 1",
    "lead.since(\"visit\") < 3.days",
    "lead.since(\"visit\") >= 10.days",
    "lead.visits(\"pricing\") > 1",
    "lead.value > 1000",
    "lead.value <= 1000",
    "(lead.value ?? 2000.0) > 1000",
    "lead.stage is \"interest\"",
    "lead.stage in [\"customer\", \"lost\"]",
    "lead.stage is not \"lost\"",
    "lead.open",
    "lead.touches(7.days) is 0",
    "lead.last_touch() < 5.days",
    "lead.last_touch(\"phone\") > 20.days",
    "lead.unanswered() >= 1",
    "lead.replied(14.days)",
    "lead.waiting",
    "lead.waiting_for < 7.days",
    "lead.quotes_open >= 1",
    "lead.last_quote is \"declined\"",
    "lead.quote_closed_for < 20.days",
    "lead.since(\"visit\") < lead.last_touch()",
    "lead.score(14.days) >= 0.5",
    "lead.score(7.days) >= 0.5",
];

fn condition() -> impl Strategy<Value = String> {
    let leaf = prop::sample::select(RELATED.to_vec()).prop_map(str::to_owned);
    leaf.prop_recursive(3, 8, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 2..4).prop_map(|all| format!("({})", all.join(" and "))),
            prop::collection::vec(inner.clone(), 2..3).prop_map(|all| format!("({})", all.join(" or "))),
            inner.prop_map(|one| format!("not ({one})")),
        ]
    })
}

/// 14 January 2026, 10:00 in Amsterdam.
const NOW: Instant = Instant::from_millis(1_768_381_200_000);

/// Leads of all sorts.
fn tried_leads() -> &'static [Lead] {
    static LEADS: LazyLock<Vec<Lead>> = LazyLock::new(|| {
        let intake = read_book(&LeadFormat::Json, lead_file().as_bytes());
        assert!(intake.refused.is_empty(), "{:?}", intake.refused.first());
        (0..intake.book.len()).map(|nth| intake.book.lead(nth).unwrap()).collect()
    });
    &LEADS
}

fn lead_file() -> String {
    let day = |ago: u32| format!("2026-01-{:02}T09:00:00+01:00", 14 - ago);
    let december = |day: u32| format!("2025-12-{day:02}T09:00:00+01:00");
    let visit = |at: String, topic: &str| format!("{{\"at\":\"{at}\",\"kind\":\"visit\",\"topic\":\"{topic}\"}}");
    let touch = |at: String, channel: &str| {
        format!("{{\"at\":\"{at}\",\"kind\":\"call\",\"channel\":\"{channel}\",\"direction\":\"outbound\"}}")
    };
    let logs = [
        String::new(),
        visit(day(1), "pricing"),
        [visit(day(1), "pricing"), visit(day(2), "home")].join(","),
        [visit(day(1), "pricing"), visit(day(2), "pricing"), visit(day(3), "pricing")].join(","),
        visit(december(10), "home"),
        [visit(december(10), "pricing"), visit(december(12), "pricing"), touch(day(2), "phone")].join(","),
        [touch(december(1), "phone"), touch(day(3), "email"), visit(day(4), "home")].join(","),
        format!("{{\"at\":\"{}\",\"kind\":\"form\",\"topic\":\"contact\"}}", day(2)),
        format!("{{\"at\":\"{}\",\"kind\":\"reply\"}},{}", day(6), touch(day(5), "email")),
        format!("{{\"at\":\"{}\",\"kind\":\"reply\"}}", december(20)),
    ];
    let records = [
        "",
        "\"stage\":\"interest\",",
        "\"stage\":\"customer\",\"value\":1000,",
        "\"stage\":\"lost\",\"value\":500,",
        "\"value\":5000,",
        "\"stage\":\"proposal\",\"value\":1000.0000000000001,",
    ];
    let quotes = [
        String::new(),
        format!("{{\"sent_at\":\"{}\",\"status\":\"open\"}}", day(3)),
        format!("{{\"sent_at\":\"{}\",\"status\":\"declined\",\"decided_at\":\"{}\"}}", december(1), day(4)),
        format!("{{\"sent_at\":\"{}\",\"status\":\"declined\"}}", december(1)),
    ];
    let mut all = Vec::new();
    for log in &logs {
        for record in records {
            for quote in &quotes {
                let id = all.len();
                all.push(format!(
                    "{{\"id\":\"L{id}\",\"country\":\"NL\",\"people\":[{{\"id\":\"p\",\"channels\":[\"email\"]}}],{record}\"signals\":[{log}],\"quotes\":[{quote}]}}"
                ));
            }
        }
    }
    format!("[{}]", all.join(","))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn what_is_proved_of_a_condition_is_so_for_every_lead(condition in condition(), exception in condition()) {
        let rule = |name: &str, when: &str| format!("rule \"{name}\" when {when} then wait because \"x\";\n");
        let text = format!(
            "pack \"Any\" #{{}};\n{}{}rule \"Both\" when {condition} unless {exception} then wait because \"x\";\n",
            rule("One", &condition),
            rule("Not", &format!("not ({condition})")),
        );
        let source = PackSource { file: "any.rhai".to_owned(), text };
        let (rulebook, _) = Rulebook::new(std::slice::from_ref(&source), &Overrides::default());
        let packs = rulebook.packs();
        let found = analysed(&[source]).certain;
        let always = |name: &str| {
            found.iter().any(|one| one.code == "always-holds" && one.message.contains(&format!("\"{name}\"")))
        };
        let proofs: Vec<Proof> = packs[0].rules.iter().map(|rule| can_hold(packs, &packs[0], rule)).collect();
        for lead in tried_leads() {
            let cx = FactContext::new(&GroupRecords::new(vec![lead.clone()], vec![], vec![]), 0, NOW);
            let (held, _) = held_in(packs, &cx);
            for (nth, rule) in packs[0].rules.iter().enumerate() {
                let holds = held.iter().any(|one| one.rule == nth);
                prop_assert!(!(holds && proofs[nth] == Proof::Impossible), "{} holds for {lead:#?}\n{}", rule.name, packs[0].source);
                prop_assert!(holds || !always(&rule.name), "{} does not hold for {lead:#?}\n{}", rule.name, packs[0].source);
            }
        }
    }
}
