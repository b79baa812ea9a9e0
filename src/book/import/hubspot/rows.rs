//! What single rows of HubSpot tables mean, before they are joined.

use std::collections::BTreeMap;

use crate::book::import::gather::known;
use crate::book::import::table::TableRow;
use crate::book::import::times::utc;
use crate::book::ingest::record::LeadRecord;
use crate::book::lead::{PlannedTouch, Signal};
use crate::book::vocabulary::{Channel, Direction, Outcome, SignalKind, Stage};
use crate::calendar::Instant;

/// A deal as a lead, still without people and account.
pub(super) fn deal(
    row: &TableRow<'_>,
    id: &str,
    stages: &BTreeMap<String, Stage>,
    since: Option<&Result<Instant, String>>,
) -> Result<LeadRecord, (String, String)> {
    if id.is_empty() {
        return Err(("id".to_owned(), "this deal has no deal_id".to_owned()));
    }
    let stage = row.first(&["deal_pipeline_stage_id", "property_dealstage"]);
    let usual = match stage {
        "appointmentscheduled" => Some(Stage::Interest),
        "qualifiedtobuy" | "presentationscheduled" => Some(Stage::Consideration),
        "contractsent" => Some(Stage::Proposal),
        "decisionmakerboughtin" => Some(Stage::Decision),
        "closedwon" => Some(Stage::Customer),
        "closedlost" => Some(Stage::Lost),
        // The stages of a pipeline are the team's own; only whether they close it is known.
        other => stages.get(other).copied(),
    };
    let created_at = known(row.get("property_createdate")).map(|at| utc(&at)).transpose();
    let value = known(row.get("property_amount")).map(|text| {
        text.parse::<f64>().ok().filter(|value| value.is_finite()).ok_or(format!("\"{text}\" is not a number"))
    });
    Ok(LeadRecord {
        id: format!("deal-{id}"),
        name: known(row.get("property_dealname")),
        stage: usual,
        stage_since: match since {
            Some(Ok(at)) => Some(*at),
            Some(Err(why)) => return Err(("stage_since".to_owned(), why.clone())),
            None => None,
        },
        created_at: created_at.map_err(|why| ("created_at".to_owned(), why))?,
        owner: known(row.get("owner_id")),
        value: value.transpose().map_err(|why| ("value".to_owned(), why))?,
        ..LeadRecord::default()
    })
}

/// What an engagement is to us.
pub(super) enum EngagementMeaning {
    Signal(Signal),
    Planned(PlannedTouch),
    Nothing(&'static str),
}

/// A signal at the first of these times.
pub(super) fn when(row: &TableRow<'_>, columns: &[&str], kind: SignalKind) -> Result<Signal, String> {
    let text = row.first(columns);
    if text.is_empty() {
        Err("there is no time in this row".to_owned())
    } else {
        utc(text).map(|at| Signal::new(at, kind))
    }
}

/// What a row of an engagement table means.
pub(super) fn engagement(table: &str, row: &TableRow<'_>) -> Result<EngagementMeaning, String> {
    let columns = [
        "property_hs_timestamp",
        "timestamp",
        "start_time",
        "property_hs_meeting_start_time",
        "property_hs_createdate",
    ];
    let rep = known(row.first(&["property_hubspot_owner_id", "owner_id"]));
    let text = |columns: &[&str]| row.first(columns).to_ascii_uppercase();
    let (kind, channel, inbound, outcome) = match table {
        "engagement_call" => {
            let outcome = match text(&["property_hs_call_status", "status"]).as_str() {
                "COMPLETED" => Some(Outcome::Answered),
                "NO_ANSWER" | "MISSED" => Some(Outcome::NoAnswer),
                "BUSY" => Some(Outcome::Busy),
                "FAILED" | "CANCELED" => Some(Outcome::Failed),
                _ => None,
            };
            (SignalKind::Call, Some(Channel::Phone), text(&["property_hs_call_direction"]) == "INBOUND", outcome)
        }
        "engagement_email" => {
            let inbound = text(&["property_hs_email_direction"]) == "INCOMING_EMAIL";
            (if inbound { SignalKind::Reply } else { SignalKind::Email }, Some(Channel::Email), inbound, None)
        }
        "engagement_communication" => {
            let channel = match text(&["property_hs_communication_channel_type"]).as_str() {
                "SMS" | "WHATS_APP" => Channel::Chat,
                _ => Channel::Social,
            };
            (SignalKind::Message, Some(channel), false, None)
        }
        "engagement_meeting" => {
            let outcome = match text(&["property_hs_meeting_outcome", "meeting_outcome"]).as_str() {
                "COMPLETED" => Some(Outcome::Held),
                "NO_SHOW" => Some(Outcome::NoShow),
                "SCHEDULED" => Some(Outcome::Booked),
                "CANCELED" | "RESCHEDULED" => {
                    return Ok(EngagementMeaning::Nothing("a meeting that was cancelled or moved"));
                }
                _ => None,
            };
            let online = !row
                .first(&["web_conference_meeting_id", "property_hs_meeting_external_url", "external_url"])
                .is_empty();
            (SignalKind::Meeting, Some(if online { Channel::Video } else { Channel::Visit }), false, outcome)
        }
        "engagement_task" => {
            let channel = match text(&["property_hs_task_type", "task_type"]).as_str() {
                "CALL" => Channel::Phone,
                "EMAIL" => Channel::Email,
                "LINKED_IN" | "LINKED_IN_MESSAGE" | "LINKED_IN_CONNECT" => Channel::Social,
                _ => return Ok(EngagementMeaning::Nothing("a task that is no contact moment")),
            };
            if text(&["property_hs_task_status", "status"]) == "COMPLETED" {
                // What was done is logged as a call, mail or message of its own; it must not count twice.
                return Ok(EngagementMeaning::Nothing("a task that is done: the touch itself has a row of its own"));
            }
            let at = when(row, &columns, SignalKind::Note)?.at;
            return Ok(EngagementMeaning::Planned(PlannedTouch { at, channel, person: None, rep }));
        }
        _ => (SignalKind::Note, None, true, None),
    };
    let mut told = when(row, &columns, kind)?;
    if outcome == Some(Outcome::Booked)
        && let Some(channel) = channel
    {
        return Ok(EngagementMeaning::Planned(PlannedTouch { at: told.at, channel, person: None, rep }));
    }
    told.channel = channel;
    told.direction = Some(if inbound { Direction::Inbound } else { Direction::Outbound });
    told.outcome = outcome;
    told.rep = rep.filter(|_| !inbound);
    told.topic = known(row.first(&["property_hs_email_subject", "property_hs_call_title", "title"]));
    Ok(EngagementMeaning::Signal(told))
}
