//! Data sets that are not part of the repository. Without them these tests are skipped (see `cadans_testing::real_data`).

use cadans_testing::real_data;

use super::*;

/// The bytes of a file in a folder that was read, which must be there.
fn found<'a>(folder: &'a [(String, Vec<u8>)], name: &str) -> &'a [u8] {
    &folder.iter().find(|(file, _)| file == name).unwrap().1
}

fn mapping(name: &str) -> ImportOptions {
    let path = format!("{}/tests/evaluation/{name}", env!("CARGO_MANIFEST_DIR"));
    ImportOptions { mapping: Some(Mapping::read(&std::fs::read(path).unwrap()).unwrap()), until: None }
}

#[test]
fn every_case_of_the_loan_log_is_imported() {
    let Some([events, cases]) =
        real_data::files(["bpi2012-loan-journeys/events.dev.csv.gz", "bpi2012-loan-journeys/cases.dev.csv"])
    else {
        return;
    };
    let files = [("events.csv", events.as_slice()), ("cases.csv", cases.as_slice())];
    let intake = import(ImportKind::EventLog, &files, &mapping("loan-offers.mapping.json"));
    assert_eq!(refused(&intake), Vec::<String>::new());
    assert_eq!(intake.accepted, 9_182);
    let leads = intake.book.leads();
    let calls = leads.iter().flat_map(|lead| &lead.signals).filter(|signal| signal.kind == SignalKind::Call).count();
    // Counted in the file: the four W_ activities with START.
    assert_eq!(calls, 4_164 + 16_577 + 15_359 + 7_861);
    assert_eq!(leads.iter().flat_map(|lead| &lead.quotes).count(), 4_892);
    // The publisher's own table of outcomes, here for the cases that it calls approved.
    let approved = String::from_utf8(cases.clone()).unwrap().lines().filter(|line| line.ends_with(",approved")).count();
    assert_eq!(leads.iter().filter(|lead| lead.stage == Some(Stage::Customer)).count(), approved);
    assert_round_trip(&intake);
}

#[test]
fn every_course_lead_is_imported_with_its_opt_outs() {
    let Some([table]) = real_data::files(["x-education-leads/leads.dev.csv.gz"]) else { return };
    let intake = import(ImportKind::Csv, &[("leads.csv", &table)], &mapping("course-leads.mapping.json"));
    assert_eq!(refused(&intake), Vec::<String>::new());
    assert_eq!(intake.accepted, 6_462);
    let text = String::from_utf8(table.clone()).unwrap();
    let column = |name: &str| text.lines().next().unwrap().split(',').position(|column| column == name).unwrap();
    let (email, call) = (column("Do Not Email"), column("Do Not Call"));
    // No quoted cell stands before these columns.
    let yes = |at: usize| text.lines().skip(1).filter(|line| line.split(',').nth(at) == Some("Yes")).count();
    let leads = intake.book.leads();
    let people = || leads.iter().flat_map(|lead| &lead.people);
    assert_eq!(people().filter(|person| person.do_not_email).count(), yes(email));
    assert_eq!(people().filter(|person| person.do_not_call).count(), yes(call));
}

#[test]
fn real_hubspot_tables_are_imported_as_far_as_they_join() {
    let Some(files) = real_data::folder("crm-payload-samples/hubspot-fivetran-seeds") else { return };
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    let intake = import(ImportKind::Hubspot, &files, &ImportOptions::default());
    // 44 deals, 24 companies, and 22 contacts of which 3 were merged into another that is there.
    assert_eq!(intake.accepted, 44 + 24 + 22 - 3);
    assert_eq!(intake.set_aside, 0, "{:?}", intake.refused.iter().find(|each| each.lead.is_some()));
    assert!(intake.book.find("deal-1244495215").is_some());
    assert!(
        intake
            .book
            .leads()
            .iter()
            .flat_map(|lead| &lead.people)
            .any(|person| person.aliases.contains(&"46897301".to_owned()))
    );
    assert_round_trip(&intake);
}

#[test]
fn real_records_of_other_systems_are_imported() {
    let Some(tables) = real_data::folder("crm-payload-samples/transcribed") else { return };
    for (kind, names, leads) in [
        (ImportKind::Salesforce, &["salesforce-lead.csv", "salesforce-task.csv"][..], 4),
        (ImportKind::Pipedrive, &["pipedrive-activities-deals.jsonl"][..], 4),
        (ImportKind::Segment, &["segment-track.json"][..], 1),
        (ImportKind::Mautic, &["mautic-contacts-list.json"][..], 1),
    ] {
        let files: Vec<(&str, &[u8])> = names.iter().map(|name| (*name, found(&tables, name))).collect();
        let intake = import(kind, &files, &ImportOptions::default());
        assert_eq!(refused(&intake), Vec::<String>::new(), "{}", kind.word());
        assert_eq!(intake.accepted, leads, "{}: {:?}", kind.word(), noted(&intake));
        assert_round_trip(&intake);
    }
}

#[test]
fn faulty_tables_are_refused_with_the_reason() {
    let mapping = r#"{"leads": {"lead": {"id": "id"}, "person": {"name": {"columns": ["firstName", "lastName"]}},
                       "channels": {"email": "email"}}}"#;
    let options = ImportOptions { mapping: Some(Mapping::read(mapping.as_bytes()).unwrap()), until: None };
    let Some(tables) = real_data::folder("crm-payload-samples/dittofeed-csv-import") else { return };
    for (name, leads, first) in [
        ("users.csv", None, None),
        (
            "missing-email-users.csv",
            Some(0),
            Some("line 1, t: there is no column \"email\"; the header found is \"id,firstName,lastName\""),
        ),
        (
            "missing-identifiers.csv",
            Some(0),
            Some("line 1, t: there is no column \"email\"; the header found is \"firstName,lastName\""),
        ),
        ("missing-some-identifiers.csv", None, Some("line 2, id: is missing")),
    ] {
        let bytes = found(&tables, name);
        let intake = import(ImportKind::Csv, &[("t", bytes)], &options);
        assert_eq!(refused(&intake).first().map(String::as_str), first, "{name}");
        let rows = bytes.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).count() - 1;
        if let Some(leads) = leads {
            assert_eq!(intake.accepted, leads, "{name}");
        } else {
            assert_eq!(intake.accepted + intake.set_aside, rows, "{name}");
        }
    }
}
