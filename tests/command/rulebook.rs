//! `cadans settings` and `cadans rulebook`, and a `rulebook.toml` in place of rule files: what is printed, and what is refused.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use cadans::manifest::{FileState, Manifest, content_hash, read_settings};
use cadans::wording::Language;
use serde_json::Value;

use crate::process::{empty_folder, run_in, write};

const NOW: &str = "2026-11-20T10:00:00+01:00";
const COMPANY: &str = "pack \"Company\" #{ version: \"1.2.0\" };
setting least = 1 range 1..=9 because \"Visits that count\";
setting rest = 2.days range 1.days..=9.days;
rule \"Call\" when lead.visits() >= least then phone because \"They looked around\";
pause phone rest when lead.replies(7.days) >= 1;
";
const LEADS: &str = r#"{ "leads": [{ "id": "L", "owner": "kim", "account": { "id": "a" }, "stage": "interest", "country": "NL",
  "zone": "Europe/Amsterdam", "people": [{ "id": "anna", "channels": ["phone", "email"] }],
  "signals": [{ "at": "2026-11-19T10:00:00+01:00", "kind": "visit" }] }] }"#;

/// A folder of its own for one test, with files.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str, files: &[(&str, &str)]) -> Self {
        let folder = Self(empty_folder("rulebook", name));
        files.iter().for_each(|(file, text)| folder.write(file, text));
        folder.write("leads.json", LEADS);
        folder
    }

    fn write(&self, file: &str, text: &str) {
        write(&self.0, file, text);
    }

    fn run(&self, args: &[&str]) -> (i32, String, String) {
        run_in(&self.0, args).parts()
    }

    fn decide(&self, rules: &[&str]) -> (i32, String, String) {
        let (code, out, err) = self
            .run(&[&["decide", "--leads", "leads.json", "--now", NOW, "--format", "json", "--rules"], rules].concat());
        let advices: Value = serde_json::from_str(&out).unwrap_or_default();
        let verdict = advices[0]["touch"]["channel"].as_str().or(advices[0]["verdict"].as_str());
        (code, verdict.unwrap_or_default().to_owned(), err)
    }
}

/// A manifest of layers: the lines of each, and its files with their texts.
fn manifest(layers: &[(&str, &[(&str, &str)])]) -> String {
    let file =
        |(path, text): &(&str, &str)| format!("[[layer.file]]\npath = {path:?}\nsha256 = {:?}\n", content_hash(text));
    let layer = |(lines, files): &(&str, &[(&str, &str)])| {
        format!("[[layer]]\n{lines}\n{}", files.iter().map(file).collect::<String>())
    };
    layers.iter().map(layer).collect()
}

#[test]
fn settings_are_listed_with_range_unit_and_meaning() {
    let folder = Folder::new("listed", &[("company.rhai", COMPANY)]);
    let (code, out, err) = folder.run(&["settings", "company.rhai"]);
    assert_eq!((code, err.as_str()), (0, ""));
    let expected = "Company (company.rhai)\n  least = 1  count, 1 to 9\n      Visits that count\n  rest = 2.days  length of time, 1.days to 9.days\n";
    assert_eq!(out, expected);
    let (_, out, _) = folder.run(&["settings", "company.rhai", "--set", "rest=3.days", "--format", "json"]);
    let listed: Value = serde_json::from_str(&out).unwrap();
    assert_eq!((listed[1]["value"].as_str(), listed[1]["written"].as_str()), (Some("3.days"), Some("2.days")));
    assert_eq!((listed[0]["range"]["to"].as_i64(), listed[0]["unit"].as_str()), (Some(9), Some("count")));
}

#[test]
fn a_wrong_setting_is_refused_by_every_command_with_the_range_or_the_nearest_name() {
    let folder = Folder::new("refused", &[("company.rhai", COMPANY), ("bad.settings.toml", "rest = 3\n")]);
    for (args, part) in [
        (&["--set", "least=10"][..], "least lies from 1 to 9, and 10 does not"),
        (&["--set", "leest=1"], "did you mean least?"),
        (&["--set", "rest=3"], "write 3.days"),
        (&["--set", "rest=30.days"], "from 1.days to 9.days"),
        (&["--set", "least=often"], "least is a count, and \"often\" is a text"),
        (&["--settings", "bad.settings.toml"], "write 3.days"),
    ] {
        for command in [
            &["settings", "company.rhai"][..],
            &["check", "company.rhai"],
            &["test", "company.rhai"],
            &["decide", "--leads", "leads.json", "--now", NOW, "--rules", "company.rhai"],
            &["explain", "L", "--leads", "leads.json", "--now", NOW, "--rules", "company.rhai"],
            &["simulate", "--leads", "leads.json", "--now", NOW, "--rules", "company.rhai"],
        ] {
            let (code, out, err) = folder.run(&[command, args].concat());
            assert_eq!((code, out.as_str()), (2, ""), "{command:?} {args:?}: {err}");
            assert!(err.contains(part), "{command:?} {args:?}: {err}");
        }
    }
}

#[test]
fn a_settings_file_is_read_and_set_goes_before_it() {
    let text = "# Ours\nleast = 2\n\"Company/rest\" = \"3.days\"\n";
    let folder = Folder::new(
        "file",
        &[("company.rhai", COMPANY), ("our.settings.toml", text), ("none.settings.toml", "least: 2")],
    );
    assert_eq!(folder.decide(&["company.rhai"]).1, "phone");
    assert_eq!(folder.decide(&["company.rhai", "--settings", "our.settings.toml"]).1, "wait");
    assert_eq!(folder.decide(&["company.rhai", "--settings", "our.settings.toml", "--set", "least=1"]).1, "phone");
    let (code, _, err) = folder.decide(&["company.rhai", "--settings", "none.settings.toml"]);
    assert!(code == 3 && err.contains("none.settings.toml is no file of settings") && err.contains("line 1"), "{err}");
    for (text, part) in [
        ("least = nan", "infinite or none"),
        ("least = -inf", "infinite or none"),
        ("rest = 2026-01-01", "line 1"),
        ("least = { of = 1 }", "line 1"),
        ("least = 1\nleast = 2", "line 2"),
    ] {
        let why = read_settings(text).unwrap_err().render(Language::English);
        assert!(why.contains(part), "{text}: {why}");
    }
    let many: String = (0..100_000).map(|nth| format!("s{nth} = 1\n")).collect();
    assert!(
        read_settings(&many).unwrap_err().render(Language::English).contains("1000 settings") || many.len() > 1 << 20
    );
}

#[test]
fn a_rulebook_tells_what_is_in_force_from_where_and_what_was_switched_off() {
    let law = "pack \"Law\";\nnever \"Not at night\" video when lead.open;\n";
    let team = "pack \"Team\";\nwithout \"Call\" because \"We write\";\nrule \"Write\" when lead.visits() >= 1 then email because \"They looked around\";\n";
    let folder = Folder::new("report", &[("law/nl.rhai", law), ("company.rhai", COMPANY), ("team.rhai", team)]);
    let text = manifest(&[
        ("kind = \"law\"", &[("law/nl.rhai", law)]),
        ("kind = \"company\"\nname = \"Acme\"\nsettings = { least = 2 }", &[("company.rhai", COMPANY)]),
        ("kind = \"team\"", &[("team.rhai", team)]),
    ]);
    folder.write("rulebook.toml", &text);
    let (code, out, err) = folder.run(&["rulebook", "rulebook.toml"]);
    assert_eq!((code, err.as_str()), (0, ""));
    let expected = "law: law
  law/nl.rhai  Law  accepted, law
       2  never     Not at night

company: Acme
  company.rhai  Company 1.2.0  accepted
       5  pause     phone 2 days

team: team
  team.rhai  Team  accepted
       3  rule      Write

Switched off and adjusted
  rule \"Call\" of Company: switched off for all leads by team.rhai:2, in the layer team, because \"We
  write\"

Company (company.rhai)
  least = 2 (the pack has 1)  count, 1 to 9
      Visits that count
  rest = 2.days  length of time, 1.days to 9.days
";
    assert_eq!(out, expected);
    let (_, out, _) = folder.run(&["rulebook", "rulebook.toml", "--format", "json", "--lang", "nl"]);
    let report: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(report["layers"][2]["files"][0]["statements"][0]["name"], "Write");
    assert_eq!(
        (&report["changes"][0]["because"], &report["changes"][0]["layer"]),
        (&"We write".into(), &"team".into())
    );
    assert_eq!(folder.decide(&["rulebook.toml"]).1, "email");
    // From elsewhere too: paths are those of its folder.
    fs::create_dir_all(folder.0.join("elsewhere")).unwrap();
    let (code, out, _) = folder.run(&["check", "elsewhere/../rulebook.toml", "--format", "json"]);
    assert_eq!((code, out.trim()), (0, "[]"));
    assert_eq!(folder.run(&["test", "rulebook.toml"]).0, 0);
}

#[test]
fn a_file_that_was_changed_is_refused_and_the_law_holds() {
    let law = "pack \"Law\";\nnever video;\n";
    let folder = Folder::new("changed", &[("law.rhai", law), ("company.rhai", COMPANY)]);
    let text =
        manifest(&[("kind = \"law\"", &[("law.rhai", law)]), ("kind = \"company\"", &[("company.rhai", COMPANY)])]);
    folder.write("rulebook.toml", &text);
    assert_eq!(folder.decide(&["rulebook.toml"]), (0, "phone".into(), String::new()));
    folder.write("law.rhai", "pack \"Law\";\n");
    let (code, verdict, err) = folder.decide(&["rulebook.toml"]);
    assert_eq!((code, verdict.as_str()), (1, "hold"));
    assert!(err.contains("law.rhai is not the file that was accepted"), "{err}");
    let (code, out, _) = folder.run(&["rulebook", "rulebook.toml"]);
    assert!(code == 1 && out.contains(&content_hash("pack \"Law\";\n")), "{out}");
    fs::remove_file(folder.0.join("law.rhai")).unwrap();
    assert_eq!(folder.decide(&["rulebook.toml"]).1, "hold");
    folder.write("law.rhai", law);
    folder.write("company.rhai", &format!("{COMPANY}rule \"Mine\" when true then email;\n"));
    assert_eq!(folder.decide(&["rulebook.toml"]).1, "wait");
    // Without a hash a file is not accepted.
    folder.write("rulebook.toml", "[[layer]]\nkind = \"company\"\n[[layer.file]]\npath = \"company.rhai\"\n");
    assert_eq!(folder.decide(&["rulebook.toml"]).0, 1);
}

#[test]
fn a_rulebook_reads_nothing_outside_its_folder() {
    let folder =
        Folder::new("outside", &[("in/company.rhai", COMPANY), ("secret.rhai", COMPANY), ("up/x.rhai", COMPANY)]);
    for path in [
        "../secret.rhai",
        "a/../../secret.rhai",
        "/etc/passwd.rhai",
        "C:/x.rhai",
        "..\\secret.rhai",
        "./company.rhai",
        "",
        "a//b.rhai",
    ] {
        let text = format!("[[layer]]\nkind = \"company\"\n[[layer.file]]\npath = '{path}'\n");
        let why = Manifest::parse(&text).unwrap_err().render(Language::English);
        assert!(why.contains("does not stay in the folder"), "{path}: {why}");
    }
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(folder.0.join("secret.rhai"), folder.0.join("in/link.rhai")).unwrap();
        std::os::unix::fs::symlink(folder.0.join("up"), folder.0.join("in/up")).unwrap();
        for path in ["link.rhai", "up/x.rhai"] {
            folder.write("in/rulebook.toml", &manifest(&[("kind = \"company\"", &[(path, COMPANY)])]));
            let (code, _, err) = folder.run(&["rulebook", "in/rulebook.toml"]);
            assert!(code == 3 && err.contains("is no file in the folder of its rulebook"), "{path}: {err}");
        }
        // A device never ends.
        std::os::unix::fs::symlink("/dev/zero", folder.0.join("in/zero.rhai")).unwrap();
        folder.write("in/rulebook.toml", &manifest(&[("kind = \"company\"", &[("zero.rhai", "")])]));
        assert_eq!(folder.run(&["rulebook", "in/rulebook.toml"]).0, 3);
    }
    folder.write("in/rulebook.toml", "");
    let (code, _, err) = folder.run(&["check", "in/rulebook.toml", "in/company.rhai"]);
    assert!(code == 2 && err.contains("names its rule files itself"), "{err}");
    let (code, _, err) = folder.run(&["rulebook", "in/company.rhai"]);
    assert!(code == 2 && err.contains("is no rulebook"), "{err}");
}

#[test]
fn a_manifest_that_cannot_be_meant_is_refused_as_a_whole() {
    let layer = |lines: &str| format!("[[layer]]\n{lines}\n");
    let many_files: String = (0..20_000).map(|nth| format!("[[layer.file]]\npath = \"{nth}.rhai\"\n")).collect();
    for (text, part) in [
        ("[[layer]\n".to_owned(), "line 1"),
        ("format = 2\n".to_owned(), "format 2"),
        (layer("kind = \"boss\""), "no kind of layer: law, company, team, rep"),
        (layer("kind = \"team\"\nhard = true"), "unknown field `hard`"),
        (format!("{}{}", layer("kind = \"team\""), layer("kind = \"law\"")), "the order is law, company, team, rep"),
        (format!("{}{}", layer("kind = \"team\""), layer("kind = \"team\"")), "two layers are called"),
        (layer("kind = \"rep\""), "does not say whose it is"),
        (layer("kind = \"team\"\nsettings = { a = nan }"), "infinite or none"),
        (layer("kind = \"team\"\n[[layer.file]]\npath = \"a.txt\""), "no rule file"),
        (layer("kind = \"team\"\n[[layer.file]]\npath = \"a.rhai\"\nsha256 = \"ABC\""), "is no hash"),
        (layer("kind = \"team\"\n[[layer.file]]\npath = \"a.rhai\"\n[[layer.file]]\npath = \"a.rhai\""), "twice"),
        (layer("kind = \"team\"\nsettings_file = \"../x.toml\""), "does not stay in the folder"),
        (layer(&format!("kind = \"team\"\n{many_files}")), "at most 200 files"),
        (layer("kind = \"team\"").repeat(40_000), "at most 200 layers"),
        (" ".repeat(2 << 20), "more than 1048576 bytes"),
        (format!("x = {}{}", "[".repeat(100_000), "]".repeat(100_000)), "line 1"),
    ] {
        let why = Manifest::parse(&text).unwrap_err();
        let (english, dutch) = (why.render(Language::English), why.render(Language::Dutch));
        assert!(english.contains(part), "{english}");
        assert_ne!(english, dutch);
    }
}

#[test]
fn the_state_of_a_file_is_that_of_its_text() {
    let entry = |path: &str, accepted: &str| {
        format!("[[layer.file]]\npath = \"{path}\"\nsha256 = \"{}\"\n", content_hash(accepted))
    };
    let text = [
        "[[layer]]\nkind = \"team\"\nsettings_file = \"t.settings.toml\"\n",
        &entry("a.rhai", "pack \"A\";"),
        &entry("b.rhai", "other"),
        "[[layer.file]]\npath = \"c.rhai\"\n[[layer.file]]\npath = \"d.rhai\"\n",
    ]
    .concat();
    // The hash of SHA-256 as `sha256sum` prints it.
    assert_eq!(content_hash("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    let manifest = Manifest::parse(&text).unwrap();
    let texts = |with: &[(&str, &str)]| -> BTreeMap<String, String> {
        with.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
    };
    let given = texts(&[
        ("a.rhai", "pack \"A\";"),
        ("b.rhai", "pack \"B\";"),
        ("c.rhai", "pack \"C\";"),
        ("t.settings.toml", "x = 1"),
    ]);
    let assembled = manifest.assemble(&given, &|path| format!("in/{path}")).unwrap();
    let states: Vec<_> = assembled.files.iter().map(|(path, state, _)| (path.as_str(), *state)).collect();
    assert_eq!(
        states,
        [
            ("a.rhai", FileState::Accepted),
            ("b.rhai", FileState::Changed),
            ("c.rhai", FileState::NotAccepted),
            ("d.rhai", FileState::Missing)
        ]
    );
    assert_eq!(assembled.sources[0].file, "in/a.rhai");
    let why = manifest.assemble(&texts(&[("a.rhai", "")]), &|path| path.to_owned()).unwrap_err();
    assert!(why.render(Language::English).contains("t.settings.toml"));
}

/// The files of `docs/rulebooks.md` (blocks with a name behind their language), and the settings and output that it shows.
fn page() -> (Vec<(String, String)>, String, String) {
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/rulebooks.md")).unwrap();
    let (mut files, mut settings, mut shown) = (Vec::new(), String::new(), String::new());
    for block in page.split("\n```").skip(1).step_by(2) {
        let (head, text) = block.split_once('\n').unwrap();
        match head.split_once(' ') {
            Some((_, name)) => files.push((name.to_owned(), format!("{text}\n"))),
            None if head == "rhai" => settings = text.to_owned(),
            None if head == "console" => shown = text.to_owned(),
            None => {}
        }
    }
    (files, settings, shown)
}

#[test]
fn the_page_about_rulebooks_shows_what_the_command_prints() {
    let (files, settings, shown) = page();
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    assert_eq!(files.len(), 6);
    let folder = Folder::new("page", &files);
    let (code, out, err) = folder.run(&["rulebook", "rulebook.toml"]);
    assert_eq!((code, err.as_str()), (0, ""));
    assert_eq!(format!("$ cadans rulebook rulebook.toml\n{}", out.trim_end()), shown);
    // What the page says of Kim's leads, and of the settings of a pack.
    let (code, out, err) =
        folder.run(&["explain", "L", "--leads", "leads.json", "--now", NOW, "--rules", "rulebook.toml"]);
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(out.contains("limit \"Two mails a week\": would hold here, but Kim switched it off"), "{out}");
    folder.write("settings.rhai", &settings);
    let (code, out, err) =
        folder.run(&["settings", "settings.rhai", "--set", "risky=25%", "--set", "quote_rest=7.days"]);
    assert_eq!((code, err.as_str()), (0, ""));
    for part in [
        "hot_visits = 2  count, 1 to 10",
        "quote_rest = 7.days (the pack has 5.days)",
        "visit_value = 10000  amount, 1000 to 100000",
    ] {
        assert!(out.contains(part), "{part}: {out}");
    }
}
