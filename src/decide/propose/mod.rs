//! Proposals: the touches of the rules that hold and the next steps of the cadences, in the order of the rulebook, before the gates.

pub(crate) mod cadence;
pub(crate) mod planned;
pub(crate) mod progress;
pub(crate) mod rests;

use std::collections::BTreeMap;

use crate::book::Question;
use crate::calendar::Instant;
use crate::decide::context::lead_profile::LeadProfile;
use crate::decide::context::placement::Promise;
use crate::decide::context::rule_outcomes::{CadenceOutcome, Reason, RuleOutcomes};
use crate::decide::context::statements::{ShapedTouch, StatementIndex, StatementOrder};
use crate::decide::propose::cadence::{CadenceStep, NextStep};
use crate::decide::propose::rests::Rest;
use crate::order;
use crate::pack::touch::{Action, Lapse, Touch};

/// The statement that makes a proposal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ProposedBy {
    /// A rule, by number.
    Rule(usize),
    /// A cadence, by number.
    Cadence(usize),
    /// An example, which proposes a touch to test the policies of its pack.
    Example,
    /// A planned touch of the lead, by index: it was promised to somebody.
    Planned(usize),
}

/// A proposed touch or action. A rule that reads `person` and holds for several people makes one proposal with a variant for each of them; one
/// that promises something to whom it holds for makes a proposal for each.
#[derive(Clone, Debug)]
pub(crate) struct Proposal {
    /// The statement.
    pub(crate) by: ProposedBy,
    /// The position of the statement in the rulebook, and the index of the touch among those it proposes.
    pub(crate) order: (StatementOrder, usize),
    /// The variant for any person, or for the first person for whom the rule holds.
    pub(crate) first: PersonalTouch,
    /// The variants for the other people.
    pub(crate) others: Vec<PersonalTouch>,
    /// Whether the condition of the statement reads the stage.
    pub(crate) reads_stage: bool,
    /// For a cadence: the step and when it is due.
    pub(crate) step: Option<CadenceStep>,
    /// For a step that only some are at: who, by index in the lead, in order. `None` for anybody.
    pub(crate) only_for: Option<Vec<usize>>,
    /// For an `answer`: the question of the person of [`first`](Self::first), who is its only person.
    pub(crate) question: Option<Question>,
    /// Its variants that rest because of what was said about the advice.
    pub(crate) rests: Vec<Rest>,
}

/// A touch and the person it is for.
#[derive(Clone, Debug)]
pub(crate) struct PersonalTouch {
    /// For a rule that reads `person`: the index of the person.
    pub(crate) person: Option<usize>,
    /// The touch.
    pub(crate) shaped_touch: ShapedTouch,
    /// What was promised; `None` when nothing was, or it is not known since when it counts.
    pub(crate) promise: Option<Promise>,
    /// For a rule that may have been carried out lately: its reason.
    pub(crate) reason: Option<Reason>,
    /// Since when the statement holds for them, where it was looked for.
    pub(crate) since: Option<Instant>,
}

impl Proposal {
    /// Whether it answers what somebody asked, whoever it goes to: it is an `answer`, or its rule reads `person.waiting`.
    pub(crate) fn answers_question(&self, statements: &StatementIndex) -> bool {
        let by_rule = |rule: usize| statements.rules.get(rule).is_some_and(|rule| rule.reads_waiting);
        self.question.is_some() || matches!(self.by, ProposedBy::Rule(rule) if by_rule(rule))
    }

    /// Whether it may go to the person with this index: a step goes only to those who are at it.
    pub(crate) fn may_go_to(&self, person: usize) -> bool {
        self.only_for.as_ref().is_none_or(|people| people.binary_search(&person).is_ok())
    }

    /// The planned touch that it is, by index in the lead.
    pub(crate) const fn planned(&self) -> Option<usize> {
        match self.by {
            ProposedBy::Planned(index) => Some(index),
            _ => None,
        }
    }

    /// The variant with this index; 0 is the first.
    pub(crate) fn variant(&self, index: usize) -> &PersonalTouch {
        index.checked_sub(1).and_then(|index| self.others.get(index)).unwrap_or(&self.first)
    }

    /// Every variant, by its index.
    pub(crate) fn variants(&self) -> impl Iterator<Item = &PersonalTouch> {
        std::iter::once(&self.first).chain(&self.others)
    }

    /// The index of the variant for the person with this index; `None` when there is none for them.
    pub(crate) fn variant_for(&self, person: usize) -> Option<usize> {
        self.variants().position(|variant| variant.person.is_none_or(|one| one == person))
    }
}

/// The proposals of the rules and of the cadence steps, in the order of the rulebook.
///
/// An `answer` becomes a proposal for each person who waits, because two people who ask are two questions; and none when nobody does. What is
/// promised in answer to a question counts from when it was asked first, and all answers to it are due when the first of them is. `add_lapse`
/// gives the moment a lapse after another.
pub(crate) fn collect_proposals(
    statements: &StatementIndex,
    profile: &LeadProfile<'_>,
    outcomes: &RuleOutcomes,
    steps: Vec<NextStep>,
    add_lapse: impl Fn(Instant, Lapse) -> Instant,
) -> Vec<Proposal> {
    let promised = |touch: &Touch, since: Option<Instant>| {
        let (since, due) = since.zip(touch.within).map(|(since, within)| (since, add_lapse(since, within)))?;
        Some(Promise { since, due, late_from: due })
    };
    // When the answers to the question of each person are due, by the index of the person.
    let mut due_answers: BTreeMap<usize, Promise> = BTreeMap::new();
    let mut all: Vec<Proposal> = Vec::with_capacity(outcomes.proposals.len() + steps.len());
    let after_all_rules = (usize::MAX, 0, 0);
    for proposal in &outcomes.proposals {
        let rule = proposal.rule.and_then(|rule| statements.rules.get(rule));
        for (index, shaped_touch) in proposal.touches.iter().enumerate() {
            let order = (rule.map_or(after_all_rules, |rule| rule.order), index);
            let touch = &shaped_touch.touch;
            // An example may propose a touch for a closed lead.
            let reads_stage = rule.is_none_or(|rule| rule.reads_stage);
            let by = proposal.rule.map_or(ProposedBy::Example, ProposedBy::Rule);
            let mut answer_by = |person: usize, question: Question| {
                let promise = promised(touch, Some(question.since));
                if let Some(promise) = promise {
                    let earliest = due_answers.entry(person).or_insert(promise);
                    if promise.due < earliest.due {
                        *earliest = promise;
                    }
                }
                promise
            };
            if touch.action == Action::Answer {
                for (person, question) in profile.questions() {
                    if proposal.person.is_none_or(|one| one == person) {
                        let promise = answer_by(person, question);
                        let (person, shaped_touch, since) = (Some(person), shaped_touch.clone(), proposal.since);
                        let first = PersonalTouch { person, shaped_touch, promise, reason: None, since };
                        let (others, step, only_for, question) = (Vec::new(), None, None, Some(question));
                        let rests = Vec::new();
                        all.push(Proposal { by, order, first, others, reads_stage, step, only_for, question, rests });
                    }
                }
                continue;
            }
            let asked = proposal.person.filter(|_| rule.is_some_and(|rule| rule.reads_waiting));
            let asked = asked.and_then(|person| Some((person, profile.people.get(person)?.question?)));
            let promise = match asked {
                Some((person, question)) => answer_by(person, question),
                None => promised(touch, proposal.since),
            };
            let (person, shaped_touch) = (proposal.person, shaped_touch.clone());
            let (reason, since) = (proposal.reason, proposal.since);
            let variant = PersonalTouch { person, shaped_touch, promise, reason, since };
            // What was promised to several people is to be done for each of them.
            let of_each = touch.within.is_some() && touch.to.is_none();
            let merged = proposal.person.filter(|_| !of_each);
            let same = merged.and_then(|_| all.iter_mut().rev().find(|each| each.order == order));
            match same {
                Some(same) => same.others.push(variant),
                None => {
                    let (first, others, step, only_for, question) = (variant, Vec::new(), None, None, None);
                    let rests = Vec::new();
                    all.push(Proposal { by, order, first, others, reads_stage, step, only_for, question, rests });
                }
            }
        }
    }
    for next in steps {
        let Some(CadenceOutcome { cadence, since, .. }) = outcomes.cadences.get(next.cadence) else { continue };
        let (cadence, since) = (*cadence, *since);
        let Some(proposer) = statements.cadences.get(cadence) else { continue };
        let promise = promised(&next.shaped_touch.touch, next.since);
        all.push(Proposal {
            by: ProposedBy::Cadence(cadence),
            order: (proposer.order, 0),
            first: PersonalTouch { person: None, shaped_touch: next.shaped_touch, promise, reason: None, since },
            others: Vec::new(),
            reads_stage: proposer.reads_stage,
            step: Some(next.step),
            only_for: next.people,
            question: None,
            rests: Vec::new(),
        });
    }
    for proposal in &mut all {
        let answers = proposal.answers_question(statements);
        for variant in std::iter::once(&mut proposal.first).chain(&mut proposal.others) {
            let earliest = variant.person.filter(|_| answers).and_then(|person| due_answers.get(&person));
            variant.promise = variant.promise.and(earliest.copied()).or(variant.promise);
        }
    }
    order::sort_by_key(&mut all, |each| each.order);
    all
}
