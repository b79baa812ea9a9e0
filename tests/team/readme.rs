//! What the README shows of the team is what the command prints.
#![cfg(feature = "command")]

use std::process::Command;

#[test]
fn the_cards_in_the_readme_are_the_first_that_the_command_prints() {
    let readme = include_str!("../../README.md");
    let section = readme.split("\n## For the manager\n").nth(1).unwrap();
    let shown = section.split("```text\n").nth(1).unwrap().split("```").next().unwrap();
    let rules = ["rules/inside-sales.rhai", "rules/contact-policy"];
    let files = ["--leads", "www/sample/leads.json", "--team", "www/sample/team.json"];
    let printed = Command::new(env!("CARGO_BIN_EXE_cadans"))
        .args(["team", "cards", "--rules"])
        .args(rules)
        .args(files)
        .args(["--now", "2026-11-20T10:00:00+01:00"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env("COLUMNS", "100")
        .output()
        .unwrap();
    let printed = String::from_utf8(printed.stdout).unwrap();
    assert!(shown.lines().count() >= 4 && printed.starts_with(shown), "{printed}");
}
