//! When nothing cold is sent: while a rule says `wait`, after a conversation, while somebody waits or complains in another lead, after an order, and
//! on a day on which a colleague contacts the same human.

use cadans_testing::scenario::{NOW, anna, ask, at, blocks, book, lead, person, rulebook, told, touch};
use serde_json::{Value, json};

use cadans::calendar::Instant;
use cadans::decide::advice::{Advice, Verdict};
use cadans::decide::{decide, decide_lead};
use cadans::wording::Language;

const ANSWERS: &str = include_str!("../../rules/answers.rhai");
const MAIL: &str = r#"rule "Mail" when lead.open then email.weight(1000);"#;

fn signal(at: &str, kind: &str, more: Value) -> Value {
    let mut signal = json!({ "at": format!("2026-11-{at}:00+01:00"), "kind": kind, "person": "anna" });
    for (field, value) in more.as_object().unwrap() {
        signal[field] = value.clone();
    }
    signal
}

fn call(at: &str, outcome: &str) -> Value {
    signal(at, "call", json!({ "direction": "outbound", "channel": "phone", "outcome": outcome }))
}

fn two_people(signals: Value) -> Value {
    lead(json!({ "people": [anna(json!({})), person("bob", "user", json!({}))], "signals": signals }))
}

fn november(time: &str) -> String {
    format!("2026-11-{time}:00+01:00")
}

/// The advices for these leads, which are the same one by one.
fn group(packs: &[&str], leads: Value, now: &str) -> Vec<Advice> {
    let (rules, book) = (rulebook(packs), book(leads));
    let all = decide(&rules, &book, at(now), Language::English);
    for (place, advice) in all.iter().enumerate() {
        assert_eq!(&decide_lead(&rules, &book, place, at(now), Language::English), advice);
    }
    all
}

/// A lead of Anna's, with an owner, in an account.
fn of_anna(id: &str, owner: &str, more: Value) -> Value {
    let mut one = lead(json!({ "id": id, "account": { "id": "acme" }, "owner": owner, "stage": "consideration" }));
    for (field, value) in more.as_object().unwrap() {
        one[field.as_str()] = value.clone();
    }
    one
}

fn with_reps(leads: Value) -> Value {
    let rep = |id: &str| json!({ "id": id, "zone": "Europe/Amsterdam", "country": "NL" });
    json!({ "leads": leads, "reps": [rep("kim"), rep("lea")] })
}

fn review(advice: &Advice) -> Option<Instant> {
    advice.review_at
}

#[test]
fn a_rule_that_says_wait_stops_what_is_cold_whatever_its_priority() {
    let rules = [MAIL, r#"rule "Leave them be" when true then wait.weight(0.1) because "There is an appointment";"#];
    let advice = ask(&rules, lead(json!({})), NOW);
    assert_eq!((advice.verdict, advice.reason.as_str()), (Verdict::Wait, "There is an appointment"));
    assert_eq!(advice.rule.unwrap().name, "Leave them be");
    let block = &advice.blocks[0];
    assert_eq!((block.policy, block.rule.name.as_str(), block.lifts_at), ("wait", "Mail", None));
    assert_eq!(block.by.as_ref().unwrap().name, "Leave them be");
    assert_eq!((block.reason.as_str(), block.hard), ("There is an appointment", false));
    // Handing over lets others write to them; looking for somebody contacts nobody.
    let with =
        |then: &str| told(&ask(&[rules[1], &format!("rule \"Other\" when true then {then};")], lead(json!({})), NOW));
    assert_eq!(with("hand_over(\"marketing\")"), "wait");
    assert_eq!(with("find(\"buyer\")"), "find buyer");
}

#[test]
fn a_wait_about_somebody_leaves_the_others() {
    let about = |then: &str| {
        let wait = format!("rule \"Leave her\" when person.touches() >= 1 then {then};");
        ask(&[MAIL, &wait], two_people(json!([touch("2026-11-10T10:00:00+01:00", "email", json!({}))])), NOW)
    };
    let anna_rests = about("wait.weight(10000)");
    assert!(told(&anna_rests).starts_with("email bob"), "{}", told(&anna_rests));
    assert!(told(&about("wait.to(\"user\")")).starts_with("email anna"));
    let only_anna = r#"rule "Mail" when true then email.to("anna");"#;
    let rest = r#"rule "Leave her" when person.is_a("decider") then wait;"#;
    let advice = ask(&[only_anna, rest], two_people(json!([])), NOW);
    assert_eq!((advice.verdict, blocks(&advice)), (Verdict::Wait, vec!["policy wait anna".to_owned()]));
}

#[test]
fn a_wait_of_a_length_ends_that_long_after_its_reason_began() {
    let rules = [MAIL, r#"rule "Two days" when lead.visits() >= 1 then wait.within(2.days);"#];
    let visited = lead(json!({ "signals": [signal("17T09:00", "visit", json!({}))] }));
    let waits = ask(&rules, visited.clone(), NOW);
    assert_eq!((waits.verdict, review(&waits)), (Verdict::Wait, Some(at(&november("19T09:00")))));
    assert_eq!(waits.blocks[0].lifts_at, review(&waits));
    assert_eq!(ask(&rules, visited.clone(), "2026-11-19T08:59:59.999+01:00").verdict, Verdict::Wait);
    assert!(told(&ask(&rules, visited, &november("19T09:00"))).starts_with("email anna 11-19 09:00"));
}

#[test]
fn a_wait_stops_neither_an_answer_nor_what_was_promised() {
    let wait = r#"rule "Leave them be" when true then wait.weight(10000);"#;
    let answer = r#"rule "Asked" when person.waiting then answer;"#;
    let asked = lead(json!({ "signals": [signal("18T09:00", "form", json!({}))] }));
    assert!(told(&ask(&[wait, answer], asked, NOW)).starts_with("phone anna"));
    let planned = json!([{ "at": november("18T09:58"), "channel": "phone", "person": "anna" }]);
    assert!(told(&ask(&[wait], lead(json!({ "planned": planned })), NOW)).starts_with("phone anna"));
}

#[test]
fn only_to_is_for_nobody_else() {
    let to = |method: &str, people: Value| {
        told(&ask(
            &[&format!("rule \"Ask\" when true then phone.{method}(\"decider\");")],
            lead(json!({ "people": people })),
            NOW,
        ))
    };
    let unreachable = json!([anna(json!({ "channels": ["email"] })), person("bob", "user", json!({}))]);
    assert!(to("to", unreachable.clone()).starts_with("phone bob"));
    assert_eq!(to("only_to", unreachable), "hold");
    let nobody = json!([person("bob", "user", json!({}))]);
    assert!(to("to", nobody.clone()).starts_with("phone bob"));
    assert_eq!(to("only_to", nobody), "find decider");
    assert!(to("only_to", json!([anna(json!({}))])).starts_with("phone anna"));
}

#[test]
fn after_a_conversation_a_person_rests_one_working_day() {
    let rested = |signals: Value, now: &str| {
        let advice =
            ask(&[ANSWERS, r#"rule "Mail" when true then email.to("anna");"#], two_people(signals), &november(now));
        (told(&advice), review(&advice))
    };
    let friday_at_four = json!([call("20T16:00", "answered")]);
    assert_eq!(rested(friday_at_four.clone(), "21T12:00").0, "wait");
    assert_eq!(rested(friday_at_four.clone(), "23T15:59"), ("wait".into(), Some(at(&november("23T16:00")))));
    assert!(rested(friday_at_four, "23T16:00").0.starts_with("email anna"));
    // Whoever took the call, a meeting that was held, and a mail of hers that was answered.
    let conversations = [
        json!([signal("17T15:00", "call", json!({ "outcome": "answered" }))]),
        json!([signal("17T15:00", "meeting", json!({ "channel": "video", "outcome": "held" }))]),
        json!([signal("17T14:00", "reply", json!({})), touch(&november("17T15:00"), "email", json!({}))]),
    ];
    for signals in conversations {
        assert_eq!(rested(signals.clone(), "18T10:00").0, "wait", "{signals}");
    }
    // Attempts in vain are no conversations, and neither is a mail that came back.
    let no_show = json!({ "channel": "video", "outcome": "no_show", "direction": "outbound" });
    let others = [
        json!([call("17T15:00", "no_answer")]),
        json!([signal("17T15:00", "meeting", no_show)]),
        json!([touch(&november("17T15:00"), "email", json!({}))]),
    ];
    for signals in others {
        let mail = r#"rule "Mail" when true then email.to("anna");"#;
        let advice = ask(&[ANSWERS, mail], two_people(signals.clone()), &november("18T10:00"));
        assert_ne!(advice.rule.unwrap().name, "Spoke with us: let it settle for a working day", "{signals}");
    }
    let returned = json!([
        signal("17T14:00", "reply", json!({})),
        touch(&november("17T15:00"), "email", json!({})),
        signal("17T15:01", "bounce", json!({})),
    ]);
    assert!(rested(returned, "18T10:00").0.starts_with("phone anna"), "she still waits");
}

#[test]
fn her_colleagues_rest_half_a_working_day() {
    let at_time = |now: &str| {
        let signals = json!([call("18T09:00", "answered")]);
        ask(&[ANSWERS, r#"rule "Mail" when true then email.only_to("user");"#], two_people(signals), &november(now))
    };
    let waits = at_time("18T10:00");
    assert_eq!((waits.verdict, review(&waits)), (Verdict::Wait, Some(at(&november("18T13:00")))));
    assert_eq!(waits.rule.unwrap().name, "A colleague spoke with us: let them talk first");
    assert!(told(&at_time("18T13:00")).starts_with("email bob"));
}

#[test]
fn while_somebody_waits_in_one_lead_the_others_of_the_account_are_left_cold() {
    let bobs = |more: Value| of_anna("second", "lea", json!({ "people": [person("bob", "user", more)] }));
    let asked = of_anna("first", "kim", json!({ "signals": [signal("18T09:30", "reply", json!({}))] }));
    let advices = group(&[ANSWERS, MAIL], json!({ "leads": [asked.clone(), bobs(json!({}))] }), NOW);
    assert!(told(&advices[0]).starts_with("email anna"), "{}", told(&advices[0]));
    assert_eq!(advices[1].rule.as_ref().unwrap().name, "Waits for our answer in another lead: that comes first");
    // It is over when she was answered, and another account is none of its business.
    let mut answered = asked.clone();
    answered["signals"].as_array_mut().unwrap().push(call("18T09:31", "answered"));
    let advices = group(
        &[MAIL, r#"rule "Wait" when lead.waiting_elsewhere then wait;"#],
        json!({ "leads": [answered, bobs(json!({}))] }),
        NOW,
    );
    assert!(told(&advices[1]).starts_with("email bob"));
    let mut elsewhere = bobs(json!({}));
    elsewhere["account"]["id"] = json!("other");
    let advices = group(&[ANSWERS, MAIL], json!({ "leads": [asked, elsewhere] }), NOW);
    assert!(told(&advices[1]).starts_with("email bob"));
}

#[test]
fn an_open_complaint_stops_selling_in_every_open_lead_of_the_account() {
    let of = |complaint: Value| {
        let leads = json!([
            of_anna("first", "kim", json!({ "stage": "customer", "signals": complaint })),
            of_anna("second", "lea", json!({ "people": [person("bob", "user", json!({}))] })),
        ]);
        told(&group(&[ANSWERS, MAIL], json!({ "leads": leads }), NOW)[1])
    };
    let complained = |kind: &str, topic: &str| signal("12T10:00", kind, json!({ "topic": topic }));
    assert_eq!(of(json!([complained("note", "complaint")])), "wait");
    assert_eq!(of(json!([complained("form", "klacht")])), "wait");
    assert!(of(json!([complained("note", "compliment")])).starts_with("email bob"));
    assert!(of(json!([complained("note", "complaint"), call("13T10:00", "answered")])).starts_with("email bob"));
    assert_eq!(of(json!([call("11T10:00", "answered"), complained("note", "complaint")])), "wait");
    let outbound =
        signal("12T10:00", "email", json!({ "topic": "complaint", "direction": "outbound", "channel": "email" }));
    assert!(of(json!([outbound])).starts_with("email bob"), "what we write about it is no complaint");
}

#[test]
fn whoever_ordered_gets_nothing_cold_about_the_same_for_ninety_days() {
    let of = |first: Value, topic: Value, now: &str| {
        let leads = json!([of_anna("first", "kim", first), of_anna("second", "lea", json!({ "topic": topic })),]);
        told(&group(&[ANSWERS, MAIL], json!({ "leads": leads }), now)[1])
    };
    let ordered = |topic: Value| json!({ "stage": "customer", "topic": topic, "signals": [signal("10T10:00", "order", json!({}))] });
    assert_eq!(of(ordered(json!("planning")), json!("planning"), NOW), "wait");
    assert_eq!(of(ordered(json!("planning")), json!(null), NOW), "wait");
    assert_eq!(of(ordered(json!(null)), json!("planning"), NOW), "wait");
    assert!(of(ordered(json!("storage")), json!("planning"), NOW).starts_with("email anna"));
    assert!(of(ordered(json!("planning")), json!("planning"), "2027-02-08T10:00:00+01:00").starts_with("email anna"));
    // Won without an order on record, and an order that names nobody.
    let won = json!({ "stage": "customer", "stage_since": november("10T10:00") });
    assert_eq!(of(won, json!(null), NOW), "wait");
    // Of a customer of whom nobody put down since when, the lead is at most so old.
    let came_in = |month: &str| json!({ "stage": "customer", "created_at": format!("2026-{month}-10T10:00:00Z") });
    assert_eq!(of(came_in("11"), json!(null), NOW), "wait");
    assert!(of(came_in("02"), json!(null), NOW).starts_with("email anna"));
    // A quote that was accepted is an order; nobody knows when this one was, but not before it was sent.
    let quoted = |status: &str, day: Value| {
        let quote = json!({ "sent_at": november("02T10:00"), "status": status, "decided_at": day });
        json!({ "stage": "proposal", "topic": "planning", "quotes": [quote] })
    };
    assert_eq!(of(quoted("accepted", json!(november("10T10:00"))), json!("planning"), NOW), "wait");
    assert_eq!(of(quoted("accepted", json!(null)), json!(null), NOW), "wait");
    assert!(of(quoted("accepted", json!(november("10T10:00"))), json!("storage"), NOW).starts_with("email anna"));
    assert!(of(quoted("declined", json!(november("10T10:00"))), json!("planning"), NOW).starts_with("email anna"));
    assert!(of(quoted("accepted", json!(november("20T10:00"))), json!("planning"), NOW).starts_with("email anna"));
    let mut nameless = ordered(json!(null));
    nameless["signals"][0].as_object_mut().unwrap().remove("person");
    assert_eq!(of(nameless, json!(null), NOW), "wait");
}

const LOOKED: &str = r#"
    rule "Price page again" when person.visits("pricing", 7.days) >= 2 then phone.within(1.working_day)
        because `Looked at prices ${person.visits("pricing", 7.days)} times`;
"#;

fn looked() -> Value {
    json!([
        signal("16T10:00", "visit", json!({ "topic": "pricing" })),
        signal("17T10:00", "visit", json!({ "topic": "pricing" })),
    ])
}

#[test]
fn two_reps_are_not_sent_to_one_human_on_one_day() {
    let told_of = |leads: Value| {
        let advices = group(&[LOOKED], with_reps(leads), NOW);
        assert_eq!(advices.iter().map(|one| one.review_at).collect::<Vec<_>>(), [advices[0].review_at; 2]);
        advices
    };
    let same = told_of(json!([
        of_anna("first", "kim", json!({ "signals": looked() })),
        of_anna("second", "lea", json!({ "signals": looked() })),
    ]));
    assert!(told(&same[0]).starts_with("phone anna 11-18 10:00"), "{}", told(&same[0]));
    assert!(told(&same[1]).starts_with("phone anna 11-19 09:00"), "{}", told(&same[1]));
    assert_eq!(same[1].reason, "Looked at prices 2 times", "the same visits, recorded in both leads");
    assert_eq!(same[1].notes.last().unwrap().code, "contacted-elsewhere");
    assert_eq!(
        same[1].notes.last().unwrap().text,
        "kim contacts anna for first, Wed 18 Nov 10:00 by phone: speak with kim first"
    );
    // The better reason goes first, and an alias or a human links records of other ids and accounts.
    let better = told_of(json!([
        of_anna("first", "kim", json!({ "value": 100.0, "signals": looked() })),
        of_anna(
            "second",
            "lea",
            json!({ "value": 900.0, "signals": looked(), "account": { "id": "other" },
            "people": [anna(json!({ "human": "h" }))] })
        ),
    ]));
    assert!(
        better.iter().all(|one| told(one).starts_with("phone anna 11-18")),
        "equal ids of two accounts are two humans"
    );
    let mut linked = json!([
        of_anna(
            "first",
            "kim",
            json!({ "value": 100.0, "people": [anna(json!({ "human": "h" }))], "signals": looked() })
        ),
        of_anna(
            "second",
            "lea",
            json!({ "value": 900.0, "account": { "id": "other" },
            "people": [person("ann", "user", json!({ "human": "h" }))],
            "signals": looked() })
        ),
    ]);
    for visit in linked[1]["signals"].as_array_mut().unwrap() {
        visit["person"] = json!("ann");
    }
    let linked = told_of(linked);
    assert!(told(&linked[1]).starts_with("phone ann 11-18"), "{}", told(&linked[1]));
    assert!(told(&linked[0]).starts_with("phone anna 11-19"), "{}", told(&linked[0]));
}

#[test]
fn what_a_colleague_did_or_promised_that_day_counts_and_an_answer_is_not_held_back() {
    let second = |more: Value| of_anna("second", "lea", more);
    let leads = |first: Value, more: Value| with_reps(json!([of_anna("first", "kim", first), second(more)]));
    let cold = || json!({ "signals": looked() });
    let called = json!({ "signals": [call("18T09:30", "no_answer")] });
    let advices = group(&[LOOKED], leads(called.clone(), cold()), NOW);
    assert!(told(&advices[1]).starts_with("phone anna 11-19"), "{}", told(&advices[1]));
    // A meeting on Friday stands for her in both leads, when the packs that answer are in force all days before it.
    let planned =
        json!({ "planned": [{ "at": november("20T14:00"), "channel": "video", "person": "anna", "rep": "kim" }] });
    let advices = group(&[LOOKED, ANSWERS], leads(planned.clone(), cold()), NOW);
    assert_eq!(advices[1].verdict, Verdict::Wait);
    assert_eq!(
        advices[1].notes.iter().map(|note| note.text.as_str()).collect::<Vec<_>>(),
        ["kim contacts anna for first, Fri 20 Nov 14:00 by video: speak with kim first"]
    );
    let on_the_day = group(&[LOOKED], leads(planned.clone(), cold()), &november("20T09:00"));
    // For the first lead on Monday, so for the second on Tuesday.
    assert!(told(&on_the_day[1]).starts_with("phone anna 11-24"), "{}", told(&on_the_day[1]));
    let asks = json!({ "signals": [signal("18T09:50", "form", json!({}))] });
    let advices = group(&[LOOKED, ANSWERS], leads(planned, asks.clone()), NOW);
    assert!(told(&advices[1]).starts_with("phone anna 11-18 10:00"), "{}", told(&advices[1]));
    let advices = group(&[LOOKED, ANSWERS], leads(called, asks), NOW);
    assert!(told(&advices[1]).starts_with("phone anna 11-18 10:00"), "{}", told(&advices[1]));
}

#[test]
fn whatever_was_sent_to_somebody_is_given_a_working_day_before_anything_else_is() {
    let all: String = ["email", "phone", "social", "chat", "video", "visit", "content"]
        .map(|channel| format!("rule \"{channel}\" when true then {channel}.only_to(\"anna\");\n"))
        .concat();
    let advice = |sent: &Value, now: &str| ask(&[ANSWERS, &all], two_people(json!([sent])), &november(now));
    let to_her = |kind: &str, channel: &str, outcome: Value| {
        let mut sent = json!({ "channel": channel, "direction": "outbound" });
        sent["outcome"] = outcome;
        signal("20T10:00", kind, sent)
    };
    let sent = [
        to_her("email", "email", json!(null)),
        to_her("message", "social", json!(null)),
        to_her("message", "chat", json!(null)),
        to_her("call", "phone", json!("no_answer")),
        to_her("call", "phone", json!("voicemail")),
        to_her("call", "phone", json!("busy")),
    ];
    // A Friday; a working day later is Monday at the same time.
    for sent in &sent {
        let waits = advice(sent, "20T10:15");
        assert_eq!((waits.verdict, review(&waits)), (Verdict::Wait, Some(at(&november("23T10:00")))), "{sent}");
        assert_eq!(
            waits.reason, "Heard from us 15 minutes ago: time to answer before we come with something else",
            "{sent}"
        );
        let held: Vec<_> = waits.blocks.iter().filter(|block| block.policy == "wait").collect();
        assert!(!held.is_empty() && held.iter().all(|block| block.lifts_at == review(&waits)), "{sent}");
        assert_eq!(advice(sent, "23T09:59").verdict, Verdict::Wait, "{sent}");
        assert_eq!(advice(sent, "23T10:00").verdict, Verdict::Touch, "{sent}");
    }
    // What never reached her is not waited for.
    for outcome in ["failed", "wrong_number", "number_dead"] {
        assert_eq!(advice(&to_her("call", "phone", json!(outcome)), "20T10:15").verdict, Verdict::Touch, "{outcome}");
    }
    let returned = json!([to_her("email", "email", json!(null)), signal("20T10:01", "bounce", json!({}))]);
    assert_eq!(ask(&[ANSWERS, &all], two_people(returned), &november("20T10:15")).verdict, Verdict::Touch);
    // What she asks meanwhile is answered, a promise is kept, a complaint is talked about, and Bob did not hear from us.
    let and = |more: Value| json!([to_her("email", "email", json!(null)), more]);
    let asks = ask(
        &[ANSWERS, &all],
        two_people(and(signal("20T10:10", "reply", json!({ "channel": "email" })))),
        &november("20T10:15"),
    );
    assert!(told(&asks).starts_with("email anna 11-20 10:15"), "{}", told(&asks));
    let mut promised = two_people(json!([to_her("email", "email", json!(null))]));
    promised["planned"] = json!([{ "at": november("20T10:15"), "channel": "phone", "person": "anna" }]);
    assert!(told(&ask(&[ANSWERS, &all], promised, &november("20T10:15"))).starts_with("phone anna 11-20 10:15"));
    let bob = ask(&[ANSWERS, MAIL], two_people(json!([sent[0]])), &november("20T10:15"));
    assert!(told(&bob).starts_with("email bob"), "{}", told(&bob));
}

#[test]
fn what_was_sent_in_one_lead_is_waited_for_in_the_others_of_the_human() {
    let mailed = of_anna("first", "kim", json!({ "signals": [touch(&november("18T09:45"), "email", json!({}))] }));
    let advices = group(&[ANSWERS, MAIL], json!({ "leads": [mailed, of_anna("second", "lea", json!({}))] }), NOW);
    for advice in &advices {
        assert_eq!(advice.rule.as_ref().unwrap().name, "Just heard from us: give them time to answer");
    }
}

#[test]
fn a_wait_hides_no_question_that_nobody_can_answer() {
    let asked = json!([
        touch(&november("18T09:30"), "email", json!({ "person": "bob" })),
        signal("18T09:00", "form", json!({}))
    ]);
    let mut one = two_people(asked);
    one["people"][0]["channels"] = json!([]);
    let advice = ask(&[ANSWERS, MAIL], one, NOW);
    assert_eq!(advice.verdict, Verdict::Hold);
    assert!(advice.reason.contains("of anna is known"), "{}", advice.reason);
}
