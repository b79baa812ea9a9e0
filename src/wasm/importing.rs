//! The importing module: other systems' files into the text of a lead file, which `new Book` or `Loader` of the other modules reads.
//!
//! A module of its own, because whoever decides or edits rules needs no importers, and whoever imports does so once. Nothing is kept between calls.
//! `importing.d.ts` declares the values.

use js_sys::Uint8Array;
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use crate::book::import::{ImportKind, ImportOptions, Mapping, ToldText, import, import_and_tell};
use crate::book::ingest::write::write_json;
use crate::book::{Refusal, RefusalText};
use crate::wasm::{answer, as_json, misuse, moment};
use crate::wording::Language;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = include_str!("../importing.d.ts");

/// The leads of some files of one system, as a lead file, with what was refused and noted. Never fails as a whole for what files say; a mapping that is
/// none is told in `mapping`.
#[wasm_bindgen(js_name = importLeads, unchecked_return_type = "Imported")]
pub fn import_leads(
    #[wasm_bindgen(unchecked_param_type = "ImportKind")] kind: JsValue,
    #[wasm_bindgen(unchecked_param_type = "ImportFile[]")] files: JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "ImportOptions")] options: JsValue,
) -> Result<JsValue, JsValue> {
    let kind = kind_of(&kind)?;
    let files = files_of(&files)?;
    let GivenOptions { mapping, until, tell, language } = options_of(&options)?;
    let language = language.as_deref().and_then(Language::from_tag).unwrap_or_default();
    let texts = |refusals: &[Refusal]| refusals.iter().map(|each| each.render(language)).collect::<Vec<_>>();
    let mapping = match mapping.map(|given| Mapping::read(given.to_string().as_bytes())).transpose() {
        Ok(mapping) => mapping,
        Err(faults) => return answer(&Imported { mapping: Some(texts(&faults)), ..Imported::default() }),
    };
    let until = until.map(|until| moment(&JsValue::from_str(&until))).transpose()?;
    let named: Vec<(&str, &[u8])> = files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    let options = ImportOptions { mapping, until };
    let (intake, told) =
        if tell { import_and_tell(kind, &named, &options) } else { (import(kind, &named, &options), Vec::new()) };
    let leads = write_json(&intake.book).map_err(|why| {
        misuse(
            "not-json",
            &format!("The leads cannot be written as JSON: {why}"),
            "Report it with the files with which it happens",
        )
    })?;
    answer(&Imported {
        leads: Some(leads),
        size: Some(intake.accepted),
        newest: intake.book.last_signal_at().map(|at| at.to_string()),
        refused: Some(texts(&intake.refused)),
        noted: Some(texts(&intake.noted)),
        told: tell.then(|| told.iter().map(|each| each.render(language)).collect()),
        mapping: None,
    })
}

/// The answer of `importLeads`.
#[derive(Default, Serialize)]
struct Imported<'t> {
    #[serde(skip_serializing_if = "Option::is_none")]
    leads: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    size: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    refused: Option<Vec<RefusalText>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    noted: Option<Vec<RefusalText>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    told: Option<Vec<ToldText<'t>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    newest: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    mapping: Option<Vec<RefusalText>>,
}

/// The options of `importLeads`; the reader of mappings tells all faults with their paths.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct GivenOptions {
    #[serde(default)]
    mapping: Option<serde_json::Value>,
    #[serde(default)]
    until: Option<String>,
    #[serde(default)]
    tell: bool,
    #[serde(default)]
    language: Option<String>,
}

fn options_of(options: &JsValue) -> Result<GivenOptions, JsValue> {
    if options.is_undefined() || options.is_null() {
        return Ok(GivenOptions::default());
    }
    serde_json::from_str(&as_json(options).unwrap_or_default()).map_err(|why| {
        let message = format!("These are not options for an import: {why}");
        misuse("not-options", &message, "Give { mapping, until, tell, language }, or nothing")
    })
}

fn kind_of(kind: &JsValue) -> Result<ImportKind, JsValue> {
    let word = kind.as_string().unwrap_or_default();
    word.parse().map_err(|_| {
        let kinds: Vec<&str> = ImportKind::ALL.iter().map(|kind| kind.word()).collect();
        misuse(
            "unknown-kind",
            &format!("There is no kind of file \"{word}\""),
            &format!("Give one of {}", kinds.join(", ")),
        )
    })
}

/// The files by name. Their bytes are copied before anything is read, so that no code of the caller runs during the import.
fn files_of(files: &JsValue) -> Result<Vec<(String, Vec<u8>)>, JsValue> {
    let wrong = || {
        misuse(
            "not-files",
            "These are not files",
            "Give a list of { name: \"contact.csv\", bytes: new Uint8Array(...) }",
        )
    };
    let list = files.dyn_ref::<js_sys::Array>().ok_or_else(wrong)?;
    let field = |file: &JsValue, name: &str| js_sys::Reflect::get(file, &JsValue::from_str(name)).map_err(|_| wrong());
    list.iter()
        .map(|file| {
            let name = field(&file, "name")?.as_string().ok_or_else(wrong)?;
            let bytes = field(&file, "bytes")?.dyn_into::<Uint8Array>().map_err(|_| wrong())?;
            Ok((name, bytes.to_vec()))
        })
        .collect()
}
