//! Writes a book as a lead file, for the output of importers.
//!
//! One lead on each line, so that files can be compared line by line; times in UTC.
//!
//! Invariant: reading the file gives the same book.

use serde::Serialize;

use crate::book::Book;
use crate::book::ingest::record::{AccountRecord, LeadRecord};
use crate::book::lead::{Account, Lead};

/// The book as a lead file in JSON.
///
/// # Errors
/// Only for a number that is not finite, which no reader accepts.
pub fn write_json(book: &Book) -> Result<String, serde_json::Error> {
    let mut file = String::from("{");
    let mut comma = "";
    list(&mut file, &mut comma, "leads", lead_texts(book))?;
    if !book.reps().is_empty() {
        list(&mut file, &mut comma, "reps", book.reps().iter().map(serde_json::to_string))?;
    }
    if !book.contents().is_empty() {
        list(&mut file, &mut comma, "content", book.contents().iter().map(serde_json::to_string))?;
    }
    file.push_str("}\n");
    Ok(file)
}

/// Each lead as JSON. Lazily, because all records together may not fit in memory.
fn lead_texts(book: &Book) -> impl Iterator<Item = Result<String, serde_json::Error>> {
    (0..book.len()).filter_map(|lead| book.lead(lead)).map(|lead| serde_json::to_string(&LeadRecord::from(&lead)))
}

fn list(
    file: &mut String,
    comma: &mut &str,
    name: &str,
    entries: impl Iterator<Item = Result<String, serde_json::Error>>,
) -> Result<(), serde_json::Error> {
    file.push_str(comma);
    *comma = ",\n";
    file.push_str(&format!("\"{name}\": ["));
    for (nth, entry) in entries.enumerate() {
        file.push_str(if nth == 0 { "\n" } else { ",\n" });
        file.push_str(&entry?);
    }
    file.push_str("\n]");
    Ok(())
}

/// The book as NDJSON: reps and content first, then one lead on each line.
///
/// # Errors
/// As [`write_json`].
pub fn write_ndjson(book: &Book) -> Result<String, serde_json::Error> {
    #[derive(Serialize)]
    #[serde(rename_all = "lowercase")]
    enum OutputLine<'a> {
        Rep(&'a crate::book::rep::Rep),
        Content(&'a crate::book::content::Content),
    }
    let mut file = String::new();
    let others = book.reps().iter().map(OutputLine::Rep).chain(book.contents().iter().map(OutputLine::Content));
    for line in others.map(|line| serde_json::to_string(&line)).chain(lead_texts(book)) {
        file.push_str(&line?);
        file.push('\n');
    }
    Ok(file)
}

impl From<&Lead> for LeadRecord {
    fn from(lead: &Lead) -> Self {
        let account = AccountRecord::of(&lead.account, &lead.id);
        let (people, signals, planned) = lead.with_not_counted();
        Self {
            id: lead.id.clone(),
            name: lead.name.clone(),
            account: (account != AccountRecord::default()).then_some(account),
            stage: lead.stage,
            stage_since: lead.stage_since,
            created_at: lead.created_at,
            source: lead.source.clone(),
            topic: lead.topic.clone(),
            country: lead.country.clone(),
            zone: lead.zone.clone(),
            language: lead.language.clone(),
            owner: lead.owner.clone(),
            value: lead.value,
            churn: lead.churn,
            fields: lead.fields.clone(),
            people,
            signals,
            planned,
            quotes: lead.quotes.clone(),
            stage_by: lead.stage_by,
            spam: lead.spam,
            feedback: lead.feedback.clone(),
        }
    }
}

impl AccountRecord {
    fn of(account: &Account, lead: &str) -> Self {
        Self {
            id: (account.id != lead).then(|| account.id.clone()),
            name: account.name.clone(),
            country: account.country.clone(),
            region: account.region.clone(),
            zone: account.zone.clone(),
            legal_form: account.legal_form,
            industry: account.industry.clone(),
            employees: account.employees,
            customer_since: account.customer_since,
        }
    }
}
