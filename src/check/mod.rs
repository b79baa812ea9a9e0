//! Checks clauses and packs before they run: types, lints (one file each), and a pack against leads.

pub(crate) mod against_leads;
pub(crate) mod clause;
pub(crate) mod lints;
pub(crate) mod types;
