//! The names that a pack declares for its clauses, and the functions that Rhai provides.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use rhai::AST;

use crate::book::catalogue::Subject;
use crate::book::value::{Type, Value};
use crate::diagnostics::finding::Finding;
use crate::language::source_map::SourceMap;

/// The declared names of a pack.
#[derive(Clone, Debug, Default)]
pub(super) struct PackNames {
    /// `setting hot_visits = 2`: its value after overrides.
    pub settings: BTreeMap<Arc<str>, Value>,
    /// `const WEEK = 7.days`; `None` for a value that ours cannot hold.
    pub constants: BTreeMap<Arc<str>, Option<Value>>,
    /// `fact budget as number`
    pub facts: BTreeMap<Arc<str>, Type>,
    /// `fn hot(lead) { ... }`
    pub helpers: Vec<HelperFunction>,
    /// How many nodes were made so far for inlined helper functions.
    pub inlined: Cell<usize>,
    /// The helper functions whose names were checked without inlining them.
    pub checked_helpers: RefCell<Vec<CheckedHelper>>,
    /// Whether the current clause belongs to an example: signals and times ago are allowed there.
    pub in_example: bool,
}

/// A helper function of the pack.
#[derive(Clone, Debug)]
pub(super) struct HelperFunction {
    /// Its name.
    pub name: Arc<str>,
    /// The names of its parameters.
    pub params: Vec<Arc<str>>,
    /// Its statements.
    pub body: AST,
    /// The positions of its parts in the file.
    pub source_map: Rc<SourceMap>,
    /// An upper bound on the depth of its tree.
    pub depth: usize,
    /// Whether a clause read so far calls it.
    pub is_called: Cell<bool>,
}

/// The findings about the names in a helper function that is called with these subjects.
#[derive(Clone, Debug)]
pub(super) struct CheckedHelper {
    /// The function's name.
    pub name: Arc<str>,
    /// The subject that is passed for each parameter; `None` for any other value.
    pub subjects: Vec<Option<Subject>>,
    /// Whether an example calls it.
    pub in_example: bool,
    /// What was found.
    pub findings: Vec<Finding>,
}

impl CheckedHelper {
    /// Whether this is the same function, called with the same subjects from the same kind of clause.
    pub fn is_same_call(&self, other: &Self) -> bool {
        (&self.name, &self.subjects, self.in_example) == (&other.name, &other.subjects, other.in_example)
    }
}

impl HelperFunction {
    /// Whether a call of this name with this number of arguments calls it.
    pub fn is(&self, name: &str, values: usize) -> bool {
        &*self.name == name && self.params.len() == values
    }
}

/// The functions of the language that are not methods.
pub(super) const BUILT_IN: &[&str] =
    &["find", "hand_over", "date", "moment", "contains", "range", "type_of", "is_def_fn", "is_def_var"];

/// The methods of texts, lists, numbers and maps.
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
