//! Pipedrive: activities, deals (and leads) as its API returns them, one record a line, bare or as `{"stream": ..., "data": ...}`.
//!
//! A deal becomes the lead `deal-<id>`, a Pipedrive lead `lead-<id>`; activities join them, or stand for a lead of their
//! person or organisation. An activity that is done is a touch at the moment it was marked done; one that is not is a planned touch at its
//! due time. Pipedrive writes times in UTC without saying so.

use serde_json::Value;

use crate::book::import::json::{records, text};
use crate::book::import::lead_collector::{LeadCollector, add_channel, non_empty};
use crate::book::import::times::utc;
use crate::book::ingest::record::{AccountRecord, LeadRecord, PersonRecord};
use crate::book::lead::{PlannedTouch, Signal};
use crate::book::vocabulary::{Channel, Direction, Outcome, SignalKind, Stage};
use crate::calendar::Instant;

/// Reads files of records.
pub(super) fn read(files: &[(&str, &[u8])], collector: &mut LeadCollector) {
    let mut activities = Vec::new();
    for (name, bytes) in files {
        for (record, line) in records(name, bytes, &mut collector.intake) {
            let stream = record.get("stream").and_then(text);
            let data = record.get("data").filter(|data| data.is_object()).unwrap_or(&record).clone();
            let is_activity = data.get("due_date").is_some() || stream.as_deref() == Some("activities");
            let is_deal = data.get("stage_id").is_some() || stream.as_deref() == Some("deals");
            if is_activity {
                activities.push((*name, data, line));
            } else if is_deal {
                match deal(&data) {
                    Ok(lead) => collector.add(lead, Some(line)),
                    Err(why) => collector.intake.refuse(*name, why, Some(line)),
                }
            } else {
                let what = stream.map_or_else(
                    || "is neither a deal nor an activity".to_owned(),
                    |stream| format!("the stream \"{stream}\" is not read"),
                );
                collector.intake.refuse(*name, what, Some(line));
            }
        }
    }
    // Deals first: an activity may stand before its deal.
    for (name, data, line) in activities {
        if let Err(why) = activity(&data, line, collector) {
            collector.intake.refuse(name, why, Some(line));
        }
    }
}

fn deal(deal: &Value) -> Result<LeadRecord, String> {
    let of = |key: &str| deal.get(key).and_then(text);
    let id = of("id").ok_or("a deal without an id")?;
    let time = |key: &str| of(key).map(|at| utc(&at).map_err(|why| format!("deal {id}: {key}: {why}"))).transpose();
    let (stage, since) = match of("status").as_deref() {
        Some("won") => (Some(Stage::Customer), time("won_time")?),
        Some("lost") => (Some(Stage::Lost), time("lost_time")?),
        // The stages of an open deal are the team's own.
        _ => (None, None),
    };
    let mut lead = LeadRecord {
        id: format!("deal-{id}"),
        name: of("title"),
        account: organisation(deal),
        stage,
        stage_since: since,
        created_at: time("add_time")?,
        owner: of("user_id"),
        value: deal.get("value").and_then(Value::as_f64),
        ..LeadRecord::default()
    };
    if let Some(person) = of("person_id") {
        lead.people.push(member(&person, of("person_name")));
    }
    Ok(lead)
}

fn organisation(record: &Value) -> Option<AccountRecord> {
    let id = record.get("org_id").and_then(text)?;
    let name = record.get("org_name").and_then(text);
    Some(AccountRecord { id: Some(format!("org-{id}")), name, ..AccountRecord::default() })
}

/// The person with this Pipedrive id.
fn member(id: &str, name: Option<String>) -> PersonRecord {
    PersonRecord { id: format!("person-{id}"), name, ..PersonRecord::default() }
}

fn activity(activity: &Value, line: u64, collector: &mut LeadCollector) -> Result<(), String> {
    let of = |key: &str| activity.get(key).and_then(text);
    let id = of("id").ok_or("an activity without an id")?;
    let lead_id = of("deal_id")
        .map(|deal| format!("deal-{deal}"))
        .or_else(|| of("lead_id").map(|lead| format!("lead-{lead}")))
        .or_else(|| of("person_id").map(|person| format!("person-{person}")))
        .or_else(|| of("org_id").map(|org| format!("org-{org}")))
        .ok_or_else(|| format!("activity {id} belongs to no deal, lead, person or organisation"))?;
    let kind = of("type").unwrap_or_default();
    let channel = match kind.as_str() {
        "call" => Some(Channel::Phone),
        "email" => Some(Channel::Email),
        "meeting" | "lunch" => Some(Channel::Visit),
        _ => None,
    };
    let done = activity.get("done").is_some_and(|done| done.as_bool() == Some(true) || done.as_i64() == Some(1));
    let due = due(activity, &id)?;
    let marked =
        of("marked_as_done_time").map(|at| utc(&at).map_err(|why| format!("activity {id}: {why}"))).transpose()?;
    let at = if done { marked.or(due) } else { due };
    let added = of("add_time").and_then(|at| utc(&at).ok());
    let mut participants: Vec<(String, Option<String>)> = Vec::new();
    if let Some(person) = of("person_id") {
        participants.push((person, of("person_name")));
    }
    for each in activity.get("participants").and_then(Value::as_array).into_iter().flatten() {
        if let Some(person) =
            each.get("person_id").and_then(text).filter(|id| !participants.iter().any(|(known, _)| known == id))
        {
            participants.push((person, None));
        }
    }
    let account = organisation(activity);
    let within = at.is_none_or(|at| collector.within(at));
    let mut left_out = None;
    collector.change(&lead_id, Some(line), |lead| {
        if lead.name.is_none() {
            lead.name =
                of("deal_title").or_else(|| of("lead_title")).or_else(|| of("org_name")).or_else(|| of("person_name"));
        }
        if lead.account.is_none() {
            lead.account = account;
        }
        lead.created_at = lead.created_at.or(added);
        if lead.owner.is_none() {
            lead.owner = of("user_id");
        }
        if let Some(worth) = activity.get("lead").and_then(|lead| lead.get("deal_value")).and_then(Value::as_f64) {
            lead.value.get_or_insert(worth);
        }
        for (id, name) in &participants {
            let person_id = format!("person-{id}");
            if !lead.people.iter().any(|known| known.id == person_id) {
                lead.people.push(member(id, name.clone()));
            }
            // A person with an activity over a channel can be reached on it.
            if let (Some(channel), Some(person)) =
                (channel, lead.people.iter_mut().find(|person| person.id == person_id))
            {
                add_channel(person, channel);
            }
        }
        let person = participants.first().map(|(id, _)| format!("person-{id}"));
        let rep = of("assigned_to_user_id").or_else(|| of("user_id"));
        match (at, channel) {
            _ if !within => left_out = Some("an activity after the moment up to which was asked for"),
            (Some(at), Some(channel)) if !done => {
                lead.planned.push(PlannedTouch { at, channel, person, rep, zone: None })
            }
            (Some(at), _) if done => {
                let (kind, outcome) = match channel {
                    Some(Channel::Phone) => (SignalKind::Call, None),
                    Some(Channel::Email) => (SignalKind::Email, None),
                    Some(_) => (SignalKind::Meeting, Some(Outcome::Held)),
                    None => (SignalKind::Note, None),
                };
                let mut signal = Signal::new(at, kind);
                signal.topic = of("subject").and_then(|subject| non_empty(&subject));
                signal.person = person;
                signal.channel = channel;
                signal.direction = Some(if channel.is_some() { Direction::Outbound } else { Direction::Inbound });
                signal.rep = rep.filter(|_| channel.is_some());
                signal.outcome = outcome;
                lead.signals.push(signal);
            }
            (Some(_), None) => left_out = Some("a task or deadline that is not done: no contact moment"),
            (None, _) | (Some(_), Some(_)) => left_out = Some("an activity without a time"),
        }
    });
    if let Some(reason) = left_out {
        collector.leave_out(reason);
    }
    Ok(())
}

/// The due moment. A day without a time of day is no moment.
fn due(activity: &Value, id: &str) -> Result<Option<Instant>, String> {
    let of = |key: &str| activity.get(key).and_then(text);
    match (of("due_date"), of("due_time")) {
        (Some(date), Some(time)) => {
            let seconds = if time.len() == 5 { ":00" } else { "" };
            utc(&format!("{date} {time}{seconds}")).map(Some).map_err(|why| format!("activity {id}: {why}"))
        }
        _ => Ok(None),
    }
}
