//! What came of a run, in numbers. Left out: words; the command and the page have those.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::book::past_contacts::ContactStarts;
use crate::book::vocabulary::{Channel, SignalKind, Stage};
use crate::calendar::{Duration, Instant};
use crate::simulate::audit::Audit;
use crate::simulate::audit::incidents::{CASES, Case, Incident};
use crate::simulate::audit::questions::Question;
use crate::simulate::settings::Settings;

/// What came of a run.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// What was asked for.
    pub settings: Settings,
    /// The name of the response model.
    pub model: String,
    /// The leads of the book.
    pub leads: usize,
    /// The touches that were made, appointments included.
    pub touches: usize,
    /// Of these, what a system sent.
    pub automatic: usize,
    /// Of these, by channel.
    pub by_channel: BTreeMap<Channel, usize>,
    /// Each rep.
    pub by_rep: Vec<RepReport>,
    /// The share of the reps' working time that they were at something.
    pub load: f64,
    /// Touches per lead.
    pub per_lead: PerLead,
    /// Other work: people to find, leads to hand over.
    pub tasks: usize,
    /// Appointments that were kept.
    pub appointments: usize,
    /// Advice that a rep declined, as far as the response model has them do so.
    pub declined: usize,
    /// Advice that a rep put off by a day, as far as the response model has them do so.
    pub snoozed: usize,
    /// Leads for which something was due of which no rep is told.
    pub without_rep: usize,
    /// Questions of customers.
    pub questions: AnswerTimes,
    /// Of these, the forms.
    pub forms: AnswerTimes,
    /// Of these, the forms that came in the working hours of the owner, counted in those hours.
    pub forms_in_working_hours: AnswerTimes,
    /// The leads by stage at the start, as the rules see it.
    pub stages_at_start: BTreeMap<Stage, usize>,
    /// The leads by stage at the end, as the rules see it.
    pub stages_at_end: BTreeMap<Stage, usize>,
    /// What was stopped, and why: the most leads first.
    pub blocked: Vec<BlockedReport>,
    /// What advice should not lead to.
    pub incidents: Vec<Incident>,
    /// The touches of each day of the run.
    pub days: Vec<DayReport>,
    /// Who began the contacts of the run.
    pub contacts: ContactStarts,
    /// What became of the plans; absent where reps follow their queue.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub plan: Option<PlanReport>,
}

/// What became of the plans of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PlanReport {
    /// What was planned.
    pub planned: usize,
    /// Of this, what was done.
    pub done: usize,
    /// What did not fit in its day, added up over the days.
    pub not_fit: usize,
    /// What was done over another channel than advised, because the budget was used up.
    pub instead: usize,
}

/// What a rep did.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RepReport {
    /// Id of the rep.
    pub rep: String,
    /// Touches made.
    pub touches: usize,
    /// Other work.
    pub tasks: usize,
    /// The share of their working time that they were at something.
    pub load: f64,
}

/// How touches are spread over leads.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PerLead {
    /// The leads that were touched at all.
    pub touched: usize,
    /// Of these, the touches in the median.
    pub median: usize,
    /// And of nine in ten at most.
    pub nine_in_ten: usize,
    /// The most.
    pub most: usize,
}

/// How long customers waited for the first attempt to answer them.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AnswerTimes {
    /// How many asked.
    pub asked: usize,
    /// How many of them got an answer, or an attempt to one, within the run.
    pub answered: usize,
    /// How many were reached.
    pub reached: usize,
    /// Half of them waited no longer than this, in minutes. Who was not answered counts with the time until the end of the run.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub median_minutes: Option<i64>,
    /// Nine in ten of them waited no longer than this.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nine_in_ten_minutes: Option<i64>,
    /// Of those who asked, whose answer was held up by law, by their own hours or by a time zone that is not known.
    pub held: usize,
    /// Half of the others waited no longer than this, in minutes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub median_minutes_of_others: Option<i64>,
    /// Nine in ten of the others waited no longer than this.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nine_in_ten_minutes_of_others: Option<i64>,
    /// Those who waited longest, at the moment of the answer or at the end of the run.
    pub longest: Vec<Case>,
}

/// A policy with the leads that it stopped.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct BlockedReport {
    /// The policy, in one word.
    pub policy: String,
    /// The statement, where it stands in a pack.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// Whether it is law or consent.
    pub hard: bool,
    /// How many leads.
    pub leads: usize,
}

/// One day of the run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DayReport {
    /// When it begins; days have 24 hours and begin at the time of day of the start.
    pub from: Instant,
    /// The touches by channel.
    pub by_channel: BTreeMap<Channel, usize>,
}

/// The value at this share of some values, by nearest rank: of ten, nine in ten is the ninth. `None` without values.
pub(super) fn quantile<T: Ord + Copy>(values: &mut [T], share: f64) -> Option<T> {
    values.sort_unstable();
    // The product is at most the length.
    let rank = libm::ceil(share * values.len() as f64) as usize;
    values.get(rank.max(1) - 1).copied()
}

impl PerLead {
    pub(super) fn of(touches: &BTreeMap<usize, usize>) -> Self {
        let mut counts: Vec<usize> = touches.values().copied().collect();
        Self {
            touched: counts.len(),
            median: quantile(&mut counts, 0.5).unwrap_or_default(),
            nine_in_ten: quantile(&mut counts, 0.9).unwrap_or_default(),
            most: counts.last().copied().unwrap_or_default(),
        }
    }
}

impl AnswerTimes {
    /// Of the questions that were asked during a run from `from` to `until`, and that `which` holds for. `length` is how long somebody waited between two
    /// moments; a question for which it is `None` is left out.
    fn of(
        audit: &Audit,
        (from, until): (Instant, Instant),
        which: impl Fn(&Question) -> bool,
        length: impl Fn(&Question, Instant) -> Option<Duration>,
    ) -> Self {
        let (mut waits, mut answered, mut reached): (Vec<(i64, &Question)>, usize, usize) = (Vec::new(), 0, 0);
        for question in audit.questions().iter().filter(|one| one.at > from && one.at < until && which(one)) {
            let Some(waited) = length(question, question.answered.unwrap_or(until)) else { continue };
            waits.push((waited.millis() / Duration::MINUTE.millis(), question));
            answered += usize::from(question.answered.is_some());
            reached += usize::from(question.reached.is_some());
        }
        waits.sort_by_key(|(waited, _)| std::cmp::Reverse(*waited));
        let case = |(_, question): &(i64, &Question)| audit.question_case(question, question.answered.unwrap_or(until));
        let longest = waits.iter().take(CASES).map(case).collect();
        let mut times: Vec<i64> = waits.iter().map(|(waited, _)| *waited).collect();
        let is_held = |question: &Question| question.held == Some(true);
        let others = waits.iter().filter(|(_, question)| !is_held(question));
        let mut of_others: Vec<i64> = others.map(|(waited, _)| *waited).collect();
        Self {
            asked: times.len(),
            answered,
            reached,
            median_minutes: quantile(&mut times, 0.5),
            nine_in_ten_minutes: quantile(&mut times, 0.9),
            held: times.len() - of_others.len(),
            median_minutes_of_others: quantile(&mut of_others, 0.5),
            nine_in_ten_minutes_of_others: quantile(&mut of_others, 0.9),
            longest,
        }
    }

    /// All questions, the forms, and the forms that came in working hours.
    pub(super) fn all(audit: &Audit, run: (Instant, Instant)) -> [Self; 3] {
        let by_clock = |question: &Question, until: Instant| Some(until - question.at);
        let form = |question: &Question| question.kind == SignalKind::Form;
        [
            Self::of(audit, run, |_| true, by_clock),
            Self::of(audit, run, form, by_clock),
            Self::of(audit, run, form, |question, until| audit.working_time(question.lead, question.at, until)),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_by_nearest_rank() {
        let mut ten: Vec<i64> = (1..=10).rev().collect();
        assert_eq!((quantile(&mut ten, 0.5), quantile(&mut ten, 0.9)), (Some(5), Some(9)));
        assert_eq!(quantile(&mut [7], 0.9), Some(7));
        assert_eq!(quantile::<i64>(&mut [], 0.9), None);
    }
}
