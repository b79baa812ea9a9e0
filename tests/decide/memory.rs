//! Nothing twice: a rule is not repeated for the same reason, and content that a person has is not offered again.

use cadans_testing::scenario::{NOW, anna, ask, at, blocks, book, lead, person, rulebook, told, touch};
use serde_json::{Value, json};

use cadans::calendar::{Duration, Instant};
use cadans::decide::advice::{Advice, Verdict};
use cadans::decide::{Decider, decide, decide_lead};
use cadans::wording::Language;

const CALL: &str = r#"rule "Looked at prices" when lead.visits("pricing", 30.days) >= 1 then phone;"#;
const GUIDE: &str = r#"rule "Guide" when lead.visits(30.days) >= 1 then email.offer("guide");"#;

/// Anna looked at the prices on Monday 9 November; what came after it is given.
fn after_visit(signals: Vec<Value>) -> Value {
    lead(json!({ "signals": with_visit(signals) }))
}

fn with_visit(mut signals: Vec<Value>) -> Value {
    signals
        .insert(0, json!({ "at": "2026-11-09T09:00:00+01:00", "kind": "visit", "topic": "pricing", "person": "anna" }));
    signals.into()
}

/// A call of Monday 16 November, 10:00, that Anna took.
fn call(more: Value) -> Value {
    let mut call = touch("2026-11-16T10:00:00+01:00", "phone", json!({ "outcome": "answered" }));
    for (field, value) in more.as_object().unwrap() {
        call[field] = value.clone();
    }
    call
}

fn mail(at: &str, content: &str) -> Value {
    touch(at, "email", json!({ "content": content }))
}

fn signal(at: &str, kind: &str, field: &str, value: &str) -> Value {
    json!({ "at": at, "kind": kind, "person": "anna", field: value })
}

/// What is advised after the visit and these signals: its channel, or the verdict.
fn next(rules: &[&str], signals: Vec<Value>) -> String {
    channel(&ask(rules, after_visit(signals), NOW))
}

fn channel(advice: &Advice) -> String {
    told(advice).split(' ').next().unwrap().to_owned()
}

fn offer(advice: &Advice) -> Option<&str> {
    advice.touch.as_ref().and_then(|touch| touch.offer.as_deref())
}

fn gaps(advice: &Advice) -> Vec<&str> {
    advice.notes.iter().filter(|note| note.code == "content-gap").map(|note| note.text.as_str()).collect()
}

/// When a touch is advised for the first time, for somebody who asks again at each review.
fn first_touch(rules: &[&str], lead: &Value) -> Instant {
    let (rulebook, book) = (rulebook(rules), book(json!({ "leads": [lead] })));
    let mut now = at(NOW);
    loop {
        let advice = decide_lead(&rulebook, &book, 0, now, Language::English);
        if advice.verdict == Verdict::Touch {
            return now;
        }
        now = advice.review_at.unwrap();
    }
}

/// Until when the content of an advice is not offered.
fn ends(advice: &Advice) -> Option<Instant> {
    advice.blocks.iter().find(|block| block.policy == "content-had")?.lifts_at
}

#[test]
fn what_was_done_is_not_advised_again_for_two_weeks() {
    let named = || after_visit(vec![call(json!({ "pack": "Pack 0", "rule": "Looked at prices" }))]);
    let advice = ask(&[CALL], named(), NOW);
    assert_eq!(advice.verdict, Verdict::Wait);
    assert_eq!(blocks(&advice), ["suitable already-done anna"]);
    let again = at("2026-11-30T10:00:00+01:00");
    assert_eq!(advice.blocks[0].lifts_at, Some(again));
    assert_eq!(first_touch(&[CALL], &named()), again);
    let said = r#""Looked at prices" was done for anna on Mon 16 Nov 10:00, again from Mon 30 Nov 10:00"#;
    assert_eq!((advice.reason.as_str(), advice.blocks[0].reason.as_str()), (said, said));
    let dutch = decide(&rulebook(&[CALL]), &book(json!({ "leads": [named()] })), at(NOW), Language::Dutch);
    let said = r#""Looked at prices" is voor anna gedaan op ma 16 nov 10:00, weer vanaf ma 30 nov 10:00"#;
    assert_eq!(dutch[0].reason, said);
    assert_eq!(channel(&ask(&[CALL], named(), "2026-11-30T09:59:59.999+01:00")), "wait");
    assert_eq!(channel(&ask(&[CALL], named(), "2026-11-30T10:00:00+01:00")), "phone");
}

#[test]
fn the_next_best_is_advised_instead() {
    let mail = r#"rule "Mail" when lead.visits(30.days) >= 1 then email.weight(0.1);"#;
    let done = || vec![call(json!({ "rule": "Looked at prices" }))];
    assert_eq!(next(&[CALL, mail], done()), "email");
    assert_eq!(next(&[CALL, mail], vec![]), "phone");
}

#[test]
fn the_advice_says_how_to_log_it() {
    let advice = ask(&[CALL], after_visit(vec![]), NOW).touch.unwrap();
    assert_eq!((advice.pack.as_deref(), advice.rule.as_deref()), (Some("Pack 0"), Some("Looked at prices")));
    let with_ids = r#"pack "Verkoop" #{ id: "sales" };
        rule "Keek naar prijzen" id "prices" when lead.visits("pricing", 30.days) >= 1 then phone;"#;
    let advice = ask(&[with_ids], after_visit(vec![]), NOW).touch.unwrap();
    assert_eq!((advice.pack.as_deref(), advice.rule.as_deref()), (Some("sales"), Some("prices")));
    let series = r#"cadence "Warm" when lead.visits(30.days) >= 1 steps [phone];"#;
    let advice = ask(&[series], after_visit(vec![]), NOW).touch.unwrap();
    assert_eq!((advice.rule, advice.cadence.as_deref()), (None, Some("Warm")));
}

#[test]
fn a_touch_that_names_the_rule_counts_over_any_channel() {
    assert_eq!(
        next(&[CALL], vec![touch("2026-11-16T10:00:00+01:00", "email", json!({ "rule": "Looked at prices" }))]),
        "wait"
    );
    let of_other_pack = call(json!({ "pack": "Pack 1", "rule": "Looked at prices" }));
    let other_pack = r#"pack "Pack 1"; rule "Looked at prices" when false then email;"#;
    assert_eq!(next(&[CALL, other_pack], vec![of_other_pack]), "phone", "that of another pack was carried out");
}

#[test]
fn a_touch_that_names_no_rule_counts_over_the_channel_after_the_rule_began() {
    assert_eq!(next(&[CALL], vec![call(json!({}))]), "wait");
    assert_eq!(next(&[CALL], vec![call(json!({ "person": null }))]), "wait", "it may have been to anybody");
    assert_eq!(next(&[CALL], vec![touch("2026-11-16T10:00:00+01:00", "email", json!({}))]), "phone");
    assert_eq!(next(&[CALL], vec![call(json!({ "at": "2026-11-08T10:00:00+01:00" }))]), "phone", "before the visit");
    assert_eq!(next(&[CALL], vec![call(json!({ "cadence": "Warm", "step": 1 }))]), "phone", "it was a step");
    let other = r#"rule "Another" when false then phone;"#;
    assert_eq!(next(&[CALL, other], vec![call(json!({ "rule": "Another" }))]), "phone");
    assert_eq!(next(&[CALL], vec![call(json!({ "rule": "Nobody knows it" }))]), "wait", "says as little as no name");
}

#[test]
fn a_reason_that_began_anew_is_a_new_reason() {
    let fresh = r#"rule "Looked at prices" when lead.visits("pricing", 3.days) >= 1 then phone;"#;
    let done = || call(json!({ "at": "2026-11-10T10:00:00+01:00", "rule": "Looked at prices" }));
    let visit = |at: &str| signal(at, "visit", "topic", "pricing");
    assert_eq!(channel(&ask(&[fresh], after_visit(vec![done()]), "2026-11-11T10:00:00+01:00")), "wait");
    let again = || after_visit(vec![done(), visit("2026-11-17T10:00:00+01:00")]);
    assert_eq!(channel(&ask(&[fresh], again(), NOW)), "phone", "looked again after a week");
    let unbroken = after_visit(vec![done(), visit("2026-11-11T10:00:00+01:00")]);
    assert_eq!(channel(&ask(&[fresh], unbroken, "2026-11-13T10:00:00+01:00")), "wait", "went on looking");
}

#[test]
fn a_reason_that_only_our_own_touch_had_ended_is_the_one_of_before() {
    // The call ends the silence that the rule asks for; after five days the rule holds again, and nothing has changed.
    let silent = r#"rule "Silent" when lead.visits(90.days) >= 1 and lead.touches(5.days) is 0 then phone;"#;
    let done = || call(json!({ "at": "2026-11-11T10:00:00+01:00", "rule": "Silent" }));
    let on = |more: Vec<Value>, now: &str| channel(&ask(&[silent], after_visit([vec![done()], more].concat()), now));
    assert_eq!(on(vec![], "2026-11-18T10:00:00+01:00"), "wait");
    assert_eq!(on(vec![], "2026-11-25T09:59:00+01:00"), "wait");
    assert_eq!(on(vec![], "2026-11-25T10:00:00+01:00"), "phone");
    let other = touch("2026-11-12T10:00:00+01:00", "email", json!({ "rule": "Another" }));
    let another = r#"rule "Another" when false then email;"#;
    let after_another = ask(&[silent, another], after_visit(vec![done(), other]), "2026-11-18T10:00:00+01:00");
    assert_eq!(channel(&after_another), "wait", "what we did is no new reason either");
    let theirs = || signal("2026-11-14T10:00:00+01:00", "visit", "topic", "prices");
    assert_eq!(on(vec![theirs()], "2026-11-18T10:00:00+01:00"), "phone", "they did something");
    let moved = lead(
        json!({ "stage": "interest", "stage_since": "2026-11-13T10:00:00+01:00", "signals": with_visit(vec![done()]) }),
    );
    assert_eq!(channel(&ask(&[silent], moved, "2026-11-18T10:00:00+01:00")), "phone", "somebody moved the stage");
}

#[test]
fn a_touch_says_when_it_may_be_made_again() {
    let again = |length: &str| format!("rule \"R\" when lead.visits(90.days) >= 1 then phone.again({length});");
    let at = |length: &str, now: &str| channel(&ask(&[&again(length)], after_visit(vec![call(json!({}))]), now));
    assert_eq!(at("3.days", "2026-11-19T09:59:00+01:00"), "wait");
    assert_eq!(at("3.days", "2026-11-19T10:00:00+01:00"), "phone");
    assert_eq!(at("30.days", "2026-12-16T09:59:00+01:00"), "wait");
    assert_eq!(at("30.days", "2026-12-16T10:00:00+01:00"), "phone");
    assert_eq!(at("0.days", "2026-11-16T10:00:00+01:00"), "phone");
}

#[test]
fn what_reached_nobody_was_not_done() {
    for outcome in ["no_answer", "voicemail", "busy", "failed"] {
        assert_eq!(next(&[CALL], vec![call(json!({ "outcome": outcome, "rule": "Looked at prices" }))]), "phone");
    }
    let written = || touch("2026-11-16T10:00:00+01:00", "email", json!({ "rule": "Guide", "content": "guide" }));
    let bounce = |at: &str| json!({ "at": at, "kind": "bounce", "channel": "email", "person": "anna" });
    assert_eq!(next(&[GUIDE], vec![written()]), "wait");
    // To an address that came back nothing is mailed before there is another one.
    let changed = || json!({ "at": "2026-11-16T13:00:00+01:00", "kind": "contact_changed", "channel": "email", "person": "anna" });
    assert_eq!(
        next(&[GUIDE], vec![written(), bounce("2026-11-16T10:01:00+01:00"), changed()]),
        "email",
        "it came back"
    );
    let later = touch("2026-11-16T12:00:00+01:00", "email", json!({ "cadence": "Warm", "step": 1 }));
    let returned = bounce("2026-11-16T12:01:00+01:00");
    assert_eq!(next(&[GUIDE], vec![written(), later, returned, changed()]), "wait", "another mail came back");
}

#[test]
fn answers_and_promises_and_steps_are_made_again() {
    let form = |at: &str| json!({ "at": at, "kind": "form", "person": "anna" });
    let answer = r#"rule "Asked" when person.waiting then answer;"#;
    let answered = call(json!({ "rule": "Asked" }));
    assert_eq!(next(&[answer], vec![answered.clone(), form("2026-11-17T10:00:00+01:00")]), "phone");
    let by_rule = r#"rule "Asked" when person.waiting then phone;"#;
    assert_eq!(next(&[by_rule], vec![answered, form("2026-11-17T10:00:00+01:00")]), "phone");
    let planned = json!([{ "at": "2026-11-18T09:50:00+01:00", "channel": "phone", "person": "anna" }]);
    let advice = ask(&[CALL], lead(json!({ "signals": with_visit(vec![call(json!({}))]), "planned": planned })), NOW);
    assert_eq!(channel(&advice), "phone");
    let series = r#"cadence "Warm" when lead.visits(30.days) >= 1 steps [phone, phone.after(1.day)];"#;
    assert_eq!(next(&[series], vec![call(json!({ "outcome": null, "cadence": "Warm", "step": 1 }))]), "phone");
}

#[test]
fn a_rule_keeps_its_memory_through_a_rename_and_a_translation() {
    let renamed = |clauses: &str| {
        format!(
            "pack \"Sales\" #{{ id: \"sales\" }};\nrule \"New\" {clauses} when lead.visits(30.days) >= 1 then phone;"
        )
    };
    // Mail, so that only the name can tell.
    let done =
        |pack: &str, rule: &str| touch("2026-11-16T10:00:00+01:00", "email", json!({ "pack": pack, "rule": rule }));
    assert_eq!(next(&[&renamed("")], vec![done("Sales", "Old")]), "phone");
    assert_eq!(next(&[&renamed(r#"formerly "Old""#)], vec![done("Sales", "Old")]), "wait");
    assert_eq!(next(&[&renamed(r#"formerly ["Older", "Old"]"#)], vec![done("sales", "Older")]), "wait");
    assert_eq!(next(&[&renamed(r#"id "prices""#)], vec![done("sales", "prices")]), "wait");
    assert_eq!(next(&[&renamed(r#"id "prices""#)], vec![done("others", "prices")]), "phone");
}

#[test]
fn it_is_done_for_that_person_and_for_nobody_in_their_place() {
    let people = json!([anna(json!({})), person("bob", "user", json!({}))]);
    let asked = |rule: &str| {
        let signals = with_visit(vec![call(json!({ "rule": "R" }))]);
        told(&ask(&[rule], lead(json!({ "people": people, "signals": signals })), NOW))
    };
    assert_eq!(asked(r#"rule "R" when lead.visits(30.days) >= 1 then phone.to("decider");"#), "wait");
    assert!(asked(r#"rule "R" when lead.visits(30.days) >= 1 then phone.to("user");"#).starts_with("phone bob"));
    assert_eq!(asked(r#"rule "R" when person.visits(30.days) >= 1 then phone;"#), "wait");
}

#[test]
fn what_was_done_for_a_human_in_another_lead_counts() {
    let done = json!({ "at": "2026-11-16T10:00:00+01:00", "kind": "call", "channel": "phone", "direction": "outbound",
        "person": "anna", "outcome": "answered", "rule": "Looked at prices" });
    let other = json!({ "id": "L2", "country": "NL", "zone": "Europe/Amsterdam", "stage": "lost", "account": { "id": "A" },
        "people": [anna(json!({}))], "signals": [done] });
    let one = lead(json!({ "account": { "id": "A" }, "signals": with_visit(vec![]) }));
    let advices = decide(&rulebook(&[CALL]), &book(json!({ "leads": [one, other] })), at(NOW), Language::English);
    assert_eq!(channel(&advices[0]), "wait");
}

#[test]
fn content_that_was_given_or_fetched_is_not_offered_for_ninety_days() {
    let of = |had: Value, now: &str| {
        let packs = [r#"rule "Guide" when lead.visits(365.days) >= 1 then email.offer("guide").again(0.days);"#];
        let people = json!([anna(json!({})), person("bob", "user", json!({ "objected": true }))]);
        ask(&packs, lead(json!({ "people": people, "signals": with_visit(vec![had]) })), now)
    };
    let monday = "2026-11-16T10:00:00+01:00";
    for had in [
        mail(monday, "guide"),
        call(json!({ "content": "guide" })),
        signal(monday, "download", "content", "guide"),
        signal(monday, "download", "topic", "guide"),
        signal(monday, "click", "content", "guide"),
    ] {
        let advice = of(had.clone(), NOW);
        assert_eq!((advice.verdict, advice.touch.as_ref()), (Verdict::Wait, None), "{had}");
        // Ninety days after Monday, 10:00.
        let again = at("2027-02-14T10:00:00+01:00");
        assert_eq!(ends(&advice), Some(again), "{had}");
        assert_eq!(offer(&of(had.clone(), "2027-02-14T09:59:59+01:00")), None, "{had}");
        assert_eq!(offer(&of(had, "2027-02-14T10:00:00+01:00")), Some("guide"));
    }
    for not_had in [
        mail(monday, "another"),
        call(json!({ "content": "guide", "outcome": "no_answer" })),
        signal(monday, "visit", "topic", "guide"),
        json!({ "at": monday, "kind": "download", "content": "guide", "person": "bob" }),
    ] {
        assert_eq!(offer(&of(not_had.clone(), NOW)), Some("guide"), "{not_had}");
    }
}

#[test]
fn the_review_is_when_content_may_be_offered_again() {
    let fetched = signal("2026-11-16T10:00:00+01:00", "download", "content", "guide");
    let rule = r#"rule "Guide" when lead.downloads() >= 1 then email.offer("guide");"#;
    assert_eq!(first_touch(&[rule], &lead(json!({ "signals": [fetched] }))), at("2027-02-14T10:00:00+01:00"));
}

#[test]
fn whoever_asks_for_content_gets_it_again() {
    let given = || mail("2026-11-16T10:00:00+01:00", "guide");
    let form = |field: &str, what: &str| signal("2026-11-17T10:00:00+01:00", "form", field, what);
    let answer = r#"rule "Asked" when person.waiting then answer.offer("guide");"#;
    let advised = |signals: Vec<Value>| ask(&[answer], after_visit(signals), NOW);
    assert_eq!(offer(&advised(vec![given(), form("topic", "guide")])), Some("guide"));
    assert_eq!(offer(&advised(vec![given(), form("content", "guide")])), Some("guide"));
    // Asked something else: the answer goes without it.
    let other = advised(vec![given(), form("topic", "prices")]);
    assert_eq!((channel(&other).as_str(), offer(&other)), ("phone", None));
}

#[test]
fn of_several_pieces_the_next_one_is_taken() {
    let rule =
        r#"rule "Read" when lead.visits(365.days) >= 1 then email.offer(["guide", "cases", "sums"]).again(3.days);"#;
    let advised = |signals: Vec<Value>| ask(&[rule], after_visit(signals), NOW);
    let (first, second) = (mail("2026-11-10T10:00:00+01:00", "guide"), mail("2026-11-13T10:00:00+01:00", "cases"));
    assert_eq!(offer(&advised(vec![])), Some("guide"));
    assert_eq!(offer(&advised(vec![first.clone()])), Some("cases"));
    assert_eq!(offer(&advised(vec![second.clone()])), Some("guide"), "the first that they do not have");
    assert_eq!(offer(&advised(vec![first.clone(), second.clone()])), Some("sums"));
    let (long_ago, longer_ago) =
        (mail("2026-06-10T10:00:00+02:00", "guide"), mail("2026-05-10T10:00:00+02:00", "cases"));
    assert_eq!(offer(&advised(vec![long_ago.clone()])), Some("cases"), "never had before had long ago");
    let oldest = mail("2026-04-10T10:00:00+02:00", "sums");
    assert_eq!(offer(&advised(vec![long_ago, longer_ago, oldest])), Some("sums"), "had longest ago");
    let third = mail("2026-11-14T10:00:00+01:00", "sums");
    let advice = advised(vec![first, second, third]);
    assert_eq!(blocks(&advice), ["suitable content-had anna"]);
    assert_eq!(advice.blocks[0].lifts_at, Some(at("2027-02-08T10:00:00+01:00")), "when the guide is new again");
    assert_eq!(gaps(&advice).len(), 1, "{:?}", advice.notes);
    for word in ["guide", "cases", "sums", "pricing"] {
        assert!(gaps(&advice)[0].contains(word), "{}", gaps(&advice)[0]);
    }
}

#[test]
fn content_that_exists_and_suits_the_stage_goes_first() {
    let contents = json!([{ "id": "price-list", "pitch": true }, { "id": "guide" }]);
    let rule = r#"rule "Read" when lead.visits(365.days) >= 1 then email.offer(["unwritten", "price-list", "guide"]);"#;
    let at_stage = |stage: &str| {
        let lead = lead(json!({ "stage": stage, "signals": with_visit(vec![]) }));
        let all = book(json!({ "leads": [lead], "content": contents }));
        decide(&rulebook(&[rule]), &all, at(NOW), Language::English).remove(0)
    };
    assert_eq!(offer(&at_stage("orientation")), Some("guide"), "no pitch to who looks around");
    assert_eq!(offer(&at_stage("interest")), Some("price-list"));
}

#[test]
fn a_touch_that_has_more_to_say_is_made_without_the_content() {
    let had = || vec![signal("2026-11-16T10:00:00+01:00", "download", "content", "guide")];
    for then in [r#"phone.offer("guide")"#, r#"email.offer("guide").ask("What struck you?")"#] {
        let rule = format!("rule \"R\" when lead.visits(30.days) >= 1 then {then};");
        let advice = ask(&[&rule], after_visit(had()), NOW);
        assert_eq!((advice.verdict, offer(&advice), gaps(&advice).len()), (Verdict::Touch, None, 1), "{then}");
    }
    let next_best = r#"rule "Else" when lead.visits(30.days) >= 1 then email.offer("cases").weight(0.1);"#;
    let advice = ask(&[GUIDE, next_best], after_visit(had()), NOW);
    assert_eq!((offer(&advice), gaps(&advice).len()), (Some("cases"), 1));
}

#[test]
fn deciding_all_leads_at_once_remembers_the_same() {
    let rules =
        rulebook(&[CALL, r#"rule "Guide" when lead.visits(30.days) >= 1 then email.offer("guide").weight(0.1);"#]);
    let logs = [
        vec![],
        vec![call(json!({}))],
        vec![call(json!({ "rule": "Looked at prices" }))],
        vec![call(json!({ "rule": "Guide" }))],
        vec![call(json!({ "outcome": "busy" }))],
        vec![call(json!({})), signal("2026-11-16T10:00:00+01:00", "download", "topic", "guide")],
        vec![call(json!({})), mail("2026-11-02T10:00:00+01:00", "guide")],
    ];
    let leads: Vec<Value> = logs
        .into_iter()
        .enumerate()
        .map(|(nth, log)| lead(json!({ "id": format!("L{nth}"), "signals": with_visit(log) })))
        .collect();
    let book = book(json!({ "leads": leads }));
    for hours in [0, 24, 288, 300, 400] {
        let now = at(NOW) + Duration::HOUR.times(hours).unwrap();
        let decider = Decider::new(&rules, &book, now);
        let all: Vec<_> = (0..book.len()).map(|lead| decider.decision(lead)).collect();
        assert_eq!(decider.all().into_iter().map(Some).collect::<Vec<_>>(), all);
        for (lead, decision) in all.iter().enumerate() {
            let (advice, decision) = (decider.lead(lead), decision.unwrap());
            assert_eq!((advice.verdict, advice.review_at), (decision.verdict, decision.review_at), "L{lead} {hours}");
        }
    }
}

#[test]
fn a_step_that_was_logged_without_its_content_brought_what_the_step_names() {
    let series = r#"cadence "Warm" when lead.visits(365.days) >= 1 steps [
        email.offer(["guide", "cases"]), phone.after(2.days),
    ] again_after 30.days;"#;
    let first = |at: &str, more: Value| {
        let mut step = touch(at, "email", json!({ "cadence": "Warm", "step": 1 }));
        more.as_object().unwrap().iter().for_each(|(field, value)| step[field] = value.clone());
        step
    };
    let begun_anew = |signals: Vec<Value>| {
        let people = json!([anna(json!({})), person("bob", "user", json!({}))]);
        let touch =
            ask(&[series], lead(json!({ "signals": with_visit(signals), "people": people })), NOW).touch.unwrap();
        (touch.step, touch.offer)
    };
    let brings = |content: &str| (Some(1), Some(content.to_owned()));
    assert_eq!(begun_anew(vec![]), brings("guide"));
    let (spring, summer) = ("2026-04-10T10:00:00+02:00", "2026-06-10T10:00:00+02:00");
    assert_eq!(begun_anew(vec![first(spring, json!({}))]), brings("cases"));
    assert_eq!(
        begun_anew(vec![first(spring, json!({})), first(summer, json!({}))]),
        brings("guide"),
        "had longest ago"
    );
    assert_eq!(
        begun_anew(vec![first(spring, json!({ "content": "cases" }))]),
        brings("guide"),
        "it says what it brought"
    );
    assert_eq!(begun_anew(vec![first(spring, json!({ "person": "bob" }))]), brings("guide"), "another had it");
    let by_phone = first(spring, json!({ "channel": "phone" }));
    assert_eq!(begun_anew(vec![by_phone]), brings("guide"), "a call brought no mail");
    let bounce = json!({ "at": "2026-04-10T10:01:00+02:00", "kind": "bounce", "channel": "email", "person": "anna" });
    let changed = signal("2026-04-12T10:00:00+02:00", "contact_changed", "channel", "email");
    assert_eq!(begun_anew(vec![first(spring, json!({})), bounce, changed]), brings("guide"), "it came back");
    // The rules of other statements know it too.
    let lately = first("2026-11-10T10:00:00+01:00", json!({}));
    let rules =
        [series, r#"rule "Read" when lead.visits(365.days) >= 1 then email.offer(["guide", "sums"]).weight(9);"#];
    assert_eq!(offer(&ask(&rules, after_visit(vec![lately]), NOW)), Some("sums"));
}

#[test]
fn a_step_that_would_only_bring_what_they_have_is_passed_over() {
    let series = r#"cadence "Warm" when lead.visits(365.days) >= 1 steps [email.offer("guide"), email.after(2.days).offer("cases")];"#;
    let advice = |signals: Vec<Value>, now: &str| ask(&[series], after_visit(signals), now);
    let fetched = || signal("2026-11-16T10:00:00+01:00", "download", "content", "guide");
    let next = advice(vec![fetched()], NOW);
    assert_eq!((next.touch.as_ref().unwrap().step, offer(&next)), (Some(2), Some("cases")));
    let passed = next.notes.iter().find(|note| note.code == "step-passed-over").unwrap();
    assert!(passed.text.contains("anna already has what it offers"), "{}", passed.text);
    assert_eq!(advice(vec![], NOW).touch.unwrap().step, Some(1));
    let later = advice(vec![fetched()], "2027-02-14T10:00:00+01:00").touch.unwrap();
    assert_eq!((later.step, later.offer.as_deref()), (Some(1), Some("guide")));
}
