//! An advice as one row of a table: the columns of the CSV that the command prints and of the record batches that Python gives.
//!
//! A column is a name and a function from the advice to a value of one type, so that each face writes the same row in its own way. What has more than
//! one value (notes, runners-up, blocks) is left to the JSON. Moments are in UTC; `local_from`, `local_until` and `review_at_local` are in the
//! person's own time, and the zone stands beside them.
//!
//! A spreadsheet runs a cell that begins with `=`, `+`, `-` or `@` as a formula, and some skip white space before it. In CSV a text from a lead
//! file or a rule file that begins so gets an apostrophe in front, which spreadsheets take as "this is text" (OWASP, "CSV Injection"). Numbers,
//! moments and words of the vocabulary are made here and stay as they are.

use crate::calendar::Instant;
use crate::decide::advice::{Advice, AdviceWindow, AdvisedTouch, PersonRef, RepRef};

/// A column.
#[derive(Clone, Copy, Debug)]
pub struct AdviceColumn {
    /// Its name.
    pub name: &'static str,
    /// What stands in it.
    pub value: ColumnValue,
}

/// The value of a column for an advice, by the type that all its values have; `None` is an empty cell.
#[derive(Clone, Copy, Debug)]
pub enum ColumnValue {
    /// A text from a lead file or a rule file, or one made of such.
    Text(fn(&Advice) -> Option<&str>),
    /// A word of a vocabulary, or another text that is made here.
    Word(fn(&Advice) -> Option<&str>),
    /// A moment.
    Moment(fn(&Advice) -> Option<Instant>),
    /// A number.
    Number(fn(&Advice) -> Option<f64>),
    /// A whole number.
    Whole(fn(&Advice) -> Option<i64>),
    /// True or false.
    Truth(fn(&Advice) -> Option<bool>),
}

use ColumnValue::{Moment, Number, Text, Truth, Whole, Word};

const fn column(name: &'static str, value: ColumnValue) -> AdviceColumn {
    AdviceColumn { name, value }
}

/// The columns, in order.
pub const ADVICE_COLUMNS: &[AdviceColumn] = &[
    column("lead", Text(|advice| Some(&advice.lead))),
    column("lead_name", Text(|advice| advice.lead_name.as_deref())),
    column("verdict", Word(|advice| Some(advice.verdict.word()))),
    column("channel", Word(|advice| touch(advice)?.channel.map(|channel| channel.word()))),
    column("person", Text(|advice| person(advice).map(|person| person.id.as_str()))),
    column("person_name", Text(|advice| person(advice)?.name.as_deref())),
    column("role", Word(|advice| person(advice)?.role.map(|role| role.word()))),
    column("rep", Text(|advice| rep(advice).map(|rep| rep.id.as_str()))),
    column("rep_name", Text(|advice| rep(advice)?.name.as_deref())),
    column("automatic", Truth(|advice| touch(advice)?.automatic.then_some(true))),
    column("from", Moment(|advice| window(advice).map(|window| window.from))),
    column("until", Moment(|advice| window(advice).map(|window| window.until))),
    column("local_from", Word(|advice| window(advice).map(|window| window.local_from.as_str()))),
    column("local_until", Word(|advice| window(advice).map(|window| window.local_until.as_str()))),
    column("zone", Word(|advice| window(advice).map(|window| window.zone.as_str()))),
    column("since", Moment(|advice| touch(advice)?.since)),
    column("due", Moment(|advice| touch(advice)?.due)),
    column("late", Truth(|advice| touch(advice).map(|touch| touch.late))),
    column("late_by", Whole(|advice| touch(advice)?.late_by.map(|late| late.millis()))),
    column("rule", Text(|advice| advice.rule.as_ref().map(|rule| rule.name.as_str()))),
    column("pack", Text(|advice| advice.rule.as_ref().map(|rule| rule.pack.as_str()))),
    column("reason", Text(|advice| Some(&advice.reason))),
    column("offer", Text(|advice| touch(advice)?.offer.as_deref())),
    column("ask", Text(|advice| touch(advice)?.ask.as_deref())),
    column("find", Word(|advice| touch(advice)?.find.map(|role| role.word()))),
    column("hand_over", Text(|advice| touch(advice)?.hand_over.as_deref())),
    column("cadence", Text(|advice| touch(advice)?.cadence.as_deref())),
    column("step", Whole(|advice| touch(advice)?.step.map(i64::from))),
    column("priority", Number(|advice| advice.priority.as_ref().map(|priority| priority.total))),
    column("p", Number(|advice| advice.priority.as_ref().map(|priority| priority.propensity.value))),
    column("c", Number(|advice| advice.priority.as_ref().map(|priority| priority.context.value))),
    column("v", Number(|advice| advice.priority.as_ref().map(|priority| priority.value.value))),
    column("l", Number(|advice| advice.priority.as_ref().map(|priority| priority.lever.value))),
    column("stage", Word(|advice| advice.stage.as_ref().map(|now| now.stage.word()))),
    column("review_at", Moment(|advice| advice.review_at)),
    column("review_at_local", Word(|advice| advice.review_at_local.as_deref())),
    column("review_zone", Word(|advice| advice.review_zone.as_deref())),
    column("tz_data_version", Word(|advice| Some(advice.data_versions.tz))),
    column("holiday_data_version", Word(|advice| Some(advice.data_versions.holidays))),
];

fn touch(advice: &Advice) -> Option<&AdvisedTouch> {
    advice.touch.as_ref()
}

fn person(advice: &Advice) -> Option<&PersonRef> {
    touch(advice)?.person.as_ref()
}

fn rep(advice: &Advice) -> Option<&RepRef> {
    touch(advice)?.rep.as_ref()
}

fn window(advice: &Advice) -> Option<&AdviceWindow> {
    touch(advice)?.window.as_ref()
}

impl AdviceColumn {
    /// The value of an advice as a cell of a CSV file, before quoting: numbers as in the JSON, moments in RFC 3339, texts that no spreadsheet takes
    /// for a formula; empty where there is no value.
    pub fn csv_cell(&self, advice: &Advice) -> String {
        let cell = match self.value {
            Text(value) => value(advice).map(without_formula),
            Word(value) => value(advice).map(str::to_owned),
            Moment(value) => value(advice).map(|at| at.to_string()),
            Number(value) => value(advice).and_then(|number| serde_json::to_string(&number).ok()),
            Whole(value) => value(advice).map(|number| number.to_string()),
            Truth(value) => value(advice).map(|truth| truth.to_string()),
        };
        cell.unwrap_or_default()
    }
}

/// The text, with an apostrophe in front where a spreadsheet would take it for a formula. Full-width signs count: some spreadsheets read them
/// as the plain ones.
fn without_formula(text: &str) -> String {
    let begins_formula = |letter: char| matches!(letter, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠');
    let control = text.starts_with(['\t', '\r', '\n']);
    if control || text.trim_start().starts_with(begins_formula) { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_a_spreadsheet_would_run_gets_an_apostrophe() {
        for formula in ["=1+1", "+31 20 1234567", "-2+3", "@SUM(1)", "\t=1", "\rx", " =1", "＝1"] {
            assert_eq!(without_formula(formula), format!("'{formula}"));
        }
        for harmless in ["", "Jansen", "a=1", "1-2", "'=1", "Who? Me."] {
            assert_eq!(without_formula(harmless), harmless);
        }
    }
}
