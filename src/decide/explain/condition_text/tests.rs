//! The sentences of conditions.

use crate::book::catalogue::{Fact, Subject};
use crate::book::value::Value;
use crate::book::vocabulary::{Direction, Role, SignalKind, Stage};
use crate::book::{Account, FieldValue, GroupRecords, Lead, Person, Signal};
use crate::calendar::{Duration, Instant};
use crate::decide::explain::condition_text::condition_text;
use crate::diagnostics::Span;
use crate::evaluate::facts::FactContext;
use crate::pack::expression::{Comparison, Node, NodeKind};

const NOW: Instant = Instant::from_millis(1_795_168_800_000);

fn node(kind: NodeKind) -> Node {
    Node::new(Span::default(), kind)
}

fn literal(value: impl Into<Value>) -> Node {
    node(NodeKind::Literal(value.into()))
}

fn fact(subject: Subject, fact: Fact, args: Vec<Value>) -> Node {
    node(NodeKind::Fact { subject, fact, args: args.into_iter().map(literal).collect(), id: None })
}

fn lead(which: Fact, args: Vec<Value>) -> Node {
    fact(Subject::Lead, which, args)
}

fn days(count: i64) -> Value {
    Duration::DAY.times(count).into()
}

fn compare(left: Node, comparison: Comparison, right: impl Into<Value>) -> Node {
    node(NodeKind::Compare(comparison, Box::new(left), Box::new(literal(right))))
}

/// A lead in stage interest with one visit of "pricing" three hours ago.
fn cx() -> FactContext {
    let visit = Signal {
        topic: Some("pricing".to_owned()),
        direction: Some(Direction::Inbound),
        ..Signal::new(NOW - Duration::from_millis(3 * 3_600_000), SignalKind::PageVisit)
    };
    let lead = Lead {
        id: "L".to_owned(),
        stage: Some(Stage::Interest),
        value: Some(1234.5),
        people: vec![Person { id: "p1".to_owned(), roles: vec![Role::Buyer], ..Person::default() }],
        signals: vec![visit],
        fields: [("net_budget".to_owned(), FieldValue::Number(100.0))].into(),
        account: Account { id: "A".to_owned(), ..Account::default() },
        ..Lead::default()
    };
    FactContext::new(&GroupRecords::new(vec![lead], vec![], vec![]), 0, NOW).for_person(Some(0))
}

fn sentence(node: &Node) -> String {
    condition_text(node, true, &cx()).map(|text| text.sentence().english()).unwrap_or_default()
}

#[test]
fn a_count_has_the_number_needed_and_the_number_seen() {
    use Comparison::{Equal, Greater, GreaterOrEqual, Less, LessOrEqual};
    let visits = || lead(Fact::Count(SignalKind::PageVisit), vec!["pricing".into(), days(7)]);
    let text = |comparison, number: i64| sentence(&compare(visits(), comparison, number));
    assert_eq!(text(GreaterOrEqual, 2), "needs at least 2 visits of \"pricing\" in 7 days, has 1");
    assert_eq!(text(Greater, 1), "needs more than 1 visit of \"pricing\" in 7 days, has 1");
    assert_eq!(text(Less, 1), "needs fewer than 1 visit of \"pricing\" in 7 days, has 1");
    assert_eq!(text(LessOrEqual, 0), "needs at most 0 visits of \"pricing\" in 7 days, has 1");
    assert_eq!(text(Equal, 3), "needs exactly 3 visits of \"pricing\" in 7 days, has 1");
    let mirrored = node(NodeKind::Compare(LessOrEqual, Box::new(literal(2)), Box::new(visits())));
    assert_eq!(sentence(&mirrored), "needs at least 2 visits of \"pricing\" in 7 days, has 1");
    let touches = fact(Subject::Person, Fact::Touches, vec!["phone".into()]);
    assert_eq!(
        sentence(&compare(touches, GreaterOrEqual, 1)),
        "needs at least 1 touch by phone with this person, has 0"
    );
    let deciders = lead(Fact::People, vec!["decider".into()]);
    assert_eq!(sentence(&compare(deciders, GreaterOrEqual, 2)), "needs at least 2 known deciders, has 0");
}

#[test]
fn a_value_has_what_it_is_and_what_is_needed() {
    use Comparison::{Equal, Greater, GreaterOrEqual, Less, NotEqual};
    let is = |which, comparison, value: Value| sentence(&compare(lead(which, vec![]), comparison, value));
    assert_eq!(is(Fact::Stage, Equal, "consideration".into()), "stage is \"interest\", needs \"consideration\"");
    assert_eq!(is(Fact::Stage, NotEqual, "interest".into()), "stage is \"interest\", needs anything but \"interest\"");
    assert_eq!(is(Fact::Country, Equal, "NL".into()), "country is not known, needs \"NL\"");
    assert_eq!(is(Fact::Worth, Greater, 2000.0.into()), "value is 1,234.5, needs more than 2,000");
    assert_eq!(is(Fact::StageFor, GreaterOrEqual, days(14)), "time in this stage is not known, needs at least 14 days");
    let since = lead(Fact::Since, vec!["visit".into(), "pricing".into()]);
    let hour = Value::Length(Duration::HOUR);
    assert_eq!(
        sentence(&compare(since, Less, hour)),
        "time since the last visit of \"pricing\" is 3 hours, needs less than 1 hour"
    );
    let own = node(NodeKind::Own { name: "net_budget".into(), is_time: false });
    assert_eq!(sentence(&compare(own, GreaterOrEqual, 500.0)), "net budget is 100, needs at least 500");
    let role = fact(Subject::Person, Fact::Role, vec![]);
    assert_eq!(sentence(&compare(role, Equal, "decider")), "the person's role is \"buyer\", needs \"decider\"");
    let countries = vec![literal("NL"), literal("BE"), literal("DE")];
    let within = node(NodeKind::In(Box::new(lead(Fact::Stage, vec![])), countries));
    assert_eq!(sentence(&within), "stage is \"interest\", needs \"NL\", \"BE\" or \"DE\"");
}

#[test]
fn a_truth_has_what_there_should_be() {
    let replied = lead(Fact::Replied, vec![days(14)]);
    assert_eq!(sentence(&replied), "needs a reply in 14 days, there was none");
    let not_answered = node(NodeKind::Not(Box::new(lead(Fact::Answered, vec![]))));
    assert_eq!(sentence(&not_answered), "needs something of theirs that still waits for an answer, nothing waits");
    assert_eq!(sentence(&lead(Fact::Knows, vec!["decider".into()])), "needs a known decider, there is none");
    let decider = fact(Subject::Person, Fact::IsA, vec!["decider".into()]);
    assert_eq!(sentence(&decider), "needs a decider, this person is not");
    let refused = fact(Subject::Person, Fact::DoNotCall, vec![]);
    assert_eq!(sentence(&refused), "needs somebody who asked not to be called, this person did not");
    assert_eq!(sentence(&fact(Subject::Account, Fact::Customer, vec![])), "needs a customer, this account is not");
}

#[test]
fn alternatives_are_listed_with_what_was_seen_of_each() {
    let visits = compare(lead(Fact::Count(SignalKind::PageVisit), vec![days(30)]), Comparison::GreaterOrEqual, 3);
    let loads = compare(lead(Fact::Count(SignalKind::Download), vec![days(30)]), Comparison::GreaterOrEqual, 1);
    let either = node(NodeKind::Or(vec![visits, loads]));
    assert_eq!(
        sentence(&either),
        "needs either at least 3 visits in 30 days (has 1), or at least 1 download in 30 days (has 0)"
    );
}
