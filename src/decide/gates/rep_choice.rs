//! Who makes a touch, and when: the first of the possible reps who is not off, placed in the hours in which they work.
//!
//! In: what is open without regard to reps, and the reps in order of preference ([`possible_sellers`]). Out: the rep, the moments at which they
//! can make the touch, and the slot. The preferred rep keeps a touch that nobody could make sooner, and one that they can make on the same day or
//! the day after, when they work on that day. One who is off ([`Seller::is_off`]) passes it to the next; of colleagues, to whom the lead is equally
//! new, it is for the first who can. When all are off, the moment is the first at which somebody can, and it is theirs.
//!
//! Invariant: the slot lies in the working hours of the rep, and the rep is not absent in it.
//!
//! [`possible_sellers`]: crate::decide::context::sellers::possible_sellers

use std::sync::Arc;

use crate::calendar::{Instant, Windows};
use crate::decide::context::decision_context::DecisionContext;
use crate::decide::context::placement::TimeSlot;
use crate::decide::context::review::ReviewTracker;
use crate::decide::context::sellers::{Seller, SellerReason};
use crate::decide::schedule::best_time::BestHour;
use crate::decide::schedule::solver::{self, ScheduleRequest, find_slot};

/// A rep with the slot of a touch.
pub(crate) struct RepChoice {
    /// The rep; `None` when there are no reps, or the touch needs nobody.
    pub(crate) seller: Option<Seller>,
    /// The moments at which the rep can make the touch.
    pub(crate) open: Arc<Windows>,
    /// The slot; `None` when nobody can make the touch in time.
    pub(crate) slot: Option<TimeSlot>,
    /// True when no rep can make the touch on the first possible day or the day after (or all are away that day and it is late), and nobody
    /// works before the slot.
    pub(crate) nobody_before: bool,
    /// The moments, other than the edges of `open`, at which another rep may be chosen.
    pub(crate) turns: Vec<Instant>,
}

/// Chooses the rep and the slot. `customer` are the moments that are open without regard to reps, up to the end of the search. Adds the moments at
/// which choice and slot can change, as far as they depend on now and on offsets by the clock.
pub(crate) fn choose_rep(
    context: &DecisionContext<'_>,
    (request, best): (&ScheduleRequest, Option<&BestHour>),
    customer: &Arc<Windows>,
    sellers: &[Seller],
    review: &mut ReviewTracker,
) -> RepChoice {
    let end = request.search_end();
    let without_rep = find_slot(request, customer, best);
    let Some(preferred) = sellers.first() else {
        solver::add_review_moments(request, customer, best, review);
        return RepChoice {
            seller: None,
            open: customer.clone(),
            slot: without_rep,
            nobody_before: false,
            turns: Vec::new(),
        };
    };
    let own = open_for(context, *preferred, customer, end);
    let own_slot = find_slot(request, &own, best);
    let first_of = |slot: Option<TimeSlot>| slot.map(|slot| slot.from);
    // Nobody can be sooner than what is open for everybody, so the others need not be looked at.
    let (placed, turns) = if sellers.len() == 1 || first_of(own_slot) == first_of(without_rep) {
        (PlacedRep { seller: *preferred, open: own, slot: own_slot }, Vec::new())
    } else {
        let others = sellers.iter().skip(1).map(|seller| (*seller, open_for(context, *seller, customer, end)));
        let all: Vec<(Seller, Arc<Windows>)> = std::iter::once((*preferred, own.clone())).chain(others).collect();
        let (placed, turns) = choose_among(context, (request, best), &all, review);
        (placed.unwrap_or(PlacedRep { seller: *preferred, open: own, slot: None }), turns)
    };
    let PlacedRep { seller, open, slot } = placed;
    solver::add_review_moments(request, &open, best, review);
    for turn in &turns {
        review.add(*turn);
        request.distances().for_each(|distance| review.add(*turn - distance));
    }
    let nobody_before = first_of(without_rep).zip(slot).is_some_and(|(possible, slot)| {
        let days_later = seller.end_of_next_day(&context.team, possible).is_some_and(|end| end <= slot.from);
        let free_day = slot.late && sellers.iter().all(|one| one.is_away_that_day(context, possible));
        review.add_all(seller.end_of_day(context, possible).filter(|_| free_day));
        (days_later || free_day) && !is_at_work_before(context, sellers, slot.from, review)
    });
    RepChoice { seller: Some(seller), open, slot, nobody_before, turns }
}

/// Whether one of the reps works at some time from now until a moment. Adds the moment at which none does any more.
fn is_at_work_before(
    context: &DecisionContext<'_>,
    sellers: &[Seller],
    until: Instant,
    review: &mut ReviewTracker,
) -> bool {
    let working = sellers.iter().filter_map(|seller| seller.working_windows(context, context.now, until));
    let last = working.filter_map(|working| working.iter().last().map(|window| window.until)).max();
    review.add_all(last);
    last.is_some()
}

/// A rep, the moments at which they can make a touch, and its slot in them.
struct PlacedRep {
    seller: Seller,
    open: Arc<Windows>,
    slot: Option<TimeSlot>,
}

/// The choice among several reps, each with the moments at which they can make the touch, `None` when nobody can; and the moments at which it can
/// be another.
fn choose_among(
    context: &DecisionContext<'_>,
    (request, best): (&ScheduleRequest, Option<&BestHour>),
    reps: &[(Seller, Arc<Windows>)],
    review: &mut ReviewTracker,
) -> (Option<PlacedRep>, Vec<Instant>) {
    let together: Windows = reps.iter().flat_map(|(_, open)| open.iter()).collect();
    solver::add_review_moments(request, &together, best, review);
    let mut turns: Vec<Instant> = together.edges().collect();
    let mut placed: Option<PlacedRep> = None;
    if let Some(first) = find_slot(request, &together, best).map(|slot| slot.from) {
        for (seller, open) in reps {
            // Colleagues to whom the lead is equally new: the first who can.
            let equal = matches!(seller.reason, SellerReason::Colleague(_));
            if placed.as_ref().is_some_and(|placed| !equal || placed.seller.reason != seller.reason) {
                break;
            }
            turns.extend(open.edges());
            turns.extend(seller.turns(context, request.start, request.search_end()));
            let slot = find_slot(request, open, best).filter(|_| !seller.is_off(context, first, open));
            let sooner = slot.filter(|slot| {
                placed.as_ref().and_then(|placed| placed.slot).is_none_or(|other| slot.from < other.from)
            });
            if sooner.is_some() {
                placed = Some(PlacedRep { seller: *seller, open: open.clone(), slot });
            }
        }
    }
    (placed, turns)
}

/// The rep who does something that has no moment of its own, such as finding out who decides: who would do it from now on.
pub(crate) fn rep_from_now(
    context: &DecisionContext<'_>,
    sellers: &[Seller],
    review: &mut ReviewTracker,
) -> Option<Seller> {
    let (preferred, now) = (*sellers.first()?, context.now);
    if context.team.is_empty() {
        return Some(preferred);
    }
    let request = ScheduleRequest { start: now, promised_end: None, hard_end: None, start_after: None, zone: None };
    let customer = Arc::new(Windows::all(now, request.search_end()));
    choose_rep(context, (&request, None), &customer, sellers, review).seller
}

/// The first moment from `from` on at which one of the reps can make a touch, and who; the preferred one of those who can at the same moment.
/// `customer` are the moments that are open without regard to reps, up to `until`.
pub(crate) fn first_able(
    context: &DecisionContext<'_>,
    customer: &Arc<Windows>,
    sellers: &[Seller],
    (from, until): (Instant, Instant),
) -> Option<(Instant, Option<Seller>)> {
    if sellers.is_empty() {
        return customer.first_at_or_after(from).map(|at| (at, None));
    }
    let able = sellers.iter().filter_map(|seller| {
        let at = open_for(context, *seller, customer, until).first_at_or_after(from)?;
        Some((at, Some(*seller)))
    });
    // The first of those at the same moment.
    able.reduce(|best, one| if one.0 < best.0 { one } else { best })
}

/// The moments of `customer` at which a rep works; all of them when their hours are not known.
fn open_for(context: &DecisionContext<'_>, seller: Seller, customer: &Arc<Windows>, until: Instant) -> Arc<Windows> {
    match seller.working_windows(context, context.now, until) {
        Some(working) => Arc::new(customer.intersect(&working)),
        None => customer.clone(),
    }
}
