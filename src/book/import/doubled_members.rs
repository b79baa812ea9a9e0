//! Reads a JSON text in which an object may have a member twice.
//!
//! In: the text of a record. Out: its value, in which doubled lists are one list and doubled objects one object; of other doubled members the
//! last, as most readers take it; and each value that is not taken, to be told. A yes is taken rather than a no, "unsubscribed" rather than
//! another word, and a list rather than nothing, because the member may be an opt-out.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::map::Entry;
use serde_json::{Map, Number, Value};

use crate::book::import::cell_values::{Truth, truth};

/// A value that is not taken, because its object has another one under the same name.
#[derive(Debug, PartialEq)]
pub(super) struct DoubledMember {
    /// The path of the member: `email[0].value`.
    pub(super) path: String,
    /// The value.
    pub(super) value: Value,
}

/// The value of a JSON text, and the values of doubled members that are not taken. Members that say the same twice lose nothing.
///
/// # Errors
/// The text is not valid JSON.
pub(super) fn read(text: &[u8]) -> Result<(Value, Vec<DoubledMember>), serde_json::Error> {
    let mut doubled = Vec::new();
    let mut deserializer = serde_json::Deserializer::from_slice(text);
    let value = ValueReader { doubled: &mut doubled }.deserialize(&mut deserializer)?;
    deserializer.end()?;
    Ok((value, doubled))
}

/// Reads a value, and adds the doubled members in it.
struct ValueReader<'d> {
    doubled: &'d mut Vec<DoubledMember>,
}

impl ValueReader<'_> {
    /// A reader of a part of the value.
    fn part(&mut self) -> ValueReader<'_> {
        ValueReader { doubled: &mut *self.doubled }
    }

    /// Puts a step before the paths of the doubled members from the one with this index on.
    fn add_step(&mut self, from: usize, step: &str) {
        for member in self.doubled.iter_mut().skip(from) {
            let dot = if member.path.starts_with('[') { "" } else { "." };
            member.path = format!("{step}{dot}{}", member.path);
        }
    }
}

impl<'de> DeserializeSeed<'de> for ValueReader<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for ValueReader<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }
    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }
    fn visit_bool<E>(self, truth: bool) -> Result<Value, E> {
        Ok(Value::Bool(truth))
    }
    fn visit_i64<E>(self, whole: i64) -> Result<Value, E> {
        Ok(Value::from(whole))
    }
    fn visit_u64<E>(self, whole: u64) -> Result<Value, E> {
        Ok(Value::from(whole))
    }
    fn visit_f64<E>(self, number: f64) -> Result<Value, E> {
        Ok(Number::from_f64(number).map_or(Value::Null, Value::Number))
    }
    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(Value::from(text))
    }
    fn visit_string<E>(self, text: String) -> Result<Value, E> {
        Ok(Value::String(text))
    }
    fn visit_seq<A: SeqAccess<'de>>(mut self, mut list: A) -> Result<Value, A::Error> {
        let mut elements = Vec::new();
        loop {
            let from = self.doubled.len();
            let Some(element) = list.next_element_seed(self.part())? else { return Ok(Value::Array(elements)) };
            self.add_step(from, &format!("[{}]", elements.len()));
            elements.push(element);
        }
    }
    fn visit_map<A: MapAccess<'de>>(mut self, mut object: A) -> Result<Value, A::Error> {
        let mut members: Map<String, Value> = Map::new();
        while let Some(name) = object.next_key::<String>()? {
            let from = self.doubled.len();
            let value = object.next_value_seed(self.part())?;
            self.add_step(from, &name);
            match members.entry(name) {
                Entry::Vacant(place) => drop(place.insert(value)),
                Entry::Occupied(known) if *known.get() == value => {}
                Entry::Occupied(mut known) => {
                    let path = known.key().clone();
                    combine(&path, known.get_mut(), value, self.doubled);
                }
            }
        }
        Ok(Value::Object(members))
    }
}

/// Takes a further value of a member: adds it to a list or object, else keeps one of the two and tells the other.
fn combine(path: &str, known: &mut Value, value: Value, doubled: &mut Vec<DoubledMember>) {
    match (known, value) {
        (known, value) if *known == value => {}
        (Value::Array(known), Value::Array(more)) => known.extend(more),
        (Value::Object(known), Value::Object(more)) => {
            for (name, value) in more {
                match known.entry(name) {
                    Entry::Vacant(place) => drop(place.insert(value)),
                    Entry::Occupied(mut place) => {
                        let path = format!("{path}.{}", place.key());
                        combine(&path, place.get_mut(), value, doubled);
                    }
                }
            }
        }
        (known, value) => {
            let has_parts = |value: &Value| value.is_array() || value.is_object();
            let keeps_first = (says(known) == Truth::Yes && says(&value) == Truth::No)
                || (is_refusal(known) && !is_refusal(&value))
                || (has_parts(known) && says(&value) == Truth::No);
            let lost = if keeps_first { value } else { std::mem::replace(known, value) };
            doubled.push(DoubledMember { path: path.to_owned(), value: lost });
        }
    }
}

/// Words that refuse contact, or end a record, where other words stand otherwise.
const REFUSALS: &[&str] = &["unsubscribed", "no_consent", "bounced", "opted_out", "optout", "deleted"];

fn is_refusal(value: &Value) -> bool {
    value.as_str().is_some_and(|text| REFUSALS.contains(&text.trim().to_lowercase().as_str()))
}

/// What a value says where yes or no is expected. Nothing there is a no.
fn says(value: &Value) -> Truth {
    match value {
        Value::Null => Truth::No,
        Value::Bool(_) | Value::Number(_) => truth(&value.to_string()),
        Value::String(text) => truth(text),
        Value::Array(_) | Value::Object(_) => Truth::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn doubled(text: &str) -> (Value, Vec<(String, String)>) {
        let (value, doubled) = read(text.as_bytes()).unwrap();
        (value, doubled.into_iter().map(|one| (one.path, one.value.to_string())).collect())
    }

    #[test]
    fn the_last_of_doubled_members_is_taken_and_the_others_are_told() {
        let (value, lost) = doubled(r#"{"a":{"b":[{"c":1,"c":2}]},"d":"x","d":"x","a":{"e":3,"e":null,"e":4}}"#);
        assert_eq!(value, json!({"a": {"b": [{"c": 2}], "e": 4}, "d": "x"}));
        let told = |path: &str, value: &str| (path.to_owned(), value.to_owned());
        assert_eq!(lost, [told("a.b[0].c", "1"), told("a.e", "3"), told("a.e", "null")]);
    }

    #[test]
    fn doubled_lists_and_objects_lose_none_of_their_parts() {
        let (value, lost) = doubled(
            r#"{"stops":[{"on":"email"}],"fields":{"a":{"stop":"x"}},"stops":[],"fields":{"a":{"b":1},"c":2}}"#,
        );
        assert_eq!(value, json!({"stops": [{"on": "email"}], "fields": {"a": {"stop": "x", "b": 1}, "c": 2}}));
        assert_eq!(lost, []);
        let (value, lost) = doubled(r#"{"stops":["email"],"stops":["sms"],"stops":null}"#);
        assert_eq!(value, json!({"stops": ["email", "sms"]}));
        assert_eq!(lost, [("stops".to_owned(), "null".to_owned())]);
    }

    #[test]
    fn a_yes_is_taken_rather_than_a_no() {
        for (text, kept, lost) in [
            (r#"{"stop":true,"stop":false}"#, json!(true), "false"),
            (r#"{"stop":false,"stop":true}"#, json!(true), "false"),
            (r#"{"stop":1,"stop":0}"#, json!(1), "0"),
            (r#"{"stop":"ja","stop":"nee"}"#, json!("ja"), "\"nee\""),
            (r#"{"stop":"yes","stop":null}"#, json!("yes"), "null"),
            (r#"{"stop":"won","stop":"lost"}"#, json!("lost"), "\"won\""),
            (r#"{"stop":"Unsubscribed","stop":"subscribed"}"#, json!("Unsubscribed"), "\"subscribed\""),
            (r#"{"stop":1,"stop":2}"#, json!(2), "1"),
        ] {
            let (value, told) = doubled(text);
            assert_eq!((&value["stop"], told), (&kept, vec![("stop".to_owned(), lost.to_owned())]), "{text}");
        }
    }

    #[test]
    fn other_texts_are_read_as_serde_json_reads_them() {
        for text in [
            r#"{"a":[1,-2,3.5,1e3,18446744073709551615,true,null,"é\n"],"b":{},"c":[]}"#,
            "[]",
            "7",
            r#"{"a":1} x"#,
            r#"{"a":}"#,
            "",
        ] {
            let read = read(text.as_bytes()).map(|(value, _)| value).map_err(|why| why.to_string());
            assert_eq!(read, serde_json::from_str::<Value>(text).map_err(|why| why.to_string()), "{text}");
        }
    }
}
