//! `format`: a pack in its canonical layout.

use serde::Serialize;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use crate::diagnostics::Diagnostic;
use crate::format::{NotFormatted, format};
use crate::wasm::{BUG, answer, language_of, misuse};

/// The text of a pack in the canonical layout, and whether it differs; or the syntax errors because of which it has none. Their words are in
/// English, unless another language is named.
#[wasm_bindgen(js_name = format, unchecked_return_type = "Formatted | NotFormatted")]
pub fn format_js(
    text: &str,
    #[wasm_bindgen(unchecked_optional_param_type = "LanguageTag")] language: JsValue,
) -> Result<JsValue, JsValue> {
    #[derive(Serialize)]
    struct Formatted<'a> {
        text: &'a str,
        changed: bool,
    }
    #[derive(Serialize)]
    struct Refused {
        diagnostics: Vec<Diagnostic>,
    }
    match format("", text) {
        Ok(formatted) => answer(&Formatted { text: &formatted.text, changed: formatted.changed }),
        Err(NotFormatted::Syntax(found)) => {
            let language = language_of(&language);
            answer(&Refused { diagnostics: found.iter().map(|one| one.in_language(language)).collect() })
        }
        Err(NotFormatted::WouldChange) => {
            Err(misuse("not-a-layout", "The layout would not say what the text says, so there is none", BUG))
        }
    }
}
