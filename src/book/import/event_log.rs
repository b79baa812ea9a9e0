//! An event log: case, activity, time, resource. Each case becomes a lead, each activity what the mapping says.

use std::collections::{BTreeMap, BTreeSet};

use crate::book::import::csv;
use crate::book::import::gather::{LeadCollector, known};
use crate::book::import::mapping::{EventMeaning, LogColumns, Mapping};
use crate::book::import::table::ImportTable;
use crate::book::import::times::TimeReader;
use crate::book::ingest::json_tree::{self, Json, short};
use crate::book::ingest::record::{LeadRecord, PersonRecord};
use crate::book::lead::{FieldValue, Quote, Signal};
use crate::book::rep::Rep;
use crate::book::vocabulary::{Direction, QuoteStatus, SignalKind};
use crate::calendar::Instant;

/// Reads the log (the first file) and, with `leads` in the mapping, a table of cases (the second).
pub(super) fn read(files: &[(&str, &[u8])], mapping: Option<&Mapping>, gather: &mut LeadCollector) {
    let Some((mapping, log)) = mapping.and_then(|mapping| Some((mapping, mapping.log.as_ref()?))) else {
        gather.desk.refuse("", "an event log needs a mapping with \"log\", which says what each activity means", None);
        return;
    };
    let (separator, times) = match (mapping.separator(), mapping.times()) {
        (Ok(separator), Ok(times)) => (separator, times),
        (Err(why), _) | (_, Err(why)) => return gather.desk.refuse("", format!("mapping: {why}"), None),
    };
    let mut files = files.iter();
    let Some((name, bytes)) = files.next() else { return };
    let Some(table) = ImportTable::read(name, bytes, separator, &mut gather.desk) else { return };
    let optional = log.resource.iter().chain(&log.lifecycle);
    let columns = [&log.case, &log.activity, &log.time].into_iter().chain(optional);
    if !table.require(columns.map(String::as_str), &mut gather.desk) {
        return;
    }
    for (name, bytes) in files {
        match &mapping.leads {
            Some(leads) => csv::table(name, bytes, mapping, leads, gather),
            None => gather.desk.refuse(*name, "a table of cases needs \"leads\" in the mapping", None),
        }
    }
    let Some(blank) = blank_lead(log, gather) else { return };
    events(&table, log, &times, &blank, gather);
}

/// What every lead of the log has in common.
fn blank_lead(log: &LogColumns, gather: &mut LeadCollector) -> Option<LeadRecord> {
    let mut entries = vec![("id".into(), Json::Text("case".into()))];
    for (name, value) in &log.lead {
        let value = match value {
            FieldValue::Truth(truth) => Json::Truth(*truth),
            FieldValue::Number(number) => Json::Number(*number),
            FieldValue::Text(text) => Json::Text(text.as_str().into()),
        };
        entries.push((name.as_str().into(), value));
    }
    let mut lead: LeadRecord = match json_tree::read(Json::Object(entries)) {
        Ok(lead) => lead,
        Err(faults) => {
            for (path, reason) in faults {
                gather.desk.refuse(format!("mapping: log.lead.{path}"), reason, None);
            }
            return None;
        }
    };
    lead.people.extend(log.person.as_ref().map(|person| PersonRecord {
        id: person.id.clone(),
        channels: person.channels.clone(),
        roles: person.roles.clone(),
        ..PersonRecord::default()
    }));
    Some(lead)
}

fn events(table: &ImportTable, log: &LogColumns, times: &TimeReader, blank: &LeadRecord, gather: &mut LeadCollector) {
    let mut rows: Vec<(Instant, &str, &EventMeaning, &str, u64)> = Vec::new();
    let mut strange: BTreeMap<(&str, &str), u64> = BTreeMap::new();
    for row in table.rows() {
        let (case, activity) = (row.get(&log.case), row.get(&log.activity));
        let cell = |column: &Option<String>| column.as_ref().map_or("", |column| row.get(column));
        let (lifecycle, resource) = (cell(&log.lifecycle), cell(&log.resource));
        if case.is_empty() {
            gather.desk.refuse(log.case.clone(), "this event names no case", Some(row.line));
            continue;
        }
        let at = match times.read(row.get(&log.time)) {
            Ok(at) => at,
            Err(why) => {
                gather.desk.refuse(log.time.clone(), format!("{why} (case {})", short(case)), Some(row.line));
                continue;
            }
        };
        let fits = |meaning: &&EventMeaning| {
            meaning.activity == activity && meaning.lifecycle.as_ref().is_none_or(|step| step == lifecycle)
        };
        match log.events.iter().find(fits) {
            None => *strange.entry((activity, lifecycle)).or_default() += 1,
            Some(meaning) if gather.within(at) => rows.push((at, case, meaning, resource, row.line)),
            Some(_) => gather.leave_out("an event after the moment up to which was asked for"),
        }
    }
    for ((activity, lifecycle), count) in strange {
        let step = if lifecycle.is_empty() { String::new() } else { format!(" ({lifecycle})") };
        let reason = format!("the activity \"{}\"{step} is not in the mapping; events: {count}", short(activity));
        gather.desk.refuse(log.activity.clone(), reason, None);
    }
    // In order of time; events of the same moment stay in file order.
    rows.sort_by_key(|(at, ..)| *at);
    for (_, case, _, _, line) in &rows {
        gather.change(case, Some(*line), |_| {});
    }
    gather.each(|lead| complete(lead, blank));
    let mut reps: BTreeSet<&str> = BTreeSet::new();
    for (at, case, meaning, resource, line) in rows {
        let outbound = match meaning.direction {
            Some(direction) => direction == Direction::Outbound,
            None => meaning.kind == Some(SignalKind::Quote),
        };
        let no_person = log.reps.as_ref().is_some_and(|reps| reps.ignore.iter().any(|ignored| ignored == resource));
        let rep = known(resource).filter(|_| outbound && !no_person);
        if rep.is_some() {
            reps.insert(resource);
        }
        gather.change(case, Some(line), |lead| apply(lead, at, meaning, rep));
    }
    let Some(about) = &log.reps else { return };
    for id in reps {
        let rep = Rep {
            id: id.to_owned(),
            name: None,
            zone: about.zone.clone(),
            country: about.country.clone(),
            hours: about.hours.clone(),
            skills: Vec::new(),
            languages: Vec::new(),
            absences: Vec::new(),
            backup: None,
        };
        gather.desk.rep(rep, "mapping: log.reps", None);
    }
}

/// Gives a lead what all leads of the log have, where the table of cases does not say otherwise.
fn complete(lead: &mut LeadRecord, blank: &LeadRecord) {
    fn fill<T: Clone>(own: &mut Option<T>, common: &Option<T>) {
        if own.is_none() {
            own.clone_from(common);
        }
    }
    fill(&mut lead.name, &blank.name);
    fill(&mut lead.stage, &blank.stage);
    fill(&mut lead.source, &blank.source);
    fill(&mut lead.topic, &blank.topic);
    fill(&mut lead.country, &blank.country);
    fill(&mut lead.zone, &blank.zone);
    fill(&mut lead.language, &blank.language);
    fill(&mut lead.owner, &blank.owner);
    fill(&mut lead.value, &blank.value);
    fill(&mut lead.churn, &blank.churn);
    if lead.people.is_empty() {
        lead.people.clone_from(&blank.people);
    }
}

fn apply(lead: &mut LeadRecord, at: Instant, meaning: &EventMeaning, rep: Option<String>) {
    lead.created_at.get_or_insert(at);
    if let Some(stage) = meaning.stage.filter(|stage| lead.stage != Some(*stage)) {
        (lead.stage, lead.stage_since) = (Some(stage), Some(at));
    }
    match meaning.quote {
        Some(QuoteStatus::Open) => {
            lead.quotes.push(Quote { sent_at: at, status: QuoteStatus::Open, amount: None, decided_at: None });
        }
        Some(status) => {
            for quote in lead.quotes.iter_mut().filter(|quote| quote.status == QuoteStatus::Open) {
                (quote.status, quote.decided_at) = (status, Some(at));
            }
        }
        None => {}
    }
    if let Some(kind) = meaning.kind.filter(|_| !meaning.skip) {
        let mut told = Signal::new(at, kind);
        told.topic = meaning.topic.clone();
        told.person = lead.people.first().map(|person| person.id.clone());
        told.channel = meaning.channel;
        told.direction = meaning.direction;
        told.outcome = meaning.outcome;
        told.rep = rep;
        lead.signals.push(told);
    }
}
