//! An advice as one row of a CSV file, for spreadsheets and other systems.
//!
//! Moments are RFC 3339 in UTC, `local_from`, `local_until` and `review_at_local` in the person's own time; numbers are as in the JSON, and so is
//! `late_by`, in milliseconds.
//! What has more than one value (notes, runners-up, blocks) is left to the JSON.
//!
//! A spreadsheet runs a cell that begins with `=`, `+`, `-` or `@` as a formula, and some skip white space before it. A text from a lead file or a
//! rule file that begins so gets an apostrophe in front, which spreadsheets take as "this is text" (OWASP, "CSV Injection"). Numbers,
//! moments and words of the vocabulary are made here and stay as they are.

use serde_json::Value;

use super::failure::Failure;
use cadans::calendar::Instant;
use cadans::decide::advice::{Advice, Priority};
use cadans::wording::Sentence;

/// The columns, in order.
pub const COLUMNS: &[&str] = &[
    "lead",
    "lead_name",
    "verdict",
    "channel",
    "person",
    "person_name",
    "role",
    "rep",
    "rep_name",
    "automatic",
    "from",
    "until",
    "local_from",
    "local_until",
    "zone",
    "since",
    "due",
    "late",
    "late_by",
    "rule",
    "pack",
    "reason",
    "offer",
    "ask",
    "find",
    "hand_over",
    "cadence",
    "step",
    "priority",
    "p",
    "c",
    "v",
    "l",
    "stage",
    "review_at",
    "review_at_local",
    "review_zone",
    "tz_data_version",
    "holiday_data_version",
];

/// The advices as CSV with a header row.
///
/// # Errors
/// When a row cannot be put together; no advice is known to cause this.
pub fn csv<'a>(advices: impl IntoIterator<Item = &'a Advice>) -> Result<String, Failure> {
    let failed = |why: String| {
        Failure::contents(Sentence::new("failure-csv"))
            .why(Sentence::as_is(why))
            .help(Sentence::new("failure-csv-help"))
    };
    let trouble = |error: csv::Error| failed(error.to_string());
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(COLUMNS).map_err(trouble)?;
    for advice in advices {
        writer.write_record(row(advice)).map_err(trouble)?;
    }
    let bytes = writer.into_inner().map_err(|error| Failure::from(error.into_error()))?;
    String::from_utf8(bytes).map_err(|error| failed(error.to_string()))
}

fn row(advice: &Advice) -> Vec<String> {
    let touch = advice.touch.as_ref();
    let person = touch.and_then(|touch| touch.person.as_ref());
    let rep = touch.and_then(|touch| touch.rep.as_ref());
    let window = touch.and_then(|touch| touch.window.as_ref());
    let moment = |at: Option<Instant>| at.map_or(String::new(), |at| at.to_string());
    let text = |value: Option<&String>| value.map_or(String::new(), |text| without_formula(text));
    let number =
        |pick: fn(&Priority) -> f64| advice.priority.as_ref().map_or(String::new(), |one| json_number(pick(one)));
    vec![
        without_formula(&advice.lead),
        text(advice.lead_name.as_ref()),
        verdict(advice),
        touch.and_then(|touch| touch.channel).map_or(String::new(), |channel| channel.word().to_owned()),
        text(person.map(|person| &person.id)),
        text(person.and_then(|person| person.name.as_ref())),
        person.and_then(|person| person.role).map_or(String::new(), |role| role.word().to_owned()),
        text(rep.map(|rep| &rep.id)),
        text(rep.and_then(|rep| rep.name.as_ref())),
        touch.filter(|touch| touch.automatic).map_or(String::new(), |touch| touch.automatic.to_string()),
        moment(window.map(|window| window.from)),
        moment(window.map(|window| window.until)),
        text(window.map(|window| &window.local_from)),
        text(window.map(|window| &window.local_until)),
        text(window.map(|window| &window.zone)),
        moment(touch.and_then(|touch| touch.since)),
        moment(touch.and_then(|touch| touch.due)),
        touch.map_or(String::new(), |touch| touch.late.to_string()),
        touch.and_then(|touch| touch.late_by).map_or(String::new(), |late| late.millis().to_string()),
        text(advice.rule.as_ref().map(|rule| &rule.name)),
        text(advice.rule.as_ref().map(|rule| &rule.pack)),
        without_formula(&advice.reason),
        text(touch.and_then(|touch| touch.offer.as_ref())),
        text(touch.and_then(|touch| touch.ask.as_ref())),
        touch.and_then(|touch| touch.find).map_or(String::new(), |role| role.word().to_owned()),
        text(touch.and_then(|touch| touch.hand_over.as_ref())),
        text(touch.and_then(|touch| touch.cadence.as_ref())),
        touch.and_then(|touch| touch.step).map_or(String::new(), |step| step.to_string()),
        number(|priority| priority.total),
        number(|priority| priority.propensity.value),
        number(|priority| priority.context.value),
        number(|priority| priority.value.value),
        number(|priority| priority.lever.value),
        advice.stage.as_ref().map_or(String::new(), |now| now.stage.word().to_owned()),
        moment(advice.review_at),
        text(advice.review_at_local.as_ref()),
        text(advice.review_zone.as_ref()),
        advice.data_versions.tz.to_owned(),
        advice.data_versions.holidays.to_owned(),
    ]
}

/// The text, with an apostrophe in front where a spreadsheet would take it for a formula. Full-width signs count: some spreadsheets read them
/// as the plain ones.
fn without_formula(text: &str) -> String {
    let begins_formula = |letter: char| matches!(letter, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠');
    let control = text.starts_with(['\t', '\r', '\n']);
    if control || text.trim_start().starts_with(begins_formula) { format!("'{text}") } else { text.to_owned() }
}

/// The word for the verdict that the JSON has.
fn verdict(advice: &Advice) -> String {
    match serde_json::to_value(advice.verdict) {
        Ok(Value::String(word)) => word,
        _ => String::new(),
    }
}

/// The number as the JSON writes it.
fn json_number(number: f64) -> String {
    serde_json::to_string(&number).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::sample;

    #[test]
    fn a_text_that_a_spreadsheet_would_run_gets_an_apostrophe() {
        for formula in ["=1+1", "+31 20 1234567", "-2+3", "@SUM(1)", "\t=1", "\rx", " =1", "＝1"] {
            assert_eq!(without_formula(formula), format!("'{formula}"));
        }
        for harmless in ["", "Jansen", "a=1", "1-2", "'=1", "Who? Me."] {
            assert_eq!(without_formula(harmless), harmless);
        }
        let mut advice = sample::call();
        advice.lead = "=L".to_owned();
        advice.lead_name = Some("=HYPERLINK(\"http://x.example\")".to_owned());
        advice.reason = "-2+3".to_owned();
        if let Some(touch) = &mut advice.touch {
            touch.offer = Some("@guide".to_owned());
            touch.ask = Some("+ask".to_owned());
            touch.cadence = Some("=cadence".to_owned());
        }
        let text = csv([&advice]).unwrap_or_default();
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let cells: Vec<String> = reader
            .records()
            .map_while(Result::ok)
            .flat_map(|row| row.iter().map(str::to_owned).collect::<Vec<_>>())
            .collect();
        for cell in ["'=L", "'=HYPERLINK(\"http://x.example\")", "'-2+3", "'@guide", "'+ask", "'=cadence"] {
            assert!(cells.iter().any(|written| written == cell), "{cell} is not among {cells:?}");
        }
        assert!(cells.iter().all(|cell| !cell.starts_with(['=', '+', '-', '@'])), "{cells:?}");
    }

    #[test]
    fn a_row_says_what_the_json_says() {
        let mut advice = sample::call();
        advice.reason = "Said \"call me\", twice;\nnot today".to_owned();
        let text = csv([&advice]).unwrap_or_default();
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let rows: Vec<std::collections::BTreeMap<String, String>> =
            reader.deserialize().map_while(Result::ok).collect();
        assert_eq!(rows.len(), 1);
        let cell = |name: &str| rows.first().and_then(|row| row.get(name)).map(String::as_str);
        let data = serde_json::to_value(&advice).unwrap_or_default();
        for (column, pointer) in [
            ("lead", "/lead"),
            ("lead_name", "/leadName"),
            ("verdict", "/verdict"),
            ("channel", "/touch/channel"),
            ("person", "/touch/person/id"),
            ("person_name", "/touch/person/name"),
            ("role", "/touch/person/role"),
            ("rep", "/touch/rep/id"),
            ("from", "/touch/window/from"),
            ("until", "/touch/window/until"),
            ("local_from", "/touch/window/localFrom"),
            ("zone", "/touch/window/zone"),
            ("rule", "/rule/name"),
            ("reason", "/reason"),
            ("offer", "/touch/offer"),
            ("ask", "/touch/ask"),
            ("cadence", "/touch/cadence"),
            ("step", "/touch/step"),
            ("since", "/touch/since"),
            ("due", "/touch/due"),
            ("late", "/touch/late"),
            ("priority", "/priority/total"),
            ("c", "/priority/context/value"),
            ("stage", "/stage/stage"),
            ("review_at", "/reviewAt"),
            ("review_at_local", "/reviewAtLocal"),
            ("review_zone", "/reviewZone"),
            ("tz_data_version", "/dataVersions/tz"),
            ("holiday_data_version", "/dataVersions/holidays"),
        ] {
            let expected = data.pointer(pointer).map(|value| value.as_str().map_or(value.to_string(), str::to_owned));
            assert_eq!(cell(column), expected.as_deref(), "{column}");
        }
    }
}
