//! The advice that the pages assert, as the suite for other implementations: tests/conformance/cadans/*.json, a file a page.
//!
//! What is expected is what stands on the page, written by hand; nothing here asks the engine. Left out are blocks with rules that are refused, and
//! layers of which a pack was refused, because what becomes of them is told by this implementation only.
//! `CADANS_WRITE=1 cargo test --test spec` writes the files.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value as Json, json};

use crate::page::{self, Block, Kind, What};

/// A page as a file of the suite; `None` where it asserts no advice.
fn exported(file: &str, text: &str) -> Option<String> {
    let page = page::read(file, text);
    let mut cases: Vec<Json> = Vec::new();
    let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
    for block in page.blocks.iter().filter(|block| block.kind == Kind::Rules && !is_left_out(block)) {
        for (at, expected) in expectations(block) {
            let Some(Json::Object(mut lead)) = block.lead.as_deref().and_then(|lead| serde_json::from_str(lead).ok())
            else {
                continue;
            };
            let now = lead.shift_remove("now").unwrap_or_default();
            let number = numbers.entry(&block.heading).or_default();
            *number += 1;
            let mut case = json!({ "name": format!("{}, {number}", block.heading), "rules": rules(block) });
            case.as_object_mut()?.extend(options(block));
            case["lead"] = Json::Object(lead);
            case["now"] = at.map_or(now, Json::String);
            case["expected"] = expected;
            cases.push(case);
        }
    }
    let mut written = format!(
        "{{\n\"licence\": \"CC0-1.0\",\n\"expectations\": \"written by hand on the page tests/spec/{file} and asserted there\",\n\"cases\": [\n"
    );
    written += &cases.iter().map(Json::to_string).collect::<Vec<_>>().join(",\n");
    (!cases.is_empty()).then_some(written + "\n]\n}\n")
}

fn is_left_out(block: &Block) -> bool {
    block.claims.iter().any(|claim| match &claim.what {
        What::Finding { severity, .. } => severity == "error",
        What::Layers(layers) => layers.split([',', ' ']).any(|word| word == "refused"),
        _ => false,
    })
}

/// What is expected, each with its moment where that is not the one of the lead.
fn expectations(block: &Block) -> Vec<(Option<String>, Json)> {
    let reason = block.claims.iter().find_map(|claim| match &claim.what {
        What::Reason(part) => Some(part),
        _ => None,
    });
    let claims = block.claims.iter().filter_map(|claim| match &claim.what {
        What::Advice(told) => {
            let mut expected = expected(told);
            if let Some(reason) = reason {
                expected.insert("reason".to_owned(), json!(reason));
            }
            Some((None, Json::Object(expected)))
        }
        What::AdviceAt(now, told) => Some((Some(now.clone()), Json::Object(expected(told)))),
        _ => None,
    });
    claims.collect()
}

/// The packs, without what is claimed about them.
fn rules(block: &Block) -> Json {
    let files = block.lines.iter().map(|line| line.file).max().unwrap_or_default() + 1;
    let pack = |file: usize| {
        let lines = block.lines.iter().filter(|line| line.file == file).filter_map(|line| {
            let (code, claims) = page::split(&line.text);
            (claims.is_empty() || !code.trim().is_empty()).then_some(code.trim_end())
        });
        json!({ "file": format!("{file}.rhai"), "text": lines.collect::<Vec<_>>().join("\n") })
    };
    (0..files).map(pack).collect()
}

/// Settings and layers.
fn options(block: &Block) -> Map<String, Json> {
    let mut options = Map::new();
    for claim in &block.claims {
        match &claim.what {
            What::Override(written) => {
                let Some((name, value)) = written.split_once(" = ") else { continue };
                let value = serde_json::from_str(value).unwrap_or_else(|_| json!(value));
                options.entry("settings").or_insert_with(|| json!({}))[name] = value;
            }
            What::Layers(layers) => {
                let layer = |(nth, layer): (usize, &str)| {
                    let (kind, rep) = layer.split_once(' ').unwrap_or((layer, ""));
                    let mut layer = json!({ "kind": kind, "name": nth.to_string(), "packs": [format!("{nth}.rhai")] });
                    if !rep.is_empty() {
                        layer["rep"] = json!(rep);
                    }
                    layer
                };
                options.insert("layers".to_owned(), layers.split(", ").enumerate().map(layer).collect());
            }
            _ => {}
        }
    }
    options
}

/// The fields of `phone to anna from ... until ... late by 25 minutes by kim`.
fn expected(told: &str) -> Map<String, Json> {
    let mut fields = Map::new();
    let mut add = |name: &str, value: Json| fields.insert(name.to_owned(), value);
    let (mut rest, rep) = match told.rsplit_once(" by ") {
        Some((rest, rep)) if !rest.ends_with(" late") && !told.starts_with("hold") => (rest, Some(rep)),
        _ => (told, None),
    };
    if rest == "wait" || rest == "hold" {
        add("verdict", json!(rest));
    } else if let Some(blocks) = rest.strip_prefix("hold by ") {
        let blocks =
            blocks.split(", ").filter_map(|block| block.split_once(" for ")).map(|(policy, person)| match person {
                "everybody" => json!({ "policy": policy }),
                person => json!({ "policy": policy, "person": person }),
            });
        add("verdict", json!("hold"));
        add("blocks", blocks.collect());
    } else if let Some(role) = rest.strip_prefix("find ") {
        add("verdict", json!("find"));
        add("find", json!(role));
    } else if let Some(team) = rest.strip_prefix("hand over to ") {
        add("verdict", json!("hand_over"));
        add("handOver", json!(team));
    } else {
        add("verdict", json!("touch"));
        for (word, name) in [(" late by ", "lateBy"), (" until ", "until"), (" from ", "from"), (" to ", "person")] {
            let Some((before, value)) = rest.split_once(word) else { continue };
            add(
                name,
                match name {
                    "lateBy" => json!(milliseconds(value)),
                    "person" => json!(value),
                    _ => json!(page::with_seconds(value)),
                },
            );
            rest = before;
        }
        add("channel", json!(rest));
    }
    if let Some(rep) = rep {
        add("rep", json!(rep));
    }
    fields
}

/// `3 days 22 hours` in milliseconds.
fn milliseconds(length: &str) -> u64 {
    let words: Vec<&str> = length.split(' ').collect();
    let parts = words.chunks(2).map(|part| {
        let [number, unit] = part else { panic!("{length:?} is no length of time") };
        let seconds = match unit.trim_end_matches('s') {
            "second" => 1,
            "minute" => 60,
            "hour" => 3_600,
            "day" => 86_400,
            other => panic!("{other:?} is no unit of time"),
        };
        number.parse::<u64>().expect("a whole number") * seconds * 1_000
    });
    parts.sum()
}

#[test]
fn the_suite_for_others_is_what_the_pages_assert() {
    let folder: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conformance/cadans");
    let mut stale = Vec::new();
    for (page, text) in super::pages().iter().filter(|(page, _)| page.starts_with(char::is_numeric)) {
        let path = folder.join(page.replace(".md", ".json"));
        let exported = exported(page, text);
        if std::env::var_os("CADANS_WRITE").is_some() {
            match &exported {
                Some(exported) => fs::write(&path, exported).unwrap(),
                None if path.exists() => fs::remove_file(&path).unwrap(),
                None => {}
            }
        }
        if fs::read_to_string(&path).ok() != exported {
            stale.push(path);
        }
    }
    assert!(stale.is_empty(), "CADANS_WRITE=1 cargo test --test spec writes {stale:?}");
}

#[test]
fn an_assertion_becomes_fields() {
    let fields = |told: &str| Json::Object(expected(told));
    assert_eq!(
        fields(
            "phone to anna from 2026-11-20T10:00+01:00 until 2026-11-20T10:05:30+01:00 late by 3 days 1 hour by kim"
        ),
        json!({ "verdict": "touch", "channel": "phone", "person": "anna", "from": "2026-11-20T10:00:00+01:00",
            "until": "2026-11-20T10:05:30+01:00", "lateBy": 262_800_000, "rep": "kim" })
    );
    assert_eq!(fields("email"), json!({ "verdict": "touch", "channel": "email" }));
    assert_eq!(fields("find buyer by sam"), json!({ "verdict": "find", "find": "buyer", "rep": "sam" }));
    assert_eq!(fields("hand over to marketing"), json!({ "verdict": "hand_over", "handOver": "marketing" }));
    assert_eq!(
        fields("hold by limit for anna, skill-missing for everybody"),
        json!({ "verdict": "hold", "blocks": [{ "policy": "limit", "person": "anna" }, { "policy": "skill-missing" }] })
    );
}
