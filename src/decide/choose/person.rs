//! The order in which the people of a lead are tried for a touch.
//!
//! People with the role that the rule asks for come first. Within that the order follows the four steps of account-based selling as 6sense
//! describes them, applied to one lead: people with most recent interest who were not contacted recently; people with an inbound signal who
//! were never contacted; the most influential people not contacted for four weeks; then those whose last contact is longest ago. People who
//! oppose the purchase come last; equal ranks keep the order of the record.
//!
//! Left out: whether a person may be contacted, which the gates check.

use std::cmp::Reverse;

use crate::calendar::{Duration, Instant};
use crate::decide::context::group_events::{GroupEvent, GroupEvents};
use crate::decide::context::lead_profile::{LeadProfile, PersonProfile};
use crate::decide::context::review::ReviewTracker;
use crate::order;
use crate::pack::touch::{Target, Touch};

/// The window in which inbound signals count as interest, and in which a contact rules out the first step.
const RECENT: Duration = days(14);
/// The window of the second and third step.
const LATELY: Duration = days(28);

const fn days(count: i64) -> Duration {
    Duration::from_millis(count * 86_400_000)
}

/// A person to try for a touch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PersonChoice {
    /// The person, by index in the lead.
    pub(crate) person: usize,
    /// Whether the rule asks for this person or role, or for nobody in particular.
    pub(crate) requested: bool,
}

/// The indexes of the people of a lead who are there, the best to contact first, each with the reason.
pub(crate) fn order_people(
    profile: &LeadProfile<'_>,
    group_events: &GroupEvents<'_>,
    review: &mut ReviewTracker,
) -> Vec<(usize, PersonRank)> {
    let there = profile.people_there();
    let ranks = there.map(|(index, person)| (index, rank_person(person, group_events, profile.now, review)));
    let mut ranked: Vec<(usize, PersonRank)> = ranks.collect();
    let is_blocker = |index: usize| profile.people.get(index).is_some_and(|person| person.blocker);
    order::sort_by(&mut ranked, |one, other| {
        is_blocker(one.0).cmp(&is_blocker(other.0)).then_with(|| one.1.compare(&other.1)).then(one.0.cmp(&other.0))
    });
    ranked
}

/// The people to try for a touch, the best first. A target by id gives only that person; a role gives the others after those who have it, unless the
/// touch is only for those.
pub(crate) fn people_to_try<'c>(
    profile: &'c LeadProfile<'_>,
    order: &'c [(usize, PersonRank)],
    touch: &'c Touch,
) -> impl Iterator<Item = PersonChoice> + Clone {
    let to = touch.to.as_ref();
    let requested = move |index: usize| match to {
        None => true,
        Some(Target::Role(role)) => profile.people.get(index).is_some_and(|person| person.has_role(*role)),
        Some(Target::Person(_)) => false,
    };
    let choice = |requested| move |person| PersonChoice { person, requested };
    let in_order =
        move |wanted: bool| order.iter().map(|(index, _)| *index).filter(move |index| requested(*index) == wanted);
    let id = match to {
        Some(Target::Person(id)) => Some(&**id),
        _ => None,
    };
    let named = (0..profile.people.len()).filter(move |index| {
        id.is_some_and(|id| profile.person_record(*index).is_some_and(|person| person.is_called(id)))
    });
    let others = in_order(false).filter(move |_| id.is_none() && !touch.only);
    in_order(true).map(choice(true)).chain(others.map(choice(false))).chain(named.map(choice(true)))
}

/// The step of the order at which a person stands; earlier variants come first.
#[derive(Clone, Copy, Debug)]
pub(crate) enum PersonRank {
    /// Showed interest and was not contacted in two weeks; with the sum of the weights of the inbound signals.
    Interested(f64),
    /// Had an inbound signal in four weeks and was never contacted; with the last such signal.
    NeverContacted(Instant),
    /// Not contacted in four weeks; with the influence.
    NotContactedLately(Option<f64>),
    /// Contacted in the last four weeks; with the last contact.
    ContactedLately(Instant),
}

impl PersonRank {
    fn compare(&self, other: &Self) -> std::cmp::Ordering {
        let step = |rank: &Self| match rank {
            Self::Interested(_) => 0,
            Self::NeverContacted(_) => 1,
            Self::NotContactedLately(_) => 2,
            Self::ContactedLately(_) => 3,
        };
        step(self).cmp(&step(other)).then_with(|| match (self, other) {
            (Self::Interested(one), Self::Interested(other)) => other.total_cmp(one),
            (Self::NeverContacted(one), Self::NeverContacted(other)) => Reverse(one).cmp(&Reverse(other)),
            (Self::NotContactedLately(one), Self::NotContactedLately(other)) => {
                other.unwrap_or_default().total_cmp(&one.unwrap_or_default())
            }
            (Self::ContactedLately(one), Self::ContactedLately(other)) => one.cmp(other),
            _ => std::cmp::Ordering::Equal,
        })
    }
}

fn rank_person(
    person: &PersonProfile<'_>,
    group_events: &GroupEvents<'_>,
    now: Instant,
    review: &mut ReviewTracker,
) -> PersonRank {
    let last_contact = group_events.made_with(person.human).next_back().map(|contact| contact.at);
    let (mut interest, mut last_inbound) = (0.0, None);
    // Only signals that name the person: a signal without a name does not show whose interest it is.
    let theirs = |event: &&GroupEvent| event.human == Some(person.human) && event.signal.is_of_person();
    for event in group_events.events.iter().filter(theirs) {
        review.add_window_end(event.at, RECENT);
        review.add_window_end(event.at, LATELY);
        if now - event.at < RECENT {
            interest += event.weight.unwrap_or(1.0);
        }
        last_inbound = Some(event.at);
    }
    if let Some(last) = last_contact {
        review.add_window_end(last, RECENT);
        review.add_window_end(last, LATELY);
    }
    let contacted_in = |time: Duration| last_contact.is_some_and(|last| now - last < time);
    if interest > 0.0 && !contacted_in(RECENT) {
        return PersonRank::Interested(interest);
    }
    match (last_contact, last_inbound.filter(|at| now - *at < LATELY)) {
        (None, Some(inbound)) => PersonRank::NeverContacted(inbound),
        (Some(last), _) if contacted_in(LATELY) => PersonRank::ContactedLately(last),
        _ => PersonRank::NotContactedLately(person.influence),
    }
}
