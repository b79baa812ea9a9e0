//! The promise of `next_change`: until that moment, and with no new signal, every condition keeps its truth value.

use proptest::prelude::*;

use crate::book::catalogue::{Fact, Subject};
use crate::book::value::Value;
use crate::book::vocabulary::{Basis, Channel, Direction, Outcome, QuoteStatus, Role, SignalKind};
use crate::book::{Account, Consent, GroupRecords, Lead, Person, PlannedTouch, Quote, Signal};
use crate::calendar::{Duration, Instant};
use crate::diagnostics::Span;
use crate::evaluate::clause::truth_of;
use crate::evaluate::facts::FactContext;
use crate::pack::expression::{Arithmetic, Comparison, Node, NodeKind};

const NOW: i64 = 1_795_168_800_000;
const HOUR: i64 = 3_600_000;

fn now() -> Instant {
    Instant::from_millis(NOW)
}

fn node(kind: NodeKind) -> Node {
    Node::new(Span::default(), kind)
}

fn literal(value: Value) -> Node {
    node(NodeKind::Literal(value))
}

fn fact(subject: Subject, fact: Fact, args: Vec<Value>) -> Node {
    node(NodeKind::Fact { subject, fact, args: args.into_iter().map(literal).collect(), id: None })
}

fn length(millis: i64) -> Value {
    Value::Length(Duration::from_millis(millis))
}

/// Moments around `now`, often on the hour so that things coincide, sometimes a millisecond beside it.
fn moment() -> impl Strategy<Value = Instant> {
    (-240_i64..72, -1_i64..=1).prop_map(|(hours, beside)| Instant::from_millis(NOW + hours * HOUR + beside))
}

fn signal() -> impl Strategy<Value = Signal> {
    use SignalKind::{Call, Form, Message, Note, PageVisit, Reply, Unsubscribe};
    let kind = prop::sample::select(vec![PageVisit, Form, Reply, Call, Message, Unsubscribe, Note]);
    let outcome = prop::option::of(prop::sample::select(vec![Outcome::NoAnswer, Outcome::Answered, Outcome::Replied]));
    let channel = prop::option::of(prop::sample::select(vec![Channel::Phone, Channel::Email]));
    let person = prop::option::of(prop::sample::select(vec!["p1", "p2"]));
    (moment(), kind, outcome, channel, person, any::<bool>(), prop::option::of(0.5_f64..20.0)).prop_map(
        |(at, kind, outcome, channel, person, ours, weight)| Signal {
            person: person.map(str::to_owned),
            channel,
            direction: Some(if ours { Direction::Outbound } else { Direction::Inbound }),
            outcome,
            weight,
            ..Signal::new(at, kind)
        },
    )
}

fn consent() -> impl Strategy<Value = Consent> {
    let end = || prop::option::of(moment());
    (moment(), end(), end()).prop_map(|(given_at, withdrawn_at, valid_to)| Consent {
        channel: None,
        basis: Basis::OptIn,
        given_at,
        withdrawn_at,
        valid_to,
        proof: None,
    })
}

fn quote() -> impl Strategy<Value = Quote> {
    let end = || prop::option::of(moment());
    (moment(), end(), end(), any::<bool>()).prop_map(|(sent_at, decided_at, valid_until, open)| Quote {
        sent_at,
        status: if open { QuoteStatus::Open } else { QuoteStatus::Accepted },
        amount: Some(10.0),
        decided_at,
        valid_until,
    })
}

fn lead() -> impl Strategy<Value = Lead> {
    let moments = (prop::option::of(moment()), prop::option::of(moment()), prop::option::of(moment()));
    let signals = prop::collection::vec(signal(), 0..12);
    let quotes = prop::collection::vec(quote(), 0..3);
    let planned = prop::collection::vec(moment(), 0..3);
    (signals, prop::collection::vec(consent(), 0..3), quotes, planned, moments).prop_map(
        |(mut signals, consents, quotes, mut planned, (created_at, stage_since, customer_since))| {
            signals.sort_by_key(|signal| signal.at);
            planned.sort();
            let touch = |at| PlannedTouch { at, channel: Channel::Phone, person: None, rep: None, zone: None };
            Lead {
                id: "L".to_owned(),
                account: Account { id: "A".to_owned(), customer_since, ..Account::default() },
                created_at,
                stage_since,
                people: vec![
                    Person { id: "p1".to_owned(), roles: vec![Role::Decider], consents, ..Person::default() },
                    Person { id: "p2".to_owned(), ..Person::default() },
                ],
                signals,
                planned: planned.into_iter().map(touch).collect(),
                quotes,
                ..Lead::default()
            }
        },
    )
}

fn comparison() -> impl Strategy<Value = Comparison> {
    use Comparison::{Equal, Greater, GreaterOrEqual, Less, LessOrEqual, NotEqual};
    prop::sample::select(vec![Equal, NotEqual, Less, LessOrEqual, Greater, GreaterOrEqual])
}

fn inequality() -> impl Strategy<Value = Comparison> {
    use Comparison::{Greater, GreaterOrEqual, Less, LessOrEqual};
    prop::sample::select(vec![Less, LessOrEqual, Greater, GreaterOrEqual])
}

fn subject() -> impl Strategy<Value = Subject> {
    prop::sample::select(vec![Subject::Lead, Subject::Person, Subject::Account])
}

fn compare(comparison: Comparison, left: Node, right: Node) -> Node {
    node(NodeKind::Compare(comparison, Box::new(left), Box::new(right)))
}

/// A length that grows or shrinks as time passes, or what adding and subtracting makes of it.
fn growing() -> BoxedStrategy<Node> {
    let since = (subject(), prop::sample::select(vec!["visit", "form", "call"]), any::<bool>()).prop_map(
        |(subject, kind, first)| fact(subject, if first { Fact::First } else { Fact::Since }, vec![Value::text(kind)]),
    );
    let last = subject().prop_map(|subject| fact(subject, Fact::LastTouch, vec![]));
    let own = prop::sample::select(vec![
        Fact::StageFor,
        Fact::Age,
        Fact::QuoteOpenFor,
        Fact::QuoteClosedFor,
        Fact::QuoteValidFor,
    ])
    .prop_map(|which| fact(Subject::Lead, which, vec![]));
    let customer = Just(()).prop_map(|()| fact(Subject::Account, Fact::CustomerFor, vec![]));
    let run = moment().prop_map(|at| {
        node(NodeKind::Arith(Arithmetic::Subtract, Box::new(node(NodeKind::Now)), Box::new(literal(Value::Moment(at)))))
    });
    let to = Just(()).prop_map(|()| fact(Subject::Lead, Fact::LastTouchTo, vec![Value::text("decider")]));
    let base = prop_oneof![3 => since, 1 => last, 2 => own, 1 => customer, 1 => run, 1 => to];
    (base, prop::option::of((any::<bool>(), -30_i64..30)))
        .prop_map(|(base, shift)| match shift {
            None => base,
            Some((add, hours)) => {
                let operation = if add { Arithmetic::Add } else { Arithmetic::Subtract };
                let known = node(NodeKind::Coalesce(vec![base, literal(length(0))]));
                node(NodeKind::Arith(operation, Box::new(known), Box::new(literal(length(hours * HOUR)))))
            }
        })
        .boxed()
}

fn condition() -> impl Strategy<Value = Node> {
    let window = || (1_i64..260).prop_map(|hours| length(hours * HOUR));
    let counted = (subject(), window(), comparison(), 0_i64..5, 0_usize..3).prop_map(
        |(subject, window, comparison, number, which)| {
            let left = match which {
                0 => fact(subject, Fact::Count(SignalKind::PageVisit), vec![window]),
                1 => fact(subject, Fact::Touches, vec![window]),
                _ => fact(subject, Fact::Unanswered, vec![]),
            };
            compare(comparison, left, literal(Value::Whole(number)))
        },
    );
    let grown = (growing(), comparison(), -30_i64..260, -1_i64..=1).prop_map(|(left, comparison, hours, beside)| {
        compare(comparison, left, literal(length(hours * HOUR + beside)))
    });
    let turned = (growing(), inequality(), 0_i64..260)
        .prop_map(|(right, comparison, hours)| compare(comparison, literal(length(hours * HOUR)), right));
    let raced =
        (growing(), comparison(), growing()).prop_map(|(left, comparison, right)| compare(comparison, left, right));
    let gap = (growing(), any::<bool>(), growing(), comparison(), -200_i64..400).prop_map(
        |(left, add, right, comparison, hours)| {
            let known = |length_node| Box::new(node(NodeKind::Coalesce(vec![length_node, literal(length(0))])));
            let operation = if add { Arithmetic::Add } else { Arithmetic::Subtract };
            compare(
                comparison,
                node(NodeKind::Arith(operation, known(left), known(right))),
                literal(length(hours * HOUR)),
            )
        },
    );
    let clock = (comparison(), moment())
        .prop_map(|(comparison, at)| compare(comparison, node(NodeKind::Now), literal(Value::Moment(at))));
    let scored =
        (subject(), 1_i64..500, inequality(), 0.0_f64..30.0).prop_map(|(subject, hours, comparison, level)| {
            let score = fact(subject, Fact::Score, vec![length(hours * HOUR)]);
            compare(comparison, score, literal(Value::Number(level)))
        });
    let share = (subject(), window(), inequality(), 0.0_f64..1.0).prop_map(|(subject, window, comparison, level)| {
        compare(comparison, fact(subject, Fact::InboundShare, vec![window]), literal(Value::Number(level)))
    });
    let planned = (comparison(), 0_i64..3).prop_map(|(comparison, number)| {
        compare(comparison, fact(Subject::Lead, Fact::Planned, vec![]), literal(Value::Whole(number)))
    });
    let quotes = (comparison(), 0_i64..3).prop_map(|(comparison, number)| {
        compare(comparison, fact(Subject::Lead, Fact::QuotesOpen, vec![]), literal(Value::Whole(number)))
    });
    let last_quote = prop::sample::select(vec!["open", "accepted", "expired"]).prop_map(|word| {
        compare(Comparison::Equal, fact(Subject::Lead, Fact::LastQuote, vec![]), literal(Value::text(word)))
    });
    let truths = (window(), 0_usize..6).prop_map(|(window, which)| match which {
        0 => fact(Subject::Lead, Fact::Replied, vec![window]),
        1 => fact(Subject::Lead, Fact::Answered, vec![]),
        2 => fact(Subject::Person, Fact::Answered, vec![]),
        3 => fact(Subject::Person, Fact::Consent, vec![Value::text("email")]),
        4 => fact(Subject::Person, Fact::DoNotEmail, vec![]),
        _ => fact(Subject::Account, Fact::Customer, vec![]),
    });
    prop_oneof![
        3 => counted, 3 => grown, 1 => turned, 2 => raced, 2 => gap, 1 => clock, 3 => scored, 1 => share, 1 => planned, 1 => quotes,
        1 => last_quote,
        3 => truths
    ]
}

/// Conditions joined by `and`, `or` and `not`.
fn rule() -> impl Strategy<Value = Node> {
    condition().prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 2..4).prop_map(|nodes| node(NodeKind::And(nodes))),
            prop::collection::vec(inner.clone(), 2..4).prop_map(|nodes| node(NodeKind::Or(nodes))),
            inner.prop_map(|inner| node(NodeKind::Not(Box::new(inner)))),
        ]
    })
}

fn asked(book: &GroupRecords, rule: &Node, at: Instant) -> (Option<bool>, Option<Instant>) {
    let cx = FactContext::new(book, 0, at).for_person(Some(0));
    (truth_of(rule, &cx).ok(), cx.next_change())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn until_the_next_change_every_condition_keeps_its_truth(lead in lead(), rule in rule(), parts in prop::collection::vec(0.0_f64..1.0, 4)) {
        let book = GroupRecords::new(vec![lead], vec![], vec![]);
        let (truth, change) = asked(&book, &rule, now());
        // With nothing to wait for, a century should make no difference.
        let end = change.map_or(NOW + 876_000 * HOUR, Instant::millis);
        prop_assert!(end > NOW);
        let span = end - 1 - NOW;
        let probes = parts.iter().map(|part| (span as f64 * part) as i64).chain([1, span, span - 1]);
        for probe in probes.filter(|probe| (0..=span).contains(probe)) {
            let at = Instant::from_millis(NOW + probe);
            prop_assert_eq!(asked(&book, &rule, at).0, truth, "at {} before {:?}", at, change);
        }
    }

    #[test]
    fn a_single_comparison_with_something_that_moves_turns_exactly_then(lead in lead(), left in growing(), comparison in inequality(), hours in 0_i64..300) {
        // Nothing jumps: only the passing of time is left to turn it.
        let still = Lead { signals: lead.signals.into_iter().filter(|signal| signal.at <= now()).collect(), quotes: vec![],
            created_at: lead.created_at.filter(|at| *at <= now()), stage_since: lead.stage_since.filter(|at| *at <= now()),
            account: Account { customer_since: lead.account.customer_since.filter(|at| *at <= now()), ..lead.account }, ..lead };
        let book = GroupRecords::new(vec![still], vec![], vec![]);
        let rule = compare(comparison, left, literal(length(hours * HOUR)));
        let (truth, change) = asked(&book, &rule, now());
        if let Some(change) = change {
            prop_assert_ne!(asked(&book, &rule, change).0, truth);
        }
    }
}

#[test]
fn a_score_turns_when_it_has_faded_to_the_threshold() {
    let heavy = |weight| Signal {
        direction: Some(Direction::Inbound),
        weight: Some(weight),
        ..Signal::new(now(), SignalKind::Form)
    };
    let change = |weight: f64, level: f64, comparison| {
        let lead = Lead { id: "L".to_owned(), signals: vec![heavy(weight)], ..Lead::default() };
        let score = fact(Subject::Lead, Fact::Score, vec![length(14 * 24 * HOUR)]);
        let rule = compare(comparison, score, literal(Value::Number(level)));
        asked(&GroupRecords::new(vec![lead], vec![], vec![]), &rule, now()).1
    };
    // 40 fades to 10 in two half-lives: "at least 10" still holds at that moment and no longer a millisecond later.
    let four_weeks = Instant::from_millis(NOW + 28 * 24 * HOUR);
    assert_eq!(change(40.0, 10.0, Comparison::GreaterOrEqual), Some(four_weeks + Duration::from_millis(1)));
    assert_eq!(change(40.0, 10.0, Comparison::Greater), Some(four_weeks));
    assert_eq!(change(40.0, 50.0, Comparison::Greater), None, "it only gets less");
    assert_eq!(change(40.0, -1.0, Comparison::Greater), None);
}
