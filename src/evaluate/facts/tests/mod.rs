//! Every fact, with values worked out by hand: here those of the log of signals, in `recorded` what somebody wrote down. `now` is
//! 20 November 2026, 10:00 UTC.

#![allow(clippy::panic, reason = "a test that cannot go on should say so")]

mod recorded;

use crate::book::catalogue::{FACTS, Fact, ParamKind, Subject};
use crate::book::value::Value;
use crate::book::vocabulary::{
    Basis, Channel, Direction, LegalForm, Outcome, QuoteStatus, Role, SignalKind, Stage, Stance,
};
use crate::book::{Account, Consent, FieldValue, GroupRecords, Lead, Person, PlannedTouch, Quote, Signal};
use crate::calendar::{Duration, Instant};
use crate::evaluate::facts::FactContext;

const NOW: i64 = 1_795_168_800_000; // 2026-11-20T10:00:00Z

fn now() -> Instant {
    Instant::from_millis(NOW)
}

fn hours(count: i64) -> Duration {
    Duration::from_millis(count * 3_600_000)
}

fn days(count: i64) -> Duration {
    hours(24 * count)
}

fn ago(length: Duration) -> Instant {
    now() - length
}

/// An inbound signal.
fn signal(kind: SignalKind, at: Instant) -> Signal {
    Signal { direction: Some(Direction::Inbound), ..Signal::new(at, kind) }
}

fn visit(topic: &str, at: Instant) -> Signal {
    Signal { topic: Some(topic.to_owned()), ..signal(SignalKind::PageVisit, at) }
}

fn touch(channel: Channel, at: Instant) -> Signal {
    let kind = if channel == Channel::Phone { SignalKind::Call } else { SignalKind::Email };
    Signal { channel: Some(channel), direction: Some(Direction::Outbound), ..signal(kind, at) }
}

fn by(person: &str, signal: Signal) -> Signal {
    Signal { person: Some(person.to_owned()), ..signal }
}

fn ended(outcome: Outcome, signal: Signal) -> Signal {
    Signal { outcome: Some(outcome), ..signal }
}

fn lead_with(signals: Vec<Signal>) -> Lead {
    let mut signals = signals;
    signals.sort_by_key(|signal| signal.at);
    Lead {
        id: "L1".to_owned(),
        account: Account { id: "A1".to_owned(), ..Account::default() },
        signals,
        ..Lead::default()
    }
}

fn person(id: &str, roles: &[Role]) -> Person {
    Person { id: id.to_owned(), roles: roles.to_vec(), ..Person::default() }
}

fn about(lead: Lead) -> FactContext {
    FactContext::new(&GroupRecords::new(vec![lead], vec![], vec![]), 0, now())
}

/// A fact by its name in the rule language, with arguments.
fn ask(cx: &FactContext, subject: Subject, name: &str, args: &[Value]) -> Value {
    let entry = crate::book::catalogue::find(subject, name).unwrap_or_else(|| panic!("no fact {name}"));
    cx.fact(subject, entry.fact, args).unwrap_or_else(|why| panic!("{name}: {why:?}"))
}

fn lead(cx: &FactContext, name: &str, args: &[Value]) -> Value {
    ask(cx, Subject::Lead, name, args)
}

fn text(word: &str) -> Value {
    Value::text(word)
}

fn whole(count: i64) -> Value {
    Value::Whole(count)
}

fn length(duration: Duration) -> Value {
    Value::Length(duration)
}

#[test]
fn a_count_takes_topic_and_window_and_the_window_ends_on_the_millisecond() {
    let at_the_edge = ago(days(7));
    let inside = at_the_edge + Duration::from_millis(1);
    let cx = about(lead_with(vec![
        visit("pricing", at_the_edge),
        visit("pricing", inside),
        visit("home", ago(days(1))),
        Signal { content: Some("pricing".to_owned()), ..signal(SignalKind::PageVisit, ago(hours(1))) },
        visit("pricing", now()),
        visit("pricing", now() + Duration::from_millis(1)),
    ]));
    assert_eq!(lead(&cx, "visits", &[]), whole(5), "what has not happened yet is not seen");
    assert_eq!(lead(&cx, "visits", &[text("pricing")]), whole(4), "a content counts as a topic");
    assert_eq!(lead(&cx, "visits", &[length(days(7))]), whole(4), "seven days ago to the millisecond is outside");
    assert_eq!(lead(&cx, "visits", &[text("pricing"), length(days(7))]), whole(3));
    assert_eq!(lead(&cx, "visits", &[text("pricing"), length(Duration::ZERO)]), whole(0));
    assert_eq!(lead(&cx, "signals", &[text("visit"), length(days(7))]), whole(4));
    assert_eq!(lead(&cx, "downloads", &[]), whole(0));
}

#[test]
fn each_count_counts_its_own_kind() {
    let kinds = [
        ("visits", SignalKind::PageVisit),
        ("searches", SignalKind::Search),
        ("downloads", SignalKind::Download),
        ("forms", SignalKind::Form),
        ("opens", SignalKind::Open),
        ("clicks", SignalKind::Click),
        ("replies", SignalKind::Reply),
        ("calls", SignalKind::Call),
        ("chats", SignalKind::Chat),
        ("meetings", SignalKind::Meeting),
        ("engagements", SignalKind::Engage),
        ("bounces", SignalKind::Bounce),
        ("orders", SignalKind::Order),
    ];
    for (nth, (name, _)) in kinds.iter().enumerate() {
        // One signal of the first kind, two of the second, and so on.
        let signals = kinds.iter().enumerate().flat_map(|(nth, (_, kind))| {
            (0..=nth).map(|hour| signal(*kind, ago(hours(hour as i64 + 1)))).collect::<Vec<_>>()
        });
        let cx = about(lead_with(signals.collect()));
        assert_eq!(lead(&cx, name, &[]), whole(nth as i64 + 1), "{name}");
    }
}

#[test]
fn interest_is_theirs_and_a_conversation_is_either_way() {
    let counted = |name: &str, kind: SignalKind| {
        let ours = Signal { kind, ..touch(Channel::Social, ago(hours(2))) };
        lead(&about(lead_with(vec![ours, signal(kind, ago(hours(3)))])), name, &[])
    };
    for (name, kind, count) in [
        ("visits", SignalKind::PageVisit, 1),
        ("searches", SignalKind::Search, 1),
        ("downloads", SignalKind::Download, 1),
        ("forms", SignalKind::Form, 1),
        ("opens", SignalKind::Open, 1),
        ("clicks", SignalKind::Click, 1),
        ("replies", SignalKind::Reply, 1),
        ("engagements", SignalKind::Engage, 1),
        ("calls", SignalKind::Call, 2),
        ("chats", SignalKind::Chat, 2),
        ("meetings", SignalKind::Meeting, 2),
        ("orders", SignalKind::Order, 2),
    ] {
        assert_eq!(counted(name, kind), whole(count), "{name}");
    }
}

#[test]
fn a_reply_of_ours_is_no_reply_of_theirs() {
    let ours = Signal { kind: SignalKind::Reply, ..touch(Channel::Email, ago(hours(2))) };
    let cx = about(lead_with(vec![ours]));
    assert_eq!(lead(&cx, "replies", &[]), whole(0));
    assert_eq!(lead(&cx, "signals", &[text("reply")]), whole(1));
    assert_eq!(lead(&cx, "replied", &[]), Value::Truth(false));
}

#[test]
fn since_and_first_look_at_the_newest_and_the_oldest() {
    let cx = about(lead_with(vec![
        visit("pricing", ago(days(9))),
        visit("home", ago(hours(3))),
        visit("pricing", ago(days(2))),
    ]));
    assert_eq!(lead(&cx, "since", &[text("visit")]), length(hours(3)));
    assert_eq!(lead(&cx, "since", &[text("visit"), text("pricing")]), length(days(2)));
    assert_eq!(lead(&cx, "first", &[text("visit")]), length(days(9)));
    assert_eq!(lead(&cx, "since", &[text("form")]), Value::Unknown, "never is not long ago");
    assert_eq!(lead(&cx, "first", &[text("form")]), Value::Unknown);
}

#[test]
fn a_score_halves_every_half_life() {
    let heavy = Signal { weight: Some(25.0), ..signal(SignalKind::Form, ago(days(14))) };
    let cx = about(lead_with(vec![heavy]));
    assert_eq!(lead(&cx, "score", &[length(days(14))]), Value::Number(12.5));
    assert_eq!(lead(&cx, "score", &[length(days(7))]), Value::Number(6.25));
    let mixed = vec![
        visit("a", now()),                        // 1
        visit("b", ago(days(14))),                // 0.5
        signal(SignalKind::Bounce, ago(days(1))), // nothing
        touch(Channel::Phone, ago(days(1))),      // ours
    ];
    assert_eq!(lead(&about(lead_with(mixed)), "score", &[length(days(14))]), Value::Number(1.5));
    assert_eq!(lead(&about(lead_with(vec![])), "score", &[length(days(14))]), Value::Number(0.0));
    let why = cx.fact(Subject::Lead, Fact::Score, &[length(Duration::ZERO)]);
    assert!(why.is_err_and(|why| why.sentence.english().contains("half-life longer than nothing")));
}

#[test]
fn a_reply_is_a_signal_of_theirs_or_the_outcome_of_ours() {
    let reply = signal(SignalKind::Reply, ago(days(3)));
    let cx = about(lead_with(vec![reply]));
    assert_eq!(lead(&cx, "replied", &[]), Value::Truth(true));
    assert_eq!(lead(&cx, "replied", &[length(days(3))]), Value::Truth(false));
    assert_eq!(lead(&cx, "replied", &[length(days(4))]), Value::Truth(true));
    let outcome = about(lead_with(vec![ended(Outcome::Replied, touch(Channel::Email, ago(days(1))))]));
    assert_eq!(lead(&outcome, "replied", &[length(days(2))]), Value::Truth(true));
}

#[test]
fn what_they_ask_waits_until_we_touch_them() {
    let answered = |signals| lead(&about(lead_with(signals)), "answered", &[]);
    let form = || signal(SignalKind::Form, ago(hours(2)));
    let missed = ended(Outcome::NoAnswer, signal(SignalKind::Call, ago(hours(2))));
    assert_eq!(answered(vec![]), Value::Truth(true));
    assert_eq!(answered(vec![form()]), Value::Truth(false));
    assert_eq!(answered(vec![form(), visit("home", ago(hours(1)))]), Value::Truth(false));
    assert_eq!(
        answered(vec![form(), touch(Channel::Social, ago(hours(1)))]),
        Value::Truth(true),
        "any channel will do"
    );
    assert_eq!(answered(vec![touch(Channel::Phone, ago(hours(3))), form()]), Value::Truth(false));
    assert_eq!(answered(vec![missed]), Value::Truth(false));
    assert_eq!(answered(vec![signal(SignalKind::Call, ago(hours(2)))]), Value::Truth(true), "taken as spoken");
    assert_eq!(answered(vec![ended(Outcome::Answered, signal(SignalKind::Chat, ago(hours(2))))]), Value::Truth(true));
    assert_eq!(answered(vec![signal(SignalKind::Chat, ago(hours(2)))]), Value::Truth(false));
    assert_eq!(answered(vec![visit("pricing", ago(hours(2)))]), Value::Truth(true));
}

#[test]
fn the_share_of_contact_they_started() {
    let cx = about(lead_with(vec![
        signal(SignalKind::Form, ago(days(10))),
        touch(Channel::Phone, ago(days(9))),
        touch(Channel::Email, ago(days(8))),
        signal(SignalKind::Reply, ago(days(7))), // an answer, not a start
        signal(SignalKind::Chat, ago(days(2))),
        visit("pricing", ago(days(1))), // no contact
    ]));
    assert_eq!(lead(&cx, "inbound_share", &[]), Value::Number(0.5));
    assert_eq!(lead(&cx, "inbound_share", &[length(days(5))]), Value::Number(1.0));
    assert_eq!(lead(&cx, "inbound_share", &[length(days(1))]), Value::Unknown, "no contact, no share");
}

#[test]
fn touches_are_ours_on_a_channel() {
    let cx = about(lead_with(vec![
        ended(Outcome::Voicemail, touch(Channel::Phone, ago(days(8)))),
        touch(Channel::Email, ago(days(2))),
        ended(Outcome::NoAnswer, touch(Channel::Phone, ago(days(1)))),
        signal(SignalKind::Call, ago(hours(1))), // theirs
    ]));
    assert_eq!(lead(&cx, "touches", &[]), whole(3));
    assert_eq!(lead(&cx, "touches", &[text("phone")]), whole(2));
    assert_eq!(lead(&cx, "touches", &[text("phone"), length(days(7))]), whole(1));
    assert_eq!(lead(&cx, "touches", &[length(days(7))]), whole(2));
    assert_eq!(lead(&cx, "last_touch", &[]), length(days(1)));
    assert_eq!(lead(&cx, "last_touch", &[text("email")]), length(days(2)));
    assert_eq!(lead(&cx, "last_touch", &[text("video")]), Value::Unknown);
    assert_eq!(lead(&cx, "last_outcome", &[text("phone")]), text("no_answer"));
    assert_eq!(lead(&cx, "last_outcome", &[text("email")]), Value::Unknown, "nobody wrote down how it ended");
}

#[test]
fn unanswered_touches_are_counted_back_to_the_last_reaction() {
    let unanswered = |signals, args: &[Value]| lead(&about(lead_with(signals)), "unanswered", args);
    let phone = |day| touch(Channel::Phone, ago(days(day)));
    let email = |day| touch(Channel::Email, ago(days(day)));
    assert_eq!(unanswered(vec![], &[]), whole(0));
    assert_eq!(unanswered(vec![phone(5), email(4), phone(3)], &[]), whole(3));
    assert_eq!(unanswered(vec![phone(5), email(4), phone(3)], &[text("phone")]), whole(2));
    let opened = signal(SignalKind::Open, ago(hours(80)));
    assert_eq!(unanswered(vec![phone(5), email(4), opened, phone(3)], &[]), whole(1));
    let spoken = ended(Outcome::Answered, phone(4));
    assert_eq!(unanswered(vec![phone(5), spoken, phone(3)], &[]), whole(1));
    let bounced = signal(SignalKind::Bounce, ago(hours(80)));
    assert_eq!(unanswered(vec![email(4), bounced, phone(3)], &[]), whole(2), "a bounce is no reaction");
    let asked = ended(Outcome::NoAnswer, signal(SignalKind::Call, ago(days(2))));
    assert_eq!(unanswered(vec![phone(3), asked], &[]), whole(0));
}

#[test]
fn a_person_is_known_by_every_id_in_every_lead_of_the_account() {
    let mut first = lead_with(vec![
        by("p1", visit("pricing", ago(days(3)))),
        by("p1-old", visit("pricing", ago(days(2)))),
        by("p2", visit("pricing", ago(days(1)))),
        visit("pricing", ago(hours(1))),
    ]);
    first.people = vec![Person { aliases: vec!["p1-old".to_owned()], ..person("p1", &[]) }, person("p2", &[])];
    let mut second =
        lead_with(vec![by("p1", touch(Channel::Phone, ago(hours(5)))), by("x9", visit("pricing", ago(hours(4))))]);
    second.id = "L2".to_owned();
    second.people = vec![Person { aliases: vec!["x9".to_owned()], objected: true, ..person("p1", &[]) }];
    let book = GroupRecords::new(vec![first, second], vec![], vec![]);
    let cx = FactContext::new(&book, 0, now());
    let one = cx.for_person(Some(0));
    assert_eq!(ask(&one, Subject::Person, "visits", &[]), whole(3));
    assert_eq!(ask(&one, Subject::Person, "last_touch", &[]), length(hours(5)));
    assert_eq!(ask(&one, Subject::Person, "objected", &[]), Value::Truth(true), "said in the other lead");
    assert_eq!(ask(&cx.for_person(Some(1)), Subject::Person, "visits", &[]), whole(1));
    assert_eq!(ask(&cx, Subject::Account, "visits", &[]), whole(5), "each signal once");
    assert_eq!(ask(&cx, Subject::Account, "since", &[text("visit")]), length(hours(1)));
    assert_eq!(ask(&cx, Subject::Account, "leads", &[]), whole(2));
    assert_eq!(lead(&cx, "visits", &[]), whole(4));
    assert_eq!(lead(&cx, "touches", &[]), whole(0), "the other lead's touch is not this lead's");
}

#[test]
fn without_a_person_everything_about_a_person_is_unknown() {
    let cx = about(lead_with(vec![visit("pricing", ago(days(1)))]));
    for entry in FACTS.iter().filter(|entry| entry.subjects.contains(&Subject::Person)) {
        let required = entry.params.map_or(&[][..], |params| params.required);
        let args: Vec<Value> = required
            .iter()
            .map(|param| match param {
                ParamKind::Kind => text("visit"),
                ParamKind::Channel => text("phone"),
                ParamKind::Role => text("decider"),
                _ => length(days(1)),
            })
            .collect();
        assert_eq!(ask(&cx, Subject::Person, entry.name, &args), Value::Unknown, "person.{}", entry.name);
    }
}

#[test]
fn an_unknown_argument_makes_the_answer_unknown_and_a_wrong_one_is_told() {
    let cx = about(lead_with(vec![]));
    assert_eq!(lead(&cx, "visits", &[Value::Unknown, length(days(7))]), Value::Unknown);
    let why = |fact, args: &[Value]| cx.fact(Subject::Lead, fact, args).unwrap_err().sentence.english();
    assert_eq!(why(Fact::Since, &[text("from")]), "\"from\" is not a kind of signal; did you mean \"form\"?");
    assert_eq!(
        why(Fact::Count(SignalKind::PageVisit), &[whole(7)]),
        "lead.visits(...) takes a topic (may be left out), then how far back, as 7.days (may be left out), and got a count"
    );
    assert!(why(Fact::Touches, &[text("fax")]).starts_with("\"fax\" is not a channel"));
    assert!(why(Fact::Knows, &[]).contains("got nothing"));
}

#[test]
fn the_next_change_is_when_the_oldest_leaves_the_window_or_the_next_comes() {
    let signals = || vec![visit("pricing", ago(days(6))), visit("pricing", ago(days(1)))];
    let cx = about(lead_with(signals()));
    lead(&cx, "visits", &[]);
    assert_eq!(cx.next_change(), None, "without a window nothing leaves");
    lead(&cx, "visits", &[length(days(7))]);
    assert_eq!(cx.next_change(), Some(now() + days(1)));
    let mut with_future = signals();
    with_future.push(visit("home", now() + hours(2)));
    let cx = about(lead_with(with_future));
    lead(&cx, "visits", &[length(days(7))]);
    assert_eq!(cx.next_change(), Some(now() + hours(2)));
    let quiet = about(lead_with(signals()));
    lead(&quiet.quietly(), "visits", &[length(days(7))]);
    assert_eq!(quiet.next_change(), None);
    lead(&quiet, "visits", &[length(days(7))]);
    assert_eq!(quiet.next_change(), Some(now() + days(1)), "also when the value is remembered");
}
