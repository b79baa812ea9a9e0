//! `cadans pack` and `cadans receive`: what is printed and written, what is refused, and that nothing is written before it is accepted.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::process::{empty_folder, run_with_input, write};

const NOW: &str = "2026-11-20T10:00:00+01:00";
const TEAM: &str = "pack \"Team\" #{ version: \"1.0.0\", author: \"North\", needs: [\"base.rhai\"] };
setting hot = 1 range 1..=9 because \"Visits that count\";
rule \"Call\" when lead.visits() >= hot then phone because \"They looked\";
rule \"Write\" when lead.downloads() >= 1 then email because \"They read\";
example \"A visit\" given #{ stage: \"interest\", signals: [visit(1.day.ago)] } expect phone;
";
const BASE: &str = "pack \"Base\";\nnever video when person.do_not_call because \"They asked\";\n";
const COMPANY: &str = "pack \"Company\";\nrule \"Call\" when lead.visits() >= 3 then email because \"Three visits\";\n";
const LEADS: &str = r#"{ "leads": [{ "id": "L", "owner": "kim", "account": { "id": "a" }, "stage": "interest", "country": "NL",
  "zone": "Europe/Amsterdam", "people": [{ "id": "anna", "channels": ["phone", "email"] }],
  "signals": [{ "at": "2026-11-19T10:00:00+01:00", "kind": "visit" }] }] }"#;
const ACCEPT: &[&str] = &["receive", "team.cadans", "--into", "rulebook.toml", "--accept"];

/// A folder of its own for one test: the packs to hand over in `theirs`.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let folder = Self(empty_folder("handover", name));
        folder.write("theirs/team.rhai", TEAM);
        folder.write("theirs/base.rhai", BASE);
        folder.write("leads.json", LEADS);
        folder
    }

    /// With the file `team.cadans`.
    fn packed(name: &str) -> Self {
        let folder = Self::new(name);
        assert_eq!(folder.run(&["pack", "theirs/team.rhai", "--out", "team.cadans"]).0, 0);
        folder
    }

    fn write(&self, file: &str, text: &str) {
        write(&self.0, file, text);
    }

    fn text(&self, file: &str) -> String {
        fs::read_to_string(self.0.join(file)).unwrap()
    }

    /// All files with their contents.
    fn contents(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let (mut files, mut folders) = (BTreeMap::new(), vec![self.0.clone()]);
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    files.insert(path.clone(), fs::read(&path).unwrap());
                }
            }
        }
        files
    }

    fn run(&self, args: &[&str]) -> (i32, String, String) {
        self.run_with(args, "")
    }

    fn run_with(&self, args: &[&str], input: &str) -> (i32, String, String) {
        run_with_input(&self.0, args, input.as_bytes()).parts()
    }

    /// What is advised for the lead.
    fn advised(&self) -> String {
        let args = ["decide", "--rules", "rulebook.toml", "--leads", "leads.json", "--now", NOW, "--format", "json"];
        let (_, out, err) = self.run(&args);
        let advices: Value = serde_json::from_str(&out).unwrap_or_else(|_| panic!("{err}"));
        advices[0]["touch"]["channel"].as_str().or(advices[0]["verdict"].as_str()).unwrap_or_default().to_owned()
    }
}

#[test]
fn a_file_is_written_with_what_its_packs_need_and_sha256sum_agrees() {
    let folder = Folder::new("pack");
    let (code, out, err) = folder.run(&["pack", "theirs/team.rhai", "--out", "team.cadans", "--licence", "MIT"]);
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(out.contains("base.rhai") && out.contains("2 rules, 0 policies, 1 example"), "{out}");
    let text = folder.text("team.cadans");
    assert!(text.starts_with("=== cadans 1 ===\n"));
    let lines = text.trim_end().rsplit_once('\n').unwrap();
    folder.write("lines", &format!("{}\n", lines.0));
    if let Ok(output) = Command::new("sha256sum").arg(folder.0.join("lines")).output() {
        let hash = String::from_utf8(output.stdout).unwrap();
        assert_eq!(lines.1, format!("=== sha256 {} ===", &hash.split(' ').next().unwrap()));
    }
    // Without --out it is printed, and nothing else is.
    let (code, out, _) = folder.run(&["pack", "theirs/team.rhai", "--licence", "MIT"]);
    assert_eq!((code, out), (0, text));
}

#[test]
fn what_cannot_be_handed_over_is_not_written() {
    let folder = Folder::new("not-packed");
    folder.write("failing.rhai", "pack \"F\";\nexample \"E\" given #{ stage: \"interest\" } expect phone;\n");
    folder.write("wrong.rhai", "pack \"W\";\nrule \"R\" when lead.nothing then phone;\n");
    folder.write("alone.rhai", "pack \"A\";\nneeds \"Base\";\n");
    folder.write("rulebook.toml", "");
    for (args, code, part) in [
        (&["failing.rhai"][..], 1, "is not handed over"),
        (&["wrong.rhai"], 1, "mend the errors first"),
        (&["alone.rhai"], 3, "needs Base, which is not there"),
        (&["rulebook.toml"], 2, "a rulebook.toml is not handed over"),
        (&["theirs/team.rhai", "--set", "hot=40"], 2, "from 1 to 9"),
        (&["theirs/team.rhai", "--set", "hat=4"], 2, "did you mean hot?"),
    ] {
        let (got, out, err) = folder.run(&[&["pack", "--out", "out.cadans"][..], args].concat());
        assert_eq!(got, code, "{args:?}: {out}{err}");
        assert!(err.contains(part), "{args:?}: {err}");
        assert!(!folder.0.join("out.cadans").exists());
    }
    assert_eq!(folder.run(&["pack", "alone.rhai", "--with", "theirs", "--out", "out.cadans"]).0, 0);
    assert_eq!(folder.run(&["pack", "theirs/team.rhai", "--out", "theirs/team.rhai"]).0, 2);
    assert_eq!(folder.text("theirs/team.rhai"), TEAM);
}

#[test]
fn nothing_is_written_and_nothing_acts_before_it_is_accepted() {
    let folder = Folder::packed("report");
    folder.write("company.rhai", COMPANY);
    let hash = cadans::manifest::content_hash(COMPANY);
    let rulebook = format!(
        "# Ours.\n[[layer]]\nkind = \"company\"\n[[layer.file]]\npath = \"company.rhai\" # the first\nsha256 = \"{hash}\"\n"
    );
    folder.write("rulebook.toml", &rulebook);
    let before = folder.contents();
    let args = ["receive", "team.cadans", "--into", "rulebook.toml", "--leads", "leads.json", "--now", NOW];
    let (code, out, err) = folder.run(&args);
    assert_eq!((code, err.as_str()), (1, ""), "{out}");
    for part in [
        "Team 1.0.0",
        "By North, as the file says",
        "1 example did what they say",
        "rule \"Call\" is there too, and says something else (company.rhai:2); both would act",
        "+    when lead.visits() >= hot",
        "1 of 1 lead get other advice",
        "rule added: \"Call\"",
        "Nothing was changed, and nothing of it acts",
    ] {
        assert!(out.contains(part), "{part}\n{out}");
    }
    assert_eq!((folder.contents() == before, folder.advised().as_str()), (true, "wait"));
    let (code, dutch, _) = folder.run(&[&args[..], &["--lang", "nl"]].concat());
    assert!(code == 1 && dutch.contains("Er is niets veranderd") && dutch.contains("Botsingen"), "{dutch}");
    let (_, json, _) = folder.run(&[&args[..], &["--format", "json"]].concat());
    let report: Value = serde_json::from_str(&json).unwrap();
    assert_eq!((&report["standing"], &report["conflicts"][0]["kind"]), (&"new".into(), &"statement".into()));
    assert_eq!(report["advice"]["causes"][0]["leads"], 1);

    let (code, out, err) = folder.run(&[ACCEPT, &["--by", "Kim", "--now", NOW]].concat());
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(out.contains("Accepted into rulebook.toml, new layer team"), "{out}");
    let text = folder.text("rulebook.toml");
    assert!(text.starts_with(&rulebook) && text.contains("accepted_by = \"Kim\""), "{text}");
    assert_eq!(folder.advised(), "phone");
    assert_eq!(folder.run(&["rulebook", "rulebook.toml"]).0, 0);
    // The file that was accepted has a code of its own.
    let after = folder.contents();
    for args in [ACCEPT, &args[..]] {
        let (code, out, _) = folder.run(args);
        assert!(code == 6 && out.contains("It is accepted already, in this very text"), "{out}");
    }
    assert!(folder.contents() == after);
}

#[test]
fn rules_are_accepted_one_by_one() {
    let folder = Folder::packed("rules");
    let (code, _, err) = folder.run(&["receive", "team.cadans", "--into", "rulebook.toml", "--accept-rule", "Wriet"]);
    assert!(code == 3 && err.contains("did you mean \"Write\"?"), "{err}");
    assert!(!folder.0.join("rulebook.toml").exists());
    let rule = |name: &'static str| ["receive", "team.cadans", "--into", "rulebook.toml", "--accept-rule", name];
    assert_eq!(folder.run(&rule("Write")).0, 0);
    assert_eq!(folder.advised(), "wait");
    let (code, out, _) = folder.run(&["receive", "team.cadans", "--into", "rulebook.toml"]);
    assert!(code == 0 && out.contains("Write (accepted)") && !out.contains("Call (accepted)"), "{out}");
    assert_eq!(folder.run(&rule("Call")).0, 0);
    assert_eq!(folder.advised(), "phone");
    assert_eq!(folder.run(&rule("Team/Call")).0, 6);
}

#[test]
fn a_newer_version_takes_the_place_of_the_old_only_with_leave() {
    let folder = Folder::packed("newer");
    assert_eq!(folder.run(ACCEPT).0, 0);
    let old = folder.contents();
    folder.write(
        "theirs/team.rhai",
        &TEAM.replace("then phone because", "then email because").replace("expect phone", "expect email"),
    );
    assert_eq!(folder.run(&["pack", "theirs/team.rhai", "--out", "team.cadans"]).0, 0);
    let (code, out, _) = folder.run(&["receive", "team.cadans", "--into", "rulebook.toml"]);
    assert_eq!(code, 1);
    assert!(out.contains("pack \"Team\" is there with another text") && out.contains("phone became email"), "{out}");
    let (code, _, err) = folder.run(ACCEPT);
    assert!(code == 3 && err.contains("--replace"), "{err}");
    assert_eq!(folder.advised(), "phone");
    assert_eq!(folder.run(&[ACCEPT, &["--replace"]].concat()).0, 0);
    assert_eq!(folder.advised(), "email");
    // No file was written over but the rulebook.
    let now = folder.contents();
    let is_kept = |path: &PathBuf| path.ends_with("rulebook.toml") || !path.starts_with(folder.0.join("received"));
    assert!(old.iter().all(|(path, bytes)| is_kept(path) || now.get(path) == Some(bytes)));
}

#[test]
fn a_file_that_is_damaged_or_hostile_is_refused_and_nothing_is_changed() {
    let folder = Folder::packed("refused");
    assert_eq!(folder.run(ACCEPT).0, 0);
    let text = folder.text("team.cadans");
    folder.write("damaged.cadans", &text.replace(">= hot", ">= hut"));
    folder.write("cut.cadans", &text[..text.len() / 2]);
    folder.write("newer.cadans", &text.replace("cadans 1", "cadans 2"));
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/broken/handover");
    fs::copy(corpus.join("path-up.cadans"), folder.0.join("up.cadans")).unwrap();
    fs::copy(corpus.join("control-in-name.cadans"), folder.0.join("control.cadans")).unwrap();
    let before = folder.contents();
    for (file, english, dutch) in [
        ("damaged.cadans", "do not have the hash", "niet de hash"),
        ("cut.cadans", "its last line", "de laatste regel"),
        ("newer.cadans", "use a newer Cadans", "gebruik een nieuwere Cadans"),
        ("up.cadans", "cannot be the name of a pack's file", "kan niet de naam"),
        ("control.cadans", "U+001B", "U+001B"),
        ("leads.json", "is no file of cadans pack", "geen bestand van cadans pack"),
        ("theirs", "is refused", "is geweigerd"),
        ("nothing.cadans", "there is no such file", "geen bestand"),
    ] {
        for (lang, part, told) in [("en", english, "error"), ("nl", dutch, "fout")] {
            let args = ["receive", file, "--into", "rulebook.toml", "--accept", "--replace", "--lang", lang];
            let (code, out, err) = folder.run(&args);
            assert_eq!((code, out.as_str()), (3, ""), "{file}: {err}");
            assert!(err.contains(told), "{file}: {err}");
            assert!(err.contains(part) || file == "theirs", "{file}: {err}");
            assert!(!err.contains('\u{1b}'), "{file}: {err:?}");
        }
    }
    assert!(folder.contents() == before);
    // What is accepted is written nowhere but below the folder of the rulebook.
    #[cfg(unix)]
    {
        let other = Folder::packed("link");
        fs::create_dir_all(other.0.join("in")).unwrap();
        fs::create_dir_all(other.0.join("outside")).unwrap();
        std::os::unix::fs::symlink(other.0.join("outside"), other.0.join("in/received")).unwrap();
        let (code, _, err) = other.run(&["receive", "team.cadans", "--into", "in/rulebook.toml", "--accept"]);
        assert!(code == 3 && err.contains("is no file in the folder of its rulebook"), "{err}");
        assert!(!other.0.join("in/rulebook.toml").exists());
        assert_eq!(fs::read_dir(other.0.join("outside")).unwrap().count(), 0);
    }
}

#[test]
fn a_file_can_come_through_standard_input_without_a_rulebook() {
    let folder = Folder::packed("input");
    let text = folder.text("team.cadans").replace('\n', "\r\n");
    let (code, out, err) = folder.run_with(&["receive", "-", "--leads", "leads.json", "--now", NOW], &text);
    assert_eq!((code, err.as_str()), (0, ""), "{out}");
    assert!(out.contains("--into rulebook.toml"), "{out}");
    let (code, _, err) = folder.run(&["receive", "team.cadans", "--accept"]);
    assert!(code == 2 && err.contains("--into"), "{err}");
}
