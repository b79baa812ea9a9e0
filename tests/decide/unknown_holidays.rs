//! Public holidays that are not known, and days that a team gives.

use cadans_testing::scenario::{anna, ask, at, book, lead, rulebook, told};
use serde_json::{Value, json};

use cadans::decide::advice::{Advice, Verdict};
use cadans::decide::{Decider, Decision, Watch, decide, decide_lead};
use cadans::language::{PackSource, Rulebook};
use cadans::pack::Overrides;
use cadans::wording::Language;

const CALL: &str = r#"rule "Call" when true then phone;"#;
const OFFICE: &str = r#"reachable phone "Mo-Fr 09:00-17:00; PH off";"#;
/// A Monday; the holidays of Sri Lanka are known until 2026.
const MONDAY: &str = "2027-01-11T08:00:00Z";

fn in_country(country: &str) -> Value {
    json!({ "id": "L1", "country": country, "people": [anna(json!({}))] })
}

/// The notes about holidays.
fn notes(advice: &Advice) -> Vec<&str> {
    advice.notes.iter().filter(|note| note.code == "holidays-unknown").map(|note| note.text.as_str()).collect()
}

#[test]
fn a_touch_where_holidays_are_not_known_has_a_note_that_names_the_country() {
    let advice = ask(&[CALL, OFFICE], in_country("LK"), MONDAY);
    let [note] = notes(&advice)[..] else { panic!("{:?}", advice.notes) };
    assert!(note.contains("Sri Lanka") && note.contains("holidays") && note.contains("2027"), "{note}");
    let book = book(json!([in_country("LK")]));
    let dutch = decide_lead(&rulebook(&[CALL, OFFICE]), &book, 0, at(MONDAY), Language::Dutch);
    assert!(notes(&dutch)[0].contains("feestdagen van Sri Lanka"), "{:?}", dutch.notes);
}

#[test]
fn nothing_is_said_where_holidays_are_known_or_no_hours_read_them() {
    for country in ["NL", "IN", "IL", "TR", "US", "JP", "EG", "AQ"] {
        assert_eq!(notes(&ask(&[CALL, OFFICE], in_country(country), MONDAY)), Vec::<&str>::new(), "{country}");
    }
    assert_eq!(notes(&ask(&[CALL, OFFICE], in_country("LK"), "2026-03-02T08:00:00Z")), Vec::<&str>::new());
    let plain = r#"reachable phone "Mo-Fr 09:00-17:00";"#;
    for hours in [plain, r#"reachable email "Mo-Fr 09:00-17:00; PH off";"#, r#"reachable phone "PH off" when false;"#] {
        assert_eq!(notes(&ask(&[CALL, hours], in_country("LK"), MONDAY)), Vec::<&str>::new(), "{hours}");
    }
}

#[test]
fn hours_of_the_person_and_of_the_rep_count_too() {
    let own =
        json!({ "id": "L1", "country": "LK", "people": [anna(json!({ "reachable": "Mo-Fr 09:00-17:00; PH off" }))] });
    assert_eq!(notes(&ask(&[CALL], own, MONDAY)).len(), 1);
    // Without hours of their own a rep works on weekdays that are no public holidays.
    let leads = json!({
        "leads": [{ "id": "L1", "country": "NL", "owner": "kim", "people": [anna(json!({}))] }],
        "reps": [{ "id": "kim", "zone": "Asia/Colombo" }],
    });
    let advice = |rule: &str| decide(&rulebook(&[rule]), &book(leads.clone()), at(MONDAY), Language::English).remove(0);
    assert!(notes(&advice(CALL))[0].contains("Sri Lanka"));
    assert!(notes(&advice(r#"rule "Write" when true then email;"#))[0].contains("Sri Lanka"));
    // What a system sends does not wait for the rep.
    assert_eq!(notes(&advice(r#"rule "Write" when true then email.automatic;"#)), Vec::<&str>::new());
}

#[test]
fn days_that_the_team_gives_are_public_holidays_and_make_the_year_known() {
    let days = r#"holidays "LK" ["2027-01-11", "2027-01-12"] because "Gazette";"#;
    for packs in [[CALL, OFFICE, days], [days, OFFICE, CALL]] {
        let advice = ask(&packs, in_country("LK"), MONDAY);
        assert_eq!((told(&advice).as_str(), notes(&advice)), ("phone anna 01-13 09:00..01-13 17:00", Vec::new()));
    }
    let elsewhere = ask(&[CALL, OFFICE, days], in_country("IN"), MONDAY);
    assert_eq!(told(&elsewhere), "phone anna 01-11 13:30..01-11 17:00");
}

#[test]
fn days_of_the_team_count_in_hours_of_people_and_reps() {
    let days = r#"holidays "NL" ["2027-01-11"];"#;
    let own = lead(json!({ "people": [anna(json!({ "reachable": "Mo-Fr 09:00-17:00; PH off" }))] }));
    assert_eq!(told(&ask(&[CALL, days], own, MONDAY)), "phone anna 01-12 09:00..01-12 17:00");
    let leads = json!({
        "leads": [lead(json!({ "owner": "kim" }))],
        "reps": [{ "id": "kim", "zone": "Europe/Amsterdam" }],
    });
    let advice = decide(&rulebook(&[CALL, days]), &book(leads), at(MONDAY), Language::English).remove(0);
    assert_eq!(told(&advice), "phone anna 01-12 09:00..01-12 17:30");
}

#[test]
fn a_pack_gives_the_days_on_which_it_is_in_force() {
    let days = |about: &str| format!("pack \"Days\" #{{ {about} }};\nholidays \"NL\" [\"2027-01-11\"];");
    let advised = |about: &str| told(&ask(&[CALL, OFFICE, &days(about)], lead(json!({})), MONDAY));
    let (closed, open) = ("phone anna 01-12 09:00..01-12 17:00", "phone anna 01-11 09:00..01-11 17:00");
    assert_eq!(advised(r#"valid_from: "2027-01-01", valid_to: "2028-01-01""#), closed);
    assert_eq!(advised(r#"valid_from: "2027-01-12""#), open);
    assert_eq!(advised(r#"valid_to: "2027-01-11""#), open);
}

#[test]
fn many_leads_and_a_watch_know_the_days_too() {
    let rulebook = rulebook(&[CALL, OFFICE, r#"holidays "NL" ["2027-01-11", "2027-01-13"];"#]);
    let leads: Vec<Value> = (0..40)
        .map(|nth| {
            json!({ "id": format!("L{nth}"), "country": if nth % 3 == 0 { "BE" } else { "NL" }, "people": [anna(json!({}))] })
        })
        .collect();
    let book = book(json!(leads));
    let now = at(MONDAY);
    let decider = Decider::new(&rulebook, &book, now);
    let singly: Vec<_> =
        (0..book.len()).map(|lead| Decider::new(&rulebook, &book, now).decision(lead).unwrap()).collect();
    assert_eq!(decider.all(), singly);
    let opens = |lead: usize| singly[lead].from.unwrap();
    assert_eq!((opens(0), opens(1)), (at("2027-01-11T08:00:00Z"), at("2027-01-12T08:00:00Z")));
    let mut watch = Watch::new(rulebook.clone(), &book, now);
    for moment in ["2027-01-12T07:00:00Z", "2027-01-12T16:30:00Z", "2027-01-14T09:00:00Z"] {
        watch.tick(&book, at(moment)).unwrap();
        let anew = Decider::new(&rulebook, &book, at(moment)).all();
        let slots = |decisions: &[Decision]| decisions.iter().map(|one| (one.from, one.until)).collect::<Vec<_>>();
        assert_eq!(slots(watch.decisions()), slots(&anew), "{moment}");
    }
}

#[test]
fn days_of_a_hard_pack_that_cannot_be_read_hold_all_contact() {
    let broken = "pack \"Law\" #{ hard: true };\nholidays \"NL\" [\"2027-01-32\"];";
    let sources = [("0.rhai", format!("pack \"Rules\" #{{}};\n{CALL}")), ("1.rhai", broken.to_owned())]
        .map(|(file, text)| PackSource { file: file.to_owned(), text });
    let (rulebook, found) = Rulebook::new(&sources, &Overrides::default());
    assert!(found.iter().any(|one| one.code == "holiday-dates"), "{found:?}");
    let advice = decide(&rulebook, &book(json!([lead(json!({}))])), at(MONDAY), Language::English).remove(0);
    assert_eq!(advice.verdict, Verdict::Hold);
}
