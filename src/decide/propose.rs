//! What is proposed: the touches of the rules that hold and the next steps of the cadences, before anything is judged.

use super::advice::RuleRef;
use super::cadence::Next;
use super::reading::{Order, Reading};
use crate::calendar::Instant;
use crate::rulebook::touch::Touch;

/// One thing proposed. A rule that reads `person` proposes the same thing to several people, to each in its own form.
#[derive(Clone, Debug)]
pub(crate) struct Proposed<'a> {
    /// The rule or cadence.
    pub(crate) rule: &'a RuleRef,
    /// Its place in the rulebook, then which of its touches.
    pub(crate) order: (Order, usize),
    /// The forms: one for anybody, or one for each person for whom the rule holds.
    pub(crate) forms: Vec<Form>,
    /// Whether the condition reads the stage.
    pub(crate) reads_stage: bool,
    /// For a cadence: its name, the step and when it is due.
    pub(crate) step: Option<Step>,
}

/// A touch, for whom it is meant, and why.
#[derive(Clone, Debug)]
pub(crate) struct Form {
    /// The person, for a rule that reads `person`.
    pub(crate) person: Option<usize>,
    /// The touch.
    pub(crate) touch: Touch,
    /// Why, in the words of the author.
    pub(crate) reason: Option<String>,
}

/// A step of a cadence.
#[derive(Clone, Debug)]
pub(crate) struct Step {
    /// The cadence's name.
    pub(crate) cadence: String,
    /// Which step, from 1.
    pub(crate) number: u32,
    /// When it is due.
    pub(crate) due: Instant,
}

/// Everything proposed, in the order of the rulebook.
pub(crate) fn proposed<'a>(reading: &Reading<'a>, steps: Vec<(usize, Next)>) -> Vec<Proposed<'a>> {
    let mut all: Vec<Proposed<'a>> = Vec::new();
    for proposal in &reading.proposals {
        for (nth, touch) in proposal.touches.iter().enumerate() {
            let order = (proposal.order, nth);
            let form = Form { person: proposal.person, touch: touch.clone(), reason: proposal.reason.clone() };
            match all.iter_mut().rev().find(|each| each.order == order) {
                Some(same) => same.forms.push(form),
                None => all.push(Proposed {
                    rule: proposal.rule,
                    order,
                    forms: vec![form],
                    reads_stage: proposal.reads_stage,
                    step: None,
                }),
            }
        }
    }
    for (nth, next) in steps {
        let Some(running) = reading.cadences.get(nth) else { continue };
        all.push(Proposed {
            rule: running.rule,
            order: (running.order, 0),
            forms: vec![Form { person: None, touch: next.touch, reason: running.reason.clone() }],
            reads_stage: running.reads_stage,
            step: Some(Step { cadence: running.cadence.name.clone(), number: next.step, due: next.due }),
        });
    }
    all.sort_by_key(|each| each.order);
    all
}
