//! How much the door takes. Every limit is far above what a sales team has, and below what hurts the machine.

/// Bytes in one file (1 GiB; it is read in pieces, so it need not fit in the memory of a module).
pub const FILE_BYTES: usize = 1 << 30;
/// Leads in one file.
pub const LEADS: usize = 1_000_000;
/// Signals of one lead.
pub const SIGNALS_PER_LEAD: usize = 100_000;
/// People of one lead.
pub const PEOPLE_PER_LEAD: usize = 1_000;
/// Own facts of one lead, and entries of every other list in it.
pub const ENTRIES: usize = 1_000;
/// Bytes in one text.
pub const TEXT_BYTES: usize = 10_000;
/// Brackets within brackets in one record. The format itself needs five.
pub const DEPTH: usize = 32;
/// Problems told about one lead; the rest appears when these are solved.
pub const PROBLEMS_PER_LEAD: usize = 20;
/// The largest amount or other number; beyond it lie typing errors, and whole numbers are no longer exact.
pub const NUMBER: f64 = 1e15;
