//! Closing rules, and exceptions for dates and holidays, that later rules undo: in `PH off; Mo-Fr 09:00-17:00` the second rule opens the holidays again
//! that the first one closed, and in `Dec 24 09:00-12:00; Mo-Fr 09:00-17:00` the afternoon of a Christmas Eve on a weekday.
//!
//! A closing rule is reported when it would close something more if it stood last. It is undone as a whole when hours without it are open at the
//! same times on every day, whichever days are holidays; and in part when it closes holidays or dates, and later rules open some of these days
//! again by their weekday: `Mo-Fr 09:00-17:00; PH off; Sa 10:00-14:00` is open on a holiday that is a Saturday. Not reported: a rule to which
//! the later ones are exceptions (`Dec 24-31 off; Dec 31 09:00-12:00`), which would open nothing any more if the closing rule stood last (one about the same days is no exception), or,
//! of one that is undone in part, which name dates; and a rule that closes what nothing opens. A rule that opens is an exception when it is about
//! holidays or about dates of less than a week, as longer ones are seasons with exceptions of their own.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::calendar::hours::days::HoursWithHolidays;
use crate::calendar::hours::{Dates, HoursRule, HoursState, RuleJoin, Weekdays, YearDay};

/// The years for which rules are compared: each date falls on each weekday in them.
const YEARS: (i32, i32) = (2020, 2031);

/// A closing rule or an exception without effect, or without effect on some of its days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UndoneClosing {
    /// Whether it has an effect on some of its days.
    pub in_part: bool,
    /// Whether it gives its days other hours, and does not close them.
    pub opens: bool,
    /// The rule as written: `PH off`.
    pub part: String,
    /// The position of the rule in the text, in characters, counted from 1.
    pub column: usize,
    /// The whole text with the closing rules that are undone moved to its end: `Mo-Fr 09:00-17:00; PH off`.
    pub meant: String,
}

/// The closing rules of a text that are undone, in the order of the text.
pub(in crate::calendar) fn undone_closings(text: &str, rules: &[HoursRule]) -> Vec<UndoneClosing> {
    let found: Vec<(usize, Undone)> = (0..rules.len()).filter_map(|nth| Some((nth, undone(rules, nth)?))).collect();
    let undone: Vec<usize> = found.iter().map(|(nth, _)| *nth).collect();
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
    let parts = found.iter().filter_map(|(nth, undone)| Some((rules.get(*nth)?, *undone)));
    for (rule, _) in parts.clone() {
        meant.push_str("; ");
        meant.push_str(&part(rule));
    }
    parts
        .map(|(rule, undone)| {
            let blanks = text.get(rule.written.clone()).unwrap_or_default();
            let blank = blanks.len() - blanks.trim_start().len();
            UndoneClosing {
                in_part: undone == Undone::InPart,
                opens: rule.state == HoursState::Open,
                part: part(rule),
                column: rule.written.start + blank + 1,
                meant: meant.clone(),
            }
        })
        .collect()
}

/// How much of a closing rule later rules undo.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Undone {
    /// It has no effect.
    AsAWhole,
    /// It has none on some of its days.
    InPart,
}

/// How much of the rule with this index is undone; `None` for a rule that neither closes nor is an exception, or that no later rule undoes.
fn undone(rules: &[HoursRule], nth: usize) -> Option<Undone> {
    let (closing, later) = rules.get(nth..)?.split_first()?;
    let excepts = match closing.state {
        HoursState::Closed => true,
        HoursState::Open => is_exception(closing) && !later.iter().all(is_exception),
        HoursState::Unknown => false,
    };
    if !excepts || closing.join == RuleJoin::Otherwise || later.iter().all(|rule| rule.state == HoursState::Closed) {
        return None;
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
    let in_part = differ(&written, &without(&[nth])).is_some();
    if (in_part && !is_about_certain_days(closing)) || differ(&written, &moved).is_none() {
        return None;
    }
    // Later rules with an effect; an exception to the closing rule has none when that stands last.
    let opening = (nth + 1..rules.len())
        .filter_map(|later| Some((later, rules.get(later).filter(|rule| rule.state == HoursState::Open)?)))
        .filter(|(later, _)| differ(&written, &without(&[*later])).is_some());
    let mut exceptions = opening.filter(|(later, rule)| {
        let is_exception =
            differ(&moved, &last(without(&[nth, *later]))).is_none() || (in_part && names_dates_alone(rule));
        is_exception && !is_about_same_days(closing, rule)
    });
    let undone = if in_part { Undone::InPart } else { Undone::AsAWhole };
    exceptions.next().is_none().then_some(undone)
}

/// Whether a rule closes holidays or dates all day, or opens them at hours of their own.
fn is_about_certain_days(rule: &HoursRule) -> bool {
    let of_holidays = rule.days.iter().any(|day| matches!(day, Weekdays::Holiday { .. }));
    (rule.times.is_empty() || rule.state == HoursState::Open) && (of_holidays || !rule.dates.is_empty())
}

/// Whether a rule is about holidays alone, or about dates of less than a week.
fn is_exception(rule: &HoursRule) -> bool {
    let of_holidays = !rule.days.is_empty() && rule.days.iter().all(|day| matches!(day, Weekdays::Holiday { .. }));
    let is_short = |dates: &Dates| match dates {
        Dates::Months(..) => false,
        Dates::Span((from, _), (until, _)) => match (from.on, until.on) {
            (YearDay::Day(month, first), YearDay::Day(other, last)) => month == other && last.saturating_sub(first) < 7,
            (from, until) => from == until,
        },
    };
    let of_dates = rule.days.is_empty() && !rule.dates.is_empty() && rule.dates.iter().all(is_short);
    of_holidays || of_dates
}

/// Whether two rules are about the same days, so that neither is an exception to the other: `PH off; PH 10:00-12:00`.
fn is_about_same_days(one: &HoursRule, other: &HoursRule) -> bool {
    let named = |rule: &HoursRule| format!("{:?}", (&rule.years, &rule.dates, &rule.weeks, &rule.days));
    one.times.is_empty() && !one.is_everything() && named(one) == named(other)
}

/// Whether a rule names dates, and no days of the week.
fn names_dates_alone(rule: &HoursRule) -> bool {
    rule.days.is_empty() && !rule.dates.is_empty()
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
        assert!(found.iter().all(|one| !one.in_part), "{text}");
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
            ("PH off; PH 10:00-12:00", "PH off", "PH 10:00-12:00; PH off"),
            ("Dec 24 off; Dec 24 09:00-12:00", "Dec 24 off", "Dec 24 09:00-12:00; Dec 24 off"),
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
    fn a_closing_rule_that_later_rules_undo_on_some_of_its_days_is_reported_as_such() {
        for (text, part, meant) in [
            ("Mo-Fr 09:00-17:00; PH off; Sa 10:00-14:00", "PH off", "Mo-Fr 09:00-17:00; Sa 10:00-14:00; PH off"),
            ("Mo-Fr 09:00-17:00; PH off, Sa 10:00-14:00", "PH off", "Mo-Fr 09:00-17:00, Sa 10:00-14:00; PH off"),
            (
                "Mo-Fr 09:00-17:00; PH closed; Su 10:00-14:00",
                "PH closed",
                "Mo-Fr 09:00-17:00; Su 10:00-14:00; PH closed",
            ),
            ("Mo-Th 09:00-17:00; PH off; Fr 09:00-12:00", "PH off", "Mo-Th 09:00-17:00; Fr 09:00-12:00; PH off"),
            (
                "Mo-Fr 09:00-17:00; PH off; Jul-Aug Sa 10:00-14:00",
                "PH off",
                "Mo-Fr 09:00-17:00; Jul-Aug Sa 10:00-14:00; PH off",
            ),
            (
                "Mo-Fr 09:00-17:00; Dec 24 off; Sa 10:00-12:00",
                "Dec 24 off",
                "Mo-Fr 09:00-17:00; Sa 10:00-12:00; Dec 24 off",
            ),
            (
                "Mo-Fr 09:00-17:00; Jul-Aug off; Sa 10:00-14:00",
                "Jul-Aug off",
                "Mo-Fr 09:00-17:00; Sa 10:00-14:00; Jul-Aug off",
            ),
        ] {
            let found = Reachable::parse(text).unwrap().undone_closings();
            let found: Vec<(bool, &str, &str)> =
                found.iter().map(|one| (one.in_part, &*one.part, &*one.meant)).collect();
            assert_eq!(found, [(true, part, meant)], "{text}");
            assert_eq!(undone(meant), [], "{meant}");
        }
    }

    #[test]
    fn an_exception_with_hours_of_its_own_that_later_rules_undo_is_reported() {
        for (text, part, meant) in [
            ("Dec 24 09:00-12:00; Mo-Fr 09:00-17:00", "Dec 24 09:00-12:00", "Mo-Fr 09:00-17:00; Dec 24 09:00-12:00"),
            ("PH 10:00-12:00; Mo-Fr 09:00-17:00", "PH 10:00-12:00", "Mo-Fr 09:00-17:00; PH 10:00-12:00"),
            (
                "2026 Dec 24 09:00-12:00; Mo-Fr 09:00-17:00; PH off",
                "2026 Dec 24 09:00-12:00",
                "Mo-Fr 09:00-17:00; PH off; 2026 Dec 24 09:00-12:00",
            ),
            ("Dec 24-26 10:00-12:00; 09:00-17:00", "Dec 24-26 10:00-12:00", "09:00-17:00; Dec 24-26 10:00-12:00"),
        ] {
            let found = Reachable::parse(text).unwrap().undone_closings();
            let found: Vec<(bool, &str, &str)> = found.iter().map(|one| (one.opens, &*one.part, &*one.meant)).collect();
            assert_eq!(found, [(true, part, meant)], "{text}");
            assert_eq!(undone(meant), [], "{meant}");
        }
        for text in [
            "Apr-Sep 08:00-20:00; Oct-Mar 09:00-17:00; Su 10:00-14:00",
            "Jul 1-Aug 31 09:00-15:00; Sa 10:00-14:00",
            "Mo-Fr 09:00-17:00; PH 10:00-12:00; Dec 25 off",
            "Mo-Fr 09:00-17:00; PH 10:00-12:00; Dec 24 09:00-12:00",
            "Mo-Fr 09:00-17:00; Dec 24 09:00-12:00; Dec 31 09:00-12:00",
            "PH 10:00-12:00",
        ] {
            assert_eq!(undone(text), [], "{text}");
        }
    }

    #[test]
    fn a_closing_rule_with_an_effect_and_one_with_exceptions_are_not_reported() {
        for text in [
            "Mo-Fr 09:00-17:00; PH off",
            "Mo-Sa 09:00-17:00; PH off",
            "Mo-Fr 09:00-17:00; PH off; Dec 24 09:00-12:00",
            "Mo-Fr 09:00-17:00; 2026 Dec 24 off; Sa 10:00-12:00",
            "Mo-Fr 09:00-17:00; 12:00-13:00 off; Fr 09:00-12:30",
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
