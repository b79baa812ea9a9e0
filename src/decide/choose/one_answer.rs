//! One question, one answer: a human who stands in several leads of a contact group is answered in one of them.
//!
//! It is the lead in which they asked; of several that have the question, an open one before a closed one, then the oldest; of equal ones the
//! first. The others do without the answer, and are told in which lead it is given and by whom.
//!
//! Invariant: a lead gives an answer away only to a lead in which it passes the gates.

use crate::book::vocabulary::Stage;
use crate::calendar::Instant;
use crate::decide::choose::decision::{LeadEvaluation, RankedCandidates};
use crate::decide::context::decision_context::DecisionContext;
use crate::decide::context::group_events::{GroupEvents, HumanId};
use crate::decide::context::lead_profile::LeadProfile;
use crate::decide::context::sellers::Seller;
use crate::decide::propose::{Proposal, ProposedBy};

/// The answer to a human in a lead.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct AnswerInLead {
    /// Whose question.
    pub(crate) human: HumanId,
    /// The lead, as its place in the records.
    pub(crate) lead: usize,
    /// By whom; `None` for a lead without an owner.
    pub(crate) seller: Option<Seller>,
    /// What decides between leads: whether they did not ask here, whether it is closed, when it came in, and its place.
    order: (bool, bool, Instant, usize),
}

/// Which lead of a contact group answers which human.
#[derive(Clone, Debug, Default)]
pub(crate) struct AnswersOfGroup(Vec<AnswerInLead>);

impl AnswersOfGroup {
    /// Takes for each human the first of these answers.
    pub(crate) fn assign(&mut self, answers: Vec<AnswerInLead>) {
        for answer in answers {
            match self.0.iter_mut().find(|known| known.human == answer.human) {
                Some(known) if answer.order < known.order => *known = answer,
                Some(_) => {}
                None => self.0.push(answer),
            }
        }
    }

    /// The answers to people of this lead that are given in other leads.
    pub(crate) fn given_elsewhere(&self, profile: &LeadProfile<'_>) -> Vec<AnswerInLead> {
        let stands_here = |human: HumanId| profile.people.iter().any(|person| person.human == human);
        let elsewhere = self.0.iter().filter(|answer| answer.lead != profile.index && stands_here(answer.human));
        elsewhere.copied().collect()
    }
}

/// The answers that a lead could give.
pub(crate) fn answers_in(
    evaluation: &LeadEvaluation<'_, '_>,
    candidates: &RankedCandidates,
    group_events: &GroupEvents<'_>,
) -> Vec<AnswerInLead> {
    let profile = &evaluation.profile;
    let answers = candidates.ranked.iter().filter_map(|(_, candidate)| {
        let proposal = evaluation.proposals.get(candidate.proposal)?;
        let question = proposal.question?;
        // Whoever asked, also when somebody else has taken over.
        let human = profile.people.get(proposal.first.person?)?.human;
        let asked_here = group_events.leads_asked_in(human, question.since).any(|lead| lead == profile.index);
        let closed = profile.stage.is_some_and(|stage| !Stage::is_open(stage));
        let came_in = profile.record.and_then(|lead| lead.created_at.or(lead.signals.first().map(|signal| signal.at)));
        let order = (!asked_here, closed, came_in.unwrap_or(profile.now), profile.index);
        let seller = candidate.placement().and_then(|placement| placement.seller);
        Some(AnswerInLead { human, lead: profile.index, seller, order })
    });
    answers.collect()
}

/// Whether a proposal is about a question that is answered in another lead: it is the answer, or it is made because somebody in the lead waits
/// and everybody who does is answered elsewhere.
pub(crate) fn is_left_to_others(
    proposal: &Proposal,
    answered_elsewhere: &[AnswerInLead],
    evaluation: &LeadEvaluation<'_, '_>,
    context: &DecisionContext<'_>,
) -> bool {
    if answered_elsewhere.is_empty() {
        return false;
    }
    let profile = &evaluation.profile;
    let is_answered = |person: usize| {
        let human = profile.people.get(person).map(|person| person.human);
        answered_elsewhere.iter().any(|answer| Some(answer.human) == human)
    };
    if proposal.question.is_some() {
        return proposal.first.person.is_some_and(is_answered);
    }
    let ProposedBy::Rule(rule) = proposal.by else { return false };
    let about_waiting = context.statements.rules.get(rule).is_some_and(|rule| rule.reads_lead_waiting);
    about_waiting && profile.nameless_question.is_none() && profile.questions().all(|(person, _)| is_answered(person))
}
