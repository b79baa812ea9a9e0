//! The table of the public suites, docs/conformance.md, and the lists of the cases that differ.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;

use crate::engine::Came;
use crate::reasons::{REASONS, Reason, VALUE};
use crate::{Case, folder, own, read_json};

/// A public suite.
pub struct Suite {
    pub name: &'static str,
    /// The list of the cases that differ, in this folder.
    list: &'static str,
    /// How many cases it has.
    pub cases: usize,
    /// How many must run at least.
    pub least: usize,
    /// What it is, from where, and under which licence.
    about: &'static str,
}

pub const SUITES: [Suite; 2] = [
    Suite {
        name: "JSONLogic compat-tables",
        list: "jsonlogic.txt",
        cases: 1138,
        least: 600,
        about: "The [compatibility tables of JSONLogic](https://github.com/json-logic/compat-tables), at commit ee046c7 (2026-08-17), Apache-2.0, kept whole in\n`tests/conformance/jsonlogic`. What is read of the data, a text, number or truth, is a fact of the lead.",
    },
    Suite {
        name: "CEL conformance",
        list: "cel.txt",
        cases: 2344,
        least: 450,
        about: "The [conformance tests of CEL](https://github.com/google/cel-spec) 0.25.1, from the package\n[@bufbuild/cel-spec](https://www.npmjs.com/package/@bufbuild/cel-spec) 0.6.1, Apache-2.0, kept whole in `tests/conformance/cel`. Variables are facts of the\nlead.",
    },
];

impl Suite {
    /// The cases that differ, by id, each with why.
    pub fn listed(&self) -> BTreeMap<String, String> {
        let text = fs::read_to_string(folder().join(self.list)).unwrap_or_default();
        let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
        lines
            .map(|line| {
                line.split_once(' ').map(|(why, id)| (id.to_owned(), why.to_owned())).expect("a reason and a case")
            })
            .collect()
    }
}

/// What became of the cases of a suite.
#[derive(Default)]
pub struct Report {
    groups: BTreeMap<String, [usize; 4]>,
    /// By reason: how many, and the first as an example.
    reasons: BTreeMap<&'static str, (usize, String)>,
    faults: Vec<String>,
    /// How many pass with an error.
    errors: usize,
    lacks: BTreeMap<&'static str, (usize, String)>,
}

impl Report {
    pub fn ran(&self) -> usize {
        self.groups.values().map(|counts| counts[0] + counts[1] + counts[2]).sum()
    }

    fn count(&mut self, case: &Case, column: usize) {
        self.groups.entry(case.group.clone()).or_default()[column] += 1;
    }

    /// Counts a case that passes, with an error that the suite wants too or with a value.
    pub fn passes(&mut self, case: &Case, with_error: bool) {
        self.count(case, 0);
        self.errors += usize::from(with_error);
    }

    /// Counts a case that differs.
    ///
    /// # Errors
    /// That it is listed with no reason, or with one by which it comes to something else.
    pub fn differs(&mut self, case: &Case, why: &str, came: &Came) -> Result<(), String> {
        if let Some(what) = why.strip_prefix("fault:") {
            self.count(case, 2);
            self.faults.push(format!("`{}`: {what}", case.id));
            return Ok(());
        }
        let reason = Reason::of(why).ok_or(format!("{} is listed as {why}, which is no reason", case.id))?;
        let came = match came {
            Came::Value(_) => VALUE,
            Came::Error(code) | Came::Disagrees(code) => code,
        };
        if !reason.comes.contains(&came) {
            return Err(format!("{} is listed as {why}, and came to {came}", case.id));
        }
        self.count(case, 1);
        self.reasons.entry(reason.word).or_insert_with(|| (0, example(case))).0 += 1;
        Ok(())
    }

    /// Whether a case differs for this reason.
    pub fn names(&self, reason: &Reason) -> bool {
        self.reasons.contains_key(reason.word)
    }

    pub fn no_equivalent(&mut self, case: &Case, what: &'static str) {
        self.count(case, 3);
        self.lacks.entry(what).or_insert_with(|| (0, example(case))).0 += 1;
    }
}

/// A case as it stands in a table.
fn example(case: &Case) -> String {
    let written = case.asks.split_whitespace().collect::<Vec<_>>().join(" ").replace('|', "\\|").replace('`', "'");
    let shown: String = written.chars().take(60).collect();
    if shown == written { format!("`{shown}`") } else { format!("`{shown}…`") }
}

/// The page with the tables of the suites.
pub fn page(reports: &[Report]) -> String {
    let mut page = INTRODUCTION.to_owned();
    page.push_str("\n| suite | cases | run | pass | differ by design | known faults | no equivalent |\n|---|---|---|---|---|---|---|\n");
    for (suite, report) in SUITES.iter().zip(reports) {
        let [pass, differ, faults, lack] = report.total();
        let _ = writeln!(
            page,
            "| [{}](#{}) | {} | {} | {pass} | {differ} | {faults} | {lack} |",
            suite.name,
            suite.name.to_lowercase().replace(' ', "-"),
            suite.cases,
            report.ran()
        );
    }
    page.push_str(OUR_OWN);
    page.push_str("\n| file | cases | what is expected was |\n|---|---|---|\n");
    let mut all = 0;
    for file in own::files() {
        let suite = read_json(&file);
        let (cases, name) =
            (suite["cases"].as_array().map_or(0, Vec::len), file.file_name().unwrap().to_string_lossy());
        let expectations = suite["expectations"].as_str().unwrap_or_default();
        let _ = writeln!(page, "| [{name}](../tests/conformance/cadans/{name}) | {cases} | {expectations} |");
        all += cases;
    }
    let _ = writeln!(page, "| **all** | **{all}** | |");
    for (suite, report) in SUITES.iter().zip(reports) {
        report.write(suite, &mut page);
    }
    page
}

impl Report {
    /// How many pass, differ by design, are known faults and have no equivalent.
    fn total(&self) -> [usize; 4] {
        let sum = |column: usize| self.groups.values().map(|counts| counts[column]).sum();
        [sum(0), sum(1), sum(2), sum(3)]
    }

    /// The section of the page about a public suite.
    fn write(&self, suite: &Suite, page: &mut String) {
        let [pass, differ, faults, lack] = self.total();
        let _ = write!(page, "\n## {}\n\n{}\n\n", suite.name, suite.about);
        let _ = writeln!(
            page,
            "{} cases, of which {} run and {pass} pass, {} of them with an error that the suite wants too.\n",
            suite.cases,
            self.ran(),
            self.errors
        );
        page.push_str("| | passes | differs by design | known fault | no equivalent |\n|---|---|---|---|---|\n");
        for (group, [pass, differ, faults, lack]) in &self.groups {
            let _ = writeln!(page, "| {group} | {pass} | {differ} | {faults} | {lack} |");
        }
        let _ = writeln!(page, "| **all** | **{pass}** | **{differ}** | **{faults}** | **{lack}** |");
        page.push_str(
            "\n| differs by design, because | the reference says so in | cases | for example |\n|---|---|---|---|\n",
        );
        for reason in REASONS {
            if let Some((count, example)) = self.reasons.get(reason.word) {
                let _ = writeln!(page, "| {} | {} | {count} | {example} |", reason.sentence, reason.link());
            }
        }
        if !self.faults.is_empty() {
            let _ = write!(page, "\nKnown faults:\n\n");
            self.faults.iter().for_each(|fault| page.push_str(&format!("* {fault}\n")));
        }
        page.push_str("\n| no equivalent of | cases | for example |\n|---|---|---|\n");
        for (what, (count, example)) in &self.lacks {
            let _ = writeln!(page, "| {what} | {count} | {example} |");
        }
    }
}

const INTRODUCTION: &str = "\
# Conformance

What the language does is held to three suites: two public ones of other languages, kept whole and run on ours, and one of our own that others can run. The tables are
written by `CADANS_WRITE=1 cargo test --test conformance`, which fails when they are not what the run gives.

Each case of a public suite is written as an expression of our language and asked of the compiled form and of Rhai's interpreter, which have to agree. It *passes* when
both come to the value that the suite wants, or to an error (of the checker, or when it is evaluated) where it wants one. It *differs by design* for a reason that the
reference tells; the run fails where the reference does not say so any more. Which case for which reason stands in [jsonlogic.txt](../tests/conformance/jsonlogic.txt) and
[cel.txt](../tests/conformance/cel.txt). It has *no equivalent* where our language has no words for it; that is never said of an operator that it has. A case that is
listed as different, or as a known fault, and passes fails the run.

What goes through the items of a list (`map`, `filter`, `all`) has no equivalent because nothing takes a function
([What runs interpreted](../tests/spec/20-interpreted.md#methods-of-rhais-own)); a [helper function](../tests/spec/19-helpers.md#more-than-one-line) with a loop says the same.
";

const OUR_OWN: &str = "
## Our own suite

What is advised, as JSON for other implementations: [tests/conformance/cadans](../tests/conformance/cadans), under [CC0 1.0](https://creativecommons.org/publicdomain/zero/1.0/).
Clocks that change, hours with a break and past midnight, caps of a person, a lead and an account, consent, choice and expiry have files of their own (30, 31 and `hours`);
the others hold what the pages of the reference assert about advice. What is expected is copied from the pages or worked out with other crates; no run of the engine writes it.

`node tests/conformance/cadans/run.mjs` runs it on the module (after `cargo xtask pack`), and `node run.mjs adapter.mjs` on another implementation. The adapter exports
`advise(rules, options, lead, now)`, which gives the advice for the lead, in the fields of `expected`, or a promise of it. Exit code 1 when a case differs. A runner in another
language reads the files in the same way; each has `cases`:

| field of a case | |
|---|---|
| `name` | unique in the file |
| `rules` | the packs in order, each `{ file, text }` |
| `settings` | values of settings, by name; may be absent |
| `layers` | the [layers](../tests/spec/28-layers.md) of the packs, each `{ kind, name, rep, packs }`; may be absent |
| `lead` | a lead in the [lead format](lead-format.md); or a whole lead file, of which the first lead is asked about |
| `now` | the moment |
| `expected` | what is advised; a field that is absent is not asserted |

| field of `expected` | |
|---|---|
| `verdict` | `touch`, `find`, `hand_over`, `wait` or `hold` |
| `channel`, `person`, `rep` | of the touch; people and reps by id |
| `from`, `until` | when the touch is best made; moments are compared, not how they are written |
| `lateBy` | how late that is for what was promised, in milliseconds |
| `find`, `handOver` | the role that is looked for, the team |
| `blocks` | what was stopped: for each, some block has the same `policy` and `person` |
| `reason` | a part of the reason in English |
";
