//! Some hundred leads side by side.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::column::Column;
use super::log::Log;
use crate::book::catalogue::Fact;

/// How many leads a page holds at most: enough that one operation serves many, few enough that its columns stay in the cache.
pub const PAGE: usize = 512;

/// Up to [`PAGE`] leads.
#[derive(Clone, Debug)]
pub struct Page {
    /// How many leads.
    pub len: usize,
    /// The fields of the record that are the same fact whenever it is asked: `lead.country`, `lead.value`, `account.industry` ...,
    /// as the catalogue calls them (subject lead; those of the account under its own facts: region, industry, employees, customer).
    ///
    /// A fact that says how long ago a recorded moment was (`age`, `stage_for`, `customer_for`) is kept as that moment, in
    /// [`Wholes`](super::Cells::Wholes); `stage` is the stage on record; `people` how many there are.
    pub records: BTreeMap<Fact, Column>,
    /// The team's own fields.
    pub fields: BTreeMap<Arc<str>, Column>,
    /// What happened.
    pub log: Log,
}
