//! Salesforce: Lead and Task history tables as Fivetran lands them, recognised by their columns.
//!
//! A row of the lead table becomes a lead with one person; a converted one gets the stage `consideration`, because conversion makes an
//! opportunity, not a customer. Of several versions of a row the newest counts. A task is added to the lead or contact that it is about; a
//! closed task is a touch at the moment of completion. Times are in UTC. The header may have `_fivetran_active` twice; it is not used.

use std::collections::BTreeMap;

use crate::book::import::country_code;
use crate::book::import::lead_collector::{LeadCollector, full_name, non_empty};
use crate::book::import::table::{ImportTable, TableRow};
use crate::book::import::times::utc;
use crate::book::ingest::record::{AccountRecord, LeadRecord, PersonRecord};
use crate::book::lead::{PlannedTouch, Signal};
use crate::book::vocabulary::{Channel, Direction, Outcome, SignalKind, Stage};
use crate::calendar::Instant;

/// Reads lead and task tables. A row that does not fit is refused.
pub(super) fn read(files: &[(&str, &[u8])], collector: &mut LeadCollector) {
    let mut tasks = Vec::new();
    for (name, bytes) in files {
        let Some(table) = ImportTable::read(name, bytes, b',', &mut collector.intake) else { continue };
        if table.has("who_id") {
            tasks.push(table);
        } else if table.has("is_converted") || table.has("last_name") {
            leads(&table, collector);
        } else {
            collector.intake.refuse(
                *name,
                "is neither a lead table (is_converted, last_name) nor a task table (who_id)",
                Some(1),
            );
        }
    }
    for table in &tasks {
        for row in newest(table, collector) {
            if let Err(why) = task(&row, collector) {
                collector.intake.refuse(table.name.clone(), why, Some(row.line));
            }
        }
    }
}

/// The newest version of each row that is not deleted.
fn newest<'t>(table: &'t ImportTable, collector: &mut LeadCollector) -> Vec<TableRow<'t>> {
    if !table.require(["id"], &mut collector.intake) {
        return Vec::new();
    }
    let mut rows: Vec<TableRow<'t>> = Vec::new();
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    for row in table.rows() {
        let id = row.get("id");
        if id.is_empty() {
            collector.intake.refuse(table.name.clone(), "this row has no id", Some(row.line));
            continue;
        }
        let started = |row: &TableRow<'_>| utc(row.get("_fivetran_start")).ok();
        match places.get(id).and_then(|at| rows.get_mut(*at)) {
            Some(earlier) => {
                collector.leave_out("an older version of a row");
                if started(&row) >= started(earlier) {
                    *earlier = row;
                }
            }
            None => {
                places.insert(id, rows.len());
                rows.push(row);
            }
        }
    }
    let all = rows.len();
    rows.retain(|row| !row.yes("is_deleted"));
    for _ in rows.len()..all {
        collector.leave_out("a row that Salesforce marks as deleted");
    }
    rows
}

fn leads(table: &ImportTable, collector: &mut LeadCollector) {
    for row in newest(table, collector) {
        match lead(&row) {
            Ok(lead) => collector.add(lead, Some(row.line)),
            Err(why) => collector.intake.set_aside(Some(row.get("id")), vec![(String::new(), why)], Some(row.line)),
        }
    }
}

fn lead(row: &TableRow<'_>) -> Result<LeadRecord, String> {
    let time = |column: &str| {
        let text = non_empty(row.get(column));
        text.map(|at| utc(&at).map_err(|why| format!("{column}: {why}"))).transpose()
    };
    let number = |column: &str| {
        let text = non_empty(row.get(column));
        text.map(|text| text.parse::<i64>().map_err(|_| format!("{column}: \"{text}\" is not a whole number")))
            .transpose()
    };
    let mut person = PersonRecord {
        id: row.get("id").to_owned(),
        aliases: non_empty(row.get("converted_contact_id")).into_iter().collect(),
        name: full_name(row.get("first_name"), row.get("last_name")).or_else(|| non_empty(row.get("name"))),
        title: non_empty(row.get("title")),
        do_not_email: row.yes("has_opted_out_of_email"),
        do_not_call: row.yes("do_not_call"),
        ..PersonRecord::default()
    };
    if !row.get("email").is_empty() {
        person.channels.push(Channel::Email);
    }
    if !row.first(&["phone", "mobile_phone"]).is_empty() {
        person.channels.push(Channel::Phone);
    }
    let converted = row.yes("is_converted");
    Ok(LeadRecord {
        id: row.get("id").to_owned(),
        name: non_empty(row.first(&["company", "name"])),
        account: Some(AccountRecord {
            id: non_empty(row.get("converted_account_id")),
            name: non_empty(row.get("company")),
            industry: non_empty(row.get("industry")),
            employees: number("number_of_employees")?,
            ..AccountRecord::default()
        }),
        stage: converted.then_some(Stage::Consideration),
        stage_since: if converted { time("converted_date")? } else { None },
        created_at: time("created_date")?,
        source: non_empty(row.get("lead_source")),
        country: country_code(row.first(&["country_code", "country"])),
        owner: non_empty(row.get("owner_id")),
        people: vec![person],
        ..LeadRecord::default()
    })
}

fn task(row: &TableRow<'_>, collector: &mut LeadCollector) -> Result<(), String> {
    let id = row.get("id");
    let time = |column: &str| -> Result<Option<Instant>, String> {
        let text = non_empty(row.get(column));
        text.map(|at| utc(&at).map_err(|why| format!("task {id}: {column}: {why}"))).transpose()
    };
    let who = non_empty(row.first(&["who_id", "account_id", "what_id"]))
        .ok_or_else(|| format!("task {id} is about nobody: who_id, account_id and what_id are empty"))?;
    let channel = match row.first(&["task_subtype", "type"]).to_lowercase().as_str() {
        "call" => Some(Channel::Phone),
        "email" | "listemail" => Some(Channel::Email),
        "linkedin" | "social" => Some(Channel::Social),
        _ => None,
    };
    let closed = row.yes("is_closed");
    let at = if closed { time("completed_date_time")?.or(time("activity_date")?) } else { time("activity_date")? };
    let Some(at) = at else {
        collector.leave_out("a task without a time");
        return Ok(());
    };
    if !collector.within(at) {
        collector.leave_out("a task after the moment up to which was asked for");
        return Ok(());
    }
    let rep = non_empty(row.get("owner_id"));
    let outcome = match row.get("call_disposition").to_lowercase().as_str() {
        "answered" | "connected" => Some(Outcome::Answered),
        "no answer" | "unanswered" => Some(Outcome::NoAnswer),
        "left voicemail" | "voicemail" => Some(Outcome::Voicemail),
        "busy" => Some(Outcome::Busy),
        _ => None,
    };
    let inbound = row.get("call_type").eq_ignore_ascii_case("inbound");
    let account = non_empty(row.get("account_id"));
    let (is_person, mut left_out) = (who == row.get("who_id"), None);
    // A task may be about the contact that a lead was converted to.
    let lead_id = collector.lead_of_person(&who).unwrap_or_else(|| who.clone());
    collector.change(&lead_id, Some(row.line), |lead| {
        if is_person && lead.people.is_empty() {
            lead.people.push(PersonRecord { id: who.clone(), ..PersonRecord::default() });
        }
        if lead.account.is_none() {
            lead.account = account.map(|id| AccountRecord { id: Some(id), ..AccountRecord::default() });
        }
        let person = is_person.then(|| who.clone());
        match (closed, channel) {
            (false, Some(channel)) => lead.planned.push(PlannedTouch { at, channel, person, rep, zone: None }),
            (false, None) => left_out = Some("a task that is not done: no contact moment"),
            (true, _) => {
                let kind = match channel {
                    Some(Channel::Phone) => SignalKind::Call,
                    Some(Channel::Email) => SignalKind::Email,
                    Some(_) => SignalKind::Message,
                    None => SignalKind::Note,
                };
                let mut signal = Signal::new(at, kind);
                signal.topic = non_empty(row.get("subject"));
                signal.person = person;
                signal.channel = channel;
                let ours = channel.is_some() && !inbound;
                signal.direction = Some(if ours { Direction::Outbound } else { Direction::Inbound });
                signal.rep = rep.filter(|_| ours);
                signal.outcome = outcome;
                lead.signals.push(signal);
            }
        }
    });
    if let Some(reason) = left_out {
        collector.leave_out(reason);
    }
    Ok(())
}
