//! How a call ended, as other systems write it.

use crate::book::vocabulary::Outcome;

/// HubSpot's standard outcomes of calls, which have the same id in every portal (developers.hubspot.com, "Calls": hs_call_disposition).
const HUBSPOT_IDS: &[(&str, Outcome)] = &[
    ("9d9162e7-6cf3-4944-bf63-4dff82258764", Outcome::Busy),
    ("f240bbac-87c9-4f6e-bf70-924b57d47db7", Outcome::Answered),
    // "Left live message": with somebody else, so that the person was not spoken with.
    ("a4c4c377-d246-4b32-a13b-75a56a4cd0ff", Outcome::Voicemail),
    ("b2cf5968-551e-4856-9783-52b3da59a7d0", Outcome::Voicemail),
    ("73a0d17f-1163-4015-bdd5-ec830791da20", Outcome::NoAnswer),
    ("17b47fee-58de-441e-a44c-c6300d46f273", Outcome::WrongNumber),
];

/// The outcome of a call by HubSpot's id or by a usual word for it, in any capitals; `None` for others: those are the team's own.
pub(super) fn call_outcome(text: &str) -> Option<Outcome> {
    let text = text.trim();
    if let Some((_, outcome)) = HUBSPOT_IDS.iter().find(|(id, _)| id.eq_ignore_ascii_case(text)) {
        return Some(*outcome);
    }
    let word: String = text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    match word.as_str() {
        "answered" | "connected" => Some(Outcome::Answered),
        "noanswer" | "unanswered" | "notanswered" | "missed" => Some(Outcome::NoAnswer),
        "leftvoicemail" | "voicemail" | "leftlivemessage" | "leftmessage" => Some(Outcome::Voicemail),
        "busy" => Some(Outcome::Busy),
        "failed" | "canceled" | "cancelled" => Some(Outcome::Failed),
        "wrongnumber" | "wrongperson" | "incorrectnumber" | "badnumber" => Some(Outcome::WrongNumber),
        "numberdead" | "deadnumber" | "invalidnumber" | "disconnected" | "disconnectednumber"
        | "numberdisconnected" | "notinservice" | "numbernotinservice" | "outofservice" | "numberoutofservice"
        | "notworking" | "nonworkingnumber" => Some(Outcome::NumberDead),
        _ => None,
    }
}
