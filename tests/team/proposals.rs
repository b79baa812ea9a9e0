//! S26: who proposed a rule is kept through layout, hand-over and acceptance, and advice by it says so.

use cadans_testing::scenario::{NOW, ask, person};
use serde_json::json;

use cadans::format::format;
use cadans::handover::{Handover, PackOptions, pack};
use cadans::language::PackSource;
use cadans::team::proposals::{Standing, adopted_text};
use cadans::wording::Language;

use crate::setting::{Setting, lead};

const PROPOSED: &str = r#"rule "Ask the user first" when lead.open then email because "Users know what hurts""#;

fn file(decided: serde_json::Value) -> serde_json::Value {
    json!({ "proposals": [{
        "id": "p1", "at": "2026-11-02T09:00:00+01:00", "by": "ann", "statement": PROPOSED,
        "comments": [{ "at": "2026-11-03T09:00:00+01:00", "by": "bob", "text": "Only in interest?" }],
        "decided": decided,
    }] })
}

fn told(decided: serde_json::Value) -> (Standing, bool, String) {
    let setting = Setting::new(&format!("{PROPOSED} proposed_by \"ANN\";"), &[lead("a", json!({}))], file(decided));
    let state = setting.manager().proposals(Language::English).remove(0);
    (state.standing, state.in_force, state.words)
}

#[test]
fn a_proposal_is_talked_about_until_it_is_adopted_or_declined_with_a_reason() {
    let open = told(json!(null));
    assert_eq!(open.2, "ANN proposed \"Ask the user first\" on Mon 2 Nov; 1 comment so far");
    let decided = |adopted: bool, because: &str| json!({ "at": "2026-11-09T09:00:00+01:00", "adopted": adopted, "because": because });
    let adopted = told(decided(true, "It worked for Ann"));
    assert_eq!((adopted.0, adopted.1), (Standing::Adopted, true));
    assert!(adopted.2.ends_with("and the team adopted it: It worked for Ann"), "{}", adopted.2);
    let declined = told(decided(false, "Too early"));
    assert!(declined.0 == Standing::Declined && declined.2.ends_with("declined it: Too early"), "{}", declined.2);
}

#[test]
fn the_adopted_rule_names_its_proposer_in_every_layout_and_in_the_advice() {
    let setting = Setting::new("", &[lead("a", json!({}))], file(json!(null)));
    let text = adopted_text(&setting.file.proposals[0]).unwrap();
    assert!(text.ends_with("proposed_by \"ann\";\n"), "{text}");
    let pack = format!("pack \"Team\" #{{}};\n{text}");
    let laid_out = format("team.rhai", &pack).unwrap().text;
    assert!(laid_out.contains("proposed_by \"ann\""), "{laid_out}");
    let advice = ask(&[&laid_out], cadans_testing::scenario::lead(json!({ "stage": "interest" })), NOW);
    let note = advice.notes.iter().find(|note| note.code == "proposed-by").unwrap();
    assert_eq!(note.text, "ann proposed this");
}

#[test]
fn the_proposer_is_named_after_the_pack_was_handed_over_and_laid_out_again() {
    let rule =
        "rule \"Ask the user first\" when lead.stage is \"interest\" then email.to(\"user\") proposed_by \"Kim\";";
    let source = PackSource { file: "team.rhai".to_owned(), text: format!("pack \"Team\" #{{}};\n{rule}\n") };
    let text = pack(&[source], &[], &PackOptions::default(), Language::English).unwrap().text;
    let received = Handover::read(text.as_bytes()).unwrap();
    let came = &received.packs[0].text;
    assert!(came.contains("proposed_by \"Kim\""), "{came}");
    let user = json!({ "stage": "interest", "people": [person("ulla", "user", json!({}))] });
    let advice = ask(&[came.as_str()], cadans_testing::scenario::lead(user), NOW);
    assert!(advice.notes.iter().any(|note| note.text == "Kim proposed this"), "{:?}", advice.notes);
}

#[test]
fn a_proposal_that_is_no_statement_is_not_adopted() {
    let mut broken = Setting::new("", &[lead("a", json!({}))], file(json!(null))).file.proposals.remove(0);
    broken.statement = "rule \"Half\" when lead.open then".to_owned();
    assert!(!adopted_text(&broken).unwrap_err().is_empty());
}
