//! Compiled rules mean what Rhai means: in value, in error or not, and in the place of the error.
//!
//! Packs and leads are made from bytes; every evaluator of rules is asked everything that can be asked of them, and so is
//! Rhai's walker. `CADANS_RULE_EVALUATIONS` says how much is asked; `cargo xtask test --nightly` asks a million.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that cannot go on should say so"
)]

use std::collections::BTreeSet;

use cadans_testing::meaning::agree::{
    Outcome, Tally, by_tree, by_walker, differences, differences_of, differences_of_tree,
};
use cadans_testing::meaning::spoil::{SPOILERS, everywhere};
use cadans_testing::meaning::world::{World, clauses};
use cadans_testing::meaning::{self, bytes};

use cadans::diagnostics::Span;
use cadans::pack::expression::Body;

/// Bytes for one world: enough for most of its statements.
const BYTES: usize = 1_500;

/// The worlds begin here, so that a night may look at other ones.
fn first_seed() -> u64 {
    std::env::var("CADANS_FIRST_SEED").map_or(0, |seed| seed.parse().unwrap())
}

#[test]
fn every_evaluator_means_what_the_walker_means() {
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
fn rows_of_own_facts_mean_what_the_walker_means() {
    let (mut by_jumps, mut rows) = (0, 0);
    for seed in 1..=150 {
        let world = World::of_rows(&bytes::from_seed(seed, 600));
        let (found, jumped) = meaning::rows::differences(&world);
        assert!(found.is_empty(), "seed {seed}: {} differences, such as\n{}", found.len(), found[0]);
        by_jumps += jumped;
        rows += world.leads.len();
    }
    assert!(by_jumps * 2 > rows, "{by_jumps} of {rows} rows were asked by jumps");
}

#[test]
fn a_tree_that_is_wrong_in_one_way_is_found() {
    let mut unnoticed: Vec<_> = SPOILERS.iter().collect();
    for seed in 1..=300 {
        let world = World::new(&bytes::from_seed(seed, BYTES));
        unnoticed.retain(|(_, spoil)| differences_of_tree(&world, &|node| everywhere(node, *spoil)).0.is_empty());
        if unnoticed.is_empty() {
            return;
        }
    }
    panic!("not noticed: {:?}", unnoticed.iter().map(|(wrong, _)| wrong).collect::<Vec<_>>());
}

#[test]
fn an_evaluator_that_is_wrong_in_one_way_is_found() {
    let world = World::new(&bytes::from_seed(1, BYTES));
    let questions = world.questions();
    let (wanted, right) = (by_walker(&world), by_tree(&world, &questions));
    assert_eq!(differences_of(&questions, "right", &right, &wanted), Vec::<String>::new());
    let held = right.iter().position(|outcome| *outcome == Outcome::Held).unwrap();
    let fails = right.iter().position(|outcome| matches!(outcome, Outcome::Error(_))).unwrap();
    let elsewhere = Outcome::Error(Span { line: 1, column: 1, end_line: 1, end_column: 2 });
    for (place, outcome) in [(held, Outcome::Not), (fails, Outcome::Not), (held, elsewhere), (fails, elsewhere)] {
        let mut wrong = right.clone();
        wrong[place] = outcome;
        assert_eq!(differences_of(&questions, "wrong", &wrong, &wanted).len(), 1);
    }
    assert_eq!(differences_of(&questions, "short", &right[1..], &wanted).len(), 1);
}

#[test]
fn a_watch_that_misses_a_signal_is_found() {
    let missed = (1..=60).any(|seed| {
        let world = World::new(&bytes::from_seed(seed, BYTES));
        !meaning::kept::differences_when(&world, false).is_empty()
    });
    assert!(missed);
}

#[test]
fn worlds_are_made_of_everything_there_is() {
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
