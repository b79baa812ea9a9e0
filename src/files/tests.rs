#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that panics has failed")]

use super::*;
use crate::book::value::Value;
use crate::wording::Language;
use std::fs;

/// A folder of its own below the system's, removed when it is dropped.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let place = std::env::temp_dir().join(format!("cadans-files-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&place);
        fs::create_dir_all(&place).unwrap();
        Self(place)
    }

    fn write(&self, file: &str, text: &str) -> PathBuf {
        let path = self.0.join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn pack(name: &str, needs: &str) -> String {
    format!("pack \"{name}\" #{{ needs: [{needs}] }};\nrule \"{name} mails\" when true then email.value(1);\n")
}

#[test]
fn a_folder_is_read_in_path_order_with_what_it_needs_and_without_what_is_broken() {
    let folder = Folder::new("order");
    folder.write("rules/b.rhai", &pack("B", "\"../beside.rhai\""));
    folder.write("rules/a/z.rhai", &pack("Z", ""));
    folder.write("rules/broken/wrong.rhai", "pack");
    folder.write("rules/notes.txt", "no rules");
    folder.write("beside.rhai", &pack("Beside", ""));
    let loaded = RuleFiles::load(&[folder.0.join("rules")], Overrides::default()).unwrap();
    let names: Vec<&str> = loaded.sources.iter().map(|one| one.file.rsplit('/').next().unwrap()).collect();
    assert_eq!(names.get(..2), Some(&["z.rhai", "b.rhai"][..]));
    assert!(loaded.passed_over.iter().all(|path| path.ends_with("broken")) && loaded.passed_over.len() == 1);
    assert_eq!(loaded.rulebook().0.packs().first().unwrap().about.name, "Z");
}

#[test]
fn what_cannot_be_read_says_what_why_and_what_to_do_with_a_code() {
    let folder = Folder::new("trouble");
    let empty = folder.0.join("empty");
    fs::create_dir_all(&empty).unwrap();
    let manifest = folder.write("rulebook.toml", "format = \"one\"");
    let rules = folder.write("a.rhai", &pack("A", ""));
    let load = |paths: &[PathBuf]| RuleFiles::load(paths, Overrides::default()).map(drop).unwrap_err();
    let missing = load(&[folder.0.join("none.rhai")]);
    assert_eq!((missing.code(), missing.is_misuse), ("read", false));
    assert!(missing.message(Language::English).contains("none.rhai: there is no such file or folder"));
    assert!(missing.message(Language::Dutch).contains("er is geen bestand"));
    assert!(missing.help.is_some());
    for (paths, code, is_misuse) in [
        (vec![empty], "no-rules", true),
        (vec![manifest.clone()], "manifest", false),
        (vec![manifest, rules], "manifest-alone", true),
    ] {
        let trouble = load(&paths);
        assert_eq!((trouble.code(), trouble.is_misuse), (code, is_misuse));
    }
}

#[test]
fn settings_are_read_from_files_and_as_written() {
    let folder = Folder::new("settings");
    let first = folder.write("a.settings.toml", "hot_visits = 3\npatience = \"3.days\"\n");
    let later = folder.write("b.settings.toml", "hot_visits = 5\n");
    let mut written = Overrides::default();
    for setting in ["ratio = 2.5", "loud=true", "limit=\"30%\"", "a=b=c"] {
        written.set_as_written(setting).unwrap();
    }
    for wrong in ["", "hot_visits", "=3", "hot_visits=", " = "] {
        assert!(written.set_as_written(wrong).is_err(), "{wrong}");
    }
    let all = settings(&[first, later]).unwrap().then(&written);
    let value = |name: &str| all.of("Any", name).cloned();
    assert_eq!(value("hot_visits"), Some(Value::Whole(5)));
    assert_eq!(value("patience"), Some(Value::text("3.days")));
    assert_eq!(value("ratio"), Some(Value::Number(2.5)));
    assert_eq!(value("loud"), Some(Value::Truth(true)));
    assert_eq!(value("limit"), Some(Value::text("30%")));
    assert_eq!(value("a"), Some(Value::text("b=c")));
    assert_eq!(settings(&[folder.write("c.settings.toml", "not toml")]).unwrap_err().code(), "settings");
}
