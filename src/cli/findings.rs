//! Diagnostics for people: what is wrong, the line it stands on with the place underlined, why, and what to do.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use miette::{
    GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteDiagnostic, MietteError, MietteSpanContents,
    NamedSource, Report, SourceCode, SourceSpan, SpanContents,
};

use super::failure::Failure;
use super::screen::{DIM, GOOD, HINT, count, paragraph, plain};
use cadans::diagnostics::{Diagnostic, Severity, Span};
use cadans::language::PackSource;
use cadans::wording::{Language, Sentence};

/// Lines longer than this are not shown: nobody could read them, and the place says enough.
const LONGEST_LINE: usize = 400;

/// The columns that a label under a finding takes at least, with the blanks after it.
const NARROWEST_LABEL: usize = 7;

/// The findings as text of `width` columns, in the order given.
///
/// # Errors
/// When the text cannot be put together; no diagnostic is known to cause this.
pub fn show(
    diagnostics: &[Diagnostic],
    packs: &[PackSource],
    width: usize,
    language: Language,
) -> Result<String, Failure> {
    let labels = ["finding-why", "finding-help", "finding-also", "finding-fixed"];
    let labels = labels.map(|key| Sentence::new(key).render(language));
    let widest = labels.iter().map(|label| label.chars().count()).max().unwrap_or_default();
    let column = (widest + 1).max(NARROWEST_LABEL);
    let [why, to_do, also, so] = labels.map(|label| format!("{label:<column$}"));
    let at = Sentence::new("finding-at").render(language);
    let texts: BTreeMap<&str, &str> = packs.iter().map(|pack| (pack.file.as_str(), pack.text.as_str())).collect();
    let handler = GraphicalReportHandler::new_themed(GraphicalTheme::unicode())
        .with_width(width.min(super::screen::READING_WIDTH))
        .with_links(false)
        .with_context_lines(0);
    let mut shown = String::new();
    for diagnostic in diagnostics {
        let text = texts.get(diagnostic.file.as_str()).copied().unwrap_or_default();
        let message = format!("{} [{}]", plain(&diagnostic.message), diagnostic.code);
        let mut report = MietteDiagnostic::new(message).with_severity(match diagnostic.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
            Severity::Note => miette::Severity::Advice,
        });
        let stretch = byte_stretch(text, diagnostic.span);
        if let Some((start, length)) = stretch {
            report = report.with_label(LabeledSpan::underline((start, length)));
        }
        let report =
            Report::new(report).with_source_code(WholeLines(NamedSource::new(&diagnostic.file, text.to_owned())));
        handler.render_report(&mut shown, report.as_ref())?;
        if stretch.is_none() {
            let place = format!("{}:{}:{}", diagnostic.file, diagnostic.span.line, diagnostic.span.column);
            writeln!(shown, "    {at} {}", plain(&place))?;
        }
        if !diagnostic.why.is_empty() {
            shown.push_str(&paragraph(&format!("  {DIM}{why}{DIM:#}"), &plain(&diagnostic.why), width));
        }
        for other in &diagnostic.related {
            let place = format!("{}:{}:{}  {}", other.file, other.span.line, other.span.column, other.message);
            shown.push_str(&paragraph(&format!("  {DIM}{also}{DIM:#}"), &plain(&place), width));
        }
        if !diagnostic.help.is_empty() {
            shown.push_str(&paragraph(&format!("  {HINT}{to_do}{HINT:#}"), &plain(&diagnostic.help), width));
        }
        if let Some(line) = mended(diagnostic, text) {
            shown.push_str(&format!("  {HINT}{so}{HINT:#}{}\n", plain(&line)));
        }
        shown.push('\n');
    }
    Ok(shown)
}

/// The line of a finding as its fix makes it, where that is one line that can be shown.
fn mended(diagnostic: &Diagnostic, text: &str) -> Option<String> {
    let fix = diagnostic.fix.as_ref()?;
    let line = fix.edits.first()?.span.line;
    let within = |span: Span| span.line == line && span.end_line == line;
    if !fix.edits.iter().all(|edit| within(edit.span) && !edit.text.contains('\n')) {
        return None;
    }
    let fixed = fix.apply(text)?;
    let line = fixed.split('\n').nth(usize::try_from(line.checked_sub(1)?).ok()?)?.trim();
    (line.len() <= LONGEST_LINE).then(|| line.to_owned())
}

/// A source of which the lines that a stretch touches are always shown in full, and no others.
struct WholeLines(NamedSource<String>);

impl SourceCode for WholeLines {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let text = self.0.inner();
        let end = (span.offset() + span.len()).min(text.len());
        let start_of_line = text.get(..span.offset()).and_then(|head| head.rfind('\n')).map_or(0, |byte| byte + 1);
        let end_of_line = text.get(end..).and_then(|tail| tail.find('\n')).map_or(text.len(), |byte| end + byte);
        let lines = self.0.read_span(&SourceSpan::from((start_of_line, end_of_line - start_of_line)), before, after)?;
        let column = text.get(start_of_line..span.offset()).map_or(0, |head| head.chars().count());
        let name = self.0.name().to_owned();
        let shown =
            MietteSpanContents::new_named(name, lines.data(), *lines.span(), lines.line(), column, lines.line_count());
        Ok(Box::new(shown))
    }
}

/// `3 rule files: 2 errors, 1 warning.`, and how many notes are not shown.
pub fn summary(files: usize, found: &[Diagnostic], hidden: usize, language: Language) -> String {
    let of = |severity| found.iter().filter(|each| each.severity == severity).count();
    let counts: Vec<String> = [(Severity::Error, "errors"), (Severity::Warning, "warnings"), (Severity::Note, "notes")]
        .into_iter()
        .map(|(severity, key)| (of(severity), key))
        .filter(|(number, _)| *number > 0)
        .map(|(number, key)| count(key, number).render(language))
        .collect();
    let files = count("rule-files", files).render(language);
    let mut text = if counts.is_empty() {
        let fine = Sentence::new("findings-nothing-wrong").render(language);
        format!("{files}: {GOOD}{fine}{GOOD:#}.\n")
    } else {
        format!("{files}: {}.\n", counts.join(", "))
    };
    if hidden > 0 {
        let more = Sentence::new("findings-verbose").with("notes", count("notes", hidden)).render(language);
        text.push_str(&format!("{DIM}{more}.{DIM:#}\n"));
    }
    text
}

/// The first byte and the number of bytes of `span` in `text`; `None` where the text has no such place or the line is
/// too long to show. A stretch of several lines is cut at the end of its first.
fn byte_stretch(text: &str, span: Span) -> Option<(usize, usize)> {
    let index = usize::try_from(span.line.checked_sub(1)?).ok()?;
    let line = text.split('\n').nth(index)?;
    if line.len() > LONGEST_LINE {
        return None;
    }
    let start_of_line: usize = text.split('\n').take(index).map(|before| before.len() + 1).sum();
    let line = line.trim_end_matches('\r');
    let place = |column: u32| {
        let before = usize::try_from(column.saturating_sub(1)).unwrap_or(usize::MAX);
        line.char_indices().nth(before).map_or(line.len(), |(byte, _)| byte)
    };
    let start = place(span.column);
    let end = if span.end_line > span.line { line.trim_end().len() } else { place(span.end_column) };
    Some((start_of_line + start, end.saturating_sub(start)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_underline_counts_letters_and_not_bytes() {
        let text = "// café\nrule \"é\" whn x\n";
        let span = Span { line: 2, column: 10, end_line: 2, end_column: 13 };
        let (start, length) = byte_stretch(text, span).unwrap_or_default();
        assert_eq!(text.get(start..start + length), Some("whn"));
    }

    #[test]
    fn a_stretch_of_lines_is_underlined_on_its_first() {
        let text = "rule \"a\"   \n    when x\n";
        let span = Span { line: 1, column: 1, end_line: 2, end_column: 11 };
        assert_eq!(byte_stretch(text, span), Some((0, 8)));
    }

    #[test]
    fn a_place_outside_the_text_is_no_panic() {
        let far = |line, column| Span { line, column, end_line: line, end_column: column + 3 };
        assert_eq!(byte_stretch("", far(1, 1)), Some((0, 0)));
        assert_eq!(byte_stretch("a", far(0, 0)), None);
        assert_eq!(byte_stretch("a", far(7, 1)), None);
        assert_eq!(byte_stretch("a", far(1, 900)), Some((1, 0)));
    }
}
