//! Promises that no moment can keep.
//!
//! A touch with `.within(...)` is due that long after its reason began, and its reason began now at the latest. The promise is never kept when
//! the touch may not begin before that, whenever the reason began:
//!
//! * no moment is open: the hours that hold wherever the rule does, and `.between`, leave none;
//! * `.after(...)`, from now, is at least as long, in whatever unit;
//! * a pause or a cap that holds wherever the rule does stands in the way for longer: the rule asks for a contact so recent, or for so many, that
//!   the next one is not allowed in time.

use crate::analysis::Found;
use crate::analysis::alternatives::{Alternatives, TooMany};
use crate::analysis::hours::{OpenHours, Opening};
use crate::analysis::statements::{
    Condition, Rulebooks, cadence_called, hours_called, limit_called, pause_called, rule_called,
};
use crate::analysis::touches::{WrittenTouch, written_touches};
use crate::book::catalogue::{Fact, Subject};
use crate::book::vocabulary::Channel;
use crate::calendar::Duration;
use crate::diagnostics::Span;
use crate::diagnostics::codes::DiagnosticCode;
use crate::diagnostics::finding::Finding;
use crate::evaluate::matching::per_person;
use crate::pack::Pack;
use crate::pack::expression::Clause;
use crate::pack::policies::{Channels, Hours, Limit, Pause, Scope};
use crate::pack::touch::{Action, Lapse};
use crate::wording::Sentence;

/// A promise that no moment can keep
///
/// ## What it does
/// Warns when a touch is promised (`.within`) and can never begin in that time: the hours that count for it leave no moment, it may not begin
/// before the promise ends, or a pause or cap in force keeps it back for longer, whenever the rule holds.
///
/// ## Why it matters
/// Every advice of the rule is late, or there is none. What is always late is soon believed by nobody.
///
/// ## Example
/// ```rhai
/// rule "Compares us: call in the evening"
///     when lead.stage is "consideration"
///     then phone.within(2.hours).between("18:00", "20:00");
/// reachable phone "Mo-Fr 09:00-17:30; PH off";
/// ```
///
/// ## Do instead
/// ```rhai
/// rule "Compares us: call in the afternoon"
///     when lead.stage is "consideration"
///     then phone.within(8.hours).between("14:00", "17:00");
/// reachable phone "Mo-Fr 09:00-17:30; PH off";
/// ```
pub(crate) const PROMISE_NEVER_KEPT: DiagnosticCode = DiagnosticCode::new("promise-never-kept");

/// Why a promise is never kept.
struct Broken<'a> {
    key: &'static str,
    by: Vec<(Sentence, &'a Pack, Span)>,
}

pub(super) fn find(rulebook: &Rulebooks<'_>, found: &mut Found<'_>) {
    for pack in rulebook.packs {
        for rule in &pack.rules {
            let statement = (rule_called(&rule.name), Condition::of_rule(pack, rule));
            check(rulebook, found, statement, (&rule.then, per_person(rule)));
        }
        for cadence in &pack.cadences {
            let statement = (cadence_called(cadence), Condition::of_cadence(pack, cadence));
            check(rulebook, found, statement, (&cadence.steps, false));
        }
    }
}

fn check(
    rulebook: &Rulebooks<'_>,
    found: &mut Found<'_>,
    (called, condition): (Sentence, Condition<'_>),
    (then, personal): (&Clause, bool),
) {
    let Some(written) = written_touches(then) else { return };
    for touch in written.touches.iter().filter(|touch| is_promised(touch)) {
        let span = touch.span_of("within");
        match broken(rulebook, condition, touch, personal) {
            Ok(Some(broken)) => {
                let finding = Finding::warning(PROMISE_NEVER_KEPT, span).message(broken.key);
                let names = broken.by.iter().map(|(called, ..)| called.clone().into()).collect();
                let finding =
                    finding.with("statement", called.clone()).with("policies", Sentence::list("list-and", names));
                let finding = broken.by.iter().fold(finding, |finding, (_, pack, span)| {
                    finding.related_in(&pack.file, *span, "related-keeps-back")
                });
                found.certain(condition.pack, &finding);
            }
            Ok(None) => {}
            Err(TooMany) => {
                let question = Sentence::new("promise-never-kept-question").with("statement", called.clone());
                found.open(condition.pack, span, PROMISE_NEVER_KEPT, question, Sentence::new("cannot-tell-too-many"));
            }
        }
    }
}

/// Whether a touch has a promise that is the same for every lead.
pub(super) fn is_promised(touch: &WrittenTouch) -> bool {
    matches!(touch.touch.action, Action::Contact(_)) && touch.touch.within.is_some() && !touch.varies("within")
}

/// Why the promise of a touch is never kept; `None` when it may be.
fn broken<'a>(
    rulebook: &Rulebooks<'a>,
    condition: Condition<'_>,
    touch: &WrittenTouch,
    personal: bool,
) -> Result<Option<Broken<'a>>, TooMany> {
    let Action::Contact(channel) = touch.touch.action else { return Ok(None) };
    if begins_too_late(touch) {
        return Ok(Some(Broken { key: "promise-never-kept-after", by: Vec::new() }));
    }
    let holds = rulebook.holds(condition)?;
    if holds.is_never() {
        return Ok(None);
    }
    let about_target = if personal && touch.touch.to.is_none() { holds } else { holds.without_person() };
    let always = |pack: &Pack, when: Option<&Clause>| -> Result<bool, TooMany> {
        if pack.about.valid_to.is_some() || pack.about.countries.is_some() {
            return Ok(false);
        }
        match rulebook.fails(Condition { pack, when, unless: None }) {
            Ok(fails) => rulebook.is_within(&about_target, &fails),
            Err(TooMany) => Err(TooMany),
        }
    };
    let mut open = OpenHours::default();
    for (pack, hours) in in_packs(rulebook.packs, |pack| &pack.hours).filter(|(_, hours)| hours.channels.cover(channel))
    {
        if always(pack, hours.when.as_ref())? {
            open.add((pack, hours), &hours.hours);
        }
    }
    if let Opening::Never(by) = open.opening(touch.touch.between.as_deref(), &rulebook.openings)? {
        let by = by.into_iter().map(|(pack, hours): (&Pack, &Hours)| (hours_called(hours), pack, hours.span)).collect();
        return Ok(Some(Broken { key: "promise-never-kept", by }));
    }
    let Some(Lapse::Clock(within)) = touch.touch.within else { return Ok(None) };
    let subject = if personal && touch.touch.to.is_none() { Subject::Person } else { Subject::Lead };
    for (pack, pause) in in_packs(rulebook.packs, |pack| &pack.pauses) {
        if holds_back_by_pause(&about_target, (subject, channel), pause, within) && always(pack, Some(&pause.when))? {
            let by = vec![(pause_called(pause), pack, pause.span)];
            return Ok(Some(Broken { key: "promise-never-kept-held", by }));
        }
    }
    for (pack, limit) in in_packs(rulebook.packs, |pack| &pack.limits) {
        if holds_back_by_cap(&about_target, (subject, channel), limit, within) && always(pack, limit.when.as_ref())? {
            let by = vec![(limit_called(limit), pack, limit.span)];
            return Ok(Some(Broken { key: "promise-never-kept-held", by }));
        }
    }
    Ok(None)
}

/// The statements of one kind of all packs.
fn in_packs<'a, T: 'a>(
    packs: &'a [Pack],
    of: impl Fn(&'a Pack) -> &'a Vec<T>,
) -> impl Iterator<Item = (&'a Pack, &'a T)> {
    packs.iter().flat_map(move |pack| of(pack).iter().map(move |one| (pack, one)))
}

/// Whether a touch may begin only when its promise is over, counted in units of which one is working time. Two lengths by the clock are told by a lint.
fn begins_too_late(touch: &WrittenTouch) -> bool {
    let length = |lapse: Lapse| match lapse {
        Lapse::Clock(length) | Lapse::Working(length) => length,
        // A working day ends on a later day at the latest at its end: nothing shorter than the days between is certain.
        Lapse::WorkingDays(days) => Duration::DAY.times((days - 1).max(0)).unwrap_or(Duration::ZERO),
    };
    match (touch.touch.within, touch.touch.after) {
        (Some(Lapse::WorkingDays(within)), Some(Lapse::WorkingDays(after))) => within <= after,
        (Some(within @ (Lapse::Clock(_) | Lapse::Working(_))), Some(after)) => {
            let both_by_clock = matches!((within, after), (Lapse::Clock(_), Lapse::Clock(_)));
            // By the clock working time lasts at least as long as its length, so only a start in working time is certainly later.
            let comparable = matches!((within, after), (Lapse::Clock(_), _) | (Lapse::Working(_), Lapse::Working(_)));
            !both_by_clock && comparable && length(within) <= length(after)
        }
        _ => false,
    }
}

/// Whether each lead for which a rule holds had its last contact so lately that a pause keeps it back for longer than it promises.
fn holds_back_by_pause(
    holds: &Alternatives,
    (subject, channel): (Subject, Channel),
    pause: &Pause,
    within: Duration,
) -> bool {
    if !pause.channels.cover(channel) {
        return false;
    }
    let latest = (pause.length - within).millis() as f64;
    let recent = |conjunction: &crate::analysis::Conjunction| {
        conjunction.tests().any(|(variable, set)| {
            let Some((about, fact, arguments)) = variable.as_fact() else { return false };
            let same_channel = pause.channels == Channels::Any || arguments.channel == Some(channel);
            let touched = fact == Fact::LastTouch && same_channel && !set.unknown;
            let counted = fact == Fact::Touches && same_channel && set.lowest().is_some_and(|low| low.at >= 1.0);
            let age = match fact {
                Fact::LastTouch => set.highest().map(|high| high.at),
                _ => arguments.window.map(|window| window.millis() as f64),
            };
            // A pause is counted from contacts with the person, so what is known of the lead does not tell.
            about == Subject::Person
                && subject == Subject::Person
                && (touched || counted)
                && age.is_some_and(|age| age <= latest)
        })
    };
    !holds.is_never() && holds.conjunctions().iter().all(recent)
}

/// Whether each lead for which a rule holds had so many touches so lately that a cap keeps the next one back for longer than it promises.
fn holds_back_by_cap(
    holds: &Alternatives,
    (subject, channel): (Subject, Channel),
    limit: &Limit,
    within: Duration,
) -> bool {
    if !limit.channels.cover(channel) || limit.most == 0 {
        return false;
    }
    let latest = (limit.per - within).millis() as f64;
    let full = |conjunction: &crate::analysis::Conjunction| {
        conjunction.tests().any(|(variable, set)| {
            let Some((about, fact, arguments)) = variable.as_fact() else { return false };
            let counted_together = match limit.across {
                Scope::Person => about == Subject::Person && subject == Subject::Person,
                Scope::Lead => about == Subject::Lead,
                Scope::Account => matches!(about, Subject::Lead | Subject::Account),
            };
            let same_channel = match limit.channels {
                Channels::Any => true,
                Channels::One(one) => arguments.channel == Some(one),
            };
            let many = set.lowest().is_some_and(|low| low.at >= f64::from(limit.most));
            let lately = arguments.window.is_some_and(|window| window.millis() as f64 <= latest);
            fact == Fact::Touches && counted_together && same_channel && many && lately
        })
    };
    !holds.is_never() && holds.conjunctions().iter().all(full)
}
