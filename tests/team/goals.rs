//! S16 S17 S29 S37 S39 S40: goals are outcomes; the same outcome counts the same however it came about.

use serde_json::json;

use cadans::team::goals::GoalState;
use cadans::wording::Language;

use crate::setting::{Setting, as_rep, lead, ours, theirs};

fn goal(measure: &str, target: &str) -> String {
    format!(r#"goal "G" measure {measure} target {target} since "2026-10-01" until "2026-12-31" because "We agreed";"#)
}

fn only(setting: &Setting) -> GoalState {
    let goals = setting.manager().goals(Language::English);
    assert_eq!(goals.len(), 1, "{goals:?}");
    goals.into_iter().next().unwrap()
}

#[test]
fn retained_revenue_of_a_million_that_grew_and_lost_comes_to_110_percent() {
    // 1,000,000 + 200,000 - 70,000 - 30,000 = 1,100,000. Who came after the beginning does not count.
    let leads = ["a", "b", "c", "d", "new"].map(|id| lead(id, json!({ "stage": "customer" })));
    let contract =
        |lead: &str, at: &str, yearly: u32| json!({ "lead": lead, "at": format!("{at}T00:00:00Z"), "yearly": yearly });
    let file = json!({ "contracts": [
        contract("a", "2026-01-01", 600_000), contract("a", "2026-10-20", 800_000),
        contract("b", "2026-01-01", 300_000), contract("b", "2026-11-01", 230_000),
        contract("c", "2026-01-01", 30_000), contract("c", "2026-11-02", 0),
        contract("d", "2026-01-01", 70_000),
        contract("new", "2026-10-15", 500_000),
    ] });
    let state = only(&Setting::new(&goal("retained_revenue", "1050000"), &leads, file));
    let retained = state.measured.retained.unwrap();
    assert_eq!((retained.start, retained.expansion), (1_000_000.0, 200_000.0));
    assert_eq!((retained.contraction, retained.churn, retained.end), (70_000.0, 30_000.0, 1_100_000.0));
    assert_eq!((retained.rate, state.reached), (Some(1.1), Some(true)));
    assert_eq!(
        state.words,
        "G: yearly revenue of those who were customers, 1,100,000, and 1,050,000 was the goal: reached; 44 days left"
    );
}

#[test]
fn the_same_revenue_by_phone_and_by_social_gives_the_same_state() {
    let state = |channel: &str| {
        let touched =
            lead("a", json!({ "signals": [ours("2026-11-02T10:00:00+01:00", channel, json!({ "rep": "ann" }))] }));
        let order = json!({ "orders": [{ "lead": "a", "at": "2026-11-10T10:00:00+01:00", "amount": 12_000 }] });
        only(&Setting::new(&goal("revenue", "20000"), &[touched], order))
    };
    assert_eq!(state("phone"), state("social"));
    assert_eq!((state("phone").measured.value, state("phone").reached), (Some(12_000.0), Some(false)));
}

#[test]
fn a_team_that_only_phones_reaches_its_goal_like_any_other() {
    let pack = format!("{} rule \"Call\" when lead.open then phone;", goal("orders", "1"));
    let order = json!({ "orders": [{ "lead": "a", "at": "2026-11-10T10:00:00+01:00", "amount": 1 }] });
    assert_eq!(only(&Setting::new(&pack, &[lead("a", json!({}))], order)).reached, Some(true));
}

#[test]
fn only_what_lies_between_the_first_and_the_last_day_counts() {
    // Midnight in Amsterdam: 22:00 in UTC before the clocks change.
    let order = |at: &str| json!({ "lead": "a", "at": at, "amount": 100 });
    let file = json!({ "orders": [order("2026-09-30T21:59:59Z"), order("2026-09-30T22:00:00Z"), order("2026-11-18T09:00:00Z"), order("2026-11-18T09:00:01Z")] });
    assert_eq!(only(&Setting::new(&goal("revenue", "500"), &[lead("a", json!({}))], file)).measured.value, Some(200.0));
}

#[test]
fn moves_to_a_later_stage_and_their_speed_come_from_the_history() {
    let step = |lead: &str, at: &str, to: &str| json!({ "lead": lead, "at": format!("{at}T12:00:00Z"), "to": to });
    let file = json!({ "stage_moves": [
        step("a", "2026-10-01", "interest"), step("a", "2026-10-11", "consideration"), step("a", "2026-10-31", "proposal"),
        step("b", "2026-10-05", "consideration"), step("b", "2026-10-09", "interest"), step("b", "2026-10-15", "lost"),
    ] });
    let leads = [lead("a", json!({})), lead("b", json!({}))];
    // Forward: a three times, b once. Going back and being lost are no progress.
    assert_eq!(only(&Setting::new(&goal("stage_moves", "4"), &leads, file.clone())).measured.value, Some(4.0));
    // After 10 and 20 days: 15 in the median, of at most 14.
    let speed = only(&Setting::new(&goal("stage_speed", "14"), &leads, file));
    assert_eq!((speed.measured.value, speed.measured.n, speed.reached), (Some(15.0), 2, Some(false)));
}

#[test]
fn a_question_counts_as_answered_in_time_when_the_rule_promised_it_by_then() {
    let answer = r#"rule "Answer" when person.waiting then phone.within(4.hours) because "They wait";"#;
    let asked = |day: u32, answered: u32| {
        let at = |hour: u32| format!("2026-11-{day:02}T{hour:02}:00:00+01:00");
        let called = ours(&at(answered), "phone", json!({ "rep": "ann", "outcome": "answered" }));
        lead(&format!("L{day}"), json!({ "signals": [theirs(&at(10), "form", json!({})), called] }))
    };
    // Five after two hours, five after six.
    let leads: Vec<_> = (2..=6).map(|day| asked(day, 12)).chain((9..=13).map(|day| asked(day, 16))).collect();
    let state = only(&Setting::new(&format!("{answer}\n{}", goal("answered_in_time", "0.9")), &leads, json!({})));
    assert_eq!((state.measured.value, state.measured.n, state.reached), (Some(0.5), 10, Some(false)));
    let few = only(&Setting::new(&format!("{answer}\n{}", goal("answered_in_time", "0.9")), &leads[..9], json!({})));
    assert_eq!((few.measured.value, few.reached), (None, None));
    assert!(few.words.contains("too few to say, n = 9"), "{}", few.words);
}

#[test]
fn an_order_is_assisted_when_they_read_or_reacted_and_not_by_posts_of_ours() {
    let order = |lead: &str| json!({ "lead": lead, "at": "2026-11-10T10:00:00+01:00", "amount": 1 });
    let posts: Vec<_> = (0..100)
        .map(|nth| {
            ours(&format!("2026-11-0{}T0{}:00:00+01:00", 1 + nth / 12, nth % 10), "social", json!({ "rep": "ann" }))
        })
        .collect();
    let leads = [
        lead(
            "read",
            json!({ "signals": [theirs("2026-11-01T10:00:00+01:00", "download", json!({ "content": "guide" }))] }),
        ),
        lead("posts", json!({ "signals": posts })),
    ];
    let file = json!({ "orders": [order("read"), order("posts")] });
    assert_eq!(only(&Setting::new(&goal("assisted_wins", "1"), &leads, file)).measured.value, Some(1.0));
}

#[test]
fn a_personal_goal_is_told_to_its_person_and_to_a_manager_only_when_shared() {
    let pack = r#"goal "Mine" measure orders target 3 since "2026-10-01" until "2026-12-31" for "ann" agreed_by ["ann", "manager"];
        goal "Ours" measure orders target 9 since "2026-10-01" until "2026-12-31";"#;
    let names = |setting: &Setting, viewer| {
        setting.view(viewer).goals(Language::English).into_iter().map(|goal| goal.name).collect::<Vec<_>>()
    };
    let orders = json!([
        { "lead": "a", "at": "2026-11-10T10:00:00+01:00", "amount": 1 }, { "lead": "b", "at": "2026-11-10T10:00:00+01:00", "amount": 1 },
    ]);
    let leads = [lead("a", json!({})), lead("b", json!({ "owner": "bob" }))];
    let private = Setting::new(pack, &leads, json!({ "orders": orders }));
    assert_eq!(names(&private, as_rep("ann")), ["Mine", "Ours"]);
    assert_eq!(names(&private, as_rep("bob")), ["Ours"]);
    assert_eq!(names(&private, cadans::team::Viewer::Manager), ["Ours"]);
    let shared = Setting::new(pack, &leads, json!({ "orders": orders, "members": [{ "rep": "ann", "shares": true }] }));
    assert_eq!(names(&shared, cadans::team::Viewer::Manager), ["Mine", "Ours"]);
    let values = shared.manager().goals(Language::English).into_iter().map(|goal| goal.measured.value);
    assert_eq!(values.collect::<Vec<_>>(), [Some(1.0), Some(2.0)]);
}

#[test]
fn the_goal_of_a_team_counts_the_leads_of_its_members() {
    let pack = r#"goal "N" measure orders target 3 since "2026-10-01" until "2026-12-31" for "North";"#;
    let leads = [lead("a", json!({})), lead("b", json!({ "owner": "bob" }))];
    let order = |lead: &str| json!({ "lead": lead, "at": "2026-11-10T10:00:00+01:00", "amount": 1 });
    let file = json!({ "orders": [order("a"), order("b")], "members": [{ "rep": "bob", "team": "North" }] });
    assert_eq!(only(&Setting::new(pack, &leads, file)).measured.value, Some(1.0));
}
