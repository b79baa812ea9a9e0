//! Two spellings of ours that Rhai lacks: `a is not b` and `x not in y`.
//!
//! A word for a word they cannot be told to Rhai, which maps one token at a time. So they are rewritten in the text that it
//! gets, to `!=` and `!in`, each in the place of the first word and blanks in that of the second: every column stays true.
//! Texts, comments and the words of a template are left alone; the `${...}` parts of a template are not.

use std::borrow::Cow;

use crate::language::scan::{Token, TokenKind, scan};
use crate::language::statements::text;

/// The text as Rhai reads it; as long as the one that was written.
pub(super) fn for_rhai(written: &str) -> Cow<'_, str> {
    // Both spellings have this word, and most clauses do not.
    if !written.contains("not") {
        return Cow::Borrowed(written);
    }
    let (tokens, _) = scan(written);
    let mut told = Cow::Borrowed(written);
    for (nth, pair) in tokens.windows(2).enumerate() {
        let [first, second] = pair else { continue };
        let after_dot = nth.checked_sub(1).and_then(|before| tokens.get(before)).map(|token| token.kind);
        if after_dot == Some(TokenKind::Dot) || first.inside != second.inside {
            continue;
        }
        let (sign, blank) = match (word(written, first), word(written, second)) {
            ("is", "not") => ("!=", "   "),
            ("not", "in") => ("!in", "  "),
            _ => continue,
        };
        let told = told.to_mut();
        told.replace_range(first.start..first.end, sign);
        told.replace_range(second.start..second.end, blank);
    }
    told
}

fn word<'a>(written: &'a str, token: &Token) -> &'a str {
    if token.kind == TokenKind::Word { text(written, token) } else { "" }
}

#[cfg(test)]
mod tests {
    use super::for_rhai;

    #[test]
    fn the_two_words_become_one_sign_of_the_same_length() {
        for (written, told) in [
            ("a is not b", "a !=     b"),
            ("a not in [b]", "a !in    [b]"),
            ("a is // yes\n not b", "a != // yes\n     b"),
            ("`is not ${a is not b} not in`", "`is not ${a !=     b} not in`"),
            ("not a is b", "not a is b"),
            ("a is not not b", "a !=     not b"),
            ("\"a is not b\" /* not in */", "\"a is not b\" /* not in */"),
            ("lead.is not", "lead.is not"),
            ("é is not \"é\"", "é !=     \"é\""),
        ] {
            assert_eq!(for_rhai(written), told);
            assert_eq!(told.len(), written.len());
        }
    }
}
