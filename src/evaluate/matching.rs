//! Which rules hold for a lead, for which people, and what they propose.
//!
//! A rule that reads `person` (in `when`, `unless` or `then`) is evaluated for each member of the buying group. A rule that cannot be
//! evaluated becomes a [`Fault`] and never stops the others. Where a `because` fails, the name of the rule stands for it.

use std::borrow::Borrow;

use crate::book::value::Value;
use crate::diagnostics::{EvaluationError, EvaluationErrorCode};
use crate::evaluate::clause::{evaluate, holds, stands};
use crate::evaluate::facts::FactContext;
use crate::evaluate::fault::Fault;
use crate::pack::expression::Clause;
use crate::pack::interpreter::Answer;
use crate::pack::rule_ref::rule_ref;
use crate::pack::statements::{About, Cadence, GivenLever, Pack, Rule, lever_given};
use crate::pack::touch::Touch;
use crate::wording::{Language, Sentence};

/// A rule that holds.
#[derive(Clone, Debug, PartialEq)]
pub struct MatchedRule {
    /// Index of its pack in the rulebook.
    pub pack: usize,
    /// Index of the rule in its pack.
    pub rule: usize,
    /// For which person, by index in the buying group; `None` when the rule does not read `person`.
    pub person: Option<usize>,
    /// What it proposes; empty when its `then` comes to nothing.
    pub touches: Vec<Touch>,
    /// Why, as a sentence for the rep.
    pub because: String,
}

/// The rules of these packs that hold, in the order of packs, rules and people, and those that could not be evaluated.
/// The rules of a pack outside its dates never hold.
pub fn held_in(packs: &[Pack], cx: &FactContext) -> (Vec<MatchedRule>, Vec<Fault>) {
    let mut held = Vec::new();
    let mut faults: Vec<Fault> = Vec::new();
    for (pack_index, pack) in packs.iter().enumerate() {
        if !in_force(&pack.about, cx) {
            continue;
        }
        for (rule_index, rule) in pack.rules.iter().enumerate() {
            let (conditions, then) = (cx.for_statement(), cx.for_statement());
            for (person, cx) in rule_contexts(rule, &conditions) {
                match proposed(rule, &cx, &then.for_person(person)) {
                    Ok(None) => {}
                    Ok(Some(touches)) => {
                        let because = reason(pack, rule, &cx);
                        held.push(MatchedRule { pack: pack_index, rule: rule_index, person, touches, because });
                    }
                    Err(error) => {
                        // A fault that every person gives is reported once.
                        let fault = Fault::new(rule_ref(pack, &rule.name, rule.span), error);
                        if faults.last() != Some(&fault) {
                            faults.push(fault);
                        }
                    }
                }
            }
        }
    }
    (held, faults)
}

/// True when a pack's dates include `now`; notes when that changes.
pub fn in_force(about: &About, cx: &FactContext) -> bool {
    about.changes().for_each(|change| cx.change_at(change));
    about.in_force(cx.now())
}

/// Whether a rule is evaluated for each person of the buying group instead of once for the lead.
pub(crate) fn per_person(rule: &Rule) -> bool {
    rule.when.reads_person || rule.then.reads_person || rule.unless.as_ref().is_some_and(|unless| unless.reads_person)
}

/// The contexts in which a statement is evaluated: one for the lead, or one for each person who is there, with the person's index.
pub(crate) fn contexts(
    per_person: bool,
    cx: &FactContext,
) -> impl Iterator<Item = (Option<usize>, FactContext)> + use<> {
    contexts_of(per_person, false, cx)
}

/// The contexts in which a rule is evaluated: those of [`contexts`]. A rule that reads `person.waiting` is evaluated for somebody who is gone as
/// well while they wait, because their answer goes to whoever took over.
pub(crate) fn rule_contexts(
    rule: &Rule,
    cx: &FactContext,
) -> impl Iterator<Item = (Option<usize>, FactContext)> + use<> {
    // By its text, so that a clause that runs interpreted means the same.
    contexts_of(per_person(rule), rule.when.source.contains("person.waiting"), cx)
}

fn contexts_of(
    per_person: bool,
    with_askers: bool,
    cx: &FactContext,
) -> impl Iterator<Item = (Option<usize>, FactContext)> + use<> {
    let cx = cx.clone();
    let people = if per_person { cx.lead().map_or(0, |lead| lead.people.len()) } else { 1 };
    if per_person {
        cx.departures().moments().for_each(|at| cx.change_at(at));
    }
    (0..people).filter_map(move |index| {
        let person = per_person.then_some(index);
        let cx = cx.for_person(person);
        (cx.is_there() || with_askers && cx.person_waits()).then_some((person, cx))
    })
}

/// Whether a cadence runs: its `when` holds for somebody and its `until` for nobody.
///
/// # Errors
/// As [`holds`]. Both clauses are evaluated for everybody before an error is returned, so that the changes of all are noted.
pub(crate) fn runs(cadence: &Cadence, cx: &FactContext) -> Result<bool, EvaluationError> {
    let cx = &cx.for_statement();
    runs_for(cadence, |per_person| contexts(per_person, cx).map(|(_, cx)| cx))
}

/// Whether a cadence runs, as [`runs`] tells; `contexts` gives those in which a clause is evaluated, by whether it reads `person`.
///
/// # Errors
/// As [`runs`].
pub(crate) fn runs_for<C: Borrow<FactContext>, I: Iterator<Item = C>>(
    cadence: &Cadence,
    contexts: impl Fn(bool) -> I,
) -> Result<bool, EvaluationError> {
    let anybody = |clause: &Clause| {
        // An error for one person is an error for all. It is evaluated for all, because each notes when its answer may change.
        let mut any = Ok(false);
        for cx in contexts(clause.reads_person) {
            let holds = holds(clause, cx.borrow());
            any = any.and_then(|any| holds.map(|holds| any || holds));
        }
        any
    };
    let when = anybody(&cadence.when);
    let ended = cadence.until.as_ref().map(anybody);
    when.and_then(|when| match ended {
        Some(ended) if when => ended.map(|ended| !ended),
        _ => Ok(when),
    })
}

/// What the rule proposes; `None` when it does not hold.
fn proposed(rule: &Rule, cx: &FactContext, then: &FactContext) -> Result<Option<Vec<Touch>>, EvaluationError> {
    if !stands(Some(&rule.when), rule.unless.as_ref(), cx)? {
        return Ok(None);
    }
    touches_by_layers(&rule.then, &rule.levers, then).map(Some)
}

/// The touches of a `then` or `steps` clause with the lever that layers give them for this lead.
///
/// # Errors
/// As [`touches_of`].
pub(crate) fn touches_by_layers(
    clause: &Clause,
    levers: &[GivenLever],
    cx: &FactContext,
) -> Result<Vec<Touch>, EvaluationError> {
    let lever = lever_given(levers, cx.lead().and_then(|lead| lead.owner.as_deref()));
    touches_of(clause, cx).map(|touches| with_lever(touches, lever))
}

/// These touches with a lever in place of their own; unchanged for `None`.
pub(crate) fn with_lever(mut touches: Vec<Touch>, lever: Option<&GivenLever>) -> Vec<Touch> {
    if let Some(given) = lever {
        touches.iter_mut().for_each(|touch| touch.lever = Some(given.factor));
    }
    touches
}

/// The touches of a `then` or `steps` clause. An unknown value (as of an `if` without `else`) and an empty list are no touches.
///
/// # Errors
/// As [`evaluate`]; also when the clause comes to something else than touches.
pub fn touches_of(clause: &Clause, cx: &FactContext) -> Result<Vec<Touch>, EvaluationError> {
    match evaluate(clause, cx)? {
        Answer::Touches(touches) => Ok(touches),
        Answer::Value(Value::Unknown) => Ok(Vec::new()),
        Answer::Value(Value::List(items)) if items.is_empty() => Ok(Vec::new()),
        Answer::Value(other) => Err(EvaluationError {
            code: EvaluationErrorCode::WrongType,
            sentence: Sentence::new("run-touch-needed").with("came", other.described()),
            span: clause.span,
        }),
    }
}

/// Why the rule proposes what it does: the sentence of its `because`, else its name. What a sentence reads notes no change.
pub fn reason(pack: &Pack, rule: &Rule, cx: &FactContext) -> String {
    sentence(pack, rule.because.as_ref(), cx).unwrap_or_else(|| rule.name.clone())
}

/// The sentence of a `because` clause; `None` when there is no clause, when it fails and when its text is blank.
///
/// Numbers, lengths of time and lists in it are written as the pack's language does ([`Value::in_words`]), by the compiled tree and by the
/// interpreter alike. Elsewhere, in conditions and `then`, values become text as in Rhai.
pub fn sentence(pack: &Pack, because: Option<&Clause>, cx: &FactContext) -> Option<String> {
    let language = pack.about.sentence_language();
    match evaluate(because?, &cx.for_sentence(language)) {
        Ok(Answer::Value(value)) => Some(just_now(value.in_words(language), language)),
        _ => None,
    }
    .filter(|text| !text.trim().is_empty())
}

/// A sentence in which what happened "0 seconds ago" happened "just now", as one says it.
fn just_now(text: String, language: Language) -> String {
    let ago = Sentence::new("no-time-ago").render(language);
    if !text.contains(&ago) {
        return text;
    }
    let now = Sentence::new("just-now").render(language);
    let mut told = String::new();
    for (place, part) in text.split(ago.as_str()).enumerate() {
        let is_longer = told.ends_with(|last: char| last.is_alphanumeric() || matches!(last, '.' | ','));
        match place {
            0 => {}
            _ if is_longer => told.push_str(&ago),
            _ => told.push_str(&now),
        }
        told.push_str(part);
    }
    told
}
