//! What differs between two versions of packs, by statement and clause, and in the advice for each lead.

use std::collections::BTreeMap;

use serde::Serialize;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use crate::compare::{AdviceChanges, ToldChanges, Version, compare, compare_advice};
use crate::language::PackSource;
use crate::manifest::Manifest;
use crate::order;
use crate::pack::layers::Layers;
use crate::wasm::editing::manifest::not_a_manifest;
use crate::wasm::{answer, load, misuse, moment, pack_files};
use crate::wording::Language;

/// The name of a file that says which layers there are.
const MANIFEST: &str = "rulebook.toml";

/// What differs between two versions of packs. With `leads` and `now` among the options also which leads get other advice, and which change makes
/// it so; with a `rulebook.toml` among the files of a version its packs are in the layers that it says, with its settings. Its sentences are in
/// English, unless another language is named.
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
            let (old_layers, new_layers) = (layers(&before, language)?, layers(&after, language)?);
            let old = Version { files: &before, layers: old_layers.as_ref() };
            let new = Version { files: &after, layers: new_layers.as_ref() };
            Some(compare_advice(old, new, &changes, &intake.book, moment(&now)?, language))
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

/// The layers of the first `rulebook.toml` among some files, which names the others from its folder on; `None` without one.
fn layers(files: &[PackSource], language: Language) -> Result<Option<Layers>, JsValue> {
    let folder_of = |file: &str| {
        let folder = file.strip_suffix(MANIFEST)?;
        (folder.is_empty() || folder.ends_with('/')).then(|| folder.to_owned())
    };
    let Some((manifest, folder)) = files.iter().find_map(|file| Some((file, folder_of(&file.file)?))) else {
        return Ok(None);
    };
    let below =
        files.iter().filter_map(|file| Some((file.file.strip_prefix(folder.as_str())?.to_owned(), file.text.clone())));
    let texts: BTreeMap<String, String> = order::collect_map(below);
    let called = |path: &str| format!("{folder}{path}");
    let assembled = Manifest::parse(&manifest.text).and_then(|manifest| manifest.assemble(&texts, &called));
    assembled.map(|assembled| Some(assembled.layers)).map_err(|why| not_a_manifest(&why, language))
}
