//! With whom a touch was, up to which moment signals are taken, and what a record says twice.

use cadans::book::import::import_and_tell;
use cadans::book::vocabulary::SignalKind;
use cadans::decide::advice::Advice;
use cadans::decide::decide;
use cadans::wording::Language;
use cadans_testing::scenario;

use super::*;

/// The signals of a lead as `person kind`, in order of time.
fn signals(intake: &Intake, id: &str) -> Vec<String> {
    let signals = lead(intake, id).signals;
    signals.iter().map(|one| format!("{} {}", one.person.as_deref().unwrap_or("-"), one.kind.word())).collect()
}

const CONTACTS: (&str, &str) = ("contact.csv", "id,property_email\n1,a@x.example\n2,Bo@x.example\n3,c@x.example\n");
const WITH_ALL: (&str, &str) = ("engagement_contact.csv", "engagement_id,contact_id\n10,1\n10,2\n10,3\n10,1\n");
const DEAL: (&str, &str) = ("deal.csv", "deal_id,property_dealname\n7,Pumps\n");
const DEAL_CONTACTS: (&str, &str) = ("deal_contact.csv", "deal_id,contact_id\n7,1\n7,2\n");

#[test]
fn a_touch_of_hubspot_with_several_contacts_is_one_of_each() {
    let mail = (
        "engagement_email.csv",
        "engagement_id,property_hs_timestamp,property_hs_email_direction\n10,2026-11-30 09:00:00,EMAIL\n",
    );
    let call = (
        "engagement_call.csv",
        "engagement_id,property_hs_timestamp,property_hs_call_status\n10,2026-11-30 09:00:00,COMPLETED\n",
    );
    let meeting =
        ("engagement_meeting.csv", "engagement_id,start_time,meeting_outcome\n10,2026-11-30 09:00:00,COMPLETED\n");
    for (table, kind) in [(mail, "email"), (call, "call"), (meeting, "meeting")] {
        let intake = imported(ImportKind::Hubspot, &[CONTACTS, DEAL, DEAL_CONTACTS, WITH_ALL, table]);
        assert_eq!(signals(&intake, "deal-7"), [format!("1 {kind}"), format!("2 {kind}")], "{kind}");
        assert_eq!(signals(&intake, "contact-3"), [format!("3 {kind}")], "{kind}");
        assert_eq!(refused(&intake), Vec::<String>::new());
    }
    let task = (
        "engagement_task.csv",
        "engagement_id,property_hs_timestamp,property_hs_task_type\n10,2026-12-09 09:00:00,CALL\n",
    );
    let intake = imported(ImportKind::Hubspot, &[CONTACTS, DEAL, DEAL_CONTACTS, WITH_ALL, task]);
    let planned = lead(&intake, "deal-7").planned;
    let with: Vec<_> = planned.iter().map(|touch| touch.person.as_deref().unwrap()).collect();
    assert_eq!(with, ["1", "2"]);
}

#[test]
fn a_mail_of_theirs_is_the_senders_and_a_note_one_contacts() {
    let from = |address: &str| {
        format!(
            "engagement_id,property_hs_timestamp,property_hs_email_direction,property_hs_email_from_email\n10,2026-11-30 09:00:00,INCOMING_EMAIL,{address}\n"
        )
    };
    for (address, of) in [("bo@X.example", "2"), ("Ada <a@x.example>", "1"), ("stranger@y.example", "1"), ("", "1")] {
        let mail = from(address);
        let files = [CONTACTS, DEAL, DEAL_CONTACTS, WITH_ALL, ("engagement_email.csv", &mail)];
        let intake = imported(ImportKind::Hubspot, &files);
        assert_eq!(signals(&intake, "deal-7"), [format!("{of} reply")], "{address}");
        assert_eq!(signals(&intake, "contact-3"), Vec::<String>::new());
        let told = "left out 2 times: a further contact of a mail, call or note that is one contact's".to_owned();
        assert!(noted(&intake).contains(&told), "{:?}", noted(&intake));
    }
    let note = ("engagement_note.csv", "engagement_id,property_hs_timestamp\n10,2026-11-30 09:00:00\n");
    let intake = imported(ImportKind::Hubspot, &[CONTACTS, WITH_ALL, note]);
    assert_eq!(signals(&intake, "contact-1"), ["1 note"]);
}

#[test]
fn an_activity_of_pipedrive_is_one_of_each_who_took_part() {
    let activity = |kind: &str, done: bool| {
        format!(
            r#"{{"id":9,"type":"{kind}","done":{done},"due_date":"2026-11-30","due_time":"09:00","deal_id":7,"person_id":4,
            "participants":[{{"person_id":5}},{{"person_id":4,"primary_flag":true}}],"subject":"Tour"}}"#
        )
    };
    let deal = r#"{"id":7,"title":"Pumps","status":"open","person_id":4}"#;
    for (kind, done, signal) in [("call", true, "call"), ("email", true, "email"), ("meeting", true, "meeting")] {
        let intake = imported(ImportKind::Pipedrive, &[("d.jsonl", deal), ("a.jsonl", &activity(kind, done))]);
        assert_eq!(signals(&intake, "deal-7"), [format!("person-4 {signal}"), format!("person-5 {signal}")]);
    }
    let intake = imported(ImportKind::Pipedrive, &[("d.jsonl", deal), ("a.jsonl", &activity("call", false))]);
    assert_eq!(lead(&intake, "deal-7").planned.len(), 2);
    let intake = imported(ImportKind::Pipedrive, &[("d.jsonl", deal), ("a.jsonl", &activity("task", true))]);
    assert_eq!(signals(&intake, "deal-7"), ["person-4 note"]);
}

#[test]
fn a_task_of_salesforce_with_several_people_is_told() {
    let tasks = "Id,WhoId,WhoCount,TaskSubtype,IsClosed,CompletedDateTime\n\
        00T1,00Q1,3,Call,true,2026-11-30T09:00:00Z\n00T2,00Q1,1,Call,true,2026-11-29T09:00:00Z\n";
    let intake = imported(ImportKind::Salesforce, &[("lead.csv", "Id,LastName\n00Q1,Jansen\n"), ("task.csv", tasks)]);
    assert_eq!(signals(&intake, "00Q1"), ["00Q1 call", "00Q1 call"]);
    let told =
        "left out once: the further people of a task with several (who_count): the table has only the one in who_id";
    assert!(noted(&intake).contains(&told.to_owned()), "{:?}", noted(&intake));
}

#[test]
fn the_human_of_a_salesforce_id_is_the_same_in_15_and_18_characters() {
    let human = |files: &[(&str, &str)]| {
        imported(ImportKind::Salesforce, files).book.leads()[0].people[0].human.clone().unwrap()
    };
    let of_lead = |id: &str| human(&[("lead.csv", &format!("id,last_name\n{id},Jansen\n"))]);
    assert_eq!(of_lead("00Q5g00000AbCdE"), "salesforce-00Q5g00000AbCdE");
    assert_eq!(of_lead("00Q5g00000AbCdEEAV"), "salesforce-00Q5g00000AbCdE");
    assert_eq!(of_lead("00Q5g00000AbCde"), "salesforce-00Q5g00000AbCde", "capitals count");
    let of_contact = |id: &str| {
        human(&[("lead.csv", &format!("id,last_name,is_converted,converted_contact_id\n00Q1,Jansen,true,{id}\n"))])
    };
    assert_eq!(of_contact("0035g00000XyZaB"), of_contact("0035g00000XyZaBQAV"));
    let task = |id: &str| {
        human(&[("task.csv", &format!("id,who_id,is_closed,activity_date,type\n00T1,{id},true,2026-11-30,Call\n"))])
    };
    assert_eq!(task("0035g00000XyZaB"), task("0035g00000XyZaBQAV"));
    assert_eq!(task("0035g00000XyZaB"), of_contact("0035g00000XyZaB"));
}

#[test]
fn signals_of_a_csv_after_the_moment_asked_for_are_left_out_save_an_unsubscribe() {
    let mapping = r#"{"times": {"zone": "UTC", "format": "%Y-%m-%d %H:%M"}, "leads": {"lead": {"id": "id"}, "signals": [
        {"at": "seen", "kind": {"constant": "visit"}, "topic": "page"},
        {"at": "asked", "kind": {"constant": "form"}},
        {"at": "left", "kind": "what"}]}}"#;
    let rows =
        b"id,seen,page,asked,left,what\nL-1,2026-11-20 10:00,prices,2026-11-22 10:00,2026-11-23 10:00,unsubscribe\n\
        L-2,2026-11-24 10:00,cases,2026-11-20 09:00,2026-11-24 10:00,open\n";
    let options = ImportOptions {
        mapping: Some(Mapping::read(mapping.as_bytes()).unwrap()),
        until: Some(Instant::parse("2026-11-20T10:00:00Z").unwrap()),
    };
    let (intake, told) = import_and_tell(ImportKind::Csv, &[("leads.csv", rows)], &options);
    assert_eq!(signals(&intake, "L-1"), ["- visit", "- unsubscribe"]);
    assert_eq!(signals(&intake, "L-2"), ["- form"]);
    let reason = "a signal after the moment up to which was asked for";
    assert_eq!(noted(&intake), [format!("left out 3 times: {reason}")]);
    let place =
        |told: &cadans::book::import::Told| (told.row, told.column.clone().unwrap_or_default(), told.text.clone());
    let told: Vec<_> = told.iter().filter(|told| told.reason.english() == reason).map(place).collect();
    let cell = |row: u64, column: &str, text: &str| (Some(row), column.to_owned(), text.to_owned());
    assert!(
        told.contains(&cell(2, "asked", "2026-11-22 10:00")) && told.contains(&cell(3, "page", "cases")),
        "{told:?}"
    );
}

#[test]
fn what_a_json_object_says_twice_is_told_and_an_opt_out_holds() {
    let segment = |call: &str| imported(ImportKind::Segment, &[("calls.json", call)]);
    let intake = segment(
        r#"{"type":"track","userId":"u","event":"Form Submitted","event":"Page Viewed","timestamp":"2026-11-20T10:00:00Z"}"#,
    );
    assert_one_message(&intake, &["event is given twice", "Form Submitted", "is not used"]);
    assert_eq!(intake.refused[0].line, Some(1));
    assert_eq!(signals(&intake, "u"), ["u visit"]);
    let traits = r#"{"type":"identify","userId":"u","timestamp":"2026-11-20T10:00:00Z","traits":{"unsubscribed":true,"unsubscribed":false}}"#;
    let intake = segment(traits);
    assert_one_message(&intake, &["traits.unsubscribed is given twice", "false"]);
    assert_eq!(signals(&intake, "u"), [format!("u {}", SignalKind::Unsubscribe.word())]);
    let person =
        r#"{"item":"person","id":4,"name":"Ilse","marketing_status":"unsubscribed","marketing_status":"subscribed"}"#;
    let intake = imported(ImportKind::Pipedrive, &[("person.jsonl", person)]);
    assert_eq!(kept_from_mail(&intake), ["person-4"]);
    assert_one_message(&intake, &["marketing_status is given twice", "\"subscribed\""]);
    // The same twice loses nothing.
    let same = r#"{"type":"track","userId":"u","event":"Form Submitted","event":"Form Submitted","timestamp":"2026-11-20T10:00:00Z"}"#;
    assert_eq!(refused(&segment(same)), Vec::<String>::new());
}

#[test]
fn an_unsubscribe_of_an_event_log_after_the_moment_asked_for_is_kept_and_tells_no_ending() {
    let mapping = r#"{"log": {"case": "case", "activity": "act", "time": "t", "person": {"id": "p", "channels": ["email"]}, "events": [
        {"activity": "Visit", "kind": "visit"},
        {"activity": "Leave", "kind": "unsubscribe", "channel": "email", "stage": "lost"},
        {"activity": "Order", "kind": "order", "stage": "customer"}]}}"#;
    let rows = b"case,act,t\nC1,Visit,2026-11-20T10:00:00Z\nC1,Leave,2026-11-25T10:00:00Z\nC1,Order,2026-11-26T10:00:00Z\nC2,Leave,2026-11-25T10:00:00Z\n";
    let options = ImportOptions {
        mapping: Some(Mapping::read(mapping.as_bytes()).unwrap()),
        until: Some(Instant::parse("2026-11-21T00:00:00Z").unwrap()),
    };
    let intake = import(ImportKind::EventLog, &[("log.csv", rows)], &options);
    assert_eq!(
        (signals(&intake, "C1"), lead(&intake, "C1").stage),
        (vec!["p visit".to_owned(), "p unsubscribe".to_owned()], None)
    );
    assert_eq!(intake.accepted, 1, "a case that had not begun is no lead");
    assert_eq!(noted(&intake), ["left out once: an event after the moment up to which was asked for"]);
}

#[test]
fn an_automatic_reply_that_names_the_day_of_return_makes_its_sender_away() {
    let contact = "id,property_email,property_hs_timezone\n1,a@x.example,\n2,b@x.example,\n";
    let mails = "engagement_id,property_hs_timestamp,property_hs_email_direction,property_hs_email_subject,property_hs_email_auto_submitted\n\
        1,2026-12-18 09:00:00,INCOMING_EMAIL,Out of office until 5 January,\n\
        2,2026-12-18 10:00:00,INCOMING_EMAIL,Automatic reply: Our guide,\n\
        3,2026-12-18 10:00:00,INCOMING_EMAIL,Back on 7 January?,\n\
        4,2026-12-18 11:00:00,INCOMING_EMAIL,Afwezig t/m 8 januari,auto-replied\n";
    let links = "engagement_id,contact_id\n1,1\n2,1\n3,1\n4,2\n";
    let intake = imported(
        ImportKind::Hubspot,
        &[("contact.csv", contact), ("engagement_email.csv", mails), ("engagement_contact.csv", links)],
    );
    let away = |id: &str| -> Vec<[String; 2]> {
        let lead = lead(&intake, &format!("contact-{id}"));
        lead.people[0].absences.iter().map(|one| [one.from.to_string(), one.until.to_string()]).collect()
    };
    let days = |from: &str, until: &str| vec![[format!("{from}T00:00:00Z"), format!("{until}T00:00:00Z")]];
    assert_eq!(away("1"), days("2026-12-18", "2027-01-05"));
    assert_eq!(away("2"), days("2026-12-18", "2027-01-09"));
    let noted = intake.noted.iter().find(|note| note.reason.english().contains("until when somebody is away"));
    assert!(noted.is_some_and(|note| note.reason.english().starts_with("2 automatic replies")), "{:?}", intake.noted);
}

#[test]
fn a_column_that_says_so_makes_somebody_gone() {
    let left = |column: &str, cell: &str| {
        let leads = format!(
            "Id,LastName,Company,CreatedDate,LastModifiedDate,IsConverted,{column}\n\
             00Q1,Bakker,Acme,2026-01-05 09:00:00,2026-11-19 09:00:00,false,{cell}\n"
        );
        let intake = imported(ImportKind::Salesforce, &[("leads.csv", &leads)]);
        lead(&intake, "00Q1").people[0].left_at.map(|left| left.to_string())
    };
    for column in ["No_Longer_at_Company__c", "No Longer at Company", "Left_Company__c", "Uit dienst"] {
        assert_eq!(left(column, "true").as_deref(), Some("2026-11-19T09:00:00Z"), "{column}");
        assert_eq!(left(column, "false"), None, "{column}");
        assert_eq!(left(column, ""), None, "{column}");
        assert_eq!(left(column, "2026-10-01").as_deref(), Some("2026-10-01T00:00:00Z"), "{column}");
    }
    assert_eq!(left("Left_Company_Reason__c", "true"), None);
    assert_eq!(left("Company_Size__c", "true"), None);
    let contacts = "id,property_email,property_left_company,property_lastmodifieddate\n1,a@x.example,true,2026-11-19 09:00:00\n2,b@x.example,,\n";
    let intake = imported(ImportKind::Hubspot, &[("contact.csv", contacts)]);
    assert!(lead(&intake, "contact-1").people[0].left_at.is_some());
    assert!(lead(&intake, "contact-2").people[0].left_at.is_none());
}

#[test]
fn a_mapping_that_knows_the_rule_and_the_content_of_a_touch_keeps_both_from_being_repeated() {
    let mapping = r#"{"times": {"zone": "UTC", "format": "%Y-%m-%d %H:%M"}, "leads": {"lead": {"id": "id"},
        "person": {"id": {"constant": "p1"}}, "channels": {"email": "mail"}, "signals": [
        {"at": "seen", "kind": {"constant": "visit"}, "topic": {"constant": "pricing"}},
        {"at": "sent", "kind": {"constant": "email"}, "channel": {"constant": "email"}, "direction": {"constant": "outbound"},
         "rule": "campaign", "content": "attachment"}]}}"#;
    let rows = b"id,mail,seen,sent,campaign,attachment\n\
        L-1,a@b.nl,2026-11-16 10:00,2026-11-18 10:00,Looks at prices,\n\
        L-2,c@d.nl,2026-11-16 10:00,2026-11-18 10:00,Another,price-list\n\
        L-3,e@f.nl,2026-11-16 10:00,2026-11-18 10:00,Another,\n";
    let options = ImportOptions { mapping: Some(Mapping::read(mapping.as_bytes()).unwrap()), until: None };
    let intake = import(ImportKind::Csv, &[("leads.csv", rows)], &options);
    assert!(intake.refused.is_empty(), "{:?}", intake.refused);
    let rules = scenario::rulebook(&[
        r#"rule "Looks at prices" when lead.visits("pricing", 30.days) >= 1 then email.offer("price-list");
           rule "Another" when false then email;
           reachable email "Mo-Su 00:00-24:00";"#,
    ]);
    let advices = decide(&rules, &intake.book, scenario::at("2026-11-20T10:00:00Z"), Language::English);
    let stopped = |advice: &Advice| advice.blocks.iter().map(|block| block.policy).collect::<Vec<_>>();
    assert_eq!(
        advices.iter().map(stopped).collect::<Vec<_>>(),
        [vec!["already-done"], vec!["content-had"], vec!["zone-unknown"]]
    );
}
