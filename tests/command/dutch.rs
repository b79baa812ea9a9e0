//! What the command refuses, and what the system or a reader reports, is told in Dutch where Dutch is asked for.
#![allow(clippy::unwrap_used, missing_docs, reason = "a test that panics has failed")]

use cadans_testing::english_words::english_words;

use super::process::{Run, command, empty_folder, write};

#[test]
fn the_command_tells_in_dutch_what_it_refuses() {
    let rule = "pack \"Proef\" #{ language: \"nl\" };\nsetting genoeg = 2 because \"Genoeg bezoeken\";\nrule \"Bel\" when lead.visits(7.days) >= genoeg then phone because \"Vaak gekeken\";\n";
    let folder = empty_folder("dutch", "refused");
    let files = [
        ("rules/proef.rhai", rule),
        ("leads.json", include_str!("refused.json")),
        ("cut.json", "{\"leads\": [{\"id\": \"a\"}, {\"id\": \"b\", \"zone\": \"x\", \"people\": 7, \"nam\": 1"),
        ("leads.csv", "Nr;Naam\n1;Alfa;x\n2\n;y\n"),
        ("mapping.json", "{\"separator\": \";;\", \"leads\": {\"lead\": {\"naem\": \"Naam\"}}}"),
        ("not.json", "{\"leads\": "),
        ("model.json", "{\"name\": 1}"),
        ("hours.json", "{}"),
        ("deal.csv", "deal_id,property_amount\n1,veel\n,2\n"),
        ("misspelt/rulebook.toml", "format = 1\nnaam = \"x\"\n"),
        ("typed/rulebook.toml", "format = 1\n[[layer]]\nkind = 7\n"),
        ("cut/rulebook.toml", "format = 1\n[[layer]\nkind = \"team\"\n"),
        ("settings/rulebook.toml", "format = 1\nsettings_file = \"eigen.settings.toml\"\n[[layer]]\nkind = \"team\"\n"),
        ("settings/eigen.settings.toml", "genoeg = twee\n"),
    ];
    for (file, text) in files {
        write(&folder, file, text);
    }
    let now = "2026-11-20T10:00:00+01:00";
    let refused: &[&str] = &[
        "decide --rules rules --leads leads.json --now NOW",
        "decide --rules rules --leads cut.json --now NOW",
        "check rules --leads cut.json",
        "explain --rules rules --leads leads.json --lead L-1 --now NOW",
        "simulate --rules rules --leads leads.json --now NOW --model model.json",
        "simulate --rules rules --leads leads.json --now NOW --model hours.json",
        "simulate --rules rules --leads leads.json --now NOW --model not.json",
        "decide --rules rules --leads leads.csv --mapping mapping.json --now NOW",
        "decide --rules rules --leads leads.csv --mapping not.json --now NOW",
        "import csv leads.csv --mapping mapping.json",
        "import hubspot deal.csv leads.csv",
        "import salesforce leads.csv",
        "import mautic cut.json",
        "import segment leads.json",
        "decide --rules misspelt --leads leads.json --now NOW",
        "decide --rules typed --leads leads.json --now NOW",
        "decide --rules cut --leads leads.json --now NOW",
        "decide --rules settings --leads leads.json --now NOW",
        "check misspelt",
        "check typed",
        "check cut",
        "check settings",
    ];
    let mut wrong = Vec::new();
    for line in refused {
        let args: Vec<&str> =
            line.split(' ').map(|arg| if arg == "NOW" { now } else { arg }).chain(["--lang", "nl"]).collect();
        let mut command = command(&folder, &args);
        let printed = Run::from(command.env("NO_COLOR", "1").env("COLUMNS", "400").output().unwrap()).err;
        let english = english_words(&printed);
        if printed.trim().is_empty() || !english.is_empty() {
            wrong.push(format!("cadans {line}: {english:?}\n{printed}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
