//! The services of an editor: `complete`, `hover`, `outline`, `definition`, `references`, `prepareRename`, `rename`, `tokens`, `fold`.
//!
//! A place is an index of a JavaScript string, a line and column as the Language Server Protocol has them, or an offset in bytes.

use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use crate::editor::{self, FileEdits, Position, RenameRefusal, Renameable};
use crate::wasm::{answer, as_json, language_of, misuse, pack_files};

/// The completions at a place of one of the packs, the likeliest first.
#[wasm_bindgen(unchecked_return_type = "Completion[]")]
pub fn complete(
    #[wasm_bindgen(unchecked_param_type = "PackFile | PackFile[]")] packs: JsValue,
    file: &str,
    #[wasm_bindgen(unchecked_param_type = "EditorPosition")] at: JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "LanguageTag")] language: JsValue,
) -> Result<JsValue, JsValue> {
    answer(&editor::complete(&pack_files(packs)?, file, position(&at)?, language_of(&language)))
}

/// What stands at a place of one of the packs; `undefined` where nothing is known.
#[wasm_bindgen(unchecked_return_type = "Hover | undefined")]
pub fn hover(
    #[wasm_bindgen(unchecked_param_type = "PackFile | PackFile[]")] packs: JsValue,
    file: &str,
    #[wasm_bindgen(unchecked_param_type = "EditorPosition")] at: JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "LanguageTag")] language: JsValue,
) -> Result<JsValue, JsValue> {
    let found = editor::hover(&pack_files(packs)?, file, position(&at)?, language_of(&language));
    found.map_or(Ok(JsValue::UNDEFINED), |found| answer(&found))
}

/// The statements of a pack, in file order.
#[wasm_bindgen(unchecked_return_type = "OutlineSymbol[]")]
pub fn outline(text: &str) -> Result<JsValue, JsValue> {
    answer(&editor::outline(text))
}

/// The tokens of a pack with what each is, in text order.
#[wasm_bindgen(unchecked_return_type = "ClassifiedToken[]")]
pub fn tokens(text: &str) -> Result<JsValue, JsValue> {
    answer(&editor::tokens(text))
}

/// What can be folded in a pack.
#[wasm_bindgen(unchecked_return_type = "Fold[]")]
pub fn fold(text: &str) -> Result<JsValue, JsValue> {
    answer(&editor::fold(text))
}

/// Where the name at a place is declared.
#[wasm_bindgen(unchecked_return_type = "EditorLocation[]")]
pub fn definition(
    #[wasm_bindgen(unchecked_param_type = "PackFile | PackFile[]")] packs: JsValue,
    file: &str,
    #[wasm_bindgen(unchecked_param_type = "EditorPosition")] at: JsValue,
) -> Result<JsValue, JsValue> {
    answer(&editor::definition(&pack_files(packs)?, file, position(&at)?))
}

/// Where the name at a place is used and, unless `declarations` is false, declared.
#[wasm_bindgen(unchecked_return_type = "EditorLocation[]")]
pub fn references(
    #[wasm_bindgen(unchecked_param_type = "PackFile | PackFile[]")] packs: JsValue,
    file: &str,
    #[wasm_bindgen(unchecked_param_type = "EditorPosition")] at: JsValue,
    declarations: Option<bool>,
) -> Result<JsValue, JsValue> {
    answer(&editor::references(&pack_files(packs)?, file, position(&at)?, declarations.unwrap_or(true)))
}

/// What can be renamed at a place, or why nothing can.
#[wasm_bindgen(js_name = prepareRename, unchecked_return_type = "PreparedRename")]
pub fn prepare_rename(
    #[wasm_bindgen(unchecked_param_type = "PackFile | PackFile[]")] packs: JsValue,
    file: &str,
    #[wasm_bindgen(unchecked_param_type = "EditorPosition")] at: JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "LanguageTag")] language: JsValue,
) -> Result<JsValue, JsValue> {
    let found = editor::prepare_rename(&pack_files(packs)?, file, position(&at)?, language_of(&language));
    answer(&match found {
        Ok(renameable) => Prepared { renameable: Some(renameable), refused: None },
        Err(refused) => Prepared { renameable: None, refused: Some(refused) },
    })
}

/// The edits that give what stands at a place another name, or why it cannot have that name.
#[wasm_bindgen(unchecked_return_type = "Renamed")]
pub fn rename(
    #[wasm_bindgen(unchecked_param_type = "PackFile | PackFile[]")] packs: JsValue,
    file: &str,
    #[wasm_bindgen(unchecked_param_type = "EditorPosition")] at: JsValue,
    name: &str,
    #[wasm_bindgen(unchecked_optional_param_type = "LanguageTag")] language: JsValue,
) -> Result<JsValue, JsValue> {
    let found = editor::rename(&pack_files(packs)?, file, position(&at)?, name, language_of(&language));
    answer(&match found {
        Ok(files) => Renamed { files: Some(files), refused: None },
        Err(refused) => Renamed { files: None, refused: Some(refused) },
    })
}

#[derive(Serialize)]
struct Prepared {
    #[serde(skip_serializing_if = "Option::is_none")]
    renameable: Option<Renameable>,
    #[serde(skip_serializing_if = "Option::is_none")]
    refused: Option<RenameRefusal>,
}

#[derive(Serialize)]
struct Renamed {
    #[serde(skip_serializing_if = "Option::is_none")]
    files: Option<Vec<FileEdits>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    refused: Option<RenameRefusal>,
}

/// A place as JavaScript gives it.
fn position(at: &JsValue) -> Result<Position, JsValue> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Given {
        Index(usize),
        LineColumn { line: u32, character: u32 },
        Byte { byte: usize },
    }
    let given = as_json(at).and_then(|text| serde_json::from_str::<Given>(&text).ok());
    match given {
        Some(Given::Index(index)) => Ok(Position::Utf16(index)),
        Some(Given::LineColumn { line, character }) => Ok(Position::LineColumn(line, character)),
        Some(Given::Byte { byte }) => Ok(Position::Byte(byte)),
        None => Err(misuse(
            "not-a-position",
            "This is no place in a text",
            "Give an index of the text, or { line, character } or { byte }, each counted from 0",
        )),
    }
}
