//! Cadences: which step of a series is next, and when.
//!
//! A series starts at the first touch that was logged with its name; not started, its first step is due now. `.after` counts from
//! the start. A late step shifts the rest by as much, so the gaps stay and steps never bunch; an early one pulls nothing forward.
//! A touch without a name on the channel of the next step counts as that step. A lead is in one series at a time: another one
//! starts no sooner than the step of the first that it replaces (new start = the later of the cancelled step and the new one).
//!
//! A human reply stops every series for two weeks, and while the customer waits for an answer no step is taken.

use crate::book::Signal;
use crate::calendar::{Duration, Instant};
use crate::decide::context::account_events::{AccountEvents, past};
use crate::decide::context::lead_profile::LeadProfile;
use crate::decide::context::review::ReviewTracker;
use crate::decide::context::rule_outcomes::{CadenceOutcome, RuleOutcomes};
use crate::decide::context::statements::{ShapedTouch, StatementIndex};
use crate::decide::context::stop::{BlockReason, Blocked};
use crate::order;
use crate::pack::touch::{Action, Lapse, Touch};

/// How long a human reply stops a series.
const REPLY_STOPS_FOR: Duration = Duration::from_millis(14 * 86_400_000);

/// The step of a cadence that comes next.
#[derive(Clone, Debug)]
pub(crate) struct NextStep {
    /// Which step, from 1.
    pub(crate) step: u32,
    /// What it proposes.
    pub(crate) shaped: ShapedTouch,
    /// When it is due.
    pub(crate) due: Instant,
}

/// How far a cadence has come.
struct CadenceProgress {
    start: Instant,
    step: usize,
    done: Instant,
}

/// The next step of each cadence that may run, by its place in the reading.
pub(crate) fn next_steps(
    statements: &StatementIndex,
    case: &LeadProfile<'_>,
    reading: &RuleOutcomes,
    later: impl Fn(Instant, Lapse) -> Instant,
    review: &mut ReviewTracker,
) -> Vec<(usize, NextStep)> {
    let mut under_way = Vec::new();
    let mut fresh = Vec::new();
    for (nth, running) in reading.cadences.iter().enumerate() {
        let name = statements.cadences.get(running.cadence).map_or("", |cadence| cadence.by.name.as_str());
        let past = case.lead.map_or(&[][..], |lead| past(lead, case.now));
        match progress(past, name, running) {
            Some(progress) => {
                if let Some(next) = after(&progress, running, &later) {
                    review.at(next.due);
                    under_way.push((nth, running.runs, next));
                }
            }
            None if running.runs => fresh.extend(running.steps.first().map(|shaped| (nth, shaped))),
            None => {}
        }
    }
    // A new series starts no sooner than the step that it replaces.
    let replaced = under_way.iter().map(|(_, _, next)| next.due).max();
    let start = replaced.map_or(case.now, |due| due.max(case.now));
    let first = |(nth, shaped): (usize, &ShapedTouch)| {
        let due = shaped.touch.after.map_or(start, |after| later(start, after));
        (nth, NextStep { step: 1, shaped: shaped.clone(), due })
    };
    let going_on = under_way.into_iter().filter(|(_, runs, _)| *runs).map(|(nth, _, next)| (nth, next));
    let mut steps: Vec<(usize, NextStep)> = going_on.chain(fresh.into_iter().map(first)).collect();
    order::sort_by_key(&mut steps, |(nth, _)| *nth);
    steps
}

/// What stops every step of every cadence, if anything does.
pub(crate) fn stopped(
    case: &LeadProfile<'_>,
    group: &AccountEvents<'_>,
    review: &mut ReviewTracker,
) -> Option<Blocked> {
    if case.waits_for_answer {
        return Some(Blocked::of(BlockReason::Withdrawn));
    }
    let reply = group.events.iter().rev().find(|event| event.lead == case.index && event.reply)?.at;
    let lifts = reply + REPLY_STOPS_FOR;
    review.at(lifts);
    (lifts > case.now).then_some(Blocked { why: BlockReason::Replied(reply), lifts_at: Some(lifts) })
}

fn progress(past: &[Signal], name: &str, running: &CadenceOutcome) -> Option<CadenceProgress> {
    let mut touches = past.iter().filter(|signal| signal.is_touch());
    let named = |signal: &Signal| signal.cadence.as_deref() == Some(name);
    let number = |signal: &Signal| signal.step.and_then(|step| usize::try_from(step).ok()).filter(|step| *step >= 1);
    let first = touches.by_ref().find(|signal| named(signal))?;
    let mut so_far = CadenceProgress { start: first.at, step: number(first).unwrap_or(1), done: first.at };
    for touch in touches {
        // Steps count from 1, so the step after this one stands at this number.
        let next = running.steps.get(so_far.step).map(|step| &step.touch.action);
        let step = match (named(touch), number(touch)) {
            (true, Some(step)) if step >= so_far.step => step,
            (true, None) => so_far.step + 1,
            (false, _) if touch.cadence.is_none() && is_contact(next, touch) => so_far.step + 1,
            _ => continue,
        };
        so_far.step = step;
        so_far.done = touch.at;
    }
    Some(so_far)
}

fn is_contact(action: Option<&Action>, touch: &Signal) -> bool {
    matches!(action, Some(Action::Contact(channel)) if Some(*channel) == touch.channel)
}

/// The step after the last one done; `None` when the series is complete.
fn after(
    progress: &CadenceProgress,
    running: &CadenceOutcome,
    later: &impl Fn(Instant, Lapse) -> Instant,
) -> Option<NextStep> {
    let planned = |step: &Touch| step.after.map_or(progress.start, |after| later(progress.start, after));
    let shaped = running.steps.get(progress.step)?;
    let previous = running.steps.get(progress.step.checked_sub(1)?);
    let late = previous.map_or(Duration::ZERO, |step| progress.done - planned(&step.touch)).max(Duration::ZERO);
    let due = (planned(&shaped.touch) + late).max(progress.done);
    Some(NextStep { step: u32::try_from(progress.step + 1).ok()?, shaped: shaped.clone(), due })
}
