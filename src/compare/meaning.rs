//! Whether two clauses that are written in different ways mean the same: their compiled trees are alike, spans aside.
//!
//! `24.hours` and `1.day` do, and so do a number and a constant of that value. A clause that is interpreted is not compared: it counts as other.

use std::collections::BTreeMap;

use crate::compare::outline::{Label, OutlineStatement};
use crate::diagnostics::Span;
use crate::pack::Pack;
use crate::pack::expression::{Body, Node, NodeKind};

/// The compiled clauses of a pack, by the line and column at which they begin, and the values of its settings by name.
#[derive(Debug, Default)]
pub(crate) struct Meanings {
    clauses: BTreeMap<(u32, u32), String>,
    settings: BTreeMap<String, String>,
}

impl Meanings {
    /// Those of a pack.
    pub(crate) fn of(pack: &Pack) -> Self {
        let mut pack = pack.clone();
        let settings = pack.settings.iter().map(|one| (one.name.to_string(), one.value.in_rule())).collect();
        let clauses = pack.clauses_mut().filter_map(|clause| match &clause.body {
            Body::Compiled(node) => Some((start(clause.span), tree(node))),
            Body::Interpreted { .. } => None,
        });
        Self { clauses: clauses.collect(), settings }
    }
}

fn start(span: Span) -> (u32, u32) {
    (span.line, span.column)
}

/// Whether two versions of a statement mean the same, although a part of them is written in another way.
pub(crate) fn means_the_same(
    (before, old): (&OutlineStatement, &Meanings),
    (after, new): (&OutlineStatement, &Meanings),
) -> bool {
    let same_parts = before.parts.len() == after.parts.len() && before.name == after.name;
    same_parts
        && before.parts.iter().all(|part| {
            let Some(other) = after.parts.iter().find(|other| other.label == part.label) else { return false };
            let both = match &part.label {
                _ if part.canonical == other.canonical => return true,
                Label::Clause(_) => old.clauses.get(&start(part.span)).zip(new.clauses.get(&start(other.span))),
                Label::Value => {
                    let name = before.name.as_deref().unwrap_or_default();
                    old.settings.get(name).zip(new.settings.get(name))
                }
                Label::Head(_) => None,
            };
            both.is_some_and(|(one, other)| one == other)
        })
}

/// A tree as text, without spans and numbers of nodes.
fn tree(node: &Node) -> String {
    let own = match &node.kind {
        NodeKind::Literal(value) => format!("{value:?}"),
        NodeKind::Setting { name, .. } => format!("setting {name}"),
        NodeKind::Now => "now".to_owned(),
        NodeKind::Fact { subject, fact, .. } => format!("{subject:?}.{fact:?}"),
        NodeKind::Own { name, is_time } => format!("own {name} {is_time}"),
        NodeKind::And(_) => "and".to_owned(),
        NodeKind::Or(_) => "or".to_owned(),
        NodeKind::Not(_) => "not".to_owned(),
        NodeKind::Negate(_) => "negate".to_owned(),
        NodeKind::Compare(comparison, ..) => format!("{comparison:?}"),
        NodeKind::Arith(arithmetic, ..) => format!("{arithmetic:?}"),
        NodeKind::In(..) => "in".to_owned(),
        NodeKind::Contains(..) => "contains".to_owned(),
        NodeKind::InRange(_, first, last, inclusive) => format!("range {first} {last} {inclusive}"),
        NodeKind::Coalesce(_) => "coalesce".to_owned(),
        NodeKind::If(_, _, no) => format!("if {}", no.is_some()),
        NodeKind::Text(_) => "text".to_owned(),
        NodeKind::List(_) => "list".to_owned(),
        NodeKind::Action(action) => format!("{action:?}"),
        NodeKind::Build { method, .. } => format!(".{method}"),
        NodeKind::Method { method, .. } => format!("{method:?}"),
        // What is called is written out below.
        NodeKind::Call { .. } => "call".to_owned(),
    };
    let parts = node.kind.parts();
    if parts.is_empty() {
        return own;
    }
    format!("{own}({})", parts.into_iter().map(tree).collect::<Vec<_>>().join(", "))
}
