//! The texts between quotes in a pack: what they say, and how a text is written.

/// The value of a text as it is written, its quotes included; the closing one may be missing.
pub(super) fn text_value(written: &str) -> String {
    let inside = written.strip_prefix('"').unwrap_or(written);
    let mut value = String::new();
    let mut chars = inside.chars().peekable();
    while let Some(char) = chars.next() {
        match char {
            '"' => match chars.next_if_eq(&'"') {
                Some(_) => value.push('"'),
                None => break,
            },
            '\\' => match chars.next() {
                Some('n') => value.push('\n'),
                Some('r') => value.push('\r'),
                Some('t') => value.push('\t'),
                Some(length @ ('x' | 'u' | 'U')) => {
                    let digits = match length {
                        'x' => 2,
                        'u' => 4,
                        _ => 8,
                    };
                    let code: String = chars.by_ref().take(digits).collect();
                    value.extend(u32::from_str_radix(&code, 16).ok().and_then(char::from_u32));
                }
                // A text goes on behind the end of a line that is escaped.
                Some('\n') => while chars.next_if(|next| next.is_whitespace()).is_some() {},
                Some(other) => value.push(other),
                None => {}
            },
            other => value.push(other),
        }
    }
    value
}

/// A text between quotes, as a pack writes it.
pub(super) fn quoted(value: &str) -> String {
    let mut written = String::from("\"");
    for char in value.chars() {
        match char {
            '"' => written.push_str("\\\""),
            '\\' => written.push_str("\\\\"),
            '\n' => written.push_str("\\n"),
            '\r' => written.push_str("\\r"),
            '\t' => written.push_str("\\t"),
            other => written.push(other),
        }
    }
    written.push('"');
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_says_what_was_quoted() {
        for value in ["", "plain", "a \"b\" c", "back\\slash", "line\nline\ttab", "é 😀"] {
            assert_eq!(text_value(&quoted(value)), value);
        }
        assert_eq!(text_value("\"a \"\"b\"\" \\u00e9 \\x41\""), "a \"b\" é A");
        assert_eq!(text_value("\"never closed"), "never closed");
    }
}
