//! People: the requested role, the order of the people, and the rep who makes the touch.

use cadans::wording::Language;
use serde_json::{Value, json};

use cadans_testing::scenario::{NOW, anna, ask, at, book, lead, person, rulebook, told, touch};

const TO_DECIDER: &str = r#"rule "Call" when true then phone.to("decider");"#;
const TO_ANYBODY: &str = r#"rule "Call" when true then phone.again(0.days);"#;

fn group(people: Value, signals: Value) -> Value {
    lead(json!({ "people": people, "signals": signals }))
}

fn who(rule: &str, lead: Value) -> String {
    ask(&[rule], lead, NOW).touch.unwrap().person.unwrap().id
}

fn visit(at: &str, person: &str) -> Value {
    json!({ "at": at, "kind": "visit", "person": person, "topic": "pricing" })
}

#[test]
fn the_requested_role_comes_first_and_then_people_who_may_be_contacted() {
    let bob = || person("bob", "user", json!({}));
    assert_eq!(who(TO_DECIDER, group(json!([bob(), anna(json!({}))]), json!([]))), "anna");
    let advice = ask(&[TO_DECIDER], group(json!([bob(), anna(json!({ "objected": true }))]), json!([])), NOW);
    let chosen = advice.touch.unwrap().person.unwrap();
    assert_eq!(chosen.id, "bob");
    assert!(chosen.why.contains("No decider can be contacted"), "{}", chosen.why);
}

#[test]
fn a_requested_role_that_nobody_has_gives_advice_to_find_one() {
    let advice = ask(&[TO_DECIDER], group(json!([person("bob", "user", json!({}))]), json!([])), NOW);
    assert_eq!(told(&advice), "phone bob 11-18 10:00..11-19 00:00");
    assert_eq!(advice.notes[0].code, "missing-role");
    let nobody = group(json!([person("bob", "user", json!({ "objected": true }))]), json!([]));
    assert_eq!(told(&ask(&[TO_DECIDER], nobody, NOW)), "find decider");
    // A known decider who may not be contacted does not give advice to find one.
    assert_eq!(told(&ask(&[TO_DECIDER], group(json!([anna(json!({ "objected": true }))]), json!([])), NOW)), "hold");
}

#[test]
fn recent_interest_changes_the_advised_person() {
    let people = || json!([person("a", "user", json!({})), person("b", "user", json!({}))]);
    let visits = |who: &str| json!([visit("2026-11-16T10:00:00Z", who), visit("2026-11-17T10:00:00Z", who)]);
    assert_eq!(who(TO_ANYBODY, group(people(), visits("a"))), "a");
    assert_eq!(who(TO_ANYBODY, group(people(), visits("b"))), "b");
}

#[test]
fn people_are_ordered_by_interest_then_never_contacted_then_influence_then_last_contact() {
    let people = json!([
        person("rest", "user", json!({})),
        person("light", "user", json!({ "influence": 0.2 })),
        person("heavy", "user", json!({ "influence": 0.9 })),
        person("came", "user", json!({})),
        person("keen", "user", json!({})),
    ]);
    let signals = json!([
        touch("2026-11-10T10:00:00Z", "phone", json!({ "person": "rest" })),
        visit("2026-10-28T10:00:00Z", "came"),
        visit("2026-11-10T10:00:00Z", "keen"),
    ]);
    let mut left = people;
    let mut order = Vec::new();
    for _ in 0..5 {
        let next = who(TO_ANYBODY, group(left.clone(), signals.clone()));
        for person in left.as_array_mut().unwrap().iter_mut().filter(|person| person["id"] == json!(next)) {
            person["objected"] = json!(true);
        }
        order.push(next);
    }
    assert_eq!(order, ["keen", "came", "heavy", "light", "rest"]);
}

#[test]
fn a_rule_that_reads_person_is_for_the_person_for_whom_it_holds() {
    let people = json!([anna(json!({})), person("bob", "user", json!({ "stance": "champion" }))]);
    let advice = ask(&[r#"rule "Thank" when person.stance is "champion" then email;"#], group(people, json!([])), NOW);
    assert_eq!(advice.touch.unwrap().person.unwrap().id, "bob");
}

#[test]
fn a_person_who_can_be_reached_in_time_precedes_one_who_cannot() {
    let people =
        json!([anna(json!({ "country": "US", "zone": "America/Los_Angeles" })), person("bob", "user", json!({})),]);
    let rules = [
        r#"rule "Call" when true then phone.to("decider").within(1.hour);"#,
        r#"reachable phone "Mo-Fr 09:00-17:00";"#,
    ];
    let mut came_in = group(people.clone(), json!([]));
    came_in["created_at"] = json!(NOW);
    assert_eq!(told(&ask(&rules, came_in, NOW)), "phone bob 11-18 10:00..11-18 11:00");
    let patient = [r#"rule "Call" when true then phone.to("decider");"#, r#"reachable phone "Mo-Fr 09:00-17:00";"#];
    assert_eq!(told(&ask(&patient, group(people, json!([])), NOW)), "phone anna 11-18 09:00..11-18 17:00");
}

#[test]
fn a_rep_with_the_skill_or_the_backup_makes_the_touch_and_the_owner_keeps_the_lead() {
    let reps = json!([
        { "id": "olga", "zone": "Europe/Amsterdam", "backup": "ben", "absences": [] },
        { "id": "ben", "zone": "Europe/Amsterdam" },
        { "id": "lea", "zone": "Europe/Amsterdam", "skills": ["legal"] },
    ]);
    let ask = |rule: &str, reps: Value| {
        let book = book(json!({ "leads": [lead(json!({ "owner": "olga" }))], "reps": reps }));
        cadans::decide::decide(&rulebook(&[rule]), &book, at(NOW), Language::English).remove(0)
    };
    let rep = |rule: &str, reps: Value| ask(rule, reps).touch.unwrap().rep.unwrap();
    assert_eq!(
        (rep(TO_ANYBODY, reps.clone()).id, rep(TO_ANYBODY, reps.clone()).instead_of_owner),
        ("olga".into(), None)
    );
    let legal = rep(r#"rule "Call" when true then phone.rep("legal");"#, reps.clone());
    assert_eq!(legal.id, "lea");
    assert!(legal.instead_of_owner.unwrap().contains("the owner keeps the lead"));
    let mut away = reps.clone();
    away[0]["absences"] = json!([{ "from": "2026-11-16T00:00:00+01:00", "until": "2026-11-23T00:00:00+01:00" }]);
    assert_eq!(rep(TO_ANYBODY, away.clone()).id, "ben");
    // Without a backup a colleague makes it.
    away[0]["backup"] = Value::Null;
    let colleague = rep(TO_ANYBODY, away);
    assert_eq!((colleague.id.as_str(), colleague.instead_of_owner.unwrap().contains("olga")), ("ben", true));
    let nobody = ask(r#"rule "Call" when true then phone.rep("tax");"#, reps);
    assert_eq!(nobody.blocks[0].policy, "skill-missing");
}

#[test]
fn when_owner_and_backups_are_away_whoever_is_back_first_makes_the_touch() {
    let away =
        |until: &str| json!([{ "from": "2026-11-16T00:00:00+01:00", "until": format!("2026-11-{until}:00+01:00") }]);
    let rep = |id: &str, backup: &str, until: &str| json!({ "id": id, "zone": "Europe/Amsterdam", "backup": backup, "absences": away(until) });
    let ask = |reps: Value| {
        let book = book(json!({ "leads": [lead(json!({ "owner": "kim" }))], "reps": reps }));
        let decider = cadans::decide::Decider::new(&rulebook(&[TO_ANYBODY]), &book, at(NOW)).all();
        let advice = cadans::decide::decide(&rulebook(&[TO_ANYBODY]), &book, at(NOW), Language::English).remove(0);
        let window = advice.touch.as_ref().unwrap().window.as_ref().unwrap();
        assert_eq!(decider[0].from, Some(window.from));
        format!("{} by {}", told(&advice), advice.touch.unwrap().rep.unwrap().id)
    };
    // In a circle, in a chain, and each the backup of themselves.
    let circle = json!([rep("kim", "lea", "25T00:00"), rep("lea", "kim", "20T00:00")]);
    assert_eq!(ask(circle), "phone anna 11-20 09:00..11-20 17:30 by lea");
    let chain = json!([rep("kim", "lea", "25T00:00"), rep("lea", "sam", "24T00:00"), rep("sam", "kim", "20T12:00")]);
    assert_eq!(ask(chain), "phone anna 11-20 12:00..11-20 17:30 by sam");
    assert_eq!(ask(json!([rep("kim", "kim", "20T00:00")])), "phone anna 11-20 09:00..11-20 17:30 by kim");
    // Back on a Saturday and back on the Sunday after is both Monday morning: the owner.
    let tie = json!([rep("kim", "lea", "22T00:00"), rep("lea", "kim", "21T00:00")]);
    assert_eq!(ask(tie), "phone anna 11-23 09:00..11-23 17:30 by kim");
    // Who is back sooner by the calendar may work later.
    let mut later = json!([rep("kim", "lea", "20T08:00"), rep("lea", "kim", "20T07:00")]);
    later[1]["hours"] = "Mo-Fr 13:00-17:00".into();
    assert_eq!(ask(later), "phone anna 11-20 09:00..11-20 17:30 by kim");
}

#[test]
fn the_reason_for_a_person_is_why_this_rule_means_them() {
    let signal = |kind: &str, more: Value| {
        let mut signal = json!({ "at": "2026-11-18T09:50:00+01:00", "kind": kind, "person": "anna" });
        for (field, value) in more.as_object().unwrap() {
            signal[field.as_str()] = value.clone();
        }
        signal
    };
    let spoken = touch("2026-11-10T10:00:00Z", "phone", json!({ "outcome": "answered" }));
    let why = |rule: &str, signal: Value| {
        let people = json!([anna(json!({})), person("bob", "user", json!({}))]);
        ask(&[rule], group(people, json!([spoken, signal])), NOW).touch.unwrap().person.unwrap().why
    };
    let answer = r#"rule "Answer" when not person.answered then phone;"#;
    assert_eq!(why(answer, signal("form", json!({}))), "Asked 10 minutes ago");
    assert_eq!(why(answer, signal("reply", json!({ "channel": "email" }))), "Wrote 10 minutes ago");
    let missed = json!({ "channel": "phone", "outcome": "no_answer", "direction": "inbound" });
    assert_eq!(why(answer, signal("call", missed)), "Rang 10 minutes ago and reached nobody");
    // Nobody waits: what the rule asks of them.
    let looked = r#"rule "Looked" when person.visits(7.days) >= 1 then phone;"#;
    assert_eq!(why(looked, signal("visit", json!({}))), "The rule holds for this person");
    // Nobody else is known.
    let alone = ask(&[TO_ANYBODY], group(json!([anna(json!({}))]), json!([spoken])), NOW);
    assert_eq!(alone.touch.unwrap().person.unwrap().why, "Is the only one we know there");
}
