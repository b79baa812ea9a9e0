//! A touch where a sentence belongs.

use crate::check::clause::Purpose;
use crate::check::lints::Context;
use crate::check::types::Gives;
use crate::diagnostics::codes::Code;
use crate::diagnostics::finding::Finding;
use crate::pack::expression::{Kind, Node};

/// A touch is no sentence
///
/// ## What it does
/// Tells when `because`, or a text between backquotes, holds a touch.
///
/// ## Why it matters
/// The reason is read by the person who gets the advice. What to do belongs after `then`.
///
/// ## Example
/// ```rhai
/// rule "Asked for contact"
///     when lead.since("form") < 1.hour
///     then phone
///     because phone;
/// ```
///
/// ## Do instead
/// ```rhai
/// rule "Asked for contact"
///     when lead.since("form") < 1.hour
///     then phone
///     because `Asked for contact ${lead.since("form")} ago`;
/// ```
pub(crate) const NOT_A_SENTENCE: Code = Code::new("not-a-sentence");

pub(crate) fn lint(node: &Node, cx: &Context<'_>, found: &mut Vec<Finding>) {
    if cx.purpose(node) == Some(Purpose::Sentence) && cx.gives(node) == Gives::Touch {
        found.push(Finding::error(NOT_A_SENTENCE, node.span));
    }
    if let Kind::Text(parts) = &node.kind {
        let touches = parts.iter().filter(|part| cx.gives(part) == Gives::Touch);
        found.extend(touches.map(|part| Finding::error(NOT_A_SENTENCE, part.span).saying("not-a-sentence-part")));
    }
}
