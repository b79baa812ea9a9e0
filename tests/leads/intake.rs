//! Reading lead files after random changes to a valid one: nothing panics, every lead record is either accepted or set aside, and the fast path
//! and the checking reader agree.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test that panics has failed")]

use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Value, json};

use cadans::book::Book;
use cadans::book::import::{ImportKind, ImportOptions, Mapping, import};
use cadans::book::ingest::write::{write_json, write_ndjson};
use cadans::book::ingest::{Intake, LeadFormat, Loader, read_book};
use cadans::limits;

/// The first leads of the sample that ships, with its reps and content.
fn sample(leads: usize) -> Book {
    let text = include_str!("../../www/sample/leads.json");
    let mut file: Value = serde_json::from_str(text).unwrap();
    file["leads"].as_array_mut().unwrap().truncate(leads);
    read_book(&LeadFormat::Json, file.to_string().as_bytes()).book
}

/// A few leads of the sample as JSON, with every part of the format among them.
fn good() -> Value {
    let mut file: Value = serde_json::from_str(&write_json(&sample(10)).unwrap()).unwrap();
    let leads = file["leads"].as_array_mut().unwrap();
    leads[0]["fields"] = json!({"budget": 3.5, "need": "simple", "hot": true});
    leads[0]["planned"] = json!([
        {"at": "2026-11-24T10:00:00Z", "channel": "phone"},
        {"at": "2026-12-02T16:30:00-08:00", "channel": "video", "zone": "America/Vancouver"}
    ]);
    file
}

/// Reads the file as a whole. Reading it without the fast path, and in chunks of any size, must give the same.
fn read(format: &LeadFormat, bytes: &[u8]) -> Intake {
    let loader = || if *format == LeadFormat::Ndjson { Loader::ndjson() } else { Loader::json() };
    let whole = read_book(format, bytes);
    let outcome = |intake: &Intake| {
        let counts = (intake.accepted, intake.set_aside);
        (intake.refused.clone(), intake.noted.clone(), counts)
    };
    let mut checking = loader().without_fast_path();
    checking.push(bytes);
    let mut others = vec![checking];
    // A record may be scanned again with each chunk, so small chunks are for small files.
    for (size, most) in [(1, 400), (13, 2_000), (700, 1_000_000)] {
        if bytes.len() <= most {
            let mut pieces = loader();
            bytes.chunks(size).for_each(|piece| pieces.push(piece));
            others.push(pieces);
        }
    }
    for other in others {
        let other = other.finish();
        assert_eq!(outcome(&other), outcome(&whole));
        assert_eq!(other.book.leads(), whole.book.leads());
        assert_eq!((other.book.reps(), other.book.contents()), (whole.book.reps(), whole.book.contents()));
    }
    whole
}

/// One change somewhere in a tree.
#[derive(Clone, Debug)]
enum Change {
    Replace(Value),
    Remove,
    Rename(String),
    Double,
}

fn odd_value() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(|number| json!(number)),
        ".{0,12}".prop_map(Value::from),
        prop::sample::select(vec![
            "",
            "phone",
            "NL",
            "p1",
            "2026-11-20",
            "2026-11-20T10:00:00Z",
            "9999-01-01T00:00:00Z",
            "Mo-Fr",
            "Mo-Fr 25:00"
        ])
        .prop_map(Value::from),
        Just(json!([])),
        Just(json!({})),
        Just(json!([[["x"]]])),
        Just(json!({"id": "L-001"})),
    ]
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        4 => odd_value().prop_map(Change::Replace),
        1 => Just(Change::Remove),
        1 => "[a-z_]{0,9}".prop_map(Change::Rename),
        1 => Just(Change::Double),
    ]
}

/// Every place below `value`, as JSON pointers.
fn places(value: &Value, here: &str, found: &mut Vec<String>) {
    let mut inner = |name: String, value: &Value| {
        let pointer = format!("{here}/{}", name.replace('~', "~0").replace('/', "~1"));
        found.push(pointer.clone());
        places(value, &pointer, found);
    };
    match value {
        Value::Array(items) => items.iter().enumerate().for_each(|(nth, item)| inner(nth.to_string(), item)),
        Value::Object(entries) => entries.iter().for_each(|(name, item)| inner(name.clone(), item)),
        _ => {}
    }
}

fn apply(leads: &mut Value, at: &Index, change: &Change) {
    let mut found = Vec::new();
    places(leads, "", &mut found);
    if found.is_empty() {
        return;
    }
    let pointer = at.get(&found).clone();
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    let name = name.replace("~1", "/").replace("~0", "~");
    match (change, leads.pointer_mut(parent).unwrap()) {
        (Change::Replace(with), parent) => {
            let target = match parent {
                Value::Array(items) => &mut items[name.parse::<usize>().unwrap()],
                Value::Object(entries) => entries.get_mut(&name).unwrap(),
                _ => return,
            };
            *target = with.clone();
        }
        (Change::Remove, Value::Array(items)) => drop(items.remove(name.parse().unwrap())),
        (Change::Remove, Value::Object(entries)) => drop(entries.shift_remove(&name)),
        (Change::Rename(to), Value::Object(entries)) => {
            let value = entries.shift_remove(&name).unwrap();
            entries.insert(to.clone(), value);
        }
        (Change::Double, Value::Array(items)) => {
            let item = items[name.parse::<usize>().unwrap()].clone();
            items.push(item);
        }
        _ => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_record_of_a_changed_file_is_accounted_for(changes in prop::collection::vec((any::<Index>(), change()), 1..6)) {
        let mut file = good();
        let mut leads = file["leads"].take();
        for (at, change) in &changes {
            apply(&mut leads, at, change);
        }
        let records = leads.as_array().unwrap();
        let text = json!({"leads": leads, "reps": file["reps"], "content": file["content"]}).to_string();
        let intake = read(&LeadFormat::Json, text.as_bytes());
        prop_assert_eq!(intake.accepted + intake.set_aside, records.len());
        prop_assert_eq!(intake.accepted, intake.book.leads().len());
        prop_assert_eq!(intake.set_aside > 0, !intake.refused.is_empty());
        let lines: String = records.iter().map(|lead| format!("{lead}\n")).collect();
        let by_line = read(&LeadFormat::Ndjson, lines.as_bytes());
        prop_assert_eq!(by_line.accepted + by_line.set_aside, records.len());
        prop_assert_eq!(by_line.book.leads(), intake.book.leads());
        // What came in keeps its promises, so it can be written and comes in again without a word.
        let again = read(&LeadFormat::Json, write_json(&intake.book).unwrap().as_bytes());
        prop_assert_eq!(again.refused, vec![]);
        prop_assert_eq!(again.book.leads(), intake.book.leads());
    }

    #[test]
    fn damaged_bytes_never_panic_and_lose_no_line(
        damage in prop::collection::vec((any::<Index>(), any::<u8>(), 0..3_u8), 1..12),
        cut in any::<Option<Index>>(),
    ) {
        let book = sample(12);
        let shapes = [write_json(&book).unwrap(), write_ndjson(&book).unwrap()];
        for (nth, text) in shapes.into_iter().enumerate() {
            let mut bytes = text.into_bytes();
            for (at, byte, how) in &damage {
                let at = at.index(bytes.len());
                match how {
                    0 => bytes[at] = *byte,
                    1 => bytes.insert(at, *byte),
                    _ => drop(bytes.remove(at)),
                }
            }
            if let Some(cut) = cut {
                bytes.truncate(cut.index(bytes.len()));
            }
            for format in [LeadFormat::Json, LeadFormat::Ndjson] {
                let intake = read(&format, &bytes);
                if nth == 1 && format == LeadFormat::Ndjson && !bytes.trim_ascii().is_empty() {
                    let lines = bytes.split(|byte| *byte == b'\n').filter(|line| !line.trim_ascii().is_empty()).count();
                    // Every line is a lead in or out, a rep or content in, or told.
                    let told = intake.book.reps().len() + intake.book.contents().len() + intake.refused.len();
                    prop_assert!(intake.accepted + intake.set_aside + told >= lines);
                }
            }
        }
    }

    #[test]
    fn damaged_tables_and_records_of_other_systems_never_panic(
        damage in prop::collection::vec((any::<Index>(), any::<u8>()), 1..10),
    ) {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/import");
        let open = |name: &str| std::fs::read(format!("{folder}/{name}")).unwrap();
        for (kind, name, mapping) in [
            (ImportKind::Csv, "leads.csv", Some("leads.mapping.json")),
            (ImportKind::EventLog, "journey.csv", Some("journey.mapping.json")),
            (ImportKind::Hubspot, "hubspot/contact.csv", None),
            (ImportKind::Salesforce, "salesforce-lead.csv", None),
            (ImportKind::Pipedrive, "pipedrive.jsonl", None),
            (ImportKind::Segment, "segment.json", None),
            (ImportKind::Mautic, "mautic.json", None),
        ] {
            let mut bytes = open(name);
            for (at, byte) in &damage {
                let at = at.index(bytes.len());
                bytes[at] = *byte;
            }
            let mapping = mapping.map(|mapping| Mapping::read(&open(mapping)).unwrap());
            let intake = import(kind, &[(name, &bytes)], &ImportOptions { mapping, until: None });
            prop_assert_eq!(intake.accepted, intake.book.leads().len());
            let mut mapping = open("leads.mapping.json");
            for (at, byte) in &damage {
                let at = at.index(mapping.len());
                mapping[at] = *byte;
            }
            let _ = Mapping::read(&mapping);
        }
    }
}

#[test]
fn files_of_any_form_are_read_alike_in_chunks() {
    let lead = r#"{"id": "a", "value": 1.50, "signals": [{"at": "2026-11-20T10:00:00Z", "kind": "visit"}]}"#;
    let rep = r#"{"id": "r", "zone": "Europe/Amsterdam"}"#;
    for file in [
        "",
        " ",
        "\u{feff}",
        "[",
        "{",
        "[]",
        "{}",
        "[] x",
        "{} x",
        "[,]",
        "{,}",
        "[}",
        "{]",
        "x",
        "\"",
        "{\"leads",
        "{\"leads\":",
        "{\"leads\":[",
        "{\"leads\":[]",
        "{\"leads\":[]}",
        "{\"leads\":[]}\n\n]",
        "{\"leads\":5}",
        "{\"leads\":[]]",
        "{\"leads\":[],\n\"leads\":[],\"reps\"\n:\n5}",
        "{\"leads\":[] \n x, \"reps\": [5,,]}",
        "{\"x\":1,\"leads\":[{\"id\":\"a\"}]}",
        "{\"reps\":{},\"id\":\"a\"}",
        "{\"reps\":[],\"id\":\"a\"}",
        "{\"le\\u0061ds\":[{\"id\":\"a\"}]}",
        "[\n{\"id\":\"a\"}\n\n",
        "{\"leads\":[\n{\"id\":\"a\"}\n\n",
        "{\"leads\":[{\"id\":\"a\"}}",
        "{\"leads\":[{\"id\":\"a\"]]}",
        "{\"id\":\"a\"}\n{\"id\":\"b\"}",
        "{\"rep\":{}}\n\n{\"id\":\"b\"} \r\n {\"id\":\"c\"}  \n{\"id\":\n\"d\"}\n{\"id\":\"e\"}",
    ] {
        for format in [LeadFormat::Json, LeadFormat::Ndjson] {
            read(&format, file.as_bytes());
        }
    }
    let shapes = [
        format!("[{lead}, {lead}\n, {}]", lead.replace("\"a\"", "\"b\"")),
        format!("{{\"reps\": [{rep}], \"leads\": [\n{lead}\n] , \"content\": []}}"),
        lead.to_owned(),
    ];
    for file in shapes {
        assert_eq!(read(&LeadFormat::Json, file.as_bytes()).book.id(0), Some("a"));
        (0..file.len()).for_each(|end| drop(read(&LeadFormat::Json, &file.as_bytes()[..end])));
    }
}

/// One value of a lead in two spellings: both lanes must make the same of each.
#[test]
fn unusual_spellings_are_read_like_usual_ones() {
    for fields in [
        r#""value": 1e2"#,
        r#""value": 12345678901234567890"#,
        r#""value": 0.1000000000000000055511151231257827"#,
        r#""value": -0"#,
        r#""value": 1e999"#,
        r#""value": 01"#,
        r#""value": 1."#,
        r#""value": 999999999999999.9"#,
        r#""churn": 1.0000000000000001"#,
        r#""fields": {"a": 1, "a": 2}"#,
        r#""fields": {"a": null, "a": 2}"#,
        r#""fields": {"": 1}"#,
        r#""fields": {"a\u0062": "x"}"#,
        r#""fields": {"a": -0.0, "b": -0, "c": 123456789012345678, "d": "  ", "e": " x"}"#,
        r#""name": "caf\u00e9 \n""#,
        r#""country": "uk""#,
        r#""country": " NL""#,
        r#""language": "NL""#,
        r#""zone": "europe/amsterdam""#,
        r#""zone": "UTC""#,
        r#""account": {"employees": -0}"#,
        r#""account": {"employees": 9007199254740993}"#,
        r#""account": {"employees": 1e3}"#,
        r#""account": {"id": null, "region": "by"}"#,
        r#""account": null, "people": null, "quotes": null, "planned": null"#,
        r#""created_at": "2026-11-20t10:00:00z""#,
        r#""created_at": " 2026-11-20T10:00:00Z""#,
        r#""created_at": "2016-12-31T23:59:60Z""#,
        r#""created_at": "2026-11-20T10:00:00.1239-01:30""#,
        r#""created_at": "2026-11-20T10:00:00.123456789Z""#,
        r#""created_at": "2026-11-20T10:00:00.123000000Z""#,
        r#""created_at": "2026-11-20T10:00:00\u221205:00""#,
        "\"created_at\": \"2026-11-20T10:00:00\u{2212}05:00\"",
        r#""created_at": "2100-01-01T00:00:00Z""#,
        r#""created_at": "1970-01-01T00:00:00+00:01""#,
        r#""people": [{"id": "p", "aliases": ["p", "q"]}, {"id": "q"}]"#,
        r#""people": [{"id": "p", "aliases": ["p"], "roles": ["user", "user"]}]"#,
        r#""people": [{"id": "p", "aliases": ["q", "q"], "reachable": "Mo-Fr 09:00-17:00", "objected": null}]"#,
        r#""people": [{"id": "p", "reachable": "whenever", "channels": [null]}]"#,
        r#""people": [{"id": "p", "consents": [{"basis": "opt_in", "given_at": "2026-11-20T10:00:00Z", "withdrawn_at": "2026-11-19T10:00:00Z"}]}]"#,
        r#""people": [{"id": "p", "aliases": ["q"]}], "signals": [{"at": "2026-11-20T10:00:00Z", "kind": "call", "rep": "kim", "person": "q", "step": 2, "weight": 0.5},
            {"at": "2026-11-19T10:00:00Z", "kind": "quote", "direction": null, "cadence": "c"}], "planned": [{"at": "2026-11-20T10:00:00Z", "channel": "phone", "person": "q"}]"#,
        r#""planned": [{"zone": "America/Vancouver", "at": "2026-12-02T16:30:00-08:00", "channel": "phone"},
            {"at": "2026-12-02T23:00:00.250Z", "channel": "phone", "zone": null}, {"at": "2026-12-02T16:10:00−08:00", "channel": "phone", "zone": "America/Vancouver"}]"#,
        r#""planned": [{"at": "2026-12-02T16:30:00-08:00", "channel": "phone", "zone": " America/Vancouver"}]"#,
        r#""planned": [{"at": "2026-12-02T16:30:00-08:00", "channel": "phone", "zone": "Vancouver"}]"#,
        r#""planned": [{"at": "2026-12-02T16:30:00", "channel": "phone", "zone": "America/Vancouver"}]"#,
        r#""planned": [{"at": null, "channel": "phone", "zone": "America/Vancouver"}]"#,
        r#""signals": [{"at": "2026-11-20T10:00:00Z", "kind": "call", "person": "x"}]"#,
        r#""signals": [{"kind": "call"}]"#,
        r#""signals": [{"at": "2026-11-20T10:00:00Z", "kind": "call", "step": 1.0}]"#,
        r#""signals": [{"at": null, "kind": "call", "step": 0}]"#,
        r#""quotes": [{"sent_at": "2026-11-20T10:00:00Z", "status": "open", "amount": 5, "decided_at": "2026-11-20T09:00:00Z"}]"#,
        r#""quotes": [{"sent_at": "2026-11-20T10:00:00Z", "status": "open", "amount": null, "amount": 5}]"#,
        r#""id": "again""#,
        r#""other": 1"#,
        "\"name\": \"a\u{7f}b\", \"topic\": \"\u{1}\"",
        "\"source\": \"\u{a0}\"",
        "\"source\": \"\u{a0}x\"",
        r#""stage": "Lost""#,
        r#""stage": "lo\u0073t""#,
    ] {
        read(&LeadFormat::Json, format!("[{{\"id\": \"a\", {fields}}}]").as_bytes());
        read(&LeadFormat::Ndjson, format!("{{\"id\": \"a\", {fields}}}\n").as_bytes());
    }
}

#[test]
fn a_planned_touch_is_at_the_local_time_of_its_zone_also_when_clocks_there_changed() {
    let planned = |touch: &str| {
        let lead = format!("[{{\"id\": \"a\", \"planned\": [{{{touch}, \"channel\": \"phone\"}}]}}]");
        let intake = read(&LeadFormat::Json, lead.as_bytes());
        let reasons: Vec<String> =
            intake.refused.iter().map(|one| format!("{}: {}", one.path, one.reason.english())).collect();
        if !reasons.is_empty() {
            return reasons.join("; ");
        }
        // What is written back means the same moment, and is written in local time.
        let written = write_json(&intake.book).unwrap();
        let again = read(&LeadFormat::Json, written.as_bytes());
        assert_eq!(again.book.leads(), intake.book.leads());
        let written: Value = serde_json::from_str(&written).unwrap();
        let written = written["leads"][0]["planned"][0]["at"].as_str().unwrap().to_owned();
        format!("{} {written}", intake.book.leads()[0].planned[0].at)
    };
    for (touch, expected) in [
        // Written before British Columbia stayed at -07:00 (tzdb 2026b), and after.
        (
            r#""at": "2026-12-02T16:30:00-08:00", "zone": "America/Vancouver""#,
            "2026-12-02T23:30:00Z 2026-12-02T16:30:00-07:00",
        ),
        (
            r#""at": "2026-12-02T16:30:00-07:00", "zone": "America/Vancouver""#,
            "2026-12-02T23:30:00Z 2026-12-02T16:30:00-07:00",
        ),
        // The other way: Morocco went back to +00:00 (2026c), and Quebec does not stay at -04:00.
        (
            r#""at": "2026-12-02T09:00:00+01:00", "zone": "Africa/Casablanca""#,
            "2026-12-02T09:00:00Z 2026-12-02T09:00:00+00:00",
        ),
        (
            r#""zone": "America/Toronto", "at": "2026-12-02T09:00:00-04:00""#,
            "2026-12-02T14:00:00Z 2026-12-02T09:00:00-05:00",
        ),
        // A moment in UTC is no local time.
        (
            r#""at": "2026-12-02T23:30:00Z", "zone": "America/Vancouver""#,
            "2026-12-02T23:30:00Z 2026-12-02T16:30:00-07:00",
        ),
        (r#""at": "2026-12-02T16:30:00-08:00""#, "2026-12-03T00:30:00Z 2026-12-03T00:30:00Z"),
    ] {
        assert_eq!(planned(touch), expected, "{touch}");
    }
    let unknown = planned(r#""at": "2026-12-02T16:30:00-08:00", "zone": "America/Vancuver""#);
    assert!(unknown.contains("planned[0].zone: ") && unknown.contains("America/Vancouver"), "{unknown}");
}

#[test]
fn a_lead_with_more_entries_than_the_limit_is_refused() {
    let signal = r#"{"at":"2026-11-20T10:00:00Z","kind":"visit"}"#;
    let signals = vec![signal; limits::SIGNALS_PER_LEAD + 1].join(",");
    let people: Vec<String> = (0..=limits::PEOPLE_PER_LEAD).map(|nth| format!("{{\"id\":\"p{nth}\"}}")).collect();
    let file =
        format!(r#"[{{"id":"a","signals":[{signals}]}},{{"id":"b","people":[{}]}},{{"id":"c"}}]"#, people.join(","));
    let intake = read(&LeadFormat::Json, file.as_bytes());
    let told: Vec<String> = intake.refused.iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "line 1, lead a, signals: has 100001 entries; at most 100000 are taken",
            "line 1, lead b, people: has 1001 entries; at most 1000 are taken",
        ]
    );
    assert_eq!(intake.accepted, 1);
}

#[test]
fn the_documented_limits_are_the_limits_in_force() {
    let page = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/lead-format.md")).unwrap();
    let section = page.split("### Limits").nth(1).unwrap().split("\n## ").next().unwrap();
    let told: Vec<usize> =
        section.lines().filter_map(|line| line.rsplit('|').nth(1)?.trim().replace(' ', "").parse().ok()).collect();
    assert_eq!(
        told,
        [
            limits::FILE_BYTES,
            limits::LEADS,
            limits::SIGNALS_PER_LEAD,
            limits::PEOPLE_PER_LEAD,
            limits::LEADS_PER_CONTACT_GROUP,
            limits::ENTRIES,
            limits::TEXT_BYTES,
            limits::RECORD_DEPTH,
        ]
    );
}
