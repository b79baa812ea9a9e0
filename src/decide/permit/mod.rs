//! The gates: what may be done, in fixed order.
//!
//! Eligible (law and consent), applicable (does it make sense now), suitable (is it in the customer's interest), policy (caps, pauses, hours).
//! The first gate that stops a candidate says so in a [`Stop`]: why, and when it lifts. "Blocked by policy" is a result, never an
//! error. The words of a stop are made in [`super::tell`].
//!
//! Invariant: nothing after the first gate can let through what the first gate stopped.

pub(crate) mod applicable;
pub(crate) mod eligible;
pub(crate) mod policy;
pub(crate) mod suitable;

use super::case::{Case, Member};
use super::desk::Desk;
use super::group::Group;
use super::reading::{Reading, Says};
use super::seller::Counting;
use super::statements::{Policy, Shaped};
use crate::book::schema::Channel;
use crate::calendar::Instant;
use crate::rulebook::touch::Touch;

/// What stopped a candidate.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Stop {
    /// Why.
    pub(crate) why: Why,
    /// When it lifts.
    pub(crate) lifts_at: Option<Instant>,
}

impl Stop {
    /// A stop that only a change of the record can lift.
    pub(crate) const fn of(why: Why) -> Self {
        Self { why, lifts_at: None }
    }
}

/// Why a candidate was stopped.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Why {
    /// They objected to direct marketing.
    Objection,
    /// They asked not to be called.
    DoNotCall,
    /// They asked not to be mailed.
    DoNotEmail,
    /// They asked to get nothing more over this channel.
    Unsubscribed,
    /// They took back the consent for this channel.
    ConsentWithdrawn,
    /// A `never` forbids it.
    Never(Says),
    /// The lead is closed.
    Closed,
    /// There is no address for the channel.
    ChannelUnknown,
    /// Nobody in the team has the skill.
    SkillMissing,
    /// They wait for an answer of ours.
    Withdrawn,
    /// They replied then.
    Replied(Instant),
    /// An offer to somebody who still looks around.
    PitchTooEarly,
    /// They work against us.
    Blocker,
    /// Neither zone nor country is known.
    ZoneUnknown,
    /// No moment is left that everything allows.
    NoMoment,
}

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
