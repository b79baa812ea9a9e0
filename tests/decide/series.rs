//! Series that follow life: steps that cannot be made, conversations, somebody new, a lead that comes back.

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde_json::{Value, json};

use cadans::book::vocabulary::Channel;
use cadans::decide::advice::Advice;
use cadans::decide::decide;
use cadans::wording::Language;
use cadans_testing::scenario::{NOW, anna, ask, at, blocks, book, lead, person, rulebook, told, touch};

const SERIES: &str = r#"cadence "Warm" when lead.stage is "interest"
    steps [email, phone.after(2.days), social.after(4.days), email.after(7.days)];"#;

/// Of the series [`SERIES`]: the step with this number, made at ten on a day of November 2026.
fn step(day: u32, channel: &str, number: u32, who: &str) -> Value {
    let at = format!("2026-11-{day:02}T10:00:00+01:00");
    touch(&at, channel, json!({ "cadence": "Warm", "step": number, "person": who }))
}

/// A signal at ten on a day of November 2026.
fn signal(day: u32, kind: &str, more: Value) -> Value {
    let mut signal = json!({ "at": format!("2026-11-{day:02}T10:00:00+01:00"), "kind": kind, "person": "anna" });
    for (field, value) in more.as_object().unwrap() {
        signal[field] = value.clone();
    }
    signal
}

fn warm(people: Value, signals: Value) -> Value {
    lead(json!({ "stage": "interest", "people": people, "signals": signals }))
}

/// The advised step: its number, channel, person and day.
fn advised(advice: &Advice) -> String {
    let Some(touch) = &advice.touch else { return told(advice) };
    format!(
        "{} {}",
        touch.step.map_or("-".to_owned(), |step| step.to_string()),
        told(advice).split("..").next().unwrap()
    )
}

fn notes(advice: &Advice) -> Vec<&str> {
    advice.notes.iter().map(|note| note.code).collect()
}

fn text<'a>(advice: &'a Advice, code: &str) -> &'a str {
    &advice.notes.iter().find(|note| note.code == code).unwrap().text
}

#[test]
fn a_step_over_a_channel_that_is_not_there_is_passed_over_with_the_reason() {
    let people = json!([anna(json!({ "channels": ["email", "social"] }))]);
    let advice = ask(&[SERIES], warm(people, json!([step(16, "email", 1, "anna")])), NOW);
    // The message is due when it would have been due anyway: four days after the start.
    assert_eq!(advised(&advice), "3 social anna 11-20 10:00");
    assert_eq!(
        text(&advice, "step-passed-over"),
        "\"Warm\": what cannot be done is passed over: step 2 (phone: No phone number of anna is known)"
    );
    // The call cannot be made, so nothing has to be looked at before the message is due.
    assert_eq!(advice.review_at, Some(at("2026-11-20T10:00:00+01:00")));
}

#[test]
fn so_is_a_step_that_they_the_law_or_a_policy_refuse() {
    let refused = |person: Value, signals: Value, packs: &[&str]| {
        let mut all = vec![step(16, "email", 1, "anna")];
        all.extend(signals.as_array().unwrap().clone());
        advised(&ask(packs, warm(json!([anna(person)]), json!(all)), NOW))
    };
    let message = "3 social anna 11-20 10:00";
    assert_eq!(refused(json!({ "do_not_call": true }), json!([]), &[SERIES]), message);
    assert_eq!(
        refused(json!({}), json!([signal(17, "unsubscribe", json!({ "channel": "phone" }))]), &[SERIES]),
        message
    );
    let law = "pack \"Law\" #{ hard: true };\nnever phone when not person.consent(\"phone\");";
    assert_eq!(refused(json!({}), json!([]), &[SERIES, law]), message);
    assert_eq!(refused(json!({}), json!([]), &[SERIES, "never phone;"]), message);
    let skill = SERIES.replace("phone.after(2.days)", "phone.after(2.days).rep(\"law\")");
    let mut lead = warm(json!([anna(json!({}))]), json!([step(16, "email", 1, "anna")]));
    lead["id"] = json!("L1");
    let reps = json!({ "leads": [lead], "reps": [{ "id": "kim", "zone": "Europe/Amsterdam" }] });
    let rulebook = cadans_testing::scenario::rulebook(&[&skill]);
    let advices = cadans::decide::decide(
        &rulebook,
        &cadans_testing::scenario::book(reps),
        at(NOW),
        cadans::wording::Language::English,
    );
    assert_eq!(advised(&advices[0]), message);
}

#[test]
fn when_a_step_that_is_passed_over_is_permitted_again_is_a_review() {
    let law = "pack \"Law\" #{ hard: true };\nnever phone when not person.consent(\"phone\");";
    let consent = json!([{ "basis": "opt_in", "channel": "phone", "given_at": "2026-11-18T15:00:00+01:00" }]);
    let consented = || {
        warm(
            json!([anna(json!({ "consents": consent }))]),
            json!([step(10, "email", 1, "anna"), step(16, "social", 3, "anna")]),
        )
    };
    let series = SERIES.replace("email.after(7.days)", "phone.after(7.days), email.after(9.days)");
    let advice = ask(&[&series, law], consented(), NOW);
    assert_eq!(
        (advised(&advice).as_str(), advice.review_at),
        ("5 email anna 11-21 10:00", Some(at("2026-11-18T15:00:00+01:00")))
    );
    assert_eq!(advised(&ask(&[&series, law], consented(), "2026-11-18T15:00:00+01:00")), "4 phone anna 11-19 10:00");
}

#[test]
fn a_step_that_only_may_not_be_made_yet_is_waited_for() {
    let began = || warm(json!([anna(json!({}))]), json!([step(16, "email", 1, "anna")]));
    let hours = "reachable phone \"Fr 09:00-17:00\";";
    assert_eq!(advised(&ask(&[SERIES, hours], began(), NOW)), "2 phone anna 11-20 09:00");
    let cap = "limit any 1 per 3.days;";
    assert_eq!(advised(&ask(&[SERIES, cap], began(), NOW)), "2 phone anna 11-19 10:00");
    let pause = "pause phone 4.days when true;";
    let called = warm(
        json!([anna(json!({}))]),
        json!([touch("2026-11-15T10:00:00+01:00", "phone", json!({})), step(16, "email", 1, "anna")]),
    );
    assert_eq!(advised(&ask(&[SERIES, pause], called, NOW)), "2 phone anna 11-19 10:00");
    // Hours in which it is never possible hold it too: they are policy, and policy changes.
    let never_open = "reachable phone \"Mo-Su off\";";
    assert_eq!(blocks(&ask(&[SERIES, never_open], began(), NOW)), ["policy reachable anna"]);
}

#[test]
fn what_becomes_possible_before_the_next_step_was_made_is_made_after_all() {
    let gave_a_number = ask(&[SERIES], warm(json!([anna(json!({}))]), json!([step(10, "email", 1, "anna")])), NOW);
    assert_eq!(advised(&gave_a_number), "2 phone anna 11-18 10:00");
    let too_late = json!([step(10, "email", 1, "anna"), step(17, "social", 3, "anna")]);
    assert_eq!(advised(&ask(&[SERIES], warm(json!([anna(json!({}))]), too_late), NOW)), "4 email anna 11-20 10:00");
}

#[test]
fn a_touch_by_hand_counts_as_the_step_after_the_one_that_is_passed_over() {
    let people = json!([anna(json!({ "channels": ["email", "social"] }))]);
    let by_hand = json!([step(10, "email", 1, "anna"), touch("2026-11-17T10:00:00+01:00", "social", json!({}))]);
    assert_eq!(advised(&ask(&[SERIES], warm(people, by_hand), NOW)), "4 email anna 11-20 10:00");
}

#[test]
fn a_series_of_which_no_step_is_possible_says_so() {
    let nothing = json!([anna(json!({ "channels": ["chat"] }))]);
    let advice = ask(&[SERIES], warm(nothing.clone(), json!([])), NOW);
    assert_eq!((told(&advice), blocks(&advice)), ("hold".into(), vec!["applicable channel-unknown anna".into()]));
    assert_eq!(text(&advice, "series-impossible"), "\"Warm\": no step that is left is possible");
    let begun = ask(&[SERIES], warm(nothing, json!([step(16, "email", 1, "anna")])), NOW);
    assert_eq!((told(&begun), notes(&begun)), ("hold".into(), vec!["series-impossible"]));
    // Somebody else there can be reached.
    let both = json!([anna(json!({ "channels": ["chat"] })), person("bob", "user", json!({}))]);
    let other = ask(&[SERIES], warm(both, json!([])), NOW);
    assert_eq!((advised(&other).as_str(), notes(&other)), ("1 email bob 11-18 10:00", vec!["first-contact-notice"]));
}

#[test]
fn where_the_first_step_cannot_be_made_the_gaps_after_it_stay() {
    let people = || json!([anna(json!({ "channels": ["phone", "social"] }))]);
    assert_eq!(advised(&ask(&[SERIES], warm(people(), json!([])), NOW)), "2 phone anna 11-18 10:00");
    // Two days lie between the call and the message, not four.
    let called = ask(&[SERIES], warm(people(), json!([step(17, "phone", 2, "anna")])), NOW);
    assert_eq!(advised(&called), "3 social anna 11-19 10:00");
}

#[test]
fn a_conversation_stops_a_series_whoever_began_it_and_over_whatever_channel() {
    let ours =
        |channel: &str, outcome: &str| json!({ "direction": "outbound", "channel": channel, "outcome": outcome });
    let conversations = [
        signal(17, "call", json!({ "direction": "inbound", "channel": "phone", "outcome": "answered" })),
        signal(17, "call", json!({ "direction": "inbound" })),
        signal(17, "call", ours("phone", "answered")),
        signal(17, "call", ours("phone", "booked")),
        signal(17, "call", ours("phone", "declined")),
        signal(17, "meeting", ours("video", "held")),
        signal(17, "meeting", ours("visit", "held")),
        signal(17, "meeting", ours("video", "booked")),
        signal(17, "chat", ours("chat", "answered")),
        signal(17, "message", ours("social", "replied")),
        signal(17, "message", ours("social", "declined")),
        signal(17, "email", ours("email", "booked")),
        signal(17, "note", ours("phone", "answered")),
    ];
    for conversation in conversations {
        let signals = json!([step(16, "email", 1, "anna"), conversation]);
        let people = || json!([anna(json!({})), person("bob", "user", json!({}))]);
        let advice = ask(&[SERIES], warm(people(), signals.clone()), NOW);
        // For everybody in the lead, also for somebody who is not in it yet.
        assert_eq!(told(&advice), "hold", "{conversation}");
        let replied = conversation["outcome"] == "replied";
        let policy = if replied { "applicable replied -" } else { "applicable conversation -" };
        assert_eq!(blocks(&advice), [policy], "{conversation}");
        assert_eq!(advice.blocks[0].lifts_at, Some(at("2026-12-01T10:00:00+01:00")), "{conversation}");
        // Then somebody new may begin, and Anna's series does not go on in the middle.
        let later = ask(&[SERIES], warm(people(), signals), "2026-12-01T10:00:00+01:00");
        assert_eq!(advised(&later), "1 email bob 12-01 10:00", "{conversation}");
    }
}

#[test]
fn a_conversation_in_another_lead_of_theirs_about_the_same_stops_it_too() {
    let told_of = |talk: Value, other: Value, own: Value| {
        let of = |id: &str, more: Value, signals: Value| {
            let mut one =
                lead(json!({ "id": id, "stage": "interest", "account": { "id": "acme" }, "signals": signals }));
            for (field, value) in more.as_object().unwrap() {
                one[field] = value.clone();
            }
            one
        };
        let signals = json!([step(16, "email", 1, "anna")]);
        let leads = json!([of("second", own, signals), of("first", other, json!([talk]))]);
        decide(&rulebook(&[SERIES]), &book(json!({ "leads": leads })), at(NOW), Language::English).remove(0)
    };
    let outbound = |who: &str| {
        let ours = json!({ "direction": "outbound", "channel": "phone", "outcome": "answered", "person": who });
        signal(17, "call", ours)
    };
    let stopped = told_of(outbound("anna"), json!({}), json!({}));
    assert_eq!(blocks(&stopped), ["applicable conversation -"]);
    assert_eq!(stopped.reason, "anna was on the phone with us 1 day ago: a conversation goes before a series");
    let about = |topic: &str| json!({ "topic": topic });
    assert_eq!(told(&told_of(outbound("anna"), about("planning"), about("planning"))), "hold");
    assert_eq!(told(&told_of(outbound("anna"), about("planning"), json!({}))), "hold");
    assert_eq!(advised(&told_of(outbound("anna"), about("storage"), about("planning"))), "2 phone anna 11-18 10:00");
    // Somebody who is not of this lead, and an attempt in vain.
    let bobs = json!({ "people": [person("bob", "user", json!({}))] });
    assert_eq!(advised(&told_of(outbound("bob"), bobs, json!({}))), "2 phone anna 11-18 10:00");
    let mut in_vain = outbound("anna");
    in_vain["outcome"] = json!("voicemail");
    assert_eq!(advised(&told_of(in_vain, json!({}), json!({}))), "2 phone anna 11-18 10:00");
    // In another account the human links them, and equal ids say nothing.
    let elsewhere =
        |human: Option<&str>| json!({ "account": { "id": "other" }, "people": [anna(json!({ "human": human }))] });
    let linked = json!({ "people": [anna(json!({ "human": "h" }))] });
    assert_eq!(told(&told_of(outbound("anna"), elsewhere(Some("h")), linked)), "hold");
    assert_eq!(advised(&told_of(outbound("anna"), elsewhere(None), json!({}))), "2 phone anna 11-18 10:00");
}

#[test]
fn what_reached_nobody_and_what_is_not_known_to_have_does_not_stop_it() {
    let ours =
        |channel: &str, outcome: &str| json!({ "direction": "outbound", "channel": channel, "outcome": outcome });
    let attempts = [
        signal(17, "call", ours("phone", "no_answer")),
        signal(17, "call", ours("phone", "voicemail")),
        signal(17, "call", ours("phone", "busy")),
        signal(17, "call", json!({ "direction": "outbound", "channel": "phone" })),
        signal(17, "meeting", ours("video", "no_show")),
        signal(17, "message", ours("social", "accepted")),
        signal(17, "email", ours("email", "failed")),
        signal(17, "auto_reply", json!({ "channel": "email", "outcome": "replied" })),
        signal(17, "visit", json!({ "topic": "pricing" })),
        signal(17, "click", json!({ "channel": "email" })),
    ];
    for attempt in attempts {
        let advice =
            ask(&[SERIES], warm(json!([anna(json!({}))]), json!([step(16, "email", 1, "anna"), attempt])), NOW);
        assert!(advice.touch.is_some_and(|touch| touch.step.is_some()), "{attempt}");
    }
}

#[test]
fn the_explanation_names_the_conversation() {
    let with = |conversation: Value| {
        let signals = json!([step(16, "email", 1, "anna"), conversation]);
        ask(&[SERIES], warm(json!([anna(json!({ "name": "Anna" }))]), signals), NOW).reason
    };
    let rang = signal(17, "call", json!({ "outcome": "answered" }));
    assert_eq!(with(rang), "Anna was on the phone with us 1 day ago: a conversation goes before a series");
    let met = signal(17, "meeting", json!({ "direction": "outbound", "channel": "visit", "outcome": "held" }));
    assert_eq!(with(met), "There was a meeting with Anna 1 day ago: a conversation goes before a series");
    let no = signal(17, "call", json!({ "direction": "outbound", "channel": "phone", "outcome": "declined" }));
    assert_eq!(with(no), "Anna said no 1 day ago: a conversation goes before a series");
}

#[test]
fn an_appointment_without_a_moment_on_record_is_asked_for() {
    let booked = signal(17, "call", json!({ "direction": "outbound", "channel": "phone", "outcome": "booked" }));
    let signals = json!([step(16, "email", 1, "anna"), booked]);
    let advice = ask(&[SERIES], warm(json!([anna(json!({}))]), signals.clone()), NOW);
    assert_eq!(
        text(&advice, "booked-no-moment"),
        "anna agreed on an appointment (Tue 17 Nov 2026), and no moment of it is on record: ask for it and put it down"
    );
    let mut planned = warm(json!([anna(json!({}))]), signals.clone());
    planned["planned"] = json!([{ "at": "2026-11-25T14:00:00+01:00", "channel": "video", "person": "anna" }]);
    assert!(!notes(&ask(&[SERIES], planned, NOW)).contains(&"booked-no-moment"));
    let mut over = signals;
    over.as_array_mut().unwrap().push(signal(18, "meeting", json!({ "channel": "video", "outcome": "held" })));
    let over = ask(&[SERIES], warm(json!([anna(json!({}))]), over), "2026-11-18T12:00:00+01:00");
    assert!(!notes(&over).contains(&"booked-no-moment"));
}

#[test]
fn with_a_customer_a_series_goes_on_after_a_conversation() {
    let start = r#"cadence "Good start" when lead.stage is "customer" steps [email, phone.after(2.days), email.after(9.days)];"#;
    let called = touch(
        "2026-11-12T10:00:00+01:00",
        "phone",
        json!({ "cadence": "Good start", "step": 2, "outcome": "answered" }),
    );
    let mailed = touch("2026-11-10T10:00:00+01:00", "email", json!({ "cadence": "Good start", "step": 1 }));
    let customer = lead(json!({ "stage": "customer", "signals": [mailed, called] }));
    assert_eq!(advised(&ask(&[start], customer, NOW)), "3 email anna 11-19 10:00");
}

#[test]
fn somebody_new_begins_at_the_first_step() {
    let had_three = || {
        json!([
            step(2, "email", 1, "anna"),
            step(4, "phone", 2, "anna"),
            step(6, "social", 3, "anna"),
            signal(17, "visit", json!({ "person": "bob" })),
        ])
    };
    let people = |anna_more: Value| json!([anna(anna_more), person("bob", "decider", json!({}))]);
    let advice = ask(&[SERIES], warm(people(json!({})), had_three()), NOW);
    assert_eq!(advised(&advice), "1 email bob 11-18 10:00");
    assert_eq!(text(&advice, "series-places"), "\"Warm\": anna is at step 4 of 4 and bob is at step 1 of 4");
    // When Bob has had his, it is Anna's turn, with hers.
    let mut both = had_three();
    both.as_array_mut().unwrap().push(step(18, "email", 1, "bob"));
    assert_eq!(
        advised(&ask(&[SERIES], warm(people(json!({})), both), "2026-11-18T11:00:00+01:00")),
        "4 email anna 11-18 11:00"
    );
    // A successor, when Anna left or objected.
    let objected = ask(&[SERIES], warm(people(json!({ "objected": true })), had_three()), NOW);
    assert_eq!(advised(&objected), "1 email bob 11-18 10:00");
    // The caps of the account hold for all of them together.
    let mut yesterday = had_three();
    yesterday.as_array_mut().unwrap().push(touch("2026-11-17T10:00:00+01:00", "email", json!({})));
    let cap = "limit any 1 per 7.days across \"account\";";
    assert!(advised(&ask(&[SERIES, cap], warm(people(json!({})), yesterday), NOW)).ends_with("11-24 10:00"));
}

#[test]
fn a_series_for_the_group_counts_its_steps_for_the_lead() {
    let people = || json!([anna(json!({})), person("bob", "decider", json!({}))]);
    let signals = || json!([step(16, "email", 1, "anna"), signal(17, "visit", json!({ "person": "bob" }))]);
    let of_lead = SERIES.replace(";", " across \"lead\";");
    assert_eq!(advised(&ask(&[&of_lead], warm(people(), signals()), NOW)), "2 phone bob 11-18 10:00");
    // Steps that are for different people are for the group, without saying so.
    let round =
        r#"cadence "Warm" when lead.stage is "interest" steps [email.to("decider"), phone.to("user").after(2.days)];"#;
    let group = || json!([anna(json!({})), person("uma", "user", json!({}))]);
    assert_eq!(advised(&ask(&[round], warm(group(), json!([])), NOW)), "1 email anna 11-18 10:00");
    assert_eq!(
        advised(&ask(&[round], warm(group(), json!([step(16, "email", 1, "anna")])), NOW)),
        "2 phone uma 11-18 10:00"
    );
}

#[test]
fn a_step_for_a_role_goes_to_nobody_else_once_somebody_with_the_role_is_in_the_series() {
    let decider = r#"cadence "Warm" when lead.stage is "interest" steps [email.to("decider"), phone.to("decider").after(5.days)];"#;
    let people = json!([anna(json!({})), person("uma", "user", json!({}))]);
    let advice = ask(&[decider], warm(people, json!([step(16, "email", 1, "anna")])), NOW);
    assert_eq!(advised(&advice), "2 phone anna 11-21 10:00");
}

#[test]
fn a_step_for_a_role_goes_to_somebody_else_when_nobody_who_has_it_can_go_on() {
    let decider = r#"cadence "Warm" when lead.stage is "interest" steps [email.to("decider"), phone.to("decider").after(5.days)];"#;
    for gone in [json!({ "objected": true }), json!({ "left_at": "2026-11-17T09:00:00+01:00" })] {
        let people = json!([anna(gone.clone()), person("uma", "user", json!({}))]);
        let advice = ask(&[decider], warm(people, json!([step(16, "email", 1, "anna")])), NOW);
        assert_eq!(advised(&advice), "1 email uma 11-18 10:00", "{gone}");
    }
}

#[test]
fn a_series_runs_once_and_says_so() {
    let done = json!([
        step(1, "email", 1, "anna"),
        step(3, "phone", 2, "anna"),
        step(5, "social", 3, "anna"),
        step(8, "email", 4, "anna"),
    ]);
    let advice = ask(&[SERIES], warm(json!([anna(json!({ "name": "Anna" }))]), done), NOW);
    assert_eq!(
        (told(&advice).as_str(), advice.reason.as_str(), advice.review_at.map(|at| at.to_string())),
        (
            "wait",
            "Nothing to do now: all steps of \"Warm\" were made for Anna, the last on Sun 8 Nov 2026. It runs once",
            Some("2026-11-22T09:00:00Z".into())
        )
    );
}

#[test]
fn with_again_after_it_begins_anew_from_the_first_step() {
    let again = SERIES.replace(";", " again_after 90.days;");
    let anew = |signals: Value, now: &str| ask(&[&again], warm(json!([anna(json!({}))]), signals), now);
    let whole = || {
        json!([
            step(1, "email", 1, "anna"),
            step(3, "phone", 2, "anna"),
            step(5, "social", 3, "anna"),
            step(8, "email", 4, "anna"),
        ])
    };
    let over = "2027-02-06T10:00:00+01:00";
    let before = anew(whole(), "2027-02-06T09:59:59+01:00");
    assert_eq!((told(&before).as_str(), before.review_at), ("wait", Some(at(over))));
    assert!(before.reason.ends_with("It may begin anew from Sat 6 Feb 2027"), "{}", before.reason);
    assert_eq!(advised(&anew(whole(), over)), "1 email anna 02-06 10:00");
    // Left halfway.
    let half = || json!([step(1, "email", 1, "anna"), step(3, "phone", 2, "anna")]);
    assert_eq!(advised(&anew(half(), "2027-02-01T09:59:59+01:00")), "3 social anna 02-01 09:59");
    assert_eq!(advised(&anew(half(), "2027-02-01T10:00:00+01:00")), "1 email anna 02-01 10:00");
    // Stopped by a conversation: counted from it.
    let spoken = json!([step(1, "email", 1, "anna"), signal(10, "call", json!({ "outcome": "answered" }))]);
    let stopped = anew(spoken.clone(), "2027-02-08T09:59:59+01:00");
    assert_eq!((told(&stopped).as_str(), stopped.review_at), ("wait", Some(at("2027-02-08T10:00:00+01:00"))));
    assert_eq!(advised(&anew(spoken, "2027-02-08T10:00:00+01:00")), "1 email anna 02-08 10:00");
    // The second time counts for itself.
    let mut twice = whole();
    let second = touch("2027-02-08T10:00:00+01:00", "email", json!({ "cadence": "Warm", "step": 1 }));
    twice.as_array_mut().unwrap().push(second);
    assert_eq!(advised(&anew(twice, "2027-02-09T10:00:00+01:00")), "2 phone anna 02-10 10:00");
}

#[test]
fn a_step_without_contact_waits_for_its_moment_too() {
    let series = r#"cadence "Warm" when lead.stage is "interest" steps [email, hand_over("marketing").after(5.days)];"#;
    let begun = || warm(json!([anna(json!({}))]), json!([step(16, "email", 1, "anna")]));
    let early = ask(&[series], begun(), NOW);
    assert_eq!((told(&early).as_str(), early.review_at), ("wait", Some(at("2026-11-21T10:00:00+01:00"))));
    assert_eq!(told(&ask(&[series], begun(), "2026-11-21T10:00:00+01:00")), "hand_over marketing");
}

const CHANNELS: [Channel; 4] = [Channel::Email, Channel::Phone, Channel::Social, Channel::Chat];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    /// Whoever follows the advice never makes two steps with a person within their gap, makes their steps in order, and begins with the first
    /// that can be made with them.
    #[test]
    fn steps_keep_their_gaps_and_begin_at_the_first(
        channels in prop::collection::vec(0_usize..4, 2..6),
        gaps in prop::collection::vec(1_i64..5, 6),
        reach in prop::collection::vec(prop::collection::vec(any::<bool>(), 4), 1..4),
        delays in prop::collection::vec(0_i64..30, 24),
    ) {
        let mut after = 0;
        let mut afters = Vec::new();
        let mut steps = Vec::new();
        for (nth, channel) in channels.iter().enumerate() {
            afters.push(after);
            steps.push(format!("{}.after({after}.days)", CHANNELS[*channel]));
            after += gaps[nth];
        }
        let series = format!("cadence \"Warm\" when lead.open steps [{}];", steps.join(", "));
        let people: Vec<Value> = reach.iter().enumerate().map(|(nth, reach)| {
            let own: Vec<Channel> = CHANNELS.into_iter().zip(reach).filter(|(_, has)| **has).map(|(one, _)| one).collect();
            person(&format!("p{nth}"), "user", json!({ "channels": own }))
        }).collect();
        let possible = |who: usize| -> Vec<usize> {
            (0..channels.len()).filter(|step| reach[who][channels[*step]]).collect()
        };
        let mut made: BTreeMap<usize, Vec<(usize, i64)>> = BTreeMap::new();
        let mut signals: Vec<Value> = Vec::new();
        let start = at(NOW).millis();
        let mut now = start;
        for delay in delays {
            let moment = cadans::calendar::Instant::from_millis(now);
            let lead = lead(json!({ "people": people, "signals": signals }));
            let advice = ask(&[&series], lead, &moment.to_string());
            let Some(touch) = advice.touch else { break };
            let from = touch.window.unwrap().from.millis();
            // Made when advised, or some hours later.
            now = from.max(now) + delay * 3_600_000;
            let (who, number) = (touch.person.unwrap().id, touch.step.unwrap() as usize);
            let who: usize = who.strip_prefix('p').unwrap().parse().unwrap();
            made.entry(who).or_default().push((number - 1, now));
            signals.push(cadans_testing::scenario::touch(
                &cadans::calendar::Instant::from_millis(now).to_string(),
                CHANNELS[channels[number - 1]].word(),
                json!({ "person": format!("p{who}"), "cadence": "Warm", "step": number }),
            ));
        }
        for (who, steps) in made {
            let numbers: Vec<usize> = steps.iter().map(|(number, _)| *number).collect();
            prop_assert_eq!(&numbers, &possible(who)[..numbers.len()], "of p{}", who);
            for pair in steps.windows(2) {
                let gap = (afters[pair[1].0] - afters[pair[0].0]) * 86_400_000;
                prop_assert!(pair[1].1 - pair[0].1 >= gap, "{:?} within {} days", pair, gap / 86_400_000);
            }
        }
    }
}
