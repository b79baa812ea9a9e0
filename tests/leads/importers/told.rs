//! The law of the door: every cell of every table is in the leads, or is told.

use super::*;
use cadans::book::import::{Told, import_and_tell};
use cadans::book::ingest::write::write_json;
use proptest::prelude::*;

/// What a cell of the generated tables holds: nothing, what its column is for, or a text that occurs nowhere else.
#[derive(Clone, Copy, Debug)]
enum Filling {
    Empty,
    Usual,
    Token,
}

/// A table: its file, and its columns, each with a usual value; `#` stands for the number of the row.
type Form = (&'static str, &'static [(&'static str, &'static str)]);

const HUBSPOT: &[Form] = &[
    (
        "contact.csv",
        &[
            ("id", "#"),
            ("property_email", "p#@x.example"),
            ("property_firstname", "Ada"),
            ("property_lastname", "Jansen"),
            ("property_phone", "+31 20 #"),
            ("property_jobtitle", "Buyer"),
            ("property_country", "NL"),
            ("property_hs_email_optout", "false"),
            ("property_createdate", "2026-11-0# 09:00:00"),
            ("property_hubspot_owner_id", "7"),
            ("property_company", "Alfa"),
            ("property_associatedcompanyid", "1"),
            ("property_hs_merged_object_ids", "9#"),
            ("property_hs_additional_emails", "q#@x.example"),
            ("property_lifecyclestage", "customer"),
            ("property_city", "Delft"),
            ("_fivetran_deleted", "false"),
            ("_fivetran_synced", "2026-11-0# 09:00:00"),
        ],
    ),
    ("contact_merge_audit.csv", &[("vid_to_merge", "2"), ("canonical_vid", "1"), ("user_id", "")]),
    (
        "company.csv",
        &[
            ("id", "#"),
            ("property_name", "Alfa"),
            ("property_country", "NL"),
            ("property_numberofemployees", "12"),
            ("property_industry", "ICT"),
        ],
    ),
    (
        "deal.csv",
        &[
            ("deal_id", "#"),
            ("deal_pipeline_stage_id", "contractsent"),
            ("property_dealname", "Big"),
            ("property_amount", "1000"),
            ("property_createdate", "2026-11-0# 09:00:00"),
            ("owner_id", "7"),
            ("property_description", "long"),
        ],
    ),
    ("deal_contact.csv", &[("deal_id", "1"), ("contact_id", "#"), ("type_id", "1")]),
    ("deal_company.csv", &[("deal_id", "1"), ("company_id", "#")]),
    (
        "deal_stage.csv",
        &[("deal_id", "#"), ("date_entered", "2026-11-0# 09:00:00"), ("_fivetran_active", "TRUE"), ("value", "x")],
    ),
    (
        "deal_pipeline_stage.csv",
        &[("stage_id", "s#"), ("is_closed", "true"), ("closed_won", "false"), ("label", "Won")],
    ),
    (
        "engagement_call.csv",
        &[
            ("engagement_id", "#"),
            ("property_hs_timestamp", "2026-11-0# 09:00:00"),
            ("property_hs_call_status", "COMPLETED"),
            ("property_hs_call_disposition", "Connected"),
            ("property_hs_call_direction", "OUTBOUND"),
            ("property_hs_call_title", "Intro"),
            ("property_hs_call_body", "notes"),
            ("property_hubspot_owner_id", "7"),
        ],
    ),
    ("engagement_contact.csv", &[("engagement_id", "#"), ("contact_id", "#")]),
    (
        "email_event.csv",
        &[
            ("id", "e#"),
            ("created", "2026-11-0# 09:00:00"),
            ("type", "CLICK"),
            ("recipient", "p#@x.example"),
            ("filtered_event", "false"),
        ],
    ),
    ("email_event_click.csv", &[("id", "e#"), ("url", "https://x.example/#"), ("browser", "Firefox")]),
    (
        "email_event_status_change.csv",
        &[("id", "e#"), ("portal_subscription_status", "UNSUBSCRIBED"), ("source", "LINK")],
    ),
    (
        "contact_form_submission.csv",
        &[("contact_id", "#"), ("timestamp", "2026-11-0# 09:00:00"), ("title", "Contact"), ("form_id", "f#")],
    ),
    ("owner.csv", &[("owner_id", "7"), ("email", "kim@x.example")]),
    ("ticket.csv", &[("ticket", "#"), ("subject", "Help")]),
];

const SALESFORCE: &[Form] = &[
    (
        "lead.csv",
        &[
            ("id", "00Q#"),
            ("first_name", "Ada"),
            ("last_name", "Jansen"),
            ("company", "Alfa"),
            ("email", "p#@x.example"),
            ("phone", "+31 #"),
            ("title", "Buyer"),
            ("has_opted_out_of_email", "false"),
            ("do_not_call", "false"),
            ("is_converted", "true"),
            ("is_deleted", "false"),
            ("converted_date", "2026-11-0#"),
            ("converted_contact_id", "003#"),
            ("created_date", "2026-11-0#"),
            ("country", "NL"),
            ("number_of_employees", "12"),
            ("owner_id", "0051"),
            ("city", "Delft"),
            ("last_modified_date", "2026-11-0#"),
        ],
    ),
    (
        "task.csv",
        &[
            ("id", "00T#"),
            ("who_id", "003#"),
            ("account_id", "001#"),
            ("owner_id", "0051"),
            ("subject", "Talk"),
            ("task_subtype", "Call"),
            ("is_closed", "true"),
            ("activity_date", "2026-11-0#"),
            ("completed_date_time", "2026-11-0# 09:00:00"),
            ("call_disposition", "Connected"),
            ("call_type", "Outbound"),
            ("description", "long"),
        ],
    ),
    ("account.csv", &[("id", "001#"), ("name", "Alfa")]),
];

const LEADS: &[Form] = &[(
    "leads.csv",
    &[
        ("id", "L-#"),
        ("owner", "kim"),
        ("value", "1.000,5"),
        ("stage", "interest"),
        ("created", "2026-11-0#"),
        ("country", "NL"),
        ("company", "Alfa"),
        ("people", "12"),
        ("contact", "c#"),
        ("role", "Director"),
        ("no mail", "false"),
        ("mail", "p#@x.example"),
        ("budget", "500"),
        ("last", "Email Bounced"),
        ("remark", "long"),
    ],
)];
const LEADS_MAPPING: &str = r#"{"decimal_comma": true, "times": {"format": "%Y-%m-%d", "zone": "Europe/Amsterdam"}, "unknown": ["n/a"],
    "leads": {"one_lead_per": "id",
        "lead": {"id": "id", "owner": "owner", "value": "value", "stage": "stage", "created_at": "created", "country": "country"},
        "account": {"name": "company", "employees": "people"},
        "person": {"id": "contact", "roles": {"column": "role", "values": {"Director": "decider;buyer"}, "otherwise": "unknown"}, "do_not_email": "no mail"},
        "channels": {"email": "mail"}, "fields": {"budget": {"column": "budget", "as": "number"}},
        "signals": [{"at": "created", "kind": {"column": "last", "values": {"Email Bounced": "bounce"}, "otherwise": "unknown"}}]}}"#;

const LOG: &[Form] = &[(
    "log.csv",
    &[
        ("case", "J#"),
        ("activity", "Offer"),
        ("time", "2026-11-0#T09:00:00Z"),
        ("who", "rob"),
        ("step", "COMPLETE"),
        ("cost", "12"),
    ],
)];
const LOG_MAPPING: &str = r#"{"log": {"case": "case", "activity": "activity", "time": "time", "resource": "who", "lifecycle": "step",
    "events": [{"activity": "Offer", "lifecycle": "COMPLETE", "kind": "quote"}, {"activity": "Form", "kind": "form"}]}}"#;

/// The files of these forms, with this filling of their cells, and the tokens in them. Each has three rows and one that is too short.
fn files(forms: &[Form], fillings: &[Filling]) -> (Vec<(String, String)>, Vec<String>) {
    let mut fillings = fillings.iter().cycle();
    let mut tokens = Vec::new();
    let mut files = Vec::new();
    for (file, columns) in forms {
        let names: Vec<&str> = columns.iter().map(|(name, _)| *name).collect();
        let mut text = format!("{}\n", names.join(","));
        for row in 1..=4 {
            let mut cells = Vec::new();
            for (name, usual) in columns.iter().skip(usize::from(row == 4)) {
                let cell = match fillings.next().copied().unwrap_or(Filling::Usual) {
                    Filling::Empty if !name.ends_with("id") => String::new(),
                    Filling::Token => {
                        tokens.push(format!("token{:05}", tokens.len()));
                        tokens.last().cloned().unwrap_or_default()
                    }
                    Filling::Empty | Filling::Usual => usual.replace('#', &row.to_string()),
                };
                cells.push(if cell.contains(',') { format!("\"{cell}\"") } else { cell });
            }
            text += &format!("{}\n", cells.join(","));
        }
        files.push(((*file).to_owned(), text));
    }
    (files, tokens)
}

/// The tokens that are neither in the leads nor told.
fn lost(kind: ImportKind, forms: &[Form], mapping: Option<&str>, fillings: &[Filling]) -> Vec<String> {
    let (files, tokens) = files(forms, fillings);
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
    let mapping = mapping.map(|mapping| Mapping::read(mapping.as_bytes()).unwrap());
    let (intake, told) = import_and_tell(kind, &files, &ImportOptions { mapping, ..ImportOptions::default() });
    let mut found = write_json(&intake.book).unwrap();
    found.extend(told.iter().map(|told| told.text.as_str()));
    tokens.into_iter().filter(|token| !found.contains(token)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_cell_is_in_the_leads_or_is_told(
        fillings in prop::collection::vec(
            prop_oneof![1 => Just(Filling::Empty), 3 => Just(Filling::Usual), 2 => Just(Filling::Token)],
            1..400,
        )
    ) {
        for (kind, forms, mapping) in [
            (ImportKind::Hubspot, HUBSPOT, None),
            (ImportKind::Salesforce, SALESFORCE, None),
            (ImportKind::Csv, LEADS, Some(LEADS_MAPPING)),
            (ImportKind::EventLog, LOG, Some(LOG_MAPPING)),
        ] {
            prop_assert_eq!(lost(kind, forms, mapping, &fillings), Vec::<String>::new(), "{}", kind.word());
        }
    }
}

#[test]
fn a_cell_is_told_with_file_row_column_and_reason() {
    let contact: &[u8] =
        b"id,property_email,property_city,property_hs_email_optout\n1,a@x.example,Delft,maybe\n2,b@x.example\n";
    let (_, told) = import_and_tell(ImportKind::Hubspot, &[("a/contact.csv", contact)], &ImportOptions::default());
    let told_of = |text: &str| -> &Told {
        told.iter().find(|told| told.text == text).unwrap_or_else(|| panic!("{text} in {told:?}"))
    };
    let place = |told: &Told| (told.file.clone(), told.row, told.column.clone().unwrap_or_default());
    for (text, row, column, reason) in [
        ("Delft", 2, "property_city", "the column is not read"),
        ("a@x.example", 2, "property_email", "not kept as it is written"),
        ("maybe", 2, "property_hs_email_optout", "taken for yes"),
        ("b@x.example", 3, "property_email", "2 cells, and the header has 4"),
    ] {
        let told = told_of(text);
        assert_eq!(place(told), ("a/contact.csv".to_owned(), Some(row), column.to_owned()));
        assert!(told.reason.english().contains(reason), "{:?}", told.reason);
    }
    // What came through or was understood is not told.
    assert!(!told.iter().any(|told| told.text == "1"));
}
