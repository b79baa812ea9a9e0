//! Rules and series that propose several touches, all over one channel.

use crate::book::vocabulary::Channel;
use crate::check::lints::StatementContext;
use crate::diagnostics::codes::DiagnosticCode;
use crate::diagnostics::finding::Finding;
use crate::pack::expression::{Node, NodeKind};
use crate::pack::statement_forms::StatementKind;
use crate::pack::touch::Action;

/// Every touch is over one channel
///
/// ## What it does
/// Warns when a rule or series proposes two touches or more and each of them is over the same channel. A rule with one touch, and a pack that uses
/// one channel only, are in order: the channel is the team's choice, and other rules may bring others.
///
/// ## Why it matters
/// Whoever does not answer the phone is not reached by a third call. Phone, mail and social help one another: each attempt over another channel than
/// the one before reaches those whom that one does not, and annoys less.
///
/// ## Example
/// ```rhai
/// cadence "Keep calling"
///     when lead.stage is "interest"
///     steps [phone, phone.after(2.days), phone.after(4.days)]
///     because "They will answer one day";
/// ```
///
/// ## Do instead
/// ```rhai
/// cadence "Warm inbound"
///     when lead.stage is "interest"
///     steps [email, phone.after(2.days), social.after(4.days)]
///     because "Each attempt over another channel";
/// ```
pub(crate) const SINGLE_CHANNEL: DiagnosticCode = DiagnosticCode::new("single-channel");

pub(crate) fn lint(cx: &StatementContext<'_>, found: &mut Vec<Finding>) {
    let Some(touches) = cx.touches else { return };
    let Some(channels) = channels(touches) else { return };
    let [first, others @ ..] = channels.as_slice() else { return };
    if others.is_empty() || others.iter().any(|channel| channel != first) {
        return;
    }
    let finding = Finding::warning(SINGLE_CHANNEL, touches.span).with("channel", first.word());
    let is_series = cx.kind == StatementKind::Cadence;
    found.push(finding.with("count", channels.len()).help(if is_series {
        "help-vary-steps"
    } else {
        "help-vary-touches"
    }));
}

/// The channels of the contacts that a list proposes, one for each; `None` when it is no list, or the channel of one depends on the lead.
fn channels(touches: &Node) -> Option<Vec<Channel>> {
    match &touches.kind {
        NodeKind::Call { body, .. } => channels(body),
        NodeKind::List(items) => {
            let mut channels = Vec::new();
            for item in items {
                channels.extend(channel(item)?);
            }
            Some(channels)
        }
        _ => None,
    }
}

/// The channel of a touch, `Some(None)` for one without a channel; `None` when it depends on the lead.
fn channel(touch: &Node) -> Option<Option<Channel>> {
    match &touch.kind {
        NodeKind::Action(Action::Contact(channel)) => Some(Some(*channel)),
        NodeKind::Action(Action::Answer) => None,
        NodeKind::Action(_) => Some(None),
        NodeKind::Build { on, .. } => channel(on),
        NodeKind::Call { body, .. } => channel(body),
        NodeKind::If(_, yes, no) => {
            let (yes, no) = (channel(yes)?, channel(no.as_ref()?)?);
            (yes == no).then_some(yes)
        }
        _ => None,
    }
}
