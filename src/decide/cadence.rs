//! Cadences: which step of a series is next, and when.
//!
//! A series starts at the first touch that was logged with its name; not started, its first step is due now. `.after` counts from
//! the start. A late step shifts the rest by as much, so the gaps stay and steps never bunch; an early one pulls nothing forward.
//! A touch without a name on the channel of the next step counts as that step. A lead is in one series at a time: another one
//! starts no sooner than the step of the first that it replaces (new start = the later of the cancelled step and the new one).
//!
//! A human reply stops every series for two weeks, and while the customer waits for an answer no step is taken.

use super::advice::Gate;
use super::case::Case;
use super::facts::signals::is_reply;
use super::permit::Stop;
use super::reading::{Reading, Running};
use super::review::Review;
use crate::book::Signal;
use crate::calendar::{Duration, Instant};
use crate::rulebook::touch::{Action, Lapse, Touch};

/// How long a human reply stops a series.
const REPLY_STOPS_FOR: Duration = Duration::from_millis(14 * 86_400_000);

/// The step of a cadence that comes next.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Next {
    /// Which step, from 1.
    pub(crate) step: u32,
    /// What it proposes.
    pub(crate) touch: Touch,
    /// When it is due.
    pub(crate) due: Instant,
}

/// How far a cadence has come.
struct Progress {
    start: Instant,
    step: usize,
    done: Instant,
}

/// The next step of each cadence that may run, by its place in the reading.
pub(crate) fn next_steps(
    case: &Case<'_>,
    reading: &Reading<'_>,
    later: impl Fn(Instant, Lapse) -> Instant,
    review: &mut Review,
) -> Vec<(usize, Next)> {
    let mut under_way = Vec::new();
    let mut fresh = Vec::new();
    for (nth, running) in reading.cadences.iter().enumerate() {
        match progress(case.past(), running) {
            Some(progress) => {
                if let Some(next) = after(&progress, running, &later) {
                    review.at(next.due);
                    under_way.push((nth, running.runs, next));
                }
            }
            None if running.runs => fresh.extend(running.steps.first().map(|touch| (nth, touch))),
            None => {}
        }
    }
    // A new series starts no sooner than the step that it replaces.
    let replaced = under_way.iter().map(|(_, _, next)| next.due).max();
    let start = replaced.map_or(case.now, |due| due.max(case.now));
    let first = |(nth, touch): (usize, &Touch)| {
        let due = touch.after.map_or(start, |after| later(start, after));
        (nth, Next { step: 1, touch: touch.clone(), due })
    };
    let going_on = under_way.into_iter().filter(|(_, runs, _)| *runs).map(|(nth, _, next)| (nth, next));
    let mut steps: Vec<(usize, Next)> = going_on.chain(fresh.into_iter().map(first)).collect();
    steps.sort_by_key(|(nth, _)| *nth);
    steps
}

/// What stops every step of every cadence, if anything does.
pub(crate) fn stopped<'a>(case: &Case<'_>, reading: &Reading<'_>, review: &mut Review) -> Option<Stop<'a>> {
    if reading.waits_for_answer {
        let reason = "They wait for an answer from us: that comes before any plan of ours".to_owned();
        return Some(Stop {
            gate: Gate::Applicable,
            policy: "withdrawn",
            by: None,
            reason,
            lifts_at: None,
            hard: false,
        });
    }
    let reply = case.past().iter().rev().find(|signal| is_reply(signal))?.at;
    let lifts = reply + REPLY_STOPS_FOR;
    review.at(lifts);
    (lifts > case.now).then(|| {
        let reason = format!("They replied {} ago: a conversation goes before a series", case.now - reply);
        Stop { gate: Gate::Applicable, policy: "replied", by: None, reason, lifts_at: Some(lifts), hard: false }
    })
}

fn progress(past: &[Signal], running: &Running<'_>) -> Option<Progress> {
    let mut touches = past.iter().filter(|signal| signal.is_touch());
    let named = |signal: &Signal| signal.cadence.as_deref() == Some(running.cadence.name.as_str());
    let number = |signal: &Signal| signal.step.and_then(|step| usize::try_from(step).ok()).filter(|step| *step >= 1);
    let first = touches.by_ref().find(|signal| named(signal))?;
    let mut so_far = Progress { start: first.at, step: number(first).unwrap_or(1), done: first.at };
    for touch in touches {
        // Steps count from 1, so the step after this one stands at this number.
        let next = running.steps.get(so_far.step).map(|step| &step.action);
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
fn after(progress: &Progress, running: &Running<'_>, later: &impl Fn(Instant, Lapse) -> Instant) -> Option<Next> {
    let planned = |step: &Touch| step.after.map_or(progress.start, |after| later(progress.start, after));
    let touch = running.steps.get(progress.step)?;
    let previous = running.steps.get(progress.step.checked_sub(1)?);
    let late = previous.map_or(Duration::ZERO, |step| progress.done - planned(step)).max(Duration::ZERO);
    let due = (planned(touch) + late).max(progress.done);
    Some(Next { step: u32::try_from(progress.step + 1).ok()?, touch: touch.clone(), due })
}
