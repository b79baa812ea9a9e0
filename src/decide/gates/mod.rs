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
use crate::decide::context::account_events::Group;
use crate::decide::context::decision_context::Desk;
use crate::decide::context::lead_profile::{Case, Member};
use crate::decide::context::rule_outcomes::{Reading, Says};
use crate::decide::context::sellers::Counting;
use crate::decide::context::statements::{Policy, Shaped};
use crate::decide::context::stop::Why;
use crate::pack::touch::Touch;

/// Everything the gates look at for one touch to one person.
#[derive(Clone, Copy)]
pub(crate) struct Asking<'a, 'b> {
    /// The book and the moment.
    pub(crate) desk: &'b Desk<'a>,
    /// The account's contacts.
    pub(crate) group: &'b Group<'b>,
    /// The lead.
    pub(crate) case: &'b Case<'a>,
    /// What the rules say.
    pub(crate) reading: &'b Reading,
    /// How the owner's working time is counted.
    pub(crate) counting: &'b Counting,
    /// What is proposed.
    pub(crate) shaped: &'b Shaped,
    /// Over which channel.
    pub(crate) channel: Channel,
    /// To whom, by place in the lead.
    pub(crate) person: usize,
    /// The same person.
    pub(crate) member: &'b Member<'a>,
    /// Whether the rule names this very person, by id or by reading `person`.
    pub(crate) meant: bool,
    /// Whether the rule's condition reads the stage.
    pub(crate) reads_stage: bool,
    /// When a cadence step is due.
    pub(crate) due: Option<Instant>,
}

impl<'b> Asking<'_, 'b> {
    /// The touch.
    pub(crate) fn touch(&self) -> &'b Touch {
        &self.shaped.touch
    }

    /// The policies of one sort that hold, cover the channel and concern the person.
    pub(crate) fn policies<'p, T>(
        &'p self,
        says: &'p [Says],
        policies: &'p [Policy<T>],
    ) -> impl Iterator<Item = (Says, &'p Policy<T>)> {
        let all = says.iter().filter_map(|says| policies.get(says.nth).map(|policy| (*says, policy)));
        all.filter(|(says, policy)| policy.channels.cover(self.channel) && says.concerns(self.person))
    }

    /// The first `never` that forbids the touch.
    pub(crate) fn never(&self, hard: bool) -> Option<Why> {
        let mut nevers = self.policies(&self.reading.policies.nevers, &self.desk.statements.nevers);
        nevers.find(|(_, never)| never.hard == hard).map(|(says, _)| Why::Never(says))
    }
}
