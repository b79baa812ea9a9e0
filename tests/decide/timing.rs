//! Timing: opening hours, promised ends, caps, pauses, time zones of people and working hours of reps.

use cadans_testing::scenario::{NOW, anna, ask, at, blocks, book, lead, person, rulebook, told, touch};
use serde_json::json;

use cadans::decide::advice::Verdict;
use cadans::wording::Language;

const OFFICE: &str = r#"reachable phone "Mo-Fr 09:00-12:30,13:30-17:30; PH off";"#;

#[test]
fn the_promised_window_lies_within_reachable_hours_or_is_late() {
    let rule = r#"rule "Call" when true then phone.within(4.hours);"#;
    let asked_at_once = |now: &str| told(&ask(&[rule, OFFICE], lead(json!({ "created_at": now })), now));
    assert_eq!(asked_at_once("2026-11-18T11:12:00+01:00"), "phone anna 11-18 11:12..11-18 12:30");
    assert_eq!(asked_at_once("2026-11-18T12:40:00+01:00"), "phone anna 11-18 13:30..11-18 16:40");
    assert_eq!(asked_at_once("2026-11-20T18:00:00+01:00"), "phone anna 11-23 09:00..11-23 12:30 late");
}

#[test]
fn hours_count_in_the_time_zone_of_the_person() {
    let rule = r#"rule "Call" when true then phone;"#;
    let elsewhere = lead(json!({ "people": [anna(json!({ "country": "US", "zone": "America/New_York" }))] }));
    assert_eq!(told(&ask(&[rule, OFFICE], elsewhere, NOW)), "phone anna 11-18 09:00..11-18 12:30");
    // When only the country is known, a moment must be open in all its time zones at once.
    let somewhere = json!({ "id": "L1", "people": [anna(json!({ "country": "US" }))] });
    let advice =
        ask(&[r#"rule "Call" when true then phone;"#, r#"reachable phone "Mo-Fr 08:00-21:00";"#], somewhere, NOW);
    let window = advice.touch.unwrap().window.unwrap();
    // Eight in the morning in Honolulu (or on the Aleutians) is 18:00Z; nine in the evening in New York 02:00Z.
    assert_eq!((window.from, window.until), (at("2026-11-18T18:00:00Z"), at("2026-11-19T02:00:00Z")));
}

#[test]
fn the_review_is_told_in_the_local_time_of_the_person_or_the_lead() {
    let rule = r#"rule "Call" when lead.since("form") < 2.hours then phone;"#;
    let form = json!([{ "at": "2026-12-02T16:00:00Z", "kind": "form", "person": "anna" }]);
    let review = |people: serde_json::Value, country: Option<&str>| {
        let mut lead = json!({ "id": "L1", "people": people, "signals": form });
        if let Some(country) = country {
            lead["country"] = json!(country);
        }
        let advice = ask(&[rule], lead, "2026-12-02T17:00:00Z");
        (advice.review_at.map(|at| at.to_string()), advice.review_at_local, advice.review_zone)
    };
    let told = |local: &str, zone: &str| (Some(local.to_owned()), Some(zone.to_owned()));
    // British Columbia keeps -07:00 in winter since 2026.
    let (at, local, zone) = review(json!([anna(json!({ "zone": "America/Vancouver" }))]), Some("NL"));
    assert_eq!((local, zone), told("2026-12-02T11:00:00-07:00", "America/Vancouver"));
    assert_eq!(at.as_deref(), Some("2026-12-02T18:00:00Z"));
    // Nobody to call: the zone of the lead's country, or that of a person.
    let (_, local, zone) = review(json!([{ "id": "anna" }]), Some("NL"));
    assert_eq!((local, zone), told("2026-12-02T19:00:00+01:00", "Europe/Amsterdam"));
    let (_, local, zone) = review(json!([{ "id": "anna", "zone": "Asia/Kathmandu" }]), None);
    assert_eq!((local, zone), told("2026-12-02T23:45:00+05:45", "Asia/Kathmandu"));
    let (at, local, zone) = review(json!([{ "id": "anna" }]), None);
    assert!(at.is_some() && local.is_none() && zone.is_none());
}

#[test]
fn a_person_without_zone_and_country_is_held_with_a_note() {
    let nowhere = json!({ "id": "L1", "people": [anna(json!({}))] });
    let advice = ask(&[r#"rule "Call" when true then phone;"#], nowhere, NOW);
    assert_eq!(advice.verdict, Verdict::Hold);
    assert_eq!(blocks(&advice), ["policy zone-unknown anna"]);
    assert_eq!(advice.notes[0].code, "zone-unknown");
}

#[test]
fn where_no_moment_suits_all_zones_of_the_country_the_reason_says_what_is_missing() {
    let rule = r#"rule "Call" when true then phone;"#;
    let in_russia =
        |more: serde_json::Value| lead(json!({ "id": "RU", "zone": null, "country": "RU", "people": [anna(more)] }));
    let hours = r#"reachable phone "Mo-Fr 09:00-17:00; PH off";"#;
    for (packs, person) in [
        ([rule, hours], json!({})),
        ([rule, ""], json!({ "reachable": "Mo-Fr 09:00-17:00" })),
        ([rule, r#"reachable phone "Mo-Fr 09:00-10:00,16:00-17:00" when lead.open;"#], json!({})),
    ] {
        let advice = ask(&packs, in_russia(person.clone()), NOW);
        assert_eq!(blocks(&advice), ["policy zone-unknown anna"], "{packs:?} {person}");
        for part in
            ["The time zone of anna in Russia is not known", "no moment suits all zones", "a time zone on the record"]
        {
            assert!(advice.reason.contains(part), "{}", advice.reason);
        }
        assert_eq!(advice.notes.iter().map(|note| note.code).collect::<Vec<_>>(), ["zone-unknown"]);
        let mut known = person;
        known["zone"] = "Asia/Vladivostok".into();
        assert_eq!(ask(&packs, in_russia(known), NOW).verdict, Verdict::Touch);
    }
    // What no zone would allow has another reason.
    let never = ask(&[rule, r#"reachable phone "off";"#], in_russia(json!({})), NOW);
    assert_eq!(blocks(&never), ["policy reachable anna"]);
    let once = ask(&[rule, hours, "limit phone 0 per 7.days;"], in_russia(json!({})), NOW);
    assert_eq!(blocks(&once), ["policy reachable anna"]);
    let book = book(json!({ "leads": [in_russia(json!({}))] }));
    let dutch = cadans::decide::decide(&rulebook(&[rule, hours]), &book, at(NOW), Language::Dutch).remove(0);
    assert!(dutch.reason.starts_with("De tijdzone van anna in RU is niet bekend"), "{}", dutch.reason);
}

#[test]
fn a_window_that_is_narrower_for_want_of_a_zone_says_so() {
    let rule = r#"rule "Call" when true then phone;"#;
    let why = |country: &str, hours: &str| {
        let somewhere = json!({ "id": "L1", "people": [anna(json!({ "country": country }))] });
        let hours = format!("reachable phone \"{hours}\";");
        ask(&[rule, &hours], somewhere, NOW).touch.unwrap().window.unwrap().why
    };
    let says = "only hours that suit all time zones of";
    assert!(
        why("US", "Mo-Fr 08:00-21:00").contains(&format!("{says} United States")),
        "{}",
        why("US", "Mo-Fr 08:00-21:00")
    );
    assert!(why("ES", "Mo-Fr 08:00-09:00,09:30-20:00").contains(says));
    // Both zones of Germany show the same time, and the Netherlands have one.
    assert!(!why("DE", "Mo-Fr 09:00-17:00").contains(says));
    assert!(!why("NL", "Mo-Fr 09:00-17:00").contains(says));
    assert!(!why("US", "24/7").contains(says));
}

#[test]
fn hours_over_midnight_hold_when_the_utc_offset_changes() {
    let rule = r#"rule "Write" when true then email;"#;
    let night = r#"reachable email "Mo-Su 22:00-04:00";"#;
    // Start of summer time: 02:00 to 03:00 does not exist, so the window is five hours long.
    let advice = ask(&[rule, night], lead(json!({})), "2026-03-28T12:00:00+01:00");
    let window = advice.touch.unwrap().window.unwrap();
    assert_eq!(
        (window.local_from.as_str(), window.local_until.as_str()),
        ("2026-03-28T22:00:00+01:00", "2026-03-29T04:00:00+02:00")
    );
    assert_eq!((window.until - window.from).to_string(), "5 hours");
    // End of summer time: the window is seven hours long.
    let advice = ask(&[rule, night], lead(json!({})), "2026-10-24T12:00:00+02:00");
    let window = advice.touch.unwrap().window.unwrap();
    assert_eq!((window.until - window.from).to_string(), "7 hours");
    // Within a window over midnight, the rest of it is advised.
    let advice = ask(&[rule, night], lead(json!({})), "2026-11-18T23:30:00+01:00");
    assert_eq!(told(&advice), "email anna 11-18 23:30..11-19 04:00");
}

#[test]
fn public_holidays_are_closed() {
    let rule = r#"rule "Call" when true then phone;"#;
    let advice = ask(&[rule, OFFICE], lead(json!({})), "2026-12-24T18:00:00+01:00");
    // Christmas is on Friday and Saturday.
    assert_eq!(told(&advice), "phone anna 12-28 09:00..12-28 12:30");
}

#[test]
fn a_cap_counts_touches_of_all_reps_and_planned_touches() {
    let rules = [r#"rule "Call" when true then phone.again(0.days);"#, "limit phone 2 per 7.days;"];
    let first = touch("2026-11-16T10:00:00+01:00", "phone", json!({}));
    let by_hand = touch("2026-11-17T10:00:00+01:00", "phone", json!({ "rep": "piet" }));
    let advice = ask(&rules, lead(json!({ "signals": [first.clone(), by_hand] })), NOW);
    assert_eq!(told(&advice), "phone anna 11-23 10:00..11-24 00:00");
    assert!(advice.touch.unwrap().window.unwrap().why.contains("2 phone touches per 7 days"));
    let planned = json!([{ "at": "2026-11-20T10:00:00+01:00", "channel": "phone", "person": "anna" }]);
    let advice = ask(&rules, lead(json!({ "signals": [first.clone()], "planned": planned })), NOW);
    assert_eq!(told(&advice), "phone anna 11-23 10:00..11-24 00:00");
    // A touch without a name counts for every person; a touch to another person does not count.
    let nameless = touch("2026-11-17T10:00:00+01:00", "phone", json!({ "person": null }));
    let advice = ask(&rules, lead(json!({ "signals": [first.clone(), nameless] })), NOW);
    assert_eq!(told(&advice), "phone anna 11-23 10:00..11-24 00:00");
    let other = touch("2026-11-17T10:00:00+01:00", "phone", json!({ "person": "bob" }));
    let both = json!([anna(json!({})), person("bob", "user", json!({}))]);
    let rules = [r#"rule "Call" when true then phone.to("decider").again(0.days);"#, "limit phone 2 per 7.days;"];
    let advice = ask(&rules, lead(json!({ "signals": [first, other], "people": both })), NOW);
    assert_eq!(told(&advice), "phone anna 11-18 10:00..11-19 00:00");
}

#[test]
fn a_cap_that_ends_out_of_sight_or_after_the_hard_end_blocks_the_touch() {
    let rules =
        [r#"rule "Call" when true then phone.before("2026-11-20T10:00:00+01:00");"#, "limit phone 1 per 30.days;"];
    let touched = lead(json!({ "signals": [touch("2026-11-10T10:00:00+01:00", "phone", json!({}))] }));
    let advice = ask(&rules, touched, NOW);
    assert_eq!(blocks(&advice), ["policy limit anna"]);
    assert_eq!(advice.blocks[0].lifts_at, None, "after the hard end it is no use");
    let rules = [r#"rule "Call" when true then phone;"#, "limit phone 1 per 30.days;"];
    let touched = lead(json!({ "signals": [touch("2026-11-10T10:00:00+01:00", "phone", json!({}))] }));
    let advice = ask(&rules, touched, NOW);
    assert_eq!(advice.verdict, Verdict::Hold);
    assert_eq!(advice.blocks[0].lifts_at, Some(at("2026-12-10T10:00:00+01:00")));
}

#[test]
fn advices_for_two_leads_of_an_account_do_not_exceed_its_cap_together() {
    let rules = rulebook(&[r#"rule "Mail" when true then email;"#, r#"limit any 1 per 7.days across "account";"#]);
    let one = |id: &str, value: f64| {
        lead(json!({ "id": id, "account": { "id": "acme" }, "value": value,
            "people": [anna(json!({ "id": format!("{id}-anna") }))] }))
    };
    let book = book(json!({ "leads": [one("small", 10.0), one("large", 1000.0)] }));
    let advices = cadans::decide::decide(&rules, &book, at(NOW), Language::English);
    assert_eq!(told(&advices[1]), "email large-anna 11-18 10:00..11-19 00:00");
    assert_eq!(told(&advices[0]), "email small-anna 11-25 10:00..11-26 00:00", "a week after the other");
}

#[test]
fn a_cap_per_person_counts_a_human_in_two_leads_as_one() {
    let rules = rulebook(&[r#"rule "Mail" when true then email;"#, "limit email 1 per 7.days;"]);
    let one = |id: &str, person: serde_json::Value| {
        lead(json!({ "id": id, "account": { "id": "acme" }, "people": [person] }))
    };
    let book = book(json!({ "leads": [
        one("a", anna(json!({}))), one("b", anna(json!({ "id": "a.devries", "aliases": ["anna"] }))), one("c", anna(json!({ "id": "carl" }))),
    ] }));
    let days: Vec<String> =
        cadans::decide::decide(&rules, &book, at(NOW), Language::English).iter().map(told).collect();
    assert_eq!(
        days,
        [
            "email anna 11-18 10:00..11-19 00:00",
            "email a.devries 11-25 10:00..11-26 00:00",
            "email carl 11-18 10:00..11-19 00:00",
        ]
    );
}

#[test]
fn a_pause_counts_from_the_last_contact() {
    let rules = [
        r#"rule "Call" when true then phone;"#,
        r#"pause phone 2.days when person.last_outcome("phone") is "no_answer" because "They saw the missed call";"#,
    ];
    let missed =
        lead(json!({ "signals": [touch("2026-11-17T16:00:00+01:00", "phone", json!({ "outcome": "no_answer" }))] }));
    let advice = ask(&rules, missed, NOW);
    assert_eq!(told(&advice), "phone anna 11-19 16:00..11-20 00:00");
    assert!(advice.touch.unwrap().window.unwrap().why.contains("They saw the missed call"));
}

#[test]
fn every_touch_waits_for_the_working_hours_of_the_rep_save_what_a_system_sends() {
    let file = |rule: &str| {
        let book = book(json!({
            "leads": [lead(json!({ "owner": "sam" }))],
            "reps": [{ "id": "sam", "zone": "America/New_York", "country": "US", "hours": "Mo-Fr 09:00-17:00" }],
        }));
        told(&cadans::decide::decide(&rulebook(&[rule]), &book, at(NOW), Language::English)[0])
    };
    assert_eq!(file(r#"rule "Call" when true then phone;"#), "phone anna 11-18 15:00..11-18 23:00");
    assert_eq!(file(r#"rule "Mail" when true then email;"#), "email anna 11-18 15:00..11-18 23:00");
    assert_eq!(file(r#"rule "Message" when true then social;"#), "social anna 11-18 15:00..11-18 23:00");
    assert_eq!(file(r#"rule "Confirm" when true then email.automatic();"#), "email anna 11-18 10:00..11-19 00:00");
    assert_eq!(file(r#"rule "Article" when true then content;"#), "content anna 11-18 10:00..11-19 00:00");
}

#[test]
fn working_hours_count_only_working_time() {
    let by_clock = r#"rule "Answer" when true then email.within(4.hours);"#;
    let at_work = r#"rule "Answer" when true then email.within(4.working_hours);"#;
    let evening = "2026-11-20T16:30:00+01:00";
    let came_in = || lead(json!({ "created_at": evening }));
    let until = |rule: &str| ask(&[rule], came_in(), evening).touch.unwrap().window.unwrap().local_until;
    assert_eq!(until(by_clock), "2026-11-20T20:30:00+01:00");
    // One hour on Friday until 17:30 and three on Monday from nine; the slot ends at midnight.
    assert_eq!(until(at_work), "2026-11-21T00:00:00+01:00");
    let open = r#"reachable email "Mo 11:00-17:00";"#;
    let monday = ask(&[at_work, open], came_in(), evening).touch.unwrap().window.unwrap();
    assert_eq!(
        (monday.local_from.as_str(), monday.local_until.as_str()),
        ("2026-11-23T11:00:00+01:00", "2026-11-23T12:00:00+01:00")
    );
    assert!(!monday.late);
}

#[test]
fn the_best_hour_needs_five_answers() {
    let rules = [r#"rule "Call" when true then phone.at_best();"#, OFFICE];
    let calls = |count: i64| {
        let day = |nth: i64| format!("2026-10-{:02}T16:10:00+02:00", nth + 5);
        (0..count).map(|nth| touch(&day(nth), "phone", json!({ "outcome": "answered" }))).collect::<Vec<_>>()
    };
    let advice = ask(&rules, lead(json!({ "signals": calls(5) })), NOW);
    assert_eq!(told(&advice), "phone anna 11-18 16:00..11-18 17:00");
    let advice = ask(&rules, lead(json!({ "signals": calls(4) })), NOW);
    assert_eq!(told(&advice), "phone anna 11-18 10:00..11-18 12:30");
    assert!(advice.touch.unwrap().window.unwrap().why.contains("o evidence: the rule's own time"));
}

#[test]
fn the_review_is_no_later_than_the_end_of_the_window() {
    let advice = ask(&[r#"rule "Call" when true then phone;"#, OFFICE], lead(json!({})), NOW);
    assert_eq!(advice.review_at, Some(at("2026-11-18T12:30:00+01:00")));
}

#[test]
fn the_review_counts_facts_of_a_condition_that_were_not_evaluated() {
    let visit = json!({ "at": "2026-11-12T09:00:00+01:00", "kind": "visit" });
    let looked = |when: &str| {
        let rule = format!(r#"fact warm as truth; rule "Looked" when {when} then phone;"#);
        ask(&[&rule], lead(json!({ "stage": "lost", "signals": [visit] })), NOW).review_at
    };
    let leaves = Some(at("2026-11-19T09:00:00+01:00"));
    assert_eq!(looked("lead.visits(7.days) >= 1 and lead.stage is \"interest\""), leaves);
    assert_eq!(looked("lead.stage is \"interest\" and lead.visits(7.days) >= 1"), leaves);
    assert_eq!(looked("lead.stage is \"interest\" unless lead.visits(7.days) >= 1"), leaves);
    assert_eq!(looked("lead.warm and lead.visits(7.days) >= 1"), leaves, "not known, so it cannot be told");
}

#[test]
fn a_moment_of_their_own_is_followed_to_the_moment_at_which_a_comparison_turns() {
    let customer = |renewal: &str| lead(json!({ "stage": "customer", "fields": { "renewal": renewal } }));
    let near = "fact renewal as time;\nrule \"Near\" when lead.stage is \"customer\" and lead.renewal - now < 60.days and lead.renewal > now then phone;";
    let review = |renewal: &str, now: &str| {
        let advice = ask(&[near], customer(renewal), now);
        (advice.touch.is_some(), advice.review_at.map(|at| at.to_string()))
    };
    let (renewal, turns) = ("2026-12-20T00:00:00+01:00", "2026-10-20T23:00:00Z");
    assert_eq!(review(renewal, "2026-10-01T10:00:00+02:00"), (false, Some(turns.into())));
    assert_eq!(review(renewal, turns), (false, Some("2026-10-20T23:00:00.001Z".into())));
    assert!(review(renewal, "2026-10-20T23:00:00.001Z").0);
    // A date begins at midnight where the lead is.
    assert_eq!(review("2026-12-20", "2026-10-01T10:00:00+02:00"), (false, Some(turns.into())));
    assert_eq!(review("2026-12-20", "2026-12-19T23:00:00Z"), (false, None));
    // Days are counted anew at midnight there.
    let days = "fact renewal as time;\nrule \"Near\" when lead.stage is \"customer\" and lead.days_to(renewal) is 60 then phone;";
    let counted = ask(&[days], customer(renewal), "2026-10-20T10:00:00+02:00");
    assert_eq!((counted.touch.is_some(), counted.review_at), (false, Some(at("2026-10-20T22:00:00Z"))));
    assert!(ask(&[days], customer(renewal), "2026-10-21T10:00:00+02:00").touch.is_some());
}

#[test]
fn a_moment_that_a_clause_computes_is_asked_about_again_within_the_hour() {
    for when in ["moment(lead.renewal) - now < 60.days", "date(lead.renewal) > now", "[now].len() > 3"] {
        let rule = format!("fact renewal as text;\nrule \"Near\" when lead.stage is \"lost\" and {when} then phone;");
        let lead = lead(json!({ "stage": "customer", "fields": { "renewal": "2026-12-20" } }));
        assert_eq!(ask(&[&rule], lead, NOW).review_at, Some(at("2026-11-18T10:00:00Z")), "{when}");
    }
}

#[test]
fn what_is_no_moment_is_told_for_that_lead_and_stops_no_other_rule() {
    let rules = "fact renewal as time;\nrule \"Near\" when lead.renewal > now then phone;\nrule \"Other\" when lead.open then email;";
    let advice = ask(&[rules], lead(json!({ "fields": { "renewal": "in the autumn" } })), NOW);
    assert!(told(&advice).starts_with("email anna"));
    assert_eq!(advice.faults.len(), 1);
    assert_eq!(
        advice.faults[0].message,
        "renewal is declared as a time, and this lead has a text (\"in the autumn\") there"
    );
}

#[test]
fn a_missed_meeting_matters_until_they_were_spoken_to_ordered_or_a_month_went_by() {
    let rule = "rule \"Again\" when person.last_outcome(\"video\") is \"no_show\" then email;";
    let missed = json!({ "at": "2026-11-02T10:00:00+01:00", "kind": "meeting", "channel": "video", "direction": "outbound", "person": "anna", "outcome": "no_show" });
    let with = |more: serde_json::Value, now: &str| {
        let mut signals = vec![missed.clone()];
        signals.extend(more.as_array().unwrap().clone());
        ask(&[rule], lead(json!({ "signals": signals })), now)
    };
    let alone = with(json!([]), NOW);
    assert!(alone.touch.is_some());
    let over = "2026-12-02T10:00:00+01:00";
    assert!(with(json!([]), "2026-12-02T09:59:59.999+01:00").touch.is_some());
    assert!(with(json!([]), over).touch.is_none());
    // Nothing of the window is shorter than what is left of the month.
    let just_before = with(json!([]), "2026-12-02T09:59:59+01:00");
    assert_eq!(just_before.review_at, Some(at(over)));
    for ended in [
        json!({ "kind": "call", "channel": "phone", "direction": "outbound", "outcome": "answered" }),
        json!({ "kind": "call", "direction": "inbound" }),
        json!({ "kind": "meeting", "channel": "visit", "direction": "outbound", "outcome": "held" }),
        json!({ "kind": "call", "channel": "phone", "direction": "outbound", "outcome": "booked" }),
        json!({ "kind": "reply", "channel": "email" }),
        json!({ "kind": "order" }),
    ] {
        let mut signal = ended.clone();
        (signal["at"], signal["person"]) = (json!("2026-11-10T10:00:00+01:00"), json!("anna"));
        assert!(with(json!([signal]), NOW).touch.is_none(), "{ended}");
    }
    for attempt in [
        json!({ "kind": "call", "channel": "phone", "direction": "outbound", "outcome": "no_answer" }),
        json!({ "kind": "visit", "topic": "pricing" }),
        json!({ "kind": "message", "channel": "social", "direction": "outbound" }),
    ] {
        let mut signal = attempt.clone();
        (signal["at"], signal["person"]) = (json!("2026-11-10T10:00:00+01:00"), json!("anna"));
        assert!(with(json!([signal]), NOW).touch.is_some(), "{attempt}");
    }
}
