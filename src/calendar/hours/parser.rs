//! The parser of the notation: a recursive-descent parser over bytes, one function for each element of the grammar.
//!
//! Alternatives are tried in the order of the grammar of the crate `opening-hours`, and the first that matches is taken, even when another
//! would match more: `Jan 10:00-12:00` is January from 10 to 12, and `Jan 3 9:00-12:00` is the third of January. A function that does not
//! match returns `None`, and its caller restores the position.
//!
//! Invariant: only ASCII is read, so a position in bytes is a position in characters. No bracket, list or range nests, except that a
//! date in brackets looks one entry ahead, so the depth of the stack is bounded ([`MOST_BRACKETS`](crate::calendar::hours::MOST_BRACKETS)).

use crate::calendar::hours::cursor::HoursReader;
use crate::calendar::hours::problem::{HoursError, HoursProblem, hint};
use crate::calendar::hours::week::SUN;
use crate::calendar::hours::{HoursRule, HoursState, RuleJoin};

const STATES: [&str; 4] = ["open", "closed", "off", "unknown"];

/// Parses a text without surrounding blanks into rules.
///
/// # Errors
/// The first problem in the text.
pub(in crate::calendar) fn parse(text: &str) -> Result<Vec<HoursRule>, HoursError> {
    let mut reader = HoursReader { bytes: text.as_bytes(), at: 0, furthest: 0, problem: None };
    let rules = reader.rules();
    match (reader.problem.take(), rules) {
        (Some(problem), _) => Err(problem),
        (None, Some(rules)) => Ok(rules),
        (None, None) => Err(reader.syntax_error(text)),
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
        self.eat(b' ');
        if self.eat(b';') {
            self.eat(b' ');
            return Some(RuleJoin::Instead);
        }
        for (sign, join) in [(", ", RuleJoin::Also), ("|| ", RuleJoin::Otherwise)] {
            if self.eat_word(sign) {
                return Some(join);
            }
        }
        self.at = start;
        None
    }

    fn rule(&mut self, join: RuleJoin) -> Option<HoursRule> {
        let start = self.at;
        let mut rule = HoursRule {
            written: start..start,
            join,
            state: HoursState::Open,
            years: Vec::new(),
            dates: Vec::new(),
            weeks: Vec::new(),
            days: Vec::new(),
            times: Vec::new(),
        };
        let always = self.eat_word("24/7");
        if !always {
            self.dates(&mut rule.dates);
            if rule.dates.is_empty() {
                self.years(&mut rule.years);
                self.eat(b' ');
                self.dates(&mut rule.dates);
                self.eat(b' ');
            }
            self.weeks(&mut rule.weeks);
            self.separator();
            self.days_and_times(&mut rule);
        }
        self.eat(b' ');
        match self.eat_name(&STATES) {
            Some(0) => {}
            Some(3) => rule.state = HoursState::Unknown,
            Some(_) => rule.state = HoursState::Closed,
            None if always || !rule.times.is_empty() || !rule.is_everything() => {}
            None => return None, // an empty rule
        }
        rule.written = start..self.at;
        Some(rule)
    }

    fn days_and_times(&mut self, rule: &mut HoursRule) {
        self.weekdays(&mut rule.days);
        let end = self.at;
        if rule.days.is_empty() || self.eat(b' ') {
            self.times(&mut rule.times);
        }
        if rule.times.is_empty() {
            self.at = end;
        }
    }

    /// Reads the separator between the dates and the rest of a rule, if there is one.
    pub(super) fn separator(&mut self) {
        if !self.eat(b' ') && self.eat(b':') {
            self.eat(b' ');
        }
    }

    /// The error for a text that could not be parsed, at the furthest position that was reached.
    fn syntax_error(&mut self, text: &str) -> HoursError {
        self.at = self.furthest;
        let rest = text.get(self.at..).unwrap_or_default();
        let after_time = self.at > 2 && self.bytes.get(self.at - 3) == Some(&b':');
        let problem = match rest.as_bytes().first() {
            None => HoursProblem::Stop,
            Some(b'"') => HoursProblem::Comment,
            Some(b'+') if after_time => HoursProblem::OpenEnd,
            Some(b'/') if after_time => HoursProblem::Points,
            Some(_) => {
                self.eat(b'(');
                if self.starts_with_any(&SUN) {
                    HoursProblem::Sun
                } else if rest.starts_with("SH") {
                    HoursProblem::School
                } else {
                    HoursProblem::Unreadable
                }
            }
        };
        let mut error = HoursError::new(problem, self.at + 1);
        if matches!(problem, HoursProblem::Stop | HoursProblem::Unreadable) {
            let (start, words) = word_around(text, self.furthest).unwrap_or((self.furthest, rest));
            error.words = words.chars().take(12).collect();
            error.column = start + 1;
            error.hint = Some(hint(text));
        }
        error
    }
}

/// The whole word around a position inside it, and its start: for `Mon`, parsed up to `Mo`, all three letters. `None` when the position is not
/// inside a word.
fn word_around(text: &str, at: usize) -> Option<(usize, &str)> {
    let (before, after) = text.split_at_checked(at)?;
    let start = before.trim_end_matches(|char: char| char.is_ascii_alphabetic()).len();
    let end = at + after.find(|char: char| !char.is_alphabetic()).unwrap_or(after.len());
    (start < at && at < end).then_some((start, text.get(start..end)?))
}
