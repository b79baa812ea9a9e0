//! A reward for the team: a pool from what the team reached together, and how it is split.
//!
//! The pool follows from the outcome of the whole team, and the split from working time alone. So nobody's result raises only their own share. Amounts
//! are whole cents, and the shares sum to the pool.

use serde::Serialize;

use crate::calendar::{Duration, Instant};
use crate::order;
use crate::team::history::History;
use crate::team::viewer::TeamView;

/// A member of the team with the weight of their share: working time, as 1 for full time.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// Id of the rep.
    pub rep: String,
    /// Their working time, 0 or more.
    pub time: f64,
}

/// The reward of a team, in cents.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Reward {
    /// What is split.
    pub pool_cents: u64,
    /// The share of each, in the order in which the members were given.
    pub shares: Vec<RewardShare>,
}

/// What one member gets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RewardShare {
    /// Id of the rep.
    pub rep: String,
    /// Their share.
    pub cents: u64,
}

/// How a pool comes about.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PoolTerms {
    /// From when on orders count.
    pub since: Instant,
    /// What the team has to reach before there is a pool.
    pub threshold: f64,
    /// The part of what is above it that makes the pool, from 0 to 1.
    pub part: f64,
}

/// A pool with how it came about, and its shares.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TeamReward {
    /// How it comes about.
    pub terms: PoolTerms,
    /// What the whole team reached: the worth of its orders.
    pub reached: f64,
    /// The pool and the share of each, in the order of the book.
    #[serde(flatten)]
    pub reward: Reward,
}

impl TeamView<'_> {
    /// The reward of the team for its orders up to now, split by working time.
    pub fn reward(&self, terms: PoolTerms) -> TeamReward {
        let until = self.now + Duration::from_millis(1);
        let history = History::of(self);
        let within = history.sales.iter().filter(|sale| sale.at >= terms.since && sale.at < until);
        let reached: f64 = within.filter_map(|sale| sale.amount).sum();
        let time = |rep: &str| self.member(rep).and_then(|member| member.time).unwrap_or(1.0);
        let members: Vec<Member> =
            self.book.reps().iter().map(|rep| Member { rep: rep.id.clone(), time: time(&rep.id) }).collect();
        let pool = pool_cents(reached, terms.threshold, terms.part);
        TeamReward { terms, reached, reward: split(pool, &members) }
    }
}

/// The pool, in cents: a part, from 0 to 1, of what the team reached above a threshold. 0 below it, and for what is no number.
pub fn pool_cents(reached: f64, threshold: f64, part: f64) -> u64 {
    let cents = libm::round((reached - threshold) * part.clamp(0.0, 1.0) * 100.0);
    // Cast: 0 for what is no number or below 0.
    cents as u64
}

/// Splits a pool by working time: whole cents, those left over one each to the largest remainders, of equal ones to the first. Where nobody has
/// working time, all have the same. Without members nothing is split.
pub fn split(pool_cents: u64, members: &[Member]) -> Reward {
    let is_time = |time: f64| time.is_finite() && time > 0.0;
    let anybody = members.iter().any(|member| is_time(member.time));
    let weight = |member: &Member| match anybody {
        true if is_time(member.time) => member.time,
        true => 0.0,
        false => 1.0,
    };
    let all: f64 = members.iter().map(weight).sum();
    // Each exact share is below the pool, so its whole part fits.
    let exact: Vec<f64> = members.iter().map(|member| pool_cents as f64 * (weight(member) / all)).collect();
    let mut cents: Vec<u64> = exact.iter().map(|exact| libm::floor(*exact) as u64).collect();
    let mut left = pool_cents.saturating_sub(cents.iter().sum());
    let mut by_remainder: Vec<(usize, f64)> =
        exact.iter().enumerate().map(|(place, exact)| (place, exact - libm::floor(*exact))).collect();
    by_remainder.retain(|(place, _)| members.get(*place).is_some_and(|member| weight(member) > 0.0));
    order::sort_by(&mut by_remainder, |(place, one), (other_place, other)| {
        other.total_cmp(one).then_with(|| place.cmp(other_place))
    });
    for (place, _) in by_remainder.iter().cycle() {
        if left == 0 {
            break;
        }
        if let Some(cents) = cents.get_mut(*place) {
            *cents += 1;
            left -= 1;
        }
    }
    let share = |(member, cents): (&Member, u64)| RewardShare { rep: member.rep.clone(), cents };
    Reward { pool_cents, shares: members.iter().zip(cents).map(share).collect() }
}
