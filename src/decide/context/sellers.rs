//! By whom: the owner of the lead, a colleague with the skill that is asked for, or whoever steps in for an absence.
//!
//! The owner keeps the lead; the advice only names who makes this touch, and why it is not the owner. Nobody is compared: colleagues are
//! taken in the order of the file, one who speaks the customer's language first.
//!
//! Somebody is away when an absence covers the first moment at which they would have worked. Then the next in the chain is asked. When
//! everybody is away the touch waits for the first of them to come back.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use crate::book::rep::Rep;
use crate::calendar::{Country, Instant, Location, Reachable, Window, Windows, WorkingTime, Zone};
use crate::decide::context::decision_context::{AccountContext, LeadOwner};
use crate::decide::context::lead_profile::LeadProfile;
use crate::decide::context::review::ReviewTracker;
use crate::order;
use crate::pack::touch::Lapse;

/// Working hours of a rep whose record names none.
pub(crate) const USUAL_HOURS: &str = "Mo-Fr 09:00-17:30; PH off";

/// The reps, as deciding needs them: by their place in the book.
#[derive(Debug, Default)]
pub(crate) struct SalesTeam {
    members: Vec<TeamMember>,
    by_id: BTreeMap<String, usize>,
    usual: Option<Arc<Reachable>>,
}

#[derive(Debug)]
struct TeamMember {
    /// When and where they work; `None` when their zone or hours cannot be read.
    place: Option<Location>,
    hours: Option<Arc<Reachable>>,
    absences: Windows,
    backup: Option<usize>,
    /// The owner and whoever steps in.
    chain: OnceLock<Arc<[Seller]>>,
}

/// Somebody who can make a touch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Seller {
    /// The rep, by place in the book; `None` for an owner of whom there is no record.
    pub(crate) rep: Option<usize>,
    /// Why not the owner.
    pub(crate) instead: SellerReason,
}

/// Why somebody else than the owner makes a touch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SellerReason {
    /// It is the owner.
    Owner,
    /// This rep is away.
    StepsIn(usize),
    /// They have the skill that is asked for.
    Knows,
}

impl SalesTeam {
    /// The reps of a book.
    pub(crate) fn of(reps: &[Rep]) -> Self {
        let mut by_id = BTreeMap::new();
        for (nth, rep) in reps.iter().enumerate() {
            by_id.entry(rep.id.clone()).or_insert(nth);
        }
        let usual = Reachable::parse(USUAL_HOURS).ok().map(Arc::new);
        let member = |rep: &Rep| TeamMember {
            place: place_of(rep),
            hours: match rep.hours.as_deref() {
                Some(hours) => Reachable::parse(hours).ok().map(Arc::new),
                None => usual.clone(),
            },
            absences: rep.absences.iter().map(|absence| Window { from: absence.from, until: absence.until }).collect(),
            backup: rep.backup.as_ref().and_then(|id| by_id.get(id).copied()),
            chain: OnceLock::new(),
        };
        Self { members: reps.iter().map(member).collect(), by_id, usual }
    }

    /// Who somebody is that a lead names as its owner.
    pub(crate) fn owner(&self, id: Option<&str>) -> LeadOwner {
        match id {
            None => LeadOwner::Nobody,
            Some(id) => self.by_id.get(id).map_or(LeadOwner::Stranger, |rep| LeadOwner::Rep(*rep)),
        }
    }

    fn chain(&self, owner: LeadOwner) -> Arc<[Seller]> {
        match owner {
            LeadOwner::Nobody => Arc::new([]),
            LeadOwner::Stranger => Arc::new([Seller { rep: None, instead: SellerReason::Owner }]),
            LeadOwner::Rep(rep) => match self.members.get(rep) {
                Some(member) => member.chain.get_or_init(|| self.stepping_in(rep)).clone(),
                None => Arc::new([]),
            },
        }
    }

    fn stepping_in(&self, owner: usize) -> Arc<[Seller]> {
        let mut chain = vec![Seller { rep: Some(owner), instead: SellerReason::Owner }];
        let mut last = owner;
        while let Some(next) = self.members.get(last).and_then(|member| member.backup) {
            if chain.iter().any(|seller| seller.rep == Some(next)) {
                break;
            }
            chain.push(Seller { rep: Some(next), instead: SellerReason::StepsIn(last) });
            last = next;
        }
        chain.into()
    }
}

impl Seller {
    fn member(self, team: &SalesTeam) -> Option<&TeamMember> {
        team.members.get(self.rep?)
    }

    /// When they work, absences left out; `None` when nothing is known about their hours.
    pub(crate) fn at_work(self, desk: &AccountContext<'_>, from: Instant, until: Instant) -> Option<Windows> {
        let member = self.member(&desk.team)?;
        Some(works(desk, member, from, until)?.subtract(&member.absences))
    }

    /// Whether they are away when the touch should be made: at the first moment of their working hours from `from` on.
    fn is_away(self, desk: &AccountContext<'_>, from: Instant, until: Instant, review: &mut ReviewTracker) -> bool {
        let Some(member) = self.member(&desk.team).filter(|member| !member.absences.is_empty()) else { return false };
        let Some(hours) = works(desk, member, from, until) else { return member.absences.contains(from) };
        review.at_any(hours.iter().flat_map(|window| [window.from, window.until]));
        review.at_any(member.absences.iter().flat_map(|window| [window.from, window.until]));
        hours.first_at_or_after(from).is_some_and(|first| member.absences.contains(first))
    }
}

/// Who could make a touch for this lead, the best first. Empty when the lead has no owner and no skill is asked for; `None` when
/// nobody has the skill.
pub(crate) fn sellers(desk: &AccountContext<'_>, case: &LeadProfile<'_>, skill: Option<&str>) -> Option<Arc<[Seller]>> {
    let chain = desk.team.chain(case.owner);
    let reps = desk.book.reps();
    let Some(skill) = skill.filter(|_| !reps.is_empty()) else { return Some(chain) };
    let has = |rep: &Rep| rep.skills.iter().any(|one| one == skill);
    let rep_of = |seller: &Seller| reps.get(seller.rep?);
    let mut able: Vec<Seller> = chain.iter().copied().filter(|seller| rep_of(seller).is_some_and(has)).collect();
    let known: Vec<&str> = able.iter().filter_map(rep_of).map(|rep| rep.id.as_str()).collect();
    let language = case.lead.and_then(|lead| lead.language.as_ref());
    let speaks = |rep: &Rep| language.is_some_and(|language| rep.languages.contains(language));
    let mut colleagues: Vec<(usize, &Rep)> =
        reps.iter().enumerate().filter(|(_, rep)| has(rep) && !known.contains(&rep.id.as_str())).collect();
    order::sort_by_key(&mut colleagues, |(_, rep)| !speaks(rep));
    able.extend(colleagues.into_iter().map(|(nth, _)| Seller { rep: Some(nth), instead: SellerReason::Knows }));
    (!able.is_empty()).then(|| able.into())
}

/// The first who is not away, else the first.
pub(crate) fn available(
    desk: &AccountContext<'_>,
    sellers: &[Seller],
    from: Instant,
    until: Instant,
    review: &mut ReviewTracker,
) -> Option<Seller> {
    sellers.iter().find(|seller| !seller.is_away(desk, from, until, review)).or(sellers.first()).copied()
}

/// Counting time as a rule writes it: by the clock, or in the working hours of the owner.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TimeCounting {
    owner: LeadOwner,
    here: Location,
}

impl TimeCounting {
    /// The owner's working time; without an owner the usual hours where the lead is.
    pub(crate) const fn of(owner: LeadOwner, here: Location) -> Self {
        Self { owner, here }
    }

    fn hours<'d>(&self, desk: &'d AccountContext<'_>) -> (Option<&'d Reachable>, Location) {
        let member = match self.owner {
            LeadOwner::Rep(rep) => desk.team.members.get(rep),
            _ => None,
        };
        let hours = member.map_or(&desk.team.usual, |member| &member.hours);
        (hours.as_deref(), member.and_then(|member| member.place).unwrap_or(self.here))
    }

    /// The moment so much later.
    pub(crate) fn later(&self, desk: &AccountContext<'_>, at: Instant, lapse: Lapse) -> Instant {
        match lapse {
            Lapse::Clock(length) => at + length,
            Lapse::Working(length) => {
                let (hours, place) = self.hours(desk);
                let working = hours.and_then(|hours| WorkingTime::new(hours, &place, &desk.known.almanac).ok());
                working.and_then(|working| working.add_working_time(at, length)).unwrap_or(at + length)
            }
        }
    }

    /// The edges of working time, between which it runs steadily.
    pub(crate) fn edges(&self, desk: &AccountContext<'_>, from: Instant, until: Instant) -> Vec<Instant> {
        let (hours, place) = self.hours(desk);
        let open = hours.and_then(|hours| desk.known.almanac.windows(hours, &place, from, until).ok());
        open.into_iter().flatten().flat_map(|window| [window.from, window.until]).collect()
    }
}

fn works(desk: &AccountContext<'_>, member: &TeamMember, from: Instant, until: Instant) -> Option<Windows> {
    desk.known.almanac.windows(member.hours.as_deref()?, &member.place?, from, until).ok()
}

fn place_of(rep: &Rep) -> Option<Location> {
    let zone = Zone::parse(&rep.zone).ok()?;
    Some(Location::at(zone, rep.country.as_deref().and_then(|code| Country::parse(code).ok()), None))
}
