//! What is written: the packs with those that they need, and a header that tells what they need of others.

use cadans::book::value::Value;
use cadans::handover::{Handover, NotPacked, PackOptions, pack};
use cadans::language::PackSource;
use cadans::pack::Overrides;
use cadans::wording::Language;

use super::support::{packed, source};

const TEAM: &str = r#"pack "Team" #{ version: "1.2.0", author: "North", needs: ["answers.rhai"], valid_to: "2027-01-01T00:00:00Z",
    notes: #{ licence: "CC-BY-4.0" } };
needs "Manners" "^2";
fact budget as number because "From the form";
fact renewal as time;
setting hot = 2 range 1..=9 because "Visits that count";
// Rich ones first.
rule "Offer" when lead.budget>5000 and lead.renewal - now < 60.days
  then [phone.to("decider").offer("guide").rep("legal"), email.to("anna").offer(["case","guide"])];
rule "Call" when lead.visits() >= hot then phone;
example "Two visits" given #{ stage: "interest", signals: [visit(1.day.ago), visit(2.days.ago)] } expect phone;
never fax_like when person.do_not_call;
"#;
const ANSWERS: &str = "pack \"Answers\" #{};\nneeds \"Base\";\nrule \"Answer\" when person.waiting then answer.within(4.working_hours);\n";
const BASE: &str = "pack \"Base\";\nnever phone when person.do_not_call;\n";
const MANNERS: &str = "pack \"Manners\" #{ version: \"2.1\" };\nlimit phone 2 per 7.days;\n";

fn team() -> PackSource {
    source("rules/team.rhai", &TEAM.replace("never fax_like", "never phone"))
}

fn beside() -> Vec<PackSource> {
    let old = source("rules/old-manners.rhai", &MANNERS.replace("2.1", "1.9"));
    let others = [("rules/answers.rhai", ANSWERS), ("rules/base.rhai", BASE), ("rules/manners.rhai", MANNERS)];
    std::iter::once(old).chain(others.iter().map(|(file, text)| source(file, text))).collect()
}

#[test]
fn the_packs_that_are_needed_go_along_with_those_that_they_need() {
    let file = pack(&[team()], &beside(), &PackOptions::default(), Language::English).unwrap();
    let files: Vec<&str> = file.header.packs.iter().map(|entry| entry.file.as_str()).collect();
    assert_eq!(files, ["team.rhai", "answers.rhai", "manners.rhai", "base.rhai"]);
    let entry = &file.header.packs[0];
    assert_eq!((entry.rules, entry.policies, entry.examples), (2, 1, 1));
    assert_eq!(entry.needs, ["answers.rhai", "Manners ^2"]);
    assert_eq!(entry.valid_to.as_deref(), Some("2027-01-01T00:00:00Z"));
}

#[test]
fn the_header_tells_what_leads_and_team_must_have() {
    let file = pack(&[team()], &beside(), &PackOptions::default(), Language::English).unwrap();
    let header = &file.header;
    assert_eq!((header.name.as_str(), header.version.as_deref()), ("Team", Some("1.2.0")));
    assert_eq!((header.author.as_deref(), header.licence.as_deref()), (Some("North"), Some("CC-BY-4.0")));
    assert_eq!(
        (&header.content[..], &header.skills[..], &header.people[..]),
        (&["case", "guide"].map(str::to_owned)[..], &["legal".to_owned()][..], &["anna".to_owned()][..])
    );
    let facts: Vec<(&str, &str)> = header.facts.iter().map(|fact| (fact.name.as_str(), fact.kind.as_str())).collect();
    assert_eq!(facts, [("budget", "number"), ("renewal", "time")]);
    assert_eq!(header.facts[0].because.as_deref(), Some("From the form"));
}

#[test]
fn what_is_given_goes_before_what_the_first_pack_says() {
    let mut settings = Overrides::default();
    settings.set("hot", Value::Whole(3));
    let text = |text: &str| Some(text.to_owned());
    let options = PackOptions {
        name: text("North's rules"),
        version: text("7"),
        author: text("Kim"),
        licence: text("MIT"),
        about: text("For \"new\" teams\\"),
        settings,
    };
    let file = pack(&[team()], &beside(), &options, Language::English).unwrap();
    let read = Handover::read(file.text.as_bytes()).unwrap();
    assert_eq!(read.header, file.header);
    assert_eq!(read.header.about, options.about);
    assert_eq!(serde_json::to_string(&read.header.settings).unwrap(), "{\"Team/hot\":3}");
    let mut unknown = options.clone();
    unknown.settings.set("cold", Value::Whole(3));
    let found = pack(&[team()], &beside(), &unknown, Language::English).unwrap_err();
    assert!(matches!(found, NotPacked::Errors(found) if found[0].code == "unknown-setting"));
}

#[test]
fn comments_and_every_statement_come_through_in_the_canonical_layout() {
    let file =
        packed(&[("a.rhai", "// First.\r\npack   \"A\"  ;\r\n/* why */ rule \"R\" when true   then phone; // so\r\n")]);
    let read = Handover::read(file.text.as_bytes()).unwrap();
    let text = &read.packs[0].text;
    for part in ["// First.", "/* why */", "// so", "rule \"R\""] {
        assert!(text.contains(part), "{text}");
    }
    assert!(!text.contains('\r') && !text.contains("  ;"), "{text}");
    assert_eq!(read.sha256, file.sha256);
    // The same packs in another layout are the same file.
    assert_eq!(packed(&[("a.rhai", text)]).text, file.text);
}

#[test]
fn what_mail_and_editors_do_to_white_space_is_no_damage() {
    let file = packed(&[("a.rhai", "pack \"A\";\nrule \"R\"\n    when lead.visits() >= 2\n    then phone;\n")]);
    let stripped: String = file.text.lines().map(|line| format!("{}\n", line.trim())).collect();
    for sent in [
        file.text.replace('\n', "\r\n"),
        file.text.replace('\n', "  \n"),
        file.text.replace("    when", "\twhen"),
        format!("\u{feff}\n\n{}\n\n", file.text),
        stripped,
        file.text.trim_end().to_owned(),
    ] {
        let read = Handover::read(sent.as_bytes()).unwrap();
        assert_eq!(
            (read.sha256.as_str(), &read.packs),
            (file.sha256.as_str(), &Handover::read(file.text.as_bytes()).unwrap().packs)
        );
    }
    // White space within a text is not layout.
    let text = file.text.replace("\"R\"", "\"R \"");
    assert_eq!(Handover::read(text.as_bytes()).unwrap_err().code, "damaged");
}

#[test]
fn what_cannot_be_handed_over_is_told() {
    let code = |packs: &[(&str, &str)]| {
        let packs: Vec<PackSource> = packs.iter().map(|(file, text)| source(file, text)).collect();
        match pack(&packs, &[], &PackOptions::default(), Language::English).unwrap_err() {
            NotPacked::Refused(refusal) => refusal.code,
            NotPacked::Errors(found) => found[0].code,
            NotPacked::Examples(_) => "example",
        }
    };
    let example = "pack \"A\";\nexample \"E\" given #{ stage: \"interest\" } expect phone;\n";
    for (packs, expected) in [
        (&[("a.rhai", "pack \"A\" #{ needs: [\"b.rhai\"] };")][..], "missing-pack"),
        (&[("a.rhai", "pack \"A\";\nneeds \"B\";")], "missing-pack"),
        (
            &[("a.rhai", "pack \"A\";\nneeds \"B\" \"^2\";"), ("b.rhai", "pack \"B\" #{ version: \"1.0\" };")],
            "needs-version",
        ),
        (&[("a.rhai", "pack \"A\";\nneeds \"B\";"), ("b.rhai", "pack \"B\";\nneeds \"A\";")], "needs-cycle"),
        (&[("a.rhai", "rule \"R\" when")], "missing-then"),
        (&[("a.rhai", "rule \"R\" when lead.nothing then phone;")], "unknown-fact"),
        (&[("a.rhai", example)], "example"),
        (&[("x/a.rhai", "pack \"A\";"), ("y/A.rhai", "pack \"B\";")], "duplicate-file"),
        (&[("a.rhai", "pack \"A\";"), ("b.rhai", "pack \"A\";")], "duplicate-pack"),
        (&[(".rhai", "pack \"A\";")], "file-name"),
        (&[("con.rhai", "pack \"A\";")], "file-name"),
        (&[("a.txt", "pack \"A\";")], "file-name"),
        (&[("a.rhai", "pack \"A\"; // \u{202E}esrever")], "hidden-characters"),
        (&[("a.rhai", "pack \"A\u{200B}\";")], "hidden-characters"),
    ] {
        assert_eq!(code(packs), expected, "{packs:?}");
    }
}
