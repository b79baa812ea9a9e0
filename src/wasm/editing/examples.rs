//! `runExamples`: do packs do what their examples say?

use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use crate::examples::run_examples;
use crate::language::Rulebook;
use crate::pack::Overrides;
use crate::wasm::{answer, language_of, pack_files};

/// The results of all examples of some packs, each run with its own pack alone, in the order in which they stand: what `cadans test --format json`
/// prints. The words are in English, unless another language is named.
#[wasm_bindgen(js_name = runExamples, unchecked_return_type = "ExampleResult[]")]
pub fn run_examples_js(
    #[wasm_bindgen(unchecked_param_type = "PackFile | PackFile[]")] packs: JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "LanguageTag")] language: JsValue,
) -> Result<JsValue, JsValue> {
    let (rulebook, _) = Rulebook::new(&pack_files(packs)?, &Overrides::default());
    answer(&run_examples(&rulebook, language_of(&language)))
}
