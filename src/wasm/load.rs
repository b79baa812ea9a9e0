//! Leads on their way in, piece by piece: a file of some hundred megabytes never lies in the module's memory, which it would keep.

use std::cell::RefCell;

use js_sys::{JSON, JsString, Uint8Array};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use crate::book::ingest::{self, Intake};
use crate::wasm::{Book, as_json, misuse};

/// Bytes, or characters, that cross at once.
const PIECE: u32 = 1 << 18;

/// What came through the door of a text, its bytes, or plain values, which are written as JSON first: one reader, one set of refusals.
pub(super) fn intake(leads: &JsValue, options: &JsValue) -> Result<Intake, JsValue> {
    let mut loader = loader(options)?;
    if let Some(text) = leads.dyn_ref::<JsString>() {
        push_text(text, &mut loader);
    } else if let Some(bytes) = leads.dyn_ref::<Uint8Array>() {
        push_bytes(bytes, &mut loader);
    } else if let Some(text) = JSON::stringify(leads).ok().filter(|_| leads.is_object()).filter(|text| text.is_string())
    {
        push_text(&text, &mut loader);
    } else {
        let help = "Give the text of a lead file, its bytes, or a list of leads";
        return Err(misuse("not-leads", "These are not leads", help));
    }
    Ok(loader.finish())
}

fn loader(options: &JsValue) -> Result<ingest::Loader, JsValue> {
    #[derive(Default, serde::Deserialize)]
    struct LeadOptions {
        #[serde(default)]
        name: Option<String>,
    }
    let options = if options.is_undefined() || options.is_null() {
        LeadOptions::default()
    } else {
        let text = as_json(options).unwrap_or_default();
        serde_json::from_str(&text).map_err(|_| {
            misuse("not-options", "These are not options for leads", "Give { name: \"leads.json\" }, or nothing")
        })?
    };
    Ok(ingest::Loader::detecting(options.name.as_deref()))
}

fn push_text(text: &JsString, loader: &mut ingest::Loader) {
    let len = text.length();
    let mut at = 0;
    while at < len {
        let mut end = (at + PIECE).min(len);
        // A character of two halves stays whole.
        let half = |place: u32| (0xD800..0xDC00).contains(&(text.char_code_at(place) as u32));
        if end < len && half(end - 1) {
            end -= 1;
        }
        loader.push(String::from(text.slice(at, end)).as_bytes());
        at = end;
    }
}

fn push_bytes(bytes: &Uint8Array, loader: &mut ingest::Loader) {
    let (buffer, start, len) = (bytes.buffer(), bytes.byte_offset(), bytes.length());
    let mut at = 0;
    while at < len {
        let piece = PIECE.min(len - at);
        // Made afresh, because `subarray` asks a class of the caller's what to make.
        loader.push(&Uint8Array::new_with_byte_offset_and_length(&buffer, start + at, piece).to_vec());
        at += piece;
    }
}

/// Takes in a lead file as it arrives, piece by piece: from the network, or from a file of some hundred megabytes.
#[wasm_bindgen(js_name = Loader)]
pub struct JsLoader {
    loading: RefCell<Option<ingest::Loader>>,
}

#[wasm_bindgen(js_class = Loader)]
impl JsLoader {
    /// Nothing has come yet.
    #[wasm_bindgen(constructor)]
    pub fn new(
        #[wasm_bindgen(unchecked_param_type = "LeadOptions | undefined")] options: JsValue,
    ) -> Result<JsLoader, JsValue> {
        Ok(Self { loading: RefCell::new(Some(loader(&options)?)) })
    }

    /// Takes in the next bytes.
    pub fn push(&self, #[wasm_bindgen(unchecked_param_type = "Uint8Array")] bytes: JsValue) -> Result<(), JsValue> {
        let Some(bytes) = bytes.dyn_ref::<Uint8Array>() else {
            return Err(misuse("not-bytes", "These are no bytes", "Give a Uint8Array with the next part of the file"));
        };
        match self.loading.borrow_mut().as_mut() {
            Some(loader) => push_bytes(bytes, loader),
            None => return Err(finished()),
        }
        Ok(())
    }

    /// The book of all that came.
    pub fn finish(&self) -> Result<Book, JsValue> {
        let loader = self.loading.borrow_mut().take().ok_or_else(finished)?;
        Ok(Book::of(loader.finish()))
    }
}

fn finished() -> JsValue {
    misuse("finished", "This Loader is finished", "Make a new one for the next file")
}
