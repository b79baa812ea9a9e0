//! Checks a record beyond the types of its fields: ranges, spellings, ids and references.
//!
//! In: a record of the lead format. Out: a [`Lead`] that keeps the invariants of [`crate::book::lead`], or all of its [`Problems`]. Values
//! are not changed, except for the spelling of countries, zones, regions and languages (`nl` becomes `NL`, `UK` becomes `GB`) and repeated
//! words in a list of words, which are removed.

use std::collections::BTreeSet;

use crate::book::content::Content;
use crate::book::ingest::record::{AccountRecord, LeadRecord, PersonRecord};
use crate::book::lead::{Account, Consent, FieldValue, Lead, Person, PlannedTouch, Quote, Signal};
use crate::book::rep::Rep;
use crate::book::vocabulary::{Direction, SignalKind, nearest};
use crate::calendar::{Country, Reachable, Zone};
use crate::{limits, order};

/// The problems of one record: path of the field and sentence, in the order found, at most [`limits::PROBLEMS_PER_LEAD`].
#[derive(Debug, Default)]
pub(super) struct Problems(pub(super) Vec<(String, String)>);

impl Problems {
    fn add(&mut self, path: impl Into<String>, reason: impl Into<String>) {
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
            self.add(path, format!("{number:e} is beyond any real amount; check the digits"));
        } else {
            self.add(path, format!("must lie between {low} and {high}, and is {number}"));
        }
    }

    fn country(&mut self, path: impl Into<String>, code: &mut Option<String>) {
        match code.as_deref().map(Country::parse) {
            Some(Ok(country)) => *code = Some(country.code().to_owned()),
            Some(Err(why)) => self.add(path, why),
            None => {}
        }
    }

    fn zone(&mut self, path: impl Into<String>, name: &mut Option<String>) {
        match name.as_deref().map(Zone::parse) {
            Some(Ok(zone)) => *name = Some(zone.name().to_owned()),
            Some(Err(why)) => self.add(path, why),
            None => {}
        }
    }

    fn language(&mut self, path: impl Into<String>, code: &mut Option<String>) {
        let Some(text) = code else { return };
        if text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_alphabetic()) {
            text.make_ascii_lowercase();
        } else {
            let shown: String = text.chars().take(20).collect();
            self.add(path, format!("\"{shown}\" is not a language; write two letters, as nl or en"));
        }
    }

    fn hours(&mut self, path: impl Into<String>, text: Option<&str>) {
        if let Some(Err(why)) = text.map(Reachable::parse) {
            self.add(path, why.to_string());
        }
    }

    fn at_most(&mut self, path: impl Into<String>, count: usize, most: usize) {
        if count > most {
            self.add(path, format!("has {count} entries; at most {most} are taken"));
        }
    }
}

/// The lead of a record, with signals and planned touches in order of time, or all problems.
pub(super) fn lead(record: LeadRecord) -> Result<Lead, Problems> {
    let mut problems = Problems::default();
    let mut lead = Lead {
        account: account(record.account.unwrap_or_default(), &record.id, &mut problems),
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
    problems.country("country", &mut lead.country);
    problems.zone("zone", &mut lead.zone);
    problems.language("language", &mut lead.language);
    problems.number("value", lead.value, 0.0, limits::NUMBER);
    problems.number("churn", lead.churn, 0.0, 1.0);
    problems.at_most("fields", lead.fields.len(), limits::ENTRIES);
    for (name, value) in &lead.fields {
        if let FieldValue::Number(number) = value {
            problems.number(format!("fields.{name}"), Some(*number), -limits::NUMBER, limits::NUMBER);
        }
    }
    problems.at_most("people", record.people.len(), limits::PEOPLE_PER_LEAD);
    for (nth, person) in record.people.into_iter().enumerate() {
        lead.people.push(self::person(person, nth, &mut problems));
    }
    problems.at_most("signals", lead.signals.len(), limits::SIGNALS_PER_LEAD);
    problems.at_most("planned", lead.planned.len(), limits::ENTRIES);
    problems.at_most("quotes", lead.quotes.len(), limits::ENTRIES);
    let known = person_ids(&lead.people, &mut problems);
    for (nth, signal) in lead.signals.iter_mut().enumerate() {
        self::signal(signal, nth, &known, &mut problems);
    }
    for (nth, PlannedTouch { person, .. }) in lead.planned.iter().enumerate() {
        known_person(person.as_deref(), || format!("planned[{nth}].person"), &known, &mut problems);
    }
    for (nth, quote) in lead.quotes.iter().enumerate() {
        self::quote(quote, nth, &mut problems);
    }
    if !problems.0.is_empty() {
        return Err(problems);
    }
    drop(known);
    order::sort_by_key(&mut lead.signals, |signal| signal.at);
    order::sort_by_key(&mut lead.planned, |touch| touch.at);
    Ok(lead)
}

fn account(record: AccountRecord, lead: &str, problems: &mut Problems) -> Account {
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
    problems.country("account.country", &mut account.country);
    problems.zone("account.zone", &mut account.zone);
    if let Some(region) = &mut account.region {
        if (1..=3).contains(&region.len()) && region.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            region.make_ascii_uppercase();
        } else {
            let shown: String = region.chars().take(20).collect();
            problems.add(
                "account.region",
                format!("\"{shown}\" is not a region; write the part after the country, as BY for DE-BY"),
            );
        }
    }
    if let Some(employees) = account.employees.filter(|count| *count < 0) {
        problems.add("account.employees", format!("must be 0 or more, and is {employees}"));
    }
    account
}

fn person(record: PersonRecord, nth: usize, problems: &mut Problems) -> Person {
    let at = |field: &str| format!("people[{nth}].{field}");
    let mut person = Person {
        id: record.id,
        aliases: record.aliases,
        name: record.name,
        roles: without_repeats(record.roles),
        title: record.title,
        channels: without_repeats(record.channels),
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
    problems.country(at("country"), &mut person.country);
    problems.zone(at("zone"), &mut person.zone);
    problems.language(at("language"), &mut person.language);
    problems.hours(at("reachable"), person.reachable.as_deref());
    problems.number(at("influence"), person.influence, 0.0, 1.0);
    problems.at_most(at("aliases"), person.aliases.len(), limits::ENTRIES);
    problems.at_most(at("consents"), person.consents.len(), limits::ENTRIES);
    for (which, Consent { given_at, withdrawn_at, .. }) in person.consents.iter().enumerate() {
        if withdrawn_at.is_some_and(|withdrawn| withdrawn < *given_at) {
            problems.add(at(&format!("consents[{which}].withdrawn_at")), "lies before given_at");
        }
    }
    person
}

/// The ids and aliases of the people, by which signals may name them. The same id for two people is a problem.
pub(super) fn person_ids<'a>(people: &'a [Person], problems: &mut Problems) -> BTreeSet<&'a str> {
    let mut known = BTreeSet::new();
    for (nth, person) in people.iter().enumerate() {
        if !known.insert(person.id.as_str()) {
            problems.add(format!("people[{nth}].id"), format!("\"{}\" is the id of an earlier person too", person.id));
        }
        for (which, alias) in person.aliases.iter().enumerate() {
            if *alias != person.id && !known.insert(alias.as_str()) {
                let path = format!("people[{nth}].aliases[{which}]");
                problems.add(path, format!("\"{alias}\" is an id of an earlier person too"));
            }
        }
    }
    known
}

/// Fills in the direction of a signal where it is absent, and checks the rest. `known` are the ids of the people of the lead.
pub(super) fn signal(signal: &mut Signal, nth: usize, known: &BTreeSet<&str>, problems: &mut Problems) {
    known_person(signal.person.as_deref(), || format!("signals[{nth}].person"), known, problems);
    if signal.weight.is_some() {
        problems.number(format!("signals[{nth}].weight"), signal.weight, -limits::NUMBER, limits::NUMBER);
    }
    if signal.step == Some(0) {
        problems.add(format!("signals[{nth}].step"), "steps count from 1");
    }
    let ours = signal.kind == SignalKind::Quote || signal.rep.is_some();
    signal.direction.get_or_insert(if ours { Direction::Outbound } else { Direction::Inbound });
}

/// Checks that a person whom a signal or planned touch names is one of the lead's people.
fn known_person(person: Option<&str>, path: impl Fn() -> String, known: &BTreeSet<&str>, problems: &mut Problems) {
    let Some(id) = person.filter(|id| !known.contains(id)) else { return };
    let hint = nearest(id, known.iter().copied()).map_or(String::new(), |meant| format!("; did you mean \"{meant}\"?"));
    problems.add(
        path(),
        format!("\"{}\" is not among the people of this lead{hint}", crate::book::ingest::json_tree::short(id)),
    );
}

fn quote(quote: &Quote, nth: usize, problems: &mut Problems) {
    problems.number(format!("quotes[{nth}].amount"), quote.amount, 0.0, limits::NUMBER);
    if quote.decided_at.is_some_and(|decided| decided < quote.sent_at) {
        problems.add(format!("quotes[{nth}].decided_at"), "lies before sent_at");
    }
}

/// The rep, with zone and country in their usual spelling, or all problems.
pub(super) fn rep(mut rep: Rep) -> Result<Rep, Problems> {
    let mut problems = Problems::default();
    let mut zone = Some(rep.zone);
    problems.zone("zone", &mut zone);
    rep.zone = zone.unwrap_or_default();
    problems.country("country", &mut rep.country);
    problems.hours("hours", rep.hours.as_deref());
    languages(&mut rep.languages, &mut problems);
    problems.at_most("absences", rep.absences.len(), limits::ENTRIES);
    problems.at_most("skills", rep.skills.len(), limits::ENTRIES);
    for (nth, absence) in rep.absences.iter().enumerate() {
        if absence.until <= absence.from {
            problems.add(format!("absences[{nth}].until"), "must lie after from");
        }
    }
    if problems.0.is_empty() { Ok(rep) } else { Err(problems) }
}

/// The content, or all problems.
pub(super) fn content(mut content: Content) -> Result<Content, Problems> {
    let mut problems = Problems::default();
    languages(&mut content.languages, &mut problems);
    content.stages = without_repeats(content.stages);
    content.roles = without_repeats(content.roles);
    if problems.0.is_empty() { Ok(content) } else { Err(problems) }
}

fn languages(codes: &mut [String], problems: &mut Problems) {
    for (nth, code) in codes.iter_mut().enumerate() {
        let mut language = Some(std::mem::take(code));
        problems.language(format!("languages[{nth}]"), &mut language);
        *code = language.unwrap_or_default();
    }
}

/// The words without repetitions, in their order.
fn without_repeats<T: PartialEq + Copy>(words: Vec<T>) -> Vec<T> {
    let mut seen: Vec<T> = Vec::with_capacity(words.len().min(8));
    for word in words {
        if !seen.contains(&word) {
            seen.push(word);
        }
    }
    seen
}
