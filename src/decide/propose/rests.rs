//! Marks the proposals that rest because of what people said about their advice ([`crate::decide::gates::feedback`]).

use crate::calendar::Instant;
use crate::decide::context::blocked::Blocked;
use crate::decide::context::group_events::GroupEvents;
use crate::decide::context::lead_profile::LeadProfile;
use crate::decide::context::review::ReviewTracker;
use crate::decide::context::statements::{ProposingStatement, StatementIndex};
use crate::decide::gates::feedback::{FeedbackGate, RestsFor};
use crate::decide::gates::is_sent_by_system;
use crate::decide::propose::{PersonalTouch, Proposal, ProposedBy};
use crate::pack::touch::Action;

/// That a variant of a proposal rests.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rest {
    /// The variant, by index.
    pub(crate) variant: usize,
    /// For whom.
    pub(crate) rests_for: RestsFor,
    /// Why, and until when.
    pub(crate) block: Blocked,
}

/// A snooze that ended before its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct EndedSnooze {
    /// The feedback, by index in the lead.
    pub(crate) feedback: usize,
    /// The weightier rule or cadence that began since; `None` when they asked something.
    pub(crate) weightier: Option<ProposedBy>,
}

impl Proposal {
    /// Why a variant rests for a person, by index in the lead; `None` when it does not.
    pub(crate) fn rests(&self, variant: usize, person: Option<usize>) -> Option<Blocked> {
        let for_them = |rest: &&Rest| rest.variant == variant && (rest.rests_for.is_none() || rest.rests_for == person);
        self.rests.iter().find(for_them).map(|rest| rest.block)
    }

    /// Why it rests for everybody for whom it is made; `None` when it may be made for somebody.
    pub(crate) fn rests_for_all(&self) -> Option<Blocked> {
        let rests = |(number, variant): (usize, &PersonalTouch)| self.rests(number, variant.person);
        let first = self.rests.first()?.block;
        self.variants().enumerate().all(|variant| rests(variant).is_some()).then_some(first)
    }

    /// Its statement; `None` for a planned touch and an example.
    fn statement<'s>(&self, statements: &'s StatementIndex) -> Option<&'s ProposingStatement> {
        match self.by {
            ProposedBy::Rule(rule) => statements.rules.get(rule),
            ProposedBy::Cadence(cadence) => statements.cadences.get(cadence),
            ProposedBy::Example | ProposedBy::Planned(_) => None,
        }
    }

    /// Since when the reason of a variant holds: for what answers a question, when it was asked last.
    fn began(
        &self,
        variant: &PersonalTouch,
        profile: &LeadProfile<'_>,
        statements: &StatementIndex,
    ) -> Option<Instant> {
        let of_person = || profile.people.get(variant.person?)?.question;
        let question = self.question.or_else(|| of_person().filter(|_| self.answers_question(statements)));
        question.map(|question| question.asked_at).or(variant.since)
    }

    fn weight(&self) -> f64 {
        self.first.shaped_touch.touch.weight.unwrap_or(1.0)
    }

    /// Whether it is work of a rep that a hand-over ends: no answer, no promise, nothing that a system sends, and no rest.
    fn is_work_of_rep(&self, statement: &ProposingStatement, statements: &StatementIndex) -> bool {
        let touch = &self.first.shaped_touch.touch;
        touch.action != Action::Wait
            && !is_sent_by_system(touch, touch.channel())
            && !self.answers_question(statements)
            && !statement.reads_lead_waiting
    }
}

/// Marks the proposals of a lead that rest, and gives the snoozes that ended before their time. Nothing is done where nobody said anything.
pub(crate) fn mark_rests(
    statements: &StatementIndex,
    profile: &LeadProfile<'_>,
    group_events: &GroupEvents<'_>,
    proposals: &mut [Proposal],
    review: &mut ReviewTracker,
) -> Vec<EndedSnooze> {
    let Some(gate) = FeedbackGate::of(statements, profile, group_events, review) else { return Vec::new() };
    for proposal in proposals.iter_mut() {
        let Some(statement) = proposal.statement(statements) else { continue };
        let hands_over = matches!(proposal.first.shaped_touch.touch.action, Action::HandOver(_));
        let works = proposal.is_work_of_rep(statement, statements);
        let mut rests = Vec::new();
        for (variant, touch) in proposal.variants().enumerate() {
            let began = proposal.began(touch, profile, statements);
            let declined = gate.declined(statement, began);
            rests.extend(declined.map(|(rests_for, block)| Rest { variant, rests_for, block }));
            let with_others = gate.with_others(began, hands_over).filter(|_| works);
            rests.extend(with_others.map(|block| Rest { variant, rests_for: None, block }));
        }
        proposal.rests = rests;
    }
    // What holds since when, of what may be done.
    let begun: Vec<(ProposedBy, Instant, f64)> = proposals
        .iter()
        .filter(|one| one.first.shaped_touch.touch.action != Action::Wait && one.rests_for_all().is_none())
        .flat_map(|one| one.variants().filter_map(|touch| Some((one.by, touch.since?, one.weight()))))
        .collect();
    let mut ended = Vec::new();
    for proposal in proposals.iter_mut() {
        let Some(statement) = proposal.statement(statements) else { continue };
        for (rests_for, block, snooze) in gate.snoozed(statement) {
            let weightier = begun
                .iter()
                .find(|(by, began, weight)| *by != proposal.by && *began > snooze.at && *weight > proposal.weight())
                .map(|(by, ..)| *by);
            review.add_all(block.lifts_at);
            if snooze.asked || weightier.is_some() {
                let weightier = weightier.filter(|_| !snooze.asked);
                ended.push(EndedSnooze { feedback: snooze.number, weightier });
            } else {
                let variants = 0..=proposal.others.len();
                proposal.rests.extend(variants.map(|variant| Rest { variant, rests_for, block }));
            }
        }
    }
    ended.dedup();
    ended
}
