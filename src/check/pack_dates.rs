//! Checks packs at a moment: which have ended.

use crate::calendar::in_words::day_of_year;
use crate::calendar::{Instant, Zone};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::codes::DiagnosticCode;
use crate::diagnostics::finding::Finding;
use crate::pack::Pack;

/// The pack has ended
///
/// ## What it does
/// Warns when the `valid_to` of a pack lies in the past. Only reported when a moment is given: `cadans check --now`, and by the commands that
/// decide.
///
/// ## Why it matters
/// Nothing in it applies any more. Of law that means that contact is advised which it may forbid.
///
/// ## Do instead
/// Take the pack out, put a newer version in its place, or look whether it holds longer and change `valid_to`.
pub(crate) const PACK_ENDED: DiagnosticCode = DiagnosticCode::new("pack-ended");

/// Warnings about the packs that have ended by `now`.
pub(crate) fn ended_packs(packs: &[Pack], now: Instant) -> Vec<Diagnostic> {
    let ended = packs.iter().filter_map(|pack| Some((pack, pack.about.valid_to.filter(|end| *end <= now)?)));
    ended
        .map(|(pack, end)| {
            let finding = Finding::warning(PACK_ENDED, pack.header)
                .with("pack", pack.about.name.as_str())
                .with("end", day_of_year(Zone::UTC.local(end).date()));
            let finding = if pack.about.hard { finding.why("pack-ended-law") } else { finding };
            finding.render(&pack.file)
        })
        .collect()
}
