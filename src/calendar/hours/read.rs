//! The reader of the notation: one function for each thing that can be said, over bytes.
//!
//! What has several readings is tried in the order of the crate's grammar, and the first that fits counts, also when another
//! would have led further: so `Jan 10:00-12:00` is January from ten to twelve, and `Jan 3 9:00-12:00` the third of January.
//! A function that finds nothing gives `None`; what it had passed, its caller goes back over.
//!
//! Invariant: only ASCII is ever passed, so a place in bytes is a place in characters. No bracket, list or range nests, except that a
//! date in brackets looks one entry ahead, so no text makes the stack deep ([`MOST_BRACKETS`](crate::calendar::hours::MOST_BRACKETS)).

use crate::calendar::hours::cursor::HoursReader;
use crate::calendar::hours::slip::{HoursError, HoursProblem, hint};
use crate::calendar::hours::week::SUN;
use crate::calendar::hours::{HoursRule, HoursState, RuleJoin};

const STATES: [&str; 4] = ["open", "closed", "off", "unknown"];

/// Reads a text without blanks around it.
pub(in crate::calendar) fn read(text: &str) -> Result<Vec<HoursRule>, HoursError> {
    let mut reader = HoursReader { bytes: text.as_bytes(), at: 0, furthest: 0, slip: None };
    let rules = reader.rules();
    match (reader.slip.take(), rules) {
        (Some(slip), _) => Err(slip),
        (None, Some(rules)) => Ok(rules),
        (None, None) => Err(reader.unread(text)),
    }
}

impl HoursReader<'_> {
    fn rules(&mut self) -> Option<Vec<HoursRule>> {
        let mut rules = vec![self.rule(RuleJoin::Instead)?];
        while self.at < self.bytes.len() {
            let join = self.join()?;
            rules.push(self.rule(join)?);
        }
        Some(rules)
    }

    fn join(&mut self) -> Option<RuleJoin> {
        let start = self.at;
        self.sign(b' ');
        if self.sign(b';') {
            self.sign(b' ');
            return Some(RuleJoin::Instead);
        }
        for (sign, join) in [(", ", RuleJoin::Also), ("|| ", RuleJoin::Otherwise)] {
            if self.word(sign) {
                return Some(join);
            }
        }
        self.at = start;
        None
    }

    fn rule(&mut self, join: RuleJoin) -> Option<HoursRule> {
        let mut rule = HoursRule {
            join,
            state: HoursState::Open,
            years: Vec::new(),
            dates: Vec::new(),
            weeks: Vec::new(),
            days: Vec::new(),
            times: Vec::new(),
        };
        let always = self.word("24/7");
        if !always {
            self.dates(&mut rule.dates);
            if rule.dates.is_empty() {
                self.years(&mut rule.years);
                self.sign(b' ');
                self.dates(&mut rule.dates);
                self.sign(b' ');
            }
            self.weeks(&mut rule.weeks);
            self.pause();
            self.days_and_times(&mut rule);
        }
        self.sign(b' ');
        match self.name(&STATES) {
            Some(0) => {}
            Some(3) => rule.state = HoursState::Unknown,
            Some(_) => rule.state = HoursState::Closed,
            None if always || !rule.times.is_empty() || !rule.is_everything() => {}
            None => return None, // it says nothing
        }
        Some(rule)
    }

    fn days_and_times(&mut self, rule: &mut HoursRule) {
        self.weekdays(&mut rule.days);
        let end = self.at;
        if rule.days.is_empty() || self.sign(b' ') {
            self.times(&mut rule.times);
        }
        if rule.times.is_empty() {
            self.at = end;
        }
    }

    /// What may stand between the dates and the rest.
    pub(super) fn pause(&mut self) {
        if !self.sign(b' ') && self.sign(b':') {
            self.sign(b' ');
        }
    }

    /// What is wrong with a text that could not be read.
    fn unread(&mut self, text: &str) -> HoursError {
        self.at = self.furthest;
        let rest = text.get(self.at..).unwrap_or_default();
        let after_time = self.at > 2 && self.bytes.get(self.at - 3) == Some(&b':');
        let slip = match rest.as_bytes().first() {
            None => HoursProblem::Stop,
            Some(b'"') => HoursProblem::Comment,
            Some(b'+') if after_time => HoursProblem::OpenEnd,
            Some(b'/') if after_time => HoursProblem::Points,
            Some(_) => {
                self.sign(b'(');
                if self.stands(&SUN) {
                    HoursProblem::Sun
                } else if rest.starts_with("SH") {
                    HoursProblem::School
                } else {
                    HoursProblem::Unreadable
                }
            }
        };
        let mut error = HoursError::new(slip, self.at + 1);
        if matches!(slip, HoursProblem::Stop | HoursProblem::Unreadable) {
            let (start, words) = word_around(text, self.furthest).unwrap_or((self.furthest, rest));
            error.words = words.chars().take(12).collect();
            error.column = start + 1;
            error.hint = Some(hint(text));
        }
        error
    }
}

/// The whole word that could be read up to this byte and no further, and where it begins: `Mon`, read up to `Mo`.
fn word_around(text: &str, at: usize) -> Option<(usize, &str)> {
    let (before, after) = text.split_at_checked(at)?;
    let start = before.trim_end_matches(|char: char| char.is_ascii_alphabetic()).len();
    let end = at + after.find(|char: char| !char.is_alphabetic()).unwrap_or(after.len());
    (start < at && at < end).then_some((start, text.get(start..end)?))
}
