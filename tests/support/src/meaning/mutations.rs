//! Mutations of expression trees, each wrong in one way, to test that the comparison with Rhai detects them.

use cadans::book::catalogue::Subject;
use cadans::book::value::Value;
use cadans::pack::expression::{Arithmetic, Comparison, Method, Node, NodeKind};

/// A mutation: its name, and its effect on one node.
type Spoiler = (&'static str, fn(&mut Node));

/// All mutations.
pub const MUTATIONS: &[Spoiler] = &[
    ("< is <=", |node| {
        if let NodeKind::Compare(comparison @ Comparison::Less, ..) = &mut node.kind {
            *comparison = Comparison::LessOrEqual;
        }
    }),
    (">= is >", |node| {
        if let NodeKind::Compare(comparison @ Comparison::GreaterOrEqual, ..) = &mut node.kind {
            *comparison = Comparison::Greater;
        }
    }),
    ("is not is the opposite of <", |node| {
        if let NodeKind::Compare(comparison @ Comparison::Less, left, right) = &mut node.kind {
            *comparison = Comparison::GreaterOrEqual;
            let compared = NodeKind::Compare(*comparison, left.clone(), right.clone());
            node.kind = NodeKind::Not(Box::new(Node::new(node.span, compared)));
        }
    }),
    ("counts divide with decimals", |node| {
        if let NodeKind::Arith(Arithmetic::Divide, left, _) = &mut node.kind {
            let one = Box::new(Node::new(left.span, NodeKind::Literal(Value::Number(1.0))));
            left.kind = NodeKind::Arith(Arithmetic::Multiply, Box::new((**left).clone()), one);
        }
    }),
    ("- goes the other way", |node| {
        if let NodeKind::Arith(Arithmetic::Subtract, left, right) = &mut node.kind {
            std::mem::swap(left, right);
        }
    }),
    ("and is or", |node| {
        if let NodeKind::And(nodes) = &mut node.kind {
            node.kind = NodeKind::Or(std::mem::take(nodes));
        }
    }),
    ("or is and", |node| {
        if let NodeKind::Or(nodes) = &mut node.kind {
            node.kind = NodeKind::And(std::mem::take(nodes));
        }
    }),
    ("and goes from right to left", |node| {
        if let NodeKind::And(nodes) = &mut node.kind {
            nodes.reverse();
        }
    }),
    ("not takes unknown for false", |node| {
        if let NodeKind::Not(inner) = &mut node.kind {
            **inner = or_else(inner, Value::Truth(false));
        }
    }),
    ("and takes unknown for false", |node| {
        if let NodeKind::And(nodes) = &mut node.kind {
            nodes.iter_mut().for_each(|node| *node = or_else(node, Value::Truth(false)));
        }
    }),
    ("< takes unknown for 0", |node| {
        if let NodeKind::Compare(Comparison::Less, left, _) = &mut node.kind {
            **left = or_else(left, Value::Whole(0));
        }
    }),
    ("?? takes false for unknown", |node| {
        if let NodeKind::Coalesce(nodes) = &mut node.kind
            && let Some(first) = nodes.first_mut()
        {
            let no = Box::new(Node::new(first.span, NodeKind::Literal(Value::Truth(false))));
            let is_no = NodeKind::Compare(Comparison::Equal, Box::new(first.clone()), no);
            let unknown = Box::new(Node::new(first.span, NodeKind::Literal(Value::Unknown)));
            let is_no = Box::new(Node::new(first.span, is_no));
            first.kind = NodeKind::If(is_no, unknown, Some(Box::new(first.clone())));
        }
    }),
    ("an if without else is false", |node| {
        if let NodeKind::If(_, _, no @ None) = &mut node.kind {
            *no = Some(Box::new(Node::new(node.span, NodeKind::Literal(Value::Truth(false)))));
        }
    }),
    ("in leaves the last one out", |node| {
        if let NodeKind::In(_, items) = &mut node.kind {
            items.pop();
        }
    }),
    ("a range ends one later", |node| {
        if let NodeKind::InRange(_, _, _, inclusive) = &mut node.kind {
            *inclusive = true;
        }
    }),
    ("starts_with looks at the end", |node| {
        if let NodeKind::Method { method: method @ Method::StartsWith, .. } = &mut node.kind {
            *method = Method::EndsWith;
        }
    }),
    ("days are hours", |node| {
        if let NodeKind::Method { method: Method::Unit(unit @ "days"), .. } = &mut node.kind {
            *unit = "hours";
        }
    }),
    ("what a helper is handed is computed when it is needed", |node| {
        if let NodeKind::Call { args, .. } = &mut node.kind {
            args.clear();
        }
    }),
    ("a builder is passed over", |node| {
        if let NodeKind::Build { on, .. } = &mut node.kind {
            node.kind = on.kind.clone();
        }
    }),
    ("the account is asked instead of the lead", |node| {
        if let NodeKind::Fact { subject: subject @ Subject::Lead, .. } = &mut node.kind {
            *subject = Subject::Account;
        }
    }),
    ("an error is told at the left side of an operation", |node| {
        if let NodeKind::Arith(_, left, _) | NodeKind::Contains(left, _) = &node.kind {
            node.span = left.span;
        }
    }),
    ("an error is told at what the operation belongs to", |node| {
        let span = node.span;
        node.kind.parts_mut().into_iter().for_each(|part| part.span = span);
    }),
];

/// Applies a mutation to a node and all its parts.
pub fn apply_everywhere(node: &mut Node, mutate: fn(&mut Node)) {
    for part in node.kind.parts_mut() {
        apply_everywhere(part, mutate);
    }
    // The number of a fact stands for its subject and arguments as they were.
    if let NodeKind::Fact { id, .. } = &mut node.kind {
        *id = None;
    }
    mutate(node);
}

/// `node ?? value`
fn or_else(node: &Node, value: Value) -> Node {
    let value = Node::new(node.span, NodeKind::Literal(value));
    Node::new(node.span, NodeKind::Coalesce(vec![node.clone(), value]))
}
