//! The pages of the diagnostics in `docs/diagnostics`: made from the comments on the codes, one page a code, with an example that
//! gives the code and one that does not.
//!
//! `CADANS_WRITE=1 cargo test --test rules pages` writes them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use cadans::analysis::analyse;
use cadans::book::ingest::{LeadFormat, read_book};
use cadans::language::{PackSource, Rulebook};
use cadans::pack::Overrides;

/// What no example of a few lines can show.
const WITHOUT_EXAMPLE: [&str; 11] = [
    "too-many",
    "unknown-setting",
    "bad-override",
    "pack-ended",
    "over-limit",
    // What only layers and values for settings bring about.
    "law-setting",
    "hard-outside-law",
    "holds-for-all",
    "missing-file",
    "refused-file",
    "not-in-layer",
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn sources(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, files);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            files.push(path);
        }
    }
    files.sort();
}

/// The comment on each code, by code: its page without the heading.
fn comments() -> BTreeMap<String, String> {
    let mut files = Vec::new();
    sources(&root().join("src"), &mut files);
    let mut comments = BTreeMap::new();
    for file in files {
        let mut comment = String::new();
        let text = std::fs::read_to_string(&file).unwrap();
        let made = text.matches("DiagnosticCode::new(\"").count();
        assert_eq!(
            made,
            text.matches(": DiagnosticCode = DiagnosticCode::new(\"").count(),
            "{} makes a code on the way",
            file.display()
        );
        for line in text.lines() {
            if let Some(said) = line.strip_prefix("///") {
                comment.push_str(said.strip_prefix(' ').unwrap_or(said));
                comment.push('\n');
                continue;
            }
            if let Some((_, code)) = line.split_once(": DiagnosticCode = DiagnosticCode::new(\"") {
                let code = code.split('"').next().unwrap().to_owned();
                assert!(comments.insert(code.clone(), comment.clone()).is_none(), "{code} is made twice");
            }
            comment.clear();
        }
    }
    comments
}

/// The text of a section: what stands below its heading.
fn section<'a>(comment: &'a str, heading: &str) -> Option<&'a str> {
    let (_, rest) = comment.split_once(&format!("## {heading}\n"))?;
    Some(rest.split("\n## ").next().unwrap_or(rest))
}

/// The blocks of one kind in a section.
fn blocks(section: &str, kind: &str) -> Vec<String> {
    let begin = format!("```{kind}\n");
    section.split(&begin).skip(1).map(|rest| rest.split("```").next().unwrap().to_owned()).collect()
}

/// The codes that a section gives: of its packs, and against its leads (or those given). On the page of an analysis, what that analysis finds too.
fn codes(page: &str, section: &str, leads: Option<&String>) -> Vec<&'static str> {
    let packs: Vec<PackSource> = blocks(section, "rhai")
        .into_iter()
        .enumerate()
        .map(|(nth, text)| PackSource { file: format!("{nth}.rhai"), text })
        .collect();
    assert!(!packs.is_empty(), "no rules in {section}");
    let (rulebook, mut found) = Rulebook::new(&packs, &Overrides::default());
    if let Some(leads) = leads {
        let intake = read_book(&LeadFormat::Json, leads.as_bytes());
        assert!(intake.refused.is_empty(), "{:?}", intake.refused);
        found.extend(rulebook.check_against(&intake.book));
    }
    found.extend(analyse(rulebook.packs()).certain.into_iter().filter(|found| found.code == page));
    found.iter().map(|each| each.code).collect()
}

/// Whether a code may come with that of the page. The rules of most pages are too short to say why, and only one who names a person can name one who
/// is not there.
fn may_come_along(code: &str, page: &str) -> bool {
    (code == "missing-reason" && page != code) || (code, page) == ("named-person", "unknown-person")
}

#[test]
fn the_example_of_a_page_gives_its_code_and_the_correction_does_not() {
    let mut wrong = Vec::new();
    for (code, comment) in comments() {
        for heading in ["What it does", "Why it matters"] {
            assert!(section(&comment, heading).is_some_and(|text| text.trim().len() > 10), "{code} lacks {heading}");
        }
        if WITHOUT_EXAMPLE.contains(&code.as_str()) {
            continue;
        }
        let example = section(&comment, "Example").unwrap_or_else(|| panic!("{code} has no example"));
        let instead = section(&comment, "Do instead").unwrap_or_else(|| panic!("{code} says nothing to do instead"));
        let leads = blocks(example, "json").into_iter().next();
        // What is to be mended in the leads is shown with other leads.
        let mended_leads = blocks(instead, "json").into_iter().next().or(leads.clone());
        let told = |section: &str, leads: Option<&String>| -> Vec<&str> {
            codes(&code, section, leads).into_iter().filter(|told| !may_come_along(told, &code)).collect()
        };
        let (shown, mended) = (told(example, leads.as_ref()), told(instead, mended_leads.as_ref()));
        if shown != [code.as_str()] {
            wrong.push(format!("{code}: the example gives {shown:?}"));
        }
        if !mended.is_empty() {
            wrong.push(format!("{code}: what to do instead gives {mended:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_pages_are_generated_from_the_doc_comments() {
    let folder = root().join("docs/diagnostics");
    let comments = comments();
    let mut pages: BTreeMap<String, String> = BTreeMap::new();
    let mut index =
        "# Diagnostics\n\nWhat the checker can say, a page a code. `cadans check --explain CODE` prints one.\n\n"
            .to_owned();
    index.push_str("| code | |\n|---|---|\n");
    let mut table =
        "//! The page of each diagnostic. Made by `CADANS_WRITE=1 cargo test --test rules pages`.\n\n".to_owned();
    table.push_str("/// Code and page, by code.\npub const PAGES: &[(&str, &str)] = &[\n");
    for (code, comment) in &comments {
        let (title, text) = comment.split_once('\n').unwrap();
        pages.insert(format!("{code}.md"), format!("# {code}\n\n**{title}.**\n{text}"));
        index.push_str(&format!("| [{code}]({code}.md) | {title} |\n"));
        table.push_str(&format!("    (\"{code}\", include_str!(\"../../docs/diagnostics/{code}.md\")),\n"));
    }
    table.push_str("];\n");
    pages.insert("README.md".to_owned(), index);
    let table_file = root().join("src/cli/pages.rs");
    if std::env::var_os("CADANS_WRITE").is_some() {
        std::fs::create_dir_all(&folder).unwrap();
        for entry in std::fs::read_dir(&folder).unwrap() {
            std::fs::remove_file(entry.unwrap().path()).unwrap();
        }
        for (name, page) in &pages {
            std::fs::write(folder.join(name), page).unwrap();
        }
        std::fs::write(&table_file, &table).unwrap();
    }
    let mend = "CADANS_WRITE=1 cargo test --test rules pages writes the pages anew";
    let mut there: Vec<String> =
        std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    there.sort();
    assert_eq!(there, pages.keys().cloned().collect::<Vec<_>>(), "{mend}");
    for (name, page) in &pages {
        assert_eq!(&std::fs::read_to_string(folder.join(name)).unwrap(), page, "{name}: {mend}");
    }
    assert_eq!(std::fs::read_to_string(table_file).unwrap(), table, "{mend}");
}
