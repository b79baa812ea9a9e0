//! The functions for authors of rules, which only the editing module has: a file a service. `editing.d.ts` declares their values.
//!
//! They are functions of texts: packs as `{ file, text }`, and leads as their file has them; nothing is kept between calls. Only `simulate` and
//! the reports of the team take a rulebook and a book of this module.

mod analysis;
mod check;
mod compare;
mod editor;
mod examples;
mod format;
mod handover;
mod manifest;
mod simulate;
mod team;

use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = include_str!("../../editing.d.ts");
