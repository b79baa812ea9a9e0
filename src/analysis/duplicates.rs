//! Statements that say what another one says.

use std::collections::BTreeMap;

use crate::analysis::Found;
use crate::analysis::alternatives::TooMany;
use crate::analysis::notation::notation;
use crate::analysis::statements::{
    Answers, Condition, Rulebooks, cadence_called, enter_called, hours_called, limit_called, never_called,
    pause_called, rule_called,
};
use crate::diagnostics::Span;
use crate::diagnostics::codes::DiagnosticCode;
use crate::diagnostics::finding::Finding;
use crate::limits;
use crate::pack::Pack;
use crate::pack::expression::{Body, Clause};
use crate::wording::Sentence;

/// A statement that says what another one says
///
/// ## What it does
/// Warns when two statements hold for the same leads and do the same: two rules or cadences with the same touches, two policies of one pack with
/// the same numbers, two ways into a stage. Conditions are compared by what they mean, whatever their words and order. Rules are also compared
/// with those of other packs, save the same pack in another language.
///
/// ## Why it matters
/// The second one does nothing. Whoever changes the one and not the other does not get what they wanted.
///
/// ## Example
/// ```rhai
/// rule "Looks at prices"
///     when lead.open and lead.visits("pricing", 7.days) >= 2
///     then phone;
/// rule "Price page again"
///     when lead.visits("pricing", 7.days) > 1 and lead.open
///     then phone;
/// ```
///
/// ## Do instead
/// ```rhai
/// rule "Looks at prices"
///     when lead.open and lead.visits("pricing", 7.days) >= 2
///     then phone;
/// ```
pub(crate) const DUPLICATE: DiagnosticCode = DiagnosticCode::new("duplicate");

/// A statement with what it does, in a notation that equal statements share.
struct Acting<'a> {
    condition: Condition<'a>,
    does: String,
    /// Whether it is compared with those of other packs too.
    across_packs: bool,
    called: Sentence,
    span: Span,
    answers: Answers,
}

pub(super) fn find(rulebook: &Rulebooks<'_>, found: &mut Found<'_>) {
    let all: Vec<Acting<'_>> = rulebook.packs.iter().flat_map(|pack| acting(rulebook, pack)).collect();
    let mut pairs = limits::COMPARED_PAIRS;
    let mut before: BTreeMap<&str, Vec<&Acting<'_>>> = BTreeMap::new();
    for later in &all {
        let alike = before.entry(&later.does).or_default();
        let comparable = alike.iter().copied().filter(|first| are_comparable(first, later));
        if let Some((first, same)) = first_same(rulebook, comparable, later, &mut pairs) {
            report(found, first, later, same);
        }
        alike.push(later);
    }
}

/// Whether two statements that do the same are compared: those of one pack, and rules of two packs that are not one pack in two languages.
fn are_comparable(first: &Acting<'_>, later: &Acting<'_>) -> bool {
    let one_pack = std::ptr::eq(first.condition.pack, later.condition.pack);
    one_pack || first.across_packs && later.across_packs && !is_same_pack(first.condition.pack, later.condition.pack)
}

/// The first of these that holds for the same leads as another one, else the first of which that cannot be told.
fn first_same<'p, 'a>(
    rulebook: &Rulebooks<'_>,
    firsts: impl Iterator<Item = &'p Acting<'a>>,
    later: &Acting<'_>,
    pairs: &mut usize,
) -> Option<(&'p Acting<'a>, Result<bool, TooMany>)> {
    let mut unsure = None;
    for first in firsts {
        let Some(left) = pairs.checked_sub(1) else { return unsure.or(Some((first, Err(TooMany)))) };
        *pairs = left;
        match hold_together(rulebook, &first.answers, &later.answers) {
            Ok(true) => return Some((first, Ok(true))),
            Ok(false) => {}
            Err(TooMany) => unsure = unsure.or(Some((first, Err(TooMany)))),
        }
    }
    unsure
}

fn report(found: &mut Found<'_>, first: &Acting<'_>, later: &Acting<'_>, same: Result<bool, TooMany>) {
    if same == Err(TooMany) {
        let question = Sentence::new("duplicate-question").with("statement", later.called.clone());
        let question = question.with("first", first.called.clone());
        let why = Sentence::new("cannot-tell-too-many");
        found.open(later.condition.pack, later.span, DUPLICATE, question, why);
    } else {
        let finding = Finding::warning(DUPLICATE, later.span).with("statement", later.called.clone());
        let file = &first.condition.pack.file;
        let finding = finding.with("first", first.called.clone()).related_in(file, first.span, "related-same");
        found.certain(later.condition.pack, &finding);
    }
}

/// Whether two statements hold for the same leads, of which there are some.
fn hold_together(rulebook: &Rulebooks<'_>, one: &Answers, other: &Answers) -> Result<bool, TooMany> {
    let (Answers { holds, fails }, Answers { holds: other_holds, fails: other_fails }) = (one, other);
    let [holds, fails, other_holds, other_fails] = [holds, fails, other_holds, other_fails].map(Result::as_ref);
    let (holds, other_holds) = (holds.map_err(|why| *why)?, other_holds.map_err(|why| *why)?);
    let (fails, other_fails) = (fails.map_err(|why| *why)?, other_fails.map_err(|why| *why)?);
    let possible = !holds.is_never();
    Ok(possible && rulebook.is_within(holds, other_fails)? && rulebook.is_within(other_holds, fails)?)
}

/// Whether two packs are the same one in two languages: they are known by the same id.
pub(super) fn is_same_pack(one: &Pack, other: &Pack) -> bool {
    one.about.id.is_some() && one.about.id == other.about.id
}

fn acting<'a>(rulebook: &Rulebooks<'a>, pack: &'a Pack) -> Vec<Acting<'a>> {
    let of = |condition: Condition<'a>, does: Option<String>, (called, span): (Sentence, Span)| {
        let across_packs = false;
        does.map(|does| Acting { condition, does, across_packs, called, span, answers: rulebook.answers(condition) })
    };
    let when = |when: Option<&'a Clause>, unless: Option<&'a Clause>| Condition { pack, when, unless };
    let rules = pack.rules.iter().map(|one| {
        let does = written(&one.then).map(|then| format!("rule {then} {}", one.then.reads_person));
        let acting = of(Condition::of_rule(pack, one), does, (rule_called(&one.name), one.span));
        acting.map(|acting| Acting { across_packs: true, ..acting })
    });
    let cadences = pack.cadences.iter().map(|one| {
        let does = written(&one.steps).map(|steps| format!("cadence {steps} {:?} {:?}", one.across, one.again_after));
        of(Condition::of_cadence(pack, one), does, (cadence_called(one), one.span))
    });
    let enters = pack.enters.iter().map(|one| {
        let does = Some(format!("enter {} {}", one.stage, one.may_go_back));
        of(when(Some(&one.when), None), does, (enter_called(one.stage.word()), one.span))
    });
    let nevers = pack.nevers.iter().map(|one| {
        let does = Some(format!("never {:?}", one.channels));
        of(when(one.when.as_ref(), one.unless.as_ref()), does, (never_called(one), one.span))
    });
    let capped = pack.limits.iter().map(|one| {
        let does = Some(format!("limit {:?} {} {:?} {:?}", one.channels, one.most, one.per, one.across));
        of(when(one.when.as_ref(), None), does, (limit_called(one), one.span))
    });
    let hours = pack.hours.iter().map(|one| {
        let does = Some(format!("reachable {:?} {}", one.channels, one.hours));
        of(when(one.when.as_ref(), None), does, (hours_called(one), one.span))
    });
    let pauses = pack.pauses.iter().map(|one| {
        let does = Some(format!("pause {:?} {:?}", one.channels, one.length));
        of(when(Some(&one.when), None), does, (pause_called(one), one.span))
    });
    rules.chain(cadences).chain(enters).chain(nevers).chain(capped).chain(hours).chain(pauses).flatten().collect()
}

/// What a `then` or `steps` says; `None` for one that runs interpreted.
fn written(clause: &Clause) -> Option<String> {
    match &clause.body {
        Body::Compiled(node) => Some(notation(node)),
        Body::Interpreted { .. } => None,
    }
}
