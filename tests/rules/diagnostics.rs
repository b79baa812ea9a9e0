//! What the checker says, on every rule text that the tests have: in both languages without a gap, and with fixes that mend.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use std::path::{Path, PathBuf};

use cadans::diagnostics::{Diagnostic, Severity};
use cadans::language::read;
use cadans::pack::Overrides;
use cadans::wording::Language;

fn diagnostics(source: &str) -> Vec<Diagnostic> {
    read("test.rhai", source, &Overrides::default()).diagnostics
}

fn files(folder: &str, ending: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == ending));
    files.sort();
    files
}

/// The blocks of rules in a page of Markdown, each statement that stands by itself a block of its own too.
fn blocks(page: &str) -> Vec<String> {
    let mut blocks: Vec<String> = Vec::new();
    let mut within = false;
    for line in page.lines() {
        if line.starts_with("```") {
            within = !within && line.starts_with("```rhai");
            if within {
                blocks.push(String::new());
            }
        } else if let Some(block) = blocks.last_mut().filter(|_| within) {
            block.push_str(line);
            block.push('\n');
        }
    }
    blocks
}

/// Every rule text there is to try.
fn corpus() -> Vec<String> {
    let mut texts: Vec<String> = Vec::new();
    for folder in ["rules", "rules/broken", "rules/contact-policy", "tests/command"] {
        texts.extend(files(folder, "rhai").iter().map(|file| std::fs::read_to_string(file).unwrap()));
    }
    for folder in ["tests/spec", "docs/diagnostics"] {
        for page in files(folder, "md") {
            texts.extend(blocks(&std::fs::read_to_string(page).unwrap()));
        }
    }
    // A line of `tests/rules/language/mod.rs` that holds a rule text is one.
    let cases =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rules/language/mod.rs")).unwrap();
    let cases = cases.lines().filter_map(|line| line.trim().strip_prefix("(\"")?.split("\", \"").next());
    texts.extend(cases.map(|case| case.replace("\\\"", "\"").replace("\\n", "\n")));
    texts
}

#[test]
fn every_finding_is_rendered_in_both_languages_without_placeholders() {
    let mut said = 0;
    for text in corpus() {
        for each in diagnostics(&text) {
            let dutch = each.in_language(Language::Dutch);
            assert_eq!(each.in_language(Language::English), each);
            assert_eq!((dutch.code, dutch.span, dutch.severity), (each.code, each.span, each.severity));
            for one in [&each, &dutch] {
                let related = one.related.iter().map(|place| &place.message);
                let fix = one.fix.iter().map(|fix| &fix.title);
                for sentence in [&one.message, &one.why, &one.help].into_iter().chain(related).chain(fix) {
                    assert!(!sentence.contains("{ $") && !sentence.contains("  "), "{}: {sentence}", one.code);
                }
                assert!(!one.message.is_empty(), "{}", one.code);
            }
            assert_ne!((&dutch.message, &dutch.help), (&each.message, &each.help), "{} is not in Dutch", each.code);
            said += 1;
        }
    }
    assert!(said > 150, "only {said} findings to try");
}

/// Faults that are found by Rhai, or while a value is worked out, beside those of the corpus.
const BY_RHAI: &[&str] = &[
    "never phone when lead. > 2;",
    "never phone when [1 2] == [1];",
    "never phone when lead.visits(7.days 2) > 1;",
    "never phone when (lead.open lead.open);",
    "never phone when #{ a 1 } == 2;",
    "never phone when #{ a: 1 b: 2 } == 2;",
    "never phone when #{ a: 1, a: 2 } == 2;",
    "never phone when switch lead.stage { _ => true, \"lost\" => false };",
    "never phone when switch lead.stage { \"lost\" true };",
    "never phone when switch lead.visits() { 1..3 => true, 2 => false };",
    "never phone when switch lead.visits() { 1 => true 2 => false };",
    "never phone when lead.roles_missing[\"a\"][true] == 1;",
    "never phone when lead.open -> true;",
    "never phone when lead.open := true;",
    "never phone when this.open;",
    "never phone when Fn(\"a\");",
    "never phone when if lead.open { 1 };",
    "never phone when 0x;",
    "fn f(a, a) { a }",
    "fn f(a) { let 1 = 2; }",
    "fn f(a) { for x in 5 { a } }",
    "fn f(a) { for (x, x) in [5] { a } }",
    "fn f(a) { break; }",
    "fn f(a) { a = 1 b }",
    "fn f(a) { fn g(b) { b } a }",
    "fn f(a) { import \"x\"; }",
    "fn f(a) { try { a } }",
    "fn f(a) { do { a } }",
    "fn f(a) { if a = 1 { a } }",
    "fn f(a { a }",
    "const A = 1 / 0;",
    "const A = 9223372036854775807 + 1;",
    "const A = 1 % 0;",
    "const A = [1, 2][5];",
    "const A = \"abc\"[5];",
    "const A = 5[0];",
    "const A = #{ a: 1 }.b.c;",
    "const A = \"a\".foo;",
    "const A = 1 + ();",
    "const A = 1.days + 2;",
    "const A = 1.foo;",
    "const A = date(\"gisteren\");",
    "const A = date(5);",
    "const A = find(\"x\" + \"y\");",
    "const A = phone.within(2);",
    "const A = phone.chance(\"2\" + \"1\");",
    "const A = phone.to(1 + 1);",
    "const A = phone.before(\"x\" + \"y\");",
    "const A = phone.offer(#{ a: 1 });",
    "const A = 3_000_000_000_000.weeks;",
    "const A = 9000000 * 9000000.weeks;",
    "const A = if 1 { 2 } else { 3 };",
    "const A = not 1;",
    "const A = 1 in 5;",
    "fn f(n) { f(n + 1) } example \"a\" given #{ stage: f(1) } expect wait;",
    "fn f(n) { while true { n += 1; } } example \"a\" given #{ stage: f(1) } expect wait;",
    "fn f(n) { throw \"Nee\"; } example \"a\" given #{ stage: f(1) } expect wait;",
    "fn f(n) { let a = \"aaaaaaaaaaaaaaaa\"; while true { a += a; } } example \"a\" given #{ stage: f(1) } expect wait;",
    "fn f(n) { let a = [1]; while true { a.push(a); } } example \"a\" given #{ stage: f(1) } expect wait;",
    "fn f(n) { for x in n { x } } example \"a\" given #{ stage: f(1) } expect wait;",
    "const B = 1; fn f(n) { n.foo(); } const A = f(B);",
    "rule \"a\" when lead.open then phone.before(\"straks\");",
    "rule \"a\" when lead.open then phone.chance(2);",
    "example \"a\" given #{ now: 5 } expect wait;",
    "example \"a\" given #{ now: \"straks\" } expect wait;",
    "example \"a\" given #{ propose: 5 } expect wait;",
    "example \"a\" given #{ stage: 2.days } expect wait;",
    "example \"a\" given #{ stage: wait } expect wait;",
    "example \"a\" given #{ stage: 1.0 / 0.0 } expect wait;",
    "example \"a\" given #{ signals: [visit(5)] } expect wait;",
    "example \"a\" given #{ signals: [visit(\"a\", \"b\")] } expect wait;",
    "example \"a\" given #{ signals: [visit(\"a\", 'b')] } expect wait;",
    "example \"a\" given #{ stage: \"interest\" } expect phone.to(\"a\" + 1).within(\"x\" + 1);",
    "example \"a\" given #{ stage: \"interest\" } expect if true { 5 } else { 6 };",
    "never phone when lead.roles_missing[0] is \"buyer\" and lead?.open;",
    "never phone when \"a\".split(\",\") == [];",
    "never phone when type_of(lead.open) is \"bool\";",
    "const M = #{ a: 1 }; never phone when M.a > lead.visits();",
    "fn f(n) { if n < 1 { true } else { f(n - 1) } } never phone when f(lead.visits());",
    "fn f(n) { let a = n; a } never phone when f(lead.visits()) > 1;",
    "never phone when lead.visits() in 1..lead.forms();",
];

/// A text without what stands between quotes: names and words of an author, or a quotation.
fn unquoted(text: &str) -> String {
    text.split('"').step_by(2).collect::<Vec<_>>().join("\"")
}

#[test]
fn dutch_messages_contain_no_english() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/wording");
    let table = |name: &str| std::fs::read_to_string(folder.join(name)).unwrap();
    let (english, dutch) = (table("en.ftl"), table("nl.ftl"));
    // What stands between the places of an English sentence, unless a Dutch one has it too (as code).
    let sentences: Vec<&str> = english
        .lines()
        .filter_map(|line| Some(line.split_once(" = ")?.1))
        .flat_map(|sentence| sentence.split(['{', '}', '"']))
        .map(str::trim)
        .filter(|piece| piece.contains(' ') && piece.len() > 6 && !piece.starts_with('$') && !dutch.contains(piece))
        .collect();
    assert!(sentences.len() > 400, "only {} sentences", sentences.len());
    // Words that no Dutch sentence has, unless its author wrote them: for what is told from elsewhere.
    let words = ["the", "this", "that", "cannot", "takes", "which", "are", "than", "longer", "uses", "makes", "got"];
    for text in corpus().into_iter().chain(BY_RHAI.iter().map(|text| (*text).to_owned())) {
        for each in diagnostics(&text) {
            let told = each.in_language(Language::Dutch);
            let related = told.related.iter().map(|place| &place.message);
            let fix = told.fix.iter().map(|fix| &fix.title);
            for sentence in [&told.message, &told.why, &told.help].into_iter().chain(related).chain(fix) {
                let plain = unquoted(sentence);
                if let Some(piece) = sentences.iter().find(|piece| plain.contains(**piece)) {
                    panic!("{}: \"{sentence}\" has \"{piece}\" in\n{text}", told.code);
                }
                let word = plain
                    .split(|char: char| !char.is_alphabetic())
                    .find(|word| words.contains(word) && !text.contains(word));
                assert_eq!(word, None, "{}: \"{sentence}\" in\n{text}", told.code);
            }
        }
    }
}

#[test]
fn errors_of_rhai_are_rendered_in_the_requested_language() {
    let told = |text: &str| {
        let found = diagnostics(text).first().unwrap_or_else(|| panic!("nothing is said of {text}")).clone();
        (found.message.clone(), found.in_language(Language::Dutch).message)
    };
    for (text, english, dutch) in [
        (
            "const A = 1 / 0;",
            "1 / 0 cannot be computed: a count cannot be divided by 0",
            "1 / 0 valt niet te berekenen: delen door 0 gaat niet bij een aantal",
        ),
        (
            "const A = 1.days + 2;",
            "+ cannot be applied to a length of time and a count",
            "+ gaat niet met een tijdsduur en een aantal",
        ),
    ] {
        assert_eq!(told(text), (english.to_owned(), dutch.to_owned()));
    }
}

#[test]
fn errors_within_a_text_are_rendered_in_dutch_too() {
    let told = |text: &str| {
        let found = diagnostics(text).first().unwrap().in_language(Language::Dutch);
        format!("{}; {}", found.message, found.help)
    };
    assert_eq!(
        told("reachable phone \"Mo-Fr 9-17\";"),
        "\"9-17\" is niet te lezen als uren; schrijf de minuten erbij: 09:00-17:30"
    );
    assert_eq!(
        told("reachable phone \"week 50-2 09:00-17:00\";"),
        "de weken lopen over het einde van het jaar; schrijf week 50-53,1-2"
    );
    assert_eq!(
        told("never phone when now > date(\"1 juli\");"),
        "\"1 juli\" is geen tijd; schrijf het als 2026-11-20T10:00:00+01:00; \
         schrijf date(\"2026-07-01\") of moment(\"2026-07-01T09:00:00+02:00\")"
    );
}

#[test]
fn every_fix_removes_its_finding_and_adds_no_error() {
    let mut mended = 0;
    for text in corpus() {
        let before = diagnostics(&text);
        let errors = |found: &[Diagnostic]| found.iter().filter(|each| each.severity == Severity::Error).count();
        for each in before.iter().filter(|each| each.fix.is_some()) {
            let fix = each.fix.as_ref().unwrap();
            let fixed = fix.apply(&text).expect("the fix fits its own text");
            let after = diagnostics(&fixed);
            let same = |found: &[Diagnostic]| {
                found.iter().filter(|other| (other.code, &other.message) == (each.code, &each.message)).count()
            };
            assert!(same(&after) < same(&before), "{}: {} stays in\n{fixed}\n{after:?}", each.code, fix.title);
            // Behind a name that is known at last another fault may come to light, but no more than one.
            assert!(errors(&after) <= errors(&before), "{}: {} breaks\n{fixed}\n{after:?}", each.code, fix.title);
            mended += 1;
        }
    }
    assert!(mended > 30, "only {mended} fixes to try");
}

#[test]
fn a_fix_writes_the_corrected_text() {
    let mended = |source: &str| {
        let found = diagnostics(source);
        let fix = found.iter().find_map(|each| each.fix.clone()).unwrap_or_else(|| panic!("no fix for {source}"));
        fix.apply(source).unwrap()
    };
    for (wrong, right) in [
        ("never phone when lead.visists(7.days) > 2;", "never phone when lead.visits(7.days) > 2;"),
        ("never phone when lead.stage is \"intrest\";", "never phone when lead.stage is \"interest\";"),
        ("never phone when lead.stage = \"lost\";", "never phone when lead.stage is \"lost\";"),
        ("never phone when lead.stage() is \"lost\";", "never phone when lead.stage is \"lost\";"),
        ("never phone when lead.stage is lost;", "never phone when lead.stage is \"lost\";"),
        ("never phone when lead.visits(7) > 2;", "never phone when lead.visits(7.days) > 2;"),
        ("never phone when lead.visits() > \"3\";", "never phone when lead.visits() > 3;"),
        ("never phone when not (lead.value > 5.0);", "never phone when lead.value <= 5.0;"),
        ("never phone when \"fair\" in lead.source;", "never phone when \"fair\" in (lead.source ?? \"\");"),
        ("never phone when lead.visits() / 2 > 1;", "never phone when lead.visits() / 2.0 > 1;"),
        ("never phone when (lead.visits() ?? 0) > 1;", "never phone when lead.visits() > 1;"),
        ("never \"phone\";", "never phone;"),
        ("never phone\nnever email;", "never phone;\nnever email;"),
        ("ruel \"a\" when lead.open then phone;", "rule \"a\" when lead.open then phone;"),
        ("limit phone 2 per 7;", "limit phone 2 per 7.days;"),
        ("limit phone 2 per 7.dys;", "limit phone 2 per 7.days;"),
        ("rule \"a\" when lead.open then emial;", "rule \"a\" when lead.open then email;"),
        (
            "rule \"a\" when lead.open then phone.wihtin(4.hours);",
            "rule \"a\" when lead.open then phone.within(4.hours);",
        ),
        (
            "fact vip as truth; never phone when lead.open and not lead.vip;",
            "fact vip as truth; never phone when lead.open and lead.vip is not true;",
        ),
    ] {
        assert_eq!(mended(wrong), right);
        let found = diagnostics(right);
        assert!(found.iter().all(|found| found.code == "missing-reason"), "{right}: {found:?}");
    }
}

#[test]
fn a_finding_with_several_possible_corrections_has_no_fix() {
    for source in [
        // Two names are equally near.
        "setting hot_a = 1; setting hot_b = 2; never phone when lead.visits() > hot_c + hot_a + hot_b;",
        // The word comes from elsewhere.
        "const WHERE = \"intrest\"; never phone when lead.stage is WHERE;",
        "fn at(where) { lead_stage(where) } never phone when lead.touches(\"fax\") > 1;",
    ] {
        assert!(diagnostics(source).iter().all(|each| each.fix.is_none()), "{source}: {:?}", diagnostics(source));
    }
}

#[test]
fn related_spans_are_reported() {
    let place = |source: &str| {
        let found = diagnostics(source).into_iter().find(|each| !each.related.is_empty()).unwrap();
        let other = &found.related[0];
        format!("{} {}:{} {}", found.code, other.span.line, other.span.column, other.message)
    };
    assert_eq!(
        place("rule \"a\" when lead.open then phone;\nrule \"a\" when lead.open then email;"),
        "duplicate-name 1:6 the first one stands here"
    );
    assert_eq!(place("fact a as text;\nfact a as text;"), "duplicate-name 1:6 the first one stands here");
    assert_eq!(place("const A = 1;\nsetting A = 2;"), "duplicate-name 1:7 the first one stands here");
    assert_eq!(place("fn f(x) { x }\nfn f(y) { y }"), "duplicate-name 1:4 the first one stands here");
    assert_eq!(place("fact vip as truth;\nnever phone when lead.vip;"), "may-be-unknown 1:6 it is declared here");
    assert_eq!(
        place("rule \"a\"\n when lead.open then phone when lead.open;"),
        "duplicate-clause 2:2 the first one stands here"
    );
}

#[test]
fn every_unknown_name_of_a_clause_is_reported_with_its_other_errors() {
    let found = diagnostics("never phone when led.open and visists > 2 and lead.bugdet > 3 and lead.open is 1;");
    let told: Vec<(&str, u32)> = found.iter().map(|each| (each.code, each.span.column)).collect();
    assert_eq!(told, [("unknown-name", 18), ("unknown-name", 31), ("unknown-fact", 52), ("different-types", 67)]);
}

#[test]
fn an_interpreted_clause_is_checked_too() {
    let found =
        diagnostics("never phone when switch lead.stage { \"lost\" => true, _ => false } or lead.visits(7) > \"3\";");
    let told: Vec<&str> = found.iter().map(|each| each.code).collect();
    assert_eq!(told, ["number-with-text", "wrong-arguments"]);
}
