//! How a file is cut into statements and clauses.

use super::Code;

/// unknown-statement
pub(crate) const UNKNOWN_STATEMENT: Code = Code::new("unknown-statement");
/// missing-semicolon
pub(crate) const MISSING_SEMICOLON: Code = Code::new("missing-semicolon");
/// unclosed-bracket
pub(crate) const UNCLOSED_BRACKET: Code = Code::new("unclosed-bracket");
/// stray-bracket
pub(crate) const STRAY_BRACKET: Code = Code::new("stray-bracket");
/// unclosed-text
pub(crate) const UNCLOSED_TEXT: Code = Code::new("unclosed-text");
/// unclosed-comment
pub(crate) const UNCLOSED_COMMENT: Code = Code::new("unclosed-comment");
/// single-quotes
pub(crate) const SINGLE_QUOTES: Code = Code::new("single-quotes");
/// curly-quotes
pub(crate) const CURLY_QUOTES: Code = Code::new("curly-quotes");
/// missing-name
pub(crate) const MISSING_NAME: Code = Code::new("missing-name");
/// unexpected
pub(crate) const UNEXPECTED: Code = Code::new("unexpected");
/// misplaced-clause
pub(crate) const MISPLACED_CLAUSE: Code = Code::new("misplaced-clause");
/// duplicate-clause
pub(crate) const DUPLICATE_CLAUSE: Code = Code::new("duplicate-clause");
/// empty-clause
pub(crate) const EMPTY_CLAUSE: Code = Code::new("empty-clause");
/// missing-then
pub(crate) const MISSING_THEN: Code = Code::new("missing-then");
/// missing-when
pub(crate) const MISSING_WHEN: Code = Code::new("missing-when");
/// missing-steps
pub(crate) const MISSING_STEPS: Code = Code::new("missing-steps");
/// missing-per
pub(crate) const MISSING_PER: Code = Code::new("missing-per");
/// missing-given
pub(crate) const MISSING_GIVEN: Code = Code::new("missing-given");
/// missing-expect
pub(crate) const MISSING_EXPECT: Code = Code::new("missing-expect");
/// syntax
pub(crate) const SYNTAX: Code = Code::new("syntax");
/// reserved-word
pub(crate) const RESERVED_WORD: Code = Code::new("reserved-word");
/// too-deep
pub(crate) const TOO_DEEP: Code = Code::new("too-deep");
/// too-large
pub(crate) const TOO_LARGE: Code = Code::new("too-large");
/// too-many
pub(crate) const TOO_MANY: Code = Code::new("too-many");
