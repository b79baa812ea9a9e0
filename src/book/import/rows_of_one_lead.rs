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
    let mut found = Vec::new();
    fill("name", &mut lead.name, row.name, &mut found);
    fill("stage", &mut lead.stage, row.stage, &mut found);
    fill("stage_since", &mut lead.stage_since, row.stage_since, &mut found);
    fill("created_at", &mut lead.created_at, row.created_at, &mut found);
    fill("source", &mut lead.source, row.source, &mut found);
    fill("topic", &mut lead.topic, row.topic, &mut found);
    fill("country", &mut lead.country, row.country, &mut found);
    fill("zone", &mut lead.zone, row.zone, &mut found);
    fill("language", &mut lead.language, row.language, &mut found);
    fill("owner", &mut lead.owner, row.owner, &mut found);
    fill("value", &mut lead.value, row.value, &mut found);
    fill("churn", &mut lead.churn, row.churn, &mut found);
    if let Some(account) = row.account {
        merge_account(lead.account.get_or_insert_default(), account, &mut found);
    }
    for (name, value) in row.fields {
        let mut known = lead.fields.remove(&name);
        fill(&format!("fields.{name}"), &mut known, Some(value), &mut found);
        lead.fields.extend(known.map(|known| (name, known)));
    }
    for person in row.people {
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
    lead.signals.extend(row.signals);
    found
}

fn merge_account(account: &mut AccountRecord, row: AccountRecord, found: &mut Vec<Contradiction>) {
    fill("account.id", &mut account.id, row.id, found);
    fill("account.name", &mut account.name, row.name, found);
    fill("account.country", &mut account.country, row.country, found);
    fill("account.region", &mut account.region, row.region, found);
    fill("account.zone", &mut account.zone, row.zone, found);
    fill("account.legal_form", &mut account.legal_form, row.legal_form, found);
    fill("account.industry", &mut account.industry, row.industry, found);
    fill("account.employees", &mut account.employees, row.employees, found);
    fill("account.customer_since", &mut account.customer_since, row.customer_since, found);
}

/// One person of two rows; `None` when they contradict each other.
fn merged(mut person: Person, row: Person) -> Option<Person> {
    let mut found = Vec::new();
    fill("name", &mut person.name, row.name, &mut found);
    fill("title", &mut person.title, row.title, &mut found);
    fill("country", &mut person.country, row.country, &mut found);
    fill("zone", &mut person.zone, row.zone, &mut found);
    fill("language", &mut person.language, row.language, &mut found);
    fill("legal_form", &mut person.legal_form, row.legal_form, &mut found);
    fill("reachable", &mut person.reachable, row.reachable, &mut found);
    fill("influence", &mut person.influence, row.influence, &mut found);
    fill("stance", &mut person.stance, row.stance, &mut found);
    add_new(&mut person.aliases, row.aliases);
    add_new(&mut person.roles, row.roles);
    add_new(&mut person.channels, row.channels);
    add_new(&mut person.consents, row.consents);
    person.do_not_call |= row.do_not_call;
    person.do_not_email |= row.do_not_email;
    person.objected |= row.objected;
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
