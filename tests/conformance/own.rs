//! Our own suite, tests/conformance/cadans/*.json, on the native engine. The same files are run on the module by `cadans/run.mjs`.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use cadans::book::ingest::{LeadFormat, read_book};
use cadans::book::value::Value;
use cadans::calendar::Instant;
use cadans::decide::decide_lead;
use cadans::language::{PackSource, Rulebook};
use cadans::pack::Overrides;
use cadans::pack::layers::{Layer, LayerKind, LayerPack, Layers};
use cadans::wording::Language;
use serde_json::{Value as Json, json};

use crate::{folder, read_json};

/// The files of the suite, in order of their names.
pub fn files() -> Vec<PathBuf> {
    let entries = fs::read_dir(folder().join("cadans")).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> = entries.filter(|path| path.extension().is_some_and(|name| name == "json")).collect();
    files.sort();
    files
}

fn text<'a>(value: &'a Json, name: &str) -> &'a str {
    value[name].as_str().unwrap_or_default()
}

fn layers(layers: &Json) -> Option<Layers> {
    let layer = |layer: &Json| {
        let packs = layer["packs"].as_array().unwrap().iter();
        let pack = |file: &Json| LayerPack { file: file.as_str().unwrap().to_owned(), refused: false, rules: None };
        Layer {
            kind: LayerKind::from_word(text(layer, "kind")).unwrap(),
            name: text(layer, "name").to_owned(),
            rep: layer["rep"].as_str().map(Into::into),
            packs: packs.map(pack).collect(),
            settings: Overrides::default(),
        }
    };
    Some(Layers { layers: layers.as_array()?.iter().map(layer).collect(), settings: Overrides::default() })
}

/// What is advised for a case, as JSON.
fn advice(case: &Json) -> Json {
    let packs = case["rules"].as_array().unwrap().iter();
    let packs: Vec<PackSource> = packs
        .map(|pack| PackSource { file: text(pack, "file").to_owned(), text: text(pack, "text").to_owned() })
        .collect();
    let mut settings = Overrides::default();
    for (name, value) in case["settings"].as_object().into_iter().flatten() {
        let value = match (value.as_i64(), value.as_f64()) {
            (Some(count), _) => Value::from(count),
            (_, Some(number)) => Value::from(number),
            _ => Value::text(value.as_str().unwrap()),
        };
        settings.set(name, value);
    }
    let (rulebook, _) = Rulebook::merged(&packs, layers(&case["layers"]).as_ref(), &settings);
    let intake = read_book(&LeadFormat::Json, case["lead"].to_string().as_bytes());
    assert!(intake.refused.is_empty(), "{}: {:?}", case["name"], intake.refused);
    let now = Instant::parse(text(case, "now")).unwrap();
    serde_json::to_value(decide_lead(&rulebook, &intake.book, 0, now, Language::English)).unwrap()
}

/// The fields of `expected` that the advice does not have, with what it has.
fn differences(advice: &Json, expected: &Json) -> Vec<String> {
    let touch = &advice["touch"];
    let moment = |value: &Json| value.as_str().and_then(|moment| Instant::parse(moment).ok());
    let mut differs = Vec::new();
    for (name, wanted) in expected.as_object().unwrap() {
        let came = match name.as_str() {
            "verdict" | "blocks" | "reason" => &advice[name],
            "channel" | "find" | "handOver" | "lateBy" => &touch[name],
            "person" | "rep" => &touch[name]["id"],
            "from" | "until" => &touch["window"][name],
            other => panic!("the suite expects {other:?}"),
        };
        let same = match name.as_str() {
            "from" | "until" => moment(came).is_some() && moment(came) == moment(wanted),
            "reason" => came.as_str().is_some_and(|reason| reason.contains(wanted.as_str().unwrap())),
            "blocks" => wanted.as_array().unwrap().iter().all(|wanted| {
                let is_wanted = |block: &Json| ["policy", "person"].iter().all(|name| block[*name] == wanted[*name]);
                came.as_array().is_some_and(|blocks| blocks.iter().any(is_wanted))
            }),
            _ => came == wanted,
        };
        if !same {
            differs.push(format!("{name} is {came} and not {wanted}"));
        }
    }
    differs
}

#[test]
fn our_own_suite_passes_natively() {
    let (mut cases, mut wrong) = (0, Vec::new());
    for file in files() {
        let suite = read_json(&file);
        assert_eq!(suite["licence"], json!("CC0-1.0"));
        assert!(!text(&suite, "expectations").is_empty());
        let mut names = BTreeSet::new();
        for case in suite["cases"].as_array().unwrap() {
            cases += 1;
            let name = format!("{}: {}", file.file_stem().unwrap().display(), text(case, "name"));
            assert!(names.insert(name.clone()), "two cases are called {name:?}");
            wrong.extend(differences(&advice(case), &case["expected"]).into_iter().map(|how| format!("{name}: {how}")));
        }
    }
    assert!(wrong.is_empty(), "{} differences:\n{}", wrong.len(), wrong.join("\n"));
    assert!(cases >= 400, "only {cases} cases");
}

#[test]
fn what_is_advised_otherwise_differs() {
    let suite = read_json(&folder().join("cadans/30-clocks.json"));
    let case = &suite["cases"][0];
    let advice = advice(case);
    let otherwise = json!({ "verdict": "wait", "channel": "email", "person": "bob", "from": "2026-11-20T09:01:00+01:00", "rep": "kim",
        "lateBy": 1, "find": "buyer", "handOver": "x", "until": "soon", "reason": "no such words", "blocks": [{ "policy": "limit" }] });
    assert_eq!(differences(&advice, &otherwise).len(), otherwise.as_object().unwrap().len());
    assert_eq!(differences(&advice, &case["expected"]), Vec::<String>::new());
}
