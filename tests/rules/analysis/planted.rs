//! Faults that were planted by hand, twenty of each kind (`tests/corpus/planted`): each is found, and at most a quarter left open. The table of what
//! was found stands in the README of that folder.

use std::fmt::Write as _;

use cadans::analysis::CODES;
use cadans::diagnostics::Severity;
use cadans::language::{PackSource, Rulebook};
use cadans::pack::Overrides;

use super::{analysed, root};

/// One planted fault.
struct Planted {
    title: String,
    says: String,
    packs: Vec<PackSource>,
}

fn planted(kind: &str) -> Vec<Planted> {
    let text = std::fs::read_to_string(root().join(format!("tests/corpus/planted/{kind}.rhai"))).unwrap();
    let cases = text.split("// === ").skip(1).map(|case| {
        let (title, rest) = case.split_once('\n').unwrap();
        let (says, rest) = rest.strip_prefix("// says: ").unwrap().split_once('\n').unwrap();
        let packs = rest.split("// --- ").enumerate().map(|(nth, pack)| {
            // What stands after the sign is what the pack is called.
            let pack = if nth == 0 { pack } else { pack.split_once('\n').unwrap().1 };
            let head = if pack.trim_start().starts_with("pack ") {
                String::new()
            } else {
                format!("pack \"Pack {nth}\" #{{}};\n")
            };
            PackSource { file: format!("{nth}.rhai"), text: format!("{head}{pack}") }
        });
        Planted { title: title.to_owned(), says: says.to_owned(), packs: packs.collect() }
    });
    cases.collect()
}

#[test]
fn each_planted_fault_is_found() {
    let mut wrong = Vec::new();
    let mut table = "| kind | planted | found | cannot tell |\n|---|---|---|---|\n".to_owned();
    for kind in CODES {
        let cases = planted(kind);
        assert_eq!(cases.len(), 20, "{kind}");
        let (planted, mut found_of_kind, mut open) = (cases.len(), 0, 0);
        for Planted { title, says, packs } in cases {
            let (_, told) = Rulebook::new(&packs, &Overrides::default());
            let errors: Vec<_> = told.iter().filter(|one| one.severity == Severity::Error).collect();
            assert!(errors.is_empty(), "{kind}, {title}: {errors:#?}");
            let found = analysed(&packs);
            if says == "cannot tell" {
                open += 1;
                let is_open = found.open.iter().any(|one| one.code == kind);
                let is_certain = found.certain.iter().any(|one| one.code == kind);
                if !is_open || is_certain {
                    wrong.push(format!("{kind}, {title}: open {is_open}, certain {is_certain}"));
                }
            } else if !found.certain.iter().any(|one| one.code == kind && one.message.contains(&says)) {
                let all: Vec<_> = found.certain.iter().chain(&found.open).map(|one| (one.code, &one.message)).collect();
                wrong.push(format!("{kind}, {title}: not found; {all:?}"));
            } else {
                found_of_kind += 1;
            }
        }
        writeln!(table, "| [{kind}]({kind}.rhai) | {planted} | {found_of_kind} | {open} |").unwrap();
        assert!(open * 4 <= 20, "{kind}: {open} left open");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let readme = std::fs::read_to_string(root().join("tests/corpus/planted/README.md")).unwrap();
    assert!(readme.contains(&table), "the table in tests/corpus/planted/README.md should be:\n{table}");
}
