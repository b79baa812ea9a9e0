//! Salesforce and HubSpot as they themselves and their connectors write them.

use super::*;
use cadans::book::vocabulary::Outcome;

#[test]
fn ids_of_15_and_18_characters_are_one_record() {
    let lead_15 = "id,last_name,email,phone,owner_id\n00Q5g00000AbCdE,Jansen,ada@x.example,+3120,0055g00000AbCdE\n";
    let tasks = "id,who_id,owner_id,task_subtype,is_closed,activity_date,completed_date_time,call_disposition\n\
        00T1,00Q5g00000AbCdEEAV,0055g00000AbCdEAAA,Call,TRUE,2026-11-30,2026-11-30 13:05:00,No answer\n\
        00T2,00Q5g00000AbCdEEAV,0055g00000AbCdE,Call,TRUE,2026-11-29,,Connected\n\
        00T3,00Q5g00000AbCdEEAV,0055g00000AbCdE,Call,FALSE,2026-12-04,,\n";
    let intake = imported(ImportKind::Salesforce, &[("lead.csv", lead_15), ("task.csv", tasks)]);
    let lead = lead(&intake, "00Q5g00000AbCdE");
    let seen: Vec<_> = lead.signals.iter().map(|each| (each.at.to_string(), each.outcome, each.rep.clone())).collect();
    let rep = Some("0055g00000AbCdE".to_owned());
    assert_eq!(
        seen,
        [
            ("2026-11-29T00:00:00Z".to_owned(), Some(Outcome::Answered), rep.clone()),
            ("2026-11-30T13:05:00Z".to_owned(), Some(Outcome::NoAnswer), rep),
        ]
    );
    assert_eq!((lead.planned.len(), intake.accepted, refused(&intake)), (1, 1, vec![]));
    // The capitals of the first 15 count.
    let two = "id,last_name\n00Q5g00000AbCdE,A\n00Q5g00000AbCde,B\n";
    assert_eq!(imported(ImportKind::Salesforce, &[("lead.csv", two)]).accepted, 2);
}

#[test]
fn columns_are_found_in_any_capitals_and_by_the_names_of_the_api() {
    for header in [
        "\"ID\",\"LASTNAME\",\"FIRSTNAME\",\"COMPANY\",\"EMAIL\",\"PHONE\",\"HASOPTEDOUTOFEMAIL\",\"ISCONVERTED\",\"CREATEDDATE\",\"COUNTRY\"",
        "Id,LastName,FirstName,Company,Email,Phone,HasOptedOutOfEmail,IsConverted,CreatedDate,Country",
        "ID,LAST_NAME,FIRST_NAME,COMPANY,EMAIL,PHONE,HAS_OPTED_OUT_OF_EMAIL,IS_CONVERTED,CREATED_DATE,COUNTRY",
        "Lead ID,Last Name,First Name,Company / Account,Email,Phone,Email Opt Out,Converted,Create Date,Country",
    ] {
        let text = format!(
            "{header}\n00Q5g00000AbCdEEAV,Jansen,Ada,Alfa,a@x.example,+31,true,false,2026-11-20T10:00:00.000Z,Netherlands\n"
        );
        let intake = imported(ImportKind::Salesforce, &[("extract.csv", &text)]);
        let lead = lead(&intake, "00Q5g00000AbCdEEAV");
        assert_eq!(lead.created_at.unwrap().to_string(), "2026-11-20T10:00:00Z");
        assert_eq!((lead.account.name.as_deref(), lead.people[0].name.as_deref()), (Some("Alfa"), Some("Ada Jansen")));
        assert_eq!((kept_from_mail(&intake).len(), refused(&intake)), (1, vec![]), "{header}");
    }
    for header in
        ["ID,PROPERTY_EMAIL,PROPERTY_HS_EMAIL_OPTOUT,_FIVETRAN_DELETED", "id,email,hs_email_optout,_fivetran_deleted"]
    {
        let contact = format!("{header}\n1,a@x.example,TRUE,FALSE\n2,b@x.example,FALSE,TRUE\n");
        let intake = imported(ImportKind::Hubspot, &[("CONTACT.csv", &contact)]);
        assert_eq!((intake.accepted, kept_from_mail(&intake)), (1, vec!["1".to_owned()]), "{header}");
    }
}

#[test]
fn times_say_what_they_say_and_numbers_with_a_point_are_whole() {
    let text = "id,last_name,created_date,number_of_employees\n\
        1,A,2026-11-20T10:00:00.000Z,\n2,B,2026-11-20 10:00:00+00,120.0\n3,C,2026-11-20,x\n4,D,2026-11-20T10:00:00+02:00,\"1,200\"\n";
    let intake = imported(ImportKind::Salesforce, &[("lead.csv", text)]);
    let created = |id: &str| lead(&intake, id).created_at.unwrap().to_string();
    assert_eq!(
        ["1", "2", "3", "4"].map(created),
        ["2026-11-20T10:00:00Z", "2026-11-20T10:00:00Z", "2026-11-20T00:00:00Z", "2026-11-20T08:00:00Z"]
    );
    assert_eq!((lead(&intake, "2").account.employees, lead(&intake, "4").account.employees), (Some(120), None));
    let told = refused(&intake);
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(
        says(&told[0], &["line 4", "number_of_employees", "\"x\""]) && says(&told[1], &["line 5", "1,200"]),
        "{told:?}"
    );
}

#[test]
fn hubspots_own_export_is_recognised_by_its_columns() {
    let contacts = "Record ID,First Name,Last Name,Email,Phone Number,Contact owner,Lifecycle Stage,Create Date,Job Title,Country/Region,\
        Unsubscribed from all email,Company Name,Additional email addresses,Opted out of email: Newsletter\n\
        1,Ada,Jansen,a@x.example,+31,Kim,Customer,2026-11-20 10:00,Buyer,Netherlands,Yes,Alfa,,\n\
        2,Bo,Bakker,b@x.example,,Kim,Lead,2026-11-20 10:00,,Belgium,No,Beta,b2@x.example,true\n";
    let companies = "Record ID,Company name,Country/Region,Number of Employees\n9,Gamma,Germany,12\n";
    let deals = "Record ID,Deal Name,Deal Stage,Amount,Create Date,Deal owner,Associated Contact IDs,Associated Company IDs\n\
        7,Big one,Closed won (Sales),\"1,200.50\",2026-11-20 10:00,Kim,2,9\n";
    let files =
        [("all-contacts-2026.csv", contacts), ("export.csv", companies), ("hubspot-crm-exports-deals.csv", deals)];
    let intake = imported(ImportKind::Hubspot, &files);
    assert_eq!(intake.book.ids().collect::<Vec<_>>(), ["deal-7", "contact-1"]);
    let deal = lead(&intake, "deal-7");
    assert_eq!(
        (deal.value, deal.stage.map(|stage| stage.word()), deal.account.name.as_deref()),
        (Some(1200.5), Some("customer"), Some("Gamma"))
    );
    assert_eq!(deal.people[0].name.as_deref(), Some("Bo Bakker"));
    let ada = lead(&intake, "contact-1");
    assert_eq!(
        (ada.owner.as_deref(), ada.stage.map(|stage| stage.word()), ada.people[0].title.as_deref()),
        (Some("Kim"), Some("customer"), Some("Buyer"))
    );
    assert_eq!(kept_from_mail(&intake), ["1", "2"]);
    assert!(noted(&intake).iter().any(|note| says(note, &["all-contacts-2026.csv", "contact"])));
    let unknown = imported(ImportKind::Hubspot, &[("tickets.csv", "Ticket ID,Subject\n1,x\n")]);
    assert_one_message(&unknown, &["tickets", "Ticket ID,Subject"]);
}

#[test]
fn a_call_ends_as_its_disposition_says() {
    let contact = "id,property_email\n1,a@x.example\n";
    let calls = |column: &str, cells: &[(&str, &str)]| {
        let rows = cells.iter().enumerate().map(|(nth, (disposition, status))| {
            format!("{nth},2026-11-{:02} 09:00:00,{status},{disposition}\n", nth + 1)
        });
        let calls = format!(
            "engagement_id,property_hs_timestamp,property_hs_call_status,{column}\n{}",
            rows.collect::<String>()
        );
        let links: String = (0..cells.len()).map(|nth| format!("{nth},1\n")).collect();
        let links = format!("engagement_id,contact_id\n{links}");
        imported(
            ImportKind::Hubspot,
            &[("contact.csv", contact), ("engagement_call.csv", &calls), ("engagement_contact.csv", &links)],
        )
    };
    for column in ["property_hs_call_disposition", "disposition", "Call outcome"] {
        let intake = calls(
            column,
            &[
                ("73a0d17f-1163-4015-bdd5-ec830791da20", "COMPLETED"),
                ("B2CF5968-551E-4856-9783-52B3DA59A7D0", "COMPLETED"),
                ("f240bbac-87c9-4f6e-bf70-924b57d47db7", "COMPLETED"),
                ("9d9162e7-6cf3-4944-bf63-4dff82258764", "COMPLETED"),
                ("17b47fee-58de-441e-a44c-c6300d46f273", "COMPLETED"),
                ("No answer", "COMPLETED"),
                ("LEFT_VOICEMAIL", "COMPLETED"),
                ("7ed6cbc9-a685-425c-a734-5df0c807fafb", "COMPLETED"),
                ("", "COMPLETED"),
                ("NULL", "NO_ANSWER"),
            ],
        );
        let outcomes: Vec<_> =
            lead(&intake, "contact-1").signals.iter().map(|each| each.outcome.map(|outcome| outcome.word())).collect();
        assert_eq!(
            outcomes,
            [
                Some("no_answer"),
                Some("voicemail"),
                Some("answered"),
                Some("busy"),
                Some("wrong_number"),
                Some("no_answer"),
                Some("voicemail"),
                None,
                Some("answered"),
                Some("no_answer"),
            ]
        );
        assert_one_message(&intake, &["line 9", "7ed6cbc9"]);
    }
}

#[test]
fn rows_of_one_table_in_several_files_are_read_together() {
    let calls = |id: u32| {
        format!(
            "engagement_id,property_hs_timestamp,property_hs_call_status\n{id},2026-11-0{id} 09:00:00,BUSY\n1,2026-11-01 09:00:00,BUSY\n"
        )
    };
    let (first, second) = (calls(2), calls(3));
    let files = [
        ("a/contact.csv", "id,property_email\n1,a@x.example\n"),
        ("b/contact_data.csv", "id,property_email\n2,b@x.example\n"),
        ("a/engagement_call.csv", &first),
        ("b/engagement_call.csv", &second),
        ("engagement_contact.csv", "engagement_id,contact_id\n1,1\n2,1\n3,2\n"),
    ];
    let intake = imported(ImportKind::Hubspot, &files);
    assert_eq!(intake.book.ids().collect::<Vec<_>>(), ["contact-1", "contact-2"]);
    // The call that is in both files is one call.
    assert_eq!((lead(&intake, "contact-1").signals.len(), lead(&intake, "contact-2").signals.len()), (2, 1));
}
