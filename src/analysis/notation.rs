//! The notation of a part of a condition that is not taken apart: two parts with the same notation have the same value for every lead.
//!
//! It is read by nobody. Settings and constants are written by their values, because another pack may call its own the same.

use crate::analysis::classifier::constant_value;
use crate::pack::expression::{Node, NodeKind};

/// The notation of a node.
pub(crate) fn notation(node: &Node) -> String {
    if let Some(value) = constant_value(node) {
        return value.in_rule();
    }
    let list = |nodes: &[Node]| nodes.iter().map(notation).collect::<Vec<_>>().join(", ");
    match &node.kind {
        NodeKind::Literal(value) | NodeKind::Setting { value, .. } => value.in_rule(),
        NodeKind::Now => "now".to_owned(),
        NodeKind::Fact { subject, fact, args, .. } => format!("{}.{fact:?}({})", subject.word(), list(args)),
        NodeKind::Own { name, .. } => format!("lead.{name}"),
        NodeKind::And(nodes) => format!("and({})", list(nodes)),
        NodeKind::Or(nodes) => format!("or({})", list(nodes)),
        NodeKind::Coalesce(nodes) => format!("known({})", list(nodes)),
        NodeKind::Text(nodes) => format!("text({})", list(nodes)),
        NodeKind::List(nodes) => format!("[{}]", list(nodes)),
        NodeKind::Not(inner) => format!("not({})", notation(inner)),
        NodeKind::Negate(inner) => format!("minus({})", notation(inner)),
        NodeKind::Compare(comparison, left, right) => {
            format!("{comparison:?}({}, {})", notation(left), notation(right))
        }
        NodeKind::Arith(operation, left, right) => format!("{operation:?}({}, {})", notation(left), notation(right)),
        NodeKind::In(needle, items) => format!("in({}, {})", notation(needle), list(items)),
        NodeKind::Contains(needle, haystack) => format!("in({}, {})", notation(needle), notation(haystack)),
        NodeKind::InRange(needle, first, last, inclusive) => {
            format!("in({}, {first}..{last} {inclusive})", notation(needle))
        }
        NodeKind::If(condition, yes, no) => {
            let no = no.as_deref().map(notation).unwrap_or_default();
            format!("if({}, {}, {no})", notation(condition), notation(yes))
        }
        NodeKind::Action(action) => format!("{action:?}"),
        NodeKind::Build { on, method, args } => format!("{}.{method}({})", notation(on), list(args)),
        NodeKind::Method { on, method, args } => format!("{}{}({})", notation(on), method.written(), list(args)),
        NodeKind::Call { args, body, .. } if args.is_empty() => notation(body),
        NodeKind::Call { args, body, .. } => format!("call({}, {})", notation(body), list(args)),
    }
}
