//! The gates: their order, and the blocks they report.

use cadans_testing::scenario::{self, NOW, anna, ask, at, blocks, lead, person, told, touch};
use serde_json::json;

use cadans::decide::advice::Verdict;
use cadans::wording::Language;

const PHONE: &str = r#"rule "Call" when true then phone;"#;

#[test]
fn without_rules_the_advice_is_to_wait_without_review() {
    let advice = ask(&[""], lead(json!({})), NOW);
    assert_eq!(advice.verdict, Verdict::Wait);
    assert_eq!(advice.review_at, None);
}

#[test]
fn an_objection_blocks_every_channel_without_end() {
    for channel in ["phone", "email", "social", "chat", "video", "visit", "content"] {
        let rule = format!(r#"rule "Contact" when true then {channel}.weight(1000);"#);
        let advice = ask(&[&rule], lead(json!({ "people": [anna(json!({ "objected": true }))] })), NOW);
        assert_eq!(advice.verdict, Verdict::Hold, "{channel}");
        assert_eq!(blocks(&advice), ["eligible objection anna"]);
        assert!(advice.blocks[0].hard && advice.blocks[0].lifts_at.is_none());
    }
}

#[test]
fn do_not_call_blocks_calls_and_not_mail() {
    let lead = || lead(json!({ "people": [anna(json!({ "do_not_call": true }))] }));
    let both = r#"rule "Call" when true then [phone.weight(10), email];"#;
    let advice = ask(&[both], lead(), NOW);
    assert_eq!(told(&advice), "email anna 11-18 10:00..11-19 00:00");
    assert_eq!(blocks(&advice), ["eligible do-not-call anna"]);
}

#[test]
fn an_unsubscribe_blocks_mail_until_a_new_opt_in() {
    let gone = json!({ "at": "2026-11-01T10:00:00Z", "kind": "unsubscribe", "person": "anna", "channel": "email" });
    let email = r#"rule "Mail" when true then email;"#;
    let advice = ask(&[email], lead(json!({ "signals": [gone.clone()] })), NOW);
    assert_eq!(blocks(&advice), ["eligible do-not-email anna"]);
    let back = json!([{ "channel": "email", "basis": "opt_in", "given_at": "2026-11-10T10:00:00Z" }]);
    let again = lead(json!({ "signals": [gone], "people": [anna(json!({ "consents": back }))] }));
    assert_eq!(ask(&[email], again, NOW).verdict, Verdict::Touch);
}

#[test]
fn a_withdrawn_consent_blocks_its_channel() {
    let consents = json!([{ "channel": "social", "basis": "opt_in", "given_at": "2026-01-01T10:00:00Z",
        "withdrawn_at": "2026-11-01T10:00:00Z" }]);
    let social = r#"rule "Message" when true then social;"#;
    let advice = ask(&[social], lead(json!({ "people": [anna(json!({ "consents": consents }))] })), NOW);
    assert_eq!(blocks(&advice), ["eligible consent-withdrawn anna"]);
}

#[test]
fn only_an_opt_in_or_a_request_of_theirs_lifts_a_refusal() {
    let consent = |basis: &str, given: &str| json!({ "basis": basis, "given_at": given });
    let taken_back = json!({ "channel": "phone", "basis": "opt_in", "given_at": "2026-01-01T10:00:00Z",
        "withdrawn_at": "2026-11-01T10:00:00Z" });
    let gone = json!({ "at": "2026-11-01T10:00:00Z", "kind": "unsubscribe", "person": "anna" });
    for (basis, lifts) in [
        ("opt_in", true),
        ("double_opt_in", true),
        ("requested", true),
        ("legitimate_interest", false),
        ("existing_customer", false),
        ("published_address", false),
    ] {
        for (given, later) in [("2026-11-10T10:00:00Z", true), ("2026-10-10T10:00:00Z", false)] {
            let people = json!([anna(json!({ "consents": [taken_back.clone(), consent(basis, given)] }))]);
            let advice = ask(&[PHONE], lead(json!({ "people": people, "signals": [gone.clone()] })), NOW);
            assert_eq!(advice.verdict == Verdict::Touch, lifts && later, "{basis} {given}: {:?}", blocks(&advice));
            let mail = ask(
                &[r#"rule "Mail" when not person.do_not_email then email;"#],
                lead(
                    json!({ "people": [anna(json!({ "consents": [consent(basis, given)] }))], "signals": [gone.clone()] }),
                ),
                NOW,
            );
            assert_eq!(mail.verdict == Verdict::Touch, lifts && later, "{basis} {given}");
        }
    }
}

#[test]
fn a_consent_taken_back_in_another_lead_of_the_account_counts() {
    let consents = json!([{ "channel": "phone", "basis": "opt_in", "given_at": "2026-01-01T10:00:00Z",
        "withdrawn_at": "2026-11-01T10:00:00Z" }]);
    let of_account =
        |id: &str, people: serde_json::Value| lead(json!({ "id": id, "account": { "id": "A" }, "people": people }));
    let book = scenario::book(json!({ "leads": [
        of_account("L1", json!([anna(json!({}))])),
        of_account("L2", json!([person("a.devries", "user", json!({ "aliases": ["anna"], "consents": consents }))])),
    ] }));
    let rules = scenario::rulebook(&[PHONE]);
    for advice in cadans::decide::decide(&rules, &book, at(NOW), Language::English) {
        assert_eq!(advice.blocks.iter().map(|block| block.policy).collect::<Vec<_>>(), ["consent-withdrawn"]);
    }
}

#[test]
fn a_touch_ends_before_the_consent_it_rests_on() {
    let with = |consents: serde_json::Value| lead(json!({ "people": [anna(json!({ "consents": consents }))] }));
    let ends = |field: &str, end: &str| json!([{ "basis": "existing_customer", "given_at": "2026-01-01T10:00:00Z", field: end }]);
    for field in ["withdrawn_at", "valid_to"] {
        // NOW is a Wednesday at ten; the consent ends at noon.
        let noon = with(ends(field, "2026-11-18T12:00:00+01:00"));
        assert_eq!(told(&ask(&[PHONE], noon.clone(), NOW)), "phone anna 11-18 10:00..11-18 12:00", "{field}");
        let afternoon = r#"reachable phone "Mo-Fr 13:00-17:00";"#;
        let advice = ask(&[PHONE, afternoon], noon, NOW);
        assert_eq!(blocks(&advice), ["policy consent-ends anna"], "{field}");
        assert_eq!(
            advice.reason,
            "The consent of anna for phone ends Wed 18 Nov 12:00, and no moment before that is left"
        );
        assert_eq!(advice.review_at, Some(at("2026-11-18T12:00:00+01:00")));
        // Another channel does not rest on it.
        let phone = json!([{ "channel": "phone", "basis": "opt_in", "given_at": "2026-01-01T10:00:00Z",
            field: "2026-11-18T12:00:00+01:00" }]);
        let mail = ask(&[r#"rule "Mail" when true then email;"#], with(phone), NOW);
        assert_eq!(told(&mail), "email anna 11-18 10:00..11-19 00:00");
    }
}

#[test]
fn no_touch_is_placed_after_the_start_of_a_law() {
    let law =
        r#"pack "Law" #{ hard: true, valid_from: "2026-11-18T12:00:00+01:00" }; never phone when person.is_a("user");"#;
    assert_eq!(told(&ask(&[PHONE, law], lead(json!({})), NOW)), "phone anna 11-18 10:00..11-18 12:00");
    let advice = ask(&[PHONE, law, r#"reachable phone "Mo-Fr 13:00-17:00";"#], lead(json!({})), NOW);
    assert_eq!(blocks(&advice), ["policy law-starts anna"]);
    assert_eq!(advice.review_at, Some(at("2026-11-18T12:00:00+01:00")));
}

#[test]
fn gates_report_blocks_in_the_order_eligible_applicable_suitable_policy() {
    let hard = r#"pack "Law" #{ hard: true }; never phone when true because "The law says so";"#;
    let soft = r#"pack "Manners" #{}; never phone when true because "We do not call"; limit phone 0 per 7.days;"#;
    let all = lead(json!({ "stage": "lost" }));
    let advice = ask(&[PHONE, soft, hard], all.clone(), NOW);
    assert_eq!(blocks(&advice), ["eligible never anna"]);
    assert_eq!(advice.blocks[0].reason, "The law says so");
    assert_eq!(advice.blocks[0].by.as_ref().unwrap().pack, "Law");
    assert_eq!(blocks(&ask(&[PHONE, soft], all, NOW)), ["applicable lead-closed anna"]);
    assert_eq!(blocks(&ask(&[PHONE, soft], lead(json!({})), NOW)), ["suitable never anna"]);
    let limit = "limit phone 0 per 7.days;";
    assert_eq!(blocks(&ask(&[PHONE, limit], lead(json!({})), NOW)), ["policy limit anna"]);
}

#[test]
fn a_closed_lead_gets_touches_only_from_rules_that_read_the_stage() {
    let customer = || lead(json!({ "stage": "customer" }));
    assert_eq!(ask(&[PHONE], customer(), NOW).verdict, Verdict::Hold);
    let meant = r#"rule "Thank them" when lead.stage is "customer" then phone;"#;
    assert_eq!(ask(&[meant], customer(), NOW).verdict, Verdict::Touch);
    let helped = r#"fn ours(who) { who.stage is "customer" } rule "Thank them" when ours(lead) then phone;"#;
    assert_eq!(ask(&[helped], customer(), NOW).verdict, Verdict::Touch);
}

#[test]
fn a_channel_without_an_address_is_blocked() {
    let mail_only = || lead(json!({ "people": [anna(json!({ "channels": ["email"] }))] }));
    assert_eq!(blocks(&ask(&[PHONE], mail_only(), NOW)), ["applicable channel-unknown anna"]);
    // A meeting can also be arranged by mail.
    assert_eq!(ask(&[r#"rule "Meet" when true then video;"#], mail_only(), NOW).verdict, Verdict::Touch);
}

#[test]
fn an_offer_is_blocked_in_the_orientation_stage() {
    let file = |stage: &str| {
        scenario::book(json!({
            "leads": [lead(json!({ "stage": stage }))],
            "content": [{ "id": "price-list", "pitch": true }, { "id": "guide" }],
        }))
    };
    let rules = scenario::rulebook(&[
        r#"rule "Send" when true then [email.offer("price-list").weight(5), email.offer("guide")];"#,
    ]);
    let advice = &cadans::decide::decide(&rules, &file("orientation"), at(NOW), Language::English)[0];
    assert_eq!(advice.touch.as_ref().unwrap().offer.as_deref(), Some("guide"));
    assert_eq!(blocks(advice), ["suitable pitch-too-early anna"]);
    let advice = &cadans::decide::decide(&rules, &file("consideration"), at(NOW), Language::English)[0];
    assert_eq!(advice.touch.as_ref().unwrap().offer.as_deref(), Some("price-list"));
}

#[test]
fn missing_and_unfitting_content_gives_a_note() {
    let book = scenario::book(json!({
        "leads": [lead(json!({ "language": "nl" }))], "content": [{ "id": "guide", "languages": ["de"] }],
    }));
    let notes = |rule: &str| {
        let advice = cadans::decide::decide(&scenario::rulebook(&[rule]), &book, at(NOW), Language::English).remove(0);
        advice.notes.iter().map(|note| note.code).collect::<Vec<_>>()
    };
    assert_eq!(notes(r#"rule "A" when true then email.offer("calculator");"#), ["first-contact-notice", "content-gap"]);
    assert_eq!(notes(r#"rule "A" when true then email.offer("guide");"#), ["first-contact-notice", "content-misfit"]);
}

#[test]
fn a_first_contact_comes_with_a_note_on_the_right_to_object() {
    let told = |signals: serde_json::Value| {
        let advice = ask(&[PHONE], lead(json!({ "signals": signals })), NOW);
        advice.notes.iter().any(|note| note.code == "first-contact-notice")
    };
    assert!(told(json!([])));
    assert!(!told(json!([touch("2026-10-01T10:00:00Z", "email", json!({}))])));
}

#[test]
fn a_blocker_gets_touches_only_from_rules_about_them() {
    let people = json!([anna(json!({ "stance": "blocker" })), person("bob", "user", json!({}))]);
    let lead = || lead(json!({ "people": people }));
    let advice = ask(&[r#"rule "Call" when true then phone.to("decider");"#], lead(), NOW);
    assert_eq!(told(&advice), "phone bob 11-18 10:00..11-19 00:00");
    assert_eq!(blocks(&advice), ["suitable blocker anna"]);
    let meant = r#"rule "Listen" when person.stance is "blocker" then phone;"#;
    assert_eq!(told(&ask(&[meant], lead(), NOW)), "phone anna 11-18 10:00..11-19 00:00");
    // Reading something else of the person does not mean them.
    let visits = json!([{ "at": "2026-11-17T10:00:00Z", "kind": "visit", "person": "anna" }]);
    let looked = |person: serde_json::Value| {
        let rule = r#"rule "Looked" when person.visits(7.days) >= 1 then phone;"#;
        told(&ask(&[rule], scenario::lead(json!({ "people": [person], "signals": visits })), NOW))
    };
    assert_eq!(looked(anna(json!({ "stance": "blocker" }))), "hold");
    assert_eq!(looked(anna(json!({}))), "phone anna 11-18 10:00..11-19 00:00");
    // A question of theirs is answered all the same.
    let asked = json!([{ "at": "2026-11-18T09:50:00+01:00", "kind": "form", "person": "anna" }]);
    let answer = r#"rule "Answer" when not person.answered then phone;"#;
    let blocker = scenario::lead(json!({ "people": [anna(json!({ "stance": "blocker" }))], "signals": asked }));
    assert_eq!(told(&ask(&[answer], blocker, NOW)), "phone anna 11-18 10:00..11-19 00:00");
}

#[test]
fn a_rule_that_fails_does_not_stop_the_other_rules() {
    let rules = r#"
        rule "Broken" when lead.fields_count(1) > 2 then phone;
        rule "Divides by nothing" when 1 / (lead.visits() - lead.visits()) > 0 then phone;
        rule "Fine" when true then email;
    "#;
    let (rulebook, diagnostics) = cadans::language::Rulebook::new(
        &[cadans::language::PackSource { file: "p.rhai".into(), text: format!("pack \"P\" #{{}};{rules}") }],
        &cadans::pack::Overrides::default(),
    );
    assert!(!diagnostics.is_empty());
    let advice = cadans::decide::decide(
        &rulebook,
        &scenario::book(json!({ "leads": [lead(json!({}))] })),
        at(NOW),
        Language::English,
    )
    .remove(0);
    assert_eq!(advice.rule.as_ref().unwrap().name, "Fine");
    assert_eq!(advice.faults.iter().map(|fault| fault.rule.name.as_str()).collect::<Vec<_>>(), ["Divides by nothing"]);
}

#[test]
fn a_hard_policy_that_cannot_be_evaluated_counts_as_holding() {
    let broken = "never phone when 1 / (lead.visits() - lead.visits()) > 0;";
    let hard = format!("pack \"Law\" #{{ hard: true }}; {broken}");
    let advice = ask(&[PHONE, &hard], lead(json!({})), NOW);
    assert_eq!(blocks(&advice), ["eligible never anna"]);
    assert_eq!(advice.faults.len(), 1);
    assert_eq!(ask(&[PHONE, broken], lead(json!({})), NOW).verdict, Verdict::Touch);
}

#[test]
fn a_pack_outside_its_dates_has_no_effect_and_the_review_is_no_later_than_its_start() {
    let later = r#"pack "Later" #{ valid_from: "2026-12-01T00:00:00Z" }; never phone when true;"#;
    let advice = ask(&[PHONE, later], lead(json!({})), NOW);
    assert_eq!(advice.verdict, Verdict::Touch);
    assert!(advice.review_at.unwrap() <= at("2026-12-01T00:00:00Z"));
    assert_eq!(ask(&[PHONE, later], lead(json!({})), "2026-12-01T00:00:00Z").verdict, Verdict::Hold);
}
