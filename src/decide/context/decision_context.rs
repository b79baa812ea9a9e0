//! What every decision reads: the rules, the reps, the moment and the caches; and with the records of a contact group added, what the decisions
//! for that group read.
//!
//! [`SharedContext`] lives as long as a rulebook and its reps, [`DecisionContext`] as long as one `now`, [`GroupContext`] as long as the
//! decisions for one contact group.

use std::sync::{Arc, Mutex};

use crate::book::GroupRecords;
use crate::book::rep::Rep;
use crate::calendar::{Country, Instant};
use crate::decide::context::caches::{MomentCache, PlaceCache};
use crate::decide::context::condition_plan::ConditionPlan;
use crate::decide::context::run_totals::{Budget, RunTotals};
use crate::decide::context::sellers::SalesTeam;
use crate::decide::context::statements::StatementIndex;
use crate::lock::lock;
use crate::pack::Pack;
use crate::pack::policies::team_holidays;
use crate::pack::statements::typical_value;

/// The part of the context that does not depend on the moment. Cheap to clone: clones share their caches.
#[derive(Clone, Debug)]
pub(crate) struct SharedContext {
    statements: Arc<StatementIndex>,
    conditions: Arc<ConditionPlan>,
    team: Arc<SalesTeam>,
    places: Arc<PlaceCache>,
    /// The cache of the moment that was decided for last.
    moment: Arc<Mutex<Arc<MomentCache>>>,
}

impl SharedContext {
    /// The context of some packs and reps, with empty caches.
    pub(crate) fn new(packs: &[Pack], reps: &[Rep]) -> Self {
        let statements = StatementIndex::new(packs);
        Self {
            conditions: Arc::new(ConditionPlan::new(packs, &statements)),
            statements: Arc::new(statements),
            team: Arc::new(SalesTeam::new(reps)),
            places: Arc::new(PlaceCache::with_holidays(team_holidays(packs))),
            moment: Arc::default(),
        }
    }
}

/// The rules, the reps and the caches at one moment.
#[derive(Debug)]
pub(crate) struct DecisionContext<'a> {
    /// The packs of the rulebook, in order.
    pub(crate) packs: &'a [Pack],
    /// Their statements, numbered.
    pub(crate) statements: Arc<StatementIndex>,
    /// How their conditions are evaluated.
    pub(crate) conditions: Arc<ConditionPlan>,
    /// The reps.
    pub(crate) team: Arc<SalesTeam>,
    /// The moment for which is decided.
    pub(crate) now: Instant,
    /// Results that do not depend on the moment.
    pub(crate) places: Arc<PlaceCache>,
    /// Results for this moment.
    pub(crate) moment: Arc<MomentCache>,
    /// The first moment after now at which a `hard` pack comes into force. What it permits is asked then, so no touch is placed later.
    pub(crate) law_starts: Option<Instant>,
    /// The countries that the packs in force list.
    pub(crate) policy_countries: Vec<Country>,
    /// What the value of a lead counts as when it is not known, where a pack says so.
    pub(crate) typical_value: Option<f64>,
    /// What this run takes in all.
    pub(crate) totals: RunTotals,
}

impl<'a> DecisionContext<'a> {
    /// The context at a moment. The cache of the previous moment is reused when `now` is the same, else replaced.
    pub(crate) fn new(packs: &'a [Pack], shared: &SharedContext, now: Instant) -> Self {
        let SharedContext { statements, conditions, team, places, .. } = shared.clone();
        let mut moment = lock(&shared.moment);
        if moment.now != Some(now) {
            *moment = Arc::new(MomentCache::new(now));
        }
        let hard = packs.iter().filter(|pack| pack.about.hard);
        let law_starts = hard.filter_map(|pack| pack.about.valid_from).filter(|start| *start > now).min();
        Self {
            packs,
            statements,
            conditions,
            team,
            now,
            places,
            moment: moment.clone(),
            law_starts,
            policy_countries: listed_countries(packs, now),
            typical_value: typical_value(packs),
            totals: RunTotals::new(packs, Budget::default()),
        }
    }

    /// Whether a pack in force lists this country. False for one that is not known.
    pub(crate) fn has_policy(&self, country: Option<Country>) -> bool {
        country.is_some_and(|country| self.policy_countries.contains(&country))
    }

    /// The first moment after now at which a pack comes into force or ends.
    pub(crate) fn next_pack_change(&self) -> Option<Instant> {
        let changes = self.packs.iter().flat_map(|pack| pack.about.changes());
        changes.filter(|at| *at > self.now).min()
    }
}

/// The countries that the packs in force at `now` list. Those of a team or a rep do not count: else they could lift what the law says for
/// countries that no pack lists.
fn listed_countries(packs: &[Pack], now: Instant) -> Vec<Country> {
    let speaks_for_law = |pack: &&Pack| pack.layer.as_ref().is_none_or(|layer| layer.kind.may_be_hard());
    let in_force = packs.iter().filter(speaks_for_law).filter(|pack| pack.about.in_force(now));
    in_force.flat_map(|pack| pack.about.listed_countries()).copied().collect()
}

/// The records of one contact group, and the context in which its leads are decided.
#[derive(Clone, Copy, Debug)]
pub(crate) struct GroupContext<'a> {
    /// The leads of the contact group, and the reps and content of the book.
    pub(crate) records: &'a GroupRecords,
    /// The rules, the reps, the moment and the caches.
    pub(crate) context: &'a DecisionContext<'a>,
}

impl<'a> GroupContext<'a> {
    /// The records of a contact group in a context.
    pub(crate) const fn new(records: &'a GroupRecords, context: &'a DecisionContext<'a>) -> Self {
        Self { records, context }
    }
}
