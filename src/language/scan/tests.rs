//! The scanner makes the tokens that Rhai makes.

use crate::language::scan::{ScanFaultKind, TokenKind, scan};
use crate::language::statements::{split, token_text};

fn words(source: &str) -> Vec<&str> {
    scan(source).0.iter().map(|token| token_text(source, token)).collect()
}

#[test]
fn numbers_end_where_they_end_for_rhai() {
    assert_eq!(
        words("7.days 1_000 2.5.hours 1..=10 1e5 1e-5 0xff.x 3.e 1.0e3"),
        [
            "7", ".", "days", "1_000", "2.5", ".", "hours", "1", "..=", "10", "1e5", "1e-5", "0xff", ".", "x", "3",
            ".", "e", "1.0e3",
        ]
    );
}

#[test]
fn texts_end_where_they_end_for_rhai() {
    assert_eq!(
        words(r###""a\"b" "a""b" "" 'a' '\'' #"a"b"# x"###),
        [r##""a\"b""##, r##""a""b""##, "\"\"", "'a'", r"'\''", r###"#"a"b"#"###, "x",]
    );
    assert_eq!(words("`a`` b` `` `\\${x}` c"), ["`a`` b`", "``", "`\\${x}`", "c"]);
}

#[test]
fn a_template_is_one_token_followed_by_the_tokens_of_its_parts() {
    let source = "`a ${x + `b ${#{ y: 1 }.y}`} c` z";
    let (tokens, faults) = scan(source);
    assert!(faults.is_empty());
    let shown: Vec<(&str, usize)> = tokens.iter().map(|token| (token_text(source, token), token.inside)).collect();
    assert_eq!(
        shown,
        [
            ("`a ${x + `b ${#{ y: 1 }.y}`} c`", 0),
            ("x", 1),
            ("+", 1),
            ("`b ${#{ y: 1 }.y}`", 1),
            ("#", 2),
            ("{", 2),
            ("y", 2),
            (":", 2),
            ("1", 2),
            ("}", 2),
            (".", 2),
            ("y", 2),
            ("z", 0),
        ]
    );
}

#[test]
fn comments_are_skipped_also_nested_ones() {
    assert_eq!(words("a // b\n/* c /* d */ \" */ e"), ["a", "e"]);
    // A rule in a comment is no rule.
    assert_eq!(words("/*\nrule \"x\" when y;\n*/ a"), ["a"]);
}

#[test]
fn columns_count_characters_and_lines_may_end_with_a_carriage_return() {
    let (tokens, _) = scan("é\r\n  \"ü\" x");
    let columns: Vec<(u32, u32, u32)> =
        tokens.iter().map(|token| (token.span.line, token.span.column, token.span.end_column)).collect();
    assert_eq!(columns, [(1, 1, 2), (2, 3, 6), (2, 7, 8)]);
    assert_eq!(
        tokens.iter().map(|token| token.kind).collect::<Vec<_>>(),
        [TokenKind::Word, TokenKind::Text, TokenKind::Word]
    );
}

#[test]
fn an_unclosed_text_template_or_comment_ends_at_the_next_statement() {
    for (source, kind) in [
        ("a \"b\nrule \"x\" y", ScanFaultKind::UnclosedText),
        ("a `b\nrule \"x\" y", ScanFaultKind::UnclosedTemplate),
        ("a `b ${ c\nrule \"x\" y", ScanFaultKind::UnclosedTemplate),
        ("a #\"b\nrule \"x\" y", ScanFaultKind::UnclosedTemplate),
        ("a /* b\nrule \"x\" y", ScanFaultKind::UnclosedComment),
    ] {
        let (tokens, faults) = scan(source);
        assert_eq!(faults.iter().map(|fault| fault.kind).collect::<Vec<_>>(), [kind], "{source}");
        assert_eq!(tokens.iter().filter(|token| token.span.line == 2).count(), 3, "{source}");
    }
}

#[test]
fn a_statement_ends_at_its_semicolon_or_brace_or_where_the_next_begins() {
    let count = |source: &str| split(source, &scan(source).0).len();
    assert_eq!(count("never a; never b; ;"), 2);
    assert_eq!(count("fn a() { x; y } never b;"), 2);
    assert_eq!(count("never a\nnever b"), 2);
    assert_eq!(count("never a (\nnever b;"), 2);
    assert_eq!(count("never a ( ; never b;"), 2);
    // Not a statement: the word is not the first on its line, or an expression follows it.
    assert_eq!(count("rule \"a\" when x and\nlimit > 3;"), 1);
}
