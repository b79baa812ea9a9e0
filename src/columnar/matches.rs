//! Which rules hold, for all leads of a book.

use crate::book::columns::PAGE;
use crate::book::{AccountRecords, Book};
use crate::calendar::Instant;
use crate::columnar::kernel::{Mask, NONE};
use crate::columnar::page_evaluator::RecordSource;
use crate::columnar::{ColumnPlan, StatementKind};
use crate::language::Rulebook;

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
    matches_of(&ColumnPlan::new(rulebook, &[StatementKind::Rule]), book, now)
}

/// The same, for a plan that has the rules.
pub fn matches_of(plan: &ColumnPlan, book: &Book, now: Instant) -> Matches {
    let mut asking = plan.at(book.words(), now);
    let mut matches = Matches::default();
    matches.clear(book.len(), plan);
    for (nth, page) in book.pages().iter().enumerate() {
        let answers = asking.page(page, &mut PageRecords::page(book, nth));
        matches.note(plan, nth * PAGE, answers);
    }
    matches
}

/// The records behind a page of a book.
pub(crate) struct PageRecords<'a> {
    book: &'a Book,
    first: usize,
}

impl<'a> PageRecords<'a> {
    /// Those of the nth page.
    pub(crate) const fn page(book: &'a Book, nth: usize) -> Self {
        Self { book, first: nth * PAGE }
    }

    /// That of this lead of the book, which stands by itself.
    pub(crate) const fn lead(book: &'a Book, lead: usize) -> Self {
        Self { book, first: lead }
    }
}

impl RecordSource for PageRecords<'_> {
    fn dossier(&mut self, lead: usize) -> Option<(AccountRecords, usize)> {
        let lead = self.first + lead;
        let place = self.book.siblings(lead).iter().position(|each| usize::try_from(*each) == Ok(lead))?;
        Some((self.book.account_records(lead), place))
    }

    fn shares_account(&mut self, lead: usize) -> bool {
        self.book.siblings(self.first + lead).len() > 1
    }
}

impl Matches {
    /// Room for so many leads, for whom no rule holds yet.
    pub(crate) fn clear(&mut self, size: usize, plan: &ColumnPlan) {
        let rules = plan.conditions().filter(|condition| condition.kind == StatementKind::Rule).count();
        (self.size, self.words) = (size, rules.div_ceil(32).max(1));
        self.first.clear();
        self.first.resize(size, -1);
        for rows in [&mut self.held, &mut self.faults] {
            rows.clear();
            rows.resize(size * self.words, 0);
        }
    }

    /// Notes the answers for a page whose first lead has this place. In blocks of 64 leads and 32 rules, whose bits are turned from a mask
    /// a rule into a word a lead.
    pub(crate) fn note(&mut self, plan: &ColumnPlan, from: usize, answers: crate::columnar::PageAnswers<'_>) {
        let words = self.words;
        let rules =
            plan.conditions().zip(answers.iter()).filter(|(condition, _)| condition.kind == StatementKind::Rule);
        let rules: Vec<(&Mask, &Mask)> = rules.map(|(_, answer)| answer).collect();
        let size = self.size.saturating_sub(from).min(PAGE);
        for (word, rules) in rules.chunks(32).enumerate() {
            let fault = rules.iter().any(|(_, faults)| **faults != NONE);
            for block in 0..size.div_ceil(64) {
                let lead = from + block * 64;
                let held = turned(rules.iter().map(|(held, _)| held.get(block).copied().unwrap_or(0)));
                let leads = self.first.get_mut(lead..).unwrap_or_default().iter_mut();
                let rows = self.held.get_mut(lead * words..).unwrap_or_default();
                if words == 1 {
                    // Up to 32 rules, as most rulebooks have: without stepping from row to row this takes half as long.
                    for ((row, first), held) in rows.iter_mut().zip(leads).zip(held) {
                        *row = held;
                        *first = if held == 0 { -1 } else { held.trailing_zeros() as i16 };
                    }
                } else {
                    for ((row, first), held) in rows.chunks_mut(words).zip(leads).zip(held) {
                        if let Some(row) = row.get_mut(word) {
                            *row = held;
                        }
                        if held != 0 && *first < 0 {
                            *first = i16::try_from(word * 32 + held.trailing_zeros() as usize).unwrap_or(i16::MAX);
                        }
                    }
                }
                if fault && let Some(rows) = self.faults.get_mut(lead * words..) {
                    let faults = turned(rules.iter().map(|(_, faults)| faults.get(block).copied().unwrap_or(0)));
                    for (row, faults) in rows.chunks_mut(words).zip(faults) {
                        if let Some(row) = row.get_mut(word) {
                            *row = faults;
                        }
                    }
                }
            }
        }
    }
}

/// Up to 32 masks of 64 leads as 64 words of 32 bits: bit `n` of word `l` is bit `l` of mask `n`.
fn turned(masks: impl Iterator<Item = u64>) -> [u32; 64] {
    let mut rows = [0; 32];
    for (row, mask) in rows.iter_mut().zip(masks) {
        *row = mask;
    }
    let mut words = [0; 64];
    turn(&mut rows, &mut words);
    words
}

/// Two squares of 32 by 32 bits side by side, each turned by exchanging ever smaller corners.
#[inline(never)]
fn turn(rows: &mut [u64; 32], words: &mut [u32; 64]) {
    corners::<16>(rows, 0x0000_FFFF_0000_FFFF);
    corners::<8>(rows, 0x00FF_00FF_00FF_00FF);
    corners::<4>(rows, 0x0F0F_0F0F_0F0F_0F0F);
    corners::<2>(rows, 0x3333_3333_3333_3333);
    corners::<1>(rows, 0x5555_5555_5555_5555);
    let (low, high) = words.split_at_mut(32);
    for ((low, high), row) in low.iter_mut().zip(high).zip(rows) {
        *low = *row as u32;
        *high = (*row >> 32) as u32;
    }
}

/// In every square of twice `SIZE`, exchanges the upper bits of the first rows with the lower bits of the last. The size is known to the
/// compiler, or this takes much longer.
#[inline(always)]
fn corners<const SIZE: usize>(rows: &mut [u64; 32], lower: u64) {
    for square in rows.chunks_exact_mut(2 * SIZE) {
        let (above, below) = square.split_at_mut(SIZE);
        for (above, below) in above.iter_mut().zip(below) {
            let apart = (*above >> SIZE ^ *below) & lower;
            *below ^= apart;
            *above ^= apart << SIZE;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn masks_of_rules_are_turned_into_words_of_leads() {
        // Bits without a pattern: the squares of places, spread by a prime.
        let bit = |rule: u64, lead: u64| (rule * 64 + lead + 3).pow(2) % 1_009 % 2 == 1;
        for rules in [0, 1, 17, 32] {
            let masks = (0..rules).map(|rule| (0..64).fold(0, |mask, lead| mask | u64::from(bit(rule, lead)) << lead));
            let words = turned(masks);
            for (lead, word) in (0..).zip(words) {
                let expected = (0..rules).fold(0, |word, rule| word | u32::from(bit(rule, lead)) << rule);
                assert_eq!(word, expected, "lead {lead} of {rules} rules");
            }
        }
    }
}
