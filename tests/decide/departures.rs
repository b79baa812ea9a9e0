//! People who left, who are away, and numbers and addresses that do not work.

use serde_json::{Value, json};

use cadans::decide::decide;
use cadans::wording::Language;
use cadans_testing::scenario::{anna, ask, at, blocks, book, lead, person, rulebook, told, touch};

const NOW: &str = "2026-11-20T10:00:00+01:00";
const LEFT: &str = "2026-11-19T09:00:00+01:00";
const CALL: &str = r#"rule "Call" when true then phone;"#;
const MAIL_DECIDER: &str = r#"rule "Mail" when true then email.to("decider");"#;
const ANSWER: &str =
    r#"rule "Answer" when person.waiting then answer.within(5.minutes) because `Asked ${person.waiting_for} ago`;"#;
const HOT: &str = r#"rule "Hot" when lead.visits("pricing", 7.days) >= 2 then phone.to("user");"#;

fn gone(more: Value) -> Value {
    let mut anna = anna(json!({ "left_at": LEFT }));
    more.as_object().unwrap().iter().for_each(|(field, value)| anna[field] = value.clone());
    anna
}

fn bob(role: &str) -> Value {
    person("bob", role, json!({}))
}

fn visit(at: &str) -> Value {
    json!({ "at": at, "kind": "visit", "topic": "pricing", "person": "anna" })
}

fn form(at: &str) -> Value {
    json!({ "at": at, "kind": "form", "topic": "contact", "person": "anna" })
}

fn notes(lead: &Value, rule: &str) -> Vec<&'static str> {
    ask(&[rule], lead.clone(), NOW).notes.iter().map(|note| note.code).collect()
}

/// The advice for each of these leads.
fn told_all(packs: &[&str], leads: Value) -> Vec<String> {
    let advices = decide(&rulebook(packs), &book(json!({ "leads": leads })), at(NOW), Language::English);
    advices.iter().map(told).collect()
}

#[test]
fn nobody_is_sent_to_somebody_who_left() {
    let lead = |people: Value| lead(json!({ "people": people }));
    assert_eq!(
        told(&ask(&[CALL], lead(json!([gone(json!({})), bob("user")])), NOW)),
        "phone bob 11-20 10:00..11-21 00:00"
    );
    assert_eq!(told(&ask(&[MAIL_DECIDER], lead(json!([gone(json!({}))])), NOW)), "find decider");
    let named =
        ask(&[r#"rule "Named" when true then phone.to("anna");"#], lead(json!([gone(json!({})), bob("user")])), NOW);
    assert_eq!(blocks(&named), ["applicable left anna"]);
    assert!(named.reason.contains("left on Thu 19 Nov 2026"), "{}", named.reason);
    // Up to the moment itself they are there, and the advice is looked at again then.
    let leaves_later = lead(json!([gone(json!({ "left_at": "2026-11-20T10:30:00+01:00" }))]));
    let today = ask(&[CALL], leaves_later.clone(), NOW);
    assert_eq!(told(&today), "phone anna 11-20 10:00..11-21 00:00");
    assert_eq!(today.review_at, Some(at("2026-11-20T10:30:00+01:00")));
    assert_eq!(told(&ask(&[CALL], leaves_later, "2026-11-20T10:30:00+01:00")), "find decider");
}

#[test]
fn a_rule_about_a_person_is_not_about_somebody_who_left() {
    let person_rule = r#"rule "Looks" when person.visits(7.days) >= 1 then email;"#;
    let signals = json!([visit("2026-11-17T10:00:00+01:00"), visit("2026-11-18T10:00:00+01:00")]);
    let with = |people: Value| lead(json!({ "people": people, "signals": signals }));
    assert_eq!(told(&ask(&[person_rule], with(json!([gone(json!({})), bob("user")])), NOW)), "wait");
    // Nor does what they did make the lead hot, whenever they did it.
    assert_eq!(
        told(&ask(&[HOT], with(json!([anna(json!({})), bob("user")])), NOW)),
        "phone bob 11-20 10:00..11-21 00:00"
    );
    assert_eq!(told(&ask(&[HOT], with(json!([gone(json!({})), bob("user")])), NOW)), "wait");
    let score = r#"rule "Score" when lead.score(14.days) > 0.1 then phone;"#;
    assert_eq!(told(&ask(&[score], with(json!([gone(json!({})), bob("user")])), NOW)), "wait");
}

#[test]
fn a_rule_can_ask_whether_somebody_left_and_who_is_missing() {
    let rule = |when: &str| format!("rule \"r\" when {when} then phone;");
    let holds = |when: &str, people: Value| {
        told(&ask(&[&rule(when)], lead(json!({ "people": people })), NOW)).starts_with("phone")
    };
    let people = || json!([gone(json!({})), bob("user")]);
    assert!(holds(r#"lead.left("decider")"#, people()));
    assert!(!holds(r#"lead.left("user")"#, people()));
    assert!(holds(r#"not lead.knows("decider")"#, people()));
    assert!(holds(r#""decider" in lead.roles_missing"#, people()));
    assert!(holds("lead.people() is 1", people()));
    let successor = || json!([gone(json!({})), bob("user"), person("cas", "decider", json!({}))]);
    assert!(holds(r#"lead.left("decider") and lead.knows("decider")"#, successor()));
}

#[test]
fn what_somebody_asked_who_left_is_answered_to_whoever_took_over() {
    let asked = |people: Value, more: Value| {
        let mut signals = vec![form("2026-11-20T09:40:00+01:00")];
        signals.extend(more.as_array().unwrap().iter().cloned());
        lead(json!({ "people": people, "signals": signals }))
    };
    let left = || gone(json!({ "left_at": "2026-11-20T09:50:00+01:00" }));
    let advice =
        ask(&[ANSWER], asked(json!([left(), bob("decider"), person("cas", "user", json!({}))]), json!([])), NOW);
    assert_eq!(told(&advice), "phone bob 11-20 10:00..11-21 00:00 late");
    let why = advice.touch.unwrap().person.unwrap().why;
    assert!(why.contains("akes over from anna") && why.contains("asked 20 minutes ago"), "{why}");
    assert_eq!(advice.reason, "Asked 20 minutes ago");
    // What was said to the successor since then answers it; what was said before does not.
    let spoke = |at: &str| json!([touch(at, "phone", json!({ "person": "bob", "outcome": "answered" }))]);
    let with = |more: Value| asked(json!([left(), bob("decider")]), more);
    assert_eq!(told(&ask(&[ANSWER], with(spoke("2026-11-20T09:55:00+01:00")), NOW)), "wait");
    assert!(told(&ask(&[ANSWER], with(spoke("2026-11-20T09:45:00+01:00")), NOW)).starts_with("phone bob"));
    // Nobody took over: nobody is phoned for it.
    let alone = ask(&[ANSWER], asked(json!([left(), bob("user")]), json!([])), NOW);
    assert_eq!((told(&alone), blocks(&alone)), ("hold".to_owned(), vec!["applicable left anna".to_owned()]));
}

#[test]
fn the_question_of_another_lifts_nothing_that_the_successor_refused() {
    let bob = person("bob", "decider", json!({ "channels": ["email"] }));
    let signals = |who: &str| {
        json!([
            { "at": "2026-11-18T10:00:00+01:00", "kind": "unsubscribe", "person": "bob", "channel": "email" },
            { "at": "2026-11-20T09:40:00+01:00", "kind": "form", "person": who },
        ])
    };
    let with = |who: &str| {
        lead(
            json!({ "people": [gone(json!({ "left_at": "2026-11-20T09:50:00+01:00" })), bob], "signals": signals(who) }),
        )
    };
    assert!(told(&ask(&[ANSWER], with("bob"), NOW)).starts_with("email bob"), "who asks themselves is answered");
    assert_eq!(told(&ask(&[ANSWER], with("anna"), NOW)), "hold");
}

#[test]
fn a_series_goes_on_when_who_asked_left_and_nobody_took_over() {
    let series = r#"cadence "Series" when true steps [email, phone.after(2.days)];"#;
    let signals = json!([form("2026-11-18T09:40:00+01:00")]);
    let with = |people: Value| lead(json!({ "people": people, "signals": signals }));
    assert_eq!(
        told(&ask(&[series], with(json!([gone(json!({})), bob("user")])), NOW)),
        "email bob 11-20 10:00..11-21 00:00"
    );
    assert_eq!(told(&ask(&[series], with(json!([anna(json!({})), bob("user")])), NOW)), "hold");
}

#[test]
fn an_appointment_with_somebody_who_left_is_told_and_not_waited_for() {
    let planned = |at: &str| json!([{ "at": at, "channel": "phone", "person": "anna" }]);
    let wait = r#"rule "Leave them be" when lead.planned() >= 1 then wait; rule "Mail" when true then email;"#;
    let with = |at: &str| lead(json!({ "people": [gone(json!({})), bob("user")], "planned": planned(at) }));
    for moment in ["2026-11-25T14:00:00+01:00", "2026-11-20T09:30:00+01:00"] {
        let advice = ask(&[wait], with(moment), NOW);
        assert_eq!(told(&advice), "email bob 11-20 10:00..11-21 00:00", "{moment}");
        assert!(advice.notes.iter().any(|note| note.code == "planned-person-left"), "{:?}", advice.notes);
    }
}

#[test]
fn who_left_in_one_lead_of_an_account_left_in_all_and_is_there_in_another_account() {
    let one = |id: &str, account: &str, people: Value| json!({ "id": id, "account": { "id": account }, "country": "NL", "people": people });
    let at_acme = |id: &str, people: Value| one(id, "acme", people);
    let told = told_all(
        &[CALL],
        json!([at_acme("L1", json!([gone(json!({}))])), at_acme("L2", json!([anna(json!({})), bob("user")]))]),
    );
    assert_eq!(told, ["find decider", "phone bob 11-20 10:00..11-21 00:00"]);
    let moved = |more: Value| {
        let mut anna = gone(json!({ "human": "h1" }));
        more.as_object().unwrap().iter().for_each(|(field, value)| anna[field] = value.clone());
        anna
    };
    let told = told_all(
        &[CALL],
        json!([
            one("L1", "acme", json!([moved(json!({}))])),
            one("L2", "next", json!([moved(json!({ "left_at": null }))]))
        ]),
    );
    assert_eq!(told, ["find decider", "phone anna 11-20 10:00..11-21 00:00"]);
}

fn away(until: &str) -> Value {
    anna(json!({ "absences": [{ "from": "2026-11-17T00:00:00+01:00", "until": until }] }))
}

#[test]
fn what_nobody_asked_for_waits_until_they_are_back_and_says_why() {
    let lead = |until: &str, more: Value| lead(json!({ "people": [away(until)], "signals": more }));
    let soon = ask(&[MAIL_DECIDER], lead("2026-11-24T00:00:00+01:00", json!([])), NOW);
    assert_eq!(told(&soon), "email anna 11-24 00:00..11-25 00:00");
    let why = soon.touch.unwrap().window.unwrap().why;
    assert!(why.contains("anna is away until Tue 24 Nov 00:00"), "{why}");
    // More than two weeks ahead nothing is placed, and the moment is told.
    let later = ask(
        &[r#"rule "Call" when true then phone; reachable phone "Mo-Fr 09:00-17:00";"#],
        lead("2026-12-07T00:00:00+01:00", json!([])),
        NOW,
    );
    assert_eq!((told(&later), blocks(&later)), ("hold".to_owned(), vec!["policy away anna".to_owned()]));
    assert_eq!(later.blocks[0].lifts_at, Some(at("2026-12-07T09:00:00+01:00")));
    assert_eq!(later.review_at, Some(at("2026-11-23T09:00:00+01:00")), "two weeks before they are back");
    // A leave of months is told as well.
    let leave = ask(&[MAIL_DECIDER], lead("2027-04-05T00:00:00+02:00", json!([])), NOW);
    assert_eq!(leave.blocks[0].lifts_at, Some(at("2027-04-05T00:00:00+02:00")));
    // On the day itself it is as ever.
    assert_eq!(
        told(&ask(&[MAIL_DECIDER], lead("2026-11-20T10:00:00+01:00", json!([])), NOW)),
        "email anna 11-20 10:00..11-21 00:00"
    );
}

#[test]
fn others_are_contacted_meanwhile_and_what_waits_gives_way() {
    let both = lead(json!({ "people": [away("2026-11-24T00:00:00+01:00"), bob("user")] }));
    assert_eq!(told(&ask(&[CALL], both.clone(), NOW)), "phone bob 11-20 10:00..11-21 00:00");
    let rules = r#"rule "Decider" when person.is_a("decider") then phone.weight(9); rule "User" when person.is_a("user") then email;"#;
    assert_eq!(told(&ask(&[rules], both, NOW)), "email bob 11-20 10:00..11-21 00:00");
}

#[test]
fn their_own_question_is_answered_in_writing_while_they_are_away() {
    let question = |kind: &str, channel: Value| json!([{ "at": "2026-11-20T09:40:00+01:00", "kind": kind, "channel": channel, "person": "anna" }]);
    let with = |person: Value, signals: Value| lead(json!({ "people": [person], "signals": signals }));
    for (kind, channel) in [("reply", json!("email")), ("form", Value::Null)] {
        let advice = ask(&[ANSWER], with(away("2026-12-07T00:00:00+01:00"), question(kind, channel)), NOW);
        assert!(told(&advice).starts_with("email anna 11-20 10:00"), "{kind}: {}", told(&advice));
    }
    // So is one for which their own hours are closed until then.
    let hours = anna(json!({ "reachable": "Mo-Su 00:00-24:00; 2026 Nov 17-2026 Dec 06 off" }));
    let advice = ask(&[ANSWER], with(hours, question("reply", json!("email"))), NOW);
    assert!(told(&advice).starts_with("email anna 11-20 10:00"), "{}", told(&advice));
}

#[test]
fn a_touch_while_they_are_away_is_no_attempt_in_vain() {
    let rule = r#"rule "Silent" when person.unanswered("email") >= 1 then phone; rule "Lead" when lead.unanswered() >= 1 then social;"#;
    let signals = json!([touch("2026-11-18T10:00:00+01:00", "email", json!({}))]);
    let back = "2026-11-19T00:00:00+01:00";
    assert_eq!(told(&ask(&[rule], lead(json!({ "people": [away(back)], "signals": signals })), NOW)), "wait");
    assert!(told(&ask(&[rule], lead(json!({ "signals": signals })), NOW)).starts_with("phone"));
}

#[test]
fn an_appointment_in_an_absence_is_told() {
    let planned = json!([{ "at": "2026-11-25T14:00:00+01:00", "channel": "video", "person": "anna" }]);
    let with = |until: &str| lead(json!({ "people": [away(until)], "planned": planned }));
    assert!(notes(&with("2026-12-07T00:00:00+01:00"), CALL).contains(&"planned-person-away"));
    assert!(!notes(&with("2026-11-25T00:00:00+01:00"), CALL).contains(&"planned-person-away"));
}

#[test]
fn a_number_that_does_not_work_is_not_rung_until_it_worked_or_was_changed() {
    let call = |at: &str, outcome: &str| touch(at, "phone", json!({ "outcome": outcome }));
    let failed = |at: &str| call(at, "failed");
    let asked = |signals: Vec<Value>| {
        let signals: Vec<Value> = signals.into_iter().chain([form("2026-11-20T09:58:00+01:00")]).collect();
        ask(&[ANSWER], lead(json!({ "signals": signals })), NOW)
    };
    let channel = |signals: Vec<Value>| told(&asked(signals)).split(' ').next().unwrap().to_owned();
    let (first, second, third) =
        ("2026-11-12T10:00:00+01:00", "2026-11-16T10:00:00+01:00", "2026-11-17T10:00:00+01:00");
    let changed =
        |channel: Value| json!({ "at": third, "kind": "contact_changed", "person": "anna", "channel": channel });
    assert_eq!(channel(vec![failed(first)]), "phone");
    assert_eq!(channel(vec![failed(first), failed(second)]), "email");
    assert_eq!(channel(vec![call(first, "wrong_number")]), "email");
    assert_eq!(channel(vec![call(first, "number_dead")]), "email");
    assert_eq!(channel(vec![failed(first), failed(second), call(third, "answered")]), "phone");
    assert_eq!(channel(vec![failed(first), failed(second), changed(json!("phone"))]), "phone");
    assert_eq!(channel(vec![failed(first), failed(second), changed(Value::Null)]), "phone");
    assert_eq!(channel(vec![failed(first), failed(second), changed(json!("email"))]), "email");
    let advice = asked(vec![failed(first), failed(second)]);
    assert!(
        advice.notes.iter().any(|note| note.code == "channel-fails" && note.text.contains("ask for the right one"))
    );
    let why = advice.notes.iter().find(|note| note.code == "other-channel").unwrap();
    assert!(why.text.contains("phone number of anna does not work"), "{}", why.text);
}

#[test]
fn an_address_that_bounced_is_not_mailed_until_a_sign_of_life() {
    let bounce = json!({ "at": "2026-11-12T10:00:00+01:00", "kind": "bounce", "channel": "email", "person": "anna" });
    let rules =
        r#"rule "Mail" when person.has("email") then email; rule "Call" when not person.has("email") then phone;"#;
    let channel = |signals: Value| {
        told(&ask(&[rules], lead(json!({ "signals": signals })), NOW)).split(' ').next().unwrap().to_owned()
    };
    let since =
        |kind: &str| json!({ "at": "2026-11-13T10:00:00+01:00", "kind": kind, "person": "anna", "channel": "email" });
    assert_eq!(channel(json!([bounce])), "phone");
    assert_eq!(channel(json!([bounce, touch("2026-11-13T10:00:00+01:00", "email", json!({}))])), "phone");
    assert_eq!(channel(json!([bounce, since("click")])), "email");
    assert_eq!(channel(json!([bounce, since("contact_changed")])), "email");
}
