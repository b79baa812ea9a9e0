//! Codes about the shape of statements and clauses.

use crate::diagnostics::codes::DiagnosticCode;

/// No statement begins with this word
///
/// ## What it does
/// Reports when a statement begins with something else than a word such as `rule`, `never` or `setting`.
///
/// ## Why it matters
/// It cannot be read, and is left out.
///
/// ## Example
/// ```rhai
/// ruel "Guide"
///     when lead.visits(7.days) >= 2
///     then email.offer("guide");
/// ```
///
/// ## Do instead
/// ```rhai
/// rule "Guide"
///     when lead.visits(7.days) >= 2
///     then email.offer("guide");
/// ```
pub(crate) const UNKNOWN_STATEMENT: DiagnosticCode = DiagnosticCode::new("unknown-statement");

/// A statement has no end
///
/// ## What it does
/// Reports when a statement is not closed with `;` and the next one begins.
///
/// ## Why it matters
/// Without it the next statement would be taken for a part of this one. It is read all the same.
///
/// ## Example
/// ```rhai
/// never phone when person.do_not_call
/// limit phone 2 per 7.days;
/// ```
///
/// ## Do instead
/// ```rhai
/// never phone when person.do_not_call;
/// limit phone 2 per 7.days;
/// ```
pub(crate) const MISSING_SEMICOLON: DiagnosticCode = DiagnosticCode::new("missing-semicolon");

/// A bracket is never closed
///
/// ## What it does
/// Reports when `(`, `[` or `{` has no partner before the statement ends.
///
/// ## Why it matters
/// The extent of the expression is unclear, so the statement is left out; the next one is read again.
///
/// ## Example
/// ```rhai
/// never phone when (lead.stage is "lost";
/// ```
///
/// ## Do instead
/// ```rhai
/// never phone when lead.stage is "lost";
/// ```
pub(crate) const UNCLOSED_BRACKET: DiagnosticCode = DiagnosticCode::new("unclosed-bracket");

/// A bracket closes nothing
///
/// ## What it does
/// Reports when `)`, `]` or `}` has no partner before it.
///
/// ## Why it matters
/// The extent of the expression is unclear, so the statement is left out.
///
/// ## Example
/// ```rhai
/// never phone when lead.stage is "lost");
/// ```
///
/// ## Do instead
/// ```rhai
/// never phone when lead.stage is "lost";
/// ```
pub(crate) const STRAY_BRACKET: DiagnosticCode = DiagnosticCode::new("stray-bracket");

/// A text has no end
///
/// ## What it does
/// Reports when a quote or backquote is opened and not closed.
///
/// ## Why it matters
/// All that follows would be a part of the text. The statement is left out; the next one is read again.
///
/// ## Example
/// ```rhai
/// never phone because "Nobody wants calls;
/// ```
///
/// ## Do instead
/// ```rhai
/// never phone because "Nobody wants calls";
/// ```
pub(crate) const UNCLOSED_TEXT: DiagnosticCode = DiagnosticCode::new("unclosed-text");

/// A comment has no end
///
/// ## What it does
/// Reports when `/*` has no `*/`.
///
/// ## Why it matters
/// The rest of the file would be a comment.
///
/// ## Example
/// ```rhai
/// never phone; /* until the summer is over
/// ```
///
/// ## Do instead
/// ```rhai
/// never phone; /* until the summer is over */
/// ```
pub(crate) const UNCLOSED_COMMENT: DiagnosticCode = DiagnosticCode::new("unclosed-comment");

/// A text stands between single quotes
///
/// ## What it does
/// Reports when a text stands between `'...'`.
///
/// ## Why it matters
/// Single quotes hold a single character in Rhai; a text stands between double quotes.
///
/// ## Example
/// ```rhai
/// never phone because 'Nobody wants calls';
/// ```
///
/// ## Do instead
/// ```rhai
/// never phone because "Nobody wants calls";
/// ```
pub(crate) const SINGLE_QUOTES: DiagnosticCode = DiagnosticCode::new("single-quotes");

/// Quotes from a word processor
///
/// ## What it does
/// Reports when a text stands between the round quotes that a word processor makes.
///
/// ## Why it matters
/// They look alike, and are other signs.
///
/// ## Example
/// ```rhai
/// never phone because “Nobody wants calls”;
/// ```
///
/// ## Do instead
/// ```rhai
/// never phone because "Nobody wants calls";
/// ```
pub(crate) const CURLY_QUOTES: DiagnosticCode = DiagnosticCode::new("curly-quotes");

/// Something has no name
///
/// ## What it does
/// Reports when a rule, cadence, example, pack, setting or fact has no name, or an empty one.
///
/// ## Why it matters
/// Its name is how people, explanations and tests speak of it.
///
/// ## Example
/// ```rhai
/// rule when lead.open then phone;
/// ```
///
/// ## Do instead
/// ```rhai
/// rule "Call everybody" when lead.open then phone;
/// ```
pub(crate) const MISSING_NAME: DiagnosticCode = DiagnosticCode::new("missing-name");

/// A statement does not go on with this
///
/// ## What it does
/// Reports when something else stands where a clause word such as `when` or `because` is needed.
///
/// ## Why it matters
/// Its purpose is unclear, so the statement is left out.
///
/// ## Example
/// ```rhai
/// never phone wen lead.stage is "lost";
/// ```
///
/// ## Do instead
/// ```rhai
/// never phone when lead.stage is "lost";
/// ```
pub(crate) const UNEXPECTED: DiagnosticCode = DiagnosticCode::new("unexpected");

/// A statement has no such clause
///
/// ## What it does
/// Reports when a statement has a clause that statements of its kind do not have.
///
/// ## Why it matters
/// It would have no effect, so the statement is left out rather than read as something else.
///
/// ## Example
/// ```rhai
/// rule "Call" when lead.open then phone until lead.replied(7.days);
/// ```
///
/// ## Do instead
/// ```rhai
/// cadence "Call" when lead.open steps [phone] until lead.replied(7.days);
/// ```
pub(crate) const MISPLACED_CLAUSE: DiagnosticCode = DiagnosticCode::new("misplaced-clause");

/// A clause stands there twice
///
/// ## What it does
/// Reports when a statement has two clauses of one kind, such as two times `when`.
///
/// ## Why it matters
/// Only one of them could be meant.
///
/// ## Example
/// ```rhai
/// rule "Call" when lead.open when lead.visits(7.days) >= 2 then phone;
/// ```
///
/// ## Do instead
/// ```rhai
/// rule "Call" when lead.open and lead.visits(7.days) >= 2 then phone;
/// ```
pub(crate) const DUPLICATE_CLAUSE: DiagnosticCode = DiagnosticCode::new("duplicate-clause");

/// Nothing follows a clause word
///
/// ## What it does
/// Reports when a word such as `when` is followed by the next clause or the end.
///
/// ## Why it matters
/// A condition that says nothing could mean always or never.
///
/// ## Example
/// ```rhai
/// rule "Call" when then phone;
/// ```
///
/// ## Do instead
/// ```rhai
/// rule "Call" when lead.open then phone;
/// ```
pub(crate) const EMPTY_CLAUSE: DiagnosticCode = DiagnosticCode::new("empty-clause");

/// A rule has no then
///
/// ## What it does
/// Reports when a rule does not say what to do.
///
/// ## Why it matters
/// It would hold and propose nothing.
///
/// ## Example
/// ```rhai
/// rule "Call" when lead.open;
/// ```
///
/// ## Do instead
/// ```rhai
/// rule "Call" when lead.open then phone;
/// ```
pub(crate) const MISSING_THEN: DiagnosticCode = DiagnosticCode::new("missing-then");

/// There is no when
///
/// ## What it does
/// Reports when a rule, a cadence, an `enter` or a `pause` does not say when it holds.
///
/// ## Why it matters
/// A rule that always holds is seldom meant; write `when true` where it is.
///
/// ## Example
/// ```rhai
/// rule "Call" then phone;
/// ```
///
/// ## Do instead
/// ```rhai
/// rule "Call" when lead.open then phone;
/// ```
pub(crate) const MISSING_WHEN: DiagnosticCode = DiagnosticCode::new("missing-when");

/// A cadence has no steps
///
/// ## What it does
/// Reports when a cadence does not list its touches.
///
/// ## Why it matters
/// There is nothing to do.
///
/// ## Example
/// ```rhai
/// cadence "Warm" when lead.stage is "interest";
/// ```
///
/// ## Do instead
/// ```rhai
/// cadence "Warm" when lead.stage is "interest" steps [email, phone.after(2.days)];
/// ```
pub(crate) const MISSING_STEPS: DiagnosticCode = DiagnosticCode::new("missing-steps");

/// A limit has no per
///
/// ## What it does
/// Reports when a limit does not say in which period it counts.
///
/// ## Why it matters
/// Two touches a day and two a year are not the same.
///
/// ## Example
/// ```rhai
/// limit phone 2;
/// ```
///
/// ## Do instead
/// ```rhai
/// limit phone 2 per 7.days;
/// ```
pub(crate) const MISSING_PER: DiagnosticCode = DiagnosticCode::new("missing-per");

/// An example has no given
///
/// ## What it does
/// Reports when an example does not describe a lead.
///
/// ## Why it matters
/// There is nothing to decide about.
///
/// ## Example
/// ```rhai
/// example "Nothing to do" expect wait;
/// ```
///
/// ## Do instead
/// ```rhai
/// example "Nothing to do" given #{ stage: "interest" } expect wait;
/// ```
pub(crate) const MISSING_GIVEN: DiagnosticCode = DiagnosticCode::new("missing-given");

/// An example has no expect
///
/// ## What it does
/// Reports when an example does not say what is expected.
///
/// ## Why it matters
/// It could neither pass nor fail.
///
/// ## Example
/// ```rhai
/// example "Nothing to do" given #{ stage: "interest" };
/// ```
///
/// ## Do instead
/// ```rhai
/// example "Nothing to do" given #{ stage: "interest" } expect wait;
/// ```
pub(crate) const MISSING_EXPECT: DiagnosticCode = DiagnosticCode::new("missing-expect");

/// An expression cannot be read
///
/// ## What it does
/// Reports when a condition, touch or value has a syntax error.
///
/// ## Why it matters
/// Its meaning is unclear, so the statement is left out.
///
/// ## Example
/// ```rhai
/// never phone when lead.stage = "lost";
/// ```
///
/// ## Do instead
/// ```rhai
/// never phone when lead.stage is "lost";
/// ```
pub(crate) const SYNTAX: DiagnosticCode = DiagnosticCode::new("syntax");

/// A word that Rhai keeps for itself
///
/// ## What it does
/// Reports when a name is a reserved word of the language underneath.
///
/// ## Why it matters
/// It can have no meaning in a rule.
///
/// ## Example
/// ```rhai
/// never phone when lead.open and default;
/// ```
///
/// ## Do instead
/// ```rhai
/// never phone when lead.open;
/// ```
pub(crate) const RESERVED_WORD: DiagnosticCode = DiagnosticCode::new("reserved-word");

/// Too much within one another
///
/// ## What it does
/// Reports when brackets, operators or functions are nested too deep.
///
/// ## Why it matters
/// Reading it would take more memory than a web page has.
///
/// ## Example
/// ```rhai
/// never phone when (((((((((((((((((((((((((((((((((((((((((lead.open)))))))))))))))))))))))))))))))))))))))));
/// ```
///
/// ## Do instead
/// ```rhai
/// never phone when lead.open;
/// ```
pub(crate) const TOO_DEEP: DiagnosticCode = DiagnosticCode::new("too-deep");

/// Too large
///
/// ## What it does
/// Reports when a pack, a condition or a value is larger than the limits allow.
///
/// ## Why it matters
/// Packs come from others; a limit keeps a hostile one from taking the page down.
///
/// The limits stand in `src/limits.rs`.
///
/// ## Example
/// ```rhai
/// limit phone 2 per 9999999999999999.days;
/// ```
///
/// ## Do instead
/// ```rhai
/// limit phone 2 per 30.days;
/// ```
pub(crate) const TOO_LARGE: DiagnosticCode = DiagnosticCode::new("too-large");

/// Too many of them
///
/// ## What it does
/// Reports when a rulebook has too many packs, or a pack too many statements, settings, functions or findings.
///
/// ## Why it matters
/// Packs come from others; a limit keeps a hostile one from taking the page down.
///
/// The limits stand in `src/limits.rs`; an example would fill this page.
pub(crate) const TOO_MANY: DiagnosticCode = DiagnosticCode::new("too-many");

/// A clause is missing
///
/// ## What it does
/// Reports when a goal does not say what it measures, what it should come to, from when or until when, or a statement lacks another clause that it
/// needs.
///
/// ## Why it matters
/// Without it nobody can tell whether the goal was reached.
///
/// ## Example
/// ```rhai
/// goal "Customers who stay" measure retained_revenue target 400000 since "2026-10-01";
/// ```
///
/// ## Do instead
/// ```rhai
/// goal "Customers who stay" measure retained_revenue target 400000 since "2026-10-01" until "2027-03-31";
/// ```
pub(crate) const MISSING_CLAUSE: DiagnosticCode = DiagnosticCode::new("missing-clause");
