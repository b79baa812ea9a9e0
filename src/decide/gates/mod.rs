//! The gates: what may be done, in fixed order.
//!
//! Eligible (law and consent), applicable (does it make sense now), suitable (is it in the customer's interest), policy (caps, pauses, hours).
//! The first gate that stops a candidate says so in a [`Stop`]: why, and when it lifts. "Blocked by policy" is a result, never an
//! error. The words of a stop are made in [`crate::decide::explain`].
//!
//! Invariant: nothing after the first gate can let through what the first gate stopped.

pub(crate) mod applicable;
pub(crate) mod eligible;
pub(crate) mod frequency;
pub(crate) mod policy;
pub(crate) mod suitable;

use crate::book::vocabulary::Channel;
use crate::calendar::Instant;
use crate::decide::context::account_events::AccountEvents;
use crate::decide::context::decision_context::AccountContext;
use crate::decide::context::lead_profile::{LeadProfile, PersonProfile};
use crate::decide::context::rule_outcomes::{PolicyHit, RuleOutcomes};
use crate::decide::context::sellers::TimeCounting;
use crate::decide::context::statements::{PolicyStatement, ShapedTouch};
use crate::decide::context::stop::BlockReason;
use crate::pack::touch::Touch;

/// Everything the gates look at for one touch to one person.
#[derive(Clone, Copy)]
pub(crate) struct GateInput<'a, 'b> {
    /// The book and the moment.
    pub(crate) desk: &'b AccountContext<'a>,
    /// The account's contacts.
    pub(crate) group: &'b AccountEvents<'b>,
    /// The lead.
    pub(crate) case: &'b LeadProfile<'a>,
    /// What the rules say.
    pub(crate) reading: &'b RuleOutcomes,
    /// How the owner's working time is counted.
    pub(crate) counting: &'b TimeCounting,
    /// What is proposed.
    pub(crate) shaped: &'b ShapedTouch,
    /// Over which channel.
    pub(crate) channel: Channel,
    /// To whom, by place in the lead.
    pub(crate) person: usize,
    /// The same person.
    pub(crate) member: &'b PersonProfile<'a>,
    /// Whether the rule names this very person, by id or by reading `person`.
    pub(crate) meant: bool,
    /// Whether the rule's condition reads the stage.
    pub(crate) reads_stage: bool,
    /// When a cadence step is due.
    pub(crate) due: Option<Instant>,
}

impl<'b> GateInput<'_, 'b> {
    /// The touch.
    pub(crate) fn touch(&self) -> &'b Touch {
        &self.shaped.touch
    }

    /// The policies of one sort that hold, cover the channel and concern the person.
    pub(crate) fn policies<'p, T>(
        &'p self,
        says: &'p [PolicyHit],
        policies: &'p [PolicyStatement<T>],
    ) -> impl Iterator<Item = (PolicyHit, &'p PolicyStatement<T>)> {
        let all = says.iter().filter_map(|says| policies.get(says.nth).map(|policy| (*says, policy)));
        all.filter(|(says, policy)| policy.channels.cover(self.channel) && says.concerns(self.person))
    }

    /// The first `never` that forbids the touch.
    pub(crate) fn never(&self, hard: bool) -> Option<BlockReason> {
        let mut nevers = self.policies(&self.reading.policies.nevers, &self.desk.statements.nevers);
        nevers.find(|(_, never)| never.hard == hard).map(|(says, _)| BlockReason::Never(says))
    }
}
