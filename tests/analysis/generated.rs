//! Packs that are sound by how they are made: nothing may be said about them. And conditions of all shapes: what the classifier proves about one
//! is so for every lead that is tried.

use std::fmt::Write as _;
use std::sync::LazyLock;

use cadans::analysis::{Proof, can_hold};
use cadans::book::ingest::{LeadFormat, read_book};
use cadans::book::{AccountRecords, Lead};
use cadans::calendar::Instant;
use cadans::evaluate::facts::FactContext;
use cadans::evaluate::matching::held_in;
use cadans::language::{PackSource, Rulebook};
use cadans::pack::Overrides;
use proptest::prelude::*;

use super::analysed;

/// Tests that have nothing to do with each other: each on a fact of its own, so that any of them can be true together.
const TESTS: [&str; 14] = [
    "lead.visits(\"pricing\", 7.days) >= {}",
    "person.downloads(30.days) >= {}",
    "lead.value >= {}000",
    "account.employees > {}0",
    "lead.age > {}.days",
    "person.stance is \"champion\"",
    "person.is_a(\"decider\")",
    "lead.country in [\"NL\", \"BE\"]",
    "lead.churn < 0.{}",
    "person.searches(14.days) >= {}",
    "lead.source is \"fair\"",
    "person.influence >= 0.{}",
    "lead.orders(90.days) is 0",
    "account.customer_for > {}.days",
];

const STAGES: [&str; 5] = ["orientation", "interest", "consideration", "proposal", "decision"];
const CHANNELS: [&str; 5] = ["phone", "email", "social", "video", "chat"];

#[derive(Clone, Debug)]
struct SoundRule {
    /// Which tests it asks, each once.
    tests: Vec<usize>,
    number: u8,
    /// The test of its exception, which is none of those.
    unless: bool,
    or: bool,
    channel: usize,
    promise: Option<u8>,
}

prop_compose! {
    fn sound_rule()(
        tests in prop::sample::subsequence((0..TESTS.len()).collect::<Vec<_>>(), 2..4),
        number in 1_u8..9,
        (unless, or) in (any::<bool>(), any::<bool>()),
        channel in 0..CHANNELS.len(),
        promise in proptest::option::of(1_u8..5),
    ) -> SoundRule {
        SoundRule { tests, number, unless, or, channel, promise }
    }
}

/// A pack with one rule a stage at least. Rules of one stage go over different channels, weigh more the later they stand, and each stage that is
/// entered has a rule; caps leave room for the series, and bans are for stages without a rule over their channel.
fn sound_pack(rules: &[SoundRule], series: u8, cap: u8) -> String {
    let mut pack = "pack \"Sound\" #{};\n".to_owned();
    for (nth, rule) in rules.iter().enumerate() {
        let stage = STAGES[nth % STAGES.len()];
        let test = |nth: usize| TESTS[nth].replace("{}", &rule.number.to_string());
        let asked: Vec<String> = rule.tests.iter().map(|nth| test(*nth)).collect();
        let joined = asked.join(if rule.or { " or " } else { " and " });
        let joined = if rule.or { format!("({joined})") } else { joined };
        let other = (0..TESTS.len()).find(|nth| !rule.tests.contains(nth)).unwrap();
        let unless = if rule.unless { format!("\n    unless {}", test(other)) } else { String::new() };
        // Each round over the stages has a channel of its own, so that no two rules of a stage share one.
        let channel = CHANNELS[(rules[nth % STAGES.len()].channel + nth / STAGES.len()) % CHANNELS.len()];
        let promise = rule.promise.map(|days| format!(".within({days}.days)")).unwrap_or_default();
        writeln!(
            pack,
            "rule \"Rule {nth}\"\n    when lead.stage is \"{stage}\" and {joined}{unless}\n    then {channel}{promise}.weight({}) because \"Why\";",
            nth + 1
        )
        .unwrap();
    }
    pack.push_str("enter \"interest\" when lead.visits(30.days) >= 3;\n");
    pack.push_str("enter \"consideration\" when lead.visits(\"pricing\", 14.days) >= 2;\n");
    pack.push_str("enter \"interest\" when lead.stage is \"consideration\" and lead.visits(90.days) is 0;\n");
    pack.push_str("never any when person.objected;\nnever phone when person.do_not_call;\n");
    pack.push_str("never visit when lead.stage is \"orientation\";\n");
    writeln!(
        pack,
        "limit any {cap} per 7.days;\npause phone 2.days when person.last_outcome(\"phone\") is \"no_answer\";"
    )
    .unwrap();
    pack.push_str("reachable phone \"Mo-Fr 09:00-12:30,13:30-17:30; PH off\";\n");
    let step = u32::from(series);
    writeln!(
        pack,
        "cadence \"Series\" when lead.stage is \"interest\" and lead.score(30.days) >= 0.5\n    steps [email, phone.after({}.days), email.after({}.days)]\n    until lead.replied(14.days);",
        7 * step,
        14 * step
    )
    .unwrap();
    pack
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn nothing_is_said_of_a_sound_pack(
        rules in prop::collection::vec(sound_rule(), 5..9), series in 1_u8..3, cap in 1_u8..4,
    ) {
        let text = sound_pack(&rules, series, cap);
        let source = PackSource { file: "sound.rhai".to_owned(), text: text.clone() };
        let (_, told) = Rulebook::new(&[source.clone()], &Overrides::default());
        prop_assert!(told.is_empty(), "{told:#?}\n{text}");
        let found = analysed(&[source]).certain;
        prop_assert!(found.is_empty(), "{found:#?}\n{text}");
    }
}

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
        let (rulebook, _) = Rulebook::new(&[source.clone()], &Overrides::default());
        let packs = rulebook.packs();
        let found = analysed(&[source]).certain;
        let always = |name: &str| {
            found.iter().any(|one| one.code == "always-holds" && one.message.contains(&format!("\"{name}\"")))
        };
        let proofs: Vec<Proof> = packs[0].rules.iter().map(|rule| can_hold(packs, &packs[0], rule)).collect();
        for lead in tried_leads() {
            let cx = FactContext::new(&AccountRecords::new(vec![lead.clone()], vec![], vec![]), 0, NOW);
            let (held, _) = held_in(packs, &cx);
            for (nth, rule) in packs[0].rules.iter().enumerate() {
                let holds = held.iter().any(|one| one.rule == nth);
                prop_assert!(!(holds && proofs[nth] == Proof::Impossible), "{} holds for {lead:#?}\n{}", rule.name, packs[0].source);
                prop_assert!(holds || !always(&rule.name), "{} does not hold for {lead:#?}\n{}", rule.name, packs[0].source);
            }
        }
    }
}
