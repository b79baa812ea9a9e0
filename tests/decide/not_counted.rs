//! Signals, people and leads that are not theirs count for nothing: our own people, robots, competitors, spam.

use cadans_testing::scenario::{NOW, anna, ask, at, book, lead, person, rulebook, told, touch};
use serde_json::{Value, json};

use cadans::book::Signal;
use cadans::book::ingest::write::write_json;
use cadans::book::ingest::{LeadFormat, read_book};
use cadans::book::vocabulary::{Excluded, SignalKind};
use cadans::decide::advice::{Advice, Verdict};
use cadans::decide::{Watch, decide};
use cadans::wording::Language;

/// A rule for nearly everything that signals can change; of those that hold the first wins.
const RULES: &str = r#"
    enter "consideration" when lead.visits("pricing", 14.days) >= 2;
    rule "Compares" when lead.stage is "consideration" then phone;
    rule "Answer" when person.waiting then answer.within(5.minutes).weight(50);
    rule "Score" when lead.score(14.days) > 0.5 or account.score(14.days) > 0.5 then email.weight(30);
    rule "Counts" when lead.visits() + lead.forms() + lead.opens() + lead.chats() + lead.calls("inbound") + lead.signals("message") > 0
        then chat.weight(20);
    rule "Person" when person.visits() > 0 or person.since("reply") < 30.days then video.weight(10);
    rule "Ordered" when lead.orders() >= 1 then visit.weight(9);
    rule "Silent" when lead.unanswered() >= 3 and lead.answered then social.weight(5);
    rule "Else" when lead.open then email.weight(0.1);
"#;

/// Three touches of last month that nobody reacted to.
fn silence() -> Vec<Value> {
    ["2026-10-20T09:00:00Z", "2026-10-24T09:00:00Z", "2026-10-28T09:00:00Z"]
        .into_iter()
        .map(|at| touch(at, "email", json!({})))
        .collect()
}

fn signals(more: impl IntoIterator<Item = Value>) -> Value {
    Value::Array(silence().into_iter().chain(more).collect())
}

/// What was decided, without the notes.
fn decided(advice: &Advice) -> Value {
    let mut told = serde_json::to_value(advice).unwrap();
    told.as_object_mut().unwrap().remove("notes");
    told
}

fn note<'a>(advice: &'a Advice, code: &str) -> Option<&'a str> {
    advice.notes.iter().find(|note| note.code == code).map(|note| note.text.as_str())
}

const KINDS: [&str; 14] = [
    "visit", "search", "download", "form", "open", "click", "reply", "call", "email", "message", "chat", "meeting",
    "engage", "order",
];

#[test]
fn a_signal_that_is_not_theirs_changes_nothing_whatever_its_kind() {
    let quiet = ask(&[RULES], lead(json!({ "signals": signals([]) })), NOW);
    assert_eq!(told(&quiet), "social anna 11-18 10:00..11-19 00:00");
    for kind in KINDS {
        for by in ["staff", "robot", "competitor", "spam"] {
            let marked = |day: u8| json!({ "at": format!("2026-11-{day}T12:00:00Z"), "kind": kind, "person": "anna", "topic": "pricing", "by": by });
            // Two have happened; one is still to come.
            let with = ask(&[RULES], lead(json!({ "signals": signals([marked(16), marked(17), marked(19)]) })), NOW);
            assert_eq!(decided(&with), decided(&quiet), "{kind} by {by}");
            let note = note(&with, "not-counted").unwrap();
            assert!(note.starts_with("2 signals"), "{note}");
            let theirs = json!({ "at": "2026-11-16T12:00:00Z", "kind": kind, "person": "anna", "topic": "pricing" });
            let counted = ask(&[RULES], lead(json!({ "signals": signals([theirs]) })), NOW);
            assert_ne!(decided(&counted), decided(&quiet), "{kind}: the rules would not notice");
        }
    }
}

#[test]
fn a_form_of_spam_waits_for_nobody_and_one_of_hers_does() {
    let form = |more: &[(&str, &str)]| {
        let mut form = json!({ "at": "2026-11-18T08:59:00Z", "kind": "form", "person": "anna" });
        form.as_object_mut().unwrap().extend(more.iter().map(|(name, value)| ((*name).to_owned(), json!(value))));
        ask(&[RULES], lead(json!({ "signals": [form] })), NOW).rule.unwrap().name
    };
    assert_eq!((form(&[]).as_str(), form(&[("by", "spam")]).as_str()), ("Answer", "Else"));
}

#[test]
fn interest_without_weight_counts_for_nothing_and_a_touch_or_order_without_weight_counts() {
    let advised = |signal: Value| ask(&[RULES], lead(json!({ "signals": signals([signal]) })), NOW);
    let quiet = ask(&[RULES], lead(json!({ "signals": signals([]) })), NOW);
    let visit = json!({ "at": "2026-11-16T12:00:00Z", "kind": "visit", "person": "anna", "weight": 0 });
    let advice = advised(visit);
    assert_eq!(decided(&advice), decided(&quiet));
    assert!(note(&advice, "not-counted").unwrap().contains("1 with a weight of 0"));
    let order = json!({ "at": "2026-11-16T12:00:00Z", "kind": "order", "person": "anna", "weight": 0 });
    assert_eq!(advised(order).rule.unwrap().name, "Ordered");
    let limited = format!("{RULES}\nlimit any 3 per 60.days;");
    let mail = touch("2026-11-16T12:00:00Z", "email", json!({ "weight": 0 }));
    assert_eq!(told(&ask(&[&limited], lead(json!({ "signals": signals([mail]) })), NOW)), "hold");
}

#[test]
fn an_unsubscribe_stands_whoever_made_it() {
    let rules = r#"rule "Mail" when lead.open then email;"#;
    for by in ["robot", "staff", "spam"] {
        let stop = json!({ "at": "2026-11-16T12:00:00Z", "kind": "unsubscribe", "channel": "email", "person": "anna", "by": by });
        assert_eq!(told(&ask(&[rules], lead(json!({ "signals": [stop] })), NOW)), "hold", "{by}");
    }
}

#[test]
fn our_own_people_are_nobodys_next_contact_and_fill_no_role() {
    let rules = r#"
        rule "Decider" when not lead.knows("decider") then find("decider");
        rule "Two" when lead.people() >= 2 then phone.to("user").weight(5);
        rule "Her" when person.is_a("user") and person.visits() >= 1 then chat.weight(3);
        rule "Us" when person.is_a("decider") then email.weight(50);
        rule "Planned" when lead.planned() >= 1 then wait.weight(90);
        never any when lead.last_touch("email") < 7.days because "Wrote to them";
    "#;
    let us = || anna(json!({ "id": "us", "internal": true, "aliases": ["test-account"], "name": "Test" }));
    let bea = || person("bea", "user", json!({}));
    let alone = ask(&[rules], lead(json!({ "people": [bea()] })), NOW);
    assert_eq!(told(&alone), "find decider");
    let ours = json!([
        { "at": "2026-11-17T10:00:00Z", "kind": "visit", "person": "us" },
        { "at": "2026-11-17T11:00:00Z", "kind": "form", "person": "test-account" },
        { "at": "2026-11-17T12:00:00Z", "kind": "email", "channel": "email", "direction": "outbound", "person": "us" },
    ]);
    for people in [json!([us(), bea()]), json!([bea(), us()])] {
        let planned = json!([{ "at": "2026-11-20T10:00:00Z", "channel": "phone", "person": "us" }]);
        let with = ask(&[rules], lead(json!({ "people": people, "signals": ours, "planned": planned })), NOW);
        assert_eq!(decided(&with), decided(&alone));
        assert_eq!(note(&with, "not-counted"), Some("3 signals that count for nothing left out: 3 by our own people"));
        assert_eq!(note(&with, "own-people"), Some("Test is one of our own people: not contacted"));
    }
    // With nobody else there is nobody to contact.
    let only = ask(&[r#"rule "Call" when true then phone;"#], lead(json!({ "people": [us()] })), NOW);
    assert_eq!(told(&only), "find decider");
}

#[test]
fn a_lead_that_is_spam_is_held_with_its_reason_and_counts_for_nothing_in_its_account() {
    let rules = r#"
        rule "Two" when account.leads >= 2 or account.visits() > 0 or account.customer then phone.weight(9);
        rule "Answer" when lead.waiting then answer.within(5.minutes).weight(50);
        rule "Else" when lead.open then email.weight(0.1);
        limit email 1 per 7.days across "account";
    "#;
    let account = json!({ "id": "acme" });
    let spam = lead(json!({
        "id": "S", "account": account, "spam": true, "stage": "customer",
        "people": [person("sam", "decider", json!({}))],
        "signals": [
            { "at": "2026-11-18T08:59:00Z", "kind": "form", "person": "sam" },
            { "at": "2026-11-17T08:59:00Z", "kind": "visit" },
            touch("2026-11-17T10:00:00Z", "email", json!({ "person": "sam" })) ],
        "planned": [{ "at": "2026-11-18T09:30:00+01:00", "channel": "phone", "person": "sam" }],
    }));
    let other = lead(json!({ "account": account }));
    let both = decide(&rulebook(&[rules]), &book(json!({ "leads": [other, spam] })), at(NOW), Language::English);
    assert_eq!(both[0].rule.as_ref().unwrap().name, "Else");
    assert_eq!((both[1].verdict, both[1].reason.as_str()), (Verdict::Hold, "Marked as spam: nobody is contacted"));
    assert_eq!(note(&both[1], "not-counted"), Some("3 signals that count for nothing left out: 3 spam"));
    let dutch = decide(
        &rulebook(&[rules]),
        &book(json!({ "leads": [lead(json!({ "spam": true })) ] })),
        at(NOW),
        Language::Dutch,
    );
    assert_eq!(dutch[0].review_at, None);
    assert_eq!(dutch[0].reason, "Gemarkeerd als spam: niemand wordt benaderd");
}

#[test]
fn what_is_added_to_a_watch_later_counts_as_little() {
    let us = anna(json!({ "id": "us", "internal": true }));
    let people = json!([us, anna(json!({}))]);
    let leads = json!({ "leads": [
        lead(json!({ "people": people, "signals": silence() })),
        lead(json!({ "id": "S", "spam": true })),
    ] });
    let mut book = book(leads);
    let mut watch = Watch::new(rulebook(&[RULES]), &book, at(NOW));
    let before = watch.decisions().to_vec();
    let form = |who: Option<&str>, by| Signal {
        person: who.map(str::to_owned),
        by,
        ..Signal::new(at("2026-11-18T08:59:00Z"), SignalKind::Form)
    };
    for signal in [form(Some("anna"), Some(Excluded::Robot)), form(None, Some(Excluded::Spam)), form(Some("us"), None)]
    {
        assert_eq!(watch.log(&mut book, 0, &signal), [0]);
        assert_eq!(watch.decisions(), before);
    }
    watch.log(&mut book, 1, &form(Some("anna"), None));
    watch.log(&mut book, 1, &form(None, None));
    assert_eq!(watch.decisions(), before);
    assert_eq!(book.lead(0).unwrap().not_counted.signals.len(), 3);
    assert_eq!(book.lead(1).unwrap().not_counted.signals.len(), 2);
    watch.log(&mut book, 0, &form(Some("anna"), None));
    assert_ne!(watch.decisions(), before);
}

#[test]
fn what_counts_for_nothing_is_kept_and_written_back() {
    let us = anna(json!({ "id": "us", "internal": true }));
    let file = json!({ "leads": [ lead(json!({
        "people": [anna(json!({})), us, person("bea", "user", json!({}))],
        "signals": [
            { "at": "2026-11-16T08:00:00Z", "kind": "visit", "direction": "inbound", "person": "us", "topic": "pricing", "weight": 2.0 },
            { "at": "2026-11-16T09:00:00Z", "kind": "visit", "direction": "inbound", "person": "bea" },
            { "at": "2026-11-16T10:00:00Z", "kind": "form", "direction": "inbound", "person": "bea", "by": "spam", "content": "c", "outcome": "replied" },
            { "at": "2026-11-16T11:00:00Z", "kind": "email", "channel": "email", "direction": "outbound", "person": "us", "rep": "kim", "cadence": "Warm", "step": 2, "acknowledges": true },
        ],
        "planned": [{ "at": "2026-11-20T10:00:00Z", "channel": "phone", "person": "us" }],
    })), lead(json!({ "id": "S", "spam": true, "signals": [{ "at": "2026-11-16T08:00:00Z", "kind": "visit", "direction": "inbound" }] })) ] });
    let read = read_book(&LeadFormat::Json, file.to_string().as_bytes());
    assert_eq!(read.refused, []);
    let written: Value = serde_json::from_str(&write_json(&read.book).unwrap()).unwrap();
    for nth in 0..2 {
        for part in ["people", "signals", "planned", "spam"] {
            assert_eq!(written["leads"][nth].get(part), file["leads"][nth].get(part), "{part} of {nth}");
        }
    }
    let again = read_book(&LeadFormat::Json, write_json(&read.book).unwrap().as_bytes()).book;
    assert_eq!(again.leads(), read.book.leads());
}
