//! The tree and Rhai's walker agree: the same value, or an error in both.
//!
//! Expressions are made by a seeded generator from the whole compiled subset, senseless ones included, and asked of a full
//! lead, a bare one and one in between. The last test breaks an operator on purpose and wants to see it found.

use super::clauses::expression;
use crate::book::schema::{Direction, Role, SignalKind, Stage};
use crate::book::value::Type;
use crate::book::{Dossier, FieldValue, Lead, Person, Signal};
use crate::calendar::{Duration, Instant};
use crate::decide::evaluate::{Answer, evaluate};
use crate::decide::facts::FactContext;
use crate::rulebook::tree::{Body, Clause, Comparison, Kind, Node};

const NOW: Instant = Instant::from_millis(1_795_165_200_000);
const OWN: &[(&str, Type)] = &[("budget", Type::Number), ("vip", Type::Truth), ("segment", Type::Text)];

fn signal(kind: SignalKind, topic: &str, ago: Duration) -> Signal {
    Signal { topic: Some(topic.to_owned()), direction: Some(Direction::Inbound), ..Signal::new(NOW - ago, kind) }
}

fn contexts() -> Vec<FactContext> {
    let bare = Lead { id: "bare".to_owned(), ..Lead::default() };
    let mut full = Lead {
        id: "full".to_owned(),
        name: Some("Bakker".to_owned()),
        stage: Some(Stage::Consideration),
        created_at: Some(NOW - Duration::from_millis(1_000_000_000)),
        country: Some("NL".to_owned()),
        value: Some(5_000.0),
        churn: Some(0.3),
        people: vec![Person { id: "p".to_owned(), roles: vec![Role::Decider], ..Person::default() }],
        signals: vec![
            signal(SignalKind::PageVisit, "pricing", Duration::from_millis(400_000_000)),
            signal(SignalKind::PageVisit, "pricing", Duration::from_millis(200_000_000)),
            signal(SignalKind::Form, "demo", Duration::from_millis(2_700_000)),
        ],
        ..Lead::default()
    };
    full.account.id = "full".to_owned();
    full.account.employees = Some(3);
    full.fields.insert("budget".to_owned(), FieldValue::Number(0.1));
    full.fields.insert("vip".to_owned(), FieldValue::Truth(true));
    full.fields.insert("segment".to_owned(), FieldValue::Text("a b".to_owned()));
    let mut half = full.clone();
    half.id = "half".to_owned();
    half.account.id = "half".to_owned();
    half.value = None;
    half.fields.remove("vip");
    half.signals.truncate(1);
    let book = Dossier::new(vec![full, bare, half], vec![], vec![]);
    (0..3).map(|lead| FactContext::new(&book, lead, NOW).for_person((lead != 1).then_some(0))).collect()
}

/// SplitMix64 (Steele, Lea and Flood, 2014): small, seeded, the same everywhere.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % sides as u64) as usize
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.roll(from.len())]
    }
}

const LEAVES: &[&str] = &[
    "0",
    "1",
    "2",
    "3",
    "-1",
    "7",
    "9223372036854775807",
    "0.0",
    "0.1",
    "0.2",
    "0.3",
    "1.0",
    "2.5",
    "-0.5",
    "1e308",
    "1e16",
    "1e-7",
    "123456789.125",
    "true",
    "false",
    "()",
    "\"\"",
    "\"a\"",
    "\"NL\"",
    "\"consideration\"",
    "\"a b\"",
    "'a'",
    "1.hour",
    "7.days",
    "90.minutes",
    "0.days",
    "2.5.hours",
    "-1.day",
    "8.working_hours",
    "now",
    "date(\"2026-11-19\")",
    "lead.visits()",
    "lead.visits(\"pricing\", 3.days)",
    "lead.visits(7.days)",
    "lead.since(\"form\")",
    "lead.since(\"reply\")",
    "lead.stage",
    "lead.country",
    "lead.value",
    "lead.churn",
    "lead.open",
    "lead.answered",
    "lead.age",
    "lead.budget",
    "lead.vip",
    "lead.segment",
    "lead.roles_missing",
    "lead.name",
    "person.roles",
    "person.role",
    "person.id",
    "account.employees",
    "lead.score(14.days)",
    "lead.last_outcome(\"phone\")",
    "lead.people(\"decider\")",
];
const CONDITIONS: &[&str] = &[
    "true",
    "false",
    "lead.open",
    "lead.vip",
    "lead.answered",
    "lead.visits() > 1",
    "lead.since(\"form\") < 1.hour",
    "lead.replied(7.days)",
];

fn condition(dice: &mut Dice, depth: usize) -> String {
    if depth == 0 || dice.roll(6) == 0 {
        return dice.pick(CONDITIONS).to_owned();
    }
    let sign = dice.pick(&["<", "<=", ">", ">=", "==", "!=", "is", "is not"]);
    match dice.roll(7) {
        0 => format!("{} and {}", condition(dice, depth - 1), condition(dice, depth - 1)),
        1 => format!("({} or {})", condition(dice, depth - 1), condition(dice, depth - 1)),
        2 => format!("not ({})", condition(dice, depth - 1)),
        3 => format!(
            "{} {} [{}, {}]",
            value(dice, depth - 1),
            dice.pick(&["in", "not in"]),
            value(dice, depth - 1),
            value(dice, depth - 1)
        ),
        4 => format!(
            "({}) {} {}",
            value(dice, depth - 1),
            dice.pick(&["in", "not in"]),
            dice.pick(&["1..3", "0..=2", "lead.roles_missing", "person.roles", "lead.segment"])
        ),
        _ => format!("{} {sign} {}", value(dice, depth - 1), value(dice, depth - 1)),
    }
}

fn value(dice: &mut Dice, depth: usize) -> String {
    if depth == 0 || dice.roll(4) == 0 {
        return dice.pick(LEAVES).to_owned();
    }
    match dice.roll(9) {
        0 => format!("({})", condition(dice, depth - 1)),
        1 => format!("-({})", value(dice, depth - 1)),
        2 => format!("({} ?? {})", value(dice, depth - 1), value(dice, depth - 1)),
        3 => format!(
            "if {} {{ {} }} else {{ {} }}",
            condition(dice, depth - 1),
            value(dice, depth - 1),
            value(dice, depth - 1)
        ),
        4 => format!("`<${{{}}}|${{{}}}>`", value(dice, depth - 1), value(dice, depth - 1)),
        5 => format!("[{}, {}]", value(dice, depth - 1), value(dice, depth - 1)),
        _ => {
            format!("({} {} {})", value(dice, depth - 1), dice.pick(&["+", "-", "*", "/", "%"]), value(dice, depth - 1))
        }
    }
}

fn shown(result: Result<Answer, crate::decide::evaluate::Problem>) -> String {
    result.map_or_else(|_| "an error".to_owned(), |answer| format!("{answer:?}"))
}

/// Expressions on which tree and walker differ, of so many made from this seed; and how many were compiled.
fn differences(seed: u64, number: usize, change: impl Fn(&mut Clause)) -> (Vec<String>, usize) {
    let contexts = contexts();
    let mut dice = Dice(seed);
    let mut different = Vec::new();
    let mut compiled = 0;
    for _ in 0..number {
        let text = if dice.roll(2) == 0 { condition(&mut dice, 3) } else { value(&mut dice, 3) };
        let Some(mut clause) = expression(&text, OWN) else { continue };
        if !matches!(clause.body, Body::Compiled(_)) {
            continue;
        }
        compiled += 1;
        change(&mut clause);
        for (lead, facts) in contexts.iter().enumerate() {
            let tree = shown(evaluate(&clause, facts));
            let walker = clause.program.evaluate(facts);
            let told = walker.as_ref().err().map(|problem| problem.message.clone()).unwrap_or_default();
            let walker = shown(walker);
            if tree != walker {
                different.push(format!("{text}\n   lead {lead}: tree {tree}, walker {walker} {told}"));
                break;
            }
        }
    }
    (different, compiled)
}

#[test]
fn the_tree_means_what_the_walker_means() {
    let (different, compiled) = differences(20_261_120, 12_000, |_| {});
    assert!(compiled > 9_000, "only {compiled} were compiled");
    let first: Vec<&String> = different.iter().take(12).collect();
    assert!(different.is_empty(), "{} of {compiled} differ:\n{first:#?}", different.len());
}

#[test]
fn a_wrong_operator_would_be_found() {
    fn spoil(node: &mut Node) {
        match &mut node.kind {
            Kind::Compare(comparison @ Comparison::Less, ..) => *comparison = Comparison::LessOrEqual,
            Kind::And(nodes) | Kind::Or(nodes) => nodes.iter_mut().for_each(spoil),
            Kind::Not(inner) => spoil(inner),
            _ => {}
        }
    }
    let (different, _) = differences(7, 3_000, |clause| {
        if let Body::Compiled(node) = &mut clause.body {
            spoil(node);
        }
    });
    assert!(!different.is_empty(), "< and <= were never told apart");
}
