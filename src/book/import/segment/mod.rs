//! Imports files of calls to Segment (JSON objects), as its specification describes them: `track`, `page`, `screen`, `identify`, `alias` and
//! `group`.
//!
//! Each human becomes a lead with one person. The id of both is the `userId`, or `anonymousId` of somebody who never was identified; a
//! human's other ids become aliases of the person ([`identities`]). A `track`, `page` or `screen` call adds an inbound signal, whose kind
//! the name of the event tells ([`event_names`]). The traits of any call (name, title, mail address, phone number, country) and its time
//! zone are taken over ([`traits`]); of two calls that give the same one, that of the later call is kept, by time and not by place in the
//! file. A group is the account of its members.

mod event_names;
mod identities;
mod traits;

use std::collections::{BTreeMap, BTreeSet};

use crate::book::import::json::records;
use crate::book::import::json_record::{JsonField, JsonRecord};
use crate::book::import::lead_collector::LeadCollector;
use crate::book::import::opt_out_names::{channel_of, words};
use crate::book::import::segment::event_names::{
    EventMeaning, meaning, opt_in_trait, opt_out_status, opt_out_trait, subscribed_trait,
};
use crate::book::import::segment::identities::{CallIds, Identities};
use crate::book::import::segment::traits::{GroupTraits, UserTraits};
use crate::book::ingest::record::LeadRecord;
use crate::book::lead::{Person, Signal};
use crate::book::vocabulary::{Channel, Direction, SignalKind};
use crate::calendar::Instant;
use crate::calendar::instant::EARLIEST;
use crate::wording::Sentence;
use crate::{limits, order};

/// A call that belongs to somebody.
struct Call {
    record: JsonRecord,
    call_type: CallType,
    ids: CallIds,
    at: Instant,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum CallType {
    Track,
    Page,
    Identify,
    Alias,
    Group,
}

/// Reads files, each a name and its bytes, and adds their calls to the leads of the collector. An invalid call is refused with its file and
/// line; the others are read.
pub(super) fn read(files: &[(&str, &[u8])], collector: &mut LeadCollector) {
    let mut calls: Vec<Call> = Vec::new();
    // The opt-outs of calls that are not taken in, because of their time: they hold all the same.
    let mut opt_outs: Vec<(CallIds, EventMeaning)> = Vec::new();
    // Segment sends a call again until it was received, each time with the same id.
    let mut message_ids: BTreeSet<String> = BTreeSet::new();
    for (name, bytes) in files {
        let records = records(name, bytes, collector);
        for record in records.into_iter().flat_map(|record| calls_in(record, collector)).collect::<Vec<_>>() {
            let message_id = record.get("messageId");
            message_id.leave_out("import-only-to-know-copies");
            if message_id.peek().is_some_and(|id| !message_ids.insert(id)) {
                record.leave_out("import-call-again", collector);
                continue;
            }
            match call(&record) {
                Ok((_, ids, at)) if !collector.within(at) => {
                    opt_outs.extend(opt_outs_of(&record).map(|meaning| (ids.clone(), meaning)));
                    record.leave_out("import-call-later", collector);
                }
                Ok((Some(call_type), ids, at)) => calls.push(Call { record, call_type, ids, at }),
                Ok((None, ..)) => {
                    let call_type = record.get("type").peek().unwrap_or_default();
                    record.leave_out(Sentence::new("import-call-type").with("type", call_type), collector);
                }
                Err(why) => {
                    let ids = call_ids(&record);
                    opt_outs.extend(opt_outs_of(&record).map(|meaning| (ids.clone(), meaning)));
                    record.refuse(why, collector);
                }
            }
        }
    }
    let ids = calls.iter().map(|call| &call.ids).chain(opt_outs.iter().map(|(ids, _)| ids));
    let identities = Identities::new(ids);
    add_people(&calls, &identities, collector);
    for (ids, meaning) in &opt_outs {
        let sharers = identities.sharers(ids).into_iter().cloned();
        for id in identities.lead_of(ids).into_iter().chain(sharers) {
            if let Some(lead) = collector.find(&id) {
                stop(lead, *meaning);
            }
        }
    }
    // What a call changes depends on the order of time; calls of the same moment stay in file order.
    order::sort_by_key(&mut calls, |call| call.at);
    let mut users: BTreeMap<String, UserTraits<'_>> = BTreeMap::new();
    let mut groups: BTreeMap<String, GroupTraits<'_>> = BTreeMap::new();
    for call in &calls {
        let Some(lead_id) = identities.lead_of(&call.ids) else { continue };
        let user = users.entry(lead_id.clone()).or_default();
        add_traits(call, user, &mut groups);
        // Some senders use the address as the id.
        for id in call.ids.user.iter().chain(&call.ids.previous).chain(&call.ids.anonymous) {
            collector.addresses.add(None, &lead_id, id);
        }
        for traits in [call.record.get("context").get("traits"), call.record.get("traits")] {
            if let Some(mail) = traits.get("email").peek() {
                collector.addresses.add(None, &lead_id, &mail);
            }
        }
        let (signals, objects) = signals(call);
        for signal in signals {
            // An unsubscribe on a shared device holds for all who use it.
            let others = identities.sharers(&call.ids).into_iter();
            let others = others.filter(|other| signal.kind == SignalKind::Unsubscribe && **other != lead_id);
            for id in std::iter::once(&lead_id).chain(others) {
                collector.change(id, Some(call.record.line), |lead| {
                    lead.people.iter_mut().for_each(|person| person.objected |= objects);
                    lead.signals.push(Signal { person: Some(id.clone()), ..signal.clone() });
                });
            }
        }
    }
    collector.each(|lead| {
        if let Some(user) = users.get(&lead.id) {
            user.fill(lead, &groups);
        }
    });
    for call in &calls {
        let lead = identities.lead_of(&call.ids);
        let about = lead
            .map_or_else(|| Sentence::new("import-call"), |lead| Sentence::new("record-of-lead").with("lead", lead));
        call.record.close(&about, collector);
    }
}

/// The calls of a batch, or the record itself, which is a call.
fn calls_in(mut record: JsonRecord, collector: &mut LeadCollector) -> Vec<JsonRecord> {
    match record.take("batch") {
        Some(batch) if batch.is_list() => {
            record.close(&"import-batch".into(), collector);
            batch.elements().into_iter().map(|(_, call)| call).collect()
        }
        Some(batch) => {
            batch.refuse("import-no-batch", collector);
            vec![]
        }
        None => vec![record],
    }
}

/// The type (`None` for one that says nothing about a lead), ids and moment of a call.
///
/// # Errors
/// Why the call is invalid: it has no user, type or valid time, or is a `track` call without an event.
fn call(record: &JsonRecord) -> Result<(Option<CallType>, CallIds, Instant), Sentence> {
    let mut ids = call_ids(record);
    if ids.user.is_none() && ids.anonymous.is_none() {
        return Err("import-call-of-nobody".into());
    }
    let call_type = match record.get("type").word().ok_or("import-call-without-type")?.to_lowercase().as_str() {
        "track" if !record.get("event").is_known() => return Err("import-call-without-event".into()),
        "track" => Some(CallType::Track),
        "page" | "screen" => Some(CallType::Page),
        "identify" => Some(CallType::Identify),
        "alias" => {
            ids.previous = record.get("previousId").text();
            Some(CallType::Alias)
        }
        "group" => Some(CallType::Group),
        _ => None,
    };
    let times = ["timestamp", "originalTimestamp", "receivedAt", "sentAt"].map(|key| record.get(key));
    let at = times.into_iter().find(|time| time.is_known()).ok_or("import-call-without-time")?;
    let at = at.time(Instant::parse)?.ok_or("import-call-without-time")?;
    Ok((call_type, ids, at))
}

fn call_ids(record: &JsonRecord) -> CallIds {
    CallIds { user: record.get("userId").text(), anonymous: record.get("anonymousId").text(), previous: None }
}

/// What an event means: by its name and, for an unsubscribe whose name says no channel, by the property that does (`channel`: `sms`).
fn meaning_of(event: &str, record: &JsonRecord) -> EventMeaning {
    let meaning = meaning(event);
    let is_open = meaning.kind == SignalKind::Unsubscribe && meaning.channel.is_none() && !meaning.objects;
    let properties = record.get("properties");
    let named = ["channel", "medium"].into_iter().filter(|_| is_open).find_map(|key| {
        let channel = channel_of(&words(&properties.get(key).peek()?))?;
        properties.get(key).word();
        Some(channel)
    });
    EventMeaning { channel: named.or(meaning.channel), ..meaning }
}

/// The opt-outs that a call tells of, by the name of its event or by traits.
fn opt_outs_of(record: &JsonRecord) -> impl Iterator<Item = EventMeaning> {
    let event = record.get("event").peek().map(|event| meaning_of(&event, record));
    let event = event.filter(|meaning| meaning.kind == SignalKind::Unsubscribe);
    event.into_iter().chain(opt_outs_in_traits(record).map(|(meaning, _)| meaning))
}

/// The opt-outs among the traits and properties of a call, also of an object among them, each with the name: a yes to an opt-out, a no to an
/// opt-in, a status that says it (`subscription_status: "unsubscribed"`), and where no opt-in is a yes, a no to `subscribed`.
fn opt_outs_in_traits(record: &JsonRecord) -> impl Iterator<Item = (EventMeaning, &str)> {
    let known = move || {
        let objects = [record.get("traits"), record.get("context").get("traits"), record.get("properties")];
        let members = objects.into_iter().flat_map(JsonField::members);
        let within = |(name, value)| std::iter::once((name, value)).chain(JsonField::members(value));
        members.flat_map(within).filter(|(_, value)| value.is_known())
    };
    let opted_in = known().any(|(name, value)| opt_in_trait(name).is_some() && value.truth() == Some(true));
    known().filter_map(move |(name, value)| {
        let opt_out = opt_out_trait(name).filter(|_| value.opts_out());
        let opt_in = || opt_in_trait(name).or_else(|| subscribed_trait(name).filter(|_| !opted_in));
        let opt_out = opt_out.or_else(|| opt_in().filter(|_| value.truth() == Some(false)));
        let opt_out = opt_out.or_else(|| value.peek().and_then(|status| opt_out_status(name, &status)));
        Some((opt_out?, name))
    })
}

/// Stops the person of a lead for an opt-out whose moment is not known, or lies after the moment up to which was asked for.
fn stop(lead: &mut LeadRecord, opt_out: EventMeaning) {
    for person in &mut lead.people {
        match opt_out.channel {
            _ if opt_out.objects => person.objected = true,
            None => person.do_not_email = true,
            Some(Channel::Phone) => person.do_not_call = true,
            Some(channel) => {
                // No flag stops this channel: since the lead is there.
                let mut signal = Signal::new(lead.created_at.unwrap_or(EARLIEST), SignalKind::Unsubscribe);
                signal.person = Some(person.id.clone());
                signal.channel = Some(channel);
                signal.direction = Some(Direction::Inbound);
                lead.signals.push(signal);
            }
        }
    }
}

/// Adds a lead with its person for each human, in the order of the files, and tells which anonymous ids are of several users.
fn add_people(calls: &[Call], identities: &Identities, collector: &mut LeadCollector) {
    let mut other_ids = identities.other_ids();
    let mut shared: BTreeMap<&str, String> = BTreeMap::new();
    for call in calls {
        let Some(lead_id) = identities.lead_of(&call.ids) else { continue };
        let users: Vec<&str> = identities.sharers(&call.ids).into_iter().map(String::as_str).collect();
        let anonymous = call.ids.anonymous.as_deref().filter(|_| call.ids.user.is_none() && !users.is_empty());
        if let Some(anonymous) = anonymous {
            shared.insert(anonymous, users.join(", "));
        }
        collector.change(&lead_id, Some(call.record.line), |lead| {
            lead.created_at = Some(lead.created_at.map_or(call.at, |earlier| earlier.min(call.at)));
            if lead.people.is_empty() {
                let mut aliases = other_ids.remove(&lead_id).unwrap_or_default();
                aliases.truncate(limits::ENTRIES);
                let human = Some(format!("segment-user-{lead_id}"));
                lead.people.push(Person { id: lead_id.clone(), aliases, human, ..Person::default() });
            }
        });
    }
    for (anonymous, users) in shared {
        collector.intake.note(Sentence::new("import-shared-device").with("device", anonymous).with("users", users));
    }
}

/// Takes over the traits of a call: of the user, and of the group that it names.
fn add_traits<'c>(call: &'c Call, user: &mut UserTraits<'c>, groups: &mut BTreeMap<String, GroupTraits<'c>>) {
    let context = call.record.get("context");
    user.add_zone(context.get("timezone"));
    user.add(context.get("traits"));
    let own = call.record.get("traits");
    let group_id = if call.call_type == CallType::Group { call.record.get("groupId") } else { context.get("groupId") };
    user.add_group(group_id);
    match group_id.peek().filter(|_| call.call_type == CallType::Group) {
        Some(group) => groups.entry(group).or_default().add(own),
        None => user.add(own),
    }
}

/// The signals of a call, without their person, and whether they object to any contact.
fn signals(call: &Call) -> (Vec<Signal>, bool) {
    let record = &call.record;
    let own = match call.call_type {
        CallType::Track => {
            let event = record.get("event").text().unwrap_or_default();
            let properties = record.get("properties");
            let title = ["title", "name", "url"].iter().find_map(|key| properties.get(key).text());
            let topic = title.map_or_else(|| event.clone(), |title| format!("{event}: {title}"));
            Some((meaning_of(&event, record), Some(topic)))
        }
        CallType::Page => {
            let page = record.get("context").get("page");
            let paths = [record.get("name"), record.get("properties").get("path"), page.get("path")];
            Some((EventMeaning::VISIT, paths.into_iter().find_map(JsonField::text)))
        }
        CallType::Identify | CallType::Alias | CallType::Group => None,
    };
    let in_traits = opt_outs_in_traits(record).map(|(meaning, name)| (meaning, Some(name.to_owned())));
    let told = own.into_iter().chain(in_traits);
    let mut objects = false;
    let signals = told.map(|(meaning, topic)| {
        objects |= meaning.objects;
        let mut signal = Signal::new(call.at, meaning.kind);
        signal.topic = topic;
        signal.channel = meaning.channel;
        signal.direction = Some(Direction::Inbound);
        signal
    });
    (signals.collect(), objects)
}
