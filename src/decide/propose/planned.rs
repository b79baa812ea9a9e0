//! Planned touches: what was promised to somebody for a moment is proposed when that moment has come, and until it is done.
//!
//! It is done by a touch over its channel to that person, or by any conversation with them, from [`EARLY`] before its moment on. After
//! [`OWED_FOR`] nobody expects it any more. On the day of the promise nothing cold is to be sent before it
//! ([`crate::decide::context::planned_touches`]).

use std::sync::Arc;

use crate::book::PlannedTouch;
use crate::book::signal_view::ContactResult;
use crate::calendar::Duration;
use crate::decide::context::group_events::{GroupEvent, GroupEvents};
use crate::decide::context::lead_profile::LeadProfile;
use crate::decide::context::placement::Promise;
use crate::decide::context::planned_touches::person_of;
use crate::decide::context::review::ReviewTracker;
use crate::decide::context::statements::ShapedTouch;
use crate::decide::propose::{PersonalTouch, Proposal, ProposedBy};
use crate::pack::touch::{Action, Touch};

/// How long before its moment a planned touch may be made.
const EARLY: Duration = Duration::from_millis(15 * 60_000);
/// How long after its moment a planned touch is still in time.
const GRACE: Duration = Duration::from_millis(5 * 60_000);
/// How long a planned touch is owed.
pub(crate) const OWED_FOR: Duration = Duration::from_millis(14 * 86_400_000);
/// From when on its outcome is asked for.
pub(crate) const OUTCOME_EXPECTED: Duration = Duration::DAY;

/// The planned touches of a lead whose moment has come and that were not made, as proposals.
pub(crate) fn planned_proposals(
    profile: &LeadProfile<'_>,
    group_events: &GroupEvents<'_>,
    review: &mut ReviewTracker,
) -> Vec<Proposal> {
    let planned = profile.record.map_or(&[][..], |lead| &lead.planned);
    let mut all = Vec::new();
    for (index, planned) in planned.iter().enumerate() {
        review.add_all([planned.at, planned.at + OUTCOME_EXPECTED, planned.at + OWED_FOR]);
        let owed = planned.at <= profile.now && profile.now < planned.at + OWED_FOR;
        let gone = person_of(planned, profile).is_some_and(|person| !profile.departures.is_there(person, profile.now));
        if !owed || gone || is_done(planned, profile, group_events) {
            continue;
        }
        all.push(planned_proposal(index, planned, profile));
    }
    all
}

/// A planned touch, by its index in the record of the lead, as a proposal.
pub(crate) fn planned_proposal(index: usize, planned: &PlannedTouch, profile: &LeadProfile<'_>) -> Proposal {
    let touch = Touch::new(Action::Contact(planned.channel));
    let promise = Promise { since: planned.at, due: planned.at, late_from: planned.at + GRACE };
    Proposal {
        by: ProposedBy::Planned(index),
        order: ((0, 0, 0), index),
        first: PersonalTouch {
            person: person_of(planned, profile),
            shaped_touch: ShapedTouch { touch: Arc::new(touch), shape: None },
            promise: Some(promise),
            reason: None,
            since: Some(planned.at),
        },
        others: Vec::new(),
        reads_stage: true,
        step: None,
        only_for: None,
        question: None,
        rests: Vec::new(),
    }
}

/// Whether the touch was made, or the person spoken with otherwise. A touch that names nobody counts for everybody in its lead.
fn is_done(planned: &PlannedTouch, profile: &LeadProfile<'_>, group_events: &GroupEvents<'_>) -> bool {
    let human = person_of(planned, profile).and_then(|person| profile.people.get(person)).map(|person| person.human);
    let with_them = |event: &&GroupEvent| match (human, event.human) {
        (Some(human), Some(named)) => named == human,
        _ => event.lead == profile.index,
    };
    let made = |event: &GroupEvent| {
        let over_it = event.signal.is_touch() && event.signal.channel == Some(planned.channel);
        over_it || event.signal.contact_result() == Some(ContactResult::Spoken)
    };
    let since = group_events.events.iter().rev().take_while(|event| event.at >= planned.at - EARLY);
    since.filter(with_them).any(made)
}
