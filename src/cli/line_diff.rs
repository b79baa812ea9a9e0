//! The lines that differ between two texts, with some around them, in the form that `patch` reads.

use similar::TextDiff;

use super::screen::{ERROR, GOOD, HINT};

/// The difference of two texts with these names, with styles. Empty where there is none.
pub fn styled([before_name, after_name]: [&str; 2], [before, after]: [&str; 2]) -> String {
    let diff = TextDiff::from_lines(before, after);
    let diff = diff.unified_diff().context_radius(3).header(before_name, after_name).to_string();
    let mut text = String::new();
    for line in diff.split_inclusive('\n') {
        let (code, end) = line.strip_suffix('\n').map_or((line, ""), |code| (code, "\n"));
        // A rule file cannot send control sequences to the terminal.
        let code: String = code.chars().map(|c| if c.is_control() && c != '\t' { '\u{FFFD}' } else { c }).collect();
        text.push_str(&match line.chars().next() {
            Some('+') => format!("{GOOD}{code}{GOOD:#}{end}"),
            Some('-') => format!("{ERROR}{code}{ERROR:#}{end}"),
            Some('@') => format!("{HINT}{code}{HINT:#}{end}"),
            _ => format!("{code}{end}"),
        });
    }
    text
}
