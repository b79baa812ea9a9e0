//! What people refuse in records that are not taken in, such as the second of two with one id: it holds for the same people of the lead that is.
//!
//! In: a record, accepted as far as its types or not at all. Out: a record with its id, the people who refuse something, and their unsubscribes,
//! and nothing else; `None` when nobody refuses anything. In doubt it is a refusal.
//!
//! Invariant: only ever adds refusals.

use crate::book::ingest::json_tree::Json;
use crate::book::ingest::record::LeadRecord;
use crate::book::lead::{Consent, Person, Signal};
use crate::book::lead_ref::LeadRef;
use crate::book::vocabulary::{Channel, SignalKind};
use crate::calendar::Instant;
use crate::calendar::instant::EARLIEST;

/// The refusals in a record of the lead with this id as JSON, of which the fields need not fit. What is not known for certain to be no is yes, and
/// an unsubscribe without a readable time was made since ever.
pub(in crate::book) fn refusals_in(id: &str, record: &Json<'_>) -> Option<LeadRecord> {
    let text = |value: Option<&Json<'_>>| match value {
        Some(Json::Text(text)) => Some(text.to_string()),
        _ => None,
    };
    let list = |name: &str| match record.get(name) {
        Some(Json::List(list)) => list.as_slice(),
        _ => &[],
    };
    let person = |tree: &Json<'_>| {
        let refuses = |field: &str| !matches!(tree.get(field), None | Some(Json::Null | Json::Truth(false)));
        Some(Person {
            id: text(tree.get("id"))?,
            human: text(tree.get("human")),
            do_not_call: refuses("do_not_call"),
            do_not_email: refuses("do_not_email"),
            objected: refuses("objected"),
            ..Person::default()
        })
    };
    let unsubscribes = |signal: &&Json<'_>| text(signal.get("kind")).as_deref() == Some(SignalKind::Unsubscribe.word());
    let stop = |signal: &Json<'_>| Signal {
        person: text(signal.get("person")),
        channel: text(signal.get("channel")).and_then(|channel| Channel::from_word(&channel)),
        ..Signal::new(
            text(signal.get("at")).and_then(|at| Instant::parse(&at).ok()).unwrap_or(EARLIEST),
            SignalKind::Unsubscribe,
        )
    };
    let people = list("people").iter().filter_map(person).collect();
    some_refusals(id, people, list("signals").iter().filter(unsubscribes).map(stop).collect())
}

/// The refusals in a record.
pub(in crate::book) fn refusals_of(record: &LeadRecord) -> Option<LeadRecord> {
    let person = |person: &Person| Person {
        id: person.id.clone(),
        aliases: person.aliases.clone(),
        human: person.human.clone(),
        do_not_call: person.do_not_call,
        do_not_email: person.do_not_email,
        objected: person.objected,
        consents: person.consents.iter().filter(|consent| consent.withdrawn_at.is_some()).cloned().collect(),
        ..Person::default()
    };
    let stops = record.signals.iter().filter(|signal| signal.kind == SignalKind::Unsubscribe).cloned().collect();
    some_refusals(&record.id, record.people.iter().map(person).collect(), stops)
}

/// The refusals in a lead that was checked and is not added.
pub(in crate::book) fn refusals_of_checked(lead: &LeadRef<'_>) -> Option<LeadRecord> {
    let owned = |text: Option<&str>| text.map(str::to_owned);
    let people = lead.people.iter().map(|person| Person {
        id: person.id.to_owned(),
        aliases: person.aliases.iter().map(|alias| (*alias).to_owned()).collect(),
        human: owned(person.human),
        do_not_call: person.do_not_call,
        do_not_email: person.do_not_email,
        objected: person.objected,
        consents: person
            .consents
            .iter()
            .filter(|consent| consent.withdrawn_at.is_some())
            .map(|consent| Consent {
                channel: consent.channel,
                basis: consent.basis,
                given_at: consent.given_at,
                withdrawn_at: consent.withdrawn_at,
                valid_to: consent.valid_to,
                proof: owned(consent.proof),
            })
            .collect(),
        ..Person::default()
    });
    let stops = lead.signals.iter().filter(|signal| signal.kind == SignalKind::Unsubscribe).map(|signal| Signal {
        person: owned(signal.person),
        channel: signal.channel,
        ..Signal::new(signal.at, SignalKind::Unsubscribe)
    });
    some_refusals(lead.id, people.collect(), stops.collect())
}

/// A record of these refusals; `None` when there are none.
fn some_refusals(id: &str, mut people: Vec<Person>, signals: Vec<Signal>) -> Option<LeadRecord> {
    let refuses =
        |person: &Person| person.do_not_call || person.do_not_email || person.objected || !person.consents.is_empty();
    let unsubscribed =
        |person: &Person| signals.iter().filter_map(|stop| stop.person.as_deref()).any(|id| person.is_called(id));
    people.retain(|person| refuses(person) || unsubscribed(person));
    let any = !people.is_empty() || !signals.is_empty();
    any.then(|| LeadRecord { id: id.to_owned(), people, signals, ..LeadRecord::default() })
}

/// Makes what the people of another record of a lead refuse hold for the same people of the lead, whom an id, an alias or `human` tells. True when
/// something was added.
pub(in crate::book) fn keep_refusals(people: &mut [Person], signals: &mut Vec<Signal>, other: &LeadRecord) -> bool {
    let mut changed = false;
    for refusing in &other.people {
        let same = |person: &&mut Person| {
            let called = std::iter::once(&refusing.id).chain(&refusing.aliases).any(|id| person.is_called(id));
            called || refusing.human.is_some() && refusing.human == person.human
        };
        for person in people.iter_mut().filter(same) {
            for (known, refuses) in [
                (&mut person.do_not_call, refusing.do_not_call),
                (&mut person.do_not_email, refusing.do_not_email),
                (&mut person.objected, refusing.objected),
            ] {
                changed |= refuses && !*known;
                *known |= refuses;
            }
            for consent in refusing.consents.iter().filter(|consent| consent.withdrawn_at.is_some()) {
                if !person.consents.contains(consent) {
                    person.consents.push(consent.clone());
                    changed = true;
                }
            }
        }
    }
    for stop in other.signals.iter().filter(|signal| signal.kind == SignalKind::Unsubscribe) {
        let named = stop.person.as_deref().map(|id| {
            let other = other.people.iter().find(|person| person.is_called(id));
            let human = other.and_then(|person| person.human.as_ref());
            let same = |person: &&Person| person.is_called(id) || human.is_some() && human == person.human.as_ref();
            people.iter().find(same).map(|person| person.id.clone())
        });
        // One of somebody who is not among the people of the lead stops nobody there.
        let person = match named {
            Some(None) => continue,
            Some(known) => known,
            None => None,
        };
        let known = |signal: &Signal| {
            (signal.kind, signal.at, signal.channel) == (stop.kind, stop.at, stop.channel) && signal.person == person
        };
        if !signals.iter().any(known) {
            signals.push(Signal { person, ..stop.clone() });
            changed = true;
        }
    }
    changed
}
