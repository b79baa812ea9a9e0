//! `packFile`, `receive` and `accept`: one file to hand over, what it would change, and what accepting it would write. Nothing is written here.

use std::collections::BTreeMap;

use js_sys::Uint8Array;
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use crate::diagnostics::Diagnostic;
use crate::examples::ExampleResult;
use crate::handover::{
    Acceptance, Choice, Handover, Header, LayerChoice, NotPacked, OwnRulebook, PackOptions, ReceiveOptions,
    ReceiveReport, Refusal, accept, pack, receive,
};
use crate::order;
use crate::pack::Overrides;
use crate::pack::overrides::GivenValue;
use crate::wasm::{answer, as_json, load, misuse, moment, pack_files};
use crate::wording::Language;

/// One file with packs and all that they need, as `cadans pack` writes it; or why there is none. Packs that these need are looked for among those of the option
/// `beside`.
#[wasm_bindgen(js_name = packFile, unchecked_return_type = "PackedFile")]
pub fn pack_file(
    #[wasm_bindgen(unchecked_param_type = "PackFile | PackFile[]")] packs: JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "PackFileOptions")] options: JsValue,
) -> Result<JsValue, JsValue> {
    #[derive(Default, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Written {
        name: Option<String>,
        version: Option<String>,
        author: Option<String>,
        licence: Option<String>,
        about: Option<String>,
        #[serde(default)]
        settings: BTreeMap<String, GivenValue>,
        #[serde(default)]
        beside: Vec<PackText>,
        language: Option<String>,
    }
    #[derive(Default, Serialize)]
    struct Answer {
        #[serde(skip_serializing_if = "Option::is_none")]
        file: Option<File>,
        #[serde(skip_serializing_if = "Option::is_none")]
        refused: Option<Refused>,
        #[serde(skip_serializing_if = "Option::is_none")]
        errors: Option<Vec<Diagnostic>>,
        #[serde(skip_serializing_if = "Option::is_none")]
        failed: Option<Vec<ExampleResult>>,
    }
    #[derive(Serialize)]
    struct File {
        text: String,
        sha256: String,
        header: Header,
        warnings: Vec<Diagnostic>,
    }
    let written: Written = read_options(&options)?;
    let language = language(written.language.as_deref());
    let settings = Overrides::given(written.settings).map_err(|name| not_options(&format!("`{name}` is no number")))?;
    let Written { name, version, author, licence, about, .. } = written;
    let options = PackOptions { name, version, author, licence, about, settings };
    let beside: Vec<_> = written.beside.into_iter().map(PackText::into_source).collect();
    let told = |found: &[Diagnostic]| found.iter().map(|one| one.in_language(language)).collect::<Vec<_>>();
    answer(&match pack(&pack_files(packs)?, &beside, &options, language) {
        Ok(packed) => {
            let warnings = told(&packed.warnings);
            let file = File { text: packed.text, sha256: packed.sha256, header: packed.header, warnings };
            Answer { file: Some(file), ..Answer::default() }
        }
        Err(NotPacked::Refused(refusal)) => {
            Answer { refused: Some(Refused::of(&refusal, language)), ..Answer::default() }
        }
        Err(NotPacked::Errors(found)) => Answer { errors: Some(told(&found)), ..Answer::default() },
        Err(NotPacked::Examples(failed)) => Answer { failed: Some(failed), ..Answer::default() },
    })
}

/// What a file of `cadans pack` would change in a rulebook and in the advice for leads; or why it is refused. What `cadans receive --format json` prints.
#[wasm_bindgen(js_name = receive, unchecked_return_type = "ReceivedFile")]
pub fn receive_js(
    #[wasm_bindgen(unchecked_param_type = "string | Uint8Array")] file: JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "ReceiveOptions")] options: JsValue,
) -> Result<JsValue, JsValue> {
    #[derive(Serialize)]
    struct Answer {
        #[serde(skip_serializing_if = "Option::is_none")]
        report: Option<ReceiveReport>,
        #[serde(skip_serializing_if = "Option::is_none")]
        refused: Option<Refused>,
    }
    // Bytes would not survive as JSON text.
    let field = |name: &str| js_sys::Reflect::get(&options, &JsValue::from_str(name)).unwrap_or_default();
    let (leads, now) = (field("leads"), field("now"));
    let asked = Asked::read(&options)?;
    let intake = match (leads.is_undefined(), now.is_undefined()) {
        (true, _) => None,
        (false, false) => Some((load::intake(&leads, &JsValue::UNDEFINED)?, moment(&now)?)),
        (false, true) => return Err(not_options("leads are given without the moment `now`")),
    };
    let leads = intake.as_ref().map(|(intake, now)| (&intake.book, *now));
    let report = Handover::read(&bytes(&file)?).and_then(|handover| {
        // A report shows what would be replaced.
        let choice = Choice { replace: true, ..asked.choice.clone() };
        receive(&handover, &ReceiveOptions { own: asked.own(), choice: &choice, leads, language: asked.language })
    });
    answer(&match report {
        Ok(report) => Answer { report: Some(report), refused: None },
        Err(refusal) => Answer { report: None, refused: Some(Refused::of(&refusal, asked.language)) },
    })
}

/// What accepting a file of `cadans pack` writes: the new text of `rulebook.toml` and rule files, which are to be written before it; or why it is not accepted.
#[wasm_bindgen(js_name = accept, unchecked_return_type = "AcceptedFile")]
pub fn accept_js(
    #[wasm_bindgen(unchecked_param_type = "string | Uint8Array")] file: JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "AcceptOptions")] options: JsValue,
) -> Result<JsValue, JsValue> {
    #[derive(Serialize)]
    struct Answer {
        #[serde(skip_serializing_if = "Option::is_none")]
        acceptance: Option<Acceptance>,
        #[serde(skip_serializing_if = "Option::is_none")]
        refused: Option<Refused>,
    }
    let asked = Asked::read(&options)?;
    let accepted = Handover::read(&bytes(&file)?)
        .and_then(|handover| accept(&handover, asked.own(), &asked.choice, asked.language));
    answer(&match accepted {
        Ok(acceptance) => Answer { acceptance: Some(acceptance), refused: None },
        Err(refusal) => Answer { acceptance: None, refused: Some(Refused::of(&refusal, asked.language)) },
    })
}

/// A refusal in the words of a language.
#[derive(Serialize)]
struct Refused {
    code: &'static str,
    message: String,
    help: String,
}

impl Refused {
    fn of(refusal: &Refusal, language: Language) -> Self {
        Self { code: refusal.code, message: refusal.what.render(language), help: refusal.help.render(language) }
    }
}

/// A rule file as a caller writes it.
#[derive(Deserialize)]
struct PackText {
    file: String,
    text: String,
}

impl PackText {
    fn into_source(self) -> crate::language::PackSource {
        crate::language::PackSource { file: self.file, text: self.text }
    }
}

/// What a file is compared with, and what is accepted of it.
struct Asked {
    manifest: String,
    texts: BTreeMap<String, String>,
    choice: Choice,
    language: Language,
}

impl Asked {
    fn read(options: &JsValue) -> Result<Self, JsValue> {
        #[derive(Default, Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Written {
            #[serde(default)]
            rulebook: String,
            #[serde(default)]
            files: Vec<PackText>,
            layer: Option<String>,
            rep: Option<String>,
            rules: Option<Vec<String>>,
            #[serde(default)]
            replace: bool,
            by: Option<String>,
            on: Option<String>,
            language: Option<String>,
        }
        // Leads may be large, and are taken by themselves.
        let small = js_sys::Object::assign(&js_sys::Object::new(), options.unchecked_ref());
        let _ = js_sys::Reflect::delete_property(&small, &JsValue::from_str("leads"));
        let _ = js_sys::Reflect::delete_property(&small, &JsValue::from_str("now"));
        let written: Written = read_options(&small)?;
        let layer = LayerChoice { layer: written.layer.unwrap_or(LayerChoice::default().layer), rep: written.rep };
        Ok(Self {
            manifest: written.rulebook,
            texts: order::collect_map(written.files.into_iter().map(|file| (file.file, file.text))),
            choice: Choice {
                layer,
                rules: written.rules,
                replace: written.replace,
                accepted_by: written.by,
                accepted_on: written.on,
            },
            language: language(written.language.as_deref()),
        })
    }

    fn own(&self) -> OwnRulebook<'_> {
        OwnRulebook { manifest: &self.manifest, texts: &self.texts }
    }
}

/// Options of a caller; none for `undefined` and `null`.
fn read_options<T: Default + for<'de> Deserialize<'de>>(options: &JsValue) -> Result<T, JsValue> {
    if options.is_undefined() || options.is_null() {
        return Ok(T::default());
    }
    serde_json::from_str(&as_json(options).unwrap_or_default()).map_err(|why| not_options(&why.to_string()))
}

fn not_options(why: &str) -> JsValue {
    misuse(
        "not-options",
        &format!("These are not options: {why}"),
        "Give an object as editing.d.ts declares it, or nothing",
    )
}

fn language(tag: Option<&str>) -> Language {
    tag.and_then(Language::from_tag).unwrap_or_default()
}

/// The bytes of a file that is given as text or bytes.
fn bytes(file: &JsValue) -> Result<Vec<u8>, JsValue> {
    match (file.as_string(), file.dyn_ref::<Uint8Array>()) {
        (Some(text), _) => Ok(text.into_bytes()),
        (_, Some(bytes)) => Ok(bytes.to_vec()),
        _ => Err(misuse("not-a-file", "This is no file", "Give the text of a file of cadans pack, or its bytes")),
    }
}
