//! The rep who makes a touch: the owner of the lead, a colleague with the skill that the rule requires, or the backup of an absent rep.
//!
//! The owner keeps the lead; an advice only names who makes this touch, and why it is not the owner. Reps are not compared: colleagues are
//! taken in the order of the book, those who speak the customer's language first.
//!
//! A rep is away when an absence covers the first moment of their working hours from the start of the touch on. The next rep in the list is
//! tried then. When all are away, the touch waits for whoever is back at work first; of those who are back at the same moment, the first in the
//! list.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use crate::book::rep::Rep;
use crate::calendar::instant::{EARLIEST, LATEST};
use crate::calendar::reachable::MAX_QUERY;
use crate::calendar::{Country, Instant, Location, Reachable, Window, Windows, WorkingTime, Zone};
use crate::decide::context::decision_context::{AccountContext, DecisionContext};
use crate::decide::context::lead_profile::LeadProfile;
use crate::decide::context::review::ReviewTracker;
use crate::pack::touch::Lapse;
use crate::{limits, order};

/// Working hours of a rep whose record names none.
pub(crate) const DEFAULT_HOURS: &str = "Mo-Fr 09:00-17:30; PH off";

/// The owner of a lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum LeadOwner {
    /// The lead has no owner.
    Nobody,
    /// The lead names an owner of whom the book has no record.
    Unknown,
    /// A rep, by index in the book.
    Rep(usize),
}

/// The reps of a book, by index, with their hours parsed.
#[derive(Debug, Default)]
pub(crate) struct SalesTeam {
    members: Vec<TeamMember>,
    by_id: BTreeMap<String, usize>,
    default_hours: Option<Arc<Reachable>>,
}

#[derive(Debug)]
struct TeamMember {
    /// Where they work; `None` when the zone cannot be parsed.
    location: Option<Location>,
    /// When they work; `None` when the hours cannot be parsed.
    hours: Option<Arc<Reachable>>,
    absences: Windows,
    backup: Option<usize>,
    /// The rep followed by their backup, the backup's backup and so on; built on first use.
    backup_chain: OnceLock<Arc<[Seller]>>,
}

/// A rep who can make a touch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Seller {
    /// The rep, by index in the book; `None` for an owner of whom there is no record.
    pub(crate) rep: Option<usize>,
    /// Why this rep.
    pub(crate) reason: SellerReason,
}

/// Why a rep makes a touch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SellerReason {
    /// They own the lead.
    Owner,
    /// They are the backup of this rep, who is away.
    Backup(usize),
    /// They have the skill that the rule requires.
    Skill,
}

impl SalesTeam {
    /// The reps of a book. Of reps with the same id the first one counts.
    pub(crate) fn new(reps: &[Rep]) -> Self {
        let mut by_id = BTreeMap::new();
        for (index, rep) in reps.iter().enumerate() {
            by_id.entry(rep.id.clone()).or_insert(index);
        }
        let default_hours = Reachable::parse(DEFAULT_HOURS).ok().map(Arc::new);
        let member = |rep: &Rep| TeamMember {
            location: parse_location(rep),
            hours: match rep.hours.as_deref() {
                Some(hours) => Reachable::parse(hours).ok().map(Arc::new),
                None => default_hours.clone(),
            },
            absences: rep.absences.iter().map(|absence| Window { from: absence.from, until: absence.until }).collect(),
            backup: rep.backup.as_ref().and_then(|id| by_id.get(id).copied()),
            backup_chain: OnceLock::new(),
        };
        Self { members: reps.iter().map(member).collect(), by_id, default_hours }
    }

    /// The owner of a lead, by the id that the lead names.
    pub(crate) fn owner(&self, id: Option<&str>) -> LeadOwner {
        match id {
            None => LeadOwner::Nobody,
            Some(id) => self.by_id.get(id).map_or(LeadOwner::Unknown, |rep| LeadOwner::Rep(*rep)),
        }
    }

    fn owner_and_backups(&self, owner: LeadOwner) -> Arc<[Seller]> {
        match owner {
            LeadOwner::Nobody => Arc::new([]),
            LeadOwner::Unknown => Arc::new([Seller { rep: None, reason: SellerReason::Owner }]),
            LeadOwner::Rep(rep) => match self.members.get(rep) {
                Some(member) => member.backup_chain.get_or_init(|| self.follow_backups(rep)).clone(),
                None => Arc::new([]),
            },
        }
    }

    /// Ends at a rep without a backup, before a rep that is already in the chain, or after [`limits::BACKUPS`] of them.
    fn follow_backups(&self, owner: usize) -> Arc<[Seller]> {
        let mut chain = vec![Seller { rep: Some(owner), reason: SellerReason::Owner }];
        let mut last = owner;
        while let Some(next) = self.members.get(last).and_then(|member| member.backup) {
            if chain.len() > limits::BACKUPS || chain.iter().any(|seller| seller.rep == Some(next)) {
                break;
            }
            chain.push(Seller { rep: Some(next), reason: SellerReason::Backup(last) });
            last = next;
        }
        chain.into()
    }
}

impl Seller {
    fn member(self, team: &SalesTeam) -> Option<&TeamMember> {
        team.members.get(self.rep?)
    }

    /// Their working hours without their absences; `None` when their hours are not known.
    pub(crate) fn working_windows(
        self,
        context: &DecisionContext<'_>,
        from: Instant,
        until: Instant,
    ) -> Option<Windows> {
        let member = self.member(&context.team)?;
        Some(working_hours(context, member, from, until)?.subtract(&member.absences))
    }

    /// The location whose public holidays their hours read; `None` when they read none, or the hours are not known.
    pub(crate) fn holiday_location(self, team: &SalesTeam) -> Option<Location> {
        let member = self.member(team)?;
        member.location.filter(|_| member.hours.as_ref().is_some_and(|hours| hours.reads_holidays()))
    }

    /// The first moment from `from` on at which they work and are not absent; the end of time when none is in sight.
    fn back_at(self, context: &DecisionContext<'_>, from: Instant) -> Instant {
        let until = from + MAX_QUERY;
        let working = match self.working_windows(context, from, until) {
            Some(working) => Some(working),
            None => self.member(&context.team).map(|member| Windows::all(from, until).subtract(&member.absences)),
        };
        working.and_then(|working| working.first_at_or_after(from)).unwrap_or(Instant::from_millis(i64::MAX))
    }

    /// Whether an absence covers the first moment of their working hours from `from` on.
    fn is_away(self, context: &DecisionContext<'_>, from: Instant, until: Instant, review: &mut ReviewTracker) -> bool {
        let Some(member) = self.member(&context.team).filter(|member| !member.absences.is_empty()) else {
            return false;
        };
        let Some(hours) = working_hours(context, member, from, until) else { return member.absences.contains(from) };
        review.add_all(hours.iter().flat_map(|window| [window.from, window.until]));
        review.add_all(member.absences.iter().flat_map(|window| [window.from, window.until]));
        hours.first_at_or_after(from).is_some_and(|first| member.absences.contains(first))
    }
}

/// The reps who could make a touch for this lead, the preferred one first. Empty when the lead has no owner and the rule requires no skill;
/// `None` when no rep has the required skill.
pub(crate) fn possible_sellers(
    account: &AccountContext<'_>,
    profile: &LeadProfile<'_>,
    skill: Option<&str>,
) -> Option<Arc<[Seller]>> {
    let chain = account.context.team.owner_and_backups(profile.owner);
    let reps = account.records.reps();
    let Some(skill) = skill.filter(|_| !reps.is_empty()) else { return Some(chain) };
    let has_skill = |rep: &Rep| rep.skills.iter().any(|one| one == skill);
    let rep_of = |seller: &Seller| reps.get(seller.rep?);
    let mut sellers: Vec<Seller> =
        chain.iter().copied().filter(|seller| rep_of(seller).is_some_and(has_skill)).collect();
    let listed: Vec<&str> = sellers.iter().filter_map(rep_of).map(|rep| rep.id.as_str()).collect();
    let language = profile.record.and_then(|lead| lead.language.as_ref());
    let speaks = |rep: &Rep| language.is_some_and(|language| rep.languages.contains(language));
    let mut colleagues: Vec<(usize, &Rep)> =
        reps.iter().enumerate().filter(|(_, rep)| has_skill(rep) && !listed.contains(&rep.id.as_str())).collect();
    order::sort_by_key(&mut colleagues, |(_, rep)| !speaks(rep));
    sellers.extend(colleagues.into_iter().map(|(index, _)| Seller { rep: Some(index), reason: SellerReason::Skill }));
    (!sellers.is_empty()).then(|| sellers.into())
}

/// The first rep of the list who is not away, else the one who is back first.
pub(crate) fn choose_seller(
    context: &DecisionContext<'_>,
    sellers: &[Seller],
    from: Instant,
    until: Instant,
    review: &mut ReviewTracker,
) -> Option<Seller> {
    let present = sellers.iter().find(|seller| !seller.is_away(context, from, until, review));
    present.or_else(|| sellers.iter().min_by_key(|seller| seller.back_at(context, from))).copied()
}

/// How a length of time in a rule is counted for a lead: by the clock, or in the working hours of the owner.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TimeCounting {
    owner: LeadOwner,
    lead_location: Location,
}

impl TimeCounting {
    /// Working time of the owner. Without a known owner: the default hours at the location of the lead.
    pub(crate) const fn new(owner: LeadOwner, lead_location: Location) -> Self {
        Self { owner, lead_location }
    }

    fn hours<'d>(&self, context: &'d DecisionContext<'_>) -> (Option<&'d Reachable>, Location) {
        let member = match self.owner {
            LeadOwner::Rep(rep) => context.team.members.get(rep),
            _ => None,
        };
        let hours = member.map_or(&context.team.default_hours, |member| &member.hours);
        (hours.as_deref(), member.and_then(|member| member.location).unwrap_or(self.lead_location))
    }

    /// The moment `lapse` after `at`, never outside [`EARLIEST`] to [`LATEST`]. Working time counts by the clock when the hours are not known, and
    /// when they never come to that much.
    pub(crate) fn add_lapse(&self, context: &DecisionContext<'_>, at: Instant, lapse: Lapse) -> Instant {
        let moment = match lapse {
            Lapse::Clock(length) => at + length,
            Lapse::Working(length) => {
                let (hours, location) = self.hours(context);
                let open_times = &context.places.open_times;
                let working = hours.and_then(|hours| WorkingTime::new(hours, &location, open_times).ok());
                working.and_then(|working| working.add_working_time(at, length)).unwrap_or(at + length)
            }
        };
        moment.clamp(EARLIEST, LATEST)
    }

    /// The moments at which working time starts and stops running.
    pub(crate) fn working_time_edges(
        &self,
        context: &DecisionContext<'_>,
        from: Instant,
        until: Instant,
    ) -> Vec<Instant> {
        let (hours, location) = self.hours(context);
        let open = hours.and_then(|hours| context.places.open_times.windows(hours, &location, from, until).ok());
        open.into_iter().flatten().flat_map(|window| [window.from, window.until]).collect()
    }
}

fn working_hours(context: &DecisionContext<'_>, member: &TeamMember, from: Instant, until: Instant) -> Option<Windows> {
    context.places.open_times.windows(member.hours.as_deref()?, &member.location?, from, until).ok()
}

fn parse_location(rep: &Rep) -> Option<Location> {
    let zone = Zone::parse(&rep.zone).ok()?;
    Some(Location::at(zone, rep.country.as_deref().and_then(|code| Country::parse(code).ok()), None))
}
