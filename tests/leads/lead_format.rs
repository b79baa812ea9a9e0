//! The lead format as it is told to the world: JSON Schema, TypeScript and one page. None may lag behind the types.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test that panics has failed")]

use std::collections::{BTreeMap, BTreeSet};

use schemars::generate::SchemaSettings;
use serde_json::Value;

use cadans::book::import::Mapping;
use cadans::book::ingest::record::LeadFile;
use cadans::book::ingest::{LeadFormat, read_book};
use cadans::manifest::Manifest;
use cadans::team::records::TeamFile;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

fn schema<T: schemars::JsonSchema>() -> Value {
    SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<T>().to_value()
}

/// `UPDATE=1 cargo test --test leads lead_format` writes the schemas anew.
#[test]
fn the_committed_schemas_are_generated_from_the_types() {
    for (path, schema) in [
        ("docs/lead-format.schema.json", schema::<LeadFile>()),
        ("docs/mapping.schema.json", schema::<Mapping>()),
        ("docs/rulebook.schema.json", schema::<Manifest>()),
        ("docs/team-file.schema.json", schema::<TeamFile>()),
    ] {
        let made = serde_json::to_string_pretty(&schema).unwrap() + "\n";
        let file = format!("{ROOT}/{path}");
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(&file, &made).unwrap();
        }
        let committed = std::fs::read_to_string(&file).unwrap_or_default();
        assert!(committed == made, "{path} is out of date: run UPDATE=1 cargo test --test leads lead_format");
    }
}

/// Every object of the format: its name, and its fields with whether they must be there.
fn objects() -> BTreeMap<String, BTreeMap<String, bool>> {
    let root = schema::<LeadFile>();
    let mut found = BTreeMap::new();
    let definitions = root["$defs"].as_object().unwrap().iter().map(|(name, schema)| (name.clone(), schema));
    for (name, schema) in definitions.chain([("LeadFile".to_owned(), &root)]) {
        let Some(properties) = schema["properties"].as_object() else { continue };
        let required: BTreeSet<&str> =
            schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        let fields = properties.keys().map(|field| (field.clone(), required.contains(field.as_str())));
        found.insert(name, fields.collect());
    }
    found
}

/// Every vocabulary of the format with its words.
fn vocabularies() -> BTreeMap<String, Vec<String>> {
    let root = schema::<LeadFile>();
    let mut found = BTreeMap::new();
    for (name, schema) in root["$defs"].as_object().unwrap() {
        let words: Vec<String> = schema["oneOf"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|one| one["const"].as_str().map(ToOwned::to_owned))
            .collect();
        if !words.is_empty() {
            found.insert(name.clone(), words);
        }
    }
    found
}

#[test]
fn the_page_documents_every_field_and_every_word() {
    let page = std::fs::read_to_string(format!("{ROOT}/docs/lead-format.md")).unwrap();
    let section = |name: &str| {
        let head = format!("\n### {name}\n");
        let from = page.find(&head).unwrap_or_else(|| panic!("the page has no section {name}")) + head.len();
        let rest = &page[from..];
        rest.split("\n##").next().unwrap().to_owned()
    };
    for (name, fields) in objects() {
        let section = section(&name);
        for (field, required) in &fields {
            let row = section.lines().find(|line| line.starts_with(&format!("| `{field}` |")));
            let row = row.unwrap_or_else(|| panic!("section {name} does not tell `{field}`"));
            assert_eq!(row.contains("**must be there**"), *required, "{name}.{field}: {row}");
        }
        let told = section.lines().filter(|line| line.starts_with("| `")).count();
        assert_eq!(told, fields.len(), "section {name} tells fields that do not exist");
    }
    let words = section("Words");
    for (name, known) in vocabularies() {
        for word in known {
            assert!(words.contains(&format!("`{word}`")), "the word {word} of {name} is not on the page");
        }
    }
}

#[test]
fn the_examples_on_the_page_are_accepted() {
    let page = std::fs::read_to_string(format!("{ROOT}/docs/lead-format.md")).unwrap();
    let mut examples = 0;
    for block in page.split("\n```json").skip(1) {
        let (kind, rest) = block.split_once('\n').unwrap();
        let text = rest.split("\n```").next().unwrap();
        match kind.trim() {
            "leads" => {
                let intake = read_book(&LeadFormat::Json, text.as_bytes());
                assert_eq!(intake.refused, []);
                assert!(intake.accepted > 0);
            }
            "lines" => assert_eq!(read_book(&LeadFormat::Ndjson, text.as_bytes()).refused, []),
            "mapping" => assert!(Mapping::read(text.as_bytes()).is_ok(), "{:?}", Mapping::read(text.as_bytes())),
            other => panic!("a block of kind \"{other}\": write leads, lines or mapping behind json"),
        }
        examples += 1;
    }
    assert!(examples >= 4);
}

#[test]
fn the_typescript_types_have_the_same_fields() {
    let types = std::fs::read_to_string(format!("{ROOT}/src/types.d.ts")).unwrap();
    for (name, fields) in objects() {
        let head = format!("export interface {name} {{\n");
        let from = types.find(&head).unwrap_or_else(|| panic!("types.d.ts has no interface {name}")) + head.len();
        let body = types[from..].split("\n}").next().unwrap();
        let mut told = BTreeMap::new();
        for line in body.lines().map(str::trim).filter(|line| !line.starts_with(['/', '*'])) {
            let Some((field, _)) = line.split_once(':') else { continue };
            told.insert(field.trim_end_matches('?').to_owned(), !field.ends_with('?'));
        }
        assert_eq!(told, fields, "interface {name}");
    }
    for (name, words) in vocabularies() {
        let union: Vec<String> = words.iter().map(|word| format!("\"{word}\"")).collect();
        let head = format!("export type {name} =");
        let from = types.find(&head).unwrap_or_else(|| panic!("types.d.ts has no type {name}")) + head.len();
        let body: String = types[from..].split(';').next().unwrap().split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(body.trim_start_matches("| "), union.join(" | "), "type {name}");
    }
}
