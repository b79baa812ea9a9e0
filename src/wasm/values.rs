//! Conversions that every function of `wasm/` uses: languages, moments, JSON, answers, and the errors for wrong use.

use js_sys::JSON;
use serde::Serialize;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use crate::calendar::Instant;
use crate::calendar::instant::{EARLIEST, LATEST};
#[cfg(feature = "wasm")]
use crate::wording::Language;

/// The language of a tag; English for none, and for one that there is no table for.
#[cfg(feature = "wasm")]
pub(super) fn language_of(tag: &JsValue) -> Language {
    tag.as_string().and_then(|tag| Language::from_tag(&tag)).unwrap_or_default()
}

/// The moment of a text or a number of milliseconds since 1970.
pub(super) fn moment(now: &JsValue) -> Result<Instant, JsValue> {
    let help = "Give a text such as 2026-11-20T10:00:00+01:00, or milliseconds since 1970 as Date.now() gives";
    let read = match (now.as_string(), now.as_f64()) {
        (Some(text), _) => Instant::parse(&text).map_err(|why| why.english()),
        // The cast is exact: within these bounds every whole number of milliseconds fits.
        (_, Some(millis)) if millis >= EARLIEST.millis() as f64 && millis <= LATEST.millis() as f64 => {
            Ok(Instant::from_millis(millis as i64))
        }
        (_, Some(millis)) => Err(format!("{millis} milliseconds lie outside 1970 to 2100")),
        _ => Err("`now` is neither a text nor a number".to_owned()),
    };
    read.map_err(|why| misuse("not-a-moment", &why, help))
}

/// A value as JSON text; `None` when it has none: a function, a cycle, a getter that throws.
pub(super) fn as_json(value: &JsValue) -> Option<String> {
    JSON::stringify(value).ok().and_then(|text| text.as_string())
}

/// A result as JSON text.
#[cfg(feature = "wasm")]
pub(super) fn json<T: Serialize + ?Sized>(value: &T) -> Result<String, JsValue> {
    serde_json::to_string(value)
        .map_err(|why| misuse("not-json", &format!("The result cannot be written as JSON: {why}"), BUG))
}

/// A result as JavaScript objects, with the same shape as its JSON text.
pub(super) fn answer<T: Serialize + ?Sized>(value: &T) -> Result<JsValue, JsValue> {
    let objects = value.serialize(&serde_wasm_bindgen::Serializer::json_compatible());
    objects.map_err(|why| misuse("not-an-answer", &format!("The result cannot be made into objects: {why}"), BUG))
}

/// What to do about an error that no argument can cause.
pub(super) const BUG: &str = "This is a bug of Cadans; report it with the rules and leads with which it happens";

/// A JavaScript `Error` named `CadansError`: what is wrong and why, its code, and what to do about it.
pub(super) fn misuse(code: &str, message: &str, help: &str) -> JsValue {
    let error = JsError::new(message);
    error.set_name("CadansError");
    error.set_code(code);
    error.set_help(help);
    error.into()
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = Error)]
    type JsError;
    #[wasm_bindgen(constructor, js_class = "Error")]
    fn new(message: &str) -> JsError;
    #[wasm_bindgen(method, setter)]
    fn set_name(this: &JsError, name: &str);
    #[wasm_bindgen(method, setter)]
    fn set_code(this: &JsError, code: &str);
    #[wasm_bindgen(method, setter)]
    fn set_help(this: &JsError, help: &str);
}
