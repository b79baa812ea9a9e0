//! The results of examples as SARIF 2.1.0 (OASIS standard of 27 March 2020), which code scanning services read: a result for each error in
//! a rule file, each example that failed, and each line that is not covered.

use serde_json::{Value, json};

use super::{failure_lines, title, uri};
use crate::cli::examples::coverage_text::uncovered;
use cadans::coverage::Coverage;
use cadans::diagnostics::{Diagnostic, Span};
use cadans::examples::ExampleResult;
use cadans::wording::{Language, Sentence};

const FAILED: &str = "failed-example";
const NOT_COVERED: &str = "not-covered";
const RULE_ERROR: &str = "error-in-rules";

/// The log of one run.
pub(super) fn log(
    (results, errors): (&[ExampleResult], &[Diagnostic]),
    covered: Option<&Coverage>,
    language: Language,
) -> Value {
    let in_files = errors.iter().map(|one| {
        let message = format!("{} [{}]", one.message, one.code);
        result((RULE_ERROR, 2, "error"), &message, &one.file, one.span)
    });
    let failed = results.iter().filter(|result| !result.passed).map(|one| {
        let message = format!("{}\n{}", title(one, language), failure_lines(one, language).join("\n"));
        result((FAILED, 0, "error"), &message, &one.file, one.span)
    });
    let packs = covered.iter().flat_map(|covered| &covered.packs);
    let missing = packs.flat_map(|pack| {
        let of_pack = uncovered(pack, language).into_iter();
        of_pack.map(|line| {
            result((NOT_COVERED, 1, "note"), &format!("{}: {}", line.title(), line.missing), &pack.file, line.span)
        })
    });
    let all: Vec<Value> = in_files.chain(failed).chain(missing).collect();
    let rule = |id: &str, level: &str, key: &'static str| {
        json!({
            "id": id,
            "shortDescription": { "text": Sentence::new(key).render(language) },
            "defaultConfiguration": { "level": level },
        })
    };
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "cadans",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": [
                    rule(FAILED, "error", "sarif-failed"),
                    rule(NOT_COVERED, "note", "sarif-not-covered"),
                    rule(RULE_ERROR, "error", "sarif-rule-error"),
                ],
            } },
            "columnKind": "unicodeCodePoints",
            "results": all,
        }],
    })
}

fn result((id, index, level): (&str, usize, &str), message: &str, file: &str, span: Span) -> Value {
    json!({
        "ruleId": id,
        "ruleIndex": index,
        "level": level,
        "message": { "text": message },
        "locations": [{ "physicalLocation": {
            "artifactLocation": { "uri": uri(file) },
            "region": {
                "startLine": span.line,
                "startColumn": span.column,
                "endLine": span.end_line,
                "endColumn": span.end_column,
            },
        } }],
    })
}
