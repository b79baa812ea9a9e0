//! The moments at which a placement can change, as far as they depend on more than one request to the solver: other leads of the contact group,
//! slots that move with now, and starts in working time. The moments of the request itself are added by
//! [`solver::add_review_moments`](crate::decide::schedule::solver::add_review_moments).

use crate::calendar::Instant;
use crate::decide::context::placement::TimeSlot;
use crate::decide::context::review::ReviewTracker;
use crate::decide::gates::GateInput;
use crate::decide::gates::constraints::{constraints, contacted_elsewhere};
use crate::decide::gates::rep_choice::RepChoice;
use crate::decide::schedule::solver::{LOOK_AHEAD, MILLISECOND, ScheduleRequest};
use crate::pack::touch::Lapse;

/// A touch advised "now" for another lead of the account moves with now, and so do the windows that a cap forbids around it. They reach the
/// edge of a constraint one period of the cap before that edge.
pub(crate) fn review_other_leads(
    input: &GateInput<'_, '_>,
    choice: &RepChoice,
    request: &ScheduleRequest,
    review: &mut ReviewTracker,
) {
    if input.group_events.leads.len() < 2 || !has_cap(input) {
        return;
    }
    let constraints = constraints(input, choice.seller, request.search_end());
    let edges: Vec<Instant> = constraints
        .iter()
        .flat_map(|one| one.open.edges())
        .chain(request.hard_end)
        .chain(choice.turns.iter().copied())
        .chain(request.promised_end)
        .collect();
    for (_, limit) in input.policies(&input.outcomes.policies.limits, &input.group.context.statements.limits) {
        for edge in &edges {
            request.distances().for_each(|distance| review.add(*edge - limit.what.per - distance));
        }
    }
}

/// A day on which the person is contacted for another lead ends, and a touch that is advised for that lead and moves with now comes to the next day.
pub(crate) fn review_other_days(input: &GateInput<'_, '_>, review: &mut ReviewTracker) {
    for (day, contact) in contacted_elsewhere(input) {
        review.add(day.until);
        review.add(day.until - (contact.at - input.profile.now));
    }
}

/// A slot that does not begin at the edge of a window moves with now; it is used up when its start has reached its end.
pub(crate) fn review_moving_slot(
    input: &GateInput<'_, '_>,
    request: &ScheduleRequest,
    slot: TimeSlot,
    review: &mut ReviewTracker,
) {
    if request.start_after.is_some() || (input.group_events.leads.len() > 1 && has_cap(input)) {
        review.add(input.profile.now + (slot.until - slot.from));
    }
}

/// A start that a rule sets in working time moves only while working time runs. It reaches an edge of the open windows, or the midnight at
/// which the slot ends, that much working time before it.
pub(crate) fn review_working_time(
    input: &GateInput<'_, '_>,
    choice: &RepChoice,
    request: &ScheduleRequest,
    review: &mut ReviewTracker,
) {
    let (None, Some(Lapse::Working(length))) = (input.starts_at, input.touch().after) else { return };
    let back = Lapse::Working(-length);
    let (now, context, time_counting) = (input.profile.now, input.group.context, input.time_counting);
    review.add_all(time_counting.working_time_edges(context, now, now + LOOK_AHEAD));
    let RepChoice { open, slot, turns, .. } = choice;
    let edges = open.edges().chain(request.hard_end);
    let edges = edges.chain(turns.iter().copied());
    for edge in edges.chain(slot.map(|slot| slot.until)).chain([request.start]).chain(request.promised_end) {
        review.add(time_counting.add_lapse(context, edge, back));
    }
    review.add_all(open.iter().map(|window| time_counting.add_lapse(context, window.from, back) + MILLISECOND));
}

/// Whether a `limit` applies to the touch.
fn has_cap(input: &GateInput<'_, '_>) -> bool {
    input.policies(&input.outcomes.policies.limits, &input.group.context.statements.limits).next().is_some()
}
