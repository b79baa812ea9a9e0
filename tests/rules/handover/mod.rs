//! One file to hand over: what it holds, what is refused, and what receiving and accepting it tell and write.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice, missing_docs)]
#![cfg(feature = "editing")]

mod broken;
mod packing;
mod receiving;
mod support;
