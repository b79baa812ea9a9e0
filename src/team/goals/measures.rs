//! What each measure of a goal comes to, for some leads in some time.
//!
//! All measures are outcomes, and none asks over which channel something came about: the same revenue by phone and by social is the same.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::book::past_contacts::{ContactStarts, lead_questions};
use crate::calendar::{Duration, Instant, Window};
use crate::decide::Decider;
use crate::pack::team::Measure;
use crate::team::effect::is_assisted;
use crate::team::groups;
use crate::team::history::{History, Move};
use crate::team::interval::Share;
use crate::team::viewer::TeamView;

/// What a measure comes to.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Measured {
    /// Its value, in the unit of the measure; absent where nothing is known, or too little for a share.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<f64>,
    /// Of how many cases.
    pub n: u32,
    /// The share with its interval, for a measure that is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub share: Option<Share>,
    /// How retained revenue comes about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retained: Option<RetainedRevenue>,
}

/// Yearly revenue of those who were customers at the beginning: `end = start + expansion - contraction - churn`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RetainedRevenue {
    /// Theirs at the beginning.
    pub start: f64,
    /// By how much it grew with those who are worth more.
    pub expansion: f64,
    /// By how much it shrank with those who are worth less and stayed.
    pub contraction: f64,
    /// That of those who left.
    pub churn: f64,
    /// Theirs at the end.
    pub end: f64,
    /// Net revenue retention: the end as a share of the start; absent where there was none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rate: Option<f64>,
}

/// The leads and the time for which something is measured.
pub(super) struct Scope<'a> {
    pub(super) view: &'a TeamView<'a>,
    pub(super) history: &'a History,
    /// Whether a lead counts, by place in the book.
    pub(super) counts: Vec<bool>,
    pub(super) time: Window,
}

impl Scope<'_> {
    pub(super) fn measure(&self, measure: Measure) -> Measured {
        match measure {
            Measure::Revenue => self.revenue(),
            Measure::RetainedRevenue => self.retained_revenue(),
            Measure::Orders => count(self.sales().count()),
            Measure::StageMoves => count(self.moves().count()),
            Measure::StageSpeed => self.stage_speed(),
            Measure::AnsweredInTime => self.answered_in_time(),
            Measure::BuyingGroupCoverage => {
                let open = self.leads().filter(|(_, lead)| groups::is_open(lead));
                let covered: Vec<bool> = open.map(|(_, lead)| groups::is_covered(lead, self.time.until)).collect();
                share(covered.iter().filter(|covered| **covered).count(), covered.len())
            }
            Measure::PullRatio => {
                let mut starts = ContactStarts::default();
                self.leads().for_each(|(_, lead)| starts += ContactStarts::of(lead, self.time.from, self.time.until));
                let by_customers = starts.by_customers as usize;
                share(by_customers, by_customers + starts.by_us as usize)
            }
            Measure::AssistedWins => {
                let leads = self.view.leads();
                let assisted =
                    self.sales().filter(|sale| leads.get(sale.lead).is_some_and(|lead| is_assisted(lead, sale.at)));
                count(assisted.count())
            }
        }
    }

    fn leads(&self) -> impl Iterator<Item = (usize, &crate::book::Lead)> {
        self.view.leads().iter().enumerate().filter(|(place, _)| self.has(*place))
    }

    fn has(&self, lead: usize) -> bool {
        self.counts.get(lead).copied().unwrap_or_default()
    }

    fn sales(&self) -> impl Iterator<Item = &super::super::history::Sale> {
        self.history.sales.iter().filter(|sale| self.time.contains(sale.at) && self.has(sale.lead))
    }

    fn moves(&self) -> impl Iterator<Item = &Move> {
        let within = self.history.moves.iter().filter(|one| self.time.contains(one.at) && self.has(one.lead));
        within.filter(|one| one.is_forward())
    }

    fn revenue(&self) -> Measured {
        let amounts: Vec<f64> = self.sales().filter_map(|sale| sale.amount).collect();
        Measured { value: Some(amounts.iter().sum()), ..count(amounts.len()) }
    }

    fn retained_revenue(&self) -> Measured {
        let mut revenue = RetainedRevenue::default();
        let mut customers = 0;
        for (_, yearly) in self.history.yearly.iter().filter(|(lead, _)| self.has(**lead)) {
            let by = |at: Instant| yearly.iter().rev().find(|(from, _)| *from < at).map_or(0.0, |(_, amount)| *amount);
            // What begins with the first day was not there before it.
            let (start, end) = (by(self.time.from), by(self.time.until));
            if start <= 0.0 {
                continue;
            }
            customers += 1;
            revenue.start += start;
            revenue.end += end;
            if end <= 0.0 {
                revenue.churn += start;
            } else if end < start {
                revenue.contraction += start - end;
            } else {
                revenue.expansion += end - start;
            }
        }
        revenue.rate = (revenue.start > 0.0).then(|| revenue.end / revenue.start);
        let value = (customers > 0).then_some(revenue.end);
        Measured { value, retained: Some(revenue), ..count(customers) }
    }

    /// The median of the days between a move and the one before it.
    fn stage_speed(&self) -> Measured {
        let mut days: Vec<f64> = self
            .moves()
            .filter_map(|one| Some((one.at - one.since?).millis() as f64 / Duration::DAY.millis() as f64))
            .collect();
        Measured { value: median(&mut days), ..count(days.len()) }
    }

    /// Of the questions that were asked in this time and for which the rules promised an answer by a moment: those that were answered by then. A
    /// question that is still within its promise is left out.
    fn answered_in_time(&self) -> Measured {
        let mut at_moment: BTreeMap<Instant, Vec<(usize, Option<Instant>)>> = BTreeMap::new();
        for (place, lead) in self.leads() {
            let asked = lead_questions(lead, self.time.until).into_iter().map(|one| one.question);
            for one in asked.filter(|one| self.time.contains(one.question.since)) {
                at_moment.entry(one.question.since).or_default().push((place, one.reached_at));
            }
        }
        let (mut in_time, mut promised) = (0, 0);
        for (asked_at, questions) in at_moment {
            // As the rules decided when it was asked: what is later is not seen.
            let decider = Decider::new(self.view.rulebook, self.view.book, asked_at);
            for (lead, reached_at) in questions {
                let Some(due) = decider.decision(lead).and_then(|decision| decision.due) else { continue };
                let answered = reached_at.is_some_and(|reached| reached <= due);
                if answered || due <= self.time.until {
                    promised += 1;
                    in_time += usize::from(answered);
                }
            }
        }
        share(in_time, promised)
    }
}

fn count(number: usize) -> Measured {
    let n = u32::try_from(number).unwrap_or(u32::MAX);
    Measured { value: Some(n.into()), n, ..Measured::default() }
}

fn share(hits: usize, n: usize) -> Measured {
    let whole = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let share = Share::of(whole(hits), whole(n));
    Measured { value: share.estimate.map(|estimate| estimate.share), n: share.n, share: Some(share), retained: None }
}

/// The middle value, or the mean of the two in the middle; `None` without values.
pub(in crate::team) fn median(values: &mut [f64]) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    let upper = values.get(values.len() / 2)?;
    let lower = values.get(values.len().checked_sub(1)? / 2)?;
    Some((lower + upper) / 2.0)
}
