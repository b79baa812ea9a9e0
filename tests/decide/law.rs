//! Hard packs (law): what cannot be read or told forbids, and says where it stands.

use cadans_testing::scenario::{self, NOW, ask, at, blocks, lead};
use serde_json::json;

use cadans::book::Book;
use cadans::decide::advice::{Advice, Verdict};
use cadans::decide::{Decider, Watch, decide, decide_lead};
use cadans::language::{PackSource, Rulebook};
use cadans::pack::Overrides;
use cadans::wording::Language;

/// Proposes a touch on each channel; the first that is permitted wins.
const EACH: &str = r#"pack "Sales";
rule "Contact" when true
    then [phone.weight(10000), email.weight(1000), social.weight(100), visit.weight(10), content.weight(0.1)];"#;

/// A rulebook of these files, which may have errors. The first is `0.rhai`.
fn broken(packs: &[&str]) -> Rulebook {
    let source = |(nth, text): (usize, &&str)| PackSource { file: format!("{nth}.rhai"), text: (*text).to_owned() };
    let (rulebook, diagnostics) =
        Rulebook::new(&packs.iter().enumerate().map(source).collect::<Vec<_>>(), &Overrides::default());
    assert!(!diagnostics.is_empty(), "{packs:?}");
    rulebook
}

fn book() -> Book {
    scenario::book(json!({ "leads": [lead(json!({}))] }))
}

/// The advice with this law (`1.rhai`), which is the same for one lead, for many and in a watch, and without diagnostics.
fn under(law: &str) -> Advice {
    let (rulebook, book) = (broken(&[EACH, law]), book());
    let advice = decide_lead(&rulebook, &book, 0, at(NOW), Language::English);
    let file = |nth: usize, text: &str| PackSource { file: format!("{nth}.rhai"), text: text.to_owned() };
    let quick = Rulebook::for_advice(&[file(0, EACH), file(1, law)], &Overrides::default());
    assert_eq!(decide(&quick, &book, at(NOW), Language::English), std::slice::from_ref(&advice), "{law}");
    let decider = Decider::new(&rulebook, &book, at(NOW));
    let (alone, all) = (decider.decision(0).unwrap(), decider.all());
    assert_eq!(
        (all[0], all[0].verdict, all[0].channel),
        (alone, advice.verdict, advice.touch.as_ref().and_then(|touch| touch.channel)),
        "{law}"
    );
    let watch = Watch::new(rulebook.clone(), &book, at(NOW));
    assert_eq!(watch.decisions(), all, "{law}");
    advice
}

/// The channel of the touch that is left; `hold` when none is.
fn left(advice: &Advice) -> String {
    match &advice.touch {
        Some(touch) => touch.channel.unwrap().to_string(),
        None => format!("{:?}", advice.verdict).to_lowercase(),
    }
}

#[test]
fn a_statement_of_a_hard_pack_that_cannot_be_read_holds_its_channel() {
    for statement in [
        "never phone when persn.objected because \"No\";",
        "never phone when person.objcted because \"No\";",
        "never phone when lead.stage is 3;",
        "never phone when lead.value + \"x\" > 2;",
        "never phone when lead.open becuase \"No\";",
        "never phone when person.objected because No;",
        "never phone wen lead.open;",
        "never phone when lead.open unless persn.consent(\"phone\");",
        "never phone when (lead.open;",
        "never phone when lead.open);",
        "never phone when 'x' is lead.name because 'no';",
        "never phone because “No”;",
        "never phone when;",
        "never phone when lead.open when lead.open;",
        "limit phone 2 per 7;",
        "limit phone two per 7.days;",
        "limit phone 2;",
        "limit phone 2 per 7.days across \"team\";",
        "limit phone 2 per 7.days when lead.opn;",
        "pause phone 2 when lead.open;",
        "pause phone 2.days;",
        "pause phone 2.days when lead.last_outcom(\"phone\") is \"declined\";",
        "reachable phone \"nine to five\";",
        "reachable phone;",
        "reachable phone \"Mo-Fr 09:00-17:00\" when lead.opn;",
        "nevr phone when lead.open;",
        "never phone when person.country is \"N\u{fffd}\";",
        "setting most = two; limit phone most per 7.days;",
        "fn asked(person) { person.objcted } never phone when asked(person);",
        "fact budget as money; never phone when lead.budget > 3;",
    ] {
        let advice = under(&format!("pack \"Law\" #{{ hard: true }};\n\n{statement}"));
        assert_eq!(left(&advice), "email", "{statement}: {:#?}", advice.blocks);
        let block = &advice.blocks[0];
        assert_eq!((block.policy, block.hard, block.lifts_at), ("unread", true, None), "{statement}");
        assert!(block.reason.contains("(1.rhai, line 3) is law"), "{statement}: {}", block.reason);
        assert_eq!(block.by.as_ref().map(|by| (by.file.as_str(), by.span.line)), Some(("1.rhai", 3)), "{statement}");
        // In a pack that is not hard it is left out.
        assert_eq!(left(&under(&format!("pack \"Manners\";\n\n{statement}"))), "phone", "{statement}");
    }
}

#[test]
fn what_cannot_be_told_holds_every_channel() {
    for rest in [
        "never fone when lead.open;",
        "never;",
        "never when lead.open;",
        "never any when persn.objected;",
        "limit any 2 per 7;",
        "forbid when lead.open;",
        "enter \"customer\" when lead.opn;",
        "holidays \"NL\" [\"2026-13-01\"];",
        // What follows is lost, or may be.
        "never phone because \"No;\n",
        "never phone because `No;\n",
        "never phone; /* not ended",
        "never phone when lead.open\nneverr email;",
        "never phone\nif lead.open;",
        "example \"It is so given #{} expect wait;",
    ] {
        let advice = under(&format!("pack \"Law\" #{{ hard: true }};\n{rest}"));
        assert_eq!(left(&advice), "hold", "{rest}: {:?}", blocks(&advice));
        assert!(advice.blocks.iter().all(|block| block.reason.contains("1.rhai")), "{rest}: {:#?}", advice.blocks);
    }
    let advice = under("pack \"Law\" #{ hard: true };\nnever phone\n  never email when lead.open;");
    assert_eq!(left(&advice), "social", "the statement that became part of another counts too");
    // What stops nothing holds nothing.
    for harmless in [
        "rule \"Write\" when lead.opn then email;",
        "exampel \"A company may be called\" given #{} expect wait;",
        "setting most = two;",
        "const WEEK = ;",
        "fn unused(x) { x + }",
    ] {
        let advice = under(&format!("pack \"Law\" #{{ hard: true }};\n{harmless}"));
        assert_eq!(left(&advice), "phone", "{harmless}: {:#?}", advice.blocks);
    }
}

#[test]
fn a_pack_whose_header_cannot_be_read_counts_as_hard() {
    let broken_statement = "\nnever phone when persn.objected;";
    for header in [
        "pack \"Law\" #{ hard: tru };",
        "pack \"Law\" #{ hard: \"yes\" };",
        "pack \"Law\" #{ hard = true };",
        "pack \"Law\" #{ hard: true ;",
        "pack \"Law\" { hard: true };",
        "pack \"Law #{ hard: true };",
        "pack Law #{ hard: true };",
        "pack #{ hard: true };",
        "pack;",
        "pakc \"Law\" #{ hard: true };",
        "Pack \"Law\" #{ hard: true };",
        "policy \"Law\" #{ hard: true };",
        "pack \"Law\" #{ valid_from: \"soon\" };",
        "pack \"Manners\"; pack \"Law\" #{ hard: true };",
    ] {
        let advice = under(&format!("{header}{broken_statement}"));
        assert_ne!(left(&advice), "phone", "{header}");
    }
    for soft in ["", "pack \"Manners\";", "pack \"Manners\" #{ hard: false };", "pack \"Manners\" #{ version: \"2\" }"]
    {
        assert_eq!(left(&under(&format!("{soft}{broken_statement}"))), "phone", "{soft}");
    }
}

#[test]
fn a_hard_pack_that_is_left_out_as_a_whole_holds_every_channel() {
    let law = "pack \"Law\" #{ hard: true };\nnever phone when person.objected;";
    let other = "pack \"Law\" #{ hard: true };\nnever email;";
    let decided = |packs: &[&str]| decide_lead(&broken(packs), &book(), 0, at(NOW), Language::English);
    let advice = decided(&[EACH, law, other]);
    assert_eq!(left(&advice), "hold");
    assert!(advice.reason.starts_with("The law in 2.rhai is left out"), "{}", advice.reason);
    assert_eq!(left(&decided(&[EACH, law, law])), "phone", "the same text twice is there once");
    assert_eq!(left(&decided(&[EACH, law, "pack \"Law\"; never email;"])), "phone", "not hard");
    let facts = |kind: &str, pack: &str| format!("pack \"{pack}\" #{{ hard: true }};\nfact budget as {kind};");
    assert_eq!(left(&decided(&[EACH, &facts("number", "One"), &facts("text", "Other")])), "hold");
    let long = format!("pack \"Law\" #{{ hard: true }};\n{}", " ".repeat(cadans::limits::PACK_BYTES));
    assert_eq!(left(&decided(&[EACH, &long])), "hold");
    let many: Vec<String> = (0..=cadans::limits::PACKS).map(|nth| format!("pack \"{nth}\";")).collect();
    let many: Vec<&str> = std::iter::once(EACH).chain(many.iter().map(String::as_str)).collect();
    assert_eq!(left(&decided(&many)), "hold");
}

#[test]
fn a_law_outside_its_dates_holds_nothing() {
    let law = |dates: &str| format!("pack \"Law\" #{{ hard: true, {dates} }};\nnever phone when persn.objected;");
    assert_eq!(left(&under(&law("valid_to: \"2026-01-01\""))), "phone");
    assert_eq!(left(&under(&law("valid_from: \"2026-01-01\""))), "email");
    let advice = under(&law("valid_to: \"2026-11-19\""));
    assert_eq!(left(&advice), "email");
    assert!(advice.review_at.unwrap() <= at("2026-11-19T00:00:00Z"));
}

#[test]
fn a_hard_statement_that_faults_for_a_lead_holds_its_channel_for_that_lead() {
    let fault = "1 / lead.visits() > 0";
    let endless = "endless(lead)";
    let function = "fn endless(lead) { let n = 0; while lead.open { n += 1; } n > 0 }";
    for when in [fault, endless] {
        for (statement, policy) in [
            (format!("never phone when {when};"), "never"),
            (format!("never phone unless {when};"), "never"),
            (format!("limit phone 9 per 1.day when {when};"), "limit"),
            (format!("reachable phone \"24/7\" when {when};"), "reachable"),
            (format!("pause phone 1.minute when {when};"), "pause"),
        ] {
            let law = format!("pack \"Law\" #{{ hard: true }};\n{function}\n{statement}");
            let advice = ask(&[EACH, &law], lead(json!({})), NOW);
            assert_eq!(left(&advice), "email", "{statement}: {:#?}", advice.blocks);
            assert_eq!(blocks(&advice), [format!("eligible {policy} anna")], "{statement}");
            assert!(advice.blocks[0].reason.contains("(1.rhai, line 3)"), "{}", advice.blocks[0].reason);
            assert_eq!(advice.faults.len(), 1, "{statement}");
            let manners = format!("pack \"Manners\";\n{function}\n{statement}");
            assert_eq!(left(&ask(&[EACH, &manners], lead(json!({})), NOW)), "phone", "{statement}");
        }
    }
    // An `enter` may close the lead, so it holds all channels.
    for when in [fault, endless] {
        for stage in ["customer", "lost", "decision"] {
            let enter = format!("{function}\nenter \"{stage}\" when {when};");
            let law = format!("pack \"Law\" #{{ hard: true }};\n{enter}");
            let advice = ask(&[EACH, &law], lead(json!({})), NOW);
            assert_eq!(left(&advice), "hold", "{enter}: {:#?}", advice.blocks);
            assert!(blocks(&advice).iter().all(|block| block == "eligible enter anna"), "{:?}", blocks(&advice));
            let reason = &advice.blocks[0].reason;
            assert!(reason.contains(&format!("enter \"{stage}\"")) && reason.contains("(1.rhai, line 3)"), "{reason}");
            let book = scenario::book(json!({ "leads": [lead(json!({}))] }));
            let decided = Decider::new(&scenario::rulebook(&[EACH, &law]), &book, at(NOW)).all();
            assert_eq!(decided[0].verdict, Verdict::Hold, "{enter}");
            let manners = format!("pack \"Manners\";\n{enter}");
            assert_eq!(left(&ask(&[EACH, &manners], lead(json!({})), NOW)), "phone", "{enter}");
        }
    }
    // One that cannot move the lead, whatever its condition says, holds nothing.
    let back = format!("pack \"Law\" #{{ hard: true }};\nenter \"interest\" when {fault};");
    assert_eq!(left(&ask(&[EACH, &back], lead(json!({ "stage": "decision" })), NOW)), "phone");
    // For a lead with a visit it can be told.
    let law = format!("pack \"Law\" #{{ hard: true }};\nnever phone when {fault} and lead.value > 1;");
    let visit = json!([{ "at": "2026-11-17T10:00:00Z", "kind": "visit" }]);
    assert_eq!(left(&ask(&[EACH, &law], lead(json!({ "signals": visit, "value": 1 })), NOW)), "phone");
    // About a person: the others may be contacted.
    let about = "pack \"Law\" #{ hard: true };\nnever phone when person.influence + 1.0 > 2.0;";
    let people = json!([scenario::anna(json!({})), scenario::person("bob", "user", json!({ "influence": 0.5 }))]);
    let decider = r#"rule "Call" when true then phone.to("decider");"#;
    let advice = ask(&[decider, about], lead(json!({ "people": people })), NOW);
    assert_eq!((advice.verdict, blocks(&advice)), (Verdict::Touch, vec!["eligible never anna".to_owned()]));
    assert_eq!(advice.touch.unwrap().person.unwrap().id, "bob");
}

#[test]
fn a_pack_holds_for_people_in_the_countries_that_it_lists_and_elsewhere_for_the_others() {
    let listed = "pack \"Law\" #{ hard: true, countries: [\"NL\", \"uk\"] };\nnever phone because \"Listed\";";
    let elsewhere = "pack \"Elsewhere\" #{ hard: true, countries: \"elsewhere\" };\nnever email because \"Elsewhere\";";
    let packs = [EACH, listed, elsewhere];
    let ask = |country: serde_json::Value, zone: serde_json::Value, packs: &[&str]| {
        let book = scenario::book(json!({ "leads": [lead(json!({ "country": country, "zone": zone }))] }));
        let rulebook = scenario::rulebook(packs);
        let advice = decide_lead(&rulebook, &book, 0, at(NOW), Language::English);
        let decision = Decider::new(&rulebook, &book, at(NOW)).all()[0];
        assert_eq!(decision.channel, advice.touch.as_ref().and_then(|touch| touch.channel));
        let note = advice.notes.iter().any(|note| note.code == "no-policy");
        format!("{}{}", left(&advice), if note { ", no policy" } else { "" })
    };
    assert_eq!(ask("NL".into(), "Europe/Amsterdam".into(), &packs), "email");
    assert_eq!(ask("GB".into(), "Europe/London".into(), &packs), "email");
    assert_eq!(ask("SE".into(), "Europe/Stockholm".into(), &packs), "phone, no policy");
    // Without a country on record, what follows from the time zone counts too, and elsewhere is strict.
    assert_eq!(ask(json!(null), "Europe/Amsterdam".into(), &packs), "social, no policy");
    assert_eq!(ask(json!(null), "UTC".into(), &packs), "social, no policy");
    assert_eq!(ask("SE".into(), "Europe/Stockholm".into(), &packs[..2]), "phone, no policy");
    assert_eq!(ask("SE".into(), "Europe/Stockholm".into(), &packs[..1]), "phone", "no pack says for whom it is");
    // A pack that is not in force lists nothing.
    let ended = listed.replace("hard: true", "hard: true, valid_to: \"2026-01-01\"");
    assert_eq!(ask("NL".into(), "Europe/Amsterdam".into(), &[EACH, &ended, elsewhere]), "phone, no policy");
    // A statement that cannot be read holds nobody whom it is not about.
    let slip = "pack \"Law\" #{ hard: true, countries: [\"BE\"] };\nnever phone when persn.objected;";
    assert_eq!(left(&under(slip)), "phone");
    assert_eq!(left(&under(&slip.replace("BE", "NL"))), "email");
    assert_eq!(left(&under(&slip.replace("BE", "BX"))), "email", "a country that does not exist");
}

#[test]
fn a_law_that_has_ended_is_told() {
    let law = |end: &str| format!("pack \"Law\" #{{ hard: true, valid_to: \"{end}\" }};\nnever phone;");
    let notes = |end: &str| {
        let advice = ask(&[EACH, &law(end)], lead(json!({})), NOW);
        advice.notes.iter().filter(|note| note.code == "law-ended").map(|note| note.text.clone()).collect::<Vec<_>>()
    };
    assert_eq!(notes("2026-03-01"), ["\"Law\" ended on Sun 1 Mar 2026: what it says is not applied any more"]);
    assert!(notes("2026-12-01").is_empty());
    let rulebook = scenario::rulebook(&[EACH, &law("2026-03-01"), "pack \"Fair\" #{ valid_to: \"2026-04-01\" };"]);
    let told = |now: &str| {
        let found = rulebook.check_at(at(now));
        found.iter().map(|one| format!("{} {} {}", one.file, one.code, one.message)).collect::<Vec<_>>()
    };
    assert_eq!(
        told(NOW),
        [
            "1.rhai pack-ended the pack \"Law\" ended on Sun 1 Mar 2026",
            "2.rhai pack-ended the pack \"Fair\" ended on Wed 1 Apr 2026"
        ]
    );
    assert!(told("2026-02-28T00:00:00Z").is_empty());
}

#[test]
fn the_reason_is_told_in_dutch_too() {
    let rulebook = broken(&[
        "pack \"Sales\"; rule \"Call\" when true then phone;",
        "pack \"Law\" #{ hard: true };\nnever phone when persn.objected;",
    ]);
    let advice = decide_lead(&rulebook, &book(), 0, at(NOW), Language::Dutch);
    assert_eq!(
        advice.reason,
        "\"never phone\" (1.rhai, regel 2) is wet en niet te lezen; tot dat verholpen is wacht wat die kan verbieden"
    );
}
