//! What people said about the advice for a lead, in words: why something rests, which question stays open, which snooze is over.

use crate::book::Feedback;
use crate::book::vocabulary::FeedbackVerdict;
use crate::calendar::in_words::moment;
use crate::calendar::{Instant, Zone};
use crate::decide::advice::Note;
use crate::decide::choose::decision::RankedCandidates;
use crate::decide::context::blocked::BlockReason;
use crate::decide::context::hand_over::HandOver;
use crate::decide::explain::AdviceWriter;
use crate::decide::propose::ProposedBy;
use crate::wording::Sentence;

impl AdviceWriter<'_, '_> {
    /// `Declined by Kim on Fri 20 Nov 10:00 ("they are moving")`.
    fn said(&self, said: &Feedback) -> Sentence {
        let declined = said.verdict == FeedbackVerdict::Declined;
        let key = match (declined, said.rep.is_some()) {
            (true, true) => "said-declined-by",
            (true, false) => "said-declined",
            (false, true) => "said-snoozed-by",
            (false, false) => "said-snoozed",
        };
        let id = said.rep.as_deref().unwrap_or_default();
        let rep = self.group.records.reps().iter().find(|rep| rep.id == id);
        let rep = rep.and_then(|rep| rep.name.as_deref()).unwrap_or(id);
        let sentence = Sentence::new(key).with("rep", rep).with("moment", self.local(said.at));
        match &said.reason {
            Some(reason) => Sentence::new("said-because").with("said", sentence).with("reason", reason.as_str()),
            None => sentence,
        }
    }

    /// Why something rests since it was declined. What answers `who` comes again when they ask again.
    pub(super) fn declined(&self, number: usize, who: Option<usize>) -> Sentence {
        let said = self.lead.feedback.get(number).map_or_else(|| Sentence::as_is(""), |said| self.said(said));
        let reason = match who {
            Some(who) => Sentence::new("block-declined-answer").with("who", self.called(who)),
            None => Sentence::new("block-declined"),
        };
        reason.with("said", said)
    }

    /// Why something rests that was put off.
    pub(super) fn snoozed(&self, number: usize, until: Option<Instant>) -> Sentence {
        let said = self.lead.feedback.get(number).map_or_else(|| Sentence::as_is(""), |said| self.said(said));
        let until = self.local(until.unwrap_or(self.group.context.now));
        Sentence::new("block-snoozed").with("said", said).with("until", until)
    }

    /// That the lead is with another team.
    pub(super) fn handed_over(&self, handed_over: HandOver) -> Sentence {
        let rule = self.group.context.statements.rules.get(handed_over.rule);
        let team = rule.and_then(|rule| rule.hands_over_to()).map_or("", |team| team);
        Sentence::new("block-handed-over").with("team", team).with("moment", self.local(handed_over.at))
    }

    /// The notes on what was said: whose question stays open though its answer was declined or put off, and which snoozes are over.
    pub(super) fn notes_on_feedback(&self, outcome: &RankedCandidates) -> Vec<Note> {
        let answered =
            |person: usize| outcome.ranked.iter().any(|(_, one)| one.answers.is_some() && one.person() == Some(person));
        let mut notes: Vec<Note> = Vec::new();
        for stopped in &outcome.blocked {
            let (BlockReason::Declined(number) | BlockReason::Snoozed(number)) = stopped.block.reason else { continue };
            let asked =
                self.evaluation.proposals.get(stopped.proposal).and_then(|one| one.question.and(one.first.person));
            if let (Some(person), Some(said)) =
                (asked.filter(|asked| !answered(*asked)), self.lead.feedback.get(number))
            {
                let open = Sentence::new("note-question-open").with("who", self.called(person));
                let note = self.note("question-open", &open.with("said", self.said(said)));
                if !notes.contains(&note) {
                    notes.push(note);
                }
            }
        }
        let statements = &self.group.context.statements;
        for ended in &self.evaluation.ended_snoozes {
            let Some(said) = self.lead.feedback.get(ended.feedback) else { continue };
            let weightier = match ended.weightier {
                Some(ProposedBy::Rule(rule)) => statements.rules.get(rule),
                Some(ProposedBy::Cadence(cadence)) => statements.cadences.get(cadence),
                _ => None,
            };
            let sentence = match weightier {
                Some(weightier) => {
                    Sentence::new("note-snooze-outweighed").with("weightier", weightier.by.name.as_str())
                }
                None => Sentence::new("note-snooze-asked"),
            };
            let until = self.local(said.until.unwrap_or(said.at));
            let sentence = sentence.with("rule", said.rule.as_str()).with("until", until);
            notes.push(self.note("snooze-ended", &sentence));
        }
        notes
    }

    /// A moment in the local time of the lead.
    fn local(&self, at: Instant) -> Sentence {
        moment(at, self.zone_of_lead().unwrap_or(Zone::UTC))
    }
}
