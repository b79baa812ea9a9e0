//! What facts have to do with each other: a lead cannot have three visits this week and fewer this month.
//!
//! [`exclude`] tells whether such laws leave a conjunction no lead. It knows laws, not all of them: what it does not exclude may be impossible
//! all the same. Each law holds because of how the fact is computed, in `evaluate/facts`.

use std::sync::Arc;

use crate::analysis::alternatives::Conjunction;
use crate::analysis::value_set::{End, KnownValues, Span, ValueSet};
use crate::analysis::variable::{ORDERS, Reads, Variable};
use crate::book::catalogue::{Fact, SignalMeaning, Subject};
use crate::book::signal_view::is_interest;
use crate::book::value::Value;
use crate::book::vocabulary::{Channel, Direction, QuoteStatus, Role, SignalKind, Stage};
use crate::pack::fact_arguments::FactArguments;

/// How often what follows from the tests is added to them: each law builds on others at most this deep.
const ROUNDS: usize = 3;

/// Whether no lead can meet the tests.
pub(crate) fn exclude(tests: &Conjunction) -> bool {
    with_consequences(tests).is_none_or(|all| counts_contradict(&all) || orders_contradict(&all))
}

/// The tests with what follows from them; `None` when that leaves no value for some variable.
pub(crate) fn with_consequences(tests: &Conjunction) -> Option<Conjunction> {
    let mut all = tests.clone();
    for _ in 0..ROUNDS {
        let implied: Vec<(Variable, ValueSet)> =
            all.tests().flat_map(|(variable, set)| consequences(variable, set)).collect();
        if implied.is_empty() {
            break;
        }
        let before = all.clone();
        if !implied.iter().all(|(variable, set)| all.narrow(variable, set)) {
            return None;
        }
        if all == before {
            break;
        }
    }
    Some(all)
}

/// A set of one truth.
pub(crate) fn truth(truth: bool) -> ValueSet {
    ValueSet { unknown: false, known: KnownValues::listed(vec![truth.into()]) }
}

/// A set of these words or truths.
pub(crate) fn listed(values: impl Into<Vec<Value>>) -> ValueSet {
    ValueSet { unknown: false, known: KnownValues::listed(values.into()) }
}

/// Every known value of a variable.
pub(crate) fn known(variable: &Variable) -> ValueSet {
    ValueSet { unknown: false, ..variable.domain() }
}

/// Only unknown.
pub(crate) fn unknown(variable: &Variable) -> ValueSet {
    let known = match variable.domain().known {
        KnownValues::Spans(_) => KnownValues::Spans(Vec::new()),
        KnownValues::Listed { .. } => KnownValues::none_listed(),
    };
    ValueSet { unknown: true, known }
}

/// Counts from a number on.
pub(crate) fn at_least(number: f64) -> ValueSet {
    ValueSet { unknown: false, known: KnownValues::Spans(vec![Span::from(number)]) }
}

fn none_of_it() -> ValueSet {
    ValueSet { unknown: false, known: KnownValues::Spans(vec![Span::between(0.0, 0.0)]) }
}

fn words(words: impl IntoIterator<Item = &'static str>, unknown: bool) -> ValueSet {
    ValueSet { unknown, known: KnownValues::listed(words.into_iter().map(Value::text).collect()) }
}

/// Whether a set has no known value.
fn has_no_known(variable: &Variable, set: &ValueSet) -> bool {
    ValueSet { unknown: false, known: set.known.clone() }.is_empty(variable.words().as_deref())
}

/// What other facts must be where this one has one of these values.
fn consequences(variable: &Variable, set: &ValueSet) -> Vec<(Variable, ValueSet)> {
    let Some((subject, fact, arguments)) = variable.as_fact() else { return Vec::new() };
    let other = |fact: Fact, args: &[Value]| Variable::fact(subject, fact, args);
    let mut implied = Vec::new();
    let mut add = |variable: Option<Variable>, set: &dyn Fn(&Variable) -> ValueSet| {
        if let Some(variable) = variable {
            let set = set(&variable);
            implied.push((variable, set));
        }
    };
    let is = |truth: bool| set.only() == Some(&Value::Truth(truth));
    let is_known = !set.unknown;
    let is_unknown = has_no_known(variable, set);
    let is_none = set.highest().is_some_and(|high| high.at < 1.0);
    let is_some = set.lowest().is_some_and(|low| low.at >= 1.0);
    match fact {
        Fact::Open if is(true) => add(other(Fact::Stage, &[]), &|_| {
            words(Stage::ALL.iter().filter(|stage| stage.is_open()).map(|stage| stage.word()), true)
        }),
        Fact::Open if is(false) => add(other(Fact::Stage, &[]), &|_| {
            words(Stage::ALL.iter().filter(|stage| !stage.is_open()).map(|stage| stage.word()), false)
        }),
        Fact::Waiting if is(true) => {
            add(other(Fact::WaitingFor, &[]), &known);
            if subject == Subject::Person {
                add(other(Fact::Question, &[]), &known);
                add(Variable::fact(Subject::Lead, Fact::Waiting, &[]), &|_| truth(true));
            }
        }
        Fact::Waiting if is(false) => {
            add(other(Fact::WaitingFor, &[]), &unknown);
            if subject == Subject::Person {
                add(other(Fact::Question, &[]), &unknown);
                add(other(Fact::Tried, &[]), &|_| none_of_it());
            } else {
                add(Variable::fact(Subject::Person, Fact::Waiting, &[]), &|_| truth(false));
            }
        }
        Fact::WaitingFor | Fact::Question if is_known => add(other(Fact::Waiting, &[]), &|_| truth(true)),
        Fact::WaitingFor | Fact::Question if is_unknown => add(other(Fact::Waiting, &[]), &|_| truth(false)),
        Fact::Tried if is_some => add(other(Fact::Waiting, &[]), &|_| truth(true)),
        Fact::QuotesOpen if is_some => {
            add(other(Fact::LastQuote, &[]), &|_| words([QuoteStatus::Open.word()], false));
            add(other(Fact::QuoteOpenFor, &[]), &known);
            add(other(Fact::QuoteClosedFor, &[]), &unknown);
        }
        Fact::QuotesOpen if is_none => {
            let ended = QuoteStatus::words().filter(|word| *word != QuoteStatus::Open.word());
            let ended = words(ended, true);
            add(other(Fact::LastQuote, &[]), &|_| ended.clone());
            for fact in [Fact::QuoteOpenFor, Fact::QuoteAmount, Fact::QuoteValidFor] {
                add(other(fact, &[]), &unknown);
            }
        }
        Fact::LastQuote if set.only().is_some_and(|only| *only == Value::text(QuoteStatus::Open.word())) => {
            add(other(Fact::QuotesOpen, &[]), &|_| at_least(1.0));
        }
        Fact::LastQuote if !set.has(&Value::text(QuoteStatus::Open.word())) => {
            add(other(Fact::QuotesOpen, &[]), &|_| none_of_it());
        }
        Fact::QuoteOpenFor | Fact::QuoteAmount | Fact::QuoteValidFor if is_known => {
            add(other(Fact::QuotesOpen, &[]), &|_| at_least(1.0));
        }
        Fact::QuoteOpenFor if is_unknown => add(other(Fact::QuotesOpen, &[]), &|_| none_of_it()),
        Fact::QuoteClosedFor if is_known => add(other(Fact::QuotesOpen, &[]), &|_| none_of_it()),
        Fact::CustomerFor if is_known => add(other(Fact::Customer, &[]), &|_| truth(true)),
        Fact::Customer if is(false) => add(other(Fact::CustomerFor, &[]), &unknown),
        Fact::Consent | Fact::ConsentBasis => {
            let Some(channel) = arguments.channel else { return implied };
            let twin = if fact == Fact::Consent { Fact::ConsentBasis } else { Fact::Consent };
            let twin = other(twin, &[Value::text(channel.word())]);
            match fact {
                Fact::Consent if is(true) => add(twin, &known),
                Fact::Consent if is(false) => add(twin, &unknown),
                Fact::ConsentBasis if is_known => add(twin, &|_| truth(true)),
                Fact::ConsentBasis if is_unknown => add(twin, &|_| truth(false)),
                _ => {}
            }
        }
        Fact::Knows => {
            let Some(role) = arguments.role.map(|role| Value::text(role.word())) else { return implied };
            let people = other(Fact::People, &[role]);
            if is(true) {
                add(people, &|_| at_least(1.0));
            } else if is(false) {
                add(people, &|_| none_of_it());
            }
        }
        Fact::People => {
            let role = arguments.role.map(|role| Value::text(role.word()));
            if let Some(role) = role {
                if is_some {
                    add(other(Fact::Knows, std::slice::from_ref(&role)), &|_| truth(true));
                    let low = set.lowest().map_or(1.0, |low| low.at);
                    add(other(Fact::People, &[]), &|_| at_least(low));
                } else if is_none {
                    add(other(Fact::Knows, std::slice::from_ref(&role)), &|_| truth(false));
                }
            } else if is_none {
                for role in Role::ALL {
                    add(other(Fact::Knows, &[Value::text(role.word())]), &|_| truth(false));
                }
            }
        }
        Fact::Role => {
            // Who has a first role plays it.
            if let Some(Value::Text(role)) = set.only() {
                add(other(Fact::IsA, &[Value::Text(role.clone())]), &|_| truth(true));
            }
        }
        Fact::IsA if is(false) => {
            if let Some(role) = arguments.role {
                let others = words(Role::words().filter(|word| *word != role.word()), true);
                add(other(Fact::Role, &[]), &|_| others.clone());
            }
        }
        Fact::IsA if is(true) => add(other(Fact::Role, &[]), &known),
        Fact::Planned if is_some && arguments.channel.is_some() => {
            let low = set.lowest().map_or(1.0, |low| low.at);
            add(other(Fact::Planned, &[]), &|_| at_least(low));
        }
        _ => {}
    }
    implied
}

/// Which signals of a log are counted.
#[derive(Clone, Debug, PartialEq)]
struct Counted {
    subject: Subject,
    source: Source,
    topic: Option<Arc<str>>,
    direction: Option<Direction>,
    channel: Option<Channel>,
}

/// What sort of signals is counted.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Source {
    Kind(SignalKind),
    Meaning(SignalMeaning),
    Touch,
    Reply,
    /// Inbound signals by weight, as in a score.
    Interest,
}

impl Counted {
    /// Whether all signals counted here are counted there.
    fn is_part_of(&self, other: &Self) -> bool {
        let same_source = self.source == other.source
            || other.source == Source::Reply
                && self.source == Source::Kind(SignalKind::Reply)
                && self.direction == Some(Direction::Inbound);
        self.subject == other.subject
            && same_source
            && (other.topic.is_none() || self.topic == other.topic)
            && (other.source == Source::Reply || other.direction.is_none() || self.direction == other.direction)
            && (other.channel.is_none() || self.channel == other.channel)
    }
}

/// That there are at least, or at most, so many signals younger than `within`, in milliseconds; of any age where that is `None`. Of a score it is the
/// half-life.
struct CountBound {
    counted: Counted,
    within: Option<f64>,
    number: f64,
}

/// Whether the tests ask for more signals of a sort than other tests allow.
fn counts_contradict(tests: &Conjunction) -> bool {
    let (mut at_least, mut at_most) = (Vec::new(), Vec::new());
    for (variable, set) in tests.tests() {
        if let Some((subject, fact, arguments)) = variable.as_fact() {
            bounds((subject, fact, arguments), set, &mut at_least, &mut at_most);
        }
    }
    at_least.iter().any(|low: &CountBound| {
        at_most.iter().any(|high: &CountBound| {
            let not_older = match (low.within, high.within) {
                (_, None) => true,
                (None, Some(_)) => false,
                (Some(low), Some(high)) => low <= high,
            };
            low.number > high.number && not_older && low.counted.is_part_of(&high.counted)
        })
    })
}

/// How many signals there are at least and at most where a fact has one of these values.
fn bounds(
    (subject, fact, arguments): (Subject, Fact, &FactArguments),
    set: &ValueSet,
    at_least: &mut Vec<CountBound>,
    at_most: &mut Vec<CountBound>,
) {
    let Some(counted) = counted(subject, fact, arguments) else { return };
    let window = arguments.window.map(|window| window.millis() as f64);
    let mut low = |within: Option<f64>, number: f64| {
        at_least.push(CountBound { counted: counted.clone(), within, number });
    };
    let mut high = |within: Option<f64>, number: f64| {
        at_most.push(CountBound { counted: counted.clone(), within, number });
    };
    // A length of time that is less than this, or at most this: younger than so many milliseconds.
    let younger_than = |end: End| if end.included { end.at + 1.0 } else { end.at };
    match fact {
        Fact::Since | Fact::LastTouch | Fact::LastHeard | Fact::First | Fact::LastTouchTo => {
            let none_known = set.highest().is_none();
            if none_known && set.unknown && !matches!(fact, Fact::LastHeard | Fact::LastTouchTo) {
                high(None, 0.0);
            }
            if let Some(last) = set.highest().filter(|_| !set.unknown) {
                low(last.at.is_finite().then(|| younger_than(last)), 1.0);
            }
            let first = set.lowest().filter(|first| first.at > 0.0 && first.at.is_finite());
            if let Some(first) = first.filter(|_| matches!(fact, Fact::Since | Fact::LastTouch)) {
                high(Some(if first.included { first.at } else { first.at + 1.0 }), 0.0);
            }
        }
        Fact::Replied => match set.only() {
            Some(Value::Truth(true)) => low(window, 1.0),
            Some(Value::Truth(false)) => high(window, 0.0),
            _ => {}
        },
        Fact::LastOutcome if !set.unknown => low(window, 1.0),
        Fact::LastOutcome => {}
        // The longer the half-life, the higher the score.
        Fact::Score => {
            let half_life = arguments.half_life.map(|half_life| half_life.millis() as f64);
            if let Some(lowest) = set.lowest().filter(|lowest| lowest.at > 0.0) {
                low(half_life, lowest.at);
            }
            if let Some(highest) = set.highest().filter(|highest| highest.at.is_finite()) {
                high(half_life, highest.at);
            }
        }
        _ => {
            if let Some(lowest) = set.lowest().filter(|lowest| lowest.at >= 1.0) {
                low(window, lowest.at);
            }
            if let Some(highest) = set.highest().filter(|highest| highest.at.is_finite() && fact != Fact::Unanswered) {
                high(window, highest.at);
            }
        }
    }
}

/// The signals that a fact is about; `None` for a fact about something else.
fn counted(subject: Subject, fact: Fact, arguments: &FactArguments) -> Option<Counted> {
    let interest = |kind: SignalKind| if is_interest(kind) { Some(Direction::Inbound) } else { None };
    // Nobody looks at a page or fills in a form in their place.
    let either_way = |kind: SignalKind| {
        use SignalKind::{Click, Download, Form, Open, PageVisit, Search};
        if matches!(kind, PageVisit | Search | Download | Form | Open | Click) { interest(kind) } else { None }
    };
    let (source, direction) = match fact {
        Fact::Count(kind) => (Source::Kind(kind), arguments.direction.or(interest(kind))),
        Fact::MissedCalls => (Source::Meaning(SignalMeaning::MissedCall), arguments.direction),
        Fact::Signals | Fact::Since | Fact::First => match (arguments.kind, arguments.meaning) {
            (Some(kind), _) => (Source::Kind(kind), arguments.direction.or(either_way(kind))),
            (None, Some(meaning)) => (Source::Meaning(meaning), arguments.direction),
            (None, None) => return None,
        },
        Fact::Touches
        | Fact::LastTouch
        | Fact::LastHeard
        | Fact::LastTouchTo
        | Fact::LastOutcome
        | Fact::Unanswered => (Source::Touch, None),
        Fact::Replied => (Source::Reply, None),
        Fact::Score => (Source::Interest, None),
        _ => return None,
    };
    Some(Counted { subject, source, topic: arguments.topic.clone(), direction, channel: arguments.channel })
}

/// Whether how two facts compare cannot be so with the values that they have.
fn orders_contradict(tests: &Conjunction) -> bool {
    tests.tests().filter(|(variable, _)| matches!(variable.reads(), Reads::Order)).any(|(variable, set)| {
        let Some((first, second)) = variable.notation().split_once(" to ") else { return false };
        let values = |notation: &str| tests.tests().find(|(one, _)| one.notation() == notation).map(|(_, set)| set);
        let (Some(first), Some(second)) = (values(first), values(second)) else { return false };
        let possible = |word: &str| order_is_possible(word, first, second);
        ORDERS.into_iter().all(|word| !set.has(&Value::text(word)) || !possible(word))
    })
}

/// Whether two facts with these values can compare so.
fn order_is_possible(word: &str, first: &ValueSet, second: &ValueSet) -> bool {
    let is_number = |set: &ValueSet| matches!(set.known, KnownValues::Spans(_));
    match word {
        "unknown" => first.unknown && second.unknown,
        "less" | "equal" | "greater" if is_number(first) && is_number(second) => {
            let (Some(low), Some(high)) = (first.lowest(), first.highest()) else { return false };
            let (Some(other_low), Some(other_high)) = (second.lowest(), second.highest()) else { return false };
            match word {
                "less" => low.at < other_high.at,
                "greater" => high.at > other_low.at,
                _ => low.at <= other_high.at && high.at >= other_low.at,
            }
        }
        _ => true,
    }
}
