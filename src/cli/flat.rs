//! Advices as CSV, for spreadsheets and other systems: the columns are those of [`ADVICE_COLUMNS`].

use super::failure::Failure;
use cadans::decide::ADVICE_COLUMNS;
use cadans::decide::advice::Advice;
use cadans::wording::Sentence;

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
    writer.write_record(ADVICE_COLUMNS.iter().map(|column| column.name)).map_err(trouble)?;
    for advice in advices {
        writer.write_record(ADVICE_COLUMNS.iter().map(|column| column.csv_cell(advice))).map_err(trouble)?;
    }
    let bytes = writer.into_inner().map_err(|error| Failure::from(error.into_error()))?;
    String::from_utf8(bytes).map_err(|error| failed(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::sample;

    #[test]
    fn a_text_that_a_spreadsheet_would_run_gets_an_apostrophe() {
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
