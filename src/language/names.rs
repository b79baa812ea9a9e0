//! The names that the clauses of a pack may use, beside those of the language itself.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::book::value::{Type, Value};

/// The names of a pack, as its clauses may use them.
#[derive(Clone, Debug, Default)]
pub(super) struct Names {
    /// `setting hot_visits = 2`, with the value in force.
    pub settings: BTreeMap<Arc<str>, Value>,
    /// `const WEEK = 7.days`; `None` for what our values cannot hold.
    pub constants: BTreeMap<Arc<str>, Option<Value>>,
    /// `fact budget as number`
    pub facts: BTreeMap<Arc<str>, Type>,
    /// `fn hot(lead) { ... }`: name and number of parameters.
    pub functions: Vec<(String, usize)>,
    /// True within `given`: signals and times ago are known there.
    pub in_example: bool,
}

/// Functions that rules may call without an object before them.
pub(super) const BUILT_IN: &[&str] =
    &["find", "hand_over", "date", "moment", "contains", "range", "type_of", "is_def_fn", "is_def_var"];
