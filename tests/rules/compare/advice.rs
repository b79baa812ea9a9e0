//! Which leads get other advice, and the cause of it.

use cadans::book::Book;
use cadans::book::ingest::{LeadFormat, read_book};
use cadans::calendar::Instant;
use cadans::compare::{AdviceChanges, AdviceDifference, Version, WhyChanged, compare, compare_advice};
use cadans::language::PackSource;
use cadans::wording::Language::{Dutch, English};

const NOW: &str = "2026-11-20T10:00:00+01:00";

fn pack(text: &str) -> Vec<PackSource> {
    vec![PackSource { file: "team.rhai".into(), text: format!("pack \"Team\" #{{ version: \"1.0.0\" }};\n{text}") }]
}

/// Leads `visits-<n>` with n visits to the price page, and `guide` with a download. Ann decides, Bob uses.
fn book() -> Book {
    let people = r#"[{ "id": "ann", "name": "Ann", "roles": ["decider"], "channels": ["phone", "email", "social"], "country": "NL" },
                     { "id": "bob", "name": "Bob", "roles": ["user"], "channels": ["phone", "email"], "country": "NL" }]"#;
    let lead = |id: &str, signals: &str| {
        format!(
            r#"{{ "id": "{id}", "stage": "consideration", "country": "NL", "owner": "kim", "people": {people}, "signals": [{signals}] }}"#
        )
    };
    let visit = |hour: usize| {
        format!(
            r#"{{ "at": "2026-11-19T{hour:02}:00:00+01:00", "kind": "visit", "topic": "pricing", "person": "ann" }}"#
        )
    };
    let mut leads: Vec<String> = (0..5)
        .map(|number| {
            let signals: Vec<String> = (0..number).map(|hour| visit(9 + hour)).collect();
            lead(&format!("visits-{number}"), &signals.join(", "))
        })
        .collect();
    leads.push(lead(
        "guide",
        r#"{ "at": "2026-11-19T09:00:00+01:00", "kind": "download", "topic": "guide", "person": "bob" }"#,
    ));
    let text = format!(
        r#"{{ "reps": [{{ "id": "kim", "zone": "Europe/Amsterdam", "country": "NL" }}], "leads": [{}] }}"#,
        leads.join(", ")
    );
    let intake = read_book(&LeadFormat::Json, text.as_bytes());
    assert!(intake.refused.is_empty(), "{:?}", intake.refused);
    intake.book
}

fn compared(before: &str, after: &str) -> AdviceChanges {
    compared_packs(&pack(before), &pack(after))
}

fn compared_packs(before: &[PackSource], after: &[PackSource]) -> AdviceChanges {
    let changes = compare(before, after);
    assert!(changes.broken.is_empty(), "{:?}", changes.broken);
    let told = compare_advice(
        Version::of(before),
        Version::of(after),
        &changes,
        &book(),
        Instant::parse(NOW).unwrap(),
        English,
    );
    assert_eq!(told.causes.iter().map(|cause| cause.leads).sum::<usize>(), told.other, "each lead is counted once");
    told
}

/// A kind of difference and the leads that have it.
type LeadsByKind<'t> = Vec<(AdviceDifference, Vec<&'t str>)>;

/// Each cause with its statements, and the leads by kind.
fn causes(told: &AdviceChanges) -> Vec<(WhyChanged, Vec<&str>, LeadsByKind<'_>)> {
    let leads = |kind: &'_ cadans::compare::KindGroup| kind.examples.len() == kind.leads;
    told.causes
        .iter()
        .map(|cause| {
            assert!(cause.kinds.iter().all(leads));
            let kinds =
                cause.kinds.iter().map(|kind| (kind.kind, kind.examples.iter().map(|one| one.lead.as_str()).collect()));
            (cause.why, cause.statements.iter().map(String::as_str).collect(), kinds.collect())
        })
        .collect()
}

const RULES: &str = "setting hot = 2 range 1..=10;\n\
    rule \"Price\" when lead.visits(\"pricing\", 7.days) >= hot then phone.to(\"decider\") because \"Prices\";\n\
    rule \"Guide\" when lead.downloads(30.days) >= 1 then email.to(\"user\").offer(\"explainer\") because \"Guide\";\n";

#[test]
fn a_setting_that_moved_takes_the_leads_between_the_two_values() {
    let told = compared(RULES, &RULES.replace("hot = 2", "hot = 3"));
    assert_eq!((told.leads, told.other), (6, 1));
    assert_eq!(
        causes(&told),
        [(WhyChanged::SettingMoved, vec!["setting hot"], vec![(AdviceDifference::Action, vec!["visits-2"])])]
    );
    let kind = &told.causes[0].kinds[0];
    assert_eq!((kind.from, kind.to, kind.words.as_str()), (Some("phone"), Some("wait"), "phone to wait"));
    assert_eq!(told.causes[0].words, "setting moved: hot 2 to 3");
    let example = &kind.examples[0];
    assert!(
        example.before.starts_with("Phone Ann (decider)") && example.before.contains("rule \"Price\""),
        "{example:?}"
    );
}

#[test]
fn each_lead_is_laid_to_the_change_that_made_its_advice_another() {
    let after = RULES.replace("hot = 2", "hot = 4").replace("email.to(\"user\")", "phone.to(\"user\")");
    let told =
        compared(RULES, &format!("{after}rule \"Rest\" when lead.visits(7.days) is 0 then social because \"Silent\";"));
    let mut found = causes(&told);
    found.sort_by_key(|(why, ..)| *why);
    assert_eq!(
        found,
        [
            (WhyChanged::RuleAdded, vec!["rule \"Rest\""], vec![(AdviceDifference::Action, vec!["visits-0"])]),
            (WhyChanged::RuleChanged, vec!["rule \"Guide\""], vec![(AdviceDifference::Action, vec!["guide"])]),
            (
                WhyChanged::SettingMoved,
                vec!["setting hot"],
                vec![(AdviceDifference::Action, vec!["visits-2", "visits-3"])]
            ),
        ]
    );
}

#[test]
fn a_person_a_due_moment_a_window_and_a_content_are_told_apart() {
    for (from, to, kind, lead) in [
        ("phone.to(\"decider\")", "phone.to(\"user\")", AdviceDifference::Person, "visits-2"),
        ("phone.to(\"decider\")", "phone.to(\"decider\").within(4.hours)", AdviceDifference::Due, "visits-2"),
        (
            "phone.to(\"decider\")",
            "phone.to(\"decider\").between(\"14:00\", \"16:00\")",
            AdviceDifference::Window,
            "visits-2",
        ),
        ("\"explainer\"", "\"insight\"", AdviceDifference::Content, "guide"),
    ] {
        let told = compared(RULES, &RULES.replace(from, to));
        let found = causes(&told);
        let [(WhyChanged::RuleChanged, _, kinds)] = found.as_slice() else { panic!("{to}: {found:?}") };
        assert!(kinds.len() == 1 && kinds[0].0 == kind && kinds[0].1.contains(&lead), "{to}: {kinds:?}");
    }
}

#[test]
fn a_rule_that_is_gone_a_policy_and_a_stage_are_causes() {
    let without = RULES.lines().filter(|line| !line.starts_with("rule \"Guide\"")).collect::<Vec<_>>().join("\n");
    let told = compared(RULES, &without);
    assert_eq!(
        causes(&told),
        [(WhyChanged::RuleRemoved, vec!["rule \"Guide\""], vec![(AdviceDifference::Action, vec!["guide"])])]
    );
    let told = compared(RULES, &format!("{RULES}never phone because \"Not here\";"));
    let found = causes(&told);
    assert_eq!((found[0].0, found[0].1.as_slice(), told.other), (WhyChanged::Policy, &["never phone"][..], 3));
    let told = compared(RULES, &format!("{RULES}enter \"lost\" when lead.downloads(30.days) >= 1;"));
    assert_eq!(causes(&told)[0].0, WhyChanged::Stage);
}

#[test]
fn changes_that_only_work_together_are_told_together() {
    // The new rule needs the helper that became another, and neither does anything alone.
    let before =
        format!("{RULES}const LEAST = 100;\nrule \"Busy\" when lead.visits(7.days) >= LEAST + 1 then email.weight(9);");
    let after = before.replace("LEAST = 100", "LEAST = 3").replace("LEAST + 1", "LEAST").replace("hot = 2", "hot = 3");
    let told = compared(&before, &after);
    let several = told
        .causes
        .iter()
        .find(|cause| cause.kinds.iter().any(|kind| kind.examples.iter().any(|one| one.lead == "visits-3")))
        .unwrap();
    assert_eq!(
        (several.why, several.statements.as_slice()),
        (WhyChanged::Several, &["const LEAST".to_owned(), "rule \"Busy\"".to_owned()][..])
    );
}

#[test]
fn of_two_changes_that_each_suffice_one_is_told() {
    let after = format!("{RULES}never email because \"No\";")
        .replace("rule \"Guide\" when", "rule \"Guide\" when lead.waiting and");
    let told = compared(RULES, &after);
    let found = causes(&told);
    // Without the rule there is nothing to hold back: wait is not hold, so undoing the rule's change alters the advice.
    assert_eq!((found.len(), told.other), (1, 1));
    assert_eq!(found[0].1, ["rule \"Guide\""]);
}

#[test]
fn a_pack_that_is_new_is_told_by_its_rules() {
    let mut after = pack(RULES);
    after.push(PackSource {
        file: "more.rhai".into(),
        text: "pack \"More\" #{};\nrule \"Silent\" when lead.visits(7.days) is 0 then social.weight(0.5);".into(),
    });
    let told = compared_packs(&pack(RULES), &after);
    assert_eq!(
        causes(&told),
        [(WhyChanged::RuleAdded, vec!["rule \"Silent\""], vec![(AdviceDifference::Action, vec!["visits-0"])])]
    );
}

#[test]
fn the_order_of_equal_rules_is_a_cause() {
    let (a, b) = (
        "rule \"A\" when lead.open then phone.to(\"decider\");\n",
        "rule \"B\" when lead.open then phone.to(\"user\");\n",
    );
    let told = compared(&format!("{a}{b}"), &format!("{b}{a}"));
    assert_eq!((told.other, told.causes[0].why), (6, WhyChanged::Order));
}

#[test]
fn priority_and_place_are_no_other_advice() {
    let told = compared(RULES, &RULES.replace("phone.to(\"decider\")", "phone.to(\"decider\").weight(0.01)"));
    assert_eq!((told.other, told.causes.len()), (0, 0));
    let same = &told.same_advice;
    assert_eq!((same.other_priority.leads, same.other_rule.leads), (3, 0));
    assert!(same.other_place.leads >= 1);
    assert_eq!(compared(RULES, RULES).same_advice, cadans::compare::SameAdvice::default());
}

#[test]
fn a_rule_by_another_name_with_the_same_touch_is_no_other_advice() {
    let told = compared(RULES, &RULES.replace("rule \"Guide\"", "rule \"The guide\""));
    assert_eq!((told.other, told.same_advice.other_rule.leads), (0, 0));
}

#[test]
fn words_are_in_the_language_that_was_asked_for() {
    let (before, after) = (pack(RULES), pack(&RULES.replace("hot = 2", "hot = 3")));
    let changes = compare(&before, &after);
    let told = compare_advice(
        Version::of(&before),
        Version::of(&after),
        &changes,
        &book(),
        Instant::parse(NOW).unwrap(),
        Dutch,
    );
    assert_eq!(told.causes[0].words, "instelling verzet: hot van 2 naar 3");
    assert_eq!(told.causes[0].kinds[0].words, "van telefoon naar wachten");
}

#[test]
fn more_changes_than_are_tried_one_by_one_are_told_by_the_rule_that_won() {
    let many = |channel: &str| -> String {
        (0..60)
            .map(|number| {
                format!("rule \"R{number}\" when lead.visits(7.days) is {number} then {channel}.to(\"decider\");\n")
            })
            .collect()
    };
    let told = compared(&many("phone"), &many("email"));
    assert!(told.causes.iter().all(|cause| cause.why == WhyChanged::RuleChanged));
    assert!(told.causes.iter().any(|cause| cause.statements == ["rule \"R3\""]));
}

/// The cause is what undoing it by hand shows: over the shipped packs and leads, with four changes at once.
#[test]
fn over_the_shipped_packs_the_cause_is_the_change_without_which_the_old_advice_comes_back() {
    let read = |file: &str| PackSource { file: file.into(), text: std::fs::read_to_string(file).unwrap() };
    let base = [read("rules/inside-sales.rhai"), read("rules/answers.rhai"), read("rules/contact-policy/nl.rhai")];
    let edits = [
        ("setting hot_visits", "hot_visits = 2", "hot_visits = 4"),
        ("setting patience", "patience = 2", "patience = 3"),
        ("limit email 1 per 7.days", "limit email 2 per 7.days", "limit email 1 per 7.days"),
        (
            "rule \"Just looking around: offer the buyer's guide\"",
            "rule \"Just looking around: offer the buyer's guide\" id \"looking-around\"\n    when",
            "rule \"Just looking around: offer the buyer's guide\" id \"looking-around\"\n    when lead.visits(30.days) >= 5 and",
        ),
    ];
    let with = |skipped: Option<usize>| -> Vec<PackSource> {
        let mut packs = base.to_vec();
        for (_, from, to) in edits.iter().enumerate().filter(|(nth, _)| Some(*nth) != skipped).map(|one| one.1) {
            assert!(packs[0].text.contains(from), "{from}");
            packs[0].text = packs[0].text.replacen(from, to, 1);
        }
        packs
    };
    let book = read_book(&LeadFormat::Json, &std::fs::read("www/sample/leads.json").unwrap()).book;
    let now = Instant::parse(NOW).unwrap();
    let advice = |packs: &[PackSource], lead: &str| {
        let rulebook = cadans::language::Rulebook::for_advice(packs, &cadans::pack::Overrides::default());
        let told = cadans::decide::decide_lead(&rulebook, &book, book.find(lead).unwrap(), now, English);
        let touch = told
            .touch
            .as_ref()
            .map(|one| (one.channel, one.person.clone(), one.window.clone(), one.due, one.offer.clone()));
        format!("{:?} {touch:?}", told.verdict)
    };
    let after = with(None);
    let changes = compare(&base, &after);
    assert_eq!(changes.statements.len(), edits.len(), "{:?}", changes.statements);
    let told = compare_advice(Version::of(&base), Version::of(&after), &changes, &book, now, English);
    assert!(told.other >= 10 && told.causes.len() >= 2, "{} by {} causes", told.other, told.causes.len());
    let mut tried = 0;
    for cause in told.causes.iter().filter(|cause| cause.why != WhyChanged::Several) {
        let nth = edits.iter().position(|(title, ..)| cause.statements == [*title]).unwrap();
        for example in cause.kinds.iter().flat_map(|kind| &kind.examples) {
            assert_eq!(
                advice(&with(Some(nth)), &example.lead),
                advice(&base, &example.lead),
                "{}: {}",
                example.lead,
                cause.words
            );
            tried += 1;
        }
    }
    assert!(tried >= 8, "only {tried}");
}
