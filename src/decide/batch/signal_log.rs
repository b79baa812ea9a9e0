//! What a lead that is decided without its record did, from the log of its page: its events, and how many signals there are of a kind.

use std::ops::Range;

use crate::book::columns::SignalLog;
use crate::book::machine_signals::is_by_machine_in;
use crate::book::value::Value;
use crate::book::vocabulary::SignalKind;
use crate::book::word_table::{WordId, WordTable};
use crate::calendar::Instant;
use crate::decide::context::group_events::{GroupEvent, HumanId};
use crate::evaluate::facts::FactValue;
use crate::pack::fact_arguments::FactArguments;

/// The event of an entry of the log, for a lead that is alone in its contact group and for which nothing is to be remembered
/// (`BatchPass::remembers`): of a signal it does not have what only its record tells.
pub(super) fn log_event(log: &SignalLog, index: usize) -> Option<GroupEvent> {
    let human = log.person.get(index)?.checked_sub(1).map(|nth| HumanId::member(u32::from(nth)));
    let at = Instant::from_millis(*log.at.get(index)?);
    let topic = log.topic.get(index).copied().unwrap_or_default().0;
    let (nth, tells_of_content, weight) = (0, false, None);
    Some(GroupEvent { at, signal: log.view(index)?, lead: 0, nth, tells_of_content, human, weight, topic })
}

/// How many signals of a kind, all theirs, are in the `past` of a lead's log: those about a topic, in a window up to `now`, as the arguments ask. `until`
/// is when the oldest leaves the window; when the next signal comes is for the caller.
pub(super) fn count_in_log(
    (log, past): (&SignalLog, &Range<usize>),
    words: &WordTable,
    (kind, args): (SignalKind, &FactArguments),
    now: Instant,
) -> FactValue {
    let topic = args.topic.as_ref().map(|topic| words.find(topic));
    let is_about = |entry: usize, topic: WordId| {
        log.topic.get(entry) == Some(&topic) || log.content.get(entry).is_some_and(|content| *content == topic)
    };
    let mut counted = past.clone().filter_map(|entry| {
        log.view(entry).filter(|signal| signal.kind == kind && signal.inbound)?;
        let at = Instant::from_millis(*log.at.get(entry)?);
        let wanted = args.window.is_none_or(|window| now - at < window)
            && topic.is_none_or(|topic| topic.is_some_and(|topic| is_about(entry, topic)))
            && !is_by_machine_in(log, past, entry);
        wanted.then_some(at)
    });
    let oldest = counted.next();
    let number = oldest.map_or(0, |_| counted.count() as i64 + 1);
    FactValue::until(Value::Whole(number), oldest.zip(args.window).map(|(at, window)| at + window))
}
