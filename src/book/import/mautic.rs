//! Mautic: the contact list of its API, or single contacts. Each contact becomes a lead with one person.
//!
//! Points become the team's own field `points`. The moment of the last activity becomes a visit, because a visit is what Mautic counts as
//! activity. Keys named "..." (placeholders in its documentation) are ignored.
//!
//! A contact that must not be contacted over a channel: mail and calls are flags of the person; texts, which are the channel `chat` here,
//! get an `unsubscribe`; any other channel counts as all of them.

use std::rc::Rc;

use crate::book::import::json::records;
use crate::book::import::json_record::{JsonField, JsonRecord, of_field};
use crate::book::import::lead_collector::{LeadCollector, non_empty};
use crate::book::import::opt_out_names::RefusedByName;
use crate::book::ingest::record::{AccountRecord, LeadRecord};
use crate::book::lead::{FieldValue, Person, Signal};
use crate::book::vocabulary::{Channel, Direction, SignalKind};
use crate::calendar::Instant;
use crate::calendar::instant::EARLIEST;
use crate::wording::Sentence;

/// Reads files of contact lists. A contact that does not fit is refused.
pub(super) fn read(files: &[(&str, &[u8])], collector: &mut LeadCollector) {
    for (name, bytes) in files {
        for mut list in records(name, bytes, collector) {
            let contacts: Vec<JsonRecord> = match (list.take("contacts"), list.take("contact")) {
                (Some(contacts), _) if contacts.is_object() || contacts.is_list() => {
                    contacts.elements().into_iter().filter(|(id, _)| id != "...").map(|(_, each)| each).collect()
                }
                (None, Some(contact)) if contact.is_object() => vec![contact],
                (None, None) if list.get("fields").is_object() => {
                    contact(&list, collector);
                    continue;
                }
                _ => {
                    list.refuse("import-no-contact-list", collector);
                    continue;
                }
            };
            list.get("total").leave_out("import-contact-total");
            for each in contacts {
                contact(&each, collector);
            }
            list.close(&"import-contact-list".into(), collector);
        }
    }
}

/// Adds the lead of a contact, or refuses the contact.
fn contact(contact: &JsonRecord, collector: &mut LeadCollector) {
    match lead(contact, collector) {
        Ok(lead) => {
            contact.close(&Sentence::new("import-contact").with("id", lead.id.as_str()), collector);
            if let Some(mail) = field_of(contact, "email").peek() {
                collector.addresses.add(Some(&lead.id), "p1", &mail);
            }
            collector.add_from(lead, Some(Rc::clone(&contact.file)), Some(contact.line));
        }
        Err(why) => {
            // What they refuse holds for others with their address all the same.
            let mut person = Person { id: "p1".to_owned(), ..Person::default() };
            let id = contact.get("id").peek().unwrap_or_default();
            let signals = stops(contact, &mut person, None);
            if let Some(mail) = field_of(contact, "email").peek() {
                collector.addresses.add(Some(&id), "p1", &mail);
            }
            collector.keep_refusals(LeadRecord { id, people: vec![person], signals, ..LeadRecord::default() });
            contact.refuse(why, collector);
        }
    }
}

/// A field of a contact: all fields by name, or in groups (core, social, personal, professional), where each is an object with a value.
fn field_of<'c>(contact: &'c JsonRecord, key: &str) -> JsonField<'c> {
    let groups = contact.get("fields");
    let in_groups = ["core", "social", "personal", "professional"].map(|group| groups.get(group).get(key));
    let candidates = in_groups.into_iter().map(|field| if field.is_object() { field.get("value") } else { field });
    let all = groups.get("all").get(key);
    if all.is_written() { all } else { candidates.into_iter().find(|field| field.is_written()).unwrap_or(all) }
}

/// The lead of a contact, or why it does not fit.
fn lead(contact: &JsonRecord, collector: &LeadCollector) -> Result<LeadRecord, Sentence> {
    let id = contact.get("id").text().ok_or("import-mautic-contact-without-id")?;
    let about = Sentence::new("import-contact").with("id", id.as_str());
    let time = |field: JsonField<'_>, key: &str| field.time(Instant::parse).map_err(|why| of_field(&about, key, why));
    let field = |key: &str| field_of(contact, key);
    let mut person = Person {
        id: "p1".to_owned(),
        human: Some(format!("mautic-contact-{id}")),
        name: JsonField::full_name(field("firstname"), field("lastname")),
        title: field("position").text(),
        ..Person::default()
    };
    let social = ["linkedin", "twitter", "facebook", "instagram"];
    for (channel, keys) in
        [(Channel::Email, &["email"][..]), (Channel::Phone, &["phone", "mobile"][..]), (Channel::Social, &social[..])]
    {
        if keys.iter().filter(|key| field(key).is_there()).count() > 0 {
            person.channels.push(channel);
        }
    }
    let created_at = time(contact.get("dateAdded"), "dateAdded")?;
    let mut signals = stops(contact, &mut person, created_at);
    let company = field("company");
    let mut lead = LeadRecord {
        id: id.clone(),
        name: company.text().or_else(|| person.name.clone()),
        account: company.text().map(|name| AccountRecord { name: Some(name), ..AccountRecord::default() }),
        created_at,
        country: field("country").country(),
        zone: field("timezone").zone(),
        owner: contact.get("owner").get("id").text().or_else(|| contact.get("owner").text()),
        ..LeadRecord::default()
    };
    if let Some(points) = contact.get("points").number() {
        lead.fields.insert("points".to_owned(), FieldValue::Number(points));
    }
    for tag in contact.get("tags").elements() {
        let tag = if tag.is_object() { tag.get("tag").text() } else { tag.text() };
        if let Some(tag) = tag.and_then(|tag| non_empty(&tag)) {
            lead.fields.insert(format!("tag_{tag}"), FieldValue::Truth(true));
        }
    }
    if let Some(at) = time(contact.get("lastActive"), "lastActive")?.filter(|at| collector.within(*at)) {
        signals.push(inbound(Signal::new(at, SignalKind::PageVisit)));
    }
    lead.signals = signals;
    lead.people.push(person);
    Ok(lead)
}

/// Sets what the contact refuses, and returns the unsubscribes for what no flag stops. Mautic does not always say since when; then since there
/// is a contact (`created_at`).
fn stops(contact: &JsonRecord, person: &mut Person, created_at: Option<Instant>) -> Vec<Signal> {
    let mut signals = Vec::new();
    for stop in contact.get("doNotContact").elements() {
        let word = stop.get("channel").word().map(|channel| channel.to_lowercase());
        let reason = stop.get("reason");
        if reason.peek().as_deref() == Some("0") {
            reason.leave_out("import-no-stop");
            continue;
        }
        reason.leave_out("import-every-stop");
        match word.as_deref() {
            Some("email" | "mail") => person.do_not_email = true,
            Some("phone" | "call" | "voice") => person.do_not_call = true,
            Some("sms" | "text" | "mms" | "whatsapp" | "chat") => {
                let added = stop.get("dateAdded");
                // The stop must not be lost with its time.
                let at = added.time(Instant::parse).unwrap_or_else(|why| added.unreadable(why));
                signals.push(inbound(Signal {
                    channel: Some(Channel::Chat),
                    topic: stop.get("comments").text(),
                    ..Signal::new(at.or(created_at).unwrap_or(EARLIEST), SignalKind::Unsubscribe)
                }));
            }
            _ => {
                stop.get("channel").leave_out("import-unknown-channel");
                person.objected = true;
            }
        }
    }
    // Fields of the team's own that refuse contact.
    let groups = contact.get("fields");
    let fields =
        ["all", "core", "social", "personal", "professional"].into_iter().flat_map(|group| groups.get(group).members());
    signals.extend(RefusedByName::in_fields(fields).stop(person, created_at.unwrap_or(EARLIEST)).map(inbound));
    signals
}

/// A signal of the contact.
fn inbound(signal: Signal) -> Signal {
    Signal { person: Some("p1".to_owned()), direction: Some(Direction::Inbound), ..signal }
}
