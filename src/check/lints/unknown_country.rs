//! Country and language codes that no lead can have.

use crate::book::catalogue::Fact;
use crate::book::value::Value;
use crate::calendar::Country;
use crate::check::lints::LintContext;
use crate::check::types::alternatives;
use crate::diagnostics::codes::DiagnosticCode;
use crate::diagnostics::finding::Finding;
use crate::pack::expression::{Node, NodeKind};

/// A country that no lead has
///
/// ## What it does
/// Reports when a country is compared with something else than a code of two capital letters (ISO 3166), and when `holidays` has something
/// else.
///
/// ## Why it matters
/// However a country was written in the file, a lead has it as two capitals. "nl" and "Netherlands" are no country of any lead, so that
/// the rule would never hold.
///
/// ## Example
/// ```rhai
/// rule "Close by"
///     when lead.country is "nl"
///     then visit;
/// ```
///
/// ## Do instead
/// ```rhai
/// rule "Close by"
///     when lead.country is "NL"
///     then visit;
/// ```
pub(crate) const UNKNOWN_COUNTRY: DiagnosticCode = DiagnosticCode::new("unknown-country");

/// A language that no lead has
///
/// ## What it does
/// Reports when a language is compared with something else than a code of two lower-case letters (ISO 639).
///
/// ## Why it matters
/// However a language was written in the file, a lead has it as two small letters. "NL" and "Dutch" are no language of any lead, so that
/// the rule would never hold.
///
/// ## Example
/// ```rhai
/// rule "In their own language"
///     when lead.language is "NL"
///     then email.offer("gids");
/// ```
///
/// ## Do instead
/// ```rhai
/// rule "In their own language"
///     when lead.language is "nl"
///     then email.offer("gids");
/// ```
pub(crate) const UNKNOWN_LANGUAGE: DiagnosticCode = DiagnosticCode::new("unknown-language");

pub(crate) fn lint(node: &Node, cx: &LintContext<'_>, found: &mut Vec<Finding>) {
    for (left, right, _) in cx.compared_pairs(node) {
        for (fact, other) in [(left, right), (right, left)] {
            for side in alternatives(fact) {
                let NodeKind::Fact { fact, .. } = &side.kind else { continue };
                let check = match fact {
                    Fact::Country => check_country,
                    Fact::Language => check_language,
                    _ => continue,
                };
                for each in alternatives(other) {
                    let (NodeKind::Literal(Value::Text(word)) | NodeKind::Setting { value: Value::Text(word), .. }) =
                        &each.kind
                    else {
                        continue;
                    };
                    let Some(finding) = check(each, word) else { continue };
                    found.push(if cx.is_written_literal(each) { finding } else { finding.without_fix() });
                }
            }
        }
    }
}

/// The country whose code or English name a word is, in upper or lower case.
pub(crate) fn country_meant(word: &str) -> Option<Country> {
    let named = || Country::all().find(|country| country.name().eq_ignore_ascii_case(word));
    Country::parse(word).ok().or_else(named)
}

/// The finding about a word that is no country code; `None` when it is one.
fn check_country(at: &Node, word: &str) -> Option<Finding> {
    let code = country_meant(word).map(|country| country.to_string());
    if code.as_deref() == Some(word) {
        return None;
    }
    let finding = Finding::error(UNKNOWN_COUNTRY, at.span).with("word", word);
    Some(match code {
        Some(code) => with_suggestion(finding, at, &code),
        None => finding,
    })
}

/// The finding about a word that is no language code; `None` when it is one.
fn check_language(at: &Node, word: &str) -> Option<Finding> {
    let letters = word.len() == 2 && word.bytes().all(|byte| byte.is_ascii_alphabetic());
    let lower = word.to_ascii_lowercase();
    if letters && lower == word {
        return None;
    }
    let finding = Finding::error(UNKNOWN_LANGUAGE, at.span).with("word", word);
    Some(if letters { with_suggestion(finding, at, &lower) } else { finding })
}

fn with_suggestion(finding: Finding, at: &Node, code: &str) -> Finding {
    let quoted = format!("\"{code}\"");
    finding.with("meant", quoted.as_str()).help("help-write").replace(at.span, quoted)
}
