//! Rule files: what they mean, what is said of them, how they are written, compared and handed over; and what the pages say of them.

mod analysis;
mod compare;
mod coverage;
mod diagnostics;
mod editor;
mod format;
mod growth;
mod handover;
mod hostile;
mod language;
mod meaning;
mod packs;
mod pages;
mod readme;
mod rules_on_leads;
mod semantics;
