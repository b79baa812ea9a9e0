//! S24 S30 S31 S35: the story of a win, recognition from facts, and buying groups.

use serde_json::{Value, json};

use cadans::team::Viewer;
use cadans::team::recognition::RecognitionKind;
use cadans::team::story::StoryKind;
use cadans::wording::Language;

use crate::setting::{Setting, lead, ours, theirs};

/// Ann's lead, which Bob helped with and in which Ann declined an advice.
fn won() -> Setting {
    let signals = json!([
        theirs("2026-10-05T10:00:00+02:00", "download", json!({ "content": "guide" })),
        ours(
            "2026-10-06T10:00:00+02:00",
            "phone",
            json!({ "rep": "ann", "rule": "Guide read: phone", "outcome": "answered" })
        ),
        ours("2026-10-20T10:00:00+02:00", "video", json!({ "rep": "bob", "outcome": "held" })),
    ]);
    let feedback = json!([{ "at": "2026-10-25T10:00:00+01:00", "rule": "Call again", "verdict": "declined", "reason": "They asked for a week", "rep": "ann" }]);
    let file = json!({
        "stage_moves": [{ "at": "2026-10-21T10:00:00+02:00", "lead": "a", "from": "interest", "to": "proposal" }],
        "orders": [{ "at": "2026-11-06T10:00:00+01:00", "lead": "a", "amount": 18_000 }],
        "contracts": [{ "at": "2024-11-10T10:00:00+01:00", "lead": "b", "yearly": 5_000 }],
        "proposals": [{ "id": "p", "at": "2026-10-01T10:00:00+02:00", "by": "bob", "statement": "setting calm = 7.days",
            "decided": { "at": "2026-10-10T10:00:00+02:00", "adopted": true, "because": "Calmer weeks" } }],
    });
    Setting::new("", &[lead("a", json!({ "signals": signals, "feedback": feedback })), lead("b", json!({}))], file)
}

#[test]
fn a_won_deal_is_told_with_each_contribution_and_a_declined_advice_that_turned_out_well() {
    let setting = won();
    let view = setting.manager();
    let story = view.story(0, Language::English).unwrap();
    let told: Vec<&str> = story.events.iter().map(|event| event.words.as_str()).collect();
    assert_eq!(
        told,
        [
            "anna downloaded something: guide",
            "ANN followed \"Guide read: phone\", by phone, to anna",
            "BOB, by video, to anna",
            "Came to proposal",
            "ANN declined \"Call again\": They asked for a week - and that turned out well: they ordered 12 days later",
            "They ordered for 18,000",
        ]
    );
    assert_eq!(story.events[4].kind, StoryKind::Declined);
    let parts: Vec<&str> = story.contributions.iter().map(|one| one.words.as_str()).collect();
    assert_eq!(
        parts,
        ["ANN looked after them: 1 touches, 1 choices of their own", "BOB helped: 1 touches, 0 choices of their own"]
    );
    assert_eq!(view.story(1, Language::English), None);
}

#[test]
fn helping_a_win_an_adopted_proposal_and_a_customer_who_stayed_are_recognised_without_money() {
    let setting = won();
    let all = setting.manager().recognition(90, Language::English);
    let told: Vec<_> = all.iter().map(|one| (one.kind, one.rep.as_str())).collect();
    assert_eq!(
        told,
        [(RecognitionKind::Adopted, "bob"), (RecognitionKind::Helped, "bob"), (RecognitionKind::Stayed, "ann")]
    );
    assert_eq!(all[1].words, "BOB helped ANN with Firm a, who ordered");
    assert_eq!(all[2].words, "Firm b has been a customer for 2 years with ANN");
    let json = serde_json::to_string(&all).unwrap();
    assert!(!json.contains("18000") && !json.contains("5000"), "{json}");
}

fn group(people: Value, signals: Value) -> cadans::team::groups::BuyingGroup {
    let setting = Setting::new(
        "",
        &[lead("a", json!({ "stage": "consideration", "people": people, "signals": signals }))],
        json!({}),
    );
    setting.view(Viewer::Manager).groups(Language::English).remove(0)
}

#[test]
fn the_score_of_a_group_is_weighted_by_role_and_no_sum_over_people() {
    let users = |count: usize| {
        json!((0..count).map(|nth| json!({ "id": format!("u{nth}"), "roles": ["user"] })).collect::<Vec<_>>())
    };
    // Known, not engaged, no stance: (1 + 0 + 0.5) / 3 = 0.5 of the weight 1 of 8.
    assert_eq!(group(users(1), json!([])).score, 6);
    assert_eq!(group(users(10), json!([])).score, 6);
    // A decider who supports us and replied lately: (1 + 1 + 0.75) / 3 of 3 in 8.
    let decider = json!([{ "id": "anna", "roles": ["decider"], "stance": "supporter" }]);
    let replied = json!([theirs("2026-11-10T10:00:00+01:00", "reply", json!({ "channel": "email" }))]);
    assert_eq!(group(decider, replied).score, 34);
    // Whoever works against us is known, and no more: a third of 3 in 8.
    assert_eq!(group(json!([{ "id": "anna", "roles": ["decider"], "stance": "blocker" }]), json!([])).score, 13);
}

#[test]
fn a_proposal_together_needs_the_milestones_and_a_decider_who_is_engaged() {
    let people = json!([
        { "id": "anna", "roles": ["decider"] }, { "id": "uma", "roles": ["user"] }, { "id": "bo", "roles": ["buyer"] },
    ]);
    let talk = |who: &str| json!({ "at": "2026-11-10T10:00:00+01:00", "kind": "call", "channel": "phone", "direction": "outbound", "person": who, "outcome": "answered" });
    let quote = json!({ "at": "2026-11-11T10:00:00+01:00", "kind": "quote", "channel": "email", "person": "bo" });
    let without = group(people.clone(), json!([talk("uma")]));
    assert_eq!(without.missing, ["nothing heard of the decider for 60 days", "no figures shared with purchasing"]);
    assert_eq!((without.readiness, without.joint_proposal), (60, false));
    // Eighty of a hundred without the decider is not enough; with them it is.
    let decider_silent = group(people.clone(), json!([talk("uma"), quote]));
    assert_eq!((decider_silent.readiness, decider_silent.joint_proposal), (80, false));
    let ready = group(people.clone(), json!([talk("uma"), talk("anna")]));
    assert_eq!((ready.readiness, ready.joint_proposal, ready.missing.len()), (80, true, 1));
    // A milestone that was skipped is named.
    let skipped = group(json!([{ "id": "anna", "roles": ["decider"] }]), json!([talk("anna")]));
    assert_eq!(
        skipped.missing,
        ["no user spoken with", "nobody of purchasing known", "no figures shared with purchasing"]
    );
    assert_eq!((skipped.readiness, skipped.joint_proposal), (40, false));
}
