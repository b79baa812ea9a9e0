//! `runExamples`, `coverage` and `lcov`: do packs do what their examples say, and what do the examples try?

use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use crate::coverage;
use crate::examples::{ExampleSelection, run_selected};
use crate::language::Rulebook;
use crate::pack::Overrides;
use crate::wasm::{answer, language_of, misuse, pack_files};

/// The results of the examples of some packs, each run with its own pack alone, in the order in which they stand: what `cadans test --format json`
/// prints. `options` name a language, or `{ language, example, row }`: only the example with this name, and only this row of it, from 1. The words are in
/// English, unless another language is named.
#[wasm_bindgen(js_name = runExamples, unchecked_return_type = "ExampleResult[]")]
pub fn run_examples_js(
    #[wasm_bindgen(unchecked_param_type = "PackFile | PackFile[]")] packs: JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "LanguageTag | ExampleOptions")] options: JsValue,
) -> Result<JsValue, JsValue> {
    let rulebook = rulebook(packs)?;
    if options.is_string() {
        return answer(&run_selected(&rulebook, &ExampleSelection::default(), language_of(&options)));
    }
    let field = |name: &str| js_sys::Reflect::get(&options, &JsValue::from_str(name)).unwrap_or_default();
    let (example, row) = (field("example"), field("row"));
    let wrong = || {
        misuse(
            "not-options",
            "These are no options for examples",
            "Give { example, row }: a name, and a whole number from 1",
        )
    };
    let name = match example.is_undefined() {
        true => None,
        false => Some(example.as_string().ok_or_else(wrong)?),
    };
    let row = match row.is_undefined() {
        true => None,
        false => Some(row.as_f64().filter(|row| row.fract() == 0.0 && (1.0..=1e9).contains(row)).ok_or_else(wrong)?),
    };
    // Within the range that was just checked.
    let row = row.map(|row| row as usize);
    answer(&run_selected(&rulebook, &ExampleSelection { name, row }, language_of(&field("language"))))
}

/// What the examples of some packs try of them: the statements and sides of conditions that they decided both ways, and those that they did not.
#[wasm_bindgen(js_name = coverage, unchecked_return_type = "Coverage")]
pub fn coverage_js(
    #[wasm_bindgen(unchecked_param_type = "PackFile | PackFile[]")] packs: JsValue,
) -> Result<JsValue, JsValue> {
    answer(&coverage::coverage(&rulebook(packs)?))
}

/// What the examples of some packs try of them, as a file for lcov.
#[wasm_bindgen(js_name = lcov)]
pub fn lcov_js(
    #[wasm_bindgen(unchecked_param_type = "PackFile | PackFile[]")] packs: JsValue,
) -> Result<String, JsValue> {
    Ok(coverage::lcov(&coverage::coverage(&rulebook(packs)?)))
}

/// The packs with their examples.
fn rulebook(packs: JsValue) -> Result<Rulebook, JsValue> {
    Ok(Rulebook::new(&pack_files(packs)?, &Overrides::default()).0)
}
