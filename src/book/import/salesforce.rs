//! Salesforce: its Lead and Task tables, recognised by their columns, as Fivetran lands them (`has_opted_out_of_email`), as its own API and
//! Data Loader name them (`HasOptedOutOfEmail`, `HASOPTEDOUTOFEMAIL`), or as its reports do (`Email Opt Out`).
//!
//! A row of the lead table becomes a lead with one person; a converted one gets the stage `consideration`, because conversion makes an
//! opportunity, not a customer. Of several versions of a row, in one file or in several, the newest counts; where nothing says which that is,
//! the last, and an opt-out in any of them holds. A row that was merged into another ends there, with its opt-outs; an opt-out from mail holds
//! for every lead with the address. A task is added to the
//! lead or contact that it is about; a closed task is a touch at the moment of completion, or on its date. Times are in UTC unless they say
//! otherwise. An id of 15 characters and one of 18 with the same first 15 are one record.

use std::collections::{BTreeMap, BTreeSet};

use crate::book::import::addresses::address;
use crate::book::import::auto_reply::is_automatic;
use crate::book::import::call_outcomes::call_outcome;
use crate::book::import::departure_names::{departure_columns, left_at};
use crate::book::import::json_record::of_field;
use crate::book::import::lead_collector::{LeadCollector, non_empty, set_initiator};
use crate::book::import::merges::follow;
use crate::book::import::opt_out_names::{OptOutName, RefusedByName};
use crate::book::import::table::{ColumnNaming, ImportTable, TableRow, at_column, plain_name};
use crate::book::import::table_header::TableFile;
use crate::book::ingest::record::{AccountRecord, LeadRecord};
use crate::book::lead::{Person, PlannedTouch, Signal};
use crate::book::vocabulary::{Channel, SignalKind, Stage};
use crate::calendar::instant::EARLIEST;
use crate::wording::Sentence;

/// Columns by the names of reports, where these are not those of the API.
const NAMES: ColumnNaming = ColumnNaming::OfSystem(&[
    ("id", &["Lead ID", "Activity ID"]),
    ("company", &["Company / Account"]),
    ("mobile_phone", &["Mobile"]),
    ("has_opted_out_of_email", &["Email Opt Out", "Opted Out of Email"]),
    ("is_converted", &["Converted"]),
    ("is_deleted", &["Deleted"]),
    ("created_date", &["Create Date"]),
    ("number_of_employees", &["Employees", "No. of Employees"]),
    ("last_modified_date", &["Last Modified"]),
]);

/// Columns that say when this version of a row came to be, the surest first.
const VERSION_TIMES: &[&str] = &["_fivetran_start", "system_modstamp", "last_modified_date"];

/// Reads lead and task tables. A row that does not fit is refused.
pub(super) fn read(files: &[(&str, &[u8])], collector: &mut LeadCollector) {
    let (mut leads, mut tasks) = (Vec::new(), Vec::new());
    for (name, bytes) in files {
        let Some(file) = TableFile::open(name, bytes, None, NAMES, collector) else { continue };
        let tables = if file.has("who_id") {
            &mut tasks
        } else if file.has("is_converted") || file.has("last_name") {
            &mut leads
        } else {
            let reason = Sentence::new("import-salesforce-table").with("found", file.found());
            collector.refuse_file(name, reason.clone(), Some(file.header.line));
            file.tell_all(reason, collector);
            continue;
        };
        if file.require(["id"], collector) {
            tables.push(file.read(name, collector));
        } else {
            file.tell_all("import-no-id-column", collector);
        }
    }
    let mut ids = RecordIds::default();
    add_leads(&leads, &mut ids, collector);
    for row in newest(&tasks, collector).into_iter().map(|version| version.row) {
        if row.yes("is_deleted", collector) {
            row.leave_out("import-salesforce-deleted", collector);
        } else if let Err(why) = task(&row, &mut ids, collector) {
            row.refuse(why, collector);
        }
    }
    for table in leads.iter().chain(&tasks) {
        table.account(collector);
    }
}

/// The ids of records as they were first written, by their first 15 characters. Salesforce writes an id with 15 characters, of which the
/// capitals count, or with 18, of which the last three only repeat the capitals.
#[derive(Default)]
struct RecordIds {
    written: BTreeMap<String, String>,
}

impl RecordIds {
    /// The id as it was first written; `None` for an empty text.
    fn of(&mut self, text: &str) -> Option<String> {
        let text = non_empty(text)?;
        Some(self.written.entry(record_key(&text).to_owned()).or_insert(text).clone())
    }
}

/// What says which record an id means.
fn record_key(id: &str) -> &str {
    let is_long = id.len() == 18 && id.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if is_long { id.get(..15).unwrap_or(id) } else { id }
}

/// The newest version of a record.
struct Version<'t> {
    row: TableRow<'t>,
    /// What it says about opt-outs, or, where it does not say, what an older one does.
    opt_outs: OptOuts,
}

/// Whether somebody refuses mail, and calls; `None` where nothing says so. A yes in a column of the team's own (`SMS_Opt_Out__c`) in any
/// version holds.
#[derive(Clone, Copy, Default)]
struct OptOuts {
    email: Option<bool>,
    calls: Option<bool>,
    by_name: RefusedByName,
}

impl OptOuts {
    /// What a row says; `others` are the columns that refuse contact by their name.
    fn of(row: &TableRow<'_>, others: &[(String, OptOutName)], collector: &mut LeadCollector) -> Self {
        let mut says = |column: &str| {
            let refuses = row.opted_out(&[column], collector);
            (refuses || !row.get(column).is_empty()).then_some(refuses)
        };
        let (email, calls) = (says("has_opted_out_of_email"), says("do_not_call"));
        Self { email, calls, by_name: row.refused(others, collector) }
    }

    /// What these say and, where they do not, what the older ones do.
    fn over(self, older: Self) -> Self {
        let by_name = self.by_name.or(older.by_name);
        Self { email: self.email.or(older.email), calls: self.calls.or(older.calls), by_name }
    }

    /// A yes in either.
    fn or(self, other: Self) -> Self {
        let by_name = self.by_name.or(other.by_name);
        Self { email: self.email.max(other.email), calls: self.calls.max(other.calls), by_name }
    }
}

/// The newest version of each record in all files, in order of first appearance.
fn newest<'t>(tables: &'t [ImportTable], collector: &mut LeadCollector) -> Vec<Version<'t>> {
    let mut versions: Vec<Version<'t>> = Vec::new();
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    let with_columns = tables.iter().map(|table| (table, opt_out_columns(table))).collect::<Vec<_>>();
    for (row, others) in with_columns.iter().flat_map(|(table, others)| table.rows().map(move |row| (row, others))) {
        let id = row.get("id");
        if id.is_empty() {
            row.refuse("import-no-id", collector);
            continue;
        }
        let opt_outs = OptOuts::of(&row, others, collector);
        let Some(known) = places.get(record_key(id)).and_then(|place| versions.get_mut(*place)) else {
            places.insert(record_key(id), versions.len());
            versions.push(Version { row, opt_outs });
            continue;
        };
        let times = VERSION_TIMES.iter().find_map(|column| {
            Some((known.row.version_time(column)?, row.version_time(column)?)).filter(|(known, this)| known != this)
        });
        let is_newer = times.is_none_or(|(known, this)| this > known);
        let older = if is_newer { std::mem::replace(&mut known.row, row) } else { row };
        known.opt_outs = match times {
            // A newer version that says no: mail or calls were asked for again.
            Some(_) if is_newer => opt_outs.over(known.opt_outs),
            Some(_) => known.opt_outs.over(opt_outs),
            None => known.opt_outs.or(opt_outs),
        };
        older.leave_out("import-older-version", collector);
    }
    versions
}

/// The columns of the team's own that refuse contact by their name.
fn opt_out_columns(table: &ImportTable) -> Vec<(String, OptOutName)> {
    let mut columns = table.opt_out_columns();
    let own = ["hasoptedoutofemail", "emailoptout", "optedoutofemail", "donotcall"];
    columns.retain(|(name, _)| !own.contains(&plain_name(name).as_str()));
    columns
}

/// Adds the leads of all lead tables. What a record refuses that was merged into another (Salesforce marks it as deleted) holds for that one,
/// and who refuses mail refuses it in every record with the same address.
fn add_leads(tables: &[ImportTable], ids: &mut RecordIds, collector: &mut LeadCollector) {
    let versions = newest(tables, collector);
    let deleted: Vec<bool> = versions.iter().map(|version| version.row.yes("is_deleted", collector)).collect();
    let keys: Vec<&str> = versions.iter().map(|version| record_key(version.row.get("id"))).collect();
    let live: BTreeSet<&str> =
        keys.iter().zip(&deleted).filter(|(_, deleted)| !**deleted).map(|(key, _)| *key).collect();
    let masters: BTreeMap<&str, &str> = keys
        .iter()
        .zip(&versions)
        .map(|(key, version)| (*key, record_key(version.row.get("master_record_id"))))
        .filter(|(key, master)| !master.is_empty() && master != key)
        .collect();
    let now = follow(keys.iter().copied(), |key| masters.get(key).copied(), |key| live.contains(key)).now;
    // By record: what the records refuse that were merged into it, and their ids.
    let mut merged: BTreeMap<&str, (OptOuts, Vec<String>)> = BTreeMap::new();
    for (key, version) in keys.iter().zip(&versions) {
        if let Some(master) = now.get(key).filter(|master| *master != key) {
            let (opt_outs, aliases) = merged.entry(master).or_default();
            *opt_outs = opt_outs.or(version.opt_outs);
            aliases.push(version.row.get("id").to_owned());
        }
    }
    let opt_outs_of = |version: &Version<'_>| {
        let of_merged = merged.get(record_key(version.row.get("id"))).map(|(opt_outs, _)| *opt_outs);
        version.opt_outs.or(of_merged.unwrap_or_default())
    };
    let address = |row: &TableRow<'_>| address(row.get("email"));
    let refuses_mail = |opt_outs: OptOuts| opt_outs.email == Some(true) || opt_outs.by_name.mail;
    let refusing = versions.iter().filter(|version| refuses_mail(opt_outs_of(version)));
    let refused: BTreeSet<String> =
        refusing.map(|version| address(&version.row)).filter(|address| !address.is_empty()).collect();
    for (version, deleted) in versions.iter().zip(deleted) {
        let row = &version.row;
        let mut opt_outs = opt_outs_of(version);
        if refused.contains(&address(row)) {
            opt_outs.email = Some(true);
        }
        if deleted {
            row.leave_out("import-salesforce-deleted", collector);
            continue;
        }
        let aliases = merged.get(record_key(row.get("id"))).map_or(&[][..], |(_, aliases)| aliases.as_slice());
        match lead(row, opt_outs, aliases, ids, collector) {
            Ok(lead) => collector.add_from(lead, Some(row.table.file.clone()), Some(row.line)),
            Err(why) => row.set_aside(row.get("id"), vec![(String::new(), why)], collector),
        }
    }
}

fn lead(
    row: &TableRow<'_>,
    opt_outs: OptOuts,
    merged: &[String],
    ids: &mut RecordIds,
    collector: &mut LeadCollector,
) -> Result<LeadRecord, Sentence> {
    let time = |column: &str| row.time(column).map_err(|why| at_column(column, why));
    let id = ids.of(row.get("id")).unwrap_or_default();
    let mut person = Person {
        id: id.clone(),
        aliases: merged.iter().filter_map(|id| ids.of(id)).collect(),
        name: row.full_name("first_name", "last_name").or_else(|| non_empty(row.get("name"))),
        title: non_empty(row.get("title")),
        do_not_email: opt_outs.email == Some(true),
        do_not_call: opt_outs.calls == Some(true),
        ..Person::default()
    };
    let created_at = time("created_date")?;
    let stop_of_texts = opt_outs.by_name.stop(&mut person, created_at.unwrap_or(EARLIEST));
    person.left_at = left_at(row, &departure_columns(row.table), VERSION_TIMES, collector);
    let contact = ids.of(row.get("converted_contact_id"));
    person.human = Some(human(contact.as_ref().unwrap_or(&person.id)));
    person.aliases.extend(contact);
    if !row.get("email").is_empty() {
        person.channels.push(Channel::Email);
    }
    if !row.first(&["phone", "mobile_phone"]).is_empty() {
        person.channels.push(Channel::Phone);
    }
    let converted = row.yes("is_converted", collector);
    Ok(LeadRecord {
        id,
        name: non_empty(row.first(&["company", "name"])),
        account: Some(AccountRecord {
            id: ids.of(row.get("converted_account_id")),
            name: non_empty(row.get("company")),
            industry: non_empty(row.get("industry")),
            employees: row.whole_number("number_of_employees", collector),
            ..AccountRecord::default()
        }),
        stage: converted.then_some(Stage::Consideration),
        stage_since: if converted { time("converted_date")? } else { None },
        created_at,
        source: non_empty(row.get("lead_source")),
        country: row.country(&["country_code", "country"], collector),
        owner: ids.of(row.get("owner_id")),
        people: vec![person],
        signals: stop_of_texts.into_iter().collect(),
        ..LeadRecord::default()
    })
}

/// The human by the id of their contact, or of their lead when it was not converted: by its first 15 characters, so that exports with ids of
/// either length name the same human.
fn human(id: &str) -> String {
    format!("salesforce-{}", record_key(id))
}

fn task(row: &TableRow<'_>, ids: &mut RecordIds, collector: &mut LeadCollector) -> Result<(), Sentence> {
    let id = row.get("id");
    let about = Sentence::new("import-task").with("id", id);
    let time = |column: &str| row.time(column).map_err(|why| of_field(&about, column, why));
    let who = ids
        .of(row.first(&["who_id", "account_id", "what_id"]))
        .ok_or_else(|| Sentence::new("import-task-of-nobody").with("id", id))?;
    let channel = match row.first(&["task_subtype", "type"]).to_lowercase().as_str() {
        "call" => Some(Channel::Phone),
        "email" | "listemail" => Some(Channel::Email),
        "linkedin" | "social" => Some(Channel::Social),
        _ => None,
    };
    let closed = row.yes("is_closed", collector);
    let at = if closed { time("completed_date_time")?.or(time("activity_date")?) } else { time("activity_date")? };
    let Some(at) = at else {
        row.leave_out("import-task-without-time", collector);
        return Ok(());
    };
    if !collector.within(at) {
        row.leave_out("import-task-later", collector);
        return Ok(());
    }
    let rep = ids.of(row.get("owner_id"));
    let disposition = row.get("call_disposition");
    let outcome = call_outcome(disposition);
    if outcome.is_some() {
        row.understood(&["call_disposition"]);
    } else if !disposition.is_empty() {
        row.refuse_cell("call_disposition", disposition, "import-cell-no-outcome", collector);
    }
    let inbound = row.get("call_type").eq_ignore_ascii_case("inbound");
    let account = ids.of(row.get("account_id"));
    let is_person = !row.get("who_id").is_empty();
    if !closed && channel.is_none() {
        row.tell("import-task-not-done", collector);
    }
    if row.whole_number("who_count", collector).is_some_and(|people| people > 1) {
        collector.leave_out("import-further-people");
    }
    let mut left_out = None;
    // A task may be about the contact that a lead was converted to.
    let lead_id = collector.lead_of_person(&who).unwrap_or_else(|| who.clone());
    collector.change(&lead_id, Some(row.line), |lead| {
        if is_person && lead.people.is_empty() {
            lead.people.push(Person { id: who.clone(), human: Some(human(&who)), ..Person::default() });
        }
        if lead.account.is_none() {
            lead.account = account.map(|id| AccountRecord { id: Some(id), ..AccountRecord::default() });
        }
        let person = is_person.then(|| who.clone());
        match (closed, channel) {
            (false, Some(channel)) => lead.planned.push(PlannedTouch { at, channel, person, rep, zone: None }),
            (false, None) => left_out = Some("import-task-not-done"),
            (true, _) => {
                // Salesforce writes "Email: " before the subject of a mail, and does not say whose mail it is.
                let subject = row.get("subject");
                let automatic =
                    channel == Some(Channel::Email) && is_automatic(subject.strip_prefix("Email: ").unwrap_or(subject));
                let kind = match channel {
                    Some(Channel::Phone) => SignalKind::Call,
                    Some(Channel::Email) if automatic => SignalKind::AutoReply,
                    Some(Channel::Email) => SignalKind::Email,
                    Some(_) => SignalKind::Message,
                    None => SignalKind::Note,
                };
                let mut signal = Signal::new(at, kind);
                signal.topic = non_empty(subject);
                signal.person = person;
                signal.channel = channel;
                let ours = channel.is_some() && !inbound && !automatic;
                set_initiator(&mut signal, ours, rep);
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
