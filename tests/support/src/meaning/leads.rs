//! Leads made from bytes: each field known or not, people and signals few enough that windows and counts matter.

use super::bytes::Bytes;
use super::world::Change;
use cadans::book::vocabulary::{
    Basis, Channel, Direction, LegalForm, Outcome, QuoteStatus, Role, SignalKind, Stage, StageBy, Stance,
};
use cadans::book::{Absence, Account, Consent, FieldValue, Lead, Person, PlannedTouch, Quote, Signal};
use cadans::calendar::{Duration, Instant};

/// When everything is asked: 20 November 2026, 10:00 in Amsterdam.
pub const NOW: Instant = Instant::from_millis(1_795_165_200_000);

/// Some leads, of one or two accounts.
pub fn leads(bytes: &mut Bytes<'_>, most: usize) -> Vec<Lead> {
    (0..1 + bytes.choose(most)).map(|nth| lead(bytes, nth)).collect()
}

/// What happens to leads after that: time passes, signals come in.
pub fn changes(bytes: &mut Bytes<'_>, leads: &[Lead]) -> Vec<Change> {
    let lead = bytes.choose(leads.len());
    let people: Vec<String> = leads[lead].people.iter().map(|person| person.id.clone()).collect();
    let log = Change::Log(lead, Box::new(signal(bytes, &people)));
    // To full hours, at which arithmetic on what runs along is looked at again.
    let hours = bytes.one(&[1, 2, 12, 24, 25, 168, 720]);
    let tick = Change::Tick(Duration::HOUR.times(hours).unwrap_or_default());
    vec![log, tick]
}

fn known<T: Clone>(bytes: &mut Bytes<'_>, of: &[T]) -> Option<T> {
    match bytes.choose(of.len() + 1) {
        0 => None,
        nth => of.get(nth - 1).cloned(),
    }
}

fn known_text(bytes: &mut Bytes<'_>, of: &[&str]) -> Option<String> {
    known(bytes, of).map(str::to_owned)
}

/// Some time before now, on both sides of the windows that rules ask for; now and then still to come.
fn before(bytes: &mut Bytes<'_>) -> Instant {
    let minutes = bytes.one(&[0, 45, 60, 90, 720, 1440, 2880, 4320, 10_080, 43_200, 86_400, -60]);
    NOW - Duration::MINUTE.times(minutes).unwrap_or_default() - Duration::from_millis(bytes.choose(3) as i64)
}

fn lead(bytes: &mut Bytes<'_>, nth: usize) -> Lead {
    let people: Vec<Person> = (0..bytes.choose(3)).map(|each| person(bytes, nth, each)).collect();
    let ids: Vec<String> = people.iter().map(|person| person.id.clone()).collect();
    let mut signals: Vec<Signal> = (0..bytes.choose(7)).map(|_| signal(bytes, &ids)).collect();
    signals.sort_by_key(|signal| signal.at);
    let mut lead = Lead {
        id: format!("L{nth}"),
        name: known_text(bytes, &["Bakker", "a b", "ÉCOLE"]),
        account: Account {
            id: format!("A{}", nth / 2),
            name: known_text(bytes, &["a", "Bakker BV"]),
            country: known_text(bytes, &["NL", "BE"]),
            legal_form: known(bytes, LegalForm::ALL),
            industry: known_text(bytes, &["steel"]),
            employees: known(bytes, &[0, 3, 250]),
            customer_since: known(bytes, &[NOW - Duration::WEEK]),
            ..Account::default()
        },
        stage: known(bytes, Stage::ALL),
        stage_since: known(bytes, &[NOW - Duration::WEEK, NOW - Duration::DAY, NOW - Duration::HOUR]),
        stage_by: known(bytes, StageBy::ALL),
        created_at: known(bytes, &[NOW - Duration::WEEK, NOW - Duration::DAY]),
        source: known_text(bytes, &["fair", "list"]),
        topic: known_text(bytes, &["pricing"]),
        country: known_text(bytes, &["NL", "BE", "a"]),
        owner: known_text(bytes, &["rep"]),
        value: known(bytes, &[0.0, 0.1, 5_000.0, 1e15]),
        churn: known(bytes, &[0.0, 0.3, 1.0]),
        signals,
        people,
        ..Lead::default()
    };
    for (name, value) in [
        ("budget", known(bytes, &[0.0, 0.1, 2.5, -0.5, 1e15]).map(FieldValue::Number)),
        ("vip", known(bytes, &[true, false]).map(FieldValue::Truth)),
        ("segment", known_text(bytes, &["", "a b", "NL"]).map(FieldValue::Text)),
        ("renewal", known_text(bytes, &["2026-11-20", "2026-11-19T09:00:00+01:00", "soon"]).map(FieldValue::Text)),
    ] {
        lead.fields.extend(value.map(|value| (name.to_owned(), value)));
    }
    if bytes.once_in(3) {
        let at = NOW + Duration::DAY;
        lead.planned.push(PlannedTouch { at, channel: bytes.one(Channel::ALL), person: None, rep: None, zone: None });
    }
    if bytes.once_in(3) {
        let status = bytes.one(QuoteStatus::ALL);
        let (sent_at, amount) = (before(bytes), known(bytes, &[100.0, 0.3]));
        lead.quotes.push(Quote { sent_at, status, amount, decided_at: None, valid_until: None });
    }
    lead
}

fn person(bytes: &mut Bytes<'_>, lead: usize, nth: usize) -> Person {
    let mut person = Person {
        id: format!("p{}-{nth}", lead / 2),
        name: known_text(bytes, &["Ann", "a"]),
        roles: known(bytes, Role::ALL).into_iter().chain(known(bytes, Role::ALL)).collect(),
        title: known_text(bytes, &["IT director", "a b"]),
        channels: known(bytes, Channel::ALL).into_iter().collect(),
        country: known_text(bytes, &["NL"]),
        influence: known(bytes, &[0.0, 0.3, 1.0]),
        stance: known(bytes, Stance::ALL),
        do_not_call: bytes.once_in(3),
        objected: bytes.once_in(4),
        // The same human as somebody of another account, who has the same place there.
        human: bytes.once_in(6).then(|| format!("h{nth}")),
        left_at: bytes.once_in(8).then(|| before(bytes)),
        ..Person::default()
    };
    if bytes.once_in(8) {
        let from = before(bytes);
        person.absences.push(Absence { from, until: from + Duration::WEEK });
    }
    person.roles.dedup();
    if bytes.once_in(3) {
        person.consents.push(Consent {
            channel: known(bytes, Channel::ALL),
            basis: bytes.one(Basis::ALL),
            given_at: before(bytes),
            withdrawn_at: None,
            valid_to: None,
            proof: None,
        });
    }
    person
}

fn signal(bytes: &mut Bytes<'_>, people: &[String]) -> Signal {
    let kind = match bytes.choose(3) {
        0 => SignalKind::PageVisit,
        1 => SignalKind::Form,
        _ => bytes.one(SignalKind::ALL),
    };
    Signal {
        topic: known_text(bytes, &["pricing", "demo"]),
        person: known(bytes, people),
        channel: known(bytes, Channel::ALL),
        direction: known(bytes, &[Direction::Inbound, Direction::Outbound]),
        outcome: known(bytes, Outcome::ALL),
        acknowledges: bytes.choose(8) == 0,
        cadence: if bytes.once_in(4) { known_text(bytes, &["c0", "c1", "c2", "c3"]) } else { None },
        step: if bytes.once_in(4) { known(bytes, &[1, 2, 3]) } else { None },
        ..Signal::new(before(bytes), kind)
    }
}
