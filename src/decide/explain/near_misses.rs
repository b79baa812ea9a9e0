//! Rules that nearly hold, and how far they are from it.
//!
//! The `when` of a rule is taken apart at its `and`s; an `unless` counts as one condition more. Each is asked by itself and
//! told in words: `2 of 3: needs at least 2 visits of "pricing" in 7 days, has 1`. Nothing read here counts as a change to
//! wait for. The words themselves are made in [`crate::decide::explain::condition_text`].

use crate::decide::advice::{Condition, NearMiss};
use crate::decide::explain::condition_text::told;
use crate::diagnostics::Span;
use crate::evaluate::clause::{holds, truth_of};
use crate::evaluate::facts::FactContext;
use crate::evaluate::matching::{contexts, in_force, per_person};
use crate::order;
use crate::pack::expression::{Body, Clause, Node, NodeKind};
use crate::pack::rule_ref::rule_ref;
use crate::pack::statements::{Pack, Rule};

/// How many are told at most.
pub const MOST_TOLD: usize = 10;

/// Rules of these packs that hold for nobody although at least half of their conditions do, nearest first: fewest
/// conditions missing, then the order of packs and rules. A rule that is asked per person is told for the person for whom
/// it is nearest. Rules that cannot be evaluated are faults, told elsewhere.
pub fn nearly_in(packs: &[Pack], cx: &FactContext) -> Vec<NearMiss> {
    let cx = cx.quietly();
    let mut misses = Vec::new();
    for pack in packs.iter().filter(|pack| in_force(&pack.about, &cx)) {
        misses.extend(pack.rules.iter().filter_map(|rule| near_miss(pack, rule, &cx)));
    }
    misses.retain(|miss: &NearMiss| miss.held * 2 >= miss.of);
    order::sort_by_key(&mut misses, |miss| miss.of - miss.held);
    misses.truncate(MOST_TOLD);
    misses
}

/// How far this rule is from holding, for the person nearest to it; `None` when it holds for somebody, or errs.
fn near_miss(pack: &Pack, rule: &Rule, cx: &FactContext) -> Option<NearMiss> {
    let mut nearest: Option<NearMiss> = None;
    for (person, cx) in contexts(per_person(rule), cx) {
        if rule_holds(rule, &cx)? {
            return None;
        }
        let told = conditions(rule, &cx);
        let of = u32::try_from(told.len()).unwrap_or(u32::MAX);
        let missing: Vec<&str> = told.iter().filter_map(|each| each.sentence.as_deref()).collect();
        let held = of - u32::try_from(missing.len()).unwrap_or(of);
        if nearest.as_ref().is_some_and(|nearest| nearest.held >= held) {
            continue;
        }
        nearest = Some(NearMiss {
            rule: rule_ref(pack, &rule.name, rule.span),
            person: person.and_then(|_| cx.person()).map(|person| person.id.clone()),
            held,
            of,
            summary: format!("{held} of {of}: {}", missing.join("; ")),
            conditions: told.into_iter().map(|each| each.condition).collect(),
        });
    }
    nearest
}

/// Whether the rule holds; `None` when that cannot be told.
fn rule_holds(rule: &Rule, cx: &FactContext) -> Option<bool> {
    let stopped = |unless| holds(unless, cx).ok();
    Some(holds(&rule.when, cx).ok()? && !rule.unless.as_ref().map_or(Some(false), stopped)?)
}

/// A condition, and where it does not hold the sentence that says what it needs.
struct ConditionCheck {
    condition: Condition,
    sentence: Option<String>,
}

fn conditions(rule: &Rule, cx: &FactContext) -> Vec<ConditionCheck> {
    let mut asked = asked_of(&rule.when, true, cx);
    if let Some(unless) = &rule.unless {
        let mut parts = asked_of(unless, false, cx);
        // An `unless` of several parts is one condition: they stop the rule only together.
        asked.push(if parts.len() == 1 { parts.remove(0) } else { whole(unless, false, cx) });
    }
    asked
}

/// The conditions of a clause, each asked whether it comes to `wanted`.
fn asked_of(clause: &Clause, wanted: bool, cx: &FactContext) -> Vec<ConditionCheck> {
    match &clause.body {
        Body::Compiled(Node { kind: NodeKind::And(nodes), .. }) => {
            nodes.iter().map(|node| ask(node, excerpt(clause, node.span), wanted, cx)).collect()
        }
        Body::Compiled(node) => vec![ask(node, one_line(&clause.source), wanted, cx)],
        Body::Interpreted { .. } => vec![whole(clause, wanted, cx)],
    }
}

fn ask(node: &Node, text: String, wanted: bool, cx: &FactContext) -> ConditionCheck {
    let text = if wanted { text } else { format!("unless {text}") };
    let told = told(node, wanted, cx);
    let (holds, saw, sentence) = match truth_of(node, cx) {
        Ok(truth) => {
            let saw = told.as_ref().map_or_else(|| truth_in_words(truth == wanted), |told| told.saw());
            let sentence = told.map_or_else(|| format!("needs {text}, and that is not so"), |told| told.sentence());
            (truth == wanted, saw, sentence)
        }
        Err(problem) => {
            let sentence = format!("{text} cannot be told: {}", problem.sentence.english());
            (false, "cannot be told".to_owned(), sentence)
        }
    };
    ConditionCheck {
        condition: Condition { text, holds, saw, span: node.span },
        sentence: (!holds).then_some(sentence),
    }
}

/// A clause as one condition, told by its text.
fn whole(clause: &Clause, wanted: bool, cx: &FactContext) -> ConditionCheck {
    let text = one_line(&clause.source);
    let text = if wanted { text } else { format!("unless {text}") };
    let truth = holds(clause, cx).is_ok_and(|truth| truth == wanted);
    let sentence = (!truth).then(|| if wanted { format!("needs {text}") } else { format!("stopped by \"{text}\"") });
    ConditionCheck {
        condition: Condition { text, holds: truth, saw: truth_in_words(truth), span: clause.span },
        sentence,
    }
}

fn truth_in_words(holds: bool) -> String {
    if holds { "is so" } else { "is not so" }.to_owned()
}

/// The part of a clause's text at this place, on one line; the whole text when the place lies outside it.
fn excerpt(clause: &Clause, span: Span) -> String {
    let mut part = String::new();
    for (nth, line) in (clause.span.line..).zip(clause.source.lines()) {
        if nth < span.line || nth > span.end_line {
            continue;
        }
        let first_column = if nth == clause.span.line { clause.span.column } else { 1 };
        let from = if nth == span.line { span.column.saturating_sub(first_column) } else { 0 };
        let to = if nth == span.end_line { span.end_column.saturating_sub(first_column) } else { u32::MAX };
        part.extend(line.chars().skip(from as usize).take(to.saturating_sub(from) as usize));
        part.push(' ');
    }
    let part = one_line(&part);
    if part.is_empty() { one_line(&clause.source) } else { part }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
