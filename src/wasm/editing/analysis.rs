//! `analyse`: what is certain about packs without a lead, and what cannot be told. `proposeExample`: an example for a rule.

use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use crate::analysis::analyse;
use crate::coverage::proposal::propose_example;
use crate::language::Rulebook;
use crate::pack::Overrides;
use crate::wasm::{answer, language_of, pack_files};

/// What is certain about packs that are in force together (warnings), and what could not be told, with the reason (notes). The words are in English,
/// unless another language is named.
#[wasm_bindgen(js_name = analyse, unchecked_return_type = "Analysis")]
pub fn analyse_js(
    #[wasm_bindgen(unchecked_param_type = "PackFile | PackFile[]")] packs: JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "LanguageTag")] language: JsValue,
) -> Result<JsValue, JsValue> {
    let (rulebook, told) = Rulebook::new(&pack_files(packs)?, &Overrides::default());
    answer(&analyse(rulebook.packs()).beside(&told).in_language(language_of(&language)))
}

/// An example for the rule with this name, of the first of these packs that has it: a lead for which it wins. `null` when none was found, and when
/// there is no such rule.
#[wasm_bindgen(js_name = proposeExample, unchecked_return_type = "ProposedExample | null")]
pub fn propose_example_js(
    #[wasm_bindgen(unchecked_param_type = "PackFile | PackFile[]")] packs: JsValue,
    rule: &str,
) -> Result<JsValue, JsValue> {
    let (rulebook, _) = Rulebook::new(&pack_files(packs)?, &Overrides::default());
    let pack = rulebook.packs().iter().find(|pack| pack.rules.iter().any(|one| one.name == rule));
    answer(&pack.and_then(|pack| propose_example(pack, rule)))
}
