//! Arguments of the wrong number or type.

use crate::book::catalogue::{FactEntry, ParamKind, Subject};
use crate::book::value::{Type, Value};
use crate::check::lints::LintContext;
use crate::check::types::{NodeType, entry, method_signature, type_argument};
use crate::diagnostics::codes::DiagnosticCode;
use crate::diagnostics::finding::Finding;
use crate::evaluate::clause;
use crate::pack::expression::{Method, Node, NodeKind};
use crate::pack::touch::{Action, BUILDERS, Touch};
use crate::wording::Arg;

/// What stands between the brackets does not fit
///
/// ## What it does
/// Reports when a fact, or a method of a touch, is given an argument that it does not take, or lacks one that it needs.
///
/// ## Why it matters
/// It has no value, and the rule would fail for every lead.
///
/// ## Example
/// ```rhai
/// rule "Looked at prices this week"
///     when lead.visits("pricing", 7) >= 2
///     then phone.within(4.hours);
/// ```
///
/// ## Do instead
/// How far back is a length of time, with a unit:
/// ```rhai
/// rule "Looked at prices this week"
///     when lead.visits("pricing", 7.days) >= 2
///     then phone.within(4.hours);
/// ```
pub(crate) const WRONG_ARGUMENTS: DiagnosticCode = DiagnosticCode::new("wrong-arguments");

pub(crate) fn lint(node: &Node, cx: &LintContext<'_>, found: &mut Vec<Finding>) {
    match &node.kind {
        NodeKind::Fact { subject, fact, args, .. } => {
            if let Some(entry) = entry(*subject, *fact) {
                check_fact(node, *subject, entry, args, cx, found);
            }
        }
        NodeKind::Build { method, args, .. } => found.extend(check_builder(node, method, args, cx)),
        NodeKind::Method { on, method, args } => check_method(on, *method, args, cx, found),
        _ => {}
    }
}

/// Checks the arguments of a fact.
fn check_fact(
    node: &Node,
    subject: Subject,
    entry: &'static FactEntry,
    args: &[Node],
    cx: &LintContext<'_>,
    found: &mut Vec<Finding>,
) {
    let Some(params) = entry.params else { return };
    let finding =
        |span| Finding::error(WRONG_ARGUMENTS, span).with("asked", format!("{}.{}", subject.word(), entry.name));
    let mut given = args.iter().map(|arg| (arg, cx.type_of(arg))).peekable();
    let mut missing = None;
    for (place, param) in params.required.iter().chain(params.optional).enumerate() {
        let fits = given.peek().is_some_and(|(_, node_type)| match node_type {
            NodeType::Value(kind) => param.takes(*kind) || *kind == Type::Any,
            NodeType::Touch => false,
        });
        if fits {
            if let (ParamKind::OwnTime, Some((arg, _))) = (param, given.peek())
                && let NodeKind::Literal(Value::Text(name)) = &arg.kind
                && cx.declared_fact(name).is_none_or(|own| own.kind != Type::Moment)
            {
                found.push(finding(arg.span).message("wrong-arguments-own-time").with("name", &**name));
            }
            if let Some((arg, _)) = given.next()
                && matches!(param, ParamKind::Window | ParamKind::HalfLife)
                && matches!(arg.kind, NodeKind::Literal(Value::Length(length)) if length.millis() <= 0)
            {
                found.push(finding(arg.span).message("wrong-arguments-no-time"));
            }
        } else if place < params.required.len() {
            missing = missing.or(Some(*param));
        }
    }
    if let Some((extra, node_type)) = given.next() {
        let wants_length = params.required.iter().chain(params.optional).any(|param| param.kind() == Type::Length);
        found.push(match node_type {
            NodeType::Value(Type::Whole | Type::Number) if wants_length => {
                length_without_unit(finding(extra.span), params.required.contains(&ParamKind::HalfLife), extra, cx)
            }
            _ => with_signature(
                finding(extra.span).message("wrong-arguments-extra").with("kind", type_argument(node_type)),
                entry,
            ),
        });
    } else if let Some(param) = missing {
        found.push(with_signature(
            finding(node.span).message("wrong-arguments-missing").with("param", param.described()),
            entry,
        ));
    }
}

/// The finding about a length of time without unit: `lead.visits(7)`. `is_half_life` is true for a fact that takes a half-life.
fn length_without_unit(finding: Finding, is_half_life: bool, arg: &Node, cx: &LintContext<'_>) -> Finding {
    let finding = if is_half_life { finding.message("wrong-arguments-half-life") } else { finding };
    match &arg.kind {
        NodeKind::Literal(number) => {
            let finding = finding.with("number", number.to_string()).help("help-unit-for-number");
            if cx.is_written_literal(arg) { finding.put_after(arg.span, ".days") } else { finding }
        }
        NodeKind::Setting { name, .. } => finding.with("number", &**name).help("help-unit-for-setting"),
        _ => finding,
    }
}

/// Adds which arguments a fact takes, as advice.
fn with_signature(finding: Finding, entry: &FactEntry) -> Finding {
    let Some(params) = entry.params else { return finding };
    let required = params.required.iter().map(|param| (*param, false));
    let optional = params.optional.iter().map(|param| (*param, true));
    let mut all = required.chain(optional);
    match (all.next(), all.next()) {
        (None, _) => finding.help("help-takes-nothing"),
        (Some((one, false)), None) => finding.with("first", one.described()).help("help-takes"),
        (Some((one, true)), None) => finding.with("first", one.described()).help("help-takes-perhaps"),
        (Some((one, false)), Some((other, _))) => {
            finding.with("first", one.described()).with("second", other.described()).help("help-takes-and-perhaps")
        }
        (Some((one, true)), Some((other, _))) => {
            finding.with("first", one.described()).with("second", other.described()).help("help-takes-perhaps-both")
        }
    }
}

/// Checks a method of a text, list or number.
fn check_method(on: &Node, method: Method, args: &[Node], cx: &LintContext<'_>, found: &mut Vec<Finding>) {
    let finding = |span| Finding::error(WRONG_ARGUMENTS, span).with("method", method.written());
    let (fits, _) = method_signature(method);
    let node_type = cx.type_of(on);
    if !matches!(node_type, NodeType::Value(kind) if kind == Type::Any || fits.contains(&kind)) {
        let of = match fits {
            [Type::Text] => "a-text",
            [Type::Text, ..] => "a-text-or-list",
            _ => "a-number",
        };
        found.push(
            finding(on.span)
                .message("wrong-arguments-asked")
                .with("of", Arg::Key(of))
                .with("kind", type_argument(node_type)),
        );
    }
    for arg in args {
        let node_type = cx.type_of(arg);
        if !matches!(node_type, NodeType::Value(Type::Text | Type::Any)) {
            found.push(finding(arg.span).message("wrong-arguments-text").with("kind", type_argument(node_type)));
        }
    }
}

/// The first error in the arguments of a builder method; `None` when they fit.
fn check_builder(node: &Node, method: &str, args: &[Node], cx: &LintContext<'_>) -> Option<Finding> {
    let finding =
        |span| Finding::error(WRONG_ARGUMENTS, span).with("method", method).with("takes", builder_signature(method));
    let mut values = Vec::new();
    for arg in args {
        match (&arg.kind, cx.type_of(arg)) {
            // An unknown literal is a part that the tree cannot express.
            (NodeKind::Literal(Value::Unknown), _) => values.push(None),
            (NodeKind::Literal(value) | NodeKind::Setting { value, .. }, _) => values.push(Some(value.clone())),
            (NodeKind::List(_), _) => values.push(clause::constant(arg).ok()),
            (_, NodeType::Touch) => return Some(finding(arg.span).message("wrong-arguments-touch")),
            (_, NodeType::Value(kind)) if !accepts_type(method, kind) => {
                return Some(finding(arg.span).message("wrong-arguments-builder").with("kind", kind.with_article()));
            }
            _ => values.push(None),
        }
    }
    // Whether values fit is decided by the touch itself, which needs values that are known now.
    let known: Vec<Value> = values.into_iter().collect::<Option<_>>()?;
    let span = args.first().map_or(node.span, |arg| arg.span);
    // A computed length may be negative when the rule runs; a literal one is an error.
    if let [Value::Length(length) | Value::WorkingLength(length)] = known.as_slice()
        && length.millis() < 0
    {
        return Some(finding(span).message("wrong-arguments-past"));
    }
    let error = Touch::new(Action::Wait).with(method, &known).err()?;
    Some(match known.as_slice() {
        [Value::Text(_)] if method == "before" => {
            finding(span).message("wrong-arguments-before").with("sentence", error.sentence)
        }
        [] => finding(span).message("wrong-arguments-nothing"),
        [one] if accepts_type(method, one.kind()) => {
            finding(span).message("wrong-arguments-value").with("value", one.in_rule())
        }
        [one] => finding(span).message("wrong-arguments-builder").with("kind", one.kind().with_article()),
        many => finding(span).message("wrong-arguments-many").with("count", many.len()),
    })
}

/// Whether a builder method accepts a value of this type.
fn accepts_type(method: &str, kind: Type) -> bool {
    let number = matches!(method, "value" | "chance" | "weight" | "lever");
    match kind {
        Type::Any => true,
        Type::Whole | Type::Number => number,
        Type::Text => !number && !matches!(method, "within" | "after" | "at_best" | "again"),
        Type::Length => matches!(method, "within" | "after" | "again"),
        Type::WorkingLength => matches!(method, "within" | "after"),
        Type::Moment => method == "before",
        Type::List => method == "offer",
        Type::Truth => false,
    }
}

/// What a builder method takes, as a message argument.
fn builder_signature(method: &str) -> Arg {
    let takes = BUILDERS.iter().find(|(name, _)| *name == method).map(|(_, takes)| *takes);
    Arg::Key(takes.unwrap_or("takes-nothing"))
}
