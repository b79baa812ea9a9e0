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

#[test]
fn what_is_wrong_with_the_arguments_is_told_in_the_language_that_they_ask_for() {
    let folder = empty_folder("dutch", "usage");
    let now = "--now 2026-11-20T10:00:00+01:00";
    let wrong: &[(&str, &str, &str)] = &[
        (
            "decide --mappin x",
            "fout: een argument --mappin is er hier niet\n\n  doe dit: bedoelde je --mapping?",
            "error: there is no argument --mappin here\n\n  to do: did you mean --mapping?",
        ),
        (
            "decied",
            "fout: een opdracht decied is er niet\n\n  doe dit: bedoelde je decide?",
            "error: there is no command decied\n\n  to do: did you mean decide?",
        ),
        (
            "decide --rules x --leads y",
            "fout: er ontbreekt: --now <TIME>\n\n  doe dit: met --help vertelt de opdracht wat hij aanneemt",
            "error: missing: --now <TIME>\n\n  to do: with --help the command tells what it takes",
        ),
        (
            "decide --rules x --leads y --now Monday",
            "fout: --now <TIME> kan niet \"Monday\" zijn: ",
            "error: --now <TIME> cannot be \"Monday\": ",
        ),
        (
            "decide --rules x --leads y NOW --format jsn",
            "fout: --format <FORMAT> kan niet \"jsn\" zijn: het is ",
            "error: --format <FORMAT> cannot be \"jsn\": it is ",
        ),
        ("decide --leads", "fout: --leads <FILE> heeft een waarde nodig\n", "error: --leads <FILE> needs a value\n"),
        (
            "decide --rules x --leads y --leads z NOW",
            "fout: --leads <FILE> staat er twee keer\n",
            "error: --leads <FILE> is given twice\n",
        ),
        (
            "test x --coverage --example y",
            "fout: --coverage gaat niet samen met --example <NAME>\n",
            "error: --coverage does not go together with --example <NAME>\n",
        ),
        (
            "simulate --rules x --leads y NOW --days 0",
            "het is een geheel getal van 1 tot 366\n",
            "it is a whole number from 1 to 366\n",
        ),
        (
            "simulate --rules x --leads y NOW --step 10",
            "een stap is 1.minute tot 1.day, zoals 10.minutes\n",
            "a step is 1.minute to 1.day, such as 10.minutes\n",
        ),
        (
            "simulate --rules x --leads y NOW --seed a",
            "zaden zijn gehele getallen met komma's ertussen",
            "seeds are whole numbers with commas between them",
        ),
        (
            "simulate --rules x --leads y NOW --minutes fax=1",
            "kan niet \"fax=1\" zijn: het is phone, ",
            "cannot be \"fax=1\": it is phone, ",
        ),
        (
            "team plan --rules x --leads y NOW --share-of kim",
            "het is een verkoper en een deel, zoals kim=40\n",
            "it is a rep and a share, such as kim=40\n",
        ),
    ];
    for (line, dutch, english) in wrong {
        let line = line.replace("NOW", now);
        for (language, words) in [("nl", dutch), ("en", english)] {
            let args: Vec<&str> = line.split(' ').chain(["--lang", language]).collect();
            let run = Run::from(command(&folder, &args).env("NO_COLOR", "1").env("COLUMNS", "400").output().unwrap());
            assert!(run.err.contains(words), "cadans {line}: expected {words}\n{}", run.err);
            assert_eq!((run.code, run.out.as_str()), (2, ""), "cadans {line}");
        }
    }
}
