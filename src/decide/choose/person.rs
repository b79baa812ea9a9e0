//! Which person: the role that the rule asks for, else the order of the buying group.
//!
//! The order follows what account-based sellers use (6sense's four steps), in words of our own and for one lead:
//! first who shows most interest now and was left alone, then who came by themselves and was never answered, then the most influential
//! who was not touched for four weeks, then whoever was left alone longest. Blockers come last; ties keep the order of the file.
//!
//! Left out: whether the person may be contacted. That is for the gates; here is only who would be best.

use std::cmp::Reverse;

use crate::calendar::{Duration, Instant};
use crate::decide::context::account_events::AccountEvents;
use crate::decide::context::lead_profile::{LeadProfile, PersonProfile};
use crate::decide::context::review::ReviewTracker;
use crate::order;
use crate::pack::touch::Target;

/// "Now", for interest shown and for being left alone.
const RECENT: Duration = days(14);
/// "Lately", for coming by and for touches to the influential.
const LATELY: Duration = days(28);

const fn days(count: i64) -> Duration {
    Duration::from_millis(count * 86_400_000)
}

/// A person to try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PersonChoice {
    /// Their place in the lead.
    pub(crate) person: usize,
    /// Whether they are whom the rule asked for (or it asked for nobody).
    pub(crate) asked: bool,
}

/// The places of all people of a lead, the best to approach first, each with the reason.
pub(crate) fn order(
    case: &LeadProfile<'_>,
    group: &AccountEvents<'_>,
    review: &mut ReviewTracker,
) -> Vec<(usize, PersonRank)> {
    let steps = case.people.iter().map(|member| step(member, group, case.now, review));
    let mut ranked: Vec<(usize, PersonRank)> = steps.enumerate().collect();
    let blocks = |at: usize| case.people.get(at).is_some_and(|member| member.blocker);
    order::sort_by(&mut ranked, |one, other| {
        blocks(one.0).cmp(&blocks(other.0)).then_with(|| one.1.compare(&other.1)).then(one.0.cmp(&other.0))
    });
    ranked
}

/// Whom a touch is for, the best first.
pub(crate) fn preferred<'c>(
    case: &'c LeadProfile<'_>,
    order: &'c [(usize, PersonRank)],
    to: Option<&'c Target>,
) -> impl Iterator<Item = PersonChoice> + Clone {
    let asked = move |at: usize| match to {
        None => true,
        Some(Target::Role(role)) => case.people.get(at).is_some_and(|member| member.plays(*role)),
        Some(Target::Person(_)) => false,
    };
    let choice = |asked| move |person| PersonChoice { person, asked };
    let by_order = move |wanted: bool| order.iter().map(|(at, _)| *at).filter(move |at| asked(*at) == wanted);
    let id = match to {
        Some(Target::Person(id)) => Some(&**id),
        _ => None,
    };
    let named = (0..case.people.len()).filter(move |at| {
        id.is_some_and(|id| {
            case.person(*at).is_some_and(|person| person.id == id || person.aliases.iter().any(|alias| alias == id))
        })
    });
    let instead = by_order(false).filter(move |_| id.is_none());
    by_order(true).map(choice(true)).chain(instead.map(choice(false))).chain(named.map(choice(true)))
}

/// Where somebody stands in the order; earlier variants come first.
#[derive(Clone, Copy, Debug)]
pub(crate) enum PersonRank {
    /// Shows interest now, and was not touched: with how much.
    Interested(f64),
    /// Came by lately and was never touched: when last.
    CameBy(Instant),
    /// Not touched lately: with what influence.
    LeftAlone(Option<f64>),
    /// The rest: touched when.
    Touched(Instant),
}

impl PersonRank {
    fn compare(&self, other: &Self) -> std::cmp::Ordering {
        let rank = |step: &Self| match step {
            Self::Interested(_) => 0,
            Self::CameBy(_) => 1,
            Self::LeftAlone(_) => 2,
            Self::Touched(_) => 3,
        };
        rank(self).cmp(&rank(other)).then_with(|| match (self, other) {
            (Self::Interested(one), Self::Interested(other)) => other.total_cmp(one),
            (Self::CameBy(one), Self::CameBy(other)) => Reverse(one).cmp(&Reverse(other)),
            (Self::LeftAlone(one), Self::LeftAlone(other)) => {
                other.unwrap_or_default().total_cmp(&one.unwrap_or_default())
            }
            (Self::Touched(one), Self::Touched(other)) => one.cmp(other),
            _ => std::cmp::Ordering::Equal,
        })
    }

    /// The reason in words, for somebody who works against us or does not.
    pub(crate) fn words(self, blocker: bool) -> String {
        let words = match self {
            Self::Interested(_) => "shows most interest in the last two weeks and was not contacted in them",
            Self::CameBy(_) => "came by themselves in the last four weeks and never heard from us",
            Self::LeftAlone(Some(_)) => "weighs most in the decision of those not contacted in four weeks",
            Self::LeftAlone(None) => "was not contacted in four weeks",
            Self::Touched(_) => "was left alone longest",
        };
        if blocker { format!("works against us, and nobody else is left; {words}") } else { words.to_owned() }
    }
}

fn step(member: &PersonProfile<'_>, group: &AccountEvents<'_>, now: Instant, review: &mut ReviewTracker) -> PersonRank {
    let last_touch = group.made_with(member.human).next_back().map(|contact| contact.at);
    let (mut intent, mut came) = (0.0, None);
    // What somebody did under their own name: a signal without a name says nothing about who of them it was.
    for event in group.events.iter().filter(|event| event.human == Some(member.human) && event.inbound) {
        review.leaves(event.at, RECENT);
        review.leaves(event.at, LATELY);
        if now - event.at < RECENT {
            intent += event.weight.unwrap_or(1.0);
        }
        came = Some(event.at);
    }
    if let Some(last) = last_touch {
        review.leaves(last, RECENT);
        review.leaves(last, LATELY);
    }
    let touched_in = |time: Duration| last_touch.is_some_and(|last| now - last < time);
    if intent > 0.0 && !touched_in(RECENT) {
        return PersonRank::Interested(intent);
    }
    match (last_touch, came.filter(|at| now - *at < LATELY)) {
        (None, Some(came)) => PersonRank::CameBy(came),
        (Some(last), _) if touched_in(LATELY) => PersonRank::Touched(last),
        _ => PersonRank::LeftAlone(member.influence),
    }
}
