//! What goes with an advice: roles to find, what to tell at a first contact, records to complete, content that is not there.

use crate::book::vocabulary::Stage;
use crate::decide::advice::{Block, Note};
use crate::decide::choose::selector::{Candidate, Selection};
use crate::decide::explain::AdviceWriter;
use crate::decide::gates::GateInput;
use crate::decide::gates::suitable::offered_content;
use crate::decide::propose::Proposal;
use crate::pack::touch::{Target, Touch};

/// The code of a note that content is asked for that nobody made.
pub(crate) const CONTENT_GAP: &str = "content-gap";

impl AdviceWriter<'_, '_> {
    /// The notes that go with a candidate.
    pub(crate) fn notes(&self, candidate: &Candidate, proposal: &Proposal) -> Vec<Note> {
        let touch = &*proposal.variant(candidate.selection.variant()).shaped_touch.touch;
        match candidate.selection {
            Selection::Touch { channel, choice, variant, .. } => {
                let mut notes = self.missing_role(touch);
                if let Some(input) = self.gate_input(proposal, variant, channel, choice.person) {
                    notes.extend(self.first_contact(&input));
                    notes.extend(self.content(&input));
                }
                notes
            }
            Selection::Find(_) => self.missing_role(touch),
            Selection::Action => Vec::new(),
        }
    }

    fn missing_role(&self, touch: &Touch) -> Vec<Note> {
        match touch.to {
            Some(Target::Role(role)) if !self.knows(role) => {
                vec![Note { code: "missing-role", text: format!("Nobody is known as {role}: ask who that is") }]
            }
            _ => Vec::new(),
        }
    }

    /// GDPR art. 21(4): the right to object is pointed out at the latest at the first contact.
    fn first_contact(&self, input: &GateInput<'_, '_>) -> Option<Note> {
        (!input.account_events.ever_named(input.person.human)).then(|| Note {
            code: "first-contact-notice",
            text: format!(
                "First contact with {}: say that they may object to hearing from us",
                self.called(input.person_index)
            ),
        })
    }

    /// What to know about the content that is offered: it is not there, or it was not made for this reader.
    fn content(&self, input: &GateInput<'_, '_>) -> Option<Note> {
        let id = input.touch().offer.as_deref()?;
        if input.account.records.contents().is_empty() {
            return None;
        }
        let Some(content) = offered_content(input) else {
            let text = format!("There is no content \"{id}\" yet; tell marketing that it was asked for");
            return Some(Note { code: CONTENT_GAP, text });
        };
        let title = content.title.as_deref().unwrap_or(id);
        let (person, lead) = (input.profile.person_record(input.person_index)?, self.lead);
        let mut misfits = Vec::new();
        if let Some(language) =
            person.language.as_ref().or(lead.language.as_ref()).filter(|_| !content.languages.is_empty())
            && !content.languages.contains(language)
        {
            misfits.push(format!("exists in {}, and they read {language}", content.languages.join(" and ")));
        }
        if !content.roles.is_empty()
            && !person.roles.is_empty()
            && !person.roles.iter().any(|role| content.roles.contains(role))
        {
            misfits.push("was written for another role".to_owned());
        }
        let misses = |stage: &Stage| !content.stages.is_empty() && !content.stages.contains(stage);
        if let Some(stage) = input.profile.stage.filter(misses) {
            misfits.push(format!("was not written for the {stage} stage"));
        }
        let text = format!("\"{title}\" {}", misfits.join("; it "));
        (!misfits.is_empty()).then_some(Note { code: "content-misfit", text })
    }

    /// The notes about the lead as a whole.
    pub(crate) fn notes_of_the_lead(&self, blocks: &[Block]) -> Vec<Note> {
        let profile = &self.evaluation.profile;
        let mut notes = Vec::new();
        if blocks.iter().any(|block| block.policy == "zone-unknown") {
            let text =
                "Ask for the country or the time zone: until then nobody is contacted at a wrong hour".to_owned();
            notes.push(Note { code: "zone-unknown", text });
        }
        let coming = self.lead.planned.iter().filter(|planned| planned.at > profile.now);
        if profile.waits_for_answer
            && let Some(planned) = coming.min_by_key(|planned| planned.at)
        {
            let text = format!(
                "They wait for an answer: leave out the {} planned next, or bring the answer there",
                planned.channel
            );
            notes.push(Note { code: "planned-withdrawn", text });
        }
        notes
    }
}
