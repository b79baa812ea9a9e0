//! Reads single rows of HubSpot tables: a deal, and an engagement (call, mail, message, meeting, note or task).

use std::collections::BTreeMap;

use crate::book::import::auto_reply::is_auto_submitted;
use crate::book::import::call_outcomes::call_outcome;
use crate::book::import::cell_values;
use crate::book::import::lead_collector::{LeadCollector, non_empty, set_initiator};
use crate::book::import::table::{TableRow, plain_name};
use crate::book::import::times::utc;
use crate::book::ingest::record::LeadRecord;
use crate::book::lead::{PlannedTouch, Signal};
use crate::book::refusal::Problem;
use crate::book::vocabulary::{Channel, Outcome, SignalKind, Stage};
use crate::calendar::Instant;
use crate::wording::Sentence;

/// The lead of a deal, without people and account. `stages` are the stages that close a deal, by id; `since` is when the deal entered its
/// stage.
///
/// # Errors
/// The field that does not fit, and why.
pub(super) fn deal(
    row: &TableRow<'_>,
    id: &str,
    stages: &BTreeMap<String, Stage>,
    since: Option<&Result<Instant, Sentence>>,
) -> Result<LeadRecord, Problem> {
    if id.is_empty() {
        return Err(("id".to_owned(), "import-deal-without-id".into()));
    }
    let stage_id = row.first(&["deal_pipeline_stage_id", "property_dealstage"]);
    // The export has the label of a stage, with its pipeline behind it: "Closed won (Sales pipeline)".
    let label = plain_name(stage_id.split(" (").next().unwrap_or_default());
    let stage = match label.as_str() {
        "appointmentscheduled" => Some(Stage::Interest),
        "qualifiedtobuy" | "presentationscheduled" => Some(Stage::Consideration),
        "contractsent" => Some(Stage::Proposal),
        "decisionmakerboughtin" => Some(Stage::Decision),
        "closedwon" => Some(Stage::Customer),
        "closedlost" => Some(Stage::Lost),
        // The stages of a pipeline are the team's own; only those that close a deal are known.
        _ => stages.get(stage_id).copied(),
    };
    let value = non_empty(row.get("property_amount")).map(|text| {
        let value =
            cell_values::number(&text, false).ok_or_else(|| Sentence::new("import-no-number").with("written", text));
        row.understood(&["property_amount"]);
        value
    });
    Ok(LeadRecord {
        id: format!("deal-{id}"),
        name: non_empty(row.get("property_dealname")),
        stage,
        stage_since: match since {
            Some(Ok(at)) => Some(*at),
            Some(Err(why)) => return Err(("stage_since".to_owned(), why.clone())),
            None => None,
        },
        created_at: row.time("property_createdate").map_err(|why| ("created_at".to_owned(), why))?,
        owner: non_empty(row.get("owner_id")),
        value: value.transpose().map_err(|why| ("value".to_owned(), why))?,
        ..LeadRecord::default()
    })
}

/// The meaning of an engagement for a lead.
pub(super) enum EngagementMeaning {
    Signal(Signal),
    Planned(PlannedTouch),
    /// Left out, for the reason of this key.
    Nothing(&'static str),
}

/// A signal of this kind at the time in the first of these columns that is not empty.
pub(super) fn signal_at(row: &TableRow<'_>, columns: &[&str], kind: SignalKind) -> Result<Signal, Sentence> {
    let text = row.first(columns);
    if text.is_empty() {
        Err("import-row-without-time".into())
    } else {
        let at = utc(text)?;
        let used = columns.iter().find(|column| !row.get(column).is_empty());
        row.understood(used.into_iter().copied().collect::<Vec<_>>().as_slice());
        Ok(Signal::new(at, kind))
    }
}

/// How a call ended: by its disposition where it has one, because the status of a logged call is always COMPLETED. A disposition that is not
/// known is told, and gives no outcome.
fn outcome_of_call(row: &TableRow<'_>, collector: &mut LeadCollector) -> Option<Outcome> {
    let disposition = row.get("property_hs_call_disposition");
    let status = row.first(&["property_hs_call_status", "status"]).to_ascii_uppercase();
    if !disposition.is_empty() {
        let outcome = call_outcome(disposition);
        match outcome {
            Some(_) => row.understood(&["property_hs_call_disposition"]),
            None => {
                row.refuse_cell("property_hs_call_disposition", disposition, "import-cell-no-outcome", collector);
            }
        }
        return outcome;
    }
    match status.as_str() {
        "COMPLETED" => Some(Outcome::Answered),
        "NO_ANSWER" | "MISSED" => Some(Outcome::NoAnswer),
        "BUSY" => Some(Outcome::Busy),
        "FAILED" | "CANCELED" => Some(Outcome::Failed),
        _ => None,
    }
}

/// The meaning of a row of an engagement table, or why it does not fit.
pub(super) fn engagement(
    table: &str,
    row: &TableRow<'_>,
    collector: &mut LeadCollector,
) -> Result<EngagementMeaning, Sentence> {
    let columns = [
        "property_hs_timestamp",
        "timestamp",
        "start_time",
        "property_hs_meeting_start_time",
        "property_hs_createdate",
    ];
    let rep = non_empty(row.first(&["property_hubspot_owner_id", "owner_id"]));
    let text = |columns: &[&str]| row.first(columns).to_ascii_uppercase();
    let (kind, channel, inbound, outcome) = match table {
        "engagement_call" => {
            let outcome = outcome_of_call(row, collector);
            (SignalKind::Call, Some(Channel::Phone), text(&["property_hs_call_direction"]) == "INBOUND", outcome)
        }
        "engagement_email" => {
            let inbound = text(&["property_hs_email_direction"]) == "INCOMING_EMAIL";
            let by_machine = is_auto_submitted(row.first(&["property_hs_email_auto_submitted", "auto_submitted"]));
            let kind = match (inbound, by_machine) {
                (true, true) => SignalKind::AutoReply,
                (true, false) => SignalKind::Reply,
                (false, _) => SignalKind::Email,
            };
            (kind, Some(Channel::Email), inbound, None)
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
                    return Ok(EngagementMeaning::Nothing("import-meeting-moved"));
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
                _ => return Ok(EngagementMeaning::Nothing("import-task-no-contact")),
            };
            if text(&["property_hs_task_status", "status"]) == "COMPLETED" {
                // The call, mail or message itself has a row of its own; it must not count twice.
                return Ok(EngagementMeaning::Nothing("import-task-done"));
            }
            let at = signal_at(row, &columns, SignalKind::Note)?.at;
            return Ok(EngagementMeaning::Planned(PlannedTouch { at, channel, person: None, rep, zone: None }));
        }
        _ => (SignalKind::Note, None, true, None),
    };
    let mut signal = signal_at(row, &columns, kind)?;
    if outcome == Some(Outcome::Booked)
        && let Some(channel) = channel
    {
        return Ok(EngagementMeaning::Planned(PlannedTouch { at: signal.at, channel, person: None, rep, zone: None }));
    }
    signal.channel = channel;
    set_initiator(&mut signal, !inbound, rep);
    signal.outcome = outcome;
    signal.topic = non_empty(row.first(&["property_hs_email_subject", "property_hs_call_title", "title"]));
    Ok(EngagementMeaning::Signal(signal))
}
