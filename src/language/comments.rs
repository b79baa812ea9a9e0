//! The comments of a pack, which the scanner passes over.
//!
//! Comments within the `${...}` parts of a template are left out: they are part of its text.

use std::ops::Range;

use crate::language::scan::Token;

/// A comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    /// The bytes from its first sign to its end, the end of its line not included.
    pub bytes: Range<usize>,
    /// True for `//`, false for `/* ... */`.
    pub is_line: bool,
}

/// The comments of `source` in text order. `tokens` are its tokens.
pub fn comments(source: &str, tokens: &[Token]) -> Vec<Comment> {
    let mut found = Vec::new();
    let mut from = 0;
    for token in tokens.iter().filter(|token| token.inside == 0) {
        between(source, from..token.start, &mut found);
        from = token.end;
    }
    between(source, from..source.len(), &mut found);
    found
}

/// Adds the comments of a stretch without tokens.
pub(crate) fn between(source: &str, stretch: Range<usize>, found: &mut Vec<Comment>) {
    let mut at = stretch.start;
    while let Some(rest) = source.get(at..stretch.end).filter(|rest| !rest.is_empty()) {
        let Some(ahead) = rest.find('/') else { return };
        let start = at + ahead;
        let rest = rest.get(ahead..).unwrap_or_default();
        let (length, is_line) = if rest.starts_with("//") {
            (rest.find('\n').unwrap_or(rest.len()), true)
        } else if rest.starts_with("/*") {
            (block_length(rest), false)
        } else {
            return;
        };
        at = start + length;
        found.push(Comment { bytes: start..at, is_line });
    }
}

/// The number of bytes of the block comment that `rest` begins with, comments within it included; all of it when it has no end.
fn block_length(rest: &str) -> usize {
    let bytes = rest.as_bytes();
    let mut depth = 0_usize;
    let mut at = 0;
    while at < bytes.len() {
        match bytes.get(at..at + 2) {
            Some(b"/*") => depth += 1,
            Some(b"*/") => depth -= 1,
            _ => {
                at += 1;
                continue;
            }
        }
        at += 2;
        if depth == 0 {
            return at;
        }
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::scan::scan;

    #[test]
    fn comments_are_found_between_tokens_and_not_in_texts() {
        let source =
            "// é one\nnever /* two /* within */ */ phone; // three\n\"// no\" `/* no */ ${ 1 /* no */ }` /* four";
        let (tokens, _) = scan(source);
        let found: Vec<&str> =
            comments(source, &tokens).into_iter().filter_map(|comment| source.get(comment.bytes)).collect();
        assert_eq!(found, ["// é one", "/* two /* within */ */", "// three", "/* four"]);
    }
}
