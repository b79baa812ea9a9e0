//! The names that a pack declares for its clauses, and the functions that Rhai provides.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
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
    /// What `costs_with_called_helpers` gave for as many helper functions.
    pub helper_costs: RefCell<Vec<u64>>,
    /// How many nodes were made so far for inlined helper functions.
    pub inlined: Cell<usize>,
    /// The helper functions whose names were checked without inlining them.
    pub checked_helpers: RefCell<Vec<CheckedHelper>>,
    /// Whether the current clause belongs to an example: signals and times ago are allowed there.
    pub in_example: bool,
}

impl PackNames {
    /// The facts that are declared as times.
    pub fn times(&self) -> Arc<[Arc<str>]> {
        self.facts.iter().filter(|(_, kind)| **kind == Type::Moment).map(|(name, _)| name.clone()).collect()
    }

    /// How many operations a step costs in the helper functions that this text calls, directly or through others.
    pub fn step_cost_of_helpers(&self, text: &str) -> u64 {
        if self.helper_costs.borrow().len() != self.helpers.len() {
            *self.helper_costs.borrow_mut() = self.costs_with_called_helpers();
        }
        let (words, costs) = (words(text), self.helper_costs.borrow());
        let called = self
            .helpers
            .iter()
            .zip(costs.iter())
            .filter_map(|(helper, cost)| words.contains(&*helper.name).then_some(*cost));
        called.max().unwrap_or(1)
    }

    /// For each helper function how many operations a step costs in it and in those that it calls, directly or through others.
    fn costs_with_called_helpers(&self) -> Vec<u64> {
        let called = |helper: &HelperFunction| -> Vec<usize> {
            let names = self.helpers.iter().enumerate();
            names.filter(|(_, other)| helper.words.contains(&*other.name)).map(|(nth, _)| nth).collect()
        };
        let calls: Vec<Vec<usize>> = self.helpers.iter().map(called).collect();
        let mut costs: Vec<u64> = self.helpers.iter().map(|helper| helper.step_cost).collect();
        loop {
            let of = |called: &Vec<usize>| called.iter().filter_map(|nth| costs.get(*nth).copied()).max();
            let raised: Vec<u64> =
                calls.iter().zip(&costs).map(|(called, cost)| of(called).unwrap_or(1).max(*cost)).collect();
            if raised == costs {
                return costs;
            }
            costs = raised;
        }
    }
}

/// The words of a text: what may be names in it.
pub(super) fn words(text: &str) -> BTreeSet<Box<str>> {
    let words = text.split(|letter: char| letter != '_' && !letter.is_alphanumeric());
    words.filter(|word| !word.is_empty()).map(Box::from).collect()
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
    /// How many operations a step of it costs (`operation_meter::step_cost`).
    pub step_cost: u64,
    /// The names in its text, among which are those of the functions that it calls.
    pub words: BTreeSet<Box<str>>,
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
pub(crate) const BUILT_IN: &[&str] =
    &["find", "hand_over", "date", "moment", "contains", "range", "type_of", "is_def_fn", "is_def_var"];

/// The methods of texts, lists, numbers and maps.
pub(crate) const METHODS: &[&str] = &[
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
