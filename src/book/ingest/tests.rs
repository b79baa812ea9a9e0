//! Faulty files, each with the exact messages that its owner gets.

use crate::book::Refusal;
use crate::book::ingest::{Intake, LeadFormat, read_book, read_lead, read_signal};
use crate::book::vocabulary::Direction;

fn json(text: &str) -> Intake {
    read_book(&LeadFormat::Json, text.as_bytes())
}

fn ndjson(text: &str) -> Intake {
    read_book(&LeadFormat::Ndjson, text.as_bytes())
}

fn refusals(intake: &Intake) -> Vec<String> {
    intake.refused.iter().map(ToString::to_string).collect()
}

/// The refusals of a file with one lead that has these fields beside its id.
fn refusals_of_lead(fields: &str) -> Vec<String> {
    let intake = json(&format!("[{{\"id\": \"a\", {fields}}}]"));
    assert_eq!((intake.accepted, intake.set_aside), (0, 1), "{fields}");
    refusals(&intake)
}

fn ids(intake: &Intake) -> Vec<&str> {
    intake.book.ids().collect()
}

#[test]
fn all_forms_of_a_file_give_equal_books() {
    let file = r#"{"leads": [{"id": "a"}, {"id": "b"}], "reps": [{"id": "r", "zone": "Europe/Amsterdam"}]}"#;
    let lines =
        "{\"id\": \"a\"}\r\n\r\n{\"rep\": {\"id\": \"r\", \"zone\": \"Europe/Amsterdam\"}}\r\n{\"id\": \"b\"}\r\n";
    for intake in [json(file), ndjson(lines), json("\u{feff} [{\"id\": \"a\"},\r\n {\"id\": \"b\"}]\r\n")] {
        assert_eq!(ids(&intake), ["a", "b"]);
        assert_eq!(refusals(&intake), Vec::<String>::new());
    }
    assert_eq!(json(file).book.reps(), ndjson(lines).book.reps());
    assert_eq!(ids(&json(r#"{"id": "a", "name": "Only one"}"#)), ["a"]);
}

#[test]
fn the_format_is_detected_by_the_name_or_else_by_the_content() {
    let seen = |name, text: &str| LeadFormat::detect(name, text.as_bytes());
    assert_eq!(seen(Some("x.JSONL"), "[]"), Some(LeadFormat::Ndjson));
    assert_eq!(seen(Some("leads.json"), ""), Some(LeadFormat::Json));
    assert_eq!(seen(None, "\u{feff}\n[{}]"), Some(LeadFormat::Json));
    assert_eq!(seen(None, "{\"id\":\"a\"}\n{\"id\":\"b\"}\n"), Some(LeadFormat::Ndjson));
    assert_eq!(seen(Some("upload"), "{\n  \"leads\": []\n}"), Some(LeadFormat::Json));
    assert_eq!(seen(Some("leads.csv"), "id,name"), None);
    assert_eq!(seen(None, "id,name\n1,x"), None);
}

#[test]
fn a_file_that_is_no_lead_file_is_refused_with_the_reason() {
    for empty in ["", "\u{feff}", " \r\n\t"] {
        assert_eq!(refusals(&json(empty)), ["the file is empty"]);
        assert_eq!(refusals(&ndjson(empty)), ["the file is empty"]);
    }
    let utf16 = [0xFF, 0xFE, b'[', 0, b']', 0];
    assert_eq!(refusals(&read_book(&LeadFormat::Json, &utf16)), ["the file is in UTF-16; save it as UTF-8"]);
    assert_eq!(
        refusals(&json("\nid,name\n")),
        ["line 2: the file is not JSON: it starts with \"id,name \", not with { or ["]
    );
    assert_eq!(refusals(&json("[] {}")), ["line 1, leads: something stands after the ] of this list"]);
    assert_eq!(
        refusals(&json(r#"{"leads": [], "rebs": []}"#)),
        ["line 1, rebs: is not a part of a lead file; did you mean \"reps\"?"]
    );
    assert_eq!(refusals(&json(r#"{"leads": 5}"#)), ["line 1, leads: must be a list, and is 5"]);
    assert_eq!(
        refusals(&json(r#"{"leads": [], "leads": [{"id":"a"}]}"#)),
        ["line 1, leads: is given twice; the first is kept"]
    );
}

#[test]
fn a_faulty_lead_does_not_affect_the_others() {
    let mut bytes = b"[{\"id\":\"a\"},\n{\"id\":\"b\",\"value\":NaN},\n{\"id\":\"c\",\"name\":\"".to_vec();
    bytes.extend([0xC3, 0x28]);
    bytes.extend(b"\"},\n{\"id\":\"d\",\"value\":1e999},{\"id\":\"e\" \"x\"},5,,{\"id\":\"f\"}]");
    let intake = read_book(&LeadFormat::Json, &bytes);
    assert_eq!(ids(&intake), ["a", "f"]);
    assert_eq!((intake.accepted, intake.set_aside), (2, 6));
    assert_eq!(
        refusals(&intake),
        [
            "line 2, lead b: NaN is not a number in JSON; leave the field out when it is not known",
            "line 3, lead c: holds bytes that are not UTF-8 (on its line 1); save the file as UTF-8",
            "line 4, lead d: 1e999 is a number too large for any computer; check the digits",
            "line 4, lead e: is not valid JSON near \"\"x\"}\"",
            "line 4: must be an object, and is the number 5",
            "line 4: is empty: two commas follow each other",
        ]
    );
}

#[test]
fn a_faulty_line_does_not_affect_the_others() {
    let intake = ndjson("{\"id\":\"a\"}\n{\"id\":\"b\",\n[1]\n{\"id\":\"c\"} {\"id\":\"d\"}\n{\"id\":\"e\"}");
    assert_eq!(ids(&intake), ["a", "e"]);
    assert_eq!(
        refusals(&intake),
        [
            "line 2, lead b: the file ends in the middle of this record",
            "line 3: a line must hold one object {...}, and starts with \"[1]\"",
            "line 4, lead c: something stands after the } of the record; write one record a line",
        ]
    );
}

#[test]
fn the_complete_leads_of_a_truncated_file_are_read() {
    let intake = json("{\"leads\": [{\"id\":\"a\"},\n{\"id\":\"b\",\"name\":\"Half");
    assert_eq!(ids(&intake), ["a"]);
    assert_eq!(
        refusals(&intake),
        [
            "line 2, lead b: the file ends in the middle of this record",
            "line 2, leads: the file ends too early: the ] of this list is missing",
            "line 2: the file ends too early: the last } is missing",
        ]
    );
}

#[test]
fn deep_nesting_and_huge_texts_are_refused() {
    let deep = format!("{{\"id\":\"a\",\"fields\":{}{}}}", "[".repeat(100_000), "]".repeat(100_000));
    assert_eq!(
        refusals(&json(&format!("[{deep},{{\"id\":\"b\"}}]"))),
        ["line 1, lead a: has brackets within brackets 100001 deep; at most 32 are taken"]
    );
    assert_eq!(json(&"[".repeat(100_000)).accepted, 0);
    assert_eq!(
        refusals_of_lead(&format!("\"name\": \"{}\"", "x".repeat(10_000_000))),
        ["line 1, lead a, name: is a text of 10000000 bytes; at most 10000 are taken"]
    );
}

#[test]
fn a_value_of_another_type_is_never_converted() {
    assert_eq!(refusals_of_lead(r#""value": "5""#), ["line 1, lead a, value: must be a number, and is the text \"5\""]);
    assert_eq!(refusals_of_lead(r#""value": true"#), ["line 1, lead a, value: must be a number, and is true"]);
    assert_eq!(
        refusals_of_lead(r#""account": {"employees": 5.0}"#),
        [
            "line 1, lead a, account.employees: must be a whole number, written without a decimal point, and is the number 5.0"
        ]
    );
    assert_eq!(
        refusals_of_lead(r#""people": [{"id": "p", "do_not_call": "yes"}]"#),
        ["line 1, lead a, people[0].do_not_call: must be true or false, and is the text \"yes\""]
    );
    assert_eq!(
        refusals_of_lead(r#""people": {"id": "p"}"#),
        ["line 1, lead a, people: must be a list, and is an object"]
    );
    assert_eq!(refusals_of_lead(r#""account": ["x"]"#), ["line 1, lead a, account: must be an object, and is a list"]);
    assert_eq!(
        refusals_of_lead(r#""name": """#),
        ["line 1, lead a, name: is an empty text; leave the field out when it is not known"]
    );
    assert_eq!(
        refusals_of_lead(r#""fields": {"budget": [1]}"#),
        ["line 1, lead a, fields.budget: must be true or false, a number or a text, and is a list"]
    );
    assert_eq!(refusals(&json(r#"[{"id": 5}]"#)), ["line 1, id: must be a text, and is the number 5"]);
    assert_eq!(refusals(&json(r#"[{"name": "x"}]"#)), ["line 1, id: is missing"]);
    let whole = json(r#"[{"id": "a", "value": 12000, "account": {"employees": 5}, "fields": {"budget": 3}}]"#);
    assert_eq!(whole.book.leads()[0].value, Some(12000.0));
}

#[test]
fn null_means_that_the_field_is_absent() {
    let nulls = json(r#"[{"id": "a", "value": null, "people": null, "fields": {"budget": null}, "account": null}]"#);
    assert_eq!(nulls.book.leads(), json(r#"[{"id": "a"}]"#).book.leads());
    assert_eq!(refusals(&nulls), Vec::<String>::new());
    assert_eq!(refusals(&json(r#"[{"id": null}]"#)), ["line 1, id: is missing"]);
}

#[test]
fn numbers_outside_their_range_are_refused() {
    assert_eq!(refusals_of_lead(r#""churn": 1.5"#), ["line 1, lead a, churn: must lie between 0 and 1, and is 1.5"]);
    assert_eq!(
        refusals_of_lead(r#""value": 1e308"#),
        ["line 1, lead a, value: 1e308 is beyond any real amount; check the digits"]
    );
    assert_eq!(
        refusals_of_lead(r#""fields": {"budget": -1e308}"#),
        ["line 1, lead a, fields.budget: -1e308 is beyond any real amount; check the digits"]
    );
    assert_eq!(
        refusals_of_lead(r#""people": [{"id": "p", "influence": -0.1}]"#),
        ["line 1, lead a, people[0].influence: must lie between 0 and 1, and is -0.1"]
    );
    assert_eq!(
        refusals_of_lead(r#""signals": [{"at": "2026-11-20T10:00:00Z", "kind": "call", "step": 0}]"#),
        ["line 1, lead a, signals[0].step: steps count from 1"]
    );
    assert_eq!(
        refusals_of_lead(r#""signals": [{"at": "2026-11-20T10:00:00Z", "kind": "call", "step": -1}]"#),
        ["line 1, lead a, signals[0].step: must lie between 0 and 4294967295, and is -1"]
    );
}

#[test]
fn an_unknown_word_is_refused_with_the_nearest_known_word() {
    assert_eq!(
        refusals_of_lead(r#""stage": "considration""#),
        [
            "line 1, lead a, stage: \"considration\" is not one of orientation, interest, consideration, proposal, decision, \
          customer, lost; did you mean \"consideration\"?"
        ]
    );
    assert_eq!(
        refusals_of_lead(r#""people": [{"id": "p", "channels": ["phone", "fax"]}]"#),
        [
            "line 1, lead a, people[0].channels[1]: \"fax\" is not one of phone, email, social, chat, video, visit, content"
        ]
    );
    assert_eq!(
        refusals_of_lead(r#""poeple": []"#),
        [
            "line 1, lead a, poeple: is not a field of the lead format; did you mean \"people\"? The team's own facts go under \
          \"fields\""
        ]
    );
    assert_eq!(refusals_of_lead(r#""name": "x", "name": "y""#), ["line 1, lead a, name: is given twice"]);
}

#[test]
fn all_problems_of_a_lead_are_reported_together() {
    let fields = r#""stage": "x", "value": "5", "people": [{"id": "p", "roles": ["boss"]}, {"name": "No id"}],
        "signals": [{"at": "2026-11-20", "kind": "visit"}, {"at": "2026-11-20T10:00:00Z", "kind": "vist"}]"#;
    let paths: Vec<String> =
        json(&format!("[{{\"id\": \"a\", {fields}}}]")).refused.into_iter().map(|each| each.path).collect();
    assert_eq!(paths, ["stage", "value", "people[0].roles[0]", "people[1].id", "signals[0].at", "signals[1].kind"]);
    let both = refusals_of_lead(r#""country": "Holland", "zone": "Europe/Amsterdm", "churn": 2"#);
    assert_eq!(both.len(), 3, "{both:?}");
}

#[test]
fn a_time_needs_a_zone_and_a_year_between_1970_and_2100() {
    let at = |time: &str| refusals_of_lead(&format!(r#""created_at": {time}"#)).join("\n");
    assert!(at(r#""2026-11-20T10:00:00""#).contains("created_at: \"2026-11-20T10:00:00\" has no time zone"));
    assert!(at(r#""2026-11-20""#).contains("has no time zone"));
    assert!(at(r#""9999-12-31T00:00:00Z""#).contains("lies outside 1970 to 2100; check the year"));
    assert!(at(r#""soon""#).contains("is not a time; write it as 2026-11-20T10:00:00+01:00"));
    assert_eq!(at("1795165200"), "line 1, lead a, created_at: must be a text, and is the number 1795165200");
}

#[test]
fn countries_and_zones_are_checked_and_get_their_usual_spelling() {
    let lead =
        &json(r#"[{"id": "a", "country": "uk", "language": "NL", "account": {"region": "by", "country": "de"}}]"#);
    let lead = &lead.book.leads()[0];
    assert_eq!(lead.country.as_deref(), Some("GB"));
    assert_eq!(lead.language.as_deref(), Some("nl"));
    assert_eq!((lead.account.country.as_deref(), lead.account.region.as_deref()), (Some("DE"), Some("BY")));
    assert!(refusals_of_lead(r#""country": "Netherlands""#)[0].contains("write its code, NL"));
    assert!(refusals_of_lead(r#""zone": "Europe/Amsterdm""#)[0].contains("Europe/Amsterdam"));
    assert!(
        refusals_of_lead(r#""language": "Dutch""#)[0]
            .ends_with("\"Dutch\" is not a language; write two letters, as nl or en")
    );
}

#[test]
fn invalid_hours_are_refused() {
    let refusals = refusals_of_lead(r#""people": [{"id": "p", "reachable": "weekdays nine to five"}]"#);
    assert!(refusals[0].starts_with("line 1, lead a, people[0].reachable: "), "{refusals:?}");
    assert!(refusals[0].ends_with("write it as Mo-Fr 09:00-12:30,13:30-17:30; PH off"), "{refusals:?}");
    assert_eq!(json(r#"[{"id": "a", "people": [{"id": "p", "reachable": "Mo-Th 10:00-16:00"}]}]"#).accepted, 1);
}

#[test]
fn ids_must_be_unique_and_references_must_exist() {
    let intake = json("[{\"id\":\"a\",\"name\":\"First\"},\n{\"id\":\"a\",\"name\":\"Second\"}]");
    assert_eq!(intake.book.leads()[0].name.as_deref(), Some("First"));
    assert_eq!(
        refusals(&intake),
        ["line 2, lead a, id: an earlier lead has this id; the first is kept, with what people refuse in either"]
    );
    assert_eq!(
        refusals_of_lead(r#""people": [{"id": "p"}, {"id": "p"}]"#),
        ["line 1, lead a, people[1].id: \"p\" is the id of an earlier person too"]
    );
    assert_eq!(
        refusals_of_lead(r#""people": [{"id": "p", "aliases": ["q"]}, {"id": "r", "aliases": ["q"]}]"#),
        ["line 1, lead a, people[1].aliases[0]: \"q\" is an id of an earlier person too"]
    );
    let signal = |person: &str| {
        format!(
            r#""people": [{{"id": "anna", "aliases": ["lead-9"]}}],
               "signals": [{{"at": "2026-11-20T10:00:00Z", "kind": "visit", "person": "{person}"}}]"#
        )
    };
    assert_eq!(
        refusals_of_lead(&signal("ana")),
        ["line 1, lead a, signals[0].person: \"ana\" is not among the people of this lead; did you mean \"anna\"?"]
    );
    assert_eq!(json(&format!("[{{\"id\": \"a\", {}}}]", signal("lead-9"))).accepted, 1);
}

#[test]
fn a_rep_who_is_not_in_the_file_is_noted_and_the_lead_accepted() {
    let intake = json(
        r#"{"leads": [{"id": "a", "owner": "kim"}], "reps": [{"id": "lee", "zone": "Europe/Paris", "backup": "max"},
            {"id": "lee", "zone": "UTC"}, {"id": "bo", "zone": "Mars"}, {"id": "al"}]}"#,
    );
    assert_eq!(intake.accepted, 1);
    let noted: Vec<_> = intake.noted.iter().map(ToString::to_string).collect();
    assert_eq!(
        noted,
        [
            "lead a: the rep \"kim\" is named once and is not among the reps of this file",
            "reps[0].backup: the backup \"max\" is not among the reps of this file",
        ]
    );
    let paths: Vec<_> = intake.refused.iter().map(|each| each.path.as_str()).collect();
    assert_eq!(paths, ["reps[1].id", "reps[2].zone", "reps[3].zone"]);
}

#[test]
fn signals_are_sorted_by_time_and_get_a_direction() {
    let intake = json(
        r#"[{"id": "a", "people": [{"id": "p"}], "signals": [
            {"at": "2099-01-01T00:00:00Z", "kind": "visit", "topic": "far ahead"},
            {"at": "2026-11-20T10:00:00+01:00", "kind": "call", "rep": "lee", "topic": "second of the same moment"},
            {"at": "2026-11-20T09:00:00Z", "kind": "quote"},
            {"at": "2026-11-19T09:00:00Z", "kind": "call", "rep": "lee", "direction": "inbound"}]}]"#,
    );
    assert_eq!(refusals(&intake), Vec::<String>::new());
    let signals = &intake.book.leads()[0].signals;
    let seen: Vec<_> = signals.iter().map(|each| (each.at.to_string(), each.direction)).collect();
    let (inbound, outbound) = (Some(Direction::Inbound), Some(Direction::Outbound));
    assert_eq!(
        seen,
        [
            ("2026-11-19T09:00:00Z".to_owned(), inbound),
            ("2026-11-20T09:00:00Z".to_owned(), outbound),
            ("2026-11-20T09:00:00Z".to_owned(), outbound),
            ("2099-01-01T00:00:00Z".to_owned(), inbound),
        ]
    );
    assert_eq!(signals[1].topic.as_deref(), Some("second of the same moment"));
    assert!(intake.book.leads()[0].people[0].channels.is_empty());
}

#[test]
fn a_single_record_is_read_like_a_record_of_a_file() {
    let what = |refused: &[Refusal]| -> Vec<String> {
        refused.iter().map(|one| format!("{}: {}", one.path, one.reason.english())).collect()
    };
    let people = r#"[{"id":"ann","aliases":["a@b.c"]}]"#;
    let ann = read_lead(format!(r#"{{"id":"L","people":{people}}}"#).as_bytes()).unwrap().people;
    let at = r#""at":"2026-11-20T10:00:00Z""#;
    for signal in [
        &format!(r#"{{{at},"kind":"form","topic":"caf\u00e9","person":"a@b.c"}}"#),
        &format!(r#"{{{at},"kind":"quote"}}"#),
        &format!(r#"{{{at},"kind":"call","rep":"r","outcome":"answered","step":2,"weight":0.5,"cadence":"C"}}"#),
        &format!(r#"{{{at},"kind":"form","person":"anne"}}"#),
        &format!(r#"{{{at},"kind":"forms","topic":5,"step":0}}"#),
        &format!(r#"{{{at},"kind":"form","weight":1e15,"step":0}}"#),
        r#"{"kind":"form"}"#,
        "null",
        "5",
        "[]",
    ] {
        let lead = format!(r#"{{"id":"L","people":{people},"signals":[{signal}]}}"#);
        let intake = json(&format!("[{lead}]"));
        let wanted = intake.book.lead(0).ok_or_else(|| what(&intake.refused));
        assert_eq!(read_lead(lead.as_bytes()).map_err(|refused| what(&refused)), wanted);
        let read = read_signal(signal.as_bytes(), &ann).map_err(|refused| what(&refused));
        assert_eq!(read, wanted.map(|lead| lead.signals[0].clone()), "{signal}");
    }
    let deep = format!("{{{at},\"kind\":{}{}}}", "[".repeat(40), "]".repeat(40));
    for broken in ["", "{", "{}, {}", "{}} x", &deep] {
        assert!(read_signal(broken.as_bytes(), &ann).is_err() && read_lead(broken.as_bytes()).is_err(), "{broken}");
    }
}
