//! What stopped a candidate: why, and when that lifts.

use crate::calendar::Instant;
use crate::decide::context::rule_outcomes::PolicyHit;

/// What stopped a candidate.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Blocked {
    /// Why.
    pub(crate) why: BlockReason,
    /// When it lifts.
    pub(crate) lifts_at: Option<Instant>,
}

impl Blocked {
    /// A stop that only a change of the record can lift.
    pub(crate) const fn of(why: BlockReason) -> Self {
        Self { why, lifts_at: None }
    }
}

/// Why a candidate was stopped.
#[derive(Clone, Copy, Debug)]
pub(crate) enum BlockReason {
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
    Never(PolicyHit),
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
