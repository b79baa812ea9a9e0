//! From a record with the right types to a lead that keeps every promise of [`crate::book::lead`].
//!
//! Each check tells the field and, in one sentence, what is wrong; all problems of a lead are told together. Values are
//! taken as they stand: the only things rewritten are the spelling of countries, zones and languages (`nl` is `NL`, `UK` is
//! `GB`) and words given twice in a list of words.

use std::collections::BTreeSet;

use crate::book::content::Content;
use crate::book::ingest::record::{AccountRecord, LeadRecord, PersonRecord};
use crate::book::lead::{Account, Consent, FieldValue, Lead, Person, PlannedTouch, Quote, Signal};
use crate::book::rep::Rep;
use crate::book::vocabulary::{Direction, SignalKind, nearest};
use crate::calendar::{Country, Reachable, Zone};
use crate::{limits, order};

/// What is wrong with one record: field path and sentence, in the order found.
#[derive(Debug, Default)]
pub(super) struct Problems(pub(super) Vec<(String, String)>);

impl Problems {
    fn tell(&mut self, path: impl Into<String>, reason: impl Into<String>) {
        if self.0.len() < limits::PROBLEMS_PER_LEAD {
            self.0.push((path.into(), reason.into()));
        }
    }

    fn number(&mut self, path: impl Into<String>, number: Option<f64>, low: f64, high: f64) {
        let Some(number) = number else { return };
        if number.is_finite() && (low..=high).contains(&number) {
            return;
        }
        if number.abs() > limits::NUMBER {
            self.tell(path, format!("{number:e} is beyond any real amount; check the digits"));
        } else {
            self.tell(path, format!("must lie between {low} and {high}, and is {number}"));
        }
    }

    fn country(&mut self, path: impl Into<String>, code: &mut Option<String>) {
        match code.as_deref().map(Country::parse) {
            Some(Ok(country)) => *code = Some(country.code().to_owned()),
            Some(Err(why)) => self.tell(path, why),
            None => {}
        }
    }

    fn zone(&mut self, path: impl Into<String>, name: &mut Option<String>) {
        match name.as_deref().map(Zone::parse) {
            Some(Ok(zone)) => *name = Some(zone.name().to_owned()),
            Some(Err(why)) => self.tell(path, why),
            None => {}
        }
    }

    fn language(&mut self, path: impl Into<String>, code: &mut Option<String>) {
        let Some(text) = code else { return };
        if text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_alphabetic()) {
            text.make_ascii_lowercase();
        } else {
            let shown: String = text.chars().take(20).collect();
            self.tell(path, format!("\"{shown}\" is not a language; write two letters, as nl or en"));
        }
    }

    fn hours(&mut self, path: impl Into<String>, text: Option<&str>) {
        if let Some(Err(why)) = text.map(Reachable::parse) {
            self.tell(path, why.to_string());
        }
    }

    fn few(&mut self, path: impl Into<String>, count: usize, most: usize) {
        if count > most {
            self.tell(path, format!("has {count} entries; at most {most} are taken"));
        }
    }
}

/// The lead that the record describes, or all that is wrong with it.
pub(super) fn lead(record: LeadRecord) -> Result<Lead, Problems> {
    let mut told = Problems::default();
    let mut lead = Lead {
        account: account(record.account.unwrap_or_default(), &record.id, &mut told),
        id: record.id,
        name: record.name,
        stage: record.stage,
        stage_since: record.stage_since,
        created_at: record.created_at,
        source: record.source,
        topic: record.topic,
        country: record.country,
        zone: record.zone,
        language: record.language,
        owner: record.owner,
        value: record.value,
        churn: record.churn,
        fields: record.fields,
        people: Vec::new(),
        signals: record.signals,
        planned: record.planned,
        quotes: record.quotes,
    };
    told.country("country", &mut lead.country);
    told.zone("zone", &mut lead.zone);
    told.language("language", &mut lead.language);
    told.number("value", lead.value, 0.0, limits::NUMBER);
    told.number("churn", lead.churn, 0.0, 1.0);
    told.few("fields", lead.fields.len(), limits::ENTRIES);
    for (name, value) in &lead.fields {
        if let FieldValue::Number(number) = value {
            told.number(format!("fields.{name}"), Some(*number), -limits::NUMBER, limits::NUMBER);
        }
    }
    told.few("people", record.people.len(), limits::PEOPLE_PER_LEAD);
    for (nth, person) in record.people.into_iter().enumerate() {
        lead.people.push(self::person(person, nth, &mut told));
    }
    told.few("signals", lead.signals.len(), limits::SIGNALS_PER_LEAD);
    told.few("planned", lead.planned.len(), limits::ENTRIES);
    told.few("quotes", lead.quotes.len(), limits::ENTRIES);
    let known = identities(&lead.people, &mut told);
    for (nth, signal) in lead.signals.iter_mut().enumerate() {
        self::signal(signal, nth, &known, &mut told);
    }
    for (nth, PlannedTouch { person, .. }) in lead.planned.iter().enumerate() {
        member(person.as_deref(), || format!("planned[{nth}].person"), &known, &mut told);
    }
    for (nth, quote) in lead.quotes.iter().enumerate() {
        self::quote(quote, nth, &mut told);
    }
    if !told.0.is_empty() {
        return Err(told);
    }
    drop(known);
    order::sort_by_key(&mut lead.signals, |signal| signal.at);
    order::sort_by_key(&mut lead.planned, |touch| touch.at);
    Ok(lead)
}

fn account(record: AccountRecord, lead: &str, told: &mut Problems) -> Account {
    let mut account = Account {
        id: record.id.unwrap_or_else(|| lead.to_owned()),
        name: record.name,
        country: record.country,
        region: record.region,
        zone: record.zone,
        legal_form: record.legal_form,
        industry: record.industry,
        employees: record.employees,
        customer_since: record.customer_since,
    };
    told.country("account.country", &mut account.country);
    told.zone("account.zone", &mut account.zone);
    if let Some(region) = &mut account.region {
        if (1..=3).contains(&region.len()) && region.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            region.make_ascii_uppercase();
        } else {
            let shown: String = region.chars().take(20).collect();
            told.tell(
                "account.region",
                format!("\"{shown}\" is not a region; write the part after the country, as BY for DE-BY"),
            );
        }
    }
    if let Some(employees) = account.employees.filter(|count| *count < 0) {
        told.tell("account.employees", format!("must be 0 or more, and is {employees}"));
    }
    account
}

fn person(record: PersonRecord, nth: usize, told: &mut Problems) -> Person {
    let at = |field: &str| format!("people[{nth}].{field}");
    let mut person = Person {
        id: record.id,
        aliases: record.aliases,
        name: record.name,
        roles: once_each(record.roles),
        title: record.title,
        channels: once_each(record.channels),
        country: record.country,
        zone: record.zone,
        language: record.language,
        legal_form: record.legal_form,
        reachable: record.reachable,
        influence: record.influence,
        stance: record.stance,
        do_not_call: record.do_not_call,
        do_not_email: record.do_not_email,
        objected: record.objected,
        consents: record.consents,
    };
    told.country(at("country"), &mut person.country);
    told.zone(at("zone"), &mut person.zone);
    told.language(at("language"), &mut person.language);
    told.hours(at("reachable"), person.reachable.as_deref());
    told.number(at("influence"), person.influence, 0.0, 1.0);
    told.few(at("aliases"), person.aliases.len(), limits::ENTRIES);
    told.few(at("consents"), person.consents.len(), limits::ENTRIES);
    for (which, Consent { given_at, withdrawn_at, .. }) in person.consents.iter().enumerate() {
        if withdrawn_at.is_some_and(|withdrawn| withdrawn < *given_at) {
            told.tell(at(&format!("consents[{which}].withdrawn_at")), "lies before given_at");
        }
    }
    person
}

/// Every id that signals may name; the same id for two people is told.
pub(super) fn identities<'a>(people: &'a [Person], told: &mut Problems) -> BTreeSet<&'a str> {
    let mut known = BTreeSet::new();
    for (nth, person) in people.iter().enumerate() {
        if !known.insert(person.id.as_str()) {
            told.tell(format!("people[{nth}].id"), format!("\"{}\" is the id of an earlier person too", person.id));
        }
        for (which, alias) in person.aliases.iter().enumerate() {
            if *alias != person.id && !known.insert(alias.as_str()) {
                let path = format!("people[{nth}].aliases[{which}]");
                told.tell(path, format!("\"{alias}\" is an id of an earlier person too"));
            }
        }
    }
    known
}

/// Fills in what a signal leaves out, and tells what is wrong with it; `known` are the ids of the people of the lead.
pub(super) fn signal(signal: &mut Signal, nth: usize, known: &BTreeSet<&str>, told: &mut Problems) {
    member(signal.person.as_deref(), || format!("signals[{nth}].person"), known, told);
    if signal.weight.is_some() {
        told.number(format!("signals[{nth}].weight"), signal.weight, -limits::NUMBER, limits::NUMBER);
    }
    if signal.step == Some(0) {
        told.tell(format!("signals[{nth}].step"), "steps count from 1");
    }
    let ours = signal.kind == SignalKind::Quote || signal.rep.is_some();
    signal.direction.get_or_insert(if ours { Direction::Outbound } else { Direction::Inbound });
}

fn member(person: Option<&str>, path: impl Fn() -> String, known: &BTreeSet<&str>, told: &mut Problems) {
    let Some(id) = person.filter(|id| !known.contains(id)) else { return };
    let hint = nearest(id, known.iter().copied()).map_or(String::new(), |meant| format!("; did you mean \"{meant}\"?"));
    told.tell(
        path(),
        format!("\"{}\" is not among the people of this lead{hint}", crate::book::ingest::json_tree::short(id)),
    );
}

fn quote(quote: &Quote, nth: usize, told: &mut Problems) {
    told.number(format!("quotes[{nth}].amount"), quote.amount, 0.0, limits::NUMBER);
    if quote.decided_at.is_some_and(|decided| decided < quote.sent_at) {
        told.tell(format!("quotes[{nth}].decided_at"), "lies before sent_at");
    }
}

/// The rep, with zone and country in their own spelling, or all that is wrong.
pub(super) fn rep(mut rep: Rep) -> Result<Rep, Problems> {
    let mut told = Problems::default();
    let mut zone = Some(rep.zone);
    told.zone("zone", &mut zone);
    rep.zone = zone.unwrap_or_default();
    told.country("country", &mut rep.country);
    told.hours("hours", rep.hours.as_deref());
    languages(&mut rep.languages, &mut told);
    told.few("absences", rep.absences.len(), limits::ENTRIES);
    told.few("skills", rep.skills.len(), limits::ENTRIES);
    for (nth, absence) in rep.absences.iter().enumerate() {
        if absence.until <= absence.from {
            told.tell(format!("absences[{nth}].until"), "must lie after from");
        }
    }
    if told.0.is_empty() { Ok(rep) } else { Err(told) }
}

/// The content, or all that is wrong with it.
pub(super) fn content(mut content: Content) -> Result<Content, Problems> {
    let mut told = Problems::default();
    languages(&mut content.languages, &mut told);
    content.stages = once_each(content.stages);
    content.roles = once_each(content.roles);
    if told.0.is_empty() { Ok(content) } else { Err(told) }
}

fn languages(codes: &mut [String], told: &mut Problems) {
    for (nth, code) in codes.iter_mut().enumerate() {
        let mut language = Some(std::mem::take(code));
        told.language(format!("languages[{nth}]"), &mut language);
        *code = language.unwrap_or_default();
    }
}

fn once_each<T: PartialEq + Copy>(words: Vec<T>) -> Vec<T> {
    let mut seen: Vec<T> = Vec::with_capacity(words.len().min(8));
    for word in words {
        if !seen.contains(&word) {
            seen.push(word);
        }
    }
    seen
}
