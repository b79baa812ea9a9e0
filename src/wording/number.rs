//! Numbers as people write them: rounded, with the signs of a language for thousands and decimals.

use crate::wording::Language;

/// From this size on a number is written as a power of ten.
const LARGEST_PLAIN: f64 = 1e15;

/// A rounded number. English writes "39,300.5", Dutch "39.300,5".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Amount {
    /// Digits with a point before the decimals, as "-39300.5".
    digits: String,
}

impl Amount {
    /// A number with two decimals at most, three below 1.
    pub fn new(number: f64) -> Self {
        Self::rounded(number, if number.abs() < 1.0 { 3 } else { 2 })
    }

    /// A number with this many decimals at most. A number so small that nothing would be left keeps its first two digits.
    pub fn rounded(number: f64, decimals: usize) -> Self {
        let size = number.abs();
        if size >= LARGEST_PLAIN || !number.is_finite() {
            return Self { digits: format!("{number:e}") };
        }
        // 0.0004 has three zeros behind the point, and two digits are shown after them. The logarithm is libm's, the same on
        // every platform.
        let needed = if size > 0.0 && size < 1.0 { (-libm::log10(size)).floor() as usize + 2 } else { 0 };
        let decimals = if number != 0.0 && size < 0.5 / 10_f64.powi(decimals as i32) { needed } else { decimals };
        let digits = format!("{number:.decimals$}");
        let digits = if digits.contains('.') { digits.trim_end_matches('0').trim_end_matches('.') } else { &digits };
        Self { digits: if digits == "-0" { "0".to_owned() } else { digits.to_owned() } }
    }

    /// A count.
    pub fn whole(count: i64) -> Self {
        Self { digits: count.to_string() }
    }

    /// The number with the signs of a language.
    pub fn render(&self, language: Language) -> String {
        let (thousands, decimals) = match language {
            Language::English => (',', '.'),
            Language::Dutch => ('.', ','),
        };
        let number = &self.digits;
        // A power of ten, or no number at all, has no groups of thousands.
        if number.contains(|letter: char| !matches!(letter, '0'..='9' | '-' | '.')) {
            return number.replace('.', &decimals.to_string());
        }
        let (whole, rest) = number.split_once('.').unwrap_or((number, ""));
        let digits = whole.trim_start_matches('-');
        let mut text = whole.get(..whole.len() - digits.len()).unwrap_or_default().to_owned();
        for (nth, digit) in digits.chars().enumerate() {
            if nth > 0 && (digits.len() - nth).is_multiple_of(3) {
                text.push(thousands);
            }
            text.push(digit);
        }
        if !rest.is_empty() {
            text.push(decimals);
            text.push_str(rest);
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_has_the_signs_of_its_language() {
        for (value, english, dutch) in [
            (39_300.0, "39,300", "39.300"),
            (999.0, "999", "999"),
            (1_000.0, "1,000", "1.000"),
            (-1_234_567.891, "-1,234,567.89", "-1.234.567,89"),
            (0.125, "0.125", "0,125"),
            (0.742_997_144_568_474_2, "0.743", "0,743"),
            (0.0, "0", "0"),
            (-0.0, "0", "0"),
            (12.5, "12.5", "12,5"),
            (0.000_419_9, "0.00042", "0,00042"),
            (2.5e300, "2.5e300", "2,5e300"),
            (f64::INFINITY, "inf", "inf"),
        ] {
            assert_eq!(Amount::new(value).render(Language::English), english);
            assert_eq!(Amount::new(value).render(Language::Dutch), dutch);
        }
        assert_eq!(Amount::whole(9_182).render(Language::Dutch), "9.182");
        assert_eq!(Amount::rounded(0.7429, 2).render(Language::English), "0.74");
    }
}
