//! The JavaScript face: conversions, nothing else.

use wasm_bindgen::prelude::wasm_bindgen;

/// The version of this module, as in `Cargo.toml`.
#[wasm_bindgen]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}
