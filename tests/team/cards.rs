//! S15 S25 S27 S33 S35 S43 S45 S49 S50: cards end in a question or an offer, name their data, and are no grade.

use serde_json::{Value, json};

use cadans::team::Viewer;
use cadans::team::cards::{Card, CardKind};
use cadans::wording::Language;

use crate::setting::{Setting, as_rep, lead, ours, theirs};

fn cards(leads: &[Value], file: Value, viewer: Viewer) -> Vec<Card> {
    let setting = Setting::new("", leads, file);
    let cards = setting.view(viewer.clone()).cards(Language::English);
    for card in cards.iter().chain(&setting.view(viewer).cards(Language::Dutch)) {
        assert!(card.words.ends_with('?'), "{}", card.words);
        assert!(!card.leads.is_empty() || card.about.is_some(), "no data: {}", card.words);
    }
    cards
}

fn of(kind: CardKind, cards: Vec<Card>) -> Vec<Card> {
    cards.into_iter().filter(|card| card.kind == kind).collect()
}

fn quiet(last: &str) -> Value {
    let called = ours(last, "phone", json!({ "outcome": "answered" }));
    lead("a", json!({ "stage": "proposal", "signals": [called] }))
}

#[test]
fn an_account_that_is_quiet_for_21_days_in_proposal_appears_and_disappears_after_a_touch() {
    let told = |last: &str| of(CardKind::AccountQuiet, cards(&[quiet(last)], json!({}), Viewer::Manager));
    // 28 October at ten is 21 days before.
    let card = &told("2026-10-28T09:00:00Z")[0];
    assert_eq!(card.leads, ["a"]);
    assert_eq!(
        card.words,
        "Firm a has a proposal and has been quiet for 21 days. What do we know of what holds them up, and how can I help?"
    );
    assert_eq!(told("2026-10-28T09:00:01Z"), []);
}

#[test]
fn a_group_in_which_nobody_decides_is_asked_about() {
    let users = json!([{ "id": "uma", "roles": ["user"], "channels": ["email"] }]);
    let group = |people: Value| lead("a", json!({ "stage": "consideration", "people": people }));
    let told = of(CardKind::NobodyDecides, cards(&[group(users)], json!({}), Viewer::Manager));
    assert_eq!(told[0].words, "Nobody is known to decide at Firm a. Whom do we know there who could tell us?");
    let known = json!([{ "id": "anna", "roles": ["decider"] }]);
    assert_eq!(of(CardKind::NobodyDecides, cards(&[group(known)], json!({}), Viewer::Manager)), []);
}

#[test]
fn a_question_that_waits_a_day_asks_for_help_and_not_for_blame() {
    let asked = |at: &str| lead("a", json!({ "signals": [theirs(at, "form", json!({}))] }));
    let told = of(CardKind::QuestionWaits, cards(&[asked("2026-11-16T10:00:00+01:00")], json!({}), Viewer::Manager));
    assert_eq!(told[0].words, "Firm a has waited 2 days for an answer. Could somebody help ANN with it?");
    let told = of(CardKind::QuestionWaits, cards(&[asked("2026-11-17T10:00:01+01:00")], json!({}), Viewer::Manager));
    assert_eq!(told, []);
}

#[test]
fn a_rule_declined_three_times_is_told_with_the_reasons_given() {
    let said = |lead_id: &str, reason: &str| {
        lead(
            lead_id,
            json!({ "feedback": [{ "at": "2026-11-10T10:00:00+01:00", "rule": "Call again", "verdict": "declined", "reason": reason, "rep": "ann" }] }),
        )
    };
    let leads = [said("a", "Called yesterday"), said("b", "Called yesterday"), said("c", "On leave")];
    let told = of(CardKind::RuleDeclined, cards(&leads, json!({}), Viewer::Manager));
    assert_eq!(
        told[0].words,
        "The rule \"Call again\" was declined 3 times, because \"Called yesterday\" (2), \"On leave\" (1). What should it say instead?"
    );
    assert!(!told[0].words.contains("ANN"));
    assert_eq!(of(CardKind::RuleDeclined, cards(&leads[..2], json!({}), Viewer::Manager)), []);
}

fn request(topic: &str, content: Option<&str>) -> Value {
    json!({ "at": "2026-11-10T10:00:00+01:00", "topic": topic, "lead": "a", "rep": "ann", "content": content })
}

#[test]
fn the_same_gap_three_times_gives_a_training_hint() {
    let told = |requests: Vec<Value>| {
        of(CardKind::Training, cards(&[lead("a", json!({}))], json!({ "requests": requests }), Viewer::Manager))
    };
    assert_eq!(told(vec![request("security", None); 2]), []);
    assert_eq!(
        told(vec![request("security", None); 3])[0].words,
        "Customers asked us about security 3 times and we had no answer. Who could show the others, or would a training help?"
    );
}

#[test]
fn the_gaps_told_to_marketing_are_the_requests_that_nobody_met() {
    let requests = json!([
        request("security", None),
        request("prices", None),
        request("prices", None),
        request("training", Some("guide"))
    ]);
    let told =
        of(CardKind::ContentGap, cards(&[lead("a", json!({}))], json!({ "requests": requests }), Viewer::Marketing));
    let gaps: Vec<_> = told.iter().map(|card| (card.about.as_deref().unwrap(), card.leads.len())).collect();
    assert_eq!(gaps, [("prices", 2), ("security", 1)]);
}

#[test]
fn an_overdue_promise_of_the_manager_is_a_card_to_the_manager_and_to_nobody_else() {
    let promise = |kept: Value| {
        json!({ "promises": [{ "at": "2026-11-02T10:00:00+01:00", "by": "manager", "to": "ann",
        "what": "ask legal about the clause", "due": "2026-11-15T00:00:00+01:00", "kept_at": kept }] })
    };
    let told = |viewer| of(CardKind::OwnPromise, cards(&[lead("a", json!({}))], promise(json!(null)), viewer));
    assert_eq!(
        told(Viewer::Manager)[0].words,
        "You promised ANN: ask legal about the clause. That was due 3 days ago; can it still be done this week, or shall you agree on another day?"
    );
    assert_eq!((told(as_rep("ann")), told(Viewer::Marketing)), (vec![], vec![]));
    let kept = promise(json!("2026-11-14T10:00:00+01:00"));
    assert_eq!(of(CardKind::OwnPromise, cards(&[lead("a", json!({}))], kept, Viewer::Manager)), []);
}

#[test]
fn a_lead_that_went_to_marketing_and_comes_back_goes_to_the_same_seller_with_the_reason() {
    let over = json!({ "hand_overs": [{ "at": "2026-11-01T10:00:00+01:00", "lead": "a", "to": "marketing", "because": "No budget this year", "rep": "ann" }] });
    let told = cards(&[lead("a", json!({}))], over.clone(), Viewer::Marketing);
    assert_eq!(told[0].words, "Firm a went to marketing: No budget this year. What would help them meanwhile?");
    let back = lead("a", json!({ "signals": [theirs("2026-11-16T10:00:00+01:00", "visit", json!({}))] }));
    for viewer in [Viewer::Marketing, as_rep("ann")] {
        let told = of(CardKind::CameBack, cards(std::slice::from_ref(&back), over.clone(), viewer));
        assert_eq!(
            told[0].words,
            "Firm a came back by itself 2 days ago (it had gone over because: No budget this year). Shall ANN have it again?"
        );
    }
    assert_eq!(of(CardKind::CameBack, cards(&[back], over, as_rep("bob"))), []);
}

#[test]
fn why_leads_were_lost_flows_back_to_marketing() {
    let lost = |lead: &str, because: &str| json!({ "at": "2026-11-01T10:00:00+01:00", "lead": lead, "to": "lost", "because": because });
    let leads = ["a", "b", "c"].map(|id| lead(id, json!({})));
    let file = json!({ "stage_moves": [lost("a", "Too dear"), lost("b", "No time"), lost("c", "Too dear")] });
    let told = of(CardKind::LostReasons, cards(&leads, file, Viewer::Marketing));
    assert_eq!(told[0].words, "3 leads were lost: \"Too dear\" (2), \"No time\" (1). What could we tell them earlier?");
}

#[test]
fn on_a_quiet_day_something_missing_from_the_visibility_list_is_a_small_advice_to_its_owner_alone() {
    let file = json!({ "members": [{ "rep": "ann", "shares": true, "visibility": [{ "topic": "route planning" }] }] });
    let told = |viewer| of(CardKind::Visibility, cards(&[lead("a", json!({}))], file.clone(), viewer));
    assert_eq!(
        told(as_rep("ann"))[0].words,
        "A quiet day: your profile says nothing about route planning yet. A quarter of an hour for it?"
    );
    // Not even of somebody who shares their figures.
    assert_eq!((told(Viewer::Manager), told(as_rep("bob"))), (vec![], vec![]));
    let share = of(CardKind::Share, cards(&[lead("a", json!({}))], file, as_rep("ann")));
    assert_eq!(share[0].words, "A quiet day: would anna of Firm a like to read \"The guide\"?");
}

#[test]
fn on_a_full_day_nothing_small_is_asked() {
    let pack = r#"effort phone 1.hour; rule "Call" when lead.open then phone;"#;
    let leads: Vec<Value> = (0..4).map(|nth| lead(&format!("L{nth}"), json!({ "language": "nl" }))).collect();
    let setting =
        Setting::new(pack, &leads, json!({ "members": [{ "rep": "ann", "visibility": [{ "topic": "routes" }] }] }));
    assert_eq!(setting.view(as_rep("ann")).cards(Language::English), []);
}

#[test]
fn without_anything_there_is_no_card() {
    assert_eq!(cards(&[lead("a", json!({}))], json!({}), Viewer::Manager), []);
}
