//! The plan of the day that reps of a run follow: what is left of it, and what became of it.
//!
//! A plan is made when a run begins and at every midnight of the team. It holds what was to be done when the day began; what comes in during the day
//! and is owed or promised goes before it, in the part of the day that is not planned.

use crate::book::Book;
use crate::book::vocabulary::Channel;
use crate::calendar::{Duration, Instant};
use crate::language::Rulebook;
use crate::plan::{PlanEntry, PlanSettings, effort, is_stated, plan, stated_effort};
use crate::simulate::report::PlanReport;
use crate::simulate::settings::{Settings, USUAL_MINUTES};
use crate::wording::Language;

/// How reps divide their time.
#[derive(Debug)]
pub(super) struct PlannedDay<'a> {
    rulebook: &'a Rulebook,
    /// When the next plan is made.
    until: Instant,
    /// What is left of the plan of the day: the rep, by place in the book, and the lead.
    left: Vec<(usize, usize, PlanEntry)>,
    report: PlanReport,
}

/// Whether reps follow a plan in a run with these settings.
pub(super) fn follows_plan(rulebook: &Rulebook, settings: &Settings) -> bool {
    settings.plan.unwrap_or_else(|| is_stated(rulebook))
}

/// How long a touch takes; a task without a channel takes the usual time.
pub(super) fn touch_time(rulebook: &Rulebook, settings: &Settings, channel: Option<Channel>) -> Duration {
    let minutes = |minutes: u32| Duration::MINUTE.times(minutes.into()).unwrap_or(Duration::MINUTE);
    let given = channel.and_then(|channel| settings.minutes.get(&channel)).map(|given| minutes(*given));
    let stated = || channel.and_then(|channel| stated_effort(rulebook, channel));
    let planned = || follows_plan(rulebook, settings).then(|| effort(rulebook, channel));
    given.or_else(stated).or_else(planned).unwrap_or_else(|| minutes(USUAL_MINUTES))
}

impl<'a> PlannedDay<'a> {
    /// The days of a run that begins at `start`; `None` where reps follow their queue.
    pub(super) fn new(rulebook: &'a Rulebook, settings: &Settings, start: Instant) -> Option<Self> {
        let follows = follows_plan(rulebook, settings);
        follows.then(|| Self { rulebook, until: start, left: Vec::new(), report: PlanReport::default() })
    }

    /// Makes the plan of a new day, once it has begun.
    pub(super) fn begin(&mut self, book: &Book, now: Instant) {
        if now < self.until {
            return;
        }
        let settings = PlanSettings { days: 1, ..PlanSettings::default() };
        let made = plan(self.rulebook, book, now, &settings, Language::English);
        self.until = made.until;
        self.report.not_fit += made.not_planned.len();
        let rep = |id: &str| book.reps().iter().position(|rep| rep.id == id);
        let of_day = made.days.into_iter().filter_map(|day| Some((rep(&day.rep)?, day.touches)));
        let entries = of_day.flat_map(|(rep, touches)| touches.into_iter().map(move |touch| (rep, touch)));
        // Appointments are kept as they are, plan or not.
        let advised = entries.filter(|(_, entry)| entry.advice.is_some());
        self.left = advised.filter_map(|(rep, entry)| Some((rep, book.find(&entry.lead)?, entry))).collect();
        self.report.planned += self.left.len();
    }

    /// What a rep is to do by now, the earliest first; it is taken out of the plan. `None` when nothing is.
    pub(super) fn next(&mut self, rep: usize, now: Instant) -> Option<(usize, PlanEntry)> {
        let place = self.left.iter().position(|(of, _, entry)| *of == rep && entry.at <= now)?;
        let (_, lead, entry) = self.left.remove(place);
        Some((lead, entry))
    }

    /// Something of the plan was done.
    pub(super) fn done(&mut self, entry: &PlanEntry) {
        self.report.done += 1;
        self.report.instead += usize::from(entry.instead_of.is_some());
    }

    /// What became of the plans.
    pub(super) fn into_report(self) -> PlanReport {
        self.report
    }
}
