//! By whom: what passes to the backup and to colleagues, and what is told about it.

use cadans::book::{Book, Lead};
use cadans::decide::advice::Advice;
use cadans::decide::{Decider, Watch, decide, is_for_nobody, is_for_rep};
use cadans::wording::Language;
use cadans_testing::scenario::{anna, at, book, lead, rulebook, told, touch};
use serde_json::{Value, json};

/// A Friday.
const FRIDAY: &str = "2026-11-20T10:00:00+01:00";
const CALL: &str = r#"rule "Call" when true then phone.within(5.minutes);"#;
const OFFICE: &str = r#"reachable any "Mo-Fr 09:00-17:30; PH off";"#;

fn file(owner: Option<&str>, more: Value, reps: Value) -> Book {
    let mut one = lead(json!({ "owner": owner }));
    for (field, value) in more.as_object().unwrap() {
        one[field.as_str()] = value.clone();
    }
    if owner.is_none() {
        one.as_object_mut().unwrap().remove("owner");
    }
    book(json!({ "leads": [one], "reps": reps }))
}

/// The advice at a moment for the lead, which came in then, so that what is promised counts from then.
fn advise(rules: &[&str], book: &Book, now: &str) -> Advice {
    let mut book = book.clone();
    let lead = Lead { created_at: Some(at(now)), ..book.lead(0).unwrap() };
    book.put(&lead).unwrap();
    decide(&rulebook(rules), &book, at(now), Language::English).remove(0)
}

/// `phone anna from..until by rep`, and why not the owner.
fn by(advice: &Advice) -> (String, Option<String>) {
    let rep = advice.touch.as_ref().and_then(|touch| touch.rep.clone());
    let id = rep.as_ref().map_or("nobody", |rep| rep.id.as_str());
    (format!("{} by {id}", told(advice)), rep.and_then(|rep| rep.instead_of_owner))
}

fn rep(id: &str, more: Value) -> Value {
    let mut rep = json!({ "id": id, "zone": "Europe/Amsterdam", "country": "NL" });
    for (field, value) in more.as_object().unwrap() {
        rep[field.as_str()] = value.clone();
    }
    rep
}

fn note<'a>(advice: &'a Advice, code: &str) -> Option<&'a str> {
    advice.notes.iter().find(|note| note.code == code).map(|note| note.text.as_str())
}

const OUT: &str = "2026-11-16T00:00:00Z";

fn away(until: &str) -> Value {
    json!([{ "from": OUT, "until": until }])
}

#[test]
fn a_free_day_a_holiday_and_an_absence_pass_the_touch_to_the_backup() {
    let backup = || rep("lea", json!({}));
    let free = rep("kim", json!({ "hours": "Mo-Th 08:30-17:00; PH off", "backup": "lea" }));
    let absent = rep("kim", json!({ "absences": away("2026-11-24T00:00:00Z"), "backup": "lea" }));
    for kim in [free.clone(), absent] {
        let advice = advise(&[CALL, OFFICE], &file(Some("kim"), json!({}), json!([kim, backup()])), FRIDAY);
        let expected = "phone anna 11-20 10:00..11-20 10:05 by lea";
        assert_eq!(by(&advice), (expected.to_owned(), Some("steps in for kim, who is away".to_owned())));
    }
    // King's Day in the Netherlands is a working day in Belgium.
    let reps =
        json!([rep("kim", json!({ "backup": "lea" })), { "id": "lea", "zone": "Europe/Brussels", "country": "BE" }]);
    let belgian = json!({ "country": "BE", "zone": "Europe/Brussels" });
    let advice = advise(&[CALL, OFFICE], &file(Some("kim"), belgian, reps), "2026-04-27T10:00:00+02:00");
    assert_eq!(by(&advice).0, "phone anna 04-27 10:00..04-27 10:05 by lea");
    // Everything that a rep writes as well, and on a Thursday it is Kim's.
    for (channel, now, expected) in
        [("email", FRIDAY, "lea"), ("social", FRIDAY, "lea"), ("email", "2026-11-19T10:00:00+01:00", "kim")]
    {
        let rule = format!("rule \"Write\" when true then {channel};");
        let advice = advise(&[&rule], &file(Some("kim"), json!({}), json!([free, backup()])), now);
        assert_eq!(advice.touch.unwrap().rep.unwrap().id, expected, "{channel} {now}");
    }
}

#[test]
fn the_evening_of_a_working_day_does_not_pass_a_touch_on() {
    let reps = json!([rep("kim", json!({ "hours": "Mo-Fr 09:00-17:00", "backup": "lea" })), rep("lea", json!({}))]);
    let thursday = advise(&[CALL, OFFICE], &file(Some("kim"), json!({}), reps.clone()), "2026-11-19T17:10:00+01:00");
    assert_eq!(by(&thursday), ("phone anna 11-20 09:00..11-20 17:00 late by kim".to_owned(), None));
    // Lunch neither.
    let reps = json!([rep("kim", json!({ "hours": "Mo-Fr 09:00-12:30,13:30-17:00" })), rep("lea", json!({}))]);
    let lunch = advise(&[CALL], &file(Some("kim"), json!({}), reps), "2026-11-19T13:00:00+01:00");
    assert_eq!(by(&lunch).0, "phone anna 11-19 13:30..11-19 17:00 late by kim");
    // A free afternoon before the weekend does: it would be Monday.
    let reps = json!([rep("kim", json!({ "hours": "Mo-Th 09:00-17:00; Fr 09:00-12:00" })), rep("lea", json!({}))]);
    let friday = advise(&[CALL, OFFICE], &file(Some("kim"), json!({}), reps), "2026-11-20T14:00:00+01:00");
    assert_eq!(by(&friday).0, "phone anna 11-20 14:00..11-20 14:05 by lea");
}

#[test]
fn a_colleague_who_works_and_speaks_the_language_comes_after_the_backups() {
    let kim = || rep("kim", json!({ "absences": away("2026-11-24T00:00:00Z"), "languages": ["nl"] }));
    let ask = |more: Value, reps: Value| advise(&[CALL, OFFICE], &file(Some("kim"), more, reps), FRIDAY);
    let dutch = || json!({ "language": "nl" });
    let french = rep("fay", json!({ "languages": ["fr"] }));
    let reps = json!([kim(), french, rep("sam", json!({ "languages": ["fr", "nl"] }))]);
    assert_eq!(by(&ask(dutch(), reps.clone())).0, "phone anna 11-20 10:00..11-20 10:05 by sam");
    // The language of the person counts before that of the lead, and where none is known everybody does.
    let person = json!({ "language": "nl", "people": [anna(json!({ "language": "fr" }))] });
    assert_eq!(by(&ask(person, reps.clone())).0, "phone anna 11-20 10:00..11-20 10:05 by fay");
    assert_eq!(by(&ask(json!({}), reps)).0, "phone anna 11-20 10:00..11-20 10:05 by fay");
    // Who speaks it only when back: the first moment at which somebody can.
    let advice = ask(dutch(), json!([kim(), french]));
    assert_eq!(by(&advice).0, "phone anna 11-24 09:00..11-24 17:30 late by kim");
    assert_eq!(
        note(&advice, "nobody-before"),
        Some(
            "Nobody works before Tue 24 Nov 09:00: kim is the first who can. If it cannot wait, ask somebody to take over"
        )
    );
    // What may only be done on a day on which nobody works does not wait for them: they are at work before it.
    let saturday = r#"limit phone 1 per 7.days;"#;
    let call = json!({ "at": "2026-11-14T12:00:00+01:00", "kind": "call", "channel": "phone", "direction": "outbound",
        "person": "anna", "outcome": "answered" });
    let capped = file(Some("kim"), json!({ "signals": [call] }), json!([rep("kim", json!({}))]));
    let advice = advise(&[CALL, saturday], &capped, FRIDAY);
    assert_eq!(by(&advice).0, "phone anna 11-23 09:00..11-23 17:30 late by kim");
    assert_eq!(note(&advice, "nobody-before"), None);
    // A language that nobody speaks keeps nobody from answering, and is told.
    let advice = ask(json!({ "language": "fi" }), json!([kim(), french]));
    assert_eq!(by(&advice).0, "phone anna 11-20 10:00..11-20 10:05 by fay");
    assert_eq!(note(&advice, "language-not-spoken"), Some("No rep is down for the language fi: fay does this one"));
}

#[test]
fn without_anybody_else_the_touch_waits_until_the_owner_is_back() {
    let kim = json!([rep("kim", json!({ "absences": away("2026-11-24T00:00:00Z") }))]);
    for channel in ["phone", "email", "social", "chat", "video", "visit"] {
        let rule = format!("rule \"Answer\" when true then {channel}.within(15.minutes);");
        let advice = advise(&[&rule], &file(Some("kim"), json!({}), kim.clone()), FRIDAY);
        assert_eq!(by(&advice).0, format!("{channel} anna 11-24 09:00..11-24 17:30 late by kim"));
        assert!(note(&advice, "nobody-before").is_some());
    }
    // On a free day too, for what was promised; not in the evening, and not for what may wait until tomorrow.
    let part_time = json!([rep("kim", json!({ "hours": "Mo-We,Fr 09:00-17:30" }))]);
    let promised = advise(&[CALL], &file(Some("kim"), json!({}), part_time.clone()), "2026-11-19T10:00:00+01:00");
    assert_eq!(by(&promised).0, "phone anna 11-20 09:00..11-20 17:30 late by kim");
    assert_eq!(
        note(&promised, "nobody-before"),
        Some(
            "Nobody works before Fri 20 Nov 09:00: kim is the first who can. If it cannot wait, ask somebody to take over"
        )
    );
    let evening = advise(&[CALL], &file(Some("kim"), json!({}), part_time.clone()), "2026-11-17T18:00:00+01:00");
    assert_eq!(by(&evening).0, "phone anna 11-18 09:00..11-18 17:30 late by kim");
    assert_eq!(note(&evening, "nobody-before"), None);
    let some_time = r#"rule "Call" when true then phone.within(5.days);"#;
    let later = advise(&[some_time], &file(Some("kim"), json!({}), part_time), "2026-11-19T10:00:00+01:00");
    assert!(by(&later).0.starts_with("phone anna 11-20 09:00"), "{}", by(&later).0);
    assert_eq!(note(&later, "nobody-before"), None);
    // Away for longer than touches are planned ahead: held until then, with who.
    let long = json!([rep("kim", json!({ "absences": away("2026-12-20T00:00:00Z") }))]);
    let advice = advise(&[CALL], &file(Some("kim"), json!({}), long), FRIDAY);
    assert_eq!(advice.blocks[0].policy, "rep-away");
    assert_eq!(advice.reason, "kim is not at work then; possible from Mon 21 Dec 09:00, by kim");
}

#[test]
fn an_owner_who_is_gone_or_nobody_leaves_the_lead_to_a_colleague_and_is_told() {
    let reps = || json!([rep("kim", json!({})), rep("lea", json!({}))]);
    let gone = file(Some("old"), json!({}), reps());
    let advice = advise(&[CALL], &gone, FRIDAY);
    let why = Some("the owner, old, is not among the reps".to_owned());
    assert_eq!(by(&advice), ("phone anna 11-20 10:00..11-20 10:05 by kim".to_owned(), why));
    assert!(note(&advice, "owner-unknown").unwrap().starts_with("Owner not known: kim"));
    let nobody = file(None, json!({}), reps());
    let advice = advise(&[CALL], &nobody, FRIDAY);
    assert_eq!(by(&advice).1.as_deref(), Some("the lead has no owner"));
    assert!(note(&advice, "no-owner").unwrap().starts_with("No owner: kim"));
    // Also when there is nothing to do.
    assert!(note(&advise(&[""], &gone, FRIDAY), "owner-unknown").is_some());
    assert!(
        is_for_nobody(&gone, 0)
            && is_for_nobody(&nobody, 0)
            && !is_for_nobody(&file(Some("lea"), json!({}), reps()), 0)
    );
    // Without any reps all is as it was.
    let alone = advise(&[CALL], &file(Some("old"), json!({}), json!([])), FRIDAY);
    assert_eq!((by(&alone), alone.notes.len()), (("phone anna 11-20 10:00..11-20 10:05 by old".to_owned(), None), 1));
    for rule in [r#"rule "Who" when true then find("buyer");"#, r#"rule "Over" when true then hand_over("marketing");"#]
    {
        let book = file(Some("old"), json!({}), json!([]));
        assert_eq!(Decider::new(&rulebook(&[rule]), &book, at(FRIDAY)).all()[0].review_at, None);
        let free = json!([rep("kim", json!({ "hours": "Mo-Th 09:00-17:00" })), rep("lea", json!({}))]);
        assert_eq!(advise(&[rule], &file(Some("kim"), json!({}), free), FRIDAY).touch.unwrap().rep.unwrap().id, "lea");
    }
}

#[test]
fn the_owner_of_another_lead_of_the_account_comes_before_other_colleagues() {
    let one = |id: &str, owner: &str| lead(json!({ "id": id, "owner": owner, "account": { "id": "A" } }));
    let reps =
        json!([rep("kim", json!({})), rep("lea", json!({})), rep("sam", json!({ "hours": "Mo-Su 08:00-18:00" }))]);
    let book = book(json!({ "leads": [one("L1", "old"), one("L2", "sam")], "reps": reps }));
    let advices = decide(&rulebook(&[CALL]), &book, at(FRIDAY), Language::English);
    let rep = advices[0].touch.as_ref().unwrap().rep.as_ref().unwrap();
    assert_eq!(rep.id, "sam");
    assert!(rep.instead_of_owner.as_ref().unwrap().starts_with("owns another lead of this company"));
}

#[test]
fn the_rep_is_looked_at_again_the_moment_somebody_returns() {
    let kim =
        rep("kim", json!({ "absences": away("2026-11-20T13:00:00Z"), "hours": "Mo-Fr 09:00-18:00", "backup": "lea" }));
    let mut book = file(Some("kim"), json!({}), json!([kim, rep("lea", json!({ "hours": "Mo-Fr 08:00-18:00" }))]));
    let mut watch = Watch::new(rulebook(&[r#"rule "Mail" when true then email;"#]), &book, at(FRIDAY));
    let rep = |watch: &Watch| watch.decisions()[0].rep;
    assert_eq!(rep(&watch), Some(1));
    watch.tick(&book, at("2026-11-20T13:59:59.999+01:00")).unwrap();
    assert_eq!(rep(&watch), Some(1));
    assert_eq!(watch.next(), Some(at("2026-11-20T14:00:00+01:00")));
    watch.tick(&book, at("2026-11-20T14:00:00+01:00")).unwrap();
    assert_eq!(rep(&watch), Some(0));
    // A watch does not go back, and stays as it is.
    let back = watch.tick(&book, at(FRIDAY)).unwrap_err();
    assert_eq!(back.to_string(), "The watch is at 2026-11-20T13:00:00Z, and 2026-11-20T09:00:00Z lies before it");
    assert!(back.sentence().render(Language::Dutch).contains("ligt daarvoor"));
    assert_eq!((watch.now(), rep(&watch)), (at("2026-11-20T14:00:00+01:00"), Some(0)));
    let call = serde_json::from_value(touch("2026-11-20T13:30:00+01:00", "phone", json!({}))).unwrap();
    assert_eq!(watch.log(&mut book, 0, &call), [0]);
}

#[test]
fn without_an_owner_it_is_for_the_first_who_can() {
    let york = |id: &str, more: Value| {
        let mut one = rep(id, more);
        (one["zone"], one["country"]) = (json!("America/New_York"), json!("US"));
        one
    };
    let advice = |owner: Option<&str>, reps: Value| by(&advise(&[CALL, OFFICE], &file(owner, json!({}), reps), FRIDAY));
    let reps = || json!([york("sam", json!({})), rep("lea", json!({})), rep("kim", json!({}))]);
    let lea = "phone anna 11-20 10:00..11-20 10:05 by lea";
    assert_eq!(advice(None, reps()).0, lea);
    assert_eq!(advice(Some("gone"), reps()).0, lea);
    // An owner keeps the lead, also when a colleague starts sooner that day; a free day passes it to the first who can.
    assert_eq!(advice(Some("sam"), reps()).0, "phone anna 11-20 15:00..11-20 17:30 late by sam");
    let free =
        json!([rep("kim", json!({ "hours": "Mo-Th 09:00-17:00" })), york("sam", json!({})), rep("lea", json!({}))]);
    assert_eq!(advice(Some("kim"), free).0, lea);
    // Who speaks the language goes before who can sooner and is not known to.
    let mut spoken = file(
        None,
        json!({ "language": "nl" }),
        json!([york("sam", json!({ "languages": ["nl"] })), rep("lea", json!({}))]),
    );
    assert_eq!(by(&advise(&[CALL, OFFICE], &spoken, FRIDAY)).0, "phone anna 11-20 15:00..11-20 17:30 late by sam");
    spoken = file(None, json!({ "language": "nl" }), json!([york("sam", json!({})), rep("lea", json!({}))]));
    assert_eq!(by(&advise(&[CALL, OFFICE], &spoken, FRIDAY)).0, lea);
}

#[test]
fn when_a_rep_is_back_is_told_in_the_time_of_the_rep() {
    let in_york = || json!({ "country": "US", "zone": "America/New_York" });
    let kim = |more: Value| json!([rep("kim", more)]);
    let free = kim(json!({ "hours": "Mo-Th 09:00-17:00" }));
    let advice = advise(&[r#"rule "Mail" when true then email;"#], &file(Some("kim"), in_york(), free), FRIDAY);
    assert_eq!(
        note(&advice, "nobody-before").unwrap(),
        "Nobody works before Mon 23 Nov 09:00: kim is the first who can. If it cannot wait, ask somebody to take over"
    );
}

#[test]
fn an_appointment_whose_rep_is_away_that_day_is_told_now() {
    let planned =
        |rep: &str, at: &str| json!({ "planned": [{ "at": at, "channel": "video", "person": "anna", "rep": rep }] });
    let kim = || rep("kim", json!({ "hours": "Mo-Th 09:00-17:00", "absences": away("2026-11-24T00:00:00Z") }));
    let told_now = |planned: Value, reps: Value| {
        let advice = advise(&[""], &file(Some("kim"), planned, reps), FRIDAY);
        note(&advice, "planned-rep-away").map(str::to_owned)
    };
    let both = || json!([kim(), rep("lea", json!({}))]);
    let monday = told_now(planned("kim", "2026-11-23T15:00:00+01:00"), both()).unwrap();
    assert_eq!(
        monday,
        "The video appointment of Mon 23 Nov 15:00: kim does not work that day. Ask lea to take it, or agree on another moment"
    );
    assert!(told_now(planned("kim", "2026-11-27T15:00:00+01:00"), both()).is_some(), "a free Friday");
    assert_eq!(told_now(planned("kim", "2026-11-26T15:00:00+01:00"), both()), None);
    assert_eq!(
        told_now(planned("kim", "2026-11-26T19:00:00+01:00"), both()),
        None,
        "agreed on for the evening of a working day"
    );
    assert_eq!(told_now(planned("lea", "2026-11-27T15:00:00+01:00"), both()), None);
    assert!(
        told_now(planned("old", "2026-11-26T15:00:00+01:00"), both())
            .unwrap()
            .contains("old is not among the reps. Ask kim")
    );
    let alone = told_now(planned("kim", "2026-11-23T15:00:00+01:00"), json!([kim()])).unwrap();
    assert!(alone.contains("nobody else works then"), "{alone}");
    assert_eq!(told_now(planned("kim", "2026-11-19T15:00:00+01:00"), both()), None, "it has passed");
    assert_eq!(told_now(planned("kim", "2026-11-23T15:00:00+01:00"), json!([])), None, "no reps are known");
}

#[test]
fn a_queue_is_that_of_one_rep() {
    let one =
        |id: &str, owner: &str| lead(json!({ "id": id, "owner": owner, "account": { "id": id }, "stage": "interest" }));
    let closed = json!({ "id": "L4", "owner": "kim", "country": "NL", "stage": "lost", "account": { "id": "L4" } });
    let kim = rep("kim", json!({ "hours": "Mo-Th 09:00-17:00", "backup": "lea" }));
    let reps = json!([kim, rep("lea", json!({})), rep("sam", json!({}))]);
    let leads = json!([one("L1", "kim"), one("L2", "lea"), one("L3", "sam"), closed]);
    let book = book(json!({ "leads": leads, "reps": reps }));
    let rules = rulebook(&[r#"rule "Call" when lead.stage is "interest" then phone;"#]);
    let queue = |now: &str, rep: usize| -> Vec<usize> {
        let decisions = Decider::new(&rules, &book, at(now)).all();
        (0..4).filter(|lead| is_for_rep(&book, (*lead, &decisions[*lead]), rep)).collect()
    };
    assert_eq!([0, 1, 2].map(|rep| queue(FRIDAY, rep)), [vec![3], vec![0, 1], vec![2]]);
    assert_eq!([0, 1, 2].map(|rep| queue("2026-11-19T10:00:00+01:00", rep)), [vec![0, 3], vec![1], vec![2]]);
}

/// The advice at a moment for a lead of Kim's in which Anna asked or was promised something, with the pack that answers.
fn owed(more: Value, reps: Value, now: &str) -> Advice {
    let answers = include_str!("../../rules/answers.rhai");
    let book = file(Some("kim"), more, reps);
    decide(&rulebook(&[answers, CALL]), &book, at(now), Language::English).remove(0)
}

fn asks(kind: &str, channel: &str) -> Value {
    json!({ "signals": [{
        "at": "2026-11-20T09:59:00+01:00", "kind": kind, "channel": channel, "direction": "inbound",
        "outcome": if kind == "call" { json!("no_answer") } else { json!(null) }, "person": "anna",
    }] })
}

#[test]
fn what_is_owed_is_held_for_somebody_to_take_over_when_all_who_could_do_it_are_absent() {
    let kim = || rep("kim", json!({ "absences": away("2026-11-24T00:00:00Z"), "languages": ["nl"] }));
    let questions = [("form", "phone"), ("call", "phone"), ("reply", "email"), ("message", "social"), ("chat", "chat")];
    for (kind, channel) in questions {
        let held = owed(asks(kind, channel), json!([kim()]), "2026-11-20T15:00:00+01:00");
        assert_eq!(told(&held), "hold", "{kind}");
        assert_eq!(
            held.reason,
            "anna waits, kim is away and nobody else can do this: somebody must take it over, or it waits for kim until Tue 24 Nov 09:00",
            "{kind}"
        );
        // Until the moment at which somebody can, who then does it.
        let back = owed(asks(kind, channel), json!([kim()]), "2026-11-24T09:00:00+01:00");
        assert_eq!(back.touch.unwrap().rep.unwrap().id, "kim", "{kind}");
        // A colleague who works does it at once.
        let lea = owed(asks(kind, channel), json!([kim(), rep("lea", json!({}))]), "2026-11-20T10:00:00+01:00");
        assert!(told(&lea).contains("anna 11-20 10:00"), "{kind}: {}", told(&lea));
        assert_eq!(lea.touch.unwrap().rep.unwrap().id, "lea", "{kind}");
    }
    // A backup who is away as well, and a colleague who speaks another language, are nobody.
    let backup = rep("lea", json!({ "absences": away("2026-11-25T00:00:00Z") }));
    let mut more = asks("form", "phone");
    more["language"] = json!("nl");
    let reps = json!([kim(), backup, rep("fay", json!({ "languages": ["fr"] }))]);
    assert_eq!(told(&owed(more, reps, FRIDAY)), "hold");
    // A call that Kim promised, and an absence that ends beyond what is planned ahead.
    let planned = json!({ "planned": [{ "at": FRIDAY, "channel": "phone", "person": "anna", "rep": "kim" }] });
    assert!(owed(planned, json!([kim()]), FRIDAY).reason.contains("somebody must take it over"));
    let long = json!([rep("kim", json!({ "absences": away("2027-06-01T00:00:00Z") }))]);
    assert_eq!(
        owed(asks("form", "phone"), long, FRIDAY).reason,
        "anna waits, kim is away and nobody else can do this: somebody must take it over"
    );
}

#[test]
fn what_waits_for_no_absent_rep_is_not_to_be_taken_over() {
    let absent =
        |from: &str, until: &str| json!([rep("kim", json!({ "absences": [{ "from": from, "until": until }] }))]);
    let by_kim = |reps: Value, now: &str| told(&owed(asks("form", "phone"), reps, now));
    // An hour of absence is over on the same day.
    let dentist = absent("2026-11-20T09:30:00+01:00", "2026-11-20T11:00:00+01:00");
    assert_eq!(by_kim(dentist, FRIDAY), "phone anna 11-20 11:00..11-20 12:30 late");
    // A weekend, and a free day, are nobody's absence.
    let later = absent("2026-12-01T00:00:00Z", "2026-12-05T00:00:00Z");
    assert!(by_kim(later, "2026-11-21T10:00:00+01:00").starts_with("phone anna 11-23 09:00"));
    let free = json!([rep("kim", json!({ "hours": "Mo-Th 09:00-17:00" }))]);
    assert!(by_kim(free, FRIDAY).starts_with("phone anna 11-23 09:00"));
    // What nobody is owed waits for Kim.
    let cold = advise(&[CALL], &file(Some("kim"), json!({}), absent(OUT, "2026-11-24T00:00:00Z")), FRIDAY);
    assert!(told(&cold).starts_with("phone anna 11-24 09:00"));
}

#[test]
fn what_is_to_be_taken_over_is_shown_first() {
    use cadans::decide::{decisions_in_order, in_order};
    let one = |id: &str, owner: &str, signals: Value| {
        lead(json!({ "id": id, "owner": owner, "account": { "id": id }, "signals": signals }))
    };
    let kim = rep("kim", json!({ "absences": away("2026-11-24T00:00:00Z"), "languages": ["nl"] }));
    let mut asked = one("L2", "kim", asks("form", "phone")["signals"].clone());
    asked["language"] = json!("nl");
    let leads = json!([one("L1", "lea", json!([])), asked]);
    let book = book(json!({ "leads": leads, "reps": [kim, rep("lea", json!({ "languages": ["fr"] }))] }));
    let rules = rulebook(&[include_str!("../../rules/answers.rhai"), CALL]);
    let advices = decide(&rules, &book, at(FRIDAY), Language::English);
    assert_eq!([0, 1].map(|lead| told(&advices[lead]).chars().take(4).collect::<String>()), ["phon", "hold"]);
    let decisions: Vec<_> = Decider::new(&rules, &book, at(FRIDAY)).all().into_iter().enumerate().collect();
    assert_eq!((in_order(&advices), decisions_in_order(&decisions, &book, at(FRIDAY))), (vec![1, 0], vec![1, 0]));
}
