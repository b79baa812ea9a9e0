//! `cadans test`: one example or row, the formats, coverage and its exit code, and running again on change.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, missing_docs, reason = "tests")]

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::Stdio;

use serde_json::Value;

use crate::process::{command, empty_folder, run_in};

/// Two cases that pass, and two that fail: the third row, and one that cannot be run. `Dead` can never hold.
const PACK: &str = r#"pack "Prices: 100%" #{ language: "en" };
rule "Prices" when lead.stage is "consideration" and lead.visits("pricing", 7.days) >= 2
    then phone.to("decider") because "Looked at prices";
rule "Dead" when lead.open and 1 > 2 then chat;
example "Looks & <acts>"
    given #{ stage: stage, signals: [visit("pricing", 1.day.ago), visit("pricing", at)] }
    expect advice
    rows [
        ["case",        "stage",         "at",       "advice"],
        ["looks",       "orientation",   2.days.ago, wait],
        ["compares",    "consideration", 2.days.ago, phone],
        ["long, ago",   "consideration", 8.days.ago, phone.to("decider")],
    ];
example "No such stage" given #{ stage: "dreaming" } expect wait;
"#;

/// What passes of it.
fn passing() -> String {
    let without: Vec<&str> =
        PACK.lines().filter(|line| !line.contains("8.days") && !line.contains("dreaming")).collect();
    without.join("\n")
}

fn folder(name: &str) -> PathBuf {
    empty_folder("examples", name)
}

/// A folder with one pack, `team.rhai`.
fn with_pack(name: &str, pack: &str) -> PathBuf {
    let folder = folder(name);
    fs::write(folder.join("team.rhai"), pack).unwrap();
    folder
}

/// The exit code and both streams of `cadans test team.rhai` with more arguments.
fn test_in(folder: &Path, more: &[&str]) -> (i32, String, String) {
    run_in(folder, &[&["test", "team.rhai"], more].concat()).parts()
}

#[test]
fn each_row_is_counted_and_can_be_run_alone() {
    let folder = with_pack("rows", PACK);
    let (code, out, _) = test_in(&folder, &[]);
    assert!(code == 1 && out.contains("2 passed, 2 failed"), "{out}");
    let (code, out, _) = test_in(&folder, &["--example", "Looks & <acts>"]);
    assert!(code == 1 && out.contains("2 passed, 1 failed"), "{out}");
    let (code, out, _) = test_in(&folder, &["--example", "Looks & <acts>", "--row", "2"]);
    assert!(code == 0 && out.contains("row 2: compares") && out.contains("1 passed, 0 failed"), "{out}");
}

#[test]
fn an_example_or_row_that_is_not_there_is_misuse() {
    let folder = with_pack("absent", PACK);
    let (code, _, err) = test_in(&folder, &["--example", "Looks & <act>"]);
    assert!(code == 2 && err.contains("did you mean \"Looks & <acts>\"?"), "{err}");
    let (code, _, err) = test_in(&folder, &["--example", "Looks & <acts>", "--row", "4"]);
    assert!(code == 2 && err.contains("its last row is 3"), "{err}");
    let (code, _, err) = test_in(&folder, &["--example", "No such stage", "--row", "1"]);
    assert!(code == 2 && err.contains("has no rows"), "{err}");
    assert_eq!(test_in(&folder, &["--example", "Looks & <acts>", "--row", "0"]).0, 2);
    assert_eq!(test_in(&folder, &["--row", "1"]).0, 2);
}

#[test]
fn a_failure_shows_what_was_expected_beside_what_came_and_what_the_conditions_saw() {
    let folder = with_pack("beside", PACK);
    let (_, out, _) = test_in(&folder, &["--example", "Looks & <acts>", "--row", "3"]);
    let has = |words: &[&str]| out.lines().any(|line| words.iter().all(|word| line.contains(word)));
    assert!(has(&["what", "phone", "wait"]), "{out}");
    assert!(has(&["Conditions of \"Prices\"", "1 of 2"]), "{out}");
    assert!(has(&["yes", "lead.stage is \"consideration\""]), "{out}");
    assert!(has(&["no", "lead.visits(\"pricing\", 7.days) >= 2", "has 1"]), "{out}");
}

#[test]
fn junit_has_a_suite_for_each_file_and_a_case_for_each_row() {
    let folder = with_pack("junit", PACK);
    let (code, xml, _) = test_in(&folder, &["--format", "junit"]);
    assert_eq!(code, 1);
    let lines: Vec<&str> = xml.lines().map(str::trim).collect();
    assert_eq!(lines[0], "<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
    assert_eq!(lines[1], "<testsuites name=\"cadans test\" tests=\"4\" failures=\"1\" errors=\"1\">");
    assert_eq!(lines[2], "<testsuite name=\"team.rhai\" tests=\"4\" failures=\"1\" errors=\"1\">");
    assert_eq!(
        lines[3],
        "<testcase name=\"Looks &amp; &lt;acts&gt;, row 1: looks\" classname=\"Prices: 100%\" file=\"team.rhai\" line=\"10\"/>"
    );
    assert!(
        lines.iter().any(|line| line.starts_with("<failure message=\"expected phone\" type=\"differs\">")),
        "{xml}"
    );
    assert!(
        lines.iter().any(|line| line.starts_with("<error message=\"the lead it gives was refused: stage")),
        "{xml}"
    );
    assert_eq!(xml.matches("<testcase ").count(), 4);
    assert!(!xml.contains("time="), "nothing here reads a clock");
}

#[test]
fn services_are_told_of_errors_in_rules_too() {
    let broken = "pack \"Team\";\nrule \"Call\" when lead.vists(7.days) >= 1 then phone;\n";
    let folder = with_pack("errors_in_rules", broken);
    let (code, xml, _) = test_in(&folder, &["--format", "junit"]);
    let document = roxmltree::Document::parse(&xml).unwrap();
    let error = document.descendants().find(|node| node.has_tag_name("error")).unwrap();
    assert_eq!((code, error.attribute("type")), (1, Some("unknown-fact")), "{xml}");
    assert!(xml.contains("<testsuites name=\"cadans test\" tests=\"1\" failures=\"0\" errors=\"1\">"), "{xml}");
    let (_, github, _) = test_in(&folder, &["--format", "github"]);
    assert!(github.starts_with("::error file=team.rhai,line=2,endLine=2,col="), "{github}");
    let (_, sarif, _) = test_in(&folder, &["--format", "sarif"]);
    let log: Value = serde_json::from_str(&sarif).unwrap();
    assert_eq!(log["runs"][0]["results"][0]["ruleId"], "error-in-rules");
}

/// What a JUnit reader needs: XML, suites of cases with names, and counts that are those of the elements.
#[test]
fn junit_is_well_formed_whatever_texts_have_in_them() {
    let hostile = r#"pack "]]> & <b>" #{};
rule "Call" when lead.open then phone because "Says \"yes\" & 'no' <now> \u0007 ]]>";
example "a < b && \"c\" ]]>" given #{ stage: "interest" } expect email;
example "É, ✓ and \t a tab" given #{ stage: "interest" } expect phone;
example "refused" given #{ stage: "<dreaming>" } expect wait;
"#;
    let folder = with_pack("junit_hostile", hostile);
    let (code, xml, err) = test_in(&folder, &["--format", "junit"]);
    assert_eq!(code, 1, "{err}");
    let document = roxmltree::Document::parse(&xml).unwrap();
    let of = |name: &str| document.descendants().filter(|node| node.has_tag_name(name)).collect::<Vec<_>>();
    let names: Vec<&str> = of("testcase").iter().map(|case| case.attribute("name").unwrap()).collect();
    assert_eq!(names, ["a < b && \"c\" ]]>", "É, ✓ and \t a tab", "refused"]);
    assert_eq!((of("failure").len(), of("error").len()), (1, 1));
    let suites = of("testsuites").into_iter().chain(of("testsuite"));
    let counts = suites.map(|suite| ["tests", "failures", "errors"].map(|count| suite.attribute(count).unwrap()));
    assert_eq!(counts.collect::<Vec<_>>(), [["3", "1", "1"]; 2]);
    assert!(of("testcase").iter().all(|case| case.attribute("classname") == Some("]]> & <b>")));
}

#[test]
fn github_is_told_the_line_with_everything_escaped() {
    let folder = with_pack("github", PACK);
    let (code, out, _) = test_in(&folder, &["--format", "github"]);
    assert_eq!(code, 1);
    let lines: Vec<&str> = out.lines().collect();
    assert!(
        lines[0].starts_with(
            "::error file=team.rhai,line=12,endLine=12,col=9,endColumn=74,title=Looks & <acts>%2C row 3%3A long%2C ago::expected phone%0A"
        ),
        "{out}"
    );
    assert_eq!(lines.len(), 3, "two annotations and the count: {out}");
    assert_eq!(lines[2], "2 passed, 2 failed.");
}

#[test]
fn sarif_has_a_result_with_its_place_for_each_failure() {
    let folder = with_pack("sarif", PACK);
    let (code, out, _) = test_in(&folder, &["--format", "sarif"]);
    assert_eq!(code, 1);
    let log: Value = serde_json::from_str(&out).unwrap();
    assert_eq!((&log["version"], &log["runs"][0]["tool"]["driver"]["name"]), (&"2.1.0".into(), &"cadans".into()));
    let results = log["runs"][0]["results"].as_array().unwrap();
    assert_eq!(results.len(), 2);
    let place = &results[0]["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "team.rhai");
    assert_eq!((&place["region"]["startLine"], &place["region"]["startColumn"]), (&12.into(), &9.into()));
    for result in results {
        let rule = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(log["runs"][0]["tool"]["driver"]["rules"][rule]["id"], result["ruleId"]);
    }
}

/// The objects of SARIF that a log of ours has: the properties that the schema of SARIF 2.1.0 requires of them, and those of the others that it knows and
/// we write. It allows no further ones.
const SARIF_OBJECTS: [(&str, &[&str], &[&str]); 10] = [
    ("log", &["version", "runs"], &["$schema"]),
    ("run", &["tool"], &["results", "columnKind"]),
    ("tool", &["driver"], &[]),
    ("driver", &["name"], &["version", "rules"]),
    ("rule", &["id"], &["shortDescription", "defaultConfiguration"]),
    ("result", &["message"], &["ruleId", "ruleIndex", "level", "locations"]),
    ("message", &["text"], &[]),
    ("location", &[], &["physicalLocation"]),
    ("physicalLocation", &["artifactLocation"], &["region"]),
    ("region", &["startLine"], &["startColumn", "endLine", "endColumn"]),
];

#[test]
fn sarif_has_what_its_schema_requires() {
    let is = |kind: &str, object: &Value| {
        let (_, required, known) = SARIF_OBJECTS.iter().find(|(name, ..)| *name == kind).unwrap();
        let fields = object.as_object().unwrap_or_else(|| panic!("{kind}: {object}"));
        assert!(required.iter().all(|name| fields.contains_key(*name)), "{kind}: {object}");
        let known = |name: &String| required.contains(&&**name) || known.contains(&&**name);
        assert!(fields.keys().all(known), "{kind}: {object}");
    };
    let levels = ["none", "note", "warning", "error"];
    let folder = with_pack("sarif_schema", PACK);
    for coverage in [&["--format", "sarif"][..], &["--format", "sarif", "--coverage"]] {
        let log: Value = serde_json::from_str(&test_in(&folder, coverage).1).unwrap();
        is("log", &log);
        assert_eq!((&log["version"], log["runs"].as_array().map(Vec::len)), (&"2.1.0".into(), Some(1)));
        let run = &log["runs"][0];
        is("run", run);
        is("tool", &run["tool"]);
        is("driver", &run["tool"]["driver"]);
        assert!(["utf16CodeUnits", "unicodeCodePoints"].contains(&run["columnKind"].as_str().unwrap()));
        for rule in run["tool"]["driver"]["rules"].as_array().unwrap() {
            is("rule", rule);
            is("message", &rule["shortDescription"]);
            assert!(levels.contains(&rule["defaultConfiguration"]["level"].as_str().unwrap()));
        }
        let results = run["results"].as_array().unwrap();
        assert_eq!(results.len() > 2, coverage.len() > 2, "what is not covered is among the results");
        for result in results {
            is("result", result);
            is("message", &result["message"]);
            assert!(levels.contains(&result["level"].as_str().unwrap()) && result["ruleIndex"].as_u64().unwrap() < 2);
            let [location] = &result["locations"].as_array().unwrap()[..] else { panic!("{result}") };
            is("location", location);
            let place = &location["physicalLocation"];
            is("physicalLocation", place);
            assert!(place["artifactLocation"]["uri"].is_string());
            is("region", &place["region"]);
            assert!(place["region"].as_object().unwrap().values().all(|number| number.as_u64().unwrap() >= 1));
        }
    }
}

#[test]
fn a_file_name_with_blanks_is_a_valid_uri() {
    let folder = folder("blanks");
    fs::write(folder.join("team north.rhai"), PACK).unwrap();
    let run = run_in(&folder, &["test", ".", "--format", "sarif"]);
    assert!(run.out.contains("\"uri\": \"team%20north.rhai\""));
}

#[test]
fn coverage_shows_what_no_example_tries_and_tells_dead_rules_apart() {
    let folder = with_pack("coverage", &passing());
    let (code, out, _) = test_in(&folder, &["--coverage"]);
    assert_eq!(code, 0, "{out}");
    let has = |words: &[&str]| out.lines().any(|line| words.iter().all(|word| line.contains(word)));
    assert!(has(&["4", "rule \"Dead\": can hold for no lead"]), "{out}");
    assert!(has(&["2", "lead.visits(\"pricing\", 7.days) >= 2: no example makes it false"]), "{out}");
    assert!(!has(&["lead.stage is \"consideration\":"]), "what is covered is not shown: {out}");
    // Of "Prices" the rule and its first side; of "Dead" nothing of the rule and its two sides.
    assert!(has(&["team.rhai", "rules 1 of 2, statements 1 of 2, sides 1 of 4, together 33 %"]), "{out}");
}

#[test]
fn less_than_the_minimum_has_an_exit_code_of_its_own() {
    let folder = with_pack("minimum", &passing());
    let (code, out, _) = test_in(&folder, &["--coverage", "--min", "33"]);
    assert!(code == 0 && out.contains("at least the 33 %"), "{out}");
    let (code, out, _) = test_in(&folder, &["--coverage", "--min", "34"]);
    assert!(code == 5 && out.contains("less than the 34 %"), "{out}");
    // Examples that fail go before it.
    fs::write(folder.join("team.rhai"), PACK).unwrap();
    assert_eq!(test_in(&folder, &["--coverage", "--min", "99"]).0, 1);
    // Nothing to cover is not 100 %.
    fs::write(folder.join("team.rhai"), "setting hot = 2;").unwrap();
    let (code, out, _) = test_in(&folder, &["--coverage", "--min", "0"]);
    assert!(code == 5 && out.contains("nothing to cover"), "{out}");
    assert_eq!(test_in(&folder, &["--min", "80"]).0, 2, "--min needs --coverage");
    assert_eq!(test_in(&folder, &["--coverage", "--min", "101"]).0, 2);
}

#[test]
fn coverage_is_written_for_lcov_and_in_json() {
    let folder = with_pack("lcov", &passing());
    let (_, out, _) = test_in(&folder, &["--coverage", "--lcov", "coverage.info", "--format", "json"]);
    let data: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(data["examples"].as_array().map(Vec::len), Some(2));
    assert_eq!(data["coverage"]["totals"]["all"], serde_json::json!({ "covered": 2, "of": 6, "percent": 33 }));
    let lcov = fs::read_to_string(folder.join("coverage.info")).unwrap();
    for line in ["SF:team.rhai", "FN:2,Prices", "FNDA:1,Prices", "FNDA:0,Dead", "end_of_record"] {
        assert!(lcov.lines().any(|one| one == line), "{line} is missing in:\n{lcov}");
    }
    let (code, _, err) = test_in(&folder, &["--coverage", "--lcov", "team.rhai"]);
    assert!(code == 2 && fs::read_to_string(folder.join("team.rhai")).unwrap() == passing(), "{err}");
}

#[test]
fn a_gap_is_told_once_below_its_statement() {
    let pack = r#"rule "Call" when (lead.visits() >= 1 or lead.downloads() >= 1) and lead.stage is "interest" then phone;
example "a" given #{ stage: "interest", signals: [visit(1.day.ago)] } expect phone;
example "b" given #{ stage: "interest" } expect wait;
"#;
    let folder = with_pack("gaps", pack);
    let (_, out, _) = test_in(&folder, &["--coverage"]);
    let shown: Vec<&str> = out.lines().skip_while(|line| !line.contains("together")).take(4).collect();
    assert_eq!(
        shown[1..],
        [
            "  1  rule \"Call\":",
            "  1    lead.downloads() >= 1: no example makes it true",
            "  1    lead.stage is \"interest\": no example makes it false"
        ],
        "{out}"
    );
}

#[test]
fn what_is_proposed_can_be_put_into_the_file_as_it_is_printed() {
    let pack = "rule \"Call\"\n    when lead.visits(7.days) >= 2 and lead.stage is \"interest\"\n    then phone.to(\"decider\");\n";
    let folder = with_pack("propose", pack);
    let (code, proposed, err) = test_in(&folder, &["--propose"]);
    assert!(code == 0 && proposed.lines().count() > 3, "{proposed}{err}");
    fs::write(folder.join("team.rhai"), format!("{pack}\n{proposed}")).unwrap();
    let (code, out, err) = test_in(&folder, &[]);
    assert!(code == 0 && out.contains("1 passed, 0 failed"), "{out}{err}");
    let (_, out, _) = test_in(&folder, &["--propose"]);
    assert!(out.contains("Each rule has an example that makes it win"), "{out}");
}

#[test]
fn watching_runs_again_when_a_file_changes() {
    let folder = with_pack("watch", &passing());
    let mut child = command(&folder, &["test", "team.rhai", "--watch"]).stdout(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut until = |words: &str| lines.by_ref().map(Result::unwrap).find(|line| line.contains(words)).unwrap();
    until("2 passed, 0 failed");
    until("Waits for a rule file to change");
    fs::write(folder.join("team.rhai"), PACK).unwrap();
    until("team.rhai changed");
    until("2 passed, 2 failed");
    child.kill().unwrap();
    child.wait().unwrap();
}
