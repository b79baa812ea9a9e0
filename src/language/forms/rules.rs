//! The readers of `enter`, `rule` and `cadence`.

use std::ops::Range;

use crate::book::catalogue::{Fact, Subject};
use crate::book::vocabulary::Stage;
use crate::check::clause::check_statement;
use crate::check::lints::StatementContext;
use crate::diagnostics::codes;
use crate::diagnostics::finding::Finding;
use crate::language::forms::policies::{length, scope};
use crate::language::reader::PackReader;
use crate::language::shape::ClauseParts;
use crate::language::statements::Statement;
use crate::pack::policies::Scope;
use crate::pack::statement_forms::StatementKind;
use crate::pack::statements::{Cadence, Enter, Rule};
use crate::wording::Arg;

/// `enter "interest" when lead.visits(30.days) >= 3 because "...";`
pub(super) fn enter(reader: &mut PackReader<'_>, statement: &Statement) -> Option<()> {
    let span = reader.span_of(&statement.tokens);
    let parts = reader.parts(statement);
    let name = reader.quoted_name(statement)?;
    let Some(stage) = Stage::from_word(&name) else {
        let words: Vec<&str> = Stage::words().collect();
        let at = reader.span_of(&(statement.head.start..statement.head.start + 1));
        reader.report(
            Finding::error(codes::UNKNOWN_STAGE, at)
                .message("unknown-word")
                .with("word", name.as_str())
                .with("noun", Arg::Key("noun-stage"))
                .near_word(at, &name, &words),
        );
        return None;
    };
    let parts = parts?;
    let when = reader.required_clause(&parts, "when");
    let because = reader.optional_clause(&parts, "because").ok()?;
    reader.warn_about_person(parts.get("when").into_iter().chain(parts.get("because")));
    let when = when?;
    check_whole(reader, &StatementContext::new(StatementKind::Enter, Some(&when), None, None));
    let may_go_back = parts.get("when").is_some_and(|range| reader.reads_variable(range, "lead", Some("stage")))
        || when.reads(Subject::Lead, Fact::Stage);
    reader.pack.enters.push(Enter { stage, when, may_go_back, because, span });
    Some(())
}

/// `rule "..." id "..." formerly "..." when ... unless ... then ... because ...;`
pub(super) fn rule(reader: &mut PackReader<'_>, statement: &Statement) -> Option<()> {
    let span = reader.span_of(&statement.tokens);
    let name = reader.quoted_name(statement);
    let parts = reader.parts(statement)?;
    let id = rule_id(reader, &parts);
    let formerly = names(reader, parts.get("formerly"));
    let when = reader.required_clause(&parts, "when");
    let unless = reader.optional_clause(&parts, "unless");
    let then = reader.required_clause(&parts, "then");
    let because = reader.optional_clause(&parts, "because");
    let proposed_by = proposed_by(reader, &parts);
    if ["when", "unless", "then"]
        .iter()
        .all(|word| !parts.get(word).is_some_and(|range| reader.reads_variable(range, "person", None)))
    {
        reader.warn_about_person(parts.get("because"));
    }
    let stops = unless.as_ref().ok().and_then(Option::as_ref);
    check_whole(reader, &StatementContext::new(StatementKind::Rule, when.as_ref(), stops, then.as_ref()));
    let name = name?;

    if reader.pack.rules.iter().any(|rule| rule.name == name) {
        report_duplicate_name(reader, statement, "rule", &name);
        return None;
    }
    record_statement_name(reader, statement, "rule", &name);
    let (id, formerly, unless, because) = (id.ok()?, formerly.ok()?, unless.ok()?, because.ok()?);
    let proposed_by = proposed_by.ok()?;
    let levers = Vec::new();
    let rule = Rule { name, id, formerly, when: when?, unless, then: then?, because, proposed_by, levers, span };
    if rule.because.is_none() {
        let at = reader.span_of(&(statement.head.start..statement.head.start + 1));
        reader.rules_without_reason.push(at);
    }
    reader.pack.rules.push(rule);
    Some(())
}

/// Reports what the lints find about a statement as a whole.
fn check_whole(reader: &mut PackReader<'_>, statement: &StatementContext<'_>) {
    check_statement(statement).into_iter().for_each(|finding| reader.report(finding));
}

/// The `id` of a rule, which is unique in its pack.
///
/// # Errors
/// When it is no text, or another rule has it, which is reported.
fn rule_id(reader: &mut PackReader<'_>, parts: &ClauseParts) -> Result<Option<String>, ()> {
    let Some(range) = parts.get("id").cloned() else { return Ok(None) };
    let id = reader.text_value(&range).ok_or(())?;
    let span = reader.span_of(&range);
    if let Some(first) = reader.first_span("id", &id) {
        let finding = Finding::error(codes::DUPLICATE_NAME, span).with("what", "id").with("name", id.as_str());
        reader.report(finding.related(first, "related-first"));
        return Err(());
    }
    reader.record_name("id", &id, span);
    Ok(Some(id))
}

/// Who proposed a statement to the team; `None` where it is not said.
///
/// # Errors
/// When it is no text, which is reported.
pub(super) fn proposed_by(reader: &mut PackReader<'_>, parts: &ClauseParts) -> Result<Option<String>, ()> {
    let Some(range) = parts.get("proposed_by").cloned() else { return Ok(None) };
    reader.text_value(&range).map(Some).ok_or(())
}

/// The names of a clause: a text or a list of texts; none where the clause is absent.
///
/// # Errors
/// When it is anything else, which is reported.
pub(super) fn names(reader: &mut PackReader<'_>, range: Option<&Range<usize>>) -> Result<Vec<String>, ()> {
    let Some(range) = range else { return Ok(Vec::new()) };
    let value = reader.constant_value(range).ok_or(())?;
    let names = value.clone().into_array().unwrap_or_else(|_| vec![value]);
    let names: Option<Vec<String>> = names.into_iter().map(|name| name.into_string().ok()).collect();
    names.ok_or_else(|| {
        let span = reader.span_of(range);
        reader.report(Finding::error(codes::NOT_A_TEXT, span));
    })
}

/// The words for whose steps a series counts together.
const CADENCE_SCOPES: &[(&str, Scope)] = &[("person", Scope::Person), ("lead", Scope::Lead)];

/// `cadence "..." when ... steps [...] until ... again_after ... across ... because ...;`
pub(super) fn cadence(reader: &mut PackReader<'_>, statement: &Statement) -> Option<()> {
    let span = reader.span_of(&statement.tokens);
    let name = reader.quoted_name(statement);
    let parts = reader.parts(statement)?;
    let when = reader.required_clause(&parts, "when");
    let steps = reader.required_clause(&parts, "steps");
    let until = reader.optional_clause(&parts, "until");
    let again_after = parts.get("again_after").cloned().map(|range| length(reader, &range, "again_after 90.days"));
    let across =
        parts.get("across").cloned().map(|range| scope(reader, &range, CADENCE_SCOPES, "unknown-scope-cadence"));
    let because = reader.optional_clause(&parts, "because");
    let proposed_by = proposed_by(reader, &parts);
    reader.warn_about_person(parts.get("steps").into_iter().chain(parts.get("because")));
    let stops = until.as_ref().ok().and_then(Option::as_ref);
    check_whole(reader, &StatementContext::new(StatementKind::Cadence, when.as_ref(), stops, steps.as_ref()));
    let name = name?;
    if reader.pack.cadences.iter().any(|cadence| cadence.name == name) {
        report_duplicate_name(reader, statement, "cadence", &name);
        return None;
    }
    record_statement_name(reader, statement, "cadence", &name);
    let (again_after, across) =
        (again_after.map_or(Some(None), |one| one.map(Some))?, across.map_or(Some(None), |one| one.map(Some))?);
    let (until, because) = (until.ok()?, because.ok()?);
    let (when, steps, proposed_by, levers) = (when?, steps?, proposed_by.ok()?, Vec::new());
    let cadence = Cadence { name, when, steps, until, across, again_after, because, proposed_by, levers, span };
    reader.pack.cadences.push(cadence);
    Some(())
}

/// Reports that two statements of one kind have the same name.
pub(super) fn report_duplicate_name(
    reader: &mut PackReader<'_>,
    statement: &Statement,
    what: &'static str,
    name: &str,
) {
    let span = reader.span_of(&(statement.head.start..statement.head.start + 1));
    let finding = Finding::error(codes::DUPLICATE_NAME, span).with("what", what).with("name", name);
    reader.report(match reader.first_span(what, name) {
        Some(first) => finding.related(first, "related-first"),
        None => finding,
    });
}

/// Records the span of a statement's name, for the finding about a second statement with this name.
pub(super) fn record_statement_name(
    reader: &mut PackReader<'_>,
    statement: &Statement,
    what: &'static str,
    name: &str,
) {
    let span = reader.span_of(&(statement.head.start..statement.head.start + 1));
    reader.record_name(what, name, span);
}
