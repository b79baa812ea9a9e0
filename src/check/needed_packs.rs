//! Checks packs against each other: whether those that a pack needs are there.

use crate::diagnostics::Diagnostic;
use crate::diagnostics::codes::DiagnosticCode;
use crate::diagnostics::finding::Finding;
use crate::pack::Pack;

/// A pack that this one needs is not there
///
/// ## What it does
/// Warns when a pack says which other packs it is meant to be used with (`needs`), and one of them is not among the packs that are read
/// together. Packs are compared by the names of their files. The command `cadans` reads a pack that is needed by itself, when its file lies
/// beside the one that needs it.
///
/// ## Why it matters
/// What the other pack does is not done. The packs of Cadans need `answers.rhai`: without it nobody who asks something is answered.
///
/// ## Example
/// ```rhai
/// pack "Inside sales" #{ needs: ["answers.rhai"] };
/// ```
///
/// ## Do instead
/// Give the packs together:
/// ```rhai
/// pack "Inside sales" #{ needs: ["1.rhai"] };
/// ```
/// ```rhai
/// pack "Answers" #{};
/// rule "Asked: answer" when person.waiting then answer.within(4.working_hours);
/// ```
pub(crate) const MISSING_PACK: DiagnosticCode = DiagnosticCode::new("missing-pack");

/// Warnings about packs that are needed and not there. `files` are the files of all packs that were given.
pub(crate) fn missing_packs<'a>(packs: &[Pack], files: impl Iterator<Item = &'a str> + Clone) -> Vec<Diagnostic> {
    let is_there = |needed: &str| files.clone().any(|file| file_name(file) == needed);
    let missing = |pack: &Pack| {
        let needed = pack.about.needs.iter().filter(|needed| !is_there(needed));
        let findings = needed.map(|needed| {
            let finding = Finding::warning(MISSING_PACK, pack.header);
            finding.with("pack", pack.about.name.as_str()).with("file", needed.as_str()).render(&pack.file)
        });
        findings.collect::<Vec<_>>()
    };
    packs.iter().flat_map(missing).collect()
}

/// The name of a file without its folders.
fn file_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}
