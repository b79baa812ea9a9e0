//! Who asks is answered: to whom, over which channel, until when they wait, and in which lead.

use cadans_testing::scenario::{NOW, anna, ask, at, book, lead, person, rulebook, told, touch};
use serde_json::{Value, json};

use cadans::book::vocabulary::SignalKind;
use cadans::decide::advice::{Advice, Verdict};
use cadans::decide::decide;
use cadans::wording::Language;

const ANSWERS: &str = include_str!("../../rules/answers.rhai");

const ANSWER: &str = r#"rule "Asked" when person.waiting then answer.within(4.hours);"#;

/// Something that Anna did at this moment.
fn asked(at: &str, kind: &str, more: Value) -> Value {
    let mut signal = json!({ "at": at, "kind": kind, "person": "anna" });
    for (field, value) in more.as_object().unwrap() {
        signal[field] = value.clone();
    }
    signal
}

fn form(at: &str) -> Value {
    asked(at, "form", json!({ "topic": "contact" }))
}

/// The channel of the answer to Anna, with these fields on top of the lead.
fn channel(more: Value) -> String {
    told(&ask(&[ANSWER], lead(more), NOW)).split(' ').next().unwrap().to_owned()
}

fn group(packs: &[&str], leads: Value) -> Vec<Advice> {
    decide(&rulebook(packs), &book(leads), at(NOW), Language::English)
}

fn notes(advice: &Advice, code: &str) -> Vec<String> {
    advice.notes.iter().filter(|note| note.code == code).map(|note| note.text.clone()).collect()
}

#[test]
fn an_answer_goes_over_the_channel_of_the_question() {
    let nine = "2026-11-18T09:00:00+01:00";
    let of = |signal: Value| channel(json!({ "signals": [signal] }));
    assert_eq!(of(form(nine)), "phone");
    assert_eq!(of(asked(nine, "call", json!({ "outcome": "voicemail" }))), "phone");
    assert_eq!(of(asked(nine, "chat", json!({}))), "chat");
    assert_eq!(of(asked(nine, "message", json!({}))), "social");
    assert_eq!(of(asked(nine, "reply", json!({}))), "email");
    assert_eq!(of(asked(nine, "reply", json!({ "channel": "social" }))), "social");
    assert_eq!(of(asked(nine, "email", json!({ "channel": "email" }))), "email");
    // A call that was taken asks nothing, and neither does a visit.
    assert_eq!(of(asked(nine, "call", json!({ "outcome": "answered" }))), "wait");
    assert_eq!(of(asked(nine, "visit", json!({}))), "wait");
}

#[test]
fn the_channel_is_kept_until_the_end_of_the_next_working_morning() {
    let hours = r#"reachable phone "Mo-Fr 09:00-17:00; PH off";"#;
    let late = |day: &str| ask(&[ANSWER, hours], lead(json!({ "signals": [form(day)] })), day);
    // Wednesday at midnight, and Friday: the next working morning is that of Monday.
    assert!(told(&late("2026-11-18T23:59:00+01:00")).starts_with("phone anna 11-19 09:00"));
    assert!(told(&late("2026-11-20T23:59:00+01:00")).starts_with("phone anna 11-23 09:00"));
    // In the Netherlands the Christmas of 2026 is on Friday and Saturday.
    assert!(told(&late("2026-12-24T18:00:00+01:00")).starts_with("phone anna 12-28 09:00"));
    let afternoons = r#"reachable phone "Mo-Fr 14:00-17:00";"#;
    let advice = ask(&[ANSWER, afternoons], lead(json!({ "signals": [form(NOW)] })), NOW);
    assert!(told(&advice).starts_with("phone anna 11-18 14:00"), "today is sooner than tomorrow noon");
    let fridays = r#"reachable phone "Fr 09:00-17:00";"#;
    let advice = ask(&[ANSWER, fridays], lead(json!({ "signals": [form(NOW)] })), NOW);
    assert!(told(&advice).starts_with("email anna"), "{}", told(&advice));
    assert_eq!(notes(&advice, "other-channel").len(), 1);
}

#[test]
fn what_was_tried_in_vain_gives_way_and_what_came_back_comes_last() {
    let at = |minute: u32| format!("2026-11-18T09:{minute:02}:00+01:00");
    let call = |minute, outcome: &str| touch(&at(minute), "phone", json!({ "outcome": outcome }));
    let mail = |minute| touch(&at(minute), "email", json!({}));
    let bounce = |minute| asked(&at(minute), "bounce", json!({ "channel": "email" }));
    let of = |signals: Value| channel(json!({ "signals": signals }));
    assert_eq!(of(json!([form(&at(0)), call(4, "no_answer")])), "email");
    assert_eq!(of(json!([form(&at(0)), mail(4), bounce(5)])), "phone");
    assert_eq!(of(json!([form(&at(0)), call(4, "busy"), mail(6), bounce(7)])), "social");
    // They rang again, so they are at the phone.
    let again = asked(&at(8), "call", json!({ "outcome": "no_answer" }));
    assert_eq!(of(json!([form(&at(0)), call(4, "no_answer"), again])), "phone");
    let tried = ask(&[ANSWER], lead(json!({ "signals": [form(&at(0)), call(4, "no_answer")] })), NOW);
    let answers = tried.touch.unwrap().answers.unwrap();
    assert_eq!(
        (answers.kind, answers.tried, answers.since),
        (SignalKind::Form, 1, cadans_testing::scenario::at(&at(0)))
    );
}

#[test]
fn a_touch_to_a_colleague_is_no_answer_and_two_who_ask_are_two() {
    let bob = person("bob", "buyer", json!({ "influence": 0.9 }));
    let mut to_bob = touch("2026-11-18T09:30:00+01:00", "email", json!({}));
    to_bob["person"] = "bob".into();
    let people = json!([anna(json!({})), bob]);
    let signals = json!([asked("2026-11-16T10:00:00+01:00", "reply", json!({})), to_bob]);
    let advice = ask(&[ANSWER], lead(json!({ "people": people, "signals": signals })), NOW);
    assert!(told(&advice).starts_with("email anna"), "{}", told(&advice));
    let mut of_bob = form("2026-11-18T09:40:00+01:00");
    of_bob["person"] = "bob".into();
    let signals = json!([asked("2026-11-16T10:00:00+01:00", "reply", json!({})), of_bob]);
    let both = ask(&[ANSWER], lead(json!({ "people": people, "signals": signals })), NOW);
    assert_eq!(both.runners_up.len(), 1, "the other question");
    assert_ne!(both.touch.unwrap().person.unwrap().id, both.runners_up[0].person.clone().unwrap());
}

#[test]
fn customers_and_lost_leads_that_ask_are_answered() {
    for stage in ["customer", "lost"] {
        let closed = lead(json!({ "stage": stage, "signals": [form("2026-11-18T09:58:00+01:00")] }));
        assert!(told(&ask(&[ANSWER], closed, NOW)).starts_with("phone anna"), "{stage}");
    }
}

#[test]
fn a_question_after_a_refusal_is_answered_and_no_request_on_record_is_lifted() {
    let stops = asked("2026-11-01T09:00:00+01:00", "unsubscribe", json!({}));
    let reply = |day: &str| asked(&format!("2026-{day}T09:00:00+01:00"), "reply", json!({ "channel": "email" }));
    let of = |people: Value, signals: Value| channel(json!({ "people": people, "signals": signals }));
    let by_mail = |more: Value| {
        let mut anna = anna(json!({ "channels": ["email"] }));
        for (field, value) in more.as_object().unwrap() {
            anna[field] = value.clone();
        }
        json!([anna])
    };
    assert_eq!(of(by_mail(json!({})), json!([stops, reply("11-17")])), "email");
    assert_eq!(of(by_mail(json!({})), json!([reply("10-31"), stops])), "hold", "it came before the refusal");
    assert_eq!(of(by_mail(json!({ "do_not_email": true })), json!([reply("11-17")])), "hold");
    assert_eq!(of(by_mail(json!({ "objected": true })), json!([reply("11-17")])), "hold");
    let mail = ask(&[r#"rule "Mail" when true then email;"#], lead(json!({ "signals": [stops, reply("11-17")] })), NOW);
    assert_eq!(mail.verdict, Verdict::Hold, "only the answer is excused");
}

#[test]
fn one_question_in_two_leads_is_answered_in_the_oldest() {
    let of = |id: &str, owner: &str, created: &str, signals: Value| {
        lead(
            json!({ "id": id, "account": { "id": "acme" }, "owner": owner, "created_at": created, "signals": signals }),
        )
    };
    let reps = json!([
        { "id": "kim", "zone": "Europe/Amsterdam", "country": "NL" },
        { "id": "lea", "zone": "Europe/Amsterdam", "country": "NL" }
    ]);
    let (early, late) = ("2026-10-01T09:00:00+01:00", "2026-11-01T09:00:00+01:00");
    let (nine, after) = (form("2026-11-18T09:58:00+01:00"), form("2026-11-18T09:58:01+01:00"));
    let leads = json!([of("new", "kim", late, json!([nine])), of("old", "lea", early, json!([after]))]);
    let advices = group(&[ANSWER], json!({ "leads": leads, "reps": reps }));
    assert!(told(&advices[1]).starts_with("phone anna"), "{}", told(&advices[1]));
    assert_eq!((advices[0].verdict, advices[0].touch.is_none()), (Verdict::Wait, true));
    assert_eq!(advices[0].reason, "lea answers what anna asked, in old");
    // It is answered where it was asked, also when they stand in an older lead.
    let leads = json!([of("new", "kim", late, json!([nine])), of("old", "lea", early, json!([]))]);
    let advices = group(&[ANSWER], json!({ "leads": leads, "reps": reps }));
    assert!(told(&advices[0]).starts_with("phone anna"));
    assert_eq!(notes(&advices[1], "answered-elsewhere"), ["kim answers what anna asked, in new"]);
    // Kim spoke with her, so nobody waits in either lead.
    let spoke = touch("2026-11-18T09:59:00+01:00", "phone", json!({ "outcome": "answered" }));
    let leads = json!([of("new", "kim", late, json!([nine, spoke])), of("old", "lea", early, json!([after]))]);
    let advices = group(&[ANSWER], json!({ "leads": leads, "reps": reps }));
    assert!(advices.iter().all(|advice| advice.verdict == Verdict::Wait && advice.notes.is_empty()));
}

#[test]
fn steps_of_a_cadence_wait_until_whoever_asked_was_reached() {
    let series = r#"cadence "Series" when true steps [email];"#;
    let tried = touch("2026-11-18T09:34:00+01:00", "phone", json!({ "outcome": "no_answer" }));
    let signals = json!([form("2026-11-18T09:30:00+01:00"), tried]);
    assert_eq!(told(&ask(&[series], lead(json!({ "signals": signals })), NOW)), "hold");
}

#[test]
fn what_is_asked_of_a_role_is_not_said_to_whom_it_is_about() {
    let rule =
        r#"rule "Moved" when person.bounces(30.days) >= 1 then phone.to("gatekeeper").ask("Who looks after this?");"#;
    let bounce = asked("2026-11-17T09:00:00+01:00", "bounce", json!({ "channel": "email" }));
    let of = |people: Value| told(&ask(&[rule], lead(json!({ "people": people, "signals": [bounce] })), NOW));
    assert_eq!(of(json!([anna(json!({}))])), "find gatekeeper");
    assert_eq!(of(json!([anna(json!({})), person("bob", "buyer", json!({}))])), "find gatekeeper");
    assert!(of(json!([anna(json!({})), person("gus", "gatekeeper", json!({}))])).starts_with("phone gus"));
}

#[test]
fn what_happened_this_very_moment_happened_just_now() {
    let dutch = include_str!("../../rules/answers.nl.rhai");
    let reason = |pack: &str, now: &str| {
        let asked = json!([{ "at": "2026-11-18T10:00:00+01:00", "kind": "form", "person": "anna" }]);
        ask(&[pack], lead(json!({ "signals": asked })), now).reason
    };
    let asked = "2026-11-18T10:00:00+01:00";
    assert_eq!(reason(ANSWERS, asked), "Asked for contact just now and still waits");
    assert!(reason(dutch, asked).contains("zojuist"), "{}", reason(dutch, asked));
    let later = "2026-11-18T10:00:10+01:00";
    assert_eq!(reason(ANSWERS, later), "Asked for contact 10 seconds ago and still waits");
    assert!(reason(dutch, later).contains("10 seconden geleden"), "{}", reason(dutch, later));
}

#[test]
fn a_rule_that_says_wait_does_not_hide_what_somebody_is_owed_on_their_return() {
    let rules = [
        r#"rule "Answer" when person.waiting then answer.within(1.hour);"#,
        r#"rule "Rest" when person.since("conversation") < 3.days then wait;"#,
    ];
    let asked = lead(json!({
        "people": [anna(json!({ "channels": ["phone"], "absences": [
            { "from": "2026-11-18T00:00:00+01:00", "until": "2026-11-20T00:00:00+01:00" },
        ] }))],
        "signals": [
            touch("2026-11-17T16:00:00+01:00", "phone", json!({ "outcome": "answered" })),
            { "at": "2026-11-18T09:45:00+01:00", "kind": "form", "person": "anna" },
        ],
    }));
    let advice = ask(&rules, asked, "2026-11-18T10:00:00+01:00");
    assert!(told(&advice).starts_with("phone anna 11-20 "), "{}", told(&advice));
}
