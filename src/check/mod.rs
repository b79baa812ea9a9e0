//! The checker: type inference, lints (one file each), and packs against the leads of a book.

pub(crate) mod against_leads;
pub(crate) mod clause;
pub(crate) mod lints;
pub(crate) mod types;
