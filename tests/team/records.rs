//! The team file: what does not fit is told with its place, and the rest goes on.

use cadans_testing::scenario::book;
use serde_json::json;

use cadans::team::records::TeamIntake;
use cadans::wording::Language;

use crate::setting::lead;

fn refused(file: &str) -> Vec<String> {
    let book =
        book(json!({ "leads": [lead("L-1", json!({}))], "reps": [{ "id": "kim", "zone": "Europe/Amsterdam" }] }));
    let intake = TeamIntake::read(file.as_bytes(), &book).unwrap();
    intake.refused.iter().map(|one| one.told(Language::English)).collect()
}

#[test]
fn one_wrong_entry_leaves_its_neighbours() {
    let book = book(json!({ "leads": [lead("L-1", json!({}))] }));
    let file = r#"{"orders": [
        {"at": "2026-11-01T10:00:00Z", "lead": "L-1", "amount": 5},
        {"at": "2026-11-01T10:00:00", "lead": "L-1", "amount": 5},
        {"at": "2026-11-02T10:00:00Z", "lead": "L-1", "amount": 7}]}"#;
    let intake = TeamIntake::read(file.as_bytes(), &book).unwrap();
    assert_eq!(intake.file.orders.iter().map(|one| one.amount).collect::<Vec<_>>(), [5.0, 7.0]);
    assert_eq!(intake.refused[0].path, "orders[1]");
}

#[test]
fn what_is_not_there_is_told_with_what_was_probably_meant() {
    let order = |lead: &str, amount: &str| {
        format!(r#"{{"orders": [{{"at": "2026-11-01T10:00:00Z", "lead": "{lead}", "amount": {amount}}}]}}"#)
    };
    assert_eq!(refused(&order("L-2", "5")), ["orders[0]: no lead has the id \"L-2\"; did you mean L-1?"]);
    assert_eq!(refused(&order("L-1", "-5"))[0], "orders[0]: amount must be from 0 to 1e15");
    let unknown = refused(r#"{"order": []}"#);
    assert!(
        unknown[0].starts_with("order: a team file has no such list") && unknown[0].contains("orders"),
        "{unknown:?}"
    );
    assert_eq!(
        refused(r#"{"members": [{"rep": "kym"}]}"#),
        ["members[0]: no rep has the id \"kym\"; did you mean kim?"]
    );
    assert_eq!(
        refused(r#"{"members": [{"rep": "kim"}, {"rep": "kim"}]}"#),
        ["members[1]: \"kim\" stands here twice; the first one counts"]
    );
    assert!(refused(r#"{"members": [{"rep": "kim", "shaers": true}]}"#)[0].contains("shaers"));
    assert_eq!(refused(r#"{"orders": 5}"#), ["orders: must be a list"]);
}

#[test]
fn a_file_that_is_none_is_refused_as_a_whole() {
    let book = book(json!({ "leads": [] }));
    for text in ["[]", "5", "{", ""] {
        assert!(TeamIntake::read(text.as_bytes(), &book).is_err(), "{text}");
    }
}
