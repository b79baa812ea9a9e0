//! Reads the texts of cells as all importers understand them: yes or no, a number, an empty cell that a database wrote as a word.
//!
//! In: the text of a cell (or of a field of a JSON record). Out: its value, or that it is none; never a guess. A caller that cannot use an
//! unreadable text tells it, and takes an opt-out that is neither a known yes nor a known no for a yes.

/// What a cell says where yes or no is expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Truth {
    Yes,
    No,
    /// Neither a known yes nor a known no.
    Unknown,
}

/// Yes, as databases write it, and as spreadsheets and forms do in the languages of their users (Excel writes TRUE as WAAR, WAHR, VRAI,
/// VERDADERO ...), in lower case.
const YES: &[&str] = &[
    "t",
    "true",
    "y",
    "yes",
    "on",
    "x",
    "✓",
    "✔",
    "✔️",
    "☑",
    "☑️",
    "✅", // English and ticks
    "j",
    "ja",
    "waar",
    "wahr",
    "w",
    "aan",
    "ein", // Dutch, German
    "v",
    "vrai",
    "oui", // French
    "verdadero",
    "si",
    "sí",
    "s",
    "vero",
    "sì",
    "verdadeiro",
    "sim", // Spanish, Italian, Portuguese
    "sand",
    "sann",
    "sant",
    "prawda",
    "tak",
    "pravda",
    "ano",
    "tosi",
    "kyllä",
    "igaz",
    "igen", // Nordic and eastern languages
];

/// No, in the same languages, in lower case.
const NO: &[&str] = &[
    "f", "false", "n", "no", "off", "☐", // English
    "nee", "nein", "onwaar", "falsch", "uit", "aus", // Dutch, German
    "faux", "non", "falso", "não", "nao", // French, Spanish, Italian, Portuguese
    "falsk", "falskt", "usann", "nej", "nei", "fałsz", "nie", "nepravda", "ne", "epätosi", "ei", "hamis", "nem",
];

/// Reads a text as yes or no, in any capitals and without regard to white space around it. An empty text and what databases write for one
/// ([`is_null`]) are no; of numbers 0 is no, and 1 and -1 (Access) are yes.
pub(super) fn truth(text: &str) -> Truth {
    if is_null(text) {
        return Truth::No;
    }
    let text = text.trim().to_lowercase();
    if text.is_empty() || NO.contains(&text.as_str()) {
        return Truth::No;
    }
    if YES.contains(&text.as_str()) {
        return Truth::Yes;
    }
    match number(&text, text.contains(',')) {
        Some(0.0) => Truth::No,
        Some(1.0 | -1.0) => Truth::Yes,
        _ => Truth::Unknown,
    }
}

/// Words that programs write for a value that is not there: Python and its tables, JavaScript, Ruby, and Excel for what it cannot find.
const NO_VALUE: &[&str] = &["\\N", "None", "nan", "NaN", "NaT", "<NA>", "undefined", "nil", "#N/A", "#NULL!"];

/// True for the words that databases, their tools and programs write for an empty cell: `NULL`, `(null)`, `[NULL]`, `<null>` and those of
/// [`NO_VALUE`] in exactly this case. Only for fields that need no such word: for names see [`is_null_name`].
pub(super) fn is_null(text: &str) -> bool {
    let text = text.trim();
    let bare = [("(", ")"), ("[", "]"), ("<", ">")]
        .iter()
        .find_map(|(open, close)| text.strip_prefix(open)?.strip_suffix(close))
        .unwrap_or(text);
    NO_VALUE.contains(&text) || bare.eq_ignore_ascii_case("null")
}

/// True when a part of somebody's name is a word for an empty cell. `other` are the other parts of the name: beside a real one, `Null` in
/// usual capitals is a name too, because people are called so.
pub(super) fn is_null_name(part: &str, other: &str) -> bool {
    is_null(part) && !(part.trim() == "Null" && !other.trim().is_empty() && !is_null(other))
}

/// Reads a number as `1234.5` and `1,234,567.8`, or, with `decimal_comma`, as `1234,5` and `1.234.567,8`. `None` when the text is not a
/// number, or not in this notation.
///
/// The thousands separator counts as such only where every group behind it has three digits, at most three stand before the first, and
/// that first group does not begin with a zero; never behind the decimal separator, and not beside an exponent. Without `decimal_comma`
/// a lone comma (`1,234`) is refused, because it may be either.
pub(super) fn number(text: &str, decimal_comma: bool) -> Option<f64> {
    let text = text.trim();
    let (thousands, decimal) = if decimal_comma { ('.', ',') } else { (',', '.') };
    // Rust reads "inf" and "nan" as numbers; in a table they are not.
    let is_part = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '-' | '+' | 'e' | 'E');
    if !text.chars().all(is_part) {
        return None;
    }
    let (whole, decimals) = match text.split_once(decimal) {
        Some((whole, decimals)) => (whole, Some(decimals)),
        None => (text, None),
    };
    if decimals.is_some_and(|decimals| decimals.contains([thousands, decimal])) {
        return None;
    }
    if whole.contains(thousands) {
        let mut groups = whole.trim_start_matches(['-', '+']).split(thousands);
        let first = groups.next().unwrap_or_default();
        let digits = |group: &str| group.bytes().all(|byte| byte.is_ascii_digit());
        let grouped = (1..=3).contains(&first.len())
            && !first.starts_with('0')
            && digits(first)
            && groups.clone().all(|group| group.len() == 3 && digits(group));
        let may_be_decimals = !decimal_comma && decimals.is_none() && groups.count() == 1;
        if !grouped || may_be_decimals || decimals.is_some_and(|decimals| decimals.contains(['e', 'E'])) {
            return None;
        }
    }
    let plain = match decimals {
        Some(decimals) => format!("{}.{decimals}", whole.replace(thousands, "")),
        None => whole.replace(thousands, ""),
    };
    plain.parse::<f64>().ok().filter(|number| number.is_finite())
}

/// Reads a number without decimals; `120.0` is one, because tables that pass through programs for numbers get such. `None` when it is none.
pub(super) fn whole_number(text: &str, decimal_comma: bool) -> Option<i64> {
    if let Ok(whole) = text.trim().parse() {
        return Some(whole);
    }
    let number = number(text, decimal_comma)?;
    (number.fract() == 0.0 && number.abs() < 1e15).then_some(number as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn yes_and_no_are_read_in_the_languages_of_spreadsheets() {
        for yes in [
            "TRUE",
            "t",
            " Y ",
            "1",
            "1.0",
            "1,0",
            "-1",
            "WAAR",
            "Wahr",
            "VRAI",
            "Verdadero",
            "Sí",
            "oui",
            "ja",
            "X",
            "✓",
            "on",
        ] {
            assert_eq!(truth(yes), Truth::Yes, "{yes}");
        }
        for no in [
            "", " ", "FALSE", "f", "N", "0", "0.0", "0,00", "Onwaar", "FALSCH", "faux", "falso", "nee", "nein", "NULL",
            "\\N", "off",
        ] {
            assert_eq!(truth(no), Truth::No, "{no}");
        }
        for unknown in ["maybe", "unsubscribed", "2", "0.5", "n/a", "-", "?", "o", "truee"] {
            assert_eq!(truth(unknown), Truth::Unknown, "{unknown}");
        }
    }

    #[test]
    fn null_is_what_databases_write_and_no_person() {
        for null in [
            "NULL",
            "null",
            "(null)",
            "[NULL]",
            "<null>",
            "\\N",
            " NULL ",
            "None",
            "nan",
            "NaN",
            "undefined",
            "nil",
            "#N/A",
            "<NA>",
        ] {
            assert!(is_null(null), "{null}");
        }
        for text in ["", "N/A", "none", "Nan", "Nil", "NA", "Nullens", "(null", "N", "0"] {
            assert!(!is_null(text), "{text}");
        }
        assert!(!is_null_name("Null", "Ada") && is_null_name("NULL", "Ada") && is_null_name("null", "Ada"));
        assert!(is_null_name("Null", "") && is_null_name("Null", "NULL") && !is_null_name("Ada", "NULL"));
    }

    #[test]
    fn a_sign_between_thousands_has_groups_of_three() {
        for (text, value) in [
            ("12.500,50", Some(12_500.5)),
            ("12.500", Some(12_500.0)),
            ("1.234.567,89", Some(1_234_567.89)),
            ("-1.000,5", Some(-1_000.5)),
            ("1234,5", Some(1_234.5)),
            (",5", Some(0.5)),
            ("7", Some(7.0)),
            ("1,5e3", Some(1_500.0)),
            ("1234.56", None),
            ("1,234.56", None),
            ("1.5", None),
            ("12.50.00", None),
            (".5", None),
            ("9.99", None),
            ("0.500", None),
            ("1234.567", None),
            ("1.2345", None),
            ("12.,5", None),
            ("1,2,3", None),
            ("1.234e3", None),
            ("inf", None),
            ("", None),
        ] {
            assert_eq!(number(text, true), value, "{text} with a decimal comma");
        }
        for (text, value) in [
            ("1234.56", Some(1_234.56)),
            ("1,234.56", Some(1_234.56)),
            ("1,234,567", Some(1_234_567.0)),
            ("1e5", Some(100_000.0)),
            ("1,234", None),
            ("12,50", None),
            ("12.500,50", None),
            ("1.234.567", None),
            ("1,23,456.0", None),
            ("nan", None),
            ("€ 5", None),
        ] {
            assert_eq!(number(text, false), value, "{text} with a decimal point");
        }
        assert_eq!((whole_number("120.0", false), whole_number("1.200", true)), (Some(120), Some(1200)));
        assert_eq!(
            (whole_number("1,200", false), whole_number("12.5", false), whole_number("x", false)),
            (None, None, None)
        );
        assert_eq!(
            whole_number("9007199254740993", false),
            Some(9_007_199_254_740_993),
            "more digits than a float holds"
        );
    }
}
