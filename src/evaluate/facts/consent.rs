//! Facts about what a person allows: objections, opt-outs, and the grounds for contact that are in force.
//!
//! What stops contact is looked for in every record of the same human in the account; what allows it only in this lead's
//! own record. When in doubt, contact is not allowed.

use crate::book::catalogue::{Fact, Subject};
use crate::book::vocabulary::{Basis, Channel, SignalKind};
use crate::book::{Consent, Signal};
use crate::calendar::Instant;
use crate::evaluate::facts::arguments::FactArguments;
use crate::evaluate::facts::signals::earliest;
use crate::evaluate::facts::{FactContext, FactValue};

impl FactContext {
    pub(crate) fn consent_fact(&self, fact: Fact, args: &FactArguments<'_>) -> FactValue {
        let records = self.records_of_person();
        match fact {
            Fact::DoNotCall => FactValue::still(records.iter().any(|person| person.do_not_call)),
            Fact::Objected => FactValue::still(records.iter().any(|person| person.objected)),
            Fact::DoNotEmail if records.iter().any(|person| person.do_not_email) => FactValue::still(true),
            Fact::DoNotEmail => self.unsubscribed(),
            Fact::Consent => {
                let (grounds, until) = self.grounds(args.channel);
                FactValue::until(!grounds.is_empty(), until)
            }
            _ => {
                let (grounds, until) = self.grounds(args.channel);
                // Of two given at the same moment, the one recorded last.
                let newest = grounds.iter().max_by_key(|consent| consent.given_at);
                FactValue { until, ..FactValue::text(newest.map(|consent| consent.basis.word())) }
            }
        }
    }

    /// The consents for this channel (or for every channel) in force at `now`, and when that changes.
    fn grounds(&self, channel: Option<Channel>) -> (Vec<&Consent>, Option<Instant>) {
        let Some(person) = self.person() else { return (Vec::new(), None) };
        let covers = |consent: &&Consent| consent.channel.is_none() || consent.channel == channel;
        let fitting = || person.consents.iter().filter(covers);
        let grounds = fitting().filter(|consent| self.in_force(consent)).collect();
        (grounds, self.next_of(fitting()))
    }

    fn in_force(&self, consent: &Consent) -> bool {
        consent.given_at <= self.now() && consent.withdrawn_at.is_none_or(|end| end > self.now())
    }

    /// The first moment after `now` at which one of these begins or ends.
    fn next_of<'a>(&self, consents: impl Iterator<Item = &'a Consent>) -> Option<Instant> {
        let turns = consents.flat_map(|consent| [Some(consent.given_at), consent.withdrawn_at]).flatten();
        turns.filter(|at| *at > self.now()).min()
    }

    /// True after an unsubscribe (by mail, or from everything) with no opt-in for mail given later and still in force.
    /// An unsubscribe in this lead that names nobody counts for everybody in it: we cannot know whose it was.
    fn unsubscribed(&self) -> FactValue {
        let stops = |signal: &&Signal| {
            signal.kind == SignalKind::Unsubscribe && matches!(signal.channel, None | Some(Channel::Email))
        };
        let own = self.log(Subject::Person).all().rev().find(stops);
        let nameless = self.log(Subject::Lead).all().rev().find(|signal| signal.person.is_none() && stops(signal));
        let coming = self.next_signal(Subject::Person);
        let Some(last) = own.into_iter().chain(nameless).map(|signal| signal.at).max() else {
            return FactValue::until(false, coming);
        };
        let opt_ins = || {
            self.person().into_iter().flat_map(|person| &person.consents).filter(|consent| {
                matches!(consent.basis, Basis::OptIn | Basis::DoubleOptIn)
                    && matches!(consent.channel, None | Some(Channel::Email))
            })
        };
        let back = opt_ins().any(|consent| consent.given_at > last && self.in_force(consent));
        FactValue::until(!back, earliest(self.next_of(opt_ins()), coming))
    }
}
