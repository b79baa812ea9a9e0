//! Conditions that are false for every lead.
//!
//! Only what reads nothing of the lead is looked at: literals, settings, and what `and`, `or` and `not` make of them. What is not known counts as
//! possible, so that a rule is never said to be dead that is not.

use crate::book::value::Value;
use crate::evaluate::clause::constant;
use crate::pack::expression::{Body, Clause, Node, NodeKind};

/// Whether a statement with these clauses holds for no lead: its `when` is always false, or its `unless` always true.
pub(super) fn never_holds(when: Option<&Clause>, unless: Option<&Clause>) -> bool {
    always(when) == Some(false) || always(unless) == Some(true)
}

/// What a condition comes to for every lead; `None` where that is not known.
fn always(clause: Option<&Clause>) -> Option<bool> {
    match &clause?.body {
        Body::Compiled(node) => truth(node),
        Body::Interpreted { .. } => None,
    }
}

fn truth(node: &Node) -> Option<bool> {
    let any = |nodes: &[Node], wanted: bool| nodes.iter().any(|node| truth(node) == Some(wanted));
    let all = |nodes: &[Node], wanted: bool| nodes.iter().all(|node| truth(node) == Some(wanted));
    match &node.kind {
        NodeKind::And(nodes) if any(nodes, false) => Some(false),
        NodeKind::And(nodes) => all(nodes, true).then_some(true),
        NodeKind::Or(nodes) if any(nodes, true) => Some(true),
        NodeKind::Or(nodes) => all(nodes, false).then_some(false),
        NodeKind::Not(inner) => truth(inner).map(|truth| !truth),
        NodeKind::Call { body, args, .. } if args.is_empty() => truth(body),
        _ if reads_nothing(node) => match constant(node) {
            Ok(Value::Truth(truth)) => Some(truth),
            _ => None,
        },
        _ => None,
    }
}

/// Whether a node has the same value for every lead at every moment.
fn reads_nothing(node: &Node) -> bool {
    !matches!(node.kind, NodeKind::Now | NodeKind::Fact { .. } | NodeKind::Own { .. })
        && node.kind.parts().into_iter().all(reads_nothing)
}
