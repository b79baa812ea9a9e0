#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

use super::*;
use crate::book::ingest::{LeadFormat, read_book};

const TEAM: &str =
    r#"{"reps":[{"id":"kim","zone":"Europe/Amsterdam"}],"content":[{"id":"guide"}],"leads":[{"id":"x"}]}"#;

fn team() -> Team {
    read_book(&LeadFormat::Json, TEAM.as_bytes()).book.team()
}

/// Path and reason of each refusal, after the id of the lead.
fn told(refused: Vec<Refusal>) -> Vec<String> {
    refused.into_iter().map(|one| format!("{:?} {}: {}", one.lead, one.path, one.reason.english())).collect()
}

#[test]
fn each_record_is_told_its_place_or_why_not() {
    let mut loader = RecordLoader::new(team());
    let results: Vec<Result<usize, Vec<String>>> = [
        r#"{"id":"a"}"#,
        r#"{"id":"b","stage":"nowhere","value":-1}"#,
        r#"{"id":"a"}"#,
        r#" {"id":"caf\u00e9"} "#,
        r#"{"id":"c","#,
        r#"{"id":"d","value":-1,"churn":7}"#,
        r#"{"id":"e"} {"id":"f"}"#,
        "",
        r#"{"id":"g"}"#,
    ]
    .iter()
    .map(|json| loader.push_lead(json.as_bytes()).map_err(told))
    .collect();
    let places: Vec<Option<usize>> = results.iter().map(|result| result.as_ref().ok().copied()).collect();
    assert_eq!(places, [Some(0), None, None, Some(1), None, None, None, None, Some(2)]);
    let problems = |nth: usize| results.get(nth).cloned().unwrap().unwrap_err().join("; ");
    assert!(problems(1).starts_with("Some(\"b\") stage: "), "{}", problems(1));
    assert_eq!(
        problems(2),
        "Some(\"a\") id: an earlier lead has this id; the first is kept, with what people refuse in either"
    );
    assert!(problems(4).starts_with("Some(\"c\") : "), "{}", problems(4));
    assert!(problems(5).contains("Some(\"d\") value: ") && problems(5).contains("Some(\"d\") churn: "));
    assert!(problems(6).contains("not valid JSON"), "{}", problems(6));
    assert!(problems(7).starts_with("None : "), "{}", problems(7));
    let intake = loader.finish();
    assert_eq!((intake.accepted, intake.set_aside, intake.refused.len()), (3, 6, 0));
    assert_eq!(intake.book.ids().collect::<Vec<_>>(), ["a", "café", "g"]);
    assert_eq!(intake.book.reps().len(), 1);
    assert!(intake.book.content("guide").is_some());
}

#[test]
fn the_book_is_that_of_a_file_of_the_same_records() {
    let leads = [
        r#"{"id":"a","account":{"id":"acme","country":"nl"},"owner":"kim","people":[{"id":"p"}]}"#,
        r#"{"id":"b","account":{"id":"acme"},"owner":"lou","value":12.5,"signals":[{"at":"2026-11-20T10:00:00Z","kind":"form"}]}"#,
        r#"{"id":"c","account":{"name":"Nobody"},"name":"\u0063"}"#,
    ];
    let file =
        format!("{{\"reps\":[{{\"id\":\"kim\",\"zone\":\"Europe/Amsterdam\"}}],\"leads\":[{}]}}", leads.join(","));
    let of_file = read_book(&LeadFormat::Json, file.as_bytes());
    let mut loader = RecordLoader::new(of_file.book.team());
    for lead in leads {
        loader.push_lead(lead.as_bytes()).unwrap();
    }
    let intake = loader.finish();
    assert_eq!(intake.book.leads(), of_file.book.leads());
    assert_eq!(intake.noted, of_file.noted);
    assert!(!intake.noted.is_empty());
}

#[test]
fn an_account_beside_the_record_is_that_of_the_lead() {
    let mut loader = RecordLoader::default();
    // With the fast reader, with the checking reader (an escape), without and with the same account in the record.
    for (json, fits) in [
        (r#"{"id":"a"}"#, true),
        (r#"{"id":"b","name":"\u0062"}"#, true),
        (r#"{"id":"c","account":{"id":"acme","country":"NL"}}"#, true),
        (r#"{"id":"d","name":"\u0062","account":{"id":"acme","name":"Acme"}}"#, true),
        (r#"{"id":"e","account":{"name":"Acme"}}"#, true),
        (r#"{"id":"f","account":{"id":"f"}}"#, false),
        (r#"{"id":"g","name":"\u0062","account":{"id":"other"}}"#, false),
    ] {
        let pushed = loader.push_lead_of("acme", json.as_bytes()).map_err(told);
        assert_eq!(pushed.is_ok(), fits, "{json}: {pushed:?}");
        if let Err(told) = pushed {
            assert!(told.join("").contains("account.id: is \""), "{told:?}");
        }
    }
    for (account, problem) in [("", "is an empty text"), (" ", "is an empty text"), (&"x".repeat(1 << 20), "bytes")] {
        let refused = loader.push_lead_of(account, br#"{"id":"h"}"#).map_err(told).unwrap_err().join("");
        assert!(refused.starts_with("Some(\"h\") account.id: ") && refused.contains(problem), "{refused}");
    }
    let book = loader.finish().book;
    assert_eq!(book.len(), 5);
    assert!(book.leads().iter().all(|lead| lead.account.id == "acme"));
    assert_eq!(book.lead(2).unwrap().account.country.as_deref(), Some("NL"));
    assert_eq!(book.siblings(0).len(), 5);
}

#[test]
fn books_share_their_team() {
    let team = team();
    let book = |id: &str| {
        let mut loader = RecordLoader::new(team.clone());
        loader.push_lead(format!("{{\"id\":\"{id}\",\"owner\":\"kim\"}}").as_bytes()).unwrap();
        loader.finish().book
    };
    let (one, other) = (book("a"), book("b"));
    assert!(std::ptr::eq(one.reps(), other.reps()) && std::ptr::eq(one.contents(), team.contents()));
}
