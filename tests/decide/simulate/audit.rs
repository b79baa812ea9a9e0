//! The audit by itself: each incident by a small log and the advice as it was given, and what is none.

use cadans_testing::scenario::{at, book};
use serde_json::{Value, json};

use cadans::book::vocabulary::{Channel, Direction, Outcome, SignalKind};
use cadans::book::{Lead, Signal};
use cadans::calendar::{Duration, Instant};
use cadans::simulate::audit::incidents::IncidentKind;
use cadans::simulate::audit::{AdviceRecord, AdvisedAction, Audit, BlockRecord};

/// Wednesday 25 November 2026.
fn wednesday(clock: &str) -> Instant {
    at(&format!("2026-11-25T{clock}:00+01:00"))
}

/// Two leads of Kim: of Ann and Bob, and of Cis, with what is added to Ann.
fn audit_with(ann: Value) -> Audit {
    audit_of(ann, json!([]))
}

/// The same leads, with what is planned in the first.
fn audit_of(ann: Value, planned: Value) -> Audit {
    let mut people = json!([
        { "id": "ann", "channels": ["phone", "email", "social"] },
        { "id": "bob", "channels": ["phone", "email"] },
    ]);
    people[0].as_object_mut().unwrap().extend(ann.as_object().unwrap().clone());
    let lead = |id: &str, people: Value| json!({ "id": id, "country": "NL", "zone": "Europe/Amsterdam", "owner": "kim", "people": people });
    let cis = json!([{ "id": "cis", "channels": ["phone", "email"] }]);
    let kim = json!({ "id": "kim", "zone": "Europe/Amsterdam", "hours": "Mo-Th 09:00-17:00" });
    let mut first = lead("L-1", people);
    first["planned"] = planned;
    let book = book(json!({ "leads": [first, lead("L-2", cis)], "reps": [kim] }));
    let leads: Vec<Lead> = book.leads();
    Audit::new(&leads, book.reps(), wednesday("08:00"), at("2026-12-09T08:00:00+01:00"))
}

fn audit() -> Audit {
    audit_with(json!({}))
}

fn theirs(clock: &str, kind: SignalKind, person: &str) -> Signal {
    let person = Some(person.to_owned());
    Signal { person, direction: Some(Direction::Inbound), ..Signal::new(wednesday(clock), kind) }
}

fn called(clock: &str, person: &str, outcome: Outcome) -> Signal {
    Signal {
        direction: Some(Direction::Outbound),
        channel: Some(Channel::Phone),
        outcome: Some(outcome),
        ..theirs(clock, SignalKind::Call, person)
    }
}

fn advice(person: &str, channel: Channel) -> AdviceRecord {
    AdviceRecord {
        action: AdvisedAction::Touch,
        rule: Some("Pack: Rule".to_owned()),
        channel: Some(channel),
        person: Some(person.to_owned()),
        rep: Some("kim".to_owned()),
        automatic: false,
        acknowledges: false,
        from: Some(wednesday("08:00")),
        until: None,
        offer: None,
        carries_out: None,
        hands_over: false,
        step: None,
        blocks: Vec::new(),
    }
}

fn nothing(blocks: &[(&'static str, Channel, bool)]) -> AdviceRecord {
    let block = |(policy, channel, hard): &(&'static str, Channel, bool)| BlockRecord {
        person: Some("ann".to_owned()),
        channel: Some(*channel),
        policy,
        lifts_at: None,
        hard: *hard,
    };
    AdviceRecord {
        action: AdvisedAction::Nothing,
        rule: None,
        channel: None,
        person: None,
        rep: None,
        blocks: blocks.iter().map(block).collect(),
        ..advice("ann", Channel::Phone)
    }
}

/// Kim does at a moment what is advised for a lead.
fn acts(audit: &mut Audit, clock: &str, lead: usize, advice: AdviceRecord) {
    audit.advised(lead, advice);
    audit.acted(wednesday(clock), lead, Some("kim"));
}

fn found(audit: &Audit) -> Vec<(IncidentKind, usize)> {
    let all = audit.incidents(wednesday("08:00"));
    all.into_iter().filter(|one| one.number > 0).map(|one| (one.kind, one.number)).collect()
}

#[test]
fn a_promise_that_moves_without_a_signal_is_found_once() {
    let mut audit = audit();
    let promise = |audit: &mut Audit, now: &str, due: &str| {
        audit.promised(wednesday(now), 1, "cis", "Rule", wednesday(due));
    };
    promise(&mut audit, "09:00", "13:00");
    promise(&mut audit, "09:30", "13:00");
    promise(&mut audit, "09:40", "12:00");
    assert_eq!(found(&audit), []);
    promise(&mut audit, "10:00", "14:00");
    promise(&mut audit, "11:00", "15:00");
    assert_eq!(found(&audit), [(IncidentKind::PromiseMoved, 1)]);
    assert_eq!(audit.incidents(wednesday("08:00"))[0].cases[0].since, Some(wednesday("13:00")));
    // A signal may move it.
    audit.signal(1, &theirs("11:30", SignalKind::PageVisit, "cis"));
    promise(&mut audit, "11:40", "15:40");
    assert_eq!(found(&audit), [(IncidentKind::PromiseMoved, 1)]);
}

#[test]
fn whoever_waits_is_promised_an_answer_by_whichever_rule() {
    let mut audit = audit();
    audit.signal(0, &theirs("09:00", SignalKind::Form, "ann"));
    audit.promised(wednesday("09:00"), 0, "ann", "Phone at once", wednesday("09:05"));
    audit.promised(wednesday("10:00"), 0, "ann", "Mail", wednesday("10:15"));
    assert_eq!(found(&audit), [(IncidentKind::PromiseMoved, 1)]);
}

#[test]
fn a_question_stands_behind_other_work_of_the_same_rep() {
    for (rep, from, kinds) in [("kim", "08:00", 1), ("lea", "08:00", 0), ("kim", "14:00", 0)] {
        let mut audit = audit();
        audit.signal(0, &theirs("09:00", SignalKind::Form, "ann"));
        let answer =
            AdviceRecord { rep: Some(rep.to_owned()), from: Some(wednesday(from)), ..advice("ann", Channel::Phone) };
        audit.advised(0, answer);
        acts(&mut audit, "09:10", 1, advice("cis", Channel::Email));
        acts(&mut audit, "09:20", 1, advice("cis", Channel::Phone));
        let behind = found(&audit).iter().filter(|(kind, _)| *kind == IncidentKind::BehindOtherWork).count();
        assert_eq!(behind, kinds, "{rep} {from}");
    }
    // Another customer who waits is no other work.
    let mut audit = audit();
    audit.signal(0, &theirs("09:00", SignalKind::Form, "ann"));
    audit.signal(1, &theirs("09:05", SignalKind::Form, "cis"));
    audit.advised(0, advice("ann", Channel::Phone));
    acts(&mut audit, "09:10", 1, advice("cis", Channel::Phone));
    assert_eq!(found(&audit), []);
}

#[test]
fn an_answer_goes_to_the_one_who_asked() {
    let mut audit = audit();
    audit.signal(0, &theirs("09:00", SignalKind::Form, "ann"));
    acts(&mut audit, "09:10", 0, advice("bob", Channel::Email));
    assert_eq!(found(&audit), [(IncidentKind::SomebodyElse, 1)]);
    // What was agreed on with another for a moment that has come is kept first, and nobody is behind it.
    let planned = |clock: &str| json!([{ "at": wednesday(clock).to_string(), "channel": "email", "person": "bob" }]);
    for (moment, kinds) in [("09:05", 0), ("09:30", 1)] {
        let mut audit = audit_of(json!({}), planned(moment));
        audit.signal(0, &theirs("09:00", SignalKind::Form, "ann"));
        audit.signal(1, &theirs("09:00", SignalKind::Form, "cis"));
        audit.advised(1, advice("cis", Channel::Phone));
        acts(&mut audit, "09:10", 0, advice("bob", Channel::Email));
        let of = |wanted| found(&audit).iter().filter(|(kind, _)| *kind == wanted).count();
        assert_eq!((of(IncidentKind::SomebodyElse), of(IncidentKind::BehindOtherWork)), (kinds, kinds), "{moment}");
    }
    // Who refuses all contact cannot be answered.
    let mut audit = audit_with(json!({ "objected": true }));
    audit.signal(0, &theirs("09:00", SignalKind::Form, "ann"));
    acts(&mut audit, "09:10", 0, advice("bob", Channel::Email));
    assert_eq!(found(&audit), []);
    // Two people who ask are two questions.
    let mut audit = self::audit();
    audit.signal(0, &theirs("09:00", SignalKind::Form, "ann"));
    audit.signal(0, &theirs("09:05", SignalKind::Form, "bob"));
    acts(&mut audit, "09:10", 0, advice("bob", Channel::Phone));
    assert_eq!(found(&audit), []);
}

#[test]
fn an_answer_goes_over_the_channel_of_the_question() {
    let message = Signal { channel: Some(Channel::Social), ..theirs("09:00", SignalKind::Message, "ann") };
    for (question, over, expected) in [
        (theirs("09:00", SignalKind::Form, "ann"), Channel::Phone, 0),
        (theirs("09:00", SignalKind::Form, "ann"), Channel::Email, 1),
        (message.clone(), Channel::Social, 0),
        (message.clone(), Channel::Email, 1),
        // There is no address for a chat.
        (theirs("09:00", SignalKind::Chat, "ann"), Channel::Email, 0),
    ] {
        let mut audit = audit();
        audit.signal(0, &question);
        acts(&mut audit, "09:10", 0, advice("ann", over));
        assert_eq!(found(&audit).len(), expected, "{} over {over}", question.kind);
    }
    // Who asked not to be called is written to, and so is whoever the law or the hours keep from the phone until after the next morning.
    let mut silent = audit_with(json!({ "do_not_call": true }));
    silent.signal(0, &theirs("09:00", SignalKind::Form, "ann"));
    acts(&mut silent, "09:10", 0, advice("ann", Channel::Email));
    assert_eq!(found(&silent), []);
    for (lifts, expected) in [(None, 0), (Some("2026-11-27T09:00:00+01:00"), 0), (Some("2026-11-26T09:00:00+01:00"), 1)]
    {
        let mut audit = audit();
        audit.signal(0, &theirs("09:00", SignalKind::Form, "ann"));
        let mut blocks = nothing(&[("reachable", Channel::Phone, false)]).blocks;
        blocks[0].lifts_at = lifts.map(at);
        acts(&mut audit, "09:10", 0, AdviceRecord { blocks, ..advice("ann", Channel::Email) });
        assert_eq!(found(&audit).len(), expected, "{lifts:?}");
    }
    // Kim works from Monday to Thursday, and nobody else does: on Thursday evening the phone is not open in time.
    for (now, expected) in [("2026-11-25T20:00:00+01:00", 1), ("2026-11-26T20:00:00+01:00", 0)] {
        let mut audit = audit();
        audit.signal(0, &theirs("19:00", SignalKind::Form, "ann"));
        audit.advised(0, advice("ann", Channel::Email));
        audit.acted(at(now), 0, Some("kim"));
        assert_eq!(found(&audit).len(), expected, "{now}");
    }
    // Ann is reached on Friday at the earliest, which is after the next working morning.
    for (own, expected) in [("Fr 09:00-12:00", 0), ("Th-Fr 09:00-12:00", 1)] {
        let mut audit = audit_with(json!({ "reachable": own }));
        audit.signal(0, &theirs("19:00", SignalKind::Form, "ann"));
        acts(&mut audit, "20:00", 0, advice("ann", Channel::Email));
        assert_eq!(found(&audit).len(), expected, "{own}");
    }
    // A second attempt may go another way.
    let mut again = audit();
    again.signal(0, &theirs("09:00", SignalKind::Form, "ann"));
    again.signal(0, &called("09:10", "ann", Outcome::NoAnswer));
    acts(&mut again, "09:20", 0, advice("ann", Channel::Email));
    assert_eq!(found(&again), []);
}

#[test]
fn a_word_that_the_question_arrived_is_no_answer() {
    let mut audit = audit();
    audit.signal(0, &theirs("09:00", SignalKind::Form, "ann"));
    acts(&mut audit, "09:01", 0, AdviceRecord { acknowledges: true, ..advice("ann", Channel::Email) });
    let mail = Signal {
        kind: SignalKind::Email,
        channel: Some(Channel::Email),
        outcome: None,
        ..called("09:01", "ann", Outcome::Failed)
    };
    audit.signal(0, &Signal { acknowledges: true, ..mail });
    assert_eq!(found(&audit), []);
    assert!(audit.waits(0, "ann", wednesday("10:00")));
    assert_eq!(audit.questions()[0].answered, None);
}

#[test]
fn a_question_without_advice_needs_law_hours_or_zone_as_the_reason() {
    let all = |policy, hard| [Channel::Phone, Channel::Email, Channel::Social].map(|channel| (policy, channel, hard));
    for (blocks, expected) in [
        (&[][..], 1),
        (&all("limit", false)[..], 1),
        (&all("lead-closed", false)[..], 1),
        (&all("never", true)[..], 0),
        (&all("reachable", false)[..], 0),
        (&all("zone-unknown", true)[..], 0),
        // The mail is open.
        (&all("never", true)[..1], 1),
    ] {
        let mut audit = audit();
        audit.signal(0, &theirs("09:00", SignalKind::Form, "ann"));
        audit.advised(0, nothing(blocks));
        audit.step(wednesday("09:10"));
        audit.step(wednesday("09:20"));
        assert_eq!(found(&audit).len(), expected, "{blocks:?}");
    }
    // A pause after an attempt in vain is one.
    let mut audit = audit();
    audit.signal(0, &theirs("09:00", SignalKind::Form, "ann"));
    audit.signal(0, &called("09:10", "ann", Outcome::NoAnswer));
    audit.advised(0, nothing(&all("pause", false)));
    audit.step(wednesday("09:20"));
    assert_eq!(found(&audit), []);
}

/// A mail to Ann that offers the guide.
fn offer() -> AdviceRecord {
    AdviceRecord { offer: Some("guide".to_owned()), ..advice("ann", Channel::Email) }
}

fn mailed_guide(clock: &str, outcome: Option<Outcome>) -> Signal {
    let (channel, content) = (Some(Channel::Email), Some("guide".to_owned()));
    let signal = theirs(clock, SignalKind::Email, "ann");
    Signal { channel, content, outcome, direction: Some(Direction::Outbound), ..signal }
}

#[test]
fn the_same_rule_three_times_and_the_same_offer_twice_are_found() {
    let mut audit = audit();
    for clock in ["09:00", "10:00", "11:00", "12:00"] {
        acts(&mut audit, clock, 0, offer());
        audit.signal(0, &mailed_guide(clock, None));
    }
    assert_eq!(found(&audit), [(IncidentKind::SameRule, 1), (IncidentKind::SameOffer, 3)]);
}

#[test]
fn answers_steps_and_attempts_in_vain_are_no_repetition() {
    let step = || AdviceRecord { step: Some(("Series".to_owned(), 1)), ..offer() };
    for (outcome, expected) in [(None, &[][..]), (Some(Outcome::Failed), &[][..])] {
        let mut audit = audit();
        for clock in ["09:00", "10:00", "11:00"] {
            // What did not arrive may be sent again; a step says what the series says.
            acts(&mut audit, clock, 0, if outcome.is_some() { offer() } else { step() });
            audit.signal(0, &mailed_guide(clock, outcome));
        }
        assert_eq!(found(&audit), expected);
    }
    let mut asking = audit();
    asking.signal(0, &mailed_guide("08:30", None));
    asking.signal(0, &theirs("09:00", SignalKind::Email, "ann"));
    acts(&mut asking, "09:10", 0, offer());
    assert_eq!(found(&asking), [], "they ask for it");
}

#[test]
fn what_they_fetched_they_have_and_what_came_back_they_have_not() {
    let fetched = Signal { topic: Some("guide".to_owned()), ..theirs("08:30", SignalKind::Download, "ann") };
    let mut audit = audit();
    audit.signal(0, &fetched);
    acts(&mut audit, "09:00", 0, offer());
    assert_eq!(found(&audit), [(IncidentKind::SameOffer, 1)]);
    let mut returned = audit_with(json!({}));
    returned.signal(0, &mailed_guide("08:30", None));
    returned.signal(0, &theirs("08:31", SignalKind::Bounce, "ann"));
    acts(&mut returned, "09:00", 0, offer());
    assert_eq!(found(&returned), []);
}

#[test]
fn a_touch_on_a_day_off_is_found_once_a_day() {
    let mut audit = audit();
    audit.advised(1, advice("cis", Channel::Email));
    let friday = |clock: &str| at(&format!("2026-11-27T{clock}:00+01:00"));
    for now in [wednesday("08:10"), wednesday("20:00"), friday("10:00"), friday("11:00")] {
        audit.step(now);
    }
    assert_eq!(found(&audit), [(IncidentKind::DayOff, 1)], "Kim works from Monday to Thursday");
}

#[test]
fn a_touch_within_a_working_day_of_a_conversation_is_cold_unless_they_asked() {
    let mut audit = audit();
    audit.signal(0, &called("09:00", "ann", Outcome::Answered));
    acts(&mut audit, "09:10", 0, advice("bob", Channel::Email));
    assert_eq!(found(&audit), [], "with somebody else nobody spoke");
    acts(&mut audit, "09:20", 0, advice("ann", Channel::Email));
    assert_eq!(found(&audit), [(IncidentKind::AfterConversation, 1)]);
    audit.signal(0, &theirs("09:30", SignalKind::Form, "ann"));
    acts(&mut audit, "09:40", 0, advice("ann", Channel::Phone));
    assert_eq!(found(&audit), [(IncidentKind::AfterConversation, 1)]);
    audit.signal(0, &called("09:40", "ann", Outcome::NoAnswer));
    audit.signal(0, &called("09:50", "ann", Outcome::Answered));
    audit.advised(0, advice("ann", Channel::Email));
    audit.acted(at("2026-11-26T09:50:00+01:00"), 0, Some("kim"));
    assert_eq!(found(&audit), [(IncidentKind::AfterConversation, 1)], "a day later");
    // From Friday to Monday.
    let friday = at("2026-11-27T15:00:00+01:00");
    audit.signal(0, &Signal { at: friday, ..called("09:50", "ann", Outcome::Answered) });
    for (now, expected) in [("2026-11-30T14:50:00+01:00", 2), ("2026-11-30T15:00:00+01:00", 2)] {
        audit.acted(at(now), 0, Some("kim"));
        assert_eq!(found(&audit), [(IncidentKind::AfterConversation, expected)], "{now}");
    }
}

#[test]
fn a_touch_to_somebody_away_or_gone_is_found_and_an_answer_to_one_away_is_none() {
    let gone = || audit_with(json!({ "left_at": "2026-11-25T08:30:00+01:00" }));
    let away = || {
        audit_with(
            json!({ "absences": [{ "from": "2026-11-25T08:30:00+01:00", "until": "2026-11-25T12:00:00+01:00" }] }),
        )
    };
    for (mut audit, clock, asks, expected) in [
        (gone(), "08:20", false, 0),
        (gone(), "09:00", false, 1),
        (gone(), "09:00", true, 1),
        (away(), "09:00", false, 1),
        (away(), "09:00", true, 0),
        (away(), "12:00", false, 0),
    ] {
        if asks {
            audit.signal(0, &theirs("08:40", SignalKind::Email, "ann"));
        }
        acts(&mut audit, clock, 0, advice("ann", Channel::Email));
        let found = found(&audit).into_iter().filter(|(kind, _)| *kind == IncidentKind::AwayOrGone);
        assert_eq!(found.map(|(_, number)| number).sum::<usize>(), expected, "{clock} {asks}");
    }
}

/// Whether the answer to the first question is held up, as seen ten minutes after a signal, with this advice for its lead.
fn held(audit: &mut Audit, signal: &Signal, blocks: &[(&'static str, Channel, bool)]) -> Option<bool> {
    audit.signal(0, signal);
    audit.advised(0, nothing(blocks));
    audit.step(signal.at + Duration::MINUTE.times(10).unwrap());
    audit.questions()[0].held
}

#[test]
fn an_answer_is_held_by_law_by_their_own_hours_and_by_a_zone_that_is_not_known() {
    let form = |clock| theirs(clock, SignalKind::Form, "ann");
    let mornings = || audit_with(json!({ "reachable": "Mo,We,Fr 08:30-12:30" }));
    assert_eq!(held(&mut mornings(), &form("11:00"), &[]), Some(false));
    assert_eq!(held(&mut mornings(), &form("14:00"), &[]), Some(true), "outside their own hours");
    assert_eq!(held(&mut mornings(), &form("12:25"), &[]), Some(true), "closed when somebody can see it");
    // A form is answered by phone, and that is no answer of the evening; a mail is.
    assert_eq!(held(&mut audit(), &form("19:00"), &[]), Some(true));
    assert_eq!(held(&mut audit(), &theirs("19:00", SignalKind::Email, "ann"), &[]), Some(false));
    let by_law = |channels: &[Channel]| channels.iter().map(|channel| ("never", *channel, true)).collect::<Vec<_>>();
    let all = by_law(&[Channel::Phone, Channel::Email, Channel::Social]);
    assert_eq!(held(&mut audit(), &form("11:00"), &all), Some(true));
    assert_eq!(held(&mut audit(), &form("11:00"), &all[..1]), Some(false), "a mail may answer it");
    assert_eq!(held(&mut audit(), &form("11:00"), &[("limit", Channel::Phone, false)]), Some(false), "no law");
    assert_eq!(held(&mut audit_with(json!({ "objected": true })), &form("11:00"), &[]), Some(true));
    assert_eq!(held(&mut audit_with(json!({ "channels": [] })), &form("11:00"), &[]), Some(false), "no address");
    let person = json!([{ "id": "ann", "channels": ["phone", "email"] }]);
    let leads = book(json!({ "leads": [{ "id": "L-1", "people": person }] })).leads();
    let mut nowhere = Audit::new(&leads, &[], wednesday("08:00"), at("2026-12-09T08:00:00+01:00"));
    assert_eq!(held(&mut nowhere, &form("11:00"), &[]), Some(true));
}
