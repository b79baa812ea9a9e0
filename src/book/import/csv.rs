//! Any CSV, with a mapping that says which column is what.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::book::import::country_code;
use crate::book::import::gather::LeadCollector;
use crate::book::import::mapping::{
    ACCOUNT, ColumnSource, LEAD, LeadColumns, LeadGrouping, Mapping, PERSON, SIGNAL, TextReading, UnlistedText,
};
use crate::book::import::table::{ImportTable, TableRow};
use crate::book::import::times::TimeReader;
use crate::book::ingest::json_tree::{self, Json, short};
use crate::book::ingest::record::LeadRecord;
use crate::book::lead::FieldValue;

/// Reads every file with the same mapping.
pub(super) fn read(files: &[(&str, &[u8])], mapping: Option<&Mapping>, gather: &mut LeadCollector) {
    let Some((mapping, leads)) = mapping.and_then(|mapping| Some((mapping, mapping.leads.as_ref()?))) else {
        gather.desk.refuse("", "a CSV needs a mapping with \"leads\", which says what each column means", None);
        return;
    };
    for (name, bytes) in files {
        table(name, bytes, mapping, leads, gather);
    }
}

/// Reads one table of leads.
pub(super) fn table(name: &str, bytes: &[u8], mapping: &Mapping, leads: &LeadColumns, gather: &mut LeadCollector) {
    let (separator, times) = match (mapping.separator(), mapping.times()) {
        (Ok(separator), Ok(times)) => (separator, times),
        (Err(why), _) | (_, Err(why)) => return gather.desk.refuse("", format!("mapping: {why}"), None),
    };
    let Some(table) = ImportTable::read(name, bytes, separator, &mut gather.desk) else { return };
    if !table.require(leads.columns(), &mut gather.desk) {
        return;
    }
    let desk = CellReader { mapping, times };
    for row in table.rows() {
        let tree = desk.lead(&row, leads);
        let id = match tree.get("id") {
            Some(Json::Text(id)) => Some(id.to_string()),
            _ => None,
        };
        match json_tree::read::<LeadRecord>(tree) {
            Ok(record) => match gather.find(&record.id) {
                Some(earlier) if leads.one_lead_per == LeadGrouping::Id => join(earlier, record),
                _ => gather.add(record, Some(row.line)),
            },
            Err(faults) => {
                let problems = faults.into_iter().map(|(path, reason)| (path.to_string(), reason)).collect();
                gather.desk.set_aside(id.as_deref(), problems, Some(row.line));
            }
        }
    }
}

/// A further row of the same lead brings its person and its signals.
fn join(lead: &mut LeadRecord, row: LeadRecord) {
    for (nth, person) in row.people.into_iter().enumerate() {
        if !lead.people.iter().any(|known| known.id == person.id) {
            lead.people.push(person);
        } else if nth == 0 && lead.people.iter().any(|known| *known != person && known.id == person.id) {
            // The same id with other words is for the door to refuse.
            lead.people.push(person);
        }
    }
    lead.signals.extend(row.signals);
}

/// Turns cells into values.
struct CellReader<'m> {
    mapping: &'m Mapping,
    times: TimeReader,
}

type JsonObject<'a> = Vec<(Cow<'a, str>, Json<'a>)>;

impl CellReader<'_> {
    /// The row as a record of the lead format.
    fn lead<'a>(&self, row: &TableRow<'_>, leads: &'a LeadColumns) -> Json<'a> {
        let mut lead = self.group(row, &leads.lead, LEAD);
        let account = self.group(row, &leads.account, ACCOUNT);
        if !account.is_empty() {
            lead.push((Cow::Borrowed("account"), Json::Object(account)));
        }
        let mut fields: JsonObject<'a> = Vec::new();
        for (name, cell) in &leads.fields {
            let reads_as = match cell {
                ColumnSource::Full(full) => full.reads_as.unwrap_or(TextReading::Text),
                ColumnSource::Column(_) => TextReading::Text,
            };
            fields.extend(self.value(row, cell, reads_as).map(|value| (Cow::Borrowed(name.as_str()), value)));
        }
        if !fields.is_empty() {
            lead.push((Cow::Borrowed("fields"), Json::Object(fields)));
        }
        let person = self.person(row, leads);
        let person_id = match &person {
            Some(Json::Object(entries)) => entries.iter().find(|(name, _)| name == "id").map(|(_, id)| id.clone()),
            _ => None,
        };
        lead.extend(person.map(|person| (Cow::Borrowed("people"), Json::List(vec![person]))));
        let mut signals = Vec::new();
        for signal in &leads.signals {
            let mut entries = self.group(row, signal, SIGNAL);
            if entries.iter().any(|(name, _)| name == "at") {
                entries.extend(person_id.clone().map(|id| (Cow::Borrowed("person"), id)));
                signals.push(Json::Object(entries));
            }
        }
        if !signals.is_empty() {
            lead.push((Cow::Borrowed("signals"), Json::List(signals)));
        }
        Json::Object(lead)
    }

    fn person<'a>(&self, row: &TableRow<'_>, leads: &'a LeadColumns) -> Option<Json<'a>> {
        if leads.person.is_empty() && leads.channels.is_empty() {
            return None;
        }
        let mut person = self.group(row, &leads.person, PERSON);
        if !leads.person.contains_key("id") {
            person.push((Cow::Borrowed("id"), Json::Text(Cow::Borrowed("p1"))));
        }
        let reached = leads.channels.iter().filter(|(_, cell)| {
            let says = self.value(row, cell, TextReading::Text);
            says.is_some_and(|value| value != Json::Truth(false))
        });
        let channels: Vec<Json<'a>> = reached.map(|(channel, _)| Json::Text(Cow::Borrowed(channel.word()))).collect();
        person.push((Cow::Borrowed("channels"), Json::List(channels)));
        Some(Json::Object(person))
    }

    fn group<'a>(
        &self,
        row: &TableRow<'_>,
        cells: &'a BTreeMap<String, ColumnSource>,
        known: &[(&str, TextReading)],
    ) -> JsonObject<'a> {
        let mut entries: JsonObject<'a> = Vec::new();
        for (name, cell) in cells {
            let reads_as = known.iter().find(|(field, _)| field == name).map_or(TextReading::Text, |(_, reads)| *reads);
            entries.extend(self.value(row, cell, reads_as).map(|value| (Cow::Borrowed(name.as_str()), value)));
        }
        entries
    }

    /// The value of a cell; `None` when it is not known. What cannot be read as asked stays a text, for the door to refuse.
    fn value<'a>(&self, row: &TableRow<'_>, cell: &'a ColumnSource, reads_as: TextReading) -> Option<Json<'a>> {
        let full = match cell {
            ColumnSource::Column(column) => return self.read(row.get(column), reads_as),
            ColumnSource::Full(full) => full,
        };
        if let Some(constant) = &full.constant {
            return Some(scalar(constant, reads_as));
        }
        let parts = full.column.iter().chain(&full.columns).map(|column| row.get(column));
        let text = parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
        if let Some(stands_for) = full.values.get(&text) {
            return stands_for.as_ref().map(|value| scalar(value, reads_as));
        }
        if self.is_unknown(&text) {
            return None;
        }
        match full.otherwise {
            UnlistedText::AsItStands => self.read(&text, reads_as),
            UnlistedText::Unknown => None,
            // A value of a type that fits no field: the door tells it with field and line.
            UnlistedText::Refuse => {
                let told = format!("\"{}\" is not among the values of the mapping", short(&text));
                Some(Json::Refused(told))
            }
        }
    }

    fn is_unknown(&self, text: &str) -> bool {
        text.is_empty() || self.mapping.unknown.iter().any(|unknown| unknown == text)
    }

    fn read<'a>(&self, text: &str, reads_as: TextReading) -> Option<Json<'a>> {
        if self.is_unknown(text) {
            return None;
        }
        let as_text = || Json::Text(Cow::Owned(text.to_owned()));
        Some(match reads_as {
            TextReading::Text => as_text(),
            TextReading::Truth => match text.to_ascii_lowercase().as_str() {
                "true" => Json::Truth(true),
                "false" => Json::Truth(false),
                _ => as_text(),
            },
            TextReading::Whole => text.parse().map_or_else(|_| as_text(), Json::Whole),
            TextReading::Number => self.number(text).map_or_else(as_text, Json::Number),
            TextReading::Time => match self.times.read(text) {
                Ok(at) => Json::Text(Cow::Owned(at.to_string())),
                Err(why) => Json::Refused(why),
            },
            TextReading::Words => words(text),
            TextReading::Country => country_code(text).map_or_else(as_text, |code| Json::Text(Cow::Owned(code))),
        })
    }

    fn number(&self, text: &str) -> Option<f64> {
        let plain = if self.mapping.decimal_comma { text.replace('.', "").replace(',', ".") } else { text.to_owned() };
        // Rust reads "inf" and "nan" as numbers; a table that says so knows no number.
        let digits =
            plain.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-' | b'+' | b'e' | b'E'));
        plain.parse::<f64>().ok().filter(|number| digits && number.is_finite())
    }
}

fn words<'a>(text: &str) -> Json<'a> {
    let words = text.split(';').map(str::trim).filter(|word| !word.is_empty());
    Json::List(words.map(|word| Json::Text(Cow::Owned(word.to_owned()))).collect())
}

fn scalar<'a>(value: &FieldValue, reads_as: TextReading) -> Json<'a> {
    match value {
        FieldValue::Truth(truth) => Json::Truth(*truth),
        FieldValue::Number(number)
            if reads_as == TextReading::Whole && number.fract() == 0.0 && number.abs() < 1e15 =>
        {
            Json::Whole(*number as i64)
        }
        FieldValue::Number(number) => Json::Number(*number),
        FieldValue::Text(text) if reads_as == TextReading::Words => words(text),
        FieldValue::Text(text) => Json::Text(Cow::Owned(text.clone())),
    }
}
