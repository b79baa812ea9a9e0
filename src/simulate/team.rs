//! The reps of a run: who works when, who is free, and how much they did.

use std::collections::BTreeMap;

use crate::book::rep::Rep;
use crate::book::{Book, Lead};
use crate::calendar::{Duration, Instant, Zone};
use crate::simulate::audit::rep_hours::RepHours;

/// A rep at work.
#[derive(Clone, Debug)]
pub(crate) struct WorkingRep {
    pub(crate) id: String,
    pub(crate) hours: RepHours,
    /// From when on they can begin something.
    pub(crate) free_at: Instant,
    /// How long they were at something.
    pub(crate) busy: Duration,
    /// The touches they made, appointments included.
    pub(crate) touches: usize,
    /// The other things they did: find somebody, hand a lead over.
    pub(crate) tasks: usize,
}

impl WorkingRep {
    /// The reps of a book, from `from` to `until`.
    pub(crate) fn all(reps: &[Rep], from: Instant, until: Instant) -> Vec<Self> {
        let one = |rep: &Rep| Self {
            id: rep.id.clone(),
            hours: RepHours::of(rep, from, until),
            free_at: from,
            busy: Duration::ZERO,
            touches: 0,
            tasks: 0,
        };
        reps.iter().map(one).collect()
    }

    /// Whether they can begin something in the step from `now` to `end`.
    pub(crate) fn is_free(&self, now: Instant, end: Instant) -> bool {
        self.free_at < end && self.hours.present.contains(now)
    }

    /// They are at something for so long.
    pub(crate) fn spend(&mut self, now: Instant, time: Duration) {
        self.free_at = self.free_at.max(now) + time;
        self.busy = self.busy + time;
    }
}

/// The book with a team of `count` reps; unchanged for the reps that it has.
///
/// Reps are repeated in their order until there are so many (`lotte`, `bram`, `lotte-2` ...), with the same hours, absences, skills, languages
/// and backup; the leads of each are dealt out in turn among them and their repetitions. With fewer than the book has, the first stay, and the leads of the
/// others are dealt out among those. A book without reps gets reps with the usual hours in the zone of its first lead with a known one, and all
/// leads are dealt out.
pub(crate) fn with_team(book: &Book, count: Option<usize>) -> Book {
    let known = book.reps();
    let count = count.unwrap_or_else(|| known.len().max(1));
    if count == known.len() {
        return book.clone();
    }
    let mut leads = book.leads();
    let made_up = [made_up_rep(&leads)];
    let originals: &[Rep] = if known.is_empty() { &made_up } else { known };
    let mut team: Vec<Rep> = Vec::with_capacity(count);
    for (nth, rep) in originals.iter().cycle().take(count).enumerate() {
        let round = nth / originals.len().max(1);
        let id = if round == 0 { rep.id.clone() } else { format!("{}-{}", rep.id, round + 1) };
        let backup = rep.backup.clone().filter(|backup| originals.iter().take(count).any(|one| one.id == *backup));
        team.push(Rep { id, backup, ..rep.clone() });
    }
    // How many leads were dealt out so far, by the place of their rep among the originals; `None` for those of reps who are left out.
    let mut dealt: BTreeMap<Option<usize>, usize> = BTreeMap::new();
    for lead in &mut leads {
        let owner = known.iter().position(|rep| Some(&rep.id) == lead.owner.as_ref());
        if owner.is_none() && !known.is_empty() {
            continue; // nobody, or an owner who is not in the book: it stays so
        }
        let stays = owner.filter(|owner| *owner < count);
        let heirs: Vec<usize> = match stays {
            Some(owner) => (owner..count).step_by(originals.len().max(1)).collect(),
            None => (0..count).collect(),
        };
        let turn = dealt.entry(stays).or_default();
        let heir = heirs.get(*turn % heirs.len().max(1)).and_then(|heir| team.get(*heir));
        lead.owner = heir.map(|rep| rep.id.clone());
        *turn += 1;
    }
    Book::new(leads, team, book.contents().to_vec())
}

fn made_up_rep(leads: &[Lead]) -> Rep {
    let zone = leads.iter().find_map(|lead| lead.location_of(lead.people.first()?).clock()).unwrap_or(Zone::UTC);
    Rep {
        id: "rep".to_owned(),
        name: None,
        zone: zone.name().to_owned(),
        country: None,
        hours: None,
        skills: Vec::new(),
        languages: Vec::new(),
        absences: Vec::new(),
        backup: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn book(reps: &[&str], owners: &[&str]) -> Book {
        let rep = |id: &&str| Rep { id: (*id).to_owned(), ..made_up_rep(&[]) };
        let lead = |(nth, owner): (usize, &&str)| Lead {
            id: format!("L-{nth}"),
            owner: Some((*owner).to_owned()).filter(|owner| !owner.is_empty()),
            ..Lead::default()
        };
        Book::new(owners.iter().enumerate().map(lead).collect(), reps.iter().map(rep).collect(), Vec::new())
    }

    fn owners(book: &Book) -> Vec<String> {
        book.leads().into_iter().map(|lead| lead.owner.unwrap_or_default()).collect()
    }

    #[test]
    fn leads_are_dealt_out_among_a_rep_and_their_repetitions() {
        let more = with_team(&book(&["ann", "bob"], &["ann", "ann", "bob", "ann", ""]), Some(3));
        let ids: Vec<&str> = more.reps().iter().map(|rep| rep.id.as_str()).collect();
        assert_eq!(ids, ["ann", "bob", "ann-2"]);
        assert_eq!(owners(&more), ["ann", "ann-2", "bob", "ann", ""]);
    }

    #[test]
    fn the_leads_of_those_who_are_left_out_go_to_the_others() {
        let fewer = with_team(&book(&["ann", "bob", "cid"], &["cid", "cid", "cid", "ann"]), Some(2));
        assert_eq!(owners(&fewer), ["ann", "bob", "ann", "ann"]);
        assert_eq!(owners(&with_team(&book(&[], &["", "gone"]), Some(2))), ["rep", "rep-2"]);
    }
}
