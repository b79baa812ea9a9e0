//! When a consent holds, what a refusal (an unsubscribe, a consent taken back) stops, and what lifts a refusal.
//!
//! Invariant: only what the person did lifts a refusal of theirs: a later opt-in, double opt-in or request. A ground of our own (legitimate
//! interest, a published address, an existing customer) never does.

use crate::book::lead::Consent;
use crate::book::vocabulary::{Basis, Channel};
use crate::calendar::Instant;

impl Consent {
    /// True from the moment it was given until it [ends](Self::end).
    pub fn in_force(&self, now: Instant) -> bool {
        self.given_at <= now && self.end().is_none_or(|end| end > now)
    }

    /// When it ends: taken back, or over by itself, whichever comes first. `None` when neither is known.
    pub fn end(&self) -> Option<Instant> {
        self.withdrawn_at.into_iter().chain(self.valid_to).min()
    }

    /// True when it is for this channel, or for every channel. With no channel, only what is for every channel.
    pub fn covers(&self, channel: Option<Channel>) -> bool {
        self.channel.is_none() || self.channel == channel
    }

    /// The moments at which it begins and ends.
    pub fn changes(&self) -> impl Iterator<Item = Instant> + use<> {
        [Some(self.given_at), self.withdrawn_at, self.valid_to].into_iter().flatten()
    }

    /// True when the person did it themselves, so that it lifts an earlier refusal of theirs.
    pub const fn lifts_refusals(&self) -> bool {
        matches!(self.basis, Basis::OptIn | Basis::DoubleOptIn | Basis::Requested)
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

/// The consents for this channel that lift a refusal of that moment while they are in force.
fn lifting(consents: &[Consent], channel: Channel, refused_at: Instant) -> impl Iterator<Item = &Consent> {
    let covering = consents.iter().filter(move |consent| consent.covers(Some(channel)));
    covering.filter(move |consent| consent.lifts_refusals() && consent.given_at > refused_at)
}

/// Whether a refusal of this channel at that moment is lifted at `now`.
pub fn is_lifted(consents: &[Consent], channel: Channel, refused_at: Instant, now: Instant) -> bool {
    lifting(consents, channel, refused_at).any(|consent| consent.in_force(now))
}

/// Whether an unsubscribe from mail at that moment still stops mail at `now`, and the first moment after `now` at which that can change.
pub fn mail_stopped_since(unsubscribed: Instant, consents: &[Consent], now: Instant) -> (bool, Option<Instant>) {
    let stopped = !is_lifted(consents, Channel::Email, unsubscribed, now);
    (stopped, next_change(lifting(consents, Channel::Email, unsubscribed), now))
}

/// The first moment after `now` from which contact on this channel can no longer rest on the consents as it does at `now`: the newest one in
/// force ends or gives way to one with another basis, or what lifts the last refusal (`refused_at`) ends. `None` when nothing of it ends.
///
/// A consent that is taken back is a refusal from that moment on, also when it is not the newest; those are asked of all records of a person
/// and not here.
pub fn ground_ends(
    consents: &[Consent],
    channel: Channel,
    refused_at: Option<Instant>,
    now: Instant,
) -> Option<Instant> {
    let covering = || consents.iter().filter(|consent| consent.covers(Some(channel)));
    let newest = newest_in_force(covering(), now);
    let replaced = newest.and_then(|newest| {
        let others = covering().filter(|consent| consent.given_at > now && consent.basis != newest.basis);
        others.map(|consent| consent.given_at).min()
    });
    let lifted_until = refused_at.and_then(|refused_at| {
        let lifting = lifting(consents, channel, refused_at).filter(|consent| consent.in_force(now));
        // The lifting lasts as long as one of them does; one without an end lasts for ever.
        lifting.map(Consent::end).max_by_key(|end| end.map_or((true, now), |end| (false, end))).flatten()
    });
    newest.and_then(Consent::end).into_iter().chain(replaced).chain(lifted_until).min()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(day: i64) -> Instant {
        Instant::from_millis(1_795_000_000_000 + day * 86_400_000)
    }

    fn consent(basis: Basis, given: i64, valid_to: Option<i64>) -> Consent {
        let valid_to = valid_to.map(at);
        Consent { channel: None, basis, given_at: at(given), withdrawn_at: None, valid_to, proof: None }
    }

    #[test]
    fn only_what_the_person_did_lifts_a_refusal() {
        for basis in Basis::ALL {
            let theirs = matches!(basis, Basis::OptIn | Basis::DoubleOptIn | Basis::Requested);
            let later = [consent(*basis, 2, None)];
            assert_eq!(is_lifted(&later, Channel::Phone, at(1), at(3)), theirs, "{basis}");
            assert_eq!(mail_stopped_since(at(1), &later, at(3)).0, !theirs, "{basis}");
            assert!(!is_lifted(&later, Channel::Phone, at(2), at(3)), "not later than the refusal");
        }
    }

    #[test]
    fn a_consent_ends_when_it_is_taken_back_or_when_its_time_is_over() {
        let one = Consent { withdrawn_at: Some(at(4)), ..consent(Basis::OptIn, 0, Some(9)) };
        assert_eq!(one.end(), Some(at(4)));
        assert!(one.in_force(at(3)) && !one.in_force(at(4)));
        let other = Consent { withdrawn_at: Some(at(9)), ..consent(Basis::OptIn, 0, Some(4)) };
        assert!(other.in_force(at(3)) && !other.in_force(at(4)));
    }

    #[test]
    fn contact_rests_on_the_newest_consent_and_on_what_lifts_the_last_refusal() {
        let ends = |consents: &[Consent], refused| ground_ends(consents, Channel::Email, refused, at(0));
        assert_eq!(ends(&[], None), None);
        assert_eq!(ends(&[consent(Basis::OptIn, -5, None)], None), None);
        assert_eq!(ends(&[consent(Basis::ExistingCustomer, -5, Some(3))], None), Some(at(3)));
        // The newest counts, and not an older one that ends sooner.
        let renewed = [consent(Basis::OptIn, -9, Some(2)), consent(Basis::OptIn, -5, Some(6))];
        assert_eq!(ends(&renewed, None), Some(at(6)));
        // From the third day on the newest is one of our own.
        assert_eq!(
            ends(&[consent(Basis::OptIn, -5, None), consent(Basis::LegitimateInterest, 3, None)], None),
            Some(at(3))
        );
        // An older opt-in lifts the refusal, and the newest ground does not.
        let lifted = [consent(Basis::OptIn, -5, Some(4)), consent(Basis::ExistingCustomer, -2, None)];
        assert_eq!(ends(&lifted, Some(at(-7))), Some(at(4)));
        assert_eq!(ends(&lifted, None), None);
        let twice = [consent(Basis::OptIn, -5, Some(4)), consent(Basis::Requested, -4, None)];
        assert_eq!(ends(&twice, Some(at(-7))), None);
    }
}
