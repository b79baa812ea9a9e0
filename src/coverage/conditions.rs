//! The sides of `and` and `or` in conditions, and which ways they are decided for a lead.

use std::sync::Arc;

use crate::coverage::{ConditionCoverage, Decided};
use crate::diagnostics::Span;
use crate::evaluate::clause::truth_of;
use crate::evaluate::facts::FactContext;
use crate::pack::expression::{Body, Clause, Node, NodeKind};

/// The sides of the conditions of one statement, and those of the helper functions of its pack.
pub(super) struct Sides<'s> {
    /// The text of the file.
    pub(super) source: &'s Arc<str>,
    /// Of the statement.
    pub(super) own: &'s mut Vec<ConditionCoverage>,
    /// Of helper functions: whoever calls one decides them.
    pub(super) helpers: &'s mut Vec<ConditionCoverage>,
}

impl Sides<'_> {
    /// Lists the sides of a clause; with the whole of it where `whole` is true.
    pub(super) fn list(&mut self, word: &'static str, clause: &Clause, whole: bool) {
        if whole {
            self.list_side(word, clause, clause.span);
        }
        if let Body::Compiled(root) = &clause.body {
            each_side(root, &mut |side| self.list_side(word, clause, side.span));
        }
    }

    fn list_side(&mut self, word: &'static str, clause: &Clause, span: Span) {
        let source = self.source.clone();
        let sides = self.sides_of(clause, span);
        if sides.iter().all(|side| side.span != span) {
            let text = span.bytes(&source).and_then(|bytes| source.get(bytes)).unwrap_or_default();
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            sides.push(ConditionCoverage { clause: word, text, span, decided: Decided::default() });
        }
    }

    /// Decides the sides of a clause for a lead (and person).
    pub(super) fn decide(&mut self, clause: &Clause, cx: &FactContext) {
        if let Body::Compiled(root) = &clause.body {
            decide(root, cx, &mut |side, holds| self.add(clause, side.span, holds));
        }
    }

    /// Adds what a side of a clause, or its whole, came to. Nothing for a place that is not listed.
    pub(super) fn add(&mut self, clause: &Clause, span: Span, holds: bool) {
        if let Some(side) = self.sides_of(clause, span).iter_mut().find(|side| side.span == span) {
            side.decided.add(holds);
        }
    }

    /// The sides among which one at this place belongs. The body of a helper function has its place in that function.
    fn sides_of(&mut self, clause: &Clause, span: Span) -> &mut Vec<ConditionCoverage> {
        let is_own = clause.span.to(span) == clause.span;
        if is_own { self.own } else { self.helpers }
    }
}

/// Calls `found` for each side of each `and` and `or` below this node.
fn each_side<'n>(node: &'n Node, found: &mut impl FnMut(&'n Node)) {
    if let NodeKind::And(sides) | NodeKind::Or(sides) = &node.kind {
        sides.iter().for_each(&mut *found);
    }
    node.kind.parts().into_iter().for_each(|part| each_side(part, found));
}

/// Calls `decided` for each side that is evaluated for a lead, with what it comes to: those after a false side of `and`, a true side of `or`, or a
/// failure are not.
fn decide<'n>(node: &'n Node, cx: &FactContext, decided: &mut impl FnMut(&'n Node, bool)) {
    match &node.kind {
        NodeKind::And(sides) | NodeKind::Or(sides) => {
            let goes_on = matches!(node.kind, NodeKind::And(_));
            for side in sides {
                decide(side, cx, decided);
                let Ok(holds) = truth_of(side, cx) else { return };
                decided(side, holds);
                if holds != goes_on {
                    return;
                }
            }
        }
        NodeKind::If(condition, yes, no) => {
            decide(condition, cx, decided);
            match (truth_of(condition, cx), no) {
                (Ok(true), _) => decide(yes, cx, decided),
                (Ok(false), Some(no)) => decide(no, cx, decided),
                _ => {}
            }
        }
        _ => node.kind.parts().into_iter().for_each(|part| decide(part, cx, decided)),
    }
}
