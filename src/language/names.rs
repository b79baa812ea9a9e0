//! The names that the clauses of a pack may use, beside those of the language itself.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use rhai::AST;

use crate::book::catalogue::Subject;
use crate::book::value::{Type, Value};
use crate::diagnostics::finding::Finding;
use crate::language::source_map::SourceMap;

/// The names of a pack, as its clauses may use them.
#[derive(Clone, Debug, Default)]
pub(super) struct PackNames {
    /// `setting hot_visits = 2`, with the value in force.
    pub settings: BTreeMap<Arc<str>, Value>,
    /// `const WEEK = 7.days`; `None` for what our values cannot hold.
    pub constants: BTreeMap<Arc<str>, Option<Value>>,
    /// `fact budget as number`
    pub facts: BTreeMap<Arc<str>, Type>,
    /// `fn hot(lead) { ... }`
    pub helpers: Vec<HelperFunction>,
    /// Nodes made so far for helper functions put in the place of their calls.
    pub inlined: Cell<usize>,
    /// The helper functions that were looked into without being put in the place of their calls.
    pub looked: RefCell<Vec<HelperNames>>,
    /// True within `given`: signals and times ago are known there.
    pub in_example: bool,
}

/// A helper function.
#[derive(Clone, Debug)]
pub(super) struct HelperFunction {
    pub name: Arc<str>,
    pub params: Vec<Arc<str>>,
    /// Its statements.
    pub body: AST,
    /// Where its parts stand in the file.
    pub places: Rc<SourceMap>,
    /// A bound on the depth of its tree.
    pub depth: usize,
    /// True once a clause calls it.
    pub is_called: Cell<bool>,
}

/// What is wrong with the names in a helper function, when these subjects are handed to it.
#[derive(Clone, Debug)]
pub(super) struct HelperNames {
    pub name: Arc<str>,
    pub handed: Vec<Option<Subject>>,
    pub in_example: bool,
    pub findings: Vec<Finding>,
}

impl HelperNames {
    /// Whether this is the same function, handed the same.
    pub fn is_like(&self, other: &Self) -> bool {
        (&self.name, &self.handed, self.in_example) == (&other.name, &other.handed, other.in_example)
    }
}

impl HelperFunction {
    /// Whether a call of this name with so many values calls it.
    pub fn is(&self, name: &str, values: usize) -> bool {
        &*self.name == name && self.params.len() == values
    }
}

/// Functions that rules may call without an object before them.
pub(super) const BUILT_IN: &[&str] =
    &["find", "hand_over", "date", "moment", "contains", "range", "type_of", "is_def_fn", "is_def_var"];

/// What can be asked of a text, a list, a number or a map.
pub(super) const METHODS: &[&str] = &[
    "abs",
    "contains",
    "ends_with",
    "index_of",
    "insert",
    "is_empty",
    "keys",
    "len",
    "max",
    "min",
    "pad",
    "pop",
    "push",
    "range",
    "remove",
    "replace",
    "reverse",
    "shift",
    "split",
    "starts_with",
    "sub_string",
    "to_debug",
    "to_lower",
    "to_string",
    "to_upper",
    "trim",
    "values",
];
