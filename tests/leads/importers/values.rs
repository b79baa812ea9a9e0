//! Numbers, times and rows that a mapping reads: what they say, or refused.

use cadans::book::ingest::write::write_json;

use super::*;

#[test]
fn a_number_in_another_notation_is_refused_with_row_and_cell() {
    let mapping = r#"{"separator": ";", "decimal_comma": true, "leads": {"lead": {"id": "Nr", "value": "Omzet"},
        "account": {"employees": "Mensen"}, "fields": {"budget": {"column": "Budget", "as": "number"}}}}"#;
    let one = |value: &str, people: &str, budget: &str| {
        mapped(mapping, format!("Nr;Omzet;Mensen;Budget\nL;{value};{people};{budget}\n").as_bytes())
    };
    let read = one("12.500,50", "1.200", "1.234.567,89");
    let lead = lead(&read, "L");
    assert_eq!((lead.value, lead.account.employees), (Some(12_500.5), Some(1_200)));
    assert_eq!(read.refused, []);
    for wrong in ["1234.56", "1,234.56", "1.5", "12.50.00", ".5", "9.99", "0.500"] {
        for (intake, path) in [(one(wrong, "1", "1"), "value"), (one("1", "1", wrong), "fields.budget")] {
            assert_one_message(&intake, &["line 2", path, wrong, "1.234,5"]);
        }
    }
    let mapping = r#"{"leads": {"lead": {"id": "Nr", "value": "Omzet"}}}"#;
    let plain = |value: &str| mapped(mapping, format!("Nr,Omzet\nL,\"{value}\"\n").as_bytes());
    assert_eq!(super::lead(&plain("1,234.56"), "L").value, Some(1_234.56));
    for wrong in ["1,5", "1,234", "12.500,50", "12,50.0"] {
        assert_one_message(&plain(wrong), &["line 2", "value", wrong]);
    }
}

#[test]
fn a_zone_behind_the_time_counts_or_is_refused() {
    let mapping = r#"{"times": {"format": "%Y-%m-%d %H:%M:%S %Z", "zone": "Europe/Amsterdam"},
        "leads": {"lead": {"id": "id", "created_at": "created"}}}"#;
    let created = |zone: &str| mapped(mapping, format!("id,created\nL,2026-11-20 10:00:00 {zone}\n").as_bytes());
    for (zone, moment) in [
        ("CET", "T09:00:00Z"),
        ("UTC", "T10:00:00Z"),
        ("PST", "T18:00:00Z"),
        ("America/New_York", "T15:00:00Z"),
        ("+05:30", "T04:30:00Z"),
    ] {
        let at = lead(&created(zone), "L").created_at.unwrap().to_string();
        assert_eq!(at, format!("2026-11-20{moment}"), "{zone}");
    }
    assert_one_message(&created("zomaar"), &["line 2", "created_at", "zomaar", "%z", "times.zone"]);
}

#[test]
fn rows_of_one_lead_fill_each_other_in_and_contradictions_are_told() {
    let mapping = r#"{"leads": {"one_lead_per": "id", "lead": {"id": "lead", "owner": "owner", "value": "value", "stage": "stage"},
        "account": {"name": "company", "industry": "branch"},
        "person": {"id": "contact", "name": "name", "do_not_email": "dne"}, "channels": {"email": "email"},
        "fields": {"budget": {"column": "budget", "as": "number"}}}}"#;
    let rows = b"lead,company,branch,owner,value,stage,contact,name,email,dne,budget\n\
        L-1,Alfa,,,,,c1,Ada,ada@x.example,false,\n\
        L-1,Alfa,ICT,kim,12000,consideration,c2,Bo,bo@x.example,true,5000\n\
        L-2,Beta,,kim,100,interest,c3,Cy,,false,1\n\
        L-2,Beta BV,,lea,100,customer,c4,Di,,false,2\n\
        L-3,Gamma,,kim,5,interest,c5,Ed,,false,\n\
        L-3,Gamma,,kim,5,interest,c5,,ed@x.example,true,\n\
        L-4,Delta,,kim,5,interest,c6,Flo,,false,\n\
        L-4,Delta,,kim,5,interest,c6,Gus,,true,\n";
    let intake = mapped(mapping, rows);
    let first = lead(&intake, "L-1");
    assert_eq!((first.owner.as_deref(), first.value), (Some("kim"), Some(12_000.0)));
    assert_eq!(
        (first.stage.map(|stage| stage.word()), first.account.industry.as_deref()),
        (Some("consideration"), Some("ICT"))
    );
    assert_eq!((first.fields.len(), first.people.len()), (1, 2));
    let third = lead(&intake, "L-3").people;
    assert_eq!((third.len(), third[0].do_not_email, third[0].channels.len()), (1, true, 1));
    let told = refused(&intake);
    for (path, row) in
        [("owner", "\"lea\""), ("stage", "\"customer\""), ("account.name", "\"Beta BV\""), ("fields.budget", "2")]
    {
        assert!(told.iter().any(|told| says(told, &["line 5, lead L-2", path, row])), "{path}: {told:?}");
    }
    assert!(told.iter().any(|told| says(told, &["L-4", "people[1].id"])), "somebody else with the same id: {told:?}");
    assert_eq!(lead(&intake, "L-2").owner.as_deref(), Some("kim"));
}

#[test]
fn a_text_of_a_last_activity_can_be_a_bounce() {
    let mapping = r#"{"times": {"zone": "Europe/Amsterdam", "format": "%Y-%m-%d"}, "leads": {"lead": {"id": "id"},
        "signals": [{"at": "when", "kind": {"column": "Last Activity", "otherwise": "unknown",
            "values": {"Email Bounced": "bounce", "Email Opened": "open"}}}]}}"#;
    let rows = b"id,when,Last Activity\nL-1,2026-11-20,Email Bounced\nL-2,2026-11-20,SMS Sent\nL-3,2026-11-20,\n";
    let intake = mapped(mapping, rows);
    let kinds: Vec<_> = intake
        .book
        .leads()
        .iter()
        .map(|lead| lead.signals.iter().map(|each| each.kind.word()).collect::<Vec<_>>())
        .collect();
    assert_eq!(kinds, [vec!["bounce"], vec![], vec![]]);
    assert!(noted(&intake).contains(&"left out 2 times: a signal of a kind that is not known".to_owned()));
}

#[test]
fn what_only_a_further_row_of_a_lead_says_is_kept() {
    let mapping = r#"{"leads": {"one_lead_per": "id", "lead": {"id": "id", "stage_by": "by", "spam": "spam"},
        "person": {"id": "who", "human": "human", "internal": "ours", "left_at": "left"}}}"#;
    let rows = "id,by,spam,who,human,ours,left\nL-1,,,p1,,,\nL-1,rep,yes,p1,h1,yes,2026-11-01T09:00:00Z\n";
    let intake = mapped(mapping, rows.as_bytes());
    assert_eq!(refused(&intake), Vec::<String>::new());
    let written: serde_json::Value = serde_json::from_str(&write_json(&intake.book).unwrap()).unwrap();
    let lead = &written["leads"][0];
    assert_eq!((&lead["stage_by"], &lead["spam"]), (&"rep".into(), &true.into()));
    let person = serde_json::json!({"id": "p1", "human": "h1", "internal": true, "left_at": "2026-11-01T09:00:00Z"});
    assert_eq!(lead["people"], serde_json::json!([person]));
}
