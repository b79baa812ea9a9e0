//! One JSON record of another system, and what became of each of its values.
//!
//! Importers read a record through [`JsonField`], which notes what was read. What is left at the end, and what could not be read, is told
//! with its path ([`JsonRecord::close`]), so that no value is dropped in silence.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use serde_json::Value;

use crate::book::import::cell_values::{Truth, is_null, is_null_name, number, truth};
use crate::book::import::country_code;
use crate::book::import::country_names::is_name_of_several;
use crate::book::import::json::is_unknown_text;
use crate::book::import::lead_collector::LeadCollector;
use crate::book::ingest::json_tree::short;
use crate::calendar::{Instant, Zone};
use crate::wording::{Arg, Sentence};

/// A record of a file, or a part of one that is a record of its own.
#[derive(Debug)]
pub(super) struct JsonRecord {
    /// The name of the file.
    pub(super) file: Rc<str>,
    /// The line on which it begins.
    pub(super) line: u64,
    /// Where it stands in the record of the file: `data[2]`; empty for that record itself.
    path: String,
    value: Value,
    /// What became of the values that were looked at, by their place in memory. They stand in the lists and objects of `value`, which do
    /// not move while the record is borrowed or moved.
    handled: RefCell<BTreeMap<usize, Handling>>,
}

/// What became of a value.
#[derive(Clone, Debug)]
enum Handling {
    /// Read as a text, which should stand in a lead.
    Kept,
    /// Read as a value that leads write in their own way, or that says what the record is.
    Understood,
    /// It is not in a lead, for this reason, which is no fault of the record.
    LeftOut(&'static str),
    /// It could not be read, for this reason.
    Unreadable(Sentence),
}

/// A value of a record; `null` where the record has none.
#[derive(Clone, Copy, Debug)]
pub(super) struct JsonField<'r> {
    record: &'r JsonRecord,
    value: &'r Value,
}

/// The reason of a field that cannot be read: of which record, which field, and why.
pub(super) fn of_field(about: &Sentence, field: &str, why: Sentence) -> Sentence {
    Sentence::new("import-field").with("about", about.clone()).with("field", field).with("why", why)
}

static ABSENT: Value = Value::Null;

impl JsonRecord {
    pub(super) fn new(file: &Rc<str>, line: u64, value: Value) -> Self {
        Self { file: Rc::clone(file), line, path: String::new(), value, handled: RefCell::default() }
    }

    /// The record as a value.
    pub(super) fn root(&self) -> JsonField<'_> {
        JsonField { record: self, value: &self.value }
    }

    /// The value of a member.
    pub(super) fn get(&self, key: &str) -> JsonField<'_> {
        self.root().get(key)
    }

    /// Takes a member out, as a record of its own: `None` when it is not there or is `null`.
    pub(super) fn take(&mut self, key: &str) -> Option<Self> {
        let value = self.value.as_object_mut()?.shift_remove(key).filter(|value| !value.is_null())?;
        Some(self.part(value, &format!(".{key}")))
    }

    /// The elements of a list or the values of an object, each as a record with its name; the record itself when it is neither.
    pub(super) fn elements(mut self) -> Vec<(String, Self)> {
        match std::mem::take(&mut self.value) {
            Value::Array(elements) => {
                let elements = elements.into_iter().enumerate();
                elements.map(|(nth, each)| (nth.to_string(), self.part(each, &format!("[{nth}]")))).collect()
            }
            Value::Object(members) => {
                members.into_iter().map(|(name, each)| (name.clone(), self.part(each, &format!(".{name}")))).collect()
            }
            other => {
                self.value = other;
                vec![(String::new(), self)]
            }
        }
    }

    fn part(&self, value: Value, step: &str) -> Self {
        let path = format!("{}{step}", self.path).trim_start_matches('.').to_owned();
        Self { file: Rc::clone(&self.file), line: self.line, path, value, handled: RefCell::default() }
    }

    /// True when the record has the member, whatever its value.
    pub(super) fn has(&self, key: &str) -> bool {
        self.value.get(key).is_some()
    }

    pub(super) fn is_object(&self) -> bool {
        self.value.is_object()
    }

    pub(super) fn is_list(&self) -> bool {
        self.value.is_array()
    }

    /// Ends the reading of a record that was taken in: refuses what could not be read, and tells what was not read. `about` says what the
    /// record is: "deal 15".
    pub(super) fn close(&self, about: &Sentence, collector: &mut LeadCollector) {
        self.each_leaf(&mut |path, value| match self.handling(value) {
            Some(Handling::Kept) => collector.seen(&self.file, Some(self.line), path, &written(value)),
            Some(Handling::Understood) => {}
            Some(Handling::LeftOut(why)) => self.tell(path, value, &why.into(), collector),
            Some(Handling::Unreadable(why)) => {
                collector.intake.refuse(&*self.file, of_field(about, path, why.clone()), Some(self.line));
                self.tell(path, value, &why, collector);
            }
            None => {
                collector.count_unread(&self.file, self.field_of(path));
                self.tell(path, value, &"import-not-used".into(), collector);
            }
        });
    }

    /// The field of a path: what is alike in all records, `email[].label` for `data[3].email[0].label`.
    fn field_of(&self, path: &str) -> String {
        let own = path.strip_prefix(&self.path).unwrap_or(path).trim_start_matches('.');
        let mut parts = own.split('[');
        let first = parts.next().unwrap_or_default().to_owned();
        parts.fold(first, |field, part| {
            format!("{field}[{}", part.trim_start_matches(|each: char| each.is_ascii_digit()))
        })
    }

    /// Ends the reading of a record that is not taken in, and tells all of it with the reason.
    pub(super) fn set_aside(&self, why: impl Into<Sentence>, collector: &mut LeadCollector) {
        let why = why.into();
        self.each_leaf(&mut |path, value| self.tell(path, value, &why, collector));
    }

    /// Refuses the record.
    pub(super) fn refuse(&self, why: impl Into<Sentence>, collector: &mut LeadCollector) {
        let why = why.into();
        collector.intake.refuse(&*self.file, why.clone(), Some(self.line));
        self.set_aside(why, collector);
    }

    /// Leaves the record out, and counts it.
    pub(super) fn leave_out(&self, why: impl Into<Sentence>, collector: &mut LeadCollector) {
        let why = why.into();
        collector.leave_out(why.clone());
        self.set_aside(why, collector);
    }

    fn tell(&self, path: &str, value: &Value, why: &Sentence, collector: &mut LeadCollector) {
        collector.told(&self.file, Some(self.line), path, &written(value), why);
    }

    fn handling(&self, value: &Value) -> Option<Handling> {
        self.handled.borrow().get(&place(value)).cloned()
    }

    /// Visits each text, number and truth, with its path.
    fn each_leaf(&self, visit: &mut impl FnMut(&str, &Value)) {
        fn walk(value: &Value, path: &str, visit: &mut impl FnMut(&str, &Value)) {
            match value {
                Value::Null => {}
                Value::Array(elements) => {
                    elements.iter().enumerate().for_each(|(nth, each)| walk(each, &format!("{path}[{nth}]"), visit));
                }
                Value::Object(members) => members.iter().for_each(|(name, each)| {
                    let dot = if path.is_empty() { "" } else { "." };
                    walk(each, &format!("{path}{dot}{name}"), visit);
                }),
                Value::String(text) if is_unknown_text(text) => {}
                _ => visit(path, value),
            }
        }
        walk(&self.value, &self.path, visit);
    }
}

/// A text as it is, another value as JSON writes it.
fn written(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), ToOwned::to_owned)
}

fn place(value: &Value) -> usize {
    std::ptr::from_ref(value).addr()
}

impl<'r> JsonField<'r> {
    /// The value of a member.
    pub(super) fn get(self, key: &str) -> Self {
        Self { value: self.value.get(key).unwrap_or(&ABSENT), ..self }
    }

    /// The members of an object, each with its name; none when it is no object.
    pub(super) fn members(self) -> impl Iterator<Item = (&'r str, Self)> {
        let members = self.value.as_object().into_iter().flatten();
        members.map(move |(name, value)| (name.as_str(), Self { value, ..self }))
    }

    /// The elements of a list, or the values of an object whose values are objects; the value itself when it is neither, and known.
    pub(super) fn elements(self) -> Vec<Self> {
        let with = |value| Self { value, ..self };
        match self.value {
            Value::Array(elements) => elements.iter().map(with).collect(),
            Value::Object(members) if members.values().all(Value::is_object) => members.values().map(with).collect(),
            _ => self.is_known().then_some(self).into_iter().collect(),
        }
    }

    pub(super) fn is_object(self) -> bool {
        self.value.is_object()
    }

    /// True when something stands there, also a word for an empty cell.
    pub(super) fn is_written(self) -> bool {
        !self.value.is_null() && self.value.as_str().is_none_or(|text| !text.trim().is_empty())
    }

    /// True when it says something: not `null`, nor a text that stands for an empty cell, nor an empty list or object.
    pub(super) fn is_known(self) -> bool {
        match self.value {
            Value::Null => false,
            Value::String(text) => !is_unknown_text(text),
            Value::Array(elements) => !elements.is_empty(),
            Value::Object(members) => !members.is_empty(),
            Value::Bool(_) | Value::Number(_) => true,
        }
    }

    /// A text or a number as a text, because ids are written as either. `None` when it is neither, or not known.
    pub(super) fn text(self) -> Option<String> {
        let text = self.peek()?;
        self.note(Handling::Kept);
        Some(text)
    }

    /// As [`text`](Self::text), for a look that decides nothing: what is not read otherwise is told.
    pub(super) fn peek(self) -> Option<String> {
        match self.value {
            Value::String(text) if !is_unknown_text(text) => Some(text.trim().to_owned()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        }
    }

    /// First and last name in one text; `None` when neither is known. Somebody may be called Null (see [`is_null_name`]).
    pub(super) fn full_name(first: Self, last: Self) -> Option<String> {
        let written = |field: Self| field.value.as_str().unwrap_or_default().trim();
        let part = |own: Self, other: Self| {
            let is_a_name = is_null(written(own)) && !is_null_name(written(own), written(other));
            if !is_a_name {
                return own.text();
            }
            own.note(Handling::Kept);
            Some(written(own).to_owned())
        };
        let names: Vec<String> = [part(first, last), part(last, first)].into_iter().flatten().collect();
        (!names.is_empty()).then(|| names.join(" "))
    }

    /// A number, or a text that is one. What is neither is unreadable.
    pub(super) fn number(self) -> Option<f64> {
        let Some(text) = self.peek() else { return self.wrong_type("a-number") };
        let Some(number) = number(&text, false) else {
            return self.unreadable(Sentence::new("import-no-number").with("written", short(&text)));
        };
        self.note(Handling::Understood);
        Some(number)
    }

    /// A whole number of 0 or more. What is something else is unreadable.
    pub(super) fn count(self) -> Option<i64> {
        let number = self.number()?;
        if number.fract() == 0.0 && (0.0..1e15).contains(&number) {
            return Some(number as i64);
        }
        self.unreadable(Sentence::new("import-no-count").with("written", number.to_string()))
    }

    /// True for a yes and false for a no, as a value or a text. `None` for what is not known, and for what is neither, which is unreadable.
    pub(super) fn truth(self) -> Option<bool> {
        let truth = match self.value {
            Value::Bool(truth) => *truth,
            _ => match self.peek().map(|text| (truth(&text), text)) {
                Some((Truth::Yes, _)) => true,
                Some((Truth::No, _)) => false,
                Some((Truth::Unknown, text)) => {
                    return self.unreadable(Sentence::new("import-no-truth").with("written", short(&text)));
                }
                None => return self.wrong_type("a-truth"),
            },
        };
        self.note(Handling::Understood);
        Some(truth)
    }

    /// True for a yes.
    pub(super) fn is_true(self) -> bool {
        self.truth() == Some(true)
    }

    /// True for a yes, and for what is neither yes nor no: in doubt an opt-out is one.
    pub(super) fn opts_out(self) -> bool {
        let text = match self.value {
            Value::Bool(truth) => Some(truth.to_string()),
            _ => self.peek(),
        };
        let Some(text) = text else { return false };
        let says = truth(&text);
        if says == Truth::Unknown {
            self.fault(Sentence::new("import-no-truth-yes").with("written", short(&text)));
        } else {
            self.note(Handling::Understood);
        }
        says != Truth::No
    }

    /// The moment of a text, as `read` reads it.
    ///
    /// # Errors
    /// Why it is no moment.
    pub(super) fn time(self, read: impl Fn(&str) -> Result<Instant, Sentence>) -> Result<Option<Instant>, Sentence> {
        let Some(text) = self.word() else { return Ok(self.wrong_type("a-moment")) };
        read(&text).map(Some)
    }

    /// The code of a country that is written as a code or a name. What is no country is unreadable.
    pub(super) fn country(self) -> Option<String> {
        let Some(text) = self.word() else { return self.wrong_type("import-a-country") };
        let code = country_code(&text);
        let key = if is_name_of_several(&text) { "import-several-countries" } else { "import-no-country" };
        code.or_else(|| self.unreadable(Sentence::new(key).with("written", short(&text))))
    }

    /// The name of a time zone. What is none is unreadable.
    pub(super) fn zone(self) -> Option<String> {
        let Some(text) = self.word() else { return self.wrong_type("import-a-zone") };
        let named = |zone: &Zone| zone.name().eq_ignore_ascii_case(&text);
        match Zone::parse(&text).or_else(|why| Zone::all().find(named).ok_or(why)) {
            Ok(zone) => Some(zone.name().to_owned()),
            Err(why) => self.unreadable(why),
        }
    }

    /// A text that means something to the importer, and does not stand in the leads as it is. The caller tells it when it does not know it.
    pub(super) fn word(self) -> Option<String> {
        let text = self.peek()?;
        self.note(Handling::Understood);
        Some(text)
    }

    /// True when there is a value, of which only that is kept: an address, a number.
    pub(super) fn is_there(self) -> bool {
        let there = self.is_known() && self.value.as_bool() != Some(false);
        if there {
            self.note(Handling::LeftOut("import-only-that-there-is-one"));
        }
        there
    }

    /// Notes that the value is not in a lead, and why.
    pub(super) fn leave_out(self, why: &'static str) {
        self.note(Handling::LeftOut(why));
    }

    /// Notes that the value could not be read, and why; returns that it is not known.
    pub(super) fn unreadable<T>(self, why: Sentence) -> Option<T> {
        self.fault(Sentence::new("import-taken-for-unknown").with("why", why));
        None
    }

    /// Notes what is wrong with the value, which is refused with it.
    pub(super) fn fault(self, why: Sentence) {
        self.note(Handling::Unreadable(why));
    }

    /// As [`unreadable`](Self::unreadable) for a value that is known and is not what its field needs.
    fn wrong_type<T>(self, needed: &'static str) -> Option<T> {
        if !self.is_known() {
            return None;
        }
        match self.value {
            // Its parts are told each.
            Value::Array(_) | Value::Object(_) => None,
            other => self.unreadable(
                Sentence::new("import-wrong-type").with("written", other.to_string()).with("needed", Arg::Key(needed)),
            ),
        }
    }

    fn note(self, handling: Handling) {
        self.record.handled.borrow_mut().insert(place(self.value), handling);
    }
}
