//! Countries as people and other systems write them: codes and names, in many languages, to codes of ISO 3166-1.
//!
//! The table is `country_names.txt` in this folder, which `xtask/scripts/country_names.py` writes from published lists. Capitals, accents,
//! punctuation, the order of words ("Korea, Republic of") and "the", "of" and "and" make no difference.
//!
//! Invariant: never another country. A name that is said of several ("Congo", "Korea") is not in the table.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::book::import::letters::plain;
use crate::calendar::Country;

const TABLE: &str = include_str!("country_names.txt");

/// By alpha-3 code and name, as [`comparable`] gives them: the alpha-2 code.
static NAMES: LazyLock<BTreeMap<String, &'static str>> = LazyLock::new(|| {
    let mut names = BTreeMap::new();
    for (code, long_codes, spellings) in rows() {
        for name in spellings {
            names.insert(comparable(&without_umlauts(name)), code);
            names.insert(comparable(name), code);
        }
        names.extend(long_codes.map(|each| (each.to_lowercase(), code)));
    }
    names
});

/// The rows of the table: the alpha-2 code, the alpha-3 codes that it has or had, and its names.
fn rows() -> impl Iterator<Item = (&'static str, std::str::SplitWhitespace<'static>, std::str::Split<'static, char>)> {
    TABLE.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let mut cells = line.split('|');
        Some((cells.next()?, cells.next()?.split_whitespace(), cells))
    })
}

/// The ISO 3166-1 alpha-2 code of a country that is written as a code of two or three letters or as a name; `None` when it is neither, or
/// a name of several countries.
pub(super) fn country_code(text: &str) -> Option<String> {
    code_of(text).or_else(|| {
        // "United States of America (USA)": a name and its own code, and never that of another country.
        let (name, code) = text.trim().strip_suffix(')')?.split_once('(')?;
        code_of(name).filter(|named| code_of(code).as_ref() == Some(named))
    })
}

/// Names that are said of several countries, as [`comparable`] gives them.
const SEVERAL: &[&str] =
    &["congo", "kongo", "korea", "coree", "corea", "coreia", "islands virgin", "martin saint", "america"];

/// True for a name that is said of several countries, so that nobody can tell which one is meant: "Congo", "Korea".
pub(super) fn is_name_of_several(text: &str) -> bool {
    country_code(text).is_none() && SEVERAL.contains(&comparable(text).as_str())
}

fn code_of(text: &str) -> Option<String> {
    // "U.S.A." and "U. S. A." are codes.
    let letters: String = text.chars().filter(|each| !matches!(each, '.' | ' ')).collect();
    if let Ok(country) = Country::parse(&letters) {
        return Some(country.code().to_owned());
    }
    let code = NAMES.get(&letters.to_lowercase()).or_else(|| NAMES.get(&comparable(text)))?;
    Country::parse(code).ok().map(|country| country.code().to_owned())
}

/// A name in the form in which names are compared: its words in small letters without accents, sorted, abbreviations written out.
fn comparable(name: &str) -> String {
    let mut letters = String::with_capacity(name.len());
    for letter in plain(name).chars() {
        match letter {
            '.' | '\'' | '’' | '‘' | '`' | '´' | 'ʻ' | 'ʼ' => {}
            letter if letter.is_alphanumeric() => letters.push(letter),
            _ => letters.push(' '),
        }
    }
    let mut words: Vec<&str> = letters
        .split_whitespace()
        .filter(|word| !matches!(*word, "the" | "of" | "and"))
        .map(|word| match word {
            "st" => "saint",
            "is" | "isl" => "islands",
            "rep" => "republic",
            "dem" => "democratic",
            word => word,
        })
        .collect();
    words.sort_unstable();
    words.join(" ")
}

/// A name as it is written where there are no umlauts: "Oesterreich".
fn without_umlauts(name: &str) -> String {
    name.to_lowercase().replace('ä', "ae").replace('ö', "oe").replace('ü', "ue").replace('å', "aa").replace('ø', "oe")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> String {
        country_code(text).unwrap_or_default()
    }

    #[test]
    fn names_codes_and_former_names_give_the_code_whatever_their_capitals_and_accents() {
        for (expected, spellings) in [
            ("NL", "nl|NLD|The Netherlands|NETHERLANDS (THE)|Nederland|Holland|Pays-Bas|Kingdom of the Netherlands"),
            ("US", "US|u.s.|usa|U.S.A.|U. S. A.|United States|the united states of america|Verenigde Staten"),
            ("GB", "UK|U.K.|Great Britain|England|Northern Ireland|Vereinigtes Koenigreich|GROSSBRITANNIEN"),
            ("KR", "South Korea|Korea, Republic of|Republic of Korea|Korea (the Republic of)|KOR|대한민국"),
            ("KP", "North Korea|Korea, Democratic People's Republic of|DPRK"),
            ("CZ", "Czechia|Czech Republic|Cesko|Tschechien"),
            ("CD", "Zaire|DR Congo|Congo, The Democratic Republic of the|Congo-Kinshasa"),
            ("CG", "Republic of the Congo|Congo-Brazzaville|COG"),
            ("CI", "Ivory Coast|Côte d’Ivoire|COTE D'IVOIRE|Ivoorkust"),
            ("TR", "Türkiye|TÜRKİYE|TURKIYE|Turkey|Tuerkei"),
            ("AT", "Österreich|Oesterreich|Oostenrijk"),
            ("CH", "Schweiz|Suisse|Svizzera|Zwitserland"),
            ("BE", "België|Belgie|Belgique|Belgien"),
            ("MK", "Macedonia|North Macedonia|FYROM|FYR Macedonia|Macedonia, FYR"),
            ("GR", "EL|Greece (GR)|Hellas"),
            ("SA", "KSA|Saudi Arabia (SAU)"),
            ("KR", "S. Korea|Korea, South"),
            ("US", "United States of America (USA)|United States (US)"),
            ("LC", "St. Lucia|Saint Lucia|St Lucia"),
            ("AD", "AND|Andorra"),
            ("IS", "IS|ISL|Ísland"),
            ("KY", "Cayman Is.|Cayman Islands"),
            ("AE", "UAE|U.A.E.|Emirates"),
            ("GE", "Georgia|საქართველო"),
            ("RU", "Russian Federation|Россия"),
            ("VN", "Viet Nam|Vietnam"),
            ("GN", "Guinea"),
            ("GW", "Guinea-Bissau|Guinea Bissau"),
            ("TZ", "Tanzania, United Republic of|United Republic of Tanzania"),
        ] {
            for text in spellings.split('|') {
                assert_eq!(code(text), expected, "{text}");
            }
        }
    }

    #[test]
    fn a_name_of_several_countries_or_of_none_gives_none() {
        for text in
            ["Korea", "Congo", "Virgin Islands", "America", "Saint Martin", "Yugoslavia", "Soviet Union", "YUG", "XX"]
        {
            assert_eq!(code(text), "", "{text}");
        }
        for text in [
            "Netherlands (BE)",
            "Atlantis (NL)",
            "Georgia (US)",
            "Atlantis",
            "",
            " ",
            "the",
            "of",
            ".",
            "NULL",
            "Europe",
            "EU",
            "Nether",
            "Kosovo",
            "1",
        ] {
            assert_eq!(code(text), "", "{text}");
        }
    }

    #[test]
    fn a_name_of_several_countries_is_known_as_such() {
        for text in
            ["Congo", "CONGO", "The Congo", "Kongo", "Korea", "Corée", "Virgin Islands", "Saint Martin", "America"]
        {
            assert!(is_name_of_several(text), "{text}");
        }
        for text in
            ["Guinea", "Ireland", "Northern Ireland", "Samoa", "DR Congo", "South Korea", "Georgia", "Atlantis", ""]
        {
            assert!(!is_name_of_several(text), "{text}");
        }
    }

    #[test]
    fn no_spelling_in_the_table_is_of_two_countries() {
        let mut seen: BTreeMap<String, &str> = BTreeMap::new();
        for (code, long_codes, names) in rows() {
            let spellings = names.flat_map(|name| [comparable(name), comparable(&without_umlauts(name))]);
            for spelling in spellings.chain(long_codes.map(str::to_lowercase)) {
                assert!(!spelling.is_empty(), "{code}");
                assert_eq!(*seen.entry(spelling.clone()).or_insert(code), code, "{spelling}");
            }
        }
        assert_eq!(rows().count(), 249);
    }

    #[test]
    fn the_name_of_every_country_in_the_calendar_is_read() {
        for country in Country::all() {
            assert_eq!(code(country.name()), country.code());
            assert_eq!(code(country.code()), country.code());
        }
    }
}
