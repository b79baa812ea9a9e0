//! The rules that hold, for all leads of a book.

use crate::book::columns::PAGE;
use crate::book::{Book, GroupRecords};
use crate::calendar::Instant;
use crate::columnar::kernel::{Mask, NONE};
use crate::columnar::page_evaluator::RecordSource;
use crate::columnar::{ColumnPlan, ConditionKind};
use crate::language::Rulebook;

/// The rules that hold for many leads: a row of bits per lead.
///
/// Bit `n` of a row is the nth rule of the rulebook, in the order of packs and file: bit `n % 32` of word `n / 32`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Matches {
    /// The number of leads.
    pub size: usize,
    /// The number of words of a row.
    pub words: usize,
    /// For each lead the index of the first rule that holds; -1 for none.
    pub first: Vec<i16>,
    /// The rules that hold, row after row.
    pub held: Vec<u32>,
    /// The rules without an answer for the lead, row after row: a value in them is unknown or has the wrong type.
    pub faults: Vec<u32>,
}

/// The rules whose `when` and `unless` hold for each lead of a book. A rule that reads `person` holds when it does for any person.
///
/// This is only the first step of a decision: nothing is proposed, and no limit or other policy is applied.
pub fn matches(rulebook: &Rulebook, book: &Book, now: Instant) -> Matches {
    matches_of(&ColumnPlan::new(rulebook, &[ConditionKind::Rule]), book, now)
}

/// The rules that hold for each lead of a book, with a plan that was compiled before.
pub fn matches_of(plan: &ColumnPlan, book: &Book, now: Instant) -> Matches {
    let mut evaluator = plan.at(book.words(), now);
    let mut matches = Matches::default();
    matches.reset(book.len(), plan);
    for (nth, page) in book.pages().iter().enumerate() {
        let answers = evaluator.page(page, &mut PageRecords::page(book, nth));
        matches.set_page(plan, nth * PAGE, answers);
    }
    matches
}

/// The records of the leads of a page of a book.
pub(crate) struct PageRecords<'a> {
    book: &'a Book,
    first: usize,
}

impl<'a> PageRecords<'a> {
    /// The records of the leads of the page with this index.
    pub(crate) const fn page(book: &'a Book, nth: usize) -> Self {
        Self { book, first: nth * PAGE }
    }

    /// The record of one lead of the book, at index 0 of its page.
    pub(crate) const fn lead(book: &'a Book, lead: usize) -> Self {
        Self { book, first: lead }
    }
}

impl RecordSource for PageRecords<'_> {
    fn records(&mut self, lead: usize) -> Option<(GroupRecords, usize)> {
        let lead = self.first + lead;
        let index = self.book.siblings(lead).iter().position(|each| usize::try_from(*each) == Ok(lead))?;
        Some((self.book.group_records(lead), index))
    }

    fn shares_account(&mut self, lead: usize) -> bool {
        self.book.siblings(self.first + lead).len() > 1
    }

    fn people_come_and_go(&mut self, lead: usize) -> bool {
        let come_and_go =
            |lead: usize| self.book.pages().get(lead / PAGE).is_some_and(|page| page.people.come_and_go(lead % PAGE));
        self.book.siblings(self.first + lead).iter().any(|lead| come_and_go(*lead as usize))
    }

    fn any_come_and_go(&mut self) -> bool {
        self.book.pages().iter().any(|page| page.people.coming_and_going > 0)
    }
}

impl Matches {
    /// Sets the number of leads; no rule holds for any of them.
    pub(crate) fn reset(&mut self, size: usize, plan: &ColumnPlan) {
        let rules = plan.conditions().filter(|condition| condition.kind == ConditionKind::Rule).count();
        (self.size, self.words) = (size, rules.div_ceil(32).max(1));
        self.first.clear();
        self.first.resize(size, -1);
        for rows in [&mut self.held, &mut self.faults] {
            rows.clear();
            rows.resize(size * self.words, 0);
        }
    }

    /// Stores the answers for a page, whose first lead is the lead `from` of the book. Works in blocks of 64 leads and 32 rules, whose bits are
    /// transposed from a mask per rule to a word per lead.
    pub(crate) fn set_page(&mut self, plan: &ColumnPlan, from: usize, answers: crate::columnar::PageAnswers<'_>) {
        let words = self.words;
        let rules =
            plan.conditions().zip(answers.iter()).filter(|(condition, _)| condition.kind == ConditionKind::Rule);
        let rules: Vec<(&Mask, &Mask)> = rules.map(|(_, answer)| answer).collect();
        let size = self.size.saturating_sub(from).min(PAGE);
        for (word, rules) in rules.chunks(32).enumerate() {
            let fault = rules.iter().any(|(_, faults)| **faults != NONE);
            for block in 0..size.div_ceil(64) {
                let lead = from + block * 64;
                let held = transpose(rules.iter().map(|(held, _)| held.get(block).copied().unwrap_or(0)));
                let leads = self.first.get_mut(lead..).unwrap_or_default().iter_mut();
                let rows = self.held.get_mut(lead * words..).unwrap_or_default();
                if words == 1 {
                    // Up to 32 rules, as in most rulebooks: a row is one word, which takes half the time of the general case.
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
                    let faults = transpose(rules.iter().map(|(_, faults)| faults.get(block).copied().unwrap_or(0)));
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

/// Transposes up to 32 masks of 64 leads into 64 words of 32 bits: bit `n` of word `l` is bit `l` of mask `n`.
fn transpose(masks: impl Iterator<Item = u64>) -> [u32; 64] {
    let mut rows = [0; 32];
    for (row, mask) in rows.iter_mut().zip(masks) {
        *row = mask;
    }
    let mut words = [0; 64];
    transpose_into(&mut rows, &mut words);
    words
}

/// Transposes two matrices of 32 by 32 bits, which are side by side, by swapping off-diagonal blocks of decreasing size.
#[inline(never)]
fn transpose_into(rows: &mut [u64; 32], words: &mut [u32; 64]) {
    swap_blocks::<16>(rows, 0x0000_FFFF_0000_FFFF);
    swap_blocks::<8>(rows, 0x00FF_00FF_00FF_00FF);
    swap_blocks::<4>(rows, 0x0F0F_0F0F_0F0F_0F0F);
    swap_blocks::<2>(rows, 0x3333_3333_3333_3333);
    swap_blocks::<1>(rows, 0x5555_5555_5555_5555);
    let (low, high) = words.split_at_mut(32);
    for ((low, high), row) in low.iter_mut().zip(high).zip(rows) {
        *low = *row as u32;
        *high = (*row >> 32) as u32;
    }
}

/// In every matrix of twice `SIZE` rows, swaps the upper bits of the first rows with the lower bits of the last. `SIZE` is a constant, because
/// this is much slower with a variable.
#[inline(always)]
fn swap_blocks<const SIZE: usize>(rows: &mut [u64; 32], lower: u64) {
    for square in rows.chunks_exact_mut(2 * SIZE) {
        let (above, below) = square.split_at_mut(SIZE);
        for (above, below) in above.iter_mut().zip(below) {
            let difference = (*above >> SIZE ^ *below) & lower;
            *below ^= difference;
            *above ^= difference << SIZE;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn masks_of_rules_are_transposed_into_words_of_leads() {
        // Bits without a pattern: squares of indices modulo a prime.
        let bit = |rule: u64, lead: u64| (rule * 64 + lead + 3).pow(2) % 1_009 % 2 == 1;
        for rules in [0, 1, 17, 32] {
            let masks = (0..rules).map(|rule| (0..64).fold(0, |mask, lead| mask | u64::from(bit(rule, lead)) << lead));
            let words = transpose(masks);
            for (lead, word) in (0..).zip(words) {
                let expected = (0..rules).fold(0, |word, rule| word | u32::from(bit(rule, lead)) << rule);
                assert_eq!(word, expected, "lead {lead} of {rules} rules");
            }
        }
    }
}
