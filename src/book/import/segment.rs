//! Imports files of calls to Segment (JSON objects), as its specification describes them: `track`, `page`, `screen` and `identify`.
//!
//! Each user becomes a lead with one person, `p1`. The id of the lead is `userId`, or `anonymousId` where there is none; the two are not
//! joined, so the calls of a user before and after the login are two leads. A `track`, `page` or `screen` call adds an inbound signal. The
//! traits of any call (name, title, mail address, phone number, country) and its time zone are taken over; where two calls of a user give
//! the same one, that of the later call in the files is kept.
//!
//! Event names are the sender's own, so only common words ("Downloaded", "Searched") decide the kind of signal. Every other event, a click
//! on the site among them, is a page visit with the event's name as its topic.

use serde_json::Value;

use crate::book::import::country_code;
use crate::book::import::json::{records, text};
use crate::book::import::lead_collector::{LeadCollector, add_channel, full_name};
use crate::book::ingest::record::PersonRecord;
use crate::book::lead::Signal;
use crate::book::vocabulary::{Channel, Direction, SignalKind};
use crate::calendar::{Instant, Zone};

/// Reads files, each a name and its bytes, and adds their calls to the leads of the collector. An invalid call is refused with its file and
/// line; the others are read.
pub(super) fn read(files: &[(&str, &[u8])], collector: &mut LeadCollector) {
    for (name, bytes) in files {
        for (call, line) in records(name, bytes, &mut collector.intake) {
            if let Err(why) = add_call(&call, line, collector) {
                collector.intake.refuse(*name, why, Some(line));
            }
        }
    }
}

/// Adds a call to the lead of its user. A call after the end of the period to import, or of a type that says nothing about a lead, is left
/// out and counted.
///
/// # Errors
/// Why the call is invalid, as the rest of a sentence: it has no user, type or valid time, or is a `track` call without an event.
fn add_call(call: &Value, line: u64, collector: &mut LeadCollector) -> Result<(), String> {
    let field = |key: &str| call.get(key).and_then(text);
    let user = field("userId").or_else(|| field("anonymousId")).ok_or("has neither userId nor anonymousId")?;
    let call_type = field("type").ok_or("has no type")?;
    let at =
        ["timestamp", "originalTimestamp", "receivedAt"].iter().find_map(|key| field(key)).ok_or("has no timestamp")?;
    let at = Instant::parse(&at)?;
    if !collector.within(at) {
        collector.leave_out("a call after the moment up to which was asked for");
        return Ok(());
    }
    let context = |key: &str| call.get("context").and_then(|context| context.get(key));
    let zone = context("timezone").and_then(text).and_then(|zone| Zone::parse(&zone).ok());
    let signal = match call_type.as_str() {
        "track" => {
            let event = field("event").ok_or("is a track call without an event")?;
            let properties = call.get("properties");
            let title = ["title", "name", "url"].iter().find_map(|key| properties?.get(key).and_then(text));
            let mut signal = Signal::new(at, kind_of(&event));
            signal.topic = Some(title.map_or_else(|| event.clone(), |title| format!("{event}: {title}")));
            Some(signal)
        }
        "page" | "screen" => {
            let path = call.get("properties").and_then(|properties| properties.get("path")).and_then(text);
            let path = path.or_else(|| context("page").and_then(|page| page.get("path")).and_then(text));
            let mut signal = Signal::new(at, SignalKind::PageVisit);
            signal.topic = field("name").or(path);
            Some(signal)
        }
        "identify" => None,
        other => {
            collector.leave_out(format!("a call of type \"{other}\", which says nothing about a lead"));
            return Ok(());
        }
    };
    let traits = call.get("traits").or_else(|| context("traits")).cloned().unwrap_or_default();
    let trait_of = |key: &str| traits.get(key).and_then(text);
    collector.change(&user, Some(line), |lead| {
        lead.created_at = Some(lead.created_at.map_or(at, |earlier| earlier.min(at)));
        if lead.people.is_empty() {
            lead.people.push(PersonRecord { id: "p1".to_owned(), ..PersonRecord::default() });
        }
        if let Some(zone) = zone {
            lead.zone = Some(zone.name().to_owned());
        }
        for person in &mut lead.people {
            let name = full_name(&trait_of("firstName").unwrap_or_default(), &trait_of("lastName").unwrap_or_default());
            if let Some(name) = trait_of("name").or(name) {
                person.name = Some(name);
            }
            for (key, channel) in [("email", Channel::Email), ("phone", Channel::Phone)] {
                if trait_of(key).is_some() {
                    add_channel(person, channel);
                }
            }
            if let Some(title) = trait_of("title") {
                person.title = Some(title);
            }
        }
        if let Some(country) = traits.get("address").and_then(|address| address.get("country")).and_then(text) {
            lead.country = country_code(&country);
        }
        if let Some(mut signal) = signal {
            signal.person = Some("p1".to_owned());
            signal.direction = Some(Direction::Inbound);
            lead.signals.push(signal);
        }
    });
    Ok(())
}

/// The kind of signal of an event, by the first of these parts of words that occurs in its name; a page visit when none does.
fn kind_of(event: &str) -> SignalKind {
    let event = event.to_lowercase();
    let words: [(&[&str], SignalKind); 8] = [
        (&["unsubscrib"], SignalKind::Unsubscribe),
        (&["download"], SignalKind::Download),
        (&["search"], SignalKind::Search),
        (&["form", "signed up", "demo requested", "contact requested"], SignalKind::Form),
        (&["email opened"], SignalKind::Open),
        (&["email link clicked", "email clicked"], SignalKind::Click),
        (&["bounced"], SignalKind::Bounce),
        (&["order completed", "checkout completed", "subscription started"], SignalKind::Order),
    ];
    let found = words.iter().find(|(parts, _)| parts.iter().any(|part| event.contains(part)));
    found.map_or(SignalKind::PageVisit, |(_, kind)| *kind)
}
