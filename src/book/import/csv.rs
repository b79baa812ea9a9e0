//! Any CSV, with a mapping from its columns to the fields of a lead.
//!
//! Each row becomes a JSON tree in the lead format and is read as a record of a lead file is, so that it passes the same checks with the
//! same messages. A text that cannot be read as its field requires is refused with the row.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::book::import::cell_values::{self, Truth, is_null};
use crate::book::import::country_code;
use crate::book::import::country_names::is_name_of_several;
use crate::book::import::lead_collector::LeadCollector;
use crate::book::import::mapping::{
    ACCOUNT, LEAD, LeadColumns, LeadGrouping, Mapping, PERSON, SIGNAL, TextReading, UnlistedText, ValueSource,
};
use crate::book::import::rows_of_one_lead::merge_row;
use crate::book::import::table::{ColumnNaming, TableRow};
use crate::book::import::table_header::TableFile;
use crate::book::import::times::TimeReader;
use crate::book::ingest::json_tree::{self, Json, short};
use crate::book::ingest::kept_refusals::refusals_in;
use crate::book::ingest::record::LeadRecord;
use crate::book::lead::FieldValue;
use crate::book::vocabulary::{Channel, SignalKind};
use crate::calendar::Instant;
use crate::wording::{Arg, Sentence};

/// Reads every file with the same mapping.
pub(super) fn read(files: &[(&str, &[u8])], mapping: Option<&Mapping>, collector: &mut LeadCollector) {
    let Some((mapping, leads)) = mapping.and_then(|mapping| Some((mapping, mapping.leads.as_ref()?))) else {
        collector.intake.refuse("", "import-csv-mapping", None);
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
        (Err(why), _) | (_, Err(why)) => return collector.intake.refuse("mapping", why, None),
    };
    let Some(file) = TableFile::open(name, bytes, Some(separator), ColumnNaming::AsWritten, collector) else { return };
    if !file.require(leads.columns(), collector) {
        return file.tell_all("import-header-unlike-mapping", collector);
    }
    let table = file.read(name, collector);
    let cells = CellReader { mapping, times };
    for row in table.rows() {
        let tree = cells.lead(&row, leads, collector);
        let id = match tree.get("id") {
            Some(Json::Text(id)) => id.to_string(),
            _ => String::new(),
        };
        let mails: Vec<&str> = leads.channels.get(&Channel::Email).map_or_else(Vec::new, ValueSource::columns);
        let refusing = refusals_in(&id, &tree);
        let record = match json_tree::read::<LeadRecord>(tree) {
            Ok(record) => record,
            Err(faults) => {
                for person in refusing.iter().flat_map(|record| &record.people) {
                    mails.iter().for_each(|column| collector.addresses.add(Some(&id), &person.id, row.get(column)));
                }
                refusing.into_iter().for_each(|record| collector.keep_refusals(record));
                let problems = faults.into_iter().map(|(path, reason)| (path.to_string(), reason)).collect();
                row.set_aside(&id, problems, collector);
                continue;
            }
        };
        for person in &record.people {
            mails.iter().for_each(|column| collector.addresses.add(Some(&id), &person.id, row.get(column)));
        }
        let first_line = collector.line_of(&id);
        match collector.find(&id) {
            Some(earlier) if leads.one_lead_per == LeadGrouping::Id => {
                for (path, refused, kept) in merge_row(earlier, record) {
                    let (line, first) = (row.line, first_line.unwrap_or_default());
                    let reason =
                        Sentence::new("import-contradiction").with("refused", refused.as_str()).with("kept", kept);
                    let reason = reason.with("line", line.to_string()).with("first", first.to_string());
                    collector.told(&table.file, Some(row.line), &path, &refused, &reason);
                    collector.intake.refuse_field(&id, path, reason, Some(row.line));
                }
            }
            _ => collector.add_from(record, Some(table.file.clone()), Some(row.line)),
        }
    }
    table.account(collector);
}

/// Fields in which a yes refuses contact: what is not known for certain to be no is yes.
const OPT_OUTS: &[&str] = &["do_not_call", "do_not_email", "objected"];

/// Reads the cells of rows as JSON values.
struct CellReader<'m> {
    mapping: &'m Mapping,
    times: TimeReader,
}

type JsonObject<'a> = Vec<(Cow<'a, str>, Json<'a>)>;

impl CellReader<'_> {
    /// The row as a record of the lead format.
    fn lead<'a>(&self, row: &TableRow<'_>, leads: &'a LeadColumns, collector: &mut LeadCollector) -> Json<'a> {
        let mut lead = self.group(row, &leads.lead, LEAD, collector);
        let account = self.group(row, &leads.account, ACCOUNT, collector);
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
        let person = self.person(row, leads, collector);
        let person_id = match &person {
            Some(Json::Object(entries)) => entries.iter().find(|(name, _)| name == "id").map(|(_, id)| id.clone()),
            _ => None,
        };
        lead.extend(person.map(|person| (Cow::Borrowed("people"), Json::List(vec![person]))));
        let mut signals = Vec::new();
        for signal in &leads.signals {
            let mut entries = self.group(row, signal, SIGNAL, collector);
            let has = |field: &str| entries.iter().any(|(name, _)| name == field);
            if has("at") && !has("kind") {
                collector.leave_out("import-signal-kind");
            } else if is_later(&entries, collector) {
                let reason = Sentence::new("import-signal-later");
                collector.leave_out(reason.clone());
                for column in signal.values().flat_map(ValueSource::columns) {
                    collector.told(&row.table.file, Some(row.line), column, row.get(column), &reason);
                }
            } else if has("at") {
                entries.extend(person_id.clone().map(|id| (Cow::Borrowed("person"), id)));
                signals.push(Json::Object(entries));
            }
        }
        if !signals.is_empty() {
            lead.push((Cow::Borrowed("signals"), Json::List(signals)));
        }
        Json::Object(lead)
    }

    fn person<'a>(
        &self,
        row: &TableRow<'_>,
        leads: &'a LeadColumns,
        collector: &mut LeadCollector,
    ) -> Option<Json<'a>> {
        if leads.person.is_empty() && leads.channels.is_empty() {
            return None;
        }
        let mut person = self.group(row, &leads.person, PERSON, collector);
        if !leads.person.contains_key("id") {
            person.push((Cow::Borrowed("id"), Json::Text(Cow::Borrowed("p1"))));
        }
        let channels = leads.channels.iter().filter_map(|(channel, cell)| {
            match self.value(row, cell, TextReading::Text)? {
                Json::Truth(false) => None,
                // The record is refused for it.
                refused @ Json::Refused(..) => Some(refused),
                _ => Some(Json::Text(Cow::Borrowed(channel.word()))),
            }
        });
        let channels: Vec<Json<'a>> = channels.collect();
        person.push((Cow::Borrowed("channels"), Json::List(channels)));
        Some(Json::Object(person))
    }

    /// The fields whose cells are known, as entries of a JSON object. `known` has the reading of each field.
    fn group<'a>(
        &self,
        row: &TableRow<'_>,
        cells: &'a BTreeMap<String, ValueSource>,
        known: &[(&str, TextReading)],
        collector: &mut LeadCollector,
    ) -> JsonObject<'a> {
        let mut entries: JsonObject<'a> = Vec::new();
        for (name, cell) in cells {
            let reads_as = known.iter().find(|(field, _)| field == name).map_or(TextReading::Text, |(_, reads)| *reads);
            let mut value = self.value(row, cell, reads_as);
            if value.is_none() && OPT_OUTS.contains(&name.as_str()) {
                value = self.unlisted_opt_out(row, cell, collector);
            }
            entries.extend(value.map(|value| (Cow::Borrowed(name.as_str()), value)));
        }
        entries
    }

    /// What an opt-out says whose text the mapping takes for not known without naming it: yes, unless it is a known no. `None` for no, for an
    /// empty cell, and for texts that the mapping names.
    fn unlisted_opt_out<'a>(
        &self,
        row: &TableRow<'_>,
        cell: &ValueSource,
        collector: &mut LeadCollector,
    ) -> Option<Json<'a>> {
        let ValueSource::Full(full) = cell else { return None };
        let columns = cell.columns();
        let text =
            columns.iter().map(|column| row.get(column)).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
        if self.is_unknown(&text) || full.values.contains_key(&text) || full.constant.is_some() {
            return None;
        }
        let truth = cell_values::truth(&text);
        if truth == Truth::Unknown {
            row.refuse_cell(columns.first()?, &text, "import-unlisted-opt-out", collector);
        }
        row.understood(&columns);
        (truth != Truth::No).then_some(Json::Truth(true))
    }

    /// The value of a cell; `None` when it is unknown. A text that cannot be read as `reads_as` is refused.
    fn value<'a>(&self, row: &TableRow<'_>, cell: &'a ValueSource, reads_as: TextReading) -> Option<Json<'a>> {
        let full = match cell {
            ValueSource::Column(column) => return self.read(row, &[column], row.get(column), reads_as),
            ValueSource::Full(full) => full,
        };
        if let Some(constant) = &full.constant {
            return Some(scalar(constant, reads_as));
        }
        let columns: Vec<&str> = full.column.iter().chain(&full.columns).map(String::as_str).collect();
        let parts = columns.iter().map(|column| row.get(column));
        let text = parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
        if let Some(stands_for) = full.values.get(&text) {
            row.understood(&columns);
            return stands_for.as_ref().map(|value| scalar(value, reads_as));
        }
        if self.is_unknown(&text) {
            row.understood(&columns);
            return None;
        }
        match full.otherwise {
            UnlistedText::AsItStands => self.read(row, &columns, &text, reads_as),
            UnlistedText::Unknown => None,
            // Fits no field, so that the checks report it with field and line.
            UnlistedText::Refuse => Some(Json::Refused(Sentence::new("import-unlisted").with("written", short(&text)))),
        }
    }

    fn is_unknown(&self, text: &str) -> bool {
        text.is_empty() || self.mapping.unknown.iter().any(|unknown| unknown == text)
    }

    /// The value of the text in these columns.
    fn read<'a>(&self, row: &TableRow<'_>, columns: &[&str], text: &str, reads_as: TextReading) -> Option<Json<'a>> {
        if self.is_unknown(text) {
            row.understood(columns);
            return None;
        }
        let decimal_comma = self.mapping.decimal_comma;
        let notation = || if decimal_comma { Arg::from("1.234,5") } else { Arg::Key("import-decimal-point") };
        let refused = |key| Json::Refused(Sentence::new(key).with("written", short(text)).with("notation", notation()));
        let value = match reads_as {
            TextReading::Text => return Some(Json::Text(Cow::Owned(text.to_owned()))),
            TextReading::Words => return Some(words(text)),
            // No word for an empty cell here: those are under `unknown`.
            TextReading::Truth => match cell_values::truth(text) {
                Truth::Yes => Json::Truth(true),
                Truth::No if !is_null(text) => Json::Truth(false),
                _ => refused("import-no-known-truth"),
            },
            TextReading::Whole => cell_values::whole_number(text, decimal_comma)
                .map_or_else(|| refused("import-no-whole-number-as"), Json::Whole),
            TextReading::Number => {
                cell_values::number(text, decimal_comma).map_or_else(|| refused("import-no-number-as"), Json::Number)
            }
            TextReading::Time => match self.times.read(text) {
                Ok(at) => Json::Text(Cow::Owned(at.to_string())),
                Err(why) => Json::Refused(why),
            },
            TextReading::Country => {
                let key = if is_name_of_several(text) { "import-several-countries" } else { "country-unknown" };
                country_code(text).map_or_else(|| refused(key), |code| Json::Text(Cow::Owned(code)))
            }
        };
        row.understood(columns);
        Some(value)
    }
}

/// Whether a signal lies after the moment up to which is imported. An unsubscribe never does: no opt-out is left out.
fn is_later(entries: &JsonObject<'_>, collector: &LeadCollector) -> bool {
    let text = |field: &str| {
        entries.iter().find_map(|(name, value)| match value {
            Json::Text(text) if name == field => Some(text.as_ref()),
            _ => None,
        })
    };
    let at = text("at").and_then(|at| Instant::parse(at).ok());
    at.is_some_and(|at| !collector.within(at)) && text("kind") != Some(SignalKind::Unsubscribe.word())
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
