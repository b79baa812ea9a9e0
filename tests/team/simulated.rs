//! In a simulation reps follow the plan where a pack says what a touch takes or how many there can be.

use cadans_testing::scenario::{NOW, at, book, lead, rulebook};
use serde_json::{Value, json};

use cadans::book::vocabulary::Channel;
use cadans::simulate::report::PlanReport;
use cadans::simulate::{Report, ResponseModel, Settings, simulate};

/// Two days of Ann with so many leads, with nobody who answers.
fn lived(pack: &str, leads: usize, plan: Option<bool>) -> Report {
    let one =
        |nth: usize| lead(json!({ "id": format!("L{nth:02}"), "stage": "interest", "owner": "ann", "language": "nl" }));
    let ann = json!({ "id": "ann", "zone": "Europe/Amsterdam", "hours": "Mo-Fr 09:00-17:00", "languages": ["nl"] });
    let leads: Vec<Value> = (1..=leads).map(one).collect();
    let model = ResponseModel::standard().unwrap().without_answers();
    let settings = Settings { days: 2, plan, ..Settings::new(at(NOW)) };
    let (rulebook, book) = (rulebook(&[pack]), book(json!({ "leads": leads, "reps": [ann] })));
    simulate(&rulebook, &book, &model, &settings, |_, _| true).unwrap().report
}

/// No two calls to anybody in a fortnight.
const CALL: &str = r#"effort phone 1.hour; limit phone 1 per 14.days; rule "Call" when lead.open then phone;"#;

#[test]
fn a_rep_who_follows_the_plan_makes_the_four_calls_that_fit_in_a_day() {
    // 252 minutes from ten o'clock on, then 288: four calls of an hour each day. The third day has the other two, and ends at ten.
    let report = lived(CALL, 10, None);
    assert_eq!(report.touches, 4 + 4 + 1);
    assert_eq!(report.plan, Some(PlanReport { planned: 10, done: 9, not_fit: 6 + 2, instead: 0 }));
    assert_eq!(report.days.iter().map(|day| day.by_channel[&Channel::Phone]).collect::<Vec<_>>(), [4 + 1, 3 + 1]);
    // By the queue the days are full: seven hours, then eight, for the ten calls that there are.
    let report = lived(CALL, 10, Some(false));
    assert_eq!((report.touches, report.plan), (10, None));
}

#[test]
fn visits_stay_within_the_budget_and_others_are_called_instead() {
    let pack = r#"effort visit 30.minutes; effort phone 30.minutes; budget visit 2 per 7.days across "team";
        limit any 1 per 14.days;
        rule "Visit" when lead.open then visit.weight(50); rule "Call" when lead.open then phone;"#;
    let report = lived(pack, 5, None);
    assert_eq!((report.by_channel[&Channel::Visit], report.by_channel[&Channel::Phone]), (2, 3));
    assert_eq!(report.plan.unwrap().instead, 3);
    assert_eq!(lived(pack, 5, Some(false)).by_channel[&Channel::Visit], 5);
}

#[test]
fn packs_that_say_nothing_of_effort_leave_the_queue_as_it_was() {
    assert_eq!(lived(r#"rule "Call" when lead.open then phone;"#, 2, None).plan, None);
}
