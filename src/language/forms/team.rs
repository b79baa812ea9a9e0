//! The readers of `goal`, `effort` and `budget`: what a pack says about the team.

use std::ops::Range;

use crate::calendar::iso_date::iso_date;
use crate::check::lints::thousands_dot;
use crate::diagnostics::codes;
use crate::diagnostics::finding::Finding;
use crate::language::forms::policies::{length, scope, whole_number};
use crate::language::forms::rules::{names, proposed_by, record_statement_name, report_duplicate_name};
use crate::language::reader::{PackReader, to_value};
use crate::language::scan::TokenKind;
use crate::language::statements::Statement;
use crate::pack::statements::amount;
use crate::pack::team::{Budget, BudgetScope, Effort, Goal, Measure};

/// `goal "..." measure retained_revenue target 400000 since "2026-10-01" until "2027-03-31" for "North" agreed_by [...] because "...";`
pub(super) fn goal(reader: &mut PackReader<'_>, statement: &Statement) -> Option<()> {
    let span = reader.span_of(&statement.tokens);
    let name = reader.quoted_name(statement);
    let parts = reader.parts(statement)?;
    let measure = measure(reader, parts.get("measure")?);
    let target = target(reader, parts.get("target")?);
    let since = day(reader, parts.get("since")?, "bad-moment-first-day");
    let until = day(reader, parts.get("until")?, "bad-moment-day");
    let whose = parts.get("for").map(|range| reader.text_value(range));
    let agreed_by = names(reader, parts.get("agreed_by"));
    let proposed_by = proposed_by(reader, &parts);
    let because = reader.optional_text(&parts, "because");
    let name = name?;
    if reader.pack.goals.iter().any(|goal| goal.name == name) {
        report_duplicate_name(reader, statement, "goal", &name);
        return None;
    }
    record_statement_name(reader, statement, "goal", &name);
    if let Some((since, until)) = since.zip(until).filter(|(since, until)| since > until) {
        let at = reader.span_of(parts.get("until")?);
        let finding = Finding::error(codes::BAD_MOMENT, at).message("bad-moment-ends-first");
        reader.report(finding.with("since", since.to_string()).with("until", until.to_string()));
        return None;
    }
    let whose = whose.map_or(Some(None), |one| one.map(Some))?;
    let goal = Goal {
        name,
        measure: measure?,
        target: target?,
        since: since?,
        until: until?,
        whose,
        agreed_by: agreed_by.ok()?,
        proposed_by: proposed_by.ok()?,
        because,
        span,
    };
    reader.pack.goals.push(goal);
    Some(())
}

/// `effort visit 2.hours because "...";`
pub(super) fn effort(reader: &mut PackReader<'_>, statement: &Statement) -> Option<()> {
    let span = reader.span_of(&statement.tokens);
    let channels = reader.channels(statement, statement.head.start)?;
    let parts = reader.parts(statement);
    let written = statement.head.start + 1..statement.head.end;
    if written.is_empty() {
        let at = reader.span_of(&(statement.head.start..statement.head.start + 1));
        reader.report(Finding::error(codes::MISSING_LENGTH, at).message("missing-length-effort"));
        return None;
    }
    let length = length(reader, &written, "effort visit 2.hours");
    let because = reader.optional_text(&parts?, "because");
    reader.pack.efforts.push(Effort { channels, length: length?, because, span });
    Some(())
}

/// `budget visit 4 per 7.days across "team" because "...";`
pub(super) fn budget(reader: &mut PackReader<'_>, statement: &Statement) -> Option<()> {
    let span = reader.span_of(&statement.tokens);
    let channels = reader.channels(statement, statement.head.start)?;
    let parts = reader.parts(statement)?;
    let number = statement.head.start + 1..statement.head.end;
    let most = whole_number(reader, statement.head.start, &number, ("budget", "budget visit 4 per 7.days"));
    let per = length(reader, parts.get("per")?, "per 7.days");
    let across = match parts.get("across") {
        None => Some(BudgetScope::Team),
        Some(range) => scope(reader, range, BUDGET_SCOPES, "unknown-scope-budget"),
    };
    let because = reader.optional_text(&parts, "because");
    reader.pack.budgets.push(Budget { channels, most: most?, per: per?, across: across?, because, span });
    Some(())
}

/// The words for whose touches a budget counts together.
const BUDGET_SCOPES: &[(&str, BudgetScope)] = &[("team", BudgetScope::Team), ("rep", BudgetScope::Rep)];

/// The measure of a goal; reports and returns `None` for any other word, and for an activity, with what it is for.
fn measure(reader: &mut PackReader<'_>, range: &Range<usize>) -> Option<Measure> {
    let word = if range.len() == 1 { reader.text_at(range.start) } else { "" };
    if let Some(measure) = Measure::from_word(word) {
        return Some(measure);
    }
    let at = reader.span_of(range);
    let bare = word.trim_matches('"');
    reader.report(if let Some(meant) = Measure::instead_of(bare) {
        let finding = Finding::error(codes::ACTIVITY_MEASURE, at).with("word", bare).with("meant", meant.word());
        finding.replace(at, meant.word())
    } else {
        let finding = Finding::error(codes::UNKNOWN_MEASURE, at).with("word", bare);
        let words: Vec<&str> = Measure::words().collect();
        if words.contains(&bare) {
            finding.with("meant", bare).help("help-without-quotes").replace(at, bare)
        } else {
            finding.near_name(at, bare, words.iter().copied()).with("words", words.join(", ")).or_help("help-one-of")
        }
    });
    None
}

/// The number of a goal, above 0; reports and returns `None` for anything else, and for one with a dot of thousands.
fn target(reader: &mut PackReader<'_>, range: &Range<usize>) -> Option<f64> {
    let written = reader.text_at(range.start).to_owned();
    if range.len() == 1 && thousands_dot::is_thousands(&written) {
        let at = reader.span_of(range);
        reader.report(thousands_dot::finding(at, &written, true));
        return None;
    }
    let value = reader.constant_value(range)?;
    let number = to_value(&value).as_ref().and_then(amount).filter(|number| *number > 0.0);
    if number.is_none() {
        let at = reader.span_of(range);
        reader.report(Finding::error(codes::MISSING_NUMBER, at).message("missing-number-target"));
    }
    number
}

/// The first or last day of a goal; reports with this message and returns `None` for anything else than a date between quotes.
fn day(reader: &mut PackReader<'_>, range: &Range<usize>, message: &'static str) -> Option<chrono::NaiveDate> {
    let is_text = range.len() == 1 && reader.kind_at(range.start) == Some(TokenKind::Text);
    let day = if is_text { iso_date(&reader.text_value(range)?) } else { None };
    if day.is_none() {
        let at = reader.span_of(range);
        reader.report(Finding::error(codes::BAD_MOMENT, at).message(message));
    }
    day
}
