//! What is to be known about the people of a lead: who left, with whom an appointment cannot be kept, which number or address does not work.

use crate::book::vocabulary::Channel;
use crate::calendar::in_words::{day_of_year, moment};
use crate::calendar::{Instant, Zone};
use crate::decide::advice::Note;
use crate::decide::choose::decision::DEPARTURE_TOLD;
use crate::decide::context::planned_touches::person_of;
use crate::decide::explain::{AdviceWriter, vocabulary};
use crate::decide::propose::planned::OWED_FOR;
use crate::wording::{Arg, Sentence};

impl AdviceWriter<'_, '_> {
    /// The notes about people.
    pub(super) fn notes_of_people(&self) -> Vec<Note> {
        let mut notes = self.departed();
        notes.extend(self.appointments_that_fall_through());
        notes.extend(self.failed_channels());
        notes
    }

    /// On which day somebody of the lead left, where they are.
    pub(super) fn day_left(&self, person: usize) -> Arg {
        let profile = &self.evaluation.profile;
        let left = profile.departures.gone_since(person, profile.now);
        left.map_or(Arg::from(""), |left| day_of_year(self.clock_of(person).local(left).date()).into())
    }

    /// The clock of a person; UTC where none is known.
    fn clock_of(&self, person: usize) -> Zone {
        let person = self.evaluation.profile.people.get(person);
        person.and_then(|person| person.place.location.clock()).unwrap_or(Zone::UTC)
    }

    /// Who left lately.
    fn departed(&self) -> Vec<Note> {
        let profile = &self.evaluation.profile;
        let lately = |left: Instant| profile.now - left < DEPARTURE_TOLD;
        let people = 0..profile.people.len();
        let gone = people.filter(|nth| profile.departures.gone_since(*nth, profile.now).is_some_and(lately));
        let note = |person: usize| {
            let left = Sentence::new("note-left").with("who", self.called(person)).with("day", self.day_left(person));
            self.note("person-left", &left)
        };
        gone.map(note).collect()
    }

    /// The appointments with somebody who left or will be away: to come, and those of which the outcome is still asked for.
    fn appointments_that_fall_through(&self) -> Vec<Note> {
        let profile = &self.evaluation.profile;
        let open = self.lead.planned.iter().filter(|planned| planned.at + OWED_FOR > profile.now);
        let note = |planned| {
            let index = person_of(planned, profile)?;
            let person = profile.people.get(index)?;
            let zone = self.clock_of(index);
            let (at, channel) = (moment(planned.at, zone), vocabulary::channel(planned.channel));
            let left = profile.departures.gone_since(index, profile.now).is_some_and(|left| left <= planned.at);
            let back = person.absences.iter().find(|away| away.contains(planned.at)).map(|away| away.until);
            let (code, sentence) = match back {
                _ if left => ("planned-person-left", Sentence::new("note-planned-left")),
                Some(back) if planned.at > profile.now => {
                    ("planned-person-away", Sentence::new("note-planned-away").with("until", moment(back, zone)))
                }
                _ => return None,
            };
            let sentence = sentence.with("channel", channel).with("moment", at).with("who", self.called(index));
            Some(self.note(code, &sentence))
        };
        open.filter_map(note).collect()
    }

    /// The numbers and addresses by which somebody cannot be reached any more: the right ones are to be found.
    fn failed_channels(&self) -> Vec<Note> {
        let failed = self.evaluation.profile.people_there().flat_map(|(index, person)| {
            let of_person = Channel::ALL.iter().filter(|channel| person.failed_channels.has(**channel));
            of_person.map(move |channel| (index, *channel))
        });
        let note = |(index, channel)| {
            let fails = Sentence::new("note-channel-fails").with("who", self.called(index));
            self.note("channel-fails", &fails.with("address", vocabulary::address(channel)))
        };
        failed.map(note).collect()
    }
}
