//! Whose question is not answered by what is advised, and why not: whoever reads the queue has to know who waits.

use crate::decide::advice::Note;
use crate::decide::choose::decision::RankedCandidates;
use crate::decide::context::blocked::BlockReason;
use crate::decide::explain::AdviceWriter;
use crate::wording::Sentence;

impl AdviceWriter<'_, '_> {
    /// The questions of which every answer is stopped while something else is advised, one note for each person. Without other advice the stop is the
    /// reason of `hold`; an answer that a rep declined or put off has a note of its own.
    pub(super) fn held_questions(&self, outcome: &RankedCandidates) -> Vec<Note> {
        let mut told = Vec::new();
        let mut notes = Vec::new();
        if outcome.ranked.is_empty() {
            return notes;
        }
        for stopped in &outcome.blocked {
            let put_off = matches!(stopped.block.reason, BlockReason::Declined(_) | BlockReason::Snoozed(_));
            let proposal = self.evaluation.proposals.get(stopped.proposal).filter(|_| !put_off);
            let Some(asker) = proposal.and_then(|proposal| proposal.question.and(proposal.first.person)) else {
                continue;
            };
            let can_be_answered = |asker: usize| {
                outcome.ranked.iter().any(|(_, one)| {
                    let proposal = self.evaluation.proposals.get(one.proposal);
                    let asked_by = proposal.and_then(|proposal| proposal.question.and(proposal.first.person));
                    one.answers.is_some() && (asked_by.or(one.person()) == Some(asker))
                })
            };
            if told.contains(&asker) || can_be_answered(asker) {
                continue;
            }
            if let Some(block) = self.block(stopped) {
                told.push(asker);
                let sentence = Sentence::new("note-question-held").with("who", self.called(asker));
                notes.push(self.note("question-held", &sentence.with("why", block.reason)));
            }
        }
        notes
    }
}
