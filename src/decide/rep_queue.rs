//! Whose queue a lead stands in: that of the rep who does what is advised, else that of its owner.

use crate::book::Book;
use crate::decide::advice::Advice;
use crate::decide::choose::decision::Decision;

/// Whether the decision for the lead with this index is for the rep with this index: they do what is advised; or nothing is to be done, and they
/// own the lead.
pub fn is_for_rep(book: &Book, (lead, decision): (usize, &Decision), rep: usize) -> bool {
    if decision.verdict.is_to_do() {
        return decision.rep.is_some_and(|by| by as usize == rep);
    }
    let id = book.reps().get(rep).map(|rep| rep.id.as_str());
    id.is_some() && book.lead(lead).is_some_and(|lead| lead.owner.as_deref() == id)
}

/// [`is_for_rep`] for the advice for the lead with this index.
pub fn is_advised_for_rep(book: &Book, (lead, advice): (usize, &Advice), rep: usize) -> bool {
    let by = advice.touch.as_ref().and_then(|touch| touch.rep.as_ref());
    let by = by.and_then(|by| book.reps().iter().position(|rep| rep.id == by.id));
    let decision =
        Decision { verdict: advice.verdict, rep: by.and_then(|by| u32::try_from(by).ok()), ..Decision::NONE };
    is_for_rep(book, (lead, &decision), rep)
}

/// Whether the lead with this index is nobody's: it has no owner, or one who is not among the reps. False in a book without reps.
pub fn is_for_nobody(book: &Book, lead: usize) -> bool {
    let owner = || book.lead(lead).and_then(|lead| lead.owner);
    !book.reps().is_empty() && owner().is_none_or(|owner| book.rep(&owner).is_none())
}
