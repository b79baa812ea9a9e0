//! The keys of what channels, roles and stages are called in sentences. Their words in rules, lead files and advice are the same in all
//! languages ([`crate::book::vocabulary`]); these are for people.

use crate::book::vocabulary::{Channel, Role, Stage};
use crate::wording::Arg;

/// The name of a channel: "phone".
pub fn channel(channel: Channel) -> Arg {
    Arg::Key(match channel {
        Channel::Phone => "channel-phone",
        Channel::Email => "channel-email",
        Channel::Social => "channel-social",
        Channel::Chat => "channel-chat",
        Channel::Video => "channel-video",
        Channel::Visit => "channel-visit",
        Channel::Content => "channel-content",
    })
}

/// Contacts on a channel, inside a sentence: "no calls then".
pub(super) fn contacts(channel: Channel) -> Arg {
    Arg::Key(match channel {
        Channel::Phone => "over-phone",
        Channel::Email => "over-email",
        Channel::Social => "over-social",
        Channel::Chat => "over-chat",
        Channel::Video => "over-video",
        Channel::Visit => "over-visit",
        Channel::Content => "over-content",
    })
}

/// By which means: "by phone".
pub(super) fn by(channel: Channel) -> Arg {
    Arg::Key(match channel {
        Channel::Phone => "by-phone",
        Channel::Email => "by-email",
        Channel::Social => "by-social",
        Channel::Chat => "by-chat",
        Channel::Video => "by-video",
        Channel::Visit => "by-visit",
        Channel::Content => "by-content",
    })
}

/// What one needs to reach somebody on a channel: "phone number".
pub(super) fn address(channel: Channel) -> Arg {
    Arg::Key(match channel {
        Channel::Phone => "address-phone",
        Channel::Email | Channel::Content => "address-email",
        Channel::Social => "address-social",
        Channel::Chat => "address-chat",
        Channel::Video | Channel::Visit => "address-meeting",
    })
}

/// The name of a role: "decider".
pub fn role(role: Role) -> Arg {
    Arg::Key(match role {
        Role::Initiator => "role-initiator",
        Role::User => "role-user",
        Role::Influencer => "role-influencer",
        Role::Decider => "role-decider",
        Role::Buyer => "role-buyer",
        Role::Gatekeeper => "role-gatekeeper",
    })
}

/// The name with its article: "a decider".
pub(super) fn a_role(role: Role) -> Arg {
    Arg::Key(match role {
        Role::Initiator => "a-role-initiator",
        Role::User => "a-role-user",
        Role::Influencer => "a-role-influencer",
        Role::Decider => "a-role-decider",
        Role::Buyer => "a-role-buyer",
        Role::Gatekeeper => "a-role-gatekeeper",
    })
}

/// As many as the argument `number` of the sentence says: "deciders".
pub(super) fn roles(role: Role) -> Arg {
    Arg::Key(match role {
        Role::Initiator => "roles-initiator",
        Role::User => "roles-user",
        Role::Influencer => "roles-influencer",
        Role::Decider => "roles-decider",
        Role::Buyer => "roles-buyer",
        Role::Gatekeeper => "roles-gatekeeper",
    })
}

/// The name of a stage: "consideration".
pub fn stage(stage: Stage) -> Arg {
    Arg::Key(match stage {
        Stage::Orientation => "stage-orientation",
        Stage::Interest => "stage-interest",
        Stage::Consideration => "stage-consideration",
        Stage::Proposal => "stage-proposal",
        Stage::Decision => "stage-decision",
        Stage::Customer => "stage-customer",
        Stage::Lost => "stage-lost",
    })
}
