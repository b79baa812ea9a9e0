//! Dates as ISO 8601 writes them: `2027-01-14`.
//!
//! Read by hand, because chrono's parser of formats would come into the module for these alone (15 KB of code before compression).

use chrono::NaiveDate;

/// The date of a text of four, two and two digits with hyphens between; `None` for any other text, and for a day that does not exist.
pub(crate) fn iso_date(text: &str) -> Option<NaiveDate> {
    let form = |(nth, byte): (usize, u8)| if matches!(nth, 4 | 7) { byte == b'-' } else { byte.is_ascii_digit() };
    if text.len() != 10 || !text.bytes().enumerate().all(form) {
        return None;
    }
    let (year, month, day) = (text.get(..4)?, text.get(5..7)?, text.get(8..)?);
    NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_whole_date_that_exists_is_one() {
        assert_eq!(iso_date("2028-02-29"), NaiveDate::from_ymd_opt(2028, 2, 29));
        for text in [
            "2027-02-29",
            "2027-1-14",
            "2027-01-14 ",
            "+027-01-14",
            "2027/01/14",
            "20270114",
            "2027-01-1x",
            "é27-01-14",
            "",
        ] {
            assert_eq!(iso_date(text), None, "{text}");
        }
    }
}
