//! What is proposed: the touches of the rules that hold and the next steps of the cadences, before anything is judged.

pub(crate) mod cadence;

use crate::calendar::Instant;
use crate::decide::context::rule_outcomes::RuleOutcomes;
use crate::decide::context::statements::{ShapedTouch, StatementIndex, StatementOrder};
use crate::decide::propose::cadence::NextStep;
use crate::order;

/// Who proposes something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ProposedBy {
    /// A rule, by number.
    Rule(usize),
    /// A cadence, by number.
    Cadence(usize),
    /// The author of an example.
    Example,
}

/// One thing proposed. A rule that reads `person` proposes the same thing to several people, to each in its own form.
#[derive(Clone, Debug)]
pub(crate) struct Proposal {
    /// The rule or cadence.
    pub(crate) by: ProposedBy,
    /// Its place in the rulebook, then which of its touches.
    pub(crate) order: (StatementOrder, usize),
    /// The form for anybody, or for the first person for whom the rule holds.
    pub(crate) first: PersonalTouch,
    /// The forms for the other people.
    pub(crate) others: Vec<PersonalTouch>,
    /// Whether the condition reads the stage.
    pub(crate) reads_stage: bool,
    /// For a cadence: the step and when it is due.
    pub(crate) step: Option<CadenceStep>,
}

/// A touch, and for whom it is meant.
#[derive(Clone, Debug)]
pub(crate) struct PersonalTouch {
    /// The person, for a rule that reads `person`.
    pub(crate) person: Option<usize>,
    /// The touch.
    pub(crate) shaped: ShapedTouch,
}

/// A step of a cadence.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CadenceStep {
    /// Which step, from 1.
    pub(crate) number: u32,
    /// When it is due.
    pub(crate) due: Instant,
}

impl Proposal {
    /// One of its forms.
    pub(crate) fn form(&self, nth: usize) -> &PersonalTouch {
        nth.checked_sub(1).and_then(|nth| self.others.get(nth)).unwrap_or(&self.first)
    }

    /// Which of its forms is for a person.
    pub(crate) fn form_for(&self, person: usize) -> Option<usize> {
        let mut forms = std::iter::once(&self.first).chain(&self.others);
        forms.position(|form| form.person.is_none_or(|one| one == person))
    }
}

/// Everything proposed, in the order of the rulebook.
pub(crate) fn proposed(
    statements: &StatementIndex,
    reading: &RuleOutcomes,
    steps: Vec<(usize, NextStep)>,
) -> Vec<Proposal> {
    let mut all: Vec<Proposal> = Vec::with_capacity(reading.proposals.len() + steps.len());
    let last = (usize::MAX, 0, 0);
    for proposal in &reading.proposals {
        let rule = proposal.rule.and_then(|rule| statements.rules.get(rule));
        for (nth, shaped) in proposal.touches.iter().enumerate() {
            let order = (rule.map_or(last, |rule| rule.order), nth);
            let form = PersonalTouch { person: proposal.person, shaped: shaped.clone() };
            let same = proposal.person.and_then(|_| all.iter_mut().rev().find(|each| each.order == order));
            match same {
                Some(same) => same.others.push(form),
                None => all.push(Proposal {
                    by: proposal.rule.map_or(ProposedBy::Example, ProposedBy::Rule),
                    order,
                    first: form,
                    others: Vec::new(),
                    // An example has the leads it gives in mind.
                    reads_stage: rule.is_none_or(|rule| rule.reads_stage),
                    step: None,
                }),
            }
        }
    }
    for (nth, next) in steps {
        let Some(cadence) = reading.cadences.get(nth).map(|running| running.cadence) else { continue };
        let Some(proposer) = statements.cadences.get(cadence) else { continue };
        all.push(Proposal {
            by: ProposedBy::Cadence(cadence),
            order: (proposer.order, 0),
            first: PersonalTouch { person: None, shaped: next.shaped },
            others: Vec::new(),
            reads_stage: proposer.reads_stage,
            step: Some(CadenceStep { number: next.step, due: next.due }),
        });
    }
    order::sort_by_key(&mut all, |each| each.order);
    all
}
