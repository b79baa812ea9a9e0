//! Every limit on what users write or load, by name: rule packs, running rules, and lead files.
//!
//! A limit keeps a broken or hostile file from taking the time, the memory or the stack of the page it runs in. All are far above what a
//! team needs. A limit met while reading is reported with its place; a limit met while a rule runs is a fault of that rule for that lead,
//! and the other rules go on.

// Rule packs and running rules.

/// Packs in one rulebook.
pub const PACKS: usize = 200;
/// Bytes of text in one pack.
pub const PACK_BYTES: usize = 1 << 20;
/// Statements in one pack.
pub const STATEMENTS: usize = 5_000;
/// Bytes in one clause or helper function. Below 65,535, so that Rhai's 16-bit lines and columns never run over.
pub const CLAUSE_BYTES: usize = 60_000;
/// `setting` and `const` statements in one pack, together: each is computed while reading.
pub const NAMES: usize = 300;
/// `fn` statements in one pack.
pub const FUNCTIONS: usize = 200;
/// Brackets within brackets.
pub const NESTING: usize = 40;
/// Depth of the tree of one clause: brackets, signs, chains of dots and sums all count, `and` and `or` do not.
pub const DEPTH: usize = 120;
/// The same for a helper function, which may call itself [`CALLS`] deep.
pub const FUNCTION_DEPTH: usize = 64;
/// Helper functions put in the place of their calls within one another; below [`CALLS`], so that what is compiled never
/// meets that limit.
pub const INLINED_CALLS: usize = 12;
/// Depth of helper functions put in the place of their calls within one another, together, on top of [`DEPTH`].
pub const INLINED_DEPTH: usize = 120;
/// Nodes of the tree of one clause that come from helper functions. Twelve functions that each call the next one twice
/// would make four thousand.
pub const INLINED: usize = 1_000;
/// The same for all clauses of one pack together.
pub const INLINED_IN_PACK: usize = 200_000;
/// Rhai's own measure of depth while parsing, in clauses and helper functions alike. Set, because its default differs between
/// debug and release builds; high, because it counts each `and`, and [`DEPTH`] is what keeps the stack small.
pub const PARSE_DEPTH: usize = 1_000;
/// Diagnostics told for one pack; the rest is counted.
pub const DIAGNOSTICS: usize = 200;
/// Names that nobody knows in one clause; Rhai is asked again after each.
pub const STRANGE_NAMES: usize = 20;

/// Steps of Rhai's walker in one clause for one lead.
pub const OPERATIONS: u64 = 50_000;
/// Helper functions calling one another. WebAssembly's stack ends near 250.
pub const CALLS: usize = 16;
/// Characters in a text that a rule makes.
pub const TEXT: usize = 20_000;
/// Items in a list that a rule makes.
pub const LIST: usize = 5_000;
/// Entries in a map that a rule makes.
pub const MAP: usize = 1_000;
/// Variables in force at once in a clause, settings and constants included.
pub const VARIABLES: usize = 1_000;

// Lead files.

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
pub const RECORD_DEPTH: usize = 32;
/// Problems told about one lead; the rest appears when these are solved.
pub const PROBLEMS_PER_LEAD: usize = 20;
/// The largest amount or other number; beyond it lie typing errors, and whole numbers are no longer exact.
pub const NUMBER: f64 = 1e15;
