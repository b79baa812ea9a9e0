//! Closing rules that later rules undo: in `PH off; Mo-Fr 09:00-17:00` the second rule opens the holidays again that the first one closed.
//!
//! A closing rule is reported when hours without it are open at the same times on every day, whichever days are holidays, and when it would
//! close something if it stood last. Not reported: a rule to which the later ones are exceptions (`Dec 24-31 off; Dec 31 09:00-12:00`), which
//! would open nothing any more if the closing rule stood last; and a rule that closes what nothing opens.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::calendar::hours::days::HoursWithHolidays;
use crate::calendar::hours::{HoursRule, HoursState, RuleJoin, Weekdays};

/// The years for which rules are compared: each date falls on each weekday in them.
const YEARS: (i32, i32) = (2020, 2031);

/// A closing rule without effect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UndoneClosing {
    /// The rule as written: `PH off`.
    pub part: String,
    /// The position of the rule in the text, in characters, counted from 1.
    pub column: usize,
    /// The whole text with the closing rules without effect moved to its end: `Mo-Fr 09:00-17:00; PH off`.
    pub meant: String,
}

/// The closing rules of a text that have no effect, in the order of the text.
pub(in crate::calendar) fn undone_closings(text: &str, rules: &[HoursRule]) -> Vec<UndoneClosing> {
    let undone: Vec<usize> = (0..rules.len()).filter(|nth| is_undone(rules, *nth)).collect();
    let part = |rule: &HoursRule| text.get(rule.written.clone()).unwrap_or_default().trim().to_owned();
    let mut meant = String::new();
    for (_, rule) in rules.iter().enumerate().filter(|(nth, _)| !undone.contains(nth)) {
        let join = match rule.join {
            _ if meant.is_empty() => "",
            RuleJoin::Instead => "; ",
            RuleJoin::Also => ", ",
            RuleJoin::Otherwise => " || ",
        };
        meant.push_str(join);
        meant.push_str(&part(rule));
    }
    let parts = undone.iter().filter_map(|nth| rules.get(*nth));
    for rule in parts.clone() {
        meant.push_str("; ");
        meant.push_str(&part(rule));
    }
    parts
        .map(|rule| {
            let blanks = text.get(rule.written.clone()).unwrap_or_default();
            let blank = blanks.len() - blanks.trim_start().len();
            UndoneClosing { part: part(rule), column: rule.written.start + blank + 1, meant: meant.clone() }
        })
        .collect()
}

/// Whether the rule with this index closes days and later rules open them again.
fn is_undone(rules: &[HoursRule], nth: usize) -> bool {
    let Some((closing, later)) = rules.get(nth..).and_then(<[HoursRule]>::split_first) else { return false };
    let closes = closing.state == HoursState::Closed && closing.join != RuleJoin::Otherwise;
    if !closes || later.iter().all(|rule| rule.state == HoursState::Closed) {
        return false;
    }
    let without = |left_out: &[usize]| -> Vec<HoursRule> {
        let others = rules.iter().enumerate().filter(|(index, _)| !left_out.contains(index));
        others.map(|(_, rule)| rule.clone()).collect()
    };
    let last = |mut rules: Vec<HoursRule>| {
        rules.push(HoursRule { join: RuleJoin::Instead, ..closing.clone() });
        rules
    };
    let (written, moved) = (rules.to_vec(), last(without(&[nth])));
    differ(&written, &without(&[nth])).is_none()
        && differ(&written, &moved).is_some()
        && (nth + 1..rules.len())
            .filter(|later| rules.get(*later).is_some_and(|rule| rule.state == HoursState::Open))
            .all(|later| {
                differ(&moved, &last(without(&[nth, later]))).is_some()
                    || differ(&written, &without(&[later])).is_none()
            })
}

/// The first day on which two lists of rules are open at different times; `None` when there is none.
fn differ(one: &[HoursRule], other: &[HoursRule]) -> Option<i32> {
    let first = NaiveDate::from_ymd_opt(YEARS.0, 1, 1)?.to_epoch_days();
    let last = NaiveDate::from_ymd_opt(YEARS.1, 12, 31)?.to_epoch_days();
    // Any day may be a holiday, or the day some days after one.
    let days = one.iter().chain(other).flat_map(|rule| &rule.days);
    let mut shifts: Vec<i32> = days
        .filter_map(|day| match day {
            Weekdays::Holiday { after } => Some(*after),
            Weekdays::Of { .. } => None,
        })
        .collect();
    shifts.dedup();
    let [mut one, mut other] =
        [one, other].map(|rules| HoursWithHolidays { rules: Arc::from(rules), holidays: Vec::new() });
    (first..=last).find(|day| {
        let holiday = |shift: &i32| vec![day.saturating_sub(*shift)];
        std::iter::once(Vec::new()).chain(shifts.iter().map(holiday)).any(|holidays| {
            one.holidays.clone_from(&holidays);
            other.holidays = holidays;
            one.open_on(*day) != other.open_on(*day)
        })
    })
}

#[cfg(test)]
mod tests {
    use crate::calendar::Reachable;

    fn undone(text: &str) -> Vec<(String, usize, String)> {
        let found = Reachable::parse(text).unwrap().undone_closings();
        found.into_iter().map(|one| (one.part, one.column, one.meant)).collect()
    }

    #[test]
    fn a_closing_rule_that_later_rules_open_again_has_no_effect() {
        for (text, part, meant) in [
            ("PH off; Mo-Fr 09:00-17:00", "PH off", "Mo-Fr 09:00-17:00; PH off"),
            ("PH closed; Mo-Su 09:00-17:00", "PH closed", "Mo-Su 09:00-17:00; PH closed"),
            ("PH off, Mo-Fr 09:00-17:00", "PH off", "Mo-Fr 09:00-17:00; PH off"),
            ("PH off || Mo-Fr 09:00-17:00", "PH off", "Mo-Fr 09:00-17:00; PH off"),
            ("PH off; 09:00-17:00", "PH off", "09:00-17:00; PH off"),
            ("PH off; 24/7", "PH off", "24/7; PH off"),
            ("Dec 24 off; Mo-Fr 09:00-17:00", "Dec 24 off", "Mo-Fr 09:00-17:00; Dec 24 off"),
            ("2026 Dec 24 off; Mo-Fr 09:00-17:00", "2026 Dec 24 off", "Mo-Fr 09:00-17:00; 2026 Dec 24 off"),
            ("easter +1 day off; Mo-Fr 09:00-17:00", "easter +1 day off", "Mo-Fr 09:00-17:00; easter +1 day off"),
            ("PH +1 day off; Mo-Fr 09:00-17:00", "PH +1 day off", "Mo-Fr 09:00-17:00; PH +1 day off"),
            ("We off; Mo-Fr 09:00-17:00", "We off", "Mo-Fr 09:00-17:00; We off"),
            ("12:00-13:00 off; Mo-Fr 09:00-17:00", "12:00-13:00 off", "Mo-Fr 09:00-17:00; 12:00-13:00 off"),
            ("PH off; Mo-Th 09:00-17:00; Fr 09:00-12:00", "PH off", "Mo-Th 09:00-17:00; Fr 09:00-12:00; PH off"),
            ("PH off; Mo-Fr 09:00-17:00; Sa off", "PH off", "Mo-Fr 09:00-17:00; Sa off; PH off"),
        ] {
            assert_eq!(undone(text), [(part.to_owned(), 1, meant.to_owned())], "{text}");
            assert_eq!(undone(meant), [], "{meant}");
        }
        let both = undone("Mo 10:00-12:00; PH off; Dec 24 off; Mo-Fr 09:00-17:00");
        let meant = "Mo 10:00-12:00; Mo-Fr 09:00-17:00; PH off; Dec 24 off";
        assert_eq!(
            both,
            [("PH off".to_owned(), 17, meant.to_owned()), ("Dec 24 off".to_owned(), 25, meant.to_owned())]
        );
    }

    #[test]
    fn a_closing_rule_with_an_effect_and_one_with_exceptions_are_not_reported() {
        for text in [
            "Mo-Fr 09:00-17:00; PH off",
            "Mo-Fr 09:00-17:00; PH off; Sa 10:00-14:00",
            "Mo-Fr 09:00-17:00; Dec 24 off; Sa 10:00-12:00",
            "off; Mo-Fr 09:00-17:00",
            "Sa-Su off; Mo-Fr 09:00-17:00",
            "Su off; Su[1] 10:00-14:00; Mo-Fr 09:00-17:00",
            "Dec 20-31 off; Dec 24 09:00-12:00",
            "Mo-Fr 09:00-17:00; Dec 20-31 off; Dec 24 09:00-12:00",
            "PH off; Mo-Fr 09:00-17:00; PH off",
            "PH off",
            "PH off; Sa off",
            "Mo-Fr 09:00-17:00; PH 10:00-12:00",
        ] {
            assert_eq!(undone(text), [], "{text}");
        }
    }
}
