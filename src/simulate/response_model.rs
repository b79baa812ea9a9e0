//! The response model: what customers do by themselves, and how likely they answer. It is stated in a file, and nothing of it is in the code
//! but its form.
//!
//! A model is a set of assumptions. It is no measurement and no forecast; two sets of rules are compared under the same assumptions.
//!
//! Invariant: in a model that was read, chances lie between 0 and 1, rates and weights are finite and not negative, and lists of hours have 24
//! entries.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::book::vocabulary::{Channel, Outcome, SignalKind, Stage};
use crate::wording::{Sentence, reader_error};

/// The model that is used without another: `docs/simulating.md` tells it.
const DEFAULT: &str = include_str!("response_model.json");
/// The most signals of one kind a lead starts in a week: one each hour.
const MOST_A_WEEK: f64 = 168.0;
/// The longest mean time to an answer, in hours.
const LONGEST_DELAY: f64 = 1_000.0;

/// What customers do, and how they answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResponseModel {
    /// What it is called.
    pub name: String,
    /// Where its figures come from.
    pub because: String,
    /// How busy customers are in each hour of their own day, from midnight on: 24 weights, of which 1 is a busy hour.
    pub hours: Vec<f64>,
    /// The share of what they do on a working day that they do on a Saturday or a Sunday.
    pub weekend: f64,
    /// What they start by themselves.
    #[serde(default)]
    pub arrivals: Vec<Arrival>,
    /// How they answer, by channel. On a channel that is not listed nobody answers.
    #[serde(default)]
    pub answers: BTreeMap<Channel, AnswerModel>,
    /// What reps do with advice that answers nobody.
    #[serde(default, skip_serializing_if = "FeedbackModel::is_none")]
    pub feedback: FeedbackModel,
}

/// What reps do with advice that answers nobody, instead of following it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct FeedbackModel {
    /// How likely they decline it.
    pub declined: f64,
    /// How likely they put it off by a day.
    pub snoozed: f64,
}

impl FeedbackModel {
    /// Whether every advice is followed.
    fn is_none(&self) -> bool {
        *self == Self::default()
    }
}

/// Something that customers start by themselves.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Arrival {
    /// What.
    pub kind: SignalKind,
    /// Over which channel; a person who has no address there does not start it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<Channel>,
    /// How it ended: `no_answer` makes a call one that we missed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Outcome>,
    /// What it is about: one of these, all alike likely. None where empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub topics: Vec<String>,
    /// How many a lead starts in a week.
    pub a_week: f64,
    /// By which factor that is more or less in a stage, as recorded at the start; 1 where absent.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub stages: BTreeMap<Stage, f64>,
}

/// How people answer on a channel.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnswerModel {
    /// How likely a touch is answered, in a busy hour.
    pub chance: f64,
    /// By which factor that is more or less in each hour of the person's day; 24 numbers, 1 where absent.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hours: Vec<f64>,
    /// By which factor it is more or less in a stage, as recorded at the start; 1 where absent.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub stages: BTreeMap<Stage, f64>,
    /// By which factor it is more likely for a person who waits for us; 1 where absent.
    #[serde(default = "one")]
    pub waiting: f64,
    /// How likely a message comes back because the address does not work any more.
    #[serde(default)]
    pub bounces: f64,
    /// The mean time until the answer, in hours, where the channel is written: a reply comes later. Not used for calls and meetings, which
    /// are answered at once.
    #[serde(default)]
    pub delay: f64,
    /// How a call or meeting ends that is not answered, by weight; `no_answer` (`no_show` of a meeting) where empty.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub unanswered: BTreeMap<Outcome, f64>,
}

const fn one() -> f64 {
    1.0
}

/// Why a text is not a response model, in one sentence without a full stop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModelError {
    /// The field: `answers.phone.chance`; empty for the whole.
    pub path: String,
    /// What is wrong.
    pub reason: Sentence,
}

impl ResponseModel {
    /// The model that is used without another.
    ///
    /// # Errors
    /// Never: a test reads it.
    pub fn standard() -> Result<Self, ModelError> {
        Self::parse(DEFAULT)
    }

    /// The text of [`standard`](Self::standard), for copying and changing.
    pub const fn standard_text() -> &'static str {
        DEFAULT
    }

    /// Reads a model from JSON.
    ///
    /// # Errors
    /// The first thing that is wrong with it.
    pub fn parse(text: &str) -> Result<Self, ModelError> {
        let whole =
            |error: serde_json::Error| ModelError { path: String::new(), reason: reader_error(&error.to_string()) };
        serde_json::from_str::<Self>(text).map_err(whole)?.checked()
    }

    /// The model itself.
    ///
    /// # Errors
    /// The first thing that is wrong with it.
    pub fn checked(self) -> Result<Self, ModelError> {
        self.check().map(|()| self)
    }

    /// Nobody answers; what customers start by themselves stays.
    #[must_use]
    pub fn without_answers(mut self) -> Self {
        self.answers.clear();
        self
    }

    /// Everybody answers, on every channel, at once where that is possible and else within the delay of the model.
    #[must_use]
    pub fn with_certain_answers(mut self) -> Self {
        for channel in Channel::ALL {
            let model = self.answers.entry(*channel).or_default();
            *model = AnswerModel { chance: 1.0, waiting: 1.0, delay: model.delay, ..AnswerModel::default() };
        }
        self
    }

    fn check(&self) -> Result<(), ModelError> {
        hours("hours", &self.hours)?;
        if self.hours.is_empty() {
            return Err(wrong("hours", "model-hours"));
        }
        between("weekend", self.weekend, 1.0)?;
        between("feedback.declined", self.feedback.declined, 1.0)?;
        between("feedback.snoozed", self.feedback.snoozed, 1.0 - self.feedback.declined)?;
        for (nth, arrival) in self.arrivals.iter().enumerate() {
            between(&format!("arrivals[{nth}].a_week"), arrival.a_week, MOST_A_WEEK)?;
            for (stage, factor) in &arrival.stages {
                between(&format!("arrivals[{nth}].stages.{stage}"), *factor, MOST_A_WEEK)?;
            }
        }
        for (channel, answers) in &self.answers {
            let path = |field: &str| format!("answers.{channel}.{field}");
            between(&path("chance"), answers.chance, 1.0)?;
            between(&path("waiting"), answers.waiting, 1_000.0)?;
            between(&path("bounces"), answers.bounces, 1.0)?;
            between(&path("delay"), answers.delay, LONGEST_DELAY)?;
            hours(&path("hours"), &answers.hours)?;
            for (stage, factor) in &answers.stages {
                between(&path(&format!("stages.{stage}")), *factor, 1_000.0)?;
            }
            for (outcome, weight) in &answers.unanswered {
                between(&path(&format!("unanswered.{outcome}")), *weight, 1_000.0)?;
                if outcome.is_answer() {
                    return Err(wrong(&path(&format!("unanswered.{outcome}")), "model-answered"));
                }
            }
        }
        Ok(())
    }
}

impl Arrival {
    /// How many a lead in this stage starts in a week.
    pub(crate) fn a_week_in(&self, stage: Option<Stage>) -> f64 {
        self.a_week * factor(&self.stages, stage)
    }
}

impl AnswerModel {
    /// How likely a touch is answered by somebody whose clocks show this hour.
    pub(crate) fn chance_at(&self, hour: u32, stage: Option<Stage>, waiting: bool) -> f64 {
        let of_hour = usize::try_from(hour).ok().and_then(|hour| self.hours.get(hour)).copied().unwrap_or(1.0);
        let of_waiting = if waiting { self.waiting } else { 1.0 };
        (self.chance * of_hour * factor(&self.stages, stage) * of_waiting).min(1.0)
    }
}

/// The factor of a stage, 1 for one that is not listed or not known.
fn factor(stages: &BTreeMap<Stage, f64>, stage: Option<Stage>) -> f64 {
    stage.and_then(|stage| stages.get(&stage)).copied().unwrap_or(1.0)
}

fn wrong(path: &str, reason: impl Into<Sentence>) -> ModelError {
    ModelError { path: path.to_owned(), reason: reason.into() }
}

fn between(path: &str, number: f64, most: f64) -> Result<(), ModelError> {
    if (0.0..=most).contains(&number) {
        return Ok(());
    }
    let reason = Sentence::new("record-outside").with("low", "0").with("high", most.to_string());
    Err(wrong(path, reason.with("found", number.to_string())))
}

fn hours(path: &str, weights: &[f64]) -> Result<(), ModelError> {
    if !weights.is_empty() && weights.len() != 24 {
        return Err(wrong(path, Sentence::new("model-hours-count").with("count", weights.len())));
    }
    weights.iter().try_for_each(|weight| between(path, *weight, 1_000.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_standard_model_is_read_and_written_alike() {
        let standard = ResponseModel::standard().unwrap();
        assert!(!standard.arrivals.is_empty() && !standard.answers.is_empty());
        assert_eq!(ResponseModel::parse(&serde_json::to_string(&standard).unwrap()), Ok(standard));
    }

    #[test]
    fn what_is_no_model_is_refused_with_its_place() {
        let standard: serde_json::Value = serde_json::from_str(DEFAULT).unwrap();
        for (pointer, value, path) in [
            ("/answers/phone/chance", serde_json::json!(1.2), "answers.phone.chance"),
            ("/arrivals/0/a_week", serde_json::json!(-1), "arrivals[0].a_week"),
            ("/hours", serde_json::json!([1.0, 2.0]), "hours"),
            ("/answers/phone/unanswered", serde_json::json!({ "answered": 1 }), "answers.phone.unanswered.answered"),
        ] {
            let mut model = standard.clone();
            *model.pointer_mut(pointer).unwrap() = value;
            assert_eq!(ResponseModel::parse(&model.to_string()).unwrap_err().path, path);
        }
        assert!(ResponseModel::parse("{ \"name\": 1 }").is_err());
        assert!(ResponseModel::parse("").is_err());
    }

    #[test]
    fn a_chance_never_passes_one() {
        let model = AnswerModel { chance: 0.6, waiting: 3.0, ..AnswerModel::default() };
        assert!((model.chance_at(10, None, false) - 0.6).abs() < 1e-12);
        assert!((model.chance_at(10, None, true) - 1.0).abs() < 1e-12);
    }
}
