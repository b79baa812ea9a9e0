//! Cadans: the next best contact for every lead.
//!
//! Given leads, rule files and a moment, Cadans answers four questions per lead: which **channel**, **when**, which
//! **person**, with **what** — and says why, why not the others, and until when the answer holds. It is a library, a
//! WebAssembly module and the `cadans` command; all three give the same bytes for the same input.
//!
//! A decision goes through these phases, each a room of its own:
//!
//! 1. **Ingest.** Lead files pass the door in [`book`]: typed, checked, refused with id, field path and reason where they
//!    do not fit. What is inside is a [`book::Book`]: leads with people and signals, [`team`] members and content.
//! 2. **Read.** A rule file is cut into statements and handed to Rhai clause by clause in [`language`]; the Rhai tree is
//!    lowered to our own typed [tree](rulebook::tree) with spans. What the tree cannot say runs on Rhai's walker.
//! 3. **Check.** [`rulebook`] holds the statements as data ([`rulebook::Pack`]), merges packs and tells, as plain
//!    [`rulebook::Diagnostic`]s, what is wrong, why and what to do. A broken rule never takes the others down.
//! 4. **Decide.** [`decide`] computes facts from signals, matches rules, proposes touches, lets them pass four gates, chooses by
//!    one formula, and places the winner in time with [`calendar`].
//! 5. **Explain.** The same run yields the reasons: factors, runners-up, blocks with the moment they lift, rules that
//!    nearly held, and the first moment at which the answer can change ([`decide::advice`]).
//!
//! # Invariants
//!
//! **Architecture invariant:** no module reads a clock or a random source. `now` is an argument everywhere, and so are seeds.
//! The same input gives the same advice natively, under Node and in a browser, byte for byte.
//!
//! **Architecture invariant:** only `language/lower.rs` names `rhai::Expr`; only `wasm/` knows JavaScript values.
//! Rhai's syntax tree promises no stability, and JavaScript belongs at the edge.
//!
//! **Architecture invariant:** every rule means what Rhai means. The walker is the oracle for the tree and the fallback where there is none.
//!
//! **Architecture invariant:** no input panics. A trap in WebAssembly would end every later call. Limits are set, named and
//! documented in [`language`] and [`book`].
//!
//! **Architecture invariant:** one bad lead, one bad rule or one bad pack never takes the others down.
//!
//! **Architecture invariant:** law and consent are hard. No pack, setting or rep can lift them. All else is advice.

pub mod book;
pub mod calendar;
pub(crate) mod check;
pub mod columnar;
pub mod decide;
pub mod diagnostics;
pub mod evaluate;
pub mod examples;
pub mod language;
pub mod limits;
pub(crate) mod lock;
pub(crate) mod order;
pub mod pack;
#[cfg(feature = "wasm")]
pub mod wasm;
pub mod wording;
