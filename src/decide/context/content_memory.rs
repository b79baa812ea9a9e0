//! What content people have: what we gave them and what they fetched themselves, and which of it they asked for.
//!
//! Somebody has a piece of content when a touch of ours that brought it reached them, or when something of theirs names it: a download of it, by
//! content or topic, or a visit, open or click that says which content it was. A question of theirs that names it by content or topic asks for
//! it, and what was had before that is offered again.

use crate::book::vocabulary::SignalKind;
use crate::book::{AccountRecords, Signal};
use crate::calendar::{Duration, Instant};
use crate::decide::context::account_events::{AccountEvents, HumanId};
use crate::decide::context::rule_memory::reached;

/// For how long content that a person has is not offered to them again.
pub(crate) const CONTENT_RESTS: Duration = Duration::from_millis(90 * 86_400_000);

/// Whether a signal may tell that somebody has a piece of content, or asks for it.
pub(crate) fn tells_of_content(signal: &Signal) -> bool {
    signal.content.is_some() || (signal.topic.is_some() && names_by_topic(signal))
}

/// Whether the topic of a signal may be the id of content.
fn names_by_topic(signal: &Signal) -> bool {
    signal.is_inbound() && (signal.kind == SignalKind::Download || signal.view().awaits_answer())
}

/// Since when a person has this content, the last time that they got it; `None` when they never had it, and when they asked for it since.
pub(crate) fn last_had(
    (records, events): (&AccountRecords, &AccountEvents<'_>),
    human: HumanId,
    content: &str,
) -> Option<Instant> {
    for event in events.content_events_of(human) {
        let Some(signal) = event.record(records) else { continue };
        let by_topic = || names_by_topic(signal) && signal.topic.as_deref() == Some(content);
        if signal.content.as_deref() != Some(content) && !by_topic() {
            continue;
        }
        if event.signal.awaits_answer() {
            return None;
        }
        let given = event.signal.is_touch() && reached(events, human, event);
        if given || event.signal.is_of_person() {
            return Some(event.at);
        }
    }
    None
}
