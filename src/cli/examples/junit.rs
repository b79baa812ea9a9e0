//! The results of examples as JUnit's XML: a suite for each file, a test case for each example and row. It has no times, because nothing here reads a
//! clock.

use std::collections::BTreeMap;

use super::{failure_lines, title};
use cadans::examples::ExampleResult;
use cadans::wording::Language;

/// The results as an XML document.
pub(super) fn report(results: &[ExampleResult], language: Language) -> String {
    let mut files: Vec<&str> = Vec::new();
    let mut by_file: BTreeMap<&str, Vec<&ExampleResult>> = BTreeMap::new();
    for result in results {
        if !by_file.contains_key(result.file.as_str()) {
            files.push(&result.file);
        }
        by_file.entry(&result.file).or_default().push(result);
    }
    let all: Vec<&ExampleResult> = results.iter().collect();
    let mut xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned();
    xml.push_str(&format!("<testsuites name=\"cadans test\" {}>\n", counts(&all)));
    for file in files {
        let of_file = by_file.get(file).map_or(&[][..], Vec::as_slice);
        xml.push_str(&format!("  <testsuite name=\"{}\" {}>\n", escaped(file), counts(of_file)));
        of_file.iter().for_each(|result| xml.push_str(&case(result, language)));
        xml.push_str("  </testsuite>\n");
    }
    xml.push_str("</testsuites>\n");
    xml
}

/// How many there are, failed, and could not be run, as attributes.
fn counts(results: &[&ExampleResult]) -> String {
    let errors = results.iter().filter(|result| result.advice.is_none()).count();
    let failed = results.iter().filter(|result| !result.passed).count();
    format!("tests=\"{}\" failures=\"{}\" errors=\"{errors}\"", results.len(), failed - errors)
}

fn case(result: &ExampleResult, language: Language) -> String {
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
