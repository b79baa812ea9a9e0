//! How far a series is: which of its steps have been made, for a person or for the lead.
//!
//! In: the signals of a lead. A touch that is logged with the name of the cadence is a step of it; one that names no cadence and goes over the
//! channel of the next step counts as that step, once the series has begun. A touch that names nobody counts for everybody in the lead.
//!
//! A series in which nothing was done for `again_after` is over: the next touch with its name begins it anew.

use crate::book::{Person, Signal};
use crate::calendar::{Duration, Instant};
use crate::decide::context::statements::ShapedTouch;
use crate::pack::touch::{Action, Lapse, Touch};

/// The steps of a series that have been made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Progress {
    /// When the first of them was made.
    pub(crate) begun_at: Instant,
    /// The moment from which `.after` counts. Where the first step made is a later one of the list, as when those before it could not be made,
    /// it lies before [`begun_at`](Self::begun_at), so that the gaps between steps stay.
    counted_from: Instant,
    /// The number of the last step made, from 1, which is the index of the one after it.
    pub(crate) last_step: usize,
    /// When that was.
    pub(crate) last_step_at: Instant,
}

/// A cadence and its steps for a lead.
pub(crate) struct Series<'s> {
    /// Its name, as signals have it.
    pub(crate) name: &'s str,
    /// The touches, one per step.
    pub(crate) steps: &'s [ShapedTouch],
    /// How long after the last step it is over and may begin anew; `None` for never.
    pub(crate) again_after: Option<Duration>,
}

impl Series<'_> {
    /// Whether a touch is logged as a step of it.
    pub(crate) fn is_step(&self, signal: &Signal) -> bool {
        signal.cadence.as_deref() == Some(self.name) && signal.is_touch()
    }

    /// The steps made in these past signals of a lead with a person, or with anybody; `None` when it has not begun. `may_be_made` is whether the
    /// step with this index is possible. It is not looked at whether the series is over by now.
    pub(crate) fn progress(
        &self,
        past: &[Signal],
        person: Option<&Person>,
        may_be_made: impl Fn(usize) -> bool,
        add_lapse: &impl Fn(Instant, Lapse) -> Instant,
    ) -> Option<Progress> {
        let concerns = |id: &str| person.is_none_or(|person| person.is_called(id));
        let mut progress: Option<Progress> = None;
        for touch in past.iter().filter(|signal| signal.is_touch() && signal.person.as_deref().is_none_or(concerns)) {
            let named = self.is_step(touch);
            let number = touch.step.and_then(|step| usize::try_from(step).ok()).filter(|step| *step >= 1);
            let current = progress.as_mut().filter(|current| !self.is_over(current.last_step_at, touch.at));
            let Some(current) = current else {
                if named {
                    progress = Some(self.begin(number.unwrap_or(1), touch.at, add_lapse));
                }
                continue;
            };
            let next = (current.last_step..self.steps.len()).find(|step| may_be_made(*step));
            let next = next.unwrap_or(current.last_step);
            current.last_step = match (named, number) {
                (true, Some(step)) if step >= current.last_step => step,
                (true, None) => next + 1,
                (false, _) if touch.cadence.is_none() && self.is_over_channel(next, touch) => next + 1,
                _ => continue,
            };
            current.last_step_at = touch.at;
        }
        progress
    }

    /// Whether nothing was done for so long at a moment that it is over, when the last thing was done at another.
    pub(crate) fn is_over(&self, last: Instant, at: Instant) -> bool {
        self.again_from(last).is_some_and(|again| again <= at)
    }

    /// From when on it may begin anew; `None` for never.
    pub(crate) fn again_from(&self, last: Instant) -> Option<Instant> {
        self.again_after.map(|after| last + after)
    }

    fn begin(&self, step: usize, at: Instant, add_lapse: &impl Fn(Instant, Lapse) -> Instant) -> Progress {
        let after = self.steps.get(step.saturating_sub(1)).filter(|_| step > 1).and_then(|step| step.touch.after);
        let counted_from = match after {
            None => at,
            Some(Lapse::Clock(length)) => at - length,
            Some(Lapse::Working(length)) => add_lapse(at, Lapse::Working(-length)),
            Some(Lapse::WorkingDays(days)) => add_lapse(at, Lapse::WorkingDays(-days)),
        };
        Progress { begun_at: at, counted_from, last_step: step, last_step_at: at }
    }

    fn is_over_channel(&self, step: usize, touch: &Signal) -> bool {
        let action = self.steps.get(step).map(|step| &step.touch.action);
        matches!(action, Some(Action::Contact(channel)) if Some(*channel) == touch.channel)
    }

    /// When a later step is due. A late step delays those after it by the same time, so that the gaps between steps stay; an early one changes
    /// nothing.
    pub(crate) fn due(
        &self,
        progress: &Progress,
        step: &Touch,
        add_lapse: &impl Fn(Instant, Lapse) -> Instant,
    ) -> Instant {
        let planned =
            |step: &Touch| step.after.map_or(progress.counted_from, |after| add_lapse(progress.counted_from, after));
        let last = progress.last_step.checked_sub(1).and_then(|index| self.steps.get(index));
        let delay = last.map_or(Duration::ZERO, |last| progress.last_step_at - planned(&last.touch));
        (planned(step) + delay.max(Duration::ZERO)).max(progress.last_step_at)
    }
}
