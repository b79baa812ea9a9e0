//! Cadences: which step of a cadence is next, and when it is due.
//!
//! A cadence starts at the first touch that was logged with its name; the first step of one that has not started is due now. `.after` counts
//! from the start. A late step delays the later steps by the same time, so that the gaps between steps stay; an early step changes nothing.
//! A touch that names no cadence and is on the channel of the next step counts as that step. A lead is in one cadence at a time: a cadence
//! that replaces another starts no sooner than the next step of the replaced one was due.
//!
//! A human reply blocks all steps for two weeks, and an unanswered message of the customer blocks them until it is answered.

use crate::book::Signal;
use crate::calendar::{Duration, Instant};
use crate::decide::context::account_events::AccountEvents;
use crate::decide::context::blocked::{BlockReason, Blocked};
use crate::decide::context::lead_profile::LeadProfile;
use crate::decide::context::review::ReviewTracker;
use crate::decide::context::rule_outcomes::{CadenceOutcome, RuleOutcomes};
use crate::decide::context::statements::{ShapedTouch, StatementIndex};
use crate::order;
use crate::pack::touch::{Action, Lapse, Touch};

/// How long a human reply blocks the steps of all cadences.
const REPLY_BLOCKS_FOR: Duration = Duration::from_millis(14 * 86_400_000);

/// The next step of a cadence.
#[derive(Clone, Debug)]
pub(crate) struct NextStep {
    /// The number of the step, from 1.
    pub(crate) step: u32,
    /// The touch that it proposes.
    pub(crate) shaped_touch: ShapedTouch,
    /// When it is due.
    pub(crate) due: Instant,
    /// From when on a promise of it counts; `None` when that is not known.
    pub(crate) since: Option<Instant>,
}

/// The steps of a cadence that have been made.
struct CadenceProgress {
    started_at: Instant,
    /// The number of the last step made, from 1.
    last_step: usize,
    last_step_at: Instant,
}

/// The next step of each cadence that runs, with the index of the cadence in `outcomes`. `add_lapse` gives the moment a lapse after another.
pub(crate) fn next_steps(
    statements: &StatementIndex,
    profile: &LeadProfile<'_>,
    outcomes: &RuleOutcomes,
    add_lapse: impl Fn(Instant, Lapse) -> Instant,
    review: &mut ReviewTracker,
) -> Vec<(usize, NextStep)> {
    let mut started = Vec::new();
    let mut not_started = Vec::new();
    for (index, outcome) in outcomes.cadences.iter().enumerate() {
        let name = statements.cadences.get(outcome.cadence).map_or("", |cadence| cadence.by.name.as_str());
        let past = profile.record.map_or(&[][..], |lead| lead.past_signals(profile.now));
        match find_progress(past, name, outcome) {
            Some(progress) => {
                if let Some(next) = step_after(&progress, outcome, &add_lapse) {
                    review.add(next.due);
                    started.push((index, outcome.runs, next));
                }
            }
            None if outcome.runs => not_started.extend(outcome.steps.first().map(|touch| (index, touch))),
            None => {}
        }
    }
    // A new cadence starts no sooner than the next step of the cadence that it replaces.
    let replaced = started.iter().map(|(_, _, next)| next.due).max();
    let start = replaced.map_or(profile.now, |due| due.max(profile.now));
    let first_step = |(index, shaped_touch): (usize, &ShapedTouch)| {
        let after = |start: Instant| shaped_touch.touch.after.map_or(start, |after| add_lapse(start, after));
        let runs_since = outcomes.cadences.get(index).and_then(|outcome| outcome.since);
        let since = runs_since.map(|since| after(replaced.map_or(since, |due| since.max(due))));
        (index, NextStep { step: 1, shaped_touch: shaped_touch.clone(), due: after(start), since })
    };
    let running = started.into_iter().filter(|(_, runs, _)| *runs).map(|(index, _, next)| (index, next));
    let mut steps: Vec<(usize, NextStep)> = running.chain(not_started.into_iter().map(first_step)).collect();
    order::sort_by_key(&mut steps, |(index, _)| *index);
    steps
}

/// What blocks the steps of all cadences; `None` when nothing does.
pub(crate) fn block_of_steps(
    profile: &LeadProfile<'_>,
    account_events: &AccountEvents<'_>,
    review: &mut ReviewTracker,
) -> Option<Blocked> {
    if profile.waits_for_answer() {
        return Some(Blocked::until_records_change(BlockReason::Withdrawn));
    }
    let reply =
        account_events.events.iter().rev().find(|event| event.lead == profile.index && event.signal.is_reply())?.at;
    let lifts = reply + REPLY_BLOCKS_FOR;
    review.add(lifts);
    (lifts > profile.now).then_some(Blocked { reason: BlockReason::Replied(reply), lifts_at: Some(lifts) })
}

/// The progress of a cadence in the past signals of a lead; `None` when it has not started.
fn find_progress(past: &[Signal], name: &str, outcome: &CadenceOutcome) -> Option<CadenceProgress> {
    let mut touches = past.iter().filter(|signal| signal.is_touch());
    let named = |signal: &Signal| signal.cadence.as_deref() == Some(name);
    let number = |signal: &Signal| signal.step.and_then(|step| usize::try_from(step).ok()).filter(|step| *step >= 1);
    let first = touches.by_ref().find(|signal| named(signal))?;
    let mut progress =
        CadenceProgress { started_at: first.at, last_step: number(first).unwrap_or(1), last_step_at: first.at };
    for touch in touches {
        // Steps are numbered from 1, so the number of the last step is the index of the next one.
        let next = outcome.steps.get(progress.last_step).map(|step| &step.touch.action);
        let step = match (named(touch), number(touch)) {
            (true, Some(step)) if step >= progress.last_step => step,
            (true, None) => progress.last_step + 1,
            (false, _) if touch.cadence.is_none() && is_contact(next, touch) => progress.last_step + 1,
            _ => continue,
        };
        progress.last_step = step;
        progress.last_step_at = touch.at;
    }
    Some(progress)
}

fn is_contact(action: Option<&Action>, touch: &Signal) -> bool {
    matches!(action, Some(Action::Contact(channel)) if Some(*channel) == touch.channel)
}

/// The step after the last one made; `None` when the cadence is complete.
fn step_after(
    progress: &CadenceProgress,
    outcome: &CadenceOutcome,
    add_lapse: &impl Fn(Instant, Lapse) -> Instant,
) -> Option<NextStep> {
    let planned = |step: &Touch| step.after.map_or(progress.started_at, |after| add_lapse(progress.started_at, after));
    let shaped_touch = outcome.steps.get(progress.last_step)?;
    let previous = outcome.steps.get(progress.last_step.checked_sub(1)?);
    let delay =
        previous.map_or(Duration::ZERO, |step| progress.last_step_at - planned(&step.touch)).max(Duration::ZERO);
    let due = (planned(&shaped_touch.touch) + delay).max(progress.last_step_at);
    let step = u32::try_from(progress.last_step + 1).ok()?;
    Some(NextStep { step, shaped_touch: shaped_touch.clone(), due, since: Some(due) })
}
