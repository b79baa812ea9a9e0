//! Any CSV, with a mapping from its columns to the fields of a lead.
//!
//! Each row becomes a JSON tree in the lead format and is read as a record of a lead file is, so that it passes the same checks with the
//! same messages. A text that cannot be read as its field requires stays a text, which those checks then refuse.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::book::import::cell_values::{number, whole_number};
use crate::book::import::country_code;
use crate::book::import::lead_collector::LeadCollector;
use crate::book::import::mapping::{
    ACCOUNT, LEAD, LeadColumns, LeadGrouping, Mapping, PERSON, SIGNAL, TextReading, UnlistedText, ValueSource,
};
use crate::book::import::table::{ImportTable, TableRow};
use crate::book::import::times::TimeReader;
use crate::book::ingest::json_tree::{self, Json, short};
use crate::book::ingest::record::LeadRecord;
use crate::book::lead::FieldValue;

/// Reads every file with the same mapping.
pub(super) fn read(files: &[(&str, &[u8])], mapping: Option<&Mapping>, collector: &mut LeadCollector) {
    let Some((mapping, leads)) = mapping.and_then(|mapping| Some((mapping, mapping.leads.as_ref()?))) else {
        collector.intake.refuse("", "a CSV needs a mapping with \"leads\", which says what each column means", None);
        return;
    };
    for (name, bytes) in files {
        table(name, bytes, mapping, leads, collector);
    }
}

/// Reads one table of leads. A row that does not fit is set aside.
pub(super) fn table(name: &str, bytes: &[u8], mapping: &Mapping, leads: &LeadColumns, collector: &mut LeadCollector) {
    let (separator, times) = match (mapping.separator(), mapping.times()) {
        (Ok(separator), Ok(times)) => (separator, times),
        (Err(why), _) | (_, Err(why)) => return collector.intake.refuse("", format!("mapping: {why}"), None),
    };
    let Some(table) = ImportTable::read(name, bytes, separator, &mut collector.intake) else { return };
    if !table.require(leads.columns(), &mut collector.intake) {
        return;
    }
    let cells = CellReader { mapping, times };
    for row in table.rows() {
        let tree = cells.lead(&row, leads);
        let id = match tree.get("id") {
            Some(Json::Text(id)) => Some(id.to_string()),
            _ => None,
        };
        match json_tree::read::<LeadRecord>(tree) {
            Ok(record) => match collector.find(&record.id) {
                Some(earlier) if leads.one_lead_per == LeadGrouping::Id => merge_row(earlier, record),
                _ => collector.add(record, Some(row.line)),
            },
            Err(faults) => {
                let problems = faults.into_iter().map(|(path, reason)| (path.to_string(), reason)).collect();
                collector.intake.set_aside(id.as_deref(), problems, Some(row.line));
            }
        }
    }
}

/// Adds the person and the signals of a further row to its lead.
fn merge_row(lead: &mut LeadRecord, row: LeadRecord) {
    for (nth, person) in row.people.into_iter().enumerate() {
        if !lead.people.iter().any(|known| known.id == person.id) {
            lead.people.push(person);
        } else if nth == 0 && lead.people.iter().any(|known| *known != person && known.id == person.id) {
            // The same id with other values: added, so that the checks refuse it.
            lead.people.push(person);
        }
    }
    lead.signals.extend(row.signals);
}

/// Reads the cells of rows as JSON values.
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
                ValueSource::Full(full) => full.reads_as.unwrap_or(TextReading::Text),
                ValueSource::Column(_) => TextReading::Text,
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
        let reachable = leads.channels.iter().filter(|(_, cell)| {
            let value = self.value(row, cell, TextReading::Text);
            value.is_some_and(|value| value != Json::Truth(false))
        });
        let channels: Vec<Json<'a>> = reachable.map(|(channel, _)| Json::Text(Cow::Borrowed(channel.word()))).collect();
        person.push((Cow::Borrowed("channels"), Json::List(channels)));
        Some(Json::Object(person))
    }

    /// The fields whose cells are known, as entries of a JSON object. `known` has the reading of each field.
    fn group<'a>(
        &self,
        row: &TableRow<'_>,
        cells: &'a BTreeMap<String, ValueSource>,
        known: &[(&str, TextReading)],
    ) -> JsonObject<'a> {
        let mut entries: JsonObject<'a> = Vec::new();
        for (name, cell) in cells {
            let reads_as = known.iter().find(|(field, _)| field == name).map_or(TextReading::Text, |(_, reads)| *reads);
            entries.extend(self.value(row, cell, reads_as).map(|value| (Cow::Borrowed(name.as_str()), value)));
        }
        entries
    }

    /// The value of a cell; `None` when it is unknown. A text that cannot be read as `reads_as` stays a text.
    fn value<'a>(&self, row: &TableRow<'_>, cell: &'a ValueSource, reads_as: TextReading) -> Option<Json<'a>> {
        let full = match cell {
            ValueSource::Column(column) => return self.read(row.get(column), reads_as),
            ValueSource::Full(full) => full,
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
            // Fits no field, so that the checks report it with field and line.
            UnlistedText::Refuse => {
                let reason = format!("\"{}\" is not among the values of the mapping", short(&text));
                Some(Json::Refused(reason))
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
            TextReading::Whole => whole_number(text, self.mapping.decimal_comma).map_or_else(as_text, Json::Whole),
            TextReading::Number => number(text, self.mapping.decimal_comma).map_or_else(as_text, Json::Number),
            TextReading::Time => match self.times.read(text) {
                Ok(at) => Json::Text(Cow::Owned(at.to_string())),
                Err(why) => Json::Refused(why),
            },
            TextReading::Words => words(text),
            TextReading::Country => country_code(text).map_or_else(as_text, |code| Json::Text(Cow::Owned(code))),
        })
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
