//! Pipedrive: deals, leads, activities, persons and organisations as its API returns them, in version 1 or 2: records one a line, bare or as
//! `{"stream": ..., "data": ...}`, and pages (`{"success": true, "data": [...]}`).
//!
//! A deal becomes the lead `deal-<id>`, a Pipedrive lead `lead-<id>`; activities join them, or stand for a lead of their person or
//! organisation. A person or organisation of no deal, lead or activity becomes the lead `person-<id>` or `org-<id>`. What Pipedrive marks as
//! deleted is left out and counted. Times are in UTC, which version 1 does not say. `records` reads deals, leads, persons and organisations,
//! and `activities` activities.

mod activities;
mod records;

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use crate::book::import::json::records as json_records;
use crate::book::import::json_record::{JsonField, JsonRecord};
use crate::book::import::lead_collector::LeadCollector;
use crate::book::import::pipedrive::activities::activity;
use crate::book::import::pipedrive::records::{Organisation, PersonDetails, deal, lead, mails};
use crate::book::import::times::utc_to_compare;
use crate::book::ingest::record::{AccountRecord, LeadRecord};
use crate::calendar::Instant;
use crate::wording::Sentence;

/// What a record is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum RecordKind {
    Deal,
    Lead,
    Activity,
    Person,
    Organisation,
}

/// Reads the lead of a record, or says why it is none.
type LeadReader = fn(&JsonRecord) -> Result<LeadRecord, Sentence>;

/// The records of all files by kind, each kind in file order.
type Records = BTreeMap<RecordKind, Vec<PipedriveRecord>>;

struct PipedriveRecord {
    record: JsonRecord,
    /// True when it came along with a page because its records refer to it; such a person or organisation makes no lead.
    related: bool,
}

/// Reads files of records.
pub(super) fn read(files: &[(&str, &[u8])], collector: &mut LeadCollector) {
    let mut sorted: Records = BTreeMap::new();
    for (name, bytes) in files {
        for record in json_records(name, bytes, collector) {
            sort(record, &mut sorted, collector);
        }
    }
    let mut of_kind = |kind| sorted.remove(&kind).unwrap_or_default();
    // The ids of deals and leads that were left out or refused: their activities do not bring them back.
    let mut not_taken: BTreeSet<String> = BTreeSet::new();
    let readers: [(RecordKind, LeadReader); 2] = [(RecordKind::Deal, deal), (RecordKind::Lead, lead)];
    for (kind, read) in readers {
        let word = if kind == RecordKind::Deal { "deal" } else { "lead" };
        let records = of_kind(kind);
        // Of those that another record of the same file or of another says to be deleted: when, where it says.
        let mut deleted: BTreeMap<String, Option<(Instant, u32)>> = BTreeMap::new();
        for PipedriveRecord { record, .. } in records.iter().filter(|one| counts_no_longer(&one.record, kind)) {
            let newest = deleted.entry(record.get("id").peek().unwrap_or_default()).or_default();
            *newest = changed_at(record).max(*newest);
        }
        let newest = newest_of_each(&records);
        for (nth, PipedriveRecord { record, .. }) in records.into_iter().enumerate() {
            let id = record.get("id").peek().map(|id| format!("{word}-{id}"));
            let was_deleted = record.get("id").peek().and_then(|id| deleted.get(&id)).is_some_and(|deleted| {
                deleted.zip(changed_at(&record)).is_none_or(|(deleted, changed)| deleted >= changed)
            });
            if was_deleted {
                let is_deal = kind == RecordKind::Deal;
                let reason = if is_deal { "import-deal-deleted" } else { "import-lead-deleted" };
                record.leave_out(reason, collector);
                not_taken.extend(id);
                continue;
            }
            if !newest.contains(&nth) {
                record.leave_out("import-older-version", collector);
                continue;
            }
            match read(&record) {
                Ok(lead) => {
                    for person in &lead.people {
                        for mail in mails(record.get("person_id")) {
                            collector.addresses.add(None, &person.id, &mail);
                        }
                    }
                    record.close(&about(&lead.id), collector);
                    collector.add_from(lead, Some(Rc::clone(&record.file)), Some(record.line));
                }
                Err(why) => {
                    record.refuse(why, collector);
                    not_taken.extend(id);
                }
            }
        }
    }
    let activities = of_kind(RecordKind::Activity);
    let newest = newest_of_each(&activities);
    for (nth, PipedriveRecord { record, .. }) in activities.into_iter().enumerate() {
        if !newest.contains(&nth) {
            record.leave_out("import-older-version", collector);
        } else if counts_no_longer(&record, RecordKind::Activity) {
            record.leave_out("import-activity-deleted", collector);
        } else if let Err(why) = activity(&record, &not_taken, collector) {
            record.refuse(why, collector);
        }
    }
    let persons = of_kind(RecordKind::Person);
    let organisations = of_kind(RecordKind::Organisation);
    add_people(&persons, collector);
    add_accounts(&organisations, collector);
}

/// Puts a record, or each record of a page, with those of its kind. What is no record is refused.
fn sort(mut record: JsonRecord, sorted: &mut Records, collector: &mut LeadCollector) {
    let data = record.take("data").or_else(|| record.take("current"));
    let related = record.take("related_objects");
    // What the envelope says the records are: the word of a stream, or of a webhook.
    let words = [record.get("stream"), record.get("meta").get("entity"), record.get("meta").get("object")];
    let stream = words.into_iter().find_map(JsonField::word);
    let elements = match data {
        Some(data) => {
            record.get("success").truth();
            record.close(&"import-page".into(), collector);
            if data.is_list() { data.elements().into_iter().map(|(_, each)| each).collect() } else { vec![data] }
        }
        None if record.has("success") => return record.leave_out("import-empty-page", collector),
        None => vec![record],
    };
    for element in elements {
        let kind = if stream.is_some() { stream.as_deref().and_then(kind_in_words) } else { kind_by_fields(&element) };
        match (kind, &stream) {
            (Some(kind), _) => {
                sorted.entry(kind).or_default().push(PipedriveRecord { record: element, related: false })
            }
            (None, Some(stream)) => {
                element.refuse(Sentence::new("import-stream").with("stream", stream.as_str()), collector)
            }
            (None, None) => {
                element.refuse("import-pipedrive-record", collector);
            }
        }
    }
    for (word, by_id) in related.map(JsonRecord::elements).unwrap_or_default() {
        match kind_in_words(&word).filter(|kind| matches!(kind, RecordKind::Person | RecordKind::Organisation)) {
            Some(kind) => {
                let related = by_id.elements().into_iter();
                let related = related.map(|(_, record)| PipedriveRecord { record, related: true });
                sorted.entry(kind).or_default().extend(related);
            }
            None => by_id.set_aside("import-not-used", collector),
        }
    }
}

/// The kind of record that a word means: the name of a stream, or of a kind of object.
fn kind_in_words(word: &str) -> Option<RecordKind> {
    match word.to_lowercase().as_str() {
        "deals" | "deal" => Some(RecordKind::Deal),
        "leads" | "lead" => Some(RecordKind::Lead),
        "activities" | "activity" => Some(RecordKind::Activity),
        "persons" | "person" => Some(RecordKind::Person),
        "organizations" | "organization" | "organisations" | "organisation" => Some(RecordKind::Organisation),
        _ => None,
    }
}

/// The kind of a record, by the fields that only records of that kind have.
fn kind_by_fields(record: &JsonRecord) -> Option<RecordKind> {
    let has = |keys: &[&str]| keys.iter().any(|key| record.has(key));
    if has(&["is_admin", "role_id", "last_login"]) {
        // A user of Pipedrive is a rep, and no person of a lead.
        None
    } else if has(&["due_date", "marked_as_done_time", "due_time"]) || (record.has("type") && record.has("done")) {
        Some(RecordKind::Activity)
    } else if has(&["stage_id", "pipeline_id", "won_time", "lost_time"])
        || (record.has("title") && record.has("status"))
    {
        Some(RecordKind::Deal)
    } else if record.has("title") && has(&["was_seen", "label_ids", "organization_id", "source_name", "is_archived"]) {
        Some(RecordKind::Lead)
    } else if has(&["marketing_status", "first_name", "last_name", "emails", "phones", "email", "phone", "job_title"]) {
        Some(RecordKind::Person)
    } else if record.has("name") && has(&["people_count", "address", "address_country", "employee_count", "owner_id"]) {
        Some(RecordKind::Organisation)
    } else {
        None
    }
}

/// True when the record says that it was deleted or put away. A deal that was won or lost is no less so in the archive.
fn counts_no_longer(record: &JsonRecord, kind: RecordKind) -> bool {
    let status = record.get("status").peek().unwrap_or_default().to_lowercase();
    let archived = matches!(kind, RecordKind::Deal | RecordKind::Lead)
        && !matches!(status.as_str(), "won" | "lost")
        && record.get("is_archived").is_true();
    // `active_flag` is how version 1 marks what was deleted; a deal has `active`, which is false for one that is won or lost too.
    let inactive = match kind {
        RecordKind::Deal => !matches!(status.as_str(), "won" | "lost") && record.get("active").truth() == Some(false),
        _ => record.get("active_flag").truth() == Some(false),
    };
    status == "deleted" || archived || inactive || ["deleted", "is_deleted"].iter().any(|key| record.get(key).is_true())
}

/// The id that a field gives, as a number or text (version 2) or as an object (version 1).
fn id_of(field: JsonField<'_>) -> Option<String> {
    if field.is_object() { field.get("value").text().or_else(|| field.get("id").text()) } else { field.text() }
}

/// The record that became the lead, person or account of this id, for messages.
fn about(id: &str) -> Sentence {
    let (kind, id) = id.split_once('-').unwrap_or(("", id));
    match kind {
        "deal" => Sentence::new("import-deal").with("id", id),
        "lead" => Sentence::new("record-of-lead").with("lead", id),
        "person" => Sentence::new("import-person").with("id", id),
        _ => Sentence::new("import-organisation").with("id", id),
    }
}

/// When a record was changed last, as far as it says.
fn changed_at(record: &JsonRecord) -> Option<(Instant, u32)> {
    utc_to_compare(&record.get("update_time").peek()?)
}

/// The places of the newest version of each record, by `update_time`; where that does not tell, the last. Records without an id are all newest.
fn newest_of_each(records: &[PipedriveRecord]) -> BTreeSet<usize> {
    let mut newest: BTreeMap<String, (usize, Option<(Instant, u32)>)> = BTreeMap::new();
    let mut places = BTreeSet::new();
    for (nth, PipedriveRecord { record, .. }) in records.iter().enumerate() {
        let Some(id) = record.get("id").peek() else {
            places.insert(nth);
            continue;
        };
        let changed = changed_at(record);
        let known = newest.entry(id).or_insert((nth, changed));
        if known.1.zip(changed).is_none_or(|(known, changed)| changed >= known) {
            *known = (nth, changed);
        }
    }
    places.extend(newest.into_values().map(|(nth, _)| nth));
    places
}

/// Adds what the records of persons say to the people of the leads, and a lead for each person without one.
fn add_people(persons: &[PipedriveRecord], collector: &mut LeadCollector) {
    let mut by_id: BTreeMap<String, (PersonDetails, bool)> = BTreeMap::new();
    let mut order: Vec<(String, &PipedriveRecord)> = Vec::new();
    for each in persons {
        match PersonDetails::read(&each.record) {
            Ok(person) => {
                let id = person.person.id.clone();
                mails(each.record.root()).iter().for_each(|mail| collector.addresses.add(None, &id, mail));
                let makes_lead = !each.related && !counts_no_longer(&each.record, RecordKind::Person);
                match by_id.get_mut(&id) {
                    Some((earlier, lead)) => {
                        earlier.add(&person);
                        *lead |= makes_lead;
                    }
                    None => drop(by_id.insert(id.clone(), (person, makes_lead))),
                }
                order.push((id, each));
            }
            Err(why) => each.record.refuse(why, collector),
        }
    }
    add_merged(persons, &mut by_id);
    let mut used: BTreeSet<String> = BTreeSet::new();
    collector.each(|lead| {
        for known in &mut lead.people {
            let Some((person, _)) = by_id.get(&known.id) else { continue };
            person.fill(known);
            lead.signals.extend(person.stop_of_texts(lead.created_at));
            used.insert(known.id.clone());
            if lead.id == known.id {
                lead.account = lead.account.take().or_else(|| person.account.clone());
                lead.owner = lead.owner.take().or_else(|| person.owner.clone());
            }
        }
    });
    for (id, PipedriveRecord { record, related }) in order {
        let Some((person, makes_lead)) = by_id.get(&id) else { continue };
        if used.insert(id.clone()) {
            if *makes_lead {
                collector.add_from(person.lead(), Some(Rc::clone(&record.file)), Some(record.line));
            } else {
                let reason = if *related { "import-related-person" } else { "import-person-deleted" };
                // What they refused holds for whoever has their address now.
                collector.keep_refusals(person.lead());
                record.leave_out(reason, collector);
                continue;
            }
        }
        record.close(&about(&id), collector);
    }
}

/// Makes what a person refuses who was merged into another (`merge_what_id`) hold for the other, over any number of steps, also in a circle.
fn add_merged(persons: &[PipedriveRecord], by_id: &mut BTreeMap<String, (PersonDetails, bool)>) {
    let into: BTreeMap<String, String> = persons
        .iter()
        .filter_map(|each| {
            let into = each.record.get("merge_what_id").word()?;
            Some((format!("person-{}", each.record.get("id").peek()?), format!("person-{into}")))
        })
        .collect();
    for merged in into.keys() {
        let Some(refused) = by_id.get(merged).map(|(person, _)| person.refused()) else { continue };
        let mut seen: BTreeSet<&String> = BTreeSet::from([merged]);
        let mut next = into.get(merged);
        while let Some(id) = next.filter(|id| seen.insert(id)) {
            if let Some((person, _)) = by_id.get_mut(id) {
                person.refuse(refused);
            }
            next = into.get(id);
        }
    }
}

/// Adds what the records of organisations say to the accounts of the leads, and a lead for each organisation without one.
fn add_accounts(organisations: &[PipedriveRecord], collector: &mut LeadCollector) {
    let mut by_id: BTreeMap<String, Organisation> = BTreeMap::new();
    let mut order: Vec<(String, &PipedriveRecord)> = Vec::new();
    for each in organisations {
        match Organisation::read(&each.record) {
            Ok(organisation) => {
                order.push((organisation.id.clone(), each));
                by_id.entry(organisation.id.clone()).or_insert(organisation);
            }
            Err(why) => each.record.refuse(why, collector),
        }
    }
    let mut used: BTreeSet<String> = BTreeSet::new();
    collector.each(|lead| {
        let account = lead.account.as_mut();
        let found = account.and_then(|account| Some((by_id.get(account.id.as_ref()?)?, account)));
        if let Some((organisation, account)) = found {
            organisation.fill(account);
            used.insert(organisation.id.clone());
        }
    });
    for (id, PipedriveRecord { record, related }) in order {
        let Some(organisation) = by_id.get(&id) else { continue };
        if used.insert(id.clone()) {
            if *related {
                record.leave_out("import-related-organisation", collector);
                continue;
            }
            if counts_no_longer(record, RecordKind::Organisation) {
                record.leave_out("import-organisation-deleted", collector);
                continue;
            }
            let account = AccountRecord { id: Some(id.clone()), ..AccountRecord::default() };
            let mut lead = LeadRecord { id: id.clone(), account: Some(account), ..LeadRecord::default() };
            lead.account.iter_mut().for_each(|account| organisation.fill(account));
            lead.owner.clone_from(&organisation.owner);
            collector.add_from(lead, Some(Rc::clone(&record.file)), Some(record.line));
        }
        record.close(&about(&id), collector);
    }
}
