//! Who of the people of a lead and its account is gone, for the other facts: what they showed of interest counts no more, and nobody meets them.
//!
//! What a departure means is told in [`crate::book::departures`].

use crate::book::catalogue::Subject;
use crate::book::departures::Departures;
use crate::calendar::Instant;
use crate::evaluate::facts::FactContext;

impl FactContext {
    /// Who of the people of the lead is gone, and since when.
    pub(crate) fn departures(&self) -> &Departures {
        let shared = &*self.shared;
        shared.departures.get_or_init(|| {
            let lead = self.lead();
            lead.map_or_else(Departures::default, |lead| Departures::of(&shared.book, shared.lead, lead))
        })
    }

    /// Whether the chosen person is there, and has not left. True when none was chosen.
    pub(crate) fn is_there(&self) -> bool {
        self.person.is_none_or(|person| self.departures().is_there(person, self.now()))
    }

    /// Whether an id is one by which somebody is named who is gone: of the lead, or of the account in any of its leads.
    pub(super) fn names_somebody_gone(&self, subject: Subject, id: &str) -> bool {
        let (departures, now) = (self.departures(), self.now());
        let Some(lead) = self.lead().filter(|_| !departures.is_empty()) else { return false };
        match subject {
            Subject::Account => {
                let mut people = self.shared.leads_of_account(lead).flat_map(|lead| &lead.people);
                people.any(|person| person.has_left(now) && person.is_called(id))
            }
            _ => departures.is_gone(&lead.people, id, now),
        }
    }

    /// The first moment after `now` at which somebody of the account leaves.
    pub(super) fn next_departure(&self) -> Option<Instant> {
        let lead = self.lead().filter(|_| !self.departures().is_empty())?;
        let people = self.shared.leads_of_account(lead).flat_map(|lead| &lead.people);
        people.filter_map(|person| person.left_at).filter(|left| *left > self.now()).min()
    }
}
