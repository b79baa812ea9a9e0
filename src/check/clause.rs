//! Everything to be said about a clause that could be read: names and types that would run, but not say what is meant.
//!
//! Rhai compares a count with a text without a word and calls it false. Here it is an error, as is a word outside the
//! vocabulary that it is compared with (`lead.stage is "intrest"`), a method with arguments that do not fit, and a condition
//! that is neither true nor false. What cannot be told is left alone: a false alarm is worse than none. Each kind of fault is
//! a file in [`lints`](crate::check::lints); this one only goes through the tree.

use crate::book::catalogue::{self, Subject};
use crate::check::lints::{LINTS, LintContext};
use crate::check::types::{DeclaredFacts, of_tree};
use crate::diagnostics::finding::Finding;
use crate::pack::expression::Node;
use crate::pack::statement_forms::ClausePurpose;

/// A clause as its author wrote it, and what it is for.
#[derive(Clone, Copy)]
pub(crate) struct ClauseSource<'a> {
    /// What it is for.
    pub purpose: ClausePurpose,
    /// The text of its file.
    pub source: &'a str,
    /// The own facts of its pack.
    pub own: DeclaredFacts<'a>,
    /// The values that are known where this is asked, because the `when` of its statement holds; `None` when that cannot be told.
    pub known_values: Option<&'a [Node]>,
}

/// Everything to be said about a clause, whose nodes are numbered. What the tree cannot hold is an unknown value in it, about which nothing is said.
pub(crate) fn check(root: &Node, written: ClauseSource<'_>) -> Vec<Finding> {
    let cx = LintContext { written, root, types: of_tree(root, written.own) };
    let mut findings = Vec::new();
    visit(root, &mut |node| {
        for lint in LINTS {
            lint(node, &cx, &mut findings);
        }
    });
    findings
}

/// Goes through a tree, each node before what it is made of.
pub(crate) fn visit<'a>(node: &'a Node, see: &mut impl FnMut(&'a Node)) {
    see(node);
    node.kind.parts().into_iter().for_each(|part| visit(part, see));
}

/// True when the name is taken by the catalogue, so that a fact of the team's own cannot have it.
pub fn is_taken(name: &str) -> bool {
    catalogue::find(Subject::Lead, name).is_some()
}
