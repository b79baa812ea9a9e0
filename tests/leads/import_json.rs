//! Importers of JSON: the shapes in which Pipedrive, Segment and Mautic give their records, and what becomes of them.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test that panics has failed")]

use cadans::book::import::{ImportKind, ImportOptions, import, import_and_tell};
use cadans::book::ingest::Intake;
use cadans::book::ingest::write::write_json;
use cadans::book::lead::Lead;
use cadans::book::vocabulary::{Channel, Direction, SignalKind, Stage};
use cadans::calendar::Instant;
use cadans_testing::intake::{lead, noted, refused};
use serde_json::Value;

fn run(kind: ImportKind, files: &[&str]) -> Intake {
    let files: Vec<(&str, &[u8])> = files.iter().map(|text| ("file.json", text.as_bytes())).collect();
    import(kind, &files, &ImportOptions::default())
}

fn ids(intake: &Intake) -> Vec<&str> {
    intake.book.ids().collect()
}

mod pipedrive {
    use super::*;

    const DEAL_1: &str = r#"{"id": 11, "title": "Planning", "stage_id": 1, "status": "open", "value": "1500.50",
        "add_time": "2026-11-01 08:27:53", "user_id": {"id": 9, "name": "Rep", "value": 9},
        "person_id": {"name": "Ilse", "email": [{"value": "ilse@x.example"}], "phone": [{"value": ""}], "value": 4},
        "org_id": {"name": "Zand BV", "people_count": 1, "value": 3}}"#;

    #[test]
    fn version_1_and_2_and_pages_give_the_same_lead() {
        let version_2 = r#"{"id": 11, "title": "Planning", "stage_id": 1, "status": "open", "value": 1500.5,
            "add_time": "2026-11-01T08:27:53Z", "owner_id": 9, "person_id": 4, "org_id": 3, "is_deleted": false}"#;
        let page = format!(
            r#"{{"success": true, "data": [{version_2}], "additional_data": {{"next_cursor": null}},
                "related_objects": {{"person": {{"4": {{"id": 4, "name": "Ilse", "email": [{{"value": "ilse@x.example"}}]}}}},
                                     "organization": {{"3": {{"id": 3, "name": "Zand BV"}}, "8": {{"id": 8, "name": "Nobody's"}}}}}}}}"#
        );
        let one = run(ImportKind::Pipedrive, &[DEAL_1]);
        let other = run(ImportKind::Pipedrive, &[&page]);
        assert_eq!((refused(&one), refused(&other)), (vec![], vec![]));
        assert_eq!(write_json(&one.book).unwrap(), write_json(&other.book).unwrap());
        let deal = lead(&one, "deal-11");
        assert_eq!((deal.owner.as_deref(), deal.value), (Some("9"), Some(1500.5)));
        assert_eq!((deal.account.id.as_str(), deal.account.name.as_deref()), ("org-3", Some("Zand BV")));
        let person = &deal.people[0];
        assert_eq!((person.id.as_str(), person.name.as_deref()), ("person-4", Some("Ilse")));
        assert_eq!(person.channels, [Channel::Email], "an empty number is no number");
    }

    #[test]
    fn leads_persons_and_organisations_are_joined_in_any_order() {
        let person = r#"{"stream": "persons", "data": {"id": 4, "name": "Ilse", "marketing_status": "unsubscribed",
            "emails": [{"value": "ilse@x.example"}], "phones": [{"value": "+31201234567"}], "job_title": "Buyer"}}"#;
        let organisation =
            r#"{"id": 3, "name": "Zand BV", "people_count": 2, "address": {"value": "Dam 1", "country": "Nederland"}}"#;
        let inbox = r#"{"id": "adf2", "title": "Inbound", "owner_id": 9, "person_id": 4, "organization_id": 3, "was_seen": false,
            "value": {"amount": 999, "currency": "EUR"}, "expected_close_date": null, "add_time": "2026-11-01T08:27:53.000Z"}"#;
        let alone = r#"{"id": 5, "name": "Joep", "first_name": "Joep", "marketing_status": "subscribed"}"#;
        let intake = run(ImportKind::Pipedrive, &[person, organisation, inbox, alone]);
        assert_eq!(refused(&intake), Vec::<String>::new());
        assert_eq!(ids(&intake), ["lead-adf2", "person-5"]);
        let lead = lead(&intake, "lead-adf2");
        assert_eq!((lead.value, lead.account.country.as_deref()), (Some(999.0), Some("NL")));
        let ilse = &lead.people[0];
        assert_eq!((ilse.name.as_deref(), ilse.title.as_deref()), (Some("Ilse"), Some("Buyer")));
        assert!(ilse.do_not_email, "unsubscribed");
        assert_eq!(ilse.channels, [Channel::Email, Channel::Phone]);
    }

    #[test]
    fn what_is_deleted_is_left_out_and_its_activities_do_not_bring_it_back() {
        let deal = |id: u32, more: &str| format!(r#"{{"id": {id}, "title": "x", "stage_id": 1, "value": 5, {more}}}"#);
        let deals = [
            deal(1, r#""status": "deleted", "person_id": 4"#),
            deal(2, r#""status": "open", "deleted": 1"#),
            deal(3, r#""status": "open", "is_deleted": "1""#),
            deal(4, r#""status": "open", "is_deleted": true"#),
            deal(5, r#""status": "open", "is_archived": true"#),
            deal(6, r#""status": "won", "is_archived": true, "won_time": "2026-11-01T08:27:53Z""#),
            deal(7, r#""status": "open", "deleted": 0, "person_id": 8"#),
            deal(8, r#""status": "won", "won_time": "0000-00-00 00:00:00", "person_id": 4"#),
        ];
        let call = |id: u32, deal: u32, person: u32| {
            format!(
                r#"{{"id": {id}, "type": "call", "done": 1, "due_date": "2026-11-10", "due_time": "09:00", "deal_id": {deal},
                   "person_id": {person}}}"#
            )
        };
        let calls = [call(1, 1, 4), call(2, 8, 4), call(3, 1, 8)];
        let gone = r#"{"id": 9, "type": "call", "due_date": "2026-11-10", "active_flag": false, "person_id": 12}"#;
        let intake = run(ImportKind::Pipedrive, &[&calls.join("\n"), &deals.join("\n"), gone]);
        assert_eq!(ids(&intake), ["deal-6", "deal-7"]);
        assert_eq!(
            refused(&intake),
            [
                "line 8, file.json: deal 8: won_time: \"0000-00-00 00:00:00\" is not a time written as 2020-12-30 03:15:52"
            ]
        );
        assert_eq!(
            noted(&intake),
            [
                "left out 5 times: a deal that Pipedrive marks as deleted or archived",
                "left out 2 times: an activity of a deal or lead that was not taken in",
                "left out once: an activity that Pipedrive marks as deleted",
                "file.json: values that are not used: is_archived (1), stage_id (2)",
            ]
        );
        assert_eq!(lead(&intake, "deal-6").stage, Some(Stage::Customer));
        // They were called, whichever deal it was about: caps count it.
        assert_eq!(lead(&intake, "deal-7").signals[0].kind, SignalKind::Call);
    }

    #[test]
    fn a_record_that_is_deleted_in_one_file_is_left_out_whichever_comes_first() {
        let open = |more: &str| format!(r#"{{"id": 1, "title": "x", "status": "open"{more}}}"#);
        let deleted = |more: &str| format!(r#"{{"id": 1, "title": "x", "status": "deleted"{more}}}"#);
        let (older, newer) =
            (r#", "update_time": "2026-11-01 10:00:00""#, r#", "update_time": "2026-11-02T10:00:00Z""#);
        for (one, other, kept) in [
            (open(""), deleted(""), false),
            (open(older), deleted(newer), false),
            (open(newer), deleted(older), true),
            (open(newer), deleted(""), false),
        ] {
            for files in [[one.as_str(), other.as_str()], [other.as_str(), one.as_str()]] {
                assert_eq!(ids(&run(ImportKind::Pipedrive, &files)) == ["deal-1"], kept, "{files:?}");
            }
        }
        // Version 1 says of an open deal that was deleted that it is not active; of one that is won too.
        let won = r#"{"id": 2, "title": "y", "status": "won", "active": false}"#;
        let inactive = open(r#", "active": false"#);
        assert_eq!(ids(&run(ImportKind::Pipedrive, &[&inactive, won])), ["deal-2"]);
    }

    #[test]
    fn what_cannot_be_read_is_told_and_the_rest_is_kept() {
        let deal = r#"{"id": 1, "title": "x", "stage_id": 1, "status": "odd", "value": "veel"}
            {"id": 7, "marketing_status": "asleep", "name": "NULL", "postal_address": {"country": "Atlantis"}, "emails": ["a@x.example"]}
            {"id": 9, "sort": "of thing"}
            {"stream": "notes", "data": {"id": 1}}
            {"id": 2, "name": "Rep", "email": "rep@y.example", "is_admin": 0}"#;
        let intake = run(ImportKind::Pipedrive, &[deal]);
        let mut told = refused(&intake);
        told.sort();
        assert_eq!(
            told,
            [
                "line 1, file.json: deal 1: status: \"odd\" is not a status of a deal that is known; taken for open",
                "line 1, file.json: deal 1: value: \"veel\" is not a number; taken for not known",
                "line 2, file.json: person 7: marketing_status: \"asleep\" is not a marketing status that is known; taken for unsubscribed",
                "line 2, file.json: person 7: postal_address.country: \"Atlantis\" is not a country; taken for not known",
                "line 3, file.json: is neither a deal, a lead, an activity, a person nor an organisation",
                "line 4, file.json: the stream \"notes\" is not read",
                "line 5, file.json: is neither a deal, a lead, an activity, a person nor an organisation",
            ]
        );
        let person = &lead(&intake, "person-7").people[0];
        assert_eq!((person.name.as_deref(), person.do_not_email), (None, true));
        assert_eq!(person.channels, [Channel::Email]);
    }

    #[test]
    fn an_automatic_reply_is_a_kind_of_its_own() {
        let mail = |id: u32, subject: &str| {
            format!(
                r#"{{"id": {id}, "type": "email", "done": true, "due_date": "2026-11-10", "due_time": "09:00:00", "person_id": 4,
                   "subject": "{subject}", "user_id": 9}}"#
            )
        };
        let mails =
            [mail(1, "Our guide"), mail(2, "Automatisch antwoord: Our guide"), mail(3, "Re: Our guide")].join("\n");
        let intake = run(ImportKind::Pipedrive, &[&mails]);
        let kinds: Vec<_> =
            lead(&intake, "person-4").signals.iter().map(|each| (each.kind, each.direction.unwrap())).collect();
        assert_eq!(
            kinds,
            [
                (SignalKind::Email, Direction::Outbound),
                (SignalKind::AutoReply, Direction::Inbound),
                (SignalKind::Email, Direction::Outbound),
            ]
        );
    }
}

mod segment {
    use super::*;

    fn kinds(lead: &Lead) -> Vec<SignalKind> {
        lead.signals.iter().map(|signal| signal.kind).collect()
    }

    #[test]
    fn a_human_under_several_ids_is_one_lead_whatever_the_order_of_the_calls() {
        let calls = [
            r#"{"type": "page", "anonymousId": "a-1", "timestamp": "2026-11-28T09:00:00Z", "name": "Pricing"}"#,
            r#"{"type": "track", "anonymousId": "a-1", "event": "Demo Requested", "timestamp": "2026-11-28T09:05:00Z"}"#,
            r#"{"type": "identify", "anonymousId": "a-1", "userId": "u-0", "timestamp": "2026-11-28T09:06:00Z",
                "traits": {"email": "ada@x.example", "firstName": "Ada", "lastName": "NULL", "address": {"country": "Nederland"}}}"#,
            r#"{"type": "track", "anonymousId": "a-2", "event": "Newsletter Unsubscribed", "timestamp": "2026-11-28T10:00:00Z"}"#,
            r#"{"type": "identify", "anonymousId": "a-2", "userId": "u-1", "timestamp": "2026-11-29T09:06:00Z",
                "traits": {"address": {"country": "Atlantis"}, "company": {"name": "Zand BV", "employee_count": "12"}}}"#,
            r#"{"type": "alias", "previousId": "u-0", "userId": "u-1", "timestamp": "2026-11-29T09:07:00Z"}"#,
            r#"{"type": "alias", "previousId": "a-3", "userId": "u-1", "timestamp": "2026-11-29T09:07:00Z"}"#,
            r#"{"type": "track", "anonymousId": "a-3", "userId": "", "event": "Order Completed", "timestamp": "2026-11-29T09:08:00Z"}"#,
            r#"{"type": "group", "userId": "u-1", "groupId": "g-1", "timestamp": "2026-11-29T09:09:00Z",
                "traits": {"name": "Zand Groep", "industry": "sand"}}"#,
        ];
        let mut written = None;
        for turn in 0..calls.len() {
            let mut turned = calls.to_vec();
            turned.rotate_left(turn);
            let intake = run(ImportKind::Segment, &[&turned.join("\n")]);
            assert_eq!(ids(&intake), ["u-1"], "{turn}");
            let ada = lead(&intake, "u-1");
            assert_eq!(
                kinds(&ada),
                [SignalKind::PageVisit, SignalKind::Form, SignalKind::Unsubscribe, SignalKind::Order]
            );
            assert_eq!(ada.people[0].name.as_deref(), Some("Ada"));
            assert_eq!(ada.people[0].aliases, ["u-0", "a-1", "a-2", "a-3"]);
            assert_eq!(ada.country.as_deref(), Some("NL"), "what cannot be read replaces nothing");
            assert_eq!((ada.account.id.as_str(), ada.account.name.as_deref()), ("g-1", Some("Zand Groep")));
            assert_eq!(ada.account.employees, Some(12));
            assert_eq!(ada.created_at.unwrap().to_string(), "2026-11-28T09:00:00Z");
            assert_eq!(refused(&intake).len(), 1, "{:?}", refused(&intake));
            assert!(
                refused(&intake)[0].ends_with("address.country: \"Atlantis\" is not a country; taken for not known")
            );
            let text = write_json(&intake.book).unwrap();
            assert_eq!(*written.get_or_insert(text.clone()), text, "the order of the calls makes no difference");
        }
    }

    #[test]
    fn a_batch_is_its_calls() {
        let batch = r#"{"batch": [{"type": "track", "userId": "u-1", "event": "form_submitted", "timestamp": "2026-11-28T09:00:00Z"},
            {"type": "page", "userId": "u-1", "timestamp": "2026-11-28T09:01:00Z"}, 5], "sentAt": "2026-11-28T09:02:00Z"}"#;
        let intake = run(ImportKind::Segment, &[batch]);
        assert_eq!(kinds(&lead(&intake, "u-1")), [SignalKind::Form, SignalKind::PageVisit]);
        assert_eq!(refused(&intake), ["line 1, file.json: has neither userId nor anonymousId"]);
    }

    #[test]
    fn two_users_of_a_shared_device_stay_two_leads_and_an_unsubscribe_on_it_holds_for_both() {
        let calls = r#"{"type": "identify", "anonymousId": "a-1", "userId": "u-1", "timestamp": "2026-11-28T09:00:00Z"}
            {"type": "identify", "anonymousId": "a-1", "userId": "u-2", "timestamp": "2026-11-28T10:00:00Z"}
            {"type": "track", "anonymousId": "a-1", "event": "Unsubscribed", "timestamp": "2026-11-28T11:00:00Z"}
            {"type": "track", "anonymousId": "a-1", "event": "Form Submitted", "timestamp": "2026-11-28T11:00:00Z"}"#;
        let intake = run(ImportKind::Segment, &[calls]);
        assert_eq!(ids(&intake), ["u-1", "u-2", "a-1"]);
        assert_eq!(kinds(&lead(&intake, "u-1")), [SignalKind::Unsubscribe]);
        assert_eq!(kinds(&lead(&intake, "u-2")), [SignalKind::Unsubscribe]);
        assert_eq!(kinds(&lead(&intake, "a-1")), [SignalKind::Unsubscribe, SignalKind::Form]);
        assert!(lead(&intake, "u-1").people[0].aliases.is_empty());
        assert_eq!(
            noted(&intake),
            ["a-1 is a device of several users (u-1, u-2); what was done on it anonymously stays a lead of its own"]
        );
    }

    #[test]
    fn an_opt_out_holds_also_without_a_readable_time_or_after_the_moment_asked_for() {
        let calls = r#"{"type": "track", "anonymousId": "a-1", "event": "Tour", "timestamp": "2026-11-28T09:00:00Z"}
            {"type": "track", "anonymousId": "a-1", "event": "Unsubscribed", "timestamp": "yesterday"}
            {"type": "identify", "userId": "u-1", "anonymousId": "a-1", "timestamp": "2026-11-28T09:00:00Z"}
            {"type": "track", "userId": "u-2", "event": "Tour", "timestamp": "2026-11-28T09:00:00Z"}
            {"type": "track", "userId": "u-2", "event": "Do Not Call", "timestamp": "2026-12-28T09:00:00Z"}"#;
        let until = Some(Instant::parse("2026-12-01T09:00:00Z").unwrap());
        let options = ImportOptions { until, ..ImportOptions::default() };
        let intake = import(ImportKind::Segment, &[("file.json", calls.as_bytes())], &options);
        let flags = |id: &str| {
            let person = &lead(&intake, id).people[0];
            (person.do_not_email, person.do_not_call)
        };
        assert_eq!((flags("u-1"), flags("u-2")), ((true, false), (false, true)));
    }

    #[test]
    fn opt_outs_are_found_in_events_and_traits() {
        let calls = r#"{"type": "track", "userId": "u-1", "event": "SMS Unsubscribed", "timestamp": "2026-11-28T09:00:00Z"}
            {"type": "identify", "userId": "u-1", "timestamp": "2026-11-28T10:00:00Z", "traits": {"emailOptOut": "perhaps", "optedOut": false}}
            {"type": "track", "userId": "u-2", "event": "Do Not Contact", "timestamp": "2026-11-28T11:00:00Z"}"#;
        let intake = run(ImportKind::Segment, &[calls]);
        let stops: Vec<_> = lead(&intake, "u-1").signals.iter().map(|signal| (signal.kind, signal.channel)).collect();
        assert_eq!(stops, [(SignalKind::Unsubscribe, Some(Channel::Chat)), (SignalKind::Unsubscribe, None)]);
        assert!(lead(&intake, "u-2").people[0].objected);
    }
}

mod mautic {
    use super::*;

    fn contact(more: &str) -> Intake {
        run(
            ImportKind::Mautic,
            &[&format!(r#"{{"contacts": {{"1": {{"id": 1, "dateAdded": "2026-07-21T12:27:12+00:00", {more}}}}}}}"#)],
        )
    }

    #[test]
    fn a_stop_stops_its_own_channel_and_an_unknown_one_all() {
        let stop = |channel: &str| {
            let intake = contact(&format!(r#""doNotContact": [{{"reason": 1, "channel": "{channel}"}}]"#));
            let lead = lead(&intake, "1");
            let person = &lead.people[0];
            let stopped =
                lead.signals.iter().find(|signal| signal.kind == SignalKind::Unsubscribe).map(|signal| signal.channel);
            (person.do_not_email, person.do_not_call, person.objected, stopped.flatten())
        };
        assert_eq!(stop("email"), (true, false, false, None));
        assert_eq!(stop("sms"), (false, false, false, Some(Channel::Chat)));
        assert_eq!(stop("SMS"), (false, false, false, Some(Channel::Chat)));
        assert_eq!(stop("phone"), (false, true, false, None));
        assert_eq!(stop("pigeon"), (false, false, true, None));
    }

    #[test]
    fn fields_in_groups_and_words_for_empty_cells_are_read() {
        let intake = contact(
            r#""fields": {"core": {"firstname": {"value": "Ada"}, "lastname": {"value": "Null"}, "email": {"value": "NULL"}, "company": {"value": "(null)"}},
                "social": {"linkedin": {"value": "https://x.example"}}, "all": {"country": "the netherlands", "timezone": "US/Eastern"}}"#,
        );
        let lead = lead(&intake, "1");
        assert_eq!((lead.country.as_deref(), lead.zone.as_deref()), (Some("NL"), Some("US/Eastern")));
        assert_eq!((lead.name.as_deref(), lead.account.name.as_deref()), (Some("Ada Null"), None));
        assert_eq!(lead.people[0].channels, [Channel::Social]);
    }

    #[test]
    fn a_country_or_zone_that_is_none_is_told_and_the_rest_kept() {
        let intake =
            contact(r#""fields": {"all": {"firstname": "Ada", "country": "Atlantis", "timezone": "Europe/Praha"}}"#);
        assert_eq!(lead(&intake, "1").people[0].name.as_deref(), Some("Ada"));
        let told = refused(&intake);
        assert_eq!(
            told[0],
            "line 1, file.json: contact 1: contacts.1.fields.all.country: \"Atlantis\" is not a country; taken for not known"
        );
        assert!(
            told[1].starts_with(
                "line 1, file.json: contact 1: contacts.1.fields.all.timezone: \"Europe/Praha\" is not a time zone"
            ),
            "{told:?}"
        );
    }
}

/// No value of a record is dropped or changed in silence: it is in the leads, or in the list of what is told.
mod told {
    use super::*;

    const PIPEDRIVE: &str = r#"
        {"id": "11", "title": "t", "stage_id": 1, "status": "open", "value": 5, "currency": "EUR", "add_time": "2026-11-01 08:27:53",
         "user_id": {"id": 9, "name": "n", "value": "w"}, "person_id": {"name": "p", "email": [{"label": "l", "value": "a@x.example"}], "value": "4"},
         "org_id": {"name": "o", "value": "3"}, "person_name": "q", "label": "x", "won_time": "2026-11-02 08:27:53"}
        {"id": "1", "type": "call", "done": true, "due_date": "2026-11-10", "due_time": "09:00", "subject": "s", "deal_id": "11", "deal_title": "d",
         "person_id": "4", "person_name": "m", "org_id": "3", "org_name": "o2", "user_id": "8", "note": "c",
         "participants": [{"person_id": "6", "primary_flag": true}], "add_time": "2026-11-09 15:02:04"}
        {"success": true, "data": [{"id": "u", "title": "i", "owner_id": "7", "person_id": "5", "organization_id": "2", "was_seen": false,
          "value": {"amount": 9, "currency": "EUR"}, "source_name": "z", "add_time": "2026-11-01T08:27:53Z"}], "additional_data": {"start": "0"}}
        {"stream": "persons", "data": {"id": "4", "name": "y", "marketing_status": "subscribed", "phone": [{"value": "12"}], "job_title": "j",
          "postal_address": {"country": "NL", "value": "v"}, "org_id": "3", "add_time": "2026-11-01 08:27:53"}}
        {"stream": "persons", "data": {"id": "40", "first_name": "f", "last_name": "k", "owner_id": "70"}}
        {"stream": "organizations", "data": {"id": "3", "name": "g", "industry": "b", "employee_count": 4, "address": {"country": "NL"}}}
        {"stream": "notes", "data": {"id": "1", "content": "h"}}
        {"id": "9", "sort": "e"}"#;
    const SEGMENT: &str = r#"
        {"type": "identify", "messageId": "m", "userId": "u", "anonymousId": "a", "timestamp": "2026-11-18T09:00:00Z", "traits": {"firstName": "f",
         "lastName": "l", "email": "e", "phone": "p", "title": "t", "address": {"country": "NL", "city": "c"}, "company": {"name": "n"}, "plan": "x"},
         "context": {"timezone": "Europe/Stockholm", "ip": "i", "groupId": "g"}}
        {"type": "identify", "userId": "u", "timestamp": "2026-11-19T09:00:00Z", "traits": {"name": "o", "title": "r", "unsubscribed": "no"}}
        {"type": "track", "userId": "u", "event": "Guide Downloaded", "properties": {"title": "b", "price": 4}, "timestamp": "2026-11-18T09:01:00Z"}
        {"type": "page", "anonymousId": "d", "name": "h", "properties": {"path": "j"}, "timestamp": "2026-11-18T09:02:00Z"}
        {"type": "group", "userId": "u", "groupId": "g", "traits": {"name": "k", "industry": "q", "employees": 5}, "timestamp": "2026-11-18T09:03:00Z"}
        {"type": "alias", "userId": "u", "previousId": "v", "timestamp": "2026-11-18T09:02:00Z"}
        {"type": "delete", "userId": "u", "timestamp": "2026-11-18T09:02:00Z"}"#;
    const MAUTIC: &str = r#"{"total": "1", "contacts": {"1": {"id": "1", "dateAdded": "2026-07-21T12:27:12+00:00", "lastActive": "2026-07-22T12:27:12Z",
         "points": 4, "color": "c", "owner": {"id": "5", "username": "u"}, "tags": [{"tag": "t"}], "doNotContact": [{"id": "9", "reason": 1, "comments": "s", "channel": "sms"}],
         "fields": {"core": {"firstname": {"id": "2", "value": "other"}}, "all": {"firstname": "f", "lastname": "l", "position": "p", "mobile": "3",
         "email": "e", "company": "n", "country": "NL", "timezone": "US/Eastern", "city": "y"}}}}}"#;

    /// The values of a tree, each with the way to it.
    fn leaves(value: &Value, path: &str, found: &mut Vec<String>) {
        match value {
            Value::Array(each) => {
                each.iter().enumerate().for_each(|(nth, one)| leaves(one, &format!("{path}/{nth}"), found))
            }
            Value::Object(each) => each.iter().for_each(|(name, one)| leaves(one, &format!("{path}/{name}"), found)),
            Value::Null => {}
            _ => found.push(path.to_owned()),
        }
    }

    fn records(text: &str) -> Vec<Value> {
        serde_json::Deserializer::from_str(text).into_iter().map(Result::unwrap).collect()
    }

    /// What is in the leads or told, of records one a line.
    fn all_that_is_known(kind: ImportKind, records: &[Value]) -> String {
        let text: Vec<String> = records.iter().map(ToString::to_string).collect();
        let (intake, told) =
            import_and_tell(kind, &[("file.json", text.join("\n").as_bytes())], &ImportOptions::default());
        let told: Vec<String> = told.iter().map(|told| format!("{} {}", told.text, told.reason.english())).collect();
        format!("{}\n{}", write_json(&intake.book).unwrap(), told.join("\n"))
    }

    #[test]
    fn every_value_is_in_the_leads_or_told_when_it_is_one_that_nobody_expects() {
        for (kind, text) in
            [(ImportKind::Pipedrive, PIPEDRIVE), (ImportKind::Segment, SEGMENT), (ImportKind::Mautic, MAUTIC)]
        {
            let whole = records(text);
            let places: Vec<(usize, String)> = (0..whole.len())
                .flat_map(|nth| {
                    let mut found = Vec::new();
                    leaves(&whole[nth], "", &mut found);
                    found.into_iter().map(move |path| (nth, path))
                })
                .collect();
            // One value at a time, as a text and as a number.
            for (number, (nth, path)) in places.iter().enumerate() {
                for token in [Value::from(format!("token{number}end")), Value::from(7_000_000 + number)] {
                    let mut changed = whole.clone();
                    *changed[*nth].pointer_mut(path).unwrap() = token.clone();
                    let known = all_that_is_known(kind, &changed);
                    let wanted = token.as_str().map_or_else(|| token.to_string(), str::to_owned);
                    assert!(known.contains(&wanted), "{}: {path} of record {nth} as {token}:\n{known}", kind.word());
                }
            }
            // All texts at once that say neither when nor what the record is.
            let mut changed = whole.clone();
            let free: Vec<_> = places
                .iter()
                .enumerate()
                .filter(|(_, (nth, path))| {
                    let text = whole[*nth].pointer(path).unwrap().as_str();
                    let structural =
                        ["type", "stream", "status", "event", "channel", "marketing_status", "country", "timezone"];
                    text.is_some_and(|text| !text.starts_with("2026-") && !text.contains(':'))
                        && !structural.iter().any(|name| path.ends_with(&format!("/{name}")))
                })
                .collect();
            for (number, (nth, path)) in &free {
                *changed[*nth].pointer_mut(path).unwrap() = Value::from(format!("token{number}end"));
            }
            let known = all_that_is_known(kind, &changed);
            for (number, (nth, path)) in &free {
                assert!(
                    known.contains(&format!("token{number}end")),
                    "{}: {path} of record {nth}:\n{known}",
                    kind.word()
                );
            }
        }
    }
}
