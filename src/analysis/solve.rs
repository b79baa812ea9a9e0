//! A lead that meets the tests of a conjunction, as far as each test says what a lead must have.
//!
//! What is put together here is a proposal: parts of conditions that are not taken apart, and how facts depend on each other beyond the tests, are
//! not looked at. Whoever uses it has the lead decided, and takes it only when the answer is the wanted one.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::analysis::alternatives::Conjunction;
use crate::analysis::relations;
use crate::analysis::sketch::{LeadSketch, PersonSketch, SignalSketch, ago, text_in_rule, usual_channel};
use crate::analysis::value_set::{KnownValues, ValueSet};
use crate::analysis::variable::{Reads, Variable};
use crate::book::catalogue::{COMPLAINT_TOPICS, Fact, SignalMeaning, Subject};
use crate::book::value::Value;
use crate::book::vocabulary::{Channel, Direction, Outcome, QuoteStatus, Role, SignalKind, Stage};
use crate::calendar::{Duration, Instant};
use crate::pack::fact_arguments::FactArguments;

const HOUR: f64 = 3_600_000.0;
const DAY: f64 = 24.0 * HOUR;

/// A lead that meets these tests at the moment `now`; `role` is that of the first person unless the tests say otherwise, and `usual` how long
/// ago something is of which no time is asked. `None` when the tests exclude each other.
pub(crate) fn lead_for(
    tests: &Conjunction,
    role: Option<Role>,
    (now, usual): (Instant, Duration),
) -> Option<LeadSketch> {
    let tests = relations::with_consequences(tests)?;
    let mut lead = LeadSketch { people: vec![PersonSketch::new(first_role(&tests, role))], ..LeadSketch::default() };
    let facts = || tests.tests().filter_map(|(variable, set)| variable.as_fact().map(|fact| (variable, fact, set)));
    for (variable, set) in tests.tests() {
        if let Reads::Own { .. } = variable.reads()
            && let Some((_, name)) = variable.notation().split_once('.')
            && let Some(value) = choose(variable, set).filter(|_| !set.unknown)
        {
            // The team's own numbers are numbers with decimals.
            let value = if let Value::Whole(count) = value { Value::Number(count as f64) } else { value };
            lead.fields.insert(name.into(), text_in_rule(&value));
        }
    }
    for (variable, (subject, fact, arguments), set) in facts() {
        record(&mut lead, variable, (subject, fact, arguments), set);
    }
    // What says when something was goes first, then what counts: what is there already is counted.
    let usual = usual.millis() as f64;
    let ages = compared_ages(&tests, usual);
    for (variable, fact, set) in facts() {
        let age = ages.get(variable).copied().or_else(|| age(set, usual));
        moments(&mut lead, variable, fact, (set, age));
    }
    for (_, (subject, fact, arguments), set) in facts().filter(|(_, (_, _, arguments), _)| arguments.topic.is_some()) {
        counts(&mut lead, &tests, (subject, fact, arguments), set);
    }
    for (_, (subject, fact, arguments), set) in facts().filter(|(_, (_, _, arguments), _)| arguments.topic.is_none()) {
        counts(&mut lead, &tests, (subject, fact, arguments), set);
    }
    answer_what_waits(&mut lead, &tests);
    quotes(&mut lead, &tests, now);
    Some(lead)
}

/// The role of the first person: one that the tests ask for, else the wanted one where they allow it.
fn first_role(tests: &Conjunction, wanted: Option<Role>) -> Role {
    let test = |role: &Role| {
        let variable = Variable::fact(Subject::Person, Fact::IsA, &[Value::text(role.word())])?;
        tests.test(&variable)?.only().cloned()
    };
    let asked = Role::ALL.iter().find(|role| test(role) == Some(Value::Truth(true)));
    let allowed = |role: &Role| test(role) != Some(Value::Truth(false)) && knows(tests, *role) != Some(false);
    let usual = wanted.into_iter().chain([Role::Decider, Role::User, Role::Influencer, Role::Gatekeeper]);
    asked.copied().or_else(|| usual.into_iter().find(allowed)).unwrap_or(Role::Initiator)
}

/// Whether somebody is known in a role, where the tests say so.
fn knows(tests: &Conjunction, role: Role) -> Option<bool> {
    let variable = Variable::fact(Subject::Lead, Fact::Knows, &[Value::text(role.word())])?;
    match tests.test(&variable)?.only() {
        Some(Value::Truth(truth)) => Some(*truth),
        _ => None,
    }
}

/// A value of a set that one would write: the lowest count, a word that is listed, a length of time in the middle. `None` where only unknown is
/// left.
fn choose(variable: &Variable, set: &ValueSet) -> Option<Value> {
    match &set.known {
        KnownValues::Listed { values, all_but: false } => values.first().cloned(),
        KnownValues::Listed { values, all_but: true } => match variable.words() {
            Some(words) => words.into_iter().find(|word| !values.contains(word)),
            None => Some(Value::text(
                ["other", "another", "third"].into_iter().find(|word| !values.contains(&Value::text(word)))?,
            )),
        },
        KnownValues::Spans(_) => {
            let (low, high) = (set.lowest()?, set.highest()?);
            let number = match (low.at.is_finite(), high.at.is_finite()) {
                (true, true) if low.at <= -1e14 => high.at - if high.included { 0.0 } else { 1.0 },
                (true, true) if high.at < 1e14 && low.at != high.at && low.at.fract() != 0.0 => {
                    f64::midpoint(low.at, high.at)
                }
                (true, true) if high.at <= 1.0 && low.at < high.at => f64::midpoint(low.at, high.at),
                (true, _) => low.at + if low.included { 0.0 } else { 1.0 },
                (false, true) => high.at - if high.included { 0.0 } else { 1.0 },
                (false, false) => 1.0,
            };
            Some(Value::Number(number))
        }
    }
}

/// A length of time of a set, between its ends, that one would write, the usual one where it has no ends; `None` where it may be unknown.
fn age(set: &ValueSet, usual: f64) -> Option<Duration> {
    if set.unknown {
        return None;
    }
    let (low, high) = (set.lowest()?.at.max(0.0), set.highest()?.at);
    let middle = if high.is_finite() {
        f64::midpoint(low, high)
    } else if low < HOUR {
        usual
    } else {
        low + (low / 4.0).max(DAY)
    };
    let rounded = |unit: f64| (middle / unit).round() * unit;
    let fits = |at: &f64| *at > low && *at < high;
    let units = [DAY, HOUR, 60_000.0, 1_000.0];
    let written = units.into_iter().filter(|unit| middle >= *unit).map(rounded).find(fits).unwrap_or(middle);
    Some(Duration::from_millis(written as i64))
}

/// What stands in the record: stage, fields, people, what they allow, what is planned.
fn record(
    lead: &mut LeadSketch,
    variable: &Variable,
    (subject, fact, arguments): (Subject, Fact, &FactArguments),
    set: &ValueSet,
) {
    let is = |truth: bool| set.only() == Some(&Value::Truth(truth));
    let word = || if set.unknown { None } else { choose(variable, set) };
    let number = || match choose(variable, set)? {
        Value::Number(number) if !set.unknown => Some(number),
        _ => None,
    };
    let Some(first) = lead.people.first_mut() else { return };
    match fact {
        Fact::Stage => {
            let possible = Stage::ALL.iter().copied().find(|stage| set.has(&Value::text(stage.word())));
            lead.stage = possible.filter(|_| !set.unknown).or(lead.stage);
        }
        Fact::StageFor => put(&mut lead.lead, "stage_since", age(set, DAY).map(ago)),
        Fact::Age => put(&mut lead.lead, "created_at", age(set, DAY).map(ago)),
        Fact::Worth => put(&mut lead.lead, "value", number().map(|number| Value::Number(number).to_string())),
        Fact::Churn => put(&mut lead.lead, "churn", number().map(|number| Value::Number(number).to_string())),
        Fact::Source
        | Fact::Topic
        | Fact::Language
        | Fact::Owner
        | Fact::Country
        | Fact::Title
        | Fact::Region
        | Fact::Industry
        | Fact::Zone
        | Fact::LegalForm
        | Fact::Stance
        | Fact::Name => {
            let name = variable.notation().split_once('.').map(|(_, name)| name).unwrap_or_default();
            let name = KEYS.iter().find(|key| **key == name).copied();
            let (Some(name), Some(value)) = (name, word()) else { return };
            let written = text_in_rule(&value);
            match subject {
                Subject::Person => first.more.insert(name, written),
                Subject::Lead if name == "legal_form" => lead.account.insert(name, written),
                Subject::Lead => lead.lead.insert(name, written),
                Subject::Account => lead.account.insert(name, written),
            };
        }
        Fact::Influence => put(&mut first.more, "influence", number().map(|number| Value::Number(number).to_string())),
        Fact::DoNotCall if is(true) => put(&mut first.more, "do_not_call", Some("true".to_owned())),
        Fact::DoNotEmail if is(true) => put(&mut first.more, "do_not_email", Some("true".to_owned())),
        Fact::Objected if is(true) => put(&mut first.more, "objected", Some("true".to_owned())),
        Fact::Has if is(false) => first.channels.retain(|channel| Some(*channel) != arguments.channel),
        Fact::ConsentBasis => {
            if let (Some(channel), Some(basis)) = (arguments.channel, word()) {
                let basis = text_in_rule(&basis);
                first.consents.push(format!("#{{ channel: \"{channel}\", basis: {basis}, given_at: 30.days.ago }}"));
            }
        }
        Fact::Role => {
            if let Some(role) = set.only().and_then(|word| Role::from_word(&word.to_string())) {
                *first = PersonSketch { more: first.more.clone(), ..PersonSketch::new(role) };
            }
        }
        Fact::IsA if is(true) => {
            if let Some(role) = arguments.role.filter(|role| !first.roles.contains(role)) {
                first.roles.push(role);
            }
        }
        Fact::Employees => {
            put(&mut lead.account, "employees", number().map(|number| format!("{}", number as i64)));
        }
        Fact::Customer if is(true) => {
            lead.account.entry("customer_since").or_insert_with(|| ago(Duration::from_millis((400.0 * DAY) as i64)));
        }
        Fact::CustomerFor => put(&mut lead.account, "customer_since", age(set, DAY).map(ago)),
        Fact::Knows if is(true) => {
            if let Some(role) = arguments.role {
                add_person(lead, role);
            }
        }
        Fact::People => {
            let wanted = set.lowest().map_or(0, |low| low.at as usize);
            for role in Role::ALL {
                let enough = lead.people.len() >= wanted;
                if !enough && arguments.role.is_none_or(|only| only == *role) {
                    add_person(lead, *role);
                }
            }
        }
        Fact::Left if is(true) => {
            if let Some(role) = arguments.role {
                let mut gone = PersonSketch::new(role);
                gone.id.push_str("-who-left");
                gone.more.insert("left_at", "2.days.ago".to_owned());
                lead.people.push(gone);
            }
        }
        Fact::Planned if set.lowest().is_some_and(|low| low.at >= 1.0) && lead.planned.is_empty() => {
            lead.planned.push((Duration::from_millis((2.0 * DAY) as i64), arguments.channel.unwrap_or(Channel::Video)));
        }
        _ => {}
    }
}

/// The fields of lead, person and account that hold a text.
const KEYS: [&str; 12] = [
    "source",
    "topic",
    "language",
    "owner",
    "country",
    "title",
    "region",
    "industry",
    "zone",
    "legal_form",
    "stance",
    "name",
];

fn put(entries: &mut BTreeMap<&'static str, String>, name: &'static str, value: Option<String>) {
    if let Some(value) = value {
        entries.insert(name, value);
    }
}

fn add_person(lead: &mut LeadSketch, role: Role) {
    if !lead.people.iter().any(|person| person.roles.contains(&role)) {
        lead.people.push(PersonSketch::new(role));
    }
}

/// Signals that were at some moment: the last of a kind, the last touch, a question that waits.
fn moments(
    lead: &mut LeadSketch,
    variable: &Variable,
    (subject, fact, arguments): (Subject, Fact, &FactArguments),
    (set, age): (&ValueSet, Option<Duration>),
) {
    let is = |truth: bool| set.only() == Some(&Value::Truth(truth));
    match fact {
        Fact::Since | Fact::First => {
            let Some(age) = age else { return };
            let (kind, topic, direction) = kind_of(fact, arguments);
            if fact == Fact::Since && lead.signals.iter().any(|signal| is_counted(signal, (fact, arguments), age)) {
                return;
            }
            let mut signal = signal(kind, age, topic);
            if let Some(direction) = direction {
                signal.direction = direction;
            }
            if arguments.meaning == Some(SignalMeaning::MissedCall) {
                signal.outcome = Some(Outcome::NoAnswer);
            }
            if arguments.meaning == Some(SignalMeaning::Conversation) {
                (signal.direction, signal.outcome) = (Direction::Outbound, Some(Outcome::Answered));
            }
            lead.signals.push(signal);
        }
        Fact::LastTouch | Fact::LastTouchTo => {
            let Some(age) = age else { return };
            lead.signals.push(touch(arguments.channel.unwrap_or(Channel::Email), age, None));
        }
        Fact::LastOutcome if !set.unknown => {
            let Some(Value::Text(word)) = choose(variable, set) else { return };
            let window = arguments.window.map_or(10.0 * DAY, |window| window.millis() as f64);
            let age = Duration::from_millis((window / 2.0).min(3.0 * DAY) as i64);
            lead.signals.push(touch(arguments.channel.unwrap_or(Channel::Phone), age, Outcome::from_word(&word)));
        }
        Fact::Waiting if is(true) => {
            let question = Variable::fact(Subject::Person, Fact::Question, &[]);
            // A question of somebody who is named is added with what it is.
            if subject == Subject::Lead && question.is_some() && !lead.signals.iter().any(waits) {
                let mut asked = signal(SignalKind::Form, Duration::from_millis(1_800_000), Some("contact".into()));
                asked.person = None;
                lead.signals.push(asked);
            }
        }
        Fact::Question if !set.unknown => {
            let Some(Value::Text(word)) = choose(variable, set) else { return };
            let kind = SignalKind::from_word(&word).unwrap_or(SignalKind::Form);
            let topic = if kind == SignalKind::Form { Some("contact".into()) } else { None };
            let mut asked = signal(kind, Duration::from_millis(120_000), topic);
            if kind == SignalKind::Call {
                asked.outcome = Some(Outcome::NoAnswer);
            }
            lead.signals.retain(|signal| !waits(signal) || signal.person.is_some());
            lead.signals.push(asked);
        }
        Fact::WaitingFor => {
            let (Some(age), Some(asked)) = (age, lead.signals.iter_mut().find(|signal| waits(signal))) else { return };
            asked.age = age;
        }
        Fact::Replied if is(true) => {
            let window = arguments.window.map_or(10.0 * DAY, |window| window.millis() as f64);
            let age = (window / 2.0).min(8.0 * DAY);
            lead.signals.push(signal(SignalKind::Reply, Duration::from_millis(age as i64), Some("planning".into())));
            // It was answered, so that nothing waits.
            lead.signals.push(touch(Channel::Email, Duration::from_millis((age - 2.0 * HOUR).max(0.0) as i64), None));
        }
        Fact::Unanswered => {
            let wanted = set.lowest().map_or(0, |low| low.at as i64);
            let channel = arguments.channel.unwrap_or(Channel::Email);
            let outcome = (channel == Channel::Phone).then_some(Outcome::NoAnswer);
            for nth in 1..=wanted.min(12) {
                let age = Duration::from_millis(nth * 4 * Duration::DAY.millis());
                lead.signals.push(touch(channel, age, outcome));
            }
        }
        Fact::Bought if is(true) => lead.signals.push(signal(SignalKind::Order, days(3), None)),
        _ => {}
    }
}

fn days(count: i64) -> Duration {
    Duration::DAY.times(count).unwrap_or(Duration::DAY)
}

/// Something of theirs.
fn signal(kind: SignalKind, age: Duration, topic: Option<Arc<str>>) -> SignalSketch {
    let direction = Direction::Inbound;
    SignalSketch { kind, age, topic, person: Some(0), direction, channel: usual_channel(kind), outcome: None }
}

/// A touch of ours.
pub(crate) fn touch(channel: Channel, age: Duration, outcome: Option<Outcome>) -> SignalSketch {
    let kind = match channel {
        Channel::Phone => SignalKind::Call,
        Channel::Email => SignalKind::Email,
        Channel::Social => SignalKind::Message,
        Channel::Chat => SignalKind::Chat,
        Channel::Video | Channel::Visit => SignalKind::Meeting,
        Channel::Content => SignalKind::Note,
    };
    let (direction, topic) = (Direction::Outbound, None);
    SignalSketch { kind, age, topic, person: Some(0), direction, channel: Some(channel), outcome }
}

/// Whether a signal waits for an answer.
fn waits(signal: &SignalSketch) -> bool {
    use SignalKind::{Call, Chat, Email, Form, Message, Reply};
    signal.direction == Direction::Inbound
        && (matches!(signal.kind, Form | Reply | Chat | Message | Email)
            || signal.kind == Call && signal.outcome == Some(Outcome::NoAnswer))
}

/// The kind, topic and direction of the signals that a fact is about.
fn kind_of(fact: Fact, arguments: &FactArguments) -> (SignalKind, Option<Arc<str>>, Option<Direction>) {
    let topic = arguments.topic.clone();
    match (fact, arguments.kind, arguments.meaning) {
        (Fact::Count(kind), ..) | (_, Some(kind), _) => {
            let usual = match kind {
                SignalKind::PageVisit if topic.is_none() => Some("product".into()),
                SignalKind::Form if topic.is_none() => Some("contact".into()),
                _ => topic,
            };
            (kind, usual, arguments.direction)
        }
        (_, _, Some(SignalMeaning::Complaint)) => {
            (SignalKind::Note, COMPLAINT_TOPICS.first().map(|topic| (*topic).into()), None)
        }
        _ => (SignalKind::Call, topic, arguments.direction),
    }
}

/// Whether a fact counts a signal that is younger than this.
fn is_counted(signal: &SignalSketch, (fact, arguments): (Fact, &FactArguments), within: Duration) -> bool {
    if signal.age >= within && fact != Fact::Since {
        return false;
    }
    if fact == Fact::Touches {
        let ours = signal.direction == Direction::Outbound && signal.channel.is_some();
        return ours && arguments.channel.is_none_or(|channel| signal.channel == Some(channel));
    }
    let (kind, ..) = kind_of(fact, arguments);
    signal.kind == kind
        && (arguments.topic.is_none() || signal.topic == arguments.topic)
        && arguments.direction.is_none_or(|direction| signal.direction == direction)
}

/// As many signals as are counted at least.
fn counts(
    lead: &mut LeadSketch,
    tests: &Conjunction,
    (subject, fact, arguments): (Subject, Fact, &FactArguments),
    set: &ValueSet,
) {
    let Some(lowest) = set.lowest() else { return };
    let window = arguments.window.map_or(30.0 * DAY, |window| window.millis() as f64);
    match fact {
        Fact::Score => {
            let half_life = arguments.half_life.map_or(14.0 * DAY, |half_life| half_life.millis() as f64);
            let mut score: f64 = lead
                .signals
                .iter()
                .filter(|signal| signal.direction == Direction::Inbound && signal.kind != SignalKind::Note)
                .map(|signal| libm::exp2(-(signal.age.millis() as f64) / half_life))
                .sum();
            let mut nth = 0;
            while lowest.at > 0.0 && score < lowest.at + 0.01 && nth < 40 {
                nth += 1;
                // One a few hours after the other, from yesterday on.
                let age = DAY + f64::from(nth - 1) * 5.0 * HOUR;
                score += libm::exp2(-age / half_life);
                lead.signals.push(signal(
                    SignalKind::PageVisit,
                    Duration::from_millis(age as i64),
                    Some("product".into()),
                ));
            }
        }
        Fact::Count(_) | Fact::Signals | Fact::MissedCalls | Fact::Touches => {
            let wanted = (lowest.at.max(0.0) as usize).min(40);
            let within = Duration::from_millis(window as i64);
            let there = lead.signals.iter().filter(|signal| is_counted(signal, (fact, arguments), within)).count();
            let missing = wanted.saturating_sub(there);
            let from = oldest_kept_free(tests, (subject, fact, arguments), lowest.at).min(window);
            let room = window - from;
            for nth in 1..=missing {
                let place = nth as f64;
                let step = if room > (missing as f64 + 1.0) * DAY { DAY } else { room / (missing as f64 + 1.0) };
                let age = from + place * step;
                let age = Duration::from_millis(((age / 60_000.0).floor() * 60_000.0) as i64);
                let made = if fact == Fact::Touches {
                    touch(arguments.channel.unwrap_or(Channel::Email), age, None)
                } else {
                    let (kind, topic, direction) = kind_of(fact, arguments);
                    let missed = fact == Fact::MissedCalls || arguments.meaning == Some(SignalMeaning::MissedCall);
                    let outcome = if missed { Some(Outcome::NoAnswer) } else { None };
                    let made = signal(kind, age, topic);
                    SignalSketch { direction: direction.unwrap_or(made.direction), outcome, ..made }
                };
                lead.signals.push(made);
            }
        }
        Fact::Tried if subject == Subject::Person && lowest.at >= 1.0 => {
            let asked = lead.signals.iter().filter(|signal| waits(signal)).map(|signal| signal.age.millis()).max();
            let Some(asked) = asked else { return };
            for nth in 1..=(lowest.at as i64).min(6) {
                let age = Duration::from_millis(asked * nth / 8);
                lead.signals.push(touch(Channel::Phone, age, Some(Outcome::NoAnswer)));
            }
        }
        _ => {}
    }
}

/// How far back there may be fewer signals of this sort than so many, in milliseconds.
fn oldest_kept_free(
    tests: &Conjunction,
    (subject, fact, arguments): (Subject, Fact, &FactArguments),
    number: f64,
) -> f64 {
    let kept_free = tests.tests().filter_map(|(variable, set)| {
        let (about, other, others) = variable.as_fact()?;
        let touches = fact == Fact::Touches;
        if about != subject || others.topic.is_some() && others.topic != arguments.topic {
            return None;
        }
        match other {
            Fact::Touches if touches && others.channel.is_none_or(|channel| arguments.channel == Some(channel)) => {
                set.highest().filter(|high| high.at < number).and(others.window).map(|window| window.millis() as f64)
            }
            Fact::LastTouch if touches => set.lowest().map(|low| low.at),
            Fact::Since if !touches && others.kind == Some(kind_of(fact, arguments).0) => {
                set.lowest().map(|low| low.at)
            }
            _ if other == fact && !touches && others.kind == arguments.kind => {
                set.highest().filter(|high| high.at < number).and(others.window).map(|window| window.millis() as f64)
            }
            _ => None,
        }
    });
    kept_free.filter(|free| free.is_finite()).fold(0.0, f64::max)
}

/// An answer to what waits, where the tests ask that nobody does.
fn answer_what_waits(lead: &mut LeadSketch, tests: &Conjunction) {
    let is = |subject, fact, truth: bool| {
        let variable = Variable::fact(subject, fact, &[]);
        variable.and_then(|variable| tests.test(&variable)?.only().cloned()) == Some(Value::Truth(truth))
    };
    let answered = [Subject::Lead, Subject::Person]
        .into_iter()
        .any(|subject| is(subject, Fact::Waiting, false) || is(subject, Fact::Answered, true));
    let last = lead.signals.iter().filter(|signal| waits(signal)).map(|signal| signal.age.millis()).min();
    if let Some(last) = last.filter(|_| answered && !is(Subject::Lead, Fact::Waiting, true)) {
        let later = Duration::from_millis((last * 5 / 6 / 60_000) * 60_000);
        lead.signals.push(touch(Channel::Email, later, None));
    }
}

/// How long ago something was of which tests ask that it was before or after something else.
fn compared_ages(tests: &Conjunction, usual: f64) -> BTreeMap<Variable, Duration> {
    let mut ages = BTreeMap::new();
    for (variable, set) in tests.tests().filter(|(variable, _)| matches!(variable.reads(), Reads::Order)) {
        let Some((first, second)) = variable.notation().split_once(" to ") else { continue };
        let test = |notation: &str| tests.tests().find(|(one, _)| one.notation() == notation);
        let (Some((first, first_set)), Some((second, second_set))) = (test(first), test(second)) else { continue };
        let needs = |word: &str| set.has(&Value::text(word));
        let (sooner, later, bound) = match (needs("less"), needs("greater"), needs("other")) {
            (true, false, false) => (first, second, age(second_set, usual)),
            (false, true, false) => (second, first, age(first_set, usual)),
            _ => continue,
        };
        let older = bound.unwrap_or(Duration::DAY);
        ages.insert(later.clone(), older);
        ages.insert(sooner.clone(), Duration::from_millis(older.millis() / 2));
    }
    ages
}

/// Quotes that stand as the tests ask.
fn quotes(lead: &mut LeadSketch, tests: &Conjunction, now: Instant) {
    let test = |fact| Variable::fact(Subject::Lead, fact, &[]).and_then(|variable| tests.test(&variable));
    let length = |fact| test(fact).and_then(|set| age(set, DAY));
    let open = test(Fact::QuotesOpen).and_then(ValueSet::lowest).map_or(0, |low| low.at as usize);
    let status = test(Fact::LastQuote)
        .filter(|set| !set.unknown)
        .and_then(|set| QuoteStatus::ALL.iter().copied().find(|status| set.has(&Value::text(status.word()))));
    let closed = status.filter(|status| *status != QuoteStatus::Open);
    if let Some(status) = closed {
        let ended = length(Fact::QuoteClosedFor).unwrap_or_else(|| days(2));
        let sent = Duration::from_millis(ended.millis() + days(28).millis());
        let mut quote = BTreeMap::from([("sent_at", ago(sent)), ("status", format!("\"{status}\""))]);
        match status {
            QuoteStatus::Expired => quote.insert("valid_until", ago(ended)),
            _ => quote.insert("decided_at", ago(ended)),
        };
        lead.quotes.push(quote);
    }
    let needs_open = test(Fact::QuoteOpenFor).is_some_and(|set| !set.unknown) || status == Some(QuoteStatus::Open);
    for _ in 0..open.max(usize::from(needs_open)).min(5) {
        let sent = length(Fact::QuoteOpenFor).unwrap_or_else(|| days(3));
        let mut quote = BTreeMap::from([("sent_at", ago(sent)), ("status", "\"open\"".to_owned())]);
        if let Some(left) = test(Fact::QuoteValidFor).and_then(|set| age(set, DAY)) {
            quote.insert("valid_until", format!("\"{}\"", now + left));
        }
        if let Some(Value::Number(amount)) =
            Variable::fact(Subject::Lead, Fact::QuoteAmount, &[]).and_then(|variable| {
                tests.test(&variable).filter(|set| !set.unknown).and_then(|set| choose(&variable, set))
            })
        {
            quote.insert("amount", Value::Number(amount).to_string());
        }
        lead.quotes.push(quote);
    }
}
