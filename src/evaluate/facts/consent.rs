//! Facts about what a person allows: objections, opt-outs, and the grounds for contact that are in force.
//!
//! What stops contact is looked for in every record of the same human, also in leads of other accounts; what allows it only in this lead's
//! own record. When in doubt, contact is not allowed.

use crate::book::catalogue::{Fact, Subject};
use crate::book::vocabulary::Channel;
use crate::book::{Consent, Signal, consent};
use crate::calendar::Instant;
use crate::evaluate::facts::signals::earliest;
use crate::evaluate::facts::{FactContext, FactValue};
use crate::pack::fact_arguments::FactArguments;

impl FactContext {
    pub(crate) fn consent_fact(&self, fact: Fact, args: &FactArguments) -> FactValue {
        let records = self.records_of_person();
        match fact {
            Fact::DoNotCall => FactValue::still(records.iter().any(|person| person.do_not_call)),
            Fact::Objected => FactValue::still(records.iter().any(|person| person.objected)),
            Fact::DoNotEmail if records.iter().any(|person| person.do_not_email) => FactValue::still(true),
            Fact::DoNotEmail => self.unsubscribed(),
            Fact::Consent => {
                let (newest, until) = self.newest_consent(args.channel);
                FactValue::until(newest.is_some(), until)
            }
            _ => {
                let (newest, until) = self.newest_consent(args.channel);
                FactValue { until, ..FactValue::text(newest.map(|consent| consent.basis.word())) }
            }
        }
    }

    /// The newest consent of the person for this channel (or for every channel) in force at `now`, and when a consent for it begins or ends.
    fn newest_consent(&self, channel: Option<Channel>) -> (Option<&Consent>, Option<Instant>) {
        let Some(person) = self.person() else { return (None, None) };
        let fitting = || person.consents.iter().filter(|consent| consent.covers(channel));
        (consent::newest_in_force(fitting(), self.now()), consent::next_change(fitting(), self.now()))
    }

    /// True after an unsubscribe (by mail, or from everything) with no opt-in for mail given later and still in force.
    /// An unsubscribe in this lead that names nobody counts for everybody in it: it may have been anybody's.
    fn unsubscribed(&self) -> FactValue {
        let stops = |signal: &&Signal| signal.view().unsubscribes_from(Channel::Email);
        let own = self.log(Subject::Person).all().rev().find(stops);
        let nameless = self.log(Subject::Lead).all().rev().find(|signal| signal.person.is_none() && stops(signal));
        let coming = self.next_signal(Subject::Person);
        let Some(last) = own.into_iter().chain(nameless).map(|signal| signal.at).max() else {
            return FactValue::until(false, coming);
        };
        let consents = self.person().map_or(&[][..], |person| &person.consents);
        let (stopped, until) = consent::mail_stopped_since(last, consents, self.now());
        FactValue::until(stopped, earliest(until, coming))
    }
}
