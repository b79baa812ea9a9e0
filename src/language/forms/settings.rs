//! The reader of `setting`, and the value that a setting gets: `setting hot_visits = 2 range 1..=10 unit "count" because "...";`
//!
//! Whoever runs the packs may give a setting another value ([`Overrides`](crate::pack::Overrides)). It is taken when it has the type, the unit and
//! the range of the setting; else that is reported and the value of the pack stays.

use std::ops::Range;
use std::sync::Arc;

use crate::book::value::{Type, Value};
use crate::check::lints::thousands_dot;
use crate::diagnostics::finding::Finding;
use crate::diagnostics::{Span, codes};
use crate::evaluate::methods;
use crate::language::forms::declarations::{assigned_tokens, declared_name};
use crate::language::forms::rules::proposed_by;
use crate::language::reader::{PackReader, to_value};
use crate::language::statements::Statement;
use crate::language::values::to_dynamic;
use crate::limits;
use crate::pack::statements::{Setting, TYPICAL_VALUE, Unit, amount};
use crate::wording::Amount;

/// Reads `setting`.
pub(super) fn setting(reader: &mut PackReader<'_>, statement: &Statement) -> Option<()> {
    let (name, name_span) = declared_name(reader, statement)?;
    let read = setting_named(reader, statement, &name, name_span);
    if read.is_none() && !reader.is_declared(&name) {
        reader.declare_broken(&name);
    }
    read
}

/// The rest of `setting`, after its name.
fn setting_named(reader: &mut PackReader<'_>, statement: &Statement, name: &str, name_span: Span) -> Option<()> {
    let span = reader.span_of(&statement.tokens);
    let parts = reader.parts(statement)?;
    let written = assigned_tokens(reader, statement, name)?;
    if !reader.claim_name(name, name_span) {
        return None;
    }
    let value_span = reader.span_of(&written);
    let value = match to_value(&reader.constant_value(&written)?) {
        Some(value) if !matches!(value, Value::Unknown | Value::Moment(_)) => value,
        _ => {
            reader.report(Finding::error(codes::BAD_SETTING, value_span).with("name", name));
            return None;
        }
    };
    reader.record_thousands(name, &written);
    if name == TYPICAL_VALUE
        && let Some((at, text)) = reader.declared_thousands.get(name).and_then(|numbers| numbers.first())
    {
        let finding = thousands_dot::finding(*at, text, true);
        reader.report(finding);
        return None;
    }
    if name == TYPICAL_VALUE && amount(&value).is_none() {
        let finding = Finding::error(codes::BAD_SETTING, value_span).message("bad-setting-amount").with("name", name);
        reader.report(finding.with("most", Amount::new(limits::NUMBER)));
        return None;
    }
    let unit = match parts.get("unit") {
        Some(range) => Some(unit(reader, &range.clone())?),
        None => None,
    };
    let range = match parts.get("range") {
        Some(range) => Some(allowed_range(reader, &range.clone())?),
        None => None,
    };
    let (numbers, lengths) = match range {
        Some(AllowedRange::Numbers(low, high)) => (Some((low, high)), None),
        Some(AllowedRange::Lengths(low, high)) => (None, Some((low, high))),
        None => (None, None),
    };
    let shared: Arc<str> = Arc::from(name);
    let mut setting = Setting {
        name: shared.clone(),
        value: value.clone(),
        written: value.clone(),
        range: numbers,
        lengths,
        unit,
        proposed_by: None,
        because: None,
        span,
    };
    let found = unfit_unit(Finding::error(codes::BAD_SETTING, value_span), &setting, &value)
        .or_else(|| outside_range(Finding::error(codes::OUTSIDE_RANGE, value_span), &setting, &value));
    if let Some(finding) = found {
        reader.report(finding.with("name", name));
        return None;
    }
    setting.proposed_by = proposed_by(reader, &parts).ok()?;
    setting.because = reader.optional_text(&parts, "because");
    setting.value = value_in_force(reader, &setting);
    reader.declare_constant(name, to_dynamic(&setting.value));
    reader.names.settings.insert(shared, setting.value.clone());
    reader.pack.settings.push(setting);
    Some(())
}

/// The value of the setting after overrides: that of the override when the setting allows it, else the written one.
fn value_in_force(reader: &mut PackReader<'_>, setting: &Setting) -> Value {
    let given = reader.overrides.of(&reader.pack.about.name, &setting.name).cloned();
    let Some(given) = given else { return setting.written.clone() };
    match allowed(setting, given) {
        Ok(value) => value,
        Err(finding) => {
            reader.report(*finding);
            setting.written.clone()
        }
    }
}

/// The value that a setting gets from one that was given: a length of time may be given as a text (`"3.days"`), a share as `"30%"`.
///
/// # Errors
/// The finding that the setting does not allow it.
fn allowed(setting: &Setting, given: Value) -> Result<Value, Box<Finding>> {
    let written = &setting.written;
    let value = match (&given, written) {
        (Value::Text(text), Value::Length(_) | Value::WorkingLength(_) | Value::WorkingDays(_)) => written_length(text),
        (Value::Text(text), _) if setting.unit == Some(Unit::Percent) => written_percent(text),
        (Value::Number(number), Value::Whole(_)) => whole(*number),
        _ => None,
    };
    let value = value.unwrap_or(given);
    let finding = Finding::error(codes::BAD_OVERRIDE, setting.span)
        .with("name", &*setting.name)
        .with("value", value.in_rule())
        .with("written", written.in_rule());
    let is_number = |value: &Value| matches!(value, Value::Whole(_) | Value::Number(_));
    let same_kind = match (&value, written) {
        (Value::List(items), Value::List(known)) => {
            known.first().is_none_or(|known| items.iter().all(|item| item.kind() == known.kind()))
        }
        (one, other) => one.kind() == other.kind() || (is_number(one) && is_number(other)),
    };
    if !same_kind {
        let finding = finding.with("is", written.kind().with_article()).with("came", value.kind().with_article());
        return Err(Box::new(match length_meant(&value, written) {
            Some(meant) => finding.with("meant", meant).help("help-write"),
            None => finding,
        }));
    }
    if let Some(finding) = unfit_unit(finding.clone(), setting, &value) {
        return Err(Box::new(finding.why("why-written-instead")));
    }
    match outside_range(finding.message("outside-range"), setting, &value) {
        Some(finding) => Err(Box::new(finding.why("why-written-instead").help("help-allowed-value"))),
        None => Ok(value),
    }
}

/// The number as a whole one, where it is.
fn whole(number: f64) -> Option<Value> {
    // Within these bounds the cast is exact.
    (number.abs() < 9e15 && number == libm::trunc(number)).then_some(Value::Whole(number as i64))
}

/// The length of time of a text such as `3.days`, `3 days` or `1.working_day`.
fn written_length(text: &str) -> Option<Value> {
    let (number, unit) = text.trim().split_once(['.', ' '])?;
    let count = number.trim().parse::<i64>().ok().filter(|count| *count >= 0)?;
    methods::length(&Value::Whole(count), unit.trim()).ok()
}

/// The share of a text such as `30%` or `2.5 %`.
fn written_percent(text: &str) -> Option<Value> {
    let number = text.trim().strip_suffix('%')?.trim().parse::<f64>().ok()?;
    number.is_finite().then_some(Value::Number(number / 100.0))
}

/// What was meant with a bare number in place of a length of time: as many of the unit that the pack has, `3.days`.
fn length_meant(value: &Value, written: &Value) -> Option<String> {
    let count = match value {
        Value::Whole(count) => count.to_string(),
        Value::Text(text) => text.trim().parse::<u32>().ok()?.to_string(),
        Value::Length(_) | Value::WorkingLength(_) | Value::WorkingDays(_) => "3".to_owned(),
        _ => return None,
    };
    match written.kind() {
        Type::Length | Type::WorkingLength => {
            let written = written.in_rule();
            Some(format!("{count}.{}", written.rsplit('.').next()?))
        }
        _ => None,
    }
}

/// The finding completed for a value that is not in the unit of the setting; `None` when it is, or there is no unit.
fn unfit_unit(finding: Finding, setting: &Setting, value: &Value) -> Option<Finding> {
    let key = match (setting.unit?, value) {
        (Unit::Count, Value::Whole(count)) if *count >= 0 => return None,
        (Unit::Amount, value) if amount(value).is_some() => return None,
        (Unit::Percent, Value::Whole(0 | 1)) => return None,
        (Unit::Percent, Value::Number(share)) if (0.0..=1.0).contains(share) => return None,
        (Unit::Count, _) => "bad-unit-count",
        (Unit::Amount, _) => "bad-unit-amount",
        (Unit::Percent, _) => "bad-unit-percent",
    };
    Some(finding.message(key).with("name", &*setting.name).with("value", value.in_rule()))
}

/// The finding completed for a value outside the range; `None` when the value is inside, or there is no range.
fn outside_range(finding: Finding, setting: &Setting, value: &Value) -> Option<Finding> {
    if let Some((low, high)) = &setting.lengths {
        let Some(fits) = is_between(value, low, high) else {
            return Some(finding.message("outside-range-no-length"));
        };
        return (!fits)
            .then(|| finding.with("low", low.in_rule()).with("high", high.in_rule()).with("value", value.in_rule()));
    }
    let (low, high) = setting.range?;
    let fits = match value {
        Value::Whole(count) => (low..=high).contains(count),
        Value::Number(number) => *number >= low as f64 && *number <= high as f64,
        _ => return Some(finding.message("outside-range-no-number")),
    };
    (!fits).then(|| finding.with("low", low).with("high", high).with("value", value.in_rule()))
}

/// Whether a length of time lies between two of the same kind, both included; `None` for values of different kinds.
fn is_between(value: &Value, low: &Value, high: &Value) -> Option<bool> {
    match (value, low, high) {
        (Value::Length(value), Value::Length(low), Value::Length(high))
        | (Value::WorkingLength(value), Value::WorkingLength(low), Value::WorkingLength(high)) => {
            Some(low <= value && value <= high)
        }
        (Value::WorkingDays(value), Value::WorkingDays(low), Value::WorkingDays(high)) => {
            Some(low <= value && value <= high)
        }
        _ => None,
    }
}

/// The lowest and highest value that a setting may have.
enum AllowedRange {
    Numbers(i64, i64),
    Lengths(Value, Value),
}

/// The range `1..=10`, `1..11` or `1.days..=14.days`; reports and returns `None` for anything else.
fn allowed_range(reader: &mut PackReader<'_>, range: &Range<usize>) -> Option<AllowedRange> {
    let written: String = range.clone().map(|index| reader.text_at(index)).collect();
    let number = |text: &str| text.replace('_', "").parse::<i64>().ok();
    let found = match written.split_once("..=") {
        Some((low, high)) => match number(low).zip(number(high)) {
            Some((low, high)) => (low <= high).then_some(AllowedRange::Numbers(low, high)),
            None => written_length(low)
                .zip(written_length(high))
                .filter(|(low, high)| is_between(low, low, high) == Some(true))
                .map(|(low, high)| AllowedRange::Lengths(low, high)),
        },
        None => {
            let ends = written.split_once("..").and_then(|(low, high)| number(low).zip(number(high)?.checked_sub(1)));
            ends.filter(|(low, high)| low <= high).map(|(low, high)| AllowedRange::Numbers(low, high))
        }
    };
    if found.is_none() {
        let span = reader.span_of(range);
        reader.report(Finding::error(codes::BAD_RANGE, span));
    }
    found
}

/// The unit of a text; reports and returns `None` for anything else.
fn unit(reader: &mut PackReader<'_>, range: &Range<usize>) -> Option<Unit> {
    let word = reader.text_value(range)?;
    let unit = Unit::ALL.into_iter().find(|unit| unit.word() == word);
    if unit.is_none() {
        let at = reader.span_of(range);
        let words = Unit::ALL.map(Unit::word);
        reader.report(Finding::error(codes::BAD_UNIT, at).with("word", word.as_str()).near_word(at, &word, &words));
    }
    unit
}
