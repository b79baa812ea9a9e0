//! Steps of a cadence that are due before an earlier step.

use crate::calendar::Duration;
use crate::check::lints::LintContext;
use crate::check::lints::late_promise::length;
use crate::diagnostics::Span;
use crate::diagnostics::codes::DiagnosticCode;
use crate::diagnostics::finding::Finding;
use crate::pack::expression::{Node, NodeKind};
use crate::pack::statement_forms::ClausePurpose;

/// A step is due before the one in front of it
///
/// ## What it does
/// Warns when `.after(...)` of a step is shorter than that of a step before it.
///
/// ## Why it matters
/// `.after` counts from the start of the series, not from the step before. The steps are taken in the order of the list, so that this one
/// is taken at once after the one before it, with no time between them.
///
/// ## Example
/// ```rhai
/// cadence "Warm"
///     when lead.stage is "interest"
///     steps [email, phone.after(4.days), email.after(2.days)];
/// ```
///
/// ## Do instead
/// ```rhai
/// cadence "Warm"
///     when lead.stage is "interest"
///     steps [email, phone.after(4.days), email.after(6.days)];
/// ```
pub(crate) const STEPS_OUT_OF_ORDER: DiagnosticCode = DiagnosticCode::new("steps-out-of-order");

pub(crate) fn lint(node: &Node, cx: &LintContext<'_>, found: &mut Vec<Finding>) {
    let (Some(ClausePurpose::Steps), NodeKind::List(steps)) = (cx.purpose(node), &node.kind) else { return };
    let mut latest: Option<(Span, Duration)> = None;
    for (at, due) in steps.iter().filter_map(due_after) {
        match latest {
            Some((before, length)) if due < length => {
                found.push(Finding::warning(STEPS_OUT_OF_ORDER, at).related(before, "related-other-length"));
            }
            _ => latest = Some((at, due)),
        }
    }
}

/// When a step is due, counted from the start of the cadence, with the span of that length; `None` for a step without `.after`.
fn due_after(step: &Node) -> Option<(Span, Duration)> {
    let NodeKind::Build { on, method, args } = &step.kind else { return None };
    match args.first() {
        Some(arg) if &**method == "after" => length(arg).map(|length| (arg.span, length)),
        _ => due_after(on),
    }
}
