//! Statements that another pack switched off and that would hold for the lead: who wonders where a rule went is told by whom it was taken away, and why.
//!
//! Holidays are left out: they are days, and no condition says whether one would matter.

use crate::decide::advice::SwitchedOffHere;
use crate::evaluate::clause::stands;
use crate::evaluate::facts::FactContext;
use crate::evaluate::matching::{contexts, in_force};
use crate::pack::Pack;
use crate::pack::expression::Clause;
use crate::pack::statements::SwitchedOff;
use crate::wording::{Language, Sentence};

/// The most of them in an explanation.
const MOST_SWITCHED_OFF: usize = 10;

/// The statements of these packs that are switched off for the leads of this owner and would hold, in the order of the packs. One that cannot be
/// evaluated is left out.
pub(crate) fn switched_off_in(packs: &[Pack], cx: &FactContext, language: Language) -> Vec<SwitchedOffHere> {
    let cx = cx.quietly();
    let owner = cx.lead().and_then(|lead| lead.owner.as_deref());
    let is_read_for_owner = |pack: &&Pack| pack.owners.as_deref().is_none_or(|owners| owners.include(owner));
    let packs = packs.iter().filter(is_read_for_owner).filter(|pack| in_force(&pack.about, &cx));
    let off = packs.flat_map(|pack| &pack.switched_off);
    let off = off.filter(|one| one.owners.as_deref().is_none_or(|owners| owners.include(owner)));
    off.filter(|one| would_hold(one, &cx))
        .take(MOST_SWITCHED_OFF)
        .map(|one| SwitchedOffHere {
            change: (*one.change).clone(),
            summary: Sentence::new("switched-off-here")
                .with("pack", one.change.by.pack.as_str())
                .with("because", one.change.because.as_str())
                .render(language),
        })
        .collect()
}

/// Whether the statement would hold for the lead, or for somebody of it.
fn would_hold(one: &SwitchedOff, cx: &FactContext) -> bool {
    let clauses: [Option<&Clause>; 2] = [one.when.as_ref(), one.unless.as_ref()];
    let per_person = clauses.into_iter().flatten().any(|clause| clause.reads_person);
    contexts(per_person, &cx.for_statement())
        .any(|(_, cx)| stands(one.when.as_ref(), one.unless.as_ref(), &cx).is_ok_and(|holds| holds))
}
