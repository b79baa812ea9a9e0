//! Fourth gate: whether the touch repeats what its rule has already done for the person, for the same reason.
//!
//! A rule that was carried out for a person rests for them for two weeks, or as long as its touch says (`.again`), unless its reason began anew
//! since. It begins anew by what they do, by what is recorded of the lead, or by what others do; not by time alone, as where a condition
//! asks that nothing was done for a week (`touches(7.days) is 0`), which what carries the rule out ends for that week. A reason that keeps coming
//! and going, as a score near its threshold does, is no new one each time: within that time the rule is carried out for a person twice at most.
//! Left out, because what they do is not done once: answers, what was promised, steps of a series.

use crate::book::Quote;
use crate::calendar::Instant;
use crate::decide::context::blocked::{BlockReason, Blocked};
use crate::decide::context::review::ReviewTracker;
use crate::decide::context::rule_memory::{CarriedOut, reached, rests};
use crate::decide::context::rule_outcomes::Reason;
use crate::decide::gates::GateInput;

/// The block, when the touch is a repetition.
pub(crate) fn check(input: &GateInput<'_, '_>, review: &mut ReviewTracker) -> Option<Blocked> {
    let done_at = carried_out_at(input)?;
    let lifts_at = done_at + rests(input.touch());
    review.add(lifts_at);
    Some(Blocked { reason: BlockReason::AlreadyDone(done_at), lifts_at: Some(lifts_at) })
}

/// When the rule was last carried out for the person for the reason that it has now, or the last but one time for whatever reason; `None` when that is
/// so long ago that it may be again.
fn carried_out_at(input: &GateInput<'_, '_>) -> Option<Instant> {
    let (rule, reason) = input.carried_out.filter(|_| !input.owed)?;
    let (records, context) = (input.group.records, input.group.context);
    let (now, rest, human) = (input.profile.now, rests(input.touch()), input.person.human);
    let lately = input.group_events.events_of(human).rev().take_while(|event| now - event.at < rest);
    let touches = lately.filter(|event| event.signal.is_touch());
    let mut before = 0;
    for touch in touches {
        let signal = touch.record(records);
        let how =
            signal.and_then(|signal| CarriedOut::by(signal, rule, &context.statements, |over| over == input.channel));
        let Some(how) = how.filter(|_| reached(input.group_events, human, touch)) else { continue };
        before += usize::from(how == CarriedOut::ByName);
        let same =
            || how.is_for(reason, touch) || how == CarriedOut::ByName && is_back_by_itself(input, reason, touch.at);
        if before == 2 || same() {
            return Some(touch.at);
        }
    }
    None
}

/// Whether a reason that began after a touch began by time alone: nothing of theirs, and nothing of the lead, is recorded from the touch until then.
fn is_back_by_itself(input: &GateInput<'_, '_>, reason: Reason, touched_at: Instant) -> bool {
    let Some(since) = reason.since else { return true };
    let is_between = |at: Instant| touched_at <= at && at <= since;
    let later = input.group_events.events.iter().rev().take_while(|event| event.at >= touched_at);
    let theirs = later.into_iter().any(|event| event.at <= since && event.signal.is_of_person());
    let lead = input.profile.record;
    let of_lead = lead.into_iter().flat_map(|lead| {
        let quotes = lead.quotes.iter().flat_map(Quote::moments);
        quotes.chain([lead.stage_since, lead.account.customer_since].into_iter().flatten())
    });
    let departures = input.profile.departures.moments();
    !theirs && !of_lead.chain(departures).any(is_between)
}
