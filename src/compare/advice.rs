//! Which leads get other advice from other packs, and why.
//!
//! All leads are decided as numbers with both rulebooks ([`Decision`]); words are written for the examples that are shown, and where numbers
//! cannot tell whether a touch brings the same. Memory is that of two decisions a lead.

use std::collections::BTreeMap;
use std::hash::{Hash, Hasher};

use rustc_hash::FxHasher;
use serde::Serialize;

use crate::book::Book;
use crate::book::vocabulary::Channel;
use crate::calendar::in_words::moment;
use crate::calendar::{Instant, Zone};
use crate::compare::attribution::{Attribution, Cause, WhyChanged};
use crate::compare::changes::Changes;
use crate::compare::layered::{LayersOfBoth, Version};
use crate::compare::order::longest_row;
use crate::compare::side::{Numbers, Side};
use crate::decide::advice::{Advice, AdvisedTouch, Verdict};
use crate::decide::{Decider, Decision, decisions_in_order};
use crate::wording::{Amount, Language, Sentence};

/// So many leads are shown of each kind of change.
const EXAMPLES: usize = 5;

/// A kind of difference, with what was and is advised where that is what differs.
type KindOfDifference = (AdviceDifference, Option<Action>, Option<Action>);

/// Which leads get other advice, and why.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AdviceChanges {
    /// The moment for which both were asked.
    pub now: Instant,
    /// All leads.
    pub leads: usize,
    /// Those that get other advice.
    pub other: usize,
    /// These, by what made it another; each lead is in one group. The most leads first.
    pub causes: Vec<CauseGroup>,
    /// The leads with the same advice in another place of the queue, and the like.
    pub same_advice: SameAdvice,
}

/// The leads whose advice one change made another.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CauseGroup {
    /// The kind of change.
    pub why: WhyChanged,
    /// The change in words: `rule changed: "Price page again" (phone became email)`, `setting moved: hot_visits 2 to 3`.
    pub words: String,
    /// The statements: `rule "Price page again"`.
    pub statements: Vec<String>,
    /// How many leads.
    pub leads: usize,
    /// These by what is another, each lead in one group: the action before the person, that before the rep, the due moment, the window and
    /// the content.
    pub kinds: Vec<KindGroup>,
}

/// The leads of which the same thing is another.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct KindGroup {
    /// What is another.
    pub kind: AdviceDifference,
    /// For an action: what was advised, `phone`, `wait` ...
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<&'static str>,
    /// For an action: what is advised now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<&'static str>,
    /// In words: `phone to mail`, `another person`.
    pub words: String,
    /// How many leads.
    pub leads: usize,
    /// The first of them, in the order of the book.
    pub examples: Vec<AdviceExample>,
}

/// What is another about an advice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum AdviceDifference {
    /// The channel, or whether anything is to be done.
    Action,
    /// The person.
    Person,
    /// The rep.
    Rep,
    /// The moment at which it is due.
    Due,
    /// The time at which it may be made.
    Window,
    /// What it brings or asks.
    Content,
}

/// A lead with both answers in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AdviceExample {
    /// Id of the lead.
    pub lead: String,
    /// What people call it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The advice before.
    pub before: String,
    /// The advice now.
    pub after: String,
}

/// The leads with the same advice of which something else differs. A lead may be in several of these.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SameAdvice {
    /// Another rule speaks.
    pub other_rule: SideGroup,
    /// The priority is another.
    pub other_priority: SideGroup,
    /// They stand in another place of the queue, beside others whose advice is the same too.
    pub other_place: SideGroup,
    /// The answer holds until another moment (`reviewAt`).
    pub other_review: SideGroup,
}

/// Leads with the same advice of which one other thing differs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SideGroup {
    /// How many.
    pub leads: usize,
    /// The first of them.
    pub examples: Vec<AdviceExample>,
}

impl SideGroup {
    fn add(&mut self, book: &Book, lead: usize, both: impl FnOnce() -> (String, String)) {
        self.leads += 1;
        if self.examples.len() < EXAMPLES {
            let (before, after) = both();
            let id = book.id(lead).unwrap_or_default().to_owned();
            self.examples.push(AdviceExample { lead: id, name: None, before, after });
        }
    }
}

/// Decides every lead with the packs before and after, and tells which get other advice, and why.
pub fn compare_advice(
    before: Version<'_>,
    after: Version<'_>,
    changes: &Changes,
    book: &Book,
    now: Instant,
    language: Language,
) -> AdviceChanges {
    let (old, new) = (Side::before(before, changes), Side::after(after, changes));
    let deciders = [&old, &new].map(|side| Decider::new(side.rulebook(), book, now).in_language(language));
    let [old_decider, new_decider] = &deciders;
    let (was, is) = (old_decider.all(), new_decider.all());
    let other = leads_with_other_advice((&old, old_decider, &was), (&new, new_decider, &is));
    let numbers = |side: &Side, all: &[Decision], lead: usize| side.numbers(all.get(lead).unwrap_or(&Decision::NONE));
    let both: Vec<(usize, Numbers, Numbers)> =
        other.iter().map(|(lead, _)| (*lead, numbers(&old, &was, *lead), numbers(&new, &is, *lead))).collect();
    let layers = LayersOfBoth::new(before.layers, after.layers, changes);
    let attribution = Attribution { changes, layers, book, now };
    let causes = attribution.causes(&both);

    // The first leads of each cause and kind of difference are shown.
    let mut groups: BTreeMap<(Cause, KindOfDifference), (usize, Vec<usize>)> = BTreeMap::new();
    for (((lead, old, new), (_, difference)), cause) in both.iter().zip(&other).zip(causes) {
        let action = |one: &Numbers| (*difference == AdviceDifference::Action).then(|| Action::of(one));
        let (number, shown) = groups.entry((cause, (*difference, action(old), action(new)))).or_default();
        *number += 1;
        if shown.len() < EXAMPLES {
            shown.push(*lead);
        }
    }
    let mut by_cause: BTreeMap<Cause, Vec<KindGroup>> = BTreeMap::new();
    for ((cause, (kind, from, to)), (leads, shown)) in groups {
        let examples =
            shown.into_iter().map(|lead| example(book, lead, (old_decider, new_decider), language)).collect();
        let words = kind_words(kind, from.zip(to), language);
        let (from, to) = (from.map(Action::word), to.map(Action::word));
        by_cause.entry(cause).or_default().push(KindGroup { kind, from, to, words, leads, examples });
    }
    let mut causes: Vec<CauseGroup> = by_cause
        .into_iter()
        .map(|(cause, mut kinds)| {
            kinds.sort_by_key(|kind| std::cmp::Reverse(kind.leads));
            CauseGroup {
                why: cause.why(changes),
                words: cause.words(changes, &attribution.layers, language),
                statements: cause.titles(changes),
                leads: kinds.iter().map(|kind| kind.leads).sum(),
                kinds,
            }
        })
        .collect();
    causes.sort_by_key(|cause| std::cmp::Reverse(cause.leads));
    let same_advice = same_advice((&old, old_decider, &was), (&new, new_decider, &is), &other, (book, now), language);
    AdviceChanges { now, leads: book.len(), other: other.len(), causes, same_advice }
}

/// What is to be done, in one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Action {
    Contact(Channel),
    Verdict(Verdict),
}

impl Action {
    fn of(numbers: &Numbers) -> Self {
        match numbers.channel {
            Some(channel) if numbers.verdict == Verdict::Touch => Self::Contact(channel),
            _ => Self::Verdict(numbers.verdict),
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Contact(channel) => channel.word(),
            Self::Verdict(Verdict::Touch) => "touch",
            Self::Verdict(Verdict::Find) => "find",
            Self::Verdict(Verdict::HandOver) => "hand_over",
            Self::Verdict(Verdict::Wait) => "wait",
            Self::Verdict(Verdict::Hold) => "hold",
        }
    }

    fn sentence(self) -> Sentence {
        match self {
            Self::Contact(channel) => {
                Sentence::new("as-is").with("words", crate::decide::explain::vocabulary::channel(channel))
            }
            Self::Verdict(Verdict::Touch) => Sentence::new("compare-do-touch"),
            Self::Verdict(Verdict::Find) => Sentence::new("compare-do-find"),
            Self::Verdict(Verdict::HandOver) => Sentence::new("compare-do-hand-over"),
            Self::Verdict(Verdict::Wait) => Sentence::new("compare-do-wait"),
            Self::Verdict(Verdict::Hold) => Sentence::new("compare-do-hold"),
        }
    }
}

fn kind_words(kind: AdviceDifference, actions: Option<(Action, Action)>, language: Language) -> String {
    let sentence = match kind {
        AdviceDifference::Action => {
            let [from, to] = actions.map_or_else(
                || [Sentence::as_is(""), Sentence::as_is("")],
                |(from, to)| [from.sentence(), to.sentence()],
            );
            Sentence::new("compare-other-action").with("before", from).with("after", to)
        }
        AdviceDifference::Person => Sentence::new("compare-other-person"),
        AdviceDifference::Rep => Sentence::new("compare-other-rep"),
        AdviceDifference::Due => Sentence::new("compare-other-due"),
        AdviceDifference::Window => Sentence::new("compare-other-window"),
        AdviceDifference::Content => Sentence::new("compare-other-content"),
    };
    sentence.render(language)
}

/// The first thing that differs between two decisions for a lead; `None` where nothing does that numbers show.
fn difference(old: &Numbers, new: &Numbers) -> Option<AdviceDifference> {
    let checks = [
        (Action::of(old) != Action::of(new), AdviceDifference::Action),
        (old.person != new.person, AdviceDifference::Person),
        (old.rep != new.rep, AdviceDifference::Rep),
        (old.due != new.due, AdviceDifference::Due),
        ((old.from, old.until) != (new.from, new.until), AdviceDifference::Window),
    ];
    checks.into_iter().find(|(differs, _)| *differs).map(|(_, kind)| kind)
}

/// The leads that get other advice, in the order of the book, each with the first thing that differs.
fn leads_with_other_advice(
    (old, old_decider, was): (&Side, &Decider<'_>, &[Decision]),
    (new, new_decider, is): (&Side, &Decider<'_>, &[Decision]),
) -> Vec<(usize, AdviceDifference)> {
    let mut other: BTreeMap<usize, AdviceDifference> = BTreeMap::new();
    let mut unsure: Vec<usize> = Vec::new();
    for (lead, (was, is)) in was.iter().zip(is).enumerate() {
        let (one, two) = (old.numbers(was), new.numbers(is));
        match difference(&one, &two) {
            Some(kind) => {
                other.insert(lead, kind);
            }
            // Which step of a series it is depends on what may be done.
            None if one.content != two.content || one.is_step || two.is_step => unsure.push(lead),
            None => {}
        }
    }
    let (before, after) = (contents(old_decider, &unsure), contents(new_decider, &unsure));
    let differs = unsure.iter().zip(before.iter().zip(&after)).filter(|(_, (before, after))| before != after);
    other.extend(differs.map(|(lead, _)| (*lead, AdviceDifference::Content)));
    other.into_iter().collect()
}

/// For each of these leads a number that stands for what its touch brings, asks, or is for.
fn contents(decider: &Decider<'_>, leads: &[usize]) -> Vec<u64> {
    let mut contents = Vec::with_capacity(leads.len());
    decider.advices(leads, |advice| {
        let mut hasher = FxHasher::default();
        if let Some(touch) = &advice.touch {
            (&touch.offer, &touch.ask, touch.acknowledges, touch.find, &touch.hand_over, touch.step).hash(&mut hasher);
        }
        contents.push(hasher.finish());
    });
    contents
}

fn example(book: &Book, lead: usize, deciders: (&Decider<'_>, &Decider<'_>), language: Language) -> AdviceExample {
    let (before, after) = (deciders.0.lead(lead), deciders.1.lead(lead));
    AdviceExample {
        lead: book.id(lead).unwrap_or_default().to_owned(),
        name: after.lead_name.clone(),
        before: in_words(&before, language),
        after: in_words(&after, language),
    }
}

/// An advice on one line: "Phone Anna de Vries (decider) between 13:30 and 15:12, their time; by Kim; brings buyers-guide".
fn in_words(advice: &Advice, language: Language) -> String {
    let mut parts = vec![advice.headline(language)];
    if let Some(touch) = &advice.touch {
        let say = |key: &'static str, what: &str| Sentence::new(key).with("what", what).render(language);
        parts.extend(touch.rep.as_ref().map(|rep| say("compare-by", rep.name.as_deref().unwrap_or(&rep.id))));
        parts.extend(touch.offer.as_deref().map(|offer| say("compare-brings", offer)));
        parts.extend(touch.ask.as_deref().map(|ask| say("compare-asks-them", ask)));
        parts.extend(touch.due.map(|due| say("compare-due", &on_clock(due, Some(touch), language))));
    }
    parts.extend(
        advice
            .rule
            .as_ref()
            .filter(|rule| !rule.name.is_empty())
            .map(|rule| Sentence::new("compare-says").with("rule", rule.name.as_str()).render(language)),
    );
    parts.join("; ")
}

/// A moment on the clock of the person of a touch; on that of UTC, which is said, where there is nobody or the zone is not known.
fn on_clock(at: Instant, touch: Option<&AdvisedTouch>, language: Language) -> String {
    let window = touch.and_then(|touch| touch.window.as_ref());
    match window.and_then(|window| Zone::parse(&window.zone).ok()) {
        Some(zone) => moment(at, zone).render(language),
        None => Zone::parse("UTC")
            .map_or_else(|_| at.to_string(), |zone| format!("{} UTC", moment(at, zone).render(language))),
    }
}

/// What else differs for the leads with the same advice.
fn same_advice(
    (old, old_decider, was): (&Side, &Decider<'_>, &[Decision]),
    (new, new_decider, is): (&Side, &Decider<'_>, &[Decision]),
    other: &[(usize, AdviceDifference)],
    (book, now): (&Book, Instant),
    language: Language,
) -> SameAdvice {
    let mut same = SameAdvice::default();
    let is_other = |lead: usize| other.binary_search_by_key(&lead, |(lead, _)| *lead).is_ok();
    for (lead, (was, is)) in was.iter().zip(is).enumerate().filter(|(lead, _)| !is_other(*lead)) {
        let (one, two) = (old.numbers(was), new.numbers(is));
        if one.statement != two.statement {
            same.other_rule.add(book, lead, || (old.title(was), new.title(is)));
        }
        if was.priority != is.priority {
            let amount =
                |one: &Decision| one.priority.map_or_else(String::new, |one| Amount::new(one).render(language));
            same.other_priority.add(book, lead, || (amount(was), amount(is)));
        }
        if was.review_at != is.review_at {
            let never = || Sentence::new("compare-no-review").render(language);
            let until = |decider: &Decider<'_>, one: &Decision| {
                let touch = decider.lead(lead).touch;
                one.review_at.map_or_else(never, |at| on_clock(at, touch.as_ref(), language))
            };
            same.other_review.add(book, lead, || (until(old_decider, was), until(new_decider, is)));
        }
    }
    // Those that have to move so that the others are in the same order.
    let to_do = |lead: usize| was.get(lead).is_some_and(|one| one.verdict.is_to_do()) && !is_other(lead);
    let places = |all: &[Decision]| -> Vec<usize> {
        let decisions: Vec<(usize, Decision)> =
            all.iter().copied().enumerate().filter(|(lead, _)| to_do(*lead)).collect();
        let order = decisions_in_order(&decisions, book, now);
        order.into_iter().filter_map(|place| decisions.get(place).map(|(lead, _)| *lead)).collect()
    };
    let (before, after) = (places(was), places(is));
    let place_before: BTreeMap<usize, usize> = before.iter().enumerate().map(|(place, lead)| (*lead, place)).collect();
    let row: Vec<usize> = after.iter().filter_map(|lead| place_before.get(lead).copied()).collect();
    let kept = longest_row(&row);
    for (place, lead) in after.iter().enumerate().filter(|(place, _)| !kept.contains(place)) {
        let number = |place: usize| Amount::whole(i64::try_from(place + 1).unwrap_or(i64::MAX)).render(language);
        let was = place_before.get(lead).copied().unwrap_or_default();
        same.other_place.add(book, *lead, || (number(was), number(place)));
    }
    same
}
