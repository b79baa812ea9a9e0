//! Offers that sell, made to leads in the first stages that did not ask.

use crate::book::catalogue::{Fact, SignalMeaning};
use crate::book::value::Value;
use crate::book::vocabulary::{Direction, Outcome, SignalKind, Stage};
use crate::check::clause::visit;
use crate::check::lints::StatementContext;
use crate::diagnostics::codes::DiagnosticCode;
use crate::diagnostics::finding::Finding;
use crate::evaluate::operators;
use crate::pack::expression::{Comparison, Node, NodeKind};
use crate::pack::fact_arguments::FactArguments;

/// A pitch in the first stages
///
/// ## What it does
/// Warns when a rule or series whose condition names the stage may hold in orientation or interest, and brings what sells: content with a word for a
/// quote, price, discount, proposal, demo, trial, brochure or contract in its name, or a question (`ask`) for a quote, demo, proposal or appointment. In English
/// and Dutch. Not when the condition needs something that they asked or said first: a form, a reply, a call or chat of theirs, a question that waits, a
/// look at the price or demo page, a quote that is out, an appointment, or a fact of the team's own, such as a need that is known.
///
/// ## Why it matters
/// Whoever looks around wants help to choose. A pitch before the need is known ends the conversation that it hoped to begin; advice begins one.
///
/// ## Example
/// ```rhai
/// rule "New here: send the prices"
///     when lead.stage is "orientation" and lead.visits(14.days) >= 1
///     then email.offer("price-list")
///     because "They look around";
/// ```
///
/// ## Do instead
/// Help them choose, and ask; or wait until they ask:
/// ```rhai
/// rule "New here: help them choose"
///     when lead.stage is "orientation" and lead.visits(14.days) >= 1
///     then email.offer("buyers-guide").ask("What made you start looking just now?")
///     because "They look around";
///
/// rule "Asked for prices"
///     when lead.stage is "orientation" and lead.forms("prices", 7.days) >= 1
///     then email.offer("price-list")
///     because "They asked for it";
/// ```
pub(crate) const EARLY_PITCH: DiagnosticCode = DiagnosticCode::new("early-pitch");

/// The stages in which nothing is sold to whoever did not ask.
const FIRST_STAGES: [Stage; 2] = [Stage::Orientation, Stage::Interest];

/// Words in the name of content that sells, and in the topic of a request for it.
const SELLING: &[&str] = &[
    "brochure",
    "contract",
    "demo",
    "discount",
    "estimate",
    "flyer",
    "pitch",
    "price",
    "pricelist",
    "pricing",
    "promo",
    "promotion",
    "proposal",
    "quotation",
    "quote",
    "roi",
    "tender",
    "trial",
    "aanbieding",
    "aanbod",
    "demonstratie",
    "folder",
    "korting",
    "offerte",
    "prijs",
    "prijslijst",
    "prijsopgave",
    "prijzen",
    "proefversie",
    "tarief",
    "tarieven",
    "voorstel",
];

/// Words in a question that asks for a sale or an appointment.
const ASKING: &[&str] = &[
    "appointment",
    "demo",
    "discount",
    "pitch",
    "proposal",
    "quotation",
    "quote",
    "aanbieding",
    "afspraak",
    "demonstratie",
    "korting",
    "offerte",
    "voorstel",
];

pub(crate) fn lint(cx: &StatementContext<'_>, found: &mut Vec<Finding>) {
    let (Some(when), Some(touches)) = (cx.when, cx.touches) else { return };
    let mut names_stage = false;
    for condition in cx.conditions() {
        visit(condition, &mut |node| names_stage |= matches!(node.kind, NodeKind::Fact { fact: Fact::Stage, .. }));
    }
    if !names_stage {
        return;
    }
    for stage in FIRST_STAGES {
        let holds = truth(when, stage) != Some(false);
        let stopped = cx.unless.is_some_and(|unless| truth(unless, stage) == Some(true));
        if holds && !stopped {
            each_pitch(touches, stage, found);
        }
    }
}

/// Reports each pitch in touches that are proposed in this stage.
fn each_pitch(node: &Node, stage: Stage, found: &mut Vec<Finding>) {
    match &node.kind {
        NodeKind::If(condition, yes, no) => {
            let holds = truth(condition, stage);
            if holds != Some(false) {
                each_pitch(yes, stage, found);
            }
            if let Some(no) = no.as_ref().filter(|_| holds != Some(true)) {
                each_pitch(no, stage, found);
            }
            return;
        }
        NodeKind::Build { method, args, .. } => {
            let words = match &**method {
                "offer" => SELLING,
                "ask" => ASKING,
                _ => &[],
            };
            for (arg, word) in args.iter().flat_map(texts).filter_map(|(arg, text)| Some((arg, sells(&text, words)?))) {
                let finding = Finding::warning(EARLY_PITCH, arg.span).with("word", word).with("stage", stage.word());
                // A rule may hold in both stages, and is reported for the first.
                if !found.iter().any(|one: &Finding| one.code == EARLY_PITCH && one.span == arg.span) {
                    found.push(finding);
                }
            }
        }
        _ => {}
    }
    node.kind.parts().into_iter().for_each(|part| each_pitch(part, stage, found));
}

/// The texts that an argument consists of, as far as they are known, each with its node.
fn texts(node: &Node) -> Vec<(&Node, String)> {
    match (&node.kind, node.constant()) {
        (_, Some(Value::Text(text))) => vec![(node, text.to_string())],
        (_, Some(Value::List(items))) => items.iter().map(|item| (node, item.to_string())).collect(),
        (NodeKind::List(parts) | NodeKind::Text(parts), _) => parts.iter().flat_map(texts).collect(),
        _ => Vec::new(),
    }
}

/// The first of these words that a text has, also in the plural; `None` when it has none.
fn sells(text: &str, words: &[&'static str]) -> Option<&'static str> {
    let text = text.to_lowercase();
    let own = |part: &str| words.iter().copied().find(|word| part == *word || part.strip_suffix('s') == Some(word));
    text.split(|letter: char| !letter.is_alphanumeric()).find_map(own)
}

/// Whether a condition holds for a lead in this stage that asked nothing and said nothing; `None` when that depends on something else.
fn truth(node: &Node, stage: Stage) -> Option<bool> {
    match &node.kind {
        NodeKind::And(operands) => {
            let answers: Vec<Option<bool>> = operands.iter().map(|operand| truth(operand, stage)).collect();
            if answers.contains(&Some(false)) {
                Some(false)
            } else {
                answers.into_iter().all(|one| one == Some(true)).then_some(true)
            }
        }
        NodeKind::Or(operands) => {
            let answers: Vec<Option<bool>> = operands.iter().map(|operand| truth(operand, stage)).collect();
            if answers.contains(&Some(true)) {
                Some(true)
            } else {
                answers.into_iter().all(|one| one == Some(false)).then_some(false)
            }
        }
        NodeKind::Not(operand) => truth(operand, stage).map(|answer| !answer),
        NodeKind::Call { body, .. } => truth(body, stage),
        NodeKind::Compare(comparison, left, right) => {
            if let Some(answer) = agreed(*comparison, left, right).or_else(|| agreed(*comparison, right, left)) {
                return Some(answer);
            }
            operators::compare(*comparison, &value(left, stage)?, &value(right, stage)?).ok()
        }
        NodeKind::In(item, items) => {
            let item = value(item, stage)?;
            let items: Vec<Value> = items.iter().map(|one| value(one, stage)).collect::<Option<_>>()?;
            operators::contains_item(&items, &item).ok()
        }
        NodeKind::Contains(item, haystack) => operators::contains(&value(haystack, stage)?, &value(item, stage)?).ok(),
        NodeKind::InRange(item, first, last, inclusive) => {
            operators::in_range(&value(item, stage)?, *first, *last, *inclusive).ok()
        }
        _ => match value(node, stage)? {
            Value::Truth(answer) => Some(answer),
            // A fact of the team's own by itself, as a condition.
            Value::Unknown => Some(false),
            _ => None,
        },
    }
}

/// Of a comparison that asks whether something was agreed on or answered (`lead.last_outcome("phone") is "booked"`): that it was not. `None` for any
/// other.
fn agreed(comparison: Comparison, asked: &Node, outcome: &Node) -> Option<bool> {
    let NodeKind::Fact { fact: Fact::LastOutcome, .. } = &asked.kind else { return None };
    let Some(Value::Text(word)) = outcome.constant() else { return None };
    let outcome = Outcome::from_word(word)?;
    use Outcome::{Accepted, Answered, Booked, Held, Replied};
    let spoke = matches!(outcome, Accepted | Answered | Booked | Held | Replied);
    (comparison == Comparison::Equal && spoke).then_some(false)
}

/// What a node comes to for a lead in this stage that asked nothing and said nothing; `None` when that depends on something else.
fn value(node: &Node, stage: Stage) -> Option<Value> {
    if let Some(constant) = node.constant() {
        return Some(constant.clone());
    }
    match &node.kind {
        NodeKind::Call { body, .. } => value(body, stage),
        NodeKind::Own { .. } => Some(Value::Unknown),
        NodeKind::Coalesce(operands) => {
            let mut last = None;
            for operand in operands {
                last = Some(value(operand, stage)?);
                if last != Some(Value::Unknown) {
                    break;
                }
            }
            last
        }
        NodeKind::Fact { fact: Fact::Stage, .. } => Some(Value::text(stage.word())),
        NodeKind::Fact { subject, fact, args, .. } => {
            let args: Vec<Value> = args.iter().map(|arg| arg.constant().cloned()).collect::<Option<_>>()?;
            let args = FactArguments::read(*subject, *fact, &args).ok()??;
            without_request(*fact, &args)
        }
        _ => None,
    }
}

/// What a fact is for a lead that asked nothing and said nothing; `None` for a fact that may be anything then.
fn without_request(fact: Fact, args: &FactArguments) -> Option<Value> {
    use SignalKind::{
        Call, Chat, Click, Download, Email, Form, Meeting, Message, Note, Open, Order, PageVisit, Reply, Search,
    };
    let inbound = args.direction != Some(Direction::Outbound);
    let of_theirs = |kind: SignalKind| match kind {
        Form | Reply | Order => true,
        Chat | Meeting => inbound,
        Call | Email | Message => args.direction == Some(Direction::Inbound),
        PageVisit | Search | Download | Click | Open | Note => {
            args.topic.as_ref().is_some_and(|topic| sells(topic, SELLING).is_some())
        }
        _ => false,
    };
    let asked = || {
        args.kind.is_some_and(of_theirs)
            || matches!(args.meaning, Some(SignalMeaning::MissedCall | SignalMeaning::Conversation))
    };
    match fact {
        Fact::Count(kind) => of_theirs(kind).then_some(Value::Whole(0)),
        Fact::Signals => asked().then_some(Value::Whole(0)),
        Fact::Since | Fact::First => asked().then_some(Value::Unknown),
        Fact::MissedCalls | Fact::QuotesOpen | Fact::Planned => Some(Value::Whole(0)),
        Fact::Waiting | Fact::Replied | Fact::Bought => Some(Value::Truth(false)),
        Fact::Answered => Some(Value::Truth(true)),
        Fact::WaitingFor
        | Fact::Question
        | Fact::LastQuote
        | Fact::QuoteOpenFor
        | Fact::QuoteValidFor
        | Fact::QuoteClosedFor
        | Fact::QuoteAmount => Some(Value::Unknown),
        _ => None,
    }
}
