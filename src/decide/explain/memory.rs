//! What was done before and what people have: why a touch is not repeated, and which content is missing.

use crate::calendar::in_words::moment;
use crate::calendar::{Instant, Zone};
use crate::decide::advice::Note;
use crate::decide::choose::decision::RankedCandidates;
use crate::decide::context::blocked::{BlockReason, Blocked};
use crate::decide::explain::notes::CONTENT_GAP;
use crate::decide::explain::placement::clock;
use crate::decide::explain::{AdviceWriter, vocabulary};
use crate::decide::gates::GateInput;
use crate::decide::gates::content::Offer;
use crate::decide::propose::Proposal;
use crate::wording::{Arg, Sentence};

impl AdviceWriter<'_, '_> {
    /// That the rule was carried out for the person at this moment, and from when on it may be again.
    pub(super) fn already_done(
        &self,
        stop: Blocked,
        done_at: Instant,
        proposal: &Proposal,
        input: Option<&GateInput<'_, '_>>,
    ) -> Sentence {
        let zone = input.map_or(Zone::UTC, clock);
        Sentence::new("block-already-done")
            .with("rule", self.rule(proposal).name)
            .with("who", input.map_or("", |input| self.called(input.person_index)))
            .with("done", moment(done_at, zone))
            .with("again", moment(stop.lifts_at.unwrap_or(done_at), zone))
    }

    /// That the person has all the content that a touch offers, and from when on the first of it is offered again.
    pub(super) fn content_had(&self, stop: Blocked, input: Option<&GateInput<'_, '_>>) -> Sentence {
        let who = input.map_or("", |input| self.called(input.person_index));
        match input.zip(stop.lifts_at) {
            Some((input, again)) => Sentence::new("block-content-had")
                .with("who", who)
                .with("contents", self.titles(input))
                .with("again", moment(again, clock(input))),
            // A step of a series that was passed over.
            None => Sentence::new("block-content-had-step").with("who", who),
        }
    }

    /// Which content is missing: of touches that were blocked because the person has all that they offer, and of the one that is advised without.
    pub(super) fn missing_content(&self, outcome: &RankedCandidates) -> Vec<Note> {
        let blocked = outcome.blocked.iter().filter(|one| matches!(one.block.reason, BlockReason::ContentHad));
        let blocked = blocked.filter_map(|one| Some((one.proposal, one.variant, one.channel?, one.person?)));
        let winner = outcome.ranked.first().map(|(_, winner)| winner);
        let winner =
            winner.and_then(|one| Some((one.proposal, one.selection.variant(), one.channel()?, one.person()?)));
        let mut notes: Vec<Note> = Vec::new();
        for (proposal, variant, channel, person) in winner.into_iter().chain(blocked) {
            let proposal = self.evaluation.proposals.get(proposal);
            let input = proposal.and_then(|proposal| self.gate_input(proposal, variant, channel, person));
            let Some(input) = input.filter(|input| Offer::of(input) == Offer::UsedUp) else { continue };
            let note = self.note(CONTENT_GAP, &self.nothing_new(&input));
            if !notes.contains(&note) {
                notes.push(note);
            }
        }
        notes
    }

    /// What the person has, and what a new piece of content may be about: what they last looked for.
    fn nothing_new(&self, input: &GateInput<'_, '_>) -> Sentence {
        let records = self.group.records;
        let theirs = input.group_events.events_of(input.person.human).rev();
        let mut topics = theirs.filter(|event| event.signal.is_of_person()).filter_map(|event| {
            let topic = event.record(records)?.topic.as_deref()?;
            input.touch().offers.iter().all(|content| **content != *topic).then_some(topic)
        });
        let missing = match topics.next() {
            Some(topic) => Sentence::new("missing-content-about").with("topic", topic),
            None => Sentence::new("missing-content"),
        };
        let sentence = match input.profile.stage {
            Some(stage) => Sentence::new("note-content-used-up-in").with("stage", vocabulary::stage(stage)),
            None => Sentence::new("note-content-used-up"),
        };
        let sentence = sentence.with("who", self.called(input.person_index)).with("contents", self.titles(input));
        sentence.with("missing", missing)
    }

    /// The content that a touch names, by title.
    fn titles(&self, input: &GateInput<'_, '_>) -> Sentence {
        let records = self.group.records;
        let title = |id: &str| records.content(id).and_then(|content| content.title.clone());
        let titles =
            input.touch().offers.iter().map(|id| format!("\"{}\"", title(id).unwrap_or_else(|| id.to_string())));
        Sentence::list("list-and", titles.map(Arg::from).collect())
    }
}
