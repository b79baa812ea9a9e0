//! Cadences: when each step is due, and what blocks the steps.

use serde_json::{Value, json};

use cadans_testing::scenario::{NOW, ask, blocks, lead, told, touch};

const SERIES: &str =
    r#"cadence "Warm" when lead.stage is "interest" steps [email, social.after(2.days), phone.after(4.days)];"#;

fn warm(signals: Value) -> Value {
    lead(json!({ "stage": "interest", "signals": signals }))
}

fn step(at: &str, channel: &str, number: u32) -> Value {
    touch(at, channel, json!({ "cadence": "Warm", "step": number }))
}

#[test]
fn a_cadence_starts_now_and_the_advice_names_its_step() {
    let advice = ask(&[SERIES], warm(json!([])), NOW);
    assert_eq!(told(&advice), "email anna 11-18 10:00..11-19 00:00");
    let touch = advice.touch.unwrap();
    assert_eq!((touch.cadence.as_deref(), touch.step), (Some("Warm"), Some(1)));
}

#[test]
fn the_next_step_is_due_counted_from_the_start_of_the_cadence() {
    let advice = ask(&[SERIES], warm(json!([step("2026-11-17T09:00:00+01:00", "email", 1)])), NOW);
    assert_eq!(told(&advice), "social anna 11-19 09:00..11-20 00:00");
    assert_eq!(advice.touch.unwrap().step, Some(2));
}

#[test]
fn a_late_step_delays_the_later_steps_and_an_early_one_does_not_advance_them() {
    let late = json!([step("2026-11-10T09:00:00+01:00", "email", 1), step("2026-11-17T09:00:00+01:00", "social", 2)]);
    // The third step is due two days after the second, also when the second was late.
    assert_eq!(told(&ask(&[SERIES], warm(late), NOW)), "phone anna 11-19 09:00..11-20 00:00");
    let early = json!([step("2026-11-16T09:00:00+01:00", "email", 1), step("2026-11-17T09:00:00+01:00", "social", 2)]);
    assert_eq!(told(&ask(&[SERIES], warm(early), NOW)), "phone anna 11-20 09:00..11-21 00:00");
}

#[test]
fn a_touch_without_cadence_on_the_channel_of_the_next_step_counts_as_that_step() {
    let by_hand =
        json!([step("2026-11-14T09:00:00+01:00", "email", 1), touch("2026-11-17T09:00:00+01:00", "social", json!({}))]);
    let advice = ask(&[SERIES], warm(by_hand), NOW);
    assert_eq!(advice.touch.as_ref().unwrap().step, Some(3));
    assert_eq!(told(&advice), "phone anna 11-19 09:00..11-20 00:00");
}

#[test]
fn a_completed_cadence_proposes_nothing() {
    let all = json!([
        step("2026-11-01T09:00:00+01:00", "email", 1),
        step("2026-11-03T09:00:00+01:00", "social", 2),
        step("2026-11-05T09:00:00+01:00", "phone", 3),
    ]);
    assert_eq!(told(&ask(&[SERIES], warm(all), NOW)), "wait");
}

#[test]
fn a_reply_stops_a_cadence_for_good_and_two_weeks_any_other() {
    let replied = |at: &str| {
        json!([
            step("2026-11-01T09:00:00+01:00", "email", 1),
            { "at": at, "kind": "reply", "person": "anna", "channel": "email" },
            // Our answer, so that no message is unanswered.
            touch("2026-11-16T12:00:00+01:00", "email", json!({})),
        ])
    };
    let advice = ask(&[SERIES], warm(replied("2026-11-16T09:00:00+01:00")), NOW);
    assert_eq!(blocks(&advice), ["applicable replied -"]);
    assert_eq!(
        (advice.blocks[0].lifts_at, advice.review_at.map(|at| at.to_string())),
        (None, Some("2026-11-30T08:00:00Z".into()))
    );
    let long_ago = ask(&[SERIES], warm(replied("2026-11-04T09:00:00+01:00")), NOW);
    assert_eq!(told(&long_ago), "wait");
    let mut before = replied("2026-11-16T09:00:00+01:00");
    before.as_array_mut().unwrap().remove(0);
    let advice = ask(&[SERIES], warm(before), NOW);
    assert_eq!(blocks(&advice), ["applicable replied -"]);
    assert_eq!(advice.blocks[0].lifts_at.unwrap().to_string(), "2026-11-30T08:00:00Z");
}

#[test]
fn an_unanswered_form_blocks_cadence_steps() {
    let form = json!([step("2026-11-10T09:00:00+01:00", "email", 1), { "at": "2026-11-18T09:00:00+01:00", "kind": "form", "person": "anna" }]);
    let mut asked = warm(form);
    asked["planned"] = json!([{ "at": "2026-11-19T10:00:00+01:00", "channel": "email", "person": "anna" }]);
    let advice = ask(&[SERIES], asked, NOW);
    assert_eq!(blocks(&advice), ["applicable withdrawn -"]);
    assert_eq!(advice.notes[0].code, "planned-withdrawn");
}

#[test]
fn a_replacing_cadence_starts_when_the_replaced_step_was_due() {
    let other = r#"cadence "Compare" when lead.stage is "consideration" steps [phone, email.after(3.days)];"#;
    let mut switched = warm(json!([step("2026-11-17T09:00:00+01:00", "email", 1)]));
    switched["stage"] = json!("consideration");
    // The replaced step was due on the 19th at nine: the new cadence starts no sooner.
    let advice = ask(&[SERIES, other], switched, NOW);
    assert_eq!(told(&advice), "phone anna 11-19 09:00..11-20 00:00");
    assert_eq!(advice.touch.unwrap().cadence.as_deref(), Some("Compare"));
}

#[test]
fn a_due_touch_precedes_a_step_that_is_not_due() {
    let rule = r#"rule "Share" when true then content.weight(0.01);"#;
    let advice = ask(&[SERIES, rule], warm(json!([step("2026-11-17T09:00:00+01:00", "email", 1)])), NOW);
    assert_eq!(told(&advice), "content anna 11-18 10:00..11-19 00:00");
    assert_eq!(advice.runners_up[0].lost_by, "It is not due yet, and something else is");
}
