//! A person in several deals of an export is one human: limits, pauses and opt-outs hold in all of them.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test that panics has failed")]

use cadans_testing::scenario::{at, blocks, rulebook, told};

use cadans::book::import::{ImportKind, ImportOptions, Mapping, import};
use cadans::book::{Book, Lead};
use cadans::decide::advice::Advice;
use cadans::decide::decide;
use cadans::wording::Language;

const NOW: &str = "2026-12-01T10:00:00+01:00";
const MAIL: [&str; 2] = [r#"rule "Write" when lead.open then email.again(0.days);"#, "limit email 1 per 7.days;"];

/// The advices for an import, by id of the lead. Deals have no country of their own, so all are in the Netherlands.
fn ask(kind: ImportKind, files: &[(&str, &str)], rules: &[&str]) -> Vec<(String, Advice)> {
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
    let intake = import(kind, &files, &ImportOptions::default());
    assert_eq!(intake.refused, []);
    let here = |lead: Lead| Lead { country: Some("NL".to_owned()), ..lead };
    let book = Book::new(intake.book.leads().into_iter().map(here).collect(), vec![], vec![]);
    let advices = decide(&rulebook(rules), &book, at(NOW), Language::English);
    advices.into_iter().map(|advice| (advice.lead.clone(), advice)).collect()
}

fn told_all(advices: &[(String, Advice)]) -> Vec<String> {
    advices.iter().map(|(lead, advice)| format!("{lead} {}", told(advice))).collect()
}

const CONTACTS: &str = "id,property_email,property_phone,property_firstname,property_hs_email_optout
1,a@x.example,+31201,Ada,false
2,b@x.example,+31202,Bea,false
";
const DEALS: &str = "deal_id,property_dealname,deal_pipeline_stage_id,property_createdate
11,First,qualifiedtobuy,2026-10-01 09:00:00
12,Second,qualifiedtobuy,2026-11-01 09:00:00
13,Third,qualifiedtobuy,2026-11-02 09:00:00
";
const DEAL_CONTACTS: &str = "deal_id,contact_id
11,1
12,1
13,2
";
const PORTAL: [(&str, &str); 3] = [("contact.csv", CONTACTS), ("deal.csv", DEALS), ("deal_contact.csv", DEAL_CONTACTS)];
const ENGAGEMENT_CONTACT: &str = "engagement_id,contact_id
10,1
";
const MAILED: &str = "engagement_id,property_hs_timestamp,property_hs_email_direction,property_hs_email_subject
10,2026-11-30 09:00:00,EMAIL,Our guide
";

/// The contacts and deals of the portal, with more tables.
fn portal<'a>(more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    [&PORTAL, more].concat()
}

#[test]
fn a_contact_in_two_deals_of_hubspot_is_mailed_within_one_limit() {
    let files = portal(&[("engagement_email.csv", MAILED), ("engagement_contact.csv", ENGAGEMENT_CONTACT)]);
    // The mail of 30 November, 10:00, and then one a week.
    let wanted = [
        "deal-11 email 1 12-07 10:00..12-08 00:00",
        "deal-12 email 1 12-14 10:00..12-15 00:00",
        "deal-13 email 2 12-01 10:00..12-02 00:00",
    ];
    assert_eq!(told_all(&ask(ImportKind::Hubspot, &files, &MAIL)), wanted);
}

#[test]
fn a_mail_about_a_deal_counts_for_a_contact_who_is_not_in_it() {
    let files = portal(&[
        ("engagement_email.csv", MAILED),
        ("engagement_contact.csv", ENGAGEMENT_CONTACT),
        ("engagement_deal.csv", "engagement_id,deal_id\n10,13\n"),
    ]);
    let wanted = [
        "deal-11 email 1 12-07 10:00..12-08 00:00",
        "deal-12 email 1 12-14 10:00..12-15 00:00",
        "deal-13 email 2 12-01 10:00..12-02 00:00",
    ];
    assert_eq!(told_all(&ask(ImportKind::Hubspot, &files, &MAIL)), wanted);
}

#[test]
fn a_limit_of_a_company_counts_a_touch_once_and_only_its_own() {
    let files = portal(&[
        ("company.csv", "id,property_name\n91,One\n92,Other\n"),
        ("deal_company.csv", "deal_id,company_id\n11,91\n12,92\n13,92\n"),
        ("engagement_email.csv", MAILED),
        ("engagement_contact.csv", ENGAGEMENT_CONTACT),
    ]);
    // The mail is one of the newest deal's company, which has one left in the week: for the contact who was not mailed yet.
    let rules = [MAIL[0], r#"limit any 2 per 7.days across "account";"#];
    let wanted = [
        "deal-11 email 1 12-01 10:00..12-02 00:00",
        "deal-12 email 1 12-07 10:00..12-08 00:00",
        "deal-13 email 2 12-01 10:00..12-02 00:00",
    ];
    assert_eq!(told_all(&ask(ImportKind::Hubspot, &files, &rules)), wanted);
}

#[test]
fn a_missed_call_pauses_and_an_opt_out_stops_in_every_deal_of_the_contact() {
    let call = "engagement_id,property_hs_timestamp,property_hs_call_direction,property_hs_call_status
10,2026-11-30 15:00:00,OUTBOUND,NO_ANSWER
";
    let files = portal(&[("engagement_call.csv", call), ("engagement_contact.csv", ENGAGEMENT_CONTACT)]);
    let rules = [r#"rule "Call" when lead.open then phone.again(0.days);"#, "pause phone 2.days when true;"];
    let wanted = [
        "deal-11 phone 1 12-02 16:00..12-03 00:00",
        // The same human is called for one deal a day.
        "deal-12 phone 1 12-03 00:00..12-04 00:00",
        "deal-13 phone 2 12-01 10:00..12-02 00:00",
    ];
    assert_eq!(told_all(&ask(ImportKind::Hubspot, &files, &rules)), wanted);
    let events = "id,type,created,recipient\n7,SPAMREPORT,2026-11-20 09:00:00,a@x.example\n";
    let files = portal(&[("email_event.csv", events)]);
    let advices = ask(ImportKind::Hubspot, &files, &MAIL);
    for (lead, advice) in &advices[..2] {
        assert_eq!(blocks(advice), ["eligible do-not-email 1"], "{lead}");
    }
    assert_eq!(told(&advices[2].1), "email 2 12-01 10:00..12-02 00:00");
}

const PIPEDRIVE_DEALS: &str = r#"{"id": 11, "stage_id": 1, "title": "First", "person_id": 4, "person_name": "Ilse", "org_id": 3, "status": "open", "add_time": "2026-10-01 08:00:00"}
{"id": 12, "stage_id": 1, "title": "Second", "person_id": 4, "person_name": "Ilse", "org_id": 5, "status": "open", "add_time": "2026-11-01 08:00:00"}
{"id": 13, "stage_id": 1, "title": "Third", "person_id": 4, "person_name": "Ilse", "status": "open", "add_time": "2026-11-02 08:00:00"}
"#;

#[test]
fn a_person_in_deals_of_several_organisations_of_pipedrive_is_called_within_one_limit() {
    let done = |deal: u8, day: &str| {
        format!(
            "{{\"id\": 2{deal}, \"done\": true, \"type\": \"call\", \"due_date\": \"{day}\", \"due_time\": \"09:00\", \"marked_as_done_time\": \"{day} 09:00:00\", \"person_id\": 4, \"deal_id\": {deal}}}\n"
        )
    };
    let planned = r#"{"id": 30, "done": false, "type": "call", "due_date": "2026-12-03", "due_time": "09:00", "person_id": 4, "deal_id": 13}"#;
    let file = [PIPEDRIVE_DEALS, &done(11, "2026-11-27"), &done(12, "2026-11-30"), planned].concat();
    let rules = [r#"rule "Call" when lead.open then phone.again(0.days);"#, "limit phone 3 per 14.days;"];
    let advices = ask(ImportKind::Pipedrive, &[("pipedrive.jsonl", &file)], &rules);
    // Three in two weeks with the planned one: the next is two weeks after the first of them, and then one is advised in two of the deals.
    let wanted = [
        "deal-11 phone person-4 12-11 10:00..12-12 00:00",
        "deal-12 phone person-4 12-14 10:00..12-15 00:00",
        "deal-13 hold",
    ];
    let mut told: Vec<String> = told_all(&advices);
    told.sort();
    assert_eq!(told, wanted);
}

#[test]
fn a_column_of_a_spreadsheet_can_name_the_human() {
    let mapping = br#"{ "leads": { "one_lead_per": "row", "lead": { "id": "Deal" }, "person": { "human": "Contact" },
        "channels": { "email": "E-mail" } } }"#;
    let rows = b"Deal,Contact,E-mail\nD1,c-1,x\nD2,c-1,x\nD3,c-2,x\n";
    let mapping = Some(Mapping::read(mapping).unwrap());
    let intake = import(ImportKind::Csv, &[("deals.csv", rows)], &ImportOptions { mapping, until: None });
    assert_eq!(intake.refused, []);
    let linked: Vec<&[u32]> = (0..3).map(|lead| intake.book.siblings(lead)).collect();
    assert_eq!(linked, [&[0, 1][..], &[0, 1], &[2]]);
}
