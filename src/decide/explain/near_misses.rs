//! Rules that nearly hold, and how far they are from it.
//!
//! The `when` of a rule is taken apart at its `and`s; an `unless` counts as one condition more. Each is evaluated by itself and
//! explained: `2 of 3: needs at least 2 visits of "pricing" in 7 days, has 1`. Nothing read here counts as a change to wait for. The
//! text of a condition is made in [`crate::decide::explain::condition_text`].

use crate::decide::advice::{Condition, NearMiss};
use crate::decide::explain::condition_text::condition_text;
use crate::diagnostics::Span;
use crate::evaluate::clause::{holds, truth_of};
use crate::evaluate::facts::FactContext;
use crate::evaluate::matching::{in_force, rule_contexts};
use crate::order;
use crate::pack::expression::{Body, Clause, Node, NodeKind};
use crate::pack::rule_ref::rule_ref;
use crate::pack::statements::{Pack, Rule};
use crate::wording::{Language, Sentence};

/// The most near misses in an explanation.
pub const MOST_NEAR_MISSES: usize = 10;

/// Rules of these packs that hold for nobody although at least half of their conditions do, nearest first: fewest
/// conditions missing, then the order of packs and rules. A rule that is evaluated per person is explained for the person for whom
/// it is nearest. Rules that cannot be evaluated are left out: they are faults of the advice. So are those that are for the leads of other reps.
pub fn nearly_in(packs: &[Pack], cx: &FactContext, language: Language) -> Vec<NearMiss> {
    let cx = cx.quietly();
    let mut misses = Vec::new();
    for pack in packs.iter().filter(|pack| in_force(&pack.about, &cx)) {
        misses.extend(pack.rules.iter().filter_map(|rule| near_miss(pack, rule, &cx, language)));
    }
    misses.retain(|miss: &NearMiss| miss.held * 2 >= miss.of);
    order::sort_by_key(&mut misses, |miss| miss.of - miss.held);
    misses.truncate(MOST_NEAR_MISSES);
    misses
}

/// The conditions of the rules with these names, in the order of the names, whether they hold or not: of each rule for the person for whom most of
/// them do.
#[cfg(feature = "editing")]
pub(crate) fn conditions_of(packs: &[Pack], rules: &[&str], cx: &FactContext, language: Language) -> Vec<NearMiss> {
    let all: Vec<(&Pack, &Rule)> =
        packs.iter().flat_map(|pack| pack.rules.iter().map(move |rule| (pack, rule))).collect();
    let named = rules.iter().flat_map(|name| all.iter().filter(move |(_, rule)| rule.name == **name));
    let asked = named.filter_map(|(pack, rule)| {
        let people = rule_contexts(rule, &cx.for_statement()).map(|(person, _)| person);
        let asked: Vec<NearMiss> = people.map(|person| miss(pack, rule, person, cx, language)).collect();
        asked.into_iter().reduce(|nearest, other| if other.held > nearest.held { other } else { nearest })
    });
    asked.collect()
}

/// How far this rule is from holding, for the person nearest to it; `None` when it holds for somebody, or errs.
fn near_miss(pack: &Pack, rule: &Rule, cx: &FactContext, language: Language) -> Option<NearMiss> {
    let owner = cx.lead().and_then(|lead| lead.owner.as_deref());
    if rule.when.owners.as_deref().is_some_and(|owners| !owners.include(owner)) {
        return None;
    }
    let mut nearest: Option<NearMiss> = None;
    for (person, asked) in rule_contexts(rule, &cx.for_statement()) {
        if rule_holds(rule, &asked)? {
            return None;
        }
        let miss = miss(pack, rule, person, cx, language);
        if nearest.as_ref().is_none_or(|nearest| nearest.held < miss.held) {
            nearest = Some(miss);
        }
    }
    nearest
}

/// The conditions of a rule for a person.
fn miss(pack: &Pack, rule: &Rule, person: Option<usize>, cx: &FactContext, language: Language) -> NearMiss {
    let cx = cx.for_person(person);
    let checks = conditions(rule, &cx, language);
    let of = u32::try_from(checks.len()).unwrap_or(u32::MAX);
    let missing: Vec<Sentence> = checks.iter().filter_map(|check| check.missing.clone()).collect();
    let held = of - u32::try_from(missing.len()).unwrap_or(of);
    NearMiss {
        rule: rule_ref(pack, &rule.name, rule.span),
        person: person.and_then(|_| cx.person()).map(|person| person.id.clone()),
        held,
        of,
        summary: summary(held, of, missing).render(language),
        conditions: checks.into_iter().map(|check| check.condition).collect(),
    }
}

fn summary(held: u32, of: u32, missing: Vec<Sentence>) -> Sentence {
    let missing = missing
        .into_iter()
        .reduce(|first, second| Sentence::new("then-also").with("first", first).with("second", second));
    let missing = missing.unwrap_or_else(|| Sentence::as_is(""));
    Sentence::new("miss-summary").with("held", held).with("of", of).with("missing", missing)
}

/// Whether the rule holds; `None` when it cannot be evaluated.
fn rule_holds(rule: &Rule, cx: &FactContext) -> Option<bool> {
    let stopped = |unless| holds(unless, cx).ok();
    Some(holds(&rule.when, cx).ok()? && !rule.unless.as_ref().map_or(Some(false), stopped)?)
}

/// A condition, and where it does not hold the sentence that says what it needs.
struct ConditionCheck {
    condition: Condition,
    missing: Option<Sentence>,
}

fn conditions(rule: &Rule, cx: &FactContext, language: Language) -> Vec<ConditionCheck> {
    let mut checks = parts_of(&rule.when, true, cx, language);
    if let Some(unless) = &rule.unless {
        let mut parts = parts_of(unless, false, cx, language);
        // An `unless` of several parts is one condition: they stop the rule only together.
        checks.push(if parts.len() == 1 { parts.remove(0) } else { whole(unless, false, cx, language) });
    }
    checks
}

/// The conditions of a clause, each checked whether it comes to `wanted`.
fn parts_of(clause: &Clause, wanted: bool, cx: &FactContext, language: Language) -> Vec<ConditionCheck> {
    match &clause.body {
        Body::Compiled(Node { kind: NodeKind::And(nodes), .. }) => {
            nodes.iter().map(|node| check(node, excerpt(clause, node.span), wanted, cx, language)).collect()
        }
        Body::Compiled(node) => vec![check(node, one_line(&clause.source), wanted, cx, language)],
        Body::Interpreted { .. } => vec![whole(clause, wanted, cx, language)],
    }
}

fn check(node: &Node, source: String, wanted: bool, cx: &FactContext, language: Language) -> ConditionCheck {
    let source = as_written(source, wanted);
    let text = condition_text(node, wanted, cx);
    let (holds, saw, sentence) = match truth_of(node, cx) {
        Ok(truth) => {
            let saw = text.as_ref().map_or_else(|| truth_sentence(truth == wanted), |text| text.saw());
            let not_so = || Sentence::new("needs-source-not-so").with("text", source.as_str());
            (truth == wanted, saw, text.map_or_else(not_so, |text| text.sentence()))
        }
        Err(problem) => {
            let failed = Sentence::new("not-evaluated").with("text", source.as_str()).with("why", problem.sentence);
            (false, Sentence::new("saw-not-evaluated"), failed)
        }
    };
    ConditionCheck {
        condition: Condition { text: source, holds, saw: saw.render(language), span: node.span },
        missing: (!holds).then_some(sentence),
    }
}

/// A clause as one condition, explained by its source.
fn whole(clause: &Clause, wanted: bool, cx: &FactContext, language: Language) -> ConditionCheck {
    let source = as_written(one_line(&clause.source), wanted);
    let truth = holds(clause, cx).is_ok_and(|truth| truth == wanted);
    let key = if wanted { "needs-source" } else { "stopped-by-source" };
    let missing = (!truth).then(|| Sentence::new(key).with("text", source.as_str()));
    let saw = truth_sentence(truth).render(language);
    ConditionCheck { condition: Condition { text: source, holds: truth, saw, span: clause.span }, missing }
}

/// A condition as the pack has it: `unless` is a word of the rule language.
fn as_written(source: String, wanted: bool) -> String {
    if wanted { source } else { format!("unless {source}") }
}

fn truth_sentence(holds: bool) -> Sentence {
    Sentence::new(if holds { "saw-so" } else { "saw-not-so" })
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
