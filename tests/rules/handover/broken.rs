//! Damaged and hostile files: each is refused as a whole, in both languages, and none brings the reader down.

use std::collections::BTreeMap;
use std::fs;

use cadans::handover::Handover;
use cadans::wording::Language;

use super::support::{packed, sealed};

const TEAM: &str = "pack \"Team\" #{ version: \"1.0.0\" };\nsetting hot = 2 range 1..=9;\nrule \"R\" when lead.visits() >= hot then phone.offer(\"guide\");\n";
const OTHER: &str = "// Ours.\npack \"Other\";\nnever phone when person.do_not_call because \"They asked\";\n";

fn whole() -> String {
    packed(&[("team.rhai", TEAM), ("other.rhai", OTHER)]).text
}

/// What is said of each file of `tests/corpus/broken/handover`: the code, and a part of the sentence.
#[test]
fn each_broken_file_is_refused_with_what_is_wrong() {
    let folder = "tests/corpus/broken/handover";
    let expected: BTreeMap<String, (String, String)> = fs::read_to_string(format!("{folder}/expected.txt"))
        .unwrap()
        .lines()
        .map(|line| {
            let mut parts = line.splitn(3, '|').map(|part| part.trim().to_owned());
            (parts.next().unwrap(), (parts.next().unwrap(), parts.next().unwrap()))
        })
        .collect();
    let mut files: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.ends_with(".cadans"))
        .collect();
    files.sort();
    assert_eq!(files, expected.keys().cloned().collect::<Vec<_>>());
    for (file, (code, part)) in expected {
        let refusal = Handover::read(&fs::read(format!("{folder}/{file}")).unwrap()).unwrap_err();
        let [english, dutch] = Language::ALL.map(|language| refusal.render(language));
        assert_eq!(refusal.code, code, "{file}: {english}");
        assert!(english.contains(&part) && english != dutch, "{file}: {english}");
    }
}

#[test]
fn a_file_cut_short_anywhere_is_refused() {
    let text = whole();
    for length in 0..text.trim_end().len() {
        let refusal = Handover::read(&text.as_bytes()[..length]).unwrap_err();
        assert!(
            ["not-a-handover", "truncated", "damaged", "newer-format", "unknown-part"].contains(&refusal.code),
            "{length}: {}",
            refusal.code
        );
    }
}

#[test]
fn a_file_with_any_byte_changed_is_refused_or_the_same_but_for_layout() {
    let text = whole();
    let original = Handover::read(text.as_bytes()).unwrap();
    let mut same = 0;
    for at in 0..text.len() {
        for flip in [0x01_u8, 0x20, 0x80] {
            let mut bytes = text.clone().into_bytes();
            bytes[at] ^= flip;
            // A line end that became a blank, and the like.
            if let Ok(read) = Handover::read(&bytes) {
                assert_eq!(read, original, "byte {at}");
                same += 1;
            }
        }
    }
    assert!(same * 20 < text.len(), "{same}");
}

#[test]
fn parts_taken_away_repeated_or_exchanged_are_refused() {
    let text = whole();
    let lines: Vec<&str> = text.lines().collect();
    let without = |at: usize| [&lines[..at], &lines[at + 1..]].concat().join("\n");
    let twice = |at: usize| [&lines[..=at], &lines[at..]].concat().join("\n");
    // A comment of the header and empty lines are layout.
    let parts = lines.iter().enumerate().filter(|(_, line)| !line.is_empty() && !line.starts_with("# "));
    for (at, line) in parts {
        assert!(Handover::read(without(at).as_bytes()).is_err(), "without {line}");
        assert!(Handover::read(twice(at).as_bytes()).is_err(), "twice {line}");
    }
    let exchanged = text
        .replace("pack team.rhai", "pack x.rhai")
        .replace("pack other.rhai", "pack team.rhai")
        .replace("pack x.rhai", "pack other.rhai");
    assert_eq!(Handover::read(exchanged.as_bytes()).unwrap_err().code, "damaged");
}

#[test]
fn what_is_larger_or_deeper_than_may_be_is_refused_with_a_hash_that_fits() {
    let header = "=== cadans 1 ===\nname = \"X\"\nlanguage = 1\n";
    let entry =
        |file: &str| format!("[[pack]]\nfile = {file:?}\nname = \"A\"\nrules = 0\npolicies = 0\nexamples = 0\n");
    let body = |pack: &str| format!("{header}{}=== pack a.rhai ===\n{pack}", entry("a.rhai"));
    let marks: String = (0..5_000).map(|nth| format!("=== pack {nth}.rhai ===\n")).collect();
    let entries: String = (0..500).map(|nth| entry(&format!("{nth}.rhai"))).collect();
    let content: Vec<String> = (0..5_000).map(|nth| format!("\"{nth}\"")).collect();
    for (lines, code) in [
        (body(&"// x\n".repeat(4 << 20)), "too-large"),
        (body(&format!("// {}\n", "x".repeat(2 << 20))), "too-large"),
        (format!("{header}{marks}"), "too-many"),
        (format!("{header}{entries}"), "too-many"),
        (format!("{header}content = [{}]\n{}", content.join(", "), entry("a.rhai")), "too-many"),
        (format!("{header}about = {:?}\n{}", "x".repeat(2_000), entry("a.rhai")), "too-large"),
        (format!("{header}# {}\n{}", "x".repeat(1 << 19), entry("a.rhai")), "too-large"),
        (format!("{header}[settings]\n\"A/x\" = {}{}\n", "[".repeat(100_000), "]".repeat(100_000)), "header"),
        (format!("{header}[settings]\n\"A/x\" = nan\n{}", entry("a.rhai")), "setting"),
        (format!("{header}licence = \"MIT\"\nlicence = \"GPL\"\n"), "header"),
        (format!("{header}{}=== pack a.rhai ===\n=== pack a.rhai ===\n", entry("a.rhai").repeat(2)), "duplicate-file"),
        (header.to_owned(), "header"),
    ] {
        let refusal = Handover::read(sealed(&lines).as_bytes()).unwrap_err();
        assert_eq!(refusal.code, code, "{}", &lines[..lines.len().min(300)]);
    }
    let deep = format!("rule \"R\" when {}true{} then phone;\n", "(".repeat(50_000), ")".repeat(50_000));
    let read = Handover::read(sealed(&body(&deep)).as_bytes()).unwrap();
    let report = super::support::Own::default().report(&read);
    assert!(report.has_trouble() && report.findings.iter().any(|found| found.code == "too-deep"));
}
