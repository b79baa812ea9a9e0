//! Line ends of rule files. Rhai ends a comment at a CR alone (the line end of old Macs) but counts no line there, and our scanner does neither,
//! so that all rules after a comment would be part of it. Texts are therefore read with LF in its place.

use std::borrow::Cow;

/// The text with each CR that no LF follows replaced by LF; every character stays at its place. Borrowed when there is none.
pub fn with_line_feeds(text: &str) -> Cow<'_, str> {
    if !text.contains('\r') {
        return Cow::Borrowed(text);
    }
    let mut letters = text.chars().peekable();
    let mut read = String::with_capacity(text.len());
    while let Some(letter) = letters.next() {
        let is_line_end = letter == '\r' && letters.peek() != Some(&'\n');
        read.push(if is_line_end { '\n' } else { letter });
    }
    if read == text { Cow::Borrowed(text) } else { Cow::Owned(read) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_return_alone_becomes_a_line_feed_and_the_line_ends_of_windows_stay() {
        assert_eq!(with_line_feeds("a\rb\r\nc\r\r\n"), "a\nb\r\nc\n\r\n");
        assert!(matches!(with_line_feeds("a\r\nb\n"), Cow::Borrowed(_)));
    }
}
