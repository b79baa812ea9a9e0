//! The stage that `enter` statements give a lead, and one that a rep set.

use serde_json::{Value, json};

use cadans::book::vocabulary::Stage;
use cadans::decide::advice::Advice;
use cadans_testing::scenario::{NOW, ask, at, lead};

const JOURNEY: &str = r#"
enter "consideration" when lead.visits("pricing", 14.days) >= 2;
enter "proposal" when lead.quotes_open >= 1;
enter "customer" when lead.orders(90.days) >= 1;
enter "orientation" when lead.stage in ["interest", "consideration"] and lead.age > 60.days and lead.score(14.days) < 0.1;
"#;

fn visit(at: &str) -> Value {
    json!({ "at": at, "kind": "visit", "topic": "pricing", "person": "anna" })
}

/// A lead that a rep put at interest a day ago.
fn put_back(more: Value) -> Value {
    let mut put_back =
        lead(json!({ "stage": "interest", "stage_since": "2026-11-17T10:00:00+01:00", "stage_by": "rep" }));
    for (field, value) in more.as_object().unwrap() {
        put_back[field] = value.clone();
    }
    put_back
}

fn stage(advice: &Advice) -> Stage {
    advice.stage.as_ref().unwrap().stage
}

#[test]
fn a_stage_that_a_rep_set_stands_against_what_was_known_then() {
    let before = json!([visit("2026-11-16T10:00:00+01:00"), visit("2026-11-17T10:00:00+01:00")]);
    let back = ask(&[JOURNEY], put_back(json!({ "signals": before })), NOW);
    assert_eq!(stage(&back), Stage::Interest);
    // Without the rep the visits would count.
    let by_system = ask(&[JOURNEY], put_back(json!({ "signals": before, "stage_by": "system" })), NOW);
    assert_eq!(stage(&by_system), Stage::Consideration);
    let quote = json!([{ "sent_at": "2026-11-10T10:00:00+01:00", "status": "open" }]);
    assert_eq!(stage(&ask(&[JOURNEY], put_back(json!({ "quotes": quote })), NOW)), Stage::Interest);
    let order = json!([{ "at": "2026-11-02T10:00:00+01:00", "kind": "order", "person": "anna" }]);
    assert_eq!(stage(&ask(&[JOURNEY], put_back(json!({ "signals": order })), NOW)), Stage::Interest);
    // Nor does the silence of before move it back.
    assert_eq!(
        stage(&ask(&[JOURNEY], put_back(json!({ "created_at": "2026-06-01T10:00:00+02:00" })), NOW)),
        Stage::Interest
    );
}

#[test]
fn what_happened_since_moves_it_on() {
    let one = json!([visit("2026-11-16T10:00:00+01:00"), visit("2026-11-17T12:00:00+01:00")]);
    assert_eq!(stage(&ask(&[JOURNEY], put_back(json!({ "signals": one })), NOW)), Stage::Interest);
    let two = json!([visit("2026-11-17T11:00:00+01:00"), visit("2026-11-17T12:00:00+01:00")]);
    assert_eq!(stage(&ask(&[JOURNEY], put_back(json!({ "signals": two })), NOW)), Stage::Consideration);
    let quote = json!([{ "sent_at": "2026-11-17T15:00:00+01:00", "status": "open" }]);
    assert_eq!(stage(&ask(&[JOURNEY], put_back(json!({ "quotes": quote })), NOW)), Stage::Proposal);
    let order = json!([{ "at": "2026-11-18T09:00:00+01:00", "kind": "order", "person": "anna" }]);
    assert_eq!(stage(&ask(&[JOURNEY], put_back(json!({ "signals": order })), NOW)), Stage::Customer);
}

#[test]
fn after_two_weeks_all_counts_again_and_that_is_a_review() {
    let before = json!([
        visit("2026-11-16T10:00:00+01:00"),
        visit("2026-11-17T10:00:00+01:00"),
        visit("2026-11-30T10:00:00+01:00")
    ]);
    let lead = || put_back(json!({ "signals": before }));
    let over = "2026-12-01T10:00:00+01:00";
    let last = ask(&[JOURNEY], lead(), "2026-12-01T09:59:59.999+01:00");
    assert_eq!((stage(&last), last.review_at), (Stage::Interest, Some(at(over))));
    // By then only one visit is left in the window.
    assert_eq!(stage(&ask(&[JOURNEY], lead(), over)), Stage::Interest);
    let lasting = "enter \"consideration\" when lead.visits(\"pricing\", 30.days) >= 2;";
    assert_eq!(stage(&ask(&[lasting], lead(), "2026-12-01T09:59:59.999+01:00")), Stage::Interest);
    assert_eq!(stage(&ask(&[lasting], lead(), over)), Stage::Consideration);
}
