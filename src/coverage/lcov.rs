//! Coverage in the format of lcov, which editors and CI services read (the `.info` files that geninfo(1) describes).
//!
//! A line with a statement, a step or a side of a condition is a line of code (`DA`), a rule or cadence a function (`FN`), and the two ways of a side of a condition are two
//! branches of its line (`BRDA`). What was decided counts as 1, because examples are not counted for each statement.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::coverage::{ConditionCoverage, Coverage, PackCoverage};
use crate::pack::statement_forms::StatementKind;

/// The coverage of all packs as one file for lcov.
pub fn lcov(coverage: &Coverage) -> String {
    let mut text = String::new();
    for pack in &coverage.packs {
        // Writing to a text cannot fail.
        let _ = record(pack, &mut text);
    }
    text
}

fn record(pack: &PackCoverage, text: &mut String) -> std::fmt::Result {
    writeln!(text, "TN:\nSF:{}", one_line(&pack.file))?;
    let named = pack.statements.iter().filter(|one| matches!(one.kind, StatementKind::Rule | StatementKind::Cadence));
    // A name must be unique in its file; a rule and a cadence may share one.
    let mut names = BTreeSet::new();
    let named: Vec<_> = named.filter(|one| names.insert(one.name.as_str())).collect();
    for one in &named {
        writeln!(text, "FN:{},{}", one.span.line, one_line(&one.name))?;
    }
    for one in &named {
        writeln!(text, "FNDA:{},{}", u8::from(one.decided.yes), one_line(&one.name))?;
    }
    writeln!(text, "FNF:{}\nFNH:{}", named.len(), named.iter().filter(|one| one.decided.yes).count())?;

    let sides = pack.statements.iter().flat_map(|one| &one.conditions).chain(&pack.helpers);
    let mut by_line: BTreeMap<u32, Vec<&ConditionCoverage>> = BTreeMap::new();
    sides.for_each(|side| by_line.entry(side.span.line).or_default().push(side));
    let (mut found, mut hit) = (0, 0);
    for (line, sides) in &by_line {
        for (block, side) in sides.iter().enumerate() {
            let ways = [side.decided.yes, side.decided.no];
            for (branch, taken) in ways.into_iter().enumerate() {
                // "-" is for a branch of which the line was never reached.
                let count = match (ways.contains(&true), taken) {
                    (false, _) => "-",
                    (true, false) => "0",
                    (true, true) => "1",
                };
                writeln!(text, "BRDA:{line},{block},{branch},{count}")?;
                found += 1;
                hit += usize::from(taken);
            }
        }
    }
    writeln!(text, "BRF:{found}\nBRH:{hit}")?;

    let mut lines: BTreeMap<u32, bool> = BTreeMap::new();
    for (line, sides) in &by_line {
        *lines.entry(*line).or_default() |= sides.iter().any(|side| side.decided.yes || side.decided.no);
    }
    for one in &pack.statements {
        *lines.entry(one.span.line).or_default() |= one.decided.yes;
        for step in &one.steps {
            *lines.entry(step.span.line).or_default() |= step.advised;
        }
    }
    for (line, is_hit) in &lines {
        writeln!(text, "DA:{line},{}", u8::from(*is_hit))?;
    }
    writeln!(text, "LF:{}\nLH:{}\nend_of_record", lines.len(), lines.values().filter(|is_hit| **is_hit).count())
}

/// A text without line breaks, which would begin another line of the file.
fn one_line(text: &str) -> String {
    text.split(['\r', '\n']).collect::<Vec<_>>().join(" ")
}
