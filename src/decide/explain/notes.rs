//! What goes with an advice: roles to find, what to point out at a first contact, records to complete, content that is not there. What is to be
//! known about the rep stands in [`rep_notes`](crate::decide::explain::rep_notes).

use crate::book::machine_signals::is_by_machine;
use crate::book::not_counted::NotCounted;
use crate::book::vocabulary::{Excluded, Stage};
use crate::calendar::in_words::day_of_year;
use crate::calendar::{Country, Zone};
use crate::decide::advice::{Block, HOLIDAYS_UNKNOWN, Note};
use crate::decide::choose::one_answer::AnswerInLead;
use crate::decide::choose::selector::{BlockedCandidate, Candidate, Selection};
use crate::decide::context::placement::Placement;
use crate::decide::explain::blocks::ZONE_UNKNOWN;
use crate::decide::explain::{AdviceWriter, vocabulary};
use crate::decide::gates::GateInput;
use crate::decide::gates::content::Offer;
use crate::decide::gates::holiday_gaps::holiday_gaps;
use crate::decide::gates::suitable::offered_content;
use crate::decide::propose::Proposal;
use crate::pack::statements::PolicyCountries;
use crate::pack::touch::{Target, Touch};
use crate::wording::{Arg, Sentence};

/// The code of a note that content is asked for that nobody made.
pub(crate) const CONTENT_GAP: &str = "content-gap";

/// That not all public holidays of a country are known in a year.
fn holidays_unknown(country: Country, year: i32) -> Sentence {
    Sentence::new("note-holidays-unknown")
        .with("country", country.name())
        .with("code", country.code())
        .with("year", year.to_string())
}

impl AdviceWriter<'_, '_> {
    /// The notes that go with a candidate.
    pub(crate) fn notes(&self, candidate: &Candidate, proposal: &Proposal) -> Vec<Note> {
        let touch = &*proposal.variant(candidate.selection.variant()).shaped_touch.touch;
        match candidate.selection {
            Selection::Touch { channel, choice, variant, placement } => {
                let mut notes = self.missing_role(touch);
                notes.extend(self.proposed_by(proposal));
                if let Some(input) = self.gate_input(proposal, variant, channel, choice.person) {
                    notes.extend(self.waits_for_rep(&input, &placement));
                    notes.extend(self.language_not_spoken(&input, &placement));
                    notes.extend(self.unknown_holidays(&input, &placement));
                    notes.extend(self.first_contact(&input));
                    notes.extend(self.content(&input));
                }
                notes
            }
            Selection::Find(_) => self.missing_role(touch).into_iter().chain(self.proposed_by(proposal)).collect(),
            Selection::Action | Selection::Wait => Vec::new(),
        }
    }

    /// Who proposed this rule or cadence to the team.
    fn proposed_by(&self, proposal: &Proposal) -> Option<Note> {
        let who = self.proposer(proposal)?;
        Some(self.note("proposed-by", &Sentence::new("note-proposed-by").with("who", who)))
    }

    pub(super) fn note(&self, code: &'static str, sentence: &Sentence) -> Note {
        Note { code, text: self.text(sentence) }
    }

    fn missing_role(&self, touch: &Touch) -> Vec<Note> {
        match touch.to {
            Some(Target::Role(role)) if !self.knows(role) => {
                let missing = Sentence::new("note-missing-role").with("role", vocabulary::role(role));
                vec![self.note("missing-role", &missing)]
            }
            _ => Vec::new(),
        }
    }

    /// The countries in which the touch may fall on a public holiday that is not known.
    fn unknown_holidays(&self, input: &GateInput<'_, '_>, placement: &Placement) -> Vec<Note> {
        let gaps = holiday_gaps(input, placement).into_iter();
        gaps.map(|(country, year)| self.note(HOLIDAYS_UNKNOWN, &holidays_unknown(country, year))).collect()
    }

    /// GDPR art. 21(4): the right to object is pointed out at the latest at the first contact.
    fn first_contact(&self, input: &GateInput<'_, '_>) -> Option<Note> {
        (!input.group_events.ever_named(input.person.human)).then(|| {
            let first = Sentence::new("note-first-contact").with("who", self.called(input.person_index));
            self.note("first-contact-notice", &first)
        })
    }

    /// What to know about the content that is offered: it is not there, or it was not made for this reader.
    fn content(&self, input: &GateInput<'_, '_>) -> Option<Note> {
        let id = Offer::of(input).content()?;
        if input.group.records.contents().is_empty() {
            return None;
        }
        let Some(content) = offered_content(input) else {
            return Some(self.note(CONTENT_GAP, &Sentence::new("note-content-gap").with("id", &**id)));
        };
        let (person, lead) = (input.profile.person_record(input.person_index)?, self.lead);
        let mut misfits = Vec::new();
        if let Some(language) =
            person.language.as_ref().or(lead.language.as_ref()).filter(|_| !content.languages.is_empty())
            && !content.languages.contains(language)
        {
            let languages = content.languages.iter().map(|language| Arg::from(language.as_str())).collect();
            let languages = Sentence::list("list-and", languages);
            misfits.push(
                Sentence::new("misfit-language").with("languages", languages).with("language", language.as_str()),
            );
        }
        if !content.roles.is_empty()
            && !person.roles.is_empty()
            && !person.roles.iter().any(|role| content.roles.contains(role))
        {
            misfits.push(Sentence::new("misfit-role"));
        }
        let misses = |stage: &Stage| !content.stages.is_empty() && !content.stages.contains(stage);
        if let Some(stage) = input.profile.stage.filter(misses) {
            misfits.push(Sentence::new("misfit-stage").with("stage", vocabulary::stage(stage)));
        }
        let misfits = misfits
            .into_iter()
            .reduce(|first, second| Sentence::new("misfit-and").with("first", first).with("second", second))?;
        let title = content.title.as_deref().unwrap_or(id);
        let misfit = Sentence::new("note-content-misfit").with("title", title).with("misfits", misfits);
        Some(self.note("content-misfit", &misfit))
    }

    /// The hard packs that have ended: nothing of that law is applied.
    fn ended_laws(&self) -> impl Iterator<Item = Note> {
        let context = self.group.context;
        let hard = context.packs.iter().filter(|pack| pack.about.hard);
        let ended = hard.filter_map(|pack| Some((pack, pack.about.valid_to.filter(|end| *end <= context.now)?)));
        ended.map(|(pack, end)| {
            let ended = Sentence::new("note-law-ended").with("pack", pack.about.name.as_str());
            self.note("law-ended", &ended.with("end", day_of_year(Zone::UTC.local(end).date())))
        })
    }

    /// The countries of the people for which no pack in force says what is permitted. Nothing is said where no pack says for which countries
    /// it is.
    fn without_policy(&self) -> Option<Note> {
        let context = self.group.context;
        if context.packs.iter().all(|pack| pack.about.countries.is_none()) {
            return None;
        }
        let mut countries: Vec<Option<Country>> = Vec::new();
        for (_, person) in self.evaluation.profile.people_there() {
            let country = person.place.recorded_country;
            if !context.has_policy(country) && !countries.contains(&country) {
                countries.push(country);
            }
        }
        let name = |country: &Option<Country>| match country {
            Some(country) => Arg::from(country.code()),
            None => Arg::Key("country-not-known"),
        };
        let named = Sentence::list("list-and", countries.iter().map(name).collect());
        let strict = context
            .packs
            .iter()
            .any(|pack| pack.about.countries == Some(PolicyCountries::Elsewhere) && pack.about.in_force(context.now));
        let key = if strict { "note-no-policy-strict" } else { "note-no-policy" };
        (!countries.is_empty()).then(|| self.note("no-policy", &Sentence::new(key).with("countries", named)))
    }

    /// Why an answer is not given on the channel on which it is asked for.
    pub(super) fn other_channel(
        &self,
        winner: &Candidate,
        proposal: &Proposal,
        blocked: &[BlockedCandidate],
    ) -> Option<Note> {
        let (question, channel, person) = (proposal.question?, winner.channel()?, winner.person());
        let own = question.channel();
        if channel == own {
            return None;
        }
        let stopped =
            blocked.iter().find(|one| (one.proposal, one.channel, one.person) == (winner.proposal, Some(own), person));
        let why = match stopped.and_then(|stopped| self.block(stopped)) {
            Some(block) => Sentence::as_is(block.reason),
            None if question.undeliverable.has(own) => Sentence::new("channel-came-back"),
            None if question.tried_on.has(own) => Sentence::new("channel-tried"),
            None => Sentence::new("channel-not-soon"),
        };
        let note = Sentence::new("note-other-channel").with("by", vocabulary::by(own)).with("why", why);
        Some(self.note("other-channel", &note))
    }

    /// That what somebody of this lead asked is answered in another lead, and by whom.
    pub(super) fn answered_elsewhere(&self, answers: &[AnswerInLead]) -> Vec<Note> {
        let people = &self.evaluation.profile.people;
        let note = |answer: &AnswerInLead| {
            let person = people.iter().position(|person| person.human == answer.human)?;
            let lead = self.group.records.leads().get(answer.lead)?;
            let sentence = match answer.seller {
                Some(seller) => {
                    Sentence::new("note-answered-elsewhere").with("rep", self.rep_of_lead_called(seller, lead))
                }
                None => Sentence::new("note-answered-elsewhere-nobody"),
            };
            let sentence = sentence.with("who", self.called(person)).with("lead", lead.id.as_str());
            Some(self.note("answered-elsewhere", &sentence))
        };
        answers.iter().filter_map(note).collect()
    }

    /// How many opens and clicks of the lead were made by machines, and so left out of everything.
    fn machine_signals(&self) -> Option<Note> {
        let past = self.lead.past_signals(self.group.context.now);
        let number = (0..past.len()).filter(|nth| is_by_machine(past, *nth)).count();
        (number > 0).then(|| self.note("machine-signals", &Sentence::new("note-machine-signals").with("count", number)))
    }

    /// How many signals of the lead count for nothing, by whose they are, and who of its people is ours.
    fn not_counted(&self) -> Vec<Note> {
        let NotCounted { people, signals, .. } = &self.lead.not_counted;
        let mut of = [
            ("not-counted-staff", 0_usize),
            ("not-counted-robot", 0),
            ("not-counted-competitor", 0),
            ("not-counted-spam", 0),
            ("not-counted-weight", 0),
        ];
        let mut count = 0_usize;
        for signal in signals.iter().take_while(|signal| signal.at <= self.group.context.now) {
            let named = |id: &String| people.iter().any(|(_, person)| person.is_called(id));
            let key = match signal.by {
                Some(Excluded::Staff) => 0,
                Some(Excluded::Robot) => 1,
                Some(Excluded::Competitor) => 2,
                Some(Excluded::Spam) => 3,
                None if signal.person.as_ref().is_some_and(named) => 0,
                None if self.lead.spam => 3,
                None => 4,
            };
            count += 1;
            of.iter_mut().skip(key).take(1).for_each(|(_, number)| *number += 1);
        }
        let whose = of.into_iter().filter(|(_, number)| *number > 0);
        let whose = whose.map(|(key, number)| Arg::from(Sentence::new(key).with("number", number))).collect();
        let left_out =
            Sentence::new("note-not-counted").with("count", count).with("whose", Sentence::list("list-and", whose));
        let names = people.iter().map(|(_, person)| Arg::from(person.called())).collect();
        let ours = Sentence::new("note-own-people").with("count", people.len());
        let ours = ours.with("names", Sentence::list("list-and", names));
        let left_out = (count > 0).then(|| self.note("not-counted", &left_out));
        left_out.into_iter().chain((!people.is_empty()).then(|| self.note("own-people", &ours))).collect()
    }

    /// The notes about the lead as a whole.
    pub(crate) fn notes_of_the_lead(&self, blocks: &[Block]) -> Vec<Note> {
        let profile = &self.evaluation.profile;
        let mut notes = Vec::new();
        let mut without_zone = blocks.iter().filter(|block| block.policy == ZONE_UNKNOWN).peekable();
        if without_zone.peek().is_some() {
            let has_country = |block: &Block| {
                let people = profile.people.iter().enumerate();
                let id = |place| self.evaluation.profile.person_record(place).map(|person| person.id.as_str());
                let mut same = people.filter(|(place, _)| id(*place) == block.person.as_deref());
                same.any(|(_, person)| person.place.location.country.is_some())
            };
            let key = if without_zone.all(has_country) { "note-zone-missing" } else { "note-zone-unknown" };
            notes.push(self.note(ZONE_UNKNOWN, &Sentence::new(key)));
        }
        notes.extend(self.ended_laws());
        notes.extend(self.without_policy());
        notes.extend(self.appointments_without_rep());
        notes.extend(self.appointments_that_cannot_be());
        notes.extend(self.contacted_elsewhere());
        notes.extend(self.machine_signals());
        notes.extend(self.series_places());
        notes.extend(self.impossible_series());
        notes.extend(self.booked_without_moment());
        if !self.lead.not_counted.is_empty() {
            notes.extend(self.not_counted());
        }
        notes.extend(self.notes_of_people());
        notes.extend(self.answer_before_appointment());
        notes
    }
}
