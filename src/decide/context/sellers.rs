//! By whom: the reps who could make a touch for a lead, in order of preference, and when each of them works.
//!
//! The owner keeps the lead; an advice only names who makes this touch, and why it is not the owner. After the owner come their backup and that
//! one's backup, then the owners of other leads of the contact group, then colleagues who speak the language of the person. Reps are not compared:
//! of colleagues the first who can make the touch does, and of those who can at the same moment the first in the book. Who of them makes the touch is chosen when it is placed in time
//! ([`crate::decide::gates::rep_choice`]), because it depends on who works then.
//!
//! A lead whose owner is not among the reps, or that has no owner, is for a colleague. In a book without reps nobody's hours count.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock};

use rustc_hash::FxHashMap;

use crate::book::rep::{DEFAULT_HOURS, Rep};
use crate::calendar::instant::{EARLIEST, LATEST};
use crate::calendar::{Duration, Instant, Location, Reachable, Window, Windows, WorkingTime, Zone};
use crate::decide::context::decision_context::{DecisionContext, GroupContext};
use crate::decide::context::lead_profile::LeadProfile;
use crate::lock::lock;
use crate::pack::touch::Lapse;
use crate::{limits, order};

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
    /// The sellers of leads that are alone in their contact group; built on first use.
    sellers: Mutex<SellersByKey>,
}

/// Sellers by the owner of the lead and the number of the language.
type SellersByKey = FxHashMap<(LeadOwner, u32), Arc<[Seller]>>;

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
    /// The first rep who works at the same moments; the rep themselves when there is none before them.
    works_like: usize,
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
    /// They own another lead of the contact group; the owner of this one is away, not known, or nobody.
    GroupOwner,
    /// They are a colleague, who stands so to the language of the person; the owner and all backups are away, or the owner is not known, or nobody.
    Colleague(Speaks),
    /// They have the skill that the rule requires.
    Skill,
}

/// How a rep stands to a language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Speaks {
    /// It is among their languages.
    Yes,
    /// No languages are known of them.
    Unknown,
    /// Others are.
    No,
}

impl Speaks {
    /// Whether a rep speaks a language; yes where no language is asked for.
    pub(crate) fn of(rep: &Rep, language: Option<&String>) -> Self {
        match language {
            None => Self::Yes,
            Some(language) if rep.languages.contains(language) => Self::Yes,
            Some(_) if rep.languages.is_empty() => Self::Unknown,
            Some(_) => Self::No,
        }
    }
}

impl SalesTeam {
    /// The reps of a book. Of reps with the same id the first one counts.
    pub(crate) fn new(reps: &[Rep]) -> Self {
        let mut by_id = BTreeMap::new();
        for (index, rep) in reps.iter().enumerate() {
            by_id.entry(rep.id.clone()).or_insert(index);
        }
        let default_hours = Reachable::parse(DEFAULT_HOURS).ok().map(Arc::new);
        let mut patterns: BTreeMap<(&str, Option<&str>, &str), usize> = BTreeMap::new();
        let member = |(index, rep): (usize, &'_ Rep)| TeamMember {
            location: rep.location(),
            hours: match rep.hours.as_deref() {
                Some(hours) => Reachable::parse(hours).ok().map(Arc::new),
                None => default_hours.clone(),
            },
            absences: rep.absences.iter().map(|absence| Window { from: absence.from, until: absence.until }).collect(),
            backup: rep.backup.as_ref().and_then(|id| by_id.get(id).copied()),
            backup_chain: OnceLock::new(),
            works_like: index,
        };
        let mut members: Vec<TeamMember> = reps.iter().enumerate().map(member).collect();
        for ((index, rep), member) in reps.iter().enumerate().zip(&mut members) {
            if rep.absences.is_empty() {
                let hours = rep.hours.as_deref().unwrap_or(DEFAULT_HOURS);
                member.works_like = *patterns.entry((&rep.zone, rep.country.as_deref(), hours)).or_insert(index);
            }
        }
        Self { members, by_id, default_hours, sellers: Mutex::default() }
    }

    /// Whether the book has reps.
    pub(crate) fn is_empty(&self) -> bool {
        self.members.is_empty()
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
            LeadOwner::Unknown if self.is_empty() => Arc::new([Seller { rep: None, reason: SellerReason::Owner }]),
            LeadOwner::Nobody | LeadOwner::Unknown => Arc::new([]),
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

    /// The time zone in which they work; `None` when it is not known.
    pub(crate) fn clock(self, team: &SalesTeam) -> Option<Zone> {
        self.member(team)?.clock()
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

    /// Their working hours with the hours in which they are absent; `None` when their hours are not known.
    pub(crate) fn regular_windows(
        self,
        context: &DecisionContext<'_>,
        from: Instant,
        until: Instant,
    ) -> Option<Windows> {
        working_hours(context, self.member(&context.team)?, from, until)
    }

    /// Whether they are absent at some moment between `from` and `until`.
    pub(crate) fn is_absent_between(self, context: &DecisionContext<'_>, from: Instant, until: Instant) -> bool {
        self.member(&context.team).is_some_and(|member| !member.absences.clip(from, until).is_empty())
    }

    /// The end of the day of `at`, where they work; `None` when that is not known.
    pub(crate) fn end_of_day(self, context: &DecisionContext<'_>, at: Instant) -> Option<Instant> {
        self.member(&context.team)?.days_at(at).map(|(day, _)| day.until)
    }

    /// The location whose public holidays their hours read; `None` when they read none, or the hours are not known.
    pub(crate) fn holiday_location(self, team: &SalesTeam) -> Option<Location> {
        let member = self.member(team)?;
        member.location.filter(|_| member.hours.as_ref().is_some_and(|hours| hours.reads_holidays()))
    }

    /// Whether they are off for a touch that could be made at `at`: an absence covers the first moment from then on at which they would work,
    /// they do not work on that day, or the day after has gone by before they can make it. Somebody who works on that day at other hours is not
    /// off. `open` are the moments at which they can make the touch. Days are those of their own time zone.
    pub(crate) fn is_off(self, context: &DecisionContext<'_>, at: Instant, open: &Windows) -> bool {
        let Some(member) = self.member(&context.team) else { return false };
        let Some((day, next)) = member.days_at(at) else { return member.absences.contains(at) };
        let Some(hours) = working_hours(context, member, day.from, at + FIRST_HOURS_WITHIN) else {
            return member.absences.contains(at);
        };
        hours.first_at_or_after(at).is_some_and(|first| member.absences.contains(first))
            || hours.clip(day.from, day.until).subtract(&member.absences).is_empty()
            || open.first_at_or_after(at).is_none_or(|first| first >= next.until)
    }

    /// Whether they are away all day at `at`, or absent at that very moment: for an appointment.
    pub(crate) fn is_away_that_day(self, context: &DecisionContext<'_>, at: Instant) -> bool {
        let Some(member) = self.member(&context.team) else { return false };
        let hours = member.days_at(at).and_then(|(day, _)| working_hours(context, member, day.from, day.until));
        member.absences.contains(at) || hours.is_some_and(|hours| hours.subtract(&member.absences).is_empty())
    }

    /// Whether they work at that very moment. False for a rep whose hours are not known.
    pub(crate) fn works_at(self, context: &DecisionContext<'_>, at: Instant) -> bool {
        self.working_windows(context, at, at + Duration::MINUTE).is_some_and(|working| working.contains(at))
    }

    /// The end of the day after that of `at`, where they work; `None` when that is not known.
    pub(crate) fn end_of_next_day(self, team: &SalesTeam, at: Instant) -> Option<Instant> {
        self.member(team)?.days_at(at).map(|(_, next)| next.until)
    }

    /// The moments between `from` and `until` at which [`is_off`](Self::is_off) can come out differently, other than those of the open windows:
    /// they start or stop working, an absence begins or ends, a day begins.
    pub(crate) fn turns(self, context: &DecisionContext<'_>, from: Instant, until: Instant) -> Vec<Instant> {
        let Some(member) = self.member(&context.team) else { return Vec::new() };
        let mut turns: Vec<Instant> = member.absences.edges().collect();
        turns.extend(working_hours(context, member, from, until).iter().flat_map(Windows::edges));
        if let Some(clock) = member.clock() {
            let mut next = clock.day(clock.day(from).until);
            while next.from < until {
                turns.push(next.from);
                next = clock.day(next.until);
            }
        }
        turns
    }
}

impl TeamMember {
    /// The day of `at` and the day after, where they work; `None` when their zone is not known.
    fn days_at(&self, at: Instant) -> Option<(Window, Window)> {
        let clock = self.clock()?;
        let day = clock.day(at);
        Some((day, clock.day(day.until)))
    }

    /// The time zone in which they work; `None` when it is not known.
    fn clock(&self) -> Option<Zone> {
        self.location?.clock()
    }
}

/// How far ahead the next moment at which somebody works is looked for, to see whether they are absent then.
const FIRST_HOURS_WITHIN: Duration = Duration::from_millis(28 * 86_400_000);

/// The reps who could make a touch to a person with this index (or for the lead as a whole), the preferred one first. Empty in a book without
/// reps for a lead without an owner; `None` when no rep has the skill that the rule requires.
pub(crate) fn possible_sellers(
    group: &GroupContext<'_>,
    profile: &LeadProfile<'_>,
    person: Option<usize>,
    skill: Option<&str>,
) -> Option<Arc<[Seller]>> {
    let team = &group.context.team;
    let language = spoken_language(profile, person);
    if let Some(skill) = skill.filter(|_| !team.is_empty()) {
        return skilled_sellers(group, profile.owner, skill, language);
    }
    let key = (profile.owner, group.context.places.word_number(language));
    let alone = group.records.leads().len() <= 1;
    if alone && let Some(known) = lock(&team.sellers).get(&key) {
        return Some(known.clone());
    }
    let sellers = usual_sellers(group, profile, profile.owner, language);
    if alone {
        lock(&team.sellers).insert(key, sellers.clone());
    }
    Some(sellers)
}

/// The reps who could keep an appointment of another rep (as `owner`) with a person, in order of preference.
pub(crate) fn colleagues_for(
    group: &GroupContext<'_>,
    profile: &LeadProfile<'_>,
    owner: LeadOwner,
    person: Option<usize>,
) -> Arc<[Seller]> {
    usual_sellers(group, profile, owner, spoken_language(profile, person))
}

/// The language in which a person (or the lead as a whole) is spoken with; `None` when it is not known.
pub(crate) fn spoken_language<'l>(profile: &LeadProfile<'l>, person: Option<usize>) -> Option<&'l String> {
    let own = person.and_then(|person| profile.person_record(person)).and_then(|person| person.language.as_ref());
    own.or(profile.record.and_then(|lead| lead.language.as_ref()))
}

/// Owner, backups, owners of other leads of the contact group, and colleagues who may speak the language; where nobody does, all colleagues. Of
/// colleagues who work at the same moments only the first is listed, because the others would never be chosen.
fn usual_sellers(
    group: &GroupContext<'_>,
    profile: &LeadProfile<'_>,
    owner: LeadOwner,
    language: Option<&String>,
) -> Arc<[Seller]> {
    let (team, reps) = (&group.context.team, group.records.reps());
    let chain = team.owner_and_backups(owner);
    if reps.is_empty() {
        return chain;
    }
    let mut sellers = chain.to_vec();
    let mut add = |rep: usize, reason: SellerReason| {
        let pattern = |rep: usize| team.members.get(rep).map(|member| member.works_like);
        let listed = |seller: &Seller| seller.rep.is_some_and(|one| one == rep || pattern(one) == pattern(rep));
        if !sellers.iter().any(listed) {
            sellers.push(Seller { rep: Some(rep), reason });
        }
    };
    for (index, other) in group.records.leads().iter().enumerate() {
        if let LeadOwner::Rep(rep) = team.owner(other.owner.as_deref())
            && index != profile.index
        {
            add(rep, SellerReason::GroupOwner);
        }
    }
    let mut colleagues: Vec<(Speaks, usize)> =
        reps.iter().enumerate().map(|(index, rep)| (Speaks::of(rep, language), index)).collect();
    if colleagues.iter().any(|(speaks, _)| *speaks != Speaks::No) {
        colleagues.retain(|(speaks, _)| *speaks != Speaks::No);
    }
    order::sort(&mut colleagues);
    colleagues.into_iter().for_each(|(speaks, rep)| add(rep, SellerReason::Colleague(speaks)));
    sellers.into()
}

/// Those of the owner, the backups and the colleagues who have the skill, colleagues who speak the language first; `None` when nobody has it.
fn skilled_sellers(
    group: &GroupContext<'_>,
    owner: LeadOwner,
    skill: &str,
    language: Option<&String>,
) -> Option<Arc<[Seller]>> {
    let reps = group.records.reps();
    let has_skill = |rep: &Rep| rep.skills.iter().any(|one| one == skill);
    let rep_of = |seller: &Seller| reps.get(seller.rep?);
    let chain = group.context.team.owner_and_backups(owner);
    let mut sellers: Vec<Seller> =
        chain.iter().copied().filter(|seller| rep_of(seller).is_some_and(has_skill)).collect();
    let listed: Vec<&str> = sellers.iter().filter_map(rep_of).map(|rep| rep.id.as_str()).collect();
    let mut colleagues: Vec<(usize, &Rep)> =
        reps.iter().enumerate().filter(|(_, rep)| has_skill(rep) && !listed.contains(&rep.id.as_str())).collect();
    order::sort_by_key(&mut colleagues, |(_, rep)| Speaks::of(rep, language) != Speaks::Yes);
    sellers.extend(colleagues.into_iter().map(|(index, _)| Seller { rep: Some(index), reason: SellerReason::Skill }));
    (!sellers.is_empty()).then(|| sellers.into())
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
                self.worked(context, |time| time.add_working_time(at, length)).unwrap_or(at + length)
            }
            Lapse::WorkingDays(days) => {
                let by_clock = Duration::DAY.times(days).unwrap_or_default();
                self.worked(context, |time| time.add_working_days(at, days)).unwrap_or(at + by_clock)
            }
        };
        moment.clamp(EARLIEST, LATEST)
    }

    /// What is worked out from the working time; `None` when the hours are not known.
    fn worked(
        &self,
        context: &DecisionContext<'_>,
        work_out: impl FnOnce(WorkingTime<'_>) -> Option<Instant>,
    ) -> Option<Instant> {
        let (hours, location) = self.hours(context);
        work_out(WorkingTime::new(hours?, &location, &context.places.calendar.open_times).ok()?)
    }

    /// The moments at which working time starts and stops running.
    pub(crate) fn working_time_edges(
        &self,
        context: &DecisionContext<'_>,
        from: Instant,
        until: Instant,
    ) -> Vec<Instant> {
        let (hours, location) = self.hours(context);
        let open =
            hours.and_then(|hours| context.places.calendar.open_times.windows(hours, &location, from, until).ok());
        open.iter().flat_map(|open| open.edges()).collect()
    }
}

fn working_hours(context: &DecisionContext<'_>, member: &TeamMember, from: Instant, until: Instant) -> Option<Windows> {
    context.places.calendar.open_times.windows(member.hours.as_deref()?, &member.location?, from, until).ok()
}
