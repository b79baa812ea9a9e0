//! What is refused, noted and told of files is told in every language, with a code that does not change.
//!
//! The fixtures of all importers and a lead file are read as they are, and again with one cell or value spoilt at a time, so that most
//! sentences occur. What a file says (names, values) stays as it is and is taken out before words are looked for.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, missing_docs, reason = "tests")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use cadans::book::import::{ImportKind, ImportOptions, Mapping, import, import_and_tell};
use cadans::book::ingest::{Intake, LeadFormat, read_book};
use cadans::book::{LeadTable, Refusal};
use cadans::calendar::Instant;
use cadans::wording::{Language, Sentence};
use cadans_testing::english_words::english_words;

/// How many sentences of each code were looked at.
#[derive(Default)]
struct Seen(BTreeMap<&'static str, usize>);

/// So many of one code are looked at; the others differ in what they quote.
const OF_ONE_CODE: usize = 20;

impl Seen {
    fn sentence(&mut self, sentence: &Sentence) {
        let seen = self.0.entry(sentence.key()).or_default();
        *seen += 1;
        if *seen > OF_ONE_CODE {
            return;
        }
        let dutch = sentence.render(Language::Dutch);
        assert_eq!(english_words(&dutch), Vec::<String>::new(), "{}: {dutch}", sentence.key());
        // Nothing but names and figures is the same in both languages.
        let english = sentence.render(Language::English);
        assert!(dutch != english || english_words(&english).is_empty(), "{}: {dutch}", sentence.key());
    }

    fn intake(&mut self, intake: &Intake) {
        for refusal in intake.refused.iter().chain(&intake.noted) {
            self.sentence(&refusal.reason);
        }
    }
}

fn fixture(name: &str) -> Vec<u8> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/import").join(name)).unwrap()
}

/// What is put in the place of a cell or value.
const SPOILT: &[&str] = &["", "maybe", "\"", "2026-13-45"];

/// The texts of a table with one cell of its first rows, its header included, spoilt at a time; and with rows and bytes out of place.
fn spoilt_tables(text: &str, separator: char) -> Vec<Vec<u8>> {
    let rows: Vec<Vec<&str>> = text.lines().map(|line| line.split(separator).collect()).collect();
    let join = |rows: &[Vec<&str>]| {
        let lines: Vec<String> = rows.iter().map(|row| row.join(&separator.to_string())).collect();
        lines.join("\n").into_bytes()
    };
    let mut all = vec![
        Vec::new(),
        b"\xFF\xFE1\x002\x00".to_vec(),
        b"%PDF-1.7".to_vec(),
        b"<html><table>".to_vec(),
        [text.as_bytes(), b"caf\xE9,1\n"].concat(),
        [b"caf\xE9,".as_slice(), text.as_bytes()].concat(),
        format!("Export of today\n{text}").into_bytes(),
        text.replace(separator, "|").into_bytes(),
        [join(&rows), join(&rows)].join(b"\n".as_slice()),
        [text.as_bytes(), b"\n\"open"].concat(),
    ];
    for place in 0..rows[0].len() {
        for row in 0..rows.len().min(2) {
            for word in SPOILT {
                let mut spoilt = rows.clone();
                spoilt[row].resize(rows[0].len(), "");
                spoilt[row][place] = word;
                all.push(join(&spoilt));
            }
        }
        // The column twice.
        let doubled: Vec<Vec<&str>> = rows
            .iter()
            .map(|row| row.iter().copied().chain([row.get(place).copied().unwrap_or_default()]).collect())
            .collect();
        all.push(join(&doubled));
    }
    all
}

/// The values of a JSON document, by JSON pointer.
fn pointers(value: &Value, at: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                let here = format!("{at}/{}", name.replace('~', "~0").replace('/', "~1"));
                found.push(here.clone());
                pointers(member, &here, found);
            }
        }
        Value::Array(items) => {
            for (nth, item) in items.iter().enumerate() {
                let here = format!("{at}/{nth}");
                found.push(here.clone());
                pointers(item, &here, found);
            }
        }
        _ => {}
    }
}

/// A JSON document with one value replaced at a time.
fn spoilt_documents(document: &Value) -> Vec<Value> {
    let odd = [
        json!(null),
        json!("maybe"),
        json!(""),
        json!([]),
        json!({}),
        json!(-7),
        json!(1e300),
        json!(true),
        json!("2026-13-45"),
    ];
    let mut places = Vec::new();
    pointers(document, "", &mut places);
    let mut all = Vec::new();
    for place in places {
        for value in &odd {
            let mut spoilt = document.clone();
            *spoilt.pointer_mut(&place).unwrap() = value.clone();
            all.push(spoilt);
        }
    }
    all
}

fn import_all(seen: &mut Seen, kind: ImportKind, files: &[(&str, &[u8])], mapping: Option<&Mapping>) {
    seen.intake(&import(kind, files, &ImportOptions { mapping: mapping.cloned(), until: None }));
}

/// The files as they are, with all that is not in the leads, once up to a moment in the middle.
fn import_whole(seen: &mut Seen, kind: ImportKind, files: &[(&str, &[u8])], mapping: Option<&Mapping>) {
    for until in [None, Instant::parse("2026-11-15T00:00:00Z").ok()] {
        let (intake, told) = import_and_tell(kind, files, &ImportOptions { mapping: mapping.cloned(), until });
        seen.intake(&intake);
        told.iter().for_each(|told| seen.sentence(&told.reason));
    }
}

/// The tables of an import with each one spoilt in turn.
fn import_tables(seen: &mut Seen, kind: ImportKind, names: &[&str], mapping: Option<&Mapping>) {
    let separator = if kind == ImportKind::Csv { ';' } else { ',' };
    let whole: Vec<(&str, Vec<u8>)> = names.iter().map(|name| (*name, fixture(name))).collect();
    let files: Vec<(&str, &[u8])> = whole.iter().map(|(name, bytes)| (*name, bytes.as_slice())).collect();
    import_whole(seen, kind, &files, mapping);
    for (nth, (name, bytes)) in whole.iter().enumerate() {
        for spoilt in spoilt_tables(std::str::from_utf8(bytes).unwrap(), separator) {
            let mut files = files.clone();
            files[nth] = (name, &spoilt);
            import_all(seen, kind, &files, mapping);
        }
    }
}

fn import_documents(seen: &mut Seen, kind: ImportKind, name: &str) {
    let bytes = fixture(name);
    import_whole(seen, kind, &[(name, &bytes)], None);
    for broken in [&b""[..], b"[", b"{\"a\": 1} x", b"{\"a\": nan}", b"7", b"{\"id\": 1, \"id\": 2}"] {
        import_all(seen, kind, &[(name, broken)], None);
    }
    let documents: Vec<Value> = match serde_json::from_slice(&bytes) {
        Ok(document) => vec![document],
        Err(_) => bytes.split(|byte| *byte == b'\n').filter_map(|line| serde_json::from_slice(line).ok()).collect(),
    };
    for nth in 0..documents.len() {
        for spoilt in spoilt_documents(&documents[nth]) {
            let mut documents = documents.clone();
            documents[nth] = spoilt;
            let text: Vec<String> = documents.iter().map(Value::to_string).collect();
            import_all(seen, kind, &[(name, text.join("\n").as_bytes())], None);
        }
    }
}

#[test]
fn what_importers_refuse_and_note_is_told_in_dutch() {
    let mut seen = Seen::default();
    let mapping = |name| Mapping::read(&fixture(name)).unwrap();
    import_tables(&mut seen, ImportKind::Csv, &["leads.csv"], Some(&mapping("leads.mapping.json")));
    let journey = mapping("journey.mapping.json");
    import_tables(&mut seen, ImportKind::EventLog, &["journey.csv", "journey-cases.csv"], Some(&journey));
    import_tables(&mut seen, ImportKind::Salesforce, &["salesforce-lead.csv", "salesforce-task.csv"], None);
    let tables =
        ["company", "contact", "contact_form_submission", "deal", "deal_company", "deal_contact", "email_event_data"];
    let more = ["email_event_status_change_data", "engagement_call_data", "engagement_contact"];
    let tables: Vec<String> = tables.iter().chain(&more).map(|name| format!("hubspot/{name}.csv")).collect();
    let tables: Vec<&str> = tables.iter().map(String::as_str).collect();
    import_tables(&mut seen, ImportKind::Hubspot, &tables, None);
    import_documents(&mut seen, ImportKind::Mautic, "mautic.json");
    import_documents(&mut seen, ImportKind::Pipedrive, "pipedrive.jsonl");
    import_documents(&mut seen, ImportKind::Segment, "segment.json");
    seen.intake(&import(ImportKind::Csv, &[("a.csv", b"id\n1\n")], &ImportOptions::default()));
    seen.intake(&import(ImportKind::Hubspot, &[], &ImportOptions::default()));
    let codes: BTreeSet<&str> = seen.0.keys().copied().filter(|code| code.starts_with("import-")).collect();
    assert!(codes.len() >= 70, "{} kinds only: {codes:?}", codes.len());
}

#[test]
fn the_faults_of_a_mapping_are_told_in_dutch() {
    let mut seen = Seen::default();
    let mut faulty = |text: &str| {
        let faults: Vec<Refusal> = Mapping::read(text.as_bytes()).err().unwrap_or_default();
        faults.iter().for_each(|fault| seen.sentence(&fault.reason));
        faults.len()
    };
    for name in ["leads.mapping.json", "journey.mapping.json"] {
        let mapping: Value = serde_json::from_slice(&fixture(name)).unwrap();
        let refused = spoilt_documents(&mapping).iter().map(|spoilt| faulty(&spoilt.to_string())).sum::<usize>();
        assert!(refused > 50, "{refused}");
    }
    for text in [
        "{",
        "7",
        "",
        "{\"a\": 1}",
        "{\"separator\": \"ab\"}",
        "{\"leads\": {\"lead\": {\"naem\": \"a\", \"zzz\": \"b\"}}}",
    ] {
        assert!(faulty(text) > 0, "{text}");
    }
}

/// A lead file with a value in every kind of field.
fn whole_file() -> Value {
    json!({
        "leads": [
            {
                "id": "L-1", "name": "Alfa", "account": { "id": "A", "country": "NL", "region": "NH", "zone": "Europe/Amsterdam", "employees": 3 },
                "stage": "interest", "stage_since": "2026-11-01T09:00:00Z", "country": "NL", "language": "nl", "owner": "rob", "value": 100.0,
                "churn": 0.1, "fields": { "budget": 1 },
                "people": [
                    { "id": "p1", "human": "h", "roles": ["decider"], "channels": ["phone"], "reachable": "Mo-Fr 09:00-17:00", "influence": 0.5,
                      "aliases": ["q"], "absences": [{ "from": "2026-11-01T09:00:00Z", "until": "2026-11-02T09:00:00Z" }],
                      "consents": [{ "channel": "email", "basis": "opt_in", "given_at": "2026-01-01T09:00:00Z", "valid_to": "2027-01-01T09:00:00Z" }] },
                    { "id": "p2", "human": "i" },
                ],
                "signals": [{ "at": "2026-11-10T09:00:00Z", "kind": "call", "person": "p1", "direction": "outbound", "rep": "kim", "step": 1, "acknowledges": true, "weight": 1.0 }],
                "planned": [{ "at": "2026-11-20T09:00:00Z", "channel": "phone", "person": "p1", "zone": "Europe/Amsterdam" }],
                "quotes": [{ "sent_at": "2026-11-10T09:00:00Z", "status": "open", "amount": 5.0, "valid_until": "2026-12-10T09:00:00Z" }],
                "feedback": [{ "at": "2026-11-10T09:00:00Z", "rule": "r", "verdict": "snoozed", "until": "2026-11-12T09:00:00Z" }],
            },
            { "id": "L-2" },
        ],
        "reps": [{ "id": "rob", "zone": "Europe/Amsterdam", "hours": "Mo-Fr 09:00-17:00", "languages": ["nl"], "backup": "nobody" }, { "id": "ann", "zone": "Europe/Amsterdam" }],
        "content": [{ "id": "guide", "languages": ["nl"] }, { "id": "case" }],
    })
}

#[test]
fn what_is_refused_of_a_lead_file_is_told_in_dutch() {
    let mut seen = Seen::default();
    let whole = whole_file();
    assert_eq!(read_book(&LeadFormat::Json, whole.to_string().as_bytes()).refused, []);
    let mut spoilt = spoilt_documents(&whole);
    for (pointer, value) in [
        ("/leads/1/id", json!("L-1")),
        ("/leads/0/people/1/id", json!("p1")),
        ("/leads/0/people/1/id", json!("q")),
        ("/leads/0/people/1/human", json!("h")),
        ("/leads/0/signals/0/person", json!("p9")),
        ("/leads/0/signals/0/person", json!("somebody")),
        ("/leads/0/signals/0/direction", json!("inbound")),
        ("/leads/0/signals/0/step", json!(0)),
        ("/leads/0/signals/0/kind", json!("cal")),
        ("/leads/0/signals/0/at", json!("2026-11-10T09:00:00")),
        ("/leads/0/signals/0/at", json!("2126-11-10T09:00:00Z")),
        ("/leads/0/quotes/0/valid_until", json!("2026-01-10T09:00:00Z")),
        ("/leads/0/people/0/consents/0/valid_to", json!("2025-01-10T09:00:00Z")),
        ("/leads/0/people/0/absences/0/until", json!("2025-01-10T09:00:00Z")),
        ("/leads/0/feedback/0/until", json!("2025-01-10T09:00:00Z")),
        ("/leads/0/feedback/0/verdict", json!("followed")),
        ("/leads/0/country", json!("Netherlands")),
        ("/leads/0/zone", json!("Europe/Amsterdm")),
        ("/leads/0/name", json!("x".repeat(100_000))),
        ("/leads/0/people/0/reachable", json!("Mo-Fr 9-17")),
        ("/leads/0/people/0/reachable", json!("Mo sunrise-17:00")),
        ("/reps/1/id", json!("rob")),
        ("/content/1/id", json!("guide")),
    ] {
        let mut file = whole.clone();
        match file.pointer_mut(pointer) {
            Some(at) => *at = value,
            None => drop(
                file["leads"][0].as_object_mut().unwrap().insert(pointer.rsplit('/').next().unwrap().to_owned(), value),
            ),
        }
        spoilt.push(file);
    }
    for file in spoilt {
        seen.intake(&read_book(&LeadFormat::Json, file.to_string().as_bytes()));
        seen.intake(&read_book(&LeadFormat::Ndjson, file["leads"][0].to_string().as_bytes()));
    }
    let deep = format!("[{{\"id\": \"a\", \"fields\": {}1{}}}]", "[".repeat(200), "]".repeat(200));
    for text in [
        "",
        "x",
        "[",
        "{",
        "[1]",
        "[{\"id\": \"a\"},,]",
        "[{\"id\": nan}]",
        "[{\"id\": \"a\", \"value\": 1e999}]",
        "[{\"id\": \"a\" \"b\"}]",
        "[{\"id\": \"a\"}] x",
        "{\"leads\": []} x",
        "{\"leads\": [] x}",
        "{\"leads\": 7}",
        "{\"leads\": [], \"leads\": []}",
        "{\"leads\": [], \"lead\": 1}",
        "{\"leads\": [], \"zzz\": 1}",
        "{\"leads\": [], 7}",
        "[{\"id\": \"a\", \"id\": \"b\"}]",
        "[{\"id\": \"a\"",
        "{\"leads\": [{\"id\": \"a\"}",
        "[{\"id\": \"a\", \"unknown\": 1}]",
        "[{\"id\": \"a\", \"nam\": 1}]",
        &deep,
    ] {
        seen.intake(&read_book(&LeadFormat::Json, text.as_bytes()));
        seen.intake(&read_book(&LeadFormat::Ndjson, text.as_bytes()));
    }
    seen.intake(&read_book(&LeadFormat::Json, b"\xFF\xFE"));
    seen.intake(&read_book(&LeadFormat::Json, b"[{\"id\": \"caf\xE9\"}]"));
    let codes: BTreeSet<&str> = seen.0.keys().copied().collect();
    assert!(codes.len() >= 55, "{} kinds only: {codes:?}", codes.len());
}

#[test]
fn a_refusal_has_one_code_in_every_language() {
    let intake = read_book(&LeadFormat::Json, br#"[{"id": "a", "zone": "Europe/Amsterdm"}]"#);
    let [english, dutch] =
        Language::ALL.map(|language| serde_json::to_value(intake.refused[0].render(language)).unwrap());
    assert_eq!(
        english,
        json!({ "lead": "a", "path": "zone", "code": "zone-meant", "line": 1,
                "reason": "\"Europe/Amsterdm\" is not a time zone; did you mean \"Europe/Amsterdam\"?" })
    );
    assert_eq!(dutch["reason"], "\"Europe/Amsterdm\" is geen tijdzone; bedoelde je \"Europe/Amsterdam\"?");
    assert_eq!(dutch["code"], english["code"]);
    assert_eq!(
        intake.refused[0].in_one_line(Language::Dutch),
        format!("regel 1, lead a, zone: {}", dutch["reason"].as_str().unwrap())
    );
}

#[test]
fn the_error_of_a_table_is_told_in_dutch() {
    let error = cadans::book::Book::from_table(&LeadTable { size: usize::MAX, ..LeadTable::default() }).unwrap_err();
    assert_eq!(error.reason.key(), "table-too-many-leads");
    assert_eq!(english_words(&error.render(Language::Dutch)), Vec::<String>::new());
}
