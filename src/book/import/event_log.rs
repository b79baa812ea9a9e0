//! Event logs as in process mining: a CSV of case, activity, time and resource. Each case becomes a lead; the mapping says which signal,
//! stage or quote each activity is.

use std::collections::{BTreeMap, BTreeSet};

use crate::book::import::csv;
use crate::book::import::lead_collector::{LeadCollector, non_empty};
use crate::book::import::mapping::{EventMeaning, LogColumns, Mapping};
use crate::book::import::table::{ColumnNaming, ImportTable, TableRow};
use crate::book::import::table_header::TableFile;
use crate::book::import::times::TimeReader;
use crate::book::ingest::json_tree::{self, Json, short};
use crate::book::ingest::record::LeadRecord;
use crate::book::lead::{FieldValue, Person, Quote, Signal};
use crate::book::rep::Rep;
use crate::book::vocabulary::{Direction, QuoteStatus, SignalKind};
use crate::calendar::Instant;
use crate::calendar::instant::EARLIEST;
use crate::wording::Sentence;

/// Reads the log (the first file) and, with `leads` in the mapping, a table of cases (the second).
pub(super) fn read(files: &[(&str, &[u8])], mapping: Option<&Mapping>, collector: &mut LeadCollector) {
    let Some((mapping, log)) = mapping.and_then(|mapping| Some((mapping, mapping.log.as_ref()?))) else {
        collector.intake.refuse("", "import-log-mapping", None);
        return;
    };
    let (separator, times) = match (mapping.separator(), mapping.times()) {
        (Ok(separator), Ok(times)) => (separator, times),
        (Err(why), _) | (_, Err(why)) => return collector.intake.refuse("mapping", why, None),
    };
    let mut files = files.iter();
    let Some((name, bytes)) = files.next() else { return };
    let Some(log_file) = TableFile::open(name, bytes, Some(separator), ColumnNaming::AsWritten, collector) else {
        return;
    };
    let optional = log.resource.iter().chain(&log.lifecycle);
    let columns = [&log.case, &log.activity, &log.time].into_iter().chain(optional);
    if !log_file.require(columns.map(String::as_str), collector) {
        return log_file.tell_all("import-header-unlike-mapping", collector);
    }
    let table = log_file.read(name, collector);
    for (name, bytes) in files {
        match &mapping.leads {
            Some(leads) => csv::table(name, bytes, mapping, leads, collector),
            None => collector.intake.refuse(*name, "import-cases-mapping", None),
        }
    }
    let Some(template) = lead_template(log, collector) else { return };
    events(&table, log, &times, &template, collector);
    table.account(collector);
}

/// The lead with the values that the mapping gives all leads of the log; `None` when they do not fit, which is refused.
fn lead_template(log: &LogColumns, collector: &mut LeadCollector) -> Option<LeadRecord> {
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
                collector.intake.refuse(format!("mapping: log.lead.{path}"), reason, None);
            }
            return None;
        }
    };
    lead.people.extend(log.person.as_ref().map(|person| Person {
        id: person.id.clone(),
        channels: person.channels.clone(),
        roles: person.roles.clone(),
        ..Person::default()
    }));
    Some(lead)
}

/// Adds the events of the log to the leads of their cases, and the reps of the log.
fn events(
    table: &ImportTable,
    log: &LogColumns,
    times: &TimeReader,
    template: &LeadRecord,
    collector: &mut LeadCollector,
) {
    let mut rows: Vec<(Instant, &str, &EventMeaning, &str, TableRow<'_>)> = Vec::new();
    // Unsubscribes after the moment up to which is imported: no opt-out is left out, and until its time it is not seen.
    let mut later_opt_outs: Vec<(Instant, &str, &EventMeaning)> = Vec::new();
    // Unsubscribes whose time cannot be read: they hold since the lead is there.
    let mut timeless_opt_outs: Vec<(&str, &EventMeaning)> = Vec::new();
    let mut unmapped: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for row in table.rows() {
        let (case, activity) = (row.get(&log.case), row.get(&log.activity));
        let cell = |column: &Option<String>| column.as_ref().map_or("", |column| row.get(column));
        let (lifecycle, resource) = (cell(&log.lifecycle), cell(&log.resource));
        if case.is_empty() {
            let why = "import-event-no-case";
            collector.intake.refuse(log.case.clone(), why, Some(row.line));
            row.tell(why, collector);
            continue;
        }
        let fits = |meaning: &&EventMeaning| {
            meaning.activity == activity && meaning.lifecycle.as_ref().is_none_or(|step| step == lifecycle)
        };
        let meaning = log.events.iter().find(fits);
        let ends = |meaning: &&EventMeaning| meaning.kind == Some(SignalKind::Unsubscribe) && !meaning.skip;
        let at = match times.read(row.get(&log.time)) {
            Ok(at) => at,
            Err(why) => {
                timeless_opt_outs.extend(meaning.filter(ends).map(|meaning| (case, meaning)));
                let why = Sentence::new("import-event-time").with("why", why).with("case", short(case));
                row.tell(why.clone(), collector);
                collector.intake.refuse(log.time.clone(), why, Some(row.line));
                continue;
            }
        };
        match meaning {
            None => {
                *unmapped.entry((activity, lifecycle)).or_default() += 1;
                row.tell("import-activity", collector);
            }
            Some(meaning) if collector.within(at) => {
                row.understood(&[&log.activity, &log.time]);
                rows.push((at, case, meaning, resource, row));
            }
            Some(meaning) if ends(&meaning) => {
                row.understood(&[&log.activity, &log.time]);
                later_opt_outs.push((at, case, meaning));
            }
            Some(_) => row.leave_out("import-event-later", collector),
        }
    }
    for ((activity, lifecycle), count) in unmapped {
        let step = if lifecycle.is_empty() { String::new() } else { format!(" ({lifecycle})") };
        let reason = Sentence::new("import-activity-unmapped").with("activity", short(activity)).with("step", step);
        let reason = reason.with("count", count);
        collector.intake.refuse(log.activity.clone(), reason, None);
    }
    // Stages and quotes depend on the order of time; events of the same moment stay in file order.
    rows.sort_by_key(|(at, ..)| *at);
    for (_, case, _, _, row) in &rows {
        collector.change(case, Some(row.line), |_| {});
    }
    collector.each(|lead| fill_from_template(lead, template));
    let mut reps: BTreeSet<&str> = BTreeSet::new();
    for (at, case, meaning, resource, row) in rows {
        let outbound = match meaning.direction {
            Some(direction) => direction == Direction::Outbound,
            None => meaning.kind == Some(SignalKind::Quote),
        };
        let no_person = log.reps.as_ref().is_some_and(|reps| reps.ignore.iter().any(|ignored| ignored == resource));
        let rep = non_empty(resource).filter(|_| outbound && !no_person);
        if rep.is_some() {
            reps.insert(resource);
        }
        collector.change(case, Some(row.line), |lead| apply(lead, at, meaning, rep));
    }
    for (case, meaning) in timeless_opt_outs {
        let since = collector.find(case).and_then(|lead| lead.created_at).unwrap_or(EARLIEST);
        later_opt_outs.push((since, case, meaning));
    }
    for (at, case, meaning) in later_opt_outs {
        // The signal alone: a stage or quote would tell how the case ended.
        let signal_alone = EventMeaning { stage: None, quote: None, ..meaning.clone() };
        if let Some(lead) = collector.find(case) {
            apply(lead, at, &signal_alone, None);
        }
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
        collector.intake.rep(rep, "mapping: log.reps", None);
    }
}

/// Fills in the values of the template that the lead does not have from the table of cases.
fn fill_from_template(lead: &mut LeadRecord, template: &LeadRecord) {
    fn fill<T: Clone>(own: &mut Option<T>, common: &Option<T>) {
        if own.is_none() {
            own.clone_from(common);
        }
    }
    // By name, so that a new field of the lead format is not forgotten. What the mapping cannot give all leads is empty in the template.
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
        fields: _,
        people,
        signals: _,
        planned: _,
        quotes: _,
        stage_by,
        spam,
        feedback: _,
    } = template;
    // Since when and by whom belong to the stage.
    if lead.stage.is_none() {
        fill(&mut lead.stage, stage);
        fill(&mut lead.stage_since, stage_since);
        fill(&mut lead.stage_by, stage_by);
    }
    fill(&mut lead.name, name);
    fill(&mut lead.account, account);
    fill(&mut lead.created_at, created_at);
    fill(&mut lead.source, source);
    fill(&mut lead.topic, topic);
    fill(&mut lead.country, country);
    fill(&mut lead.zone, zone);
    fill(&mut lead.language, language);
    fill(&mut lead.owner, owner);
    fill(&mut lead.value, value);
    fill(&mut lead.churn, churn);
    lead.spam |= *spam;
    if lead.people.is_empty() {
        lead.people.clone_from(people);
    }
}

/// Adds an event to its lead: the stage that it enters, the quote that it changes and the signal.
fn apply(lead: &mut LeadRecord, at: Instant, meaning: &EventMeaning, rep: Option<String>) {
    lead.created_at.get_or_insert(at);
    if let Some(stage) = meaning.stage.filter(|stage| lead.stage != Some(*stage)) {
        (lead.stage, lead.stage_since) = (Some(stage), Some(at));
    }
    match meaning.quote {
        Some(QuoteStatus::Open) => {
            lead.quotes.push(Quote {
                sent_at: at,
                status: QuoteStatus::Open,
                amount: None,
                decided_at: None,
                valid_until: None,
            });
        }
        Some(status) => {
            for quote in lead.quotes.iter_mut().filter(|quote| quote.status == QuoteStatus::Open) {
                (quote.status, quote.decided_at) = (status, Some(at));
            }
        }
        None => {}
    }
    if let Some(kind) = meaning.kind.filter(|_| !meaning.skip) {
        let mut signal = Signal::new(at, kind);
        signal.topic = meaning.topic.clone();
        signal.person = lead.people.first().map(|person| person.id.clone());
        signal.channel = meaning.channel;
        signal.direction = meaning.direction;
        signal.outcome = meaning.outcome;
        signal.rep = rep;
        signal.acknowledges = meaning.acknowledges;
        lead.signals.push(signal);
    }
}
