//! The table of the public suites, docs/conformance.md, and the lists of the cases that differ.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;

use crate::{Case, folder};

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

/// Why cases differ: the word in the list, the sentence of the table, and the page and heading of the reference that say so.
const REASONS: &[(&str, &str, &str)] = &[];

/// What became of the cases of a suite.
#[derive(Default)]
pub struct Report {
    groups: BTreeMap<String, [usize; 4]>,
    /// By reason: how many, and the first as an example.
    reasons: BTreeMap<&'static str, (usize, String)>,
    faults: Vec<String>,
    lacks: BTreeMap<&'static str, (usize, String)>,
}

impl Report {
    pub fn ran(&self) -> usize {
        self.groups.values().map(|counts| counts[0] + counts[1] + counts[2]).sum()
    }

    fn count(&mut self, case: &Case, column: usize) {
        self.groups.entry(case.group.clone()).or_default()[column] += 1;
    }

    pub fn passes(&mut self, case: &Case) {
        self.count(case, 0);
    }

    /// Counts a case that differs; false when that is no known reason.
    pub fn differs(&mut self, case: &Case, why: &str) -> bool {
        if let Some(what) = why.strip_prefix("fault:") {
            self.count(case, 2);
            self.faults.push(format!("`{}`: {what}", case.id));
            return true;
        }
        let Some((word, ..)) = REASONS.iter().find(|(word, ..)| *word == why) else { return false };
        self.count(case, 1);
        self.reasons.entry(word).or_insert_with(|| (0, example(case))).0 += 1;
        true
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
    let mut page = String::from(
        "# Public suites on our language\n\nWritten by `UPDATE=1 cargo test --test conformance`; the same test holds it to what the run gives.\n\n\
         Each case of a suite is written as an expression of our language, and asked of the compiled form and of Rhai's interpreter, which have to agree. It *passes*\n\
         when both come to the value that the suite wants, or to an error (of the checker, or when it is evaluated) where it wants one. It *differs by design* for a\n\
         reason that the reference tells; which case for which reason stands in `tests/conformance/jsonlogic.txt` and `cel.txt`. It has *no equivalent* where our\n\
         language has no words for it. A case that is listed as different, or as a known fault, and passes fails the run.\n",
    );
    for (suite, report) in SUITES.iter().zip(reports) {
        let mut total = [0; 4];
        for counts in report.groups.values() {
            counts.iter().zip(&mut total).for_each(|(count, sum)| *sum += count);
        }
        let _ = write!(page, "\n## {}\n\n{}\n\n", suite.name, suite.about);
        let _ = writeln!(page, "{} cases, of which {} run and {} pass.\n", suite.cases, report.ran(), total[0]);
        page.push_str("| | passes | differs by design | known fault | no equivalent |\n|---|---|---|---|---|\n");
        for (group, counts) in &report.groups {
            let _ = writeln!(page, "| {group} | {} | {} | {} | {} |", counts[0], counts[1], counts[2], counts[3]);
        }
        let _ =
            writeln!(page, "| **all** | **{}** | **{}** | **{}** | **{}** |", total[0], total[1], total[2], total[3]);
        page.push_str("\n| differs by design, because | cases | for example |\n|---|---|---|\n");
        for (word, sentence, place) in REASONS {
            if let Some((count, example)) = report.reasons.get(word) {
                let _ = writeln!(
                    page,
                    "| {sentence} ([{}](../tests/spec/{place})) | {count} | {example} |",
                    place.split('#').next().unwrap_or(place)
                );
            }
        }
        if !report.faults.is_empty() {
            let _ = write!(page, "\nKnown faults:\n\n");
            report.faults.iter().for_each(|fault| page.push_str(&format!("* {fault}\n")));
        }
        page.push_str("\n| no equivalent of | cases | for example |\n|---|---|---|\n");
        for (what, (count, example)) in &report.lacks {
            let _ = writeln!(page, "| {what} | {count} | {example} |");
        }
    }
    page
}
