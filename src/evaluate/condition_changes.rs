//! When the answers of conditions can change by the passing of time alone, noted once for all conditions that read the same facts.
//!
//! What a condition notes does not depend on what it comes to, because everything that it mentions counts (see [`crate::evaluate::clause`]). So
//! the parts of conditions that note something are collected, each once: facts, and comparisons of facts that move. Noting these parts and
//! evaluating the conditions quietly, which stops at the first operand that decides, notes what evaluating every condition in full does.
//!
//! Left out: clauses that run interpreted, of which it is not known what they read.

use crate::book::value::Value;
use crate::evaluate::facts::change::{Motion, note_crossing};
use crate::evaluate::facts::{FactContext, is_as_recorded};
use crate::evaluate::node::outcome;
use crate::pack::expression::{Body, Clause, Comparison, Node, NodeKind};
use crate::pack::fact_table::FactId;

/// The parts of some conditions that note when they can change.
#[derive(Clone, Debug, Default)]
pub(crate) struct ConditionChanges {
    /// Those that do not read `person`.
    of_lead: Vec<ChangingPart>,
    of_person: Vec<ChangingPart>,
}

/// A part of a condition that notes when it can change.
#[derive(Clone, Debug, PartialEq)]
enum ChangingPart {
    /// A fact that is true or false.
    Truth(FactId),
    /// A fact whose motion is not followed.
    Plain(FactId),
    /// A fact that is compared with a constant.
    Compared(Comparison, FactId, Value),
    /// Anything else, which is evaluated.
    Other(Node),
}

impl ConditionChanges {
    /// Adds the parts of a condition. False, and nothing is added, for one that runs interpreted.
    pub(crate) fn add(&mut self, clause: &Clause) -> bool {
        match &clause.body {
            Body::Compiled(node) => {
                self.add_truth(node);
                true
            }
            Body::Interpreted { .. } => false,
        }
    }

    /// Adds the parts of an operand that must be true or false.
    fn add_truth(&mut self, node: &Node) {
        match &node.kind {
            NodeKind::Literal(_) | NodeKind::Setting { .. } | NodeKind::Own { .. } => {}
            NodeKind::And(nodes) | NodeKind::Or(nodes) => nodes.iter().for_each(|node| self.add_truth(node)),
            NodeKind::Not(inner) => self.add_truth(inner),
            NodeKind::Fact { id: Some(id), .. } => self.push(ChangingPart::Truth(id.clone())),
            NodeKind::Compare(comparison, left, right) => match (&left.kind, right.constant()) {
                (NodeKind::Own { .. }, Some(_)) => {}
                // Working time counts from a moment, which only evaluating finds.
                (NodeKind::Fact { id: Some(id), .. }, Some(value))
                    if !matches!(value, Value::WorkingLength(_) | Value::WorkingDays(_)) =>
                {
                    self.push(ChangingPart::Compared(*comparison, id.clone(), value.clone()));
                }
                _ => self.push(ChangingPart::Other(node.clone())),
            },
            NodeKind::In(needle, items) if items.iter().all(|item| item.constant().is_some()) => match &needle.kind {
                NodeKind::Fact { id: Some(id), .. } => self.push(ChangingPart::Plain(id.clone())),
                NodeKind::Own { .. } => {}
                _ => self.push(ChangingPart::Other(node.clone())),
            },
            _ => self.push(ChangingPart::Other(node.clone())),
        }
    }

    fn push(&mut self, part: ChangingPart) {
        let parts = if part.reads_person() { &mut self.of_person } else { &mut self.of_lead };
        if !part.never_changes() && !parts.contains(&part) {
            parts.push(part);
        }
    }

    /// Notes the changes of what does not read `person`.
    pub(crate) fn note_of_lead(&self, cx: &FactContext) {
        self.of_lead.iter().for_each(|part| part.note(cx));
    }

    /// Notes the changes of what reads the person of a context.
    pub(crate) fn note_of_person(&self, cx: &FactContext) {
        self.of_person.iter().for_each(|part| part.note(cx));
    }
}

impl ChangingPart {
    fn fact(&self) -> Option<&FactId> {
        match self {
            Self::Truth(id) | Self::Plain(id) | Self::Compared(_, id, _) => Some(id),
            Self::Other(_) => None,
        }
    }

    fn reads_person(&self) -> bool {
        match self {
            Self::Other(node) => node.reads_person(),
            known => known.fact().is_some_and(FactId::is_personal),
        }
    }

    /// Whether it is a fact that no passing of time changes.
    fn never_changes(&self) -> bool {
        let fact = self.fact().and_then(FactId::fact);
        fact.is_some_and(|one| is_as_recorded(one.fact))
    }

    fn note(&self, cx: &FactContext) {
        match self {
            Self::Truth(id) => cx.with_numbered(id, |_| ()),
            Self::Plain(id) => {
                if cx.with_numbered(id, |found| found.motion != Motion::Still) {
                    cx.change_within_the_hour();
                }
            }
            Self::Compared(comparison, id, value) => cx.with_numbered(id, |found| {
                note_crossing(cx, *comparison, (&found.value, found.motion), (value, Motion::Still));
            }),
            // Only the changes are wanted.
            Self::Other(node) => drop(outcome(node, cx)),
        }
    }
}
