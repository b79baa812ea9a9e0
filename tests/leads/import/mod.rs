//! Importers on small invented files of the shapes that real systems give.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test that panics has failed")]

mod real_exports;

use cadans::book::import::{ImportKind, ImportOptions, Mapping, import};
use cadans::book::ingest::write::{write_json, write_ndjson};
use cadans::book::ingest::{Intake, LeadFormat, read_book};
use cadans::book::vocabulary::{Channel, Direction, Excluded, Outcome, QuoteStatus, Role, SignalKind, Stage};
use cadans::calendar::Instant;
use cadans_testing::intake::{lead, noted, refused};

const HERE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/import");

fn file(name: &str) -> Vec<u8> {
    std::fs::read(format!("{HERE}/{name}")).unwrap()
}

fn run(kind: ImportKind, names: &[&str], mapping: Option<&str>) -> Intake {
    let files: Vec<Vec<u8>> = names.iter().map(|name| file(name)).collect();
    let files: Vec<(&str, &[u8])> = names.iter().zip(&files).map(|(name, bytes)| (*name, bytes.as_slice())).collect();
    let mapping = mapping.map(|name| Mapping::read(&file(name)).unwrap());
    let intake = import(kind, &files, &ImportOptions { mapping, until: None });
    assert_round_trip(&intake);
    intake
}

/// What an importer made can be written as a lead file, which the door reads to the same leads without a word.
fn assert_round_trip(intake: &Intake) {
    for (format, text) in
        [(LeadFormat::Json, write_json(&intake.book)), (LeadFormat::Ndjson, write_ndjson(&intake.book))]
    {
        let again = read_book(&format, text.unwrap().as_bytes());
        if !intake.book.leads().is_empty() {
            assert_eq!(again.refused, []);
        }
        assert_eq!(again.book.leads(), intake.book.leads());
        assert_eq!(again.book.reps(), intake.book.reps());
    }
}

fn moment(text: &str) -> Instant {
    Instant::parse(text).unwrap()
}

#[test]
fn a_csv_with_a_mapping_becomes_leads() {
    let intake = run(ImportKind::Csv, &["leads.csv"], Some("leads.mapping.json"));
    let first = lead(&intake, "1");
    assert_eq!(first.value, Some(12500.5));
    assert_eq!(first.country.as_deref(), Some("NL"));
    assert_eq!(first.created_at, Some(moment("2026-11-03T09:30:00+01:00")));
    let people: Vec<_> = first.people.iter().map(|person| (person.id.as_str(), person.do_not_call)).collect();
    assert_eq!(people, [("Tess Molenaar", true), ("Hugo Prins", false)]);
    assert_eq!(first.people[0].roles, [Role::Decider, Role::Buyer]);
    assert_eq!(first.people[1].channels, [Channel::Phone, Channel::Email]);
    assert_eq!(first.signals.len(), 2);
    let second = lead(&intake, "2");
    assert_eq!((second.value, second.country.as_deref(), second.fields.len()), (None, None, 0));
    assert_eq!(second.people[0].roles, []);
    // Half past two in the night in which the clocks went back came twice: the first of the two is taken.
    assert_eq!(second.created_at, Some(moment("2026-10-25T02:30:00+02:00")));
    assert_eq!(
        refused(&intake),
        [
            "line 6, leads.csv: this row has 3 cells, and the header has 12",
            "line 5, lead 3, country: \"Nergensland\" is not a country code; write the two letters of ISO 3166, such as NL",
            "line 5, lead 3, created_at: \"04-11-2026\" is not a time written as %d-%m-%Y %H:%M",
            "line 5, lead 3, value: \"veel\" is not a number written as 1.234,5",
            "line 5, lead 3, people[0].do_not_call: \"Misschien\" is not among the values of the mapping",
            "line 5, lead 3, signals[0].at: \"04-11-2026\" is not a time written as %d-%m-%Y %H:%M",
        ]
    );
    assert_eq!((intake.accepted, intake.set_aside), (2, 1));
}

/// What a CSV file comes to with this mapping.
fn imported(mapping: Mapping, bytes: &[u8]) -> Intake {
    import(ImportKind::Csv, &[("", bytes)], &ImportOptions { mapping: Some(mapping), until: None })
}

#[test]
fn a_header_that_does_not_fit_the_mapping_is_refused_with_the_column() {
    let mapping = Mapping::read(br#"{"leads": {"lead": {"id": "Number", "name": "Name"}}}"#).unwrap();
    let told_of = |bytes: &[u8]| refused(&imported(mapping.clone(), bytes));
    assert_eq!(told_of(b"Numbr,Name\n1,x\n"), ["line 1: there is no column \"Number\"; did you mean \"Numbr\"?"]);
    assert_eq!(
        told_of(b"Number,Name,Name\n1,x,y\n"),
        ["line 1: the header names the column \"Name\" more than once, so it is not clear which is meant"]
    );
    assert_eq!(told_of(b"Number,Name\r\n1,x\r\nNumber,Name\r\n"), ["line 3: this row repeats the header"]);
    assert_eq!(
        told_of(b"Number,Name\n1,x\n1,y\n"),
        ["line 3, lead 1, id: an earlier lead has this id; the first is kept, with what people refuse in either"]
    );
    assert_eq!(told_of(b"Number,Name\n,x\n"), ["line 2, id: is missing"]);
    assert_eq!(told_of(b""), ["the file is empty"]);
    assert_eq!(
        told_of(b"Number,Name\n1,\xC3\x28\n2,y\n"),
        ["line 2: this row holds bytes that are not UTF-8; save the file as UTF-8"]
    );
}

#[test]
fn all_faults_of_a_mapping_are_reported_with_their_path() {
    let faults = |text: &str| -> Vec<String> {
        Mapping::read(text.as_bytes()).unwrap_err().iter().map(ToString::to_string).collect()
    };
    assert_eq!(
        faults(r#"{"leads": {"lead": {"naem": "Name"}, "signals": [{"kind": {"constant": "form"}}]}}"#),
        [
            "leads.lead.naem: is not a field that a column can fill; did you mean \"name\"?",
            "leads.lead.id: is missing: which column is the id of the lead?",
            "leads.signals.at: is missing",
        ]
    );
    let wrong_type = r#"{"leads": {"lead": {"id": {"colum": "x"}}}}"#;
    assert!(faults(wrong_type)[0].starts_with("leads.lead.id.colum: is not a field of a mapping; did you mean"));
    assert_eq!(faults(r#"{"separator": "ab"}"#), ["separator: must be one character, such as , or ; or a tab (\\t)"]);
    assert!(faults(r#"{"times": {"zone": "Europe/Amsterdm"}}"#)[0].starts_with("times: "));
    assert!(faults("{")[0].starts_with("the mapping is not valid JSON"));
}

#[test]
fn a_time_without_a_zone_is_refused_when_the_mapping_names_none() {
    let mapping = r#"{"times": {"format": "%Y-%m-%d"}, "leads": {"lead": {"id": "id", "created_at": "day"}}}"#;
    let mapping = Mapping::read(mapping.as_bytes()).unwrap();
    let intake = imported(mapping, b"id,day\n1,2026-11-20\n");
    assert_eq!(
        refused(&intake),
        ["line 2, lead 1, created_at: \"2026-11-20\" has no time zone, and the mapping names none under times.zone"]
    );
}

#[test]
fn times_without_a_zone_are_those_of_the_clocks_of_today() {
    let created = |zone: &str| {
        let mapping = format!(
            r#"{{"times": {{"format": "%Y-%m-%d %H:%M", "zone": "{zone}"}}, "leads": {{"lead": {{"id": "id", "created_at": "day"}}}}}}"#
        );
        let intake = imported(Mapping::read(mapping.as_bytes()).unwrap(), b"id,day\n1,2026-12-02 16:30\n");
        assert_eq!(refused(&intake), [""; 0]);
        lead(&intake, "1").created_at.unwrap().to_string()
    };
    // British Columbia, Alberta and Manitoba keep summer time, Morocco went back to UTC (tzdb 2026b to 2026f).
    assert_eq!(created("America/Vancouver"), "2026-12-02T23:30:00Z");
    assert_eq!(created("America/Edmonton"), "2026-12-02T22:30:00Z");
    assert_eq!(created("America/Winnipeg"), "2026-12-02T21:30:00Z");
    assert_eq!(created("America/Toronto"), "2026-12-02T21:30:00Z");
    assert_eq!(created("Africa/Casablanca"), "2026-12-02T16:30:00Z");
}

#[test]
fn an_event_log_becomes_one_lead_for_each_case() {
    let intake = run(ImportKind::EventLog, &["journey.csv", "journey-cases.csv"], Some("journey.mapping.json"));
    let first = lead(&intake, "J1");
    assert_eq!((first.stage, first.value), (Some(Stage::Customer), Some(20000.0)));
    assert_eq!(first.stage_since, Some(moment("2026-11-12T16:00:00+01:00")));
    assert_eq!(first.created_at, Some(moment("2026-11-02T09:00:00+01:00")));
    assert_eq!((first.quotes[0].status, first.quotes[0].decided_at), (QuoteStatus::Accepted, first.stage_since));
    let seen: Vec<_> =
        first.signals.iter().map(|each| (each.kind, each.direction.unwrap(), each.rep.as_deref())).collect();
    assert_eq!(
        seen,
        [
            (SignalKind::Form, Direction::Inbound, None),
            (SignalKind::Quote, Direction::Outbound, Some("rob")),
            (SignalKind::Call, Direction::Outbound, Some("rob")),
            (SignalKind::Order, Direction::Inbound, None),
        ]
    );
    // Rows need not be in order of time, and a machine is no rep.
    let second = lead(&intake, "J2");
    assert_eq!((second.stage, second.signals[1].rep.as_deref()), (Some(Stage::Proposal), None));
    assert_eq!(lead(&intake, "J3").people[0].id, "applicant");
    assert_eq!(intake.book.reps().iter().map(|rep| rep.id.as_str()).collect::<Vec<_>>(), ["rob"]);
    assert_eq!(
        refused(&intake),
        [
            "line 10, tijd: \"2026-11-03 09:00\" has no time zone, so it could be several moments; end it with Z or an offset \
             such as +01:00 (case J2)",
            "stap: the activity \"Gemompel\" (COMPLETE) is not in the mapping; events: 1",
        ]
    );
}

#[test]
fn an_event_log_up_to_a_moment_leaves_out_later_events() {
    let mapping = Some(Mapping::read(&file("journey.mapping.json")).unwrap());
    let log = file("journey.csv");
    let until = Some(moment("2026-11-10T00:00:00+01:00"));
    let intake = import(ImportKind::EventLog, &[("journey.csv", &log)], &ImportOptions { mapping, until });
    let first = lead(&intake, "J1");
    assert_eq!((first.stage, first.quotes[0].status), (Some(Stage::Proposal), QuoteStatus::Open));
    assert_eq!(noted(&intake), ["left out once: an event after the moment up to which was asked for"]);
}

#[test]
fn hubspot_tables_are_joined_and_unmatched_rows_refused() {
    let names = [
        "contact.csv",
        "company.csv",
        "deal.csv",
        "deal_contact.csv",
        "deal_company.csv",
        "engagement_call_data.csv",
        "engagement_contact.csv",
        "email_event_data.csv",
        "email_event_status_change_data.csv",
        "contact_form_submission.csv",
    ];
    let names: Vec<String> = names.iter().map(|name| format!("hubspot/{name}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let intake = run(ImportKind::Hubspot, &names, None);
    let ids: Vec<_> = intake.book.ids().collect();
    assert_eq!(ids, ["deal-7001", "deal-7002", "contact-104", "company-901"]);
    let open = lead(&intake, "deal-7001");
    assert_eq!(
        (open.stage, open.value, open.account.country.as_deref()),
        (Some(Stage::Proposal), Some(18000.0), Some("NL"))
    );
    assert_eq!(open.account.id, lead(&intake, "deal-7002").account.id);
    // Contact 103 was merged into 101.
    assert_eq!(open.people[0].id, "101");
    assert_eq!(open.people[0].aliases, ["103"]);
    assert_eq!(open.people[0].channels, [Channel::Email, Channel::Phone]);
    assert!(open.people[1].do_not_email, "unsubscribed");
    let seen: Vec<_> =
        open.signals.iter().map(|each| (each.at.to_string(), each.kind, each.person.as_deref().unwrap())).collect();
    assert_eq!(
        seen,
        [
            ("2026-11-02T09:00:00Z".to_owned(), SignalKind::Email, "102"),
            ("2026-11-02T10:15:00Z".to_owned(), SignalKind::Open, "102"),
            ("2026-11-02T10:16:00Z".to_owned(), SignalKind::Unsubscribe, "102"),
            ("2026-11-10T09:30:00.500Z".to_owned(), SignalKind::Call, "101"),
        ]
    );
    assert_eq!(open.signals[3].outcome, Some(Outcome::NoAnswer));
    assert_eq!(lead(&intake, "contact-104").signals[0].kind, SignalKind::Form);
    assert!(lead(&intake, "company-901").people.is_empty());
    let mut all = refused(&intake);
    all.sort();
    assert_eq!(
        all,
        [
            "line 3, company.property_country: \"Atlantis\" is not a country; taken for not known (901)",
            "line 3, email_event_status_change: the email_event e9 is not in the tables given",
            "line 3, engagement_call: the contact, deal or company of engagement 2 is not in the tables given",
            "line 4, lead deal-7003, value: \"many\" is not a number",
            "line 5, deal_contact: deal 7001 or contact 999 is not in the tables given",
            "line 7, email_event: the contact with the recipient's address is not in the tables given",
            "line 7, lead contact-106, created_at: \"next week\" is not a time written as 2020-12-30 03:15:52",
        ]
    );
    let left = noted(&intake);
    // An open by a machine (filtered_event) is kept, and counts for nothing.
    let apart: Vec<_> = open.not_counted.signals.iter().map(|signal| (signal.kind, signal.by)).collect();
    assert_eq!(apart, [(SignalKind::Open, Some(Excluded::Robot))]);
    assert!(left.contains(&"left out once: a contact that was merged into another".to_owned()), "{left:?}");
}

#[test]
fn salesforce_tables_give_the_newest_versions_and_their_tasks() {
    let intake = run(ImportKind::Salesforce, &["salesforce-task.csv", "salesforce-lead.csv"], None);
    assert_eq!(intake.accepted, 1);
    let lead = lead(&intake, "00Q1");
    assert_eq!((lead.stage, lead.country.as_deref()), (Some(Stage::Consideration), Some("BE")));
    let person = &lead.people[0];
    assert_eq!((person.title.as_deref(), person.do_not_email), (Some("Buyer"), true));
    assert_eq!(person.channels, [Channel::Email, Channel::Phone]);
    assert_eq!((lead.signals[0].kind, lead.signals[0].outcome), (SignalKind::Call, Some(Outcome::NoAnswer)));
    // The task names the contact that the lead became.
    assert_eq!(lead.signals[0].person.as_deref(), Some("0031"));
    assert_eq!((lead.planned[0].at, lead.planned[0].channel), (moment("2026-11-24T09:00:00Z"), Channel::Email));
    assert_eq!(
        refused(&intake),
        ["line 4, salesforce-task.csv: task 00T3 is about nobody: who_id, account_id and what_id are empty"]
    );
    assert_eq!(
        noted(&intake),
        [
            "salesforce-task.csv: columns that are not read: status (2 cells)",
            "left out once: a row that Salesforce marks as deleted",
            "left out once: an older version of a row",
        ]
    );
}

#[test]
fn an_automatic_reply_is_no_reply_in_any_importer() {
    let kinds = |intake: &Intake, id: &str| -> Vec<SignalKind> {
        lead(intake, id).signals.iter().map(|signal| signal.kind).collect()
    };
    let contacts = "id,property_email,property_country\n1,a@x.example,NL\n";
    let links = "engagement_id,contact_id\n10,1\n11,1\n12,1\n13,1\n";
    let mails = "engagement_id,property_hs_timestamp,property_hs_email_direction,property_hs_email_subject,auto_submitted\n\
        10,2026-11-28 09:00:00,EMAIL,Automatic reply: ours,\n\
        11,2026-11-28 09:00:05,INCOMING_EMAIL,Automatische Antwort: Our guide,\n\
        12,2026-11-28 09:00:06,INCOMING_EMAIL,Re: Our guide,auto-replied\n\
        13,2026-11-28 09:00:07,INCOMING_EMAIL,Re: Automatic reply: Our guide,no\n";
    let files = [("contact.csv", contacts), ("engagement_contact.csv", links), ("engagement_email.csv", mails)];
    let files = files.map(|(name, text)| (name, text.as_bytes()));
    let hubspot = import(ImportKind::Hubspot, &files, &ImportOptions::default());
    assert_eq!(
        kinds(&hubspot, "contact-1"),
        [SignalKind::Email, SignalKind::AutoReply, SignalKind::AutoReply, SignalKind::Reply]
    );
    assert_eq!(noted(&hubspot), ["1 mail is automatic, by the beginning of the subject: not a reply of theirs"]);
    let tasks = "id,who_id,subject,task_subtype,is_closed,completed_date_time\n\
        1,00Q1,Email: Our guide,Email,true,2026-11-28 09:00:00\n\
        2,00Q1,Email: Absence du bureau : Our guide,Email,true,2026-11-28 09:00:05\n\
        3,00Q1,Automatic reply: ask for it,Call,true,2026-11-28 09:00:06\n";
    let salesforce = import(ImportKind::Salesforce, &[("task.csv", tasks.as_bytes())], &ImportOptions::default());
    assert_eq!(kinds(&salesforce, "00Q1"), [SignalKind::Email, SignalKind::AutoReply, SignalKind::Call]);
    assert_eq!(lead(&salesforce, "00Q1").signals[1].direction, Some(Direction::Inbound));
    let mapping = r#"{"leads": {"lead": {"id": "id"}, "signals": [{"at": "at", "kind": {"constant": "reply"}, "topic": "subject"}]}}"#;
    let rows =
        "id,at,subject\n1,2026-11-28T09:00:00Z,Afwezigheidsbericht\n2,2026-11-28T09:00:00Z,Out of office furniture\n";
    let csv = imported(Mapping::read(mapping.as_bytes()).unwrap(), rows.as_bytes());
    assert_eq!((kinds(&csv, "1"), kinds(&csv, "2")), (vec![SignalKind::AutoReply], vec![SignalKind::Reply]));
}

#[test]
fn pipedrive_activities_are_added_to_their_deal_in_any_order() {
    let intake = run(ImportKind::Pipedrive, &["pipedrive.jsonl"], None);
    let deal = lead(&intake, "deal-11");
    assert_eq!((deal.stage, deal.value), (Some(Stage::Customer), Some(1500.0)));
    assert_eq!(deal.people.iter().map(|person| person.id.as_str()).collect::<Vec<_>>(), ["person-4", "person-5"]);
    assert_eq!(deal.signals[0].at, moment("2026-11-10T08:31:00Z"));
    assert_eq!((deal.signals[0].kind, deal.signals[0].rep.as_deref()), (SignalKind::Call, Some("9")));
    let other = lead(&intake, "person-6");
    assert_eq!((other.planned[0].at, other.planned[0].channel), (moment("2026-11-25T12:30:00Z"), Channel::Visit));
    assert_eq!(
        refused(&intake),
        [
            "line 7, pipedrive.jsonl: is not valid JSON near \"not json\"",
            "line 6, pipedrive.jsonl: the stream \"notes\" is not read",
            "line 5, pipedrive.jsonl: activity 4 belongs to no deal, lead, person or organisation",
        ]
    );
    assert_eq!(
        noted(&intake),
        [
            "left out once: an activity without a time",
            "pipedrive.jsonl: values that are not used: deal_title (1), due_date (2), emitted_at (1), org_id (1), org_name (1), \
             participants[].primary_flag (1), person_name (1), stage_id (1), user_id (1)",
        ]
    );
}

#[test]
fn segment_calls_become_one_lead_for_each_user() {
    let intake = run(ImportKind::Segment, &["segment.json"], None);
    let user = lead(&intake, "u1");
    assert_eq!((user.country.as_deref(), user.zone.as_deref()), (Some("SE"), Some("Europe/Stockholm")));
    assert_eq!(
        (user.people[0].name.as_deref(), user.people[0].channels.as_slice()),
        (Some("Bo Lindqvist"), &[Channel::Email][..])
    );
    let download = &user.signals[0];
    assert_eq!(
        (download.kind, download.topic.as_deref()),
        (SignalKind::Download, Some("Guide Downloaded: Buyer's guide"))
    );
    assert_eq!(lead(&intake, "a7").signals[0].topic.as_deref(), Some("pricing"));
    assert_eq!(
        refused(&intake),
        [
            "line 5, segment.json: has neither userId nor anonymousId",
            "line 6, segment.json: \"2026-11-18 09:02\" has no time zone, so it could be several moments; end it with Z or an \
             offset such as +01:00",
        ]
    );
    assert_eq!(noted(&intake), Vec::<String>::new());
}

#[test]
fn mautic_contacts_become_leads_with_points_and_opt_outs() {
    let intake = run(ImportKind::Mautic, &["mautic.json"], None);
    let contact = lead(&intake, "47");
    assert_eq!((contact.name.as_deref(), contact.country.as_deref()), (Some("Westerwad"), Some("NL")));
    assert!(contact.people[0].do_not_email);
    assert_eq!(contact.signals[0].at, moment("2026-11-19T19:19:37Z"));
    assert_eq!(contact.fields.keys().collect::<Vec<_>>(), ["points", "tag_fair"]);
    assert_eq!(
        refused(&intake),
        [
            "line 1, mautic.json: contact 48: dateAdded: \"yesterday\" is not a time; write it as 2026-11-20T10:00:00+01:00"
        ]
    );
}
