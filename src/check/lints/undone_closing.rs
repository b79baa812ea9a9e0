//! Opening hours that close days and then open them again.
//!
//! Unlike the other lints it looks at hours and not at the nodes of a clause: the reader of `reachable` asks it about the hours of packs, and
//! the check against leads about those of people and reps.

use crate::calendar::{Reachable, UndoneClosing};
use crate::diagnostics::Span;
use crate::diagnostics::codes::DiagnosticCode;
use crate::diagnostics::finding::Finding;

/// Hours that close days and then open them again
///
/// ## What it does
/// Warns when a part of opening hours that closes days (`PH off`, `Dec 24 off`), or gives holidays or some dates other hours
/// (`Dec 24 09:00-12:00`), stands before a part for the same days, so that it has no effect, or none on some of its days. In `reachable`, and with `cadans check --leads` in the hours of people and reps.
///
/// ## Why it matters
/// In the notation of OpenStreetMap a later part counts instead of the earlier ones on its days. `PH off; Mo-Fr 09:00-17:00` is open on a
/// public holiday that is a Monday, and `Mo-Fr 09:00-17:00; PH off; Sa 10:00-14:00` on one that is a Saturday.
///
/// ## Example
/// ```rhai
/// reachable phone "PH off; Mo-Fr 09:00-17:00";
/// ```
///
/// ## Do instead
/// ```rhai
/// reachable phone "Mo-Fr 09:00-17:00; PH off";
/// ```
pub(crate) const UNDONE_CLOSING: DiagnosticCode = DiagnosticCode::new("undone-closing");

/// The sentences about a part that is undone.
pub(crate) struct UndoneWords {
    /// A part that closes, as a whole.
    as_a_whole: &'static str,
    /// On some of its days.
    in_part: &'static str,
    /// A part that gives its days other hours.
    of_exception: &'static str,
}

/// About the hours of a `reachable`.
pub(crate) const OF_PACK: UndoneWords = UndoneWords {
    as_a_whole: "undone-closing",
    in_part: "undone-closing-partly",
    of_exception: "undone-closing-exception",
};
/// About the hours of a person or rep.
pub(crate) const OF_LEAD: UndoneWords = UndoneWords {
    as_a_whole: "undone-closing-lead",
    in_part: "undone-closing-lead-partly",
    of_exception: "undone-closing-lead-exception",
};

/// The findings about some hours. `place` gives the span of a part from its position in the text, in characters counted from 1, and its
/// length. `whole` is the span of the text with its quotes, for the fix: one change mends all parts, so the first finding has it.
pub(crate) fn lint(
    hours: &Reachable,
    words: &UndoneWords,
    place: impl Fn(usize, usize) -> Span,
    whole: Option<Span>,
) -> Vec<Finding> {
    let undone = hours.undone_closings().into_iter().enumerate();
    let finding = |(nth, one): (usize, UndoneClosing)| {
        let at = place(one.column, one.part.chars().count());
        let sentence = match (one.opens, one.in_part) {
            (true, _) => words.of_exception,
            (false, true) => words.in_part,
            (false, false) => words.as_a_whole,
        };
        let finding = Finding::warning(UNDONE_CLOSING, at).message(sentence);
        let finding = finding.with("part", one.part.as_str()).with("meant", one.meant.as_str());
        match whole.filter(|_| nth == 0) {
            Some(whole) => finding.replace(whole, format!("\"{}\"", one.meant)),
            None => finding,
        }
    };
    undone.map(finding).collect()
}
