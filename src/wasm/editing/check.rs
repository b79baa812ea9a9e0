//! `check`: everything that is wrong with packs, or doubtful.

use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use crate::language::Rulebook;
use crate::pack::Overrides;
use crate::wasm::{pack_files, told_in};

/// What is wrong with packs, and what is doubtful in them, examples included; without keeping them. In English, unless another language is named.
#[wasm_bindgen(unchecked_return_type = "Diagnostic[]")]
pub fn check(
    #[wasm_bindgen(unchecked_param_type = "PackFile | PackFile[]")] packs: JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "LanguageTag")] language: JsValue,
) -> Result<JsValue, JsValue> {
    told_in(&Rulebook::new(&pack_files(packs)?, &Overrides::default()).1, &language)
}
