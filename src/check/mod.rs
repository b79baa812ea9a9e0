//! The checker: type inference, lints (one file each), and packs against each other, against the leads of
//! a book, with the hours of those leads, and against a moment.

/// Whether this build is for authors of rules (feature `editing`): whether it reads examples, and looks for what is doubtful and changes no
/// decision, which warnings and notes tell. A module that only decides finds errors, and leaves out what has them.
pub(crate) const FOR_AUTHORS: bool = cfg!(feature = "editing");

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
