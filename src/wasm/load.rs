//! Loading of leads for `new Book(leads, options)`, and the class `Loader`, which loads a file piece by piece.
//!
//! Text and bytes are copied into the module in pieces, so that a file of hundreds of megabytes is never in its memory as a whole; memory of a
//! module never shrinks.

use std::cell::RefCell;

use js_sys::{JSON, JsString, Uint8Array};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use crate::book::ingest::{self, Intake};
use crate::wasm::{Book, as_json, misuse};

/// The number of bytes, or of UTF-16 units, that are copied at once.
const PIECE: u32 = 1 << 18;

/// Loads leads from a text, its bytes, or plain values. These are converted to JSON text first, so that all three are checked alike.
///
/// # Errors
/// The error to throw when `leads` or `options` are something else.
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
        let kind = leads.js_typeof().as_string().unwrap_or_default();
        let message =
            format!("These are not leads: the value ({kind}) is not a text, bytes, or an object that JSON can hold");
        return Err(misuse("not-leads", &message, "Give the text of a lead file, its bytes, or a list of leads"));
    }
    Ok(loader.finish())
}

/// A loader with the options of the caller.
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
        serde_json::from_str(&text).map_err(|why| {
            let message = format!("These are not options for leads: {why}");
            misuse("not-options", &message, "Give { name: \"leads.json\" }, or nothing")
        })?
    };
    Ok(ingest::Loader::detecting(options.name.as_deref()))
}

/// Passes a text to a loader, piece by piece.
fn push_text(text: &JsString, loader: &mut ingest::Loader) {
    let len = text.length();
    let mut at = 0;
    while at < len {
        let mut end = (at + PIECE).min(len);
        // A surrogate pair is not split.
        let half = |place: u32| (0xD800..0xDC00).contains(&(text.char_code_at(place) as u32));
        if end < len && half(end - 1) {
            end -= 1;
        }
        let piece = text.slice(at, end);
        let converted = String::from(&piece);
        // Conversion makes U+FFFD of a lone surrogate.
        if converted.contains(char::REPLACEMENT_CHARACTER) {
            loader.push(with_lone_surrogates(&piece, text, at).as_bytes());
        } else {
            loader.push(converted.as_bytes());
        }
        at = end;
    }
}

/// A piece of a text, which begins at `start`, with each lone surrogate as an escape (`\ud800`), as `JSON.stringify` writes it, so that the
/// reader refuses it in a text as it does in an object. Behind a backslash, where an escape would mean something else, it is U+FFFD, which
/// no escape has.
fn with_lone_surrogates(piece: &JsString, text: &JsString, start: u32) -> String {
    let is_backslash = |place: u32| text.char_code_at(place) as u32 == u32::from('\\');
    let mut converted = String::new();
    let mut place = start;
    for decoded in char::decode_utf16(piece.iter()) {
        match decoded {
            Ok(letter) => {
                converted.push(letter);
                place += letter.len_utf16() as u32;
            }
            Err(lone) => {
                let backslashes = (0..place).rev().take_while(|before| is_backslash(*before)).count();
                if backslashes % 2 == 0 {
                    converted.push_str(&format!("\\u{:04x}", lone.unpaired_surrogate()));
                } else {
                    converted.push(char::REPLACEMENT_CHARACTER);
                }
                place += 1;
            }
        }
    }
    converted
}

/// Passes bytes to a loader, piece by piece.
fn push_bytes(bytes: &Uint8Array, loader: &mut ingest::Loader) {
    let (buffer, start, len) = (bytes.buffer(), bytes.byte_offset(), bytes.length());
    let mut at = 0;
    while at < len {
        let piece = PIECE.min(len - at);
        // A new view, because `subarray` calls the constructor of a subclass of the caller.
        loader.push(&Uint8Array::new_with_byte_offset_and_length(&buffer, start + at, piece).to_vec());
        at += piece;
    }
}

/// Loads a lead file as it arrives, piece by piece: from the network, or from a large file.
#[wasm_bindgen(js_name = Loader)]
pub struct JsLoader {
    loading: RefCell<Option<ingest::Loader>>,
}

#[wasm_bindgen(js_class = Loader)]
impl JsLoader {
    /// A loader without any data.
    #[wasm_bindgen(constructor)]
    pub fn new(
        #[wasm_bindgen(unchecked_param_type = "LeadOptions | undefined")] options: JsValue,
    ) -> Result<JsLoader, JsValue> {
        Ok(Self { loading: RefCell::new(Some(loader(&options)?)) })
    }

    /// Adds the next bytes of the file.
    pub fn push(&self, #[wasm_bindgen(unchecked_param_type = "Uint8Array")] bytes: JsValue) -> Result<(), JsValue> {
        let Some(bytes) = bytes.dyn_ref::<Uint8Array>() else {
            let kind = bytes.js_typeof().as_string().unwrap_or_default();
            let message = format!("These are not bytes: the value ({kind}) is not a Uint8Array");
            return Err(misuse("not-bytes", &message, "Give a Uint8Array with the next part of the file"));
        };
        match self.loading.borrow_mut().as_mut() {
            Some(loader) => push_bytes(bytes, loader),
            None => return Err(finished()),
        }
        Ok(())
    }

    /// Ends the file; the book of all its leads.
    pub fn finish(&self) -> Result<Book, JsValue> {
        let loader = self.loading.borrow_mut().take().ok_or_else(finished)?;
        Ok(Book::of(loader.finish()))
    }
}

/// The error of a loader that is used after `finish`.
fn finished() -> JsValue {
    misuse("finished", "This Loader is finished: its book was made", "Make a new one for the next file")
}
