//! Choosing: priority, ranking, runners-up, and identical bytes for identical input.

use cadans_testing::scenario::{NOW, anna, ask, at, book, lead, person, rulebook, told};
use serde_json::json;

use cadans::decide::advice::{Advice, Verdict};
use cadans::decide::{decide, decide_lead, explain, queue};
use cadans::wording::Language;

#[test]
fn the_published_example_gives_the_published_priority() {
    let advice = ask(
        &[r#"rule "Call" when true then phone.chance(0.2).weight(1.55).value(100).lever(1.2);"#],
        lead(json!({})),
        NOW,
    );
    let priority = advice.priority.unwrap();
    assert!((priority.total - 37.2).abs() < 1e-9, "{}", priority.total);
    let product = priority.propensity.value * priority.context.value * priority.value.value * priority.lever.value;
    assert!((priority.total - product).abs() < 1e-9, "the factors shown give the priority shown");
}

#[test]
fn churn_reduces_the_value_of_a_lead() {
    let rules = rulebook(&[r#"rule "Call" when true then phone;"#]);
    let book = book(json!({ "leads": [
        lead(json!({ "id": "quick", "value": 100.0, "churn": 0.5 })), lead(json!({ "id": "lasting", "value": 80.0, "churn": 0.05 })),
    ] }));
    let advices = decide(&rules, &book, at(NOW), Language::English);
    let order: Vec<&str> = queue(&advices).into_iter().map(|place| advices[place].lead.as_str()).collect();
    assert_eq!(order, ["lasting", "quick"]);
}

#[test]
fn runners_up_say_by_which_factor_they_lost() {
    let rules = r#"
        rule "Large" when true then phone.value(100);
        rule "Small" when true then phone.value(40);
        rule "Twin" when true then phone.value(100);
        rule "Another channel" when true then email.value(100);
    "#;
    let advice = ask(&[rules], lead(json!({})), NOW);
    assert_eq!(advice.rule.as_ref().unwrap().name, "Large");
    let lost: Vec<(&str, &str)> =
        advice.runners_up.iter().map(|one| (one.rule.name.as_str(), one.lost_by.as_str())).collect();
    assert_eq!(lost[0], ("Twin", "As good, but its rule comes later"));
    assert_eq!(lost[1].0, "Another channel");
    assert!(lost[1].1.contains("chance of an answer is lower"));
    assert_eq!(lost[2], ("Small", "Its value is lower: 40 against 100"));
}

#[test]
fn an_advice_lists_at_most_five_runners_up() {
    let rules: String = (0..9).map(|nth| format!("rule \"R{nth}\" when true then phone.value({nth});")).collect();
    let advice = ask(&[&rules], lead(json!({})), NOW);
    let names: Vec<&str> = advice.runners_up.iter().map(|one| one.rule.name.as_str()).collect();
    assert_eq!(names, ["R7", "R6", "R5", "R4", "R3"]);
}

#[test]
fn wait_hand_over_and_find_can_be_advised() {
    let rules = r#"
        rule "Call" when true then phone;
        rule "Leave them be" when true then wait.weight(10) because "There is an appointment";
    "#;
    let advice = ask(&[rules], lead(json!({})), NOW);
    assert_eq!((advice.verdict, advice.reason.as_str()), (Verdict::Wait, "There is an appointment"));
    assert!(advice.runners_up.is_empty(), "a call is stopped, whatever its priority");
    let hand_over = r#"rule "Marketing" when true then hand_over("marketing");"#;
    assert_eq!(told(&ask(&[hand_over], lead(json!({})), NOW)), "hand_over marketing");
    assert_eq!(told(&ask(&[r#"rule "Who" when true then find("buyer");"#], lead(json!({})), NOW)), "find buyer");
}

#[test]
fn what_is_late_precedes_what_is_not_whatever_its_priority() {
    let rules = [
        r#"rule "Call" when true then phone.within(1.hour);
           rule "Mail" when true then email.within(9.hours).weight(50);"#,
        r#"reachable phone "Mo-Fr 09:00-17:00";"#,
    ];
    let came_in = lead(json!({ "created_at": "2026-11-18T08:30:00+01:00" }));
    let ask_at = |now: &str| ask(&rules, came_in.clone(), now);
    assert_eq!(ask_at("2026-11-18T09:29:59.999+01:00").rule.unwrap().name, "Mail");
    let late = ask_at("2026-11-18T09:30:00+01:00");
    assert_eq!(told(&late), "phone anna 11-18 09:30..11-18 17:00 late");
    assert_eq!(late.runners_up[0].lost_by, "Something else is late and comes first");
    // Both are late: the priority decides again.
    assert_eq!(ask_at("2026-11-18T17:30:00+01:00").rule.unwrap().name, "Mail");
}

fn some_leads() -> cadans::book::Book {
    let many = |nth: usize| {
        lead(
            json!({ "id": format!("L{nth}"), "account": { "id": format!("A{}", nth / 3) }, "value": (nth * 37 % 11) as f64 * 10.0,
            "people": [anna(json!({})), person("bob", "user", json!({}))] }),
        )
    };
    book(json!({ "leads": (0..12).map(many).collect::<Vec<_>>() }))
}

const SOME_RULES: [&str; 2] = [
    r#"rule "Call" when lead.value > 20.0 then phone.within(4.hours);
       rule "Mail" when true then email.to("user");
       limit any 2 per 7.days across "account";"#,
    r#"reachable phone "Mo-Fr 09:00-12:30,13:30-17:30; PH off";"#,
];

#[test]
fn an_advice_has_the_same_bytes_for_one_lead_and_for_all_leads() {
    let (rules, book) = (rulebook(&SOME_RULES), some_leads());
    let bytes = |advice: &Advice| serde_json::to_string(advice).unwrap();
    let all: Vec<String> = decide(&rules, &book, at(NOW), Language::English).iter().map(bytes).collect();
    let again: Vec<String> = decide(&rules, &book, at(NOW), Language::English).iter().map(bytes).collect();
    assert_eq!(all, again);
    for (place, expected) in all.iter().enumerate() {
        assert_eq!(&bytes(&decide_lead(&rules, &book, place, at(NOW), Language::English)), expected);
        assert_eq!(&bytes(&explain(&rules, &book, place, at(NOW), Language::English).advice), expected);
    }
}

#[test]
fn the_queue_is_ordered_by_the_start_of_the_window() {
    let advices = decide(&rulebook(&SOME_RULES), &some_leads(), at(NOW), Language::English);
    let queue = queue(&advices);
    assert!(!queue.is_empty());
    let starts: Vec<_> =
        queue.iter().map(|place| advices[*place].touch.as_ref().unwrap().window.as_ref().unwrap().from).collect();
    assert!(starts.is_sorted());
}

#[test]
fn the_headline_of_an_advice_is_one_sentence() {
    let rules = [
        r#"rule "Call" when true then phone.to("decider").within(4.hours);"#,
        r#"reachable phone "Mo-Fr 13:30-17:30";"#,
    ];
    let since = "2026-11-18T11:12:00+01:00";
    let named = lead(json!({ "created_at": since, "people": [anna(json!({ "name": "Anna de Vries" }))] }));
    let headline = |now: &str| ask(&rules, named.clone(), now).headline(Language::English);
    assert_eq!(headline(since), "Phone Anna de Vries (decider) between 13:30 and 15:12, their time");
    assert_eq!(
        headline("2026-11-18T15:44:00+01:00"),
        "Phone Anna de Vries (decider) between 15:44 and 17:30, their time (late by 32 minutes)"
    );
}

#[test]
fn an_index_outside_the_book_gives_an_advice_to_wait() {
    let advice = decide_lead(&rulebook(&SOME_RULES), &some_leads(), 999, at(NOW), Language::English);
    assert_eq!(advice.verdict, Verdict::Wait);
}

#[test]
fn an_explanation_lists_the_rules_that_hold_and_those_that_nearly_hold() {
    let rules = rulebook(&[r#"
        rule "Mail" when true then email;
        rule "Call" when lead.visits("pricing", 7.days) >= 2 and lead.value > 20.0 then phone;
    "#]);
    let visit = json!({ "at": "2026-11-17T10:00:00Z", "kind": "visit", "topic": "pricing", "person": "anna" });
    let book = book(json!({ "leads": [lead(json!({ "value": 50.0, "signals": [visit] }))] }));
    let explanation = explain(&rules, &book, 0, at(NOW), Language::English);
    assert_eq!(explanation.held.iter().map(|rule| rule.name.as_str()).collect::<Vec<_>>(), ["Mail"]);
    let near = &explanation.nearly[0];
    assert_eq!((near.rule.name.as_str(), near.held, near.of), ("Call", 1, 2));
    assert!(near.summary.contains("has 1"), "{}", near.summary);
}

#[test]
fn what_takes_a_day_is_weighed_against_what_takes_a_call() {
    let rule = r#"rule "Contact" when true then [phone, email, visit, video];"#;
    for value in [500.0, 50_000.0] {
        let advice = ask(&[rule], lead(json!({ "value": value })), NOW);
        assert_eq!(advice.touch.unwrap().channel.unwrap().to_string(), "phone");
        let visit = advice.runners_up.iter().find(|one| one.channel.unwrap().to_string() == "visit").unwrap();
        assert_eq!(visit.priority.lever.because, "visit takes about 120 minutes of a rep, a call 10");
        assert!((visit.priority.lever.value - 10.0 / 120.0).abs() < 1e-12);
    }
    // A rule that has weighed the time says so.
    let meant = r#"rule "Contact" when true then [phone, email, visit.lever(1)];"#;
    let advice = ask(&[meant], lead(json!({})), NOW);
    assert_eq!(advice.touch.unwrap().channel.unwrap().to_string(), "visit");
}

#[test]
fn what_is_late_gives_way_to_what_is_advised_instead_and_begins_sooner() {
    let hours = r#"reachable phone "Mo-Fr 15:00-17:00";"#;
    let rules = |more: &str| {
        format!(
            r#"rule "Promised" when lead.visits(7.days) >= 1 then phone.within(1.hour).weight(2);
               rule "Mail" when true then email.weight(0.1);
               {more}"#
        )
    };
    let visit = json!([{ "at": "2012-02-10T10:00:00+01:00", "kind": "visit", "person": "anna" }]);
    // A Sunday night: both calls begin on Monday at three, more than half a working day from now, and a mail could be sent at once.
    let ask = |more: &str| {
        let signals = json!({ "signals": visit });
        ask(&[&rules(more), hours], lead(signals), "2012-02-12T01:01:00+01:00").rule.unwrap().name
    };
    assert_eq!(ask(""), "Mail");
    assert_eq!(ask(r#"rule "Call" when true then phone;"#), "Promised", "the mail is not what is advised");
}
