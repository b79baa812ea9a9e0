//! One human in leads of several accounts: caps, pauses, objections and opt-outs hold for all of them together.

use cadans_testing::scenario::{NOW, anna, at, blocks, book, lead, rulebook, told, touch};
use serde_json::{Value, json};

use cadans::book::ingest::{LeadFormat, Loader, read_book};
use cadans::decide::advice::Advice;
use cadans::decide::decide;
use cadans::wording::Language;

const MAIL: &str = r#"rule "Mail" when true then email;"#;

/// A lead with one person who has this human, in an account of its own unless the fields on top say otherwise.
fn one(id: &str, human: Option<&str>, more: Value) -> Value {
    let mut lead = lead(json!({ "id": id, "people": [anna(json!({ "human": human }))] }));
    for (field, value) in more.as_object().unwrap() {
        lead[field] = value.clone();
    }
    lead
}

fn ask_all(packs: &[&str], leads: &[Value]) -> Vec<Advice> {
    decide(&rulebook(packs), &book(json!({ "leads": leads })), at(NOW), Language::English)
}

fn told_all(packs: &[&str], leads: &[Value]) -> Vec<String> {
    ask_all(packs, leads).iter().map(told).collect()
}

#[test]
fn a_cap_per_person_counts_a_human_in_two_accounts_as_one() {
    let mailed =
        json!({ "account": { "id": "acme" }, "signals": [touch("2026-11-16T10:00:00+01:00", "email", json!({}))] });
    let leads = [one("a", Some("h"), mailed), one("b", Some("h"), json!({})), one("c", None, json!({}))];
    let wanted = [
        "email anna 11-23 10:00..11-24 00:00",
        "email anna 11-30 10:00..12-01 00:00",
        "email anna 11-18 10:00..11-19 00:00",
    ];
    assert_eq!(told_all(&[MAIL, "limit email 1 per 7.days;"], &leads), wanted);
    // A planned touch counts as one that was made.
    let planned = json!({ "planned": [{ "at": "2026-11-20T10:00:00+01:00", "channel": "email", "person": "anna" }] });
    let leads = [one("a", Some("h"), planned), one("b", Some("h"), json!({}))];
    let wanted = ["email anna 11-27 10:00..11-28 00:00", "hold"];
    assert_eq!(told_all(&[MAIL, "limit email 1 per 7.days;"], &leads), wanted);
}

#[test]
fn an_answer_in_one_lead_is_decided_before_what_is_cold_in_another_whatever_their_order() {
    let rules = [
        r#"rule "Answer" when person.waiting then answer.within(1.hour);"#,
        r#"rule "Mail" when lead.visits() >= 1 then email.within(1.hour);"#,
        "limit email 2 per 7.days;",
    ];
    let looked = json!({ "signals": [{ "at": "2026-11-16T10:00:00+01:00", "kind": "visit", "person": "anna" }] });
    let asked = json!({ "signals": [
        touch("2026-11-13T10:00:00+01:00", "email", json!({})),
        { "at": "2026-11-18T09:30:00+01:00", "kind": "reply", "channel": "email", "person": "anna" },
    ] });
    let (cold, owed) = (one("cold", Some("h"), looked), one("owed", Some("h"), asked));
    let [first, second] = [[cold.clone(), owed.clone()], [owed, cold]].map(|leads| told_all(&rules, &leads));
    assert_eq!(first, [second[1].clone(), second[0].clone()]);
    assert_eq!(second[0], "email anna 11-18 10:00..11-18 10:30");
    // The cap has no room for it before the mail of Friday is a week old.
    assert!(second[1].starts_with("email anna 11-20 10:00"), "{}", second[1]);
}

#[test]
fn people_are_linked_across_accounts_by_an_alias_that_both_list_and_not_by_an_id() {
    let anna_as = |id: &str, aliases: &[&str]| json!({ "people": [anna(json!({ "id": id, "aliases": aliases }))] });
    let leads = [
        one("a", None, anna_as("anna", &["old"])),
        one("b", None, anna_as("a.devries", &["x", "old"])),
        one("c", None, anna_as("anna", &[])),
        one("d", None, anna_as("old", &[])),
    ];
    let wanted = [
        "email anna 11-18 10:00..11-19 00:00",
        "email a.devries 11-25 10:00..11-26 00:00",
        "email anna 11-18 10:00..11-19 00:00",
        "email old 11-18 10:00..11-19 00:00",
    ];
    assert_eq!(told_all(&[MAIL, "limit email 1 per 7.days;"], &leads), wanted);
}

#[test]
fn a_cap_of_an_account_or_a_lead_counts_that_one_only_and_no_two_leads_contact_one_human_on_a_day() {
    let mailed =
        json!({ "account": { "id": "acme" }, "signals": [touch("2026-11-16T10:00:00+01:00", "email", json!({}))] });
    let leads = [one("a", Some("h"), mailed), one("b", Some("h"), json!({})), one("c", Some("h"), json!({}))];
    for scope in ["account", "lead"] {
        let limit = format!(r#"limit any 1 per 7.days across "{scope}";"#);
        let wanted = [
            "email anna 11-23 10:00..11-24 00:00",
            "email anna 11-18 10:00..11-19 00:00",
            "email anna 11-19 00:00..11-20 00:00",
        ];
        assert_eq!(told_all(&[MAIL, &limit], &leads), wanted, "{scope}");
    }
}

#[test]
fn what_stops_contact_in_one_account_stops_it_in_the_others() {
    let phone = r#"rule "Call" when true then phone;"#;
    let flagged = |field: &str| json!({ "people": [anna(json!({ "human": "h", field: true }))] });
    let gone = json!({ "at": "2026-11-01T10:00:00Z", "kind": "unsubscribe", "person": "anna", "channel": "email" });
    let withdrawn = json!([{ "channel": "email", "basis": "opt_in", "given_at": "2026-01-01T10:00:00Z",
        "withdrawn_at": "2026-11-01T10:00:00Z" }]);
    for (rule, stops, block) in [
        (MAIL, flagged("objected"), "eligible objection anna"),
        (phone, flagged("do_not_call"), "eligible do-not-call anna"),
        (MAIL, flagged("do_not_email"), "eligible do-not-email anna"),
        (MAIL, json!({ "signals": [gone] }), "eligible do-not-email anna"),
        (
            MAIL,
            json!({ "people": [anna(json!({ "human": "h", "consents": withdrawn }))] }),
            "eligible consent-withdrawn anna",
        ),
    ] {
        let leads = [one("a", Some("h"), json!({})), one("b", Some("h"), stops), one("c", None, json!({}))];
        let advices = ask_all(&[rule], &leads);
        assert_eq!((blocks(&advices[0]), blocks(&advices[1])), (vec![block.to_owned()], vec![block.to_owned()]));
        assert!(blocks(&advices[2]).is_empty(), "{block}");
    }
}

#[test]
fn what_allows_contact_counts_only_for_the_lead_that_has_it() {
    let gone = json!({ "at": "2026-11-01T10:00:00Z", "kind": "unsubscribe", "person": "anna", "channel": "email" });
    let back = json!([{ "channel": "email", "basis": "opt_in", "given_at": "2026-11-10T10:00:00Z" }]);
    let leads = [
        one("a", Some("h"), json!({ "signals": [gone], "people": [anna(json!({ "human": "h", "consents": back }))] })),
        one("b", Some("h"), json!({})),
    ];
    assert_eq!(told_all(&[MAIL], &leads), ["email anna 11-18 10:00..11-19 00:00", "hold"]);
}

#[test]
fn a_pause_counts_from_the_last_contact_in_any_account() {
    let missed = touch("2026-11-17T16:00:00+01:00", "phone", json!({ "outcome": "no_answer" }));
    let leads = [
        one("a", Some("h"), json!({ "signals": [missed] })),
        one("b", Some("h"), json!({})),
        one("c", None, json!({})),
    ];
    let rule = r#"rule "Call" when true then phone;"#;
    // Once the pause is over: for the second lead on the day after the first.
    let later = ["phone anna 11-19 16:00..11-20 00:00", "phone anna 11-20 00:00..11-21 00:00"];
    for pause in
        ["pause phone 2.days when true;", r#"pause phone 2.days when person.last_outcome("phone") is "no_answer";"#]
    {
        assert_eq!(
            told_all(&[rule, pause], &leads),
            [later[0], later[1], "phone anna 11-18 10:00..11-19 00:00"],
            "{pause}"
        );
    }
}

#[test]
fn facts_of_a_person_read_all_accounts_and_those_of_an_account_its_own_leads() {
    let visit = json!({ "at": "2026-11-17T10:00:00Z", "kind": "visit", "person": "anna" });
    let leads = [
        one("a", Some("h"), json!({ "account": { "id": "acme" }, "signals": [visit] })),
        one("b", Some("h"), json!({ "account": { "id": "other" } })),
    ];
    let mailed = |when: &str| {
        let rule = format!(r#"rule "Mail" when {when} then email;"#);
        let wait = |advice: &Advice| advice.touch.is_none();
        ask_all(&[&rule], &leads).iter().map(|advice| !wait(advice)).collect::<Vec<_>>()
    };
    assert_eq!(mailed("person.visits(7.days) >= 1"), [true, true]);
    assert_eq!(mailed("account.visits(7.days) >= 1"), [true, false]);
    assert_eq!(mailed("lead.visits(7.days) >= 1"), [true, false]);
    assert_eq!(mailed("account.leads is 1"), [true, true]);
    assert_eq!(mailed("account.customer"), [false, false]);
}

/// Leads of four accounts, three of which people link in a chain. Their values differ, so that the order of deciding is fixed.
fn chain() -> Vec<Value> {
    let people = |ids: &[(&str, Option<&str>)]| {
        let people: Vec<Value> = ids.iter().map(|(id, human)| anna(json!({ "id": id, "human": human }))).collect();
        json!(people)
    };
    let mailed = |person: &str| json!([touch("2026-11-16T10:00:00+01:00", "email", json!({ "person": person }))]);
    vec![
        one("a", None, json!({ "value": 400, "people": people(&[("p1", Some("h1"))]), "signals": mailed("p1") })),
        one("b", None, json!({ "value": 300, "people": people(&[("p1", Some("h2")), ("p2", Some("h1"))]) })),
        one("c", None, json!({ "value": 200, "people": people(&[("p1", Some("h2"))]) })),
        one("d", None, json!({ "value": 100, "people": people(&[("p1", None)]) })),
    ]
}

#[test]
fn the_order_of_the_leads_and_the_pieces_of_the_file_do_not_matter() {
    let rules = rulebook(&[MAIL, "limit email 1 per 7.days;"]);
    let advices = |book: &cadans::book::Book| {
        let mut all: Vec<(String, String)> = decide(&rules, book, at(NOW), Language::English)
            .iter()
            .map(|advice| (advice.lead.clone(), format!("{} {:?}", told(advice), advice.review_at)))
            .collect();
        all.sort();
        all
    };
    let leads = chain();
    let wanted = advices(&book(json!({ "leads": leads })));
    let days: Vec<&str> = wanted.iter().map(|(_, told)| &told[..17]).collect();
    assert_eq!(days, ["email p1 11-23 10", "email p1 11-18 10", "email p1 11-25 10", "email p1 11-18 10"]);
    for order in [[3, 2, 1, 0], [1, 0, 3, 2], [2, 0, 3, 1]] {
        let leads: Vec<&Value> = order.iter().map(|nth| &leads[*nth]).collect();
        assert_eq!(advices(&book(json!({ "leads": leads }))), wanted, "{order:?}");
    }
    let file = json!({ "leads": leads }).to_string();
    for size in [1, 7, 100, 1_000] {
        for loader in [Loader::json(), Loader::json().without_fast_path()] {
            let mut loader = loader;
            file.as_bytes().chunks(size).for_each(|chunk| loader.push(chunk));
            assert_eq!(advices(&loader.finish().book), wanted, "in pieces of {size} bytes");
        }
    }
}

#[test]
fn a_human_who_is_given_twice_in_a_lead_sets_it_aside() {
    let twice = json!({ "leads": [one("a", None, json!({ "people": [
        anna(json!({ "human": "h" })), anna(json!({ "id": "bob", "human": "h" })) ] }))] });
    let intake = read_book(&LeadFormat::Json, twice.to_string().as_bytes());
    assert_eq!(intake.set_aside, 1);
    let told = intake.refused[0].to_string();
    assert!(told.contains("lead a, people[1].human: \"h\" is the human of an earlier person too"), "{told}");
}

#[test]
fn a_contact_group_has_at_most_a_thousand_leads() {
    let linked = |nth: usize| json!({ "id": format!("L{nth}"), "people": [{ "id": "p1", "human": "everybody" }] });
    let large = |nth: usize| json!({ "id": format!("M{nth}"), "account": { "id": "large" } });
    let mut leads: Vec<Value> = (0..1_002).map(linked).chain((0..600).map(large)).collect();
    leads.push(json!({ "id": "M", "account": { "id": "large" }, "people": [{ "id": "p1", "human": "everybody" }] }));
    leads.push(json!({ "id": "N", "account": { "id": "L7" } }));
    let intake = read_book(&LeadFormat::Json, json!({ "leads": leads }).to_string().as_bytes());
    let told: Vec<String> =
        intake.refused.iter().map(|one| format!("{} {}", one.lead.as_ref().unwrap(), one.path)).collect();
    assert_eq!(told, ["L1000 people[0].human", "L1001 people[0].human", "M people[0].human", "N account.id"]);
    assert_eq!((intake.accepted, intake.set_aside), (1_600, 4));
    assert_eq!(
        intake.refused[0].reason.english(),
        "\"everybody\" links 1001 leads of several accounts; at most 1000 are decided together, so check that it stands for one human"
    );
    // What is refused later changes nothing.
    let mut book = intake.book;
    let record = cadans::book::ingest::read_lead(linked(1_500).to_string().as_bytes()).unwrap();
    let moved = cadans::book::ingest::read_lead(
        json!({ "id": "M5", "people": [{ "id": "p1", "human": "everybody" }] }).to_string().as_bytes(),
    );
    assert!(book.put(&record).is_err() && book.put(&moved.unwrap()).is_err());
    let places = |id: &str| book.siblings(book.find(id).unwrap()).len();
    assert_eq!((book.len(), places("L3"), places("M5")), (1_600, 1_000, 600));
    assert_eq!(book.find("L1500"), None);
}
