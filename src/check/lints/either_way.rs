//! Conditions about what they asked that are met by what we did.

use crate::book::catalogue::{Fact, SignalMeaning};
use crate::book::value::{Type, Value};
use crate::book::vocabulary::SignalKind;
use crate::check::lints::LintContext;
use crate::check::types::{NodeType, entry};
use crate::diagnostics::codes::DiagnosticCode;
use crate::diagnostics::finding::Finding;
use crate::pack::expression::{Node, NodeKind};
use crate::pack::fact_arguments::direction;

/// What we did is counted as what they did
///
/// ## What it does
/// Warns when a condition asks whether somebody waits for us (`person.waiting`, `not person.answered`) and, joined by `and`, for calls, mails,
/// messages, chats or meetings of either direction: `since("call")`, `calls(7.days)` and the like.
///
/// ## Why it matters
/// Our own touches meet the condition as well. We rang Ann yesterday and she writes today: `not person.answered and person.since("call") <
/// 1.day` holds, and says that we missed a call of hers.
///
/// ## Example
/// ```rhai
/// rule "Missed their call"
///     when not person.answered and person.since("call") < 1.day
///     then phone.within(15.minutes);
/// ```
///
/// ## Do instead
/// Say which way, or ask for what waits:
/// ```rhai
/// rule "Missed their call"
///     when not person.answered and person.since("missed_call") < 1.day
///     then phone.within(15.minutes);
/// rule "They rang"
///     when not person.answered and person.since("call", "inbound") < 1.day
///     then phone.within(15.minutes);
/// rule "Whatever they asked"
///     when person.waiting and person.question is "call"
///     then answer.within(15.minutes);
/// ```
pub(crate) const EITHER_WAY: DiagnosticCode = DiagnosticCode::new("either-way");

pub(crate) fn lint(node: &Node, cx: &LintContext<'_>, found: &mut Vec<Finding>) {
    let NodeKind::And(operands) = &node.kind else { return };
    if !operands.iter().any(asks_who_waits) {
        return;
    }
    for operand in operands {
        each_either_way(operand, cx, found);
    }
}

/// Whether a condition holds only while somebody waits for an answer.
fn asks_who_waits(condition: &Node) -> bool {
    let reads = |node: &Node, wanted: Fact| matches!(&node.kind, NodeKind::Fact { fact, .. } if *fact == wanted);
    match &condition.kind {
        NodeKind::Not(inner) => reads(inner, Fact::Answered),
        NodeKind::And(operands) => operands.iter().any(asks_who_waits),
        _ => reads(condition, Fact::Waiting),
    }
}

/// Reports each fact about signals of either direction in a condition.
fn each_either_way(node: &Node, cx: &LintContext<'_>, found: &mut Vec<Finding>) {
    if let NodeKind::Fact { subject, fact, args, .. } = &node.kind
        && let Some((kind, word)) = kind_of_either_way(*fact, args)
        && args.iter().all(|arg| is_no_direction(arg, cx))
        && let Some(entry) = entry(*subject, *fact)
    {
        let finding = Finding::warning(EITHER_WAY, node.span)
            .with("asked", format!("{}.{}", subject.word(), entry.name))
            .with("kind", kind.word());
        found.push(match (kind, word) {
            (SignalKind::Call, Some(word)) if cx.is_written_literal(word) => {
                finding.help("help-missed-call").replace(word.span, format!("\"{}\"", SignalMeaning::MissedCall.word()))
            }
            (_, Some(word)) if cx.is_written_literal(word) => finding.put_after(word.span, ", \"inbound\""),
            _ => finding,
        });
    }
    for part in node.kind.parts() {
        each_either_way(part, cx, found);
    }
}

/// The kind of signal that a fact is about, when it goes both ways, with the argument that says so; `None` for any other fact.
fn kind_of_either_way(fact: Fact, args: &[Node]) -> Option<(SignalKind, Option<&Node>)> {
    let (kind, word) = match fact {
        Fact::Count(kind) => (kind, None),
        Fact::Since | Fact::First | Fact::Signals => {
            let word = args.first()?;
            let Some(Value::Text(text)) = word.constant() else { return None };
            (SignalKind::from_word(text)?, Some(word))
        }
        _ => return None,
    };
    let both = matches!(
        kind,
        SignalKind::Call | SignalKind::Email | SignalKind::Message | SignalKind::Chat | SignalKind::Meeting
    );
    both.then_some((kind, word))
}

/// Whether an argument is certainly no direction. A text that is only known when the rule runs may be one.
fn is_no_direction(arg: &Node, cx: &LintContext<'_>) -> bool {
    match arg.constant() {
        Some(value) => direction(value).is_none(),
        None => !matches!(cx.type_of(arg), NodeType::Value(Type::Text | Type::Any)),
    }
}
