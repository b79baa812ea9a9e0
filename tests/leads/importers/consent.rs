//! An opt-out never gets lost on the way in.

use cadans::book::vocabulary::{Channel, SignalKind};

use super::*;

const CONTACTS: &str = "id,property_email,property_hs_email_optout\n";

fn hubspot(files: &[(&str, &str)]) -> Intake {
    imported(ImportKind::Hubspot, files)
}

#[test]
fn a_yes_in_the_contact_holds_whatever_events_say() {
    let contact = format!("{CONTACTS}1,a@x.example,TRUE\n2,b@x.example,\n3,c@x.example,\n4,d@x.example,FALSE\n");
    let events = "id,created,type,recipient\n\
        e1,2026-02-01 09:00:00,STATUSCHANGE,a@x.example\n\
        e2,2026-03-01 09:00:00,STATUSCHANGE,b@x.example\n\
        e3,2026-02-01 09:00:00,STATUSCHANGE,b@x.example\n\
        e4,2026-02-01 09:00:00,STATUSCHANGE,c@x.example\n\
        e5,2026-03-01 09:00:00,STATUSCHANGE,c@x.example\n\
        e6,2026-02-01 09:00:00,STATUSCHANGE,d@x.example\n";
    let changes = "id,portal_subscription_status\n\
        e1,SUBSCRIBED\ne2,SUBSCRIBED\ne3,UNSUBSCRIBED\ne4,SUBSCRIBED\ne5,UNSUBSCRIBED\ne6,UNSUBSCRIBED\n";
    let intake =
        hubspot(&[("contact.csv", &contact), ("email_event.csv", events), ("email_event_status_change.csv", changes)]);
    // 2 came back after leaving, whichever row stands first; 3 left after coming back; 4 left.
    assert_eq!(kept_from_mail(&intake), ["1", "3", "4"]);
}

#[test]
fn who_leaves_one_list_is_kept_from_mail_and_no_blank_status_takes_it_back() {
    let contact =
        format!("{CONTACTS}1,a@x.example,TRUE\n2,b@x.example,FALSE\n3,c@x.example,FALSE\n4,d@x.example,FALSE\n");
    let events = "id,created,type,recipient\n\
        e1,2026-02-01 09:00:00,STATUSCHANGE,a@x.example\n\
        e2,2026-02-01 09:00:00,STATUSCHANGE,b@x.example\n\
        e3,2026-02-01 09:00:00,STATUSCHANGE,c@x.example\n\
        e4,2026-02-01 09:00:00,STATUSCHANGE,d@x.example\n";
    let changes = "id,portal_subscription_status,subscriptions\n\
        e1,,\"[{\"\"id\"\":1,\"\"status\"\":\"\"UNSUBSCRIBED\"\"}]\"\n\
        e2,,\"[{\"\"id\"\":1,\"\"status\"\":\"\"UNSUBSCRIBED\"\"}]\"\n\
        e3,SUBSCRIBED,\"[{\"\"id\"\":1,\"\"status\"\":\"\"UNSUBSCRIBED\"\"}]\"\n\
        e4,SUBSCRIBED,[]\n";
    let intake =
        hubspot(&[("contact.csv", &contact), ("email_event.csv", events), ("email_event_status_change.csv", changes)]);
    assert_eq!(kept_from_mail(&intake), ["1", "2", "3"]);
    let columns = "id,property_email,property_hs_email_optout,property_hs_email_optout_123\n1,a@x.example,FALSE,true\n";
    assert_eq!(kept_from_mail(&hubspot(&[("contact.csv", columns)])), ["1"]);
}

#[test]
fn an_opt_out_counts_after_the_moment_asked_for_and_without_a_readable_time() {
    let contact = format!("{CONTACTS}1,a@x.example,\n2,b@x.example,\n3,c@x.example,\n");
    let events = "id,created,type,recipient,filtered_event\n\
        e1,2026-05-01 09:00:00,SPAMREPORT,a@x.example,TRUE\n\
        e2,2026-02-01 09:00:00,STATUSCHANGE,b@x.example,\n\
        e3,2026-05-01 09:00:00,STATUSCHANGE,b@x.example,\n\
        e4,last week,STATUSCHANGE,c@x.example,\n";
    let changes = "id,portal_subscription_status\ne2,UNSUBSCRIBED\ne3,SUBSCRIBED\n";
    let files = [("contact.csv", &*contact), ("email_event.csv", events), ("email_event_status_change.csv", changes)];
    assert_eq!(kept_from_mail(&hubspot(&files)), ["1", "3"]);
    let until = imported_until(ImportKind::Hubspot, &files, Some("2026-03-01T00:00:00Z"));
    assert_eq!(kept_from_mail(&until), ["1", "2", "3"], "b came back later than the moment asked for");
}

#[test]
fn an_opt_out_of_any_record_of_a_human_holds_after_merges() {
    let merged_column = "id,property_email,property_hs_email_optout,property_hs_merged_object_ids,_fivetran_deleted\n";
    let one_step = format!("{merged_column}1,old@x.example,TRUE,,FALSE\n2,new@x.example,FALSE,1,FALSE\n");
    let intake = hubspot(&[("contact.csv", &one_step)]);
    assert_eq!((kept_from_mail(&intake), person(&intake, "2").aliases), (vec!["2".to_owned()], vec!["1".to_owned()]));
    // Three steps, in any order of rows, the first record deleted; the chain partly in one table, partly in the other.
    let rows = ["1,one@x.example,TRUE,,TRUE\n", "4,four@x.example,FALSE,3,FALSE\n", "2,,,,TRUE\n"];
    for order in [[0, 1, 2], [2, 1, 0], [1, 0, 2]] {
        let contact = format!("{merged_column}{}", order.map(|row| rows[row]).concat());
        let audit = "vid_to_merge,canonical_vid\n2,3\n1,2\n";
        let event = "id,created,type,recipient\ne1,2026-11-30 09:00:00,SENT,One@x.example\n";
        let intake =
            hubspot(&[("contact.csv", &contact), ("contact_merge_audit.csv", audit), ("email_event.csv", event)]);
        assert_eq!(kept_from_mail(&intake), ["4"], "{order:?}");
        assert_eq!(person(&intake, "4").aliases, ["1", "2", "3"]);
        assert_eq!(lead(&intake, "contact-4").signals.len(), 1, "an event at an address of a merged record");
        assert_eq!(intake.accepted, 1);
    }
}

#[test]
fn merges_in_a_circle_end_and_are_told() {
    let contact = format!("{CONTACTS}1,a@x.example,\n2,b@x.example,TRUE\n3,c@x.example,\n4,d@x.example,\n");
    let audit = "vid_to_merge,canonical_vid\n1,2\n2,3\n3,1\n4,4\n";
    let intake = hubspot(&[("contact.csv", &contact), ("contact_merge_audit.csv", audit)]);
    assert_one_message(&intake, &["1, 2, 3", "circle"]);
    assert_eq!(kept_from_mail(&intake), ["1"]);
    assert_eq!((person(&intake, "1").aliases, intake.accepted), (vec!["2".to_owned(), "3".to_owned()], 2));
}

#[test]
fn an_opt_out_of_an_address_holds_for_everybody_who_has_it() {
    let contact = "id,property_email,property_hs_additional_emails,property_work_email,property_hs_email_optout\n\
        1,ada@x.example,,,\n2,Ada@X.example,,,\n3,new@x.example,old@x.example;older@x.example,,\n\
        4,d@x.example,,ADA@x.example,\n5,e@x.example,,,TRUE\n6,f@x.example,E@x.example,,FALSE\n7,g@x.example,,,\n";
    let events = "id,created,type,recipient\n\
        e1,2026-11-30 09:00:00,SPAMREPORT,ada@x.example\n\
        e2,2026-11-30 09:00:00,STATUSCHANGE,Older@x.example\n\
        e3,2026-11-30 10:00:00,OPEN,ada@x.example\n";
    let intake = hubspot(&[("contact.csv", contact), ("email_event.csv", events)]);
    assert_eq!(kept_from_mail(&intake), ["1", "2", "3", "4", "5", "6"]);
    let opened = |id: &str| lead(&intake, &format!("contact-{id}")).signals.len();
    assert_eq!((opened("1"), opened("2")), (2, 1), "an open is a signal of one of them");
    assert_eq!(refused(&intake), Vec::<String>::new());
}

#[test]
fn yes_is_read_in_any_spelling_and_what_is_neither_is_told() {
    let spellings = ["TRUE", "t", "Y", "1.0", "WAAR", "wahr", "Vrai", "VERDADERO", "X", "✓", "ja", "on"];
    for (kind, file, header, optout) in [
        (ImportKind::Hubspot, "contact.csv", "id,property_email,property_hs_email_optout", ""),
        (ImportKind::Salesforce, "lead.csv", "id,email,has_opted_out_of_email,do_not_call,last_name", ",{}"),
    ] {
        let rows = |spellings: &[&str]| -> String {
            let row = |(nth, yes): (usize, &&str)| {
                format!("{nth},p{nth}@x.example,{yes}{}\n", optout.replace("{}", &format!("{yes},N")))
            };
            format!("{header}\n{}", spellings.iter().enumerate().map(row).collect::<String>())
        };
        let yes = imported(kind, &[(file, &rows(&spellings))]);
        assert_eq!((kept_from_mail(&yes).len(), refused(&yes)), (spellings.len(), vec![]), "{file}");
        let no = imported(kind, &[(file, &rows(&["FALSE", "f", "n", "0", "0.0", "", "ONWAAR", "nein", "NULL"]))]);
        assert_eq!((kept_from_mail(&no).len(), refused(&no)), (0, vec![]), "{file}");
        let unknown = imported(kind, &[(file, &rows(&["unsubscribed", "maybe"]))]);
        assert_eq!(kept_from_mail(&unknown).len(), 2, "{file}");
        assert!(refused(&unknown).iter().any(|told| says(told, &["line 3", "maybe", "taken for yes"])), "{file}");
    }
    let deleted = "id,last_name,email,is_deleted,is_converted\n1,N,a@x.example,t,maybe\n2,M,b@x.example,f,VRAI\n";
    let intake = imported(ImportKind::Salesforce, &[("lead.csv", deleted)]);
    assert_eq!(intake.book.ids().collect::<Vec<_>>(), ["2"]);
    assert!(lead(&intake, "2").stage.is_some(), "converted");
}

#[test]
fn of_a_column_that_stands_twice_a_yes_in_any_holds() {
    for (header, row) in [
        ("has_opted_out_of_email,has_opted_out_of_email", "TRUE,"),
        ("has_opted_out_of_email, has_opted_out_of_email ", ",TRUE"),
        ("HasOptedOutOfEmail,has_opted_out_of_email", "FALSE,t"),
    ] {
        let lead = format!("id,last_name,email,{header}\n1,N,a@x.example,{row}\n");
        let intake = imported(ImportKind::Salesforce, &[("lead.csv", &lead)]);
        assert_eq!(kept_from_mail(&intake), ["1"], "{header}");
        assert!(refused(&intake).iter().any(|told| says(told, &["line 1", "twice"])), "{:?}", refused(&intake));
    }
    let contact = "id,property_email,property_hs_email_optout,property_email,property_hs_email_optout,_fivetran_active,_fivetran_active\n\
        1,ada@x.example,true,other@x.example,,TRUE,\n";
    let intake = hubspot(&[("contact.csv", contact)]);
    assert_eq!(kept_from_mail(&intake), ["1"]);
    let told = refused(&intake);
    assert!(told.iter().any(|told| says(told, &["line 2", "ada@x.example", "other@x.example"])), "{told:?}");
    assert!(!told.concat().contains("fivetran") && !noted(&intake).concat().contains("fivetran"));
}

#[test]
fn an_opt_out_in_any_file_of_a_record_holds() {
    let without = "id,property_email\n1,ada@x.example\n";
    let with = "id,property_email,property_hs_email_optout\n2,bo@x.example,false\n1,ada@x.example,TRUE\n";
    for files in [
        [("a/contact.csv", without), ("b/contact_data.csv", with)],
        [("b/contact.csv", with), ("a/contact.csv", without)],
    ] {
        let intake = hubspot(&files);
        assert_eq!((intake.accepted, kept_from_mail(&intake)), (2, vec!["1".to_owned()]));
    }
    let mapping = r#"{"leads": {"lead": {"id": "id"}, "person": {"do_not_email": "no mail"}}}"#;
    let twice = mapped(mapping, b"id,no mail\nL-1,false\nL-1,true\n");
    assert!(lead(&twice, "L-1").people[0].do_not_email);
    assert_one_message(&twice, &["line 3", "L-1", "an earlier lead has this id"]);
}

#[test]
fn the_newest_version_counts_across_files_and_an_opt_out_where_nothing_tells_which_it_is() {
    let salesforce = |a: &str, b: &str| imported(ImportKind::Salesforce, &[("a/lead.csv", a), ("b/lead.csv", b)]);
    let header = "id,last_name,email,has_opted_out_of_email,last_modified_date\n";
    let version = |optout: &str, at: &str| format!("{header}00Q1,N,a@x.example,{optout},{at}\n");
    for (first, second, kept) in [
        (version("TRUE", ""), version("FALSE", ""), true),
        (version("FALSE", ""), version("TRUE", ""), true),
        (version("TRUE", "2026-01-01 00:00:00"), version("FALSE", "2026-02-01 00:00:00"), false),
        (version("FALSE", "2026-02-01T00:00:00Z"), version("TRUE", "2026-01-01T00:00:00Z"), false),
        (version("FALSE", "2026-01-01 00:00:00"), version("TRUE", "2026-02-01 00:00:00"), true),
        (version("TRUE", "2026-01-01 00:00:00"), version("", "2026-02-01 00:00:00"), true),
    ] {
        let intake = salesforce(&first, &second);
        assert_eq!((intake.accepted, kept_from_mail(&intake).len()), (1, usize::from(kept)), "{first} {second}");
    }
    let without_column = "id,last_name,email\n00Q1,N,a@x.example\n00Q2,M,b@x.example\n";
    assert_eq!(kept_from_mail(&salesforce(&version("TRUE", ""), without_column)), ["00Q1"]);
}

#[test]
fn a_merged_salesforce_lead_keeps_its_opt_out() {
    let lead = "id,last_name,email,has_opted_out_of_email,do_not_call,is_deleted,master_record_id\n\
        00Q1,N,a@x.example,TRUE,TRUE,TRUE,00Q2\n00Q2,N,a@x.example,FALSE,FALSE,TRUE,00Q3\n00Q3,N,b@x.example,FALSE,FALSE,FALSE,\n";
    let intake = imported(ImportKind::Salesforce, &[("lead.csv", lead)]);
    let merged = person(&intake, "00Q3");
    assert_eq!((merged.do_not_email, merged.do_not_call), (true, true));
    assert_eq!(merged.aliases, ["00Q1", "00Q2"]);
}

#[test]
fn an_opt_out_that_a_mapping_does_not_name_is_a_yes_and_is_told() {
    let mapping = r#"{"unknown": ["n/a"], "leads": {"lead": {"id": "id"}, "person": {"do_not_call":
        {"column": "dnc", "values": {"Ja": true, "Nee": false, "?": null}, "otherwise": "unknown"}, "do_not_email": "dne"}}}"#;
    let rows = "id,dnc,dne\n1,Ja,false\n2,Nee,waar\n3,ja,X\n4,liever niet,0\n5,,\n6,n/a,n/a\n7,?,nee\n8,no,off\n";
    let intake = mapped(mapping, rows.as_bytes());
    let leads = intake.book.leads();
    let refuses = |of: fn(&Person) -> bool| -> Vec<String> {
        leads.iter().filter(|lead| of(&lead.people[0])).map(|lead| lead.id.clone()).collect()
    };
    assert_eq!(refuses(|person| person.do_not_call), ["1", "3", "4"]);
    assert_eq!(refuses(|person| person.do_not_email), ["2", "3"]);
    assert_one_message(&intake, &["line 5", "liever niet", "taken for yes"]);
    // Without `otherwise` the row is refused, so that nobody is called.
    assert_one_message(&mapped(mapping, b"id,dnc,dne\n1,Ja,maybe\n"), &["line 2", "do_not_email", "maybe"]);
}

#[test]
fn a_channel_whose_cell_is_refused_refuses_the_record() {
    let mapping = r#"{"leads": {"lead": {"id": "id"}, "person": {"name": "name"}, "channels": {"phone":
        {"column": "phone", "values": {"yes": true, "no": false}, "otherwise": "refuse"}}}}"#;
    let intake = mapped(mapping, b"id,name,phone\n1,A,yes\n2,B,no\n3,C,perhaps\n");
    let leads: Vec<String> = intake.book.leads().iter().map(|lead| lead.id.clone()).collect();
    assert_eq!(leads, ["1", "2"]);
    assert_one_message(&intake, &["line 4", "perhaps"]);
}

#[test]
fn a_renewal_at_one_address_takes_nothing_back_at_another() {
    let contact = "id,property_email,property_hs_additional_emails\n1,new@x.example,old@x.example\n";
    let events = "id,created,type,recipient\n\
        e1,2026-02-01 09:00:00,STATUSCHANGE,old@x.example\n\
        e2,2026-03-01 09:00:00,STATUSCHANGE,new@x.example\n";
    let changes = "id,portal_subscription_status\ne1,UNSUBSCRIBED\ne2,SUBSCRIBED\n";
    let files = [("contact.csv", contact), ("email_event.csv", events), ("email_event_status_change.csv", changes)];
    assert_eq!(kept_from_mail(&hubspot(&files)), ["1"]);
}

#[test]
fn a_mail_held_back_because_of_an_opt_out_tells_of_it() {
    let contact = format!("{CONTACTS}1,a@x.example,\n2,b@x.example,\n");
    let events = "id,created,type,recipient\n\
        e1,2026-02-01 09:00:00,DROPPED,a@x.example\n\
        e2,2026-02-01 09:00:00,DROPPED,b@x.example\n";
    let dropped = "id,drop_reason\ne1,PREVIOUSLY_UNSUBSCRIBED_PORTAL\ne2,PREVIOUSLY_BOUNCED\n";
    let files = [("contact.csv", &*contact), ("email_event.csv", events), ("email_event_dropped.csv", dropped)];
    assert_eq!(kept_from_mail(&hubspot(&files)), ["1"]);
}

#[test]
fn who_refuses_mail_in_one_salesforce_lead_refuses_it_in_all_with_the_address() {
    let lead = "id,last_name,email,has_opted_out_of_email,is_deleted\n\
        00Q1,N,ada@x.example,TRUE,FALSE\n00Q2,N,Ada@X.example,FALSE,FALSE\n00Q3,M,bo@x.example,FALSE,FALSE\n\
        00Q4,O,cy@x.example,TRUE,TRUE\n00Q5,O,cy@x.example,,FALSE\n00Q6,P,,TRUE,FALSE\n00Q7,P,,,FALSE\n";
    let intake = imported(ImportKind::Salesforce, &[("lead.csv", lead)]);
    assert_eq!(kept_from_mail(&intake), ["00Q1", "00Q2", "00Q5", "00Q6"]);
}

/// Who refuses what: `mail`, `calls`, `texts` or `all`, by id of the person.
fn refusals(intake: &Intake) -> Vec<String> {
    let mut found = Vec::new();
    for lead in intake.book.leads() {
        for person in &lead.people {
            let texts = lead.signals.iter().any(|signal| {
                signal.kind == SignalKind::Unsubscribe
                    && signal.channel == Some(Channel::Chat)
                    && signal.person.as_ref() == Some(&person.id)
            });
            let flags = [
                (person.do_not_email, "mail"),
                (person.do_not_call, "calls"),
                (texts, "texts"),
                (person.objected, "all"),
            ];
            found.extend(flags.iter().filter(|(refused, _)| *refused).map(|(_, what)| format!("{} {what}", person.id)));
        }
    }
    found.sort();
    found.dedup();
    found
}

#[test]
fn columns_of_the_teams_own_refuse_contact_by_their_names() {
    let contacts = "id,property_email,property_phone,property_hs_whatsapp_optout,property_do_not_text,property_no_calls_do_not_call_again,\
        property_do_not_contact,property_afgemeld,property_unsubscribe_url\n\
        1,a@x,+31,true,,,,,https://x.example/1\n2,b@x,+31,,ja,,,,https://x.example/2\n3,c@x,+31,,,1,,,\n4,d@x,+31,,,,x,,\n\
        5,e@x,+31,,,,,true,\n6,f@x,+31,false,nee,0,,no,https://x.example/6\n";
    let intake = hubspot(&[("contact.csv", contacts)]);
    assert_eq!(refusals(&intake), ["1 texts", "2 texts", "3 calls", "4 all", "5 mail"]);
    // Also of a record that was merged into another, and in each deal of the contact.
    let merged = "id,property_email,property_sms_opt_out,property_hs_merged_object_ids\n1,a@x,yes,\n2,b@x,,1\n";
    let files = [
        ("contact.csv", merged),
        ("deal.csv", "deal_id,property_dealname\n7,Pumps\n8,Pipes\n"),
        ("deal_contact.csv", "deal_id,contact_id\n7,2\n8,2\n"),
    ];
    let intake = hubspot(&files);
    let stops =
        |id: &str| lead(&intake, id).signals.iter().filter(|signal| signal.channel == Some(Channel::Chat)).count();
    assert_eq!((stops("deal-7"), stops("deal-8")), (1, 1));

    let leads = "Id,LastName,Email,Phone,HasOptedOutOfFax,SMS_Opt_Out__c,Do_Not_Contact__c,Newsletter_Unsubscribed__c,IsDeleted,MasterRecordId\n\
        1,A,a@x,+31,true,,,,,\n2,B,b@x,+31,,TRUE,,,,\n3,C,c@x,+31,,,t,,,\n4,D,d@x,+31,,,,maybe,,\n5,E,e@x,+31,,,,,,\n6,E,f@x,+31,,yes,,,true,5\n";
    let intake = imported(ImportKind::Salesforce, &[("lead.csv", leads)]);
    assert_eq!(refusals(&intake), ["2 texts", "3 all", "4 mail", "5 texts"]);
    assert_one_message(&intake, &["line 5", "Newsletter_Unsubscribed__c", "maybe", "taken for yes"]);

    let mautic = |field: &str| {
        let text =
            format!(r#"{{"contacts":{{"7":{{"id":7,"fields":{{"all":{{"email":"a@x","phone":"+31",{field}}}}}}}}}}}"#);
        refusals(&imported(ImportKind::Mautic, &[("m.json", &text)]))
    };
    assert_eq!(mautic(r#""sms_optout":1"#), ["p1 texts"]);
    assert_eq!(mautic(r#""do_not_call":"ja""#), ["p1 calls"]);
    assert_eq!(mautic(r#""opted_out_of_newsletter":true"#), ["p1 mail"]);
    assert_eq!(mautic(r#""sms_optout":0,"do_not_call":false"#), Vec::<String>::new());

    let pipedrive = |field: &str| {
        let text = format!(r#"{{"id":4,"name":"Ilse","marketing_status":"subscribed",{field}}}"#);
        refusals(&imported(ImportKind::Pipedrive, &[("p.jsonl", &text)]))
    };
    assert_eq!(pipedrive(r#""Do not call":"yes""#), ["person-4 calls"]);
    assert_eq!(pipedrive(r#""newsletter_unsubscribed":true"#), ["person-4 mail"]);
    assert_eq!(pipedrive(r#""SMS opt-out":"yes""#), ["person-4 texts"]);
    assert_eq!(pipedrive(r#""Do not call":"no""#), Vec::<String>::new());
}

#[test]
fn a_no_to_an_opt_in_and_an_opt_out_in_other_words_stop_contact_in_segment() {
    let stops = |call: &str| {
        let text = format!(r#"{{"userId":"u","timestamp":"2026-11-20T10:00:00Z",{call}}}"#);
        let intake = imported(ImportKind::Segment, &[("calls.json", &text)]);
        let lead = lead(&intake, "u");
        let signals = lead.signals.iter().filter(|signal| signal.kind == SignalKind::Unsubscribe);
        let channels = signals.map(|signal| signal.channel.map_or("mail", |channel| channel.word()));
        (channels.collect::<Vec<_>>().join(" "), lead.people[0].objected)
    };
    for (call, channel, objects) in [
        (r#""type":"identify","traits":{"marketing_opt_in":"no"}"#, "mail", false),
        (r#""type":"identify","traits":{"smsOptIn":false}"#, "chat", false),
        (r#""type":"identify","traits":{"emailSubscribed":0}"#, "mail", false),
        (r#""type":"identify","traits":{"phone_consent":"nee"}"#, "phone", false),
        (r#""type":"track","event":"Preferences Saved","properties":{"unsubscribed":true}"#, "mail", false),
        (r#""type":"track","event":"Afgemeld voor nieuwsbrief""#, "mail", false),
        (r#""type":"track","event":"Vom Newsletter abgemeldet""#, "mail", false),
        (r#""type":"track","event":"Désabonnement""#, "mail", false),
        (r#""type":"track","event":"STOP""#, "chat", false),
        (r#""type":"track","event":"Marketing Consent Withdrawn""#, "mail", true),
        // No opt-out: a yes, what they pay for, and cookies.
        (r#""type":"identify","traits":{"marketing_opt_in":true,"subscribed":false}"#, "", false),
        (r#""type":"track","event":"Cookie Consent Withdrawn""#, "", false),
        (r#""type":"track","event":"Bus Stop Viewed""#, "", false),
    ] {
        assert_eq!(stops(call), (channel.to_owned(), objects), "{call}");
    }
}
