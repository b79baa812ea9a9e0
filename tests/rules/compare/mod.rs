//! What differs between two versions of packs, and in the advice that they give.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, missing_docs)]
#![cfg(feature = "editing")]

mod advice;
mod statements;
