//! Every rule text that the tests have, as it is and worn by editors; and packs that were made at random.

use std::fs;
use std::path::{Path, PathBuf};

use cadans::format::format;
use cadans::pack::statement_forms::STATEMENT_FORMS;
use cadans_testing::meaning::bytes::{Bytes, from_seed};
use cadans_testing::meaning::packs::pack;
use cadans_testing::random::Dice;

use crate::format::held;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The files with this ending below a folder, in order.
fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && path.file_name().is_none_or(|name| name != "node_modules") {
            found.extend(files(&path, ending));
        } else if path.extension().is_some_and(|one| one == ending) {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// Rule files, the blocks of code of all pages, the examples of the statement forms, and the texts in the sources of tests.
fn rule_texts() -> Vec<(String, String)> {
    let mut texts = Vec::new();
    for folder in ["rules", "tests", "benches", "fuzz", "www/rules"] {
        let folder = root().join(folder);
        for file in if folder.exists() { files(&folder, "rhai") } else { Vec::new() } {
            texts.push((file.display().to_string(), String::from_utf8_lossy(&fs::read(&file).unwrap()).into_owned()));
        }
    }
    let pages = ["tests", "docs", "rules"].iter().flat_map(|folder| files(&root().join(folder), "md"));
    for file in pages.chain([root().join("README.md"), root().join("DESIGN.md")]) {
        let text = fs::read_to_string(&file).unwrap();
        for (nth, block) in text.split("```rhai").skip(1).enumerate() {
            let block = block.split_once('\n').map_or("", |(_, code)| code);
            let code = block.split("\n```").next().unwrap();
            texts.push((format!("{} block {nth}", file.display()), code.to_owned()));
        }
    }
    for form in STATEMENT_FORMS {
        texts.push((format!("the example of {}", form.word), form.example.to_owned()));
    }
    // Texts between `r#"` and `"#`, whatever they are: those that are no rules are refused.
    for file in files(&root().join("tests"), "rs") {
        let text = fs::read_to_string(&file).unwrap();
        for (nth, raw) in text.split("r#\"").skip(1).enumerate() {
            texts.push((format!("{} text {nth}", file.display()), raw.split("\"#").next().unwrap().to_owned()));
        }
    }
    texts
}

#[test]
fn every_rule_text_keeps_its_meaning_and_comments_and_stays() {
    let texts = rule_texts();
    let formatted = texts.iter().filter(|(name, text)| held(name, text).is_some()).count();
    assert!(texts.len() > 900 && formatted * 10 > texts.len() * 6, "{formatted} of {}", texts.len());
}

/// The shipped packs have the canonical layout, but for those that are wrong on purpose.
#[test]
fn the_shipped_packs_are_laid_out() {
    let folder = root().join("rules");
    let shipped: Vec<PathBuf> =
        files(&folder, "rhai").into_iter().filter(|file| !file.starts_with(folder.join("broken"))).collect();
    assert!(shipped.len() > 12);
    for file in shipped {
        let (name, text) = (file.display().to_string(), fs::read_to_string(&file).unwrap());
        let formatted = format(&name, &text).unwrap();
        let first = text.lines().zip(formatted.text.lines()).find(|(now, then)| now != then);
        assert!(!formatted.changed, "{name}: run `cadans fmt rules`, {first:?}");
        assert!(
            formatted.text.lines().all(|line| line.chars().count() <= 110),
            "{name} has a line of more than 110 columns"
        );
    }
}

/// What editors do to a file: other line ends, tabs, no last line end, everything on few lines, every word on a line of its own.
#[test]
fn a_text_that_editors_changed_comes_out_the_same() {
    // One way for each text, by turns.
    for (nth, (name, text)) in rule_texts().into_iter().enumerate() {
        let text = format!("{text}\n");
        let Ok(plain) = format(&name, &text) else { continue };
        // Blanks in a text are part of it, and so are line ends.
        let has_long_text = text.contains('`') || text.contains("#\"") || text.contains("/*") || text.contains("\\\n");
        if has_long_text {
            continue;
        }
        match nth % 4 {
            0 => assert_eq!(held(&name, &format!("\u{feff}{text}")).unwrap(), plain.text, "{name}"),
            1 => {
                let windows = held(&name, &text.replace('\n', "\r\n")).unwrap();
                assert_eq!(windows.replace("\r\n", "\n"), plain.text, "{name}");
                assert!(!windows.replace("\r\n", "").contains('\n'), "{name}");
            }
            2 => {
                let no_end = held(&name, text.trim_end()).unwrap();
                assert_eq!(no_end.trim_end(), plain.text.trim_end(), "{name}");
            }
            _ => {
                let indented: String = text.lines().map(|line| format!("{}\n", line.replace("    ", "\t"))).collect();
                if !indented.contains("\t\"") {
                    assert_eq!(held(&name, &indented).unwrap(), plain.text, "{name}");
                }
            }
        }
    }
}

/// Comments put between all tokens: each is kept, and none swallows what follows it.
#[test]
fn comments_between_any_two_tokens_are_kept() {
    let mut random = Dice(20_261_202);
    let mut tried = 0;
    for (nth, (name, text)) in rule_texts().into_iter().enumerate() {
        if text.len() > 6_000 || format(&name, &text).is_err() {
            continue;
        }
        let (tokens, _) = cadans::language::scan::scan(&text);
        // Many, some or few, by turns.
        {
            let every = [1, 3, 9][nth % 3];
            let mut commented = String::new();
            let mut from = 0;
            for (nth, token) in tokens.iter().filter(|token| token.inside == 0).enumerate() {
                commented.push_str(&text[from..token.start]);
                from = token.start;
                if random.below(every) > 0 {
                    continue;
                }
                // `!in`, `?[` and `#{` are one sign each.
                let joined = token.start > 0 && !text[..token.start].ends_with(char::is_whitespace);
                let sign = joined && text[..token.start].ends_with(['!', '?', '#']);
                if sign {
                    continue;
                }
                commented.push_str(&match random.below(5) {
                    0 => format!("// c{nth}\n"),
                    1 => format!("/* c{nth} */"),
                    2 => format!("\n  // c{nth} \n"),
                    3 => format!("/* c{nth}\n   goes on */\n"),
                    _ => format!("\n\n/* c{nth} */ "),
                });
            }
            commented.push_str(&text[from..]);
            tried += usize::from(held(&name, &commented).is_some());
        }
    }
    assert!(tried > 400, "{tried}");
}

/// Packs of every form with expressions of every kind, as the generator writes them, squeezed onto few lines and spread over many.
#[test]
fn generated_packs_keep_their_meaning_however_they_are_written() {
    let mut tried = 0;
    for seed in 0..50 {
        let bytes = from_seed(seed, 600);
        let text = pack(&mut Bytes::new(&bytes), "generated", 8);
        let name = format!("seed {seed}");
        let Some(plain) = held(&name, &text) else { continue };
        tried += 1;
        for line_end in [" ", "\n\n \t"] {
            assert_eq!(
                without_empty_lines(&held(&name, &respaced(&text, line_end)).unwrap()),
                without_empty_lines(&plain),
                "{name}"
            );
        }
    }
    assert!(tried > 30, "{tried}");
}

/// The text with other blanks: `between` where it has blanks between tokens.
fn respaced(text: &str, between: &str) -> String {
    let (tokens, _) = cadans::language::scan::scan(text);
    let mut respaced = String::new();
    let mut from = 0;
    for token in tokens.iter().filter(|token| token.inside == 0) {
        let gap = &text[from..token.start];
        respaced.push_str(if gap.is_empty() { "" } else { between });
        respaced.push_str(&text[token.start..token.end]);
        from = token.end;
    }
    respaced
}

fn without_empty_lines(text: &str) -> String {
    text.lines().filter(|line| !line.is_empty()).map(|line| format!("{line}\n")).collect()
}

#[test]
fn the_blocks_of_the_page_about_layout_are_laid_out() {
    let page = fs::read_to_string(root().join("tests/spec/29-layout.md")).unwrap();
    let blocks: Vec<&str> = page.split("```rhai\n").skip(1).map(|block| block.split("```").next().unwrap()).collect();
    assert!(blocks.len() >= 8);
    for block in blocks {
        assert_eq!(held("a block", block).as_deref(), Some(block));
    }
}
