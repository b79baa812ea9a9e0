//! The checker: type inference, lints (one file each), and packs against each other, against the leads of
//! a book, with the hours of those leads, and against a moment.

pub(crate) mod against_leads;
pub(crate) mod clause;
pub(crate) mod customers_elsewhere;
pub(crate) mod lead_hours;
pub(crate) mod lead_values;
pub(crate) mod lints;
pub(crate) mod needed_packs;
pub(crate) mod pack_dates;
pub(crate) mod policy_countries;
pub(crate) mod touch_names;
pub(crate) mod types;
