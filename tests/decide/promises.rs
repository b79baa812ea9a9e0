//! Promises: since when they count, when they are due, how late they are, and what comes first because of them.

use cadans_testing::scenario::{NOW, anna, ask, at, book, lead, person, rulebook, told, touch};
use serde_json::{Value, json};

use cadans::calendar::Duration;
use cadans::decide::advice::Advice;
use cadans::decide::{Decider, decide, queue};
use cadans::evaluate::clause::{holds, interpret};
use cadans::evaluate::facts::FactContext;
use cadans::pack::interpreter::Answer;
use cadans::wording::Language;

const OFFICE: &str = r#"reachable phone "Mo-Fr 09:00-12:30,13:30-17:30; PH off";"#;

fn signal(at: &str, kind: &str, more: Value) -> Value {
    let mut signal = json!({ "at": at, "kind": kind, "person": "anna" });
    for (field, value) in more.as_object().unwrap() {
        signal[field] = value.clone();
    }
    signal
}

/// `since due` of what is advised, in UTC without seconds that say nothing; `-` for none.
fn promise(advice: &Advice) -> String {
    let touch = advice.touch.as_ref().unwrap();
    let short = |at: Option<cadans::calendar::Instant>| {
        at.map_or("-".to_owned(), |at| at.to_string().replace("2026-", "").replace(":00Z", "Z"))
    };
    format!("{} {}", short(touch.since), short(touch.due))
}

fn late_by(advice: &Advice) -> Option<i64> {
    advice.touch.as_ref().unwrap().late_by.map(Duration::millis)
}

const MINUTE: i64 = 60_000;

#[test]
fn a_promise_counts_from_the_form_and_does_not_move() {
    let rules = [
        r#"rule "Form" when not person.answered and person.forms() >= 1 then phone.within(5.minutes).weight(50);
           rule "Mail" when true then email.within(9.days);"#,
        OFFICE,
    ];
    let form = signal("2026-11-20T09:53:00+01:00", "form", json!({}));
    let asked = lead(json!({ "value": 10000, "signals": [form] }));
    let at = |time: &str| ask(&rules, asked.clone(), &format!("2026-11-20T{time}:00+01:00"));
    let in_time = at("09:54");
    assert_eq!(told(&in_time), "phone anna 11-20 09:54..11-20 09:58");
    assert_eq!((promise(&in_time), late_by(&in_time)), ("11-20T08:53Z 11-20T08:58Z".to_owned(), None));
    assert_eq!(in_time.review_at.unwrap().to_string(), "2026-11-20T08:58:00Z", "it turns late then");
    for (time, minutes) in [("09:58", 0), ("10:30", 32), ("10:52", 54), ("10:53", 55), ("12:29", 151)] {
        let late = at(time);
        assert_eq!(told(&late), format!("phone anna 11-20 {time}..11-20 12:30 late"));
        assert_eq!(promise(&late), "11-20T08:53Z 11-20T08:58Z");
        assert_eq!(late_by(&late), Some(minutes * MINUTE));
        assert_eq!(late.priority, in_time.priority, "it keeps its priority");
    }
    // Over lunch the first permitted moment, and how late it will be then.
    let lunch = at("12:40");
    assert_eq!(told(&lunch), "phone anna 11-20 13:30..11-20 17:30 late");
    assert_eq!(late_by(&lunch), Some(212 * MINUTE));
    assert!(lunch.touch.unwrap().window.unwrap().why.contains("It was due Fri 20 Nov 09:58"));
}

#[test]
fn asking_again_does_not_move_what_is_due_and_an_answer_ends_it() {
    let rules = [r#"rule "Form" when not person.answered and person.forms() >= 1 then phone.within(5.minutes);"#];
    let forms = |times: &[&str]| times.iter().map(|at| signal(at, "form", json!({}))).collect::<Vec<_>>();
    let asked = |signals: Vec<Value>| promise(&ask(&rules, lead(json!({ "signals": signals })), NOW));
    let twice = forms(&["2026-11-18T09:00:00+01:00", "2026-11-18T09:30:00+01:00"]);
    assert_eq!(asked(twice), "11-18T08:00Z 11-18T08:05Z");
    let mut answered = forms(&["2026-11-18T08:00:00+01:00", "2026-11-18T09:45:00+01:00"]);
    answered.insert(1, touch("2026-11-18T08:10:00+01:00", "phone", json!({ "outcome": "answered" })));
    assert_eq!(asked(answered), "11-18T08:45Z 11-18T08:50Z");
}

#[test]
fn the_latest_unbroken_stretch_counts() {
    let rules =
        [r#"rule "Hot" when lead.visits(7.days) >= 2 unless lead.downloads(1.day) >= 1 then phone.within(4.hours);"#];
    let visit = |day: u32| signal(&format!("2026-11-{day:02}T10:00:00Z"), "visit", json!({}));
    let since = |signals: Vec<Value>, now: &str| promise(&ask(&rules, lead(json!({ "signals": signals })), now));
    let days = |days: &[u32]| days.iter().map(|day| visit(*day)).collect::<Vec<_>>();
    // Two in a week until the first of them is a week old, and again from the fourth on.
    let visits = days(&[1, 2, 12, 13, 14]);
    assert_eq!(since(visits.clone(), "2026-11-08T09:59:59Z"), "11-02T10:00Z 11-02T14:00Z");
    assert_eq!(since(visits.clone(), "2026-11-13T10:00:00Z"), "11-13T10:00Z 11-13T14:00Z");
    assert_eq!(since(visits.clone(), "2026-11-15T00:00:00Z"), "11-13T10:00Z 11-13T14:00Z");
    // What `unless` forbids interrupts it, until that fades.
    let mut read = visits;
    read.insert(4, signal("2026-11-13T12:00:00Z", "download", json!({})));
    assert_eq!(since(read, "2026-11-15T00:00:00Z"), "11-14T12:00Z 11-14T16:00Z");
}

#[test]
fn a_fact_of_time_begins_a_stretch_at_the_moment_at_which_it_turns() {
    let since = |when: &str, now: &str| {
        let rule = format!(r#"rule "Ask" when {when} then phone.within(1.hour);"#);
        let visit = signal("2026-11-16T10:00:00Z", "visit", json!({}));
        let came_in = json!({ "created_at": "2026-11-10T08:00:00Z", "signals": [visit],
            "quotes": [{ "sent_at": "2026-11-12T09:00:00Z", "status": "open" }] });
        promise(&ask(&[&rule], lead(came_in), now))
    };
    let asked = "2026-11-20T09:00:00Z";
    assert_eq!(since("lead.since(\"visit\") >= 2.days", asked), "11-18T10:00Z 11-18T11:00Z");
    assert_eq!(since("lead.since(\"visit\") > 2.days", asked), "11-18T10:00:00.001Z 11-18T11:00:00.001Z");
    assert_eq!(since("lead.quote_open_for > 5.days", asked), "11-17T09:00:00.001Z 11-17T10:00:00.001Z");
    assert_eq!(since("lead.age >= 1.week", asked), "11-17T08:00Z 11-17T09:00Z");
    assert_eq!(since("now >= date(\"2026-11-19\")", asked), "11-19T00:00Z 11-19T01:00Z");
    assert_eq!(since("true", asked), "11-10T08:00Z 11-10T09:00Z", "nothing is known before the lead came in");
    // A clause that is interpreted is looked at every full hour: it may have begun at any time after the last look.
    let interpreted = "switch true { _ => lead.since(\"visit\") >= 90.minutes }";
    for now in ["2026-11-16T11:45:00Z", "2026-11-16T12:00:00Z", "2026-11-18T03:00:00Z", "2027-06-30T12:00:00Z"] {
        assert_eq!(since(interpreted, now), "11-16T11:00Z 11-16T12:00Z", "{now}");
    }
}

#[test]
fn the_stage_has_a_history_as_far_as_it_is_recorded() {
    let rules = [r#"rule "Quote" when lead.stage is "proposal" then phone.within(2.days);
           rule "Look" when lead.stage is "consideration" then phone.within(4.hours);
           enter "consideration" when lead.visits("pricing") >= 2;"#];
    let came_in = "2026-11-02T09:00:00Z";
    let moved = json!({ "created_at": came_in, "stage": "proposal", "stage_since": "2026-11-17T15:00:00Z" });
    assert_eq!(promise(&ask(&rules, lead(moved), NOW)), "11-17T15:00Z 11-19T15:00Z");
    let visits: Vec<Value> = ["2026-11-10T08:00:00Z", "2026-11-11T08:00:00Z", "2026-11-12T08:00:00Z"]
        .iter()
        .map(|at| signal(at, "visit", json!({ "topic": "pricing" })))
        .collect();
    let entered = json!({ "created_at": came_in, "stage": "interest", "signals": visits });
    assert_eq!(promise(&ask(&rules, lead(entered), NOW)), "11-11T08:00Z 11-11T12:00Z");
}

#[test]
fn without_a_recorded_moment_nothing_is_due() {
    let advice = ask(&[r#"rule "Call" when true then phone.within(4.hours);"#, OFFICE], lead(json!({})), NOW);
    assert_eq!(promise(&advice), "- -");
    assert_eq!(told(&advice), "phone anna 11-18 10:00..11-18 12:30");
}

#[test]
fn a_touch_without_a_promise_says_since_when_its_reason_holds() {
    let visit = signal("2026-11-16T10:00:00Z", "visit", json!({}));
    let advice = ask(
        &[r#"rule "Visit" when lead.visits() >= 1 then email;"#],
        lead(json!({ "created_at": "2026-11-10T08:00:00Z", "signals": [visit] })),
        NOW,
    );
    assert_eq!(promise(&advice), "11-16T10:00Z -");
}

#[test]
fn finding_somebody_can_be_late() {
    let rules = [r#"rule "Who buys?" when not lead.knows("buyer") then find("buyer").within(2.days);"#];
    let came_in = lead(json!({ "created_at": "2026-11-16T10:00:00+01:00" }));
    let asked = |now: &str| ask(&rules, came_in.clone(), now);
    assert_eq!(asked("2026-11-18T09:00:00+01:00").review_at, Some(at("2026-11-18T10:00:00+01:00")));
    assert_eq!(late_by(&asked("2026-11-18T09:59:00+01:00")), None);
    assert_eq!(late_by(&asked("2026-11-18T10:20:00+01:00")), Some(20 * MINUTE));
}

#[test]
fn what_was_promised_to_several_people_is_due_for_each_of_them() {
    let rules = [r#"rule "Form" when not person.answered and person.forms() >= 1 then phone.within(30.minutes);"#];
    let people = json!([anna(json!({})), person("bob", "user", json!({}))]);
    let signals = json!([
        signal("2026-11-18T09:00:00+01:00", "form", json!({ "person": "bob" })),
        signal("2026-11-18T09:50:00+01:00", "form", json!({})),
    ]);
    let advice = ask(&rules, lead(json!({ "people": people, "signals": signals })), NOW);
    assert_eq!(told(&advice), "phone bob 11-18 10:00..11-19 00:00 late");
    assert_eq!(promise(&advice), "11-18T08:00Z 11-18T08:30Z");
    let other = &advice.runners_up[0];
    assert_eq!(other.person.as_deref(), Some("anna"));
    assert_eq!(other.lost_by, "Something else is late and comes first");
}

#[test]
fn working_hours_of_a_promise_are_those_of_the_owner_without_absences() {
    let due = |absences: Value| {
        let file = json!({
            "leads": [lead(json!({ "owner": "sam", "signals": [signal("2026-11-20T16:30:00+01:00", "form", json!({}))] }))],
            "reps": [{ "id": "sam", "zone": "Europe/Amsterdam", "country": "NL", "absences": absences, "backup": "kim" },
                     { "id": "kim", "zone": "Europe/Amsterdam", "country": "NL", "hours": "Sa-Su 10:00-12:00" }],
        });
        let rules = rulebook(&[r#"rule "Form" when lead.forms() >= 1 then phone.within(4.working_hours);"#]);
        promise(&decide(&rules, &book(file), at("2026-11-20T17:00:00+01:00"), Language::English)[0])
    };
    // One hour on Friday until 17:30 and three on Monday from nine.
    let monday = "11-20T15:30Z 11-23T11:00Z";
    assert_eq!(due(json!([])), monday);
    assert_eq!(due(json!([{ "from": "2026-11-20T00:00:00+01:00", "until": "2026-11-25T00:00:00+01:00" }])), monday);
}

#[test]
fn a_step_of_a_cadence_promises_from_the_moment_at_which_it_is_due() {
    let rules =
        [r#"cadence "C" when lead.visits() >= 1 steps [email.within(1.day), phone.after(2.days).within(1.day)];"#];
    let visit = signal("2026-11-16T10:00:00Z", "visit", json!({}));
    let first = ask(&rules, lead(json!({ "created_at": "2026-11-01T10:00:00Z", "signals": [visit] })), NOW);
    assert_eq!(promise(&first), "11-16T10:00Z 11-17T10:00Z");
    assert_eq!(told(&first), "email anna 11-18 10:00..11-19 00:00 late");
    let mail = touch("2026-11-16T11:00:00Z", "email", json!({ "cadence": "C", "step": 1 }));
    let second = ask(&rules, lead(json!({ "signals": [visit, mail] })), "2026-11-18T12:00:00Z");
    assert_eq!(promise(&second), "11-18T11:00Z 11-19T11:00Z");
}

#[test]
fn the_queue_has_what_is_late_first_and_then_the_priority() {
    let rules = rulebook(&[r#"rule "Form" when lead.forms() >= 1 then phone.within(1.hour);
           rule "Visit" when lead.visits() >= 1 then phone.within(9.days);
           rule "Tomorrow" when lead.downloads() >= 1 then phone.before("2026-11-20T12:00:00+01:00").after(1.day);"#]);
    let with = |id: &str, kind: &str, at: &str, value: f64| {
        lead(json!({ "id": id, "account": { "id": id }, "value": value, "signals": [signal(at, kind, json!({}))] }))
    };
    let book = book(json!({ "leads": [
        with("tomorrow", "download", "2026-11-18T08:00:00+01:00", 9e9),
        with("small", "visit", "2026-11-18T08:00:00+01:00", 10.0),
        with("large", "visit", "2026-11-18T08:00:00+01:00", 1000.0),
        with("late", "form", "2026-11-18T08:00:00+01:00", 0.0),
        with("soon", "form", "2026-11-18T09:30:00+01:00", 100.0),
    ] }));
    let advices = decide(&rules, &book, at(NOW), Language::English);
    let order: Vec<&str> = queue(&advices).into_iter().map(|place| advices[place].lead.as_str()).collect();
    assert_eq!(order, ["late", "large", "soon", "small", "tomorrow"]);
    let decider = Decider::new(&rules, &book, at(NOW));
    let decisions: Vec<_> = decider.all().into_iter().enumerate().collect();
    let by_numbers = cadans::decide::decisions_in_order(&decisions, &book, at(NOW));
    assert_eq!(by_numbers.iter().map(|place| book.id(*place).unwrap()).collect::<Vec<_>>(), order);
    let late = decisions[3].1;
    assert_eq!(late.late_by(at(NOW)), Some(Duration::HOUR));
    assert_eq!(late.due, Some(at("2026-11-18T09:00:00+01:00")));
}

#[test]
fn a_lead_without_a_value_counts_as_a_typical_one() {
    let call = r#"rule "Call" when true then phone.chance(0.5);"#;
    let priority = |rule: &str, more: Value| ask(&[rule], lead(more), NOW).priority.unwrap();
    let typical = format!("setting typical_value = 8000;\n{call}");
    let unknown = priority(&typical, json!({}));
    assert_eq!((unknown.total, unknown.value.because.as_str()), (4000.0, "no value known, so what is typical"));
    assert_eq!(priority(&typical, json!({ "value": 200 })).total, 100.0);
    assert_eq!(priority(&typical, json!({ "churn": 0.5 })).total, 2000.0);
    assert_eq!(priority(call, json!({})).total, 0.5, "no pack says what is typical");
}

#[test]
fn a_condition_that_compares_with_working_time_turns_at_the_exact_moment() {
    let file = json!({
        "leads": [lead(json!({ "owner": "kim", "signals": [signal("2026-12-24T16:40:00+01:00", "reply", json!({}))] }))],
        "reps": [{ "id": "kim", "zone": "Europe/Amsterdam", "country": "NL",
                   "absences": [{ "from": "2026-12-28T00:00:00Z", "until": "2026-12-31T00:00:00Z" }] }],
    });
    let records = book(file).all_records();
    for (when, turns) in [
        ("person.since(\"reply\") < 3.working_days", "2026-12-30T16:40:00+01:00"),
        ("1.working_day > lead.since(\"reply\")", "2026-12-28T16:40:00+01:00"),
        // Fifty minutes before Christmas, the rest on Monday.
        ("lead.since(\"reply\") < 4.working_hours", "2026-12-28T12:10:00+01:00"),
        ("lead.since(\"reply\") <= 4.working_hours", "2026-12-28T12:10:00.001+01:00"),
    ] {
        let rules = rulebook(&[&format!("rule \"r\" when {when} then phone;")]);
        let clause = &rules.packs()[0].rules[0].when;
        let facts = |at| FactContext::new(&records, 0, at).for_person(Some(0));
        let before = facts(at("2026-12-28T09:00:00+01:00"));
        assert_eq!((holds(clause, &before), before.next_change()), (Ok(true), Some(at(turns))), "{when}");
        for (moment, truth) in [(at(turns) - Duration::from_millis(1), true), (at(turns), false)] {
            let cx = facts(moment);
            assert_eq!(holds(clause, &cx), Ok(truth), "{when} at {moment}");
            assert_eq!(interpret(clause, &cx), Ok(Answer::Value(truth.into())), "{when} at {moment}");
        }
    }
}

#[test]
fn a_reply_before_christmas_is_answered_after_it() {
    let rules = [
        r#"rule "Reply" when not lead.answered and lead.since("reply") < 2.working_days then email.within(1.working_day);
                    holidays "NL" ["2026-12-28"] because "The team is closed";"#,
    ];
    let replied = lead(json!({ "signals": [signal("2026-12-24T16:40:00+01:00", "reply", json!({}))] }));
    let advice = ask(&rules, replied.clone(), "2026-12-29T16:00:00+01:00");
    assert_eq!(promise(&advice), "12-24T15:40Z 12-29T15:40Z");
    assert_eq!(told(&advice), "email anna 12-29 16:00..12-29 16:40");
    // With the day off of the team it is until Wednesday, for all leads at once as for one.
    let late = book(json!({ "leads": [replied] }));
    let verdicts = |now: &str| {
        let rules = rulebook(&rules);
        let decider = Decider::new(&rules, &late, at(now));
        (decider.all()[0].rule, decider.decision(0).unwrap().rule)
    };
    assert_eq!(verdicts("2026-12-30T16:39:00+01:00"), (Some(0), Some(0)));
    assert_eq!(verdicts("2026-12-30T16:40:00+01:00"), (None, None));
}
