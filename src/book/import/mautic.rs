//! Mautic: the contact list of its API. Each contact becomes a lead with one person.
//!
//! Points become the team's own field `points`. The moment of the last activity becomes a visit, because a visit is what Mautic counts as
//! activity. Keys named "..." (placeholders in its documentation) are ignored.

use serde_json::Value;

use crate::book::import::country_code;
use crate::book::import::json::{records, text};
use crate::book::import::lead_collector::{LeadCollector, full_name, non_empty};
use crate::book::ingest::record::{AccountRecord, LeadRecord, PersonRecord};
use crate::book::lead::{FieldValue, Signal};
use crate::book::vocabulary::{Channel, Direction, SignalKind};
use crate::calendar::{Instant, Zone};

/// Reads files of contact lists. A contact that does not fit is refused.
pub(super) fn read(files: &[(&str, &[u8])], collector: &mut LeadCollector) {
    for (name, bytes) in files {
        for (list, line) in records(name, bytes, &mut collector.intake) {
            let contacts: Vec<&Value> = match list.get("contacts") {
                Some(Value::Object(by_id)) => {
                    by_id.iter().filter(|(id, _)| *id != "...").map(|(_, each)| each).collect()
                }
                Some(Value::Array(contacts)) => contacts.iter().collect(),
                _ => {
                    collector.intake.refuse(*name, "is not a contact list: it has no \"contacts\"", Some(line));
                    continue;
                }
            };
            for contact in contacts {
                match lead(contact, collector) {
                    Ok(lead) => collector.add(lead, Some(line)),
                    Err(why) => collector.intake.refuse(*name, why, Some(line)),
                }
            }
        }
    }
}

/// The lead of a contact, or why it does not fit.
fn lead(contact: &Value, collector: &LeadCollector) -> Result<LeadRecord, String> {
    let of = |key: &str| contact.get(key).and_then(text);
    let id = of("id").ok_or("a contact without an id")?;
    let time = |key: &str| {
        of(key).map(|at| Instant::parse(&at).map_err(|why| format!("contact {id}: {key}: {why}"))).transpose()
    };
    let fields = contact.get("fields").and_then(|fields| fields.get("all"));
    let field = |key: &str| fields.and_then(|fields| fields.get(key)).and_then(text);
    let mut person = PersonRecord {
        id: "p1".to_owned(),
        name: full_name(&field("firstname").unwrap_or_default(), &field("lastname").unwrap_or_default()),
        title: field("position"),
        ..PersonRecord::default()
    };
    let social = ["linkedin", "twitter", "facebook", "instagram"];
    for (channel, keys) in
        [(Channel::Email, &["email"][..]), (Channel::Phone, &["phone", "mobile"][..]), (Channel::Social, &social[..])]
    {
        if keys.iter().any(|key| field(key).is_some()) {
            person.channels.push(channel);
        }
    }
    let stops = contact.get("doNotContact").and_then(Value::as_array).cloned().unwrap_or_default();
    for stop in stops {
        match stop.get("channel").and_then(text).as_deref() {
            Some("email") => person.do_not_email = true,
            Some("sms" | "phone") => person.do_not_call = true,
            _ => person.objected = true,
        }
    }
    let mut lead = LeadRecord {
        id: id.clone(),
        name: field("company").or_else(|| person.name.clone()),
        account: field("company").map(|name| AccountRecord { name: Some(name), ..AccountRecord::default() }),
        created_at: time("dateAdded")?,
        country: field("country").and_then(|country| country_code(&country)),
        zone: field("timezone").and_then(|zone| Zone::parse(&zone).ok()).map(|zone| zone.name().to_owned()),
        owner: contact.get("owner").and_then(|owner| owner.get("id")).and_then(text),
        ..LeadRecord::default()
    };
    if let Some(points) = contact.get("points").and_then(Value::as_f64) {
        lead.fields.insert("points".to_owned(), FieldValue::Number(points));
    }
    for tag in contact.get("tags").and_then(Value::as_array).into_iter().flatten() {
        if let Some(tag) = tag.get("tag").and_then(text).and_then(|tag| non_empty(&tag)) {
            lead.fields.insert(format!("tag_{tag}"), FieldValue::Truth(true));
        }
    }
    if let Some(at) = time("lastActive")?.filter(|at| collector.within(*at)) {
        let mut signal = Signal::new(at, SignalKind::PageVisit);
        signal.person = Some("p1".to_owned());
        signal.direction = Some(Direction::Inbound);
        lead.signals.push(signal);
    }
    lead.people.push(person);
    Ok(lead)
}
