//! What is wrong with hours: which slip, where, and what the sentences need. The sentences stand in the tables of the checker
//! ([`wording`](crate::wording)), in each of its languages.

use std::fmt;

use crate::calendar::hours::{FURTHEST_FROM_HOLIDAY, LONGEST_TEXT, MOST_BRACKETS};
use crate::wording::{Arg, Language, render};

/// A kind of slip in hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HoursProblem {
    /// There is no text.
    Empty,
    /// The text is longer than [`LONGEST_TEXT`].
    TooLong,
    /// There are more than [`MOST_BRACKETS`] square brackets.
    Brackets,
    /// The text ends where something is missing.
    Stop,
    /// Something stands where it cannot be read.
    Unreadable,
    /// Minutes after 48:00.
    NoTime,
    /// `2030-2026`.
    Years,
    /// `week 50-2`.
    Weeks,
    /// Sunrise, sunset, dawn or dusk: a lead has no coordinates.
    Sun,
    /// `09:00+`.
    OpenEnd,
    /// `10:00-16:00/01:30`.
    Points,
    /// A comment between quotes.
    Comment,
    /// School holidays.
    School,
    /// A holiday moved by more than [`FURTHEST_FROM_HOLIDAY`] days.
    FarFromHoliday,
    /// `2026Jan`.
    GluedYear,
    /// `easter-15`.
    DayAfterEaster,
}

/// Hours that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HoursError {
    /// What is wrong.
    pub slip: HoursProblem,
    /// Where in the text, in characters, counted from 1.
    pub column: usize,
    /// What stands there, or what to write instead.
    pub(in crate::calendar) words: String,
    /// The key of the advice, where the sentence has none of its own.
    pub(in crate::calendar) hint: Option<&'static str>,
}

impl HoursError {
    pub(in crate::calendar) fn new(slip: HoursProblem, column: usize) -> Self {
        Self { slip, column, words: String::new(), hint: None }
    }

    /// What is wrong.
    pub fn message(&self, language: Language) -> String {
        render(language, self.key(), &self.args()).unwrap_or_default()
    }

    /// What to write instead.
    pub fn help(&self, language: Language) -> String {
        match self.hint {
            Some(key) => render(language, key, &[]),
            None => render(language, &format!("{}.help", self.key()), &self.args()),
        }
        .unwrap_or_default()
    }

    /// The key of the sentence that says what is wrong.
    pub(crate) fn key(&self) -> &'static str {
        match self.slip {
            HoursProblem::Empty => "hours-empty",
            HoursProblem::TooLong => "hours-too-long",
            HoursProblem::Brackets => "hours-brackets",
            HoursProblem::Stop => "hours-stop",
            HoursProblem::Unreadable => "hours-unreadable",
            HoursProblem::NoTime => "hours-no-time",
            HoursProblem::Years => "hours-years",
            HoursProblem::Weeks => "hours-weeks",
            HoursProblem::Sun => "hours-sun",
            HoursProblem::OpenEnd => "hours-open-end",
            HoursProblem::Points => "hours-points",
            HoursProblem::Comment => "hours-comment",
            HoursProblem::School => "hours-school",
            HoursProblem::FarFromHoliday => "hours-far-from-holiday",
            HoursProblem::GluedYear => "hours-glued-year",
            HoursProblem::DayAfterEaster => "hours-day-after-easter",
        }
    }

    /// The key of the advice, where the sentence has none of its own.
    pub(crate) fn hint(&self) -> Option<&'static str> {
        self.hint
    }

    /// How many characters it is about, where it is about one word.
    pub(crate) fn length(&self) -> Option<usize> {
        let word = !self.words.is_empty() && self.words.chars().all(char::is_alphabetic);
        (self.slip == HoursProblem::Unreadable && word).then(|| self.words.chars().count())
    }

    /// What the sentences need.
    pub(crate) fn args(&self) -> [(&'static str, Arg); 2] {
        let most = match self.slip {
            HoursProblem::TooLong => LONGEST_TEXT,
            HoursProblem::Brackets => MOST_BRACKETS,
            _ => usize::from(FURTHEST_FROM_HOLIDAY),
        };
        [("words", Arg::from(self.words.as_str())), ("most", Arg::from(most))]
    }
}

impl fmt::Display for HoursError {
    /// In English, on one line.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (message, help) = (self.message(Language::English), self.help(Language::English));
        write!(f, "{message} (column {}); {help}", self.column)
    }
}

/// The key of the advice on what people who write hours for the first time most often get wrong.
pub(super) fn hint(text: &str) -> &'static str {
    let lower = text.to_lowercase();
    let bytes = lower.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let after_digit = |sign: &[u8]| {
        (1..bytes.len()).find(|at| digit(at - 1) && bytes.get(*at..).unwrap_or_default().starts_with(sign))
    };
    if lower.contains(['–', '—']) {
        "help-hours-hyphen"
    } else if !lower.contains(':')
        && (1..bytes.len()).any(|at| bytes.get(at) == Some(&b'-') && digit(at - 1) && digit(at + 1))
    {
        "help-hours-minutes"
    } else if after_digit(b"am").or_else(|| after_digit(b"pm")).is_some() {
        "help-hours-24"
    } else if ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].iter().any(|day| lower.contains(day)) {
        "help-hours-days"
    } else {
        "help-hours"
    }
}
