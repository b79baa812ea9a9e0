//! The scan reads what Rhai reads.

use crate::language::scan::{ScanFaultKind, TokenKind, scan};
use crate::language::statements::{cut, text};

fn words(source: &str) -> Vec<&str> {
    scan(source).0.iter().map(|token| text(source, token)).collect()
}

#[test]
fn numbers_end_where_rhai_ends_them() {
    assert_eq!(
        words("7.days 1_000 2.5.hours 1..=10 1e5 1e-5 0xff.x 3.e 1.0e3"),
        [
            "7", ".", "days", "1_000", "2.5", ".", "hours", "1", "..=", "10", "1e5", "1e-5", "0xff", ".", "x", "3",
            ".", "e", "1.0e3",
        ]
    );
}

#[test]
fn texts_end_where_rhai_ends_them() {
    assert_eq!(
        words(r###""a\"b" "a""b" "" 'a' '\'' #"a"b"# x"###),
        [r##""a\"b""##, r##""a""b""##, "\"\"", "'a'", r"'\''", r###"#"a"b"#"###, "x",]
    );
    assert_eq!(words("`a`` b` `` `\\${x}` c"), ["`a`` b`", "``", "`\\${x}`", "c"]);
}

#[test]
fn a_template_is_one_token_and_its_parts_lie_inside_it() {
    let source = "`a ${x + `b ${#{ y: 1 }.y}`} c` z";
    let (tokens, faults) = scan(source);
    assert!(faults.is_empty());
    let shown: Vec<(&str, usize)> = tokens.iter().map(|token| (text(source, token), token.inside)).collect();
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
fn comments_are_passed_over_nested_ones_too() {
    assert_eq!(words("a // b\n/* c /* d */ \" */ e"), ["a", "e"]);
    // A rule that was commented out does not come back.
    assert_eq!(words("/*\nrule \"x\" when y;\n*/ a"), ["a"]);
}

#[test]
fn places_count_characters_and_lines_end_with_or_without_a_return() {
    let (tokens, _) = scan("é\r\n  \"ü\" x");
    let places: Vec<(u32, u32, u32)> =
        tokens.iter().map(|token| (token.span.line, token.span.column, token.span.end_column)).collect();
    assert_eq!(places, [(1, 1, 2), (2, 3, 6), (2, 7, 8)]);
    assert_eq!(
        tokens.iter().map(|token| token.kind).collect::<Vec<_>>(),
        [TokenKind::Word, TokenKind::Text, TokenKind::Word]
    );
}

#[test]
fn what_has_no_end_stops_at_the_next_statement() {
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
fn statements_end_at_a_semicolon_at_braces_or_where_the_next_begins() {
    let count = |source: &str| cut(source, &scan(source).0).len();
    assert_eq!(count("never a; never b; ;"), 2);
    assert_eq!(count("fn a() { x; y } never b;"), 2);
    assert_eq!(count("never a\nnever b"), 2);
    assert_eq!(count("never a (\nnever b;"), 2);
    assert_eq!(count("never a ( ; never b;"), 2);
    // Not a statement: the word stands within a line, or goes on as an expression.
    assert_eq!(count("rule \"a\" when x and\nlimit > 3;"), 1);
}
