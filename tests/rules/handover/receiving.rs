//! What receiving a file tells, and what accepting it writes.

use cadans::book::ingest::{LeadFormat, read_book};
use cadans::calendar::Instant;
use cadans::handover::{
    Choice, ConflictKind, LayerChoice, ReceiveOptions, RequirementKind, RequirementState, Standing, accept, receive,
};
use cadans::language::Rulebook;
use cadans::manifest::Manifest;
use cadans::pack::Overrides;
use cadans::wording::Language;

use super::support::{Own, handed_over, packed};

const TEAM: &str = "pack \"Team\" #{ version: \"1.0.0\", author: \"North\" };
rule \"Call\" when lead.visits() >= 1 then phone;
rule \"Write\" id \"write\" when lead.downloads() >= 1 then email;
never video when person.do_not_call because \"They asked\";
";
const COMPANY: &str = "pack \"Company\";
rule \"Call\" when lead.visits() >= 3 then email;
limit phone 2 per 7.days;
";
const NOW: &str = "2026-11-20T10:00:00+01:00";

fn choice(layer: &str) -> Choice {
    Choice { layer: LayerChoice { layer: layer.to_owned(), rep: None }, ..Choice::default() }
}

fn rules(names: &[&str]) -> Choice {
    Choice { rules: Some(names.iter().map(|name| (*name).to_owned()).collect()), ..Choice::default() }
}

/// The names of the rules that are in force.
fn in_force(own: &Own) -> Vec<String> {
    let assembled = Manifest::parse(&own.manifest).unwrap().assemble(&own.texts, &|path| path.to_owned()).unwrap();
    let (rulebook, _) = Rulebook::merged(&assembled.sources, Some(&assembled.layers), &Overrides::default());
    rulebook.rules().map(|(pack, rule)| format!("{}/{}", pack.about.name, rule.name)).collect()
}

#[test]
fn a_report_changes_nothing_and_what_is_accepted_acts() {
    let handover = handed_over(&[("team.rhai", TEAM)]);
    let mut own = Own::new(&[("kind = \"company\"", &[("company.rhai", COMPANY)])]);
    let report = own.report(&handover);
    assert_eq!((report.standing, report.examples.passed), (Standing::New, 0));
    assert_eq!(in_force(&own), ["Company/Call"]);
    let acceptance = accept(&handover, own.rulebook(), &choice("team"), Language::English).unwrap();
    assert_eq!((acceptance.layer.as_str(), acceptance.new_layer), ("team", true));
    assert_eq!(acceptance.files[0].path, format!("received/team-{}/team.rhai", &handover.sha256[..12]));
    own.take(acceptance);
    assert_eq!(in_force(&own), ["Company/Call", "Team/Call", "Team/Write"]);
    assert_eq!(own.report(&handover).standing, Standing::Same);
    assert!(!accept(&handover, own.rulebook(), &choice("team"), Language::English).unwrap().changes);
}

#[test]
fn rules_are_accepted_one_by_one_and_the_policies_come_along() {
    let handover = handed_over(&[("team.rhai", TEAM)]);
    let mut own = Own::default();
    own.take(accept(&handover, own.rulebook(), &rules(&["Write"]), Language::English).unwrap());
    assert_eq!(in_force(&own), ["Team/Write"]);
    let report = own.report(&handover);
    let accepted: Vec<bool> = report.rules.iter().map(|rule| rule.accepted).collect();
    assert_eq!((report.standing, accepted), (Standing::Partly, vec![false, true]));
    let again = accept(&handover, own.rulebook(), &rules(&["Team/Write"]), Language::English).unwrap();
    assert!(!again.changes && again.manifest == own.manifest);
    own.take(accept(&handover, own.rulebook(), &rules(&["Call"]), Language::English).unwrap());
    assert_eq!(in_force(&own), ["Team/Call", "Team/Write"]);
    assert_eq!(own.texts.len(), 1);
    for (names, code) in [(&["Cal"][..], "unknown-rule"), (&["write"], "unknown-rule")] {
        let refusal = accept(&handover, own.rulebook(), &rules(names), Language::English).unwrap_err();
        assert_eq!(refusal.code, code);
    }
    let refusal = accept(&handover, own.rulebook(), &rules(&["Cal"]), Language::English).unwrap_err();
    assert!(refusal.render(Language::English).contains("\"Call\""));
}

#[test]
fn a_rule_of_two_packs_is_named_with_its_pack_and_what_it_needs_comes_without_rules() {
    let other = TEAM.replace("\"Team\"", "\"Other\"");
    let needing = TEAM.replace("\"North\"", "\"North\", needs: [\"other.rhai\"]");
    let handover = handed_over(&[("team.rhai", &needing), ("other.rhai", &other)]);
    let refusal = accept(&handover, Own::default().rulebook(), &rules(&["Call"]), Language::English).unwrap_err();
    assert_eq!(refusal.code, "ambiguous-rule");
    let mut own = Own::default();
    own.take(accept(&handover, own.rulebook(), &rules(&["Team/Call"]), Language::English).unwrap());
    assert_eq!(in_force(&own), ["Team/Call"]);
    assert_eq!(own.texts.len(), 2);
    let mut own = Own::default();
    own.take(accept(&handover, own.rulebook(), &rules(&["Other/Call"]), Language::English).unwrap());
    assert_eq!((in_force(&own), own.texts.len()), (vec!["Other/Call".to_owned()], 1));
}

#[test]
fn a_pack_of_the_same_name_is_a_conflict_and_replaced_only_with_leave() {
    let old = TEAM.replace(">= 1 then phone", ">= 2 then phone");
    let mut own = Own::new(&[
        ("kind = \"company\"", &[("company.rhai", COMPANY)]),
        ("kind = \"team\"\nname = \"North\" # ours", &[("north.rhai", &old)]),
    ]);
    let handover = handed_over(&[("team.rhai", TEAM)]);
    let report = own.report(&handover);
    assert_eq!(report.standing, Standing::Other);
    let conflict = &report.conflicts[0];
    assert_eq!((conflict.kind, conflict.before.file.as_str()), (ConflictKind::Pack, "north.rhai"));
    assert_eq!(conflict.words, ["rule \"Call\": when lead.visits(): >= 2 became >= 1"]);
    let refusal = accept(&handover, own.rulebook(), &choice("team"), Language::English).unwrap_err();
    assert_eq!(refusal.code, "replaces");
    let acceptance =
        accept(&handover, own.rulebook(), &Choice { replace: true, ..choice("team") }, Language::English).unwrap();
    assert_eq!(acceptance.replaced, ["north.rhai"]);
    assert!(acceptance.manifest.contains("name = \"North\" # ours"));
    own.take(acceptance);
    assert_eq!(own.report(&handover).standing, Standing::Same);
}

#[test]
fn a_rule_fact_or_setting_of_the_same_name_elsewhere_is_a_conflict() {
    let theirs = format!(
        "{TEAM}fact budget as number;\nsetting hot = 2 range 1..=9;\nrule \"Rich\" when lead.budget > hot then email;\n"
    );
    let ours = format!(
        "{COMPANY}fact budget as text;\nrule \"Write\" when lead.downloads() >= 1 then email;\nrule \"Theirs\" id \"write\" when true then social;\n"
    );
    let own = Own::new(&[("kind = \"company\"\nsettings = { hot = 4 }", &[("company.rhai", &ours)])]);
    let mut settings = Overrides::default();
    settings.set("hot", cadans::book::value::Value::Whole(3));
    let options = cadans::handover::PackOptions { settings, ..Default::default() };
    let packs = [super::support::source("team.rhai", &theirs)];
    let text = cadans::handover::pack(&packs, &[], &options, Language::English).unwrap().text;
    let handover = cadans::handover::Handover::read(text.as_bytes()).unwrap();
    let report = own.report(&handover);
    let told: Vec<(ConflictKind, &str)> = report.conflicts.iter().map(|one| (one.kind, one.title.as_str())).collect();
    for expected in [
        (ConflictKind::Statement, "rule \"Call\""),
        (ConflictKind::Statement, "rule \"Write\""),
        (ConflictKind::Fact, "fact budget"),
        (ConflictKind::Setting, "setting Team/hot"),
    ] {
        assert!(told.contains(&expected), "{expected:?} in {told:?}");
    }
    // Facts of two types do not go together: the pack would not take part.
    assert!(report.findings.iter().any(|found| found.code == "conflicting-fact"));
    let refusal = accept(&handover, own.rulebook(), &choice("team"), Language::English).unwrap_err();
    assert_eq!(refusal.code, "conflict");
}

#[test]
fn the_same_rule_word_for_word_is_told_as_such() {
    let ours = "pack \"Company\";\nrule \"Call\" when lead.visits() >= 1\n  then phone;\n";
    let own = Own::new(&[("kind = \"company\"", &[("company.rhai", ours)])]);
    let report = own.report(&handed_over(&[("team.rhai", TEAM)]));
    assert_eq!(report.conflicts.len(), 1);
    assert_eq!(report.conflicts[0].kind, ConflictKind::Duplicate);
}

#[test]
fn settings_come_along_unless_the_rulebook_has_them() {
    let pack = "pack \"Team\";\nsetting hot = 2 range 1..=9;\nrule \"Call\" when lead.visits() >= hot then phone;\n";
    let mut settings = Overrides::default();
    settings.set("hot", cadans::book::value::Value::Whole(3));
    let options = cadans::handover::PackOptions { settings, ..Default::default() };
    let packs = [super::support::source("team.rhai", pack)];
    let text = cadans::handover::pack(&packs, &[], &options, Language::English).unwrap().text;
    let handover = cadans::handover::Handover::read(text.as_bytes()).unwrap();
    let value = |mut own: Own| {
        own.take(accept(&handover, own.rulebook(), &choice("team"), Language::English).unwrap());
        let assembled = Manifest::parse(&own.manifest).unwrap().assemble(&own.texts, &|path| path.to_owned()).unwrap();
        let (rulebook, found) = Rulebook::merged(&assembled.sources, Some(&assembled.layers), &Overrides::default());
        assert!(found.iter().all(|one| one.code == "missing-reason" || one.code == "one-channel"), "{found:?}");
        rulebook.settings()[0].value.as_i64()
    };
    assert_eq!(value(Own::default()), Some(3));
    let own = Own { manifest: "[[layer]]\nkind = \"team\"\nsettings = { hot = 5 }\n".to_owned(), ..Own::default() };
    assert_eq!(value(own), Some(5));
}

#[test]
fn what_a_pack_switches_off_is_told() {
    let theirs = "pack \"Team\";\nwithout \"Call\" of \"Company\" because \"We write\";\n";
    let own = Own::new(&[("kind = \"company\"", &[("company.rhai", COMPANY)])]);
    let report = own.report(&handed_over_alone(theirs));
    assert_eq!(report.changes.len(), 1);
    assert_eq!((report.changes[0].because.as_str(), report.changes[0].statement.name.as_str()), ("We write", "Call"));
}

/// A file of a pack that names what stands in another: it is written by hand, because it is not complete by itself.
fn handed_over_alone(pack: &str) -> cadans::handover::Handover {
    let lines = format!(
        "=== cadans 1 ===\nname = \"Team\"\nlanguage = 1\n[[pack]]\nfile = \"team.rhai\"\nname = \"Team\"\nrules = 0\npolicies = 0\nexamples = 0\n=== pack team.rhai ===\n{pack}"
    );
    cadans::handover::Handover::read(super::support::sealed(&lines).as_bytes()).unwrap()
}

#[test]
fn a_header_that_says_other_things_than_the_packs_is_told() {
    let text = packed(&[("team.rhai", TEAM)]).text;
    let (lines, _) = text.rsplit_once("=== sha256").unwrap();
    let lines = lines.replace("rules = 2", "rules = 1");
    let handover = cadans::handover::Handover::read(super::support::sealed(&lines).as_bytes()).unwrap();
    let report = Own::default().report(&handover);
    assert!(!report.header_agrees && report.has_trouble());
    assert!(Own::default().report(&handed_over(&[("team.rhai", TEAM)])).header_agrees);
}

#[test]
fn an_example_that_fails_keeps_the_file_out() {
    let handover = handed_over_alone("pack \"Team\";\nexample \"E\" given #{ stage: \"interest\" } expect phone;\n");
    let report = Own::default().report(&handover);
    assert_eq!(report.examples.failed.len(), 1);
    let refusal = accept(&handover, Own::default().rulebook(), &choice("team"), Language::English).unwrap_err();
    assert_eq!(refusal.code, "examples");
}

#[test]
fn law_of_others_is_accepted_as_law_only_into_a_layer_that_may_have_it() {
    let handover = handed_over(&[("law.rhai", "pack \"Law\" #{ hard: true };\nnever video because \"Law\";\n")]);
    let refusal = accept(&handover, Own::default().rulebook(), &choice("team"), Language::English).unwrap_err();
    assert_eq!(refusal.code, "conflict");
    assert!(accept(&handover, Own::default().rulebook(), &choice("law"), Language::English).is_ok());
}

#[test]
fn a_layer_goes_by_name_or_kind() {
    let own = Own::new(&[
        ("kind = \"team\"\nname = \"North\"", &[]),
        ("kind = \"team\"\nname = \"South\"", &[]),
        ("kind = \"rep\"\nrep = \"kim\"", &[]),
    ]);
    let handover = handed_over(&[("team.rhai", TEAM)]);
    let layer = |layer: &str, rep: Option<&str>| {
        let layer = LayerChoice { layer: layer.to_owned(), rep: rep.map(str::to_owned) };
        accept(&handover, own.rulebook(), &Choice { layer, ..Choice::default() }, Language::English)
            .map(|acceptance| (acceptance.layer, acceptance.new_layer))
            .map_err(|refusal| refusal.code)
    };
    assert_eq!(layer("South", None), Ok(("South".to_owned(), false)));
    assert_eq!(layer("team", None), Err("layer"));
    assert_eq!(layer("East", None), Err("layer"));
    assert_eq!(layer("rep", None), Ok(("kim".to_owned(), false)));
    assert_eq!(layer("rep", Some("lee")), Ok(("lee".to_owned(), true)));
    assert_eq!(layer("company", None), Ok(("company".to_owned(), true)));
}

#[test]
fn what_the_packs_need_is_compared_with_the_leads_and_so_is_the_advice() {
    let theirs = r#"pack "Team";
fact budget as number;
fact renewal as time;
fact colour as text;
rule "Call" when lead.visits() >= 1 and lead.budget > 1 and lead.renewal > now and lead.colour is not "red"
    then phone.to("decider").offer(["guide", "case"]).rep("legal");
rule "Ask anna" when lead.forms() >= 1 then email.to("anna");
"#;
    let leads = r#"{ "leads": [
        { "id": "L-1", "account": { "id": "a" }, "stage": "interest", "country": "NL", "zone": "Europe/Amsterdam", "owner": "kim",
          "people": [{ "id": "bob", "roles": ["decider"], "channels": ["phone"] }], "fields": { "budget": 9, "renewal": "2027-01-01T00:00:00Z", "colour": 4 },
          "signals": [{ "at": "2026-11-19T10:00:00+01:00", "kind": "visit", "person": "bob" }] },
        { "id": "L-2", "account": { "id": "b" }, "stage": "interest", "fields": { "budget": 2 } }],
      "content": [{ "id": "guide" }] }"#;
    let book = read_book(&LeadFormat::Json, leads.as_bytes()).book;
    assert_eq!(book.len(), 2);
    let own = Own::default();
    let choice = choice("team");
    let now = Instant::parse(NOW).unwrap();
    let options =
        ReceiveOptions { own: own.rulebook(), choice: &choice, leads: Some((&book, now)), language: Language::English };
    let report = receive(&handed_over(&[("team.rhai", theirs)]), &options).unwrap();
    let states: Vec<(RequirementKind, &str, RequirementState)> =
        report.requirements.as_ref().unwrap().iter().map(|one| (one.kind, one.name.as_str(), one.state)).collect();
    assert_eq!(
        states,
        [
            (RequirementKind::Fact, "budget", RequirementState::There),
            (RequirementKind::Fact, "colour", RequirementState::OtherType),
            (RequirementKind::Fact, "renewal", RequirementState::There),
            (RequirementKind::Content, "case", RequirementState::Missing),
            (RequirementKind::Content, "guide", RequirementState::There),
            (RequirementKind::Skill, "legal", RequirementState::NotListed),
            (RequirementKind::Person, "anna", RequirementState::Missing),
        ]
    );
    assert_eq!(report.requirements.as_ref().unwrap()[0].leads, Some(2));
}

#[test]
fn the_effect_on_leads_is_that_within_the_layers() {
    let leads = r#"{ "leads": [
        { "id": "L-1", "account": { "id": "a" }, "stage": "interest", "country": "NL", "zone": "Europe/Amsterdam", "owner": "kim",
          "people": [{ "id": "bob", "roles": ["decider"], "channels": ["phone", "email"] }],
          "signals": [{ "at": "2026-11-19T10:00:00+01:00", "kind": "visit", "person": "bob" }] },
        { "id": "L-2", "account": { "id": "b" }, "stage": "interest", "country": "NL", "zone": "Europe/Amsterdam", "owner": "lee",
          "people": [{ "id": "eve", "roles": ["decider"], "channels": ["phone", "email"] }],
          "signals": [{ "at": "2026-11-19T10:00:00+01:00", "kind": "visit", "person": "eve" }] }] }"#;
    let book = read_book(&LeadFormat::Json, leads.as_bytes()).book;
    let own = Own::new(&[("kind = \"company\"", &[("company.rhai", "pack \"Company\";\nlimit video 1 per 1.day;\n")])]);
    let rep = LayerChoice { layer: "rep".to_owned(), rep: Some("kim".to_owned()) };
    let choice = Choice { layer: rep, ..Choice::default() };
    let leads = Some((&book, Instant::parse(NOW).unwrap()));
    let options = ReceiveOptions { own: own.rulebook(), choice: &choice, leads, language: Language::English };
    let report = receive(&handed_over(&[("team.rhai", TEAM)]), &options).unwrap();
    let advice = report.advice.unwrap();
    // Only the leads of Kim are touched by what stands in Kim's layer.
    assert_eq!((advice.leads, advice.other), (2, 1));
    assert_eq!(advice.causes[0].words, "rule added: \"Call\"");
    assert_eq!(advice.causes[0].kinds[0].examples[0].lead, "L-1");
    // Of one rule alone, that rule's.
    let choice = rules(&["Write"]);
    let report = receive(&handed_over(&[("team.rhai", TEAM)]), &ReceiveOptions { choice: &choice, ..options }).unwrap();
    assert_eq!(report.advice.unwrap().other, 0);
}
