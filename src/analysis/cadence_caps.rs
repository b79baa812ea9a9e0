//! Cadences whose steps, as they are written, never fit a cap.
//!
//! Of the touches of a series that one cap counts together, more lie within its window than it allows. The distances are those that are
//! written: `.after` counts from the start, and a late step shifts the rest, so that they never become smaller. So in every run at least one
//! step comes later than written. The cap holds in all of them: its condition is met wherever the series runs and nobody waits, as steps are not
//! made while somebody does. Of a cap in another pack it is certain only where that pack is law, or the one needs the other: ways of working are
//! checked side by side without being used together; those of a rulebook with layers are used together.

use crate::analysis::Found;
use crate::analysis::alternatives::TooMany;
use crate::analysis::statements::{Condition, Rulebooks, cadence_called, limit_called, nobody_waits};
use crate::analysis::touches::{WrittenTouch, written_touches};
use crate::book::value::Value;
use crate::diagnostics::codes::DiagnosticCode;
use crate::diagnostics::finding::Finding;
use crate::pack::Pack;
use crate::pack::policies::{Limit, Scope};
use crate::pack::statements::Cadence;
use crate::pack::touch::{Action, Lapse};
use crate::wording::Sentence;

/// A cadence that a cap always breaks
///
/// ## What it does
/// Warns when the steps of a cadence lie closer together than a `limit` in force allows, wherever the cadence runs.
///
/// ## Why it matters
/// The cap moves a step in every run, and those after it: the series never has the rhythm that is written.
///
/// ## Example
/// ```rhai
/// cadence "Three calls"
///     when lead.stage is "interest"
///     steps [email, phone.after(1.day), phone.after(3.days), phone.after(5.days)];
/// limit phone 2 per 7.days;
/// ```
///
/// ## Do instead
/// ```rhai
/// cadence "Three calls"
///     when lead.stage is "interest"
///     steps [email, phone.after(1.day), phone.after(3.days), phone.after(8.days)];
/// limit phone 2 per 7.days;
/// ```
pub(crate) const CAP_BREAKS_CADENCE: DiagnosticCode = DiagnosticCode::new("cap-breaks-cadence");

/// Steps that lie too close together for a cap.
struct Crowded {
    /// The place of the step that comes too soon, from 1.
    step: usize,
    /// How many steps the window would hold.
    number: usize,
    /// From the first of them to the last, in milliseconds.
    within: i64,
    /// Whether all of them certainly count together.
    together: bool,
}

pub(super) fn find(rulebook: &Rulebooks<'_>, found: &mut Found<'_>) {
    let limits: Vec<(&Pack, &Limit)> =
        rulebook.packs.iter().flat_map(|pack| pack.limits.iter().map(move |limit| (pack, limit))).collect();
    for (pack, cadence) in rulebook.packs.iter().flat_map(|pack| pack.cadences.iter().map(move |one| (pack, one))) {
        let Some(written) = written_touches(&cadence.steps).filter(|written| !written.chosen) else { continue };
        for (of, limit) in limits.iter().filter(|(of, limit)| of.about.valid_to.is_none() && limit.most > 0) {
            let Some(crowded) = crowded(&written.touches, cadence, limit) else { continue };
            let question = Sentence::new("cap-breaks-cadence-question").with("cadence", cadence_called(cadence));
            let question = question.with("limit", limit_called(limit));
            let mut open =
                |why| found.open(pack, cadence.span, CAP_BREAKS_CADENCE, question.clone(), Sentence::new(why));
            match always_applies(rulebook, (pack, cadence), (of, limit)) {
                Err(TooMany) => open("cannot-tell-too-many"),
                Ok(false) => {}
                Ok(true) if of.about.countries.is_some() => open("cannot-tell-country"),
                Ok(true) if !are_together(pack, of) => open("cannot-tell-side-by-side"),
                Ok(true) if !crowded.together => open("cannot-tell-person"),
                Ok(true) => {
                    let span = crowded_span(&written.touches, crowded.step).unwrap_or(cadence.span);
                    let length = |millis| Value::from(crate::calendar::Duration::from_millis(millis)).in_rule();
                    let finding = Finding::warning(CAP_BREAKS_CADENCE, span)
                        .with("cadence", cadence_called(cadence))
                        .with("limit", limit_called(limit))
                        .with("step", crowded.step)
                        .with("number", crowded.number)
                        .with("within", length(crowded.within))
                        .related_in(&of.file, limit.span, "related-cap");
                    found.certain(pack, &finding);
                }
            }
        }
    }
}

fn crowded_span(touches: &[WrittenTouch], step: usize) -> Option<crate::diagnostics::Span> {
    touches.get(step.checked_sub(1)?).map(|touch| touch.span)
}

/// Whether two packs are certainly in force together: those of one rulebook with layers are, law is, and what the one needs.
fn are_together(one: &Pack, other: &Pack) -> bool {
    let needs = |one: &Pack, other: &Pack| {
        let file = other.file.rsplit(['/', '\\']).next().unwrap_or_default();
        one.about.needs.iter().any(|needed| needed == file)
    };
    let in_layers = one.layer.is_some() && other.layer.is_some();
    std::ptr::eq(one, other) || in_layers || other.about.hard || needs(one, other) || needs(other, one)
}

/// Whether a cap holds wherever a cadence runs and nobody waits for an answer.
fn always_applies(
    rulebook: &Rulebooks<'_>,
    (pack, cadence): (&Pack, &Cadence),
    (of, limit): (&Pack, &Limit),
) -> Result<bool, TooMany> {
    let runs = rulebook.both(&rulebook.holds(Condition::of_cadence(pack, cadence))?, &nobody_waits())?;
    let runs = runs.without_person();
    let lifted = rulebook.fails(Condition { pack: of, when: limit.when.as_ref(), unless: None })?;
    Ok(!runs.is_never() && rulebook.is_within(&runs, &lifted)?)
}

/// The first steps that lie too close together for a cap; `None` when none do.
fn crowded(touches: &[WrittenTouch], cadence: &Cadence, limit: &Limit) -> Option<Crowded> {
    let counted = touches.iter().enumerate().filter_map(|(nth, touch)| {
        let Action::Contact(channel) = touch.touch.action else { return None };
        let at = match touch.touch.after {
            None => 0,
            Some(Lapse::Clock(after)) => after.millis(),
            // How long working time takes by the clock depends on the rep.
            Some(Lapse::Working(_) | Lapse::WorkingDays(_)) => return None,
        };
        let known = !touch.varies("after") && limit.channels.cover(channel);
        known.then_some((nth, at, touch))
    });
    let counted: Vec<(usize, i64, &WrittenTouch)> = counted.collect();
    let most = usize::try_from(limit.most).ok()?;
    // Of those for one person only the steps with one target certainly count together.
    let same_person = |steps: &[(usize, i64, &WrittenTouch)]| {
        let mut targets = steps.iter().map(|(_, _, touch)| &touch.touch.to);
        let first = targets.next();
        targets.all(|target| Some(target) == first)
    };
    let each_person = counted_for_each_person(cadence, touches);
    let mut loose = None;
    for stretch in counted.windows(most + 1) {
        let (Some((_, from, _)), Some((last, until, _))) = (stretch.first(), stretch.last()) else { continue };
        if until - from >= limit.per.millis() {
            continue;
        }
        let together = limit.across != Scope::Person || each_person && same_person(stretch);
        let crowded = Crowded { step: last + 1, number: stretch.len(), within: until - from, together };
        if together {
            return Some(crowded);
        }
        loose = loose.or(Some(crowded));
    }
    loose
}

/// Whether each person gets the steps of a cadence in their own time, so that the steps of one run are all for one person.
fn counted_for_each_person(cadence: &Cadence, touches: &[WrittenTouch]) -> bool {
    let mut targets = touches.iter().map(|touch| &touch.touch.to);
    let first = targets.next();
    cadence.across != Some(Scope::Lead) && targets.all(|target| Some(target) == first)
}
