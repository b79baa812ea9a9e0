//! What is told about series: who is at which step, which steps are passed over, and why one that is over does not go on.

use crate::book::Signal;
use crate::book::vocabulary::{Outcome, SignalKind, Stage};
use crate::calendar::in_words::day_of_year;
use crate::calendar::{Instant, Zone};
use crate::decide::advice::Note;
use crate::decide::choose::selector::{BlockedCandidate, Candidate};
use crate::decide::context::blocked::Blocked;
use crate::decide::context::group_events::GroupEvent;
use crate::decide::explain::{AdviceWriter, vocabulary};
use crate::decide::propose::cadence::{CONVERSATION_BLOCKS_FOR, SeriesPlace, SeriesState};
use crate::decide::propose::{Proposal, ProposedBy};
use crate::wording::{Arg, Sentence};

/// The most people of whom a note says at which step of a series they are.
const MOST_PLACES: usize = 5;

impl AdviceWriter<'_, '_> {
    /// The steps of a series that were passed over before the one that is advised.
    pub(super) fn steps_passed_over(&self, winner: &Candidate, proposal: &Proposal) -> Option<Note> {
        let ProposedBy::Cadence(cadence) = proposal.by else { return None };
        let of_winner = |place: &&SeriesPlace| {
            place.cadence == cadence && (place.person.is_none() || place.person == winner.person())
        };
        let place = self.evaluation.series.iter().find(of_winner).filter(|place| !place.passed_over.is_empty())?;
        let sentence = Sentence::new("note-step-passed-over").with("series", self.name(place));
        Some(self.note("step-passed-over", &sentence.with("steps", self.passed_over(place, winner))))
    }

    /// At which step everybody is, for each series that runs and in which somebody is further than others.
    pub(super) fn series_places(&self) -> Vec<Note> {
        let series = &self.evaluation.series;
        let mut notes = Vec::new();
        for one in series.chunk_by(|one, other| one.cadence == other.cadence) {
            let begun = one.iter().any(|place| place.begun);
            let Some(first) = one.first().filter(|first| first.runs && begun && one.len() > 1) else { continue };
            let (further, new): (Vec<_>, Vec<_>) = one.iter().partition(|place| place.begun);
            let told = further.into_iter().chain(new).take(MOST_PLACES);
            let told = Sentence::list("list-and", told.map(|place| Arg::from(self.place(place))).collect());
            let sentence = Sentence::new("note-series-places").with("series", self.name(first));
            notes.push(self.note("series-places", &sentence.with("places", told)));
        }
        notes
    }

    /// That no step of a series that runs is possible, for each one of which that is so for everybody.
    pub(super) fn impossible_series(&self) -> Vec<Note> {
        let series = self.evaluation.series.chunk_by(|one, other| one.cadence == other.cadence);
        let impossible = |place: &SeriesPlace| place.runs && matches!(place.state, SeriesState::Impossible);
        let impossible = series.filter(|one| one.iter().all(impossible)).filter_map(<[_]>::first);
        let note = |first: &SeriesPlace| {
            self.note("series-impossible", &Sentence::new("note-series-impossible").with("series", self.name(first)))
        };
        impossible.map(note).collect()
    }

    /// Why nothing comes of a series that is over, as the reason of an advice to do nothing; `None` when there is none.
    pub(super) fn series_over(&self) -> Option<String> {
        let is_recent = |at: Instant| self.group.context.now - at < CONVERSATION_BLOCKS_FOR;
        self.evaluation.series.iter().find_map(|place| {
            let (key, again_from) = match place.state {
                SeriesState::Complete { again_from, .. } if place.runs => ("series-complete", again_from),
                // What stopped it may also be what its `until` asks for.
                SeriesState::Stopped { by, again_from } if place.runs || is_recent(by.at) => {
                    ("series-stopped", again_from)
                }
                _ => return None,
            };
            let mut sentence = Sentence::new(key).with("series", self.name(place)).with("who", self.who(place));
            match place.state {
                SeriesState::Complete { last_step_at, .. } => sentence = sentence.with("day", self.day(last_step_at)),
                SeriesState::Stopped { by, .. } => sentence = sentence.with("conversation", self.conversation(&by)),
                _ => {}
            }
            let again = match again_from {
                Some(again) => Sentence::new("series-again").with("day", self.day(again)),
                None => Sentence::new("series-once"),
            };
            Some(self.text(&sentence.with("again", again)))
        })
    }

    /// That an appointment was agreed on of which no moment is on record.
    pub(super) fn booked_without_moment(&self) -> Option<Note> {
        let profile = &self.evaluation.profile;
        let past = self.lead.past_signals(self.group.context.now);
        let ends = |signal: &&Signal| signal.view().ends_series() || signal.outcome == Some(Outcome::NoShow);
        let last = past.iter().rev().find(ends).filter(|last| last.outcome == Some(Outcome::Booked))?;
        let planned = self.lead.planned.iter().any(|planned| planned.at >= last.at);
        let is_open_lead = profile.stage.is_none_or(Stage::is_open);
        (!planned && is_open_lead).then(|| {
            let who = last.person.as_deref().and_then(|id| self.lead.people.iter().find(|person| person.is_called(id)));
            let who = who.map_or(Arg::Key("somebody-there"), |person| Arg::from(person.called()));
            let sentence = Sentence::new("note-booked-no-moment").with("who", who).with("day", self.day(last.at));
            self.note("booked-no-moment", &sentence)
        })
    }

    /// A conversation, by what it was: "Anna replied 2 days ago".
    pub(super) fn conversation(&self, conversation: &GroupEvent) -> Sentence {
        let signal = conversation.signal;
        let key = match signal.outcome {
            Some(Outcome::Booked) => "conversation-booked",
            Some(Outcome::Declined) => "conversation-declined",
            Some(Outcome::Accepted) => "conversation-accepted",
            _ if signal.kind == SignalKind::Meeting => "conversation-met",
            _ if signal.is_reply() => "conversation-replied",
            _ if signal.kind == SignalKind::Call => "conversation-called",
            Some(Outcome::Answered) if signal.kind == SignalKind::Chat => "conversation-spoken",
            _ if signal.inbound => "conversation-wrote",
            _ => "conversation-spoken",
        };
        let people = &self.evaluation.profile.people;
        let person = conversation.human.and_then(|human| people.iter().position(|person| person.human == human));
        let who = person.map_or(Arg::Key("somebody-there"), |person| Arg::from(self.called(person)));
        Sentence::new(key).with("who", who).with("ago", self.group.context.now - conversation.at)
    }

    fn passed_over(&self, place: &SeriesPlace, winner: &Candidate) -> Sentence {
        let person = place.person.or(winner.person());
        let told = place.passed_over.iter().map(|step| {
            let block = Blocked::until_records_change(step.reason);
            let stopped = BlockedCandidate {
                proposal: winner.proposal,
                variant: winner.selection.variant(),
                channel: Some(step.channel),
                person,
                block,
            };
            let why = self.block(&stopped).map(|block| block.reason).unwrap_or_default();
            let sentence = Sentence::new("step-passed-over").with("step", step.step);
            Arg::from(sentence.with("channel", vocabulary::channel(step.channel)).with("why", why))
        });
        Sentence::list("list-and", told.collect())
    }

    fn place(&self, place: &SeriesPlace) -> Sentence {
        let key = match place.state {
            SeriesState::Next(_) => "place-step",
            SeriesState::Impossible => "place-impossible",
            SeriesState::Complete { .. } => "place-complete",
            SeriesState::Stopped { .. } => "place-stopped",
        };
        let step = if let SeriesState::Next(step) = place.state { step } else { place.steps };
        Sentence::new(key).with("who", self.who(place)).with("step", step).with("steps", place.steps)
    }

    fn who(&self, place: &SeriesPlace) -> Arg {
        place.person.map_or(Arg::Key("this-lead"), |person| Arg::from(self.called(person)))
    }

    fn name(&self, place: &SeriesPlace) -> String {
        let cadence = self.group.context.statements.cadences.get(place.cadence);
        cadence.map_or_else(String::new, |cadence| cadence.by.name.clone())
    }

    /// The day of a moment, in the zone of the first person whose zone is known.
    fn day(&self, at: Instant) -> Sentence {
        let mut zones = self.evaluation.profile.people.iter().filter_map(|person| person.place.location.clock());
        day_of_year(zones.next().unwrap_or(Zone::UTC).local(at).date())
    }
}
