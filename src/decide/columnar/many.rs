//! Which rules hold, for all leads of a book.

use super::asking::Records;
use super::{Kind, Plan};
use crate::book::columns::PAGE;
use crate::book::{Book, Dossier};
use crate::calendar::Instant;
use crate::rulebook::Rulebook;

/// Which rules hold, for many leads: a row of bits a lead.
///
/// Bit `n` of a row is the nth rule of the rulebook, in the order of packs and file: bit `n % 32` of word `n / 32`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Matches {
    /// How many leads.
    pub size: usize,
    /// How many words a row has.
    pub words: usize,
    /// The first rule that holds for each lead, by number; -1 for none.
    pub first: Vec<i16>,
    /// The rules that hold.
    pub held: Vec<u32>,
    /// The rules that have no answer for the lead: something in them is unknown or does not go together.
    pub faults: Vec<u32>,
}

/// Which rules hold for each lead, by `when` and `unless`. A rule that reads `person` holds when it does for somebody.
///
/// Nothing is proposed and no gate passed: this is the first step of deciding by itself.
pub fn matches(rulebook: &Rulebook, book: &Book, now: Instant) -> Matches {
    matches_of(&Plan::new(rulebook, &[Kind::Rule]), book, now)
}

/// The same, for a plan that has the rules.
pub fn matches_of(plan: &Plan, book: &Book, now: Instant) -> Matches {
    let mut asking = plan.at(book.words(), now);
    let mut matches = Matches::default();
    matches.clear(book.len(), plan);
    for (nth, page) in book.pages().iter().enumerate() {
        let answers = asking.page(page, &mut Behind::page(book, nth));
        matches.note(plan, nth * PAGE, answers);
    }
    matches
}

/// The records behind a page of a book.
pub(crate) struct Behind<'a> {
    book: &'a Book,
    first: usize,
}

impl<'a> Behind<'a> {
    /// Those of the nth page.
    pub(crate) const fn page(book: &'a Book, nth: usize) -> Self {
        Self { book, first: nth * PAGE }
    }
}

impl Records for Behind<'_> {
    fn dossier(&mut self, lead: usize) -> Option<(Dossier, usize)> {
        let lead = self.first + lead;
        let place = self.book.siblings(lead).iter().position(|each| usize::try_from(*each) == Ok(lead))?;
        Some((self.book.dossier_of(lead), place))
    }

    fn shares_account(&mut self, lead: usize) -> bool {
        self.book.siblings(self.first + lead).len() > 1
    }
}

impl Matches {
    /// Room for so many leads, for whom no rule holds yet.
    pub(super) fn clear(&mut self, size: usize, plan: &Plan) {
        let rules = plan.conditions().filter(|condition| condition.kind == Kind::Rule).count();
        (self.size, self.words) = (size, rules.div_ceil(32).max(1));
        self.first.clear();
        self.first.resize(size, -1);
        for rows in [&mut self.held, &mut self.faults] {
            rows.clear();
            rows.resize(size * self.words, 0);
        }
    }

    /// Notes the answers for a page whose first lead has this place.
    pub(super) fn note(&mut self, plan: &Plan, from: usize, answers: super::Answers<'_>) {
        let words = self.words;
        let rules = plan.conditions().zip(answers.iter()).filter(|(condition, _)| condition.kind == Kind::Rule);
        // For whom a rule held already.
        let mut done = [0_u64; PAGE / 64];
        for (rule, (_, (held, faults))) in rules.enumerate() {
            let (word, bit) = (rule / 32, 1_u32 << (rule % 32));
            let number = i16::try_from(rule).unwrap_or(i16::MAX);
            if let Some(rows) = self.held.get_mut(from * words..) {
                mark(held, rows, words, word, bit);
            }
            if let Some(rows) = self.faults.get_mut(from * words..) {
                mark(faults, rows, words, word, bit);
            }
            if let Some(first) = self.first.get_mut(from..) {
                for ((held, done), first) in held.iter().zip(&mut done).zip(first.chunks_mut(64)) {
                    let mut new = held & !*done;
                    *done |= held;
                    while new != 0 {
                        if let Some(first) = first.get_mut(new.trailing_zeros() as usize) {
                            *first = number;
                        }
                        new &= new - 1;
                    }
                }
            }
        }
    }
}

/// Sets a bit in the rows of the leads of a mask.
fn mark(mask: &[u64], rows: &mut [u32], words: usize, word: usize, bit: u32) {
    for (mask, rows) in mask.iter().zip(rows.chunks_mut(64 * words)) {
        let mut mask = *mask;
        while mask != 0 {
            if let Some(row) = rows.get_mut(mask.trailing_zeros() as usize * words + word) {
                *row |= bit;
            }
            mask &= mask - 1;
        }
    }
}
