//! The statements about other packs, policies with names, units of settings and what examples expect: completed, told, found and renamed.

use super::{FILE, pack};
use cadans::editor::{
    CompletionKind, FileEdits, Position, TokenClass, apply, complete, definition, hover, outline, references, rename,
    tokens,
};
use cadans::language::PackSource;
use cadans::wording::Language;

const BASE: &str = r#"// What every team starts from.
pack "Base" #{ version: "1.2.0" };
rule "Call" when lead.open then phone because "They are open";
cadence "Warm" when lead.open steps [email];
limit "Two calls" phone 2 per 7.days because "Enough";
never phone when lead.waiting;
holidays "Gazette" "LK" ["2027-01-14"];
example "e" given #{} expect not by("Call") and blocked_by("Two calls");
"#;

const MINE: &str = r#"pack "Mine" #{};
needs "Base" "^1.2" because "The rest is there";
without "Two calls" of "Base" because "Ours want more";
adjust "Call" lever 1.5 of "Base" because "It sells";
setting share = 0.3 unit "percent" because "A share";
"#;

/// The packs `base.rhai` and, with a cursor at `|`, this one.
fn packs(text: &str) -> ([PackSource; 2], Position) {
    let at = text.find('|').unwrap_or_else(|| panic!("no cursor in {text}"));
    ([pack("base.rhai", BASE), pack(FILE, &text.replacen('|', "", 1))], Position::Byte(at))
}

fn labels(text: &str) -> Vec<String> {
    let (packs, at) = packs(text);
    let found = complete(&packs, FILE, at, Language::English);
    // Of what a team names, the documentation is what the team wrote.
    let own = [CompletionKind::Rule, CompletionKind::Setting];
    for (one, dutch) in found.iter().zip(complete(&packs, FILE, at, Language::Dutch)) {
        let is_country = one.kind == CompletionKind::Word && one.label.len() == 2;
        let is_told = !one.documentation.is_empty() && (one.detail != dutch.detail || is_country);
        assert!(is_told || own.contains(&one.kind) || one.kind == CompletionKind::Statement, "{text}: {one:?}");
    }
    found.into_iter().map(|one| one.label).collect()
}

#[test]
fn what_other_packs_have_is_offered() {
    assert_eq!(labels("needs \"|"), ["Base"]);
    assert_eq!(labels("needs |"), ["Base"]);
    assert_eq!(labels("needs \"Base\" \"|\""), ["^1.2.0"]);
    assert_eq!(labels("without \"|"), ["Call", "Warm", "Two calls", "Gazette"]);
    assert_eq!(labels("without \"T|\" because \"x\";"), ["Two calls"]);
    assert_eq!(labels("adjust \"Ca|"), ["Call"]);
    assert_eq!(labels("without \"Two calls\" of \"|"), ["Base"]);
    assert_eq!(labels("without \"Two calls\" |"), ["because", "of"]);
    assert_eq!(labels("adjust \"Call\" |").first().map(String::as_str), Some("lever"));
    assert_eq!(labels("adjust \"Call\" lever 1.5 |"), ["because", "of"]);
    // What the pack itself has is changed where it stands.
    assert_eq!(labels("rule \"Own\" when lead.open then phone;\nwithout \"O|"), Vec::<String>::new());
}

#[test]
fn units_named_policies_and_expectations_are_offered() {
    assert_eq!(labels("setting a = 1 unit \"|"), ["count", "amount", "percent"]);
    assert_eq!(labels("setting a = 1 u|"), ["unit"]);
    for named in ["limit \"Two\" |", "never \"No\" |", "reachable \"Hours\" |", "pause \"Rest\" |"] {
        assert!(labels(named).contains(&"phone".to_owned()), "{named}");
    }
    assert_eq!(labels("setting most = 3;\nlimit \"Two\" phone |").first().map(String::as_str), Some("most"));
    assert_eq!(labels("holidays \"NL|"), ["NL"]);
    assert_eq!(labels("budget visit 4 per 7.days across \"|"), ["team", "rep"]);
    assert_eq!(labels("cadence \"a\" when lead.open steps [email] across \"|"), ["person", "lead"]);
    let own = "rule \"One\" when lead.open then phone;\nlimit \"Few\" phone 2 per 7.days;\n";
    assert_eq!(labels(&format!("{own}example \"e\" given #{{}} expect by(\"|")), ["One"]);
    assert_eq!(labels(&format!("{own}example \"e\" given #{{}} expect not blocked_by(\"|")), ["One", "Few"]);
    let expected = labels("example \"e\" given #{} expect |");
    for word in ["phone", "wait", "hold", "by", "blocked_by", "reason", "since", "due", "not"] {
        assert!(expected.iter().any(|label| label == word), "{word}: {expected:?}");
    }
    assert!(labels("example \"e\" given #{} expect phone |").contains(&"and".to_owned()));
}

#[test]
fn they_are_told_where_they_are_used() {
    for (find, signature, documentation) in [
        ("Base\" \"^", "pack \"Base\" #{ version: \"1.2.0\" }", "What every team starts from."),
        ("Base\" because \"Ours", "pack \"Base\" #{ version: \"1.2.0\" }", "What every team starts from."),
        ("Two calls", "limit \"Two calls\"", "Enough"),
        ("Call\" lever", "rule \"Call\"", "They are open"),
        ("lever", "lever", "lever and a number from 0 on, as lever 1.5"),
        ("percent", "\"percent\": what the number is", "a share: 0.3 is 30 percent"),
        ("unit", "unit \"count\", \"amount\" or \"percent\"", "what its number is"),
        ("adjust", "adjust [of] because", "another lever"),
    ] {
        let packs = [pack("base.rhai", BASE), pack(FILE, MINE)];
        let at = Position::Byte(MINE.find(find).unwrap() + 1);
        let Some(told) = hover(&packs, FILE, at, Language::English) else { panic!("nothing is told of {find}") };
        assert_eq!(told.signature, signature, "{find}");
        assert!(told.documentation.contains(documentation), "{find}: {}", told.documentation);
    }
    let packs = [pack("base.rhai", BASE)];
    for (find, signature) in [("blocked_by", "blocked_by(...)"), ("Two calls\");", "limit \"Two calls\"")] {
        let at = Position::Byte(BASE.find(find).unwrap() + 1);
        assert_eq!(hover(&packs, "base.rhai", at, Language::Dutch).unwrap().signature, signature);
    }
}

#[test]
fn their_names_are_found_over_all_packs() {
    let packs = [pack("base.rhai", BASE), pack(FILE, MINE)];
    let at = |text: &str, find: &str| Position::Byte(text.find(find).unwrap() + 1);
    let declared = |find: &str| {
        let found = definition(&packs, FILE, at(MINE, find));
        let texts = found.iter().map(|one| (one.file.as_str(), &BASE[one.range.start.byte..one.range.end.byte]));
        texts.map(|(file, text)| format!("{file}: {text}")).collect::<Vec<_>>()
    };
    assert_eq!(declared("Two calls"), ["base.rhai: Two calls"]);
    assert_eq!(declared("Call\" lever"), ["base.rhai: Call"]);
    assert_eq!(declared("Base\" \"^"), ["base.rhai: Base"]);
    assert_eq!(references(&packs, "base.rhai", at(BASE, "Two calls"), true).len(), 3);
    assert_eq!(references(&packs, "base.rhai", at(BASE, "Base\""), false).len(), 3);
}

/// The texts of both packs after what stands at a place of one of them got another name.
fn renamed(file: &str, find: &str, name: &str) -> Result<[String; 2], &'static str> {
    let packs = [pack("base.rhai", BASE), pack(FILE, MINE)];
    let text = if file == FILE { MINE } else { BASE };
    let at = Position::Byte(text.find(find).unwrap() + 1);
    let edits: Vec<FileEdits> = rename(&packs, file, at, name, Language::English).map_err(|refusal| refusal.code)?;
    Ok(packs.map(|pack| {
        let own = edits.iter().find(|one| one.file == pack.file);
        own.map_or_else(|| pack.text.clone(), |own| apply(&pack.text, &own.edits))
    }))
}

#[test]
fn they_are_renamed_everywhere() {
    let limit = [BASE.replace("Two calls", "Few calls"), MINE.replace("Two calls", "Few calls")];
    assert_eq!(renamed("base.rhai", "Two calls", "Few calls"), Ok(limit.clone()));
    assert_eq!(renamed(FILE, "Two calls", "Few calls"), Ok(limit));
    let rule = BASE.replace("rule \"Call\"", "rule \"Ring\" formerly \"Call\"").replace("by(\"Call\")", "by(\"Ring\")");
    assert_eq!(renamed(FILE, "Call\" lever", "Ring"), Ok([rule, MINE.replace("adjust \"Call\"", "adjust \"Ring\"")]));
    let named = [BASE.replace("\"Base\"", "\"Ground\""), MINE.replace("\"Base\"", "\"Ground\"")];
    assert_eq!(renamed(FILE, "Base\" \"^", "Ground"), Ok(named));
    assert_eq!(renamed("base.rhai", "Two calls", "Call"), Err("taken"));
    assert_eq!(renamed("base.rhai", "Base\"", "Mine"), Err("taken"));
    assert_eq!(renamed("base.rhai", "Base\"", " "), Err("not-a-name"));
}

#[test]
fn they_are_in_the_outline_and_coloured() {
    let shown = |text: &str| {
        let found = outline(text);
        found.into_iter().map(|one| format!("{} {}: {}", one.statement, one.name, one.because)).collect::<Vec<_>>()
    };
    assert_eq!(
        shown(MINE),
        [
            "pack Mine: ",
            "needs Base: The rest is there",
            "without Two calls: Ours want more",
            "adjust Call: It sells",
            "setting share: A share",
        ]
    );
    assert_eq!(shown(BASE)[3..6], ["limit Two calls: Enough", "never phone: ", "holidays Gazette: "]);
    let team = "goal \"Stay\" measure orders target 4 since \"2026-10-01\" until \"2027-03-31\" because \"x\";\neffort visit 2.hours;\nbudget any 20 per 1.day;";
    assert_eq!(shown(team), ["goal Stay: x", "effort visit 2.hours: ", "budget any 20: "]);
    let class = |text: &str, find: &str| {
        let at = text.find(find).unwrap();
        tokens(text).into_iter().find(|one| one.range.start.byte == at).unwrap().class
    };
    for (text, find, expected) in [
        (MINE, "needs", TokenClass::Statement),
        (MINE, "lever", TokenClass::Clause),
        (MINE, "of \"", TokenClass::Clause),
        (MINE, "unit", TokenClass::Clause),
        (MINE, "\"Two calls", TokenClass::RuleName),
        (MINE, "\"Base", TokenClass::Text),
        (BASE, "blocked_by", TokenClass::Function),
        (BASE, "\"Gazette", TokenClass::RuleName),
        (BASE, "\"LK", TokenClass::Text),
        (team, "target", TokenClass::Clause),
        ("setting lever = 1;\nrule \"a\" when lead.value > lever then phone;", "lever then", TokenClass::Setting),
    ] {
        assert_eq!(class(text, find), expected, "{find}");
    }
}
