//! What reps say about advice: what rests because of it, until when, and what is shown instead.

use cadans_testing::scenario::{NOW, anna, ask, at, blocks, book, lead, person, rulebook, told, touch};
use proptest::prelude::*;
use serde_json::{Value, json};

use cadans::book::Feedback;
use cadans::book::vocabulary::FeedbackVerdict;
use cadans::calendar::{Duration, Instant};
use cadans::decide::advice::Advice;
use cadans::decide::{Decider, Watch, decide};
use cadans::wording::Language;

const CALL: &str = r#"pack "Sales" #{}; rule "Prices" when person.visits("pricing", 7.days) >= 1 then phone.weight(5);
    rule "Guide" when lead.open then email.weight(0.1);"#;
const ANSWER: &str = r#"rule "Asked" when person.waiting then answer.within(4.hours);"#;
const OVER: &str = r#"rule "Six attempts" when lead.unanswered() >= 2 then hand_over("marketing");
    rule "Guide" when lead.open then social;
    rule "Warm" when person.visits(7.days) >= 2 then phone.weight(3);"#;

/// What Kim did with the advice of a rule.
fn said(when: &str, rule: &str, verdict: &str, more: Value) -> Value {
    let mut said = json!({ "at": when, "rule": rule, "verdict": verdict, "rep": "kim" });
    for (field, value) in more.as_object().unwrap() {
        said[field] = value.clone();
    }
    said
}

fn theirs(when: &str, kind: &str, topic: &str) -> Value {
    json!({ "at": when, "kind": kind, "topic": topic, "person": "anna" })
}

fn with(signals: Value, feedback: Value) -> Value {
    lead(json!({ "signals": signals, "feedback": feedback }))
}

fn block(advice: &Advice, policy: &str) -> (String, Option<Instant>) {
    let block = advice.blocks.iter().find(|block| block.policy == policy).unwrap();
    (block.reason.clone(), block.lifts_at)
}

fn notes(advice: &Advice, code: &str) -> Vec<String> {
    advice.notes.iter().filter(|note| note.code == code).map(|note| note.text.clone()).collect()
}

#[test]
fn what_was_declined_rests_until_its_reason_begins_anew() {
    let looked = |when: &str| theirs(when, "visit", "pricing");
    let (monday, declined) = ("2026-11-16T09:00:00+01:00", "2026-11-17T09:00:00+01:00");
    let no = || json!([said(declined, "Prices", "declined", json!({ "reason": "they are moving" }))]);
    assert!(told(&ask(&[CALL], with(json!([looked(monday)]), json!([])), NOW)).starts_with("phone anna"));
    let advice = ask(&[CALL], with(json!([looked(monday)]), no()), NOW);
    assert!(told(&advice).starts_with("email anna"), "the next best is shown");
    let (reason, lifts) = block(&advice, "declined");
    let expected =
        "Declined by kim on Tue 17 Nov 09:00 (\"they are moving\"): again when the reason for it begins anew";
    assert_eq!((reason.as_str(), lifts), (expected, None));
    // Looking once more while the reason holds does not begin it anew.
    let again = json!([looked(monday), looked("2026-11-18T09:00:00+01:00")]);
    assert!(told(&ask(&[CALL], with(again, no()), NOW)).starts_with("email"));
    // After a week without a look it has ended, and the next look begins it.
    let anew = json!([looked(monday), looked("2026-11-25T09:00:00+01:00")]);
    assert!(told(&ask(&[CALL], with(anew, no()), "2026-11-25T10:00:00+01:00")).starts_with("phone anna"));
}

#[test]
fn it_is_told_in_dutch_too_and_without_what_is_not_known() {
    let visit = theirs("2026-11-16T09:00:00+01:00", "visit", "pricing");
    let no = json!([{ "at": "2026-11-17T09:00:00+01:00", "rule": "Prices", "verdict": "declined" }]);
    let book = book(json!({ "leads": [with(json!([visit]), no)] }));
    let advice = decide(&rulebook(&[CALL]), &book, at(NOW), Language::Dutch).remove(0);
    let expected = "Afgewezen op di 17 nov 09:00: weer als de reden ervoor opnieuw begint";
    assert_eq!(block(&advice, "declined").0, expected);
}

#[test]
fn it_counts_for_its_pack_and_its_person() {
    let visits = |person: &str| json!({ "at": "2026-11-16T09:00:00+01:00", "kind": "visit", "topic": "pricing", "person": person });
    let lead = |feedback: Value| {
        lead(json!({
            "people": [anna(json!({})), person("bob", "user", json!({}))],
            "signals": [visits("anna"), visits("bob")], "feedback": [feedback],
        }))
    };
    let no = |more: Value| ask(&[CALL], lead(said("2026-11-17T09:00:00+01:00", "Prices", "declined", more)), NOW);
    assert!(told(&no(json!({ "pack": "Sales" }))).starts_with("email"));
    assert!(told(&no(json!({ "pack": "Another" }))).starts_with("phone"));
    let of_anna = no(json!({ "person": "anna" }));
    assert!(told(&of_anna).starts_with("phone bob"), "{}", told(&of_anna));
    assert!(blocks(&of_anna).contains(&"applicable declined anna".to_owned()), "{:?}", blocks(&of_anna));
    let of_all = no(json!({}));
    assert_eq!(blocks(&of_all), ["applicable declined -"], "told once");
}

#[test]
fn what_was_followed_or_adapted_stays_advised() {
    let visit = theirs("2026-11-16T09:00:00+01:00", "visit", "pricing");
    for verdict in ["followed", "adapted"] {
        let feedback = json!([said("2026-11-17T09:00:00+01:00", "Prices", verdict, json!({}))]);
        assert!(told(&ask(&[CALL], with(json!([visit]), feedback), NOW)).starts_with("phone"), "{verdict}");
    }
}

#[test]
fn what_was_put_off_comes_again_at_its_moment() {
    let until = "2026-11-19T14:00:00+01:00";
    let visit = || theirs("2026-11-16T09:00:00+01:00", "visit", "pricing");
    let later = || json!([said("2026-11-17T09:00:00+01:00", "Prices", "snoozed", json!({ "until": until }))]);
    let advice = ask(&[CALL], with(json!([visit()]), later()), NOW);
    assert!(told(&advice).starts_with("email anna"));
    let (reason, lifts) = block(&advice, "snoozed");
    assert!(reason.starts_with("Put off by kim on Tue 17 Nov 09:00: again Thu 19 Nov 14:00"), "{reason}");
    assert_eq!(lifts, Some(at(until)));
    // The moment at which the day ends for the person comes before it.
    let midnight = "2026-11-19T00:00:00+01:00";
    assert_eq!(advice.review_at, Some(at(midnight)));
    assert_eq!(ask(&[CALL], with(json!([visit()]), later()), midnight).review_at, Some(at(until)));
    assert!(told(&ask(&[CALL], with(json!([visit()]), later()), "2026-11-19T13:59:59+01:00")).starts_with("email"));
    assert!(told(&ask(&[CALL], with(json!([visit()]), later()), until)).starts_with("phone anna"));
    // Not said yet.
    let tomorrow = json!([said("2026-11-18T12:00:00+01:00", "Prices", "snoozed", json!({ "until": until }))]);
    let advice = ask(&[CALL], with(json!([visit()]), tomorrow), NOW);
    assert!(told(&advice).starts_with("phone"));
    assert_eq!(advice.review_at, Some(at("2026-11-18T12:00:00+01:00")));
}

#[test]
fn a_question_of_theirs_ends_a_snooze_and_is_told() {
    let visit = || theirs("2026-11-16T09:00:00+01:00", "visit", "pricing");
    let later = || {
        json!([said("2026-11-17T09:00:00+01:00", "Prices", "snoozed", json!({ "until": "2026-11-20T09:00:00+01:00" }))])
    };
    let asked = theirs("2026-11-18T09:00:00+01:00", "reply", "planning");
    let advice = ask(&[CALL, ANSWER], with(json!([visit(), asked.clone()]), later()), NOW);
    assert!(advice.touch.as_ref().unwrap().answers.is_some());
    assert_eq!(
        notes(&advice, "snooze-ended"),
        ["\"Prices\" was put off until Fri 20 Nov 09:00; they asked something since"]
    );
    // It is over for good, also when the question was answered.
    let answered = touch("2026-11-18T09:30:00+01:00", "email", json!({}));
    let advice = ask(&[CALL, ANSWER], with(json!([visit(), asked, answered]), later()), NOW);
    assert!(told(&advice).starts_with("phone anna"));
}

#[test]
fn a_weightier_rule_that_began_after_a_snooze_ends_it_and_a_lighter_one_does_not() {
    let rules = r#"rule "Prices" when person.visits("pricing", 7.days) >= 1 then phone.weight(5);
        rule "Cases" when person.visits("cases", 7.days) >= 1 then email.weight(WEIGHT);"#;
    let later = || {
        json!([said("2026-11-17T09:00:00+01:00", "Prices", "snoozed", json!({ "until": "2026-11-20T09:00:00+01:00" }))])
    };
    let (before, after) = ("2026-11-16T12:00:00+01:00", "2026-11-18T08:00:00+01:00");
    for (weight, read, ended) in [("30", after, true), ("3", after, false), ("30", before, false)] {
        let signals = json!([theirs("2026-11-16T09:00:00+01:00", "visit", "pricing"), theirs(read, "visit", "cases")]);
        let advice = ask(&[&rules.replace("WEIGHT", weight)], with(signals, later()), NOW);
        let told_of = notes(&advice, "snooze-ended");
        assert_eq!(!told_of.is_empty(), ended, "{weight} {read}: {told_of:?}");
        assert_eq!(blocks(&advice).contains(&"applicable snoozed -".to_owned()), !ended, "{weight} {read}");
        assert!(told(&advice).starts_with("email"), "{weight} {read}");
        if ended {
            let expected = "\"Prices\" was put off until Fri 20 Nov 09:00; \"Cases\" began since, and weighs more";
            assert_eq!(told_of, [expected]);
        }
    }
}

#[test]
fn a_declined_answer_leaves_the_question_open_and_comes_again_when_they_ask_again() {
    let asked = |when: &str| theirs(when, "reply", "planning");
    let no =
        || json!([said("2026-11-18T09:30:00+01:00", "Asked", "declined", json!({ "reason": "the planner does" }))]);
    let signals = json!([asked("2026-11-18T09:00:00+01:00")]);
    let advice = ask(&[ANSWER, CALL], with(signals.clone(), no()), NOW);
    assert!(told(&advice).starts_with("email anna"), "the next best");
    assert_eq!(
        notes(&advice, "question-open"),
        ["anna still waits for an answer. Declined by kim on Wed 18 Nov 09:30 (\"the planner does\")"]
    );
    assert!(block(&advice, "declined").0.contains("it comes again when they ask again"));
    // Another rule may answer.
    let other = r#"rule "Planner" when person.waiting then answer.rep("planning");"#;
    let reps = json!([{ "id": "kim", "zone": "Europe/Amsterdam" }, { "id": "pim", "zone": "Europe/Amsterdam", "skills": ["planning"] }]);
    let mut of_kim = with(signals.clone(), no());
    of_kim["owner"] = json!("kim");
    let both = book(json!({ "leads": [of_kim], "reps": reps }));
    let advice = decide(&rulebook(&[ANSWER, other]), &both, at(NOW), Language::English).remove(0);
    let answer = advice.touch.as_ref().unwrap();
    assert!(answer.answers.is_some() && answer.rep.as_ref().unwrap().id == "pim");
    assert_eq!(notes(&advice, "question-open"), Vec::<String>::new());
    let again = json!([asked("2026-11-18T09:00:00+01:00"), asked("2026-11-18T09:45:00+01:00")]);
    assert!(ask(&[ANSWER, CALL], with(again, no()), NOW).touch.unwrap().answers.is_some());
}

#[test]
fn in_another_lead_a_colleague_answers_what_was_declined_in_one() {
    let lead = |id: &str, feedback: Value| {
        json!({
            "id": id, "country": "NL", "zone": "Europe/Amsterdam", "owner": if id == "L1" { "kim" } else { "pim" },
            "people": [anna(json!({ "human": "a-1" }))], "feedback": feedback,
            "signals": if id == "L1" { json!([theirs("2026-11-18T09:00:00+01:00", "reply", "planning")]) } else { json!([]) },
        })
    };
    let reps = json!([{ "id": "kim", "zone": "Europe/Amsterdam" }, { "id": "pim", "zone": "Europe/Amsterdam" }]);
    let no = json!([said("2026-11-18T09:30:00+01:00", "Asked", "declined", json!({}))]);
    for (feedback, answers) in [(json!([]), "L1"), (no, "L2")] {
        let book = book(json!({ "leads": [lead("L1", feedback), lead("L2", json!([]))], "reps": reps }));
        let advices = decide(&rulebook(&[ANSWER]), &book, at(NOW), Language::English);
        let answering: Vec<&str> =
            advices.iter().filter(|one| one.touch.is_some()).map(|one| one.lead.as_str()).collect();
        assert_eq!(answering, [answers]);
    }
}

#[test]
fn a_series_that_was_declined_rests() {
    let rules = r#"cadence "Series" when lead.visits(7.days) >= 1 steps [email, phone.after(2.days)];"#;
    let no = json!([said("2026-11-17T09:00:00+01:00", "Series", "declined", json!({}))]);
    let visit = |when: &str| json!([theirs(when, "visit", "home")]);
    let advice = ask(&[rules], with(visit("2026-11-16T09:00:00+01:00"), no.clone()), NOW);
    assert_eq!((told(&advice).as_str(), blocks(&advice)), ("hold", vec!["applicable declined -".to_owned()]));
    assert!(told(&ask(&[rules], with(visit("2026-11-18T09:00:00+01:00"), no), NOW)).starts_with("email"));
}

/// Two attempts in vain.
fn silent() -> Vec<Value> {
    vec![
        touch("2026-11-09T10:00:00+01:00", "phone", json!({ "outcome": "no_answer" })),
        touch("2026-11-12T10:00:00+01:00", "email", json!({})),
    ]
}

fn handed_over(after: &[Value], feedback: Value) -> Advice {
    let signals: Vec<Value> = silent().into_iter().chain(after.iter().cloned()).collect();
    ask(&[OVER], with(json!(signals), feedback), NOW)
}

#[test]
fn a_hand_over_is_said_once_and_then_sales_rests() {
    let over = r#"rule "Six attempts" when lead.unanswered() >= 2 then hand_over("marketing");"#;
    let signals = json!(silent());
    assert_eq!(told(&ask(&[over], with(signals.clone(), json!([])), NOW)), "hand_over marketing");
    let done = json!([said("2026-11-16T09:00:00+01:00", "Six attempts", "followed", json!({}))]);
    assert_eq!(told(&ask(&[over], with(signals.clone(), done.clone()), NOW)), "hold");
    let advice = handed_over(&[], done);
    assert_eq!(told(&advice), "hold", "what a rep would do rests too");
    let (reason, lifts) = block(&advice, "handed-over");
    assert_eq!(
        (reason.as_str(), lifts),
        ("With marketing since Mon 16 Nov 09:00: sales goes on when they come back, or when somebody says so", None)
    );
    // A signal in the log says it as well.
    let noted = json!({ "at": "2026-11-16T09:00:00+01:00", "kind": "note", "rule": "Six attempts" });
    assert_eq!(told(&handed_over(&[noted], json!([]))), "hold");
    // What a system sends goes on.
    let mut signals = silent();
    signals.push(json!({ "at": "2026-11-16T09:00:00+01:00", "kind": "note", "rule": "Six attempts" }));
    let system = [over, r#"rule "News" when lead.open then social.automatic;"#];
    assert!(told(&ask(&system, with(json!(signals), json!([])), NOW)).starts_with("social"));
}

#[test]
fn a_hand_over_ends_when_they_come_back_or_somebody_says_so() {
    let done = || said("2026-11-16T09:00:00+01:00", "Six attempts", "followed", json!({}));
    let after = |signals: &[Value]| told(&handed_over(signals, json!([done()])));
    let visit = |when: &str| theirs(when, "visit", "home");
    // A new reason of theirs brings back what it is a reason for, and no more.
    let (one, two) = (visit("2026-11-17T09:00:00+01:00"), visit("2026-11-17T10:00:00+01:00"));
    assert_eq!(after(std::slice::from_ref(&one)), "hold");
    let warm = handed_over(&[one, two], json!([done()]));
    assert!(told(&warm).starts_with("phone anna"), "{}", told(&warm));
    assert!(warm.blocks.iter().any(|block| block.policy == "handed-over" && block.rule.name == "Guide"));
    // A conversation brings back everything.
    let called = touch("2026-11-17T09:00:00+01:00", "phone", json!({ "outcome": "answered" }));
    assert!(after(&[called]).starts_with("social anna"));
    // Sales or marketing say so.
    let back = said("2026-11-17T09:00:00+01:00", "Six attempts", "declined", json!({ "reason": "not for us" }));
    assert!(told(&handed_over(&[], json!([done(), back]))).starts_with("social anna"));
    let stage = json!({ "stage": "interest", "stage_since": "2026-11-17T09:00:00+01:00", "stage_by": "rep" });
    let mut moved = with(json!(silent()), json!([done()]));
    moved.as_object_mut().unwrap().extend(stage.as_object().unwrap().clone());
    let moved = ask(&[OVER], moved, NOW);
    assert!(told(&moved).starts_with("social anna"));
    let still = moved.blocks.iter().filter(|block| block.policy == "handed-over").map(|block| block.rule.name.as_str());
    assert_eq!(still.collect::<Vec<_>>(), ["Six attempts"], "it was said");
    // Time alone does not.
    let old = r#"rule "Six attempts" when lead.unanswered() >= 2 then hand_over("marketing");
        rule "Long ago" when lead.last_touch() > 5.days then phone.weight(9);"#;
    assert_eq!(told(&ask(&[old], with(json!(silent()), json!([done()])), "2026-11-30T10:00:00+01:00")), "hold");
}

#[test]
fn who_asks_after_a_hand_over_is_answered() {
    let asked = theirs("2026-11-17T09:00:00+01:00", "reply", "planning");
    let done = json!([said("2026-11-16T09:00:00+01:00", "Six attempts", "followed", json!({}))]);
    let signals: Vec<Value> = silent().into_iter().chain([asked]).collect();
    let advice = ask(&[OVER, ANSWER], with(json!(signals), done), NOW);
    assert!(advice.touch.unwrap().answers.is_some());
}

#[test]
fn feedback_given_to_a_watch_counts_at_once() {
    let rules = rulebook(&[CALL]);
    let visit = theirs("2026-11-16T09:00:00+01:00", "visit", "pricing");
    let mut book = book(json!({ "leads": [with(json!([visit]), json!([]))] }));
    let mut watch = Watch::new(rules.clone(), &book, at(NOW));
    let no: Feedback = serde_json::from_value(said(NOW, "Prices", "declined", json!({}))).unwrap();
    assert_eq!(watch.feedback(&mut book, 0, &no), [0]);
    assert!(told(&watch.decider(&book).lead(0)).starts_with("email"));
    assert_eq!(watch.decisions(), Decider::new(&rules, &book, at(NOW)).all());
    assert_eq!(watch.feedback(&mut book, 1, &no), Vec::<u32>::new(), "there is no such lead");
    assert_eq!(book.lead(0).unwrap().feedback, [no]);
}

/// Minutes before [`NOW`], up to twenty days.
fn minutes() -> impl Strategy<Value = i64> {
    0_i64..20 * 1440
}

fn before_now(minutes: i64) -> String {
    (at(NOW) - Duration::MINUTE.times(minutes).unwrap()).to_string()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) })]

    /// Whatever happened: what is advised by a rule that was declined has a reason that began after that; and without the feedback the
    /// same lead is advised something, so that nothing else rests.
    #[test]
    fn a_declined_rule_is_not_advised_while_its_reason_is_the_same(
        visits in prop::collection::vec((minutes(), prop::bool::ANY), 1..8),
        declined in prop::collection::vec((minutes(), prop::bool::ANY), 1..4),
        ahead in 0_i64..10 * 1440,
    ) {
        let visit = |(minutes, prices): &(i64, bool)| {
            theirs(&before_now(*minutes), "visit", if *prices { "pricing" } else { "cases" })
        };
        let rule = |prices: bool| if prices { "Prices" } else { "Cases" };
        let no = |(minutes, prices): &(i64, bool)| said(&before_now(*minutes), rule(*prices), "declined", json!({}));
        let rules = r#"rule "Prices" when person.visits("pricing", 3.days) >= 1 then phone.weight(5);
            rule "Cases" when lead.visits("cases", 4.days) >= 2 then email;"#;
        let lead = with(
            visits.iter().map(visit).collect(),
            declined.iter().map(no).collect(),
        );
        let now = at(NOW) + Duration::MINUTE.times(ahead).unwrap();
        let advice = ask(&[rules], lead, &now.to_string());
        let feedback: Vec<Feedback> =
            declined.iter().map(|one| serde_json::from_value(no(one)).unwrap()).collect();
        if let (Some(rule), Some(touch)) = (&advice.rule, &advice.touch) {
            for one in feedback.iter().filter(|one| one.rule == rule.name && one.verdict == FeedbackVerdict::Declined) {
                prop_assert!(touch.since.unwrap() > one.at, "{} since {:?}", rule.name, touch.since);
            }
        }
        for block in advice.blocks.iter().filter(|block| block.policy == "declined") {
            prop_assert!(feedback.iter().any(|one| one.rule == block.rule.name));
        }
    }
}
