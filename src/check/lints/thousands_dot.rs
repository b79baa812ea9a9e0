//! Numbers with a dot before exactly three digits, beside amounts of money and counts.

use std::ops::Range;

use crate::book::catalogue::Fact;
use crate::book::value::{Type, Value};
use crate::check::clause::visit;
use crate::check::lints::LintContext;
use crate::check::types::entry;
use crate::diagnostics::Span;
use crate::diagnostics::codes::DiagnosticCode;
use crate::diagnostics::finding::Finding;
use crate::pack::expression::{Arithmetic, Node, NodeKind};

/// The dot of thousands is read as a decimal point
///
/// ## What it does
/// Reports a number from 1 on with exactly three digits after its dot, as `25.000` or `1.500`, beside an amount of money or a count: `lead.value`,
/// `lead.quote_amount`, `account.employees`, `lead.visits()` and the like, `.value(...)`, `typical_value`, the `target` of a goal, and these fields of an
/// example. Beside a number that a pack declares itself it warns. The number may be a setting or a constant, or stand in a list, a range or a call.
///
/// ## Why it matters
/// In most of Europe the dot sets thousands apart. `25.000` is read as twenty-five, so that a rule for large orders holds for nearly every one.
///
/// ## Example
/// ```rhai
/// rule "Worth a visit"
///     when lead.value >= 25.000
///     then visit;
/// ```
///
/// ## Do instead
/// ```rhai
/// rule "Worth a visit"
///     when lead.value >= 25000
///     then visit;
/// ```
pub(crate) const THOUSANDS_DOT: DiagnosticCode = DiagnosticCode::new("thousands-dot");

pub(crate) fn lint(node: &Node, cx: &LintContext<'_>, found: &mut Vec<Finding>) {
    if let NodeKind::Call { body, .. } = &node.kind {
        let passed = cx.numbers_within(node.span);
        if !passed.is_empty() {
            visit(body, &mut |part| each_beside(part, cx, found, &passed));
        }
    }
    each_beside(node, cx, found, &[]);
}

/// A number with a dot of thousands: where it stands, and its text.
pub(crate) type WrittenNumber = (Span, String);

/// Reports the numbers that stand beside an amount of money or a count in this node. `passed` are those in the call of the helper function in whose body
/// the node is.
fn each_beside(node: &Node, cx: &LintContext<'_>, found: &mut Vec<Finding>, passed: &[WrittenNumber]) {
    let (sides, is_built_in): (Vec<&Node>, Option<bool>) = match &node.kind {
        NodeKind::Build { method, args, .. } if &**method == "value" => (args.iter().collect(), Some(true)),
        kind => {
            let sides: Vec<&Node> = match kind {
                NodeKind::Compare(_, left, right)
                | NodeKind::Contains(left, right)
                | NodeKind::Arith(Arithmetic::Add | Arithmetic::Subtract, left, right) => vec![left, right],
                NodeKind::In(item, items) => items.iter().chain([&**item]).collect(),
                NodeKind::Coalesce(operands) => operands.iter().collect(),
                _ => return,
            };
            let is_built_in = sides.iter().filter_map(|side| counts(side, cx)).max();
            (sides, is_built_in)
        }
    };
    let Some(is_built_in) = is_built_in else { return };
    let mut numbers = Vec::new();
    sides.iter().for_each(|side| each_number(side, &mut numbers));
    for number in numbers {
        let mut written = cx.written_numbers(number);
        if written.is_empty() && !cx.is_written_literal(number) {
            let same = |(_, text): &&WrittenNumber| number.constant() == text.parse().ok().map(Value::Number).as_ref();
            written.extend(passed.iter().filter(same).cloned());
        }
        found.extend(written.into_iter().map(|(span, text)| finding(span, &text, is_built_in)));
    }
}

/// Whether a number is an amount of money or a count: `true` for one of the catalogue, `false` for a number of the team's own; `None` for any
/// other number, such as a share, and for what is no number.
fn counts(node: &Node, cx: &LintContext<'_>) -> Option<bool> {
    match &node.kind {
        NodeKind::Fact { fact: Fact::Worth | Fact::QuoteAmount, .. } => Some(true),
        NodeKind::Fact { subject, fact, .. } => {
            entry(*subject, *fact).is_some_and(|entry| entry.returns == Type::Whole).then_some(true)
        }
        NodeKind::Own { name, .. } => {
            cx.declared_fact(name).is_some_and(|own| own.kind == Type::Number).then_some(false)
        }
        NodeKind::Arith(_, left, right) => counts(left, cx).max(counts(right, cx)),
        NodeKind::Coalesce(operands) => operands.iter().filter_map(|operand| counts(operand, cx)).max(),
        NodeKind::If(_, yes, no) => counts(yes, cx).max(no.as_ref().and_then(|no| counts(no, cx))),
        NodeKind::Negate(operand) | NodeKind::Call { body: operand, .. } => counts(operand, cx),
        _ => None,
    }
}

/// Adds the numbers, and lists of numbers, that a side of a comparison may come to. A factor is none: `lead.value * 1.125`.
fn each_number<'n>(node: &'n Node, numbers: &mut Vec<&'n Node>) {
    match &node.kind {
        NodeKind::Literal(Value::Number(_) | Value::List(_)) | NodeKind::Setting { .. } => numbers.push(node),
        NodeKind::List(parts) | NodeKind::Coalesce(parts) => parts.iter().for_each(|part| each_number(part, numbers)),
        NodeKind::Arith(Arithmetic::Add | Arithmetic::Subtract, left, right) => {
            each_number(left, numbers);
            each_number(right, numbers);
        }
        NodeKind::Negate(part) | NodeKind::Call { body: part, .. } => each_number(part, numbers),
        NodeKind::If(_, yes, no) => {
            each_number(yes, numbers);
            if let Some(no) = no {
                each_number(no, numbers);
            }
        }
        _ => {}
    }
}

/// The finding about a number at a place; an error beside an amount of money or a count of the catalogue.
pub(crate) fn finding(span: Span, text: &str, is_built_in: bool) -> Finding {
    let finding = if is_built_in { Finding::error(THOUSANDS_DOT, span) } else { Finding::warning(THOUSANDS_DOT, span) };
    let (thousands, decimals) = text.split_once('.').unwrap_or((text, ""));
    let meant = format!("{thousands}{decimals}");
    let read = text.parse::<f64>().map_or_else(|_| thousands.to_owned(), |read| read.to_string());
    finding.with("written", text).with("read", read).with("meant", meant.as_str()).replace(span, meant)
}

/// Where in a text numbers with a dot of thousands stand, in bytes: one to three digits that do not begin with 0, a dot, and three digits.
pub(crate) fn thousands(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = None;
    for (at, char) in text.char_indices().chain([(text.len(), ' ')]) {
        let is_part = char.is_alphanumeric() || char == '_' || char == '.';
        match (start, is_part) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                if text.get(from..at).is_some_and(is_thousands) {
                    found.push(from..at);
                }
                start = None;
            }
            _ => {}
        }
    }
    found
}

/// Whether a text is a number with a dot of thousands.
pub(crate) fn is_thousands(text: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    text.split_once('.').is_some_and(|(whole, decimals)| {
        digits(whole) && whole.len() <= 3 && !whole.starts_with('0') && digits(decimals) && decimals.len() == 3
    })
}
