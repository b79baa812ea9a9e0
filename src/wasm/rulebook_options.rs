//! The options of `new Rulebook(packs, options)`: settings, and the layers in which the packs stand.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Deserialize;
use wasm_bindgen::prelude::JsValue;

use crate::diagnostics::Diagnostic;
use crate::pack::Overrides;
use crate::pack::layers::{Layer, LayerKind, LayerPack, Layers};
use crate::pack::overrides::GivenValue;
use crate::wasm::{as_json, misuse};
use crate::wording::{Language, Sentence};

/// How packs are merged.
#[derive(Debug, Default)]
pub(super) struct RulebookOptions {
    /// The layers in which the packs stand; `None` for packs without layers.
    pub(super) layers: Option<Layers>,
    /// The values of settings that go before all others.
    pub(super) overrides: Overrides,
}

/// The options as a caller writes them.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenOptions {
    #[serde(default)]
    settings: BTreeMap<String, GivenValue>,
    #[serde(default)]
    layers: Option<Vec<WrittenLayer>>,
    #[serde(default)]
    overrides: BTreeMap<String, GivenValue>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenLayer {
    kind: String,
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    rep: Option<String>,
    packs: Vec<WrittenPack>,
    #[serde(default)]
    settings: BTreeMap<String, GivenValue>,
}

#[derive(Deserialize)]
#[serde(untagged, expecting = "a pack of a layer is the name of its file, or { file, refused, rules }")]
enum WrittenPack {
    File(String),
    Pack {
        file: String,
        #[serde(default)]
        refused: bool,
        #[serde(default)]
        rules: Option<Vec<String>>,
    },
}

impl RulebookOptions {
    /// The options; none for `undefined` and `null`.
    ///
    /// # Errors
    /// The error to throw when they are something else, or say what cannot be.
    pub(super) fn read(options: &JsValue) -> Result<Self, JsValue> {
        if options.is_undefined() || options.is_null() {
            return Ok(Self::default());
        }
        let json = as_json(options).unwrap_or_default();
        // A list would be read as the options in their order.
        if !json.starts_with('{') {
            return Err(not_options("These are not options for a rulebook"));
        }
        let written: WrittenOptions = serde_json::from_str(&json)
            .map_err(|why| not_options(&format!("These are not options for a rulebook: {why}")))?;
        let (settings, overrides) = (given(written.settings)?, given(written.overrides)?);
        let Some(layers) = written.layers else {
            return Ok(Self { layers: None, overrides: settings.then(&overrides) });
        };
        let layers = layers.into_iter().map(layer).collect::<Result<Vec<Layer>, JsValue>>()?;
        let layers = Layers { layers, settings };
        layers.check().map_err(|why| not_options(&why.render(Language::English)))?;
        Ok(Self { layers: Some(layers), overrides })
    }

    /// Refuses values that a setting cannot have, and those of settings that no pack has.
    ///
    /// # Errors
    /// The error to throw about the first of them.
    pub(super) fn refuse_settings(found: &[Diagnostic]) -> Result<(), JsValue> {
        match found.iter().find(|one| matches!(one.code, "unknown-setting" | "bad-override" | "law-setting")) {
            None => Ok(()),
            Some(one) => Err(misuse(one.code, &one.message, &one.help)),
        }
    }
}

/// A layer as the library has it.
fn layer(written: WrittenLayer) -> Result<Layer, JsValue> {
    let WrittenLayer { kind, name, rep, packs, settings } = written;
    let Some(kind) = LayerKind::from_word(&kind) else {
        let kinds = LayerKind::ALL.map(LayerKind::word).join(", ");
        let shown: String = kind.chars().take(60).collect();
        return Err(not_options(&format!("There is no kind of layer \"{shown}\"; there are {kinds}")));
    };
    let pack = |pack| match pack {
        WrittenPack::File(file) => LayerPack { file, ..LayerPack::default() },
        WrittenPack::Pack { file, refused, rules } => LayerPack { file, refused, rules },
    };
    let called = name.or_else(|| rep.clone()).unwrap_or_else(|| kind.word().to_owned());
    Ok(Layer {
        kind,
        name: called,
        rep: rep.map(Arc::from),
        packs: packs.into_iter().map(pack).collect(),
        settings: given(settings)?,
    })
}

/// Values of settings.
fn given(values: BTreeMap<String, GivenValue>) -> Result<Overrides, JsValue> {
    Overrides::given(values)
        .map_err(|name| not_options(&Sentence::new("settings-not-finite").with("name", name).render(Language::English)))
}

fn not_options(message: &str) -> JsValue {
    let help =
        "Give { settings: { hot_visits: 3 } }, { layers: [{ kind: \"law\", packs: [\"nl.rhai\"] }] }, both, or nothing";
    misuse("not-options", message, help)
}
