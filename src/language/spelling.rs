//! Two operators that Rhai does not have: `a is not b` and `x not in y`.
//!
//! Rhai lets us replace one token by one token, and these are two words each. They are rewritten in the text that Rhai parses, to `!=` and
//! `!in` with the second word replaced by blanks, so that every column stays the same. Texts, comments and the literal parts of a template
//! are not changed; the `${...}` parts of a template are.

use std::borrow::Cow;

use crate::language::scan::{Token, TokenKind, scan};
use crate::language::statements::token_text;

/// The text for Rhai's parser; as long as `written`.
pub(super) fn for_rhai(written: &str) -> Cow<'_, str> {
    // Both operators have this word, and most clauses do not.
    if !written.contains("not") {
        return Cow::Borrowed(written);
    }
    let (tokens, _) = scan(written);
    let mut rewritten = Cow::Borrowed(written);
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
        let text = rewritten.to_mut();
        text.replace_range(first.start..first.end, sign);
        text.replace_range(second.start..second.end, blank);
    }
    rewritten
}

/// The text of a word; empty for any other token.
fn word<'a>(written: &'a str, token: &Token) -> &'a str {
    if token.kind == TokenKind::Word { token_text(written, token) } else { "" }
}

#[cfg(test)]
mod tests {
    use super::for_rhai;

    #[test]
    fn two_word_operators_are_rewritten_without_moving_columns() {
        for (written, expected) in [
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
            assert_eq!(for_rhai(written), expected);
            assert_eq!(expected.len(), written.len());
        }
    }
}
