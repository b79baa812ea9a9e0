//! A lead that meets the tests of a conjunction, as far as each test says what a lead must have.
//!
//! What is put together here is a proposal: parts of conditions that are not taken apart, and how facts depend on each other beyond the tests, are
//! not looked at. Whoever uses it has the lead decided, and takes it only when the answer is the wanted one.

use std::collections::BTreeMap;

use crate::analysis::alternatives::Conjunction;
use crate::analysis::chosen_value::{DAY, age, choose};
use crate::analysis::relations;
use crate::analysis::sketch::{LeadSketch, PersonSketch, ago, text_in_rule};
use crate::analysis::solve_signals::{answer_what_waits, counts, days, moments};
use crate::analysis::value_set::ValueSet;
use crate::analysis::variable::{Reads, Variable};
use crate::book::catalogue::{Fact, Subject};
use crate::book::value::Value;
use crate::book::vocabulary::{Channel, QuoteStatus, Role, Stage};
use crate::calendar::{Duration, Instant};
use crate::pack::fact_arguments::FactArguments;

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
