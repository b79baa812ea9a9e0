//! Where the reader of hours stands in its text, and the smallest things that it can find there.

use crate::calendar::hours::slip::{HoursError, HoursProblem};

pub(super) struct HoursReader<'a> {
    pub bytes: &'a [u8],
    pub at: usize,
    /// The furthest place at which something could not be read.
    pub furthest: usize,
    /// The first thing that can be read and means nothing.
    pub slip: Option<HoursError>,
}

impl HoursReader<'_> {
    pub(super) fn sign(&mut self, sign: u8) -> bool {
        let stands = self.bytes.get(self.at) == Some(&sign);
        self.at += usize::from(stands);
        stands
    }

    pub(super) fn digit(&mut self, first: u8, last: u8) -> Option<u16> {
        let digit = self.bytes.get(self.at).copied().filter(|digit| (first..=last).contains(digit))?;
        self.at += 1;
        Some(u16::from(digit - b'0'))
    }

    pub(super) fn word(&mut self, word: &str) -> bool {
        if self.bytes.get(self.at..).unwrap_or_default().starts_with(word.as_bytes()) {
            self.at += word.len();
            return true;
        }
        self.furthest = self.furthest.max(self.at);
        false
    }

    /// Which of some names stands here, in capitals or not.
    pub(super) fn name(&mut self, names: &[&str]) -> Option<u8> {
        for (nth, name) in (0..).zip(names) {
            if self.stands(&[*name]) {
                self.at += name.len();
                return Some(nth);
            }
        }
        self.nothing()
    }

    pub(super) fn stands(&self, names: &[&str]) -> bool {
        let written = |name: &&str| self.bytes.get(self.at..self.at + name.len());
        names.iter().any(|name| written(name).is_some_and(|letters| letters.eq_ignore_ascii_case(name.as_bytes())))
    }

    /// Reads one after another for as long as commas stand between them. A comma after the last is not passed.
    pub(super) fn between_commas(&mut self, mut one: impl FnMut(&mut Self) -> bool) {
        let mut end = self.at;
        while one(self) {
            end = self.at;
            if !self.sign(b',') {
                break;
            }
        }
        self.at = end;
    }

    /// Nothing can be read here.
    pub(super) fn nothing<T>(&mut self) -> Option<T> {
        self.furthest = self.furthest.max(self.at);
        None
    }

    /// 1 up to some number: of two digits where that is not too much, else of the first one.
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
                self.nothing()
            }
        }
    }

    /// 1 to 9999, zeros before it not counted.
    pub(super) fn number(&mut self) -> Option<u16> {
        while self.sign(b'0') {}
        let Some(mut number) = self.digit(b'1', b'9') else { return self.nothing() };
        for _ in 0..3 {
            let Some(digit) = self.digit(b'0', b'9') else { break };
            number = number * 10 + digit;
        }
        Some(number)
    }

    pub(super) fn refuse(&mut self, slip: HoursProblem, place: usize, words: String) {
        if self.slip.is_none() {
            self.slip = Some(HoursError { words, ..HoursError::new(slip, place + 1) });
        }
    }
}
