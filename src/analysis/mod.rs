//! What can be told of rule files without a lead: rules that cannot hold, that never win, that contradict each other.
//!
//! One [`classifier`] turns conditions into [`alternatives`]: which values of which facts make them true, unknown being a value of its own.
//! [`relations`] knows what facts have to do with each other. Each kind of finding has a file; the comment on its code is its page.
//!
//! **Certain or open.** [`Analysis::certain`] holds what was proved, for every lead. What could not be told is in [`Analysis::open`], with the
//! reason: a part of a condition runs interpreted, is not taken apart, has too many cases, or the answer depends on the lead. Nothing is guessed.
//!
//! What a pack means does not depend on this: it is for its authors.

pub(crate) mod alternatives;
mod always_holds;
mod cadence_caps;
mod chosen_value;
mod classifier;
mod contradictions;
mod duplicates;
mod hours;
mod never_holds;
mod notation;
mod promises;
mod relations;
mod shadowed;
pub(crate) mod sketch;
pub(crate) mod solve;
pub(crate) mod solve_signals;
mod stage_cycles;
mod stages;
pub(crate) mod statements;
pub(crate) mod touches;
pub(crate) mod value_set;
pub(crate) mod variable;
pub(crate) mod witness;

pub use alternatives::{Alternatives, Conjunction, TooMany};
pub use statements::{Proof, can_hold};

use std::collections::BTreeMap;

use serde::Serialize;

use crate::analysis::statements::Rulebooks;
use crate::diagnostics::codes::{DiagnosticCode, TOO_MANY};
use crate::diagnostics::finding::Finding;
use crate::diagnostics::{Diagnostic, Severity, Span};
use crate::pack::Pack;
use crate::pack::layers::LayerKind;
use crate::wording::{Language, Sentence};
use crate::{limits, order};

/// What the analyses of packs found, in the order of packs and lines.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Analysis {
    /// What is certain: warnings.
    pub certain: Vec<Diagnostic>,
    /// What could not be told, with the reason: notes.
    pub open: Vec<Diagnostic>,
}

impl Analysis {
    /// Without what the checker has told already of the same place, such as a range that holds nothing; and without stages that lack a rule where
    /// some statement has an error, as that one is left out and may be the rule.
    #[must_use]
    pub fn beside(mut self, told: &[Diagnostic]) -> Self {
        let within = |told: &Diagnostic, found: &Diagnostic| {
            let (inner, outer) = (told.span, found.span);
            told.file == found.file
                && (outer.line, outer.column) <= (inner.line, inner.column)
                && (inner.end_line, inner.end_column) <= (outer.end_line, outer.end_column)
        };
        if told.iter().any(|told| told.severity == Severity::Error) {
            self.certain.retain(|found| found.code != stages::STAGE_WITHOUT_RULE.word());
        }
        let about_condition = [never_holds::NEVER_HOLDS.word(), always_holds::ALWAYS_HOLDS.word()];
        self.certain.retain(|found| {
            !about_condition.contains(&found.code)
                || !told.iter().any(|told| told.severity != Severity::Note && within(told, found))
        });
        self
    }

    /// The findings in another language.
    #[must_use]
    pub fn in_language(&self, language: Language) -> Self {
        let rendered = |all: &[Diagnostic]| all.iter().map(|one| one.in_language(language)).collect();
        Self { certain: rendered(&self.certain), open: rendered(&self.open) }
    }
}

/// The codes of what the analyses find.
pub const CODES: [&str; 9] = [
    never_holds::NEVER_HOLDS.word(),
    always_holds::ALWAYS_HOLDS.word(),
    duplicates::DUPLICATE.word(),
    shadowed::SHADOWED.word(),
    contradictions::ALWAYS_FORBIDDEN.word(),
    stages::STAGE_WITHOUT_RULE.word(),
    stage_cycles::STAGE_CYCLE.word(),
    cadence_caps::CAP_BREAKS_CADENCE.word(),
    promises::PROMISE_NEVER_KEPT.word(),
];

/// Analyses packs that are in force together.
pub fn analyse(packs: &[Pack]) -> Analysis {
    let rulebook = Rulebooks::new(packs);
    let mut found = Found { packs, found: Analysis::default(), kept: BTreeMap::new() };
    never_holds::find(&rulebook, &mut found);
    always_holds::find(&rulebook, &mut found);
    duplicates::find(&rulebook, &mut found);
    shadowed::find(&rulebook, &mut found);
    contradictions::find(&rulebook, &mut found);
    stages::find(&rulebook, &mut found);
    stage_cycles::find(&rulebook, &mut found);
    cadence_caps::find(&rulebook, &mut found);
    promises::find(&rulebook, &mut found);
    found.in_order()
}

/// Whether a pack is read once more for the leads of a rep who gives it other settings. What is so for these leads alone, such as a rule that the
/// rep's own layer forbids, is no fault of the pack.
fn is_reading_for_rep(pack: &Pack) -> bool {
    let of_one_rep = pack.owners.as_ref().is_some_and(|owners| owners.only.is_some());
    of_one_rep && pack.layer.as_ref().is_none_or(|layer| layer.kind != LayerKind::Rep)
}

/// Collects what is found.
struct Found<'a> {
    packs: &'a [Pack],
    found: Analysis,
    /// How many were kept of each pack, by the name of its file: certain ones and open ones.
    kept: BTreeMap<String, [usize; 2]>,
}

impl Found<'_> {
    /// Adds what is certain.
    fn certain(&mut self, pack: &Pack, finding: &Finding) {
        if is_reading_for_rep(pack) {
            return;
        }
        let [certain, _] = self.kept.entry(pack.file.clone()).or_default();
        *certain += 1;
        if *certain <= limits::DIAGNOSTICS {
            self.found.certain.push(finding.clone().render(&pack.file));
        }
    }

    /// Adds what could not be told: the question, and why.
    fn open(&mut self, pack: &Pack, span: Span, code: DiagnosticCode, question: Sentence, why: Sentence) {
        if is_reading_for_rep(pack) {
            return;
        }
        let [_, open] = self.kept.entry(pack.file.clone()).or_default();
        *open += 1;
        if *open <= limits::DIAGNOSTICS {
            let finding = Finding::note(code, span).message("cannot-tell");
            self.found.open.push(finding.with("question", question).with("reason", why).render(&pack.file));
        }
    }

    /// What was found, in the order of packs and lines.
    fn in_order(mut self) -> Analysis {
        for (file, [certain, open]) in &self.kept {
            let more = |count: usize| count.checked_sub(limits::DIAGNOSTICS).filter(|more| *more > 0);
            let finding = |finding: Finding, count: usize| finding.message("too-many-findings").with("count", count);
            let warning = more(certain.to_owned()).map(|more| finding(Finding::warning(TOO_MANY, Span::START), more));
            let note = more(open.to_owned()).map(|more| finding(Finding::note(TOO_MANY, Span::START), more));
            self.found.certain.extend(warning.map(|finding| finding.render(file)));
            self.found.open.extend(note.map(|finding| finding.render(file)));
        }
        let place = |one: &Diagnostic| {
            let pack = self.packs.iter().position(|pack| pack.file == one.file);
            (pack, one.span.line, one.span.column, one.code)
        };
        // A statement and its reading in another pack may be told alike.
        let sorted = |mut all: Vec<Diagnostic>| {
            order::sort_by_key(&mut all, place);
            all.dedup_by(|one, other| {
                (one.span, one.code, &one.message) == (other.span, other.code, &other.message) && one.file == other.file
            });
            all
        };
        Analysis { certain: sorted(self.found.certain), open: sorted(self.found.open) }
    }
}
