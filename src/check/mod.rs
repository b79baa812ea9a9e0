//! The checker: type inference, lints (one file each), and packs against the leads of a book and against a moment.

pub(crate) mod against_leads;
pub(crate) mod clause;
pub(crate) mod lints;
pub(crate) mod pack_dates;
pub(crate) mod policy_countries;
pub(crate) mod types;
