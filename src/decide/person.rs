//! Which person: the role that the rule asks for, else the order of the buying group.
//!
//! The order follows what account-based sellers use (6sense's four steps), in words of our own and for one lead:
//! first who shows most interest now and was left alone, then who came by themselves and was never answered, then the most influential
//! who was not touched for four weeks, then whoever was left alone longest. Blockers come last; ties keep the order of the file.
//!
//! Left out: whether the person may be contacted. That is for the gates; here is only who would be best.

use std::cmp::Reverse;

use super::case::{Case, Member};
use super::group::Group;
use super::review::Review;
use crate::book::schema::{Role, Stance};
use crate::calendar::{Duration, Instant};
use crate::rulebook::touch::Target;

/// "Now", for interest shown and for being left alone.
const RECENT: Duration = days(14);
/// "Lately", for coming by and for touches to the influential.
const LATELY: Duration = days(28);

const fn days(count: i64) -> Duration {
    Duration::from_millis(count * 86_400_000)
}

/// A person, with why they come at this place.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Choice {
    /// Their place in the lead.
    pub(crate) person: usize,
    /// The role for which they were chosen, else their first.
    pub(crate) role: Option<Role>,
    /// Whether they are whom the rule asked for (or it asked for nobody).
    pub(crate) asked: bool,
    /// Why, as one sentence.
    pub(crate) why: String,
}

/// The places of all people of a lead, the best to approach first, each with the reason.
pub(crate) fn order(case: &Case<'_>, group: &Group<'_>, review: &mut Review) -> Vec<(usize, String)> {
    let mut ranked: Vec<(bool, Step, usize)> = case
        .people
        .iter()
        .enumerate()
        .map(|(at, member)| {
            let blocker = member.person.stance == Some(Stance::Blocker);
            (blocker, step(member, group, case.now, review), at)
        })
        .collect();
    ranked.sort_by(|one, other| one.0.cmp(&other.0).then_with(|| one.1.compare(&other.1)).then(one.2.cmp(&other.2)));
    ranked.into_iter().map(|(blocker, step, at)| (at, step.words(blocker))).collect()
}

/// Whom a touch is for, the best first.
pub(crate) fn preferred(case: &Case<'_>, order: &[(usize, String)], to: Option<&Target>) -> Vec<Choice> {
    let role_of = |at: usize| case.people.get(at).and_then(|member| member.person.roles.first().copied());
    let plays = |at: usize, role: Role| case.people.get(at).is_some_and(|member| member.person.roles.contains(&role));
    match to {
        None => order
            .iter()
            .map(|(at, why)| Choice { person: *at, role: role_of(*at), asked: true, why: why.clone() })
            .collect(),
        Some(Target::Role(role)) => {
            let asked = order.iter().filter(|(at, _)| plays(*at, *role)).map(|(at, why)| {
                let alone = case.people.iter().filter(|member| member.person.roles.contains(role)).count() == 1;
                let why = if alone {
                    format!("the rule asks for the {role}")
                } else {
                    format!("the rule asks for a {role}, and of those: {why}")
                };
                Choice { person: *at, role: Some(*role), asked: true, why }
            });
            let known = case.people.iter().any(|member| member.person.roles.contains(role));
            let instead = order.iter().filter(|(at, _)| !plays(*at, *role)).map(|(at, why)| {
                let lead_in = if known {
                    format!("no {role} can be contacted in time")
                } else {
                    format!("nobody is known as {role}")
                };
                Choice { person: *at, role: role_of(*at), asked: false, why: format!("{lead_in}; instead: {why}") }
            });
            asked.chain(instead).collect()
        }
        Some(Target::Person(id)) => {
            let named = case.people.iter().enumerate().filter(|(_, member)| {
                *member.person.id == **id || member.person.aliases.iter().any(|alias| **alias == **id)
            });
            named
                .map(|(at, _)| Choice {
                    person: at,
                    role: role_of(at),
                    asked: true,
                    why: "the rule names this person".to_owned(),
                })
                .collect()
        }
    }
}

/// Where somebody stands in the order; earlier variants come first.
#[derive(Clone, Copy, Debug)]
enum Step {
    /// Shows interest now, and was not touched: with how much.
    Interested(f64),
    /// Came by lately and was never touched: when last.
    CameBy(Instant),
    /// Not touched lately: with what influence.
    LeftAlone(Option<f64>),
    /// The rest: touched when.
    Touched(Instant),
}

impl Step {
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

    fn words(self, blocker: bool) -> String {
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

fn step(member: &Member<'_>, group: &Group<'_>, now: Instant, review: &mut Review) -> Step {
    let last_touch = group.made_with(member.human).next_back().map(|contact| contact.at);
    // What somebody did under their own name: a signal without a name says nothing about who of them it was.
    let inbound = || member.signals.iter().filter(|signal| signal.person.is_some() && signal.is_inbound());
    for signal in inbound() {
        review.leaves(signal.at, RECENT);
        review.leaves(signal.at, LATELY);
    }
    if let Some(last) = last_touch {
        review.leaves(last, RECENT);
        review.leaves(last, LATELY);
    }
    let touched_in = |time: Duration| last_touch.is_some_and(|last| now - last < time);
    let intent: f64 =
        inbound().filter(|signal| now - signal.at < RECENT).map(|signal| signal.weight.unwrap_or(1.0)).sum();
    if intent > 0.0 && !touched_in(RECENT) {
        return Step::Interested(intent);
    }
    match (last_touch, inbound().next_back().map(|signal| signal.at).filter(|at| now - *at < LATELY)) {
        (None, Some(came)) => Step::CameBy(came),
        (Some(last), _) if touched_in(LATELY) => Step::Touched(last),
        _ => Step::LeftAlone(member.person.influence),
    }
}
