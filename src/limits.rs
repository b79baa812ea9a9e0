//! The limits of rule packs, of running rules, and of lead files.
//!
//! A limit keeps a broken or hostile file from exhausting the time, memory or stack of the page that loads it. All limits are far above what a
//! team needs. A limit exceeded while parsing is reported with its position. A limit exceeded while a rule runs is an error of that rule for
//! that lead, and the other rules still run.

// Rule packs and running rules.

/// Packs in one rulebook.
pub const PACKS: usize = 200;
/// Layers of one rulebook.
pub const LAYERS: usize = 200;
/// `without` and `adjust` statements of one rulebook that are followed.
pub const LAYER_CHANGES: usize = 1_000;
/// Bytes of text in one pack.
pub const PACK_BYTES: usize = 1 << 20;
/// Statements in one pack.
pub const STATEMENTS: usize = 5_000;
/// Bytes in one clause or helper function. Below 65,535, so that Rhai's 16-bit lines and columns never overflow.
pub const CLAUSE_BYTES: usize = 60_000;
/// Cases in the examples of one pack, each row of a table one.
pub const EXAMPLE_CASES: usize = 5_000;
/// `setting` and `const` statements in one pack, together; each is evaluated while the pack is parsed.
pub const NAMES: usize = 300;
/// `fn` statements in one pack.
pub const FUNCTIONS: usize = 200;
/// Nested brackets.
pub const NESTING: usize = 40;
/// Depth of the tree of one clause: brackets, signs, chains of dots and sums all count, `and` and `or` do not.
pub const DEPTH: usize = 120;
/// Depth of the tree of a helper function, which may call itself [`CALLS`] deep.
pub const FUNCTION_DEPTH: usize = 64;
/// Nested inlining of helper functions. Below [`CALLS`], so that compiled expressions never reach that limit.
pub const INLINED_CALLS: usize = 12;
/// Total depth of the trees of inlined helper functions, in addition to [`DEPTH`].
pub const INLINED_DEPTH: usize = 120;
/// Nodes of the tree of one clause that come from inlined helper functions. Without it, twelve functions that each call the next one twice
/// would give four thousand.
pub const INLINED: usize = 1_000;
/// Nodes that come from inlined helper functions in all clauses of one pack together.
pub const INLINED_IN_PACK: usize = 200_000;
/// Rhai's limit of the depth of expressions while parsing. It is set because its default differs between debug and release builds, and high
/// because it counts each `and`; [`DEPTH`] is what bounds the stack.
pub const PARSE_DEPTH: usize = 1_000;
/// Diagnostics reported for one pack; more are only counted.
pub const DIAGNOSTICS: usize = 200;
/// Unknown names reported in one clause; the clause is compiled again after each.
pub const UNKNOWN_NAMES: usize = 20;

/// Operations of the conditions of one statement for one lead, over all its people; and again of what it proposes, and of its sentence. A step
/// of Rhai's interpreter is one; work on texts, lists and signals costs their length (`pack/operations.rs`, `language/operation_meter.rs`).
/// Ten thousand take about a millisecond at most.
pub const OPERATIONS: u64 = 10_000;
/// Operations that a compiled clause may take for any lead; one that may take more is interpreted. Half of [`OPERATIONS`], so that `when` and
/// `unless` together stay below it, and what is evaluated for many leads at once never meets it.
pub const COMPILED_OPERATIONS: u64 = OPERATIONS / 2;
/// Operations for finding since when a statement holds for a lead, over all its people: for the time since the last recorded moment, and again for
/// the time before it.
pub const PAST_OPERATIONS: u64 = 5 * OPERATIONS;
/// Recorded moments (signals and the like) up to now at which a condition is looked at to find since when it holds.
pub const PAST_MOMENTS: usize = 256;
/// Looks after one recorded moment at every change; later ones are at least a sixteenth of the time since that moment apart.
pub const PAST_LOOKS: usize = 64;
/// Bytes of a text that cost one operation.
pub const BYTES_PER_OPERATION: usize = 64;
/// Items of a list that cost one operation to copy.
pub const ITEMS_PER_OPERATION: usize = 8;
/// Signals that cost one operation to go through.
pub const SIGNALS_PER_OPERATION: usize = 16;
/// Facts with arguments that are only known when a rule runs, kept for one lead. More are computed each time.
pub const KEPT_FACTS: usize = 128;
/// Nested calls of helper functions. The stack of WebAssembly overflows near 250.
pub const CALLS: usize = 16;
/// Characters in a text that a rule computes.
pub const TEXT: usize = 20_000;
/// Items in a list that a rule computes.
pub const LIST: usize = 5_000;
/// Entries in a map that a rule computes.
pub const MAP: usize = 1_000;
/// Variables in scope in a clause, settings and constants included.
pub const VARIABLES: usize = 1_000;

// Analyses of rule packs (`analysis/`).

/// Alternatives of one condition, each a conjunction of tests.
pub const ALTERNATIVES: usize = 512;
/// Steps to answer one question about conditions: parts looked at and conjunctions put together.
pub const ANALYSIS_STEPS: usize = 40_000;
/// Steps to answer all questions about the packs of one rulebook.
pub const ANALYSIS_STEPS_OF_ALL: usize = 1_000_000;
/// Ways on through stages that are looked at, in one rulebook.
pub const STAGE_MOVES: usize = 20_000;
/// Hours of which is looked whether they leave a moment together, in one rulebook.
pub const OPENINGS: usize = 64;
/// Work to find leads that go round through stages: a statement asked of one lead counts as 1, putting a lead together as 1,000.
pub const STAGE_TRIALS: usize = 200_000;
/// Pairs of statements that are compared in one rulebook.
pub const COMPARED_PAIRS: usize = 200_000;
/// Advices without one of its policies that are asked for to find what the examples of a pack try of it. A policy for which none is left counts as not
/// tried.
#[cfg(feature = "editing")]
pub const COVERAGE_DECISIONS: usize = 20_000;
/// Leads that are tried for one proposed example.
#[cfg(feature = "editing")]
pub const PROPOSAL_TRIALS: usize = 120;

// Files that are handed over (`handover/`).

/// Bytes of one file that is handed over, with all its packs.
#[cfg(feature = "editing")]
pub const HANDOVER_BYTES: usize = 16 << 20;
/// Bytes of the header of such a file.
#[cfg(feature = "editing")]
pub const HANDOVER_HEADER_BYTES: usize = 1 << 18;
/// Characters of one text of that header.
#[cfg(feature = "editing")]
pub const HANDOVER_TEXT: usize = 500;
/// Bytes of the name of a pack's file in it: what every file system takes.
#[cfg(feature = "editing")]
pub const HANDOVER_FILE_NAME: usize = 120;

// Lead files.

/// Bytes in one file (1 GiB; it is read in pieces, so it need not fit in the memory of a module).
pub const FILE_BYTES: usize = 1 << 30;
/// Leads in one file.
pub const LEADS: usize = 1_000_000;
/// Signals of one lead.
pub const SIGNALS_PER_LEAD: usize = 100_000;
/// People of one lead.
pub const PEOPLE_PER_LEAD: usize = 1_000;
/// Different names of own facts in one book. Each is a column.
pub const FIELD_NAMES: usize = 1_000;
/// Leads of one contact group, which are decided together: those of an account, and of the accounts that people link to it.
pub const LEADS_PER_CONTACT_GROUP: usize = 1_000;
/// Reps of one book.
pub const REPS: usize = 10_000;
/// Pieces of content of one book.
pub const CONTENTS: usize = 100_000;
/// Reps in a chain of backups.
pub const BACKUPS: usize = 16;
/// Own facts of one lead, and entries of every other list in it.
pub const ENTRIES: usize = 1_000;
/// Bytes in one text.
pub const TEXT_BYTES: usize = 10_000;
/// Nested brackets in one record. The format needs five.
pub const RECORD_DEPTH: usize = 32;
/// Problems reported for one lead; others are reported after these are solved.
pub const PROBLEMS_PER_LEAD: usize = 20;
/// Refusals told of one file; more are only counted.
pub const REFUSALS: usize = 100_000;
/// Different reps named by the leads of one file of whom it is remarked that they are not in it.
pub const NAMED_REPS: usize = 10_000;
/// An open or click within this many milliseconds after a mail was sent was made by a machine.
pub const MACHINE_REACTION_MILLIS: i64 = 2_000;
/// Signals before and after an open or click that are looked at to tell whether a machine made it.
pub const MACHINE_NEIGHBOURS: usize = 64;
/// The largest amount or other number. Larger numbers are typing errors, and integers are no longer exact.
pub const NUMBER: f64 = 1e15;
