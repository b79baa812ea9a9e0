//! Buying groups, finely: who is known in each role, how they stand towards us, a score of the group, and what is missing before a proposal.
//!
//! The score is from 0 to 100: for each role the person who is furthest, weighted by the role. It is no sum over people, so that ten users do not stand in
//! for the one who decides. The weights and steps are ours; sources name no numbers (docs/team.md).

use serde::Serialize;

use crate::book::vocabulary::{Role, Stage, Stance};
use crate::book::{Lead, Person};
use crate::calendar::{Duration, Instant};
use crate::team::effect::effects;
use crate::wording::{Language, Sentence};

/// The roles that a buying group needs, with their weights. Who starts the search and who guards the door may be absent.
pub const NEEDED_ROLES: [(Role, f64); 4] =
    [(Role::Decider, 3.0), (Role::Buyer, 2.0), (Role::Influencer, 2.0), (Role::User, 1.0)];

/// From this readiness on, of 100, a proposal is written together, if whoever decides is engaged.
pub const READY: u32 = 80;

/// Within this time somebody who did something counts as engaged.
const ENGAGED_WITHIN: Duration = Duration::from_millis(60 * 86_400_000);

/// The buying group of a lead.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct BuyingGroup {
    /// Id of the lead.
    pub lead: String,
    /// What people call it.
    pub lead_name: String,
    /// Each needed role.
    pub roles: Vec<RoleCoverage>,
    /// From 0 to 100, role-weighted.
    pub score: u32,
    /// How ready it is for a proposal, from 0 to 100: the share of milestones that were reached.
    pub readiness: u32,
    /// The milestones that are missing, as a sentence each.
    pub missing: Vec<String>,
    /// Whether a proposal can be written together: ready enough, and whoever decides is engaged.
    pub joint_proposal: bool,
}

/// Who is known in a role.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RoleCoverage {
    /// The role.
    pub role: Role,
    /// The people in it, as the lead has them.
    pub people: Vec<GroupMember>,
}

/// Somebody of a buying group.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct GroupMember {
    /// Id within the lead.
    pub id: String,
    /// What they are called.
    pub name: String,
    /// Their weight in the decision, where it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub influence: Option<f64>,
    /// How they stand towards us, where it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stance: Option<Stance>,
    /// When we last touched them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_touch: Option<Instant>,
    /// When they last did something.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_sign: Option<Instant>,
}

/// A step on the way to a proposal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Milestone {
    /// Somebody who decides is known.
    DeciderKnown,
    /// They are engaged.
    DeciderEngaged,
    /// Somebody who will use it was spoken with.
    UserHeard,
    /// Somebody who handles the purchase is known.
    BuyerKnown,
    /// Whoever handles the purchase was given figures: a quote was sent, or content read by them.
    FiguresShared,
}

const MILESTONES: [(Milestone, &str); 5] = [
    (Milestone::DeciderKnown, "milestone-decider-known"),
    (Milestone::DeciderEngaged, "milestone-decider-engaged"),
    (Milestone::UserHeard, "milestone-user-heard"),
    (Milestone::BuyerKnown, "milestone-buyer-known"),
    (Milestone::FiguresShared, "milestone-figures-shared"),
];

/// The buying group of a lead at a moment.
pub fn buying_group(lead: &Lead, now: Instant, language: Language) -> BuyingGroup {
    let group = Group { lead, now };
    let roles = NEEDED_ROLES.iter().map(|(role, _)| group.coverage(*role)).collect();
    let weights: f64 = NEEDED_ROLES.iter().map(|(_, weight)| weight).sum();
    let reached: f64 = NEEDED_ROLES.iter().map(|(role, weight)| weight * group.progress(*role)).sum();
    let missing: Vec<&str> =
        MILESTONES.iter().filter(|(milestone, _)| !group.has(*milestone)).map(|(_, key)| *key).collect();
    // Both are from 0 to 100.
    let share = |part: f64, whole: f64| libm::round(100.0 * part / whole) as u32;
    let readiness = share((MILESTONES.len() - missing.len()) as f64, MILESTONES.len() as f64);
    let sentence = |key: &&'static str| Sentence::new(key).render(language);
    BuyingGroup {
        lead: lead.id.clone(),
        lead_name: crate::team::TeamView::lead_name(lead),
        roles,
        score: share(reached, weights),
        readiness,
        joint_proposal: readiness >= READY && group.has(Milestone::DeciderEngaged),
        missing: missing.iter().map(sentence).collect(),
    }
}

impl crate::team::TeamView<'_> {
    /// The buying groups of the leads that are not won or lost, from interest on, in the order of the book.
    pub fn groups(&self, language: Language) -> Vec<BuyingGroup> {
        let begun = |lead: &&Lead| is_open(lead) && lead.stage.is_some_and(|stage| stage > Stage::Orientation);
        self.leads().iter().filter(begun).map(|lead| buying_group(lead, self.now, language)).collect()
    }
}

/// Whether all roles that a group needs are known.
pub(in crate::team) fn is_covered(lead: &Lead, now: Instant) -> bool {
    let group = Group { lead, now };
    NEEDED_ROLES.iter().all(|(role, _)| group.people(*role).next().is_some())
}

/// Whether there is something to win with this lead, so that its group matters.
pub(in crate::team) fn is_open(lead: &Lead) -> bool {
    !lead.spam && lead.stage.is_none_or(Stage::is_open) && !lead.people.is_empty()
}

/// The group of a lead at a moment.
struct Group<'a> {
    lead: &'a Lead,
    now: Instant,
}

impl<'a> Group<'a> {
    fn people(&self, role: Role) -> impl Iterator<Item = &'a Person> {
        let now = self.now;
        self.lead.people.iter().filter(move |person| person.roles.contains(&role) && !person.has_left(now))
    }

    /// The last signal of or to a person for which this holds.
    fn last(&self, person: &Person, holds: impl Fn(&crate::book::Signal) -> bool) -> Option<Instant> {
        let past = self.lead.past_signals(self.now).iter().rev();
        let of_person = past.filter(|signal| signal.person.as_deref().is_some_and(|id| person.is_called(id)));
        of_person.filter(|signal| holds(signal)).map(|signal| signal.at).next()
    }

    fn last_sign(&self, person: &Person) -> Option<Instant> {
        self.last(person, |signal| signal.view().is_reaction() || signal.view().ends_series())
    }

    fn is_engaged(&self, person: &Person) -> bool {
        self.last_sign(person).is_some_and(|at| self.now - at <= ENGAGED_WITHIN)
    }

    fn coverage(&self, role: Role) -> RoleCoverage {
        let member = |person: &Person| GroupMember {
            id: person.id.clone(),
            name: person.called().to_owned(),
            influence: person.influence,
            stance: person.stance,
            last_touch: self.last(person, |signal| signal.is_touch()),
            last_sign: self.last_sign(person),
        };
        RoleCoverage { role, people: self.people(role).map(member).collect() }
    }

    /// How far we are with a role, from 0 to 1: that of the person who is furthest.
    fn progress(&self, role: Role) -> f64 {
        self.people(role).map(|person| self.progress_with(person)).fold(0.0, f64::max)
    }

    /// A third for being known, a third for doing something lately, a third by how they stand. Whoever works against us counts as known alone.
    fn progress_with(&self, person: &Person) -> f64 {
        let stance = match person.stance {
            Some(Stance::Blocker) => return 1.0 / 3.0,
            Some(Stance::Champion) => 1.0,
            Some(Stance::Supporter) => 0.75,
            Some(Stance::Neutral) | None => 0.5,
            Some(Stance::Critic) => 0.0,
        };
        let engaged = if self.is_engaged(person) { 1.0 } else { 0.0 };
        (1.0 + engaged + stance) / 3.0
    }

    fn has(&self, milestone: Milestone) -> bool {
        let mut deciders = self.people(Role::Decider);
        match milestone {
            Milestone::DeciderKnown => deciders.next().is_some(),
            Milestone::DeciderEngaged => {
                deciders.any(|person| self.is_engaged(person) && person.stance != Some(Stance::Blocker))
            }
            Milestone::UserHeard => {
                self.people(Role::User).any(|user| self.last(user, |signal| signal.view().ends_series()).is_some())
            }
            Milestone::BuyerKnown => self.people(Role::Buyer).next().is_some(),
            Milestone::FiguresShared => self.people(Role::Buyer).any(|buyer| {
                let quoted = self.last(buyer, |signal| signal.kind == crate::book::vocabulary::SignalKind::Quote);
                let start = Instant::from_millis(0);
                let mut read = effects(self.lead, start, self.now).filter(|effect| effect.content.is_some());
                quoted.is_some() || read.any(|effect| effect.person.is_some_and(|id| buyer.is_called(id)))
            }),
        }
    }
}
