//! Puts rows that together describe one lead into one.
//!
//! In: the lead so far and the record of a further row. Out: the lead with all that only the further row says, and what contradicts it. What a
//! person refuses in any row holds.

use serde::Serialize;

use crate::book::ingest::record::{AccountRecord, LeadRecord};
use crate::book::lead::Person;
use crate::limits;

/// A field that a further row gives another value: its path, that value and the one that is kept, as JSON.
pub(super) type Contradiction = (String, String, String);

/// Adds what a further row says of a lead, and returns what contradicts the rows before it.
pub(super) fn merge_row(lead: &mut LeadRecord, row: LeadRecord) -> Vec<Contradiction> {
    // By name, so that a new field of the lead format is not forgotten.
    let LeadRecord {
        id: _,
        name,
        account,
        stage,
        stage_since,
        created_at,
        source,
        topic,
        country,
        zone,
        language,
        owner,
        value,
        churn,
        fields,
        people,
        signals,
        planned,
        quotes,
        stage_by,
        spam,
        feedback,
    } = row;
    let mut found = Vec::new();
    fill("name", &mut lead.name, name, &mut found);
    fill("stage", &mut lead.stage, stage, &mut found);
    fill("stage_since", &mut lead.stage_since, stage_since, &mut found);
    fill("stage_by", &mut lead.stage_by, stage_by, &mut found);
    fill("created_at", &mut lead.created_at, created_at, &mut found);
    fill("source", &mut lead.source, source, &mut found);
    fill("topic", &mut lead.topic, topic, &mut found);
    fill("country", &mut lead.country, country, &mut found);
    fill("zone", &mut lead.zone, zone, &mut found);
    fill("language", &mut lead.language, language, &mut found);
    fill("owner", &mut lead.owner, owner, &mut found);
    fill("value", &mut lead.value, value, &mut found);
    fill("churn", &mut lead.churn, churn, &mut found);
    lead.spam |= spam;
    if let Some(account) = account {
        merge_account(lead.account.get_or_insert_default(), account, &mut found);
    }
    for (name, value) in fields {
        let mut known = lead.fields.remove(&name);
        fill(&format!("fields.{name}"), &mut known, Some(value), &mut found);
        lead.fields.extend(known.map(|known| (name, known)));
    }
    for person in people {
        if lead.people.len() > limits::PEOPLE_PER_LEAD {
            // One too many already: the checks refuse the lead.
            break;
        }
        let place = lead.people.iter().position(|known| known.id == person.id);
        let known = place.and_then(|place| lead.people.get(place));
        let both = known.and_then(|known| merged(known.clone(), person.clone()));
        if let Some(both) = both
            && let Some(known) = place.and_then(|place| lead.people.get_mut(place))
        {
            *known = both;
        } else {
            // The same id with other values may be somebody else: added, so that the checks refuse the lead.
            lead.people.push(person);
        }
    }
    lead.signals.extend(signals);
    lead.planned.extend(planned);
    lead.quotes.extend(quotes);
    lead.feedback.extend(feedback);
    found
}

fn merge_account(account: &mut AccountRecord, row: AccountRecord, found: &mut Vec<Contradiction>) {
    let AccountRecord { id, name, country, region, zone, legal_form, industry, employees, customer_since } = row;
    fill("account.id", &mut account.id, id, found);
    fill("account.name", &mut account.name, name, found);
    fill("account.country", &mut account.country, country, found);
    fill("account.region", &mut account.region, region, found);
    fill("account.zone", &mut account.zone, zone, found);
    fill("account.legal_form", &mut account.legal_form, legal_form, found);
    fill("account.industry", &mut account.industry, industry, found);
    fill("account.employees", &mut account.employees, employees, found);
    fill("account.customer_since", &mut account.customer_since, customer_since, found);
}

/// One person of two rows; `None` when they contradict each other.
fn merged(mut person: Person, row: Person) -> Option<Person> {
    let Person {
        id: _,
        aliases,
        human,
        name,
        roles,
        title,
        channels,
        country,
        zone,
        language,
        legal_form,
        reachable,
        influence,
        stance,
        do_not_call,
        do_not_email,
        objected,
        consents,
        left_at,
        absences,
        internal,
    } = row;
    let mut found = Vec::new();
    fill("human", &mut person.human, human, &mut found);
    fill("name", &mut person.name, name, &mut found);
    fill("title", &mut person.title, title, &mut found);
    fill("country", &mut person.country, country, &mut found);
    fill("zone", &mut person.zone, zone, &mut found);
    fill("language", &mut person.language, language, &mut found);
    fill("legal_form", &mut person.legal_form, legal_form, &mut found);
    fill("reachable", &mut person.reachable, reachable, &mut found);
    fill("influence", &mut person.influence, influence, &mut found);
    fill("stance", &mut person.stance, stance, &mut found);
    fill("left_at", &mut person.left_at, left_at, &mut found);
    add_new(&mut person.aliases, aliases);
    add_new(&mut person.roles, roles);
    add_new(&mut person.channels, channels);
    add_new(&mut person.consents, consents);
    add_new(&mut person.absences, absences);
    person.do_not_call |= do_not_call;
    person.do_not_email |= do_not_email;
    person.objected |= objected;
    person.internal |= internal;
    found.is_empty().then_some(person)
}

/// Takes a value that is not known yet; keeps the known one, and notes another.
fn fill<T: PartialEq + Serialize>(path: &str, known: &mut Option<T>, value: Option<T>, found: &mut Vec<Contradiction>) {
    let json = |value: &T| serde_json::to_string(value).unwrap_or_default();
    match (known.as_ref(), value) {
        (None, value) => *known = value,
        (Some(known), Some(value)) if *known != value => found.push((path.to_owned(), json(&value), json(known))),
        (Some(_), _) => {}
    }
}

fn add_new<T: PartialEq>(known: &mut Vec<T>, others: Vec<T>) {
    for other in others {
        if !known.contains(&other) {
            known.push(other);
        }
    }
}
