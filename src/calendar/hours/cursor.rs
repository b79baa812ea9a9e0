//! The position of the parser in its text, and the functions that read single tokens there.
//!
//! A function that finds its token moves the position behind it; one that does not leaves the position where it was, or where its comment
//! says.

use crate::calendar::hours::problem::{HoursError, HoursProblem};

/// A parser over the bytes of a text.
pub(super) struct HoursReader<'a> {
    pub bytes: &'a [u8],
    /// The position of the next byte.
    pub at: usize,
    /// The furthest position at which a token was expected and not found.
    pub furthest: usize,
    /// The first problem in a text with correct syntax, such as `2030-2026`.
    pub problem: Option<HoursError>,
}

impl HoursReader<'_> {
    /// Reads one byte; whether it was there.
    pub(super) fn eat(&mut self, byte: u8) -> bool {
        let found = self.bytes.get(self.at) == Some(&byte);
        self.at += usize::from(found);
        found
    }

    /// Reads one digit from `first` to `last`; its value.
    pub(super) fn digit(&mut self, first: u8, last: u8) -> Option<u16> {
        let digit = self.bytes.get(self.at).copied().filter(|digit| (first..=last).contains(digit))?;
        self.at += 1;
        Some(u16::from(digit - b'0'))
    }

    /// Reads a word in exactly this spelling; whether it was there.
    pub(super) fn eat_word(&mut self, word: &str) -> bool {
        if self.bytes.get(self.at..).unwrap_or_default().starts_with(word.as_bytes()) {
            self.at += word.len();
            return true;
        }
        self.furthest = self.furthest.max(self.at);
        false
    }

    /// Reads one of some names, in upper or lower case; its index among them.
    pub(super) fn eat_name(&mut self, names: &[&str]) -> Option<u8> {
        for (nth, name) in (0..).zip(names) {
            if self.starts_with_any(&[*name]) {
                self.at += name.len();
                return Some(nth);
            }
        }
        self.fail()
    }

    /// Whether one of some names is next, in upper or lower case.
    pub(super) fn starts_with_any(&self, names: &[&str]) -> bool {
        let letters_of = |name: &&str| self.bytes.get(self.at..self.at + name.len());
        names.iter().any(|name| letters_of(name).is_some_and(|letters| letters.eq_ignore_ascii_case(name.as_bytes())))
    }

    /// Calls `one`, which returns whether it read an item, for a list of items with commas between them. A comma after the last item is not
    /// read.
    pub(super) fn comma_separated(&mut self, mut one: impl FnMut(&mut Self) -> bool) {
        let mut end = self.at;
        while one(self) {
            end = self.at;
            if !self.eat(b',') {
                break;
            }
        }
        self.at = end;
    }

    /// Notes that a token is missing at the current position; `None`.
    pub(super) fn fail<T>(&mut self) -> Option<T> {
        self.furthest = self.furthest.max(self.at);
        None
    }

    /// Reads a number from 1 to `most`: of two digits where that is not too large, else of the first digit.
    pub(super) fn two_digits(&mut self, most: u16) -> Option<u16> {
        let start = self.at;
        let first = self.digit(b'0', b'9').unwrap_or_default();
        let end = self.at;
        match self.digit(b'0', b'9').map(|second| first * 10 + second) {
            Some(both) if (1..=most).contains(&both) => Some(both),
            _ if first > 0 => {
                self.at = end;
                Some(first)
            }
            _ => {
                self.at = start;
                self.fail()
            }
        }
    }

    /// Reads a number from 1 to 9999, after any leading zeros.
    pub(super) fn number(&mut self) -> Option<u16> {
        while self.eat(b'0') {}
        let Some(mut number) = self.digit(b'1', b'9') else { return self.fail() };
        for _ in 0..3 {
            let Some(digit) = self.digit(b'0', b'9') else { break };
            number = number * 10 + digit;
        }
        Some(number)
    }

    /// Notes a problem at a position of the text, unless there is an earlier one.
    pub(super) fn report(&mut self, problem: HoursProblem, position: usize, words: String) {
        if self.problem.is_none() {
            self.problem = Some(HoursError { words, ..HoursError::new(problem, position + 1) });
        }
    }
}
