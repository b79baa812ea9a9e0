//! Files that are no plain CSV: each has one message, which says what it is and what was found.

use super::*;

const MAPPING: &str = r#"{"separator": ";", "leads": {"lead": {"id": "id", "name": "name"}}}"#;

#[test]
fn rows_behind_an_open_quote_are_all_read_and_told() {
    let mapping =
        r#"{"leads": {"lead": {"id": "id", "name": "name"}, "person": {"name": "contact", "do_not_call": "dnc"}}}"#;
    let closed_later =
        b"id,name,contact,dnc\nL-1,Alfa,Ada,false\nL-3,\"Gamma,Cy,true\nL-4,Delta\",Di,false\nL-5,5\" Ltd,Ed,false\n";
    let intake = mapped(mapping, closed_later);
    assert_eq!(intake.book.ids().collect::<Vec<_>>(), ["L-1", "L-3", "L-4", "L-5"]);
    assert!(lead(&intake, "L-3").people[0].do_not_call);
    assert_one_message(&intake, &["line 3", "line 4"]);
    let never_closed =
        b"id,name,contact,dnc\nL-1,Alfa,Ada,false\nL-2,\"Big,Bo,true\nL-3,Gamma,Cy,true\nL-4,Delta,Di,false\n";
    let intake = mapped(mapping, never_closed);
    assert_eq!((intake.accepted, lead(&intake, "L-2").people[0].do_not_call), (4, true));
    assert_one_message(&intake, &["line 3", "lines 3 to 5", "not closed"]);
    let meant = b"id,name,contact,dnc\nL-1,\"Alfa \"\"the\"\" first\nof two lines\",Ada,false\n";
    let intake = mapped(mapping, meant);
    assert_eq!(lead(&intake, "L-1").name.as_deref(), Some("Alfa \"the\" first\nof two lines"));
    assert_eq!(refused(&intake), Vec::<String>::new());
}

#[test]
fn a_quote_in_a_table_of_events_loses_no_opt_out() {
    let contact = "id,property_email,property_firstname,property_lastname\n1,a@x.example,A,A\n2,b@x.example,B,B\n";
    let events = "id,created,type,recipient,note\n\
        e1,2026-11-30 09:00:00,OPEN,a@x.example,\"so\n\
        e2,2026-11-30 09:00:00,SPAMREPORT,b@x.example,\n";
    let intake = imported(ImportKind::Hubspot, &[("contact.csv", contact), ("email_event.csv", events)]);
    assert_eq!(kept_from_mail(&intake), ["2"]);
}

#[test]
fn files_in_another_encoding_or_of_another_type_have_one_message() {
    let utf16 = |mark: bool| -> Vec<u8> {
        let text = if mark { "\u{feff}id;name\nL-1;Alfa\n" } else { "id;name\nL-1;Alfa\n" };
        text.encode_utf16().flat_map(u16::to_be_bytes).collect()
    };
    let windows_1252 = b"id;Gr\xF6\xDFe;name\nL-1;10;Alfa\nL-2;20;Beta\n".to_vec();
    for (bytes, words) in [
        (windows_1252, &["UTF-8", "Größe"][..]),
        (utf16(true), &["UTF-16"][..]),
        (utf16(false), &["UTF-16"][..]),
        (b"\xFF\xFE\0\0i\0\0\0d\0\0\0;\0\0\0".to_vec(), &["UTF-32"][..]),
        (b"\0\0\0i\0\0\0d\0\0\0;".to_vec(), &["UTF-32"][..]),
        (b"PK\x03\x04\x14\0\x06\0xl/workbook.xml".to_vec(), &["workbook", "CSV"][..]),
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec(), &["workbook", "CSV"][..]),
    ] {
        assert_one_message(&mapped(MAPPING, &bytes), words);
        for (kind, name) in [(ImportKind::Hubspot, "contact.csv"), (ImportKind::Salesforce, "lead.csv")] {
            assert_one_message(&import(kind, &[(name, &bytes)], &ImportOptions::default()), words);
        }
    }
}

#[test]
fn rows_are_counted_whatever_ends_a_line() {
    for end in ["\n", "\r\n", "\r"] {
        let text = ["sep=;", "", "id;name", "L-1;Alfa", "L-2", "L-3;\"Gamma", "L-4;Delta", "L-5", ""].join(end);
        let told = refused(&mapped(MAPPING, text.as_bytes()));
        for (words, nth) in [(["line 5", "1 cells"], 0), (["line 6", "lines 6 to 8"], 1), (["line 8", "1 cells"], 2)] {
            assert!(told.get(nth).is_some_and(|told| says(told, &words)), "{end:?}: {told:?}");
        }
    }
}

#[test]
fn a_line_that_names_the_separator_is_passed_over() {
    for text in [
        "sep=;\r\nid;name\r\nL-1;Alfa\r\n",
        "\u{feff}sep=;\nid;name\nL-1;Alfa\n",
        "\"sep=;\"\nid;name\nL-1;Alfa\n",
        "SEP=,\nid,name\nL-1,Alfa\n",
        "sep=\t\nid\tname\nL-1\tAlfa\n",
    ] {
        let intake = mapped(MAPPING, text.as_bytes());
        assert_eq!((lead(&intake, "L-1").name.as_deref(), refused(&intake)), (Some("Alfa"), vec![]), "{text:?}");
    }
    // Lines are counted as the file has them.
    assert_one_message(&mapped(MAPPING, b"sep=;\nid;name\nL-1\n"), &["line 3", "1 cells"]);
    let contact = "sep=;\nid;property_email\n1;a@x.example\n";
    assert_eq!(imported(ImportKind::Hubspot, &[("contact.csv", contact)]).accepted, 1);
}

#[test]
fn a_header_that_does_not_fit_is_shown_with_the_cause() {
    for (text, words) in [
        ("Report: open leads;;\r\nid;name;\r\nL-1;Alfa;\r\n", &["Report: open leads", "id;name"][..]),
        ("Report: open leads\n\nid;name\nL-1;Alfa\n", &["Report: open leads", "id;name"][..]),
        ("id,name\nL-1,Alfa\n", &["id,name", "\",\""][..]),
        ("id\tname\nL-1\tAlfa\n", &["a tab"][..]),
        ("number;title\n1;x\n", &["number;title", "\"id\"", "\"name\""][..]),
        ("id;title\n1;x\n", &["\"name\"", "id;title"][..]),
    ] {
        assert_one_message(&mapped(MAPPING, text.as_bytes()), words);
    }
    let title = "Export of today,,\nid,property_email,property_firstname\n1,a@x.example,Ada\n";
    assert_one_message(
        &imported(ImportKind::Hubspot, &[("contact.csv", title)]),
        &["Export of today", "id,property_email"],
    );
    let title = "Leads of today,\nid,name\n";
    assert_one_message(&imported(ImportKind::Salesforce, &[("lead.csv", title)]), &["Leads of today"]);
}

#[test]
fn tables_of_a_system_may_stand_apart_by_other_signs() {
    for separator in [";", "\t", "|"] {
        let lead = "id,last_name,email\n1,Jansen,a@x.example\n".replace(',', separator);
        assert_eq!(imported(ImportKind::Salesforce, &[("lead.csv", &lead)]).accepted, 1, "{separator:?}");
    }
}

#[test]
fn words_for_empty_cells_are_not_known() {
    for null in ["NULL", "null", "(null)", "\\N", "[NULL]", "<null>"] {
        let contact = "id,property_email,property_phone,property_firstname,property_lastname,property_hubspot_owner_id,property_country\n\
            1,?,?,?,?,?,?\n2,b@x.example,?,Ada,?,7,NL\n"
            .replace('?', null);
        let intake = imported(ImportKind::Hubspot, &[("contact.csv", &contact)]);
        let empty = lead(&intake, "contact-1");
        assert_eq!((empty.name, empty.owner, empty.people[0].channels.len()), (None, None, 0), "{null}");
        assert_eq!(person(&intake, "2").name.as_deref(), Some("Ada"));
        assert_eq!(refused(&intake), Vec::<String>::new());
        let sf = "id,last_name,first_name,company,email,phone,has_opted_out_of_email,owner_id,country,number_of_employees,created_date\n\
            00Q1,?,?,?,?,?,?,?,?,?,?\n"
            .replace('?', null);
        let intake = imported(ImportKind::Salesforce, &[("lead.csv", &sf)]);
        let empty = lead(&intake, "00Q1");
        assert_eq!(
            (empty.name, empty.owner, empty.account.name, empty.people[0].name.clone()),
            (None, None, None, None),
            "{null}"
        );
        assert_eq!(refused(&intake), Vec::<String>::new());
    }
    let called_null = "id,first_name,last_name\n1,Ada,Null\n2,NULL,Null\n3,Ada,NULL\n";
    let intake = imported(ImportKind::Salesforce, &[("lead.csv", called_null)]);
    let name = |id: &str| person(&intake, id).name;
    assert_eq!((name("1").as_deref(), name("2"), name("3").as_deref()), (Some("Ada Null"), None, Some("Ada")));
    // A mapping says itself which texts mean: not known.
    let mapping = r#"{"unknown": ["n/a"], "leads": {"lead": {"id": "id", "name": "name"}}}"#;
    let intake = mapped(mapping, b"id,name\nL-1,NULL\nL-2,n/a\n");
    assert_eq!((lead(&intake, "L-1").name.as_deref(), lead(&intake, "L-2").name), (Some("NULL"), None));
}

#[test]
fn columns_that_are_not_read_are_named_once_with_the_number_of_their_cells() {
    let contact = "id,property_email,property_city,property_zip,_fivetran_synced\n1,a@x.example,Delft,,2026-11-20\n2,b@x.example,Gouda,,2026-11-20\n";
    let intake = imported(ImportKind::Hubspot, &[("contact.csv", contact)]);
    assert_eq!(noted(&intake), ["contact: columns that are not read: property_city (2 cells)"]);
    let intake = mapped(MAPPING, b"id;name;city\nL-1;Alfa;Delft\n");
    assert_eq!(noted(&intake), ["leads.csv: columns that are not read: city (1 cell)"]);
    let intake = mapped(MAPPING, b"id;name;\nL-1;Alfa;left over\n");
    assert_eq!(noted(&intake), ["leads.csv: columns that are not read: column 3, without a name (1 cell)"]);
}
