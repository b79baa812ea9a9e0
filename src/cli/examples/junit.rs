//! The results of examples as JUnit's XML: a suite for each file, a test case for each example and row, and one for each error in a rule file. It has no times, because nothing here reads a
//! clock.

use std::collections::BTreeMap;

use super::{failure_lines, title};
use cadans::diagnostics::Diagnostic;
use cadans::examples::ExampleResult;
use cadans::wording::Language;

/// What a suite holds.
#[derive(Clone, Copy)]
enum Case<'r> {
    Example(&'r ExampleResult),
    Error(&'r Diagnostic),
}

/// The results as an XML document.
pub(super) fn report((results, errors): (&[ExampleResult], &[Diagnostic]), language: Language) -> String {
    let of_files = errors.iter().map(|error| (error.file.as_str(), Case::Error(error)));
    let of_examples = results.iter().map(|result| (result.file.as_str(), Case::Example(result)));
    let mut files: Vec<&str> = Vec::new();
    let mut by_file: BTreeMap<&str, Vec<Case<'_>>> = BTreeMap::new();
    for (file, case) in of_files.chain(of_examples) {
        if !by_file.contains_key(file) {
            files.push(file);
        }
        by_file.entry(file).or_default().push(case);
    }
    let all: Vec<Case<'_>> = by_file.values().flatten().copied().collect();
    let mut xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned();
    xml.push_str(&format!("<testsuites name=\"cadans test\" {}>\n", counts(&all)));
    for file in files {
        let of_file = by_file.get(file).map_or(&[][..], Vec::as_slice);
        xml.push_str(&format!("  <testsuite name=\"{}\" {}>\n", escaped(file), counts(of_file)));
        for case in of_file {
            xml.push_str(&match case {
                Case::Example(result) => of_example(result, language),
                Case::Error(error) => of_error(error),
            });
        }
        xml.push_str("  </testsuite>\n");
    }
    xml.push_str("</testsuites>\n");
    xml
}

/// How many there are, failed, and could not be run, as attributes.
fn counts(cases: &[Case<'_>]) -> String {
    let is_error = |case: &&Case<'_>| match case {
        Case::Example(result) => result.advice.is_none(),
        Case::Error(_) => true,
    };
    let has_failed = |case: &&Case<'_>| matches!(case, Case::Example(result) if !result.passed);
    let errors = cases.iter().filter(is_error).count();
    let failed = cases.iter().filter(|case| has_failed(case) && !is_error(case)).count();
    format!("tests=\"{}\" failures=\"{failed}\" errors=\"{errors}\"", cases.len())
}

/// An error in a rule file, which leaves out the statement that it stands in.
fn of_error(error: &Diagnostic) -> String {
    let (code, message) = (escaped(error.code), escaped(&error.message));
    let help: Vec<&str> =
        [&error.why, &error.help].into_iter().filter(|text| !text.is_empty()).map(String::as_str).collect();
    format!(
        "    <testcase name=\"{code}\" classname=\"{file}\" file=\"{file}\" line=\"{}\">\n      <error message=\"{message}\" \
         type=\"{code}\">{}</error>\n    </testcase>\n",
        error.span.line,
        escaped(&help.join("\n")),
        file = escaped(&error.file),
    )
}

fn of_example(result: &ExampleResult, language: Language) -> String {
    let head = format!(
        "    <testcase name=\"{}\" classname=\"{}\" file=\"{}\" line=\"{}\"",
        escaped(&title(result, language)),
        escaped(&result.pack),
        escaped(&result.file),
        result.span.line,
    );
    if result.passed {
        return format!("{head}/>\n");
    }
    let (element, kind) = if result.advice.is_some() { ("failure", "differs") } else { ("error", "not-run") };
    let message = escaped(&result.differs.join("; "));
    let text = escaped(&failure_lines(result, language).join("\n"));
    format!("{head}>\n      <{element} message=\"{message}\" type=\"{kind}\">{text}</{element}>\n    </testcase>\n")
}

/// A text as XML, also in an attribute. Characters that XML 1.0 cannot have become U+FFFD.
fn escaped(text: &str) -> String {
    let mut xml = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => xml.push_str("&amp;"),
            '<' => xml.push_str("&lt;"),
            '>' => xml.push_str("&gt;"),
            '"' => xml.push_str("&quot;"),
            '\'' => xml.push_str("&apos;"),
            // As they are, an attribute would have blanks instead.
            '\n' => xml.push_str("&#10;"),
            '\r' => xml.push_str("&#13;"),
            '\t' => xml.push_str("&#9;"),
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => xml.push('\u{fffd}'),
            other => xml.push(other),
        }
    }
    xml
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn what_xml_cannot_have_is_escaped_or_replaced() {
        assert_eq!(escaped("a < b & \"c\"\n'd'\u{1b}"), "a &lt; b &amp; &quot;c&quot;&#10;&apos;d&apos;\u{fffd}");
    }
}
