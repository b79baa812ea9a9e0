//! Countries and languages that are written otherwise than a lead has them.

use crate::book::catalogue::Fact;
use crate::book::value::Value;
use crate::calendar::Country;
use crate::check::lints::LintContext;
use crate::check::types::ways;
use crate::diagnostics::codes::DiagnosticCode;
use crate::diagnostics::finding::Finding;
use crate::pack::expression::{Node, NodeKind};

/// A country that no lead has
///
/// ## What it does
/// Tells when a country is compared with something else than its two capitals, as ISO 3166 has them.
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
/// Tells when a language is compared with something else than its two small letters, as ISO 639 has them.
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
    for (left, right, _) in cx.compared(node) {
        for (fact, other) in [(left, right), (right, left)] {
            for side in ways(fact) {
                let NodeKind::Fact { fact, .. } = &side.kind else { continue };
                let check = match fact {
                    Fact::Country => country,
                    Fact::Language => language,
                    _ => continue,
                };
                for each in ways(other) {
                    let (NodeKind::Literal(Value::Text(word)) | NodeKind::Setting { value: Value::Text(word), .. }) =
                        &each.kind
                    else {
                        continue;
                    };
                    let Some(finding) = check(each, word) else { continue };
                    found.push(if cx.is_written(each) { finding } else { finding.without_fix() });
                }
            }
        }
    }
}

fn country(at: &Node, word: &str) -> Option<Finding> {
    let named = || Country::all().find(|country| country.name().eq_ignore_ascii_case(word));
    let code = Country::parse(word).ok().or_else(named).map(|country| country.to_string());
    if code.as_deref() == Some(word) {
        return None;
    }
    let finding = Finding::error(UNKNOWN_COUNTRY, at.span).with("word", word);
    Some(match code {
        Some(code) => meant(finding, at, &code),
        None => finding,
    })
}

fn language(at: &Node, word: &str) -> Option<Finding> {
    let letters = word.len() == 2 && word.bytes().all(|byte| byte.is_ascii_alphabetic());
    let small = word.to_ascii_lowercase();
    if letters && small == word {
        return None;
    }
    let finding = Finding::error(UNKNOWN_LANGUAGE, at.span).with("word", word);
    Some(if letters { meant(finding, at, &small) } else { finding })
}

fn meant(finding: Finding, at: &Node, code: &str) -> Finding {
    let quoted = format!("\"{code}\"");
    finding.with("meant", quoted.as_str()).help("help-write").replace(at.span, quoted)
}
