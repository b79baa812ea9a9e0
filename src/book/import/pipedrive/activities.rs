//! Reads activities of Pipedrive: calls, mails, meetings, tasks.
//!
//! One that is done is a touch at the moment it was marked done; one that is not is a planned touch at its due time. It is one of each person
//! who took part.

use std::collections::BTreeSet;

use crate::book::import::auto_reply::is_automatic;
use crate::book::import::json_record::{JsonRecord, of_field};
use crate::book::import::lead_collector::{LeadCollector, add_channel, set_initiator};
use crate::book::import::pipedrive::id_of;
use crate::book::import::pipedrive::records::{account, first, member, time};
use crate::book::import::times::utc;
use crate::book::lead::{PlannedTouch, Signal};
use crate::book::vocabulary::{Channel, Outcome, SignalKind};
use crate::calendar::Instant;
use crate::wording::Sentence;

/// Adds an activity to the lead that it belongs to. `not_taken` are the ids of the leads that were left out or refused: an activity
/// of such a one goes to another lead of its person, where there is one.
///
/// # Errors
/// Why the activity does not fit.
pub(super) fn activity(
    activity: &JsonRecord,
    not_taken: &BTreeSet<String>,
    collector: &mut LeadCollector,
) -> Result<(), Sentence> {
    let id = activity.get("id").text().ok_or("import-activity-without-id")?;
    let about = Sentence::new("import-the-activity").with("id", id);
    // The person of the activity first, then the others who took part.
    let mut people = Vec::new();
    let own = first(activity, &["person_id", "primary_person_id"]);
    people.extend(id_of(own).map(|id| (id, own, activity.get("person_name"))));
    for each in activity.get("participants").elements() {
        let person = each.get("person_id");
        if let Some(id) = id_of(person).filter(|id| !people.iter().any(|(known, ..)| known == id)) {
            people.push((id, person, each.get("name")));
        }
    }
    let by_person = people.first().map(|(person, ..)| format!("person-{person}"));
    let mut lead_id = id_of(activity.get("deal_id"))
        .map(|deal| format!("deal-{deal}"))
        .or_else(|| activity.get("lead_id").text().map(|lead| format!("lead-{lead}")))
        .or_else(|| by_person.clone())
        .or_else(|| id_of(activity.get("org_id")).map(|org| format!("org-{org}")))
        .ok_or_else(|| Sentence::new("import-activity-of-nobody").with("about", about.clone()))?;
    if not_taken.contains(&lead_id) {
        let Some(other) = by_person.as_ref().and_then(|person| collector.lead_of_person(person)) else {
            activity.leave_out("import-activity-not-taken", collector);
            return Ok(());
        };
        lead_id = other;
    }
    let activity_type = activity.get("type");
    let channel = match activity_type.word().unwrap_or_default().to_lowercase().as_str() {
        "call" => Some(Channel::Phone),
        "email" => Some(Channel::Email),
        "meeting" | "lunch" => Some(Channel::Visit),
        "" | "task" | "deadline" => None,
        _ => {
            activity_type.leave_out("import-activity-type");
            None
        }
    };
    let done = activity.get("done").is_true();
    let due = due(activity, &about)?;
    let marked = time(activity, "marked_as_done_time", &about)?;
    let at = if done { marked.or(due) } else { due };
    let left_out = match at {
        None => Some("import-activity-without-time"),
        Some(at) if !collector.within(at) => Some("import-activity-later"),
        Some(_) if !done && channel.is_none() => Some("import-deadline-not-done"),
        Some(_) => None,
    };
    let added = activity.get("add_time").time(utc).unwrap_or_else(|why| activity.get("add_time").unreadable(why));
    collector.change(&lead_id, Some(activity.line), |lead| {
        if lead.name.is_none() {
            let names = ["deal_title", "lead_title", "org_name", "person_name"];
            lead.name = names.iter().find_map(|key| activity.get(key).text());
        }
        if lead.account.is_none() {
            lead.account = account(activity);
        }
        lead.created_at = lead.created_at.or(added);
        if lead.owner.is_none() {
            lead.owner = id_of(first(activity, &["owner_id", "user_id", "assigned_to_user_id"]));
        }
        if lead.value.is_none() {
            lead.value = activity.get("lead").get("deal_value").number();
        }
        for (id, person, name) in &people {
            let person_id = format!("person-{id}");
            if !lead.people.iter().any(|known| known.id == person_id) {
                lead.people.extend(member(*person, *name));
            }
            // A person with an activity over a channel can be reached on it.
            if let (Some(channel), Some(person)) =
                (channel, lead.people.iter_mut().find(|person| person.id == person_id))
            {
                add_channel(person, channel);
            }
        }
        let (Some(at), None) = (at, left_out) else { return };
        // What is no touch, such as a note, is of the first person alone.
        let with = |all: bool| -> Vec<Option<String>> {
            let ids =
                people.iter().map(|(id, ..)| Some(format!("person-{id}"))).take(if all { people.len() } else { 1 });
            if people.is_empty() { vec![None] } else { ids.collect() }
        };
        let rep = id_of(first(activity, &["assigned_to_user_id", "owner_id", "user_id"]));
        if let (false, Some(channel)) = (done, channel) {
            let planned = |person| PlannedTouch { at, channel, person, rep: rep.clone(), zone: None };
            lead.planned.extend(with(true).into_iter().map(planned));
            return;
        }
        // Pipedrive does not say whose mail it is.
        let subject = activity.get("subject").text();
        let automatic = channel == Some(Channel::Email) && subject.as_deref().is_some_and(is_automatic);
        let (kind, outcome) = match channel {
            Some(Channel::Email) if automatic => (SignalKind::AutoReply, None),
            Some(Channel::Phone) => (SignalKind::Call, None),
            Some(Channel::Email) => (SignalKind::Email, None),
            Some(_) => (SignalKind::Meeting, Some(Outcome::Held)),
            None => (SignalKind::Note, None),
        };
        let mut signal = Signal::new(at, kind);
        signal.topic = subject;
        signal.channel = channel;
        let ours = channel.is_some() && !automatic;
        set_initiator(&mut signal, ours, rep);
        signal.outcome = outcome;
        lead.signals.extend(with(ours).into_iter().map(|person| Signal { person, ..signal.clone() }));
    });
    if let Some(reason) = left_out {
        collector.leave_out(reason);
    }
    activity.close(&about, collector);
    Ok(())
}

/// The due moment. A day without a time of day is no moment.
fn due(activity: &JsonRecord, about: &Sentence) -> Result<Option<Instant>, Sentence> {
    let (date, time) = (activity.get("due_date"), activity.get("due_time"));
    if !date.is_known() || !time.is_known() {
        return Ok(None);
    }
    let (Some(date), Some(time)) = (date.word(), time.word()) else { return Ok(None) };
    let seconds = if time.len() == 5 { ":00" } else { "" };
    utc(&format!("{date} {time}{seconds}")).map(Some).map_err(|why| of_field(about, "due_date", why))
}
