//! Rules and cadences whose every touch is forbidden wherever they hold.

use crate::analysis::Found;
use crate::analysis::alternatives::{Alternatives, TooMany};
use crate::analysis::hours::{OpenHours, Opening};
use crate::analysis::promises::is_promised;
use crate::analysis::relations::truth;
use crate::analysis::shadowed::asks_who_waits;
use crate::analysis::statements::{
    Condition, Rulebooks, cadence_called, hours_called, limit_called, never_called, nobody_waits, rule_called,
};
use crate::analysis::touches::{WrittenTouch, written_touches};
use crate::analysis::value_set::{KnownValues, ValueSet};
use crate::analysis::variable::Variable;
use crate::book::catalogue::{Fact, Subject};
use crate::book::value::Value;
use crate::diagnostics::Span;
use crate::diagnostics::codes::DiagnosticCode;
use crate::diagnostics::finding::Finding;
use crate::evaluate::matching::per_person;
use crate::pack::Pack;
use crate::pack::expression::Clause;
use crate::pack::policies::Channels;
use crate::pack::statements::{PolicyCountries, Rule};
use crate::pack::touch::{Action, Target, Touch};
use crate::wording::Sentence;

/// A rule whose every touch is forbidden
///
/// ## What it does
/// Warns when every touch of a rule or cadence is forbidden wherever it holds, by this pack or another one in force: by a `never`, a `limit` of 0,
/// or `reachable` hours that leave no moment. Also when a rule of another pack says `wait` wherever it holds.
///
/// ## Why it matters
/// It is never advised. The two statements say opposite things, mostly because they were written by different people.
///
/// ## Example
/// ```rhai
/// rule "Interested: call"
///     when lead.stage is "interest"
///     then phone;
/// never phone when lead.stage in ["orientation", "interest"];
/// ```
///
/// ## Do instead
/// ```rhai
/// rule "Interested: write"
///     when lead.stage is "interest"
///     then email;
/// never phone when lead.stage in ["orientation", "interest"];
/// ```
pub(crate) const ALWAYS_FORBIDDEN: DiagnosticCode = DiagnosticCode::new("always-forbidden");

/// How many cases may be left when policies forbid some of them each.
const MOST_CASES: usize = 64;

/// A rule or cadence that proposes touches.
struct Proposing<'a> {
    condition: Condition<'a>,
    then: &'a Clause,
    called: Sentence,
    span: Span,
    personal: bool,
    is_cadence: bool,
    /// Whether somebody may be owed what it proposes, so that no `wait` stops it.
    may_be_owed: bool,
}

/// A policy that forbids a touch where it holds, or a rule that says to wait.
struct Forbidding<'a> {
    condition: Condition<'a>,
    channels: Channels,
    called: Sentence,
    span: Span,
    way: Way<'a>,
    /// When it does not forbid; `None` where that is not known.
    lifted: Option<Result<Alternatives, TooMany>>,
}

/// In what way touches are forbidden.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way<'a> {
    /// Altogether.
    Banned,
    /// Outside these hours.
    Hours(&'a str),
    /// What is owed to nobody, while a rule says `wait`.
    Waiting,
}

pub(super) fn find(rulebook: &Rulebooks<'_>, found: &mut Found<'_>) {
    let forbid = |pack| forbidding(rulebook, pack).into_iter().chain(waiting(rulebook, pack));
    let policies: Vec<Forbidding<'_>> = rulebook.packs.iter().flat_map(forbid).collect();
    if policies.is_empty() {
        return;
    }
    for one in rulebook.packs.iter().flat_map(proposing) {
        let question = || Sentence::new("always-forbidden-question").with("statement", one.called.clone());
        match forbidden(rulebook, &one, &policies) {
            Ok(Some(by)) => {
                let finding = Finding::warning(ALWAYS_FORBIDDEN, one.span).with("statement", one.called.clone());
                let waits = by.iter().all(|policy| policy.way == Way::Waiting);
                let finding = if waits { finding.message("always-forbidden-wait") } else { finding };
                let called = by.iter().map(|policy| policy.called.clone().into()).collect();
                let finding = finding.with("policies", Sentence::list("list-and", called));
                let finding = by.iter().fold(finding, |finding, policy| {
                    finding.related_in(&policy.condition.pack.file, policy.span, "related-forbids")
                });
                found.certain(one.condition.pack, &finding);
            }
            Ok(None) => {}
            Err(TooMany) => {
                let why = Sentence::new("cannot-tell-too-many");
                found.open(one.condition.pack, one.span, ALWAYS_FORBIDDEN, question(), why);
            }
        }
    }
}

fn proposing(pack: &Pack) -> Vec<Proposing<'_>> {
    let rules = pack.rules.iter().map(|rule| Proposing {
        condition: Condition::of_rule(pack, rule),
        then: &rule.then,
        called: rule_called(&rule.name),
        span: rule.span,
        personal: per_person(rule),
        is_cadence: false,
        may_be_owed: asks_who_waits(rule),
    });
    let cadences = pack.cadences.iter().map(|cadence| Proposing {
        condition: Condition::of_cadence(pack, cadence),
        then: &cadence.steps,
        called: cadence_called(cadence),
        span: cadence.span,
        // Its condition may hold for another person than the one whose step it is.
        personal: false,
        is_cadence: true,
        // No step is made while somebody waits.
        may_be_owed: false,
    });
    rules.chain(cadences).collect()
}

fn forbidding<'a>(rulebook: &Rulebooks<'_>, pack: &'a Pack) -> Vec<Forbidding<'a>> {
    // What ends some day does not always forbid.
    if pack.about.valid_to.is_some() {
        return Vec::new();
    }
    let nevers = pack.nevers.iter().map(|never| Forbidding {
        condition: Condition { pack, when: never.when.as_ref(), unless: never.unless.as_ref() },
        channels: never.channels,
        called: never_called(never),
        span: never.span,
        way: Way::Banned,
        lifted: None,
    });
    let capped = pack.limits.iter().filter(|limit| limit.most == 0).map(|limit| Forbidding {
        condition: Condition { pack, when: limit.when.as_ref(), unless: None },
        channels: limit.channels,
        called: limit_called(limit),
        span: limit.span,
        way: Way::Banned,
        lifted: None,
    });
    let hours = pack.hours.iter().map(|hours| Forbidding {
        condition: Condition { pack, when: hours.when.as_ref(), unless: None },
        channels: hours.channels,
        called: hours_called(hours),
        span: hours.span,
        way: Way::Hours(&hours.hours),
        lifted: None,
    });
    let all = nevers.chain(capped).chain(hours);
    all.map(|policy| Forbidding { lifted: lifted(rulebook, policy.condition).transpose(), ..policy }).collect()
}

/// The rules of a pack that say `wait`, without an end, to the person or lead for whom they hold.
fn waiting<'a>(rulebook: &Rulebooks<'_>, pack: &'a Pack) -> impl Iterator<Item = Forbidding<'a>> {
    let endless = |touch: &WrittenTouch| {
        let Touch { action, within, to, .. } = &touch.touch;
        *action == Action::Wait && within.is_none() && to.is_none() && touch.varying.is_empty()
    };
    let waits = move |rule: &&Rule| {
        written_touches(&rule.then).is_some_and(|written| !written.chosen && written.touches.iter().any(endless))
    };
    let rules = pack.rules.iter().filter(move |_| pack.about.valid_to.is_none()).filter(waits);
    rules.map(|rule| {
        let condition = Condition::of_rule(pack, rule);
        Forbidding {
            condition,
            channels: Channels::Any,
            called: rule_called(&rule.name),
            span: rule.span,
            way: Way::Waiting,
            lifted: Some(rulebook.fails(condition)),
        }
    })
}

/// The policies that forbid every touch of a statement wherever it holds; `None` where they do not, or where that cannot be told of some touch.
///
/// # Errors
/// There are too many alternatives.
fn forbidden<'p>(
    rulebook: &Rulebooks<'_>,
    one: &Proposing<'_>,
    policies: &'p [Forbidding<'p>],
) -> Result<Option<Vec<&'p Forbidding<'p>>>, TooMany> {
    let Some(written) = written_touches(one.then) else { return Ok(None) };
    let mut holds = rulebook.holds(one.condition)?;
    if one.is_cadence {
        holds = rulebook.both(&holds, &nobody_waits())?;
    }
    if holds.is_never() || written.touches.is_empty() {
        return Ok(None);
    }
    let mut by: Vec<&Forbidding<'_>> = Vec::new();
    for touch in &written.touches {
        match forbidders(rulebook, (one, touch), &holds, policies)? {
            Some(these) => by.extend(
                these.into_iter().filter(|these| !by.iter().any(|one| std::ptr::eq(*one, *these))).collect::<Vec<_>>(),
            ),
            None => return Ok(None),
        }
    }
    Ok(Some(by))
}

/// The policies that forbid a touch wherever its statement holds; `None` where none do.
fn forbidders<'p>(
    rulebook: &Rulebooks<'_>,
    (one, touch): (&Proposing<'_>, &WrittenTouch),
    holds: &Alternatives,
    policies: &'p [Forbidding<'p>],
) -> Result<Option<Vec<&'p Forbidding<'p>>>, TooMany> {
    let Some(about_target) = about_target(one, touch, holds) else { return Ok(None) };
    // Of the rules of one pack the one that waits is told as going before the other.
    let shadows = |policy: &Forbidding<'_>| !one.is_cadence && std::ptr::eq(policy.condition.pack, one.condition.pack);
    let covers = |policy: &Forbidding<'_>| match (policy.way, &touch.touch.action) {
        (Way::Waiting, Action::Contact(_)) => !one.may_be_owed && !shadows(policy),
        (Way::Banned | Way::Hours(_), Action::Contact(channel)) => policy.channels.cover(*channel),
        // Over whatever channel.
        (Way::Banned | Way::Hours(_), Action::Answer) => policy.channels == Channels::Any,
        (_, Action::Answer | Action::Wait | Action::Find(_) | Action::HandOver(_)) => false,
    };
    let covering =
        || policies.iter().filter(|policy| covers(policy)).filter_map(|policy| Some((policy, policy.lifted.as_ref()?)));
    let mut open = OpenHours::default();
    for (policy, lifted) in covering() {
        let lifted = lifted.as_ref().map_err(|why| *why)?;
        if rulebook.is_within(&about_target, lifted)? {
            match policy.way {
                Way::Banned | Way::Waiting => return Ok(Some(vec![policy])),
                Way::Hours(hours) => open.add(policy, hours),
            }
        }
    }
    if let Some(by) = forbidden_case_by_case(rulebook, &about_target, covering())? {
        return Ok(Some(by));
    }
    match open.opening(touch.touch.between.as_deref(), &rulebook.openings)? {
        // That hours never keep a promise is told as such.
        Opening::Never(_) if is_promised(touch) => Ok(None),
        Opening::Never(hours) => Ok(Some(hours)),
        Opening::Sometimes | Opening::Unsure => Ok(None),
    }
}

/// The policies of which one forbids in each of the cases; `None` where some case is left. Policies for some countries alone leave the others.
fn forbidden_case_by_case<'p>(
    rulebook: &Rulebooks<'_>,
    holds: &Alternatives,
    policies: impl Iterator<Item = (&'p Forbidding<'p>, &'p Result<Alternatives, TooMany>)>,
) -> Result<Option<Vec<&'p Forbidding<'p>>>, TooMany> {
    let (mut left, mut by) = (holds.clone(), Vec::new());
    for (policy, lifted) in policies.filter(|(policy, _)| !matches!(policy.way, Way::Hours(_))) {
        if policy.condition.pack.about.countries.is_some() {
            continue;
        }
        let rest = rulebook.both(&left, lifted.as_ref().map_err(|why| *why)?)?;
        if rest.conjunctions().len() > MOST_CASES {
            return Ok(None);
        }
        if rest != left {
            by.push(policy);
        }
        left = rest;
    }
    Ok(left.is_never().then_some(by))
}

/// When a statement holds, in terms of the person whom the touch goes to; `None` for a touch to nobody.
///
/// What is known of another person than the one for whom it holds is left out.
fn about_target(one: &Proposing<'_>, touch: &WrittenTouch, holds: &Alternatives) -> Option<Alternatives> {
    if matches!(touch.touch.action, Action::Wait | Action::Find(_) | Action::HandOver(_)) {
        return None;
    }
    match &touch.touch.to {
        None if one.personal => Some(holds.clone()),
        Some(Target::Role(role)) if touch.touch.only => {
            let plays = Variable::fact(Subject::Person, Fact::IsA, &[Value::text(role.word())])?;
            Some(holds.without_person().with(&plays, &truth(true)))
        }
        _ => Some(holds.without_person()),
    }
}

/// When a policy does not forbid; `None` for one of which that is not known.
fn lifted(rulebook: &Rulebooks<'_>, condition: Condition<'_>) -> Result<Option<Alternatives>, TooMany> {
    let lifted = if condition.pack.about.hard { rulebook.is_false(condition)? } else { rulebook.fails(condition)? };
    let countries = match &condition.pack.about.countries {
        None => return Ok(Some(lifted)),
        Some(PolicyCountries::Listed(countries)) => countries,
        Some(PolicyCountries::Elsewhere) => return Ok(None),
    };
    let Some(country) = Variable::fact(Subject::Person, Fact::Country, &[]) else { return Ok(None) };
    let listed = countries.iter().map(|country| Value::text(country.code())).collect();
    let elsewhere = ValueSet { unknown: true, known: KnownValues::Listed { values: listed, all_but: true } };
    Ok(Some(rulebook.either(lifted, Alternatives::test(&country, &elsewhere))?))
}
