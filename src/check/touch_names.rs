//! The names of content, skills and people that the touches of a pack refer to.

#[cfg(feature = "editing")]
use std::collections::BTreeSet;

#[cfg(feature = "editing")]
use crate::book::value::Value;
#[cfg(feature = "editing")]
use crate::check::clause::visit;
use crate::pack::Pack;
#[cfg(feature = "editing")]
use crate::pack::expression::Body;
use crate::pack::expression::{Clause, Node, NodeKind};
use crate::pack::touch::{ONLY_TO, TO};

/// What a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NameKind {
    /// A piece of content: `.offer("guide")`.
    Content,
    /// A skill of reps: `.rep("legal")`.
    Skill,
    /// A role or a person: `.to("decider")`.
    Person,
}

/// The clauses of a pack that propose touches.
pub(crate) fn proposals(pack: &Pack) -> impl Iterator<Item = &Clause> {
    pack.rules.iter().map(|rule| &rule.then).chain(pack.cadences.iter().map(|cadence| &cadence.steps))
}

/// The names that a builder method is given, one or a list of them, and what they stand for; `None` for any other node.
pub(crate) fn names_in(node: &Node) -> Option<(NameKind, &[Node])> {
    let NodeKind::Build { method, args, .. } = &node.kind else { return None };
    let [arg] = args.as_slice() else { return None };
    let kind = match &**method {
        "offer" => NameKind::Content,
        "rep" => NameKind::Skill,
        TO | ONLY_TO => NameKind::Person,
        _ => return None,
    };
    Some((kind, if let NodeKind::List(names) = &arg.kind { names } else { args }))
}

/// The names of a kind that the touches of a pack are written with. What a clause computes, and what an interpreted clause says, is not known.
#[cfg(feature = "editing")]
pub(crate) fn names_of_kind(pack: &Pack, kind: NameKind) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for clause in proposals(pack) {
        let Body::Compiled(node) = &clause.body else { continue };
        visit(node, &mut |node| {
            let names = names_in(node).filter(|(own, _)| *own == kind).map(|(_, names)| names).unwrap_or_default();
            for name in names {
                if let NodeKind::Literal(Value::Text(name)) | NodeKind::Setting { value: Value::Text(name), .. } =
                    &name.kind
                {
                    found.insert(name.to_string());
                }
            }
        });
    }
    found
}
