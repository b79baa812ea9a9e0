//! Decisions over real data that nobody here wrote: a Dutch lender's loan journeys, a course seller's leads, a portal's tables.
//!
//! The data is not in the repository; without it each test is skipped (see `cadans_testing::real_data`). What is asserted is what must hold for
//! any lead: an answer for each, nothing outside hours, over a cap, or against somebody's wish, counted by a second opinion
//! that shares no code with the engine.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod second_opinion;

use std::collections::BTreeMap;

use cadans_testing::real_data;
use chrono::Weekday::{Fri, Mon, Sat, Thu, Tue, Wed};
use chrono::{DateTime, Duration, Utc};
use second_opinion::{Cap, Contact, OpenHours, Terms, dutch_holiday_2012, violations};
use serde_json::Value;

use cadans::book::import::{ImportKind, ImportOptions, Mapping, import};
use cadans::book::ingest::write::write_json;
use cadans::book::ingest::{LeadFormat, read_book};
use cadans::calendar::Instant;
use cadans::decide;
use cadans::language::{PackSource, Rulebook};
use cadans::pack::Overrides;
use cadans::wording::Language;

fn rulebook(file: &str, text: &str) -> Rulebook {
    let source = PackSource { file: file.into(), text: text.into() };
    let (rulebook, findings) = Rulebook::new(&[source], &Overrides::default());
    assert!(findings.is_empty(), "{file}: {findings:#?}");
    rulebook
}

fn mapping(text: &str) -> Option<Mapping> {
    Some(Mapping::read(text.as_bytes()).expect("a mapping without faults"))
}

/// The advice as users get it.
fn as_json(advice: &impl serde::Serialize) -> Value {
    serde_json::to_value(advice).expect("advice is plain data")
}

#[test]
fn loan_journeys_are_never_phoned_outside_hours_or_over_a_cap() {
    let Some([events, cases]) =
        real_data::files(["bpi2012-loan-journeys/events.dev.csv.gz", "bpi2012-loan-journeys/cases.dev.csv"])
    else {
        return;
    };
    let rulebook = rulebook("loan-offers.rhai", include_str!("../../evaluation/loan-offers.rhai"));
    let past = contacts(&events);
    let terms = Terms {
        zone: jiff::tz::TimeZone::get("Europe/Amsterdam").unwrap(),
        hours: vec![
            OpenHours {
                channel: "phone",
                days: &[Mon, Tue, Wed, Thu, Fri],
                between: &[("09:00", "12:30"), ("13:30", "17:30")],
            },
            OpenHours { channel: "email", days: &[Mon, Tue, Wed, Thu, Fri, Sat], between: &[("08:00", "20:00")] },
        ],
        holiday: dutch_holiday_2012,
        caps: vec![
            Cap { channel: Some("phone"), most: 1, per: Duration::hours(20) },
            Cap { channel: Some("phone"), most: 3, per: Duration::days(7) },
            Cap { channel: None, most: 5, per: Duration::days(7) },
        ],
    };
    // A working morning, a Friday evening before Christmas, the night in which the clock went forward.
    for now in ["2012-01-10T10:15:00+01:00", "2011-12-23T18:40:00+01:00", "2012-03-25T00:30:00+01:00"] {
        let now = Instant::parse(now).unwrap();
        let options = ImportOptions {
            mapping: mapping(include_str!("../../evaluation/loan-offers.mapping.json")),
            until: Some(now),
        };
        let intake = import(ImportKind::EventLog, &[("events.csv", &events), ("cases.csv", &cases)], &options);
        assert!(intake.refused.is_empty(), "{:#?}", intake.refused);
        let advice = decide::decide(&rulebook, &intake.book, now, Language::English);
        assert_eq!(advice.len(), 9182, "every case gets an answer");
        let none = Vec::new();
        let (mut touches, mut wrong) = (0, Vec::new());
        for advice in advice.iter().map(as_json) {
            touches += usize::from(advice["verdict"] == "touch");
            let case = advice["lead"].as_str().unwrap();
            wrong.extend(violations(&advice, past.get(case).unwrap_or(&none), &terms));
        }
        println!("{now}: 9182 cases, {touches} touches advised, {} violations", wrong.len());
        assert!(touches > 100, "only {touches} touches: the rules are not read as they were meant");
        assert!(wrong.is_empty(), "{} violations, first: {:#?}", wrong.len(), &wrong[..wrong.len().min(5)]);
    }
}

/// The touches of each case, from the raw log.
fn contacts(events: &[u8]) -> BTreeMap<String, Vec<Contact>> {
    let calls =
        ["W_Afhandelen leads", "W_Completeren aanvraag", "W_Nabellen offertes", "W_Nabellen incomplete dossiers"];
    let mut of_case: BTreeMap<String, Vec<Contact>> = BTreeMap::new();
    for row in csv::Reader::from_reader(events).records() {
        let row = row.expect("a row");
        let channel = match (&row[2], &row[3]) {
            (activity, "START") if calls.contains(&activity) => "phone",
            ("O_SENT", _) => "email",
            _ => continue,
        };
        let at = DateTime::parse_from_rfc3339(&row[4]).expect("a time").with_timezone(&Utc);
        of_case.entry(row[0].to_owned()).or_default().push(Contact { at, channel });
    }
    of_case
}

#[test]
fn course_leads_who_opted_out_are_left_alone() {
    let Some([rows]) = real_data::files(["x-education-leads/leads.dev.csv.gz"]) else { return };
    let rulebook = rulebook("course-leads.rhai", include_str!("../../evaluation/course-leads.rhai"));
    let options =
        ImportOptions { mapping: mapping(include_str!("../../evaluation/course-leads.mapping.json")), until: None };
    let intake = import(ImportKind::Csv, &[("leads.csv", &rows)], &options);
    assert!(intake.refused.is_empty(), "{:#?}", intake.refused);
    let advice =
        decide::decide(&rulebook, &intake.book, Instant::parse("2026-11-18T10:00:00Z").unwrap(), Language::English);
    let mut wish: BTreeMap<String, (bool, bool)> = BTreeMap::new();
    for row in csv::Reader::from_reader(rows.as_slice()).records() {
        let row = row.expect("a row");
        wish.insert(row[0].to_owned(), (&row[4] == "Yes", &row[5] == "Yes"));
    }
    assert_eq!(advice.len(), 6462, "every lead gets an answer");
    assert!(wish.values().any(|(no_mail, _)| *no_mail), "the data holds people who opted out");
    let mut channels: BTreeMap<String, usize> = BTreeMap::new();
    for advice in advice.iter().map(as_json) {
        let (no_mail, no_call) = wish[advice["lead"].as_str().unwrap()];
        let channel = advice["touch"]["channel"].as_str().unwrap_or("none").to_owned();
        assert!(!(no_mail && channel == "email"), "mails somebody who opted out: {advice:#}");
        assert!(!(no_call && channel == "phone"), "phones somebody who opted out: {advice:#}");
        *channels.entry(channel).or_default() += 1;
    }
    println!("6462 leads, 0 violations, channels advised: {channels:?}");
    assert!(channels.get("phone").is_some_and(|count| *count > 100), "{channels:?}");
}

#[test]
fn a_portals_tables_become_leads_and_unsubscribed_people_get_no_mail() {
    let Some(tables) = real_data::folder("crm-payload-samples/hubspot-fivetran-seeds") else { return };
    let files: Vec<(&str, &[u8])> = tables.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    let rulebook = rulebook("portal-contacts.rhai", include_str!("../../evaluation/portal-contacts.rhai"));
    let intake = import(ImportKind::Hubspot, &files, &ImportOptions::default());
    assert!(!intake.book.leads().is_empty(), "{:#?}", intake.refused);
    let now = Instant::parse("2021-04-06T10:00:00Z").unwrap();
    // The tables do not say where these people are, so the engine holds and asks.
    for advice in decide::decide(&rulebook, &intake.book, now, Language::English).iter().map(as_json) {
        assert_ne!(advice["touch"]["channel"], "email", "nobody knows what time it is there: {advice:#}");
    }
    // The portal's owner knows: the companies in it are American.
    let mut file: Value = serde_json::from_str(&write_json(&intake.book).unwrap()).unwrap();
    for lead in file["leads"].as_array_mut().unwrap() {
        lead["country"] = "US".into();
    }
    let book = read_book(&LeadFormat::Json, file.to_string().as_bytes()).book;
    let advice = decide::decide(&rulebook, &book, now, Language::English);
    assert_eq!(advice.len(), intake.book.leads().len(), "every lead gets an answer");
    let mut mails = 0;
    for (lead, advice) in book.leads().iter().zip(advice.iter().map(as_json)) {
        if advice["touch"]["channel"] != "email" {
            continue;
        }
        mails += 1;
        let id = advice["touch"]["person"]["id"].as_str().unwrap();
        let person = lead.people.iter().find(|person| person.id == id).unwrap();
        assert!(!person.do_not_email && !person.objected, "mails somebody who opted out: {advice:#}");
    }
    assert!(mails > 10, "only {mails} mails: the rules are not read as they were meant");
    println!("{} leads, {mails} mails advised, {} records refused with a reason", advice.len(), intake.refused.len());
}
