//! The gates: whether a touch to a person is allowed, checked in a fixed order.
//!
//! Eligible (law and consent), applicable (possible for this lead and person), suitable (in the customer's interest; no repetition, no content
//! that the person has), policy (caps, pauses and hours). In: [`GateInput`]. The first gate that does not let the touch through gives a
//! [`Blocked`](crate::decide::context::blocked::Blocked) with the reason and the end of the block. A block is a result, not an error; its
//! text is made in [`crate::decide::explain`].
//!
//! Invariant: a later gate never lets through what an earlier gate blocked.

pub(crate) mod applicable;
pub(crate) mod constraints;
pub(crate) mod content;
pub(crate) mod eligible;
pub(crate) mod feedback;
pub(crate) mod frequency;
pub(crate) mod holiday_gaps;
pub(crate) mod policy;
pub(crate) mod policy_review;
pub(crate) mod rep_choice;
pub(crate) mod repetition;
pub(crate) mod suitable;

use crate::book::Question;
use crate::book::vocabulary::Channel;
use crate::calendar::{Instant, Window};
use crate::decide::context::blocked::BlockReason;
use crate::decide::context::decision_context::GroupContext;
use crate::decide::context::group_events::GroupEvents;
use crate::decide::context::lead_profile::{LeadProfile, PersonProfile};
use crate::decide::context::placement::Promise;
use crate::decide::context::rule_outcomes::{PolicyHit, Reason, RuleOutcomes, UnsurePolicy};
use crate::decide::context::sellers::{TimeCounting, possible_sellers};
use crate::decide::context::statements::{PolicyHead, PolicyStatement, ProposingStatement, ShapedTouch};
use crate::pack::layers::LeadOwners;
use crate::pack::statements::PolicyCountries;
use crate::pack::touch::Touch;

/// A touch to a person, with everything that the gates read.
#[derive(Clone, Copy)]
pub(crate) struct GateInput<'a, 'b> {
    /// The records of the contact group and the context of the decision.
    pub(crate) group: &'b GroupContext<'a>,
    /// The events and contacts of the contact group.
    pub(crate) group_events: &'b GroupEvents<'b>,
    /// The lead.
    pub(crate) profile: &'b LeadProfile<'a>,
    /// The outcomes of the rules for the lead.
    pub(crate) outcomes: &'b RuleOutcomes,
    /// How working time is counted for the lead.
    pub(crate) time_counting: &'b TimeCounting,
    /// The touch.
    pub(crate) shaped_touch: &'b ShapedTouch,
    /// The channel of the touch.
    pub(crate) channel: Channel,
    /// The person, by index in the lead.
    pub(crate) person_index: usize,
    /// The person.
    pub(crate) person: &'b PersonProfile<'a>,
    /// Whether the rule means this very person, also when they oppose the purchase: it names them by id, or it holds for them and reads their
    /// stance or answers what they asked.
    pub(crate) means_person: bool,
    /// Whether the condition of the rule reads the stage.
    pub(crate) reads_stage: bool,
    /// For a cadence step: when it is due.
    pub(crate) starts_at: Option<Instant>,
    /// What was promised.
    pub(crate) promise: Option<Promise>,
    /// For an `answer`: the question of the person; `None` for one to whoever took over from the one who asked, who asked nothing themselves.
    pub(crate) question: Option<Question>,
    /// Whether it is an `answer`.
    pub(crate) is_answer: bool,
    /// Whether it answers what somebody asked, or was promised to them.
    pub(crate) owed: bool,
    /// The rule, where it may have been carried out lately, and its reason.
    pub(crate) carried_out: Option<(&'b ProposingStatement, Reason)>,
    /// For a planned touch: its index in the lead.
    pub(crate) planned: Option<usize>,
}

/// Why a touch can never be made, as far as is on record; `None` when it can, or may only not be made yet.
pub(crate) fn impossible(input: &GateInput<'_, '_>) -> Option<BlockReason> {
    let reason = eligible::check(input).or_else(|| applicable::check(input)).or_else(|| suitable::check(input));
    let skill = input.touch().skill.as_deref();
    let skilled = || possible_sellers(input.group, input.profile, None, skill).is_some();
    match reason {
        Some(reason) => reason.is_for_good().then_some(reason),
        None if skill.is_some() && !skilled() => Some(BlockReason::SkillMissing),
        None => content::check(input).map(|block| block.reason).filter(|reason| reason.is_for_good()),
    }
}

impl<'b> GateInput<'_, 'b> {
    /// The touch.
    pub(crate) fn touch(&self) -> &'b Touch {
        &self.shaped_touch.touch
    }

    /// Whether a rep must be at work at the moment of the touch: for all but what a system sends.
    pub(crate) fn needs_rep(&self) -> bool {
        !is_sent_by_system(self.touch(), Some(self.channel))
    }

    /// Whether it is written to somebody who is owed it: it waits for neither their hours nor their return.
    pub(crate) fn is_owed_in_writing(&self) -> bool {
        self.owed && matches!(self.channel, Channel::Email | Channel::Social | Channel::Chat)
    }

    /// The times from now on in which the touch is not made because the person is away.
    pub(crate) fn absences(&self) -> impl Iterator<Item = Window> {
        let counts = !self.is_owed_in_writing();
        let absences = self.person.absences.iter();
        absences.filter(move |away| counts && away.until > self.profile.now)
    }

    /// Whether a touch that begins at a moment waits for the return of the person.
    pub(crate) fn waits_for_return(&self, from: Instant) -> bool {
        let start = self.starts_at.map_or(self.profile.now, |starts_at| starts_at.max(self.profile.now));
        self.absences().any(|away| away.contains(start) && away.until <= from)
    }

    /// The policies among `hits` that cover the channel and apply to the person. `policies` are all statements of that kind.
    pub(crate) fn policies<'p, T>(
        &'p self,
        hits: &'p [PolicyHit],
        policies: &'p [PolicyStatement<T>],
    ) -> impl Iterator<Item = (PolicyHit, &'p PolicyStatement<T>)> {
        let all = hits.iter().filter_map(|hit| policies.get(hit.number).map(|policy| (*hit, policy)));
        all.filter(|(hit, policy)| self.is_covered(policy.head()) && hit.applies_to(self.person_index))
    }

    /// Whether a policy is about the channel and about people in the country of the person. A country that is taken from the time zone counts
    /// for packs that list it. Where none is known every pack counts.
    fn is_covered(&self, policy: PolicyHead<'_>) -> bool {
        policy.channels.cover(self.channel)
            && policy.countries.is_none_or(|countries| {
                let (recorded, located) = (self.person.place.recorded_country, self.person.place.location.country);
                match countries {
                    PolicyCountries::Listed(listed) => {
                        let mut known = [recorded, located].into_iter().flatten().peekable();
                        known.peek().is_none() || known.any(|country| listed.contains(&country))
                    }
                    PolicyCountries::Elsewhere => !self.group.context.has_policy(recorded),
                }
            })
    }

    /// The first part of a hard pack that may forbid the touch: because it could not be read, or could not be evaluated for this lead.
    pub(crate) fn unknown_law(&self) -> Option<BlockReason> {
        let GroupContext { context, .. } = self.group;
        let in_force = |pack: usize| context.packs.get(pack).is_some_and(|pack| pack.about.in_force(self.profile.now));
        let mut unread = context.statements.unread.iter();
        let owner = self.profile.record.and_then(|lead| lead.owner.as_deref());
        let is_for_owner = |owners: Option<&LeadOwners>| owners.is_none_or(|owners| owners.include(owner));
        let unread = unread
            .position(|one| self.is_covered(one.head()) && in_force(one.pack) && is_for_owner(one.owners.as_deref()));
        unread.map(BlockReason::Unread).or_else(|| {
            let mut unsure = self.outcomes.policies.unsure.iter().copied();
            let may_forbid = |one: &UnsurePolicy| {
                let policy = context.statements.policy(one.kind, one.hit.number);
                policy.is_some_and(|policy| self.is_covered(policy)) && one.hit.applies_to(self.person_index)
            };
            unsure.find(may_forbid).map(BlockReason::Unsure)
        })
    }

    /// The first `never` that forbids the touch, among the hard ones or among the others.
    pub(crate) fn never(&self, hard: bool) -> Option<BlockReason> {
        let mut nevers = self.policies(&self.outcomes.policies.nevers, &self.group.context.statements.nevers);
        nevers.find(|(_, never)| never.hard == hard).map(|(hit, _)| BlockReason::Never(hit))
    }
}

/// Whether a system sends a touch over a channel: one that is automatic, and content, which is published.
pub(crate) fn is_sent_by_system(touch: &Touch, channel: Option<Channel>) -> bool {
    touch.automatic || channel == Some(Channel::Content)
}
