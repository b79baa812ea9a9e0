//! Planned touches: advised when their moment has come, until they are made, and nothing cold before them on that day.

use cadans_testing::scenario::{anna, ask, at, blocks, book, lead, person, rulebook, told, touch};
use serde_json::{Value, json};

use cadans::calendar::Duration;
use cadans::decide::advice::{Advice, Verdict};
use cadans::decide::{decide, queue};
use cadans::wording::Language;

const RULES: [&str; 2] = [
    r#"rule "Guide" when lead.visits() >= 1 then email.within(1.hour).weight(90);"#,
    r#"reachable any "Mo-Fr 09:00-12:30,13:30-17:30; PH off";"#,
];

/// Anna looked around on Monday, was spoken to on Tuesday, and is to be called on Thursday at three.
fn promised(more: Value) -> Value {
    let mut asked = lead(json!({
        "created_at": "2026-11-02T09:00:00+01:00",
        "people": [anna(json!({})), person("bob", "user", json!({}))],
        "signals": [
            { "at": "2026-11-16T10:00:00+01:00", "kind": "visit", "person": "anna" },
            touch("2026-11-17T10:00:00+01:00", "phone", json!({ "outcome": "answered" })),
        ],
        "planned": [{ "at": "2026-11-19T15:00:00+01:00", "channel": "phone", "person": "anna" }],
    }));
    for (field, value) in more.as_object().unwrap() {
        asked[field.as_str()] = value.clone();
    }
    asked
}

fn at_time(asked: &Value, now: &str) -> Advice {
    ask(&RULES, asked.clone(), &format!("2026-11-{now}:00+01:00"))
}

#[test]
fn what_was_promised_for_a_moment_is_due_then_and_late_after_it() {
    let asked = promised(json!({}));
    let on_time = at_time(&asked, "19T15:00");
    assert_eq!(told(&on_time), "phone anna 11-19 15:00..11-19 15:05");
    let touch = on_time.touch.as_ref().unwrap();
    assert_eq!((touch.due, touch.promised), (Some(at("2026-11-19T15:00:00+01:00")), touch.due));
    assert_eq!(on_time.reason, "Was promised to them by phone for Thu 19 Nov 15:00");
    assert!(on_time.rule.is_none() && !touch.late);
    assert_eq!(on_time.review_at, Some(at("2026-11-19T15:05:00+01:00")));
    let late = at_time(&asked, "19T15:20");
    assert_eq!(told(&late), "phone anna 11-19 15:20..11-19 17:30 late");
    assert_eq!(late.touch.unwrap().late_by, Some(Duration::from_millis(20 * 60_000)));
    // The next day its outcome is asked for, and after two weeks nobody expects it any more.
    let friday = at_time(&asked, "20T15:00");
    assert_eq!(told(&friday), "phone anna 11-20 15:00..11-20 17:30 late");
    assert!(friday.reason.ends_with("and nothing is logged: log how it went, or make up for it"), "{}", friday.reason);
    let december = ask(&RULES, asked, "2026-12-03T15:00:00+01:00");
    assert_eq!(december.rule.unwrap().name, "Guide");
}

#[test]
fn a_promise_that_cannot_be_kept_any_more_is_held_and_told_and_nothing_cold_takes_its_place() {
    let dead = touch("2026-11-18T09:00:00+01:00", "phone", json!({ "outcome": "number_dead" }));
    let refused = json!({ "people": [anna(json!({ "do_not_call": true }))] });
    let mut number = promised(json!({ "people": [anna(json!({}))] }));
    number["signals"].as_array_mut().unwrap().push(dead);
    for (asked, why) in [(promised(refused), "do-not-call"), (number, "channel-fails")] {
        for now in ["19T15:01", "20T10:00"] {
            let advice = at_time(&asked, now);
            assert_eq!(advice.verdict, Verdict::Hold, "{now} {why}");
            assert!(blocks(&advice)[0].contains(why), "{now}: {:?}", blocks(&advice));
            let told: Vec<&str> = advice.notes.iter().map(|note| note.code).collect();
            assert!(told.contains(&"planned-not-permitted"), "{now}: {told:?}");
        }
        // A conversation makes up for it, and the day after it what is cold may go on.
        let mut spoken = asked;
        let talk = json!({ "at": "2026-11-19T15:30:00+01:00", "kind": "call", "outcome": "answered", "person": "anna", "direction": "inbound" });
        spoken["signals"].as_array_mut().unwrap().push(talk);
        let advice = at_time(&spoken, "24T10:00");
        assert_eq!(advice.verdict, Verdict::Touch, "{why}: {:?}", advice.reason);
    }
}

#[test]
fn nothing_cold_is_for_the_day_of_a_promise_before_it() {
    let asked = promised(json!({}));
    // Whoever it was promised to is left in peace; Bob is not.
    assert_eq!(told(&at_time(&asked, "19T14:55")), "email bob 11-19 14:55..11-19 17:30 late");
    let alone = promised(json!({ "people": [anna(json!({}))] }));
    let before = at_time(&alone, "19T14:55");
    assert_eq!(told(&before), "email anna 11-20 09:00..11-20 12:30 late");
    assert!(
        before.touch.unwrap().window.unwrap().why.contains("anna was promised something else for Thu 19 Nov 15:00")
    );
    assert_eq!(before.review_at, Some(at("2026-11-19T15:00:00+01:00")));
    // The day before is no such day, and who asks is answered.
    assert_eq!(told(&at_time(&alone, "18T14:55")), "email anna 11-18 14:55..11-18 17:30 late");
    let answers = r#"rule "Answer" when person.waiting then answer.within(1.hour);"#;
    let mut asks = alone;
    asks["signals"]
        .as_array_mut()
        .unwrap()
        .push(json!({ "at": "2026-11-19T14:50:00+01:00", "kind": "reply", "channel": "email", "person": "anna" }));
    assert_eq!(told(&ask(&[answers], asks, "2026-11-19T14:55:00+01:00")), "email anna 11-19 14:55..11-19 15:50");
}

#[test]
fn a_call_or_a_conversation_ends_what_was_promised_and_so_does_taking_it_out() {
    let after = |signal: Value| {
        let mut asked = promised(json!({}));
        asked["signals"].as_array_mut().unwrap().push(signal);
        at_time(&asked, "19T15:30").rule.map(|rule| rule.name)
    };
    let guide = Some("Guide".to_owned());
    let call = |at: &str, outcome: &str| touch(at, "phone", json!({ "outcome": outcome }));
    assert_eq!(after(call("2026-11-19T14:58:00+01:00", "answered")), guide);
    assert_eq!(after(call("2026-11-19T15:02:00+01:00", "no_answer")), guide, "it was tried as promised");
    assert_eq!(after(json!({ "at": "2026-11-19T15:10:00+01:00", "kind": "meeting", "person": "anna" })), guide);
    // What came long before it, went over another channel or to somebody else does not.
    assert_eq!(after(call("2026-11-19T10:00:00+01:00", "answered")), None);
    assert_eq!(after(touch("2026-11-19T15:02:00+01:00", "email", json!({}))), None);
    assert_eq!(after(touch("2026-11-19T15:02:00+01:00", "phone", json!({ "person": "bob" }))), None);
    assert_eq!(at_time(&promised(json!({ "planned": [] })), "19T15:30").rule.map(|rule| rule.name), guide);
}

#[test]
fn what_was_promised_is_held_to_law_and_hours_and_does_not_count_against_itself() {
    let noon = json!([{ "at": "2026-11-19T12:45:00+01:00", "channel": "phone", "person": "anna" }]);
    let lunch = at_time(&promised(json!({ "planned": noon })), "19T12:45");
    assert_eq!(told(&lunch), "phone anna 11-19 13:30..11-19 17:30 late");
    assert!(lunch.touch.unwrap().window.unwrap().why.contains("not sooner"));
    let no_calls = promised(json!({ "people": [anna(json!({ "do_not_call": true }))] }));
    let stopped = ask(&RULES[1..], no_calls, "2026-11-19T15:00:00+01:00");
    assert_eq!((stopped.verdict, blocks(&stopped)), (Verdict::Hold, vec!["eligible do-not-call anna".to_owned()]));
    let capped = ["limit phone 2 per 7.days;"];
    assert_eq!(
        told(&ask(&capped, promised(json!({})), "2026-11-19T15:00:00+01:00")),
        "phone anna 11-19 15:00..11-19 15:05"
    );
    // They expect it: only law keeps to its cap, ours are for what nobody agreed on.
    let ours = ["limit phone 1 per 7.days; pause phone 7.days when true;"];
    assert_eq!(
        told(&ask(&ours, promised(json!({})), "2026-11-19T15:00:00+01:00")),
        "phone anna 11-19 15:00..11-19 15:05"
    );
    let manners = [r#"never phone when lead.visits("pricing") is 0 because "Nobody is called cold";"#];
    assert_eq!(
        told(&ask(&manners, promised(json!({})), "2026-11-19T15:00:00+01:00")),
        "phone anna 11-19 15:00..11-19 15:05"
    );
    let forbidden = ["pack \"Law\" #{ hard: true };\nnever phone when lead.open because \"Not here\";"];
    let stopped = ask(&forbidden, promised(json!({})), "2026-11-19T15:00:00+01:00");
    assert_eq!((stopped.verdict, blocks(&stopped)), (Verdict::Hold, vec!["eligible never anna".to_owned()]));
    let law = ["pack \"Law\" #{ hard: true };\nlimit phone 1 per 7.days;"];
    assert_eq!(
        told(&ask(&law, promised(json!({})), "2026-11-19T15:00:00+01:00")),
        "phone anna 11-24 10:00..11-25 00:00 late"
    );
}

#[test]
fn what_was_promised_is_at_the_top_of_the_queue_and_made_by_who_promised_it() {
    let mut asked = promised(json!({ "id": "promised", "account": { "id": "a" }, "owner": "kim", "value": 0 }));
    asked["planned"][0]["rep"] = json!("lea");
    let other = promised(json!({ "id": "cold", "account": { "id": "b" }, "planned": [], "value": 9e9 }));
    let reps = json!([{ "id": "kim", "zone": "Europe/Amsterdam" }, { "id": "lea", "zone": "Europe/Amsterdam" }]);
    let book = book(json!({ "leads": [other, asked], "reps": reps }));
    let advices = decide(&rulebook(&RULES), &book, at("2026-11-19T15:02:00+01:00"), Language::English);
    let order: Vec<&str> = queue(&advices).into_iter().map(|place| advices[place].lead.as_str()).collect();
    assert_eq!(order, ["promised", "cold"]);
    assert_eq!(advices[1].touch.as_ref().unwrap().rep.as_ref().unwrap().id, "lea");
}

/// The text of a note; empty when it is not there.
fn note<'a>(advice: &'a Advice, code: &str) -> &'a str {
    advice.notes.iter().find(|note| note.code == code).map_or("", |note| &note.text)
}

#[test]
fn an_appointment_that_hours_forbid_is_told_before_its_moment() {
    const NOTE: &str = "planned-outside-hours";
    let evening = json!([{ "at": "2026-11-19T20:00:00+01:00", "channel": "phone", "person": "anna" }]);
    let asked = promised(json!({ "planned": evening }));
    assert_eq!(
        note(&at_time(&asked, "18T10:00"), NOTE),
        "The phone appointment of Thu 19 Nov 20:00 cannot be kept at that hour: no calls outside Mo-Fr 09:00-12:30, 13:30-17:30, not on public holidays. Agree on another moment"
    );
    let of_her = promised(json!({ "people": [anna(json!({ "reachable": "Mo-Fr 09:00-12:00" }))] }));
    assert_eq!(
        note(&at_time(&of_her, "18T10:00"), NOTE),
        "The phone appointment of Thu 19 Nov 15:00 cannot be kept at that hour: anna can be reached Mo-Fr 09:00-12:00. Agree on another moment"
    );
    let of_the_rep = |hours: &str| {
        let rep = json!({ "id": "kim", "zone": "Europe/Amsterdam", "country": "NL", "hours": hours });
        let file = json!({ "leads": [promised(json!({ "owner": "kim" }))], "reps": [rep] });
        decide(&rulebook(&RULES), &book(file), at("2026-11-18T10:00:00+01:00"), Language::English).remove(0)
    };
    assert!(note(&of_the_rep("Mo-Fr 09:00-14:00"), NOTE).contains("kim is not at work then"));
    // A day on which the rep does not work at all is told as such, and once.
    let free = of_the_rep("Mo-We 09:00-17:00");
    assert_eq!((note(&free, NOTE), note(&free, "planned-rep-away").is_empty()), ("", false));
    assert_eq!(note(&of_the_rep("Mo-Fr 09:00-17:00"), NOTE), "");
    assert_eq!(note(&at_time(&promised(json!({})), "18T10:00"), NOTE), "");
    assert_eq!(note(&at_time(&asked, "19T20:00"), NOTE), "", "its moment has come");
}

#[test]
fn an_appointment_that_may_not_be_kept_is_told_before_its_moment() {
    const NOTE: &str = "planned-not-permitted";
    let told_of = |more: Value, packs: &[&str]| {
        let asked = promised(json!({ "people": [anna(more)] }));
        note(&ask(packs, asked, "2026-11-18T10:00:00+01:00"), NOTE).to_owned()
    };
    let refused = told_of(json!({ "do_not_call": true }), &RULES);
    assert_eq!(
        refused,
        "The phone appointment of Thu 19 Nov 15:00 may not be kept: anna asked not to be called. Agree on something else, or call it off"
    );
    let law = r#"pack "Law" #{ hard: true }; never phone when true because "The law forbids it";"#;
    assert!(told_of(json!({}), &[law]).contains("may not be kept: The law forbids it."));
    assert!(told_of(json!({ "channels": ["email"] }), &RULES).contains("No phone number of anna is known"));
    assert_eq!(told_of(json!({}), &RULES), "");
    // A cap does not hold for what was promised.
    assert_eq!(told_of(json!({}), &["limit phone 1 per 7.days;"]), "");
}
