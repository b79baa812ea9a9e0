//! Checks a record beyond the types of its fields: ranges, spellings, ids and references.
//!
//! In: a record of the lead format (a lead, signal, rep or content) whose fields have the right types. Out: the checked record (a [`Lead`]
//! keeps the invariants of [`crate::book::lead`]), or its [`Problems`]. A record is never accepted in part.
//!
//! A checked record has the values of the file, with these exceptions. Countries, zones, regions and languages get their usual spelling
//! (the country `nl` becomes `NL`, `UK` becomes `GB`). Repeated words in a list of roles, channels or stages are removed. A signal without
//! a direction and an account without an id get them. Signals and planned touches are sorted by time.

use std::collections::BTreeSet;

use crate::book::absence::Absence;
use crate::book::content::Content;
use crate::book::ingest::json_tree;
use crate::book::ingest::record::{AccountRecord, LeadRecord};
use crate::book::lead::{Account, Consent, Feedback, FieldValue, Lead, Person, PlannedTouch, Quote, Signal};
use crate::book::not_counted::NotCounted;
use crate::book::refusal::Problem;
use crate::book::rep::Rep;
use crate::book::vocabulary::{Direction, FeedbackVerdict, SignalKind, nearest};
use crate::calendar::{Country, Reachable, Zone};
use crate::wording::Sentence;
use crate::{limits, order};

/// The problems of one record: for each the path of the field (`people[0].zone`) and what is wrong, as a sentence. In the
/// order found; those beyond [`limits::PROBLEMS_PER_LEAD`] are dropped. The methods check one value and add what is wrong with it; an
/// absent value is valid.
#[derive(Debug, Default)]
pub(super) struct Problems(pub(super) Vec<Problem>);

impl Problems {
    fn add(&mut self, path: impl Into<String>, reason: impl Into<Sentence>) {
        if self.0.len() < limits::PROBLEMS_PER_LEAD {
            self.0.push((path.into(), reason.into()));
        }
    }

    /// Whether further problems are dropped.
    fn is_full(&self) -> bool {
        self.0.len() >= limits::PROBLEMS_PER_LEAD
    }

    /// A number from `low` to `high`, both included.
    fn number(&mut self, path: impl Into<String>, number: Option<f64>, low: f64, high: f64) {
        let Some(number) = number else { return };
        if number.is_finite() && (low..=high).contains(&number) {
            return;
        }
        if number.abs() > limits::NUMBER {
            self.add(path, Sentence::new("record-beyond").with("found", format!("{number:e}")));
        } else {
            self.add(path, json_tree::outside(&low, &high, &number));
        }
    }

    /// A country code, which gets its usual spelling.
    fn country(&mut self, path: impl Into<String>, code: &mut Option<String>) {
        match code.as_deref().map(Country::parse) {
            Some(Ok(country)) => *code = Some(country.code().to_owned()),
            Some(Err(why)) => self.add(path, why),
            None => {}
        }
    }

    /// The name of a time zone, which gets its usual spelling.
    fn zone(&mut self, path: impl Into<String>, name: &mut Option<String>) {
        match name.as_deref().map(Zone::parse) {
            Some(Ok(zone)) => *name = Some(zone.name().to_owned()),
            Some(Err(why)) => self.add(path, why),
            None => {}
        }
    }

    /// A code of two letters, which become lower case.
    fn language(&mut self, path: impl Into<String>, code: &mut Option<String>) {
        let Some(text) = code else { return };
        if text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_alphabetic()) {
            text.make_ascii_lowercase();
        } else {
            let shown: String = text.chars().take(20).collect();
            self.add(path, Sentence::new("record-language").with("written", shown));
        }
    }

    /// Opening hours in OpenStreetMap notation.
    fn hours(&mut self, path: impl Into<String>, text: Option<&str>) {
        if let Some(Err(why)) = text.map(Reachable::parse) {
            self.add(path, why.sentence());
        }
    }

    /// Times away, of somebody whose path is `at` (ends with a dot, or is empty).
    fn absences(&mut self, at: &str, absences: &[Absence]) {
        self.at_most(format!("{at}absences"), absences.len(), limits::ENTRIES);
        for (nth, absence) in absences.iter().enumerate() {
            if absence.until <= absence.from {
                self.add(format!("{at}absences[{nth}].until"), "record-until-from");
            }
        }
    }

    /// The length of a list.
    fn at_most(&mut self, path: impl Into<String>, count: usize, most: usize) {
        if count > most {
            self.add(path, Sentence::new("record-too-many-entries").with("count", count).with("most", most));
        }
    }
}

/// The lead of a record, with signals and planned touches in order of time; those of one moment stay in file order.
///
/// # Errors
/// The problems of the record.
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
        people: record.people,
        signals: record.signals,
        planned: record.planned,
        quotes: record.quotes,
        stage_by: record.stage_by,
        spam: record.spam,
        feedback: record.feedback,
        not_counted: NotCounted::default(),
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
    problems.at_most("people", lead.people.len(), limits::PEOPLE_PER_LEAD);
    for (nth, person) in lead.people.iter_mut().enumerate() {
        self::person(person, nth, &mut problems);
    }
    problems.at_most("signals", lead.signals.len(), limits::SIGNALS_PER_LEAD);
    problems.at_most("planned", lead.planned.len(), limits::ENTRIES);
    problems.at_most("quotes", lead.quotes.len(), limits::ENTRIES);
    problems.at_most("feedback", lead.feedback.len(), limits::ENTRIES);
    let known = person_ids(&lead.people, &mut problems);
    humans(&lead.people, &mut problems);
    for (nth, signal) in lead.signals.iter_mut().enumerate() {
        self::signal(signal, nth, &known, &mut problems);
    }
    for (nth, PlannedTouch { person, zone, .. }) in lead.planned.iter_mut().enumerate() {
        known_person(person.as_deref(), || format!("planned[{nth}].person"), &known, &mut problems);
        problems.zone(format!("planned[{nth}].zone"), zone);
    }
    for (nth, quote) in lead.quotes.iter().enumerate() {
        self::quote(quote, nth, &mut problems);
    }
    for (nth, feedback) in lead.feedback.iter().enumerate() {
        self::feedback(feedback, nth, &known, &mut problems);
    }
    if !problems.0.is_empty() {
        return Err(problems);
    }
    drop(known);
    order::sort_by_key(&mut lead.signals, |signal| signal.at);
    order::sort_by_key(&mut lead.planned, |touch| touch.at);
    order::sort_by_key(&mut lead.feedback, |feedback| feedback.at);
    Ok(lead)
}

/// The account of a record; its id is that of the lead (`lead`) where the record has none.
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
            problems.add("account.region", Sentence::new("region-unknown").with("written", shown));
        }
    }
    if let Some(employees) = account.employees.filter(|count| *count < 0) {
        problems.add("account.employees", Sentence::new("record-negative").with("found", employees.to_string()));
    }
    account
}

/// Checks the person at index `nth` of a lead, and removes repeated roles and channels.
fn person(person: &mut Person, nth: usize, problems: &mut Problems) {
    let at = |field: &str| format!("people[{nth}].{field}");
    without_repeats(&mut person.roles);
    without_repeats(&mut person.channels);
    problems.country(at("country"), &mut person.country);
    problems.zone(at("zone"), &mut person.zone);
    problems.language(at("language"), &mut person.language);
    problems.hours(at("reachable"), person.reachable.as_deref());
    problems.number(at("influence"), person.influence, 0.0, 1.0);
    problems.at_most(at("aliases"), person.aliases.len(), limits::ENTRIES);
    problems.at_most(at("consents"), person.consents.len(), limits::ENTRIES);
    problems.absences(&at(""), &person.absences);
    for (index, Consent { given_at, withdrawn_at, valid_to, .. }) in person.consents.iter().enumerate() {
        for (field, end) in [("withdrawn_at", withdrawn_at), ("valid_to", valid_to)] {
            if end.is_some_and(|end| end < *given_at) {
                problems.add(at(&format!("consents[{index}].{field}")), "record-before-given");
            }
        }
    }
}

/// The ids and aliases of the people of a lead, by which signals and planned touches may name them. An id or alias that two people have is
/// a problem.
pub(super) fn person_ids<'a>(people: &'a [Person], problems: &mut Problems) -> BTreeSet<&'a str> {
    let mut known = BTreeSet::new();
    for (nth, person) in people.iter().enumerate() {
        if !known.insert(person.id.as_str()) {
            let reason = Sentence::new("record-person-twice").with("id", person.id.as_str());
            problems.add(format!("people[{nth}].id"), reason);
        }
        for (index, alias) in person.aliases.iter().enumerate() {
            if *alias != person.id && !known.insert(alias.as_str()) {
                let path = format!("people[{nth}].aliases[{index}]");
                problems.add(path, Sentence::new("record-alias-twice").with("id", alias.as_str()));
            }
        }
    }
    known
}

/// Checks that no human is given twice: two people of a lead who are one human are one entry with aliases.
fn humans(people: &[Person], problems: &mut Problems) {
    let mut known = BTreeSet::new();
    for (nth, human) in people.iter().enumerate().filter_map(|(nth, person)| Some((nth, person.human.as_deref()?))) {
        if !known.insert(human) {
            let reason = Sentence::new("record-human-twice").with("human", human);
            problems.add(format!("people[{nth}].human"), reason);
        }
    }
}

/// Checks the signal at index `nth` of a lead, and sets its direction where it is absent: outbound for a quote or a signal with a rep, else
/// inbound. `known` are the ids and aliases of the people of the lead.
pub(super) fn signal(signal: &mut Signal, nth: usize, known: &BTreeSet<&str>, problems: &mut Problems) {
    known_person(signal.person.as_deref(), || format!("signals[{nth}].person"), known, problems);
    if signal.weight.is_some() {
        problems.number(format!("signals[{nth}].weight"), signal.weight, -limits::NUMBER, limits::NUMBER);
    }
    if signal.step == Some(0) {
        problems.add(format!("signals[{nth}].step"), "record-step");
    }
    let ours = signal.kind == SignalKind::Quote || signal.rep.is_some();
    let direction = *signal.direction.get_or_insert(if ours { Direction::Outbound } else { Direction::Inbound });
    if signal.acknowledges && direction == Direction::Inbound {
        problems.add(format!("signals[{nth}].acknowledges"), "record-acknowledges");
    }
}

/// The most people among whom a similar id is looked for.
const MOST_HINTS: usize = 100;

/// Checks that the person whom a signal or planned touch names, if any, is one of the lead's people (`known`).
fn known_person(person: Option<&str>, path: impl Fn() -> String, known: &BTreeSet<&str>, problems: &mut Problems) {
    let Some(id) = person.filter(|id| !known.contains(id)) else { return };
    if problems.is_full() {
        return;
    }
    let reason = match nearest(id, known.iter().copied().take(MOST_HINTS)) {
        Some(meant) => Sentence::new("record-person-meant").with("meant", meant),
        None => Sentence::new("record-person-unknown"),
    };
    problems.add(path(), reason.with("id", json_tree::short(id)));
}

/// Checks the quote at index `nth` of a lead.
fn quote(quote: &Quote, nth: usize, problems: &mut Problems) {
    problems.number(format!("quotes[{nth}].amount"), quote.amount, 0.0, limits::NUMBER);
    for (field, end) in [("decided_at", quote.decided_at), ("valid_until", quote.valid_until)] {
        if end.is_some_and(|end| end < quote.sent_at) {
            problems.add(format!("quotes[{nth}].{field}"), "record-before-sent");
        }
    }
}

/// Checks the feedback at index `nth` of a lead; `known` are the ids and aliases of the people of the lead.
pub(super) fn feedback(feedback: &Feedback, nth: usize, known: &BTreeSet<&str>, problems: &mut Problems) {
    known_person(feedback.person.as_deref(), || format!("feedback[{nth}].person"), known, problems);
    let snoozed = feedback.verdict == FeedbackVerdict::Snoozed;
    match feedback.until {
        Some(until) if snoozed && until <= feedback.at => {
            problems.add(format!("feedback[{nth}].until"), "record-until-at");
        }
        Some(_) if !snoozed => problems.add(format!("feedback[{nth}].until"), "record-until-not-snoozed"),
        None if snoozed => problems.add(format!("feedback[{nth}].until"), "record-until-missing"),
        _ => {}
    }
}

/// The rep, with zone, country and languages in their usual spelling.
///
/// # Errors
/// The problems of the rep.
pub(super) fn rep(mut rep: Rep) -> Result<Rep, Problems> {
    let mut problems = Problems::default();
    let mut zone = Some(rep.zone);
    problems.zone("zone", &mut zone);
    rep.zone = zone.unwrap_or_default();
    problems.country("country", &mut rep.country);
    problems.hours("hours", rep.hours.as_deref());
    languages(&mut rep.languages, &mut problems);
    problems.at_most("skills", rep.skills.len(), limits::ENTRIES);
    problems.absences("", &rep.absences);
    if problems.0.is_empty() { Ok(rep) } else { Err(problems) }
}

/// The content, with languages in their usual spelling, and each stage and role once.
///
/// # Errors
/// The problems of the content.
pub(super) fn content(mut content: Content) -> Result<Content, Problems> {
    let mut problems = Problems::default();
    languages(&mut content.languages, &mut problems);
    without_repeats(&mut content.stages);
    without_repeats(&mut content.roles);
    if problems.0.is_empty() { Ok(content) } else { Err(problems) }
}

/// Checks a list of languages as [`Problems::language`] does one.
fn languages(codes: &mut [String], problems: &mut Problems) {
    for (nth, code) in codes.iter_mut().enumerate() {
        let mut language = Some(std::mem::take(code));
        problems.language(format!("languages[{nth}]"), &mut language);
        *code = language.unwrap_or_default();
    }
}

/// Removes words that stand earlier in the list.
fn without_repeats<T: PartialEq + Copy>(words: &mut Vec<T>) {
    let mut seen: Vec<T> = Vec::with_capacity(words.len().min(8));
    words.retain(|word| {
        let first = !seen.contains(word);
        seen.extend(first.then_some(*word));
        first
    });
}
