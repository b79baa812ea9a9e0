//! The language reference holds: every block of code in `tests/spec/*.md` does what the page says of it.
//!
//! The pages are written to be read; the forms of what is asserted are told in `tests/spec/README.md`. Every finding must be asserted
//! and every assertion must be met, with code and exact columns. A failure prints the place in the page and lines to paste, after
//! somebody has looked whether they are right: the pages say what should be, not what is.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod ask;
mod export;
mod page;

use std::path::PathBuf;
use std::{fmt, fs};

use ask::Said;
use page::{Block, Claim, Kind, What};

use cadans::book::value::Value;

/// What a page says and what is differ.
pub struct Failure {
    place: String,
    heading: String,
    why: String,
}

impl Failure {
    fn new(file: &str, line: usize, heading: &str, why: impl Into<String>) -> Self {
        Self { place: format!("tests/spec/{file}:{line}"), heading: heading.to_owned(), why: why.into() }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}\n  {}", self.place, self.heading, self.why)
    }
}

/// What checking a page came to.
#[derive(Default)]
struct Outcome {
    cases: usize,
    claims: usize,
    failures: Vec<Failure>,
}

fn check(file: &str, text: &str) -> Outcome {
    let page = page::read(file, text);
    let mut outcome = Outcome { failures: page.failures, ..Outcome::default() };
    for block in &page.blocks {
        outcome.cases += 1;
        outcome.claims += block.claims.len();
        let differs = match block.kind {
            Kind::Rules | Kind::Against | Kind::Analysed => rules(block),
            Kind::Conditions => conditions(block),
        };
        outcome.failures.extend(differs.into_iter().map(|(line, why)| Failure::new(file, line, &block.heading, why)));
    }
    outcome
}

/// A line of the page and what is wrong there.
type Differs = Vec<(usize, String)>;

fn rules(block: &Block) -> Differs {
    let mut differs = Differs::new();
    let files = block.lines.iter().map(|line| line.file).max().unwrap_or_default() + 1;
    let packs: Vec<String> = (0..files)
        .map(|file| {
            block.lines.iter().filter(|line| line.file == file).map(|line| format!("{}\n", line.text)).collect()
        })
        .collect();
    let overrides: Vec<(String, Value)> = block.claims.iter().filter_map(|claim| turned(&claim.what)).collect();
    let layers = block.claims.iter().find_map(|claim| match &claim.what {
        What::Layers(layers) => Some(layers.as_str()),
        _ => None,
    });
    let read = ask::read(&packs, &overrides, layers);
    let mut said = read.said;

    if block.kind == Kind::Against {
        match lead_of(block) {
            Ok(case) => said.extend(ask::against(&read.rulebook, &case)),
            Err(why) => differs.push((block.line, why)),
        }
    }
    for claim in &block.claims {
        let What::AdviceAt(now, advice) = &claim.what else { continue };
        match lead_of(block).and_then(|case| ask::advise_at(&read.rulebook, case, now)) {
            Ok(told) if begins(&told, advice) => {}
            Ok(told) => differs.push((claim.line, format!("- {:?}\n  + {told}", claim.what))),
            Err(why) => differs.push((claim.line, why)),
        }
    }
    if block.kind == Kind::Analysed {
        said.extend(ask::analysed(&read.rulebook, &read.findings));
    }
    let wants = |wanted: fn(&What) -> bool| block.claims.iter().filter(move |claim| wanted(&claim.what));
    let advice = wants(|what| matches!(what, What::Advice(_) | What::Reason(_))).collect::<Vec<_>>();
    if !advice.is_empty() {
        match lead_of(block) {
            Err(why) => differs.push((block.line, why)),
            Ok(case) => {
                let (told, reason, faults) = ask::advise(&read.rulebook, &case);
                said.extend(faults);
                for claim in advice {
                    let (holds, came) = match &claim.what {
                        What::Advice(advice) => (begins(&told, advice), &told),
                        What::Reason(part) => (reason.contains(part.as_str()), &reason),
                        _ => continue,
                    };
                    if !holds {
                        differs.push((claim.line, format!("- {:?}\n  + {came}", claim.what)));
                    }
                }
            }
        }
    }

    let line_of = |file: usize, line: u32| {
        let within: Vec<_> = block.lines.iter().filter(|each| each.file == file).collect();
        within.get((line as usize).saturating_sub(1)).or(within.last()).map_or(block.line, |line| line.line)
    };
    let at: Vec<(usize, Said)> = said.into_iter().map(|said| (line_of(said.file, said.span.line), said)).collect();
    let text = |said: &Said| underlined(&packs[said.file.min(files - 1)], said);
    differs.extend(compared(&block.claims, &at, text));

    let mut failed: Vec<&Claim> = wants(|what| matches!(what, What::Fails(_))).collect();
    for example in read.examples.iter().filter(|example| !example.passed) {
        let line = line_of(ask::file_of_example(example), example.span.line);
        let why = format!("{} ({})", example.differs.join("; "), example.came);
        let claimed = failed.iter().position(|claim| match &claim.what {
            What::Fails(part) => claim.about == line && why.contains(part.as_str()),
            _ => false,
        });
        match claimed {
            Some(nth) => drop(failed.remove(nth)),
            None => differs.push((line, format!("this example fails:\n  + // fails: \"{why}\""))),
        }
    }
    differs.extend(
        failed
            .iter()
            .map(|claim| (claim.line, format!("- {:?}\n  the example passes, or fails otherwise", claim.what))),
    );
    differs
}

/// Whether the advice is told in these words, in full or up to the end of one.
fn begins(told: &str, advice: &str) -> bool {
    told.strip_prefix(advice).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

/// The lead above a block.
fn lead_of(block: &Block) -> Result<ask::Case, String> {
    block.lead.as_deref().ok_or("the page has no lead above this".to_owned()).and_then(ask::case)
}

fn turned(what: &What) -> Option<(String, Value)> {
    let What::Override(written) = what else { return None };
    let (name, value) = written.split_once(" = ")?;
    let value = match (value.parse::<i64>(), value.parse::<f64>()) {
        (Ok(count), _) => Value::from(count),
        (_, Ok(number)) => Value::from(number),
        _ => Value::text(value.trim_matches('"')),
    };
    Some((name.to_owned(), value))
}

fn conditions(block: &Block) -> Differs {
    let case = match lead_of(block) {
        Err(why) => return vec![(block.line, why)],
        Ok(case) => case,
    };
    let mut differs = Differs::new();
    let mut declared = String::new();
    for line in &block.lines {
        let code = line.text.split("// ").next().unwrap_or_default().trim_end();
        let word = code.split(' ').next().unwrap_or_default();
        if code.is_empty() {
            continue;
        }
        if matches!(word, "fact" | "setting" | "const" | "fn") {
            declared.push_str(&format!("{code}\n"));
            continue;
        }
        let claims: Vec<&Claim> = block.claims.iter().filter(|claim| claim.about == line.line).collect();
        let mut gives = claims.iter().filter_map(|claim| match &claim.what {
            What::Gives { person, value } => Some((person.as_deref(), value.as_str())),
            _ => None,
        });
        let (person, value) = gives.next().unwrap_or((None, "refused"));
        let mut answers = vec![(value, ask::ask(&declared, code, person, value, &case))];
        answers.extend(gives.map(|(person, value)| (value, ask::ask(&declared, code, person, value, &case))));
        for (value, asked) in &answers {
            // What a fault says is asserted of our own tree; Rhai's interpreter has its own words for it.
            for (nth, came) in asked.gives.iter().enumerate() {
                let (wanted, part) = match value.split_once(": \"") {
                    Some(("fault", part)) => ("fault", part.trim_end_matches('"')),
                    _ => (*value, ""),
                };
                let holds = if wanted == "fault" {
                    came.starts_with("fault: ") && (nth > 0 || came.contains(part))
                } else {
                    came == wanted
                };
                if !holds {
                    differs.push((line.line, format!("- // => {value}\n  + // => {came}")));
                }
            }
            if asked.gives.is_empty() && *value != "refused" {
                differs.push((line.line, format!("- // => {value}\n  the checker refuses it")));
            }
        }
        let said = answers.into_iter().next().map(|(_, asked)| asked.said).unwrap_or_default();
        let at: Vec<(usize, Said)> = said.into_iter().map(|said| (line.line, said)).collect();
        let of_line: Vec<Claim> = claims
            .iter()
            .map(|claim| Claim { about: claim.about, line: claim.line, what: claim.what.clone() })
            .collect();
        differs.extend(compared(&of_line, &at, |said| {
            let (from, to) = (said.span.column as usize, said.span.end_column as usize);
            code.chars().skip(from - 1).take(to.saturating_sub(from)).collect()
        }));
    }
    differs
}

/// The findings asserted against those that came.
fn compared(claims: &[Claim], said: &[(usize, Said)], text: impl Fn(&Said) -> String) -> Differs {
    let mut differs = Differs::new();
    let mut open: Vec<&(usize, Said)> = said.iter().collect();
    for claim in claims {
        let What::Finding { severity, code, place, part } = &claim.what else { continue };
        let met = |(line, said): &&(usize, Said)| {
            *line == claim.about
                && said.severity == severity
                && said.code == *code
                && said.place() == *place
                && said.text.contains(part.as_str())
        };
        match open.iter().position(met) {
            // One statement written many times may say the same many times.
            Some(nth) => {
                let (line, first) = open.remove(nth);
                let same = |other: &Said| {
                    (other.code == first.code) && other.place() == first.place() && other.span != first.span
                };
                open.retain(|(at, other)| !(at == line && same(other)));
            }
            None => differs.push((claim.line, format!("- // {severity}: [{code}] {place} \"{part}\""))),
        }
    }
    // The rules of the pages are too short to say why; the page about rules asserts that it is told.
    open.retain(|(_, said)| {
        said.code != "missing-reason"
            || claims.iter().any(|claim| matches!(&claim.what, What::Finding { code, .. } if *code == said.code))
    });
    for (line, said) in open {
        let code = if said.code.is_empty() { String::new() } else { format!("[{}] ", said.code) };
        let (severity, place) = (said.severity, said.place());
        differs.push((*line, format!("+ // {severity}: {code}{place} \"{}\"\n    under {:?}", said.text, text(said))));
    }
    differs
}

/// The text that a finding underlines.
fn underlined(pack: &str, said: &Said) -> String {
    let span = said.span;
    let line = pack.lines().nth((span.line as usize).saturating_sub(1)).unwrap_or_default();
    let end = if span.end_line == span.line { span.end_column as usize } else { usize::MAX };
    line.chars().skip(span.column as usize - 1).take(end.saturating_sub(span.column as usize)).collect()
}

// ---- the pages ----------------------------------------------------------------------------------------------------

fn pages() -> Vec<(String, String)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/spec");
    let mut pages: Vec<(String, String)> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read_to_string(&path).unwrap()))
        .collect();
    pages.sort();
    pages
}

#[test]
fn every_assertion_of_every_page_holds() {
    let pages = pages();
    let mut all = Outcome::default();
    for (file, text) in &pages {
        let outcome = check(file, text);
        all.cases += outcome.cases;
        all.claims += outcome.claims;
        all.failures.extend(outcome.failures);
    }
    let told: Vec<String> = all.failures.iter().map(ToString::to_string).collect();
    assert!(told.is_empty(), "{} differences:\n\n{}\n", told.len(), told.join("\n\n"));
    println!("{} cases with {} assertions on {} pages", all.cases, all.claims, pages.len());
    assert!(all.cases >= 300, "only {} cases", all.cases);
}

#[test]
fn the_index_lists_every_page_in_order() {
    let pages = pages();
    let index = &pages.iter().find(|(file, _)| file == "README.md").unwrap().1;
    let listed: Vec<&str> =
        index.lines().filter_map(|line| line.strip_prefix("| [")?.split(['(', ')']).nth(1)).collect();
    let there: Vec<&str> =
        pages.iter().map(|(file, _)| file.as_str()).filter(|file| file.starts_with(char::is_numeric)).collect();
    assert_eq!(listed, there);
    for (file, text) in &pages {
        let links = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
        for link in links.filter(|link| !link.contains("://")) {
            let path = link.split('#').next().unwrap();
            let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/spec");
            assert!(folder.join(path).exists(), "{file} links {link}");
        }
    }
}

/// The table on the page about packs is the table of statement forms.
#[test]
fn the_page_about_packs_lists_every_statement_with_its_clauses() {
    let pages = pages();
    let page = &pages.iter().find(|(file, _)| file == "01-packs.md").unwrap().1;
    let rows = page.lines().skip_while(|line| !line.starts_with("| statement ")).skip(2);
    let listed: Vec<&str> = rows.take_while(|line| line.starts_with('|')).collect();
    let forms = cadans::pack::statement_forms::STATEMENT_FORMS.iter().map(|form| {
        let clause = |clause: &cadans::pack::statement_forms::ClauseForm| {
            if clause.required { format!("`{}`", clause.word) } else { format!("[`{}`]", clause.word) }
        };
        let clauses: Vec<String> = form.clauses.iter().map(clause).collect();
        let clauses = if clauses.is_empty() { String::new() } else { clauses.join(" ") + " " };
        format!("| `{}` | {clauses}| {} |", form.word, form.described(cadans::wording::Language::English))
    });
    assert_eq!(listed, forms.collect::<Vec<_>>());
}

/// Each limit of the engine, with the words of the page about limits.
#[test]
fn the_page_about_limits_names_every_limit() {
    use cadans::limits as at_most;
    let days = cadans::calendar::units::LONGEST_LAPSE.millis() as u64 / 86_400_000;
    let limits: [(&str, u64); 21] = [
        ("packs in a rulebook", at_most::PACKS as u64),
        ("bytes in a pack", at_most::PACK_BYTES as u64),
        ("statements in a pack", at_most::STATEMENTS as u64),
        ("cases in the examples of a pack, together", at_most::EXAMPLE_CASES as u64),
        ("settings and constants in a pack, together", at_most::NAMES as u64),
        ("helper functions in a pack", at_most::FUNCTIONS as u64),
        ("bytes in a clause or helper function", at_most::CLAUSE_BYTES as u64),
        ("brackets within brackets", at_most::NESTING as u64),
        ("depth of an expression", at_most::DEPTH as u64),
        ("depth of a helper function", at_most::FUNCTION_DEPTH as u64),
        ("findings told of a pack", at_most::DIAGNOSTICS as u64),
        ("operations of a statement for one lead", at_most::OPERATIONS),
        (
            "operations for finding since when a statement holds for one lead, since the last recorded moment, and again before it",
            at_most::PAST_OPERATIONS,
        ),
        ("recorded moments back at which that is looked at", at_most::PAST_MOMENTS as u64),
        ("looks after one of them at every change; later ones are further apart", at_most::PAST_LOOKS as u64),
        ("helper functions that call one another", at_most::CALLS as u64),
        ("characters in a text that a rule makes", at_most::TEXT as u64),
        ("items in a list that a rule makes", at_most::LIST as u64),
        ("entries in a map that a rule makes", at_most::MAP as u64),
        ("days in a length of working time, and of `within` and `after`", days),
        ("value, weight and lever", at_most::NUMBER as u64),
    ];
    let pages = pages();
    let page = &pages.iter().find(|(file, _)| file == "21-limits.md").unwrap().1;
    let told: Vec<String> = page
        .lines()
        .filter(|line| line.starts_with("| ") && !line.starts_with("| what"))
        .map(|line| line.replace(' ', ""))
        .collect();
    let known: Vec<String> = limits.iter().map(|(what, most)| format!("|{}|{most}|", what.replace(' ', ""))).collect();
    assert_eq!(told, known);
}

/// Every code that has a page of its own is shown on a page of the reference.
#[test]
fn the_pages_show_every_code() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("docs/diagnostics");
    let codes = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let codes: Vec<String> = codes.map(|path| path.file_stem().unwrap().to_string_lossy().into_owned()).collect();
    assert!(codes.len() > 80, "only {} codes", codes.len());
    let shown: String = pages().into_iter().map(|(_, text)| text).collect();
    let shows = |code: &String| code == "README" || shown.contains(&format!("[{code}]"));
    let missing: Vec<&String> = codes.iter().filter(|code| !shows(code)).collect();
    assert!(missing.is_empty(), "no page shows {missing:?}");
}

/// Every fact of the catalogue and every word after a touch occurs in code on some page.
#[test]
fn the_pages_show_every_fact_and_every_word_of_a_touch() {
    let shown: String = pages()
        .iter()
        .flat_map(|(file, text)| page::read(file, text).blocks)
        .flat_map(|block| block.lines)
        .map(|line| line.text + "\n")
        .collect();
    let words = cadans::pack::touch::BUILDERS.iter().map(|(name, _)| format!(".{name}("));
    let facts = cadans::book::catalogue::FACTS
        .iter()
        .flat_map(|entry| entry.subjects.iter().map(|subject| format!("{}.{}", subject.word(), entry.name)));
    let missing: Vec<String> = facts.chain(words).filter(|word| !shown.contains(word.as_str())).collect();
    assert!(missing.is_empty(), "no page shows {missing:?}");
}

// ---- the harness ----------------------------------------------------------------------------------------------------

const LEAD: &str = r#"```json
{ "id": "L-1", "now": "2026-11-20T10:00:00+01:00", "country": "NL", "zone": "Europe/Amsterdam", "stage": "interest",
  "people": [{ "id": "anna", "roles": ["decider"], "channels": ["phone"] }, { "id": "bob" }] }
```
"#;

/// What is wrong with one block, after the lead: `line: why`.
fn wrong(word: &str, block: &str) -> Vec<String> {
    let outcome = check("page.md", &format!("{LEAD}# Here\n```{word}\n{block}\n```\n"));
    outcome
        .failures
        .iter()
        .map(|failure| format!("{} {}", failure.place.split(':').nth(1).unwrap(), failure.why))
        .collect()
}

#[test]
fn an_assertion_with_a_wrong_column_code_severity_or_message_fails() {
    let sound = "never phne; // error: [unknown-channel] 7-11 \"phone\"";
    assert_eq!(wrong("rhai", sound), Vec::<String>::new());
    for slip in [
        sound.replace("7-11", "7-12"),
        sound.replace("7-11", "6-11"),
        sound.replace("7-11", "7-11+1"),
        sound.replace("unknown-channel", "unknown-chanel"),
        sound.replace("error", "warning"),
        sound.replace("\"phone\"", "\"fax\""),
    ] {
        let wrong = wrong("rhai", &slip);
        assert_eq!(wrong.len(), 2, "{slip}: {wrong:?}");
        assert!(wrong[0].starts_with("7 - // "), "{wrong:?}");
        assert!(
            wrong[1].starts_with("7 + // error: [unknown-channel] 7-11 ") && wrong[1].ends_with("under \"phne\""),
            "{wrong:?}"
        );
    }
}

#[test]
fn findings_and_assertions_must_match_one_to_one() {
    let told = wrong("rhai", "never phone;\nnever phne;");
    assert!(told.len() == 1 && told[0].starts_with("8 + // error: [unknown-channel] 7-11"), "{told:?}");
    let told = wrong("rhai", "// error: [unknown-channel] 7-11\nnever phone;");
    assert_eq!(told, ["7 - // error: [unknown-channel] 7-11 \"\""]);
    let told = wrong("rhai", "fact vip as truth;\nnever phone when lead.vip;");
    assert!(told.len() == 1 && told[0].starts_with("8 + // warning: [may-be-unknown] 18-26"), "{told:?}");
    let told = wrong("rhai", "never phone;\n// error: [unknown-channel] 7-11");
    assert_eq!(told, ["8 nothing follows that this could be about"]);
    // The same finding twice needs two assertions.
    let twice = "limit phne 2 per 7; // error: [unknown-channel] 7-11 // error: [unknown-channel] 7-11";
    assert_eq!(wrong("rhai", twice).len(), 1);
}

#[test]
fn a_wrong_value_fails_for_the_first_and_for_a_named_person() {
    assert_eq!(
        wrong("rhai condition", "lead.open // => true\nperson.is_a(\"decider\") // anna => true // bob => false"),
        Vec::<String>::new()
    );
    for slip in [
        "lead.open // => false",
        "lead.open // => unknown",
        "lead.value // => 0.0",
        "lead.value // => false",
        "lead.value + 1.0 // => 1.0",
        "lead.value + 1.0 // => fault: \"something else\"",
        "lead.visits() // => 1",
        "lead.stage // => \"lost\"",
        "person.is_a(\"decider\") // anna => true // bob => true",
        "lead.opn // => true // error: [unknown-fact] 6-9",
        "lead.opn // error: [unknown-fact] 6-8",
        "lead.open",
    ] {
        assert!(!wrong("rhai condition", slip).is_empty(), "{slip}");
    }
}

#[test]
fn wrong_advice_a_wrong_fault_and_a_failing_example_are_differences() {
    let sound =
        "rule \"Call\" when lead.open then phone because \"Open\";\n// advice: phone to anna\n// reason: \"Open\"";
    assert_eq!(wrong("rhai", sound), Vec::<String>::new());
    assert_eq!(wrong("rhai", &sound.replace("to anna", "to ann")).len(), 1);
    assert_eq!(wrong("rhai", &sound.replace("to anna", "to anna from 2026-11-20T10:01")).len(), 1);
    assert_eq!(wrong("rhai", &sound.replace("reason: \"Open", "reason: \"Closed")).len(), 1);
    let later = "rule \"Call\" when lead.open then phone;\n// at 2026-11-21T09:30+01:00: phone to anna from 2026-11-21T09:30+01:00";
    assert_eq!(wrong("rhai", later), Vec::<String>::new());
    assert_eq!(wrong("rhai", &later.replace("from 2026-11-21", "from 2026-11-22")).len(), 1);
    assert_eq!(wrong("rhai", &later.replace(": phone", " phone")).len(), 1);
    let fault = "rule \"Call\" when lead.visits() % lead.forms() > 1 then phone;\n// advice: wait";
    assert_eq!(wrong("rhai", fault).len(), 1);
    let example = "rule \"Call\" when lead.open then phone;\nexample \"e\" given #{} expect email;";
    assert_eq!(wrong("rhai", example).len(), 1);
    assert_eq!(
        wrong("rhai", &example.replace("example", "// fails: \"expected email\"\nexample")),
        Vec::<String>::new()
    );
    assert_eq!(wrong("rhai", &example.replace("expect email", "expect phone; // fails: \"\"")).len(), 1);
}

#[test]
fn a_page_that_cannot_be_read_fails() {
    assert_eq!(wrong("rhia", "never phone;").len(), 1);
    assert_eq!(wrong("rhai", "never phne; // error: [unknown-channel]").len(), 2);
    assert_eq!(wrong("rhai", "never phne; // error: unknown-channel 7-11").len(), 2);
    assert!(!check("page.md", "```rhai\nnever phone;\n").failures.is_empty(), "it is never closed");
    assert!(!check("page.md", "```rhai condition\nlead.open // => true\n```\n").failures.is_empty(), "it has no lead");
}

#[test]
fn repeated_lines_and_a_second_pack_keep_their_line_numbers() {
    let many = "// 3 times:\nconst c{n} = {n};\nnever phne; // error: [unknown-channel] 7-11";
    assert_eq!(wrong("rhai", many), Vec::<String>::new());
    let second = "pack \"a\";\n// file: b.rhai\npack \"b\";\nnever phne; // error: [unknown-channel] 7-11";
    assert_eq!(wrong("rhai", second), Vec::<String>::new());
}
