//! Cadans: the next best contact for every lead.
//!
//! Given leads, rule files and a moment, Cadans answers four questions per lead: which **channel**, **when**, which **person**, with
//! **what** — and says why, why not the others, and until when the answer holds. It is a library, a WebAssembly module and the `cadans`
//! command; all three give the same bytes for the same input.
//!
//! # The layers, as data flows through them
//!
//! A lead, from file to advice:
//!
//! 1. [`book`] takes lead files in ([`book::ingest`]; typed arrays by [`book::table`], other systems' exports by [`book::import`]): each
//!    record is checked, and refused with id, field path and reason where it does not fit. What is taken in is a [`book::Book`]: columns, a
//!    signal log and packed records. [`calendar`] turns moments into somebody's local time.
//! 2. [`evaluate`] computes facts of one lead from its record and signals, and answers the clauses of rules; [`columnar`] answers them for
//!    512 leads at a time.
//! 3. [`decide`] collects what the rules say (`context`), lists what could be done (`propose`), lets it pass law, consent and policy (`gates`),
//!    finds its moment (`schedule`), ranks it (`choose`) and gives a [`decide::Decision`] in numbers. `explain` puts it into words, as a
//!    [`decide::advice::Advice`].
//!
//! A rule text, from file to rulebook:
//!
//! 1. [`language`] cuts the text into statements and clauses, has Rhai parse each clause, and lowers Rhai's tree to the expression tree of
//!    [`pack`]. What the tree cannot express runs on Rhai's interpreter.
//! 2. `check` infers types and runs the lints; every finding is data ([`diagnostics`]) that [`wording`] puts into English or Dutch.
//! 3. The packs in force are merged into a [`language::Rulebook`]; [`examples`] runs the examples that packs bring.
//!
//! [`plan`] lays the advice of all leads over the working hours of the reps. [`simulate`] lives with the advice for some days: reps who follow it,
//! customers by a stated model, and a count of what should not happen. [`team`] tells what came of the work, and who sees which figure.
//!
//! Each folder uses only itself and the folders below it; `tests/layers.rs` has the list. From the lowest: `limits`, `order`, `lock`,
//! `wording`, `calendar`, `book`, `diagnostics`, `pack`, `evaluate`, `check`, `language`, `columnar`, `decide`, `examples`, `plan`,
//! `simulate`, `team`, `wasm`.
//!
//! # Invariants
//!
//! * No module reads a clock or a random source. `now` is an argument everywhere, and so are seeds.
//! * Only `language/lower/mod.rs` names `rhai::Expr`; only `wasm/` knows JavaScript values. Rhai's syntax tree promises no stability, and
//!   JavaScript belongs at the edge.
//! * Every rule means what Rhai means: its interpreter is the oracle for the expression tree, and runs what the tree cannot express.
//! * No input panics: a trap in WebAssembly would end every later call. Every limit stands in [`limits`].
//! * One bad lead, one bad rule or one bad pack never takes the others down.
//! * Law and consent are hard. No pack, setting or rep can lift them. All else is advice.

#[cfg(feature = "editing")]
pub mod analysis;
pub mod book;
pub mod calendar;
pub(crate) mod check;
pub mod columnar;
#[cfg(feature = "editing")]
pub mod compare;
#[cfg(feature = "editing")]
pub mod coverage;
pub mod decide;
pub mod diagnostics;
#[cfg(feature = "editing")]
pub mod editor;
pub mod evaluate;
#[cfg(feature = "editing")]
pub mod examples;
#[cfg(feature = "files")]
pub mod files;
#[cfg(feature = "editing")]
pub mod format;
#[cfg(feature = "editing")]
pub mod handover;
pub mod language;
pub mod limits;
pub(crate) mod lock;
#[cfg(feature = "editing")]
pub mod manifest;
pub(crate) mod order;
pub mod pack;
#[cfg(feature = "editing")]
pub mod plan;
#[cfg(feature = "editing")]
pub mod simulate;
#[cfg(feature = "editing")]
pub mod team;
#[cfg(any(feature = "wasm", feature = "importing"))]
pub mod wasm;
pub mod wording;

pub use calendar::data_versions::version;
