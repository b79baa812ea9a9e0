//! The canonical layout of a rule file: the same statements always look the same, whoever wrote them.
//!
//! The layout follows from the tokens and comments alone, but for the empty lines between statements, of which one is kept. Pieces
//! ([`pieces`]) are tokens with the comments that belong to them; nodes ([`tree`]) are what they form; the printer writes nodes on lines of
//! [`WIDTH`] columns. What each statement looks like follows from the table of statement forms. The rules of the layout are told in
//! `tests/spec/29-layout.md`.
//!
//! Invariants: what is written says what was read, which is proved for each file by reading it again ([`proof`]); a file that is laid out stays
//! as it is; each comment is there once and in order. A file with a syntax error has no layout.

mod layout;
mod pieces;
mod printer;
mod proof;
mod statements;
mod tree;

use crate::diagnostics::codes::{self, DiagnosticCode};
use crate::diagnostics::{Diagnostic, Severity};
use crate::language::line_ends::with_line_feeds;
use crate::language::read;
use crate::language::scan::{Token, scan};
use crate::language::statements::split;
use crate::pack::Overrides;

/// The columns of a line. What has no place to be divided, such as a long text, takes more.
pub const WIDTH: usize = 110;

/// A rule file in the canonical layout.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Formatted {
    /// Its text.
    pub text: String,
    /// Whether it differs from what was given.
    pub changed: bool,
}

/// Why a file was not laid out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotFormatted {
    /// It has syntax errors: these.
    Syntax(Vec<Diagnostic>),
    /// The layout would have changed what it says, which is a fault of ours.
    WouldChange,
}

/// A rule file in the canonical layout. `file` is its name, for messages. Line ends are kept: those of Windows where the first line has one. CR alone
/// becomes LF, and a byte order mark is left out.
///
/// # Errors
/// When it has syntax errors, or when what would be written does not say what was read.
pub fn format(file: &str, source: &str) -> Result<Formatted, NotFormatted> {
    let parsed = read(file, source, &Overrides::default());
    let errors: Vec<Diagnostic> = parsed.diagnostics.iter().filter(|one| is_syntax(one)).cloned().collect();
    if !errors.is_empty() {
        return Err(NotFormatted::Syntax(errors));
    }
    let text = settled(&with_line_feeds(source));
    let changed = text != source;
    if changed && !proof::same_meaning(file, source, parsed, &text) {
        return Err(NotFormatted::WouldChange);
    }
    Ok(Formatted { text, changed })
}

/// How often a text is laid out at most. Without comments in the middle of expressions once is enough.
const LAYOUTS: usize = 8;

/// The layout of a text that stays as it is. To which side a comment in the middle of an expression belongs can follow from where the lines end, so
/// that such a text may be laid out a second time.
fn settled(source: &str) -> String {
    let mut text = laid_out(source);
    for _ in 1..LAYOUTS {
        let again = laid_out(&text);
        if again == text {
            break;
        }
        text = again;
    }
    text
}

/// The text of a pack in the canonical layout, once. It must have no syntax error.
fn laid_out(source: &str) -> String {
    let source = source.strip_prefix('\u{feff}').unwrap_or(source);
    let (tokens, _) = scan(source);
    let statements = split(source, &tokens);
    let mut pieces = pieces::pieces(source, &tokens, &statements);
    let nodes = statements::statement_nodes(&mut pieces, &statements);
    let mut printer = printer::Printer::new(&pieces, line_end(source, &tokens));
    printer.statements(&nodes);
    printer.finish()
}

/// How lines end: as the first one outside a text does.
fn line_end(source: &str, tokens: &[Token]) -> &'static str {
    let outer = tokens.iter().filter(|token| token.inside == 0);
    let starts = outer.clone().map(|token| token.start).chain([source.len()]);
    let mut gaps = [0].into_iter().chain(outer.map(|token| token.end)).zip(starts);
    let first = gaps.find_map(|(start, end)| source.get(start..end)?.split_once('\n'));
    if first.is_some_and(|(before, _)| before.ends_with('\r')) { "\r\n" } else { "\n" }
}

/// The codes of errors after which it is not known what the author wrote.
const SYNTAX: &[DiagnosticCode] = &[
    codes::UNKNOWN_STATEMENT,
    codes::MISSING_SEMICOLON,
    codes::UNCLOSED_BRACKET,
    codes::STRAY_BRACKET,
    codes::UNCLOSED_TEXT,
    codes::UNCLOSED_COMMENT,
    codes::SINGLE_QUOTES,
    codes::CURLY_QUOTES,
    codes::MISSING_NAME,
    codes::UNEXPECTED,
    codes::MISPLACED_CLAUSE,
    codes::DUPLICATE_CLAUSE,
    codes::EMPTY_CLAUSE,
    codes::MISSING_THEN,
    codes::MISSING_WHEN,
    codes::MISSING_STEPS,
    codes::MISSING_PER,
    codes::MISSING_GIVEN,
    codes::MISSING_EXPECT,
    codes::MISSING_CLAUSE,
    codes::MISSING_TYPE,
    codes::MISSING_VALUE,
    codes::SYNTAX,
    codes::RESERVED_WORD,
    codes::TOO_DEEP,
    codes::TOO_LARGE,
    codes::TOO_MANY,
];

fn is_syntax(found: &Diagnostic) -> bool {
    found.severity == Severity::Error && SYNTAX.iter().any(|code| code.word() == found.code)
}
