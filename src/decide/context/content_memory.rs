//! What content people have: what we gave them and what they fetched themselves, and which of it they asked for.
//!
//! Somebody has a piece of content when a touch of ours that brought it reached them, or when something of theirs names it: a download of it, by
//! content or topic, or a visit, open or click that says which content it was. A step of a series that was logged without its content brought what
//! the step names. A question of theirs that names it by content or topic asks for
//! it, and what was had before that is offered again.

use std::sync::Arc;

use crate::book::vocabulary::SignalKind;
use crate::book::{GroupRecords, Signal};
use crate::calendar::{Duration, Instant};
use crate::decide::context::group_events::{GroupEvents, HumanId};
use crate::decide::context::rule_memory::reached;

/// For how long content that a person has is not offered to them again.
pub(crate) const CONTENT_RESTS: Duration = Duration::from_millis(90 * 86_400_000);

/// Whether a signal may tell that somebody has a piece of content, or asks for it.
pub(crate) fn tells_of_content(signal: &Signal) -> bool {
    signal.content.is_some() || (signal.topic.is_some() && names_by_topic(signal)) || is_step_without_content(signal)
}

/// Whether a touch is logged as a step of a series, and not what it brought.
fn is_step_without_content(signal: &Signal) -> bool {
    signal.content.is_none() && signal.cadence.is_some() && signal.step.is_some() && signal.is_touch()
}

/// Whether the topic of a signal may be the id of content.
fn names_by_topic(signal: &Signal) -> bool {
    signal.is_inbound() && (signal.kind == SignalKind::Download || signal.view().awaits_answer())
}

/// Since when a person has this content, the last time that they got it; `None` when they never had it, and when they asked for it since.
/// `named_by_step` is the content that the step names as which a touch is logged, in the order in which it is offered.
pub(crate) fn last_had<'s>(
    (records, events): (&GroupRecords, &GroupEvents<'_>),
    human: HumanId,
    content: &str,
    named_by_step: impl Fn(&Signal) -> &'s [Arc<str>],
) -> Option<Instant> {
    let without_content = |signal: &&Signal| is_step_without_content(signal);
    for (nth, event) in events.content_events_of(human).enumerate() {
        let Some(signal) = event.record(records) else { continue };
        let by_topic = || names_by_topic(signal) && signal.topic.as_deref() == Some(content);
        let by_step = || {
            let named = if is_step_without_content(signal) { named_by_step(signal) } else { &[] };
            let earlier = events.content_events_of(human).skip(nth + 1).filter_map(|event| event.record(records));
            let same = |one: &&Signal| one.cadence == signal.cadence && one.step == signal.step;
            // Each time that the step is made it brings the next of what it names.
            let rounds = if named.len() > 1 { earlier.filter(without_content).filter(same).count() } else { 0 };
            named.iter().cycle().nth(rounds).is_some_and(|brought| **brought == *content)
        };
        if signal.content.as_deref() != Some(content) && !by_topic() && !by_step() {
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
