//! The errors of texts of hours: kind, position, and the arguments of the sentences. The sentences are in the tables of
//! [`wording`](crate::wording), in each of its languages.

use std::fmt;

use crate::calendar::hours::{FURTHEST_FROM_HOLIDAY, LONGEST_TEXT, MOST_BRACKETS};
use crate::wording::{Arg, Language, Sentence, render};

/// A kind of problem in a text of hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HoursProblem {
    /// The text is empty.
    Empty,
    /// The text is longer than [`LONGEST_TEXT`].
    TooLong,
    /// There are more than [`MOST_BRACKETS`] square brackets.
    Brackets,
    /// The text ends too early.
    Stop,
    /// The text has another form than the notation.
    Unreadable,
    /// A time after 48:00.
    NoTime,
    /// Years in the wrong order: `2030-2026`.
    Years,
    /// Weeks in the wrong order: `week 50-2`.
    Weeks,
    /// Sunrise, sunset, dawn or dusk, which need coordinates.
    Sun,
    /// An open end: `09:00+`.
    OpenEnd,
    /// Points in time: `10:00-16:00/01:30`.
    Points,
    /// A comment between quotes.
    Comment,
    /// School holidays.
    School,
    /// A holiday moved by more than [`FURTHEST_FROM_HOLIDAY`] days.
    FarFromHoliday,
    /// A month directly after its year: `2026Jan`.
    GluedYear,
    /// An end with only a day after Easter: `easter-15`.
    DayAfterEaster,
}

/// A text of hours that could not be parsed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HoursError {
    /// The kind of problem.
    pub problem: HoursProblem,
    /// The position in the text, in characters, counted from 1.
    pub column: usize,
    /// The text at that position, or the text to write instead.
    pub(in crate::calendar) words: String,
    /// The key of the help sentence, when it is not that of the kind of problem.
    pub(in crate::calendar) hint: Option<&'static str>,
}

impl HoursError {
    pub(in crate::calendar) fn new(problem: HoursProblem, column: usize) -> Self {
        Self { problem, column, words: String::new(), hint: None }
    }

    /// A sentence that says what is wrong.
    pub fn message(&self, language: Language) -> String {
        render(language, self.key(), &self.args()).unwrap_or_default()
    }

    /// A sentence that says what to write instead.
    pub fn help(&self, language: Language) -> String {
        match self.hint {
            Some(key) => render(language, key, &[]),
            None => render(language, self.help_key(), &self.args()),
        }
        .unwrap_or_default()
    }

    /// The key of the sentence that says what is wrong.
    pub(crate) fn key(&self) -> &'static str {
        match self.problem {
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

    /// The key of the sentence that says what to write instead, for this kind of problem.
    fn help_key(&self) -> &'static str {
        match self.problem {
            HoursProblem::Empty => "hours-empty.help",
            HoursProblem::TooLong => "hours-too-long.help",
            HoursProblem::Brackets => "hours-brackets.help",
            HoursProblem::Stop => "hours-stop.help",
            HoursProblem::Unreadable => "hours-unreadable.help",
            HoursProblem::NoTime => "hours-no-time.help",
            HoursProblem::Years => "hours-years.help",
            HoursProblem::Weeks => "hours-weeks.help",
            HoursProblem::Sun => "hours-sun.help",
            HoursProblem::OpenEnd => "hours-open-end.help",
            HoursProblem::Points => "hours-points.help",
            HoursProblem::Comment => "hours-comment.help",
            HoursProblem::School => "hours-school.help",
            HoursProblem::FarFromHoliday => "hours-far-from-holiday.help",
            HoursProblem::GluedYear => "hours-glued-year.help",
            HoursProblem::DayAfterEaster => "hours-day-after-easter.help",
        }
    }

    /// What is wrong, where, and what to write instead.
    pub(crate) fn sentence(&self) -> Sentence {
        let with_args = |key| self.args().into_iter().fold(Sentence::new(key), |all, (name, arg)| all.with(name, arg));
        let help = self.hint.map_or_else(|| with_args(self.help_key()), Sentence::new);
        let what = with_args(self.key());
        Sentence::new("hours-wrong").with("what", what).with("column", self.column).with("help", help)
    }

    /// The key of the help sentence, when it is not that of the kind of problem.
    pub(crate) fn hint(&self) -> Option<&'static str> {
        self.hint
    }

    /// The length of the wrong word in characters, when the problem is one word.
    pub(crate) fn length(&self) -> Option<usize> {
        let word = !self.words.is_empty() && self.words.chars().all(char::is_alphabetic);
        (self.problem == HoursProblem::Unreadable && word).then(|| self.words.chars().count())
    }

    /// The arguments of the sentences.
    pub(crate) fn args(&self) -> [(&'static str, Arg); 2] {
        let most = match self.problem {
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
        f.write_str(&self.sentence().english())
    }
}

/// The key of the help sentence for the most common mistakes of people who are new to the notation.
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
