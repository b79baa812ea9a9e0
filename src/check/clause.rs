//! Checks a clause that could be parsed: names and types that Rhai would accept, but that cannot mean what their author wants.
//!
//! In Rhai a number and a text can be compared, and are never equal. Here that is an error, as is a word outside its closed list
//! (`lead.stage is "intrest"`), a method with the wrong arguments, and a condition that is neither true nor false. Nothing is reported
//! when a type cannot be inferred: a false positive is worse than a missed error. Each check is a file in [`lints`](crate::check::lints);
//! this file applies them to every node.

use std::collections::BTreeMap;

use crate::book::catalogue::{self, Subject};
use crate::check::FOR_AUTHORS;
use crate::check::lints::thousands_dot::WrittenNumber;
use crate::check::lints::{ERROR_LINTS, LintContext, STATEMENT_LINTS, StatementContext, WARNING_LINTS};
use crate::check::types::{DeclaredFacts, infer_types};
use crate::diagnostics::finding::Finding;
use crate::pack::expression::Node;
use crate::pack::statement_forms::ClausePurpose;

/// A clause to check.
#[derive(Clone, Copy)]
pub(crate) struct ClauseSource<'a> {
    /// What the clause is for.
    pub purpose: ClausePurpose,
    /// The text of its file.
    pub source: &'a str,
    /// The facts that its pack declares.
    pub own: DeclaredFacts<'a>,
    /// The numbers with a dot of thousands in the declarations of settings and constants, by name.
    pub declared_thousands: &'a BTreeMap<String, Vec<WrittenNumber>>,
    /// The values that are known when this clause is evaluated, because the `when` of its statement holds; `None` when its `when` is
    /// interpreted or broken.
    pub known_values: Option<&'a [Node]>,
}

/// The findings of all lints about a clause whose nodes have ids. A part that the tree cannot express must be an unknown value in it.
pub(crate) fn check(root: &Node, clause: ClauseSource<'_>) -> Vec<Finding> {
    let cx = LintContext { clause, root, types: infer_types(root, clause.own) };
    let mut findings = Vec::new();
    visit(root, &mut |node| {
        for lint in ERROR_LINTS {
            lint(node, &cx, &mut findings);
        }
        if FOR_AUTHORS {
            for lint in WARNING_LINTS {
                lint(node, &cx, &mut findings);
            }
        }
    });
    findings
}

/// The findings of all lints about a statement as a whole.
pub(crate) fn check_statement(statement: &StatementContext<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    if FOR_AUTHORS {
        STATEMENT_LINTS.iter().for_each(|lint| lint(statement, &mut findings));
    }
    findings
}

/// Calls `visitor` for each node of a tree, a node before its parts.
pub(crate) fn visit<'a>(node: &'a Node, visitor: &mut impl FnMut(&'a Node)) {
    visitor(node);
    node.kind.parts().into_iter().for_each(|part| visit(part, visitor));
}

/// Whether the catalogue has a fact of the lead with this name, so that a pack cannot declare one.
pub fn is_catalogue_fact(name: &str) -> bool {
    catalogue::find(Subject::Lead, name).is_some()
}
