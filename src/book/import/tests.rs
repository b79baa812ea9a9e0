//! Every list of fields has every field of the lead format. The one table of fields is the records with their serde names ([`LeadRecord`] and
//! what it holds); a list that leaves some out on purpose says here which.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use serde::de::value::Error;
use serde::de::{Deserializer, Visitor};
use serde::forward_to_deserialize_any;
use serde_json::Value;

use crate::book::absence::Absence;
use crate::book::content::Content;
use crate::book::import::mapping;
use crate::book::ingest::record::{AccountRecord, LeadRecord};
use crate::book::ingest::write::write_json;
use crate::book::ingest::{Intake, Loader};
use crate::book::rep::Rep;
use crate::book::{Consent, Feedback, Person, PlannedTouch, Quote, Signal, table};

/// Takes down the names of the fields that a type asks for.
struct FieldNames<'n>(&'n mut Vec<&'static str>);

impl<'de> Deserializer<'de> for FieldNames<'_> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Error> {
        Err(serde::de::Error::custom("asks for no fields"))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.0.extend(fields);
        self.deserialize_any(visitor)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf option unit unit_struct newtype_struct seq tuple tuple_struct
        map enum identifier ignored_any
    }
}

/// The fields of a record, in the order of its declaration.
fn fields_of<T: for<'de> Deserialize<'de>>() -> Vec<&'static str> {
    let mut names = Vec::new();
    assert!(T::deserialize(FieldNames(&mut names)).is_err());
    assert!(!names.is_empty());
    names
}

/// A lead file in which every field has a value.
const WHOLE: &str = r#"{
    "leads": [{
        "id": "L-1", "name": "Alfa",
        "account": {
            "id": "A-1", "name": "Alfa Group", "country": "NL", "region": "NH", "zone": "Europe/Amsterdam", "legal_form": "legal_entity",
            "industry": "care", "employees": 40, "customer_since": "2025-01-01T00:00:00Z"
        },
        "stage": "interest", "stage_since": "2026-11-01T09:00:00Z", "created_at": "2026-10-01T09:00:00Z", "source": "fair",
        "topic": "planning", "country": "BE", "zone": "Europe/Brussels", "language": "nl", "owner": "rob", "value": 1200.5, "churn": 0.1,
        "fields": { "budget": 900.0, "renewal": "2027-01-01", "partner": true },
        "people": [{
            "id": "p1", "aliases": ["old"], "human": "h1", "name": "Tess", "roles": ["decider", "user"], "title": "director", "country": "NL",
            "zone": "Europe/Amsterdam", "language": "en", "legal_form": "sole_trader", "reachable": "Mo-Fr 09:00-17:00", "influence": 0.5,
            "stance": "supporter", "channels": ["email", "phone"],
            "consents": [{
                "channel": "email", "basis": "opt_in", "given_at": "2026-01-01T00:00:00Z", "withdrawn_at": "2026-06-01T00:00:00Z",
                "valid_to": "2027-01-01T00:00:00Z", "proof": "form 7"
            }],
            "do_not_call": true, "do_not_email": true, "objected": true, "left_at": "2026-11-10T00:00:00Z", "internal": true,
            "absences": [{ "from": "2026-12-01T00:00:00Z", "until": "2026-12-08T00:00:00Z" }]
        }],
        "signals": [{
            "at": "2026-11-02T09:00:00Z", "kind": "call", "topic": "prices", "person": "p1", "channel": "phone", "direction": "outbound",
            "rep": "rob", "outcome": "answered", "content": "guide", "weight": 2.0, "cadence": "warm", "step": 2, "acknowledges": true,
            "pack": "Inside", "rule": "Hot", "by": "robot"
        }],
        "planned": [{
            "at": "2026-11-25T10:00:00+01:00", "channel": "phone", "person": "p1", "rep": "rob", "zone": "Europe/Amsterdam"
        }],
        "quotes": [{
            "sent_at": "2026-11-03T09:00:00Z", "status": "declined", "amount": 500.0, "decided_at": "2026-11-05T09:00:00Z",
            "valid_until": "2026-12-03T09:00:00Z"
        }],
        "stage_by": "rep", "spam": true,
        "feedback": [{
            "at": "2026-11-04T09:00:00Z", "rule": "Hot", "pack": "Inside", "person": "p1", "verdict": "snoozed",
            "until": "2026-11-06T09:00:00Z", "reason": "busy", "rep": "rob"
        }]
    }],
    "reps": [{
        "id": "rob", "name": "Rob", "zone": "Europe/Amsterdam", "country": "NL", "hours": "Mo-Fr 09:00-17:00", "skills": ["demo"],
        "languages": ["nl"], "absences": [{ "from": "2026-12-24T00:00:00Z", "until": "2026-12-27T00:00:00Z" }], "backup": "rob"
    }],
    "content": [{
        "id": "guide", "title": "The guide", "stages": ["interest"], "roles": ["user"], "pitch": true, "languages": ["nl"]
    }]
}"#;

fn whole_file() -> Value {
    serde_json::from_str(WHOLE).unwrap()
}

/// The records of the lead format: where each stands in [`whole_file`], its interface in `types.d.ts`, and its fields.
fn records() -> Vec<(&'static str, &'static str, Vec<&'static str>)> {
    vec![
        ("/leads/0", "Lead", fields_of::<LeadRecord>()),
        ("/leads/0/account", "Account", fields_of::<AccountRecord>()),
        ("/leads/0/people/0", "Person", fields_of::<Person>()),
        ("/leads/0/people/0/consents/0", "Consent", fields_of::<Consent>()),
        ("/leads/0/people/0/absences/0", "Absence", fields_of::<Absence>()),
        ("/leads/0/signals/0", "Signal", fields_of::<Signal>()),
        ("/leads/0/planned/0", "PlannedTouch", fields_of::<PlannedTouch>()),
        ("/leads/0/quotes/0", "Quote", fields_of::<Quote>()),
        ("/leads/0/feedback/0", "Feedback", fields_of::<Feedback>()),
        ("/reps/0", "Rep", fields_of::<Rep>()),
        ("/content/0", "Content", fields_of::<Content>()),
    ]
}

fn read(loader: Loader, text: &str) -> Intake {
    let mut loader = loader;
    loader.push(text.as_bytes());
    let intake = loader.finish();
    assert_eq!((intake.refused.as_slice(), intake.noted.as_slice()), (&[][..], &[][..]));
    intake
}

#[test]
fn every_field_is_read_kept_and_written() {
    let whole = whole_file();
    for (place, name, fields) in records() {
        let sample: BTreeSet<&str> =
            whole.pointer(place).unwrap().as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(sample, fields.iter().copied().collect(), "{name}");
    }
    let text = whole.to_string();
    for loader in [Loader::json(), Loader::json().without_fast_path()] {
        let book = read(loader, &text).book;
        let written: Value = serde_json::from_str(&write_json(&book).unwrap()).unwrap();
        for (place, name, _) in records() {
            assert_eq!(written.pointer(place), whole.pointer(place), "{name}");
        }
    }
}

#[test]
fn every_field_has_its_type_for_javascript() {
    let types = include_str!("../../types.d.ts");
    for (_, name, fields) in records() {
        let body = types.split(&format!("export interface {name} {{")).nth(1).unwrap().split("\n}").next().unwrap();
        for field in fields {
            let declared =
                [format!("\n  {field}:"), format!("\n  {field}?:")].iter().any(|line| body.contains(line.as_str()));
            assert!(declared, "types.d.ts: {name} has no {field}");
        }
    }
}

/// The fields of a record without some, sorted.
fn without<'f>(fields: &[&'f str], left_out: &[&str]) -> Vec<&'f str> {
    assert!(left_out.iter().all(|name| fields.contains(name)), "{left_out:?}");
    let mut kept: Vec<&str> = fields.iter().copied().filter(|field| !left_out.contains(field)).collect();
    kept.sort_unstable();
    kept
}

fn sorted(mut names: Vec<&str>) -> Vec<&str> {
    names.sort_unstable();
    names
}

#[test]
fn the_columns_of_a_table_are_the_fields_with_one_value() {
    let fields: BTreeMap<&str, Vec<&str>> = records().into_iter().map(|(_, name, fields)| (name, fields)).collect();
    // `account` is the id of the account; lists need a lead file.
    assert_eq!(
        sorted(table::column_names("lead")),
        without(&fields["Lead"], &["fields", "people", "signals", "planned", "quotes", "feedback"])
    );
    assert_eq!(
        sorted(table::column_names("people")),
        without(
            &fields["Person"],
            &[
                "aliases",
                "name",
                "title",
                "country",
                "zone",
                "language",
                "legal_form",
                "reachable",
                "stance",
                "consents",
                "absences"
            ]
        )
    );
    assert_eq!(sorted(table::column_names("signals")), without(&fields["Signal"], &["cadence", "step"]));
}

#[test]
fn a_mapping_fills_the_fields_that_a_cell_can_hold() {
    let fields: BTreeMap<&str, Vec<&str>> = records().into_iter().map(|(_, name, fields)| (name, fields)).collect();
    let names = |group: &[(&'static str, mapping::TextReading)]| sorted(group.iter().map(|(name, _)| *name).collect());
    // Account, own fields, people and signals of a row are groups of their own in a mapping.
    assert_eq!(
        names(mapping::LEAD),
        without(&fields["Lead"], &["account", "fields", "people", "signals", "planned", "quotes", "feedback"])
    );
    assert_eq!(names(mapping::ACCOUNT), without(&fields["Account"], &[]));
    // Channels are a group of their own.
    assert_eq!(names(mapping::PERSON), without(&fields["Person"], &["channels", "consents", "absences"]));
    // The person of the row.
    assert_eq!(names(mapping::SIGNAL), without(&fields["Signal"], &["person"]));
}
