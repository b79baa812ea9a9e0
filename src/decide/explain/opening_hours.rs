//! Opening hours as people read them: "Mo-Fr 09:00-12:30, 13:30-17:30, not on public holidays".

use crate::wording::{Arg, Language, Sentence};

/// The notation of OpenStreetMap with the names of days and months in a language.
pub(super) fn in_words(notation: &str, language: Language) -> String {
    let (hours, not_on_holidays) = match notation.split_once("; PH off") {
        Some((before, after)) => (format!("{before}{after}"), true),
        None => (notation.to_owned(), false),
    };
    let ranges: Vec<&str> = hours.split(',').map(str::trim).collect();
    let mut text = named(&ranges.join(", "), language);
    if not_on_holidays {
        text.push_str(", ");
        text.push_str(&Sentence::new("hours-not-on-holidays").render(language));
    }
    text
}

/// Words of letters alone are names; all else stays as it is.
fn named(hours: &str, language: Language) -> String {
    let mut text = String::with_capacity(hours.len());
    let mut rest = hours;
    while !rest.is_empty() {
        let letters = rest.find(|letter: char| !letter.is_ascii_alphabetic()).unwrap_or(rest.len());
        let (word, after) = rest.split_at_checked(letters).unwrap_or((rest, ""));
        match name(word) {
            Some(key) => text.push_str(&Arg::Key(key).render(language, &[])),
            None => text.push_str(word),
        }
        let signs = after.find(|letter: char| letter.is_ascii_alphabetic()).unwrap_or(after.len());
        let (signs, after) = after.split_at_checked(signs).unwrap_or((after, ""));
        text.push_str(signs);
        rest = after;
    }
    text
}

/// The key of a name of the notation.
fn name(word: &str) -> Option<&'static str> {
    Some(match word {
        "Mo" => "hours-mo",
        "Tu" => "hours-tu",
        "We" => "hours-we",
        "Th" => "hours-th",
        "Fr" => "hours-fr",
        "Sa" => "hours-sa",
        "Su" => "hours-su",
        "PH" => "hours-holidays",
        "off" | "closed" => "hours-closed",
        "Jan" => "month-jan",
        "Feb" => "month-feb",
        "Mar" => "month-mar",
        "Apr" => "month-apr",
        "May" => "month-may",
        "Jun" => "month-jun",
        "Jul" => "month-jul",
        "Aug" => "month-aug",
        "Sep" => "month-sep",
        "Oct" => "month-oct",
        "Nov" => "month-nov",
        "Dec" => "month-dec",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_months_have_the_names_of_the_language() {
        let office = "Mo-Fr 09:00-12:30,13:30-17:30; PH off";
        for (notation, english, dutch) in [
            (
                office,
                "Mo-Fr 09:00-12:30, 13:30-17:30, not on public holidays",
                "ma-vr 09:00-12:30, 13:30-17:30, niet op feestdagen",
            ),
            ("Mo-Th 10:00-12:00", "Mo-Th 10:00-12:00", "ma-do 10:00-12:00"),
            (
                "Mo-Sa 09:00-22:00; Dec 24 09:00-18:30",
                "Mo-Sa 09:00-22:00; Dec 24 09:00-18:30",
                "ma-za 09:00-22:00; dec 24 09:00-18:30",
            ),
            ("", "", ""),
            ("é Mo", "é Mo", "é ma"),
        ] {
            assert_eq!(in_words(notation, Language::English), english);
            assert_eq!(in_words(notation, Language::Dutch), dutch);
        }
    }
}
