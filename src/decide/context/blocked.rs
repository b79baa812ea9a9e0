//! Why a candidate is blocked, and when the block ends.

use crate::calendar::Instant;
use crate::decide::context::group_events::GroupEvent;
use crate::decide::context::hand_over::HandOver;
use crate::decide::context::rule_outcomes::{PolicyHit, UnsurePolicy};

/// The result of a gate that does not let a touch through.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Blocked {
    /// Why.
    pub(crate) reason: BlockReason,
    /// When the block ends; `None` when only a change of the records can end it.
    pub(crate) lifts_at: Option<Instant>,
}

impl Blocked {
    /// A block that only a change of the records can end.
    pub(crate) const fn until_records_change(reason: BlockReason) -> Self {
        Self { reason, lifts_at: None }
    }
}

impl BlockReason {
    /// Whether it holds as far as is on record, so that nothing is gained by waiting: a refusal, law, an address or a skill that is not there, content
    /// that they have. All others may only not be made yet, or concern every touch to the person alike.
    pub(crate) const fn is_for_good(self) -> bool {
        match self {
            Self::Objection
            | Self::DoNotCall
            | Self::DoNotEmail
            | Self::Unsubscribed
            | Self::ConsentWithdrawn
            | Self::Never(_)
            | Self::Unread(_)
            | Self::Unsure(_)
            | Self::Gone
            | Self::ChannelUnknown
            | Self::ChannelFails
            | Self::SkillMissing
            | Self::ContentHad => true,
            Self::Closed
            | Self::Withdrawn
            | Self::Conversation(_)
            | Self::Wait { .. }
            | Self::PitchTooEarly
            | Self::Blocker
            | Self::AlreadyDone(_)
            | Self::Declined(_)
            | Self::Snoozed(_)
            | Self::HandedOver(_)
            | Self::ZoneUnknown
            | Self::TakeOver
            | Self::NoMoment => false,
        }
    }

    /// Whether the touch has been made, as far as its reason goes: nothing is left undone.
    pub(crate) const fn is_done(self) -> bool {
        matches!(self, Self::AlreadyDone(_) | Self::ContentHad)
    }
}

/// The reason of a block.
#[derive(Clone, Copy, Debug)]
pub(crate) enum BlockReason {
    /// The person objected to direct marketing.
    Objection,
    /// The person asked not to be called.
    DoNotCall,
    /// The person asked not to be mailed.
    DoNotEmail,
    /// The person unsubscribed from this channel.
    Unsubscribed,
    /// The person withdrew the consent for this channel.
    ConsentWithdrawn,
    /// A `never` statement forbids the touch.
    Never(PolicyHit),
    /// A part of a `hard` pack, by number, could not be read and may forbid the touch.
    Unread(usize),
    /// A statement of a `hard` pack could not be evaluated for this lead and may forbid the touch.
    Unsure(UnsurePolicy),
    /// The person is no longer there.
    Gone,
    /// The lead is closed: customer or lost.
    Closed,
    /// The person has no address for the channel.
    ChannelUnknown,
    /// The person has an address for the channel, and cannot be reached by it any more.
    ChannelFails,
    /// No rep has the skill that the rule requires.
    SkillMissing,
    /// A message from the customer is unanswered; cadence steps wait for the answer.
    Withdrawn,
    /// There was a conversation less than two weeks ago, this one; cadence steps wait.
    Conversation(GroupEvent),
    /// The content is an offer and the lead is still in the orientation stage.
    PitchTooEarly,
    /// The person opposes the purchase.
    Blocker,
    /// A rule says to wait: the proposal that says so and the variant of it, by index.
    Wait { proposal: usize, variant: usize },
    /// The rule was carried out for the person at this moment, for the same reason.
    AlreadyDone(Instant),
    /// The person has all the content that the touch offers, and it has nothing else to say.
    ContentHad,
    /// A rep declined it: the feedback, by index in the lead.
    Declined(usize),
    /// A rep put it off: the feedback, by index in the lead.
    Snoozed(usize),
    /// The lead was handed over to another team.
    HandedOver(HandOver),
    /// Neither time zone nor country of the person is known.
    ZoneUnknown,
    /// Somebody is owed the touch, and every rep who could make it in time is absent: a person has to find somebody who takes it over.
    TakeOver,
    /// No moment in sight is allowed by every constraint.
    NoMoment,
}
