//! Whether something holds up the answer to a question that no rep can change: law, the hours of the person, or a time zone that is not known.
//!
//! Hours and zone are read from the records. The law of a country stands in packs, so it is read from the blocks of the advice as it was given.

use crate::book::Person;
use crate::book::vocabulary::Channel;
use crate::calendar::{Duration, Instant, Location, Reachable, Windows, Zone};
use crate::simulate::audit::Audit;
use crate::simulate::audit::questions::Question;
use crate::simulate::audit::touches::{OFFICE, is_working_day};

/// The channels over which a question can be answered.
pub(super) const ANSWERING: [Channel; 4] = [Channel::Phone, Channel::Email, Channel::Social, Channel::Chat];

impl Audit {
    /// Whether nobody could begin to answer at `now`, when the question is seen first: the time zone of the person is not known, they refuse every
    /// channel on which they have an address or law stops it, or the channels of the question (every other, where none of them is left) are
    /// closed then or were when they asked.
    pub(super) fn is_held(&self, question: &Question, now: Instant) -> bool {
        let Some(lead) = self.leads.get(question.lead) else { return false };
        let person = question.person.as_deref().and_then(|id| lead.people.iter().find(|one| one.id == id));
        let Some(person) = person else { return lead.location_of(&Person::default()).clock().is_none() };
        let place = lead.location_of(person);
        let Some(zone) = place.clock() else { return true };
        if !person.channels.iter().any(|channel| ANSWERING.contains(channel)) {
            return false;
        }
        let mut open = self.open_channels(question.lead, &person.id, now);
        open.retain(|channel| !self.is_stopped_by_law(question.lead, &person.id, *channel));
        if open.iter().any(|channel| question.channels.contains(channel)) {
            open.retain(|channel| question.channels.contains(channel));
        }
        let is_open = |channel: Channel, at: Instant| is_in_hours(person, channel, (&place, zone), at);
        open.into_iter().all(|channel| !is_open(channel, question.at) || !is_open(channel, now))
    }

    /// Whether a block of law or consent in the advice for a lead stops a channel to a person.
    pub(super) fn is_stopped_by_law(&self, lead: usize, person: &str, channel: Channel) -> bool {
        let blocks = self.advice(lead).map(|advice| advice.blocks.as_slice());
        blocks.unwrap_or_default().iter().any(|block| {
            block.hard && block.person.as_deref() == Some(person) && block.channel.is_none_or(|one| one == channel)
        })
    }
}

/// The own hours of a person between two moments; `None` for somebody who has none, or whose cannot be read.
pub(super) fn own_hours(person: &Person, place: &Location, from: Instant, until: Instant) -> Option<Windows> {
    Reachable::parse(person.reachable.as_deref()?).ok()?.windows(place, from, until).ok()
}

/// Whether a person may be contacted over a channel at a moment: in their own hours, where they have any, and over the phone in office hours on a
/// working day, by their clocks.
fn is_in_hours(person: &Person, channel: Channel, (place, zone): (&Location, Zone), at: Instant) -> bool {
    let own = own_hours(person, place, at, at + Duration::MINUTE);
    let local = zone.local(at);
    let office = || is_working_day(place, local.date()) && (OFFICE.0..OFFICE.1).contains(&local.hour());
    own.is_none_or(|open| open.contains(at)) && (channel != Channel::Phone || office())
}
