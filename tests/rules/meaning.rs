//! Compiled rules give the same values as Rhai, and errors with the same code at the same position.
//!
//! Packs and leads are generated from bytes. Every evaluator evaluates every condition for every lead, and so does Rhai, the oracle.
//! `CADANS_RULE_EVALUATIONS` is the number of evaluations; `cargo xtask test --nightly` runs a million.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that cannot go on should say so"
)]

use std::collections::BTreeSet;

use cadans_testing::meaning::agree::{
    Outcome, Tally, by_interpreter, by_tree, differences, differences_of, differences_of_tree,
};
use cadans_testing::meaning::mutations::{MUTATIONS, apply_everywhere};
use cadans_testing::meaning::world::{World, clauses};
use cadans_testing::meaning::{self, bytes};

use cadans::diagnostics::Span;
use cadans::pack::expression::Body;

/// The number of bytes for one world: enough for most of its statements.
const BYTES: usize = 1_500;

/// The seed of the first world, so that a nightly run can use other worlds.
fn first_seed() -> u64 {
    std::env::var("CADANS_FIRST_SEED").map_or(0, |seed| seed.parse().unwrap())
}

#[test]
fn every_evaluator_gives_the_answers_of_rhai() {
    let wanted: usize = std::env::var("CADANS_RULE_EVALUATIONS").map_or(50_000, |count| count.parse().unwrap());
    let mut tally = Tally::default();
    let (mut seed, mut worlds, mut all) = (first_seed(), 0, Vec::new());
    while tally.evaluations < wanted {
        seed += 1;
        let world = World::new(&bytes::from_seed(seed, BYTES));
        let (found, here) = differences(&world);
        worlds += usize::from(!found.is_empty());
        all.extend(found.into_iter().take(3).map(|each| format!("seed {seed}: {each}")));
        tally.add(here);
    }
    let first: Vec<String> = all.iter().take(10).cloned().collect();
    assert!(all.is_empty(), "{worlds} worlds up to seed {seed} differ, such as\n{}", first.join("\n"));
    println!("{} worlds: {tally:?}", seed - first_seed());
}

#[test]
fn matching_rows_gives_the_answers_of_rhai() {
    let (mut by_program, mut rows) = (0, 0);
    for seed in 1..=150 {
        let world = World::of_rows(&bytes::from_seed(seed, 600));
        let (found, programmed) = meaning::rows::differences(&world);
        assert!(found.is_empty(), "seed {seed}: {} differences, such as\n{}", found.len(), found[0]);
        by_program += programmed;
        rows += world.leads.len();
    }
    assert!(by_program * 2 > rows, "only {by_program} of {rows} rows were matched by the program for single rows");
}

#[test]
fn every_mutation_of_the_expression_tree_is_detected() {
    let mut unnoticed: Vec<_> = MUTATIONS.iter().collect();
    for seed in 1..=300 {
        let world = World::new(&bytes::from_seed(seed, BYTES));
        unnoticed
            .retain(|(_, mutate)| differences_of_tree(&world, &|node| apply_everywhere(node, *mutate)).0.is_empty());
        if unnoticed.is_empty() {
            return;
        }
    }
    panic!("not noticed: {:?}", unnoticed.iter().map(|(wrong, _)| wrong).collect::<Vec<_>>());
}

#[test]
fn a_wrong_answer_of_an_evaluator_is_detected() {
    let has_both = |world: &World| {
        let right = by_tree(world, &world.questions());
        let held = right.iter().position(|outcome| *outcome == Outcome::Held);
        held.zip(right.iter().position(|outcome| matches!(outcome, Outcome::Error(_))))
    };
    let mut worlds = (1..).map(|seed| World::new(&bytes::from_seed(seed, BYTES)));
    let (world, (held, fails)) = worlds.find_map(|world| has_both(&world).map(|both| (world, both))).unwrap();
    let questions = world.questions();
    let (wanted, right) = (by_interpreter(&world), by_tree(&world, &questions));
    assert_eq!(differences_of(&questions, "right", &right, &wanted), Vec::<String>::new());
    let elsewhere = Outcome::Error(Span { line: 1, column: 1, end_line: 1, end_column: 2 });
    for (place, outcome) in [(held, Outcome::Not), (fails, Outcome::Not), (held, elsewhere), (fails, elsewhere)] {
        let mut wrong = right.clone();
        wrong[place] = outcome;
        assert_eq!(differences_of(&questions, "wrong", &wrong, &wanted).len(), 1);
    }
    assert_eq!(differences_of(&questions, "short", &right[1..], &wanted).len(), 1);
}

#[test]
fn a_watch_that_misses_a_signal_is_detected() {
    let missed = (1..=120).any(|seed| {
        let world = World::new(&bytes::from_seed(seed, BYTES));
        !meaning::watch::differences_when(&world, false).is_empty()
    });
    assert!(missed);
}

#[test]
fn worlds_contain_every_kind_of_expression_and_enough_errors() {
    let mut seen: BTreeSet<String> = BTreeSet::new();
    let mut tally = Tally::default();
    for seed in 1..=60 {
        let world = World::new(&bytes::from_seed(seed, BYTES));
        tally.add(differences(&world).1);
        for (clause, _) in world.rulebook.packs().iter().flat_map(clauses) {
            let Body::Compiled(root) = &clause.body else { continue };
            let mut left = vec![root];
            while let Some(node) = left.pop() {
                let word = format!("{:?}", node.kind);
                seen.insert(word.chars().take_while(|char| char.is_alphabetic()).collect());
                left.extend(node.kind.parts());
            }
        }
    }
    let wanted = "Action And Arith Build Call Coalesce Compare Contains Fact If In InRange List Literal Method Negate Not \
                  Now Or Own Setting Text";
    assert_eq!(seen.into_iter().collect::<Vec<_>>(), wanted.split_whitespace().collect::<Vec<_>>());
    assert!(tally.compiled * 10 > tally.clauses * 9, "few are compiled: {tally:?}");
    assert!(tally.errors * 20 > tally.compiled, "few fail: {tally:?}");
    assert!(tally.held * 10 > tally.evaluations, "few hold: {tally:?}");
}
