//! Kinds of faults that users of comparable software reported in public, each with variations of its own: files, commands and what must come of
//! them. `tests/fixtures/kinds/README.md` has the table of kinds and says how a variation is written.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, missing_docs, reason = "tests")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::process::{run_in, write};

/// How many variations a kind has at least.
const LEAST: usize = 2;

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/kinds")
}

/// The names in a folder, sorted.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = entries.collect();
    names.sort();
    names
}

/// A command and the lines with what must come of it.
struct Step {
    args: Vec<String>,
    expected: Vec<(String, String)>,
}

/// A variation: files by name, and the commands that are run among them.
struct Variation {
    files: Vec<(String, Vec<u8>)>,
    steps: Vec<Step>,
}

/// The bytes of a text in an encoding.
fn encoded(text: &str, encoding: &str) -> Vec<u8> {
    match encoding {
        "" => text.as_bytes().to_vec(),
        "utf-8-sig" => [b"\xEF\xBB\xBF", text.as_bytes()].concat(),
        "latin-1" => text.chars().map(|letter| u8::try_from(u32::from(letter)).unwrap()).collect(),
        "utf-16-le" => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        "utf-16-be" => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        "utf-32-le" => text.chars().flat_map(|letter| u32::from(letter).to_le_bytes()).collect(),
        "utf-32-be" => text.chars().flat_map(|letter| u32::from(letter).to_be_bytes()).collect(),
        "cr" => text.replace('\n', "\r").into_bytes(),
        other => panic!("no encoding {other}"),
    }
}

fn read(text: &str) -> Variation {
    let mut variation = Variation { files: Vec::new(), steps: Vec::new() };
    let (mut name, mut body): (Option<&str>, String) = (None, String::new());
    let close = |name: Option<&str>, body: &str, files: &mut Vec<(String, Vec<u8>)>| {
        let Some(name) = name else { return };
        let (file, encoding) = name.split_once(' ').unwrap_or((name, ""));
        files.push((file.to_owned(), encoded(body, encoding)));
    };
    for line in text.split_inclusive('\n') {
        let bare = line.trim_end_matches('\n');
        if let Some(next) = bare.strip_prefix("-- ").and_then(|rest| rest.strip_suffix(" --")) {
            close(name.replace(next), &body, &mut variation.files);
            body.clear();
        } else if name.is_some() {
            body.push_str(line);
        } else if let Some(command) = bare.strip_prefix("$ cadans ") {
            let args = command.split(' ').map(str::to_owned).collect();
            variation.steps.push(Step { args, expected: Vec::new() });
        } else if !bare.starts_with('#') && !bare.is_empty() {
            let (word, rest) = bare.split_once(' ').unwrap_or((bare, ""));
            let step = variation.steps.last_mut().unwrap_or_else(|| panic!("no command before: {bare}"));
            step.expected.push((word.to_owned(), rest.to_owned()));
        }
    }
    close(name, &body, &mut variation.files);
    variation
}

/// Where a value differs from what is expected of it: an object has at least these members (`null`: it has none of that name), a list
/// exactly these elements, anything else is equal.
fn difference(expected: &Value, value: Option<&Value>, path: &str) -> Option<String> {
    match (expected, value) {
        (Value::Null, None) => None,
        (Value::Object(members), Some(Value::Object(object))) => members
            .iter()
            .find_map(|(name, expected)| difference(expected, object.get(name), &format!("{path}.{name}"))),
        (Value::Array(elements), Some(Value::Array(list))) if elements.len() == list.len() => {
            let mut pairs = elements.iter().zip(list).enumerate();
            pairs.find_map(|(nth, (expected, value))| difference(expected, Some(value), &format!("{path}[{nth}]")))
        }
        (expected, Some(value)) if expected == value => None,
        (expected, value) => Some(format!("{path} must be {expected}, and is {value:?}")),
    }
}

/// The objects of a list by the text of a member.
fn by(member: &str, list: impl IntoIterator<Item = Value>) -> BTreeMap<String, Value> {
    list.into_iter().filter_map(|one| Some((one.get(member)?.as_str()?.to_owned(), one))).collect()
}

/// Runs the commands of a variation in a folder with its files, and adds what is not as expected to `found`.
fn run(name: &str, variation: &Variation, folder: &Path, found: &mut Vec<String>) {
    let _ = fs::remove_dir_all(folder);
    for (file, bytes) in &variation.files {
        write(folder, file, bytes);
    }
    for step in &variation.steps {
        let (exit, out, error_stream) = run_in(folder, &step.args).parts();
        // Sentences are wrapped to the width of the terminal.
        let told = error_stream.split_whitespace().collect::<Vec<_>>().join(" ");
        let leads = serde_json::from_str::<Value>(&out).ok().and_then(|file| file.get("leads")?.as_array().cloned());
        let leads = by("id", leads.unwrap_or_default());
        let advices = by("lead", out.lines().filter_map(|line| serde_json::from_str(line).ok()));
        let mut code = 0;
        let mut wrong: Vec<String> = Vec::new();
        for (word, rest) in &step.expected {
            let object = |known: &BTreeMap<String, Value>| {
                let (id, json) = rest.split_once(' ').unwrap();
                let expected: Value = serde_json::from_str(json).unwrap_or_else(|why| panic!("{name}: {rest}: {why}"));
                difference(&expected, known.get(id), id)
            };
            let unless = |right: bool| (!right).then(|| format!("{word} {rest}"));
            wrong.extend(match word.as_str() {
                "exit" => {
                    code = rest.parse().unwrap();
                    None
                }
                "lead" => object(&leads),
                "advice" => object(&advices),
                "leads" => unless(leads.keys().map(String::as_str).eq(rest.split(' '))),
                "told" => unless(told.contains(rest)),
                "untold" => unless(!told.contains(rest)),
                "quiet" => unless(told.is_empty()),
                "out" => unless(out.contains(rest)),
                "without" => unless(!out.contains(rest)),
                other => panic!("{name}: \"{other}\" is no expectation"),
            });
        }
        if exit != code {
            wrong.push(format!("exit code {code}, and is {exit}"));
        }
        if !wrong.is_empty() {
            let args = step.args.join(" ");
            found.push(format!("{name}: cadans {args}\n  not: {}\n{out}\n{error_stream}", wrong.join("\n  not: ")));
        }
    }
}

#[test]
fn every_variation_of_every_kind_comes_out_as_written() {
    let mut found = Vec::new();
    for kind in names(&fixtures()).iter().filter(|name| !name.ends_with(".md")) {
        for name in names(&fixtures().join(kind)) {
            let text = fs::read_to_string(fixtures().join(kind).join(&name)).unwrap();
            let variation = read(&text);
            assert!(
                text.starts_with("# ") && !variation.steps.is_empty(),
                "{kind}/{name} has no sentence or no command"
            );
            let expected = variation.steps.iter().map(|step| step.expected.len()).sum::<usize>();
            assert!(expected > 0, "{kind}/{name} expects nothing");
            let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("kinds").join(kind).join(&name);
            run(&format!("{kind}/{name}"), &variation, &folder, &mut found);
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n\n"));
}

#[test]
fn each_kind_of_the_table_has_a_test_of_its_own_and_two_variations() {
    let table = fs::read_to_string(fixtures().join("README.md")).unwrap();
    let rows =
        table.lines().filter_map(|line| line.strip_prefix("| ")).filter(|row| row.as_bytes()[0].is_ascii_digit());
    let mut kinds: BTreeSet<String> = BTreeSet::new();
    for row in rows {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let kind = cells[0];
        kinds.insert(kind.to_owned());
        let variations = names(&fixtures().join(kind));
        assert!(variations.len() >= LEAST, "{kind} has {} variations", variations.len());
        // `file.rs` function
        let (file, function) = cells[2].split_once("` `").unwrap_or_else(|| panic!("{kind}: no test: {}", cells[2]));
        let file = file.trim_start_matches('`');
        let source = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).unwrap();
        let function = function.trim_end_matches('`');
        assert!(source.contains(&format!("fn {function}(")), "{kind}: {file} has no {function}");
    }
    let folders: BTreeSet<String> = names(&fixtures()).into_iter().filter(|name| !name.ends_with(".md")).collect();
    assert_eq!(kinds, folders, "a row for each folder, and a folder for each row");
}
