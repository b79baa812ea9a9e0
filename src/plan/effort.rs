//! How long a touch takes a rep, and how many of them the team can spare.

use crate::book::Book;
use crate::book::vocabulary::Channel;
use crate::calendar::{Duration, Instant};
use crate::decide::context::propensity::{USUAL_MINUTES, minutes_of_rep};
use crate::language::Rulebook;
use crate::pack::team::{Budget, BudgetScope};

/// How long a touch on this channel takes a rep: what the last pack says that speaks of it, else what the priority reckons with.
/// `None` is other work: somebody to find, a lead to hand over.
pub fn effort(rulebook: &Rulebook, channel: Option<Channel>) -> Duration {
    // Whole minutes, far below the numbers that an integer cannot hold.
    let minutes = |minutes: f64| Duration::MINUTE.times(minutes as i64).unwrap_or_default();
    let usual = || minutes(channel.map_or(USUAL_MINUTES, minutes_of_rep));
    channel.and_then(|channel| stated_effort(rulebook, channel)).unwrap_or_else(usual)
}

/// What the last pack says that speaks of the effort of a channel; `None` where none does.
pub fn stated_effort(rulebook: &Rulebook, channel: Channel) -> Option<Duration> {
    let latest_first = rulebook.packs().iter().rev().flat_map(|pack| pack.efforts.iter().rev());
    latest_first.filter(|effort| effort.channels.cover(channel)).map(|effort| effort.length).next()
}

/// Whether a pack says what a touch takes or how many there can be, so that its team works by a plan.
pub(crate) fn is_stated(rulebook: &Rulebook) -> bool {
    rulebook.packs().iter().any(|pack| !pack.efforts.is_empty() || !pack.budgets.is_empty())
}

/// A touch that budgets count.
#[derive(Clone, Copy, Debug)]
struct Spent {
    at: Instant,
    channel: Channel,
    rep: Option<usize>,
}

/// What the team spent of its budgets, made or planned.
#[derive(Debug)]
pub(super) struct Spending<'a> {
    budgets: Vec<&'a Budget>,
    spent: Vec<Spent>,
}

impl<'a> Spending<'a> {
    /// What was spent by the touches of a book, and is by what is agreed on in it.
    pub(super) fn of(rulebook: &'a Rulebook, book: &Book) -> Self {
        let budgets: Vec<&Budget> = rulebook.packs().iter().flat_map(|pack| &pack.budgets).collect();
        let mut spent = Vec::new();
        if !budgets.is_empty() {
            let place = |id: Option<&String>| book.reps().iter().position(|rep| Some(&rep.id) == id);
            for lead in book.leads() {
                let made = lead.signals.iter().filter(|signal| signal.is_touch());
                let made = made.filter_map(|one| Some((one.at, one.channel?, one.rep.as_ref())));
                let planned = lead.planned.iter().map(|one| (one.at, one.channel, one.rep.as_ref()));
                let all = made.chain(planned);
                spent.extend(all.map(|(at, channel, rep)| Spent {
                    at,
                    channel,
                    rep: place(rep.or(lead.owner.as_ref())),
                }));
            }
        }
        Self { budgets, spent }
    }

    /// A touch is planned.
    pub(super) fn spend(&mut self, at: Instant, channel: Channel, rep: usize) {
        self.spent.push(Spent { at, channel, rep: Some(rep) });
    }

    /// The first budget that a touch of this rep at this moment would exceed: in no window of its length may there be more than it has.
    pub(super) fn exceeded(&self, at: Instant, channel: Channel, rep: usize) -> Option<&'a Budget> {
        let exceeds = |budget: &&Budget| {
            let counts = |one: &&Spent| {
                budget.channels.cover(one.channel)
                    && (budget.across == BudgetScope::Team || one.rep == Some(rep))
                    && one.at > at - budget.per
                    && one.at < at + budget.per
            };
            let near: Vec<Instant> = self.spent.iter().filter(counts).map(|one| one.at).chain([at]).collect();
            let within = |from: Instant| near.iter().filter(|one| **one >= from && **one < from + budget.per).count();
            let starts = near.iter().filter(|from| **from <= at);
            budget.channels.cover(channel) && starts.map(|from| within(*from)).any(|count| count > budget.most as usize)
        };
        self.budgets.iter().find(|budget| exceeds(budget)).copied()
    }
}
