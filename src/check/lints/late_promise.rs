//! Touches whose `.within` ends before their `.after`.

use crate::book::value::Value;
use crate::calendar::Duration;
use crate::check::lints::LintContext;
use crate::diagnostics::Span;
use crate::diagnostics::codes::DiagnosticCode;
use crate::diagnostics::finding::Finding;
use crate::pack::expression::{Node, NodeKind};

/// A promise that cannot be kept
///
/// ## What it does
/// Warns when `.within(...)` is not longer than `.after(...)` of the same touch. The one counts from now, the other from the
/// moment at which the reason of the touch began, which is now at the latest.
///
/// ## Why it matters
/// The touch may not begin before the promise has ended, so that every advice of the rule is late.
///
/// ## Example
/// ```rhai
/// rule "Visit next week"
///     when lead.open
///     then visit.after(7.days).within(2.days);
/// ```
///
/// ## Do instead
/// ```rhai
/// rule "Visit next week"
///     when lead.open
///     then visit.after(7.days).within(9.days);
/// ```
pub(crate) const LATE_PROMISE: DiagnosticCode = DiagnosticCode::new("late-promise");

pub(crate) fn lint(node: &Node, _: &LintContext<'_>, found: &mut Vec<Finding>) {
    let NodeKind::Build { on, method, args } = &node.kind else { return };
    let other = match &**method {
        "within" => "after",
        "after" => "within",
        _ => return,
    };
    let (Some(own), Some((there, length))) = (args.first().and_then(length), earlier_length(on, other)) else { return };
    let (promise, start) = if other == "after" { (own, length) } else { (length, own) };
    if promise <= start {
        let at = args.first().map_or(node.span, |arg| arg.span);
        found.push(Finding::warning(LATE_PROMISE, at).related(there, "related-other-length"));
    }
}

/// The length of time that an earlier builder method of the touch was given, with its span; `None` when it has no such method.
fn earlier_length(touch: &Node, wanted: &str) -> Option<(Span, Duration)> {
    let NodeKind::Build { on, method, args } = &touch.kind else { return None };
    match args.first().and_then(length) {
        Some(length) if &**method == wanted => Some((args.first()?.span, length)),
        _ => earlier_length(on, wanted),
    }
}

/// The length of time by the clock when it is known while the pack is read; `None` otherwise.
pub(crate) const fn length(node: &Node) -> Option<Duration> {
    match &node.kind {
        NodeKind::Literal(Value::Length(length)) | NodeKind::Setting { value: Value::Length(length), .. } => {
            Some(*length)
        }
        _ => None,
    }
}
