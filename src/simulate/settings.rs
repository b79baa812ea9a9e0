//! What a simulation is asked for: from when, how long, in which steps, with how many reps, and how long a touch takes them.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::book::vocabulary::Channel;
use crate::calendar::{Duration, Instant};

/// The most days of a run.
pub const MOST_DAYS: u32 = 366;
/// The most reps of a run.
pub const MOST_REPS: usize = 1_000;
/// The shortest and the longest step.
pub const STEPS: (Duration, Duration) = (Duration::MINUTE, Duration::DAY);
/// The longest touch, in minutes.
pub const MOST_MINUTES: u32 = 24 * 60;
/// How long a touch takes a rep on a channel of which neither settings nor packs speak, in minutes.
pub const USUAL_MINUTES: u32 = 10;

/// The settings of a run.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Settings {
    /// The first moment.
    pub start: Instant,
    /// How many days of 24 hours.
    pub days: u32,
    /// From one look at the queue to the next.
    #[serde(rename = "stepMinutes", serialize_with = "in_minutes")]
    pub step: Duration,
    /// The seed of the random numbers.
    pub seed: u64,
    /// How many reps work; those of the book where absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reps: Option<usize>,
    /// How long a touch takes a rep, by channel, in minutes; where absent what the packs say (`effort`), else ten.
    pub minutes: BTreeMap<Channel, u32>,
    /// Whether reps follow the plan of the day rather than their queue; where absent, when a pack says what a touch takes or how many there can be.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub plan: Option<bool>,
}

impl Settings {
    /// Fourteen days in steps of ten minutes, with the reps of the book.
    pub const fn new(start: Instant) -> Self {
        let step = Duration::from_millis(10 * Duration::MINUTE.millis());
        Self { start, days: 14, step, seed: 1, reps: None, minutes: BTreeMap::new(), plan: None }
    }

    /// These settings with each number held within its limit: days, step, reps and minutes.
    #[must_use]
    pub fn clamped(mut self) -> Self {
        self.days = self.days.clamp(1, MOST_DAYS);
        self.step = self.step.clamp(STEPS.0, STEPS.1);
        self.reps = self.reps.map(|reps| reps.clamp(1, MOST_REPS));
        self.minutes.values_mut().for_each(|minutes| *minutes = (*minutes).min(MOST_MINUTES));
        self
    }

    /// The end of the run, not included.
    pub fn end(&self) -> Instant {
        self.start + Duration::DAY.times(self.days.into()).unwrap_or(Duration::DAY)
    }

    /// The number of steps.
    pub fn steps(&self) -> u64 {
        let length = (self.end() - self.start).millis().max(0);
        u64::try_from((length + self.step.millis() - 1).div_euclid(self.step.millis().max(1))).unwrap_or_default()
    }
}

fn in_minutes<S: serde::Serializer>(step: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_i64(step.millis() / Duration::MINUTE.millis())
}
