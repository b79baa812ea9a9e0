//! Rules that another rule always goes before.
//!
//! Where a rule B holds, A holds too, for the same lead and person. B is *shadowed* by A when also one of these is true of each touch of B:
//!
//! * A says `wait`, for everybody or for the person of B, without an end, and the touch is cold: a contact that answers nothing, or a hand-over
//!   where the wait is about the whole lead. Nothing of B is ever advised.
//! * A proposes a contact over the same channel, to the same target and bound to no other time, skill or promise, with a higher priority; or with
//!   the same one, and A stands first. Over one channel the propensity, the value and the usual lever are the same for both, so that their own
//!   `.chance`, `.value`, `.weight` and `.lever` decide. B is advised only where A rests: it was carried out, declined or put off, or its
//!   content is there already. A lead that is worth nothing is left out of account: there all priorities are 0.
//!
//! Rules about somebody who waits are owed an answer, which goes by when it is due; of them nothing is said. What another channel brings depends on
//! the answers of each person, so there it cannot be told. Rules of other packs are left out: packs stand side by side on purpose.

use crate::analysis::Found;
use crate::analysis::alternatives::TooMany;
use crate::analysis::duplicates::is_same_pack;
use crate::analysis::notation::notation;
use crate::analysis::statements::{Answers, Condition, Rulebooks, rule_called};
use crate::analysis::touches::{WrittenTouch, WrittenTouches, written_touches};
use crate::book::catalogue::Fact;
use crate::decide::context::propensity::{prior, usual_lever};
use crate::diagnostics::codes::DiagnosticCode;
use crate::diagnostics::finding::Finding;
use crate::evaluate::matching::per_person;
use crate::limits;
use crate::pack::Pack;
use crate::pack::expression::Body;
use crate::pack::statements::{Rule, lever_given};
use crate::pack::touch::{Action, Lapse, Touch};
use crate::wording::Sentence;

/// A rule that another rule always goes before
///
/// ## What it does
/// Warns when, wherever a rule holds, another rule of the pack holds too and goes first: it proposes the same channel to the same people with a
/// higher priority (or the same, and stands earlier), or it says `wait`.
///
/// ## Why it matters
/// The rule is advised only once the other one was carried out, declined or put off; under a `wait`, never. Mostly the special case stands
/// below the general one.
///
/// ## Example
/// ```rhai
/// rule "Looks at prices"
///     when lead.visits("pricing", 7.days) >= 1
///     then phone.weight(3);
/// rule "Looks at prices again and again"
///     when lead.visits("pricing", 7.days) >= 4
///     then phone.weight(2);
/// ```
///
/// ## Do instead
/// ```rhai
/// rule "Looks at prices"
///     when lead.visits("pricing", 7.days) >= 1
///     then phone.weight(3);
/// rule "Looks at prices again and again"
///     when lead.visits("pricing", 7.days) >= 4
///     then phone.weight(5);
/// ```
pub(crate) const SHADOWED: DiagnosticCode = DiagnosticCode::new("shadowed");

/// Which of two rules goes first where both hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Precedence {
    /// The other one, always.
    Other,
    /// The other one says to wait.
    OtherWaits,
    /// The other one for most people.
    OtherMostly,
    /// Not the other one, or it does not matter.
    Own,
}

struct ReadRule<'a> {
    pack: &'a Pack,
    rule: &'a Rule,
    touches: Option<WrittenTouches>,
    answers: Answers,
    waits_for_us: bool,
}

pub(super) fn find(rulebook: &Rulebooks<'_>, found: &mut Found<'_>) {
    let mut pairs = limits::COMPARED_PAIRS;
    for pack in rulebook.packs {
        let read = |rule| ReadRule {
            pack,
            rule,
            touches: written_touches(&rule.then),
            answers: rulebook.answers(Condition::of_rule(pack, rule)),
            waits_for_us: asks_who_waits(rule),
        };
        let rules: Vec<ReadRule<'_>> = pack.rules.iter().map(read).collect();
        for (nth, rule) in rules.iter().enumerate() {
            let Some(left) = pairs.checked_sub(rules.len()) else {
                let question = Sentence::new("shadowed-any-question").with("statement", rule_called(&rule.rule.name));
                found.open(pack, rule.rule.span, SHADOWED, question, Sentence::new("cannot-tell-too-many-rules"));
                return;
            };
            pairs = left;
            let others = || rules.iter().enumerate().filter(|(other, _)| *other != nth);
            let of = |(other, first): (usize, &ReadRule<'_>)| shadow(rulebook, rule, first, other < nth);
            let judged: Vec<(usize, Precedence, Result<bool, TooMany>)> = others()
                .filter_map(|(place, first)| of((place, first)).map(|(how, holds)| (place, how, holds)))
                .collect();
            let certain = judged.iter().find(|(_, how, holds)| *how != Precedence::OtherMostly && *holds == Ok(true));
            let Some((other, how, holds)) = certain.or_else(|| judged.first()) else { continue };
            let Some(first) = rules.get(*other) else { continue };
            report(found, rule, first, (*how, *holds));
        }
    }
}

fn report(
    found: &mut Found<'_>,
    rule: &ReadRule<'_>,
    first: &ReadRule<'_>,
    (how, holds): (Precedence, Result<bool, TooMany>),
) {
    let names = |sentence: Sentence| {
        sentence.with("statement", rule_called(&rule.rule.name)).with("first", rule_called(&first.rule.name))
    };
    match (how, holds) {
        (Precedence::Other | Precedence::OtherWaits, Ok(true)) => {
            let finding = Finding::warning(SHADOWED, rule.rule.span);
            let finding = if how == Precedence::OtherWaits { finding.message("shadowed-by-wait") } else { finding };
            let finding = finding.with("statement", rule_called(&rule.rule.name));
            let finding = finding.with("first", rule_called(&first.rule.name));
            found.certain(rule.pack, &finding.related_in(&first.pack.file, first.rule.span, "related-goes-first"));
        }
        (_, Ok(_)) => {
            let why = Sentence::new("cannot-tell-propensity");
            found.open(rule.pack, rule.rule.span, SHADOWED, names(Sentence::new("shadowed-question")), why);
        }
        (_, Err(TooMany)) => {
            let why = Sentence::new("cannot-tell-too-many");
            found.open(rule.pack, rule.rule.span, SHADOWED, names(Sentence::new("shadowed-question")), why);
        }
    }
}

/// Which of the two goes first, and whether the other one holds wherever the rule does; `None` where there is nothing to tell.
fn shadow(
    rulebook: &Rulebooks<'_>,
    rule: &ReadRule<'_>,
    other: &ReadRule<'_>,
    stands_first: bool,
) -> Option<(Precedence, Result<bool, TooMany>)> {
    let how = precedence(rule, other, stands_first);
    if how == Precedence::Own || is_same_pack(rule.pack, other.pack) && !std::ptr::eq(rule.pack, other.pack) {
        return None;
    }
    let within = (|| {
        let (holds, fails) = (rule.answers.holds.as_ref(), other.answers.fails.as_ref());
        let (holds, fails) = (holds.map_err(|why| *why)?, fails.map_err(|why| *why)?);
        Ok(!holds.is_never() && rulebook.is_within(holds, fails)?)
    })();
    // That a rule says what another one says is told as such.
    let duplicate = stands_first
        && within == Ok(true)
        && is_written_alike(rule.rule, other.rule)
        && matches!((&other.answers.holds, &rule.answers.fails), (Ok(holds), Ok(fails)) if rulebook.is_within(holds, fails) == Ok(true));
    (within != Ok(false) && !duplicate).then_some((how, within))
}

fn is_written_alike(one: &Rule, other: &Rule) -> bool {
    match (&one.then.body, &other.then.body) {
        (Body::Compiled(one), Body::Compiled(other)) => notation(one) == notation(other),
        _ => false,
    }
}

/// Whether a rule is about somebody who waits for an answer.
pub(super) fn asks_who_waits(rule: &Rule) -> bool {
    let waits = |fact| matches!(fact, Fact::Waiting | Fact::WaitingFor | Fact::Question | Fact::Tried | Fact::Answered);
    let clauses = [Some(&rule.when), rule.unless.as_ref(), Some(&rule.then)].into_iter().flatten();
    clauses.map(|clause| clause.reads_some(&|_, fact| waits(fact))).any(|reads| reads != Some(false))
}

/// Which of two rules goes first where both hold.
fn precedence(rule: &ReadRule<'_>, other: &ReadRule<'_>, stands_first: bool) -> Precedence {
    let (Some(own), Some(others)) = (&rule.touches, &other.touches) else { return Precedence::Own };
    if own.touches.is_empty() || others.chosen || rule.waits_for_us {
        return Precedence::Own;
    }
    let of_touch = |touch: &WrittenTouch| {
        let ways = others.touches.iter().map(|first| goes_first((rule, touch), (other, first), stands_first));
        ways.min_by_key(|way| match way {
            Precedence::OtherWaits => 0,
            Precedence::Other => 1,
            Precedence::OtherMostly => 2,
            Precedence::Own => 3,
        })
    };
    let ways: Option<Vec<Precedence>> = own.touches.iter().map(of_touch).collect();
    let ways = ways.unwrap_or_default();
    let all = |wanted: &[Precedence]| !ways.is_empty() && ways.iter().all(|way| wanted.contains(way));
    match () {
        () if all(&[Precedence::OtherWaits]) => Precedence::OtherWaits,
        () if all(&[Precedence::OtherWaits, Precedence::Other]) => Precedence::Other,
        () if all(&[Precedence::OtherWaits, Precedence::Other, Precedence::OtherMostly]) => Precedence::OtherMostly,
        () => Precedence::Own,
    }
}

/// Which of two touches goes first, of a rule and of another one that holds wherever the rule does.
fn goes_first(
    (rule, own): (&ReadRule<'_>, &WrittenTouch),
    (other, first): (&ReadRule<'_>, &WrittenTouch),
    stands_first: bool,
) -> Precedence {
    let personal = per_person(other.rule);
    if first.touch.action == Action::Wait {
        let endless = first.touch.within.is_none() && first.varying.is_empty();
        let whole_lead = !personal && first.touch.to.is_none();
        let same_person = personal && first.touch.to.is_none() && per_person(rule.rule) && own.touch.to.is_none();
        return match own.touch.action {
            Action::Contact(_) if endless && (whole_lead || same_person) => Precedence::OtherWaits,
            Action::HandOver(_) if endless && whole_lead => Precedence::OtherWaits,
            _ => Precedence::Own,
        };
    }
    let (one, two) = (&own.touch, &first.touch);
    let (Action::Contact(channel), Action::Contact(firsts)) = (&one.action, &two.action) else {
        return Precedence::Own;
    };
    if personal != per_person(rule.rule) || other.waits_for_us {
        return Precedence::Own;
    }
    if channel != firsts {
        let usual = |touch: &WrittenTouch, rule: &Rule, channel| {
            let factors = Factors::of(touch, rule);
            let [has_chance, _, has_lever] = factors.set;
            let chance = if has_chance { 1.0 } else { prior(channel) };
            let lever = if has_lever { 1.0 } else { usual_lever(channel) };
            factors.own * chance * lever
        };
        let ahead = usual(first, other.rule, *firsts) > usual(own, rule.rule, *channel);
        return if ahead && one.to == two.to { Precedence::OtherMostly } else { Precedence::Own };
    }
    let alike = one.to == two.to
        && one.only == two.only
        && one.after == two.after
        && (two.before.is_none() || one.before == two.before)
        && (two.between.is_none() || one.between == two.between)
        && (two.skill.is_none() || one.skill == two.skill)
        && one.automatic == two.automatic
        && one.acknowledges == two.acknowledges
        && promised_no_later(two.within, one.within);
    if !alike {
        return Precedence::Own;
    }
    // A lever that the layer of a rep gives counts for the leads of that rep.
    let by_owner = |rule: &Rule| rule.levers.iter().any(|lever| lever.owners.is_some());
    if !own.varying.is_empty() || !first.varying.is_empty() || by_owner(rule.rule) || by_owner(other.rule) {
        return Precedence::OtherMostly;
    }
    let (own_factors, firsts) = (Factors::of(own, rule.rule), Factors::of(first, other.rule));
    if !own_factors.comparable(&firsts) {
        return Precedence::OtherMostly;
    }
    let ahead = firsts.own > own_factors.own || firsts.own == own_factors.own && stands_first;
    if ahead { Precedence::Other } else { Precedence::Own }
}

/// What a touch sets of its priority.
struct Factors {
    own: f64,
    set: [bool; 3],
}

impl Factors {
    /// Those of a touch of this rule; the lever that layers give to the rule is that of all its touches.
    fn of(touch: &WrittenTouch, rule: &Rule) -> Self {
        let Touch { chance, weight, value, lever, .. } = &touch.touch;
        let lever = lever_given(&rule.levers, None).map(|given| given.factor).or(*lever);
        let factor = |given: Option<f64>| given.unwrap_or(1.0);
        let own = factor(*weight) * factor(*value) * factor(*chance) * factor(lever);
        Self { own, set: [chance.is_some(), value.is_some(), lever.is_some()] }
    }

    /// Whether the factors that they do not set are the same for both.
    fn comparable(&self, other: &Self) -> bool {
        self.set == other.set
    }
}

/// Whether what the one promises is due no later than what the other promises, where the reason of the one began no later.
fn promised_no_later(one: Option<Lapse>, other: Option<Lapse>) -> bool {
    match (one, other) {
        (_, None) => true,
        (Some(Lapse::Clock(one)), Some(Lapse::Clock(other)))
        | (Some(Lapse::Working(one)), Some(Lapse::Working(other))) => one <= other,
        (Some(Lapse::WorkingDays(one)), Some(Lapse::WorkingDays(other))) => one <= other,
        _ => false,
    }
}
