//! `.after` in the `then` of a rule.

use crate::book::vocabulary::Channel;
use crate::check::lints::LintContext;
use crate::diagnostics::codes::DiagnosticCode;
use crate::diagnostics::finding::Finding;
use crate::pack::expression::{Node, NodeKind};
use crate::pack::statement_forms::ClausePurpose;
use crate::pack::touch::Action;

/// `.after(...)` rolls along with now in a rule
///
/// ## What it does
/// Warns about `.after(...)` in the `then` of a rule, except for a visit or a video call, which are planned ahead.
///
/// ## Why it matters
/// A rule is evaluated anew every time. `.after(1.day)` counts from that moment, so today the advice is "tomorrow", and
/// tomorrow it is "tomorrow" again: the touch never comes. In a cadence `.after` counts from the start of the series and is right.
///
/// ## Example
/// ```rhai
/// rule "Ring the day after the form"
///     when lead.forms(7.days) >= 1
///     then phone.after(1.day);
/// ```
///
/// ## Do instead
/// Say in the condition how long ago it must be:
/// ```rhai
/// rule "Ring the day after the form"
///     when lead.since("form") >= 1.day and lead.since("form") < 7.days
///     then phone;
/// ```
pub(crate) const AFTER_IN_RULE: DiagnosticCode = DiagnosticCode::new("after-in-rule");

pub(crate) fn lint(node: &Node, cx: &LintContext<'_>, found: &mut Vec<Finding>) {
    let NodeKind::Build { on, method, args } = &node.kind else { return };
    if &**method != "after" || cx.clause.purpose != ClausePurpose::Touches {
        return;
    }
    let mut root = on;
    while let NodeKind::Build { on, .. } = &root.kind {
        root = on;
    }
    if matches!(root.kind, NodeKind::Action(Action::Contact(Channel::Visit | Channel::Video))) {
        return;
    }
    let length = args.first().and_then(|arg| cx.source_text(arg.span)).unwrap_or("1.day");
    found.push(Finding::warning(AFTER_IN_RULE, node.span).with("length", length));
}
