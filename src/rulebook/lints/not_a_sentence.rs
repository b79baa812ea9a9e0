//! A touch where a sentence belongs.

use super::Context;
use crate::rulebook::check::Purpose;
use crate::rulebook::codes::Code;
use crate::rulebook::finding::Finding;
use crate::rulebook::tree::{Kind, Node};
use crate::rulebook::types::Gives;

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

pub(super) fn lint(node: &Node, cx: &Context<'_>, found: &mut Vec<Finding>) {
    if cx.purpose(node) == Some(Purpose::Sentence) && cx.gives(node) == Gives::Touch {
        found.push(Finding::error(NOT_A_SENTENCE, node.span));
    }
    if let Kind::Text(parts) = &node.kind {
        let touches = parts.iter().filter(|part| cx.gives(part) == Gives::Touch);
        found.extend(touches.map(|part| Finding::error(NOT_A_SENTENCE, part.span).saying("not-a-sentence-part")));
    }
}
