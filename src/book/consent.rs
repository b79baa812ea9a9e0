//! When a consent holds, and what follows from consents and unsubscribes together.

use crate::book::lead::Consent;
use crate::book::vocabulary::{Basis, Channel};
use crate::calendar::Instant;

impl Consent {
    /// True from the moment it was given until it is withdrawn.
    pub fn in_force(&self, now: Instant) -> bool {
        self.given_at <= now && self.withdrawn_at.is_none_or(|end| end > now)
    }

    /// True when it is for this channel, or for every channel. With no channel, only what is for every channel.
    pub fn covers(&self, channel: Option<Channel>) -> bool {
        self.channel.is_none() || self.channel == channel
    }

    /// The moments at which it begins and ends.
    pub fn changes(&self) -> impl Iterator<Item = Instant> + use<> {
        [Some(self.given_at), self.withdrawn_at].into_iter().flatten()
    }

    /// True for an opt-in to mail, in force or not.
    fn opts_in_to_mail(&self) -> bool {
        matches!(self.basis, Basis::OptIn | Basis::DoubleOptIn) && self.covers(Some(Channel::Email))
    }
}

/// Of some consents, the one in force that was given last; of two given at the same moment, the later in the list.
pub fn newest_in_force<'a>(consents: impl Iterator<Item = &'a Consent>, now: Instant) -> Option<&'a Consent> {
    consents.filter(|consent| consent.in_force(now)).max_by_key(|consent| consent.given_at)
}

/// The first moment after `now` at which one of these begins or ends.
pub fn next_change<'a>(consents: impl Iterator<Item = &'a Consent>, now: Instant) -> Option<Instant> {
    consents.flat_map(Consent::changes).filter(|at| *at > now).min()
}

/// Whether an unsubscribe from mail at that moment still stops mail at `now`, and the first moment after `now` at which that can change. An
/// opt-in to mail that was given later and is in force lifts it.
pub fn mail_stopped_since(unsubscribed: Instant, consents: &[Consent], now: Instant) -> (bool, Option<Instant>) {
    let opt_ins = || consents.iter().filter(|consent| consent.opts_in_to_mail());
    let lifted = opt_ins().any(|consent| consent.given_at > unsubscribed && consent.in_force(now));
    (!lifted, next_change(opt_ins(), now))
}
