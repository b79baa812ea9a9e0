//! The day on which somebody is back, as an out-of-office notice says it: "back on 5 January", "tot 7 december", "bis einschließlich 6.1.".
//!
//! In: the text of the notice and the date on which it was sent. Out: the first day on which they are there again; `None` where the text names
//! none, more than one that could be meant, or one more than a year ahead. Without a year it is the first such day after the notice.
//!
//! "until" a day means that they are back on it, "through" and "to" a day that they are back on the next. English, Dutch, German and French; days by their
//! name of the month, as `2027-01-05`, and as `5.1.2027` or `5-1-2027` with the day first. What is written with slashes is not read, because nobody can tell
//! the day from the month.

use chrono::{Datelike, Days, NaiveDate};

use crate::book::import::letters::plain;
use crate::calendar::iso_date::iso_date;

/// Words before the day on which they are back, without accents.
const BACK_ON: &[&str] = &[
    // English
    "until",
    "till",
    "til",
    "back",
    "return",
    "returning",
    "returns",
    "available",
    "back in",
    "reachable",
    "resume",
    // Dutch
    "tot",
    "terug",
    "weer",
    "bereikbaar",
    "aanwezig",
    "vanaf",
    // German
    "bis",
    "wieder",
    "zuruck",
    "erreichbar",
    "ab",
    // French
    "jusqu'au",
    "jusqu'a",
    "retour",
    "des",
];
/// Words before the last day on which they are away.
const AWAY_THROUGH: &[&str] = &[
    "through",
    "thru",
    "to",
    "t/m",
    "including",
    "met",
    "einschliesslich",
    "einschl.",
    "inklusive",
    "inkl.",
    "inclus",
];
/// Words that may stand between such a word and the day.
const BETWEEN: &[&str] = &[
    // English
    "on",
    "the",
    "in",
    "office",
    "at",
    "work",
    "from",
    "again",
    "of",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "mon",
    "tue",
    "wed",
    "thu",
    "fri",
    "sat",
    "sun",
    "and",
    "up",
    "to",
    // Dutch
    "op",
    "kantoor",
    "vanaf",
    "per",
    "en",
    "maandag",
    "dinsdag",
    "woensdag",
    "donderdag",
    "vrijdag",
    "zaterdag",
    "zondag",
    "bereikbaar",
    "aanwezig",
    "terug",
    "weer",
    // German
    "am",
    "ab",
    "zum",
    "dem",
    "den",
    "der",
    "im",
    "buro",
    "und",
    "montag",
    "dienstag",
    "mittwoch",
    "donnerstag",
    "freitag",
    "samstag",
    "sonntag",
    "erreichbar",
    "da",
    "einschliesslich",
    "einschl.",
    "inklusive",
    "inkl.",
    "zuruck",
    // French
    "le",
    "au",
    "de",
    "du",
    "lundi",
    "mardi",
    "mercredi",
    "jeudi",
    "vendredi",
    "samedi",
    "dimanche",
    "bureau",
];
/// The months, each by the beginnings of its name in these languages.
const MONTHS: [&[&str]; 12] = [
    &["jan"],
    &["feb", "fev"],
    &["mar", "maa", "mrt"],
    &["apr", "avr"],
    &["may", "mai", "mei"],
    &["jun", "juin"],
    &["jul", "juil"],
    &["aug", "aou"],
    &["sep"],
    &["oct", "okt"],
    &["nov"],
    &["dec", "dez"],
];
/// A day that lies further ahead is no day of return.
const FURTHEST: Days = Days::new(366);

/// The first day on which the sender is there again.
pub(super) fn return_date(text: &str, sent: NaiveDate) -> Option<NaiveDate> {
    let plain = plain(text).replace('’', "'");
    let words: Vec<&str> =
        plain.split_whitespace().map(|word| word.trim_matches([',', ';', ':', '!', '(', ')', '[', ']', '"'])).collect();
    let mut found: Vec<NaiveDate> = Vec::new();
    for (place, word) in words.iter().enumerate() {
        let through = AWAY_THROUGH.contains(word);
        if !through && !BACK_ON.contains(word) {
            continue;
        }
        let rest = words.get(place + 1..).unwrap_or_default();
        let between = rest.iter().take_while(|word| BETWEEN.contains(word)).count();
        let skipped = rest.get(..between).unwrap_or_default();
        let Some(day) = date(rest.get(between..).unwrap_or_default(), sent) else { continue };
        let through = through || skipped.iter().any(|word| AWAY_THROUGH.contains(word));
        let back = if through { day.succ_opt() } else { Some(day) };
        found.extend(
            back.filter(|back| *back > sent && sent.checked_add_days(FURTHEST).is_some_and(|end| *back <= end)),
        );
    }
    // "away until the 4th, back on the 5th": the later one is meant, where they are next to each other.
    let last = found.iter().max()?;
    found.iter().all(|day| day == last || day.succ_opt() == Some(*last)).then_some(*last)
}

/// The date with which these words begin.
fn date(words: &[&str], sent: NaiveDate) -> Option<NaiveDate> {
    let word = |nth: usize| words.get(nth).map(|word| word.trim_end_matches('.'));
    let first = word(0)?;
    if let Some(date) = iso_date(first) {
        return Some(date);
    }
    if let Some(date) = numbers(words.first()?, sent) {
        return Some(date);
    }
    // "5 January", "5th of January", "January 5"
    let at = |nth: usize| if word(nth) == Some("of") { nth + 1 } else { nth };
    let (day, month, next) = match (day(first), month(first)) {
        (Some(day), _) => (day, month(word(at(1))?)?, at(1) + 1),
        (None, Some(month)) => (day(word(1)?)?, month, 2),
        (None, None) => return None,
    };
    let year = word(next).filter(|year| year.len() == 4).and_then(|year| year.parse().ok());
    in_year(year, month, day, sent)
}

/// A date of numbers with the day first: `5.1.2027`, `5.1.`, `5-1-2027`.
fn numbers(word: &str, sent: NaiveDate) -> Option<NaiveDate> {
    let sign = ['.', '-'].into_iter().find(|sign| word.contains(*sign))?;
    let parts: Vec<&str> = word.trim_end_matches('.').split(sign).collect();
    match parts.as_slice() {
        [day_text, month] => in_year(None, month.parse().ok().filter(|_| sign == '.')?, day(day_text)?, sent),
        [day_text, month, year] => {
            let year: i32 = year.parse().ok()?;
            in_year(Some(if year < 100 { 2000 + year } else { year }), month.parse().ok()?, day(day_text)?, sent)
        }
        _ => None,
    }
}

/// A day in a year, else in the first year in which it comes after the notice.
fn in_year(year: Option<i32>, month: u32, day: u32, sent: NaiveDate) -> Option<NaiveDate> {
    match year {
        Some(year) => NaiveDate::from_ymd_opt(year, month, day),
        None => {
            let years = [sent.year(), sent.year() + 1];
            years.into_iter().filter_map(|year| NaiveDate::from_ymd_opt(year, month, day)).find(|day| *day >= sent)
        }
    }
}

/// The day of a month: `5`, `05`, `5th`, `1er`.
fn day(word: &str) -> Option<u32> {
    let digits = word.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
    let ending = word.get(digits.len()..).unwrap_or_default();
    let known = matches!(ending, "" | "st" | "nd" | "rd" | "th" | "e" | "er");
    digits.parse().ok().filter(|day| known && digits.len() <= 2 && (1..=31).contains(day))
}

/// The number of a month by its name or the beginning of it.
fn month(word: &str) -> Option<u32> {
    let begins = |names: &[&str]| names.iter().any(|name| word.starts_with(name));
    let letters = word.chars().all(char::is_alphabetic);
    // A word that begins like a month and is longer than its longest name is none.
    let place = MONTHS.iter().position(|names| begins(names)).filter(|_| letters && word.chars().count() <= 9)?;
    u32::try_from(place + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn back(text: &str) -> Option<String> {
        return_date(text, NaiveDate::from_ymd_opt(2026, 12, 18).unwrap()).map(|date| date.to_string())
    }

    #[test]
    fn the_day_of_return_is_read_in_several_languages() {
        for text in [
            "Out of office: back on 5 January",
            "Out of office until January 5th",
            "OOO, back in the office on Tuesday 5 January 2027",
            "I return on the 5th of January.",
            "Automatic reply: away until 2027-01-05",
            "Afwezig tot 5 januari",
            "Afwezig t/m 4 januari",
            "Afwezig tot en met maandag 4 jan. 2027",
            "Ik ben op 5 januari weer op kantoor; terug op 5-1-2027",
            "Abwesenheitsnotiz: wieder erreichbar ab 05.01.2027",
            "Ich bin bis einschließlich 4. Januar nicht im Büro",
            "Abwesend bis zum 5.1.",
            "Absence du bureau : de retour le 5 janvier",
            "Away from 21 December to 4 January, back on 5 January",
            "Away from 21 December to 4 January",
        ] {
            assert_eq!(back(text).as_deref(), Some("2027-01-05"), "{text}");
        }
        assert_eq!(back("back on 30 December").as_deref(), Some("2026-12-30"));
    }

    #[test]
    fn where_no_day_is_named_none_is_made_up() {
        for text in [
            "Automatic reply: Our guide",
            "Out of office until further notice",
            "Back soon",
            "Out of office until 5/1",
            "back on 5 January 2031",
            "until 31 February",
            "back on 17 December 2026",
            "Available until 20 December, back on 12 March",
            "We may 5 times",
            "",
        ] {
            assert_eq!(back(text), None, "{text}");
        }
    }
}
