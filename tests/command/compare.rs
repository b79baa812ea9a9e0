//! `cadans diff`, `log` and `blame` as their user meets them. The last two and `diff --from` read small git repositories, which the tests make.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    reason = "tests"
)]

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use serde_json::Value;

use crate::process::{Run, command, run_in, write};

const NOW: &str = "2026-11-20T10:00:00+01:00";

/// An empty folder of this test's own, outside any repository; removed at the end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("cadans-compare-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    fn write(&self, file: &str, text: &str) {
        write(&self.0, file, text);
    }

    /// Runs git with an author and dates that do not change.
    fn git(&self, author: &str, date: &str, args: &[&str]) {
        let identity = [("GIT_AUTHOR_NAME", author), ("GIT_COMMITTER_NAME", author)];
        let emails = [("GIT_AUTHOR_EMAIL", "a@example.org"), ("GIT_COMMITTER_EMAIL", "a@example.org")];
        let dates = [("GIT_AUTHOR_DATE", date), ("GIT_COMMITTER_DATE", date)];
        let config = [("GIT_CONFIG_GLOBAL", "/dev/null"), ("GIT_CONFIG_NOSYSTEM", "1")];
        let output = Command::new("git")
            .args(args)
            .current_dir(&self.0)
            .envs(identity.into_iter().chain(emails).chain(dates).chain(config))
            .output()
            .expect("these tests need the program git");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }

    fn commit(&self, author: &str, day: u32, subject: &str) {
        let date = format!("2026-11-{day:02}T09:00:00+01:00");
        self.git(author, &date, &["add", "-A"]);
        self.git(author, &date, &["commit", "-q", "-m", subject]);
    }

    fn run(&self, args: &[&str]) -> Run {
        run_in(&self.0, args)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Runs `cadans log rules` with these variables.
fn run_with_env(folder: &Folder, env: &[(&str, &str)]) -> Run {
    command(&folder.0, &["log", "rules"]).envs(env.iter().copied()).output().unwrap().into()
}

const SHOP: &str = include_str!("shop.rhai");
const LEADS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/command/leads.json");

/// A folder with two versions of the shop's pack: `hot_visits` is 3, and what took a guide is phoned.
fn two_versions(name: &str) -> Folder {
    let folder = Folder::new(name);
    folder.write("old/shop.rhai", SHOP);
    folder.write("new/shop.rhai", &SHOP.replace("hot_visits = 2", "hot_visits = 3").replace("then email", "then chat"));
    folder
}

// ---- diff -----------------------------------------------------------------------------------------------------------

#[test]
fn a_difference_is_told_by_statement_and_has_a_code_of_its_own() {
    let folder = two_versions("statements");
    let run = folder.run(&["diff", "old", "new"]);
    assert_eq!((run.code, run.err.as_str()), (4, ""));
    insta::assert_snapshot!(run.out);
    assert_eq!(folder.run(&["diff", "old", "new", "--exit-zero"]).code, 0);
    let dutch = folder.run(&["diff", "old", "new", "--lang", "nl"]).out;
    assert!(dutch.contains("hot_visits van 2 naar 3") && dutch.contains("mail werd chat"), "{dutch}");
}

#[test]
fn the_same_in_another_layout_ends_in_zero() {
    let folder = two_versions("same");
    folder.write("new/shop.rhai", &format!("// Ours\n{}", SHOP.replace(";\n", " ;\n\n").replace("    then", "  then")));
    let run = folder.run(&["diff", "old/shop.rhai", "new/shop.rhai"]);
    assert_eq!((run.code, run.out.as_str()), (0, "Both say the same\n"));
    assert_eq!(folder.run(&["diff", "old", "new", "--format", "json"]).json()["changes"]["same"], true);
}

#[test]
fn leads_with_other_advice_are_laid_to_their_cause() {
    let folder = two_versions("leads");
    let asked = ["diff", "old", "new", "--leads", LEADS, "--now", NOW];
    let run = folder.run(&asked);
    assert_eq!(run.code, 4);
    insta::assert_snapshot!(run.out);
    let data = folder.run(&[&asked[..], &["--format", "json"]].concat()).json();
    let causes = data["advice"]["causes"].as_array().unwrap();
    let leads: u64 = causes.iter().map(|cause| cause["leads"].as_u64().unwrap()).sum();
    assert_eq!(data["advice"]["other"], leads);
    assert!(causes.iter().any(|cause| cause["why"] == "setting_moved"));
}

#[test]
fn markdown_is_for_a_pull_request() {
    let folder = two_versions("markdown");
    let run = folder.run(&["diff", "old", "new", "--leads", LEADS, "--now", NOW, "--format", "markdown"]);
    insta::assert_snapshot!(run.out);
}

#[test]
fn a_fortnight_of_both_says_that_it_forecasts_nothing() {
    let folder = two_versions("fortnight");
    let asked = ["diff", "old", "new", "--leads", LEADS, "--now", NOW, "--simulate"];
    let run = folder.run(&asked);
    assert!(run.out.contains("forecasts nothing"), "{}", run.out);
    let data = folder.run(&[&asked[..], &["--format", "json"]].concat()).json();
    assert_eq!(data["simulation"]["runs"].as_array().unwrap().len(), 2);
}

#[test]
fn one_side_is_no_comparison() {
    let folder = two_versions("misuse");
    let run = folder.run(&["diff", "old"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("cadans diff OLD NEW"), "{}", run.err);
    assert_eq!(folder.run(&["diff", "old", "gone"]).code, 3);
}

#[test]
fn a_file_with_errors_is_compared_and_told() {
    let folder = two_versions("broken");
    folder.write("new/shop.rhai", &SHOP.replace("lead.downloads", "lead.downlods"));
    let run = folder.run(&["diff", "old", "new"]);
    assert_eq!(run.code, 4);
    assert!(run.out.contains("After: new/shop.rhai has 1 error"), "{}", run.out);
}

// ---- a repository ---------------------------------------------------------------------------------------------------

/// The pack of the shop, and its rules one by one.
const FIRST: &str = "pack \"Shop\" #{ version: \"1.0.0\" };\n\nsetting hot_visits = 2 range 1..=10;\n\nrule \"Price\"\n    when lead.visits(\"pricing\", 7.days) >= hot_visits\n    then phone.to(\"decider\").within(4.hours);\n";

/// Five commits: the setting moves, a rule comes, a rule gets another name and channel, the file gets another name.
fn repository(name: &str) -> Folder {
    let folder = Folder::new(name);
    folder.git("Kim", "2026-11-01T09:00:00+01:00", &["init", "-q", "-b", "main", "."]);
    folder.write("rules/shop.rhai", FIRST);
    folder.write("rules/team.settings.toml", "[settings]\nhot_visits = 2\n");
    folder.commit("Kim de Boer", 1, "first");
    let second = FIRST.replace("hot_visits = 2", "hot_visits = 3");
    folder.write("rules/shop.rhai", &second);
    folder.write("rules/team.settings.toml", "[settings]\nhot_visits = 3\n");
    folder.commit("Noor\u{1b}[2J Bakker", 2, "hotter");
    let third = format!("{second}\nrule \"Guide\" when lead.downloads(30.days) >= 1 then email;\n");
    folder.write("rules/shop.rhai", &third);
    folder.commit("Kim de Boer", 3, "guide");
    let fourth = third.replace("rule \"Price\"", "rule \"Prices\" formerly \"Price\"").replace("phone.to", "email.to");
    folder.write("rules/shop.rhai", &fourth);
    folder.commit("Noor Bakker", 4, "prices by mail");
    fs::remove_file(folder.0.join("rules/shop.rhai")).unwrap();
    folder.write("rules/counter.rhai", &format!("// Only the name of the file is another.\n{fourth}"));
    folder.commit("Kim de Boer", 5, "counter");
    folder
}

/// Title, and for each change author, day and words.
fn told(log: &Value) -> Vec<(String, Vec<String>)> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let change =
        |one: &Value| format!("{} {} {}", text(&one["author"]), &text(&one["date"])[8..10], text(&one["words"]));
    let statements = log["statements"].as_array().unwrap().iter();
    statements
        .map(|one| (text(&one["title"]), one["changes"].as_array().unwrap().iter().map(change).collect()))
        .collect()
}

#[test]
fn the_log_follows_rules_through_other_names_of_theirs_and_of_their_files() {
    let folder = repository("log");
    let log = told(&folder.run(&["log", "rules", "--format", "json"]).json());
    let of = |title: &str| log.iter().find(|one| one.0 == title).unwrap_or_else(|| panic!("{log:?}")).1.clone();
    assert_eq!(of("setting hot_visits"), ["Noor [2J Bakker 02 hot_visits 2 to 3", "Kim de Boer 01 added"]);
    assert_eq!(
        of("rule \"Prices\""),
        [
            "Noor Bakker 04 name \"Price\" became \"Prices\"; formerly \"Price\" added; phone became email",
            "Kim de Boer 01 added"
        ]
    );
    assert_eq!(of("rule \"Guide\""), ["Kim de Boer 03 added"]);
    assert_eq!(
        of("settings.hot_visits"),
        ["Noor [2J Bakker 02 hot_visits 2 to 3", "Kim de Boer 01 hot_visits 2 added"]
    );
    assert_eq!(log.len(), 5, "the pack, the setting, two rules and a key: {log:?}");
    // Asked by its name of today, the file has all of it too.
    let file = told(&folder.run(&["log", "rules/counter.rhai", "--format", "json"]).json());
    assert_eq!(file.len(), 4);
    assert!(file.iter().any(|one| one.0 == "rule \"Prices\"" && one.1.len() == 2), "{file:?}");
}

#[test]
fn the_log_for_people_has_no_control_characters() {
    let folder = repository("text");
    let run = folder.run(&["log", "rules", "--statement", "hot_visits"]);
    assert!(!run.out.contains('\u{1b}'), "{:?}", run.out);
    let lines: Vec<&str> = run.out.lines().map(str::trim).collect();
    assert_eq!(lines[0], "rules/counter.rhai");
    assert_eq!(lines[1], "setting hot_visits");
    assert!(
        lines[2].starts_with("2026-11-02  Noor [2J Bakker  ") && lines[2].ends_with("hot_visits 2 to 3"),
        "{lines:?}"
    );
    assert!(folder.run(&["log", "rules", "--lang", "nl"]).out.contains("hot_visits van 2 naar 3"));
}

#[test]
fn blame_has_the_last_change_of_each_statement_and_what_is_not_committed() {
    let folder = repository("blame");
    let file = folder.0.join("rules/counter.rhai");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, text.replace("then email;", "then email.offer(\"guide\");")).unwrap();
    let blame = folder.run(&["blame", "rules/counter.rhai", "--format", "json"]).json();
    let lines = blame["statements"].as_array().unwrap();
    let of = |title: &str| lines.iter().find(|line| line["title"] == title).unwrap();
    assert_eq!(of("rule \"Prices\"")["last"]["author"], "Noor Bakker");
    assert_eq!(of("rule \"Guide\"")["last"]["words"], "offer \"guide\" added");
    assert!(of("rule \"Guide\"")["last"].get("commit").is_none());
    assert_eq!(of("pack \"Shop\"")["last"]["author"], "Kim de Boer");
    assert_eq!(of("setting hot_visits")["line"], 4);
    let toml = folder.run(&["blame", "rules/team.settings.toml"]).out;
    assert!(toml.contains("settings.hot_visits") && toml.contains("2026-11-02"), "{toml}");
}

#[test]
fn a_rule_that_is_gone_is_told_by_who_removed_it() {
    let folder = repository("gone");
    let file = folder.0.join("rules/counter.rhai");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, text.split("\nrule \"Guide\"").next().unwrap()).unwrap();
    folder.commit("Kim de Boer", 6, "no guide");
    let log = folder.run(&["log", "rules", "--format", "json"]).json();
    let gone: Vec<&Value> = log["statements"].as_array().unwrap().iter().filter(|one| one["gone"] == true).collect();
    assert_eq!(gone.len(), 1);
    assert_eq!((&gone[0]["title"], &gone[0]["changes"][0]["words"]), (&"rule \"Guide\"".into(), &"removed".into()));
    assert_eq!(gone[0]["changes"].as_array().unwrap().len(), 2, "{}", gone[0]);
}

#[test]
fn a_merge_has_only_what_is_in_none_of_its_parents() {
    let folder = repository("merge");
    let date = "2026-11-07T09:00:00+01:00";
    let file = folder.0.join("rules/counter.rhai");
    let text = fs::read_to_string(&file).unwrap();
    folder.git("Kim", date, &["checkout", "-q", "-b", "side"]);
    fs::write(&file, text.replace("4.hours", "1.day")).unwrap();
    folder.commit("Sam", 7, "slower");
    folder.git("Kim", date, &["checkout", "-q", "main"]);
    fs::write(&file, format!("{text}\nrule \"Form\" when lead.waiting then answer;\n")).unwrap();
    folder.commit("Kim", 8, "form");
    folder.git("Kim", date, &["merge", "-q", "--no-ff", "--no-commit", "side"]);
    let merged = fs::read_to_string(&file).unwrap();
    fs::write(&file, merged.replace("30.days", "60.days")).unwrap();
    folder.commit("Max", 9, "merge");
    let log = told(&folder.run(&["log", "rules", "--format", "json"]).json());
    let of = |title: &str| log.iter().find(|one| one.0 == title).unwrap().1.clone();
    assert!(of("rule \"Guide\"")[0].starts_with("Max 09 when: lead.downloads(30.days) >= 1 became"), "{log:?}");
    assert_eq!(of("rule \"Prices\"")[0], "Sam 07 within 4 hours to 1 day");
    assert_eq!(of("rule \"Form\""), ["Kim 08 added"]);
    assert!(log.iter().flat_map(|one| &one.1).filter(|words| words.starts_with("Max")).count() == 1, "{log:?}");
}

#[test]
fn a_commit_in_which_a_file_does_not_read_is_told_and_the_rest_goes_on() {
    let folder = repository("unread");
    let file = folder.0.join("rules/counter.rhai");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, text.replace("lead.downloads(30.days) >= 1 then", "lead.downloads(30.days >= 1 then")).unwrap();
    folder.commit("Kim", 6, "oops");
    fs::write(&file, &text).unwrap();
    folder.commit("Kim", 7, "mended");
    let run = folder.run(&["log", "rules", "--format", "json"]);
    assert_eq!(run.code, 0);
    assert!(run.err.contains("rules/counter.rhai has 1 error in "), "{}", run.err);
    assert_eq!(run.json()["unread"].as_array().unwrap().len(), 1);
    assert_eq!(told(&run.json()).iter().find(|one| one.0 == "rule \"Guide\"").unwrap().1.len(), 3);
}

#[test]
fn a_shallow_clone_says_that_its_history_is_cut_off() {
    let folder = repository("shallow");
    let url = format!("file://{}", folder.0.display());
    let clone = Folder::new("clone");
    clone.git("Kim", "2026-11-07T09:00:00+01:00", &["clone", "-q", "--depth", "2", &url, "here"]);
    let run = run_in(&clone.0.join("here"), &["log", "rules", "--format", "json"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.err.contains("shallow") && run.err.contains("git fetch --unshallow"), "{}", run.err);
    let data = run.json();
    assert_eq!(data["cutOff"], true);
    let words: Vec<&Value> = data["statements"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|one| one["changes"].as_array().unwrap())
        .map(|one| &one["kind"])
        .collect();
    assert!(!words.is_empty() && words.iter().all(|kind| **kind == "cut_off"), "{words:?}");
}

#[test]
fn without_git_and_outside_a_repository_it_says_what_to_do() {
    let outside = Folder::new("outside");
    outside.write("shop.rhai", FIRST);
    for args in [&["log"][..], &["blame", "shop.rhai"], &["diff", "--from", "main", "shop.rhai"]] {
        let run = outside.run(args);
        assert_eq!(run.code, 2, "{}", run.err);
        assert!(run.err.contains("git repository") && run.err.contains("git init"), "{}", run.err);
    }
    let folder = repository("no-git");
    let run = run_with_env(&folder, &[("PATH", "/nowhere")]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("the program git was not found") && run.err.contains("install git"), "{}", run.err);
}

#[test]
fn what_a_repository_configures_is_not_run() {
    let folder = repository("hostile");
    let mark = folder.0.join("ran");
    let script = format!("sh -c 'touch {}'", mark.display());
    for (key, value) in [
        ("core.fsmonitor", script.as_str()),
        ("core.pager", &script),
        ("diff.external", &script),
        ("diff.x.textconv", &script),
        ("gpg.program", &script),
        ("log.showSignature", "true"),
    ] {
        folder.git("Kim", "2026-11-07T09:00:00+01:00", &["config", key, value]);
    }
    folder.write(".gitattributes", "*.rhai diff=x\n");
    assert_eq!(folder.run(&["log", "rules"]).code, 0);
    assert_eq!(folder.run(&["blame", "rules/counter.rhai"]).code, 0);
    assert_eq!(folder.run(&["diff", "--from", "HEAD~1", "rules"]).code, 0);
    assert!(!mark.exists());
    // What the environment says of another repository is not followed.
    let run = run_with_env(&folder, &[("GIT_DIR", "/nowhere"), ("GIT_EXTERNAL_DIFF", &script)]);
    assert_eq!(run.code, 0, "{}", run.err);
}

#[test]
fn the_working_tree_and_revisions_are_compared() {
    let folder = repository("revisions");
    let run = folder.run(&["diff", "--from", "HEAD~3", "--to", "HEAD", "rules"]);
    assert_eq!(run.code, 4, "{}", run.err);
    assert!(run.out.contains("rule \"Guide\"") && run.out.contains("phone became email"), "{}", run.out);
    assert_eq!(folder.run(&["diff", "--from", "HEAD", "rules"]).code, 0);
    let file = folder.0.join("rules/counter.rhai");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, text.replace("hot_visits = 3", "hot_visits = 4")).unwrap();
    let run = folder.run(&["diff", "--from", "main", "rules/counter.rhai"]);
    assert!(run.out.contains("hot_visits 3 to 4"), "{}", run.out);
    let run = folder.run(&["diff", "--from", "--output=x", "rules"]);
    assert_eq!(run.code, 2);
    let run = folder.run(&["diff", "--from=-x", "rules"]);
    assert_eq!((run.code, run.err.contains("there is no revision")), (2, true), "{}", run.err);
}

// ---- packs that are needed, and rulebooks ---------------------------------------------------------------------------

#[test]
fn a_needed_pack_that_is_beside_one_file_alone_serves_both() {
    let folder = Folder::new("needs");
    let shop = |hot: u8| {
        format!(
            "pack \"Shop\" #{{ needs: [\"answers.rhai\"] }};\nsetting hot = {hot} range 1..=9 because \"x\";\nrule \"A\" when lead.visits(7.days) >= hot then phone because \"y\";\n"
        )
    };
    folder.write("old/shop.rhai", &shop(2));
    folder
        .write("old/answers.rhai", "pack \"Answers\" #{};\nrule \"B\" when lead.waiting then answer because \"z\";\n");
    folder.write("new/shop.rhai", &shop(3));
    let run = folder.run(&["diff", "old/shop.rhai", "new/shop.rhai", "--format", "json"]);
    let titles: Vec<String> = told_titles(&run.json());
    assert_eq!(titles, ["setting hot"]);
    assert!(run.err.contains("answers.rhai is not beside new/shop.rhai"), "{}", run.err);
    // In a folder it is gone.
    let run = folder.run(&["diff", "old", "new", "--format", "json"]);
    assert_eq!(told_titles(&run.json()), ["setting hot", "pack \"Answers\"", "rule \"B\""]);
}

fn told_titles(diff: &Value) -> Vec<String> {
    let statements = diff["changes"]["statements"].as_array().unwrap();
    statements.iter().map(|one| one["title"].as_str().unwrap().to_owned()).collect()
}

/// A rulebook of the shop's pack as company, with the setting of the rulebook as a whole; the files that are accepted are those of `text`.
fn rulebook(folder: &Folder, name: &str, hot: u8, text: &str) {
    let hash = cadans::manifest::content_hash(text);
    folder.write(&format!("{name}/shop.rhai"), text);
    folder.write(
        &format!("{name}/rulebook.toml"),
        &format!(
            "[settings]\nhot_visits = {hot}\n\n[[layer]]\nkind = \"company\"\n\n[[layer.file]]\npath = \"shop.rhai\"\nsha256 = \"{hash}\"\n"
        ),
    );
}

#[test]
fn rulebooks_are_compared_with_their_settings_and_accepted_files() {
    let folder = Folder::new("rulebooks");
    rulebook(&folder, "old", 2, SHOP);
    rulebook(&folder, "new", 3, SHOP);
    let asked = ["diff", "old/rulebook.toml", "new/rulebook.toml", "--leads", LEADS, "--now", NOW, "--format", "json"];
    let data = folder.run(&asked).json();
    assert_eq!(data["changes"]["keys"][0]["words"], "hot_visits 2 to 3");
    let causes = data["advice"]["causes"].as_array().unwrap();
    assert_eq!(causes.len(), 1, "{causes:?}");
    assert_eq!(
        (&causes[0]["why"], &causes[0]["words"]),
        (&"setting_moved".into(), &"setting moved: hot_visits 2 to 3".into())
    );
    // The same setting in the pack gives the same advice, so the rulebook is read with its settings.
    folder.write("plain/old.rhai", SHOP);
    folder.write("plain/new.rhai", &SHOP.replace("hot_visits = 2", "hot_visits = 3"));
    let plain = folder
        .run(&["diff", "plain/old.rhai", "plain/new.rhai", "--leads", LEADS, "--now", NOW, "--format", "json"])
        .json();
    assert_eq!(plain["advice"]["other"], data["advice"]["other"]);
    // A text that nobody accepted takes no part.
    folder.write("new/shop.rhai", &SHOP.replace("then email", "then chat"));
    let data = folder.run(&asked).json();
    let causes = data["advice"]["causes"].as_array().unwrap();
    let layers = causes.iter().find(|cause| cause["why"] == "layers").unwrap_or_else(|| panic!("{causes:?}"));
    assert_eq!(layers["words"], "layers changed: new/shop.rhai is not the text that was accepted");
}

#[test]
fn a_rulebook_is_compared_with_a_revision() {
    let folder = Folder::new("rulebook-git");
    folder.git("Kim", "2026-11-01T09:00:00+01:00", &["init", "-q", "-b", "main", "."]);
    rulebook(&folder, "team", 2, SHOP);
    folder.commit("Kim", 1, "first");
    rulebook(&folder, "team", 3, &SHOP.replace("then email", "then chat"));
    let asked = ["diff", "--from", "HEAD", "team/rulebook.toml", "--leads", LEADS, "--now", NOW, "--format", "json"];
    let data = folder.run(&asked).json();
    let keys: Vec<&str> =
        data["changes"]["keys"].as_array().unwrap().iter().map(|one| one["words"].as_str().unwrap()).collect();
    assert_eq!(keys, ["this text of shop.rhai accepted into layer company", "hot_visits 2 to 3"]);
    assert!(data["advice"]["causes"].as_array().unwrap().iter().any(|cause| cause["why"] == "setting_moved"));
    folder.commit("Noor", 2, "hotter");
    let log = told(&folder.run(&["log", "team", "--format", "json"]).json());
    let all: Vec<&String> = log.iter().flat_map(|one| &one.1).filter(|words| words.starts_with("Noor 02")).collect();
    assert!(all.iter().any(|words| words.ends_with("hot_visits 2 to 3")), "{all:?}");
    assert!(all.iter().any(|words| words.ends_with("this text of shop.rhai accepted into layer company")), "{all:?}");
    let blame = folder.run(&["blame", "team/rulebook.toml"]).out;
    assert!(blame.contains("Noor") && blame.contains("hot_visits 2 to 3"), "{blame}");
}

#[test]
fn names_of_files_with_spaces_quotes_and_line_ends_have_their_history() {
    let folder = Folder::new("names");
    folder.git("Kim", "2026-11-01T09:00:00+01:00", &["init", "-q", "-b", "main", "."]);
    for name in ["two words.rhai", "a \"quoted\" one.rhai", "line\nend.rhai", "-dash.rhai", "tab\tbed.rhai"] {
        folder.write(name, &FIRST.replace("Shop", &format!("Shop {}", name.len())));
    }
    folder.commit("Kim", 1, "first");
    for name in ["two words.rhai", "a \"quoted\" one.rhai", "line\nend.rhai", "-dash.rhai", "tab\tbed.rhai"] {
        let text = fs::read_to_string(folder.0.join(name)).unwrap();
        folder.write(name, &text.replace("hot_visits = 2", "hot_visits = 3"));
    }
    folder.commit("Noor", 2, "hotter");
    let log = folder.run(&["log", ".", "--format", "json"]).json();
    let moved = log["statements"].as_array().unwrap().iter().filter(|one| one["title"] == "setting hot_visits");
    let changes: Vec<usize> = moved.map(|one| one["changes"].as_array().unwrap().len()).collect();
    assert_eq!(changes, [2; 5]);
    let text = folder.run(&["log", "."]);
    assert!(!text.out.contains('\t') && text.out.contains("two words.rhai"), "{:?}", text.out);
    let run = folder.run(&["diff", "--from", "HEAD~1", ".", "--format", "json"]);
    assert_eq!(told_titles(&run.json()), ["setting hot_visits"; 5]);
}
