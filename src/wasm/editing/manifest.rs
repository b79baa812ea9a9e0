//! `readRulebook` and `rulebookReport`: a `rulebook.toml` with its files, as what the deciding module takes, and what of it is in force.

use std::collections::BTreeMap;

use serde::Serialize;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use crate::language::Rulebook;
use crate::manifest::{Assembled, Manifest, RulebookReport, content_hash, read_settings};
use crate::order;
use crate::pack::Overrides;
use crate::wasm::{answer, language_of, misuse, pack_files};
use crate::wording::{Language, Sentence};

/// What of a `rulebook.toml` is in force, from which layer and file, and what was switched off by whom and why: what `cadans rulebook --format json`
/// prints. `files` are the files that it names: rule files and files of settings.
#[wasm_bindgen(js_name = rulebookReport, unchecked_return_type = "RulebookReport")]
pub fn rulebook_report(
    #[wasm_bindgen(unchecked_param_type = "string")] manifest: JsValue,
    #[wasm_bindgen(unchecked_param_type = "PackFile | PackFile[]")] files: JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "LanguageTag")] language: JsValue,
) -> Result<JsValue, JsValue> {
    let assembled = assemble(&manifest, files, language_of(&language))?;
    let rulebook = Rulebook::merged(&assembled.sources, Some(&assembled.layers), &Overrides::default()).0;
    answer(&RulebookReport::new(&assembled, &rulebook))
}

/// A `rulebook.toml` with the files that it names, as `new Rulebook(packs, options)` takes it: which file stands in which layer, which were not accepted,
/// and settings.
#[wasm_bindgen(js_name = readRulebook, unchecked_return_type = "RulebookParts")]
pub fn read_rulebook(
    #[wasm_bindgen(unchecked_param_type = "string")] manifest: JsValue,
    #[wasm_bindgen(unchecked_param_type = "PackFile | PackFile[]")] files: JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "LanguageTag")] language: JsValue,
) -> Result<JsValue, JsValue> {
    #[derive(Serialize)]
    struct Parts<'a> {
        packs: Vec<PackText<'a>>,
        options: Options<'a>,
    }
    #[derive(Serialize)]
    struct PackText<'a> {
        file: &'a str,
        text: &'a str,
    }
    #[derive(Serialize)]
    struct Options<'a> {
        settings: serde_json::Map<String, serde_json::Value>,
        layers: Vec<LayerPart<'a>>,
    }
    #[derive(Serialize)]
    struct LayerPart<'a> {
        kind: &'static str,
        name: &'a str,
        #[serde(skip_serializing_if = "Option::is_none")]
        rep: Option<&'a str>,
        packs: Vec<PackPart<'a>>,
        settings: serde_json::Map<String, serde_json::Value>,
    }
    #[derive(Serialize)]
    struct PackPart<'a> {
        file: &'a str,
        refused: bool,
        #[serde(skip_serializing_if = "Option::is_none")]
        rules: Option<&'a [String]>,
    }
    let assembled = assemble(&manifest, files, language_of(&language))?;
    let layers = assembled.layers.layers.iter().map(|layer| LayerPart {
        kind: layer.kind.word(),
        name: &layer.name,
        rep: layer.rep.as_deref(),
        packs: (layer.packs.iter())
            .map(|pack| PackPart { file: &pack.file, refused: pack.refused, rules: pack.rules.as_deref() })
            .collect(),
        settings: layer.settings.to_json(),
    });
    answer(&Parts {
        packs: assembled.sources.iter().map(|pack| PackText { file: &pack.file, text: &pack.text }).collect(),
        options: Options { settings: assembled.layers.settings.to_json(), layers: layers.collect() },
    })
}

/// The values in a file of settings (`*.settings.toml`), as the option `settings` of `new Rulebook` takes them.
#[wasm_bindgen(js_name = readSettings, unchecked_return_type = "Record<string, SettingValue>")]
pub fn read_settings_js(
    #[wasm_bindgen(unchecked_param_type = "string")] text: JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "LanguageTag")] language: JsValue,
) -> Result<JsValue, JsValue> {
    let language = language_of(&language);
    let settings = read_settings(&text.as_string().unwrap_or_default());
    let settings = settings.map_err(|why| {
        misuse("not-settings", &why.render(language), &Sentence::new("settings-file-help").render(language))
    })?;
    answer(&settings.to_json())
}

/// The hash under which `rulebook.toml` accepts a rule file with this text.
#[wasm_bindgen(js_name = contentHash)]
pub fn content_hash_js(#[wasm_bindgen(unchecked_param_type = "string")] text: JsValue) -> String {
    content_hash(&text.as_string().unwrap_or_default())
}

/// A manifest with its files.
fn assemble(manifest: &JsValue, files: JsValue, language: Language) -> Result<Assembled, JsValue> {
    let text = manifest.as_string().unwrap_or_default();
    let texts: BTreeMap<String, String> =
        order::collect_map(pack_files(files)?.into_iter().map(|file| (file.file, file.text)));
    let assembled = Manifest::parse(&text).and_then(|manifest| manifest.assemble(&texts, &|path| path.to_owned()));
    assembled.map_err(|why| not_a_manifest(&why, language))
}

/// That a manifest cannot be used, and why.
pub(super) fn not_a_manifest(why: &Sentence, language: Language) -> JsValue {
    misuse("not-a-rulebook-file", &why.render(language), &Sentence::new("manifest-help").render(language))
}
