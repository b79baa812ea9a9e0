//! The plan: not more than the team can do, and what does not fit is told.

use cadans_testing::scenario::{NOW, at, book, lead, rulebook};
use serde_json::{Value, json};

use cadans::book::vocabulary::Channel;
use cadans::plan::{Plan, PlanSettings, plan};
use cadans::team::records::TeamIntake;
use cadans::team::{TeamView, Viewer};
use cadans::wording::Language;

const CALL: &str = r#"effort phone 1.hour because "With the notes";
    rule "Call" when lead.open then phone because "Say hello";"#;

fn rep(id: &str, languages: Value) -> Value {
    json!({ "id": id, "name": id.to_uppercase(), "zone": "Europe/Amsterdam", "hours": "Mo-Fr 09:00-17:00", "languages": languages })
}

/// So many leads of Ann, each of an account of its own, who speak Dutch.
fn leads(count: usize) -> Vec<Value> {
    let one =
        |nth: usize| lead(json!({ "id": format!("L{nth:02}"), "stage": "interest", "owner": "ann", "language": "nl" }));
    (1..=count).map(one).collect()
}

fn planned(packs: &[&str], leads: &[Value], reps: &[Value], days: u32) -> Plan {
    let book = book(json!({ "leads": leads, "reps": reps }));
    let settings = PlanSettings { days, ..PlanSettings::default() };
    plan(&rulebook(packs), &book, at(NOW), &settings, Language::English)
}

/// `lead hh:mm` in UTC for each day of a rep.
fn days_of(plan: &Plan, rep: &str) -> Vec<Vec<String>> {
    let of_rep = plan.days.iter().filter(|day| day.rep == rep);
    let told = |touch: &cadans::plan::PlanEntry| format!("{} {}", touch.lead, &touch.at.to_string()[11..16]);
    of_rep.map(|day| day.touches.iter().map(told).collect()).collect()
}

#[test]
fn sixty_percent_of_the_day_is_planned_and_what_does_not_fit_is_told() {
    let plan = planned(&[CALL], &leads(10), &[rep("ann", json!(["nl"]))], 2);
    // Wednesday from ten on: 420 minutes, of which 252; Thursday: 480, of which 288. Four calls of an hour each.
    let minutes: Vec<_> = plan.days.iter().map(|day| (day.minutes, day.planned_minutes)).collect();
    assert_eq!(minutes, [(252, 240), (288, 240)]);
    assert_eq!(days_of(&plan, "ann")[0], ["L01 09:00", "L02 10:00", "L03 11:00", "L04 12:00"]);
    assert_eq!(days_of(&plan, "ann")[1].len(), 4);
    assert_eq!(plan.days[1].touches[0].notes, ["there was no room before"]);
    let left: Vec<&str> = plan.not_planned.iter().map(|one| one.lead.as_str()).collect();
    assert_eq!(left, ["L09", "L10"]);
    assert!(plan.summary.as_ref().unwrap().starts_with("2 touches do not fit"), "{:?}", plan.summary);
}

#[test]
fn a_colleague_with_room_helps_who_speaks_the_language() {
    let plan = planned(&[CALL], &leads(5), &[rep("ann", json!(["nl"])), rep("bob", json!(["nl"]))], 1);
    assert_eq!(days_of(&plan, "bob"), [["L05 09:00"]]);
    let notes = &plan.days[1].touches[0].notes;
    assert_eq!(notes, &["ANN has no room on this day; BOB has, and speaks the language"]);
    let plan = planned(&[CALL], &leads(5), &[rep("ann", json!(["nl"])), rep("bob", json!(["en"]))], 1);
    assert!(days_of(&plan, "bob")[0].is_empty());
    assert_eq!(plan.not_planned[0].why, "there is no room within these days");
}

#[test]
fn what_was_promised_stands_at_its_time() {
    let mut leads = leads(3);
    leads[2]["planned"] =
        json!([{ "at": "2026-11-18T11:00:00+01:00", "channel": "phone", "person": "anna", "rep": "ann" }]);
    let plan = planned(&[CALL], &leads, &[rep("ann", json!(["nl"]))], 1);
    assert_eq!(days_of(&plan, "ann"), [["L01 09:00", "L03 10:00", "L02 11:00"]]);
}

#[test]
fn when_the_visits_are_used_up_the_best_remote_channel_is_planned() {
    let visits = r#"effort visit 30.minutes; budget visit 2 per 7.days across "team";
        rule "Visit" when lead.open then visit.lever(1).weight(5); rule "Call" when lead.open then phone;"#;
    let plan = planned(&[visits], &leads(3), &[rep("ann", json!(["nl"]))], 1);
    let touches = &plan.days[0].touches;
    let channels: Vec<_> = touches.iter().map(|touch| touch.channel.unwrap()).collect();
    assert_eq!(channels, [Channel::Visit, Channel::Visit, Channel::Phone]);
    assert!(touches[2].notes[0].starts_with("visit would have won, but its budget of 2 in"), "{:?}", touches[2]);
}

#[test]
fn the_same_input_gives_the_same_plan() {
    let make = || planned(&[CALL], &leads(7), &[rep("ann", json!(["nl"])), rep("bob", json!(["nl"]))], 2);
    assert_eq!(make(), make());
}

#[test]
fn a_phone_budget_is_kept_for_each_rep_and_a_mail_takes_the_place_of_a_call() {
    let calls = r#"effort phone 30.minutes; budget phone 2 per 1.day across "rep";
        rule "Call" when lead.open then phone.weight(5); rule "Mail" when lead.open then email;"#;
    let plan = planned(&[calls], &leads(3), &[rep("ann", json!(["nl"]))], 1);
    let channels: Vec<_> = plan.days[0].touches.iter().map(|touch| touch.channel.unwrap()).collect();
    assert_eq!(channels, [Channel::Phone, Channel::Phone, Channel::Email]);
    assert_eq!(plan.days[0].touches[2].notes, ["phone would have won, but its budget of 2 in 1 day is used up"]);
}

#[test]
fn without_any_visit_to_spare_no_visit_is_planned_and_the_reason_is_told() {
    let visits = r#"budget visit 0 per 7.days; rule "Visit" when lead.open then visit.weight(50);
        rule "Call" when lead.open then phone;"#;
    let plan = planned(&[visits], &leads(1), &[rep("ann", json!(["nl"]))], 1);
    let touch = &plan.days[0].touches[0];
    assert_eq!(touch.channel, Some(Channel::Phone));
    assert_eq!(touch.notes, ["visit would have won, but its budget of 0 in 7 days is used up"]);
    let only_visits = r#"budget visit 0 per 7.days; rule "Visit" when lead.open then visit;"#;
    let plan = planned(&[only_visits], &leads(1), &[rep("ann", json!(["nl"]))], 1);
    assert_eq!(plan.not_planned[0].why, "the budget of 0 in 7 days is used up, and nothing else is advised");
}

#[test]
fn while_a_rep_is_away_their_backup_does_it_and_nobody_is_touched_more_often() {
    let mut away = rep("ann", json!(["nl"]));
    away["absences"] = json!([{ "from": "2026-11-16T00:00:00+01:00", "until": "2026-11-24T00:00:00+01:00" }]);
    away["backup"] = json!("bob");
    let once = r#"rule "Call" when lead.open then phone; limit phone 1 per 7.days;"#;
    let plan = planned(&[once], &leads(2), &[away, rep("bob", json!(["nl"]))], 5);
    assert!(days_of(&plan, "ann").iter().all(Vec::is_empty));
    let of_bob: Vec<String> = days_of(&plan, "bob").into_iter().flatten().collect();
    assert_eq!(of_bob, ["L01 09:00", "L02 09:10"]);
}

#[test]
fn the_plan_in_words_has_the_hour_of_the_rep_and_what_does_not_fit() {
    let plan = planned(&[CALL], &leads(5), &[rep("ann", json!(["nl"]))], 1);
    let text = plan.document(Language::English).markdown();
    assert!(text.contains("## ANN, Wed 18 Nov: 240 of 252 minutes planned"), "{text}");
    assert!(text.contains("| 10:00 | 60 | "), "{text}");
    assert!(text.contains("## What does not fit"), "{text}");
    let text = plan.document(Language::Dutch).markdown();
    assert!(text.contains("## ANN, wo 18 nov: 240 van 252 minuten gepland"), "{text}");
}

#[test]
fn a_member_who_wants_a_quarter_of_the_day_planned_gets_no_more_unless_it_is_asked_for() {
    let book = book(json!({ "leads": leads(5), "reps": [rep("ann", json!(["nl"]))] }));
    let file = TeamIntake::read(br#"{ "members": [{ "rep": "ann", "planned": 0.25 }] }"#, &book).unwrap().file;
    let rules = rulebook(&[CALL]);
    let view = TeamView::new(&rules, &book, &file, at(NOW), Viewer::Manager);
    let minutes = |settings: &PlanSettings| {
        let plan = view.plan(settings, Language::English);
        (plan.days[0].minutes, plan.days[0].planned_minutes)
    };
    // From ten to five are 420 minutes; a quarter is 105, in which one call of an hour fits.
    let today = PlanSettings { days: 1, ..PlanSettings::default() };
    assert_eq!(minutes(&today), (105, 60));
    let half = PlanSettings { shares: [("ann".to_owned(), 0.5)].into(), ..today };
    assert_eq!(minutes(&half), (210, 180));
}

#[test]
fn a_day_is_called_as_where_the_team_is_for_a_rep_far_away_too() {
    let mut far = rep("sue", json!(["en"]));
    far["zone"] = json!("America/New_York");
    let mut leads = leads(1);
    leads[0]["owner"] = json!("sue");
    leads[0]["language"] = json!("en");
    let plan = planned(&[CALL], &leads, &[rep("ann", json!(["nl"])), far], 2);
    let days: Vec<_> = plan.days.iter().map(|day| (day.rep.as_str(), day.day.as_str(), day.minutes)).collect();
    // Sue works from 15:00 to 23:00 by Ann's clock, on the same days.
    assert_eq!(
        days,
        [
            ("ann", "2026-11-18", 252),
            ("sue", "2026-11-18", 288),
            ("ann", "2026-11-19", 288),
            ("sue", "2026-11-19", 288)
        ]
    );
}
