//! What differs between two versions of packs, by statement and clause, and in the advice for each lead.

use serde::Serialize;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use crate::compare::{AdviceChanges, ToldChanges, compare, compare_advice};
use crate::wasm::{answer, load, misuse, moment, pack_files};
use crate::wording::Language;

/// What differs between two versions of packs. With `leads` and `now` among the options also which leads get other advice, and which change makes
/// it so. Its sentences are in English, unless another language is named.
#[wasm_bindgen(unchecked_return_type = "Diff")]
pub fn diff(
    #[wasm_bindgen(unchecked_param_type = "PackFile | PackFile[]")] before: JsValue,
    #[wasm_bindgen(unchecked_param_type = "PackFile | PackFile[]")] after: JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "DiffOptions")] options: JsValue,
) -> Result<JsValue, JsValue> {
    #[derive(Serialize)]
    struct Diff {
        changes: ToldChanges,
        #[serde(skip_serializing_if = "Option::is_none")]
        advice: Option<AdviceChanges>,
    }
    let (before, after) = (pack_files(before)?, pack_files(after)?);
    // Bytes would not survive as JSON text, so the fields are taken one by one. Nothing of this module is in use meanwhile.
    let field = |name: &str| js_sys::Reflect::get(&options, &JsValue::from_str(name)).unwrap_or_default();
    let (leads, now) = (field("leads"), field("now"));
    let language = field("language").as_string().and_then(|tag| Language::from_tag(&tag)).unwrap_or_default();
    let changes = compare(&before, &after);
    let advice = match (leads.is_undefined(), now.is_undefined()) {
        (true, true) => None,
        (false, false) => {
            let intake = load::intake(&leads, &JsValue::UNDEFINED)?;
            Some(compare_advice(&before, &after, &changes, &intake.book, moment(&now)?, language))
        }
        _ => {
            return Err(misuse(
                "not-options",
                "Advice is compared for leads at a moment",
                "Give both { leads, now }, or neither",
            ));
        }
    };
    answer(&Diff { changes: changes.in_language(language), advice })
}
