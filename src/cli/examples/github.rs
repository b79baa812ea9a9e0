//! The results of examples as workflow commands of GitHub Actions, which it shows beside the lines of a pull request:
//! `::error file=rules/team.rhai,line=12,title=...::...`. Escaped as `@actions/core` does (command.ts).

use super::{failure_lines, title};
use crate::cli::examples::coverage_text::uncovered;
use crate::cli::screen::amount;
use cadans::coverage::Coverage;
use cadans::diagnostics::{Diagnostic, Span};
use cadans::examples::ExampleResult;
use cadans::wording::{Language, Sentence};

/// An error for each of a rule file and each example that failed, a warning for each line that is not covered, and the count as plain text.
pub(super) fn annotations(
    (results, errors): (&[ExampleResult], &[Diagnostic]),
    covered: Option<&Coverage>,
    language: Language,
) -> String {
    let mut text = String::new();
    for error in errors {
        text.push_str(&command("error", &error.file, error.span, error.code, &error.message));
    }
    let failed: Vec<&ExampleResult> = results.iter().filter(|result| !result.passed).collect();
    for result in &failed {
        let lines = failure_lines(result, language).join("\n");
        text.push_str(&command("error", &result.file, result.span, &title(result, language), &lines));
    }
    for pack in covered.iter().flat_map(|covered| &covered.packs) {
        for line in uncovered(pack, language) {
            text.push_str(&command("warning", &pack.file, line.span, &line.title(), &line.missing));
        }
    }
    let summary = Sentence::new("test-summary").with("passed", amount(results.len() - failed.len()));
    text.push_str(&format!("{}.\n", summary.with("failed", amount(failed.len())).render(language)));
    text
}

fn command(level: &str, file: &str, span: Span, title: &str, message: &str) -> String {
    let (file, title, message) = (property(file), property(title), data(message));
    let Span { line, column, end_line, end_column } = span;
    // Columns are known to GitHub for a place within one line only.
    let columns = if line == end_line { format!(",col={column},endColumn={end_column}") } else { String::new() };
    format!("::{level} file={file},line={line},endLine={end_line}{columns},title={title}::{message}\n")
}

/// A text as the message of a command.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A text as a property of a command.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_end_a_property_or_a_message_is_escaped() {
        let span = Span { line: 3, column: 5, end_line: 3, end_column: 9 };
        assert_eq!(
            command("error", "a,b:c.rhai", span, "100 %: yes", "one\r\ntwo: 3, 4"),
            "::error file=a%2Cb%3Ac.rhai,line=3,endLine=3,col=5,endColumn=9,title=100 %25%3A yes::one%0D%0Atwo: 3, 4\n"
        );
    }
}
